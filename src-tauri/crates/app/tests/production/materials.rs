//! Our materials at a factory: slips, losses and the monthly statement.

use serde_json::{Value, json};

use crate::house::{House, came, with};

/// 6,289 boxes sent, 5,880 good bottles received and 120 spoilt.
fn lossy(base: &str) -> (House, Value) {
    let house = House::new();
    let order = with(house.order_for(6_000, "9.80"), json!({ "lossBase": base }));
    let order = house.accepted(order);
    house.buy_boxes("B1", 6_289, "1.00");
    house.send_boxes(&order, 6_289);
    let line = with(came("L1", 5_880), json!({ "spoilt": 120 }));
    house.receive(&order, json!({ "status": "good", "lines": [line] }));
    (house, order)
}

fn losses(house: &House, order: &Value) -> [i64; 3] {
    losses_of(house, order, "brand")
}

/// Losses of the first material that `by` brings.
fn losses_of(house: &House, order: &Value, by: &str) -> [i64; 3] {
    let tracks = house.tracks(order);
    let mut rows = tracks["materials"].as_array().unwrap().iter();
    let track = rows.find(|row| row["suppliedBy"] == by).unwrap();
    ["missing", "allowed", "claimed"].map(|name| track[name].as_i64().unwrap())
}

#[test]
fn lines_that_use_a_material_at_different_rates_are_reckoned_each_by_its_own() {
    let house = House::new();
    let pair = house.sku("PAIR", "finished", &json!([]));
    let line = json!({ "material": house.boxes, "per1000": 2_000, "allowancePpm": 30_000,
                       "suppliedBy": "brand" });
    let bill =
        json!({ "sku": pair, "factory": house.factory, "from": "2026-06-01", "lines": [line] });
    house.desk.ok("bom.save", bill);
    let lines = json!([{ "sku": house.serum, "qty": 1_000 }, { "sku": pair, "qty": 1_000 }]);
    let order = with(
        house.order_for(1_000, "1.00"),
        json!({ "lines": lines, "unitPrices": ["1.00", "1.00"] }),
    );
    let order = house.accepted(order);
    house.buy_boxes("B1", 3_000, "1.00");
    house.send_boxes(&order, 3_000);
    let pairs = with(came("L2", 1_000), json!({ "line": 1 }));
    house.receive(&order, json!({ "status": "good", "lines": [came("L1", 1_000), pairs] }));
    assert_eq!(losses(&house, &order), [0, 0, 0]);
    let track = &house.tracks(&order)["materials"][0];
    let left = ["toIssue", "held", "left", "atFactory"].map(|name| track[name].as_i64().unwrap());
    assert_eq!(left, [1_031 + 2_062, 3_000, 0, 0]);
    house.desk.ok("order.pay", json!({ "id": order, "term": 0, "amount": "2000.00" }));
    house.there_and_back("order.settle_losses", json!({ "id": order }));
    house.there_and_back("order.close", json!({ "id": order }));
    house.verify();
}

#[test]
fn a_material_that_we_bring_for_one_line_and_the_factory_for_another_is_two() {
    let house = House::new();
    let pair = house.sku("PAIR", "finished", &json!([]));
    let line = json!({ "material": house.boxes, "per1000": 2_000, "allowancePpm": 0,
                       "suppliedBy": "factory" });
    let bill =
        json!({ "sku": pair, "factory": house.factory, "from": "2026-06-01", "lines": [line] });
    house.desk.ok("bom.save", bill);
    let lines = json!([{ "sku": pair, "qty": 1_000 }, { "sku": house.serum, "qty": 1_000 }]);
    let order = with(
        house.order_for(1_000, "1.00"),
        json!({ "lines": lines, "unitPrices": ["1.00", "1.00"] }),
    );
    let order = house.accepted(order);
    house.buy_boxes("B1", 1_031, "1.00");
    house.send_boxes(&order, 1_031);
    let serum = with(came("L2", 1_000), json!({ "line": 1 }));
    house.receive(&order, json!({ "status": "good", "lines": [came("L1", 1_000), serum] }));
    let tracks = house.tracks(&order);
    let of = |by: &str| {
        let rows = tracks["materials"].as_array().unwrap();
        let row = rows.iter().find(|row| row["suppliedBy"] == by).unwrap().clone();
        ["toIssue", "issued", "held", "missing"].map(|name| row[name].as_i64().unwrap())
    };
    assert_eq!((of("brand"), of("factory")), ([1_031, 1_031, 1_000, 31], [0, 0, 2_000, 0]));
    // What lies there is what we brought.
    let keep = json!({ "id": order, "lines": [{ "material": house.boxes, "qty": 5 }], "note": "" });
    let kept = house.desk.ok("material.keep", keep);
    let tracks = house.tracks(&order);
    let lies = |by: &str| {
        let rows = tracks["materials"].as_array().unwrap();
        let row = rows.iter().find(|row| row["suppliedBy"] == by).unwrap().clone();
        ["kept", "left", "free", "drawable", "atFactory"].map(|name| row[name].as_i64().unwrap())
    };
    assert_eq!((lies("brand"), lies("factory")), ([5, 26, 5, 5, 31], [0; 5]));
    house.undo(&kept);
    house.desk.ok("order.settle_losses", json!({ "id": order }));
    assert_eq!(losses_of(&house, &order, "brand"), [31, 30, 1]);
    house.verify();
}

