//! Offers, versions and bills of materials: kept as JSON, with codes in the place of ids.

use std::fmt::Write as _;

use std::path::Path;

use serde_json::{Value, json};

use super::order_drafts;
use crate::{
    Answer,
    args::{Kept, Offer},
    desk::{Desk, text_of},
    failure::Failure,
    find::{self, text},
    table::Table,
    words::percent,
};

fn given(file: &Path) -> Result<Value, Failure> {
    let text = text_of(file)?;
    serde_json::from_str(&text).map_err(|error| Failure::bad_file(file, &error))
}

/// Replaces the code in a field by the id of what bears it.
fn resolved(
    record: &mut Value,
    field: &str,
    find: impl FnOnce(&str) -> Result<Value, Failure>,
) -> Result<(), Failure> {
    if let Some(named) = record[field].as_str().map(str::to_owned) {
        record[field] = find(&named)?;
    }
    Ok(())
}

pub(super) fn offers(desk: &Desk, offer: Offer) -> Result<Answer, Failure> {
    match offer {
        Offer::List => list_offers(desk.reading()?),
        Offer::Save { file } => {
            let mut record = given(&file)?;
            let desk = desk.writing()?;
            resolved(&mut record["fields"], "partner", |named| find::partner(desk, named))?;
            resolved(&mut record["fields"], "sku", |named| find::sku(desk, named))?;
            Ok(super::posted(desk, "kept", desk.call("offer.save", record)?))
        }
        Offer::Quote { partner, sku, qty } => quote(desk.reading()?, (&partner, &sku), qty),
    }
}

fn list_offers(desk: &Desk) -> Result<Answer, Failure> {
    let mut rows = find::rows(desk, "offer.list")?;
    let prices = find::rows(desk, "offer.prices")?;
    let mut table = Table::new(
        &desk.words,
        &["id", "partner", "goods", "from units", "price", ">tax", ">least", ">step", "from", "to"],
    );
    for row in &mut rows {
        if let Some(known) = prices.iter().find(|one| one["id"] == row["id"]) {
            row["unitPrices"] = known["unitPrices"].clone();
        }
        let fields = &row["fields"];
        let all = |list: &Value| {
            list.as_array().into_iter().flatten().map(text).collect::<Vec<_>>().join(" / ")
        };
        table.row([
            text(&row["id"]),
            text(&row["partnerName"]),
            text(&row["skuCode"]),
            all(&fields["tiersFrom"]),
            all(&row["unitPrices"]),
            fields["taxRatePpm"].as_i64().map(percent).unwrap_or_default(),
            text(&fields["moq"]),
            text(&fields["multiple"]),
            text(&fields["from"]),
            text(&fields["to"]),
        ]);
    }
    let shown = table.or(&desk.words.said("there are no offers"));
    Ok(Answer::new(rows.into(), shown))
}

fn quote(desk: &Desk, (partner, sku): (&str, &str), qty: i64) -> Result<Answer, Failure> {
    let (partner, sku_id) = (find::partner(desk, partner)?, find::sku(desk, sku)?);
    let input = json!({ "partner": partner, "sku": sku_id, "qty": qty });
    let answer = desk.call("offer.quote", input)?;
    let first = &answer["offer"]["tiersFrom"][0];
    let (sku, wanted) = (json!(sku), json!(qty));
    let asked = [("sku", &sku), ("qty", &wanted), ("first", first)];
    let mut shown = if answer["offer"].is_null() {
        desk.words.told("no_offer", &asked)
    } else if answer["unitPrice"].is_null() {
        desk.words.told("below_tier", &asked)
    } else {
        format!("{qty} × {} = {}", text(&answer["unitPrice"]), text(&answer["total"]))
    };
    let orderable = &answer["orderable"];
    if orderable.as_i64().is_some_and(|units| units != qty) {
        let _ = write!(shown, "\n{}", desk.words.told("orderable", &[("qty", orderable)]));
    }
    for said in order_drafts::said_of(desk, &answer) {
        let _ = write!(shown, "\n{said}");
    }
    Ok(Answer::new(answer, shown))
}

pub(super) fn boms(desk: &Desk, kept: Kept) -> Result<Answer, Failure> {
    let Kept::Save { file } = kept else { return list_boms(desk.reading()?) };
    let mut record = given(&file)?;
    let desk = desk.writing()?;
    resolved(&mut record, "sku", |named| find::sku(desk, named))?;
    resolved(&mut record, "factory", |named| find::partner(desk, named))?;
    for line in record["lines"].as_array_mut().into_iter().flatten() {
        resolved(line, "material", |named| find::sku(desk, named))?;
    }
    Ok(super::posted(desk, "kept", desk.call("bom.save", record)?))
}

fn list_boms(desk: &Desk) -> Result<Answer, Failure> {
    let rows = find::rows(desk, "bom.list")?;
    let skus = find::rows(desk, "sku.list")?;
    let partners = find::rows(desk, "partner.list")?;
    let code = |rows: &[Value], id: &Value| {
        let row = rows.iter().find(|row| row["id"] == *id);
        row.map(|row| text(&row["fields"]["code"])).unwrap_or_default()
    };
    let mut table = Table::new(
        &desk.words,
        &[
            "id",
            "goods",
            "factory",
            "material",
            ">per 1000",
            ">allowed",
            "supplied by",
            "from",
            "to",
        ],
    );
    for row in &rows {
        for line in row["lines"].as_array().into_iter().flatten() {
            table.row([
                text(&row["id"]),
                code(&skus, &row["sku"]),
                code(&partners, &row["factory"]),
                code(&skus, &line["material"]),
                text(&line["per1000"]),
                line["allowancePpm"].as_i64().map(percent).unwrap_or_default(),
                desk.words.member("supplied_by", &line["suppliedBy"]),
                text(&row["from"]),
                text(&row["to"]),
            ]);
        }
    }
    let shown = table.or(&desk.words.said("there are no bills of materials"));
    Ok(Answer::new(rows.into(), shown))
}

pub(super) fn versions(desk: &Desk, kept: Kept) -> Result<Answer, Failure> {
    if let Kept::Save { file } = kept {
        let mut record = given(&file)?;
        let desk = desk.writing()?;
        resolved(&mut record, "sku", |named| find::sku(desk, named))?;
        return Ok(super::posted(desk, "kept", desk.call("version.save", record)?));
    }
    let desk = desk.reading()?;
    let rows = find::rows(desk, "version.list")?;
    let skus = find::rows(desk, "sku.list")?;
    let mut table = Table::new(
        &desk.words,
        &["id", "goods", "artwork", "registration", "from", "to", "old stock"],
    );
    for row in &rows {
        let sku = skus.iter().find(|sku| sku["id"] == row["sku"]);
        table.row([
            text(&row["id"]),
            sku.map(|sku| text(&sku["fields"]["code"])).unwrap_or_default(),
            text(&row["artworkNo"]),
            text(&row["registrationNo"]),
            text(&row["from"]),
            text(&row["to"]),
            desk.words.member("old_stock", &row["oldStock"]),
        ]);
    }
    let shown = table.or(&desk.words.said("there are no versions"));
    Ok(Answer::new(rows.into(), shown))
}
