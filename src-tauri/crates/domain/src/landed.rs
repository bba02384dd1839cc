//! Landed cost (到岸成本): freight, customs, insurance and other bills that goods cost besides
//! their price.
//!
//! Knows how a bill is spread over the lots that it is for. A bill that comes after goods were sold
//! raises the cost of what was sold and of what is on hand alike, because both are parts of the
//! lot's value. Refuses to know weights and volumes of goods: the shares are given.
//! Source: CAS 1 article 6, IAS 2.10–11: costs of purchase include transport and handling.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    Body, Currency, Entry, EntryId, Fact, LotId, MoneyPart, NewId, PartnerId, Refusal, ValueKind,
    ValueLine, ids::BillId, money::split,
};

/// What a bill is spread by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// By units.
    #[default]
    Quantity,
    /// By what the lots cost.
    Value,
    /// By gross weight.
    Weight,
    /// By volume.
    Volume,
}

/// A bill besides the goods' price.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bill {
    /// The partner's number.
    pub number: String,
    /// From whom.
    pub partner: Option<PartnerId>,
    /// The day on it.
    pub dated_on: NaiveDate,
    /// What it is spread by.
    pub basis: Basis,
    /// For what, in words.
    #[serde(default)]
    pub note: String,
    /// The lots that it is for, with their shares of the basis.
    pub lots: Vec<(LotId, i64)>,
}

/// Spreads a bill's net amount over its lots by largest remainder.
///
/// # Errors
/// No lots, no number, shares below zero or all zero, an amount of zero.
pub fn post(
    id: BillId,
    bill: Bill,
    (minor, currency): (i64, Currency),
    day: NaiveDate,
    new_id: NewId,
) -> Result<Entry, Refusal> {
    if bill.lots.is_empty() {
        return Err(Refusal::DocumentEmpty { what: "bill".into() });
    }
    if bill.number.trim().is_empty() {
        return Err(Refusal::CodeMissing { what: "bill".into() });
    }
    let weights: Vec<i64> = bill.lots.iter().map(|(_, share)| *share).collect();
    if weights.iter().any(|share| *share < 0) || weights.iter().all(|share| *share == 0) {
        return Err(Refusal::BillNotSpread { number: bill.number });
    }
    if minor == 0 {
        return Err(Refusal::AmountNotPositive {});
    }
    let parts = bill.lots.iter().zip(split(minor, &weights));
    let values = parts
        .filter(|(_, minor)| *minor != 0)
        .map(|((lot, _), minor)| ValueLine { lot: *lot, kind: ValueKind::Landed, minor })
        .collect();
    let money = MoneyPart { values, amounts: vec![minor], ..MoneyPart::new(currency) };
    let body = Body::of(Fact::BillPosted { id, bill: Box::new(bill) });
    let (id, money) = (EntryId(new_id()), Some(money));
    Ok(Entry { id, effective_on: day, reverses: None, batch: None, body, money })
}
