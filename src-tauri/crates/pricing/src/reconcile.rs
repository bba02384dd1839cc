//! A channel's statement against what the orders should have brought: every row explained once.
//!
//! Knows: what is expected of each order part by part, the rows of a statement, and fourteen ways
//! in which the two agree or differ. Refuses to know: file formats, and people: rows have no place
//! for a recipient, so a name in an export cannot get further than its reader.
//!
//! The buckets partition the statement: each row is in exactly one item, each item in one bucket,
//! and the amounts of the buckets add up to the total of the rows.

use std::collections::{BTreeMap, BTreeSet};

use crate::time::Moment;
use crate::{Error, Money};

mod classify;
mod input;
mod ledger;
mod receivable;

use classify::{matched, unpaid};
pub(crate) use input::{eval, found};
pub use ledger::Gap;
use receivable::Receivables;

/// Amounts by part, such as `paid`, `platform_subsidy`, `service_fee`, `commission`, `refund`;
/// what is taken is below zero.
pub type Parts = BTreeMap<String, Money>;

/// What one order (or one sub-order) should bring.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected {
    /// The order.
    pub order: String,
    /// The sub-order, where the channel settles each by itself.
    pub sub_order: Option<String>,
    /// The shipment it left in. Orders of one shipment are settled together: one receivable.
    pub shipment: Option<String>,
    /// When the money should be there.
    pub due: Moment,
    /// What it consists of.
    pub parts: Parts,
}

/// A row of a statement. Ids may still carry the `'` or `` ` `` that keeps a spreadsheet from
/// rounding them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementRow {
    /// The id of the movement. One movement of an account may settle several orders, a row each.
    pub flow: String,
    /// The order, if the movement belongs to one.
    pub order: Option<String>,
    /// The sub-order, if the channel names it.
    pub sub_order: Option<String>,
    /// When the account moved.
    pub at: Moment,
    /// What the channel calls the movement.
    pub scene: String,
    /// What the amount consists of; `None` in a ledger that gives totals only.
    pub parts: Option<Parts>,
    /// What moved, below zero for what left.
    pub amount: Money,
    /// The account that moved, where the channel keeps several.
    pub account: Option<String>,
    /// The balance of the account after the movement, where the channel gives it.
    pub balance: Option<Money>,
}

/// How statement and expectation stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bucket {
    /// One row, part for part as expected.
    Ok,
    /// Several rows that together are as expected.
    OkSeveralRows,
    /// No row yet, and none is due.
    InTransit,
    /// No row, though the due time has passed.
    Overdue,
    /// Settled, and taken back by a later row.
    SettledThenRefunded,
    /// The channel kept a refund within the settlement that the orders do not know.
    RefundNotBooked,
    /// Only fees differ.
    FeeRate,
    /// Only subsidies differ.
    Subsidy,
    /// No part differs by more than one minor unit.
    Rounding,
    /// Anything else differs.
    Amount,
    /// Rows of an order that is not expected.
    UnknownOrder,
    /// A row of no order: insurance, deposits, withdrawals.
    NonOrderItem,
    /// A row that an earlier one that can be trusted has already: the same movement of the same
    /// account for the same order and sub-order.
    DuplicateRow,
    /// A row whose parts are not its amount: it cannot be trusted for any order.
    RowDoesNotAddUp,
}

impl Bucket {
    /// All fourteen.
    pub const ALL: [Self; 14] = [
        Self::Ok,
        Self::OkSeveralRows,
        Self::InTransit,
        Self::Overdue,
        Self::SettledThenRefunded,
        Self::RefundNotBooked,
        Self::FeeRate,
        Self::Subsidy,
        Self::Rounding,
        Self::Amount,
        Self::UnknownOrder,
        Self::NonOrderItem,
        Self::DuplicateRow,
        Self::RowDoesNotAddUp,
    ];

