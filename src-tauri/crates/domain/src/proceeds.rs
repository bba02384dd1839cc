//! Proceeds (销售额): what sold units brought, lot by lot.
//!
//! Knows what a row of sales says that its units brought, and how the value of a day bucket falls
//! on the lots that the bucket took: by units, largest remainder, so that the parts add up. Refuses
//! to guess: units whose value nobody told stay units without a value, no profit is made of them,
//! and no rate of tax is assumed.

use std::ops::{Add, AddAssign, Sub};

use rust_decimal::Decimal;

use crate::{
    Currency, Money, Refusal,
    money::{share, split},
    tax::{TaxSplit, check_rate},
};

/// The most that one level or line is believed to bring, in minor units: sums of a day stay far
/// from what 64 bits hold.
pub const PROCEEDS_MAX: i64 = 9_000_000_000_000;

/// Sold units whose value is known, and that value.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Proceeds {
    /// Units sold whose value is known.
    pub units: i64,
    /// What they brought without tax, minor units.
    pub minor: i64,
}

impl Add for Proceeds {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { units: self.units + other.units, minor: self.minor + other.minor }
    }
}

impl AddAssign for Proceeds {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sub for Proceeds {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self { units: self.units - other.units, minor: self.minor - other.minor }
    }
}

/// What a row of sales says that its units brought (销售额), as it says it: paid by buyers and borne
/// by the platform, before the platform's fees.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ToldAmount {
    /// Without tax (不含税), major units.
    pub net: Option<Decimal>,
    /// With tax (含税), major units.
    pub gross: Option<Decimal>,
    /// The rate of the tax, in ppm.
    pub tax_rate_ppm: Option<i64>,
}

impl ToldAmount {
    /// What `units` brought without tax, in minor units; nothing when no amount is told.
    ///
    /// Net is taken as it is told (rounded half up when a formula has divided it), gross less its
    /// tax, rounded once. Where both are told they must
    /// agree: by their rate as near as rounding unit by unit may bring them, without a rate so that
    /// one from 0 to under 100 % may lie between them.
    ///
    /// # Errors
    /// An amount that is finer than the currency, of no units, beyond [`PROCEEDS_MAX`], with a tax
    /// of which nobody says the rate, or of which net and gross contradict each other.
    pub fn minor(self, units: i64, currency: Currency) -> Result<Option<i64>, Refusal> {
        let minor = |amount: Option<Decimal>| amount.map(|it| exact(it, currency)).transpose();
        let (net, gross) = (minor(self.net)?, minor(self.gross)?);
        self.tax_rate_ppm.map_or(Ok(()), check_rate)?;
        let brought = match (net, gross, self.tax_rate_ppm) {
            (None, None, _) => return Ok(None),
            (Some(net), None, _) => net,
            (None, Some(gross), Some(rate)) => TaxSplit::of_gross(gross, rate).net,
            (None, Some(_), None) => {
                let gross = self.gross.unwrap_or_default().to_string();
                return Err(Refusal::SaleTaxRateMissing { gross });
            }
            (Some(net), Some(gross), rate) => {
                let agree = match rate {
                    Some(rate) => {
                        let near = net - TaxSplit::of_gross(gross, rate).net;
                        near.abs() <= (units.max(1) + 1) / 2
                    }
                    None => gross == net || (net..net.saturating_mul(2)).contains(&gross),
                };
                if !agree {
                    let text = |amount: Option<Decimal>| amount.unwrap_or_default().to_string();
                    let (net, gross) = (text(self.net), text(self.gross));
                    return Err(Refusal::SaleAmountsDiffer { net, gross });
                }
                net
            }
        };
        if units == 0 && brought != 0 {
            let amount = Money { minor: brought, currency }.to_decimal().to_string();
            return Err(Refusal::SaleAmountWithoutUnits { amount });
        }
        Ok(Some(brought))
    }
}

/// An amount with more decimals than this was divided by a formula, not typed.
const TYPED_DECIMALS: u32 = 6;

