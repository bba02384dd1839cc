//! The plan through `dispatch`: Example A1 number by number, and what a plan leaves out.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

mod trading;

use serde_json::{Value, json};
use trading::{A1, Lot, a1, day, place_fields};

fn lines(plan: &Value) -> &[Value] {
    plan["lines"].as_array().unwrap()
}

/// (op, code, value) of each line of an arithmetic.
fn arithmetic(line: &Value) -> Vec<(String, String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let lines = line["derivation"]["lines"].as_array().unwrap().iter();
    lines.map(|one| (text(&one["op"]), text(&one["text"]["code"]), text(&one["value"]))).collect()
}

#[test]
fn example_a1_number_by_number() {
    let A1 { desk, w0, .. } = a1(400_000);
    let plan = desk.ok("plan.run", json!({ "source": null }));
    assert_eq!((&plan["asOf"], &plan["withoutHistory"]), (&json!("2026-10-01"), &json!(0)));
    let [line] = lines(&plan) else { panic!("{plan}") };
    for (field, expected) in [
        ("skuCode", json!("SK001")),
        ("placeCode", json!("P1")),
        ("source", json!(w0)),
        ("ratePerDay", json!("20")),
        ("method", json!("ses")),
        ("onHand", json!(120)),
        ("inTransit", json!(0)),
        ("coverDays", json!(6)),
        ("need", json!(760)),
        ("cartons", json!(16)),
        ("units", json!(768)),
        ("shortage", json!(0)),
        ("arrivesOn", json!("2026-10-08")),
        ("refused", json!([])),
    ] {
        assert_eq!(line[field], expected, "{field}");
    }
    let [lot] = line["lots"].as_array().unwrap().as_slice() else { panic!("{line}") };
    assert_eq!(
        (&lot["lotNo"], &lot["qty"], &lot["sharePpm"]),
        (&json!("L2503A"), &json!(768), &json!(473_059))
    );
    let said = arithmetic(line);
    let has = |op: &str, code: &str, value: &str| {
        said.contains(&(op.to_owned(), code.to_owned(), value.to_owned()))
    };
    for (op, code, value) in [
        ("start", "replenish.rate", "20"),
        ("multiply", "replenish.protection", "44"),
        ("round", "replenish.demand", "880"),
        ("subtract", "replenish.on_hand", "120"),
        ("equals", "replenish.need", "760"),
        ("divide", "replenish.carton", "48"),
        ("round", "replenish.cartons_wanted", "16"),
        ("equals", "replenish.units", "768"),
    ] {
        assert!(has(op, code, value), "{op} {code} {value} in {said:?}");
    }
    let named = line["derivation"]["lines"].to_string();
    assert!(
        named.contains("\"lot\":\"L2503A\"") && named.contains("\"place\":\"P1仓\""),
        "{named}"
    );
}

#[test]
fn a_rule_of_half_sends_the_younger_lot_and_names_the_older() {
    let A1 { desk, .. } = a1(500_000);
    let plan = desk.ok("plan.run", json!({}));
    let [line] = lines(&plan) else { panic!("{plan}") };
    let [lot] = line["lots"].as_array().unwrap().as_slice() else { panic!("{line}") };
    assert_eq!((&lot["lotNo"], &lot["qty"]), (&json!("L2509B"), &json!(768)));
    let [refused] = line["refused"].as_array().unwrap().as_slice() else { panic!("{line}") };
    assert_eq!((&refused["lotNo"], &refused["sharePpm"]), (&json!("L2503A"), &json!(473_059)));
    let reason = &refused["reason"];
    assert_eq!(reason["code"], "replenish.lot_refused");
    assert_eq!(
        (&reason["args"]["rule"], &reason["args"]["lot"], &reason["args"]["share_left"]),
        (&json!("share_too_small"), &json!("L2503A"), &json!(473_059))
    );
}