#[test]
fn a_claim_on_base_good_is_221_boxes() {
    let (house, order) = lossy("good");
    assert_eq!(losses(&house, &order), [409, 188, 221]);
    let reason = json!({ "id": order, "reason": "少 120" });
    let pay = json!({ "id": order, "term": 0, "amount": "57624.00" });
    house.desk.ok("order.pay", pay);
    let refused = house.desk.refused("order.close", reason.clone());
    assert_eq!(refused.code, "order.losses_open");
    house.there_and_back("order.settle_losses", json!({ "id": order }));
    assert_eq!(house.tracks(&order)["lossesSettled"], true);
    assert_eq!(house.desk.refused("order.close", reason.clone()).code, "order.claims_open");
    house.desk.ok("order.claim", json!({ "id": order, "end": "dropped", "note": "长期合作" }));
    let again = house.desk.refused("order.settle_losses", json!({ "id": order, "reason": "再结" }));
    assert_eq!(again.code, "order.losses_settled");
    // 5,880 × 9.80 without 13 %, 5,880 boxes and 188 that may be lost.
    let cost = house.cost(&house.lot(&order, "L1"));
    assert_eq!((&cost["own"], &cost["takenOver"]), (&json!("50994.69"), &json!("6068.00")));
    assert_eq!(house.desk.ok("material.at_factories", json!({})), json!([]));
    house.there_and_back("order.close", reason);
    house.verify();
}

#[test]
fn a_claim_on_base_good_and_rejected_is_101_boxes() {
    let (house, order) = lossy("good_and_rejected");
    assert_eq!(losses(&house, &order), [289, 188, 101]);
    house.desk.ok("order.settle_losses", json!({ "id": order }));
    let cost = house.cost(&house.lot(&order, "L1"));
    assert_eq!(cost["takenOver"], "6188.00", "6,000 are used, and 188 may be lost");
    assert_eq!(house.desk.ok("material.at_factories", json!({})), json!([]));
    house.verify();
}

/// What goes back for a credit holds boxes: by the base good they are claimed with the goods, at
/// their cost, and are no loss beside it; a contract that counts rejected units as used claims none.
#[test]
fn material_in_goods_that_are_credited_is_a_claim() {
    for (base, claimed) in [("good", Some("200.00")), ("good_and_rejected", None)] {
        let house = House::new();
        let order = with(house.order_for(1_000, "1.00"), json!({ "lossBase": base }));
        let order = house.accepted(order);
        house.buy_boxes("B1", 1_000, "1.00");
        house.send_boxes(&order, 1_000);
        house.receive(&order, json!({ "lines": [came("L1", 1_000)] }));
        let lot = house.lot(&order, "L1");
        let credit = json!({ "decision": "return", "settleBy": "credit" });
        house.decide(&order, &lot, 200, credit);
        assert_eq!(losses(&house, &order)[0], 0, "{base}");
        let claims = account(&house, &order)["claims"].clone();
        assert_eq!(claims["open"], claimed.is_some(), "{base}");
        assert_eq!(claims["rows"][0]["amount"].as_str(), claimed, "{base}");
        let cost = house.cost(&lot);
        assert_eq!((&cost["claimed"], &cost["atPartner"]), (&json!("376.99"), &json!("0.00")));
        house.there_and_back("order.settle_losses", json!({ "id": order }));
        house.verify();
    }
}

