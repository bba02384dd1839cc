//! A first look at a file: its sheets, its columns, and how it is likely to be read.

use documents::sheet::{
    Because, Book, Cell, HiddenRows, Layout, Profile, Sheet, SheetError, Suggestion,
    column_letters, suggest,
};
use store::Reader;

use crate::{
    Error,
    commands::Call,
    importing::{
        fields::{ColumnInfo, FieldInfo, ImportKind, Inspect, Inspected, ProfileFields, SheetInfo},
        files::sheet_error,
        profiles::recall,
        table::{Source, fields, is_money},
    },
};

/// Sample cells shown of a column.
const SAMPLES: usize = 5;

pub(crate) fn inspect(call: &Call, input: Inspect) -> Result<Inspected, Error> {
    let Inspect { path, kind, sheet } = input;
    let source = Source::read(&path)?;
    let (guess, name) = call.read(|reader| best(&reader, &source.book, kind, sheet.as_deref()))?;
    let role = call.session.role;
    let kind = ImportKind::from(guess.profile.kind);
    let wide = guess.profile.options.wide;
    let remembered = guess.choices.iter().any(|one| one.because == Because::Remembered);
    let mut profile = shown(guess.profile, name);
    let fields: Vec<FieldInfo> = fields(kind, role)
        // Its cells are units of a day, so no column of it is an amount.
        .filter(|field| !(wide && is_money(field)))
        .map(|field| FieldInfo {
            name: field.id.to_owned(),
            // A table with a column for each day has its dates in the heads.
            required: field.required && !(wide && matches!(field.id, "date" | "units")),
            money: is_money(field),
        })
        .collect();
    let known = |name: &String| fields.iter().any(|field| field.name == *name);
    profile.columns.retain(|name, _| known(name));
    profile.constants.retain(|name, _| known(name));
    let sheets = source.book.sheets.iter().map(|sheet| sheet_info(&source.book, sheet)).collect();
    Ok(Inspected { file_name: source.file_name, sheets, profile, remembered, fields })
}

/// The suggestion for the sheet that fits best, with the name of its profile: one that gives all
/// that is needed, then one that was read before, then the one whose heads say most.
fn best(
    reader: &Reader,
    book: &Book,
    kind: Option<ImportKind>,
    sheet: Option<&str>,
) -> Result<(Suggestion, String), Error> {
    let sheets: Vec<&Sheet> = match sheet {
        Some(name) => vec![book.sheet(Some(name)).map_err(|error| sheet_error(&error))?],
        None => book.sheets.iter().filter(|one| !one.hidden && !one.rows.is_empty()).collect(),
    };
    let mut best: Option<(Suggestion, String)> = None;
    let mut fault = SheetError::NoSheet;
    for sheet in sheets {
        match of_sheet(reader, book, sheet, kind)? {
            Err(error) => fault = error,
            Ok(found) => {
                let rank = |one: &Suggestion| {
                    let seen = one.choices.iter().any(|it| it.because == Because::Remembered);
                    (one.missing.is_empty(), seen, one.fitness)
                };
                if best.as_ref().is_none_or(|(known, _)| rank(&found.0) > rank(known)) {
                    best = Some(found);
                }
            }
        }
    }
    best.ok_or_else(|| sheet_error(&fault))
}

fn of_sheet(
    reader: &Reader,
    book: &Book,
    sheet: &Sheet,
    kind: Option<ImportKind>,
) -> Result<Result<(Suggestion, String), SheetError>, Error> {
    let layout = match Layout::find(book, sheet, HiddenRows::Skip) {
        Ok(layout) => layout,
        Err(error) => return Ok(Err(error)),
    };
    let remembered = recall(reader, &layout)?;
    let profiles: Vec<Profile> = remembered.iter().map(|one| one.profile.clone()).collect();
    let name = |suggestion: &Suggestion| {
        let same = |kind| kind == suggestion.profile.kind;
        let seen = suggestion.choices.iter().any(|one| one.because == Because::Remembered);
        let mut known = remembered.iter().rev().filter(|one| seen && same(one.profile.kind));
        known.next().map(|one| one.name.clone()).unwrap_or_default()
    };
    let suggested = suggest(book, Some(&sheet.name), kind.map(Into::into), &profiles);
    Ok(suggested.map(|suggestion| {
        let name = name(&suggestion);
        (suggestion, name)
    }))
}

fn shown(profile: Profile, name: String) -> ProfileFields {
    let options = profile.options;
    ProfileFields {
        name,
        kind: profile.kind.into(),
        sheet: profile.sheet,
        header_row: None,
        columns: profile.columns,
        constants: profile.constants,
        include_hidden: options.hidden_rows,
        wide: options.wide,
        year: options.year,
        carton_units: options.carton_units,
        repeated_keys: options.repeated_keys,
    }
}

fn sheet_info(book: &Book, sheet: &Sheet) -> SheetInfo {
    let (name, hidden) = (sheet.name.clone(), sheet.hidden);
    let Ok(layout) = Layout::find(book, sheet, HiddenRows::Skip) else {
        let rows = u32::try_from(sheet.rows.len()).unwrap_or(u32::MAX);
        return SheetInfo { name, hidden, rows, header_row: None, columns: Vec::new() };
    };
    let column = |one: &documents::sheet::Column| {
        let cells = layout.data.iter().filter_map(|row| sheet.rows.get(*row));
        let cells = cells.filter_map(|row| row.cells.get(one.index as usize));
        let samples = cells.filter(|cell| !cell.is_blank()).take(SAMPLES).map(Cell::shown);
        ColumnInfo {
            column: column_letters(one.index),
            header: one.head.clone(),
            samples: samples.collect(),
        }
    };
    SheetInfo {
        name,
        hidden,
        rows: u32::try_from(layout.data.len()).unwrap_or(u32::MAX),
        header_row: Some(layout.head_rows.1),
        columns: layout.columns.iter().map(column).collect(),
    }
}
