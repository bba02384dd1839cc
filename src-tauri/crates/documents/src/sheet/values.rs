//! One cell to one typed value, by the field's type. Knows the words for the kinds of places,
//! partners and statuses; refuses to know other cells of the row.

use super::book::{Cell, DateSystem};
use super::date::{MonthOrDate, cell_date};
use super::fields::ValueType;
use super::number::{self, Fault, Life, LifeUnit, tidy};
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// The longest text taken for a name or address, in characters.
pub const TEXT_MAX: usize = 500;
/// The longest code, in characters.
pub const CODE_MAX: usize = 80;

/// What a place of stock is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LocationKind {
    /// Our own warehouse.
    Own,
    /// A platform's warehouse.
    Platform,
    /// A factory.
    Factory,
    /// A consignee's place.
    Consignee,
}

/// What a partner is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartnerKind {
    /// OEM factory.
    Factory,
    /// Supplier of bottles, boxes, labels.
    PackagingSupplier,
    /// Marketplace.
    Platform,
    /// Carrier.
    Carrier,
    /// Buyer of clearance stock.
    Clearance,
    /// Distributor.
    Distributor,
}

/// State of stock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StockStatus {
    /// Waiting for inspection.
    Quarantine,
    /// Sellable.
    Good,
    /// On hold.
    Blocked,
    /// Not sellable.
    Defective,
}

const LOCATION_KINDS: &[(LocationKind, &[&str])] = &[
    (
        LocationKind::Own,
        &["自营仓", "自有仓", "自营", "自有", "中心仓", "总仓", "实体仓", "own", "own warehouse"],
    ),
    (
        LocationKind::Platform,
        &["平台仓", "平台", "云仓", "入仓", "前置仓", "platform", "platform warehouse", "fba"],
    ),
    (LocationKind::Factory, &["工厂", "代工厂", "工厂仓", "factory"]),
    (
        LocationKind::Consignee,
        &["寄售", "寄售点", "代销", "代销点", "门店", "consignee", "consigned"],
    ),
];

const PARTNER_KINDS: &[(PartnerKind, &[&str])] = &[
    (PartnerKind::Factory, &["工厂", "代工厂", "加工厂", "生产厂", "oem", "factory"]),
    (
        PartnerKind::PackagingSupplier,
        &[
            "包材供应商",
            "包材商",
            "包材",
            "供应商",
            "packaging supplier",
            "packaging_supplier",
            "supplier",
        ],
    ),
    (PartnerKind::Platform, &["平台", "电商平台", "platform", "marketplace"]),
    (PartnerKind::Carrier, &["承运商", "物流", "物流商", "快递", "carrier"]),
    (PartnerKind::Clearance, &["清仓渠道", "清仓平台", "尾货商", "clearance"]),
    (PartnerKind::Distributor, &["经销商", "分销商", "代理商", "distributor", "wholesaler"]),
];

const STOCK_STATUSES: &[(StockStatus, &[&str])] = &[
    (
        StockStatus::Good,
        &[
            "良品",
            "正品",
            "可用",
            "正常",
            "合格",
            "可售",
            "良",
            "正",
            "good",
            "sellable",
            "available",
        ],
    ),
    (StockStatus::Quarantine, &["待检", "待验", "待质检", "quarantine"]),
    (StockStatus::Blocked, &["冻结", "锁定", "暂停", "blocked", "on hold", "hold"]),
    (
        StockStatus::Defective,
        &[
            "不良",
            "不良品",
            "次品",
            "残次",
            "残次品",
            "残品",
            "次",
            "残",
            "不合格",
            "defective",
            "damaged",
            "unsellable",
        ],
    ),
];

/// What the reading of a cell depends on besides the cell.
#[derive(Debug, Clone, Copy, Default)]
pub struct Reading<'a> {
    /// What the workbook's serial dates count from.
    pub date_system: DateSystem,
    /// Pieces in a carton, when the user said so.
    pub carton_units: Option<u32>,
    /// Unit in the column's head.
    pub head_unit: Option<&'a str>,
}

/// Whether a cell can be read as that type.
pub fn check(cell: &Cell, value: ValueType, reading: Reading<'_>) -> Result<(), Fault> {
    let text = cell.shown();
    let unit = reading.head_unit;
    match value {
        ValueType::Code => code(cell).map(drop),
        ValueType::Text => free_text(cell).map(drop),
        ValueType::Quantity => {
            numeric(cell)?;
            number::quantity(&text, unit, reading.carton_units).map(drop)
        }
        ValueType::Count => number::count(&text).map(drop),
        ValueType::Money => number::money(&text, unit).map(drop),
        ValueType::Length => number::length_cm(&text, unit).map(drop),
        ValueType::Dimensions => number::dimensions_cm(&text, unit).map(drop),
        ValueType::Weight => number::weight_kg(&text, unit).map(drop),
        ValueType::LifeMonths => number::life(&text, unit, LifeUnit::Month).map(drop),
        ValueType::LifeDays => number::life(&text, unit, LifeUnit::Day).map(drop),
        ValueType::Share => number::share(&share_text(cell)?).map(drop),
        ValueType::TaxRate => tax_rate(cell).map(drop),
        ValueType::Date => date(cell, reading.date_system).map(drop),
        ValueType::MonthOrDate => cell_date(cell, reading.date_system).map(drop),
        ValueType::LocationKind => location_kind(cell).map(drop),
        ValueType::PartnerKind => partner_kind(cell).map(drop),
        ValueType::StockStatus => stock_status(cell).map(drop),
    }
}

