//! Rows and levels do not depend on how, how often and in which order changes were read.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use std::collections::BTreeMap;

use chrono::NaiveDate;
use contract::{ChangeItem, DayTotals, Epoch, OrderId, Reconciliation, Topic};
use marketplace::{
    Changes, GapReason, LevelKey, OrderRow, Page, Position, Problem, ShopZone, StoredOrder,
    day_levels, day_totals, drift, next_moves, observe,
};
use proptest::prelude::*;
use serde_json::{Value, json};

fn zone() -> ShopZone {
    ShopZone::parse("Asia/Shanghai").unwrap()
}

/// A change whose object is the given order.
fn change(seq: u64, mut order: Value) -> ChangeItem {
    order["seq"] = json!(seq);
    let item = json!({
        "seq": seq, "topic": "orders", "id": order["id"], "op": "upsert",
        "version": order["version"], "occurred_at": "2026-10-01T00:00:00Z", "data": order,
    });
    serde_json::from_str(&item.to_string()).unwrap()
}

fn deletion(seq: u64, id: &str, version: u64) -> ChangeItem {
    let item = json!({
        "seq": seq, "topic": "orders", "id": id, "op": "delete", "version": version,
        "occurred_at": "2026-10-01T00:00:00Z",
    });
    serde_json::from_str(&item.to_string()).unwrap()
}

/// A paid and shipped order of one line: 3 of L1 at P1.
fn shipped(id: &str, version: u64) -> Value {
    json!({
        "id": id, "version": version, "updated_at": "2026-10-02T00:00:00Z",
        "status": "shipped", "payment": "paid", "fulfilment": "shipped",
        "placed_at": "2026-10-01T15:00:00Z", "paid_at": "2026-10-01T15:30:00Z",
        "shipped_at": "2026-10-01T16:00:00Z", "business_date": "2026-10-01",
        "lines": [{ "id": "1", "listing_id": "L1", "qty": 3, "warehouse_id": "P1",
                    "paid": { "amount": "30.00", "currency": "CNY" } }],
    })
}

fn row(order: Value) -> OrderRow {
    observe(zone(), None, &change(9, order)).unwrap().unwrap()
}

fn days(levels: &BTreeMap<LevelKey, i64>) -> Vec<(String, i64)> {
    levels.iter().map(|(key, units)| (key.day.to_string(), *units)).collect()
}

#[test]
fn demand_counts_on_the_shops_day_of_payment_and_stock_on_that_of_shipment() {
    let row = row(shipped("A", 1));
    let levels = day_levels([&row]);
    // 15:30 UTC is 23:30 in the shop; 16:00 UTC is midnight, the next day.
    assert_eq!(days(&levels.demand), [("2026-10-01".to_owned(), 3)]);
    assert_eq!(days(&levels.stock), [("2026-10-02".to_owned(), 3)]);
}

#[test]
fn what_is_called_off_counts_only_when_it_has_left() {
    let mut order = shipped("A", 1);
    order["status"] = json!("cancelled");
    order["cancelled_at"] = json!("2026-10-03T00:00:00Z");
    let left = day_levels([&row(order.clone())]);
    assert_eq!((left.stock.len(), left.demand.len()), (1, 1));
    order["shipped_at"] = Value::Null;
    order["fulfilment"] = json!("unfulfilled");
    assert_eq!(day_levels([&row(order)]), marketplace::Levels::default());
}

#[test]
fn lines_that_leave_apart_count_apart() {
    let mut order = shipped("A", 1);
    order["shipped_at"] = Value::Null;
    order["fulfilment"] = json!("partial");
    order["status"] = json!("partially_shipped");
    order["lines"] = json!([
        { "id": "1", "listing_id": "L1", "qty": 1, "warehouse_id": "P1",
          "shipped_at": "2026-10-02T02:00:00Z" },
        { "id": "2", "listing_id": "L2", "qty": 5, "warehouse_id": "P1" },
    ]);
    let levels = day_levels([&row(order)]);
    assert_eq!(days(&levels.stock), [("2026-10-02".to_owned(), 1)]);
    assert_eq!(levels.demand.values().sum::<i64>(), 6);
    assert_eq!(levels.gaps, []);
}

