//! The file as a whole: made, opened, locked, read and written.
//!
//! One process writes (a lock file beside the workspace says so), any number read. Every write is
//! one SQLite transaction that holds the entry and all that follows from it.

use std::{
    fs::{self, File},
    ops::Deref,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use domain::Entry;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use rusqlite_migration::{M, Migrations};
use tempfile::TempDir;
use uuid::Uuid;

use crate::{
    Error, Stamp,
    apply::{Tables, apply},
    backup::{self, BackupReason},
    chain::{self, ChainEnd},
    file::{
        WriteLock, beside, check_is_sqlite, check_writable, connect, connect_to_read, discard,
        lock, refuse_network_drive, sync_folder,
    },
    keys::Keys,
    rebuild::{DERIVED_VERSION, build_derived, rebuild},
};

/// `PINC`, in the header of each workspace.
const APPLICATION_ID: i64 = 0x5049_4e43;
pub(crate) const MIGRATIONS: [&str; 1] = [include_str!("../migrations/0001_journal.sql")];

/// Whether this process may write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opened {
    /// Reads and writes; no other process writes.
    ToWrite,
    /// Reads only.
    ToRead,
}

/// An open workspace.
#[derive(Debug)]
pub struct Workspace {
    path: PathBuf,
    writer: Mutex<Handle>,
    idle_readers: Mutex<Vec<Handle>>,
    /// What is read instead of a file that another version of this program wrote.
    copy: Option<ReadCopy>,
    // The last to go: whoever takes the lock finds every connection closed.
    lock: Option<WriteLock>,
}

#[derive(Debug)]
struct Handle {
    conn: Connection,
    keys: Keys,
}

/// What can be read: a consistent view while it lives.
#[derive(Clone, Copy)]
pub struct Reader<'c> {
    pub(crate) conn: &'c Connection,
    pub(crate) keys: &'c Keys,
}

/// A transaction: all that is posted in it is kept, or nothing.
pub struct Writer<'c> {
    reader: Reader<'c>,
    end: ChainEnd,
    stamp: Stamp,
    /// Whether an entry was begun and not written to its end.
    torn: bool,
}

impl<'c> Deref for Writer<'c> {
    type Target = Reader<'c>;

    fn deref(&self) -> &Reader<'c> {
        &self.reader
    }
}

impl Writer<'_> {
    /// Appends an entry to the journal and writes what follows from it. Once this fails, nothing of
    /// the transaction is kept, whatever its caller makes of the error.
    pub fn post(&mut self, entry: &Entry) -> Result<(), Error> {
        let Reader { conn, keys } = self.reader;
        let torn = std::mem::replace(&mut self.torn, true);
        let position = chain::append(conn, &mut self.end, &self.stamp, entry)?;
        apply(Tables { conn, keys }, position, entry)?;
        self.torn = torn;
        Ok(())
    }
}

impl Workspace {
    /// Makes a new workspace at `path`, refusing to write over a file. Whatever stops it, there is
    /// either a whole workspace afterwards or none.
    pub fn create(path: &Path, desk: Uuid, workspace: Uuid) -> Result<Self, Error> {
        refuse_network_drive(path)?;
        let lock = lock(path)?;
        if fs::symlink_metadata(path).is_ok() {
            return Err(Error::Exists(path.to_owned()));
        }
        let unmade = path.with_extension("making");
        discard(&unmade);
        let made = make(&unmade, desk, workspace)
            .and_then(|()| fs::rename(&unmade, path).map_err(|source| Error::io(path, source)));
        if let Err(error) = made {
            discard(&unmade);
            return Err(error);
        }
        sync_folder(path);
        Ok(Self::with(path, Some(lock), connect(path)?))
    }

    /// Makes a new workspace with what `first` writes into it; where that fails, there is none.
    pub fn found<E: From<Error>>(
        path: &Path,
        (desk, workspace): (Uuid, Uuid),
        stamp: Stamp,
        first: impl FnOnce(&mut Writer) -> Result<(), E>,
    ) -> Result<Self, E> {
        let made = Self::create(path, desk, workspace)?;
        match made.write(stamp, first) {
            Ok(()) => Ok(made),
            Err(error) => {
                let Self { path, writer, idle_readers, lock, .. } = made;
                drop((writer, idle_readers));
                discard(&path);
                drop(lock);
                Err(error)
            }
        }
    }

