//! Steps of an order that was issued: accepted, closed, cancelled.

use chrono::NaiveDate;
use domain::{
    Entry, OrderId,
    dues::DepositFate,
    order::{self, ProductionOrder, Step},
};
use store::Reader;

use super::{AcceptOrder, CancelOrder, CloseOrder, DepositFateWord, issued};
use crate::{
    Error,
    commands::Call,
    posting::post,
    production::account_of,
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
        let entry = post(writer, entry)?;
        Ok(vec![entry])
    })
}

pub(crate) fn accept(call: &Call, input: AcceptOrder) -> Result<Posted, Error> {
    step_with(call, input.id, call.session.today, |_, step, order| {
        Ok(order::accept(step, order, input.promised_on.0)?)
    })
}

pub(crate) fn close(call: &Call, input: CloseOrder) -> Result<Posted, Error> {
    step_with(call, input.id, call.session.today, |reader, step, order| {
        let account = account_of(reader, OrderId(input.id.0), order)?;
        Ok(order::close(step, order, account.as_ref(), input.reason)?)
    })
}

pub(crate) fn cancel(call: &Call, input: CancelOrder) -> Result<Posted, Error> {
    let reason = input.reason.unwrap_or_default();
    let deposit = input.deposit.map(|fate| match fate {
        DepositFateWord::RefundDue => DepositFate::RefundDue,
        DepositFateWord::Forfeited => DepositFate::Forfeited,
    });
    step_with(call, input.id, call.session.today, |_, step, order| {
        Ok(order::cancel(step, order, deposit, reason)?)
    })
}
