//! The copy of what a marketplace shows: its orders as they are now, and where its feed was read to.
//!
//! A copy can be pulled again, so it is no history and not journaled; what follows from it in stock
//! is. Refuses to know what a listing or a warehouse is for us.

use chrono::NaiveDate;
use domain::{ShopId, sales::Units};
use rusqlite::{OptionalExtension, params};

use crate::{
    Error, Reader, Writer,
    keys::{day_number, day_of},
};

/// What a shop's copy of orders says of one day, warehouse and listing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayLevels {
    /// The platform's warehouse; empty while the platform names none.
    pub warehouse: String,
    /// The shop's name for the goods.
    pub listing: String,
    /// The seller's code of the goods, as the shop knows it.
    pub seller_sku: Option<String>,
    /// Shipped and paid for on the day.
    pub level: Units,
}

/// A line of a remote order as the levels count it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteLine {
    /// The line's id within its order.
    pub line: String,
    /// The platform's warehouse; empty while the platform names none.
    pub warehouse: String,
    /// The shop's name for the goods.
    pub listing: String,
    /// The seller's code of the goods, as the shop knows it.
    pub seller_sku: Option<String>,
    /// Counts as shipped on.
    pub ship_day: Option<NaiveDate>,
    /// Counts as paid on.
    pub pay_day: Option<NaiveDate>,
    /// Units.
    pub units: i64,
}

/// Goods that a shop sells out of a warehouse, as its copy of orders shows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteGoods {
    /// The platform's warehouse; empty while the platform names none.
    pub warehouse: String,
    /// The shop's name for the goods.
    pub listing: String,
    /// The seller's code of the goods, as the shop knows it.
    pub seller_sku: Option<String>,
    /// The first day on which any of them counts.
    pub first_on: NaiveDate,
    /// Units that count on some day.
    pub units: i64,
}

/// Where a shop's feed was read to, and how far its days are posted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stream {
    /// The server's generation; empty before the first page.
    pub epoch: String,
    /// Where the next page begins; empty before the first page.
    pub cursor: String,
    /// The last change taken.
    pub seq: i64,
    /// Up to this day each day was posted after it had ended.
    pub closed_until: Option<NaiveDate>,
    /// Hash of the mapping by which those days were posted.
    pub mapping: Option<String>,
    /// The last good run, milliseconds since 1970.
    pub last_ok: Option<i64>,
    /// What stopped the last run, as JSON.
    pub last_error: Option<String>,
}

