//! What is due: how the price of an order falls into dues, by term and by shipment.

use chrono::NaiveDate;

use super::{Due, Ending, OrderMoney, PayableLine, Shipment};
use crate::{Refusal, money::share, stock::QTY_MAX, terms::Trigger};

/// T, P and W after each shipment.
pub(super) struct Progress {
    ordered: i64,
    pub(super) payable: i64,
    shipped: Vec<i64>,
}

impl OrderMoney<'_> {
    /// What the order costs as ordered (T), minor units with tax.
    pub fn ordered(&self) -> Result<i64, Refusal> {
        let units: Vec<i64> = self.lines.iter().map(|line| line.qty).collect();
        self.value(&units)
    }

    /// The price of so many units by line, each line rounded once.
    fn value(&self, units: &[i64]) -> Result<i64, Refusal> {
        self.lines.iter().zip(units).try_fold(0_i64, |sum, (line, units)| {
            let gross = line.price.of_units(*units, self.currency)?.gross();
            let too_large = || Refusal::AmountTooLarge { amount: self.amount(sum) };
            sum.checked_add(gross).ok_or_else(too_large)
        })
    }

    pub(super) fn progress(&self) -> Result<Progress, Refusal> {
        let mut accepted = vec![0_i64; self.lines.len()];
        let mut credited = accepted.clone();
        let mut shipped = Vec::with_capacity(self.shipments.len());
        for shipment in self.shipments {
            for line in 0..self.lines.len() {
                let (units, back) = shipment.on_line(line)?;
                accepted[line] = accepted[line].saturating_add(units - back);
                credited[line] = credited[line].saturating_add(back);
            }
            shipped.push(self.value(&self.paid_for(&accepted))?);
        }
        let mut payable = self.paid_for(&accepted);
        if self.ending == Ending::Open {
            for ((units, line), back) in payable.iter_mut().zip(self.lines).zip(credited) {
                *units = (*units).max(line.qty.saturating_sub(back)).max(0);
            }
        }
        let payable = match self.ending {
            Ending::Cancelled(_) => 0,
            Ending::Open | Ending::Closed => self.value(&payable)?,
        };
        Ok(Progress { ordered: self.ordered()?, payable, shipped })
    }

    /// Of the accepted units by line those that are paid for.
    fn paid_for(&self, accepted: &[i64]) -> Vec<i64> {
        let most = |line: &PayableLine| if self.over_receipt_paid { i64::MAX } else { line.qty };
        self.lines.iter().zip(accepted).map(|(line, units)| (*units).min(most(line))).collect()
    }

    pub(super) fn dues(&self, progress: &Progress) -> Vec<Due> {
        let mut dues = Vec::new();
        if matches!(self.ending, Ending::Cancelled(_)) {
            return dues;
        }
        let mut push = |term, shipment, amount, due_on| {
            let due = Due { term, shipment, amount, due_on, paid: 0, set_off: 0, waived: 0 };
            if amount > 0 {
                dues.push(due);
            }
        };
        for (at, target) in self.targets(progress).into_iter().enumerate() {
            let trigger = self.terms[at].trigger;
            let mut before = 0;
            if trigger.is_by_shipment() {
                for (n, shipment) in self.shipments.iter().enumerate() {
                    let due = self.up_to(at, progress, progress.shipped[n], target);
                    push(at, Some(n), due - before, trigger.due_on(shipment.on));
                    before = due;
                }
            }
            push(at, None, target - before, self.triggered(trigger));
        }
        dues
    }

    /// When what is not split by shipment is due.
    fn triggered(&self, trigger: Trigger) -> Option<NaiveDate> {
        match trigger {
            Trigger::Accept { .. } => trigger.due_on(self.accepted_on?),
            Trigger::Milestone { milestone, .. } => {
                trigger.due_on(*self.milestones.get(&milestone)?)
            }
            Trigger::BeforeShip | Trigger::Receipt { .. } => None,
        }
    }

    /// What of P falls to each term: as agreed, in proportion when less than ordered is paid for.
    /// The last due takes the cent, and what is paid for beyond the order.
    fn targets(&self, progress: &Progress) -> Vec<i64> {
        let (ordered, payable) = (progress.ordered, progress.payable);
        let mut left = payable;
        let last = self.terms.len().saturating_sub(1);
        let cut = |term: usize| {
            let agreed = self.agreed_on(term);
            let cut = if payable < ordered { share(agreed, payable, ordered) } else { agreed };
            let amount = if term == last { left } else { cut.min(left) };
            left -= amount;
            amount
        };
        (0..self.terms.len()).map(cut).collect()
    }

    /// What of a term is due for goods worth `shipped`: pro rata, all of it with the last goods. It
    /// never falls as goods come, and what came on the agreed quantity keeps its due when more
    /// than ordered comes later.
    fn up_to(&self, term: usize, progress: &Progress, shipped: i64, target: i64) -> i64 {
        if shipped == progress.payable {
            return target;
        }
        let within = shipped.min(progress.ordered);
        let beyond = if term + 1 == self.terms.len() { shipped - within } else { 0 };
        (share(self.agreed_on(term), within, progress.ordered) + beyond).min(target)
    }
}

impl Shipment {
    /// Units that came and those of them that are credited, on a line.
    fn on_line(&self, line: usize) -> Result<(i64, i64), Refusal> {
        let at = |units: &[i64]| units.get(line).copied().unwrap_or(0);
        let (units, back) = (at(&self.units), at(&self.credited));
        if !(0..=QTY_MAX).contains(&units) {
            return Err(Refusal::QuantityInvalid { qty: units });
        }
        if !(0..=units).contains(&back) {
            return Err(Refusal::QuantityInvalid { qty: back });
        }
        Ok((units, back))
    }
}

impl Progress {
    /// What of a deposit each shipment clears, pro rata by its value with cumulative rounding.
    pub(super) fn cleared(&self, deposit: i64) -> Vec<i64> {
        let mut before = 0;
        let clear = |shipped: &i64| {
            let up_to = share(deposit, (*shipped).min(self.ordered), self.ordered);
            let cleared = up_to - before;
            before = up_to;
            cleared
        };
        self.shipped.iter().map(clear).collect()
    }
}
