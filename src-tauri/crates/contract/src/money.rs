//! Money on the wire: `{"amount":"12.34","currency":"CNY"}`.
//!
//! The amount is kept as the text that came, so that writing it again gives the same bytes. It is
//! turned into integers only on request and only when nothing is lost. How many decimals a
//! currency has is not known here.

use serde::{Deserialize, Deserializer, Serialize, de};

/// The longest amount that is read, in digits: more than any ledger holds, few enough for exact
/// sums in 128 bits.
const DIGITS_MAX: usize = 30;

/// A decimal number as text: an optional minus, digits, and optionally a point with digits.
/// No exponent, no plus, no blank, no thousands separator, no bare point.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct Amount(String);

/// Why a text is no amount, or an amount does not fit where it was asked to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AmountError {
    /// The text is not a plain decimal number.
    NotDecimal(String),
    /// The number has more digits than are read.
    TooLong(String),
    /// The amount has digits finer than the currency's minor unit.
    FinerThanMinorUnit(String),
    /// The amount does not fit into 64 bits of minor units.
    OutOfRange(String),
}

impl std::fmt::Display for AmountError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotDecimal(text) => write!(f, "{text:?} is no decimal number"),
            Self::TooLong(text) => write!(f, "{text:?} has more than {DIGITS_MAX} digits"),
            Self::FinerThanMinorUnit(text) => write!(f, "{text} is finer than the minor unit"),
            Self::OutOfRange(text) => write!(f, "{text} is out of range"),
        }
    }
}

impl std::error::Error for AmountError {}

impl Amount {
    /// Takes the text when it is a plain decimal number; the text is kept as it is, with its
    /// trailing zeros and the sign of a negative zero.
    pub fn parse(text: &str) -> Result<Self, AmountError> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let (whole, fraction) = match digits.split_once('.') {
            Some((whole, fraction)) if !fraction.is_empty() => (whole, fraction),
            Some(_) => return Err(AmountError::NotDecimal(text.to_owned())),
            None => (digits, ""),
        };
        let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !all_digits(whole) || !all_digits(fraction) {
            return Err(AmountError::NotDecimal(text.to_owned()));
        }
        if whole.len() + fraction.len() > DIGITS_MAX {
            return Err(AmountError::TooLong(text.to_owned()));
        }
        Ok(Self(text.to_owned()))
    }

    /// Writes minor units with `decimals` digits after the point: 1234 and 2 give `12.34`.
    pub fn from_minor(minor: i64, decimals: u32) -> Self {
        Self::from_parts(i128::from(minor), decimals)
    }

    /// The text as it came.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The amount in minor units of a currency with `decimals` digits after the point. Exact or
    /// refused; trailing zeros beyond `decimals` are allowed.
    pub fn to_minor(&self, decimals: u32) -> Result<i64, AmountError> {
        let (mut mantissa, mut scale) = self.parts();
        while scale > decimals {
            if mantissa % 10 != 0 {
                return Err(AmountError::FinerThanMinorUnit(self.0.clone()));
            }
            mantissa /= 10;
            scale -= 1;
        }
        10_i128
            .checked_pow(decimals - scale)
            .and_then(|factor| mantissa.checked_mul(factor))
            .and_then(|minor| i64::try_from(minor).ok())
            .ok_or_else(|| AmountError::OutOfRange(self.0.clone()))
    }

    /// The exact sum, with as many decimals as the finer of the two; `None` beyond 128 bits.
    pub fn checked_add(&self, other: &Self) -> Option<Self> {
        let ((a, a_scale), (b, b_scale)) = (self.parts(), other.parts());
        let scale = a_scale.max(b_scale);
        let widen = |mantissa: i128, from: u32| {
            10_i128.checked_pow(scale - from).and_then(|factor| mantissa.checked_mul(factor))
        };
        let sum = widen(a, a_scale)?.checked_add(widen(b, b_scale)?)?;
        let text = Self::from_parts(sum, scale);
        Self::parse(&text.0).ok()
    }

    /// Whether both texts name the same number: `1.5` and `1.50` do.
    pub fn same_value(&self, other: &Self) -> bool {
        let lean = |(mut mantissa, mut scale): (i128, u32)| {
            while scale > 0 && mantissa % 10 == 0 {
                mantissa /= 10;
                scale -= 1;
            }
            (mantissa, scale)
        };
        lean(self.parts()) == lean(other.parts())
    }

    /// The number as mantissa and count of decimals.
    fn parts(&self) -> (i128, u32) {
        let (negative, digits) = match self.0.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, self.0.as_str()),
        };
        let mut mantissa = 0_i128;
        let mut scale = 0;
        let mut after_point = false;
        for byte in digits.bytes() {
            if byte == b'.' {
                after_point = true;
                continue;
            }
            // At most 30 digits were let in, and 10^30 is below 2^127.
            mantissa = mantissa * 10 + i128::from(byte - b'0');
            scale += u32::from(after_point);
        }
        (if negative { -mantissa } else { mantissa }, scale)
    }

    fn from_parts(mantissa: i128, scale: u32) -> Self {
        let width = usize::try_from(scale).expect("a scale of at most 30 fits") + 1;
        let digits = format!("{:0>width$}", mantissa.unsigned_abs());
        let (whole, fraction) = digits.split_at(digits.len() + 1 - width);
        let sign = if mantissa < 0 { "-" } else { "" };
        let point = if fraction.is_empty() { "" } else { "." };
        Self(format!("{sign}{whole}{point}{fraction}"))
    }
}

