//! Opening stock as it was posted, whatever became of it since.

use domain::{LotId, MoveKind, PlaceId, Status};
use rusqlite::params;

use crate::{Error, Reader};

impl Reader<'_> {
    /// Units of a lot in one status that a place was opened with and that were not undone.
    pub fn opened_units(&self, place: PlaceId, lot: LotId, status: Status) -> Result<i64, Error> {
        let (Some(lot), Some(place)) = (self.key(lot.0)?, self.key(place.0)?) else {
            return Ok(0);
        };
        Ok(self
            .conn
            .prepare_cached(
                "SELECT coalesce(sum(iif(to_place = ?2 AND to_status = ?3, qty, 0)
                                   - iif(from_place = ?2 AND from_status = ?3, qty, 0)), 0)
                 FROM move INDEXED BY move_lot WHERE lot = ?1 AND kind = ?4",
            )?
            .query_row(params![lot, place, status.code(), MoveKind::Opening.code()], |row| {
                row.get(0)
            })?)
    }

    /// Units of a lot that a place was opened with and that were not undone, in any status, with
    /// the value given to them in minor units of the book's currency.
    pub fn opened_value(&self, place: PlaceId, lot: LotId) -> Result<(i64, i64), Error> {
        let (Some(lot), Some(place)) = (self.key(lot.0)?, self.key(place.0)?) else {
            return Ok((0, 0));
        };
        Ok(self
            .conn
            .prepare_cached(
                "WITH opened AS (
                     SELECT entry, sum(qty) AS units FROM move INDEXED BY move_lot
                     WHERE lot = ?1 AND kind = ?3 AND to_place = ?2
                         AND entry NOT IN (SELECT entry FROM reversal) GROUP BY entry)
                 SELECT coalesce(sum(units), 0), coalesce(sum(
                     (SELECT sum(minor) FROM value_entry v
                      WHERE v.entry = opened.entry AND v.lot = ?1)), 0)
                 FROM opened",
            )?
            .query_row(params![lot, place, MoveKind::Opening.code()], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?)
    }
}
