//! Cases: an operation by name with its input as JSON, answered as JSON.
//!
//! Knows: the names of the operations and the shape of their answers, which the vectors pin down.
//! Refuses to know: what was expected. A refusal is an answer, too: `{"error": code}`.

use std::sync::Arc;

use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::check::{Context, Flag, Severity};
use crate::order::Order;
use crate::plan::{self, Cost};
use crate::quote::{Quote, quote};
use crate::read::Fields;
use crate::refund::{RefundState, RefundStep};
use crate::rules::{RuleBook, RuleSet};
use crate::{Currency, Error, Money, Rate, Rounding, alloc, reconcile, settle, tax};

/// Answers one case: reads `op` and `input`, and nothing else of it.
///
/// ```
/// let case = serde_json::json!({
///     "id": "A03", "op": "allocate", "input": {"total": 1003, "weights": [49, 51]},
/// });
/// assert_eq!(pricing::eval(&case), serde_json::json!({"shares": [491, 512]}));
/// ```
pub fn eval(case: &Value) -> Value {
    answer(case).unwrap_or_else(|error| json!({"error": error.code()}))
}

fn answer(case: &Value) -> Result<Value, Error> {
    let case = Fields::of(case, "")?;
    let input = case.need("input")?;
    let fields = Fields::of(input, "input")?;
    match case.need_text("op")? {
        "allocate" => allocate(&fields),
        "round" => round(&fields),
        "minor" => minor(&fields),
        "vat" => vat(&fields),
        "quote" => Ok(written(&priced(&fields)?)),
        "refund" => refund(&known(fields, &["rules", "order", "steps"])?),
        "check" => flags(&fields),
        "margin" => margin(&known(fields, PLAN)?),
        "break_even" => break_even(&known(fields, PLAN)?),
        "floors" => floors(&known(fields, PLAN)?),
        "withhold" => tax::eval(input),
        "settle" => settle::eval(input),
        "reconcile" => reconcile::eval(input),
        op => Err(Error::UnknownOp { op: op.chars().take(80).collect() }),
    }
}

/// What the operations of [`plan`] read.
const PLAN: &[&str] = &["rules", "order", "cost", "target", "saved"];

/// Remarks that may stand beside values anywhere.
const REMARKS: &[&str] = &["id", "title", "note", "notes", "comment", "source", "expect"];

/// The object, if all its keys are `keys` or remarks: a misspelt one would change an amount
/// without a word.
fn known<'a>(object: Fields<'a>, keys: &[&str]) -> Result<Fields<'a>, Error> {
    object.only(&[keys, REMARKS].concat())
}

fn written(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).expect("keys are text and nothing else can fail")
}

/// A type of this crate, of which serde knows the shape.
fn typed<T: for<'a> Deserialize<'a>>(at: &str, json: &Value) -> Result<T, Error> {
    T::deserialize(json).map_err(|error| Error::bad(at, error))
}

fn allocate(input: &Fields<'_>) -> Result<Value, Error> {
    let total = whole(input, "total")?;
    let weights: Vec<i64> = typed("weights", input.need("weights")?)?;
    Ok(json!({"shares": alloc::allocate(total, &weights)?}))
}

fn whole(input: &Fields<'_>, key: &'static str) -> Result<i64, Error> {
    input.need(key)?;
    input.whole(key)?.ok_or_else(|| Error::bad(input.place(key), "null"))
}

fn rounding(input: &Fields<'_>) -> Result<Rounding, Error> {
    match input.get("rounding").or_else(|| input.get("mode")) {
        Some(mode) => typed("rounding", mode),
        None => Ok(Rounding::HalfUp),
    }
}

/// A decimal written as text or as a whole number.
fn decimal(input: &Fields<'_>, key: &'static str) -> Result<Decimal, Error> {
    let value = input.need(key)?;
    let read = match value {
        Value::String(text) => Decimal::from_str_exact(text).ok(),
        other => other.as_i64().map(Decimal::from),
    };
    read.ok_or_else(|| Error::bad(input.place(key), value))
}

/// `base x rate`, rounded once. Both are decimals: half a fen times one is half a fen.
fn round(input: &Fields<'_>) -> Result<Value, Error> {
    let (base, rate) = (decimal(input, "base")?, decimal(input, "rate")?);
    let product = base.mantissa().checked_mul(rate.mantissa()).ok_or(Error::Overflow)?;
    let divisor = 10i128.checked_pow(base.scale() + rate.scale()).ok_or(Error::Overflow)?;
    let amount = Money::narrow(rounding(input)?.divide(product, divisor)?)?;
    Ok(json!({"amount": amount}))
}

/// A decimal of a file in minor units of its currency.
fn minor(input: &Fields<'_>) -> Result<Value, Error> {
    let currency = input.read("currency", |code| Currency::parse(code.as_str()?))?;
    let currency = currency.unwrap_or(Currency::CNY);
    let amount = Money::from_decimal(decimal(input, "amount")?, currency, rounding(input)?)?;
    Ok(json!({"minor": amount}))
}