fn account(house: &House, order: &Value) -> Value {
    house.desk.ok("order.account", json!({ "id": order }))
}

/// 221 boxes at 1.00 are claimed: decided before the order closes, taken off what is to be paid.
#[test]
fn a_claim_is_decided_before_the_order_closes() {
    let (house, order) = lossy("good");
    let claim = |end: &str, amount: Value, note: &str| json!({ "id": order, "end": end, "amount": amount, "note": note });
    let deduct = claim("deducted", json!("221.00"), "抵尾款");
    let none = house.desk.refused("order.claim", deduct.clone());
    assert_eq!(none.code, "order.claims_none", "nothing is settled yet");
    house.desk.ok("order.settle_losses", json!({ "id": order }));
    let claims = account(&house, &order)["claims"].clone();
    assert_eq!((&claims["amount"], &claims["open"]), (&json!("221.00"), &json!(true)));
    let units: i64 =
        claims["rows"].as_array().unwrap().iter().map(|one| one["units"].as_i64().unwrap()).sum();
    assert_eq!(units, 221);
    house.desk.ok("order.pay", json!({ "id": order, "term": 0, "amount": "57403.00" }));
    let close = json!({ "id": order, "reason": "少 120" });
    assert_eq!(house.desk.refused("order.close", close.clone()).code, "order.dues_open");
    let unsaid = house.desk.refused("order.claim", claim("dropped", Value::Null, " "));
    assert_eq!(unsaid.code, "reason.missing");
    let nothing = house.desk.refused("order.claim", claim("paid", json!("0.00"), ""));
    assert_eq!(nothing.code, "amount.not_positive");
    let much = claim("deducted", json!("1000.00"), "");
    assert_eq!(house.desk.refused("order.claim", much).code, "order.claim_beyond_cost");
    house.there_and_back("order.claim", deduct.clone());
    // What is open is for the 120 that never come.
    let settled = account(&house, &order);
    assert_eq!((&settled["open"], &settled["claims"]["open"]), (&json!("1176.00"), &json!(false)));
    assert_eq!(settled["claims"]["decisions"][0]["end"], "deducted");
    assert_eq!(settled["claims"]["amount"], "0.00", "nothing is left to claim");
    assert_eq!(house.desk.refused("order.claim", deduct).code, "order.claims_none");
    house.there_and_back("order.close", close);
    house.verify();
}

/// 221 boxes at 1.00 are claimed, and 150.55 are agreed on: the rest is our loss, not the factory's.
#[test]
fn what_an_agreement_leaves_of_a_claim_is_written_off() {
    let (house, order) = lossy("good");
    let boxes = house.desk.ok("material.at_factories", json!({}))[0]["lots"][0]["lot"].clone();
    house.desk.ok("order.settle_losses", json!({ "id": order }));
    let stands = || {
        let cost = house.cost(&boxes);
        ["claimed", "writtenOff"].map(|name| cost[name].as_str().unwrap().to_owned())
    };
    assert_eq!(stands(), ["221.00", "0.00"]);
    let claim = |end: &str, amount: &str| json!({ "id": order, "end": end, "amount": amount });
    house.there_and_back("order.claim", claim("deducted", "150.55"));
    assert_eq!(stands(), ["150.55", "70.45"], "to the cent, not in whole boxes");
    assert_eq!(account(&house, &order)["claims"]["open"], false);
    house.verify();
}

