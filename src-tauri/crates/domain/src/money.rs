//! Money in minor units, and its division into parts that add up.
//!
//! Knows currencies' decimals, half-up rounding and largest-remainder splits. Refuses floats, and
//! refuses to add two currencies.

use std::fmt;

use rust_decimal::{Decimal, RoundingStrategy, prelude::ToPrimitive};
use serde::{Deserialize, Serialize};

use crate::Refusal;

/// An ISO 4217 currency code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

impl Currency {
    /// Renminbi, the default of a new workspace.
    pub const CNY: Self = Self(*b"CNY");

    /// How many decimals the minor unit has (ISO 4217; two unless listed).
    pub fn decimals(self) -> u32 {
        match &self.0 {
            b"JPY" | b"KRW" | b"VND" | b"CLP" | b"ISK" | b"XAF" | b"XOF" => 0,
            b"BHD" | b"KWD" | b"OMR" | b"TND" | b"JOD" | b"IQD" | b"LYD" => 3,
            _ => 2,
        }
    }
}

impl TryFrom<String> for Currency {
    type Error = Refusal;

    fn try_from(code: String) -> Result<Self, Refusal> {
        match <[u8; 3]>::try_from(code.as_bytes()) {
            Ok(bytes) if bytes.iter().all(u8::is_ascii_uppercase) => Ok(Self(bytes)),
            _ => Err(Refusal::CurrencyUnknown { code }),
        }
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.to_string()
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{}", char::from(*byte)))
    }
}

/// An amount: whole minor units of one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    /// Minor units, e.g. fen.
    pub minor: i64,
    /// Of this currency.
    pub currency: Currency,
}

impl Money {
    /// The amount in major units, with exactly the currency's decimals.
    pub fn to_decimal(self) -> Decimal {
        Decimal::new(self.minor, self.currency.decimals())
    }

    /// Rounds a decimal amount of major units half up (away from zero) to the currency's minor unit.
    ///
    /// # Errors
    /// [`Refusal::AmountTooLarge`] beyond what 64 bits hold.
    pub fn round(amount: Decimal, currency: Currency) -> Result<Self, Refusal> {
        let scale = Decimal::from(10_i64.pow(currency.decimals()));
        let too_large = || Refusal::AmountTooLarge { amount: amount.to_string() };
        let minor = amount
            .checked_mul(scale)
            .ok_or_else(too_large)?
            .round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero)
            .to_i64()
            .ok_or_else(too_large)?;
        Ok(Self { minor, currency })
    }

    /// `units` at a price each, rounded once like [`Self::round`].
    ///
    /// # Errors
    /// [`Refusal::AmountTooLarge`] beyond what 64 bits hold.
    pub fn of_units(price: Decimal, units: i64, currency: Currency) -> Result<Self, Refusal> {
        let amount = price.checked_mul(Decimal::from(units));
        let too_large = || Refusal::AmountTooLarge { amount: format!("{price} × {units}") };
        Self::round(amount.ok_or_else(too_large)?, currency)
    }
}

/// `total × part / whole`, rounded half up (away from zero); zero when `whole` is zero.
pub fn share(total: i64, part: i64, whole: i64) -> i64 {
    if whole == 0 {
        return 0;
    }
    let product = i128::from(total) * i128::from(part);
    let whole = i128::from(whole);
    let (sign, product, whole) = (product.signum() * whole.signum(), product.abs(), whole.abs());
    let rounded = sign * ((2 * product + whole) / (2 * whole));
    i64::try_from(rounded)
        .expect("a share of an i64 by part ≤ whole fits; callers keep part ≤ whole")
}

/// Splits `total` in proportion to `weights` by largest remainder; the parts always add up to it.
/// Ties go to the earlier part. With no weight at all everything falls to the first part.
pub fn split(total: i64, weights: &[i64]) -> Vec<i64> {
    if weights.is_empty() {
        return Vec::new();
    }
    let sum: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
    if sum == 0 {
        return std::iter::once(total).chain(std::iter::repeat_n(0, weights.len() - 1)).collect();
    }
    let exact = |weight: i64| i128::from(total) * i128::from(weight);
    let fits = |part: i128| i64::try_from(part).expect("a part of an i64 fits");
    let mut parts: Vec<i64> =
        weights.iter().map(|weight| fits(exact(*weight).div_euclid(sum))).collect();
    let missing = total - parts.iter().sum::<i64>();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|&at| (std::cmp::Reverse(exact(weights[at]).rem_euclid(sum)), at));
    for &at in order.iter().take(usize::try_from(missing).unwrap_or(0)) {
        parts[at] += 1;
    }
    parts
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn rounds_half_up_away_from_zero() {
        let round = |text: &str| {
            Money::round(text.parse().expect("a decimal"), Currency::CNY).expect("small").minor
        };
        assert_eq!([round("1.005"), round("1.004"), round("-1.005")], [101, 100, -101]);
        assert_eq!(share(1, 1, 2), 1);
        assert_eq!(share(-1, 1, 2), -1);
        assert_eq!(share(7_536_283, 3, 5), 4_521_770);
    }

    #[test]
    fn knows_currencies_without_minor_units() {
        let yen = Currency::try_from("JPY".to_owned()).expect("a currency");
        assert_eq!(Money { minor: 1500, currency: yen }.to_decimal().to_string(), "1500");
        assert!(Currency::try_from("yuan".to_owned()).is_err());
    }

    proptest! {
        #[test]
        fn parts_add_up_and_stray_by_less_than_one(
            total in -1_000_000_000_i64..1_000_000_000,
            weights in prop::collection::vec(0_i64..10_000, 1..9),
        ) {
            let parts = split(total, &weights);
            prop_assert_eq!(parts.iter().sum::<i64>(), total);
            let sum: i64 = weights.iter().sum();
            for (part, weight) in parts.iter().zip(&weights) {
                if sum > 0 {
                    let exact = i128::from(total) * i128::from(*weight);
                    let stray = i128::from(*part) * i128::from(sum) - exact;
                    prop_assert!(stray.abs() < i128::from(sum));
                }
            }
        }
    }
}
