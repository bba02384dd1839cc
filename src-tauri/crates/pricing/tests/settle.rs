//! Settlement as a library: whatever happens over the periods, no fen is made or lost.

#[path = "settle/cases.rs"]
mod cases;

use pricing::settle::{Carry, Event, EventKind, Period, Reserve, Status, Terms, settle};
use pricing::time::{Day, Moment};
use pricing::{Error, Money, Rate};
use proptest::prelude::*;

fn fen(amount: i64) -> Money {
    Money::from_minor(amount)
}

fn moment(text: &str) -> Moment {
    Moment::parse(text).expect("RFC 3339")
}

/// Midnight in China, `days` after 1 March 2026.
fn midnight(days: i64) -> Moment {
    moment("2026-03-01T00:00:00+08:00").plus_days(days)
}

fn total(reserves: &[Reserve]) -> i64 {
    reserves.iter().map(|reserve| reserve.amount.minor()).sum()
}

fn any_terms() -> impl Strategy<Value = Terms> {
    (0..20u32, 0..=1_000_000u32, 0..60u32, prop_oneof![Just(0), 0..50_000i64]).prop_map(
        |(days_after_receipt, ppm, reserve_days, min_payout)| Terms {
            days_after_receipt,
            reserve_rate: Rate::from_ppm(ppm).expect("at most one"),
            reserve_days,
            min_payout: fen(min_payout),
        },
    )
}

fn any_kind() -> impl Strategy<Value = EventKind> {
    prop_oneof![
        4 => Just(EventKind::Order),
        2 => Just(EventKind::Refund),
        1 => Just(EventKind::Penalty),
        1 => Just(EventKind::Adjustment),
    ]
}

