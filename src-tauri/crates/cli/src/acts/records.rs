//! Master data: goods, places, partners.

use std::path::Path;

use serde_json::{Value, json};

use crate::{
    Answer,
    args::{Partners, Records},
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
    let shown = table.or(&desk.words.said("there are no goods"));
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
            desk.words.member("place_kind", &fields["kind"]),
            if fields["sells"] == true { desk.words.said("yes") } else { String::new() },
            text(&fields["liveFrom"]),
            text(&row["onHand"]),
        ]);
    }
    let shown = table.or(&desk.words.said("there are no places"));
    Ok(Answer::new(rows.into(), shown))
}

pub(super) fn partners(desk: &Desk, partners: Partners) -> Result<Answer, Failure> {
    match partners {
        Partners::List => {}
        Partners::Save { file } => return save(desk, &file, ("partner.list", "partner.save")),
        Partners::Bank { partner, bank, holder, number } => {
            let given = [("bank", bank), ("holder", holder), ("number", number)];
            return bank_account(desk, &partner, given);
        }
    }
    let rows = find::rows(desk.reading()?, "partner.list")?;
    let mut table = Table::new(&desk.words, &["code", "name", "kind", ">open orders"]);
    for row in &rows {
        let fields = &row["fields"];
        table.row([
            text(&fields["code"]),
            text(&fields["name"]),
            desk.words.member("partner_kind", &fields["kind"]),
            text(&row["openOrders"]),
        ]);
    }
    let shown = table.or(&desk.words.said("there are no partners"));
    Ok(Answer::new(rows.into(), shown))
}

/// Where a partner is paid, changed where something is given.
fn bank_account(
    desk: &Desk,
    partner: &str,
    given: [(&str, Option<String>); 3],
) -> Result<Answer, Failure> {
    let changed = given.iter().any(|(_, text)| text.is_some());
    let desk = if changed { desk.writing()? } else { desk.reading()? };
    let partner = find::partner(desk, partner)?;
    let known = find::rows(desk, "partner.banks")?;
    let mut account = known
        .into_iter()
        .find(|row| row["partner"] == partner)
        .unwrap_or_else(|| json!({ "partner": partner, "bank": "", "holder": "", "number": "" }));
    if changed {
        for (name, text) in given {
            if let Some(text) = text {
                account[name] = text.into();
            }
        }
        return Ok(super::posted(desk, "kept", desk.call("partner.save_bank", account)?));
    }
    let cells = ["bank", "holder", "number"].map(|name| text(&account[name]));
    let mut table = Table::new(&desk.words, &["bank", "account name", "account number"]);
    if cells.iter().any(|cell| !cell.is_empty()) {
        table.row(cells);
    }
    let shown = table.or(&desk.words.said("no account is known"));
    Ok(Answer::new(account, shown))
}

/// Keeps one record, or each of an array: the record of the same code is changed, field by field.
fn save(desk: &Desk, file: &Path, (list, keep): (&str, &str)) -> Result<Answer, Failure> {
    let text_of_file = text_of(file)?;
    let given: Value =
        serde_json::from_str(&text_of_file).map_err(|error| Failure::bad_file(file, &error))?;
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
    let kept = desk.words.told("kept_codes", &[("codes", &json!(codes.join(", ")))]);
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
