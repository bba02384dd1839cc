//! Materials at factories: issue and return slips, and what lies there.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use domain::{
    Fact, NewId, OrderId, PlaceId, PlaceKind, Refusal, SkuId,
    kept::{self, Lying},
    materials::{self, FactoryStock, MaterialLine, MaterialSlip, SlipKind},
    order::{OrderState, ProductionOrder},
    stock::{fefo, take},
};
use serde::{Deserialize, Serialize};
use store::{Reader, Writer};
use ts_rs::TS;

use super::kept::lying_at;
use crate::{
    Error,
    commands::Call,
    known::Names,
    orders::{codes, next_number},
    posting::post,
    wire::{Bilingual, Day, DocLink, Id, Nothing, Posted, Units},
};

/// A line of a slip, as given; without a lot the first expired go first.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SlipLine {
    /// Which material.
    pub material: Id,
    /// Which lot of it.
    #[serde(default)]
    pub lot: Option<Id>,
    /// Units.
    pub qty: Units,
}

/// A slip to post.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PostSlip {
    /// For which order, when for one.
    #[serde(default)]
    pub order: Option<Id>,
    /// Our warehouse.
    pub warehouse: Id,
    /// The factory's place.
    pub factory: Id,
    /// When; today when not given.
    #[serde(default)]
    pub day: Option<Day>,
    /// What.
    pub lines: Vec<SlipLine>,
    /// A note.
    #[serde(default)]
    pub note: String,
}

pub(crate) fn issue(call: &Call, input: PostSlip) -> Result<Posted, Error> {
    slip(call, SlipKind::Issue, &input)
}

pub(crate) fn take_back(call: &Call, input: PostSlip) -> Result<Posted, Error> {
    slip(call, SlipKind::Return, &input)
}

/// What comes back is the order's that it comes back for, or nobody's.
fn check_return(
    reader: &Reader,
    names: &Names,
    (factory, order): (PlaceId, Option<(OrderId, &ProductionOrder)>),
    (lines, day): (&[MaterialLine], NaiveDate),
) -> Result<(), Error> {
    let materials = lines.iter().map(|line| line.material).collect();
    let of = order.map(|(id, _)| id);
    let known = lying_at(reader, names, (factory, of), (&materials, day))?;
    Ok(kept::check_return(order.map(|(_, order)| order), lines, &known)?)
}

fn slip(call: &Call, kind: SlipKind, input: &PostSlip) -> Result<Posted, Error> {
    let day = call.session.day(input.day.map(|day| day.0))?;
    let number = std::cell::RefCell::new(String::new());
    let mut posted = call.write(None, |writer| {
        let names = Names::load(writer)?;
        let (warehouse, factory) = (PlaceId(input.warehouse.0), PlaceId(input.factory.0));
        for (place, wanted) in [(warehouse, PlaceKind::Own), (factory, PlaceKind::Factory)] {
            if names.places.get(&place).is_none_or(|known| known.kind != wanted) {
                return Err(Error::missing("location", place.0));
            }
        }
        let (from, to, prefix) = match kind {
            SlipKind::Issue => (warehouse, factory, "MI"),
            SlipKind::Return => (factory, warehouse, "MR"),
        };
        let (next, serial) = next_number(writer, prefix, call.session.today.year())?;
        number.replace(next.clone());
        let mut lines = Vec::new();
        for line in &input.lines {
            lines.extend(picked(writer, from, line, day)?);
        }
        let order = input.order.map(|id| OrderId(id.0));
        let mut known = None;
        if let Some(order) = order {
            let found = writer.order(order)?.ok_or_else(|| Error::missing("order", order.0))?;
            // What lies at the factory for an order that was called off may come back.
            let states: &[OrderState] = match kind {
                SlipKind::Issue => &[OrderState::Accepted],
                SlipKind::Return => &[OrderState::Accepted, OrderState::Cancelled],
            };
            found.expect(states, "accepted")?;
            known = Some((order, found));
        }
        if kind == SlipKind::Return {
            let of = known.as_ref().map(|(id, order)| (*id, order));
            check_return(writer, &names, (factory, of), (&lines, day))?;
        }
        let content =
            MaterialSlip { number: next, order, from, to, lines, note: input.note.clone() };
        let mut ids = call.session.new_ids();
        let entry = materials::slip(kind, content, serial, day, &mut ids)?;
        let entry = post(writer, entry)?;
        let mut entries = vec![entry];
        entries.extend(settle(writer, to, day, &mut ids)?);
        Ok(entries)
    })?;
    let entry = posted.entries.first().copied();
    posted.document = entry.map(|id| DocLink::new("slip", id.0, number.into_inner()));
    Ok(posted)
}

