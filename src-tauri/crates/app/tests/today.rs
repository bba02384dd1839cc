//! Today through `dispatch`: what needs somebody, and the figures beside it.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

mod trading;

use app::Role;
use serde_json::{Value, json};
use trading::{A1, Desk, Lot, a1, day, id_of, place_fields};
use uuid::Uuid;

fn tasks(desk: &Desk) -> Vec<Value> {
    desk.ok("today.tasks", json!({}))["tasks"].as_array().unwrap().clone()
}

fn codes(desk: &Desk) -> Vec<String> {
    tasks(desk).iter().map(|task| task["code"].as_str().unwrap().to_owned()).collect()
}

fn task(desk: &Desk, code: &str) -> Value {
    let found = tasks(desk).into_iter().find(|task| task["code"] == code);
    found.unwrap_or_else(|| panic!("{code} is not among {:?}", codes(desk)))
}

fn figure(desk: &Desk, code: &str) -> Value {
    let today = desk.ok("today.tasks", json!({}));
    let figures = today["figures"].as_array().unwrap();
    figures.iter().find(|figure| figure["code"] == code).unwrap().clone()
}

fn lot_id(desk: &Desk, number: &str) -> Uuid {
    id_of(&desk.ok("search.find", json!({ "text": number }))[0])
}

fn factory(desk: &Desk) -> Uuid {
    let fields = json!({
        "code": "F1", "name": "广州代工厂", "kind": "factory", "taxNo": "", "address": "",
        "contact": "", "phone": "",
    });
    id_of(&desk.ok("partner.save", json!({ "id": null, "fields": fields }))["document"])
}

#[test]
fn an_empty_workspace_says_what_to_bring_in_first() {
    let desk = Desk::new("2026-10-01");
    let steps =
        ["task.import_goods", "task.import_places", "task.import_opening", "task.import_sales"];
    assert_eq!(codes(&desk), steps);
    assert!(tasks(&desk).iter().all(|task| task["screen"] == "importing"));
    desk.save_sku("SK001", 10, &json!([]));
    assert!(!codes(&desk).contains(&"task.import_goods".to_owned()));
    let A1 { desk, .. } = a1(400_000);
    assert!(codes(&desk).iter().all(|code| !code.starts_with("task.import")));
}

#[test]
fn figures_are_the_stock_of_now_and_its_last_thirty_days() {
    let A1 { mut desk, sku, w0, p1 } = a1(400_000);
    assert_eq!(figure(&desk, "stock_units")["value"], "3120");
    assert_eq!(figure(&desk, "sold_yesterday")["value"], "20");
    assert_eq!(figure(&desk, "sold_28_days")["value"], "560");
    let lot = lot_id(&desk, "L2503A");
    let line = json!({ "sku": sku, "lot": lot, "qty": 768 });
    let draft = json!({ "id": null, "from": w0, "to": p1, "note": "", "lines": [line] });
    let id = id_of(&desk.ok("transfer.save", draft));
    assert_eq!(task(&desk, "task.transfer_draft")["document"]["id"], json!(id));
    desk.ok("transfer.approve", json!({ "id": id, "overrideReason": null }));
    desk.ok("transfer.pack", json!({ "id": id }));
    desk.today = day("2026-10-03");
    let ship = json!({ "id": id, "shippedOn": null, "carrier": "", "tracking": "" });
    desk.ok("transfer.ship", ship);
    let line = |code: &str| -> Vec<i64> {
        let series = figure(&desk, code)["series"].clone();
        serde_json::from_value(series).unwrap()
    };
    let (stock, transit, sold) = (line("stock_units"), line("in_transit"), line("sold_yesterday"));
    assert_eq!((stock.len(), transit.len(), sold.len()), (30, 30, 30));
    // Nothing before it went live, all of it for two days, then 768 on their way.
    assert_eq!(stock[26..], [0, 3120, 3120, 2352]);
    assert_eq!(transit[26..], [0, 0, 0, 768]);
    assert_eq!(sold[26..], [20, 20, 0, 0], "yesterday comes last");
    assert_eq!(figure(&desk, "in_transit")["value"], "768");
    assert_eq!(
        figure(&desk, "open_orders"),
        json!({
            "code": "open_orders", "value": "0", "unit": "count", "series": []
        })
    );
}

