//! Decides by content what a file is; the name only says what its owner believes. Knows the first
//! bytes of file kinds; the reading itself is elsewhere.

use super::book::{Book, Limits};
use super::error::{Bound, SheetError};
use super::{text, xls, xlsx};

const OLE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// Reads a workbook (`.xlsx`, `.xlsm`, `.xls`, WPS `.et`) or a text table (csv, tsv, txt).
///
/// `name` is the file's name, for its ending and for messages. A workbook under a wrong ending is
/// read; text under the name of a workbook is refused, because shop platforms export HTML tables
/// and csv so, and a guess at their cells would lose digits of codes.
pub fn read(name: &str, bytes: &[u8], limits: &Limits) -> Result<Book, SheetError> {
    if bytes.is_empty() {
        return Err(SheetError::Empty);
    }
    let found = bytes.len() as u64;
    if found > limits.file_bytes {
        let place = name.to_owned();
        let limit = limits.file_bytes;
        return Err(SheetError::TooBig { bound: Bound::FileBytes, limit, found, place });
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return read_zip(name, bytes, limits);
    }
    if bytes.starts_with(OLE) {
        return xls::read(bytes, limits);
    }
    let named_workbook = [".xlsx", ".xlsm", ".xls", ".et"]
        .iter()
        .any(|ending| name.to_lowercase().ends_with(ending));
    match text_kind(bytes) {
        "text" if !named_workbook => text::read(name, bytes, limits),
        "binary" if named_workbook => Err(SheetError::broken(name, "no workbook inside")),
        found @ ("binary" | "pdf" | "biff") => {
            let biff = found == "biff";
            let unknown = SheetError::KindUnknown { name: name.to_owned(), found };
            Err(if biff { SheetError::TooOld } else { unknown })
        }
        found => Err(SheetError::KindDiffers { name: name.to_owned(), found }),
    }
}

fn read_zip(name: &str, bytes: &[u8], limits: &Limits) -> Result<Book, SheetError> {
    // An OpenDocument file starts with the stored entry `mimetype`. It is refused: its repeat
    // counts let a few bytes stand for billions of cells, and nobody's export is one.
    let head = &bytes[..bytes.len().min(120)];
    let holds = |needle: &[u8]| head.windows(needle.len()).any(|window| window == needle);
    if holds(b"mimetypeapplication/vnd.oasis.opendocument") {
        return Err(SheetError::KindUnknown { name: name.to_owned(), found: "ods" });
    }
    xlsx::read(name, bytes, limits)
}

/// html, xml, pdf, biff (a bare stream of Excel 2 to 4), binary or text.
fn text_kind(bytes: &[u8]) -> &'static str {
    let head = &bytes[..bytes.len().min(1_024)];
    let utf16 = head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]);
    let lower = String::from_utf8_lossy(head).to_lowercase();
    let start = lower.trim_start_matches(text::is_blank);
    if head.starts_with(b"%PDF") {
        "pdf"
    } else if head.starts_with(&[0x09, 0x00, 0x04]) || head.starts_with(&[0x09, 0x02, 0x06]) {
        "biff"
    } else if ["<!doctype html", "<html", "<table", "<meta", "<head", "<body"]
        .iter()
        .any(|mark| start.starts_with(mark))
    {
        "html"
    } else if start.starts_with("<?xml") {
        if start.contains("<html") { "html" } else { "xml" }
    } else if !utf16 && head.contains(&0) {
        "binary"
    } else {
        "text"
    }
}
