//! A file opened by a profile: its table, and where in it a field of a row stands.

use std::{collections::BTreeMap, fmt::Write, path::Path};

use documents::sheet::{
    self, At, Book, Cell, Extracted, HiddenRows, Layout, Limits, Options, Profile, Sheet,
    ValueType, column_letters,
};
use sha2::{Digest, Sha256};

use crate::{
    Error, Role,
    importing::{
        fields::{ImportKind, ProfileFields},
        files::{name_of, read, sheet_error},
    },
};

/// Fields that files may carry and no record keeps: they are not offered, and not taken.
const NOT_KEPT: [(ImportKind, &str); 2] =
    [(ImportKind::Goods, "factory"), (ImportKind::Goods, "moq")];

/// The fields that a kind of import takes from someone who may or may not see money.
pub(super) fn fields(kind: ImportKind, role: Role) -> impl Iterator<Item = &'static sheet::Field> {
    let shown = move |field: &&sheet::Field| {
        !NOT_KEPT.contains(&(kind, field.id)) && (role.sees_money() || !is_money(field))
    };
    sheet::Kind::from(kind).fields().iter().filter(shown)
}

/// Whether a field holds money, or is of use to money alone.
pub(super) fn is_money(field: &sheet::Field) -> bool {
    matches!(field.value, ValueType::Money | ValueType::TaxRate)
}

/// The SHA-256 of some bytes, in hexadecimal.
pub(super) fn digest(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in Sha256::digest(bytes) {
        write!(text, "{byte:02x}").expect("a string takes all that is written");
    }
    text
}

/// A file in memory.
pub(super) struct Source {
    /// Its name.
    pub(super) file_name: String,
    /// Digest of its bytes, in hexadecimal.
    pub(super) sha256: String,
    /// Its sheets.
    pub(super) book: Book,
}

impl Source {
    /// Reads the file at `path` within the bounds of imports.
    pub(super) fn read(path: &str) -> Result<Self, Error> {
        let path = Path::new(path);
        let limits = Limits::default();
        let bytes = read(path, &limits)?;
        let file_name = name_of(path);
        let book = sheet::read(&file_name, &bytes, &limits).map_err(|error| sheet_error(&error))?;
        let sha256 = digest(&bytes);
        Ok(Self { file_name, sha256, book })
    }
}

/// A file with the table that a profile takes from it.
pub(super) struct Table {
    /// The file.
    pub(super) source: Source,
    /// How it is read.
    pub(super) profile: Profile,
    /// What the user calls the profile.
    pub(super) profile_name: String,
    /// Where the table stands.
    pub(super) layout: Layout,
}

impl Table {
    /// Finds the table. Refuses a profile that takes money for a role without the right to see it.
    pub(super) fn open(
        mut source: Source,
        given: ProfileFields,
        (role, command): (Role, &str),
    ) -> Result<Self, Error> {
        refuse_fields(&given, role, command)?;
        let sheet = source.book.sheet(given.sheet.as_deref()).map_err(|e| sheet_error(&e))?;
        let name = sheet.name.clone();
        let hidden = if given.include_hidden { HiddenRows::Take } else { HiddenRows::Skip };
        let layout = find_layout(&mut source.book, &name, given.header_row, hidden)?;
        let profile = Profile {
            kind: given.kind.into(),
            sheet: Some(name),
            columns: heads(&layout, &given.columns),
            constants: given.constants,
            options: Options {
                hidden_rows: given.include_hidden,
                carton_units: given.carton_units,
                year: given.year,
                wide: given.wide,
                repeated_keys: given.repeated_keys,
            },
            heads: layout.fixed_heads(),
        };
        Ok(Self { source, profile, profile_name: given.name, layout })
    }

    /// What the rows become.
    pub(super) fn kind(&self) -> ImportKind {
        self.profile.kind.into()
    }

    /// The rows, and what is wrong within the file.
    pub(super) fn extract(&self) -> Result<Extracted, Error> {
        sheet::extract(&self.source.book, &self.profile).map_err(|error| sheet_error(&error))
    }

    /// The sheet that holds the table.
    pub(super) fn sheet(&self) -> Option<&Sheet> {
        self.source.book.sheet(self.profile.sheet.as_deref()).ok()
    }

    /// Column letters and content of the cell that feeds `field` in a row. Without letters the
    /// value is one for every row.
    pub(super) fn cell(&self, at: At, field: &str) -> (Option<String>, String) {
        let wide = self.profile.options.wide && matches!(field, "date" | "units");
        let named = || self.layout.column(self.profile.columns.get(field)?).map(|one| one.index);
        let column = if wide { at.column } else { named() };
        let shown = column.and_then(|column| self.shown(at.row, column)).unwrap_or_default();
        let constant = self.profile.constants.get(field);
        match (shown.is_empty(), constant) {
            (true, Some(constant)) => (None, constant.clone()),
            _ => (column.map(column_letters), shown),
        }
    }

    fn shown(&self, row: u32, column: u32) -> Option<String> {
        let sheet = self.sheet()?;
        let index = sheet.rows.binary_search_by_key(&row, |row| row.number).ok()?;
        sheet.rows[index].cells.get(column as usize).map(Cell::shown)
    }
}

fn refuse_fields(given: &ProfileFields, role: Role, command: &str) -> Result<(), Error> {
    for name in given.columns.keys().chain(given.constants.keys()) {
        if NOT_KEPT.contains(&(given.kind, name.as_str())) {
            return Err(Error::refused("import.field_unknown", [("field", name.clone().into())]));
        }
        let field = sheet::Kind::from(given.kind).field(name);
        if !role.sees_money() && field.is_some_and(is_money) {
            let args = [("name", command.into()), ("field", name.clone().into())];
            return Err(Error::refused("role.no_money", args));
        }
    }
    Ok(())
}

/// The table with its heads in `header_row`, when the user named one.
fn find_layout(
    book: &mut Book,
    name: &str,
    header_row: Option<u32>,
    hidden: HiddenRows,
) -> Result<Layout, Error> {
    let find = |book: &Book| {
        let sheet = book.sheet(Some(name))?;
        Layout::find(book, sheet, hidden)
    };
    let found = find(book);
    let Some(row) = header_row else { return found.map_err(|error| sheet_error(&error)) };
    let heads_in = |layout: &Layout| (layout.head_rows.0..=layout.head_rows.1).contains(&row);
    if let Ok(layout) = found
        && heads_in(&layout)
    {
        return Ok(layout);
    }
    // What stands above was taken for the heads: without it the next row is looked at.
    if let Some(sheet) = book.sheets.iter_mut().find(|sheet| sheet.name == name) {
        sheet.rows.retain(|one| one.number >= row);
    }
    find(book).ok().filter(heads_in).ok_or_else(|| {
        Error::refused(
            "import.header_row_unusable",
            [("sheet", name.into()), ("row", i64::from(row).into())],
        )
    })
}

/// Columns by their heads; letters are taken when no head is called so.
fn heads(layout: &Layout, given: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let head = |column: &String| {
        let lettered = || {
            layout.columns.iter().find(|one| {
                !one.head.is_empty() && column_letters(one.index).eq_ignore_ascii_case(column)
            })
        };
        match layout.column(column) {
            Some(_) => column.clone(),
            None => lettered().map_or_else(|| column.clone(), |one| one.head.clone()),
        }
    };
    given.iter().map(|(field, column)| (field.clone(), head(column))).collect()
}
