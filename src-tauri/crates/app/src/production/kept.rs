//! Material that stays at its factory for the next order, and is drawn by that one.
//!
//! Knows how to tell whose each unit at a factory is: what open orders, and those that were called
//! off, have left there is theirs, the rest is nobody's.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::{
    DocKind, DocRef, Entry, Fact, OrderId, PlaceId, PlaceKind, Refusal, SkuId, Status,
    bom::SuppliedBy,
    kept::{self, KeepKind, Keeping, KeptLine, Lying, left},
    losses::Settled,
    materials::SlipKind,
    order::{OrderLine, OrderState, ProductionOrder},
    place::suspense_of,
    stock::{self, Changes},
};
use serde::Deserialize;
use store::{JournalRow, Reader};
use ts_rs::TS;

use super::{
    account::live_entries,
    uses::{delivered_direct, direct_deliveries, uses_of},
};
use crate::{
    Error,
    commands::Call,
    known::Names,
    orders::step_with,
    wire::{Day, Id, Posted, Units},
};

/// Units of a material to keep or to draw.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KeepLine {
    /// Which material.
    pub material: Id,
    /// Units.
    pub qty: Units,
}

/// Material that stays at its factory for the next order, or that an order takes from what lies
/// there for none.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KeepMaterial {
    /// Which order keeps or draws it.
    pub id: Id,
    /// When; today when not given.
    #[serde(default)]
    pub day: Option<Day>,
    /// What.
    pub lines: Vec<KeepLine>,
    /// A note.
    #[serde(default)]
    pub note: String,
}

pub(crate) fn keep(call: &Call, input: KeepMaterial) -> Result<Posted, Error> {
    post(call, KeepKind::Keep, &input)
}

pub(crate) fn draw(call: &Call, input: KeepMaterial) -> Result<Posted, Error> {
    post(call, KeepKind::Draw, &input)
}

fn post(call: &Call, kind: KeepKind, input: &KeepMaterial) -> Result<Posted, Error> {
    let day = call.session.day(input.day.map(|day| day.0))?;
    step_with(call, input.id, day, |reader, step, order| {
        let place = order.content.materials_at.ok_or(Refusal::FactoryPlaceMissing {})?;
        let names = Names::load(reader)?;
        let lines = input.lines.iter();
        let lines = lines.map(|one| KeptLine { material: SkuId(one.material.0), qty: one.qty.0 });
        let lines: Vec<KeptLine> = lines.collect();
        let materials: BTreeSet<SkuId> = lines.iter().map(|one| one.material).collect();
        let known = lying(reader, &names, (step.id, order), (&materials, day))?;
        let keeping = Keeping { kind, place, lines, note: input.note.clone() };
        Ok(kept::keep(step, order, keeping, &known)?)
    })
}

/// Whose some materials at an order's factory are, as the order sees it; none when the factory has
/// no place.
pub(crate) fn lying(
    reader: &Reader,
    names: &Names,
    (id, order): (OrderId, &ProductionOrder),
    asked: (&BTreeSet<SkuId>, NaiveDate),
) -> Result<Vec<Lying>, Error> {
    let Some(place) = order.content.materials_at else { return Ok(Vec::new()) };
    lying_at(reader, names, (place, Some(id)), asked)
}

/// The first material that an order can keep at its factory, by its code, and how many units.
pub(crate) fn left_there(
    reader: &Reader,
    names: &Names,
    (id, order): (OrderId, &ProductionOrder),
    day: NaiveDate,
) -> Result<Option<(String, i64)>, Error> {
    let own = materials_of(reader, order)?.into_iter();
    let own = own.filter(|(place, _)| Some(*place) == order.content.materials_at);
    let own: BTreeSet<SkuId> = own.map(|(_, material)| material).collect();
    let lying = lying(reader, names, (id, order), (&own, day))?.into_iter();
    let mut left = lying.filter(|one| one.keepable() > 0);
    Ok(left.next().map(|one| (one.code.clone(), one.keepable())))
}

/// Whose some materials at a factory are, as an order sees it or nobody.
pub(crate) fn lying_at(
    reader: &Reader,
    names: &Names,
    (place, order): (PlaceId, Option<OrderId>),
    (materials, day): (&BTreeSet<SkuId>, NaiveDate),
) -> Result<Vec<Lying>, Error> {
    let lefts = lefts_at(reader, place, None)?;
    Ok(seen_by(order, lefts, books(reader, place, materials, day)?, names))
}

