//! Words that every command's input and output are made of.
//!
//! Knows how values look outside the core: ids and money are strings, days are `2026-11-22`,
//! quantities are JSON numbers. Refuses to know any rule.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::{EntryId, Money};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// A count of units in the goods' base unit; a JSON number outside (below 2^53 by the ledger's bound).
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS,
)]
#[serde(transparent)]
pub struct Units(#[ts(type = "number")] pub i64);

/// An amount of money as decimal text in its currency's major unit, e.g. `"43362.83"`.
///
/// Commands whose output reaches this type need the right to see money; a test walks all outputs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(transparent)]
pub struct Amount(pub String);

impl From<Money> for Amount {
    fn from(money: Money) -> Self {
        Self(money.to_decimal().to_string())
    }
}

/// A price for one unit as decimal text; may have more decimals than the currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(transparent)]
pub struct UnitPrice(pub String);

/// The identity of a document, place, lot or entry: a UUID in text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(transparent)]
pub struct Id(#[ts(type = "string")] pub Uuid);

/// A business day, `YYYY-MM-DD`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(transparent)]
pub struct Day(#[ts(type = "string")] pub NaiveDate);

/// What something is called in both languages; one of them may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Bilingual {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

impl Bilingual {
    /// The name in a language, else in the other.
    #[must_use]
    pub fn in_lang(&self, lang: Lang) -> &str {
        let (first, second) = match lang {
            Lang::Zh => (&self.zh, &self.en),
            Lang::En => (&self.en, &self.zh),
        };
        if first.trim().is_empty() { second } else { first }
    }
}

/// A value in a message: the UI formats numbers by locale, takes names in its language and leaves
/// text alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(untagged)]
pub enum Arg {
    /// Shown as it is.
    Text(String),
    /// Shown by locale.
    Number(#[ts(type = "number")] i64),
    /// Shown in the reader's language.
    Name(Bilingual),
}

impl From<i64> for Arg {
    fn from(value: i64) -> Self {
        Self::Number(value)
    }
}
impl From<&str> for Arg {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}
impl From<String> for Arg {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}
impl From<Bilingual> for Arg {
    fn from(name: Bilingual) -> Self {
        Self::Name(name)
    }
}

/// The values of a message, by the name the message uses.
pub type Args = BTreeMap<String, Arg>;

/// A sentence without words: the UI finds the words for `code` in its language and fills in `args`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Message {
    /// Stable, dotted, lower case.
    pub code: String,
    /// Values for the sentence.
    pub args: Args,
}

impl Message {
    /// A message with its values.
    pub fn new<const N: usize>(code: &str, args: [(&str, Arg); N]) -> Self {
        let args = args.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Self { code: code.to_owned(), args }
    }
}

/// One line of the arithmetic behind a figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DerivationLine {
    /// How the line joins the one above: `start`, `add`, `subtract`, `multiply`, `divide`,
    /// `at_least`, `at_most`, `round`, `equals`, or `note` for a line that explains and does not
    /// count.
    pub op: String,
    /// What the line is, in words of the UI.
    pub text: Message,
    /// The figure as text, `null` for a note.
    pub value: Option<String>,
    /// The figure's unit (`units`, `days`, `cartons`, `percent`, …), `null` for a note.
    pub unit: Option<String>,
}

/// The arithmetic behind a figure, top to bottom.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Derivation {
    /// Lines in reading order.
    pub lines: Vec<DerivationLine>,
}

/// A document that a figure or an entry speaks of, enough to open it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DocLink {
    /// `sku`, `location`, `partner`, `lot`, `order`, `transfer`, `shop`, `company`, `sales`.
    pub kind: String,
    /// Its identity.
    pub id: Id,
    /// What people call it: a number, a code, a lot number.
    pub label: String,
}

/// From where to where a transfer carries goods.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Way {
    /// Code of the place that they left.
    pub from: String,
    /// Code of the place that they go to.
    pub to: String,
}

/// A side of a move.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PlaceRef {
    /// A place's code, also for what is unsettled there; a word such as `customer` for what is no
    /// place of ours; a transfer's number for its transit.
    pub code: String,
    /// `own`, `platform`, `factory`, `consignee`, `transit`, `suspense` or `virtual`.
    pub kind: String,
    /// For a transit, between which places.
    pub way: Option<Way>,
}

/// What a command wrote, so that the user can look at it and take it back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Posted {
    /// The journal entries, in the order in which they were posted, without those that only follow
    /// from them and are not taken back by themselves.
    pub entries: Vec<Id>,
    /// The document that they concern, if one.
    pub document: Option<DocLink>,
}

/// Language of words that go into a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Lang {
    /// Simplified Chinese.
    Zh,
    /// English.
    En,
}

/// No input.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, TS)]
pub struct Nothing {}

/// A document named by its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ById {
    /// Which one.
    pub id: Id,
}

impl From<EntryId> for Id {
    fn from(id: EntryId) -> Self {
        Self(id.0)
    }
}

impl From<i64> for Units {
    fn from(units: i64) -> Self {
        Self(units)
    }
}

impl From<NaiveDate> for Day {
    fn from(day: NaiveDate) -> Self {
        Self(day)
    }
}

impl DocLink {
    /// A link to a document of a kind.
    pub fn new(kind: &str, id: Uuid, label: impl Into<String>) -> Self {
        Self { kind: kind.to_owned(), id: Id(id), label: label.into() }
    }
}
