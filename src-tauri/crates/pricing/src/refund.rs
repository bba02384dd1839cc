//! What goes back when pieces come back.
//!
//! Knows: the postings a quote froze. Refuses to know: rates and rules; nothing is looked up again,
//! so a change of rules between sale and return changes nothing.
//!
//! Of an amount `x` on a line of `n` pieces, returning pieces `a+1..=b` takes back `R(b) - R(a)`
//! with `R(k) = x * k / n`, half rounded up. Any sequence of returns therefore adds up to exactly
//! `x`, and no step depends on how the pieces before it were bundled.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::quote::Quote;
use crate::rules::{Funder, OnRefund, Payer};
use crate::{Error, Money, Rounding};

const BRAND: &str = "brand";
const PLATFORM: &str = "platform";

/// All that a refund needs of a quote, to be kept with the order for as long as it can be returned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frozen {
    /// The rules that made the quote: id, version, hash.
    pub ruleset: (Arc<str>, u32, Arc<str>),
    /// The lines.
    pub lines: Vec<FrozenLine>,
    /// Freight the buyer paid.
    pub freight: Money,
    /// Who bore the agent's discounts.
    pub agent: Arc<str>,
    /// The postings.
    pub postings: Vec<FrozenPosting>,
    /// What each account ended up with.
    pub parties: BTreeMap<Arc<str>, Money>,
}

/// A line as it was paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrozenLine {
    /// Its id.
    pub id: Arc<str>,
    /// Pieces.
    pub qty: i64,
    /// What the buyer paid.
    pub pay: Money,
    /// The discount the platform bore.
    pub platform: Money,
    /// The discount the agent bore.
    pub agent: Money,
}

/// A posting as it was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrozenPosting {
    /// The rule it came from.
    pub rule: Arc<str>,
    /// Who was paid.
    pub account: Arc<str>,
    /// Who paid.
    pub by: Payer,
    /// The line, as an index.
    pub line: u32,
    /// How much.
    pub amount: Money,
    /// A refund leaves it.
    pub keep: bool,
}

/// How much of an order has come back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundState {
    /// Pieces returned, by line.
    pub units: BTreeMap<Arc<str>, i64>,
    /// Freight returned.
    pub freight: Money,
    /// What the buyer got back so far.
    pub refunded: Money,
    /// What each account gave back so far, as changes.
    pub delta: BTreeMap<Arc<str>, Money>,
}

/// One return.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundStep {
    /// Pieces that come back, by line.
    #[serde(default)]
    pub units: BTreeMap<Arc<str>, i64>,
    /// Freight that goes back: all of what is left, none, or an amount. When the step does not
    /// say, freight goes back with the last piece.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub freight: Option<FreightBack>,
    /// Accounts whose share has been paid out by now: what they give back is a debt.
    #[serde(default)]
    pub paid_out: Vec<Arc<str>>,
}

/// Freight that goes back to the buyer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum FreightBack {
    /// All that is left, or none.
    Whole(bool),
    /// So much.
    Amount(Money),
}

/// What one return comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RefundResult {
    /// What the buyer gets back.
    pub buyer_refund: Money,
    /// What changes for each account, without zeros. Adds up to `-buyer_refund`.
    pub delta: BTreeMap<Arc<str>, Money>,
    /// What accounts owe that had been paid out already, as positive amounts. It is part of
    /// `delta`, not beside it: taking it twice would be taking it twice.
    pub clawback: BTreeMap<Arc<str>, Money>,
}

/// Takes back one return of an order, by the postings of its quote.
///
/// # Errors
/// [`Error::UnknownLine`], [`Error::RefundExceedsQuantity`], [`Error::BadValue`] for counts below
/// zero or more freight than was paid, [`Error::Overflow`]. The state is then unchanged.
pub fn refund(
    quote: &Quote,
    state: &mut RefundState,
    step: &RefundStep,
) -> Result<RefundResult, Error> {
    quote.freeze().refund(state, step)
}

impl Quote {
    /// What a later refund needs of this quote.
    pub fn freeze(&self) -> Frozen {
        let set = &self.ruleset;
        Frozen {
            ruleset: (set.id.clone(), set.version, set.hash.clone()),
            lines: self
                .lines
                .iter()
                .map(|line| FrozenLine {
                    id: line.id.clone(),
                    qty: line.qty,
                    pay: line.pay,
                    platform: line.disc_by(Funder::Platform),
                    agent: line.disc_by(Funder::Agent),
                })
                .collect(),
            freight: self.freight,
            agent: self.agent.clone(),
            postings: self
                .postings
                .iter()
                .map(|posting| FrozenPosting {
                    rule: posting.rule.clone(),
                    account: posting.account.clone(),
                    by: posting.by,
                    line: posting.line,
                    amount: posting.amount,
                    keep: posting.on_refund == OnRefund::Keep,
                })
                .collect(),
            parties: self.parties.iter().cloned().collect(),
        }
    }
}

