//! What a field's value must look like beyond its length: character sets, check digits, dates,
//! times. Knows one value at a time; not which fields may stand together.

use chrono::NaiveDate;
use thiserror::Error;

use crate::{
    ai::{Charset, Identifier, Part},
    charset::{first_outside_cset64, is_cset39, is_cset82},
    check_digit::ends_in_check_digit,
};

/// What is wrong with the value of a field.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ContentError {
    /// No value at all.
    #[error("the value is empty")]
    Empty,
    /// Shorter than the format.
    #[error("the value ends too early, at character {position}")]
    TooShort {
        /// Where the next character was expected, from 1.
        position: usize,
    },
    /// Longer than the format.
    #[error("the value has more than {longest} characters")]
    TooLong {
        /// The most that fit.
        longest: usize,
    },
    /// A character that the field's set does not have.
    #[error("“{character}” at place {position} is not allowed")]
    Character {
        /// The offending character.
        character: char,
        /// Its place in characters, from 1.
        position: usize,
    },
    /// A check that names itself (`csum`, `yymmd0`, …) fails.
    #[error("“{value}” fails the rule {rule}")]
    Rule {
        /// The part of the value that was checked.
        value: String,
        /// The name of the rule in the GS1 syntax dictionary.
        rule: &'static str,
    },
}

/// Content rules, named as in the GS1 syntax dictionary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Check {
    Csum,
    Yymmd0,
    Yymmdd,
    Yyyymmdd,
    Hhmi,
    Hh,
    Mi,
    Ss,
    Zero,
    Nonzero,
    NoZeroPrefix,
    YesNo,
    Winding,
    PieceOfTotal,
    Hyphen,
    HasNonDigit,
}

const CHECKS: [(&str, Check); 16] = [
    ("csum", Check::Csum),
    ("yymmd0", Check::Yymmd0),
    ("yymmdd", Check::Yymmdd),
    ("yyyymmdd", Check::Yyyymmdd),
    ("hhmi", Check::Hhmi),
    ("hh", Check::Hh),
    ("mi", Check::Mi),
    ("ss", Check::Ss),
    ("zero", Check::Zero),
    ("nonzero", Check::Nonzero),
    ("nozeroprefix", Check::NoZeroPrefix),
    ("yesno", Check::YesNo),
    ("winding", Check::Winding),
    ("pieceoftotal", Check::PieceOfTotal),
    ("hyphen", Check::Hyphen),
    ("hasnondigit", Check::HasNonDigit),
];

impl Check {
    pub(crate) fn named(name: &str) -> Option<Self> {
        CHECKS.iter().find(|(n, _)| *n == name).map(|(_, check)| *check)
    }

    fn name(self) -> &'static str {
        CHECKS.iter().find(|(_, check)| *check == self).map_or("", |(name, _)| *name)
    }

    pub(crate) fn holds(self, value: &str) -> bool {
        let digits = !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit());
        let below = |limit: u32| {
            digits && value.len() == 2 && value.parse::<u32>().is_ok_and(|n| n < limit)
        };
        match self {
            Self::Csum => digits && ends_in_check_digit(value),
            Self::Yymmd0 => value.len() == 6 && is_day(&format!("20{value}"), true),
            Self::Yymmdd => value.len() == 6 && is_day(&format!("20{value}"), false),
            Self::Yyyymmdd => is_day(value, false),
            Self::Hhmi => {
                digits
                    && value.len() == 4
                    && Self::Hh.holds(&value[..2])
                    && Self::Mi.holds(&value[2..])
            }
            Self::Hh => below(24),
            Self::Mi | Self::Ss => below(60),
            Self::Zero => value == "0",
            Self::Nonzero => digits && value.bytes().any(|b| b != b'0'),
            Self::NoZeroPrefix => {
                (digits || value.is_empty()) && (value == "0" || !value.starts_with('0'))
            }
            Self::YesNo => matches!(value, "0" | "1"),
            Self::Winding => matches!(value, "0" | "1" | "9"),
            Self::PieceOfTotal => digits && is_piece_of_total(value),
            Self::Hyphen => value == "-",
            Self::HasNonDigit => value.chars().any(|c| !c.is_ascii_digit()),
        }
    }
}

fn is_day(yyyymmdd: &str, day_may_be_zero: bool) -> bool {
    if yyyymmdd.len() != 8 || !yyyymmdd.bytes().all(|b| b.is_ascii_digit()) {
        return false;
    }
    let number = |range: std::ops::Range<usize>| yyyymmdd[range].parse::<u32>().unwrap_or_default();
    let day = match number(6..8) {
        0 if day_may_be_zero => 1,
        day => day,
    };
    i32::try_from(number(0..4))
        .is_ok_and(|year| NaiveDate::from_ymd_opt(year, number(4..6), day).is_some())
}

/// Two equally long numbers, neither zero, the first not above the second.
fn is_piece_of_total(value: &str) -> bool {
    let (piece, total) = value.split_at(value.len() / 2);
    piece.len() == total.len()
        && piece.bytes().any(|b| b != b'0')
        && total.bytes().any(|b| b != b'0')
        && piece <= total
}

/// Proves `value` against the format of `id`, part by part.
pub(crate) fn check_value(id: &Identifier, value: &str) -> Result<(), ContentError> {
    if value.is_empty() {
        return Err(ContentError::Empty);
    }
    let characters: Vec<char> = value.chars().collect();
    let mut at = 0;
    for part in &id.parts {
        if at == characters.len() && part.optional {
            break;
        }
        let end = characters.len().min(at + part.longest);
        check_part(part, &characters[at..end], at)?;
        at = end;
    }
    if at < characters.len() {
        return Err(ContentError::TooLong { longest: id.longest() });
    }
    Ok(())
}

fn check_part(part: &Part, characters: &[char], before: usize) -> Result<(), ContentError> {
    let value: String = characters.iter().collect();
    let outside = match part.charset {
        Charset::Digits => characters.iter().position(|c| !c.is_ascii_digit()),
        Charset::Cset82 => characters.iter().position(|c| !is_cset82(*c)),
        Charset::Cset39 => characters.iter().position(|c| !is_cset39(*c)),
        Charset::Cset64 => first_outside_cset64(&value),
    };
    if let Some(at) = outside {
        let character = characters.get(at).copied().unwrap_or('=');
        return Err(ContentError::Character { character, position: before + at + 1 });
    }
    if characters.len() < part.shortest {
        return Err(ContentError::TooShort { position: before + characters.len() + 1 });
    }
    match part.checks.iter().find(|check| !check.holds(&value)) {
        Some(check) => Err(ContentError::Rule { value, rule: check.name() }),
        None => Ok(()),
    }
}
