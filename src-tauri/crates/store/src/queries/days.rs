//! Figures by day: how stock and demand went over the last weeks.

use chrono::NaiveDate;
use rusqlite::params;

use crate::{
    Error, Reader,
    keys::{day_number, day_of},
};

/// How stock changed on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayChange {
    /// The day.
    pub day: NaiveDate,
    /// Units that came to places where goods lie, less those that left them.
    pub on_hand: i64,
    /// The same of goods on their way.
    pub in_transit: i64,
}

impl Reader<'_> {
    /// The changes of stock on each day after `day` that has any, the first day first.
    pub fn changes_since(&self, day: NaiveDate) -> Result<Vec<DayChange>, Error> {
        let mut rows = self.conn.prepare_cached(
            "SELECT m.day,
                 sum(iif(t.kind < 4, m.qty, 0) - iif(f.kind < 4, m.qty, 0)),
                 sum(iif(t.kind = 4, m.qty, 0) - iif(f.kind = 4, m.qty, 0))
             FROM move m JOIN place f ON f.id = m.from_place JOIN place t ON t.id = m.to_place
             WHERE m.day > ?1 GROUP BY m.day ORDER BY m.day",
        )?;
        let rows = rows.query_map([day_number(day)], |row| {
            let (on_hand, in_transit) = (row.get(1)?, row.get(2)?);
            Ok(DayChange { day: day_of(row.get(0)?), on_hand, in_transit })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Units paid for on each day from `since` to the day before `before` that has any on record.
    pub fn demand_by_day(
        &self,
        since: NaiveDate,
        before: NaiveDate,
    ) -> Result<Vec<(NaiveDate, i64)>, Error> {
        let mut rows = self.conn.prepare_cached(
            "SELECT day, sum(units) FROM demand WHERE day >= ?1 AND day < ?2
             GROUP BY day ORDER BY day",
        )?;
        let rows = rows.query_map(params![day_number(since), day_number(before)], |row| {
            Ok((day_of(row.get(0)?), row.get(1)?))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Whether any sales are on record.
    pub fn has_sales(&self) -> Result<bool, Error> {
        let sql = "SELECT EXISTS (SELECT 1 FROM demand)";
        Ok(self.conn.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
    }
}
