//! Slow-moving stock: how old each lot is, how long it lasts, and how much of it will expire.
//!
//! Knows one SKU over the whole network: its lots, where they lie, which places sell it and how
//! fast. Refuses to know prices and ways out; money is a count of minor units that came with the
//! lot and is only shared out.
//!
//! ```text
//! cover        = cover days of the SKU's stock over all places at the sum of all rates
//! age          = days since the lot was first received; no transfer, hold or count resets it
//! last sell-by = expires − the place's pull days; that day still sells
//! at risk      = what is left of the lot when demand, served first expired first, reaches its
//!                last sell-by, rounded up to whole units
//! ```

mod class;
mod explain;
mod risk;

pub use class::{ClassFacts, ClassReason, ExpiryBand, SlowClass, SlowPolicy, classify};

use crate::cover::{Cover, cover_days};
use crate::life::{LifeRule, share_left_ppm};
use crate::{DailyRate, Derivation, LotKey, PlaceKey, QUANTITY_MAX, RateError, SkuKey};
use chrono::NaiveDate;
use serde::Serialize;

/// How a place sells the SKU.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outlet {
    /// Forecast demand per day.
    pub rate: DailyRate,
    /// The place's rule about shelf life; its pull days end the sale of a lot.
    pub life: LifeRule,
    /// Days from today until goods sent from a place that does not sell could be sold here:
    /// transit P90 + receive lag P90.
    pub lead_days: u32,
}

/// A place that holds or sells the SKU.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Which place.
    pub place: PlaceKey,
    /// How it sells; `None` for a place that only feeds others, such as the own warehouse.
    pub outlet: Option<Outlet>,
}

/// What a lot brings from its birth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LotFacts {
    /// Which lot.
    pub lot: LotKey,
    /// When it was made, if known.
    pub made_on: Option<NaiveDate>,
    /// Its last day; `None` for goods that do not expire.
    pub expires_on: Option<NaiveDate>,
    /// When the first of it was received anywhere.
    pub first_received_on: NaiveDate,
    /// Value of all that is on hand of it, in minor units.
    pub value_minor: i64,
}

/// Units of a lot at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holding {
    /// The lot.
    pub lot: LotKey,
    /// The place.
    pub place: PlaceKey,
    /// Units there.
    pub qty: i64,
}

/// One SKU over the network.
#[derive(Clone, Copy, Debug)]
pub struct SkuStock<'a> {
    /// Which SKU.
    pub sku: SkuKey,
    /// When the SKU was first received, ever.
    pub first_received_on: NaiveDate,
    /// When it last sold anywhere; `None` if never.
    pub last_sold_on: Option<NaiveDate>,
    /// Every place that holds or sells it.
    pub places: &'a [Place],
    /// Every lot on hand.
    pub lots: &'a [LotFacts],
    /// What lies where. Several lines of one lot and place add up.
    pub holdings: &'a [Holding],
}

/// Stock that cannot be assessed.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum SlowError {
    /// A holding names a lot that is not given.
    #[error("no facts about lot {}", .lot.0)]
    UnknownLot {
        /// The lot.
        lot: LotKey,
    },
    /// A holding names a place that is not given.
    #[error("no facts about place {}", .place.0)]
    UnknownPlace {
        /// The place.
        place: PlaceKey,
    },
    /// A lot or place is given twice.
    #[error("key {key} is given twice")]
    Twice {
        /// The key.
        key: u32,
    },
    /// A quantity is negative or beyond [`QUANTITY_MAX`].
    #[error("quantity {qty} of lot {}", .lot.0)]
    Quantity {
        /// The lot.
        lot: LotKey,
        /// The number given.
        qty: i64,
    },
    /// The rates of all places together are no rate.
    #[error(transparent)]
    Rate(#[from] RateError),
}

/// Risk of one lot at one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct PlaceRisk {
    /// The place.
    pub place: PlaceKey,
    /// Units there.
    pub qty: i64,
    /// Units that will not be sold in time.
    pub at_risk: i64,
    /// The last day on which it sells: here, or, from a place that does not sell, at the place
    /// that may sell it longest. `None` for goods that do not expire, and where nobody takes it.
    pub last_sell_on: Option<NaiveDate>,
}

