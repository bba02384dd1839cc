//! The rules by which the brand sells on each platform, and by which its marketplaces price.

use chrono::NaiveDate;
use pricing::rules::TEMPLATES;
use serde_json::{Value, json};

use crate::{
    scenario::{SHOP_PLACES, shop_code},
    stage::{Stage, back, on},
};

/// A platform's way of selling: its warehouse, the rules to begin with, its name, and what an order
/// there costs besides.
struct Contract(&'static str, &'static str, &'static str, &'static str, Assumed);

/// Packing and freight of an order, the share of orders that come back (ppm), and what one that
/// comes back costs.
struct Assumed(&'static str, i64, &'static str);

const CONTRACTS: &[Contract] = &[
    Contract("P1", "s2b2c", "社交分销", "Social distribution", Assumed("6.50", 60_000, "8.00")),
    Contract("P2", "c2m", "综合电商", "General marketplace", Assumed("4.20", 50_000, "6.00")),
    Contract("P3", "cps", "内容直播", "Live content", Assumed("6.50", 180_000, "9.00")),
    Contract("P4", "group", "拼团", "Group buying", Assumed("3.80", 70_000, "6.00")),
    Contract("P5", "flash", "特卖清仓", "Flash clearance", Assumed("3.20", 40_000, "5.00")),
];

/// What destroying a unit costs, storing it until then included; and tax on the platforms' fees.
const DESTRUCTION: &str = "1.20";
const FEE_VAT_PPM: i64 = 60_000;

/// The platform whose agents add to its prices, and what they add to that of a unit.
const AGENTS: (&str, &str) = ("P5", "5.00");

/// What the live platform takes by contract, and what it takes of every order.
const LIVE: (&str, &str, &str) = ("P3", "0.05", "0.06");

/// The rules of a platform as the contract has them, in force for as long as anything is told of.
fn rules(place: &str, today: NaiveDate) -> Option<Value> {
    let Contract(_, code, ..) = CONTRACTS.iter().find(|known| known.0 == place)?;
    let template = TEMPLATES.iter().find(|template| template.code == *code)?;
    let mut rules: Value = serde_json::from_str(template.json).ok()?;
    let from = format!("{}T00:00:00+08:00", back(today, 730));
    rules["id"] = json!(format!("{code}-{place}"));
    rules["effective_from"] = json!(from);
    // Nobody is paid for whom somebody else has invited.
    if let Some(rewards) = rules["rewards"].as_array_mut() {
        rewards.retain(|reward| reward["mech"] != "mentor");
    }
    if let Some(limits) = rules["compliance"].as_object_mut() {
        limits.insert("max_depth".to_owned(), json!(1));
    }
    if place == LIVE.0 {
        rules["charges"][0]["rate"] = json!(LIVE.1);
    }
    if place == AGENTS.0 {
        let at = |day: NaiveDate| format!("{day}T10:00:00+08:00");
        rules["prices"][0]["when"] = json!({ "from": at(back(today, 4)), "to": at(on(today, 10)) });
    }
    Some(rules)
}

/// The rules by which a shop prices: those of the contract, but that the live platform takes more.
pub(crate) fn followed(place: &str, today: NaiveDate) -> Option<Value> {
    let mut rules = rules(place, today)?;
    if place == LIVE.0 {
        rules["charges"][0]["rate"] = json!(LIVE.2);
    }
    Some(rules)
}

/// A platform's channel as it is kept, with the shop that sells by it.
fn channel(place: &str, shop: Option<&str>, today: NaiveDate) -> Option<Value> {
    let Contract(_, _, zh, en, _) = CONTRACTS.iter().find(|known| known.0 == place)?;
    let code = format!("C-{place}");
    Some(json!({
        "id": shop.map(|_| format!("@channel/{code}")),
        "code": code,
        "name": { "zh": zh, "en": en },
        "shop": shop,
        "rules": rules(place, today)?.to_string(),
    }))
}

/// Files the contracts on the day on which the platforms go live.
pub(crate) fn file(stage: &mut Stage) {
    for Contract(place, .., Assumed(packing, returned, loss)) in CONTRACTS {
        if !stage.platforms.iter().any(|known| known.code == *place) {
            continue;
        }
        let Some(input) = channel(place, None, stage.today) else { continue };
        stage.call(stage.live_from, "channel.save", input);
        let assumed = json!({
            "id": format!("@channel/C-{place}"), "packing": packing, "feeVatPpm": FEE_VAT_PPM,
            "returnPpm": returned, "returnLoss": loss, "destruction": DESTRUCTION,
            "markUp": if *place == AGENTS.0 { AGENTS.1 } else { "0" },
        });
        stage.call(stage.live_from, "channel.save_assumptions", assumed);
    }
}

/// Says of each contract which shop sells by it, once the shops have a connection.
pub(crate) fn connect(stage: &mut Stage) {
    for place in SHOP_PLACES {
        if !stage.platforms.iter().any(|known| known.code == *place) {
            continue;
        }
        let shop = format!("@shop/{}", shop_code(place));
        let Some(input) = channel(place, Some(&shop), stage.today) else { continue };
        stage.call(stage.today, "channel.save", input);
    }
}
