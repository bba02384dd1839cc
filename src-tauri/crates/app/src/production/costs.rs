//! Bills besides the goods' price, and tax invoices.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::{
    Body, DocKind, DocRef, Entry, EntryId, Fact, LotId, Money, MoneyPart, NewId, OrderId, Refusal,
    ValueKind, ValueLine,
    ids::{BillId, InvoiceId},
    landed::{self, Basis, Bill},
    tax::{Invoice, InvoiceAmounts, InvoiceKind, TaxSplit, uninvoiced},
    valuation::{self, PassingKind},
};
use serde::{Deserialize, Serialize};
use store::{Reader, Record, Writer};
use ts_rs::TS;
use uuid::Uuid;

use super::{
    account::{account_of, invoiced, minor_of},
    words::{BasisWord, InvoiceKindWord},
};
use crate::{
    Error,
    commands::Call,
    goods::book_currency,
    known::{Catalogue, Names},
    posting::post,
    stock::value_by_lot,
    wire::{Amount, Day, Id, Nothing, Posted},
};

/// A bill to post.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PostBill {
    /// The partner's number.
    pub number: String,
    /// From whom.
    #[serde(default)]
    pub partner: Option<Id>,
    /// The day on it.
    pub dated_on: Day,
    /// The day it counts on; today when not given.
    #[serde(default)]
    pub effective_on: Option<Day>,
    /// What it is spread by.
    pub basis: BasisWord,
    /// How much, without tax that is deducted.
    pub amount: Amount,
    /// For what.
    #[serde(default)]
    pub note: String,
    /// The lots that it is for.
    #[serde(default)]
    pub lots: Vec<Id>,
    /// The orders whose lots it is for.
    #[serde(default)]
    pub orders: Vec<Id>,
}

/// What of a bill falls to a lot.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BillShare {
    /// Which lot.
    pub lot: Id,
    /// Its number.
    pub lot_no: String,
    /// How much.
    pub amount: Amount,
}

/// A bill in a list.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BillRow {
    /// Identity.
    pub id: Id,
    /// The partner's number.
    pub number: String,
    /// From whom.
    pub partner: String,
    /// The day on it.
    pub dated_on: Day,
    /// What it is spread by.
    pub basis: BasisWord,
    /// How much.
    pub amount: Amount,
    /// For what.
    pub note: String,
    /// By lot.
    pub shares: Vec<BillShare>,
}

pub(crate) fn post_bill(call: &Call, input: PostBill) -> Result<Posted, Error> {
    let day = call.session.day(input.effective_on.map(|day| day.0))?;
    call.write(None, |writer| {
        let currency = book_currency(writer)?;
        let number = input.number.trim();
        let partner = input.partner.map(|id| id.0.into());
        let taken = writer
            .records::<Bill>(DocKind::Bill)?
            .into_iter()
            .any(|one| one.content.number.trim() == number && one.content.partner == partner);
        if taken && !number.is_empty() {
            let (what, code) = ("bill".to_owned(), number.to_owned());
            return Err(Refusal::CodeTaken { what, code }.into());
        }
        let minor = minor_of(&input.amount, currency)?;
        let mut lots: Vec<LotId> = input.lots.iter().map(|lot| LotId(lot.0)).collect();
        for order in &input.orders {
            lots.extend(writer.order_lots(OrderId(order.0))?.into_iter().map(|(lot, _)| lot));
        }
        lots.sort_unstable();
        lots.dedup();
        let bill = Bill {
            number: number.to_owned(),
            partner,
            dated_on: input.dated_on.0,
            basis: input.basis.into(),
            note: input.note.clone(),
            lots: shares(writer, input.basis.into(), &lots)?,
        };
        let mut ids = call.session.new_ids();
        let id = BillId(Uuid::now_v7());
        let entry = landed::post(id, bill, (minor, currency), day, &mut ids)?;
        check_cost(writer, &entry)?;
        let entry = post(writer, entry)?;
        Ok(vec![entry])
    })
}

