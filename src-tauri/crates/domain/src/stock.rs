//! Moves between places, statuses, and the one rule of levels: nothing real goes below zero.
//!
//! Knows that stock is what moves add up to. Refuses to know why goods move; that is said by the
//! fact of the entry that the move belongs to.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{LotId, PlaceId, Refusal, place, shelf_life::Dates};

/// The most units that one move may carry; sums of many stay far inside 64 bits.
pub const QTY_MAX: i64 = 9_000_000_000_000;

/// Refuses a quantity that is not a count of goods.
pub fn positive(qty: i64) -> Result<i64, Refusal> {
    if (1..=QTY_MAX).contains(&qty) { Ok(qty) } else { Err(Refusal::QuantityInvalid { qty }) }
}

/// What state goods are in (库存状态). Near-expiry and expired are questions of the day, reserved
/// and in transit are questions of documents and places: none of them is a status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// 待检: waits for a quality decision.
    Quarantine,
    /// 良品: fit for sale.
    Good,
    /// 冻结: held.
    Blocked,
    /// 不良: not fit for sale.
    Defective,
}

impl Status {
    /// All, in the order of their codes.
    pub const ALL: [Self; 4] = [Self::Quarantine, Self::Good, Self::Blocked, Self::Defective];

    /// The stable number under which the store keeps it.
    pub fn code(self) -> i64 {
        self as i64
    }

    /// The status kept under `code`.
    pub fn from_code(code: i64) -> Option<Self> {
        Self::ALL.get(usize::try_from(code).ok()?).copied()
    }
}

macro_rules! move_kinds {
    ($( $(#[$doc:meta])* $name:ident = $code:literal ),* $(,)?) => {
        /// Why a move happened; the code is what the store and the entries keep.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum MoveKind { $( $(#[$doc])* $name ),* }

        impl MoveKind {
            /// The stable number under which entries and the store keep it.
            pub fn code(self) -> i64 {
                match self { $( Self::$name => $code ),* }
            }

            /// The kind kept under `code`.
            pub fn from_code(code: i64) -> Option<Self> {
                match code { $( $code => Some(Self::$name), )* _ => None }
            }
        }
    };
}

move_kinds! {
    /// Stock that was there when the ledger began.
    Opening = 1,
    /// Goods made and received: production → place.
    Produce = 2,
    /// From one status to another at one place.
    Regrade = 3,
    /// Left on a transfer: place → transit.
    Ship = 4,
    /// Arrived: transit → place.
    Arrive = 5,
    /// Never arrived: transit → adjustment.
    TransitLoss = 6,
    /// Arrived without having been sent: adjustment → place.
    Found = 7,
    /// Sold: place → customer.
    Sale = 8,
    /// A reported sale taken back by a later report: customer → place.
    SaleReversal = 9,
    /// A reported sale of more than the book holds: suspense → customer.
    SuspenseSale = 10,
    /// A sale out of suspense undone, or charged to the lot that arrived.
    SuspenseSettle = 11,
    /// Came back from a customer.
    ReturnIn = 12,
    /// Bought: supplier → place.
    BuyReceipt = 13,
    /// 发料: our material to a factory, own → factory.
    MaterialIssue = 14,
    /// 退料: what a factory did not use comes back, factory → own.
    MaterialReturn = 15,
    /// 耗用: into goods, factory → production.
    Consume = 16,
    /// What the factory's book lacked for it: suspense → production.
    SuspenseConsume = 17,
    /// Went into units that the factory spoilt, until it is settled who bears it: factory → scrap.
    Spoil = 18,
    /// 允许损耗: lost within the allowance: factory → scrap.
    LossAllowed = 19,
    /// 超损: lost beyond it and claimed: factory → scrap.
    LossClaimed = 20,
    /// 检验合格: quarantine → good.
    QcPass = 21,
    /// 检验不合格: quarantine → defective.
    QcFail = 22,
    /// 让步接收: quarantine or defective → good, with a flaw that is known.
    Concession = 23,
    /// 退厂: own → supplier.
    ReturnToFactory = 24,
    /// 返工: own → factory, to come back as the same lot.
    Rework = 25,
    /// 报废: own → scrap.
    Scrap = 26,
    /// 组装: parts → production, production → set.
    Assemble = 27,
    /// 拆分: set → production, production → parts.
    Disassemble = 28,
    /// 盘盈: adjustment → place.
    CountGain = 29,
    /// 盘亏: place → adjustment.
    CountLoss = 30,
}

/// A quantity of one lot from (place, status) to (place, status).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Move {
    /// Why.
    pub kind: MoveKind,
    /// What.
    pub lot: LotId,
    /// How many units, always above zero: direction is in from and to.
    pub qty: i64,
    /// Where it was.
    pub from: (PlaceId, Status),
    /// Where it is.
    pub to: (PlaceId, Status),
    /// The line of the entry's fact that it belongs to, when facts have lines.
    pub line: u32,
}

impl Move {
    /// The same goods back where they came from.
    #[must_use]
    pub fn mirrored(self) -> Self {
        Self { from: self.to, to: self.from, ..self }
    }

    /// The two levels that the move changes, with the change.
    pub fn effects(self) -> [(Slot, i64); 2] {
        let slot = |(place, status)| Slot { lot: self.lot, place, status };
        [(slot(self.from), -self.qty), (slot(self.to), self.qty)]
    }
}

/// One lot in one status at one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot {
    /// The lot.
    pub lot: LotId,
    /// The place.
    pub place: PlaceId,
    /// The status.
    pub status: Status,
}

/// What the ledger says of a slot, seen from the day on which something is to happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    /// Units at the end of everything posted.
    pub now: i64,
    /// Net change on each day after the day in question, in order of days.
    pub later: Vec<(NaiveDate, i64)>,
}

