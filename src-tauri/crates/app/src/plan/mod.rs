//! The plan: what to send to which platform warehouse and why, and what sold there.
//!
//! Fills the columns of `planning` from the ledger and puts names on what comes out. For each goods
//! and each platform or consignee's place that sells them, it takes one source: the own place with
//! the most that the target would accept; targets of one source then share its cartons. Goods that
//! nobody ever reported at a place are counted and left out: a plan of nothing known is a guess.
//! Refuses to plan goods that are delisted.

mod forecasts;
mod history;
mod known;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::{PlaceId, sku::Lifecycle};
use planning::{
    LotKey, PlaceKey, QUANTITY_MAX, SkuKey,
    cover::{Cover, cover_days},
    demand::{Forecast, Method},
    replenish::{PlaceNeed, SkuSource, SourceLot, Suggestion, suggest},
};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use store::SkuRecord;
use ts_rs::TS;

pub(crate) use forecasts::Forecasts;
pub(crate) use history::history;
pub use history::{History, HistoryOf};
pub(crate) use known::place_name;
use known::{Known, KnownPlace, LotAt};

use crate::{
    Error,
    commands::Call,
    derivation::{KeyNames, life_rule, route_days},
    known::goods_name,
    wire::{Bilingual, Day, Derivation, Id, Message, Units},
};

/// Where the goods come from.
#[derive(Debug, Clone, Copy, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RunPlan {
    /// One place; the best own place of each suggestion when there is none.
    pub source: Option<Id>,
}

/// Whole cartons of a lot to send.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PlanLot {
    /// The lot.
    pub lot: Id,
    /// Its number.
    pub lot_no: String,
    /// Units.
    pub qty: Units,
    /// Share of life left on arrival; `null` when a date is not known.
    #[ts(type = "number | null")]
    pub share_ppm: Option<i64>,
}

/// A lot at the source that the place would refuse.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RefusedLot {
    /// The lot.
    pub lot: Id,
    /// Its number.
    pub lot_no: String,
    /// Share of life it would have left on arrival; `null` when a date is not known.
    #[ts(type = "number | null")]
    pub share_ppm: Option<i64>,
    /// The rule that it breaks.
    pub reason: Message,
}

/// What to send of some goods to a place, or that nothing is needed.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PlanLine {
    /// The goods.
    pub sku: Id,
    /// Their code.
    pub sku_code: String,
    /// Their name.
    pub sku_name: Bilingual,
    /// Where to.
    pub place: Id,
    /// Its code.
    pub place_code: String,
    /// Its name.
    pub place_name: String,
    /// Where from; `null` when no source has any.
    pub source: Option<Id>,
    /// Units expected to sell a day.
    pub rate_per_day: String,
    /// How they were forecast: `ses` or `tsb`.
    pub method: String,
    /// With probability 0.1 the days to protect sell at most this, a day.
    pub low: String,
    /// With probability 0.9 the days to protect sell at most this, a day.
    pub high: String,
    /// Good units there that may still be sold.
    pub on_hand: Units,
    /// Units on their way there, or set aside for it.
    pub in_transit: Units,
    /// Days until all of that is sold; `null` when it never is.
    #[ts(type = "number | null")]
    pub cover_days: Option<i64>,
    /// Units missing.
    pub need: Units,
    /// Cartons to send; single units where the goods have no carton.
    #[ts(type = "number")]
    pub cartons: i64,
    /// Units to send.
    pub units: Units,
    /// Units missing that the source does not have.
    pub shortage: Units,
    /// When they can be sold there.
    pub arrives_on: Day,
    /// What to take, first expired first.
    pub lots: Vec<PlanLot>,
    /// What the place would refuse.
    pub refused: Vec<RefusedLot>,
    /// The arithmetic.
    pub derivation: Derivation,
}

/// What to send where, the most urgent first.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Plan {
    /// The day on which it would leave.
    pub as_of: Day,
    /// By goods and place.
    pub lines: Vec<PlanLine>,
    /// Pairs of goods in stock and place without any sales on record, which were left out.
    #[ts(type = "number")]
    pub without_history: usize,
}

