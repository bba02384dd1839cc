//! Who may do what: the rights, and the roles that have them.
//!
//! Knows that a right belongs to a row of the table of commands, and which right undoing an entry
//! needs. Refuses to be more than a courtesy on a shared file: who can open the file can write it.

use domain::{Entry, Fact};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Error, Session};

/// What a person may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 品牌经理: everything.
    Manager,
    /// 计划员: plans, drafts transfers, brings in what was sold; never money.
    Planner,
    /// 仓管: receives, packs, ships, takes in and prints; never money.
    Warehouse,
}

/// What a command needs of a role beyond looking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Right {
    /// Drafts of documents.
    Draft,
    /// What shops sold, from a file or a marketplace.
    ImportSales,
    /// Goods, places, partners and opening stock from a file.
    Import,
    /// What binds the brand or ends a document: orders to a factory, goods set aside, differences.
    Approve,
    /// Sending a place what its life rule would refuse.
    OverrideLife,
    /// Goods in hand: received, packed, sent, taken in, put into another status.
    Handle,
    /// The company, its goods, places, partners and shops, and the file itself.
    Settings,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Manager, Self::Planner, Self::Warehouse];

    /// Whether money may be shown.
    pub fn sees_money(self) -> bool {
        self == Self::Manager
    }

    /// Whether the role has a right.
    pub fn may(self, right: Right) -> bool {
        match self {
            Self::Manager => true,
            Self::Planner => matches!(right, Right::Draft | Right::ImportSales),
            Self::Warehouse => right == Right::Handle,
        }
    }

    /// The rights that the role has.
    pub fn rights(self) -> Vec<Right> {
        Right::ALL.into_iter().filter(|right| self.may(*right)).collect()
    }

    fn word(self) -> &'static str {
        match self {
            Self::Manager => "manager",
            Self::Planner => "planner",
            Self::Warehouse => "warehouse",
        }
    }
}

impl Right {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Draft,
        Self::ImportSales,
        Self::Import,
        Self::Approve,
        Self::OverrideLife,
        Self::Handle,
        Self::Settings,
    ];

    fn refusal_code(self) -> &'static str {
        match self {
            Self::Draft => "role.no_right.draft",
            Self::ImportSales => "role.no_right.import_sales",
            Self::Import => "role.no_right.import",
            Self::Approve => "role.no_right.approve",
            Self::OverrideLife => "role.no_override",
            Self::Handle => "role.no_right.handle",
            Self::Settings => "role.no_right.settings",
        }
    }
}

impl Session<'_> {
    /// Refuses who has not the right, and says who has it.
    pub(crate) fn need(&self, right: Right) -> Result<(), Error> {
        if self.role.may(right) {
            return Ok(());
        }
        let who = Role::ALL.into_iter().filter(|role| role.may(right));
        let who: Vec<&str> = who.map(Role::word).collect();
        Err(Error::refused(right.refusal_code(), [("who", who.join(", ").into())]))
    }

    /// Refuses who may not undo an entry: it takes the right to do what it did. That the entry
    /// holds money is no hindrance, for neither the preview nor the answer shows any.
    pub(crate) fn need_to_undo(&self, entry: &Entry) -> Result<(), Error> {
        self.need(right_of(&entry.body.fact))
    }
}

fn right_of(fact: &Fact) -> Right {
    match fact {
        Fact::CompanySet { .. }
        | Fact::SkuSet { .. }
        | Fact::SkuPriced { .. }
        | Fact::PlaceSet { .. }
        | Fact::PartnerSet { .. }
        | Fact::PartnerBanked { .. }
        | Fact::ShopSet { .. }
        | Fact::OfferSet { .. }
        | Fact::VersionSet { .. }
        | Fact::BomSet { .. }
        | Fact::ChannelSet { .. }
        | Fact::ChannelCosted { .. }
        | Fact::PriceSet { .. } => Right::Settings,
        Fact::ImportApplied { kind, .. } if kind == "sales" => Right::ImportSales,
        Fact::ImportApplied { .. } | Fact::StockOpened { .. } => Right::Import,
        Fact::SalesPosted(_) => Right::ImportSales,
        Fact::OrderIssued { .. }
        | Fact::OrderAccepted { .. }
        | Fact::OrderClosed { .. }
        | Fact::OrderCancelled { .. }
        | Fact::OrderAmended { .. }
        | Fact::OrderPaid { .. }
        | Fact::OrderRefunded { .. }
        | Fact::DueWaived { .. }
        | Fact::QualityDecided { .. }
        | Fact::LossSettled { .. }
        | Fact::ClaimDecided { .. }
        | Fact::StatementSet { .. }
        | Fact::FactoryCounted { .. }
        | Fact::InvoiceSet { .. }
        | Fact::BillPosted { .. }
        | Fact::TransferApproved { .. }
        | Fact::TransferResolved { .. }
        | Fact::TransferClosed { .. }
        | Fact::TransferCancelled { .. }
        | Fact::Reversed {} => Right::Approve,
        Fact::StockRegraded { .. }
        | Fact::SuspenseSettled { .. }
        | Fact::TaxSpread { .. }
        | Fact::OrderReceived { .. }
        | Fact::OrderMilestone { .. }
        | Fact::MaterialMoved { .. }
        | Fact::MaterialKept { .. }
        | Fact::SetAssembled { .. }
        | Fact::SetDisassembled { .. }
        | Fact::Attached { .. }
        | Fact::TransferPacked { .. }
        | Fact::TransferShipped { .. }
        | Fact::TransferArrived { .. } => Right::Handle,
    }
}
