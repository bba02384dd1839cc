//! Reads xlsx. Values come from calamine's stream of cells, so that a lone cell in the last corner
//! costs one cell; hidden rows, hidden columns and merged ranges come from the sheet's own XML.

use super::book::{Book, Cell, Cost, DateSystem, Limits, Merge, Sheet, SheetBuilder};
use super::container::Container;
use super::error::{Bound, SheetError};
use super::number::float_text;
use super::xml::{tags, unescape};
use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx};
use chrono::{NaiveDate, NaiveDateTime};
use std::collections::HashMap;
use std::io::Cursor;

pub(crate) fn read(name: &str, bytes: &[u8], limits: &Limits) -> Result<Book, SheetError> {
    let container = Container::open(bytes, limits)?;
    let main = container.part(&workbook_path(&container)).unwrap_or("");
    if !tags(main).any(|tag| tag.name == "workbook") {
        return Err(SheetError::KindUnknown { name: name.to_owned(), found: "zip" });
    }
    let mut workbook: Xlsx<_> =
        Xlsx::new(Cursor::new(bytes)).map_err(|error| SheetError::broken("workbook", error))?;
    let date_system = DateSystem::of_flag(u16::from(workbook.has_1904_epoch()));
    let found = workbook.sheets_metadata().to_vec();
    if found.len() as u64 > limits.sheets {
        let found = found.len() as u64;
        let place = "workbook".to_owned();
        return Err(SheetError::TooBig {
            bound: Bound::Sheets,
            limit: limits.sheets,
            found,
            place,
        });
    }
    let paths = sheet_paths(&container);
    let mut cost = Cost::default();
    let mut sheets = Vec::new();
    for meta in found.iter().filter(|meta| meta.typ == SheetType::WorkSheet) {
        let part = paths.get(&meta.name).and_then(|path| container.part(path)).unwrap_or("");
        let mut sheet = read_sheet(&mut workbook, &meta.name, part, limits, &mut cost)?;
        sheet.hidden = meta.visible != SheetVisible::Visible;
        sheets.push(sheet);
    }
    Ok(Book { sheets, date_system })
}

fn read_sheet(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    part: &str,
    limits: &Limits,
    cost: &mut Cost,
) -> Result<Sheet, SheetError> {
    let broken = |error| SheetError::broken(name, error);
    let mut reader = workbook.worksheet_cells_reader(name).map_err(broken)?;
    let mut builder = SheetBuilder::new(name, limits, cost);
    while let Some(cell) = reader.next_cell().map_err(broken)? {
        let (row, column) = cell.get_position();
        builder.put(row.saturating_add(1), column, value(cell.get_value()))?;
    }
    let marks = marks(part);
    let mut sheet = builder.finish(&marks.hidden_rows);
    sheet.hidden_columns = marks.hidden_columns;
    sheet.merges = marks.merges;
    Ok(sheet)
}

fn value(data: &DataRef<'_>) -> Cell {
    match data {
        DataRef::Empty => Cell::Empty,
        DataRef::Int(number) => Cell::Number(number.to_string()),
        DataRef::Float(number) => Cell::Number(float_text(*number)),
        DataRef::String(text) | DataRef::DurationIso(text) => Cell::Text(text.clone()),
        DataRef::SharedString(text) => Cell::Text((*text).to_owned()),
        DataRef::Bool(yes) => Cell::Bool(*yes),
        DataRef::DateTime(at) => date_cell(at),
        DataRef::DateTimeIso(text) => iso_date(text),
        DataRef::Error(error) => Cell::Error(error.to_string()),
    }
}

/// Times of day and durations stay numbers: they name no day.
fn date_cell(at: &ExcelDateTime) -> Cell {
    let number = || Cell::Number(float_text(at.as_f64()));
    if !at.is_datetime() || at.as_f64() < 1.0 {
        return number();
    }
    let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
    NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day))
        .and_then(|date| date.and_hms_opt(u32::from(hour), u32::from(minute), u32::from(second)))
        .map_or_else(number, Cell::Date)
}

