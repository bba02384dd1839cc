//! Money, rates, currencies and the one place where anything is rounded.
//!
//! Knows: that money is a whole number of minor units in 64 bits, that a rate is a whole number of
//! millionths, that their product needs 128 bits, and the four ways to round it. Refuses to know:
//! floats (none exist in this crate) and which amount belongs to whom.
//!
//! `rust_decimal` appears at the edge only, to read and write decimals of files. Its own rounding
//! is never called: its default rounds halves to even.

use std::fmt;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::Error;

/// An amount in minor units of a currency: 1299 is 12.99 yuan and 1,299 yen.
///
/// Arithmetic is checked: what does not fit is [`Error::Overflow`], never a wrapped number.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Money(i64);

impl Money {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// An amount of `minor` units.
    pub const fn from_minor(minor: i64) -> Self {
        Self(minor)
    }

    /// The count of minor units.
    pub const fn minor(self) -> i64 {
        self.0
    }

    /// A 128-bit result brought back to money.
    pub fn narrow(minor: i128) -> Result<Self, Error> {
        i64::try_from(minor).map(Self).map_err(|_| Error::Overflow)
    }

    /// `self + other`.
    pub fn plus(self, other: Self) -> Result<Self, Error> {
        self.0.checked_add(other.0).map(Self).ok_or(Error::Overflow)
    }

    /// `self - other`.
    pub fn minus(self, other: Self) -> Result<Self, Error> {
        self.0.checked_sub(other.0).map(Self).ok_or(Error::Overflow)
    }

    /// `self x quantity`.
    pub fn times(self, quantity: i64) -> Result<Self, Error> {
        self.0.checked_mul(quantity).map(Self).ok_or(Error::Overflow)
    }

    /// `-self`.
    pub fn negated(self) -> Result<Self, Error> {
        self.0.checked_neg().map(Self).ok_or(Error::Overflow)
    }

    /// The sum of all, or [`Error::Overflow`] when the sum (not a step on the way) does not fit.
    pub fn sum(amounts: impl IntoIterator<Item = Self>) -> Result<Self, Error> {
        Self::narrow(amounts.into_iter().map(|each| i128::from(each.0)).sum())
    }

    /// `self x numerator / denominator`, rounded once.
    pub fn share(
        self,
        numerator: i128,
        denominator: i128,
        rounding: Rounding,
    ) -> Result<Self, Error> {
        let product = i128::from(self.0).checked_mul(numerator).ok_or(Error::Overflow)?;
        Self::narrow(rounding.divide(product, denominator)?)
    }

    /// A decimal of a file, `12.99`, in minor units of `currency`. More digits than the currency
    /// has are rounded with `rounding`; `1000` yen stays 1000 and is not multiplied by 100.
    pub fn from_decimal(
        amount: Decimal,
        currency: Currency,
        rounding: Rounding,
    ) -> Result<Self, Error> {
        let scaled = amount
            .mantissa()
            .checked_mul(10i128.pow(u32::from(currency.exponent)))
            .ok_or(Error::Overflow)?;
        Self::narrow(rounding.divide(scaled, 10i128.pow(amount.scale()))?)
    }

    /// The amount as a decimal with the digits of `currency`: 1299 of CNY is `12.99`.
    pub fn to_decimal(self, currency: Currency) -> Decimal {
        Decimal::new(self.0, u32::from(currency.exponent))
    }
}

impl fmt::Display for Money {
    /// Minor units, as in the files.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

/// A share between 0 and 1, exact to the millionth: `0.125` is 125,000 ppm.
///
/// Read from a decimal string only. A JSON number would already have been through a float, and a
/// rate cut to two digits pays 12 % for 12.5 %.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rate(u32);

impl Rate {
    /// Nothing of it.
    pub const ZERO: Self = Self(0);
    /// All of it.
    pub const ONE: Self = Self(PPM);

    /// A rate of `ppm` millionths, up to one.
    pub const fn from_ppm(ppm: u32) -> Option<Self> {
        if ppm <= PPM { Some(Self(ppm)) } else { None }
    }

    /// Millionths.
    pub const fn ppm(self) -> u32 {
        self.0
    }

