//! Quality decisions (质检结论): what becomes of received units.
//!
//! Knows which decision moves goods where, and how a partner settles what goes back. A decision may
//! split a lot over several lines. Refuses to know samples and acceptance numbers.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    Body, Entry, Fact, LotId, Move, MoveKind, PlaceId, Refusal, Status,
    order::{OrderState, ProductionOrder, Step},
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

    /// Whether the units leave our books for the partner.
    pub fn leaves(&self) -> bool {
        self.decision == Decision::Return
            && matches!(self.settle_by, Some(SettleBy::Replace | SettleBy::Credit))
    }

    /// Whether the partner sends new units for them.
    pub fn is_replaced(&self) -> bool {
        (self.decision, self.settle_by) == (Decision::Return, Some(SettleBy::Replace))
    }
}

/// Units of an order that went back to be replaced and are credited instead, once no replacement
/// is expected any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credited {
    /// The order's line, counted from 0.
    pub line: u32,
    /// The lot that they were of.
    pub lot: LotId,
    /// How many units.
    pub qty: i64,
}

/// Where the units of a decision lie, and what is known of their order.
#[derive(Debug, Clone, Copy)]
pub struct DecidedAt<'a> {
    /// The order.
    pub order: &'a ProductionOrder,
    /// Units that came on it and did not go back, by lot: see [`kept`].
    pub kept: &'a BTreeMap<LotId, i64>,
    /// Where the units lie.
    pub place: PlaceId,
    /// The factory's place, for rework.
    pub factory: Option<PlaceId>,
}

/// Units that came on an order and did not go back for a replacement or a credit, by lot, from the
/// order's live entries.
pub fn kept<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> BTreeMap<LotId, i64> {
    let mut kept = BTreeMap::new();
    for entry in entries {
        match &entry.body.fact {
            Fact::OrderReceived { lines, .. } => {
                for line in lines {
                    *kept.entry(line.lot).or_insert(0) += line.qty;
                }
            }
            Fact::QualityDecided { lines, .. } => {
                for one in lines.iter().filter(|one| one.leaves()) {
                    *kept.entry(one.lot).or_insert(0) -= one.qty;
                }
            }
            _ => {}
        }
    }
    kept
}

/// Units of an order that went back to be replaced and were not, from its live entries.
pub fn waiting<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Vec<Credited> {
    let mut waiting: BTreeMap<(u32, LotId), i64> = BTreeMap::new();
    for entry in entries {
        match &entry.body.fact {
            Fact::OrderReceived { lines, .. } => {
                for line in lines {
                    if let Some(lot) = line.replaces {
                        *waiting.entry((line.line, lot)).or_insert(0) -= line.qty;
                    }
                }
            }
            Fact::QualityDecided { lines, .. } => {
                for one in lines.iter().filter(|one| one.is_replaced()) {
                    *waiting.entry((one.line, one.lot)).or_insert(0) += one.qty;
                }
            }
            _ => {}
        }
    }
    let open = waiting.into_iter().filter(|(_, qty)| *qty > 0);
    open.map(|((line, lot), qty)| Credited { line, lot, qty }).collect()
}

/// Decides about units that lie somewhere. Goods that go back for rework go to the factory's place,
/// all others that go back leave our books and wait on the partner.
///
/// # Errors
/// [`Refusal::ReturnsTooMuch`] for more than came on the order of the lot, and a replacement that
/// nobody waits for any more because the order is closed.
pub fn decide(
    mut step: Step,
    at: DecidedAt,
    lines: Vec<Decided>,
    reason: String,
) -> Result<Entry, Refusal> {
    let DecidedAt { order, kept, place, factory } = at;
    if lines.is_empty() {
        return Err(Refusal::DocumentEmpty { what: "quality".into() });
    }
    let needs_reason = lines.iter().any(|one| one.decision != Decision::Accept);
    if needs_reason && reason.trim().is_empty() {
        return Err(Refusal::ReasonMissing { what: "quality.decide".into() });
    }
    if lines.iter().any(Decided::is_replaced) {
        order.expect(&[OrderState::Accepted], "accepted")?;
    }
    let mut moves = Vec::new();
    let mut passings = Vec::new();
    let mut back: BTreeMap<LotId, i64> = BTreeMap::new();
    for (one, line) in lines.iter().zip(0..) {
        let qty = positive(one.qty)?;
        if one.leaves() {
            let sum = back.entry(one.lot).or_insert(0);
            *sum += qty;
            let came = kept.get(&one.lot).copied().unwrap_or(0);
            if *sum > came {
                let (number, line) = (order.content.number.clone(), i64::from(one.line) + 1);
                return Err(Refusal::ReturnsTooMuch { number, line, qty: *sum, came });
            }
        }
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