impl std::fmt::Display for Amount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        Self::parse(&text).map_err(de::Error::custom)
    }
}

/// A currency by its ISO 4217 code: three capital letters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Currency(String);

impl Currency {
    /// Takes a code of three capital letters; whether ISO knows it is not checked.
    pub fn parse(code: &str) -> Option<Self> {
        (code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase()))
            .then(|| Self(code.to_owned()))
    }

    /// The code.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = std::borrow::Cow::<str>::deserialize(deserializer)?;
        Self::parse(&code).ok_or_else(|| de::Error::custom(format!("{code:?} is no currency code")))
    }
}

/// An amount of one currency; the sign is its direction.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    /// The decimal number as text.
    pub amount: Amount,
    /// The currency; amounts of different currencies are never added.
    pub currency: Currency,
}

impl Money {
    /// Minor units of a currency with `decimals` digits after the point.
    pub fn from_minor(minor: i64, decimals: u32, currency: Currency) -> Self {
        Self { amount: Amount::from_minor(minor, decimals), currency }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn money_text_is_kept_byte_for_byte() {
        for text in ["12.34", "0", "-0.00", "1250.7500", "00.10", "99999999999999999999.99"] {
            let json = format!(r#"{{"amount":"{text}","currency":"CNY"}}"#);
            let money: Money = serde_json::from_str(&json).unwrap();
            assert_eq!(serde_json::to_string(&money).unwrap(), json);
        }
    }

    #[test]
    fn what_is_no_plain_decimal_text_is_refused() {
        for text in ["", "-", ".5", "5.", "1e2", "+1", " 1", "1,000", "0x1", "１", "--1", "1.2.3"]
        {
            assert!(Amount::parse(text).is_err(), "{text:?} was taken");
        }
        for json in [
            r#"{"amount":12.34,"currency":"CNY"}"#,
            r#"{"amount":12,"currency":"CNY"}"#,
            r#"{"amount":"12.34","currency":"cny"}"#,
            r#"{"amount":"12.34"}"#,
            r#""12.34""#,
        ] {
            assert!(serde_json::from_str::<Money>(json).is_err(), "{json} was taken");
        }
    }

    #[test]
    fn minor_units_are_exact_or_refused() {
        let minor = |text: &str| Amount::parse(text).unwrap().to_minor(2);
        assert_eq!(minor("12.34"), Ok(1234));
        assert_eq!(minor("-0.5"), Ok(-50));
        assert_eq!(minor("7.100"), Ok(710));
        assert!(matches!(minor("0.001"), Err(AmountError::FinerThanMinorUnit(_))));
        assert!(matches!(minor("99999999999999999999"), Err(AmountError::OutOfRange(_))));
    }

    proptest! {
        #[test]
        fn minor_units_go_out_and_come_back(minor: i64, decimals in 0_u32..5) {
            let amount = Amount::from_minor(minor, decimals);
            prop_assert_eq!(Amount::parse(amount.as_str()), Ok(amount.clone()));
            prop_assert_eq!(amount.to_minor(decimals), Ok(minor));
        }

        #[test]
        fn sums_are_exact(a in -1_i64 << 60..1_i64 << 60, b in -1_i64 << 60..1_i64 << 60) {
            let sum = Amount::from_minor(a, 2).checked_add(&Amount::from_minor(b, 2)).unwrap();
            prop_assert!(sum.same_value(&Amount::from_minor(a + b, 2)));
            let finer = Amount::from_minor(a, 2).checked_add(&Amount::from_minor(0, 4)).unwrap();
            prop_assert!(finer.same_value(&Amount::from_minor(a, 2)));
        }
    }
}
