//! What a plan is made from: the places that sell, the stock that can be sent, what is on its way.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::{LotId, PlaceId, PlaceKind, SkuId, place::Place, shelf_life::Dates};
use store::{PlaceRecord, Reader, SkuRecord, SourceStock};

use super::forecasts::Forecasts;
use crate::Error;

/// A place as a plan knows it; its key is its number in the list of places.
pub(crate) struct KnownPlace {
    pub(crate) id: PlaceId,
    pub(crate) place: Place,
    /// Whether goods may be sent from here.
    pub(crate) is_source: bool,
    /// Whether goods are sold here and may be sent here.
    pub(crate) is_target: bool,
}

/// Goods of one lot at one place.
#[derive(Debug, Clone)]
pub(crate) struct LotAt {
    pub(crate) lot: LotId,
    pub(crate) lot_no: String,
    pub(crate) dates: Dates,
    pub(crate) place: PlaceId,
    pub(crate) good: i64,
    pub(crate) reserved: i64,
}

/// Everything that a plan looks at.
pub(crate) struct Known {
    pub(crate) places: Vec<KnownPlace>,
    pub(crate) skus: Vec<SkuRecord>,
    pub(crate) forecasts: Forecasts,
    stock: HashMap<SkuId, Vec<LotAt>>,
    /// Units on their way to a place, or set aside for it.
    inbound: HashMap<(SkuId, PlaceId), i64>,
}

impl Known {
    /// `source` limits the plan to goods of one place; otherwise every own place may send.
    pub(crate) fn load(
        reader: &Reader,
        today: NaiveDate,
        source: Option<PlaceId>,
    ) -> Result<Self, Error> {
        let places: Vec<KnownPlace> =
            reader.places()?.into_iter().filter_map(|one| known_place(one, source)).collect();
        if let Some(wanted) = source
            && !places.iter().any(|place| place.id == wanted)
        {
            return Err(Error::missing("location", wanted.0));
        }
        let mut stock: HashMap<SkuId, Vec<LotAt>> = HashMap::new();
        for one in reader.good_stock()? {
            let SourceStock { sku, lot, lot_no, dates, place, good, reserved } = one;
            let at = LotAt { lot, lot_no, dates, place, good, reserved };
            stock.entry(sku).or_default().push(at);
        }
        // Keys of lots follow their numbers, so that ties are decided alike tomorrow.
        for lots in stock.values_mut() {
            lots.sort_by(|a, b| (&a.lot_no, a.lot).cmp(&(&b.lot_no, b.lot)));
        }
        Ok(Self {
            places,
            skus: reader.skus()?,
            forecasts: Forecasts::load(reader, today)?,
            stock,
            inbound: inbound(reader)?,
        })
    }

    /// The good lots of some goods, wherever they lie, in the order of their numbers.
    pub(crate) fn lots(&self, sku: SkuId) -> &[LotAt] {
        self.stock.get(&sku).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn inbound(&self, sku: SkuId, place: PlaceId) -> i64 {
        self.inbound.get(&(sku, place)).copied().unwrap_or(0)
    }

    /// What a place is called.
    pub(crate) fn place_names(&self) -> Vec<String> {
        self.places.iter().map(|one| place_name(&one.place)).collect()
    }
}

/// What a place is called: its name, else its code.
pub(crate) fn place_name(place: &Place) -> String {
    if place.name.is_empty() { place.code.clone() } else { place.name.clone() }
}

fn known_place(record: PlaceRecord, source: Option<PlaceId>) -> Option<KnownPlace> {
    let place = record.place?;
    let elsewhere = matches!(place.kind, PlaceKind::Platform | PlaceKind::Consignee);
    let is_source = match source {
        Some(wanted) => record.id == wanted,
        None => place.kind == PlaceKind::Own,
    };
    let is_target = place.sells && elsewhere && !is_source;
    Some(KnownPlace { id: record.id, is_source, is_target, place })
}

fn inbound(reader: &Reader) -> Result<HashMap<(SkuId, PlaceId), i64>, Error> {
    let mut inbound = HashMap::new();
    for (_, transfer) in reader.transfers()? {
        let to = transfer.content.to;
        for line in transfer.lines().iter().filter(|_| transfer.reserves()) {
            *inbound.entry((line.sku, to)).or_default() += line.qty;
        }
        let skus: HashMap<LotId, SkuId> =
            transfer.content.lines.iter().map(|line| (line.lot, line.sku)).collect();
        for (lot, fate) in &transfer.fates {
            if let Some(sku) = skus.get(lot) {
                *inbound.entry((*sku, to)).or_default() += fate.open().max(0);
            }
        }
    }
    Ok(inbound)
}
