//! The computation of a quote, step after step.
//!
//! Knows: the state between the steps. Refuses to know: coupons and rewards in detail, which have
//! modules of their own.

use std::sync::Arc;

use super::{Posting, Quote, QuotedLine, Step};
use crate::alloc::allocate_into;
use crate::check::{self, Flag};
use crate::order::{GroupStatus, Line, Order};
use crate::rules::{Facts, Funder, Payer, Price, PriceSource, RuleSet, VatBase};
use crate::{Error, Money};

const BRAND: &str = "brand";
const PLATFORM: &str = "platform";

/// An order on its way to a quote.
pub(super) struct Desk<'a> {
    pub(super) set: &'a Arc<RuleSet>,
    pub(super) order: &'a Order,
    pub(super) lines: Vec<QuotedLine>,
    pub(super) postings: Vec<Posting>,
    pub(super) steps: Vec<Step>,
    pub(super) flags: Vec<Flag>,
    /// Pieces of the whole order.
    pub(super) qty: i64,
    /// What the goods come to at this point.
    pub(super) paid: Money,
    /// Groups of which a rule was paid, one bit each.
    pub(super) groups_used: u64,
    /// Room for one allocation: weights in, parts out, one of each per line.
    pub(super) weights: Vec<i128>,
    pub(super) parts: Vec<i64>,
}

impl<'a> Desk<'a> {
    /// Checks the order and prices its lines.
    pub(super) fn open(set: &'a Arc<RuleSet>, order: &'a Order) -> Result<Self, Error> {
        order.validate()?;
        let qty = order.lines.iter().map(|line| Money::from_minor(line.qty));
        let count = order.lines.len();
        let pays = set.charges.len() + set.rewards.len();
        let mut desk = Self {
            set,
            order,
            lines: Vec::with_capacity(count),
            postings: Vec::with_capacity(count * pays),
            steps: Vec::with_capacity(count + pays + set.coupons.len()),
            flags: Vec::new(),
            qty: Money::sum(qty)?.minor(),
            paid: Money::ZERO,
            groups_used: 0,
            weights: Vec::with_capacity(count),
            parts: vec![0; count],
        };
        for line in &order.lines {
            desk.price(line)?;
        }
        desk.paid = Money::sum(desk.lines.iter().map(|line| line.gross))?;
        Ok(desk)
    }

    /// Everything after the prices.
    pub(super) fn close(mut self) -> Result<Quote, Error> {
        self.flag_personal_data();
        self.take_coupons()?;
        if self.order.group.as_ref().is_some_and(|group| group.status == GroupStatus::Failed) {
            return self.void();
        }
        self.share_freight()?;
        let set = self.set;
        for (rule, pay) in set.charges.iter().enumerate() {
            self.charge(rule, pay)?;
        }
        let rewards = self.postings.len();
        for (rule, pay) in set.rewards.iter().enumerate() {
            self.reward(rule, pay)?;
        }
        self.cap_rewards(rewards)?;
        self.flag_uplines(rewards);
        self.tax()?;
        self.finish()
    }

    /// The first price rule that matches the line; the list is the precedence. Where the line
    /// lacks the field that rule reads it has no price: the next rule would be another deal.
    fn price(&mut self, line: &Line) -> Result<(), Error> {
        let facts = Facts { order: self.order, qty: line.qty, paid: Money::ZERO, role: "" };
        let matching = |(_, rule): &(usize, &Price)| {
            rule.sku.as_ref().is_none_or(|sku| *sku == line.sku)
                && rule.when.takes(line.category.as_ref())
                && rule.when.holds(&facts)
        };
        let no_price = || Error::NoPrice { line: line.id.to_string() };
        let (rule, price) =
            self.set.prices.iter().enumerate().find(matching).ok_or_else(no_price)?;
        let before = match price.from {
            PriceSource::Unit(unit) => unit,
            PriceSource::Field(field) => line.price(field).ok_or_else(no_price)?,
        };
        let at = index(self.lines.len());
        self.steps.push(Step::Price { line: at, rule: short(rule) });
        let markup = self.markup(price, line, before, at)?;
        let unit = before.plus(markup)?;
        let gross = unit.times(line.qty)?;
        self.lines.push(QuotedLine {
            id: line.id.clone(),
            qty: line.qty,
            unit,
            gross,
            markup: markup.times(line.qty)?,
            disc: [None; 3],
            pay: gross,
            freight: Money::ZERO,
            reduction: Money::ZERO,
            vat: Money::ZERO,
            category: line.category.clone(),
        });
        Ok(())
    }

