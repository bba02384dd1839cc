//! Stock: what lies where, now, on a past day, and as a decision needs it.

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

use chrono::NaiveDate;
use domain::{
    DocKind, Level, LotId, PlaceId, SkuId, Slot, Status,
    reservation::Reserved,
    shelf_life::Dates,
    stock::{Available, Levels},
    transfer::Transfer,
};
use rusqlite::{OptionalExtension, params};
use uuid::Uuid;

use crate::{
    Error, Reader,
    keys::{day_number, day_of},
};

/// A level by local keys: what grids sort and page by the hundred thousand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StockRow {
    /// Lot's local key.
    pub lot: i64,
    /// Place's local key.
    pub place: i64,
    /// Status code.
    pub status: i64,
    /// Units; never zero.
    pub qty: i64,
}

/// A level by ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BalanceRow {
    /// The lot.
    pub lot: LotId,
    /// The place.
    pub place: PlaceId,
    /// The status.
    pub status: Status,
    /// Units.
    pub qty: i64,
}

/// Units by lot, place and status.
type SlotLevels = HashMap<(i64, i64, i64), i64, BuildHasherDefault<KeyHasher>>;

/// Hashes local keys, which the file itself gave away in order, so nobody can choose them to
/// collide: two multiplications instead of a hundred steps, a million times an as-of view.
#[derive(Default)]
struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_i64(i64::from(*byte));
        }
    }

    fn write_i64(&mut self, key: i64) {
        // The odd number nearest to 2⁶⁴ ÷ φ spreads neighbours over all bits (Knuth, TAOCP 3, 6.4).
        self.0 = (self.0.rotate_left(5) ^ key.cast_unsigned()).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

impl Reader<'_> {
    /// Every level now, real and virtual, that is not zero.
    pub fn stock_now(&self) -> Result<Vec<StockRow>, Error> {
        let mut rows = self
            .conn
            .prepare_cached("SELECT lot, place, status, qty FROM balance WHERE qty <> 0")?;
        let mut rows = rows.query([])?;
        let mut levels = Vec::new();
        while let Some(row) = rows.next()? {
            let (lot, place, status, qty) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
            levels.push(StockRow { lot, place, status, qty });
        }
        Ok(levels)
    }

    /// Every level at the end of `day`: what moved until then in the first half of the ledger's
    /// days, what is there now less what moved since in the second.
    pub fn stock_as_of(&self, day: NaiveDate) -> Result<Vec<StockRow>, Error> {
        let day = day_number(day);
        let middle: Option<i64> = self
            .conn
            .prepare_cached(
                "SELECT ((SELECT min(day) FROM move) + (SELECT max(day) FROM move)) / 2",
            )?
            .query_row([], |row| row.get(0))
            .optional()?
            .flatten();
        let backwards = middle.is_some_and(|middle| day > middle);
        // As many slots as were ever touched: growing the map step by step costs a third more.
        let slots: Option<i64> = self
            .conn
            .prepare_cached("SELECT max(id) FROM balance")?
            .query_row([], |row| row.get(0))?;
        let slots = slots.and_then(|slots| usize::try_from(slots).ok()).unwrap_or(0);
        let mut levels: SlotLevels =
            HashMap::with_capacity_and_hasher(slots, BuildHasherDefault::new());
        if backwards {
            for row in self.stock_now()? {
                levels.insert((row.lot, row.place, row.status), row.qty);
            }
        }
        let (sql, sign) = if backwards {
            (
                "SELECT lot, qty, from_place, from_status, to_place, to_status FROM move
              WHERE day > ?1",
                -1,
            )
        } else {
            (
                "SELECT lot, qty, from_place, from_status, to_place, to_status FROM move
              WHERE day <= ?1",
                1,
            )
        };
        let mut moves = self.conn.prepare_cached(sql)?;
        let mut moves = moves.query([day])?;
        while let Some(row) = moves.next()? {
            let (lot, qty): (i64, i64) = (row.get(0)?, row.get(1)?);
            *levels.entry((lot, row.get(2)?, row.get(3)?)).or_insert(0) -= sign * qty;
            *levels.entry((lot, row.get(4)?, row.get(5)?)).or_insert(0) += sign * qty;
        }
        let rows = levels.into_iter().filter(|(_, qty)| *qty != 0);
        let mut rows: Vec<_> =
            rows.map(|((lot, place, status), qty)| StockRow { lot, place, status, qty }).collect();
        rows.sort_unstable_by_key(|row| (row.lot, row.place, row.status));
        Ok(rows)
    }

    /// Where a lot is now.
    pub fn lot_balances(&self, lot: LotId) -> Result<Vec<BalanceRow>, Error> {
        let Some(key) = self.key(lot.0)? else { return Ok(Vec::new()) };
        let mut rows = self.conn.prepare_cached(
            "SELECT p.uuid, b.status, b.qty FROM balance b JOIN identity p ON p.id = b.place
             WHERE b.lot = ?1 AND b.qty <> 0 ORDER BY b.place, b.status",
        )?;
        let rows = rows.query_map([key], |row| {
            let status = Status::from_code(row.get(1)?).unwrap_or(Status::Blocked);
            let place = row.get::<_, Uuid>(0)?.into();
            Ok(BalanceRow { lot, place, status, qty: row.get(2)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The levels of some slots, as of the day on which something is to happen there.
    pub fn levels(
        &self,
        slots: impl IntoIterator<Item = Slot>,
        day: NaiveDate,
    ) -> Result<Levels, Error> {
        let mut levels = Levels::new();
        for slot in slots {
            levels.insert(slot, self.level(slot, day)?);
        }
        Ok(levels)
    }

    fn level(&self, slot: Slot, day: NaiveDate) -> Result<Level, Error> {
        let (Some(lot), Some(place)) = (self.key(slot.lot.0)?, self.key(slot.place.0)?) else {
            return Ok(Level::EMPTY);
        };
        let (status, day) = (slot.status.code(), day_number(day));
        let found: Option<(i64, i64)> = self
            .conn
            .prepare_cached(
                "SELECT qty, last_day FROM balance WHERE lot = ?1 AND place = ?2 AND status = ?3",
            )?
            .query_row(params![lot, place, status], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let Some((now, last_day)) = found else { return Ok(Level::EMPTY) };
        if last_day <= day {
            return Ok(Level { now, later: Vec::new() });
        }
        let mut later = self.conn.prepare_cached(
            "SELECT day, sum(iif(to_place = ?2 AND to_status = ?3, qty, 0)
                           - iif(from_place = ?2 AND from_status = ?3, qty, 0))
             FROM move INDEXED BY move_lot WHERE lot = ?1 AND day > ?4 GROUP BY day ORDER BY day",
        )?;
        let later = later.query_map(params![lot, place, status, day], |row| {
            Ok((day_of(row.get(0)?), row.get(1)?))
        })?;
        Ok(Level { now, later: later.collect::<Result<_, _>>()? })
    }

    /// Units set aside of a lot at a place, by transfers other than `but`.
    pub fn reserved(&self, lot: LotId, place: PlaceId, but: Option<Uuid>) -> Result<i64, Error> {
        let (Some(lot), Some(place)) = (self.key(lot.0)?, self.key(place.0)?) else { return Ok(0) };
        let but = but.map(|id| self.key(id)).transpose()?.flatten().unwrap_or(-1);
        Ok(self
            .conn
            .prepare_cached(
                "SELECT coalesce(sum(qty), 0) FROM reservation
                 WHERE lot = ?1 AND place = ?2 AND owner <> ?3",
            )?
            .query_row(params![lot, place, but], |row| row.get(0))?)
    }

    /// What transfers have set aside of a lot at a place, in the order of giving way to a report:
    /// approved last, first.
    pub fn reserved_by(&self, lot: LotId, place: PlaceId) -> Result<Vec<Reserved>, Error> {
        let (Some(lot), Some(place)) = (self.key(lot.0)?, self.key(place.0)?) else {
            return Ok(Vec::new());
        };
        let mut rows = self.conn.prepare_cached(
            "SELECT i.uuid, r.qty FROM reservation r JOIN identity i ON i.id = r.owner
             WHERE r.lot = ?1 AND r.place = ?2
             ORDER BY (SELECT max(d.entry) FROM doc_entry d JOIN journal j ON j.position = d.entry
                       WHERE d.kind = ?3 AND d.doc = r.owner AND j.kind = 'transfer_approved') DESC",
        )?;
        let transfer = DocKind::Transfer.code();
        let rows = rows.query_map(params![lot, place, transfer], |row| {
            Ok(Reserved { transfer: row.get::<_, Uuid>(0)?.into(), qty: row.get(1)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What transfers have set aside of a lot at a place and lack since reports took it, in the order
    /// of getting it back: approved first, first.
    pub fn lacking(&self, lot: LotId, place: PlaceId) -> Result<Vec<Reserved>, Error> {
        let mut rows = self.conn.prepare_cached(
            "SELECT i.uuid, t.content FROM transfer t JOIN identity i ON i.id = t.id
             WHERE t.state IN ('allocated', 'packed')
             ORDER BY (SELECT max(d.entry) FROM doc_entry d JOIN journal j ON j.position = d.entry
                       WHERE d.kind = ?1 AND d.doc = t.id AND j.kind = 'transfer_approved')",
        )?;
        let rows = rows.query_map([DocKind::Transfer.code()], |row| {
            Ok((row.get::<_, Uuid>(0)?, row.get::<_, String>(1)?))
        })?;
        let mut lacking = Vec::new();
        for row in rows {
            let (id, text) = row?;
            let transfer: Transfer = serde_json::from_str(&text)?;
            let lacks = transfer.lacks().get(&lot).copied();
            if let Some(qty) = lacks.filter(|_| transfer.content.from == place) {
                lacking.push(Reserved { transfer: id.into(), qty });
            }
        }
        Ok(lacking)
    }

    /// All reservations, by local keys of lot and place.
    pub fn reservations(&self) -> Result<HashMap<(i64, i64), i64>, Error> {
        let mut rows = self
            .conn
            .prepare_cached("SELECT lot, place, sum(qty) FROM reservation GROUP BY lot, place")?;
        let rows = rows.query_map([], |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The good lots of some goods at a place on a day, with what can be taken of each without a
    /// later day going below zero. Reservations are not looked at: a report may take what is set
    /// aside.
    pub fn takeable(
        &self,
        sku: SkuId,
        place: PlaceId,
        day: NaiveDate,
    ) -> Result<Vec<Available>, Error> {
        let (Some(sku_key), Some(place_key)) = (self.key(sku.0)?, self.key(place.0)?) else {
            return Ok(Vec::new());
        };
        // From the goods to the place: a place holds many goods, goods few lots.
        let mut rows = self.conn.prepare_cached(
            "SELECT i.uuid, l.mfg_on, l.expires_on, b.qty, b.last_day
             FROM lot l INDEXED BY lot_number
             CROSS JOIN balance b ON b.lot = l.id AND b.place = ?2 AND b.status = ?3
             JOIN identity i ON i.id = l.id
             WHERE l.sku = ?1 AND b.qty > 0",
        )?;
        // What is gone by now cannot be taken on any day before.
        let good = Status::Good;
        let rows = rows.query_map(params![sku_key, place_key, good.code()], |row| {
            let dates = Dates {
                mfg_on: row.get::<_, Option<i64>>(1)?.map(day_of),
                expires_on: row.get::<_, Option<i64>>(2)?.map(day_of),
            };
            Ok((Available { lot: LotId(row.get(0)?), dates, qty: row.get(3)? }, row.get(4)?))
        })?;
        let lots: Vec<(Available, i64)> = rows.collect::<Result<_, _>>()?;
        let mut takeable = Vec::new();
        for (Available { lot, dates, qty: now }, last_day) in lots {
            let qty = if last_day <= day_number(day) {
                now
            } else {
                self.level(Slot { lot, place, status: good }, day)?.lowest()
            };
            if qty > 0 {
                takeable.push(Available { lot, dates, qty });
            }
        }
        Ok(takeable)
    }
}
