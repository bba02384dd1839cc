//! Steps of an order besides its receipts: issue, accept, amend, milestones, payments, the end.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{
    OrderAccount, OrderContent, OrderState, ProductionOrder, Reached, Step, check_prices,
    line_number,
};
use crate::{
    Body, Currency, Entry, Fact, MoneyPart, Refusal,
    dues::{DepositFate, Payment, Waiver},
    entry::Serial,
    quality::Credited,
    terms::Milestone,
    valuation::{Passing, PassingKind},
};

/// What an order fixes when it is issued or amended.
#[derive(Debug, Clone)]
pub struct Issued {
    /// What it says.
    pub content: OrderContent,
    /// Price per unit by line.
    pub unit_prices: Vec<Decimal>,
    /// Their currency.
    pub currency: Currency,
}

impl Issued {
    fn money(self) -> (OrderContent, MoneyPart) {
        let Self { content, unit_prices, currency } = self;
        (content, MoneyPart { unit_prices, ..MoneyPart::new(currency) })
    }
}

/// Issues an order: its content and prices are fixed, its number is used up.
pub fn issue(mut step: Step, issued: Issued, serial: Serial) -> Result<Entry, Refusal> {
    issued.content.check()?;
    check_prices(issued.content.lines.len(), &issued.unit_prices)?;
    let (content, money) = issued.money();
    let fact = Fact::OrderIssued { id: step.id, order: Box::new(content) };
    let body = Body { serials: vec![serial], ..Body::of(fact) };
    Ok(step.entry(body, Some(money)))
}

/// The factory accepts and promises a day, or promises another one.
pub fn accept(
    mut step: Step,
    order: &ProductionOrder,
    promised_on: NaiveDate,
) -> Result<Entry, Refusal> {
    order.expect(&[OrderState::Issued, OrderState::Accepted], "issued")?;
    let fact = Fact::OrderAccepted { id: step.id, promised_on };
    Ok(step.entry(Body::of(fact), None))
}

/// Changes an accepted order: a new revision (变更单). No line may fall below what was received of
/// it, and lines that were received of stay the same goods.
pub fn amend(
    mut step: Step,
    order: &ProductionOrder,
    issued: Issued,
    account: Option<&OrderAccount>,
    reason: String,
) -> Result<Entry, Refusal> {
    order.expect(&[OrderState::Issued, OrderState::Accepted], "accepted")?;
    issued.content.check()?;
    check_prices(issued.content.lines.len(), &issued.unit_prices)?;
    if reason.trim().is_empty() {
        return Err(Refusal::ReasonMissing { what: "order.amend".into() });
    }
    let number = &order.content.number;
    for (at, tally) in order.tallies.iter().enumerate().filter(|(_, tally)| tally.came > 0) {
        let (line, before) = (issued.content.lines.get(at), &order.content.lines[at]);
        let received = tally.kept() + tally.credited;
        let same = line.is_some_and(|line| line.sku == before.sku && line.qty >= received);
        if !same {
            let (number, line) = (number.clone(), line_number(at));
            return Err(Refusal::AmendBelowReceived { number, line, received });
        }
    }
    let drafted = OrderAccount::draft(&issued.content, &issued.unit_prices, issued.currency);
    let (mut content, mut money) = issued.money();
    if let Some(account) = account.filter(|account| account.terms() == drafted.terms()) {
        money.amounts = account.money().amended(drafted.lines())?;
    }
    content.number.clone_from(number);
    let revision = order.revision + 1;
    let fact = Fact::OrderAmended { id: step.id, revision, order: Box::new(content), reason };
    let mut entry = step.entry(Body::of(fact), Some(money));
    if let Some(account) = account {
        // What came is paid for at the new price, so it costs the new price.
        account.true_up(&mut entry)?;
    }
    Ok(entry)
}

