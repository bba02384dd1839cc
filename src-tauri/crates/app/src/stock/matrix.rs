//! Goods × places: what lies where, and how long it lasts.

use std::collections::HashMap;

use chrono::TimeDelta;
use domain::{PlaceId, SkuId};
use serde::Serialize;
use ts_rs::TS;

use crate::{
    Error,
    commands::Call,
    goods::{PlaceRow, place_rows},
    known::{Catalogue, goods_name},
    stock::{
        AsOf,
        summary::{Summary, destinations},
    },
    wire::{Bilingual, Id, Units},
};

/// Days of demand that cover looks back on.
const LOOK_BACK: i64 = 28;

/// Goods at a place.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MatrixCell {
    /// Units there, any status.
    pub qty: Units,
    /// Units on the way there.
    pub in_transit: Units,
    /// Days that good units last at the mean of the last 28 days; `null` where nothing sells.
    #[ts(type = "number | null")]
    pub cover_days: Option<i64>,
}

/// Goods over all places.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MatrixRow {
    /// Goods.
    pub sku: Id,
    /// Their code.
    pub sku_code: String,
    /// Their name.
    pub sku_name: Bilingual,
    /// Units on hand and in transit.
    pub total: Units,
    /// Days that they last.
    #[ts(type = "number | null")]
    pub cover_days: Option<i64>,
    /// By place, in the order of `places`; `null` where there is nothing.
    pub cells: Vec<Option<MatrixCell>>,
}

/// Goods × places.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StockMatrix {
    /// The columns.
    pub places: Vec<PlaceRow>,
    /// The rows, by code of the goods.
    pub rows: Vec<MatrixRow>,
}

pub(crate) fn matrix(call: &Call, input: AsOf) -> Result<StockMatrix, Error> {
    call.read(|reader| {
        let today = call.session.today;
        let day = input.as_of.map_or(today, |day| day.0.min(today));
        let catalogue = Catalogue::load(&reader)?;
        let stock = if day < today { reader.stock_as_of(day)? } else { reader.stock_now()? };
        let summary = Summary::of_rows(&stock, &catalogue, &destinations(&reader)?);
        let mut sold: HashMap<(SkuId, PlaceId), i64> = HashMap::new();
        for one in reader.demand(day - TimeDelta::days(LOOK_BACK), day)? {
            *sold.entry((one.sku, one.place)).or_default() += one.units;
        }
        let places = place_rows(&catalogue, &summary);
        let keys: Vec<(PlaceId, i64)> = places
            .iter()
            .filter_map(|row| {
                let id = PlaceId(row.id.0);
                reader.key(id.0).ok().flatten().map(|key| (id, key))
            })
            .collect();
        let cover = |units: i64, sold: i64| (sold > 0).then(|| units.max(0) * LOOK_BACK / sold);
        let rows = reader.skus()?.into_iter().filter_map(|sku| {
            let totals = summary.of(sku.id);
            let total = totals.on_hand + totals.in_transit;
            let sold_all: i64 =
                keys.iter().filter_map(|(place, _)| sold.get(&(sku.id, *place))).sum();
            let cells = keys.iter().map(|(place, key)| {
                let cell = summary.cell(sku.id, *key)?;
                let sold = sold.get(&(sku.id, *place)).copied().unwrap_or(0);
                Some(MatrixCell {
                    qty: Units(cell.good + cell.other),
                    in_transit: Units(cell.in_transit),
                    cover_days: cover(cell.good, sold),
                })
            });
            (total != 0 || sold_all != 0).then(|| MatrixRow {
                sku: Id(sku.id.0),
                sku_code: sku.sku.code.clone(),
                sku_name: goods_name(&sku),
                total: Units(total),
                cover_days: cover(total, sold_all),
                cells: cells.collect(),
            })
        });
        Ok(StockMatrix { places, rows: rows.collect() })
    })
}
