//! Remaining shelf life of a lot on a day, and a place's rule about it.
//!
//! Share left on day `d` = (expires − d) ÷ (expires − made), in days. Shares are compared exactly,
//! by cross-multiplication; rounding happens only where a share is shown.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// Parts per million in one whole.
pub const PPM: i64 = 1_000_000;

/// What a place asks of the life of goods. All zero asks only that the lot is not expired.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LifeRule {
    /// The smallest share of life left on arrival, in parts per million (40 % = 400 000).
    pub min_share_ppm: u32,
    /// The fewest days left on arrival.
    pub min_days: u32,
    /// Days before expiry on which the place stops selling: last day to sell = expiry − this.
    pub pull_days: u32,
}

/// Why a place would refuse a lot on arrival.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "rule", rename_all = "snake_case")]
pub enum LifeRefusal {
    /// The last day on which the place may sell the lot is before its arrival.
    PastLastSale {
        /// Expiry less the place's pull days.
        last_sell_on: NaiveDate,
    },
    /// Less of its life is left than the rule asks.
    ShareTooSmall {
        /// What the rule asks, in parts per million.
        min_share_ppm: u32,
    },
    /// Fewer days are left than the rule asks.
    DaysTooFew {
        /// What the rule asks.
        min_days: u32,
        /// What is left on arrival.
        days_left: i64,
    },
    /// The rule asks for a share, and nobody knows when the lot was made.
    MadeOnUnknown,
}

/// Share of life left on `day` in parts per million, rounded half up, for showing. Negative after
/// expiry. `None` when the dates are the wrong way round, so that no share exists.
pub fn share_left_ppm(made_on: NaiveDate, expires_on: NaiveDate, day: NaiveDate) -> Option<i64> {
    let life_days = (expires_on - made_on).num_days();
    let left_days = (expires_on - day).num_days();
    (life_days > 0).then(|| (2 * left_days * PPM + life_days).div_euclid(2 * life_days))
}

/// The last day on which goods that expire on `expires_on` sell, `pull_days` before expiry.
pub(crate) fn last_sell_on(expires_on: NaiveDate, pull_days: u32) -> NaiveDate {
    expires_on.checked_sub_days(Days::new(u64::from(pull_days))).unwrap_or(NaiveDate::MIN)
}

/// `day` + `days`, at the end of the calendar when it does not reach.
pub(crate) fn days_after(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
}

impl LifeRule {
    /// Says why a lot arriving on `arrives_on` is refused, or `None` when it is welcome. Goods
    /// without an expiry date are always welcome.
    pub fn refuses(
        &self,
        made_on: Option<NaiveDate>,
        expires_on: Option<NaiveDate>,
        arrives_on: NaiveDate,
    ) -> Option<LifeRefusal> {
        let expires_on = expires_on?;
        let last_sell_on = last_sell_on(expires_on, self.pull_days);
        if arrives_on > last_sell_on {
            return Some(LifeRefusal::PastLastSale { last_sell_on });
        }
        let days_left = (expires_on - arrives_on).num_days();
        if days_left < i64::from(self.min_days) {
            return Some(LifeRefusal::DaysTooFew { min_days: self.min_days, days_left });
        }
        if self.min_share_ppm == 0 {
            return None;
        }
        let Some(made_on) = made_on else { return Some(LifeRefusal::MadeOnUnknown) };
        let life_days = (expires_on - made_on).num_days();
        let enough = life_days > 0 && days_left * PPM >= i64::from(self.min_share_ppm) * life_days;
        (!enough).then_some(LifeRefusal::ShareTooSmall { min_share_ppm: self.min_share_ppm })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn share_of_the_example_lot() {
        let (made, expires) = (day("2025-03-10"), day("2028-03-09"));
        assert_eq!(share_left_ppm(made, expires, day("2026-10-08")), Some(473_059));
        assert_eq!(share_left_ppm(made, expires, made), Some(PPM));
        assert_eq!(share_left_ppm(made, expires, expires), Some(0));
        assert!(share_left_ppm(made, expires, day("2028-03-10")).unwrap() < 0);
        assert_eq!(share_left_ppm(expires, made, made), None);
    }

    #[test]
    fn a_share_is_compared_exactly_and_not_as_rounded() {
        // 518 of 1,095 days are 473,059.36 ppm: a rule of 473,059 takes it, 473,060 does not.
        let (made, expires) = (Some(day("2025-03-10")), Some(day("2028-03-09")));
        let rule = |min_share_ppm| LifeRule { min_share_ppm, ..LifeRule::default() };
        let arrives = day("2026-10-08");
        assert_eq!(rule(473_059).refuses(made, expires, arrives), None);
        assert_eq!(
            rule(473_060).refuses(made, expires, arrives),
            Some(LifeRefusal::ShareTooSmall { min_share_ppm: 473_060 })
        );
        assert_eq!(rule(1).refuses(None, expires, arrives), Some(LifeRefusal::MadeOnUnknown));
    }

    #[test]
    fn exactly_the_share_asked_for_is_enough() {
        let (made, expires) = (day("2024-01-01"), day("2024-01-01") + Days::new(1_000));
        let rule = LifeRule { min_share_ppm: 400_000, ..LifeRule::default() };
        let refuses = |left| rule.refuses(Some(made), Some(expires), expires - Days::new(left));
        assert_eq!(refuses(400), None);
        assert!(refuses(399).is_some());
    }

    #[test]
    fn the_day_of_expiry_is_the_last_to_sell() {
        let expires = Some(day("2026-12-31"));
        let open = LifeRule::default();
        assert_eq!(open.refuses(None, expires, day("2026-12-31")), None);
        assert!(open.refuses(None, expires, day("2027-01-01")).is_some());
        let pulled = LifeRule { pull_days: 30, ..open };
        assert_eq!(pulled.refuses(None, expires, day("2026-12-01")), None);
        assert_eq!(
            pulled.refuses(None, expires, day("2026-12-02")),
            Some(LifeRefusal::PastLastSale { last_sell_on: day("2026-12-01") })
        );
        let days = LifeRule { min_days: 10, ..open };
        assert_eq!(days.refuses(None, expires, day("2026-12-21")), None);
        assert_eq!(
            days.refuses(None, expires, day("2026-12-22")),
            Some(LifeRefusal::DaysTooFew { min_days: 10, days_left: 9 })
        );
        assert_eq!(days.refuses(None, None, day("2099-01-01")), None);
    }
}
