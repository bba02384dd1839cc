//! Slow-moving stock (滞销): how old each lot is, how long it lasts, and what of it will expire.
//!
//! Fills the columns of `planning::slow` from the ledger. Goods fit for sale count, and those that
//! wait for a quality decision; goods on their way count where they are going; blocked and
//! defective goods are no question of demand and are left out. An own place that also sells keeps
//! its stock for all: its sales are asked of the common stock like those of any other place.
//! Materials are not sold: what lasts is asked of what was made out of them in the past year.
//! Money is a command of its own, so that the list can be shown without it.

use std::collections::{BTreeMap, HashMap};

use chrono::{Days, NaiveDate};
use domain::{
    LotId, Money, PlaceId, PlaceKind, SkuId, Status, place::Place, sku::SkuKind, value::LotCost,
};
use planning::{
    DailyRate, LifeRule, LotKey, PlaceKey, SkuKey,
    cover::Cover,
    slow::{
        ExpiryBand, Holding, LotAssessment, LotFacts, Outlet, PlaceRisk, SkuAssessment, SkuStock,
        SlowClass, SlowPolicy, assess,
    },
};
use serde::Serialize;
use store::{LotRecord, Reader, SkuRecord};
use ts_rs::TS;

use crate::{
    Error,
    commands::Call,
    derivation::{KeyNames, life_rule, route_days},
    goods::book_currency,
    known::{Catalogue, goods_name},
    plan::{Forecasts, place_name},
    stock::{summary::destinations, value_by_lot},
    wire::{Amount, Bilingual, Day, Derivation, Id, Nothing, Units},
};

/// How stuck stock is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[ts(rename = "SlowClass")]
#[serde(rename_all = "snake_case")]
pub enum SlowWord {
    /// 新品: too recently launched to be judged.
    New,
    /// 正常.
    Healthy,
    /// 关注.
    Watch,
    /// 滞销.
    Slow,
    /// 呆滞.
    Stagnant,
    /// 死库存.
    Dead,
}

impl From<SlowClass> for SlowWord {
    fn from(class: SlowClass) -> Self {
        match class {
            SlowClass::New => Self::New,
            SlowClass::Healthy => Self::Healthy,
            SlowClass::Watch => Self::Watch,
            SlowClass::Slow => Self::Slow,
            SlowClass::Stagnant => Self::Stagnant,
            SlowClass::Dead => Self::Dead,
        }
    }
}

/// A lot at a place.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SlowRow {
    /// The lot.
    pub lot: Id,
    /// Its number.
    pub lot_no: String,
    /// Its goods.
    pub sku: Id,
    /// Their code.
    pub sku_code: String,
    /// Their name.
    pub sku_name: Bilingual,
    /// Where it lies, or is going.
    pub place: Id,
    /// The place's code.
    pub place_code: String,
    /// Units.
    pub qty: Units,
    /// Days since it was made; `null` when nobody knows.
    #[ts(type = "number | null")]
    pub age_made_days: Option<i64>,
    /// Days since the first of it came into our hands; no transfer resets it.
    #[ts(type = "number | null")]
    pub age_received_days: Option<i64>,
    /// Days that the goods last over all places; `null` when nothing sells.
    #[ts(type = "number | null")]
    pub cover_days: Option<i64>,
    /// How stuck it is.
    pub class: SlowWord,
    /// Its last day.
    pub expires_on: Option<Day>,
    /// The last day on which it sells.
    pub last_sell_on: Option<Day>,
    /// How much of its life is left: `fresh`, `within_50`, `within_30`, `within_15`, `expired`,
    /// `undated` (does not expire), `unknown` (nobody knows when it was made).
    pub life_band: String,
    /// Units of these that will not sell in time.
    pub at_risk: Units,
    /// The arithmetic, of the goods' cover and the lot's risk over all places.
    pub derivation: Derivation,
}

/// All stock by lot and place, the most at risk first.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SlowList {
    /// The day that it is seen from.
    pub as_of: Day,
    /// By lot and place.
    pub rows: Vec<SlowRow>,
}

/// Value of a lot at a place.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SlowValue {
    /// The lot.
    pub lot: Id,
    /// The place.
    pub place: Id,
    /// Value of the units there: their share of the lot's value on hand, rounded half up.
    pub value: Amount,
    /// Value of those at risk, likewise.
    pub at_risk_value: Amount,
}

