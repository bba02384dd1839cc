//! What goods sold by day, and what they are expected to sell, as a fan.
//!
//! The fan's edges are those of a *single* day: in eight of ten cases a day's sales lie between
//! them. They do not widen with the days to come, because a level smoothed by 0.1 a week widens the
//! spread of one day by less than three per cent over six weeks; the spread of a *sum* of days,
//! which does grow, stands in the plan's range.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate, TimeDelta};
use domain::{PlaceId, SkuId};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::forecasts::{first_day, of_series};
use crate::{
    Error,
    commands::Call,
    wire::{Day, Id, Units},
};

/// Days of the past that are shown.
const PAST: i64 = 180;

/// Days to come that are shown.
const TO_COME: u64 = 44;

/// Goods at a place, or at all places together.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HistoryOf {
    /// Which goods.
    pub sku: Id,
    /// Which place; all together when there is none.
    pub place: Option<Id>,
}

/// Demand by day, past and to come.
#[derive(Debug, Clone, Default, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct History {
    /// Days of the past without a gap, up to yesterday.
    pub days: Vec<Day>,
    /// Units paid for on each; `null` where nothing was reported.
    pub units: Vec<Option<Units>>,
    /// Days to come, today first; empty without any history.
    pub forecast_days: Vec<Day>,
    /// Units expected on each.
    pub forecast: Vec<String>,
    /// With probability 0.1 a day sells at most this.
    pub low: Vec<String>,
    /// With probability 0.9 a day sells at most this.
    pub high: Vec<String>,
}

pub(crate) fn history(call: &Call, input: HistoryOf) -> Result<History, Error> {
    let today = call.session.today;
    let (sku, place) = (SkuId(input.sku.0), input.place.map(|place| PlaceId(place.0)));
    let sold = call.read(|reader| {
        reader.sku(sku)?.ok_or_else(|| Error::missing("sku", sku.0))?;
        let mut sold: BTreeMap<NaiveDate, i64> = BTreeMap::new();
        for one in reader.demand(first_day(today), today)? {
            if one.sku == sku && place.is_none_or(|place| place == one.place) {
                *sold.entry(one.day).or_default() += one.units;
            }
        }
        Ok(sold)
    })?;
    let Some((first, _)) = sold.first_key_value() else { return Ok(History::default()) };
    let all: Vec<(NaiveDate, Option<i64>)> = first
        .iter_days()
        .take_while(|day| *day < today)
        .map(|day| (day, sold.get(&day).copied()))
        .collect();
    let series: Vec<Option<i64>> = all.iter().map(|(_, units)| *units).collect();
    let forecast = of_series(*first, &series)?;
    let since = today.checked_sub_signed(TimeDelta::days(PAST)).unwrap_or(NaiveDate::MIN);
    let (days, units) = all
        .into_iter()
        .filter(|(day, _)| *day >= since)
        .map(|(day, units)| (Day(day), units.map(Units)))
        .unzip();
    let forecast_days: Vec<Day> = (0..TO_COME)
        .filter_map(|after| today.checked_add_days(Days::new(after)))
        .map(Day)
        .collect();
    let range = forecast.range(1);
    let each = |text: String| vec![text; forecast_days.len()];
    Ok(History {
        days,
        units,
        forecast: each(Decimal::new(forecast.rate.micro(), 6).normalize().to_string()),
        low: each(range.p10.to_string()),
        high: each(range.p90.to_string()),
        forecast_days,
    })
}
