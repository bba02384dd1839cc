//! Losses of our materials at a factory as they are settled (损耗核销).
//!
//! Knows who bears what is missing: what was allowed is borne by the order's lots like a late bill,
//! what was claimed is asked of the factory. What a count has already taken off the book is found
//! again and charged to the order that it is missing of. A settlement says the whole and posts only
//! what is new since the ones before, so settling early, twice or late ends alike. Refuses to know
//! how much is missing: the bill of materials and the contract say it.

use std::collections::BTreeMap;

use crate::{
    Body, Entry, Fact, LotId, Move, MoveKind, OrderId, PlaceId, Refusal, SkuId, Status,
    bom::Loss,
    materials::{FactoryStock, SettledLoss},
    money::split,
    order::{OrderState, ProductionOrder, Step},
    place::Builtin,
    stock::take,
    valuation::{Passing, PassingKind},
};

/// What a settlement of losses needs to know of one material.
#[derive(Debug, Clone)]
pub struct LossKnown {
    /// Which material.
    pub material: SkuId,
    /// Its code, for messages.
    pub code: String,
    /// What is missing, allowed and claimed, in all.
    pub loss: Loss,
    /// Units that its goods hold, and that were spoilt beside them, beyond what was sent or drawn
    /// for it.
    pub over: i64,
    /// Material that left as spoilt, by lot.
    pub spoilt: Vec<(LotId, i64)>,
    /// Units that earlier settlements took off the factory's book, by lot.
    pub taken: Vec<(LotId, i64)>,
}

/// What settlements of an order took off the factory's book and made its lots bear.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settled {
    losses: BTreeMap<SkuId, Loss>,
    /// Units by lot, allowed and claimed, in the order in which they were taken.
    gone: Vec<(LotId, [i64; 2])>,
    /// Units by the material's lot and the lot that bears them; without one the factory is asked to.
    borne: BTreeMap<(LotId, Option<LotId>), i64>,
    /// Units that a count had taken off the factory's book, to be put back before they are taken.
    found: Vec<(LotId, i64)>,
}

impl Settled {
    /// What the settlements among an order's live entries add up to.
    pub fn of<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Self {
        let mut settled = Self::default();
        for entry in entries {
            let Fact::LossSettled { place, lines, .. } = &entry.body.fact else { continue };
            for line in lines {
                settled.lose(line.material, line.loss);
            }
            for one in entry.body.moves.iter().filter(|one| one.kind != MoveKind::CountGain) {
                let sign = if one.from.0 == *place { 1 } else { -1 };
                let claimed = one.kind == MoveKind::LossClaimed;
                settled.of_lot(one.lot)[usize::from(claimed)] += sign * one.qty;
            }
            for one in &entry.body.passings {
                *settled.borne.entry((one.from, one.to)).or_insert(0) += one.qty;
            }
        }
        settled
    }

    /// Units that left the factory's book, by lot, in the order in which they were taken.
    pub fn taken(&self) -> impl Iterator<Item = (LotId, i64)> {
        self.gone.iter().map(|(lot, [allowed, claimed])| (*lot, allowed + claimed))
    }

    fn of_lot(&mut self, lot: LotId) -> &mut [i64; 2] {
        let known = self.gone.iter().position(|one| one.0 == lot);
        let at = known.unwrap_or(self.gone.len());
        if known.is_none() {
            self.gone.push((lot, [0, 0]));
        }
        &mut self.gone[at].1
    }

    fn lose(&mut self, material: SkuId, loss: Loss) {
        let sum = self.losses.entry(material).or_default();
        sum.missing += loss.missing;
        sum.allowed += loss.allowed;
        sum.claimed += loss.claimed;
    }

    /// What is new since `before`.
    fn since(mut self, before: &Self) -> Self {
        for (material, loss) in &before.losses {
            let Loss { missing, allowed, claimed } = *loss;
            let back = Loss { missing: -missing, allowed: -allowed, claimed: -claimed };
            self.lose(*material, back);
        }
        for (lot, [allowed, claimed]) in &before.gone {
            let gone = self.of_lot(*lot);
            *gone = [gone[0] - allowed, gone[1] - claimed];
        }
        for (key, qty) in &before.borne {
            *self.borne.entry(*key).or_insert(0) -= qty;
        }
        self
    }

    fn is_nothing(&self) -> bool {
        self.losses.values().all(|loss| *loss == Loss::default())
            && self.gone.iter().all(|(_, gone)| *gone == [0, 0])
            && self.borne.values().all(|qty| *qty == 0)
    }

    fn body(self, id: OrderId, place: PlaceId, reason: Option<String>) -> Body {
        let lines = self.losses.into_iter();
        let lines = lines.map(|(material, loss)| SettledLoss { material, loss }).collect();
        let mut body = Body::of(Fact::LossSettled { id, place, lines, reason });
        let [scrap, missed] =
            [Builtin::Scrap, Builtin::Adjustment].map(|to| (to.id(), Status::Good));
        let book = (place, Status::Good);
        for (lot, qty) in self.found {
            let kind = MoveKind::CountGain;
            body.moves.push(Move { kind, lot, qty, from: missed, to: book, line: 0 });
        }
        let kinds = [MoveKind::LossAllowed, MoveKind::LossClaimed];
        let gone = self.gone.into_iter();
        let gone =
            gone.flat_map(|(lot, gone)| kinds.into_iter().zip(gone).map(move |one| (lot, one)));
        for (lot, (kind, qty)) in gone.filter(|(_, (_, qty))| *qty != 0) {
            let (from, to) = if qty > 0 { (book, scrap) } else { (scrap, book) };
            body.moves.push(Move { kind, lot, qty: qty.abs(), from, to, line: 0 });
        }
        for ((from, to), qty) in self.borne.into_iter().filter(|(_, qty)| *qty != 0) {
            let kind = if to.is_some() { PassingKind::LossAllowed } else { PassingKind::Claimed };
            body.passings.push(Passing { kind, from, to, qty });
        }
        body
    }

