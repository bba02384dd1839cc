//! Reads csv, tsv and txt: finds encoding and delimiter, keeps every cell as the text it is.
//! Encoding: a byte order mark decides; else valid UTF-8 is UTF-8; else GB18030, which holds GBK
//! and GB2312 (Excel on Chinese Windows writes csv so). Bytes that are neither are refused with
//! their place.

use super::book::{Book, Cell, Cost, DateSystem, Limits, SheetBuilder};
use super::error::SheetError;
use csv::ReaderBuilder;
use encoding_rs::{Encoding, GB18030, UTF_8};
use std::borrow::Cow;

/// Lines looked at to find the delimiter.
const SAMPLE_LINES: usize = 50;

/// White space, also the kinds that exports leave behind: no-break and full-width spaces, zero
/// width marks, byte order marks inside the file.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\0')
}

pub(crate) fn read(name: &str, bytes: &[u8], limits: &Limits) -> Result<Book, SheetError> {
    let text = decode(bytes)?;
    let delimiter = delimiter(name, &text);
    let stem = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut cost = Cost::default();
    let mut builder = SheetBuilder::new(stem, limits, &mut cost);
    let mut record = csv::StringRecord::new();
    let mut row: u32 = 0;
    loop {
        let start = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        let more = reader
            .read_record(&mut record)
            .map_err(|error| SheetError::broken(format!("row {}", row.saturating_add(1)), error))?;
        if !more {
            break;
        }
        // The reader passes over blank lines without a word; Excel counts them.
        let blank = blank_lines(text.as_bytes(), start);
        row = row.saturating_add(blank).saturating_add(1);
        for (column, field) in record.iter().enumerate() {
            if !field.is_empty() {
                let column = u32::try_from(column).unwrap_or(u32::MAX);
                builder.put(row, column, Cell::Text(field.to_owned()))?;
            }
        }
    }
    Ok(Book { sheets: vec![builder.finish(&[])], date_system: DateSystem::default() })
}

/// Blank lines from a place on where a line begins, or where the second half of the line end
/// before it is left.
fn blank_lines(text: &[u8], start: usize) -> u32 {
    let mut at = start;
    if at > 0 && text.get(at - 1..=at) == Some(b"\r\n") {
        at += 1;
    }
    let mut blank = 0;
    loop {
        at += match text.get(at..) {
            Some([b'\r', b'\n', ..]) => 2,
            Some([b'\r' | b'\n', ..]) => 1,
            _ => return blank,
        };
        blank += 1;
    }
}

/// Text of the file by the rules above.
fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, SheetError> {
    let (encoding, bom) = Encoding::for_bom(bytes)
        .unwrap_or_else(|| (if std::str::from_utf8(bytes).is_ok() { UTF_8 } else { GB18030 }, 0));
    encoding.decode_without_bom_handling_and_without_replacement(&bytes[bom..]).ok_or_else(|| {
        let line = bytes.iter().take(bad_byte(bytes)).filter(|byte| **byte == b'\n').count() + 1;
        SheetError::broken(format!("line {line}"), "neither UTF-8 nor GB18030")
    })
}

/// Where GB18030 stops to make sense. Only for the message.
fn bad_byte(bytes: &[u8]) -> usize {
    let mut decoder = GB18030.new_decoder_without_bom_handling();
    let mut out = [0_u8; 4096];
    let mut done = 0;
    loop {
        let (result, read, _) =
            decoder.decode_to_utf8_without_replacement(&bytes[done..], &mut out, true);
        done += read;
        match result {
            encoding_rs::DecoderResult::OutputFull => {}
            encoding_rs::DecoderResult::InputEmpty
            | encoding_rs::DecoderResult::Malformed(_, _) => return done,
        }
    }
}

