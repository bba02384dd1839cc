//! What the margin bench and the clearance floors take and answer.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{BelowCostWord, LawFlag};
use crate::wire::{Amount, Bilingual, Day, Id, Message, UnitPrice, Units};

/// What differs from a channel's assumptions in a trial.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct BenchOverrides {
    /// Packing and freight of an order.
    pub packing: Option<UnitPrice>,
    /// Tax inside the channel's fees that is had back, ppm.
    #[ts(type = "number | null")]
    pub fee_vat_ppm: Option<i64>,
    /// Share of the orders that come back, ppm.
    #[ts(type = "number | null")]
    pub return_ppm: Option<i64>,
    /// What an order that comes back costs.
    pub return_loss: Option<UnitPrice>,
    /// What destroying a unit, and storing it until then, would cost.
    pub destruction: Option<UnitPrice>,
}

/// One product through all channels.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct RunBench {
    /// Which goods; their cost, category and prices are looked up.
    pub sku: Option<Id>,
    /// Cost of a unit without tax, instead of that of the goods.
    pub unit_cost: Option<UnitPrice>,
    /// Price of a unit in all channels, instead of the prices of each.
    pub price: Option<UnitPrice>,
    /// Category, instead of that of the goods.
    pub category: Option<String>,
    /// Units of the order; one when absent.
    pub qty: Option<Units>,
    /// Only these channels; all when empty.
    pub channels: Vec<Id>,
    /// A coupon that takes so much off the order, borne by the brand.
    pub coupon: Option<UnitPrice>,
    /// What an agent adds to the price of a unit, inside the price that is asked, in channels whose
    /// rules let one: at most what they allow. What the channel assumes when it is not told.
    pub mark_up: Option<UnitPrice>,
    /// What differs from the channels' assumptions.
    pub overrides: BenchOverrides,
    /// Why a price below cost is asked.
    pub below_cost: Option<BelowCostWord>,
}

/// What an account ends up with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BenchParty {
    /// Who: `brand`, `platform`, `payment`, or a role of the rules: words of `pricing_role`.
    pub account: String,
    /// How much; all add up to what the buyer pays.
    pub amount: Amount,
}

/// A piece of the bar from the price to what is left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BarPart {
    /// `party`, `vat` (tax of the sale less that of the fees), `goods`, `packing` or `margin`.
    pub kind: String,
    /// The account of a `party`.
    pub account: Option<String>,
    /// How much; the parts add up to what the buyer pays. Below zero for a loss.
    pub amount: Amount,
    /// Its share of what the buyer pays, ppm.
    #[ts(type = "number")]
    pub share_ppm: i64,
}

/// What one way of selling through a channel earns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BenchResult {
    /// What the buyer pays.
    pub paid: Amount,
    /// What is left for the brand, its tax still inside.
    pub brand_net: Amount,
    /// Tax inside the sale.
    pub vat_out: Amount,
    /// Tax inside the fees, which is had back.
    pub vat_credit: Amount,
    /// What it earns if it does not come back.
    pub margin: Amount,
    /// What it earns on average, returns counted.
    pub expected: Amount,
    /// [`Self::expected`] as a share of what the buyer pays, ppm.
    #[ts(type = "number")]
    pub expected_share_ppm: i64,
    /// The lowest price that recovers the full cost.
    pub break_even: Option<Amount>,
    /// The lowest price that recovers what has still to be spent: the goods are paid for.
    pub floor_sunk: Option<Amount>,
    /// The lowest price that is better than destroying the goods.
    pub floor_destruction: Option<Amount>,
    /// Who gets what.
    pub parties: Vec<BenchParty>,
    /// From the price to what is left.
    pub bar: Vec<BarPart>,
    /// What to look at.
    pub flags: Vec<LawFlag>,
}

