//! Status changes at one place (状态变更): released from quarantine, held, found defective.

use chrono::NaiveDate;

use crate::{
    Body, Entry, EntryId, Fact, LotId, Move, MoveKind, NewId, PlaceId, Refusal, Status,
    stock::positive,
};

/// Which goods change how.
#[derive(Debug, Clone)]
pub struct Regrade {
    /// Where.
    pub place: PlaceId,
    /// Which lot.
    pub lot: LotId,
    /// How many units.
    pub qty: i64,
    /// Out of which status.
    pub from: Status,
    /// Into which.
    pub to: Status,
    /// Why.
    pub reason: String,
}

/// Changes the status of goods where they lie.
pub fn regrade(wanted: &Regrade, day: NaiveDate, new_id: NewId) -> Result<Entry, Refusal> {
    let Regrade { place, lot, from, to, .. } = *wanted;
    let qty = positive(wanted.qty)?;
    if from == to {
        return Err(Refusal::SameStatus { status: to });
    }
    if wanted.reason.trim().is_empty() {
        return Err(Refusal::ReasonMissing { what: "stock.regrade".into() });
    }
    let (from, to) = ((place, from), (place, to));
    let moves = vec![Move { kind: MoveKind::Regrade, lot, qty, from, to, line: 0 }];
    let fact = Fact::StockRegraded { place, reason: wanted.reason.clone() };
    let body = Body { moves, ..Body::of(fact) };
    let id = EntryId(new_id());
    Ok(Entry { id, effective_on: day, reverses: None, batch: None, body, money: None })
}
