//! Reads a sheet by a profile into typed rows, and finds everything that is wrong within the file
//! at once. Knows rules between the cells of a row and between rows of the file; refuses to know
//! the workspace (whether a SKU exists).

use super::book::{Book, Cell, DateSystem, Row, Sheet, column_letters};
use super::date::{MonthOrDate, Period};
use super::error::SheetError;
use super::fields::{Field, Kind};
use super::layout::{Column, Layout, Skipped};
use super::mapping::{Profile, is_amount};
use super::number::{Fault, tidy};
use super::records;
use super::rows::{At, ImportRow, SaleRow};
use super::values::{self, Reading};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};

/// So many problems are listed; the rest is only counted.
pub const PROBLEMS_LISTED: usize = 1_000;

/// One thing wrong, with its place and value as the user sees them in the sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Sheet name.
    pub sheet: String,
    /// Row as Excel numbers it.
    pub row: u32,
    /// Column letters; none when the value is a constant or the whole row is meant.
    pub column: Option<String>,
    /// Field id; none when the whole row is meant.
    pub field: Option<&'static str>,
    /// The cell as shown.
    pub value: String,
    /// Stable dotted code.
    pub code: &'static str,
    /// Values for the sentence.
    pub args: BTreeMap<&'static str, String>,
}

/// What a sheet gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extracted {
    /// Sheet name.
    pub sheet: String,
    /// Rows without problems, in the order of the sheet.
    pub rows: Vec<ImportRow>,
    /// The first problems, in the order of the sheet.
    pub problems: Vec<Problem>,
    /// All problems, listed or not.
    pub problem_count: usize,
    /// Rows left out, by reason.
    pub skipped: Skipped,
    /// In wide tables: cells left blank. No figure is not the figure 0.
    pub blank_cells: usize,
}

/// Reads the sheet by the profile.
pub fn extract(book: &Book, profile: &Profile) -> Result<Extracted, SheetError> {
    let sheet = book.sheet(profile.sheet.as_deref())?;
    let layout = Layout::find(book, sheet, profile.hidden_rows())?;
    let plan = Plan::new(book, sheet, &layout, profile)?;
    let mut reader = Reader {
        plan: &plan,
        sheet,
        row: None,
        wide: None,
        failed: false,
        keys: HashMap::new(),
        out: Extracted {
            sheet: sheet.name.clone(),
            rows: Vec::new(),
            problems: Vec::new(),
            problem_count: 0,
            skipped: Skipped::default(),
            blank_cells: 0,
        },
    };
    for index in &layout.data {
        let row = &sheet.rows[*index];
        if plan.periods.is_empty() { reader.read_row(row) } else { reader.read_wide(row) }
    }
    let mut out = reader.out;
    out.skipped = layout.skipped;
    Ok(out)
}

/// The profile resolved against one sheet.
struct Plan<'a> {
    kind: Kind,
    sources: HashMap<&'static str, Source<'a>>,
    periods: Vec<(&'a Column, MonthOrDate)>,
    date_system: DateSystem,
    carton_units: Option<u32>,
    repeated_keys: bool,
}

struct Source<'a> {
    field: &'static Field,
    column: Option<&'a Column>,
    constant: Option<Cell>,
}

impl<'a> Plan<'a> {
    fn new(
        book: &Book,
        sheet: &Sheet,
        layout: &'a Layout,
        profile: &Profile,
    ) -> Result<Self, SheetError> {
        let kind = profile.kind;
        let named = profile.columns.keys().chain(profile.constants.keys());
        for id in named {
            if kind.field(id).is_none() {
                return Err(SheetError::FieldUnknown { field: id.clone() });
            }
        }
        let wide = profile.options.wide && kind == Kind::Sales;
        let periods = if wide { periods(sheet, layout, profile)? } else { Vec::new() };
        let mut sources = HashMap::new();
        for field in kind.fields() {
            let column = match profile.columns.get(field.id) {
                None => None,
                Some(head) => Some(layout.column(head).ok_or_else(|| {
                    let (sheet, head) = (sheet.name.clone(), head.clone());
                    SheetError::ColumnMissing { sheet, field: field.id.to_owned(), head }
                })?),
            };
            let constant = profile.constant_of(field.id);
            let from_wide = wide && matches!(field.id, "date" | "units");
            if field.required && column.is_none() && constant.is_none() && !from_wide {
                return Err(SheetError::FieldUnmapped { field: field.id });
            }
            if wide && is_amount(field.id) && (column.is_some() || constant.is_some()) {
                return Err(SheetError::FieldNotWide { field: field.id });
            }
            let constant = constant.map(|text| Cell::Text(text.to_owned()));
            sources.insert(field.id, Source { field, column, constant });
        }
        if profile.lacks_tax_rate() {
            return Err(SheetError::FieldUnmapped { field: "tax_rate" });
        }
        Ok(Plan {
            kind,
            sources,
            periods,
            date_system: book.date_system,
            carton_units: profile.options.carton_units,
            repeated_keys: profile.options.repeated_keys,
        })
    }
}

