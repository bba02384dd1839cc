//! One order of two lines, changed in one thing after another.

use serde_json::{Value, json};

use super::*;

fn rules() -> Value {
    json!({
        "id": "r", "version": 1, "currency": "CNY",
        "effective_from": "2026-01-01T00:00:00+08:00",
        "prices": [{ "id": "list", "from_field": "unit_price" }],
        "vat": { "rate": "0.13", "base": "paid_plus_platform" },
        "charges": [{ "id": "commission", "to": "platform", "base": "paid", "rate": "0.05" }],
        "rewards": [{ "id": "share", "mech": "share", "to": "sharer", "depth": 1,
                      "base": "paid", "rate": "0.15" }],
        "coupons": [{ "id": "C20", "type": "amount", "value": 2000,
                      "funding": { "platform": "1" } }],
    })
}

fn book() -> RuleBook {
    RuleBook::load(&rules().to_string()).unwrap()
}

/// An order of two lines, 100.00 and 50.00, 20.00 of them borne by the platform, as the wire
/// has it: amounts worked out by hand.
fn order() -> Value {
    let money = |amount: &str| json!({ "amount": amount, "currency": "CNY" });
    let line = |id: &str, sku: &str, paid: &str| json!({ "id": id, "seller_sku": sku, "listing_id": sku, "qty": 1, "paid": money(paid) });
    let priced = |id: &str, paid: &str, tax: &str, platform: &str| {
        json!({ "line": id, "paid": money(paid), "tax": money(tax),
                "discounts": { "platform": money(platform) } })
    };
    let payout = |id: &str, rule: &str, account: &str, amount: &str| {
        json!({ "line": id, "rule": rule, "account": account, "by": "brand",
                "amount": money(amount) })
    };
    let at = "2026-10-01T02:00:00Z";
    json!({
        "id": "1", "version": 2, "seq": 2, "updated_at": at, "status": "paid",
        "payment": "paid", "fulfilment": "unfulfilled", "placed_at": at, "paid_at": at,
        "business_date": "2026-10-01",
        "lines": [line("1", "A", "86.67"), line("2", "B", "43.33")],
        "promoter_path": [{ "role": "sharer", "id": "s-1", "level": 1 }],
        "pricing": {
            "rules": { "id": "r", "version": 1, "sha256": *book().versions()[0].hash },
            "told": {
                "id": "1", "paid_at": at, "buyer": "b-1", "coupons": ["C20"],
                "actors": { "sharer": "s-1" },
                "lines": [
                    { "id": "1", "sku": "A", "qty": 1, "unit_price": 10_000 },
                    { "id": "2", "sku": "B", "qty": 1, "unit_price": 5_000 },
                ],
            },
            "lines": [
                priced("1", "86.67", "11.50", "13.33"), priced("2", "43.33", "5.75", "6.67"),
            ],
            "payouts": [
                payout("1", "commission", "platform", "4.33"),
                payout("2", "commission", "platform", "2.17"),
                payout("1", "share", "s-1", "13.00"), payout("2", "share", "s-1", "6.50"),
            ],
        },
    })
}

/// What is found once the order is changed: kind, line, account, by how much.
fn found(change: impl FnOnce(&mut Value)) -> Vec<(&'static str, String, String, Option<i64>)> {
    let mut order = order();
    change(&mut order);
    let order: RemoteOrder = serde_json::from_value(order).unwrap();
    let theirs = order.pricing.as_deref().unwrap();
    let found = compare(&book(), Currency::CNY, &order, theirs).into_iter().map(|one| {
        let difference = one.difference();
        let (line, account) = (one.line.unwrap_or_default(), one.account.unwrap_or_default());
        (one.what, line, account, difference)
    });
    found.collect()
}

fn row(
    what: &'static str,
    line: &str,
    account: &str,
    difference: Option<i64>,
) -> (&'static str, String, String, Option<i64>) {
    (what, line.to_owned(), account.to_owned(), difference)
}

