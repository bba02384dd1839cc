//! Suspense: what places reported beyond their book, and what it was charged to.

use domain::{
    LotId, MoveKind, PlaceId,
    place::suspense_of,
    suspense::{Charged, OpenSale, OverSettled},
};
use rusqlite::params;
use uuid::Uuid;

use crate::{Error, Reader, keys::day_of};

impl Reader<'_> {
    /// Sales out of a place's suspense that wait for goods.
    pub fn open_suspense(&self, place: PlaceId) -> Result<Vec<OpenSale>, Error> {
        let Some(key) = self.key(suspense_of(place).0)? else { return Ok(Vec::new()) };
        let mut rows = self.conn.prepare_cached(
            "SELECT s.uuid, i.uuid, -b.qty,
                 (SELECT max(m.day) FROM move m WHERE m.lot = b.lot AND m.from_place = b.place)
             FROM balance b JOIN lot l ON l.id = b.lot JOIN identity i ON i.id = b.lot
             JOIN identity s ON s.id = l.sku WHERE b.place = ?1 AND b.qty < 0 ORDER BY b.id",
        )?;
        let rows = rows.query_map([key], |row| {
            Ok(OpenSale {
                sku: row.get::<_, Uuid>(0)?.into(),
                lot: LotId(row.get(1)?),
                qty: row.get(2)?,
                last_sold_on: day_of(row.get(3)?),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Units in suspense over all places, as a positive number.
    pub fn suspense_units(&self) -> Result<i64, Error> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT coalesce(-sum(b.qty), 0) FROM balance b
                 JOIN place p ON p.id = b.place WHERE p.kind = 6",
            )?
            .query_row([], |row| row.get(0))?)
    }

    /// Suspense of a place that was charged for more than is sold out of it by now, and the lots
    /// it was charged to, the last first. Both are empty when all is well.
    pub fn over_settled(&self, place: PlaceId) -> Result<(Vec<OverSettled>, Vec<Charged>), Error> {
        let none = (Vec::new(), Vec::new());
        let Some(suspense) = self.key(suspense_of(place).0)? else { return Ok(none) };
        let mut over = self.conn.prepare_cached(
            "SELECT s.uuid, i.uuid, b.qty FROM balance b JOIN lot l ON l.id = b.lot
             JOIN identity i ON i.id = b.lot JOIN identity s ON s.id = l.sku
             WHERE b.place = ?1 AND b.qty > 0 ORDER BY b.id",
        )?;
        let over = over.query_map([suspense], |row| {
            Ok(OverSettled {
                sku: row.get::<_, Uuid>(0)?.into(),
                lot: LotId(row.get(1)?),
                qty: row.get(2)?,
            })
        })?;
        let over = over.collect::<Result<Vec<_>, _>>()?;
        let mut charged = Vec::new();
        for one in &over {
            if charged.iter().all(|known: &Charged| known.sku != one.sku) {
                charged.extend(self.charged(place, one)?);
            }
        }
        Ok((over, charged))
    }

    fn charged(&self, place: PlaceId, over: &OverSettled) -> Result<Vec<Charged>, Error> {
        let (Some(sku), Some(place)) = (self.key(over.sku.0)?, self.key(place.0)?) else {
            return Ok(Vec::new());
        };
        let mut rows = self.conn.prepare_cached(
            "SELECT i.uuid, sum(iif(m.from_place = ?2, m.qty, -m.qty)) AS charged, max(m.day)
             FROM lot l JOIN move m INDEXED BY move_lot ON m.lot = l.id
             JOIN identity i ON i.id = l.id
             WHERE l.sku = ?1 AND m.kind = ?3 AND (m.from_place = ?2 OR m.to_place = ?2)
             GROUP BY l.id HAVING charged > 0 ORDER BY max(m.day) DESC, max(m.entry) DESC, l.id",
        )?;
        let kind = MoveKind::SuspenseSettle.code();
        let rows = rows.query_map(params![sku, place, kind], |row| {
            Ok(Charged {
                sku: over.sku,
                lot: LotId(row.get(0)?),
                qty: row.get(1)?,
                settled_on: day_of(row.get(2)?),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
