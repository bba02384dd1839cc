//! What can be wrong with a whole file, before any cell is read. Knows codes and the values that
//! belong into the sentence; refuses to know the sentence, which the window says in its language.

use thiserror::Error;

/// Which bound a file broke. The word is the `what` argument of `import.file_too_big`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// Bytes of the file as given.
    FileBytes,
    /// Entries in the zip container.
    ZipEntries,
    /// Bytes of the zip container after inflating.
    InflatedBytes,
    /// Inflated bytes per stored byte.
    InflateRatio,
    /// Rows of one sheet.
    Rows,
    /// Columns of one sheet.
    Columns,
    /// Cells of the whole book, counting the gaps left of the last filled cell of each row.
    Cells,
    /// Bytes of text in all cells.
    TextBytes,
    /// Sheets of the book.
    Sheets,
}

impl Bound {
    /// Stable word for messages and tests.
    pub fn word(self) -> &'static str {
        match self {
            Bound::FileBytes => "file_bytes",
            Bound::ZipEntries => "zip_entries",
            Bound::InflatedBytes => "inflated_bytes",
            Bound::InflateRatio => "inflate_ratio",
            Bound::Rows => "rows",
            Bound::Columns => "columns",
            Bound::Cells => "cells",
            Bound::TextBytes => "text_bytes",
            Bound::Sheets => "sheets",
        }
    }
}

/// Why a file, a sheet or a profile cannot be used at all.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SheetError {
    /// The file holds nothing.
    #[error("the file is empty")]
    Empty,
    /// The content is of no kind that is read here. Way out: save as xlsx.
    #[error("{name}: {found} cannot be read as a table")]
    KindUnknown {
        /// File name as given.
        name: String,
        /// What the content looks like: binary, pdf, ods, zip.
        found: &'static str,
    },
    /// The name promises a workbook, the content is something else: shop platforms export HTML or
    /// CSV under the name `.xls`. Way out: open it in Excel, save as xlsx.
    #[error("{name}: named as a workbook, but holds {found}")]
    KindDiffers {
        /// File name as given.
        name: String,
        /// What the content is: html, xml, text.
        found: &'static str,
    },
    /// Protected by a password. Way out: save without it.
    #[error("the workbook is protected by a password")]
    Encrypted,
    /// Excel 5.0/95 or older. Way out: save as xlsx.
    #[error("the workbook is of Excel 95 or older")]
    TooOld,
    /// Damaged or cut short. `place` is a part of the container, a sheet, or a byte position.
    #[error("damaged at {place}: {detail}")]
    Broken {
        /// Where.
        place: String,
        /// What the reader met; English, for the copy of the report.
        detail: String,
    },
    /// Beyond a bound of [`super::Limits`].
    #[error("too big: {} {found} > {limit} at {place}", .bound.word())]
    TooBig {
        /// Which bound.
        bound: Bound,
        /// The bound.
        limit: u64,
        /// What was met when reading stopped; the true figure may be larger.
        found: u64,
        /// Part of the container or sheet.
        place: String,
    },
    /// The book has no visible sheet with content.
    #[error("no sheet with content")]
    NoSheet,
    /// The profile names a sheet that the book does not have.
    #[error("no sheet named {sheet}")]
    SheetMissing {
        /// Name in the profile.
        sheet: String,
    },
    /// No row looks like column heads.
    #[error("no row of column heads in sheet {sheet}")]
    NoHeader {
        /// Sheet name.
        sheet: String,
    },
    /// The profile takes a field from a column that this file does not have.
    #[error("field {field}: no column {head} in sheet {sheet}")]
    ColumnMissing {
        /// Sheet name.
        sheet: String,
        /// Field id.
        field: String,
        /// Column head in the profile.
        head: String,
    },
    /// A required field has neither column nor constant.
    #[error("field {field} has no column")]
    FieldUnmapped {
        /// Field id.
        field: &'static str,
    },
    /// A column of a wide table holds units of one day, so it has no amount for the whole row.
    #[error("field {field} cannot stand beside columns of days or months")]
    FieldNotWide {
        /// Field id.
        field: &'static str,
    },
    /// A wide table is headed by months without a year, and neither profile nor title names one.
    #[error("sheet {sheet}: column {head} names no year")]
    YearMissing {
        /// Sheet name.
        sheet: String,
        /// Column head.
        head: String,
    },
    /// The profile expects a column per day or month, and there is none.
    #[error("sheet {sheet} has no columns headed by days or months")]
    NoPeriods {
        /// Sheet name.
        sheet: String,
    },
    /// The profile names a field that its kind does not have: written by a newer program.
    #[error("unknown field {field}")]
    FieldUnknown {
        /// Field id in the profile.
        field: String,
    },
}

impl SheetError {
    /// Stable dotted code.
    pub fn code(&self) -> &'static str {
        match self {
            SheetError::Empty => "import.file_empty",
            SheetError::KindUnknown { .. } => "import.file_kind_unknown",
            SheetError::KindDiffers { .. } => "import.file_kind_differs",
            SheetError::Encrypted => "import.file_encrypted",
            SheetError::TooOld => "import.file_too_old",
            SheetError::Broken { .. } => "import.file_broken",
            SheetError::TooBig { .. } => "import.file_too_big",
            SheetError::NoSheet => "import.no_sheet",
            SheetError::SheetMissing { .. } => "import.sheet_missing",
            SheetError::NoHeader { .. } => "import.no_header",
            SheetError::ColumnMissing { .. } => "import.column_missing",
            SheetError::FieldUnmapped { .. } => "import.field_unmapped",
            SheetError::FieldNotWide { .. } => "import.field_not_wide",
            SheetError::YearMissing { .. } => "import.head_year_missing",
            SheetError::NoPeriods { .. } => "import.no_periods",
            SheetError::FieldUnknown { .. } => "import.field_unknown",
        }
    }

    /// Values for the sentence, by name.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            SheetError::Empty
            | SheetError::Encrypted
            | SheetError::TooOld
            | SheetError::NoSheet => Vec::new(),
            SheetError::KindUnknown { name, found } | SheetError::KindDiffers { name, found } => {
                vec![("name", name.clone()), ("found", (*found).to_owned())]
            }
            SheetError::Broken { place, detail } => {
                vec![("place", place.clone()), ("detail", detail.clone())]
            }
            SheetError::TooBig { bound, limit, found, place } => vec![
                ("what", bound.word().to_owned()),
                ("limit", limit.to_string()),
                ("found", found.to_string()),
                ("place", place.clone()),
            ],
            SheetError::SheetMissing { sheet }
            | SheetError::NoHeader { sheet }
            | SheetError::NoPeriods { sheet } => vec![("sheet", sheet.clone())],
            SheetError::YearMissing { sheet, head } => {
                vec![("sheet", sheet.clone()), ("head", head.clone())]
            }
            SheetError::ColumnMissing { sheet, field, head } => {
                vec![("sheet", sheet.clone()), ("field", field.clone()), ("head", head.clone())]
            }
            SheetError::FieldUnmapped { field } | SheetError::FieldNotWide { field } => {
                vec![("field", (*field).to_owned())]
            }
            SheetError::FieldUnknown { field } => vec![("field", field.clone())],
        }
    }

    pub(crate) fn broken(place: impl Into<String>, detail: impl std::fmt::Display) -> Self {
        SheetError::Broken { place: place.into(), detail: detail.to_string() }
    }
}
