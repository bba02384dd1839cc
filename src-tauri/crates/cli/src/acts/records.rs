//! Master data: goods, places, partners.

use std::path::Path;

use serde_json::{Value, json};

use crate::{
    Answer,
    args::Records,
    desk::{Desk, text_of},
    failure::Failure,
    find::{self, text},
    table::Table,
};

pub(super) fn goods(desk: &Desk, records: Records) -> Result<Answer, Failure> {
    if let Records::Save { file } = records {
        return save(desk, &file, ("sku.list", "sku.save"));
    }
    let rows = find::rows(desk.reading()?, "sku.list")?;
    let mut table = Table::new(
        &desk.words,
        &[
            "code",
            "name",
            "category",
            ">carton",
            ">on hand",
            ">on the way",
            ">sold 28 d",
            ">cover days",
            "next expiry",
        ],
    );
    for row in &rows {
        let fields = &row["fields"];
        let (zh, en) = (text(&fields["nameZh"]), text(&fields["nameEn"]));
        table.row([
            text(&fields["code"]),
            if zh.is_empty() { en } else { zh },
            text(&fields["category"]),
            text(&fields["carton"]["units"]),
            text(&row["onHand"]),
            text(&row["inTransit"]),
            text(&row["sold28"]),
            text(&row["coverDays"]),
            text(&row["nextExpiry"]),
        ]);
    }
    let shown = table.or("there are no goods");
    Ok(Answer::new(rows.into(), shown))
}

pub(super) fn places(desk: &Desk, records: Records) -> Result<Answer, Failure> {
    if let Records::Save { file } = records {
        return save(desk, &file, ("location.list", "location.save"));
    }
    let rows = find::rows(desk.reading()?, "location.list")?;
    let mut table =
        Table::new(&desk.words, &["code", "name", "kind", "sells", "live from", ">on hand"]);
    for row in &rows {
        let fields = &row["fields"];
        table.row([
            text(&fields["code"]),
            text(&fields["name"]),
            text(&fields["kind"]),
            if fields["sells"] == true { "yes".into() } else { String::new() },
            text(&fields["liveFrom"]),
            text(&row["onHand"]),
        ]);
    }
    let shown = table.or("there are no places");
    Ok(Answer::new(rows.into(), shown))
}

pub(super) fn partners(desk: &Desk, records: Records) -> Result<Answer, Failure> {
    if let Records::Save { file } = records {
        return save(desk, &file, ("partner.list", "partner.save"));
    }
    let rows = find::rows(desk.reading()?, "partner.list")?;
    let mut table = Table::new(&desk.words, &["code", "name", "kind", ">open orders"]);
    for row in &rows {
        let fields = &row["fields"];
        table.row([
            text(&fields["code"]),
            text(&fields["name"]),
            text(&fields["kind"]),
            text(&row["openOrders"]),
        ]);
    }
    let shown = table.or("there are no partners");
    Ok(Answer::new(rows.into(), shown))
}

/// Keeps one record, or each of an array: the record of the same code is changed, field by field.
fn save(desk: &Desk, file: &Path, (list, keep): (&str, &str)) -> Result<Answer, Failure> {
    let text_of_file = text_of(file)?;
    let given: Value = serde_json::from_str(&text_of_file)
        .map_err(|error| Failure::usage(format!("{}: {error}", file.display())))?;
    let (records, several) = match given {
        Value::Array(records) => (records, true),
        one => (vec![one], false),
    };
    let mut rows = find::rows(desk.writing()?, list)?;
    let (mut inputs, mut codes) = (Vec::new(), Vec::new());
    for mut record in records {
        resolved(desk, &mut record)?;
        let known = rows.iter_mut().find(|row| row["fields"]["code"] == record["code"]);
        let (id, mut fields) = match known {
            Some(row) => (row["id"].take(), row["fields"].take()),
            None => (Value::Null, json!({})),
        };
        for (name, value) in record.as_object().into_iter().flatten() {
            fields[name] = value.clone();
        }
        codes.push(text(&fields["code"]));
        inputs.push(json!({ "id": id, "fields": fields }));
    }
    let kept = format!("kept {}", codes.join(", "));
    if several && keep == "sku.save" {
        // All of them or none.
        return Ok(Answer::new(desk.call("sku.save_all", json!({ "goods": inputs }))?, kept));
    }
    let answers = inputs.into_iter().map(|input| desk.call(keep, input));
    Ok(Answer::new(answers.collect::<Result<Vec<_>, _>>()?.into(), kept))
}

/// Puts ids in the place of codes: of a set's parts and of a place's partner.
fn resolved(desk: &Desk, record: &mut Value) -> Result<(), Failure> {
    let code = |value: &Value| value.as_str().map(str::to_owned);
    if let Some(named) = record.get("partner").and_then(code) {
        record["partner"] = find::partner(desk, &named)?;
    }
    if let Some(parts) = record.get_mut("parts").and_then(Value::as_array_mut) {
        for part in parts {
            if let Some(named) = part.get("sku").and_then(code) {
                part["sku"] = find::sku(desk, &named)?;
            }
        }
    }
    Ok(())
}
