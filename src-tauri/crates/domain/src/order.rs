//! Production orders (生产订单): goods ordered from a factory, and their receipt as lots.
//!
//! Knows the four states, what each step asks for, and the value that received lots take on.
//! Refuses to know materials, deposits and quality decisions, which have tracks of their own.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{
    Body, Currency, Entry, EntryId, Fact, Money, MoneyPart, Move, MoveKind, NewId, NewLot, OrderId,
    PartnerId, PlaceId, Refusal, SkuId, Status, ValueKind, ValueLine,
    entry::{ReceivedLine, Serial},
    lot::check_number,
    opening::LotBook,
    place::Builtin,
    shelf_life::{Dates, PPM, ShelfLife},
    stock::positive,
};

/// Goods and quantity of one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderLine {
    /// Which goods.
    pub sku: SkuId,
    /// How many units.
    pub qty: i64,
}

/// What an order says when it is issued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderContent {
    /// What people call it, e.g. `PO-A-2026-0042`.
    pub number: String,
    /// To whom.
    pub factory: PartnerId,
    /// Where the goods go.
    pub deliver_to: PlaceId,
    /// When they are wanted.
    pub wanted_on: Option<NaiveDate>,
    /// How much more than ordered is taken without a reason, in ppm.
    pub over_tolerance_ppm: i64,
    /// What is ordered.
    pub lines: Vec<OrderLine>,
    /// Terms in words, printed on the order.
    #[serde(default)]
    pub terms: String,
}

impl OrderContent {
    /// Refuses what cannot be issued.
    pub fn check(&self) -> Result<(), Refusal> {
        if self.lines.is_empty() {
            return Err(Refusal::DocumentEmpty { what: "order".into() });
        }
        if !(0..=PPM).contains(&self.over_tolerance_ppm) {
            return Err(Refusal::OrderToleranceInvalid { ppm: self.over_tolerance_ppm });
        }
        self.lines.iter().try_for_each(|line| positive(line.qty).map(|_| ()))
    }

    fn limit(&self, line: usize) -> i64 {
        let qty = i128::from(self.lines[line].qty);
        let limit = qty * i128::from(PPM + self.over_tolerance_ppm) / i128::from(PPM);
        i64::try_from(limit).unwrap_or(i64::MAX)
    }
}

/// What people call line `at`: they count from 1.
fn line_number(at: usize) -> i64 {
    i64::try_from(at).unwrap_or(i64::MAX - 1) + 1
}

/// Where an order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the states' names")]
pub enum OrderState {
    Issued,
    Accepted,
    Closed,
    Cancelled,
}

impl OrderState {
    /// The state's stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Issued => "issued",
            Self::Accepted => "accepted",
            Self::Closed => "closed",
            Self::Cancelled => "cancelled",
        }
    }
}

/// A production order as its entries made it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductionOrder {
    /// As issued.
    pub content: OrderContent,
    /// Where it stands.
    pub state: OrderState,
    /// Issued on.
    pub issued_on: NaiveDate,
    /// The factory's promise.
    pub promised_on: Option<NaiveDate>,
    /// Units received by line.
    pub received: Vec<i64>,
    /// First and last receipt.
    pub receipts: Vec<NaiveDate>,
    /// Closed or cancelled on.
    pub ended_on: Option<NaiveDate>,
}

impl ProductionOrder {
    /// The order after one more of its entries. Facts of other documents leave it as it is.
    pub fn fold(order: Option<Self>, fact: &Fact, day: NaiveDate) -> Option<Self> {
        if let Fact::OrderIssued { order: content, .. } = fact {
            return Some(Self {
                received: vec![0; content.lines.len()],
                content: content.as_ref().clone(),
                state: OrderState::Issued,
                issued_on: day,
                promised_on: None,
                receipts: Vec::new(),
                ended_on: None,
            });
        }
        let mut order = order?;
        match fact {
            Fact::OrderAccepted { promised_on, .. } => {
                order.state = OrderState::Accepted;
                order.promised_on = Some(*promised_on);
            }
            Fact::OrderReceived { lines, .. } => {
                for line in lines {
                    if let Some(received) = order.received.get_mut(line.line as usize) {
                        *received += line.qty;
                    }
                }
                order.receipts.push(day);
            }
            Fact::OrderClosed { .. } => {
                order.state = OrderState::Closed;
                order.ended_on = Some(day);
            }
            Fact::OrderCancelled { .. } => {
                order.state = OrderState::Cancelled;
                order.ended_on = Some(day);
            }
            _ => {}
        }
        Some(order)
    }

    /// Units ordered.
    pub fn ordered(&self) -> i64 {
        self.content.lines.iter().map(|line| line.qty).sum()
    }

