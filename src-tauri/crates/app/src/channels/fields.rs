//! What the commands of channels and prices take and answer.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::wire::{Bilingual, Day, Id, Message, UnitPrice};

/// Something the law, or the rules themselves, ask to look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LawFlag {
    /// In capitals; its words are those of `pricing.flag.<code>`.
    pub code: String,
    /// `info`, `warn` or `error`.
    pub severity: String,
    /// The rule, line, account or part of the use that it is about.
    pub at: String,
    /// Where it is written, by the English name of the text; `null` for what is not law.
    pub source: Option<String>,
    /// The day it came into force.
    pub since: Option<Day>,
    /// Whether the text itself was read; else it is from memory and somebody should look it up.
    pub text_read: bool,
}

/// A time during which a version of a rule set holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RuleSpan {
    /// The first instant, with its offset.
    pub from: String,
    /// The first instant at which it no longer holds; open when absent.
    pub to: Option<String>,
}

/// A version of a rule set on the time line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RuleVersion {
    /// Its number.
    pub version: u32,
    /// The first instant that it is made for, with its offset.
    pub from: String,
    /// The first instant from which on it never holds again.
    pub to: Option<String>,
    /// When it holds. There are two such times where it holds again after a later version has
    /// ended, and none where later ones always take its place.
    pub spans: Vec<RuleSpan>,
    /// When it was made public, if it says so.
    pub published_at: Option<String>,
    /// The identity of the version: SHA-256 of its canonical JSON.
    pub sha256: String,
    /// Whether it holds now.
    pub in_force: bool,
}

/// A sales channel in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChannelRow {
    /// Identity.
    pub id: Id,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Bilingual,
    /// The shop whose orders it prices.
    pub shop: Option<Id>,
    /// The shop's code.
    pub shop_code: Option<String>,
    /// The id of its rule set.
    pub rule_set: String,
    /// The version in force; `null` when none is.
    pub version: Option<u32>,
    /// All versions, by the instant they begin.
    pub versions: Vec<RuleVersion>,
    /// Flags of the version in force.
    pub flags: u32,
    /// The gravest of them: `info`, `warn` or `error`.
    pub gravest: Option<String>,
}

/// A rule of a version, in the words of the UI: `pricing_row.<part>` says what columns it has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RuleRow {
    /// Name of the rule.
    pub id: String,
    /// `share`, `self`, … for a reward: words of `pricing_mech`. `null` for others.
    pub mech: Option<String>,
    /// Who is paid: a role of `pricing_role`, or an institution. `null` for prices and coupons.
    pub to: Option<String>,
    /// Who pays: words of `pricing_by`; for a coupon who bears which share is in `says`.
    pub by: Option<String>,
    /// Steps of an invitation tree between the sale and who is paid.
    pub depth: u8,
    /// How much, on what: codes of `pricing_rule`.
    pub value: Message,
    /// Limits, shares and what else the rule says: codes of `pricing_rule`.
    pub says: Vec<Message>,
    /// When it applies, all of them: codes of `pricing_when`. Always when empty.
    pub when: Vec<Message>,
    /// Of the rules of one such group the first that applies is paid.
    pub exclusive: Option<String>,
}

/// A version of the rules, rendered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RuleSetCard {
    /// Where it stands on the time line.
    pub version: RuleVersion,
    /// The currency of its amounts.
    pub currency: String,
    /// Tax: rates, and what they are inside of.
    pub vat: Message,
    /// The most all rewards may come to; `null` without a limit.
    pub cap: Option<Message>,
    /// Prices, the first that matches holds.
    pub prices: Vec<RuleRow>,
    /// Coupons, in the order in which they are taken off.
    pub coupons: Vec<RuleRow>,
    /// What institutions take.
    pub charges: Vec<RuleRow>,
    /// What people are paid.
    pub rewards: Vec<RuleRow>,
    /// What the law says of it.
    pub flags: Vec<LawFlag>,
}

/// The rules of a channel, readable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChannelRules {
    /// The channel.
    pub id: Id,
    /// Its code.
    pub code: String,
    /// The id of the rule set.
    pub rule_set: String,
    /// All versions, the latest first.
    pub versions: Vec<RuleSetCard>,
}

