//! Reversals (冲销): an entry undone by its mirror.
//!
//! Knows that an entry may be undone when nothing later on the documents it concerns rests on it and
//! no day goes below zero. Refuses to undo reversals, what a marketplace reported, and what only
//! follows from other entries. The mirrored moves count on the day of the entry that they undo.

use crate::{
    BatchId, Body, Entry, EntryId, Fact, Move, NewId, Refusal,
    fact::{SaleSource, SalesPosted},
};

/// Refuses entries that are never undone, whatever else is posted.
pub fn check(entry: &Entry, shop: impl Fn() -> String) -> Result<(), Refusal> {
    match &entry.body.fact {
        Fact::Reversed {} => Err(Refusal::ReversalOfReversal {}),
        Fact::SalesPosted(SalesPosted { source: SaleSource::Feed, .. }) => {
            Err(Refusal::ReversalOfReport { shop: shop() })
        }
        fact if is_consequence(fact) => Err(Refusal::ReversalOfConsequence {}),
        _ => Ok(()),
    }
}

/// Whether an entry only says what follows from others. It is never undone by itself and stands in
/// nobody's way: undoing one of those posts anew what then follows.
pub fn is_consequence(fact: &Fact) -> bool {
    matches!(fact, Fact::TaxSpread { .. })
}

/// Whether a later entry on a document rests on what `earlier` says there. A payment bears only
/// what was reckoned from it: goods came, and were judged, whoever paid for them. Nor does it rest
/// on how they were judged, for what is due without the judgement is never less, or on our materials.
pub fn rests_on(later: &Fact, earlier: &Fact) -> bool {
    match earlier {
        _ if is_consequence(later) => false,
        Fact::OrderPaid { .. } => matches!(
            later,
            Fact::OrderAmended { .. }
                | Fact::OrderRefunded { .. }
                | Fact::ClaimDecided { .. }
                | Fact::OrderClosed { .. }
                | Fact::OrderCancelled { .. }
        ),
        Fact::QualityDecided { .. }
        | Fact::MaterialMoved { .. }
        | Fact::MaterialKept { .. }
        | Fact::LossSettled { .. } => !matches!(later, Fact::OrderPaid { .. }),
        _ => true,
    }
}

/// The entry that undoes `entry`. Its value lines and levels are undone by the store from the
/// entry itself, so the mirror holds the moves alone.
pub fn reverse(entry: &Entry, batch: Option<BatchId>, new_id: NewId) -> Entry {
    let moves = entry.body.moves.iter().copied().map(Move::mirrored).collect();
    let body = Body { moves, ..Body::of(Fact::Reversed {}) };
    let id = EntryId(new_id());
    let effective_on = entry.effective_on;
    Entry { id, effective_on, reverses: Some(entry.id), batch, body, money: None }
}