/// 200 of 1,000 units are credited, and 67 of 1,100 boxes are lost beyond the 33 that may be. What is
/// let go of both is our loss: of each in proportion, to the cent.
#[test]
fn what_is_let_go_of_material_in_credited_goods_is_written_off() {
    let house = House::new();
    let order = with(house.order_for(1_000, "1.00"), json!({ "lossBase": "good" }));
    let order = house.accepted(order);
    house.buy_boxes("B1", 1_100, "1.00");
    house.send_boxes(&order, 1_100);
    let boxes = house.desk.ok("material.at_factories", json!({}))[0]["lots"][0]["lot"].clone();
    house.receive(&order, json!({ "lines": [came("L1", 1_000)] }));
    let goods = house.lot(&order, "L1");
    house.decide(&order, &goods, 200, json!({ "decision": "return", "settleBy": "credit" }));
    house.desk.ok("order.settle_losses", json!({ "id": order }));
    let stands = || {
        [&boxes, &goods].map(|lot| {
            let cost = house.cost(lot);
            ["claimed", "writtenOff"].map(|name| cost[name].as_str().unwrap().to_owned())
        })
    };
    // The goods cost 884.96, 1,000 boxes and the 33: a fifth of it is claimed, 206.60 of it boxes.
    assert_eq!(stands(), [["67.00", "0.00"], ["383.59", "0.00"]]);
    assert_eq!(account(&house, &order)["claims"]["amount"], "273.60");
    let claim = |end: &str, amount: &str| json!({ "id": order, "end": end, "amount": amount });
    // 73.60 are let go: 67.00 to 206.60 are 18.02 and 55.58.
    house.there_and_back("order.claim", claim("deducted", "200.00"));
    assert_eq!(stands(), [["48.98", "18.02"], ["328.01", "55.58"]]);
    house.verify();
    let decided = account(&house, &order)["claims"]["decisions"][0]["entry"].clone();
    let undo = json!({ "entry": decided, "withBlocking": false });
    house.desk.ok("journal.reverse", undo);
    let dropped = with(claim("dropped", "0.00"), json!({ "note": "长期合作" }));
    house.there_and_back("order.claim", dropped);
    assert_eq!(stands(), [["0.00", "67.00"], ["176.99", "206.60"]], "the fee is not paid");
    house.verify();
}

/// A box is a third of 10.00. What was decided and what is open are what is claimed, to the cent.
#[test]
fn what_is_open_of_a_claim_adds_up_with_what_was_decided() {
    let house = House::bare();
    house.bill(0);
    let order = house.accepted(house.order_for(10, "1.00"));
    house.buy_boxes("B1", 3, "3.333333");
    let settle = json!({ "id": order, "reason": "工厂停线" });
    let shown = || {
        let claims = account(&house, &order)["claims"].clone();
        [&claims["amount"], &claims["rows"][0]["amount"]]
            .map(|one| one.as_str().unwrap().to_owned())
    };
    house.send_boxes(&order, 1);
    house.desk.ok("order.settle_losses", settle.clone());
    assert_eq!(shown(), ["3.33", "3.33"]);
    let paid = json!({ "id": order, "end": "paid", "amount": "3.33" });
    house.desk.ok("order.claim", paid);
    house.send_boxes(&order, 1);
    house.desk.ok("order.settle_losses", settle);
    assert_eq!(shown(), ["3.34", "6.67"]);
    house.verify();
}

/// A count and a loss are one shortage: what the factory's shelf lacks is charged to the order.
#[test]
fn a_count_at_the_factory_leaves_the_losses_to_be_settled() {
    let (house, order) = lossy("good");
    let boxes = house.tracks(&order)["materials"][0]["material"].clone();
    let count = json!({ "place": house.bench, "reason": "双方盘点",
                        "lines": [{ "material": boxes, "counted": 0 }] });
    house.there_and_back("statement.count", count);
    house.there_and_back("order.settle_losses", json!({ "id": order }));
    assert_eq!(losses(&house, &order), [409, 188, 221]);
    let cost = house.cost(&house.lot(&order, "L1"));
    assert_eq!(cost["takenOver"], "6068.00", "as without the count");
    let june = json!({ "place": house.bench, "month": "2026-06-01" });
    let line = house.desk.ok("statement.get", june)["lines"][0].clone();
    assert_eq!(
        (&line["loss"], &line["countedOff"], &line["closing"]),
        (&json!(409), &json!(0), &json!(0))
    );
    house.verify();
}

