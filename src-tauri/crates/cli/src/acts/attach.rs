//! Files of documents.

use serde_json::{Value, json};

use crate::{
    Answer,
    args::Attach,
    desk::{Desk, absolute},
    failure::Failure,
    find::{self, text},
    table::Table,
};

pub(super) fn run(desk: &Desk, attach: Attach) -> Result<Answer, Failure> {
    match attach {
        Attach::List { kind, document } => list(desk.reading()?, &kind, &document),
        Attach::Add { kind, document, file, for_all } => {
            let desk = desk.writing()?;
            let id = document_of(desk, &kind, &document)?;
            let path = absolute(&file)?;
            let input = json!({ "kind": kind, "id": id, "path": path, "forAll": for_all });
            Ok(super::posted(desk, "attached", desk.call("attachment.add", input)?))
        }
        Attach::Remove { kind, document, name } => {
            let desk = desk.writing()?;
            let id = document_of(desk, &kind, &document)?;
            let files = desk.call("attachment.list", json!({ "kind": kind, "id": id }))?;
            let mut found = files.as_array().into_iter().flatten();
            let file = found.find(|file| file["name"] == name.as_str());
            let file = file.ok_or_else(|| Failure::missing("attachment", &name))?;
            let input = json!({ "kind": kind, "id": id, "name": name, "sha256": file["sha256"] });
            Ok(super::posted(desk, "took off", desk.call("attachment.remove", input)?))
        }
    }
}

/// The id of a document that people name by number, code or id.
fn document_of(desk: &Desk, kind: &str, named: &str) -> Result<Value, Failure> {
    match kind {
        "order" => Ok(find::order(desk, named)?["id"].clone()),
        "transfer" => Ok(find::transfer(desk, named)?["id"].clone()),
        "sku" => find::sku(desk, named),
        "partner" => find::partner(desk, named),
        "lot" => find::lot_named(desk, named),
        "statement" => find::statement(desk, named),
        "offer" => find::record(desk, "offer.list", kind, named),
        "version" => find::record(desk, "version.list", kind, named),
        "bom" => find::record(desk, "bom.list", kind, named),
        "invoice" => find::record(desk, "invoice.list", kind, named),
        "bill" => find::record(desk, "bill.list", kind, named),
        _ => {
            let args = [("kind", kind.into())];
            Err(app::Error::refused("attachment.kind_unknown", args).into())
        }
    }
}

fn list(desk: &Desk, kind: &str, named: &str) -> Result<Answer, Failure> {
    let id = document_of(desk, kind, named)?;
    let answer = desk.call("attachment.list", json!({ "kind": kind, "id": id }))?;
    let mut table = Table::new(&desk.words, &["name", ">bytes", "file", ""]);
    for row in answer.as_array().into_iter().flatten() {
        let missing = desk.words.said("missing");
        let missing = if row["missing"] == true { missing } else { String::new() };
        table.row([text(&row["name"]), text(&row["bytes"]), text(&row["path"]), missing]);
    }
    let shown = table.or(&desk.words.said("no file is attached"));
    Ok(Answer::new(answer, shown))
}
