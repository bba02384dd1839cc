//! What an order is to be paid, when, and what of it is paid (付款计划): dues to the cent.
//!
//! Knows how an order's price falls into dues by its terms, how payments, credits and deposits meet
//! them, and what a factory owes back at the end. All of it follows from what was agreed and what
//! happened, taken as sets, so the order in which desks learn of it does not matter. Refuses to
//! know who pays, from which account, and today's date.
//!
//! Three amounts carry everything: T, the price of what is ordered; P, the price of what is to be
//! paid for, which is T until goods come that are credited, or not ordered, or the order ends; and
//! W, the price of what has come so far. The dues always add up to P.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    Currency, Money, Refusal,
    money::share,
    schedule,
    stock::QTY_MAX,
    tax::UnitPrice,
    terms::{Milestone, Term, Trigger},
};

/// A line of the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PayableLine {
    /// Units ordered, by the latest revision.
    pub qty: i64,
    /// The price of issue.
    pub price: UnitPrice,
}

/// Goods that came on the order, partly or all. What replaces rejected goods is no shipment: it
/// costs nothing again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shipment {
    /// The day it came.
    pub on: NaiveDate,
    /// Units by line of the order.
    pub units: Vec<i64>,
    /// Units of these that were rejected and settled by credit, by line: they are not paid for.
    pub credited: Vec<i64>,
}

/// Money paid. It names its term; within the term it fills the shipments in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Payment {
    /// Which term, counted from 0.
    pub term: usize,
    /// Minor units, above zero.
    pub minor: i64,
    /// Whether it may be more than is open.
    pub overpaid: bool,
}

/// A due, or part of one, that the factory lets go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiver {
    /// Which term, counted from 0.
    pub term: usize,
    /// For which shipment, counted from 0; without one it takes the term's dues from the last on.
    pub shipment: Option<usize>,
    /// Minor units, above zero.
    pub minor: i64,
}

/// What becomes of what was paid on an order that is cancelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DepositFate {
    /// 应退: the factory owes it back.
    RefundDue,
    /// 没收: the factory keeps it.
    Forfeited,
}

/// Whether more is to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// What is ordered and not credited is still expected.
    Open,
    /// Only what came and was accepted is paid for.
    Closed,
    /// Nothing is.
    Cancelled(DepositFate),
}

/// What was agreed on an order and what happened to it, as far as money goes.
#[derive(Debug, Clone, Copy)]
pub struct OrderMoney<'a> {
    /// Of all its amounts.
    pub currency: Currency,
    /// What is ordered at which price.
    pub lines: &'a [PayableLine],
    /// When it is paid; 100 % together, see [`crate::terms::check_terms`].
    pub terms: &'a [Term],
    /// What of T falls to each term: [`schedule::cut`] when issued, [`OrderMoney::amended`] later.
    pub agreed: &'a [i64],
    /// Whether units beyond those ordered are paid for.
    pub over_receipt_paid: bool,
    /// The day the factory accepted.
    pub accepted_on: Option<NaiveDate>,
    /// Days on which milestones were reached.
    pub milestones: &'a BTreeMap<Milestone, NaiveDate>,
    /// What came, in the order in which it came.
    pub shipments: &'a [Shipment],
    /// What was paid.
    pub payments: &'a [Payment],
    /// What was let go.
    pub waivers: &'a [Waiver],
    /// What the factory paid back so far, minor units.
    pub refunded: i64,
    /// Whether more is to come.
    pub ending: Ending,
}

/// How far a due is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DueState {
    /// What makes it due has not happened.
    Planned,
    /// It has a day.
    Due,
    /// Some of it is paid, set off or let go.
    PartPaid,
    /// All of it is paid or set off.
    Paid,
    /// Nothing is open because some or all was let go.
    Waived,
}

/// An amount to pay (应付款).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// By which term, counted from 0.
    pub term: usize,
    /// For which shipment, counted from 0. Without one: a deposit, or what has not come yet.
    pub shipment: Option<usize>,
    /// Minor units, above zero.
    pub amount: i64,
    /// When; `None` as long as what makes it due has not happened.
    pub due_on: Option<NaiveDate>,
    /// Paid on its term.
    pub paid: i64,
    /// Paid elsewhere on the order and set against it: what is left of a deposit, an overpayment.
    pub set_off: i64,
    /// Let go by the factory.
    pub waived: i64,
}

