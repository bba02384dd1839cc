//! Writes tables: xlsx for people, csv for other programs. The same values give the same bytes.
//! Text stays text, so codes keep leading zeros and all digits (in xlsx; a csv opened in Excel by
//! double click loses them whatever is written). No cell is ever a formula.

use chrono::{Datelike, NaiveDate};
use encoding_rs::GB18030;
use rust_decimal::Decimal;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, IgnoreError, Workbook,
    Worksheet, XlsxError,
};
use thiserror::Error;

/// Rows of a sheet, the head included.
const ROWS_MAX: usize = 1_048_576;
/// UTF-16 units of one cell.
const TEXT_MAX: usize = 32_767;
/// Excel keeps so many digits of a number.
const DIGITS_MAX: usize = 15;

/// How a column's numbers are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Show {
    /// Text, also for codes made of digits.
    Text,
    /// Whole numbers.
    Integer,
    /// Numbers with the decimals they have.
    Decimal,
    /// Money: at least two decimals, more when the amount has more; never rounded.
    Money,
    /// Days.
    Date,
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableColumn {
    /// Head.
    pub head: String,
    /// How it is shown.
    pub show: Show,
}

/// One value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    Empty,
    /// Text.
    Text(String),
    /// Whole number.
    Integer(i64),
    /// Exact decimal.
    Decimal(Decimal),
    /// Day.
    Date(NaiveDate),
}

/// A table with one line of heads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Sheet name; signs that Excel forbids become blanks, and only 31 characters are kept.
    pub name: String,
    /// Columns.
    pub columns: Vec<TableColumn>,
    /// Rows; a short row ends early.
    pub rows: Vec<Vec<Value>>,
}

impl Table {
    /// An empty table of those columns.
    pub fn new(name: &str, columns: &[(&str, Show)]) -> Self {
        let column =
            |(head, show): &(&str, Show)| TableColumn { head: (*head).to_owned(), show: *show };
        let columns = columns.iter().map(column).collect();
        Table { name: name.to_owned(), columns, rows: Vec::new() }
    }
}

/// Encoding of a csv file: which one is right depends on who reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CsvEncoding {
    /// UTF-8 behind a byte order mark: Excel.
    Utf8Bom,
    /// UTF-8 without: most programs.
    Utf8,
    /// GB18030: Chinese ERP and shop tools.
    Gb18030,
}

/// Why a table cannot be written.
#[derive(Debug, Error)]
pub enum WriteError {
    /// More rows than a sheet holds.
    #[error("{found} rows, a sheet holds {ROWS_MAX}")]
    TooManyRows {
        /// Rows with the head.
        found: usize,
    },
    /// More text than a cell holds.
    #[error("text too long in row {row}, column {column}")]
    TextTooLong {
        /// Row as Excel numbers it.
        row: usize,
        /// Column letters.
        column: String,
    },
    /// The writer of the format refused.
    #[error("cannot write: {0}")]
    Failed(String),
}

impl WriteError {
    /// Stable dotted code.
    pub fn code(&self) -> &'static str {
        match self {
            WriteError::TooManyRows { .. } => "export.too_many_rows",
            WriteError::TextTooLong { .. } => "export.text_too_long",
            WriteError::Failed(_) => "export.failed",
        }
    }

    /// Values for the sentence, by name.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            WriteError::TooManyRows { found } => {
                vec![("limit", ROWS_MAX.to_string()), ("found", found.to_string())]
            }
            WriteError::TextTooLong { row, column } => vec![
                ("row", row.to_string()),
                ("column", column.clone()),
                ("limit", TEXT_MAX.to_string()),
            ],
            WriteError::Failed(detail) => vec![("detail", detail.clone())],
        }
    }
}

impl From<XlsxError> for WriteError {
    fn from(error: XlsxError) -> Self {
        WriteError::Failed(error.to_string())
    }
}

/// One table as a workbook.
pub fn write_xlsx(table: &Table) -> Result<Vec<u8>, WriteError> {
    write_workbook(std::slice::from_ref(table))
}

