//! What is claimed of a factory on an order, what it cost us, and what became of it.

use domain::{
    Currency, Entry, Fact, LotId, Money, OrderId,
    claim::{self, Agreed, ClaimLine},
    money::share,
    order::ProductionOrder,
    valuation::LotValue,
};
use serde::{Deserialize, Serialize};
use store::Reader;
use ts_rs::TS;

use super::{
    account::{live_entries, minor_of, money_step},
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
    /// Units of it that are claimed by now.
    pub units: Units,
    /// Units of those that nothing is decided about; below zero when too much was decided.
    pub open: Units,
    /// What the material in all of them cost us.
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
    /// What all of it that is not decided cost us.
    pub amount: Amount,
    /// Whether something is not decided.
    pub open: bool,
    /// What was decided.
    pub decisions: Vec<ClaimDecision>,
}

impl Claims {
    /// Those of an order that is not issued.
    pub(super) fn none(currency: Currency) -> Self {
        let amount = Amount::from(Money { minor: 0, currency });
        Self { rows: Vec::new(), amount, open: false, decisions: Vec::new() }
    }
}

/// What the material in the units of a line cost; below zero for units below zero.
fn cost_of(value: &LotValue<i64>, line: ClaimLine) -> i64 {
    let positive = line.units.abs().min(value.units);
    let of_material = || share(value.taken_over, positive, value.units);
    let cost = if line.in_goods { of_material() } else { value.of_units(positive) };
    cost * line.units.signum()
}

/// What the units of a line that nothing is decided about cost: all that is claimed less what was
/// decided about, so that both add up to the cent.
fn open_cost(value: &LotValue<i64>, (claimed, line): (i64, ClaimLine)) -> i64 {
    let cost = |units| cost_of(value, ClaimLine { units, ..line });
    cost(claimed) - cost(claimed - line.units)
}

/// What is claimed on an order, by its live entries.
pub(super) fn claims_of(
    reader: &Reader,
    order: &ProductionOrder,
    entries: &[Entry],
    currency: Currency,
) -> Result<Claims, Error> {
    let money = |minor| Amount::from(Money { minor, currency });
    let claims = claim::Claims::of(&order.content, entries);
    let mut result = Claims { open: !claims.open().is_empty(), ..Claims::none(currency) };
    result.decisions = decisions(entries, &money);
    let lots: Vec<LotId> = claims.lines().map(|(_, line)| line.lot).collect();
    if lots.is_empty() {
        return Ok(result);
    }
    let (values, names) = (reader.values_of(&lots)?, Names::load(reader)?);
    let mut sum = 0;
    for (claimed, line) in claims.lines() {
        let Some(record) = reader.lot(line.lot)? else { continue };
        let value = values.get(&line.lot);
        let cost = |units| value.map_or(0, |value| cost_of(value, ClaimLine { units, ..line }));
        sum += value.map_or(0, |value| open_cost(value, (claimed, line)));
        result.rows.push(ClaimRow {
            sku: Id(record.sku.0),
            code: names.sku_code(record.sku),
            name: names.sku_name(record.sku),
            lot_no: record.lot_no,
            in_goods: line.in_goods,
            units: Units(claimed),
            open: Units(line.units),
            amount: money(cost(claimed)),
        });
    }
    result.amount = money(sum);
    Ok(result)
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

/// What the units of each open line cost us.
fn costs_of(reader: &Reader, claims: &claim::Claims) -> Result<Vec<i64>, Error> {
    let lots: Vec<LotId> = claims.lines().map(|(_, line)| line.lot).collect();
    let values = reader.values_of(&lots)?;
    let open = claims.lines().filter(|(_, line)| line.units != 0);
    let cost = |one: (i64, ClaimLine)| values.get(&one.1.lot).map_or(0, |v| open_cost(v, one));
    Ok(open.map(cost).collect())
}

/// Refuses more than what is claimed cost us, either way, without a word why.
fn check_amount(
    costs: &[i64],
    (minor, currency): (i64, Currency),
    note: &str,
) -> Result<(), Error> {
    let cost: i64 = costs.iter().sum();
    if minor.abs() <= cost.abs() || !note.trim().is_empty() || costs.is_empty() {
        return Ok(());
    }
    let text = |minor| Money { minor, currency }.to_decimal().to_string();
    let args = [("amount", text(minor).into()), ("cost", text(cost).into())];
    Err(Error::refused("order.claim_beyond_cost", args))
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
    money_step(call, (input.id, input.decided_on), |reader, step, (order, account), currency| {
        let minor = input.amount.as_ref().map_or(Ok(0), |amount| minor_of(amount, currency))?;
        let entries = live_entries(reader, OrderId(input.id.0))?;
        let claims = claim::Claims::of(&order.content, &entries);
        let costs = costs_of(reader, &claims)?;
        check_amount(&costs, (minor, currency), &input.note)?;
        let agreed = Agreed { end: input.end.into(), minor, costs: &costs };
        Ok(claim::decide(step, (order, account), &claims, agreed, input.note)?)
    })
}
