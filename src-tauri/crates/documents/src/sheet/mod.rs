//! Spreadsheets in and out, as values: bytes in, values out and the other way round. No file
//! system, no ledger, no clock; what a SKU is and whether it exists is known elsewhere.
//!
//! The way in: [`read`] gives a [`Book`] of cells; [`Layout`] finds the table in a sheet;
//! [`suggest`] proposes a [`Profile`] (which column feeds which field); [`extract`] reads the
//! sheet by the profile into typed [`ImportRow`]s and lists every [`Problem`] with its place. The
//! way out: [`write_xlsx`], [`write_csv`], and [`template`] for files to fill in.
//!
//! # Codes of a whole file ([`SheetError::code`], [`SheetError::args`])
//! | code | args |
//! |---|---|
//! | `import.file_empty` | |
//! | `import.file_kind_unknown` | name, found (binary, pdf, ods, zip) |
//! | `import.file_kind_differs` | name, found (html, xml, text) |
//! | `import.file_encrypted` | |
//! | `import.file_too_old` | |
//! | `import.file_broken` | place, detail |
//! | `import.file_too_big` | what ([`Bound::word`]), limit, found, place |
//! | `import.no_sheet` | |
//! | `import.sheet_missing` | sheet |
//! | `import.no_header` | sheet |
//! | `import.column_missing` | sheet, field, head |
//! | `import.field_unmapped` | field |
//! | `import.field_unknown` | field |
//! | `import.field_not_wide` | field |
//! | `import.head_year_missing` | sheet, head |
//! | `import.no_periods` | sheet |
//!
//! # Codes of a cell or row ([`Problem::code`]; sheet, row, column, field and value are always there)
//! | code | args |
//! |---|---|
//! | `import.required` | |
//! | `import.duplicate` | `first_row` |
//! | `import.cell_error` | error |
//! | `import.text_too_long` | max |
//! | `import.choice_unknown` | allowed |
//! | `import.code_digits_lost` | digits |
//! | `import.code_scientific` | |
//! | `import.code_is_date` | |
//! | `import.number_unreadable` | |
//! | `import.number_scientific` | |
//! | `import.number_too_long` | |
//! | `import.number_negative` | |
//! | `import.number_not_whole` | |
//! | `import.number_zero` | |
//! | `import.unit_unknown` | unit |
//! | `import.quantity_not_whole` | |
//! | `import.quantity_negative` | |
//! | `import.quantity_too_big` | max |
//! | `import.quantity_in_cartons` | |
//! | `import.percent_out_of_range` | |
//! | `import.percent_is_date` | |
//! | `import.tax_rate_invalid` | |
//! | `import.life_out_of_range` | |
//! | `import.shelf_life_twice` | |
//! | `import.dimensions_unreadable` | |
//! | `import.dimensions_incomplete` | |
//! | `import.floor_above_list` | floor, list |
//! | `import.date_unreadable` | |
//! | `import.date_ambiguous` | |
//! | `import.date_impossible` | |
//! | `import.date_out_of_range` | year |
//! | `import.date_is_month` | |
//! | `import.year_missing` | |
//! | `import.expiry_before_manufacture` | mfg, expiry |
//! | `import.received_before_manufacture` | mfg, received |
//!
//! # Codes of an export ([`WriteError::code`], [`WriteError::args`])
//! | code | args |
//! |---|---|
//! | `export.too_many_rows` | limit, found |
//! | `export.text_too_long` | row, column, limit |
//! | `export.failed` | detail |

mod book;
mod container;
mod date;
mod error;
mod extract;
mod field_table;
mod fields;
mod layout;
mod mapping;
mod number;
mod ole;
mod read;
mod records;
mod rows;
mod template;
mod text;
mod values;
mod write;
mod xls;
mod xls_text;
mod xlsx;
mod xml;

pub use book::{Book, Cell, DateSystem, Limits, Merge, Row, Sheet, column_letters};
pub use date::{MonthOrDate, Period, cell_date, head_period, text_date};
pub use error::{Bound, SheetError};
pub use extract::{Extracted, PROBLEMS_LISTED, Problem, extract};
pub use fields::{Field, Kind, ValueType, head_score, normal_head, split_unit};
pub use layout::{Column, HiddenRows, Layout, Skipped, address};
pub use mapping::{Because, Choice, Options, Profile, Suggestion, suggest};
pub use number::{
    Amount, Fault, Life, LifeUnit, QUANTITY_MAX, count, dimensions_cm, length_cm, life, money,
    parse_amount, quantity, share, tidy, weight_kg,
};
pub use read::read;
pub use rows::{
    AliasRow, At, GoodsRow, ImportRow, LocationRow, OpeningRow, PartnerRow, PriceRow, Record,
    SaleRow,
};
pub use template::{Lang, template};
pub use values::{
    CODE_MAX, LocationKind, PartnerKind, Reading, StockStatus, TEXT_MAX, check, code, date,
    free_text, location_kind, month_or_date, partner_kind, stock_status,
};
pub use write::{
    CsvEncoding, Show, Table, TableColumn, Value, WriteError, guarded, write_csv, write_workbook,
    write_xlsx,
};
