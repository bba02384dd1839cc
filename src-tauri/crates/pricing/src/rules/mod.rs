//! The rule language: what a rule set can say.
//!
//! Knows: the words of the schema in `schema/ruleset.schema.json` as types. Refuses to know: which
//! sales channel a set is for; a mode of selling is a file, never a branch of this code.
//!
//! A rule set is immutable. What lists it holds are in order of precedence: the first price that
//! matches is the price, and of the rules of one `exclusive` group the first that applies is paid.

mod book;
mod canonical;
mod parse;
mod templates;
mod text;
mod when;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use book::RuleBook;
pub use templates::{TEMPLATES, Template};
pub(crate) use when::Facts;
pub use when::{Cond, When};

use crate::time::Moment;
use crate::{Currency, Money, Rate, Rounding};

/// One version of the rules of one channel: price, discounts, charges and rewards.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct RuleSet {
    /// Which rules these are; the versions of a book share it.
    pub id: Arc<str>,
    /// Which version, from 1.
    pub version: u32,
    /// The currency of all its amounts.
    pub currency: Currency,
    /// When the version was made public, if it says so.
    pub published_at: Option<Moment>,
    /// The first instant at which it holds.
    pub effective_from: Moment,
    /// The first instant at which it no longer holds.
    pub effective_to: Option<Moment>,
    /// How every amount is rounded, once.
    pub rounding: Rounding,
    /// Price rules; the first that matches a line prices it.
    pub prices: Vec<Price>,
    /// Value added tax inside the prices.
    pub vat: Vat,
    /// Coupons, in the order in which they are taken off.
    pub coupons: Vec<Coupon>,
    /// What institutions take: commission, payment fee, insurance.
    pub charges: Vec<Pay>,
    /// What people are paid.
    pub rewards: Vec<Pay>,
    /// The most all rewards of an order may come to.
    pub pool_cap: Option<PoolCap>,
    /// What somebody must do or pay to take part.
    pub eligibility: Eligibility,
    /// How a tier is reached.
    pub tier_tasks: Vec<TierTask>,
    /// The name of the method by which tax is withheld from rewards.
    pub tax_method: Option<Arc<str>>,
    /// Limits the owner of the rules sets himself.
    pub compliance: Compliance,
    /// Names of the `exclusive` groups that [`Pay::exclusive`] points into.
    pub groups: Vec<Arc<str>>,
    /// SHA-256 of the canonical JSON, in lower-case hexadecimal: the identity of the version.
    pub hash: Arc<str>,
    pub(crate) words: Words,
}

/// Names of accounts every quote shares instead of spelling them again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Words {
    pub(crate) brand: Arc<str>,
    pub(crate) platform: Arc<str>,
    pub(crate) agent: Arc<str>,
}

impl Default for Words {
    fn default() -> Self {
        Self { brand: "brand".into(), platform: "platform".into(), agent: "agent".into() }
    }
}

/// A way to price a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Price {
    /// Name of the rule.
    pub id: Arc<str>,
    /// The only SKU it is for; any when absent or `*`.
    pub sku: Option<Arc<str>>,
    /// Where the unit price comes from.
    pub from: PriceSource,
    /// Adds the agent's mark-up of the line to the unit price.
    pub add_markup: bool,
    /// The most the mark-up may be, as a share of the unit price before it.
    pub markup_max_rate: Option<Rate>,
    /// A lowest price at which others may sell. Never enforced: [`crate::check()`] warns of it.
    pub min_resale: Option<Money>,
    /// When it matches.
    pub when: When,
}

/// Where a unit price comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PriceSource {
    /// A price in the rule itself.
    Unit(Money),
    /// A field of the order line. A line without it is not matched by the rule.
    Field(PriceField),
}

/// A price an order line may carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PriceField {
    /// `unit_price`, of somebody who buys alone.
    Unit,
    /// `group_price`, inside a group.
    Group,
    /// `tier2_price` of a joint purchase.
    Tier2,
    /// `tier3_price` of a joint purchase.
    Tier3,
    /// `supply_price`, what the owner of the goods wants for them.
    Supply,
}