/// Several tables as the sheets of one workbook.
pub fn write_workbook(tables: &[Table]) -> Result<Vec<u8>, WriteError> {
    let mut workbook = Workbook::new();
    // The day of writing would make the same table different bytes each time.
    let fixed = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&fixed));
    for table in tables {
        check(table)?;
        let sheet = workbook.add_worksheet();
        sheet.set_name(sheet_name(&table.name))?;
        write_sheet(sheet, table)?;
    }
    Ok(workbook.save_to_buffer()?)
}

fn check(table: &Table) -> Result<(), WriteError> {
    let found = table.rows.len() + 1;
    if found > ROWS_MAX {
        return Err(WriteError::TooManyRows { found });
    }
    for (index, row) in table.rows.iter().enumerate() {
        for (column, value) in row.iter().enumerate() {
            if let Value::Text(text) = value
                && text.len() > TEXT_MAX
                && text.encode_utf16().count() > TEXT_MAX
            {
                let column = super::column_letters(u32::try_from(column).unwrap_or(u32::MAX));
                return Err(WriteError::TextTooLong { row: index + 2, column });
            }
        }
    }
    Ok(())
}

fn sheet_name(name: &str) -> String {
    let clean = |c: char| if "[]:*?/\\'".contains(c) || c.is_control() { ' ' } else { c };
    let mut kept = String::new();
    for c in name.chars().map(clean) {
        if kept.encode_utf16().count() + c.len_utf16() > 31 {
            break;
        }
        kept.push(c);
    }
    let kept = kept.trim();
    if kept.is_empty() { "Sheet".to_owned() } else { kept.to_owned() }
}

fn write_sheet(sheet: &mut Worksheet, table: &Table) -> Result<(), WriteError> {
    let head = Format::new().set_bold().set_border_bottom(FormatBorder::Thin);
    let text = Format::new().set_num_format("@");
    let right = |code: &str| Format::new().set_num_format(code).set_align(FormatAlign::Right);
    sheet.set_freeze_panes(1, 0)?;
    for (index, column) in table.columns.iter().enumerate() {
        let index = u16::try_from(index).map_err(|error| WriteError::Failed(error.to_string()))?;
        sheet.write_string_with_format(0, index, &column.head, &head)?;
        let format = match column.show {
            Show::Text => text.clone(),
            Show::Integer => right("0"),
            Show::Decimal => right("General"),
            Show::Money => right("#,##0.00##"),
            Show::Date => Format::new().set_num_format("yyyy-mm-dd"),
        };
        sheet.set_column_format(index, &format)?;
        let mut width = shown_width(&column.head);
        for (row, values) in (1..).zip(&table.rows) {
            let Some(value) = values.get(usize::from(index)) else { continue };
            width = width.max(value_width(value));
            write_value(sheet, row, index, value, &format, &text)?;
        }
        sheet.set_column_width(index, width.clamp(6, 60) + 2)?;
    }
    let last = u32::try_from(table.rows.len()).unwrap_or(u32::MAX);
    let width = u16::try_from(table.columns.len()).unwrap_or(u16::MAX);
    if last > 0 && width > 0 {
        // Codes of digits kept as text are meant so: no green corners.
        sheet.ignore_error_range(1, 0, last, width - 1, IgnoreError::NumberStoredAsText)?;
    }
    Ok(())
}

fn write_value(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    value: &Value,
    format: &Format,
    text_format: &Format,
) -> Result<(), WriteError> {
    match value {
        Value::Empty => {}
        Value::Text(text) if text.is_empty() => {}
        Value::Text(text) => {
            sheet.write_string_with_format(row, column, text, text_format)?;
        }
        Value::Integer(number) => {
            write_number(sheet, row, column, &number.to_string(), (format, text_format))?;
        }
        Value::Decimal(number) => {
            let plain = number.normalize().to_string();
            write_number(sheet, row, column, &plain, (format, text_format))?;
        }
        Value::Date(date) => {
            let (year, month, day) = (date.year(), date.month(), date.day());
            let whole = |number: u32| u8::try_from(number).unwrap_or(u8::MAX);
            let inside = u16::try_from(year).ok().filter(|year| (1900..=9999).contains(year));
            match inside {
                Some(year) => {
                    let date = ExcelDateTime::from_ymd(year, whole(month), whole(day))?;
                    sheet.write_datetime_with_format(row, column, &date, format)?;
                }
                None => {
                    sheet.write_string_with_format(row, column, date.to_string(), text_format)?;
                }
            }
        }
    }
    Ok(())
}

