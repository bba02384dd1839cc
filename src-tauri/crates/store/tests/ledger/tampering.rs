//! The ledger proves itself (D-36): whatever single thing is changed behind its back is named.

use std::path::Path;

use rusqlite::{Connection, types::Value};
use store::{Finding, Opened, Workspace};

use crate::{
    story,
    support::{assert_clean, connect, id, post, rows, workspace},
};

/// A closed workspace with the whole story in it.
fn told() -> (tempfile::TempDir, std::path::PathBuf) {
    let (folder, workspace) = workspace();
    for one in story::entries(0x1000) {
        post(&workspace, &one);
    }
    let mirror = {
        let last = story::entries(0x1000).pop().expect("a story has an end");
        domain::reversal::reverse(&last, None, &mut || uuid::Uuid::from_u128(0x2000))
    };
    post(&workspace, &mirror);
    assert_clean(&workspace);
    (folder, workspace.path().to_owned())
}

/// Changes a file with its triggers put aside, as somebody with another program would.
fn behind_its_back(path: &Path, change: impl FnOnce(&Connection) -> usize) {
    let conn = connect(path);
    let mut triggers = conn
        .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
        .expect("the schema");
    let triggers = triggers.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).expect("triggers");
    let triggers: Vec<(String, String)> = triggers.map(|one| one.expect("a trigger")).collect();
    for (name, _) in &triggers {
        conn.execute_batch(&format!("DROP TRIGGER {name}")).expect("dropped");
    }
    assert_eq!(change(&conn), 1, "one row is changed");
    for (_, sql) in &triggers {
        conn.execute_batch(sql).expect("made again");
    }
}

fn findings(path: &Path) -> Vec<Finding> {
    let workspace = Workspace::open(path, Opened::ToRead).expect("opened");
    workspace.verify(|_, _| true).expect("verified").findings
}

/// Something else of the same type and length.
fn other(value: Value) -> Value {
    match value {
        Value::Null => Value::Integer(7),
        Value::Integer(number) => Value::Integer(number + 1_000),
        Value::Real(number) => Value::Real(number + 1.0),
        Value::Text(text) => {
            let first = if text.starts_with('x') { "y" } else { "x" };
            Value::Text(format!("{first}{}", text.chars().skip(1).collect::<String>()))
        }
        Value::Blob(mut bytes) => {
            match bytes.first_mut() {
                Some(byte) => *byte ^= 0x80,
                None => bytes.push(1),
            }
            Value::Blob(bytes)
        }
    }
}

#[test]
fn a_changed_byte_in_any_column_of_the_journal_is_named() {
    let (folder, path) = told();
    let conn = connect(&path);
    let names = columns(&conn, "journal");
    // One entry with money, and with nothing in the columns that may be empty.
    let at: i64 = conn
        .query_row("SELECT min(position) FROM journal WHERE money IS NOT NULL", [], |row| {
            row.get(0)
        })
        .expect("an entry with money");
    drop(conn);
    for name in names {
        let copy = folder.path().join(format!("{name}.pincang"));
        std::fs::copy(&path, &copy).expect("a copy");
        behind_its_back(&copy, |conn| {
            let select = format!("SELECT {name} FROM journal WHERE position = ?1");
            let value: Value = conn.query_row(&select, [at], |row| row.get(0)).expect("a value");
            let value = match value {
                Value::Null => Value::Blob(vec![7; 16]),
                value => other(value),
            };
            let update = format!("UPDATE journal SET {name} = ?1 WHERE position = ?2");
            conn.execute(&update, rusqlite::params![value, at]).expect("changed")
        });
        let moved = if name == "position" { at + 1_000 } else { at };
        let found = findings(&copy);
        assert!(
            found.iter().any(|one| matches!(one,
                Finding::ChainBroken { position, .. } | Finding::Unreadable { position, .. }
                if *position == moved)),
            "{name}: {found:?}"
        );
    }
}

fn columns(conn: &Connection, table: &str) -> Vec<String> {
    let mut names =
        conn.prepare(&format!("SELECT name FROM pragma_table_info('{table}')")).expect("columns");
    let names = names.query_map([], |row| row.get(0)).expect("names");
    names.map(|name| name.expect("a name")).collect()
}