fn iso_date(text: &str) -> Cell {
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d");
    let instant = || NaiveDateTime::parse_from_str(text.trim_end_matches('Z'), "%Y-%m-%dT%H:%M:%S");
    day.map(|day| day.and_time(chrono::NaiveTime::MIN))
        .or_else(|_| instant())
        .map_or_else(|_| Cell::Text(text.to_owned()), Cell::Date)
}

/// Path of the main part, as the package names it.
fn workbook_path(container: &Container) -> String {
    let root = container.part("_rels/.rels").unwrap_or("");
    let workbook = tags(root)
        .filter(|tag| tag.name == "Relationship")
        .find(|tag| tag.attribute("Type").is_some_and(|kind| kind.ends_with("/officeDocument")))
        .and_then(|tag| tag.attribute("Target").map(unescape))
        .unwrap_or_else(|| "xl/workbook.xml".to_owned());
    workbook.trim_start_matches('/').to_owned()
}

/// Sheet name to path of its part, by the relationships of the workbook.
fn sheet_paths(container: &Container) -> HashMap<String, String> {
    let workbook = workbook_path(container);
    let (folder, file) = workbook.rsplit_once('/').unwrap_or(("", &workbook));
    let relations = container.part(&format!("{folder}/_rels/{file}.rels")).unwrap_or("");
    let targets: HashMap<&str, String> = tags(relations)
        .filter(|tag| tag.name == "Relationship")
        .filter_map(|tag| Some((tag.attribute("Id")?, unescape(tag.attribute("Target")?))))
        .collect();
    tags(container.part(&workbook).unwrap_or(""))
        .filter(|tag| tag.name == "sheet")
        .filter_map(|tag| {
            let target = targets.get(tag.attribute("id")?)?;
            let path = match target.strip_prefix('/') {
                Some(absolute) => absolute.to_owned(),
                None => format!("{folder}/{target}"),
            };
            Some((unescape(tag.attribute("name")?), path))
        })
        .collect()
}

#[derive(Default)]
struct Marks {
    hidden_rows: Vec<(u32, u32)>,
    hidden_columns: Vec<u32>,
    merges: Vec<Merge>,
}

/// What the sheet's XML says besides values.
fn marks(part: &str) -> Marks {
    let mut marks = Marks::default();
    let mut row = 0;
    for tag in tags(part) {
        match tag.name {
            "row" => {
                row = tag.number("r").unwrap_or(row + 1);
                if tag.flag("hidden") {
                    marks.hidden_rows.push((row, row));
                }
            }
            "col" if tag.flag("hidden") => {
                let (Some(first), Some(last)) = (tag.number("min"), tag.number("max")) else {
                    continue;
                };
                // "All columns from X on" reaches to XFD; what lies beyond any data is no news.
                let last = last.min(first.saturating_add(2_000));
                marks.hidden_columns.extend((first.max(1)..=last).map(|column| column - 1));
            }
            "mergeCell" => marks.merges.extend(tag.attribute("ref").and_then(merge)),
            _ => {}
        }
    }
    marks.hidden_columns.sort_unstable();
    marks.hidden_columns.dedup();
    marks
}

fn merge(reference: &str) -> Option<Merge> {
    let (first, last) = reference.split_once(':')?;
    let (left, top) = address(first)?;
    let (right, bottom) = address(last)?;
    (left <= right && top <= bottom).then_some(Merge { top, left, bottom, right })
}

/// `AB12` to column from 0 and row from 1.
fn address(text: &str) -> Option<(u32, u32)> {
    let digits = text.find(|c: char| c.is_ascii_digit())?;
    let mut letters = text[..digits].bytes().filter(|byte| *byte != b'$');
    let column = letters.try_fold(0_u32, |sum, byte| {
        let value = byte.to_ascii_uppercase().checked_sub(b'A').filter(|value| *value < 26)?;
        sum.checked_mul(26)?.checked_add(u32::from(value) + 1)
    })?;
    Some((column.checked_sub(1)?, text[digits..].parse().ok()?))
}
