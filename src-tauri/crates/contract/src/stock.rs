//! The platform's own reading of stock in its warehouses: a claim to be compared with the
//! ledger, never a movement.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{ObjectId, SellerSku, Timestamp, WarehouseId};

/// Units held for something.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reserved {
    /// For orders that are not shipped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub orders: Option<i64>,
    /// For moves between warehouses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transfer: Option<i64>,
    /// Being handled in the warehouse.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub processing: Option<i64>,
}

/// Units on their way in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inbound {
    /// Announced, not shipped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub working: Option<i64>,
    /// Shipped, not arrived.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shipped: Option<i64>,
    /// Arrived, being counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receiving: Option<i64>,
}

/// Units that cannot be sold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unsellable {
    /// Broken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub damaged: Option<i64>,
    /// Past their date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expired: Option<i64>,
    /// Faulty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub defective: Option<i64>,
    /// Come back, not yet judged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub return_pending: Option<i64>,
}

/// One lot within a reading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockLot {
    /// The lot number as the platform keyed it.
    pub lot_no: String,
    /// The day of manufacture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mfg_date: Option<NaiveDate>,
    /// The day of expiry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expiry_date: Option<NaiveDate>,
    /// Units of the lot.
    pub qty: i64,
}

/// A reading of one seller code in one warehouse. A group that is absent was not reported; it is
/// not zero.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockLevel {
    /// The reading's name in the feed, one for each (seller code, warehouse).
    pub id: ObjectId,
    /// One more with every visible change.
    pub version: u64,
    /// The position of that change in the feed.
    pub seq: u64,
    /// When it was read.
    pub updated_at: Timestamp,
    /// The seller's code.
    pub seller_sku: SellerSku,
    /// The warehouse.
    pub warehouse_id: WarehouseId,
    /// All units in the warehouse, sellable or reserved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_hand: Option<i64>,
    /// Units that a buyer could order now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub available: Option<i64>,
    /// Units held for something.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reserved: Option<Reserved>,
    /// Units locked for campaigns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub campaign_locked: Option<i64>,
    /// Units on their way in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inbound: Option<Inbound>,
    /// Units that cannot be sold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unsellable: Option<Unsellable>,
    /// Units by lot, where the platform keeps lots.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lots: Vec<StockLot>,
}
