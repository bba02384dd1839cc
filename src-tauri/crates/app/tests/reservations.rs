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
    approve_lines(a1, &[(lot, qty)])
}

fn approve_lines(a1: &A1, lines: &[(&Value, i64)]) -> Uuid {
    let lines = lines.iter().map(|(lot, qty)| json!({ "sku": a1.sku, "lot": lot, "qty": qty }));
    let lines: Vec<Value> = lines.collect();
    let draft = json!({ "id": null, "from": a1.w0, "to": a1.p1, "note": "", "lines": lines });
    let id = id_of(&a1.desk.ok("transfer.save", draft));
    a1.desk.ok("transfer.approve", json!({ "id": id, "overrideReason": null }));
    id
}

/// A file of what W0 sold on a day, ready to import.
fn sales(desk: &Desk, day: &str, units: i64) -> Value {
    let path = desk.dir.path().join("sales.csv");
    std::fs::write(&path, format!("日期,仓库,货号,销量\n{day},W0,SK001,{units}\n")).unwrap();
    let path = path.display().to_string();
    let seen = desk.ok("import.inspect", json!({ "path": path, "kind": null, "sheet": null }));
    json!({ "path": path, "profile": seen["profile"] })
}

/// Imports what W0 sold on a day; the batch.
fn sell(desk: &Desk, day: &str, units: i64) -> Value {
    desk.ok("import.apply", sales(desk, day, units))["batch"].clone()
}

/// A1 with a transfer that holds all of the other lot, so that what is sold comes out of L2503A.
fn a1_of_one_lot() -> (A1, Value) {
    let mut a1 = a1(400_000);
    a1.desk.today = day("2026-10-05");
    let other = lot_id(&a1.desk, "L2509B");
    approve(&a1, &other, 2_000);
    let lot = lot_id(&a1.desk, "L2503A");
    (a1, lot)
}

/// The last live entry of a kind.
fn last_of(desk: &Desk, kind: &str) -> Value {
    let page = desk.ok("journal.list", json!({ "offset": 0, "limit": 200 }));
    let rows = page["rows"].as_array().unwrap();
    let found = rows.iter().find(|row| row["kind"] == kind && row["reversedBy"].is_null());
    found.unwrap()["id"].clone()
}

fn undo(entry: &Value, with_blocking: bool) -> Value {
    json!({ "entry": entry, "withBlocking": with_blocking })
}

