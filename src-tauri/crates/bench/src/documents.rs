//! Posting a document of twenty lines through `dispatch`, beside the same rows by bare SQLite.
//!
//! The document is a receipt: twenty new lots with their moves, levels and values. Bare writes as
//! many rows to each table, in one transaction, with an empty body in the journal.

use std::error::Error;
use std::path::Path;

use rusqlite::{Connection, params};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::desk::{Desk, TODAY};
use crate::measure::{Clock, Figure, Goal, pairs};

const LINES: usize = 20;
/// Documents of one run: one alone is too short for the clock.
const DOCUMENTS: usize = 40;
/// The tables that a receipt writes to.
const TABLES: [&str; 7] =
    ["journal", "identity", "lot", "move", "balance", "value_entry", "doc_entry"];

pub(crate) fn post(home: &Path) -> Result<Figure, Box<dyn Error>> {
    let file = home.join("documents.pincang");
    let desk = Desk::new(home);
    let receipts = Receipts::begin(&desk, &file)?;
    // The first one also brings what every later one finds.
    desk.call_text("order.receive", &receipts.input(0))?;
    // A copy with the same tables and triggers; nobody but the bench ever sees it.
    desk.call("workspace.close", &Value::Null)?;
    let copy = home.join("bare.pincang");
    std::fs::copy(&file, &copy)?;
    desk.call("workspace.open", &json!({ "path": file }))?;
    let mut bare = Connection::open(&copy)?;
    bare.pragma_update(None, "journal_mode", "WAL")?;
    bare.pragma_update(None, "synchronous", "FULL")?;
    let skus = bare
        .prepare("SELECT DISTINCT sku FROM lot ORDER BY sku")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<Vec<i64>, _>>()?;
    let (mut ours_done, mut bare_done) = (0, 0);
    let (ours, plain) = pairs(
        Clock::Cpu,
        |_| {
            for _ in 0..DOCUMENTS {
                ours_done += 1;
                desk.call_text("order.receive", &receipts.input(ours_done))?;
            }
            Ok(())
        },
        |_| {
            for _ in 0..DOCUMENTS {
                bare_done += 1;
                write_bare(&mut bare, &skus, bare_done)?;
            }
            Ok(())
        },
    )?;
    desk.call("workspace.close", &Value::Null)?;
    same_rows(&Connection::open(&file)?, &bare)?;
    #[allow(clippy::cast_precision_loss, reason = "ten")]
    let each = |all: f64| all / DOCUMENTS as f64;
    Ok(Figure {
        what: "post a document of 20 lines, JSON to JSON, CPU".into(),
        unit: "ms",
        ours: each(ours),
        bare: Some(each(plain)),
        goal: Goal::TimesBare(2.0),
    })
}

/// Refuses a comparison of different work.
fn same_rows(ours: &Connection, bare: &Connection) -> Result<(), Box<dyn Error>> {
    let counts = TABLES.map(|table| format!("SELECT count(*) FROM {table}"));
    let most = "SELECT max(n) FROM (SELECT count(*) AS n FROM lot GROUP BY sku)".to_owned();
    for sql in counts.into_iter().chain([most]) {
        let count = |conn: &Connection| conn.query_row(&sql, [], |row| row.get::<_, i64>(0));
        let (ours, bare) = (count(ours)?, count(bare)?);
        if ours != bare {
            return Err(format!("{sql}: {ours} and, bare, {bare}").into());
        }
    }
    Ok(())
}

/// An accepted order on which partial receipts come.
struct Receipts {
    order: Value,
    place: Value,
}