#[test]
fn an_order_asks_for_an_answer_then_for_the_goods_then_to_be_closed() {
    let A1 { mut desk, sku, w0, .. } = a1(400_000);
    let order = json!({
        "id": null, "factory": factory(&desk), "deliverTo": w0, "promisedOn": "2026-10-20",
        "overTolerancePpm": 0, "lines": [{ "sku": sku, "qty": 500 }], "unitPrices": ["9.9"],
        "terms": "",
    });
    let id = id_of(&desk.ok("order.save", order));
    assert_eq!(task(&desk, "task.order_draft")["document"]["id"], json!(id));
    desk.ok("order.issue", json!({ "id": id }));
    assert_eq!(task(&desk, "task.order_awaits_acceptance")["severity"], "blue");
    desk.today = day("2026-10-05");
    let waits = task(&desk, "task.order_awaits_acceptance");
    assert_eq!((&waits["severity"], &waits["args"]["days"]), (&json!("amber"), &json!(4)));

    desk.ok("order.accept", json!({ "id": id, "promisedOn": "2026-10-20" }));
    assert!(codes(&desk).iter().all(|code| !code.starts_with("task.order")), "15 days to go");
    desk.today = day("2026-10-14");
    let due = task(&desk, "task.order_due");
    assert_eq!((&due["due"], &due["args"]["days"]), (&json!("2026-10-20"), &json!(6)));
    assert_eq!(figure(&desk, "due_this_week")["value"], "1");
    desk.today = day("2026-10-23");
    let late = &tasks(&desk)[0];
    assert_eq!((&late["code"], &late["severity"]), (&json!("task.order_late"), &json!("red")));
    assert_eq!(
        late["args"],
        json!({
            "number": "PO-A-2026-0001", "factory": "广州代工厂", "goods": "SK001", "days": 3, "units": 500
        })
    );
    assert_eq!((&late["screen"], &late["document"]["id"]), (&json!("production"), &json!(id)));

    let lines =
        json!([{ "line": 0, "lotNo": "N1", "mfgOn": "2026-10-01", "expiresOn": null, "qty": 500 }]);
    let receipt = json!({
        "id": id, "place": w0, "receivedOn": null, "status": "quarantine", "lines": lines,
        "reason": null,
    });
    desk.ok("order.receive", receipt);
    let waits = task(&desk, "task.order_awaits_quality");
    assert_eq!((&waits["severity"], &waits["document"]["id"]), (&json!("amber"), &json!(id)));
    assert!(!codes(&desk).contains(&"task.quarantine".to_owned()), "asked for once");
    let n1 = lot_id(&desk, "N1");
    let release = json!({ "place": w0, "lot": n1, "from": "quarantine", "to": "good", "qty": 500,
                          "reason": "合格" });
    desk.ok("stock.regrade", release.clone());
    assert_eq!(task(&desk, "task.order_to_close")["severity"], "blue");
    desk.ok("order.pay", json!({ "id": id, "term": 0, "amount": "4950.00" }));
    desk.ok("order.close", json!({ "id": id, "reason": null }));
    let left = codes(&desk);
    assert!(left.iter().all(|code| !code.contains("order") && !code.contains("quarantine")));

    // What is doubted after the order is closed is asked for where it lies.
    let mut doubted = release;
    (doubted["from"], doubted["to"]) = (json!("good"), json!("quarantine"));
    desk.ok("stock.regrade", doubted);
    let waits = task(&desk, "task.quarantine");
    assert_eq!(waits["args"], json!({ "place": "W0", "units": 500, "lots": 1, "days": 0 }));
    assert_eq!(waits["document"]["label"], "N1");
}

