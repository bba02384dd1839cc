//! Opening stock as it was posted, whatever became of it since.

use domain::{LotId, MoveKind, PlaceId, Status};
use rusqlite::params;

use crate::{Error, Reader};

impl Reader<'_> {
    /// Units of a lot in one status that a place was opened with and that were not undone.
    pub fn opened_units(&self, place: PlaceId, lot: LotId, status: Status) -> Result<i64, Error> {
        let (Some(lot), Some(place)) = (self.key(lot.0)?, self.key(place.0)?) else { return Ok(0) };
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
}
