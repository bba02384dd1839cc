//! Shelf life: how long goods keep, what share of it is left, and whether a place takes or sells them.
//!
//! The one place that answers "may this lot be sold, sent, accepted on that day"; lists, picks,
//! papers, plans and the sync all ask here. Refuses to know lots and stock.

use chrono::{Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

/// One whole in parts per million.
pub const PPM: i64 = 1_000_000;

/// How long a product keeps from manufacture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShelfLife {
    /// Counted in days.
    Days(u32),
    /// Counted in calendar months, as on Chinese cosmetics labels.
    Months(u32),
}

impl ShelfLife {
    /// The last day of the life of goods made on `mfg_on`: the day before the period is full, so
    /// 36 months from 2025-03-10 end on 2028-03-09. `None` outside the calendar.
    pub fn expires_on(self, mfg_on: NaiveDate) -> Option<NaiveDate> {
        let full = match self {
            Self::Days(days) => mfg_on.checked_add_days(Days::new(days.into()))?,
            Self::Months(months) => mfg_on.checked_add_months(Months::new(months))?,
        };
        full.pred_opt()
    }

    /// The manufacture date that [`Self::expires_on`] turns into `expires_on`, to the day for days
    /// and up to the length of months otherwise. `None` outside the calendar.
    pub fn made_on(self, expires_on: NaiveDate) -> Option<NaiveDate> {
        let full = expires_on.succ_opt()?;
        match self {
            Self::Days(days) => full.checked_sub_days(Days::new(days.into())),
            Self::Months(months) => full.checked_sub_months(Months::new(months)),
        }
    }
}

/// What a place asks of the remaining life of goods.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LifeRule {
    /// Least remaining share of the whole life at arrival, in ppm (40 % = 400,000).
    pub min_share_ppm: Option<i64>,
    /// Least remaining days at arrival.
    pub min_days: Option<i64>,
    /// How many days before expiry the place stops selling (下架日).
    #[serde(default)]
    pub pull_days: i64,
}

/// Why a lot does not meet a place's rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LifeFault {
    /// The share left is under the rule's.
    Share,
    /// The days left are under the rule's.
    Days,
    /// Past its last day of sale on arrival.
    Pulled,
    /// The rule needs a date that the lot does not have.
    NoDate,
}

/// The dates of a lot, as far as they are known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dates {
    /// Made on.
    pub mfg_on: Option<NaiveDate>,
    /// Last day of its life; still sellable on it.
    pub expires_on: Option<NaiveDate>,
}

impl Dates {
    /// Days of life left on `day`; zero on the last day, negative after it.
    pub fn days_left(self, day: NaiveDate) -> Option<i64> {
        self.expires_on.map(|expires| (expires - day).num_days())
    }

    /// The share of life left on `day` in ppm, rounded half up: 518 of 1,095 days = 473,059.
    /// Needs both dates; not cut at 0 or 100 %.
    pub fn share_ppm(self, day: NaiveDate) -> Option<i64> {
        let whole = (self.expires_on? - self.mfg_on?).num_days();
        let left = self.days_left(day)?;
        (whole > 0).then(|| crate::money::share(PPM, left, whole))
    }

    /// The last day on which a place with `rule` sells the lot.
    pub fn last_sale(self, rule: &LifeRule) -> Option<NaiveDate> {
        self.expires_on.map(|expires| expires - chrono::TimeDelta::days(rule.pull_days))
    }

    /// Whether a place with `rule` may sell the lot on `day`. A lot without an expiry is sellable.
    pub fn sellable(self, rule: &LifeRule, day: NaiveDate) -> bool {
        self.last_sale(rule).is_none_or(|last| day <= last)
    }

