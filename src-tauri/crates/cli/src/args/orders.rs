//! The grammar of orders: from a draft to the last cent.

use chrono::NaiveDate;
use clap::{Args, Subcommand};

/// Orders to factories and suppliers.
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
    #[command(disable_version_flag = true)]
    Draft(OrderDraft),
    /// Send a draft to the factory.
    Issue {
        /// Its id.
        order: String,
        /// Why it is below the offer's quantity, no multiple of it, at another price, or of goods
        /// none of whose versions holds.
        #[arg(long)]
        reason: Option<String>,
    },
    /// The factory accepts and promises a day.
    Accept {
        /// Its number or id.
        order: String,
        /// The promised day.
        #[arg(long)]
        promised: NaiveDate,
    },
    /// Change an order that was issued: all of it as it is to be.
    #[command(disable_version_flag = true)]
    Amend {
        /// Its number or id.
        order: String,
        #[command(flatten)]
        draft: OrderDraft,
        /// Why.
        #[arg(long)]
        reason: String,
    },
    /// Plan or reach a step of making.
    Milestone {
        /// Its number or id.
        order: String,
        /// sample, `material_ready`, filling, packing, qc or ready.
        milestone: String,
        /// Planned for this day.
        #[arg(long)]
        planned: Option<NaiveDate>,
        /// Reached on this day.
        #[arg(long)]
        reached: Option<NaiveDate>,
    },
    /// Materials, units, decisions and what still waits.
    Tracks {
        /// Its number or id.
        order: String,
    },
    /// What is to be paid and what was paid.
    Account {
        /// Its number or id.
        order: String,
    },
    /// What its lots cost and where the cost is.
    Cost {
        /// Its number or id.
        order: String,
    },
    /// What is to be paid on all orders, by day.
    Payables,
    /// What partners owe back on orders that were closed or cancelled.
    OwedBack,
    /// Pay on a term.
    Pay {
        /// Its number or id.
        order: String,
        /// Which term, from 1.
        #[arg(long)]
        term: u32,
        /// How much.
        #[arg(long, allow_negative_numbers = true)]
        amount: String,
        /// When; today without it.
        #[arg(long)]
        on: Option<NaiveDate>,
        /// It may be more than is open.
        #[arg(long)]
        overpaid: bool,
        /// A note.
        #[arg(long, default_value = "")]
        note: String,
    },
    /// Let a due go.
    Waive {
        /// Its number or id.
        order: String,
        /// Of which term, from 1.
        #[arg(long)]
        term: u32,
        /// For which shipment, from 1; the last dues of the term without it.
        #[arg(long)]
        shipment: Option<u32>,
        /// How much.
        #[arg(long, allow_negative_numbers = true)]
        amount: String,
        /// Why.
        #[arg(long)]
        reason: String,
    },
    /// The partner pays back.
    Refund {
        /// Its number or id.
        order: String,
        /// How much.
        #[arg(long, allow_negative_numbers = true)]
        amount: String,
        /// When; today without it.
        #[arg(long)]
        on: Option<NaiveDate>,
        /// A note.
        #[arg(long, default_value = "")]
        note: String,
    },
    /// Decide what becomes of all that is claimed of the factory.
    Claim {
        /// Its number or id.
        order: String,
        /// How it ends: deducted, paid, dropped.
        end: String,
        /// What the factory bears; below zero when it gets back what was decided too high.
        #[arg(long, required_unless_present = "reason", allow_hyphen_values = true)]
        amount: Option<String>,
        /// When; today without it.
        #[arg(long)]
        on: Option<NaiveDate>,
        /// A note; why, when it is dropped.
        #[arg(long, default_value = "")]
        reason: String,
    },
    /// Receive goods as lots.
    Receive {
        /// Its number or id.
        order: String,
        /// What: [line:]lot=quantity[,made DAY][,expires DAY][,spoilt UNITS][,replaces LOT], e.g.
        /// L2510A=3000,made 2026-09-20; the order's lines count from 1.
        #[arg(long = "lot", required = true)]
        lots: Vec<String>,
        /// Where; where the order says without it.
        #[arg(long)]
        at: Option<String>,
        /// When; today without it.
        #[arg(long)]
        on: Option<NaiveDate>,
        /// Into quarantine, to be inspected: so without a word when a factory made it.
        #[arg(long)]
        quarantine: bool,
        /// As good at once: so without a word when it was bought.
        #[arg(long, conflicts_with = "quarantine")]
        good: bool,
        /// Why more is taken than the order allows, dates that differ from the shelf life, or goods
        /// that have expired.
        #[arg(long)]
        reason: Option<String>,
        /// Why it is taken although the balance before shipment is not paid.
        #[arg(long)]
        unpaid_reason: Option<String>,
    },
    /// Decide about units that wait: accept, concession, reject, return or scrap.
    Decide {
        /// Its number or id.
        order: String,
        /// What: lot=quantity, e.g. L2510A=200.
        #[arg(long = "lot", required = true)]
        lots: Vec<String>,
        /// The decision.
        #[arg(long = "as")]
        decision: String,
        /// How the partner settles what goes back: replace, credit or rework.
        #[arg(long)]
        settle_by: Option<String>,
        /// In which status they lie: quarantine or defective.
        #[arg(long, default_value = "quarantine")]
        from: String,
        /// Where; where the order says without it.
        #[arg(long)]
        at: Option<String>,
        /// When; today without it.
        #[arg(long)]
        on: Option<NaiveDate>,
        /// Why.
        #[arg(long, default_value = "")]
        reason: String,
    },
    /// Settle what is missing of our materials: allowed or claimed.
    SettleLosses {
        /// Its number or id.
        order: String,
        /// Why nothing more comes, when less came than was ordered.
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
        /// Credit what waits for a replacement.
        #[arg(long)]
        credit_replacements: bool,
    },
    /// Call an order off, or throw a draft away.
    Cancel {
        /// Its number or id.
        order: String,
        /// Why.
        #[arg(long)]
        reason: Option<String>,
        /// What becomes of what was paid: `refund_due` or forfeited.
        #[arg(long)]
        deposit: Option<String>,
    },
}