impl Level {
    /// A slot that nothing ever touched.
    pub const EMPTY: Self = Self { now: 0, later: Vec::new() };

    /// Units at the end of the day in question.
    pub fn at_day(&self) -> i64 {
        self.now - self.later.iter().map(|(_, change)| change).sum::<i64>()
    }

    /// The lowest end of a day from the day in question on: what can be taken without a day below zero.
    pub fn lowest(&self) -> i64 {
        let start = self.at_day();
        let mut level = start;
        self.later.iter().fold(start, |lowest, (_, change)| {
            level += change;
            lowest.min(level)
        })
    }
}

/// The levels of slots, as of the day on which something is to happen.
pub type Levels = BTreeMap<Slot, Level>;

/// A slot that would go below zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shortage {
    /// Where.
    pub slot: Slot,
    /// How many units the moves take, net.
    pub wanted: i64,
    /// How many can be taken.
    pub available: i64,
}

/// Net changes of slots, in a fixed order.
pub type Changes = BTreeMap<Slot, i64>;

/// The net change of each slot that `moves` touch.
pub fn net_changes(moves: &[Move]) -> Changes {
    let mut changes = Changes::new();
    for (slot, change) in moves.iter().flat_map(|one| one.effects()) {
        *changes.entry(slot).or_insert(0) += change;
    }
    changes
}

/// Every slot that `changes` would bring below zero at the end of some day.
///
/// `levels` must hold each real slot that is taken from; slots of virtual places may be negative
/// and are passed over.
pub fn shortages(
    changes: &Changes,
    levels: &Levels,
    is_real: impl Fn(PlaceId) -> bool,
) -> Vec<Shortage> {
    let taken = changes.iter().filter(|(slot, change)| **change < 0 && is_real(slot.place));
    taken
        .filter_map(|(slot, change)| {
            let available = levels.get(slot).unwrap_or(&Level::EMPTY).lowest();
            let short = Shortage { slot: *slot, wanted: -change, available };
            (available + change < 0).then_some(short)
        })
        .collect()
}

/// A lot that can be taken from, with what is free of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Available {
    /// The lot.
    pub lot: LotId,
    /// Its dates.
    pub dates: Dates,
    /// Units free to take.
    pub qty: i64,
}

/// First expired, first out (先到期先出): by expiry, then manufacture, then id, so that every desk
/// picks alike. Lots without an expiry come last.
pub fn fefo(lots: &mut [Available]) {
    lots.sort_by_key(|one| {
        let last = NaiveDate::MAX;
        (one.dates.expires_on.unwrap_or(last), one.dates.mfg_on.unwrap_or(last), one.lot)
    });
}

/// Takes up to `qty` units from `lots` in their order, and lowers what is free of them.
pub fn take(lots: &mut [Available], qty: i64) -> Vec<(LotId, i64)> {
    let mut open = qty;
    let mut taken = Vec::new();
    for lot in lots {
        let part = open.min(lot.qty);
        if part > 0 {
            lot.qty -= part;
            open -= part;
            taken.push((lot.lot, part));
        }
    }
    taken
}

/// Whether a place is one of those that every workspace has; none of them holds real stock.
pub fn is_builtin(place: PlaceId) -> bool {
    place::Builtin::ALL.iter().any(|builtin| builtin.id() == place)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn slot() -> Slot {
        Slot { lot: LotId(Uuid::nil()), place: PlaceId(Uuid::max()), status: Status::Good }
    }

    #[test]
    fn codes_are_stable_and_unique() {
        for status in Status::ALL {
            assert_eq!(Status::from_code(status.code()), Some(status));
        }
        for code in 1..=30 {
            assert_eq!(MoveKind::from_code(code).map(MoveKind::code), Some(code));
        }
        assert_eq!((Status::from_code(4), MoveKind::from_code(31)), (None, None));
    }

    #[test]
    fn an_entry_of_the_past_looks_at_every_day_since() {
        let on = |day| NaiveDate::from_ymd_opt(2026, 1, day).expect("a date");
        let level = Level { now: 50, later: vec![(on(3), -80), (on(5), 30)] };
        assert_eq!((level.at_day(), level.lowest()), (100, 20));
        let gone = Move {
            kind: MoveKind::Sale,
            lot: slot().lot,
            qty: 21,
            from: (slot().place, Status::Good),
            to: (place::Builtin::Customer.id(), Status::Good),
            line: 0,
        };
        let levels = Levels::from([(slot(), level)]);
        let real = |place| !is_builtin(place);
        assert_eq!(
            shortages(&net_changes(&[gone]), &levels, real),
            [Shortage { slot: slot(), wanted: 21, available: 20 }]
        );
        assert_eq!(shortages(&net_changes(&[Move { qty: 20, ..gone }]), &levels, real), []);
        assert_eq!(shortages(&net_changes(&[gone, gone.mirrored()]), &levels, real), []);
    }

    proptest! {
        #[test]
        fn taking_never_takes_more_than_is_wanted_or_there(
            have in prop::collection::vec(0_i64..500, 0..6), want in 0_i64..2000,
        ) {
            let mut lots: Vec<_> = have.iter().map(|qty| Available {
                lot: LotId(Uuid::nil()), dates: Dates::default(), qty: *qty,
            }).collect();
            let taken: i64 = take(&mut lots, want).iter().map(|(_, qty)| qty).sum();
            prop_assert_eq!(taken, want.min(have.iter().sum()));
            let left: i64 = lots.iter().map(|lot| lot.qty).sum();
            prop_assert_eq!(left + taken, have.iter().sum::<i64>());
        }
    }
}
