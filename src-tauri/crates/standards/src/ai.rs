//! The table of application identifiers (assets/gs1/ai.csv), parsed once. Knows formats,
//! separators and pairings; not what a value says.

use std::{collections::HashMap, sync::OnceLock};

use crate::content::Check;

static TABLE: &str = include_str!("../../../../assets/gs1/ai.csv");

/// One application identifier (应用标识符), e.g. 10 for the lot.
#[derive(Debug)]
pub struct Identifier {
    pub(crate) code: String,
    pub(crate) predefined_length: bool,
    pub(crate) parts: Vec<Part>,
    /// Each entry must be met; an entry is a choice of groups; a group is met when all its
    /// patterns are.
    pub(crate) needs: Vec<Vec<Vec<&'static str>>>,
    pub(crate) forbids: Vec<&'static str>,
    pub(crate) title: &'static str,
}

impl Identifier {
    /// Its digits, two to four.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The data title printed beside the value, e.g. `BATCH/LOT`.
    #[must_use]
    pub fn title(&self) -> &str {
        self.title
    }

    /// Whether every reader knows the field's length, so that no FNC1 follows it.
    #[must_use]
    pub fn predefined_length(&self) -> bool {
        self.predefined_length
    }

    /// Longest value in characters.
    #[must_use]
    pub fn longest(&self) -> usize {
        self.parts.iter().map(|p| p.longest).sum()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Charset {
    Digits,
    Cset82,
    Cset39,
    Cset64,
}

#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) charset: Charset,
    pub(crate) shortest: usize,
    pub(crate) longest: usize,
    pub(crate) optional: bool,
    pub(crate) checks: Vec<Check>,
}

/// The identifier with exactly these digits, if there is one.
#[must_use]
pub fn identifier(code: &str) -> Option<&'static Identifier> {
    table().get(code)
}

/// The identifier that `data` begins with. No identifier is the beginning of another, so the
/// answer is unique.
pub(crate) fn leading_identifier(data: &str) -> Option<&'static Identifier> {
    (2..=4).filter_map(|n| data.get(..n)).find_map(identifier)
}

/// Whether `code` meets a pattern whose `n` stands for any digit.
pub(crate) fn matches_pattern(pattern: &str, code: &str) -> bool {
    pattern.len() == code.len()
        && pattern
            .bytes()
            .zip(code.bytes())
            .all(|(p, c)| p == c || (p == b'n' && c.is_ascii_digit()))
}

fn table() -> &'static HashMap<String, Identifier> {
    static PARSED: OnceLock<HashMap<String, Identifier>> = OnceLock::new();
    PARSED.get_or_init(|| {
        TABLE
            .lines()
            .filter(|line| !line.starts_with('#') && !line.is_empty())
            .skip(1)
            .flat_map(|line| read_row(line).expect("the table is part of the program and tested"))
            .map(|id| (id.code.clone(), id))
            .collect()
    })
}

fn read_row(line: &'static str) -> Option<Vec<Identifier>> {
    let mut cells = line.splitn(6, ',');
    let (codes, fixed, parts) = (cells.next()?, cells.next()?, cells.next()?);
    let (needs, forbids, title) = (cells.next()?, cells.next()?, cells.next()?);
    let (first, last) = codes.split_once('-').unwrap_or((codes, codes));
    let (from, to): (u32, u32) = (first.parse().ok()?, last.parse().ok()?);
    let width = first.len();
    (from..=to)
        .map(|n| {
            Some(Identifier {
                code: format!("{n:0width$}"),
                predefined_length: fixed == "yes",
                parts: parts.split(' ').map(read_part).collect::<Option<_>>()?,
                needs: needs.split(';').filter(|s| !s.is_empty()).map(read_choice).collect(),
                forbids: forbids.split(' ').filter(|s| !s.is_empty()).collect(),
                title,
            })
        })
        .collect()
}

fn read_choice(text: &'static str) -> Vec<Vec<&'static str>> {
    text.split(' ').map(|group| group.split('+').collect()).collect()
}

fn read_part(text: &str) -> Option<Part> {
    let optional = text.starts_with('[');
    let text = text.trim_start_matches('[').replace(']', "");
    let mut pieces = text.split('/');
    let format = pieces.next()?;
    let charset = match format.chars().next()? {
        'N' => Charset::Digits,
        'X' => Charset::Cset82,
        'Y' => Charset::Cset39,
        'Z' => Charset::Cset64,
        _ => return None,
    };
    let (shortest, longest) = match format[1..].strip_prefix("..") {
        Some(most) => (1, most.parse().ok()?),
        None => (format[1..].parse().ok()?, format[1..].parse().ok()?),
    };
    let checks = pieces.map(Check::named).collect::<Option<_>>()?;
    Some(Part { charset, shortest, longest, optional, checks })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read_and_no_code_begins_another() {
        let table = table();
        assert!(table.len() > 500, "{}", table.len());
        for code in table.keys() {
            for other in table.keys() {
                assert!(code == other || !other.starts_with(code.as_str()), "{code} {other}");
            }
        }
    }

    #[test]
    fn the_fields_of_a_carton() {
        let lot = identifier("10").unwrap();
        assert_eq!((lot.title(), lot.longest(), lot.predefined_length()), ("BATCH/LOT", 20, false));
        for (code, fixed) in
            [("00", true), ("02", true), ("17", true), ("37", false), ("400", false), ("410", true)]
        {
            assert_eq!(identifier(code).unwrap().predefined_length(), fixed, "{code}");
        }
        assert!(identifier("89").is_none());
        assert_eq!(leading_identifier("3103123456").unwrap().code(), "3103");
    }
}
