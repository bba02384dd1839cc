//! Units that will expire: first expired first, in closed form.
//!
//! Knows rates, deadlines and quantities, all in millionths of a unit. Refuses to know money and
//! classes.
//!
//! **A place that sells** serves its demand from its own lots. With lots 1, 2, … in FEFO order,
//! `n_k` the days on which lot k still sells and `D(n) = rate × n`, all sold of lots 1..k is
//! ```text
//! C_k = max(C_{k−1}, min(C_{k−1} + Q_k, D(n_k))),   left of lot k = Q_k − (C_k − C_{k−1})
//! ```
//! because sales never pause before the last lot is gone.
//!
//! **A place that does not sell** feeds the others: lots there serve what the selling places ask
//! after their own lots are gone and goods sent today could have come. Of place p that is by day n
//! ```text
//! E_p(n) = max(0, D_p(n) − max(C_p, D_p(lead_p)))
//! ```
//! and the same recursion holds with `D(n_k)` replaced by the sum of `E_p(n_k,p)` over the places
//! that would still accept lot k if it were sent today. Lots at several such places form one pool:
//! each is as near to every outlet as the others.
//!
//! The recursion is exact as long as every place that accepts an older lot accepts a younger one.
//! Where dates are so odd that this fails, it states more at risk rather than less.

use super::{Network, Outlet, PlaceRisk};
use crate::life::{days_after, last_sell_on};
use crate::{MICRO, PlaceKey};
use chrono::NaiveDate;

/// The arithmetic of one lot at one place, in millionths of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Risk {
    pub(super) place: PlaceKey,
    pub(super) qty: i64,
    /// `None` when the lot does not expire: nothing is at risk.
    pub(super) dated: Option<Dated>,
}

/// How a lot with an expiry fares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dated {
    /// As in [`PlaceRisk::last_sell_on`].
    pub(super) last_sell_on: Option<NaiveDate>,
    /// Days on which it still sells, today included. At a selling place only.
    pub(super) sell_days: Option<i64>,
    /// Demand that it could serve, were it alone.
    pub(super) reachable: i128,
    /// Of that, served by lots that go first.
    pub(super) ahead: i128,
    pub(super) sold: i128,
    pub(super) left: i128,
}

impl Dated {
    /// Left, in whole units rounded up.
    pub(super) fn at_risk(&self) -> i64 {
        let micro = i128::from(MICRO);
        i64::try_from((self.left + micro - 1) / micro).unwrap_or(i64::MAX)
    }
}

impl Risk {
    pub(super) fn summary(&self) -> PlaceRisk {
        PlaceRisk {
            place: self.place,
            qty: self.qty,
            at_risk: self.dated.map_or(0, |dated| dated.at_risk()),
            last_sell_on: self.dated.and_then(|dated| dated.last_sell_on),
        }
    }
}

/// One queue of lots that are used in FEFO order.
#[derive(Default)]
struct Queue {
    /// C: all that lots so far have sold.
    sold: i128,
}

impl Queue {
    /// Puts the next lot through: `reachable` is demand until its last sell-by.
    fn next(&mut self, qty: i64, reachable: i128) -> Dated {
        let qty = i128::from(qty) * i128::from(MICRO);
        let sold = (reachable - self.sold).clamp(0, qty);
        let ahead = self.sold;
        self.sold += sold;
        let left = qty - sold;
        Dated { last_sell_on: None, sell_days: None, reachable, ahead, sold, left }
    }
}

/// Days on which a lot still sells, today included; none once the last has passed.
fn sell_days(as_of: NaiveDate, last_sell_on: NaiveDate) -> i64 {
    ((last_sell_on - as_of).num_days() + 1).max(0)
}

/// Risk by lot (in the order of `network.lots`) and place (in the order of `network.places`, those
/// that hold it).
pub(super) fn at_risk(as_of: NaiveDate, network: &Network) -> Vec<Vec<Risk>> {
    let mut risks: Vec<Vec<Risk>> = network.lots.iter().map(|_| Vec::new()).collect();
    let mut outlets = Vec::new();
    for (column, place) in network.places.iter().enumerate() {
        if let Some(outlet) = place.outlet {
            let sold = sell_own(as_of, network, column, &outlet, &mut risks);
            outlets.push((outlet, sold));
        }
    }
    feed_others(as_of, network, &outlets, &mut risks);
    for of_lot in &mut risks {
        of_lot.sort_by_key(|risk| risk.place);
    }
    risks
}

/// A selling place's own lots; returns all that they sell.
fn sell_own(
    as_of: NaiveDate,
    network: &Network,
    column: usize,
    outlet: &Outlet,
    risks: &mut [Vec<Risk>],
) -> i128 {
    let place = network.places[column].place;
    let mut queue = Queue::default();
    let mut undated = 0;
    for ((lot, quantities), out) in network.lots.iter().zip(&network.qty).zip(risks) {
        let qty = quantities[column];
        if qty == 0 {
            continue;
        }
        let Some(expires_on) = lot.expires_on else {
            // Undated lots come last in FEFO order, and sell until they are gone.
            undated += i128::from(qty) * i128::from(MICRO);
            out.push(Risk { place, qty, dated: None });
            continue;
        };
        let last_sell_on = last_sell_on(expires_on, outlet.life.pull_days);
        let days = sell_days(as_of, last_sell_on);
        let dated = queue.next(qty, outlet.rate.over_days_micro(days));
        let dated = Dated { last_sell_on: Some(last_sell_on), sell_days: Some(days), ..dated };
        out.push(Risk { place, qty, dated: Some(dated) });
    }
    queue.sold + undated
}

/// Lots at places that do not sell, against what the outlets ask beyond their own lots.
fn feed_others(
    as_of: NaiveDate,
    network: &Network,
    outlets: &[(Outlet, i128)],
    risks: &mut [Vec<Risk>],
) {
    let mut queue = Queue::default();
    for ((lot, quantities), out) in network.lots.iter().zip(&network.qty).zip(risks) {
        for (place, qty) in network.places.iter().zip(quantities) {
            if place.outlet.is_some() || *qty == 0 {
                continue;
            }
            let dated = lot.expires_on.map(|expires_on| {
                let (reachable, last_sell_on) = asked(as_of, lot.made_on, expires_on, outlets);
                Dated { last_sell_on, ..queue.next(*qty, reachable) }
            });
            out.push(Risk { place: place.place, qty: *qty, dated });
        }
    }
}

/// Sum of `E_p` over the outlets that would accept the lot, and the last day any of them sells it.
fn asked(
    as_of: NaiveDate,
    made_on: Option<NaiveDate>,
    expires_on: NaiveDate,
    outlets: &[(Outlet, i128)],
) -> (i128, Option<NaiveDate>) {
    let mut reachable = 0;
    let mut last = None;
    for (outlet, own_sold) in outlets {
        let arrives_on = days_after(as_of, u64::from(outlet.lead_days));
        if outlet.life.refuses(made_on, Some(expires_on), arrives_on).is_some() {
            continue;
        }
        let last_sell_on = last_sell_on(expires_on, outlet.life.pull_days);
        let days = sell_days(as_of, last_sell_on);
        let before = outlet.rate.over_days_micro(i64::from(outlet.lead_days)).max(*own_sold);
        reachable += (outlet.rate.over_days_micro(days) - before).max(0);
        last = last.max(Some(last_sell_on));
    }
    (reachable, last)
}