/// Tax inside each of several prices, and its sum.
fn vat(input: &Fields<'_>) -> Result<Value, Error> {
    let gross: Vec<Money> = typed("gross", input.need("gross")?)?;
    input.need("rate")?;
    let rate = input.rate("rate")?.unwrap_or(Rate::ZERO);
    let rounding = rounding(input)?;
    let vat =
        gross.iter().map(|each| rate.inside(*each, rounding)).collect::<Result<Vec<_>, _>>()?;
    let net = gross.iter().zip(&vat).map(|(gross, vat)| gross.minus(*vat));
    let net = net.collect::<Result<Vec<_>, _>>()?;
    Ok(json!({"vat": vat, "net": net, "vat_total": Money::sum(vat.iter().copied())?}))
}

/// The rules of a case, which need not be lawful: a case may ask what an order came to under rules
/// that must not be loaded today.
fn rules(input: &Fields<'_>) -> Result<RuleBook, Error> {
    RuleBook::from_value(input.need("rules")?)
}

pub(crate) fn order(input: &Fields<'_>) -> Result<Order, Error> {
    typed("order", input.need("order")?)
}

pub(crate) fn priced(input: &Fields<'_>) -> Result<Quote, Error> {
    quote(&rules(input)?, &order(input)?)
}

/// The returns of a case.
pub(crate) fn steps(input: &Fields<'_>) -> Result<Vec<RefundStep>, Error> {
    let read = |(index, step)| {
        let at = format!("steps[{index}]");
        known(Fields::of(step, &*at)?, &["units", "freight", "paid_out"])?;
        typed(&at, step)
    };
    input.list("steps")?.iter().enumerate().map(read).collect()
}

fn refund(input: &Fields<'_>) -> Result<Value, Error> {
    let frozen = priced(input)?.freeze();
    let mut state = RefundState::default();
    let taken = self::steps(input)?;
    let steps = taken.iter().map(|step| frozen.refund(&mut state, step));
    let steps = steps.collect::<Result<Vec<_>, _>>()?;
    Ok(json!({
        "steps": steps,
        "remaining": frozen.remaining(&state)?,
        "refunded_total": state.refunded,
    }))
}

fn flags(input: &Fields<'_>) -> Result<Value, Error> {
    let flags = flags_of(input)?;
    let ok = flags.iter().all(|flag| flag.severity != Severity::Error);
    Ok(json!({"flags": flags, "ok": ok}))
}

/// What the law says of each version of the rules in the context given.
pub(crate) fn flags_of(input: &Fields<'_>) -> Result<Vec<Flag>, Error> {
    let book = rules(input)?;
    let context = match input.get("context") {
        Some(json) => Context::from_json(json)?,
        None => Context::default(),
    };
    Ok(book.flags_in(&context))
}

pub(crate) fn cost(input: &Fields<'_>) -> Result<Cost, Error> {
    let cost = known(
        Fields::of(input.need("cost")?, "cost")?,
        &["unit_cost_ex_vat", "other_cost", "fee_vat_rate", "return_rate", "return_loss", "target"],
    )?;
    let amount = |key| cost.amount(key).map(Option::unwrap_or_default);
    let rate = |key| cost.rate(key).map(Option::unwrap_or_default);
    Ok(Cost {
        unit_cost_ex_vat: amount("unit_cost_ex_vat")?,
        other_cost: amount("other_cost")?,
        fee_vat_rate: rate("fee_vat_rate")?,
        return_rate: rate("return_rate")?,
        return_loss: amount("return_loss")?,
    })
}

fn margin(input: &Fields<'_>) -> Result<Value, Error> {
    Ok(written(&plan::margin(&priced(input)?, &cost(input)?)?))
}

pub(crate) fn in_force(input: &Fields<'_>, order: &Order) -> Result<Arc<RuleSet>, Error> {
    rules(input)?.in_force(order.paid_at).cloned()
}

/// The margin to reach. Below zero it is a loss that is still better than the alternative.
pub(crate) fn target(input: &Fields<'_>) -> Result<Money, Error> {
    let in_cost = input.object("cost")?.and_then(|cost| cost.get("target"));
    match input.get("target").or(in_cost) {
        Some(target) => typed("target", target),
        None => Ok(Money::ZERO),
    }
}

/// What destroying a piece and storing it until then would cost.
pub(crate) fn saved(input: &Fields<'_>) -> Result<Money, Error> {
    Ok(input.amount("saved")?.unwrap_or_default())
}

fn break_even(input: &Fields<'_>) -> Result<Value, Error> {
    let (order, target) = (order(input)?, target(input)?);
    let found = plan::break_even(&in_force(input, &order)?, &order, &cost(input)?, target)?;
    Ok(written(&found))
}

fn floors(input: &Fields<'_>) -> Result<Value, Error> {
    let order = order(input)?;
    let set = in_force(input, &order)?;
    Ok(written(&plan::floors(&set, &order, &cost(input)?, saved(input)?)?))
}
