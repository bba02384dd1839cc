//! Sales: what is posted, what it was taken from, and the copy of what a marketplace shows.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::{
    DocRef, Fact, LotId, MoveKind, PlaceId, ShopId, SkuId,
    entry::{SaleKind, SaleSource},
    place::suspense_of,
    sales::{LevelKey, Shelf, Taken, Units},
    suspense::OpenSale,
};
use rusqlite::{OptionalExtension, params};
use uuid::Uuid;

use crate::{
    Error, Reader, Writer, chain,
    keys::{day_number, day_of},
};

/// What a shop's copy of orders says of one day, warehouse and listing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayLevels {
    /// The platform's warehouse.
    pub warehouse: String,
    /// The shop's name for the goods.
    pub listing: String,
    /// Shipped and paid for on the day.
    pub level: Units,
}

/// A line of a remote order as the levels count it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteLine {
    /// The line's id within its order.
    pub line: String,
    /// The platform's warehouse.
    pub warehouse: String,
    /// The shop's name for the goods.
    pub listing: String,
    /// Counts as shipped on.
    pub ship_day: Option<NaiveDate>,
    /// Counts as paid on.
    pub pay_day: Option<NaiveDate>,
    /// Units.
    pub units: i64,
}

/// Where a shop's feed was read to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stream {
    /// The server's generation.
    pub epoch: String,
    /// Where the next page begins.
    pub cursor: String,
    /// The last good run, milliseconds since 1970.
    pub last_ok: Option<i64>,
    /// What stopped the last run, as JSON.
    pub last_error: Option<String>,
}

fn kind_of(word: &str) -> Result<SaleKind, Error> {
    Ok(serde_json::from_str(&format!("\"{word}\""))?)
}

