//! Sync through `dispatch` against the real reference marketplace over HTTP.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

mod trading;

use std::{
    collections::BTreeMap,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
};

use app::{ErrorKind, Secrets as _};
use mall::{Config, Fault, FaultRule, Mall, Running, Scenario};
use serde_json::{Value, json};
use trading::{A1, Desk, Lot, a1, day, id_of, place_fields};
use uuid::Uuid;

const TOKEN: &str = "canary-7f3a-token-of-the-tests";

/// A marketplace in a directory of its own that ends with it.
struct Trial {
    running: Running,
    _dir: tempfile::TempDir,
}

fn trial(scenario: Scenario) -> Trial {
    let dir = tempfile::tempdir().unwrap();
    let config = Config {
        dir: dir.path().to_owned(),
        scenario,
        seed: 7,
        port: 0,
        token: Some(TOKEN.to_owned()),
        faults: Vec::new(),
    };
    Trial { running: Mall::start(config).unwrap(), _dir: dir }
}

impl Trial {
    fn shop(&self, places: &[(&str, Uuid)]) -> Value {
        let places: Vec<Value> = places
            .iter()
            .map(|(warehouse, place)| json!({ "warehouse": warehouse, "place": place }))
            .collect();
        json!({
            "id": null, "code": "MALL", "name": "参考商城", "url": self.running.base_url(),
            "remoteShop": "S1", "token": TOKEN, "places": places,
        })
    }

    fn strike(&self, path: &str, nth: u32, times: u32, fault: Fault) {
        let path = path.to_owned();
        self.running.set_faults(vec![FaultRule { path, method: None, nth, times, fault }]);
    }
}

fn all() -> Value {
    json!({ "shop": null })
}

fn at(place: &str, lot: &str, units: i64) -> ((String, String), i64) {
    ((place.to_owned(), lot.to_owned()), units)
}

fn codes(report: &Value) -> Vec<&str> {
    let problems = report["problems"].as_array().unwrap().iter();
    problems.map(|problem| problem["code"].as_str().unwrap()).collect()
}

fn entries(desk: &Desk) -> i64 {
    desk.ok("journal.list", json!({ "offset": 0, "limit": 1, "document": null }))["total"]
        .as_i64()
        .unwrap()
}

/// Units paid for by day at a place.
fn demand(desk: &Desk, sku: Uuid, place: Uuid) -> BTreeMap<String, Value> {
    let history = desk.ok("plan.history", json!({ "sku": sku, "place": place }));
    let days = history["days"].as_array().unwrap().iter();
    let units = history["units"].as_array().unwrap().iter();
    days.zip(units).map(|(day, units)| (day.as_str().unwrap().to_owned(), units.clone())).collect()
}

/// Example A1 after its third day, with the shop that reports it.
fn a1_sold() -> (A1, Trial) {
    let mut example = a1(400_000);
    let trial = trial(Scenario::a1());
    example.desk.ok("shop.save", trial.shop(&[("P1", example.p1)]));
    trial.running.advance(day("2026-10-03")).unwrap();
    example.desk.today = day("2026-10-04");
    (example, trial)
}

