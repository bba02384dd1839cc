//! The fictional brand's story is played by the program and by its marketplace.

mod support;

use std::collections::BTreeSet;

use mall::Scenario;
use serde_json::Value;
use support::{Desk, mall};

fn states(desk: &Desk, today: &str, document: &str) -> BTreeSet<String> {
    let rows = desk.json(today, &[document, "list"]);
    let rows = rows.as_array().expect("rows");
    rows.iter().map(|row| row["state"].as_str().expect("a state").to_owned()).collect()
}

fn words(words: &[&str]) -> BTreeSet<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// The story told on a day, with a free port's address for its marketplace.
fn told(desk: &Desk, today: &str, mall: &str) {
    let said = desk.says(today, &["demo", "a.pincang", "--size", "tiny", "--mall", mall]);
    assert_eq!(said.code, Some(0), "{today}: {}", said.err);
}

#[test]
fn it_holds_every_state_of_orders_and_transfers_on_any_day() {
    // Around the ends of months and years, where dates relative to today are most likely to break.
    for today in ["2026-11-20", "2027-01-01", "2028-02-29", "2026-05-31"] {
        let desk = Desk::new();
        told(&desk, today, "http://127.0.0.1:9");
        desk.verify(today);
        let orders = words(&["draft", "issued", "accepted", "closed", "cancelled"]);
        assert_eq!(states(&desk, today, "order"), orders, "{today}");
        let transfers =
            ["draft", "allocated", "packed", "shipped", "arrived", "closed", "cancelled"];
        assert_eq!(states(&desk, today, "transfer"), words(&transfers), "{today}");
        let late = |document: &str| {
            let rows = desk.json(today, &[document, "list"]);
            rows.as_array().expect("rows").iter().any(|row| row["lateDays"].as_i64() > Some(0))
        };
        assert!(late("order") && late("transfer"), "{today}");
        let stock = desk.json(today, &["stock", "--by", "status"]);
        let found = stock["rows"].as_array().expect("rows").iter();
        let found: BTreeSet<_> = found.filter_map(|row| row["status"].as_str()).collect();
        assert_eq!(found, BTreeSet::from(["defective", "good", "quarantine"]), "{today}");
        let plan = desk.json(today, &["plan"]);
        let lines = plan["lines"].as_array().expect("lines");
        assert!(lines.iter().any(|line| line["units"].as_i64() > Some(0)), "{today}: nothing sent");
    }
}

#[test]
fn its_marketplace_plays_on_where_the_tables_end() {
    let today = "2026-11-20";
    let desk = Desk::new();
    let story = demo::build(20_261_001, today.parse().expect("a day"), demo::Size::Tiny);
    let scenario = Scenario::parse(&story.scenario.to_string()).expect("it can be played");
    let running = mall(&desk.path("mall"), scenario);
    running.advance(today.parse().expect("a day")).expect("days pass");
    told(&desk, today, running.base_url());
    let beside = std::fs::read_to_string(desk.path("a.mall.json")).expect("the scenario");
    assert_eq!(serde_json::from_str::<Value>(&beside).expect("JSON"), story.scenario);
    let first = desk.json(today, &["sync"]);
    assert!(first["postedUnits"].as_i64() > Some(0), "{first}");
    assert_eq!(desk.json(today, &["sync"])["postedUnits"], 0);
    let held = desk.json(today, &["differences"]);
    assert!(held["compared"].as_i64() > Some(0), "{held}");
    assert_eq!((&held["total"], &held["untold"]), (&Value::from(0), &Value::from(0)), "{held}");
    assert!(desk.json(today, &["shop", "list"])[0]["unmapped"] == Value::Array(Vec::new()));
    desk.verify(today);
}

#[test]
fn the_bigger_size_can_be_played_by_its_marketplace_too() {
    let story = demo::build(1, "2026-11-20".parse().expect("a day"), demo::Size::Demo);
    Scenario::parse(&story.scenario.to_string()).expect("it can be played");
}