/// Values of [`SlowList`], the most at risk first; lots without a cost are not in it.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SlowMoney {
    /// The book's currency.
    pub currency: String,
    /// By lot and place.
    pub rows: Vec<SlowValue>,
    /// Sum of the values.
    pub total: Amount,
    /// Sum of the values at risk.
    pub at_risk_total: Amount,
}

pub(crate) fn list(call: &Call, _: Nothing) -> Result<SlowList, Error> {
    let today = call.session.today;
    let mut rows = call.read(|reader| {
        let network = Network::load(&reader, today)?;
        let mut rows = Vec::new();
        for (number, sku) in network.skus.iter().enumerate() {
            call.session.step("slow.goods", number, network.skus.len())?;
            rows.extend(network.rows(sku, today)?);
        }
        Ok(rows)
    })?;
    rows.sort_by(|a, b| {
        let names =
            |row: &SlowRow| (row.sku_code.clone(), row.lot_no.clone(), row.place_code.clone());
        (b.at_risk, b.class, b.age_received_days, names(a)).cmp(&(
            a.at_risk,
            a.class,
            a.age_received_days,
            names(b),
        ))
    });
    Ok(SlowList { as_of: Day(today), rows })
}

pub(crate) fn money(call: &Call, _: Nothing) -> Result<SlowMoney, Error> {
    let today = call.session.today;
    call.read(|reader| {
        let network = Network::load(&reader, today)?;
        let values = value_by_lot(&reader, &network.catalogue, None)?;
        // What of a lot's cost is still on hand, and on how many units.
        let on_hand: HashMap<LotId, LotCost> = values
            .into_iter()
            .map(|(lot, cost, units)| (lot.id, LotCost { value_minor: cost.on_hand(units), units }))
            .collect();
        let mut parts: Vec<(Id, Id, i64, i64)> = Vec::new();
        for sku in &network.skus {
            for row in network.rows(sku, today)? {
                let Some(cost) = on_hand.get(&LotId(row.lot.0)) else { continue };
                let (value, at_risk) = (cost.on_hand(row.qty.0), cost.on_hand(row.at_risk.0));
                parts.push((row.lot, row.place, value, at_risk));
            }
        }
        parts.sort_by_key(|(lot, place, value, at_risk)| (-at_risk, -value, *lot, *place));
        let currency = book_currency(&reader)?;
        let amount = |minor| Amount::from(Money { minor, currency });
        Ok(SlowMoney {
            currency: currency.to_string(),
            total: amount(parts.iter().map(|part| part.2).sum()),
            at_risk_total: amount(parts.iter().map(|part| part.3).sum()),
            rows: parts
                .into_iter()
                .map(|(lot, place, value, at_risk)| SlowValue {
                    lot,
                    place,
                    value: amount(value),
                    at_risk_value: amount(at_risk),
                })
                .collect(),
        })
    })
}

/// What the ledger knows of all goods at all places.
struct Network {
    catalogue: Catalogue,
    skus: Vec<SkuRecord>,
    /// Places that users founded; their keys in `planning` are their numbers here.
    places: Vec<(PlaceId, Place)>,
    forecasts: Forecasts,
    /// Units by goods, lot and number of the place.
    held: HashMap<i64, BTreeMap<(i64, usize), i64>>,
    first_received: HashMap<SkuId, NaiveDate>,
    /// Units of materials that were used within [`USE_DAYS`], and the last day of it.
    used: BTreeMap<SkuId, (i64, NaiveDate)>,
}

/// Days over which the use of a material is spread: orders come months apart, and a year has them
/// all, seasons included.
const USE_DAYS: u32 = 365;

