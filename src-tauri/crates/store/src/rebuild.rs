//! The derived tables as a whole: made empty, and made anew from the journal.

use rusqlite::{Connection, TransactionBehavior, params};

use domain::place::Builtin;

use crate::{
    Error,
    apply::{Tables, apply},
    chain::{RAW_COLUMNS, RawEntry},
    keys::Keys,
    workspace::MIGRATIONS,
};

/// Rises when a derived table changes; the tables are then rebuilt from the journal.
pub(crate) const DERIVED_VERSION: i64 = 7;
const DERIVED: &str = include_str!("derived.sql");

/// Makes the derived tables, with the places that every workspace has.
pub(crate) fn build_derived(conn: &Connection) -> Result<(), Error> {
    conn.execute_batch(DERIVED)?;
    let keys = Keys::default();
    for builtin in Builtin::ALL {
        let key = keys.of(conn, builtin.id().0)?;
        let kind = domain::PlaceKind::Virtual.code();
        conn.execute(
            "INSERT INTO place (id, code, name, kind) VALUES (?1, ?2, ?2, ?3)",
            params![key, builtin.code(), kind],
        )?;
    }
    conn.execute(
        "INSERT OR REPLACE INTO meta (name, value) VALUES ('derived_version', ?1)",
        [DERIVED_VERSION.to_string()],
    )?;
    Ok(())
}

/// The names of the derived tables, in the order in which they are made.
pub(crate) fn derived_tables() -> Vec<&'static str> {
    DERIVED
        .lines()
        .filter_map(|line| line.strip_prefix("CREATE TABLE "))
        .filter_map(|rest| rest.split([' ', '(']).next())
        .collect()
}

/// Makes the derived tables anew from the journal, in one transaction.
pub(crate) fn rebuild(conn: &mut Connection) -> Result<(), Error> {
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    drop_derived(&tx)?;
    build_derived(&tx)?;
    let keys = Keys::default();
    let sql = format!("SELECT {RAW_COLUMNS} FROM journal ORDER BY position");
    let mut entries = tx.prepare(&sql)?;
    let mut rows = entries.query([])?;
    while let Some(row) = rows.next()? {
        let recorded = RawEntry::from_row(row)?.read()?;
        apply(Tables { conn: &tx, keys: &keys }, recorded.position, &recorded.entry)?;
    }
    drop(rows);
    drop(entries);
    tx.commit()?;
    Ok(())
}

/// Every table that no migration made follows from the journal, also those that only another
/// version of this program knows.
fn drop_derived(conn: &Connection) -> Result<(), Error> {
    let kept = Connection::open_in_memory()?;
    for migration in MIGRATIONS {
        kept.execute_batch(migration)?;
    }
    let kept = table_names(&kept)?;
    for table in table_names(conn)?.into_iter().filter(|table| !kept.contains(table)) {
        conn.execute_batch(&format!("DROP TABLE \"{table}\""))?;
    }
    Ok(())
}

fn table_names(conn: &Connection) -> Result<Vec<String>, Error> {
    let mut names = conn.prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'",
    )?;
    let names = names.query_map([], |row| row.get(0))?;
    Ok(names.collect::<Result<_, _>>()?)
}
