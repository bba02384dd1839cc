//! Valuation (批次个别计价 over lots): where every cent that a lot cost is now.
//!
//! Knows that value follows quantity: what a lot cost lies on hand, went with the units that left,
//! or passed into other lots (materials into goods, parts into sets, returned goods into their
//! replacement). All of it is derived from quantities and value entries, so a bill that comes late
//! follows the goods through every lot that they went into, sold or not. Refuses to know places,
//! moves and documents: [`Flow`] is what they add up to.
//!
//! Source: specific identification of cost, IAS 2.23 / CAS 1; parts by largest remainder.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde::{Deserialize, Serialize};

use crate::{
    LotId,
    money::{share, split},
};

/// Why value passes from one lot on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PassingKind {
    /// 耗用: a material went into goods.
    Consumed,
    /// 组装: a part went into a set; taken back when the set is taken apart.
    Assembled,
    /// 退厂: units went back to the partner and wait there for what settles them.
    Returned,
    /// 换货: the lot that the partner sent for returned units.
    Replaced,
    /// 允许损耗: a material lost within the allowance, borne by the goods that it was for.
    LossAllowed,
    /// 扣款: units went back to the partner for good, which credits them.
    Credited,
    /// 报废用料: a material went into units that the factory spoilt beside these goods. Passes no
    /// value: that is lost until it is settled who bears it.
    Spoilt,
    /// 索赔: a material lost beyond the allowance, which the factory is asked to bear.
    Claimed,
}

impl PassingKind {
    /// All, in the order of their codes.
    pub const ALL: [Self; 8] = [
        Self::Consumed,
        Self::Assembled,
        Self::Returned,
        Self::Replaced,
        Self::LossAllowed,
        Self::Credited,
        Self::Spoilt,
        Self::Claimed,
    ];

    /// The stable number under which entries and the store keep it.
    pub fn code(self) -> i64 {
        self as i64
    }

    /// The kind kept under `code`.
    pub fn from_code(code: i64) -> Option<Self> {
        Self::ALL.get(usize::try_from(code).ok()?).copied()
    }
}

/// Units of one lot whose value goes on, as an entry says it. Below zero takes an earlier one back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Passing<L = LotId> {
    /// Why.
    pub kind: PassingKind,
    /// Out of this lot.
    pub from: L,
    /// Into this one; `None` when it waits on the partner, or the partner is to bear it.
    pub to: Option<L>,
    /// Units of the lot that it comes out of.
    pub qty: i64,
}

/// What the moves of a lot add up to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Flow {
    /// Sum of its value entries, minor units.
    pub own_minor: i64,
    /// What the partner does not bear of what is claimed of it, minor units.
    pub let_go: i64,
    /// Units that came from suppliers, production and openings, less those that went back there.
    pub came: i64,
    /// Units found by counts and arrivals less those lost; below zero is a loss.
    pub adjusted: i64,
    /// Units at customers.
    pub sold: i64,
    /// Units used up by ourselves.
    pub used: i64,
    /// Units destroyed or lost at a factory.
    pub scrapped: i64,
    /// Units at real places and in transit.
    pub on_hand: i64,
}

/// Where a lot's value is, minor units. The parts add up to the whole (D-17).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LotValue<L = LotId> {
    /// Its own value entries and what it took over.
    pub whole: i64,
    /// How much of it came from other lots.
    pub taken_over: i64,
    /// Units ever received, which the whole is spread over.
    pub units: i64,
    /// Worth of the units on hand and in transit.
    pub on_hand: i64,
    /// Cost of the units sold (销售成本).
    pub sold: i64,
    /// Cost of what we used ourselves.
    pub used: i64,
    /// Cost of what was lost, and of what nobody knows.
    pub lost: i64,
    /// Cost of what was destroyed, and of what the partner was let off.
    pub written_off: i64,
    /// Cost of what waits on the partner to be replaced.
    pub at_partner: i64,
    /// Cost of what the partner bears or is asked to: goods that it credits, material lost beyond
    /// the allowance.
    pub claimed: i64,
    /// What passed into other lots, by lot.
    pub passed: Vec<(L, i64)>,
}

impl<L> LotValue<L> {
    /// Worth of `units` of it, rounded half up; a report of prices per unit asks here.
    pub fn of_units(&self, units: i64) -> i64 {
        let all = self.units.max(0);
        share(self.whole, units.clamp(0, all), all)
    }

    /// What the parts add up to: always the whole.
    pub fn parts(&self) -> i64 {
        let passed: i64 = self.passed.iter().map(|(_, minor)| minor).sum();
        self.on_hand
            + self.sold
            + self.used
            + self.lost
            + self.written_off
            + self.at_partner
            + self.claimed
            + passed
    }
}

