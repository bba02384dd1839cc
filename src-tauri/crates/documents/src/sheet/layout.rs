//! Where in a sheet the table stands: the rows of heads below titles, joined when they are two
//! lines, and which rows below are data. Drops nothing silently: every row left out is counted
//! with its reason. Knows heads by the field table, refuses to know what a profile makes of them.

use super::book::{Book, Cell, DateSystem, Merge, Row, Sheet, column_letters};
use super::date::{MonthOrDate, Period, head_period, serial_date};
use super::error::SheetError;
use super::fields::{is_known_head, normal_head, split_unit};
use super::number::tidy;
use chrono::{Datelike, NaiveDate};
use std::collections::HashMap;

/// Filled rows looked at for heads.
const HEAD_ROWS: usize = 30;
/// Columns of a row looked at to judge whether it is heads.
const HEAD_COLUMNS: usize = 120;
/// A block of heads is at most so many rows high.
const HEAD_HEIGHT: u32 = 3;

/// One column of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// From 0 for A.
    pub index: u32,
    /// Head as shown, two lines joined as `上级/下级`; a second column of the same head gets
    /// ` (2)`; without a head it is empty.
    pub head: String,
    /// Unit in brackets behind the head, lower case.
    pub unit: Option<String>,
    /// Day or month that the head stands for.
    pub period: Option<Period>,
    /// Hidden in the sheet.
    pub hidden: bool,
}

/// Rows left out, by reason, as Excel numbers them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Skipped {
    /// Hidden by hand or filter.
    pub hidden: Vec<u32>,
    /// 合计, 小计, total and the like.
    pub totals: Vec<u32>,
    /// The heads again, as reports print them on every page.
    pub heads: Vec<u32>,
    /// A single line of text below the table: notes, signatures.
    pub notes: Vec<u32>,
    /// Rows without any value between the heads and the last filled row.
    pub empty: u32,
}

/// The table inside a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// First and last row of heads, as Excel numbers them.
    pub head_rows: (u32, u32),
    /// Columns with a head or with data below.
    pub columns: Vec<Column>,
    /// Indexes into `Sheet::rows` of the rows that hold data.
    pub data: Vec<usize>,
    /// What was left out.
    pub skipped: Skipped,
    /// A year named in the title rows, the sheet's or the file's name: what 1月 belongs to when
    /// the profile does not say.
    pub year: Option<i32>,
}

impl Layout {
    /// Finds the table. `with_hidden` takes hidden rows as data instead of leaving them out.
    pub fn find(book: &Book, sheet: &Sheet, hidden: HiddenRows) -> Result<Self, SheetError> {
        let no_header = || SheetError::NoHeader { sheet: sheet.name.clone() };
        let best = head_row(sheet).ok_or_else(no_header)?;
        let (top, bottom) = head_block(sheet, best);
        let columns = columns(sheet, top, bottom, book.date_system);
        let (data, skipped) = data_rows(sheet, bottom, &columns, hidden);
        let year = title_year(sheet, top);
        Ok(Layout { head_rows: (top, bottom), columns, data, skipped, year })
    }

    /// The column of that head.
    pub fn column(&self, head: &str) -> Option<&Column> {
        let exact = self.columns.iter().find(|column| column.head == head);
        let wanted = normal_head(head);
        exact.or_else(|| {
            let found = |column: &&Column| normal_head(&column.head) == wanted;
            self.columns.iter().find(|column| !column.head.is_empty() && found(column))
        })
    }

    /// Heads that name no day or month: what a profile recognises a file by.
    pub fn fixed_heads(&self) -> Vec<String> {
        let fixed = self.columns.iter().filter(|column| column.period.is_none());
        fixed.map(|column| column.head.clone()).filter(|head| !head.is_empty()).collect()
    }
}

/// What to do with rows that the user of the sheet has hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum HiddenRows {
    /// Leave them out and count them.
    #[default]
    Skip,
    /// Take them as any other row.
    Take,
}

