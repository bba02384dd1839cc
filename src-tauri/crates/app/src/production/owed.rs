//! What partners owe back (应退): paid beyond what was payable on orders that ended.
//!
//! Knows on which orders it can be at all, so that the entries of those alone are read.

use std::collections::HashMap;

use domain::{
    Currency, Money, OrderId, PartnerId,
    order::{OrderAccount, OrderState, ProductionOrder},
};
use serde::Serialize;
use store::Reader;
use ts_rs::TS;

use super::account::account_of;
use crate::{
    Error,
    commands::Call,
    goods::book_currency,
    known::Names,
    wire::{Amount, Day, Id, Nothing},
};

/// What a partner owes back on an order that ended.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OwedBackRow {
    /// The order.
    pub order: Id,
    /// Its number.
    pub number: String,
    /// Who owes it.
    pub partner: String,
    /// How much.
    pub amount: Amount,
    /// The day on which the order was closed or cancelled.
    pub since: Option<Day>,
}

/// An order that ended, with what is owed back on it.
pub(crate) struct OwedBack {
    pub(crate) id: OrderId,
    pub(crate) order: ProductionOrder,
    pub(crate) owed: Money,
}

impl OwedBack {
    pub(crate) fn partner(&self) -> PartnerId {
        self.order.content.factory
    }
}

/// What is owed back on some of the orders, the longest first.
pub(crate) fn owed(
    reader: &Reader,
    orders: &[(OrderId, ProductionOrder)],
) -> Result<Vec<OwedBack>, Error> {
    let currency = book_currency(reader)?;
    let met = reader.met_on_orders()?;
    let mut all = Vec::new();
    for (id, order) in orders {
        if !may_owe(reader, (*id, order), (&met, currency))? {
            continue;
        }
        let Some(account) = account_of(reader, *id, order)? else { continue };
        let minor = account.money().account()?.refund_due;
        if minor > 0 {
            let (id, order) = (*id, order.clone());
            all.push(OwedBack { id, order, owed: Money { minor, currency } });
        }
    }
    all.sort_by(|a, b| {
        let key = |one: &OwedBack| (one.order.ended_on, one.order.content.number.clone());
        key(a).cmp(&key(b))
    });
    Ok(all)
}

/// Whether an order ended and more was paid and let go on it than what came costs.
fn may_owe(
    reader: &Reader,
    (id, order): (OrderId, &ProductionOrder),
    (met, currency): (&HashMap<OrderId, i64>, Currency),
) -> Result<bool, Error> {
    let met = met.get(&id).copied().unwrap_or(0);
    if met <= 0 {
        return Ok(false);
    }
    match order.state {
        OrderState::Issued | OrderState::Accepted => Ok(false),
        OrderState::Cancelled => Ok(true),
        OrderState::Closed => {
            Ok(payable(reader, (id, order), currency)?.is_some_and(|most| met > most))
        }
    }
}

/// What came on a closed order and was kept, at its prices; `None` on a desk without them.
fn payable(
    reader: &Reader,
    (id, order): (OrderId, &ProductionOrder),
    currency: Currency,
) -> Result<Option<i64>, Error> {
    let prices: Vec<_> = reader.order_prices(id)?.into_iter().map(|(price, _)| price).collect();
    if prices.is_empty() {
        return Ok(None);
    }
    let account = OrderAccount::draft(&order.content, &prices, currency);
    let mut sum = 0_i64;
    for (line, tally) in account.lines().iter().zip(&order.tallies) {
        let most = if order.content.over_is_free { line.qty } else { i64::MAX };
        let units = tally.payable().min(most);
        sum = sum.saturating_add(line.price.of_units(units, currency)?.gross());
    }
    Ok(Some(sum))
}

pub(crate) fn owed_back(call: &Call, _: Nothing) -> Result<Vec<OwedBackRow>, Error> {
    call.read(|reader| {
        let names = Names::load(&reader)?;
        let rows = owed(&reader, &reader.orders()?)?.into_iter().map(|one| OwedBackRow {
            order: Id(one.id.0),
            number: one.order.content.number.clone(),
            partner: names.partner(one.partner()),
            amount: Amount::from(one.owed),
            since: one.order.ended_on.map(Day),
        });
        Ok(rows.collect())
    })
}
