//! Receipts (收货): units of an order become lots, their fee and their materials become value.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{OrderAccount, OrderKind, OrderState, ProductionOrder, Step, Tally, line_number};
use crate::{
    Body, Currency, Entry, Fact, LotId, MoneyPart, Move, MoveKind, NewLot, PlaceId, Reason,
    Refusal, SkuId, Status, ValueKind, ValueLine,
    fact::ReceivedLine,
    lot::check_number,
    materials::{self, FactoryStock, Need},
    offer::LossBase,
    opening::LotBook,
    place::Builtin,
    shelf_life::{Dates, ShelfLife},
    stock::positive,
    tax::UnitPrice,
    valuation::{Passing, PassingKind},
};

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
    /// How many more the factory says it spoilt with them.
    pub spoilt: i64,
    /// The lot whose units sent back these replace.
    pub replaces: Option<LotId>,
}

impl Delivered {
    /// Good units of one lot, none spoilt, none as a replacement.
    pub fn of(line: usize, lot_no: impl Into<String>, dates: Dates, qty: i64) -> Self {
        Self { line, lot_no: lot_no.into(), dates, qty, spoilt: 0, replaces: None }
    }
}

/// What a receipt needs to know.
pub struct ReceiptKnown<'a> {
    /// The order.
    pub order: &'a ProductionOrder,
    /// Its prices; `None` on a desk that sees no money.
    pub prices: Option<(&'a [Decimal], Currency)>,
    /// Code and shelf life of its goods.
    pub goods: &'a BTreeMap<SkuId, (String, Option<ShelfLife>)>,
    /// Units of each lot that wait on the partner for a replacement.
    pub waiting: &'a BTreeMap<LotId, i64>,
    /// Whether what is due before this shipment is not paid.
    pub balance_open: bool,
    /// Its money; needed when the factory let something go, which lowers what these goods cost.
    pub account: Option<&'a OrderAccount>,
}

/// Where a receipt is put down, and why more or other than agreed is taken.
#[derive(Debug, Clone)]
pub struct ReceiptAt {
    /// The place.
    pub place: PlaceId,
    /// Quarantine until a quality decision, or good.
    pub status: Status,
    /// Why, when something needs a reason.
    pub reason: Reason,
    /// Why it is taken although the balance before shipment is not paid; a manager says so.
    pub unpaid_reason: Reason,
}

/// Receives goods as lots. What arrives beyond the tolerance, with dates far from the shelf life,
/// expired, or before it is paid for needs a reason. Materials go in by the bill for every unit received
/// and spoilt; what the factory's book lacks never stops a receipt.
pub fn receive(
    mut step: Step,
    known: &ReceiptKnown,
    at: &ReceiptAt,
    delivered: &[Delivered],
    book: &mut LotBook,
    stock: &mut FactoryStock,
) -> Result<Entry, Refusal> {
    let order = known.order;
    order.expect(&[OrderState::Accepted], "accepted")?;
    if step.day < order.issued_on {
        let (number, since) = (order.content.number.clone(), order.issued_on);
        return Err(Refusal::BeforeDocument { number, day: step.day, since });
    }
    if delivered.is_empty() {
        return Err(Refusal::DocumentEmpty { what: "receipt".into() });
    }
    if !matches!(at.status, Status::Quarantine | Status::Good) {
        return Err(Refusal::ReceiptStatus { status: at.status });
    }
    if known.balance_open {
        let open = Refusal::BalanceNotPaid { number: order.content.number.clone() };
        at.unpaid_reason.overcomes(open)?;
    }
    check_over_receipt(known, delivered, &at.reason)?;
    check_replacements(known, delivered)?;
    let mut receipt = Receipt {
        tallies: order.tallies.clone(),
        body: Body::of(Fact::StockOpened { place: at.place }),
        lines: Vec::new(),
        money: known.prices.map(|(_, currency)| MoneyPart::new(currency)),
    };
    for one in delivered {
        let lot = received_lot(&mut step, known, one, &at.reason, book)?;
        receipt.take(&mut step, (known, at), (one, lot), stock)?;
    }
    let spoilt: Vec<i64> = (0..order.tallies.len())
        .map(|line| receipt.tallies[line].spoilt - order.tallies[line].spoilt)
        .collect();
    receipt.body.fact = Fact::OrderReceived {
        id: step.id,
        place: at.place,
        lines: receipt.lines,
        reason: at.reason.text().map(Into::into),
        spoilt: if spoilt.iter().all(|units| *units == 0) { Vec::new() } else { spoilt },
        unpaid_reason: at.unpaid_reason.text().filter(|_| known.balance_open).map(Into::into),
    };
    let mut entry = step.entry(receipt.body, receipt.money);
    if let Some(account) = known.account.filter(|_| order.dues_waived) {
        account.true_up(&mut entry)?;
    }
    Ok(entry)
}