/// Index into `rows` of the row most like heads.
fn head_row(sheet: &Sheet) -> Option<usize> {
    let visible = |row: &&Row| !row.hidden;
    let filled = sheet.rows.iter().take(HEAD_ROWS * 2).filter(visible).take(HEAD_ROWS);
    let widths: Vec<usize> = filled.clone().map(filled_cells).collect();
    let widest = widths.iter().copied().max().unwrap_or(0);
    let mut best: Option<(u32, usize)> = None;
    for row in filled {
        let index = sheet.rows.partition_point(|other| other.number < row.number);
        let score = head_row_score(row, widest);
        if score > 0 && best.is_none_or(|(known, _)| score > known) {
            best = Some((score, index));
        }
    }
    best.map(|(_, index)| index)
}

fn filled_cells(row: &Row) -> usize {
    row.cells.iter().filter(|cell| !cell.is_blank()).count()
}

/// Known heads weigh most; else a row of distinct texts as wide as the table is heads. 0 is none.
fn head_row_score(row: &Row, widest: usize) -> u32 {
    let mut known = 0;
    let mut text = 0;
    let mut other = 0;
    let mut serials = 0;
    for cell in row.cells.iter().take(HEAD_COLUMNS).filter(|cell| !cell.is_blank()) {
        let shown = cell.shown();
        if is_period_cell(cell, &shown) {
            text += 1;
        } else if let Cell::Text(content) = cell
            && !looks_like_number(content)
            && content.chars().count() <= 40
        {
            text += 1;
            known += u32::from(is_known_head(content));
        } else if head_serial(cell, DateSystem::From1900).is_some() {
            serials += 1;
        } else {
            other += 1;
        }
    }
    // Bare serials are dates only beside heads that are known; in data they are quantities.
    let (text, other) = if known > 0 { (text + serials, other) } else { (text, other + serials) };
    let filled = text + other;
    let wide_enough = filled as usize * 10 >= widest * 6;
    if filled == 0 || (filled < 2 && widest > 1) || other > text {
        return 0;
    }
    if known == 0 && (!wide_enough || other > 0) {
        return 0;
    }
    known * 20 + if wide_enough { 10 } else { 0 } + text.min(9) - other.min(9).min(text)
}

fn looks_like_number(text: &str) -> bool {
    super::number::parse_amount(text).is_ok()
}

fn is_period_cell(cell: &Cell, shown: &str) -> bool {
    match cell {
        Cell::Date(_) => true,
        Cell::Text(_) => head_period(shown).is_some(),
        _ => false,
    }
}

/// First and last row of the block of heads around its best row.
fn head_block(sheet: &Sheet, best: usize) -> (u32, u32) {
    let number = sheet.rows[best].number;
    let (mut top, mut bottom) = (number, number);
    let width = sheet.rows[best].cells.len();
    let groups = |merge: &&Merge| merge.right > merge.left && !spans_all(merge, width);
    let mut changed = true;
    while changed {
        changed = false;
        for merge in &sheet.merges {
            let touches = merge.top <= bottom && merge.bottom >= top;
            let height = bottom.max(merge.bottom) - top.min(merge.top);
            if touches && height < HEAD_HEIGHT && (merge.top < top || merge.bottom > bottom) {
                (top, bottom) = (top.min(merge.top), bottom.max(merge.bottom));
                changed = true;
            }
        }
    }
    // A group head over single heads, with no vertical merge beside it to tell.
    if top == bottom {
        if sheet.merges.iter().filter(groups).any(|merge| merge.bottom + 1 == top) {
            top -= 1;
        } else if sheet.merges.iter().filter(groups).any(|merge| merge.top == bottom)
            && row_is_text(sheet, bottom + 1)
        {
            bottom += 1;
        }
    }
    (top, bottom)
}

