//! Charges and rewards: who is paid how much for which line.

use std::sync::Arc;

use super::desk::{Desk, index, short};
use super::{Posting, QuotedLine, RuleRef, Step};
use crate::alloc::allocate_into;
use crate::check;
use crate::order::CheckinStatus;
use crate::rules::{Base, Pay, PayValue, Payer, Per, Trigger};
use crate::{Error, Money, PPM, Rate};

/// Accounts that need nobody to fill them.
const INSTITUTIONS: &[&str] = &["brand", "platform", "payment", "insurer"];

impl Desk<'_> {
    /// An institution takes its part. A role the order fills goes to who fills it; any other name
    /// is the account.
    pub(super) fn charge(&mut self, rule: usize, pay: &Pay) -> Result<(), Error> {
        let rule = RuleRef::Charge(short(rule));
        if !self.applies(rule, pay) {
            return Ok(());
        }
        let account = match self.filled(pay) {
            Some(account) => Arc::clone(account),
            None => Arc::clone(&pay.to),
        };
        self.post(rule, pay, &account, pay.contingent)
    }

    /// Somebody is rewarded, if the order says who.
    pub(super) fn reward(&mut self, rule: usize, pay: &Pay) -> Result<(), Error> {
        let rule = RuleRef::Reward(short(rule));
        if !self.applies(rule, pay) {
            return Ok(());
        }
        let account = match self.filled(pay) {
            Some(account) => Arc::clone(account),
            None if INSTITUTIONS.contains(&&*pay.to) => Arc::clone(&pay.to),
            None => {
                self.steps.push(Step::NoActor { rule });
                return Ok(());
            }
        };
        if !pay.contingent {
            return self.post(rule, pay, &account, false);
        }
        match self.order.checkin.map(|checkin| checkin.status) {
            Some(CheckinStatus::Earned) => self.post(rule, pay, &account, false),
            Some(CheckinStatus::Pending) => {
                self.post(rule, pay, &format!("escrow:{account}").into(), true)
            }
            Some(CheckinStatus::Failed) | None => {
                self.steps.push(Step::NotMet { rule });
                Ok(())
            }
        }
    }

    /// Whether a rule is to be paid, to whomever: its group is free and its conditions hold.
    fn applies(&mut self, rule: RuleRef, pay: &Pay) -> bool {
        if pay.exclusive.is_some_and(|group| self.groups_used & (1 << group) != 0) {
            self.steps.push(Step::GroupUsed { rule });
            return false;
        }
        let facts = self.facts(&pay.to);
        let holds = pay.trigger == Trigger::Sale
            && pay.when.holds(&facts)
            && self.lines.iter().any(|line| pay.when.takes(line.category.as_ref()));
        if !holds {
            self.steps.push(Step::NotMet { rule });
        }
        holds
    }

    fn filled(&self, pay: &Pay) -> Option<&Arc<str>> {
        if *pay.to == *"buyer" { self.order.buyer_account() } else { self.order.actor(&pay.to) }
    }

    fn post(
        &mut self,
        rule: RuleRef,
        pay: &Pay,
        account: &Arc<str>,
        in_escrow: bool,
    ) -> Result<(), Error> {
        let (base, amount) = match pay.per {
            Per::Line => self.count_lines(pay)?,
            Per::Order => self.count_order(pay)?,
        };
        if let Some(group) = pay.exclusive {
            self.groups_used |= 1 << group;
        }
        if pay.drop_below.is_some_and(|least| amount < least) {
            self.steps.push(Step::Dropped { rule, amount });
            return Ok(());
        }
        self.steps.push(Step::Paid { rule, base, amount });
        if let Some(rate) = pay.service_fee_rate {
            self.take_fee(rule, pay, rate)?;
        }
        let reduces_price = pay.price_reduction && !in_escrow && pay.by == Payer::Brand;
        for (line, part) in self.parts.iter().enumerate().filter(|(_, part)| **part != 0) {
            self.postings.push(Posting {
                rule: Arc::clone(&pay.id),
                account: Arc::clone(account),
                by: pay.by,
                line: index(line),
                amount: Money::from_minor(*part),
                on_refund: pay.on_refund,
                depth: pay.depth,
                reduces_price,
            });
        }
        Ok(())
    }

    /// Counts and rounds each line on its own. Returns the sums of bases and amounts.
    fn count_lines(&mut self, pay: &Pay) -> Result<(Money, Money), Error> {
        let set = self.set;
        let (mut bases, mut amounts) = (0, 0);
        for (part, line) in self.parts.iter_mut().zip(&self.lines) {
            *part = 0;
            if !pay.when.takes(line.category.as_ref()) {
                continue;
            }
            let base = line.base(pay.base, set)?;
            let amount = match pay.value {
                PayValue::Rate(rate) => rate_of(pay, line, rate).of(base, set.rounding)?,
                PayValue::Amount(amount) if pay.base == Base::Units => amount.times(line.qty)?,
                PayValue::Amount(amount) => amount,
            };
            *part = bounded(pay, base, amount).minor();
            bases += i128::from(base.minor());
            amounts += i128::from(*part);
        }
        Ok((Money::narrow(bases)?, Money::narrow(amounts)?))
    }

    /// Counts and rounds once on the order, then allocates by what each line adds to it.
    fn count_order(&mut self, pay: &Pay) -> Result<(Money, Money), Error> {
        let set = self.set;
        let (mut bases, mut product) = (0i128, 0i128);
        self.weights.clear();
        for line in &self.lines {
            if !pay.when.takes(line.category.as_ref()) {
                self.weights.push(0);
                continue;
            }
            let base = i128::from(line.base(pay.base, set)?.minor());
            bases += base;
            match pay.value {
                PayValue::Rate(rate) if !pay.category_rates.is_empty() => {
                    let weight = base * i128::from(rate_of(pay, line, rate).ppm());
                    product += weight;
                    self.weights.push(weight);
                }
                _ => self.weights.push(base),
            }
        }
        let base = Money::narrow(bases)?;
        let amount = match pay.value {
            PayValue::Rate(_) if !pay.category_rates.is_empty() => {
                Money::narrow(set.rounding.divide(product, i128::from(PPM))?)?
            }
            PayValue::Rate(rate) => rate.of(base, set.rounding)?,
            PayValue::Amount(amount) if pay.base == Base::Units => amount.times(base.minor())?,
            PayValue::Amount(amount) => amount,
        };
        let amount = bounded(pay, base, amount);
        self.spread(amount, |line| pay.when.takes(line.category.as_ref()))?;
        Ok((base, amount))
    }

    /// Takes the platform's fee out of the reward in `self.parts`, line by line.
    fn take_fee(&mut self, rule: RuleRef, pay: &Pay, rate: Rate) -> Result<(), Error> {
        let mut fees = 0;
        for (line, part) in self.parts.iter_mut().enumerate() {
            let fee = rate.of(Money::from_minor(*part), self.set.rounding)?;
            *part -= fee.minor();
            if fee == Money::ZERO {
                continue;
            }
            fees += i128::from(fee.minor());
            self.postings.push(Posting {
                rule: Arc::clone(&pay.fee_id),
                account: Arc::clone(&self.set.words.platform),
                by: pay.by,
                line: index(line),
                amount: fee,
                on_refund: pay.on_refund,
                depth: 0,
                reduces_price: false,
            });
        }
        self.steps.push(Step::Fee { rule, amount: Money::narrow(fees)? });
        Ok(())
    }

    /// Cuts all rewards to what the rules allow, each in proportion.
    pub(super) fn cap_rewards(&mut self, first: usize) -> Result<(), Error> {
        let Some(cap) = self.set.pool_cap else { return Ok(()) };
        let rewards = &mut self.postings[first..];
        let wanted = Money::sum(rewards.iter().map(|posting| posting.amount))?;
        let mut base = 0;
        for line in &self.lines {
            base += i128::from(line.base(cap.base, self.set)?.minor());
        }
        let base = Money::narrow(base)?;
        let limit = cap.rate.of(base, self.set.rounding)?;
        if wanted <= limit {
            return Ok(());
        }
        let weights: Vec<i128> =
            rewards.iter().map(|posting| i128::from(posting.amount.minor())).collect();
        let mut parts = vec![0; weights.len()];
        allocate_into(limit.minor(), &weights, &mut parts)?;
        for (posting, part) in rewards.iter_mut().zip(parts) {
            posting.amount = Money::from_minor(part);
        }
        self.postings.retain(|posting| posting.amount != Money::ZERO);
        self.steps.push(Step::Pool { base, limit, wanted });
        self.flags.push(check::flag("POOL_CAPPED", self.order.id.to_string()));
        Ok(())
    }
}

/// The rate of the line's category, else the rule's.
pub(crate) fn rate_of(pay: &Pay, line: &QuotedLine, rate: Rate) -> Rate {
    line.category
        .as_ref()
        .and_then(|category| pay.category_rates.iter().find(|(name, _)| name == category))
        .map_or(rate, |(_, own)| *own)
}

/// Within the least and the most of the rule. Where there is no base nothing is due, so there is
/// no least either.
fn bounded(pay: &Pay, base: Money, amount: Money) -> Money {
    let amount = match pay.min {
        Some(least) if base != Money::ZERO => amount.max(least),
        _ => amount,
    };
    pay.max.map_or(amount, |most| amount.min(most))
}
