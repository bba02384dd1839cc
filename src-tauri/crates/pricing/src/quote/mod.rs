//! What an order costs, who is paid for it, and what is left for the brand.
//!
//! Knows: the order of operations, which is fixed: price, coupons in the order of the rules, what
//! the buyer pays, charges, rewards, the cap on rewards, tax, parties. Refuses to know: any channel
//! by name, and anything that happens after payment ([`crate::refund()`] does).
//!
//! Every amount that belongs to the order as a whole is allocated to its lines at once, so each
//! posting has a line and can be taken back by pieces.

mod coupons;
mod desk;
mod json;
mod pays;

pub(crate) use pays::rate_of;
use std::sync::Arc;

use crate::check::Flag;
use crate::order::Order;
use crate::rules::{Base, Funder, OnRefund, Payer, RuleBook, RuleSet};
use crate::{Error, Money};

/// An order priced and paid out, under one version of the rules.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Quote {
    /// The version that was in force.
    pub ruleset: Arc<RuleSet>,
    /// The order.
    pub order: Arc<str>,
    /// When it was paid.
    pub paid_at: crate::time::Moment,
    /// Its group failed: everything goes back and nobody is paid.
    pub void: bool,
    /// The lines, in the order they came.
    pub lines: Vec<QuotedLine>,
    /// Freight the buyer pays.
    pub freight: Money,
    /// Tax inside the freight.
    pub freight_vat: Money,
    /// What the buyer pays: goods and freight.
    pub paid: Money,
    /// Tax inside goods and freight: the sum of the rounded lines, never rounded again.
    pub vat_total: Money,
    /// What goes back to the buyer of a void order.
    pub buyer_refund: Money,
    /// Who is paid what by whom for which line. None is zero.
    pub postings: Vec<Posting>,
    /// What each account ends up with, by name, without zeros. Adds up to [`Quote::paid`].
    pub parties: Vec<(Arc<str>, Money)>,
    /// Who bears discounts of the funder `agent`: the role `agent`, else whoever's sale it is.
    pub agent: Arc<str>,
    /// What is left for the brand, its tax still inside.
    pub brand_net: Money,
    /// What should be looked at.
    pub flags: Vec<Flag>,
    pub(crate) steps: Vec<Step>,
}

/// A line of a quote. `pay` and the discounts add up to `gross`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct QuotedLine {
    /// The line's id.
    pub id: Arc<str>,
    /// Pieces.
    pub qty: i64,
    /// Price of one piece, the agent's mark-up included.
    pub unit: Money,
    /// `unit x qty`.
    pub gross: Money,
    /// The part of `gross` that is the agent's mark-up.
    pub markup: Money,
    /// Discounts by who bears them, in the order of [`Funder::ALL`]; absent for who bears none.
    pub disc: [Option<Money>; 3],
    /// What the buyer pays for the line, without freight.
    pub pay: Money,
    /// The line's part of the freight, by what the lines cost.
    pub freight: Money,
    /// What the buyer gets back on this line as a reduction of the price.
    pub reduction: Money,
    /// Tax inside the line.
    pub vat: Money,
    pub(crate) category: Option<Arc<str>>,
}

impl QuotedLine {
    /// The discount one funder bears.
    pub fn disc_by(&self, funder: Funder) -> Money {
        self.disc[funder as usize].unwrap_or_default()
    }

    /// What a rule of this base counts on, under the set that made the quote.
    pub(crate) fn base(&self, base: Base, set: &RuleSet) -> Result<Money, Error> {
        match base {
            Base::List => Ok(self.gross),
            Base::Paid => Ok(self.pay),
            Base::PaidPlusPlatform => self.pay.plus(self.disc_by(Funder::Platform)),
            Base::PaidExVat => self.pay.minus(set.vat.rate.inside(self.pay, set.rounding)?),
            Base::PaidInclFreight => self.pay.plus(self.freight),
            Base::Markup => Ok(self.markup),
            Base::Units => Ok(Money::from_minor(self.qty)),
        }
    }
}

/// Somebody is paid something for a line.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Posting {
    /// The rule it comes from.
    pub rule: Arc<str>,
    /// Who is paid. `escrow:` and the account while the buyer still has to earn it.
    pub account: Arc<str>,
    /// Who pays.
    pub by: Payer,
    /// The line, as an index into [`Quote::lines`].
    pub line: u32,
    /// How much, above zero.
    pub amount: Money,
    /// What a refund does to it.
    pub on_refund: OnRefund,
    /// How deep in the invitation tree it is paid; 0 for charges and the buyer's own.
    pub depth: u8,
    pub(crate) reduces_price: bool,
}

/// What happened on the way, enough to derive every amount later.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Step {
    /// A price rule priced a line.
    Price { line: u32, rule: u16 },
    /// The mark-up asked for was above what the rule allows.
    MarkupCapped { line: u32, asked: Money, allowed: Money },
    /// A coupon took something off, down to nothing left.
    Coupon { coupon: u16, base: Money, amount: Money },
    /// The goods come to less than the coupon's threshold.
    CouponBelow { coupon: u16, base: Money },
    /// A coupon whose conditions do not hold.
    CouponNotMet { coupon: u16 },
    /// A rule paid.
    Paid { rule: RuleRef, base: Money, amount: Money },
    /// The platform's part was taken out of a reward.
    Fee { rule: RuleRef, amount: Money },
    /// A rule came to less than is paid at all.
    Dropped { rule: RuleRef, amount: Money },
    /// Conditions of a rule do not hold.
    NotMet { rule: RuleRef },
    /// Nobody fills the role that would be paid.
    NoActor { rule: RuleRef },
    /// An earlier rule of the group was paid.
    GroupUsed { rule: RuleRef },
    /// All rewards together were cut to what the rules allow.
    Pool { base: Money, limit: Money, wanted: Money },
    /// The group failed.
    GroupFailed,
}

/// A charge or a reward of the set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RuleRef {
    Charge(u16),
    Reward(u16),
}

/// Prices an order under the version of the rules in force when it was paid.
///
/// Per line `pay + discounts = unit x qty`; over the order the parties add up to what the buyer
/// pays; `brand_net = paid + discounts borne by others - what the brand pays`. Each amount is
/// rounded once, as the rules say, and allocated by [`crate::allocate`].
///
/// # Errors
/// [`Error::NoRuleSet`], [`Error::NoPrice`], [`Error::Overflow`], and [`Error::BadValue`] or
/// [`Error::Duplicate`] for what no order can be.
pub fn quote(book: &RuleBook, order: &Order) -> Result<Quote, Error> {
    quote_under(book.in_force(order.paid_at)?, order)
}

/// Prices an order under a given version, in force or not: what would it have been?
pub fn quote_under(set: &Arc<RuleSet>, order: &Order) -> Result<Quote, Error> {
    desk::Desk::open(set, order)?.close()
}

impl Quote {
    /// What an account ends up with; nothing when it has no part.
    pub fn party(&self, account: &str) -> Money {
        self.parties
            .binary_search_by(|(name, _)| (**name).cmp(account))
            .map_or(Money::ZERO, |place| self.parties[place].1)
    }
}