/// Nothing has more set aside than is there.
fn assert_there(desk: &Desk) {
    let input = json!({ "asOf": null, "by": ["place", "lot", "status"], "filter": "", "sku": null,
                        "place": null, "status": "good",
                        "sort": { "column": "lot", "descending": false } });
    let view = desk.ok("stock.open", input)["view"].clone();
    let rows = desk.ok("stock.page", json!({ "view": view, "offset": 0, "limit": 1_000 }));
    for row in rows.as_array().unwrap() {
        assert!(row["reserved"].as_i64() <= row["qty"].as_i64(), "D-4: {row}");
    }
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
    let (a1, lot) = a1_of_one_lot();
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
    let (a1, lot) = a1_of_one_lot();
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
    let (a1, lot) = a1_of_one_lot();
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

#[test]
fn what_nobody_has_set_aside_is_sold_first() {
    let mut a1 = a1(400_000);
    a1.desk.today = day("2026-10-05");
    let lot = lot_id(&a1.desk, "L2503A");
    let id = approve(&a1, &lot, 960);
    let desk = &a1.desk;
    sell(desk, "2026-10-04", 2_040);
    assert_eq!(units_and_lacks(desk, id), [960, 0], "40 of its lot and all of the other were free");
    sell(desk, "2026-10-04", 2_041);
    assert_eq!(units_and_lacks(desk, id), [959, 1]);
    assert_there(desk);
    desk.verify();
}

#[test]
fn a_packed_transfer_leaves_with_what_its_cartons_hold_whatever_is_undone() {
    let (a1, lot) = a1_of_one_lot();
    let id = approve_lines(&a1, &[(&lot, 500), (&lot, 460)]);
    let desk = &a1.desk;
    let batch = sell(desk, "2026-10-04", 136);
    desk.ok("transfer.pack", json!({ "id": id }));
    desk.ok("import.take_back", json!({ "id": batch }));
    assert_eq!(units_and_lacks(desk, id), [864, 0], "packing has fixed it");
    desk.ok("transfer.ship", ship(id));
    assert_eq!(desk.stock()[&("W0".into(), "L2503A".into())], 136, "D-22");
    let card = desk.ok("transfer.get", json!({ "id": id }));
    let cut = |at: usize| card["lines"][at]["cut"].as_i64().unwrap();
    assert_eq!([cut(0), cut(1)], [0, 96], "the last line gave way");
    let in_cartons = |carton: &Value| carton["contents"][0]["qty"].as_i64().unwrap();
    let packed: i64 = card["cartons"].as_array().unwrap().iter().map(in_cartons).sum();
    assert_eq!((packed, &card["row"]["inTransit"]), (864, &json!(864)));
    desk.verify();
}

#[test]
fn cartons_that_hold_what_was_sold_since_are_not_printed() {
    let (a1, lot) = a1_of_one_lot();
    let id = approve(&a1, &lot, 960);
    let desk = &a1.desk;
    desk.ok("transfer.pack", json!({ "id": id }));
    let print = |kind: &str| {
        let paper = json!({ "kind": kind, "id": id, "lang": "zh", "out": null, "dpi": 203 });
        desk.call("paper.print", paper).map_err(|error| error.code)
    };
    print("packing_list").unwrap();
    sell(desk, "2026-10-04", 136);
    for kind in ["packing_list", "carton_label"] {
        assert_eq!(print(kind).unwrap_err(), "transfer.lot_cut", "{kind}");
    }
    desk.ok("transfer.pack", json!({ "id": id }));
    print("packing_list").unwrap();
}

#[test]
fn undoing_a_cancellation_takes_nothing_that_another_transfer_holds() {
    let (a1, lot) = a1_of_one_lot();
    let first = approve(&a1, &lot, 960);
    let desk = &a1.desk;
    desk.ok("transfer.cancel", json!({ "id": first, "reason": "改期" }));
    let cancelled = last_of(desk, "transfer_cancelled");
    let second = approve(&a1, &lot, 960);
    let preview = desk.ok("journal.preview", json!({ "id": cancelled }));
    assert_eq!(preview["blockedBy"][0]["documents"][0]["id"], json!(second));
    assert_eq!(preview["reasons"][0]["code"], "reversal.blocked");
    let refused = desk.refused("journal.reverse", undo(&cancelled, false));
    assert_eq!((refused.code.as_str(), refused.details.len()), ("reversal.blocked", 1));
    assert_eq!(refused.details[0].code, "entry.transfer_approved");
    assert_there(desk);
    desk.ok("journal.reverse", undo(&cancelled, true));
    assert_eq!(units_and_lacks(desk, first), [960, 0]);
    assert_eq!(row(desk, second)["state"], "draft");
    assert_there(desk);
    desk.verify();
}

#[test]
fn undoing_a_cancellation_needs_the_goods_to_be_there_still() {
    let (a1, lot) = a1_of_one_lot();
    let id = approve(&a1, &lot, 960);
    let desk = &a1.desk;
    desk.ok("transfer.cancel", json!({ "id": id, "reason": "改期" }));
    let cancelled = last_of(desk, "transfer_cancelled");
    sell(desk, "2026-10-04", 500);
    let refused = desk.refused("journal.reverse", undo(&cancelled, false));
    assert_eq!(refused.details[0].code, "entry.sales_posted", "who took them");
    desk.ok("journal.reverse", undo(&cancelled, true));
    assert_eq!(units_and_lacks(desk, id), [960, 0]);
    assert_there(desk);
}

#[test]
fn undoing_a_packing_sets_no_more_aside_than_is_there() {
    let (a1, lot) = a1_of_one_lot();
    let id = approve(&a1, &lot, 960);
    let desk = &a1.desk;
    let batch = sell(desk, "2026-10-04", 136);
    desk.ok("transfer.pack", json!({ "id": id }));
    desk.ok("import.take_back", json!({ "id": batch }));
    // 1,000 less the 864 in its cartons are free, and somebody else takes them.
    approve(&a1, &lot, 136);
    let packed = last_of(desk, "transfer_packed");
    let refused = desk.refused("journal.reverse", undo(&packed, false));
    assert_eq!(refused.details[0].code, "entry.transfer_approved");
    assert_there(desk);
    desk.ok("journal.reverse", undo(&packed, true));
    assert_eq!(units_and_lacks(desk, id), [960, 0]);
    assert_there(desk);
}

#[test]
fn a_corrected_report_gives_back_what_it_cut() {
    let (a1, lot) = a1_of_one_lot();
    let id = approve(&a1, &lot, 960);
    let desk = &a1.desk;
    let input = sales(desk, "2026-10-04", 400);
    let dry = desk.ok("import.dry_run", input);
    let effect = |report: &Value, code: &str| {
        let effects = report["effects"].as_array().unwrap().clone();
        effects.into_iter().find(|one| one["code"] == code).unwrap()["args"].clone()
    };
    let said = effect(&dry, "import.effect.transfer_cut");
    assert_eq!((&said["number"], &said["units"]), (&row(desk, id)["number"], &json!(360)));
    assert_eq!(units_and_lacks(desk, id), [960, 0], "a dry run keeps nothing");
    sell(desk, "2026-10-04", 400);
    assert_eq!(units_and_lacks(desk, id), [600, 360]);
    let sold = last_of(desk, "sales_posted");
    let cuts = desk.ok("journal.preview", json!({ "id": sold }))["cuts"].clone();
    assert_eq!((&cuts[0]["qty"], &cuts[0]["lotNo"]), (&json!(360), &json!("L2503A")));
    assert_eq!(cuts[0]["transfer"]["id"], json!(id));
    // It was 4, not 400.
    let dry = desk.ok("import.dry_run", sales(desk, "2026-10-04", 4));
    assert_eq!(effect(&dry, "import.effect.transfer_given_back")["units"], 360);
    sell(desk, "2026-10-04", 4);
    assert_eq!(units_and_lacks(desk, id), [960, 0]);
    assert_there(desk);
    // Undone in their order, each leaves what was before it.
    for lacks in [360, 0] {
        desk.ok("journal.reverse", undo(&last_of(desk, "sales_posted"), false));
        assert_eq!(units_and_lacks(desk, id), [960 - lacks, lacks]);
        assert_there(desk);
    }
    desk.verify();
}

#[test]
fn what_we_decide_takes_nothing_that_is_set_aside() {
    let (a1, lot) = a1_of_one_lot();
    approve(&a1, &lot, 960);
    let desk = &a1.desk;
    let regrade = |qty: i64| {
        json!({ "lot": lot, "place": a1.w0, "from": "good", "to": "blocked", "qty": qty,
                "reason": "破损" })
    };
    let refused = desk.refused("stock.regrade", regrade(41));
    assert_eq!(refused.code, "stock.reserved");
    assert_eq!(refused.args["free"], app::wire::Arg::from(40_i64));
    desk.ok("stock.regrade", regrade(40));
    assert_there(desk);
}

#[test]
fn a_preview_names_the_right_that_is_missing() {
    let (mut a1, lot) = a1_of_one_lot();
    approve(&a1, &lot, 960);
    let approved = last_of(&a1.desk, "transfer_approved");
    a1.desk.role = app::Role::Warehouse;
    let preview = a1.desk.ok("journal.preview", json!({ "id": approved }));
    assert_eq!(preview["reasons"][0]["code"], "role.no_right.approve");
    a1.desk.role = app::Role::Manager;
    let preview = a1.desk.ok("journal.preview", json!({ "id": approved }));
    assert_eq!(preview["reasons"], json!([]));
}

/// A small generator, so that a failure is found again by its seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        let count = u64::try_from(of.len()).unwrap();
        (count > 0).then(|| &of[usize::try_from(self.below(count)).unwrap()])
    }

    fn units(&mut self, limit: u64) -> i64 {
        i64::try_from(self.below(limit)).unwrap() + 1
    }
}

