//! Steps of an order: amendments, quality decisions and what stands in their way.

use serde_json::{Value, json};

use crate::house::{House, came, with};

fn amended(house: &House, order: &Value, qty: i64, price: &str) -> Value {
    let order = with(house.order_for(qty, price), json!({ "id": order }));
    json!({ "order": order, "reason": "变更单" })
}

#[test]
fn an_amendment_is_a_revision_and_never_below_what_came() {
    let house = House::bare();
    let order = house.accepted(house.order_for(5_000, "9.80"));
    house.receive(&order, json!({ "lines": [came("L1", 3_000)] }));
    let refused = house.desk.refused("order.amend", amended(&house, &order, 2_999, "9.80"));
    assert_eq!(refused.code, "order.amend_below_received");
    let mute = with(amended(&house, &order, 4_000, "9.80"), json!({ "reason": " " }));
    assert_eq!(house.desk.refused("order.amend", mute).code, "reason.missing");
    house.there_and_back("order.amend", amended(&house, &order, 4_000, "9.80"));
    let card = house.desk.ok("order.get", json!({ "id": order }));
    assert_eq!((&card["revision"], &card["row"]["ordered"]), (&json!(1), &json!(4_000)));
    let account = house.desk.ok("order.account", json!({ "id": order }));
    assert_eq!(account["payable"], "39200.00");
    // More ordered again, a new line beside the first: both are payable.
    let mut wider = amended(&house, &order, 4_000, "9.80");
    wider["order"]["lines"] = json!([{ "sku": house.serum, "qty": 4_000 },
                                     { "sku": house.boxes, "qty": 100 }]);
    wider["order"]["unitPrices"] = json!(["9.80", "1.00"]);
    house.desk.ok("order.amend", wider);
    let account = house.desk.ok("order.account", json!({ "id": order }));
    assert_eq!(
        (&account["payable"], &account["lines"][1]["gross"]),
        (&json!("39300.00"), &json!("100.00"))
    );
    let money = house.desk.ok("order.money", json!({ "id": order }));
    assert_eq!(money["unitPrices"], json!(["9.8", "1"]));
    house.verify();
}

#[test]
fn each_decision_puts_goods_where_it_says() {
    let house = House::bare();
    let order = house.accepted(house.order_for(1_000, "10.00"));
    house.receive(&order, json!({ "lines": [came("L1", 1_000)] }));
    let lot = house.lot(&order, "L1");
    assert_eq!(house.phase(&order), "awaiting_qc");
    let decide = |qty: i64, changes: Value| {
        house.there_and_back("order.decide", house.decision(&order, &lot, qty, changes));
    };
    decide(600, json!({ "decision": "accept" }));
    decide(50, json!({ "decision": "concession" }));
    decide(100, json!({ "decision": "reject" }));
    decide(40, json!({ "decision": "scrap", "from": "defective" }));
    decide(60, json!({ "decision": "return", "settleBy": "rework", "from": "defective" }));
    decide(90, json!({ "decision": "return", "settleBy": "credit" }));
    let tally = house.tracks(&order)["tallies"][0].clone();
    assert_eq!(
        tally,
        json!({ "came": 1_000, "replaced": 0, "returned": 0, "credited": 90, "spoilt": 0,
                "passed": 650, "failed": 190 })
    );
    let card = house.desk.ok("lot.get", json!({ "id": lot }));
    let at = |place: &str, status: &str| {
        let places = card["places"].as_array().unwrap().iter();
        let mut found = places.filter(|one| one["placeCode"] == place && one["status"] == status);
        found.next().map_or(0, |one| one["qty"].as_i64().unwrap())
    };
    assert_eq!((at("W0", "good"), at("W0", "quarantine")), (650, 160));
    assert_eq!(at("F1P", "quarantine"), 60, "mended goods keep their lot: {card}");
    let waiting = house.tracks(&order)["waiting"].as_array().unwrap().len();
    assert_eq!(waiting, 2, "160 here and 60 at the factory");
    let no_way = house.decision(&order, &lot, 1, json!({ "decision": "return" }));
    assert_eq!(house.desk.refused("order.decide", no_way).code, "quality.settle_by_missing");
    let good = house.decision(&order, &lot, 1, json!({ "decision": "reject", "from": "good" }));
    assert_eq!(house.desk.refused("order.decide", good).code, "quality.status");
    let mute = with(
        house.decision(&order, &lot, 1, json!({ "decision": "reject" })),
        json!({ "reason": "" }),
    );
    assert_eq!(house.desk.refused("order.decide", mute).code, "reason.missing");
    let much = house.decision(&order, &lot, 161, json!({}));
    assert_eq!(house.desk.refused("order.decide", much).code, "stock.shortage");
    let cost = house.cost(&lot);
    let of = |name: &str| cost[name].as_str().unwrap().parse::<f64>().unwrap();
    let parts = of("onHand") + of("writtenOff") + of("atPartner") + of("claimed");
    assert!((parts - of("whole")).abs() < 0.001, "{cost}");
    house.verify();
}

#[test]
fn phases_follow_the_tracks() {
    let house = House::new();
    let draft = house.desk.ok("order.save", house.order_for(1_000, "9.80"))["id"].clone();
    house.desk.ok("order.issue", json!({ "id": draft }));
    assert_eq!(house.phase(&draft), "awaiting_acceptance");
    house.desk.ok("order.accept", json!({ "id": draft, "promisedOn": "2026-07-01" }));
    assert_eq!(house.phase(&draft), "awaiting_material");
    house.buy_boxes("B1", 1_100, "1.00");
    house.send_boxes(&draft, 1_000);
    assert_eq!(house.phase(&draft), "making");
    house.receive(&draft, json!({ "status": "good", "lines": [came("L1", 400)] }));
    assert_eq!(house.phase(&draft), "receiving");
    house.receive(&draft, json!({ "status": "good", "lines": [came("L2", 600)] }));
    assert_eq!(house.phase(&draft), "complete");
    let row = house.desk.ok("order.list", json!({}));
    let row = row.as_array().unwrap().iter().find(|one| one["id"] == draft).unwrap().clone();
    assert_eq!((&row["kind"], &row["received"]), (&json!("production"), &json!(1_000)));
    house.verify();
}
