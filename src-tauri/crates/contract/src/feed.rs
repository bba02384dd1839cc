//! The change feed and keyset lists: envelopes only, the objects are read by topic.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::open::open_enum;
use crate::{Cursor, Epoch, ObjectId, Timestamp};

open_enum! {
    /// What kind of object a change is about.
    pub enum Topic {
        /// Orders of buyers.
        Orders = "orders",
        /// Listings.
        Listings = "listings",
        /// Stock readings.
        Stock = "stock",
    }
}

open_enum! {
    /// What happened to the object.
    pub enum Op {
        /// It is new or changed; `data` holds all of it.
        Upsert = "upsert",
        /// It is gone; what was known of it no longer holds.
        Delete = "delete",
    }
}

/// One change.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ChangeItem {
    /// The place in the order of commits, rising and unique in an epoch; gaps are normal. The
    /// feed never shows a number while a smaller one is still to be committed.
    pub seq: u64,
    /// What kind of object.
    pub topic: Topic,
    /// Which object.
    pub id: ObjectId,
    /// What happened.
    pub op: Op,
    /// The version of the object that this change made; versions of one object only rise.
    pub version: u64,
    /// When it happened on the platform.
    pub occurred_at: Timestamp,
    /// The object at that version, as the bytes that came; absent for a delete.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data: Option<Box<RawValue>>,
}

/// The answer of `GET /v1/shops/{shop}/changes?cursor&topics&limit&wait`.
///
/// Without a cursor the feed is read from its beginning. When the beginning, or the cursor's
/// place, has left the retention or belongs to another epoch, the answer is 410
/// `cursor_expired`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ChangesPage {
    /// The epoch that the numbers belong to.
    pub epoch: Epoch,
    /// The changes after the cursor, in rising order.
    pub items: Vec<ChangeItem>,
    /// Where to go on.
    pub next_cursor: Cursor,
    /// Whether more can be read at once.
    pub has_more: bool,
    /// The newest change of all shops when the page was made.
    pub head_seq: u64,
    /// How far, in milliseconds, the feed runs behind the platform; absent when unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lag_ms: Option<u64>,
}

/// A page of a list (`/shops`, `/listings`, `/stock`, `/warehouses`, `/orders`), in the order of
/// a key that does not move while objects change. The end is reached when `next_cursor` is
/// absent.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ListPage<T> {
    /// The objects.
    pub items: Vec<T>,
    /// Where to go on; absent on the last page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<Cursor>,
    /// The feed as it stood when the *first* page of this list was made. Whoever takes the whole
    /// list and then reads the feed from here has missed nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of_cursor: Option<Cursor>,
    /// The sequence number of `as_of_cursor`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of_seq: Option<u64>,
    /// The epoch of `as_of_cursor`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub epoch: Option<Epoch>,
}
