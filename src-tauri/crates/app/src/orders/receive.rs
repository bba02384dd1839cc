//! Receipts of orders: what came becomes lots, with what it cost and what it was made of.

use std::collections::{BTreeMap, BTreeSet};

use super::{ReceiveLine, ReceiveOrder, issued, reason_of};
use crate::{
    Error, Right,
    commands::Call,
    posting::post,
    production::{account_of, factory_stock, spread_tax},
    suspense,
    wire::{Day, DocLink, Posted},
};
use domain::{
    Currency, LotId, OrderId, PlaceId, Reason, SkuId,
    dues::Shipment,
    opening::LotBook,
    order::{
        self, Delivered, OrderAccount, OrderLine, ProductionOrder, ReceiptAt, ReceiptKnown, Step,
    },
    shelf_life::{Dates, ShelfLife},
    terms::Trigger,
};
use rust_decimal::Decimal;
use store::{Reader, SkuRecord};

pub(crate) fn receive(call: &Call, input: ReceiveOrder) -> Result<Posted, Error> {
    let day = call.session.day(input.received_on.map(|day| day.0))?;
    let number = std::cell::RefCell::new(String::new());
    let mut posted = call.write(None, |writer| {
        let (id, order) = issued(writer, input.id)?;
        number.replace(order.content.number.clone());
        let place = PlaceId(input.place.0);
        if writer.place(place)?.is_none() {
            return Err(Error::missing("location", place.0));
        }
        let delivered: Vec<Delivered> = input.lines.iter().map(delivered).collect();
        let account = account_for(writer, id, &order)?;
        let balance_open = balance_open((account.as_ref(), &order), &delivered, day)?;
        if balance_open && input.unpaid_reason.is_some() {
            call.session.need(Right::Approve)?;
        }
        let prices = writer.order_prices(id)?;
        let currency = prices.first().map(|(_, currency)| currency.clone());
        let prices: Vec<Decimal> = prices.into_iter().map(|(price, _)| price).collect();
        let currency = currency.map(Currency::try_from).transpose()?;
        let known = ReceiptKnown {
            order: &order,
            prices: currency.map(|currency| (prices.as_slice(), currency)),
            goods: &goods(writer, &order)?,
            waiting: &waiting(writer, id, &order)?,
            balance_open,
            account: account.as_ref(),
        };
        let at = ReceiptAt {
            place,
            status: input.status.into(),
            reason: reason_of(input.reason.clone(), input.reason_for.as_deref()),
            unpaid_reason: Reason::new(input.unpaid_reason.clone()),
        };
        let skus: Vec<SkuId> = order.content.lines.iter().map(|line| line.sku).collect();
        let numbered: Vec<(SkuId, &str)> = input
            .lines
            .iter()
            .filter_map(|line| Some((*skus.get(line.line as usize)?, line.lot_no.trim())))
            .collect();
        let mut book = LotBook::new(writer.lots_numbered(&numbered)?);
        let lines = order.content.lines.iter();
        let materials: BTreeSet<SkuId> =
            lines.flat_map(OrderLine::supplied).map(|line| line.material).collect();
        let mut stock = match order.content.materials_at {
            Some(factory) => factory_stock(writer, factory, &materials, day)?,
            None => domain::materials::FactoryStock::default(),
        };
        let mut ids = call.session.new_ids();
        let step = Step { id, day, new_id: &mut ids };
        let entry = order::receive(step, &known, &at, &delivered, &mut book, &mut stock)?;
        let entry = post(writer, entry)?;
        let settled = suspense::settle(writer, place, day, &mut ids)?;
        let taxed = spread_tax(writer, id, day, &mut ids)?;
        Ok(std::iter::once(entry).chain(settled).chain(taxed).collect())
    })?;
    posted.document = Some(DocLink::new("order", input.id.0, number.into_inner()));
    Ok(posted)
}

/// Units of each lot that wait on the partner for a replacement.
fn waiting(
    reader: &Reader,
    id: OrderId,
    order: &ProductionOrder,
) -> Result<BTreeMap<LotId, i64>, Error> {
    let waits = order.tallies.iter().any(|tally| tally.returned > tally.replaced);
    if waits { Ok(reader.waiting(id)?) } else { Ok(BTreeMap::new()) }
}

/// Code and shelf life of the goods of an order.
fn goods(
    reader: &Reader,
    order: &ProductionOrder,
) -> Result<BTreeMap<SkuId, (String, Option<ShelfLife>)>, Error> {
    let mut goods = BTreeMap::new();
    for sku in order.content.lines.iter().map(|line| line.sku) {
        if let Some(SkuRecord { sku: one, .. }) = reader.sku(sku)? {
            goods.insert(sku, (one.code, one.shelf_life));
        }
    }
    Ok(goods)
}

/// The order's money, where goods that come have to do with it: what is due before they leave, and
/// what was waived.
fn account_for(
    reader: &Reader,
    id: OrderId,
    order: &ProductionOrder,
) -> Result<Option<OrderAccount>, Error> {
    let terms = order.content.schedule.iter();
    let gated = terms.map(|term| term.trigger).any(|trigger| trigger == Trigger::BeforeShip);
    if gated || order.dues_waived { account_of(reader, id, order) } else { Ok(None) }
}

/// Whether dues before shipment are unpaid once these goods are here. Not known on a desk without
/// money, and then not open.
fn balance_open(
    (account, order): (Option<&OrderAccount>, &ProductionOrder),
    delivered: &[Delivered],
    on: chrono::NaiveDate,
) -> Result<bool, Error> {
    let Some(account) = account else { return Ok(false) };
    let mut units = vec![0; order.content.lines.len()];
    for one in delivered.iter().filter(|one| one.replaces.is_none()) {
        if let Some(sum) = units.get_mut(one.line) {
            *sum += one.qty.max(0);
        }
    }
    let credited = vec![0; units.len()];
    Ok(account.money().before_ship_open(&Shipment { on, units, credited })? > 0)
}

fn delivered(line: &ReceiveLine) -> Delivered {
    let day = |day: Option<Day>| day.map(|day| day.0);
    Delivered {
        line: line.line as usize,
        lot_no: line.lot_no.clone(),
        dates: Dates { mfg_on: day(line.mfg_on), expires_on: day(line.expires_on) },
        qty: line.qty.0,
        spoilt: line.spoilt.0,
        replaces: line.replaces.map(|lot| lot.0.into()),
    }
}
