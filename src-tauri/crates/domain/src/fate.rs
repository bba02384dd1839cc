//! What became of the goods of a transfer: still on their way, arrived, lost, found.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::transfer::Transfer;

/// What became of one lot of a transfer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fate {
    /// Units that left.
    pub shipped: i64,
    /// Units of them that arrived.
    pub arrived: i64,
    /// Units of them that are lost.
    pub lost: i64,
    /// Units that arrived without having been sent.
    pub over: i64,
}

impl Fate {
    /// Units still on their way.
    pub fn open(self) -> i64 {
        self.shipped - self.arrived - self.lost
    }
}

impl Transfer {
    /// Units still on their way.
    pub fn in_transit(&self) -> i64 {
        self.fates.values().map(|fate| fate.open()).sum()
    }

    /// Days past the expected arrival on `today` with goods still on their way; zero otherwise.
    pub fn late_days(&self, today: NaiveDate) -> i64 {
        let late = self.expected_on.map_or(0, |day| (today - day).num_days());
        if self.in_transit() > 0 { late.max(0) } else { 0 }
    }
}
