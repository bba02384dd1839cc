//! The file among files: what is none is refused, one process writes, a full or read-only disk
//! changes nothing, and a backup is the whole of it.

use std::{collections::BTreeMap, fs, path::Path};
#[cfg(target_os = "linux")]
use std::{path::PathBuf, process::Command};

use chrono::TimeDelta;
use domain::{Body, Fact, MoveKind, entry::Serial, place::Builtin};
use store::{BackupReason, Error, Opened, Workspace};

use crate::{
    crash::{child, said},
    story,
    support::{
        all_rows, assert_clean, connect, day, entry, good, id, lot, move_of, post, rows, stamp,
        workspace,
    },
};

/// Released migrations, frozen: a change of one is a change of files that exist.
const MIGRATIONS: [(&str, &str); 1] =
    [("0001_journal.sql", "43905db58f1fb372d7a85617a7e639de36085e96c75b445ce2af2efaac12f341")];

#[test]
fn released_migrations_never_change() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let mut found: Vec<(String, String)> = fs::read_dir(folder)
        .expect("migrations")
        .map(|file| {
            let path = file.expect("a file").path();
            let text = fs::read_to_string(&path).expect("a migration").replace("\r\n", "\n");
            let digest = story::digest(text.as_bytes());
            (path.file_name().expect("a name").to_string_lossy().into_owned(), digest)
        })
        .collect();
    found.sort();
    let pinned = MIGRATIONS.map(|(name, digest)| (name.to_owned(), digest.to_owned()));
    assert_eq!(found, pinned);
}

#[test]
fn what_is_no_workspace_is_refused_and_left_alone() {
    let (folder, workspace) = workspace();
    for one in story::entries(0x1000) {
        post(&workspace, &one);
    }
    let whole = workspace.path().to_owned();
    drop(workspace);
    let at = |name: &str| folder.path().join(name);
    fs::write(at("empty"), b"").expect("written");
    fs::write(at("text"), b"SKU,qty\nSK001,3\n".repeat(99)).expect("written");
    connect(&at("other")).execute_batch("CREATE TABLE t (a)").expect("a database");
    let bytes = fs::read(&whole).expect("the file");
    fs::write(at("head"), &bytes[..100]).expect("written");
    fs::write(at("half"), &bytes[..bytes.len() / 2]).expect("written");
    fs::create_dir(at("folder")).expect("made");
    for access in [Opened::ToRead, Opened::ToWrite] {
        for name in ["empty", "text", "other", "head", "half", "folder"] {
            let before = fs::read(at(name)).ok();
            let refused = Workspace::open(&at(name), access).err();
            let fits = match name {
                "head" | "half" => matches!(refused, Some(Error::Damaged(_))),
                _ => matches!(refused, Some(Error::NotAWorkspace(_))),
            };
            assert!(fits, "{name}: {refused:?}");
            assert_eq!(fs::read(at(name)).ok(), before, "{name}");
        }
        let missing = Workspace::open(&at("missing"), access).err();
        assert!(matches!(missing, Some(Error::Io { .. })), "{missing:?}");
    }
    assert!(!at("missing").exists());
}

#[test]
fn a_later_programs_file_is_refused() {
    let (_folder, workspace) = workspace();
    let path = workspace.path().to_owned();
    drop(workspace);
    connect(&path).pragma_update(None, "user_version", 2).expect("set");
    for access in [Opened::ToRead, Opened::ToWrite] {
        let refused = Workspace::open(&path, access).err();
        assert!(matches!(refused, Some(Error::Newer { found: 2, known: 1, .. })), "{refused:?}");
    }
}

