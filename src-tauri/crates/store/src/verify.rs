//! The ledger proves itself (校验): the journal is replayed into an empty file, and every table that
//! follows from it is compared row by row; the chain and the rules of levels are checked besides.

use std::{
    collections::{BTreeMap, HashMap},
    fmt::Write,
    path::PathBuf,
};

use domain::PlaceKind;
use rusqlite::{
    Connection, OptionalExtension, Row,
    types::{ToSqlOutput, ValueRef},
};
use uuid::Uuid;

use crate::{
    Error, Workspace,
    apply::{Tables, apply},
    chain::{Hash, RAW_COLUMNS, RawEntry},
    file::connect,
    keys::{Keys, day_of},
    rebuild::{build_derived, derived_tables},
    workspace::MIGRATIONS,
};

/// How many findings are told before the rest is only counted.
const TOLD: usize = 100;

/// Something that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// An entry's hash is not what its contents give, or it does not follow its desk's last.
    ChainBroken {
        /// Its place in the journal.
        position: i64,
        /// Its kind.
        kind: String,
    },
    /// An entry cannot be read.
    Unreadable {
        /// Its place in the journal.
        position: i64,
        /// What is wrong.
        detail: String,
    },
    /// A table is not what the journal gives.
    TableDiffers {
        /// Which table.
        table: String,
        /// The first row that differs, as kept and as replayed.
        kept: String,
        /// As replayed.
        replayed: String,
    },
    /// A real place went below zero at the end of a day.
    BelowZero {
        /// The place's code.
        place: String,
        /// The lot.
        lot: String,
        /// The day.
        day: String,
        /// The level.
        qty: i64,
    },
    /// An attached file is not where it is kept.
    FileMissing {
        /// Where it should be.
        path: PathBuf,
    },
    /// An attached file is not what was attached.
    FileChanged {
        /// Where it is.
        path: PathBuf,
    },
    /// SQLite finds the file damaged.
    Damaged {
        /// What it says.
        detail: String,
    },
}

/// What was proved, and what does not hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VerifyReport {
    /// Entries replayed.
    pub entries: i64,
    /// Moves that followed from them.
    pub moves: i64,
    /// Tables compared.
    pub tables: i64,
    /// What does not hold; at most a hundred.
    pub findings: Vec<Finding>,
}

impl VerifyReport {
    /// Whether everything holds.
    pub fn is_clean(&self) -> bool {
        self.findings.is_empty()
    }

    fn find(&mut self, finding: Finding) {
        if self.findings.len() < TOLD {
            self.findings.push(finding);
        }
    }
}

impl Workspace {
    /// Proves the file. `progress` hears of entries done and all, and may stop it by `false`.
    pub fn verify(
        &self,
        mut progress: impl FnMut(i64, i64) -> bool,
    ) -> Result<VerifyReport, Error> {
        let folder =
            tempfile::tempdir().map_err(|source| Error::io(&std::env::temp_dir(), source))?;
        let replayed_path = folder.path().join("replay.pincang");
        std::fs::File::create(&replayed_path)
            .map_err(|source| Error::io(&replayed_path, source))?;
        let replayed = connect(&replayed_path)?;
        // The replay is thrown away, so it need not survive anything.
        replayed.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN")?;
        for migration in MIGRATIONS {
            replayed.execute_batch(migration)?;
        }
        build_derived(&replayed)?;
        self.read(|reader| {
            let mut report = VerifyReport::default();
            check_file(reader.conn, &mut report)?;
            check_schema(reader.conn, &replayed, &mut report)?;
            replay(reader.conn, &replayed, &mut report, &mut progress)?;
            compare(reader.conn, &replayed, &mut report)?;
            check_levels(reader.conn, &mut report)?;
            reader.check_files(self.path(), |finding| report.find(finding))?;
            Ok(report)
        })
    }
}

fn check_file(conn: &Connection, report: &mut VerifyReport) -> Result<(), Error> {
    let detail: String = conn.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if detail != "ok" {
        report.find(Finding::Damaged { detail });
    }
    Ok(())
}