#[test]
fn what_cannot_be_counted_is_named_and_not_guessed() {
    let mut order = shipped("A", 1);
    order["shipped_at"] = Value::Null;
    order["paid_at"] = Value::Null;
    let levels = day_levels([&row(order)]);
    let reasons: Vec<_> = levels.gaps.iter().map(|gap| (gap.reason, gap.qty)).collect();
    assert_eq!(reasons, [(GapReason::ShipDay, 3), (GapReason::PayDay, 3)]);
    assert_eq!((levels.stock.len(), levels.demand.len()), (0, 0));

    let mut order = shipped("A", 1);
    order["lines"][0]["warehouse_id"] = Value::Null;
    let levels = day_levels([&row(order)]);
    assert_eq!(
        levels.gaps.iter().map(|gap| gap.reason).collect::<Vec<_>>(),
        [GapReason::Warehouse]
    );
    assert!(levels.stock.is_empty());
}

#[test]
fn a_change_that_is_not_newer_is_skipped_and_a_broken_one_is_named() {
    let item = change(5, shipped("A", 3));
    for (known, taken) in [(2, true), (3, false), (4, false)] {
        let stored = StoredOrder { version: known };
        assert_eq!(observe(zone(), Some(&stored), &item).unwrap().is_some(), taken);
    }
    let broken = |edit: &dyn Fn(&mut Value)| {
        let mut order = shipped("A", 3);
        edit(&mut order);
        let problem = observe(zone(), None, &change(5, order)).unwrap_err();
        assert!(matches!(problem, Problem::Protocol { .. }), "{problem}");
    };
    broken(&|order| order["lines"][0]["qty"] = json!(-1));
    broken(&|order| order["lines"][0]["qty"] = json!(1.0));
    broken(&|order| order["lines"][0]["qty"] = json!(9_000_000_000_001_i64));
    broken(&|order| order["lines"][0]["paid"]["amount"] = json!(30.0));
    broken(&|order| order["lines"] = Value::Null);
    broken(&|order| order["placed_at"] = json!("2026-10-01 15:00:00"));
    let mut other = item.clone();
    other.id = contract::ObjectId::new("B");
    assert!(observe(zone(), None, &other).is_err(), "the object of another order");
    let mut empty = item;
    empty.data = None;
    assert!(observe(zone(), None, &empty).is_err(), "an upsert of nothing");
}

#[test]
fn a_deleted_order_has_no_units_and_an_older_change_does_not_bring_it_back() {
    let page = page(vec![change(1, shipped("A", 1)), deletion(2, "A", 2)]);
    let changes = Changes::of_page(zone(), &page, |_| None).unwrap();
    assert_eq!(changes.rows.len(), 1);
    assert!(changes.rows[0].is_deleted());
    assert_eq!(day_levels(&changes.rows), marketplace::Levels::default());
    let known = |_: &OrderId| Some(StoredOrder { version: 2 });
    assert_eq!(Changes::of_page(zone(), &page, known).unwrap().rows, []);
}

#[test]
fn totals_differ_when_a_single_version_differs() {
    let rows = [row(shipped("A", 2)), row(shipped("B", 1))];
    let date: NaiveDate = "2026-10-01".parse().unwrap();
    let ours = day_totals(&rows);
    let totals = ours[&date].clone();
    assert_eq!((totals.count, totals.qty), (2, 6));
    assert_eq!(totals.paid[0].amount.as_str(), "60.00");
    let theirs = |days: Vec<DayTotals>| Reconciliation {
        topic: Topic::Orders,
        epoch: Epoch::new("e"),
        as_of_seq: 9,
        days,
    };
    assert_eq!(drift(&rows, &theirs(vec![totals.clone()]), date, date), []);
    let later = [row(shipped("A", 3)), row(shipped("B", 1))];
    assert_eq!(drift(&later, &theirs(vec![totals.clone()]), date, date).len(), 1);
    assert_eq!(drift(&rows, &theirs(vec![]), date, date).len(), 1, "they have nothing");
    assert_eq!(drift(&[], &theirs(vec![totals]), date, date).len(), 1, "we have nothing");
}

fn page(items: Vec<ChangeItem>) -> Page {
    let head_seq = items.last().map_or(0, |item| item.seq);
    let next = Position { seq: head_seq, ..Position::start() };
    Page { items, next, has_more: false, head_seq, lag_ms: None }
}

