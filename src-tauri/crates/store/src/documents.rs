//! Documents as their live entries make them.
//!
//! A new entry advances its document by one step; undoing one folds the document again from the
//! entries that remain. Both ways go through one function per kind, so they cannot differ.

use domain::{
    DocKind, DocRef, Entry, Fact, OrderId, TransferId, order::ProductionOrder, place,
    transfer::Transfer,
};
use rusqlite::{OptionalExtension, params};
use serde::de::DeserializeOwned;
use serde_json::to_string;
use uuid::Uuid;

use crate::{
    Error,
    apply::{Tables, fold_lot},
    chain,
    keys::day_number,
};

/// Takes a document one entry further.
pub(crate) fn advance(tables: Tables, document: DocRef, entry: &Entry) -> Result<(), Error> {
    let key = tables.keys.of(tables.conn, document.id)?;
    match document.kind {
        DocKind::Order => {
            let before = text(tables, "production_order", key)?;
            let before = before.map(|text| tables.keys.last_order.read(text)).transpose()?;
            let order = ProductionOrder::fold(before, &entry.body.fact, entry.effective_on);
            write_order(tables, key, order)?;
            write_prices(tables, key, entry)
        }
        DocKind::Transfer | DocKind::Reservation => {
            let before = content(tables, "transfer", key)?;
            let transfer = Transfer::fold(before, TransferId(document.id), entry);
            write_transfer(tables, (document.id, key), transfer.as_ref())
        }
        DocKind::Lot | DocKind::SalesDay => Ok(()),
        _ => write_master(tables, document, key, Some(entry)),
    }
}

/// Makes a document anew from its live entries.
pub(crate) fn fold_again(tables: Tables, document: DocRef) -> Result<(), Error> {
    let key = tables.keys.of(tables.conn, document.id)?;
    let entries = live_entries(tables, document.kind, key)?;
    match document.kind {
        DocKind::Order => {
            let fold = |order, entry: &Entry| {
                ProductionOrder::fold(order, &entry.body.fact, entry.effective_on)
            };
            write_order(tables, key, entries.iter().fold(None, fold))?;
            forget_prices(tables, key)?;
            entries.iter().try_for_each(|entry| write_prices(tables, key, entry))
        }
        DocKind::Transfer | DocKind::Reservation => {
            let id = TransferId(document.id);
            let fold = |transfer, entry: &Entry| Transfer::fold(transfer, id, entry);
            let transfer = entries.iter().fold(None, fold);
            write_transfer(tables, (document.id, key), transfer.as_ref())
        }
        DocKind::Lot => {
            let lots = entries.iter().flat_map(|entry| &entry.body.lots);
            fold_lot(tables, key, lots.filter(|lot| lot.id.0 == document.id))
        }
        DocKind::SalesDay => Ok(()),
        DocKind::SkuPrice | DocKind::ChannelCost | DocKind::PartnerBank => {
            // One whose prices are withheld from this desk leaves those before it standing.
            let last = entries.iter().rev().find(|entry| entry.money.is_some());
            write_master(tables, document, key, last)
        }
        // What follows from an invoice says nothing of the invoice.
        DocKind::Invoice => {
            let mut set = entries.iter().rev();
            let last = set.find(|entry| matches!(entry.body.fact, Fact::InvoiceSet { .. }));
            write_master(tables, document, key, last)
        }
        _ => write_master(tables, document, key, entries.last()),
    }
}

/// The codes under which the entries of a document of a kind are kept: those of a transfer and those
/// that cut what it has set aside are one story.
pub(crate) fn both_kinds(kind: DocKind) -> (i64, i64) {
    match kind {
        DocKind::Transfer | DocKind::Reservation => {
            (DocKind::Transfer.code(), DocKind::Reservation.code())
        }
        _ => (kind.code(), kind.code()),
    }
}

