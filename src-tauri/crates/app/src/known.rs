//! The names behind ids, loaded once for an answer.

use std::{
    cell::RefCell,
    collections::{BTreeSet, HashMap},
};

use domain::{PartnerId, PlaceId, PlaceKind, SkuId};
use store::{LotRecord, PlaceRecord, Reader, SkuRecord};

use crate::{
    Error,
    wire::{Bilingual, PlaceRef, Way},
};

/// Goods, places and partners by id.
pub(crate) struct Names {
    pub(crate) skus: HashMap<SkuId, SkuRecord>,
    pub(crate) places: HashMap<PlaceId, PlaceRecord>,
    pub(crate) partners: HashMap<PartnerId, String>,
    /// Sides of moves, once looked up: a transit is one of few among many moves.
    sides: RefCell<HashMap<PlaceId, PlaceRef>>,
}

impl Names {
    pub(crate) fn load(reader: &Reader) -> Result<Self, Error> {
        Ok(Self {
            skus: reader.skus()?.into_iter().map(|sku| (sku.id, sku)).collect(),
            places: reader.places()?.into_iter().map(|place| (place.id, place)).collect(),
            partners: reader.partners()?.into_iter().map(|(id, one)| (id, one.name)).collect(),
            sides: RefCell::default(),
        })
    }

    pub(crate) fn sku_code(&self, id: SkuId) -> String {
        self.skus.get(&id).map(|sku| sku.sku.code.clone()).unwrap_or_default()
    }

    pub(crate) fn sku_name(&self, id: SkuId) -> Bilingual {
        self.skus.get(&id).map(goods_name).unwrap_or_default()
    }

    /// Units in a full carton of some goods.
    pub(crate) fn units_per_carton(&self, id: SkuId) -> Option<i64> {
        Some(self.skus.get(&id)?.sku.carton?.units)
    }

    /// A place's code; for transit the transfer's number.
    pub(crate) fn place(&self, id: PlaceId) -> String {
        self.places.get(&id).map(|place| place.code.clone()).unwrap_or_default()
    }

    pub(crate) fn place_name(&self, id: PlaceId) -> String {
        self.places.get(&id).map(|place| place.name.clone()).unwrap_or_default()
    }

    /// A side of a move.
    pub(crate) fn side(&self, reader: &Reader, id: PlaceId) -> Result<PlaceRef, Error> {
        if let Some(known) = self.sides.borrow().get(&id) {
            return Ok(known.clone());
        }
        let place = self.places.get(&id);
        let side = PlaceRef {
            code: self.place(id),
            kind: kind_word(place.map_or(PlaceKind::Virtual, |place| place.kind)),
            way: place.map(|place| way(reader, place, |id| self.place(id))).transpose()?.flatten(),
        };
        self.sides.borrow_mut().insert(id, side.clone());
        Ok(side)
    }

    pub(crate) fn partner(&self, id: PartnerId) -> String {
        self.partners.get(&id).cloned().unwrap_or_default()
    }
}

/// What goods are called.
pub(crate) fn goods_name(sku: &SkuRecord) -> Bilingual {
    Bilingual { zh: sku.sku.name_zh.clone(), en: sku.sku.name_en.clone() }
}

/// The stable word of a kind of place.
pub(crate) fn kind_word(kind: PlaceKind) -> String {
    let word = match kind {
        PlaceKind::Own => "own",
        PlaceKind::Platform => "platform",
        PlaceKind::Factory => "factory",
        PlaceKind::Consignee => "consignee",
        PlaceKind::Transit => "transit",
        PlaceKind::Virtual => "virtual",
        PlaceKind::Suspense => "suspense",
    };
    word.to_owned()
}

/// From where to where the goods of a transit go; nothing for other places.
pub(crate) fn way(
    reader: &Reader,
    place: &PlaceRecord,
    code: impl Fn(PlaceId) -> String,
) -> Result<Option<Way>, Error> {
    if place.kind != PlaceKind::Transit {
        return Ok(None);
    }
    let transfer = reader.transfer_in(place.id)?;
    Ok(transfer.map(|it| Way { from: code(it.content.from), to: code(it.content.to) }))
}

/// Everything that a stock grid joins, by local key.
pub(crate) struct Catalogue {
    pub(crate) lots: HashMap<i64, LotRecord>,
    pub(crate) skus: HashMap<i64, SkuRecord>,
    pub(crate) places: HashMap<i64, PlaceRecord>,
    pub(crate) reserved: HashMap<(i64, i64), i64>,
}

impl Catalogue {
    pub(crate) fn load(reader: &Reader) -> Result<Self, Error> {
        Ok(Self {
            lots: reader.lots()?.into_iter().map(|lot| (lot.key, lot)).collect(),
            skus: reader.skus()?.into_iter().map(|sku| (sku.key, sku)).collect(),
            places: reader.places()?.into_iter().map(|place| (place.key, place)).collect(),
            reserved: reader.reservations()?,
        })
    }

    /// The ways of the transits among some places.
    pub(crate) fn ways(
        &self,
        reader: &Reader,
        places: impl Iterator<Item = i64>,
    ) -> Result<HashMap<i64, Way>, Error> {
        let code = |id: PlaceId| {
            let found = self.places.values().find(|place| place.id == id);
            found.map(|place| place.code.clone()).unwrap_or_default()
        };
        let mut ways = HashMap::new();
        for place in places.collect::<BTreeSet<i64>>() {
            let Some(record) = self.places.get(&place) else { continue };
            if let Some(way) = way(reader, record, code)? {
                ways.insert(place, way);
            }
        }
        Ok(ways)
    }

    /// Whether goods really lie at a place.
    pub(crate) fn is_real(&self, place: i64) -> bool {
        self.places.get(&place).is_some_and(|place| place.kind.is_real())
    }
}