fn seen_by(
    order: Option<OrderId>,
    mut lefts: BTreeMap<OrderId, BTreeMap<SkuId, i64>>,
    books: BTreeMap<SkuId, i64>,
    names: &Names,
) -> Vec<Lying> {
    let own = order.and_then(|id| lefts.remove(&id)).unwrap_or_default();
    let lying = books.into_iter().map(|(material, book)| {
        let others = || lefts.values().filter_map(|of| of.get(&material));
        Lying {
            material,
            code: names.sku_code(material),
            book,
            left: own.get(&material).copied().unwrap_or(0),
            others: others().map(|left| (*left).max(0)).sum(),
            others_over: others().map(|left| (-left).max(0)).sum(),
        }
    });
    lying.collect()
}

/// Good units on a factory's book, less what was used beyond it.
fn books(
    reader: &Reader,
    place: PlaceId,
    materials: &BTreeSet<SkuId>,
    day: NaiveDate,
) -> Result<BTreeMap<SkuId, i64>, Error> {
    let mut books = BTreeMap::new();
    for material in materials {
        let lots = reader.takeable(*material, place, day)?;
        books.insert(*material, lots.iter().map(|lot| lot.qty).sum());
    }
    for open in reader.open_uses(place)? {
        if let Some(book) = books.get_mut(&open.material) {
            *book -= open.qty;
        }
    }
    Ok(books)
}

/// What every order has left at a factory, by material; without an entry, when one is named. What a
/// closed one has not used is settled.
fn lefts_at(
    reader: &Reader,
    place: PlaceId,
    without: Option<&Without>,
) -> Result<BTreeMap<OrderId, BTreeMap<SkuId, i64>>, Error> {
    let mut orders = reader.orders_at(place)?;
    if let Some((id, order)) = without.and_then(|undone| undone.order.as_ref()) {
        orders.retain(|(known, _)| known != id);
        if order.state != OrderState::Closed && order.content.materials_at == Some(place) {
            orders.push((*id, order.clone()));
        }
    }
    let mut lefts = BTreeMap::new();
    for (id, order) in orders {
        lefts.insert(id, lefts_of(reader, (id, &order), place, without)?);
    }
    Ok(lefts)
}

fn lefts_of(
    reader: &Reader,
    (id, order): (OrderId, &ProductionOrder),
    place: PlaceId,
    without: Option<&Without>,
) -> Result<BTreeMap<SkuId, i64>, Error> {
    let mut purchases = reader.orders_for(id)?;
    if let Some((id, order)) = without.and_then(|undone| undone.order.as_ref())
        && let Some(known) = purchases.iter_mut().find(|(known, _)| known == id)
    {
        known.1 = order.clone();
    }
    let direct = direct_deliveries(&purchases).remove(&id);
    let mut lefts: BTreeMap<SkuId, i64> = BTreeMap::new();
    // Also what was sent for it by mistake and is in no bill of its goods.
    for one in &order.supplies {
        lefts.insert(one.material, one.issued - one.returned);
    }
    let sent = !order.supplies.is_empty() || direct.is_some();
    let mut lost = if sent { lost(reader, id, without)? } else { BTreeMap::new() };
    for one in uses_of(order, direct.as_ref()) {
        if one.line.supplied_by == SuppliedBy::Brand {
            let lost = lost.remove(&one.line.material).unwrap_or(0);
            let left = left(order.content.loss_base, &one.usage, lost);
            lefts.insert(one.line.material, left);
        }
    }
    // The book holds good units alone: what waits for a decision is not there to be used.
    for (material, waiting) in undecided(reader, &purchases, place, without)? {
        if let Some(left) = lefts.get_mut(&material) {
            *left -= waiting;
        }
    }
    Ok(lefts)
}

