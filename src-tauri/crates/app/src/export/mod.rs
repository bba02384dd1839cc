//! Tables for people and other programs: stock, slow-moving stock, the plan, goods, the journal.
//!
//! Knows which columns a table has and who may see them: columns of money are there only for those
//! who see money. Refuses to know the formats; `documents` guards cells against formulas.

mod heads;
mod tables;

use documents::sheet::{CsvEncoding, Table, Value, write_csv, write_xlsx};
use serde::Deserialize;
use ts_rs::TS;

use crate::{
    Error,
    commands::Call,
    files,
    importing::Exported,
    stock::StatusWord,
    wire::{Day, Id, Lang},
};

/// The head of a column of the table of stock.
pub(crate) fn stock_head(key: &str, lang: Lang) -> String {
    heads::column("stock", key, lang).head
}

/// What a status is called.
pub(crate) fn status_word(status: StatusWord, lang: Lang) -> String {
    heads::word("status", &tables::stable(&status), lang)
}

/// What can be exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TableName {
    /// Stock by lot, place and status.
    Stock,
    /// Slow-moving stock by lot and place.
    Slow,
    /// What to send where.
    Plan,
    /// Goods with their figures.
    Goods,
    /// The journal, newest first.
    Journal,
    /// Prices of goods in channels, for who sees money.
    Prices,
    /// What shops and our rules see differently in paid orders, for who sees money.
    Differences,
}

impl TableName {
    fn word(self) -> &'static str {
        match self {
            Self::Stock => "stock",
            Self::Slow => "slow",
            Self::Plan => "plan",
            Self::Goods => "goods",
            Self::Journal => "journal",
            Self::Prices => "prices",
            Self::Differences => "differences",
        }
    }
}

/// A table to write to a file.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ExportTable {
    /// Which one.
    pub table: TableName,
    /// Where to, `.xlsx` or `.csv`; a file there is replaced.
    pub path: String,
    /// At the end of which day, for stock; now when none is given.
    pub as_of: Option<Day>,
    /// Of which shop, for differences; of all when none is given.
    pub shop: Option<Id>,
    /// Language of heads and words.
    pub lang: Lang,
}

/// What a row says in a column.
pub(crate) type Shown<Row> = fn(&Row) -> Value;

/// A column of a table and what stands in it.
pub(crate) struct Filled<Row> {
    /// Its key in the table of words.
    pub(crate) key: &'static str,
    /// Its value in a row.
    pub(crate) value: Shown<Row>,
}

/// Puts rows under the heads of a table.
fn fill<Row>(name: &str, lang: Lang, columns: &[Filled<Row>], rows: &[Row]) -> Table {
    let heads = columns.iter().map(|column| heads::column(name, column.key, lang));
    let cells = |row| columns.iter().map(|column| (column.value)(row)).collect();
    Table {
        name: heads::word(name, "name", lang),
        columns: heads.collect(),
        rows: rows.iter().map(cells).collect(),
    }
}

pub(crate) fn export(call: &Call, input: ExportTable) -> Result<Exported, Error> {
    let path = files::target(&input.path, &["xlsx", "csv"])?;
    if input.as_of.is_some() && input.table != TableName::Stock {
        let table = input.table.word();
        return Err(Error::refused("export.no_past", [("table", table.into())]));
    }
    if input.shop.is_some() && input.table != TableName::Differences {
        let table = input.table.word();
        return Err(Error::refused("export.no_shop", [("table", table.into())]));
    }
    call.session.step("export.read", 0, 0)?;
    let table = match input.table {
        TableName::Stock => tables::stock(call, input.as_of, input.lang)?,
        TableName::Slow => tables::slow(call, input.lang)?,
        TableName::Plan => tables::plan(call, input.lang)?,
        TableName::Goods => tables::goods(call, input.lang)?,
        TableName::Journal => tables::journal(call, input.lang)?,
        TableName::Prices => tables::prices(call, input.lang)?,
        TableName::Differences => tables::differences(call, input.shop, input.lang)?,
    };
    call.session.step("export.write", 0, table.rows.len())?;
    let written = if files::ending(&path).is_some_and(|ending| ending == "csv") {
        // With the mark that Excel needs to read Chinese.
        write_csv(&table, CsvEncoding::Utf8Bom)
    } else {
        write_xlsx(&table)
    };
    let bytes = written.map_err(|error| Error {
        args: error.args().into_iter().map(|(name, value)| (name.into(), value.into())).collect(),
        ..Error::refused(error.code(), [])
    })?;
    files::write_whole(&path, &bytes)?;
    call.app.wrote(path.clone(), None);
    let rows = u32::try_from(table.rows.len()).unwrap_or(u32::MAX);
    Ok(Exported { path: path.display().to_string(), rows })
}
