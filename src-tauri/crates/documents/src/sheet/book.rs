//! A workbook as values: sheets, rows, cells and where they stood. Knows nothing of what the
//! columns mean, and does not interpret text.

use super::error::{Bound, SheetError};
use chrono::NaiveDateTime;

/// Bounds against files made to exhaust memory. A cell costs at most a few dozen bytes plus its
/// text, so the defaults hold a read below about half a gigabyte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file as given.
    pub file_bytes: u64,
    /// Entries of the zip container.
    pub zip_entries: u64,
    /// Bytes after inflating, all entries together.
    pub inflated_bytes: u64,
    /// Inflated over stored bytes of one entry; looked at from 1 MiB inflated on, because a short
    /// uniform sheet may rightly shrink further.
    pub inflate_ratio: u64,
    /// Rows of one sheet: the highest row number, not the number of filled rows.
    pub rows: u64,
    /// Columns of one sheet.
    pub columns: u64,
    /// Cells of the whole book, gaps to the left of a filled cell included.
    pub cells: u64,
    /// Bytes of text in all cells: one shared string may stand in a million of them.
    pub text_bytes: u64,
    /// Sheets of the book.
    pub sheets: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            file_bytes: 100_000_000,
            zip_entries: 2_000,
            inflated_bytes: 200_000_000,
            inflate_ratio: 100,
            rows: 1_048_576,
            columns: 2_000,
            cells: 10_000_000,
            text_bytes: 200_000_000,
            sheets: 256,
        }
    }
}

/// One cell as the file holds it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Cell {
    /// Nothing, or a format without a value.
    #[default]
    Empty,
    /// Text as written, untrimmed. All cells of a csv file are text, so nothing is lost there.
    Text(String),
    /// A number in plain digits with `.`. Workbooks hold binary floats: shown with the fewest
    /// digits that name the float, and below 10^15 with at most 15 digits as Excel itself does
    /// (so that a formula's 11.999999999999998 is 12).
    Number(String),
    /// A number under a date format.
    Date(NaiveDateTime),
    /// TRUE or FALSE.
    Bool(bool),
    /// A formula that failed, as Excel shows it: `#N/A`.
    Error(String),
}

impl Cell {
    /// True without value or with blank text.
    pub fn is_blank(&self) -> bool {
        match self {
            Cell::Empty => true,
            Cell::Text(text) => text.chars().all(super::text::is_blank),
            _ => false,
        }
    }

    /// The value as a person would see it in a message; dates as `2026-01-05`, with the time only
    /// when there is one.
    pub fn shown(&self) -> String {
        match self {
            Cell::Empty => String::new(),
            Cell::Text(text) | Cell::Number(text) | Cell::Error(text) => text.clone(),
            Cell::Date(at) if at.time() == chrono::NaiveTime::MIN => at.date().to_string(),
            Cell::Date(at) => at.format("%Y-%m-%d %H:%M:%S").to_string(),
            Cell::Bool(yes) => if *yes { "TRUE" } else { "FALSE" }.to_owned(),
        }
    }
}

/// One row that holds something or is hidden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Row number as Excel shows it, from 1.
    pub number: u32,
    /// Hidden by hand or by a filter.
    pub hidden: bool,
    /// Cells from column A on; short rows end early.
    pub cells: Vec<Cell>,
}

/// Cells shown as one: rows from 1 and columns from 0, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merge {
    /// First row, from 1.
    pub top: u32,
    /// First column, from 0.
    pub left: u32,
    /// Last row.
    pub bottom: u32,
    /// Last column.
    pub right: u32,
}

/// One sheet. Rows are in ascending order of their numbers; empty ones are left out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sheet {
    /// Name on the tab; for csv the file name without its ending.
    pub name: String,
    /// The tab is hidden.
    pub hidden: bool,
    /// Filled rows.
    pub rows: Vec<Row>,
    /// Hidden columns, from 0, ascending.
    pub hidden_columns: Vec<u32>,
    /// Merged ranges.
    pub merges: Vec<Merge>,
}

/// What the serial dates of a workbook count from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DateSystem {
    /// Day 1 is 1900-01-01: Windows.
    #[default]
    From1900,
    /// Day 0 is 1904-01-01: old Excel for Mac.
    From1904,
}

impl DateSystem {
    /// By the flag that both formats keep: 1 is 1904.
    pub(crate) fn of_flag(flag: u16) -> Self {
        if flag == 1 { DateSystem::From1904 } else { DateSystem::From1900 }
    }

