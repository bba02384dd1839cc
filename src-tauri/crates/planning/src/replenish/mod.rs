//! What to send to each platform place, and why.
//!
//! Knows one SKU at one source: its lots, the whole cartons in them, the places that want some,
//! their forecasts, their times and their rule about shelf life. Refuses to know how the goods
//! travel, what they cost and what else is in the truck.
//!
//! For each place:
//! ```text
//! protection days = review + transit P90 + receive lag P90 + target cover
//! demand          = ⌈rate × protection days⌉                                  (units)
//! position        = on hand and sellable + inbound − reserved
//! need            = max(0, demand − position)
//! cartons wanted  = ⌈need ÷ units per carton⌉
//! arrival day     = ship day + transit P90 + receive lag P90
//! ```
//! Cartons are rounded **up**: a platform counts a day without stock against the goods, a carton
//! too many is sold some days later. (Periodic review, order up to a level: Silver, Pyke and
//! Thomas, *Inventory and Production Management in Supply Chains*, 4th ed., ch. 6. The safety stock
//! is the cover that the planner asks for.)
//!
//! Lots are taken first expired first out among those that the place accepts on the arrival day. A
//! carton holds one lot, hence one expiry: of 60 in a lot and 48 a carton one carton goes and 12
//! stay.

mod allocate;
mod explain;

use crate::cover::{Cover, cover_days};
use crate::life::{LifeRefusal, LifeRule, days_after, share_left_ppm};
use crate::{DailyRate, Derivation, LotKey, MICRO, PlaceKey, QUANTITY_MAX, SkuKey};
use chrono::NaiveDate;
use serde::Serialize;

/// The longest time accepted for any one part of the protection time, in days: a century.
const DAYS_MAX: u32 = 36_500;

/// A lot at the source that may be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SourceLot {
    /// Which lot.
    pub lot: LotKey,
    /// Units that are good and not promised to anyone.
    pub available: i64,
    /// When it was made, if known.
    pub made_on: Option<NaiveDate>,
    /// Its last day; `None` for goods that do not expire.
    pub expires_on: Option<NaiveDate>,
}

/// A place that may want some.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlaceNeed {
    /// Which place.
    pub place: PlaceKey,
    /// Forecast demand per day.
    pub rate: DailyRate,
    /// Units there that can be sold.
    pub on_hand: i64,
    /// Units on their way there, or booked to go.
    pub inbound: i64,
    /// Units there that are promised already.
    pub reserved: i64,
    /// Days until the next plan.
    pub review_days: u32,
    /// Days on the road that nine of ten shipments keep.
    pub transit_days_p90: u32,
    /// Days from arrival to being on sale that nine of ten receipts keep.
    pub receive_days_p90: u32,
    /// Days of cover wanted beyond that.
    pub target_cover_days: u32,
    /// The day on which goods would leave.
    pub ship_on: NaiveDate,
    /// What the place asks of shelf life on arrival.
    pub life: LifeRule,
}

/// One SKU at one source, with the places that compete for it.
#[derive(Clone, Copy, Debug)]
pub struct SkuSource<'a> {
    /// Which SKU.
    pub sku: SkuKey,
    /// Units in a full carton.
    pub units_per_carton: i64,
    /// The lots, in any order.
    pub lots: &'a [SourceLot],
    /// The places, in any order.
    pub places: &'a [PlaceNeed],
}

/// Input that makes no plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReplenishError {
    /// A carton must hold at least one unit.
    #[error("{units_per_carton} units a carton")]
    Carton {
        /// The number given.
        units_per_carton: i64,
    },
    /// A quantity at a place is negative or beyond [`QUANTITY_MAX`].
    #[error("quantity {quantity} at place {}", .place.0)]
    PlaceQuantity {
        /// The place.
        place: PlaceKey,
        /// The number given.
        quantity: i64,
    },
    /// The available quantity of a lot is negative or beyond [`QUANTITY_MAX`].
    #[error("quantity {quantity} of lot {}", .lot.0)]
    LotQuantity {
        /// The lot.
        lot: LotKey,
        /// The number given.
        quantity: i64,
    },
    /// A time is longer than a century.
    #[error("{days} days at place {}", .place.0)]
    Days {
        /// The place.
        place: PlaceKey,
        /// The number given.
        days: u32,
    },
}

