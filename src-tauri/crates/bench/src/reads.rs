//! Reading a large ledger: now, as of a past day, as a sorted grid, and proving all of it.

use std::error::Error;
use std::path::Path;
use std::process::Command;

use chrono::{Datelike, Days, Months, NaiveDate};
use rusqlite::{Connection, params};
use serde_json::{Value, json};
use store::{Opened, Workspace};

use crate::desk::{Desk, TODAY};
use crate::measure::{Clock, Figure, Goal, once, pairs, peak_mb};

/// The large ledger for reading, by the program and bare.
fn both(file: &Path) -> Result<(Workspace, Connection), Box<dyn Error>> {
    Ok((Workspace::open(file, Opened::ToRead)?, Connection::open(file)?))
}

fn drain(conn: &Connection, sql: &str, upto: Option<i64>) -> Result<i64, Box<dyn Error>> {
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = match upto {
        Some(day) => statement.query(params![day])?,
        None => statement.query([])?,
    };
    let mut sum = 0;
    while let Some(row) = rows.next()? {
        sum += row.get::<_, i64>(0)? ^ row.get::<_, i64>(1)? ^ row.get::<_, i64>(3)?;
    }
    Ok(sum)
}

pub(crate) fn stock_now(file: &Path) -> Result<Figure, Box<dyn Error>> {
    let (workspace, conn) = both(file)?;
    let (ours, bare) = pairs(
        Clock::Wall,
        |_| {
            workspace.read(|reader| reader.stock_now())?;
            Ok(())
        },
        |_| drain(&conn, "SELECT lot, place, status, qty FROM balance", None).map(drop),
    )?;
    let goal = Goal::AtMost(15.0);
    Ok(Figure { what: "stock now".into(), unit: "ms", ours, bare: Some(bare), goal })
}

/// The last days of the twelve months before this one, the newest first.
fn month_ends() -> impl Iterator<Item = NaiveDate> {
    let first = TODAY - Days::new(u64::from(TODAY.day0()));
    (0..12).map(move |months| first - Months::new(months) - Days::new(1))
}

/// The slowest of the last twelve month ends. Bare is one pass over the moves up to that day.
pub(crate) fn stock_as_of(file: &Path) -> Result<Figure, Box<dyn Error>> {
    const MOVES_UNTIL: &str = "SELECT lot, to_place, to_status, qty FROM move WHERE day <= ?1";
    const EPOCH: NaiveDate = NaiveDate::from_ymd_opt(1970, 1, 1).expect("a day");
    let (workspace, conn) = both(file)?;
    let mut worst = (0.0, 0.0);
    for day in month_ends() {
        let (ours, bare) = pairs(
            Clock::Cpu,
            |_| {
                workspace.read(|reader| reader.stock_as_of(day))?;
                Ok(())
            },
            |_| drain(&conn, MOVES_UNTIL, Some((day - EPOCH).num_days())).map(drop),
        )?;
        if ours > worst.0 {
            worst = (ours, bare);
        }
    }
    let (ours, bare) = worst;
    let goal = Goal::AtMost(200.0);
    let what = "stock as of a month end, worst of 12, CPU".into();
    Ok(Figure { what, unit: "ms", ours, bare: Some(bare), goal })
}

/// A sorted view of all rows, and a page from its middle, as the page of the window asks for them.
pub(crate) fn grid(file: &Path, home: &Path) -> Result<Vec<Figure>, Box<dyn Error>> {
    const SORTED: &str = "SELECT b.lot, b.place, b.status, b.qty, s.code, l.lot_no
        FROM balance b JOIN lot l ON l.id = b.lot JOIN sku s ON s.id = l.sku
        JOIN place p ON p.id = b.place WHERE p.kind < 4 ORDER BY s.code, l.lot_no, p.code";
    let page_of_it = format!("{SORTED} LIMIT 200 OFFSET 50000");
    let conn = Connection::open(file)?;
    let desk = Desk::open(home, file)?;
    let open = json!({
        "asOf": null, "by": ["sku", "lot", "place", "status"], "filter": "", "sku": null,
        "place": null, "status": null, "sort": { "column": "sku", "descending": false },
    });
    let mut view = Value::Null;
    let opened = pairs(
        Clock::Wall,
        |_| {
            view = desk.call("stock.open", &open)?["view"].take();
            Ok(())
        },
        |_| drain(&conn, SORTED, None).map(drop),
    )?;
    let page = json!({ "view": view, "offset": 50_000, "limit": 200 }).to_string();
    let paged = pairs(
        Clock::Wall,
        |_| desk.call_text("stock.page", &page).map(drop),
        |_| drain(&conn, &page_of_it, None).map(drop),
    )?;
    let line = |what: &str, (ours, bare), goal| Figure {
        what: what.into(),
        unit: "ms",
        ours,
        bare: Some(bare),
        goal: Goal::AtMost(goal),
    };
    Ok(vec![
        line("open a sorted grid view of 100,000 rows", opened, 150.0),
        line("a page of 200 of it, JSON", paged, 5.0),
    ])
}

/// Proves the ledger in a process of its own; bare reads the journal's bodies once.
pub(crate) fn verify(file: &Path) -> Result<Vec<Figure>, Box<dyn Error>> {
    let conn = Connection::open(file)?;
    let bare = once(Clock::Wall, || {
        let sql = "SELECT position, effective_on, kind, length(body) + length(hash) FROM journal";
        drain(&conn, sql, None)
    })?;
    let proof = Command::new(std::env::current_exe()?).arg("verify").arg(file).output()?;
    let said = String::from_utf8_lossy(&proof.stdout);
    let proved: Value = serde_json::from_str(&said).map_err(|_| format!("verify said: {said}"))?;
    let number = |name: &str| proved[name].as_f64().ok_or(format!("no {name}: {said}"));
    let (what, goal) = ("verify".into(), Goal::AtMost(15.0));
    let (ours, bare) = (number("seconds")?, Some(bare / 1_000.0));
    let time = Figure { what, unit: "s", ours, bare, goal };
    let (what, goal) = ("verify, peak memory".into(), Goal::AtMost(300.0));
    let memory = Figure { what, unit: "MB", ours: number("peakMb")?, bare: None, goal };
    Ok(vec![time, memory])
}

/// Proves a ledger in this process and prints what it took as JSON.
pub(crate) fn verify_here(file: &Path) -> Result<(), Box<dyn Error>> {
    let workspace = Workspace::open(file, Opened::ToRead)?;
    let mut clean = false;
    let took = once(Clock::Wall, || {
        clean = workspace.verify(|_, _| true)?.is_clean();
        Ok(())
    })?;
    if !clean {
        return Err("the ledger does not prove itself".into());
    }
    println!("{}", json!({ "seconds": took / 1_000.0, "peakMb": peak_mb() }));
    Ok(())
}
