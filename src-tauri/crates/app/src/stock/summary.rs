//! Totals of stock by goods and place.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::{PlaceKind, SkuId, Status};
use store::{Reader, StockRow};

use crate::{
    Error,
    goods::PlaceStock,
    known::Catalogue,
    wire::{Id, Units},
};

/// Where some goods are, in sum.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Totals {
    /// At real places other than transit.
    pub(crate) on_hand: i64,
    /// On transfers.
    pub(crate) in_transit: i64,
    /// The first expiry among lots on hand.
    pub(crate) next_expiry: Option<NaiveDate>,
}

/// Goods at a place, in sum.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct AtPlace {
    pub(crate) good: i64,
    pub(crate) other: i64,
    pub(crate) in_transit: i64,
}

/// Stock of real places in sum.
#[derive(Debug, Default)]
pub(crate) struct Summary {
    by_sku: HashMap<SkuId, Totals>,
    by_place: HashMap<i64, i64>,
    cells: HashMap<(SkuId, i64), AtPlace>,
}

impl Summary {
    /// The stock of now.
    pub(crate) fn load(reader: &Reader, catalogue: &Catalogue) -> Result<Self, Error> {
        let bound_for = destinations(reader)?;
        Ok(Self::of_rows(&reader.stock_now()?, catalogue, &bound_for))
    }

    /// Sums `rows`; `bound_for` says to which place each transit goes.
    pub(crate) fn of_rows(
        rows: &[StockRow],
        catalogue: &Catalogue,
        bound_for: &HashMap<i64, i64>,
    ) -> Self {
        let mut sum = Self::default();
        for row in rows {
            let Some(place) = catalogue.places.get(&row.place) else { continue };
            let Some(lot) = catalogue.lots.get(&row.lot) else { continue };
            if !place.kind.is_real() {
                continue;
            }
            let totals = sum.by_sku.entry(lot.sku).or_default();
            if place.kind == PlaceKind::Transit {
                totals.in_transit += row.qty;
                if let Some(to) = place.of.and_then(|transfer| bound_for.get(&transfer)) {
                    sum.cells.entry((lot.sku, *to)).or_default().in_transit += row.qty;
                }
                continue;
            }
            totals.on_hand += row.qty;
            let earlier = totals.next_expiry.into_iter().chain(lot.dates.expires_on).min();
            totals.next_expiry = earlier;
            *sum.by_place.entry(row.place).or_default() += row.qty;
            let cell = sum.cells.entry((lot.sku, row.place)).or_default();
            if row.status == Status::Good.code() {
                cell.good += row.qty;
            } else {
                cell.other += row.qty;
            }
        }
        sum
    }

    pub(crate) fn of(&self, sku: SkuId) -> Totals {
        self.by_sku.get(&sku).copied().unwrap_or_default()
    }

    pub(crate) fn at_place(&self, place: i64) -> i64 {
        self.by_place.get(&place).copied().unwrap_or(0)
    }

    pub(crate) fn cell(&self, sku: SkuId, place: i64) -> Option<AtPlace> {
        self.cells.get(&(sku, place)).copied()
    }

    /// The places where some goods are, or are going.
    pub(crate) fn places_of(&self, sku: SkuId, catalogue: &Catalogue) -> Vec<PlaceStock> {
        let of_sku = self.cells.iter().filter(|((one, _), _)| *one == sku);
        let mut rows: Vec<PlaceStock> = of_sku
            .filter_map(|((_, place), cell)| {
                let place = catalogue.places.get(place)?;
                Some(PlaceStock {
                    place: Id(place.id.0),
                    place_code: place.code.clone(),
                    place_name: place.name.clone(),
                    good: Units(cell.good),
                    other: Units(cell.other),
                    in_transit: Units(cell.in_transit),
                })
            })
            .collect();
        rows.sort_by(|a, b| a.place_code.cmp(&b.place_code));
        rows
    }
}

/// To which place each transfer goes, by local keys.
pub(crate) fn destinations(reader: &Reader) -> Result<HashMap<i64, i64>, Error> {
    let mut to = HashMap::new();
    for (id, transfer) in reader.transfers()? {
        let (transfer_key, place) = (reader.key(id.0)?, reader.key(transfer.content.to.0)?);
        if let (Some(transfer_key), Some(place)) = (transfer_key, place) {
            to.insert(transfer_key, place);
        }
    }
    Ok(to)
}