/// The entries that a document stands on, in order, without those that were undone.
fn live_entries(tables: Tables, kind: DocKind, key: i64) -> Result<Vec<Entry>, Error> {
    let mut positions = tables.conn.prepare_cached(
        "SELECT DISTINCT entry FROM doc_entry WHERE kind IN (?1, ?2) AND doc = ?3
             AND entry NOT IN (SELECT entry FROM reversal)
         ORDER BY entry",
    )?;
    let kinds = both_kinds(kind);
    let positions = positions.query_map(params![kinds.0, kinds.1, key], |row| row.get(0))?;
    let positions: Vec<i64> = positions.collect::<Result<_, _>>()?;
    positions.into_iter().map(|at| Ok(chain::at(tables.conn, at)?.entry)).collect()
}

fn text(tables: Tables, table: &str, key: i64) -> Result<Option<String>, Error> {
    let sql = format!("SELECT content FROM {table} WHERE id = ?1");
    let mut found = tables.conn.prepare_cached(&sql)?;
    Ok(found.query_row([key], |row| row.get(0)).optional()?)
}

fn content<T: DeserializeOwned>(tables: Tables, table: &str, key: i64) -> Result<Option<T>, Error> {
    let text = text(tables, table, key)?;
    Ok(text.map(|text| serde_json::from_str(&text)).transpose()?)
}

fn forget(tables: Tables, table: &str, key: i64) -> Result<(), Error> {
    tables.conn.prepare_cached(&format!("DELETE FROM {table} WHERE id = ?1"))?.execute([key])?;
    Ok(())
}

fn write_master(
    tables: Tables,
    document: DocRef,
    key: i64,
    last: Option<&Entry>,
) -> Result<(), Error> {
    let Some(entry) = last else { return forget_master(tables, document, key) };
    let conn = tables.conn;
    match &entry.body.fact {
        Fact::CompanySet { company } => {
            conn.prepare_cached("INSERT OR REPLACE INTO company (id, content) VALUES (?1, ?2)")?
                .execute(params![key, to_string(company)?])?;
        }
        Fact::SkuSet { sku, .. } => {
            conn.prepare_cached(
                "INSERT OR REPLACE INTO sku (id, code, name, content) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![key, sku.code, sku.name_zh, to_string(sku)?])?;
            conn.prepare_cached("DELETE FROM sku_alias WHERE sku = ?1")?.execute([key])?;
            let mut insert = conn.prepare_cached(
                "INSERT OR IGNORE INTO sku_alias (whose, code, sku) VALUES (?1, ?2, ?3)",
            )?;
            for alias in &sku.aliases {
                insert.execute(params![alias.whose, alias.code, key])?;
            }
        }
        Fact::SkuPriced { .. } => write_price(tables, key, entry)?,
        Fact::PlaceSet { place, .. } => write_place(tables, (document.id, key), place)?,
        Fact::PartnerSet { partner, .. } => {
            conn.prepare_cached(
                "INSERT OR REPLACE INTO partner (id, code, content) VALUES (?1, ?2, ?3)",
            )?
            .execute(params![key, partner.code, to_string(partner)?])?;
        }
        Fact::ShopSet { shop, .. } => {
            conn.prepare_cached(
                "INSERT OR REPLACE INTO shop (id, code, content) VALUES (?1, ?2, ?3)",
            )?
            .execute(params![key, shop.code, to_string(shop)?])?;
        }
        _ => write_record(tables, document, key, entry)?,
    }
    Ok(())
}

/// Writes a fact that is one record of its own, under what it belongs to; any other fact is none.
fn write_record(tables: Tables, document: DocRef, key: i64, entry: &Entry) -> Result<(), Error> {
    let (owner, content) = match &entry.body.fact {
        Fact::OfferSet { offer, .. } => (offer.sku.0, to_string(offer)?),
        Fact::VersionSet { version, .. } => (version.sku.0, to_string(version)?),
        Fact::BomSet { bom, .. } => (bom.sku.0, to_string(bom)?),
        Fact::StatementSet { statement, .. } => (statement.place.0, to_string(statement)?),
        Fact::InvoiceSet { invoice, .. } => (invoice.partner.0, to_string(invoice)?),
        Fact::BillPosted { bill, .. } => {
            (bill.partner.map_or(document.id, |partner| partner.0), to_string(bill)?)
        }
        Fact::ChannelSet { channel, .. } => {
            (channel.shop.map_or(document.id, |shop| shop.0), to_string(channel)?)
        }
        // What is withheld leaves what was before it standing.
        Fact::ChannelCosted { id } if entry.money.is_some() => (id.0, to_string(&())?),
        Fact::PartnerBanked { id } if entry.money.is_some() => (id.0, to_string(&())?),
        Fact::PriceSet { price, .. } => (price.sku.0, to_string(price)?),
        Fact::Attached { to, file } => (to.id, to_string(file)?),
        _ => return Ok(()),
    };
    if let Fact::InvoiceSet { invoice, .. } = &entry.body.fact {
        write_invoice(tables, key, &invoice.orders)?;
    }
    let money = entry.money.as_ref().map(to_string).transpose()?;
    tables
        .conn
        .prepare_cached(
            "INSERT OR REPLACE INTO record (kind, id, owner, content, money)
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            document.kind.code(),
            key,
            tables.keys.of(tables.conn, owner)?,
            content,
            money
        ])?;
    Ok(())
}

