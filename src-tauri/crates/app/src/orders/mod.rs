//! Production orders: drafted, issued, accepted, received as lots, closed.
//!
//! Drafts change freely and are not in the journal; issuing puts the whole order into one entry.

mod fields;

use std::collections::BTreeMap;

use chrono::Datelike;
use domain::{
    Currency, DocKind, DocRef, Entry, Fact, Money, OrderId, PlaceId, Refusal, SkuId,
    entry::Serial,
    opening::LotBook,
    order::{
        self, Delivered, OrderContent, OrderState, ProductionOrder, ReceiptAt, ReceiptKnown, Step,
    },
    shelf_life::Dates,
};
use rust_decimal::Decimal;
use store::{Reader, Writer};
use uuid::Uuid;

pub use fields::*;

use crate::{
    Error,
    commands::Call,
    goods::{book_currency, decimal},
    known::Names,
    posting::{post, report},
    suspense,
    wire::{ById, Day, Id, Nothing, Posted, UnitPrice, Units},
};

const DRAFT: &str = "order";

/// A series of numbers of this desk and year, e.g. `PO-A-2026`, and its next one.
pub(crate) fn next_number(
    reader: &Reader,
    prefix: &str,
    year: i32,
) -> Result<(String, Serial), Error> {
    let series = format!("{prefix}-{}-{year}", reader.desk_letter()?);
    let n = reader.next_serial(&series)?;
    Ok((format!("{series}-{n:04}"), Serial { series, n }))
}

fn drafts(reader: &Reader) -> Result<Vec<SaveOrder>, Error> {
    let drafts = reader.drafts(DRAFT)?;
    drafts.into_iter().map(|(id, text)| read_draft(id, &text)).collect()
}

fn read_draft(id: Uuid, text: &str) -> Result<SaveOrder, Error> {
    let draft: SaveOrder = serde_json::from_str(text).map_err(store::Error::from)?;
    Ok(SaveOrder { id: Some(Id(id)), ..draft })
}

pub(crate) fn draft(reader: &Reader, id: Id) -> Result<Option<SaveOrder>, Error> {
    let text = reader.draft(DRAFT, id.0)?;
    text.map(|text| read_draft(id.0, &text)).transpose()
}

fn issued(reader: &Reader, id: Id) -> Result<(OrderId, ProductionOrder), Error> {
    let id = OrderId(id.0);
    let order = reader.order(id)?.ok_or_else(|| Error::missing("order", id.0))?;
    Ok((id, order))
}

pub(crate) fn list(call: &Call, _: Nothing) -> Result<Vec<OrderRow>, Error> {
    call.read(|reader| {
        let names = Names::load(&reader)?;
        let drafts = drafts(&reader)?;
        let mut rows: Vec<OrderRow> = drafts.iter().map(|draft| draft_row(draft, &names)).collect();
        for (id, order) in reader.orders()? {
            rows.push(row(call, id, &order, &names));
        }
        Ok(rows)
    })
}

fn row(call: &Call, id: OrderId, order: &ProductionOrder, names: &Names) -> OrderRow {
    let content = &order.content;
    OrderRow {
        id: Id(id.0),
        number: content.number.clone(),
        state: match order.state {
            OrderState::Issued => OrderStateWord::Issued,
            OrderState::Accepted => OrderStateWord::Accepted,
            OrderState::Closed => OrderStateWord::Closed,
            OrderState::Cancelled => OrderStateWord::Cancelled,
        },
        phase: order.phase().to_owned(),
        factory: Id(content.factory.0),
        factory_name: names.partner(content.factory),
        promised_on: order.promised_on.or(content.wanted_on).map(Day),
        late_days: order.late_days(call.session.today),
        ordered: Units(order.ordered()),
        received: Units(order.units_received()),
        goods: codes(content.lines.iter().map(|line| line.sku), names),
    }
}

