//! Totals by day that show drift cheaply: `GET /v1/shops/{shop}/reconciliation?topic&from&to`.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{Epoch, Money, Topic};

/// The answer: one row for every business day from `from` to `to` that has objects, by
/// `business_date`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reconciliation {
    /// What was counted.
    pub topic: Topic,
    /// The epoch of the data.
    pub epoch: Epoch,
    /// The newest change that is in the totals. A reader compares after having read the feed up
    /// to here and no further.
    pub as_of_seq: u64,
    /// The days, rising.
    pub days: Vec<DayTotals>,
}

/// The totals of one business day. Deleted objects do not count, cancelled ones do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayTotals {
    /// The business day.
    pub date: NaiveDate,
    /// Objects.
    pub count: u64,
    /// Σ units of all their lines.
    pub qty: i64,
    /// Σ `paid` of all their lines, one entry for each currency, by its code.
    pub paid: Vec<Money>,
    /// The exclusive or of [`fingerprint`] over the objects, as 16 hexadecimal digits.
    pub versions_xor: String,
}

/// The mark of one version of an object: the first eight bytes, big-endian, of SHA-256 over the
/// id, a zero byte and the version in decimal digits.
pub fn fingerprint(id: &str, version: u64) -> u64 {
    let mut hash = Sha256::new();
    hash.update(id.as_bytes());
    hash.update([0]);
    hash.update(version.to_string().as_bytes());
    let digest = hash.finalize();
    let mut first = [0_u8; 8];
    first.copy_from_slice(&digest[..8]);
    u64::from_be_bytes(first)
}
