//! Production orders as the window and the command line see them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    production::{LossBaseWord, OrderKindWord, TermFields},
    stock::StatusWord,
    wire::{Amount, Bilingual, Day, Id, Message, UnitPrice, Units},
};

/// A line of an order to keep.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OrderLineFields {
    /// Goods.
    pub sku: Id,
    /// Units.
    pub qty: Units,
    /// Which version; the one that holds when it is issued without.
    #[serde(default)]
    pub version: Option<Id>,
}

fn production() -> OrderKindWord {
    OrderKindWord::Production
}

fn good_units() -> LossBaseWord {
    LossBaseWord::Good
}

/// A draft to keep; without an id it is new.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SaveOrder {
    /// Which draft.
    pub id: Option<Id>,
    /// To a factory or to a supplier.
    #[serde(default = "production")]
    pub kind: OrderKindWord,
    /// To whom.
    pub factory: Id,
    /// Where the goods go.
    pub deliver_to: Id,
    /// When they are wanted.
    pub promised_on: Option<Day>,
    /// How much more than ordered is taken without a reason, ppm.
    #[ts(type = "number")]
    pub over_tolerance_ppm: i64,
    /// What is ordered.
    pub lines: Vec<OrderLineFields>,
    /// Price per unit of each line.
    pub unit_prices: Vec<UnitPrice>,
    /// Tax, ppm.
    #[serde(default)]
    #[ts(type = "number")]
    pub tax_rate_ppm: i64,
    /// Whether the prices hold it.
    #[serde(default)]
    pub price_includes_tax: bool,
    /// Whether what comes beyond the order is not paid for.
    #[serde(default)]
    pub over_is_free: bool,
    /// What allowed loss of our materials is measured on.
    #[serde(default = "good_units")]
    pub loss_base: LossBaseWord,
    /// Who pays what share when; all on receipt without.
    #[serde(default)]
    pub schedule: Vec<TermFields>,
    /// The order that what is bought goes to.
    #[serde(default)]
    pub for_order: Option<Id>,
    /// Terms in words.
    pub terms: String,
}

/// An order to issue.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IssueOrder {
    /// Which draft.
    pub id: Id,
    /// Why it is less than the least quantity, no multiple, at another price than offered, or in
    /// a version that does not hold.
    #[serde(default)]
    pub reason: Option<String>,
    /// The refusals that the reason answers, as they were told; all that may come when none is given.
    #[serde(default)]
    pub reason_for: Option<Vec<Message>>,
}

/// A change of an order.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AmendOrder {
    /// The order as it is to be; its id names which.
    pub order: SaveOrder,
    /// Why.
    pub reason: String,
}

/// What becomes of what was paid on a cancelled order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DepositFateWord {
    /// The partner owes it back.
    RefundDue,
    /// The partner keeps it.
    Forfeited,
}

/// An order to cancel.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CancelOrder {
    /// Which one.
    pub id: Id,
    /// Why.
    pub reason: Option<String>,
    /// What becomes of what was paid.
    #[serde(default)]
    pub deposit: Option<DepositFateWord>,
}

/// Where an order stands, drafts included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the states' names")]
pub enum OrderStateWord {
    Draft,
    Issued,
    Accepted,
    Closed,
    Cancelled,
}

/// An order in a list.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OrderRow {
    /// Identity.
    pub id: Id,
    /// What people call it; empty for drafts.
    pub number: String,
    /// To a factory or to a supplier.
    pub kind: OrderKindWord,
    /// Where it stands.
    pub state: OrderStateWord,
    /// What it waits for.
    pub phase: String,
    /// To whom.
    pub factory: Id,
    /// Its name.
    pub factory_name: String,
    /// Issued on; none for drafts.
    pub issued_on: Option<Day>,
    /// Promised by the factory, before that wanted by us.
    pub promised_on: Option<Day>,
    /// Days past the promise with goods missing.
    #[ts(type = "number")]
    pub late_days: i64,
    /// Units ordered.
    pub ordered: Units,
    /// Units received.
    pub received: Units,
    /// Codes of the goods.
    pub goods: String,
}

/// A line of an order.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OrderLine {
    /// Its place in the order, from 0.
    pub line: u32,
    /// Goods.
    pub sku: Id,
    /// Their code.
    pub sku_code: String,
    /// Their name.
    pub sku_name: Bilingual,
    /// Units ordered.
    pub qty: Units,
    /// Units received.
    pub received: Units,
    /// Units in a full carton.
    #[ts(type = "number | null")]
    pub units_per_carton: Option<i64>,
    /// Which version of them.
    pub version: Option<Id>,
    /// Its artwork.
    pub artwork_no: Option<String>,
    /// Its registration.
    pub registration_no: Option<String>,
}

