//! The names behind ids, loaded once for an answer.

use std::collections::HashMap;

use domain::{PartnerId, PlaceId, SkuId};
use store::{LotRecord, PlaceRecord, Reader, SkuRecord};

use crate::Error;

/// Goods, places and partners by id.
pub(crate) struct Names {
    pub(crate) skus: HashMap<SkuId, SkuRecord>,
    pub(crate) places: HashMap<PlaceId, PlaceRecord>,
    pub(crate) partners: HashMap<PartnerId, String>,
}

impl Names {
    pub(crate) fn load(reader: &Reader) -> Result<Self, Error> {
        Ok(Self {
            skus: reader.skus()?.into_iter().map(|sku| (sku.id, sku)).collect(),
            places: reader.places()?.into_iter().map(|place| (place.id, place)).collect(),
            partners: reader.partners()?.into_iter().map(|(id, one)| (id, one.name)).collect(),
        })
    }

    pub(crate) fn sku_code(&self, id: SkuId) -> String {
        self.skus.get(&id).map(|sku| sku.sku.code.clone()).unwrap_or_default()
    }

    pub(crate) fn sku_name(&self, id: SkuId) -> String {
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

    pub(crate) fn partner(&self, id: PartnerId) -> String {
        self.partners.get(&id).cloned().unwrap_or_default()
    }
}

/// What goods are called: the Chinese name, else the English one.
pub(crate) fn goods_name(sku: &SkuRecord) -> String {
    let sku = &sku.sku;
    if sku.name_zh.is_empty() { sku.name_en.clone() } else { sku.name_zh.clone() }
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

    /// Whether goods really lie at a place.
    pub(crate) fn is_real(&self, place: i64) -> bool {
        self.places.get(&place).is_some_and(|place| place.kind.is_real())
    }
}
