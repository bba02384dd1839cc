//! Suspense (待核对): what a place reported to have sold beyond its book, until goods arrive.
//!
//! Knows how open suspense is charged to lots that arrived, and how they are given back when fewer
//! were sold after all. Refuses to refuse: a report of what has happened always finds its place.

use chrono::NaiveDate;

use crate::{
    Body, Entry, EntryId, Fact, LotId, Move, MoveKind, NewId, PlaceId, SkuId, Status,
    place::{Builtin, suspense_of},
    stock::{Available, fefo},
};

/// Sales out of suspense that wait for goods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenSale {
    /// Which goods.
    pub sku: SkuId,
    /// The pseudo lot that stands for them.
    pub lot: LotId,
    /// How many units are open.
    pub qty: i64,
    /// The last day on which some were sold.
    pub last_sold_on: NaiveDate,
}

/// Charges open suspense of `place` to the good lots now there, first expired first, effective on
/// the later of the day they arrived and the last day of sale. `None` when nothing is open.
pub fn settle(
    place: PlaceId,
    arrived_on: NaiveDate,
    open: &[OpenSale],
    arrived: &mut [(SkuId, Available)],
    new_id: NewId,
) -> Option<Entry> {
    let customer = (Builtin::Customer.id(), Status::Good);
    let mut moves = Vec::new();
    let mut effective_on = arrived_on;
    for sale in open {
        let mut lots: Vec<Available> =
            arrived.iter().filter(|(sku, _)| *sku == sale.sku).map(|(_, lot)| *lot).collect();
        fefo(&mut lots);
        let mut left = sale.qty;
        for lot in lots {
            let qty = left.min(lot.qty);
            if qty <= 0 {
                continue;
            }
            left -= qty;
            effective_on = effective_on.max(sale.last_sold_on);
            let settle = MoveKind::SuspenseSettle;
            let suspense = (suspense_of(place), Status::Good);
            moves.push(Move {
                kind: settle,
                lot: sale.lot,
                qty,
                from: customer,
                to: suspense,
                line: 0,
            });
            let stock = (place, Status::Good);
            moves.push(Move {
                kind: settle,
                lot: lot.lot,
                qty,
                from: stock,
                to: customer,
                line: 0,
            });
            let spent =
                arrived.iter_mut().find(|(sku, one)| *sku == sale.sku && one.lot == lot.lot);
            if let Some((_, one)) = spent {
                one.qty -= qty;
            }
        }
    }
    if moves.is_empty() {
        return None;
    }
    let body = Body { moves, ..Body::of(Fact::SuspenseSettled { place }) };
    let id = EntryId(new_id());
    Some(Entry { id, effective_on, reverses: None, batch: None, body, money: None })
}

/// A suspense that was charged for more than is sold out of it by now, because the sale was taken
/// back or undone after it was settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OverSettled {
    /// Which goods.
    pub sku: SkuId,
    /// The pseudo lot that stands for them.
    pub lot: LotId,
    /// How many units too many.
    pub qty: i64,
}

/// A lot that suspense was charged to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Charged {
    /// Which goods.
    pub sku: SkuId,
    /// The lot.
    pub lot: LotId,
    /// Units charged and not given back.
    pub qty: i64,
    /// The last day on which it was charged.
    pub settled_on: NaiveDate,
}

/// Gives back what suspense of `place` was charged to beyond what is sold out of it, in the order
/// of `charged`, effective on the last day on which any of it was charged: no lot is back before
/// it was taken. `None` when nothing is over.
pub fn unsettle(
    place: PlaceId,
    over: &[OverSettled],
    charged: &mut [Charged],
    new_id: NewId,
) -> Option<Entry> {
    let customer = (Builtin::Customer.id(), Status::Good);
    let (suspense, stock) = ((suspense_of(place), Status::Good), (place, Status::Good));
    let kind = MoveKind::SuspenseSettle;
    let mut moves = Vec::new();
    let mut effective_on = NaiveDate::MIN;
    for one in over {
        let mut left = one.qty;
        for from in charged.iter_mut().filter(|from| from.sku == one.sku) {
            let qty = left.min(from.qty);
            if qty <= 0 {
                continue;
            }
            left -= qty;
            from.qty -= qty;
            effective_on = effective_on.max(from.settled_on);
            moves.push(Move { kind, lot: one.lot, qty, from: suspense, to: customer, line: 0 });
            moves.push(Move { kind, lot: from.lot, qty, from: customer, to: stock, line: 0 });
        }
    }
    if moves.is_empty() {
        return None;
    }
    let body = Body { moves, ..Body::of(Fact::SuspenseSettled { place }) };
    let id = EntryId(new_id());
    Some(Entry { id, effective_on, reverses: None, batch: None, body, money: None })
}
