//! Claims on a factory (索赔): material that it lost beyond the allowance, and material in goods that
//! it credits.
//!
//! Knows how a claim ends: taken off what is still to be paid, paid by the factory, or dropped. The
//! fee of credited goods is no claim, because it is not paid in the first place. Refuses to know
//! what a claim is worth: what the lots cost says that, and what both agree on is the amount.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    Body, Entry, Fact, LotId, MoneyPart, Refusal, ValueKind, ValueLine,
    money::split,
    offer::LossBase,
    order::{OrderAccount, OrderContent, OrderState, ProductionOrder, Step},
    valuation::{Passing, PassingKind},
};

/// How a claim ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClaimEnd {
    /// 抵货款: taken off what is still to be paid on the order.
    Deducted,
    /// 已赔付: the factory pays it.
    Paid,
    /// 放弃: we bear it.
    Dropped,
}

/// Units that are claimed, or that a decision is about. Below zero when a later settlement found that
/// less is missing than was decided about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimLine {
    /// The lot of the material that was lost, or of the goods that are credited.
    pub lot: LotId,
    /// Whether it is the material in goods that are credited.
    pub in_goods: bool,
    /// How many units of the lot.
    pub units: i64,
}

/// What is claimed of the factory on an order and what was decided about it, by lot and by whether
/// it is material in goods.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Claims(BTreeMap<(LotId, bool), [i64; 2]>);

impl Claims {
    /// What an order's live entries add up to. A credit leaves material to be claimed when we
    /// brought some and the contract, as it is now, does not count rejected units as used.
    pub fn of(content: &OrderContent, entries: &[Entry]) -> Self {
        let mut claims = Self::default();
        let brings = |line: u32| {
            let line = content.lines.get(line as usize);
            line.is_some_and(|line| line.supplied().next().is_some())
        };
        let credits = |line| content.loss_base == LossBase::Good && brings(line);
        for entry in entries {
            match &entry.body.fact {
                Fact::LossSettled { .. } => {
                    let claimed = entry.body.passings.iter();
                    for one in claimed.filter(|one| one.kind == PassingKind::Claimed) {
                        claims.add((one.from, false), [one.qty, 0]);
                    }
                }
                Fact::QualityDecided { lines, .. } => {
                    let credited = lines.iter().filter(|one| one.leaves() && !one.is_replaced());
                    for one in credited.filter(|one| credits(one.line)) {
                        claims.add((one.lot, true), [one.qty, 0]);
                    }
                }
                Fact::OrderClosed { credited, .. } => {
                    for one in credited.iter().filter(|one| credits(one.line)) {
                        claims.add((one.lot, true), [one.qty, 0]);
                    }
                }
                Fact::ClaimDecided { lines, .. } => {
                    for one in lines {
                        claims.add((one.lot, one.in_goods), [0, one.units]);
                    }
                }
                _ => {}
            }
        }
        claims
    }

    fn add(&mut self, of: (LotId, bool), [claimed, decided]: [i64; 2]) {
        let sum = self.0.entry(of).or_insert([0, 0]);
        *sum = [sum[0] + claimed, sum[1] + decided];
    }

    /// Each lot with the units claimed of it by now and, as a line, those that are not decided.
    pub fn lines(&self) -> impl Iterator<Item = (i64, ClaimLine)> {
        self.0.iter().map(|((lot, in_goods), [claimed, decided])| {
            let units = claimed - decided;
            (*claimed, ClaimLine { lot: *lot, in_goods: *in_goods, units })
        })
    }

    /// What is not decided.
    pub fn open(&self) -> Vec<ClaimLine> {
        self.lines().map(|(_, line)| line).filter(|line| line.units != 0).collect()
    }
}

/// What is agreed about claims.
#[derive(Debug, Clone, Copy)]
pub struct Agreed<'a> {
    /// How they end.
    pub end: ClaimEnd,
    /// What the factory bears, minor units; of what is dropped nothing.
    pub minor: i64,
    /// What the units of each open line cost us, in the order of [`Claims::open`]; below zero for
    /// units below zero.
    pub costs: &'a [i64],
}

/// Decides what becomes of all that is claimed on an order and not decided by now. What is dropped
/// is ours again and written off, and so is what an agreement leaves of the cost, to the cent: of
/// each lot in proportion to what is claimed of it. Lost material that is dropped is ours with all
/// that its lot will ever cost.
///
/// # Errors
/// [`Refusal::ClaimsNone`] when nothing is open; [`Refusal::AmountNotPositive`] for nothing, for an
/// amount that we give back while nothing was decided too high, or one that we get while all was;
/// [`Refusal::ReasonMissing`] for dropping without a reason.
pub fn decide(
    mut step: Step,
    (order, account): (&ProductionOrder, &OrderAccount),
    claims: &Claims,
    agreed: Agreed,
    note: String,
) -> Result<Entry, Refusal> {
    let states = [OrderState::Accepted, OrderState::Closed, OrderState::Cancelled];
    order.expect(&states, "accepted")?;
    let lines = claims.open();
    if lines.is_empty() {
        return Err(Refusal::ClaimsNone { number: order.content.number.clone() });
    }
    let Agreed { end, minor, costs } = agreed;
    let dropped = end == ClaimEnd::Dropped;
    if dropped && note.trim().is_empty() {
        return Err(Refusal::ReasonMissing { what: "order.claim".into() });
    }
    let fits = lines.iter().any(|line| line.units.signum() == minor.signum());
    if !dropped && !fits {
        return Err(Refusal::AmountNotPositive {});
    }
    let amounts = vec![if dropped { 0 } else { minor }];
    let ours = if dropped { dropped_in_goods(&lines, costs) } else { let_go(costs, minor) };
    let kind = ValueKind::LetGo;
    let values = lines.iter().zip(ours).filter(|(_, minor)| *minor != 0);
    let values = values.map(|(line, minor)| ValueLine { lot: line.lot, kind, minor }).collect();
    let money = MoneyPart { values, amounts, ..MoneyPart::new(account.money().currency) };
    let kind = PassingKind::Claimed;
    let lost = lines.iter().filter(|line| dropped && !line.in_goods);
    let passings = lost.map(|line| Passing { kind, from: line.lot, to: None, qty: -line.units });
    let passings = passings.collect();
    let fact = Fact::ClaimDecided { id: step.id, end, lines, note };
    Ok(step.entry(Body { passings, ..Body::of(fact) }, Some(money)))
}

/// What the material in credited goods cost, which went back with them and has no units of its own.
fn dropped_in_goods(lines: &[ClaimLine], costs: &[i64]) -> Vec<i64> {
    let cost = |(line, cost): (&ClaimLine, &i64)| if line.in_goods { *cost } else { 0 };
    lines.iter().zip(costs).map(cost).collect()
}

/// What of each line's cost is ours because less than all of it was agreed on; below zero when what
/// was let go before comes back. Of what is agreed beyond the cost nothing is.
fn let_go(costs: &[i64], minor: i64) -> Vec<i64> {
    let short = costs.iter().sum::<i64>() - minor;
    let weight = |cost: &i64| if cost.signum() == short.signum() { cost.abs() } else { 0 };
    let weights: Vec<i64> = costs.iter().map(weight).collect();
    let parts = split(short.abs().min(weights.iter().sum()), &weights).into_iter();
    parts.map(|part| part * short.signum()).collect()
}
