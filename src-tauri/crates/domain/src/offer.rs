//! Supplier offers (供货条件): from what quantity on, at which price, in which steps, on what terms.
//!
//! Knows the price of a quantity, what may be ordered without a reason, and when a larger order
//! costs less. Prices stand beside the offer, not in it: they belong to the part of an entry that
//! may be withheld. Refuses to know how much is needed.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{
    Currency, PartnerId, Reason, Refusal, SkuId,
    stock::{QTY_MAX, positive},
    tax::{UnitPrice, check_rate},
    terms::{Term, check_terms},
};

/// Which units a factory's allowed loss of supplied material is measured on (损耗基数).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LossBase {
    /// 良品: material for rejected units is the factory's loss.
    #[default]
    Good,
    /// 良品加不良品: material for rejected units is used.
    GoodAndRejected,
}

/// What a partner offers for one of our goods, without the prices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// Whose it is.
    pub partner: PartnerId,
    /// For these goods.
    pub sku: SkuId,
    /// From how many units on each price holds (阶梯), strictly increasing.
    pub tiers_from: Vec<i64>,
    /// Value added tax, in ppm.
    pub tax_rate_ppm: i64,
    /// Whether the prices include it.
    pub price_includes_tax: bool,
    /// 起订量.
    pub moq: i64,
    /// 订货倍数.
    pub multiple: i64,
    /// Days from order to ready, on average.
    pub lead_days_mean: u32,
    /// Days in which nine of ten orders are ready.
    pub lead_days_p90: u32,
    /// 付款条件.
    pub terms: Vec<Term>,
    /// 损耗基数.
    pub loss_base: LossBase,
    /// Whether units beyond those ordered are paid for.
    pub over_receipt_paid: bool,
    /// First day.
    pub from: NaiveDate,
    /// Last day; open when absent.
    pub to: Option<NaiveDate>,
}

/// Worth saying about prices without refusing them: from this quantity on a unit costs more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PriceRises {
    /// The tier's first quantity.
    pub from: i64,
}

/// A larger order that costs no more than the wanted one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Cheaper {
    /// How many units more.
    pub more: i64,
    /// What the wanted quantity costs with tax, minor units.
    pub total_now: i64,
    /// What the larger one costs with tax, minor units.
    pub total_then: i64,
}

impl Offer {
    /// Refuses what cannot be an offer. `sku` is the goods' code, for the sentence.
    pub fn check(&self, sku: &str) -> Result<(), Refusal> {
        let sku = sku.to_owned();
        let mut before = 0;
        for (tier, from) in (1..).zip(&self.tiers_from) {
            if *from <= before || *from > QTY_MAX {
                return Err(Refusal::OfferTiersInvalid { sku, tier });
            }
            before = *from;
        }
        let Some(&first) = self.tiers_from.first() else {
            return Err(Refusal::OfferTiersInvalid { sku, tier: 1 });
        };
        let (moq, multiple) = (positive(self.moq)?, positive(self.multiple)?);
        if first > moq {
            return Err(Refusal::OfferMoqBelowTiers { sku, moq, first });
        }
        if QTY_MAX - moq < multiple {
            return Err(Refusal::QuantityInvalid { qty: multiple });
        }
        let (mean, p90) = (self.lead_days_mean, self.lead_days_p90);
        if mean > p90 || p90 > 3_650 {
            return Err(Refusal::OfferLeadInvalid { sku, mean, p90 });
        }
        if let Some(to) = self.to.filter(|to| *to < self.from) {
            return Err(Refusal::OfferDaysInvalid { sku, from: self.from, to });
        }
        check_rate(self.tax_rate_ppm)?;
        check_terms(&self.terms)
    }

