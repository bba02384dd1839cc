//! What production asks of the tables: records, passings of value, materials at factories.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::{
    DocKind, DocRef, LotId, MoneyPart, MoveKind, OrderId, PlaceId, SkuId, Status,
    materials::OpenUse,
    place::{Builtin, suspense_of},
    sets::PartIn,
    shelf_life::Dates,
    statement::StatementLine,
    stock::Available,
    valuation::{Passing, PassingKind},
};
use rusqlite::{Row, params};
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::{
    Error, JournalRow, Reader,
    keys::{day_number, day_of},
};

/// A record with its identity and, on a desk that sees money, its money part.
#[derive(Debug, Clone, PartialEq)]
pub struct Record<T> {
    /// Its identity.
    pub id: Uuid,
    /// What it says.
    pub content: T,
    /// Its amounts.
    pub money: Option<MoneyPart>,
}

/// A step of a lot's genealogy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Descent {
    /// Out of this lot.
    pub from: LotId,
    /// Into this one.
    pub to: LotId,
    /// Why.
    pub kind: PassingKind,
    /// Units of the lot that it comes out of.
    pub qty: i64,
    /// How many steps from the lot that was asked for, from 1.
    pub depth: i64,
}

fn record<T: DeserializeOwned>(row: &Row) -> Result<Record<T>, Error> {
    let (content, money): (String, Option<String>) = (row.get(1)?, row.get(2)?);
    Ok(Record {
        id: row.get(0)?,
        content: serde_json::from_str(&content)?,
        money: money.map(|text| serde_json::from_str(&text)).transpose()?,
    })
}

fn passing_kind(code: i64) -> Result<PassingKind, Error> {
    PassingKind::from_code(code).ok_or_else(|| Error::Damaged(format!("passing kind {code}")))
}