impl Frozen {
    /// [`refund`] without the quote at hand.
    pub fn refund(
        &self,
        state: &mut RefundState,
        step: &RefundStep,
    ) -> Result<RefundResult, Error> {
        let ranges = self.ranges(state, step)?;
        let freight = self.freight_back(state, step, &ranges)?;
        let part = |amount: Money, line: usize| ranges[line].part(amount);
        let mut delta = Deltas::default();
        let mut buyer_refund = freight;
        for (index, line) in self.lines.iter().enumerate() {
            buyer_refund = buyer_refund.plus(part(line.pay, index)?)?;
            for (funder, amount) in [(PLATFORM, line.platform), (&*self.agent, line.agent)] {
                let amount = part(amount, index)?;
                delta.add(funder, amount)?;
                delta.add(BRAND, amount.negated()?)?;
            }
        }
        delta.add(BRAND, buyer_refund.negated()?)?;
        for posting in self.postings.iter().filter(|posting| !posting.keep) {
            // A frozen quote may come from a file; a line it does not have has nothing to return.
            let Some(range) = ranges.get(posting.line as usize) else { continue };
            let amount = range.part(posting.amount)?;
            delta.add(posting.by.name(), amount)?;
            delta.add(&posting.account, amount.negated()?)?;
        }
        let delta = delta.without_zeros();
        let owing = |account: &Arc<str>| delta.get(account).filter(|owed| **owed < Money::ZERO);
        let clawback = step
            .paid_out
            .iter()
            .filter_map(|account| owing(account).map(|owed| Ok((account.clone(), owed.negated()?))))
            .collect::<Result<_, Error>>()?;
        let result = RefundResult { buyer_refund, delta, clawback };
        state.book(step, freight, &result)?;
        Ok(result)
    }

    /// What each account has left after all that came back, without zeros.
    pub fn remaining(&self, state: &RefundState) -> Result<BTreeMap<Arc<str>, Money>, Error> {
        let mut left = Deltas(self.parties.clone());
        for (account, change) in &state.delta {
            left.add(account, *change)?;
        }
        Ok(left.without_zeros())
    }

    /// Which pieces of each line come back in this step.
    fn ranges(&self, state: &RefundState, step: &RefundStep) -> Result<Vec<Range>, Error> {
        if let Some(line) =
            step.units.keys().find(|id| self.lines.iter().all(|line| line.id != **id))
        {
            return Err(Error::UnknownLine { line: line.to_string() });
        }
        self.lines
            .iter()
            .map(|line| {
                let from = state.units.get(&line.id).copied().unwrap_or(0);
                let asked = step.units.get(&line.id).copied().unwrap_or(0);
                if asked < 0 || from < 0 || line.qty < 1 {
                    return Err(Error::bad(format!("units.{}", line.id), asked));
                }
                match from.checked_add(asked).filter(|to| *to <= line.qty) {
                    Some(to) => Ok(Range { from, to, of: line.qty }),
                    None => Err(Error::RefundExceedsQuantity {
                        line: line.id.to_string(),
                        asked,
                        left: (line.qty - from).max(0),
                    }),
                }
            })
            .collect()
    }

    fn freight_back(
        &self,
        state: &RefundState,
        step: &RefundStep,
        ranges: &[Range],
    ) -> Result<Money, Error> {
        let left = self.freight.minus(state.freight)?;
        let last = ranges.iter().all(|range| range.to == range.of);
        match step.freight {
            Some(FreightBack::Amount(amount)) if amount < Money::ZERO || amount > left => {
                Err(Error::bad("freight", amount))
            }
            Some(FreightBack::Amount(amount)) => Ok(amount),
            Some(FreightBack::Whole(whole)) if whole => Ok(left),
            None if last => Ok(left),
            Some(FreightBack::Whole(_)) | None => Ok(Money::ZERO),
        }
    }
}

impl RefundState {
    /// Adds a step that was taken; all of it or nothing.
    fn book(
        &mut self,
        step: &RefundStep,
        freight: Money,
        result: &RefundResult,
    ) -> Result<(), Error> {
        let mut next = self.clone();
        for (line, count) in &step.units {
            *next.units.entry(line.clone()).or_default() += count;
        }
        next.freight = next.freight.plus(freight)?;
        next.refunded = next.refunded.plus(result.buyer_refund)?;
        let mut delta = Deltas(next.delta);
        for (account, change) in &result.delta {
            delta.add(account, *change)?;
        }
        next.delta = delta.without_zeros();
        *self = next;
        Ok(())
    }
}

/// Pieces `from+1..=to` of a line of `of`.
struct Range {
    from: i64,
    to: i64,
    of: i64,
}

impl Range {
    fn part(&self, amount: Money) -> Result<Money, Error> {
        if self.from == self.to || amount == Money::ZERO {
            return Ok(Money::ZERO);
        }
        let until =
            |pieces: i64| amount.share(i128::from(pieces), i128::from(self.of), Rounding::HalfUp);
        until(self.to)?.minus(until(self.from)?)
    }
}

#[derive(Default)]
struct Deltas(BTreeMap<Arc<str>, Money>);

impl Deltas {
    fn add(&mut self, account: &str, amount: Money) -> Result<(), Error> {
        if amount == Money::ZERO {
            return Ok(());
        }
        let balance = match self.0.get_mut(account) {
            Some(balance) => balance,
            None => self.0.entry(account.into()).or_default(),
        };
        *balance = balance.plus(amount)?;
        Ok(())
    }

    fn without_zeros(mut self) -> BTreeMap<Arc<str>, Money> {
        self.0.retain(|_, amount| *amount != Money::ZERO);
        self.0
    }
}
