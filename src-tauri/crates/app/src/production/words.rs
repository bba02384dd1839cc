//! The words of production that leave the core: one TypeScript type per enum of the domain.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

macro_rules! words {
    ($( $(#[$doc:meta])* $name:ident = $of:path { $( $word:ident ),* $(,)? } )*) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
        #[serde(rename_all = "snake_case")]
        #[allow(missing_docs, reason = "the words are those of the domain's type")]
        pub enum $name { $( $word ),* }

        impl From<$of> for $name {
            fn from(value: $of) -> Self {
                use $of as Of;
                match value { $( Of::$word => Self::$word ),* }
            }
        }

        impl From<$name> for $of {
            fn from(value: $name) -> Self {
                use $of as Of;
                match value { $( $name::$word => Of::$word ),* }
            }
        }
    )* };
}

words! {
    /// What kind of order.
    OrderKindWord = domain::order::OrderKind { Production, Purchase }
    /// A step of making goods.
    MilestoneWord = domain::terms::Milestone { Sample, MaterialReady, Filling, Packing, Qc, Ready }
    /// Which units allowed loss is measured on.
    LossBaseWord = domain::offer::LossBase { Good, GoodAndRejected }
    /// Who brings a material.
    SuppliedByWord = domain::bom::SuppliedBy { Brand, Factory }
    /// What happens to stock of the version before.
    OldStockWord = domain::version::OldStock { UseUp, Rework, Scrap }
    /// A quality decision.
    DecisionWord = domain::quality::Decision { Accept, Concession, Reject, Return, Scrap }
    /// How the partner settles what goes back.
    SettleByWord = domain::quality::SettleBy { Replace, Credit, Rework }
    /// How a claim on a factory ends.
    ClaimEndWord = domain::claim::ClaimEnd { Deducted, Paid, Dropped }
    /// What a bill is spread by.
    BasisWord = domain::landed::Basis { Quantity, Value, Weight, Volume }
    /// Where a statement stands.
    StatementStateWord = domain::statement::StatementState { Sent, Agreed, Disputed }
    /// What kind of invoice.
    InvoiceKindWord = domain::tax::InvoiceKind { Special, Plain }
    /// Where a due stands.
    DueStateWord = domain::dues::DueState { Planned, Due, PartPaid, Paid, SetOff, Waived }
    /// Why value passes on.
    PassingWord = domain::valuation::PassingKind { Consumed, Assembled, Returned, Replaced, LossAllowed, Credited, Spoilt, Claimed }
}

/// What makes a share of the price fall due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the words are those of the domain's type")]
pub enum TriggerWord {
    Accept,
    Milestone,
    BeforeShip,
    Receipt,
}

/// A share of an order's price and when it is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TermFields {
    /// What makes it fall due.
    pub trigger: TriggerWord,
    /// Which milestone, when it is one.
    #[serde(default)]
    pub milestone: Option<MilestoneWord>,
    /// Days after.
    #[serde(default)]
    pub days: u32,
    /// The share, ppm.
    #[ts(type = "number")]
    pub share_ppm: i64,
}

impl From<domain::terms::Term> for TermFields {
    fn from(term: domain::terms::Term) -> Self {
        use domain::terms::Trigger;
        let share_ppm = term.share_ppm;
        let of = |trigger, days| Self { trigger, milestone: None, days, share_ppm };
        match term.trigger {
            Trigger::Accept { days } => of(TriggerWord::Accept, days),
            Trigger::BeforeShip => of(TriggerWord::BeforeShip, 0),
            Trigger::Receipt { days } => of(TriggerWord::Receipt, days),
            Trigger::Milestone { milestone, days } => {
                Self { milestone: Some(milestone.into()), ..of(TriggerWord::Milestone, days) }
            }
        }
    }
}

impl From<TermFields> for domain::terms::Term {
    /// A milestone that is not named is the last one: goods are ready.
    fn from(fields: TermFields) -> Self {
        use domain::terms::{Milestone, Trigger};
        let days = fields.days;
        let milestone = fields.milestone.map_or(Milestone::Ready, Into::into);
        let trigger = match fields.trigger {
            TriggerWord::Accept => Trigger::Accept { days },
            TriggerWord::Milestone => Trigger::Milestone { milestone, days },
            TriggerWord::BeforeShip => Trigger::BeforeShip,
            TriggerWord::Receipt => Trigger::Receipt { days },
        };
        Self { trigger, share_ppm: fields.share_ppm }
    }
}