/// Whole cartons of one lot for one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Pick {
    /// The lot.
    pub lot: LotKey,
    /// Cartons.
    pub cartons: i64,
    /// Units in them.
    pub units: i64,
    /// Share of life left on arrival in parts per million, rounded half up; `None` when a date is
    /// not known.
    pub share_left_ppm: Option<i64>,
}

/// A lot at the source that the place would refuse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct RefusedLot {
    /// The lot.
    pub lot: LotKey,
    /// Units of it at the source.
    pub available: i64,
    /// Share of life it would have left on arrival, as in [`Pick`].
    pub share_left_ppm: Option<i64>,
    /// The rule it breaks.
    pub why: LifeRefusal,
}

/// What to send to one place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Suggestion {
    /// The SKU.
    pub sku: SkuKey,
    /// The place.
    pub place: PlaceKey,
    /// The day on which the goods can be sold there.
    pub arrives_on: NaiveDate,
    /// Review + transit + receive lag + target cover.
    pub protection_days: i64,
    /// Forecast demand of those days, rounded up to whole units.
    pub demand: i64,
    /// On hand + inbound − reserved; may be negative.
    pub position: i64,
    /// Units missing.
    pub need: i64,
    /// Cartons that fill the need.
    pub cartons_wanted: i64,
    /// Cartons to send: less than wanted when the source is short.
    pub cartons: i64,
    /// Units in the cartons to send.
    pub units: i64,
    /// Units of the need that the cartons do not fill.
    pub short: i64,
    /// What to take, first expired first. Empty when there is nothing to send.
    pub picks: Vec<Pick>,
    /// Lots at the source that this place would refuse. Named only when something is needed.
    pub refused: Vec<RefusedLot>,
    /// Cover with the cartons to send.
    pub cover_after: Cover,
    /// The arithmetic.
    pub derivation: Derivation,
}

/// Need of one place, before anything is shared out.
#[derive(Clone, Copy, Debug)]
struct Need {
    arrives_on: NaiveDate,
    protection_days: i64,
    demand: i64,
    position: i64,
    missing: i64,
    cartons_wanted: i64,
}

impl PlaceNeed {
    fn check(&self) -> Result<(), ReplenishError> {
        let place = self.place;
        for quantity in [self.on_hand, self.inbound, self.reserved] {
            if !(0..=QUANTITY_MAX).contains(&quantity) {
                return Err(ReplenishError::PlaceQuantity { place, quantity });
            }
        }
        let parts = [
            self.review_days,
            self.transit_days_p90,
            self.receive_days_p90,
            self.target_cover_days,
        ];
        match parts.into_iter().find(|days| *days > DAYS_MAX) {
            Some(days) => Err(ReplenishError::Days { place, days }),
            None => Ok(()),
        }
    }

    /// Ship day + transit P90 + receive lag P90.
    pub fn arrives_on(&self) -> NaiveDate {
        let days = u64::from(self.transit_days_p90) + u64::from(self.receive_days_p90);
        days_after(self.ship_on, days)
    }

    fn need(&self, units_per_carton: i64) -> Need {
        let protection_days = i64::from(self.review_days)
            + i64::from(self.transit_days_p90)
            + i64::from(self.receive_days_p90)
            + i64::from(self.target_cover_days);
        let micro = i128::from(MICRO);
        let demand = (self.rate.over_days_micro(protection_days) + micro - 1) / micro;
        let demand = i64::try_from(demand).unwrap_or(i64::MAX);
        let position = self.on_hand + self.inbound - self.reserved;
        let missing = demand.saturating_sub(position).max(0);
        let cartons_wanted = missing / units_per_carton + i64::from(missing % units_per_carton > 0);
        let arrives_on = self.arrives_on();
        Need { arrives_on, protection_days, demand, position, missing, cartons_wanted }
    }
}

