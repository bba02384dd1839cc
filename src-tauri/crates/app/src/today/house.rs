//! Tasks of the workspace itself: what to bring in first, backups, shops that do not sync.

use chrono::{DateTime, TimeDelta, Utc};
use store::Reader;

use super::{Facts, Severity, Task};
use crate::{
    Error, shops,
    wire::{Arg, DocLink, Message},
};

/// What a workspace lacks to be of use, in the order in which it is brought in.
pub(super) fn first_steps(facts: &Facts, reader: &Reader) -> Result<Vec<Task>, Error> {
    let founded = facts.names.places.values().any(|place| place.place.is_some());
    let lots = facts.catalogue.lots.values().any(|lot| lot.live);
    let steps = [
        (facts.names.skus.is_empty(), "import_goods"),
        (!founded, "import_places"),
        (!lots, "import_opening"),
        (!reader.has_sales()?, "import_sales"),
    ];
    let steps = steps.into_iter().filter(|(lacks, _)| *lacks);
    Ok(steps.map(|(_, code)| Task::new(code, Severity::Blue, "importing", [])).collect())
}

pub(super) fn backups(facts: &Facts) -> Result<Vec<Task>, Error> {
    if facts.names.skus.is_empty() {
        return Ok(Vec::new());
    }
    let now = facts.call.session.now;
    let last =
        facts.call.app.workspace()?.backups()?.into_iter().map(|backup| backup.made_at).max();
    let task = |code, args: Vec<(&str, Arg)>| {
        let mut task = Task::new(code, Severity::Amber, "settings/safety", []);
        task.args.extend(args.into_iter().map(|(name, value)| (name.to_owned(), value)));
        task
    };
    Ok(match last {
        None => vec![task("backup_none", Vec::new())],
        Some(at) if now - at > TimeDelta::days(1) => {
            vec![task("backup_old", vec![("days", (now - at).num_days().into())])]
        }
        Some(_) => Vec::new(),
    })
}

/// What shops sell that reduces no stock, because nobody has said what it is for us.
pub(super) fn unmapped(reader: &Reader) -> Result<Vec<Task>, Error> {
    let mut tasks = Vec::new();
    for (id, shop) in reader.shops()? {
        let (listings, warehouses) = shops::unmapped(reader, id, &shop)?;
        let link = DocLink::new("shop", id.0, shop.code);
        let task = |code, count: usize| {
            let count = i64::try_from(count).unwrap_or(i64::MAX);
            let args = [("shop", shop.name.as_str().into()), ("count", count.into())];
            Task::new(code, Severity::Amber, "sync", args).on(link.clone())
        };
        if !listings.is_empty() {
            let units = listings.iter().map(|one| one.units.0).sum();
            tasks.push(task("listings_unmapped", listings.len()).of(units));
        }
        if !warehouses.is_empty() {
            tasks.push(task("warehouses_unmapped", warehouses.len()));
        }
    }
    Ok(tasks)
}

pub(super) fn shops(facts: &Facts, reader: &Reader) -> Result<Vec<Task>, Error> {
    let mut tasks = Vec::new();
    for (id, shop) in reader.shops()? {
        let stream = reader.stream(id)?.unwrap_or_default();
        let last: Option<DateTime<Utc>> = stream.last_ok.and_then(DateTime::from_timestamp_millis);
        let days = last.map(|at| (facts.call.session.now - at).num_days());
        let error: Option<Message> =
            stream.last_error.and_then(|text| serde_json::from_str(&text).ok());
        let (code, severity) = match (&error, days) {
            (Some(_), _) => ("sync_failed", Severity::Red),
            (None, None) => ("sync_never", Severity::Blue),
            (None, Some(1..)) => ("sync_old", Severity::Amber),
            (None, Some(_)) => continue,
        };
        let mut task = Task::new(code, severity, "sync", [("shop", shop.name.as_str().into())]);
        if let Some(days) = days {
            task.args.insert("days".into(), days.into());
        }
        if let Some(error) = error {
            task.args.insert("error".into(), error.code.into());
        }
        tasks.push(task.on(DocLink::new("shop", id.0, shop.code)));
    }
    Ok(tasks)
}
