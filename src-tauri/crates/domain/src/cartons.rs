//! Cartons (箱): what of a transfer goes into which.
//!
//! Knows how lines fill cartons. Refuses to number them: their codes are used up by the entry that
//! packs them.

use serde::{Deserialize, Serialize};

use crate::{LotId, SkuId, transfer::TransferLine};

/// A carton (箱) and what is in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carton {
    /// Its place among the transfer's cartons, from 1.
    pub no: u32,
    /// SSCC, or an internal number.
    pub code: String,
    /// Whether the code is an SSCC.
    pub sscc: bool,
    /// What is in it.
    pub contents: Vec<CartonContent>,
}

/// Units of one lot in a carton.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CartonContent {
    /// Which goods.
    pub sku: SkuId,
    /// Which lot.
    pub lot: LotId,
    /// How many units.
    pub qty: i64,
}

/// How lines fill cartons: whole cartons of one lot, then one part carton per lot. Goods without a
/// carton size go into one carton per line.
pub fn fill_cartons(
    lines: &[TransferLine],
    units_per_carton: impl Fn(SkuId) -> Option<i64>,
) -> Vec<CartonContent> {
    let mut cartons = Vec::new();
    for line in lines {
        let full = units_per_carton(line.sku).filter(|units| *units > 0).unwrap_or(line.qty);
        let mut open = line.qty;
        while open > 0 {
            let qty = open.min(full);
            cartons.push(CartonContent { sku: line.sku, lot: line.lot, qty });
            open -= qty;
        }
    }
    cartons
}