    /// The name in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::OkSeveralRows => "ok_several_rows",
            Self::InTransit => "in_transit",
            Self::Overdue => "overdue",
            Self::SettledThenRefunded => "settled_then_refunded",
            Self::RefundNotBooked => "refund_not_booked",
            Self::FeeRate => "fee_rate",
            Self::Subsidy => "subsidy",
            Self::Rounding => "rounding",
            Self::Amount => "amount",
            Self::UnknownOrder => "unknown_order",
            Self::NonOrderItem => "non_order_item",
            Self::DuplicateRow => "duplicate_row",
            Self::RowDoesNotAddUp => "row_does_not_add_up",
        }
    }
}

/// One finding: a receivable with its rows, the rows of an unknown order, or a single row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What it is.
    pub bucket: Bucket,
    /// Sum of its rows.
    pub amount: Money,
    /// Positions of its rows in the statement.
    pub rows: Vec<usize>,
    /// The order, of which a receivable of several names the first; none for non-order items.
    pub order: Option<String>,
    /// All orders of a receivable that joins several.
    pub orders: Vec<String>,
    /// The sub-order, if the receivable is that of one.
    pub sub_order: Option<String>,
    /// The movement of a single row.
    pub flow: Option<String>,
    /// What the channel calls a single row.
    pub scene: Option<String>,
    /// What should have come, of a receivable without rows.
    pub expected: Option<Money>,
    /// Statement less expectation, part by part, where they differ. `amount` stands for the whole
    /// when the rows have no parts.
    pub diff: Parts,
}

/// How many items a bucket has and what their rows add up to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Items.
    pub count: usize,
    /// Sum of their rows.
    pub amount: Money,
}

/// A statement explained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reconciliation {
    /// Single rows in the order of the statement, then receivables in the order they were expected,
    /// then unknown orders in the order of their first row.
    pub items: Vec<Item>,
    /// The buckets that have items.
    pub buckets: BTreeMap<Bucket, Tally>,
    /// Sum of all rows, which is the sum of the buckets.
    pub statement_total: Money,
    /// Places where the running balance shows that rows are missing.
    pub gaps: Vec<Gap>,
}

/// Explains `rows` by `expected` at the instant `as_of`.
///
/// First the rows that say nothing of an order are set apart: a row that is already there, parts
/// that do not add up, no order. The rest is matched on the sub-order, or on the order where
/// either side names no more, summed per receivable and compared part by part. The running balance
/// is checked beside that, over rows put in the order in which the balances follow each other.
///
/// [`Error::Overflow`] when a sum leaves 64 bits.
pub fn reconcile(
    expected: &[Expected],
    rows: &[StatementRow],
    as_of: Moment,
) -> Result<Reconciliation, Error> {
    let rows: Vec<StatementRow> = rows.iter().map(without_guards).collect();
    let receivables = Receivables::of(expected, &rows);
    let mut of_receivable = vec![Vec::new(); receivables.len()];
    let mut of_unknown: Vec<(&str, Vec<usize>)> = Vec::new();
    let mut unknown_at = BTreeMap::new();
    let mut items = Vec::new();
    let mut trusted = BTreeSet::new();
    for (index, row) in rows.iter().enumerate() {
        let movement = movement(row);
        let bucket = if movement.is_some_and(|movement| trusted.contains(&movement)) {
            Bucket::DuplicateRow
        } else if !adds_up(row) {
            Bucket::RowDoesNotAddUp
        } else {
            trusted.extend(movement);
            let Some(id) = row.order.as_deref().or(row.sub_order.as_deref()) else {
                items.push(single(Bucket::NonOrderItem, index, row));
                continue;
            };
            if let Some(at) = receivables.find(row) {
                of_receivable[at].push(index);
            } else {
                let at = *unknown_at.entry(id).or_insert(of_unknown.len());
                if at == of_unknown.len() {
                    of_unknown.push((id, Vec::new()));
                }
                of_unknown[at].1.push(index);
            }
            continue;
        };
        items.push(single(bucket, index, row));
    }
    for (receivable, matches) in receivables.into_iter().zip(of_receivable) {
        items.push(if matches.is_empty() {
            unpaid(&receivable, as_of)?
        } else {
            matched(&receivable, &rows, matches)?
        });
    }
    for (order, matches) in of_unknown {
        items.push(unknown(order, &rows, matches)?);
    }
    let buckets = tallies(&items)?;
    let statement_total = Money::sum(rows.iter().map(|row| row.amount))?;
    Ok(Reconciliation { items, buckets, statement_total, gaps: ledger::gaps(&rows)? })
}

