//! Steps of an order that was issued: accepted, closed, cancelled.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::{
    Entry, OrderId, PlaceId, PlaceKind,
    claim::Claims,
    dues::DepositFate,
    order::{self, Closing, OrderAccount, ProductionOrder, Step},
    quality,
};
use store::Reader;

use super::{AcceptOrder, CancelOrder, CloseOrder, DepositFateWord, issued};
use crate::{
    Error,
    commands::Call,
    known::Names,
    posting::post,
    production::{
        account_of, changes_shares, is_supplied, left_there, live_entries, spread_tax, waiting_lots,
    },
    stock::StatusWord,
    wire::{Id, Posted},
};

/// Posts one step of an order.
pub(crate) fn step_with(
    call: &Call,
    id: Id,
    day: NaiveDate,
    decide: impl FnOnce(&Reader, Step, &ProductionOrder) -> Result<Entry, Error>,
) -> Result<Posted, Error> {
    let (_, order) = call.read(|reader| issued(&reader, id))?;
    call.write(Some(("order", id.0, &order.content.number)), |writer| {
        let (order_id, order) = issued(writer, id)?;
        let mut ids = call.session.new_ids();
        let step = Step { id: order_id, day, new_id: &mut ids };
        let entry = decide(writer, step, &order)?;
        let mut entries = vec![post(writer, entry)?];
        if changes_shares(&entries[0].body.fact) {
            entries.extend(spread_tax(writer, order_id, day, &mut ids)?);
        }
        Ok(entries)
    })
}

pub(crate) fn accept(call: &Call, input: AcceptOrder) -> Result<Posted, Error> {
    step_with(call, input.id, call.session.today, |_, step, order| {
        Ok(order::accept(step, order, input.promised_on.0)?)
    })
}

pub(crate) fn close(call: &Call, input: CloseOrder) -> Result<Posted, Error> {
    step_with(call, input.id, call.session.today, |reader, step, order| {
        let id = OrderId(input.id.0);
        let entries = live_entries(reader, id)?;
        let account = OrderAccount::of(order, &entries);
        let waiting = quality::waiting(&entries);
        let (mut rework, mut undecided, mut lots) = (0, 0, BTreeSet::new());
        let names = Names::load(reader)?;
        for one in waiting_lots(reader, (id, order), &names)? {
            if !matches!(one.status, StatusWord::Quarantine) {
                continue;
            }
            let at = names.places.get(&PlaceId(one.place.0)).map(|place| place.kind);
            let mended = at == Some(PlaceKind::Factory);
            *(if mended { &mut rework } else { &mut undecided }) += one.qty.0;
            lots.insert(one.lot_no);
        }
        if !input.credit_replacements {
            for one in &waiting {
                lots.extend(reader.lot(one.lot)?.map(|lot| lot.lot_no));
            }
        }
        let closing = Closing {
            account: account.as_ref(),
            waiting: &waiting,
            supplied: is_supplied(reader, (id, order))?,
            left: left_there(reader, &names, (id, order), call.session.today)?,
            claims_open: !Claims::of(&order.content, &entries).open().is_empty(),
            rework,
            undecided,
            lots: lots.into_iter().collect::<Vec<_>>().join(" "),
            credit: input.credit_replacements,
            reason: input.reason,
        };
        Ok(order::close(step, order, closing)?)
    })
}

pub(crate) fn cancel(call: &Call, input: CancelOrder) -> Result<Posted, Error> {
    let reason = input.reason.unwrap_or_default();
    let deposit = input.deposit.map(|fate| match fate {
        DepositFateWord::RefundDue => DepositFate::RefundDue,
        DepositFateWord::Forfeited => DepositFate::Forfeited,
    });
    step_with(call, input.id, call.session.today, |reader, step, order| {
        let account = account_of(reader, OrderId(input.id.0), order)?;
        Ok(order::cancel(step, order, (deposit, account.as_ref()), reason)?)
    })
}
