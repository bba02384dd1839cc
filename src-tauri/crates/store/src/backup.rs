//! Backups: whole copies beside the workspace, opened and checked before they count.

use std::{
    fs,
    path::{Path, PathBuf},
};

use chrono::{DateTime, NaiveDateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use crate::{
    Error,
    file::{check_is_sqlite, connect, connect_to_read, discard, sync_folder},
    workspace::check_version,
};

/// How many backups of each reason are kept.
const KEPT: usize = 14;

/// Why a backup was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BackupReason {
    /// Once a day: when the file is opened, or when the day begins while it is open.
    Daily,
    /// The user asked for it.
    Asked,
    /// Before an older file is brought up to date.
    BeforeUpdate,
    /// Before another backup takes its place.
    BeforeRestore,
}

impl BackupReason {
    /// The word in the backup's file name.
    pub fn word(self) -> &'static str {
        match self {
            Self::Daily => "daily",
            Self::Asked => "asked",
            Self::BeforeUpdate => "before-update",
            Self::BeforeRestore => "before-restore",
        }
    }
}

/// A copy of the workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// Where it is.
    pub path: PathBuf,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// How large it is.
    pub bytes: u64,
    /// Whether it is the day's own.
    pub daily: bool,
}

/// Where the backups of a workspace lie.
pub(crate) fn folder(workspace: &Path) -> PathBuf {
    workspace.with_extension("backups")
}

/// Copies the file behind `conn`, checks the copy, and thins out old ones.
pub(crate) fn make(
    conn: &Connection,
    workspace: &Path,
    reason: BackupReason,
) -> Result<Backup, Error> {
    let folder = folder(workspace);
    fs::create_dir_all(&folder).map_err(|source| Error::io(&folder, source))?;
    let stem = workspace.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    // The file system's clock names the copy; SQLite reads it, so that nothing here does.
    let time: String =
        conn.query_row("SELECT strftime('%Y%m%d-%H%M%f', 'now')", [], |row| row.get(0))?;
    let name = format!("{stem}-{}-{}.pincang", time.replace('.', ""), reason.word());
    let (unchecked, path) = (folder.join(format!("{name}.part")), folder.join(&name));
    let made = copy_checked(conn, &unchecked)
        .and_then(|()| fs::rename(&unchecked, &path).map_err(|source| Error::io(&path, source)));
    if let Err(error) = made {
        discard(&unchecked);
        return Err(error);
    }
    sync_folder(&path);
    thin_out(workspace, reason)?;
    describe(&path)
}

/// Writes a whole copy to `path` and reads it through: a copy that cannot be read is none.
fn copy_checked(conn: &Connection, path: &Path) -> Result<(), Error> {
    conn.execute("VACUUM INTO ?1", [path.to_string_lossy()])?;
    let copy = connect(path)?;
    let verdict: String = copy.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if verdict == "ok" { Ok(()) } else { Err(Error::Damaged(verdict)) }
}

/// Writes a copy of what `conn` reads to `path`.
pub(crate) fn copy(conn: &Connection, path: &Path) -> Result<(), Error> {
    conn.pragma_update(None, "query_only", false)?;
    conn.execute("VACUUM INTO ?1", [path.to_string_lossy()])?;
    Ok(())
}

fn thin_out(workspace: &Path, reason: BackupReason) -> Result<(), Error> {
    let ending = format!("-{}.pincang", reason.word());
    let same = list(workspace)?;
    let same = same.iter().filter(|one| one.path.to_string_lossy().ends_with(&ending));
    for old in same.skip(KEPT) {
        fs::remove_file(&old.path).map_err(|source| Error::io(&old.path, source))?;
    }
    Ok(())
}

/// The backups of a workspace, newest first.
pub(crate) fn list(workspace: &Path) -> Result<Vec<Backup>, Error> {
    let folder = folder(workspace);
    let Ok(files) = fs::read_dir(&folder) else { return Ok(Vec::new()) };
    let mut backups = Vec::new();
    for file in files {
        let path = file.map_err(|source| Error::io(&folder, source))?.path();
        if path.extension().is_some_and(|extension| extension == "pincang") {
            backups.push(describe(&path)?);
        }
    }
    backups.sort_by(|a, b| (b.made_at, &b.path).cmp(&(a.made_at, &a.path)));
    Ok(backups)
}

