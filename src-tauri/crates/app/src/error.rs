//! What a failed command answers: a code, its kind, and the values of its sentence.
//!
//! Refuses to hold words: the UI and the command line find them by the code.

use serde::Serialize;
use serde_json::Value;
use ts_rs::TS;

use crate::wire::{Arg, Args, Message};

/// How a failure is to be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ErrorKind {
    /// A rule stands against it; the user can act.
    Refused,
    /// Something outside does not answer; it is tried again.
    Unavailable,
    /// A defect; the report says what happened.
    Failed,
}

/// Why a command did not do what was asked. What it was doing was not kept; of work in several
/// transactions, such as a sync, those that ended before are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS, thiserror::Error)]
#[ts(rename = "AppError")]
#[serde(rename_all = "camelCase")]
#[error("{code} {args:?}")]
pub struct Error {
    /// Stable, dotted, lower case: part of the public contract.
    pub code: String,
    /// How to show it.
    pub kind: ErrorKind,
    /// Values for the sentence.
    pub args: Args,
    /// What stands behind it, when there is more than one thing.
    pub details: Vec<Message>,
}

impl Error {
    /// A rule stands against it.
    pub fn refused<const N: usize>(code: &str, args: [(&str, Arg); N]) -> Self {
        Self::of(ErrorKind::Refused, code, args)
    }

    /// Something outside does not answer.
    pub fn unavailable<const N: usize>(code: &str, args: [(&str, Arg); N]) -> Self {
        Self::of(ErrorKind::Unavailable, code, args)
    }

    /// A defect.
    pub fn failed<const N: usize>(code: &str, args: [(&str, Arg); N]) -> Self {
        Self::of(ErrorKind::Failed, code, args)
    }

    fn of<const N: usize>(kind: ErrorKind, code: &str, args: [(&str, Arg); N]) -> Self {
        let Message { code, args } = Message::new(code, args);
        Self { code, kind, args, details: Vec::new() }
    }

    /// The same with what stands behind it.
    #[must_use]
    pub fn with(self, details: Vec<Message>) -> Self {
        Self { details, ..self }
    }

    /// Something that was asked for is not there.
    pub fn missing(what: &str, id: impl std::fmt::Display) -> Self {
        Self::refused("missing", [("what", what.into()), ("id", id.to_string().into())])
    }
}

/// The arguments of a message out of what serde made of a value.
pub(crate) fn args_of(value: Value) -> Args {
    let Value::Object(fields) = value else { return Args::new() };
    fields
        .into_iter()
        .filter_map(|(name, value)| {
            let arg = match value {
                Value::Null => return None,
                Value::Number(number) => Arg::Number(number.as_i64()?),
                Value::String(text) => Arg::Text(text),
                other => Arg::Text(other.to_string()),
            };
            Some((name, arg))
        })
        .collect()
}

impl From<domain::Refusal> for Error {
    fn from(refusal: domain::Refusal) -> Self {
        let mut told = refusal.told();
        Self {
            code: told["code"].as_str().unwrap_or("refused").to_owned(),
            kind: ErrorKind::Refused,
            args: args_of(told["args"].take()),
            details: Vec::new(),
        }
    }
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        use store::Error as Store;
        let path = |path: &std::path::Path| Arg::Text(path.display().to_string());
        match error {
            Store::Io { path: at, source } => Self::refused(
                "file.unreachable",
                [("path", path(&at)), ("detail", source.to_string().into())],
            ),
            Store::NotAWorkspace(at) => {
                Self::refused("file.not_a_workspace", [("path", path(&at))])
            }
            Store::OtherWorkspace(at) => {
                Self::refused("file.other_workspace", [("path", path(&at))])
            }
            Store::Newer { path: at, found, known } => Self::refused(
                "file.newer",
                [("path", path(&at)), ("found", found.into()), ("known", known.into())],
            ),
            Store::Locked(at) => Self::refused("file.locked", [("path", path(&at))]),
            Store::ReadOnly(at) => Self::refused("file.read_only", [("path", path(&at))]),
            Store::NetworkDrive { path: at, kind } => {
                Self::refused("file.network_drive", [("path", path(&at)), ("kind", kind.into())])
            }
            Store::Exists(at) => Self::refused("file.exists", [("path", path(&at))]),
            Store::DiskFull => Self::refused("file.disk_full", []),
            Store::Cancelled => Self::refused("cancelled", []),
            Store::Missing { what, id } => Self::missing(what, id),
            Store::Damaged(detail) => Self::failed("file.damaged", [("detail", detail.into())]),
            Store::Entry(entry) => {
                Self::refused("file.entry_unknown", [("detail", entry.to_string().into())])
            }
            Store::Sqlite(error) => {
                Self::failed("file.failed", [("detail", error.to_string().into())])
            }
        }
    }
}
