//! What is claimed of a factory on an order, what it cost us, and what became of it.

use domain::{
    Currency, Entry, Fact, Money, claim, losses::Settled, money::share, order::ProductionOrder,
};
use serde::{Deserialize, Serialize};
use store::Reader;
use ts_rs::TS;

use super::{
    account::{minor_of, money_step},
    words::ClaimEndWord,
};
use crate::{
    Error,
    commands::Call,
    known::Names,
    wire::{Amount, Bilingual, Day, Id, Posted, Units},
};

/// Something that is claimed of the factory.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ClaimRow {
    /// The material that was lost, or the goods that are credited.
    pub sku: Id,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Bilingual,
    /// Number of the lot.
    pub lot_no: String,
    /// Whether it is the material in goods that are credited; else material lost beyond the
    /// allowance.
    pub in_goods: bool,
    /// Units of it.
    pub units: Units,
    /// What the material cost us.
    pub amount: Amount,
}

/// What was decided about claims.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ClaimDecision {
    /// The entry, to look at and to take back.
    pub entry: Id,
    /// The day.
    pub day: Day,
    /// How it ended.
    pub end: ClaimEndWord,
    /// What the factory bears.
    pub amount: Amount,
    /// A note, or why it was dropped.
    pub note: String,
}

/// An order's claims.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Claims {
    /// What is claimed by now.
    pub rows: Vec<ClaimRow>,
    /// What all of it cost us.
    pub amount: Amount,
    /// Whether something of it is not decided.
    pub open: bool,
    /// What was decided.
    pub decisions: Vec<ClaimDecision>,
}

/// What is claimed on an order, by its live entries.
pub(super) fn claims_of(
    reader: &Reader,
    order: Option<&ProductionOrder>,
    entries: &[Entry],
    currency: Currency,
) -> Result<Claims, Error> {
    let money = |minor| Amount::from(Money { minor, currency });
    let mut sums = Vec::new();
    if let Some(order) = order {
        let settled = Settled::of(entries);
        sums.extend(settled.claimed().map(|(lot, units)| (lot, units, false)));
        let credited = claim::credited(&order.content, entries);
        sums.extend(credited.into_iter().map(|(lot, units)| (lot, units, true)));
    }
    let lots: Vec<_> = sums.iter().map(|(lot, ..)| *lot).collect();
    let values = reader.values_of(&lots)?;
    let names = if lots.is_empty() { None } else { Some(Names::load(reader)?) };
    let (mut rows, mut sum) = (Vec::new(), 0);
    for (lot, units, in_goods) in sums {
        let (Some(names), Some(record)) = (&names, reader.lot(lot)?) else { continue };
        let minor = values.get(&lot).map_or(0, |value| {
            let of_material = || share(value.taken_over, units.min(value.units), value.units);
            if in_goods { of_material() } else { value.of_units(units) }
        });
        sum += minor;
        rows.push(ClaimRow {
            sku: Id(record.sku.0),
            code: names.sku_code(record.sku),
            name: names.sku_name(record.sku),
            lot_no: record.lot_no,
            in_goods,
            units: Units(units),
            amount: money(minor),
        });
    }
    let open = order.is_some_and(|order| order.claims_open);
    Ok(Claims { rows, amount: money(sum), open, decisions: decisions(entries, &money) })
}

fn decisions(entries: &[Entry], amount: &impl Fn(i64) -> Amount) -> Vec<ClaimDecision> {
    let row = |entry: &Entry| {
        let Fact::ClaimDecided { end, note, .. } = &entry.body.fact else { return None };
        let minor = entry.money.as_ref().and_then(|money| money.amounts.first()).copied();
        Some(ClaimDecision {
            entry: entry.id.into(),
            day: Day(entry.effective_on),
            end: (*end).into(),
            amount: amount(minor.unwrap_or(0)),
            note: note.clone(),
        })
    };
    entries.iter().filter_map(row).collect()
}

/// A decision about what is claimed on an order.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DecideClaim {
    /// Which order.
    pub id: Id,
    /// How it ends.
    pub end: ClaimEndWord,
    /// What the factory bears; none when it is dropped.
    #[serde(default)]
    pub amount: Option<Amount>,
    /// When; today when not given.
    #[serde(default)]
    pub decided_on: Option<Day>,
    /// A note; why, when it is dropped.
    #[serde(default)]
    pub note: String,
}

pub(crate) fn decide_claim(call: &Call, input: DecideClaim) -> Result<Posted, Error> {
    money_step(call, (input.id, input.decided_on), |step, order, account, currency| {
        let minor = input.amount.as_ref().map_or(Ok(0), |amount| minor_of(amount, currency))?;
        Ok(claim::decide(step, (order, account), (input.end.into(), minor), input.note)?)
    })
}