/// The codes of goods, each once, in their order.
pub(crate) fn codes(skus: impl Iterator<Item = SkuId>, names: &Names) -> String {
    let mut codes: Vec<String> = Vec::new();
    for code in skus.map(|sku| names.sku_code(sku)) {
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    codes.join(" ")
}

fn draft_row(draft: &SaveOrder, names: &Names) -> OrderRow {
    OrderRow {
        id: draft.id.unwrap_or(Id(Uuid::nil())),
        number: String::new(),
        state: OrderStateWord::Draft,
        phase: "draft".into(),
        factory: draft.factory,
        factory_name: names.partner(draft.factory.0.into()),
        promised_on: draft.promised_on,
        late_days: 0,
        ordered: Units(draft.lines.iter().map(|line| line.qty.0).sum()),
        received: Units(0),
        goods: codes(draft.lines.iter().map(|line| line.sku.0.into()), names),
    }
}

pub(crate) fn get(call: &Call, input: ById) -> Result<OrderCard, Error> {
    call.read(|reader| {
        let names = Names::load(&reader)?;
        if let Some(draft) = draft(&reader, input.id)? {
            let lines = draft.lines.iter().map(|line| (line.sku.0.into(), line.qty.0, 0));
            return Ok(OrderCard {
                row: draft_row(&draft, &names),
                deliver_to: draft.deliver_to,
                deliver_to_name: names.place_name(draft.deliver_to.0.into()),
                over_tolerance_ppm: draft.over_tolerance_ppm,
                terms: draft.terms.clone(),
                lines: order_lines(lines, &names),
                receipts: Vec::new(),
            });
        }
        let (id, order) = issued(&reader, input.id)?;
        let content = &order.content;
        let lines = content.lines.iter().zip(&order.received);
        let lines = lines.map(|(line, received)| (line.sku, line.qty, *received));
        Ok(OrderCard {
            row: row(call, id, &order, &names),
            deliver_to: Id(content.deliver_to.0),
            deliver_to_name: names.place_name(content.deliver_to),
            over_tolerance_ppm: content.over_tolerance_ppm,
            terms: content.terms.clone(),
            lines: order_lines(lines, &names),
            receipts: receipts(&reader, id, &names)?,
        })
    })
}

fn order_lines(lines: impl Iterator<Item = (SkuId, i64, i64)>, names: &Names) -> Vec<OrderLine> {
    let numbered = lines.zip(0..);
    numbered
        .map(|((sku, qty, received), line)| OrderLine {
            line,
            sku: Id(sku.0),
            sku_code: names.sku_code(sku),
            sku_name: names.sku_name(sku),
            qty: Units(qty),
            received: Units(received),
            units_per_carton: names.units_per_carton(sku),
        })
        .collect()
}

fn receipts(reader: &Reader, id: OrderId, names: &Names) -> Result<Vec<Receipt>, Error> {
    let document = DocRef { kind: DocKind::Order, id: id.0 };
    let mut receipts = Vec::new();
    for row in reader.journal(Some(document), 0, i64::MAX)?.rows.into_iter().rev() {
        let entry = &row.recorded.entry;
        let Fact::OrderReceived { place, lines, .. } = &entry.body.fact else { continue };
        let lines = lines.iter().map(|line| {
            let lot = entry.body.lots.iter().find(|lot| lot.id == line.lot);
            let dates = lot.map(|lot| lot.dates).unwrap_or_default();
            ReceiptLine {
                line: line.line,
                lot: Id(line.lot.0),
                lot_no: lot.map(|lot| lot.lot_no.clone()).unwrap_or_default(),
                mfg_on: dates.mfg_on.map(Day),
                expires_on: dates.expires_on.map(Day),
                qty: Units(line.qty),
                status: line.status.into(),
            }
        });
        receipts.push(Receipt {
            entry: entry.id.into(),
            day: Day(entry.effective_on),
            place: names.place(*place),
            lines: lines.collect(),
            reversed: row.reversed_by.is_some(),
        });
    }
    Ok(receipts)
}

pub(crate) fn money(call: &Call, input: ById) -> Result<OrderMoney, Error> {
    call.read(|reader| {
        let currency = book_currency(&reader)?;
        if let Some(draft) = draft(&reader, input.id)? {
            let prices = draft.unit_prices.iter().map(decimal).collect::<Result<Vec<_>, _>>()?;
            let lines: Vec<_> = draft.lines.iter().map(|line| (line.qty.0, 0)).collect();
            return order_money(input.id, &lines, &prices, currency);
        }
        let (id, order) = issued(&reader, input.id)?;
        let prices: Vec<Decimal> =
            reader.order_prices(id)?.into_iter().map(|(price, _)| price).collect();
        let lines = order.content.lines.iter().zip(&order.received);
        let lines: Vec<_> = lines.map(|(line, received)| (line.qty, *received)).collect();
        order_money(input.id, &lines, &prices, currency)
    })
}

fn order_money(
    id: Id,
    lines: &[(i64, i64)],
    prices: &[Decimal],
    currency: Currency,
) -> Result<OrderMoney, Error> {
    let (mut amounts, mut total, mut received) = (Vec::new(), 0, 0);
    for (line, (qty, got)) in lines.iter().enumerate() {
        let price = prices.get(line).copied().unwrap_or_default();
        let amount = Money::of_units(price, *qty, currency)?;
        let too_large = || Refusal::AmountTooLarge { amount: format!("{price} × {qty}") };
        total = i64::checked_add(total, amount.minor).ok_or_else(too_large)?;
        received += Money::of_units(price, *got, currency)?.minor;
        amounts.push(amount.into());
    }
    let text = |price: &Decimal| UnitPrice(price.normalize().to_string());
    Ok(OrderMoney {
        id,
        currency: currency.to_string(),
        unit_prices: prices.iter().map(text).collect(),
        amounts,
        total: Money { minor: total, currency }.into(),
        received_value: Money { minor: received, currency }.into(),
    })
}

pub(crate) fn save(call: &Call, input: SaveOrder) -> Result<ById, Error> {
    let id = input.id.unwrap_or_else(|| Id(Uuid::now_v7()));
    for price in &input.unit_prices {
        decimal(price)?;
    }
    for line in &input.lines {
        domain::stock::positive(line.qty.0)?;
    }
    let workspace = call.app.workspace()?;
    workspace.write(call.session.stamp(), |writer| {
        if writer.order(OrderId(id.0))?.is_some() {
            return Err(Error::refused("document.not_a_draft", []));
        }
        keep(writer, id, &input, call)
    })?;
    call.app.mark("order");
    Ok(ById { id })
}

fn keep(writer: &mut Writer, id: Id, draft: &SaveOrder, call: &Call) -> Result<(), Error> {
    let text = serde_json::to_string(draft).map_err(store::Error::from)?;
    let kept = writer.keep_draft(DRAFT, id.0, &text, call.session.now.timestamp_millis())?;
    if kept { Ok(()) } else { Err(Error::refused("document.not_a_draft", [])) }
}

pub(crate) fn discard(call: &Call, input: ById) -> Result<Nothing, Error> {
    let workspace = call.app.workspace()?;
    let gone =
        workspace.write(call.session.stamp(), |writer| writer.drop_draft(DRAFT, input.id.0))?;
    call.app.mark("order");
    if gone { Ok(Nothing {}) } else { Err(Error::missing("order", input.id.0)) }
}

/// An order whose issue was undone is a draft again, so that nothing typed is lost.
pub(crate) fn revive(writer: &mut Writer, undone: &Entry, call: &Call) -> Result<(), Error> {
    let Fact::OrderIssued { id, order } = &undone.body.fact else { return Ok(()) };
    let prices =
        undone.money.as_ref().map(|money| money.unit_prices.as_slice()).unwrap_or_default();
    let lines = order
        .lines
        .iter()
        .map(|line| OrderLineFields { sku: Id(line.sku.0), qty: Units(line.qty) });
    let draft = SaveOrder {
        id: None,
        factory: Id(order.factory.0),
        deliver_to: Id(order.deliver_to.0),
        promised_on: order.wanted_on.map(Day),
        over_tolerance_ppm: order.over_tolerance_ppm,
        lines: lines.collect(),
        unit_prices: prices.iter().map(|price| UnitPrice(price.to_string())).collect(),
        terms: order.terms.clone(),
    };
    keep(writer, Id(id.0), &draft, call)
}

pub(crate) fn issue(call: &Call, input: ById) -> Result<Posted, Error> {
    let number = std::cell::RefCell::new(String::new());
    let mut posted = call.write(None, |writer| {
        let draft = draft(writer, input.id)?.ok_or_else(|| Error::missing("order", input.id.0))?;
        check_draft(writer, &draft)?;
        let (next, serial) = next_number(writer, "PO", call.session.today.year())?;
        number.replace(next.clone());
        let lines = draft.lines.iter();
        let lines = lines.map(|line| order::OrderLine { sku: line.sku.0.into(), qty: line.qty.0 });
        let content = OrderContent {
            number: next,
            factory: draft.factory.0.into(),
            deliver_to: draft.deliver_to.0.into(),
            wanted_on: draft.promised_on.map(|day| day.0),
            over_tolerance_ppm: draft.over_tolerance_ppm,
            lines: lines.collect(),
            terms: draft.terms.clone(),
        };
        let prices = draft.unit_prices.iter().map(decimal).collect::<Result<Vec<_>, _>>()?;
        let currency = book_currency(writer)?;
        let mut ids = call.session.new_ids();
        let step = Step { id: OrderId(input.id.0), day: call.session.today, new_id: &mut ids };
        let entry = order::issue(step, content, serial, (prices, currency))?;
        post(writer, &entry)?;
        writer.drop_draft(DRAFT, input.id.0)?;
        Ok(vec![entry])
    })?;
    posted.document = Some(crate::wire::DocLink::new("order", input.id.0, number.into_inner()));
    Ok(posted)
}

/// What a draft names must be there when it is issued.
fn check_draft(reader: &Reader, draft: &SaveOrder) -> Result<(), Error> {
    let names = Names::load(reader)?;
    if !names.partners.contains_key(&draft.factory.0.into()) {
        return Err(Error::missing("partner", draft.factory.0));
    }
    let deliver_to = names.places.get(&draft.deliver_to.0.into());
    if deliver_to.is_none_or(|place| place.place.is_none()) {
        return Err(Error::missing("location", draft.deliver_to.0));
    }
    match draft.lines.iter().find(|line| !names.skus.contains_key(&line.sku.0.into())) {
        Some(line) => Err(Error::missing("sku", line.sku.0)),
        None => Ok(()),
    }
}

/// Posts one step of an order.
fn step(
    call: &Call,
    id: Id,
    day: chrono::NaiveDate,
    decide: impl FnOnce(Step, &ProductionOrder) -> Result<Entry, Refusal>,
) -> Result<Posted, Error> {
    let (_, order) = call.read(|reader| issued(&reader, id))?;
    call.write(Some(("order", id.0, &order.content.number)), |writer| {
        let (order_id, order) = issued(writer, id)?;
        let mut ids = call.session.new_ids();
        let entry = decide(Step { id: order_id, day, new_id: &mut ids }, &order)?;
        post(writer, &entry)?;
        Ok(vec![entry])
    })
}

pub(crate) fn accept(call: &Call, input: AcceptOrder) -> Result<Posted, Error> {
    step(call, input.id, call.session.today, |step, order| {
        order::accept(step, order, input.promised_on.0)
    })
}

pub(crate) fn close(call: &Call, input: CloseOrder) -> Result<Posted, Error> {
    step(call, input.id, call.session.today, |step, order| order::close(step, order, input.reason))
}

pub(crate) fn cancel(call: &Call, input: CloseOrder) -> Result<Posted, Error> {
    let reason = input.reason.unwrap_or_default();
    step(call, input.id, call.session.today, |step, order| order::cancel(step, order, reason))
}

pub(crate) fn receive(call: &Call, input: ReceiveOrder) -> Result<Posted, Error> {
    let day = call.session.day(input.received_on.map(|day| day.0))?;
    let number = std::cell::RefCell::new(String::new());
    let mut posted = call.write(None, |writer| {
        let (id, order) = issued(writer, input.id)?;
        number.replace(order.content.number.clone());
        let names = Names::load(writer)?;
        let place = PlaceId(input.place.0);
        if names.places.get(&place).is_none_or(|place| place.place.is_none()) {
            return Err(Error::missing("location", place.0));
        }
        let skus: Vec<SkuId> = order.content.lines.iter().map(|line| line.sku).collect();
        let goods: BTreeMap<SkuId, _> = skus
            .iter()
            .filter_map(|sku| Some((*sku, names.skus.get(sku)?)))
            .map(|(sku, record)| (sku, (record.sku.code.clone(), record.sku.shelf_life)))
            .collect();
        let prices = writer.order_prices(id)?;
        let currency = prices.first().map(|(_, currency)| currency.clone());
        let prices: Vec<Decimal> = prices.into_iter().map(|(price, _)| price).collect();
        let currency = currency.map(Currency::try_from).transpose()?;
        let known = ReceiptKnown {
            order: &order,
            prices: currency.map(|currency| (prices.as_slice(), currency)),
            goods: &goods,
        };
        let at = ReceiptAt { place, status: input.status.into(), reason: input.reason.clone() };
        let delivered: Vec<Delivered> = input.lines.iter().map(delivered).collect();
        let numbered: Vec<(SkuId, &str)> = input
            .lines
            .iter()
            .filter_map(|line| Some((*skus.get(line.line as usize)?, line.lot_no.trim())))
            .collect();
        let mut book = LotBook::new(writer.lots_numbered(&numbered)?);
        let mut ids = call.session.new_ids();
        let step = Step { id, day, new_id: &mut ids };
        let entry = order::receive(step, &known, &at, &delivered, &mut book)?;
        let entry = report(writer, entry)?;
        let settled = suspense::settle(writer, place, day, &mut ids)?;
        Ok(std::iter::once(entry).chain(settled).collect())
    })?;
    posted.document = Some(crate::wire::DocLink::new("order", input.id.0, number.into_inner()));
    Ok(posted)
}

fn delivered(line: &ReceiveLine) -> Delivered {
    let day = |day: Option<Day>| day.map(|day| day.0);
    Delivered {
        line: line.line as usize,
        lot_no: line.lot_no.clone(),
        dates: Dates { mfg_on: day(line.mfg_on), expires_on: day(line.expires_on) },
        qty: line.qty.0,
    }
}
