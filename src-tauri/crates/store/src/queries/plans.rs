//! What plans are made from: demand by day, and stock that can be sent.

use chrono::NaiveDate;
use domain::{LotId, PlaceId, SkuId, shelf_life::Dates};
use rusqlite::params;
use uuid::Uuid;

use crate::{
    Error, Reader,
    keys::{day_number, day_of},
};

/// Demand of some goods at a place on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DemandDay {
    /// Which goods.
    pub sku: SkuId,
    /// Where.
    pub place: PlaceId,
    /// When.
    pub day: NaiveDate,
    /// Units paid for; zero is a fact, a missing day is not.
    pub units: i64,
}

/// A lot at a place that can be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceStock {
    /// Which goods.
    pub sku: SkuId,
    /// Which lot.
    pub lot: LotId,
    /// As printed.
    pub lot_no: String,
    /// Its dates.
    pub dates: Dates,
    /// Where.
    pub place: PlaceId,
    /// Good units.
    pub good: i64,
    /// Of these set aside.
    pub reserved: i64,
}

impl Reader<'_> {
    /// Demand from `since` to the day before `before`, by goods, place and day.
    pub fn demand(&self, since: NaiveDate, before: NaiveDate) -> Result<Vec<DemandDay>, Error> {
        let mut rows = self.conn.prepare_cached(
            "SELECT s.uuid, p.uuid, d.day, d.units FROM demand d
             JOIN identity s ON s.id = d.sku JOIN identity p ON p.id = d.place
             WHERE d.day >= ?1 AND d.day < ?2 ORDER BY d.sku, d.place, d.day",
        )?;
        let rows = rows.query_map(params![day_number(since), day_number(before)], |row| {
            Ok(DemandDay {
                sku: row.get::<_, Uuid>(0)?.into(),
                place: row.get::<_, Uuid>(1)?.into(),
                day: day_of(row.get(2)?),
                units: row.get(3)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Good stock by lot at every real place.
    pub fn good_stock(&self) -> Result<Vec<SourceStock>, Error> {
        let mut rows = self.conn.prepare_cached(
            "SELECT s.uuid, i.uuid, l.lot_no, l.mfg_on, l.expires_on, p.uuid, b.qty,
                 (SELECT coalesce(sum(r.qty), 0) FROM reservation r
                  WHERE r.lot = b.lot AND r.place = b.place)
             FROM balance b JOIN lot l ON l.id = b.lot JOIN place w ON w.id = b.place
             JOIN identity s ON s.id = l.sku JOIN identity i ON i.id = l.id
             JOIN identity p ON p.id = b.place
             WHERE b.status = 1 AND b.qty > 0 AND w.kind <= 4
             ORDER BY l.sku, b.place, l.expires_on, l.id",
        )?;
        let rows = rows.query_map([], |row| {
            Ok(SourceStock {
                sku: row.get::<_, Uuid>(0)?.into(),
                lot: row.get::<_, Uuid>(1)?.into(),
                lot_no: row.get(2)?,
                dates: Dates {
                    mfg_on: row.get::<_, Option<i64>>(3)?.map(day_of),
                    expires_on: row.get::<_, Option<i64>>(4)?.map(day_of),
                },
                place: row.get::<_, Uuid>(5)?.into(),
                good: row.get(6)?,
                reserved: row.get(7)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
