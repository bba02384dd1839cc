//! The command line's grammar. Knows words and their types; refuses to know what they do.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand};

mod channels;
mod documents;
mod orders;
mod production;

pub(crate) use channels::{Bench, Channel, Price};
pub(crate) use documents::{PaperKind, Partners, Pricing, Print, Records, Shop, Transfer};
pub(crate) use orders::{Order, OrderDraft};
pub(crate) use production::{
    Attach, Bill, Factory, Invoice, Keeping, Kept, Lot, Material, Offer, Set, Slip, Statement,
};

use crate::words::{Language, Words};

/// 品仓 Pincang on the command line: every use case of the window, for scripts and servers.
///
/// Exit codes: 0 done, 1 refused by a rule, 2 wrong command line, 3 failed.
#[derive(Debug, Parser)]
#[command(name = "pincang", version, disable_help_subcommand = true, propagate_version = true)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) common: Common,
    #[command(subcommand)]
    pub(crate) act: Act,
}

/// What every command takes.
#[derive(Debug, Clone, Args)]
pub(crate) struct Common {
    /// The workspace file; without it the one that `PINCANG_WORKSPACE` names.
    #[arg(long, short = 'w', global = true, value_name = "FILE")]
    pub(crate) workspace: Option<PathBuf>,
    /// Print the answer (or on stderr the error) as JSON: see `pincang help COMMAND`.
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// The business day to work on, YYYY-MM-DD, instead of today's date.
    #[arg(long, global = true, value_name = "DAY")]
    pub(crate) today: Option<NaiveDate>,
    /// The role to work in: manager, planner or warehouse.
    #[arg(long, global = true, value_parser = role, value_name = "ROLE")]
    pub(crate) role: Option<app::Role>,
    /// Who is written beside each entry; the user of this system without it.
    #[arg(long, global = true, value_name = "NAME")]
    pub(crate) actor: Option<String>,
    /// The language of sentences and papers, zh or en; the system's without it, and Chinese where the system names none.
    #[arg(long, global = true, value_name = "LANG")]
    pub(crate) lang: Option<Language>,
    /// Take a marketplace token from standard input for this run; `PINCANG_TOKEN` does the same.
    #[arg(long, global = true)]
    pub(crate) token_stdin: bool,
}

impl Common {
    /// The language asked for, else the system's.
    pub(crate) fn language(&self) -> Language {
        self.lang.unwrap_or_else(Language::of_this_system)
    }

    pub(crate) fn words(&self) -> Words {
        Words::of(self.language())
    }
}

/// A role by the word that the bridge uses for it.
fn role(word: &str) -> Result<app::Role, String> {
    serde_json::from_value(word.into()).map_err(|error| error.to_string())
}

