//! The one form in which a forecast enters exact arithmetic.

use serde::{Deserialize, Serialize};

/// Millionths in one unit.
pub const MICRO: i64 = 1_000_000;

/// The largest rate accepted: a thousand million units a day.
const UNITS_PER_DAY_MAX: f64 = 1e9;

/// Expected demand per day in millionths of a base unit, never negative.
///
/// A rate is rounded once, half up, when it leaves the forecast; from then on 20 a day over 44
/// days is 880 and not 880.0000001, so that no rounding up buys a carton for a float's last bit.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(try_from = "i64", into = "i64")]
pub struct DailyRate(i64);

/// A number that cannot be a rate of demand.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum RateError {
    /// Negative, not finite, or above a thousand million units a day.
    #[error("{units_per_day} units a day is not a rate of demand")]
    OutOfRange {
        /// The number given.
        units_per_day: f64,
    },
}

impl DailyRate {
    /// No demand.
    pub const ZERO: DailyRate = DailyRate(0);

    /// A rate from a forecast in units per day, rounded half up to millionths.
    pub fn from_units(units_per_day: f64) -> Result<DailyRate, RateError> {
        if !(0.0..=UNITS_PER_DAY_MAX).contains(&units_per_day) {
            return Err(RateError::OutOfRange { units_per_day });
        }
        #[expect(
            clippy::cast_possible_truncation,
            reason = "at most 1e15 after the check above, so the cast is exact"
        )]
        let micro = libm::floor(units_per_day * 1e6 + 0.5) as i64;
        Ok(DailyRate(micro))
    }

    /// A rate given in millionths of a unit per day.
    pub fn from_micro(micro_per_day: i64) -> Result<DailyRate, RateError> {
        #[expect(clippy::cast_precision_loss, reason = "only compared with the bounds and shown")]
        let units_per_day = micro_per_day as f64 / 1e6;
        if !(0.0..=UNITS_PER_DAY_MAX).contains(&units_per_day) {
            return Err(RateError::OutOfRange { units_per_day });
        }
        Ok(DailyRate(micro_per_day))
    }

    /// Millionths of a unit per day.
    pub fn micro(self) -> i64 {
        self.0
    }

    /// Demand of `days` days in millionths of a unit; none for a negative number of days.
    pub fn over_days_micro(self, days: i64) -> i128 {
        i128::from(self.0) * i128::from(days.max(0))
    }
}

impl TryFrom<i64> for DailyRate {
    type Error = RateError;

    fn try_from(micro_per_day: i64) -> Result<Self, RateError> {
        DailyRate::from_micro(micro_per_day)
    }
}

impl From<DailyRate> for i64 {
    fn from(rate: DailyRate) -> i64 {
        rate.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_rounded_half_up_to_millionths() {
        assert_eq!(DailyRate::from_units(20.0).unwrap().micro(), 20_000_000);
        assert_eq!(DailyRate::from_units(0.000_000_4).unwrap().micro(), 0);
        assert_eq!(DailyRate::from_units(0.5e-6).unwrap().micro(), 1);
        assert_eq!(DailyRate::from_units(20.0).unwrap().over_days_micro(44), 880_000_000);
        assert_eq!(DailyRate::from_units(20.0).unwrap().over_days_micro(-3), 0);
    }

    #[test]
    fn what_is_no_rate_is_refused() {
        for bad in [-1.0, f64::NAN, f64::INFINITY, 1e10] {
            assert!(DailyRate::from_units(bad).is_err(), "{bad}");
        }
        assert!(DailyRate::from_micro(-1).is_err());
        assert!(DailyRate::from_micro(i64::MAX).is_err());
        assert!(serde_json::from_str::<DailyRate>("-5").is_err());
    }
}
