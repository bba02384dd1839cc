//! The log file: what went wrong, for the person who has to find out why.
//!
//! Knows when, what kind and what text. Refuses inputs and answers of commands, which hold the
//! brand's figures: a log can be sent to a stranger.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};

/// A file grows to this and is then kept once under another name.
const BYTES_MAX: u64 = 1024 * 1024;
/// A line is cut here: a stack trace fits, a data set does not.
const LINE_CHARS_MAX: usize = 4_000;
/// A page that fails in a loop must not fill the disk.
const PAGE_REPORTS_MAX: u32 = 500;

/// Appends lines to `logs/pincang.log` in the program's local data folder.
pub(crate) struct Log {
    file: Mutex<File>,
    page_reports: AtomicU32,
}

impl Log {
    /// Opens the log in `folder`, making the folder, and puts a full file aside.
    pub(crate) fn open(folder: &Path) -> std::io::Result<Self> {
        std::fs::create_dir_all(folder)?;
        let path = path_in(folder);
        if std::fs::metadata(&path).is_ok_and(|metadata| metadata.len() > BYTES_MAX) {
            std::fs::rename(&path, folder.join("pincang.old.log"))?;
        }
        let file = OpenOptions::new().create(true).append(true).open(path)?;
        Ok(Self { file: Mutex::new(file), page_reports: AtomicU32::new(0) })
    }

    /// Writes one line. A log that cannot be written stops nobody's work.
    pub(crate) fn line(&self, kind: &str, text: &str) {
        let line = format!("{} {kind} {}\n", now(), on_one_line(text));
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = file.write_all(line.as_bytes());
    }

    /// Writes that a command failed, by its code alone: its values may be the brand's figures, and
    /// whoever wants to send them copies the report.
    pub(crate) fn failure(&self, name: &str, error: &app::Error) {
        self.line("failed", &format!("{name} {}", error.code));
    }

    /// Writes what the page reported about itself, up to a number of lines a run.
    pub(crate) fn page(&self, kind: PageProblem, text: &str) {
        if self.page_reports.fetch_add(1, Ordering::Relaxed) < PAGE_REPORTS_MAX {
            self.line(kind.word(), text);
        }
    }
}

/// What can go wrong inside the page.
#[derive(Debug, Clone, Copy, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum PageProblem {
    /// An uncaught error.
    Error,
    /// A promise that nobody caught.
    Rejection,
    /// Something that the content security policy stopped.
    Policy,
}

impl PageProblem {
    fn word(self) -> &'static str {
        match self {
            Self::Error => "page-error",
            Self::Rejection => "page-rejection",
            Self::Policy => "page-policy",
        }
    }
}

/// Sends panics to the log as well as to stderr.
pub(crate) fn log_panics(log: std::sync::Arc<Log>) {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let trace = std::backtrace::Backtrace::force_capture();
        log.line("panic", &format!("{panic} {trace}"));
        before(panic);
    }));
}

/// Where the log of a folder lies.
pub(crate) fn path_in(folder: &Path) -> PathBuf {
    folder.join("pincang.log")
}

fn on_one_line(text: &str) -> String {
    text.chars()
        .take(LINE_CHARS_MAX)
        .map(|character| if character.is_control() { ' ' } else { character })
        .collect()
}

#[allow(clippy::disallowed_methods, reason = "the shell is an edge that reads the clock")]
fn now() -> String {
    chrono::Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Millis, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_cannot_forge_a_second_line() {
        let folder = tempfile::tempdir().expect("a folder");
        let log = Log::open(folder.path()).expect("opens");
        log.line("failed", "one\n2026-01-01T00:00:00Z panic forged");
        let text = std::fs::read_to_string(path_in(folder.path())).expect("reads");
        assert_eq!(text.lines().count(), 1);
        assert!(text.contains(" failed one 2026"), "{text}");
    }

    #[test]
    fn a_failed_command_leaves_its_code_and_none_of_its_values() {
        let folder = tempfile::tempdir().expect("a folder");
        let log = Log::open(folder.path()).expect("opens");
        let error = app::Error::failed("file.damaged", [("detail", "售价 128.00".into())]);
        log.failure("order.get", &error);
        let text = std::fs::read_to_string(path_in(folder.path())).expect("reads");
        assert!(text.ends_with(" failed order.get file.damaged\n"), "{text}");
    }

    #[test]
    fn a_full_file_is_kept_once_under_another_name() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(path_in(folder.path()), vec![b'x'; 1024 * 1024 + 1]).expect("writes");
        Log::open(folder.path()).expect("opens").line("start", "again");
        let text = std::fs::read_to_string(path_in(folder.path())).expect("reads");
        assert!(text.ends_with(" start again\n") && text.len() < 100, "{text}");
        assert!(folder.path().join("pincang.old.log").exists());
    }

    #[test]
    fn a_page_that_fails_in_a_loop_stops_being_written() {
        let folder = tempfile::tempdir().expect("a folder");
        let log = Log::open(folder.path()).expect("opens");
        for _ in 0..PAGE_REPORTS_MAX + 10 {
            log.page(PageProblem::Error, "loop");
        }
        let text = std::fs::read_to_string(path_in(folder.path())).expect("reads");
        assert_eq!(text.lines().count(), PAGE_REPORTS_MAX as usize);
    }
}