    /// Refuses prices that do not fit the tiers: one per tier, of at least zero and with at most
    /// six decimals. A price that rises with the quantity is allowed and returned.
    pub fn check_prices(&self, sku: &str, prices: &[Decimal]) -> Result<Vec<PriceRises>, Refusal> {
        let fair = |price: &Decimal| !price.is_sign_negative() && price.normalize().scale() <= 6;
        let tiers = self.tiers_from.len().max(prices.len());
        let wrong = (0..tiers)
            .find(|&tier| tier >= self.tiers_from.len() || !prices.get(tier).is_some_and(fair));
        if let Some(tier) = wrong {
            let tier = i64::try_from(tier).unwrap_or(i64::MAX - 1) + 1;
            return Err(Refusal::OfferPriceInvalid { sku: sku.to_owned(), tier });
        }
        let rises = prices.windows(2).zip(self.tiers_from.iter().skip(1));
        let rises = rises.filter(|(pair, _)| pair[1] > pair[0]);
        Ok(rises.map(|(_, from)| PriceRises { from: *from }).collect())
    }

    /// The price of a unit when `qty` are ordered: that of the highest tier that `qty` reaches.
    /// `None` below the first tier.
    pub fn price_at(&self, prices: &[Decimal], qty: i64) -> Option<Decimal> {
        let reached = self.tiers_from.iter().take_while(|from| **from <= qty).count();
        prices.get(reached.checked_sub(1)?).copied()
    }

    /// Refuses less than the least quantity, and what is no multiple, unless there is a `reason`.
    pub fn check_qty(&self, sku: &str, qty: i64, reason: &Reason) -> Result<(), Refusal> {
        positive(qty)?;
        let (moq, multiple) = (self.moq, self.multiple);
        if qty < moq {
            return reason.overcomes(Refusal::OrderBelowMoq { sku: sku.to_owned(), qty, moq });
        }
        let above = self.orderable_from(qty);
        if above != qty {
            let below = (above - multiple).max(self.orderable_from(moq));
            let sku = sku.to_owned();
            let none = Refusal::OrderNotMultiple { sku, qty, multiple, below, above };
            return reason.overcomes(none);
        }
        Ok(())
    }

    /// Refuses another price than the offer's for the quantity, unless there is a `reason`.
    pub fn check_price(
        &self,
        sku: &str,
        prices: &[Decimal],
        (qty, price): (i64, Decimal),
        reason: &Reason,
    ) -> Result<(), Refusal> {
        let offered = self.price_at(prices, qty);
        if offered == Some(price) {
            return Ok(());
        }
        let offered = offered.map(|offered| offered.normalize().to_string());
        let (sku, price) = (sku.to_owned(), price.normalize().to_string());
        reason.overcomes(Refusal::OrderPriceDiffers { sku, qty, offered, price })
    }

    /// The smallest quantity of at least `qty` that needs no reason.
    pub fn orderable_from(&self, qty: i64) -> i64 {
        let multiple = self.multiple.max(1);
        let least = qty.max(self.moq).max(1);
        least.saturating_add(multiple - 1) / multiple * multiple
    }

    /// The smallest larger order, at a later tier and in whole multiples, that costs no more in
    /// total than `qty`: "order 340 more and it is cheaper in total". `None` when there is none,
    /// when `qty` is below the first tier, or when a total is more than 64 bits hold.
    pub fn cheaper(&self, prices: &[Decimal], qty: i64, currency: Currency) -> Option<Cheaper> {
        let total = |qty: i64| {
            let price = self.unit_price(self.price_at(prices, qty)?);
            Some(price.of_units(qty, currency).ok()?.gross())
        };
        let total_now = total(qty)?;
        self.tiers_from.iter().filter(|from| **from > qty).find_map(|from| {
            let larger = self.orderable_from(*from);
            let total_then = total(larger)?;
            let more = larger - qty;
            (total_then <= total_now).then_some(Cheaper { more, total_now, total_then })
        })
    }

    /// A quoted price with the offer's tax.
    pub fn unit_price(&self, price: Decimal) -> UnitPrice {
        let (tax_rate_ppm, includes_tax) = (self.tax_rate_ppm, self.price_includes_tax);
        UnitPrice { price, tax_rate_ppm, includes_tax }
    }

    /// Whether it holds on `day`; its first and last day are in it.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }
}

