//! Bills besides the goods' price, and tax invoices.

use serde_json::{Value, json};

use crate::{
    Answer,
    args::{Bill, Invoice},
    desk::Desk,
    failure::Failure,
    find::{self, text},
    table::Table,
};

pub(super) fn run(desk: &Desk, bill: Bill) -> Result<Answer, Failure> {
    let Bill::Post { number, amount, basis, partner, dated, on, orders, lots, note } = bill else {
        return list(desk.reading()?);
    };
    let desk = desk.writing()?;
    let partner = partner.as_deref().map(|named| find::partner(desk, named)).transpose()?;
    let mut lot_ids = Vec::new();
    for lot in &lots {
        lot_ids.push(find::lot_named(desk, lot)?);
    }
    let input = json!({
        "number": number,
        "partner": partner,
        "datedOn": dated.unwrap_or(desk.today),
        "effectiveOn": on,
        "basis": basis,
        "amount": amount,
        "note": note,
        "lots": lot_ids,
        "orders": order_ids(desk, &orders)?,
    });
    Ok(super::posted(desk, "posted", desk.call("bill.post", input)?))
}

fn order_ids(desk: &Desk, orders: &[String]) -> Result<Vec<Value>, Failure> {
    orders.iter().map(|named| Ok(find::order(desk, named)?["id"].clone())).collect()
}

fn list(desk: &Desk) -> Result<Answer, Failure> {
    let rows = find::rows(desk, "bill.list")?;
    let mut table = Table::new(
        &desk.words,
        &["number", "partner", "dated", "basis", ">amount", "lots", "note"],
    );
    for row in &rows {
        let shares = row["shares"].as_array().into_iter().flatten();
        let shares = shares.map(|one| format!("{} {}", text(&one["lotNo"]), text(&one["amount"])));
        table.row([
            text(&row["number"]),
            text(&row["partner"]),
            text(&row["datedOn"]),
            desk.words.member("basis", &row["basis"]),
            text(&row["amount"]),
            shares.collect::<Vec<_>>().join(", "),
            text(&row["note"]),
        ]);
    }
    let shown = table.or(&desk.words.said("there are no bills"));
    Ok(Answer::new(rows.into(), shown))
}

pub(super) fn invoices(desk: &Desk, invoice: Invoice) -> Result<Answer, Failure> {
    let Invoice::Save { number, partner, date, net, tax, orders, plain } = invoice else {
        return list_invoices(desk.reading()?);
    };
    let desk = desk.writing()?;
    let input = json!({
        "number": number,
        "partner": find::partner(desk, &partner)?,
        "date": date.unwrap_or(desk.today),
        "kind": if plain { "plain" } else { "special" },
        "net": net,
        "tax": tax,
        "orders": order_ids(desk, &orders)?,
    });
    Ok(super::posted(desk, "recorded", desk.call("invoice.save", input)?))
}

fn list_invoices(desk: &Desk) -> Result<Answer, Failure> {
    let rows = find::rows(desk, "invoice.list")?;
    let mut table = Table::new(
        &desk.words,
        &["number", "partner", "dated", "kind", ">net", ">tax", ">gross", "orders"],
    );
    for row in &rows {
        let orders = row["orders"].as_array().into_iter().flatten().map(text);
        table.row([
            text(&row["number"]),
            text(&row["partner"]),
            text(&row["date"]),
            desk.words.member("invoice_kind", &row["kind"]),
            text(&row["net"]),
            text(&row["tax"]),
            text(&row["gross"]),
            orders.collect::<Vec<_>>().join(" "),
        ]);
    }
    let shown = table.or(&desk.words.said("there are no invoices"));
    Ok(Answer::new(rows.into(), shown))
}