/// The day and month columns with their years.
fn periods<'a>(
    sheet: &Sheet,
    layout: &'a Layout,
    profile: &Profile,
) -> Result<Vec<(&'a Column, MonthOrDate)>, SheetError> {
    let year = profile.options.year.or(layout.year);
    let mut periods = Vec::new();
    for column in &layout.columns {
        let known = match column.period {
            None => continue,
            Some(Period::Known(known)) => known,
            Some(Period::MonthOfYear(month)) => {
                let year = year.filter(|year| (1990..=2199).contains(year));
                let year = year.ok_or_else(|| SheetError::YearMissing {
                    sheet: sheet.name.clone(),
                    head: column.head.clone(),
                })?;
                MonthOrDate::Month { year, month }
            }
        };
        periods.push((column, known));
    }
    if periods.is_empty() {
        return Err(SheetError::NoPeriods { sheet: sheet.name.clone() });
    }
    Ok(periods)
}

/// Reads one row after another, keeping problems and keys.
pub(super) struct Reader<'a> {
    plan: &'a Plan<'a>,
    sheet: &'a Sheet,
    row: Option<&'a Row>,
    /// Column of a wide table that is being read.
    wide: Option<u32>,
    failed: bool,
    keys: HashMap<String, u32>,
    out: Extracted,
}

impl<'a> Reader<'a> {
    fn at(&self) -> At {
        At { row: self.row.map_or(0, |row| row.number), column: self.wide }
    }

    fn begin(&mut self, row: &'a Row) {
        self.row = Some(row);
        self.wide = None;
        self.failed = false;
    }

    fn read_row(&mut self, row: &'a Row) {
        self.begin(row);
        let record = records::read(self, self.plan.kind);
        if let Some(record) = record.filter(|_| !self.failed) {
            self.out.rows.push(ImportRow { at: self.at(), record });
        }
    }

    /// One row per filled day or month.
    fn read_wide(&mut self, row: &'a Row) {
        self.begin(row);
        let (Some(place), Some(sku)) = (self.code("place"), self.code("sku")) else { return };
        let listing = self.code("listing");
        if self.failed {
            return;
        }
        let plan = self.plan;
        for (column, on) in &plan.periods {
            let cell = row.cells.get(column.index as usize).unwrap_or(&Cell::Empty);
            if cell.is_blank() || is_placeholder(cell) {
                self.out.blank_cells += 1;
                continue;
            }
            self.wide = Some(column.index);
            let reading = self.reading(column.unit.as_deref());
            match values::quantity(cell, reading) {
                Err(fault) => self.problem(Some("units"), Some(column.index), cell, fault),
                Ok(units) => {
                    let (place, sku, listing) = (place.clone(), sku.clone(), listing.clone());
                    let (net, gross, tax_rate) = (None, None, None);
                    let on = *on;
                    let sale = SaleRow { on, place, sku, units, listing, net, gross, tax_rate };
                    let key = records::sale_key(&sale);
                    if self.unique(&key) {
                        let record = super::rows::Record::Sale(sale);
                        self.out.rows.push(ImportRow { at: self.at(), record });
                    }
                }
            }
        }
    }

