//! What lots cost: fee net of tax and materials, returns, late bills.

use serde_json::{Value, json};

use crate::house::{House, came, with};

/// 5,000 bottles at 9.80 with 13 % in it, in 5,000 boxes at 6.40, received as lot L1.
pub(crate) fn boxed() -> (House, Value, Value) {
    let house = House::new();
    let order = house.accepted(house.order_for(5_000, "9.80"));
    house.buy_boxes("B1", 5_200, "6.40");
    house.send_boxes(&order, 5_000);
    house.receive(&order, json!({ "lines": [came("L1", 5_000)] }));
    let lot = house.lot(&order, "L1");
    (house, order, lot)
}

fn amounts<const N: usize>(card: &Value, names: [&str; N]) -> [String; N] {
    names.map(|name| card[name].as_str().unwrap_or_default().to_owned())
}

#[test]
fn a_lot_costs_its_fee_without_tax_and_its_materials() {
    let (house, order, lot) = boxed();
    let cost = house.cost(&lot);
    let parts = amounts(&cost, ["own", "takenOver", "whole", "onHand"]);
    assert_eq!(parts, ["43362.83", "32000.00", "75362.83", "75362.83"]);
    assert_eq!((&cost["units"], &cost["unitCost"]), (&json!(5_000), &json!("15.0726")));
    let whole = house.desk.ok("order.cost", json!({ "id": order }));
    assert_eq!((&whole["whole"], &whole["unitsSold"]), (&json!("75362.83"), &json!(0)));
    let account = house.desk.ok("order.account", json!({ "id": order }));
    let sums = amounts(&account, ["net", "tax", "gross", "payable", "notInvoiced"]);
    assert_eq!(sums, ["43362.83", "5637.17", "49000.00", "49000.00", "49000.00"]);
    assert_eq!(house.desk.ok("lot.value", json!({ "id": lot }))["value"], "75362.83");
    let money = house.desk.ok("order.money", json!({ "id": order }));
    assert_eq!(money["receivedValue"], "49000.00", "what is paid for");
    house.verify();
}

#[test]
fn what_goes_back_waits_on_the_partner_and_becomes_its_replacement() {
    let (house, order, lot) = boxed();
    let back = json!({ "decision": "return", "settleBy": "replace" });
    house.there_and_back("order.decide", house.decision(&order, &lot, 200, back));
    let cost = house.cost(&lot);
    let parts = amounts(&cost, ["onHand", "atPartner", "whole"]);
    assert_eq!(parts, ["72348.32", "3014.51", "75362.83"]);
    let tracks = house.tracks(&order);
    assert_eq!(tracks["replacements"], json!([{ "lot": lot, "lotNo": "L1", "qty": 200 }]));
    assert_eq!(tracks["tallies"][0]["returned"], 200);
    assert_eq!(tracks["decisions"][0]["settleBy"], "replace");

    let mut line = came("L2", 200);
    line["replaces"] = lot.clone();
    let too_many = json!({ "lines": [{ "line": 0, "lotNo": "L2", "mfgOn": null,
        "expiresOn": null, "qty": 201, "replaces": lot }] });
    let refused = house.desk.refused("order.receive", house.receipt(&order, too_many));
    assert_eq!(refused.code, "order.replaces_too_much");
    house.there_and_back("order.receive", house.receipt(&order, json!({ "lines": [line] })));
    let second = house.lot(&order, "L2");
    assert_eq!(house.cost(&second)["whole"], "3014.51");
    let parts = amounts(&house.cost(&lot), ["onHand", "atPartner", "whole"]);
    assert_eq!(parts, ["72348.32", "0.00", "75362.83"]);
    assert_eq!(house.tracks(&order)["replacements"], json!([]));
    let account = house.desk.ok("order.account", json!({ "id": order }));
    assert_eq!(account["payable"], "49000.00", "a replacement costs no second fee");
    let tree = house.desk.ok("lot.genealogy", json!({ "id": lot }));
    let step = tree["steps"].as_array().unwrap().iter().find(|one| one["kind"] == "replaced");
    assert_eq!(step.unwrap()["to"], second);
    house.verify();
}