#[test]
fn a_transfer_is_followed_from_approval_to_the_last_missing_unit() {
    let A1 { mut desk, sku, w0, p1 } = a1(400_000);
    let lot = lot_id(&desk, "L2503A");
    let line = json!({ "sku": sku, "lot": lot, "qty": 768 });
    let draft = json!({ "id": null, "from": w0, "to": p1, "note": "", "lines": [line] });
    let id = id_of(&desk.ok("transfer.save", draft));
    let next = |desk: &Desk| -> Vec<String> {
        codes(desk).into_iter().filter(|code| code.contains("transfer")).collect()
    };
    desk.ok("transfer.approve", json!({ "id": id, "overrideReason": null }));
    assert_eq!(next(&desk), ["task.transfer_to_pack"]);
    desk.ok("transfer.pack", json!({ "id": id }));
    assert_eq!(task(&desk, "task.transfer_to_ship")["args"]["cartons"], 16);
    let ship = json!({ "id": id, "shippedOn": null, "carrier": "", "tracking": "" });
    desk.ok("transfer.ship", ship);
    assert_eq!(next(&desk), [] as [&str; 0], "on its way, nothing to do");
    desk.today = day("2026-10-20");
    let late = task(&desk, "task.transfer_late");
    assert_eq!((&late["severity"], &late["args"]["units"]), (&json!("red"), &json!(768)));
    let arrived = json!([{ "lot": lot, "qty": 720, "status": "good" }]);
    desk.ok("transfer.arrive", json!({ "id": id, "arrivedOn": null, "lines": arrived }));
    let short = task(&desk, "task.transfer_discrepancy");
    assert_eq!((&short["severity"], &short["args"]["units"]), (&json!("red"), &json!(48)));
    let lost = json!({ "id": id, "lot": lot, "qty": 48, "resolution": "lost", "reason": "破损" });
    desk.ok("transfer.resolve", lost);
    assert_eq!(next(&desk), ["task.transfer_to_close"]);
    desk.ok("transfer.close", json!({ "id": id }));
    assert_eq!(next(&desk), [] as [&str; 0]);
}

#[test]
fn lots_that_expired_or_will_unsold_are_named_and_those_that_sell_are_not() {
    let mut desk = Desk::new("2026-10-01");
    let sku = desk.save_sku("SK001", 10, &json!([]));
    let p1 = desk.save_place(None, &place_fields("P1", "platform", "2026-06-01", None));
    let lot = |number, expires, units| Lot {
        number: Some(number),
        made: Some("2025-01-01"),
        expires: Some(expires),
        units,
        cost: Some("2.00"),
    };
    let lots = [
        lot("GONE", "2026-09-30", 7),
        lot("SELLS", "2026-11-01", 20),
        lot("STAYS", "2026-11-30", 100),
    ];
    desk.open_stock(p1, sku, &lots);
    desk.sold_by_file(p1, sku, "2026-10-01", &[1; 28]);
    let expired = task(&desk, "task.lot_expired");
    assert_eq!(
        expired["args"],
        json!({
            "sku": "SK001", "name": { "zh": "货品SK001", "en": "" }, "lot": "GONE", "on": "2026-09-30", "days": 1,
            "units": 7, "at_risk": 7
        })
    );
    assert_eq!(expired["severity"], "red");
    let expiring: Vec<Value> =
        tasks(&desk).into_iter().filter(|task| task["code"] == "task.lot_expiring").collect();
    assert_eq!(expiring.len(), 1, "{expiring:?}");
    assert_eq!(expiring[0]["document"]["label"], "STAYS");
    assert_eq!(expiring[0]["due"], "2026-11-30");
    // 31 days sell 20 of SELLS before the 11 and 29 that reach STAYS: 61 days less 20.
    assert_eq!(expiring[0]["args"]["at_risk"], 59);
    assert_eq!(figure(&desk, "at_risk_units")["value"], "66");

    let money = desk.ok("today.money", json!({}));
    assert_eq!(
        money,
        json!({ "currency": "CNY", "stockValue": "254.00", "atRiskValue": "132.00" })
    );
    desk.role = Role::Warehouse;
    assert_eq!(desk.refused("today.money", json!({})).code, "role.no_money");
    let seen = desk.ok("today.tasks", json!({})).to_string();
    assert!(!seen.contains("254.00") && !seen.contains("132.00"));
}