/// Refuses a credit note that takes off more than a lot cost.
fn check_cost(reader: &Reader, bill: &Entry) -> Result<(), Error> {
    let Some(money) = &bill.money else { return Ok(()) };
    let lots: Vec<LotId> = money.values.iter().map(|value| value.lot).collect();
    let costs = reader.values_of(&lots)?;
    for part in money.values.iter().filter(|part| part.minor < 0) {
        let cost = costs.get(&part.lot).map_or(0, |cost| cost.whole);
        if cost + part.minor < 0 {
            let lot_no = reader.lot(part.lot)?.map(|lot| lot.lot_no).unwrap_or_default();
            let amount =
                |minor| Money { minor, currency: money.currency }.to_decimal().to_string().into();
            let (cost, part) = (amount(cost), amount(-part.minor));
            let args = [("lot", lot_no.into()), ("cost", cost), ("amount", part)];
            return Err(Error::refused("bill.beyond_cost", args));
        }
    }
    Ok(())
}

/// Units and value that a lot took over from another lot of the same bill because it replaces units
/// of it: they bear the bill with that lot, and bring their part of it along.
fn replaced(reader: &Reader, lots: &[LotId]) -> Result<BTreeMap<LotId, (i64, i64)>, Error> {
    let mut keys = BTreeMap::new();
    for lot in lots {
        keys.extend(reader.key(lot.0)?.map(|key| (key, *lot)));
    }
    let passings = reader.passings(None)?;
    let values = valuation::value(&reader.flows(None)?, &passings);
    let mut taken = BTreeMap::new();
    let replacing = passings.iter().filter(|one| one.kind == PassingKind::Replaced);
    for one in replacing.filter(|one| one.to != Some(one.from) && keys.contains_key(&one.from)) {
        let Some((to, lot)) = one.to.and_then(|to| Some((to, keys.get(&to)?))) else { continue };
        let passed = values.get(&one.from).map(|value| value.passed.as_slice()).unwrap_or_default();
        let minor: i64 = passed.iter().filter(|(key, _)| *key == to).map(|(_, minor)| minor).sum();
        let sum: &mut (i64, i64) = taken.entry(*lot).or_insert((0, 0));
        *sum = (sum.0 + one.qty, sum.1 + minor);
    }
    Ok(taken)
}

/// The lots with their weight by the basis: units received, what they cost, grams, or litres of
/// their cartons. Units that were sent back and replaced count once.
fn shares(reader: &Reader, basis: Basis, lots: &[LotId]) -> Result<Vec<(LotId, i64)>, Error> {
    let catalogue = Catalogue::load(reader)?;
    let values = value_by_lot(reader, &catalogue, None)?;
    let replaced = replaced(reader, lots)?;
    let skus = reader.skus()?;
    let mut shares = Vec::new();
    for lot in lots {
        let record = reader.lot(*lot)?.ok_or_else(|| Error::missing("lot", lot.0))?;
        let valued = values.iter().find(|(known, _, _)| known.id == *lot);
        let (again, passed) = replaced.get(lot).copied().unwrap_or_default();
        let units = valued.map_or(0, |(_, cost, _)| cost.units) - again;
        let carton = skus.iter().find(|sku| sku.id == record.sku).and_then(|sku| sku.sku.carton);
        let per_carton = |size: Option<i64>| {
            let size = size.ok_or_else(|| {
                Error::refused("bill.size_missing", [("lot", record.lot_no.clone().into())])
            })?;
            Ok::<i64, Error>(domain::money::share(size, units, carton.map_or(1, |it| it.units)))
        };
        let share = match basis {
            Basis::Quantity => units,
            Basis::Value => valued.map_or(0, |(_, cost, _)| cost.value_minor) - passed,
            Basis::Weight => per_carton(carton.and_then(|it| it.gross_g))?,
            Basis::Volume => per_carton(carton.and_then(|it| {
                // Cubic centimetres keep the sum far inside 64 bits.
                Some(it.length_mm? * it.width_mm? * it.height_mm? / 1_000)
            }))?,
        };
        shares.push((*lot, share));
    }
    Ok(shares)
}

pub(crate) fn bills(call: &Call, _: Nothing) -> Result<Vec<BillRow>, Error> {
    call.read(|reader| {
        let names = Names::load(&reader)?;
        let mut rows = Vec::new();
        for one in reader.records::<Bill>(DocKind::Bill)? {
            let Some(money) = &one.money else { continue };
            let amount = |minor| Amount::from(Money { minor, currency: money.currency });
            let mut shares = Vec::new();
            for value in &money.values {
                let lot_no = reader.lot(value.lot)?.map(|lot| lot.lot_no).unwrap_or_default();
                let amount = amount(value.minor);
                shares.push(BillShare { lot: Id(value.lot.0), lot_no, amount });
            }
            rows.push(BillRow {
                id: Id(one.id),
                number: one.content.number.clone(),
                partner: one.content.partner.map(|id| names.partner(id)).unwrap_or_default(),
                dated_on: Day(one.content.dated_on),
                basis: one.content.basis.into(),
                amount: amount(money.amounts.first().copied().unwrap_or(0)),
                note: one.content.note.clone(),
                shares,
            });
        }
        rows.reverse();
        Ok(rows)
    })
}

