//! What a transfer has set aside gives way to what a place reports, and to nothing that we decide.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

mod trading;

use serde_json::{Value, json};
use trading::{A1, Desk, a1, day, id_of};
use uuid::Uuid;

fn lot_id(desk: &Desk, number: &str) -> Value {
    let sort = json!({ "column": "lot", "descending": false });
    let input = json!({ "asOf": null, "by": ["lot"], "filter": number, "sku": null, "place": null,
                        "status": null, "sort": sort });
    let view = desk.ok("stock.open", input)["view"].clone();
    desk.ok("stock.page", json!({ "view": view, "offset": 0, "limit": 1 }))[0]["lot"].clone()
}

fn approve(a1: &A1, lot: &Value, qty: i64) -> Uuid {
    let line = json!({ "sku": a1.sku, "lot": lot, "qty": qty });
    let draft = json!({ "id": null, "from": a1.w0, "to": a1.p1, "note": "", "lines": [line] });
    let id = id_of(&a1.desk.ok("transfer.save", draft));
    a1.desk.ok("transfer.approve", json!({ "id": id, "overrideReason": null }));
    id
}

/// Imports what W0 sold on a day; the batch.
fn sell(desk: &Desk, day: &str, units: i64) -> Value {
    let path = desk.dir.path().join("sales.csv");
    std::fs::write(&path, format!("日期,仓库,货号,销量\n{day},W0,SK001,{units}\n")).unwrap();
    let path = path.display().to_string();
    let seen = desk.ok("import.inspect", json!({ "path": path, "kind": null, "sheet": null }));
    let input = json!({ "path": path, "profile": seen["profile"] });
    desk.ok("import.apply", input)["batch"].clone()
}

fn row(desk: &Desk, id: Uuid) -> Value {
    desk.ok("transfer.get", json!({ "id": id }))["row"].clone()
}

fn units_and_lacks(desk: &Desk, id: Uuid) -> [i64; 2] {
    let row = row(desk, id);
    [row["units"].as_i64().unwrap(), row["lacks"].as_i64().unwrap()]
}

fn ship(id: Uuid) -> Value {
    json!({ "id": id, "shippedOn": null, "carrier": "", "tracking": "" })
}

fn tasks(desk: &Desk, code: &str) -> Vec<Value> {
    let tasks = desk.ok("today.tasks", json!({}))["tasks"].clone();
    tasks.as_array().unwrap().iter().filter(|one| one["code"] == code).cloned().collect()
}

#[test]
fn a_reported_sale_cuts_what_was_approved_last_and_undoing_it_restores_that() {
    let mut a1 = a1(400_000);
    a1.desk.today = day("2026-10-05");
    let lot = lot_id(&a1.desk, "L2503A");
    let (first, last) = (approve(&a1, &lot, 600), approve(&a1, &lot, 400));
    let desk = &a1.desk;
    for id in [first, last] {
        desk.ok("transfer.pack", json!({ "id": id }));
    }
    let batch = sell(desk, "2026-10-03", 250);
    assert_eq!(units_and_lacks(desk, first), [600, 0], "approved first, kept");
    assert_eq!(units_and_lacks(desk, last), [150, 250]);
    let task = &tasks(desk, "task.transfer_cut")[0];
    assert_eq!(task["args"]["lots"], "L2503A × 250");
    assert_eq!(task["document"]["id"], json!(last));
    let refused = desk.refused("transfer.ship", ship(last));
    assert_eq!(refused.code, "transfer.lot_cut");
    desk.verify();

    // The page of the transfer tells who took its goods.
    let steps = desk.ok("transfer.get", json!({ "id": last }))["steps"].clone();
    let last_step = steps.as_array().unwrap().last().unwrap();
    assert_eq!(last_step["summary"]["code"], "entry.sales_posted");

    desk.ok("import.take_back", json!({ "id": batch }));
    assert_eq!(units_and_lacks(desk, last), [400, 0]);
    assert_eq!(tasks(desk, "task.transfer_cut"), [] as [Value; 0]);
    desk.verify();
    desk.ok("transfer.ship", ship(last));
}

#[test]
fn a_transfer_that_was_cut_leaves_with_what_is_there() {
    let mut a1 = a1(400_000);
    a1.desk.today = day("2026-10-05");
    let lot = lot_id(&a1.desk, "L2503A");
    let id = approve(&a1, &lot, 960);
    let desk = &a1.desk;
    let batch = sell(desk, "2026-10-04", 136);
    assert_eq!(units_and_lacks(desk, id), [864, 96], "1,000 less 136 are left for 960");
    desk.ok("transfer.pack", json!({ "id": id }));
    assert_eq!((units_and_lacks(desk, id), &row(desk, id)["cartons"]), ([864, 0], &json!(18)));
    desk.ok("transfer.ship", ship(id));
    assert_eq!(desk.stock()[&("W0".into(), "L2509B".into())], 2_000);
    assert!(!desk.stock().contains_key(&("W0".into(), "L2503A".into())));
    // What left stays as it left, also when the sale is taken back.
    desk.ok("import.take_back", json!({ "id": batch }));
    assert_eq!(desk.stock()[&("W0".into(), "L2503A".into())], 136);
    assert_eq!(row(desk, id)["inTransit"], 864);
    desk.verify();
}

#[test]
fn all_that_is_cut_leaves_only_cancelling() {
    let mut a1 = a1(400_000);
    a1.desk.today = day("2026-10-05");
    let lot = lot_id(&a1.desk, "L2503A");
    let id = approve(&a1, &lot, 48);
    let desk = &a1.desk;
    sell(desk, "2026-10-04", 1_000);
    assert_eq!(desk.refused("transfer.pack", json!({ "id": id })).code, "transfer.nothing_left");
    desk.ok("transfer.cancel", json!({ "id": id, "reason": "卖完了" }));
    desk.verify();
}

#[test]
fn undoing_is_our_decision_and_cuts_nothing() {
    let a1 = a1(400_000);
    let lot = lot_id(&a1.desk, "L2503A");
    approve(&a1, &lot, 960);
    let desk = &a1.desk;
    let page = desk.ok("journal.list", json!({ "offset": 0, "limit": 100 }));
    let opened =
        page["rows"].as_array().unwrap().iter().filter(|row| row["kind"] == "stock_opened");
    // The first one, of W0.
    let opened = opened.collect::<Vec<_>>().last().unwrap()["id"].clone();
    let undo = |with_blocking: bool| json!({ "entry": opened, "withBlocking": with_blocking });
    let refused = desk.refused("journal.reverse", undo(false));
    assert_eq!(refused.code, "reversal.blocked");
    assert_eq!(refused.details[0].code, "entry.transfer_approved");
    desk.ok("journal.reverse", undo(true));
    desk.verify();
}
