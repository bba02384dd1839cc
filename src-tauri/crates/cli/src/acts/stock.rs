//! Goods on hand.

use serde_json::{Value, json};

use crate::{
    Answer,
    args::Stock,
    desk::Desk,
    failure::Failure,
    find::{self, text},
    table::Table,
    words::percent,
};

/// Stock, grouped as asked; the answer is `{view, rows}`.
pub(super) fn stock(desk: &Desk, wanted: Stock) -> Result<Answer, Failure> {
    let mut by = Vec::new();
    for word in &wanted.by {
        by.push(match word.trim() {
            "location" => "place",
            known @ ("sku" | "lot" | "place" | "status") => known,
            other => {
                let words = "sku, lot, location, status";
                let args = [("given", other.into()), ("words", words.into())];
                return Err(Failure::usage("none_of", args));
            }
        });
    }
    let sku = wanted.sku.map(|named| find::sku(desk, &named)).transpose()?;
    let place = wanted.place.map(|named| find::place(desk, &named)).transpose()?;
    let open = json!({
        "asOf": wanted.as_of,
        "by": by,
        "filter": wanted.filter,
        "sku": sku,
        "place": place,
        "status": wanted.status,
        "sort": { "column": "sku", "descending": false },
    });
    let (view, rows) = find::stock(desk, open)?;
    let whole = [("units", &view["total"]), ("day", &view["asOf"])];
    let shown = table(desk, &rows, &by).or("") + &desk.words.told("units_at_end", &whole);
    Ok(Answer::new(json!({ "view": view, "rows": rows }), shown))
}

fn table(desk: &Desk, rows: &[Value], by: &[&str]) -> Table {
    let mut heads: Vec<&'static str> = Vec::new();
    for column in by {
        heads.extend_from_slice(match *column {
            "sku" => &["goods", "name"][..],
            "lot" => &["lot", "expires", ">life left"],
            "place" => &["place"],
            _ => &["status"],
        });
    }
    heads.extend_from_slice(&[">units", ">reserved"]);
    let mut table = Table::new(&desk.words, &heads);
    for row in rows {
        let mut cells = Vec::new();
        for column in by {
            match *column {
                "sku" => cells.extend([text(&row["skuCode"]), desk.words.name(&row["skuName"])]),
                "lot" => {
                    let share = row["sharePpm"].as_i64().map(percent).unwrap_or_default();
                    cells.extend([text(&row["lotNo"]), text(&row["expiresOn"]), share]);
                }
                "place" => cells.push(place(row)),
                _ => cells.push(desk.words.member("status", &row["status"])),
            }
        }
        cells.extend([text(&row["qty"]), text(&row["reserved"])]);
        table.cells(cells);
    }
    table
}

/// Where goods lie; of goods on a transfer, between which places.
fn place(row: &Value) -> String {
    let (code, way) = (text(&row["placeCode"]), &row["way"]);
    if way.is_null() {
        return code;
    }
    format!("{code} {} → {}", text(&way["from"]), text(&way["to"]))
}
