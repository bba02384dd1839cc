//! A workspace in a folder of its own, ids that count, and looks at its tables from outside.

use std::{collections::BTreeMap, path::Path};

use chrono::{DateTime, NaiveDate};
use domain::{Body, Entry, EntryId, Fact, Move, NewLot, PlaceId, Status, shelf_life::Dates};
use rusqlite::{Connection, types::ValueRef};
use store::{Error, Stamp, Workspace};
use tempfile::TempDir;
use uuid::Uuid;

use crate::story;

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

pub(crate) fn id<T: From<Uuid>>(n: u128) -> T {
    Uuid::from_u128(n).into()
}

pub(crate) fn good(place: PlaceId) -> (PlaceId, Status) {
    (place, Status::Good)
}

pub(crate) fn stamp() -> Stamp {
    let recorded_at = DateTime::from_timestamp_millis(1_790_000_000_000).expect("an instant");
    Stamp { actor: "mei".into(), recorded_at }
}

/// A new workspace, and the folder that holds it.
pub(crate) fn workspace() -> (TempDir, Workspace) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.pincang");
    let made = Workspace::create(&path, id(1), id(2)).expect("a new workspace");
    (folder, made)
}

pub(crate) fn entry(n: u128, on: NaiveDate, body: Body) -> Entry {
    let id = EntryId(Uuid::from_u128(n));
    Entry { id, effective_on: on, reverses: None, batch: None, body, money: None }
}

pub(crate) fn post(workspace: &Workspace, entry: &Entry) {
    if let Fact::Attached { file, .. } = &entry.body.fact {
        // As the program does it: the file first, then the entry that names it.
        let folder = tempfile::tempdir().expect("a folder");
        let from = folder.path().join(&file.name);
        std::fs::write(&from, story::FILE).expect("written");
        let kept = workspace.keep_file(&from, &file.name).expect("kept");
        assert_eq!(kept, file.sha256);
    }
    workspace.write::<_, Error>(stamp(), |writer| writer.post(entry)).expect("posted");
}

pub(crate) fn lot(n: u128, sku: u128) -> NewLot {
    NewLot {
        id: id(n),
        sku: id(sku),
        lot_no: format!("L{n}"),
        dates: Dates { mfg_on: Some(day("2025-03-10")), expires_on: Some(day("2028-03-09")) },
        first_received_on: day("2026-10-01"),
        order: None,
    }
}

pub(crate) fn move_of(
    kind: domain::MoveKind,
    lot: u128,
    qty: i64,
    from: (PlaceId, Status),
    to: (PlaceId, Status),
) -> Move {
    Move { kind, lot: id(lot), qty, from, to, line: 0 }
}

pub(crate) fn connect(path: &Path) -> Connection {
    Connection::open(path).expect("a database")
}

/// All rows of a query as text.
pub(crate) fn rows(conn: &Connection, sql: &str) -> Vec<String> {
    let mut statement = conn.prepare(sql).expect("a statement");
    let columns = statement.column_count();
    let rows = statement.query_map([], |row| {
        (0..columns).map(|at| Ok(text_of(row.get_ref(at)?))).collect::<Result<Vec<_>, _>>()
    });
    let rows = rows.expect("rows").map(|row| row.expect("a row").join(" "));
    rows.collect()
}

fn text_of(value: ValueRef) -> String {
    match value {
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
        ValueRef::Integer(number) => number.to_string(),
        other => format!("{other:?}"),
    }
}

/// What the tables say by UUID, without what a reversal is meant to leave behind.
pub(crate) fn meaning(path: &Path) -> BTreeMap<&'static str, Vec<String>> {
    const UUID: &str = "(SELECT hex(uuid) FROM identity WHERE id = ";
    const VIEWS: [(&str, &str); 19] = [
        ("company", "@id), content FROM company"),
        ("sku", "@id), code, name, content FROM sku"),
        ("sku_alias", "@sku), whose, code FROM sku_alias"),
        ("sku_price", "@sku), currency, content FROM sku_price"),
        ("place", "@id), code, name, kind, live_from, content, @of) FROM place"),
        ("partner", "@id), code, content FROM partner"),
        ("shop", "@id), code, content FROM shop"),
        (
            "lot",
            "@id), @sku), lot_no, mfg_on, expires_on, first_received_on, @production_order)
             FROM lot WHERE live",
        ),
        ("balance", "@lot), @place), status, qty FROM balance WHERE qty <> 0"),
        (
            "value_entry",
            "@lot), currency, sum(minor) FROM value_entry GROUP BY lot, currency
             HAVING sum(minor) <> 0",
        ),
        (
            "passing",
            "kind, @from_lot), @to_lot), sum(qty) FROM passing GROUP BY kind, from_lot, to_lot
             HAVING sum(qty) <> 0",
        ),
        ("record", "kind, @id), @owner), content, money FROM record"),
        (
            "sale_level",
            "@shop), day, @place), listing, kind, @sku), units, demand, told_units,
             told_minor, postings, source FROM sale_level",
        ),
        ("demand", "@sku), @place), day, units, postings FROM demand"),
        (
            "production_order",
            "@id), number, state, content, @materials_at), @for_order) FROM production_order",
        ),
        ("invoice_order", "@production_order), @invoice) FROM invoice_order"),
        ("order_price", "@production_order), line, currency, price FROM order_price"),
        ("transfer", "@id), number, state, content FROM transfer"),
        ("reservation", "@lot), @place), @owner), qty FROM reservation"),
    ];
    let conn = connect(path);
    let view = |sql: &str| {
        let mut found = rows(&conn, &format!("SELECT {}", sql.replace('@', UUID)));
        found.sort();
        found
    };
    VIEWS.into_iter().map(|(name, sql)| (name, view(sql))).collect()
}

/// Every row of every table, for telling whether two files are alike to the byte.
pub(crate) fn all_rows(path: &Path) -> BTreeMap<String, Vec<String>> {
    let conn = connect(path);
    let names = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name";
    let mut names = conn.prepare(names).expect("the schema");
    let names = names.query_map([], |row| row.get::<_, String>(0)).expect("names");
    let names: Vec<String> = names.map(|name| name.expect("a name")).collect();
    let all = names.into_iter().map(|name| {
        let mut found = rows(&conn, &format!("SELECT * FROM {name}"));
        found.sort();
        (name, found)
    });
    all.collect()
}

pub(crate) fn assert_clean(workspace: &Workspace) {
    let report = workspace.verify(|_, _| true).expect("verified");
    assert_eq!(report.findings, []);
}
