//! Demand by day as `planning` reads it, and the forecast of each goods and place.
//!
//! Knows that a series begins on its first reported day, that a day without a report is missing and
//! not zero, and that today, whose sales are still coming, does not count. Refuses to forecast what
//! was never reported.

use std::collections::HashMap;

use chrono::{NaiveDate, TimeDelta};
use domain::{PlaceId, SkuId};
use planning::{
    QUANTITY_MAX,
    demand::{DemandColumns, DemandError, Forecast, Series, forecast},
};
use store::{DemandDay, Reader};

use crate::Error;

/// How far back demand is read. What is older weighs less than a hundredth of a per cent in a level
/// smoothed by 0.1 a week.
const LOOK_BACK: i64 = 730;

/// The first day that is read.
pub(crate) fn first_day(today: NaiveDate) -> NaiveDate {
    today.checked_sub_signed(TimeDelta::days(LOOK_BACK)).unwrap_or(NaiveDate::MIN)
}

fn unreadable(error: DemandError) -> Error {
    Error::failed("plan.demand_unreadable", [("detail", error.to_string().into())])
}

/// Series after series, day after day.
#[derive(Default)]
pub(crate) struct Columns {
    keys: Vec<(SkuId, PlaceId)>,
    first_days: Vec<NaiveDate>,
    starts: Vec<usize>,
    units: Vec<i64>,
    observed: Vec<bool>,
}

impl Columns {
    /// Columns of demand that comes by goods and place, each in the order of days.
    pub(crate) fn of(days: &[DemandDay]) -> Self {
        let mut columns = Self::default();
        for one in days {
            columns.push(one);
        }
        columns.starts.push(columns.units.len());
        columns
    }

    fn push(&mut self, one: &DemandDay) {
        let key = (one.sku, one.place);
        if self.keys.last() != Some(&key) {
            self.keys.push(key);
            self.first_days.push(one.day);
            self.starts.push(self.units.len());
        }
        let (Some(start), Some(first)) = (self.starts.last(), self.first_days.last()) else {
            return;
        };
        let at = start + usize::try_from((one.day - *first).num_days()).unwrap_or(0);
        // The days without a report in between.
        self.units.resize(at.max(self.units.len()), 0);
        self.observed.resize(self.units.len(), false);
        self.units.push(one.units.clamp(0, QUANTITY_MAX));
        self.observed.push(true);
    }

    fn forecasts(&self) -> Result<HashMap<(SkuId, PlaceId), Forecast>, Error> {
        let columns = DemandColumns {
            first_days: &self.first_days,
            starts: &self.starts,
            units: &self.units,
            observed: &self.observed,
        };
        let forecasts = columns.forecasts().map_err(unreadable)?;
        Ok(self.keys.iter().copied().zip(forecasts).collect())
    }
}

/// What will sell where, and when what last sold.
pub(crate) struct Forecasts {
    of: HashMap<(SkuId, PlaceId), Forecast>,
    last_sold: HashMap<SkuId, NaiveDate>,
}

impl Forecasts {
    pub(crate) fn load(reader: &Reader, today: NaiveDate) -> Result<Self, Error> {
        let days = reader.demand(first_day(today), today)?;
        let mut last_sold: HashMap<SkuId, NaiveDate> = HashMap::new();
        for one in days.iter().filter(|one| one.units > 0) {
            let last = last_sold.entry(one.sku).or_insert(one.day);
            *last = one.day.max(*last);
        }
        Ok(Self { of: Columns::of(&days).forecasts()?, last_sold })
    }

    /// What goods will sell at a place; nothing when nobody ever reported them there.
    pub(crate) fn at(&self, sku: SkuId, place: PlaceId) -> Option<&Forecast> {
        self.of.get(&(sku, place))
    }

    /// The last day on which goods sold anywhere.
    pub(crate) fn last_sold(&self, sku: SkuId) -> Option<NaiveDate> {
        self.last_sold.get(&sku).copied()
    }
}

/// The forecast of one series of days that follow each other, `None` where nothing was reported.
pub(crate) fn of_series(first: NaiveDate, units: &[Option<i64>]) -> Result<Forecast, Error> {
    let observed: Vec<bool> = units.iter().map(Option::is_some).collect();
    let units: Vec<i64> =
        units.iter().map(|units| units.unwrap_or(0).clamp(0, QUANTITY_MAX)).collect();
    Ok(forecast(Series::new(first, &units, &observed).map_err(unreadable)?))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn reported(place: u128, day: &str, units: i64) -> DemandDay {
        let sku = SkuId(Uuid::from_u128(1));
        let place = PlaceId(Uuid::from_u128(place));
        DemandDay { sku, place, day: day.parse().expect("a date"), units }
    }

    #[test]
    fn days_without_a_report_are_missing_and_not_zero() {
        let days = [
            reported(1, "2026-09-01", 20),
            reported(1, "2026-09-04", 20),
            reported(2, "2026-09-02", 7),
            reported(2, "2026-09-03", 0),
        ];
        let columns = Columns::of(&days);
        assert_eq!(columns.starts, [0, 4, 6]);
        assert_eq!(columns.units, [20, 0, 0, 20, 7, 0]);
        assert_eq!(columns.observed, [true, false, false, true, true, true]);
        let forecasts = columns.forecasts().expect("readable");
        let rate = |place: u128| {
            let key = (days[0].sku, PlaceId(Uuid::from_u128(place)));
            forecasts[&key].rate.micro()
        };
        assert_eq!(rate(1), 20_000_000);
        assert!(rate(2) < 7_000_000);
    }
}
