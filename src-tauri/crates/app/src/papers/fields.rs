//! Papers as the window and the command line ask for them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::wire::{Id, Lang};

/// What can be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PaperKind {
    /// The order to a factory, A4, with prices.
    Order,
    /// The packing list of a transfer, A4.
    PackingList,
    /// The carton labels of a transfer, 100 × 150 mm.
    CartonLabel,
}

impl PaperKind {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Order => "order",
            Self::PackingList => "packing_list",
            Self::CartonLabel => "carton_label",
        }
    }
}

/// A paper to make.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PrintPaper {
    /// Which paper.
    pub kind: PaperKind,
    /// Of which order or transfer.
    pub id: Id,
    /// In which language.
    pub lang: Lang,
    /// Where the file goes; without a place it is a preview in the program's own folder.
    pub out: Option<String>,
    /// The printer's dots in an inch: 203, 300 or 600.
    pub dpi: u32,
}

/// A paper that was made.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Paper {
    /// The PDF.
    pub path: String,
    /// Its pages.
    pub pages: usize,
    /// Its size.
    #[ts(type = "number")]
    pub bytes: u64,
    /// SHA-256 of it, in hexadecimal digits.
    pub sha256: String,
}

/// How many copies of a paper left the program, as a desk remembers it.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub(crate) struct Printed {
    pub(crate) copies: u32,
}

/// A size of paper that a printer holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PaperSize {
    /// Office paper.
    A4,
    /// Carton labels.
    #[serde(rename = "label_100x150")]
    Label100x150,
}

impl PaperSize {
    /// All of them.
    pub(crate) const ALL: [Self; 2] = [Self::A4, Self::Label100x150];

    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::A4 => "a4",
            Self::Label100x150 => "label_100x150",
        }
    }

    /// The name by which the printing system knows the size (PWG 5101.1, custom sizes of CUPS).
    pub(crate) fn media(self) -> &'static str {
        match self {
            Self::A4 => "A4",
            Self::Label100x150 => "Custom.100x150mm",
        }
    }
}

/// The printers of this machine, and which one takes which paper.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Printers {
    /// As the system calls them; none where there is no printing system that can be asked.
    pub printers: Vec<String>,
    /// The printer used last, by size of paper: `a4`, `label_100x150`.
    pub remembered: BTreeMap<String, String>,
}

/// A paper to send to a printer.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SendPaper {
    /// A PDF that was made in this run.
    pub path: String,
    /// The paper it is for.
    pub paper: PaperSize,
    /// To which printer; it is remembered for the size.
    pub printer: String,
}
