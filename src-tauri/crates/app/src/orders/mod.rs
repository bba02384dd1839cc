//! Orders to factories and suppliers, as lists and cards; drafts, receipts and steps in files of
//! their own.

mod drafts;
mod fields;
mod numbers;
mod receive;
mod steps;

use domain::{
    Currency, DocKind, DocRef, Fact, Money, OrderId, Reason, Refusal, SkuId,
    entry::Serial,
    order::{OrderContent, OrderState, ProductionOrder, Tracks},
    version::SkuVersion,
};
use rust_decimal::Decimal;
use store::Reader;
use uuid::Uuid;

pub(crate) use drafts::{amend, as_ordered, content_of, discard, draft, issue, revive, save};
pub use fields::*;
pub(crate) use numbers::{Numbers, numbers};
pub(crate) use receive::receive;
pub(crate) use steps::{accept, cancel, close, step_with};

use crate::{
    Error, Role,
    commands::Call,
    goods::{book_currency, decimal},
    known::Names,
    production::tracks_of,
    wire::{ById, Day, Id, Message, Nothing, UnitPrice, Units},
};

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

/// A reason as a command was given it, and the refusals that it answers.
fn reason_of(text: Option<String>, answers: Option<&[Message]>) -> Reason {
    let reason = Reason::new(text);
    let told = |one: &Message| serde_json::to_value(one).unwrap_or_default();
    match answers {
        Some(read) => reason.having_read(read.iter().map(told).collect()),
        None => reason,
    }
}

/// An order that was issued.
pub(crate) fn issued(reader: &Reader, id: Id) -> Result<(OrderId, ProductionOrder), Error> {
    let id = OrderId(id.0);
    let order = reader.order(id)?.ok_or_else(|| Error::missing("order", id.0))?;
    Ok((id, order))
}

pub(crate) fn list(call: &Call, _: Nothing) -> Result<Vec<OrderRow>, Error> {
    call.read(|reader| {
        let names = Names::load(&reader)?;
        let drafts = crate::drafts::all::<SaveOrder>(&reader)?;
        let mut rows: Vec<OrderRow> = drafts.iter().map(|draft| draft_row(draft, &names)).collect();
        let in_quarantine = reader.in_quarantine()?;
        for (id, order) in reader.orders()? {
            let tracks = tracks_of(&reader, (id, &order), &in_quarantine)?;
            rows.push(row(call, (id, &order, tracks), &names));
        }
        Ok(rows)
    })
}

fn row(
    call: &Call,
    (id, order, tracks): (OrderId, &ProductionOrder, Tracks),
    names: &Names,
) -> OrderRow {
    let content = &order.content;
    OrderRow {
        id: Id(id.0),
        number: content.number.clone(),
        kind: content.kind.into(),
        state: match order.state {
            OrderState::Issued => OrderStateWord::Issued,
            OrderState::Accepted => OrderStateWord::Accepted,
            OrderState::Closed => OrderStateWord::Closed,
            OrderState::Cancelled => OrderStateWord::Cancelled,
        },
        phase: order.phase(tracks).to_owned(),
        factory: Id(content.factory.0),
        factory_name: names.partner(content.factory),
        issued_on: Some(Day(order.issued_on)),
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
        kind: draft.kind,
        state: OrderStateWord::Draft,
        phase: "draft".into(),
        factory: draft.factory,
        factory_name: names.partner(draft.factory.0.into()),
        issued_on: None,
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
            let (content, _) = content_of(&reader, &draft, String::new())?;
            let received = vec![0; content.lines.len()];
            let row = draft_row(&draft, &names);
            let card = card(&reader, (row, 0), (&content, &received), (&names, Vec::new()))?;
            return Ok(card.seen_by(call.session.role));
        }
        let (id, order) = issued(&reader, input.id)?;
        let tracks = tracks_of(&reader, (id, &order), &reader.in_quarantine()?)?;
        let row = row(call, (id, &order, tracks), &names);
        let receipts = receipts(&reader, (id, &order), &names)?;
        let content = (&order.content, order.received());
        let card =
            card(&reader, (row, order.revision), (content.0, &content.1), (&names, receipts))?;
        Ok(card.seen_by(call.session.role))
    })
}

impl OrderCard {
    /// Without what was agreed on prices and payment, for those who see no money.
    fn seen_by(self, role: Role) -> Self {
        if role.sees_money() {
            return self;
        }
        let (schedule, terms) = (Vec::new(), String::new());
        Self { tax_rate_ppm: 0, price_includes_tax: false, schedule, terms, ..self }
    }
}

fn card(
    reader: &Reader,
    (row, revision): (OrderRow, u32),
    (content, received): (&OrderContent, &[i64]),
    (names, receipts): (&Names, Vec<Receipt>),
) -> Result<OrderCard, Error> {
    let for_order = content.for_order.map(|id| reader.order(id)).transpose()?.flatten();
    Ok(OrderCard {
        row,
        revision,
        deliver_to: Id(content.deliver_to.0),
        deliver_to_name: names.place_name(content.deliver_to),
        materials_at: content.materials_at.map(|place| Id(place.0)),
        for_order: content.for_order.map(|id| Id(id.0)),
        for_order_number: for_order.map(|order| order.content.number),
        over_tolerance_ppm: content.over_tolerance_ppm,
        over_is_free: content.over_is_free,
        tax_rate_ppm: content.tax_rate_ppm,
        price_includes_tax: content.price_includes_tax,
        loss_base: content.loss_base.into(),
        schedule: content.schedule.iter().map(|term| (*term).into()).collect(),
        terms: content.terms.clone(),
        lines: order_lines(reader, content, received, names)?,
        receipts,
    })
}

fn order_lines(
    reader: &Reader,
    content: &OrderContent,
    received: &[i64],
    names: &Names,
) -> Result<Vec<OrderLine>, Error> {
    let mut lines = Vec::new();
    for ((line, received), at) in content.lines.iter().zip(received).zip(0..) {
        let version = line.version.map(|id| reader.record::<SkuVersion>(DocKind::Version, id.0));
        let version = version.transpose()?.flatten().map(|one| one.content);
        let sku = line.sku;
        lines.push(OrderLine {
            line: at,
            sku: Id(sku.0),
            sku_code: names.sku_code(sku),
            sku_name: names.sku_name(sku),
            qty: Units(line.qty),
            received: Units(*received),
            units_per_carton: names.units_per_carton(sku),
            version: line.version.map(|id| Id(id.0)),
            artwork_no: version.as_ref().map(|one| one.artwork_no.clone()),
            registration_no: version.map(|one| one.registration_no),
        });
    }
    Ok(lines)
}

fn receipts(
    reader: &Reader,
    (id, order): (OrderId, &ProductionOrder),
    names: &Names,
) -> Result<Vec<Receipt>, Error> {
    let document = DocRef { kind: DocKind::Order, id: id.0 };
    let rows = reader.journal(Some(document), 0, i64::MAX)?.rows;
    let mut numbers = numbers::numbered(&rows, &order.content.number);
    let mut receipts = Vec::new();
    for row in rows.into_iter().rev() {
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
                replaces: line.replaces.map(|lot| Id(lot.0)),
            }
        });
        receipts.push(Receipt {
            entry: entry.id.into(),
            number: numbers.remove(&entry.id).unwrap_or_default(),
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
        let lines = order.content.lines.iter().zip(order.received());
        let lines: Vec<_> = lines.map(|(line, received)| (line.qty, received)).collect();
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
