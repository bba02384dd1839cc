//! Partners (往来单位): factories, suppliers, platforms, carriers.
//!
//! Knows who they are, what heads a paper addressed to them and where they are paid. Refuses to know
//! terms and dues.

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

/// Where a partner is paid, as its users typed it: banks of many countries number their accounts in
/// many ways, so no rule of one is asked of all. An empty text is not known.
///
/// It stands in the money part of an entry, which the desks that see no money never receive.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BankAccount {
    /// 开户银行: the bank and its branch.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub bank: String,
    /// 户名: in whose name, where that is not the partner's.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub holder: String,
    /// 账号.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub number: String,
}

impl BankAccount {
    /// Whether nothing is known of it.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Refuses what no paper prints as it was typed: a character that is not seen.
    ///
    /// # Errors
    /// [`Refusal::BankUnseenCharacter`] with the first such text: `bank`, `holder` or `account`.
    pub fn check(&self) -> Result<(), Refusal> {
        let texts = [("bank", &self.bank), ("holder", &self.holder), ("account", &self.number)];
        match texts.iter().find(|(_, text)| text.contains(char::is_control)) {
            Some((what, _)) => Err(Refusal::BankUnseenCharacter { what: (*what).to_owned() }),
            None => Ok(()),
        }
    }
}
