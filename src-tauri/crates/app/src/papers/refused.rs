//! What cannot be printed, as answers: a code for each reason, with place and value.

use documents::{PaperError, symbol::SymbolError};
use standards::LotCodeError;

use crate::{Error, wire::Arg};

pub(super) fn refused(error: PaperError) -> Error {
    let said = error.to_string();
    match error {
        PaperError::MissingGlyph { character, code_point, field } => Error::refused(
            "paper.missing_glyph",
            [
                ("character", character.to_string().into()),
                ("code_point", format!("U+{code_point:04X}").into()),
                ("field", field.into()),
            ],
        ),
        PaperError::DoesNotFit { field, characters } => Error::refused(
            "paper.does_not_fit",
            [("field", field.into()), ("characters", number(characters))],
        ),
        PaperError::Symbol { field, source } => symbol(field, &source),
        PaperError::Lot { carton, source } => lot(carton, source),
        PaperError::Element { carton, .. } | PaperError::Pairs { carton, .. } => Error::refused(
            "paper.gs1_refused",
            [("carton", carton.into()), ("detail", said.into())],
        ),
        PaperError::InStoreCode { gtin } => {
            Error::refused("paper.in_store_code", [("gtin", gtin.into())])
        }
        PaperError::Empty(what) => Error::refused("paper.empty", [("what", what.into())]),
        PaperError::Value { field, value, rule } => Error::refused(
            "paper.value_refused",
            [("field", field.into()), ("value", value.into()), ("rule", rule.word().into())],
        ),
        PaperError::Writer(detail) => Error::failed("paper.failed", [("detail", detail.into())]),
    }
}

fn number(count: usize) -> Arg {
    i64::try_from(count).unwrap_or(i64::MAX).into()
}

fn symbol(field: String, source: &SymbolError) -> Error {
    let field = ("field", Arg::from(field));
    match source {
        SymbolError::Character { character, position } => Error::refused(
            "paper.symbol_character",
            [field, ("character", character.to_string().into()), ("position", number(*position))],
        ),
        SymbolError::TooWide { needs_mm, has_mm } => Error::refused(
            "paper.symbol_too_wide",
            [
                field,
                ("needs_mm", format!("{needs_mm:.1}").into()),
                ("has_mm", format!("{has_mm:.1}").into()),
            ],
        ),
        other => Error::refused("paper.symbol", [field, ("detail", other.to_string().into())]),
    }
}

/// A lot number that no GS1 barcode holds. The lot itself is good everywhere else.
fn lot(carton: i64, source: LotCodeError) -> Error {
    let carton = ("carton", Arg::from(carton));
    match source {
        LotCodeError::Empty => Error::refused("paper.lot_empty", [carton]),
        LotCodeError::TooLong { lot, length } => Error::refused(
            "paper.lot_too_long",
            [carton, ("lot", lot.into()), ("characters", number(length))],
        ),
        LotCodeError::Character { lot, character, position } => Error::refused(
            "paper.lot_not_encodable",
            [
                carton,
                ("lot", lot.into()),
                ("character", character.to_string().into()),
                ("position", number(position)),
            ],
        ),
    }
}