    /// A decimal string between `0` and `1` with up to six decimals, as the schema has it:
    /// `0`, `0.15`, `1`, `1.000000`. No sign, no exponent, no leading zeros, nothing around it.
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, fraction) = match text.split_once('.') {
            Some((whole, fraction)) if (1..=6).contains(&fraction.len()) => (whole, fraction),
            Some(_) => return None,
            None => (text, ""),
        };
        let whole = match whole {
            "0" => 0,
            "1" => PPM,
            _ => return None,
        };
        let mut millionths = 0u32;
        for digit in fraction.bytes().chain(std::iter::repeat_n(b'0', 6 - fraction.len())) {
            if !digit.is_ascii_digit() {
                return None;
            }
            millionths = millionths * 10 + u32::from(digit - b'0');
        }
        Self::from_ppm(whole + millionths)
    }

    /// `amount x rate`, rounded once.
    pub fn of(self, amount: Money, rounding: Rounding) -> Result<Money, Error> {
        match amount.0.checked_mul(i64::from(self.0)) {
            Some(product) => Ok(Money(rounding.divide_narrow(product, i64::from(PPM)))),
            None => amount.share(i128::from(self.0), i128::from(PPM), rounding),
        }
    }

    /// The tax inside a price that contains it: `gross x r / (1 + r)`, rounded once. What is left,
    /// `gross - tax`, is the net price, so net and tax always add up to the gross price.
    pub fn inside(self, gross: Money, rounding: Rounding) -> Result<Money, Error> {
        let (rate, whole) = (i64::from(self.0), i64::from(PPM + self.0));
        match gross.0.checked_mul(rate) {
            Some(product) => Ok(Money(rounding.divide_narrow(product, whole))),
            None => gross.share(i128::from(rate), i128::from(whole), rounding),
        }
    }
}

impl fmt::Display for Rate {
    /// At least two decimals, no zeros beyond: `0.20`, `0.006`, `1.00`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = format!("{:06}", self.0 % PPM);
        let shown = digits.trim_end_matches('0').len().max(2);
        write!(f, "{}.{}", self.0 / PPM, &digits[..shown])
    }
}

/// Millionths in a whole.
pub const PPM: u32 = 1_000_000;

/// A currency by its ISO 4217 code, with the number of decimals its minor unit stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency {
    code: [u8; 3],
    exponent: u8,
}

impl Currency {
    /// The yuan, in fen.
    pub const CNY: Self = Self { code: *b"CNY", exponent: 2 };

    /// Three capital letters. The exponent is 2 save for those ISO 4217 lists with 0 or 3.
    pub fn parse(code: &str) -> Option<Self> {
        let code: [u8; 3] = code.as_bytes().try_into().ok()?;
        if !code.iter().all(u8::is_ascii_uppercase) {
            return None;
        }
        let exponent = match &code {
            b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG"
            | b"RWF" | b"UGX" | b"UYI" | b"VND" | b"VUV" | b"XAF" | b"XOF" | b"XPF" => 0,
            b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
            _ => 2,
        };
        Some(Self { code, exponent })
    }

    /// The three letters.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.code).expect("only ASCII capitals are taken")
    }

    /// Decimals of the minor unit: 2 for CNY, 0 for JPY, 3 for KWD.
    pub const fn exponent(self) -> u8 {
        self.exponent
    }
}

/// How a product of money and a rate becomes whole minor units. Always once per amount.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    /// Halves away from zero: 2.5 to 3 and -2.5 to -3. What invoices in China use.
    #[default]
    HalfUp,
    /// Halves to the even neighbour: 2.5 to 2 and 3.5 to 4.
    HalfEven,
    /// Towards zero.
    Down,
    /// Away from zero.
    Up,
}

impl Rounding {
    /// `numerator / denominator` as a whole number. The denominator must be above zero.
    pub fn divide(self, numerator: i128, denominator: i128) -> Result<i128, Error> {
        // Most products of money and ppm fit 64 bits, where division costs a tenth.
        if let (Ok(numerator), Ok(denominator)) =
            (i64::try_from(numerator), i64::try_from(denominator))
            && denominator > 0
        {
            return Ok(i128::from(self.divide_narrow(numerator, denominator)));
        }
        if denominator <= 0 {
            return Err(Error::Overflow);
        }
        let (quotient, rest) = (numerator / denominator, (numerator % denominator).unsigned_abs());
        let away = self.goes_away(rest, denominator.unsigned_abs() - rest, quotient % 2 != 0);
        Ok(quotient + if away { numerator.signum() } else { 0 })
    }

