//! Our materials at a factory (客供料): sent, returned, used, lost.
//!
//! Knows which material lots go into which goods and what happens when the factory's book holds too
//! little. A receipt of goods is never refused for materials: what the book lacks comes from the
//! factory's suspense and waits for the next delivery or count. Refuses to know bills' validity,
//! money, and who bears a loss (`losses`).

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    Body, Entry, EntryId, Fact, LotId, Move, MoveKind, NewId, NewLot, OrderId, PlaceId, Refusal,
    SkuId, Status,
    bom::Loss,
    entry::Serial,
    lot::pseudo_number,
    place::{Builtin, suspense_of},
    shelf_life::Dates,
    stock::{Available, positive, take},
    valuation::{Passing, PassingKind},
};

/// A line of a material issue or return (发料单, 退料单).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MaterialLine {
    /// Which material.
    pub material: SkuId,
    /// Which lot of it.
    pub lot: LotId,
    /// How many units.
    pub qty: i64,
}

/// Material sent to a factory, or coming back from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MaterialSlip {
    /// What people call it, e.g. `MI-A-2026-0007`.
    pub number: String,
    /// For which order, when for one.
    #[serde(default)]
    pub order: Option<OrderId>,
    /// Out of this place.
    pub from: PlaceId,
    /// Into this one.
    pub to: PlaceId,
    /// What.
    pub lines: Vec<MaterialLine>,
    /// Why it comes back, or a note.
    #[serde(default)]
    pub note: String,
}

/// Which way a slip goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SlipKind {
    /// 发料: to the factory.
    Issue,
    /// 退料: from the factory.
    Return,
}

/// Sends material to a factory or takes it back: good stock, lot by lot.
pub fn slip(
    kind: SlipKind,
    slip: MaterialSlip,
    serial: Serial,
    day: NaiveDate,
    new_id: NewId,
) -> Result<Entry, Refusal> {
    if slip.lines.is_empty() {
        return Err(Refusal::DocumentEmpty { what: "material".into() });
    }
    let move_kind = match kind {
        SlipKind::Issue => MoveKind::MaterialIssue,
        SlipKind::Return => MoveKind::MaterialReturn,
    };
    let (from, to) = ((slip.from, Status::Good), (slip.to, Status::Good));
    let moves = slip.lines.iter().zip(0..).map(|(one, line)| {
        let qty = positive(one.qty)?;
        Ok(Move { kind: move_kind, lot: one.lot, qty, from, to, line })
    });
    let moves = moves.collect::<Result<Vec<_>, Refusal>>()?;
    let fact = Fact::MaterialMoved { kind, slip: Box::new(slip) };
    let body = Body { moves, serials: vec![serial], ..Body::of(fact) };
    let id = EntryId(new_id());
    Ok(Entry { id, effective_on: day, reverses: None, batch: None, body, money: None })
}

/// What a factory holds of our materials, as far as a decision needs it.
#[derive(Debug, Clone, Default)]
pub struct FactoryStock {
    /// Good lots by material, in the order in which they are used.
    pub lots: BTreeMap<SkuId, Vec<Available>>,
    /// Lots that counts took off the book and no settlement has charged to an order, by material;
    /// only settling losses asks for them.
    pub missed: BTreeMap<SkuId, Vec<Available>>,
    /// The lots that stand for material that the book lacks.
    pub unknown: BTreeMap<SkuId, LotId>,
}

/// Material that goes into a lot, or is spoilt while the lot is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Need {
    /// Which material.
    pub material: SkuId,
    /// How many units.
    pub qty: i64,
    /// Into which goods, or beside which when it is spoilt.
    pub goods: LotId,
    /// Whether the factory spoilt it.
    pub spoilt: bool,
}

/// How use moves and what it says of value: into goods, or spoilt beside them.
fn use_of(spoilt: bool) -> (MoveKind, Builtin, PassingKind) {
    if spoilt {
        (MoveKind::Spoil, Builtin::Scrap, PassingKind::Spoilt)
    } else {
        (MoveKind::Consume, Builtin::Production, PassingKind::Consumed)
    }
}