/// One way of selling through a channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BenchRow {
    /// The channel.
    pub channel: Id,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Bilingual,
    /// The version of the rules that was asked.
    pub version: Option<u32>,
    /// `none` (nobody is rewarded), `all` (everybody who can be at once), or the one reward that is
    /// paid, by its id.
    pub way: String,
    /// What kind of reward that is: words of `pricing_mech`; `null` for `none` and `all`.
    pub mech: Option<String>,
    /// Whether it is the usual way of the channel: the row to show when only one is shown.
    pub usual: bool,
    /// The price of a unit; `null` when there is none to ask.
    pub price: Option<UnitPrice>,
    /// Where it comes from: `given`, `price_list`, `goods`.
    pub price_from: Option<String>,
    /// What it earns; `null` when it cannot be said.
    pub result: Option<BenchResult>,
    /// Why not.
    pub problem: Option<Message>,
}

/// All channels side by side for one product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Bench {
    /// The book's currency.
    pub currency: String,
    /// Cost of a unit without tax.
    pub unit_cost: Option<UnitPrice>,
    /// Where it comes from: `given`, `stock` (the lots on hand), `goods` (the expected cost).
    pub cost_from: Option<String>,
    /// By channel and way; the usual way of each channel first.
    pub rows: Vec<BenchRow>,
}

/// A figure of the bench to open.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ExplainBench {
    /// What was asked.
    pub bench: RunBench,
    /// Which channel.
    pub channel: Id,
    /// Which way.
    pub way: String,
    /// `brandNet`, `vatOut`, `margin`, `expected`, `breakEven`, `floorSunk`, `floorDestruction`, or
    /// `party` with the account.
    pub figure: String,
    /// Whose amount, for `party`.
    #[serde(default)]
    pub account: Option<String>,
}

/// Which slow lots.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct ClearanceOf {
    /// Only this lot.
    pub lot: Option<Id>,
    /// Price of a unit in all channels, instead of the prices of each.
    pub price: Option<UnitPrice>,
}

/// What one channel offers for a slow lot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ClearanceChannel {
    /// The channel.
    pub channel: Id,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Bilingual,
    /// The way that is meant: the usual one of the channel.
    pub way: String,
    /// Recovers the full cost; `null` when no cost is known.
    pub full_cost: Option<Amount>,
    /// Recovers what has still to be spent.
    pub cash: Option<Amount>,
    /// Better than destroying; never offer below.
    pub destruction: Option<Amount>,
    /// The price that is weighed: the given one, else that of today.
    pub price: Option<UnitPrice>,
    /// What a unit brings at it, its cost aside.
    pub unit_cash: Option<Amount>,
    /// What the units to clear bring at it.
    pub expected_cash: Option<Amount>,
    /// Whether a price below this channel's full cost would need a reason.
    pub needs_reason: bool,
    /// Why there is no answer.
    pub problem: Option<Message>,
}

/// A slow lot and the ways to clear it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ClearanceRow {
    /// The lot.
    pub lot: Id,
    /// Its number.
    pub lot_no: String,
    /// Its goods.
    pub sku: Id,
    /// Their code.
    pub sku_code: String,
    /// Their name.
    pub sku_name: Bilingual,
    /// Units on hand, at all places.
    pub qty: Units,
    /// Units to clear before it is too late: those that will not sell in time.
    pub to_clear: Units,
    /// The last day on which it sells.
    pub last_sell_on: Option<Day>,
    /// Days until then.
    #[ts(type = "number | null")]
    pub days_left: Option<i64>,
    /// Cost of a unit of the lot, without tax.
    pub unit_cost: Option<UnitPrice>,
    /// By channel, the one that brings most first.
    pub channels: Vec<ClearanceChannel>,
    /// The channel that brings most at the weighed prices.
    pub best: Option<Id>,
}

/// The floors of all slow lots.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Clearance {
    /// The book's currency.
    pub currency: String,
    /// The day that it is seen from.
    pub as_of: Day,
    /// The lots with most to clear first.
    pub rows: Vec<ClearanceRow>,
}
