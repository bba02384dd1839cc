//! The money track of an order: dues, payments, refunds and invoices.

use domain::{
    Currency, DocKind, DocRef, Entry, Fact, Money, OrderId,
    dues::{Due, Payment, Waiver},
    order::{self, OrderAccount, OrderState, ProductionOrder, Step, Tracks},
    tax::{Invoice, uninvoiced},
    terms::Trigger,
};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use store::Reader;
use ts_rs::TS;

use super::{
    claims::{Claims, claims_of},
    words::{DueStateWord, TermFields},
};
use crate::{
    Error,
    commands::Call,
    goods::book_currency,
    orders::{self, issued},
    wire::{Amount, ById, Day, Id, Posted, UnitPrice},
};

/// A line's price with its tax.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LineMoney {
    /// Price per unit, as agreed.
    pub unit_price: UnitPrice,
    /// Without tax.
    pub net: Amount,
    /// Tax.
    pub tax: Amount,
    /// With tax.
    pub gross: Amount,
}

/// What is to be paid.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DueRow {
    /// Which term, from 0.
    pub term: u32,
    /// The term.
    pub says: TermFields,
    /// For which shipment, from 0; none for a deposit and for what has not come.
    pub shipment: Option<u32>,
    /// How much.
    pub amount: Amount,
    /// When; none while what makes it due has not happened.
    pub due_on: Option<Day>,
    /// Paid on its term.
    pub paid: Amount,
    /// Set against it: what is left of a deposit or an overpayment, a claim on the partner.
    pub set_off: Amount,
    /// Still to be paid.
    pub open: Amount,
    /// How far it is.
    pub state: DueStateWord,
}

/// A payment or a refund.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PaymentRow {
    /// The entry, to look at and to take back.
    pub entry: Id,
    /// The day.
    pub day: Day,
    /// On which term; none for a refund.
    pub term: Option<u32>,
    /// How much; below zero for a refund.
    pub amount: Amount,
    /// A note.
    pub note: String,
}

/// An order's money.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OrderAccountCard {
    /// Which order.
    pub id: Id,
    /// The book's currency.
    pub currency: String,
    /// Tax rate, ppm.
    #[ts(type = "number")]
    pub tax_rate_ppm: i64,
    /// Whether prices hold the tax.
    pub price_includes_tax: bool,
    /// By line.
    pub lines: Vec<LineMoney>,
    /// All lines without tax.
    pub net: Amount,
    /// Their tax.
    pub tax: Amount,
    /// All lines with tax.
    pub gross: Amount,
    /// What the order costs by now: dues add up to it.
    pub payable: Amount,
    /// What is to be paid and when.
    pub dues: Vec<DueRow>,
    /// What was paid and paid back.
    pub payments: Vec<PaymentRow>,
    /// In sum.
    pub paid: Amount,
    /// Still to be paid.
    pub open: Amount,
    /// Deposit for which nothing has come yet.
    pub deposit_uncleared: Amount,
    /// Paid beyond all dues.
    pub prepaid: Amount,
    /// To be paid back by the partner.
    pub refund_due: Amount,
    /// Kept by the partner of a cancelled order.
    pub forfeited: Amount,
    /// Invoiced so far, with tax.
    pub invoiced: Amount,
    /// Of that, beyond what the order costs by now.
    pub over_invoiced: Amount,
    /// Came without an invoice (票未到).
    pub not_invoiced: Amount,
    /// What is claimed of the factory.
    pub claims: Claims,
}

/// A payment to post.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PayOrder {
    /// Which order.
    pub id: Id,
    /// On which term, from 0.
    pub term: u32,
    /// How much.
    pub amount: Amount,
    /// When; today when not given.
    #[serde(default)]
    pub paid_on: Option<Day>,
    /// Whether it may be more than is open.
    #[serde(default)]
    pub overpaid: bool,
    /// A note: the bank's number.
    #[serde(default)]
    pub note: String,
}

/// A due to let go.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WaiveDue {
    /// Which order.
    pub id: Id,
    /// Of which term, from 0.
    pub term: u32,
    /// For which shipment, from 0.
    #[serde(default)]
    pub shipment: Option<u32>,
    /// How much.
    pub amount: Amount,
    /// Why.
    pub reason: String,
}

/// A refund to post.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RefundOrder {
    /// Which order.
    pub id: Id,
    /// How much came back.
    pub amount: Amount,
    /// When; today when not given.
    #[serde(default)]
    pub refunded_on: Option<Day>,
    /// A note.
    #[serde(default)]
    pub note: String,
}

/// The live entries of an order, in their order.
pub(crate) fn live_entries(reader: &Reader, id: OrderId) -> Result<Vec<Entry>, Error> {
    let document = DocRef { kind: DocKind::Order, id: id.0 };
    let rows = reader.journal(Some(document), 0, i64::MAX)?.rows;
    let live = rows
        .into_iter()
        .rev()
        .filter(|row| row.reversed_by.is_none() && row.recorded.entry.reverses.is_none());
    Ok(live.map(|row| row.recorded.entry).collect())
}