#[test]
fn an_order_priced_alike_differs_in_nothing() {
    assert_eq!(found(|_| {}), []);
    // A payout in two parts, an amount with more noughts, a bearer who bears nothing.
    let alike = found(|order| {
        let payouts = &mut order["pricing"]["payouts"];
        payouts[0]["amount"]["amount"] = json!("4.00");
        let mut rest = payouts[0].clone();
        rest["amount"]["amount"] = json!("0.330");
        payouts.as_array_mut().unwrap().push(rest);
        order["pricing"]["lines"][0]["discounts"]["brand"] =
            json!({ "amount": "0.00", "currency": "CNY" });
    });
    assert_eq!(alike, []);
}

#[test]
fn what_is_paid_otherwise_is_named_with_its_amount() {
    let more = found(|order| {
        order["pricing"]["payouts"][0]["amount"]["amount"] = json!("5.20");
    });
    assert_eq!(more, [row("payout", "1", "platform", Some(87))]);
    let left_out = found(|order| {
        order["pricing"]["payouts"].as_array_mut().unwrap().remove(3);
    });
    assert_eq!(left_out, [row("payout", "2", "s-1", Some(-650))]);
    let other_account = found(|order| {
        order["pricing"]["payouts"][2]["account"] = json!("s-2");
    });
    let expected =
        [row("payout", "1", "s-1", Some(-1_300)), row("payout", "1", "s-2", Some(1_300))];
    assert_eq!(other_account, expected);
    let other_currency = found(|order| {
        order["pricing"]["payouts"][0]["amount"]["currency"] = json!("USD");
    });
    assert_eq!(other_currency, [row("payout", "1", "platform", None)]);
    let lines = found(|order| {
        let line = &mut order["pricing"]["lines"][0];
        line["paid"]["amount"] = json!("86.66");
        line["tax"]["amount"] = json!("11.51");
        line["discounts"] = json!({ "brand": line["discounts"]["platform"] });
    });
    let expected = [
        row("paid", "1", "", Some(-1)),
        row("tax", "1", "", Some(1)),
        row("discount", "1", "platform", Some(-1_333)),
        row("discount", "1", "brand", Some(1_333)),
    ];
    assert_eq!(lines, expected);
    let left_out = found(|order| {
        order["pricing"]["lines"].as_array_mut().unwrap().remove(1);
    });
    let expected = [
        row("paid", "2", "", Some(-4_333)),
        row("tax", "2", "", Some(-575)),
        row("discount", "2", "platform", Some(-667)),
    ];
    assert_eq!(left_out, expected);
}

#[test]
fn rules_that_were_told_of_another_order_are_named() {
    let told = |change: &dyn Fn(&mut Value)| {
        found(|order| change(order)).into_iter().map(|one| (one.0, one.1)).collect::<Vec<_>>()
    };
    let whole = [("told", String::new())];
    assert_eq!(told(&|order| order["id"] = json!("2")), whole);
    assert_eq!(told(&|order| order["paid_at"] = json!("2026-10-01T02:00:01Z")), whole);
    assert_eq!(told(&|order| order["promoter_path"] = json!([])), whole);
    let group = json!({ "id": "g", "role": "leader", "state": "formed" });
    assert_eq!(told(&|order| order["group"] = group.clone()), whole);
    let line = [("told", "2".to_owned())];
    assert_eq!(told(&|order| order["lines"][1]["seller_sku"] = json!("C")), line);
    assert_eq!(told(&|order| order["lines"][1]["qty"] = json!(2)), line);
    // A group that filled for the rules and failed for the order.
    let state = found(|order| {
        order["group"] = json!({ "id": "g", "role": "member", "state": "failed" });
        order["pricing"]["told"]["group"] =
            json!({ "status": "success", "size": 2, "leader": "b-2" });
    });
    assert_eq!(state, [row("told", "", "", None)]);
    // A unit that turned out not to be there is no contradiction, and is not paid.
    let missing = |order: &mut Value| {
        order["lines"][1]["qty"] = json!(0);
        order["lines"][1]["paid"]["amount"] = json!("0.00");
    };
    assert_eq!(told(&missing), []);
}

