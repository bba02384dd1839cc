//! What every paper has in common: how it is to be printed, and why it cannot be.

use chrono::NaiveDateTime;
use standards::{ElementError, LotCodeError, PairError};
use thiserror::Error;

use crate::symbol::SymbolError;

/// Language of all printed words that are not the user's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Simplified Chinese.
    Zh,
    /// English.
    En,
}

/// Resolution of the printer. Bars are drawn on its dots, so that none is wider than its twin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dpi {
    /// 203 dots an inch: the usual label printer.
    D203,
    /// 300 dots an inch: finer label printers, office printers in draft.
    D300,
    /// 600 dots an inch: office laser printers.
    D600,
}

impl Dpi {
    /// Dots in one inch.
    #[must_use]
    pub fn per_inch(self) -> u16 {
        match self {
            Self::D203 => 203,
            Self::D300 => 300,
            Self::D600 => 600,
        }
    }

    /// Width of one dot in millimetres.
    #[must_use]
    pub fn dot_mm(self) -> f32 {
        25.4 / f32::from(self.per_inch())
    }

    /// The fewest dots that are at least `mm` wide.
    #[must_use]
    pub fn dots_at_least(self, mm: f32) -> i64 {
        whole((mm / self.dot_mm() - 0.001).ceil())
    }

    /// The dot nearest to a distance of `mm`.
    #[must_use]
    pub fn dots_near(self, mm: f32) -> i64 {
        whole((mm / self.dot_mm()).round())
    }

    /// Width of so many dots in millimetres.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a sheet has some ten thousand dots")]
    pub fn mm(self, dots: i64) -> f32 {
        dots as f32 * self.dot_mm()
    }
}

#[expect(clippy::cast_possible_truncation, reason = "`as` saturates, and a sheet is small")]
fn whole(number: f32) -> i64 {
    number as i64
}

/// How one print is made: everything that is not in the document itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Print {
    /// Language of captions.
    pub lang: Lang,
    /// When the print was asked for, in the company's zone. It is the file's creation date, so
    /// the same print gives the same bytes.
    pub printed_at: NaiveDateTime,
    /// Who asked for it.
    pub operator: String,
    /// Which copy it is, from 1.
    pub copy: u32,
    /// The printer's resolution.
    pub dpi: Dpi,
}

/// How many pages a paper has that was made here.
///
/// # Errors
/// [`PaperError::Writer`] for bytes that are no PDF.
pub fn page_count(pdf: &[u8]) -> Result<usize, PaperError> {
    let file = lopdf::Document::load_mem(pdf).map_err(|e| PaperError::Writer(e.to_string()))?;
    Ok(file.get_pages().len())
}

/// What a number on a paper fails to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ValueRule {
    /// A count or measure of nothing, or less.
    #[error("must be above 0")]
    AboveZero,
    /// A count below nothing.
    #[error("must not be below 0")]
    NotNegative,
    /// Money finer than its currency: it is rounded where it is agreed, never on paper.
    #[error("has more than two decimals; round the amount before it is printed")]
    TwoDecimals,
    /// A sum beyond what is counted.
    #[error("is too large")]
    Bounded,
    /// An amount beyond the words for it.
    #[error("is too large to be written out")]
    Writable,
    /// Cartons that are numbered twice or backwards.
    #[error("overlaps or runs backwards")]
    Ascending,
    /// The number of a carton that the shipment does not have.
    #[error("is not within the shipment")]
    InShipment,
    /// Parts that are not the whole: payments and the price, what is settled and what is missing.
    #[error("does not add up")]
    AddsUp,
    /// A tax amount on a line that has no tax rate.
    #[error("is a tax without a rate")]
    Rated,
}

impl ValueRule {
    /// Its stable word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::AboveZero => "above_zero",
            Self::NotNegative => "not_negative",
            Self::TwoDecimals => "two_decimals",
            Self::Bounded => "bounded",
            Self::Writable => "writable",
            Self::Ascending => "ascending",
            Self::InShipment => "in_shipment",
            Self::AddsUp => "adds_up",
            Self::Rated => "rated",
        }
    }
}

/// Why a paper cannot be printed. Nothing is left out of a paper to make it printable.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum PaperError {
    /// A character that the embedded typeface cannot draw.
    #[error(
        "{field}: the printing typeface has no glyph for “{character}” (U+{code_point:04X}); \
         write it with other characters"
    )]
    MissingGlyph {
        /// The character.
        character: char,
        /// Its Unicode number.
        code_point: u32,
        /// Where it stands, e.g. `lines[2].name`, lines counted from 1.
        field: String,
    },
    /// A text that stays too long even when set as small as may be read.
    #[error("{field}: {characters} characters do not fit their place on the paper; shorten them")]
    DoesNotFit {
        /// Where it stands.
        field: String,
        /// How long it is.
        characters: usize,
    },
    /// A barcode that may not be printed.
    #[error("{field}: {source}")]
    Symbol {
        /// What it would have encoded.
        field: String,
        /// Why it may not.
        source: SymbolError,
    },
    /// A lot number that no GS1 barcode can hold.
    #[error(
        "carton {carton}: {source}; give the lot a coded alias of letters and digits for labels"
    )]
    Lot {
        /// The carton's number.
        carton: i64,
        /// What is wrong.
        source: LotCodeError,
    },
    /// A value that does not fit its field in a GS1 barcode.
    #[error("carton {carton}: {source}")]
    Element {
        /// The carton's number.
        carton: i64,
        /// What is wrong.
        source: ElementError,
    },
    /// Fields that may not be together on one carton.
    #[error("carton {carton}: {source}")]
    Pairs {
        /// The carton's number.
        carton: i64,
        /// What is wrong.
        source: PairError,
    },
    /// A shop's own code in the place of a GTIN.
    #[error(
        "{gtin} is a shop's own code (prefix 02, 04 or 20 to 29), no GTIN; leave it out of the label"
    )]
    InStoreCode {
        /// The code.
        gtin: String,
    },
    /// A document without anything on it.
    #[error("there is nothing to print: {0} is empty")]
    Empty(&'static str),
    /// A number that makes no sense in its field.
    #[error("{field}: {value} {rule}")]
    Value {
        /// Where it stands.
        field: String,
        /// The number as text.
        value: String,
        /// What is wrong with it.
        rule: ValueRule,
    },
    /// The PDF could not be put together: a fault of the program.
    #[error("the PDF could not be written: {0}")]
    Writer(String),
}