impl Network {
    fn load(reader: &Reader, today: NaiveDate) -> Result<Self, Error> {
        let catalogue = Catalogue::load(reader)?;
        let mut places: Vec<(i64, PlaceId, Place)> = catalogue
            .places
            .values()
            .filter_map(|record| Some((record.key, record.id, record.place.clone()?)))
            .collect();
        places.sort_by(|a, b| a.2.code.cmp(&b.2.code));
        let numbers: HashMap<i64, usize> =
            places.iter().enumerate().map(|(number, place)| (place.0, number)).collect();
        let bound_for = destinations(reader)?;
        let stock = reader.stock_now()?;
        let mut held: HashMap<i64, BTreeMap<(i64, usize), i64>> = HashMap::new();
        let sellable = [Status::Good.code(), Status::Quarantine.code()];
        for row in stock.iter().filter(|row| sellable.contains(&row.status) && row.qty > 0) {
            let (Some(lot), Some(place)) =
                (catalogue.lots.get(&row.lot), catalogue.places.get(&row.place))
            else {
                continue;
            };
            let at = match place.kind {
                PlaceKind::Transit => place.of.and_then(|transfer| bound_for.get(&transfer)),
                _ => Some(&row.place),
            };
            if let Some(number) = at.and_then(|key| numbers.get(key)) {
                let of_sku = held.entry(lot.sku_key).or_default();
                *of_sku.entry((row.lot, *number)).or_default() += row.qty;
            }
        }
        let mut first_received: HashMap<SkuId, NaiveDate> = HashMap::new();
        for lot in catalogue.lots.values().filter(|lot| lot.live) {
            let first = first_received.entry(lot.sku).or_insert(lot.first_received_on);
            *first = lot.first_received_on.min(*first);
        }
        Ok(Self {
            skus: reader.skus()?,
            places: places.into_iter().map(|(_, id, place)| (id, place)).collect(),
            forecasts: Forecasts::load(reader, today)?,
            catalogue,
            held,
            first_received,
            used: reader.materials_used(today - Days::new(USE_DAYS.into()))?,
        })
    }

    /// The rows of some goods, lot by lot.
    fn rows(&self, sku: &SkuRecord, today: NaiveDate) -> Result<Vec<SlowRow>, Error> {
        let Some(held) = self.held.get(&sku.key) else { return Ok(Vec::new()) };
        let mut lots: Vec<&LotRecord> =
            held.keys().filter_map(|(lot, _)| self.catalogue.lots.get(lot)).collect();
        // Keys of lots follow their numbers, so that ties are decided alike tomorrow.
        lots.sort_by(|a, b| (&a.lot_no, a.id).cmp(&(&b.lot_no, b.id)));
        lots.dedup_by_key(|lot| lot.key);
        let assessed = self.assess(sku, &lots, held, today)?;
        let names = KeyNames {
            lots: lots.iter().map(|lot| lot.lot_no.clone()).collect(),
            places: self.places.iter().map(|(_, place)| place_name(place)).collect(),
        };
        let mut rows = Vec::new();
        for of_lot in &assessed.lots {
            let Some(lot) = lots.get(of_lot.lot.0 as usize) else { continue };
            let derivation = derivation(&names, &assessed, of_lot);
            for risk in &of_lot.places {
                let Some(place) = self.places.get(risk.place.0 as usize) else { continue };
                let at = (&assessed, of_lot, risk);
                rows.push(slow_row(sku, lot, place, at, derivation.clone()));
            }
        }
        Ok(rows)
    }

    fn assess(
        &self,
        sku: &SkuRecord,
        lots: &[&LotRecord],
        held: &BTreeMap<(i64, usize), i64>,
        today: NaiveDate,
    ) -> Result<SkuAssessment, Error> {
        let lot_keys: HashMap<i64, LotKey> =
            lots.iter().enumerate().map(|(number, lot)| (lot.key, LotKey(key(number)))).collect();
        let facts: Vec<LotFacts> = lots
            .iter()
            .enumerate()
            .map(|(number, lot)| LotFacts {
                lot: LotKey(key(number)),
                made_on: lot.dates.mfg_on,
                expires_on: lot.dates.expires_on,
                first_received_on: lot.first_received_on,
                // The list tells no money; `money` shares the lots' values out.
                value_minor: 0,
            })
            .collect();
        let holdings: Vec<Holding> = held
            .iter()
            .filter_map(|((lot, place), qty)| {
                let place = PlaceKey(key(*place));
                Some(Holding { lot: *lot_keys.get(lot)?, place, qty: *qty })
            })
            .collect();
        let first_received_on = self.first_received.get(&sku.id).copied().unwrap_or(today);
        let stock = SkuStock {
            sku: SkuKey(0),
            first_received_on,
            last_sold_on: self.last_asked(sku),
            places: &self.outlets(sku.id),
            lots: &facts,
            holdings: &holdings,
        };
        assess(today, &stock, &SlowPolicy::default()).map_err(|error| {
            let code = sku.sku.code.as_str().into();
            Error::failed("slow.impossible", [("sku", code), ("detail", error.to_string().into())])
        })
    }

