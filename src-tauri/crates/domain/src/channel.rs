//! Sales channels (销售渠道) and what goods cost in them: rule sets, assumptions of a margin, prices.
//!
//! Knows that a published version of a rule set is never changed or dropped, and that goods have
//! one price per channel and day. Refuses to know what rules mean: `pricing` reads them.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{Refusal, ShopId, SkuId, ids::ChannelId, shelf_life::PPM};

/// A channel through which goods are sold, with every version of its rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Channel {
    /// Unique short code.
    pub code: String,
    /// Its Chinese name.
    pub name_zh: String,
    /// Its English name.
    pub name_en: String,
    /// The shop whose orders it prices.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shop: Option<ShopId>,
    /// The versions of one rule set, as they were loaded.
    pub rules: Vec<serde_json::Value>,
}

impl Channel {
    /// Refuses a channel without a code, a name or rules.
    pub fn check(&self) -> Result<(), Refusal> {
        if self.code.trim().is_empty() {
            return Err(Refusal::CodeMissing { what: "channel".into() });
        }
        if self.name_zh.trim().is_empty() && self.name_en.trim().is_empty() {
            return Err(Refusal::NameMissing { code: self.code.clone() });
        }
        if self.rules.is_empty() {
            return Err(Refusal::DocumentEmpty { what: "channel".into() });
        }
        Ok(())
    }
}

/// What a sale through a channel costs beside what its rules take. All amounts in minor units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaleCost {
    /// Packing and freight of an order.
    pub packing: i64,
    /// Tax inside the channel's fees that is had back, ppm.
    pub fee_vat_ppm: i64,
    /// Share of the orders that come back, ppm.
    pub return_ppm: i64,
    /// What an order that comes back costs.
    pub return_loss: i64,
    /// What destroying a unit, and storing it until then, would cost.
    pub destruction: i64,
    /// What an agent usually adds to the price of a unit, where the rules let one.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub mark_up: i64,
}

/// An amount that is not told: entries from before it was asked for keep their bytes.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "the form that serde calls")]
fn is_nothing(amount: &i64) -> bool {
    *amount == 0
}

impl SaleCost {
    /// Refuses amounts below zero and shares beyond 100 %.
    pub fn check(&self) -> Result<(), Refusal> {
        let shares = [self.fee_vat_ppm, self.return_ppm];
        let amounts = [self.packing, self.return_loss, self.destruction, self.mark_up];
        let fair = shares.iter().all(|share| (0..=PPM).contains(share))
            && amounts.iter().all(|amount| *amount >= 0);
        if fair { Ok(()) } else { Err(Refusal::ChannelCostInvalid {}) }
    }
}

/// Why goods may be sold below cost (Price Law, art. 14(2), from memory: an accountant or lawyer
/// confirms it).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BelowCost {
    /// 积压商品.
    Overstock,
    /// 季节性商品.
    Seasonal,
    /// 临期商品.
    NearExpiry,
}

/// What goods cost in a channel from a day on; price and floor price are the money part, in this
/// order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChannelPrice {
    /// In which channel.
    pub channel: ChannelId,
    /// Which goods.
    pub sku: SkuId,
    /// First day.
    pub from: NaiveDate,
    /// Last day; open when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<NaiveDate>,
    /// Where it comes from: a file, an agreement.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// Why it may be below cost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub below_cost: Option<BelowCost>,
    /// The SHA-256 of the version of the rules by which a price below cost was weighed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weighed_by: Option<String>,
}

impl ChannelPrice {
    /// Whether it holds on `day`.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }

    /// Whether both are prices of the same goods in the same channel on some day.
    pub fn conflicts_with(&self, other: &Self) -> bool {
        (self.channel, self.sku) == (other.channel, other.sku)
            && other.to.is_none_or(|to| self.from <= to)
            && self.to.is_none_or(|to| other.from <= to)
    }

    /// Refuses an end before the begin, and a day on which another of `others` holds. `sku` and
    /// `channel` are codes, for the sentence.
    pub fn check<'a>(
        &self,
        (sku, channel): (&str, &str),
        others: impl IntoIterator<Item = &'a Self>,
    ) -> Result<(), Refusal> {
        let (sku, channel) = (sku.to_owned(), channel.to_owned());
        if let Some(to) = self.to.filter(|to| *to < self.from) {
            return Err(Refusal::PriceDaysInvalid { sku, from: self.from, to });
        }
        match others.into_iter().find(|other| self.conflicts_with(other)) {
            None => Ok(()),
            Some(other) => {
                Err(Refusal::PriceConflict { sku, channel, from: other.from, to: other.to })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn price(from: i64, days: Option<i64>) -> ChannelPrice {
        let day = |n: i64| {
            let first = NaiveDate::from_ymd_opt(2026, 1, 1).expect("a day");
            first + chrono::Days::new(n.unsigned_abs())
        };
        ChannelPrice {
            channel: ChannelId(uuid::Uuid::from_u128(1)),
            sku: SkuId(uuid::Uuid::from_u128(2)),
            from: day(from),
            to: days.map(|days| day(from + days)),
            source: String::new(),
            below_cost: None,
            weighed_by: None,
        }
    }

    proptest! {
        #[test]
        fn two_prices_conflict_just_when_some_day_has_both(
            a in (0_i64..60, prop::option::of(0_i64..30)),
            b in (0_i64..60, prop::option::of(0_i64..30)),
        ) {
            let (a, b) = (price(a.0, a.1), price(b.0, b.1));
            let first = NaiveDate::from_ymd_opt(2026, 1, 1).expect("a day");
            let both = first.iter_days().take(200).any(|day| a.holds_on(day) && b.holds_on(day));
            prop_assert_eq!(a.conflicts_with(&b), both);
            prop_assert_eq!(b.conflicts_with(&a), both);
            prop_assert_eq!(a.check(("S", "C"), [&b]).is_err(), both);
        }
    }

    #[test]
    fn other_goods_and_other_channels_have_prices_of_their_own() {
        let one = price(0, None);
        let mut other = price(0, None);
        other.sku = SkuId(uuid::Uuid::from_u128(3));
        assert_eq!(one.check(("S", "C"), [&other]), Ok(()));
        let mut ended = price(5, Some(3));
        ended.to = ended.from.pred_opt();
        assert!(matches!(ended.check(("S", "C"), []), Err(Refusal::PriceDaysInvalid { .. })));
    }

    #[test]
    fn a_cost_that_knows_no_mark_up_keeps_its_bytes() {
        let old =
            r#"{"packing":650,"fee_vat_ppm":0,"return_ppm":0,"return_loss":0,"destruction":300}"#;
        let cost: SaleCost = serde_json::from_str(old).expect("as it was written");
        assert_eq!(cost.mark_up, 0);
        assert_eq!(serde_json::to_string(&cost).expect("JSON"), old);
    }

    #[test]
    fn a_share_beyond_all_of_it_is_no_assumption() {
        assert_eq!(SaleCost { return_ppm: PPM, ..SaleCost::default() }.check(), Ok(()));
        for cost in [
            SaleCost { return_ppm: PPM + 1, ..SaleCost::default() },
            SaleCost { packing: -1, ..SaleCost::default() },
            SaleCost { mark_up: -1, ..SaleCost::default() },
        ] {
            assert_eq!(cost.check(), Err(Refusal::ChannelCostInvalid {}));
        }
    }
}