/// Which orders an invoice bills, so that theirs are found.
fn write_invoice(tables: Tables, key: i64, orders: &[OrderId]) -> Result<(), Error> {
    forget_invoice(tables, key)?;
    let mut insert = tables.conn.prepare_cached(
        "INSERT OR IGNORE INTO invoice_order (production_order, invoice) VALUES (?1, ?2)",
    )?;
    for order in orders {
        insert.execute(params![tables.keys.of(tables.conn, order.0)?, key])?;
    }
    Ok(())
}

fn forget_invoice(tables: Tables, key: i64) -> Result<(), Error> {
    tables.conn.prepare_cached("DELETE FROM invoice_order WHERE invoice = ?1")?.execute([key])?;
    Ok(())
}

fn forget_master(tables: Tables, document: DocRef, key: i64) -> Result<(), Error> {
    let conn = tables.conn;
    match document.kind {
        DocKind::Company => forget(tables, "company", key),
        DocKind::Sku => {
            conn.prepare_cached("DELETE FROM sku_alias WHERE sku = ?1")?.execute([key])?;
            forget(tables, "sku", key)
        }
        DocKind::SkuPrice => {
            // Prices share their goods' id.
            conn.prepare_cached("DELETE FROM sku_price WHERE sku = ?1")?.execute([key])?;
            Ok(())
        }
        DocKind::Place => {
            let suspense = place::suspense_of(document.id.into());
            forget(tables, "place", tables.keys.of(conn, suspense.0)?)?;
            forget(tables, "place", key)
        }
        DocKind::Partner => forget(tables, "partner", key),
        DocKind::Shop => forget(tables, "shop", key),
        DocKind::Offer
        | DocKind::Version
        | DocKind::Bom
        | DocKind::Statement
        | DocKind::Invoice
        | DocKind::Bill
        | DocKind::Attachment
        | DocKind::Channel
        | DocKind::ChannelCost
        | DocKind::ChannelPrice
        | DocKind::PartnerBank => {
            if document.kind == DocKind::Invoice {
                forget_invoice(tables, key)?;
            }
            conn.prepare_cached("DELETE FROM record WHERE kind = ?1 AND id = ?2")?
                .execute(params![document.kind.code(), key])?;
            Ok(())
        }
        DocKind::Lot
        | DocKind::SalesDay
        | DocKind::Order
        | DocKind::Transfer
        | DocKind::Reservation => Ok(()),
    }
}

fn write_price(tables: Tables, key: i64, entry: &Entry) -> Result<(), Error> {
    // A desk that sees no money receives the entry without its prices.
    let Some(money) = &entry.money else { return Ok(()) };
    tables
        .conn
        .prepare_cached(
            "INSERT OR REPLACE INTO sku_price (sku, currency, content) VALUES (?1, ?2, ?3)",
        )?
        .execute(params![key, money.currency.to_string(), to_string(&money.price)?])?;
    Ok(())
}