#[test]
fn a_file_is_made_whole_or_not_at_all() {
    let (folder, workspace) = workspace();
    let again = Workspace::create(workspace.path(), id(1), id(2)).err();
    assert!(matches!(again, Some(Error::Locked(_))), "{again:?}");
    let path = workspace.path().to_owned();
    drop(workspace);
    let before = fs::read(&path).expect("the file");
    let again = Workspace::create(&path, id(1), id(2)).err();
    assert!(matches!(again, Some(Error::Exists(_))), "{again:?}");
    assert_eq!(fs::read(&path).expect("the file"), before);
    let nowhere = Workspace::create(&folder.path().join("no/b.pincang"), id(1), id(2)).err();
    assert!(matches!(nowhere, Some(Error::Io { .. })), "{nowhere:?}");
    // What an interrupted start left behind is in nobody's way.
    fs::write(folder.path().join("c.making"), b"half").expect("written");
    Workspace::create(&folder.path().join("c.pincang"), id(1), id(2)).expect("a new workspace");
    let mut names: Vec<_> = fs::read_dir(folder.path())
        .expect("the folder")
        .map(|file| file.expect("a file").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert_eq!(names, ["a.lock", "a.pincang", "c.lock", "c.pincang"]);
}

#[test]
fn one_process_writes_and_any_number_read() {
    let (_folder, workspace) = workspace();
    let path = workspace.path().to_owned();
    drop(workspace);
    let (mut other, mut output) = child(&path, "hold");
    assert_eq!(said(&mut output).as_deref(), Some("held"));
    let refused = Workspace::open(&path, Opened::ToWrite).err();
    assert!(matches!(refused, Some(Error::Locked(_))), "{refused:?}");
    let reading = Workspace::open(&path, Opened::ToRead).expect("reading needs no lock");
    assert_eq!(reading.read(|reader| reader.entry_count()).expect("read"), 0);
    let refused = reading.write::<(), Error>(stamp(), |_| Ok(()));
    assert!(matches!(refused, Err(Error::Locked(_))), "{refused:?}");
    let tried = reading.try_out(stamp(), |writer| {
        writer.post(&opened(1))?;
        writer.entry_count()
    });
    assert_eq!(tried.expect("on a copy"), 1);
    assert_eq!(reading.read(|reader| reader.entry_count()).expect("read"), 0);
    let refused = reading.restore(&path, id(3)).err();
    assert!(matches!(refused, Some(Error::Locked(_))), "{refused:?}");
    other.kill().expect("killed");
    other.wait().expect("gone");
    let own = Workspace::open(&path, Opened::ToWrite).expect("the lock fell with the process");
    assert_eq!(own.access(), Opened::ToWrite);
}

#[test]
fn a_failed_look_gives_its_own_error_and_the_next_look_works() {
    let (_folder, workspace) = workspace();
    for _ in 0..3 {
        let seen = workspace.read::<(), Error>(|_| Err(Error::Cancelled));
        assert!(matches!(seen, Err(Error::Cancelled)));
        assert_eq!(workspace.read(|reader| reader.entry_count()).expect("read"), 0);
    }
    // A view in the middle of a look is not moved by what is written meanwhile.
    let story = story::entries(0x1000);
    let seen = workspace.read::<_, Error>(|reader| {
        let before = reader.entry_count()?;
        post(&workspace, &story[0]);
        Ok((before, reader.entry_count()?))
    });
    assert_eq!(seen.expect("read"), (0, 0));
    assert_eq!(workspace.read(|reader| reader.entry_count()).expect("read"), 1);
}

#[test]
fn tables_of_another_version_are_made_again_after_a_backup() {
    let (_folder, workspace) = workspace();
    for one in story::entries(0x1000) {
        post(&workspace, &one);
    }
    let path = workspace.path().to_owned();
    drop(workspace);
    let before = all_rows(&path);
    connect(&path)
        .execute_batch(
            "UPDATE meta SET value = '0' WHERE name = 'derived_version';
             DROP TABLE demand; UPDATE balance SET qty = qty + 1;
             CREATE TABLE of_another_version (a INTEGER)",
        )
        .expect("changed");
    assert_reads_of_a_copy(&path, &before);
    let workspace = Workspace::open(&path, Opened::ToWrite).expect("opened");
    assert_clean(&workspace);
    assert_eq!(workspace.backups().expect("listed").len(), 1);
    drop(workspace);
    assert_eq!(all_rows(&path), before, "the very same tables");
}

/// Whoever may only read sees the tables of this version, and the file stays as it is.
fn assert_reads_of_a_copy(path: &Path, expected: &BTreeMap<String, Vec<String>>) {
    let as_it_is = all_rows(path);
    let reading = Workspace::open(path, Opened::ToRead).expect("read of a copy");
    assert_eq!((reading.path(), reading.access()), (path, Opened::ToRead));
    let demand = reading.read(|reader| reader.demand(day("2000-01-01"), day("2100-01-01")));
    assert_eq!(demand.expect("a table that was not there").len(), expected["demand"].len());
    let tried = reading.try_out(stamp(), |writer| {
        writer.post(&opened(1))?;
        writer.entry_count()
    });
    let entries = i64::try_from(expected["journal"].len()).expect("small");
    assert_eq!(tried.expect("tried out"), entries + 1);
    drop(reading);
    assert_eq!(all_rows(path), as_it_is);
}

#[test]
fn a_file_of_a_later_version_of_the_tables_is_read_as_well() {
    let (_folder, workspace) = workspace();
    post(&workspace, &story::entries(0x1000)[0]);
    let path = workspace.path().to_owned();
    drop(workspace);
    let before = all_rows(&path);
    let later = "UPDATE meta SET value = '999' WHERE name = 'derived_version'";
    connect(&path).execute_batch(later).expect("changed");
    assert_reads_of_a_copy(&path, &before);
}

fn opened(n: u128) -> domain::Entry {
    let (from, to) = (good(Builtin::Opening.id()), good(id(story::W0)));
    let moves = vec![move_of(MoveKind::Opening, 0x5000 + n, 7, from, to)];
    let lots = vec![lot(0x5000 + n, story::SKU)];
    let fact = Fact::StockOpened { place: id(story::W0) };
    entry(0x6000 + n, story::on(), Body { lots, moves, ..Body::of(fact) })
}

#[test]
fn a_backup_is_the_whole_file_and_takes_its_place() {
    let (folder, workspace) = workspace();
    for one in story::entries(0x1000) {
        post(&workspace, &one);
    }
    let backup = workspace.back_up(BackupReason::Asked).expect("a backup");
    assert!(!backup.daily && backup.bytes > 0);
    assert_eq!(workspace.backups().expect("listed"), std::slice::from_ref(&backup));
    let backed_up = all_rows(&backup.path);
    post(&workspace, &opened(1));
    let lost = all_rows(workspace.path());
    let new_desk: uuid::Uuid = id(0xd2);
    let restored = workspace.restore(&backup.path, new_desk).expect("restored");
    let mut expected = backed_up.clone();
    let meta = expected.get_mut("meta").expect("meta");
    for row in meta.iter_mut().filter(|row| row.starts_with("desk ")) {
        *row = format!("desk {new_desk}");
    }
    meta.extend(["floor/PO-A-2026 1", "floor/TR-A-2026 1"].map(str::to_owned));
    meta.sort();
    assert_eq!(all_rows(restored.path()), expected);
    assert_eq!(restored.read(|reader| reader.desk()).expect("read"), new_desk);
    let kept = restored.backups().expect("listed");
    assert_eq!(kept.len(), 2, "what was there is kept as well");
    assert_eq!(all_rows(&kept[0].path), lost);
    assert_eq!(rows(&connect(restored.path()), "PRAGMA journal_mode"), ["wal"]);
    // The lost entry's number may be out in the world; the new desk begins its own count.
    post(&restored, &opened(2));
    post(&restored, &opened(3));
    assert_clean(&restored);
    let path = restored.path().to_owned();
    drop(restored);
    assert_clean(&Workspace::open(&path, Opened::ToWrite).expect("opened"));
    let names = fs::read_dir(folder.path()).expect("the folder").count();
    assert_eq!(names, 4, "the file, its lock, its backups and what is attached");
}

#[test]
fn a_file_with_commits_in_its_log_alone_is_restored_with_them() {
    let (folder, other) = workspace();
    post(&other, &story::entries(0x1000)[0]);
    assert!(fs::metadata(folder.path().join("a.pincang-wal")).is_ok_and(|log| log.len() > 0));
    let (_folder, own) = workspace();
    let reader = connect(own.path());
    assert_eq!(rows(&reader, "SELECT count(*) FROM journal"), ["0"]);
    // Another reader keeps the old file's log from being folded back by itself.
    let restored = own.restore(other.path(), id(0xd2)).expect("restored");
    assert_eq!(restored.read(|reader| reader.entry_count()).expect("read"), 1);
    assert_clean(&restored);
    drop(reader);
}

/// An entry that gives out a number of a series.
fn numbered(id: u128, series: &str, n: i64) -> domain::Entry {
    let mut one = opened(id);
    one.body.serials = vec![Serial { series: series.into(), n }];
    one
}

fn next(workspace: &Workspace, series: &str) -> i64 {
    workspace.read(|reader| reader.next_serial(series)).expect("read")
}

#[test]
fn numbers_given_out_since_a_backup_are_never_given_again() {
    let (_folder, workspace) = workspace();
    for one in story::entries(0x1000) {
        post(&workspace, &one);
    }
    post(&workspace, &numbered(1, "SSCC-690123", 7));
    let backup = workspace.back_up(BackupReason::Asked).expect("a backup").path;
    post(&workspace, &numbered(2, "SSCC-690123", 8));
    post(&workspace, &numbered(3, "CT-A", 12));
    let workspace = workspace.restore(&backup, id(0xd2)).expect("restored");
    assert_eq!(next(&workspace, "SSCC-690123"), 9);
    assert_eq!(next(&workspace, "CT-A"), 13, "a series that the backup does not know");
    assert_eq!(next(&workspace, "CT-C"), 1);
    // The same backup again: the desk letter is the same one, and so its numbers must go on.
    let letter = workspace.read(|reader| reader.desk_letter()).expect("read");
    post(&workspace, &numbered(4, "PO-B-2026", 1));
    let workspace = workspace.restore(&backup, id(0xd3)).expect("restored");
    assert_eq!(workspace.read(|reader| reader.desk_letter()).expect("read"), letter);
    assert_eq!(next(&workspace, "PO-B-2026"), 2);
    assert_eq!(next(&workspace, "SSCC-690123"), 9, "a floor is carried from restore to restore");
    assert_eq!(next(&workspace, "CT-A"), 13);
    // Back to the file with the highest numbers, and on.
    let mut backups = workspace.backups().expect("listed");
    backups.retain(|one| one.path != backup);
    let with_most = backups.pop().expect("what was there before the first restore").path;
    let workspace = workspace.restore(&with_most, id(0xd4)).expect("restored");
    assert_eq!(next(&workspace, "SSCC-690123"), 9);
    assert_eq!(next(&workspace, "PO-B-2026"), 2);
    assert_clean(&workspace);
}

#[test]
fn a_backup_of_another_workspace_is_refused() {
    let (folder, workspace) = workspace();
    post(&workspace, &story::entries(0x1000)[0]);
    let (path, before) = (workspace.path().to_owned(), all_rows(workspace.path()));
    let other = folder.path().join("other.pincang");
    drop(Workspace::create(&other, id(1), id(0xee)).expect("a new workspace"));
    let refused = workspace.restore(&other, id(0xd2)).err();
    assert!(matches!(&refused, Some(Error::OtherWorkspace(at)) if *at == other), "{refused:?}");
    assert_eq!(all_rows(&path), before);
    assert!(!folder.path().join("a.backups").exists(), "nothing was backed up for it");
    assert!(!folder.path().join("a.restoring").exists());
    Workspace::open(&path, Opened::ToWrite).expect("opened");
}

#[test]
fn a_file_that_another_process_reads_is_not_taken_away_from_under_it() {
    let (folder, workspace) = workspace();
    let backup = workspace.back_up(BackupReason::Asked).expect("a backup").path;
    let reader = connect(workspace.path());
    reader.execute_batch("BEGIN").expect("begun");
    assert_eq!(rows(&reader, "SELECT count(*) FROM journal"), ["0"]);
    // What is written from here on stands in the log alone while that view lasts.
    post(&workspace, &story::entries(0x1000)[0]);
    let path = workspace.path().to_owned();
    let refused = workspace.restore(&backup, id(0xd2)).err();
    assert!(matches!(&refused, Some(Error::Locked(at)) if *at == path), "{refused:?}");
    assert!(!folder.path().join("a.restoring").exists());
    drop(reader);
    let workspace = Workspace::open(&path, Opened::ToWrite).expect("opened");
    assert_eq!(workspace.read(|reader| reader.entry_count()).expect("read"), 1);
    assert_clean(&workspace);
}

#[test]
fn a_workspace_whose_first_entry_fails_is_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.pincang");
    let refused = Workspace::found::<Error>(&path, (id(1), id(2)), stamp(), |writer| {
        writer.post(&story::entries(0x1000)[0])?;
        Err(Error::DiskFull)
    });
    assert!(matches!(refused, Err(Error::DiskFull)), "{refused:?}");
    let left: Vec<_> = fs::read_dir(folder.path())
        .expect("the folder")
        .map(|file| file.expect("a file").file_name())
        .collect();
    assert_eq!(left, ["a.lock"]);
    let first = |writer: &mut store::Writer| writer.post(&story::entries(0x1000)[0]);
    let made = Workspace::found(&path, (id(1), id(2)), stamp(), first).expect("made");
    assert_eq!(made.read(|reader| reader.entry_count()).expect("read"), 1);
    assert_clean(&made);
    drop(made);
    let again = Workspace::found(&path, (id(1), id(2)), stamp(), first);
    assert!(matches!(again, Err(Error::Exists(_))), "{again:?}");
    assert!(path.exists(), "what was there stays");
}

