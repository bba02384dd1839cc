//! Which method forecasts a series, its rate per day, and the range of the sum over days to come.
//!
//! Knows the buckets, the selection rule and the variance. Refuses to know what the goods are.
//!
//! **Buckets.** Observed days are summed in weeks of seven, counted back from the newest; the
//! oldest few that fill no week are left out. Weekdays so cancel out: on daily grocery sales the
//! error over a month was a seventh less than by smoothing day after day. Below three weeks each
//! day is a period.
//!
//! **Rule.** TSB where demand is intermittent or lumpy (it decays when sales stop), SES otherwise,
//! both with a weight of 0.1. It is thin on purpose: on real intermittent data all good methods lie
//! within a few per cent of each other, and none may be surprising. A sparse series has no class,
//! so its interval alone decides.
//!
//! **Start.** In place of a first level, the weights of all periods add up to one from the first
//! on: the weight of period t is `α ÷ (1 − (1 − α)^t)`, which soon is α. That is the discounted
//! least squares fit of a constant (Brown, *Smoothing, Forecasting and Prediction of Discrete Time
//! Series*, 1963); otherwise the first week of a launch would make up 73 % of the forecast in its
//! fourth. [`super::smooth`] has the methods with the usual start.
//!
//! **Range.** The sum over h periods is negative binomial with mean μ = h × level and variance
//! `v = max(1.02 μ, s² h (1 + α (h − 1) + α² (h − 1)(2h − 1) ÷ 6))`: s² is the variance of one-step
//! errors, the rest the lead-time variance of the model in which SES is best, since a level that
//! was wrong once stays wrong (Hyndman, Koehler, Ord and Snyder, *Forecasting with Exponential
//! Smoothing*, 2008, ch. 6).

use super::classify::{ADI_CUT, DemandClass, classify};
use super::range::NegativeBinomial;
use super::smooth::ALPHA;
use super::{History, Series};
use crate::DailyRate;
use serde::Serialize;

/// Days in a bucket.
const WEEK_DAYS: usize = 7;

/// Weight of the newest squared error in the variance. Spread changes more slowly than level, and
/// half the weight brought the range nearer to what it states on real sales.
const VARIANCE_WEIGHT: f64 = 0.05;

/// Fewest weeks that make a series of weeks.
const WEEKS_MIN: usize = 3;

/// How a series was forecast.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Simple exponential smoothing, α = 0.1, started by discounted least squares.
    Ses,
    /// Teunter–Syntetos–Babai, α = β = 0.1, started likewise.
    Tsb,
    /// No observed day, so nothing is expected.
    NoHistory,
}

/// A flat forecast of one series.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Forecast {
    /// The method chosen.
    pub method: Method,
    /// Expected demand of each day to come.
    pub rate: DailyRate,
    /// Days in each period that was smoothed: 7, or 1 for a short history.
    pub period_days: u32,
    /// Variance of a period's demand around its forecast, in units squared: the squared one-step
    /// errors weighted exponentially (0.05), the weights adding up to one.
    pub variance_per_period: f64,
    /// What the forecast rests on; the pattern is that of the periods.
    pub history: History,
}

/// Demand over some days to come: expected, and between which bounds in eight of ten cases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct DemandRange {
    /// Days summed.
    pub days: u32,
    /// Expected units, in millionths.
    pub mean_micro: i64,
    /// With probability 0.1 demand is at most this, in units.
    pub p10: i64,
    /// With probability 0.5 demand is at most this, in units.
    pub p50: i64,
    /// With probability 0.9 demand is at most this, in units.
    pub p90: i64,
}

impl Forecast {
    /// Distribution of the sum over `days` days, as in the module's text.
    pub fn over(&self, days: u32) -> NegativeBinomial {
        let rate = f64_of(self.rate.micro()) / 1e6;
        let h = f64::from(days) / f64::from(self.period_days);
        let growth = 1.0 + ALPHA * (h - 1.0) + ALPHA * ALPHA * (h - 1.0) * (2.0 * h - 1.0) / 6.0;
        NegativeBinomial::new(f64::from(days) * rate, self.variance_per_period * h * growth)
    }

    /// Mean, P10, P50 and P90 of the sum over `days` days.
    pub fn range(&self, days: u32) -> DemandRange {
        let demand = self.over(days);
        let mean = self.rate.over_days_micro(i64::from(days));
        DemandRange {
            days,
            mean_micro: i64::try_from(mean).unwrap_or(i64::MAX),
            p10: demand.quantile(0.1),
            p50: demand.quantile(0.5),
            p90: demand.quantile(0.9),
        }
    }
}

/// Forecasts one series.
pub fn forecast(series: Series<'_>) -> Forecast {
    forecast_in(series, &mut Vec::new())
}

