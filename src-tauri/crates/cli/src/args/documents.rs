//! The grammar of documents and master data: what can be done with each, and in which words.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Subcommand;

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

/// Production orders.
#[derive(Debug, Subcommand)]
pub(crate) enum Order {
    /// All of them.
    List,
    /// One with its lines and receipts.
    Show {
        /// Its number or id.
        order: String,
    },
    /// Draft an order.
    Draft {
        /// The factory.
        #[arg(long)]
        factory: String,
        /// The place that receives.
        #[arg(long, default_value = "W0")]
        to: String,
        /// What: goods=quantity@price, e.g. SK001=5000@16.20.
        #[arg(long = "line", required = true)]
        lines: Vec<String>,
        /// Wanted on this day.
        #[arg(long)]
        by: Option<NaiveDate>,
        /// How much more than ordered may be received, in percent.
        #[arg(long, default_value_t = 0)]
        tolerance: u32,
        /// Terms, for the paper.
        #[arg(long, default_value = "")]
        terms: String,
    },
    /// Send a draft to the factory.
    Issue {
        /// Its id.
        order: String,
    },
    /// The factory accepts and promises a day.
    Accept {
        /// Its number or id.
        order: String,
        /// The promised day.
        #[arg(long)]
        promised: NaiveDate,
    },
    /// Receive goods as lots.
    Receive {
        /// Its number or id.
        order: String,
        /// What: [line:]lot=quantity[,made DAY][,expires DAY], e.g. L2510A=3000,made 2026-09-20.
        #[arg(long = "lot", required = true)]
        lots: Vec<String>,
        /// Where; where the order says without it.
        #[arg(long)]
        at: Option<String>,
        /// When; today without it.
        #[arg(long)]
        on: Option<NaiveDate>,
        /// Into quarantine, to be inspected.
        #[arg(long)]
        quarantine: bool,
        /// Why more is taken than the order allows, or dates that differ from the shelf life.
        #[arg(long)]
        reason: Option<String>,
    },
    /// End an order; short of what was ordered only with a reason.
    Close {
        /// Its number or id.
        order: String,
        /// Why.
        #[arg(long)]
        reason: Option<String>,
    },
    /// Call an order off, or throw a draft away.
    Cancel {
        /// Its number or id.
        order: String,
        /// Why.
        #[arg(long)]
        reason: Option<String>,
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
    },
    /// Say how each amount of a case's order comes about.
    Explain {
        /// The file with the case, or a list of cases.
        #[arg(value_name = "CASE")]
        case: PathBuf,
    },
}