/// An order's money; `None` on a desk that does not hold the prices.
pub(crate) fn account_of(
    reader: &Reader,
    id: OrderId,
    order: &ProductionOrder,
) -> Result<Option<OrderAccount>, Error> {
    Ok(OrderAccount::of(order, &live_entries(reader, id)?))
}

/// Whether a due on acceptance or milestones, and one before shipment, is open. What is not known
/// on this desk is not open.
pub(crate) fn money_tracks(account: Option<&OrderAccount>) -> Result<Tracks, Error> {
    let Some(account) = account else { return Ok(Tracks::default()) };
    let stands = account.money().account()?;
    let open = |deposit: bool| {
        stands.dues.iter().any(|due| {
            let trigger = account.terms()[due.term].trigger;
            let kind = if deposit { trigger.is_deposit() } else { trigger == Trigger::BeforeShip };
            let now = due.due_on.is_some() || !deposit;
            kind && now && due.open() > 0
        })
    };
    Ok(Tracks { deposit_open: open(true), balance_open: open(false), ..Tracks::default() })
}

/// Minor units of an amount as written, refused when it is finer than the currency.
pub(crate) fn minor_of(amount: &Amount, currency: Currency) -> Result<i64, Error> {
    let wrong = || Error::refused("amount.invalid", [("amount", amount.0.clone().into())]);
    let value: Decimal = amount.0.trim().parse().map_err(|_| wrong())?;
    if value.normalize().scale() > currency.decimals() {
        return Err(wrong());
    }
    Ok(Money::round(value, currency)?.minor)
}

pub(crate) fn account(call: &Call, input: ById) -> Result<OrderAccountCard, Error> {
    call.read(|reader| {
        let currency = book_currency(&reader)?;
        if let Some(draft) = orders::draft(&reader, input.id)? {
            let (content, prices) = orders::content_of(&reader, &draft, String::new())?;
            let account = OrderAccount::draft(&content, &prices, currency);
            let claims = Claims::none(currency);
            return card(input.id, (&account, currency), &[], (0, claims));
        }
        let (id, order) = issued(&reader, input.id)?;
        let entries = live_entries(&reader, id)?;
        let account = OrderAccount::of(&order, &entries)
            .ok_or_else(|| Error::refused("order.no_prices", []))?;
        let claims = claims_of(&reader, &order, &entries, currency)?;
        card(input.id, (&account, currency), &entries, (invoiced(&reader, id)?, claims))
    })
}

/// Gross amounts invoiced for an order.
pub(crate) fn invoiced(reader: &Reader, order: OrderId) -> Result<i64, Error> {
    let mut sum = 0;
    for one in reader.invoices_of::<Invoice>(order)? {
        let amounts = one.money.map(|money| money.amounts).unwrap_or_default();
        let of_order = one.content.orders.iter().zip(amounts.iter().skip(2));
        sum += of_order.filter(|(id, _)| **id == order).map(|(_, minor)| minor).sum::<i64>();
    }
    Ok(sum)
}

fn card(
    id: Id,
    (account, currency): (&OrderAccount, Currency),
    entries: &[Entry],
    (invoiced, claims): (i64, Claims),
) -> Result<OrderAccountCard, Error> {
    let amount = |minor| Amount::from(Money { minor, currency });
    let stands = account.money().account()?;
    let (mut net, mut tax) = (0, 0);
    let mut lines = Vec::new();
    for line in account.lines() {
        let split = line.price.of_units(line.qty, currency)?;
        net += split.net;
        tax += split.tax;
        lines.push(LineMoney {
            unit_price: UnitPrice(line.price.price.normalize().to_string()),
            net: amount(split.net),
            tax: amount(split.tax),
            gross: amount(split.gross()),
        });
    }
    let first = account.lines().first().map(|line| line.price);
    let payments = payments(entries, &amount);
    let paid: i64 = entries.iter().map(paid_by).sum();
    let waived: i64 = stands.dues.iter().map(|due| due.waived).sum();
    let not_invoiced = uninvoiced(account.billed_gross()?, [invoiced]).max(0);
    Ok(OrderAccountCard {
        id,
        currency: currency.to_string(),
        tax_rate_ppm: first.map_or(0, |price| price.tax_rate_ppm),
        price_includes_tax: first.is_some_and(|price| price.includes_tax),
        lines,
        net: amount(net),
        tax: amount(tax),
        gross: amount(net + tax),
        payable: amount(stands.payable),
        dues: stands.dues.iter().map(|due| due_row(account, due, &amount)).collect(),
        payments,
        paid: amount(paid),
        open: amount(stands.open()),
        deposit_uncleared: amount(stands.deposit_uncleared()),
        prepaid: amount(stands.prepaid),
        refund_due: amount(stands.refund_due),
        forfeited: amount(stands.forfeited),
        invoiced: amount(invoiced),
        over_invoiced: amount((invoiced - (stands.payable - waived)).max(0)),
        not_invoiced: amount(not_invoiced),
        claims,
    })
}

