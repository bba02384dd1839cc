//! The money track: dues to the cent, the gate before shipment, payments, refunds and invoices.

use app::Role;
use serde_json::{Value, json};

use crate::house::{House, came, with};

/// 9,000 × 8.10, half before shipment and half thirty days after receipt.
fn gated() -> (House, Value) {
    let house = House::bare();
    let schedule = json!([{ "trigger": "before_ship", "sharePpm": 500_000 },
                          { "trigger": "receipt", "days": 30, "sharePpm": 500_000 }]);
    let order = with(house.order_for(9_000, "8.10"), json!({ "schedule": schedule }));
    let order = house.accepted(order);
    (house, order)
}

fn account(house: &House, order: &Value) -> Value {
    house.desk.ok("order.account", json!({ "id": order }))
}

fn dues(account: &Value, term: i64) -> Vec<String> {
    let dues = account["dues"].as_array().unwrap().iter();
    let of_term = dues.filter(|due| due["term"] == term);
    of_term.map(|due| due["amount"].as_str().unwrap().to_owned()).collect()
}

fn pay(order: &Value, term: u32, amount: &str) -> Value {
    json!({ "id": order, "term": term, "amount": amount, "note": "网银" })
}

#[test]
fn dues_before_shipment_fall_to_each_shipment_and_gate_it() {
    let (house, order) = gated();
    let shipments =
        [("L1", 2_000, "8100.00"), ("L2", 3_500, "14175.00"), ("L3", 3_500, "14175.00")];
    for (lot, qty, amount) in shipments {
        let receipt = house.receipt(&order, json!({ "lines": [came(lot, qty)] }));
        let refused = house.desk.refused("order.receive", receipt.clone());
        assert_eq!(refused.code, "order.balance_not_paid");
        house.there_and_back("order.pay", pay(&order, 0, amount));
        house.there_and_back("order.receive", receipt);
    }
    let account = account(&house, &order);
    assert_eq!(dues(&account, 0), ["8100.00", "14175.00", "14175.00"]);
    assert_eq!(dues(&account, 1), ["8100.00", "14175.00", "14175.00"]);
    assert_eq!((&account["paid"], &account["open"]), (&json!("36450.00"), &json!("36450.00")));
    let payables = house.desk.ok("order.payables", json!({}));
    let payables = payables.as_array().unwrap();
    assert_eq!(payables.len(), 3, "only what is open");
    assert_eq!(
        (&payables[0]["due"]["dueOn"], &payables[0]["lateDays"]),
        (&json!("2026-07-01"), &json!(-30))
    );
    house.verify();
}

#[test]
fn the_gate_opens_for_a_reason_of_who_may_approve() {
    let (mut house, order) = gated();
    let receipt = |reason: Value| {
        house.receipt(&order, json!({ "lines": [came("L1", 2_000)], "unpaidReason": reason }))
    };
    let (with_reason, blank) = (receipt(json!("工厂先发")), receipt(json!(" ")));
    house.desk.role = Role::Warehouse;
    let refused = house.desk.refused("order.receive", with_reason.clone());
    assert_eq!(refused.code, "role.no_right.approve");
    assert_eq!(
        house.desk.refused("order.receive", receipt_none(&house, &order)).code,
        "order.balance_not_paid"
    );
    house.desk.role = Role::Manager;
    assert_eq!(house.desk.refused("order.receive", blank).code, "order.balance_not_paid");
    house.there_and_back("order.receive", with_reason);
    // What was taken unpaid is asked for with the next shipment.
    house.desk.ok("order.pay", pay(&order, 0, "14175.00"));
    let next = house.receipt(&order, json!({ "lines": [came("L2", 3_500)] }));
    assert_eq!(house.desk.refused("order.receive", next.clone()).code, "order.balance_not_paid");
    house.desk.ok("order.pay", pay(&order, 0, "8100.00"));
    house.desk.role = Role::Warehouse;
    house.desk.ok("order.receive", next);
    house.desk.role = Role::Manager;
    house.verify();
}

fn receipt_none(house: &House, order: &Value) -> Value {
    house.receipt(order, json!({ "lines": [came("L1", 2_000)] }))
}