impl Receipts {
    fn begin(desk: &Desk, file: &Path) -> Result<Self, Box<dyn Error>> {
        let company = json!({ "path": file, "companyName": "Bench", "currency": "CNY" });
        desk.call("workspace.create", &company)?;
        let id = |mut posted: Value| posted["document"]["id"].take();
        let mut lines = Vec::new();
        for line in 0..LINES {
            let fields = json!({
                "code": format!("SK{line:03}"), "nameZh": "烟酰胺亮肤精华", "nameEn": "",
                "brand": "", "category": "", "spec": "", "gtin": null, "unit": "瓶",
                "carton": null, "shelfLife": { "count": 36, "unit": "months" },
                "lifecycle": "core", "aliases": [],
            });
            let sku = id(desk.call("sku.save", &json!({ "id": null, "fields": fields }))?);
            lines.push(json!({ "sku": sku, "qty": 1_000_000 }));
        }
        let place = json!({
            "code": "W0", "name": "W0", "kind": "own", "sells": false, "liveFrom": TODAY,
            "address": "", "partner": null,
            "lifeRule": { "minSharePpm": null, "minDays": null, "pullDays": 0 },
            "route": { "transitDaysP90": 2, "receiveLagDaysP90": 1, "reviewDays": 7,
                       "targetCoverDays": 30 },
        });
        let place = id(desk.call("location.save", &json!({ "id": null, "fields": place }))?);
        let factory = json!({
            "code": "F1", "name": "F1", "kind": "factory", "taxNo": "", "address": "",
            "contact": "", "phone": "",
        });
        let factory = id(desk.call("partner.save", &json!({ "id": null, "fields": factory }))?);
        let order = json!({
            "id": null, "factory": factory, "deliverTo": place, "promisedOn": TODAY,
            "overTolerancePpm": 0, "terms": "", "lines": lines,
            "unitPrices": vec!["16.20"; LINES],
        });
        let order = desk.call("order.save", &order)?["id"].take();
        desk.call("order.issue", &json!({ "id": order }))?;
        desk.call("order.accept", &json!({ "id": order, "promisedOn": TODAY }))?;
        Ok(Self { order, place })
    }

    /// A receipt of a lot for each line.
    fn input(&self, number: usize) -> String {
        let lines: Vec<Value> = (0..LINES)
            .map(|line| {
                json!({ "line": line, "lotNo": format!("L{number:05}"), "mfgOn": "2026-09-01",
                        "expiresOn": null, "qty": 48 })
            })
            .collect();
        json!({
            "id": self.order, "place": self.place, "receivedOn": null, "status": "good",
            "reason": null, "lines": lines,
        })
        .to_string()
    }
}

/// The rows of one document: a lot of each of the goods, as ours, for rows that all lie side by side
/// in an index are written to fewer pages.
fn write_bare(conn: &mut Connection, skus: &[i64], number: usize) -> Result<(), Box<dyn Error>> {
    let (digest, number) = ([0_u8; 32], i64::try_from(number)?);
    let tx = conn.transaction()?;
    let position: i64 =
        tx.query_row("SELECT max(position) + 1 FROM journal", [], |row| row.get(0))?;
    tx.prepare_cached(
        "INSERT INTO journal VALUES (?1, ?2, ?3, ?4, 'order_received', 1, 20000, 0, 'bench', NULL,
             NULL, ?5, x'', NULL, ?5, NULL, x'', ?5, ?5)",
    )?
    .execute(params![position, Uuid::now_v7(), Uuid::nil(), number, digest])?;
    let mut identity = tx.prepare_cached("INSERT INTO identity (uuid) VALUES (?1)")?;
    let mut lot =
        tx.prepare_cached("INSERT INTO lot VALUES (?1, ?2, ?3, 20000, 21000, 20000, 1, 1)")?;
    let mut moves =
        tx.prepare_cached("INSERT INTO move VALUES (20000, ?1, ?2, 2, ?3, 48, 1, 1, 2, 1)")?;
    let mut level = tx.prepare_cached(
        "INSERT INTO balance (lot, place, status, qty, last_day) VALUES (?1, ?2, 1, 48, 20000)",
    )?;
    let mut value =
        tx.prepare_cached("INSERT INTO value_entry VALUES (?1, ?2, ?3, 'receipt', 'CNY', 77760)")?;
    let mut document = tx.prepare_cached("INSERT INTO doc_entry VALUES (?1, ?2, ?3)")?;
    for (line, sku) in (0_i64..).zip(skus) {
        identity.execute([Uuid::now_v7()])?;
        let key = tx.last_insert_rowid();
        lot.execute(params![key, sku, format!("L{number:05}")])?;
        moves.execute(params![position, line, key])?;
        level.execute(params![key, 1])?;
        level.execute(params![key, 2])?;
        value.execute(params![position, line, key])?;
        document.execute(params![6, key, position])?;
    }
    document.execute(params![8, 1, position])?;
    tx.prepare_cached("UPDATE production_order SET content = content || ' '")?.execute([])?;
    drop((identity, lot, moves, level, value, document));
    tx.commit()?;
    Ok(())
}