/// One lot over the network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LotAssessment {
    /// The lot.
    pub lot: LotKey,
    /// Units at all places.
    pub qty: i64,
    /// Days since it was first received.
    pub age_days: i64,
    /// Days since it was made, if known.
    pub made_days: Option<i64>,
    /// Share of life left in parts per million, rounded half up; `None` when a date is not known.
    pub share_left_ppm: Option<i64>,
    /// The band of remaining life.
    pub band: ExpiryBand,
    /// Its class, from its own age and risk and the SKU's cover and sales.
    pub class: SlowClass,
    /// What decided the class.
    pub reason: ClassReason,
    /// Units that will not be sold in time, all places.
    pub at_risk: i64,
    /// Value on hand in minor units, as given.
    pub value_minor: i64,
    /// Value × at risk ÷ quantity, rounded half up.
    pub at_risk_value_minor: i64,
    /// The same by place, in the order of the places' keys.
    pub places: Vec<PlaceRisk>,
    /// The arithmetic of the quantity and value at risk.
    pub derivation: Derivation,
}

/// One SKU over the network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SkuAssessment {
    /// The SKU.
    pub sku: SkuKey,
    /// Units at all places.
    pub qty: i64,
    /// Forecast demand per day over all places.
    pub rate: DailyRate,
    /// How long the stock lasts.
    pub cover: Cover,
    /// Days since it last sold; since its first receipt when it never did.
    pub no_sale_days: i64,
    /// Class of the SKU: the age is that of its oldest lot, the risk that of all lots.
    pub class: SlowClass,
    /// What decided the class.
    pub reason: ClassReason,
    /// Units that will not be sold in time.
    pub at_risk: i64,
    /// Value on hand in minor units.
    pub value_minor: i64,
    /// Sum of the lots' value at risk.
    pub at_risk_value_minor: i64,
    /// The lots with stock, first expired first.
    pub lots: Vec<LotAssessment>,
    /// The arithmetic of the cover.
    pub derivation: Derivation,
}

/// First expired first; goods that do not expire last; then the older; then the smaller key.
fn fefo(lot: &LotFacts) -> (bool, Option<NaiveDate>, Option<NaiveDate>, LotKey) {
    (lot.expires_on.is_none(), lot.expires_on, lot.made_on, lot.lot)
}

/// The given stock, checked and brought into order.
struct Network {
    places: Vec<Place>,
    /// In FEFO order, those with stock only.
    lots: Vec<LotFacts>,
    /// Units by lot and place, as `lots` × `places`.
    qty: Vec<Vec<i64>>,
    rate: DailyRate,
}

impl Network {
    fn new(stock: &SkuStock<'_>) -> Result<Network, SlowError> {
        let mut places = stock.places.to_vec();
        places.sort_by_key(|place| place.place);
        let mut lots = stock.lots.to_vec();
        lots.sort_by_key(|lot| lot.lot);
        if let Some(pair) = places.windows(2).find(|pair| pair[0].place == pair[1].place) {
            return Err(SlowError::Twice { key: pair[0].place.0 });
        }
        if let Some(pair) = lots.windows(2).find(|pair| pair[0].lot == pair[1].lot) {
            return Err(SlowError::Twice { key: pair[0].lot.0 });
        }
        let mut rows: Vec<(LotFacts, Vec<i64>)> =
            lots.into_iter().map(|lot| (lot, vec![0; places.len()])).collect();
        for Holding { lot, place, qty } in stock.holdings.iter().copied() {
            let row = rows
                .binary_search_by_key(&lot, |(facts, _)| facts.lot)
                .map_err(|_| SlowError::UnknownLot { lot })?;
            let column = places
                .binary_search_by_key(&place, |place| place.place)
                .map_err(|_| SlowError::UnknownPlace { place })?;
            let sum = rows[row].1[column].saturating_add(qty);
            if qty < 0 || sum > QUANTITY_MAX {
                return Err(SlowError::Quantity { lot, qty });
            }
            rows[row].1[column] = sum;
        }
        rows.retain(|(_, qty)| qty.iter().any(|qty| *qty > 0));
        rows.sort_by_key(|(lot, _)| fefo(lot));
        let micro =
            places.iter().filter_map(|place| place.outlet).map(|outlet| outlet.rate.micro());
        let rate = DailyRate::from_micro(micro.fold(0, i64::saturating_add))?;
        let (lots, qty) = rows.into_iter().unzip();
        Ok(Network { places, lots, qty, rate })
    }
}