/// An invoice to record.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SaveInvoice {
    /// Which one; new without.
    #[serde(default)]
    pub id: Option<Id>,
    /// Its number.
    pub number: String,
    /// Whose it is.
    pub partner: Id,
    /// The day on it.
    pub date: Day,
    /// Whether its tax is deducted.
    pub kind: InvoiceKindWord,
    /// Without tax.
    pub net: Amount,
    /// Tax.
    pub tax: Amount,
    /// The orders that it bills.
    pub orders: Vec<Id>,
}

/// An invoice in a list.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct InvoiceRow {
    /// Identity.
    pub id: Id,
    /// Its number.
    pub number: String,
    /// Whose it is.
    pub partner: String,
    /// The day on it.
    pub date: Day,
    /// Whether its tax is deducted.
    pub kind: InvoiceKindWord,
    /// Without tax.
    pub net: Amount,
    /// Tax.
    pub tax: Amount,
    /// With tax.
    pub gross: Amount,
    /// Numbers of the orders that it bills.
    pub orders: Vec<String>,
}

pub(crate) fn save_invoice(call: &Call, input: SaveInvoice) -> Result<Posted, Error> {
    call.write(None, |writer| {
        let currency = book_currency(writer)?;
        let known = writer.records::<Invoice>(DocKind::Invoice)?;
        let (number, partner) = (input.number.trim(), input.partner.0.into());
        let taken = known.iter().any(|one| {
            one.content.number.trim() == number
                && one.content.partner == partner
                && Some(Id(one.id)) != input.id
        });
        if taken {
            let (what, code) = ("invoice".to_owned(), number.to_owned());
            return Err(Refusal::CodeTaken { what, code }.into());
        }
        let orders: Vec<OrderId> = input.orders.iter().map(|id| OrderId(id.0)).collect();
        let mut waits = Vec::new();
        for id in &orders {
            let order = writer.order(*id)?.ok_or_else(|| Error::missing("order", id.0))?;
            if order.content.factory != partner {
                let number = order.content.number.into();
                return Err(Error::refused("invoice.other_partner", [("number", number)]));
            }
            let account = account_of(writer, *id, &order)?;
            let came = account.map_or(Ok(0), |account| account.billed_gross())?;
            waits.push(uninvoiced(came, [invoiced(writer, *id)?]));
        }
        let (net, tax) = (minor_of(&input.net, currency)?, minor_of(&input.tax, currency)?);
        let amounts = InvoiceAmounts::spread(TaxSplit { net, tax }, &waits);
        let invoice = Invoice {
            number: number.to_owned(),
            partner,
            date: input.date.0,
            kind: input.kind.into(),
            orders,
        };
        invoice.check(&amounts)?;
        let mut kept = vec![net, tax];
        kept.extend(&amounts.by_order);
        let id = InvoiceId(input.id.map_or_else(Uuid::now_v7, |id| id.0));
        let values = tax_in_cost(writer, id, (&invoice, &amounts.by_order))?;
        let money = MoneyPart { amounts: kept, values, ..MoneyPart::new(currency) };
        let mut ids = call.session.new_ids();
        let body = Body::of(Fact::InvoiceSet { id, invoice: Box::new(invoice) });
        Ok(vec![post(writer, entry_of(body, money, call.session.today, &mut ids))?])
    })
}

/// Whether an entry of an order changes what its goods weigh beside each other.
pub(crate) fn changes_shares(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::OrderReceived { .. }
            | Fact::OrderAmended { .. }
            | Fact::QualityDecided { .. }
            | Fact::OrderClosed { .. }
            | Fact::OrderCancelled { .. }
    )
}

/// Spreads the tax of an order's plain invoices anew once something came, went back or is not
/// expected any more.
pub(crate) fn spread_tax(
    writer: &mut Writer,
    order: OrderId,
    day: NaiveDate,
    new_id: NewId,
) -> Result<Vec<Entry>, Error> {
    let mut entries = Vec::new();
    let invoices: Vec<Record<Invoice>> = writer.invoices_of(order)?;
    for one in invoices.iter().filter(|one| one.content.kind == InvoiceKind::Plain) {
        entries.extend(spread_again(writer, InvoiceId(one.id), day, new_id)?);
    }
    Ok(entries)
}

