//! Tasks that a new version of goods gives: what is left of the one before, and of materials that
//! only it needed.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::{
    DocKind, OrderId, SkuId,
    bom::{Bom, BomLine, SuppliedBy, bill_of},
    ids::VersionId,
    order::ProductionOrder,
    version::{self, OldStock, SkuVersion},
};
use store::{LotRecord, Reader};

use super::{Facts, Severity, Task, documents::by_kind};
use crate::{
    Error,
    known::goods_name,
    wire::{Arg, DocLink},
};

/// Stock of versions that are to be used up no more, from the day on which the new one begins.
pub(super) fn old_stock(facts: &Facts, reader: &Reader) -> Result<Vec<Task>, Error> {
    let records = reader.records::<SkuVersion>(DocKind::Version)?;
    let all: BTreeMap<VersionId, SkuVersion> =
        records.into_iter().map(|one| (VersionId(one.id), one.content)).collect();
    let ended: Vec<(VersionId, &SkuVersion)> = all
        .values()
        .map(|one| one.sku)
        .collect::<BTreeSet<SkuId>>()
        .into_iter()
        .filter_map(|sku| {
            version::current(all.iter().map(|(id, one)| (*id, one)), sku, facts.today)
        })
        .filter(|(_, now)| now.old_stock != OldStock::UseUp)
        .collect();
    if ended.is_empty() {
        return Ok(Vec::new());
    }
    let held = held(facts);
    let orders: HashMap<OrderId, &ProductionOrder> =
        facts.orders.iter().map(|(id, order)| (*id, order)).collect();
    let bills: Vec<Bom> =
        reader.records::<Bom>(DocKind::Bom)?.into_iter().map(|one| one.content).collect();
    let mut tasks = Vec::new();
    for (id, now) in ended {
        let old = |lot: &LotRecord| {
            let of = lot.order.and_then(|order| made_as(orders.get(&order)?, lot.sku));
            lot.sku == now.sku
                && version::is_older(now, of.and_then(|of| all.get(&of)), lot.first_received_on)
        };
        let code = match now.old_stock {
            OldStock::Rework => "old_version_rework",
            OldStock::Scrap | OldStock::UseUp => "old_version_scrap",
        };
        tasks.extend(task(facts, code, (now, now.sku), held.iter().filter(|(lot, _)| old(lot))));
        for material in only_before(&bills, (id, now), facts.today) {
            let lots = held.iter().filter(|(lot, _)| lot.sku == material);
            tasks.extend(task(facts, "old_version_material", (now, material), lots));
        }
    }
    Ok(by_kind(tasks))
}

/// Lots with what is left of them at founded places and on transfers.
fn held<'a>(facts: &'a Facts) -> Vec<(&'a LotRecord, i64)> {
    let mut held: BTreeMap<i64, i64> = BTreeMap::new();
    for row in &facts.stock {
        if facts.catalogue.places.get(&row.place).is_some_and(|place| place.kind.is_real()) {
            *held.entry(row.lot).or_default() += row.qty;
        }
    }
    let held = held.into_iter().filter(|(_, units)| *units > 0);
    held.filter_map(|(lot, units)| Some((facts.catalogue.lots.get(&lot)?, units))).collect()
}

/// The version that goods of an order were made in.
fn made_as(order: &ProductionOrder, sku: SkuId) -> Option<VersionId> {
    order.content.lines.iter().filter(|line| line.sku == sku).find_map(|line| line.version)
}

/// Materials that we supplied for the goods before `now`, and that no bill needs any more.
fn only_before(
    bills: &[Bom],
    (id, now): (VersionId, &SkuVersion),
    today: chrono::NaiveDate,
) -> BTreeSet<SkuId> {
    let supplied = |line: &&BomLine| line.supplied_by == SuppliedBy::Brand;
    let materials = |bill: &Bom| {
        bill.lines.iter().filter(supplied).map(|line| line.material).collect::<Vec<_>>()
    };
    let mut needed = BTreeSet::new();
    for bill in bills {
        let of_now = if bill.sku == now.sku { Some(id) } else { bill.version };
        needed.extend(
            bill_of(bills, (bill.sku, bill.factory, of_now), today)
                .map(materials)
                .into_iter()
                .flatten(),
        );
    }
    let before = bills.iter().filter(|bill| bill.sku == now.sku && bill.from < now.from);
    before.flat_map(materials).filter(|material| !needed.contains(material)).collect()
}

fn task<'a>(
    facts: &Facts,
    code: &str,
    (now, stock): (&SkuVersion, SkuId),
    lots: impl Iterator<Item = &'a (&'a LotRecord, i64)>,
) -> Option<Task> {
    let lots: Vec<_> = lots.collect();
    let units: i64 = lots.iter().map(|(_, units)| units).sum();
    let only = match lots.as_slice() {
        [] => return None,
        [(lot, _)] => Some(DocLink::new("lot", lot.id.0, lot.lot_no.clone())),
        _ => None,
    };
    let named = facts.names.skus.get(&stock);
    let numbers: Vec<&str> = lots.iter().map(|(lot, _)| lot.lot_no.as_str()).collect();
    let args = [
        ("sku", Arg::from(facts.names.sku_code(stock))),
        ("name", named.map(goods_name).unwrap_or_default().into()),
        ("goods", facts.names.sku_code(now.sku).into()),
        ("artwork", now.artwork_no.as_str().into()),
        ("on", now.from.to_string().into()),
        ("lots", numbers.join(", ").into()),
    ];
    let link = only.unwrap_or_else(|| DocLink::new("sku", stock.0, facts.names.sku_code(stock)));
    Some(Task::new(code, Severity::Amber, "stock", args).on(link).due(now.from).of(units))
}