/// A merge over the whole table is a title.
fn spans_all(merge: &Merge, width: usize) -> bool {
    merge.left == 0 && merge.right as usize + 1 >= width
}

fn row_at(sheet: &Sheet, number: u32) -> Option<&Row> {
    let index = sheet.rows.binary_search_by_key(&number, |row| row.number).ok()?;
    sheet.rows.get(index)
}

fn row_is_text(sheet: &Sheet, number: u32) -> bool {
    row_at(sheet, number).is_some_and(|row| {
        row.cells.iter().filter(|cell| !cell.is_blank()).all(|cell| match cell {
            Cell::Text(text) => !looks_like_number(text) || head_period(text).is_some(),
            Cell::Date(_) => true,
            _ => false,
        })
    })
}

/// The cell shown at a place: a merged range shows its first cell everywhere.
fn shown_cell(sheet: &Sheet, row: u32, column: u32) -> Option<&Cell> {
    let inside = |merge: &&Merge| {
        (merge.top..=merge.bottom).contains(&row) && (merge.left..=merge.right).contains(&column)
    };
    let (row, column) =
        sheet.merges.iter().find(inside).map_or((row, column), |merge| (merge.top, merge.left));
    row_at(sheet, row)?.cells.get(column as usize).filter(|cell| !cell.is_blank())
}

fn columns(sheet: &Sheet, top: u32, bottom: u32, date_system: DateSystem) -> Vec<Column> {
    let block = (top..=bottom).filter_map(|number| row_at(sheet, number));
    let mut width = block.map(|row| row.cells.len()).max().unwrap_or(0);
    let below = sheet.rows.iter().filter(|row| row.number > bottom);
    width = below.take(200).map(|row| row.cells.len()).fold(width, usize::max);
    let mut seen: HashMap<String, u32> = HashMap::new();
    let mut columns = Vec::new();
    for index in 0..u32::try_from(width).unwrap_or(u32::MAX) {
        let (mut head, date) = joined_head(sheet, top, bottom, index, date_system);
        let period = date.map(Period::Known).or_else(|| head_period(&head));
        let count = seen.entry(head.clone()).or_default();
        *count += 1;
        if *count > 1 && !head.is_empty() {
            head = format!("{head} ({count})");
        }
        let (_, unit) = split_unit(&head);
        let hidden = sheet.hidden_columns.binary_search(&index).is_ok();
        columns.push(Column { index, head, unit, period, hidden });
    }
    months_of_first_days(&mut columns);
    columns
}

/// The lines of one head from top to bottom, equal neighbours once. A lone date cell also gives
/// its day.
fn joined_head(
    sheet: &Sheet,
    top: u32,
    bottom: u32,
    column: u32,
    date_system: DateSystem,
) -> (String, Option<MonthOrDate>) {
    let mut lines: Vec<String> = Vec::new();
    let mut date = None;
    for row in top..=bottom {
        let Some(cell) = shown_cell(sheet, row, column) else { continue };
        date = match cell {
            Cell::Date(at) => Some(at.date()),
            other => head_serial(other, date_system),
        };
        let line = date.map_or_else(|| tidy(&cell.shown()), |date| date.to_string());
        if lines.last() != Some(&line) {
            lines.push(line);
        }
    }
    (lines.join("/"), date.map(MonthOrDate::Date))
}

/// A number as head that is a day of this century: Excel's own Chinese date formats leave a bare
/// serial in the file.
fn head_serial(cell: &Cell, date_system: DateSystem) -> Option<NaiveDate> {
    let Cell::Number(text) = cell else { return None };
    let date = serial_date(text.parse().ok()?, date_system)?;
    (2000..2100).contains(&date.year()).then_some(date)
}