    /// Opens the workspace at `path`. Opening to write takes the lock, brings an older file up to
    /// date after a backup, and rebuilds derived tables of another version. Opening to read does that
    /// to a copy: then what is read is the file as it was at that moment.
    pub fn open(path: &Path, access: Opened) -> Result<Self, Error> {
        check_is_sqlite(path)?;
        refuse_network_drive(path)?;
        if access == Opened::ToRead {
            let conn = connect_to_read(path)?;
            check_version(path, &conn)?;
            let current = (known_version(), Some(DERIVED_VERSION));
            if (user_version(&conn)?, derived_version(&conn)?) != current {
                return Self::with_copy(path, &conn);
            }
            return Ok(Self::with(path, None, conn));
        }
        let lock = lock(path)?;
        check_writable(path)?;
        let mut conn = connect(path)?;
        check_version(path, &conn)?;
        // A copy that was a backup is not yet in this mode.
        conn.pragma_update(None, "journal_mode", "WAL")?;
        let pending = user_version(&conn)? < known_version();
        let stale = derived_version(&conn)? != Some(DERIVED_VERSION);
        if pending || stale {
            backup::make(&conn, path, BackupReason::BeforeUpdate)?;
        }
        if pending {
            migrations().to_latest(&mut conn).map_err(migration_error)?;
        }
        if stale {
            rebuild(&mut conn)?;
        }
        Ok(Self::with(path, Some(lock), conn))
    }

    fn with(path: &Path, lock: Option<WriteLock>, conn: Connection) -> Self {
        let writer = Mutex::new(Handle { conn, keys: Keys::default() });
        let path = path.to_owned();
        Self { path, lock, writer, idle_readers: Mutex::default(), copy: None }
    }

