//! The workspace file as a whole: made, proved, backed up, put back, given out as tables.

use std::path::Path;

use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::{
    Answer,
    desk::{Desk, absolute},
    failure::Failure,
    find::{self, text},
    table::Table,
};

pub(super) fn new(
    desk: &Desk,
    file: &Path,
    company: &str,
    currency: &str,
) -> Result<Answer, Failure> {
    let input = json!({
        "path": absolute(file)?,
        "companyName": company,
        "currency": currency,
    });
    let answer = desk.call("workspace.create", input)?;
    let (path, company) = (&answer["workspace"]["path"], json!(company));
    let shown = desk.words.told("made_for", &[("path", path), ("company", &company)]);
    Ok(Answer::new(answer, shown))
}

pub(super) fn status(desk: &Desk) -> Result<Answer, Failure> {
    let answer = desk.call("workspace.status", Value::Null)?;
    let info = &answer["workspace"];
    let role = json!(desk.words.member("role", &answer["role"]));
    let mut lines = vec![
        format!("{}  {}", text(&info["name"]), text(&info["path"])),
        desk.words
            .told("workspace", &["entries", "goods", "currency", "desk"].map(|it| (it, &info[it]))),
        desk.words.told("day_and_role", &[("day", &answer["today"]), ("role", &role)]),
    ];
    for (name, field) in [("last backup", "lastBackup"), ("last sync", "lastSync")] {
        if !info[field].is_null() {
            lines.push(format!("{} {}", desk.words.said(name), text(&info[field])));
        }
    }
    for warning in info["warnings"].as_array().into_iter().flatten() {
        lines.push(format!("{}: {}", desk.words.said("warning"), desk.words.of_json(warning)));
    }
    Ok(Answer::new(answer, lines.join("\n")))
}

pub(super) fn today(desk: &Desk) -> Result<Answer, Failure> {
    let answer = desk.call("today.tasks", Value::Null)?;
    let mut figures = Table::new(&desk.words, &["figure", ">value", "unit"]);
    for row in answer["figures"].as_array().into_iter().flatten() {
        let [figure, unit] = ["code", "unit"].map(|name| text(&row[name]));
        let unit = match desk.words.member("unit", &row["unit"]) {
            word if word == unit => desk.words.said(&unit),
            word => word,
        };
        figures.row([desk.words.said(&figure), text(&row["value"]), unit]);
    }
    let mut tasks = Table::new(&desk.words, &["", "due", "task"]);
    for row in answer["tasks"].as_array().into_iter().flatten() {
        let severity = desk.words.said(&text(&row["severity"]));
        tasks.row([severity, text(&row["due"]), desk.words.of_json(row)]);
    }
    let shown = format!("{figures}\n{}", tasks.or(&desk.words.said("nothing needs attention")));
    Ok(Answer::new(answer, shown))
}

/// Replays the journal. A ledger that does not prove itself is a failure, not an answer.
pub(super) fn verify(desk: &Desk) -> Result<Answer, Failure> {
    let answer = desk.call("verify.run", Value::Null)?;
    if answer["ok"] == true {
        let counts = ["entries", "moves", "tables"].map(|it| (it, &answer[it]));
        let shown = desk.words.told("proves", &counts);
        return Ok(Answer::new(answer, shown));
    }
    let findings = answer["findings"].as_array().cloned().unwrap_or_default();
    let details = findings.into_iter().filter_map(|one| serde_json::from_value(one).ok()).collect();
    Err(app::Error::failed("verify.not_clean", []).with(details).into())
}

pub(super) fn backup(desk: &Desk, list: bool) -> Result<Answer, Failure> {
    if !list {
        let answer = desk.writing()?.call("backup.make", Value::Null)?;
        let shown = desk.words.told("backed_up", &[("path", &answer["path"])]);
        return Ok(Answer::new(answer, shown));
    }
    let answer = desk.reading()?.call("backup.list", Value::Null)?;
    let mut table = Table::new(&desk.words, &["made at", ">bytes", "file"]);
    for row in answer.as_array().into_iter().flatten() {
        table.row([text(&row["madeAt"]), text(&row["bytes"]), text(&row["path"])]);
    }
    let shown = table.or(&desk.words.said("there are no backups"));
    Ok(Answer::new(answer, shown))
}

pub(super) fn restore(desk: &Desk, backup: &Path) -> Result<Answer, Failure> {
    let answer = desk.call("backup.restore", json!({ "path": absolute(backup)? }))?;
    let shown = desk.words.told("restored", &[("path", &answer["workspace"]["path"])]);
    Ok(Answer::new(answer, shown))
}

pub(super) fn export(
    desk: &Desk,
    table: &str,
    out: &Path,
    as_of: Option<NaiveDate>,
    shop: Option<&str>,
) -> Result<Answer, Failure> {
    let shop = shop.map(|named| find::shop(desk, named)).transpose()?;
    let input = json!({
        "shop": shop,
        "table": table,
        "path": absolute(out)?,
        "asOf": as_of,
        "lang": desk.language().word(),
    });
    let answer = desk.call("export.table", input)?;
    let shown = desk.words.told("exported", &["rows", "path"].map(|it| (it, &answer[it])));
    Ok(Answer::new(answer, shown))
}

pub(super) fn find(desk: &Desk, wanted: &str) -> Result<Answer, Failure> {
    let answer = desk.call("search.find", json!({ "text": wanted }))?;
    let mut table = Table::new(&desk.words, &["kind", "title", "name", "", "id"]);
    for row in answer.as_array().into_iter().flatten() {
        table.row([
            desk.words.member("found", &row["kind"]),
            text(&row["title"]),
            desk.words.name(&row["name"]),
            text(&row["subtitle"]),
            text(&row["id"]),
        ]);
    }
    let shown = table.or(&desk.words.said("nothing found"));
    Ok(Answer::new(answer, shown))
}
