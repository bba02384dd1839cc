//! Goods (货品): what is made, stocked and sold.
//!
//! Knows what describes one of our goods and which codes others use for it. Refuses to know stock
//! and prices; prices are the money part of the entry that sets them.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{Refusal, sets::SetPart, shelf_life::ShelfLife, stock::positive};

/// Where a product stands in its life.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lifecycle {
    /// 新品.
    Launch,
    /// 常销.
    #[default]
    Core,
    /// 季节款.
    Seasonal,
    /// 衰退.
    Decline,
    /// 停售.
    Delisted,
}

/// What goods are for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SkuKind {
    /// 成品: sold.
    #[default]
    Finished,
    /// 套装: put together from others.
    Bundle,
    /// 包材, 原料: goes into others.
    Material,
}

impl SkuKind {
    #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
    fn is_finished(&self) -> bool {
        *self == Self::Finished
    }
}

/// How units are packed in a carton (箱规).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CartonPack {
    /// Units in a full carton.
    pub units: i64,
    /// Outer length in mm.
    #[serde(default)]
    pub length_mm: Option<i64>,
    /// Outer width in mm.
    #[serde(default)]
    pub width_mm: Option<i64>,
    /// Outer height in mm.
    #[serde(default)]
    pub height_mm: Option<i64>,
    /// Gross weight of a full carton in g.
    #[serde(default)]
    pub gross_g: Option<i64>,
}

/// A code that somebody else uses for the goods (对应码).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Alias {
    /// Whose code: a shop's or partner's code, `erp`, `old`, ….
    pub whose: String,
    /// The code.
    pub code: String,
}

/// Goods as their users describe them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sku {
    /// Unique code.
    pub code: String,
    /// Chinese name.
    pub name_zh: String,
    /// English name; may be empty.
    #[serde(default)]
    pub name_en: String,
    /// Brand.
    #[serde(default)]
    pub brand: String,
    /// Category.
    #[serde(default)]
    pub category: String,
    /// Size, colour, strength.
    #[serde(default)]
    pub spec: String,
    /// Barcode of the retail unit.
    #[serde(default)]
    pub gtin: Option<String>,
    /// Base unit's name, e.g. 瓶.
    #[serde(default)]
    pub unit: String,
    /// Carton, when goods are packed.
    #[serde(default)]
    pub carton: Option<CartonPack>,
    /// How long they keep, when they expire.
    #[serde(default)]
    pub shelf_life: Option<ShelfLife>,
    /// Where they stand in their life.
    #[serde(default)]
    pub lifecycle: Lifecycle,
    /// Others' codes.
    #[serde(default)]
    pub aliases: Vec<Alias>,
    /// What it is made or bought for.
    #[serde(default, skip_serializing_if = "SkuKind::is_finished")]
    pub kind: SkuKind,
    /// What a set is put together from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<SetPart>,
}

impl Sku {
    /// Refuses what cannot be goods. Whether the GTIN's check digit holds is said by `standards`.
    pub fn check(&self) -> Result<(), Refusal> {
        if self.code.trim().is_empty() {
            return Err(Refusal::CodeMissing { what: "sku".into() });
        }
        if self.name_zh.trim().is_empty() && self.name_en.trim().is_empty() {
            return Err(Refusal::NameMissing { code: self.code.clone() });
        }
        if let Some(carton) = self.carton {
            let sizes = [carton.length_mm, carton.width_mm, carton.height_mm, carton.gross_g];
            let sized = sizes.iter().flatten().all(|size| *size > 0);
            if carton.units < 1 || !sized {
                return Err(Refusal::CartonInvalid { code: self.code.clone() });
            }
        }
        if (self.kind == SkuKind::Bundle) == self.parts.is_empty() {
            return Err(Refusal::SetWithoutParts { sku: self.code.clone() });
        }
        self.parts.iter().try_for_each(|part| positive(part.qty).map(|_| ()))?;
        match self.shelf_life {
            Some(ShelfLife::Days(0) | ShelfLife::Months(0)) => {
                Err(Refusal::ShelfLifeInvalid { code: self.code.clone() })
            }
            _ => Ok(()),
        }
    }
}

/// What goods cost and sell for, per base unit, before any lot says better.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkuPrice {
    /// Expected cost of a unit.
    #[serde(default)]
    pub unit_cost: Option<Decimal>,
    /// 标价.
    #[serde(default)]
    pub list_price: Option<Decimal>,
    /// 底价.
    #[serde(default)]
    pub floor_price: Option<Decimal>,
}
