//! A large ledger, made below the commands: goods, lots at ten places, and a year of sales.
//!
//! The same numbers give the same ledger, ids apart. It is as a true one: nothing sells that was
//! not there.

use std::error::Error;
use std::path::Path;

use chrono::{DateTime, Days, NaiveDate};
use domain::company::Company;
use domain::fact::{SaleKind, SalePosting, SaleSource, SalesPosted};
use domain::place::{Builtin, Place, PlaceKind, Route};
use domain::shelf_life::{Dates, LifeRule};
use domain::shop::till_of;
use domain::sku::Sku;
use domain::{
    Body, Currency, Entry, EntryId, Fact, LotId, Move, MoveKind, NewLot, PlaceId, SkuId, Status,
};
use store::{Stamp, Workspace};
use uuid::Uuid;

use crate::desk::TODAY;

const PLACES: usize = 10;
const LOTS_OF_A_SKU: usize = 5;
/// Days of sales before today.
const DAYS: u64 = 365;
/// Moves of an entry of opening stock.
const OPENED_AT_ONCE: usize = 1_000;
/// Entries of one transaction; each transaction waits for the disk.
const AT_ONCE: usize = 100;

/// A lot, its goods, and the goods' code.
struct Lot {
    id: LotId,
    sku: SkuId,
    code: String,
}

/// Makes a workspace at `path` with `levels` levels of stock and `moves` moves, opening included.
pub(crate) fn make(path: &Path, levels: usize, moves: usize) -> Result<(), Box<dyn Error>> {
    let (lots, places) = (lots(levels / PLACES), places());
    let mut entries = described(&lots, &places);
    let first = TODAY - Days::new(DAYS);
    for place in &places {
        for part in lots.chunks(OPENED_AT_ONCE) {
            entries.push(opened(*place, first, part));
        }
    }
    let sold = moves.saturating_sub(levels);
    let till_days = usize::try_from(DAYS)? * PLACES;
    let mut next = 0;
    for number in 0..till_days {
        let share = sold * (number + 1) / till_days - sold * number / till_days;
        let day = first + Days::new(u64::try_from(number / PLACES)?);
        let chosen: Vec<&Lot> = (next..next + share).map(|at| &lots[at * 7 % lots.len()]).collect();
        next += share;
        if !chosen.is_empty() {
            entries.push(sales(places[number % PLACES], day, &chosen));
        }
    }
    write(path, &entries)
}

fn write(path: &Path, entries: &[Entry]) -> Result<(), Box<dyn Error>> {
    let workspace = Workspace::create(path, Uuid::now_v7(), Uuid::now_v7())?;
    let stamp = Stamp { actor: "bench".to_owned(), recorded_at: DateTime::UNIX_EPOCH };
    for part in entries.chunks(AT_ONCE) {
        workspace
            .write(stamp.clone(), |writer| part.iter().try_for_each(|entry| writer.post(entry)))?;
    }
    Ok(())
}

fn lots(count: usize) -> Vec<Lot> {
    let mut lots = Vec::with_capacity(count);
    let mut sku = SkuId(Uuid::now_v7());
    for number in 0..count {
        if number % LOTS_OF_A_SKU == 0 {
            sku = SkuId(Uuid::now_v7());
        }
        let code = format!("SK{:05}", number / LOTS_OF_A_SKU);
        lots.push(Lot { id: LotId(Uuid::now_v7()), sku, code });
    }
    lots
}

fn places() -> Vec<PlaceId> {
    (0..PLACES).map(|_| PlaceId(Uuid::now_v7())).collect()
}

fn entry(effective_on: NaiveDate, body: Body) -> Entry {
    let id = EntryId(Uuid::now_v7());
    Entry { id, effective_on, reverses: None, batch: None, body, money: None }
}

fn described(lots: &[Lot], places: &[PlaceId]) -> Vec<Entry> {
    let first = TODAY - Days::new(DAYS);
    let company = Company {
        name_zh: "Bench".to_owned(),
        name_en: String::new(),
        tax_no: String::new(),
        address: String::new(),
        phone: String::new(),
        currency: Currency::CNY,
        gs1_prefix: None,
    };
    let mut entries = vec![entry(first, Body::of(Fact::CompanySet { company }))];
    for (number, id) in places.iter().enumerate() {
        let place = Place {
            code: format!("P{number}"),
            name: format!("Place {number}"),
            kind: PlaceKind::Platform,
            sells: true,
            live_from: Some(first),
            address: String::new(),
            life_rule: LifeRule::default(),
            route: Route::default(),
            partner: None,
        };
        let fact = Fact::PlaceSet { id: *id, place: Box::new(place) };
        entries.push(entry(first, Body::of(fact)));
    }
    for lot in lots.iter().step_by(LOTS_OF_A_SKU) {
        let code = lot.code.clone();
        let name_zh = format!("Goods {code}");
        let sku = Sku { code, name_zh, ..Sku::default() };
        let fact = Fact::SkuSet { id: lot.sku, sku: Box::new(sku) };
        entries.push(entry(first, Body::of(fact)));
    }
    entries
}

fn opened(place: PlaceId, day: NaiveDate, lots: &[Lot]) -> Entry {
    let (from, to) = ((Builtin::Opening.id(), Status::Good), (place, Status::Good));
    let mut body = Body::of(Fact::StockOpened { place });
    for (lot, number) in lots.iter().zip(0_u32..) {
        body.lots.push(NewLot {
            id: lot.id,
            sku: lot.sku,
            lot_no: format!("L{}", &lot.id.0.simple().to_string()[20..]),
            dates: Dates { mfg_on: None, expires_on: Some(TODAY + Days::new(400)) },
            first_received_on: day,
            order: None,
        });
        let (kind, qty) = (MoveKind::Opening, 100_000);
        body.moves.push(Move { kind, lot: lot.id, qty, from, to, line: number });
    }
    entry(day, body)
}

fn sales(place: PlaceId, day: NaiveDate, lots: &[&Lot]) -> Entry {
    let (from, to) = ((place, Status::Good), (Builtin::Customer.id(), Status::Good));
    let (mut lines, mut moves) = (Vec::new(), Vec::new());
    for (lot, line) in lots.iter().zip(0_u32..) {
        let (sku, listing, kind) = (lot.sku, lot.code.clone(), SaleKind::Sale);
        lines.push(SalePosting { place, sku, listing, kind, units: 2, demand: 2 });
        moves.push(Move { kind: MoveKind::Sale, lot: lot.id, qty: 2, from, to, line });
    }
    let sales = SalesPosted { shop: till_of(place), source: SaleSource::File, lines };
    entry(day, Body { moves, ..Body::of(Fact::SalesPosted(sales)) })
}
