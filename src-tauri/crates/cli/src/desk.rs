//! The open program behind one command line: the app, its session, and how calls are made.
//!
//! The only place that reads the clock, the environment and standard input.

use std::{
    io::{IsTerminal, Read, Write},
    path::{Path, PathBuf},
    sync::atomic::AtomicBool,
};

use app::{App, Progress, Role, Secrets, Session};
use chrono::NaiveDate;
use machine::SystemKeyring;
use serde_json::{Value, json};

use crate::{
    args::Common,
    failure::Failure,
    secrets::ForThisRun,
    words::{Language, Words},
};

const WORKSPACE_VARIABLE: &str = "PINCANG_WORKSPACE";
const TOKEN_VARIABLE: &str = "PINCANG_TOKEN";

/// The program for one command line.
pub(crate) struct Desk {
    app: App,
    common: Common,
    pub(crate) words: Words,
    pub(crate) today: NaiveDate,
    /// A token that was given for this run alone.
    pub(crate) token: Option<String>,
    cancel: AtomicBool,
}

impl Desk {
    pub(crate) fn new(common: Common) -> Result<Self, Failure> {
        let token = given_token(common.token_stdin)?;
        let today = common.today.unwrap_or_else(local_day);
        Ok(Self::with(common, today, token))
    }

    /// The same command line's program with another token, for a marketplace that it started.
    pub(crate) fn with_token(&self, token: String) -> Self {
        Self::with(self.common.clone(), self.today, Some(token))
    }

    fn with(common: Common, today: NaiveDate, token: Option<String>) -> Self {
        let secrets: Box<dyn Secrets> = match &token {
            Some(token) => Box::new(ForThisRun(token.clone())),
            None => Box::new(SystemKeyring),
        };
        let words = common.words();
        let app = App::new(secrets, machine::data_dir());
        Self { app, common, words, today, token, cancel: AtomicBool::new(false) }
    }

    pub(crate) fn language(&self) -> Language {
        self.common.language()
    }

    /// The file that the command line names.
    pub(crate) fn workspace(&self) -> Result<PathBuf, Failure> {
        let named = self.common.workspace.clone();
        let file = named.or_else(|| std::env::var_os(WORKSPACE_VARIABLE).map(PathBuf::from));
        let file = file.ok_or_else(|| {
            Failure::usage("workspace", [("variable", WORKSPACE_VARIABLE.into())])
        })?;
        absolute(&file)
    }

    /// Opens the workspace beside a window that may be writing it.
    pub(crate) fn reading(&self) -> Result<&Self, Failure> {
        self.app.open_to_read(&self.workspace()?)?;
        Ok(self)
    }

    /// Opens the workspace as the one that writes it.
    pub(crate) fn writing(&self) -> Result<&Self, Failure> {
        self.call("workspace.open", json!({ "path": self.workspace()? }))?;
        Ok(self)
    }

    /// Calls a command of the core.
    pub(crate) fn call(&self, name: &str, input: Value) -> Result<Value, Failure> {
        self.call_on(self.today, name, input)
    }

    /// Calls a command on another day than today, as a story does that happened before.
    pub(crate) fn call_on(
        &self,
        day: NaiveDate,
        name: &str,
        input: Value,
    ) -> Result<Value, Failure> {
        let session = Session {
            today: day,
            now: now(),
            actor: self.common.actor.clone().unwrap_or_else(user),
            role: self.common.role.unwrap_or(Role::Manager),
            progress: &show_progress,
            cancel: &self.cancel,
        };
        let answer = self.app.dispatch(&session, name, input);
        clear_progress();
        Ok(answer?)
    }

    /// A line for the person at the terminal while long work goes on.
    pub(crate) fn say(&self, line: &str) {
        if !self.common.json {
            let _ = writeln!(std::io::stdout(), "{line}");
        }
    }
}

#[allow(clippy::disallowed_methods, reason = "this is the edge that reads the clock")]
fn local_day() -> NaiveDate {
    chrono::Local::now().date_naive()
}

#[allow(clippy::disallowed_methods, reason = "this is the edge that reads the clock")]
fn now() -> chrono::DateTime<chrono::Utc> {
    chrono::Utc::now()
}

fn user() -> String {
    let name = ["USER", "USERNAME"].iter().find_map(|name| std::env::var(name).ok());
    name.filter(|name| !name.is_empty()).unwrap_or_else(|| "cli".to_owned())
}

fn given_token(from_stdin: bool) -> Result<Option<String>, Failure> {
    let token = if from_stdin { Some(stdin()?) } else { std::env::var(TOKEN_VARIABLE).ok() };
    Ok(token.map(|token| token.trim().to_owned()).filter(|token| !token.is_empty()))
}

/// All of standard input as text.
pub(crate) fn stdin() -> Result<String, Failure> {
    let mut text = String::new();
    let read = std::io::stdin().read_to_string(&mut text);
    read.map_err(|error| Failure::Outside(format!("standard input: {error}")))?;
    Ok(text)
}

/// A file as text, or standard input for `-`.
pub(crate) fn text_of(file: &Path) -> Result<String, Failure> {
    if file == Path::new("-") {
        return stdin();
    }
    std::fs::read_to_string(file).map_err(|error| Failure::file(file, &error))
}

/// The same file named from the root, because the core names files in messages and lists.
pub(crate) fn absolute(file: &Path) -> Result<PathBuf, Failure> {
    std::path::absolute(file).map_err(|error| Failure::file(file, &error))
}

fn show_progress(progress: Progress) {
    let mut out = std::io::stderr();
    if out.is_terminal() && progress.total > 0 {
        let _ = write!(out, "\r{} {}/{}\x1b[K", progress.code, progress.done, progress.total);
    }
}

fn clear_progress() {
    let mut out = std::io::stderr();
    if out.is_terminal() {
        let _ = write!(out, "\r\x1b[K");
    }
}