#[test]
fn what_the_order_itself_says_was_paid_is_held_against_the_rules() {
    let money = |amount: &str| json!({ "amount": amount, "currency": "CNY" });
    let paid = found(|order| {
        order["lines"][0]["paid"] = money("86.68");
        order["lines"][0]["unit_price"] = money("100.00");
        order["lines"][1]["unit_price"] = money("49.00");
    });
    assert_eq!(paid, [row("charged", "1", "", Some(1)), row("unit_price", "2", "", Some(-100))]);
    let untold = found(|order| {
        order["lines"][0].as_object_mut().unwrap().remove("paid");
    });
    assert_eq!(untold, []);
    // Of 43.33 for two pieces the buyer gets 21.67 back for the one that is missing.
    let missing = |kept: &str| {
        found(|order| {
            order["pricing"]["told"]["lines"][1] =
                json!({ "id": "2", "sku": "B", "qty": 2, "unit_price": 2_500 });
            order["lines"][1]["qty"] = json!(1);
            order["lines"][1]["paid"] = money(kept);
        })
    };
    assert_eq!(missing("21.66"), []);
    assert_eq!(missing("21.67"), [row("charged", "2", "", Some(1))]);
    // Nor is a piece paid that was never there.
    assert_eq!(missing("43.33"), [row("charged", "2", "", Some(2_167))]);
}

#[test]
fn an_order_is_priced_by_the_version_that_priced_it() {
    let mut later = rules();
    later["version"] = json!(2);
    later["effective_from"] = json!("2026-09-01T00:00:00+08:00");
    later["charges"][0]["rate"] = json!("0.08");
    let both = json!([rules(), later]);
    let both = RuleBook::load(&both.to_string()).unwrap();
    let order: RemoteOrder = serde_json::from_value(order()).unwrap();
    let found = compare(&both, Currency::CNY, &order, order.pricing.as_deref().unwrap());
    // 130.00 and 20.00 from the platform; 6.50 or 10.40 for it and 19.50 for the sharer.
    let [old] = &*found else { panic!("{} are found", found.len()) };
    assert_eq!((old.what, old.rule.as_deref()), ("rules_old", Some("r v1 → v2")));
    let theirs = old.theirs.as_ref().map(|(text, minor)| (text.0.as_str(), *minor));
    assert_eq!((theirs, old.ours), (Some(("124.00", Some(12_400))), Some(12_010)));
    assert_eq!((old.account.as_deref(), old.difference()), (Some("brand"), Some(390)));
}

#[test]
fn other_rules_and_what_cannot_be_priced_are_told() {
    let other = found(|order| order["pricing"]["rules"]["sha256"] = json!("00"));
    assert_eq!(other, [row("rules", "", "", None)]);
    let unreadable = found(|order| order["pricing"]["told"] = json!("nothing"));
    assert_eq!(unreadable, [row("unpriced", "", "", None)]);
    let before = found(|order| {
        order["paid_at"] = json!("2025-10-01T02:00:00Z");
        order["pricing"]["told"]["paid_at"] = json!("2025-10-01T02:00:00Z");
        order["pricing"]["rules"]["sha256"] = json!("00");
    });
    assert_eq!(before, [row("unpriced", "", "", None)]);
    // A version of ours that is used before it holds prices the order, and is told.
    let early = found(|order| {
        order["paid_at"] = json!("2025-10-01T02:00:00Z");
        order["pricing"]["told"]["paid_at"] = json!("2025-10-01T02:00:00Z");
    });
    assert_eq!(early, [row("rules", "", "", None)]);
}