    /// Reads a file whose tables are of another version out of a copy of it as it is now, whose
    /// tables are of this one. The file itself may not be written.
    fn with_copy(path: &Path, conn: &Connection) -> Result<Self, Error> {
        let copy = ReadCopy::make(conn)?;
        // Opening to write is what brings it up to date.
        drop(Self::open(&copy.file, Opened::ToWrite)?);
        let conn = connect_to_read(&copy.file)?;
        Ok(Self { copy: Some(copy), ..Self::with(path, None, conn) })
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether this process may write.
    pub fn access(&self) -> Opened {
        if self.lock.is_some() { Opened::ToWrite } else { Opened::ToRead }
    }

    /// Reads, on a connection of its own: never waits for a writer and never holds one up.
    pub fn read<T, E: From<Error>>(
        &self,
        look: impl FnOnce(Reader) -> Result<T, E>,
    ) -> Result<T, E> {
        let idle = unpoisoned(&self.idle_readers).pop();
        let handle = match idle {
            Some(handle) => handle,
            None => self.new_reader()?,
        };
        handle.conn.execute_batch("BEGIN").map_err(Error::from)?;
        let seen = look(Reader { conn: &handle.conn, keys: &handle.keys });
        // What was seen stands; a connection that cannot end its view is given up.
        if handle.conn.execute_batch("COMMIT").is_ok() {
            unpoisoned(&self.idle_readers).push(handle);
        }
        seen
    }

    fn new_reader(&self) -> Result<Handle, Error> {
        let path = self.copy.as_ref().map_or(&self.path, |copy| &copy.file);
        Ok(Handle { conn: connect_to_read(path)?, keys: Keys::default() })
    }

    /// Writes, in one transaction that is kept whole or not at all.
    pub fn write<T, E: From<Error>>(
        &self,
        stamp: Stamp,
        act: impl FnOnce(&mut Writer) -> Result<T, E>,
    ) -> Result<T, E> {
        if self.lock.is_none() {
            return Err(Error::Locked(self.path.clone()).into());
        }
        self.act(stamp, act, Keep::All)
    }

    fn act<T, E: From<Error>>(
        &self,
        stamp: Stamp,
        act: impl FnOnce(&mut Writer) -> Result<T, E>,
        keep: Keep,
    ) -> Result<T, E> {
        let mut handle = unpoisoned(&self.writer);
        let Handle { conn, keys } = &mut *handle;
        let tx =
            conn.transaction_with_behavior(TransactionBehavior::Immediate).map_err(Error::from)?;
        // What is not committed, for whatever reason, also a panic, gives its keys back.
        let mut given = GivenKeys { keys, kept: false };
        let end = ChainEnd::load(&tx, desk(&tx)?)?;
        let reader = Reader { conn: &tx, keys: given.keys };
        let mut writer = Writer { reader, end, stamp, torn: false };
        let value = act(&mut writer)?;
        if writer.torn {
            return Err(Error::Damaged("an entry was written in part and given up".into()).into());
        }
        if keep == Keep::All {
            tx.commit().map_err(Error::from)?;
            given.kept = true;
        }
        Ok(value)
    }

    /// Does what [`write`](Self::write) does and keeps nothing of it: what would come of it. Where
    /// this process may not write, it is tried on a copy, so that whoever writes is not held up.
    pub fn try_out<T, E: From<Error>>(
        &self,
        stamp: Stamp,
        act: impl FnOnce(&mut Writer) -> Result<T, E>,
    ) -> Result<T, E> {
        if self.lock.is_some() {
            return self.act(stamp, act, Keep::Nothing);
        }
        let copy = ReadCopy::make(&self.new_reader()?.conn)?;
        Self::open(&copy.file, Opened::ToWrite)?.act(stamp, act, Keep::Nothing)
    }

    /// Copies the file as it is now into its folder of backups with what is attached in it, and
    /// checks the copy.
    pub fn back_up(&self, reason: BackupReason) -> Result<backup::Backup, Error> {
        let handle = self.new_reader()?;
        handle.conn.pragma_update(None, "query_only", false)?;
        let backup = backup::make(&handle.conn, &self.path, reason)?;
        self.read(|reader| reader.back_up_files(&self.path, &backup::folder(&self.path)))?;
        Ok(backup)
    }

    /// The backups of this file, newest first.
    pub fn backups(&self) -> Result<Vec<backup::Backup>, Error> {
        backup::list(&self.path)
    }

    /// Puts a backup in the place of the file. What was there is kept as a backup too. The desk
    /// gets a new identity, so that entries written from here on are never taken for the lost
    /// ones, and every series of numbers goes on above what the file had given out.
    ///
    /// A backup that cannot be restored, also because it is of another workspace or because
    /// another process is reading the file, changes nothing, but the workspace is closed all the
    /// same.
    pub fn restore(self, from: &Path, new_desk: Uuid) -> Result<Self, Error> {
        if self.lock.is_none() {
            return Err(Error::Locked(self.path));
        }
        // First the copy: keeping what is there may thin out the very backup that is restored.
        let replaced = self.new_reader()?;
        let restored = backup::copy_out(from, &self.path, &replaced.conn, new_desk)?;
        drop(replaced);
        let kept = self.back_up(BackupReason::BeforeRestore);
        let (path, lock) = (self.path.clone(), kept.and_then(|_| self.close_for_good()));
        let replaced = lock.and_then(|lock| {
            let renamed = fs::rename(&restored, &path);
            renamed.map_err(|source| Error::io(&path, source)).map(|()| lock)
        });
        match replaced {
            Ok(lock) => {
                sync_folder(&path);
                drop(lock);
                let restored = Self::open(&path, Opened::ToWrite)?;
                restored.read(|reader| reader.restore_files(from, &path))?;
                Ok(restored)
            }
            Err(error) => {
                discard(&restored);
                Err(error)
            }
        }
    }

    /// Closes the file so that nothing of it stands beside it any more; the lock is still held.
    fn close_for_good(self) -> Result<Option<WriteLock>, Error> {
        let Self { path, writer, idle_readers, lock, .. } = self;
        drop(idle_readers);
        let Handle { conn, .. } = writer.into_inner().unwrap_or_else(PoisonError::into_inner);
        // Nothing may stand in the log alone when the log is removed: while somebody reads an
        // older state, SQLite folds back what it can and says that it was kept from the rest.
        let busy: bool = conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        if busy {
            return Err(Error::Locked(path));
        }
        drop(conn);
        for ending in ["-wal", "-shm"] {
            let _ = fs::remove_file(beside(&path, ending));
        }
        Ok(lock)
    }
}

/// A copy of a file in a folder of its own, which goes with it.
#[derive(Debug)]
struct ReadCopy {
    file: PathBuf,
    _folder: TempDir,
}

impl ReadCopy {
    fn make(conn: &Connection) -> Result<Self, Error> {
        let folder = tempfile::tempdir();
        let folder = folder.map_err(|source| Error::io(&std::env::temp_dir(), source))?;
        let file = folder.path().join("copy.pincang");
        backup::copy(conn, &file)?;
        Ok(Self { file, _folder: folder })
    }
}

/// How a transaction ends that came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Keep {
    All,
    Nothing,
}