    /// Whether a place with `rule` accepts the lot when it arrives on `day`.
    ///
    /// The share is compared exactly, not as rounded ppm. A lot that never expires is accepted.
    pub fn accepted(self, rule: &LifeRule, day: NaiveDate) -> Result<(), LifeFault> {
        let Some(expires) = self.expires_on else { return Ok(()) };
        let left = (expires - day).num_days();
        if !self.sellable(rule, day) {
            return Err(LifeFault::Pulled);
        }
        if rule.min_days.is_some_and(|least| left < least) {
            return Err(LifeFault::Days);
        }
        let Some(least) = rule.min_share_ppm else { return Ok(()) };
        let Some(made) = self.mfg_on else { return Err(LifeFault::NoDate) };
        let whole = (expires - made).num_days();
        if i128::from(left) * i128::from(PPM) < i128::from(whole) * i128::from(least) {
            return Err(LifeFault::Share);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn dates(made: &str, expires: &str) -> Dates {
        Dates { mfg_on: Some(day(made)), expires_on: Some(day(expires)) }
    }

    #[test]
    fn thirty_six_months_end_the_day_before() {
        assert_eq!(ShelfLife::Months(36).expires_on(day("2025-03-10")), Some(day("2028-03-09")));
        assert_eq!(ShelfLife::Days(30).expires_on(day("2026-01-01")), Some(day("2026-01-30")));
        assert_eq!(ShelfLife::Months(36).made_on(day("2028-03-09")), Some(day("2025-03-10")));
    }

    #[test]
    fn the_share_left_at_arrival_decides() {
        let lot = dates("2025-03-10", "2028-03-09");
        let arrival = day("2026-10-08");
        assert_eq!(lot.share_ppm(arrival), Some(473_059));
        let rule = |percent: i64| LifeRule {
            min_share_ppm: Some(percent * 10_000),
            ..LifeRule::default()
        };
        assert_eq!(lot.accepted(&rule(40), arrival), Ok(()));
        assert_eq!(lot.accepted(&rule(50), arrival), Err(LifeFault::Share));
    }

    #[test]
    fn the_last_day_is_sellable_everywhere() {
        let lot = dates("2025-01-01", "2026-06-30");
        let rule = LifeRule { pull_days: 30, ..LifeRule::default() };
        assert!(lot.sellable(&LifeRule::default(), day("2026-06-30")));
        assert!(!lot.sellable(&LifeRule::default(), day("2026-07-01")));
        assert!(lot.sellable(&rule, day("2026-05-31")));
        assert!(!lot.sellable(&rule, day("2026-06-01")));
        assert_eq!(lot.accepted(&rule, day("2026-06-01")), Err(LifeFault::Pulled));
    }

    #[test]
    fn goods_that_never_expire_are_accepted_and_a_share_needs_both_dates() {
        let rule = LifeRule { min_share_ppm: Some(400_000), min_days: Some(90), pull_days: 30 };
        let on = day("2026-10-01");
        let forever = Dates { mfg_on: Some(day("2020-01-01")), expires_on: None };
        assert_eq!(forever.accepted(&rule, on), Ok(()));
        let unknown_make = Dates { mfg_on: None, expires_on: Some(day("2028-01-31")) };
        assert_eq!(unknown_make.accepted(&rule, on), Err(LifeFault::NoDate));
        let days_only = LifeRule { min_share_ppm: None, ..rule };
        assert_eq!(unknown_make.accepted(&days_only, on), Ok(()));
    }

    proptest! {
        #[test]
        fn a_later_arrival_is_never_accepted_when_an_earlier_one_is_not(
            life in 30_i64..2000, at in 0_i64..2000, percent in 0_i64..100, least in 0_i64..400,
        ) {
            let made = day("2025-01-01");
            let lot = Dates { mfg_on: Some(made), expires_on: Some(made + chrono::TimeDelta::days(life)) };
            let rule = LifeRule {
                min_share_ppm: Some(percent * 10_000), min_days: Some(least), pull_days: 5,
            };
            let on = made + chrono::TimeDelta::days(at);
            if lot.accepted(&rule, on).is_err() {
                prop_assert!(lot.accepted(&rule, on + chrono::TimeDelta::days(1)).is_err());
            }
        }
    }
}