/// A channel to found or to change. Versions of its rules are added, never changed or dropped.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SaveChannel {
    /// Which one; a new one when there is none.
    #[serde(default)]
    pub id: Option<Id>,
    /// Unique short code.
    pub code: String,
    /// Its name.
    pub name: Bilingual,
    /// The shop whose orders it prices.
    #[serde(default)]
    pub shop: Option<Id>,
    /// JSON of one version or a list of versions to add.
    #[serde(default)]
    pub rules: Option<String>,
    /// A built-in rule set to begin with, by its code.
    #[serde(default)]
    pub template: Option<String>,
}

/// Versions of rules from a file.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportChannel {
    /// The JSON file.
    pub path: String,
    /// The channel that they are added to; a new one, named by the rule set, when there is none.
    #[serde(default)]
    pub id: Option<Id>,
}

/// Versions of rules to a file.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ExportChannel {
    /// Which channel.
    pub id: Id,
    /// The JSON file; one there is replaced.
    pub path: String,
}

/// A built-in rule set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChannelTemplate {
    /// Its code: words of `pricing_template`.
    pub code: String,
    /// The id of its rule set.
    pub rule_set: String,
    /// What the law says of it.
    pub flags: Vec<LawFlag>,
}

/// What a sale through a channel is assumed to cost beside what its rules take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChannelAssumptions {
    /// Which channel.
    pub id: Id,
    /// Packing and freight of an order.
    pub packing: UnitPrice,
    /// Tax inside the channel's fees that is had back, ppm.
    #[ts(type = "number")]
    pub fee_vat_ppm: i64,
    /// Share of the orders that come back, ppm.
    #[ts(type = "number")]
    pub return_ppm: i64,
    /// What an order that comes back costs.
    pub return_loss: UnitPrice,
    /// What destroying a unit, and storing it until then, would cost.
    pub destruction: UnitPrice,
    /// What an agent usually adds to the price of a unit, where the rules let one: inside the
    /// price that is asked. Nothing when it is not said.
    #[serde(default)]
    pub mark_up: Option<UnitPrice>,
}

/// Which prices.
#[derive(Debug, Clone, Copy, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PricesOf {
    /// Of one channel.
    #[serde(default)]
    pub channel: Option<Id>,
    /// Of some goods.
    #[serde(default)]
    pub sku: Option<Id>,
    /// Those that hold on a day.
    #[serde(default)]
    pub on: Option<Day>,
}

/// Why goods may be sold below cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BelowCostWord {
    /// 积压商品.
    Overstock,
    /// 季节性商品.
    Seasonal,
    /// 临期商品.
    NearExpiry,
}

/// A price of goods in a channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChannelPriceRow {
    /// Identity.
    pub id: Id,
    /// The channel.
    pub channel: Id,
    /// Its code.
    pub channel_code: String,
    /// The goods.
    pub sku: Id,
    /// Their code.
    pub sku_code: String,
    /// Their name.
    pub sku_name: Bilingual,
    /// The price of a unit.
    pub price: Option<UnitPrice>,
    /// The lowest price that may be asked, as this list has it.
    pub floor_price: Option<UnitPrice>,
    /// The lowest price that may be asked: this list's own, else that of the goods today. It may
    /// have been raised since the price was set.
    pub floor: Option<UnitPrice>,
    /// Whether the price is below that.
    pub below_floor: bool,
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Option<Day>,
    /// Where it comes from.
    pub source: String,
    /// Why it may be below cost.
    pub below_cost: Option<BelowCostWord>,
    /// Whether it holds today.
    pub current: bool,
}

/// A price to keep; without an id it is new.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SavePrice {
    /// Which one.
    #[serde(default)]
    pub id: Option<Id>,
    /// In which channel.
    pub channel: Id,
    /// Which goods.
    pub sku: Id,
    /// The price of a unit.
    pub price: UnitPrice,
    /// The lowest price that may be asked.
    #[serde(default)]
    pub floor_price: Option<UnitPrice>,
    /// First day.
    pub from: Day,
    /// Last day.
    #[serde(default)]
    pub to: Option<Day>,
    /// Where it comes from.
    #[serde(default)]
    pub source: String,
    /// Why it may be below cost.
    #[serde(default)]
    pub below_cost: Option<BelowCostWord>,
}