#[test]
fn a_changed_value_in_any_derived_table_is_named() {
    let (folder, path) = told();
    let kept =
        ["draft", "journal", "meta", "remote_line", "remote_order", "setting", "sync_stream"];
    let conn = connect(&path);
    let mut tables = conn
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
        .expect("the schema");
    let tables = tables.query_map([], |row| row.get::<_, String>(0)).expect("names");
    let tables = tables.map(|name| name.expect("a name"));
    let tables: Vec<String> = tables.filter(|name| !kept.contains(&name.as_str())).collect();
    assert_eq!(tables.len(), 25);
    for table in &tables {
        let names = columns(&conn, table);
        let first: Vec<Value> = conn
            .query_row(&format!("SELECT * FROM {table} LIMIT 1"), [], |row| {
                (0..names.len()).map(|at| row.get(at)).collect()
            })
            .unwrap_or_else(|_| panic!("the story fills {table}"));
        let places: Vec<String> =
            names.iter().zip(2..).map(|(name, at)| format!("{name} IS ?{at}")).collect();
        for (name, value) in names.iter().zip(&first) {
            let copy = folder.path().join("changed.pincang");
            std::fs::copy(&path, &copy).expect("a copy");
            let changed = match value {
                // An empty cell takes what its column's type takes.
                Value::Null if name == "content" => Value::Text("x".into()),
                value => other(value.clone()),
            };
            behind_its_back(&copy, |conn| {
                let sql = format!("UPDATE {table} SET {name} = ?1 WHERE {}", places.join(" AND "));
                let values = std::iter::once(&changed).chain(&first);
                conn.execute(&sql, rusqlite::params_from_iter(values)).expect("changed")
            });
            let found = findings(&copy);
            assert!(
                found.iter().any(
                    |one| matches!(one, Finding::TableDiffers { table: named, .. } if named == table)
                ),
                "{table}.{name}: {found:?}"
            );
        }
        let copy = folder.path().join("changed.pincang");
        std::fs::copy(&path, &copy).expect("a copy");
        behind_its_back(&copy, |conn| {
            let sql =
                format!("DELETE FROM {table} WHERE {}", places.join(" AND ")).replace("?1 ", "?");
            let values = std::iter::once(&Value::Null).chain(&first);
            conn.execute(&sql, rusqlite::params_from_iter(values)).expect("removed")
        });
        assert!(!findings(&copy).is_empty(), "a row is gone from {table}");
    }
}

#[test]
fn a_missing_guard_a_strange_table_and_a_cut_tail_are_named() {
    let (folder, path) = told();
    let damaged = |name: &str, sql: &str| {
        let copy = folder.path().join(format!("{name}.pincang"));
        std::fs::copy(&path, &copy).expect("a copy");
        connect(&copy).execute_batch(sql).expect("changed");
        findings(&copy)
    };
    let names = |found: &[Finding], what: &str| {
        found.iter().any(|one| matches!(one, Finding::Damaged { detail } if detail.contains(what)))
    };
    let guard = damaged("guard", "DROP TRIGGER journal_is_append_only");
    assert!(names(&guard, "trigger journal_is_append_only"), "{guard:?}");
    let strange = damaged("strange", "CREATE TABLE extra (a INTEGER)");
    assert!(names(&strange, "table extra"), "{strange:?}");
    let index = damaged("index", "DROP INDEX move_lot");
    assert!(names(&index, "index move_lot"), "{index:?}");
    let gone = damaged("gone", "DROP TABLE demand");
    assert!(names(&gone, "table demand"), "{gone:?}");
    let cut = damaged(
        "cut",
        "DROP TRIGGER journal_is_kept;
         DELETE FROM journal WHERE position = (SELECT max(position) FROM journal);
         CREATE TRIGGER journal_is_kept BEFORE DELETE ON journal BEGIN
             SELECT RAISE(ABORT, 'journal is append-only');
         END",
    );
    assert!(
        cut.iter()
            .any(|one| matches!(one, Finding::TableDiffers { table, .. } if table == "reversal")),
        "{cut:?}"
    );
}

#[test]
fn a_level_below_zero_is_named_with_place_lot_and_day() {
    use domain::{Body, Fact, MoveKind, place::Builtin};
    let (_folder, workspace) = workspace();
    for one in story::entries(0x1000).into_iter().take(9) {
        post(&workspace, &one);
    }
    let from = crate::support::good(id(story::W0));
    let to = crate::support::good(Builtin::Customer.id());
    let moves = vec![crate::support::move_of(MoveKind::Sale, 0x11, 1_001, from, to)];
    let fact = Fact::StockRegraded { place: id(story::W0), reason: "as another desk says".into() };
    post(&workspace, &crate::support::entry(1, story::on(), Body { moves, ..Body::of(fact) }));
    let report = workspace.verify(|_, _| true).expect("verified");
    let below = Finding::BelowZero {
        place: "W0".into(),
        lot: "L17".into(),
        day: "2026-10-01".into(),
        qty: -1,
    };
    assert_eq!(report.findings, [below]);
}

#[test]
fn a_proof_can_be_stopped_and_counts_what_it_proved() {
    let (_folder, path) = told();
    let workspace = Workspace::open(&path, Opened::ToRead).expect("opened");
    let mut heard = Vec::new();
    let report = workspace
        .verify(|done, total| {
            heard.push((done, total));
            true
        })
        .expect("verified");
    let moves = rows(&connect(&path), "SELECT count(*) FROM move");
    assert_eq!(moves, [report.moves.to_string()]);
    let told = rows(&connect(&path), "SELECT count(*) FROM journal");
    assert_eq!((told, report.tables), (vec![report.entries.to_string()], 25));
    assert_eq!(heard.last(), Some(&(report.entries, report.entries)));
}
