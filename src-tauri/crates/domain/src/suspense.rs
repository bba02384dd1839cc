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

/// How many moves charge a suspense to a lot, or give it back: the pseudo lot's and, on the next
/// line, that of the lot that bears it. A settlement has nothing but such pairs, so the line of a
/// move says which of the two it is, and which other move belongs to it.
pub const PAIR: i64 = 2;

/// One of the two moves of a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Of the pseudo lot that stood for the goods: out of the customer when it is charged.
    Pseudo,
    /// Of the lot that bears the sale: to the customer when it is charged.
    Bearer,
}

impl Side {
    /// Where it stands in its pair: the line of its move in the entry, modulo [`PAIR`].
    pub const fn at(self) -> i64 {
        match self {
            Self::Pseudo => 0,
            Self::Bearer => 1,
        }
    }

    /// The other move of the pair.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Pseudo => Self::Bearer,
            Self::Bearer => Self::Pseudo,
        }
    }
}

/// The moves that charge units of a place's suspense under a pseudo lot to a lot.
fn charge(place: PlaceId, (pseudo, lot): (LotId, LotId), qty: i64) -> [Move; 2] {
    let kind = MoveKind::SuspenseSettle;
    let customer = (Builtin::Customer.id(), Status::Good);
    let (suspense, stock) = ((suspense_of(place), Status::Good), (place, Status::Good));
    [
        Move { kind, lot: pseudo, qty, from: customer, to: suspense, line: 0 },
        Move { kind, lot, qty, from: stock, to: customer, line: 0 },
    ]
}

/// The moves that give units back that were charged so.
fn give_back(place: PlaceId, lots: (LotId, LotId), qty: i64) -> [Move; 2] {
    charge(place, lots, qty).map(|one| Move { from: one.to, to: one.from, ..one })
}

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
            moves.extend(charge(place, (sale.lot, lot.lot), qty));
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
            moves.extend(give_back(place, (one.lot, from.lot), qty));
        }
    }
    if moves.is_empty() {
        return None;
    }
    let body = Body { moves, ..Body::of(Fact::SuspenseSettled { place }) };
    let id = EntryId(new_id());
    Some(Entry { id, effective_on, reverses: None, batch: None, body, money: None })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::shelf_life::Dates;

    #[test]
    fn who_bears_a_sale_stands_beside_it() {
        let id = Uuid::from_u128;
        let (place, goods, pseudo) = (PlaceId(id(1)), [2, 3].map(|n| SkuId(id(n))), LotId(id(9)));
        let day = NaiveDate::from_ymd_opt(2026, 6, 1).unwrap();
        let open = goods.map(|sku| OpenSale { sku, lot: pseudo, qty: 7, last_sold_on: day });
        let there =
            |sku, lot, qty| (sku, Available { lot: LotId(id(lot)), dates: Dates::default(), qty });
        let mut arrived = [there(goods[0], 10, 4), there(goods[0], 11, 9), there(goods[1], 12, 9)];
        let charged = settle(place, day, &open, &mut arrived, &mut || id(20)).unwrap();
        let over = goods.map(|sku| OverSettled { sku, lot: pseudo, qty: 5 });
        let mut bore = [(goods[0], 10, 4), (goods[0], 11, 3), (goods[1], 12, 7)]
            .map(|(sku, lot, qty)| Charged { sku, lot: LotId(id(lot)), qty, settled_on: day });
        let given_back = unsettle(place, &over, &mut bore, &mut || id(21)).unwrap();
        for (entry, by) in
            [(charged, [(10, 4), (11, 3), (12, 7)]), (given_back, [(10, 4), (11, 1), (12, 5)])]
        {
            let on = |side: Side| {
                let numbered = (0_i64..).zip(&entry.body.moves);
                let of_side = numbered.filter(move |(line, _)| line % PAIR == side.at());
                of_side.map(|(_, one)| (one.lot, one.qty)).collect::<Vec<_>>()
            };
            assert_eq!(on(Side::Pseudo), by.map(|(_, qty)| (pseudo, qty)));
            assert_eq!(on(Side::Pseudo.other()), by.map(|(lot, qty)| (LotId(id(lot)), qty)));
        }
    }
}
