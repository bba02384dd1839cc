//! Clearing slow lots: three floors in every channel, and where they bring most.
//!
//! Knows which units will not sell in time from the slow-moving list. Refuses to forecast what a
//! lower price would sell: that is the seller's judgement.

use std::collections::BTreeMap;

use domain::LotId;
use store::Reader;

use super::{
    Clearance, ClearanceChannel, ClearanceOf, ClearanceRow, RunBench, Sold,
    bench::{self, Asked, name_of},
    channels, price_text,
    prices::usual,
    refused,
};
use crate::{
    Error,
    commands::Call,
    goods::book_currency,
    slow::{self, SlowRow, SlowWord},
    wire::{Amount, Day, Id, Message, Nothing, UnitPrice, Units},
};

pub(crate) fn floors(call: &Call, input: ClearanceOf) -> Result<Clearance, Error> {
    let slow = slow::list(call, Nothing {})?;
    let mut lots: BTreeMap<Id, Vec<SlowRow>> = BTreeMap::new();
    for row in slow.rows {
        if input.lot.is_none_or(|lot| lot == row.lot) {
            lots.entry(row.lot).or_default().push(row);
        }
    }
    if input.lot.is_none() {
        lots.retain(|_, rows| rows.iter().any(is_slow));
    }
    call.read(|reader| {
        let currency = book_currency(&reader)?;
        let all = channels(&reader)?;
        let costs = unit_costs(&reader, lots.keys().copied())?;
        let mut rows = Vec::new();
        for (number, (lot, parts)) in lots.iter().enumerate() {
            call.session.step("clearance.lot", number, lots.len())?;
            let trial = RunBench {
                sku: parts.first().map(|row| row.sku),
                unit_cost: costs.get(lot).cloned(),
                price: input.price.clone(),
                ..RunBench::default()
            };
            let asked = Asked::of(&reader, call.session.today, &trial)?;
            rows.push(row(call, &reader, (&asked, trial.unit_cost), (*lot, parts), &all)?);
        }
        rows.sort_by(|a, b| {
            (b.to_clear, &a.sku_code, &a.lot_no).cmp(&(a.to_clear, &b.sku_code, &b.lot_no))
        });
        Ok(Clearance { currency: currency.to_string(), as_of: slow.as_of, rows })
    })
}

/// Whether a lot is to be thought about: some of it will not sell in time, or it sells slowly.
fn is_slow(row: &SlowRow) -> bool {
    row.at_risk.0 > 0 || matches!(row.class, SlowWord::Dead | SlowWord::Stagnant | SlowWord::Slow)
}

/// What a unit of each lot cost; of lots whose cost nobody knows nothing is said.
fn unit_costs(
    reader: &Reader,
    lots: impl Iterator<Item = Id>,
) -> Result<BTreeMap<Id, UnitPrice>, Error> {
    let currency = book_currency(reader)?;
    let lots: Vec<LotId> = lots.map(|lot| LotId(lot.0)).collect();
    let mut costs = BTreeMap::new();
    for (lot, value) in reader.values_of(&lots)? {
        if value.whole > 0 && value.units > 0 {
            let cost = pricing::Money::from_minor(value.of_units(1));
            costs.insert(Id(lot.0), price_text(cost, currency));
        }
    }
    Ok(costs)
}

fn row(
    call: &Call,
    reader: &Reader,
    (asked, unit_cost): (&Asked, Option<UnitPrice>),
    (lot, parts): (Id, &[SlowRow]),
    all: &[Sold],
) -> Result<ClearanceRow, Error> {
    let to_clear: i64 = parts.iter().map(|part| part.at_risk.0).sum();
    let mut offers = Vec::new();
    for sold in all {
        let offer = offer(reader, asked, sold, to_clear);
        offers.push(offer.unwrap_or_else(|error| {
            (None, without(sold, Some(Message { code: error.code, args: error.args })))
        }));
    }
    offers.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.code.cmp(&b.1.code)));
    let best = offers.first().filter(|offer| offer.0.is_some()).map(|offer| offer.1.channel);
    let last_sell_on = parts.iter().filter_map(|part| part.last_sell_on).min();
    let first = parts.first();
    Ok(ClearanceRow {
        lot,
        lot_no: first.map(|part| part.lot_no.clone()).unwrap_or_default(),
        sku: first.map_or(lot, |part| part.sku),
        sku_code: first.map(|part| part.sku_code.clone()).unwrap_or_default(),
        sku_name: first.map(|part| part.sku_name.clone()).unwrap_or_default(),
        qty: Units(parts.iter().map(|part| part.qty.0).sum()),
        to_clear: Units(to_clear),
        last_sell_on,
        days_left: last_sell_on.map(|Day(day)| (day - call.session.today).num_days()),
        unit_cost,
        channels: offers.into_iter().map(|(_, offer)| offer).collect(),
        best,
    })
}

/// What a channel offers, after the cash that it brings in all.
fn offer(
    reader: &Reader,
    asked: &Asked,
    sold: &Sold,
    to_clear: i64,
) -> Result<(Option<pricing::Money>, ClearanceChannel), Error> {
    let stall = bench::stall(reader, asked, sold)?;
    let way = usual(asked, &stall);
    let [full, sunk, last] = bench::floors(asked, &stall, &way)?;
    let price = stall.price.0;
    let unit = bench::cash(asked, &stall, &way)?;
    // Of a lot that sells slowly and in time, the channel that brings most for one is best.
    let brings = unit.times(to_clear.max(1)).map_err(|error| refused(&error))?;
    let cash = unit.times(to_clear).map_err(|error| refused(&error))?;
    let amount = |money| Amount(price_text(money, asked.currency).0);
    let allowed = last.is_some_and(|last| price >= last);
    let offer = ClearanceChannel {
        way,
        full_cost: full.map(amount),
        cash: sunk.map(amount),
        destruction: last.map(amount),
        price: Some(price_text(price, asked.currency)),
        unit_cash: Some(amount(unit)),
        expected_cash: (allowed && to_clear > 0).then(|| amount(cash)),
        needs_reason: full.is_none_or(|full| price < full),
        problem: (!allowed).then(|| Message::new("clearance.below_destruction", [])),
        ..without(sold, None)
    };
    Ok((allowed.then_some(brings), offer))
}

fn without(sold: &Sold, why: Option<Message>) -> ClearanceChannel {
    ClearanceChannel {
        channel: Id(sold.id),
        code: sold.channel.code.clone(),
        name: name_of(sold),
        way: super::ways::NONE.to_owned(),
        full_cost: None,
        cash: None,
        destruction: None,
        price: None,
        unit_cash: None,
        expected_cash: None,
        needs_reason: false,
        problem: why,
    }
}
