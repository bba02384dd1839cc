//! Quality decisions (质检结论): what becomes of received units.
//!
//! Knows which decision moves goods where, and how a partner settles what goes back. A decision may
//! split a lot over several lines. Refuses to know samples and acceptance numbers.

use serde::{Deserialize, Serialize};

use crate::{
    Body, Entry, Fact, LotId, Move, MoveKind, PlaceId, Refusal, Status,
    order::Step,
    place::Builtin,
    stock::positive,
    valuation::{Passing, PassingKind},
};

/// What is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// 合格: into good stock.
    Accept,
    /// 让步接收: into good stock with a flaw that is known.
    Concession,
    /// 不合格: set aside, what becomes of it is decided later.
    Reject,
    /// 退厂: back to the partner.
    Return,
    /// 报废: destroyed at our cost.
    Scrap,
}

/// How the partner settles what goes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SettleBy {
    /// 换货: it sends new units, which take over the value of the old ones.
    Replace,
    /// 扣款: the units are not paid for.
    Credit,
    /// 返工: it mends them, and they come back as the same lot.
    Rework,
}

/// A decision on some units of one lot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// The order's line, counted from 0.
    pub line: u32,
    /// Which lot.
    pub lot: LotId,
    /// How many units.
    pub qty: i64,
    /// In which status they lie.
    pub from: Status,
    /// What is decided.
    pub decision: Decision,
    /// How the partner settles it, when they go back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settle_by: Option<SettleBy>,
}

impl Decided {
    /// Units that fail with this decision: what is defective already failed before.
    pub fn fails(&self) -> i64 {
        if self.from == Status::Quarantine { self.qty } else { 0 }
    }
}

/// Decides about units that lie at `place`. Goods that go back for rework go to `factory`, all
/// others that go back leave our books and wait on the partner.
pub fn decide(
    mut step: Step,
    place: PlaceId,
    factory: Option<PlaceId>,
    lines: Vec<Decided>,
    reason: String,
) -> Result<Entry, Refusal> {
    if lines.is_empty() {
        return Err(Refusal::DocumentEmpty { what: "quality".into() });
    }
    let needs_reason = lines.iter().any(|one| one.decision != Decision::Accept);
    if needs_reason && reason.trim().is_empty() {
        return Err(Refusal::ReasonMissing { what: "quality.decide".into() });
    }
    let mut moves = Vec::new();
    let mut passings = Vec::new();
    for (one, line) in lines.iter().zip(0..) {
        let qty = positive(one.qty)?;
        if !matches!(one.from, Status::Quarantine | Status::Defective) {
            return Err(Refusal::QualityStatus { status: one.from });
        }
        let (kind, to) = destination(one, place, factory)?;
        if to == (place, one.from) {
            return Err(Refusal::SameStatus { status: one.from });
        }
        moves.push(Move { kind, lot: one.lot, qty, from: (place, one.from), to, line });
        if kind == MoveKind::ReturnToFactory {
            let kind = match one.settle_by {
                Some(SettleBy::Credit) => PassingKind::Credited,
                _ => PassingKind::Returned,
            };
            passings.push(Passing { kind, from: one.lot, to: None, qty });
        }
    }
    let fact = Fact::QualityDecided { id: step.id, place, lines, reason };
    let body = Body { moves, passings, ..Body::of(fact) };
    Ok(step.entry(body, None))
}

fn destination(
    one: &Decided,
    place: PlaceId,
    factory: Option<PlaceId>,
) -> Result<(MoveKind, (PlaceId, Status)), Refusal> {
    let virtual_place = |builtin: Builtin| (builtin.id(), Status::Good);
    Ok(match (one.decision, one.settle_by) {
        (Decision::Accept, _) => (MoveKind::QcPass, (place, Status::Good)),
        (Decision::Concession, _) => (MoveKind::Concession, (place, Status::Good)),
        (Decision::Reject, _) => (MoveKind::QcFail, (place, Status::Defective)),
        (Decision::Scrap, _) => (MoveKind::Scrap, virtual_place(Builtin::Scrap)),
        (Decision::Return, Some(SettleBy::Rework)) => {
            let factory = factory.ok_or(Refusal::FactoryPlaceMissing {})?;
            (MoveKind::Rework, (factory, Status::Quarantine))
        }
        (Decision::Return, Some(SettleBy::Replace | SettleBy::Credit)) => {
            (MoveKind::ReturnToFactory, virtual_place(Builtin::Supplier))
        }
        (Decision::Return, None) => return Err(Refusal::SettleByMissing {}),
    })
}
