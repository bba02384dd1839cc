//! What is wrong with a command line, in the user's language.
//!
//! Knows which of our sentences says what the grammar found. What it has no sentence for, and help
//! and versions, stay in the grammar's own words.

use clap::{
    Parser,
    error::{ContextKind, ContextValue, ErrorKind},
};

use crate::{args::Arguments, failure::Failure, words::Language};

/// Reads the command line of this process.
///
/// # Errors
/// What makes no sense, with the language to say it in and whether a program reads it; without a
/// failure when help or the version was asked for.
pub(crate) fn read() -> Result<Arguments, Wrong> {
    Arguments::try_parse().map_err(|error| {
        let given = std::env::args_os().map(|word| word.to_string_lossy().into_owned());
        let given: Vec<String> = given.collect();
        Wrong {
            json: given.iter().any(|word| word == "--json"),
            language: language(&given),
            failure: failure(&error),
            error,
        }
    })
}

/// A command line that cannot be carried out as it is.
pub(crate) struct Wrong {
    /// Whether the error is to be told as JSON.
    pub(crate) json: bool,
    /// The language to tell it in.
    pub(crate) language: Language,
    /// What is wrong; nothing when help or the version was asked for.
    pub(crate) failure: Option<Failure>,
    /// What the grammar says.
    pub(crate) error: clap::Error,
}

/// The language that a line asks for which as a whole says nothing.
fn language(given: &[String]) -> Language {
    let after = given.iter().position(|word| word == "--lang").and_then(|at| given.get(at + 1));
    let joined = given.iter().find_map(|word| word.strip_prefix("--lang="));
    let named = joined.or(after.map(String::as_str)).and_then(|word| word.parse().ok());
    named.unwrap_or_else(Language::of_this_system)
}

fn failure(error: &clap::Error) -> Option<Failure> {
    let said = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(" "),
        _ => String::new(),
    };
    let argument = || ("argument", said(ContextKind::InvalidArg).into());
    Some(match error.kind() {
        ErrorKind::DisplayHelp
        | ErrorKind::DisplayVersion
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => return None,
        ErrorKind::UnknownArgument => Failure::usage("unknown_argument", [argument()]),
        ErrorKind::InvalidSubcommand => {
            let command = said(ContextKind::InvalidSubcommand).into();
            Failure::usage("unknown_command", [("command", command)])
        }
        ErrorKind::MissingRequiredArgument => Failure::usage("argument_missing", [argument()]),
        ErrorKind::ArgumentConflict => {
            let other = said(ContextKind::PriorArg).into();
            Failure::usage("conflict", [argument(), ("other", other)])
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let given = said(ContextKind::InvalidValue);
            let known = said(ContextKind::ValidValue);
            match (given.is_empty(), known.is_empty()) {
                (true, _) => Failure::usage("value_missing", [argument()]),
                (false, true) => Failure::usage("value", [argument(), ("given", given.into())]),
                (false, false) => {
                    let args = [argument(), ("given", given.into()), ("words", known.into())];
                    Failure::usage("value_of", args)
                }
            }
        }
        _ => Failure::Grammar(error.to_string()),
    })
}