impl SkuSource<'_> {
    fn check(&self) -> Result<(), ReplenishError> {
        if !(1..=QUANTITY_MAX).contains(&self.units_per_carton) {
            return Err(ReplenishError::Carton { units_per_carton: self.units_per_carton });
        }
        for lot in self.lots {
            if !(0..=QUANTITY_MAX).contains(&lot.available) {
                let (lot, quantity) = (lot.lot, lot.available);
                return Err(ReplenishError::LotQuantity { lot, quantity });
            }
        }
        self.places.iter().try_for_each(PlaceNeed::check)
    }
}

impl SourceLot {
    /// First expired first; goods that do not expire last; then the older; then the smaller key.
    fn fefo(&self) -> (bool, Option<NaiveDate>, Option<NaiveDate>, LotKey) {
        (self.expires_on.is_none(), self.expires_on, self.made_on, self.lot)
    }

    fn share_left_ppm(&self, day: NaiveDate) -> Option<i64> {
        share_left_ppm(self.made_on?, self.expires_on?, day)
    }
}

/// Suggests what to send to each place, in the order of the places' keys.
///
/// When several places want more than there is, cartons are given one at a time to the place whose
/// cover *with that carton* would be least, ties to the smaller key: so stocks run out together,
/// and a carton goes where it is sold first.
pub fn suggest(source: &SkuSource<'_>) -> Result<Vec<Suggestion>, ReplenishError> {
    source.check()?;
    let mut lots = source.lots.to_vec();
    lots.sort_by_key(SourceLot::fefo);
    let mut places = source.places.to_vec();
    places.sort_by_key(|place| place.place);
    let needs: Vec<Need> = places.iter().map(|place| place.need(source.units_per_carton)).collect();
    let given = allocate::share_out(source.units_per_carton, &lots, &places, &needs);
    Ok(places
        .iter()
        .zip(&needs)
        .zip(given)
        .map(|((place, need), cartons_of)| suggestion(source, &lots, place, need, &cartons_of))
        .collect())
}

fn suggestion(
    source: &SkuSource<'_>,
    lots: &[SourceLot],
    place: &PlaceNeed,
    need: &Need,
    cartons_of: &[i64],
) -> Suggestion {
    let picks: Vec<Pick> = lots
        .iter()
        .zip(cartons_of)
        .filter(|(_, cartons)| **cartons > 0)
        .map(|(lot, cartons)| Pick {
            lot: lot.lot,
            cartons: *cartons,
            units: cartons * source.units_per_carton,
            share_left_ppm: lot.share_left_ppm(need.arrives_on),
        })
        .collect();
    let refused = if need.missing > 0 { refused(lots, place, need.arrives_on) } else { Vec::new() };
    let cartons: i64 = picks.iter().map(|pick| pick.cartons).sum();
    let units = cartons * source.units_per_carton;
    let mut suggestion = Suggestion {
        sku: source.sku,
        place: place.place,
        arrives_on: need.arrives_on,
        protection_days: need.protection_days,
        demand: need.demand,
        position: need.position,
        need: need.missing,
        cartons_wanted: need.cartons_wanted,
        cartons,
        units,
        short: (need.missing - units).max(0),
        picks,
        refused,
        cover_after: cover_days(need.position.saturating_add(units), place.rate),
        derivation: Derivation::default(),
    };
    suggestion.derivation = explain::derivation(source, lots, place, &suggestion);
    suggestion
}

/// The lots with stock that the place would refuse.
fn refused(lots: &[SourceLot], place: &PlaceNeed, arrives_on: NaiveDate) -> Vec<RefusedLot> {
    lots.iter()
        .filter(|lot| lot.available > 0)
        .filter_map(|lot| {
            let why = place.life.refuses(lot.made_on, lot.expires_on, arrives_on)?;
            let share_left_ppm = lot.share_left_ppm(arrives_on);
            Some(RefusedLot { lot: lot.lot, available: lot.available, share_left_ppm, why })
        })
        .collect()
}

#[cfg(test)]
mod tests;
