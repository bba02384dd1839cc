//! Lots: what they are, where they went, what they cost.

use chrono::NaiveDate;
use domain::{
    EntryId, LotId, MoveKind, OrderId, PlaceId, SkuId, Status, ValueKind, lot::KnownLot,
    shelf_life::Dates,
};
use rusqlite::{Row, params};
use uuid::Uuid;

use crate::{
    Error, Reader,
    keys::{day_number, day_of},
};

/// A lot as the file knows it.
#[derive(Debug, Clone, PartialEq)]
pub struct LotRecord {
    /// Identity.
    pub id: LotId,
    /// The local key, which never leaves the process.
    pub key: i64,
    /// Of these goods.
    pub sku: SkuId,
    /// The goods' local key.
    pub sku_key: i64,
    /// As printed.
    pub lot_no: String,
    /// Its dates.
    pub dates: Dates,
    /// First in our hands on.
    pub first_received_on: NaiveDate,
    /// The production order it was made on.
    pub order: Option<OrderId>,
    /// Whether an entry that brought it still stands.
    pub live: bool,
}

/// One move of a lot.
#[derive(Debug, Clone, PartialEq)]
pub struct LotMove {
    /// The entry it belongs to.
    pub entry: EntryId,
    /// The entry's place in the journal.
    pub position: i64,
    /// The day it counts on.
    pub day: NaiveDate,
    /// Why.
    pub kind: MoveKind,
    /// Units.
    pub qty: i64,
    /// From where.
    pub from: (PlaceId, Status),
    /// To where.
    pub to: (PlaceId, Status),
    /// Whether the entry was undone.
    pub reversed: bool,
}

const LOT_COLUMNS: &str = "i.uuid, l.id, s.uuid, l.sku, l.lot_no, l.mfg_on, l.expires_on, \
     l.first_received_on, o.uuid, l.live
     FROM lot l JOIN identity i ON i.id = l.id JOIN identity s ON s.id = l.sku
     LEFT JOIN identity o ON o.id = l.production_order";

fn lot_row(row: &Row) -> rusqlite::Result<LotRecord> {
    Ok(LotRecord {
        id: row.get::<_, Uuid>(0)?.into(),
        key: row.get(1)?,
        sku: row.get::<_, Uuid>(2)?.into(),
        sku_key: row.get(3)?,
        lot_no: row.get(4)?,
        dates: Dates {
            mfg_on: row.get::<_, Option<i64>>(5)?.map(day_of),
            expires_on: row.get::<_, Option<i64>>(6)?.map(day_of),
        },
        first_received_on: day_of(row.get(7)?),
        order: row.get::<_, Option<Uuid>>(8)?.map(OrderId),
        live: row.get(9)?,
    })
}

