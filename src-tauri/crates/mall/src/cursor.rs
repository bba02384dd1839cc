//! The marks that readers send back. They are plain text here, so that a person can read a log;
//! for readers they are opaque all the same.

use contract::{Cursor, Epoch};

/// A mark in the feed of a shop: `f.<epoch>.<shop>.<seq>.<hop>`. The hop means nothing; it lets
/// two marks of the same place differ.
pub(crate) fn feed_cursor(epoch: &Epoch, shop: usize, seq: u64, hop: u64) -> Cursor {
    Cursor::new(format!("f.{epoch}.{shop}.{seq}.{hop}"))
}

/// A mark in the list of orders: `o.<epoch>.<shop>.<place>.<as_of_seq>`.
pub(crate) fn list_cursor(epoch: &Epoch, shop: usize, place: usize, as_of: u64) -> Cursor {
    Cursor::new(format!("o.{epoch}.{shop}.{place}.{as_of}"))
}

/// The parts of a mark of this kind, or nothing for any other text.
pub(crate) fn read_cursor(kind: &str, text: &str) -> Option<(String, usize, u64, u64)> {
    let parts: Vec<&str> = text.split('.').collect();
    let [of, epoch, shop, a, b] = parts.as_slice() else { return None };
    let read = ((*epoch).to_owned(), shop.parse().ok()?, a.parse().ok()?, b.parse().ok()?);
    (*of == kind).then_some(read)
}
