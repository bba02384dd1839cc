//! From an entry to the tables: the only code that writes what follows from the journal.
//!
//! Adds what the entry says and computes nothing, refuses nothing, reads no clock. Undoing an entry
//! adds its mirror and folds its documents again from the entries that remain.

use domain::{Body, Entry, Fact, MoneyPart, NewLot, SalesPosted, proceeds::Proceeds, stock};
use rusqlite::{Connection, params};

use crate::{
    Error, chain, documents,
    keys::{Keys, day_number},
};

/// The tables of one file, through one connection.
#[derive(Clone, Copy)]
pub(crate) struct Tables<'c> {
    pub(crate) conn: &'c Connection,
    pub(crate) keys: &'c Keys,
}

/// Whether something is added or taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Add,
    TakeBack,
}

impl Sign {
    fn of(self, amount: i64) -> i64 {
        match self {
            Self::Add => amount,
            Self::TakeBack => -amount,
        }
    }
}

/// Writes what follows from the entry at `position`.
pub(crate) fn apply(tables: Tables, position: i64, entry: &Entry) -> Result<(), Error> {
    for serial in &entry.body.serials {
        tables
            .conn
            .prepare_cached("INSERT OR IGNORE INTO serial (series, n) VALUES (?1, ?2)")?
            .execute(params![serial.series, serial.n])?;
    }
    if let Some(undone) = entry.reverses {
        return take_back(tables, position, entry, undone);
    }
    for document in entry.documents() {
        let doc = tables.keys.of(tables.conn, document.id)?;
        tables
            .conn
            .prepare_cached(
                "INSERT OR IGNORE INTO doc_entry (kind, doc, entry) VALUES (?1, ?2, ?3)",
            )?
            .execute(params![document.kind.code(), doc, position])?;
    }
    for lot in &entry.body.lots {
        bring_lot(tables, lot)?;
    }
    add_moves(tables, position, day_number(entry.effective_on), &entry.body)?;
    add_passings(tables, position, &entry.body, Sign::Add)?;
    if let Some(money) = &entry.money {
        add_values(tables, position, money, Sign::Add)?;
    }
    if let Fact::SalesPosted(sales) = &entry.body.fact {
        let day = day_number(entry.effective_on);
        add_sales(tables, day, (sales, entry.money.as_ref()), Sign::Add)?;
    }
    for document in entry.documents() {
        documents::advance(tables, document, entry)?;
    }
    add_batch(tables, position, entry)
}

fn take_back(
    tables: Tables,
    position: i64,
    entry: &Entry,
    undone: domain::EntryId,
) -> Result<(), Error> {
    // The undone entry may be another desk's and still on its way, or undone already.
    let Some(target) = chain::find(tables.conn, undone)? else { return Ok(()) };
    let fresh = tables
        .conn
        .prepare_cached("INSERT OR IGNORE INTO reversal (entry, by) VALUES (?1, ?2)")?
        .execute(params![target.position, position])?;
    if fresh == 0 {
        return Ok(());
    }
    add_moves(tables, position, day_number(entry.effective_on), &entry.body)?;
    add_passings(tables, position, &target.entry.body, Sign::TakeBack)?;
    if let Some(money) = &target.entry.money {
        add_values(tables, position, money, Sign::TakeBack)?;
    }
    if let Fact::SalesPosted(sales) = &target.entry.body.fact {
        let day = day_number(target.entry.effective_on);
        add_sales(tables, day, (sales, target.entry.money.as_ref()), Sign::TakeBack)?;
    }
    for document in target.entry.documents() {
        documents::fold_again(tables, document)?;
    }
    Ok(())
}

/// A lot stands as its first live entry says it, but for the day on which it was first there: a
/// later entry may tell of an earlier day.
fn bring_lot(tables: Tables, lot: &NewLot) -> Result<(), Error> {
    let Tables { conn, keys } = tables;
    let key = keys.of(conn, lot.id.0)?;
    let order = lot.order.map(|order| keys.of(conn, order.0)).transpose()?;
    conn.prepare_cached(
        "INSERT INTO lot
             (id, sku, lot_no, mfg_on, expires_on, first_received_on, production_order, live)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 1)
         ON CONFLICT (id) DO UPDATE SET
             sku = iif(live, sku, excluded.sku),
             lot_no = iif(live, lot_no, excluded.lot_no),
             mfg_on = iif(live, mfg_on, excluded.mfg_on),
             expires_on = iif(live, expires_on, excluded.expires_on),
             first_received_on = iif(live, min(first_received_on, excluded.first_received_on),
                 excluded.first_received_on),
             production_order = iif(live, production_order, excluded.production_order),
             live = 1",
    )?
    .execute(params![
        key,
        keys.of(conn, lot.sku.0)?,
        lot.lot_no,
        lot.dates.mfg_on.map(day_number),
        lot.dates.expires_on.map(day_number),
        day_number(lot.first_received_on),
        order,
    ])?;
    Ok(())
}

fn add_moves(tables: Tables, position: i64, day: i64, body: &Body) -> Result<(), Error> {
    let Tables { conn, keys } = tables;
    let mut insert = conn.prepare_cached(
        "INSERT INTO move (day, entry, line, kind, lot, qty, from_place, from_status, to_place,
             to_status)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?;
    for (number, one) in body.moves.iter().enumerate() {
        insert.execute(params![
            day,
            position,
            i64::try_from(number).unwrap_or(i64::MAX),
            one.kind.code(),
            keys.of(conn, one.lot.0)?,
            one.qty,
            keys.of(conn, one.from.0.0)?,
            one.from.1.code(),
            keys.of(conn, one.to.0.0)?,
            one.to.1.code(),
        ])?;
    }
    let mut level = conn.prepare_cached(
        "INSERT INTO balance (lot, place, status, qty, last_day) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (lot, place, status) DO UPDATE
         SET qty = qty + excluded.qty, last_day = max(last_day, excluded.last_day)",
    )?;
    for (slot, change) in stock::net_changes(&body.moves) {
        let (lot, place) = (keys.of(conn, slot.lot.0)?, keys.of(conn, slot.place.0)?);
        level.execute(params![lot, place, slot.status.code(), change, day])?;
    }
    Ok(())
}

