//! A production order from draft to receipt, and back.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

mod support;

use serde_json::{Value, json};
use support::Desk;

struct Brand {
    desk: Desk,
    sku: Value,
    warehouse: Value,
    factory: Value,
}

fn brand() -> Brand {
    let desk = Desk::new("2026-10-20");
    let id = |posted: Value| posted["document"]["id"].clone();
    let sku = id(desk.ok(
        "sku.save",
        json!({ "id": null, "fields": {
            "code": "SK001", "nameZh": "烟酰胺亮肤精华 30ml", "nameEn": "", "brand": "霁禾",
            "category": "skincare", "spec": "30ml", "gtin": "6901234567892", "unit": "瓶",
            "carton": { "units": 48, "lengthMm": null, "widthMm": null, "heightMm": null,
                        "grossG": null },
            "shelfLife": { "count": 36, "unit": "months" }, "lifecycle": "core", "aliases": [],
        } }),
    ));
    let warehouse = id(desk.ok(
        "location.save",
        json!({ "id": null, "fields": {
            "code": "W0", "name": "杭州总仓", "kind": "own", "sells": false,
            "liveFrom": "2026-10-01", "address": "", "partner": null,
            "lifeRule": { "minSharePpm": null, "minDays": null, "pullDays": 0 },
            "route": { "transitDaysP90": 2, "receiveLagDaysP90": 1, "reviewDays": 7,
                       "targetCoverDays": 30 },
        } }),
    ));
    let factory = id(desk.ok(
        "partner.save",
        json!({ "id": null, "fields": {
            "code": "F1", "name": "广州澜禾", "kind": "factory", "taxNo": "", "address": "",
            "contact": "", "phone": "",
        } }),
    ));
    Brand { desk, sku, warehouse, factory }
}

impl Brand {
    fn draft(&self, qty: i64, price: &str) -> Value {
        let saved = self.desk.ok(
            "order.save",
            json!({
                "id": null, "factory": self.factory, "deliverTo": self.warehouse,
                "promisedOn": "2026-11-10", "overTolerancePpm": 20_000, "terms": "款到发货",
                "lines": [{ "sku": self.sku, "qty": qty }], "unitPrices": [price],
            }),
        );
        saved["id"].clone()
    }

    fn accepted(&self, qty: i64, price: &str) -> Value {
        let id = self.draft(qty, price);
        self.desk.ok("order.issue", json!({ "id": id }));
        self.desk.ok("order.accept", json!({ "id": id, "promisedOn": "2026-10-15" }));
        id
    }

    fn receipt(&self, id: &Value, lot: &str, qty: i64, reason: Option<&str>) -> Value {
        json!({
            "id": id, "place": self.warehouse, "receivedOn": null, "status": "quarantine",
            "reason": reason,
            "lines": [{ "line": 0, "lotNo": lot, "mfgOn": "2026-10-01", "expiresOn": null,
                        "qty": qty }],
        })
    }

    fn stock(&self) -> i64 {
        let opened = self.desk.ok(
            "stock.open",
            json!({ "asOf": null, "by": ["sku"], "filter": "", "sku": null, "place": null,
                    "status": null, "sort": { "column": "sku", "descending": false } }),
        );
        opened["total"].as_i64().unwrap()
    }
}

#[test]
fn partial_receipts_become_lots_whose_values_add_up() {
    let brand = brand();
    let id = brand.accepted(5_000, "9.333333");
    brand.desk.ok("order.receive", brand.receipt(&id, "L2610A", 1_234, None));
    brand.desk.ok("order.receive", brand.receipt(&id, "L2610B", 3_766, None));
    let card = brand.desk.ok("order.get", json!({ "id": id }));
    assert_eq!(card["row"]["received"], 5_000);
    assert_eq!(card["row"]["phase"], "awaiting_qc", "it lies in quarantine");
    assert_eq!(card["receipts"][0]["lines"][0]["expiresOn"], "2029-09-30");
    // 5,000 × 9.333333 = 46,666.665, rounded half up once over all receipts.
    let value = brand.desk.ok("stock.value", json!({ "asOf": null }));
    assert_eq!(value["total"], "46666.67");
    let money = brand.desk.ok("order.money", json!({ "id": id }));
    assert_eq!(money["receivedValue"], "46666.67");
    assert_eq!(brand.stock(), 5_000);
    assert_eq!(brand.desk.ok("verify.run", json!({}))["ok"], true);
}

