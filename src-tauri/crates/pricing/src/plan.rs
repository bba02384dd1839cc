//! Decisions before a sale: margin, the price that breaks even, the floors of a clearance.
//!
//! Knows: the quote of the real engine and what goods and returns cost. Refuses to know: demand.
//! A price found here is exact to the minor unit because the engine itself is asked.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::order::Order;
use crate::quote::{Quote, quote_under};
use crate::rules::{Payer, RuleSet};
use crate::{Error, Money, PPM, Rate};

/// What an order costs beside what the rules take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cost {
    /// One piece, without tax.
    pub unit_cost_ex_vat: Money,
    /// Packing and freight of the order.
    pub other_cost: Money,
    /// Tax inside the charges, which the brand gets back.
    pub fee_vat_rate: Rate,
    /// The share of orders that come back.
    pub return_rate: Rate,
    /// What an order that comes back costs.
    pub return_loss: Money,
}

/// What an order earns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Margin {
    /// What is left for the brand, its tax still inside.
    pub brand_net: Money,
    /// Tax inside the sale, to be handed on.
    pub vat_out: Money,
    /// Tax inside the charges, to be had back: `charges x r / (1 + r)`. Rewards carry none.
    pub vat_credit: Money,
    /// `brand_net - vat_out + vat_credit - unit cost x pieces - other cost`, if it is not returned.
    pub margin: Money,
    /// `(1 - return rate) x margin - return rate x return loss`, rounded once.
    pub expected_margin: Money,
}

/// The lowest price from which on the expected margin reaches a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BreakEven {
    /// The price of a piece.
    pub price: Money,
    /// What the order earns at it.
    pub at: Margin,
    /// The expected margin one minor unit below.
    pub one_fen_less: Money,
}

/// Three answers to how low a price may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Floors {
    /// Recovers the full cost.
    pub full_cost: Money,
    /// Recovers what still has to be spent: the goods are paid for and have no other use.
    pub cash: Money,
    /// Costs no more than destroying the goods and ending their storage would.
    pub destruction: Money,
}

/// What an order earns under a quote.
pub fn margin(quote: &Quote, cost: &Cost) -> Result<Margin, Error> {
    let set = &quote.ruleset;
    let charges = quote.postings.iter().filter(|posting| {
        posting.by == Payer::Brand && set.charges.iter().any(|pay| pay.id == posting.rule)
    });
    let fees = Money::sum(charges.map(|posting| posting.amount))?;
    let vat_credit = cost.fee_vat_rate.inside(fees, set.rounding)?;
    let pieces = Money::sum(quote.lines.iter().map(|line| Money::from_minor(line.qty)))?.minor();
    let margin = quote
        .brand_net
        .minus(quote.vat_total)?
        .plus(vat_credit)?
        .minus(cost.unit_cost_ex_vat.times(pieces)?)?
        .minus(cost.other_cost)?;
    let returned = i128::from(cost.return_rate.ppm());
    let expected = (i128::from(PPM) - returned) * i128::from(margin.minor())
        - returned * i128::from(cost.return_loss.minor());
    Ok(Margin {
        brand_net: quote.brand_net,
        vat_out: quote.vat_total,
        vat_credit,
        margin,
        expected_margin: Money::narrow(set.rounding.divide(expected, i128::from(PPM))?)?,
    })
}

/// The dearest price the search asks for: ten million yuan in fen.
const PRICE_MAX: i64 = 1_000_000_000;
/// Rounding of several rules lets the margin wobble; within so many units it is walked, not halved.
const WOBBLE: i64 = 200;
/// So far the walk follows prices that fail again, as they do where a reward begins at a threshold.
const WALK_MAX: i64 = 20_000;

/// The lowest price of a piece from which on the expected margin reaches `target`.
///
/// Every price a line carries is replaced by the price asked for. The search halves, then walks
/// 200 units around, so that every dearer price nearby reaches the target, too.
///
/// # Errors
/// [`Error::NoBreakEven`] when ten million yuan are not enough, or when 200 yuan above a price that
/// reaches the target there still is one that does not; whatever the quote refuses.
pub fn break_even(
    set: &Arc<RuleSet>,
    order: &Order,
    cost: &Cost,
    target: Money,
) -> Result<BreakEven, Error> {
    let mut trial = Trial { set, order: order.clone(), cost };
    let mut low = -1;
    let mut high = 1;
    while trial.expected(high)? < target {
        (low, high) = (high, high * 2);
        if high > PRICE_MAX {
            return Err(Error::NoBreakEven);
        }
    }
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if trial.expected(middle)? < target { low = middle } else { high = middle }
    }
    let price = trial.settle(high, target)?;
    let at = trial.margin(price)?;
    let below = if price > 0 { trial.expected(price - 1)? } else { at.expected_margin };
    Ok(BreakEven { price: Money::from_minor(price), at, one_fen_less: below })
}

/// The three floors of a clearance. `saved` is what destroying a piece and storing it until then
/// would cost.
pub fn floors(
    set: &Arc<RuleSet>,
    order: &Order,
    cost: &Cost,
    saved: Money,
) -> Result<Floors, Error> {
    let sunk = Cost { unit_cost_ex_vat: Money::ZERO, ..*cost };
    let pieces = Money::sum(order.lines.iter().map(|line| Money::from_minor(line.qty)))?.minor();
    let instead = saved.times(pieces)?.negated()?;
    Ok(Floors {
        full_cost: break_even(set, order, cost, Money::ZERO)?.price,
        cash: break_even(set, order, &sunk, Money::ZERO)?.price,
        destruction: break_even(set, order, &sunk, instead)?.price,
    })
}

/// The same order at one price after another.
struct Trial<'a> {
    set: &'a Arc<RuleSet>,
    order: Order,
    cost: &'a Cost,
}

impl Trial<'_> {
    fn margin(&mut self, price: i64) -> Result<Margin, Error> {
        for line in &mut self.order.lines {
            line.reprice(Money::from_minor(price));
        }
        margin(&quote_under(self.set, &self.order)?, self.cost)
    }

    fn expected(&mut self, price: i64) -> Result<Money, Error> {
        Ok(self.margin(price)?.expected_margin)
    }

    /// From a price that reaches the target, the lowest one nearby with none above it that fails.
    fn settle(&mut self, price: i64, target: Money) -> Result<i64, Error> {
        let mut lowest = (price - WOBBLE).max(0);
        let mut end = price + WOBBLE;
        let mut each = lowest;
        while each <= end {
            if self.expected(each)? < target {
                lowest = each + 1;
                end = end.max(lowest + WOBBLE);
                if end > price + WALK_MAX {
                    return Err(Error::NoBreakEven);
                }
            }
            each += 1;
        }
        Ok(lowest)
    }
}