fn describe(path: &Path) -> Result<Backup, Error> {
    let io = |source| Error::io(path, source);
    let meta = fs::metadata(path).map_err(io)?;
    // The file's own time changes when a folder is copied or synced; the name's does not.
    let made_at = match made_at(path) {
        Some(made_at) => made_at,
        None => meta.modified().map_err(io)?.into(),
    };
    let daily = path.to_string_lossy().ends_with("-daily.pincang");
    Ok(Backup { path: path.to_owned(), made_at, bytes: meta.len(), daily })
}

/// The time in a backup's name: `<workspace>-20261001-093015123-daily.pincang`.
fn made_at(path: &Path) -> Option<DateTime<Utc>> {
    let name = path.file_stem()?.to_str()?;
    let reasons = [
        BackupReason::Daily,
        BackupReason::Asked,
        BackupReason::BeforeUpdate,
        BackupReason::BeforeRestore,
    ];
    let name = reasons.iter().find_map(|reason| name.strip_suffix(reason.word()))?;
    let time = name.strip_suffix('-')?;
    let time = time.get(time.len().checked_sub(18)?..)?;
    Some(NaiveDateTime::parse_from_str(time, "%Y%m%d-%H%M%S%3f").ok()?.and_utc())
}

/// Copies the workspace `from` to a file beside `workspace`, checked, with a new desk and above
/// the numbers that `replaced` has given out, for taking its place by a rename.
pub(crate) fn copy_out(
    from: &Path,
    workspace: &Path,
    replaced: &Connection,
    new_desk: Uuid,
) -> Result<PathBuf, Error> {
    check_is_sqlite(from)?;
    // Through SQLite: what stands in a log beside it belongs to it.
    let source = connect_to_read(from)?;
    check_version(from, &source)?;
    if id_of(&source)? != id_of(replaced)? {
        return Err(Error::OtherWorkspace(from.to_owned()));
    }
    source.pragma_update(None, "query_only", false)?;
    let path = workspace.with_extension("restoring");
    discard(&path);
    let copied = copy_checked(&source, &path).and_then(|()| {
        let copy = connect(&path)?;
        carry_floors(replaced, &copy)?;
        let set = "UPDATE meta SET value = ?1 WHERE name = 'desk'";
        match copy.execute(set, [new_desk.to_string()])? {
            1 => copy.close().map_err(|(_, error)| error.into()),
            _ => Err(Error::Damaged("it names no desk".into())),
        }
    });
    if let Err(error) = copied {
        discard(&path);
        return Err(error);
    }
    Ok(path)
}

/// Which workspace a file is.
fn id_of(conn: &Connection) -> Result<String, Error> {
    let id = conn
        .query_row("SELECT value FROM meta WHERE name = 'workspace'", [], |row| row.get(0))
        .optional()?;
    id.ok_or_else(|| Error::Damaged("it does not say which workspace it is".into()))
}

/// Numbers that were given out stand on papers and cartons, also when the entries that gave them
/// are restored away: the copy gives none that is not above them all. That is no history, so it
/// stands beside the journal and is carried from restore to restore.
fn carry_floors(replaced: &Connection, copy: &Connection) -> Result<(), Error> {
    let mut floors = replaced.prepare(
        "SELECT 'floor/' || series, max(n) FROM serial GROUP BY series
         UNION ALL
         SELECT name, CAST(value AS INTEGER) FROM meta WHERE name GLOB 'floor/*'",
    )?;
    let mut floors = floors.query([])?;
    while let Some(row) = floors.next()? {
        let (name, n): (String, i64) = (row.get(0)?, row.get(1)?);
        copy.execute(
            "INSERT INTO meta (name, value) VALUES (?1, CAST(?2 AS TEXT))
             ON CONFLICT (name) DO UPDATE SET value = excluded.value
             WHERE CAST(value AS INTEGER) < CAST(excluded.value AS INTEGER)",
            params![name, n],
        )?;
    }
    Ok(())
}