impl Due {
    /// Minor units that are still to be paid.
    pub fn open(&self) -> i64 {
        self.amount - self.paid - self.set_off - self.waived
    }

    /// How far it is.
    pub fn state(&self) -> DueState {
        match (self.open(), self.waived) {
            (0, 0) => DueState::Paid,
            (0, _) => DueState::Waived,
            (open, _) if open < self.amount => DueState::PartPaid,
            _ if self.due_on.is_some() => DueState::Due,
            _ => DueState::Planned,
        }
    }
}

/// How an order stands in money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// What the order costs by now (P), minor units with tax. The dues add up to it.
    pub payable: i64,
    /// By term, then by shipment, then what has not come yet.
    pub dues: Vec<Due>,
    /// Paid on deposit terms.
    pub deposit_paid: i64,
    /// What of that each shipment cleared, pro rata by value (D-16): together never more.
    pub deposit_cleared: Vec<i64>,
    /// 预付余额: paid beyond all dues of an order that is open.
    pub prepaid: i64,
    /// 应退: paid beyond all dues of an order that ended, and not yet paid back.
    pub refund_due: i64,
    /// Paid on an order that was cancelled, and kept by the factory.
    pub forfeited: i64,
}

impl Account {
    /// Minor units still to be paid.
    pub fn open(&self) -> i64 {
        self.dues.iter().map(Due::open).sum()
    }

    /// Minor units still to be paid on a term.
    pub fn open_on(&self, term: usize) -> i64 {
        self.dues.iter().filter(|due| due.term == term).map(Due::open).sum()
    }

    /// What of the deposit no goods have come for.
    pub fn deposit_uncleared(&self) -> i64 {
        self.deposit_paid - self.deposit_cleared.iter().sum::<i64>()
    }
}

/// T, P and W after each shipment.
struct Progress {
    ordered: i64,
    payable: i64,
    shipped: Vec<i64>,
}

