//! Master data as its users edit it, and its translation into the domain's words.

use domain::{
    Refusal,
    partner::Partner,
    place::{Place, Route},
    shelf_life::{LifeRule, ShelfLife},
    sku::{Alias, CartonPack, Sku, SkuPrice},
};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use ts_rs::TS;

use crate::{
    Error,
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

/// One word of two enums that are spelt alike: the wire's and the domain's.
fn same_word<A: Serialize, B: DeserializeOwned>(word: A) -> B {
    serde_json::to_value(word)
        .and_then(serde_json::from_value)
        .expect("both enums list the same words; a test walks them")
}

fn trimmed(text: &str) -> String {
    text.trim().to_owned()
}

impl From<&Sku> for SkuFields {
    fn from(sku: &Sku) -> Self {
        Self {
            code: sku.code.clone(),
            name_zh: sku.name_zh.clone(),
            name_en: sku.name_en.clone(),
            brand: sku.brand.clone(),
            category: sku.category.clone(),
            spec: sku.spec.clone(),
            gtin: sku.gtin.clone(),
            unit: sku.unit.clone(),
            carton: sku.carton.map(|carton| Carton {
                units: Units(carton.units),
                length_mm: carton.length_mm,
                width_mm: carton.width_mm,
                height_mm: carton.height_mm,
                gross_g: carton.gross_g,
            }),
            shelf_life: sku.shelf_life.map(|life| match life {
                ShelfLife::Days(count) => ShelfLifeFields { count, unit: LifeUnit::Days },
                ShelfLife::Months(count) => ShelfLifeFields { count, unit: LifeUnit::Months },
            }),
            lifecycle: same_word(sku.lifecycle),
            aliases: sku
                .aliases
                .iter()
                .map(|alias| AliasFields { whose: alias.whose.clone(), code: alias.code.clone() })
                .collect(),
        }
    }
}

impl SkuFields {
    /// The goods that the fields describe; a barcode must carry a right check digit.
    pub(crate) fn to_sku(&self) -> Result<Sku, Error> {
        let gtin = self.gtin.as_deref().map(trimmed).filter(|gtin| !gtin.is_empty());
        if let Some(gtin) = &gtin {
            check_gtin(gtin)?;
        }
        let sku = Sku {
            code: trimmed(&self.code),
            name_zh: trimmed(&self.name_zh),
            name_en: trimmed(&self.name_en),
            brand: trimmed(&self.brand),
            category: trimmed(&self.category),
            spec: trimmed(&self.spec),
            gtin,
            unit: trimmed(&self.unit),
            carton: self.carton.map(|carton| CartonPack {
                units: carton.units.0,
                length_mm: carton.length_mm,
                width_mm: carton.width_mm,
                height_mm: carton.height_mm,
                gross_g: carton.gross_g,
            }),
            shelf_life: self.shelf_life.map(|life| match life.unit {
                LifeUnit::Days => ShelfLife::Days(life.count),
                LifeUnit::Months => ShelfLife::Months(life.count),
            }),
            lifecycle: same_word(self.lifecycle),
            aliases: self
                .aliases
                .iter()
                .map(|alias| Alias { whose: trimmed(&alias.whose), code: trimmed(&alias.code) })
                .filter(|alias| !alias.code.is_empty())
                .collect(),
        };
        sku.check()?;
        Ok(sku)
    }
}

/// Refuses a barcode that no scanner would read back.
pub(crate) fn check_gtin(gtin: &str) -> Result<(), Error> {
    standards::Gtin::parse(gtin).map(drop).map_err(|fault| {
        Error::refused(
            "sku.gtin_invalid",
            [("gtin", gtin.into()), ("detail", fault.to_string().into())],
        )
    })
}

impl From<&Place> for PlaceFields {
    fn from(place: &Place) -> Self {
        let (rule, route) = (place.life_rule, place.route);
        Self {
            code: place.code.clone(),
            name: place.name.clone(),
            kind: same_word(place.kind),
            sells: place.sells,
            live_from: place.live_from.map(Day),
            address: place.address.clone(),
            life_rule: LifeRuleFields {
                min_share_ppm: rule.min_share_ppm,
                min_days: rule.min_days,
                pull_days: rule.pull_days,
            },
            route: RouteFields {
                transit_days_p90: route.transit_days_p90,
                receive_lag_days_p90: route.receive_lag_days_p90,
                review_days: route.review_days,
                target_cover_days: route.target_cover_days,
            },
            partner: place.partner.map(|partner| Id(partner.0)),
        }
    }
}

impl PlaceFields {
    /// The place that the fields describe.
    pub(crate) fn to_place(&self) -> Result<Place, Refusal> {
        let (rule, route) = (self.life_rule, self.route);
        let place = Place {
            code: trimmed(&self.code),
            name: trimmed(&self.name),
            kind: same_word(self.kind),
            sells: self.sells,
            live_from: self.live_from.map(|day| day.0),
            address: trimmed(&self.address),
            life_rule: LifeRule {
                min_share_ppm: rule.min_share_ppm,
                min_days: rule.min_days,
                pull_days: rule.pull_days,
            },
            route: Route {
                transit_days_p90: route.transit_days_p90,
                receive_lag_days_p90: route.receive_lag_days_p90,
                review_days: route.review_days,
                target_cover_days: route.target_cover_days,
            },
            partner: self.partner.map(|partner| partner.0.into()),
        };
        place.check()?;
        Ok(place)
    }
}

impl From<&Partner> for PartnerFields {
    fn from(partner: &Partner) -> Self {
        Self {
            code: partner.code.clone(),
            name: partner.name.clone(),
            kind: same_word(partner.kind),
            tax_no: partner.tax_no.clone(),
            address: partner.address.clone(),
            contact: partner.contact.clone(),
            phone: partner.phone.clone(),
        }
    }
}

impl PartnerFields {
    /// The partner that the fields describe.
    pub(crate) fn to_partner(&self) -> Result<Partner, Refusal> {
        let partner = Partner {
            code: trimmed(&self.code),
            name: trimmed(&self.name),
            kind: same_word(self.kind),
            tax_no: trimmed(&self.tax_no),
            address: trimmed(&self.address),
            contact: trimmed(&self.contact),
            phone: trimmed(&self.phone),
        };
        partner.check()?;
        Ok(partner)
    }
}

impl SkuPriceRow {
    /// The prices that the fields say; each at least zero, with at most six decimals.
    pub(crate) fn to_price(&self) -> Result<SkuPrice, Error> {
        let price = |given: &Option<UnitPrice>| given.as_ref().map(decimal).transpose();
        Ok(SkuPrice {
            unit_cost: price(&self.unit_cost)?,
            list_price: price(&self.list_price)?,
            floor_price: price(&self.floor_price)?,
        })
    }
}

/// A price as a decimal: at least zero, at most six decimals.
pub(crate) fn decimal(price: &UnitPrice) -> Result<Decimal, Error> {
    let text = price.0.trim();
    match text.parse::<Decimal>() {
        Ok(value) if !value.is_sign_negative() && value.normalize().scale() <= 6 => Ok(value),
        _ => Err(Error::refused("price.invalid", [("value", text.into())])),
    }
}

#[cfg(test)]
mod tests {
    use domain::{PlaceKind, partner::PartnerKind, sku::Lifecycle};

    use super::*;

    #[test]
    fn the_wire_and_the_domain_use_the_same_words() {
        for stage in [
            Lifecycle::Launch,
            Lifecycle::Core,
            Lifecycle::Seasonal,
            Lifecycle::Decline,
            Lifecycle::Delisted,
        ] {
            let wire: LifecycleStage = same_word(stage);
            assert_eq!(same_word::<_, Lifecycle>(wire), stage);
        }
        for kind in PlaceKind::ALL.into_iter().filter(|kind| kind.is_founded()) {
            assert_eq!(same_word::<_, PlaceKind>(same_word::<_, FoundedKind>(kind)), kind);
        }
        for kind in [
            PartnerKind::Factory,
            PartnerKind::PackagingSupplier,
            PartnerKind::Platform,
            PartnerKind::Carrier,
            PartnerKind::Clearance,
            PartnerKind::Distributor,
        ] {
            assert_eq!(same_word::<_, PartnerKind>(same_word::<_, PartnerKindField>(kind)), kind);
        }
    }
}
