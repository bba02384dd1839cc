//! Every statement that the crate's sources spell out is prepared here, and none reads the whole
//! table of moves but those that are about all of it.

use std::path::Path;

use crate::{
    rebuild::{build_derived, derived_tables},
    workspace::MIGRATIONS,
};

/// Every source of queries, so that a new one cannot be forgotten.
fn sources() -> Vec<(String, String)> {
    let queries = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/queries");
    let files = std::fs::read_dir(queries).expect("the queries").map(|file| file.expect("a file"));
    let apply = [("apply", include_str!("apply.rs")), ("documents", include_str!("documents.rs"))];
    let apply = apply.map(|(name, text)| (name.to_owned(), text.to_owned()));
    let queries = files.map(|file| {
        let name = file.path().file_stem().expect("a name").to_string_lossy().into_owned();
        (name, std::fs::read_to_string(file.path()).expect("a source"))
    });
    queries.chain(apply).collect()
}

/// The places that look at all moves until they found enough, and why they may: `users` ends at a
/// limit in the order of days.
const MAY_SCAN: [&str; 1] = ["users"];

/// The string literals of a source that are SQL, with what stands in braces filled in.
fn statements(source: &str) -> Vec<String> {
    let columns = source
        .split_once("const LOT_COLUMNS: &str = \"")
        .and_then(|(_, rest)| rest.split_once('"'))
        .map(|(columns, _)| columns.replace("\\\n", ""));
    let literals = source.split('"').skip(1).step_by(2);
    let starts = ["SELECT ", "INSERT ", "UPDATE ", "DELETE ", "WITH "];
    literals
        .filter(|text| starts.iter().any(|start| text.starts_with(start)))
        .map(|text| {
            text.replace("{LOT_COLUMNS}", columns.as_deref().unwrap_or_default())
                .replace("{RAW_COLUMNS}", crate::chain::RAW_COLUMNS)
        })
        .collect()
}

#[test]
fn every_statement_is_prepared_and_none_scans_the_moves() {
    let conn = rusqlite::Connection::open_in_memory().expect("memory");
    for migration in MIGRATIONS {
        conn.execute_batch(migration).expect("a migration");
    }
    build_derived(&conn).expect("derived tables");
    let mut prepared = 0;
    for (name, source) in sources() {
        for sql in statements(&source) {
            // One that serves several tables is prepared for each that has its columns.
            let tables = if sql.contains("{table}") { derived_tables() } else { vec![""] };
            let plans: Vec<_> =
                tables.iter().map(|table| plan(&conn, &sql.replace("{table}", table))).collect();
            let fitting: Vec<_> = plans.iter().filter_map(|plan| plan.as_ref().ok()).collect();
            assert!(!fitting.is_empty(), "{name}: {sql}: {plans:?}");
            prepared += 1;
            let scans = fitting.iter().any(|plan| {
                plan.iter().any(|step| step == "SCAN move" || step.starts_with("SCAN m"))
            });
            assert!(!scans || MAY_SCAN.contains(&name.as_str()), "{name}: {sql}: {fitting:?}");
        }
    }
    assert!(prepared > 90, "{prepared} statements were found");
}

fn plan(conn: &rusqlite::Connection, sql: &str) -> rusqlite::Result<Vec<String>> {
    let mut steps = conn.prepare(&format!("EXPLAIN QUERY PLAN {sql}"))?;
    let parameters = vec![rusqlite::types::Null; steps.parameter_count()];
    let steps = steps.query_map(rusqlite::params_from_iter(parameters), |row| row.get(3))?;
    steps.collect()
}