#[test]
fn a_deposit_gates_making_and_is_cleared_by_what_comes() {
    let house = House::bare();
    let schedule = json!([{ "trigger": "accept", "days": 0, "sharePpm": 300_000 },
                          { "trigger": "milestone", "milestone": "ready", "sharePpm": 200_000 },
                          { "trigger": "receipt", "days": 0, "sharePpm": 500_000 }]);
    let order = with(house.order_for(1_000, "10.00"), json!({ "schedule": schedule }));
    let order = house.accepted(order);
    assert_eq!(house.phase(&order), "awaiting_deposit");
    assert_eq!(
        house.desk.refused("order.pay", pay(&order, 0, "3000.01")).code,
        "due.more_than_open"
    );
    assert_eq!(house.desk.refused("order.pay", pay(&order, 9, "1.00")).code, "due.term_unknown");
    house.there_and_back("order.pay", pay(&order, 0, "3000.00"));
    assert_eq!(house.phase(&order), "making");
    let reach = |milestone: &str, day: &str| {
        json!({ "id": order, "milestone": { "milestone": milestone, "plannedOn": null,
                                            "reachedOn": day } })
    };
    house.desk.ok("order.milestone", reach("filling", "2026-06-01"));
    let before = house.desk.refused("order.milestone", reach("qc", "2026-05-20"));
    assert_eq!(before.code, "milestone.out_of_order");
    assert_eq!(
        house.desk.refused("order.milestone", reach("qc", "2026-06-02")).code,
        "day.in_future"
    );
    house.there_and_back("order.milestone", reach("ready", "2026-06-01"));
    let second = &account(&house, &order)["dues"][1];
    assert_eq!((&second["dueOn"], &second["state"]), (&json!("2026-06-01"), &json!("due")));
    house.receive(&order, json!({ "lines": [came("L1", 400)] }));
    let half = account(&house, &order);
    assert_eq!(half["depositUncleared"], "1800.00", "30 % of what has not come");
    house.verify();
}

#[test]
fn waived_and_refunded_amounts_close_the_account() {
    let house = House::bare();
    let order = house.accepted(house.order_for(1_000, "10.00"));
    house.desk.ok("order.pay", with(pay(&order, 0, "10500.00"), json!({ "overpaid": true })));
    assert_eq!(account(&house, &order)["prepaid"], "500.00");
    let refund = |amount: &str| json!({ "id": order, "amount": amount, "note": "" });
    assert_eq!(house.desk.refused("order.refund", refund("500.01")).code, "due.refund_too_large");
    house.there_and_back("order.refund", refund("500.00"));
    house.receive(&order, json!({ "lines": [came("L1", 1_000)] }));

    let second = house.accepted(house.order_for(100, "10.00"));
    house.receive(&second, json!({ "status": "good", "lines": [came("L2", 100)] }));
    let close = json!({ "id": second, "reason": null });
    assert_eq!(house.desk.refused("order.close", close.clone()).code, "order.dues_open");
    house.desk.ok("order.pay", pay(&second, 0, "990.00"));
    let waive = |amount: &str, reason: &str| json!({ "id": second, "term": 0, "shipment": 0, "amount": amount, "reason": reason });
    assert_eq!(
        house.desk.refused("order.waive", waive("10.01", "x")).code,
        "due.waives_more_than_open"
    );
    assert_eq!(house.desk.refused("order.waive", waive("10.00", "")).code, "reason.missing");
    house.there_and_back("order.waive", waive("10.00", "抹零"));
    house.there_and_back("order.close", close);
    assert_eq!(account(&house, &second)["open"], "0.00");
    house.verify();
}

/// 1,000 × 10.00 with 13 % in it are 8,849.56 net. 500.00 of 10,000.00 are let go, 442.48 net: half
/// of it when half has come, the rest when the rest comes.
#[test]
fn what_is_waived_lowers_the_cost_of_what_came_and_of_what_comes_later() {
    let house = House::bare();
    let order = house.accepted(house.order_for(1_000, "10.00"));
    house.receive(&order, json!({ "status": "good", "lines": [came("L1", 500)] }));
    let whole = |lot: &str| house.cost(&house.lot(&order, lot))["whole"].clone();
    assert_eq!(whole("L1"), "4424.78");
    let waive = json!({ "id": order, "term": 0, "amount": "500.00", "reason": "质量补偿" });
    house.there_and_back("order.waive", waive);
    assert_eq!(whole("L1"), "4203.54", "4,424.78 less 221.24");
    let unbilled = || account(&house, &order)["notInvoiced"].clone();
    assert_eq!(unbilled(), "4750.00", "5,000.00 less half of what was let go");
    house.there_and_back(
        "order.receive",
        house.receipt(&order, json!({ "status": "good", "lines": [came("L2", 300)] })),
    );
    assert_eq!(whole("L2"), "2522.13", "2,654.87 less 132.74");
    // 200 never come: what was waived falls on 800.
    house.desk.ok("order.pay", pay(&order, 0, "7500.00"));
    house.there_and_back("order.close", json!({ "id": order, "reason": "停产" }));
    assert_eq!((whole("L1"), whole("L2")), (json!("4148.23"), json!("2488.94")));
    assert_eq!(unbilled(), "7500.00");
    house.verify();
}