    /// [`Rounding::divide`] in 64 bits, for a denominator above zero. Inlined, so that division by
    /// a constant is none.
    #[inline]
    fn divide_narrow(self, numerator: i64, denominator: i64) -> i64 {
        let (quotient, rest) = (numerator / denominator, (numerator % denominator).unsigned_abs());
        let away = self.goes_away(rest, denominator.unsigned_abs() - rest, quotient % 2 != 0);
        quotient + if away { numerator.signum() } else { 0 }
    }

    /// Whether a remainder moves the quotient one away from zero. `other` is what the remainder
    /// lacks to a whole: doubling the remainder could overflow.
    #[inline]
    fn goes_away<T: Ord + Default + Copy>(self, rest: T, other: T, odd: bool) -> bool {
        match self {
            Self::HalfUp => rest >= other,
            Self::HalfEven => rest > other || (rest == other && odd),
            Self::Down => false,
            Self::Up => rest > T::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_read_as_the_schema_has_it() {
        for (text, ppm) in
            [("0", 0), ("0.15", 150_000), ("1", PPM), ("1.000000", PPM), ("0.000001", 1)]
        {
            assert_eq!(Rate::parse(text), Rate::from_ppm(ppm), "{text}");
        }
        for text in ["", ".5", "0.", "1.1", "00.5", "-0.1", "+0.1", "0.1234567", "2", "1e-1", " 0"]
        {
            assert_eq!(Rate::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_rate_is_shown_with_two_decimals_or_more() {
        let shown = |text| Rate::parse(text).map(|rate| rate.to_string());
        assert_eq!(shown("0.2").as_deref(), Some("0.20"));
        assert_eq!(shown("0.006").as_deref(), Some("0.006"));
        assert_eq!(shown("1").as_deref(), Some("1.00"));
    }

    #[test]
    fn each_mode_rounds_both_signs_alike() {
        let cases = [
            (Rounding::HalfUp, [2, 3, 4, 3]),
            (Rounding::HalfEven, [2, 2, 4, 3]),
            (Rounding::Down, [2, 2, 3, 2]),
            (Rounding::Up, [3, 3, 4, 3]),
        ];
        for (rounding, expected) in cases {
            for (tenths, whole) in [24, 25, 35, 26].into_iter().zip(expected) {
                assert_eq!(rounding.divide(tenths, 10), Ok(whole), "{rounding:?} {tenths}");
                assert_eq!(rounding.divide(-tenths, 10), Ok(-whole), "{rounding:?} -{tenths}");
                let wide = 1i128 << 70;
                assert_eq!(rounding.divide(tenths * wide, 10 * wide), Ok(whole));
            }
        }
        assert_eq!(Rounding::HalfUp.divide(1, 0), Err(Error::Overflow));
    }

    #[test]
    fn yen_are_not_multiplied_by_a_hundred() {
        let thousand = Decimal::new(1000, 0);
        let minor = |code| {
            let currency = Currency::parse(code).expect("three capitals");
            Money::from_decimal(thousand, currency, Rounding::HalfUp).map(Money::minor)
        };
        assert_eq!(minor("JPY"), Ok(1000));
        assert_eq!(minor("CNY"), Ok(100_000));
        assert_eq!(minor("KWD"), Ok(1_000_000));
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let most = Money::from_minor(i64::MAX);
        assert_eq!(most.plus(Money::from_minor(1)), Err(Error::Overflow));
        assert_eq!(most.times(2), Err(Error::Overflow));
        assert_eq!(Rate::ONE.of(most, Rounding::Up), Ok(most));
        assert_eq!(Money::sum([most, most]), Err(Error::Overflow));
        assert_eq!(Money::sum([most, most, Money::from_minor(i64::MIN + 1)]), Ok(most));
    }
}
