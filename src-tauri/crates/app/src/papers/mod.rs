//! Papers of orders, materials, receipts and transfers as PDF, and their way to a printer.
//!
//! Knows which paper belongs to which document, who may have it, which copy it is and where it
//! lies. Refuses to know how a paper looks: `documents` does. Nothing is left out to make a paper
//! printable; what cannot be printed is refused by name and place.

mod content;
mod fields;
mod printers;
mod refused;

use std::{fs, path::PathBuf};

use chrono::{FixedOffset, NaiveDateTime};
use documents::{Dpi, PaperError, Print};
use sha2::{Digest, Sha256};
use store::{Opened, Reader};
use uuid::Uuid;

pub use fields::*;
pub(crate) use printers::{printers, send};

use crate::{Error, commands::Call, files, session::PAPERS, wire::Lang};

/// The zone of the company's business days. Chinese books keep one zone without summer time, so a
/// fixed offset is exact and needs no table of zones.
const ZONE_SECONDS: i32 = 8 * 3600;

/// A paper that was made in this run of the program.
#[derive(Debug, Clone)]
pub(crate) struct Made {
    /// What was asked for, to make it anew when it is sent twice.
    pub(crate) asked: PrintPaper,
    /// Which copy it says it is.
    pub(crate) copy: u32,
}

/// A paper before it is written.
struct Drawn {
    number: String,
    bytes: Vec<u8>,
    copy: u32,
}

pub(crate) fn print(call: &Call, input: PrintPaper) -> Result<Paper, Error> {
    let drawn = draw(call, &input)?;
    let path = match &input.out {
        Some(given) => files::target(given, &["pdf"])?,
        None => kept_at(call, &input, &drawn.number)?,
    };
    files::write_whole(&path, &drawn.bytes)?;
    if input.out.is_some() {
        // A file that the user asked for is a print; a preview becomes one when it is sent.
        count(call, &input, drawn.copy)?;
    }
    let made = Made { asked: input, copy: drawn.copy };
    call.app.wrote(path.clone(), Some(made));
    Ok(Paper {
        pages: documents::page_count(&drawn.bytes).map_err(refused::refused)?,
        bytes: drawn.bytes.len() as u64,
        sha256: hex(&Sha256::digest(&drawn.bytes)),
        path: path.display().to_string(),
    })
}

/// Makes a paper anew where it lies, as the next copy.
fn print_again(call: &Call, path: &std::path::Path, made: &Made) -> Result<u32, Error> {
    let drawn = draw(call, &made.asked)?;
    files::write_whole(path, &drawn.bytes)?;
    let copy = drawn.copy;
    call.app.wrote(path.to_owned(), Some(Made { copy, ..made.clone() }));
    Ok(copy)
}

fn draw(call: &Call, input: &PrintPaper) -> Result<Drawn, Error> {
    refuse_money(call, input.kind)?;
    let dpi = dpi(input.dpi)?;
    call.read(|reader| {
        let copy = copies(&reader, input)? + 1;
        let print = Print {
            lang: match input.lang {
                Lang::Zh => documents::Lang::Zh,
                Lang::En => documents::Lang::En,
            },
            printed_at: local(call),
            operator: call.session.actor.clone(),
            copy,
            dpi,
        };
        let (number, drawn) = drawn(&reader, call, input, &print)?;
        Ok(Drawn { number, bytes: drawn.map_err(refused::refused)?, copy })
    })
}

/// The number of a paper's document, and the paper unless it cannot be drawn.
type Numbered = (String, Result<Vec<u8>, PaperError>);

