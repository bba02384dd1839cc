//! Files to fill in: one sheet with heads and a sample row, one that says what each column means.
//! Knows the field table only.

use super::fields::{Field, Kind, ValueType};
use super::write::{Show, Table, Value, WriteError, write_workbook};

/// Language of a template's heads and notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lang {
    /// Chinese.
    Zh,
    /// English.
    En,
}

/// The template of a kind as xlsx. Imported as it is, its sample row gives one row without
/// problems.
pub fn template(kind: Kind, lang: Lang) -> Result<Vec<u8>, WriteError> {
    let fields = kind.fields();
    let heads: Vec<(&str, Show)> =
        fields.iter().map(|field| (head(field, lang), Show::Text)).collect();
    let mut data = Table::new(sheet_name(kind, lang), &heads);
    data.rows
        .push(fields.iter().map(|field| Value::Text(sample(field, lang).to_owned())).collect());
    let (title, columns) = match lang {
        Lang::Zh => ("填写说明", ["列", "含义", "必填", "示例"]),
        Lang::En => ("Notes", ["Column", "Meaning", "Required", "Sample"]),
    };
    let mut notes = Table::new(title, &columns.map(|column| (column, Show::Text)));
    for field in fields {
        let (note, yes) = match lang {
            Lang::Zh => (field.note_zh, "是"),
            Lang::En => (field.note_en, "yes"),
        };
        let required = if field.required { yes } else { "" };
        let row = [head(field, lang), note, required, sample(field, lang)];
        notes.rows.push(row.iter().map(|text| Value::Text((*text).to_owned())).collect());
    }
    write_workbook(&[data, notes])
}

fn head(field: &Field, lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => field.zh,
        Lang::En => field.en,
    }
}

/// Words of choice are given in the template's language.
fn sample(field: &Field, lang: Lang) -> &'static str {
    match (lang, field.value) {
        (Lang::En, ValueType::LocationKind) => "platform",
        (Lang::En, ValueType::PartnerKind) => "factory",
        (Lang::En, ValueType::StockStatus) => "good",
        _ => field.sample,
    }
}

fn sheet_name(kind: Kind, lang: Lang) -> &'static str {
    match (kind, lang) {
        (Kind::Goods, Lang::Zh) => "货品",
        (Kind::Goods, Lang::En) => "Goods",
        (Kind::Aliases, Lang::Zh) => "对应码",
        (Kind::Aliases, Lang::En) => "Aliases",
        (Kind::Locations, Lang::Zh) => "库位",
        (Kind::Locations, Lang::En) => "Locations",
        (Kind::OpeningStock, Lang::Zh) => "期初库存",
        (Kind::OpeningStock, Lang::En) => "Opening stock",
        (Kind::Sales, Lang::Zh) => "日销",
        (Kind::Sales, Lang::En) => "Sales by day",
        (Kind::Prices, Lang::Zh) => "渠道价格",
        (Kind::Prices, Lang::En) => "Channel prices",
        (Kind::Partners, Lang::Zh) => "往来单位",
        (Kind::Partners, Lang::En) => "Partners",
    }
}
