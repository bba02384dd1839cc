//! The numbers themselves: GTIN, SSCC, GLN and the company prefix they are built from.
//! Knows lengths and check digits; not which number was used before (the ledger does).

use std::fmt;

use thiserror::Error;

use crate::check_digit::{check_digit, ends_in_check_digit};

/// Why a text is no GS1 number.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum KeyError {
    /// Something other than the digits 0 to 9, at a place counted from 1.
    #[error("“{character}” at place {position} of {text} is no digit")]
    NotADigit {
        /// The text as given.
        text: String,
        /// The offending character.
        character: char,
        /// Its place in characters, from 1.
        position: usize,
    },
    /// A length that this kind of number does not have.
    #[error("{text} has {length} digits; allowed: {allowed}")]
    Length {
        /// The text as given.
        text: String,
        /// Its number of digits.
        length: usize,
        /// The lengths that exist, in words.
        allowed: &'static str,
    },
    /// The last digit is not the check digit of the others.
    #[error("{text} ends in the wrong check digit; {expected} would be right")]
    CheckDigit {
        /// The text as given.
        text: String,
        /// The digit that belongs there.
        expected: u8,
    },
    /// An extension digit above 9.
    #[error("the extension digit of an SSCC is 0 to 9, not {0}")]
    Extension(u8),
    /// The serial does not fit beside the prefix.
    #[error("serial {serial} is over {max}, the largest beside this company prefix")]
    SerialOverflow {
        /// The serial asked for.
        serial: u64,
        /// The largest that fits.
        max: u64,
    },
}

fn digits<'a>(
    text: &'a str,
    lengths: &[usize],
    allowed: &'static str,
) -> Result<&'a str, KeyError> {
    if let Some((at, character)) = text.chars().enumerate().find(|(_, c)| !c.is_ascii_digit()) {
        return Err(KeyError::NotADigit { text: text.to_owned(), character, position: at + 1 });
    }
    if !lengths.contains(&text.len()) {
        return Err(KeyError::Length { text: text.to_owned(), length: text.len(), allowed });
    }
    Ok(text)
}

fn checked<'a>(
    text: &'a str,
    lengths: &[usize],
    allowed: &'static str,
) -> Result<&'a str, KeyError> {
    let text = digits(text, lengths, allowed)?;
    if ends_in_check_digit(text) {
        return Ok(text);
    }
    let expected = check_digit(&text[..text.len() - 1]).unwrap_or_default();
    Err(KeyError::CheckDigit { text: text.to_owned(), expected })
}

/// A Global Trade Item Number (商品条码) of 8, 12, 13 or 14 digits, check digit proven. Two
/// GTINs are equal when their 14-digit forms are.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Gtin(String);

impl Gtin {
    /// Reads a GTIN of any of the four lengths.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let text = checked(text, &[8, 12, 13, 14], "8, 12, 13, 14")?;
        Ok(Self(format!("{text:0>14}")))
    }

    /// The 14 digits that application identifiers 01 and 02 hold, with zeros at the left.
    #[must_use]
    pub fn as_14(&self) -> &str {
        &self.0
    }

    /// Whether the number is one for use inside a shop or a region (prefixes 02, 04 and 20 to
    /// 29), which must not travel on a carton as if it were a GTIN.
    #[must_use]
    pub fn is_in_store(&self) -> bool {
        let thirteen = &self.0[1..];
        (thirteen.starts_with('2') || thirteen.starts_with("02") || thirteen.starts_with("04"))
            && !self.0.starts_with("000000")
    }
}

/// The shortest usual form: 8, 12, 13 or 14 digits.
impl fmt::Display for Gtin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let zeros = self.0.bytes().take_while(|b| *b == b'0').count();
        f.write_str(match zeros {
            0 => &self.0,
            1 => &self.0[1..],
            2..=5 => &self.0[2..],
            _ => &self.0[6..],
        })
    }
}

/// A GS1 company prefix (厂商识别代码), 4 to 12 digits; in China 7 to 10.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CompanyPrefix(String);