/// Value added tax. Prices contain it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Vat {
    /// Rate on goods.
    pub rate: Rate,
    /// Rate on freight; that of goods when the rules do not say.
    pub freight_rate: Rate,
    /// What the tax is inside of.
    pub base: VatBase,
}

/// What the tax on a line is inside of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VatBase {
    /// What the buyer pays.
    Paid,
    /// What the buyer pays and what the platform adds to it: the brand is paid both.
    PaidPlusPlatform,
}

/// A discount on the order that the buyer brings along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coupon {
    /// Name of the coupon, as an order lists it.
    pub id: Arc<str>,
    /// How much it takes off.
    pub value: CouponValue,
    /// The least the goods it is for must come to, after the coupons before it.
    pub threshold: Option<Money>,
    /// The most it takes off.
    pub max: Option<Money>,
    /// The SKUs it is for; all when absent.
    pub skus: Option<Vec<Arc<str>>>,
    /// Shares of platform, brand and agent; absent for who has no part in it. They add up to one.
    pub funding: [Option<Rate>; 3],
    /// The brand's consent to bear its share, by whatever name it is filed.
    pub brand_consent: Option<Arc<str>>,
    /// When it can be used.
    pub when: When,
}

/// Who bears a discount, in the order in which [`Coupon::funding`] has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Funder {
    /// The platform.
    Platform,
    /// The brand.
    Brand,
    /// The agent whose sale it is.
    Agent,
}

impl Funder {
    /// All three, in the order of the language.
    pub const ALL: [Self; 3] = [Self::Platform, Self::Brand, Self::Agent];

    /// The word of the language.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Platform => "platform",
            Self::Brand => "brand",
            Self::Agent => "agent",
        }
    }
}

/// How much a coupon takes off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CouponValue {
    /// A fixed amount, at most what there is to pay.
    Amount(Money),
    /// A share of what there is to pay, rounded once on the order and then allocated.
    Percent(Rate),
}

/// A charge or a reward: somebody is paid for an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pay {
    /// Name of the rule.
    pub id: Arc<str>,
    /// Name of the postings of [`Pay::service_fee_rate`]: the id with `.fee`.
    pub fee_id: Arc<str>,
    /// What kind of reward it is.
    pub mech: Option<Mech>,
    /// Who is paid: `buyer`, a role the order fills (`sharer`), or an institution (`platform`).
    pub to: Arc<str>,
    /// Who pays.
    pub by: Payer,
    /// How many steps of an invitation tree lie between the sale and who is paid: 0 is the buyer.
    pub depth: u8,
    /// What the amount is counted on; also what an order-level amount is allocated by.
    pub base: Base,
    /// How much.
    pub value: PayValue,
    /// Whether it is counted and rounded per line or once on the order.
    pub per: Per,
    /// Rates of categories that have their own.
    pub category_rates: Vec<(Arc<str>, Rate)>,
    /// The least, whenever there is a base at all.
    pub min: Option<Money>,
    /// The most.
    pub max: Option<Money>,
    /// A total below this is not paid at all.
    pub drop_below: Option<Money>,
    /// The platform's share of the reward, taken out of it.
    pub service_fee_rate: Option<Rate>,
    /// Of the rules of one group the first that applies is paid; an index into the set's groups.
    pub exclusive: Option<u8>,
    /// Waits for the buyer's check-in: in escrow while pending, paid once earned.
    pub contingent: bool,
    /// Paid to the buyer it lowers the price, and with it the tax.
    pub price_reduction: bool,
    /// What a refund does to it.
    pub on_refund: OnRefund,
    /// What sets it off.
    pub trigger: Trigger,
    /// When it applies.
    pub when: When,
}

