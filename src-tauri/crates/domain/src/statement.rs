//! Monthly statements of our materials at a factory (客供料对账单).
//!
//! Knows that per material opening + in − consumed − returned − loss = closing (D-13), and what a
//! count by the factory says beside it. Refuses to change stock by itself: a difference that is
//! agreed is posted as a count.

use std::collections::BTreeMap;

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::{
    Body, Entry, EntryId, Fact, LotId, Move, MoveKind, NewId, PlaceId, Refusal, SkuId, Status,
    ids::StatementId,
    place::Builtin,
    stock::{Available, take},
};

/// What happened to one material at one factory in one month, in units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementLine {
    /// On the first day.
    pub opening: i64,
    /// Sent by us.
    pub sent: i64,
    /// Delivered straight to the factory by its supplier.
    pub direct_in: i64,
    /// Went into goods.
    pub consumed: i64,
    /// Came back to us.
    pub returned: i64,
    /// Spoilt, allowed and claimed.
    pub loss: i64,
    /// Found by counts less missed by them.
    pub counted_off: i64,
    /// What the factory used beyond the book until the end of the month and still waits for
    /// material; what came first settles what was used first.
    pub suspense: i64,
}

impl StatementLine {
    /// What the book holds at the end of the month.
    pub fn closing(&self) -> i64 {
        self.opening + self.sent + self.direct_in - self.consumed - self.returned - self.loss
            + self.counted_off
    }

    /// Adds a move of the month: units that came (above zero) or left (below).
    pub fn add(&mut self, kind: MoveKind, change: i64) {
        match kind {
            MoveKind::MaterialIssue | MoveKind::Rework => self.sent += change,
            MoveKind::BuyReceipt | MoveKind::Opening | MoveKind::Arrive => self.direct_in += change,
            MoveKind::Consume | MoveKind::Assemble | MoveKind::Disassemble => {
                self.consumed -= change;
            }
            MoveKind::MaterialReturn | MoveKind::Ship | MoveKind::ReturnToFactory => {
                self.returned -= change;
            }
            MoveKind::Spoil | MoveKind::LossAllowed | MoveKind::LossClaimed | MoveKind::Scrap => {
                self.loss -= change;
            }
            _ => self.counted_off += change,
        }
    }
}

/// Where a statement stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StatementState {
    /// 已发出: the factory has it.
    Sent,
    /// 已确认: both agree.
    Agreed,
    /// 有争议: it says otherwise.
    Disputed,
}

/// One material of a statement, with what the factory counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatedLine {
    /// Which material.
    pub material: SkuId,
    /// What the book says.
    #[serde(flatten)]
    pub line: StatementLine,
    /// What the factory counted.
    #[serde(default)]
    pub counted: Option<i64>,
}

/// A statement as it was sent, agreed or disputed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactoryStatement {
    /// The factory's place.
    pub place: PlaceId,
    /// The first day of its month.
    pub month: NaiveDate,
    /// Where it stands.
    pub state: StatementState,
    /// By material.
    pub lines: Vec<StatedLine>,
    /// What the factory says.
    #[serde(default)]
    pub note: String,
}

/// The month of `day`: its first and its last day.
pub fn month_of(day: NaiveDate) -> (NaiveDate, NaiveDate) {
    let first = day.with_day(1).unwrap_or(day);
    let last = first.checked_add_months(Months::new(1)).and_then(|next| next.pred_opt());
    (first, last.unwrap_or(NaiveDate::MAX))
}

/// Refuses a month that has not begun: there is nothing in it to state.
///
/// # Errors
/// [`Refusal::MonthInFuture`].
pub fn begun(month: NaiveDate, today: NaiveDate) -> Result<(), Refusal> {
    if month_of(month).0 <= today {
        return Ok(());
    }
    Err(Refusal::MonthInFuture { month: month.format("%Y-%m").to_string() })
}