/// Values every lot of `flows`: value on hand is `half_up(V × on hand ÷ N)`, and so is what was sold;
/// the rest is split over where the units went by largest remainder in the order used, lost, written
/// off, at the partner, claimed, other lots by key. Lots are valued after those that they took over
/// from; when entries of two desks make a ring, what would close it counts as lost rather than going
/// round for ever.
pub fn value<L: Ord + Copy>(
    flows: &BTreeMap<L, Flow>,
    passings: &[Passing<L>],
) -> BTreeMap<L, LotValue<L>> {
    let edges = Edges::of(passings);
    let mut waiting = edges.incoming();
    let lots: BTreeSet<L> = flows.keys().copied().chain(edges.lots()).collect();
    let mut ready: VecDeque<L> =
        lots.iter().filter(|lot| !waiting.contains_key(lot)).copied().collect();
    let mut open: BTreeSet<L> = lots;
    let mut taken: BTreeMap<L, i64> = BTreeMap::new();
    let mut values: BTreeMap<L, LotValue<L>> = BTreeMap::new();
    while let Some(lot) = ready.pop_front().or_else(|| edges.in_a_ring(&open)) {
        if !open.remove(&lot) {
            continue;
        }
        let flow = flows.get(&lot).copied().unwrap_or_default();
        let one = edges.value(lot, flow, taken.get(&lot).copied().unwrap_or(0), &open);
        for (to, minor) in &one.passed {
            *taken.entry(*to).or_insert(0) += minor;
        }
        for to in edges.next(lot) {
            if let Some(left) = waiting.get_mut(&to) {
                *left -= 1;
                if *left == 0 {
                    ready.push_back(to);
                }
            }
        }
        values.insert(lot, one);
    }
    values
}

/// Exits among the weights that [`exits`] splits over.
const SOLD: usize = 0;
const LOST: usize = 2;
/// Exits that are no other lot: sold, used, lost, written off, at the partner, claimed.
const DOORS: usize = 6;

/// Splits what is not on hand over the exits: what was sold is `half_up(V × sold ÷ N)` as what is on
/// hand is, the others share the rest by largest remainder. Without any exit it is lost.
fn exits(
    (whole, units): (i64, i64),
    (on_hand, held): (i64, i64),
    mut weights: Vec<i64>,
) -> Vec<i64> {
    let rest = whole - on_hand;
    let all: i64 = weights.iter().sum();
    if all == 0 {
        weights[LOST] = rest;
        return weights;
    }
    if weights[SOLD] == all || all != units - held {
        return split(rest, &weights);
    }
    let sold = share(whole, std::mem::take(&mut weights[SOLD]), units);
    let mut parts = split(rest - sold, &weights);
    parts[SOLD] = sold;
    parts
}

/// Passings added up: who passes how many units to whom, and how many left by which door.
struct Edges<L> {
    to: BTreeMap<L, BTreeMap<L, i64>>,
    out: BTreeMap<L, Doors>,
}

/// Units that left a lot by a door that its moves do not tell apart.
#[derive(Debug, Clone, Copy, Default)]
struct Doors {
    /// Through production: consumed and assembled.
    made_into: i64,
    /// Back to the partner to be replaced, without what it sent again as the same lot.
    returned: i64,
    /// Of those, settled by a replacement of another lot.
    replaced: i64,
    /// Back to the partner for good.
    credited: i64,
    /// Scrapped at the cost of other lots.
    loss_allowed: i64,
    /// Scrapped at the cost of the partner.
    claimed: i64,
}

impl<L: Ord + Copy> Edges<L> {
    fn of(passings: &[Passing<L>]) -> Self {
        let mut edges = Self { to: BTreeMap::new(), out: BTreeMap::new() };
        for one in passings {
            let doors = edges.out.entry(one.from).or_default();
            match one.kind {
                PassingKind::Consumed | PassingKind::Assembled => doors.made_into += one.qty,
                PassingKind::Returned => doors.returned += one.qty,
                PassingKind::Credited => doors.credited += one.qty,
                PassingKind::Claimed => doors.claimed += one.qty,
                PassingKind::Replaced if one.to == Some(one.from) => doors.returned -= one.qty,
                PassingKind::Replaced => doors.replaced += one.qty,
                PassingKind::LossAllowed => doors.loss_allowed += one.qty,
                PassingKind::Spoilt => continue,
            }
            if let Some(to) = one.to.filter(|to| *to != one.from) {
                *edges.to.entry(one.from).or_default().entry(to).or_insert(0) += one.qty;
            }
        }
        for targets in edges.to.values_mut() {
            targets.retain(|_, qty| *qty > 0);
        }
        edges
    }