/// A line of a receipt.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReceiptLine {
    /// The order's line, from 0.
    pub line: u32,
    /// The lot.
    pub lot: Id,
    /// Its number.
    pub lot_no: String,
    /// Made on.
    pub mfg_on: Option<Day>,
    /// Last day of its life.
    pub expires_on: Option<Day>,
    /// Units.
    pub qty: Units,
    /// In which status they were put down.
    pub status: StatusWord,
    /// The lot whose units these replace.
    pub replaces: Option<Id>,
}

/// A receipt.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Receipt {
    /// The entry.
    pub entry: Id,
    /// What its papers are called, e.g. `PO-A-2026-0042-GR1`.
    pub number: String,
    /// The day.
    pub day: Day,
    /// Where.
    pub place: String,
    /// What.
    pub lines: Vec<ReceiptLine>,
    /// Whether it was undone.
    pub reversed: bool,
}

/// An order on its page, without money.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OrderCard {
    /// As in the list.
    pub row: OrderRow,
    /// How often it was changed.
    pub revision: u32,
    /// Where the goods go.
    pub deliver_to: Id,
    /// Its name.
    pub deliver_to_name: String,
    /// Where the factory keeps our materials.
    pub materials_at: Option<Id>,
    /// The order that what is bought goes to.
    pub for_order: Option<Id>,
    /// Its number.
    pub for_order_number: Option<String>,
    /// How much more than ordered is taken without a reason, ppm.
    #[ts(type = "number")]
    pub over_tolerance_ppm: i64,
    /// Whether what comes beyond the order is not paid for.
    pub over_is_free: bool,
    /// Tax, ppm.
    #[ts(type = "number")]
    pub tax_rate_ppm: i64,
    /// Whether the prices hold it.
    pub price_includes_tax: bool,
    /// What allowed loss is measured on.
    pub loss_base: LossBaseWord,
    /// Who pays what share when.
    pub schedule: Vec<TermFields>,
    /// Terms in words.
    pub terms: String,
    /// What is ordered.
    pub lines: Vec<OrderLine>,
    /// What came.
    pub receipts: Vec<Receipt>,
}

/// An order's money.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OrderMoney {
    /// Identity.
    pub id: Id,
    /// The book's currency.
    pub currency: String,
    /// Price per unit of each line.
    pub unit_prices: Vec<UnitPrice>,
    /// Amount of each line.
    pub amounts: Vec<Amount>,
    /// In sum.
    pub total: Amount,
    /// Value of what came.
    pub received_value: Amount,
}

/// The factory's promise.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AcceptOrder {
    /// Which order.
    pub id: Id,
    /// Promised on.
    pub promised_on: Day,
}

/// A line of a receipt, as given.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReceiveLine {
    /// The order's line, from 0.
    pub line: u32,
    /// As printed.
    pub lot_no: String,
    /// Either date computes the other.
    pub mfg_on: Option<Day>,
    /// Either date computes the other.
    pub expires_on: Option<Day>,
    /// Units.
    pub qty: Units,
    /// Units more that the factory says it spoilt.
    #[serde(default)]
    pub spoilt: Units,
    /// The lot whose units, sent back, these replace.
    #[serde(default)]
    pub replaces: Option<Id>,
}

/// A receipt to post.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReceiveOrder {
    /// Which order.
    pub id: Id,
    /// Where the goods are put down.
    pub place: Id,
    /// When; today when not given.
    pub received_on: Option<Day>,
    /// Into quarantine, or as good.
    pub status: StatusWord,
    /// What came.
    pub lines: Vec<ReceiveLine>,
    /// Why more or other than agreed is taken.
    pub reason: Option<String>,
    /// The refusals that the reason answers, as they were told; all that may come when none is given.
    #[serde(default)]
    pub reason_for: Option<Vec<Message>>,
    /// Why it is taken although the balance before shipment is not paid.
    #[serde(default)]
    pub unpaid_reason: Option<String>,
}

/// A document to close or cancel.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CloseOrder {
    /// Which one.
    pub id: Id,
    /// Why.
    pub reason: Option<String>,
    /// Whether what waits for a replacement is credited instead.
    #[serde(default)]
    pub credit_replacements: bool,
}