    /// The agent's mark-up on one piece, at most what the rule allows on top of the price.
    fn markup(
        &mut self,
        rule: &Price,
        line: &Line,
        before: Money,
        at: u32,
    ) -> Result<Money, Error> {
        if !rule.add_markup {
            return Ok(Money::ZERO);
        }
        let asked = line.markup.unwrap_or_default();
        let Some(most) = rule.markup_max_rate else { return Ok(asked) };
        let allowed = most.of(before, self.set.rounding)?;
        if asked <= allowed {
            return Ok(asked);
        }
        self.steps.push(Step::MarkupCapped { line: at, asked, allowed });
        self.flags.push(check::flag("MARKUP_CAPPED", line.id.to_string()));
        Ok(allowed)
    }

    /// Facts about the order as a whole at this point.
    pub(super) fn facts<'b>(&'b self, role: &'b str) -> Facts<'b> {
        Facts { order: self.order, qty: self.qty, paid: self.paid, role }
    }

    /// Allocates `amount` to the lines by `self.weights` into `self.parts`. Where nothing has a
    /// weight the lines' list prices decide, then their pieces: an insurance premium is due for a
    /// free order, too. Lines that are not `taken` get nothing.
    pub(super) fn spread(
        &mut self,
        amount: Money,
        taken: impl Fn(&QuotedLine) -> bool,
    ) -> Result<(), Error> {
        let by: [fn(&QuotedLine) -> i64; 2] = [|line| line.gross.minor(), |line| line.qty];
        for weight in by {
            if self.weights.iter().any(|weight| *weight != 0) {
                break;
            }
            self.weights.clear();
            self.weights.extend(
                self.lines.iter().map(
                    |line| {
                        if taken(line) { i128::from(weight(line)) } else { 0 }
                    },
                ),
            );
        }
        allocate_into(amount.minor(), &self.weights, &mut self.parts)
    }

    fn share_freight(&mut self) -> Result<(), Error> {
        if self.order.freight == Money::ZERO || self.lines.is_empty() {
            return Ok(());
        }
        self.weights.clear();
        self.weights.extend(self.lines.iter().map(|line| i128::from(line.pay.minor())));
        self.spread(self.order.freight, |_| true)?;
        for (line, part) in self.lines.iter_mut().zip(&self.parts) {
            line.freight = Money::from_minor(*part);
        }
        Ok(())
    }

    /// Tax inside each line, what came back to the buyer as a lower price taken off first.
    fn tax(&mut self) -> Result<(), Error> {
        for posting in self.postings.iter().filter(|posting| posting.reduces_price) {
            let line = &mut self.lines[posting.line as usize];
            line.reduction = line.reduction.plus(posting.amount)?;
        }
        let vat = self.set.vat;
        for line in &mut self.lines {
            let gross = match vat.base {
                VatBase::Paid => line.pay,
                VatBase::PaidPlusPlatform => line.pay.plus(line.disc_by(Funder::Platform))?,
            };
            let taxed = gross.minus(line.reduction)?.max(Money::ZERO);
            line.vat = vat.rate.inside(taxed, self.set.rounding)?;
        }
        Ok(())
    }

    /// What each account ends up with, and the quote.
    fn finish(mut self) -> Result<Quote, Error> {
        let freight = self.order.freight;
        let paid = self.paid.plus(freight)?;
        let agent = self.agent();
        let words = &self.set.words;
        let mut accounts = Accounts::with_brand(i128::from(paid.minor()));
        for line in &self.lines {
            for (funder, amount) in Funder::ALL.into_iter().zip(line.disc) {
                let Some(amount) = amount.filter(|amount| *amount != Money::ZERO) else { continue };
                match funder {
                    Funder::Brand => {}
                    Funder::Platform => accounts.move_from(&words.platform, amount),
                    Funder::Agent => accounts.move_from(&agent, amount),
                }
            }
        }
        for posting in &self.postings {
            accounts.post(posting, &words.platform);
        }
        let brand_net = Money::narrow(accounts.brand)?;
        let parties = accounts.settle(&words.brand)?;
        self.flag_negatives(&parties);
        let freight_vat = self.set.vat.freight_rate.inside(freight, self.set.rounding)?;
        let vats = self.lines.iter().map(|line| line.vat).chain([freight_vat]);
        Ok(Quote {
            vat_total: Money::sum(vats)?,
            ruleset: Arc::clone(self.set),
            order: self.order.id.clone(),
            paid_at: self.order.paid_at,
            void: false,
            lines: self.lines,
            freight,
            freight_vat,
            paid,
            buyer_refund: Money::ZERO,
            postings: self.postings,
            parties,
            agent,
            brand_net,
            flags: self.flags,
            steps: self.steps,
        })
    }

    fn agent(&self) -> Arc<str> {
        let order = self.order;
        let account = order.actor("agent").or_else(|| order.actor("sharer"));
        account.map_or_else(|| self.set.words.agent.clone(), Arc::clone)
    }

