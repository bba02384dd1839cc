//! Our materials at factories, and the monthly statements of them.

use chrono::{Days, NaiveDate};
use serde_json::{Value, json};

use crate::{
    Answer,
    args::{Keeping, Material, Slip, Statement},
    desk::Desk,
    failure::Failure,
    find::{self, line_of, text},
    table::Table,
};

/// How far back slips are listed.
const YEAR_DAYS: u64 = 365;

pub(super) fn run(desk: &Desk, material: Material) -> Result<Answer, Failure> {
    match material {
        Material::Issue(given) => slip(desk.writing()?, &given, ("material.issue", "sent")),
        Material::Return(given) => {
            slip(desk.writing()?, &given, ("material.take_back", "took back"))
        }
        Material::Keep(given) => keep(desk.writing()?, &given, ("material.keep", "kept there")),
        Material::Draw(given) => keep(desk.writing()?, &given, ("material.draw", "drew")),
        Material::Slips { since } => slips(desk.reading()?, since),
        Material::AtFactories => at_factories(desk.reading()?),
    }
}

fn slip(desk: &Desk, slip: &Slip, (command, done): (&str, &str)) -> Result<Answer, Failure> {
    let mut lines = Vec::new();
    for line in &slip.lines {
        let (what, qty) = line_of(line)?;
        let (code, lot_no) = what.split_once('/').map_or((what, None), |(a, b)| (a, Some(b)));
        let material = find::sku(desk, code)?;
        let lot = lot_no.map(|lot_no| find::lot(desk, &material, lot_no)).transpose()?;
        lines.push(json!({ "material": material, "lot": lot, "qty": qty }));
    }
    let order = slip.order.as_deref().map(|named| find::order(desk, named)).transpose()?;
    let input = json!({
        "order": order.map(|row| row["id"].clone()),
        "warehouse": find::place(desk, &slip.warehouse)?,
        "factory": find::place(desk, &slip.factory)?,
        "day": slip.on,
        "lines": lines,
        "note": slip.note,
    });
    Ok(super::posted(desk, done, desk.call(command, input)?))
}

fn keep(desk: &Desk, given: &Keeping, (command, done): (&str, &str)) -> Result<Answer, Failure> {
    let mut lines = Vec::new();
    for line in &given.lines {
        let (code, qty) = line_of(line)?;
        lines.push(json!({ "material": find::sku(desk, code)?, "qty": qty }));
    }
    let order = find::order(desk, &given.order)?;
    let input = json!({ "id": order["id"], "day": given.on, "lines": lines, "note": given.note });
    Ok(super::posted(desk, done, desk.call(command, input)?))
}

fn slips(desk: &Desk, since: Option<NaiveDate>) -> Result<Answer, Failure> {
    let since = since.unwrap_or_else(|| desk.today - Days::new(YEAR_DAYS));
    let rows = desk.call("material.slips", json!({ "since": since }))?;
    let mut table =
        Table::new(&desk.words, &["slip", "day", "from", "to", "order", "goods", ">units", ""]);
    for row in rows.as_array().into_iter().flatten() {
        let undone = desk.words.said("undone");
        let undone = if row["reversed"] == true { undone } else { String::new() };
        let names = ["number", "day", "from", "to", "orderNumber", "goods", "qty"];
        let [slip, day, from, to, order, goods, units] = names.map(|name| text(&row[name]));
        table.row([slip, day, from, to, order, goods, units, undone]);
    }
    let shown = table.or(&desk.words.said("no slip since then"));
    Ok(Answer::new(rows, shown))
}

fn at_factories(desk: &Desk) -> Result<Answer, Failure> {
    let rows = find::rows(desk, "material.at_factories")?;
    let mut table = Table::new(
        &desk.words,
        &["place", "factory", "material", "name", "lot", ">units", ">for no order", ">missing"],
    );
    for row in &rows {
        let lots = row["lots"].as_array().into_iter().flatten();
        let lots = lots.map(|lot| format!("{} × {}", text(&lot["lotNo"]), text(&lot["qty"])));
        table.row([
            text(&row["placeCode"]),
            text(&row["factory"]),
            text(&row["code"]),
            desk.words.name(&row["name"]),
            lots.collect::<Vec<_>>().join(", "),
            text(&row["qty"]),
            text(&row["free"]),
            text(&row["suspense"]),
        ]);
    }
    let shown = table.or(&desk.words.said("nothing of ours lies at factories"));
    Ok(Answer::new(rows.into(), shown))
}

pub(super) fn statements(desk: &Desk, statement: Statement) -> Result<Answer, Failure> {
    match statement {
        Statement::List => list(desk.reading()?),
        Statement::Show { place, month } => show(desk.reading()?, &place, month),
        Statement::Save { place, month, state, counted, note } => {
            let desk = desk.writing()?;
            let input = json!({
                "place": find::place(desk, &place)?,
                "month": month,
                "state": state,
                "counted": counts(desk, &counted)?,
                "note": note,
            });
            Ok(super::posted(desk, "recorded", desk.call("statement.save", input)?))
        }
        Statement::Count { place, lines, on, reason } => {
            let desk = desk.writing()?;
            let input = json!({
                "place": find::place(desk, &place)?,
                "countedOn": on,
                "lines": counts(desk, &lines)?,
                "reason": reason,
            });
            Ok(super::posted(desk, "counted", desk.call("statement.count", input)?))
        }
    }
}

/// Counts like `BOX=5000`.
fn counts(desk: &Desk, lines: &[String]) -> Result<Vec<Value>, Failure> {
    let mut counts = Vec::new();
    for line in lines {
        let (code, counted) = line_of(line)?;
        counts.push(json!({ "material": find::sku(desk, code)?, "counted": counted }));
    }
    Ok(counts)
}

fn list(desk: &Desk) -> Result<Answer, Failure> {
    let rows = find::rows(desk, "statement.list")?;
    let mut table = Table::new(&desk.words, &["month", "place", "factory", "state", "note"]);
    for row in &rows {
        let names = ["month", "placeCode", "factory", "note"];
        let [month, place, factory, note] = names.map(|name| text(&row[name]));
        let state = desk.words.member("statement_state", &row["state"]);
        table.row([month, place, factory, state, note]);
    }
    let shown = table.or(&desk.words.said("no statement was recorded"));
    Ok(Answer::new(rows.into(), shown))
}

fn show(desk: &Desk, place: &str, month: NaiveDate) -> Result<Answer, Failure> {
    let input = json!({ "place": find::place(desk, place)?, "month": month });
    let answer = desk.call("statement.get", input)?;
    let mut table = Table::new(
        &desk.words,
        &[
            "material",
            ">opening",
            ">sent",
            ">delivered",
            ">used",
            ">returned",
            ">lost",
            ">by count",
            ">closing",
            ">beyond book",
            ">counted",
            ">difference",
        ],
    );
    for line in answer["lines"].as_array().into_iter().flatten() {
        let names = [
            "code",
            "opening",
            "sent",
            "directIn",
            "consumed",
            "returned",
            "loss",
            "countedOff",
            "closing",
            "suspense",
            "counted",
            "difference",
        ];
        table.row(names.map(|name| text(&line[name])));
    }
    let changed = desk.words.said("; the book has changed since");
    let changed = if answer["changed"] == true { changed } else { String::new() };
    let shown = format!(
        "{} {} {}{changed}\n{}",
        text(&answer["placeCode"]),
        text(&answer["month"]),
        desk.words.member("statement_state", &answer["state"]),
        table.or(&desk.words.said("nothing happened"))
    );
    Ok(Answer::new(answer, shown))
}