#[test]
fn a_past_day_is_worth_what_was_known_to_count_by_then() {
    let mut brand = brand();
    let (cheap, dear) = (brand.accepted(1_000, "9.00"), brand.accepted(1_000, "11.00"));
    brand.desk.ok("order.receive", brand.receipt(&cheap, "L1", 1_000, None));
    brand.desk.today = "2026-10-25".parse().unwrap();
    brand.desk.ok("order.receive", brand.receipt(&dear, "L1", 1_000, None));
    let value = |day: &str| brand.desk.ok("stock.value", json!({ "asOf": day }))["total"].clone();
    assert_eq!(value("2026-10-24"), "9000.00");
    assert_eq!(value("2026-10-25"), "20000.00");
}

#[test]
fn a_price_beyond_all_money_is_refused_and_stops_nothing() {
    let brand = brand();
    let id = brand.draft(5_000, "70000000000000000000000000000");
    let refused = brand.desk.refused("order.money", json!({ "id": id }));
    assert_eq!(refused.code, "amount.too_large");
}

#[test]
fn more_than_tolerated_needs_a_reason_at_the_very_boundary() {
    let brand = brand();
    let id = brand.accepted(5_000, "9.80");
    let refused = brand.desk.refused("order.receive", brand.receipt(&id, "L1", 5_101, None));
    assert_eq!(refused.code, "order.over_receipt");
    assert_eq!(brand.stock(), 0, "a refusal changes nothing");
    brand.desk.ok("order.receive", brand.receipt(&id, "L1", 5_100, None));
    brand.desk.ok("order.receive", brand.receipt(&id, "L1", 1, Some("送一瓶样")));
    assert_eq!(brand.stock(), 5_101);
}

#[test]
fn a_late_order_says_how_late_and_closing_short_needs_a_reason() {
    let brand = brand();
    let id = brand.accepted(5_000, "9.80");
    brand.desk.ok("order.receive", brand.receipt(&id, "L1", 4_000, None));
    let card = brand.desk.ok("order.get", json!({ "id": id }));
    let told = (&card["row"]["phase"], &card["row"]["lateDays"]);
    assert_eq!(told, (&json!("awaiting_qc"), &json!(5)));
    let refused = brand.desk.refused("order.close", json!({ "id": id, "reason": "工厂缺料" }));
    assert_eq!(refused.code, "order.dues_open");
    brand.desk.ok("order.pay", json!({ "id": id, "term": 0, "amount": "39200.00" }));
    let refused = brand.desk.refused("order.close", json!({ "id": id, "reason": null }));
    assert_eq!(refused.code, "order.not_received");
    let refused = brand.desk.refused("order.cancel", json!({ "id": id, "reason": "x" }));
    assert_eq!(refused.code, "order.has_receipts");
    let lot = &card["receipts"][0]["lines"][0]["lot"];
    let judged = json!({ "line": 0, "lot": lot, "qty": 4_000, "from": "quarantine",
                         "decision": "accept" });
    let judged = json!({ "id": id, "place": brand.warehouse, "lines": [judged] });
    brand.desk.ok("order.decide", judged);
    brand.desk.ok("order.close", json!({ "id": id, "reason": "工厂缺料" }));
    let refused = brand.desk.refused("order.receive", brand.receipt(&id, "L2", 1, None));
    assert_eq!(refused.code, "document.state");
}

#[test]
fn undoing_goes_back_step_by_step_and_ends_in_the_draft() {
    let brand = brand();
    let id = brand.draft(3_000, "8.10");
    let issued = brand.desk.ok("order.issue", json!({ "id": id }));
    assert_eq!(issued["document"]["label"], "PO-A-2026-0001");
    brand.desk.ok("order.accept", json!({ "id": id, "promisedOn": "2026-11-01" }));
    brand.desk.ok("order.receive", brand.receipt(&id, "L1", 3_000, None));

    let preview = brand.desk.ok("journal.preview", json!({ "id": issued["entries"][0] }));
    assert_eq!(preview["blockedBy"].as_array().unwrap().len(), 2);
    let one = json!({ "entry": issued["entries"][0], "withBlocking": false });
    assert_eq!(brand.desk.refused("journal.reverse", one).code, "reversal.blocked");

    let all = json!({ "entry": issued["entries"][0], "withBlocking": true });
    let undone = brand.desk.ok("journal.reverse", all);
    assert_eq!(undone["entries"].as_array().unwrap().len(), 3);
    assert_eq!(brand.stock(), 0);
    let card = brand.desk.ok("order.get", json!({ "id": id }));
    assert_eq!((&card["row"]["state"], &card["row"]["ordered"]), (&json!("draft"), &json!(3_000)));
    // A number is used up for ever.
    let again = brand.desk.ok("order.issue", json!({ "id": id }));
    assert_eq!(again["document"]["label"], "PO-A-2026-0002");
    assert_eq!(brand.desk.ok("verify.run", json!({}))["ok"], true);
}