pub(super) fn forecast_in(series: Series<'_>, buffer: &mut Vec<f64>) -> Forecast {
    series.values_into(buffer);
    let period_days = sum_weeks(buffer);
    let pattern = classify(buffer);
    let method = match pattern.class {
        _ if buffer.is_empty() => Method::NoHistory,
        DemandClass::Intermittent | DemandClass::Lumpy => Method::Tsb,
        DemandClass::Sparse if pattern.adi.is_none_or(|adi| adi > ADI_CUT) => Method::Tsb,
        DemandClass::Smooth | DemandClass::Erratic | DemandClass::Sparse => Method::Ses,
    };
    let (level, variance_per_period) = match method {
        Method::NoHistory => (0.0, 0.0),
        Method::Ses => run_ses(buffer),
        Method::Tsb => run_tsb(buffer),
    };
    let rate = DailyRate::from_units((level / f64::from(period_days)).min(1e9));
    let history = History { pattern, last_demand_on: series.last_demand_on() };
    let rate = rate.unwrap_or_default();
    Forecast { method, rate, period_days, variance_per_period, history }
}

/// Sums days into weeks, in place; returns the days in a period.
fn sum_weeks(days: &mut Vec<f64>) -> u32 {
    let weeks = days.len() / WEEK_DAYS;
    if weeks < WEEKS_MIN {
        return 1;
    }
    let oldest = days.len() % WEEK_DAYS;
    for week in 0..weeks {
        let first = oldest + week * WEEK_DAYS;
        days[week] = days[first..first + WEEK_DAYS].iter().sum();
    }
    days.truncate(weeks);
    7
}

/// Exponentially weighted mean, the weights adding up to one from the first value on.
#[derive(Default)]
struct WeightedMean {
    value: f64,
    /// What the weights would add up to without being scaled: `1 − (1 − α)^t`.
    weight: f64,
}

impl WeightedMean {
    fn observe(&mut self, alpha: f64, value: f64) {
        self.weight += alpha * (1.0 - self.weight);
        self.value += alpha / self.weight * (value - self.value);
    }
}

/// Level and error variance of SES in one pass. The first value has nothing to be compared with.
fn run_ses(values: &[f64]) -> (f64, f64) {
    let (mut level, mut variance) = (WeightedMean::default(), WeightedMean::default());
    for (index, value) in values.iter().enumerate() {
        if index > 0 {
            let error = value - level.value;
            variance.observe(VARIANCE_WEIGHT, error * error);
        }
        level.observe(ALPHA, *value);
    }
    (level.value, variance.value)
}

/// Level and error variance of TSB in one pass: probability every period, size when there is any.
fn run_tsb(values: &[f64]) -> (f64, f64) {
    let (mut probability, mut size) = (WeightedMean::default(), WeightedMean::default());
    let mut variance = WeightedMean::default();
    for (index, value) in values.iter().enumerate() {
        if index > 0 {
            let error = value - probability.value * size.value;
            variance.observe(VARIANCE_WEIGHT, error * error);
        }
        probability.observe(ALPHA, if *value > 0.0 { 1.0 } else { 0.0 });
        if *value > 0.0 {
            size.observe(ALPHA, *value);
        }
    }
    (probability.value * size.value, variance.value)
}

