//! What uses a record of master data, and so stands in the way of undoing the entry that founded it.

use std::collections::BTreeSet;

use domain::{DocKind, DocRef, PartnerId, PlaceId, ShopId, SkuId};
use rusqlite::params;
use uuid::Uuid;

use crate::{Error, JournalRow, Reader, keys::day_of};

impl Reader<'_> {
    /// The live entries that use a record of master data: lots and orders of goods, moves and
    /// documents at a place, sales of a shop, orders to a partner. At most `limit`, the oldest
    /// first; of the moves at a place the oldest by day.
    pub fn users_of(&self, document: DocRef, limit: i64) -> Result<Vec<JournalRow>, Error> {
        let mut positions = BTreeSet::new();
        for user in self.documents_using(document)? {
            positions.extend(self.live_positions(user)?);
        }
        positions.extend(self.movers_at(document, limit)?);
        let limit = usize::try_from(limit).unwrap_or(0);
        self.rows_at(positions.into_iter().take(limit).collect())
    }

    /// Whether any sales of goods, or at a place, are posted that moved nothing.
    pub fn has_demand(&self, document: DocRef) -> Result<bool, Error> {
        let Some(key) = self.key(document.id)? else { return Ok(false) };
        let sql = match document.kind {
            DocKind::Sku => "SELECT EXISTS (SELECT 1 FROM demand WHERE sku = ?1)",
            DocKind::Place => "SELECT EXISTS (SELECT 1 FROM demand WHERE place = ?1)",
            _ => return Ok(false),
        };
        Ok(self.conn.prepare_cached(sql)?.query_row([key], |row| row.get(0))?)
    }

    /// The documents that name the record.
    fn documents_using(&self, document: DocRef) -> Result<Vec<DocRef>, Error> {
        let id = document.id;
        match document.kind {
            DocKind::Sku => {
                let mut users = self
                    .orders_where(|order| order.lines.iter().any(|line| line.sku == SkuId(id)))?;
                users.extend(self.lots_of(id)?);
                Ok(users)
            }
            DocKind::Partner => {
                let mut users = self.orders_where(|order| order.factory == PartnerId(id))?;
                let places = self.places()?.into_iter().filter(|place| {
                    place.place.as_ref().is_some_and(|one| one.partner == Some(PartnerId(id)))
                });
                users.extend(places.map(|one| DocRef { kind: DocKind::Place, id: one.id.0 }));
                Ok(users)
            }
            DocKind::Place => {
                let place = PlaceId(id);
                let mut users = self.orders_where(|order| order.deliver_to == place)?;
                let transfers = self.transfers()?.into_iter().filter(|(_, transfer)| {
                    [transfer.content.from, transfer.content.to].contains(&place)
                });
                users.extend(transfers.map(|(id, _)| DocRef { kind: DocKind::Transfer, id: id.0 }));
                let shops = self
                    .shops()?
                    .into_iter()
                    .filter(|(_, shop)| shop.places.iter().any(|mapped| mapped.place == place));
                users.extend(shops.map(|(id, _)| DocRef { kind: DocKind::Shop, id: id.0 }));
                Ok(users)
            }
            DocKind::Shop => self.sales_days_of(ShopId(id)),
            _ => Ok(Vec::new()),
        }
    }

    fn orders_where(
        &self,
        uses: impl Fn(&domain::order::OrderContent) -> bool,
    ) -> Result<Vec<DocRef>, Error> {
        let orders = self.orders()?.into_iter().filter(|(_, order)| uses(&order.content));
        Ok(orders.map(|(id, _)| DocRef { kind: DocKind::Order, id: id.0 }).collect())
    }

    fn lots_of(&self, sku: Uuid) -> Result<Vec<DocRef>, Error> {
        let Some(sku) = self.key(sku)? else { return Ok(Vec::new()) };
        let mut rows = self.conn.prepare_cached(
            "SELECT i.uuid FROM lot l JOIN identity i ON i.id = l.id WHERE l.sku = ?1 AND l.live",
        )?;
        let rows =
            rows.query_map([sku], |row| Ok(DocRef { kind: DocKind::Lot, id: row.get(0)? }))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn sales_days_of(&self, shop: ShopId) -> Result<Vec<DocRef>, Error> {
        let Some(key) = self.key(shop.0)? else { return Ok(Vec::new()) };
        let mut rows = self
            .conn
            .prepare_cached("SELECT DISTINCT day FROM sale_level WHERE shop = ?1 ORDER BY day")?;
        let rows = rows.query_map([key], |row| Ok(DocRef::sales_day(shop, day_of(row.get(0)?))))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn live_positions(&self, document: DocRef) -> Result<Vec<i64>, Error> {
        let Some(key) = self.key(document.id)? else { return Ok(Vec::new()) };
        let mut rows = self.conn.prepare_cached(
            "SELECT entry FROM doc_entry WHERE kind = ?1 AND doc = ?2
                 AND entry NOT IN (SELECT entry FROM reversal)",
        )?;
        let rows = rows.query_map(params![document.kind.code(), key], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The first live entries that moved goods at a place. Read in the order of days, so that it
    /// ends at the limit however many follow.
    fn movers_at(&self, document: DocRef, limit: i64) -> Result<Vec<i64>, Error> {
        if document.kind != DocKind::Place {
            return Ok(Vec::new());
        }
        let Some(key) = self.key(document.id)? else { return Ok(Vec::new()) };
        let mut rows = self.conn.prepare_cached(
            "SELECT DISTINCT m.day, m.entry FROM move m JOIN journal j ON j.position = m.entry
             WHERE (m.from_place = ?1 OR m.to_place = ?1) AND j.reverses IS NULL
                 AND m.entry NOT IN (SELECT entry FROM reversal)
             ORDER BY m.day, m.entry LIMIT ?2",
        )?;
        let rows = rows.query_map(params![key, limit], |row| row.get(1))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