/// What is paid beyond the dues of an order with a waiver changes no cost, so it is undone under a
/// receipt that came since, and the goods cost what they did.
#[test]
fn a_payment_too_high_changes_no_cost_of_what_was_waived() {
    let house = House::bare();
    let order = house.accepted(house.order_for(1_000, "10.00"));
    house.receive(&order, json!({ "status": "good", "lines": [came("L1", 500)] }));
    let waive = json!({ "id": order, "term": 0, "amount": "500.00", "reason": "质量补偿" });
    house.desk.ok("order.waive", waive);
    let over = with(pay(&order, 0, "9800.00"), json!({ "overpaid": true }));
    let over = house.desk.ok("order.pay", over);
    assert_eq!(account(&house, &order)["prepaid"], "300.00", "9,500.00 were open");
    house.receive(&order, json!({ "status": "good", "lines": [came("L2", 500)] }));
    let costs = || ["L1", "L2"].map(|lot| house.cost(&house.lot(&order, lot))["whole"].clone());
    assert_eq!(costs(), [json!("4203.54"), json!("4203.54")], "221.24 less on either");
    house.undo(&over);
    assert_eq!(costs(), [json!("4203.54"), json!("4203.54")]);
    assert_eq!(account(&house, &order)["open"], "9500.00");
    house.verify();
}

/// 200 of 1,000 never come, after all dues but the 500.00 let go were paid: 2,000.00 are owed back,
/// and the goods still cost 500.00 less.
#[test]
fn closing_short_after_a_waiver_leaves_it_and_owes_back_the_rest() {
    let house = House::bare();
    let order = house.accepted(house.order_for(1_000, "10.00"));
    house.receive(&order, json!({ "status": "good", "lines": [came("L1", 800)] }));
    let waive = json!({ "id": order, "term": 0, "amount": "500.00", "reason": "质量补偿" });
    house.desk.ok("order.waive", waive);
    house.desk.ok("order.pay", pay(&order, 0, "9500.00"));
    house.there_and_back("order.close", json!({ "id": order, "reason": "停产" }));
    let stands = account(&house, &order);
    assert_eq!((&stands["refundDue"], &stands["open"]), (&json!("2000.00"), &json!("0.00")));
    // 8,000.00 less 500.00, without 13 %.
    assert_eq!(house.cost(&house.lot(&order, "L1"))["whole"], "6637.17");
    house.verify();
}

/// 1,000 × 10.00, 200 of the first 500 credited, 800.00 of 8,000.00 waived: 1.00 on each unit that is
/// paid, whichever lot it is of.
#[test]
fn a_waiver_falls_on_units_that_are_paid() {
    let house = House::bare();
    let order = house.accepted(house.order_for(1_000, "10.00"));
    for lot in ["L1", "L2"] {
        house.receive(&order, json!({ "lines": [came(lot, 500)] }));
    }
    let credit = json!({ "decision": "return", "settleBy": "credit" });
    house.decide(&order, &house.lot(&order, "L1"), 200, credit);
    let whole = |lot: &str| house.cost(&house.lot(&order, lot))["whole"].clone();
    assert_eq!((whole("L1"), whole("L2")), (json!("4424.78"), json!("4424.78")));
    let waive = json!({ "id": order, "term": 0, "amount": "800.00", "reason": "质量补偿" });
    house.there_and_back("order.waive", waive);
    // 800.00 are 707.96 net: 300 and 500 of 800 units.
    assert_eq!((whole("L1"), whole("L2")), (json!("4159.29"), json!("3982.31")));
    house.verify();
}

