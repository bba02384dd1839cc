//! The company (公司) whose workspace this is: what heads its papers, its currency, its GS1 prefix.

use serde::{Deserialize, Serialize};

use crate::{Currency, Refusal};

/// The company as its users describe it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Company {
    /// Chinese name.
    pub name_zh: String,
    /// English name; may be empty.
    #[serde(default)]
    pub name_en: String,
    /// 统一社会信用代码.
    #[serde(default)]
    pub tax_no: String,
    /// For papers.
    #[serde(default)]
    pub address: String,
    /// Telephone.
    #[serde(default)]
    pub phone: String,
    /// The book's currency; fixed once money was posted.
    pub currency: Currency,
    /// GS1 company prefix; without it cartons get internal numbers that are no SSCC.
    #[serde(default)]
    pub gs1_prefix: Option<String>,
}

impl Company {
    /// Refuses what cannot head a paper.
    pub fn check(&self) -> Result<(), Refusal> {
        if self.name_zh.trim().is_empty() && self.name_en.trim().is_empty() {
            return Err(Refusal::CompanyNameMissing {});
        }
        match &self.gs1_prefix {
            Some(prefix)
                if !(4..=12).contains(&prefix.len())
                    || !prefix.bytes().all(|byte| byte.is_ascii_digit()) =>
            {
                Err(Refusal::Gs1PrefixInvalid { prefix: prefix.clone() })
            }
            _ => Ok(()),
        }
    }
}
