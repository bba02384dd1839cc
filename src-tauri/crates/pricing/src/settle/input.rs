//! A settlement as a JSON operation.
//!
//! Knows: the names of terms, events and results in files. Refuses to know: what they mean.

use serde_json::{Value, json};

use super::{Carry, Event, EventKind, Period, Reserve, Statement, StatementLine, Terms, settle};
use crate::read::Fields;
use crate::time::{Day, Moment};
use crate::{Error, Money, Rate};

/// [`statement`] as it is written in files.
pub(crate) fn eval(input: &Value) -> Result<Value, Error> {
    Ok(shown(&statement(input)?))
}

/// The statement of a period: `terms`, `period` (first instant, first instant after), `events`,
/// `opening` and `reserve_held`.
pub(crate) fn statement(input: &Value) -> Result<Statement, Error> {
    let input = Fields::of(input, "")?;
    let terms = terms(Fields::of(input.need("terms")?, "terms")?)?;
    let period = period(&input)?;
    let each = |key: &'static str| {
        let list = input.list(key)?.iter().enumerate();
        Ok::<_, Error>(list.map(move |(index, value)| Fields::of(value, format!("{key}[{index}]"))))
    };
    let events =
        each("events")?.map(|fields| event(&fields?)).collect::<Result<Vec<_>, Error>>()?;
    let reserves = each("reserve_held")?
        .map(|fields| reserve(&fields?, &period))
        .collect::<Result<_, Error>>()?;
    let balance = Money::from_minor(input.whole("opening")?.unwrap_or(0));
    settle(&terms, period, &events, Carry { balance, reserves })
}

/// A misspelled term would change what is paid, so unknown ones are refused.
fn terms(fields: Fields<'_>) -> Result<Terms, Error> {
    let fields =
        fields.only(&["days_after_receipt", "reserve_rate", "reserve_days", "min_payout"])?;
    let days = |key| fields.read(key, |days| days.as_u64().and_then(|n| u32::try_from(n).ok()));
    Ok(Terms {
        days_after_receipt: days("days_after_receipt")?.unwrap_or(0),
        reserve_rate: fields.rate("reserve_rate")?.unwrap_or(Rate::ZERO),
        reserve_days: days("reserve_days")?.unwrap_or(0),
        min_payout: fields.amount("min_payout")?.unwrap_or(Money::ZERO),
    })
}

fn period(input: &Fields<'_>) -> Result<Period, Error> {
    let moment = |value: &Value| value.as_str().and_then(Moment::parse);
    input.need_as("period", |ends| {
        let [from, to] = ends.as_array()?.as_slice() else { return None };
        Some(Period { from: moment(from)?, to: moment(to)? })
    })
}

fn event(fields: &Fields<'_>) -> Result<Event, Error> {
    let kind = fields.need_as("type", |kind| kind.as_str().and_then(EventKind::parse))?;
    let at = if kind == EventKind::Order {
        fields.moment("received_at")?
    } else {
        Some(fields.need_as("at", |at| at.as_str().and_then(Moment::parse))?)
    };
    let net = fields.need_as("net", Value::as_i64)?;
    let id = fields.need_text("id")?.to_owned();
    Ok(Event { id, kind, at, net: Money::from_minor(net) })
}

fn reserve(fields: &Fields<'_>, period: &Period) -> Result<Reserve, Error> {
    let day = |text: &str| {
        Day::parse(text).or_else(|| Moment::parse(text).map(|at| at.day_at(&period.from)))
    };
    let amount = fields.need_as("amount", |amount| amount.as_i64().filter(|minor| *minor >= 0))?;
    let release = fields.need_as("release", |release| release.as_str().and_then(day))?;
    let order = fields.need_text("order")?.to_owned();
    Ok(Reserve { order, amount: Money::from_minor(amount), release })
}

fn shown(statement: &Statement) -> Value {
    json!({
        "rows": statement.lines.iter().map(row).collect::<Vec<_>>(),
        "opening": statement.opening,
        "settled": statement.settled,
        "reserve_new": statement.reserve_new,
        "reserve_released": statement.reserve_released,
        "reserve_left": statement.reserve_left,
        "payable": statement.payable,
        "carry": statement.carry.balance,
    })
}

fn row(line: &StatementLine) -> Value {
    let mut row = json!({
        "id": line.id,
        "due": line.due.map(|day| day.to_string()),
        "status": line.status.name(),
        "amount": line.amount,
    });
    if let Some(reserve) = line.reserve {
        row["reserve"] = json!(reserve);
    }
    row
}