/// Units that suppliers delivered straight to a factory and that nobody has passed, by material.
fn undecided(
    reader: &Reader,
    purchases: &[(OrderId, ProductionOrder)],
    place: PlaceId,
    without: Option<&Without>,
) -> Result<BTreeMap<SkuId, i64>, Error> {
    let mut waiting = BTreeMap::new();
    let waits = |at: PlaceId, status| {
        at == place && matches!(status, Status::Quarantine | Status::Defective)
    };
    for (id, _) in purchases {
        for (lot, came) in reader.order_lots(*id)? {
            let Some(record) = reader.lot(lot)? else { continue };
            let now = reader.lot_balances(lot)?.into_iter();
            let now = now.filter(|row| waits(row.place, row.status)).map(|row| row.qty);
            let undone = without.iter().flat_map(|undone| &undone.changes);
            let undone = undone.filter(|(slot, _)| slot.lot == lot);
            let undone = undone.filter(|(slot, _)| waits(slot.place, slot.status));
            let units = now.sum::<i64>() + undone.map(|(_, change)| change).sum::<i64>();
            // Of a lot that came on two orders each has no more than came on it.
            *waiting.entry(record.sku).or_default() += units.clamp(0, came.max(0));
        }
    }
    Ok(waiting)
}

/// Whether losses of our materials are to be settled on an order: some was sent for it, by us or
/// straight from a supplier, or its goods took what was sent for another or for none. What they
/// took beyond the factory's book waits in suspense, and is charged to what comes.
pub(crate) fn is_supplied(
    reader: &Reader,
    (id, order): (OrderId, &ProductionOrder),
) -> Result<bool, Error> {
    let direct = delivered_direct(reader, id)?;
    if !order.supplies.is_empty() || !direct.is_empty() {
        return Ok(true);
    }
    let Some(place) = order.content.materials_at else { return Ok(false) };
    let goods: BTreeSet<_> = reader.order_lots(id)?.into_iter().map(|(lot, _)| lot).collect();
    let open = reader.open_uses(place)?;
    Ok(uses_of(order, None).iter().any(|one| {
        let waits = open.iter().filter(|use_of| use_of.material == one.line.material);
        let waits = waits.filter(|use_of| goods.contains(&use_of.goods));
        one.over(order.content.loss_base) > waits.map(|use_of| use_of.qty).sum::<i64>()
    }))
}

/// Units of each material that an order's settlements took off the factory's book.
fn lost(
    reader: &Reader,
    id: OrderId,
    without: Option<&Without>,
) -> Result<BTreeMap<SkuId, i64>, Error> {
    let mut lost = BTreeMap::new();
    let document = DocRef { kind: DocKind::Order, id: id.0 };
    let settled = reader.live_of_kind(document, "loss_settled")?;
    let settled = settled.iter().map(|row| &row.recorded.entry);
    let settled = settled.filter(|entry| without.is_none_or(|undone| undone.entry.id != entry.id));
    for (lot, qty) in Settled::of(settled).taken() {
        if let Some(lot) = reader.lot(lot)? {
            *lost.entry(lot.sku).or_insert(0) += qty;
        }
    }
    Ok(lost)
}

/// What undoing an entry would leave.
struct Without<'a> {
    entry: &'a Entry,
    /// The order that it is of, as it is without it.
    order: Option<(OrderId, ProductionOrder)>,
    /// What undoing it changes of the stock.
    changes: Changes,
}

impl<'a> Without<'a> {
    fn of(reader: &Reader, entry: &'a Entry) -> Result<Self, Error> {
        let moves: Vec<_> = entry.body.moves.iter().map(|one| one.mirrored()).collect();
        let changes = stock::net_changes(&moves);
        let Some(id) = order_of(entry) else { return Ok(Self { entry, order: None, changes }) };
        let entries = live_entries(reader, id)?;
        let rest = entries.iter().filter(|one| one.id != entry.id);
        let order = rest.fold(None, |order, one| {
            ProductionOrder::fold(order, &one.body.fact, one.effective_on)
        });
        Ok(Self { entry, order: order.map(|order| (id, order)), changes })
    }
}