/// A plain invoice need not show its tax, which is cost all the same; and it bills its partner's
/// orders alone.
#[test]
fn a_plain_invoice_without_tax_on_it_makes_the_goods_cost_their_price() {
    let house = House::bare();
    let order = house.accepted(house.order_for(1_000, "11.30"));
    house.receive(&order, json!({ "lines": [came("L1", 1_000)] }));
    let invoice = |partner: &Value| {
        json!({ "id": null, "number": "044001900111", "partner": partner, "date": "2026-06-01",
                "kind": "plain", "net": "11300.00", "tax": "0.00", "orders": [order] })
    };
    let other = house.partner("C9", "carrier", &json!([]));
    let refused = house.desk.refused("invoice.save", invoice(&other));
    assert_eq!(refused.code, "invoice.other_partner");
    house.there_and_back("invoice.save", invoice(&house.factory));
    assert_eq!(house.cost(&house.lot(&order, "L1"))["whole"], "11300.00");
    house.verify();
}

/// A lot of two orders bears the tax of one of them by what came on that one.
#[test]
fn the_tax_of_a_plain_invoice_is_weighed_by_its_order() {
    let house = House::bare();
    let one = house.accepted(house.order_for(1_000, "1.13"));
    let two = house.accepted(house.order_for(600, "1.13"));
    house.receive(&two, json!({ "lines": [came("L1", 600)] }));
    house.receive(&one, json!({ "lines": [came("L1", 400)] }));
    let lot = house.lot(&one, "L1");
    assert_eq!(house.cost(&lot)["whole"], "1000.00");
    let invoice = json!({ "id": null, "number": "25312000000011", "partner": house.factory,
                          "date": "2026-06-01", "kind": "plain", "net": "1000.00",
                          "tax": "130.00", "orders": [one] });
    house.there_and_back("invoice.save", invoice);
    assert_eq!(house.cost(&lot)["whole"], "1052.00", "400 of 1,000 units of the order");
    house.verify();
}

#[test]
fn a_payment_typed_wrong_is_undone_after_goods_came_and_not_under_what_rests_on_it() {
    let house = House::bare();
    let order = house.accepted(house.order_for(1_000, "10.00"));
    let wrong = house.desk.ok("order.pay", pay(&order, 0, "100.00"));
    house.receive(&order, json!({ "lines": [came("L1", 1_000)] }));
    house.undo(&wrong);
    assert_eq!(account(&house, &order)["paid"], "0.00");
    let over = with(pay(&order, 0, "10500.00"), json!({ "overpaid": true }));
    let over = house.desk.ok("order.pay", over);
    house.desk.ok("order.refund", json!({ "id": order, "amount": "500.00", "note": "" }));
    let undo = json!({ "entry": over["entries"][0], "withBlocking": false });
    assert_eq!(house.desk.refused("journal.reverse", undo).code, "reversal.blocked");
    house.verify();
}

#[test]
fn a_decision_is_undone_although_it_was_paid_for_since_and_not_under_what_rests_on_it() {
    let house = House::bare();
    let order = house.accepted(house.order_for(1_000, "10.00"));
    house.receive(&order, json!({ "lines": [came("L1", 1_000)] }));
    let lot = house.lot(&order, "L1");
    let accepted = house.decide(&order, &lot, 850, json!({}));
    let credit = json!({ "decision": "return", "settleBy": "credit" });
    let credited = house.decide(&order, &lot, 150, credit);
    house.desk.ok("order.pay", pay(&order, 0, "8500.00"));
    assert_eq!(account(&house, &order)["open"], "0.00");
    // What they would cost is due again, and what was paid stays paid.
    house.undo(&credited);
    let after = account(&house, &order);
    assert_eq!([&after["paid"], &after["open"]], ["8500.00", "1500.00"]);
    assert_eq!(house.cost(&lot)["whole"], "8849.56", "10,000.00 without tax");
    house.verify();
    house.undo(&accepted);
    house.decide(&order, &lot, 1_000, json!({ "decision": "return", "settleBy": "credit" }));
    let back = json!({ "id": order, "amount": "8500.00", "note": "" });
    let refunded = house.desk.ok("order.refund", back);
    let entry = house.desk.ok("journal.list", json!({ "offset": 0, "limit": 50 }));
    let mut rows = entry["rows"].as_array().unwrap().iter();
    let decided = rows.find(|row| row["kind"] == "quality_decided").unwrap();
    let undo = json!({ "entry": decided["id"], "withBlocking": false });
    let refused = house.desk.refused("journal.reverse", undo);
    let named = refused.details.iter().map(|one| one.code.clone()).collect::<Vec<_>>();
    assert_eq!((refused.code.as_str(), named.len()), ("reversal.blocked", 1), "{named:?}");
    house.undo(&refunded);
    house.verify();
}

