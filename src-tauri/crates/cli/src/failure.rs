//! Why a command line did not do what was asked, and the exit code that says so to a script.

use std::fmt::Write as _;

use std::process::ExitCode;

use app::{
    Error, ErrorKind,
    wire::{Arg, Lang, Message},
};
use serde_json::{Value, json};

use crate::words::Words;

/// How many of the things behind a refusal are printed.
const DETAILS_SHOWN: usize = 20;

/// Why a command line was not carried out.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The core's answer.
    Core(Box<Error>),
    /// The command line itself does not make sense; the code begins with `usage.`.
    Usage(Message),
    /// The same, of what only the grammar can say, in its own words.
    Grammar(String),
    /// Something outside the core failed: a file, a program.
    Outside(String),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Core(Box::new(error))
    }
}

impl Failure {
    /// What is wrong with the command line: `usage.` and the code, with what the sentence names.
    pub(crate) fn usage<const N: usize>(code: &str, args: [(&'static str, Arg); N]) -> Self {
        Self::Usage(Message::new(&format!("usage.{code}"), args))
    }

    /// A word that does not have the form it should.
    pub(crate) fn form(given: &str, form: &str) -> Self {
        Self::usage("form", [("given", given.into()), ("form", form.into())])
    }

    /// A file that does not hold the JSON it should.
    pub(crate) fn bad_file(file: &std::path::Path, error: &serde_json::Error) -> Self {
        let args = [("file", file.display().to_string().into()), ("detail", said_by(error))];
        Self::usage("bad_file", args)
    }

    /// Words that are no JSON.
    pub(crate) fn bad_json(error: &serde_json::Error) -> Self {
        Self::usage("bad_json", [("detail", said_by(error))])
    }

    /// Nothing bears that code or number.
    pub(crate) fn missing(what: &str, named: &str) -> Self {
        Error::missing(what, named).into()
    }

    pub(crate) fn file(path: &std::path::Path, error: &std::io::Error) -> Self {
        Self::Outside(format!("{}: {error}", path.display()))
    }

    /// 1 when a rule refused, 2 for a wrong command line, 3 when something failed.
    pub(crate) fn exit_code(&self) -> ExitCode {
        ExitCode::from(match self {
            Self::Core(error) if error.code == "command.malformed" => 2,
            Self::Core(error) if error.code == "command.field_missing" => 2,
            Self::Core(error) if error.code == "command.unknown" => 2,
            Self::Core(error) if error.kind == ErrorKind::Refused => 1,
            Self::Usage(_) | Self::Grammar(_) => 2,
            Self::Core(_) | Self::Outside(_) => 3,
        })
    }

    /// The same for a program that reads.
    pub(crate) fn json(&self) -> Value {
        match self {
            Self::Core(error) => serde_json::to_value(error).unwrap_or_default(),
            Self::Usage(Message { code, args }) => {
                json!({ "kind": "usage", "code": code, "args": args })
            }
            Self::Grammar(text) => json!({ "kind": "usage", "code": "usage", "detail": text }),
            Self::Outside(text) => json!({ "kind": "failed", "code": "outside", "detail": text }),
        }
    }

    /// A sentence, its code in brackets to look up, and what stands behind it line by line.
    pub(crate) fn text(&self, words: &Words) -> String {
        let error = match self {
            Self::Usage(message) => return format!("pincang: {}", words.message(message)),
            Self::Grammar(text) => return text.clone(),
            Self::Outside(text) => return format!("failed: {text}"),
            Self::Core(error) => error,
        };
        let kind = match error.kind {
            ErrorKind::Refused => "refused",
            ErrorKind::Unavailable => "unavailable",
            ErrorKind::Failed => "failed",
        };
        let kind = words.said(kind);
        let message = Message { code: error.code.clone(), args: error.args.clone() };
        let mut text = format!("{kind}: {} [{}]", words.message(&message), error.code);
        for detail in error.details.iter().take(DETAILS_SHOWN) {
            let _ = write!(text, "\n  {}{}", place(detail), words.message(detail));
            if let (Some(on), Some(entry)) = (detail.args.get("on"), detail.args.get("entry")) {
                let (on, entry) = (json!(shown(on)), json!(shown(entry)));
                let which = words.told("entry_of", &[("on", &on), ("entry", &entry)]);
                let _ = write!(text, " {which}");
            }
        }
        if error.details.len() > DETAILS_SHOWN {
            let more = json!(error.details.len() - DETAILS_SHOWN);
            let _ = write!(text, "\n  {}", words.told("and_more", &[("count", &more)]));
        }
        text
    }
}

/// What the reader of JSON says of a place, which is in no language of ours.
fn said_by(error: &serde_json::Error) -> Arg {
    error.to_string().into()
}

/// Where in a table a detail was found, with what stands there.
fn place(detail: &Message) -> String {
    let (Some(sheet), Some(cell)) = (detail.args.get("sheet"), detail.args.get("cell")) else {
        return String::new();
    };
    let value = detail.args.get("value").map(|value| format!(" `{}`", shown(value)));
    format!("{}!{}{}: ", shown(sheet), shown(cell), value.unwrap_or_default())
}

fn shown(value: &Arg) -> String {
    match value {
        Arg::Text(text) => text.clone(),
        Arg::Number(number) => number.to_string(),
        Arg::Name(name) => name.in_lang(Lang::Zh).to_owned(),
    }
}
