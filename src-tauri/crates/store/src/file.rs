//! The file among files: where it may lie, how it is connected to, and who may write it.
//!
//! Knows what is a workspace and what only looks like one, the lock beside it, and drives that
//! cannot keep it safe. Refuses to know what is in it.

use std::{
    fs::{File, OpenOptions},
    io::Read,
    path::{Path, PathBuf},
};

use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::Error;

/// File systems reached over a network, where SQLite's locks and its shared memory do not hold.
const NETWORK_KINDS: [&str; 16] = [
    "9p",
    "afs",
    "ceph",
    "cifs",
    "davfs",
    "fuse.ceph",
    "fuse.davfs2",
    "fuse.glusterfs",
    "fuse.rclone",
    "fuse.sshfs",
    "lustre",
    "ncpfs",
    "nfs",
    "nfs4",
    "smb3",
    "smbfs",
];

/// Opens a connection with this program's settings.
pub(crate) fn connect(path: &Path) -> Result<Connection, Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let opened = Connection::open_with_flags(path, flags).and_then(with_settings);
    opened.map_err(|error| opening(path, error))
}

fn with_settings(conn: Connection) -> rusqlite::Result<Connection> {
    conn.set_prepared_statement_cache_capacity(128);
    conn.busy_timeout(std::time::Duration::from_secs(5))?;
    conn.pragma_update(None, "synchronous", "FULL")?;
    conn.pragma_update(None, "foreign_keys", true)?;
    conn.pragma_update(None, "cache_size", -65_536)?;
    Ok(conn)
}

/// Opens a connection that only reads. Where nothing can be written beside the file, as on a
/// read-only disk, the file is read as one that nobody changes.
pub(crate) fn connect_to_read(path: &Path) -> Result<Connection, Error> {
    let conn = connect(path).and_then(|conn| {
        let looked: rusqlite::Result<i64> =
            conn.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0));
        looked.map(|_| conn).map_err(|error| opening(path, error))
    });
    let conn = match conn {
        Err(Error::ReadOnly(_)) => connect_immutable(path)?,
        other => other?,
    };
    conn.pragma_update(None, "query_only", true)?;
    Ok(conn)
}

fn connect_immutable(path: &Path) -> Result<Connection, Error> {
    // Commits that stand in the log alone would be overlooked.
    if std::fs::metadata(beside(path, "-wal")).is_ok_and(|log| log.len() > 0) {
        return Err(Error::ReadOnly(path.to_owned()));
    }
    let uri = uri_of(path);
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_URI;
    let opened = Connection::open_with_flags(uri, flags).and_then(with_settings);
    opened.map_err(|error| opening(path, error))
}

fn uri_of(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    // A Windows path begins with its drive, which a URI has behind a slash.
    let root = if text.get(1..2) == Some(":") { "/" } else { "" };
    let text = text.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    format!("file:{root}{text}?immutable=1")
}

fn opening(path: &Path, error: rusqlite::Error) -> Error {
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => Error::NotAWorkspace(path.to_owned()),
        // What SQLite says when it cannot make the files that it needs beside a workspace.
        Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly) => Error::ReadOnly(path.to_owned()),
        _ => error.into(),
    }
}

/// The file that SQLite keeps beside a database under this ending.
pub(crate) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// Removes a file that was being made, with what SQLite keeps beside it. What is not there is fine.
pub(crate) fn discard(path: &Path) {
    for ending in ["", "-wal", "-shm", "-journal"] {
        let _ = std::fs::remove_file(beside(path, ending));
    }
}

