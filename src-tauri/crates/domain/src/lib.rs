//! The rules of the goods: lots, places, moves, orders, transfers, shelf life and lot value.
//!
//! Knows what may happen to goods and what follows from it. Each use case is a pure function from
//! what is known and what is wanted to an [`Entry`] or a [`Refusal`]. Refuses to know clocks, files,
//! SQL, HTTP, screens and languages: `today` and new ids are arguments, words live in the UI.

mod cartons;
pub mod company;
pub mod entry;
pub mod fate;
mod ids;
pub mod lot;
pub mod money;
pub mod opening;
pub mod order;
mod packed;
pub mod partner;
pub mod place;
mod reading;
pub mod refusal;
pub mod regrade;
pub mod reservation;
pub mod reversal;
pub mod sales;
pub mod shelf_life;
pub mod shop;
pub mod sku;
pub mod stock;
pub mod suspense;
pub mod transfer;
pub mod value;

pub use entry::{
    Body, DocKind, DocRef, Entry, Fact, MoneyPart, SalePosting, SalesPosted, UnknownEntry,
    ValueKind, ValueLine,
};
pub use ids::{
    BatchId, EntryId, LotId, NewId, OrderId, PartnerId, PlaceId, ShopId, SkuId, TransferId,
};
pub use lot::NewLot;
pub use money::{Currency, Money};
pub use place::PlaceKind;
pub use refusal::Refusal;
pub use stock::{Level, Move, MoveKind, Slot, Status};
