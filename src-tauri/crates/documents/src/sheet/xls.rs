//! Reads xls of Excel 97 to 2003 (BIFF8): values, hidden rows and columns, merged ranges. Formulas
//! count by their stored result. Its own reader, because the general one stops the program on
//! damaged formulas, holds a sheet as a full rectangle, and does not tell hidden rows.
//! Record layouts: [MS-XLS] 2.4.

use super::book::{Book, Cell, Cost, DateSystem, Limits, Merge, Sheet, SheetBuilder};
use super::error::{Bound, SheetError};
use super::number::float_text;
use super::ole::{Ole, u16_at, u32_at};
use super::xls_text::{Segments, format_is_date};
use chrono::{Days, NaiveDate, NaiveDateTime};
use std::collections::{HashMap, HashSet};

const BOF: u16 = 0x0809;
const EOF: u16 = 0x000a;
const CONTINUE: u16 = 0x003c;
const BIFF8: u16 = 0x0600;

pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Book, SheetError> {
    let ole = Ole::open(bytes)?;
    if ole.has("EncryptedPackage") {
        return Err(SheetError::Encrypted);
    }
    let stream = match ole.stream("Workbook") {
        Some(stream) => stream?,
        None if ole.has("Book") => return Err(SheetError::TooOld),
        None => return Err(SheetError::broken("ole", "no workbook inside")),
    };
    let globals = Globals::read(&stream, limits)?;
    let mut cost = Cost::default();
    let mut sheets = Vec::new();
    for tab in &globals.tabs {
        let mut sheet = read_sheet(&stream, tab, &globals, limits, &mut cost)?;
        sheet.hidden = tab.hidden;
        sheets.push(sheet);
    }
    Ok(Book { sheets, date_system: globals.date_system })
}

/// One record and where the next begins.
struct Record<'a> {
    kind: u16,
    data: &'a [u8],
    next: usize,
}

fn record(stream: &[u8], at: usize) -> Option<Record<'_>> {
    let kind = u16_at(stream, at)?;
    let length = usize::from(u16_at(stream, at + 2)?);
    let next = at + 4 + length;
    Some(Record { kind, data: stream.get(at + 4..next)?, next })
}

/// The record's data and that of the records that continue it.
fn segments<'a>(stream: &'a [u8], first: &Record<'a>) -> Segments<'a> {
    let mut parts = vec![first.data];
    let mut at = first.next;
    while let Some(more) = record(stream, at).filter(|more| more.kind == CONTINUE) {
        parts.push(more.data);
        at = more.next;
    }
    Segments::new(parts)
}

struct Tab {
    name: String,
    position: usize,
    hidden: bool,
}

#[derive(Default)]
struct Globals {
    tabs: Vec<Tab>,
    strings: Vec<String>,
    date_formats: HashSet<u16>,
    plain_formats: HashSet<u16>,
    /// Number format of each cell format.
    cell_formats: Vec<u16>,
    date_system: DateSystem,
}

impl Globals {
    fn read(stream: &[u8], limits: &Limits) -> Result<Self, SheetError> {
        let first = record(stream, 0).ok_or_else(|| broken(0))?;
        if first.kind != BOF || u16_at(first.data, 0) != Some(BIFF8) {
            return Err(SheetError::TooOld);
        }
        let mut globals = Globals::default();
        let mut at = first.next;
        loop {
            let record = record(stream, at).ok_or_else(|| broken(at))?;
            match record.kind {
                EOF => break,
                0x002f => return Err(SheetError::Encrypted),
                0x0022 => {
                    globals.date_system = DateSystem::of_flag(u16_at(record.data, 0).unwrap_or(0));
                }
                0x0085 => globals.tabs.extend(tab(record.data)),
                0x00e0 => globals.cell_formats.extend(u16_at(record.data, 2)),
                0x041e => globals.format(record.data),
                0x00fc => globals.strings = strings(segments(stream, &record)),
                _ => {}
            }
            at = record.next;
        }
        let found = globals.tabs.len() as u64;
        if found > limits.sheets {
            let place = "workbook".to_owned();
            let (bound, limit) = (Bound::Sheets, limits.sheets);
            return Err(SheetError::TooBig { bound, limit, found, place });
        }
        Ok(globals)
    }

    fn format(&mut self, data: &[u8]) {
        let Some(id) = u16_at(data, 0) else { return };
        let mut rest = Segments::new(vec![data.get(2..).unwrap_or_default()]);
        let Some(code) = rest.u16().and_then(|length| rest.string(usize::from(length))) else {
            return;
        };
        let set =
            if format_is_date(&code) { &mut self.date_formats } else { &mut self.plain_formats };
        set.insert(id);
    }

