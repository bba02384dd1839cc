//! Shops, warehouses and listings: the things that orders and stock refer to.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::open::open_enum;
use crate::{ListingId, Money, SellerSku, ShopId, Timestamp, WarehouseId};

/// A shop that the token opens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shop {
    /// The shop.
    pub id: ShopId,
    /// Its name, for people.
    pub name: String,
    /// The IANA zone of its business days, for instance `Asia/Shanghai`.
    pub zone: String,
    /// The first business day with data, where the server says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data_since: Option<NaiveDate>,
}

open_enum! {
    /// Who runs a warehouse.
    pub enum WarehouseKind {
        /// The platform itself: goods in it are counted by the platform.
        Platform = "platform",
        /// The brand.
        Brand = "brand",
        /// A third party for the brand.
        ThirdParty = "3pl",
        /// A bonded zone.
        Bonded = "bonded",
    }
}

/// A warehouse from which orders are shipped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warehouse {
    /// The warehouse.
    pub id: WarehouseId,
    /// Its name, for people.
    pub name: String,
    /// Who runs it.
    pub kind: WarehouseKind,
    /// Whether goods may be sent to it now; absent when the platform does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepts_inbound: Option<bool>,
}

open_enum! {
    /// Whether buyers can see and buy a listing.
    pub enum ListingStatus {
        /// Being written.
        Draft = "draft",
        /// Under review by the platform.
        Review = "review",
        /// For sale.
        Online = "online",
        /// Withdrawn by the seller.
        Offline = "offline",
        /// Withdrawn by the platform.
        Banned = "banned",
    }
}

/// One sellable variant on the platform.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// The listing.
    pub id: ListingId,
    /// One more with every visible change.
    pub version: u64,
    /// The position of that change in the feed.
    pub seq: u64,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// The seller's code of the goods; absent when the seller gave none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seller_sku: Option<SellerSku>,
    /// The barcode number on the goods.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gtin: Option<String>,
    /// The title that buyers see.
    pub title: String,
    /// Whether it is for sale.
    pub status: ListingStatus,
    /// The price of one unit to a buyer without promotions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Money>,
}