impl Reader<'_> {
    /// Who posted a shop's day, if anybody did.
    pub fn sales_source(&self, shop: ShopId, day: NaiveDate) -> Result<Option<SaleSource>, Error> {
        let Some(shop) = self.key(shop.0)? else { return Ok(None) };
        let word: Option<String> = self
            .conn
            .prepare_cached("SELECT source FROM sale_level WHERE shop = ?1 AND day = ?2 LIMIT 1")?
            .query_row(params![shop, day_number(day)], |row| row.get(0))
            .optional()?;
        Ok(word.map(|word| serde_json::from_str(&format!("\"{word}\""))).transpose()?)
    }

    /// What is posted of a shop's day.
    pub fn posted_levels(
        &self,
        shop: ShopId,
        day: NaiveDate,
    ) -> Result<BTreeMap<LevelKey, Units>, Error> {
        let Some(shop) = self.key(shop.0)? else { return Ok(BTreeMap::new()) };
        let mut rows = self.conn.prepare_cached(
            "SELECT p.uuid, l.listing, l.kind, l.units, l.demand FROM sale_level l
             JOIN identity p ON p.id = l.place WHERE l.shop = ?1 AND l.day = ?2",
        )?;
        let rows = rows.query_map(params![shop, day_number(day)], |row| {
            let level = Units { units: row.get(3)?, demand: row.get(4)? };
            Ok((row.get::<_, Uuid>(0)?, row.get(1)?, row.get::<_, String>(2)?, level))
        })?;
        rows.map(|row| {
            let (place, listing, kind, level) = row?;
            Ok(((place.into(), listing, kind_of(&kind)?), level))
        })
        .collect()
    }

    /// What the postings of a shop's day were taken from and not given back, in their order.
    pub fn taken(
        &self,
        shop: ShopId,
        day: NaiveDate,
    ) -> Result<BTreeMap<LevelKey, Vec<Taken>>, Error> {
        let mut taken: BTreeMap<LevelKey, Vec<Taken>> = BTreeMap::new();
        let document = DocRef::sales_day(shop, day);
        let Some(doc) = self.key(document.id)? else { return Ok(taken) };
        let mut rows = self.conn.prepare_cached(
            "SELECT entry FROM doc_entry WHERE kind = ?1 AND doc = ?2
                 AND entry NOT IN (SELECT entry FROM reversal) ORDER BY entry",
        )?;
        let rows = rows.query_map(params![document.kind.code(), doc], |row| row.get(0))?;
        for position in rows.collect::<Result<Vec<i64>, _>>()? {
            let body = chain::at(self.conn, position)?.entry.body;
            let Fact::SalesPosted(sales) = body.fact else { continue };
            for one in body.moves {
                let Some(line) = sales.lines.get(one.line as usize) else { continue };
                let takes = taken.entry((line.place, line.listing.clone(), line.kind)).or_default();
                let suspense = one.kind == MoveKind::SuspenseSale;
                match one.kind {
                    MoveKind::Sale | MoveKind::SuspenseSale => {
                        let (lot, from, qty) = (one.lot, one.from.0, one.qty);
                        takes.push(Taken { lot, from, suspense, qty });
                    }
                    _ => give_back(takes, one.lot, one.to.0, one.qty),
                }
            }
        }
        Ok(taken)
    }

    /// Goods at a place as a report of sales finds them.
    pub fn shelf(&self, sku: SkuId, place: PlaceId, day: NaiveDate) -> Result<Shelf, Error> {
        let lots = self.takeable(sku, place, day)?;
        let earliest_expiry = self.earliest_expiry(sku, place, day)?;
        let known = self.known_lots(&[sku])?;
        let pseudo = known.into_iter().filter(|lot| lot.lot_no.starts_with('?'));
        let pseudo = pseudo.map(|lot| (lot.lot_no, lot.id)).collect();
        Ok(Shelf { lots, earliest_expiry, pseudo })
    }

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

    /// Where a shop's feed was read to.
    pub fn stream(&self, shop: ShopId) -> Result<Option<Stream>, Error> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT epoch, cursor, last_ok, last_error FROM sync_stream WHERE shop = ?1",
            )?
            .query_row([shop.0], |row| {
                Ok(Stream {
                    epoch: row.get(0)?,
                    cursor: row.get(1)?,
                    last_ok: row.get(2)?,
                    last_error: row.get(3)?,
                })
            })
            .optional()?)
    }

    /// The version under which an order was last seen.
    pub fn remote_version(&self, shop: ShopId, id: &str) -> Result<Option<i64>, Error> {
        Ok(self
            .conn
            .prepare_cached("SELECT version FROM remote_order WHERE shop = ?1 AND id = ?2")?
            .query_row(params![shop.0, id], |row| row.get(0))
            .optional()?)
    }

    /// How many orders of a shop were seen.
    pub fn remote_orders(&self, shop: ShopId) -> Result<i64, Error> {
        Ok(self
            .conn
            .prepare_cached("SELECT count(*) FROM remote_order WHERE shop = ?1")?
            .query_row([shop.0], |row| row.get(0))?)
    }

    /// The days on which a shop's copy of orders counts anything, up to and with `until`.
    pub fn remote_days(&self, shop: ShopId, until: NaiveDate) -> Result<Vec<NaiveDate>, Error> {
        let mut rows = self.conn.prepare_cached(
            "SELECT ship_day FROM remote_line WHERE shop = ?1 AND ship_day <= ?2
             UNION SELECT pay_day FROM remote_line WHERE shop = ?1 AND pay_day <= ?2 ORDER BY 1",
        )?;
        let rows =
            rows.query_map(params![shop.0, day_number(until)], |row| Ok(day_of(row.get(0)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What a shop's copy of orders says of a day.
    pub fn remote_levels(&self, shop: ShopId, day: NaiveDate) -> Result<Vec<DayLevels>, Error> {
        let mut rows = self.conn.prepare_cached(
            "SELECT warehouse, listing, sum(iif(ship_day = ?2, units, 0)),
                 sum(iif(pay_day = ?2, units, 0))
             FROM remote_line WHERE shop = ?1 AND (ship_day = ?2 OR pay_day = ?2)
             GROUP BY warehouse, listing ORDER BY warehouse, listing",
        )?;
        let rows = rows.query_map(params![shop.0, day_number(day)], |row| {
            let level = Units { units: row.get(2)?, demand: row.get(3)? };
            Ok(DayLevels { warehouse: row.get(0)?, listing: row.get(1)?, level })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The last day of which a shop's sales are posted.
    pub fn posted_until(&self, shop: ShopId) -> Result<Option<NaiveDate>, Error> {
        let Some(shop) = self.key(shop.0)? else { return Ok(None) };
        let last: Option<i64> = self
            .conn
            .prepare_cached("SELECT max(day) FROM sale_level WHERE shop = ?1")?
            .query_row([shop], |row| row.get(0))?;
        Ok(last.map(day_of))
    }

    /// All listings of a shop's copy of orders.
    pub fn remote_listings(&self, shop: ShopId) -> Result<Vec<String>, Error> {
        let mut rows = self.conn.prepare_cached(
            "SELECT DISTINCT listing FROM remote_line WHERE shop = ?1 ORDER BY listing",
        )?;
        let rows = rows.query_map([shop.0], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// Takes `qty` units back from the takes of a lot, the last first.
fn give_back(takes: &mut Vec<Taken>, lot: LotId, from: PlaceId, qty: i64) {
    let mut open = qty;
    for one in takes.iter_mut().rev().filter(|one| one.lot == lot && one.from == from) {
        let part = open.min(one.qty);
        one.qty -= part;
        open -= part;
    }
    takes.retain(|one| one.qty > 0);
}

impl Writer<'_> {
    /// Keeps a copy of an order as the marketplace shows it now.
    pub fn keep_remote_order(
        &mut self,
        shop: ShopId,
        (id, version): (&str, i64),
        content: &str,
        lines: &[RemoteLine],
    ) -> Result<(), Error> {
        self.conn
            .prepare_cached(
                "INSERT OR REPLACE INTO remote_order (shop, id, version, content)
                 VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![shop.0, id, version, content])?;
        self.conn
            .prepare_cached("DELETE FROM remote_line WHERE shop = ?1 AND id = ?2")?
            .execute(params![shop.0, id])?;
        let mut insert = self.conn.prepare_cached(
            "INSERT INTO remote_line (shop, id, line, warehouse, listing, ship_day, pay_day, units)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?;
        for one in lines {
            insert.execute(params![
                shop.0,
                id,
                one.line,
                one.warehouse,
                one.listing,
                one.ship_day.map(day_number),
                one.pay_day.map(day_number),
                one.units,
            ])?;
        }
        Ok(())
    }

    /// Moves a shop's place in its feed, if it is still where the page was read from; whether it
    /// was.
    pub fn advance_stream(
        &mut self,
        shop: ShopId,
        from: Option<&Stream>,
        to: &Stream,
    ) -> Result<bool, Error> {
        let current = self.stream(shop)?;
        let at =
            |stream: Option<&Stream>| stream.map(|one| (one.epoch.clone(), one.cursor.clone()));
        if at(current.as_ref()) != at(from) {
            return Ok(false);
        }
        self.conn
            .prepare_cached(
                "INSERT OR REPLACE INTO sync_stream (shop, epoch, cursor, last_ok, last_error)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![shop.0, to.epoch, to.cursor, to.last_ok, to.last_error])?;
        Ok(true)
    }

    /// Forgets a shop's copy of orders before it is pulled anew.
    pub fn forget_remote(&mut self, shop: ShopId) -> Result<(), Error> {
        for table in ["remote_order", "remote_line", "sync_stream"] {
            self.conn.execute(&format!("DELETE FROM {table} WHERE shop = ?1"), [shop.0])?;
        }
        Ok(())
    }
}
