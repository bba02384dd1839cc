//! Tasks that orders and transfers give: late, due, waiting for the next step.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, TimeDelta};
use domain::{
    OrderId, TransferId, licence,
    order::{OrderState, ProductionOrder},
    transfer::{Transfer, TransferState},
};
use store::Reader;
use uuid::Uuid;

use super::{Facts, Severity, Task, WEEK, listed};
use crate::{
    Error,
    orders::{SaveOrder, codes},
    production::{owed, tracks_of},
    transfers::SaveTransfer,
    wire::{Arg, DocLink},
};

/// Days after which an order that nobody has accepted is asked after.
const ANSWER_DAYS: i64 = 3;
/// Days before a licence expires from which on it is asked after: renewing one takes weeks.
const LICENCE_DAYS: u32 = 60;

/// Orders and transfers that are to come until a day, late ones included.
pub(super) fn due_until(facts: &Facts, reader: &Reader, day: NaiveDate) -> Result<usize, Error> {
    let orders = facts.orders.iter().filter(|(_, order)| {
        order.state == OrderState::Accepted
            && !order.is_complete()
            && order.promised_on.is_some_and(|promised| promised <= day)
    });
    let transfers = reader.transfers()?.into_iter().filter(|(_, transfer)| {
        transfer.in_transit() > 0 && transfer.expected_on.is_some_and(|expected| expected <= day)
    });
    Ok(orders.count() + transfers.count())
}

/// What orders ask for, and which of them ask for a decision on quality.
pub(super) fn orders(
    facts: &Facts,
    reader: &Reader,
) -> Result<(Vec<Task>, BTreeSet<OrderId>), Error> {
    let (mut tasks, mut judged): (Vec<Task>, _) = (Vec::new(), BTreeSet::new());
    let in_quarantine = reader.in_quarantine()?;
    for (id, order) in &facts.orders {
        let tracks = tracks_of(reader, (*id, order), &in_quarantine)?;
        let task = order_task(facts, (*id, order), order.phase(tracks));
        if task.as_ref().is_some_and(|task| task.code == "task.order_awaits_quality") {
            judged.insert(*id);
        }
        tasks.extend(task);
    }
    Ok((by_kind(tasks), judged))
}

/// What partners owe back on orders that ended, for those who see money.
pub(super) fn owed_back(facts: &Facts, reader: &Reader) -> Result<Vec<Task>, Error> {
    if !facts.call.session.role.sees_money() {
        return Ok(Vec::new());
    }
    let tasks = owed(reader, &facts.orders)?.into_iter().map(|one| {
        let number = &one.order.content.number;
        let args = [
            ("number", Arg::from(number.as_str())),
            ("factory", facts.names.partner(one.partner()).into()),
            ("amount", one.owed.to_decimal().to_string().into()),
            ("currency", one.owed.currency.to_string().into()),
        ];
        let link = DocLink::new("order", one.id.0, number.clone());
        let task = Task::new("partner_owes_back", Severity::Amber, "production", args);
        task.on(link).due(one.order.ended_on)
    });
    Ok(listed(tasks.collect()))
}

/// Many of one kind are listed in part.
pub(super) fn by_kind(tasks: Vec<Task>) -> Vec<Task> {
    let mut kinds: BTreeMap<String, Vec<Task>> = BTreeMap::new();
    for task in tasks {
        kinds.entry(task.code.clone()).or_default().push(task);
    }
    kinds.into_values().flat_map(listed).collect()
}

fn order_task(
    facts: &Facts,
    (id, order): (OrderId, &ProductionOrder),
    phase: &str,
) -> Option<Task> {
    let content = &order.content;
    let args = [
        ("number", Arg::from(content.number.as_str())),
        ("factory", facts.names.partner(content.factory).into()),
        ("goods", codes(content.lines.iter().map(|line| line.sku), &facts.names).into()),
    ];
    let open = content.lines.iter().zip(order.received());
    let missing: i64 = open.map(|(line, received)| (line.qty - received).max(0)).sum();
    let task = |code: &str, severity| {
        let link = DocLink::new("order", id.0, content.number.clone());
        Task::new(code, severity, "production", args.clone()).on(link).of(missing)
    };
    let days = |task: Task, days: i64| with(task, "days", days);
    // A late order is late, whatever it waits for.
    if let late @ 1.. = order.late_days(facts.today) {
        return Some(days(task("order_late", Severity::Red), late).due(order.promised_on));
    }
    match phase {
        "awaiting_deposit" => Some(task("order_awaits_deposit", Severity::Amber)),
        "awaiting_material" => Some(task("order_awaits_material", Severity::Amber)),
        "awaiting_balance" => Some(task("order_awaits_balance", Severity::Amber)),
        "awaiting_qc" => Some(task("order_awaits_quality", Severity::Amber)),
        "awaiting_acceptance" => {
            let waits = (facts.today - order.issued_on).num_days();
            let wanted = content.wanted_on.filter(|day| *day >= facts.today);
            let severity = if waits >= ANSWER_DAYS { Severity::Amber } else { Severity::Blue };
            Some(days(task("order_awaits_acceptance", severity).due(wanted), waits))
        }
        "complete" => Some(task("order_to_close", Severity::Blue)),
        "making" | "ready" | "receiving" => {
            let promised = order.promised_on?;
            let left = (promised - facts.today).num_days();
            let soon = left <= WEEK;
            soon.then(|| days(task("order_due", Severity::Amber), left).due(promised))
        }
        _ => None,
    }
}