/// A claim follows what is missing: settled early and decided, it is given back when the goods come
/// all the same; what is decided twice is not deducted twice.
#[test]
fn a_claim_that_was_too_high_is_given_back() {
    let house = House::new();
    let order = house.accepted(house.order_for(2_000, "1.00"));
    house.buy_boxes("B1", 5_000, "6.40");
    house.send_boxes(&order, 2_100);
    house.receive(&order, json!({ "status": "good", "lines": [came("L1", 500)] }));
    house.desk.ok("order.settle_losses", json!({ "id": order, "reason": "工厂停线" }));
    let claims = |house: &House| account(house, &order)["claims"].clone();
    let shown = |claims: &Value| {
        let row = &claims["rows"][0];
        [&row["units"], &row["open"], &claims["amount"], &claims["open"]].map(Clone::clone)
    };
    // 1,600 missing, 63 may be: 1,537 × 6.40.
    let early = [json!(1_537), json!(1_537), json!("9836.80"), json!(true)];
    assert_eq!(shown(&claims(&house)), early);
    let claim = |end: &str, amount: &str| json!({ "id": order, "end": end, "amount": amount });
    house.desk.ok("order.claim", claim("deducted", "9836.80"));
    house.receive(&order, json!({ "status": "good", "lines": [came("L2", 1_500)] }));
    house.desk.ok("order.settle_losses", json!({ "id": order }));
    let late = [json!(37), json!(-1_500), json!("-9600.00"), json!(true)];
    assert_eq!(shown(&claims(&house)), late);
    let wrong = house.desk.refused("order.claim", claim("deducted", "9600.00"));
    assert_eq!(wrong.code, "amount.not_positive");
    house.there_and_back("order.claim", claim("deducted", "-9600.00"));
    let done = [json!(37), json!(0), json!("0.00"), json!(false)];
    assert_eq!(shown(&claims(&house)), done);
    house.desk.ok("order.pay", json!({ "id": order, "term": 0, "amount": "1763.20" }));
    assert_eq!(account(&house, &order)["open"], "0.00", "2,000.00 less 37 × 6.40");
    house.verify();
}

/// What a settlement found again keeps the count that missed it from being undone alone.
#[test]
fn a_count_is_not_undone_under_losses_that_rest_on_it() {
    let (house, order) = lossy("good");
    let boxes = house.tracks(&order)["materials"][0]["material"].clone();
    let count = json!({ "place": house.bench, "reason": "双方盘点",
                        "lines": [{ "material": boxes, "counted": 0 }] });
    let counted = house.desk.ok("statement.count", count);
    house.desk.ok("order.settle_losses", json!({ "id": order }));
    let undo = json!({ "entry": counted["entries"][0], "withBlocking": false });
    let blocked = house.desk.refused("journal.reverse", undo.clone());
    assert_eq!(blocked.code, "reversal.blocked", "{blocked:?}");
    house.desk.ok("journal.reverse", with(undo, json!({ "withBlocking": true })));
    assert_eq!(house.tracks(&order)["materials"][0]["atFactory"], 289);
    assert_eq!(house.tracks(&order)["lossesSettled"], false);
    house.verify();
}

/// 100 boxes were used beyond the book, and 50 lie on the shelf: the book holds 50 and nothing waits.
#[test]
fn a_count_covers_what_was_used_beyond_the_book() {
    let house = House::new();
    let order = house.accepted(house.order_for(1_000, "1.00"));
    house.buy_boxes("B1", 1_000, "6.40");
    house.send_boxes(&order, 900);
    house.receive(&order, json!({ "status": "good", "lines": [came("L1", 1_000)] }));
    let held = || house.desk.ok("material.at_factories", json!({}))[0].clone();
    assert_eq!((&held()["qty"], &held()["suspense"]), (&json!(0), &json!(100)));
    let boxes = house.tracks(&order)["materials"][0]["material"].clone();
    let count = json!({ "place": house.bench, "reason": "双方盘点",
                        "lines": [{ "material": boxes, "counted": 50 }] });
    house.desk.ok("statement.count", count.clone());
    assert_eq!((&held()["qty"], &held()["suspense"]), (&json!(50), &json!(0)));
    house.desk.ok("statement.count", count);
    assert_eq!(held()["qty"], 50, "a second count finds nothing new");
    house.verify();
}

