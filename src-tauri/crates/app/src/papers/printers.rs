//! The way to a printer: the system's own queue, asked and fed by its programs `lpstat` and `lp`.
//!
//! Knows CUPS, which Linux and macOS print by. Refuses to pass anything through a shell, to print
//! a file that this run did not make, and to guess a printer. On Windows there is no such program:
//! there the paper is opened and printed by the reader of PDFs.

use std::{
    collections::BTreeMap,
    io::ErrorKind,
    path::Path,
    process::{Command, Output},
};

use store::Opened;

use super::{Printers, SendPaper, count, print_again, refuse_money};
use crate::{Error, commands::Call, papers::PaperSize, wire::Nothing};

/// Runs a program of the printing system; nothing where it is not installed.
fn run(program: &str, arguments: &[&str]) -> Option<std::io::Result<Output>> {
    if cfg!(windows) {
        return None;
    }
    // Its answers are read, so they come in the language of the program's authors.
    let output = Command::new(program).args(arguments).env("LC_ALL", "C").output();
    match output {
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        other => Some(other),
    }
}

/// The printers that the system knows, `None` when it has no printing system.
fn known() -> Option<Vec<String>> {
    let output = run("lpstat", &["-e"])?;
    let text = output.map(|output| output.stdout).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    Some(text.lines().map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect())
}

fn setting(size: PaperSize) -> String {
    format!("printer/{}", size.word())
}

pub(crate) fn printers(call: &Call, _: Nothing) -> Result<Printers, Error> {
    let remembered = call.read(|reader| {
        let mut remembered = BTreeMap::new();
        for size in PaperSize::ALL {
            if let Some(printer) = reader.setting(&setting(size))? {
                remembered.insert(size.word().to_owned(), printer);
            }
        }
        Ok(remembered)
    })?;
    Ok(Printers { printers: known().unwrap_or_default(), remembered })
}

pub(crate) fn send(call: &Call, input: SendPaper) -> Result<Nothing, Error> {
    let path = Path::new(&input.path);
    let made = call.app.paper_at(path).filter(|_| call.app.owns_file(path) && path.is_file());
    let made = made
        .ok_or_else(|| Error::refused("paper.not_ours", [("path", input.path.as_str().into())]))?;
    refuse_money(call, made.asked.kind)?;
    let system = std::env::consts::OS;
    let none = || Error::refused("paper.no_printing", [("system", system.into())]);
    let printers = known().ok_or_else(none)?;
    if !printers.contains(&input.printer) {
        let printer = input.printer.as_str().into();
        let known = printers.join(", ").into();
        return Err(Error::refused(
            "paper.printer_unknown",
            [("printer", printer), ("known", known)],
        ));
    }
    let used = call.read(|reader| super::copies(&reader, &made.asked))?;
    let copy = if used >= made.copy { print_again(call, path, &made)? } else { made.copy };
    feed(&input).ok_or_else(none)??;
    count(call, &made.asked, copy)?;
    remember(call, &input)?;
    call.app.mark("paper");
    Ok(Nothing {})
}

fn feed(input: &SendPaper) -> Option<Result<(), Error>> {
    let media = format!("media={}", input.paper.media());
    // Labels are drawn on the printer's dots: scaled bars would not be read.
    let arguments =
        ["-d", &input.printer, "-o", &media, "-o", "print-scaling=none", "--", &input.path];
    let refused = |detail: String| {
        let printer = input.printer.as_str().into();
        Error::refused("paper.not_sent", [("printer", printer), ("detail", detail.into())])
    };
    Some(match run("lp", &arguments)? {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => Err(refused(String::from_utf8_lossy(&output.stderr).trim().to_owned())),
        Err(error) => Err(refused(error.to_string())),
    })
}

fn remember(call: &Call, input: &SendPaper) -> Result<(), Error> {
    let workspace = call.app.workspace()?;
    if workspace.access() == Opened::ToRead {
        return Ok(());
    }
    workspace.write(call.session.stamp(), |writer| {
        Ok(writer.remember(&setting(input.paper), &input.printer)?)
    })
}
