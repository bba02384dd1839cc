//! The fields that each kind of import can take, as data: type, whether required, the heads under
//! which real exports carry them, and the words of the templates. Knows no file.

use serde::{Deserialize, Serialize};

/// What a file is imported as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Goods with their master data.
    Goods,
    /// Codes that others use for our goods.
    Aliases,
    /// Warehouses, platform warehouses, factories as places of stock.
    Locations,
    /// Stock at the day of going live.
    OpeningStock,
    /// Units sold by day (or month) and place.
    Sales,
    /// Factories, suppliers, platforms.
    Partners,
    /// Prices of goods in channels.
    Prices,
}

impl Kind {
    /// All kinds, in the order in which a workspace is filled.
    pub const ALL: [Kind; 7] = [
        Kind::Goods,
        Kind::Aliases,
        Kind::Partners,
        Kind::Locations,
        Kind::OpeningStock,
        Kind::Sales,
        Kind::Prices,
    ];

    /// The fields of this kind, in the order of the template's columns.
    pub fn fields(self) -> &'static [Field] {
        super::field_table::of(self)
    }

    /// Its word in profiles, the field table and the command line.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Goods => "goods",
            Kind::Aliases => "aliases",
            Kind::Locations => "locations",
            Kind::OpeningStock => "opening_stock",
            Kind::Sales => "sales",
            Kind::Partners => "partners",
            Kind::Prices => "prices",
        }
    }

    /// The field of that id.
    pub fn field(self, id: &str) -> Option<&'static Field> {
        self.fields().iter().find(|field| field.id == id)
    }
}

/// How the cells of a field are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ValueType {
    /// An identifier: text, or a number of at most 15 digits taken as its digits.
    Code,
    /// Free text.
    Text,
    /// Whole units of a SKU, not negative.
    Quantity,
    /// A whole number from 0 on.
    Count,
    /// Money in the workspace's currency, not negative.
    Money,
    /// Centimetres.
    Length,
    /// Three lengths in one cell.
    Dimensions,
    /// Kilograms.
    Weight,
    /// A shelf life whose bare number means months.
    LifeMonths,
    /// A shelf life whose bare number means days.
    LifeDays,
    /// A share from 0 to 1.
    Share,
    /// A rate of tax from 0 to under 1.
    TaxRate,
    /// A day.
    Date,
    /// A day or a month.
    MonthOrDate,
    /// See [`super::LocationKind`].
    LocationKind,
    /// See [`super::PartnerKind`].
    PartnerKind,
    /// See [`super::StockStatus`].
    StockStatus,
}

impl ValueType {
    /// The type of that word in the field table.
    pub(super) fn of_word(word: &str) -> Option<Self> {
        Some(match word {
            "code" => ValueType::Code,
            "text" => ValueType::Text,
            "quantity" => ValueType::Quantity,
            "count" => ValueType::Count,
            "money" => ValueType::Money,
            "length" => ValueType::Length,
            "dimensions" => ValueType::Dimensions,
            "weight" => ValueType::Weight,
            "life_months" => ValueType::LifeMonths,
            "life_days" => ValueType::LifeDays,
            "share" => ValueType::Share,
            "tax_rate" => ValueType::TaxRate,
            "date" => ValueType::Date,
            "month_or_date" => ValueType::MonthOrDate,
            "location_kind" => ValueType::LocationKind,
            "partner_kind" => ValueType::PartnerKind,
            "stock_status" => ValueType::StockStatus,
            _ => return None,
        })
    }
}

/// One target field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Stable id; profiles and messages carry it.
    pub id: &'static str,
    /// How its cells are read.
    pub value: ValueType,
    /// A row without it is refused.
    pub required: bool,
    /// Head in the Chinese template.
    pub zh: &'static str,
    /// Head in the English template.
    pub en: &'static str,
    /// What it means, for the notes sheet.
    pub note_zh: &'static str,
    /// The same in English.
    pub note_en: &'static str,
    /// The template's sample cell; empty leaves it blank.
    pub sample: &'static str,
    /// Other heads that mean this field, best first; compared by [`normal_head`].
    pub names: Vec<&'static str>,
    /// All heads of this field as [`normal_head`] gives them, the template's first.
    pub(super) normal: Vec<String>,
}

/// A head as it is compared: lower case, half-width, without blanks, marks of obligation and
/// joining signs.
pub fn normal_head(head: &str) -> String {
    super::number::tidy(head)
        .to_lowercase()
        .chars()
        .filter(|c| !matches!(c, ' ' | '*' | '_' | '-' | ':' | '.' | '"' | '/' | '#' | '\n'))
        .collect()
}

/// Splits the unit off a head: `数量(件)` is 数量 and 件. Brackets that hold anything but a unit
/// stay in the head.
pub fn split_unit(head: &str) -> (String, Option<String>) {
    let tidied =
        super::number::tidy(head).replace(['[', '【', '〔'], "(").replace([']', '】', '〕'], ")");
    if let Some((before, bracket)) = tidied.rsplit_once('(')
        && let Some(unit) = bracket.strip_suffix(')')
    {
        let unit = unit.trim().trim_start_matches("单位").trim_start_matches([':', ' ']);
        let measure = unit.split('/').next().unwrap_or(unit);
        if super::number::is_unit(measure) {
            return (before.trim().to_owned(), Some(unit.to_lowercase()));
        }
    }
    (tidied, None)
}

/// The ways in which a head may carry its name: whole, without what stands in brackets, and the
/// lower line of a joined two-line head, which says what the column is.
struct Spellings {
    full: String,
    cut: String,
    leaf: String,
}

impl Spellings {
    fn of(head: &str) -> Self {
        let (bare, _) = split_unit(head);
        let full = normal_head(&bare);
        let leaf = bare.rsplit('/').next().map(normal_head).unwrap_or_default();
        let cut = full.split('(').next().unwrap_or(&full).to_owned();
        Spellings { full, cut, leaf }
    }
}

/// How well a head names a field, 0 to 100: its template heads and other names count alike, those
/// further back in the table a little less.
pub fn head_score(field: &Field, head: &str) -> u32 {
    let spelled = Spellings::of(head);
    let best = (0..).zip(&field.normal).map(|(rank, name)| {
        let rank: u32 = std::cmp::min(rank, 14);
        if *name == spelled.full || *name == spelled.cut {
            100 - rank
        } else if *name == spelled.leaf {
            90 - rank
        } else {
            similar(name, &spelled.full)
        }
    });
    best.max().unwrap_or(0)
}

/// True when the head is a name of any field of any kind.
pub(super) fn is_known_head(head: &str) -> bool {
    let spelled = Spellings::of(head);
    let known = super::field_table::known_names();
    [spelled.full, spelled.cut, spelled.leaf].iter().any(|name| known.contains(name.as_str()))
}

/// One name inside the other scores by how much of the longer one it covers; too short a name
/// inside a long head says nothing.
fn similar(name: &str, head: &str) -> u32 {
    let (name_length, head_length) = (name.chars().count(), head.chars().count());
    let (short, long) = (name_length.min(head_length), name_length.max(head_length));
    let wide = !name.is_ascii();
    if short < if wide { 2 } else { 4 } || !(head.contains(name) || name.contains(head)) {
        return 0;
    }
    let covered = u32::try_from(short * 70 / long).unwrap_or(0);
    if covered >= 35 { covered } else { 0 }
}