impl Reader<'_> {
    /// One lot.
    pub fn lot(&self, id: LotId) -> Result<Option<LotRecord>, Error> {
        let sql = format!("SELECT {LOT_COLUMNS} WHERE i.uuid = ?1");
        let mut rows = self.conn.prepare_cached(&sql)?;
        let mut rows = rows.query_map([id.0], lot_row)?;
        Ok(rows.next().transpose()?)
    }

    /// All lots, live or not.
    pub fn lots(&self) -> Result<Vec<LotRecord>, Error> {
        let sql = format!("SELECT {LOT_COLUMNS}");
        let mut rows = self.conn.prepare_cached(&sql)?;
        let rows = rows.query_map([], lot_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The live lots of some goods, for deciding what a lot number means.
    pub fn known_lots(&self, skus: &[SkuId]) -> Result<Vec<KnownLot>, Error> {
        let sql = format!("SELECT {LOT_COLUMNS} WHERE l.sku = ?1 AND l.live");
        let mut rows = self.conn.prepare_cached(&sql)?;
        let mut lots = Vec::new();
        for sku in skus {
            let Some(key) = self.key(sku.0)? else { continue };
            for lot in rows.query_map([key], lot_row)? {
                let LotRecord { id, sku, lot_no, dates, .. } = lot?;
                lots.push(KnownLot { id, sku, lot_no, dates });
            }
        }
        Ok(lots)
    }

    /// The live lots of these goods and numbers, for deciding what a receipt brings.
    pub fn lots_numbered(&self, wanted: &[(SkuId, &str)]) -> Result<Vec<KnownLot>, Error> {
        let sql = format!("SELECT {LOT_COLUMNS} WHERE l.sku = ?1 AND l.lot_no = ?2 AND l.live");
        let mut rows = self.conn.prepare_cached(&sql)?;
        let mut lots = Vec::new();
        for (sku, lot_no) in wanted {
            let Some(key) = self.key(sku.0)? else { continue };
            for lot in rows.query_map(params![key, lot_no], lot_row)? {
                let LotRecord { id, sku, lot_no, dates, .. } = lot?;
                lots.push(KnownLot { id, sku, lot_no, dates });
            }
        }
        Ok(lots)
    }

    /// Every move of a lot, in the order of days.
    pub fn lot_moves(&self, id: LotId) -> Result<Vec<LotMove>, Error> {
        let Some(key) = self.key(id.0)? else { return Ok(Vec::new()) };
        let mut rows = self.conn.prepare_cached(
            "SELECT j.id, m.entry, m.day, m.kind, m.qty, f.uuid, m.from_status, t.uuid, m.to_status,
                 r.by IS NOT NULL OR j.reverses IS NOT NULL
             FROM move m JOIN journal j ON j.position = m.entry
             JOIN identity f ON f.id = m.from_place JOIN identity t ON t.id = m.to_place
             LEFT JOIN reversal r ON r.entry = m.entry
             WHERE m.lot = ?1 ORDER BY m.day, m.entry, m.line",
        )?;
        let rows = rows.query_map([key], |row| {
            let kind: i64 = row.get(3)?;
            let status = |code: i64| Status::from_code(code).unwrap_or(Status::Blocked);
            Ok(LotMove {
                entry: row.get::<_, Uuid>(0)?.into(),
                position: row.get(1)?,
                day: day_of(row.get(2)?),
                kind: MoveKind::from_code(kind).unwrap_or(MoveKind::Regrade),
                qty: row.get(4)?,
                from: (row.get::<_, Uuid>(5)?.into(), status(row.get(6)?)),
                to: (row.get::<_, Uuid>(7)?.into(), status(row.get(8)?)),
                reversed: row.get(9)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The value of every valued lot by local key, minor units: the sum of its value entries, of
    /// those that count until the end of a day when one is given.
    pub fn lot_values(&self, until: Option<NaiveDate>) -> Result<Vec<(i64, i64)>, Error> {
        Ok(self.value_sums(until)?.into_iter().map(|(lot, own, _)| (lot, own)).collect())
    }

    /// The same, and beside it what partners were let off of what they were asked to bear.
    pub(crate) fn value_sums(
        &self,
        until: Option<NaiveDate>,
    ) -> Result<Vec<(i64, i64, i64)>, Error> {
        let sql = match until {
            None => {
                "SELECT lot, sum(iif(kind = ?2, 0, minor)), sum(iif(kind = ?2, minor, 0))
                 FROM value_entry WHERE ?1 IS NULL GROUP BY lot"
            }
            Some(_) => {
                "SELECT v.lot, sum(iif(v.kind = ?2, 0, v.minor)), sum(iif(v.kind = ?2, v.minor, 0))
                 FROM value_entry v JOIN journal j ON j.position = v.entry
                 WHERE j.effective_on <= ?1 GROUP BY v.lot"
            }
        };
        let mut rows = self.conn.prepare_cached(sql)?;
        let rows = rows
            .query_map(params![until.map(day_number), ValueKind::LetGo.word()], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The earliest expiry of the lots of some goods that may have lain at a place in the 90 days
    /// before `day`: what unknown goods there are assumed to be.
    pub fn earliest_expiry(
        &self,
        sku: SkuId,
        place: PlaceId,
        day: NaiveDate,
    ) -> Result<Option<NaiveDate>, Error> {
        let (Some(sku), Some(place)) = (self.key(sku.0)?, self.key(place.0)?) else {
            return Ok(None);
        };
        let since = day_number(day) - 90;
        let earliest: Option<i64> = self
            .conn
            .prepare_cached(
                "SELECT min(l.expires_on) FROM lot l JOIN balance b ON b.lot = l.id
                 WHERE l.sku = ?1 AND b.place = ?2 AND (b.qty > 0 OR b.last_day >= ?3)",
            )?
            .query_row(params![sku, place, since], |row| row.get(0))?;
        Ok(earliest.map(day_of))
    }
}