    /// Units received.
    pub fn units_received(&self) -> i64 {
        self.received.iter().sum()
    }

    /// What it waits for: the first that is true of `awaiting_acceptance, receiving, complete,
    /// making, closed, cancelled`.
    pub fn phase(&self) -> &'static str {
        match self.state {
            OrderState::Cancelled => "cancelled",
            OrderState::Closed => "closed",
            OrderState::Issued => "awaiting_acceptance",
            OrderState::Accepted => {
                let all = self.content.lines.iter().zip(&self.received);
                if all.clone().all(|(line, received)| *received >= line.qty) {
                    "complete"
                } else if self.units_received() > 0 {
                    "receiving"
                } else {
                    "making"
                }
            }
        }
    }

    /// Days that it is late on `today`: past the promise and not all received. Zero when it is not.
    pub fn late_days(&self, today: NaiveDate) -> i64 {
        let waits = matches!(self.phase(), "making" | "receiving");
        let late = self.promised_on.map_or(0, |day| (today - day).num_days());
        if waits { late.max(0) } else { 0 }
    }

    fn expect(&self, states: &[OrderState], wanted: &str) -> Result<(), Refusal> {
        if states.contains(&self.state) {
            return Ok(());
        }
        let (number, state) = (self.content.number.clone(), self.state.word().to_owned());
        Err(Refusal::WrongState { number, state, wanted: wanted.into() })
    }
}

/// What a use case of orders needs besides the order: its id, the day it counts on, new ids.
pub struct Step<'a> {
    /// The order.
    pub id: OrderId,
    /// The business day.
    pub day: NaiveDate,
    /// Where ids come from.
    pub new_id: NewId<'a>,
}

impl Step<'_> {
    fn entry(&mut self, body: Body, money: Option<MoneyPart>) -> Entry {
        let id = EntryId((self.new_id)());
        Entry { id, effective_on: self.day, reverses: None, batch: None, body, money }
    }
}

/// Issues an order: its content and prices are fixed, its number is used up.
pub fn issue(
    mut step: Step,
    content: OrderContent,
    serial: Serial,
    (unit_prices, currency): (Vec<Decimal>, Currency),
) -> Result<Entry, Refusal> {
    content.check()?;
    for line in 0..content.lines.len() {
        let price = unit_prices.get(line).copied();
        if !price.is_some_and(|price| !price.is_sign_negative() && price.normalize().scale() <= 6) {
            return Err(Refusal::OrderPriceInvalid { line: line_number(line) });
        }
    }
    let money = MoneyPart { unit_prices, ..MoneyPart::new(currency) };
    let fact = Fact::OrderIssued { id: step.id, order: Box::new(content) };
    let body = Body { serials: vec![serial], ..Body::of(fact) };
    Ok(step.entry(body, Some(money)))
}

/// The factory accepts and promises a day.
pub fn accept(
    mut step: Step,
    order: &ProductionOrder,
    promised_on: NaiveDate,
) -> Result<Entry, Refusal> {
    order.expect(&[OrderState::Issued, OrderState::Accepted], "issued")?;
    let fact = Fact::OrderAccepted { id: step.id, promised_on };
    Ok(step.entry(Body::of(fact), None))
}

/// A line of a receipt, as given.
#[derive(Debug, Clone, PartialEq)]
pub struct Delivered {
    /// The order's line, counted from 0.
    pub line: usize,
    /// As printed.
    pub lot_no: String,
    /// Either date computes the other.
    pub dates: Dates,
    /// How many units.
    pub qty: i64,
}

/// What a receipt needs to know.
pub struct ReceiptKnown<'a> {
    /// The order.
    pub order: &'a ProductionOrder,
    /// Its prices; `None` on a desk that sees no money.
    pub prices: Option<(&'a [Decimal], Currency)>,
    /// Code and shelf life of its goods.
    pub goods: &'a BTreeMap<SkuId, (String, Option<ShelfLife>)>,
}

/// Where a receipt is put down, and why more or other than agreed is taken.
#[derive(Debug, Clone)]
pub struct ReceiptAt {
    /// The place.
    pub place: PlaceId,
    /// Quarantine until a quality decision, or good.
    pub status: Status,
    /// Why, when something needs a reason.
    pub reason: Option<String>,
}