/// Takes what goods hold out of the factory's stock: real lots in their order, the rest out of
/// suspense. Writes moves, passings and new unknown lots into `body`.
pub fn consume(
    body: &mut Body,
    place: PlaceId,
    stock: &mut FactoryStock,
    needs: &[Need],
    (day, new_id): (NaiveDate, NewId),
) {
    for need in needs.iter().filter(|need| need.qty > 0) {
        let (kind, to, passes) = use_of(need.spoilt);
        let to = (to.id(), Status::Good);
        let lots = stock.lots.entry(need.material).or_default();
        let mut left = need.qty;
        for (lot, qty) in take(lots, need.qty) {
            left -= qty;
            let from = (place, Status::Good);
            body.moves.push(Move { kind, lot, qty, from, to, line: 0 });
            pass(body, passes, (lot, need.goods), qty);
        }
        if left > 0 {
            let lot = unknown_lot(body, stock, need.material, (day, new_id));
            let from = (suspense_of(place), Status::Good);
            let kind = MoveKind::SuspenseConsume;
            body.moves.push(Move { kind, lot, qty: left, from, to, line: 0 });
            pass(body, passes, (lot, need.goods), left);
        }
    }
}

fn pass(body: &mut Body, kind: PassingKind, (from, to): (LotId, LotId), qty: i64) {
    body.passings.push(Passing { kind, from, to: Some(to), qty });
}

fn unknown_lot(
    body: &mut Body,
    stock: &mut FactoryStock,
    material: SkuId,
    (day, new_id): (NaiveDate, NewId),
) -> LotId {
    let id = *stock.unknown.entry(material).or_insert_with(|| LotId(new_id()));
    // Also a known one: were the entry undone that brought it first, this one would need it.
    if body.lots.iter().all(|lot| lot.id != id) {
        body.lots.push(NewLot {
            id,
            sku: material,
            lot_no: pseudo_number(None),
            dates: Dates::default(),
            first_received_on: day,
            order: None,
        });
    }
    id
}

/// Material out of a factory's suspense that waits for a real lot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenUse {
    /// Which material.
    pub material: SkuId,
    /// The lot that stands for it.
    pub unknown: LotId,
    /// The goods that it went into, or was spoilt beside.
    pub goods: LotId,
    /// Whether the factory spoilt it.
    pub spoilt: bool,
    /// How many units are open.
    pub qty: i64,
    /// The last day on which some were used.
    pub last_used_on: NaiveDate,
}

/// Charges open use to the material now at the factory, effective on the later of the day it came
/// and the last day of use. Its cost follows into the goods, sold or not. `None` when nothing is
/// open.
pub fn settle(
    place: PlaceId,
    arrived_on: NaiveDate,
    open: &[OpenUse],
    stock: &mut FactoryStock,
    new_id: NewId,
) -> Option<Entry> {
    let mut body = Body::of(Fact::SuspenseSettled { place });
    let mut effective_on = arrived_on;
    let (suspense, book) = ((suspense_of(place), Status::Good), (place, Status::Good));
    for one in open {
        let (kind, door, passes) = use_of(one.spoilt);
        let door = (door.id(), Status::Good);
        let lots = stock.lots.entry(one.material).or_default();
        for (lot, qty) in take(lots, one.qty) {
            effective_on = effective_on.max(one.last_used_on);
            let undone = MoveKind::SuspenseConsume;
            let back =
                Move { kind: undone, lot: one.unknown, qty, from: door, to: suspense, line: 0 };
            body.moves.push(back);
            body.moves.push(Move { kind, lot, qty, from: book, to: door, line: 0 });
            pass(&mut body, passes, (one.unknown, one.goods), -qty);
            pass(&mut body, passes, (lot, one.goods), qty);
        }
    }
    if body.moves.is_empty() {
        return None;
    }
    let id = EntryId(new_id());
    Some(Entry { id, effective_on, reverses: None, batch: None, body, money: None })
}

/// A material's loss on an order as it is settled (损耗核销).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettledLoss {
    /// Which material.
    pub material: SkuId,
    /// What is missing, allowed and claimed.
    #[serde(flatten)]
    pub loss: Loss,
}
