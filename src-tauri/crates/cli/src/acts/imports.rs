//! Tables read into the workspace: looked at, tried, applied.

use std::fmt::Write as _;

use std::path::Path;

use app::wire::Message;
use serde_json::{Value, json};

use crate::{
    Answer,
    args::ImportFile,
    desk::{Desk, absolute, text_of},
    failure::Failure,
    find::{self, text},
    table::Table,
};

/// How many problems of a table are printed.
const PROBLEMS_SHOWN: usize = 20;

pub(super) fn import(desk: &Desk, wanted: &ImportFile) -> Result<Answer, Failure> {
    let path = absolute(&wanted.file)?;
    if wanted.inspect || wanted.dry_run {
        desk.reading()?;
    } else {
        desk.writing()?;
    }
    let mut profile = match &wanted.profile {
        Some(file) => read_profile(file)?,
        None => suggested(desk, &path, wanted)?,
    };
    if let Some(place) = &wanted.place {
        profile["constants"]["place"] = json!(place);
    }
    if wanted.inspect {
        let shown = serde_json::to_string_pretty(&profile).unwrap_or_default();
        return Ok(Answer::new(profile, shown));
    }
    let input = json!({ "path": path, "profile": profile });
    if !wanted.dry_run {
        let answer = desk.call("import.apply", input)?;
        let done = [
            ("rows", &answer["report"]["rows"]),
            ("entries", &answer["entries"]),
            ("batch", &answer["batch"]),
        ];
        let shown = report(desk, &answer["report"]) + &desk.words.told("imported", &done);
        return Ok(Answer::new(answer, shown));
    }
    let answer = desk.call("import.dry_run", input)?;
    let rows = desk.words.told("would_import", &[("rows", &answer["rows"])]);
    let shown = report(desk, &answer) + &rows;
    let problems = answer["problems"].as_array().map(Vec::as_slice).unwrap_or_default();
    if problems.iter().any(|problem| problem["severity"] == "error") {
        return Err(refused(&answer).into());
    }
    Ok(Answer::new(answer, shown))
}

/// What a table with errors answers when it is tried: the same as when it is applied.
fn refused(report: &Value) -> app::Error {
    let problems = report["problems"].as_array().map(Vec::as_slice).unwrap_or_default();
    let errors = problems.iter().filter(|problem| problem["severity"] == "error");
    let details: Vec<Message> = errors
        .filter_map(|problem| {
            let mut message: Message = serde_json::from_value(problem["text"].clone()).ok()?;
            let cell = format!("{}{}", text(&problem["column"]), problem["row"]);
            let sheet = text(&problem["sheet"]);
            for (name, value) in
                [("sheet", sheet), ("cell", cell), ("value", text(&problem["value"]))]
            {
                message.args.insert(name.to_owned(), value.into());
            }
            Some(message)
        })
        .collect();
    let count = i64::try_from(details.len()).unwrap_or(i64::MAX);
    app::Error::refused("import.has_errors", [("count", count.into())]).with(details)
}

fn read_profile(file: &Path) -> Result<Value, Failure> {
    let text = text_of(file)?;
    let profile: Value =
        serde_json::from_str(&text).map_err(|error| Failure::bad_file(file, &error))?;
    // `import.inspect` answers the profile among other things; both are taken.
    Ok(if profile["profile"].is_object() { profile["profile"].clone() } else { profile })
}

fn suggested(desk: &Desk, path: &Path, wanted: &ImportFile) -> Result<Value, Failure> {
    let input = json!({ "path": path, "kind": wanted.kind, "sheet": wanted.sheet });
    let inspected = desk.call("import.inspect", input)?;
    Ok(inspected["profile"].clone())
}

/// What was found in a table, line by line.
fn report(desk: &Desk, report: &Value) -> String {
    let mut lines = String::new();
    for part in ["skipped", "effects"] {
        for message in report[part].as_array().into_iter().flatten() {
            let _ = writeln!(lines, "{}", desk.words.of_json(message));
        }
    }
    let problems = report["problems"].as_array().map(Vec::as_slice).unwrap_or_default();
    for problem in problems.iter().take(PROBLEMS_SHOWN) {
        let severity = json!(desk.words.said(&text(&problem["severity"])));
        let said = json!(desk.words.of_json(&problem["text"]));
        let found = [
            ("severity", &severity),
            ("sheet", &problem["sheet"]),
            ("row", &problem["row"]),
            ("column", &problem["column"]),
            ("said", &said),
            ("value", &problem["value"]),
        ];
        let _ = writeln!(lines, "{}", desk.words.told("row_of", &found));
    }
    lines
}

pub(super) fn list(desk: &Desk) -> Result<Answer, Failure> {
    let rows = find::rows(desk, "import.batches")?;
    let mut table =
        Table::new(&desk.words, &["batch", "on", "kind", ">rows", ">entries", "file", ""]);
    for row in &rows {
        table.row([
            text(&row["id"]),
            text(&row["appliedOn"]),
            desk.words.member("import_kind", &row["kind"]),
            text(&row["rows"]),
            text(&row["entries"]),
            text(&row["fileName"]),
            if row["takenBack"] == true { desk.words.said("taken back") } else { String::new() },
        ]);
    }
    let shown = table.or(&desk.words.said("nothing was imported"));
    Ok(Answer::new(rows.into(), shown))
}
