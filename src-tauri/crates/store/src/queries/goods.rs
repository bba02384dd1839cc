//! Master data: the company, goods, places, partners, shops.

use domain::{
    PartnerId, PlaceId, PlaceKind, ShopId, SkuId,
    company::Company,
    partner::Partner,
    place::Place,
    shop::Shop,
    sku::{Sku, SkuPrice},
};
use rusqlite::OptionalExtension;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::{Error, Reader};

/// Goods as the file knows them.
#[derive(Debug, Clone, PartialEq)]
pub struct SkuRecord {
    /// Identity.
    pub id: SkuId,
    /// The local key, which never leaves the process.
    pub key: i64,
    /// Description.
    pub sku: Sku,
}

/// A place as the file knows it, also built-in ones, suspense and transit.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceRecord {
    /// Identity.
    pub id: PlaceId,
    /// The local key, which never leaves the process.
    pub key: i64,
    /// Code, for transit the transfer's number.
    pub code: String,
    /// Name.
    pub name: String,
    /// What it is.
    pub kind: PlaceKind,
    /// Description, of places that users founded.
    pub place: Option<Place>,
    /// The local key of the place or transfer it belongs to.
    pub of: Option<i64>,
}

impl Reader<'_> {
    /// The local key of an id.
    pub fn key(&self, id: Uuid) -> Result<Option<i64>, Error> {
        self.keys.find(self.conn, id)
    }

    fn described<T: DeserializeOwned>(&self, table: &str) -> Result<Vec<(Uuid, T)>, Error> {
        let sql = format!(
            "SELECT i.uuid, t.content FROM {table} t JOIN identity i ON i.id = t.id ORDER BY t.code"
        );
        let mut rows = self.conn.prepare_cached(&sql)?;
        let rows = rows.query_map([], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?;
        rows.map(|row| {
            let (id, text) = row?;
            Ok((id, serde_json::from_str(&text)?))
        })
        .collect()
    }

    /// The company, once it is described.
    pub fn company(&self) -> Result<Option<Company>, Error> {
        let text: Option<String> = self
            .conn
            .prepare_cached("SELECT content FROM company")?
            .query_row([], |row| row.get(0))
            .optional()?;
        Ok(text.map(|text| serde_json::from_str(&text)).transpose()?)
    }

    /// All goods, by code.
    pub fn skus(&self) -> Result<Vec<SkuRecord>, Error> {
        let mut rows = self.conn.prepare_cached(
            "SELECT i.uuid, s.id, s.content FROM sku s JOIN identity i ON i.id = s.id
             ORDER BY s.code",
        )?;
        let rows = rows.query_map([], |row| {
            Ok((row.get::<_, Uuid>(0)?, row.get(1)?, row.get::<_, String>(2)?))
        })?;
        rows.map(|row| {
            let (id, key, text) = row?;
            Ok(SkuRecord { id: id.into(), key, sku: serde_json::from_str(&text)? })
        })
        .collect()
    }

    /// One of our goods.
    pub fn sku(&self, id: SkuId) -> Result<Option<SkuRecord>, Error> {
        let Some(key) = self.key(id.0)? else { return Ok(None) };
        let text: Option<String> = self
            .conn
            .prepare_cached("SELECT content FROM sku WHERE id = ?1")?
            .query_row([key], |row| row.get(0))
            .optional()?;
        let sku = text.map(|text| serde_json::from_str(&text)).transpose()?;
        Ok(sku.map(|sku| SkuRecord { id, key, sku }))
    }

    /// Prices of goods, with their currency.
    pub fn sku_prices(&self) -> Result<Vec<(SkuId, String, SkuPrice)>, Error> {
        let mut rows = self.conn.prepare_cached(
            "SELECT i.uuid, p.currency, p.content FROM sku_price p
             JOIN identity i ON i.id = p.sku ORDER BY p.sku",
        )?;
        let rows = rows.query_map([], |row| {
            Ok((row.get::<_, Uuid>(0)?, row.get(1)?, row.get::<_, String>(2)?))
        })?;
        rows.map(|row| {
            let (id, currency, text) = row?;
            let price: Option<SkuPrice> = serde_json::from_str(&text)?;
            Ok((id.into(), currency, price.unwrap_or_default()))
        })
        .collect()
    }

    /// All places, real ones first, by code.
    pub fn places(&self) -> Result<Vec<PlaceRecord>, Error> {
        let mut rows = self.conn.prepare_cached(
            "SELECT i.uuid, p.id, p.code, p.name, p.kind, p.content, p.of
             FROM place p JOIN identity i ON i.id = p.id ORDER BY p.kind, p.code",
        )?;
        let rows = rows.query_map([], |row| {
            Ok((
                row.get::<_, Uuid>(0)?,
                row.get(1)?,
                row.get(2)?,
                row.get(3)?,
                row.get::<_, i64>(4)?,
                row.get::<_, Option<String>>(5)?,
                row.get(6)?,
            ))
        })?;
        rows.map(|row| {
            let (id, key, code, name, kind, text, of) = row?;
            let kind = PlaceKind::from_code(kind)
                .ok_or_else(|| Error::Damaged(format!("place {code} has kind {kind}")))?;
            let place = text.map(|text| serde_json::from_str(&text)).transpose()?;
            Ok(PlaceRecord { id: id.into(), key, code, name, kind, place, of })
        })
        .collect()
    }

    /// A place that users founded.
    pub fn place(&self, id: PlaceId) -> Result<Option<Place>, Error> {
        let Some(key) = self.key(id.0)? else { return Ok(None) };
        let text: Option<Option<String>> = self
            .conn
            .prepare_cached("SELECT content FROM place WHERE id = ?1")?
            .query_row([key], |row| row.get(0))
            .optional()?;
        Ok(text.flatten().map(|text| serde_json::from_str(&text)).transpose()?)
    }

    /// What a place is, built-in ones, suspense and transit included.
    pub fn place_kind(&self, id: PlaceId) -> Result<Option<PlaceKind>, Error> {
        let Some(key) = self.key(id.0)? else { return Ok(None) };
        let code: Option<i64> = self
            .conn
            .prepare_cached("SELECT kind FROM place WHERE id = ?1")?
            .query_row([key], |row| row.get(0))
            .optional()?;
        Ok(code.and_then(PlaceKind::from_code))
    }

    /// Whether goods ever moved at a place.
    pub fn place_has_moves(&self, id: PlaceId) -> Result<bool, Error> {
        let Some(key) = self.key(id.0)? else { return Ok(false) };
        Ok(self
            .conn
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM balance WHERE place = ?1)")?
            .query_row([key], |row| row.get(0))?)
    }

    /// All partners, by code.
    pub fn partners(&self) -> Result<Vec<(PartnerId, Partner)>, Error> {
        let rows = self.described("partner")?;
        Ok(rows.into_iter().map(|(id, partner)| (id.into(), partner)).collect())
    }

    /// All shops, by code.
    pub fn shops(&self) -> Result<Vec<(ShopId, Shop)>, Error> {
        let rows = self.described("shop")?;
        Ok(rows.into_iter().map(|(id, shop)| (id.into(), shop)).collect())
    }
}