    fn lots(&self) -> impl Iterator<Item = L> {
        self.out.keys().copied().chain(self.to.values().flat_map(|to| to.keys().copied()))
    }

    fn next(&self, lot: L) -> impl Iterator<Item = L> {
        self.to.get(&lot).into_iter().flat_map(|to| to.keys().copied())
    }

    /// A lot that takes over from itself by way of others, when every open one waits for another:
    /// what is cut there harms no lot outside the ring.
    fn in_a_ring(&self, open: &BTreeSet<L>) -> Option<L> {
        let feeds = |from: &L, to: L| self.to.get(from).is_some_and(|all| all.contains_key(&to));
        let mut seen = BTreeSet::new();
        let mut lot = open.first().copied()?;
        while seen.insert(lot) {
            let before = open.iter().find(|from| feeds(from, lot));
            lot = before.copied()?;
        }
        Some(lot)
    }

    fn incoming(&self) -> BTreeMap<L, usize> {
        let mut incoming = BTreeMap::new();
        for to in self.to.values().flat_map(|to| to.keys()) {
            *incoming.entry(*to).or_insert(0) += 1;
        }
        incoming
    }

    fn value(&self, lot: L, flow: Flow, taken_over: i64, open: &BTreeSet<L>) -> LotValue<L> {
        let doors = self.out.get(&lot).copied().unwrap_or_default();
        let whole = flow.own_minor + taken_over;
        let back = doors.returned + doors.credited;
        let units = (flow.came + doors.made_into + back + flow.adjusted.max(0)).max(0);
        let on_hand = share(whole, flow.on_hand.clamp(0, units), units);
        let (passing, ringed): (Vec<_>, Vec<_>) =
            self.to.get(&lot).into_iter().flatten().partition(|(to, _)| open.contains(to));
        let lost = (-flow.adjusted).max(0) + ringed.iter().map(|(_, qty)| **qty).sum::<i64>();
        let mut weights = vec![
            flow.sold,
            flow.used,
            lost,
            flow.scrapped - doors.loss_allowed - doors.claimed,
            doors.returned - doors.replaced,
            doors.credited + doors.claimed,
        ];
        weights.extend(passing.iter().map(|(_, qty)| **qty));
        for units in &mut weights {
            *units = (*units).max(0);
        }
        let parts = exits((whole, units), (on_hand, flow.on_hand.clamp(0, units)), weights);
        // No more is let go than is claimed, whatever a later settlement found.
        let let_go = flow.let_go.clamp(0, parts[5].max(0));
        let passed = passing.iter().zip(&parts[DOORS..]).map(|((to, _), minor)| (**to, *minor));
        LotValue {
            whole,
            taken_over,
            units,
            on_hand,
            sold: parts[0],
            used: parts[1],
            lost: parts[2],
            written_off: parts[3] + let_go,
            at_partner: parts[4],
            claimed: parts[5] - let_go,
            passed: passed.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn passing(kind: PassingKind, from: u32, to: Option<u32>, qty: i64) -> Passing<u32> {
        Passing { kind, from, to, qty }
    }

    /// Boxes at 6.40 go one each into 5,000 units whose fee is 43,362.83 net.
    fn order() -> (BTreeMap<u32, Flow>, Vec<Passing<u32>>) {
        let boxes = Flow { own_minor: 3_200_000, came: 0, ..Flow::default() };
        let goods = Flow { own_minor: 4_336_283, came: 5_000, on_hand: 5_000, ..Flow::default() };
        let flows = BTreeMap::from([(1, boxes), (2, goods)]);
        (flows, vec![passing(PassingKind::Consumed, 1, Some(2), 5_000)])
    }

    #[test]
    fn materials_and_fee_make_the_lots_cost() {
        let (flows, passings) = order();
        let values = value(&flows, &passings);
        assert_eq!(values[&2].whole, 7_536_283);
        assert_eq!((values[&1].on_hand, &values[&1].passed), (0, &vec![(2, 3_200_000)]));
    }

    #[test]
    fn what_goes_back_for_replacement_waits_on_the_partner_and_becomes_the_new_lot() {
        let (mut flows, mut passings) = order();
        flows.insert(2, Flow { on_hand: 4_800, came: 4_800, ..flows[&2] });
        passings.push(passing(PassingKind::Returned, 2, None, 200));
        let values = value(&flows, &passings);
        assert_eq!((values[&2].on_hand, values[&2].at_partner), (7_234_832, 301_451));
        passings.push(passing(PassingKind::Replaced, 2, Some(3), 200));
        flows.insert(3, Flow { came: 200, on_hand: 200, ..Flow::default() });
        let values = value(&flows, &passings);
        assert_eq!((values[&2].on_hand, values[&2].at_partner), (7_234_832, 0));
        assert_eq!((values[&3].whole, values[&3].on_hand), (301_451, 301_451));
    }

    #[test]
    fn what_the_partner_credits_or_is_asked_for_is_claimed_and_waits_no_longer() {
        let (mut flows, mut passings) = order();
        flows.insert(2, Flow { on_hand: 4_800, came: 4_800, ..flows[&2] });
        passings.push(passing(PassingKind::Credited, 2, None, 200));
        // 100 of 5,100 boxes are lost: 60 may be, 40 are claimed.
        flows.insert(1, Flow { own_minor: 3_264_000, scrapped: 100, ..Flow::default() });
        passings.push(passing(PassingKind::LossAllowed, 1, Some(2), 60));
        passings.push(passing(PassingKind::Claimed, 1, None, 40));
        let values = value(&flows, &passings);
        assert_eq!((values[&1].claimed, values[&1].written_off), (25_600, 0));
        let goods = &values[&2];
        assert_eq!((goods.whole, goods.claimed, goods.at_partner), (7_574_683, 302_987, 0));
        // 100.01 of the boxes and 1,000.00 of what is in the goods are let go.
        flows.insert(1, Flow { let_go: 10_001, ..flows[&1] });
        flows.insert(2, Flow { let_go: 100_000, ..flows[&2] });
        let values = value(&flows, &passings);
        assert_eq!((values[&1].claimed, values[&1].written_off), (15_599, 10_001));
        let goods = &values[&2];
        assert_eq!((goods.whole, goods.claimed, goods.written_off), (7_574_683, 202_987, 100_000));
        // A later settlement claims 10 only: no more than their cost was let go.
        passings.push(passing(PassingKind::Claimed, 1, None, -30));
        let boxes = &value(&flows, &passings)[&1];
        assert_eq!((boxes.claimed, boxes.written_off), (0, 6_400 + 19_200));
    }

    #[test]
    fn late_freight_splits_between_sold_and_on_hand() {
        let (mut flows, passings) = order();
        let sold =
            Flow { own_minor: 4_336_283 + 150_000, sold: 2_000, on_hand: 3_000, ..flows[&2] };
        flows.insert(2, sold);
        let goods = &value(&flows, &passings)[&2];
        assert_eq!((goods.sold, goods.on_hand), (3_074_513, 4_611_770));
        assert_eq!(goods.sold + goods.on_hand, 7_686_283);
    }

    #[test]
    fn freight_on_replaced_goods_is_what_it_is_without_a_replacement() {
        // 200 of 5,000 are replaced, 2,000 sold; the bill is the first lot's, which brings its part
        // of it along into the second.
        let (mut flows, mut passings) = order();
        let own_minor = 4_336_283 + 150_000;
        let first = Flow { own_minor, came: 4_800, sold: 2_000, on_hand: 2_800, ..flows[&2] };
        flows.insert(2, first);
        flows.insert(3, Flow { came: 200, on_hand: 200, ..Flow::default() });
        passings.push(passing(PassingKind::Returned, 2, None, 200));
        passings.push(passing(PassingKind::Replaced, 2, Some(3), 200));
        let values = value(&flows, &passings);
        assert_eq!(values[&2].sold, 3_074_513);
        assert_eq!(values[&2].on_hand + values[&3].on_hand, 4_611_770);
    }

    #[test]
    fn a_late_bill_on_a_material_follows_into_what_was_made_of_it_and_sold() {
        // 100 boxes for 500.00 go into a lot, which goes whole into a set, which is sold.
        let material = Flow { own_minor: 50_000, ..Flow::default() };
        let part = Flow { own_minor: 0, ..Flow::default() };
        let set = Flow { came: 50, sold: 50, ..Flow::default() };
        let mut flows = BTreeMap::from([(1, material), (2, part), (3, set)]);
        let passings = [
            passing(PassingKind::Consumed, 1, Some(2), 100),
            passing(PassingKind::Assembled, 2, Some(3), 100),
        ];
        assert_eq!(value(&flows, &passings)[&3].sold, 50_000);
        flows.insert(1, Flow { own_minor: 62_345, ..flows[&1] });
        assert_eq!(value(&flows, &passings)[&3].sold, 62_345);
    }

    #[test]
    fn a_set_taken_apart_gives_the_value_back() {
        let part = Flow { own_minor: 10_000, came: 100 - 20 + 8, on_hand: 88, ..Flow::default() };
        let set = Flow { came: 6, on_hand: 6, ..Flow::default() };
        let flows = BTreeMap::from([(1, part), (2, set)]);
        let passings = [
            passing(PassingKind::Assembled, 1, Some(2), 20),
            passing(PassingKind::Assembled, 1, Some(2), -8),
        ];
        let values = value(&flows, &passings);
        assert_eq!((values[&1].on_hand, values[&2].on_hand), (8_800, 1_200));
    }

    #[test]
    fn a_ring_of_two_desks_entries_ends() {
        let flow = Flow { own_minor: 1_000, ..Flow::default() };
        let flows = BTreeMap::from([(1, flow), (2, flow)]);
        let ring = [
            passing(PassingKind::Consumed, 1, Some(2), 5),
            passing(PassingKind::Consumed, 2, Some(1), 5),
        ];
        let values = value(&flows, &ring);
        assert_eq!(values.values().map(|one| one.whole - one.taken_over).sum::<i64>(), 2_000);
        assert_eq!((values[&1].parts(), values[&2].parts()), (1_000, 2_000));
    }

    #[test]
    fn units_that_the_partner_sends_again_as_the_same_lot_cost_nothing_and_lose_nothing() {
        // 200 of 5,000 go back, and 200 of the same lot come in their place.
        let (mut flows, mut passings) = order();
        passings.push(passing(PassingKind::Returned, 2, None, 200));
        passings.push(passing(PassingKind::Replaced, 2, Some(2), 200));
        let goods = &value(&flows, &passings)[&2];
        assert_eq!((goods.on_hand, goods.at_partner, goods.units), (7_536_283, 0, 5_000));
        // 1,000 are sold: what is left is worth four fifths.
        flows.insert(2, Flow { sold: 1_000, on_hand: 4_000, ..flows[&2] });
        let goods = &value(&flows, &passings)[&2];
        assert_eq!((goods.on_hand, goods.sold), (6_029_026, 1_507_257));
    }

    #[test]
    fn what_lies_behind_a_ring_takes_over_all_the_same() {
        let flow = Flow { own_minor: 1_000, ..Flow::default() };
        let flows = BTreeMap::from([(1, Flow::default()), (5, flow), (6, flow)]);
        let passings = [
            passing(PassingKind::Consumed, 5, Some(6), 5),
            passing(PassingKind::Consumed, 6, Some(5), 5),
            passing(PassingKind::Consumed, 6, Some(1), 5),
        ];
        let values = value(&flows, &passings);
        assert!(values[&1].taken_over > 0, "a lot that only follows is not where it is cut");
        assert_eq!(values.values().map(|one| one.whole - one.taken_over).sum::<i64>(), 2_000);
    }

    proptest! {
        /// D-17: whatever happened, each lot's parts are its whole, and what passed out of all
        /// lots is what all lots took over.
        #[test]
        fn not_a_cent_is_lost(
            flows in prop::collection::btree_map(
                0_u32..8,
                (
                    (-1_000_000_i64..100_000_000, -1_000_000_i64..1_000_000), 0_i64..500,
                    -50_i64..50, 0_i64..300, 0_i64..50, 0_i64..50, 0_i64..300,
                ),
                1..8,
            ),
            edges in prop::collection::vec((0_usize..8, 0_u32..8, 0_u32..8, -20_i64..200), 0..20),
        ) {
            let flows: BTreeMap<u32, Flow> = flows.into_iter().map(|(lot, flow)| {
                let ((own_minor, let_go), came, adjusted, sold, used, scrapped, on_hand) = flow;
                (lot, Flow { own_minor, let_go, came, adjusted, sold, used, scrapped, on_hand })
            }).collect();
            let passings: Vec<Passing<u32>> = edges.into_iter().map(|(kind, from, to, qty)| {
                let kind = PassingKind::ALL[kind];
                let ends = [PassingKind::Returned, PassingKind::Credited, PassingKind::Claimed];
                Passing { kind, from, to: (!ends.contains(&kind)).then_some(to), qty }
            }).collect();
            let values = value(&flows, &passings);
            let (mut passed, mut taken) = (0, 0);
            for (lot, one) in &values {
                let own = flows.get(lot).map_or(0, |flow| flow.own_minor);
                prop_assert_eq!(one.parts(), one.whole);
                prop_assert_eq!(one.whole, own + one.taken_over);
                passed += one.passed.iter().map(|(_, minor)| minor).sum::<i64>();
                taken += one.taken_over;
            }
            prop_assert_eq!(passed, taken);
        }
    }
}