fn drawn(
    reader: &Reader,
    call: &Call,
    input: &PrintPaper,
    print: &Print,
) -> Result<Numbered, Error> {
    Ok(match input.kind {
        PaperKind::Order => {
            let paper = content::contract(reader, call, input)?;
            (paper.number.clone(), documents::contract(&paper, print))
        }
        PaperKind::PaymentRequest => {
            let paper = content::payment_request(reader, call, input)?;
            (paper.number.clone(), documents::payment_request(&paper, print))
        }
        PaperKind::MaterialSlip => {
            let paper = content::slip(reader, input)?;
            (paper.number.clone(), documents::material_slip(&paper, print))
        }
        PaperKind::GoodsReceipt => {
            let paper = content::receipt(reader, input)?;
            (paper.number.clone(), documents::goods_receipt(&paper, print))
        }
        PaperKind::LotLabel => {
            let (number, labels) = content::lot_labels(reader, input)?;
            (number, documents::lot_labels(&labels, print))
        }
        PaperKind::FactoryStatement => {
            let paper = content::statement(reader, input)?;
            (paper.number.clone(), documents::factory_statement(&paper, print))
        }
        PaperKind::ReturnNote => {
            let paper = content::return_note(reader, input)?;
            (paper.number.clone(), documents::return_note(&paper, print))
        }
        PaperKind::PackingList => {
            let list = content::packing_list(reader, call, input)?;
            (list.transfer_number.clone(), documents::packing_list(&list, print))
        }
        PaperKind::CartonLabel => {
            let labels = content::labels(reader, input)?;
            (labels.transfer_number.clone(), documents::carton_labels(&labels, print))
        }
    })
}

/// Contracts and payment requests bear money; the other papers never do.
fn refuse_money(call: &Call, kind: PaperKind) -> Result<(), Error> {
    if kind.shows_money() && !call.session.role.sees_money() {
        return Err(Error::refused("role.no_money", [("name", "paper.print".into())]));
    }
    Ok(())
}

fn dpi(dots: u32) -> Result<Dpi, Error> {
    match dots {
        203 => Ok(Dpi::D203),
        300 => Ok(Dpi::D300),
        600 => Ok(Dpi::D600),
        _ => Err(Error::refused(
            "paper.dpi_unknown",
            [("dpi", i64::from(dots).into()), ("known", "203, 300, 600".into())],
        )),
    }
}

fn local(call: &Call) -> NaiveDateTime {
    let zone = FixedOffset::east_opt(ZONE_SECONDS).expect("eight hours are a zone");
    call.session.now.with_timezone(&zone).naive_local()
}

/// The program's own folder of papers, and the name of this one in it.
fn kept_at(call: &Call, input: &PrintPaper, number: &str) -> Result<PathBuf, Error> {
    let folder = call.app.home().join(PAPERS);
    let made = fs::create_dir_all(&folder).and_then(|()| fs::canonicalize(&folder));
    let folder = made.map_err(|source| files::unreachable(&folder, source))?;
    let lang = match input.lang {
        Lang::Zh => "zh",
        Lang::En => "en",
    };
    // Labels are drawn on the printer's dots, so each resolution is another file.
    let dots = if input.kind.is_label() { format!("-{}", input.dpi) } else { String::new() };
    let name = format!("{}-{}-{lang}{dots}.pdf", files::slug(number), input.kind.word());
    let path = folder.join(name);
    // A slug holds no separator; should one ever, nothing is written elsewhere.
    if path.parent() == Some(folder.as_path()) {
        Ok(path)
    } else {
        Err(Error::failed("paper.failed", [("detail", path.display().to_string().into())]))
    }
}

/// Under which name a desk counts the copies of a paper; each due has requests of its own.
fn count_name(asked: &PrintPaper) -> String {
    let due = asked.due.map(|due| match due.shipment {
        Some(shipment) => format!("/{}/{shipment}", due.term),
        None => format!("/{}", due.term),
    });
    format!("printed/{}/{}{}", asked.kind.word(), asked.id.0, due.unwrap_or_default())
}

/// How many copies of a paper left the program before.
fn copies(reader: &Reader, input: &PrintPaper) -> Result<u32, Error> {
    let text = reader.setting(&count_name(input))?;
    let printed: Printed =
        text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
    Ok(printed.copies)
}

/// Remembers that copy number `copy` left. Beside a window that writes nothing can be remembered,
/// which is no reason to refuse a paper.
fn count(call: &Call, asked: &PrintPaper, copy: u32) -> Result<(), Error> {
    let workspace = call.app.workspace()?;
    if workspace.access() == Opened::ToRead {
        return Ok(());
    }
    workspace.write(call.session.stamp(), |writer| {
        let copies = copies(writer, asked)?.max(copy);
        let text = serde_json::to_string(&Printed { copies }).map_err(store::Error::from)?;
        Ok(writer.remember(&count_name(asked), &text)?)
    })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

/// The number of a paper whose document has none yet. ASCII, because it is a barcode too.
pub(crate) fn draft_number(id: Uuid) -> String {
    let id = id.simple().to_string();
    format!("DRAFT-{}", &id[id.len() - 6..])
}