/// A receipt as it grows line by line.
struct Receipt {
    tallies: Vec<Tally>,
    body: Body,
    lines: Vec<ReceivedLine>,
    money: Option<MoneyPart>,
}

impl Receipt {
    fn take(
        &mut self,
        step: &mut Step,
        (known, at): (&ReceiptKnown, &ReceiptAt),
        (one, lot): (&Delivered, NewLot),
        stock: &mut FactoryStock,
    ) -> Result<(), Refusal> {
        let before = self.tallies[one.line];
        let mut after = before;
        after.came += one.qty;
        after.spoilt += one.spoilt.max(0);
        if let Some(from) = one.replaces {
            after.replaced += one.qty;
            let (kind, to, qty) = (PassingKind::Replaced, Some(lot.id), one.qty);
            self.body.passings.push(Passing { kind, from, to, qty });
        }
        self.tallies[one.line] = after;
        if let (Some(part), Some(prices)) = (&mut self.money, known.prices) {
            let minor = fee(known.order, prices, one.line, (before, after))?;
            if minor != 0 {
                part.values.push(ValueLine { lot: lot.id, kind: ValueKind::Receipt, minor });
            }
        }
        let line = u32::try_from(one.line).unwrap_or(u32::MAX);
        let (kind, source) = match known.order.content.kind {
            OrderKind::Production => (MoveKind::Produce, Builtin::Production),
            OrderKind::Purchase => (MoveKind::BuyReceipt, Builtin::Supplier),
        };
        let (from, to) = ((source.id(), Status::Good), (at.place, at.status));
        self.body.moves.push(Move { kind, lot: lot.id, qty: one.qty, from, to, line });
        let (qty, status, replaces) = (one.qty, at.status, one.replaces);
        self.lines.push(ReceivedLine { line, lot: lot.id, qty, status, replaces });
        if let Some(factory) = known.order.content.materials_at {
            let needs = needs(known.order, one.line, (before, after), lot.id);
            materials::consume(&mut self.body, factory, stock, &needs, (step.day, step.new_id));
        }
        if self.body.lots.iter().all(|known| known.id != lot.id) {
            self.body.lots.push(lot);
        }
        Ok(())
    }
}

/// What the bill says has gone into the units since `before`: into the lot for units that are
/// charged, into nothing for what the factory spoilt or made a second time, unless the contract
/// counts rejected units as used.
fn needs(
    order: &ProductionOrder,
    line: usize,
    (before, after): (Tally, Tally),
    lot: LotId,
) -> Vec<Need> {
    let both = order.content.loss_base == LossBase::GoodAndRejected;
    let used = |tally: Tally| if both { tally.came + tally.spoilt } else { tally.charged() };
    let spoilt = |tally: Tally| if both { 0 } else { tally.replaced + tally.spoilt };
    let mut needs = Vec::new();
    for bill in order.content.lines[line].supplied() {
        let material = bill.material;
        let into = bill.holds(used(after)) - bill.holds(used(before));
        needs.push(Need { material, qty: into, goods: lot, spoilt: false });
        let lost = bill.holds(spoilt(after)) - bill.holds(spoilt(before));
        needs.push(Need { material, qty: lost, goods: lot, spoilt: true });
    }
    needs
}

