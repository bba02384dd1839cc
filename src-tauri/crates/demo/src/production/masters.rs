//! What was agreed before anything was ordered: packaging, offers, bills of materials, versions.

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::{
    months,
    run::{self, cents},
};
use crate::{Size, goods::Good, plot, stage::Stage};

/// The pump that several goods share, and what one costs in cents.
const PUMP: &str = "PM24";
const PUMP_CENTS: i64 = 120;
/// What the names of goods with a pump hold.
const PUMPED: &[&str] = &["精华", "修护乳", "洗液", "洗发", "护发", "沐浴", "身体乳"];
/// The box of the new artwork of SK011.
pub(super) const NEW_BOX: &str = "BX011V2";

/// A packaging material (包材).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Material {
    pub(crate) code: String,
    name_zh: String,
    name_en: String,
    /// Who sells it.
    supplier: &'static str,
    /// What one costs before tax, in cents.
    pub(crate) cents: i64,
}

/// The number in goods' codes, which their boxes bear too.
fn number(good: &Good) -> &str {
    good.code.trim_start_matches(char::is_alphabetic)
}

/// The box of some goods.
fn printed_box(good: &Good, code: String) -> Material {
    let pump = if is_pumped(good) { PUMP_CENTS } else { 0 };
    Material {
        code,
        name_zh: format!("{} 彩盒", good.name_zh),
        name_en: format!("{} box", good.name_en),
        supplier: "B1",
        cents: run::parsed(&good.packaging) - pump,
    }
}

fn pump() -> Material {
    Material {
        code: PUMP.to_owned(),
        name_zh: "24 牙泵头".to_owned(),
        name_en: "Pump 24/410".to_owned(),
        supplier: "B2",
        cents: PUMP_CENTS,
    }
}

fn is_pumped(good: &Good) -> bool {
    good.factory == "F1" && PUMPED.iter().any(|word| good.name_zh.contains(word))
}

/// What goods are packed in.
fn materials_of(good: &Good) -> Vec<Material> {
    let mut materials = vec![printed_box(good, format!("BX{}", number(good)))];
    if is_pumped(good) {
        materials.push(pump());
    }
    materials
}

/// The packaging of some goods, as far as we supply it to the factory.
pub(crate) fn used(stage: &Stage, goods: &[&str]) -> Vec<Material> {
    let mut materials: Vec<Material> = Vec::new();
    for good in goods.iter().filter_map(|code| stage.find(code)) {
        let new = if is_supplied(good) { materials_of(good) } else { Vec::new() };
        materials.extend(new.into_iter().filter(|one| !one.code.starts_with(PUMP)));
        if is_pumped(good) && !materials.contains(&pump()) {
            materials.push(pump());
        }
    }
    materials
}

/// What one of a material costs before tax, in cents.
pub(super) fn cost_of(stage: &Stage, material: &str) -> i64 {
    if material == PUMP {
        return PUMP_CENTS;
    }
    let number = material.trim_start_matches("BX").trim_end_matches("V2");
    let good = stage.find(&format!("SK{number}"));
    good.map_or(0, |good| printed_box(good, String::new()).cents)
}

/// F3 buys the packaging itself; it is in its fee.
fn is_supplied(good: &Good) -> bool {
    good.factory != "F3"
}

/// The loss that a factory is allowed, ppm of what we send.
fn allowance_ppm(factory: &str) -> i64 {
    match factory {
        "F1" => 30_000,
        "F2" => 20_000,
        _ => 15_000,
    }
}

/// Keeps all of it on the day on which the book begins.
pub(crate) fn agree(stage: &mut Stage) {
    let goods: Vec<Good> = stage.goods.iter().filter(|good| !good.is_bundle()).cloned().collect();
    keep_material(stage, &pump());
    for good in &goods {
        for material in materials_of(good).iter().filter(|one| one.code != PUMP) {
            keep_material(stage, material);
        }
        keep_offer(stage, good);
        keep_bill(stage, good, stage.founded, &format!("BX{}", number(good)));
    }
    for code in ["SK001", "SK003", "SK004", "SK010", "SK016"] {
        if stage.find(code).is_some() {
            keep_version(stage, code, 1, (stage.founded, None));
        }
    }
    let mut bought = used(stage, plot::ORDERED);
    if stage.size == Size::Demo {
        bought.extend(used(stage, months::MADE).into_iter().filter(|one| one.code != PUMP));
        new_artwork(stage, &goods);
    }
    for material in &bought {
        supplier_offer(stage, material);
    }
}

