//! Cover days: how long stock lasts at the forecast, and on which day it is gone.
//!
//! Knows stock, a rate per day and arrivals. Refuses to know lots: what expires on the shelf before
//! it sells is counted by [`crate::slow`].
//!
//! Cover = the first day on which the forecast has eaten the stock, counted from 1 for the planning
//! day itself: the least `d` with rate × d ≥ stock, that is ⌈stock ÷ rate⌉. 120 at 20 a day are 6
//! days, 121 are 7; nothing in stock is 0.

use crate::DailyRate;
use crate::MICRO;
use crate::life::days_after;
use chrono::NaiveDate;
use serde::Serialize;

/// How long stock lasts. Orders by length, with [`Cover::Endless`] above every number of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "kind", content = "days", rename_all = "snake_case")]
pub enum Cover {
    /// So many days, the planning day being the first.
    Days(i64),
    /// There is stock and no demand is expected.
    Endless,
}

impl Cover {
    /// Whether the cover is longer than so many days.
    pub fn above(self, days: u32) -> bool {
        self > Cover::Days(i64::from(days))
    }
}

/// Cover of `stock` units at `rate`; 0 days when there is no stock.
pub fn cover_days(stock: i64, rate: DailyRate) -> Cover {
    if stock <= 0 {
        return Cover::Days(0);
    }
    if rate == DailyRate::ZERO {
        return Cover::Endless;
    }
    let stock_micro = i128::from(stock) * i128::from(MICRO);
    let days = (stock_micro + i128::from(rate.micro()) - 1) / i128::from(rate.micro());
    Cover::Days(i64::try_from(days).unwrap_or(i64::MAX))
}

/// Units that arrive on a day, before that day's sales.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// The day from which they can be sold. What was due before the first day of a projection
    /// arrives on that first day.
    pub on: NaiveDate,
    /// How many, above zero.
    pub qty: i64,
}

/// Stock day by day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Projection {
    /// Stock at the end of each day in millionths of a unit, the first entry being the first day.
    pub ends_micro: Vec<i64>,
    /// The first day whose demand is not fully met or which ends with nothing; `None` within the
    /// horizon.
    pub out_on: Option<NaiveDate>,
}

/// The longest projection, in days: a century.
const DAYS_MAX: u32 = 36_500;

/// Projects stock over `days` days (at most a century) from `from`:
/// stock(d) = max(0, stock(d−1) + arrivals(d) − rate).
/// Demand that finds no stock is lost, not owed.
pub fn project(
    stock: i64,
    rate: DailyRate,
    from: NaiveDate,
    arrivals: &[Arrival],
    days: u32,
) -> Projection {
    let mut arriving = vec![0_i64; days.min(DAYS_MAX) as usize];
    for arrival in arrivals {
        let offset = (arrival.on - from).num_days().max(0);
        if let Some(slot) = usize::try_from(offset).ok().and_then(|day| arriving.get_mut(day)) {
            *slot = slot.saturating_add(arrival.qty);
        }
    }
    let mut level = stock.max(0).saturating_mul(MICRO);
    let mut out_on = None;
    let mut ends_micro = Vec::with_capacity(arriving.len());
    for (offset, qty) in (0_u64..).zip(arriving) {
        level = level.saturating_add(qty.saturating_mul(MICRO)).saturating_sub(rate.micro()).max(0);
        if level == 0 && out_on.is_none() {
            out_on = Some(days_after(from, offset));
        }
        ends_micro.push(level);
    }
    Projection { ends_micro, out_on }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rate(micro: i64) -> DailyRate {
        DailyRate::from_micro(micro).unwrap()
    }

    #[test]
    fn cover_counts_the_planning_day_as_the_first() {
        let twenty = rate(20 * MICRO);
        assert_eq!(cover_days(120, twenty), Cover::Days(6));
        assert_eq!(cover_days(121, twenty), Cover::Days(7));
        assert_eq!(cover_days(0, twenty), Cover::Days(0));
        assert_eq!(cover_days(0, DailyRate::ZERO), Cover::Days(0));
        assert_eq!(cover_days(1, DailyRate::ZERO), Cover::Endless);
        assert!(Cover::Endless > Cover::Days(i64::MAX));
        assert!(Cover::Days(61).above(60) && !Cover::Days(60).above(60));
    }

    #[test]
    fn arrivals_push_the_day_out() {
        let from = NaiveDate::from_ymd_opt(2026, 10, 1).unwrap();
        let arrivals = [Arrival { on: days_after(from, 3), qty: 40 }];
        let with = project(60, rate(20 * MICRO), from, &arrivals, 10);
        // 60 last days 1-3, but day 3 ends empty: the shelf is bare until the arrival of day 4.
        assert_eq!(with.out_on, Some(days_after(from, 2)));
        assert_eq!(with.ends_micro[3], 20 * MICRO);
        let sooner = [Arrival { on: days_after(from, 2), qty: 40 }];
        let with = project(60, rate(20 * MICRO), from, &sooner, 10);
        assert_eq!(with.out_on, Some(days_after(from, 4)));
        let late = [Arrival { on: from - chrono::Days::new(4), qty: 20 }];
        assert_eq!(project(0, rate(20 * MICRO), from, &late, 1).out_on, Some(from));
    }

    proptest! {
        #[test]
        fn projection_without_arrivals_agrees_with_cover(
            stock in 1_i64..5_000, micro in 1_i64..50_000_000,
        ) {
            let from = NaiveDate::from_ymd_opt(2026, 10, 1).unwrap();
            let projection = project(stock, rate(micro), from, &[], 400);
            match cover_days(stock, rate(micro)) {
                Cover::Days(days) if days <= 400 => {
                    let gone = days_after(from, u64::try_from(days - 1).unwrap());
                    prop_assert_eq!(projection.out_on, Some(gone));
                }
                _ => prop_assert_eq!(projection.out_on, None),
            }
        }
    }
}