/// The lots of a line: the one that is named, else first expired first. More than all of them hold
/// is refused.
fn picked(
    reader: &Reader,
    from: PlaceId,
    line: &SlipLine,
    day: NaiveDate,
) -> Result<Vec<MaterialLine>, Error> {
    let material = SkuId(line.material.0);
    let qty = domain::stock::positive(line.qty.0)?;
    if let Some(lot) = line.lot {
        let known = reader.lot(lot.0.into())?;
        if known.is_none_or(|known| known.sku != material) {
            return Err(Error::missing("lot", lot.0));
        }
        return Ok(vec![MaterialLine { material, lot: lot.0.into(), qty }]);
    }
    let mut lots = reader.takeable(material, from, day)?;
    fefo(&mut lots);
    let available: i64 = lots.iter().map(|lot| lot.qty).sum();
    let taken = take(&mut lots, qty);
    if available < qty {
        let names = Names::load(reader)?;
        let (place, material) = (names.place(from), names.sku_code(material));
        return Err(Refusal::MaterialShort { place, material, wanted: qty, available }.into());
    }
    Ok(taken.into_iter().map(|(lot, qty)| MaterialLine { material, lot, qty }).collect())
}

/// What a factory holds of some materials, in the order in which they are used.
pub(crate) fn factory_stock<'s>(
    reader: &Reader,
    place: PlaceId,
    skus: impl IntoIterator<Item = &'s SkuId>,
    day: NaiveDate,
) -> Result<FactoryStock, Error> {
    let mut stock = FactoryStock::default();
    let unknown = domain::lot::pseudo_number(None);
    for sku in skus {
        let mut lots = reader.takeable(*sku, place, day)?;
        fefo(&mut lots);
        stock.lots.insert(*sku, lots);
        let numbered = reader.lots_numbered(&[(*sku, unknown.as_str())])?;
        if let Some(lot) = numbered.first() {
            stock.unknown.insert(*sku, lot.id);
        }
    }
    Ok(stock)
}

/// Charges what a factory used beyond its book to the material that came there, and posts it.
pub(crate) fn settle(
    writer: &mut Writer,
    place: PlaceId,
    arrived_on: NaiveDate,
    new_id: NewId,
) -> Result<Vec<domain::Entry>, Error> {
    let open = writer.open_uses(place)?;
    if open.is_empty() {
        return Ok(Vec::new());
    }
    let skus: Vec<SkuId> = open.iter().map(|one| one.material).collect();
    let day = open.iter().map(|one| one.last_used_on).fold(arrived_on, NaiveDate::max);
    let mut stock = factory_stock(writer, place, &skus, day)?;
    let entry = materials::settle(place, arrived_on, &open, &mut stock, new_id);
    let Some(entry) = entry else { return Ok(Vec::new()) };
    let entry = post(writer, entry)?;
    Ok(vec![entry])
}

/// From when on slips are listed.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SlipsSince {
    /// The first day.
    pub since: Day,
}

/// A slip in a list.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SlipRow {
    /// The entry, to print it and to look at it.
    pub id: Id,
    /// What people call it.
    pub number: String,
    /// Whether it goes to the factory; else it comes back.
    pub issue: bool,
    /// The day.
    pub day: Day,
    /// Code of the place that it leaves.
    pub from: String,
    /// Code of the place that it goes to.
    pub to: String,
    /// Number of the order that it is for.
    pub order_number: Option<String>,
    /// Codes of the materials.
    pub goods: String,
    /// Units in all.
    pub qty: Units,
    /// Whether it was undone.
    pub reversed: bool,
}