/// The tables and triggers are those of this program: without its triggers a journal could have
/// been rewritten.
fn check_schema(
    kept: &Connection,
    replayed: &Connection,
    report: &mut VerifyReport,
) -> Result<(), Error> {
    let (kept, replayed) = (schema(kept)?, schema(replayed)?);
    for (name, sql) in &replayed {
        if kept.get(name) != Some(sql) {
            report.find(Finding::Damaged { detail: format!("{name} is not as it was made") });
        }
    }
    for name in kept.keys().filter(|name| !replayed.contains_key(*name)) {
        report.find(Finding::Damaged { detail: format!("{name} does not belong here") });
    }
    Ok(())
}

fn schema(conn: &Connection) -> Result<BTreeMap<String, Option<String>>, Error> {
    let mut rows = conn.prepare(
        "SELECT type || ' ' || name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite%'",
    )?;
    let rows = rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Replays the journal, checking the chain on the way.
fn replay(
    conn: &Connection,
    replayed: &Connection,
    report: &mut VerifyReport,
    progress: &mut impl FnMut(i64, i64) -> bool,
) -> Result<(), Error> {
    let total: i64 = conn.query_row("SELECT count(*) FROM journal", [], |row| row.get(0))?;
    let keys = Keys::default();
    let mut ends: HashMap<Uuid, (i64, Hash)> = HashMap::new();
    let sql = format!("SELECT {RAW_COLUMNS} FROM journal ORDER BY position");
    let mut entries = conn.prepare(&sql)?;
    let mut rows = entries.query([])?;
    while let Some(row) = rows.next()? {
        report.entries += 1;
        let position: i64 = row.get(0)?;
        match RawEntry::from_row(row) {
            Ok(raw) => {
                check_chain(&raw, &mut ends, report);
                if let Err(error) = replay_entry(replayed, &keys, row, &raw) {
                    if matches!(error, Error::DiskFull) {
                        return Err(error);
                    }
                    report.find(Finding::Unreadable { position, detail: error.to_string() });
                }
            }
            Err(error) => {
                report.find(Finding::Unreadable { position, detail: error.to_string() });
            }
        }
        if report.entries % 256 == 0 && !progress(report.entries, total) {
            return Err(Error::Cancelled);
        }
    }
    progress(report.entries, total);
    Ok(())
}

/// An entry's place, its link to its desk's last, its hash and its parts.
fn check_chain(raw: &RawEntry, ends: &mut HashMap<Uuid, (i64, Hash)>, report: &mut VerifyReport) {
    let end = ends.entry(raw.desk).or_insert((0, [0; 32]));
    let follows = (raw.desk_seq, raw.previous_hash) == (end.0 + 1, end.1);
    // Nothing is ever deleted, so the file's own count has no gap either.
    let holds = raw.position == report.entries && raw.hash == raw.proper_hash();
    if !follows || !holds || !raw.parts_hold() {
        report.find(Finding::ChainBroken { position: raw.position, kind: raw.kind.clone() });
    }
    *end = (raw.desk_seq, raw.hash);
}

fn replay_entry(
    replayed: &Connection,
    keys: &Keys,
    row: &Row,
    raw: &RawEntry,
) -> Result<(), Error> {
    // Entries are undone by id, so the replay needs the journal beside its tables.
    copy_entry(replayed, row)?;
    let recorded = raw.read()?;
    apply(Tables { conn: replayed, keys }, recorded.position, &recorded.entry)
}

fn copy_entry(replayed: &Connection, row: &Row) -> Result<(), Error> {
    let mut insert = replayed.prepare_cached(
        "INSERT INTO journal (position, id, desk, desk_seq, kind, version, effective_on,
             recorded_at, actor, reverses, batch, previous_hash, body, money, money_digest,
             personal_digest, hash, personal, personal_salt)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17,
             NULL, x'')",
    )?;
    for column in 0..17 {
        insert.raw_bind_parameter(column + 1, ToSqlOutput::Borrowed(row.get_ref(column)?))?;
    }
    insert.raw_execute()?;
    Ok(())
}

/// Compares every derived table, row by row in the order of all columns.
fn compare(
    kept: &Connection,
    replayed: &Connection,
    report: &mut VerifyReport,
) -> Result<(), Error> {
    for table in derived_tables() {
        // That a table is missing is told already.
        let Ok(probe) = kept.prepare(&format!("SELECT * FROM {table} LIMIT 0")) else { continue };
        report.tables += 1;
        let order: Vec<String> = (1..=probe.column_count()).map(|at| at.to_string()).collect();
        let sql = format!("SELECT * FROM {table} ORDER BY {}", order.join(", "));
        let (mut left, mut right) = (kept.prepare(&sql)?, replayed.prepare(&sql)?);
        let (mut left, mut right) = (left.query([])?, right.query([])?);
        loop {
            let (a, b) = (left.next()?, right.next()?);
            if a.is_none() && b.is_none() {
                break;
            }
            if table == "move" {
                report.moves += 1;
            }
            if !same(a, b)? {
                let (kept, replayed, table) = (shown(a), shown(b), table.to_owned());
                report.find(Finding::TableDiffers { table, kept, replayed });
                break;
            }
        }
    }
    Ok(())
}

