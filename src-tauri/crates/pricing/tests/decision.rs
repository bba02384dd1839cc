use pricing::plan::{self, Cost};
use pricing::{Money, Order, Rate, RuleSet};
use serde_json::{Value, json};
use std::sync::Arc;

fn rules(file: &str, edit: impl FnOnce(&mut Value)) -> Arc<RuleSet> {
    let path = format!("{}/rules/{file}.json", env!("CARGO_MANIFEST_DIR"));
    let mut json: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    json["prices"] = json!([{"id": "p", "from_field": "unit_price"}]);
    edit(&mut json);
    Arc::new(RuleSet::from_json(&json).unwrap())
}
fn order(actors: Value, extra: Value) -> Order {
    let mut o = json!({"id":"O","paid_at":"2026-03-15T12:00:00+08:00","buyer":"b","lines":[{"id":"1","sku":"S1","qty":1,"unit_price":0,"category":"beauty"}],"freight":0,"coupons":[],"actors":actors});
    for (k, v) in extra.as_object().unwrap() {
        o[k] = v.clone();
    }
    serde_json::from_value(o).unwrap()
}
#[test]
fn table() {
    let m = Money::from_minor;
    let cost = Cost {
        unit_cost_ex_vat: m(4200),
        other_cost: m(650),
        fee_vat_rate: Rate::parse("0.06").unwrap(),
        return_rate: Rate::parse("0.08").unwrap(),
        return_loss: m(1200),
    };
    let sale = json!({"attribution":{"clicked_at":"2026-03-15T11:00:00+08:00"},"tier":"gold"});
    let rows: Vec<(&str, Arc<RuleSet>, Order)> = vec![
        ("share", rules("s2b2c", |_| ()), order(json!({"sharer":"s"}), json!({}))),
        (
            "five",
            rules("s2b2c", |_| ()),
            order(
                json!({"sharer":"s","inviter":"i","mentor":"m"}),
                json!({"first_order":true,"period_sales":1_000_000}),
            ),
        ),
        ("self", rules("s2b2c", |_| ()), order(json!({}), json!({"buyer_tags":["member"]}))),
        ("group", rules("group", |_| ()), order(json!({}), json!({}))),
        ("joint", rules("c2m", |_| ()), order(json!({}), json!({}))),
        ("cps", rules("cps", |_| ()), order(json!({"promoter":"p"}), sale.clone())),
        ("gold", rules("saas", |_| ()), order(json!({"sharer":"p"}), sale)),
    ];
    for (name, set, o) in &rows {
        let full = plan::break_even(set, o, &cost, Money::ZERO).unwrap();
        for k in 0..4 {
            let sunk = Cost {
                unit_cost_ex_vat: Money::ZERO,
                other_cost: if k & 1 == 1 { m(0) } else { cost.other_cost },
                ..cost
            };
            let cash = plan::break_even(set, o, &sunk, Money::ZERO).unwrap().price;
            let d = plan::break_even(set, o, &sunk, m(-300)).unwrap().price;
            print!("[{k} {cash} {d}]");
            if k == 1 {
                break;
            }
        }
        print!("{name} {} ", full.price);
        for p in [12900, 9900, 6900] {
            let mut o = o.clone();
            o.lines[0].unit_price = Some(m(p));
            print!(
                " {}",
                plan::margin(&pricing::quote_under(set, &o).unwrap(), &cost)
                    .unwrap()
                    .expected_margin
            );
        }
        println!();
    }
}
