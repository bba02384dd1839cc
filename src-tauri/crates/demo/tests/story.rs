//! The story is the same every time, and never asks for what cannot be.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use demo::{Action, Size, build};

fn today() -> NaiveDate {
    "2026-11-20".parse().expect("a day")
}

#[test]
fn the_same_seed_tells_the_same_story_and_another_another() {
    assert_eq!(build(1, today(), Size::Tiny), build(1, today(), Size::Tiny));
    assert_ne!(build(1, today(), Size::Tiny), build(2, today(), Size::Tiny));
}

#[test]
fn days_never_go_back_and_never_pass_today() {
    for size in [Size::Tiny, Size::Demo] {
        let story = build(1, today(), size);
        assert!(story.steps.is_sorted_by_key(|step| step.day));
        assert!(story.steps.last().is_some_and(|step| step.day == today()));
        assert_eq!(story.steps[0].day, story.live_from);
    }
}

#[test]
fn production_begins_months_before_the_shops_go_live() {
    // The first and the last day of a month, and one on which eighteen months are the longest.
    for today in ["2026-11-20", "2027-01-01", "2028-02-29", "2028-12-31", "2026-05-31"] {
        let today: NaiveDate = today.parse().expect("a day");
        let story = build(1, today, Size::Demo);
        let months = (today - story.live_from).num_days();
        assert!((510..=550).contains(&months), "{today}: {months}");
        assert!(story.steps.last().is_some_and(|step| step.day <= today), "{today}");
    }
}

#[test]
fn dates_move_with_today() {
    let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
    let (one, other) =
        (build(1, day("2026-11-20"), Size::Tiny), build(1, day("2027-02-28"), Size::Tiny));
    let past = |story: &demo::Story, today: NaiveDate| (today - story.live_from).num_days();
    assert_eq!(past(&one, day("2026-11-20")), past(&other, day("2027-02-28")));
}

#[test]
fn the_demo_has_sales_of_eighteen_months_and_every_kind_of_step() {
    let story = build(1, today(), Size::Demo);
    let mut rows = 0;
    let mut calls: BTreeMap<&str, usize> = BTreeMap::new();
    for step in &story.steps {
        match &step.action {
            Action::Import { kind: "sales", csv, .. } => rows += csv.lines().count() - 1,
            Action::Import { .. } => {}
            Action::Call { name, .. } => *calls.entry(name).or_default() += 1,
        }
    }
    assert!((80_000..140_000).contains(&rows), "{rows}");
    for name in [
        "order.issue",
        "order.accept",
        "order.receive",
        "order.close",
        "order.cancel",
        "transfer.approve",
        "transfer.pack",
        "transfer.ship",
        "transfer.arrive",
        "transfer.close",
        "transfer.cancel",
        "stock.regrade",
        "shop.save",
        "offer.save",
        "bom.save",
        "version.save",
        "order.pay",
        "order.milestone",
        "order.decide",
        "order.settle_losses",
        "material.issue",
        "material.take_back",
        "statement.save",
        "invoice.save",
        "bill.post",
        "journal.reverse",
        "channel.save",
        "channel.save_assumptions",
    ] {
        assert!(calls.contains_key(name), "{name}");
    }
}
