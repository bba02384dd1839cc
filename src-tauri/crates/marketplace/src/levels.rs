//! Sales as levels: how many units of a listing left a warehouse on a day, and how many were
//! bought. Levels do not care how often or in which order they were learnt; the next movement is
//! the level minus what was posted before.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use contract::{LineId, ListingId, OrderId, WarehouseId};

use crate::OrderRow;

/// What kind of units a level counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Sold to buyers. What comes back is a kind of its own and never lowers sales.
    Sale,
}

impl Kind {
    /// The word under which a store keeps it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sale => "sale",
        }
    }
}

/// What a level is counted for, within one shop.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LevelKey {
    /// The shop's day: of shipment for stock, of payment for demand.
    pub day: NaiveDate,
    /// The warehouse that ships.
    pub warehouse_id: WarehouseId,
    /// The listing; what it means in own units is the caller's matter.
    pub listing_id: ListingId,
    /// What kind of units.
    pub kind: Kind,
}

/// What a line lacks so that its units cannot be counted yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GapReason {
    /// The units left or were paid, but no warehouse is named.
    Warehouse,
    /// The units left, but no instant is named.
    ShipDay,
    /// The order is paid, but no instant is named.
    PayDay,
}

/// Units that are known of and cannot be counted: to be shown, never dropped, never guessed. They
/// count as soon as a later version tells what is missing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Gap {
    /// The order.
    pub order_id: OrderId,
    /// The line.
    pub line_id: LineId,
    /// What is missing.
    pub reason: GapReason,
    /// The units.
    pub qty: i64,
}

/// The levels of a set of orders, without zeros.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Levels {
    /// Units that left, by day of shipment.
    pub stock: BTreeMap<LevelKey, i64>,
    /// Units bought, by day of payment.
    pub demand: BTreeMap<LevelKey, i64>,
    /// Units that are missing in the two, sorted.
    pub gaps: Vec<Gap>,
}

/// The levels of the given orders, each order once. For figures that may be posted, give *all*
/// orders of a complete generation, or all that share a day, warehouse and listing with the
/// orders that changed.
///
/// Units of an order that was called off before shipment count nowhere; once they left they
/// count, whatever became of the order.
pub fn day_levels<'a>(orders: impl IntoIterator<Item = &'a OrderRow>) -> Levels {
    let mut levels = Levels::default();
    for order in orders {
        for line in order.lines.iter().filter(|line| line.qty != 0) {
            let mut gap = |reason| {
                let (order_id, line_id) = (order.id.clone(), line.line_id.clone());
                levels.gaps.push(Gap { order_id, line_id, reason, qty: line.qty });
            };
            if line.ship_day_missing {
                gap(GapReason::ShipDay);
            }
            if line.pay_day_missing {
                gap(GapReason::PayDay);
            }
            let counts = line.stock_on.is_some() || line.demand_on.is_some();
            let Some(warehouse_id) = &line.warehouse_id else {
                if counts {
                    gap(GapReason::Warehouse);
                }
                continue;
            };
            let key = |day| LevelKey {
                day,
                warehouse_id: warehouse_id.clone(),
                listing_id: line.listing_id.clone(),
                kind: Kind::Sale,
            };
            if let Some(day) = line.stock_on {
                add(&mut levels.stock, key(day), line.qty);
            }
            if let Some(day) = line.demand_on {
                add(&mut levels.demand, key(day), line.qty);
            }
        }
    }
    levels.gaps.sort();
    levels
}

fn add(levels: &mut BTreeMap<LevelKey, i64>, key: LevelKey, qty: i64) {
    let level = levels.entry(key).or_default();
    // A line holds at most 9·10¹² units: only a million such lines on one key would saturate.
    *level = level.saturating_add(qty);
}

/// What is to be posted next so that the posted units equal the levels: level − posted for every
/// key of either, without zeros. Negative where less is true than was posted.
pub fn next_moves(
    levels: &BTreeMap<LevelKey, i64>,
    posted: &BTreeMap<LevelKey, i64>,
) -> BTreeMap<LevelKey, i64> {
    let mut moves = levels.clone();
    for (key, units) in posted {
        let level = moves.entry(key.clone()).or_default();
        *level = level.saturating_sub(*units);
    }
    moves.retain(|_, units| *units != 0);
    moves
}
