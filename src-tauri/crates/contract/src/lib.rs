//! The wire types of the marketplace API, version 1: what a shop's server and a brand's program
//! say to each other, and nothing about who says it or how it is carried.
//!
//! Rules of the wire that every type here keeps:
//! - ids are opaque strings ([`ids`]), because platforms use integers beyond 2^53;
//! - money is decimal text with its currency ([`Money`]) and never becomes a float;
//! - instants are RFC 3339 with an offset ([`Timestamp`]), business days are plain dates in the
//!   zone of the shop;
//! - an unknown field is ignored, a missing optional field is absent (never zero), and an unknown
//!   word of an enumeration is kept as it came (`Unknown`).
//!
//! This crate knows no client, no server, no store and no business rule; marketplaces and brands
//! can both build on it.

mod capabilities;
mod catalogue;
mod feed;
pub mod ids;
mod money;
mod open;
mod order;
mod pricing;
mod problem;
mod reconciliation;
mod stock;
mod timestamp;

pub use capabilities::{Capabilities, Feed, RequestLimits, ServerTime};
pub use catalogue::{Listing, ListingStatus, Shop, Warehouse, WarehouseKind};
pub use feed::{ChangeItem, ChangesPage, ListPage, Op, Topic};
pub use ids::{
    Cursor, Epoch, LineId, ListingId, ObjectId, OrderId, SellerSku, ShopId, WarehouseId,
};
pub use money::{Amount, AmountError, Currency, Money};
pub use order::{Fulfilment, Order, OrderLine, OrderStatus, Payment, Region};
pub use pricing::{GroupState, OrderGroup, OrderPricing, Payout, PricedLine, Promoter, RulesRef};
pub use problem::{FieldProblem, ProblemDetails};
pub use reconciliation::{DayTotals, Reconciliation, fingerprint};
pub use stock::{Inbound, Reserved, StockLevel, StockLot, Unsellable};
pub use timestamp::{Timestamp, TimestampError};
