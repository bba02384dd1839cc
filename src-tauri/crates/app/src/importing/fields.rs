//! What import commands take and answer.

use std::collections::BTreeMap;

use documents::sheet::Kind;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::wire::{Id, Lang, Message};

/// What a file is imported as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ImportKind {
    /// 货品 with their prices.
    Goods,
    /// 对应码: others' codes for our goods.
    Aliases,
    /// 往来单位.
    Partners,
    /// 库位.
    Locations,
    /// 期初库存.
    Opening,
    /// 日销.
    Sales,
    /// 渠道价格.
    Prices,
}

impl ImportKind {
    /// The word that journal entries keep.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Goods => "goods",
            Self::Aliases => "aliases",
            Self::Partners => "partners",
            Self::Locations => "locations",
            Self::Opening => "opening",
            Self::Sales => "sales",
            Self::Prices => "prices",
        }
    }

    /// The kind kept under a word; the entries of this program hold no other.
    pub(super) fn from_word(word: &str) -> Option<Self> {
        Kind::ALL.into_iter().map(Self::from).find(|kind| kind.word() == word)
    }
}

impl From<Kind> for ImportKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Goods => Self::Goods,
            Kind::Aliases => Self::Aliases,
            Kind::Partners => Self::Partners,
            Kind::Locations => Self::Locations,
            Kind::OpeningStock => Self::Opening,
            Kind::Sales => Self::Sales,
            Kind::Prices => Self::Prices,
        }
    }
}

impl From<ImportKind> for Kind {
    fn from(kind: ImportKind) -> Self {
        match kind {
            ImportKind::Goods => Self::Goods,
            ImportKind::Aliases => Self::Aliases,
            ImportKind::Partners => Self::Partners,
            ImportKind::Locations => Self::Locations,
            ImportKind::Opening => Self::OpeningStock,
            ImportKind::Sales => Self::Sales,
            ImportKind::Prices => Self::Prices,
        }
    }
}

/// How a file is read: which column feeds which field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "Profile")]
#[serde(rename_all = "camelCase")]
pub struct ProfileFields {
    /// What people call it; may be empty.
    #[serde(default)]
    pub name: String,
    /// What the rows become.
    pub kind: ImportKind,
    /// The sheet; without one the first visible one that holds something.
    pub sheet: Option<String>,
    /// The row of the column heads as Excel numbers it; without one it is found.
    pub header_row: Option<u32>,
    /// Field to column: its head, or its letters when no head is called so.
    #[serde(default)]
    pub columns: BTreeMap<String, String>,
    /// Field to a value for every row, as it would stand in a cell.
    #[serde(default)]
    pub constants: BTreeMap<String, String>,
    /// Take hidden rows too.
    #[serde(default)]
    pub include_hidden: bool,
    /// Sales with a column for each day or month.
    #[serde(default)]
    #[ts(as = "Option<bool>", optional)]
    pub wide: bool,
    /// The year of columns headed by a month alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub year: Option<i32>,
    /// Units in a carton, for quantities written in cartons.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub carton_units: Option<u32>,
    /// Rows of the same key are parts of one figure and are added up.
    #[serde(default)]
    #[ts(as = "Option<bool>", optional)]
    pub repeated_keys: bool,
}

/// A field that a column can feed.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FieldInfo {
    /// Its name.
    pub name: String,
    /// A row without it is refused.
    pub required: bool,
    /// It holds money, or is of use to money alone.
    pub money: bool,
}

/// A column of a sheet.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ColumnInfo {
    /// Its letters.
    pub column: String,
    /// Its head; two lines are joined by `/`.
    pub header: String,
    /// First cells below the head.
    pub samples: Vec<String>,
}

/// A sheet of the file.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SheetInfo {
    /// Its name.
    pub name: String,
    /// Hidden in the workbook.
    pub hidden: bool,
    /// Rows of data.
    pub rows: u32,
    /// The row of the heads, when one was found.
    pub header_row: Option<u32>,
    /// Its columns.
    pub columns: Vec<ColumnInfo>,
}

/// A file to look at.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Inspect {
    /// Where it is.
    pub path: String,
    /// What it holds, when the user says so.
    pub kind: Option<ImportKind>,
    /// Which sheet, when the user says so.
    pub sheet: Option<String>,
}

/// A file with a suggestion of how to read it.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Inspected {
    /// The file's name.
    pub file_name: String,
    /// Its sheets.
    pub sheets: Vec<SheetInfo>,
    /// How to read it, to be corrected.
    pub profile: ProfileFields,
    /// The profile is that of an earlier import of a file with the same heads.
    pub remembered: bool,
    /// The fields of the profile's kind.
    pub fields: Vec<FieldInfo>,
}

/// A file to import.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RunImport {
    /// Where it is.
    pub path: String,
    /// How to read it.
    pub profile: ProfileFields,
}

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "ImportSeverity")]
pub enum Severity {
    /// Nothing is imported while it stands.
    Error,
    /// Worth a look.
    Warning,
}

/// Something wrong with a cell or row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportProblem {
    /// The sheet.
    pub sheet: String,
    /// The row as Excel numbers it.
    pub row: u32,
    /// Column letters; none when the whole row or a value for every row is meant.
    pub column: Option<String>,
    /// The cell as shown.
    pub value: String,
    /// How bad.
    pub severity: Severity,
    /// What is wrong.
    pub text: Message,
}

/// What an import does, or would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportReport {
    /// What the rows become.
    pub kind: ImportKind,
    /// Rows that could be read.
    pub rows: u32,
    /// Rows left out, by reason.
    pub skipped: Vec<Message>,
    /// At most 1,000 problems, errors first.
    pub problems: Vec<ImportProblem>,
    /// All problems, listed or not.
    pub problems_total: u32,
    /// What happens; empty while an error stands.
    pub effects: Vec<Message>,
}

/// An import that was done.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Imported {
    /// Its batch.
    pub batch: Id,
    /// What it did.
    pub report: ImportReport,
    /// Journal entries, the one that says that the import took place included.
    pub entries: u32,
}

/// An import of the past.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(rename = "BatchRow")]
#[serde(rename_all = "camelCase")]
pub struct BatchLine {
    /// The batch.
    pub id: Id,
    /// The file's name.
    pub file_name: String,
    /// What the rows became.
    pub kind: ImportKind,
    /// Rows read.
    #[ts(type = "number")]
    pub rows: i64,
    /// When (instant).
    pub applied_on: String,
    /// By whom.
    pub actor: String,
    /// Whether it was taken back.
    pub taken_back: bool,
    /// Journal entries.
    #[ts(type = "number")]
    pub entries: i64,
}

/// A template to write.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MakeTemplate {
    /// Of which kind.
    pub kind: ImportKind,
    /// In which language.
    pub lang: Lang,
    /// Where to; a file there is replaced.
    pub path: String,
}

/// A table that was written to a file.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Exported {
    /// Where to.
    pub path: String,
    /// Rows below the heads.
    pub rows: u32,
}
