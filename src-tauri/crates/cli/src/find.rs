//! From what people call things (codes, numbers, beginnings of ids) to ids.
//!
//! Knows which list holds which names. Refuses to guess: what fits twice is a wrong command line.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::{desk::Desk, failure::Failure};

/// How many characters of an id are enough to look for it.
const BEGINNING_MIN: usize = 4;

/// The rows of a list command.
pub(crate) fn rows(desk: &Desk, name: &str) -> Result<Vec<Value>, Failure> {
    match desk.call(name, Value::Null)? {
        Value::Array(rows) => Ok(rows),
        _ => Ok(Vec::new()),
    }
}

/// A field as text; nothing for what is not there.
pub(crate) fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The row that is called `named`, by its name or its id.
fn row_of(
    rows: Vec<Value>,
    what: &str,
    named: &str,
    name: impl Fn(&Value) -> String,
) -> Result<Value, Failure> {
    let exact = |row: &&Value| row["id"] == named || name(row).eq_ignore_ascii_case(named);
    if let Some(row) = rows.iter().find(exact) {
        return Ok(row.clone());
    }
    let named_lower = named.to_lowercase();
    let begins = |row: &Value| {
        named.len() >= BEGINNING_MIN
            && row["id"].as_str().is_some_and(|id| id.starts_with(&named_lower))
    };
    let mut found = rows.into_iter().filter(begins);
    match (found.next(), found.next()) {
        (Some(row), None) => Ok(row),
        (Some(_), Some(_)) => {
            Err(Failure::usage("ambiguous", [("what", what.into()), ("named", named.into())]))
        }
        _ => Err(Failure::missing(what, named)),
    }
}

fn id(row: &Value) -> Value {
    row["id"].clone()
}

fn code(row: &Value) -> String {
    text(&row["fields"]["code"])
}

/// The row of goods by code.
pub(crate) fn sku_row(desk: &Desk, named: &str) -> Result<Value, Failure> {
    row_of(rows(desk, "sku.list")?, "sku", named, code)
}

/// The id of goods by code.
pub(crate) fn sku(desk: &Desk, named: &str) -> Result<Value, Failure> {
    Ok(id(&sku_row(desk, named)?))
}

/// The id of a place by code.
pub(crate) fn place(desk: &Desk, named: &str) -> Result<Value, Failure> {
    Ok(id(&row_of(rows(desk, "location.list")?, "location", named, code)?))
}

/// The id of a partner by code.
pub(crate) fn partner(desk: &Desk, named: &str) -> Result<Value, Failure> {
    Ok(id(&row_of(rows(desk, "partner.list")?, "partner", named, code)?))
}

/// The row of an order by number.
pub(crate) fn order(desk: &Desk, named: &str) -> Result<Value, Failure> {
    row_of(rows(desk, "order.list")?, "order", named, |row| text(&row["number"]))
}

/// The id of a slip by number. Slips of all times are looked through.
pub(crate) fn slip(desk: &Desk, named: &str) -> Result<Value, Failure> {
    let answer = desk.call("material.slips", json!({ "since": "0001-01-01" }))?;
    let rows = answer.as_array().cloned().unwrap_or_default();
    Ok(id(&row_of(rows, "slip", named, |row| text(&row["number"]))?))
}

/// The id of a receipt's entry by a number like `PO-A-2026-0042-GR1`, or by its whole id.
pub(crate) fn receipt(desk: &Desk, named: &str) -> Result<Value, Failure> {
    entry_of_order(desk, ("receipt", named), "order.get", ("receipts", "number"))
}

/// The id of the decision that sent something back, by a number like `PO-A-2026-0042-RN1`, or by
/// its whole id.
pub(crate) fn return_note(desk: &Desk, named: &str) -> Result<Value, Failure> {
    entry_of_order(desk, ("return", named), "order.tracks", ("decisions", "returnNumber"))
}

/// The entry among the `list` of an order's answer whose `field` says `named`: the order's number
/// and a count behind the last dash.
fn entry_of_order(
    desk: &Desk,
    (what, named): (&str, &str),
    command: &str,
    (list, field): (&str, &str),
) -> Result<Value, Failure> {
    if let Ok(id) = named.parse::<Uuid>() {
        return Ok(json!(id));
    }
    let missing = || Failure::missing(what, named);
    let (order, _) = named.rsplit_once('-').ok_or_else(missing)?;
    let answer = desk.call(command, json!({ "id": self::order(desk, order)?["id"] }))?;
    let rows = answer[list].as_array().cloned().unwrap_or_default();
    let found = rows.iter().find(|row| text(&row[field]).eq_ignore_ascii_case(named));
    Ok(found.ok_or_else(missing)?["entry"].clone())
}

/// The id of the recorded statement of a place and month, `F1P/2026-07`.
pub(crate) fn statement(desk: &Desk, named: &str) -> Result<Value, Failure> {
    let name = |row: &Value| {
        let month = text(&row["month"]);
        format!("{}/{}", text(&row["placeCode"]), month.get(..7).unwrap_or_default())
    };
    Ok(id(&row_of(rows(desk, "statement.list")?, "statement", named, name)?))
}

/// The id of a paper of a partner or of a term by its number, where it has one, or its id; `list` is
/// the command that knows all of them.
pub(crate) fn record(desk: &Desk, list: &str, what: &str, named: &str) -> Result<Value, Failure> {
    if let Ok(id) = named.parse::<Uuid>() {
        return Ok(json!(id));
    }
    Ok(id(&row_of(rows(desk, list)?, what, named, |row| text(&row["number"]))?))
}