#[expect(clippy::cast_precision_loss, reason = "a rate is at most 1e15 millionths, below 2^52")]
fn f64_of(micro: i64) -> f64 {
    micro as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::MICRO;
    use crate::demand::smooth;
    use chrono::NaiveDate;
    use proptest::prelude::*;

    fn of(units: &[i64]) -> Forecast {
        let first = NaiveDate::from_ymd_opt(2026, 9, 3).unwrap();
        forecast(Series::new(first, units, &vec![true; units.len()]).unwrap())
    }

    #[test]
    fn twenty_a_day_is_forecast_as_twenty_by_ses() {
        for days in [1, 5, 20, 21, 28, 30] {
            let forecast = of(&vec![20; days]);
            assert_eq!(forecast.method, Method::Ses);
            assert_eq!(forecast.rate.micro(), 20 * MICRO, "{days}");
        }
        let forecast = of(&[20; 28]);
        assert_eq!((forecast.period_days, forecast.history.pattern.periods), (7, 4));
        assert_eq!(forecast.history.pattern.class, DemandClass::Smooth);
        let range = forecast.range(44);
        assert_eq!(range.mean_micro, 880 * MICRO);
        assert!(range.p10 < 880 && 880 < range.p90, "{range:?}");
    }

    /// Twenty-eight days that sum to these weeks.
    fn weeks(units: [i64; 4]) -> Vec<i64> {
        units.iter().flat_map(|week| [*week, 0, 0, 0, 0, 0, 0]).collect()
    }

    #[test]
    fn the_method_follows_the_class() {
        assert_eq!(of(&[]).method, Method::NoHistory);
        assert_eq!(of(&[]).range(30).p90, 0);
        assert_eq!(of(&[0, 0, 0, 0]).method, Method::Tsb);
        assert_eq!(of(&[5, 5]).method, Method::Ses);
        assert_eq!(of(&[5, 0, 0, 0, 0]).method, Method::Tsb);
        assert_eq!(of(&[0, 1, 0, 1, 0, 40]).method, Method::Tsb);
        assert_eq!(of(&[1, 1, 1, 50]).method, Method::Ses);
        // Selling on one day of the week is no intermittent demand.
        assert_eq!(of(&weeks([7, 8, 7, 8])).method, Method::Ses);
        assert_eq!(of(&weeks([7, 0, 0, 8])).method, Method::Tsb);
    }

    #[test]
    fn the_oldest_days_that_fill_no_week_are_left_out() {
        let mut units = vec![900, 900];
        units.extend(weeks([70; 4]));
        assert_eq!(of(&units).rate, of(&weeks([70; 4])).rate);
        assert_eq!(of(&units).rate.micro(), 10 * MICRO);
    }

    #[test]
    fn newer_periods_weigh_more_and_the_weights_add_up_to_one() {
        // (0.9 × 10 + 20) ÷ 1.9 and so on.
        let level = of(&[10, 20]).rate.micro();
        assert_eq!(level, 15_263_158);
        let weights = [0.729, 0.81, 0.9, 1.0];
        let weighted: f64 = weights.iter().zip([10.0, 50.0, 80.0, 90.0]).map(|(w, y)| w * y).sum();
        let weekly = weighted / weights.iter().sum::<f64>();
        let rate = of(&weeks([10, 50, 80, 90])).rate;
        assert_eq!(rate, DailyRate::from_units(weekly / 7.0).unwrap());
    }

    #[test]
    fn the_variance_is_the_weighted_mean_of_the_errors() {
        // Level 10, error 10: the only error so far has all the weight.
        assert!((of(&[10, 20]).variance_per_period - 100.0).abs() < 1e-9);
        // Then level 29 ÷ 1.9, and the older error weighs 0.95.
        let newer = (10.0 - 29.0 / 1.9) * (10.0 - 29.0 / 1.9);
        let expected = (0.95 * 100.0 + newer) / 1.95;
        assert!((of(&[10, 20, 10]).variance_per_period - expected).abs() < 1e-9);
    }

    #[test]
    fn the_variance_over_periods_is_that_of_the_local_level_model() {
        let forecast = of(&weeks([10, 50, 80, 90]));
        let sum: f64 =
            (0..4).map(|j| (1.0 + 0.1 * f64::from(j)) * (1.0 + 0.1 * f64::from(j))).sum();
        let expected = forecast.variance_per_period * sum;
        assert!((forecast.over(28).variance() - expected).abs() < 1e-6 * expected);
    }

    /// These figures are those of every system: a difference is a difference in somebody's plan.
    #[test]
    fn the_same_input_gives_the_same_figures_everywhere() {
        let units: Vec<i64> = (0_i64..90).map(|day| day * day * 7_919 % 101 % 13).collect();
        let forecast = of(&units);
        let range = forecast.range(44);
        let lumpy: Vec<i64> =
            (0_i64..90).map(|day| if day % 17 == 3 { day % 5 + 1 } else { 0 }).collect();
        let lumpy = of(&lumpy);
        assert_eq!(lumpy.method, Method::Tsb);
        assert_eq!(
            (forecast.rate.micro(), range.p10, range.p50, range.p90),
            (5_664_604, 203, 248, 298)
        );
        assert_eq!((lumpy.rate.micro(), lumpy.range(44).p90), (201_551, 17));
    }

    proptest! {
        #[test]
        fn after_many_periods_the_start_is_forgotten(
            units in prop::collection::vec(0_i64..90, 700..900),
        ) {
            let mut values: Vec<f64> = units.iter().map(|units| f64_of(*units)).collect();
            sum_weeks(&mut values);
            let plain = smooth::ses(&values, ALPHA);
            prop_assert!((run_ses(&values).0 - plain).abs() <= 2e-3 * plain);
            let plain = smooth::tsb(&values, ALPHA, ALPHA);
            prop_assert!((run_tsb(&values).0 - plain).abs() <= 2e-3 * plain);
        }

        #[test]
        fn a_longer_time_has_a_higher_range(
            units in prop::collection::vec(0_i64..90, 1..60), days in 1_u32..60,
        ) {
            let forecast = of(&units);
            let (short, long) = (forecast.range(days), forecast.range(days + 7));
            prop_assert!(short.p10 <= short.p50 && short.p50 <= short.p90);
            prop_assert!(short.p90 <= long.p90);
        }
    }
}
