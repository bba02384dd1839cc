//! Material that stays at its factory for the next order (留厂备用), and is drawn by that one.
//!
//! Knows whose the units are that lie at a factory: what was sent for an order and has neither come
//! back nor gone into goods, been spoilt or settled as lost is that order's; the rest lies there for
//! no order. Keeping and drawing move nothing: units stop counting as sent for one order and begin
//! to count as sent for another, so the factory's statement stays as it is. Refuses to know places'
//! kinds and who bears a loss.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    Body, Entry, Fact, PlaceId, Refusal, SkuId,
    bom::Usage,
    materials::MaterialLine,
    offer::LossBase,
    order::{OrderState, ProductionOrder, Step},
    stock::positive,
};

/// Which way units go, on paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeepKind {
    /// 留厂备用: they no longer belong to the order.
    Keep,
    /// 用厂内余料: the order takes what lies there for none.
    Draw,
}

impl KeepKind {
    /// The kind's stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Keep => "keep",
            Self::Draw => "draw",
        }
    }
}

/// Units of a material that are kept or drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptLine {
    /// Which material.
    pub material: SkuId,
    /// How many units.
    pub qty: i64,
}

/// Units of a material that an order has left at its factory: sent or drawn for it and not kept for
/// the next, and neither back, in goods, spoilt, nor taken off the book as lost (`lost`). Below zero
/// when goods hold more than was sent for them.
pub fn left(base: LossBase, usage: &Usage, lost: i64) -> i64 {
    usage.issued - usage.returned - usage.used(base) - lost
}

/// A material at a factory as an order sees it, or nobody, who has nothing left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lying {
    /// Which material.
    pub material: SkuId,
    /// Its code, for messages.
    pub code: String,
    /// Good units on the factory's book, less what was used beyond it.
    pub book: i64,
    /// What the order has left of them, by [`left`].
    pub left: i64,
    /// What other orders there have left of them, each no less than nothing.
    pub others: i64,
    /// Units that goods of other orders hold beyond what was sent for them.
    pub others_over: i64,
}

impl Lying {
    /// Units that the order can keep there for the next one: those that lie there, and those that
    /// other orders' goods took beyond what was sent for them. These are gone from the book, and
    /// once they are kept the order that took them can draw them.
    pub fn keepable(&self) -> i64 {
        self.left.min(self.book + self.others_over).max(0)
    }

    /// Units that lie there now for no order.
    pub fn free(&self) -> i64 {
        (self.book - self.spoken_for()).max(0)
    }

    /// Units that the order can draw: those that lie there for none, and of those that its goods
    /// took beyond what was sent for it as many as were nobody's. They are gone from the book.
    pub fn drawable(&self) -> i64 {
        (self.book - self.left - self.others).max(0)
    }

    /// Units that orders have left beyond what lies there. What was used beyond the book is of no
    /// order's that has any left.
    pub fn short(&self) -> i64 {
        (self.spoken_for() - self.book.max(0)).max(0)
    }

    /// The same with what was used beyond the book, which comes off it first when more comes.
    fn beyond(&self) -> i64 {
        (self.spoken_for() - self.book).max(0)
    }

    /// What all orders have left there.
    fn spoken_for(&self) -> i64 {
        self.left.max(0) + self.others
    }
}

/// Units by material; one may be named twice.
fn wanted(lines: impl Iterator<Item = (SkuId, i64)>) -> Result<BTreeMap<SkuId, i64>, Refusal> {
    let mut wanted: BTreeMap<SkuId, i64> = BTreeMap::new();
    for (material, qty) in lines {
        let sum = wanted.entry(material).or_default();
        *sum = sum.saturating_add(positive(qty)?);
    }
    Ok(wanted)
}