#[test]
fn an_order_closes_when_nothing_of_it_is_open() {
    let house = House::bare();
    let order = house.accepted(house.order_for(1_000, "10.00"));
    house.desk.ok("order.pay", pay(&order, 0, "10000.00"));
    house.receive(&order, json!({ "lines": [came("L1", 1_000)] }));
    let lot = house.lot(&order, "L1");
    let close =
        |credit: bool| json!({ "id": order, "reason": "不再换货", "creditReplacements": credit });
    let refused = house.desk.refused("order.close", close(true));
    assert_eq!(refused.code, "order.goods_open", "nobody has decided about them");
    let back = |by: &str| json!({ "decision": "return", "settleBy": by });
    house.decide(&order, &lot, 850, json!({}));
    house.decide(&order, &lot, 50, back("rework"));
    house.decide(&order, &lot, 100, back("replace"));
    assert_eq!(house.desk.refused("order.close", close(true)).code, "order.goods_open");
    let mended = with(house.decision(&order, &lot, 50, json!({})), json!({ "place": house.bench }));
    house.desk.ok("order.decide", mended);
    assert_eq!(house.desk.refused("order.close", close(false)).code, "order.goods_open");
    house.there_and_back("order.close", close(true));
    let account = account(&house, &order);
    assert_eq!(
        (&account["payable"], &account["refundDue"]),
        (&json!("9000.00"), &json!("1000.00"))
    );
    assert_eq!(house.tracks(&order)["replacements"], json!([]));
    house.verify();
}

#[test]
fn what_goes_back_is_what_came_on_the_order() {
    let house = House::bare();
    let [first, second] = [100, 900].map(|qty| house.accepted(house.order_for(qty, "10.00")));
    house.receive(&first, json!({ "lines": [came("L1", 100)] }));
    house.receive(&second, json!({ "lines": [came("L1", 900)] }));
    let lot = house.lot(&first, "L1");
    let credit = json!({ "decision": "return", "settleBy": "credit" });
    let too_many = house.decision(&first, &lot, 101, credit.clone());
    assert_eq!(house.desk.refused("order.decide", too_many).code, "quality.returns_too_much");
    house.decide(&first, &lot, 100, credit);
    assert_eq!(account(&house, &first)["payable"], "0.00");
    // A lot of two orders is each one's by units.
    let whole =
        |order: &Value| house.desk.ok("order.cost", json!({ "id": order }))["whole"].clone();
    assert_eq!((whole(&first), whole(&second)), (json!("884.96"), json!("7964.60")));
    let late = with(came("L9", 1), json!({ "mfgOn": "2026-06-02" }));
    let late = house.receipt(&second, json!({ "lines": [late], "reason": "早" }));
    assert_eq!(house.desk.refused("order.receive", late).code, "lot.made_after_receipt");
    house.verify();
}

#[test]
fn an_amended_price_is_what_received_lots_cost() {
    let house = House::bare();
    let order = house.accepted(house.order_for(5_000, "9.80"));
    for (lot, qty) in [("L1", 1_000), ("L2", 1_000)] {
        house.receive(&order, json!({ "lines": [came(lot, qty)] }));
    }
    let amended = with(house.order_for(3_000, "9.50"), json!({ "id": order }));
    house.there_and_back("order.amend", json!({ "order": amended, "reason": "降价" }));
    house.receive(&order, json!({ "lines": [came("L3", 1_000)] }));
    let whole = house.desk.ok("order.cost", json!({ "id": order }))["whole"].clone();
    let account = account(&house, &order);
    assert_eq!((&whole, &account["net"]), (&json!("25221.24"), &json!("25221.24")));
    house.verify();
}

