//! Master data as its users see and edit it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    stock::LotRow,
    wire::{Day, Id, UnitPrice, Units},
};

/// How long goods keep.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
#[ts(rename = "ShelfLife")]
#[serde(rename_all = "camelCase")]
pub struct ShelfLifeFields {
    /// How many.
    pub count: u32,
    /// Of what: `days` or `months`.
    pub unit: LifeUnit,
}

/// What shelf life is counted in.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LifeUnit {
    /// Days.
    Days,
    /// Calendar months.
    Months,
}

/// A carton.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Carton {
    /// Units in a full one.
    pub units: Units,
    /// Outer length in mm.
    #[ts(type = "number | null")]
    pub length_mm: Option<i64>,
    /// Outer width in mm.
    #[ts(type = "number | null")]
    pub width_mm: Option<i64>,
    /// Outer height in mm.
    #[ts(type = "number | null")]
    pub height_mm: Option<i64>,
    /// Gross weight in g.
    #[ts(type = "number | null")]
    pub gross_g: Option<i64>,
}

/// Somebody else's code for goods.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(rename = "Alias")]
pub struct AliasFields {
    /// Whose.
    pub whose: String,
    /// The code.
    pub code: String,
}

/// Where a product stands in its life.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the stages' names")]
pub enum LifecycleStage {
    Launch,
    Core,
    Seasonal,
    Decline,
    Delisted,
}

/// Goods as their users edit them.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SkuFields {
    /// Unique code.
    pub code: String,
    /// Chinese name.
    pub name_zh: String,
    /// English name.
    pub name_en: String,
    /// Brand.
    pub brand: String,
    /// Category.
    pub category: String,
    /// Size, colour, strength.
    pub spec: String,
    /// Barcode of the retail unit.
    pub gtin: Option<String>,
    /// Base unit's name.
    pub unit: String,
    /// Carton.
    pub carton: Option<Carton>,
    /// How long they keep.
    pub shelf_life: Option<ShelfLifeFields>,
    /// Where they stand.
    pub lifecycle: LifecycleStage,
    /// Others' codes.
    pub aliases: Vec<AliasFields>,
    /// What they are for.
    #[serde(default)]
    pub kind: SkuKindWord,
    /// What a set is put together from.
    #[serde(default)]
    pub parts: Vec<SetPartFields>,
}

/// What goods are for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SkuKindWord {
    /// Sold.
    #[default]
    Finished,
    /// Put together from others.
    Bundle,
    /// Goes into others.
    Material,
}

impl From<domain::sku::SkuKind> for SkuKindWord {
    fn from(kind: domain::sku::SkuKind) -> Self {
        use domain::sku::SkuKind as Of;
        match kind {
            Of::Finished => Self::Finished,
            Of::Bundle => Self::Bundle,
            Of::Material => Self::Material,
        }
    }
}

impl From<SkuKindWord> for domain::sku::SkuKind {
    fn from(word: SkuKindWord) -> Self {
        match word {
            SkuKindWord::Finished => Self::Finished,
            SkuKindWord::Bundle => Self::Bundle,
            SkuKindWord::Material => Self::Material,
        }
    }
}

/// A part of a set.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetPartFields {
    /// Which goods.
    pub sku: Id,
    /// Units in one set.
    pub qty: Units,
}

/// Goods to keep together.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SaveSkus {
    /// Each of them; one that is refused leaves all as they were.
    pub goods: Vec<SaveSku>,
}

/// Goods to keep; without an id they are new.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SaveSku {
    /// Which ones.
    pub id: Option<Id>,
    /// As edited.
    pub fields: SkuFields,
}

/// Goods in a list.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SkuRow {
    /// Identity.
    pub id: Id,
    /// Description.
    pub fields: SkuFields,
    /// Units at real places other than transit, any status.
    pub on_hand: Units,
    /// Units on transfers.
    pub in_transit: Units,
    /// Units paid for in the last 28 days.
    pub sold28: Units,
    /// Mean daily demand of those days, as decimal text.
    pub rate_per_day: Option<String>,
    /// Days that on hand and in transit last at that rate.
    #[ts(type = "number | null")]
    pub cover_days: Option<i64>,
    /// The next expiry among lots on hand.
    pub next_expiry: Option<Day>,
}

/// Goods at one place.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PlaceStock {
    /// The place.
    pub place: Id,
    /// Its code.
    pub place_code: String,
    /// Its name.
    pub place_name: String,
    /// Good units.
    pub good: Units,
    /// Units in other statuses.
    pub other: Units,
    /// Units on the way there.
    pub in_transit: Units,
}

