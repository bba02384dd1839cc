//! What a brand is paid for a period: orders fallen due, refunds, penalties, the reserve held back
//! and released, the smallest payout, and debt carried on.
//!
//! Knows: terms, the events of an account with the amount each brings it, and what the last
//! statement left. Refuses to know: how an amount came about (that is the quote's), who is paid
//! where, and what day it is. The day an event counts on is the calendar day at the place of the
//! period's offset.

use std::collections::BTreeSet;

use crate::time::{Day, Moment};
use crate::{Error, Money, Rate, Rounding};

mod input;

pub(crate) use input::{eval, statement};

/// What brand and channel agreed on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// Days from the receipt of the goods until the order falls due (the N of T+N).
    pub days_after_receipt: u32,
    /// Share of an order's net held back when it is settled.
    pub reserve_rate: Rate,
    /// Days from the day an order falls due until its reserve is released.
    pub reserve_days: u32,
    /// The smallest sum that is paid out, itself included. Less is carried on.
    pub min_payout: Money,
}

/// The days of a statement: from the day of `from` to the day before that of `to`, counted at the
/// offset of `from`. Statements follow each other without gap when the `to` of one is the `from` of
/// the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// The first instant.
    pub from: Moment,
    /// The first instant after it.
    pub to: Moment,
}

impl Period {
    fn first(&self) -> Day {
        self.from.day()
    }

    fn end(&self) -> Day {
        self.to.day_at(&self.from)
    }
}

/// What an event is. Only an order waits for its due day and leaves a reserve; all others count on
/// the day they happen, each with the sign its amount has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventKind {
    /// An order, with the net it brings: the brand's amount of its quote.
    Order,
    /// A refund, with what it takes back: the brand's amount of the refund.
    Refund,
    /// A penalty of the channel.
    Penalty,
    /// Any other booking, up or down.
    Adjustment,
}

impl EventKind {
    /// The name in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Order => "order",
            Self::Refund => "refund",
            Self::Penalty => "penalty",
            Self::Adjustment => "adjustment",
        }
    }

    /// The kind of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Order, Self::Refund, Self::Penalty, Self::Adjustment]
            .into_iter()
            .find(|kind| kind.name() == name)
    }
}

/// Something that brings money to the account or takes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Its id, unique within its kind.
    pub id: String,
    /// What it is.
    pub kind: EventKind,
    /// When the goods of an order were received, or when anything else happened. An order without
    /// it is on its way and not due; anything else without it is refused.
    pub at: Option<Moment>,
    /// What it brings, below zero for what it takes.
    pub net: Money,
}

/// Money held back from an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reserve {
    /// The order.
    pub order: String,
    /// How much.
    pub amount: Money,
    /// The day it is released.
    pub release: Day,
}

/// What one statement leaves to the next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Carry {
    /// Money not paid out yet; below zero it is debt, and the next credits pay it first.
    pub balance: Money,
    /// Reserves still held.
    pub reserves: Vec<Reserve>,
}

/// Whether an event counts in this statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Its day is inside the period.
    Settled,
    /// Its day comes later, or the goods are still on their way.
    NotDue,
    /// Its day was before the period: an earlier statement has it.
    Earlier,
}

impl Status {
    /// The name in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Settled => "settled",
            Self::NotDue => "not_due",
            Self::Earlier => "earlier",
        }
    }
}

/// What a statement says of one event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementLine {
    /// The event.
    pub id: String,
    /// The day it counts on; none while the goods of an order are on their way.
    pub due: Option<Day>,
    /// Whether it counts here.
    pub status: Status,
    /// What it brings here: its net when settled, else nothing.
    pub amount: Money,
    /// What is held back of it; only settled orders have one.
    pub reserve: Option<Money>,
}

/// The statement of a period.
///
/// `opening + settled - reserve_new + reserve_released = payable + carry.balance`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// A line for each event, in their order.
    pub lines: Vec<StatementLine>,
    /// Brought from the last statement.
    pub opening: Money,
    /// Sum of what the lines bring.
    pub settled: Money,
    /// Held back from the orders of this period.
    pub reserve_new: Money,
    /// Released in this period from what was held before.
    pub reserve_released: Money,
    /// Held after it: the sum of `carry.reserves`.
    pub reserve_left: Money,
    /// Paid out: the whole balance or nothing.
    pub payable: Money,
    /// What the next statement begins with.
    pub carry: Carry,
}

