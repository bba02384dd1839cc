//! Papers as the window and the command line ask for them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::wire::{Id, Lang};

/// What can be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PaperKind {
    /// The contract with a factory (加工合同) or the order to a supplier (采购单), A4, with prices.
    #[serde(alias = "contract")]
    Order,
    /// The request to pay one due of an order (付款申请), A4.
    PaymentRequest,
    /// The slip of material that goes to a factory or comes back (发料单, 退料单), A4.
    MaterialSlip,
    /// The receipt of goods that came on an order (收货单), A4.
    GoodsReceipt,
    /// The labels of a receipt's lots, or of one lot as it lies (批次标签), 100 × 70 mm.
    LotLabel,
    /// The monthly statement of our materials at a factory (客供料对账单), A4.
    FactoryStatement,
    /// The note of what a quality decision sends back (退厂单), A4.
    ReturnNote,
    /// The packing list of a transfer, A4.
    PackingList,
    /// The carton labels of a transfer, 100 × 150 mm.
    CartonLabel,
}

impl PaperKind {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Order => "order",
            Self::PaymentRequest => "payment_request",
            Self::MaterialSlip => "material_slip",
            Self::GoodsReceipt => "goods_receipt",
            Self::LotLabel => "lot_label",
            Self::FactoryStatement => "factory_statement",
            Self::ReturnNote => "return_note",
            Self::PackingList => "packing_list",
            Self::CartonLabel => "carton_label",
        }
    }

    /// Whether it bears prices or amounts.
    pub(crate) fn shows_money(self) -> bool {
        matches!(self, Self::Order | Self::PaymentRequest)
    }

    /// Whether it is drawn on the dots of a label printer.
    pub(crate) fn is_label(self) -> bool {
        matches!(self, Self::CartonLabel | Self::LotLabel)
    }
}

/// Which due of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DueOf {
    /// Which term, from 0.
    pub term: u32,
    /// For which shipment, from 0; none for a deposit and for what has not come.
    #[serde(default)]
    pub shipment: Option<u32>,
}

/// A paper to make.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PrintPaper {
    /// Which paper.
    pub kind: PaperKind,
    /// Of what: an order for itself and its payment requests, a transfer, a factory's statement;
    /// the entry of a slip, of a receipt or of a quality decision; for labels also a lot.
    pub id: Id,
    /// Which due a payment request is for.
    #[serde(default)]
    pub due: Option<DueOf>,
    /// Why a payment is asked for.
    #[serde(default)]
    pub note: Option<String>,
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
    /// Labels of lots.
    #[serde(rename = "label_100x70")]
    Label100x70,
}

impl PaperSize {
    /// All of them.
    pub(crate) const ALL: [Self; 3] = [Self::A4, Self::Label100x150, Self::Label100x70];

    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::A4 => "a4",
            Self::Label100x150 => "label_100x150",
            Self::Label100x70 => "label_100x70",
        }
    }

    /// The name by which the printing system knows the size (PWG 5101.1, custom sizes of CUPS).
    pub(crate) fn media(self) -> &'static str {
        match self {
            Self::A4 => "A4",
            Self::Label100x150 => "Custom.100x150mm",
            Self::Label100x70 => "Custom.100x70mm",
        }
    }
}

/// The printers of this machine, and which one takes which paper.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Printers {
    /// As the system calls them; none where there is no printing system that can be asked.
    pub printers: Vec<String>,
    /// The printer used last, by size of paper: `a4`, `label_100x150`, `label_100x70`.
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