/// Goods with where they are.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SkuCard {
    /// As in the list.
    pub row: SkuRow,
    /// By place.
    pub places: Vec<PlaceStock>,
    /// By lot, those with stock.
    pub lots: Vec<LotRow>,
    /// Ordered from factories and not received.
    pub ordered: Units,
}

/// Prices of goods.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(rename = "SkuPrice")]
#[serde(rename_all = "camelCase")]
pub struct SkuPriceRow {
    /// Which goods.
    pub sku: Id,
    /// Expected cost of a unit.
    pub unit_cost: Option<UnitPrice>,
    /// 标价.
    pub list_price: Option<UnitPrice>,
    /// 底价.
    pub floor_price: Option<UnitPrice>,
}

/// What a place asks of remaining life.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
#[ts(rename = "LifeRule")]
#[serde(rename_all = "camelCase")]
pub struct LifeRuleFields {
    /// Least share at arrival, ppm.
    #[ts(type = "number | null")]
    pub min_share_ppm: Option<i64>,
    /// Least days at arrival.
    #[ts(type = "number | null")]
    pub min_days: Option<i64>,
    /// Days before expiry at which it stops selling.
    #[ts(type = "number")]
    pub pull_days: i64,
}

/// How a place is reached and filled.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
#[ts(rename = "Route")]
#[serde(rename_all = "camelCase")]
pub struct RouteFields {
    /// Days on the way, nine of ten.
    #[ts(type = "number")]
    pub transit_days_p90: i64,
    /// Days until sellable, nine of ten.
    #[ts(type = "number")]
    pub receive_lag_days_p90: i64,
    /// Days between looks.
    #[ts(type = "number")]
    pub review_days: i64,
    /// Days of sales to cover beyond.
    #[ts(type = "number")]
    pub target_cover_days: i64,
}

/// The kinds of places that users found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the kinds' names")]
pub enum FoundedKind {
    Own,
    Platform,
    Factory,
    Consignee,
}

/// A place as its users edit it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PlaceFields {
    /// Unique code.
    pub code: String,
    /// Name.
    pub name: String,
    /// What it is.
    pub kind: FoundedKind,
    /// Whether goods are sold out of it.
    pub sells: bool,
    /// From when its sales move stock.
    pub live_from: Option<Day>,
    /// For papers.
    pub address: String,
    /// What it asks of goods' life.
    pub life_rule: LifeRuleFields,
    /// How it is reached.
    pub route: RouteFields,
    /// Whose it is.
    pub partner: Option<Id>,
}

/// A place to keep; without an id it is new.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SavePlace {
    /// Which one.
    pub id: Option<Id>,
    /// As edited.
    pub fields: PlaceFields,
}

/// A place in a list.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PlaceRow {
    /// Identity.
    pub id: Id,
    /// Description.
    pub fields: PlaceFields,
    /// Units there, any status.
    pub on_hand: Units,
}

/// What a partner does for us.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
#[ts(rename = "PartnerKind")]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the kinds' names")]
pub enum PartnerKindField {
    Factory,
    PackagingSupplier,
    Platform,
    Carrier,
    Clearance,
    Distributor,
}

/// A partner as its users edit it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PartnerFields {
    /// Unique code.
    pub code: String,
    /// Legal name.
    pub name: String,
    /// What it does for us.
    pub kind: PartnerKindField,
    /// 统一社会信用代码.
    pub tax_no: String,
    /// For papers.
    pub address: String,
    /// Person to ask for.
    pub contact: String,
    /// Telephone.
    pub phone: String,
    /// What it is licensed to make, per category.
    #[serde(default)]
    pub licences: Vec<LicenceFields>,
}

/// A licence of a partner.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LicenceFields {
    /// What it is called.
    pub kind: String,
    /// The category of goods that it allows to make.
    pub category: String,
    /// As printed.
    pub number: String,
    /// The last day on which it is valid.
    pub expires_on: Day,
}

/// A partner to keep; without an id it is new.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SavePartner {
    /// Which one.
    pub id: Option<Id>,
    /// As edited.
    pub fields: PartnerFields,
}

/// A partner in a list.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PartnerRow {
    /// Identity.
    pub id: Id,
    /// Description.
    pub fields: PartnerFields,
    /// Production orders that are not closed.
    pub open_orders: u32,
}