    fn is_date(&self, style: u16) -> bool {
        let Some(format) = self.cell_formats.get(usize::from(style)) else { return false };
        // Built-in formats: 14 to 17 and 22 are dates everywhere, 27 to 36 and 50 to 58 in the
        // Chinese edition. A file may define an id anew.
        let built_in = matches!(format, 14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58);
        self.date_formats.contains(format) || (built_in && !self.plain_formats.contains(format))
    }

    fn number(&self, style: u16, number: f64) -> Cell {
        let date = if self.is_date(style) { serial(number, self.date_system) } else { None };
        date.map_or_else(|| Cell::Number(float_text(number)), Cell::Date)
    }
}

fn broken(at: usize) -> SheetError {
    SheetError::broken(format!("workbook stream, byte {at}"), "cut short")
}

/// Day and time of a serial from 1900-03-01 on; what lies before is a time of day or a mistake.
fn serial(number: f64, date_system: DateSystem) -> Option<NaiveDateTime> {
    let number = number + f64::from(date_system.shift());
    if !(61.0..2_958_466.0).contains(&number) {
        return None;
    }
    let seconds = (number * 86_400.0).round();
    // In range by the check above: below 2^38.
    let seconds = format!("{seconds}").parse::<u64>().ok()?;
    let day =
        NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(seconds / 86_400))?;
    let within = u32::try_from(seconds % 86_400).ok()?;
    Some(day.and_time(chrono::NaiveTime::from_num_seconds_from_midnight_opt(within, 0)?))
}

/// A worksheet's tab; charts and macros are none.
fn tab(data: &[u8]) -> Option<Tab> {
    let position = u32_at(data, 0)? as usize;
    let (state, kind) = (data.get(4)?, data.get(5)?);
    let mut rest = Segments::new(vec![data.get(6..)?]);
    let length = rest.u8()?;
    let name = rest.string(usize::from(length))?;
    (*kind == 0).then_some(Tab { name, position, hidden: state & 3 != 0 })
}

fn strings(mut segments: Segments<'_>) -> Vec<String> {
    let mut strings = Vec::new();
    let Some(unique) = segments.u32().and_then(|_| segments.u32()) else { return strings };
    for _ in 0..unique {
        let Some(length) = segments.u16() else { break };
        let Some(text) = segments.string(usize::from(length)) else { break };
        strings.push(text);
    }
    strings
}

fn read_sheet(
    stream: &[u8],
    tab: &Tab,
    globals: &Globals,
    limits: &Limits,
    cost: &mut Cost,
) -> Result<Sheet, SheetError> {
    let cut = |at| SheetError::broken(format!("{}, byte {at}", tab.name), "cut short");
    let mut at = tab.position;
    let first = record(stream, at).ok_or_else(|| cut(at))?;
    if first.kind != BOF {
        return Err(cut(at));
    }
    let mut sheet = SheetReader {
        globals,
        builder: SheetBuilder::new(&tab.name, limits, cost),
        hidden_rows: Vec::new(),
        hidden_columns: HashMap::new(),
        merges: Vec::new(),
        awaits: None,
    };
    // Charts inside the sheet are streams of their own within it.
    let mut depth = 0_u32;
    loop {
        let record = record(stream, at).ok_or_else(|| cut(at))?;
        match record.kind {
            BOF => depth += 1,
            EOF => depth -= 1,
            _ if depth == 1 => sheet.take(stream, &record)?,
            _ => {}
        }
        if depth == 0 {
            return Ok(sheet.finish());
        }
        at = record.next;
    }
}

struct SheetReader<'a> {
    globals: &'a Globals,
    builder: SheetBuilder<'a>,
    hidden_rows: Vec<(u32, u32)>,
    hidden_columns: HashMap<u32, bool>,
    merges: Vec<Merge>,
    /// Cell of a formula whose text result follows.
    awaits: Option<(u32, u32)>,
}