/// Two orders' boxes lie at one factory: settling one takes nothing of the other's, and what comes
/// after an early settlement still gets its boxes.
#[test]
fn losses_are_settled_when_all_has_come_and_only_what_is_new() {
    let house = House::new();
    let order = house.accepted(house.order_for(2_000, "1.00"));
    house.buy_boxes("B1", 5_000, "6.40");
    house.send_boxes(&order, 2_100);
    house.receive(&order, json!({ "status": "good", "lines": [came("L1", 500)] }));
    let early = house.desk.refused("order.settle_losses", json!({ "id": order }));
    assert_eq!(early.code, "order.losses_too_early");
    let [missing, allowed, claimed] = losses(&house, &order);
    assert_eq!((missing, allowed, claimed), (1_600, 63, 0), "no claim while goods are to come");
    let written_short = json!({ "id": order, "reason": "工厂停线" });
    house.there_and_back("order.settle_losses", written_short);
    house.receive(&order, json!({ "status": "good", "lines": [came("L2", 1_500)] }));
    assert_eq!(house.tracks(&order)["lossesSettled"], false);
    house.there_and_back("order.settle_losses", json!({ "id": order }));
    assert_eq!(losses(&house, &order), [100, 63, 37]);
    // 1,500 boxes at 6.40 and three quarters of the 63 that may be lost, 1,500 × 1.00 without 13 %.
    let cost = house.cost(&house.lot(&order, "L2"));
    assert_eq!(cost["takenOver"], "9900.80", "{cost}");
    assert_eq!(house.desk.ok("material.at_factories", json!({})), json!([]));
    house.send_boxes(&order, 50);
    assert_eq!(house.tracks(&order)["lossesSettled"], false);
    house.desk.ok("material.take_back", house.slip(&order, 50));
    house.desk.ok("order.settle_losses", json!({ "id": order }));
    house.verify();
}

#[test]
fn slips_go_to_the_factory_and_come_back() {
    let house = House::new();
    let order = house.accepted(house.order_for(5_000, "9.80"));
    house.buy_boxes("B1", 6_000, "6.40");
    let track = house.tracks(&order)["materials"][0].clone();
    assert_eq!((&track["toIssue"], &track["code"]), (&json!(5_155), &json!("BOX")));
    let sent = house.there_and_back("material.issue", house.slip(&order, 5_155));
    assert_eq!(sent["document"]["label"], "MI-A-2026-0002", "a number is used up for ever");
    house.there_and_back("material.take_back", house.slip(&order, 155));
    let track = house.tracks(&order)["materials"][0].clone();
    assert_eq!((&track["issued"], &track["returned"]), (&json!(5_155), &json!(155)));
    let held = house.desk.ok("material.at_factories", json!({}));
    assert_eq!((&held[0]["qty"], &held[0]["lots"][0]["lotNo"]), (&json!(5_000), &json!("B1")));
    let short = house.desk.refused("material.issue", house.slip(&order, 1_001));
    assert_eq!(short.code, "materials.short");
    let wrong = with(house.slip(&order, 1), json!({ "factory": house.warehouse }));
    assert_eq!(house.desk.refused("material.issue", wrong).code, "missing");
    house.verify();
}