/// Whether a book says of a month what was stated, material by material.
pub fn holds(stated: &[StatedLine], book: &[StatedLine]) -> bool {
    let some = |lines: &[StatedLine]| -> BTreeMap<SkuId, StatementLine> {
        let lines = lines.iter().map(|one| (one.material, one.line));
        lines.filter(|(_, line)| *line != StatementLine::default()).collect()
    };
    some(stated) == some(book)
}

/// Records a statement. One is agreed only when nothing of the month waits for material any more
/// and the count, where there is one, is what the book holds: a difference is settled first.
///
/// # Errors
/// [`Refusal::StatementDiffers`] and [`Refusal::StatementSuspense`] with the first material that
/// differs or waits, [`Refusal::MonthInFuture`] for a month that has not begun on `day`.
pub fn state(
    id: StatementId,
    statement: FactoryStatement,
    names: &BTreeMap<SkuId, String>,
    day: NaiveDate,
    new_id: NewId,
) -> Result<Entry, Refusal> {
    begun(statement.month, day)?;
    let waits = |one: &&StatedLine| one.line.suspense > 0;
    if statement.state == StatementState::Agreed
        && let Some(one) = statement.lines.iter().find(waits)
    {
        let material = names.get(&one.material).cloned().unwrap_or_default();
        return Err(Refusal::StatementSuspense { material, units: one.line.suspense });
    }
    let differs = |one: &&StatedLine| one.counted.is_some_and(|n| n != one.line.closing());
    if statement.state == StatementState::Agreed
        && let Some(one) = statement.lines.iter().find(differs)
    {
        let material = names.get(&one.material).cloned().unwrap_or_default();
        let (book, counted) = (one.line.closing(), one.counted.unwrap_or_default());
        return Err(Refusal::StatementDiffers { material, book, counted });
    }
    let body = Body::of(Fact::StatementSet { id, statement: Box::new(statement) });
    let id = EntryId(new_id());
    Ok(Entry { id, effective_on: day, reverses: None, batch: None, body, money: None })
}

/// A material as the factory counted it.
#[derive(Debug, Clone)]
pub struct Counted {
    /// Which material.
    pub material: SkuId,
    /// Units on the shelf.
    pub counted: i64,
    /// Units that were used beyond the book and wait for material: they were there as well.
    pub open: i64,
    /// Good lots in the book at the end of that day, in the order in which they are used.
    pub lots: Vec<Available>,
    /// The lot that takes what is found when the book has none.
    pub last_lot: Option<LotId>,
}

/// Brings the book to what the factory counted, with the reason that both agreed on. `None` when
/// nothing differs.
///
/// # Errors
/// A count below zero, no reason, or more found than any lot can take.
pub fn count(
    place: PlaceId,
    counts: &[Counted],
    reason: String,
    day: NaiveDate,
    new_id: NewId,
) -> Result<Option<Entry>, Refusal> {
    if reason.trim().is_empty() {
        return Err(Refusal::ReasonMissing { what: "factory.count".into() });
    }
    let (shelf, door) = ((place, Status::Good), (Builtin::Adjustment.id(), Status::Good));
    let mut body = Body::of(Fact::FactoryCounted { place, reason });
    for one in counts {
        if one.counted < 0 {
            return Err(Refusal::QuantityInvalid { qty: one.counted });
        }
        let book: i64 = one.lots.iter().map(|lot| lot.qty).sum();
        let more = one.counted + one.open - book;
        if more > 0 {
            let last = one.lots.last().map(|lot| lot.lot).or(one.last_lot);
            let lot = last.ok_or(Refusal::CountWithoutLot { units: more })?;
            let kind = MoveKind::CountGain;
            body.moves.push(Move { kind, lot, qty: more, from: door, to: shelf, line: 0 });
        }
        let mut lots = one.lots.clone();
        for (lot, qty) in take(&mut lots, -more) {
            let kind = MoveKind::CountLoss;
            body.moves.push(Move { kind, lot, qty, from: shelf, to: door, line: 0 });
        }
    }
    if body.moves.is_empty() {
        return Ok(None);
    }
    let id = EntryId(new_id());
    Ok(Some(Entry { id, effective_on: day, reverses: None, batch: None, body, money: None }))
}