impl CompanyPrefix {
    /// Reads a prefix. Whether it was ever given to anybody cannot be told offline.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        digits(text, &[4, 5, 6, 7, 8, 9, 10, 11, 12], "4 to 12").map(|t| Self(t.to_owned()))
    }

    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The largest serial an SSCC can carry beside this prefix and one extension digit.
    #[must_use]
    pub fn max_sscc_serial(&self) -> u64 {
        let places = u32::try_from(16 - self.0.len()).unwrap_or_default();
        10_u64.pow(places) - 1
    }
}

/// A Serial Shipping Container Code (物流单元号): 18 digits that name one carton or pallet.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Sscc(String);

impl Sscc {
    /// Reads 18 digits with a right check digit.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        checked(text, &[18], "18").map(|t| Self(t.to_owned()))
    }

    /// Builds the code from extension digit, company prefix and serial. That a serial is used
    /// only once is the caller's business.
    pub fn build(extension: u8, prefix: &CompanyPrefix, serial: u64) -> Result<Self, KeyError> {
        if extension > 9 {
            return Err(KeyError::Extension(extension));
        }
        let max = prefix.max_sscc_serial();
        if serial > max {
            return Err(KeyError::SerialOverflow { serial, max });
        }
        let places = 16 - prefix.0.len();
        let body = format!("{extension}{}{serial:0places$}", prefix.0);
        let check = check_digit(&body).expect("the body is made of digits");
        Ok(Self(format!("{body}{check}")))
    }

    /// The 18 digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Sscc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A Global Location Number (全球位置码): 13 digits that name a company or place.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Gln(String);

impl Gln {
    /// Reads 13 digits with a right check digit.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        checked(text, &[13], "13").map(|t| Self(t.to_owned()))
    }

    /// The 13 digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gtin_of_each_length() {
        for (text, fourteen) in [
            ("02345673", "00000002345673"),
            ("416000336108", "00416000336108"),
            ("6901234567892", "06901234567892"),
            ("12345678901231", "12345678901231"),
        ] {
            let gtin = Gtin::parse(text).unwrap();
            assert_eq!(gtin.as_14(), fourteen);
            assert_eq!(gtin.to_string(), text);
        }
        assert_eq!(
            Gtin::parse("6901234567890"),
            Err(KeyError::CheckDigit { text: "6901234567890".into(), expected: 2 })
        );
        assert!(matches!(Gtin::parse("690123456789"), Err(KeyError::CheckDigit { .. })));
        assert!(matches!(Gtin::parse("12345"), Err(KeyError::Length { length: 5, .. })));
        assert!(matches!(
            Gtin::parse("69０1234567892"),
            Err(KeyError::NotADigit { position: 3, .. })
        ));
    }

    #[test]
    fn shop_codes_are_told_apart() {
        assert!(Gtin::parse("2112345678900").unwrap().is_in_store());
        assert!(!Gtin::parse("6901234567892").unwrap().is_in_store());
        assert!(!Gtin::parse("02345673").unwrap().is_in_store());
    }

    #[test]
    fn sscc_from_its_parts() {
        let prefix = CompanyPrefix::parse("6901234").unwrap();
        let sscc = Sscc::build(3, &prefix, 17).unwrap();
        assert_eq!(
            sscc.as_str(),
            format!("36901234000000017{}", check_digit("36901234000000017").unwrap())
        );
        assert_eq!(Sscc::parse(sscc.as_str()), Ok(sscc));
        assert_eq!(prefix.max_sscc_serial(), 999_999_999);
        assert!(Sscc::build(0, &prefix, 999_999_999).is_ok());
        assert!(matches!(
            Sscc::build(0, &prefix, 1_000_000_000),
            Err(KeyError::SerialOverflow { max: 999_999_999, .. })
        ));
        assert_eq!(Sscc::build(10, &prefix, 1), Err(KeyError::Extension(10)));
        assert!(CompanyPrefix::parse("123").is_err());
    }
}
