//! Versions of goods (版本): artwork and registration, and what happens to stock of the old one.
//!
//! Knows which version is current on a day. Refuses to know which lots are of it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{Refusal, SkuId};

/// What happens to packaging and goods of the version before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OldStock {
    /// 用完为止.
    #[default]
    UseUp,
    /// 返工换标.
    Rework,
    /// 报废.
    Scrap,
}

/// One version of goods.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkuVersion {
    /// Of which goods.
    pub sku: SkuId,
    /// Number of the artwork (图稿版本).
    pub artwork_no: String,
    /// 备案号 or 注册证号; empty for goods that need none.
    #[serde(default)]
    pub registration_no: String,
    /// Ordered from this day on.
    pub from: NaiveDate,
    /// Not ordered after this day.
    #[serde(default)]
    pub to: Option<NaiveDate>,
    /// What happens to stock of the version before.
    #[serde(default)]
    pub old_stock: OldStock,
}

impl SkuVersion {
    /// Refuses a version without an artwork number, or one that ends before it begins.
    pub fn check(&self) -> Result<(), Refusal> {
        if self.artwork_no.trim().is_empty() {
            return Err(Refusal::CodeMissing { what: "version".into() });
        }
        match self.to {
            Some(to) if to < self.from => Err(Refusal::PeriodInvalid { from: self.from, to }),
            _ => Ok(()),
        }
    }

    /// Whether it may be ordered on `day`.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }
}

/// The version of goods to order on a day: the newest that holds.
pub fn current<'a, T>(
    versions: impl IntoIterator<Item = (T, &'a SkuVersion)>,
    sku: SkuId,
    day: NaiveDate,
) -> Option<(T, &'a SkuVersion)> {
    let holds = versions.into_iter().filter(|(_, one)| one.sku == sku && one.holds_on(day));
    holds.max_by_key(|(_, one)| one.from)
}