    /// The last day on which somebody bought the goods, or made something out of the material.
    fn last_asked(&self, sku: &SkuRecord) -> Option<NaiveDate> {
        match sku.sku.kind {
            SkuKind::Material => self.used.get(&sku.id).map(|(_, day)| *day),
            SkuKind::Finished | SkuKind::Bundle => self.forecasts.last_sold(sku.id),
        }
    }

    /// Factories as one place that takes a material evenly from all that is held of it.
    fn use_of(&self, sku: SkuId) -> Option<planning::slow::Place> {
        let (units, _) = self.used.get(&sku)?;
        let rate = DailyRate::from_micro(units.saturating_mul(1_000_000) / i64::from(USE_DAYS));
        let outlet = Some(Outlet { rate: rate.ok()?, life: LifeRule::default(), lead_days: 0 });
        let place = PlaceKey(key(2 * self.places.len()));
        Some(planning::slow::Place { place, outlet })
    }

    /// Every place, and how it sells the goods.
    fn outlets(&self, sku: SkuId) -> Vec<planning::slow::Place> {
        let mut outlets: Vec<_> = self.use_of(sku).into_iter().collect();
        for (number, (id, place)) in self.places.iter().enumerate() {
            let forecast = self.forecasts.at(sku, *id).filter(|_| place.sells);
            let rate = forecast.map(|forecast| forecast.rate).unwrap_or_default();
            let route = &place.route;
            let lead_days =
                route_days(route.transit_days_p90) + route_days(route.receive_lag_days_p90);
            let life = life_rule(&place.life_rule);
            let elsewhere = matches!(place.kind, PlaceKind::Platform | PlaceKind::Consignee);
            let outlet = (elsewhere && place.sells).then_some(Outlet { rate, life, lead_days });
            outlets.push(planning::slow::Place { place: PlaceKey(key(number)), outlet });
            if !elsewhere && forecast.is_some() {
                // The sales of a place whose stock serves all.
                let counter = PlaceKey(key(self.places.len() + number));
                let outlet = Some(Outlet { rate, life, lead_days: 0 });
                outlets.push(planning::slow::Place { place: counter, outlet });
            }
        }
        outlets
    }
}

fn key(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The arithmetic of the goods' cover and of a lot's risk, up to where money begins.
fn derivation(names: &KeyNames, sku: &SkuAssessment, lot: &LotAssessment) -> Derivation {
    let risk = lot.derivation.lines.iter().take_while(|line| line.code != "slow.value");
    names.lines(sku.derivation.lines.iter().chain(risk))
}

fn slow_row(
    sku: &SkuRecord,
    lot: &LotRecord,
    (place_id, place): &(PlaceId, Place),
    (assessed, of_lot, risk): (&SkuAssessment, &LotAssessment, &PlaceRisk),
    derivation: Derivation,
) -> SlowRow {
    SlowRow {
        lot: Id(lot.id.0),
        lot_no: lot.lot_no.clone(),
        sku: Id(sku.id.0),
        sku_code: sku.sku.code.clone(),
        sku_name: goods_name(sku),
        place: Id(place_id.0),
        place_code: place.code.clone(),
        qty: Units(risk.qty),
        age_made_days: of_lot.made_days,
        age_received_days: Some(of_lot.age_days),
        cover_days: match assessed.cover {
            Cover::Days(days) => Some(days),
            Cover::Endless => None,
        },
        class: of_lot.class.into(),
        expires_on: lot.dates.expires_on.map(Day),
        last_sell_on: risk.last_sell_on.map(Day),
        life_band: band_word(of_lot.band),
        at_risk: Units(risk.at_risk),
        derivation,
    }
}

fn band_word(band: ExpiryBand) -> String {
    match band {
        ExpiryBand::Undated => "undated".to_owned(),
        ExpiryBand::Unknown => "unknown".to_owned(),
        ExpiryBand::Fresh => "fresh".to_owned(),
        ExpiryBand::Within(ppm) => format!("within_{}", ppm / 10_000),
        ExpiryBand::Expired => "expired".to_owned(),
    }
}