/// Does one thing that somebody may want; whether it was done.
fn act(a1: &A1, lots: &[Value; 2], dice: &mut Dice) -> bool {
    let desk = &a1.desk;
    let rows = desk.ok("transfer.list", json!({}));
    let rows: Vec<Value> = rows.as_array().unwrap().clone();
    let wanted = dice.below(12);
    if wanted < 3 {
        let line = json!({ "sku": a1.sku, "lot": dice.one(lots), "qty": dice.units(1_200) });
        let draft = json!({ "id": null, "from": a1.w0, "to": a1.p1, "note": "", "lines": [line] });
        let id = id_of(&desk.ok("transfer.save", draft));
        return desk.call("transfer.approve", json!({ "id": id, "overrideReason": null })).is_ok();
    }
    if wanted < 6 {
        // Also fewer than was said before: a corrected report.
        let day = format!("2026-10-0{}", 1 + dice.below(4));
        sell(desk, &day, dice.units(900));
        return true;
    }
    if wanted < 9 {
        let Some(row) = dice.one(&rows) else { return false };
        let id = &row["id"];
        let (name, input) = match dice.below(4) {
            0 => ("transfer.cancel", json!({ "id": id, "reason": "改期" })),
            1 => ("transfer.ship", ship(id_of(row))),
            _ => ("transfer.pack", json!({ "id": id })),
        };
        return desk.call(name, input).is_ok();
    }
    let page = desk.ok("journal.list", json!({ "offset": 0, "limit": 12 }));
    let live = page["rows"].as_array().unwrap().iter().filter(|row| {
        row["reversedBy"].is_null() && row["reverses"].is_null() && row["kind"] != "import_applied"
    });
    let live: Vec<Value> = live.map(|row| row["id"].clone()).collect();
    let Some(entry) = dice.one(&live) else { return false };
    desk.call("journal.reverse", undo(entry, dice.below(2) == 0)).is_ok()
}

#[test]
fn whatever_is_done_and_undone_what_is_set_aside_is_there() {
    let mut a1 = a1(400_000);
    a1.desk.today = day("2026-10-05");
    let lots = ["L2503A", "L2509B"].map(|number| lot_id(&a1.desk, number));
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut done = 0;
    for _ in 0..250 {
        done += u32::from(act(&a1, &lots, &mut dice));
        assert_there(&a1.desk);
        let rows = a1.desk.ok("transfer.list", json!({}));
        for row in rows.as_array().unwrap().iter().filter(|row| row["state"] == "shipped") {
            let card = a1.desk.ok("transfer.get", json!({ "id": row["id"] }));
            let contents = |carton: &Value| carton["contents"][0]["qty"].as_i64().unwrap();
            let packed: i64 = card["cartons"].as_array().unwrap().iter().map(contents).sum();
            assert_eq!(
                (json!(packed), &row["units"]),
                (row["inTransit"].clone(), &row["inTransit"])
            );
        }
    }
    assert!(done > 120, "the dice reach what can be done: {done}");
    a1.desk.verify();
}
