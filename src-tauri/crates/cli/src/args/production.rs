//! The grammar of what stands around orders: terms, materials, bills, sets, lots, files.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Subcommand;

/// Suppliers' offers.
#[derive(Debug, Subcommand)]
pub(crate) enum Offer {
    /// All of them with their prices.
    List,
    /// Keep one: `{fields, unitPrices}` as JSON in a file, or `-`; partner and goods by code.
    Save {
        /// The file.
        file: PathBuf,
    },
    /// What a quantity costs today, and whether more would be cheaper.
    Quote {
        /// Whose offer.
        partner: String,
        /// Which goods.
        sku: String,
        /// How many.
        qty: i64,
    },
}

/// Records that are kept as JSON.
#[derive(Debug, Subcommand)]
pub(crate) enum Kept {
    /// All of them.
    List,
    /// Keep one: its fields as JSON in a file, or `-`; goods, factories and materials by code. With
    /// an id the one that bears it is changed.
    Save {
        /// The file.
        file: PathBuf,
    },
}

/// Materials at factories.
#[derive(Debug, Subcommand)]
pub(crate) enum Material {
    /// Send materials to a factory.
    Issue(Slip),
    /// Take materials back from it.
    Return(Slip),
    /// Leave what an order has left at its factory there, for the next order.
    Keep(Keeping),
    /// Take for an order what lies at its factory for none.
    Draw(Keeping),
    /// Slips of both ways, the newest first.
    Slips {
        /// From when on; a year back without it.
        #[arg(long)]
        since: Option<NaiveDate>,
    },
    /// What of ours lies at factories.
    AtFactories,
}

/// What a slip says.
#[derive(Debug, clap::Args)]
pub(crate) struct Slip {
    /// What: material[/lot]=quantity, e.g. BOX=5000.
    #[arg(long = "line", required = true)]
    pub(crate) lines: Vec<String>,
    /// Our warehouse.
    #[arg(long, default_value = "W0")]
    pub(crate) warehouse: String,
    /// The factory's place.
    #[arg(long)]
    pub(crate) factory: String,
    /// For which order.
    #[arg(long = "for", value_name = "ORDER")]
    pub(crate) order: Option<String>,
    /// When; today without it.
    #[arg(long)]
    pub(crate) on: Option<NaiveDate>,
    /// A note.
    #[arg(long, default_value = "")]
    pub(crate) note: String,
}

/// What an order keeps or draws.
#[derive(Debug, clap::Args)]
pub(crate) struct Keeping {
    /// Which order.
    pub(crate) order: String,
    /// What: material=quantity, e.g. BOX=109.
    #[arg(long = "line", required = true)]
    pub(crate) lines: Vec<String>,
    /// When; today without it.
    #[arg(long)]
    pub(crate) on: Option<NaiveDate>,
    /// A note.
    #[arg(long, default_value = "")]
    pub(crate) note: String,
}

/// Monthly statements of our materials at a factory.
#[derive(Debug, Subcommand)]
pub(crate) enum Statement {
    /// Those that were recorded.
    List,
    /// A month as the book has it, or as it was recorded.
    Show {
        /// The factory's place.
        place: String,
        /// A day of the month.
        month: NaiveDate,
    },
    /// Record how a month stands.
    Save {
        /// The factory's place.
        place: String,
        /// A day of the month.
        month: NaiveDate,
        /// sent, agreed or disputed.
        #[arg(long = "as")]
        state: String,
        /// What the factory counted: material=units.
        #[arg(long = "counted")]
        counted: Vec<String>,
        /// What the factory says.
        #[arg(long, default_value = "")]
        note: String,
    },
    /// Bring the book to what was counted.
    Count {
        /// The factory's place.
        place: String,
        /// material=units.
        #[arg(long = "line", required = true)]
        lines: Vec<String>,
        /// When; today without it.
        #[arg(long)]
        on: Option<NaiveDate>,
        /// Why it differs.
        #[arg(long)]
        reason: String,
    },
}

