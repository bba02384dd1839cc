//! What can go wrong with the file, in kinds that a user can act on.

use std::path::{Path, PathBuf};

use domain::UnknownEntry;

/// Why the workspace file did not do what was asked. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no file, or it cannot be reached.
    #[error("{path}: {source}")]
    Io {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The file is something else than a workspace.
    #[error("{0} is not a workspace")]
    NotAWorkspace(PathBuf),
    /// The file is a workspace, but not the one that it was to take the place of.
    #[error("{0} belongs to another workspace")]
    OtherWorkspace(PathBuf),
    /// A later program wrote the file.
    #[error("{path} has version {found}, this program knows up to {known}")]
    Newer {
        /// Which file.
        path: PathBuf,
        /// Its version.
        found: i64,
        /// The last that this program knows.
        known: i64,
    },
    /// Another window or command is writing.
    #[error("{0} is open in another window")]
    Locked(PathBuf),
    /// The file or its folder may not be written to.
    #[error("{0} is read-only")]
    ReadOnly(PathBuf),
    /// A network drive cannot keep the file safe.
    #[error("{path} lies on a network drive ({kind})")]
    NetworkDrive {
        /// Which file.
        path: PathBuf,
        /// The kind of file system.
        kind: String,
    },
    /// There is a file already.
    #[error("{0} exists already")]
    Exists(PathBuf),
    /// The disk is full.
    #[error("the disk is full")]
    DiskFull,
    /// The file is damaged.
    #[error("the file is damaged: {0}")]
    Damaged(String),
    /// The journal holds what this program cannot read.
    #[error(transparent)]
    Entry(#[from] UnknownEntry),
    /// Something asked for is not there.
    #[error("there is no {what} {id}")]
    Missing {
        /// What kind of thing.
        what: &'static str,
        /// Its id.
        id: String,
    },
    /// The user stopped it.
    #[error("cancelled")]
    Cancelled,
    /// SQLite says no for a reason of its own.
    #[error(transparent)]
    Sqlite(rusqlite::Error),
}

impl Error {
    /// What the system says of a file, in words that a user can act on.
    pub(crate) fn io(path: &Path, source: std::io::Error) -> Self {
        use std::io::ErrorKind;
        let path = path.to_owned();
        match source.kind() {
            ErrorKind::AlreadyExists => Self::Exists(path),
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Self::ReadOnly(path),
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::DiskFull,
            _ => Self::Io { path, source },
        }
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        // The index of the log could not grow, which needs room as well.
        let no_room = Some(rusqlite::ffi::SQLITE_IOERR_SHMSIZE);
        if error.sqlite_error().map(|inner| inner.extended_code) == no_room {
            return Self::DiskFull;
        }
        match error.sqlite_error_code() {
            Some(Code::DiskFull) => Self::DiskFull,
            Some(Code::DatabaseCorrupt) => Self::Damaged(error.to_string()),
            _ => Self::Sqlite(error),
        }
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Damaged(error.to_string())
    }
}
