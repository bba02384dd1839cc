//! Shares whole cartons of a source out between the places that want them.
//!
//! Knows covers, wishes and which lot suits which place. Refuses to know why a place wants so many.

use super::{Need, PlaceNeed, SourceLot};
use std::cmp::Ordering;

/// A place in the sharing.
struct Bidder {
    /// Units at the place once the next carton has come.
    with_next: i128,
    rate_micro: i128,
    wanted: i64,
    /// Lots the place accepts, as indices in FEFO order; those behind `next_lot` are used up.
    eligible: Vec<usize>,
    next_lot: usize,
}

impl Bidder {
    /// Compares the covers that a next carton would give, exactly; a place without demand comes
    /// last.
    fn cover_with_next(&self, other: &Bidder) -> Ordering {
        match (self.rate_micro == 0, other.rate_micro == 0) {
            (true, true) => Ordering::Equal,
            (true, false) => Ordering::Greater,
            (false, true) => Ordering::Less,
            (false, false) => {
                (self.with_next * other.rate_micro).cmp(&(other.with_next * self.rate_micro))
            }
        }
    }

    /// The first lot in FEFO order that the place accepts and that has a whole carton left.
    fn lot(&mut self, cartons_left: &[i64]) -> Option<usize> {
        while let Some(lot) = self.eligible.get(self.next_lot) {
            if cartons_left[*lot] > 0 {
                return Some(*lot);
            }
            self.next_lot += 1;
        }
        None
    }
}

/// Cartons by place and lot, in the order of `places` and `lots` (which is FEFO).
pub(super) fn share_out(
    units_per_carton: i64,
    lots: &[SourceLot],
    places: &[PlaceNeed],
    needs: &[Need],
) -> Vec<Vec<i64>> {
    let mut cartons_left: Vec<i64> =
        lots.iter().map(|lot| lot.available / units_per_carton).collect();
    let mut given = vec![vec![0; lots.len()]; places.len()];
    let mut bidders: Vec<Bidder> = places
        .iter()
        .zip(needs)
        .map(|(place, need)| bidder(units_per_carton, lots, place, need))
        .collect();
    let block = block(&cartons_left, &bidders);
    loop {
        let mut best: Option<(usize, usize)> = None;
        for index in 0..bidders.len() {
            if bidders[index].wanted == 0 {
                continue;
            }
            let Some(lot) = bidders[index].lot(&cartons_left) else { continue };
            let better =
                best.is_none_or(|(top, _)| bidders[index].cover_with_next(&bidders[top]).is_lt());
            if better {
                best = Some((index, lot));
            }
        }
        let Some((index, lot)) = best else { return given };
        let alone =
            bidders.iter().enumerate().all(|(at, bidder)| at == index || bidder.wanted == 0);
        let at_once = if alone { i64::MAX } else { block };
        let cartons = at_once.min(bidders[index].wanted).min(cartons_left[lot]);
        cartons_left[lot] -= cartons;
        given[index][lot] += cartons;
        bidders[index].wanted -= cartons;
        bidders[index].with_next += i128::from(cartons) * i128::from(units_per_carton);
    }
}

/// Cartons given at a time: one, as long as fewer than a million are to be shared. Beyond that a
/// millionth of them, so that absurd quantities end in absurd plans and not in a frozen window.
fn block(cartons_left: &[i64], bidders: &[Bidder]) -> i64 {
    const ROUNDS: i64 = 1_000_000;
    let sum = |cartons: &mut dyn Iterator<Item = i64>| cartons.fold(0, i64::saturating_add);
    let supply = sum(&mut cartons_left.iter().copied());
    let wanted = sum(&mut bidders.iter().map(|bidder| bidder.wanted));
    1 + supply.min(wanted) / ROUNDS
}

fn bidder(units_per_carton: i64, lots: &[SourceLot], place: &PlaceNeed, need: &Need) -> Bidder {
    let accepts = |lot: &SourceLot| {
        place.life.refuses(lot.made_on, lot.expires_on, need.arrives_on).is_none()
    };
    Bidder {
        with_next: i128::from(need.position) + i128::from(units_per_carton),
        rate_micro: i128::from(place.rate.micro()),
        wanted: need.cartons_wanted,
        eligible: (0..lots.len()).filter(|index| accepts(&lots[*index])).collect(),
        next_lot: 0,
    }
}