impl OrderMoney<'_> {
    /// How the order stands.
    ///
    /// # Errors
    /// [`Refusal::AmountTooLarge`] beyond what 64 bits hold, [`Refusal::QuantityInvalid`] for units
    /// below zero and for more credited than came.
    pub fn account(&self) -> Result<Account, Refusal> {
        let progress = self.progress()?;
        let mut dues = self.dues(&progress);
        let mut rest = match self.ending {
            Ending::Cancelled(_) => self.paid_on(|_| true),
            Ending::Open | Ending::Closed => self.settle(&mut dues),
        };
        rest -= take_back(&mut dues, rest, self.refunded);
        if !matches!(self.ending, Ending::Cancelled(_)) {
            rest -= set_off(&mut dues, rest);
        }
        let when = |ending: bool| if ending { rest } else { 0 };
        let forfeit = self.ending == Ending::Cancelled(DepositFate::Forfeited);
        let is_deposit =
            |at: usize| self.terms.get(at).is_some_and(|term| term.trigger.is_deposit());
        let deposit_paid = self.paid_on(is_deposit);
        Ok(Account {
            payable: progress.payable,
            dues,
            deposit_paid,
            deposit_cleared: progress.cleared(deposit_paid),
            prepaid: when(self.ending == Ending::Open),
            refund_due: when(self.ending != Ending::Open && !forfeit),
            forfeited: when(forfeit),
        })
    }

    /// What of the dues before shipment is unpaid once `next` has come as well, those of earlier
    /// shipments included. Zero: it may be received.
    pub fn before_ship_open(&self, next: &Shipment) -> Result<i64, Refusal> {
        let mut shipments = self.shipments.to_vec();
        shipments.push(next.clone());
        let account = OrderMoney { shipments: &shipments, ..*self }.account()?;
        let gated = |due: &&Due| {
            due.shipment.is_some() && self.terms[due.term].trigger == Trigger::BeforeShip
        };
        Ok(account.dues.iter().filter(gated).map(Due::open).sum())
    }

    /// The gate before a receipt (款到发货): refuses goods whose dues before shipment are unpaid,
    /// unless there is a `reason` to take them.
    pub fn check_before_ship(
        &self,
        number: &str,
        next: &Shipment,
        reason: Option<&str>,
    ) -> Result<(), Refusal> {
        let open = self.before_ship_open(next)?;
        if open == 0 || reason.is_some_and(|reason| !reason.trim().is_empty()) {
            return Ok(());
        }
        Err(Refusal::BeforeShipOpen { number: number.to_owned(), open: self.amount(open) })
    }

    /// Refuses a payment of nothing, on no term, or of more than is open on its term (D-15) unless
    /// it says so.
    pub fn check_payment(&self, payment: &Payment) -> Result<(), Refusal> {
        let open = self.account()?.open_on(payment.term);
        let most = if payment.overpaid { i64::MAX } else { open };
        self.check_amount(payment.term, payment.minor, (open, most))
    }

    /// Refuses to let go nothing, or more than is open on the term or for the shipment.
    pub fn check_waiver(&self, waiver: &Waiver) -> Result<(), Refusal> {
        let account = self.account()?;
        let named = |due: &&Due| {
            due.term == waiver.term
                && (waiver.shipment.is_none() || due.shipment == waiver.shipment)
        };
        let open = account.dues.iter().filter(named).map(Due::open).sum();
        self.check_amount(waiver.term, waiver.minor, (open, open))
    }

    /// Refuses that nothing, or more than it owes, comes back from the factory.
    pub fn check_refund(&self, minor: i64) -> Result<(), Refusal> {
        let account = self.account()?;
        let owed = account.refund_due + account.prepaid;
        if (1..=owed).contains(&minor) {
            return Ok(());
        }
        Err(Refusal::RefundTooLarge { amount: self.amount(minor), owed: self.amount(owed) })
    }

    /// Refuses to close the order while something is neither paid nor waived.
    pub fn check_closable(&self, number: &str) -> Result<(), Refusal> {
        let open = OrderMoney { ending: Ending::Closed, ..*self }.account()?.open();
        if open == 0 {
            return Ok(());
        }
        Err(Refusal::DuesOpen { number: number.to_owned(), open: self.amount(open) })
    }

    /// What falls to each term once `lines` are ordered instead: what is paid stays, the rest is
    /// cut anew. To be kept with the revision as its `agreed`.
    pub fn amended(&self, lines: &[PayableLine]) -> Result<Vec<i64>, Refusal> {
        let account = self.account()?;
        let settled: Vec<i64> = (0..self.terms.len())
            .map(|term| {
                let waived = account.dues.iter().filter(|due| due.term == term);
                let paid = self.paid_on(|at| at == term);
                paid.saturating_add(waived.map(|due| due.waived).sum()).min(self.agreed_on(term))
            })
            .collect();
        let total = OrderMoney { lines, ..*self }.ordered()?;
        Ok(schedule::recut(self.terms, self.agreed, &settled, total))
    }

    /// What the order costs as ordered (T), minor units with tax.
    pub fn ordered(&self) -> Result<i64, Refusal> {
        let units: Vec<i64> = self.lines.iter().map(|line| line.qty).collect();
        self.value(&units)
    }

    fn check_amount(
        &self,
        term: usize,
        minor: i64,
        (open, most): (i64, i64),
    ) -> Result<(), Refusal> {
        let n = i64::try_from(term).unwrap_or(i64::MAX - 1) + 1;
        if term >= self.terms.len() {
            return Err(Refusal::DueTermUnknown { term: n });
        }
        if (1..=most).contains(&minor) {
            return Ok(());
        }
        let (amount, open) = (self.amount(minor), self.amount(open));
        Err(Refusal::MoreThanOpen { term: n, amount, open })
    }

    fn amount(&self, minor: i64) -> String {
        Money { minor, currency: self.currency }.to_decimal().to_string()
    }

    fn paid_on(&self, term: impl Fn(usize) -> bool) -> i64 {
        let payments = self.payments.iter().filter(|payment| term(payment.term));
        payments.fold(0_i64, |sum, payment| sum.saturating_add(payment.minor.max(0)))
    }

    fn agreed_on(&self, term: usize) -> i64 {
        self.agreed.get(term).copied().unwrap_or(0)
    }

    /// The price of so many units by line, each line rounded once.
    fn value(&self, units: &[i64]) -> Result<i64, Refusal> {
        self.lines.iter().zip(units).try_fold(0_i64, |sum, (line, units)| {
            let gross = line.price.of_units(*units, self.currency)?.gross();
            let too_large = || Refusal::AmountTooLarge { amount: self.amount(sum) };
            sum.checked_add(gross).ok_or_else(too_large)
        })
    }

    fn progress(&self) -> Result<Progress, Refusal> {
        let mut accepted = vec![0_i64; self.lines.len()];
        let mut credited = accepted.clone();
        let mut shipped = Vec::with_capacity(self.shipments.len());
        for shipment in self.shipments {
            for line in 0..self.lines.len() {
                let (units, back) = shipment.on_line(line)?;
                accepted[line] = accepted[line].saturating_add(units - back);
                credited[line] = credited[line].saturating_add(back);
            }
            shipped.push(self.value(&self.paid_for(&accepted))?);
        }
        let mut payable = self.paid_for(&accepted);
        if self.ending == Ending::Open {
            for ((units, line), back) in payable.iter_mut().zip(self.lines).zip(credited) {
                *units = (*units).max(line.qty.saturating_sub(back)).max(0);
            }
        }
        let payable = match self.ending {
            Ending::Cancelled(_) => 0,
            Ending::Open | Ending::Closed => self.value(&payable)?,
        };
        Ok(Progress { ordered: self.ordered()?, payable, shipped })
    }

    /// Of the accepted units by line those that are paid for.
    fn paid_for(&self, accepted: &[i64]) -> Vec<i64> {
        let most = |line: &PayableLine| if self.over_receipt_paid { i64::MAX } else { line.qty };
        self.lines.iter().zip(accepted).map(|(line, units)| (*units).min(most(line))).collect()
    }

    fn dues(&self, progress: &Progress) -> Vec<Due> {
        let mut dues = Vec::new();
        if matches!(self.ending, Ending::Cancelled(_)) {
            return dues;
        }
        let mut push = |term, shipment, amount, due_on| {
            let due = Due { term, shipment, amount, due_on, paid: 0, set_off: 0, waived: 0 };
            if amount > 0 {
                dues.push(due);
            }
        };
        for (at, target) in self.targets(progress).into_iter().enumerate() {
            let trigger = self.terms[at].trigger;
            let mut before = 0;
            if trigger.is_by_shipment() {
                for (n, shipment) in self.shipments.iter().enumerate() {
                    let due = self.up_to(at, progress, progress.shipped[n], target);
                    push(at, Some(n), due - before, trigger.due_on(shipment.on));
                    before = due;
                }
            }
            push(at, None, target - before, self.triggered(trigger));
        }
        dues
    }

    /// When what is not split by shipment is due.
    fn triggered(&self, trigger: Trigger) -> Option<NaiveDate> {
        match trigger {
            Trigger::Accept { .. } => trigger.due_on(self.accepted_on?),
            Trigger::Milestone { milestone, .. } => {
                trigger.due_on(*self.milestones.get(&milestone)?)
            }
            Trigger::BeforeShip | Trigger::Receipt { .. } => None,
        }
    }

    /// What of P falls to each term: as agreed, in proportion when less than ordered is paid for.
    /// The last due takes the cent, and what is paid for beyond the order.
    fn targets(&self, progress: &Progress) -> Vec<i64> {
        let (ordered, payable) = (progress.ordered, progress.payable);
        let mut left = payable;
        let last = self.terms.len().saturating_sub(1);
        let cut = |term: usize| {
            let agreed = self.agreed_on(term);
            let cut = if payable < ordered { share(agreed, payable, ordered) } else { agreed };
            let amount = if term == last { left } else { cut.min(left) };
            left -= amount;
            amount
        };
        (0..self.terms.len()).map(cut).collect()
    }

    /// What of a term is due for goods worth `shipped`: pro rata, all of it with the last goods. It
    /// never falls as goods come, and what came on the agreed quantity keeps its due when more
    /// than ordered comes later.
    fn up_to(&self, term: usize, progress: &Progress, shipped: i64, target: i64) -> i64 {
        if shipped == progress.payable {
            return target;
        }
        let within = shipped.min(progress.ordered);
        let beyond = if term + 1 == self.terms.len() { shipped - within } else { 0 };
        (share(self.agreed_on(term), within, progress.ordered) + beyond).min(target)
    }

    /// Lets payments and waivers meet the dues of their terms, and returns what no due took.
    /// A payment goes where nothing is waived first; what remains of it takes the waiver's place.
    fn settle(&self, dues: &mut [Due]) -> i64 {
        let mut waivers: Vec<&Waiver> = self.waivers.iter().collect();
        waivers.sort_by_key(|waiver| (waiver.shipment.is_none(), waiver.shipment));
        for waiver in waivers {
            waive(dues, waiver);
        }
        let mut rest = 0_i64;
        for payment in self.payments {
            let mut left = payment.minor.max(0);
            for due in dues.iter_mut().filter(|due| due.term == payment.term) {
                let taken = due.open().min(left);
                due.paid += taken;
                left -= taken;
            }
            for due in dues.iter_mut().filter(|due| due.term == payment.term) {
                let taken = due.waived.min(left);
                due.waived -= taken;
                due.paid += taken;
                left -= taken;
            }
            rest = rest.saturating_add(left);
        }
        rest
    }
}

