//! The rows that an import hands on: typed, complete where required, each with its place in the
//! file. Whether a SKU or a place exists is for the ledger to say.

use super::book::column_letters;
use super::date::MonthOrDate;
use super::number::Life;
use super::values::{LocationKind, PartnerKind, StockStatus};
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// Where a row came from; for a row out of a wide table also its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct At {
    /// Row as Excel numbers it.
    pub row: u32,
    /// Column from 0, where one row of the sheet gives many.
    pub column: Option<u32>,
}

impl std::fmt::Display for At {
    /// `7`, or `C7` with a column.
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.column {
            Some(column) => write!(out, "{}{}", column_letters(column), self.row),
            None => write!(out, "{}", self.row),
        }
    }
}

/// One row of goods. Absent optional cells are none, so that an import of prices alone leaves the
/// rest of the master data as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoodsRow {
    /// Our code.
    pub sku: String,
    /// Chinese name.
    pub name_zh: String,
    /// English name.
    pub name_en: Option<String>,
    /// Brand.
    pub brand: Option<String>,
    /// Category.
    pub category: Option<String>,
    /// Size, shade, content.
    pub spec: Option<String>,
    /// Retail barcode, unchecked.
    pub gtin: Option<String>,
    /// Base unit.
    pub unit: Option<String>,
    /// Pieces in an outer carton, at least 1.
    pub pcs_per_carton: Option<u32>,
    /// Length, width, height of the outer carton in centimetres; all three or none.
    pub carton_cm: Option<[Decimal; 3]>,
    /// Gross weight of a full carton in kilograms.
    pub carton_gross_kg: Option<Decimal>,
    /// Shelf life.
    pub shelf_life: Option<Life>,
    /// Usual factory, code or name.
    pub factory: Option<String>,
    /// Cost of one unit.
    pub unit_cost: Option<Decimal>,
    /// Retail list price.
    pub list_price: Option<Decimal>,
    /// Lowest price in any channel.
    pub floor_price: Option<Decimal>,
    /// Smallest quantity the factory accepts.
    pub moq: Option<i64>,
}

/// Another party's code for one of our goods.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AliasRow {
    /// Our code.
    pub sku: String,
    /// Whose code it is.
    pub whose: String,
    /// Their code.
    pub code: String,
}

/// A price of goods in a channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceRow {
    /// The channel's code.
    pub channel: String,
    /// The goods' code.
    pub sku: String,
    /// The price of a unit.
    pub price: Decimal,
    /// The lowest price that may be asked.
    pub floor_price: Option<Decimal>,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: Option<NaiveDate>,
    /// Why it may be below cost.
    pub reason: Option<String>,
    /// Where it comes from.
    pub source: Option<String>,
}

/// A place of stock and its rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocationRow {
    /// Unique code.
    pub code: String,
    /// Name.
    pub name: String,
    /// What it is.
    pub kind: LocationKind,
    /// From this day on sales move stock.
    pub live_from: Option<NaiveDate>,
    /// Least share of life left at arrival, 0 to 1, at most six decimals.
    pub min_life_share: Option<Decimal>,
    /// Least days of life left at arrival.
    pub min_life_days: Option<u32>,
    /// Days on the road.
    pub transit_days_p90: Option<u32>,
    /// Days from arrival to sellable.
    pub receive_lag_days_p90: Option<u32>,
    /// Days between two plans.
    pub review_days: Option<u32>,
    /// Days of sales that stock should cover.
    pub target_cover_days: Option<u32>,
    /// Days before expiry at which sales stop.
    pub pull_days: Option<u32>,
    /// Delivery address.
    pub address: Option<String>,
}

/// Stock of one lot at one place on the day of going live.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpeningRow {
    /// Location code.
    pub place: String,
    /// Our code.
    pub sku: String,
    /// Lot as printed; none where it is not known.
    pub lot: Option<String>,
    /// Day of manufacture.
    pub mfg_on: Option<NaiveDate>,
    /// Expiry day, or the month of which no day is known.
    pub expires_on: Option<MonthOrDate>,
    /// Whole units.
    pub qty: i64,
    /// Cost of one unit.
    pub unit_cost: Option<Decimal>,
    /// Status; none where the file does not say.
    pub status: Option<StockStatus>,
    /// First receipt, for the age of stock.
    pub received_on: Option<NaiveDate>,
}

/// Units sold in a day or month at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaleRow {
    /// Day, or month where only monthly figures exist.
    pub on: MonthOrDate,
    /// Location code.
    pub place: String,
    /// Our code, or another party's.
    pub sku: String,
    /// Whole units.
    pub units: i64,
    /// The platform's listing.
    pub listing: Option<String>,
    /// What they brought without tax.
    pub net: Option<Decimal>,
    /// What they brought with tax.
    pub gross: Option<Decimal>,
    /// The rate of that tax, from 0 to under 1, at most six decimals.
    pub tax_rate: Option<Decimal>,
}

/// A factory, supplier, platform or other partner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartnerRow {
    /// Unique code.
    pub code: String,
    /// Full name.
    pub name: String,
    /// What it is to us.
    pub kind: PartnerKind,
    /// 统一社会信用代码, unchecked.
    pub credit_code: Option<String>,
    /// Address.
    pub address: Option<String>,
    /// Person and telephone.
    pub contact: Option<String>,
}

/// The content of an imported row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Record {
    /// Goods.
    Goods(Box<GoodsRow>),
    /// Another party's code.
    Alias(AliasRow),
    /// A place.
    Location(Box<LocationRow>),
    /// Opening stock.
    Opening(Box<OpeningRow>),
    /// Sales.
    Sale(SaleRow),
    /// A partner.
    Partner(Box<PartnerRow>),
    /// A price.
    Price(Box<PriceRow>),
}

/// One imported row and where it stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportRow {
    /// Where it stood.
    pub at: At,
    /// What it says.
    pub record: Record,
}