#[test]
fn a_statement_adds_up_and_is_agreed_only_without_a_difference() {
    let (mut house, order) = {
        let house = House::new();
        let order = house.accepted(house.order_for(5_000, "9.80"));
        house.buy_boxes("B1", 6_000, "6.40");
        house.send_boxes(&order, 5_155);
        (house, order)
    };
    house.desk.today = "2026-07-03".parse().unwrap();
    let line = with(came("L1", 3_000), json!({ "spoilt": 40 }));
    house.receive(&order, json!({ "lines": [line] }));
    house.desk.ok("material.take_back", house.slip(&order, 100));
    let of = |month: &str| json!({ "place": house.bench, "month": month });
    let line = |month: &str| house.desk.ok("statement.get", of(month))["lines"][0].clone();
    let figures = |line: &Value| {
        ["opening", "sent", "directIn", "consumed", "returned", "loss", "countedOff", "closing"]
            .map(|name| line[name].as_i64().unwrap())
    };
    assert_eq!(figures(&line("2026-06-15")), [0, 5_155, 0, 0, 0, 0, 0, 5_155]);
    assert_eq!(figures(&line("2026-07-31")), [5_155, 0, 0, 3_000, 100, 40, 0, 2_015]);

    let stated = |counted: i64, state: &str| {
        json!({ "place": house.bench, "month": "2026-07-01", "state": state, "note": "",
                "counted": [{ "material": house.boxes, "counted": counted }] })
    };
    let refused = house.desk.refused("statement.save", stated(2_000, "agreed"));
    assert_eq!(refused.code, "statement.differs");
    house.desk.ok("statement.save", stated(2_000, "disputed"));
    let card = house.desk.ok("statement.get", of("2026-07-01"));
    assert_eq!((&card["state"], &card["changed"]), (&json!("disputed"), &json!(false)));
    assert_eq!(card["lines"][0]["difference"], -15);
    let count = json!({ "place": house.bench, "reason": "双方盘点",
                        "lines": [{ "material": house.boxes, "counted": 2_000 }] });
    house.there_and_back("statement.count", count);
    let card = house.desk.ok("statement.get", of("2026-07-01"));
    assert_eq!(card["changed"], true, "the book is another than was stated");
    house.desk.ok("statement.save", stated(2_000, "agreed"));
    let card = house.desk.ok("statement.get", of("2026-07-01"));
    assert_eq!((&card["state"], &card["changed"]), (&json!("agreed"), &json!(false)));
    assert_eq!(figures(&card["lines"][0]), [5_155, 0, 0, 3_000, 100, 40, -15, 2_000]);
    assert_eq!(house.desk.ok("statement.list", json!({})).as_array().unwrap().len(), 1);
    house.desk.today = "2026-08-01".parse().unwrap();
    let next = json!({ "place": house.bench, "month": "2026-08-01" });
    let next = house.desk.ok("statement.get", next);
    assert_eq!(next["lines"][0]["opening"], 2_000, "a month opens as the last one closed");
    house.verify();
}

#[test]
fn a_month_is_agreed_when_nothing_of_it_waits_and_asked_for_again_when_its_book_changes() {
    let mut house = House::new();
    let order = house.accepted(house.order_for(5_000, "9.80"));
    house.buy_boxes("B1", 6_000, "6.40");
    house.send_boxes(&order, 900);
    house.receive(&order, json!({ "lines": [came("L1", 1_000)] }));
    let of = |month: &str| json!({ "place": house.bench, "month": month });
    let stated = |month: &str, state: &str| with(of(month), json!({ "state": state, "note": "" }));
    let today = house.desk.ok("today.tasks", json!({}));
    let mut tasks = today["tasks"].as_array().unwrap().iter();
    let task = tasks.find(|task| task["code"] == "task.material_suspense").unwrap();
    assert_eq!((&task["args"]["units"], &task["screen"]), (&json!(100), &json!("factories")));
    assert!(!today.to_string().contains("task.suspense"), "a factory sells nothing");
    let refused = house.desk.refused("statement.save", stated("2026-07-01", "sent"));
    assert_eq!(refused.code, "statement.month_in_future");
    let refused = house.desk.refused("statement.get", of("2026-07-31"));
    assert_eq!(refused.code, "statement.month_in_future");
    house.desk.today = "2026-07-03".parse().unwrap();
    house.receive(&order, json!({ "lines": [came("L2", 50)] }));
    let waits =
        |month: &str| house.desk.ok("statement.get", of(month))["lines"][0]["suspense"].clone();
    assert_eq!((waits("2026-06-30"), waits("2026-07-31")), (json!(100), json!(150)));
    let refused = house.desk.refused("statement.save", stated("2026-06-30", "agreed"));
    assert_eq!(refused.code, "statement.suspense_open");
    house.desk.ok("statement.save", stated("2026-06-30", "sent"));
    // What comes settles June's use first.
    let sent = house.send_boxes(&order, 100);
    assert_eq!(
        (waits("2026-07-31"), house.desk.ok("statement.get", of("2026-06-30"))["changed"].clone()),
        (json!(50), json!(true))
    );
    house.desk.ok("statement.save", stated("2026-06-30", "agreed"));
    let asked = || {
        let today = house.desk.ok("today.tasks", json!({}));
        let tasks = today["tasks"].as_array().unwrap().iter();
        tasks.filter(|task| task["code"] == "task.statement_changed").cloned().collect::<Vec<_>>()
    };
    assert_eq!(asked(), Vec::<Value>::new());
    house.undo(&sent);
    let tasks = asked();
    assert_eq!(tasks.len(), 1, "June waits for 100 again");
    let place = house.bench.as_str().unwrap();
    assert_eq!(tasks[0]["screen"], format!("factories/statements/{place}/2026-06"));
    house.send_boxes(&order, 200);
    assert_eq!(asked(), Vec::<Value>::new(), "the book says again what was agreed");
    // A count of June that both forgot changes its book.
    let late = json!({ "place": house.bench, "reason": "漏记", "countedOn": "2026-06-30",
                       "lines": [{ "material": house.boxes, "counted": 7 }] });
    house.desk.ok("statement.count", late);
    assert_eq!(asked().len(), 1);
    // A dispute that is undone leaves what was agreed before the count.
    let disputed = house.desk.ok("statement.save", stated("2026-06-30", "disputed"));
    assert_eq!(asked(), Vec::<Value>::new());
    house.undo(&disputed);
    assert_eq!(asked().len(), 1);
    house.desk.ok("statement.save", stated("2026-06-30", "agreed"));
    assert_eq!(asked(), Vec::<Value>::new());
    house.verify();
}

