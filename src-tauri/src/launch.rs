//! How the program was started: its arguments and the folder it keeps to.
//!
//! Knows the command line, which a second start hands to the first. Refuses to open anything: a
//! file named here is opened by the UI, which can show why it could not be.

use std::io::Write;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::Parser;

/// 品仓 Pincang: the goods of a brand, from factory to customer.
#[derive(Debug, Clone, Parser)]
#[command(name = "pincang-desktop", version)]
pub(crate) struct Launch {
    /// The workspace to open, or a table (xlsx, xls, csv) to import.
    pub(crate) file: Option<PathBuf>,

    /// The business day to work on, YYYY-MM-DD, instead of today's date.
    #[arg(long)]
    pub(crate) today: Option<NaiveDate>,

    /// The role to work in, which may hide money and commands.
    #[arg(long, value_parser = role)]
    pub(crate) role: Option<app::Role>,

    /// Say `shown` on standard output once the first data stands in the window: for who measures
    /// how long a start takes.
    #[arg(long)]
    pub(crate) say_shown: bool,
}

impl Launch {
    /// Reads this process's arguments. The error prints itself and knows its exit code.
    pub(crate) fn from_env() -> Result<Self, clap::Error> {
        let launch = Self::try_parse()?;
        Ok(match std::env::current_dir() {
            Ok(folder) => launch.within(&folder),
            Err(_) => launch,
        })
    }

    /// Reads the arguments of a second start, made in `folder`; those that do not parse count as
    /// none, because the second process has nobody left to tell.
    pub(crate) fn from_second(arguments: &[String], folder: &Path) -> Self {
        Self::try_parse_from(arguments)
            .unwrap_or(Self { file: None, today: None, role: None, say_shown: false })
            .within(folder)
    }

    /// Hears that data stands in the window, and says it to whoever asked.
    pub(crate) fn shown(&self, mut out: impl Write) {
        if self.say_shown {
            // Whoever asked may be gone; the window is there for somebody else.
            let _ = writeln!(out, "shown");
        }
    }

    /// The same launch with its file named from the root of the file system.
    fn within(mut self, folder: &Path) -> Self {
        self.file = self.file.map(|file| folder.join(file));
        self
    }
}

/// A role by the word that the bridge uses for it.
fn role(word: &str) -> Result<app::Role, String> {
    serde_json::from_value(word.into()).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(arguments: &[&str]) -> Result<Launch, clap::Error> {
        Launch::try_parse_from(std::iter::once("pincang-desktop").chain(arguments.iter().copied()))
    }

    #[test]
    fn a_day_and_a_file_are_read() {
        let launch = parse(&["货.pincang", "--today", "2026-10-01"]).expect("good arguments");
        assert_eq!(launch.file, Some(PathBuf::from("货.pincang")));
        assert_eq!(launch.today, NaiveDate::from_ymd_opt(2026, 10, 1));
    }

    #[test]
    fn a_day_that_does_not_exist_is_a_usage_error() {
        let error = parse(&["--today", "2026-02-30"]).expect_err("no such day");
        assert_eq!(error.exit_code(), 2);
    }

    #[test]
    fn a_role_that_does_not_exist_is_a_usage_error() {
        let error = parse(&["--role", "emperor"]).expect_err("no such role");
        assert_eq!(error.exit_code(), 2);
    }

    #[test]
    fn that_data_is_shown_is_said_to_whoever_asked_and_to_nobody_else() {
        let said = |arguments: &[&str]| {
            let mut out = Vec::new();
            parse(arguments).expect("good arguments").shown(&mut out);
            out
        };
        assert_eq!(said(&["--say-shown"]), b"shown\n");
        assert_eq!(said(&[]), b"");
    }

    #[test]
    fn a_second_start_names_its_file_from_its_own_folder() {
        let folder = Path::new("/folder/today");
        let arguments = ["pincang-desktop".to_owned(), "a.xlsx".to_owned()];
        let launch = Launch::from_second(&arguments, folder);
        assert_eq!(launch.file, Some(PathBuf::from("/folder/today/a.xlsx")));
        let broken = ["pincang-desktop".to_owned(), "--nonsense".to_owned()];
        assert_eq!(Launch::from_second(&broken, folder).file, None);
    }
}
