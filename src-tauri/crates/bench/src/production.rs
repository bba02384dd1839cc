//! Receiving what a factory made out of our materials, and following lots through what they became.
//!
//! Fifty kinds of goods, each with a box of its own and a label that all share; the factory holds
//! ten lots of each material, so a line of a receipt is consumed from several. Sets of sets of sets
//! give the genealogy: ten levels, each set of two of the level below.

use std::error::Error;
use std::path::Path;

use serde_json::{Value, json};

use crate::desk::{Desk, TODAY};
use crate::measure::{Clock, Figure, Goal, PAIRS, median, once};

const LINES: usize = 50;
/// Lots of each material at the factory.
const MATERIAL_LOTS: usize = 10;
/// Units of a material lot; a line of a receipt takes as many as two and a half of them hold.
const OF_A_LOT: usize = 80;
const UNITS: usize = 200;
/// Receipts of one run: one alone is short for the clock.
const RECEIPTS: usize = 5;

const LEVELS: usize = 10;
/// Sets of a level.
const WIDE: usize = 4;

pub(crate) fn all(home: &Path) -> Result<Vec<Figure>, Box<dyn Error>> {
    let house = House::begin(home)?;
    Ok(vec![house.receipt()?, house.genealogy()?])
}

struct House {
    desk: Desk,
    warehouse: Value,
    factory: Value,
    bench: Value,
}

fn id(mut posted: Value) -> Value {
    posted["document"]["id"].take()
}

impl House {
    fn begin(home: &Path) -> Result<Self, Box<dyn Error>> {
        let desk = Desk::new(home);
        let file = home.join("production.pincang");
        let company = json!({ "path": file, "companyName": "Bench", "currency": "CNY" });
        desk.call("workspace.create", &company)?;
        let factory = json!({
            "code": "F1", "name": "F1", "kind": "factory", "taxNo": "", "address": "",
            "contact": "", "phone": "", "licences": [],
        });
        let factory = id(desk.call("partner.save", &json!({ "id": null, "fields": factory }))?);
        let place = |code: &str, kind: &str, partner: &Value| {
            let fields = json!({
                "code": code, "name": code, "kind": kind, "sells": false, "liveFrom": TODAY,
                "address": "", "partner": partner,
                "lifeRule": { "minSharePpm": null, "minDays": null, "pullDays": 0 },
                "route": { "transitDaysP90": 2, "receiveLagDaysP90": 1, "reviewDays": 7,
                           "targetCoverDays": 30 },
            });
            desk.call("location.save", &json!({ "id": null, "fields": fields })).map(id)
        };
        let warehouse = place("W0", "own", &Value::Null)?;
        let bench = place("F1P", "factory", &factory)?;
        Ok(Self { desk, warehouse, factory, bench })
    }

    fn sku(&self, code: &str, kind: &str, parts: &[Value]) -> Result<Value, Box<dyn Error>> {
        let material = kind == "material";
        let life = if material { Value::Null } else { json!({ "count": 36, "unit": "months" }) };
        let fields = json!({
            "code": code, "nameZh": "烟酰胺亮肤精华", "nameEn": "", "brand": "", "category": "",
            "spec": "", "gtin": null, "unit": "瓶", "carton": null, "shelfLife": life,
            "lifecycle": "core", "aliases": [], "kind": kind, "parts": parts,
        });
        Ok(id(self.desk.call("sku.save", &json!({ "id": null, "fields": fields }))?))
    }

    /// An accepted order for so many units of each of some goods.
    fn ordered(&self, kind: &str, goods: &[Value], qty: usize) -> Result<Value, Box<dyn Error>> {
        let lines: Vec<Value> = goods.iter().map(|sku| json!({ "sku": sku, "qty": qty })).collect();
        let order = json!({
            "id": null, "kind": kind, "factory": self.factory, "deliverTo": self.warehouse,
            "promisedOn": TODAY, "overTolerancePpm": 0, "terms": "", "lines": lines,
            "unitPrices": vec!["16.20"; goods.len()], "taxRatePpm": 130_000,
            "priceIncludesTax": true,
        });
        let order = self.desk.call("order.save", &order)?["id"].take();
        self.desk.call("order.issue", &json!({ "id": order }))?;
        self.desk.call("order.accept", &json!({ "id": order, "promisedOn": TODAY }))?;
        Ok(order)
    }

    /// A receipt of one lot for each line.
    fn came(order: &Value, place: &Value, number: usize, (lines, qty): (usize, usize)) -> Value {
        let lines: Vec<Value> = (0..lines)
            .map(|line| {
                json!({ "line": line, "lotNo": format!("L{number:03}-{line:02}"),
                        "mfgOn": "2026-09-01", "expiresOn": null, "qty": qty })
            })
            .collect();
        json!({ "id": order, "place": place, "receivedOn": null, "status": "good",
                "reason": null, "lines": lines })
    }