#[test]
fn example_a1_moves_sixty_units_exactly_once() {
    let (A1 { mut desk, sku, p1, .. }, trial) = a1_sold();
    let report = desk.ok("sync.run", all());
    assert_eq!(
        (&report["postedUnits"], &report["postedDays"], &report["problems"]),
        (&json!(60), &json!(3), &json!([])),
        "{report}"
    );
    let expected = BTreeMap::from([
        at("P1", "?2028-01", 60),
        at("W0", "L2503A", 1_000),
        at("W0", "L2509B", 2_000),
    ]);
    assert_eq!(desk.stock(), expected);
    let sold = demand(&desk, sku, p1);
    for day in ["2026-10-01", "2026-10-02", "2026-10-03"] {
        assert_eq!(sold[day], 20, "{day}");
    }
    let before = entries(&desk);
    let again = desk.ok("sync.run", all());
    assert_eq!((&again["orders"], &again["postedUnits"]), (&json!(0), &json!(0)));
    desk.restart();
    desk.ok("sync.run", all());
    assert_eq!((entries(&desk), desk.stock()), (before, expected));
    let shop = &desk.ok("shop.list", json!({}))[0];
    for (field, value) in [
        ("hasToken", json!(true)),
        ("lastError", json!(null)),
        ("unmapped", json!([])),
        ("unmappedWarehouses", json!([])),
        ("postedUntil", json!("2026-10-03")),
    ] {
        assert_eq!(shop[field], value, "{field}");
    }
    assert!(shop["ordersSeen"].as_i64().unwrap() > 0 && shop["lastSuccess"].is_string());
    desk.verify();
    // A day that the marketplace's clock has passed without a sale is a fact; its own day is none.
    trial.running.advance(day("2026-10-05")).unwrap();
    desk.today = day("2026-10-09");
    desk.ok("sync.run", all());
    let sold = demand(&desk, sku, p1);
    assert_eq!((&sold["2026-10-04"], &sold["2026-10-05"]), (&json!(0), &json!(null)));
}

#[test]
fn the_day_stays_open_until_it_ends() {
    let (A1 { mut desk, .. }, _trial) = a1_sold();
    desk.today = day("2026-10-02");
    let report = desk.ok("sync.run", all());
    assert_eq!((&report["postedUnits"], &report["postedDays"]), (&json!(20), &json!(1)));
    desk.today = day("2026-10-03");
    let report = desk.ok("sync.run", all());
    assert_eq!((&report["orders"], &report["postedUnits"]), (&json!(0), &json!(20)));
    desk.today = day("2026-10-04");
    assert_eq!(desk.ok("sync.run", all())["postedUnits"], 20);
    desk.verify();
}

/// The lively scenario's shop S1, with places that hold plenty.
fn lively() -> (Desk, Trial) {
    let mut desk = Desk::new("2026-01-01");
    let alias = |code: &str| json!([{ "whose": "MALL", "code": code }]);
    let first = desk.save_sku("SK001", 10, &json!([]));
    let twins = desk.save_sku("TWIN", 10, &alias("SK001x2"));
    let second = desk.save_sku("SK002", 10, &alias("6913579864205371003"));
    let live = "2026-01-01";
    let p1 = desk.save_place(None, &place_fields("P1", "platform", live, None));
    let p2 = desk.save_place(None, &place_fields("P2", "platform", live, None));
    for (place, sku) in [(p1, first), (p1, twins), (p1, second), (p2, second)] {
        let lot = |number, expires, units| Lot {
            number: Some(number),
            made: Some("2025-06-01"),
            expires: Some(expires),
            units,
            cost: None,
        };
        desk.open_stock(place, sku, &[lot("A", "2027-01-31", 60), lot("B", "2027-06-30", 900)]);
    }
    let trial = trial(Scenario::lively());
    desk.ok("shop.save", trial.shop(&[("P1", p1), ("P2", p2)]));
    desk.today = day("2026-03-20");
    (desk, trial)
}

/// Where and how much, and what sold by day: all that a run leads to.
type Outcome = (BTreeMap<(String, String), i64>, Vec<BTreeMap<String, Value>>);

fn outcome(desk: &Desk) -> Outcome {
    let (skus, places) = (desk.ok("sku.list", json!({})), desk.ok("location.list", json!({})));
    let mut sold = Vec::new();
    let mut codes: Vec<(String, Uuid, Uuid)> = Vec::new();
    for sku in skus.as_array().unwrap() {
        for place in places.as_array().unwrap() {
            let code = format!("{} {}", sku["fields"]["code"], place["fields"]["code"]);
            codes.push((code, id_of(sku), id_of(place)));
        }
    }
    codes.sort();
    for (_, sku, place) in codes {
        sold.push(demand(desk, sku, place));
    }
    (desk.stock(), sold)
}