/// Receives goods as lots. What arrives beyond the tolerance, or with dates far from the shelf
/// life, needs a reason.
pub fn receive(
    mut step: Step,
    known: &ReceiptKnown,
    at: &ReceiptAt,
    delivered: &[Delivered],
    book: &mut LotBook,
) -> Result<Entry, Refusal> {
    known.order.expect(&[OrderState::Accepted], "accepted")?;
    if step.day < known.order.issued_on {
        let (number, since) = (known.order.content.number.clone(), known.order.issued_on);
        return Err(Refusal::BeforeDocument { number, day: step.day, since });
    }
    if delivered.is_empty() {
        return Err(Refusal::DocumentEmpty { what: "receipt".into() });
    }
    if !matches!(at.status, Status::Quarantine | Status::Good) {
        return Err(Refusal::ReceiptStatus { status: at.status });
    }
    check_over_receipt(known, delivered, at.reason.as_deref())?;
    let mut received = known.order.received.clone();
    let mut body = Body::of(Fact::OrderReceived {
        id: step.id,
        place: at.place,
        lines: Vec::new(),
        reason: at.reason.clone(),
    });
    let mut lines = Vec::new();
    let mut money = known.prices.map(|(_, currency)| MoneyPart::new(currency));
    for one in delivered {
        let lot = received_lot(&mut step, known, one, at.reason.as_deref(), book)?;
        if let (Some(part), Some((prices, currency))) = (&mut money, known.prices) {
            let before = received[one.line];
            let minor = line_value(prices, one.line, before, one.qty, currency)?;
            part.values.push(ValueLine { lot: lot.id, kind: ValueKind::Receipt, minor });
        }
        received[one.line] += one.qty;
        let line = u32::try_from(one.line).unwrap_or(u32::MAX);
        body.moves.push(Move {
            kind: MoveKind::Produce,
            lot: lot.id,
            qty: one.qty,
            from: (Builtin::Production.id(), Status::Good),
            to: (at.place, at.status),
            line,
        });
        lines.push(ReceivedLine { line, lot: lot.id, qty: one.qty, status: at.status });
        if body.lots.iter().all(|known| known.id != lot.id) {
            body.lots.push(lot);
        }
    }
    if let Fact::OrderReceived { lines: kept, .. } = &mut body.fact {
        *kept = lines;
    }
    Ok(step.entry(body, money))
}

fn check_over_receipt(
    known: &ReceiptKnown,
    delivered: &[Delivered],
    reason: Option<&str>,
) -> Result<(), Refusal> {
    let order = known.order;
    let number = &order.content.number;
    let mut total = order.received.clone();
    for one in delivered {
        positive(one.qty)?;
        let Some(sum) = total.get_mut(one.line) else {
            let line = line_number(one.line);
            return Err(Refusal::OrderLineUnknown { number: number.clone(), line });
        };
        *sum += one.qty;
    }
    let reasoned = reason.is_some_and(|reason| !reason.trim().is_empty());
    for (line, sum) in total.iter().enumerate() {
        let limit = order.content.limit(line);
        if *sum > limit && *sum > order.received[line] && !reasoned {
            let OrderLine { sku, qty } = order.content.lines[line];
            let sku = known.goods.get(&sku).map(|(code, _)| code.clone()).unwrap_or_default();
            let (number, ordered, received) = (number.clone(), qty, *sum);
            return Err(Refusal::OverReceipt { number, sku, ordered, received, limit });
        }
    }
    Ok(())
}

fn received_lot(
    step: &mut Step,
    known: &ReceiptKnown,
    one: &Delivered,
    reason: Option<&str>,
    book: &mut LotBook,
) -> Result<NewLot, Refusal> {
    check_number(&one.lot_no)?;
    let sku = known.order.content.lines[one.line].sku;
    let (code, life) = known.goods.get(&sku).cloned().unwrap_or_default();
    let lot_no = one.lot_no.trim().to_owned();
    let dates = book.dates((sku, &code), &lot_no, one.dates, (life, reason))?;
    let id = book.lot((sku, &code), &lot_no, dates, step.new_id)?;
    let order = Some(step.id);
    Ok(NewLot { id, sku, lot_no, dates, first_received_on: step.day, order })
}

/// Price × quantity, rounded so that all receipts of a line add up to the value of their sum.
fn line_value(
    prices: &[Decimal],
    line: usize,
    before: i64,
    qty: i64,
    currency: Currency,
) -> Result<i64, Refusal> {
    let price = prices.get(line).copied().unwrap_or_default();
    let up_to = |units: i64| Money::of_units(price, units, currency);
    Ok(up_to(before + qty)?.minor - up_to(before)?.minor)
}

/// Nothing more is expected. Less than ordered needs a reason.
pub fn close(
    mut step: Step,
    order: &ProductionOrder,
    reason: Option<String>,
) -> Result<Entry, Refusal> {
    order.expect(&[OrderState::Accepted], "accepted")?;
    let short = order.content.lines.iter().zip(&order.received).any(|(line, got)| *got < line.qty);
    if short && reason.as_deref().is_none_or(|reason| reason.trim().is_empty()) {
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
