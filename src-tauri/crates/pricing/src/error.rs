//! What can be wrong, as codes and values.
//!
//! Knows: every reason this crate has to refuse an input. Refuses to know: how a person is told.
//! [`Error::code`] is stable and meant for a table of translations; `Display` is for logs.

use std::fmt;

/// A refusal. No function of this crate panics on an input; it returns one of these.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// A weight of an allocation is below zero.
    NegativeWeight {
        /// Position of the first such weight, from 0.
        index: usize,
    },
    /// There is money to allocate and every weight is zero: it would be lost.
    NoWeight,
    /// An amount does not fit 64 bits of minor units.
    Overflow,
    /// No version of the rules is in force at the time of payment. There is no default.
    NoRuleSet {
        /// The time of payment, as given.
        at: String,
    },
    /// No price rule matches a line, or the line lacks the field the matching rule reads.
    NoPrice {
        /// The line.
        line: String,
    },
    /// More pieces refunded than were bought and not yet refunded.
    RefundExceedsQuantity {
        /// The line.
        line: String,
        /// Pieces asked for in this step.
        asked: i64,
        /// Pieces that can still be refunded.
        left: i64,
    },
    /// A refund names a line the order does not have.
    UnknownLine {
        /// The line.
        line: String,
    },
    /// An object holds a key that means nothing here: a misspelled rule must not be ignored.
    UnknownKey {
        /// Where the object is.
        at: String,
        /// The key.
        key: String,
    },
    /// An object lacks a key it must have.
    MissingKey {
        /// Where the object is.
        at: String,
        /// The key.
        key: &'static str,
    },
    /// A value is of the wrong kind or outside what is allowed there.
    BadValue {
        /// Where the value is.
        at: String,
        /// The value, shortened.
        value: String,
    },
    /// The text is not JSON.
    NotJson {
        /// Line of the text, from 1.
        line: usize,
        /// Column of the text, from 1.
        column: usize,
    },
    /// Two things that must differ carry the same id, or two versions are in force at once.
    Duplicate {
        /// Where.
        at: String,
        /// The id.
        id: String,
    },
    /// The rules break the law in a way that must not be loaded.
    Unlawful {
        /// Codes of the flags of severity `error`, each with the rule it is about.
        flags: Vec<(&'static str, String)>,
    },
    /// No price within the bounds of the search recovers the cost.
    NoBreakEven,
    /// An operation [`crate::eval`] does not have.
    UnknownOp {
        /// The name asked for.
        op: String,
    },
}

impl Error {
    /// The stable name of this refusal, in `snake_case`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NegativeWeight { .. } => "negative_weight",
            Self::NoWeight => "no_weight",
            Self::Overflow => "overflow",
            Self::NoRuleSet { .. } => "no_rule_set",
            Self::NoPrice { .. } => "no_price",
            Self::RefundExceedsQuantity { .. } => "refund_exceeds_quantity",
            Self::UnknownLine { .. } => "unknown_line",
            Self::UnknownKey { .. } => "unknown_key",
            Self::MissingKey { .. } => "missing_key",
            Self::BadValue { .. } => "bad_value",
            Self::NotJson { .. } => "not_json",
            Self::Duplicate { .. } => "duplicate",
            Self::Unlawful { .. } => "unlawful",
            Self::NoBreakEven => "no_break_even",
            Self::UnknownOp { .. } => "unknown_op",
        }
    }

    /// The values of this refusal by name, for the sentence its code has in some language.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::NegativeWeight { index } => vec![("index", index.to_string())],
            Self::NoWeight | Self::Overflow | Self::NoBreakEven => Vec::new(),
            Self::NoRuleSet { at } => vec![("at", at.clone())],
            Self::NoPrice { line } | Self::UnknownLine { line } => vec![("line", line.clone())],
            Self::RefundExceedsQuantity { line, asked, left } => vec![
                ("line", line.clone()),
                ("asked", asked.to_string()),
                ("left", left.to_string()),
            ],
            Self::UnknownKey { at, key } => vec![("at", at.clone()), ("key", key.clone())],
            Self::MissingKey { at, key } => vec![("at", at.clone()), ("key", (*key).to_owned())],
            Self::BadValue { at, value } => vec![("at", at.clone()), ("value", value.clone())],
            Self::NotJson { line, column } => {
                vec![("line", line.to_string()), ("column", column.to_string())]
            }
            Self::Duplicate { at, id } => vec![("at", at.clone()), ("id", id.clone())],
            Self::Unlawful { flags } => {
                let each = flags.iter().map(|(code, at)| format!("{code} ({at})"));
                vec![("flags", each.collect::<Vec<_>>().join(", "))]
            }
            Self::UnknownOp { op } => vec![("op", op.clone())],
        }
    }

    /// A value that cannot stand at `at`. Long values are cut, so that a log line stays one.
    pub(crate) fn bad(at: impl Into<String>, value: impl fmt::Display) -> Self {
        Self::BadValue { at: at.into(), value: value.to_string().chars().take(80).collect() }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NegativeWeight { index } => write!(f, "weight {index} is negative"),
            Self::NoWeight => f.write_str("there is money to allocate and no weight above zero"),
            Self::Overflow => f.write_str("an amount does not fit 64 bits of minor units"),
            Self::NoRuleSet { at } => write!(f, "no rule set is in force at {at}"),
            Self::NoPrice { line } => write!(f, "no price rule gives line {line} a price"),
            Self::RefundExceedsQuantity { line, asked, left } => {
                write!(f, "line {line}: {asked} pieces to refund, {left} left")
            }
            Self::UnknownLine { line } => write!(f, "the order has no line {line}"),
            Self::UnknownKey { at, key } => write!(f, "{at}: unknown key {key}"),
            Self::MissingKey { at, key } => write!(f, "{at}: {key} is missing"),
            Self::BadValue { at, value } => write!(f, "{at}: {value} is not allowed here"),
            Self::NotJson { line, column } => write!(f, "not JSON at {line}:{column}"),
            Self::Duplicate { at, id } => write!(f, "{at}: {id} is there twice"),
            Self::Unlawful { flags } => {
                f.write_str("the rules break the law:")?;
                flags.iter().try_for_each(|(code, at)| write!(f, " {code} ({at})"))
            }
            Self::NoBreakEven => f.write_str("no price in range recovers the cost"),
            Self::UnknownOp { op } => write!(f, "unknown operation {op}"),
        }
    }
}

impl std::error::Error for Error {}