#[test]
fn killed_between_pages_or_read_day_by_day_it_comes_to_the_same() {
    let (desk, trial) = lively();
    let end = day("2026-03-19");
    trial.running.advance(end).unwrap();
    let pages = AtomicUsize::new(0);
    let count = |step: app::Progress| {
        pages.fetch_add(usize::from(step.code == "sync.orders"), Ordering::Relaxed);
    };
    let report = desk.call_with("sync.run", all(), &count, &AtomicBool::new(false)).unwrap();
    assert!(pages.into_inner() > 1 && report["pages"].as_i64().unwrap() > 1, "{report}");
    let whole = outcome(&desk);
    desk.verify();

    // Another desk is killed at every step that a run tells of, and started again each time.
    let (mut killed, other) = lively();
    other.running.advance(end).unwrap();
    let mut kills = 0;
    for steps in 1.. {
        let left = AtomicUsize::new(steps);
        let kill = |_: app::Progress| {
            assert!(left.fetch_sub(1, Ordering::Relaxed) > 1, "killed");
        };
        let run = || killed.call_with("sync.run", all(), &kill, &AtomicBool::new(false));
        if catch_unwind(AssertUnwindSafe(run)).is_ok_and(|ended| ended.is_ok()) {
            break;
        }
        kills += 1;
        killed.restart();
    }
    assert!(kills > 2, "{kills}");
    assert_eq!(outcome(&killed), whole);
    killed.verify();

    // A third one syncs every other day, so that orders change after their days were posted.
    let (mut often, third) = lively();
    let mut on = day("2026-01-01");
    let mut fewer = 0;
    while on < end {
        on = (on + chrono::Days::new(2)).min(end);
        third.running.advance(on).unwrap();
        often.today = on + chrono::Days::new(1);
        often.ok("sync.run", all());
    }
    for sku in often.ok("sku.list", json!({})).as_array().unwrap() {
        let card = often.ok("sku.get", json!({ "id": sku["id"] }));
        for lot in card["lots"].as_array().unwrap() {
            let card = often.ok("lot.get", json!({ "id": lot["id"] }));
            let back = |one: &&Value| one["kind"] == "sale_reversal";
            fewer += card["history"].as_array().unwrap().iter().filter(back).count();
        }
    }
    assert!(fewer > 0, "no order lost units after its day was posted");
    assert_eq!(outcome(&often), whole);
    often.verify();
}

#[test]
fn an_expired_feed_is_replaced_by_a_snapshot() {
    let (mut desk, trial) = lively();
    trial.running.advance(day("2026-02-10")).unwrap();
    desk.today = day("2026-02-11");
    desk.ok("sync.run", all());
    trial.running.advance(day("2026-02-20")).unwrap();
    desk.today = day("2026-02-21");
    trial.strike("/changes", 1, 1, Fault::CursorExpired);
    let report = desk.ok("sync.run", all());
    assert_eq!((trial.running.fault_hits(), codes(&report)), (vec![1], vec![]));
    let after = outcome(&desk);
    desk.verify();

    let (mut plain, other) = lively();
    other.running.advance(day("2026-02-20")).unwrap();
    plain.today = day("2026-02-21");
    plain.ok("sync.run", all());
    assert_eq!(outcome(&plain), after);
    let seen = |desk: &Desk| desk.ok("shop.list", json!({}))[0]["ordersSeen"].clone();
    assert_eq!(seen(&plain), seen(&desk));
}

