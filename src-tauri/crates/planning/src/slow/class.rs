//! The class of slow-moving stock and the band of remaining life, with their editable bounds.
//!
//! Knows numbers of days. Refuses to know how they came about.

use crate::PPM;
use crate::cover::Cover;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// How stuck the stock is, from best to worst; [`SlowClass::New`] stands outside the order of
/// concern and first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SlowClass {
    /// Too recently launched to be judged.
    New,
    /// Sells through in time.
    Healthy,
    /// Lasts longer than it should.
    Watch,
    /// Moves slowly, or is old and not nearly gone.
    Slow,
    /// Hardly moves.
    Stagnant,
    /// Does not move, or all of it will expire.
    Dead,
}

/// Which test gave the class. Where several gave the same, the first in this order is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ClassReason {
    /// The SKU was first received a short while ago.
    FirstReceipt,
    /// Everything is at risk of expiring.
    AtRisk,
    /// Days without a sale.
    NoSale,
    /// Cover days.
    Cover,
    /// Age, which counts only with more than so many days of cover.
    Age,
}

/// Bounds of the classes, all in days, and of the bands of remaining life. Editable; the defaults
/// are trade practice for goods with a life of two to three years.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SlowPolicy {
    /// New up to and including this many days after the SKU's first receipt.
    pub new_days: u32,
    /// Age counts only above this cover.
    pub age_counts_above_cover: u32,
    /// Watch above this cover.
    pub watch_above_cover: u32,
    /// Slow above this cover.
    pub slow_above_cover: u32,
    /// Stagnant above this cover.
    pub stagnant_above_cover: u32,
    /// Slow above this age.
    pub slow_above_age: u32,
    /// Stagnant above this age.
    pub stagnant_above_age: u32,
    /// Stagnant from this many days without a sale on.
    pub stagnant_no_sale_days: u32,
    /// Dead from this many days without a sale on.
    pub dead_no_sale_days: u32,
    /// Shares of life left in parts per million, falling; a lot is in the last band whose share it
    /// does not exceed.
    pub bands_ppm: [u32; 3],
}

impl Default for SlowPolicy {
    fn default() -> SlowPolicy {
        SlowPolicy {
            new_days: 90,
            age_counts_above_cover: 60,
            watch_above_cover: 60,
            slow_above_cover: 120,
            stagnant_above_cover: 180,
            slow_above_age: 180,
            stagnant_above_age: 365,
            stagnant_no_sale_days: 60,
            dead_no_sale_days: 120,
            bands_ppm: [500_000, 300_000, 150_000],
        }
    }
}

/// What a class is judged by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClassFacts {
    /// Cover of the SKU over the network.
    pub cover: Cover,
    /// Days since first receipt of the lot, or of the oldest lot.
    pub age_days: i64,
    /// Days since the SKU last sold anywhere.
    pub no_sale_days: i64,
    /// Days since the SKU was first received.
    pub first_receipt_days: i64,
    /// Units on hand.
    pub qty: i64,
    /// Units of them at risk of expiring.
    pub at_risk: i64,
}

/// The class and the test that gave it: the worst class any test gives, `New` before all.
pub fn classify(facts: &ClassFacts, policy: &SlowPolicy) -> (SlowClass, ClassReason) {
    if facts.first_receipt_days <= i64::from(policy.new_days) {
        return (SlowClass::New, ClassReason::FirstReceipt);
    }
    let at_risk = if facts.qty > 0 && facts.at_risk >= facts.qty {
        SlowClass::Dead
    } else {
        SlowClass::Healthy
    };
    let tests = [
        (by_cover(facts.cover, policy), ClassReason::Cover),
        (at_risk, ClassReason::AtRisk),
        (by_no_sale(facts.no_sale_days, policy), ClassReason::NoSale),
        (by_age(facts, policy), ClassReason::Age),
    ];
    let worst = tests.iter().map(|(class, _)| *class).max().unwrap_or(SlowClass::Healthy);
    if worst == SlowClass::Healthy {
        return (worst, ClassReason::Cover);
    }
    let reasons = tests.iter().filter(|(class, _)| *class == worst).map(|(_, reason)| *reason);
    (worst, reasons.min().unwrap_or(ClassReason::Cover))
}