    fn reading<'u>(&self, head_unit: Option<&'u str>) -> Reading<'u> {
        let (date_system, carton_units) = (self.plan.date_system, self.plan.carton_units);
        Reading { date_system, carton_units, head_unit }
    }

    /// The value of a field; none when it is blank or wrong, and then, when that matters, the row
    /// has failed and the problem is noted.
    pub(super) fn take<T>(
        &mut self,
        id: &'static str,
        read: impl FnOnce(&Cell, Reading<'_>) -> Result<T, Fault>,
    ) -> Option<T> {
        let plan = self.plan;
        let source = plan.sources.get(id)?;
        let own = source.column.and_then(|column| {
            let cell = self.row?.cells.get(column.index as usize)?;
            (!cell.is_blank() && !is_placeholder(cell)).then_some((cell, Some(column)))
        });
        let found = own.or_else(|| source.constant.as_ref().map(|cell| (cell, None)));
        let Some((cell, column)) = found else {
            if source.field.required {
                let column = source.column.map(|column| column.index);
                self.problem(Some(id), column, &Cell::Empty, Fault::new("import.required"));
            }
            return None;
        };
        let reading = self.reading(column.and_then(|column| column.unit.as_deref()));
        match read(cell, reading) {
            Ok(value) => Some(value),
            Err(fault) => {
                self.problem(Some(id), column.map(|column| column.index), cell, fault);
                None
            }
        }
    }

    /// A code; one that is blank after trimming counts as absent.
    pub(super) fn code(&mut self, id: &'static str) -> Option<String> {
        self.text_with(id, values::code)
    }

    /// Free text; blank after trimming counts as absent.
    pub(super) fn text(&mut self, id: &'static str) -> Option<String> {
        self.text_with(id, values::free_text)
    }

    fn text_with(
        &mut self,
        id: &'static str,
        read: impl Fn(&Cell) -> Result<String, Fault>,
    ) -> Option<String> {
        let required = self.plan.sources.get(id).is_some_and(|source| source.field.required);
        let value = self.take(id, |cell, _| match read(cell)? {
            text if text.is_empty() && required => Err(Fault::new("import.required")),
            text => Ok(text),
        });
        value.filter(|text| !text.is_empty())
    }

    /// Notes what is wrong between fields; it is shown at the given one.
    pub(super) fn refuse(&mut self, id: &'static str, fault: Fault) {
        let column = self.plan.sources.get(id).and_then(|source| source.column);
        let cells = self.row.map(|row| row.cells.as_slice()).unwrap_or_default();
        let cell = column.and_then(|column| cells.get(column.index as usize));
        let column = column.map(|column| column.index);
        self.problem(Some(id), column, cell.unwrap_or(&Cell::Empty), fault);
    }

    /// False, with a problem, when an earlier row of the file has the same key and the profile
    /// does not allow that.
    pub(super) fn unique(&mut self, key: &str) -> bool {
        if self.plan.repeated_keys || self.failed {
            return true;
        }
        let row = self.at().row;
        match self.keys.get(key) {
            None => {
                self.keys.insert(key.to_owned(), row);
                true
            }
            Some(first) => {
                let shown = key.split('\u{1f}').filter(|part| !part.is_empty());
                let shown = Cell::Text(shown.collect::<Vec<_>>().join(" "));
                let fault = Fault::new("import.duplicate").with("first_row", first);
                self.problem(None, self.wide, &shown, fault);
                false
            }
        }
    }

    fn problem(
        &mut self,
        field: Option<&'static str>,
        column: Option<u32>,
        cell: &Cell,
        fault: Fault,
    ) {
        self.failed = true;
        self.out.problem_count += 1;
        if self.out.problems.len() < PROBLEMS_LISTED {
            self.out.problems.push(Problem {
                sheet: self.sheet.name.clone(),
                row: self.at().row,
                column: column.map(column_letters),
                field,
                value: cell.shown(),
                code: fault.code,
                args: fault.args.into_iter().collect(),
            });
        }
    }
}

/// `-`, `/`, 无: what people write where there is nothing to write.
fn is_placeholder(cell: &Cell) -> bool {
    let Cell::Text(text) = cell else { return false };
    matches!(tidy(text).to_lowercase().as_str(), "-" | "--" | "/" | "\\" | "无" | "n/a")
}
