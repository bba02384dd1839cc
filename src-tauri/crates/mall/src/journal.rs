//! The flushed log of commands: one JSON line each, written before anything of it is seen.
//!
//! Beside it stands how far readers may have seen (`head.json`). When that is further than the
//! log goes, the log was restored from an older copy, and the data must begin a new epoch.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::market::Command;
use crate::scenario::Scenario;

const LOG: &str = "mall.jsonl";
const HEAD: &str = "head.json";
/// The form of the log itself.
const FORMAT: u32 = 1;

/// The first line: what the marketplace is made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Start {
    pub(crate) format: u32,
    pub(crate) generator: u32,
    pub(crate) seed: u64,
    pub(crate) scenario: Scenario,
}

impl Start {
    pub(crate) fn new(generator: u32, seed: u64, scenario: Scenario) -> Self {
        Self { format: FORMAT, generator, seed, scenario }
    }
}

/// How far readers may have seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Head {
    pub(crate) epoch_number: u64,
    pub(crate) seq: u64,
}

/// Why a log cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum JournalError {
    #[error("{0}: {1}")]
    Io(PathBuf, #[source] io::Error),
    #[error("{0} is in use by another marketplace")]
    InUse(PathBuf),
    #[error("{0}, line {1} is no command; only the last line can be torn")]
    Broken(PathBuf, usize),
    #[error("{0} belongs to another scenario, seed or version of this program")]
    OtherStart(PathBuf),
    #[error("{0} could not be written to before; start again")]
    Poisoned(PathBuf),
}

/// What was found in a directory.
pub(crate) struct Found {
    pub(crate) journal: Journal,
    pub(crate) commands: Vec<Command>,
    pub(crate) head: Option<Head>,
    /// What was set right, in words.
    pub(crate) warnings: Vec<String>,
}

#[derive(Debug)]
pub(crate) struct Journal {
    dir: PathBuf,
    file: File,
    /// Where the last whole line ends.
    end: u64,
    poisoned: bool,
}

impl Journal {
    /// Opens the log of a directory, or begins one; a torn last line is cut off.
    pub(crate) fn open(dir: &Path, start: &Start) -> Result<Found, JournalError> {
        let path = dir.join(LOG);
        let io = |error| JournalError::Io(path.clone(), error);
        std::fs::create_dir_all(dir).map_err(io)?;
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(io)?;
        if file.try_lock().is_err() {
            return Err(JournalError::InUse(path));
        }
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(io)?;
        let mut warnings = Vec::new();
        let (lines, end) = whole_lines(&bytes);
        if end < bytes.len() {
            let torn = bytes.len() - end;
            warnings.push(format!("{}: a torn last line of {torn} bytes was cut", path.display()));
            file.set_len(end as u64).and_then(|()| file.sync_all()).map_err(io)?;
        }
        file.seek(SeekFrom::Start(end as u64)).map_err(io)?;
        let mut journal = Self { dir: dir.to_owned(), file, end: end as u64, poisoned: false };
        let mut lines = lines.into_iter();
        match lines.next() {
            None => {
                journal.write_line(start)?;
                sync_dir(dir).map_err(io)?;
            }
            Some(first) => match serde_json::from_slice::<Start>(first) {
                Ok(found) if found == *start => {}
                Ok(_) => return Err(JournalError::OtherStart(path)),
                Err(_) => return Err(JournalError::Broken(path, 1)),
            },
        }
        let commands = (2..)
            .zip(lines)
            .map(|(number, line)| {
                serde_json::from_slice(line).map_err(|_| JournalError::Broken(path.clone(), number))
            })
            .collect::<Result<_, _>>()?;
        let head = match std::fs::read(dir.join(HEAD)) {
            Ok(bytes) => serde_json::from_slice(&bytes).ok(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(JournalError::Io(dir.join(HEAD), error)),
        };
        Ok(Found { journal, commands, head, warnings })
    }

    /// Writes a command so that it outlives the process and the power.
    pub(crate) fn append(&mut self, command: &Command) -> Result<(), JournalError> {
        self.write_line(command)
    }

    fn write_line<T: Serialize>(&mut self, value: &T) -> Result<(), JournalError> {
        let path = self.dir.join(LOG);
        if self.poisoned {
            return Err(JournalError::Poisoned(path));
        }
        let mut line = serde_json::to_vec(value)
            .map_err(|error| JournalError::Io(path.clone(), error.into()))?;
        line.push(b'\n');
        let written = self.file.write_all(&line).and_then(|()| self.file.sync_data());
        if let Err(error) = written {
            // Half a line must not stand before the next one.
            let back = self.file.set_len(self.end);
            let back = back.and_then(|()| self.file.seek(SeekFrom::Start(self.end)));
            self.poisoned = back.is_err();
            return Err(JournalError::Io(path, error));
        }
        self.end += line.len() as u64;
        Ok(())
    }

    /// Keeps how far readers are going to see; called before they can.
    pub(crate) fn keep_head(&self, head: Head) -> Result<(), JournalError> {
        let path = self.dir.join(HEAD);
        let draft = self.dir.join("head.json.new");
        let write = || {
            let mut file = File::create(&draft)?;
            file.write_all(&serde_json::to_vec(&head)?)?;
            file.sync_all()?;
            std::fs::rename(&draft, &path)?;
            sync_dir(&self.dir)
        };
        write().map_err(|error| JournalError::Io(path.clone(), error))
    }
}

/// The lines that end with a line feed and hold JSON, and where the last of them ends. Only the
/// last line may be anything else: that is what a crash leaves behind.
fn whole_lines(bytes: &[u8]) -> (Vec<&[u8]>, usize) {
    let mut lines = Vec::new();
    let mut end = 0;
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        let last = end + line.len() == bytes.len();
        let whole = line.ends_with(b"\n");
        let readable = serde_json::from_slice::<serde::de::IgnoredAny>(line).is_ok();
        if last && !(whole && readable) {
            break;
        }
        lines.push(line);
        end += line.len();
    }
    (lines, end)
}