#[test]
fn a_late_bill_splits_between_what_is_sold_and_what_is_on_hand() {
    let (mut house, order, lot) = boxed();
    house.decide(&order, &lot, 5_000, json!({}));
    house.desk.today = "2026-06-20".parse().unwrap();
    house.sell("2026-06-10", "SER", 2_000);
    let carrier = house.partner("C1", "carrier", &json!([]));
    let bill = |basis: &str, amount: &str| {
        json!({ "number": "YF-001", "partner": carrier, "datedOn": "2026-06-18",
                "basis": basis, "amount": amount, "note": "运费", "orders": [order] })
    };
    house.there_and_back("bill.post", bill("quantity", "1500.00"));
    let parts = amounts(&house.cost(&lot), ["sold", "onHand", "whole"]);
    assert_eq!(parts, ["30745.13", "46117.70", "76862.83"]);
    let again = house.desk.refused("bill.post", bill("quantity", "1500.00"));
    assert_eq!(again.code, "code.taken", "the same bill twice");
    let whole = house.desk.ok("order.cost", json!({ "id": order }));
    let sums = amounts(&whole, ["sold", "onHand", "whole"]);
    assert_eq!(sums, ["30745.13", "46117.70", "76862.83"]);
    assert_eq!(whole["unitsSold"], 2_000);
    let bills = house.desk.ok("bill.list", json!({}));
    assert_eq!(bills.as_array().unwrap().len(), 1, "the one that was undone is none");
    assert_eq!(
        (&bills[0]["number"], &bills[0]["shares"][0]["amount"]),
        (&json!("YF-001"), &json!("1500.00"))
    );
    // Credited freight takes back what it brought, by every basis.
    for basis in ["value", "weight", "volume"] {
        let posted =
            house.desk.ok("bill.post", with(bill(basis, "100.00"), json!({ "number": basis })));
        assert_eq!(house.cost(&lot)["whole"], "76962.83", "{basis}");
        house.undo(&posted);
    }
    let nothing = json!({ "number": "X", "datedOn": "2026-06-18", "basis": "quantity",
                          "amount": "1.00", "orders": [] });
    assert_eq!(house.desk.refused("bill.post", nothing).code, "document.empty");
    let other = |amount: &str| with(bill("quantity", amount), json!({ "number": "YF-002" }));
    assert_eq!(house.desk.refused("bill.post", other("1.005")).code, "amount.invalid");
    let beyond = house.desk.refused("bill.post", other("-76862.84"));
    assert_eq!(beyond.code, "bill.beyond_cost");
    house.there_and_back("bill.post", other("-76862.83"));
    house.verify();
}

/// The example in one run: 200 replaced, 2,000 sold, freight of 1,500.00 for the whole order.
#[test]
fn freight_of_an_order_with_a_replacement_falls_on_every_unit_alike() {
    let (mut house, order, lot) = boxed();
    let back = json!({ "decision": "return", "settleBy": "replace" });
    house.decide(&order, &lot, 200, back);
    house.decide(&order, &lot, 4_800, json!({}));
    let again = with(came("L2", 200), json!({ "replaces": lot }));
    house.receive(&order, json!({ "status": "good", "lines": [again] }));
    assert_eq!(house.desk.ok("order.cost", json!({ "id": order }))["whole"], "75362.83");
    house.desk.today = "2026-06-20".parse().unwrap();
    house.sell("2026-06-10", "SER", 2_000);
    for basis in ["quantity", "value", "weight"] {
        let bill = json!({ "number": "YF-001", "datedOn": "2026-06-18", "basis": basis,
                           "amount": "1500.00", "note": "运费", "orders": [order] });
        let posted = house.desk.ok("bill.post", bill);
        let whole = house.desk.ok("order.cost", json!({ "id": order }));
        let sums = amounts(&whole, ["sold", "onHand", "whole"]);
        assert_eq!(sums, ["30745.13", "46117.70", "76862.83"], "{basis}");
        house.verify();
        house.undo(&posted);
    }
}

