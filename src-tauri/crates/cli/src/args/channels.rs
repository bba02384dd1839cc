//! The grammar of channels and prices.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Subcommand};

/// Sales channels and their rules.
#[derive(Debug, Subcommand)]
pub(crate) enum Channel {
    /// All of them with the version in force.
    List,
    /// The rules of one, readable.
    Rules {
        /// Its code.
        channel: String,
    },
    /// Found a channel, or add versions of rules to one.
    Save {
        /// Its code.
        code: String,
        /// Its name; for a new one.
        #[arg(long)]
        name: Option<String>,
        /// A JSON file of one version or a list of versions.
        #[arg(long)]
        rules: Option<PathBuf>,
        /// A built-in rule set: s2b2c, group, c2m, flash, cps, saas or checkin.
        #[arg(long)]
        template: Option<String>,
        /// The shop whose orders it prices.
        #[arg(long)]
        shop: Option<String>,
    },
    /// What a sale is assumed to cost beside what the rules take; what is not given stays.
    Assume {
        /// The channel's code.
        channel: String,
        /// Packing and freight of an order.
        #[arg(long)]
        packing: Option<String>,
        /// Tax inside the fees that is had back, percent.
        #[arg(long)]
        fee_vat: Option<String>,
        /// Orders that come back, percent.
        #[arg(long)]
        returned: Option<String>,
        /// What an order that comes back costs.
        #[arg(long)]
        return_loss: Option<String>,
        /// What destroying a unit costs.
        #[arg(long)]
        destruction: Option<String>,
        /// What an agent adds to the price of a unit, where the rules let one.
        #[arg(long)]
        mark_up: Option<String>,
    },
    /// Write all versions of the rules to a JSON file.
    Export {
        /// The channel's code.
        channel: String,
        /// The file.
        #[arg(long)]
        out: PathBuf,
    },
}

/// Price lists of channels.
#[derive(Debug, Subcommand)]
pub(crate) enum Price {
    /// Prices by channel and goods.
    List {
        /// Only of this channel.
        #[arg(long)]
        channel: Option<String>,
        /// Only of these goods.
        #[arg(long)]
        sku: Option<String>,
        /// Only those that hold on this day.
        #[arg(long)]
        on: Option<NaiveDate>,
    },
    /// Set a price; one that begins on the same day is changed.
    Save {
        /// In which channel.
        channel: String,
        /// Of which goods.
        sku: String,
        /// The price of a unit.
        #[arg(allow_negative_numbers = true)]
        price: String,
        /// First day.
        #[arg(long)]
        from: NaiveDate,
        /// Last day.
        #[arg(long)]
        to: Option<NaiveDate>,
        /// The lowest price that may be asked.
        #[arg(long, allow_negative_numbers = true)]
        floor: Option<String>,
        /// Where it comes from.
        #[arg(long, default_value = "")]
        source: String,
        /// Why it may be below cost: overstock, seasonal or `near_expiry`.
        #[arg(long)]
        reason: Option<String>,
    },
    /// Let the price that holds on a day end with it.
    End {
        /// In which channel.
        channel: String,
        /// Of which goods.
        sku: String,
        /// The last day.
        #[arg(long)]
        on: NaiveDate,
    },
    /// Read a price list, xlsx or csv.
    Import {
        /// The file.
        file: PathBuf,
        /// Say what it would do and do nothing.
        #[arg(long)]
        dry_run: bool,
    },
    /// Write the price lists to a file, xlsx or csv.
    Export {
        /// The file.
        #[arg(long)]
        out: PathBuf,
    },
}

/// One product through all channels.
#[derive(Debug, Args)]
pub(crate) struct Bench {
    /// Which goods; without them `--cost` and `--price` say what is tried.
    pub(crate) sku: Option<String>,
    /// Cost of a unit without tax.
    #[arg(long, allow_negative_numbers = true)]
    pub(crate) cost: Option<String>,
    /// Price of a unit in all channels.
    #[arg(long, allow_negative_numbers = true)]
    pub(crate) price: Option<String>,
    /// What an agent adds to the price, inside it, where the rules let one.
    #[arg(long)]
    pub(crate) mark_up: Option<String>,
    /// Category that decides on rates.
    #[arg(long)]
    pub(crate) category: Option<String>,
    /// Every way of each channel, and not the usual one alone.
    #[arg(long)]
    pub(crate) all: bool,
}