/// Makes a rename in `path`'s folder survive a loss of power, where the system has a way to.
pub(crate) fn sync_folder(path: &Path) {
    if let Ok(folder) = File::open(folder_of(path)) {
        // Windows has no such call on folders and does not need it.
        let _ = folder.sync_all();
    }
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Refuses what does not begin like a SQLite file, before SQLite is asked to read it.
pub(crate) fn check_is_sqlite(path: &Path) -> Result<(), Error> {
    let mut head = [0; 16];
    let mut file = File::open(path).map_err(|source| Error::io(path, source))?;
    match file.read_exact(&mut head) {
        Ok(()) if head == *b"SQLite format 3\0" => Ok(()),
        _ => Err(Error::NotAWorkspace(path.to_owned())),
    }
}

pub(crate) fn check_writable(path: &Path) -> Result<(), Error> {
    let writable = OpenOptions::new().append(true).open(path);
    writable.map(drop).map_err(|_| Error::ReadOnly(path.to_owned()))
}

/// The lock that says who writes. It is the system's, so it falls with the process.
#[derive(Debug)]
pub(crate) struct WriteLock(File);

impl Drop for WriteLock {
    fn drop(&mut self) {
        // Closing alone leaves it held while a child that is just being started has the file too.
        // Where it cannot be let go it falls with the file, as it did.
        let _ = self.0.unlock();
    }
}

/// Takes the lock.
pub(crate) fn lock(path: &Path) -> Result<WriteLock, Error> {
    let beside = path.with_extension("lock");
    let file = OpenOptions::new().write(true).create(true).truncate(false).open(&beside);
    let file = file.map_err(|source| Error::io(&beside, source))?;
    match file.try_lock() {
        Ok(()) => Ok(WriteLock(file)),
        Err(std::fs::TryLockError::WouldBlock) => Err(Error::Locked(path.to_owned())),
        Err(std::fs::TryLockError::Error(source)) => Err(Error::io(&beside, source)),
    }
}

/// SQLite's locks do not hold on network file systems.
pub(crate) fn refuse_network_drive(path: &Path) -> Result<(), Error> {
    let refuse = |kind: &str| Error::NetworkDrive { path: path.to_owned(), kind: kind.to_owned() };
    let Ok(folder) = folder_of(path).canonicalize() else { return Ok(()) };
    if is_unc(&folder) {
        return Err(refuse("UNC"));
    }
    let Ok(mounts) = std::fs::read_to_string("/proc/self/mounts") else { return Ok(()) };
    network_kind(&mounts, &folder).map_or(Ok(()), |kind| Err(refuse(kind)))
}

/// Whether a folder, made absolute, is a share; on Windows also one behind a drive letter.
fn is_unc(folder: &Path) -> bool {
    use std::path::{Component, Prefix};
    matches!(folder.components().next(), Some(Component::Prefix(prefix))
        if matches!(prefix.kind(), Prefix::UNC(..) | Prefix::VerbatimUNC(..)))
}

/// The kind of the network file system that `folder` lies on, by the system's table of mounts.
fn network_kind<'m>(mounts: &'m str, folder: &Path) -> Option<&'m str> {
    let mounts = mounts.lines().filter_map(|line| {
        let mut words = line.split(' ').skip(1);
        Some((PathBuf::from(unescape(words.next()?)), words.next()?))
    });
    // Of two on one folder the later lies on top, and `max_by_key` takes the last.
    let of_folder = mounts
        .filter(|(mount, _)| folder.starts_with(mount))
        .max_by_key(|(mount, _)| mount.as_os_str().len())?;
    NETWORK_KINDS.contains(&of_folder.1).then_some(of_folder.1)
}

/// The table of mounts writes blanks, tabs, line ends and backslashes as three octal digits.
fn unescape(word: &str) -> String {
    [("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")]
        .into_iter()
        .fold(word.to_owned(), |word, (code, sign)| word.replace(code, sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &str = "/dev/sda1 / ext4 rw 0 0\n\
        srv:/team /mnt/team nfs4 rw 0 0\n\
        //srv/share /mnt/two\\040words cifs rw 0 0\n\
        tmpfs /mnt/team/local tmpfs rw 0 0\n\
        tmpfs /mnt/over tmpfs rw 0 0\n\
        user@host: /mnt/over fuse.sshfs rw 0 0\n\
        broken\n";

    #[test]
    fn the_innermost_and_topmost_mount_decides() {
        let kind = |folder: &str| network_kind(MOUNTS, Path::new(folder));
        assert_eq!(kind("/home/mei"), None);
        assert_eq!(kind("/mnt/team/2026"), Some("nfs4"));
        assert_eq!(kind("/mnt/team/local/x"), None);
        assert_eq!(kind("/mnt/teams"), None);
        assert_eq!(kind("/mnt/two words"), Some("cifs"));
        assert_eq!(kind("/mnt/over"), Some("fuse.sshfs"));
        assert_eq!(network_kind("", Path::new("/")), None);
    }

    #[test]
    fn a_path_stands_in_a_uri() {
        assert_eq!(uri_of(Path::new("/a b/1?#%.db")), "file:/a b/1%3f%23%25.db?immutable=1");
        assert_eq!(uri_of(Path::new("C:\\品仓\\a.db")), "file:/C:/品仓/a.db?immutable=1");
    }

    #[test]
    fn the_lock_is_let_go_though_another_process_still_has_the_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.pincang");
        let held = lock(&path).expect("free");
        let _of_a_child = held.0.try_clone().expect("cloned");
        assert!(matches!(lock(&path), Err(Error::Locked(_))));
        drop(held);
        lock(&path).expect("free again");
    }

    #[test]
    fn a_folder_of_this_machine_is_no_share() {
        assert!(!is_unc(Path::new("/home/mei")));
        assert_eq!(folder_of(Path::new("a.pincang")), Path::new("."));
        assert_eq!(folder_of(Path::new("/tmp/a.pincang")), Path::new("/tmp"));
    }
}