/// Slips from a day on, the newest first.
pub(crate) fn slips(call: &Call, input: SlipsSince) -> Result<Vec<SlipRow>, Error> {
    call.read(|reader| {
        let names = Names::load(&reader)?;
        let mut rows = Vec::new();
        for row in reader.material_moves(input.since.0)? {
            let entry = &row.recorded.entry;
            let Fact::MaterialMoved { kind, slip } = &entry.body.fact else { continue };
            let order = slip.order.map(|id| reader.order(id)).transpose()?.flatten();
            rows.push(SlipRow {
                id: entry.id.into(),
                number: slip.number.clone(),
                issue: *kind == SlipKind::Issue,
                day: Day(entry.effective_on),
                from: names.place(slip.from),
                to: names.place(slip.to),
                order_number: order.map(|order| order.content.number),
                goods: codes(slip.lines.iter().map(|line| line.material), &names),
                qty: Units(slip.lines.iter().map(|line| line.qty).sum()),
                reversed: row.reversed_by.is_some(),
            });
        }
        Ok(rows)
    })
}

fn free(lying: &[Lying], material: SkuId) -> i64 {
    lying.iter().find(|one| one.material == material).map_or(0, Lying::free)
}

/// A lot of ours at a factory.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HeldLot {
    /// The lot.
    pub lot: Id,
    /// Its number.
    pub lot_no: String,
    /// Good units.
    pub qty: Units,
}

/// What a factory holds of one of our materials.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HeldMaterial {
    /// The factory's place.
    pub place: Id,
    /// Its code.
    pub place_code: String,
    /// The factory.
    pub factory: String,
    /// Which material.
    pub material: Id,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Bilingual,
    /// Good units.
    pub qty: Units,
    /// Of those, units that lie there for no order.
    pub free: Units,
    /// Used beyond the book.
    pub suspense: Units,
    /// By lot.
    pub lots: Vec<HeldLot>,
}

/// Everything of ours that lies at factories.
pub(crate) fn at_factories(call: &Call, _: Nothing) -> Result<Vec<HeldMaterial>, Error> {
    call.read(|reader| {
        let names = Names::load(&reader)?;
        let today = call.session.today;
        let mut rows = Vec::new();
        for place in names.places.values().filter(|place| place.kind == PlaceKind::Factory) {
            let span = (today, today);
            let held: BTreeMap<_, _> = reader.material_lines(place.id, span)?;
            let materials = held.keys().copied().collect();
            let lying = lying_at(&reader, &names, (place.id, None), (&materials, today))?;
            for (material, line) in held {
                let lots = reader.takeable(material, place.id, today)?;
                let qty: i64 = lots.iter().map(|lot| lot.qty).sum();
                if qty == 0 && line.suspense == 0 {
                    continue;
                }
                let partner = place.place.as_ref().and_then(|place| place.partner);
                let mut held = Vec::new();
                for lot in lots {
                    let lot_no = reader.lot(lot.lot)?.map(|lot| lot.lot_no).unwrap_or_default();
                    held.push(HeldLot { lot: Id(lot.lot.0), lot_no, qty: Units(lot.qty) });
                }
                rows.push(HeldMaterial {
                    place: Id(place.id.0),
                    place_code: place.code.clone(),
                    factory: partner.map(|id| names.partner(id)).unwrap_or_default(),
                    material: Id(material.0),
                    code: names.sku_code(material),
                    name: names.sku_name(material),
                    qty: Units(qty),
                    free: Units(free(&lying, material)),
                    suspense: Units(line.suspense),
                    lots: held,
                });
            }
        }
        rows.sort_by(|a, b| (&a.place_code, &a.code).cmp(&(&b.place_code, &b.code)));
        Ok(rows)
    })
}