pub(crate) fn run(call: &Call, input: RunPlan) -> Result<Plan, Error> {
    let today = call.session.today;
    let known = call
        .read(|reader| Known::load(&reader, today, input.source.map(|source| PlaceId(source.0))))?;
    let mut plan = Plan { as_of: Day(today), lines: Vec::new(), without_history: 0 };
    for (number, sku) in known.skus.iter().enumerate() {
        call.session.step("plan.goods", number, known.skus.len())?;
        if sku.sku.lifecycle != Lifecycle::Delisted {
            SkuPlan::new(&known, sku, today).add_to(&mut plan)?;
        }
    }
    plan.lines.sort_by(|a, b| {
        let urgency = |line: &PlanLine| line.cover_days.unwrap_or(i64::MAX);
        let codes = |line: &PlanLine| (line.sku_code.clone(), line.place_code.clone());
        (urgency(a), b.need, codes(a)).cmp(&(urgency(b), a.need, codes(b)))
    });
    Ok(plan)
}

/// The plan of one goods.
struct SkuPlan<'a> {
    known: &'a Known,
    sku: &'a SkuRecord,
    lots: &'a [LotAt],
    names: KeyNames,
    today: NaiveDate,
}

impl<'a> SkuPlan<'a> {
    fn new(known: &'a Known, sku: &'a SkuRecord, today: NaiveDate) -> Self {
        let lots = known.lots(sku.id);
        let lot_names = lots.iter().map(|lot| lot.lot_no.clone()).collect();
        let names = KeyNames { lots: lot_names, places: known.place_names() };
        Self { known, sku, lots, names, today }
    }

    fn add_to(&self, plan: &mut Plan) -> Result<(), Error> {
        let mut by_source: BTreeMap<Option<usize>, Vec<PlaceNeed>> = BTreeMap::new();
        for (target, at) in self.known.places.iter().enumerate().filter(|(_, one)| one.is_target) {
            let Some(forecast) = self.known.forecasts.at(self.sku.id, at.id) else {
                plan.without_history += usize::from(!self.lots.is_empty());
                continue;
            };
            let need = self.need(target, at, forecast);
            by_source.entry(self.source_for(&need)).or_default().push(need);
        }
        for (source, needs) in by_source {
            self.suggest(source, &needs, plan)?;
        }
        Ok(())
    }

    fn need(&self, target: usize, at: &KnownPlace, forecast: &Forecast) -> PlaceNeed {
        let (rule, route) = (&at.place.life_rule, &at.place.route);
        let here = self.lots.iter().filter(|lot| lot.place == at.id);
        let sellable = here.filter(|lot| lot.dates.sellable(rule, self.today));
        let (on_hand, reserved) = sellable.fold((0_i64, 0_i64), |(good, reserved), lot| {
            (good + lot.good, reserved + lot.reserved.min(lot.good))
        });
        PlaceNeed {
            place: place_key(target),
            rate: forecast.rate,
            on_hand: on_hand.min(QUANTITY_MAX),
            inbound: self.known.inbound(self.sku.id, at.id).min(QUANTITY_MAX),
            reserved: reserved.min(QUANTITY_MAX),
            review_days: route_days(route.review_days),
            transit_days_p90: route_days(route.transit_days_p90),
            receive_days_p90: route_days(route.receive_lag_days_p90),
            target_cover_days: route_days(route.target_cover_days),
            ship_on: self.today,
            life: life_rule(rule),
        }
    }

    /// The source with the most that the target would accept, then with the most at all, so that
    /// what is refused is named; then the first.
    fn source_for(&self, need: &PlaceNeed) -> Option<usize> {
        let sources = self.known.places.iter().enumerate().filter(|(_, one)| one.is_source);
        let stocked = sources.filter_map(|(number, source)| {
            let lots = || self.source_lots(source.id);
            let sum = |lots: &mut dyn Iterator<Item = SourceLot>| -> i64 {
                lots.map(|lot| lot.available).sum()
            };
            let fits = |lot: &SourceLot| {
                need.life.refuses(lot.made_on, lot.expires_on, need.arrives_on()).is_none()
            };
            let (accepted, all) = (sum(&mut lots().filter(fits)), sum(&mut lots()));
            (all > 0).then_some((accepted, all, std::cmp::Reverse(number)))
        });
        stocked.max().map(|(_, _, std::cmp::Reverse(number))| number)
    }

    fn source_lots(&self, source: PlaceId) -> impl Iterator<Item = SourceLot> {
        let lots = self.lots.iter().enumerate().filter(move |(_, lot)| lot.place == source);
        lots.map(|(number, lot)| SourceLot {
            lot: LotKey(u32::try_from(number).unwrap_or(u32::MAX)),
            available: (lot.good - lot.reserved).clamp(0, QUANTITY_MAX),
            made_on: lot.dates.mfg_on,
            expires_on: lot.dates.expires_on,
        })
    }

