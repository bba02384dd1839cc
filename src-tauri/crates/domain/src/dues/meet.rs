//! How payments, waivers and what is left over meet the dues.

use super::{Due, OrderMoney, Waiver};

impl OrderMoney<'_> {
    /// Lets payments and waivers meet the dues of their terms, and returns what no due took. What
    /// was let go stays let go: paid all the same, it is owed back.
    pub(super) fn settle(&self, dues: &mut [Due]) -> i64 {
        for waiver in self.waivers {
            waive(dues, waiver);
        }
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
        rest
    }
}

/// Lets go what a waiver says: first on its shipment, then on later and on earlier ones, or from the
/// last due backwards. What its term does not hold any more is forgotten.
fn waive(dues: &mut [Due], waiver: &Waiver) {
    let mut left = waiver.minor.max(0);
    let of_term: Vec<usize> = (0..dues.len()).filter(|&at| dues[at].term == waiver.term).collect();
    // What has not come yet stands behind all shipments.
    let rank = |at: usize| dues[at].shipment.unwrap_or(usize::MAX);
    let start = waiver.shipment.map_or(of_term.len(), |shipment| {
        of_term.iter().take_while(|&&at| rank(at) < shipment).count()
    });
    let (earlier, later) = of_term.split_at(start);
    for at in later.iter().chain(earlier.iter().rev()) {
        let taken = dues[*at].open().min(left);
        dues[*at].waived += taken;
        left -= taken;
    }
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