/// Makes a new or renamed file outlive the power. Windows has no such call and needs none.
fn sync_dir(dir: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(dir)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn advance(day: &str) -> Command {
        Command::Advance { to: day.parse().unwrap() }
    }

    #[test]
    fn a_log_cut_at_any_byte_gives_the_whole_commands_before_the_cut() {
        let dir = tempfile::tempdir().unwrap();
        let start = Start::new(1, 9, Scenario::a1());
        let commands = [advance("2026-10-01"), advance("2026-10-02"), advance("2026-10-05")];
        let mut ends = Vec::new();
        {
            let mut journal = Journal::open(dir.path(), &start).unwrap().journal;
            ends.push(journal.end);
            for command in &commands {
                journal.append(command).unwrap();
                ends.push(journal.end);
            }
        }
        let whole = std::fs::read(dir.path().join(LOG)).unwrap();
        // Every byte of the commands, and some of the long first line.
        let first_end = usize::try_from(ends[0]).unwrap();
        for cut in (0..first_end).step_by(53).chain(first_end - 1..=whole.len()) {
            let copy = tempfile::tempdir().unwrap();
            let mut file = File::create(copy.path().join(LOG)).unwrap();
            file.write_all(&whole[..cut]).unwrap();
            let found = Journal::open(copy.path(), &start).unwrap();
            let kept = ends.iter().filter(|end| **end <= cut as u64).count();
            assert_eq!(found.commands, commands[..kept.saturating_sub(1)], "cut at {cut}");
            let clean = cut == 0 || ends.contains(&(cut as u64));
            assert_eq!(found.warnings.is_empty(), clean, "cut at {cut}");
        }
    }

    #[test]
    fn a_broken_line_in_the_middle_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let start = Start::new(1, 9, Scenario::a1());
        drop(Journal::open(dir.path(), &start).unwrap());
        let mut file = OpenOptions::new().append(true).open(dir.path().join(LOG)).unwrap();
        file.write_all(b"{\"comm\n{\"command\":\"advance\",\"to\":\"2026-10-01\"}\n").unwrap();
        let refused = Journal::open(dir.path(), &start);
        assert!(matches!(refused, Err(JournalError::Broken(_, 2))));
    }

    #[test]
    fn one_directory_has_one_marketplace_of_one_scenario() {
        let dir = tempfile::tempdir().unwrap();
        let start = Start::new(1, 9, Scenario::a1());
        let first = Journal::open(dir.path(), &start).unwrap();
        assert!(matches!(Journal::open(dir.path(), &start), Err(JournalError::InUse(_))));
        drop(first);
        let other = Start::new(1, 10, Scenario::a1());
        assert!(matches!(Journal::open(dir.path(), &other), Err(JournalError::OtherStart(_))));
    }
}