/// What makes a row the same as another: account, movement, order, sub-order. Rows without the id
/// of a movement cannot be told to be the same.
type Movement<'a> = (Option<&'a str>, &'a str, Option<&'a str>, Option<&'a str>);

fn movement(row: &StatementRow) -> Option<Movement<'_>> {
    let (order, sub_order) = (row.order.as_deref(), row.sub_order.as_deref());
    let flow = Some(row.flow.as_str()).filter(|flow| !flow.is_empty())?;
    Some((row.account.as_deref(), flow, order, sub_order))
}

/// The row with its ids as the channel knows them.
fn without_guards(row: &StatementRow) -> StatementRow {
    let id = |id: &Option<String>| id.as_deref().and_then(named).map(str::to_owned);
    StatementRow {
        flow: unguarded(&row.flow).to_owned(),
        order: id(&row.order),
        sub_order: id(&row.sub_order),
        ..row.clone()
    }
}

/// An id without the `'` or `` ` `` before it and the blanks (tabs, mostly) around it, both put
/// there so that a spreadsheet leaves a long number alone.
fn unguarded(id: &str) -> &str {
    id.trim_start_matches(|c: char| matches!(c, '\'' | '`') || c.is_whitespace()).trim_end()
}

/// An id, unless it is one of the marks channels put for "none".
fn named(id: &str) -> Option<&str> {
    Some(unguarded(id)).filter(|id| !matches!(*id, "" | "-" | "--"))
}

/// Whether the parts are the amount. A row without parts has nothing to contradict it.
fn adds_up(row: &StatementRow) -> bool {
    let total = |parts: &Parts| parts.values().map(|part| i128::from(part.minor())).sum::<i128>();
    row.parts.as_ref().is_none_or(|parts| total(parts) == i128::from(row.amount.minor()))
}

fn single(bucket: Bucket, index: usize, row: &StatementRow) -> Item {
    Item {
        order: row.order.clone(),
        sub_order: row.sub_order.clone(),
        flow: Some(row.flow.clone()),
        scene: Some(row.scene.clone()),
        ..Item::of(bucket, row.amount, vec![index])
    }
}

fn unknown(order: &str, rows: &[StatementRow], matches: Vec<usize>) -> Result<Item, Error> {
    let amount = Money::sum(matches.iter().map(|&index| rows[index].amount))?;
    let order = Some(order.to_owned());
    Ok(Item { order, ..Item::of(Bucket::UnknownOrder, amount, matches) })
}

fn tallies(items: &[Item]) -> Result<BTreeMap<Bucket, Tally>, Error> {
    let mut buckets: BTreeMap<Bucket, Tally> = BTreeMap::new();
    for item in items {
        let tally = buckets.entry(item.bucket).or_default();
        tally.count += 1;
        tally.amount = tally.amount.plus(item.amount)?;
    }
    Ok(buckets)
}

impl Item {
    fn of(bucket: Bucket, amount: Money, rows: Vec<usize>) -> Self {
        Self {
            bucket,
            amount,
            rows,
            order: None,
            orders: Vec::new(),
            sub_order: None,
            flow: None,
            scene: None,
            expected: None,
            diff: Parts::new(),
        }
    }
}
