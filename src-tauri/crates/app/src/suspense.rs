//! Suspense after goods came or sales were taken back: charged to what is there, or given back.
//!
//! One entry at a time, each decided on what the ledger says after the one before.

use chrono::NaiveDate;
use domain::{Entry, NewId, PlaceId, PlaceKind, suspense};
use store::{Reader, Writer};

use crate::{Error, posting::post, production};

/// The next charge of open suspense at `place` to goods that came there on `arrived_on`.
pub(crate) fn next_settlement(
    reader: &Reader,
    place: PlaceId,
    arrived_on: NaiveDate,
    new_id: NewId,
) -> Result<Option<Entry>, Error> {
    for sale in reader.open_suspense(place)? {
        // What can be taken is asked for the very day on which it will be taken.
        let day = arrived_on.max(sale.last_sold_on);
        let lots = reader.takeable(sale.sku, place, day)?;
        let mut arrived: Vec<_> = lots.into_iter().map(|lot| (sale.sku, lot)).collect();
        let entry = suspense::settle(place, arrived_on, &[sale], &mut arrived, new_id);
        if entry.is_some() {
            return Ok(entry);
        }
    }
    Ok(None)
}

/// What suspense of `place` gives back because fewer were sold out of it than it was charged for.
pub(crate) fn next_release(
    reader: &Reader,
    place: PlaceId,
    new_id: NewId,
) -> Result<Option<Entry>, Error> {
    let (over, mut charged) = reader.over_settled(place)?;
    Ok(suspense::unsettle(place, &over, &mut charged, new_id))
}

/// Charges what was sold beyond the book at `place` to the goods that came there, and posts it.
pub(crate) fn settle(
    writer: &mut Writer,
    place: PlaceId,
    arrived_on: NaiveDate,
    new_id: NewId,
) -> Result<Vec<Entry>, Error> {
    if writer.place_kind(place)? == Some(PlaceKind::Factory) {
        return production::settle(writer, place, arrived_on, new_id);
    }
    let mut entries = Vec::new();
    while let Some(entry) = next_settlement(writer, place, arrived_on, new_id)? {
        entries.push(post(writer, entry)?);
    }
    Ok(entries)
}

/// Gives back what was charged for sales of `place` that did not take place, and posts it.
pub(crate) fn release(
    writer: &mut Writer,
    place: PlaceId,
    new_id: NewId,
) -> Result<Vec<Entry>, Error> {
    let mut entries = Vec::new();
    while let Some(entry) = next_release(writer, place, new_id)? {
        entries.push(post(writer, entry)?);
    }
    Ok(entries)
}