/// The statement of `period` over the events of an account.
///
/// - An order falls due `days_after_receipt` days after the day of receipt; anything else on its
///   own day. Events of other days are listed and bring nothing, so one list of events may be given
///   to every period.
/// - Each settled order above zero leaves `net x reserve_rate` (rounded once, halves away from
///   zero), released `reserve_days` after its due day. A reserve is released by the first later
///   statement that ends after its day, never by the one that took it.
/// - The balance is paid out whole when it reaches `min_payout` and is above zero; else it is
///   carried, debt included.
///
/// Refused: a period that ends before it begins, an event other than an order without a time
/// ([`Error::BadValue`]), the same id twice within a kind ([`Error::Duplicate`]), an amount beyond
/// 64 bits ([`Error::Overflow`]).
pub fn settle(
    terms: &Terms,
    period: Period,
    events: &[Event],
    brought: Carry,
) -> Result<Statement, Error> {
    if period.end() < period.first() {
        return Err(Error::bad("period", period.end()));
    }
    let mut seen = BTreeSet::new();
    if let Some(twice) = events.iter().find(|event| !seen.insert((event.kind, &event.id))) {
        return Err(Error::Duplicate { at: "events".to_owned(), id: twice.id.clone() });
    }
    let lines =
        events.iter().map(|event| line(terms, period, event)).collect::<Result<Vec<_>, _>>()?;
    let settled = Money::sum(lines.iter().map(|line| line.amount))?;
    let reserve_new = Money::sum(lines.iter().filter_map(|line| line.reserve))?;

    let opening = brought.balance;
    let (mut kept, mut released) = (Vec::new(), Vec::new());
    for reserve in brought.reserves {
        if reserve.release < period.end() { &mut released } else { &mut kept }.push(reserve);
    }
    let reserve_released = Money::sum(released.iter().map(|reserve| reserve.amount))?;
    kept.extend(lines.iter().filter_map(|line| held(terms, line)));
    let reserve_left = Money::sum(kept.iter().map(|reserve| reserve.amount))?;

    let balance = Money::sum([opening, settled, reserve_released, reserve_new.negated()?])?;
    let pays = balance >= terms.min_payout && balance > Money::ZERO;
    let (payable, left) = if pays { (balance, Money::ZERO) } else { (Money::ZERO, balance) };
    Ok(Statement {
        lines,
        opening,
        settled,
        reserve_new,
        reserve_released,
        reserve_left,
        payable,
        carry: Carry { balance: left, reserves: kept },
    })
}

fn line(terms: &Terms, period: Period, event: &Event) -> Result<StatementLine, Error> {
    let day = event.at.map(|at| at.day_at(&period.from));
    let due = match event.kind {
        EventKind::Order => day.map(|day| day.plus_days(i64::from(terms.days_after_receipt))),
        _ if day.is_none() => return Err(Error::bad("events.at", &event.id)),
        _ => day,
    };
    let status = match due {
        Some(due) if due < period.first() => Status::Earlier,
        Some(due) if due < period.end() => Status::Settled,
        _ => Status::NotDue,
    };
    let settled = status == Status::Settled;
    let amount = if settled { event.net } else { Money::ZERO };
    let reserve = if settled && event.kind == EventKind::Order {
        Some(terms.reserve_rate.of(amount.max(Money::ZERO), Rounding::HalfUp)?)
    } else {
        None
    };
    Ok(StatementLine { id: event.id.clone(), due, status, amount, reserve })
}

/// The reserve a line leaves, if it is worth keeping.
fn held(terms: &Terms, line: &StatementLine) -> Option<Reserve> {
    let amount = line.reserve.filter(|amount| *amount > Money::ZERO)?;
    let release = line.due?.plus_days(i64::from(terms.reserve_days));
    Some(Reserve { order: line.id.clone(), amount, release })
}