    /// A failed group: the buyer gets all of it back and nobody is paid.
    fn void(mut self) -> Result<Quote, Error> {
        let buyer_refund = self.paid.plus(self.order.freight)?;
        for line in &mut self.lines {
            line.pay = Money::ZERO;
            line.disc = [None; 3];
        }
        let agent = self.agent();
        self.steps.push(Step::GroupFailed);
        self.flags.push(check::flag("GROUP_FAILED_REFUND", self.order.id.to_string()));
        Ok(Quote {
            ruleset: Arc::clone(self.set),
            order: self.order.id.clone(),
            paid_at: self.order.paid_at,
            void: true,
            lines: self.lines,
            freight: Money::ZERO,
            freight_vat: Money::ZERO,
            paid: Money::ZERO,
            vat_total: Money::ZERO,
            buyer_refund,
            postings: Vec::new(),
            parties: Vec::new(),
            agent,
            brand_net: Money::ZERO,
            flags: self.flags,
            steps: self.steps,
        })
    }

    fn flag_personal_data(&mut self) {
        let actors = self.order.actors.iter();
        let actors = actors.filter_map(|(role, id)| Some((&**role, &**id.as_ref()?)));
        for (role, id) in actors.chain([("buyer", &*self.order.buyer)]) {
            if check::is_personal_data(id) {
                self.flags.push(check::flag("PERSONAL_DATA_AS_ID", role.to_owned()));
            }
        }
    }

    /// Pay on somebody else's sale goes to two people at most.
    fn flag_uplines(&mut self, rewards: usize) {
        let rewards = &self.postings[rewards..];
        let first = |place: usize| {
            rewards[..place].iter().all(|e| e.depth == 0 || e.account != rewards[place].account)
        };
        let payees = (0..rewards.len()).filter(|place| rewards[*place].depth > 0 && first(*place));
        if payees.count() > 2 {
            let at = self.order.id.to_string();
            self.flags.push(check::flag("MORE_THAN_2_UPLINE_PAYEES", at));
        }
    }

    fn flag_negatives(&mut self, parties: &[(Arc<str>, Money)]) {
        for (account, amount) in parties.iter().filter(|(_, amount)| *amount < Money::ZERO) {
            match &**account {
                PLATFORM => {}
                BRAND => {
                    let at = amount.to_decimal(self.set.currency).to_string();
                    self.flags.push(check::flag("BRAND_NET_NEGATIVE", at));
                }
                _ => self.flags.push(check::flag("PARTY_NEGATIVE", account.to_string())),
            }
        }
    }
}

/// Running balances. The brand's starts with what the buyer pays; the others' with nothing.
struct Accounts {
    brand: i128,
    others: Vec<(Arc<str>, i128)>,
}

impl Accounts {
    fn with_brand(brand: i128) -> Self {
        Self { brand, others: Vec::with_capacity(8) }
    }

    fn other(&mut self, account: &Arc<str>) -> &mut i128 {
        let place = self.others.iter().position(|(name, _)| name == account);
        let place = place.unwrap_or_else(|| {
            self.others.push((account.clone(), 0));
            self.others.len() - 1
        });
        &mut self.others[place].1
    }

    /// A discount somebody else bears reaches the brand.
    fn move_from(&mut self, account: &Arc<str>, amount: Money) {
        self.brand += i128::from(amount.minor());
        *self.other(account) -= i128::from(amount.minor());
    }

    fn post(&mut self, posting: &Posting, platform: &Arc<str>) {
        let amount = i128::from(posting.amount.minor());
        match posting.by {
            Payer::Brand => self.brand -= amount,
            Payer::Platform => *self.other(platform) -= amount,
        }
        if *posting.account == *BRAND {
            self.brand += amount;
            return;
        }
        let known = self.others.iter_mut().find(|(name, _)| *name == posting.account);
        match known {
            Some((_, balance)) => *balance += amount,
            None => self.others.push((Arc::clone(&posting.account), amount)),
        }
    }

    /// All that are not zero, by name.
    fn settle(mut self, brand: &Arc<str>) -> Result<Vec<(Arc<str>, Money)>, Error> {
        self.others.push((brand.clone(), self.brand));
        self.others.retain(|(_, balance)| *balance != 0);
        self.others.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        self.others
            .into_iter()
            .map(|(account, balance)| Ok((account, Money::narrow(balance)?)))
            .collect()
    }
}

/// Lines of an order counted in 32 bits: more than memory holds.
pub(super) fn index(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

/// Rules of a set counted in 16 bits. A later one is only explained wrongly, never paid wrongly.
pub(super) fn short(place: usize) -> u16 {
    u16::try_from(place).unwrap_or(u16::MAX)
}
