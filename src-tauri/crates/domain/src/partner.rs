//! Partners (往来单位): factories, suppliers, platforms, carriers.
//!
//! Knows who they are and what heads a paper addressed to them. Refuses to know terms and dues.

use serde::{Deserialize, Serialize};

use crate::{Refusal, licence::Licence};

/// What a partner does for us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartnerKind {
    /// 代工厂.
    Factory,
    /// 包材供应商.
    PackagingSupplier,
    /// 平台.
    Platform,
    /// 承运商.
    Carrier,
    /// 清仓渠道.
    Clearance,
    /// 分销商.
    Distributor,
}

/// A partner as its users describe it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Partner {
    /// Unique short code.
    pub code: String,
    /// Legal name.
    pub name: String,
    /// What it does for us.
    pub kind: PartnerKind,
    /// 统一社会信用代码.
    #[serde(default)]
    pub tax_no: String,
    /// For papers.
    #[serde(default)]
    pub address: String,
    /// Person to ask for.
    #[serde(default)]
    pub contact: String,
    /// Telephone.
    #[serde(default)]
    pub phone: String,
    /// What it is licensed to make, per category.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub licences: Vec<Licence>,
}

impl Partner {
    /// Refuses what cannot be a partner.
    pub fn check(&self) -> Result<(), Refusal> {
        if self.code.trim().is_empty() {
            return Err(Refusal::CodeMissing { what: "partner".into() });
        }
        if self.name.trim().is_empty() {
            return Err(Refusal::NameMissing { code: self.code.clone() });
        }
        self.licences.iter().try_for_each(Licence::check)
    }
}