fn by_cover(cover: Cover, policy: &SlowPolicy) -> SlowClass {
    if cover.above(policy.stagnant_above_cover) {
        SlowClass::Stagnant
    } else if cover.above(policy.slow_above_cover) {
        SlowClass::Slow
    } else if cover.above(policy.watch_above_cover) {
        SlowClass::Watch
    } else {
        SlowClass::Healthy
    }
}

fn by_no_sale(days: i64, policy: &SlowPolicy) -> SlowClass {
    if days >= i64::from(policy.dead_no_sale_days) {
        SlowClass::Dead
    } else if days >= i64::from(policy.stagnant_no_sale_days) {
        SlowClass::Stagnant
    } else {
        SlowClass::Healthy
    }
}

fn by_age(facts: &ClassFacts, policy: &SlowPolicy) -> SlowClass {
    if !facts.cover.above(policy.age_counts_above_cover) {
        SlowClass::Healthy
    } else if facts.age_days > i64::from(policy.stagnant_above_age) {
        SlowClass::Stagnant
    } else if facts.age_days > i64::from(policy.slow_above_age) {
        SlowClass::Slow
    } else {
        SlowClass::Healthy
    }
}

/// How much of its life a lot has left, as a band.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", content = "ppm", rename_all = "snake_case")]
pub enum ExpiryBand {
    /// Does not expire.
    Undated,
    /// Expires, but nobody knows when it was made: no share can be told.
    Unknown,
    /// More is left than the first band.
    Fresh,
    /// At most this share is left, in parts per million.
    Within(u32),
    /// The last day has passed.
    Expired,
}