/// Posts how the tax of an invoice falls now, when that is otherwise than so far. Nothing where no
/// money is seen, or when the invoice was undone.
pub(crate) fn spread_again(
    writer: &mut Writer,
    id: InvoiceId,
    day: NaiveDate,
    new_id: NewId,
) -> Result<Option<Entry>, Error> {
    let known = writer.record::<Invoice>(DocKind::Invoice, id.0)?;
    let Some(Record { content: invoice, money: Some(money), .. }) = known else { return Ok(None) };
    let [_, _, by_order @ ..] = money.amounts.as_slice() else { return Ok(None) };
    let values = tax_in_cost(writer, id, (&invoice, by_order))?;
    if values.is_empty() {
        return Ok(None);
    }
    let money = MoneyPart { values, ..MoneyPart::new(money.currency) };
    let body = Body::of(Fact::TaxSpread { id });
    Ok(Some(post(writer, entry_of(body, money, day, new_id))?))
}

fn entry_of(body: Body, money: MoneyPart, day: NaiveDate, new_id: NewId) -> Entry {
    let id = EntryId(new_id());
    Entry { id, effective_on: day, reverses: None, batch: None, body, money: Some(money) }
}

/// The tax in what a plain invoice bills is cost of the goods of its orders, whether the invoice
/// shows it or not, by their price: of the lots that came, and of those that will. What stands of it
/// already is taken off. Sources: 增值税暂行条例 article 9, CAS 1 article 6.
fn tax_in_cost(
    reader: &Reader,
    id: InvoiceId,
    (invoice, by_order): (&Invoice, &[i64]),
) -> Result<Vec<ValueLine>, Error> {
    let mut tax: BTreeMap<LotId, i64> = BTreeMap::new();
    let document = DocRef { kind: DocKind::Invoice, id: id.0 };
    for row in reader.journal(Some(document), 0, i64::MAX)?.rows {
        let entry = row.recorded.entry;
        if row.reversed_by.is_none() && entry.reverses.is_none() {
            for value in entry.money.iter().flat_map(|money| &money.values) {
                *tax.entry(value.lot).or_insert(0) -= value.minor;
            }
        }
    }
    if invoice.kind == InvoiceKind::Plain {
        for (order, gross) in invoice.orders.iter().zip(by_order) {
            // An order whose issue was undone is a draft again, of which nothing came.
            let Some(known) = reader.order(*order)? else { continue };
            let Some(account) = account_of(reader, *order, &known)? else { continue };
            let minor = gross - account.net_of(*gross)?;
            let (lots, to_come) = account.weights()?;
            let weights: Vec<i64> = lots.iter().map(|(_, gross)| *gross).collect();
            let weights = [weights, vec![to_come]].concat();
            for ((lot, _), minor) in lots.iter().zip(domain::money::split(minor, &weights)) {
                *tax.entry(*lot).or_insert(0) += minor;
            }
        }
    }
    let kind = ValueKind::Adjust;
    let changed = tax.into_iter().filter(|(_, minor)| *minor != 0);
    Ok(changed.map(|(lot, minor)| ValueLine { lot, kind, minor }).collect())
}

pub(crate) fn invoices(call: &Call, _: Nothing) -> Result<Vec<InvoiceRow>, Error> {
    call.read(|reader| {
        let names = Names::load(&reader)?;
        let mut rows = Vec::new();
        for one in reader.records::<Invoice>(DocKind::Invoice)? {
            let Some(money) = &one.money else { continue };
            let amount = |minor| Amount::from(Money { minor, currency: money.currency });
            let at = |n: usize| money.amounts.get(n).copied().unwrap_or(0);
            let mut orders = Vec::new();
            for id in &one.content.orders {
                let order = reader.order(*id)?;
                orders.push(order.map(|order| order.content.number).unwrap_or_default());
            }
            rows.push(InvoiceRow {
                id: Id(one.id),
                number: one.content.number.clone(),
                partner: names.partner(one.content.partner),
                date: Day(one.content.date),
                kind: one.content.kind.into(),
                net: amount(at(0)),
                tax: amount(at(1)),
                gross: amount(at(0) + at(1)),
                orders,
            });
        }
        rows.reverse();
        Ok(rows)
    })
}
