//! What a shop's names mean for us: its warehouses are places, its listings are goods.
//!
//! Knows which name wins: an alias of the shop for the listing, then one for the seller's code,
//! then goods whose own code is the seller's code. Refuses to guess beyond that.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fmt::Write as _,
};

use chrono::NaiveDate;
use domain::{
    PlaceId, ShopId, SkuId,
    place::Place,
    shop::{Shop, till_of},
};
use sha2::{Digest, Sha256};
use store::{Reader, RemoteGoods};

use crate::Error;

/// The names of one shop, as they stand now.
pub(crate) struct Mapping {
    pub(crate) shop: ShopId,
    warehouses: BTreeMap<String, PlaceId>,
    described: BTreeMap<PlaceId, Place>,
    aliases: HashMap<String, SkuId>,
    codes: HashMap<String, SkuId>,
    /// The days of which a file posted what a place sold.
    by_file: BTreeMap<PlaceId, BTreeSet<NaiveDate>>,
    goods: Vec<RemoteGoods>,
}

impl Mapping {
    /// The names, with all that the shop's copy of orders sells under them.
    pub(crate) fn load(reader: &Reader, shop: ShopId, described: &Shop) -> Result<Self, Error> {
        let names = Self::names(reader, shop, described)?;
        Ok(Self { goods: reader.remote_goods(shop)?, ..names })
    }

    /// The names alone, without looking through the copy of orders: enough for posting what is
    /// reported, not for saying what was not.
    pub(crate) fn names(reader: &Reader, shop: ShopId, described: &Shop) -> Result<Self, Error> {
        let (mut aliases, mut codes) = (HashMap::new(), HashMap::new());
        for record in reader.skus()? {
            let of_shop = record.sku.aliases.iter().filter(|one| one.whose == described.code);
            aliases.extend(of_shop.map(|one| (one.code.clone(), record.id)));
            codes.insert(record.sku.code, record.id);
        }
        let mut by_file = BTreeMap::new();
        for mapped in &described.places {
            by_file.insert(mapped.place, reader.posted_days(till_of(mapped.place))?);
        }
        let places = reader.places()?.into_iter();
        Ok(Self {
            shop,
            warehouses: described
                .places
                .iter()
                .map(|one| (one.warehouse.clone(), one.place))
                .collect(),
            described: places.filter_map(|one| Some((one.id, one.place?))).collect(),
            aliases,
            codes,
            by_file,
            goods: Vec::new(),
        })
    }

    /// The place that a warehouse is for us.
    pub(crate) fn place(&self, warehouse: &str) -> Option<PlaceId> {
        self.warehouses.get(warehouse).copied()
    }

    /// The goods that a listing is for us.
    pub(crate) fn sku(&self, listing: &str, seller_sku: Option<&str>) -> Option<SkuId> {
        let alias = |code: &str| self.aliases.get(code).copied();
        alias(listing)
            .or_else(|| alias(seller_sku?))
            .or_else(|| self.codes.get(seller_sku?).copied())
    }

    /// A place as it is described.
    pub(crate) fn described(&self, place: PlaceId) -> Option<&Place> {
        self.described.get(&place)
    }

    /// Whether a file has said what a place sold on a day.
    pub(crate) fn is_by_file(&self, place: PlaceId, day: NaiveDate) -> bool {
        self.by_file.get(&place).is_some_and(|days| days.contains(&day))
    }

    /// What the shop sells out of which warehouse.
    pub(crate) fn goods(&self) -> &[RemoteGoods] {
        &self.goods
    }

    /// The first day on which the shop's copy of orders counts anything.
    pub(crate) fn first_day(&self) -> Option<NaiveDate> {
        self.goods.iter().map(|goods| goods.first_on).min()
    }

    /// A hash of all that decides what a closed day posts besides its orders: while it stays, days
    /// that were posted need no second look.
    pub(crate) fn hash(&self) -> String {
        let mut hash = Sha256::new();
        for (warehouse, place) in &self.warehouses {
            let live_from = self.described.get(place).and_then(|place| place.live_from);
            hash.update(format!("{warehouse:?} {} {live_from:?}\n", place.0));
        }
        for goods in &self.goods {
            let sku = self.sku(&goods.listing, goods.seller_sku.as_deref()).map(|sku| sku.0);
            hash.update(format!("{:?} {:?} {sku:?}\n", goods.warehouse, goods.listing));
        }
        for (place, days) in &self.by_file {
            hash.update(format!("{} {days:?}\n", place.0));
        }
        let mut text = String::with_capacity(64);
        for byte in hash.finalize() {
            write!(text, "{byte:02x}").expect("a String takes every write");
        }
        text
    }
}
