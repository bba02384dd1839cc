//! Shops (店铺): what sells on a platform, how it is reached, and how its sync stands.
//!
//! Knows that the token lives in the system's keyring under `shop/<id>` and nowhere else: it goes
//! in and never comes back. Refuses an address that would send the token in the clear.

use std::collections::{BTreeMap, BTreeSet};

use chrono::DateTime;
use domain::{
    Body, Entry, EntryId, Fact, PlaceId, Refusal, ShopId,
    shop::{Shop, ShopPlace},
};
use marketplace::{Address, Token};
use serde::{Deserialize, Serialize};
use store::{Reader, Writer};
use ts_rs::TS;
use uuid::Uuid;

use crate::{
    App, Error,
    commands::Call,
    posting,
    sync::Mapping,
    wire::{Day, Id, Message, Nothing, Posted, Units},
};

/// A platform's warehouse and the place that it is for us.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ShopPlaceFields {
    /// The platform's id of the warehouse.
    pub warehouse: String,
    /// Ours.
    pub place: Id,
}

/// A shop to found or to change.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SaveShop {
    /// Which one; a new one when there is none.
    pub id: Option<Id>,
    /// Unique short code; aliases of goods under it name the shop's listings.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Where the marketplace answers: `https`, or `http` on this very machine.
    pub url: String,
    /// The marketplace's id of the shop.
    pub remote_shop: String,
    /// The token that opens it; the one that is kept stays when none is given.
    pub token: Option<String>,
    /// Its warehouses.
    pub places: Vec<ShopPlaceFields>,
}

/// What a shop sells of which nobody has said which of our goods it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UnmappedListing {
    /// The platform's id.
    pub listing: String,
    /// The seller's own code of it.
    pub seller_sku: Option<String>,
    /// Units sold, of which none has reduced our stock.
    pub units: Units,
}

/// A shop and how its sync stands.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ShopRow {
    /// Identity.
    pub id: Id,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Where the marketplace answers.
    pub url: String,
    /// The marketplace's id of the shop.
    pub remote_shop: String,
    /// Its warehouses.
    pub places: Vec<ShopPlaceFields>,
    /// Whether the keyring holds its token.
    pub has_token: bool,
    /// When a run last came to its end (instant).
    pub last_success: Option<String>,
    /// What stopped the last run.
    pub last_error: Option<Message>,
    /// Orders that were seen.
    #[ts(type = "number")]
    pub orders_seen: i64,
    /// Listings that are none of our goods yet, those that sell most first.
    pub unmapped: Vec<UnmappedListing>,
    /// Warehouses that are none of our places yet.
    pub unmapped_warehouses: Vec<String>,
    /// The last day of which sales are posted.
    pub posted_until: Option<Day>,
}

/// The name under which the keyring keeps a shop's token.
pub(crate) fn token_name(shop: ShopId) -> String {
    format!("shop/{}", shop.0)
}

/// What the keyring says when it does not do what it is asked.
pub(crate) fn keyring_error(detail: String) -> Error {
    Error::refused("keyring.failed", [("detail", detail.into())])
}

pub(crate) fn list(call: &Call, _: Nothing) -> Result<Vec<ShopRow>, Error> {
    call.read(|reader| {
        let shops = reader.shops()?;
        shops.into_iter().map(|(id, shop)| row(call.app, &reader, id, shop)).collect()
    })
}

/// The listings that are none of our goods, by units sold, and the warehouses that are none of our
/// places.
pub(crate) fn unmapped(
    reader: &Reader,
    id: ShopId,
    shop: &Shop,
) -> Result<(Vec<UnmappedListing>, BTreeSet<String>), Error> {
    let mapping = Mapping::load(reader, id, shop)?;
    let mut listings: BTreeMap<&str, UnmappedListing> = BTreeMap::new();
    let mut warehouses = BTreeSet::new();
    for goods in mapping.goods() {
        if mapping.sku(&goods.listing, goods.seller_sku.as_deref()).is_none() {
            let known = listings.entry(&goods.listing).or_insert_with(|| UnmappedListing {
                listing: goods.listing.clone(),
                seller_sku: goods.seller_sku.clone(),
                units: Units(0),
            });
            known.units.0 += goods.units;
        }
        if mapping.place(&goods.warehouse).is_none() && !goods.warehouse.is_empty() {
            warehouses.insert(goods.warehouse.clone());
        }
    }
    let mut listings: Vec<UnmappedListing> = listings.into_values().collect();
    listings.sort_by_key(|one| std::cmp::Reverse(one.units));
    Ok((listings, warehouses))
}