#[test]
fn a_draft_of_one_kind_is_none_of_another() {
    let (_folder, workspace) = workspace();
    let draft: uuid::Uuid = id(0xdd);
    let write = |act: &dyn Fn(&mut store::Writer) -> Result<bool, Error>| {
        workspace.write::<_, Error>(stamp(), |writer| act(writer)).expect("written")
    };
    assert!(write(&|writer| writer.keep_draft("order", draft, "1", 1)));
    assert!(write(&|writer| writer.keep_draft("order", draft, "2", 2)));
    assert!(!write(&|writer| writer.keep_draft("transfer", draft, "3", 3)));
    assert!(!write(&|writer| writer.drop_draft("transfer", draft)));
    let kept = workspace.read(|reader| reader.draft("order", draft)).expect("read");
    assert_eq!(kept.as_deref(), Some("2"));
    assert!(write(&|writer| writer.drop_draft("order", draft)));
    assert!(!write(&|writer| writer.drop_draft("order", draft)));
}

#[test]
fn a_backup_that_is_none_changes_nothing() {
    let (folder, workspace) = workspace();
    post(&workspace, &story::entries(0x1000)[0]);
    let path = workspace.path().to_owned();
    let before = all_rows(&path);
    let backup = workspace.back_up(BackupReason::Asked).expect("a backup").path;
    let broken = folder.path().join("broken.pincang");
    let bytes = fs::read(&backup).expect("the backup");
    // A page in the middle is gone.
    let middle = bytes.len() / 2 / 4096 * 4096;
    let hole = [&bytes[..middle], &[0; 4096], &bytes[middle + 4096..]].concat();
    fs::write(&broken, hole).expect("written");
    let refused = workspace.restore(&broken, id(0xd2)).err();
    assert!(refused.is_some(), "a backup with a hole is none");
    let again = Workspace::open(&path, Opened::ToWrite).expect("opened");
    assert_eq!(all_rows(&path), before);
    let refused = again.restore(&folder.path().join("missing"), id(0xd2)).err();
    assert!(matches!(refused, Some(Error::Io { .. })), "{refused:?}");
    assert!(!folder.path().join("a.restoring").exists());
}