/// The fee of the units between two tallies, net of tax that is deducted: the difference of two
/// totals, so that all receipts of a line add up to the value of their sum.
fn fee(
    order: &ProductionOrder,
    (prices, currency): (&[Decimal], Currency),
    line: usize,
    (before, after): (Tally, Tally),
) -> Result<i64, Refusal> {
    let content = &order.content;
    let price = prices.get(line).copied().unwrap_or_default();
    let (tax_rate_ppm, includes_tax) = (content.tax_rate_ppm, content.price_includes_tax);
    let price = UnitPrice { price, tax_rate_ppm, includes_tax };
    let paid = |tally: Tally| {
        let charged = tally.charged();
        if content.over_is_free { charged.min(content.lines[line].qty) } else { charged }
    };
    let part = price.of_part(paid(before), paid(after) - paid(before), currency)?;
    Ok(part.net)
}

fn check_over_receipt(
    known: &ReceiptKnown,
    delivered: &[Delivered],
    reason: &Reason,
) -> Result<(), Refusal> {
    let order = known.order;
    let number = &order.content.number;
    let before = order.received();
    let mut total = before.clone();
    for one in delivered {
        positive(one.qty)?;
        if one.spoilt < 0 {
            return Err(Refusal::QuantityInvalid { qty: one.spoilt });
        }
        let Some(sum) = total.get_mut(one.line) else {
            let line = line_number(one.line);
            return Err(Refusal::OrderLineUnknown { number: number.clone(), line });
        };
        *sum += one.qty;
    }
    for (line, sum) in total.iter().enumerate() {
        let limit = order.content.limit(line);
        if *sum > limit && *sum > before[line] {
            let (sku, ordered) = (order.content.lines[line].sku, order.content.lines[line].qty);
            let sku = known.goods.get(&sku).map(|(code, _)| code.clone()).unwrap_or_default();
            let (number, received) = (number.clone(), *sum);
            reason.overcomes(Refusal::OverReceipt { number, sku, ordered, received, limit })?;
        }
    }
    Ok(())
}

/// Replacements cannot be more than what was sent back of the lot, and of the line, for it.
fn check_replacements(known: &ReceiptKnown, delivered: &[Delivered]) -> Result<(), Refusal> {
    let mut of_lot: BTreeMap<LotId, i64> = BTreeMap::new();
    let mut of_line: BTreeMap<usize, i64> = BTreeMap::new();
    let too_much = |qty: i64, waiting: i64| {
        let number = known.order.content.number.clone();
        if qty > waiting { Err(Refusal::ReplacesTooMuch { number, qty, waiting }) } else { Ok(()) }
    };
    for one in delivered {
        let Some(lot) = one.replaces else { continue };
        let sum = of_lot.entry(lot).or_insert(0);
        *sum += one.qty;
        too_much(*sum, known.waiting.get(&lot).copied().unwrap_or(0))?;
        let sum = of_line.entry(one.line).or_insert(0);
        *sum += one.qty;
        let tally = known.order.tallies[one.line];
        too_much(*sum, tally.returned - tally.replaced)?;
    }
    Ok(())
}

fn received_lot(
    step: &mut Step,
    known: &ReceiptKnown,
    one: &Delivered,
    reason: &Reason,
    book: &mut LotBook,
) -> Result<NewLot, Refusal> {
    check_number(&one.lot_no)?;
    let sku = known.order.content.lines[one.line].sku;
    let (code, life) = known.goods.get(&sku).cloned().unwrap_or_default();
    let lot_no = one.lot_no.trim().to_owned();
    let dates = book.dates((sku, &code), &lot_no, one.dates, (life, reason))?;
    if let Some(mfg_on) = dates.mfg_on.filter(|made| *made > step.day) {
        return Err(Refusal::MadeAfterReceipt { lot: lot_no, mfg_on, day: step.day });
    }
    if let Some(expires_on) = dates.expires_on.filter(|last| *last < step.day) {
        let lot = lot_no.clone();
        reason.overcomes(Refusal::ReceivedExpired { lot, expires_on, day: step.day })?;
    }
    let id = book.lot((sku, &code), &lot_no, dates, step.new_id)?;
    let order = Some(step.id);
    Ok(NewLot { id, sku, lot_no, dates, first_received_on: step.day, order })
}