#[test]
fn names_that_are_none_of_ours_wait_and_post_when_they_are_mapped() {
    let desk = Desk::new("2026-10-04");
    let trial = trial(Scenario::a1());
    trial.running.advance(day("2026-10-03")).unwrap();
    let saved = desk.ok("shop.save", trial.shop(&[]));
    let report = desk.ok("sync.run", all());
    assert_eq!(report["postedUnits"], 0);
    assert_eq!(codes(&report), ["sync.listing_unmapped", "sync.warehouse_unmapped"]);
    let args = &report["problems"][0]["args"];
    assert_eq!((&args["listing"], &args["units"]), (&json!("L1001"), &json!(60)));
    let shop = &desk.ok("shop.list", json!({}))[0];
    assert_eq!(
        shop["unmapped"],
        json!([{ "listing": "L1001", "sellerSku": "SK001", "units": 60 }])
    );
    assert_eq!(shop["unmappedWarehouses"], json!(["P1"]));
    let waiting = |code: &str| {
        let today = desk.ok("today.tasks", json!({}));
        let mut tasks = today["tasks"].as_array().unwrap().iter();
        tasks.find(|task| task["code"] == code).cloned()
    };
    let task = waiting("task.listings_unmapped").unwrap();
    assert_eq!((&task["args"]["count"], &task["args"]["units"]), (&json!(1), &json!(60)));
    assert_eq!(task["document"]["id"], saved["document"]["id"]);
    assert_eq!(waiting("task.warehouses_unmapped").unwrap()["args"]["count"], 1);

    desk.save_sku("OURS", 10, &json!([{ "whose": "MALL", "code": "L1001" }]));
    assert_eq!(waiting("task.listings_unmapped"), None);
    let p1 = desk.save_place(None, &place_fields("P1", "platform", "2026-10-01", None));
    assert_eq!(codes(&desk.ok("sync.run", all())), ["sync.warehouse_unmapped"]);
    let mut fields = trial.shop(&[("P1", p1)]);
    fields["id"] = saved["document"]["id"].clone();
    fields["token"] = json!(null);
    desk.ok("shop.save", fields.clone());
    let report = desk.ok("sync.run", all());
    assert_eq!((&report["orders"], &report["postedUnits"]), (&json!(0), &json!(60)));
    // Nothing was there, so it came out of suspense, and the ledger still proves itself.
    desk.verify();
    assert_eq!(desk.ok("sync.run", all())["postedDays"], 0);
    // Taken off the map again, what is posted stays.
    fields["places"] = json!([]);
    desk.ok("shop.save", fields);
    let report = desk.ok("sync.run", all());
    assert_eq!((&report["postedUnits"], report["postedDays"].as_i64()), (&json!(0), Some(0)));
}

#[test]
fn a_day_that_a_file_told_of_is_left_to_the_file() {
    let (A1 { desk, sku, p1, .. }, _trial) = a1_sold();
    desk.sold_by_file(p1, sku, "2026-10-03", &[7]);
    let report = desk.ok("sync.run", all());
    assert_eq!(
        (&report["postedUnits"], codes(&report)),
        (&json!(40), vec!["sync.day_posted_by_file"])
    );
    let args = &report["problems"][0]["args"];
    assert_eq!(
        (&args["place"], &args["days"], &args["first"]),
        (&json!("P1"), &json!(1), &json!("2026-10-02"))
    );
    assert_eq!(demand(&desk, sku, p1)["2026-10-02"], 7);
    desk.verify();
}