/// Material may come back from a factory: for an order no more than it has left there, for none no
/// more than lies there for none. `lying` is as that order sees it, or nobody, who has nothing left.
///
/// # Errors
/// [`Refusal::ReturnedBeyondLeft`], [`Refusal::ReturnedBeyondFree`].
pub fn check_return(
    order: Option<&ProductionOrder>,
    lines: &[MaterialLine],
    lying: &[Lying],
) -> Result<(), Refusal> {
    let wanted = wanted(lines.iter().map(|one| (one.material, one.qty)))?;
    for one in lying {
        let qty = wanted.get(&one.material).copied().unwrap_or(0);
        let material = one.code.clone();
        match order {
            Some(order) if qty > one.left.max(0) => {
                let (number, left) = (order.content.number.clone(), one.left.max(0));
                return Err(Refusal::ReturnedBeyondLeft { number, material, qty, left });
            }
            None if qty > one.free() => {
                return Err(Refusal::ReturnedBeyondFree { material, qty, free: one.free() });
            }
            _ => {}
        }
    }
    Ok(())
}

/// What lies at a factory is never spoken for twice: an undoing may not leave orders with more of a
/// material than lies there, beyond what they lacked before it. Receipts and counts may: they say
/// what happened. `before` and `after` are as nobody sees them.
///
/// # Errors
/// [`Refusal::SpokenFor`] for the first material of which orders would have more.
pub fn check_spoken_for(before: &[Lying], after: &[Lying]) -> Result<(), Refusal> {
    for one in after {
        let known = before.iter().find(|known| known.material == one.material);
        let (short, beyond) = known.map_or((0, 0), |known| (known.short(), known.beyond()));
        if one.short() > short && one.beyond() > beyond {
            let (material, lies) = (one.code.clone(), one.book.max(0));
            return Err(Refusal::SpokenFor { material, lies, left: one.spoken_for() });
        }
    }
    Ok(())
}

/// What is kept or drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keeping {
    /// Which way.
    pub kind: KeepKind,
    /// The factory's place.
    pub place: PlaceId,
    /// What; a material may be named twice.
    pub lines: Vec<KeptLine>,
    /// Why, or a note.
    pub note: String,
}

/// Keeps material of an order at its factory for no order, or draws from what lies there for none.
/// What lies there for an order that was called off can be kept as well.
///
/// # Errors
/// [`Refusal::KeptBeyondLeft`] for more than the order has left there, or than the factory's book
/// holds and others took of it; [`Refusal::DrawnBeyondFree`] for more than it can draw; no lines, no units, or a state
/// that takes no slips.
pub fn keep(
    mut step: Step,
    order: &ProductionOrder,
    keeping: Keeping,
    lying: &[Lying],
) -> Result<Entry, Refusal> {
    let states: &[OrderState] = match keeping.kind {
        KeepKind::Keep => &[OrderState::Accepted, OrderState::Cancelled],
        KeepKind::Draw => &[OrderState::Accepted],
    };
    order.expect(states, "accepted")?;
    if keeping.lines.is_empty() {
        return Err(Refusal::DocumentEmpty { what: "material".into() });
    }
    for (material, qty) in wanted(keeping.lines.iter().map(|one| (one.material, one.qty)))? {
        let known = lying.iter().find(|one| one.material == material);
        let code = known.map(|one| one.code.clone()).unwrap_or_default();
        match keeping.kind {
            KeepKind::Keep => {
                let left = known.map_or(0, Lying::keepable);
                if qty > left {
                    let number = order.content.number.clone();
                    return Err(Refusal::KeptBeyondLeft { number, material: code, qty, left });
                }
            }
            KeepKind::Draw => {
                let free = known.map_or(0, Lying::drawable);
                if qty > free {
                    return Err(Refusal::DrawnBeyondFree { material: code, qty, free });
                }
            }
        }
    }
    let Keeping { kind, place, lines, note } = keeping;
    let fact = Fact::MaterialKept { id: step.id, place, kind, lines, note };
    Ok(step.entry(Body::of(fact), None))
}