/// Why an entry cannot be undone for what lies at factories: with it undone, orders would have more
/// of a material left than lies there. With it come the later entries that drew the material, or took
/// it back for no order. Where nothing of it did, an undoing that takes nothing off the book only
/// leaves orders what they had before.
pub(crate) fn spoken_for(
    reader: &Reader,
    row: &JournalRow,
    day: NaiveDate,
) -> Result<Option<(Vec<JournalRow>, Refusal)>, Error> {
    let entry = &row.recorded.entry;
    let without = Without::of(reader, entry)?;
    let concerned = concerned_by(reader, &without)?;
    if concerned.is_empty() {
        return Ok(None);
    }
    let names = Names::load(reader)?;
    for (place, changes) in concerned {
        let materials: BTreeSet<SkuId> = changes.keys().copied().collect();
        let before = books(reader, place, &materials, day)?;
        let mut after = before.clone();
        for (material, change) in &changes {
            *after.entry(*material).or_default() += change;
        }
        let before = seen_by(None, lefts_at(reader, place, None)?, before, &names);
        let after = seen_by(None, lefts_at(reader, place, Some(&without))?, after, &names);
        if let Err(refusal) = kept::check_spoken_for(&before, &after) {
            let took = took_since(reader, row, (place, &materials))?;
            if !took.is_empty() || changes.values().any(|change| *change < 0) {
                return Ok(Some((took, refusal)));
            }
        }
    }
    Ok(None)
}

/// The materials at factories that undoing an entry concerns, with what it changes of the good units
/// on their books: those that it moved, and those of the order that it is of.
fn concerned_by(
    reader: &Reader,
    without: &Without,
) -> Result<BTreeMap<PlaceId, BTreeMap<SkuId, i64>>, Error> {
    let mut concerned: BTreeMap<PlaceId, BTreeMap<SkuId, i64>> = BTreeMap::new();
    let good = without.changes.iter().filter(|(slot, _)| slot.status == Status::Good);
    let good: Vec<_> = good.collect();
    let mut factories: BTreeMap<PlaceId, PlaceId> = BTreeMap::new();
    for place in good.iter().map(|(slot, _)| slot.place).collect::<BTreeSet<_>>() {
        if reader.place_kind(place)? == Some(PlaceKind::Factory) {
            factories.extend([(place, place), (suspense_of(place), place)]);
        }
    }
    for (slot, change) in good {
        let Some(place) = factories.get(&slot.place) else { continue };
        let Some(lot) = reader.lot(slot.lot)? else { continue };
        *concerned.entry(*place).or_default().entry(lot.sku).or_default() += change;
    }
    let then = without.order.as_ref().map(|(_, order)| order);
    let now = order_of(without.entry).map(|id| reader.order(id)).transpose()?.flatten();
    for order in then.into_iter().chain(&now) {
        for (place, material) in materials_of(reader, order)? {
            concerned.entry(place).or_default().entry(material).or_default();
        }
    }
    Ok(concerned)
}

/// The materials of which an order can have some left, or brings some to another's factory.
fn materials_of(
    reader: &Reader,
    order: &ProductionOrder,
) -> Result<BTreeSet<(PlaceId, SkuId)>, Error> {
    let content = &order.content;
    let mut all = BTreeSet::new();
    if let Some(place) = content.materials_at {
        let bills = content.lines.iter().flat_map(OrderLine::supplied).map(|bill| bill.material);
        let sent = order.supplies.iter().map(|one| one.material);
        all.extend(bills.chain(sent).map(|material| (place, material)));
    }
    let served = content.for_order.map(|id| reader.order(id)).transpose()?.flatten();
    if let Some(place) = served.and_then(|served| served.content.materials_at) {
        all.extend(content.lines.iter().map(|line| (place, line.sku)));
    }
    Ok(all)
}

/// The order that an entry is of.
fn order_of(entry: &Entry) -> Option<OrderId> {
    let of = entry.documents().into_iter().find(|one| one.kind == DocKind::Order)?;
    Some(OrderId(of.id))
}

fn took_since(
    reader: &Reader,
    row: &JournalRow,
    (place, materials): (PlaceId, &BTreeSet<SkuId>),
) -> Result<Vec<JournalRow>, Error> {
    let mut later = reader.material_since(row.recorded.position)?;
    later.retain(|later| match &later.recorded.entry.body.fact {
        Fact::MaterialKept { place: at, kind: KeepKind::Draw, lines, .. } => {
            *at == place && lines.iter().any(|line| materials.contains(&line.material))
        }
        Fact::MaterialMoved { kind: SlipKind::Return, slip } if slip.order.is_none() => {
            slip.from == place && slip.lines.iter().any(|line| materials.contains(&line.material))
        }
        _ => false,
    });
    Ok(later)
}
