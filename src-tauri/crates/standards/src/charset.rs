//! The character sets of GS1 element strings, and the rule for lot numbers that follows.
//! Knows single characters and lengths; not what a field means.

use thiserror::Error;

/// Longest lot number that fits application identifier 10.
const LOT_MAX: usize = 20;

/// Whether `c` belongs to GS1 character set 82, the one of lots, serials and references:
/// letters, digits and ``!"%&'()*+,-./:;<=>?_``. No space, no `#`, no Chinese.
#[must_use]
pub fn is_cset82(c: char) -> bool {
    c.is_ascii_alphanumeric() || "!\"%&'()*+,-./_:;<=>?".contains(c)
}

/// Whether `c` belongs to GS1 character set 39: upper-case letters, digits, `#`, `-`, `/`.
#[must_use]
pub fn is_cset39(c: char) -> bool {
    c.is_ascii_uppercase() || c.is_ascii_digit() || "#-/".contains(c)
}

/// Position (in characters, from 0) of the first character outside base64url, padding included
/// in the place and number that its length asks for.
pub(crate) fn first_outside_cset64(value: &str) -> Option<usize> {
    let body = value.trim_end_matches('=');
    let inside = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if let Some(at) = body.chars().position(|c| !inside(c)) {
        return Some(at);
    }
    let padding = value.len() - body.len();
    let fits = padding == 0 || (padding < 3 && (body.len() + padding).is_multiple_of(3));
    (!fits).then_some(body.len())
}

/// Why a lot number cannot be put into a GS1 barcode. The lot itself stays valid: a coded alias
/// may stand in its place on labels.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum LotCodeError {
    /// There is no lot number at all.
    #[error("the lot number is empty")]
    Empty,
    /// More than the 20 characters of application identifier 10.
    #[error("lot {lot} has {length} characters; a barcode takes at most {LOT_MAX}")]
    TooLong {
        /// The lot as given.
        lot: String,
        /// Its length in characters.
        length: usize,
    },
    /// A character outside character set 82.
    #[error("lot {lot}: character {position}, “{character}”, cannot stand in a GS1 barcode")]
    Character {
        /// The lot as given.
        lot: String,
        /// The offending character.
        character: char,
        /// Its place, counted in characters from 1.
        position: usize,
    },
}

/// Refuses a lot number that application identifier 10 cannot hold, naming the first offending
/// character and its place.
pub fn check_lot_code(lot: &str) -> Result<(), LotCodeError> {
    if lot.is_empty() {
        return Err(LotCodeError::Empty);
    }
    if let Some((at, character)) = lot.chars().enumerate().find(|(_, c)| !is_cset82(*c)) {
        return Err(LotCodeError::Character { lot: lot.to_owned(), character, position: at + 1 });
    }
    if lot.len() > LOT_MAX {
        return Err(LotCodeError::TooLong { lot: lot.to_owned(), length: lot.len() });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cset82_has_82_characters() {
        assert_eq!(
            (0..=0x0010_FFFF).filter_map(char::from_u32).filter(|c| is_cset82(*c)).count(),
            82
        );
        assert_eq!(
            (0..=0x0010_FFFF).filter_map(char::from_u32).filter(|c| is_cset39(*c)).count(),
            39
        );
    }

    #[test]
    fn a_lot_is_refused_by_character_and_place() {
        assert_eq!(check_lot_code("L2503A"), Ok(()));
        assert_eq!(check_lot_code("?2028-01"), Ok(()));
        assert_eq!(
            check_lot_code("L25批1"),
            Err(LotCodeError::Character { lot: "L25批1".into(), character: '批', position: 4 })
        );
        assert_eq!(check_lot_code(""), Err(LotCodeError::Empty));
        assert!(matches!(
            check_lot_code("123456789012345678901"),
            Err(LotCodeError::TooLong { length: 21, .. })
        ));
        assert!(matches!(
            check_lot_code("A B"),
            Err(LotCodeError::Character { character: ' ', position: 2, .. })
        ));
    }
}