    /// Goods with what they are made of, and an order of them.
    fn made_goods(&self, receipts: usize) -> Result<Value, Box<dyn Error>> {
        let label = self.sku("LABEL", "material", &[])?;
        let (mut materials, mut goods) = (vec![label.clone()], Vec::new());
        for number in 0..LINES {
            let sku = self.sku(&format!("SK{number:02}"), "finished", &[])?;
            let own = self.sku(&format!("BOX{number:02}"), "material", &[])?;
            let line = |material: &Value| {
                json!({ "material": material, "per1000": 1_000, "allowancePpm": 20_000,
                        "suppliedBy": "brand" })
            };
            let bill = json!({ "sku": sku, "factory": self.factory, "from": "2026-01-01",
                               "lines": [line(&own), line(&label)] });
            self.desk.call("bom.save", &bill)?;
            materials.push(own);
            goods.push(sku);
        }
        let each = OF_A_LOT * LINES;
        let lots = MATERIAL_LOTS.max(receipts * UNITS / OF_A_LOT + 1);
        let bought = self.ordered("purchase", &materials, each * lots)?;
        for number in 0..lots {
            // Straight to the factory; of the label, which all share, as many as of all boxes.
            let mut receipt = Self::came(&bought, &self.bench, number, (LINES + 1, OF_A_LOT));
            receipt["lines"][0]["qty"] = json!(each);
            self.desk.call("order.receive", &receipt)?;
        }
        self.ordered("production", &goods, receipts * UNITS)
    }

    fn receipt(&self) -> Result<Figure, Box<dyn Error>> {
        let receipts = (PAIRS + 1) * RECEIPTS;
        let order = self.made_goods(receipts)?;
        let mut done = 0;
        let mut times = Vec::new();
        for run in 0..=PAIRS {
            let took = once(Clock::Cpu, || {
                for _ in 0..RECEIPTS {
                    let came = Self::came(&order, &self.warehouse, 500 + done, (LINES, UNITS));
                    self.desk.call_text("order.receive", &came.to_string())?;
                    done += 1;
                }
                Ok(())
            })?;
            // The first run only warms caches.
            if run > 0 {
                times.push(took);
            }
        }
        #[allow(clippy::cast_precision_loss, reason = "five")]
        let each = median(times) / RECEIPTS as f64;
        Ok(Figure {
            what: "receive 50 lines made of our materials, CPU".into(),
            unit: "ms",
            ours: each,
            bare: None,
            goal: Goal::AtMost(10.0),
        })
    }

    fn genealogy(&self) -> Result<Figure, Box<dyn Error>> {
        let mut level = Vec::new();
        for number in 0..WIDE {
            level.push(self.sku(&format!("PART{number}"), "finished", &[])?);
        }
        let bought = self.ordered("purchase", &level, 1 << (LEVELS + 3))?;
        let came = Self::came(&bought, &self.warehouse, 900, (WIDE, 1 << (LEVELS + 3)));
        self.desk.call("order.receive", &came)?;
        for height in 1..=LEVELS {
            let mut sets = Vec::new();
            for number in 0..WIDE {
                let two = [&level[number], &level[(number + 1) % WIDE]];
                let parts = two.map(|sku| json!({ "sku": sku, "qty": 1 }));
                let set = self.sku(&format!("SET{height:02}{number}"), "bundle", &parts)?;
                let qty = 1_usize << (LEVELS - height + 2);
                let lot = format!("S{height:02}{number}");
                let make = json!({ "place": self.warehouse, "sku": set, "lotNo": lot, "qty": qty });
                self.desk.call("set.assemble", &make)?;
                sets.push(set);
            }
            level = sets;
        }
        let card = self.desk.call("sku.get", &json!({ "id": level[0] }))?;
        let asked = json!({ "id": card["lots"][0]["id"] });
        let tree = self.desk.call("lot.genealogy", &asked)?;
        let known = tree["lots"].as_array().map_or(0, Vec::len);
        if known != 1 + LEVELS * WIDE - 3 {
            return Err(format!("the genealogy has {known} lots").into());
        }
        let mut times = Vec::new();
        for _ in 0..PAIRS {
            times.push(once(Clock::Cpu, || self.desk.call("lot.genealogy", &asked))?);
        }
        Ok(Figure {
            what: "genealogy of a lot over 10 levels, CPU".into(),
            unit: "ms",
            ours: median(times),
            bare: None,
            goal: Goal::AtMost(50.0),
        })
    }
}
