//! Tasks that goods give: waiting for a decision, expiring, sold beyond the book, running out.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{NaiveDate, TimeDelta};
use domain::{OrderId, PlaceId, PlaceKind, Status};
use store::Reader;
use uuid::Uuid;

use super::{Facts, Severity, Task, listed};
use crate::{
    Error,
    known::goods_name,
    orders::codes,
    wire::{Arg, DocLink},
};

/// Days of life from which on a lot is watched.
const WATCHED_DAYS: i64 = 90;
/// Days that goods may wait for a decision on their quality.
const DECISION_DAYS: i64 = 7;

/// Goods in quarantine, by place.
#[derive(Default)]
struct Waiting {
    units: i64,
    lots: Vec<i64>,
    oldest: Option<NaiveDate>,
}

/// Goods in quarantine. Those of orders that themselves ask for a decision on quality (`judged`)
/// are asked for there.
pub(super) fn waiting(facts: &Facts, judged: &BTreeSet<OrderId>) -> Vec<Task> {
    let mut places: BTreeMap<i64, Waiting> = BTreeMap::new();
    let quarantine = Status::Quarantine.code();
    for row in facts.stock.iter().filter(|row| row.status == quarantine && row.qty > 0) {
        let place = facts.catalogue.places.get(&row.place);
        let Some(lot) = facts.catalogue.lots.get(&row.lot) else { continue };
        let asked = lot.order.is_some_and(|order| judged.contains(&order));
        if asked || place.is_none_or(|place| !place.kind.is_founded()) {
            continue;
        }
        let waiting = places.entry(row.place).or_default();
        waiting.units += row.qty;
        waiting.lots.push(row.lot);
        waiting.oldest = waiting.oldest.into_iter().chain([lot.first_received_on]).min();
    }
    let tasks = places.into_iter().filter_map(|(place, waiting)| {
        let place = facts.catalogue.places.get(&place)?;
        let days = (facts.today - waiting.oldest?).num_days();
        let severity = if days > DECISION_DAYS { Severity::Amber } else { Severity::Blue };
        let lots = i64::try_from(waiting.lots.len()).unwrap_or(i64::MAX);
        let args =
            [("place", place.code.as_str().into()), ("lots", lots.into()), ("days", days.into())];
        let task = Task::new("quarantine", severity, "stock", args).of(waiting.units);
        Some(match waiting.lots.as_slice() {
            [only] => task.on(lot_link(facts, *only)?),
            _ => task,
        })
    });
    listed(tasks.collect())
}

fn lot_link(facts: &Facts, key: i64) -> Option<DocLink> {
    let lot = facts.catalogue.lots.get(&key)?;
    Some(DocLink::new("lot", lot.id.0, lot.lot_no.clone()))
}

/// Lots that are past their life or soon will be. One that sells in time needs nobody.
pub(super) fn expiring(facts: &Facts) -> Vec<Task> {
    let mut held: BTreeMap<i64, i64> = BTreeMap::new();
    // What is blocked or defective waits for no buyer.
    let alive = [Status::Good.code(), Status::Quarantine.code()];
    for row in facts.stock.iter().filter(|row| alive.contains(&row.status)) {
        if facts.catalogue.places.get(&row.place).is_some_and(|place| place.kind.is_founded()) {
            *held.entry(row.lot).or_default() += row.qty;
        }
    }
    let mut at_risk: HashMap<Uuid, i64> = HashMap::new();
    for row in &facts.slow {
        *at_risk.entry(row.lot.0).or_default() += row.at_risk.0;
    }
    let (mut expired, mut expiring) = (Vec::new(), Vec::new());
    for (key, units) in held.into_iter().filter(|(_, units)| *units > 0) {
        let Some(lot) = facts.catalogue.lots.get(&key) else { continue };
        let Some(expires_on) = lot.dates.expires_on else { continue };
        let left = (expires_on - facts.today).num_days();
        let risk = at_risk.get(&lot.id.0).copied().unwrap_or(0);
        if left > WATCHED_DAYS || (left >= 0 && risk == 0) {
            continue;
        }
        let sku = facts.catalogue.skus.get(&lot.sku_key);
        let args = [
            ("sku", Arg::from(sku.map(|sku| sku.sku.code.clone()).unwrap_or_default())),
            ("name", sku.map(goods_name).unwrap_or_default().into()),
            ("lot", lot.lot_no.as_str().into()),
            ("on", expires_on.to_string().into()),
            ("days", left.abs().into()),
            ("at_risk", risk.into()),
        ];
        let link = DocLink::new("lot", lot.id.0, lot.lot_no.clone());
        let task = |code, severity, weight: i64| {
            let task = Task::new(code, severity, "slow", args).due(expires_on).on(link).of(units);
            Task { units: weight, ..task }
        };
        if left < 0 {
            expired.push(task("lot_expired", Severity::Red, units));
        } else {
            expiring.push(task("lot_expiring", Severity::Amber, risk));
        }
    }
    listed(expired).into_iter().chain(listed(expiring)).collect()
}

