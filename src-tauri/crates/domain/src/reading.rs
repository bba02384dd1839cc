//! Entries read back: bytes of any released kind and version become facts, anything else is told.

use crate::{Body, MoneyPart, entry::VERSION};

/// An entry that this program cannot read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnknownEntry {
    /// A later program wrote it.
    #[error("an entry of kind {kind}, version {version}, is of a later program")]
    Newer {
        /// Its kind.
        kind: String,
        /// Its version.
        version: u32,
    },
    /// Its bytes are not what its kind says.
    #[error("entry of kind {kind} cannot be read: {detail}")]
    Malformed {
        /// Its kind.
        kind: String,
        /// What is wrong.
        detail: String,
    },
}

/// Every kind of entry that this program knows.
pub const KINDS: [&str; 49] = [
    "company_set",
    "sku_set",
    "sku_priced",
    "place_set",
    "partner_set",
    "partner_banked",
    "shop_set",
    "import_applied",
    "stock_opened",
    "stock_regraded",
    "sales_posted",
    "suspense_settled",
    "order_issued",
    "order_accepted",
    "order_received",
    "order_closed",
    "order_cancelled",
    "transfer_approved",
    "transfer_packed",
    "transfer_shipped",
    "transfer_arrived",
    "transfer_resolved",
    "transfer_closed",
    "transfer_cancelled",
    "order_amended",
    "order_milestone",
    "order_paid",
    "due_waived",
    "order_refunded",
    "quality_decided",
    "loss_settled",
    "claim_decided",
    "offer_set",
    "version_set",
    "bom_set",
    "material_moved",
    "material_kept",
    "factory_counted",
    "statement_set",
    "invoice_set",
    "tax_spread",
    "bill_posted",
    "set_assembled",
    "set_disassembled",
    "channel_set",
    "channel_costed",
    "price_set",
    "attached",
    "reversed",
];

/// Reads a body of any released version. Older versions are lifted here, by kind; the bytes in the
/// journal stay as they are. A kind that this program does not know is a later program's.
pub fn read_body(kind: &str, version: u32, bytes: &[u8]) -> Result<Body, UnknownEntry> {
    if version > VERSION || !KINDS.contains(&kind) {
        return Err(UnknownEntry::Newer { kind: kind.to_owned(), version });
    }
    let malformed = |detail: String| UnknownEntry::Malformed { kind: kind.to_owned(), detail };
    let body: Body = serde_json::from_slice(bytes).map_err(|error| malformed(error.to_string()))?;
    if body.fact.kind() == kind {
        Ok(body)
    } else {
        Err(malformed(format!("it holds a {}", body.fact.kind())))
    }
}

/// Reads a money part of any released version.
pub fn read_money(kind: &str, bytes: &[u8]) -> Result<MoneyPart, UnknownEntry> {
    serde_json::from_slice(bytes).map_err(|error| UnknownEntry::Malformed {
        kind: kind.to_owned(),
        detail: error.to_string(),
    })
}
