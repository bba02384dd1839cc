//! Element strings: `(02)06901234567892(37)48` and the same as it stands in a symbol.
//! Knows fields one by one; whether they may stand on one carton is asked of [`check_pairs`].
//!
//! [`check_pairs`]: crate::check_pairs

use std::fmt;

use thiserror::Error;

use crate::{
    ai::{Identifier, identifier, leading_identifier},
    content::{ContentError, check_value},
};

/// The separator after a field of variable length, as scanners send it (ASCII GS). At the head
/// of a symbol's data it marks the symbol as GS1.
pub const FNC1: char = '\u{1D}';

/// Longest value of a single field.
pub const ELEMENT_DATA_MAX: usize = 90;

/// Why a text is no element string.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ElementError {
    /// Nothing in it.
    #[error("there is no field in it")]
    Empty,
    /// The data of a GS1 symbol must begin with FNC1.
    #[error("the data does not begin with FNC1, so it is not from a GS1 symbol")]
    NoLeadingFnc1,
    /// Bracketed text that does not follow `(digits)value`.
    #[error("at character {position}: a bracketed identifier such as (10) was expected")]
    Brackets {
        /// Where, in characters from 1.
        position: usize,
    },
    /// No such application identifier.
    #[error("there is no application identifier {code}")]
    UnknownIdentifier {
        /// The digits in the brackets, or what the data goes on with.
        code: String,
    },
    /// The value does not fit its field.
    #[error("({code}): {source}")]
    Content {
        /// The application identifier.
        code: String,
        /// What is wrong with the value.
        source: ContentError,
    },
}

/// One field: identifier and value, proven against its format.
#[derive(Debug, Clone)]
pub struct Element {
    identifier: &'static Identifier,
    value: String,
}

impl PartialEq for Element {
    fn eq(&self, other: &Self) -> bool {
        self.code() == other.code() && self.value == other.value
    }
}

impl Eq for Element {}

impl Element {
    /// Builds a field, or says what its value breaks.
    pub fn new(code: &str, value: &str) -> Result<Self, ElementError> {
        let identifier = identifier(code)
            .ok_or_else(|| ElementError::UnknownIdentifier { code: code.to_owned() })?;
        Self::of(identifier, value)
    }

    fn of(identifier: &'static Identifier, value: &str) -> Result<Self, ElementError> {
        check_value(identifier, value)
            .map_err(|source| ElementError::Content { code: identifier.code.clone(), source })?;
        Ok(Self { identifier, value: value.to_owned() })
    }

    /// The application identifier's digits.
    #[must_use]
    pub fn code(&self) -> &'static str {
        &self.identifier.code
    }

    /// The value as encoded.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.value
    }

    /// The identifier's table row.
    #[must_use]
    pub fn identifier(&self) -> &'static Identifier {
        self.identifier
    }
}

/// Fields in the order they are encoded in. At least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ElementString(Vec<Element>);

impl ElementString {
    /// Builds a string from identifiers and values, in order.
    pub fn new(fields: &[(&str, &str)]) -> Result<Self, ElementError> {
        let elements = fields.iter().map(|(c, v)| Element::new(c, v)).collect::<Result<_, _>>()?;
        Self::from_elements(elements)
    }

    fn from_elements(elements: Vec<Element>) -> Result<Self, ElementError> {
        if elements.is_empty() { Err(ElementError::Empty) } else { Ok(Self(elements)) }
    }

    /// Reads `(02)06901234567892(37)48`. An opening bracket inside a value is written `\(`.
    pub fn from_bracketed(text: &str) -> Result<Self, ElementError> {
        let characters: Vec<char> = text.chars().collect();
        let mut elements = Vec::new();
        let mut at = 0;
        while at < characters.len() {
            let (code, after) = bracketed_code(&characters, at)?;
            let (value, next) = bracketed_value(&characters, after);
            elements.push(Element::new(&code, &value)?);
            at = next;
        }
        Self::from_elements(elements)
    }

    /// Reads the data of a symbol: FNC1 first, then the fields. A separator that was not needed
    /// is tolerated, as every scanner's output may have one.
    pub fn from_symbol_data(data: &str) -> Result<Self, ElementError> {
        let mut rest = data.strip_prefix(FNC1).ok_or(ElementError::NoLeadingFnc1)?;
        let mut elements = Vec::new();
        while !rest.is_empty() {
            let identifier = leading_identifier(rest).ok_or_else(|| {
                ElementError::UnknownIdentifier { code: rest.chars().take(4).collect() }
            })?;
            let body = &rest[identifier.code.len()..];
            let end = body.find(FNC1).unwrap_or(body.len());
            let fixed = identifier.predefined_length.then(|| identifier.longest());
            let end = match fixed.filter(|n| body.is_char_boundary(*n)) {
                Some(length) => end.min(length),
                None => end,
            };
            elements.push(Element::of(identifier, &body[..end])?);
            rest = body[end..].strip_prefix(FNC1).unwrap_or(&body[end..]);
        }
        Self::from_elements(elements)
    }

    /// The data for a symbol: FNC1, then each field, with FNC1 after those of variable length
    /// unless they stand last.
    #[must_use]
    pub fn symbol_data(&self) -> String {
        let mut data = String::from(FNC1);
        for (at, element) in self.0.iter().enumerate() {
            data.push_str(element.code());
            data.push_str(&element.value);
            if !element.identifier.predefined_length && at + 1 < self.0.len() {
                data.push(FNC1);
            }
        }
        data
    }

    /// Number of characters that count against a GS1-128 symbol's limit of 48: identifiers,
    /// values and separators, without the leading FNC1.
    #[must_use]
    pub fn data_characters(&self) -> usize {
        self.symbol_data().chars().count() - 1
    }

    /// The human readable line of each field: `(10) L2503A`.
    #[must_use]
    pub fn hri(&self) -> Vec<String> {
        self.0.iter().map(|e| format!("({}) {}", e.code(), e.value)).collect()
    }

    /// The fields in order.
    #[must_use]
    pub fn elements(&self) -> &[Element] {
        &self.0
    }

    /// The value of the first field with this identifier.
    #[must_use]
    pub fn get(&self, code: &str) -> Option<&str> {
        self.0.iter().find(|e| e.code() == code).map(|e| e.value.as_str())
    }
}

/// The bracketed form, which [`ElementString::from_bracketed`] reads back.
impl fmt::Display for ElementString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|e| write!(f, "({}){}", e.code(), e.value.replace('(', "\\(")))
    }
}

fn bracketed_code(characters: &[char], at: usize) -> Result<(String, usize), ElementError> {
    let refuse = ElementError::Brackets { position: at + 1 };
    if characters.get(at) != Some(&'(') {
        return Err(refuse);
    }
    let length = characters[at + 1..].iter().position(|c| *c == ')').ok_or(refuse.clone())?;
    let code: String = characters[at + 1..at + 1 + length].iter().collect();
    let fits = (2..=4).contains(&length) && code.bytes().all(|b| b.is_ascii_digit());
    if fits { Ok((code, at + length + 2)) } else { Err(refuse) }
}

fn bracketed_value(characters: &[char], mut at: usize) -> (String, usize) {
    let mut value = String::new();
    while let Some(c) = characters.get(at) {
        match c {
            '(' => break,
            '\\' if characters.get(at + 1) == Some(&'(') => {
                value.push('(');
                at += 1;
            }
            other => value.push(*other),
        }
        at += 1;
    }
    (value, at)
}
