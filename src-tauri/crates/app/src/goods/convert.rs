//! Between the fields that users edit and the domain's words.

use domain::{
    Refusal,
    licence::Licence,
    partner::Partner,
    place::{Place, Route},
    sets::SetPart,
    shelf_life::{LifeRule, ShelfLife},
    sku::{Alias, CartonPack, Sku, SkuPrice},
};
use rust_decimal::Decimal;
use serde::{Serialize, de::DeserializeOwned};

use super::fields::{
    AliasFields, Carton, LicenceFields, LifeRuleFields, LifeUnit, PartnerFields, PlaceFields,
    RouteFields, SetPartFields, ShelfLifeFields, SkuFields, SkuPriceRow,
};
use crate::{
    Error,
    wire::{Day, Id, UnitPrice, Units},
};

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
            kind: sku.kind.into(),
            parts: sku
                .parts
                .iter()
                .map(|part| SetPartFields { sku: Id(part.sku.0), qty: Units(part.qty) })
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
            kind: self.kind.into(),
            parts: self
                .parts
                .iter()
                .map(|part| SetPart { sku: part.sku.0.into(), qty: part.qty.0 })
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
            licences: partner.licences.iter().map(licence_fields).collect(),
        }
    }
}

fn licence_fields(licence: &Licence) -> LicenceFields {
    LicenceFields {
        kind: licence.kind.clone(),
        category: licence.category.clone(),
        number: licence.number.clone(),
        expires_on: Day(licence.expires_on),
    }
}

fn licence(fields: &LicenceFields) -> Licence {
    Licence {
        kind: trimmed(&fields.kind),
        category: trimmed(&fields.category),
        number: trimmed(&fields.number),
        expires_on: fields.expires_on.0,
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
            licences: self.licences.iter().map(licence).collect(),
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
    use crate::goods::fields::{FoundedKind, LifecycleStage, PartnerKindField};

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