#[test]
fn known_lots_keep_their_dates_and_dates_far_from_the_life_need_a_reason() {
    let brand = brand();
    let id = brand.accepted(5_000, "9.80");
    let dated = |lot: &str, expires: &str, reason: Option<&str>| {
        let mut receipt = brand.receipt(&id, lot, 10, reason);
        receipt["lines"][0]["expiresOn"] = json!(expires);
        receipt
    };
    let refused = brand.desk.refused("order.receive", dated("L1", "2026-09-30", None));
    assert_eq!(refused.code, "lot.expiry_before_manufacture");
    let refused = brand.desk.refused("order.receive", dated("L1", "2030-01-01", None));
    assert_eq!(refused.code, "lot.life_differs");
    brand.desk.ok("order.receive", dated("L1", "2029-09-30", None));
    let refused = brand.desk.refused("order.receive", dated("L1", "2029-09-01", None));
    assert_eq!(refused.code, "lot.dates_conflict");
    let refused = brand.desk.refused("order.receive", dated("?L", "2029-09-30", None));
    assert_eq!(refused.code, "lot.number_invalid");
}

#[test]
fn an_expired_lot_is_received_only_with_a_reason() {
    let brand = brand();
    let id = brand.accepted(5_000, "9.80");
    let ended = |lot: &str, expires: &str, reason: Option<&str>| {
        let mut receipt = brand.receipt(&id, lot, 10, reason);
        receipt["lines"][0]["mfgOn"] = Value::Null;
        receipt["lines"][0]["expiresOn"] = json!(expires);
        receipt
    };
    // The last day is a day of its life.
    let (today, yesterday) = (brand.desk.today, brand.desk.today.pred_opt().unwrap());
    brand.desk.ok("order.receive", ended("L1", &today.to_string(), None));
    let refused = brand.desk.refused("order.receive", ended("L2", &yesterday.to_string(), None));
    assert_eq!(refused.code, "lot.received_expired");
    let told = json!({ "lot": "L2", "expires_on": yesterday, "day": today });
    assert_eq!(serde_json::to_value(&refused.args).unwrap(), told);
    let blank = brand.desk.refused("order.receive", ended("L2", &yesterday.to_string(), Some(" ")));
    assert_eq!(blank.code, "lot.received_expired");
    let reason = Some("样品留存");
    brand.desk.ok("order.receive", ended("L2", &yesterday.to_string(), reason));
    assert_eq!(brand.desk.ok("verify.run", json!({}))["ok"], true);
}

#[test]
fn the_dates_of_a_lot_are_told_before_it_is_received() {
    let brand = brand();
    let id = brand.accepted(100, "9.80");
    let mut printed = brand.receipt(&id, "L9", 10, None);
    printed["lines"][0]["mfgOn"] = json!("2025-03-10");
    printed["lines"][0]["expiresOn"] = json!("2028-02-28");
    brand.desk.ok("order.receive", printed);
    let typed_of = |lot: &str, made: Value, expires: Value| json!({ "sku": brand.sku, "lotNo": lot, "mfgOn": made, "expiresOn": expires });
    let typed = |made, expires| typed_of("L1", made, expires);
    let lots = [
        typed(json!("2025-03-10"), Value::Null),
        typed(Value::Null, json!("2028-03-09")),
        typed(Value::Null, Value::Null),
        typed(json!("2025-03-10"), json!("2025-03-09")),
        // What is known of a lot counts, and what contradicts it is left as it is typed.
        typed_of("L9", json!("2025-03-10"), Value::Null),
        typed_of(" L9 ", Value::Null, Value::Null),
        typed_of("L9", json!("2025-03-11"), Value::Null),
    ];
    let told = brand.desk.ok("lot.dates", json!({ "lots": lots }));
    let whole = json!({ "mfgOn": "2025-03-10", "expiresOn": "2028-03-09" });
    let nothing = json!({ "mfgOn": null, "expiresOn": null });
    let wrong = json!({ "mfgOn": "2025-03-10", "expiresOn": "2025-03-09" });
    let known = json!({ "mfgOn": "2025-03-10", "expiresOn": "2028-02-28" });
    let other = json!({ "mfgOn": "2025-03-11", "expiresOn": null });
    assert_eq!(told, json!([whole, whole, nothing, wrong, known, known, other]));
}