/// A number that Excel would cut to 15 digits is written as text.
fn write_number(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    plain: &str,
    (format, text_format): (&Format, &Format),
) -> Result<(), WriteError> {
    let digits = plain.bytes().filter(u8::is_ascii_digit).count();
    match plain.parse::<f64>() {
        Ok(number) if digits <= DIGITS_MAX => {
            sheet.write_number_with_format(row, column, number, format)?;
        }
        _ => {
            sheet.write_string_with_format(row, column, plain, text_format)?;
        }
    }
    Ok(())
}

/// Widths in characters of the standard font; a Chinese one takes two.
fn shown_width(text: &str) -> u16 {
    let widest = text.lines().map(|line| {
        line.chars().map(|c| if u32::from(c) >= 0x1100 { 2 } else { 1 }).sum::<usize>()
    });
    u16::try_from(widest.max().unwrap_or(0)).unwrap_or(u16::MAX)
}

fn value_width(value: &Value) -> u16 {
    match value {
        Value::Empty => 0,
        Value::Text(text) => shown_width(text),
        Value::Integer(number) => shown_width(&number.to_string()),
        // Separators and two decimals.
        Value::Decimal(number) => shown_width(&number.to_string()).saturating_add(4),
        Value::Date(_) => 10,
    }
}

/// One table as csv: comma, quotes where needed, CRLF. Text that a spreadsheet would take for a
/// formula gets a leading `'`, as does text that begins with one; reading it back drops it.
pub fn write_csv(table: &Table, encoding: CsvEncoding) -> Result<Vec<u8>, WriteError> {
    let failed = |error: csv::Error| WriteError::Failed(error.to_string());
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .flexible(true)
        .from_writer(Vec::new());
    let heads = table.columns.iter().map(|column| guarded(&column.head));
    writer.write_record(heads).map_err(failed)?;
    for row in &table.rows {
        let cells = table.columns.iter().enumerate().map(|(index, column)| {
            row.get(index).map_or_else(String::new, |value| csv_cell(value, column.show))
        });
        writer.write_record(cells).map_err(failed)?;
    }
    let bytes = writer.into_inner().map_err(|error| WriteError::Failed(error.to_string()))?;
    Ok(match encoding {
        CsvEncoding::Utf8 => bytes,
        CsvEncoding::Utf8Bom => [b"\xef\xbb\xbf".as_slice(), &bytes].concat(),
        CsvEncoding::Gb18030 => {
            let text =
                String::from_utf8(bytes).map_err(|error| WriteError::Failed(error.to_string()))?;
            GB18030.encode(&text).0.into_owned()
        }
    })
}

fn csv_cell(value: &Value, show: Show) -> String {
    match value {
        Value::Empty => String::new(),
        Value::Text(text) => guarded(text),
        Value::Integer(number) => number.to_string(),
        Value::Decimal(number) if show == Show::Money => {
            let plain = number.normalize();
            if plain.scale() < 2 { format!("{plain:.2}") } else { plain.to_string() }
        }
        Value::Decimal(number) => number.normalize().to_string(),
        Value::Date(date) => date.to_string(),
    }
}

/// Text that no spreadsheet takes for a formula: what looks like one gets a `'` before it.
pub fn guarded(text: &str) -> String {
    // Excel looks past blanks before it decides what a formula is, and takes full-width signs too.
    let start = text.trim_start_matches(|c: char| c.is_whitespace() && !matches!(c, '\t' | '\r'));
    let signs = ['=', '+', '-', '@', '\t', '\r', '\'', '＝', '＋', '－', '＠'];
    if start.starts_with(signs) { format!("'{text}") } else { text.to_owned() }
}