#[test]
fn a_place_that_runs_dry_before_help_can_come_is_told_with_what_to_send() {
    let A1 { desk, sku, p1, .. } = a1(400_000);
    // 120 at 20 a day last 6 days; a transfer of today sells from the seventh.
    let ahead = task(&desk, "task.stock_out_ahead");
    assert_eq!(
        ahead["args"],
        json!({
            "sku": "SK001", "name": { "zh": "货品SK001", "en": "" }, "place": "P1", "cover": 6, "days": 7, "units": 760
        })
    );
    assert_eq!((&ahead["due"], &ahead["document"]["id"]), (&json!("2026-10-07"), &json!(sku)));
    let send = task(&desk, "task.plan_to_send");
    assert_eq!(send["args"], json!({ "place": "P1", "goods": 1, "cartons": 16, "units": 768 }));
    let lot = lot_id(&desk, "?2028-01");
    let block = json!({ "place": p1, "lot": lot, "from": "good", "to": "blocked", "qty": 120,
                        "reason": "破损" });
    desk.ok("stock.regrade", block);
    let out = task(&desk, "task.sold_out");
    assert_eq!((&out["severity"], &out["args"]["cover"]), (&json!("red"), &json!(0)));
}

#[test]
fn many_of_a_kind_are_listed_in_part_and_counted() {
    let desk = Desk::new("2026-10-01");
    let place = desk.save_place(None, &place_fields("W0", "own", "2026-06-01", None));
    for number in 0..12 {
        let sku = desk.save_sku(&format!("SK{number:02}"), 10, &json!([]));
        let lot = Lot {
            number: Some("L1"),
            made: Some("2024-01-01"),
            expires: Some("2026-09-01"),
            units: 10 + number,
            cost: None,
        };
        desk.open_stock(place, sku, &[lot]);
    }
    let of_kind: Vec<Value> = tasks(&desk)
        .into_iter()
        .filter(|task| task["code"].as_str().unwrap().starts_with("task.lot_expired"))
        .collect();
    assert_eq!(of_kind.len(), 9);
    assert_eq!(of_kind[0]["args"]["units"], 21, "the most units first");
    let more = of_kind.iter().find(|task| task["code"] == "task.lot_expired.more").unwrap();
    assert_eq!(more["args"], json!({ "count": 4, "units": 46 }));
}

#[test]
fn a_workspace_without_a_backup_of_the_day_says_so() {
    let A1 { mut desk, .. } = a1(400_000);
    desk.ok("backup.make", json!({}));
    assert!(codes(&desk).iter().all(|code| !code.starts_with("task.backup")));
    // Backups are dated by the clock of the machine, far from the days of this test.
    desk.today = chrono::NaiveDate::from_ymd_opt(2099, 1, 1).unwrap();
    assert_eq!(task(&desk, "task.backup_old")["screen"], "settings/safety");
}

#[test]
fn a_licence_is_asked_after_before_it_expires() {
    let A1 { mut desk, .. } = a1(400_000);
    let maker = json!({
        "code": "F9", "name": "江西代工厂", "kind": "factory", "taxNo": "", "address": "",
        "contact": "", "phone": "", "licences": [{ "kind": "化妆品生产许可证",
        "category": "skincare", "number": "赣妆20210001", "expiresOn": "2026-12-31" }],
    });
    desk.ok("partner.save", json!({ "id": null, "fields": maker }));
    desk.today = day("2026-10-31");
    assert!(codes(&desk).iter().all(|code| !code.contains("licence")), "61 days are left");
    desk.today = day("2026-11-01");
    let soon = task(&desk, "task.licence_expiring");
    assert_eq!((&soon["severity"], &soon["args"]["days"]), (&json!("amber"), &json!(60)));
    assert_eq!(soon["document"]["label"], "F9");
    desk.today = day("2026-12-31");
    assert_eq!(task(&desk, "task.licence_expiring")["args"]["days"], 0, "its last day is valid");
    desk.today = day("2027-01-01");
    let over = task(&desk, "task.licence_expired");
    assert_eq!((&over["severity"], &over["args"]["days"]), (&json!("red"), &json!(1)));
}
