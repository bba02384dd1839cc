//! How each amount of a quote came about, as codes and values, made only when asked for; and what
//! stands behind the answers to all other cases ([`explain_case`]).
//!
//! Knows: one derivation per amount: each price, discount, rule, posting, tax and account. Refuses
//! to know: any language. [`CODES`] lists every code with its arguments, for tables of words.

use std::sync::Arc;

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::quote::{Posting, Quote, QuotedLine, RuleRef, Step, rate_of};
use crate::rules::{Base, Funder, Pay, PayValue, Payer, Per, VatBase};
use crate::time::Moment;
use crate::{Money, Rate};

mod case;

pub use case::{Explained, explain_case};

/// How one amount came about.
#[derive(Clone, Debug, PartialEq)]
pub struct Derivation {
    /// What kind of step it is: a key of [`CODES`].
    pub code: &'static str,
    /// What went in and what came out, by name.
    pub args: Vec<(&'static str, Arg)>,
}

/// A value of a derivation.
#[derive(Clone, Debug, PartialEq)]
pub enum Arg {
    /// An id: a rule, a line, an account.
    Id(Arc<str>),
    /// A word of the rule language, which has a translation.
    Word(&'static str),
    /// An amount of the rule set's currency.
    Money(Money),
    /// A share.
    Rate(Rate),
    /// Pieces, or a version.
    Count(i64),
    /// An instant.
    Time(Moment),
}

impl Serialize for Arg {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Id(id) => to.serialize_str(id),
            Self::Word(word) => to.serialize_str(word),
            Self::Money(amount) => amount.serialize(to),
            Self::Rate(rate) => to.collect_str(rate),
            Self::Count(count) => count.serialize(to),
            Self::Time(at) => at.serialize(to),
        }
    }
}

impl Serialize for Derivation {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut json = to.serialize_map(Some(self.args.len() + 1))?;
        json.serialize_entry("code", self.code)?;
        for (name, arg) in &self.args {
            json.serialize_entry(name, arg)?;
        }
        json.end()
    }
}

/// Every code with the names of its arguments, in order.
pub static CODES: &[(&str, &[&str])] = &[
    ("ruleset", &["id", "version", "at"]),
    ("price", &["line", "rule", "unit", "qty", "amount"]),
    ("markup_capped", &["line", "asked", "allowed"]),
    ("coupon", &["coupon", "base", "amount"]),
    ("coupon_below", &["coupon", "base", "threshold"]),
    ("coupon_not_met", &["coupon"]),
    ("group_failed", &["refund"]),
    ("line_pay", &["line", "gross", "platform", "brand", "agent", "pay"]),
    ("charge_rate", &["rule", "rate", "base", "base_amount", "amount", "by"]),
    ("charge_by_category", &["rule", "base", "base_amount", "amount", "by"]),
    ("charge_fixed", &["rule", "base", "base_amount", "amount", "by"]),
    ("reward_rate", &["rule", "rate", "base", "base_amount", "amount", "by"]),
    ("reward_by_category", &["rule", "base", "base_amount", "amount", "by"]),
    ("reward_fixed", &["rule", "base", "base_amount", "amount", "by"]),
    ("fee", &["rule", "rate", "amount"]),
    ("dropped", &["rule", "amount", "least"]),
    ("not_met", &["rule"]),
    ("no_actor", &["rule", "role"]),
    ("group_used", &["rule", "group"]),
    ("pool", &["rate", "base", "base_amount", "limit", "wanted"]),
    ("posting_rate", &["rule", "line", "account", "rate", "base", "base_amount", "amount"]),
    ("posting_fixed", &["rule", "line", "account", "amount"]),
    ("posting_share", &["rule", "line", "account", "base", "base_amount", "amount"]),
    ("posting_fee", &["rule", "line", "account", "amount"]),
    ("posting_cut", &["rule", "line", "account", "amount"]),
    ("vat", &["line", "gross", "reduction", "rate", "amount"]),
    ("vat_freight", &["gross", "rate", "amount"]),
    ("vat_total", &["amount"]),
    ("party", &["account", "received", "borne", "amount"]),
    ("brand_net", &["paid", "funded", "charges", "rewards", "amount"]),
    ("refund_step", &["step", "amount"]),
    ("refund_line", &["line", "first", "last", "qty", "pay", "amount"]),
    ("refund_freight", &["amount"]),
    ("refund_party", &["account", "amount"]),
    ("clawback", &["account", "amount"]),
    ("refunded_total", &["amount"]),
    ("refund_left", &["account", "amount"]),
    ("margin", &["brand_net", "vat_out", "vat_credit", "unit_cost", "qty", "other_cost", "amount"]),
    ("margin_expected", &["return_rate", "return_loss", "amount"]),
    ("break_even", &["price", "target", "below"]),
    ("floor_full_cost", &["price"]),
    ("floor_cash", &["price"]),
    ("floor_destruction", &["saved", "price"]),
    ("withheld_single", &["income", "taxable", "rate", "quick", "tax", "net"]),
    (
        "withheld_year",
        &["months", "income", "earned", "taxable", "rate", "quick", "settled", "tax", "net"],
    ),
    ("withheld_gift", &["income", "rate", "tax", "net"]),
    ("withheld_none", &["income"]),
    ("withheld_total", &["tax", "net"]),
    ("settle_order", &["event", "due", "amount", "reserve"]),
    ("settle_booking", &["event", "due", "amount"]),
    ("settle_later", &["event", "due"]),
    ("settle_earlier", &["event", "due"]),
    ("settle_on_its_way", &["event"]),
    (
        "settle_total",
        &[
            "opening",
            "settled",
            "reserve_new",
            "reserve_released",
            "payable",
            "carry",
            "reserve_left",
        ],
    ),
    ("reconciled", &["of", "bucket", "amount"]),
    ("reconciled_none", &["of", "bucket", "expected"]),
    ("reconciled_diff", &["part", "amount"]),
    ("reconciled_gap", &["after", "flow", "amount"]),
    ("reconciled_total", &["amount"]),
];

