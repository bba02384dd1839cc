//! The dates of a lot while they are typed: those of the lot that is known by its number, else either
//! one computes the other by the shelf life.
//!
//! Knows what will be written, so that it can be held against the print on the carton before the
//! goods are taken in. Refuses nothing: dates that cannot be are refused when the lot is received.

use domain::{Reason, SkuId, opening::LotBook, shelf_life};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    Error,
    commands::Call,
    wire::{Day, Id},
};

/// Dates of lots as they are typed.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TypedDates {
    /// A lot each.
    pub lots: Vec<LotTyped>,
}

/// What is typed of one lot.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LotTyped {
    /// Which goods.
    pub sku: Id,
    /// Its number, as far as it is typed.
    pub lot_no: String,
    /// When it was made.
    pub mfg_on: Option<Day>,
    /// Its last day.
    pub expires_on: Option<Day>,
}

/// The dates that a lot will have.
#[derive(Debug, Clone, Copy, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LotDates {
    /// When it was made; `null` when nothing tells it.
    pub mfg_on: Option<Day>,
    /// Its last day (限用日期); `null` when nothing tells it.
    pub expires_on: Option<Day>,
}

pub(crate) fn dates(call: &Call, input: TypedDates) -> Result<Vec<LotDates>, Error> {
    call.read(|reader| {
        let numbered = input.lots.iter().map(|one| (SkuId(one.sku.0), one.lot_no.trim()));
        let book = LotBook::new(reader.lots_numbered(&numbered.collect::<Vec<_>>())?);
        let of = |one: &LotTyped| {
            let sku = SkuId(one.sku.0);
            let life = reader.sku(sku)?.and_then(|known| known.sku.shelf_life);
            let given = shelf_life::Dates {
                mfg_on: one.mfg_on.map(|day| day.0),
                expires_on: one.expires_on.map(|day| day.0),
            };
            let whole = book.dates((sku, ""), one.lot_no.trim(), given, (life, &Reason::default()));
            let dates = whole.unwrap_or(given);
            let (mfg_on, expires_on) = (dates.mfg_on.map(Day), dates.expires_on.map(Day));
            Ok(LotDates { mfg_on, expires_on })
        };
        input.lots.iter().map(of).collect()
    })
}
