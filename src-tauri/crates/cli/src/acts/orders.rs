//! Production orders.

use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::{
    Answer,
    args::Order,
    desk::Desk,
    failure::Failure,
    find::{self, line_of, text},
    table::Table,
};

pub(super) fn run(desk: &Desk, order: Order) -> Result<Answer, Failure> {
    match order {
        Order::List => list(desk.reading()?),
        Order::Show { order } => show(desk.reading()?, &order),
        Order::Draft { factory, to, lines, by, tolerance, terms } => {
            let desk = desk.writing()?;
            let (goods, prices) = priced_lines(desk, &lines)?;
            let input = json!({
                "id": null,
                "factory": find::partner(desk, &factory)?,
                "deliverTo": find::place(desk, &to)?,
                "promisedOn": by,
                "overTolerancePpm": i64::from(tolerance) * 10_000,
                "lines": goods,
                "unitPrices": prices,
                "terms": terms,
            });
            let answer = desk.call("order.save", input)?;
            let shown = format!("drafted order {}", text(&answer["id"]));
            Ok(Answer::new(answer, shown))
        }
        Order::Issue { order } => step(desk, &order, "order.issue", json!({}), "issued"),
        Order::Accept { order, promised } => {
            step(desk, &order, "order.accept", json!({ "promisedOn": promised }), "accepted")
        }
        Order::Receive { order, lots, at, on, quarantine, reason } => {
            let into = Into { at, on, quarantine, reason };
            receive(desk.writing()?, &order, &lots, &into)
        }
        Order::Close { order, reason } => {
            step(desk, &order, "order.close", json!({ "reason": reason }), "closed")
        }
        Order::Cancel { order, reason } => {
            let row = find::order(desk.writing()?, &order)?;
            if row["state"] == "draft" {
                let answer = desk.call("order.discard", json!({ "id": row["id"] }))?;
                return Ok(Answer::new(answer, "thrown away"));
            }
            step(desk, &order, "order.cancel", json!({ "reason": reason }), "cancelled")
        }
    }
}

/// One step of an order: its id joins the other words of the input.
fn step(
    desk: &Desk,
    named: &str,
    command: &str,
    mut input: Value,
    done: &str,
) -> Result<Answer, Failure> {
    let row = find::order(desk.writing()?, named)?;
    input["id"] = row["id"].clone();
    Ok(super::posted(done, desk.call(command, input)?))
}

fn list(desk: &Desk) -> Result<Answer, Failure> {
    let rows = find::rows(desk, "order.list")?;
    let mut table = Table::new(
        &desk.words,
        &["number", "state", "factory", "promised", ">late", ">ordered", ">received", "goods"],
    );
    for row in &rows {
        let number = text(&row["number"]);
        table.row([
            if number.is_empty() { text(&row["id"]) } else { number },
            text(&row["state"]),
            text(&row["factoryName"]),
            text(&row["promisedOn"]),
            text(&row["lateDays"]),
            text(&row["ordered"]),
            text(&row["received"]),
            text(&row["goods"]),
        ]);
    }
    let shown = table.or("there are no orders");
    Ok(Answer::new(rows.into(), shown))
}

fn show(desk: &Desk, named: &str) -> Result<Answer, Failure> {
    let row = find::order(desk, named)?;
    let answer = desk.call("order.get", json!({ "id": row["id"] }))?;
    let mut lines = Table::new(&desk.words, &[">line", "goods", "name", ">ordered", ">received"]);
    for line in answer["lines"].as_array().into_iter().flatten() {
        lines.row([
            text(&line["line"]),
            text(&line["skuCode"]),
            desk.words.name(&line["skuName"]),
            text(&line["qty"]),
            text(&line["received"]),
        ]);
    }
    let mut receipts =
        Table::new(&desk.words, &["received", "at", "lot", "made", "expires", ">units", "status"]);
    for receipt in answer["receipts"].as_array().into_iter().flatten() {
        for line in receipt["lines"].as_array().into_iter().flatten() {
            receipts.row([
                text(&receipt["day"]),
                text(&receipt["place"]),
                text(&line["lotNo"]),
                text(&line["mfgOn"]),
                text(&line["expiresOn"]),
                text(&line["qty"]),
                text(&line["status"]),
            ]);
        }
    }
    let shown = format!(
        "{} {} {}\n{lines}\n{}",
        text(&row["number"]),
        text(&row["state"]),
        text(&row["factoryName"]),
        receipts.or("nothing was received")
    );
    Ok(Answer::new(answer, shown))
}

