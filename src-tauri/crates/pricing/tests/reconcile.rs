//! Reconciliation as a library: whatever the statement, its buckets partition it.

#[path = "reconcile/cases.rs"]
mod cases;

use std::collections::BTreeSet;

use pricing::Money;
use pricing::reconcile::{Bucket, Expected, Parts, Reconciliation, StatementRow, reconcile};
use pricing::time::Moment;
use proptest::prelude::*;

fn fen(amount: i64) -> Money {
    Money::from_minor(amount)
}

/// Seconds after 10 March 2026 08:00:00.
fn at(seconds: u8) -> Moment {
    Moment::parse(&format!("2026-03-10T08:00:{:02}+08:00", seconds % 60)).expect("RFC 3339")
}

fn as_of() -> Moment {
    at(30)
}

fn parts() -> impl Strategy<Value = Parts> {
    let names = prop::sample::select(vec![
        "paid",
        "platform_subsidy",
        "commission",
        "service_fee",
        "refund",
        "freight",
        "other",
    ]);
    let amount = prop_oneof![Just(100), Just(-5), Just(-6), -1_000..1_000i64];
    prop::collection::btree_map(names.prop_map(str::to_owned), amount.prop_map(fen), 0..4)
}

fn id(from: &'static [&'static str]) -> impl Strategy<Value = Option<String>> {
    prop::option::weighted(0.8, prop::sample::select(from).prop_map(str::to_owned))
}

const ORDERS: &[&str] = &["o1", "'o1", "o2", "`o2", "o3", "", "-"];
const SUB_ORDERS: &[&str] = &["s1", "s2", "'s1", "o1"];

fn expected() -> impl Strategy<Value = Vec<Expected>> {
    let one = (id(ORDERS), id(SUB_ORDERS), id(&["w1", "w2"]), 0..60u8, parts()).prop_map(
        |(order, sub_order, shipment, due, parts)| Expected {
            order: order.unwrap_or_else(|| "o4".to_owned()),
            sub_order: sub_order.filter(|_| due % 2 == 0),
            shipment: shipment.filter(|_| due % 3 == 0),
            due: at(due),
            parts,
        },
    );
    prop::collection::vec(one, 0..8)
}

fn rows() -> impl Strategy<Value = Vec<StatementRow>> {
    let scene = prop::sample::select(vec!["货款结算入账", "退款-结算后退款-退用户", "保费", ""]);
    let flow =
        prop_oneof![6 => "[A-Z][0-9]{2}", 1 => Just("F1".to_owned()), 1 => Just(String::new())];
    let ids = (flow, id(ORDERS), id(SUB_ORDERS), prop::option::of(Just("wallet".to_owned())));
    let money = (prop::option::weighted(0.9, parts()), -1_000..1_000i64, 0..20u8);
    let one = (ids, scene, 0..60u8, money, prop::option::of(-9_999..9_999i64)).prop_map(
        |((flow, order, sub_order, account), scene, second, (parts, wrong, off), balance)| {
            let sum = parts.as_ref().map(|parts| parts.values().map(|part| part.minor()).sum());
            StatementRow {
                flow,
                order,
                sub_order: sub_order.filter(|_| second % 2 == 0),
                at: at(second),
                scene: scene.to_owned(),
                amount: fen(sum.filter(|_| off > 0).unwrap_or(wrong)),
                parts,
                account,
                balance: balance.map(fen),
            }
        },
    );
    prop::collection::vec(one, 0..24)
}

/// A movement of no order, with the balance after it.
fn moved(flow: &str, day: u8, amount: i64, balance: i64) -> StatementRow {
    StatementRow {
        flow: flow.to_owned(),
        order: None,
        sub_order: None,
        at: Moment::parse("2026-03-10T08:00:00+08:00").expect("RFC 3339").plus_days(day.into()),
        scene: String::new(),
        parts: None,
        amount: fen(amount),
        account: None,
        balance: Some(fen(balance)),
    }
}

