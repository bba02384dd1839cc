//! Tasks that our materials at factories give: statements that hold no more, material of orders that
//! were called off, and use beyond the book.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    OrderId, PlaceId, SkuId, Status,
    order::{OrderKind, OrderState, ProductionOrder},
};
use store::Reader;

use super::{Facts, Severity, Task, listed};
use crate::{
    Error, production,
    wire::{Arg, DocLink},
};

/// Statements that both agreed to and that the book says otherwise by now.
pub(super) fn statements(facts: &Facts, reader: &Reader) -> Result<Vec<Task>, Error> {
    let tasks = production::no_longer_agreed(reader)?.into_iter().map(|(place, first)| {
        let month = first.format("%Y-%m").to_string();
        let args = [
            ("factory", Arg::from(facts.factory(place))),
            ("place", facts.names.place(place).into()),
            ("month", month.as_str().into()),
        ];
        let screen = format!("factories/statements/{}/{month}", place.0);
        Task::new("statement_changed", Severity::Amber, &screen, args)
    });
    Ok(listed(tasks.collect()))
}

/// Material that lies at a factory for an order that was called off, and that no open order there
/// needs: it comes back, or stays for the next one.
pub(super) fn left_behind(facts: &Facts, reader: &Reader) -> Result<Vec<Task>, Error> {
    let lying = lying(facts);
    let orders = &facts.orders;
    let direct = production::direct_deliveries(orders);
    let open: Vec<&ProductionOrder> = orders
        .iter()
        .map(|(_, order)| order)
        .filter(|one| is_made(one, &[OrderState::Issued, OrderState::Accepted]))
        .collect();
    let mut idle: BTreeMap<(PlaceId, SkuId), i64> = BTreeMap::new();
    let mut tasks = Vec::new();
    for (id, order) in orders.iter().filter(|(_, one)| is_made(one, &[OrderState::Cancelled])) {
        let Some(place) = order.content.materials_at else { continue };
        let mut left = Vec::new();
        for (material, units) in sent_for(order, direct.get(id)) {
            if !lying.contains(&(place, material)) {
                continue;
            }
            let free = match idle.get(&(place, material)) {
                Some(free) => *free,
                None => free_there(facts, reader, &open, (place, material))?,
            };
            let units = units.min(free);
            idle.insert((place, material), free - units);
            if units > 0 {
                left.push((material, units));
            }
        }
        tasks.extend(left_of(facts, (*id, order), &left));
    }
    Ok(listed(tasks))
}

fn is_made(order: &ProductionOrder, states: &[OrderState]) -> bool {
    order.content.kind == OrderKind::Production && states.contains(&order.state)
}

/// Of which goods good units lie where.
fn lying(facts: &Facts) -> BTreeSet<(PlaceId, SkuId)> {
    let good = facts.stock.iter().filter(|row| row.status == Status::Good.code() && row.qty > 0);
    let named = good.filter_map(|row| {
        let place = facts.catalogue.places.get(&row.place)?;
        Some((place.id, facts.catalogue.lots.get(&row.lot)?.sku))
    });
    named.collect()
}

/// Units of a material at a factory that no open order there will take.
fn free_there(
    facts: &Facts,
    reader: &Reader,
    open: &[&ProductionOrder],
    (place, material): (PlaceId, SkuId),
) -> Result<i64, Error> {
    let lots = reader.takeable(material, place, facts.today)?;
    let held: i64 = lots.iter().map(|lot| lot.qty).sum();
    let there = open.iter().filter(|one| one.content.materials_at == Some(place));
    let needed: i64 = there.map(|order| still_needed(order, material)).sum();
    Ok((held - needed).max(0))
}

/// What was sent for an order, by us and by suppliers (`direct`), and has not come back.
fn sent_for(
    order: &ProductionOrder,
    direct: Option<&BTreeMap<SkuId, i64>>,
) -> BTreeMap<SkuId, i64> {
    let mut sent = direct.cloned().unwrap_or_default();
    for one in &order.supplies {
        *sent.entry(one.material).or_default() += one.issued - one.returned;
    }
    sent.retain(|_, units| *units > 0);
    sent
}

/// What an open order's units that have not come still take of a material.
fn still_needed(order: &ProductionOrder, material: SkuId) -> i64 {
    let lines = order.content.lines.iter().zip(order.received());
    let of_line = lines.map(|(line, received)| {
        let bills = line.supplied().filter(|bill| bill.material == material);
        bills.map(|bill| bill.holds((line.qty - received).max(0))).sum::<i64>()
    });
    of_line.sum()
}

fn left_of(
    facts: &Facts,
    (id, order): (OrderId, &ProductionOrder),
    left: &[(SkuId, i64)],
) -> Option<Task> {
    let units: i64 = left.iter().map(|(_, units)| units).sum();
    let (place, number) = (order.content.materials_at?, order.content.number.clone());
    let named =
        |(material, units): &(SkuId, i64)| format!("{} × {units}", facts.names.sku_code(*material));
    let args = [
        ("number", Arg::from(number.as_str())),
        ("factory", facts.names.partner(order.content.factory).into()),
        ("place", facts.names.place(place).into()),
        ("materials", left.iter().map(named).collect::<Vec<_>>().join(", ").into()),
    ];
    let task = Task::new("material_left_behind", Severity::Amber, "production", args);
    (units > 0).then(|| task.on(DocLink::new("order", id.0, number)).of(units))
}