/// What an order looks like in one version: quantity, and how far it has come.
type Look = (i64, u8, u8);

fn look(id: usize, version: usize, (qty, stage, day): Look) -> Value {
    let at = |hour: u8| json!(format!("2026-10-{:02}T{hour:02}:00:00Z", day + 1));
    let mut order = shipped(&format!("O{id}"), version as u64 + 1);
    order["lines"][0]["qty"] = json!(qty);
    order["lines"][0]["listing_id"] = json!(format!("L{}", id % 3));
    order["paid_at"] = if stage >= 1 { at(1) } else { Value::Null };
    order["shipped_at"] = if stage >= 2 { at(2) } else { Value::Null };
    order["fulfilment"] = json!(if stage >= 2 { "shipped" } else { "unfulfilled" });
    order["payment"] = json!(if stage >= 1 { "paid" } else { "unpaid" });
    if stage == 3 {
        order["cancelled_at"] = at(3);
    }
    order
}

/// The feed of some orders: versions of one order in their order, orders mixed.
fn feed() -> impl Strategy<Value = Vec<ChangeItem>> {
    let looks = prop::collection::vec((0_i64..9, 0_u8..4, 0_u8..5), 1..5);
    prop::collection::vec(looks, 1..6)
        .prop_flat_map(|orders| {
            let places = orders
                .iter()
                .enumerate()
                .flat_map(|(id, looks)| std::iter::repeat_n(id, looks.len()))
                .collect::<Vec<_>>();
            (Just(orders), Just(places).prop_shuffle())
        })
        .prop_map(|(orders, places)| {
            let mut next = vec![0; orders.len()];
            (1..)
                .zip(places)
                .map(|(seq, id)| {
                    let version = next[id];
                    next[id] += 1;
                    change(seq, look(id, version, orders[id][version]))
                })
                .collect()
        })
}

/// A store of rows and posted units that only ever changes as the module's contract says.
#[derive(Default)]
struct Book {
    rows: BTreeMap<OrderId, OrderRow>,
    posted: BTreeMap<LevelKey, i64>,
}

impl Book {
    fn write(&mut self, items: &[ChangeItem]) {
        let known =
            |id: &OrderId| self.rows.get(id).map(|row| StoredOrder { version: row.version });
        let changes = Changes::of_page(zone(), &page(items.to_vec()), known).unwrap();
        assert!(changes.rows.len() + changes.skipped <= items.len());
        self.rows.extend(changes.rows.into_iter().map(|row| (row.id.clone(), row)));
        for (key, units) in next_moves(&day_levels(self.rows.values()).stock, &self.posted) {
            *self.posted.entry(key).or_default() += units;
        }
        self.posted.retain(|_, units| *units != 0);
    }
}

proptest! {
    #[test]
    fn any_pages_in_any_order_any_number_of_times_give_the_same_book(
        feed in feed(),
        pages in prop::collection::vec((any::<prop::sample::Index>(), 1_usize..6), 0..12),
    ) {
        let mut straight = Book::default();
        straight.write(&feed);

        let mut messy = Book::default();
        for (from, length) in pages {
            let from = from.index(feed.len());
            messy.write(&feed[from..feed.len().min(from + length)]);
            let levels = day_levels(messy.rows.values());
            prop_assert_eq!(&messy.posted, &levels.stock, "posted is the level after every page");
        }
        for item in &feed {
            messy.write(std::slice::from_ref(item));
        }
        prop_assert_eq!(&messy.rows, &straight.rows);
        prop_assert_eq!(&messy.posted, &straight.posted);

        // Told plainly: the newest version of each order, where it has left the warehouse.
        let mut newest: BTreeMap<&str, &ChangeItem> = BTreeMap::new();
        for item in &feed {
            newest.insert(item.id.as_str(), item);
        }
        let sold: i64 = newest
            .values()
            .map(|item| {
                let order: Value = serde_json::from_str(item.data.as_ref().unwrap().get()).unwrap();
                let left = !order["shipped_at"].is_null();
                if left { order["lines"][0]["qty"].as_i64().unwrap() } else { 0 }
            })
            .sum();
        prop_assert_eq!(straight.posted.values().sum::<i64>(), sold);
    }
}
