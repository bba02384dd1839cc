//! Orders of buyers as a brand may see them: goods, money and days, no person.
//!
//! Two days matter and both are in the order: demand belongs to the day of payment, stock to the
//! day of shipment.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::open::open_enum;
use crate::{
    LineId, ListingId, Money, OrderGroup, OrderId, OrderPricing, Promoter, SellerSku, Timestamp,
    WarehouseId,
};

open_enum! {
    /// How far an order has come; the summary that platforms show.
    pub enum OrderStatus {
        /// Placed, not paid.
        Created = "created",
        /// Paid, nothing shipped.
        Paid = "paid",
        /// Some lines have left the warehouse.
        PartiallyShipped = "partially_shipped",
        /// All lines have left the warehouse.
        Shipped = "shipped",
        /// With the buyer.
        Delivered = "delivered",
        /// Closed for good.
        Completed = "completed",
        /// Called off. What has been shipped before has still left the warehouse.
        Cancelled = "cancelled",
    }
}

open_enum! {
    /// The buyer's money, a fact of its own beside the status.
    pub enum Payment {
        /// Nothing paid.
        Unpaid = "unpaid",
        /// Paid in full.
        Paid = "paid",
        /// Part of it given back.
        PartiallyRefunded = "partially_refunded",
        /// All of it given back.
        Refunded = "refunded",
    }
}

open_enum! {
    /// The goods, a fact of its own beside the status.
    pub enum Fulfilment {
        /// Nothing has left the warehouse.
        Unfulfilled = "unfulfilled",
        /// Some lines have left it.
        Partial = "partial",
        /// All lines have left it.
        Shipped = "shipped",
        /// With the buyer.
        Delivered = "delivered",
    }
}

/// Where the goods go, as finely as planning needs and no finer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Region {
    /// The province.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub province: Option<String>,
    /// The city.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
}

/// One line of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderLine {
    /// The line, unique in its order.
    pub id: LineId,
    /// The seller's code of the goods; absent when the seller gave none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seller_sku: Option<SellerSku>,
    /// The listing that was bought.
    pub listing_id: ListingId,
    /// Units of the listing, 0 or more; may be revised with a higher version of the order.
    pub qty: i64,
    /// The price of one unit before discounts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_price: Option<Money>,
    /// What the buyer pays for the units of the line, after discounts: units that turn out not to be
    /// there are not paid. An order that is called off keeps it; `payment` says that it goes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paid: Option<Money>,
    /// The warehouse that ships the line; absent until it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warehouse_id: Option<WarehouseId>,
    /// When the line left the warehouse; absent means: with the order's `shipped_at`. A line that
    /// is shipped in parts is split into lines by the platform.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shipped_at: Option<Timestamp>,
}

/// An order. Every visible change gives it a higher `version` and a new `seq`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// The order.
    pub id: OrderId,
    /// One more with every visible change.
    pub version: u64,
    /// The position of that change in the feed.
    pub seq: u64,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// How far it has come.
    pub status: OrderStatus,
    /// The buyer's money.
    pub payment: Payment,
    /// The goods.
    pub fulfilment: Fulfilment,
    /// When the buyer placed it.
    pub placed_at: Timestamp,
    /// When it was paid: the instant of demand. Absent while unpaid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paid_at: Option<Timestamp>,
    /// When the last line left the warehouse: the instant of stock. Absent before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shipped_at: Option<Timestamp>,
    /// When it was called off, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cancelled_at: Option<Timestamp>,
    /// The day in the shop's zone under which the platform books the order: the day it was
    /// placed. It never changes.
    pub business_date: NaiveDate,
    /// The goods bought; an absent list is an error, an empty one is not.
    pub lines: Vec<OrderLine>,
    /// Where they go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<Region>,
    /// The group it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<OrderGroup>,
    /// Who had a part in the sale.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub promoter_path: Vec<Promoter>,
    /// How it was priced and who is paid; absent while unpaid, and where the shop has no rules.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pricing: Option<Box<OrderPricing>>,
}