fn assert_partition(rows: &[StatementRow], found: &Reconciliation) {
    let mut seen = BTreeSet::new();
    for item in &found.items {
        assert!(item.rows.iter().all(|row| seen.insert(*row)), "a row in two items");
        let sum: i64 = item.rows.iter().map(|row| rows[*row].amount.minor()).sum();
        assert_eq!(item.amount.minor(), sum);
        let without = matches!(item.bucket, Bucket::InTransit | Bucket::Overdue);
        assert!(!without || item.rows.is_empty());
        assert_eq!(item.expected.is_some(), without);
    }
    assert_eq!(seen.len(), rows.len(), "a row in no item");
    let total: i64 = rows.iter().map(|row| row.amount.minor()).sum();
    assert_eq!(found.statement_total.minor(), total);
    assert_eq!(found.buckets.values().map(|tally| tally.amount.minor()).sum::<i64>(), total);
    assert_eq!(found.buckets.values().map(|tally| tally.count).sum::<usize>(), found.items.len());
    for (bucket, tally) in &found.buckets {
        let of = || found.items.iter().filter(|item| item.bucket == *bucket);
        assert_eq!(of().count(), tally.count);
        assert_eq!(of().map(|item| item.amount.minor()).sum::<i64>(), tally.amount.minor());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(5_000))]

    /// Every row in exactly one item, every item in one bucket, and the sum of the buckets is the
    /// total of the statement. Every expectation is in exactly one item.
    #[test]
    fn buckets_partition_the_statement(expected in expected(), rows in rows()) {
        let found = reconcile(&expected, &rows, as_of()).expect("it fits");
        assert_partition(&rows, &found);
        let single = [
            Bucket::DuplicateRow, Bucket::RowDoesNotAddUp, Bucket::NonOrderItem,
            Bucket::UnknownOrder,
        ];
        let receivables = found.items.iter().filter(|item| !single.contains(&item.bucket)).count();
        prop_assert!(receivables <= expected.len());
        prop_assert_eq!(receivables == 0, expected.is_empty());
    }

    /// A statement that is just what was expected, in whatever order and however split, is ok.
    #[test]
    fn what_was_expected_is_ok(
        amounts in prop::collection::vec((1..10_000i64, -500..0i64, any::<bool>()), 1..20),
        seed: u64,
    ) {
        let mut expected = Vec::new();
        let mut rows = Vec::new();
        for (index, (paid, fee, split)) in amounts.iter().enumerate() {
            let order = format!("o{index}");
            let part = |name: &str, amount| Parts::from([(name.to_owned(), fen(amount))]);
            let both: Parts = part("paid", *paid).into_iter().chain(part("fee", *fee)).collect();
            let parts =
                if *split { vec![part("paid", *paid), part("fee", *fee)] } else { vec![both.clone()] };
            for parts in parts {
                rows.push(StatementRow {
                    flow: format!("S{}", rows.len()),
                    order: Some(format!("'{order}")),
                    sub_order: None,
                    at: at(0),
                    scene: String::new(),
                    amount: Money::sum(parts.values().copied()).expect("it fits"),
                    parts: Some(parts),
                    account: None,
                    balance: None,
                });
            }
            expected.push(Expected {
                order, sub_order: None, shipment: None, due: at(0), parts: both,
            });
        }
        let length = rows.len();
        let turn = usize::try_from(seed % 64).expect("small") % length;
        rows.rotate_left(turn);
        let found = reconcile(&expected, &rows, as_of()).expect("it fits");
        assert_partition(&rows, &found);
        for (item, (_, _, split)) in found.items.iter().zip(&amounts) {
            let bucket = if *split { Bucket::OkSeveralRows } else { Bucket::Ok };
            prop_assert_eq!(item.bucket, bucket);
            prop_assert!(item.diff.is_empty());
        }
    }

    /// A ledger without a gap has none, in whatever order its seconds are exported. With one row
    /// less, somewhere between the first and the last second, its gaps are what that row moved.
    #[test]
    fn gaps_are_what_is_missing(
        moves in prop::collection::vec((-3..=3i64, 0..3u8), 1..24),
        order in prop::collection::vec(any::<u16>(), 26),
        missing: prop::sample::Index,
    ) {
        let moves = [vec![(1, 0), (1, 1)], moves, vec![(1, 1)]].concat();
        let (mut balance, mut second) = (100, 0);
        let mut rows = Vec::new();
        for (index, (amount, pause)) in moves.iter().enumerate() {
            balance += amount;
            second += pause;
            rows.push(moved(&format!("T{index}"), second, *amount, balance));
        }
        let shuffled = |rows: &[StatementRow]| {
            let mut keyed: Vec<_> = rows.iter().zip(&order).collect();
            keyed.sort_by_key(|(_, key)| **key);
            keyed.into_iter().map(|(row, _)| row.clone()).collect::<Vec<_>>()
        };
        let gaps = |rows: &[StatementRow]| reconcile(&[], rows, as_of()).expect("it fits").gaps;
        prop_assert_eq!(gaps(&shuffled(&rows)), []);

        let inner = 1..rows.len() - 1;
        let lost = rows.remove(inner.start + missing.index(inner.len()));
        let found = gaps(&shuffled(&rows));
        prop_assert_eq!(found.iter().map(|gap| gap.amount.minor()).sum::<i64>(), lost.amount.minor());
        prop_assert_eq!(found.is_empty(), lost.amount == Money::ZERO, "{:?}", found);
    }

    /// Whatever the numbers, an explanation or a refusal.
    #[test]
    fn no_number_panics(paid: i64, fee: i64, amount: i64, balances: [i64; 3]) {
        let parts: Parts =
            [("paid".to_owned(), fen(paid)), ("fee".to_owned(), fen(fee))].into_iter().collect();
        let expected = Expected {
            order: "o".to_owned(), sub_order: None, shipment: None, due: at(0), parts: parts.clone(),
        };
        let rows = balances.map(|balance| StatementRow {
            flow: balance.to_string(), order: Some("o".to_owned()), sub_order: None, at: at(0),
            scene: String::new(), parts: Some(parts.clone()), amount: fen(amount), account: None,
            balance: Some(fen(balance)),
        });
        let _ = reconcile(std::slice::from_ref(&expected), &rows, as_of());
        let _ = reconcile(&[expected.clone(), expected], &[], as_of());
    }
}