/// SK011 changes its artwork in the tenth month: what is left of the old boxes cannot be used.
fn new_artwork(stage: &mut Stage, goods: &[Good]) {
    let changes = stage.at(10, 1);
    keep_version(stage, "SK011", 1, (stage.founded, changes.pred_opt()));
    let Some(good) = goods.iter().find(|good| good.code == "SK011") else { return };
    let mut material = printed_box(good, NEW_BOX.to_owned());
    material.name_zh += "（新版）";
    material.name_en += " (new artwork)";
    keep_material(stage, &material);
    supplier_offer(stage, &material);
    keep_version(stage, "SK011", 2, (changes, None));
    keep_bill(stage, good, changes, NEW_BOX);
}

fn keep_material(stage: &mut Stage, material: &Material) {
    let fields = json!({
        "code": material.code, "nameZh": material.name_zh, "nameEn": material.name_en,
        "brand": "霁禾", "category": "包材", "spec": "", "gtin": null, "unit": "个",
        "carton": { "units": 500, "lengthMm": 600, "widthMm": 400, "heightMm": 400,
                    "grossG": 12_000 },
        "shelfLife": null, "lifecycle": "core", "aliases": [], "kind": "material", "parts": [],
    });
    stage.call(stage.founded, "sku.save", json!({ "id": null, "fields": fields }));
}

fn keep_offer(stage: &mut Stage, good: &Good) {
    let (mean, p90) = match good.factory.as_str() {
        "F1" => (35, 43),
        "F2" => (28, 31),
        _ => (45, 58),
    };
    let tiers: Vec<i64> = good.tiers.iter().map(|(from, _)| *from).collect();
    let fields = json!({
        "partner": format!("@partner/{}", good.factory), "sku": format!("@sku/{}", good.code),
        "tiersFrom": tiers, "taxRatePpm": run::TAX_PPM, "priceIncludesTax": true,
        "moq": good.moq, "multiple": 500, "leadDaysMean": mean, "leadDaysP90": p90,
        "terms": run::terms(&good.factory), "lossBase": "good", "overReceiptPaid": true,
        "from": stage.founded, "to": null,
    });
    let prices: Vec<&str> = good.tiers.iter().map(|(_, fee)| fee.as_str()).collect();
    let input = json!({ "fields": fields, "unitPrices": prices });
    stage.call(stage.founded, "offer.save", input);
}

fn supplier_offer(stage: &mut Stage, material: &Material) {
    let fields = json!({
        "partner": format!("@partner/{}", material.supplier),
        "sku": format!("@sku/{}", material.code), "tiersFrom": [1_000],
        "taxRatePpm": run::TAX_PPM, "priceIncludesTax": false, "moq": 1_000, "multiple": 100,
        "leadDaysMean": 18, "leadDaysP90": 25, "terms": run::terms(material.supplier),
        "lossBase": "good", "overReceiptPaid": true, "from": stage.founded, "to": null,
    });
    let input = json!({ "fields": fields, "unitPrices": [cents(material.cents)] });
    stage.call(stage.founded, "offer.save", input);
}

fn keep_bill(stage: &mut Stage, good: &Good, from: NaiveDate, printed: &str) {
    let line = |code: &str, by: &str| -> Value {
        json!({
            "material": format!("@sku/{code}"), "per1000": 1_000,
            "allowancePpm": allowance_ppm(&good.factory), "suppliedBy": by,
        })
    };
    let by = if is_supplied(good) { "brand" } else { "factory" };
    let mut lines = vec![line(printed, by)];
    if is_pumped(good) {
        lines.push(line(PUMP, by));
    }
    let input = json!({
        "sku": format!("@sku/{}", good.code), "factory": format!("@partner/{}", good.factory),
        "from": from, "lines": lines,
    });
    stage.call(stage.founded, "bom.save", input);
}

fn keep_version(
    stage: &mut Stage,
    sku: &str,
    version: u32,
    (from, to): (NaiveDate, Option<NaiveDate>),
) {
    let input = json!({
        "sku": format!("@sku/{sku}"), "artworkNo": format!("JH-{sku}-V{version}"),
        "registrationNo": format!("粤G妆网备字示例{}", sku.trim_start_matches("SK")),
        "from": from, "to": to, "oldStock": if version == 1 { "use_up" } else { "scrap" },
    });
    stage.call(stage.founded, "version.save", input);
}
