//! Steps of an order besides its receipts: issue, accept, amend, milestones, payments, the end.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{OrderContent, OrderState, ProductionOrder, Reached, Step, check_prices, line_number};
use crate::{Body, Currency, Entry, Fact, MoneyPart, Refusal, entry::Serial, terms::Milestone};

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
    let (mut content, money) = issued.money();
    content.number.clone_from(number);
    let revision = order.revision + 1;
    let fact = Fact::OrderAmended { id: step.id, revision, order: Box::new(content), reason };
    Ok(step.entry(Body::of(fact), Some(money)))
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

/// A payment on one of the order's terms, minor units. Whether it is more than is due is said by
/// `dues`.
pub fn pay(
    mut step: Step,
    order: &ProductionOrder,
    (term, overpaid): (u32, bool),
    (minor, currency): (i64, Currency),
    note: String,
) -> Result<Entry, Refusal> {
    order.expect(&[OrderState::Accepted, OrderState::Closed], "accepted")?;
    if minor <= 0 {
        return Err(Refusal::AmountNotPositive {});
    }
    let money = MoneyPart { amounts: vec![minor], ..MoneyPart::new(currency) };
    let fact = Fact::OrderPaid { id: step.id, term, overpaid, note };
    Ok(step.entry(Body::of(fact), Some(money)))
}

/// A due is not asked for (免付).
pub fn waive(
    mut step: Step,
    order: &ProductionOrder,
    term: u32,
    (minor, currency): (i64, Currency),
    reason: String,
) -> Result<Entry, Refusal> {
    order.expect(&[OrderState::Accepted], "accepted")?;
    if reason.trim().is_empty() {
        return Err(Refusal::ReasonMissing { what: "order.waive".into() });
    }
    if minor <= 0 {
        return Err(Refusal::AmountNotPositive {});
    }
    let money = MoneyPart { amounts: vec![minor], ..MoneyPart::new(currency) };
    let fact = Fact::DueWaived { id: step.id, term, reason };
    Ok(step.entry(Body::of(fact), Some(money)))
}

/// Nothing more is expected. Less than ordered needs a reason.
pub fn close(
    mut step: Step,
    order: &ProductionOrder,
    reason: Option<String>,
) -> Result<Entry, Refusal> {
    order.expect(&[OrderState::Accepted], "accepted")?;
    if !order.is_complete() && reason.as_deref().is_none_or(|reason| reason.trim().is_empty()) {
        let (ordered, received) = (order.ordered(), order.units_received());
        let number = order.content.number.clone();
        return Err(Refusal::OrderNotReceived { number, ordered, received });
    }
    let fact = Fact::OrderClosed { id: step.id, reason };
    Ok(step.entry(Body::of(fact), None))
}

/// Nothing is to be made: only before anything was received.
pub fn cancel(mut step: Step, order: &ProductionOrder, reason: String) -> Result<Entry, Refusal> {
    order.expect(&[OrderState::Issued, OrderState::Accepted], "issued")?;
    let (number, received) = (order.content.number.clone(), order.units_received());
    if received > 0 {
        return Err(Refusal::OrderHasReceipts { number, received });
    }
    if reason.trim().is_empty() {
        return Err(Refusal::ReasonMissing { what: "order.cancel".into() });
    }
    let fact = Fact::OrderCancelled { id: step.id, reason };
    Ok(step.entry(Body::of(fact), None))
}