/// Bills besides the goods' price.
#[derive(Debug, Subcommand)]
pub(crate) enum Bill {
    /// All of them.
    List,
    /// Post one: it is spread over lots.
    Post {
        /// The partner's number.
        number: String,
        /// How much, without tax that is deducted.
        #[arg(long, allow_negative_numbers = true)]
        amount: String,
        /// quantity, value, weight or volume.
        #[arg(long, default_value = "quantity")]
        basis: String,
        /// From whom.
        #[arg(long)]
        partner: Option<String>,
        /// The day on it; today without it.
        #[arg(long)]
        dated: Option<NaiveDate>,
        /// The day it counts on; today without it.
        #[arg(long)]
        on: Option<NaiveDate>,
        /// All lots of this order.
        #[arg(long = "order")]
        orders: Vec<String>,
        /// A lot: goods/lot.
        #[arg(long = "lot")]
        lots: Vec<String>,
        /// For what.
        #[arg(long, default_value = "")]
        note: String,
    },
}

/// Tax invoices.
#[derive(Debug, Subcommand)]
pub(crate) enum Invoice {
    /// All of them.
    List,
    /// Record one.
    Save {
        /// Its number.
        number: String,
        /// Whose it is.
        #[arg(long)]
        partner: String,
        /// The day on it; today without it.
        #[arg(long)]
        date: Option<NaiveDate>,
        /// Without tax.
        #[arg(long, allow_negative_numbers = true)]
        net: String,
        /// Tax.
        #[arg(long, allow_negative_numbers = true)]
        tax: String,
        /// An order that it bills.
        #[arg(long = "order", required = true)]
        orders: Vec<String>,
        /// A plain one, whose tax is not deducted.
        #[arg(long)]
        plain: bool,
    },
}

/// Sets.
#[derive(Debug, Subcommand)]
pub(crate) enum Set {
    /// How many sets the parts at a place are enough for.
    Parts {
        /// Which set.
        sku: String,
        /// Where.
        #[arg(long, default_value = "W0")]
        at: String,
    },
    /// Put sets together.
    Assemble {
        /// What: set/lot=quantity, e.g. GIFT/S2610=500.
        line: String,
        /// Where.
        #[arg(long, default_value = "W0")]
        at: String,
        /// When; today without it.
        #[arg(long)]
        on: Option<NaiveDate>,
    },
    /// Take sets apart.
    Disassemble {
        /// What: set/lot=quantity.
        line: String,
        /// Where.
        #[arg(long, default_value = "W0")]
        at: String,
        /// When; today without it.
        #[arg(long)]
        on: Option<NaiveDate>,
    },
}

/// Lots.
#[derive(Debug, Subcommand)]
pub(crate) enum Lot {
    /// Where a lot came from and went to.
    Genealogy {
        /// goods/lot.
        lot: String,
    },
    /// What a lot cost and where the cost is.
    Cost {
        /// goods/lot.
        lot: String,
    },
}

/// Factories.
#[derive(Debug, Subcommand)]
pub(crate) enum Factory {
    /// On time, first pass, loss; with --prices the price trend.
    Scorecard {
        /// From this day; a year ago without it.
        #[arg(long)]
        from: Option<NaiveDate>,
        /// To this day; today without it.
        #[arg(long)]
        to: Option<NaiveDate>,
        /// The price trend, which is money.
        #[arg(long)]
        prices: bool,
    },
}

/// Files of documents: order, transfer, partner, sku, lot (goods/lot), invoice, bill, statement
/// (place/month, e.g. F1P/2026-07), offer, version, bom; the last three by id.
#[derive(Debug, Subcommand)]
pub(crate) enum Attach {
    /// The files of a document.
    List {
        /// Its kind.
        kind: String,
        /// Its number, code or id.
        document: String,
    },
    /// Attach a file.
    Add {
        /// Its kind.
        kind: String,
        /// Its number, code or id.
        document: String,
        /// The file.
        file: PathBuf,
        /// Those who see no money may see it too.
        #[arg(long)]
        for_all: bool,
    },
    /// Take a file off.
    Remove {
        /// Its kind.
        kind: String,
        /// Its number, code or id.
        document: String,
        /// The file's name.
        name: String,
    },
}
