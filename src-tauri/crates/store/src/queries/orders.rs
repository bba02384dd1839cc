//! Production orders and transfers as their entries made them.

use std::collections::HashMap;

use domain::{
    DocKind, OrderId, PlaceId, TransferId, entry::read_money, order::ProductionOrder,
    transfer::Transfer,
};
use rusqlite::OptionalExtension;
use rust_decimal::Decimal;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::{Error, Reader};

impl Reader<'_> {
    fn folded<T: DeserializeOwned>(&self, table: &str) -> Result<Vec<(Uuid, T)>, Error> {
        let sql = format!(
            "SELECT i.uuid, t.content FROM {table} t JOIN identity i ON i.id = t.id
             ORDER BY t.id DESC"
        );
        let mut rows = self.conn.prepare_cached(&sql)?;
        let rows = rows.query_map([], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?;
        rows.map(|row| {
            let (id, text) = row?;
            Ok((id, serde_json::from_str(&text)?))
        })
        .collect()
    }

    fn one<T: DeserializeOwned>(&self, table: &str, id: Uuid) -> Result<Option<T>, Error> {
        let sql = format!(
            "SELECT t.content FROM {table} t JOIN identity i ON i.id = t.id WHERE i.uuid = ?1"
        );
        let mut rows = self.conn.prepare_cached(&sql)?;
        let mut rows = rows.query([id])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        Ok(Some(serde_json::from_str(&row.get::<_, String>(0)?)?))
    }

    /// All production orders, the youngest first.
    pub fn orders(&self) -> Result<Vec<(OrderId, ProductionOrder)>, Error> {
        let rows = self.folded("production_order")?;
        Ok(rows.into_iter().map(|(id, order)| (OrderId(id), order)).collect())
    }

    /// One production order.
    pub fn order(&self, id: OrderId) -> Result<Option<ProductionOrder>, Error> {
        let text: Option<String> = self
            .conn
            .prepare_cached(
                "SELECT o.content FROM production_order o JOIN identity i ON i.id = o.id
                 WHERE i.uuid = ?1",
            )?
            .query_row([id.0], |row| row.get(0))
            .optional()?;
        text.map(|text| self.keys.last_order.read(text)).transpose()
    }

    /// The orders whose materials lie at a factory's place and that are not closed, the youngest
    /// first: those that can have some left there, however many there were. One that was cancelled
    /// before anything was sent or delivered for it has none.
    pub fn orders_at(&self, place: PlaceId) -> Result<Vec<(OrderId, ProductionOrder)>, Error> {
        self.picked(
            "SELECT i.uuid, o.content FROM production_order o JOIN identity i ON i.id = o.id
             WHERE o.materials_at = ?1 AND o.state <> 'closed'
                 AND (o.state <> 'cancelled' OR json_array_length(o.content, '$.supplies') > 0
                     OR EXISTS (SELECT 1 FROM production_order d WHERE d.for_order = o.id))
             ORDER BY o.id DESC",
            place.0,
        )
    }

    /// The orders by which suppliers deliver straight to the factory for an order, the youngest
    /// first.
    pub fn orders_for(&self, order: OrderId) -> Result<Vec<(OrderId, ProductionOrder)>, Error> {
        self.picked(
            "SELECT i.uuid, o.content FROM production_order o JOIN identity i ON i.id = o.id
             WHERE o.for_order = ?1 ORDER BY o.id DESC",
            order.0,
        )
    }

    fn picked(&self, sql: &str, by: Uuid) -> Result<Vec<(OrderId, ProductionOrder)>, Error> {
        let Some(key) = self.key(by)? else { return Ok(Vec::new()) };
        let mut rows = self.conn.prepare_cached(sql)?;
        let rows = rows.query_map([key], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?;
        rows.map(|row| {
            let (id, text) = row?;
            Ok((OrderId(id), serde_json::from_str(&text)?))
        })
        .collect()
    }

    /// The unit prices of an order's lines, with their currency; none on a desk without money.
    pub fn order_prices(&self, id: OrderId) -> Result<Vec<(Decimal, String)>, Error> {
        let mut rows = self.conn.prepare_cached(
            "SELECT p.price, p.currency FROM order_price p
             JOIN identity i ON i.id = p.production_order WHERE i.uuid = ?1 ORDER BY p.line",
        )?;
        let rows = rows.query_map([id.0], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))?;
        rows.map(|row| {
            let (price, currency) = row?;
            let price = price.parse().map_err(|_| Error::Damaged(format!("price {price}")))?;
            Ok((price, currency))
        })
        .collect()
    }

    /// What was paid, let go and agreed as a claim on each order, less what was paid back, minor
    /// units: an order on which it is no more than what came costs is owed nothing back.
    pub fn met_on_orders(&self) -> Result<HashMap<OrderId, i64>, Error> {
        let mut rows = self.conn.prepare_cached(
            "SELECT i.uuid, j.kind, j.money FROM doc_entry d
             JOIN journal j ON j.position = d.entry JOIN identity i ON i.id = d.doc
             WHERE d.kind = ?1 AND j.reverses IS NULL AND j.money IS NOT NULL
                 AND j.kind IN ('order_paid', 'due_waived', 'claim_decided', 'order_refunded')
                 AND d.entry NOT IN (SELECT entry FROM reversal)",
        )?;
        let mut rows = rows.query([DocKind::Order.code()])?;
        let mut met: HashMap<OrderId, i64> = HashMap::new();
        while let Some(row) = rows.next()? {
            let (id, kind, money): (Uuid, String, Vec<u8>) =
                (row.get(0)?, row.get(1)?, row.get(2)?);
            let money = read_money(&kind, &money)?;
            let minor = money.amounts.first().copied().unwrap_or(0);
            let sum = met.entry(OrderId(id)).or_insert(0);
            let one = if kind == "order_refunded" { -minor } else { minor.max(0) };
            *sum = sum.saturating_add(one);
        }
        Ok(met)
    }

    /// All transfers, the youngest first.
    pub fn transfers(&self) -> Result<Vec<(TransferId, Transfer)>, Error> {
        let rows = self.folded("transfer")?;
        Ok(rows.into_iter().map(|(id, transfer)| (TransferId(id), transfer)).collect())
    }

    /// The transfer whose goods lie in a transit.
    pub fn transfer_in(&self, transit: PlaceId) -> Result<Option<Transfer>, Error> {
        let mut rows = self.conn.prepare_cached(
            "SELECT t.content FROM identity i JOIN place p ON p.id = i.id
             JOIN transfer t ON t.id = p.of WHERE i.uuid = ?1",
        )?;
        let mut rows = rows.query([transit.0])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        Ok(Some(serde_json::from_str(&row.get::<_, String>(0)?)?))
    }

    /// One transfer.
    pub fn transfer(&self, id: TransferId) -> Result<Option<Transfer>, Error> {
        self.one("transfer", id.0)
    }
}