/// A milestone is planned or reached. Milestones are reached in their order (节点按序).
pub fn milestone(
    mut step: Step,
    order: &ProductionOrder,
    reached: Reached,
) -> Result<Entry, Refusal> {
    order.expect(&[OrderState::Accepted], "accepted")?;
    let mut all: BTreeMap<Milestone, NaiveDate> = order
        .milestones
        .iter()
        .filter(|one| one.milestone != reached.milestone)
        .filter_map(|one| Some((one.milestone, one.reached_on?)))
        .collect();
    all.extend(reached.reached_on.map(|day| (reached.milestone, day)));
    crate::terms::check_milestones(&all)?;
    let fact = Fact::OrderMilestone { id: step.id, reached };
    Ok(step.entry(Body::of(fact), None))
}

/// A payment on one of the order's terms (付款).
///
/// # Errors
/// More than is open on the term, unless it says so (D-15).
pub fn pay(
    mut step: Step,
    (order, account): (&ProductionOrder, &OrderAccount),
    payment: Payment,
    note: String,
) -> Result<Entry, Refusal> {
    order.expect(&[OrderState::Accepted, OrderState::Closed], "accepted")?;
    account.money().check_payment(&payment)?;
    let Payment { term, minor, overpaid } = payment;
    let fact = Fact::OrderPaid { id: step.id, term: small(term), overpaid, note };
    Ok(step.entry(Body::of(fact), Some(amount(minor, account))))
}

/// A due, or part of one, is not asked for (免付): the goods cost that much less.
///
/// # Errors
/// More than is open, or no reason.
pub fn waive(
    mut step: Step,
    (order, account): (&ProductionOrder, &OrderAccount),
    waiver: Waiver,
    reason: String,
) -> Result<Entry, Refusal> {
    order.expect(&[OrderState::Accepted], "accepted")?;
    if reason.trim().is_empty() {
        return Err(Refusal::ReasonMissing { what: "order.waive".into() });
    }
    account.money().check_waiver(&waiver)?;
    let shipment = waiver.shipment.map(small);
    let fact = Fact::DueWaived { id: step.id, term: small(waiver.term), shipment, reason };
    let mut entry = step.entry(Body::of(fact), Some(amount(waiver.minor, account)));
    account.true_up(&mut entry)?;
    Ok(entry)
}

/// The partner pays back what was paid beyond all dues (退款).
///
/// # Errors
/// More than it owes.
pub fn refund(
    mut step: Step,
    account: &OrderAccount,
    minor: i64,
    note: String,
) -> Result<Entry, Refusal> {
    account.money().check_refund(minor)?;
    let fact = Fact::OrderRefunded { id: step.id, note };
    let money = amount(minor, account);
    Ok(step.entry(Body::of(fact), Some(money)))
}

fn amount(minor: i64, account: &OrderAccount) -> MoneyPart {
    MoneyPart { amounts: vec![minor], ..MoneyPart::new(account.money().currency) }
}

fn small(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// What an order is closed with.
#[derive(Debug, Clone, Default)]
pub struct Closing<'a> {
    /// Its money; `None` on a desk that sees none.
    pub account: Option<&'a OrderAccount>,
    /// Units that went back and wait for a replacement.
    pub waiting: &'a [Credited],
    /// Whether material of ours was sent for it, by us or straight from its supplier, or is in its
    /// goods although none was.
    pub supplied: bool,
    /// A material, by its code, that lies at the factory for it and can be kept there for the next
    /// order, and how many units.
    pub left: Option<(String, i64)>,
    /// Whether something is claimed of the factory and not decided.
    pub claims_open: bool,
    /// Units in quarantine at the factory.
    pub rework: i64,
    /// Units in quarantine with us.
    pub undecided: i64,
    /// Numbers of the lots that all of these are of.
    pub lots: String,
    /// Whether what waits for a replacement is credited instead; needs a reason.
    pub credit: bool,
    /// Why, when less came than was ordered.
    pub reason: Option<String>,
}

impl Closing<'_> {
    fn check_goods(&self, number: &str) -> Result<(), Refusal> {
        let waiting: i64 = self.waiting.iter().map(|one| one.qty).sum();
        let replacements = if self.credit { 0 } else { waiting };
        let (rework, undecided) = (self.rework, self.undecided);
        if replacements + rework + undecided == 0 {
            return Ok(());
        }
        let (number, lots) = (number.to_owned(), self.lots.clone());
        Err(Refusal::GoodsOpen { number, replacements, rework, undecided, lots })
    }
}