/// Minor units of an amount that has no more decimals than its currency; one that a formula has
/// divided is rounded half up.
fn exact(amount: Decimal, currency: Currency) -> Result<i64, Refusal> {
    let amount = amount.normalize();
    let digits = currency.decimals();
    if (digits + 1..=TYPED_DECIMALS).contains(&amount.scale()) {
        let (amount, currency) = (amount.to_string(), currency.to_string());
        return Err(Refusal::AmountTooFine { amount, currency, digits: digits.into() });
    }
    let minor = Money::round(amount, currency)?.minor;
    if (-PROCEEDS_MAX..=PROCEEDS_MAX).contains(&minor) {
        Ok(minor)
    } else {
        Err(Refusal::AmountTooLarge { amount: amount.to_string() })
    }
}

impl Proceeds {
    /// What falls on each of some takings, by their units: first the units whose value is known,
    /// then the value by those, both by largest remainder. When more units are valued than were
    /// taken, as long as a report is ahead of the book, what is taken gets its share of the value.
    pub fn over(self, taken: &[i64]) -> Vec<Self> {
        let all: i64 = taken.iter().sum();
        let units = self.units.clamp(0, all.max(0));
        let parts = split(units, taken);
        let minors = split(share(self.minor, units, self.units), &parts);
        parts.into_iter().zip(minors).map(|(units, minor)| Self { units, minor }).collect()
    }
}

/// What sold units brought against what they cost.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Profit {
    /// Units sold, whether their value is known or not.
    pub sold: i64,
    /// Those whose value is known, and that value.
    pub known: Proceeds,
    /// Cost of all units sold, minor units.
    pub cogs: i64,
    /// Cost of those whose value is known.
    pub known_cogs: i64,
}

impl AddAssign for Profit {
    fn add_assign(&mut self, other: Self) {
        self.sold += other.sold;
        self.known += other.known;
        self.cogs += other.cogs;
        self.known_cogs += other.known_cogs;
    }
}

impl Profit {
    /// Of `sold` units that cost `cogs` and brought `known`: the units whose value is known bear
    /// their part of the cost, rounded half up.
    pub fn of(sold: i64, cogs: i64, known: Proceeds) -> Self {
        let units = known.units.clamp(0, sold.max(0));
        let known = Proceeds { units, minor: share(known.minor, units, known.units) };
        Self { sold, known, cogs, known_cogs: share(cogs, units, sold) }
    }

    /// Units sold whose value nobody told.
    pub fn unknown(self) -> i64 {
        self.sold - self.known.units
    }