#[test]
fn fourteen_backups_of_a_kind_are_kept_in_the_order_of_their_names() {
    let (_folder, workspace) = workspace();
    let asked = workspace.back_up(BackupReason::Asked).expect("a backup");
    let first = workspace.back_up(BackupReason::Daily).expect("a backup");
    assert!(first.daily);
    let name = first.path.to_string_lossy().into_owned();
    let time = first.made_at.format("%Y%m%d-%H%M%S%3f").to_string();
    assert!(name.contains(&time), "{name} {time}");
    // Older ones, copied in just now: their own time is the youngest of all.
    for days in 1..20 {
        let old = (first.made_at - TimeDelta::days(days)).format("%Y%m%d-%H%M%S%3f");
        fs::copy(&first.path, name.replace(&time, &old.to_string())).expect("a copy");
    }
    let last = workspace.back_up(BackupReason::Daily).expect("a backup");
    let kept = workspace.backups().expect("listed");
    let daily: Vec<_> = kept.iter().filter(|one| one.daily).collect();
    assert_eq!(daily.len(), 14);
    assert_eq!((daily[0].made_at, daily[1].made_at), (last.made_at, first.made_at));
    assert_eq!(daily[13].made_at, first.made_at - TimeDelta::days(12));
    assert!(kept.iter().any(|one| one.path == asked.path), "each kind for itself");
}

