//! The reading side of a marketplace: asks a server of the contract for what is new, checks the
//! answers, and says which rows and which levels of sales follow.
//!
//! It stores nothing. Whoever calls keeps three things and writes them in *one* transaction for
//! each page: the order rows ([`Changes::rows`]), what follows from them (level − posted, see
//! [`next_moves`]), and the position after the page ([`Page::next`]), replaced only where the
//! old one still stands. Then a page that is read twice, in another order, or after a crash at
//! any instant, changes nothing twice:
//!
//! - [`Client`] is the only HTTP client of the program; it only reads, so it may repeat itself;
//! - [`Changes`] skips every version that is not newer than the stored one;
//! - [`day_levels`] makes sales *levels* of (day, warehouse, listing), so that only differences
//!   to what was posted are ever posted.
//!
//! The way of a stream: read pages from [`Position::start`] on. On [`Problem::CursorExpired`] (the
//! reader was away too long, or the server was restored) read [`Client::snapshot_page`] to its end
//! into a generation of rows beside the old one, then replace the old one by it, post the
//! differences, and go on from the snapshot's `as_of`, all in one transaction. Until that
//! moment the old generation stands, so a half-read snapshot never moves stock. From time to time
//! compare with [`drift`], after reading the feed up to the totals' `as_of_seq`.
//!
//! It knows no SQL, no journal, no own SKU and no clock but the monotonic one for waiting.

mod address;
mod client;
mod levels;
mod orders;
mod page;
mod problem;
mod reconcile;
mod retry;

pub use address::{Address, AddressError, Token, TokenError};
pub use client::{Client, Limits};
pub use levels::{Gap, GapReason, Kind, LevelKey, Levels, day_levels, next_moves};
pub use orders::{Changes, LineRow, OrderRow, ShopZone, StoredOrder, UnknownZone, observe};
pub use page::{Page, Position, SnapshotPage, SnapshotPosition};
pub use problem::Problem;
pub use reconcile::{DayDrift, day_totals, drift};
