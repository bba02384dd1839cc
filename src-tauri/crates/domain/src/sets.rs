//! Sets (套装): put together from parts, and taken apart again.
//!
//! Knows which part lots go into a set, first expired first, and that a set is as old and keeps as
//! long as the part with the least of its life left. The parts' cost follows into the set by
//! passings, late bills included. Refuses to know which parts a set has: that is the goods' own.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    Body, Entry, EntryId, Fact, LotId, Move, MoveKind, NewId, NewLot, PlaceId, Refusal, SkuId,
    Status,
    lot::check_number,
    opening::LotBook,
    place::Builtin,
    shelf_life::Dates,
    stock::{Available, fefo, positive, take},
    valuation::{Passing, PassingKind},
};

/// A part of a set, as the goods say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SetPart {
    /// Which goods.
    pub sku: SkuId,
    /// How many of them are in one set.
    pub qty: i64,
}

/// A lot that parts can be taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartLot {
    /// What is free of it.
    pub free: Available,
    /// First in our hands on.
    pub first_received_on: NaiveDate,
}

/// A part with its lots.
#[derive(Debug, Clone)]
pub struct PartKnown {
    /// Which part.
    pub part: SetPart,
    /// Its code, for messages.
    pub code: String,
    /// Good lots of it at the place.
    pub lots: Vec<PartLot>,
}

/// What is put together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assembly {
    /// Where.
    pub place: PlaceId,
    /// Which set.
    pub sku: SkuId,
    /// Its code, for messages.
    pub code: String,
    /// The lot's number.
    pub lot_no: String,
    /// How many sets.
    pub qty: i64,
}

/// Puts sets together out of good parts at one place.
///
/// # Errors
/// A part of which less is there than needed, a set without parts, a lot number that cannot be.
pub fn assemble(
    wanted: &Assembly,
    parts: &[PartKnown],
    book: &mut LotBook,
    day: NaiveDate,
    new_id: NewId,
) -> Result<Entry, Refusal> {
    let sets = positive(wanted.qty)?;
    if parts.is_empty() {
        return Err(Refusal::SetWithoutParts { sku: wanted.code.clone() });
    }
    check_number(&wanted.lot_no)?;
    let mut taken = Vec::new();
    for known in parts {
        let needed = known.part.qty.saturating_mul(sets);
        let mut lots: Vec<Available> = known.lots.iter().map(|lot| lot.free).collect();
        fefo(&mut lots);
        let picked = take(&mut lots, needed);
        let available: i64 = picked.iter().map(|(_, qty)| qty).sum();
        if available < needed {
            let (sku, part) = (wanted.code.clone(), known.code.clone());
            return Err(Refusal::PartMissing { sku, part, needed, available });
        }
        taken.extend(picked.into_iter().filter_map(|(lot, qty)| {
            Some((known.lots.iter().find(|one| one.free.lot == lot)?, qty))
        }));
    }
    // Shares can be compared only when every part that expires has one.
    let expiring = taken.iter().map(|(lot, _)| lot.free.dates);
    let mut expiring = expiring.filter(|dates| dates.expires_on.is_some());
    let shares = expiring.all(|dates| dates.share_ppm(day).is_some());
    let weakest = taken.iter().map(|(lot, _)| *lot).min_by_key(|lot| life_left(lot, day, shares));
    let (dates, first_received_on) =
        weakest.map_or((Dates::default(), day), |lot| (lot.free.dates, lot.first_received_on));
    let lot_no = wanted.lot_no.trim().to_owned();
    let id = book.lot((wanted.sku, &wanted.code), &lot_no, dates, new_id)?;
    let (shelf, door) = ((wanted.place, Status::Good), (Builtin::Production.id(), Status::Good));
    let fact = Fact::SetAssembled { place: wanted.place, lot: id, qty: sets };
    let mut body = Body::of(fact);
    let kind = MoveKind::Assemble;
    for (lot, qty) in taken {
        let lot = lot.free.lot;
        body.moves.push(Move { kind, lot, qty, from: shelf, to: door, line: 0 });
        let kind = PassingKind::Assembled;
        body.passings.push(Passing { kind, from: lot, to: Some(id), qty });
    }
    body.moves.push(Move { kind, lot: id, qty: sets, from: door, to: shelf, line: 0 });
    let sku = wanted.sku;
    body.lots.push(NewLot { id, sku, lot_no, dates, first_received_on, order: None });
    let id = EntryId(new_id());
    Ok(Entry { id, effective_on: day, reverses: None, batch: None, body, money: None })
}

/// What is left of a lot's life on `day`: as a share of the whole when `shares` are known, then by
/// expiry; a lot that does not expire is never the weakest.
fn life_left(lot: &PartLot, day: NaiveDate, shares: bool) -> (i64, NaiveDate, LotId) {
    let dates = lot.free.dates;
    let expires = dates.expires_on.unwrap_or(NaiveDate::MAX);
    let share = dates.share_ppm(day).filter(|_| shares && dates.expires_on.is_some());
    (share.unwrap_or(i64::MAX), expires, lot.free.lot)
}

/// Parts that went into a set's lot and are still in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartIn {
    /// Which part lot.
    pub lot: LotId,
    /// Of these goods.
    pub sku: SkuId,
    /// Units of it in all sets of the lot.
    pub qty: i64,
}

/// Takes sets apart: their parts are again what they were, lot by lot, the last put in first.
///
/// # Errors
/// A lot that was not put together from whole parts per set.
pub fn disassemble(
    (place, set, code): (PlaceId, LotId, &str),
    (sets, made): (i64, i64),
    parts: &[PartIn],
    day: NaiveDate,
    new_id: NewId,
) -> Result<Entry, Refusal> {
    let sets = positive(sets)?;
    let (shelf, door) = ((place, Status::Good), (Builtin::Production.id(), Status::Good));
    let mut body = Body::of(Fact::SetDisassembled { place, lot: set, qty: sets });
    let kind = MoveKind::Disassemble;
    body.moves.push(Move { kind, lot: set, qty: sets, from: shelf, to: door, line: 0 });
    let mut goods: Vec<SkuId> = parts.iter().map(|part| part.sku).collect();
    goods.sort_unstable();
    goods.dedup();
    if goods.is_empty() || made < sets {
        return Err(Refusal::SetWithoutParts { sku: code.to_owned() });
    }
    for sku in goods {
        let of_part = || parts.iter().filter(|part| part.sku == sku);
        let all: i64 = of_part().map(|part| part.qty).sum();
        if all % made != 0 {
            return Err(Refusal::SetWithoutParts { sku: code.to_owned() });
        }
        let mut left = all / made * sets;
        for part in of_part().rev() {
            let qty = left.min(part.qty);
            if qty <= 0 {
                continue;
            }
            left -= qty;
            body.moves.push(Move { kind, lot: part.lot, qty, from: door, to: shelf, line: 0 });
            let kind = PassingKind::Assembled;
            body.passings.push(Passing { kind, from: part.lot, to: Some(set), qty: -qty });
        }
    }
    let id = EntryId(new_id());
    Ok(Entry { id, effective_on: day, reverses: None, batch: None, body, money: None })
}