impl SlowPolicy {
    /// The band of a lot on a day. The share is compared exactly, not as rounded for showing.
    pub fn band(
        &self,
        made_on: Option<NaiveDate>,
        expires_on: Option<NaiveDate>,
        day: NaiveDate,
    ) -> ExpiryBand {
        let Some(expires_on) = expires_on else { return ExpiryBand::Undated };
        if day > expires_on {
            return ExpiryBand::Expired;
        }
        let Some(made_on) = made_on.filter(|made_on| *made_on < expires_on) else {
            return ExpiryBand::Unknown;
        };
        let life_days = (expires_on - made_on).num_days();
        let left = (expires_on - day).num_days() * PPM;
        let within = |share: &&u32| left <= i64::from(**share) * life_days;
        self.bands_ppm
            .iter()
            .filter(within)
            .min()
            .map_or(ExpiryBand::Fresh, |share| ExpiryBand::Within(*share))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An established SKU that sold today, half gone tomorrow.
    const GOOD: ClassFacts = ClassFacts {
        cover: Cover::Days(30),
        age_days: 10,
        no_sale_days: 0,
        first_receipt_days: 400,
        qty: 100,
        at_risk: 0,
    };

    fn class(facts: ClassFacts) -> (SlowClass, ClassReason) {
        classify(&facts, &SlowPolicy::default())
    }

    fn cover(days: i64) -> ClassFacts {
        ClassFacts { cover: Cover::Days(days), ..GOOD }
    }

    #[test]
    fn cover_at_each_edge() {
        use SlowClass::{Healthy, Slow, Stagnant, Watch};
        for (days, expected) in [
            (0, Healthy),
            (60, Healthy),
            (61, Watch),
            (120, Watch),
            (121, Slow),
            (180, Slow),
            (181, Stagnant),
            (365, Stagnant),
            (366, Stagnant),
        ] {
            assert_eq!(class(cover(days)), (expected, ClassReason::Cover), "{days}");
        }
        assert_eq!(class(ClassFacts { cover: Cover::Endless, ..GOOD }).0, Stagnant);
    }

    #[test]
    fn age_at_each_edge_and_only_above_sixty_days_of_cover() {
        use SlowClass::{Healthy, Slow, Stagnant, Watch};
        for (days, age_days, expected) in [
            (61, 180, Watch),
            (61, 181, Slow),
            (61, 365, Slow),
            (61, 366, Stagnant),
            (60, 181, Healthy),
            (60, 366, Healthy),
        ] {
            let facts = ClassFacts { age_days, ..cover(days) };
            assert_eq!(class(facts).0, expected, "{days} {age_days}");
        }
        assert_eq!(class(ClassFacts { age_days: 181, ..cover(61) }).1, ClassReason::Age);
    }

    #[test]
    fn days_without_a_sale_at_each_edge() {
        use SlowClass::{Dead, Healthy, Stagnant};
        for (no_sale_days, expected) in
            [(59, Healthy), (60, Stagnant), (119, Stagnant), (120, Dead)]
        {
            let facts = ClassFacts { no_sale_days, ..GOOD };
            assert_eq!(class(facts).0, expected, "{no_sale_days}");
        }
        let facts = ClassFacts { no_sale_days: 60, ..GOOD };
        assert_eq!(class(facts).1, ClassReason::NoSale);
    }

    #[test]
    fn all_at_risk_is_dead_and_one_unit_less_is_not() {
        let facts = |at_risk| ClassFacts { at_risk, ..GOOD };
        assert_eq!(class(facts(99)).0, SlowClass::Healthy);
        assert_eq!(class(facts(100)), (SlowClass::Dead, ClassReason::AtRisk));
        assert_eq!(class(ClassFacts { qty: 0, ..facts(0) }).0, SlowClass::Healthy);
    }

    #[test]
    fn new_stands_before_all_and_ends_after_ninety_days() {
        let hopeless = ClassFacts {
            cover: Cover::Endless,
            no_sale_days: 90,
            at_risk: 100,
            first_receipt_days: 90,
            ..GOOD
        };
        assert_eq!(class(hopeless), (SlowClass::New, ClassReason::FirstReceipt));
        let later = ClassFacts { first_receipt_days: 91, ..hopeless };
        assert_eq!(class(later).0, SlowClass::Dead);
    }

    #[test]
    fn bounds_can_be_edited() {
        let strict = SlowPolicy { watch_above_cover: 20, ..SlowPolicy::default() };
        assert_eq!(classify(&cover(30), &strict).0, SlowClass::Watch);
        let text = r#"{"new_days": 30}"#;
        let read: SlowPolicy = serde_json::from_str(text).unwrap();
        assert_eq!(read, SlowPolicy { new_days: 30, ..SlowPolicy::default() });
    }

    #[test]
    fn bands_at_each_edge() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        // A life of 1,000 days.
        let (made, expires) = (day("2024-01-01"), day("2024-01-01") + chrono::Days::new(1_000));
        let band = |left: u64| {
            let on = expires - chrono::Days::new(left);
            SlowPolicy::default().band(Some(made), Some(expires), on)
        };
        for (left, expected) in [
            (1_000, ExpiryBand::Fresh),
            (501, ExpiryBand::Fresh),
            (500, ExpiryBand::Within(500_000)),
            (301, ExpiryBand::Within(500_000)),
            (300, ExpiryBand::Within(300_000)),
            (151, ExpiryBand::Within(300_000)),
            (150, ExpiryBand::Within(150_000)),
            (0, ExpiryBand::Within(150_000)),
        ] {
            assert_eq!(band(left), expected, "{left}");
        }
        let policy = SlowPolicy::default();
        let after = expires + chrono::Days::new(1);
        assert_eq!(policy.band(Some(made), Some(expires), after), ExpiryBand::Expired);
        assert_eq!(policy.band(None, Some(expires), made), ExpiryBand::Unknown);
        assert_eq!(policy.band(Some(made), None, made), ExpiryBand::Undated);
    }
}