/// What is asked for each order, and for each row of a list, reads what belongs to that order alone:
/// its deliveries, settlements and invoices, and of a factory the orders that are not closed.
#[test]
fn what_is_asked_for_each_order_goes_by_an_index() {
    let conn = rusqlite::Connection::open_in_memory().expect("memory");
    for migration in MIGRATIONS {
        conn.execute_batch(migration).expect("a migration");
    }
    build_derived(&conn).expect("derived tables");
    let sources = sources();
    let all: Vec<String> = sources.iter().flat_map(|(_, source)| statements(source)).collect();
    for (named, index) in [
        ("o.materials_at = ?1", "INDEX order_at (materials_at=?)"),
        ("o.for_order = ?1", "INDEX order_for (for_order=?)"),
        ("FROM invoice_order o", "PRIMARY KEY (production_order=?)"),
        ("AND j.kind = ?3 AND j.reverses IS NULL", "PRIMARY KEY (kind=? AND doc=?)"),
    ] {
        let mut sql = all.iter().filter(|sql| sql.contains(named));
        let steps = plan(&conn, sql.next().expect(named)).expect("a plan");
        assert!(steps.iter().any(|step| step.contains(index)), "{named}: {steps:?}");
        assert!(!steps.iter().any(|step| step.starts_with("SCAN")), "{named}: {steps:?}");
    }
}

/// A factory at which orders are called off again and again is asked for those alone that can have
/// material left there.
#[test]
fn orders_called_off_before_anything_was_sent_are_not_read_for_a_factory() {
    let conn = rusqlite::Connection::open_in_memory().expect("memory");
    for migration in MIGRATIONS {
        conn.execute_batch(migration).expect("a migration");
    }
    build_derived(&conn).expect("derived tables");
    let (nothing, sent) = (r#"{"supplies":[]}"#, r#"{"supplies":[{"issued":5}]}"#);
    let orders = [
        (101, "accepted", nothing, Some(90), None),
        (102, "cancelled", nothing, Some(90), None),
        (103, "cancelled", sent, Some(90), None),
        (104, "cancelled", nothing, Some(90), None),
        (105, "accepted", nothing, None, Some(104)),
        (106, "closed", sent, Some(90), None),
        (107, "issued", nothing, Some(91), None),
    ];
    for (id, state, content, at, of) in orders {
        let identity = "INSERT INTO identity (id, uuid) VALUES (?1, ?2)";
        conn.execute(identity, (id, format!("{id:016}").into_bytes())).expect("an identity");
        conn.execute(
            "INSERT INTO production_order (id, number, state, content, materials_at, for_order)
             VALUES (?1, '', ?2, ?3, ?4, ?5)",
            (id, state, content, at, of),
        )
        .expect("an order");
    }
    let all = statements(include_str!("queries/orders.rs"));
    let sql = all.iter().find(|sql| sql.contains("o.materials_at = ?1")).expect("asked");
    let mut rows = conn.prepare(sql).expect("a statement");
    let rows = rows.query_map([90], |row| row.get::<_, Vec<u8>>(0)).expect("rows");
    let found: Vec<Vec<u8>> = rows.collect::<Result<_, _>>().expect("rows");
    assert_eq!(found, [104, 103, 101].map(|id: i64| format!("{id:016}").into_bytes()));
}

#[test]
fn levels_and_views_of_a_day_go_by_an_index() {
    let conn = rusqlite::Connection::open_in_memory().expect("memory");
    for migration in MIGRATIONS {
        conn.execute_batch(migration).expect("a migration");
    }
    build_derived(&conn).expect("derived tables");
    let of_moves: Vec<Vec<String>> = statements(include_str!("queries/stock.rs"))
        .into_iter()
        .filter(|sql| sql.contains("FROM move"))
        .map(|sql| plan(&conn, &sql).expect("a plan"))
        .collect();
    let steps: Vec<&str> = of_moves.iter().flatten().map(String::as_str).collect();
    for wanted in ["PRIMARY KEY (day>?)", "PRIMARY KEY (day<?)", "INDEX move_lot (lot=? AND day>?)"]
    {
        assert!(steps.iter().any(|step| step.contains(wanted)), "{wanted}: {steps:?}");
    }
}