#[test]
fn materials_bought_dearer_later_follow_into_goods_that_are_sold() {
    let (mut house, order, lot) = boxed();
    house.decide(&order, &lot, 5_000, json!({}));
    house.desk.today = "2026-06-20".parse().unwrap();
    house.sell("2026-06-10", "SER", 2_500);
    let boxes = house.desk.ok("lot.genealogy", json!({ "id": lot }));
    let boxes = boxes["lots"].as_array().unwrap().iter().find(|one| one["depth"] == -1);
    let boxes = boxes.unwrap()["id"].clone();
    let bill = json!({ "number": "B-9", "datedOn": "2026-06-18", "basis": "quantity",
                       "amount": "520.00", "lots": [boxes] });
    house.desk.ok("bill.post", bill);
    // 5,000 of 5,200 boxes are in the lot, half of which is sold.
    let parts = amounts(&house.cost(&lot), ["takenOver", "whole"]);
    assert_eq!(parts, ["32500.00", "75862.83"]);
    let sold: f64 = house.cost(&lot)["sold"].as_str().unwrap().parse().unwrap();
    assert!((sold - 37_931.41).abs() < 0.011, "{sold}");
    house.verify();
}

#[test]
fn boxes_that_come_after_the_goods_are_charged_to_them() {
    let house = House::new();
    let order = house.accepted(house.order_for(5_000, "9.80"));
    house.receive(&order, json!({ "lines": [came("L1", 5_000)] }));
    let lot = house.lot(&order, "L1");
    assert_eq!(house.cost(&lot)["whole"], "43362.83", "no box has a price yet");
    let held = house.desk.ok("material.at_factories", json!({}));
    assert_eq!((&held[0]["qty"], &held[0]["suspense"]), (&json!(0), &json!(5_000)));
    house.buy_boxes("B1", 5_000, "6.40");
    let sent = house.send_boxes(&order, 5_000);
    assert_eq!(sent["entries"].as_array().unwrap().len(), 2, "the issue and what it settles");
    assert_eq!(house.cost(&lot)["whole"], "75362.83");
    assert_eq!(house.desk.ok("material.at_factories", json!({})), json!([]));
    house.undo(&sent);
    assert_eq!(house.cost(&lot)["whole"], "43362.83");
    house.verify();
}

#[test]
fn boxes_delivered_straight_to_the_factory_settle_and_count_as_sent() {
    let house = House::new();
    let order = house.accepted(house.order_for(5_000, "9.80"));
    assert_eq!(house.phase(&order), "awaiting_material");
    house.receive(&order, json!({ "lines": [came("L1", 1_000)] }));
    let bought = with(
        house.order_for(5_200, "6.40"),
        json!({ "kind": "purchase", "factory": house.printer, "deliverTo": house.bench,
                "taxRatePpm": 0, "forOrder": order, "lines": [{ "sku": house.boxes, "qty": 5_200 }] }),
    );
    let bought = house.accepted(bought);
    let card = house.desk.ok("order.get", json!({ "id": bought }));
    assert_eq!((&card["row"]["kind"], &card["forOrder"]), (&json!("purchase"), &order));
    assert!(card["row"]["number"].as_str().unwrap().starts_with("PU-A-2026-"));
    let into = json!({ "status": "good", "place": house.bench, "lines": [came("B1", 5_200)] });
    let posted = house.receive(&bought, into);
    assert_eq!(posted["entries"].as_array().unwrap().len(), 2, "the receipt and what it settles");
    let track = &house.tracks(&order)["materials"][0];
    assert_eq!((&track["issued"], &track["atFactory"]), (&json!(5_200), &json!(4_200)));
    assert_eq!(house.phase(&order), "awaiting_qc");
    house.receive(&order, json!({ "lines": [came("L2", 4_000)] }));
    let lots = ["L1", "L2"].map(|lot| house.cost(&house.lot(&order, lot))["takenOver"].clone());
    assert_eq!(lots, [json!("6400.00"), json!("25600.00")]);
    house.verify();
}