/// A file system of its own, gone when this is.
#[cfg(target_os = "linux")]
struct Mounted(tempfile::TempDir);

#[cfg(target_os = "linux")]
impl Mounted {
    fn new(size: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        mount(&["-t", "tmpfs", "-o", &format!("size={size}"), "pincang-test"], folder.path());
        Self(folder)
    }

    fn workspace_path(&self) -> PathBuf {
        self.0.path().join("a.pincang")
    }

    fn read_only(&self) {
        mount(&["-o", "remount,ro"], self.0.path());
    }
}

#[cfg(target_os = "linux")]
impl Drop for Mounted {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0.path()).status();
    }
}

#[cfg(target_os = "linux")]
fn mount(args: &[&str], at: &Path) {
    let done = Command::new("mount").args(args).arg(at).output().expect("the program mount");
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "this test needs the right to mount a tmpfs: {said}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_changes_nothing_and_posting_goes_on_once_there_is_room() {
    let disk = Mounted::new("3m");
    let workspace = Workspace::create(&disk.workspace_path(), id(1), id(2)).expect("made");
    for one in story::entries(0x1000).into_iter().take(7) {
        post(&workspace, &one);
    }
    let ballast = disk.0.path().join("ballast");
    let room = 40 * 4096;
    let mut size = 4 << 20;
    while fs::write(&ballast, vec![0; size]).is_err() {
        size -= 4096;
    }
    fs::File::options()
        .write(true)
        .open(&ballast)
        .expect("ballast")
        .set_len(u64::try_from(size - room).expect("a size"))
        .expect("room");
    let mut posted = 0;
    let refused = loop {
        let one = opened(posted);
        match workspace.write::<_, Error>(stamp(), |writer| writer.post(&one)) {
            Ok(()) => posted += 1,
            Err(error) => break error,
        }
    };
    assert!(matches!(refused, Error::DiskFull), "{refused:?}");
    assert!(matches!(workspace.back_up(BackupReason::Asked), Err(Error::DiskFull)));
    let left = fs::read_dir(disk.0.path().join("a.backups")).map_or(0, Iterator::count);
    assert_eq!(left, 0, "no half backup stays");
    let count = workspace.read(|reader| reader.entry_count()).expect("read");
    assert_eq!(u128::try_from(count).expect("a count"), posted + 7);
    fs::remove_file(&ballast).expect("room");
    post(&workspace, &opened(posted));
    assert_clean(&workspace);
}

