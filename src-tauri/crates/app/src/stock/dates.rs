//! The dates of a lot while they are typed: either one computes the other by the shelf life.
//!
//! Knows what will be written, so that it can be held against the print on the carton before the
//! goods are taken in. Refuses nothing: dates that cannot be are refused when the lot is received.

use domain::{Reason, SkuId, lot::complete_dates, shelf_life};
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
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LotTyped {
    /// Which goods.
    pub sku: Id,
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
        let of = |one: LotTyped| {
            let life = reader.sku(SkuId(one.sku.0))?.and_then(|known| known.sku.shelf_life);
            let given = shelf_life::Dates {
                mfg_on: one.mfg_on.map(|day| day.0),
                expires_on: one.expires_on.map(|day| day.0),
            };
            let whole = complete_dates("", "", given, life, &Reason::default());
            let dates = whole.map_or(given, |(dates, _)| dates);
            let (mfg_on, expires_on) = (dates.mfg_on.map(Day), dates.expires_on.map(Day));
            Ok(LotDates { mfg_on, expires_on })
        };
        input.lots.into_iter().map(of).collect()
    })
}