/// What to do. Documents are named by number, id, or the beginning of an id; goods, places and
/// partners by code.
#[derive(Debug, Subcommand)]
pub(crate) enum Act {
    /// Make a workspace.
    New {
        /// Where; there must be no file yet.
        file: PathBuf,
        /// Whose it is.
        #[arg(long)]
        company: String,
        /// The book's currency.
        #[arg(long, default_value = "CNY")]
        currency: String,
    },
    /// Make a workspace with the history of a fictional brand.
    Demo {
        /// Where; there must be no file yet.
        file: PathBuf,
        /// How much: tiny (6 goods, 60 days) or demo (60 goods, 18 months).
        #[arg(long, default_value = "demo")]
        size: demo::Size,
        /// Where its marketplace answers.
        #[arg(long, default_value = "http://127.0.0.1:47600")]
        mall: String,
    },
    /// The main job from import to papers on a small demo workspace, without a window.
    DemoRun {
        /// The folder for the workspace and the papers.
        #[arg(long, default_value = "output/demo-run")]
        out: PathBuf,
        /// Where a marketplace answers already; without it `pincang-mall` is started. Its token is
        /// taken like any other.
        #[arg(long)]
        mall: Option<String>,
    },
    /// What the workspace is: its company, its desk, its size.
    Status,
    /// What needs attention today.
    Today,
    /// Read a table (xlsx, xls, csv) into the workspace, all of it or nothing.
    ///
    /// Sales may say what they brought, and profit is made of it: without tax (`net_amount`), or
    /// with tax (`gross_amount`) and its rate (`tax_rate`, in a column or as one value for all
    /// rows). `--inspect` prints which column feeds which field.
    Import(ImportFile),
    /// The imports of the workspace.
    Imports,
    /// The journal, newest first.
    Journal {
        /// How many entries.
        #[arg(long, default_value_t = 30)]
        limit: u32,
    },
    /// Take back an entry or a whole import.
    Undo(Undo),
    /// Goods on hand, now or at the end of a past day.
    Stock(Stock),
    /// Goods.
    #[command(subcommand)]
    Goods(Records),
    /// Places.
    #[command(subcommand)]
    Places(Records),
    /// Partners: factories, platforms, carriers.
    #[command(subcommand)]
    Partners(Partners),
    /// Orders to factories and suppliers.
    #[command(subcommand)]
    Order(Order),
    /// Suppliers' offers.
    #[command(subcommand)]
    Offer(Offer),
    /// Bills of materials.
    #[command(subcommand)]
    Bom(Kept),
    /// Versions of goods: artwork and registration.
    #[command(subcommand)]
    Version(Kept),
    /// Our materials at factories.
    #[command(subcommand)]
    Material(Material),
    /// Monthly statements of our materials at a factory.
    #[command(subcommand)]
    Statement(Statement),
    /// Bills besides the goods' price: freight and the like.
    #[command(subcommand)]
    Bill(Bill),
    /// Tax invoices of partners.
    #[command(subcommand)]
    Invoice(Invoice),
    /// Sets, put together and taken apart.
    #[command(subcommand)]
    Set(Set),
    /// Lots: where they came from and what they cost.
    #[command(subcommand)]
    Lot(Lot),
    /// How factories do.
    #[command(subcommand)]
    Factory(Factory),
    /// Files of documents.
    #[command(subcommand)]
    Attach(Attach),
    /// What to send to which place, and why.
    Plan {
        /// The place to send from.
        #[arg(long, value_name = "PLACE")]
        from: Option<String>,
        /// Only to this place.
        #[arg(long, value_name = "PLACE")]
        to: Option<String>,
        /// Only these goods.
        #[arg(long)]
        sku: Option<String>,
        /// Print the arithmetic of each line.
        #[arg(long)]
        why: bool,
    },
    /// What sells too slowly or will expire, worst first.
    Slow,
    /// Transfers between places.
    #[command(subcommand)]
    Transfer(Transfer),
    /// Make a paper: of an order, a transfer, a slip, a receipt, a lot, a statement or a return.
    Print(Print),
    /// Fetch sales from the marketplaces.
    Sync {
        /// Only this shop.
        #[arg(long)]
        shop: Option<String>,
    },
    /// Orders that a shop prices or pays out otherwise than our rules of its channel.
    Differences {
        /// Only this shop.
        #[arg(long)]
        shop: Option<String>,
    },
    /// Shops on marketplaces.
    #[command(subcommand)]
    Shop(Shop),
    /// Price, payout and law of sales channels, from files of rules and cases.
    #[command(subcommand)]
    Pricing(Pricing),
    /// Sales channels, their rules and assumptions.
    #[command(subcommand)]
    Channel(Channel),
    /// Price lists of channels.
    #[command(subcommand)]
    Price(Price),
    /// What a product earns in every channel.
    Bench(Bench),
    /// How low slow lots may be sold, and where they bring most.
    Clearance {
        /// Price of a unit in all channels, instead of the prices of each.
        #[arg(long, allow_negative_numbers = true)]
        price: Option<String>,
    },
    /// Prove the ledger: replay the journal and compare every table.
    Verify,
    /// Back the workspace up, or list its backups.
    Backup {
        /// List them.
        #[arg(long)]
        list: bool,
    },
    /// Put a backup in the place of the workspace.
    Restore {
        /// The backup.
        backup: PathBuf,
    },
    /// Write a table for a spreadsheet: stock, slow, plan, goods, journal, prices or differences.
    Export {
        /// Which table.
        table: String,
        /// Where it goes, xlsx or csv.
        #[arg(long)]
        out: PathBuf,
        /// As of the end of this day.
        #[arg(long)]
        as_of: Option<NaiveDate>,
        /// Of this shop alone: for differences.
        #[arg(long)]
        shop: Option<String>,
    },
    /// Find goods, lots, places, orders and transfers.
    Find {
        /// What to look for.
        text: String,
    },
    /// Call any command of the core by name with its JSON input.
    Call {
        /// Its name, e.g. `lot.get`.
        name: String,
        /// Its input; `-` reads standard input.
        #[arg(default_value = "{}")]
        input: String,
    },
    /// Explain a command, with the JSON it takes and answers.
    Help {
        /// Which one: a word, or the words of a command within it like `order draft`.
        command: Vec<String>,
    },
}

/// A table to read in.
#[derive(Debug, Args)]
pub(crate) struct ImportFile {
    /// The table.
    pub(crate) file: PathBuf,
    /// How to read it, as JSON (`-`: from standard input); suggested from the heads without it.
    #[arg(long, value_name = "FILE")]
    pub(crate) profile: Option<PathBuf>,
    /// What its rows are: goods, aliases, partners, locations, opening, sales or
    /// prices.
    #[arg(long)]
    pub(crate) kind: Option<String>,
    /// The sheet to read.
    #[arg(long)]
    pub(crate) sheet: Option<String>,
    /// The place of all rows, for a table that does not say it.
    #[arg(long)]
    pub(crate) place: Option<String>,
    /// Only say what it would do and what stands against it.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Only print the profile with which it would be read, to correct and pass to `--profile`.
    #[arg(long)]
    pub(crate) inspect: bool,
}

/// What to take back.
#[derive(Debug, Args)]
pub(crate) struct Undo {
    /// The entry: its id or, as the journal prints it, its position.
    #[arg(required_unless_present_any = ["batch", "last"], conflicts_with_all = ["batch", "last"])]
    pub(crate) entry: Option<String>,
    /// A whole import.
    #[arg(long, conflicts_with = "last")]
    pub(crate) batch: Option<String>,
    /// The newest entry that was not taken back.
    #[arg(long)]
    pub(crate) last: bool,
    /// Take back what stands in the way too.
    #[arg(long)]
    pub(crate) with_blocking: bool,
    /// Only say what it would touch and what stands in the way.
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// Which stock.
#[derive(Debug, Args)]
pub(crate) struct Stock {
    /// At the end of this day.
    #[arg(long, value_name = "DAY")]
    pub(crate) as_of: Option<NaiveDate>,
    /// One line for each: sku, lot, location, status.
    #[arg(long, value_delimiter = ',', default_value = "sku,lot,location,status")]
    pub(crate) by: Vec<String>,
    /// Only what contains this text.
    #[arg(long, default_value = "")]
    pub(crate) filter: String,
    /// Only these goods.
    #[arg(long)]
    pub(crate) sku: Option<String>,
    /// Only at this place.
    #[arg(long)]
    pub(crate) place: Option<String>,
    /// Only in this status.
    #[arg(long)]
    pub(crate) status: Option<String>,
}