/// The offer of `partner` for `sku` that holds on `day`, with what the caller keeps beside it. Of
/// several the one that began last, and of those the last given: a new offer replaces the old one
/// without ending it.
pub fn current<'a, T>(
    offers: impl IntoIterator<Item = (&'a Offer, T)>,
    (partner, sku): (PartnerId, SkuId),
    day: NaiveDate,
) -> Option<(&'a Offer, T)> {
    let held = offers
        .into_iter()
        .filter(|(offer, _)| offer.partner == partner && offer.sku == sku && offer.holds_on(day));
    held.max_by_key(|(offer, _)| offer.from)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::terms::Trigger;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn offer(tiers_from: &[i64], (moq, multiple): (i64, i64)) -> Offer {
        Offer {
            partner: PartnerId(uuid::Uuid::from_u128(1)),
            sku: SkuId(uuid::Uuid::from_u128(2)),
            tiers_from: tiers_from.to_vec(),
            tax_rate_ppm: 130_000,
            price_includes_tax: true,
            moq,
            multiple,
            lead_days_mean: 35,
            lead_days_p90: 41,
            terms: vec![Term { trigger: Trigger::BeforeShip, share_ppm: 1_000_000 }],
            loss_base: LossBase::Good,
            over_receipt_paid: false,
            from: day("2026-01-01"),
            to: None,
        }
    }

    fn prices(texts: &[&str]) -> Vec<Decimal> {
        texts.iter().map(|text| text.parse().expect("a decimal")).collect()
    }

    /// The wrong tier was taken for years: "price 10 is picked" for 2,000 pieces though 9 holds from
    /// 1,000 on (odoo/odoo#15616; the same at a tier's edge in open-mercato#1706).
    #[test]
    fn the_highest_tier_that_is_reached_gives_the_price() {
        let offer = offer(&[1, 1_000, 5_000], (1, 1));
        let prices = prices(&["10", "9", "8"]);
        let at = |qty| offer.price_at(&prices, qty).map(|price| price.to_string());
        assert_eq!(at(2_000).as_deref(), Some("9"));
        for (edge, before, after) in [(1_000, "10", "9"), (5_000, "9", "8")] {
            assert_eq!(at(edge - 1).as_deref(), Some(before));
            assert_eq!(at(edge).as_deref(), Some(after));
            assert_eq!(at(edge + 1).as_deref(), Some(after));
        }
        assert_eq!((at(0), at(1).as_deref()), (None, Some("10")));
        assert_eq!(at(i64::MAX).as_deref(), Some("8"));
    }

    /// "Order 340 more and it is cheaper in total": what field tools leave to the buyer
    /// (odoo/odoo#15616), at the tier's edges.
    #[test]
    fn a_larger_order_may_be_cheaper_in_total() {
        let offer = offer(&[1_000, 2_000], (1_000, 1));
        let prices = prices(&["10.00", "8.30"]);
        let cheaper = |qty| offer.cheaper(&prices, qty, Currency::CNY);
        let found = Cheaper { more: 340, total_now: 1_660_000, total_then: 1_660_000 };
        assert_eq!(cheaper(1_660), Some(found));
        assert_eq!(cheaper(1_659), None);
        assert_eq!(cheaper(1_661).map(|found| found.more), Some(339));
        assert_eq!(cheaper(1_999).map(|found| found.more), Some(1));
        assert_eq!((cheaper(2_000), cheaper(2_001), cheaper(999)), (None, None, None));
    }

    /// A tool that forgets the least quantity and the step recommends orders that nobody takes
    /// (KiCost#498).
    #[test]
    fn the_larger_order_is_one_that_can_be_ordered() {
        let offer = offer(&[1, 2_000], (2_500, 48));
        let prices = prices(&["10.00", "5.00"]);
        let found = offer.cheaper(&prices, 1_900, Currency::CNY).expect("half the price");
        assert_eq!((found.more, found.total_then), (644, 1_272_000));
    }

    fn why(text: Option<&str>) -> Reason {
        Reason::new(text.map(Into::into))
    }

    /// Asked for and declined elsewhere (inventree/InvenTree#1631, frappe/erpnext#1048, #3166).
    #[test]
    fn least_quantity_and_multiple_hold_unless_there_is_a_reason() {
        let offer = offer(&[1, 5_000], (3_000, 500));
        let check = |qty, reason| offer.check_qty("SK003", qty, &why(reason));
        assert_eq!((check(3_000, None), check(3_500, None)), (Ok(()), Ok(())));
        let sku = || "SK003".to_owned();
        let below = Refusal::OrderBelowMoq { sku: sku(), qty: 2_999, moq: 3_000 };
        assert_eq!(check(2_999, None), Err(below.clone()));
        assert_eq!(check(2_999, Some("  ")), Err(below));
        assert_eq!(
            check(3_001, None),
            Err(Refusal::OrderNotMultiple {
                sku: sku(),
                qty: 3_001,
                multiple: 500,
                below: 3_000,
                above: 3_500,
            })
        );
        assert_eq!((check(2_999, Some("trial")), check(3_001, Some("trial"))), (Ok(()), Ok(())));
        assert!(check(0, Some("trial")).is_err());
    }

    #[test]
    fn another_price_than_the_tiers_needs_a_reason() {
        let offer = offer(&[1, 5_000], (1, 1));
        let tiers = prices(&["10.00", "9.80"]);
        let check = |qty, price: &str, reason| {
            let price = price.parse().expect("a decimal");
            offer.check_price("SK003", &tiers, (qty, price), &why(reason))
        };
        assert_eq!(check(5_000, "9.8", None), Ok(()));
        assert_eq!(check(4_999, "9.80", Some("agreed by telephone")), Ok(()));
        assert_eq!(
            check(4_999, "9.80", None),
            Err(Refusal::OrderPriceDiffers {
                sku: "SK003".into(),
                qty: 4_999,
                offered: Some("10".into()),
                price: "9.8".into(),
            })
        );
    }

    #[test]
    fn an_offer_is_checked() {
        let check = |offer: &Offer| offer.check("SK003");
        assert_eq!(check(&offer(&[1, 1_000], (1, 1))), Ok(()));
        let tiers = |tier| Err(Refusal::OfferTiersInvalid { sku: "SK003".into(), tier });
        assert_eq!(check(&offer(&[1, 1_000, 1_000], (1, 1))), tiers(3));
        assert_eq!(check(&offer(&[0], (1, 1))), tiers(1));
        assert_eq!(check(&offer(&[], (1, 1))), tiers(1));
        assert!(matches!(
            check(&offer(&[3_001], (3_000, 1))),
            Err(Refusal::OfferMoqBelowTiers { moq: 3_000, first: 3_001, .. })
        ));
        assert!(check(&offer(&[1], (1, 0))).is_err());
        let fair = offer(&[1], (1, 1));
        let late = Offer { lead_days_p90: 34, ..fair.clone() };
        assert!(matches!(check(&late), Err(Refusal::OfferLeadInvalid { mean: 35, p90: 34, .. })));
        let over = Offer { to: Some(day("2025-12-31")), ..fair.clone() };
        assert!(matches!(check(&over), Err(Refusal::OfferDaysInvalid { .. })));
        assert!(check(&Offer { tax_rate_ppm: -1, ..fair.clone() }).is_err());
        assert!(check(&Offer { terms: Vec::new(), ..fair }).is_err());
    }

    #[test]
    fn a_price_that_rises_with_the_quantity_is_said() {
        let offer = offer(&[1, 1_000, 5_000], (1, 1));
        let check = |texts: &[&str]| offer.check_prices("SK003", &prices(texts));
        assert_eq!(check(&["10", "10", "9"]), Ok(Vec::new()));
        assert_eq!(check(&["10", "9", "9.5"]), Ok(vec![PriceRises { from: 5_000 }]));
        let wrong = |tier| Err(Refusal::OfferPriceInvalid { sku: "SK003".into(), tier });
        assert_eq!(check(&["10", "-1", "9"]), wrong(2));
        assert_eq!(check(&["10", "9", "8.1234567"]), wrong(3));
        assert_eq!((check(&["10", "9"]), check(&["9", "8", "7", "6"])), (wrong(3), wrong(4)));
    }

    #[test]
    fn the_current_offer_is_the_one_that_began_last() {
        let old = Offer { to: Some(day("2026-06-30")), ..offer(&[1], (1, 1)) };
        let new = Offer { from: day("2026-06-01"), ..offer(&[2], (2, 1)) };
        let both = [&old, &new];
        let on = |text: &str| {
            let offers = both.into_iter().zip(0..);
            current(offers, (old.partner, old.sku), day(text)).map(|(_, n)| n)
        };
        assert_eq!(
            (on("2025-12-31"), on("2026-01-01"), on("2026-05-31")),
            (None, Some(0), Some(0))
        );
        assert_eq!(
            (on("2026-06-01"), on("2026-06-30"), on("2030-01-01")),
            (Some(1), Some(1), Some(1))
        );
        let other = (PartnerId(uuid::Uuid::from_u128(9)), old.sku);
        assert_eq!(current([(&old, ())], other, day("2026-02-01")), None);
        let again = Offer { moq: 7, ..new.clone() };
        let found = current([(&new, 0), (&again, 1)], (old.partner, old.sku), day("2026-07-01"));
        assert_eq!(found.map(|(_, n)| n), Some(1));
    }

    /// The warehouse sees what may be ordered and never at which price (frappe/erpnext#51185,
    /// #3501, inventree/InvenTree#9319).
    #[test]
    fn an_offer_is_written_without_a_price() {
        let written = serde_json::to_string(&offer(&[1, 1_000], (1, 1))).expect("JSON");
        for word in ["\"price\"", "\"prices\"", "unit_price"] {
            assert!(!written.contains(word), "{word} in {written}");
        }
        let read: Offer = serde_json::from_str(&written).expect("what was written");
        assert_eq!(read, offer(&[1, 1_000], (1, 1)));
    }

    fn any_offer() -> impl Strategy<Value = (Offer, Vec<Decimal>)> {
        let tiers = prop::collection::btree_map(1_i64..600, 0_i64..100_000, 1..5);
        (tiers, 0_i64..300, 1_i64..60, any::<bool>()).prop_map(|(tiers, more, multiple, taxed)| {
            let from: Vec<i64> = tiers.keys().copied().collect();
            let moq = from[0] + more;
            let offer = Offer { price_includes_tax: taxed, ..offer(&from, (moq, multiple)) };
            (offer, tiers.values().map(|minor| Decimal::new(*minor, 4)).collect())
        })
    }

    proptest! {
        #[test]
        fn a_tier_holds_from_its_first_unit_to_the_last_before_the_next(
            (offer, prices) in any_offer(),
            qty in 0_i64..700,
        ) {
            let tier = offer.tiers_from.iter().rposition(|from| *from <= qty);
            prop_assert_eq!(offer.price_at(&prices, qty), tier.map(|tier| prices[tier]));
        }

        #[test]
        fn the_larger_order_is_the_smallest_that_is_not_dearer(
            (offer, prices) in any_offer(),
            qty in 1_i64..700,
        ) {
            let total = |qty| {
                let price = offer.unit_price(offer.price_at(&prices, qty)?);
                Some(price.of_units(qty, Currency::CNY).expect("small").gross())
            };
            let tier = |qty| offer.tiers_from.iter().filter(|from| **from <= qty).count();
            let fits = |larger: &i64| {
                *larger >= offer.moq
                    && larger % offer.multiple == 0
                    && tier(*larger) > tier(qty)
                    && total(*larger) <= total(qty)
            };
            let wanted = total(qty).and_then(|_| (qty + 1..2_000).find(fits));
            let found = offer.cheaper(&prices, qty, Currency::CNY);
            prop_assert_eq!(found.map(|found| qty + found.more), wanted);
            if let Some(Cheaper { more, total_now, total_then }) = found {
                prop_assert!(more > 0 && total_then <= total_now);
                prop_assert_eq!(offer.check_qty("S", qty + more, &why(None)), Ok(()));
                prop_assert_eq!(Some(total_then), total(qty + more));
            }
        }

        #[test]
        fn what_needs_no_reason_is_a_multiple_from_the_least_quantity_on(
            (offer, _) in any_offer(),
            qty in 1_i64..2_000,
        ) {
            let fair = qty >= offer.moq && qty % offer.multiple == 0;
            prop_assert_eq!(offer.check_qty("S", qty, &why(None)).is_ok(), fair);
            let least = offer.orderable_from(qty);
            prop_assert!(least >= qty && offer.check_qty("S", least, &why(None)).is_ok());
        }
    }
}