/// Events of the hundred days after 1 March, at any hour and written at any offset.
fn any_events() -> impl Strategy<Value = Vec<Event>> {
    let one = (any_kind(), 0..100i64, 0..24u32, 0..60u32, 0..3usize, -20_000..30_000i64);
    prop::collection::vec(one, 0..40).prop_map(|all| {
        let event = |(index, (kind, day, hour, minute, offset, net))| {
            let offset = ["+08:00", "Z", "-05:00"][offset];
            let at = moment(&format!("2026-03-02T{hour:02}:{minute:02}:00{offset}"));
            Event { id: format!("e{index}"), kind, at: Some(at.plus_days(day)), net: fen(net) }
        };
        all.into_iter().enumerate().map(event).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Over any sequence of periods: what the events brought is what was paid out, what is carried
    /// and what is held. Each event counts exactly once, and after all has fallen due nothing is
    /// held.
    #[test]
    fn no_fen_is_made_or_lost(
        terms in any_terms(),
        events in any_events(),
        lengths in prop::collection::vec(0..15i64, 1..12),
    ) {
        let mut carry = Carry::default();
        let mut first_day = 0;
        let (mut brought, mut paid) = (0i64, 0i64);
        let mut times_settled = vec![0; events.len()];
        for length in lengths.into_iter().chain([300, 1]) {
            let period = Period { from: midnight(first_day), to: midnight(first_day + length) };
            first_day += length;
            let opening = carry.balance;
            let statement = settle(&terms, period, &events, carry).expect("it fits");
            prop_assert_eq!(statement.opening, opening);
            for (count, line) in times_settled.iter_mut().zip(&statement.lines) {
                *count += i32::from(line.status == Status::Settled);
            }
            brought += statement.settled.minor();
            paid += statement.payable.minor();
            carry = statement.carry;
            prop_assert_eq!(statement.reserve_left.minor(), total(&carry.reserves));
            prop_assert_eq!(brought, paid + carry.balance.minor() + total(&carry.reserves));
            prop_assert!(statement.payable >= Money::ZERO);
            prop_assert!(statement.payable == Money::ZERO || statement.payable >= terms.min_payout);
            prop_assert!(carry.balance < terms.min_payout.max(fen(1)));
            prop_assert!(carry.reserves.iter().all(|reserve| reserve.amount > Money::ZERO));
        }
        prop_assert!(times_settled.iter().all(|count| *count == 1));
        prop_assert!(carry.reserves.is_empty());
        prop_assert_eq!(brought, events.iter().map(|event| event.net.minor()).sum::<i64>());
    }

    /// How the days are cut into periods changes when money moves, never how much in all.
    #[test]
    fn cutting_the_days_otherwise_brings_the_same(
        terms in any_terms(),
        events in any_events(),
        cut in 1..200i64,
    ) {
        let run = |ends: &[i64]| {
            let (mut carry, mut first_day, mut paid) = (Carry::default(), 0, 0);
            for end in ends {
                let period = Period { from: midnight(first_day), to: midnight(*end) };
                let statement = settle(&terms, period, &events, carry).expect("it fits");
                (carry, first_day) = (statement.carry, *end);
                paid += statement.payable.minor();
            }
            paid + carry.balance.minor()
        };
        prop_assert_eq!(run(&[400, 401]), run(&[cut, 400, 401]));
    }

    /// A fen more on an order never pays out less over time, and an order can only wait longer
    /// under longer terms.
    #[test]
    fn longer_terms_settle_later(net in 0..100_000i64, days in 0..30u32, day in 0..40i64) {
        let order = Event {
            id: "o".to_owned(), kind: EventKind::Order, at: Some(midnight(day)), net: fen(net),
        };
        let due = |days_after_receipt| {
            let terms = Terms { days_after_receipt, ..Terms::default() };
            let period = Period { from: midnight(0), to: midnight(1) };
            let one = std::slice::from_ref(&order);
            settle(&terms, period, one, Carry::default()).expect("it fits").lines[0].due
        };
        prop_assert_eq!(due(days).map(|due| due.plus_days(1)), due(days + 1));
    }

    /// Whatever the numbers, a statement that adds up or a refusal.
    #[test]
    fn no_number_panics(
        days_after_receipt: u32, reserve_days: u32, min_payout: i64, ppm in 0..=1_000_000u32,
        balance: i64, net: i64, refund: i64, held: i64, release in 0..10_000i64,
    ) {
        let terms = Terms {
            days_after_receipt,
            reserve_days,
            min_payout: fen(min_payout),
            reserve_rate: Rate::from_ppm(ppm).expect("at most one"),
        };
        let event = |id: &str, kind, net| Event {
            id: id.to_owned(), kind, at: Some(midnight(0)), net: fen(net),
        };
        let events = [event("o", EventKind::Order, net), event("r", EventKind::Refund, refund)];
        let release = Day::parse("2026-03-01").expect("a date").plus_days(release);
        let reserves = vec![Reserve { order: "x".to_owned(), amount: fen(held), release }];
        let period = Period { from: midnight(0), to: midnight(i64::from(u32::MAX)) };
        if let Ok(statement) = settle(&terms, period, &events, Carry { balance: fen(balance), reserves }) {
            let minor = |money: Money| i128::from(money.minor());
            prop_assert_eq!(
                minor(statement.opening) + minor(statement.settled) - minor(statement.reserve_new)
                    + minor(statement.reserve_released),
                minor(statement.payable) + minor(statement.carry.balance)
            );
        }
    }
}

#[test]
fn a_reserve_is_kept_its_days_and_released_by_a_later_statement() {
    let terms = Terms {
        days_after_receipt: 7,
        reserve_rate: Rate::parse("0.05").expect("a rate"),
        reserve_days: 30,
        min_payout: Money::ZERO,
    };
    let order = Event {
        id: "o1".to_owned(),
        kind: EventKind::Order,
        at: Some(moment("2026-03-01T09:00:00+08:00")),
        net: fen(9_999),
    };
    let events = [order];
    let march = Period {
        from: moment("2026-03-01T00:00:00+08:00"),
        to: moment("2026-04-01T00:00:00+08:00"),
    };
    let first = settle(&terms, march, &events, Carry::default()).expect("it fits");
    // Due on 8 March, held until 7 April.
    let release = Day::parse("2026-04-07").expect("a date");
    let held = Reserve { order: "o1".to_owned(), amount: fen(500), release };
    assert_eq!(first.carry.reserves, [held]);
    assert_eq!(first.payable, fen(9_499));
    let april = Period { from: march.to, to: moment("2026-05-01T00:00:00+08:00") };
    let second = settle(&terms, april, &events, first.carry).expect("it fits");
    assert_eq!(second.lines[0].status, Status::Earlier);
    assert_eq!((second.reserve_released, second.payable), (fen(500), fen(500)));
    assert_eq!(second.carry, Carry::default());
}

#[test]
fn a_reserve_of_no_days_still_waits_for_the_next_statement() {
    let terms = Terms { reserve_rate: Rate::ONE, ..Terms::default() };
    let order =
        Event { id: "o1".to_owned(), kind: EventKind::Order, at: Some(midnight(0)), net: fen(100) };
    let events = [order];
    let day = |day| Period { from: midnight(day), to: midnight(day + 1) };
    let first = settle(&terms, day(0), &events, Carry::default()).expect("it fits");
    assert_eq!((first.payable, first.reserve_left), (fen(0), fen(100)));
    let second = settle(&terms, day(1), &events, first.carry).expect("it fits");
    assert_eq!((second.payable, second.reserve_left), (fen(100), fen(0)));
}

#[test]
fn an_empty_period_moves_nothing_but_what_is_carried() {
    let period = Period { from: midnight(3), to: midnight(3) };
    let brought = Carry { balance: fen(-5), reserves: Vec::new() };
    let statement = settle(&Terms::default(), period, &[], brought.clone()).expect("it fits");
    assert_eq!(statement.carry, brought);
}

#[test]
fn the_same_id_is_refused_within_a_kind_only() {
    let event = |kind| Event { id: "1".to_owned(), kind, at: Some(midnight(0)), net: fen(1) };
    let period = Period { from: midnight(0), to: midnight(1) };
    let settle = |events: &[Event]| settle(&Terms::default(), period, events, Carry::default());
    assert!(settle(&[event(EventKind::Order), event(EventKind::Refund)]).is_ok());
    let twice = settle(&[event(EventKind::Order), event(EventKind::Order)]);
    assert!(matches!(twice, Err(Error::Duplicate { .. })));
}

#[test]
fn kinds_and_states_have_the_names_of_the_files() {
    for kind in [EventKind::Order, EventKind::Refund, EventKind::Penalty, EventKind::Adjustment] {
        assert_eq!(EventKind::parse(kind.name()), Some(kind));
    }
    assert_eq!(EventKind::parse("Order"), None);
    assert_eq!(Status::NotDue.name(), "not_due");
}
