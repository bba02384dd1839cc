//! The grammar of documents and master data: what can be done with each, and in which words.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Subcommand, ValueEnum};

/// Master data.
#[derive(Debug, Subcommand)]
pub(crate) enum Records {
    /// All of them.
    List,
    /// Add or change one: its fields as JSON in a file, or `-`. One of the same code is changed.
    Save {
        /// The file.
        file: PathBuf,
    },
}

/// Partners.
#[derive(Debug, Subcommand)]
pub(crate) enum Partners {
    /// All of them.
    List,
    /// Add or change one: its fields as JSON in a file, or `-`. One of the same code is changed.
    Save {
        /// The file.
        file: PathBuf,
    },
    /// Where a partner is paid; what is not given stays, and what is empty is not known any more.
    Bank {
        /// The partner's code.
        partner: String,
        /// The bank and its branch.
        #[arg(long)]
        bank: Option<String>,
        /// In whose name, where that is not the partner's.
        #[arg(long)]
        holder: Option<String>,
        /// The account's number.
        #[arg(long)]
        number: Option<String>,
    },
}

/// Transfers.
#[derive(Debug, Subcommand)]
pub(crate) enum Transfer {
    /// All of them.
    List,
    /// One with its lines, cartons and steps.
    Show {
        /// Its number or id.
        transfer: String,
    },
    /// Draft a transfer, from the plan or line by line.
    Draft {
        /// Take what the plan says for this place.
        #[arg(long)]
        from_plan: bool,
        /// From where; the plan's source without it.
        #[arg(long)]
        from: Option<String>,
        /// To where.
        #[arg(long)]
        to: String,
        /// Only these goods of the plan.
        #[arg(long)]
        sku: Option<String>,
        /// What: goods/lot=quantity, e.g. SK001/L2503A=768.
        #[arg(long = "line")]
        lines: Vec<String>,
        /// A note.
        #[arg(long, default_value = "")]
        note: String,
    },
    /// Approve a draft: its goods are set aside.
    Approve {
        /// Its id.
        transfer: String,
        /// Why lots go that the destination's rule would refuse.
        #[arg(long = "override")]
        override_reason: Option<String>,
    },
    /// Put the goods into cartons, each with its code.
    Pack {
        /// Its number or id.
        transfer: String,
    },
    /// The goods leave.
    Ship {
        /// Its number or id.
        transfer: String,
        /// When; today without it.
        #[arg(long)]
        on: Option<NaiveDate>,
        /// Who carries them.
        #[arg(long, default_value = "")]
        carrier: String,
        /// The carrier's number.
        #[arg(long, default_value = "")]
        tracking: String,
    },
    /// The goods arrive: all that is on its way, or what is given.
    Arrive {
        /// Its number or id.
        transfer: String,
        /// What: lot=quantity[:status], e.g. L2503A=720.
        #[arg(long = "line")]
        lines: Vec<String>,
        /// When; today without it.
        #[arg(long)]
        on: Option<NaiveDate>,
    },
    /// End a difference.
    Resolve {
        /// Its number or id.
        transfer: String,
        /// What: lot=quantity, e.g. L2503A=48.
        #[arg(long)]
        line: String,
        /// lost or found.
        #[arg(long = "as")]
        resolution: String,
        /// Why.
        #[arg(long)]
        reason: String,
    },
    /// End a transfer that has nothing on its way.
    Close {
        /// Its number or id.
        transfer: String,
    },
    /// Call a transfer off before it leaves, or throw a draft away.
    Cancel {
        /// Its number or id.
        transfer: String,
        /// Why.
        #[arg(long)]
        reason: Option<String>,
    },
}

/// Shops.
#[derive(Debug, Subcommand)]
pub(crate) enum Shop {
    /// All of them, with how their sync stands.
    List,
    /// Add a shop, or change the one of the same code. The token goes to the system's keyring.
    Save {
        /// Its code.
        code: String,
        /// Its name; the code without it.
        #[arg(long)]
        name: Option<String>,
        /// Where the marketplace answers.
        #[arg(long)]
        url: String,
        /// The marketplace's id of the shop.
        #[arg(long)]
        remote: String,
        /// Which of its warehouses is which of our places: P1=P1.
        #[arg(long = "place")]
        places: Vec<String>,
    },
}

/// Price, payout and law. None of it needs a workspace.
#[derive(Debug, Subcommand)]
pub(crate) enum Pricing {
    /// Answer cases, one line of JSON each: {"id": …, "got": …}. What a case expects is not read.
    Eval {
        /// Files with a case or a list of cases each; `-` reads standard input.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Hold a rule set, or a list of its versions, against the law. Exit code 1 for an error.
    Check {
        /// The rule set.
        #[arg(value_name = "RULES")]
        rules: PathBuf,
        /// The channel they are for, by its name (`WeChat`): some operators forbid more.
        #[arg(long, value_name = "NAME")]
        channel: Option<String>,
    },
    /// Say how each amount of a case's order comes about.
    Explain {
        /// The file with the case, or a list of cases.
        #[arg(value_name = "CASE")]
        case: PathBuf,
    },
}

/// The papers that are made of documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PaperKind {
    /// The contract of an order to a factory, or the order to a supplier, with prices.
    #[value(alias = "contract")]
    Order,
    /// The request to pay one due of an order.
    #[value(name = "payment_request", alias = "payment-request")]
    PaymentRequest,
    /// The slip of material that goes to a factory or comes back.
    #[value(name = "material_slip", alias = "material-slip")]
    MaterialSlip,
    /// The receipt of goods: PO-A-2026-0042-GR1.
    #[value(name = "goods_receipt", alias = "goods-receipt")]
    GoodsReceipt,
    /// The labels of a receipt's lots, or of one lot: SK001/L2503A.
    #[value(name = "lot_label", aliases = ["lot-label", "lot_labels", "lot-labels"])]
    LotLabel,
    /// The recorded statement of a factory's month: F1P/2026-07.
    #[value(name = "factory_statement", alias = "factory-statement")]
    FactoryStatement,
    /// The note of what a quality decision sends back: PO-A-2026-0042-RN1.
    #[value(name = "return_note", alias = "return-note")]
    ReturnNote,
    /// The packing list of a transfer.
    #[value(name = "packing_list", alias = "packing-list")]
    PackingList,
    /// The labels of a transfer's cartons.
    #[value(name = "carton_label", aliases = ["carton-label", "carton_labels", "carton-labels"])]
    CartonLabel,
}

impl PaperKind {
    /// The core's word for it.
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
}

/// A paper to make.
#[derive(Debug, clap::Args)]
pub(crate) struct Print {
    /// Which paper.
    pub(crate) kind: PaperKind,
    /// Of what, by its number or id: an order, a transfer, a slip, a receipt, a return; a lot as
    /// SK001/L2503A; a statement as F1P/2026-07.
    pub(crate) id: String,
    /// Where the PDF goes.
    #[arg(long)]
    pub(crate) out: PathBuf,
    /// Dots per inch of the label printer.
    #[arg(long, default_value_t = 203)]
    pub(crate) dpi: u32,
    /// Which term of the order a payment request is for, counted from 1.
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) term: Option<u32>,
    /// For which shipment, counted from 1, where each has its own due.
    #[arg(long, requires = "term", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) shipment: Option<u32>,
    /// Why a payment is asked for.
    #[arg(long, requires = "term")]
    pub(crate) reason: Option<String>,
}
