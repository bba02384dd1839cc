//! Files that the program writes for its user: where they may lie, what they may be called, and
//! that they are written whole or not at all.
//!
//! Knows names that every system takes. Refuses to know what is in the files.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

use uuid::Uuid;

use crate::Error;

/// Bytes of a name made of a number; with ending and folder it stays under every system's limit.
const NAME_BYTES: usize = 120;
/// Names that Windows gives to devices, whatever their ending.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];

/// `text` as a part of a file name that every system takes: letters, digits and characters of any
/// script stay, `-` and `_` too, all else becomes `_`; never a device's name, never empty.
pub(crate) fn slug(text: &str) -> String {
    let mut kept = String::new();
    for character in text.chars() {
        let stays = character.is_alphanumeric() || matches!(character, '-' | '_');
        let character = if stays { character } else { '_' };
        if kept.len() + character.len_utf8() > NAME_BYTES {
            break;
        }
        kept.push(character);
    }
    if kept.is_empty() || is_device(&kept) { format!("_{kept}") } else { kept }
}

/// Whether Windows takes a name for a device: `CON`, `nul.pdf`, `COM1`.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end().to_lowercase();
    let numbered = ["com", "lpt"].iter().any(|port| {
        let digit = stem.strip_prefix(port).and_then(|rest| {
            let mut rest = rest.chars();
            rest.next().filter(|_| rest.next().is_none())
        });
        digit.is_some_and(|digit| matches!(digit, '0'..='9' | '¹' | '²' | '³'))
    });
    numbered || DEVICES.contains(&stem.as_str())
}

/// The place that a user gave for a file of one of the kinds `endings`, as a whole path.
///
/// # Errors
/// `file.name_refused` without such an ending or with a device's name, so that nothing that runs
/// or holds data is ever written over.
pub(crate) fn target(given: &str, endings: &[&str]) -> Result<PathBuf, Error> {
    let refused = || {
        Error::refused(
            "file.name_refused",
            [("path", given.into()), ("endings", endings.join(", ").into())],
        )
    };
    let path = std::path::absolute(given).map_err(|_| refused())?;
    let name = path.file_name().and_then(|name| name.to_str()).ok_or_else(refused)?;
    let fits = ending(&path).is_some_and(|ending| endings.contains(&ending.as_str()));
    let odd = name.chars().any(char::is_control) || is_device(name);
    if fits && !odd { Ok(path) } else { Err(refused()) }
}

/// The ending of a file's name in small letters.
pub(crate) fn ending(path: &Path) -> Option<String> {
    path.extension().map(|ending| ending.to_string_lossy().to_lowercase())
}

/// Writes a file beside its place and moves it there: whatever stops it, the file that was there
/// before is whole.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let part = path.with_file_name(format!(".{}.part", Uuid::now_v7().simple()));
    let written = File::options().write(true).create_new(true).open(&part).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    let moved = written.and_then(|()| fs::rename(&part, path));
    moved.map_err(|source| {
        let _ = fs::remove_file(&part);
        unreachable(path, source)
    })
}

/// What a file system says, as an answer.
pub(crate) fn unreachable(path: &Path, source: io::Error) -> Error {
    match source.kind() {
        io::ErrorKind::StorageFull => store::Error::DiskFull.into(),
        _ => store::Error::Io { path: path.to_owned(), source }.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_leave_their_folder_or_name_a_device() {
        for (text, expected) in [
            ("TR-A-2026-0007", "TR-A-2026-0007"),
            ("../../x", "______x"),
            ("C:\\x", "C__x"),
            ("/etc/passwd", "_etc_passwd"),
            ("采购单 A/B", "采购单_A_B"),
            ("a\0b\nc", "a_b_c"),
            (".hidden.", "_hidden_"),
            ("CON", "_CON"),
            ("nul", "_nul"),
            ("Com1", "_Com1"),
            ("lpt¹", "_lpt¹"),
            ("COM10", "COM10"),
            ("", "_"),
        ] {
            assert_eq!(slug(text), expected, "{text:?}");
        }
        let long = slug(&"长".repeat(500));
        assert!(long.len() <= NAME_BYTES && long.chars().all(|one| one == '长'), "{long}");
    }

    #[test]
    fn a_target_is_a_document_with_a_plain_name() {
        let allowed = |given: &str| target(given, &["pdf"]).is_ok();
        assert!(allowed("/tmp/a.pdf") && allowed("/tmp/装箱单 1.PDF"));
        for given in ["", "/", "..", "/tmp/a", "/tmp/a.sh", "/tmp/a.pdf/..", "/tmp/CON.pdf"] {
            assert!(!allowed(given), "{given}");
        }
        assert!(!allowed("/tmp/a\n.pdf") && !allowed("/tmp/lpt1.x.pdf"));
        let here = target("a.pdf", &["pdf"]).expect("a name");
        assert!(here.is_absolute(), "a relative place is made whole");
    }

    #[test]
    fn a_file_is_replaced_whole_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.pdf");
        write_whole(&path, b"one").expect("writes");
        write_whole(&path, b"two").expect("writes again");
        assert_eq!(fs::read(&path).expect("reads"), b"two");
        let error = write_whole(&folder.path().join("none/a.pdf"), b"x").expect_err("no folder");
        assert_eq!(error.code, "file.unreachable");
        assert_eq!(fs::read_dir(folder.path()).expect("lists").count(), 1);
    }
}