fn with(mut task: Task, name: &str, value: impl Into<Arg>) -> Task {
    task.args.insert(name.to_owned(), value.into());
    task
}

pub(super) fn transfers(facts: &Facts, reader: &Reader) -> Result<Vec<Task>, Error> {
    let mut tasks = Vec::new();
    for (id, transfer) in reader.transfers()? {
        tasks.extend(transfer_task(facts, id, &transfer));
    }
    Ok(by_kind(tasks))
}

fn transfer_task(facts: &Facts, id: TransferId, transfer: &Transfer) -> Option<Task> {
    let content = &transfer.content;
    let args = [
        ("number", Arg::from(content.number.as_str())),
        ("from", facts.names.place(content.from).into()),
        ("to", facts.names.place(content.to).into()),
    ];
    let task = |code: &str, severity, units: i64| {
        let link = DocLink::new("transfer", id.0, content.number.clone());
        Task::new(code, severity, "transfers", args.clone()).on(link).of(units)
    };
    let (open, all) = (transfer.in_transit(), transfer.units());
    let lacks = transfer.lacks();
    if !lacks.is_empty() {
        let lots: Vec<String> =
            lacks.iter().map(|(lot, qty)| format!("{} × {qty}", facts.lot_no(*lot))).collect();
        let task = task("transfer_cut", Severity::Red, lacks.values().sum());
        return Some(with(task, "lots", lots.join(", ")));
    }
    match transfer.state {
        TransferState::Allocated => Some(task("transfer_to_pack", Severity::Blue, all)),
        TransferState::Packed => {
            let cartons = i64::try_from(transfer.cartons.len()).unwrap_or(i64::MAX);
            Some(with(task("transfer_to_ship", Severity::Blue, all), "cartons", cartons))
        }
        TransferState::Shipped => {
            let expected = transfer.expected_on?;
            let task = match transfer.late_days(facts.today) {
                0 if expected - facts.today <= TimeDelta::days(1) => {
                    task("transfer_expected", Severity::Blue, open)
                }
                0 => return None,
                late => with(task("transfer_late", Severity::Red, open), "days", late),
            };
            Some(task.due(expected))
        }
        TransferState::Arrived if open > 0 => {
            let arrived = task("transfer_discrepancy", Severity::Red, open);
            Some(arrived.due(transfer.arrived_on))
        }
        TransferState::Arrived => Some(task("transfer_to_close", Severity::Blue, all)),
        TransferState::Closed | TransferState::Cancelled => None,
    }
}

/// Licences of partners that run out or have run out, after which nothing of their category can be
/// ordered.
pub(super) fn licences(facts: &Facts, reader: &Reader) -> Result<Vec<Task>, Error> {
    let mut tasks = Vec::new();
    for (id, partner) in reader.partners()? {
        for one in licence::expiring(&partner.licences, facts.today, LICENCE_DAYS) {
            let left = (one.expires_on - facts.today).num_days();
            let (code, severity) = if left < 0 {
                ("licence_expired", Severity::Red)
            } else {
                ("licence_expiring", Severity::Amber)
            };
            let args = [
                ("partner", partner.name.as_str().into()),
                ("licence", one.kind.as_str().into()),
                ("category", one.category.as_str().into()),
                ("days", left.abs().into()),
            ];
            let link = DocLink::new("partner", id.0, partner.code.clone());
            tasks.push(Task::new(code, severity, "settings", args).on(link).due(one.expires_on));
        }
    }
    Ok(by_kind(tasks))
}

/// Drafts that wait to be issued or approved.
pub(super) fn drafts(facts: &Facts, reader: &Reader) -> Result<Vec<Task>, Error> {
    let names = &facts.names;
    let mut tasks = Vec::new();
    for (id, text) in reader.drafts("order")? {
        let draft: SaveOrder = read(&text)?;
        let goods = codes(draft.lines.iter().map(|line| line.sku.0.into()), names);
        let factory = names.partner(draft.factory.0.into());
        let units = draft.lines.iter().map(|line| line.qty.0).sum();
        let args = [("factory", factory.into()), ("goods", goods.into())];
        tasks.push(waiting("order_draft", "production", args, ("order", id)).of(units));
    }
    for (id, text) in reader.drafts("transfer")? {
        let draft: SaveTransfer = read(&text)?;
        let (from, to) = (names.place(draft.from.0.into()), names.place(draft.to.0.into()));
        let units = draft.lines.iter().map(|line| line.qty.0).sum();
        let args = [("from", from.into()), ("to", to.into())];
        tasks.push(waiting("transfer_draft", "transfers", args, ("transfer", id)).of(units));
    }
    Ok(by_kind(tasks))
}

fn waiting(code: &str, screen: &str, args: [(&str, Arg); 2], (kind, id): (&str, Uuid)) -> Task {
    Task::new(code, Severity::Blue, screen, args).on(DocLink::new(kind, id, ""))
}

fn read<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, Error> {
    Ok(serde_json::from_str(text).map_err(store::Error::from)?)
}