/// The row of a transfer by number.
pub(crate) fn transfer(desk: &Desk, named: &str) -> Result<Value, Failure> {
    row_of(rows(desk, "transfer.list")?, "transfer", named, |row| text(&row["number"]))
}

/// The id of a shop by code.
pub(crate) fn shop(desk: &Desk, named: &str) -> Result<Value, Failure> {
    Ok(id(&row_of(rows(desk, "shop.list")?, "shop", named, |row| text(&row["code"]))?))
}

/// The row of a channel by code.
pub(crate) fn channel(desk: &Desk, named: &str) -> Result<Value, Failure> {
    row_of(rows(desk, "channel.list")?, "channel", named, |row| text(&row["code"]))
}

/// The id of an import by the name of its file, if only one that stands bears it.
pub(crate) fn batch(desk: &Desk, named: &str) -> Result<Value, Failure> {
    let mut standing = rows(desk, "import.batches")?;
    standing.retain(|row| row["takenBack"] != true || row["id"] == named);
    let bearing =
        standing.iter().filter(|row| row["fileName"] == named).map(|_| 1_i64).sum::<i64>();
    if bearing > 1 {
        return Err(Failure::usage(
            "many_imports",
            [("count", bearing.into()), ("named", named.into())],
        ));
    }
    Ok(id(&row_of(standing, "batch", named, |row| text(&row["fileName"]))?))
}

/// The id of an entry by its position in the journal.
pub(crate) fn entry(desk: &Desk, named: &str) -> Result<Value, Failure> {
    if let Ok(id) = named.parse::<Uuid>() {
        return Ok(json!(id));
    }
    let position: i64 =
        named.parse().map_err(|_| Failure::usage("no_entry", [("named", named.into())]))?;
    let found = entry_where(desk, |row| row["position"] == position)?;
    found.ok_or_else(|| Failure::missing("entry", named))
}

/// The id of the newest entry that undoing can still take back.
pub(crate) fn last_entry(desk: &Desk) -> Result<Value, Failure> {
    let stands = |row: &Value| row["reversedBy"].is_null() && row["reverses"].is_null();
    entry_where(desk, stands)?.ok_or_else(|| Failure::missing("entry", "--last"))
}

fn entry_where(desk: &Desk, wanted: impl Fn(&Value) -> bool) -> Result<Option<Value>, Failure> {
    let mut offset = 0;
    loop {
        let page = desk.call("journal.list", json!({ "offset": offset, "limit": 500 }))?;
        let rows = page["rows"].as_array().map(Vec::as_slice).unwrap_or_default();
        if let Some(row) = rows.iter().find(|row| wanted(row)) {
            return Ok(Some(id(row)));
        }
        if rows.is_empty() {
            return Ok(None);
        }
        offset += rows.len();
    }
}

/// The rows of stock, all pages.
pub(crate) fn stock(desk: &Desk, open: Value) -> Result<(Value, Vec<Value>), Failure> {
    let view = desk.call("stock.open", open)?;
    let mut rows = Vec::new();
    loop {
        let page = json!({ "view": view["view"], "offset": rows.len(), "limit": 500 });
        match desk.call("stock.page", page)? {
            Value::Array(page) if !page.is_empty() => rows.extend(page),
            _ => return Ok((view, rows)),
        }
    }
}

/// The lot of that number among the lots of goods, or one of that number that is used up.
pub(crate) fn lot(desk: &Desk, sku: &Value, lot_no: &str) -> Result<Value, Failure> {
    let card = desk.call("sku.get", json!({ "id": sku }))?;
    let lots = card["lots"].as_array().cloned().unwrap_or_default();
    match row_of(lots, "lot", lot_no, |row| text(&row["lotNo"])) {
        Ok(row) => Ok(id(&row)),
        Err(gone) => used_up(desk, sku, lot_no)?.ok_or(gone),
    }
}

/// The lot of that number of which nothing is left.
fn used_up(desk: &Desk, sku: &Value, lot_no: &str) -> Result<Option<Value>, Failure> {
    let found = desk.call("search.find", json!({ "text": lot_no }))?;
    let found = found.as_array().cloned().unwrap_or_default();
    for one in found.iter().filter(|one| one["kind"] == "lot" && one["title"] == lot_no) {
        let card = desk.call("lot.get", json!({ "id": one["id"] }))?;
        if card["lot"]["sku"] == *sku {
            return Ok(Some(one["id"].clone()));
        }
    }
    Ok(None)
}

/// `SK001/L2503A` as goods and the number of a lot.
pub(crate) fn goods_and_lot(named: &str) -> Result<(&str, &str), Failure> {
    named.split_once('/').ok_or_else(|| Failure::form(named, "SK001/L2503A"))
}

/// The id of a lot by its goods and number, or by its whole id.
pub(crate) fn lot_named(desk: &Desk, named: &str) -> Result<Value, Failure> {
    if let Ok(id) = named.parse::<Uuid>() {
        return Ok(json!(id));
    }
    let (code, lot_no) = goods_and_lot(named)?;
    lot(desk, &sku(desk, code)?, lot_no)
}

/// A line like `L2503A=720`: what is before the sign, and the whole number behind it.
pub(crate) fn line_of(text: &str) -> Result<(&str, i64), Failure> {
    let (what, qty) =
        text.split_once('=').ok_or_else(|| Failure::form(text, "L2503A=720, BOX=720"))?;
    let qty = qty.trim().parse();
    let qty = qty.map_err(|_| Failure::usage("whole_number", [("given", text.into())]))?;
    Ok((what.trim(), qty))
}