#[test]
fn a_gap_in_plain_sight_is_found() {
    let rows = [moved("a", 0, 10, 10), moved("c", 2, 30, 60)];
    let found = reconcile(&[], &rows, as_of()).expect("it fits");
    let [gap] = found.gaps.as_slice() else { panic!("{:?}", found.gaps) };
    assert_eq!((gap.after.as_str(), gap.flow.as_str(), gap.amount), ("a", "c", fen(20)));
}

#[test]
fn every_bucket_has_a_name_of_its_own() {
    let names: BTreeSet<&str> = Bucket::ALL.iter().map(|bucket| bucket.name()).collect();
    assert_eq!(names.len(), 14);
}

/// A hundred thousand rows of one second are put in order without taking an hour.
#[test]
fn a_long_second_is_followed_in_one_go() {
    let rows: Vec<StatementRow> = (0..100_000i64)
        .rev()
        .map(|index| StatementRow {
            flow: format!("T{index}"),
            order: Some(format!("o{}", index % 1_000)),
            sub_order: None,
            at: at(0),
            scene: String::new(),
            parts: None,
            amount: fen(if index % 2 == 0 { 7 } else { -7 }),
            account: None,
            balance: Some(fen(if index % 2 == 0 { 7 } else { 0 })),
        })
        .collect();
    let found = reconcile(&[], &rows, as_of()).expect("it fits");
    assert_eq!(found.gaps, []);
    assert_partition(&rows, &found);
}