/// Value × part ÷ whole, rounded half up.
fn value_share(value_minor: i64, part: i64, whole: i64) -> i64 {
    let (part, whole) = (i128::from(part), i128::from(whole.max(1)));
    let share = (2 * i128::from(value_minor) * part + whole).div_euclid(2 * whole);
    i64::try_from(share).unwrap_or(value_minor)
}

/// Assesses one SKU at the start of `as_of`, whose own demand is still to come.
pub fn assess(
    as_of: NaiveDate,
    stock: &SkuStock<'_>,
    policy: &SlowPolicy,
) -> Result<SkuAssessment, SlowError> {
    let network = Network::new(stock)?;
    let qty = network.qty.iter().flatten().fold(0, |sum: i64, qty| sum.saturating_add(*qty));
    let cover = cover_days(qty, network.rate);
    let last_sold = stock.last_sold_on.unwrap_or(stock.first_received_on);
    let common = ClassFacts {
        cover,
        age_days: 0,
        no_sale_days: (as_of - last_sold).num_days().max(0),
        first_receipt_days: (as_of - stock.first_received_on).num_days().max(0),
        qty,
        at_risk: 0,
    };
    let lots: Vec<LotAssessment> = risk::at_risk(as_of, &network)
        .iter()
        .zip(&network.lots)
        .map(|(risks, lot)| assess_lot(as_of, lot, risks, &common, policy))
        .collect();
    let at_risk = lots.iter().map(|lot| lot.at_risk).sum();
    let age_days = lots.iter().map(|lot| lot.age_days).max().unwrap_or(0);
    let (class, reason) = classify(&ClassFacts { age_days, at_risk, ..common }, policy);
    let sum = |of: fn(&LotAssessment) -> i64| lots.iter().map(of).fold(0, i64::saturating_add);
    Ok(SkuAssessment {
        sku: stock.sku,
        qty,
        rate: network.rate,
        cover,
        no_sale_days: common.no_sale_days,
        class,
        reason,
        at_risk,
        value_minor: sum(|lot| lot.value_minor),
        at_risk_value_minor: sum(|lot| lot.at_risk_value_minor),
        derivation: explain::cover(qty, network.rate, cover),
        lots,
    })
}

fn assess_lot(
    as_of: NaiveDate,
    lot: &LotFacts,
    risks: &[risk::Risk],
    common: &ClassFacts,
    policy: &SlowPolicy,
) -> LotAssessment {
    let places: Vec<PlaceRisk> = risks.iter().map(risk::Risk::summary).collect();
    let qty = places.iter().map(|risk| risk.qty).sum();
    let at_risk = places.iter().map(|risk| risk.at_risk).sum();
    let age_days = (as_of - lot.first_received_on).num_days().max(0);
    let share_left_ppm = match (lot.made_on, lot.expires_on) {
        (Some(made_on), Some(expires_on)) => share_left_ppm(made_on, expires_on, as_of),
        _ => None,
    };
    let facts = ClassFacts { age_days, qty, at_risk, ..*common };
    let (class, reason) = classify(&facts, policy);
    let at_risk_value_minor = value_share(lot.value_minor, at_risk, qty);
    let mut assessment = LotAssessment {
        lot: lot.lot,
        qty,
        age_days,
        made_days: lot.made_on.map(|made_on| (as_of - made_on).num_days()),
        share_left_ppm,
        band: policy.band(lot.made_on, lot.expires_on, as_of),
        class,
        reason,
        at_risk,
        value_minor: lot.value_minor,
        at_risk_value_minor,
        places,
        derivation: Derivation::default(),
    };
    assessment.derivation = explain::at_risk(risks, &assessment);
    assessment
}

#[cfg(test)]
mod tests;