/// A reason answers what was read, not what else is unusual: goods that are too many are not also
/// taken although they are expired, nor one expired lot with another.
#[test]
fn a_reason_for_one_thing_is_none_for_another() {
    let brand = brand();
    let id = brand.accepted(100, "9.80");
    let mut receipt = brand.receipt(&id, "L1", 100, Some("多送的"));
    receipt["lines"][0]["mfgOn"] = Value::Null;
    receipt["lines"][0]["expiresOn"] = json!(brand.desk.today.pred_opt().unwrap());
    let mut other = receipt["lines"][0].clone();
    other["lotNo"] = json!("L2");
    receipt["lines"].as_array_mut().unwrap().push(other);
    let mut read = Vec::new();
    for (code, lot) in [
        ("order.over_receipt", None),
        ("lot.received_expired", Some("L1")),
        ("lot.received_expired", Some("L2")),
    ] {
        receipt["reasonFor"] = json!(read);
        let refused = brand.desk.refused("order.receive", receipt.clone());
        let told = json!({ "code": refused.code, "args": refused.args });
        assert_eq!((refused.code.as_str(), told["args"]["lot"].as_str()), (code, lot));
        read.push(told);
    }
    assert_eq!(brand.stock(), 0);
    receipt["reasonFor"] = json!(read);
    // More than what was read of is another thing.
    receipt["lines"][0]["qty"] = json!(101);
    assert_eq!(brand.desk.refused("order.receive", receipt.clone()).code, "order.over_receipt");
    receipt["lines"][0]["qty"] = json!(100);
    brand.desk.ok("order.receive", receipt);
    assert_eq!(brand.stock(), 200);
}

#[test]
fn goods_wait_in_quarantine_until_they_are_released() {
    let brand = brand();
    let id = brand.accepted(100, "1");
    let posted = brand.desk.ok("order.receive", brand.receipt(&id, "L1", 100, None));
    let card = brand.desk.ok("order.get", json!({ "id": id }));
    let lot = &card["receipts"][0]["lines"][0]["lot"];
    let release = |qty: i64| {
        json!({ "place": brand.warehouse, "lot": lot, "from": "quarantine", "to": "good",
                "qty": qty, "reason": "检验合格" })
    };
    assert_eq!(brand.desk.refused("stock.regrade", release(101)).code, "stock.shortage");
    brand.desk.ok("stock.regrade", release(60));
    let lot = brand.desk.ok("lot.get", json!({ "id": lot }));
    let by_status: Vec<_> = lot["places"]
        .as_array()
        .unwrap()
        .iter()
        .map(|place| (place["status"].as_str().unwrap(), place["qty"].as_i64().unwrap()))
        .collect();
    assert_eq!(by_status, [("quarantine", 40), ("good", 60)]);
    // The receipt can no longer be undone alone: part of it was released.
    let receipt = json!({ "entry": posted["entries"][0], "withBlocking": false });
    let refused = brand.desk.refused("journal.reverse", receipt);
    assert_eq!((refused.code.as_str(), refused.details.len()), ("reversal.blocked", 1));
}

#[test]
fn whoever_received_goods_may_take_that_back_and_sees_no_money() {
    let mut brand = brand();
    let id = brand.accepted(5_000, "9.333333");
    brand.desk.role = app::Role::Warehouse;
    brand.desk.ok("order.receive", brand.receipt(&id, "L2610A", 1_234, None));
    let page = brand.desk.ok("journal.list", json!({ "offset": 0, "limit": 50 }));
    let rows = page["rows"].as_array().unwrap();
    let entry = |kind: &str| rows.iter().find(|row| row["kind"] == kind).unwrap()["id"].clone();
    let preview = brand.desk.ok("journal.preview", json!({ "id": entry("order_received") }));
    assert_eq!(preview["reasons"], json!([]));
    assert!(!preview.to_string().contains("9.33") && !preview.to_string().contains("amount"));
    let undo = |entry: Value| json!({ "entry": entry, "withBlocking": false });
    brand.desk.ok("journal.reverse", undo(entry("order_received")));
    assert_eq!(brand.desk.ok("order.get", json!({ "id": id }))["row"]["received"], 0);
    let refused = brand.desk.refused("journal.reverse", undo(entry("order_accepted")));
    assert_eq!(refused.code, "role.no_right.approve");
}
