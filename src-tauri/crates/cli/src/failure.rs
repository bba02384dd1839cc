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
    /// The command line itself does not make sense.
    Usage(String),
    /// Something outside the core failed: a file, a program.
    Outside(String),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Core(Box::new(error))
    }
}

impl Failure {
    pub(crate) fn usage(text: impl Into<String>) -> Self {
        Self::Usage(text.into())
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
            Self::Usage(_) => 2,
            Self::Core(_) | Self::Outside(_) => 3,
        })
    }

    /// The same for a program that reads.
    pub(crate) fn json(&self) -> Value {
        match self {
            Self::Core(error) => serde_json::to_value(error).unwrap_or_default(),
            Self::Usage(text) => json!({ "kind": "usage", "code": "usage", "detail": text }),
            Self::Outside(text) => json!({ "kind": "failed", "code": "outside", "detail": text }),
        }
    }

    /// A sentence, its code in brackets to look up, and what stands behind it line by line.
    pub(crate) fn text(&self, words: &Words) -> String {
        let error = match self {
            Self::Usage(text) => return format!("pincang: {text}"),
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