#[test]
fn the_tax_of_a_plain_invoice_is_cost_of_what_came() {
    let house = House::bare();
    let order = house.accepted(house.order_for(1_000, "11.30"));
    house.receive(&order, json!({ "lines": [came("L1", 1_000)] }));
    let invoice = |id: &Value, kind: &str| {
        json!({ "id": id, "number": "25312000000009", "partner": house.factory,
                "date": "2026-06-01", "kind": kind, "net": "10000.00", "tax": "1300.00",
                "orders": [order] })
    };
    let lot = house.lot(&order, "L1");
    let posted = house.there_and_back("invoice.save", invoice(&Value::Null, "plain"));
    assert_eq!(house.cost(&lot)["whole"], "11300.00");
    assert_eq!(account(&house, &order)["overInvoiced"], "0.00");
    let id = house.desk.ok("invoice.list", json!({}))[0]["id"].clone();
    house.desk.ok("invoice.save", invoice(&id, "special"));
    assert_eq!(house.cost(&lot)["whole"], "10000.00", "{posted}");
    let more = with(
        invoice(&Value::Null, "special"),
        json!({ "number": "2", "net": "1.00", "tax": "0.13" }),
    );
    house.desk.ok("invoice.save", more);
    assert_eq!(account(&house, &order)["overInvoiced"], "1.13");
    house.verify();
}

/// An invoice that comes before the goods waits for them: of 1,300.00 of tax 400 of 1,000 units bear
/// 520.00.
#[test]
fn the_tax_of_a_plain_invoice_waits_for_what_is_still_to_come() {
    let house = House::bare();
    let order = house.accepted(house.order_for(1_000, "11.30"));
    let invoice = json!({ "id": null, "number": "25312000000010", "partner": house.factory,
                          "date": "2026-06-01", "kind": "plain", "net": "10000.00",
                          "tax": "1300.00", "orders": [order] });
    house.there_and_back("invoice.save", invoice.clone());
    house.receive(&order, json!({ "lines": [came("L1", 400)] }));
    let whole = |lot: &str| house.cost(&house.lot(&order, lot))["whole"].clone();
    assert_eq!(whole("L1"), "4520.00");
    house.there_and_back(
        "order.receive",
        house.receipt(&order, json!({ "lines": [came("L2", 500)] })),
    );
    assert_eq!((whole("L1"), whole("L2")), (json!("4520.00"), json!("5650.00")));
    // What follows from the receipt is not undone by itself, and stands in nobody's way.
    let journal = house.desk.ok("journal.list", json!({ "offset": 0, "limit": 200 }));
    let of_kind = |kind: &str| {
        let rows = journal["rows"].as_array().unwrap().iter();
        rows.filter(|row| row["kind"] == kind).map(|row| row["id"].clone()).collect::<Vec<_>>()
    };
    let undo = |entry: &Value| json!({ "entry": entry, "withBlocking": false });
    let spread = of_kind("tax_spread").pop().unwrap();
    let refused = house.desk.refused("journal.reverse", undo(&spread));
    assert_eq!(refused.code, "reversal.follows");
    house.desk.ok("journal.reverse", undo(&of_kind("invoice_set")[0]));
    assert_eq!((whole("L1"), whole("L2")), (json!("4000.00"), json!("5000.00")));
    house.verify();
    house.desk.ok("invoice.save", invoice);
    assert_eq!((whole("L1"), whole("L2")), (json!("4520.00"), json!("5650.00")));
    // The last 100 never come: 900 bear all of it.
    for lot in ["L1", "L2"] {
        let qty = if lot == "L1" { 400 } else { 500 };
        house.decide(&order, &house.lot(&order, lot), qty, json!({}));
    }
    house.desk.ok("order.pay", pay(&order, 0, "10170.00"));
    house.there_and_back("order.close", json!({ "id": order, "reason": "停产" }));
    assert_eq!((whole("L1"), whole("L2")), (json!("4577.78"), json!("5722.22")));
    house.verify();
}

#[test]
fn a_cancelled_order_owes_its_deposit_or_keeps_it() {
    for (fate, owed) in [("refund_due", ["300.00", "0.00"]), ("forfeited", ["0.00", "300.00"])] {
        let house = House::bare();
        let schedule = json!([{ "trigger": "accept", "sharePpm": 300_000 },
                              { "trigger": "receipt", "sharePpm": 700_000 }]);
        let order = with(house.order_for(100, "10.00"), json!({ "schedule": schedule }));
        let order = house.accepted(order);
        house.desk.ok("order.pay", pay(&order, 0, "300.00"));
        let silent = json!({ "id": order, "reason": "改款" });
        let refused = house.desk.refused("order.cancel", silent);
        assert_eq!(refused.code, "order.deposit_fate_missing");
        let cancel = json!({ "id": order, "reason": "改款", "deposit": fate });
        house.there_and_back("order.cancel", cancel);
        let account = account(&house, &order);
        let stands =
            ["refundDue", "forfeited"].map(|name| account[name].as_str().unwrap().to_owned());
        assert_eq!(stands, owed, "{fate}");
        house.verify();
    }
}