    /// Says who bears units of a lot: the order's lots what is allowed, by the units received of
    /// each, the factory what is claimed. Takes them off `left` and returns them.
    fn bear(
        &mut self,
        (from, qty): (LotId, i64),
        left: &mut Loss,
        lots: &[(LotId, i64)],
    ) -> [i64; 2] {
        let allowed = left.allowed.min(qty);
        let claimed = left.claimed.min(qty - allowed);
        left.allowed -= allowed;
        left.claimed -= claimed;
        let weights: Vec<i64> = lots.iter().map(|(_, units)| *units).collect();
        if allowed > 0 {
            for ((to, _), qty) in lots.iter().zip(split(allowed, &weights)) {
                *self.borne.entry((from, Some(*to))).or_insert(0) += qty;
            }
        }
        if claimed > 0 {
            *self.borne.entry((from, None)).or_insert(0) += claimed;
        }
        [allowed, claimed]
    }

    fn take(
        &mut self,
        one: &LossKnown,
        lots: &[(LotId, i64)],
        stock: &mut FactoryStock,
    ) -> Result<(), Refusal> {
        self.lose(one.material, one.loss);
        let unknown = stock.unknown.get(&one.material);
        let open = one.spoilt.iter().filter(|(lot, _)| Some(lot) == unknown);
        let open: i64 = open.map(|(_, qty)| qty).sum();
        let beyond = |missing: i64, available: i64| {
            let material = one.code.clone();
            Err(Refusal::LossBeyondBook { material, missing, available })
        };
        if open > 0 {
            return beyond(open, 0);
        }
        let mut bears = one.loss;
        for spoilt in &one.spoilt {
            self.bear(*spoilt, &mut bears, lots);
        }
        let spoilt: i64 = one.spoilt.iter().map(|(_, qty)| qty).sum();
        let mut left = (one.loss.missing - spoilt).max(0);
        let mut gone = Vec::new();
        // What was taken before is taken first, so that only the difference moves.
        for (lot, qty) in &one.taken {
            let qty = left.min(*qty).max(0);
            left -= qty;
            gone.push((*lot, qty));
        }
        // What a count missed is not on the shelf, so it goes before what is.
        let missed = take(stock.missed.entry(one.material).or_default(), left);
        let found = take(stock.lots.entry(one.material).or_default(), left - total(&missed));
        let available = total(&missed) + total(&found);
        if available < left {
            return beyond(left, available);
        }
        self.found.extend(&missed);
        for (lot, qty) in gone.into_iter().chain(missed).chain(found) {
            let [_, claimed] = self.bear((lot, qty), &mut bears, lots);
            let sum = self.of_lot(lot);
            *sum = [sum[0] + qty - claimed, sum[1] + claimed];
        }
        Ok(())
    }
}

fn total(taken: &[(LotId, i64)]) -> i64 {
    taken.iter().map(|(_, qty)| qty).sum()
}

/// The order whose losses are settled.
#[derive(Debug, Clone)]
pub struct Settling<'a> {
    /// The order.
    pub order: &'a ProductionOrder,
    /// Where the factory keeps our materials.
    pub place: PlaceId,
    /// Its lots with the units received of each.
    pub lots: &'a [(LotId, i64)],
    /// What was settled before.
    pub before: &'a Settled,
    /// Why nothing more is expected, when less came than was ordered.
    pub reason: Option<String>,
}

/// Settles the losses of an order. What is missing beyond the spoilt leaves the factory's book, by way
/// of it when a count took it off before; what an earlier settlement took too much of goes back
/// there.
///
/// # Errors
/// [`Refusal::LossesTooEarly`] while goods are still to come, unless a reason says that they are
/// not; [`Refusal::MoreUsedThanSent`] when more was used for it than was sent or drawn;
/// [`Refusal::LossesSettled`] when nothing is new; [`Refusal::LossBeyondBook`] when the
/// factory's book, and what counts took off it since the order was issued, hold less than what is
/// missing, or when spoilt material is still in suspense, so that nobody knows what it cost.
pub fn settle_losses(
    mut step: Step,
    settling: Settling,
    known: &[LossKnown],
    stock: &mut FactoryStock,
) -> Result<Entry, Refusal> {
    let order = settling.order;
    // What is missing of an order that is cancelled is missing all the same.
    order.expect(&[OrderState::Accepted, OrderState::Cancelled], "accepted")?;
    let reason = settling.reason.filter(|reason| !reason.trim().is_empty());
    let number = || order.content.number.clone();
    if !order.is_accounted() && reason.is_none() {
        let (ordered, received) = (order.ordered(), order.units_received());
        return Err(Refusal::LossesTooEarly { number: number(), ordered, received });
    }
    // What was sent for nobody or for another is in them: whose loss it is nobody can say yet.
    if let Some(one) = known.iter().find(|one| one.over > 0) {
        let (material, units) = (one.code.clone(), one.over);
        return Err(Refusal::MoreUsedThanSent { number: number(), material, units });
    }
    let mut whole = Settled::default();
    for one in known {
        whole.take(one, settling.lots, stock)?;
    }
    let new = whole.since(settling.before);
    if order.losses_settled && new.is_nothing() {
        return Err(Refusal::LossesSettled { number: number() });
    }
    let body = new.body(step.id, settling.place, reason);
    Ok(step.entry(body, None))
}
