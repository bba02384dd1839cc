//! How an order was priced and who is paid for it: enough for a brand to compute both again.
//!
//! Amounts are decimal text like everywhere on the wire. What the rules were told is one document
//! in the form of the pricing library that both sides embed, with its own minor units; here it is
//! handed on and not read.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{LineId, Money, open::open_enum};

open_enum! {
    /// How a group of buyers stands (拼团).
    pub enum GroupState {
        /// Not yet full.
        Forming = "forming",
        /// Full in time.
        Formed = "formed",
        /// Not full in time.
        Failed = "failed",
    }
}

/// The group an order belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderGroup {
    /// The group.
    pub id: String,
    /// `leader` or `member`.
    pub role: String,
    /// How it stands.
    pub state: GroupState,
}

/// Somebody who had a part in the sale, by an opaque id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promoter {
    /// The part: `sharer`, `inviter`, `promoter`, …
    pub role: String,
    /// Who; never a phone number or an identity card.
    pub id: String,
    /// Steps of the invitation tree between the sale and who it is.
    pub level: u8,
}

/// The version of the rules that priced an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulesRef {
    /// Which rule set.
    pub id: String,
    /// Which version.
    pub version: u32,
    /// SHA-256 of its canonical JSON.
    pub sha256: String,
}

/// What a line came to when it was paid; later revisions of the line do not change it. Of an order
/// whose group failed it is nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PricedLine {
    /// The line.
    pub line: LineId,
    /// What the buyer pays for it, without freight.
    pub paid: Money,
    /// Tax inside it.
    pub tax: Money,
    /// Discounts by who bears them: `platform`, `brand`, `agent`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub discounts: BTreeMap<String, Money>,
}

/// Somebody is paid something for a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payout {
    /// The line.
    pub line: LineId,
    /// By which rule.
    pub rule: String,
    /// Who is paid.
    pub account: String,
    /// Who pays: `brand` or `platform`.
    pub by: String,
    /// How much.
    pub amount: Money,
}

/// Price and payout of a paid order: as it was paid, and once more when its group fails, for then
/// nobody is paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderPricing {
    /// By which rules.
    pub rules: RulesRef,
    /// The order as the rules were told it, in the form of the pricing library.
    pub told: Value,
    /// What each line came to.
    pub lines: Vec<PricedLine>,
    /// Who is paid what.
    pub payouts: Vec<Payout>,
}