#[test]
fn what_fails_is_kept_with_its_kind_and_nothing_is_lost() {
    let (A1 { desk, .. }, trial) = a1_sold();
    let failed = |fault: Fault, times: u32| {
        trial.strike("/changes", 1, times, fault);
        let error = desk.refused("sync.run", all());
        let shop = &desk.ok("shop.list", json!({}))[0];
        assert_eq!(shop["lastError"]["code"], json!(error.code));
        assert_eq!(shop["lastSuccess"], json!(null));
        (error.code, error.kind)
    };
    let protocol = ("sync.protocol".to_owned(), ErrorKind::Failed);
    assert_eq!(failed(Fault::FallingItems, 1), protocol);
    assert_eq!(failed(Fault::VersionMismatch, 1), protocol);
    let closed = ("sync.unauthorized".to_owned(), ErrorKind::Refused);
    assert_eq!(failed(Fault::Unauthorized, 1), closed);
    let away = Fault::Unavailable { retry_after: Some("0".to_owned()) };
    let unavailable = ("sync.unavailable".to_owned(), ErrorKind::Unavailable);
    assert_eq!(failed(away.clone(), 9), unavailable);
    // A server that stumbles twice is asked again.
    trial.strike("/changes", 1, 2, away);
    assert_eq!(desk.ok("sync.run", all())["postedUnits"], 60);
    let shop = &desk.ok("shop.list", json!({}))[0];
    assert_eq!(shop["lastError"], json!(null));
    let stop = AtomicBool::new(true);
    let cancelled = desk.call_with("sync.run", all(), &|_| {}, &stop).unwrap_err();
    assert_eq!(cancelled.code, "cancelled");
    desk.verify();
}

#[test]
fn a_shop_is_checked_before_it_is_kept() {
    let desk = Desk::new("2026-10-01");
    let trial = trial(Scenario::a1());
    let p1 = desk.save_place(None, &place_fields("P1", "platform", "2026-10-01", None));
    let good = trial.shop(&[("P1", p1)]);
    let with = |field: &str, value: Value| {
        let mut fields = good.clone();
        fields[field] = value;
        desk.refused("shop.save", fields).code
    };
    assert_eq!(with("url", json!("http://market.example")), "shop.url_invalid");
    assert_eq!(with("token", json!("two words")), "shop.token_invalid");
    assert_eq!(with("code", json!(" ")), "code.missing");
    assert_eq!(with("name", json!("")), "name.missing");
    let place = |place: Value| json!([{ "warehouse": "P1", "place": place }]);
    assert_eq!(with("places", place(json!(Uuid::nil()))), "missing");
    let twice = json!([{ "warehouse": "P1", "place": p1 }, { "warehouse": "P1", "place": p1 }]);
    assert_eq!(with("places", twice), "shop.warehouse_invalid");
    desk.ok("shop.save", good.clone());
    assert_eq!(with("name", json!("again")), "code.taken");
    assert_eq!(with("code", json!("TWO")), "shop.remote_taken");
    assert_eq!(desk.ok("shop.list", json!({})).as_array().unwrap().len(), 1);
    // A new token alone is no entry.
    let before = entries(&desk);
    let mut again = good;
    again["id"] = desk.ok("shop.list", json!({}))[0]["id"].clone();
    again["token"] = json!("another-token");
    assert_eq!(desk.ok("shop.save", again)["entries"], json!([]));
    assert_eq!(entries(&desk), before);
    assert_eq!(desk.refused("sync.run", all()).code, "sync.unauthorized");
}

/// Whether any file under `folder` holds the bytes.
fn holds(folder: &Path, bytes: &[u8]) -> bool {
    std::fs::read_dir(folder).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        if path.is_dir() {
            return holds(&path, bytes);
        }
        std::fs::read(&path).unwrap().windows(bytes.len()).any(|window| window == bytes)
    })
}

#[test]
fn the_token_is_in_no_file() {
    let (A1 { mut desk, .. }, _trial) = a1_sold();
    desk.ok("sync.run", all());
    desk.ok("backup.make", json!({}));
    desk.restart();
    let answer = desk.ok("shop.list", json!({})).to_string();
    assert!(!answer.contains("canary"));
    assert!(holds(desk.dir.path(), b"MALL"), "the files are looked through");
    assert!(!holds(desk.dir.path(), TOKEN.as_bytes()));
    let shop = desk.ok("shop.list", json!({}))[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(desk.secrets.get(&format!("shop/{shop}")), Ok(Some(TOKEN.to_owned())));
}