fn row(app: &App, reader: &Reader, id: ShopId, shop: Shop) -> Result<ShopRow, Error> {
    let stream = reader.stream(id)?.unwrap_or_default();
    let (unmapped, unmapped_warehouses) = unmapped(reader, id, &shop)?;
    let places = shop.places.iter();
    Ok(ShopRow {
        id: Id(id.0),
        places: places
            .map(|one| ShopPlaceFields { warehouse: one.warehouse.clone(), place: Id(one.place.0) })
            .collect(),
        code: shop.code,
        name: shop.name,
        url: shop.url,
        remote_shop: shop.remote_shop,
        // A keyring that does not answer has no token for us; the sync then says why.
        has_token: app.secrets.get(&token_name(id)).is_ok_and(|token| token.is_some()),
        last_success: stream
            .last_ok
            .and_then(DateTime::from_timestamp_millis)
            .map(|at| at.to_rfc3339()),
        last_error: stream.last_error.and_then(|text| serde_json::from_str(&text).ok()),
        orders_seen: reader.remote_orders(id)?,
        unmapped,
        unmapped_warehouses: unmapped_warehouses.into_iter().collect(),
        posted_until: reader.posted_until(id)?.map(Day),
    })
}

pub(crate) fn save(call: &Call, input: SaveShop) -> Result<Posted, Error> {
    let id = ShopId(input.id.map_or_else(Uuid::now_v7, |id| id.0));
    let (shop, token) = checked(input)?;
    let before = match &token {
        Some(token) => Some(replace_token(call.app, id, token)?),
        None => None,
    };
    let code = shop.code.clone();
    let posted = call.write(Some(("shop", id.0, &code)), |writer| {
        refuse_shop(writer, id, &shop)?;
        // A new token alone is no change of the shop.
        if writer.shops()?.into_iter().any(|(known, one)| known == id && one == shop) {
            return Ok(Vec::new());
        }
        let body = Body::of(Fact::ShopSet { id, shop });
        let (entry_id, effective_on) = (EntryId(Uuid::now_v7()), call.session.today);
        let entry =
            Entry { id: entry_id, effective_on, reverses: None, batch: None, body, money: None };
        let entry = posting::post(writer, entry)?;
        Ok(vec![entry])
    });
    if let (Err(_), Some(before)) = (&posted, before) {
        put_back_token(call.app, id, before)?;
    }
    call.app.mark("shop");
    posted
}

/// The shop that the fields describe, and its token if one is given.
fn checked(input: SaveShop) -> Result<(Shop, Option<String>), Error> {
    let trimmed = |text: &str| text.trim().to_owned();
    let url = trimmed(&input.url);
    Address::parse(&url).map_err(|fault| {
        let (url, detail) = (url.clone().into(), fault.to_string().into());
        Error::refused("shop.url_invalid", [("url", url), ("detail", detail)])
    })?;
    let token = input.token.map(|token| trimmed(&token)).filter(|token| !token.is_empty());
    if let Some(token) = &token {
        Token::parse(token).map_err(|_| Error::refused("shop.token_invalid", []))?;
    }
    let shop = Shop {
        code: trimmed(&input.code),
        name: trimmed(&input.name),
        url,
        remote_shop: trimmed(&input.remote_shop),
        places: input
            .places
            .iter()
            .map(|one| ShopPlace {
                warehouse: trimmed(&one.warehouse),
                place: PlaceId(one.place.0),
            })
            .collect(),
    };
    shop.check()?;
    if shop.name.is_empty() {
        return Err(Refusal::NameMissing { code: shop.code }.into());
    }
    let mut seen = BTreeSet::new();
    for one in &shop.places {
        let warehouse = one.warehouse.clone();
        if warehouse.is_empty() || !seen.insert(&one.warehouse) {
            let code = shop.code.clone().into();
            let args = [("warehouse", warehouse.into()), ("shop", code)];
            return Err(Error::refused("shop.warehouse_invalid", args));
        }
    }
    Ok((shop, token))
}

/// A code names one shop, one shop of a marketplace is one shop of ours, and its warehouses are
/// places that are known.
fn refuse_shop(writer: &Writer, id: ShopId, shop: &Shop) -> Result<(), Error> {
    for (_, one) in writer.shops()?.into_iter().filter(|(other, _)| *other != id) {
        if one.code == shop.code {
            return Err(Refusal::CodeTaken { what: "shop".into(), code: one.code }.into());
        }
        // Two of ours would post the same sales twice.
        if one.url == shop.url && one.remote_shop == shop.remote_shop {
            let args = [("remote", one.remote_shop.into()), ("shop", one.code.into())];
            return Err(Error::refused("shop.remote_taken", args));
        }
    }
    for mapped in &shop.places {
        writer.place(mapped.place)?.ok_or_else(|| Error::missing("location", mapped.place.0))?;
    }
    Ok(())
}

/// Keeps a token; what was there before.
fn replace_token(app: &App, shop: ShopId, token: &str) -> Result<Option<String>, Error> {
    let name = token_name(shop);
    let before = app.secrets.get(&name).map_err(keyring_error)?;
    app.secrets.set(&name, token).map_err(keyring_error)?;
    Ok(before)
}

fn put_back_token(app: &App, shop: ShopId, before: Option<String>) -> Result<(), Error> {
    let name = token_name(shop);
    match before {
        Some(token) => app.secrets.set(&name, &token),
        None => app.secrets.delete(&name),
    }
    .map_err(keyring_error)
}
