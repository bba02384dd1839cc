//! The slow-moving list through `dispatch`.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

mod trading;

use app::Role;
use serde_json::{Value, json};
use trading::{A1, Desk, Lot, a1, day, place_fields};

fn row<'a>(list: &'a Value, lot: &str, place: &str) -> &'a Value {
    let rows = list["rows"].as_array().unwrap();
    rows.iter().find(|row| row["lotNo"] == lot && row["placeCode"] == place).unwrap()
}

/// A place that sells one a day, with 100 units that expire in 60 days and 50 fresh ones.
fn one_a_day() -> Desk {
    let desk = Desk::new("2026-10-01");
    let sku = desk.save_sku("SK001", 10, &json!([]));
    let p1 = desk.save_place(None, &place_fields("P1", "platform", "2026-06-01", None));
    let lots = [
        ("OLD", "2025-12-01", "2026-11-29", 100, Some("2.00")),
        ("NEW", "2026-05-01", "2029-04-30", 50, Some("3.00")),
    ];
    let lots = lots.map(|(number, made, expires, units, cost)| Lot {
        number: Some(number),
        made: Some(made),
        expires: Some(expires),
        units,
        cost,
    });
    desk.open_stock(p1, sku, &lots);
    desk.write(|_| {});
    // Days before it went live: demand alone.
    desk.sold_by_file(p1, sku, "2026-10-01", &[1; 28]);
    desk
}

#[test]
fn what_expires_before_it_sells_is_at_risk_and_comes_first() {
    let desk = one_a_day();
    let list = desk.ok("slow.list", json!({}));
    assert_eq!(list["rows"][0]["lotNo"], "OLD");
    let old = row(&list, "OLD", "P1");
    // Sixty days to the last of it, today and that day included: 60 of 100 sell.
    for (field, expected) in [
        ("qty", json!(100)),
        ("atRisk", json!(40)),
        ("lastSellOn", json!("2026-11-29")),
        ("ageMadeDays", json!(304)),
        ("ageReceivedDays", json!(304)),
        ("coverDays", json!(150)),
        ("class", json!("slow")),
        ("lifeBand", json!("within_30")),
    ] {
        assert_eq!(old[field], expected, "{field}");
    }
    let lines = old["derivation"]["lines"].as_array().unwrap();
    let value = |code: &str| {
        let line = lines.iter().rev().find(|line| line["text"]["code"] == code).unwrap();
        line["value"].clone()
    };
    assert_eq!((value("slow.cover"), value("slow.sold_in_time")), (json!("150"), json!("60")));
    assert_eq!(value("slow.at_risk"), "40");
    assert_eq!(row(&list, "NEW", "P1")["atRisk"], 0);
}

#[test]
fn money_is_a_command_of_its_own_and_adds_up() {
    let mut desk = one_a_day();
    let money = desk.ok("slow.money", json!({}));
    assert_eq!(money["currency"], "CNY");
    let values: Vec<(&Value, &Value)> = money["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (&row["value"], &row["atRiskValue"]))
        .collect();
    let text = |value: &'static str| json!(value);
    assert_eq!(values, [(&text("200.00"), &text("80.00")), (&text("150.00"), &text("0.00"))]);
    assert_eq!((&money["total"], &money["atRiskTotal"]), (&json!("350.00"), &json!("80.00")));
    desk.role = Role::Planner;
    assert_eq!(desk.refused("slow.money", json!({})).code, "role.no_money");
    let list = desk.ok("slow.list", json!({})).to_string();
    assert!(!list.contains("slow.value") && !list.contains("money_minor"));
}

#[test]
fn a_place_that_only_feeds_shares_the_cover_and_a_transfer_does_not_make_goods_younger() {
    let A1 { mut desk, sku, w0, p1 } = a1(400_000);
    let list = desk.ok("slow.list", json!({}));
    let older = row(&list, "L2503A", "W0");
    // 3,120 at 20 a day.
    assert_eq!((&older["coverDays"], &older["atRisk"]), (&json!(156), &json!(0)));
    let age = older["ageReceivedDays"].as_i64().unwrap();
    let lot = older["lot"].clone();
    let draft = json!({ "id": null, "from": w0, "to": p1, "note": "",
                        "lines": [{ "sku": sku, "lot": lot, "qty": 768 }] });
    let id = desk.ok("transfer.save", draft)["id"].clone();
    desk.ok("transfer.approve", json!({ "id": id, "overrideReason": null }));
    desk.ok("transfer.pack", json!({ "id": id }));
    let ship = json!({ "id": id, "shippedOn": null, "carrier": "", "tracking": "" });
    desk.ok("transfer.ship", ship);
    desk.today = day("2026-10-02");
    let list = desk.ok("slow.list", json!({}));
    let moved = row(&list, "L2503A", "P1");
    assert_eq!((&moved["qty"], &moved["ageReceivedDays"]), (&json!(768), &json!(age + 1)));
    assert_eq!(row(&list, "L2503A", "W0")["qty"], 232);
}
