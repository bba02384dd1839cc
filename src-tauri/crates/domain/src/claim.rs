//! Claims on a factory (索赔): material that it lost beyond the allowance, and material in goods that
//! it credits.
//!
//! Knows how a claim ends: taken off what is still to be paid, paid by the factory, or dropped. The
//! fee of credited goods is no claim, because it is not paid in the first place. Refuses to know
//! what a claim is worth: what the lots cost says that, and what both agree on is the amount.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    Body, Entry, Fact, LotId, MoneyPart, Refusal,
    offer::LossBase,
    order::{OrderAccount, OrderContent, OrderLine, OrderState, ProductionOrder, Step},
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

/// Whether a credit for units of a line leaves material to be claimed: we brought some, and the
/// contract does not count rejected units as used.
pub fn follows_credit(content: &OrderContent, line: u32) -> bool {
    let brings = |line: &OrderLine| line.supplied().next().is_some();
    content.loss_base == LossBase::Good && content.lines.get(line as usize).is_some_and(brings)
}

/// Units of goods that are credited and leave material to be claimed, by lot, from an order's live
/// entries.
pub fn credited<'a>(
    content: &OrderContent,
    entries: impl IntoIterator<Item = &'a Entry>,
) -> BTreeMap<LotId, i64> {
    let mut units = BTreeMap::new();
    let mut credit = |line, lot, qty| {
        if follows_credit(content, line) {
            *units.entry(lot).or_insert(0) += qty;
        }
    };
    for entry in entries {
        match &entry.body.fact {
            Fact::QualityDecided { lines, .. } => {
                let credited = lines.iter().filter(|one| one.leaves() && !one.is_replaced());
                credited.for_each(|one| credit(one.line, one.lot, one.qty));
            }
            Fact::OrderClosed { credited, .. } => {
                for one in credited {
                    credit(one.line, one.lot, one.qty);
                }
            }
            _ => {}
        }
    }
    units
}

/// Decides what becomes of all that is claimed on an order by now.
///
/// # Errors
/// [`Refusal::ClaimsNone`] when nothing is claimed or all of it is decided; an amount that is not
/// above zero; [`Refusal::ReasonMissing`] for dropping without a reason.
pub fn decide(
    mut step: Step,
    (order, account): (&ProductionOrder, &OrderAccount),
    (end, minor): (ClaimEnd, i64),
    note: String,
) -> Result<Entry, Refusal> {
    order.expect(&[OrderState::Accepted, OrderState::Closed], "accepted")?;
    if !order.claims_open {
        return Err(Refusal::ClaimsNone { number: order.content.number.clone() });
    }
    let dropped = end == ClaimEnd::Dropped;
    if dropped && note.trim().is_empty() {
        return Err(Refusal::ReasonMissing { what: "order.claim".into() });
    }
    if !dropped && minor <= 0 {
        return Err(Refusal::AmountNotPositive {});
    }
    let amounts = vec![if dropped { 0 } else { minor }];
    let money = MoneyPart { amounts, ..MoneyPart::new(account.money().currency) };
    let fact = Fact::ClaimDecided { id: step.id, end, note };
    Ok(step.entry(Body::of(fact), Some(money)))
}
