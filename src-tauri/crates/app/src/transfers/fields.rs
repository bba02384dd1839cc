//! Transfers as the window and the command line see them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    stock::StatusWord,
    wire::{Bilingual, Day, Id, Message, Units},
};

/// A line of a transfer to keep.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TransferLineFields {
    /// Goods.
    pub sku: Id,
    /// Lot.
    pub lot: Id,
    /// Units.
    pub qty: Units,
}

/// A draft to keep; without an id it is new.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SaveTransfer {
    /// Which draft.
    pub id: Option<Id>,
    /// From where.
    pub from: Id,
    /// To where.
    pub to: Id,
    /// What.
    pub lines: Vec<TransferLineFields>,
    /// In words.
    pub note: String,
}

/// A draft to approve.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ApproveTransfer {
    /// Which draft.
    pub id: Id,
    /// Why lots go that the destination's rule would refuse.
    pub override_reason: Option<String>,
}

/// Where a transfer stands, drafts included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the states' names")]
pub enum TransferStateWord {
    Draft,
    Allocated,
    Packed,
    Shipped,
    Arrived,
    Closed,
    Cancelled,
}

/// A transfer in a list.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TransferRow {
    /// Identity.
    pub id: Id,
    /// What people call it; empty for drafts.
    pub number: String,
    /// Where it stands.
    pub state: TransferStateWord,
    /// From where.
    pub from: Id,
    /// Its name.
    pub from_name: String,
    /// To where.
    pub to: Id,
    /// Its name.
    pub to_name: String,
    /// Units set aside or sent.
    pub units: Units,
    /// Cartons.
    pub cartons: u32,
    /// Units that reports took and that it is not packed without.
    pub lacks: Units,
    /// Units still on their way.
    pub in_transit: Units,
    /// Left on.
    pub shipped_on: Option<Day>,
    /// Expected on.
    pub expected_on: Option<Day>,
    /// Days past that with goods on their way.
    #[ts(type = "number")]
    pub late_days: i64,
    /// Codes of the goods.
    pub goods: String,
}

/// A line of a transfer.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TransferLine {
    /// Goods.
    pub sku: Id,
    /// Their code.
    pub sku_code: String,
    /// Their name.
    pub sku_name: Bilingual,
    /// Lot.
    pub lot: Id,
    /// Its number.
    pub lot_no: String,
    /// Last day of its life.
    pub expires_on: Option<Day>,
    /// Units as approved.
    pub qty: Units,
    /// Units that left.
    pub shipped: Units,
    /// Units of these that arrived.
    pub arrived: Units,
    /// Units of these that are lost.
    pub lost: Units,
    /// Units that arrived without having been sent.
    pub over: Units,
    /// Units of these that reports took, so that they are not set aside any more, or did not leave.
    pub cut: Units,
    /// Units in a full carton.
    #[ts(type = "number | null")]
    pub units_per_carton: Option<i64>,
}

/// What is in a carton.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CartonContent {
    /// Lot.
    pub lot: Id,
    /// Its number.
    pub lot_no: String,
    /// Goods' code.
    pub sku_code: String,
    /// Units.
    pub qty: Units,
}

/// A carton.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CartonRow {
    /// Its place among the transfer's cartons, from 1.
    pub no: u32,
    /// SSCC, or an internal number.
    pub code: String,
    /// Whether it is an SSCC.
    pub sscc: bool,
    /// What is in it.
    pub contents: Vec<CartonContent>,
    /// Gross weight in g, when it is full and the goods say.
    #[ts(type = "number | null")]
    pub gross_g: Option<i64>,
}

/// Units of a lot on their way.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OnTheWay {
    /// Lot.
    pub lot: Id,
    /// Its number.
    pub lot_no: String,
    /// Units.
    pub qty: Units,
}

/// A step that a document took.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DocumentStep {
    /// The entry.
    pub entry: Id,
    /// The day it counts on.
    pub day: Day,
    /// When it was written (instant).
    pub recorded_at: String,
    /// By whom.
    pub actor: String,
    /// What it says.
    pub summary: Message,
    /// Whether it was undone.
    pub reversed: bool,
}

/// A transfer on its page.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TransferCard {
    /// As in the list.
    pub row: TransferRow,
    /// In words.
    pub note: String,
    /// Who carries it.
    pub carrier: String,
    /// The carrier's number.
    pub tracking: String,
    /// What.
    pub lines: Vec<TransferLine>,
    /// In which cartons.
    pub cartons: Vec<CartonRow>,
    /// What is still on its way.
    pub in_transit: Vec<OnTheWay>,
    /// What happened, the first first.
    pub steps: Vec<DocumentStep>,
}

/// A transfer to send off.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ShipTransfer {
    /// Which one.
    pub id: Id,
    /// When; today when not given.
    pub shipped_on: Option<Day>,
    /// Who carries it.
    pub carrier: String,
    /// The carrier's number.
    pub tracking: String,
}

/// A line of a receiving report.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ArriveLine {
    /// Lot.
    pub lot: Id,
    /// Units.
    pub qty: Units,
    /// In which status they were put down.
    pub status: StatusWord,
}

/// A receiving report.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ArriveTransfer {
    /// Which transfer.
    pub id: Id,
    /// When; today when not given.
    pub arrived_on: Option<Day>,
    /// What.
    pub lines: Vec<ArriveLine>,
}

/// How a difference ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ResolutionWord {
    /// It is gone.
    Lost,
    /// It turned up at the destination.
    Found,
}

/// A difference to end.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ResolveTransfer {
    /// Which transfer.
    pub id: Id,
    /// Lot.
    pub lot: Id,
    /// Units.
    pub qty: Units,
    /// How.
    pub resolution: ResolutionWord,
    /// Why.
    pub reason: String,
}

/// A transfer to call off.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CancelTransfer {
    /// Which one.
    pub id: Id,
    /// Why.
    pub reason: Option<String>,
}