    /// Profit so far: value less cost of the units whose value is known; nothing when there are
    /// none.
    pub fn so_far(self) -> Option<i64> {
        (self.known.units > 0).then(|| self.known.minor - self.known_cogs)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_bucket_falls_on_two_lots_by_units() {
        // 100.00 for 3 units, of which one lot gave 2 and another 1.
        let parts = Proceeds { units: 3, minor: 10_000 }.over(&[2, 1]);
        let expected = [(2, 6_667), (1, 3_333)].map(|(units, minor)| Proceeds { units, minor });
        assert_eq!(parts, expected);
        // Only 2 of the 3 have a value: 1⅓ and ⅔ of them, so one each.
        let parts = Proceeds { units: 2, minor: 7_001 }.over(&[2, 1]);
        let expected = [(1, 3_501), (1, 3_500)].map(|(units, minor)| Proceeds { units, minor });
        assert_eq!(parts, expected);
        // 4 are reported and 3 are posted: three quarters of the value so far.
        let parts = Proceeds { units: 4, minor: 10_000 }.over(&[3]);
        assert_eq!(parts, [Proceeds { units: 3, minor: 7_500 }]);
        assert_eq!(Proceeds { units: 4, minor: 10_000 }.over(&[]), []);
    }

    fn told(net: &str, gross: &str, rate: Option<i64>) -> ToldAmount {
        let amount = |text: &str| text.parse().ok();
        ToldAmount { net: amount(net), gross: amount(gross), tax_rate_ppm: rate }
    }

    #[test]
    fn a_row_tells_what_it_brought_without_tax_or_with_it() {
        let brought = |told: ToldAmount, units| told.minor(units, Currency::CNY);
        assert_eq!(brought(told("", "", Some(130_000)), 20), Ok(None));
        assert_eq!(brought(told("1769.91", "", None), 20), Ok(Some(176_991)));
        assert_eq!(brought(told("", "2000.00", Some(130_000)), 20), Ok(Some(176_991)));
        assert_eq!(brought(told("", "2000", Some(0)), 20), Ok(Some(200_000)));
        assert_eq!(brought(told("0.00", "", None), 20), Ok(Some(0)), "given away");
        assert_eq!(brought(told("0", "", None), 0), Ok(Some(0)));
        let yen = Currency::try_from("JPY".to_owned()).expect("a currency");
        assert_eq!(told("", "1130.0", Some(130_000)).minor(1, yen), Ok(Some(1_000)));
        // Both: 100.00 each is 88.50 without tax, rounded one by one 1,770.00 for 20.
        assert_eq!(brought(told("1770.00", "2000.00", Some(130_000)), 20), Ok(Some(177_000)));
        assert_eq!(brought(told("1770.00", "2000.00", None), 20), Ok(Some(177_000)));
    }

    #[test]
    fn a_row_that_contradicts_itself_is_refused() {
        let code = |told: ToldAmount, units| {
            let refused = told.minor(units, Currency::CNY).expect_err("refused");
            serde_json::to_value(&refused).expect("JSON")["code"].as_str().map(str::to_owned)
        };
        let said = |told, units| code(told, units).expect("a code");
        assert_eq!(said(told("10.001", "", None), 1), "amount.too_fine");
        // What a formula has divided: 100.00 ÷ 1.13.
        let divided = told("88.49557522123894", "", None);
        assert_eq!(divided.minor(1, Currency::CNY), Ok(Some(8_850)));
        assert_eq!(said(told("", "10.001", Some(0)), 1), "amount.too_fine");
        assert_eq!(said(told("", "11.30", None), 1), "sales.tax_rate_missing");
        assert_eq!(said(told("", "11.30", Some(1_000_000)), 1), "tax.rate_invalid");
        assert_eq!(said(told("10.02", "11.30", Some(130_000)), 1), "sales.amounts_differ");
        assert_eq!(said(told("11.31", "11.30", None), 1), "sales.amounts_differ");
        assert_eq!(said(told("5.65", "11.30", None), 1), "sales.amounts_differ", "100 %");
        assert_eq!(said(told("0.01", "", None), 0), "sales.amount_without_units");
        assert_eq!(said(told("90000000000.01", "", None), 1), "amount.too_large");
        assert_eq!(said(told("79228162514264337593543950335", "", None), 1), "amount.too_large");
    }

    #[test]
    fn profit_is_made_of_units_whose_value_is_known() {
        let known = Proceeds { units: 60, minor: 180_000 };
        let profit = Profit::of(100, 70_001, known);
        assert_eq!((profit.unknown(), profit.known_cogs), (40, 42_001));
        assert_eq!(profit.so_far(), Some(137_999));
        assert_eq!(Profit::of(100, 70_001, Proceeds::default()).so_far(), None);
        // A sale taken back since takes its value along.
        assert_eq!(Profit::of(0, 0, known), Profit::default());
    }

    proptest! {
        #[test]
        fn the_parts_add_up_and_no_lot_is_valued_beyond_what_it_gave(
            units in 0_i64..500,
            minor in -1_000_000_i64..1_000_000,
            taken in prop::collection::vec(0_i64..200, 1..6),
        ) {
            let known = Proceeds { units, minor: if units == 0 { 0 } else { minor } };
            let parts = known.over(&taken);
            let all: i64 = taken.iter().sum();
            let sum = parts.iter().fold(Proceeds::default(), |sum, part| sum + *part);
            prop_assert_eq!(sum.units, units.min(all));
            if all >= units {
                prop_assert_eq!(sum, known);
            }
            for (part, taken) in parts.iter().zip(&taken) {
                prop_assert!(part.units <= *taken);
            }
        }
    }
}