fn columns(row: &Row) -> usize {
    let statement: &rusqlite::Statement = row.as_ref();
    statement.column_count()
}

fn same(kept: Option<&Row>, replayed: Option<&Row>) -> Result<bool, Error> {
    let (Some(kept), Some(replayed)) = (kept, replayed) else { return Ok(false) };
    for column in 0..columns(kept) {
        if kept.get_ref(column)? != replayed.get_ref(column)? {
            return Ok(false);
        }
    }
    Ok(true)
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// A row as a person compares it; a dash where there is none.
fn shown(row: Option<&Row>) -> String {
    let Some(row) = row else { return "–".into() };
    let cells = (0..columns(row)).map(|column| match row.get_ref(column) {
        Ok(ValueRef::Integer(number)) => number.to_string(),
        Ok(ValueRef::Real(number)) => number.to_string(),
        Ok(ValueRef::Text(text)) => String::from_utf8_lossy(text).into_owned(),
        Ok(ValueRef::Blob(bytes)) => hex(bytes),
        Ok(ValueRef::Null) | Err(_) => "∅".to_owned(),
    });
    cells.collect::<Vec<_>>().join(" | ")
}

/// No real place below zero at the end of any day.
fn check_levels(conn: &Connection, report: &mut VerifyReport) -> Result<(), Error> {
    let mut real: HashMap<i64, String> = HashMap::new();
    let mut places = conn.prepare("SELECT id, code, kind FROM place")?;
    let mut rows = places.query([])?;
    while let Some(row) = rows.next()? {
        if PlaceKind::from_code(row.get(2)?).is_some_and(PlaceKind::is_real) {
            let code = row.get_ref(1)?.as_bytes().unwrap_or_default();
            real.insert(row.get(0)?, String::from_utf8_lossy(code).into_owned());
        }
    }
    let mut levels: HashMap<(i64, i64, i64), i64> = HashMap::new();
    let mut lowered: BTreeMap<(i64, i64, i64), i64> = BTreeMap::new();
    let mut today = i64::MIN;
    let mut moves = conn.prepare(
        "SELECT day, lot, qty, from_place, from_status, to_place, to_status FROM move
         ORDER BY day, entry, line",
    )?;
    let mut rows = moves.query([])?;
    loop {
        let row = rows.next()?;
        let day = row.map_or(Ok(i64::MAX), |row| row.get(0))?;
        if day != today {
            for (slot, at) in std::mem::take(&mut lowered) {
                let qty = levels.get(&slot).copied().unwrap_or(0);
                if qty < 0 {
                    report.find(below_zero(conn, &real, slot, at, qty)?);
                }
            }
            today = day;
        }
        let Some(row) = row else { return Ok(()) };
        let (lot, qty): (i64, i64) = (row.get(1)?, row.get(2)?);
        let (from, to) = ((lot, row.get(3)?, row.get(4)?), (lot, row.get(5)?, row.get(6)?));
        if real.contains_key(&from.1) {
            *levels.entry(from).or_insert(0) -= qty;
            lowered.insert(from, day);
        }
        if real.contains_key(&to.1) {
            *levels.entry(to).or_insert(0) += qty;
        }
    }
}

fn below_zero(
    conn: &Connection,
    real: &HashMap<i64, String>,
    slot: (i64, i64, i64),
    day: i64,
    qty: i64,
) -> Result<Finding, Error> {
    let lot: Option<String> = conn
        .query_row("SELECT lot_no FROM lot WHERE id = ?1", [slot.0], |row| row.get(0))
        .optional()?;
    let place = real.get(&slot.1).cloned().unwrap_or_default();
    let (lot, day) = (lot.unwrap_or_default(), day_of(day).to_string());
    Ok(Finding::BelowZero { place, lot, day, qty })
}