impl Shipment {
    /// Units that came and those of them that are credited, on a line.
    fn on_line(&self, line: usize) -> Result<(i64, i64), Refusal> {
        let at = |units: &[i64]| units.get(line).copied().unwrap_or(0);
        let (units, back) = (at(&self.units), at(&self.credited));
        if !(0..=QTY_MAX).contains(&units) {
            return Err(Refusal::QuantityInvalid { qty: units });
        }
        if !(0..=units).contains(&back) {
            return Err(Refusal::QuantityInvalid { qty: back });
        }
        Ok((units, back))
    }
}

impl Progress {
    /// What of a deposit each shipment clears, pro rata by its value with cumulative rounding.
    fn cleared(&self, deposit: i64) -> Vec<i64> {
        let mut before = 0;
        let clear = |shipped: &i64| {
            let up_to = share(deposit, (*shipped).min(self.ordered), self.ordered);
            let cleared = up_to - before;
            before = up_to;
            cleared
        };
        self.shipped.iter().map(clear).collect()
    }
}

/// Lets go what a waiver says: first on its shipment, then on later and on earlier ones, or from the
/// last due backwards. What its term does not hold any more is forgotten.
fn waive(dues: &mut [Due], waiver: &Waiver) {
    let mut left = waiver.minor.max(0);
    let of_term: Vec<usize> = (0..dues.len()).filter(|&at| dues[at].term == waiver.term).collect();
    // What has not come yet stands behind all shipments.
    let rank = |at: usize| dues[at].shipment.unwrap_or(usize::MAX);
    let start = waiver.shipment.map_or(of_term.len(), |shipment| {
        of_term.iter().take_while(|&&at| rank(at) < shipment).count()
    });
    let (earlier, later) = of_term.split_at(start);
    for at in later.iter().chain(earlier.iter().rev()) {
        let taken = dues[*at].open().min(left);
        dues[*at].waived += taken;
        left -= taken;
    }
}

/// Takes what came back out of `rest`, which it returns as far as it reached; what is missing comes
/// out of the dues, the last first.
fn take_back(dues: &mut [Due], rest: i64, refunded: i64) -> i64 {
    let from_rest = refunded.clamp(0, rest.max(0));
    let mut left = refunded.max(0) - from_rest;
    for due in dues.iter_mut().rev() {
        let taken = due.paid.min(left);
        due.paid -= taken;
        left -= taken;
    }
    from_rest
}

/// Sets `rest` against what is open, the last due first; returns how much was set off.
fn set_off(dues: &mut [Due], rest: i64) -> i64 {
    let mut left = rest;
    for due in dues.iter_mut().rev() {
        let taken = due.open().min(left);
        due.set_off += taken;
        left -= taken;
    }
    rest - left
}
