//! What sales out of lots brought: the copies of the orders that a day shipped, and the lots that
//! bore what was first taken from a suspense.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::{
    LotId, MoveKind, PlaceKind, ShopId,
    place::Builtin,
    suspense::{PAIR, Side},
};
use rusqlite::params;

use crate::{Error, Reader, keys::day_number};

/// A line of a remote order that counts as shipped on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShippedLine {
    /// The platform's warehouse; empty while the platform names none.
    pub warehouse: String,
    /// The shop's name for the goods.
    pub listing: String,
    /// The line's id within its order.
    pub line: String,
    /// Units.
    pub units: i64,
}

/// A remote order with those of its lines that were asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShippedOrder {
    /// The order as it came.
    pub content: String,
    /// Its lines; never none.
    pub lines: Vec<ShippedLine>,
}

impl Reader<'_> {
    /// The orders of a shop's copy with lines that count as shipped on a day, out of a warehouse
    /// and of a listing that are asked for together: only those lines.
    pub fn shipped_orders(
        &self,
        shop: ShopId,
        day: NaiveDate,
        goods: &BTreeSet<(&str, &str)>,
    ) -> Result<Vec<ShippedOrder>, Error> {
        let mut rows = self.conn.prepare_cached(
            "SELECT l.id, l.line, l.warehouse, l.listing, l.units, o.content
             FROM remote_line l CROSS JOIN remote_order o ON o.shop = l.shop AND o.id = l.id
             WHERE l.shop = ?1 AND l.ship_day = ?2 AND (l.warehouse, l.listing) IN
                 (SELECT value ->> 0, value ->> 1 FROM json_each(?3))
             ORDER BY l.id, l.line",
        )?;
        let goods = serde_json::to_string(goods)?;
        let mut rows = rows.query(params![shop.0, day_number(day), goods])?;
        let mut orders: Vec<ShippedOrder> = Vec::new();
        let mut last = String::new();
        while let Some(row) = rows.next()? {
            let id: String = row.get(0)?;
            if orders.is_empty() || id != last {
                orders.push(ShippedOrder { content: row.get(5)?, lines: Vec::new() });
                last = id;
            }
            let (line, warehouse, listing) = (row.get(1)?, row.get(2)?, row.get(3)?);
            if let Some(order) = orders.last_mut() {
                order.lines.push(ShippedLine { warehouse, listing, line, units: row.get(4)? });
            }
        }
        Ok(orders)
    }

    /// Units of a pseudo lot's suspense by the lots that bore them in the end.
    pub fn suspense_borne_by(&self, pseudo: LotId) -> Result<Vec<(LotId, i64)>, Error> {
        self.settled(pseudo, Side::Pseudo)
    }

    /// Units of a lot that bore sales out of suspense, by pseudo lot.
    pub fn bears_suspense_of(&self, lot: LotId) -> Result<Vec<(LotId, i64)>, Error> {
        self.settled(lot, Side::Bearer)
    }

    /// Units sold out of a suspense in a pseudo lot's name that no lot bears yet.
    pub fn unborne_suspense(&self, pseudo: LotId) -> Result<i64, Error> {
        let Some(lot) = self.key(pseudo.0)? else { return Ok(0) };
        let mut rows = self.conn.prepare_cached(
            "SELECT coalesce(-sum(b.qty), 0) FROM balance b JOIN place p ON p.id = b.place
             WHERE b.lot = ?1 AND p.kind = ?2",
        )?;
        let kind = PlaceKind::Suspense.code();
        Ok(rows.query_row(params![lot, kind], |row| row.get(0))?)
    }

    /// The lots on the other side of the pairs of moves in which `lot` stands on one: units charged
    /// and not given back.
    fn settled(&self, lot: LotId, side: Side) -> Result<Vec<(LotId, i64)>, Error> {
        let Some(lot) = self.key(lot.0)? else { return Ok(Vec::new()) };
        let customer = self.key(Builtin::Customer.id().0)?;
        let mut rows = self.conn.prepare_cached(
            "SELECT i.uuid, sum(CASE WHEN (a.from_place = ?6) = ?7 THEN a.qty ELSE -a.qty END) AS n
             FROM move a
             JOIN move b ON b.day = a.day AND b.entry = a.entry AND b.line = a.line - ?4 + ?5
             JOIN identity i ON i.id = b.lot
             WHERE a.lot = ?1 AND a.kind = ?2 AND b.kind = ?2 AND a.line % ?3 = ?4
                 AND (a.from_place = ?6 OR a.to_place = ?6)
                 AND a.entry NOT IN (SELECT entry FROM reversal)
                 AND a.entry NOT IN (SELECT by FROM reversal)
             GROUP BY b.lot HAVING n > 0 ORDER BY b.lot",
        )?;
        let (kind, charged_from_customer) = (MoveKind::SuspenseSettle.code(), side == Side::Pseudo);
        let (at, other) = (side.at(), side.other().at());
        let of_lot = params![lot, kind, PAIR, at, other, customer, charged_from_customer];
        let rows = rows.query_map(of_lot, |row| Ok((LotId(row.get(0)?), row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