    fn suggest(
        &self,
        source: Option<usize>,
        needs: &[PlaceNeed],
        plan: &mut Plan,
    ) -> Result<(), Error> {
        let from = source.map(|source| self.known.places[source].id);
        let lots: Vec<SourceLot> =
            from.into_iter().flat_map(|from| self.source_lots(from)).collect();
        let wanted = SkuSource {
            sku: SkuKey(0),
            units_per_carton: self.sku.sku.carton.map_or(1, |carton| carton.units),
            lots: &lots,
            places: needs,
        };
        let suggestions = suggest(&wanted).map_err(|error| {
            let sku = self.sku.sku.code.as_str().into();
            Error::failed("plan.impossible", [("sku", sku), ("detail", error.to_string().into())])
        })?;
        for suggestion in &suggestions {
            let need = needs.iter().find(|need| need.place == suggestion.place);
            let at = self.known.places.get(suggestion.place.0 as usize);
            let (Some(need), Some(at)) = (need, at) else { continue };
            let Some(forecast) = self.known.forecasts.at(self.sku.id, at.id) else { continue };
            plan.lines.push(self.line((from, at), need, forecast, suggestion));
        }
        Ok(())
    }

    fn line(
        &self,
        (from, at): (Option<PlaceId>, &KnownPlace),
        need: &PlaceNeed,
        forecast: &Forecast,
        suggestion: &Suggestion,
    ) -> PlanLine {
        let days = suggestion.protection_days.max(1);
        let range = forecast.range(u32::try_from(days).unwrap_or(u32::MAX));
        let a_day = |units: i64| {
            let rate = Decimal::from(units) / Decimal::from(days);
            rate.round_dp(2).normalize().to_string()
        };
        let cover = match cover_days(suggestion.position, need.rate) {
            Cover::Days(days) => Some(days),
            Cover::Endless => None,
        };
        PlanLine {
            sku: Id(self.sku.id.0),
            sku_code: self.sku.sku.code.clone(),
            sku_name: goods_name(self.sku),
            place: Id(at.id.0),
            place_code: at.place.code.clone(),
            place_name: place_name(&at.place),
            source: from.map(|from| Id(from.0)),
            rate_per_day: Decimal::new(need.rate.micro(), 6).normalize().to_string(),
            method: method_word(forecast.method).to_owned(),
            low: a_day(range.p10),
            high: a_day(range.p90),
            on_hand: Units(need.on_hand),
            in_transit: Units(need.inbound),
            cover_days: cover,
            need: Units(suggestion.need),
            cartons: suggestion.cartons,
            units: Units(suggestion.units),
            shortage: Units(suggestion.short),
            arrives_on: Day(suggestion.arrives_on),
            lots: suggestion
                .picks
                .iter()
                .map(|pick| PlanLot {
                    lot: self.lot_id(pick.lot),
                    lot_no: self.names.lot(pick.lot),
                    qty: Units(pick.units),
                    share_ppm: pick.share_left_ppm,
                })
                .collect(),
            refused: self.refused(suggestion),
            derivation: self.names.lines(&suggestion.derivation.lines),
        }
    }

    /// The refused lots, with the sentence that the arithmetic has for each.
    fn refused(&self, suggestion: &Suggestion) -> Vec<RefusedLot> {
        let said = suggestion.derivation.lines.iter();
        let said = said.filter(|line| line.code == "replenish.lot_refused");
        let refused = suggestion.refused.iter().zip(said).map(|(refused, line)| RefusedLot {
            lot: self.lot_id(refused.lot),
            lot_no: self.names.lot(refused.lot),
            share_ppm: refused.share_left_ppm,
            reason: self.names.message(line),
        });
        refused.collect()
    }

    fn lot_id(&self, key: LotKey) -> Id {
        Id(self.lots.get(key.0 as usize).map(|lot| lot.lot.0).unwrap_or_default())
    }
}

fn place_key(number: usize) -> PlaceKey {
    PlaceKey(u32::try_from(number).unwrap_or(u32::MAX))
}

fn method_word(method: Method) -> &'static str {
    match method {
        Method::Ses => "ses",
        Method::Tsb => "tsb",
        Method::NoHistory => "no_history",
    }
}
