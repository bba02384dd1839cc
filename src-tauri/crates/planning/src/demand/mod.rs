//! What will sell: one flat forecast per day for each SKU and place, with an honest range.
//!
//! Knows daily series in which some days were not observed, the class of a series, the method that
//! suits it, and the spread of the sum over the days to come. Refuses to know prices, promotions
//! and seasons: the first forecast to beat is a level.
//!
//! A day that was not observed (before the goods were listed, a closed shop, a file that is not
//! there) is left out. It is not a day without demand.

pub mod classify;
mod forecast;
pub mod range;
pub mod smooth;

pub use classify::{DemandClass, Pattern, classify};
pub use forecast::{DemandRange, Forecast, Method, forecast};

use crate::QUANTITY_MAX;
use crate::life::days_after;
use chrono::NaiveDate;
use serde::Serialize;

/// Demand history that cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DemandError {
    /// The columns do not belong together.
    #[error("{units} days of demand but {observed} marks of observation")]
    Lengths {
        /// Length of the column of units.
        units: usize,
        /// Length of the column of marks.
        observed: usize,
    },
    /// The column of starts does not cut the days into series: it needs one entry more than there
    /// are series, rising from 0 to the number of days.
    #[error("series {series} does not start and end within the columns")]
    Starts {
        /// The series at fault.
        series: usize,
    },
    /// Demand of a day is below zero or above [`QUANTITY_MAX`]. Returns are no negative demand.
    #[error("demand of {units} units on {on}")]
    Units {
        /// The day.
        on: NaiveDate,
        /// The number found.
        units: i64,
    },
}

/// Daily demand of one SKU at one place.
#[derive(Clone, Copy, Debug)]
pub struct Series<'a> {
    first_day: NaiveDate,
    units: &'a [i64],
    observed: &'a [bool],
}

impl<'a> Series<'a> {
    /// A series from its first known day on: units demanded on each day in turn, and whether the
    /// day was observed at all. Units of a day not observed are ignored.
    pub fn new(
        first_day: NaiveDate,
        units: &'a [i64],
        observed: &'a [bool],
    ) -> Result<Series<'a>, DemandError> {
        if units.len() != observed.len() {
            return Err(DemandError::Lengths { units: units.len(), observed: observed.len() });
        }
        let series = Series { first_day, units, observed };
        match series.observed_days().find(|(_, units)| !(0..=QUANTITY_MAX).contains(units)) {
            Some((on, units)) => Err(DemandError::Units { on, units }),
            None => Ok(series),
        }
    }

    /// The observed days with their units, oldest first.
    pub fn observed_days(self) -> impl Iterator<Item = (NaiveDate, i64)> + 'a {
        (0_u64..)
            .zip(self.units.iter().zip(self.observed))
            .filter(|(_, (_, observed))| **observed)
            .map(move |(offset, (units, _))| (days_after(self.first_day, offset), *units))
    }

    /// The last observed day on which something was demanded.
    pub fn last_demand_on(self) -> Option<NaiveDate> {
        let index = (0..self.units.len())
            .rev()
            .find(|index| self.observed[*index] && self.units[*index] > 0)?;
        Some(days_after(self.first_day, index as u64))
    }

    /// Observed values as floats, oldest first, into a buffer that is reused between series.
    fn values_into(self, buffer: &mut Vec<f64>) {
        buffer.clear();
        buffer.extend(
            self.units
                .iter()
                .zip(self.observed)
                .filter(|(_, observed)| **observed)
                .map(|(units, _)| classify::float(usize::try_from(*units).unwrap_or(0))),
        );
    }
}

/// Daily demand of many SKUs and places as columns.
///
/// Series `i` has its first day in `first_days[i]` and its days in
/// `units[starts[i]..starts[i + 1]]`, likewise `observed`.
#[derive(Clone, Copy, Debug)]
pub struct DemandColumns<'a> {
    /// First known day of each series.
    pub first_days: &'a [NaiveDate],
    /// Where each series begins, and at the end the number of days in all.
    pub starts: &'a [usize],
    /// Units demanded, series after series, day after day.
    pub units: &'a [i64],
    /// Whether each of those days was observed.
    pub observed: &'a [bool],
}

impl<'a> DemandColumns<'a> {
    /// One series.
    pub fn series(&self, index: usize) -> Result<Series<'a>, DemandError> {
        let wrong = DemandError::Starts { series: index };
        let first_day = self.first_days.get(index).ok_or(wrong)?;
        let (Some(start), Some(end)) = (self.starts.get(index), self.starts.get(index + 1)) else {
            return Err(wrong);
        };
        let units = self.units.get(*start..*end).ok_or(wrong)?;
        let observed = self.observed.get(*start..*end).ok_or(wrong)?;
        Series::new(*first_day, units, observed)
    }

    /// Forecasts every series, in order. The first series that cannot be read stops it.
    pub fn forecasts(&self) -> Result<Vec<Forecast>, DemandError> {
        if self.units.len() != self.observed.len() {
            let (units, observed) = (self.units.len(), self.observed.len());
            return Err(DemandError::Lengths { units, observed });
        }
        let mut buffer = Vec::new();
        (0..self.first_days.len())
            .map(|index| Ok(forecast::forecast_in(self.series(index)?, &mut buffer)))
            .collect()
    }
}

/// How much history a forecast rests on.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct History {
    /// The class and its measures.
    pub pattern: Pattern,
    /// The last observed day with demand.
    pub last_demand_on: Option<NaiveDate>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_day_not_observed_is_left_out_and_is_not_zero() {
        let first = day("2026-09-01");
        let whole = Series::new(first, &[20; 4], &[true; 4]).unwrap();
        let gaps =
            Series::new(first, &[20, 0, 20, -9, 20, 20], &[true, false, true, false, true, true])
                .unwrap();
        assert_eq!(forecast(gaps).rate, forecast(whole).rate);
        let days: Vec<_> = gaps.observed_days().map(|(on, _)| on).collect();
        assert_eq!(days[1], day("2026-09-03"));
        assert_eq!(gaps.last_demand_on(), Some(day("2026-09-06")));
        let zeros = Series::new(first, &[20, 0, 20, 0, 20, 20], &[true; 6]).unwrap();
        assert!(forecast(zeros).rate < forecast(whole).rate);
    }

    #[test]
    fn columns_that_do_not_fit_are_refused() {
        let first_days = [day("2026-09-01"), day("2026-09-02")];
        let columns = |starts, units, observed| DemandColumns {
            first_days: &first_days,
            starts,
            units,
            observed,
        };
        assert_eq!(columns(&[0, 1, 3], &[5; 3], &[true; 3]).forecasts().unwrap().len(), 2);
        assert_eq!(
            columns(&[0, 1, 4], &[5; 3], &[true; 3]).forecasts().unwrap_err(),
            DemandError::Starts { series: 1 }
        );
        assert_eq!(
            columns(&[0, 1], &[5; 3], &[true; 3]).forecasts().unwrap_err(),
            DemandError::Starts { series: 1 }
        );
        assert_eq!(
            columns(&[0, 1, 3], &[5; 3], &[true; 2]).forecasts().unwrap_err(),
            DemandError::Lengths { units: 3, observed: 2 }
        );
        assert_eq!(
            columns(&[0, 1, 3], &[5, 5, -2], &[true; 3]).forecasts().unwrap_err(),
            DemandError::Units { on: day("2026-09-03"), units: -2 }
        );
    }
}