/// Nothing more is expected. Less than ordered needs a reason, and so does a credit for what waits
/// for a replacement; goods are decided about, dues paid or waived, losses of materials settled,
/// what is left of them kept or back, and claims decided, before. What a credit given with it leaves
/// to be claimed is decided later.
///
/// # Errors
/// [`Refusal::GoodsOpen`], [`Refusal::DuesOpen`], [`Refusal::LossesOpen`],
/// [`Refusal::MaterialLeft`], [`Refusal::ClaimsOpen`], [`Refusal::OrderNotReceived`],
/// [`Refusal::ReasonMissing`].
pub fn close(mut step: Step, order: &ProductionOrder, closing: Closing) -> Result<Entry, Refusal> {
    order.expect(&[OrderState::Accepted], "accepted")?;
    let goods = closing.check_goods(&order.content.number);
    let credited = if closing.credit { closing.waiting.to_vec() } else { Vec::new() };
    let reason = closing.reason;
    let said = reason.as_deref().is_some_and(|reason| !reason.trim().is_empty());
    if !credited.is_empty() && !said {
        return Err(Refusal::ReasonMissing { what: "order.close".into() });
    }
    if let Some(account) = closing.account {
        account.crediting(&credited).money().check_closable(&order.content.number)?;
    }
    if closing.supplied && !order.losses_settled {
        return Err(Refusal::LossesOpen { number: order.content.number.clone() });
    }
    if let Some((material, left)) = closing.left {
        // Closed, it would lie there for no order without a word.
        let number = order.content.number.clone();
        return Err(Refusal::MaterialLeft { number, material, left });
    }
    if closing.claims_open {
        return Err(Refusal::ClaimsOpen { number: order.content.number.clone() });
    }
    if !order.is_complete() && !said {
        let (ordered, received) = (order.ordered(), order.units_received());
        let number = order.content.number.clone();
        return Err(Refusal::OrderNotReceived { number, ordered, received });
    }
    goods?;
    let turned = |one: &Credited, kind, qty| Passing { kind, from: one.lot, to: None, qty };
    let passings = credited.iter().flat_map(|one| {
        let (back, credit) = (PassingKind::Returned, PassingKind::Credited);
        [turned(one, back, -one.qty), turned(one, credit, one.qty)]
    });
    let passings = passings.collect();
    let fact = Fact::OrderClosed { id: step.id, reason, credited };
    let mut entry = step.entry(Body { passings, ..Body::of(fact) }, None);
    if let Some(account) = closing.account.filter(|_| order.dues_waived) {
        account.true_up(&mut entry)?;
    }
    Ok(entry)
}

/// Nothing is to be made: only before anything was received, also when all of it went back.
///
/// # Errors
/// [`Refusal::OrderHasReceipts`], [`Refusal::ReasonMissing`], and [`Refusal::DepositFateMissing`]
/// when the partner holds something that was paid and nobody says whether it comes back.
pub fn cancel(
    mut step: Step,
    order: &ProductionOrder,
    (deposit, account): (Option<DepositFate>, Option<&OrderAccount>),
    reason: String,
) -> Result<Entry, Refusal> {
    order.expect(&[OrderState::Issued, OrderState::Accepted], "issued")?;
    let received = order.tallies.iter().map(|tally| tally.came).sum();
    let number = order.content.number.clone();
    if received > 0 {
        return Err(Refusal::OrderHasReceipts { number, received });
    }
    if reason.trim().is_empty() {
        return Err(Refusal::ReasonMissing { what: "order.cancel".into() });
    }
    if deposit.is_none() && account.is_some_and(|account| account.money().held() > 0) {
        return Err(Refusal::DepositFateMissing { number });
    }
    let fact = Fact::OrderCancelled { id: step.id, reason, deposit };
    Ok(step.entry(Body::of(fact), None))
}
