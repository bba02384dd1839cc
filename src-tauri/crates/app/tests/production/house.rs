//! A brand with one product, its box, a factory, a supplier of boxes and two warehouses.

use serde_json::{Value, json};

use crate::support::Desk;

/// A day on which nothing but the founding has happened.
pub(crate) const FOUNDED: &str = "2026-06-01";

/// The brand, with the ids of what it was founded with.
pub(crate) struct House {
    pub(crate) desk: Desk,
    /// Serum, 36 months.
    pub(crate) serum: Value,
    /// Its printed box, supplied by the brand.
    pub(crate) boxes: Value,
    /// Our warehouse.
    pub(crate) warehouse: Value,
    /// The factory's place.
    pub(crate) bench: Value,
    /// The factory.
    pub(crate) factory: Value,
    /// Who prints boxes.
    pub(crate) printer: Value,
}

/// What a command that keeps something calls it.
pub(crate) fn id(posted: &Value) -> Value {
    posted["document"]["id"].clone()
}

/// `input` with the fields of `changes` in their place.
pub(crate) fn with(mut input: Value, changes: Value) -> Value {
    if let Value::Object(changes) = changes {
        for (name, value) in changes {
            input[name] = value;
        }
    }
    input
}

/// One lot of a receipt.
pub(crate) fn came(lot: &str, qty: i64) -> Value {
    json!({ "line": 0, "lotNo": lot, "mfgOn": "2026-05-20", "expiresOn": null, "qty": qty })
}

impl House {
    /// The brand with a bill of materials: one box a bottle, 3 % allowed.
    pub(crate) fn new() -> Self {
        let house = Self::bare();
        house.bill(30_000);
        house
    }

    /// The brand without a bill of materials.
    pub(crate) fn bare() -> Self {
        let desk = Desk::new(FOUNDED);
        let mut house = Self {
            desk,
            serum: Value::Null,
            boxes: Value::Null,
            warehouse: Value::Null,
            bench: Value::Null,
            factory: Value::Null,
            printer: Value::Null,
        };
        house.serum = house.sku("SER", "finished", &json!([]));
        house.boxes = house.sku("BOX", "material", &json!([]));
        house.factory = house.partner("F1", "factory", &json!([]));
        house.printer = house.partner("B1", "packaging_supplier", &json!([]));
        house.warehouse = house.place("W0", "own", &Value::Null);
        house.bench = house.place("F1P", "factory", &house.factory);
        house
    }

    pub(crate) fn sku(&self, code: &str, kind: &str, parts: &Value) -> Value {
        let life =
            if kind == "finished" { json!({ "count": 36, "unit": "months" }) } else { Value::Null };
        let fields = json!({
            "code": code, "nameZh": format!("货品{code}"), "nameEn": "", "brand": "", "spec": "",
            "category": if kind == "material" { "" } else { "skincare" }, "gtin": null,
            "unit": "个", "carton": { "units": 50, "lengthMm": 400, "widthMm": 300,
            "heightMm": 250, "grossG": 9_000 }, "shelfLife": life, "lifecycle": "core",
            "aliases": [], "kind": kind, "parts": parts,
        });
        id(&self.desk.ok("sku.save", json!({ "id": null, "fields": fields })))
    }

    pub(crate) fn place(&self, code: &str, kind: &str, partner: &Value) -> Value {
        let fields = json!({
            "code": code, "name": format!("{code}仓"), "kind": kind, "sells": kind == "own",
            "liveFrom": FOUNDED, "address": "", "partner": partner,
            "lifeRule": { "minSharePpm": null, "minDays": null, "pullDays": 0 },
            "route": { "transitDaysP90": 2, "receiveLagDaysP90": 1, "reviewDays": 7,
                       "targetCoverDays": 30 },
        });
        id(&self.desk.ok("location.save", json!({ "id": null, "fields": fields })))
    }

    pub(crate) fn partner(&self, code: &str, kind: &str, licences: &Value) -> Value {
        let fields = json!({
            "code": code, "name": format!("伙伴{code}"), "kind": kind, "taxNo": "", "address": "",
            "contact": "", "phone": "", "licences": licences,
        });
        id(&self.desk.ok("partner.save", json!({ "id": null, "fields": fields })))
    }

    /// One box a bottle, with so much loss allowed.
    pub(crate) fn bill(&self, allowance_ppm: i64) {
        let line = json!({ "material": self.boxes, "per1000": 1_000,
                           "allowancePpm": allowance_ppm, "suppliedBy": "brand" });
        let bill = json!({ "sku": self.serum, "factory": self.factory, "from": FOUNDED,
                           "lines": [line] });
        self.desk.ok("bom.save", bill);
    }

    /// An order for serum as it is drafted here, 13 % in the price.
    pub(crate) fn order_for(&self, qty: i64, price: &str) -> Value {
        json!({
            "id": null, "factory": self.factory, "deliverTo": self.warehouse,
            "promisedOn": "2026-07-31", "overTolerancePpm": 20_000, "terms": "",
            "lines": [{ "sku": self.serum, "qty": qty }], "unitPrices": [price],
            "taxRatePpm": 130_000, "priceIncludesTax": true,
        })
    }

    /// Drafts, issues and accepts an order.
    pub(crate) fn accepted(&self, order: Value) -> Value {
        let id = self.desk.ok("order.save", order)["id"].clone();
        self.desk.ok("order.issue", json!({ "id": id }));
        self.desk.ok("order.accept", json!({ "id": id, "promisedOn": "2026-07-31" }));
        id
    }