#[test]
fn material_of_a_cancelled_order_is_asked_for_and_comes_back() {
    let house = House::new();
    let order = house.accepted(house.order_for(5_000, "9.80"));
    house.buy_boxes("B1", 6_000, "6.40");
    house.send_boxes(&order, 5_155);
    let asked = || {
        let today = house.desk.ok("today.tasks", json!({}));
        let tasks = today["tasks"].as_array().unwrap().iter();
        let tasks = tasks.filter(|task| task["code"] == "task.material_left_behind");
        tasks.map(|task| task["args"]["materials"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(asked(), Vec::<Value>::new());
    house.desk.ok("order.cancel", json!({ "id": order, "reason": "改款" }));
    assert_eq!(asked(), [json!("BOX × 5155")]);
    let sent = house.desk.refused("material.issue", house.slip(&order, 10));
    assert_eq!(sent.code, "document.state");
    house.there_and_back("material.take_back", house.slip(&order, 155));
    assert_eq!(asked(), [json!("BOX × 5000")]);
    // What an open order there will need stays for it.
    let next = house.accepted(house.order_for(4_000, "9.80"));
    assert_eq!(asked(), [json!("BOX × 1000")]);
    house.desk.ok("order.cancel", json!({ "id": next, "reason": "不做了" }));
    let back = house.desk.ok("material.take_back", house.slip(&order, 5_000));
    assert_eq!(asked(), Vec::<Value>::new());
    house.undo(&back);
    assert_eq!(asked(), [json!("BOX × 5000")]);
    house.verify();
}

#[test]
fn material_that_a_supplier_delivered_for_a_cancelled_order_is_asked_for() {
    let house = House::new();
    let order = house.accepted(house.order_for(5_000, "9.80"));
    let bought = with(
        house.order_for(700, "6.40"),
        json!({ "kind": "purchase", "factory": house.printer, "deliverTo": house.bench,
                "taxRatePpm": 0, "forOrder": order, "lines": [{ "sku": house.boxes, "qty": 700 }] }),
    );
    let bought = house.accepted(bought);
    let asked = || {
        let today = house.desk.ok("today.tasks", json!({}));
        let tasks = today["tasks"].as_array().unwrap().iter();
        let tasks = tasks.filter(|task| task["code"] == "task.material_left_behind");
        tasks.map(|task| task["args"]["materials"].clone()).collect::<Vec<_>>()
    };
    let into = json!({ "status": "good", "place": house.bench, "lines": [came("B1", 700)] });
    let came = house.receive(&bought, into);
    house.desk.ok("order.cancel", json!({ "id": order, "reason": "改款" }));
    assert_eq!(asked(), [json!("BOX × 700")]);
    house.undo(&came);
    assert_eq!(asked(), Vec::<Value>::new());
    house.verify();
}