/// What is owed back on orders that ended, as lists and tasks say it.
fn owed_back(house: &House) -> (Vec<String>, Vec<String>) {
    let of = |rows: &Value, keep: &dyn Fn(&Value) -> bool, name: &dyn Fn(&Value) -> Value| {
        let rows = rows.as_array().unwrap().iter().filter(|row| keep(row));
        rows.map(|row| name(row).as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let listed = house.desk.ok("order.owed_back", json!({}));
    let tasks = house.desk.ok("today.tasks", json!({}))["tasks"].clone();
    let is_it = |task: &Value| task["code"] == "task.partner_owes_back";
    (
        of(&listed, &|_| true, &|row| row["amount"].clone()),
        of(&tasks, &is_it, &|task| task["args"]["amount"].clone()),
    )
}

#[test]
fn what_a_partner_owes_back_is_asked_for_until_it_comes() {
    let mut house = House::bare();
    let schedule = json!([{ "trigger": "accept", "sharePpm": 300_000 },
                          { "trigger": "receipt", "sharePpm": 700_000 }]);
    let order = |qty| {
        let order = with(house.order_for(qty, "10.00"), json!({ "schedule": schedule }));
        let order = house.accepted(order);
        house.desk.ok("order.pay", pay(&order, 0, &format!("{}.00", qty * 3)));
        order
    };
    let (called_off, short, even, kept) = (order(100), order(1_000), order(10), order(20));
    let nothing: (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    assert_eq!(owed_back(&house), nothing, "a deposit is no debt while goods are to come");
    let back = json!({ "id": called_off, "reason": "改款", "deposit": "refund_due" });
    house.there_and_back("order.cancel", back);
    let fate = json!({ "id": kept, "reason": "改款", "deposit": "forfeited" });
    house.desk.ok("order.cancel", fate);
    // 200 of 1,000 came: 2,000.00, of the 3,000.00 paid.
    house.receive(&short, json!({ "status": "good", "lines": [came("L1", 200)] }));
    house.there_and_back("order.close", json!({ "id": short, "reason": "停产" }));
    house.receive(&even, json!({ "status": "good", "lines": [came("L2", 10)] }));
    house.desk.ok("order.pay", pay(&even, 1, "70.00"));
    house.desk.ok("order.close", json!({ "id": even, "reason": null }));
    let both = vec!["300.00".to_owned(), "1000.00".to_owned()];
    let (listed, mut asked) = owed_back(&house);
    asked.sort_by_key(String::len);
    assert_eq!((&listed, &asked), (&both, &both));
    let row = house.desk.ok("order.owed_back", json!({}))[0].clone();
    assert_eq!((&row["order"], &row["since"]), (&called_off, &json!("2026-06-01")));

    house.desk.role = Role::Warehouse;
    let told = house.desk.ok("today.tasks", json!({})).to_string();
    assert!(!told.contains("owes_back") && !told.contains("1000.00"), "{told}");
    house.desk.role = Role::Manager;
    let back = |order: &Value, amount: &str| json!({ "id": order, "amount": amount, "note": "" });
    house.desk.ok("order.refund", back(&short, "400.00"));
    assert_eq!(owed_back(&house).0, ["300.00", "600.00"]);
    let last = house.desk.ok("order.refund", back(&short, "600.00"));
    house.desk.ok("order.refund", back(&called_off, "300.00"));
    assert_eq!(owed_back(&house), nothing);
    house.undo(&last);
    assert_eq!(owed_back(&house).0, ["600.00"]);
    house.verify();
}

/// 400.00 paid on a deposit of 300.00: 100.00 are set against the balance, which nobody paid yet.
#[test]
fn what_is_set_off_is_not_said_to_be_paid() {
    let house = House::bare();
    let schedule = json!([{ "trigger": "accept", "sharePpm": 300_000 },
                          { "trigger": "receipt", "sharePpm": 700_000 }]);
    let order = with(house.order_for(100, "10.00"), json!({ "schedule": schedule }));
    let order = house.accepted(order);
    let over = |amount: &str| with(pay(&order, 0, amount), json!({ "overpaid": true }));
    house.desk.ok("order.pay", over("400.00"));
    let due = |at: usize| {
        let due = account(&house, &order)["dues"][at].clone();
        ["paid", "setOff", "open", "state"].map(|name| due[name].as_str().unwrap().to_owned())
    };
    assert_eq!(due(0), ["300.00", "0.00", "0.00", "paid"]);
    assert_eq!(due(1), ["0.00", "100.00", "600.00", "part_paid"]);
    house.desk.ok("order.pay", over("600.00"));
    assert_eq!(due(1), ["0.00", "700.00", "0.00", "set_off"]);
    house.verify();
}

/// Three orders brought a unit each of a lot that cost 10.00 in all.
#[test]
fn what_orders_have_of_a_lot_adds_up_to_the_cent() {
    let house = House::bare();
    let orders = ["3.34", "3.33", "3.33"].map(|price| {
        let order = with(house.order_for(1, price), json!({ "taxRatePpm": 0 }));
        let order = house.accepted(order);
        house.receive(&order, json!({ "status": "good", "lines": [came("L1", 1)] }));
        order
    });
    let cost = |order: &Value| house.desk.ok("order.cost", json!({ "id": order }));
    let of = |name: &str| orders.clone().map(|order| cost(&order)[name].clone());
    let thirds = [json!("3.34"), json!("3.33"), json!("3.33")];
    assert_eq!((of("whole"), of("onHand")), (thirds.clone(), thirds));
    house.sell("2026-06-01", "SER", 1);
    let cents = |name: &str| {
        let amounts = of(name).map(|amount| amount.as_str().unwrap().replace('.', ""));
        amounts.map(|amount| amount.parse::<i64>().unwrap())
    };
    let (whole, on_hand, sold) = (cents("whole"), cents("onHand"), cents("sold"));
    assert_eq!([whole, on_hand, sold].map(|all| all.iter().sum::<i64>()), [1_000, 667, 333]);
    for at in 0..3 {
        assert_eq!(whole[at], on_hand[at] + sold[at], "of order {at}");
    }
    house.verify();
}

#[test]
fn units_credited_are_not_paid() {
    let house = House::bare();
    let order = house.accepted(house.order_for(1_000, "10.00"));
    house.receive(&order, json!({ "lines": [came("L1", 1_000)] }));
    let lot = house.lot(&order, "L1");
    house.decide(&order, &lot, 100, json!({ "decision": "return", "settleBy": "credit" }));
    let account = account(&house, &order);
    assert_eq!((&account["payable"], &account["open"]), (&json!("9000.00"), &json!("9000.00")));
    assert_eq!(account["notInvoiced"], "9000.00");
    house.verify();
}

#[test]
fn invoices_are_spread_over_their_orders_and_named_once() {
    let house = House::bare();
    let orders = [1_000, 3_000].map(|qty| {
        let order = house.accepted(house.order_for(qty, "1.13"));
        house.receive(&order, json!({ "lines": [came(&format!("L{qty}"), qty)] }));
        order
    });
    let invoice = |number: &str, net: &str| {
        json!({ "number": number, "partner": house.factory, "date": "2026-06-01",
                "kind": "special", "net": net, "tax": "390.00", "orders": orders })
    };
    house.there_and_back("invoice.save", invoice("25312000000001", "3000.00"));
    let waits = orders.clone().map(|order| account(&house, &order)["notInvoiced"].clone());
    let sum: f64 = waits.iter().map(|one| one.as_str().unwrap().parse::<f64>().unwrap()).sum();
    assert!((sum - 1_130.0).abs() < 0.001, "4,520.00 came, 3,390.00 are invoiced: {waits:?}");
    let listed = house.desk.ok("invoice.list", json!({}));
    assert_eq!((&listed[0]["gross"], listed.as_array().unwrap().len()), (&json!("3390.00"), 1));
    let twice = house.desk.refused("invoice.save", invoice("25312000000001", "1.00"));
    assert_eq!(twice.code, "code.taken");
    house.verify();
}
