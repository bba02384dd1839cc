//! How payments, waivers and what is left over meet the dues.

use super::{Due, OrderMoney, Waiver};

impl OrderMoney<'_> {
    /// Lets payments and waivers meet the dues of their terms, and returns what no due took. What
    /// was let go stays let go: paid all the same, it is owed back. But what was let go of one
    /// shipment, and is no longer due for it, takes the place of no payment for another.
    pub(super) fn settle(&self, dues: &mut [Due]) -> i64 {
        let beyond: Vec<i64> = self.waivers.iter().map(|waiver| waive(dues, waiver)).collect();
        let mut rest = 0_i64;
        for payment in self.payments {
            let mut left = payment.minor.max(0);
            for due in dues.iter_mut().filter(|due| due.term == payment.term) {
                let taken = due.open().min(left);
                due.paid += taken;
                left -= taken;
            }
            rest = rest.saturating_add(left);
        }
        for (waiver, left) in self.waivers.iter().zip(beyond) {
            waive_others(dues, waiver, left);
        }
        rest
    }
}

/// Lets go what a waiver says of its shipment, or of its term from the last due backwards; returns
/// what is beyond that.
fn waive(dues: &mut [Due], waiver: &Waiver) -> i64 {
    let named = |due: &&mut Due| waiver.shipment.is_none() || due.shipment == waiver.shipment;
    let of_term = dues.iter_mut().rev().filter(|due| due.term == waiver.term);
    of_term.filter(named).fold(waiver.minor.max(0), let_go)
}

/// Lets go of later shipments, then of earlier ones, what a waiver names beyond its own; what its
/// term does not hold any more is forgotten.
fn waive_others(dues: &mut [Due], waiver: &Waiver, left: i64) {
    // What has not come yet stands behind all shipments.
    let rank = |due: &Due| due.shipment.unwrap_or(usize::MAX);
    let start = waiver.shipment.unwrap_or(usize::MAX);
    let (mut earlier, mut later): (Vec<_>, Vec<_>) =
        dues.iter_mut().filter(|due| due.term == waiver.term).partition(|due| rank(due) < start);
    earlier.reverse();
    later.append(&mut earlier);
    later.into_iter().fold(left, let_go);
}

/// Lets go of a due what is open of it, up to `left`; returns the rest.
fn let_go(left: i64, due: &mut Due) -> i64 {
    let taken = due.open().min(left);
    due.waived += taken;
    left - taken
}

/// Takes what came back out of `rest`, which it returns as far as it reached; what is missing comes
/// out of the dues, the last first.
pub(super) fn take_back(dues: &mut [Due], rest: i64, refunded: i64) -> i64 {
    let from_rest = refunded.clamp(0, rest.max(0));
    let mut left = refunded.max(0) - from_rest;
    for due in dues.iter_mut().rev() {
        let taken = due.paid.min(left);
        due.paid -= taken;
        left -= taken;
    }
    from_rest
}

/// Takes a claim off what is due for goods that came, the last first; returns how much it reached.
/// What is still to come may never be due.
pub(super) fn deduct(dues: &mut [Due], deducted: i64) -> i64 {
    let mut left = deducted;
    for due in dues.iter_mut().rev().filter(|due| due.due_on.is_some()) {
        let taken = due.open().min(left);
        due.set_off += taken;
        left -= taken;
    }
    deducted - left
}

/// Sets `rest` against what is open, the last due first; returns how much was set off.
pub(super) fn set_off(dues: &mut [Due], rest: i64) -> i64 {
    let mut left = rest;
    for due in dues.iter_mut().rev() {
        let taken = due.open().min(left);
        due.set_off += taken;
        left -= taken;
    }
    rest - left
}
