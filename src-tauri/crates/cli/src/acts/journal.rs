//! The journal, and taking back what stands in it.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::{
    Answer,
    args::Undo,
    desk::Desk,
    failure::Failure,
    find::{self, text},
    table::Table,
};

pub(super) fn list(desk: &Desk, limit: u32) -> Result<Answer, Failure> {
    let answer = desk.call("journal.list", json!({ "offset": 0, "limit": limit }))?;
    let shown = entries(desk, &answer["rows"]).or(&desk.words.said("the journal is empty"));
    Ok(Answer::new(answer, shown))
}

fn entries(desk: &Desk, rows: &Value) -> Table {
    let mut table = Table::new(&desk.words, &[">no.", "day", "by", ">units", "what", "", "entry"]);
    for row in rows.as_array().into_iter().flatten() {
        let reversed = !row["reversedBy"].is_null();
        table.row([
            text(&row["position"]),
            text(&row["effectiveOn"]),
            text(&row["actor"]),
            text(&row["units"]),
            desk.words.of_json(&row["summary"]),
            if reversed { desk.words.said("taken back") } else { String::new() },
            text(&row["id"]),
        ]);
    }
    table
}

pub(super) fn undo(desk: &Desk, undo: &Undo) -> Result<Answer, Failure> {
    let desk = if undo.dry_run { desk.reading()? } else { desk.writing()? };
    let batch = undo.batch.as_deref().map(|named| find::batch(desk, named)).transpose()?;
    let entry = match (&batch, undo.entry.as_deref()) {
        (Some(_), _) => Value::Null,
        (None, Some(named)) => find::entry(desk, named)?,
        (None, None) => find::last_entry(desk)?,
    };
    if undo.dry_run {
        let answer = match &batch {
            Some(id) => desk.call("import.preview_take_back", json!({ "id": id }))?,
            None => desk.call("journal.preview", json!({ "id": entry }))?,
        };
        let shown = preview(desk, &answer);
        return Ok(Answer::new(answer, shown));
    }
    let answer = if let Some(id) = &batch {
        desk.call("import.take_back", json!({ "id": id }))?
    } else {
        let input = json!({ "entry": entry, "withBlocking": undo.with_blocking });
        desk.call("journal.reverse", input)?
    };
    Ok(super::posted(desk, "taken back", answer))
}

/// A place by its code, or one of those that the program keeps for itself by its word.
fn place(desk: &Desk, place: &Value) -> String {
    if place["kind"] == "virtual" {
        desk.words.member("place", &place["code"])
    } else {
        text(&place["code"])
    }
}

/// What undoing would do, or what stands in the way.
fn preview(desk: &Desk, answer: &Value) -> String {
    let mut shown = format!("{}\n", entries(desk, &answer["entries"]));
    let mut moves = Table::new(&desk.words, &["kind", "goods", "lot", ">units", "from", "to"]);
    for row in answer["moves"].as_array().into_iter().flatten() {
        moves.row([
            desk.words.member("kind", &row["kind"]),
            text(&row["skuCode"]),
            text(&row["lotNo"]),
            text(&row["qty"]),
            format!(
                "{} {}",
                place(desk, &row["from"]),
                desk.words.member("status", &row["fromStatus"])
            ),
            format!(
                "{} {}",
                place(desk, &row["to"]),
                desk.words.member("status", &row["toStatus"])
            ),
        ]);
    }
    shown.push_str(&moves.or(&desk.words.said("no goods would move")));
    let refused = desk.words.said("refused");
    for reason in answer["reasons"].as_array().into_iter().flatten() {
        let _ = write!(shown, "\n{refused}: {}", desk.words.of_json(reason));
    }
    let blocking = entries(desk, &answer["blockedBy"]);
    if !blocking.is_empty() {
        let _ = write!(shown, "\n{}:\n{blocking}", desk.words.said("in the way"));
    }
    shown
}