impl SheetReader<'_> {
    fn take(&mut self, stream: &[u8], record: &Record<'_>) -> Result<(), SheetError> {
        let data = record.data;
        match record.kind {
            0x0208 => self.row(data),
            0x007d => self.columns(data),
            0x00e5 => self.merges(data),
            0x00bd => return self.many_numbers(data),
            0x0207 => {
                if let Some((row, column)) = self.awaits.take() {
                    let text = text(segments(stream, record));
                    return self.builder.put(row, column, Cell::Text(text));
                }
            }
            _ => {
                let Some((row, column, style)) = place(data) else { return Ok(()) };
                let rest = data.get(6..).unwrap_or_default();
                if let Some(cell) = self.cell(stream, record, (row, column), style, rest) {
                    return self.builder.put(row, column, cell);
                }
            }
        }
        Ok(())
    }

    /// A record of one cell; none when it is no cell, or empty.
    fn cell(
        &mut self,
        stream: &[u8],
        record: &Record<'_>,
        place: (u32, u32),
        style: u16,
        rest: &[u8],
    ) -> Option<Cell> {
        match record.kind {
            0x00fd => {
                let index = u32_at(rest, 0)? as usize;
                self.globals.strings.get(index).cloned().map(Cell::Text)
            }
            0x0204 | 0x00d6 => {
                let mut segments = segments(stream, record);
                segments.skip(6);
                Some(Cell::Text(text(segments)))
            }
            0x0203 => Some(self.globals.number(style, f64_at(rest)?)),
            0x027e => Some(self.globals.number(style, rk(u32_at(rest, 0)?))),
            0x0205 => Some(bool_or_error(*rest.first()?, *rest.get(1)? != 0)),
            0x0006 if u16_at(rest, 6)? != 0xffff => Some(self.globals.number(style, f64_at(rest)?)),
            0x0006 => match rest.first()? {
                0 => {
                    self.awaits = Some(place);
                    None
                }
                1 => Some(bool_or_error(*rest.get(2)?, false)),
                2 => Some(bool_or_error(*rest.get(2)?, true)),
                _ => None,
            },
            _ => None,
        }
    }

    fn many_numbers(&mut self, data: &[u8]) -> Result<(), SheetError> {
        let Some((row, first, _)) = place(data) else { return Ok(()) };
        let pairs = data.get(4..data.len() - 2).unwrap_or_default().chunks_exact(6);
        for (column, pair) in (first..).zip(pairs) {
            let (Some(style), Some(raw)) = (u16_at(pair, 0), u32_at(pair, 2)) else { break };
            self.builder.put(row, column, self.globals.number(style, rk(raw)))?;
        }
        Ok(())
    }

    fn row(&mut self, data: &[u8]) {
        if let (Some(row), Some(flags)) = (u16_at(data, 0), u16_at(data, 12))
            && flags & 0x20 != 0
        {
            let row = u32::from(row) + 1;
            self.hidden_rows.push((row, row));
        }
    }

    fn columns(&mut self, data: &[u8]) {
        let fields = (u16_at(data, 0), u16_at(data, 2), u16_at(data, 8));
        if let (Some(first), Some(last), Some(flags)) = fields
            && flags & 1 != 0
        {
            self.hidden_columns.extend((first..=last.min(255)).map(|c| (u32::from(c), true)));
        }
    }

    fn merges(&mut self, data: &[u8]) {
        let ranges = data.get(2..).unwrap_or_default().chunks_exact(8);
        self.merges.extend(ranges.filter_map(|range| {
            let part = |index: usize| u16_at(range, index * 2).map(u32::from);
            let merge =
                Merge { top: part(0)? + 1, bottom: part(1)? + 1, left: part(2)?, right: part(3)? };
            (merge.top <= merge.bottom && merge.left <= merge.right).then_some(merge)
        }));
    }

    fn finish(self) -> Sheet {
        let mut hidden: Vec<u32> = self.hidden_columns.into_keys().collect();
        hidden.sort_unstable();
        let mut sheet = self.builder.finish(&self.hidden_rows);
        sheet.hidden_columns = hidden;
        sheet.merges = self.merges;
        sheet
    }
}

/// Row from 1, column from 0, cell format.
fn place(data: &[u8]) -> Option<(u32, u32, u16)> {
    let (row, column, style) = (u16_at(data, 0)?, u16_at(data, 2)?, u16_at(data, 4)?);
    Some((u32::from(row) + 1, u32::from(column), style))
}

fn text(mut segments: Segments<'_>) -> String {
    let length = segments.u16().unwrap_or(0);
    segments.string(usize::from(length)).unwrap_or_default()
}

fn f64_at(bytes: &[u8]) -> Option<f64> {
    bytes.get(..8)?.try_into().ok().map(f64::from_le_bytes)
}

/// A number in 30 bits: an integer or the upper half of a float, maybe a hundredfold.
fn rk(raw: u32) -> f64 {
    let number = if raw & 2 != 0 {
        f64::from(raw.cast_signed() >> 2)
    } else {
        f64::from_bits(u64::from(raw & 0xffff_fffc) << 32)
    };
    if raw & 1 != 0 { number / 100.0 } else { number }
}

fn bool_or_error(value: u8, error: bool) -> Cell {
    if !error {
        return Cell::Bool(value != 0);
    }
    let text = match value {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0f => "#VALUE!",
        0x17 => "#REF!",
        0x1d => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    };
    Cell::Error(text.to_owned())
}