#[test]
fn what_is_set_aside_or_on_its_way_is_not_sent_again() {
    let A1 { desk, sku, w0, p1 } = a1(400_000);
    let lot = desk.ok("sku.get", json!({ "id": sku }))["lots"]
        .as_array()
        .unwrap()
        .iter()
        .find(|lot| lot["lotNo"] == "L2503A")
        .unwrap()["id"]
        .clone();
    let draft = json!({ "id": null, "from": w0, "to": p1, "note": "",
                        "lines": [{ "sku": sku, "lot": lot, "qty": 768 }] });
    let transfer = desk.ok("transfer.save", draft)["id"].clone();
    let needs = || lines(&desk.ok("plan.run", json!({})))[0].clone();
    assert_eq!(needs()["need"], 760, "a draft promises nothing");
    desk.ok("transfer.approve", json!({ "id": transfer, "overrideReason": null }));
    for step in ["set aside", "packed", "shipped"] {
        let line = needs();
        assert_eq!((&line["need"], &line["inTransit"]), (&json!(0), &json!(768)), "{step}");
        assert_eq!((&line["lots"], &line["coverDays"]), (&json!([]), &json!(45)), "{step}");
        match step {
            "set aside" => drop(desk.ok("transfer.pack", json!({ "id": transfer }))),
            "packed" => {
                let input =
                    json!({ "id": transfer, "shippedOn": null, "carrier": "", "tracking": "" });
                desk.ok("transfer.ship", input);
            }
            _ => {}
        }
    }
}

#[test]
fn goods_without_history_are_counted_and_the_urgent_come_first() {
    let A1 { mut desk, p1, w0, .. } = a1(400_000);
    let p2 = desk.save_place(None, &place_fields("P2", "platform", "2026-10-01", None));
    let fast = desk.save_sku("SK002", 10, &json!([]));
    let lot = Lot {
        number: Some("F1"),
        made: Some("2026-01-01"),
        expires: Some("2028-12-31"),
        units: 95,
        cost: None,
    };
    desk.open_stock(w0, fast, &[lot]);
    desk.sold_by_file(p1, fast, "2026-10-01", &[5; 28]);
    let plan = desk.ok("plan.run", json!({}));
    let order: Vec<_> = lines(&plan).iter().map(|line| line["skuCode"].clone()).collect();
    assert_eq!(order, ["SK002", "SK001"], "nothing there sells out before six days");
    assert_eq!(plan["withoutHistory"], 2, "both goods at P2: {p2}");
    let short = &lines(&plan)[0];
    // 5 × 44 = 220 wanted, 9 cartons of 10 are there, 5 loose units stay.
    assert_eq!(
        (&short["need"], &short["cartons"], &short["units"], &short["shortage"]),
        (&json!(220), &json!(9), &json!(90), &json!(130))
    );
    // Whoever asks for a source that is none is told.
    assert_eq!(desk.refused("plan.run", json!({ "source": fast })).code, "missing");
    // Expired goods on the shelf cover nothing.
    desk.today = day("2028-01-16");
    let plan = desk.ok("plan.run", json!({}));
    let old = lines(&plan).iter().find(|line| line["skuCode"] == "SK001").unwrap();
    assert_eq!((&old["onHand"], &old["coverDays"]), (&json!(0), &json!(0)));
}

#[test]
fn history_shows_missing_days_as_missing_and_a_fan_to_come() {
    let A1 { mut desk, sku, p1, .. } = a1(400_000);
    desk.today = day("2026-10-03");
    for place in [json!(p1), json!(null)] {
        let history = desk.ok("plan.history", json!({ "sku": sku, "place": place }));
        let units = history["units"].as_array().unwrap();
        assert_eq!((history["days"].as_array().unwrap().len(), units.len()), (30, 30));
        assert_eq!((&units[27], &units[28], &units[29]), (&json!(20), &json!(null), &json!(null)));
        let (first, last) = (&history["forecastDays"][0], &history["forecastDays"][43]);
        assert_eq!((first, last), (&json!("2026-10-03"), &json!("2026-11-15")));
        assert_eq!(history["forecast"].as_array().unwrap().len(), 44);
        let number = |field: &str| -> f64 { history[field][0].as_str().unwrap().parse().unwrap() };
        assert!((number("forecast") - 20.0).abs() < 1e-9);
        assert!(number("low") < 20.0 && number("high") > 20.0);
    }
    let other = desk.save_sku("SK009", 1, &json!([]));
    let empty = desk.ok("plan.history", json!({ "sku": other, "place": null }));
    assert_eq!((&empty["days"], &empty["forecast"]), (&json!([]), &json!([])));
}
