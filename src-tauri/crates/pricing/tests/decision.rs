//! One product through seven channels: the table by which a brand chooses where to sell it.

use std::fs;
use std::sync::Arc;

use pricing::plan::{self, Cost, Floors};
use pricing::{Money, Order, Rate, RuleSet, quote_under};
use serde_json::{Value, json};

/// A channel at the price bought alone: what the price comes from is not what is compared.
fn channel(file: &str) -> Arc<RuleSet> {
    let path = format!("{}/rules/{file}.json", env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(path).expect("the rule set is part of the crate");
    let mut json: Value = serde_json::from_str(&text).expect("JSON");
    json["prices"] = json!([{"id": "p", "from_field": "unit_price"}]);
    Arc::new(RuleSet::from_json(&json).expect("a rule set"))
}

/// One piece, with what the channel asks to know.
fn order(told: &Value) -> Order {
    let mut json = json!({
        "id": "O1", "paid_at": "2026-03-15T12:00:00+08:00", "buyer": "buyer1",
        "lines": [{"id": "1", "sku": "S1", "qty": 1, "unit_price": 0, "category": "beauty"}],
    });
    for (key, value) in told.as_object().expect("an object") {
        json[key] = value.clone();
    }
    serde_json::from_value(json).expect("an order")
}

fn cost() -> Cost {
    let rate = |text| Rate::parse(text).expect("a rate");
    Cost {
        unit_cost_ex_vat: Money::from_minor(4200),
        other_cost: Money::from_minor(650),
        fee_vat_rate: rate("0.06"),
        return_rate: rate("0.08"),
        return_loss: Money::from_minor(1200),
    }
}

/// Break-even, floor with the cost sunk, floor against destroying at 3.00; margin at 129, 99, 69.
type Row = [i64; 6];

fn row(set: &Arc<RuleSet>, order: &Order) -> Row {
    let cost = cost();
    let Floors { full_cost, cash, destruction } =
        plan::floors(set, order, &cost, Money::from_minor(300)).expect("a price recovers the cost");
    let mut order = order.clone();
    let mut margin = |price| {
        order.lines[0].unit_price = Some(Money::from_minor(price));
        let quote = quote_under(set, &order).expect("a quote");
        plan::margin(&quote, &cost).expect("a margin").expected_margin.minor()
    };
    let floors = [full_cost, cash, destruction].map(Money::minor);
    let [full, cash, destruction] = floors;
    [full, cash, destruction, margin(12_900), margin(9900), margin(6900)]
}

#[test]
fn each_channel_earns_what_the_table_says() {
    let all_five = json!({
        "actors": {"sharer": "s", "inviter": "i", "mentor": "m"},
        "first_order": true, "period_sales": 1_000_000,
    });
    let click = json!({
        "actors": {"promoter": "p"}, "attribution": {"clicked_at": "2026-03-14T12:00:00+08:00"},
    });
    let table: [(&str, &str, Value, Row); 7] = [
        ("share", "s2b2c", json!({"actors": {"sharer": "s"}}), [7478, 1233, 748, 3357, 1499, -357]),
        ("all five", "s2b2c", all_five, [8076, 1332, 807, 2303, 584, -675]),
        ("self", "s2b2c", json!({"buyer_tags": ["member"]}), [6850, 1130, 686, 4086, 2060, 34]),
        ("group", "group", json!({}), [5634, 858, 487, 5878, 3451, 1024]),
        ("joint", "c2m", json!({}), [5695, 867, 493, 5766, 3365, 964]),
        ("content", "cps", click, [7836, 1192, 677, 2945, 1199, -545]),
        (
            "own shop, gold",
            "saas",
            json!({"actors": {"sharer": "s"}, "tier": "gold"}),
            [7073, 1076, 611, 3755, 1821, -112],
        ),
    ];
    for (name, file, told, expected) in table {
        assert_eq!(row(&channel(file), &order(&told)), expected, "{name}");
    }
}

/// From a floor on every dearer price recovers the target, across the threshold at 99 yuan where
/// the invitation gift begins.
#[test]
fn no_price_above_a_floor_nearby_fails() {
    let told = json!({"actors": {"inviter": "i"}, "first_order": true});
    let (set, order) = (channel("s2b2c"), order(&told));
    for unit_cost in [4200, 6500, 6700, 6900, 7100] {
        let cost = Cost { unit_cost_ex_vat: Money::from_minor(unit_cost), ..cost() };
        let found = plan::break_even(&set, &order, &cost, Money::ZERO).expect("a price");
        let expected = |price| {
            let mut order = order.clone();
            order.lines[0].unit_price = Some(Money::from_minor(price));
            let quote = quote_under(&set, &order).expect("a quote");
            plan::margin(&quote, &cost).expect("a margin").expected_margin
        };
        assert!(found.one_fen_less < Money::ZERO);
        assert_eq!(expected(found.price.minor()), found.at.expected_margin);
        for dearer in 0..=200 {
            assert!(expected(found.price.minor() + dearer) >= Money::ZERO, "{unit_cost} {dearer}");
        }
    }
}

#[test]
fn where_charges_eat_the_price_no_price_breaks_even() {
    let mut json = json!({
        "id": "all", "version": 1, "currency": "CNY",
        "effective_from": "2026-01-01T00:00:00+08:00",
        "prices": [{"id": "p", "from_field": "unit_price"}],
        "vat": {"rate": "0.13"}, "coupons": [], "rewards": [],
        "charges": [{"id": "f", "to": "platform", "base": "paid", "rate": "1"}],
    });
    let set = Arc::new(RuleSet::from_json(&json).expect("a rule set"));
    let none = plan::break_even(&set, &order(&json!({})), &cost(), Money::ZERO);
    assert_eq!(none, Err(pricing::Error::NoBreakEven));
    json["charges"] = json!([]);
    let set = Arc::new(RuleSet::from_json(&json).expect("a rule set"));
    assert!(plan::break_even(&set, &order(&json!({})), &cost(), Money::ZERO).is_ok());
}