fn error_free(cell: &Cell) -> Result<(), Fault> {
    match cell {
        Cell::Error(error) => Err(Fault::new("import.cell_error").with("error", error)),
        _ => Ok(()),
    }
}

/// A number may be a number or text; a date or TRUE is none.
fn numeric(cell: &Cell) -> Result<(), Fault> {
    error_free(cell)?;
    match cell {
        Cell::Date(_) | Cell::Bool(_) => Err(Fault::new("import.number_unreadable")),
        _ => Ok(()),
    }
}

/// An identifier. Excel keeps 15 digits of a number: a longer one has lost its end, and one shown
/// as 6.91E+12 has lost it in text.
pub fn code(cell: &Cell) -> Result<String, Fault> {
    error_free(cell)?;
    match cell {
        Cell::Number(text) => {
            let digits = text.trim_start_matches('-');
            if !digits.contains('.') && digits.len() > 15 {
                return Err(Fault::new("import.code_digits_lost").with("digits", digits.len()));
            }
            Ok(text.clone())
        }
        Cell::Date(_) | Cell::Bool(_) => Err(Fault::new("import.code_is_date")),
        _ => {
            let text = tidy(&cell.shown());
            if is_scientific(&text) {
                return Err(Fault::new("import.code_scientific"));
            }
            short(text, CODE_MAX)
        }
    }
}

/// `6.91E+12`: with a decimal point or a sign in the exponent, so that a code like 12E5 passes.
fn is_scientific(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else { return false };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let signed = exponent.strip_prefix(['+', '-']);
    let plain_mantissa = match mantissa.split_once('.') {
        Some((whole, fraction)) => digits(whole) && digits(fraction),
        None => digits(mantissa) && signed.is_some(),
    };
    plain_mantissa && digits(signed.unwrap_or(exponent))
}

/// Free text, trimmed, blanks of all kinds as one space.
pub fn free_text(cell: &Cell) -> Result<String, Fault> {
    error_free(cell)?;
    let shown = cell.shown();
    let trimmed = shown.trim_matches(super::text::is_blank);
    let trimmed = trimmed.strip_prefix('\'').unwrap_or(trimmed);
    // Full-width signs in names are meant: only blanks are evened out.
    let words: Vec<&str> = trimmed.split(super::text::is_blank).filter(|w| !w.is_empty()).collect();
    short(words.join(" "), TEXT_MAX)
}

fn short(text: String, max: usize) -> Result<String, Fault> {
    if text.chars().count() > max {
        return Err(Fault::new("import.text_too_long").with("max", max));
    }
    Ok(text)
}

/// A day; a month alone is refused.
pub fn date(cell: &Cell, date_system: DateSystem) -> Result<NaiveDate, Fault> {
    error_free(cell)?;
    match cell_date(cell, date_system)? {
        MonthOrDate::Date(date) => Ok(date),
        MonthOrDate::Month { .. } => Err(Fault::new("import.date_is_month")),
    }
}

/// A day or a month.
pub fn month_or_date(cell: &Cell, date_system: DateSystem) -> Result<MonthOrDate, Fault> {
    error_free(cell)?;
    cell_date(cell, date_system)
}

/// A share's text: `2/3` typed into Excel has become a day, which is refused with the way out.
pub(crate) fn share_text(cell: &Cell) -> Result<String, Fault> {
    match cell {
        Cell::Date(_) => Err(Fault::new("import.percent_is_date")),
        _ => number_text(cell),
    }
}

/// A number field's text, after the cells that hold no number are refused.
pub(crate) fn number_text(cell: &Cell) -> Result<String, Fault> {
    numeric(cell)?;
    Ok(cell.shown())
}

fn choice<T: Copy>(cell: &Cell, table: &[(T, &[&str])]) -> Result<T, Fault> {
    error_free(cell)?;
    let text = tidy(&cell.shown()).to_lowercase();
    let found = table.iter().find(|(_, words)| words.contains(&text.as_str()));
    found.map(|(kind, _)| *kind).ok_or_else(|| {
        let allowed: Vec<&str> = table.iter().map(|(_, words)| words[0]).collect();
        Fault::new("import.choice_unknown").with("allowed", allowed.join(" "))
    })
}

/// The kind of a place, by its Chinese or English word.
pub fn location_kind(cell: &Cell) -> Result<LocationKind, Fault> {
    choice(cell, LOCATION_KINDS)
}

/// The kind of a partner, by its Chinese or English word.
pub fn partner_kind(cell: &Cell) -> Result<PartnerKind, Fault> {
    choice(cell, PARTNER_KINDS)
}

/// A status of stock, by its Chinese or English word.
pub fn stock_status(cell: &Cell) -> Result<StockStatus, Fault> {
    choice(cell, STOCK_STATUSES)
}

/// Whole units; see [`number::quantity`].
pub(crate) fn quantity(cell: &Cell, reading: Reading<'_>) -> Result<i64, Fault> {
    number::quantity(&number_text(cell)?, reading.head_unit, reading.carton_units)
}

/// A rate of tax; see [`number::tax_rate`].
pub(crate) fn tax_rate(cell: &Cell) -> Result<Decimal, Fault> {
    number::tax_rate(&number_text(cell)?)
}

/// Money; see [`number::money`].
pub(crate) fn money(cell: &Cell, reading: Reading<'_>) -> Result<Decimal, Fault> {
    number::money(&number_text(cell)?, reading.head_unit)
}

/// A shelf life; see [`number::life`].
pub(crate) fn life(cell: &Cell, reading: Reading<'_>, unit: LifeUnit) -> Result<Life, Fault> {
    number::life(&number_text(cell)?, reading.head_unit, unit)
}