/// Lines like `SK001=5000@16.20`.
fn priced_lines(desk: &Desk, lines: &[String]) -> Result<(Vec<Value>, Vec<Value>), Failure> {
    let (mut goods, mut prices) = (Vec::new(), Vec::new());
    for line in lines {
        let (line, price) = line
            .rsplit_once('@')
            .ok_or_else(|| Failure::usage(format!("`{line}` has no price: SK001=5000@16.20")))?;
        let (sku, qty) = line_of(line)?;
        goods.push(json!({ "sku": find::sku(desk, sku)?, "qty": qty }));
        prices.push(json!(price));
    }
    Ok((goods, prices))
}

/// Where, when and as what goods are received.
struct Into {
    at: Option<String>,
    on: Option<NaiveDate>,
    quarantine: bool,
    reason: Option<String>,
}

fn receive(desk: &Desk, named: &str, lots: &[String], into: &Into) -> Result<Answer, Failure> {
    let row = find::order(desk, named)?;
    let place = match &into.at {
        Some(named) => find::place(desk, named)?,
        None => desk.call("order.get", json!({ "id": row["id"] }))?["deliverTo"].clone(),
    };
    let lines = lots.iter().map(|lot| delivered(lot)).collect::<Result<Vec<_>, _>>()?;
    let input = json!({
        "id": row["id"],
        "place": place,
        "receivedOn": into.on,
        "status": if into.quarantine { "quarantine" } else { "good" },
        "lines": lines,
        "reason": into.reason,
    });
    Ok(super::posted("received", desk.call("order.receive", input)?))
}

/// `[line:]lot=quantity[,made DAY][,expires DAY]`; lines count from 0 as the order shows them.
fn delivered(text: &str) -> Result<Value, Failure> {
    let mut parts = text.split(',');
    let (lot, qty) = line_of(parts.next().unwrap_or_default())?;
    let (line, lot_no) = match lot.split_once(':') {
        Some((line, lot)) => {
            let number = line.parse::<u32>();
            let wrong = |_| Failure::usage(format!("`{line}` is no number of a line"));
            (number.map_err(wrong)?, lot)
        }
        None => (0, lot),
    };
    let (mut made, mut expires) = (None, None);
    for part in parts {
        let wrong = || Failure::usage(format!("`{part}` is neither `made DAY` nor `expires DAY`"));
        let (word, day) = part.trim().split_once([' ', '=']).ok_or_else(wrong)?;
        let day: NaiveDate = day.trim().parse().map_err(|_| wrong())?;
        match word {
            "made" => made = Some(day),
            "expires" => expires = Some(day),
            _ => return Err(wrong()),
        }
    }
    Ok(json!({
        "line": line,
        "lotNo": lot_no,
        "mfgOn": made,
        "expiresOn": expires,
        "qty": qty,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_delivered_lot_is_read_with_its_dates() {
        let line = delivered("1:L2510A=3000,made 2026-09-20").expect("a good line");
        assert_eq!(line["line"], 1);
        assert_eq!(line["lotNo"], "L2510A");
        assert_eq!(line["qty"], 3000);
        assert_eq!(line["mfgOn"], "2026-09-20");
        assert!(delivered("L2510A").is_err());
        assert!(delivered("L2510A=3.5").is_err());
        assert!(delivered("L2510A=3,baked 2026-01-01").is_err());
    }
}