/// Sales that places reported, and material that factories used, beyond their book.
pub(super) fn suspense(facts: &Facts, reader: &Reader) -> Result<Vec<Task>, Error> {
    let (mut sold, mut used_by_factories) = (Vec::new(), Vec::new());
    let founded = facts.names.places.values().filter(|place| place.place.is_some());
    let by_code: BTreeMap<&str, PlaceId> =
        founded.map(|place| (place.code.as_str(), place.id)).collect();
    for (code, place) in by_code {
        let open = reader.open_suspense(place)?;
        let units: i64 = open.iter().map(|sale| sale.qty).sum();
        if units > 0 {
            let goods = codes(open.iter().map(|sale| sale.sku), &facts.names);
            let args = [("place", Arg::from(code)), ("goods", goods.into())];
            let since = open.iter().map(|sale| sale.last_sold_on).min();
            // A factory sells nothing: it used material that the book does not hold.
            let is_factory = kind(facts, place.0) == Some(PlaceKind::Factory);
            let (code, screen, tasks) = if is_factory {
                ("material_suspense", "factories", &mut used_by_factories)
            } else {
                ("suspense", "stock", &mut sold)
            };
            tasks.push(Task::new(code, Severity::Amber, screen, args).due(since).of(units));
        }
    }
    Ok(listed(sold).into_iter().chain(listed(used_by_factories)).collect())
}

/// Goods that sell out at a place before a transfer of today could be sold there, and what the
/// plan says to send.
pub(super) fn running_out(facts: &Facts) -> Vec<Task> {
    let (mut sold_out, mut running) = (Vec::new(), Vec::new());
    let mut sent: BTreeMap<String, (i64, i64, i64)> = BTreeMap::new();
    for line in &facts.plan {
        if line.units.0 > 0 {
            let sum = sent.entry(line.place_code.clone()).or_default();
            sum.0 += 1;
            sum.1 += line.units.0;
            sum.2 += line.cartons;
        }
        let (Some(cover), Some(kind)) = (line.cover_days, kind(facts, line.place.0)) else {
            continue;
        };
        let arrives = (line.arrives_on.0 - facts.today).num_days();
        if kind != PlaceKind::Platform || cover >= arrives {
            continue;
        }
        let args = [
            ("sku", Arg::from(line.sku_code.as_str())),
            ("name", line.sku_name.clone().into()),
            ("place", line.place_code.as_str().into()),
            ("cover", cover.into()),
            ("days", arrives.into()),
        ];
        let link = DocLink::new("sku", line.sku.0, line.sku_code.clone());
        let empty = line.on_hand.0 == 0;
        let (code, severity) =
            if empty { ("sold_out", Severity::Red) } else { ("stock_out_ahead", Severity::Amber) };
        let task = Task::new(code, severity, "plan", args).on(link);
        let task = task.due(facts.today + TimeDelta::days(cover)).of(line.need.0);
        if empty { sold_out.push(task) } else { running.push(task) }
    }
    let sends = sent.into_iter().map(|(place, (goods, units, cartons))| {
        let args =
            [("place", Arg::from(place)), ("goods", goods.into()), ("cartons", cartons.into())];
        Task::new("plan_to_send", Severity::Blue, "plan", args).of(units)
    });
    let running = listed(sold_out).into_iter().chain(listed(running));
    running.chain(listed(sends.collect())).collect()
}

fn kind(facts: &Facts, place: Uuid) -> Option<PlaceKind> {
    facts.names.places.get(&PlaceId(place)).map(|place| place.kind)
}
