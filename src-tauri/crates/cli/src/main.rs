//! `pincang`: every use case without a window.
//!
//! Knows how to read a command line, call the command table and show the answer as text or JSON.
//! Refuses to decide anything: each rule is behind [`app::App::dispatch`], where the window enters
//! too. It ends with 0 when done, 1 when a rule refused, 2 for a wrong command line and 3 when
//! something failed.

mod acts;
mod args;
mod desk;
mod failure;
mod find;
mod grammar;
mod help;
mod secrets;
mod table;
mod words;

use std::{io::Write, process::ExitCode};

use crate::{args::Arguments, desk::Desk, failure::Failure, grammar::Wrong, words::Words};

/// What a command answers, for programs and for people.
pub(crate) struct Answer {
    pub(crate) json: serde_json::Value,
    pub(crate) text: String,
    /// It was answered, and the answer is no.
    pub(crate) refuses: bool,
}

fn main() -> ExitCode {
    let Arguments { common, act } = match grammar::read() {
        Ok(arguments) => arguments,
        Err(Wrong { failure: None, error, .. }) => error.exit(),
        Err(Wrong { failure: Some(failure), json, language, .. }) => {
            return tell(&failure, json, &Words::of(language));
        }
    };
    let json = common.json;
    let words = common.words();
    match Desk::new(common).and_then(|desk| acts::run(&desk, act)) {
        Ok(answer) => {
            let text = if json { answer.json.to_string() } else { answer.text };
            if !text.is_empty() {
                // A reader that went away early, as `head` does, is no failure of ours.
                let _ = writeln!(std::io::stdout(), "{}", text.trim_end_matches('\n'));
            }
            ExitCode::from(u8::from(answer.refuses))
        }
        Err(failure) => tell(&failure, json, &words),
    }
}

/// Says why nothing was done.
fn tell(failure: &Failure, json: bool, words: &Words) -> ExitCode {
    let text = if json { failure.json().to_string() } else { failure.text(words) };
    let _ = writeln!(std::io::stderr(), "{text}");
    failure.exit_code()
}

impl Answer {
    /// The command's own output under a sentence or a table about it.
    pub(crate) fn new(json: serde_json::Value, text: impl Into<String>) -> Self {
        Self { json, text: text.into(), refuses: false }
    }

    /// The same answer where it says no: scripts see the exit code of a refusal.
    pub(crate) fn refusing(mut self, refuses: bool) -> Self {
        self.refuses = refuses;
        self
    }
}