fn due_row(account: &OrderAccount, due: &Due, amount: &impl Fn(i64) -> Amount) -> DueRow {
    let small = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    DueRow {
        term: small(due.term),
        says: account.terms()[due.term].into(),
        shipment: due.shipment.map(small),
        amount: amount(due.amount),
        due_on: due.due_on.map(Day),
        paid: amount(due.paid),
        set_off: amount(due.set_off),
        open: amount(due.open()),
        state: due.state().into(),
    }
}

/// What an entry paid on an order, minor units; below zero for what came back.
pub(crate) fn paid_by(entry: &Entry) -> i64 {
    let minor = entry.money.as_ref().and_then(|money| money.amounts.first()).copied();
    match entry.body.fact {
        Fact::OrderPaid { .. } => minor.unwrap_or(0),
        Fact::OrderRefunded { .. } => -minor.unwrap_or(0),
        _ => 0,
    }
}

fn payments(entries: &[Entry], amount: &impl Fn(i64) -> Amount) -> Vec<PaymentRow> {
    let row = |entry: &Entry| {
        let (term, note) = match &entry.body.fact {
            Fact::OrderPaid { term, note, .. } => (Some(*term), note.clone()),
            Fact::OrderRefunded { note, .. } => (None, note.clone()),
            _ => return None,
        };
        let (day, amount) = (Day(entry.effective_on), amount(paid_by(entry)));
        Some(PaymentRow { entry: entry.id.into(), day, term, amount, note })
    };
    entries.iter().filter_map(row).collect()
}

/// Posts a step that concerns an order's money.
pub(super) fn money_step(
    call: &Call,
    (id, day): (Id, Option<Day>),
    decide: impl FnOnce(
        &Reader,
        Step,
        (&ProductionOrder, &OrderAccount),
        Currency,
    ) -> Result<Entry, Error>,
) -> Result<Posted, Error> {
    let day = call.session.day(day.map(|day| day.0))?;
    orders::step_with(call, id, day, |reader, step, order| {
        let account = account_of(reader, OrderId(id.0), order)?
            .ok_or_else(|| Error::refused("order.no_prices", []))?;
        decide(reader, step, (order, &account), book_currency(reader)?)
    })
}

pub(crate) fn pay(call: &Call, input: PayOrder) -> Result<Posted, Error> {
    money_step(call, (input.id, input.paid_on), |_, step, known, currency| {
        let minor = minor_of(&input.amount, currency)?;
        let payment = Payment { term: input.term as usize, minor, overpaid: input.overpaid };
        Ok(order::pay(step, known, payment, input.note)?)
    })
}

pub(crate) fn waive(call: &Call, input: WaiveDue) -> Result<Posted, Error> {
    money_step(call, (input.id, None), |_, step, known, currency| {
        let shipment = input.shipment.map(|shipment| shipment as usize);
        let minor = minor_of(&input.amount, currency)?;
        let waiver = Waiver { term: input.term as usize, shipment, minor };
        Ok(order::waive(step, known, waiver, input.reason)?)
    })
}

pub(crate) fn refund(call: &Call, input: RefundOrder) -> Result<Posted, Error> {
    money_step(call, (input.id, input.refunded_on), |_, step, (_, account), currency| {
        let minor = minor_of(&input.amount, currency)?;
        Ok(order::refund(step, account, minor, input.note)?)
    })
}

/// A due of any order, for the list of what is to be paid.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PayableRow {
    /// The order.
    pub order: Id,
    /// Its number.
    pub number: String,
    /// To whom.
    pub partner: String,
    /// What is due.
    pub due: DueRow,
    /// Days past the day; below zero before it.
    #[ts(type = "number | null")]
    pub late_days: Option<i64>,
}

/// Everything that is to be paid, by day.
pub(crate) fn payables(call: &Call, _: crate::wire::Nothing) -> Result<Vec<PayableRow>, Error> {
    call.read(|reader| {
        let currency = book_currency(&reader)?;
        let amount = |minor| Amount::from(Money { minor, currency });
        let names = crate::known::Names::load(&reader)?;
        let mut rows = Vec::new();
        for (id, order) in reader.orders()? {
            if order.state != OrderState::Accepted {
                continue;
            }
            let Some(account) = account_of(&reader, id, &order)? else { continue };
            for due in account.money().account()?.dues.iter().filter(|due| due.open() > 0) {
                rows.push(PayableRow {
                    order: Id(id.0),
                    number: order.content.number.clone(),
                    partner: names.partner(order.content.factory),
                    due: due_row(&account, due, &amount),
                    late_days: due.due_on.map(|day| (call.session.today - day).num_days()),
                });
            }
        }
        rows.sort_by_key(|row| (row.due.due_on.is_none(), row.due.due_on, row.number.clone()));
        Ok(rows)
    })
}
