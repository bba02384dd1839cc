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

mod cut;
mod meet;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    Currency, Money, Refusal, schedule,
    tax::UnitPrice,
    terms::{Milestone, Term, Trigger},
};
use meet::{deduct, set_off, take_back};

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
    /// What the factory owes for claims and we take off what is to be paid, minor units.
    pub deducted: i64,
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
    /// All of it is paid.
    Paid,
    /// Nothing is open because some or all was set off.
    SetOff,
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
    /// Set against it: what is left of a deposit, an overpayment, a claim on the factory.
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
            (0, 0) if self.set_off > 0 => DueState::SetOff,
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
        let deducted = self.deducted.max(0);
        rest = rest.saturating_add(deducted - deduct(&mut dues, deducted));
        rest -= take_back(&mut dues, rest, self.refunded);
        if !matches!(self.ending, Ending::Cancelled(_)) {
            rest -= set_off(&mut dues, rest);
        }
        let when = |ending: bool| if ending { rest } else { 0 };
        // What the factory owes for a claim is no deposit that it may keep.
        let forfeit = if self.ending == Ending::Cancelled(DepositFate::Forfeited) {
            rest - rest.min(self.deducted.max(0))
        } else {
            0
        };
        let is_deposit =
            |at: usize| self.terms.get(at).is_some_and(|term| term.trigger.is_deposit());
        let deposit_paid = self.paid_on(is_deposit);
        Ok(Account {
            payable: progress.payable,
            dues,
            deposit_paid,
            deposit_cleared: progress.cleared(deposit_paid),
            prepaid: when(self.ending == Ending::Open),
            refund_due: when(self.ending != Ending::Open) - forfeit,
            forfeited: forfeit,
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
        self.check_amount(waiver.term, waiver.minor, (open, open)).map_err(
            |refusal| match refusal {
                Refusal::MoreThanOpen { term, amount, open } => {
                    Refusal::WaivesMoreThanOpen { term, amount, open }
                }
                other => other,
            },
        )
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

    /// What the partner holds of all that was paid, minor units: less what came back.
    pub fn held(&self) -> i64 {
        self.paid_on(|_| true).saturating_sub(self.refunded)
    }

    fn paid_on(&self, term: impl Fn(usize) -> bool) -> i64 {
        let payments = self.payments.iter().filter(|payment| term(payment.term));
        payments.fold(0_i64, |sum, payment| sum.saturating_add(payment.minor.max(0)))
    }

    fn agreed_on(&self, term: usize) -> i64 {
        self.agreed.get(term).copied().unwrap_or(0)
    }
}
