//! A reconciliation as a JSON operation.
//!
//! Knows: the keys of expectations, rows and findings in files. Refuses to know: any other column
//! of an export, among them everything about the recipient: unknown keys are passed over here, not
//! read.

use serde_json::{Map, Value, json};

use super::{Expected, Gap, Item, Parts, Reconciliation, StatementRow, reconcile};
use crate::read::Fields;
use crate::time::Moment;
use crate::{Error, Money};

/// [`found`] as it is written in files.
pub(crate) fn eval(input: &Value) -> Result<Value, Error> {
    Ok(shown(&found(input)?))
}

/// The findings on `rows` given `expected`, at `as_of`.
pub(crate) fn found(input: &Value) -> Result<Reconciliation, Error> {
    let input = Fields::of(input, "")?;
    let as_of = input.need_as("as_of", moment)?;
    let each = |key: &'static str| {
        let list = input.list(key)?.iter().enumerate();
        Ok::<_, Error>(list.map(move |(index, value)| Fields::of(value, format!("{key}[{index}]"))))
    };
    let expected: Vec<_> =
        each("expected")?.map(|fields| expectation(&fields?)).collect::<Result<_, Error>>()?;
    let rows: Vec<_> = each("rows")?.map(|fields| row(&fields?)).collect::<Result<_, Error>>()?;
    reconcile(&expected, &rows, as_of)
}

fn expectation(fields: &Fields<'_>) -> Result<Expected, Error> {
    Ok(Expected {
        order: fields.need_text("order")?.to_owned(),
        sub_order: text(fields, "sub_order")?,
        shipment: text(fields, "shipment")?,
        due: fields.need_as("due", moment)?,
        parts: parts(fields)?.unwrap_or_default(),
    })
}

fn row(fields: &Fields<'_>) -> Result<StatementRow, Error> {
    Ok(StatementRow {
        flow: text(fields, "flow")?.unwrap_or_default(),
        order: text(fields, "order")?,
        sub_order: text(fields, "sub_order")?,
        at: fields.need_as("at", moment)?,
        scene: text(fields, "scene")?.unwrap_or_default(),
        parts: parts(fields)?,
        amount: Money::from_minor(fields.need_as("amount", Value::as_i64)?),
        account: text(fields, "account")?,
        balance: fields.whole("balance")?.map(Money::from_minor),
    })
}

fn parts(fields: &Fields<'_>) -> Result<Option<Parts>, Error> {
    let Some(parts) = fields.object("parts")? else { return Ok(None) };
    let part = |(name, value): (&str, &Value)| {
        let minor = value.as_i64().ok_or_else(|| Error::bad(parts.place(name), value))?;
        Ok((name.to_owned(), Money::from_minor(minor)))
    };
    parts.keys().map(part).collect::<Result<_, _>>().map(Some)
}

fn text(fields: &Fields<'_>, key: &str) -> Result<Option<String>, Error> {
    Ok(fields.text(key)?.map(str::to_owned))
}

fn moment(value: &Value) -> Option<Moment> {
    value.as_str().and_then(Moment::parse)
}

fn shown(found: &Reconciliation) -> Value {
    let buckets: Map<String, Value> = found
        .buckets
        .iter()
        .map(|(bucket, tally)| {
            let tally = json!({ "count": tally.count, "amount": tally.amount });
            (bucket.name().to_owned(), tally)
        })
        .collect();
    let mut shown = json!({
        "items": found.items.iter().map(item).collect::<Vec<_>>(),
        "buckets": buckets,
        "statement_total": found.statement_total,
    });
    if !found.gaps.is_empty() {
        shown["gaps"] = found.gaps.iter().map(gap).collect();
    }
    shown
}

/// A single row is shown by its movement, anything else by its order.
fn item(item: &Item) -> Value {
    let mut shown = json!({ "bucket": item.bucket.name(), "amount": item.amount });
    let mut put = |key: &str, value: Value| shown[key] = value;
    if let Some(flow) = &item.flow {
        put("flow", json!(flow));
        if item.bucket == super::Bucket::NonOrderItem {
            put("scene", json!(item.scene));
        }
        return shown;
    }
    put("order", json!(item.order));
    if let Some(sub_order) = &item.sub_order {
        put("sub_order", json!(sub_order));
    }
    if !item.orders.is_empty() {
        put("orders", json!(item.orders));
    }
    if !item.diff.is_empty() {
        put("diff", json!(item.diff));
    }
    if let Some(expected) = item.expected {
        put("expected", json!(expected));
    }
    shown
}

fn gap(gap: &Gap) -> Value {
    let mut shown = json!({ "after": gap.after, "flow": gap.flow, "amount": gap.amount });
    if let Some(account) = &gap.account {
        shown["account"] = json!(account);
    }
    shown
}