/// How much a [`Pay`] comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PayValue {
    /// A fixed amount: for each unit of the base `units`, else for each line or order.
    Amount(Money),
    /// A share of the base.
    Rate(Rate),
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$variant_doc])* $variant,)+ }

        impl $name {
            /// The word of the language.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// The meaning of a word of the language.
            pub fn parse(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

words! {
    /// What kind of reward a rule is.
    Mech {
        /// A member buys for herself.
        SelfPurchase = "self",
        /// A sale that came by somebody's link.
        Share = "share",
        /// The first order of somebody invited.
        Invite = "invite",
        /// Service to those who sell: pay on the sale of somebody else's downline.
        Mentor = "mentor",
        /// Own sales of a period reached a target.
        Target = "target",
        /// The leader of a group.
        Leader = "leader",
        /// A promoter's content led to the sale.
        Cps = "cps",
        /// The buyer checked in often enough.
        Checkin = "checkin",
        /// A gift to a new buyer.
        Newcomer = "newcomer",
    }
}

words! {
    /// What an amount is counted on. `list` and `markup` are per line before any discount.
    Base {
        /// Unit price times quantity, before discounts.
        List = "list",
        /// What the buyer pays for the goods.
        Paid = "paid",
        /// That and what the platform adds to it.
        PaidPlusPlatform = "paid_plus_platform",
        /// What the buyer pays without the tax inside it.
        PaidExVat = "paid_ex_vat",
        /// What the buyer pays for the goods and their freight.
        PaidInclFreight = "paid_incl_freight",
        /// The agent's mark-up.
        Markup = "markup",
        /// Pieces.
        Units = "units",
    }
}

words! {
    /// Whether an amount is counted and rounded per line or once on the order.
    Per {
        /// Each line on its own.
        Line = "line",
        /// Once, then allocated to the lines by the base.
        Order = "order",
    }
}

words! {
    /// What a refund does to a posting.
    OnRefund {
        /// Takes back the part of the pieces that came back.
        Reverse = "reverse",
        /// Nothing: an insurance premium is spent.
        Keep = "keep",
    }
}

words! {
    /// What a tier is reached by.
    Metric {
        /// Own sales.
        OwnSales = "own_sales",
        /// Own orders.
        OwnOrders = "own_orders",
        /// Hours of training given or taken.
        TrainingHours = "training_hours",
        /// Sales of those below.
        DownlineSales = "downline_sales",
        /// People brought in.
        Recruits = "recruits",
    }
}

/// Who pays a charge or a reward.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Payer {
    /// The brand, out of what the order brings.
    Brand,
    /// The platform, out of its own.
    Platform,
}

impl Payer {
    /// The word of the language.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Brand => "brand",
            Self::Platform => "platform",
        }
    }
}

/// What sets off a reward. The language has words for what the law forbids, so that such a rule is
/// refused for what it is and not as a misspelling.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Trigger {
    /// A sale. All others are errors of [`crate::check()`] and never pay.
    #[default]
    Sale,
    /// Somebody joined.
    Recruit,
    /// Somebody shared, helped, bargained or collected.
    ShareAction,
}

/// The most all rewards of an order may come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PoolCap {
    /// What it is counted on, over the whole order.
    pub base: Base,
    /// The share of it.
    pub rate: Rate,
}

/// What somebody must do or pay to take part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Eligibility {
    /// A fee for joining.
    pub entry_fee: Money,
    /// A package that must be bought to join.
    pub must_buy_package: bool,
}

/// One way to reach a tier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TierTask {
    /// Name of the task.
    pub id: Arc<str>,
    /// What is counted.
    pub metric: Metric,
    /// How much of it.
    pub min: Option<i64>,
}

/// Limits the owner of the rules sets himself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Compliance {
    /// The deepest reward allowed. 1 unless the rules opt in to 2; never more.
    pub max_depth: u8,
    /// Prompts to share that one user may be shown per calendar day.
    pub prompts_per_day: i64,
    /// Days that must pass before the same contact is suggested again.
    pub contact_gap_days: i64,
}

impl Default for Compliance {
    fn default() -> Self {
        Self { max_depth: 1, prompts_per_day: 1, contact_gap_days: 7 }
    }
}
