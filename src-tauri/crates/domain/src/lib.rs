//! The rules of the goods: lots, places, moves, orders, transfers, shelf life and lot value.
//!
//! Knows what may happen to goods and what follows from it. Each use case is a pure function from
//! what is known and what is wanted to an [`Entry`] or a [`Refusal`]. Refuses to know clocks, files,
//! SQL, HTTP, screens and languages: `today` and new ids are arguments, words live in the UI.

pub mod attachment;
pub mod bom;
mod cartons;
pub mod channel;
pub mod claim;
pub mod company;
pub mod dues;
pub mod entry;
pub mod fact;
pub mod fate;
pub mod ids;
pub mod kept;
pub mod landed;
pub mod licence;
pub mod losses;
pub mod lot;
pub mod materials;
pub mod money;
pub mod offer;
pub mod opening;
pub mod order;
mod packed;
pub mod partner;
pub mod place;
pub mod proceeds;
pub mod quality;
mod reading;
mod reason;
pub mod refusal;
pub mod regrade;
pub mod reservation;
pub mod reversal;
pub mod sales;
pub mod schedule;
pub mod scorecard;
pub mod sets;
pub mod shelf_life;
pub mod shop;
pub mod sku;
pub mod statement;
pub mod stock;
pub mod suspense;
pub mod tax;
pub mod terms;
pub mod transfer;
pub mod valuation;
pub mod value;
pub mod version;

pub use entry::{Body, DocKind, DocRef, Entry, MoneyPart, UnknownEntry, ValueKind, ValueLine};
pub use fact::{Fact, SalePosting, SalesPosted};
pub use ids::{
    BatchId, EntryId, LotId, NewId, OrderId, PartnerId, PlaceId, ShopId, SkuId, TransferId,
};
pub use lot::NewLot;
pub use money::{Currency, Money};
pub use place::PlaceKind;
pub use reason::Reason;
pub use refusal::Refusal;
pub use stock::{Level, Move, MoveKind, Slot, Status};