/// What an order says.
#[derive(Debug, Args)]
#[allow(clippy::struct_excessive_bools, reason = "switches of a command line")]
pub(crate) struct OrderDraft {
    /// The factory, or with --purchase the supplier.
    #[arg(long)]
    pub(crate) factory: String,
    /// The place that receives.
    #[arg(long, default_value = "W0")]
    pub(crate) to: String,
    /// What: goods=quantity@price, e.g. SK001=5000@16.20.
    #[arg(long = "line", required = true)]
    pub(crate) lines: Vec<String>,
    /// The version of the goods, by its artwork; with several goods SK001=ARTWORK for each. The
    /// version that holds when the order is issued without it.
    #[arg(long = "version", value_name = "[GOODS=]ARTWORK")]
    pub(crate) versions: Vec<String>,
    /// Wanted on this day.
    #[arg(long)]
    pub(crate) by: Option<NaiveDate>,
    /// How much more than ordered may be received, in percent.
    #[arg(long, default_value_t = 0)]
    pub(crate) tolerance: u32,
    /// Terms, for the paper.
    #[arg(long, default_value = "")]
    pub(crate) terms: String,
    /// An order to a supplier of materials or goods.
    #[arg(long)]
    pub(crate) purchase: bool,
    /// The order that what is bought goes to.
    #[arg(long = "for", value_name = "ORDER")]
    pub(crate) for_order: Option<String>,
    /// Tax in percent.
    #[arg(long, default_value_t = 0)]
    pub(crate) tax: u32,
    /// The prices hold the tax.
    #[arg(long)]
    pub(crate) tax_included: bool,
    /// What comes beyond the order is not paid for.
    #[arg(long)]
    pub(crate) over_is_free: bool,
    /// What allowed loss is measured on: good or `good_and_rejected`.
    #[arg(long, default_value = "good")]
    pub(crate) loss_base: String,
    /// A share and when it is due, in their order: accept=30, ready+7=20, `before_ship`=50,
    /// receipt+30=50. All on receipt without any.
    #[arg(long = "term", value_name = "WHEN[+DAYS]=PERCENT")]
    pub(crate) schedule: Vec<String>,
}