fn add_values(tables: Tables, position: i64, money: &MoneyPart, sign: Sign) -> Result<(), Error> {
    let currency = money.currency.to_string();
    let mut insert = tables.conn.prepare_cached(
        "INSERT INTO value_entry (entry, line, lot, kind, currency, minor)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for (number, value) in money.values.iter().enumerate() {
        let lot = tables.keys.of(tables.conn, value.lot.0)?;
        let line = i64::try_from(number).unwrap_or(i64::MAX);
        let (kind, minor) = (value.kind.word(), sign.of(value.minor));
        insert.execute(params![position, line, lot, kind, currency, minor])?;
    }
    Ok(())
}

fn add_passings(tables: Tables, position: i64, body: &Body, sign: Sign) -> Result<(), Error> {
    let Tables { conn, keys } = tables;
    let mut insert = conn.prepare_cached(
        "INSERT INTO passing (entry, line, kind, from_lot, to_lot, qty)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for (line, one) in (0_i64..).zip(&body.passings) {
        let from = keys.of(conn, one.from.0)?;
        let to = one.to.map(|to| keys.of(conn, to.0)).transpose()?;
        insert.execute(params![position, line, one.kind.code(), from, to, sign.of(one.qty)])?;
    }
    Ok(())
}

fn add_sales(
    tables: Tables,
    day: i64,
    (sales, money): (&SalesPosted, Option<&MoneyPart>),
    sign: Sign,
) -> Result<(), Error> {
    let Tables { conn, keys } = tables;
    let shop = keys.of(conn, sales.shop.0)?;
    let mut level = conn.prepare_cached(
        "INSERT INTO sale_level
             (shop, day, place, listing, kind, sku, units, demand, postings, source, told_units,
             told_minor)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
         ON CONFLICT (shop, day, place, listing, kind) DO UPDATE
         SET units = units + excluded.units, demand = demand + excluded.demand,
             told_units = told_units + excluded.told_units,
             told_minor = told_minor + excluded.told_minor,
             postings = postings + excluded.postings",
    )?;
    let mut demand = conn.prepare_cached(
        "INSERT INTO demand (sku, place, day, units, postings) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (sku, place, day) DO UPDATE
         SET units = units + excluded.units, postings = postings + excluded.postings",
    )?;
    for (line, told) in sales.lines.iter().zip(told_of(sales, money)) {
        let (place, sku) = (keys.of(conn, line.place.0)?, keys.of(conn, line.sku.0)?);
        let (units, wanted, posting) = (sign.of(line.units), sign.of(line.demand), sign.of(1));
        level.execute(params![
            shop,
            day,
            place,
            line.listing,
            line.kind.word(),
            sku,
            units,
            wanted,
            posting,
            sales.source.word(),
            sign.of(told.units),
            sign.of(told.minor),
        ])?;
        demand.execute(params![sku, place, day, wanted, posting])?;
    }
    if sign == Sign::TakeBack {
        conn.prepare_cached(
            "DELETE FROM sale_level WHERE shop = ?1 AND day = ?2 AND postings = 0",
        )?
        .execute(params![shop, day])?;
        let mut forget = conn.prepare_cached(
            "DELETE FROM demand WHERE sku = ?1 AND place = ?2 AND day = ?3 AND postings = 0",
        )?;
        for line in &sales.lines {
            let (place, sku) = (keys.of(conn, line.place.0)?, keys.of(conn, line.sku.0)?);
            forget.execute(params![sku, place, day])?;
        }
    }
    Ok(())
}

/// What each line of a posting says that it brought; nothing where this file holds no money.
fn told_of(sales: &SalesPosted, money: Option<&MoneyPart>) -> Vec<Proceeds> {
    let mut told = vec![Proceeds::default(); sales.lines.len()];
    for one in money.into_iter().flat_map(|money| &money.proceeds) {
        if let Some(line) = told.get_mut(one.line as usize) {
            *line += one.change;
        }
    }
    told
}

fn add_batch(tables: Tables, position: i64, entry: &Entry) -> Result<(), Error> {
    let Fact::ImportApplied { file_name, file_sha256, kind, rows } = &entry.body.fact else {
        return Ok(());
    };
    let Some(batch) = entry.batch else { return Ok(()) };
    let id = tables.keys.of(tables.conn, batch.0)?;
    tables
        .conn
        .prepare_cached(
            "INSERT OR IGNORE INTO import_batch (id, entry, file_name, file_sha256, kind, rows)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![id, position, file_name, file_sha256, kind, rows])?;
    Ok(())
}

/// The lot anew from its live entries in their order, or no longer live.
pub(crate) fn fold_lot<'l>(
    tables: Tables,
    key: i64,
    lots: impl Iterator<Item = &'l NewLot>,
) -> Result<(), Error> {
    tables.conn.prepare_cached("UPDATE lot SET live = 0 WHERE id = ?1")?.execute([key])?;
    for lot in lots {
        bring_lot(tables, lot)?;
    }
    Ok(())
}