/// The keys that a transaction gives away: void unless it is kept.
struct GivenKeys<'k> {
    keys: &'k Keys,
    kept: bool,
}

impl Drop for GivenKeys<'_> {
    fn drop(&mut self) {
        if !self.kept {
            self.keys.forget();
        }
    }
}

/// Writes a new workspace to `path`, whole and closed.
fn make(path: &Path, desk: Uuid, workspace: Uuid) -> Result<(), Error> {
    let made = File::options().write(true).create_new(true).open(path);
    made.map_err(|source| Error::io(path, source))?;
    let mut conn = connect(path)?;
    conn.pragma_update(None, "application_id", APPLICATION_ID)?;
    conn.pragma_update(None, "journal_mode", "WAL")?;
    migrations().to_latest(&mut conn).map_err(migration_error)?;
    let tx = conn.transaction()?;
    for (name, value) in [("workspace", workspace), ("desk", desk)] {
        tx.execute(
            "INSERT INTO meta (name, value) VALUES (?1, ?2)",
            params![name, value.to_string()],
        )?;
    }
    build_derived(&tx)?;
    tx.commit()?;
    conn.close().map_err(|(_, error)| error.into())
}

/// A panic while a connection was held leaves no half transaction: SQLite rolled it back.
fn unpoisoned<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn migrations() -> Migrations<'static> {
    Migrations::new(MIGRATIONS.iter().map(|sql| M::up(sql)).collect())
}

fn migration_error(error: rusqlite_migration::Error) -> Error {
    match error {
        rusqlite_migration::Error::RusqliteError { err, .. } => err.into(),
        other => Error::Damaged(other.to_string()),
    }
}

fn known_version() -> i64 {
    i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX)
}

/// The desk that writes this file.
pub(crate) fn desk(conn: &Connection) -> Result<Uuid, Error> {
    let text: Option<String> = conn
        .prepare_cached("SELECT value FROM meta WHERE name = 'desk'")?
        .query_row([], |row| row.get(0))
        .optional()?;
    let damaged = || Error::Damaged("it names no desk".into());
    text.and_then(|text| Uuid::parse_str(&text).ok()).ok_or_else(damaged)
}

fn user_version(conn: &Connection) -> Result<i64, Error> {
    Ok(conn.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

fn derived_version(conn: &Connection) -> Result<Option<i64>, Error> {
    let text: Option<String> = conn
        .query_row("SELECT value FROM meta WHERE name = 'derived_version'", [], |row| row.get(0))
        .optional()?;
    Ok(text.and_then(|text| text.parse().ok()))
}

pub(crate) fn check_version(path: &Path, conn: &Connection) -> Result<(), Error> {
    let id: rusqlite::Result<i64> =
        conn.pragma_query_value(None, "application_id", |row| row.get(0));
    let is_ours = match id {
        Ok(id) => id == APPLICATION_ID,
        Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::NotADatabase) => false,
        Err(error) => return Err(error.into()),
    };
    if !is_ours {
        return Err(Error::NotAWorkspace(path.to_owned()));
    }
    let (found, known) = (user_version(conn)?, known_version());
    if found > known {
        return Err(Error::Newer { path: path.to_owned(), found, known });
    }
    Ok(())
}