    /// Days to add to a serial to make it one of 1900.
    pub(crate) fn shift(self) -> u32 {
        match self {
            DateSystem::From1900 => 0,
            DateSystem::From1904 => 1_462,
        }
    }
}

/// A file of tables.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Book {
    /// Sheets in the order of their tabs.
    pub sheets: Vec<Sheet>,
    /// What its serial dates count from.
    pub date_system: DateSystem,
}

impl Book {
    /// The sheet of that name, or without a name the first visible one that holds something.
    pub fn sheet(&self, name: Option<&str>) -> Result<&Sheet, SheetError> {
        match name {
            Some(name) => self
                .sheets
                .iter()
                .find(|sheet| sheet.name == name)
                .ok_or_else(|| SheetError::SheetMissing { sheet: name.to_owned() }),
            None => self
                .sheets
                .iter()
                .find(|sheet| !sheet.hidden && !sheet.rows.is_empty())
                .ok_or(SheetError::NoSheet),
        }
    }
}

/// Column letters: 0 is A, 25 is Z, 26 is AA.
pub fn column_letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = u64::from(column) + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).expect("below 26")));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// What a book has cost so far.
#[derive(Default)]
pub(crate) struct Cost {
    cells: u64,
    text_bytes: u64,
}

/// Collects the rows of one sheet in any order of cells and counts against the limits.
pub(crate) struct SheetBuilder<'a> {
    pub(crate) sheet: Sheet,
    limits: &'a Limits,
    cost: &'a mut Cost,
    sorted: bool,
}

impl<'a> SheetBuilder<'a> {
    /// `cost` counts over all sheets of the book.
    pub(crate) fn new(name: &str, limits: &'a Limits, cost: &'a mut Cost) -> Self {
        let sheet = Sheet { name: name.to_owned(), ..Sheet::default() };
        SheetBuilder { sheet, limits, cost, sorted: true }
    }

    fn bound(&self, bound: Bound, limit: u64, found: u64) -> Result<(), SheetError> {
        if found <= limit {
            return Ok(());
        }
        Err(SheetError::TooBig { bound, limit, found, place: self.sheet.name.clone() })
    }

    /// `row` from 1, `column` from 0. Empty cells cost nothing and leave no trace.
    pub(crate) fn put(&mut self, row: u32, column: u32, cell: Cell) -> Result<(), SheetError> {
        if cell == Cell::Empty {
            return Ok(());
        }
        self.bound(Bound::Rows, self.limits.rows, u64::from(row))?;
        self.bound(Bound::Columns, self.limits.columns, u64::from(column) + 1)?;
        if self.sheet.rows.last().is_none_or(|last| last.number != row) {
            self.sorted &= self.sheet.rows.last().is_none_or(|last| last.number < row);
            self.sheet.rows.push(Row { number: row, hidden: false, cells: Vec::new() });
        }
        let cells = &mut self.sheet.rows.last_mut().expect("pushed above").cells;
        let index = column as usize;
        self.cost.cells += (index + 1).saturating_sub(cells.len()) as u64;
        if let Cell::Text(text) = &cell {
            self.cost.text_bytes += text.len() as u64;
        }
        if index >= cells.len() {
            cells.resize(index + 1, Cell::Empty);
        }
        cells[index] = cell;
        self.bound(Bound::TextBytes, self.limits.text_bytes, self.cost.text_bytes)?;
        self.bound(Bound::Cells, self.limits.cells, self.cost.cells)
    }

    /// Ends the sheet: rows sorted, parts of one row written apart brought together.
    pub(crate) fn finish(mut self, hidden_rows: &[(u32, u32)]) -> Sheet {
        if !self.sorted {
            self.sheet.rows.sort_by_key(|row| row.number);
            self.sheet.rows.dedup_by(|later, first| {
                let same = later.number == first.number;
                if same {
                    join(&mut first.cells, std::mem::take(&mut later.cells));
                }
                same
            });
        }
        for &(first, last) in hidden_rows {
            let start = self.sheet.rows.partition_point(|row| row.number < first);
            let rest = self.sheet.rows[start..].iter_mut();
            rest.take_while(|row| row.number <= last).for_each(|row| row.hidden = true);
        }
        self.sheet.rows.retain(|row| !row.cells.iter().all(Cell::is_blank));
        self.sheet
    }
}

fn join(first: &mut Vec<Cell>, later: Vec<Cell>) {
    if first.len() < later.len() {
        first.resize(later.len(), Cell::Empty);
    }
    for (index, cell) in later.into_iter().enumerate() {
        if cell != Cell::Empty {
            first[index] = cell;
        }
    }
}