    /// Buys boxes at 6.40 without tax, into our warehouse as one lot.
    pub(crate) fn buy_boxes(&self, lot: &str, qty: i64, price: &str) -> Value {
        let order = with(
            self.order_for(qty, price),
            json!({ "kind": "purchase", "factory": self.printer, "taxRatePpm": 0,
                    "priceIncludesTax": false, "lines": [{ "sku": self.boxes, "qty": qty }] }),
        );
        let id = self.accepted(order);
        self.receive(&id, json!({ "status": "good", "lines": [came(lot, qty)] }));
        id
    }

    /// Sends boxes to the factory.
    pub(crate) fn send_boxes(&self, order: &Value, qty: i64) -> Value {
        self.desk.ok("material.issue", self.slip(order, qty))
    }

    pub(crate) fn slip(&self, order: &Value, qty: i64) -> Value {
        json!({ "order": order, "warehouse": self.warehouse, "factory": self.bench,
                "lines": [{ "material": self.boxes, "qty": qty }], "note": "" })
    }

    /// A receipt into quarantine at our warehouse, with changes.
    pub(crate) fn receipt(&self, order: &Value, changes: Value) -> Value {
        let receipt = json!({ "id": order, "place": self.warehouse, "receivedOn": null,
                              "status": "quarantine", "reason": null, "lines": [] });
        with(receipt, changes)
    }

    pub(crate) fn receive(&self, order: &Value, changes: Value) -> Value {
        self.desk.ok("order.receive", self.receipt(order, changes))
    }

    /// The lot of that number on an order.
    pub(crate) fn lot(&self, order: &Value, number: &str) -> Value {
        let card = self.desk.ok("order.get", json!({ "id": order }));
        let receipts = card["receipts"].as_array().unwrap().iter();
        let receipts = receipts.filter(|one| one["reversed"] == false);
        let mut lines = receipts.flat_map(|one| one["lines"].as_array().unwrap());
        lines.find(|line| line["lotNo"] == number).unwrap()["lot"].clone()
    }

    /// Where what a lot cost is.
    pub(crate) fn cost(&self, lot: &Value) -> Value {
        self.desk.ok("lot.cost", json!({ "id": lot }))
    }

    pub(crate) fn tracks(&self, order: &Value) -> Value {
        self.desk.ok("order.tracks", json!({ "id": order }))
    }

    pub(crate) fn phase(&self, order: &Value) -> String {
        self.tracks(order)["phase"].as_str().unwrap().to_owned()
    }

    /// A decision on units in quarantine.
    pub(crate) fn decision(&self, order: &Value, lot: &Value, qty: i64, changes: Value) -> Value {
        let line = json!({ "line": 0, "lot": lot, "qty": qty, "from": "quarantine",
                           "decision": "accept" });
        json!({ "id": order, "place": self.warehouse, "reason": "抽检",
                "lines": [with(line, changes)] })
    }

    pub(crate) fn decide(&self, order: &Value, lot: &Value, qty: i64, changes: Value) -> Value {
        self.desk.ok("order.decide", self.decision(order, lot, qty, changes))
    }

    /// Sells units out of our warehouse by a file that tells no amount.
    pub(crate) fn sell(&self, day: &str, code: &str, units: i64) {
        self.import(&format!("日期,仓库,货号,销量\n{day},W0,{code},{units}\n"));
    }

    /// Imports a table of sales as it is suggested.
    pub(crate) fn import(&self, rows: &str) -> Value {
        let path = self.desk.file("sales.csv", rows);
        let seen =
            self.desk.ok("import.inspect", json!({ "path": path, "kind": "sales", "sheet": null }));
        self.desk.ok("import.apply", json!({ "path": path, "profile": seen["profile"] }))
    }

    /// Undoes all entries of an act.
    pub(crate) fn undo(&self, posted: &Value) {
        for entry in posted["entries"].as_array().unwrap().iter().rev() {
            self.desk.ok("journal.reverse", json!({ "entry": entry, "withBlocking": false }));
        }
    }

    /// What the book holds, to compare before and after.
    pub(crate) fn picture(&self) -> Value {
        let desk = &self.desk;
        let open = json!({ "asOf": null, "by": ["sku", "lot", "place", "status"], "filter": "",
                           "sku": null, "place": null, "status": null,
                           "sort": { "column": "sku", "descending": false } });
        let view = desk.ok("stock.open", open);
        let page = json!({ "view": view["view"], "offset": 0, "limit": 500 });
        let orders = desk.ok("order.list", json!({}));
        let mut all = Vec::new();
        for order in orders.as_array().unwrap() {
            let at = json!({ "id": order["id"] });
            all.push(desk.ok("order.account", at.clone()));
            if order["state"] != "draft" {
                all.push(desk.ok("order.tracks", at.clone()));
                all.push(desk.ok("order.cost", at));
            }
        }
        json!({ "stock": desk.ok("stock.page", page), "orders": orders, "all": all,
                "value": desk.ok("stock.value", json!({ "asOf": null })) })
    }

    /// Runs an act, undoes it and looks whether all is as it was; then runs it again.
    pub(crate) fn there_and_back(&self, name: &str, input: Value) -> Value {
        let before = self.picture();
        self.undo(&self.desk.ok(name, input.clone()));
        assert_eq!(self.picture(), before, "{name} undone leaves all as it was");
        self.verify();
        self.desk.ok(name, input)
    }

    /// The ledger proves itself.
    pub(crate) fn verify(&self) {
        let report = self.desk.ok("verify.run", json!({}));
        assert_eq!((&report["ok"], &report["findings"]), (&json!(true), &json!([])), "{report}");
    }
}