/// Two or more date heads that are all the first of a month are months: Excel keeps `2026-01`
/// as the first day of January.
fn months_of_first_days(columns: &mut [Column]) {
    let dates: Vec<_> = columns
        .iter()
        .filter_map(|column| match column.period {
            Some(Period::Known(MonthOrDate::Date(date))) => Some(date),
            _ => None,
        })
        .collect();
    if dates.len() < 2 || dates.iter().any(|date| date.day() != 1) {
        return;
    }
    for column in columns {
        if let Some(Period::Known(MonthOrDate::Date(date))) = column.period {
            let month = MonthOrDate::Month { year: date.year(), month: date.month() };
            column.period = Some(Period::Known(month));
        }
    }
}

fn data_rows(
    sheet: &Sheet,
    bottom: u32,
    columns: &[Column],
    hidden: HiddenRows,
) -> (Vec<usize>, Skipped) {
    let mut data = Vec::new();
    let mut skipped = Skipped::default();
    let mut last = bottom;
    for (index, row) in sheet.rows.iter().enumerate().filter(|(_, row)| row.number > bottom) {
        skipped.empty += row.number - last - 1;
        last = row.number;
        if is_total(row) {
            skipped.totals.push(row.number);
        } else if row.hidden && hidden == HiddenRows::Skip {
            skipped.hidden.push(row.number);
        } else if is_heads_again(row, columns) {
            skipped.heads.push(row.number);
        } else if is_note(row) {
            skipped.notes.push(row.number);
        } else {
            data.push(index);
        }
    }
    (data, skipped)
}

fn first_text(row: &Row) -> Option<String> {
    let cell = row.cells.iter().find(|cell| !cell.is_blank())?;
    matches!(cell, Cell::Text(_)).then(|| tidy(&cell.shown()).to_lowercase().replace(' ', ""))
}

/// A row of sums: its first filled cell says so, as 合计:, 护肤类小计, or Total.
fn is_total(row: &Row) -> bool {
    let Some(text) = first_text(row) else { return false };
    let text = text.trim_end_matches([':', '.', '-', ')']);
    let words = ["合计", "总计", "小计", "共计", "总和", "累计"];
    words.iter().any(|word| text.ends_with(word) || text.starts_with(word))
        || ["total", "subtotal", "sub-total", "grandtotal", "sum"].contains(&text)
}

fn is_heads_again(row: &Row, columns: &[Column]) -> bool {
    let mut same = 0;
    for (cell, column) in row.cells.iter().zip(columns) {
        if cell.is_blank() || column.head.is_empty() {
            continue;
        }
        let leaf = column.head.rsplit('/').next().unwrap_or("");
        let shown = tidy(&cell.shown());
        if shown != column.head && shown != leaf {
            return false;
        }
        same += 1;
    }
    same >= 2
}

fn is_note(row: &Row) -> bool {
    const WORDS: [&str; 9] =
        ["注:", "注1", "备注", "说明", "制表", "审核", "打印", "导出时间", "note:"];
    filled_cells(row) <= 2
        && first_text(row).is_some_and(|text| WORDS.iter().any(|word| text.starts_with(word)))
}

/// A four-digit year in the title rows or the sheet's name, when there is exactly one.
fn title_year(sheet: &Sheet, top: u32) -> Option<i32> {
    let titles = sheet.rows.iter().take_while(|row| row.number < top);
    let cells = titles.flat_map(|row| row.cells.iter().map(Cell::shown));
    let mut years: Vec<i32> =
        cells.chain([sheet.name.clone()]).flat_map(|text| years(&tidy(&text))).collect();
    years.sort_unstable();
    years.dedup();
    match years[..] {
        [year] => Some(year),
        _ => None,
    }
}

fn years(text: &str) -> Vec<i32> {
    let runs = text.split(|c: char| !c.is_ascii_digit());
    runs.filter(|run| run.len() == 4)
        .filter_map(|run| run.parse().ok())
        .filter(|year| (2000..=2199).contains(year))
        .collect()
}

/// Address of a cell as Excel writes it: `C7`.
pub fn address(row: u32, column: u32) -> String {
    format!("{}{row}", column_letters(column))
}