fn write_place(tables: Tables, (id, key): (Uuid, i64), place: &place::Place) -> Result<(), Error> {
    let mut insert = tables.conn.prepare_cached(
        "INSERT OR REPLACE INTO place (id, code, name, kind, live_from, of, content)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    let live_from = place.live_from.map(day_number);
    let text = to_string(place)?;
    insert.execute(params![
        key,
        place.code,
        place.name,
        place.kind.code(),
        live_from,
        None::<i64>,
        text
    ])?;
    let suspense = tables.keys.of(tables.conn, place::suspense_of(id.into()).0)?;
    let kind = place::PlaceKind::Suspense.code();
    insert.execute(params![
        suspense,
        place.code,
        place.name,
        kind,
        None::<i64>,
        key,
        None::<String>
    ])?;
    Ok(())
}

fn write_order(tables: Tables, key: i64, order: Option<ProductionOrder>) -> Result<(), Error> {
    let Some(order) = order else { return forget(tables, "production_order", key) };
    let Tables { conn, keys } = tables;
    let content = &order.content;
    let materials_at = content.materials_at.map(|place| keys.of(conn, place.0)).transpose()?;
    let for_order = content.for_order.map(|order| keys.of(conn, order.0)).transpose()?;
    let (state, text) = (order.state.word(), to_string(&order)?);
    conn.prepare_cached(
        "INSERT OR REPLACE INTO production_order
             (id, number, state, content, materials_at, for_order)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![key, content.number, state, text, materials_at, for_order])?;
    keys.last_order.wrote(text, order);
    Ok(())
}

fn write_prices(tables: Tables, key: i64, entry: &Entry) -> Result<(), Error> {
    let priced = matches!(entry.body.fact, Fact::OrderIssued { .. } | Fact::OrderAmended { .. });
    let Some(money) = entry.money.as_ref().filter(|_| priced) else { return Ok(()) };
    forget_prices(tables, key)?;
    let mut insert = tables.conn.prepare_cached(
        "INSERT INTO order_price (production_order, line, currency, price)
         VALUES (?1, ?2, ?3, ?4)",
    )?;
    for (line, price) in (0_i64..).zip(&money.unit_prices) {
        insert.execute(params![key, line, money.currency.to_string(), price.to_string()])?;
    }
    Ok(())
}

fn forget_prices(tables: Tables, key: i64) -> Result<(), Error> {
    tables
        .conn
        .prepare_cached("DELETE FROM order_price WHERE production_order = ?1")?
        .execute([key])?;
    Ok(())
}

fn write_transfer(
    tables: Tables,
    (id, key): (Uuid, i64),
    transfer: Option<&Transfer>,
) -> Result<(), Error> {
    let Tables { conn, keys } = tables;
    conn.prepare_cached("DELETE FROM reservation WHERE owner = ?1")?.execute([key])?;
    let transit = keys.of(conn, place::transit_of(id.into()).0)?;
    let Some(transfer) = transfer else {
        forget(tables, "place", transit)?;
        return forget(tables, "transfer", key);
    };
    let number = &transfer.content.number;
    conn.prepare_cached(
        "INSERT OR REPLACE INTO transfer (id, number, state, content) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute(params![key, number, transfer.state.word(), to_string(transfer)?])?;
    conn.prepare_cached(
        "INSERT OR REPLACE INTO place (id, code, name, kind, live_from, of, content)
         VALUES (?1, ?2, ?2, ?3, NULL, ?4, NULL)",
    )?
    .execute(params![transit, number, place::PlaceKind::Transit.code(), key])?;
    if transfer.reserves() {
        let from = keys.of(conn, transfer.content.from.0)?;
        let mut insert = conn.prepare_cached(
            "INSERT INTO reservation (lot, place, owner, qty) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (lot, place, owner) DO UPDATE SET qty = qty + excluded.qty",
        )?;
        for line in transfer.lines() {
            insert.execute(params![keys.of(conn, line.lot.0)?, from, key, line.qty])?;
        }
    }
    Ok(())
}