impl Reader<'_> {
    /// All records of a kind, the oldest first.
    pub fn records<T: DeserializeOwned>(&self, kind: DocKind) -> Result<Vec<Record<T>>, Error> {
        let mut rows = self.conn.prepare_cached(
            "SELECT i.uuid, r.content, r.money FROM record r JOIN identity i ON i.id = r.id
             WHERE r.kind = ?1 ORDER BY r.id",
        )?;
        let mut rows = rows.query([kind.code()])?;
        let mut records = Vec::new();
        while let Some(row) = rows.next()? {
            records.push(record(row)?);
        }
        Ok(records)
    }

    /// The records of a kind that belong to some goods, place, partner or document.
    pub fn records_of<T: DeserializeOwned>(
        &self,
        kind: DocKind,
        owner: Uuid,
    ) -> Result<Vec<Record<T>>, Error> {
        let Some(owner) = self.key(owner)? else { return Ok(Vec::new()) };
        let mut rows = self.conn.prepare_cached(
            "SELECT i.uuid, r.content, r.money FROM record r JOIN identity i ON i.id = r.id
             WHERE r.owner = ?1 AND r.kind = ?2 ORDER BY r.id",
        )?;
        let mut rows = rows.query(params![owner, kind.code()])?;
        let mut records = Vec::new();
        while let Some(row) = rows.next()? {
            records.push(record(row)?);
        }
        Ok(records)
    }

    /// The invoices that bill an order.
    pub fn invoices_of<T: DeserializeOwned>(
        &self,
        order: OrderId,
    ) -> Result<Vec<Record<T>>, Error> {
        let Some(order) = self.key(order.0)? else { return Ok(Vec::new()) };
        let mut rows = self.conn.prepare_cached(
            "SELECT i.uuid, r.content, r.money FROM invoice_order o
             CROSS JOIN record r ON r.kind = ?2 AND r.id = o.invoice
             JOIN identity i ON i.id = r.id WHERE o.production_order = ?1 ORDER BY r.id",
        )?;
        let mut rows = rows.query(params![order, DocKind::Invoice.code()])?;
        let mut records = Vec::new();
        while let Some(row) = rows.next()? {
            records.push(record(row)?);
        }
        Ok(records)
    }

    /// One record.
    pub fn record<T: DeserializeOwned>(
        &self,
        kind: DocKind,
        id: Uuid,
    ) -> Result<Option<Record<T>>, Error> {
        let mut rows = self.conn.prepare_cached(
            "SELECT i.uuid, r.content, r.money FROM identity i JOIN record r ON r.id = i.id
             WHERE i.uuid = ?1 AND r.kind = ?2",
        )?;
        let mut rows = rows.query(params![id, kind.code()])?;
        rows.next()?.map(record).transpose()
    }

    /// Entries from a day on that sent material to a factory or took it back, undone ones among
    /// them, the newest first.
    pub fn material_moves(&self, since: NaiveDate) -> Result<Vec<JournalRow>, Error> {
        let positions: Vec<i64> = {
            let mut rows = self.conn.prepare_cached(
                "SELECT DISTINCT day, entry FROM move WHERE day >= ?1 AND kind IN (?2, ?3)
                 ORDER BY day DESC, entry DESC",
            )?;
            let kinds = (MoveKind::MaterialIssue.code(), MoveKind::MaterialReturn.code());
            let rows =
                rows.query_map(params![day_number(since), kinds.0, kinds.1], |row| row.get(1))?;
            rows.collect::<Result<_, _>>()?
        };
        self.rows_at(positions)
    }

    /// What was made out of materials from a day on: units of each that were used up, and the last
    /// day of it. What was undone adds up to nothing.
    pub fn materials_used(
        &self,
        since: NaiveDate,
    ) -> Result<BTreeMap<SkuId, (i64, NaiveDate)>, Error> {
        let mut rows = self.conn.prepare_cached(
            "SELECT i.uuid, sum(CASE WHEN t.uuid = ?4 THEN m.qty ELSE -m.qty END) AS used, max(m.day)
             FROM move m JOIN lot l ON l.id = m.lot JOIN identity i ON i.id = l.sku
             JOIN identity t ON t.id = m.to_place
             WHERE m.kind IN (?1, ?2) AND m.day >= ?3 GROUP BY l.sku HAVING used > 0",
        )?;
        let kinds = (MoveKind::Consume.code(), MoveKind::SuspenseConsume.code());
        let into = Builtin::Production.id().0;
        let rows = rows.query_map(params![kinds.0, kinds.1, day_number(since), into], |row| {
            Ok((row.get::<_, Uuid>(0)?.into(), (row.get(1)?, day_of(row.get(2)?))))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// All passings of value, by local keys of lots, of those that count until the end of a day
    /// when one is given. Pairs that add up to nothing are left out.
    pub fn passings(&self, until: Option<NaiveDate>) -> Result<Vec<Passing<i64>>, Error> {
        let sql = match until {
            None => {
                "SELECT kind, from_lot, to_lot, sum(qty) AS units FROM passing WHERE ?1 IS NULL
                 GROUP BY kind, from_lot, to_lot HAVING units <> 0"
            }
            Some(_) => {
                "SELECT p.kind, p.from_lot, p.to_lot, sum(p.qty) AS units FROM passing p
                 JOIN journal j ON j.position = p.entry WHERE j.effective_on <= ?1
                 GROUP BY p.kind, p.from_lot, p.to_lot HAVING units <> 0"
            }
        };
        let mut rows = self.conn.prepare_cached(sql)?;
        let mut rows = rows.query([until.map(day_number)])?;
        let mut passings = Vec::new();
        while let Some(row) = rows.next()? {
            let kind = passing_kind(row.get(0)?)?;
            passings.push(Passing { kind, from: row.get(1)?, to: row.get(2)?, qty: row.get(3)? });
        }
        Ok(passings)
    }

    /// Units of an order's lots that went back to be replaced and were not, by lot.
    pub fn waiting(&self, order: OrderId) -> Result<BTreeMap<LotId, i64>, Error> {
        let Some(order) = self.key(order.0)? else { return Ok(BTreeMap::new()) };
        let mut rows = self.conn.prepare_cached(
            "SELECT i.uuid, sum(iif(p.kind = ?3, p.qty, -p.qty)) AS units
             FROM doc_entry d JOIN passing p ON p.entry = d.entry
             JOIN identity i ON i.id = p.from_lot
             WHERE d.kind = ?1 AND d.doc = ?2 AND p.kind IN (?3, ?4)
                 AND d.entry NOT IN (SELECT entry FROM reversal)
             GROUP BY p.from_lot HAVING units > 0",
        )?;
        let (returned, replaced) = (PassingKind::Returned.code(), PassingKind::Replaced.code());
        let of_order = params![DocKind::Order.code(), order, returned, replaced];
        let rows = rows.query_map(of_order, |row| Ok((LotId(row.get(0)?), row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The lots that came on an order, with the units ever received of each on it. A lot that came
    /// on two orders is a lot of both.
    pub fn order_lots(&self, order: OrderId) -> Result<Vec<(LotId, i64)>, Error> {
        let Some(order) = self.key(order.0)? else { return Ok(Vec::new()) };
        let mut rows = self.conn.prepare_cached(
            "SELECT i.uuid, sum(m.qty) FROM doc_entry d
             JOIN doc_entry b ON b.entry = d.entry AND b.kind = ?3
             JOIN move m INDEXED BY move_lot ON m.lot = b.doc AND m.entry = d.entry
             JOIN identity i ON i.id = b.doc
             WHERE d.kind = ?1 AND d.doc = ?2 AND m.kind IN (?4, ?5)
                 AND d.entry NOT IN (SELECT entry FROM reversal)
             GROUP BY b.doc ORDER BY b.doc",
        )?;
        let (made, bought) = (MoveKind::Produce.code(), MoveKind::BuyReceipt.code());
        let kinds = (DocKind::Order.code(), DocKind::Lot.code());
        let rows = rows.query_map(params![kinds.0, order, kinds.1, made, bought], |row| {
            Ok((LotId(row.get(0)?), row.get(1)?))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The orders that a lot came on, with the units ever received of it on each: all parts of the
    /// lot that are some order's.
    pub fn orders_of_lot(&self, lot: LotId) -> Result<Vec<(OrderId, i64)>, Error> {
        let Some(lot) = self.key(lot.0)? else { return Ok(Vec::new()) };
        let mut rows = self.conn.prepare_cached(
            "SELECT i.uuid, sum(m.qty) FROM move m INDEXED BY move_lot
             JOIN doc_entry d ON d.entry = m.entry AND d.kind = ?4
             JOIN identity i ON i.id = d.doc
             WHERE m.lot = ?1 AND m.kind IN (?2, ?3)
                 AND m.entry NOT IN (SELECT entry FROM reversal)
             GROUP BY d.doc ORDER BY d.doc",
        )?;
        let (made, bought) = (MoveKind::Produce.code(), MoveKind::BuyReceipt.code());
        let kinds = params![lot, made, bought, DocKind::Order.code()];
        let rows = rows.query_map(kinds, |row| Ok((OrderId(row.get(0)?), row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Units of each order that lie in quarantine at real places.
    pub fn in_quarantine(&self) -> Result<BTreeMap<OrderId, i64>, Error> {
        let mut rows = self.conn.prepare_cached(
            "SELECT o.uuid, sum(b.qty) FROM balance b JOIN lot l ON l.id = b.lot
             JOIN identity o ON o.id = l.production_order
             JOIN place p ON p.id = b.place AND p.content IS NOT NULL
             WHERE b.status = ?1 AND b.qty > 0 GROUP BY l.production_order",
        )?;
        let rows = rows.query_map([Status::Quarantine.code()], |row| {
            Ok((OrderId(row.get(0)?), row.get(1)?))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Material that a factory used beyond its book and that waits for a real lot: by the goods
    /// that it went into or was spoilt beside.
    pub fn open_uses(&self, place: PlaceId) -> Result<Vec<OpenUse>, Error> {
        let Some(key) = self.key(suspense_of(place).0)? else { return Ok(Vec::new()) };
        let mut uses = Vec::new();
        for sale in self.open_suspense(place)? {
            let (material, unknown) = (sale.sku, sale.lot);
            let mut rows = self.conn.prepare_cached(
                "SELECT t.uuid, p.kind = ?3, sum(p.qty) AS units FROM identity l
                 JOIN passing p ON p.from_lot = l.id JOIN identity t ON t.id = p.to_lot
                 WHERE l.uuid = ?1 AND p.kind IN (?3, ?4) AND p.entry IN
                     (SELECT m.entry FROM move m INDEXED BY move_lot WHERE m.lot = l.id
                          AND (m.from_place = ?2 OR m.to_place = ?2))
                 GROUP BY p.to_lot, p.kind HAVING units > 0 ORDER BY p.to_lot, p.kind",
            )?;
            let (spoilt, consumed) = (PassingKind::Spoilt.code(), PassingKind::Consumed.code());
            let rows = rows.query_map(params![unknown.0, key, spoilt, consumed], |row| {
                Ok((LotId(row.get(0)?), row.get(1)?, row.get::<_, i64>(2)?))
            })?;
            let last_used_on = sale.last_sold_on;
            for row in rows {
                let (goods, spoilt, qty) = row?;
                uses.push(OpenUse { material, unknown, goods, spoilt, qty, last_used_on });
            }
        }
        Ok(uses)
    }

    /// Material that was spoilt in the making of an order's lots, by material lot.
    pub fn spoilt(&self, order: OrderId, material: SkuId) -> Result<Vec<(LotId, i64)>, Error> {
        let (Some(order), Some(material)) = (self.key(order.0)?, self.key(material.0)?) else {
            return Ok(Vec::new());
        };
        let mut rows = self.conn.prepare_cached(
            "SELECT i.uuid, sum(p.qty) AS units FROM
                 (SELECT DISTINCT b.doc FROM doc_entry d
                  JOIN doc_entry b ON b.entry = d.entry AND b.kind = ?4
                  WHERE d.kind = ?1 AND d.doc = ?2
                      AND d.entry NOT IN (SELECT entry FROM reversal)) brought
             JOIN passing p ON p.to_lot = brought.doc AND p.kind = ?5
             JOIN lot l ON l.id = p.from_lot AND l.sku = ?3 JOIN identity i ON i.id = l.id
             GROUP BY l.id HAVING units > 0 ORDER BY l.id",
        )?;
        let kinds = (DocKind::Order.code(), DocKind::Lot.code(), PassingKind::Spoilt.code());
        let rows = rows.query_map(params![kinds.0, order, material, kinds.1, kinds.2], |row| {
            Ok((LotId(row.get(0)?), row.get(1)?))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Units of a material that counts took off a place's book from a day on, less what they found
    /// there, by lot: the oldest lot first.
    pub fn missed(
        &self,
        material: SkuId,
        place: PlaceId,
        since: NaiveDate,
    ) -> Result<Vec<Available>, Error> {
        let (Some(material), Some(place)) = (self.key(material.0)?, self.key(place.0)?) else {
            return Ok(Vec::new());
        };
        let mut rows = self.conn.prepare_cached(
            "SELECT i.uuid, l.mfg_on, l.expires_on, sum(iif(m.from_place = ?2, m.qty, -m.qty)) AS units
             FROM lot l JOIN move m INDEXED BY move_lot ON m.lot = l.id AND m.day >= ?3
             JOIN identity i ON i.id = l.id
             WHERE l.sku = ?1 AND m.kind IN (?4, ?5) AND (m.from_place = ?2 OR m.to_place = ?2)
             GROUP BY l.id HAVING units > 0 ORDER BY l.id",
        )?;
        let (lost, found) = (MoveKind::CountLoss.code(), MoveKind::CountGain.code());
        let of_place = params![material, place, day_number(since), lost, found];
        let rows = rows.query_map(of_place, |row| {
            let day = |at| Ok::<_, rusqlite::Error>(row.get::<_, Option<i64>>(at)?.map(day_of));
            let dates = Dates { mfg_on: day(1)?, expires_on: day(2)? };
            Ok(Available { lot: LotId(row.get(0)?), dates, qty: row.get(3)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What happened to each material at a factory between two days, both included.
    pub fn material_lines(
        &self,
        place: PlaceId,
        (from, to): (NaiveDate, NaiveDate),
    ) -> Result<BTreeMap<SkuId, StatementLine>, Error> {
        let mut lines: BTreeMap<SkuId, StatementLine> = BTreeMap::new();
        let Some(key) = self.key(place.0)? else { return Ok(lines) };
        let mut rows = self.conn.prepare_cached(
            "SELECT s.uuid, m.kind, m.day < ?2, sum(iif(m.to_place = ?1, m.qty, -m.qty))
             FROM move m JOIN lot l ON l.id = m.lot JOIN identity s ON s.id = l.sku
             WHERE m.day <= ?3 AND (m.from_place = ?1) <> (m.to_place = ?1)
             GROUP BY l.sku, m.kind, m.day < ?2",
        )?;
        let mut rows = rows.query(params![key, day_number(from), day_number(to)])?;
        while let Some(row) = rows.next()? {
            let line = lines.entry(SkuId(row.get(0)?)).or_default();
            let kind: i64 = row.get(1)?;
            let kind = MoveKind::from_code(kind)
                .ok_or_else(|| Error::Damaged(format!("move kind {kind}")))?;
            if row.get(2)? {
                line.opening += row.get::<_, i64>(3)?;
            } else {
                line.add(kind, row.get(3)?);
            }
        }
        for (material, units) in self.waited_until(place, to)? {
            lines.entry(material).or_default().suspense += units;
        }
        Ok(lines)
    }

    /// Units that a factory used beyond its book until the end of a day and that still wait for
    /// material: what came since settled what was used first.
    fn waited_until(&self, place: PlaceId, day: NaiveDate) -> Result<Vec<(SkuId, i64)>, Error> {
        let Some(place) = self.key(suspense_of(place).0)? else { return Ok(Vec::new()) };
        let mut rows = self.conn.prepare_cached(
            "SELECT s.uuid,
                 sum(iif(m.from_place = b.place, m.qty, 0) * (m.day <= ?2))
                     - sum(iif(m.to_place = b.place, m.qty, 0)) AS units
             FROM balance b JOIN move m INDEXED BY move_lot ON m.lot = b.lot
             JOIN lot l ON l.id = b.lot JOIN identity s ON s.id = l.sku
             WHERE b.place = ?1 AND b.qty < 0 AND (m.from_place = b.place OR m.to_place = b.place)
                 AND m.entry NOT IN (SELECT entry FROM reversal)
                 AND m.entry NOT IN (SELECT by FROM reversal)
             GROUP BY b.id HAVING units > 0 ORDER BY b.id",
        )?;
        let rows = rows.query_map(params![place, day_number(day)], |row| {
            Ok((SkuId(row.get(0)?), row.get(1)?))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Of documents that were each said of a place's book until the end of a day, those after whose
    /// last standing word anything of that book was recorded: only their figures can have changed.
    /// What was used beyond the book is of every day, for what comes settles the first use first.
    pub fn moved_since(
        &self,
        place: PlaceId,
        said: &[(DocRef, NaiveDate)],
    ) -> Result<BTreeSet<Uuid>, Error> {
        let mut word = self.conn.prepare_cached(
            "SELECT max(entry) FROM doc_entry WHERE kind = ?1 AND doc = ?2
                 AND entry NOT IN (SELECT entry FROM reversal)",
        )?;
        let mut words: Vec<(Uuid, i64, i64)> = Vec::new();
        for (document, until) in said {
            let doc = self.key(document.id)?;
            let of_document = params![document.kind.code(), doc];
            let last: Option<i64> = word.query_row(of_document, |row| row.get(0))?;
            words.extend(last.map(|last| (document.id, day_number(*until), last)));
        }
        let Some(oldest) = words.iter().map(|(.., last)| *last).min() else {
            return Ok(BTreeSet::new());
        };
        let mut moves = self.conn.prepare_cached(
            "SELECT iif(b.place = ?2, NULL, m.day) AS counts_on, max(m.entry)
             FROM balance b JOIN move m INDEXED BY move_lot ON m.lot = b.lot
             WHERE b.place IN (?1, ?2) AND (m.from_place = b.place OR m.to_place = b.place)
                 AND m.entry > ?3 GROUP BY counts_on",
        )?;
        let places = (self.key(place.0)?, self.key(suspense_of(place).0)?);
        let moves = moves.query_map(params![places.0, places.1, oldest], |row| {
            Ok((row.get::<_, Option<i64>>(0)?, row.get::<_, i64>(1)?))
        })?;
        let moves = moves.collect::<Result<Vec<_>, _>>()?;
        let moved = |(_, until, last): &(Uuid, i64, i64)| {
            moves.iter().any(|(day, entry)| entry > last && day.is_none_or(|day| day <= *until))
        };
        Ok(words.into_iter().filter(moved).map(|(id, ..)| id).collect())
    }

    /// What a lot of sets was put together from and not taken apart again, in the order of
    /// assembly, and how many sets of it are not taken apart.
    pub fn parts_in(&self, set: LotId) -> Result<(Vec<PartIn>, i64), Error> {
        let Some(key) = self.key(set.0)? else { return Ok((Vec::new(), 0)) };
        let mut rows = self.conn.prepare_cached(
            "SELECT i.uuid, s.uuid, sum(p.qty) AS units FROM passing p
             JOIN lot l ON l.id = p.from_lot JOIN identity i ON i.id = l.id
             JOIN identity s ON s.id = l.sku WHERE p.to_lot = ?1 AND p.kind = ?2
             GROUP BY p.from_lot HAVING units > 0 ORDER BY min(p.entry << 20 | p.line)",
        )?;
        let rows = rows.query_map(params![key, PassingKind::Assembled.code()], |row| {
            Ok(PartIn { lot: LotId(row.get(0)?), sku: SkuId(row.get(1)?), qty: row.get(2)? })
        })?;
        let parts = rows.collect::<Result<_, _>>()?;
        let production = self.key(Builtin::Production.id().0)?;
        let made: i64 = self
            .conn
            .prepare_cached(
                "SELECT coalesce(-sum(qty), 0) FROM balance WHERE lot = ?1 AND place = ?2",
            )?
            .query_row(params![key, production], |row| row.get(0))?;
        Ok((parts, made))
    }

    /// What a lot was made of (`up`), or what was made of it, step by step to the end. A ring ends
    /// where it began.
    pub fn descent(&self, lot: LotId, up: bool) -> Result<Vec<Descent>, Error> {
        let Some(key) = self.key(lot.0)? else { return Ok(Vec::new()) };
        let sql = if up {
            "WITH RECURSIVE tree (lot, depth) AS (
                 SELECT ?1, 0 UNION
                 SELECT p.from_lot, t.depth + 1 FROM tree t JOIN passing p ON p.to_lot = t.lot
                 WHERE t.depth < 64 AND p.kind <> ?2)
             SELECT f.uuid, s.uuid, p.kind, sum(p.qty) AS units, min(t.depth) + 1
             FROM tree t JOIN passing p ON p.to_lot = t.lot AND p.kind <> ?2
             JOIN identity f ON f.id = p.from_lot JOIN identity s ON s.id = p.to_lot
             GROUP BY p.from_lot, p.to_lot, p.kind HAVING units > 0 ORDER BY 5, p.from_lot"
        } else {
            "WITH RECURSIVE tree (lot, depth) AS (
                 SELECT ?1, 0 UNION
                 SELECT p.to_lot, t.depth + 1 FROM tree t JOIN passing p ON p.from_lot = t.lot
                 WHERE p.to_lot IS NOT NULL AND t.depth < 64 AND p.kind <> ?2)
             SELECT f.uuid, s.uuid, p.kind, sum(p.qty) AS units, min(t.depth) + 1
             FROM tree t JOIN passing p ON p.from_lot = t.lot AND p.kind <> ?2
             JOIN identity f ON f.id = p.from_lot JOIN identity s ON s.id = p.to_lot
             GROUP BY p.from_lot, p.to_lot, p.kind HAVING units > 0 ORDER BY 5, p.to_lot"
        };
        let mut rows = self.conn.prepare_cached(sql)?;
        // What was spoilt beside goods is not in them.
        let mut rows = rows.query([key, PassingKind::Spoilt.code()])?;
        let mut steps = Vec::new();
        while let Some(row) = rows.next()? {
            let (from, to) = (LotId(row.get(0)?), LotId(row.get(1)?));
            let kind = passing_kind(row.get(2)?)?;
            steps.push(Descent { from, to, kind, qty: row.get(3)?, depth: row.get(4)? });
        }
        Ok(steps)
    }
}