/// The character that splits most of the first lines into the same number of cells.
fn delimiter(name: &str, text: &str) -> u8 {
    if name.to_lowercase().ends_with(".tsv") {
        return b'\t';
    }
    let lines = unquoted_lines(text);
    let score = |delimiter: u8| {
        let count = |line: &Vec<u8>| line.split(|byte| *byte == delimiter).count() - 1;
        let mut counts: Vec<usize> = lines.iter().map(count).collect();
        counts.retain(|count| *count > 0);
        counts.sort_unstable();
        let middle = counts.get(counts.len() / 2).copied().unwrap_or(0);
        let agreeing = counts.iter().filter(|count| **count == middle).count();
        (agreeing, middle)
    };
    // `max_by_key` keeps the last of equals: the comma wins a draw.
    b"|;\t,".iter().copied().max_by_key(|delimiter| score(*delimiter)).unwrap_or(b',')
}

/// The first lines without what stands in quotes. As the reader does it, a quote opens only where a
/// cell begins, a doubled one stays inside, and a line break in quotes ends no line.
fn unquoted_lines(text: &str) -> Vec<Vec<u8>> {
    let (mut lines, mut line) = (Vec::new(), Vec::new());
    let (mut quoted, mut closed, mut opens) = (false, false, true);
    for byte in text.bytes() {
        if quoted {
            quoted = byte != b'"';
            closed = !quoted;
            continue;
        }
        if byte == b'"' && (opens || closed) {
            (quoted, closed) = (true, false);
            continue;
        }
        closed = false;
        opens = b"|;\t,\n\r".contains(&byte);
        if byte != b'\n' {
            line.push(byte);
            continue;
        }
        let whole = std::mem::take(&mut line);
        if !whole.trim_ascii().is_empty() {
            lines.push(whole);
        }
        if lines.len() == SAMPLE_LINES {
            return lines;
        }
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(name: &str, bytes: &[u8]) -> Vec<(u32, Vec<String>)> {
        let book = read(name, bytes, &Limits::default()).unwrap();
        let shown = |row: &super::super::book::Row| {
            (row.number, row.cells.iter().map(Cell::shown).collect())
        };
        book.sheets[0].rows.iter().map(shown).collect()
    }

    fn row(number: u32, cells: &[&str]) -> (u32, Vec<String>) {
        (number, cells.iter().map(|cell| (*cell).to_owned()).collect())
    }

    #[test]
    fn counts_rows_as_excel_does() {
        let text = b"\n\na,b\r\n\"x\ny\",1\n\n\nz,2";
        assert_eq!(
            rows("t.csv", text),
            [row(3, &["a", "b"]), row(4, &["x\ny", "1"]), row(7, &["z", "2"])]
        );
    }

    #[test]
    fn finds_encoding_and_delimiter() {
        let (gb, _, _) = GB18030.encode("货号;数量\n面霜;3");
        let expected = [row(1, &["货号", "数量"]), row(2, &["面霜", "3"])];
        assert_eq!(rows("t.csv", &gb), expected);
        assert_eq!(rows("t.txt", "\u{feff}货号\t数量\n面霜\t3".as_bytes()), expected);
        assert_eq!(rows("t.csv", "货号,数量\n面霜,3".as_bytes()), expected);
        let utf16: Vec<u8> =
            "\u{feff}货号\t数量\n面霜\t3".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(rows("t.csv", &utf16), expected);
    }

    #[test]
    fn what_stands_in_quotes_splits_nothing() {
        let text = b"a,b\n\"\n\t\",1\n\"\n\t\",2\n\"say \"\"hi\"\"\n\t\",3";
        let expected = [
            row(1, &["a", "b"]),
            row(2, &["\n\t", "1"]),
            row(3, &["\n\t", "2"]),
            row(4, &["say \"hi\"\n\t", "3"]),
        ];
        assert_eq!(rows("t.csv", text), expected);
        assert_eq!(rows("t.csv", b"5\" pump;1\n6\" pump;2")[1], row(2, &["6\" pump", "2"]));
    }

    #[test]
    fn names_the_line_of_bytes_in_no_encoding() {
        let error = read("t.csv", b"a,b\n1,2\n\xff\xff,3", &Limits::default()).unwrap_err();
        assert_eq!(error.args()[0].1, "line 3");
    }
}