#[cfg(target_os = "linux")]
#[test]
fn a_new_file_on_a_full_disk_leaves_nothing_behind() {
    let disk = Mounted::new("64k");
    let refused = Workspace::create(&disk.workspace_path(), id(1), id(2)).err();
    assert!(matches!(refused, Some(Error::DiskFull)), "{refused:?}");
    let names: Vec<_> = fs::read_dir(disk.0.path())
        .expect("the folder")
        .map(|file| file.expect("a file").file_name())
        .collect();
    assert_eq!(names, ["a.lock"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_read_only_disk_is_read_and_not_written() {
    let disk = Mounted::new("8m");
    let path = disk.workspace_path();
    let workspace = Workspace::create(&path, id(1), id(2)).expect("made");
    for one in story::entries(0x1000) {
        post(&workspace, &one);
    }
    drop(workspace);
    disk.read_only();
    let refused = Workspace::open(&path, Opened::ToWrite).err();
    assert!(matches!(refused, Some(Error::ReadOnly(_))), "{refused:?}");
    let reading = Workspace::open(&path, Opened::ToRead).expect("opened to read");
    let told = i64::try_from(story::entries(0x1000).len()).expect("few");
    assert_eq!(reading.read(|reader| reader.entry_count()).expect("read"), told);
    assert_clean(&reading);
    let refused = Workspace::create(&disk.0.path().join("b.pincang"), id(1), id(2)).err();
    assert!(matches!(refused, Some(Error::ReadOnly(_))), "{refused:?}");
}