impl Quote {
    /// How each amount came about, in the order of the computation. Nothing is derived before the
    /// iterator gets there.
    pub fn explain(&self) -> impl Iterator<Item = Derivation> + '_ {
        let first = [self.of_ruleset()].into_iter();
        let steps = self.steps.iter().map(|step| self.of_step(*step));
        let rest = if self.void { &[][..] } else { &self.lines[..] };
        let lines = rest.iter().map(of_line);
        let postings = self.postings.iter().map(|posting| self.of_posting(posting));
        let taxes = rest.iter().map(|line| self.of_vat(line));
        let parties = self.parties.iter().filter(|(account, _)| **account != *"brand");
        let parties = parties.map(|(account, amount)| self.of_party(account, *amount));
        let totals = [Self::of_vat_freight, Self::of_vat_total];
        let totals = totals.into_iter().take(if self.void { 0 } else { 2 });
        first
            .chain(steps)
            .chain(lines)
            .chain(postings)
            .chain(taxes)
            .chain(totals.map(|total| total(self)))
            .chain(parties)
            .chain([self.of_brand_net()])
    }

    fn of_ruleset(&self) -> Derivation {
        derive(
            "ruleset",
            [
                ("id", Arg::Id(self.ruleset.id.clone())),
                ("version", Arg::Count(i64::from(self.ruleset.version))),
                ("at", Arg::Time(self.paid_at)),
            ],
        )
    }

    fn of_step(&self, step: Step) -> Derivation {
        let id = |rule| ("rule", Arg::Id(self.pay(rule).id.clone()));
        match step {
            Step::Price { line, rule } => self.of_price(line, rule),
            Step::MarkupCapped { line, asked, allowed } => derive(
                "markup_capped",
                [
                    ("line", Arg::Id(self.lines[line as usize].id.clone())),
                    ("asked", Arg::Money(asked)),
                    ("allowed", Arg::Money(allowed)),
                ],
            ),
            Step::Coupon { coupon, base, amount } => {
                self.of_coupon("coupon", coupon, [("base", base), ("amount", amount)])
            }
            Step::CouponBelow { coupon, base } => {
                let least = self.ruleset.coupons[usize::from(coupon)].threshold.unwrap_or_default();
                self.of_coupon("coupon_below", coupon, [("base", base), ("threshold", least)])
            }
            Step::CouponNotMet { coupon } => self.of_coupon("coupon_not_met", coupon, []),
            Step::GroupFailed => {
                derive("group_failed", [("refund", Arg::Money(self.buyer_refund))])
            }
            Step::Paid { rule, base, amount } => self.of_rule(rule, base, amount),
            Step::Fee { rule, amount } => {
                let rate = self.pay(rule).service_fee_rate.unwrap_or_default();
                derive("fee", [id(rule), ("rate", Arg::Rate(rate)), ("amount", Arg::Money(amount))])
            }
            Step::Dropped { rule, amount } => {
                let least = Arg::Money(self.pay(rule).drop_below.unwrap_or_default());
                derive("dropped", [id(rule), ("amount", Arg::Money(amount)), ("least", least)])
            }
            Step::NotMet { rule } => derive("not_met", [id(rule)]),
            Step::NoActor { rule } => {
                derive("no_actor", [id(rule), ("role", Arg::Id(self.pay(rule).to.clone()))])
            }
            Step::GroupUsed { rule } => {
                let group = self.pay(rule).exclusive.map_or(0, usize::from);
                let group = self.ruleset.groups.get(group).cloned().unwrap_or_default();
                derive("group_used", [id(rule), ("group", Arg::Id(group))])
            }
            Step::Pool { base, limit, wanted } => self.of_pool(base, limit, wanted),
        }
    }

    fn of_price(&self, line: u32, rule: u16) -> Derivation {
        let line = &self.lines[line as usize];
        derive(
            "price",
            [
                ("line", Arg::Id(line.id.clone())),
                ("rule", Arg::Id(self.ruleset.prices[usize::from(rule)].id.clone())),
                ("unit", Arg::Money(line.unit)),
                ("qty", Arg::Count(line.qty)),
                ("amount", Arg::Money(line.gross)),
            ],
        )
    }

    fn of_coupon<const N: usize>(
        &self,
        code: &'static str,
        coupon: u16,
        amounts: [(&'static str, Money); N],
    ) -> Derivation {
        let id = self.ruleset.coupons[usize::from(coupon)].id.clone();
        let mut args = vec![("coupon", Arg::Id(id))];
        args.extend(amounts.map(|(name, amount)| (name, Arg::Money(amount))));
        Derivation { code, args }
    }

    fn of_pool(&self, base: Money, limit: Money, wanted: Money) -> Derivation {
        let cap = self.ruleset.pool_cap;
        derive(
            "pool",
            [
                ("rate", Arg::Rate(cap.map_or(Rate::ZERO, |cap| cap.rate))),
                ("base", Arg::Word(cap.map_or(Base::Paid, |cap| cap.base).name())),
                ("base_amount", Arg::Money(base)),
                ("limit", Arg::Money(limit)),
                ("wanted", Arg::Money(wanted)),
            ],
        )
    }

    fn pay(&self, rule: RuleRef) -> &Pay {
        match rule {
            RuleRef::Charge(index) => &self.ruleset.charges[usize::from(index)],
            RuleRef::Reward(index) => &self.ruleset.rewards[usize::from(index)],
        }
    }

    fn of_rule(&self, rule: RuleRef, base: Money, amount: Money) -> Derivation {
        let pay = self.pay(rule);
        let charge = matches!(rule, RuleRef::Charge(_));
        let mut args = vec![("rule", Arg::Id(pay.id.clone()))];
        let by_category = !pay.category_rates.is_empty();
        match pay.value {
            PayValue::Rate(rate) if !by_category => args.push(("rate", Arg::Rate(rate))),
            PayValue::Rate(_) | PayValue::Amount(_) => {}
        }
        args.extend([
            ("base", Arg::Word(pay.base.name())),
            ("base_amount", amount_of(pay.base, base)),
            ("amount", Arg::Money(amount)),
            ("by", Arg::Word(pay.by.name())),
        ]);
        let code = match (charge, pay.value) {
            (true, PayValue::Rate(_)) if by_category => "charge_by_category",
            (true, PayValue::Rate(_)) => "charge_rate",
            (true, PayValue::Amount(_)) => "charge_fixed",
            (false, PayValue::Rate(_)) if by_category => "reward_by_category",
            (false, PayValue::Rate(_)) => "reward_rate",
            (false, PayValue::Amount(_)) => "reward_fixed",
        };
        Derivation { code, args }
    }

    fn of_posting(&self, posting: &Posting) -> Derivation {
        let set = &self.ruleset;
        let line = &self.lines[posting.line as usize];
        let mut args = vec![
            ("rule", Arg::Id(posting.rule.clone())),
            ("line", Arg::Id(line.id.clone())),
            ("account", Arg::Id(posting.account.clone())),
        ];
        let charge = set.charges.iter().find(|pay| pay.id == posting.rule);
        let rule = charge.or_else(|| set.rewards.iter().find(|pay| pay.id == posting.rule));
        let pooled = self.steps.iter().any(|step| matches!(step, Step::Pool { .. }));
        let code = match rule {
            None => "posting_fee",
            Some(_) if charge.is_none() && pooled => "posting_cut",
            Some(pay) => {
                let base = line.base(pay.base, set).unwrap_or_default();
                let counted = [
                    ("base", Arg::Word(pay.base.name())),
                    ("base_amount", amount_of(pay.base, base)),
                ];
                match (pay.per, pay.value) {
                    (Per::Order, _) => {
                        args.extend(counted);
                        "posting_share"
                    }
                    (Per::Line, PayValue::Rate(rate)) => {
                        args.push(("rate", Arg::Rate(rate_of(pay, line, rate))));
                        args.extend(counted);
                        "posting_rate"
                    }
                    (Per::Line, PayValue::Amount(_)) => "posting_fixed",
                }
            }
        };
        args.push(("amount", Arg::Money(posting.amount)));
        Derivation { code, args }
    }

    fn of_vat(&self, line: &QuotedLine) -> Derivation {
        let gross = match self.ruleset.vat.base {
            VatBase::Paid => line.pay,
            VatBase::PaidPlusPlatform => {
                line.pay.plus(line.disc_by(Funder::Platform)).unwrap_or_default()
            }
        };
        derive(
            "vat",
            [
                ("line", Arg::Id(line.id.clone())),
                ("gross", Arg::Money(gross)),
                ("reduction", Arg::Money(line.reduction)),
                ("rate", Arg::Rate(self.ruleset.vat.rate)),
                ("amount", Arg::Money(line.vat)),
            ],
        )
    }

    fn of_vat_freight(&self) -> Derivation {
        derive(
            "vat_freight",
            [
                ("gross", Arg::Money(self.freight)),
                ("rate", Arg::Rate(self.ruleset.vat.freight_rate)),
                ("amount", Arg::Money(self.freight_vat)),
            ],
        )
    }

    fn of_vat_total(&self) -> Derivation {
        derive("vat_total", [("amount", Arg::Money(self.vat_total))])
    }

    fn of_party(&self, account: &Arc<str>, amount: Money) -> Derivation {
        let received = self.posted(|posting| posting.account == *account);
        let borne = received.minus(amount).unwrap_or_default();
        derive(
            "party",
            [
                ("account", Arg::Id(account.clone())),
                ("received", Arg::Money(received)),
                ("borne", Arg::Money(borne)),
                ("amount", Arg::Money(amount)),
            ],
        )
    }

    fn of_brand_net(&self) -> Derivation {
        let funded = self
            .lines
            .iter()
            .flat_map(|line| [line.disc_by(Funder::Platform), line.disc_by(Funder::Agent)]);
        let charged =
            |posting: &Posting| self.ruleset.charges.iter().any(|pay| pay.id == posting.rule);
        let by_brand = |posting: &Posting| posting.by == Payer::Brand;
        derive(
            "brand_net",
            [
                ("paid", Arg::Money(self.paid)),
                ("funded", Arg::Money(Money::sum(funded).unwrap_or_default())),
                ("charges", Arg::Money(self.posted(|each| by_brand(each) && charged(each)))),
                ("rewards", Arg::Money(self.posted(|each| by_brand(each) && !charged(each)))),
                ("amount", Arg::Money(self.brand_net)),
            ],
        )
    }

    fn posted(&self, which: impl Fn(&Posting) -> bool) -> Money {
        let which = self.postings.iter().filter(|posting| which(posting));
        Money::sum(which.map(|posting| posting.amount)).unwrap_or_default()
    }
}

fn of_line(line: &QuotedLine) -> Derivation {
    derive(
        "line_pay",
        [
            ("line", Arg::Id(line.id.clone())),
            ("gross", Arg::Money(line.gross)),
            ("platform", Arg::Money(line.disc_by(Funder::Platform))),
            ("brand", Arg::Money(line.disc_by(Funder::Brand))),
            ("agent", Arg::Money(line.disc_by(Funder::Agent))),
            ("pay", Arg::Money(line.pay)),
        ],
    )
}

/// Pieces are counted, everything else is money.
fn amount_of(base: Base, amount: Money) -> Arg {
    if base == Base::Units { Arg::Count(amount.minor()) } else { Arg::Money(amount) }
}

fn derive<const N: usize>(code: &'static str, args: [(&'static str, Arg); N]) -> Derivation {
    Derivation { code, args: args.into() }
}