impl Reader<'_> {
    /// Where a shop's feed was read to.
    pub fn stream(&self, shop: ShopId) -> Result<Option<Stream>, Error> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT epoch, cursor, seq, closed_until, mapping, last_ok, last_error
                 FROM sync_stream WHERE shop = ?1",
            )?
            .query_row([shop.0], |row| {
                Ok(Stream {
                    epoch: row.get(0)?,
                    cursor: row.get(1)?,
                    seq: row.get(2)?,
                    closed_until: row.get::<_, Option<i64>>(3)?.map(day_of),
                    mapping: row.get(4)?,
                    last_ok: row.get(5)?,
                    last_error: row.get(6)?,
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

    /// Orders of a shop as they came, in the order of their ids, after one and at most `limit`.
    pub fn remote_contents(
        &self,
        shop: ShopId,
        after: &str,
        limit: i64,
    ) -> Result<Vec<(String, String)>, Error> {
        let mut rows = self.conn.prepare_cached(
            "SELECT id, content FROM remote_order WHERE shop = ?1 AND id > ?2 ORDER BY id LIMIT ?3",
        )?;
        let rows =
            rows.query_map(params![shop.0, after, limit], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The days on which the lines of one order count.
    pub fn remote_order_days(&self, shop: ShopId, id: &str) -> Result<Vec<NaiveDate>, Error> {
        let mut rows = self.conn.prepare_cached(
            "SELECT ship_day FROM remote_line WHERE shop = ?1 AND id = ?2 AND ship_day IS NOT NULL
             UNION
             SELECT pay_day FROM remote_line WHERE shop = ?1 AND id = ?2 AND pay_day IS NOT NULL",
        )?;
        let rows = rows.query_map(params![shop.0, id], |row| Ok(day_of(row.get(0)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
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
            "SELECT warehouse, listing, max(seller_sku), sum(iif(ship_day = ?2, units, 0)),
                 sum(iif(pay_day = ?2, units, 0))
             FROM remote_line WHERE shop = ?1 AND (ship_day = ?2 OR pay_day = ?2)
             GROUP BY warehouse, listing ORDER BY warehouse, listing",
        )?;
        let rows = rows.query_map(params![shop.0, day_number(day)], |row| {
            let level = Units { units: row.get(3)?, demand: row.get(4)? };
            let (warehouse, listing) = (row.get(0)?, row.get(1)?);
            Ok(DayLevels { warehouse, listing, seller_sku: row.get(2)?, level })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What a shop sells out of which warehouse, by its copy of orders; only what counts on some
    /// day.
    pub fn remote_goods(&self, shop: ShopId) -> Result<Vec<RemoteGoods>, Error> {
        let mut rows = self.conn.prepare_cached(
            "SELECT warehouse, listing, max(seller_sku),
                 min(min(coalesce(ship_day, pay_day), coalesce(pay_day, ship_day))), sum(units)
             FROM remote_line
             WHERE shop = ?1 AND (ship_day IS NOT NULL OR pay_day IS NOT NULL)
             GROUP BY warehouse, listing ORDER BY listing, warehouse",
        )?;
        let rows = rows.query_map([shop.0], |row| {
            Ok(RemoteGoods {
                warehouse: row.get(0)?,
                listing: row.get(1)?,
                seller_sku: row.get(2)?,
                first_on: day_of(row.get(3)?),
                units: row.get(4)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
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
            "INSERT INTO remote_line
                 (shop, id, line, warehouse, listing, seller_sku, ship_day, pay_day, units)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?;
        for one in lines {
            insert.execute(params![
                shop.0,
                id,
                one.line,
                one.warehouse,
                one.listing,
                one.seller_sku,
                one.ship_day.map(day_number),
                one.pay_day.map(day_number),
                one.units,
            ])?;
        }
        Ok(())
    }

    /// Puts another copy of a shop's orders in the place of the one that is there.
    pub fn replace_remote(&mut self, shop: ShopId, by: ShopId) -> Result<(), Error> {
        for table in ["remote_order", "remote_line"] {
            self.conn.execute(&format!("DELETE FROM {table} WHERE shop = ?1"), [shop.0])?;
            let sql = format!("UPDATE {table} SET shop = ?1 WHERE shop = ?2");
            self.conn.execute(&sql, params![shop.0, by.0])?;
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
                "INSERT OR REPLACE INTO sync_stream
                     (shop, epoch, cursor, seq, closed_until, mapping, last_ok, last_error)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?
            .execute(params![
                shop.0,
                to.epoch,
                to.cursor,
                to.seq,
                to.closed_until.map(day_number),
                to.mapping,
                to.last_ok,
                to.last_error,
            ])?;
        Ok(true)
    }

    /// Notes up to which day a shop's days are posted, and by which mapping. The place in its feed
    /// stays.
    pub fn note_closed(
        &mut self,
        shop: ShopId,
        until: NaiveDate,
        mapping: &str,
    ) -> Result<(), Error> {
        self.conn
            .prepare_cached(
                "INSERT INTO sync_stream (shop, epoch, cursor, seq, closed_until, mapping)
                 VALUES (?1, '', '', 0, ?2, ?3)
                 ON CONFLICT (shop) DO UPDATE
                 SET closed_until = excluded.closed_until, mapping = excluded.mapping",
            )?
            .execute(params![shop.0, day_number(until), mapping])?;
        Ok(())
    }

    /// Notes how a run ended: at which instant well, or with which error. An error leaves the
    /// instant of the last good run standing. The place in the feed stays.
    pub fn note_run(&mut self, shop: ShopId, ended: Result<i64, String>) -> Result<(), Error> {
        let (last_ok, last_error) = match ended {
            Ok(at) => (Some(at), None),
            Err(error) => (None, Some(error)),
        };
        self.conn
            .prepare_cached(
                "INSERT INTO sync_stream (shop, epoch, cursor, seq, last_ok, last_error)
                 VALUES (?1, '', '', 0, ?2, ?3)
                 ON CONFLICT (shop) DO UPDATE
                 SET last_ok = coalesce(excluded.last_ok, last_ok),
                     last_error = excluded.last_error",
            )?
            .execute(params![shop.0, last_ok, last_error])?;
        Ok(())
    }

    /// Forgets a shop's copy of orders before it is pulled anew.
    pub fn forget_remote(&mut self, shop: ShopId) -> Result<(), Error> {
        for table in ["remote_order", "remote_line", "sync_stream"] {
            self.conn.execute(&format!("DELETE FROM {table} WHERE shop = ?1"), [shop.0])?;
        }
        Ok(())
    }
}
