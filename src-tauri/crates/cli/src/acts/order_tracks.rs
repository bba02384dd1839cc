//! How an order stands: its tracks, its money, its cost.

use serde_json::{Value, json};

use crate::{
    Answer,
    desk::Desk,
    failure::Failure,
    find::{self, line_of, text},
    table::Table,
};

fn rows<'a>(answer: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    answer[name].as_array().into_iter().flatten()
}

/// The line of a receipt that stands and brought the lot of that number.
fn received<'a>(card: &'a Value, lot_no: &str) -> Result<&'a Value, Failure> {
    let standing = rows(card, "receipts").filter(|receipt| receipt["reversed"] != true);
    let mut lines = standing.flat_map(|receipt| rows(receipt, "lines"));
    let line = lines.find(|line| line["lotNo"] == lot_no);
    line.ok_or_else(|| Failure::missing("lot", lot_no))
}

/// The lot of that number among those that came on an order.
pub(super) fn lot_of(desk: &Desk, order: &Value, lot_no: &str) -> Result<Value, Failure> {
    let card = desk.call("order.get", json!({ "id": order }))?;
    Ok(received(&card, lot_no)?["lot"].clone())
}

/// Decides about lots of an order, each as `lot=quantity`.
pub(super) fn decide(
    desk: &Desk,
    (named, at): (&str, Option<&str>),
    lots: &[String],
    decided: &Value,
    mut input: Value,
) -> Result<Answer, Failure> {
    let row = find::order(desk, named)?;
    let card = desk.call("order.get", json!({ "id": row["id"] }))?;
    let mut lines = Vec::new();
    for lot in lots {
        let (lot_no, qty) = line_of(lot)?;
        let known = received(&card, lot_no)?;
        let mut line = decided.clone();
        line["line"] = known["line"].clone();
        line["lot"] = known["lot"].clone();
        line["qty"] = json!(qty);
        lines.push(line);
    }
    input["id"] = row["id"].clone();
    input["place"] = match at {
        Some(named) => find::place(desk, named)?,
        None => card["deliverTo"].clone(),
    };
    input["lines"] = lines.into();
    Ok(super::posted("decided", desk.call("order.decide", input)?))
}

/// Our materials on the order: sent, used, left, lost.
fn materials_of(desk: &Desk, answer: &Value) -> Table {
    let mut materials = Table::new(
        &desk.words,
        &[
            "material",
            ">to send",
            ">sent",
            ">returned",
            ">in goods",
            ">at factory",
            ">left",
            ">for no order",
            ">missing",
            ">allowed",
            ">claimed",
        ],
    );
    for one in rows(answer, "materials") {
        let names = [
            "code",
            "toIssue",
            "issued",
            "returned",
            "held",
            "atFactory",
            "left",
            "free",
            "missing",
            "allowed",
            "claimed",
        ];
        materials.row(names.map(|name| text(&one[name])));
    }
    materials
}

pub(super) fn tracks(desk: &Desk, named: &str) -> Result<Answer, Failure> {
    let row = find::order(desk, named)?;
    let answer = desk.call("order.tracks", json!({ "id": row["id"] }))?;
    let mut steps = Table::new(&desk.words, &["step", "planned", "reached"]);
    for one in rows(&answer, "milestones") {
        steps.row(["milestone", "plannedOn", "reachedOn"].map(|name| text(&one[name])));
    }
    let materials = materials_of(desk, &answer);
    let mut waiting = Table::new(&desk.words, &["lot", "place", "status", ">units"]);
    for one in rows(&answer, "waiting") {
        waiting.row(["lotNo", "placeCode", "status", "qty"].map(|name| text(&one[name])));
    }
    let mut decisions = Table::new(
        &desk.words,
        &["day", "lot", ">units", "decision", "settled by", "reason", "return"],
    );
    for one in rows(&answer, "decisions") {
        let names = ["day", "lotNo", "qty", "decision", "settleBy", "reason", "returnNumber"];
        decisions.row(names.map(|name| text(&one[name])));
    }
    let shown = format!(
        "{} {}\n{}\n{}\n{}\n{}",
        text(&row["number"]),
        text(&answer["phase"]),
        steps.or("no step is planned"),
        materials.or("no material goes into it"),
        waiting.or("nothing waits for a decision"),
        decisions.or("nothing was decided")
    );
    Ok(Answer::new(answer, shown))
}

/// A number that the core counts from 0, as people count it.
fn counted(value: &Value) -> String {
    value.as_i64().map(|number| (number + 1).to_string()).unwrap_or_default()
}

pub(super) fn account(desk: &Desk, named: &str) -> Result<Answer, Failure> {
    let row = find::order(desk, named)?;
    let answer = desk.call("order.account", json!({ "id": row["id"] }))?;
    let mut dues = Table::new(
        &desk.words,
        &[">term", ">shipment", ">amount", "due", ">paid", ">set off", ">open", "state"],
    );
    for due in rows(&answer, "dues") {
        dues.row([
            counted(&due["term"]),
            counted(&due["shipment"]),
            text(&due["amount"]),
            text(&due["dueOn"]),
            text(&due["paid"]),
            text(&due["setOff"]),
            text(&due["open"]),
            text(&due["state"]),
        ]);
    }
    let mut payments = Table::new(&desk.words, &["day", ">term", ">amount", "note"]);
    for one in rows(&answer, "payments") {
        let term = counted(&one["term"]);
        payments.row([text(&one["day"]), term, text(&one["amount"]), text(&one["note"])]);
    }
    let claims = claims(desk, &answer["claims"]);
    let some = [
        ("prepaid", "prepaid"),
        ("refund due", "refundDue"),
        ("forfeited", "forfeited"),
        ("invoiced beyond what is payable", "overInvoiced"),
    ];
    let some = some.map(|(told, name)| (told, text(&answer[name])));
    let some =
        some.iter().filter(|(_, amount)| amount.chars().any(|sign| ('1'..='9').contains(&sign)));
    let some = some.fold(String::new(), |text, (told, amount)| text + ", " + told + " " + amount);
    let shown = format!(
        "{} {}: net {}, tax {}, payable {}, paid {}, open {}, not invoiced {}{some}\n{}\n{}\n{claims}",
        text(&row["number"]),
        text(&answer["currency"]),
        text(&answer["net"]),
        text(&answer["tax"]),
        text(&answer["payable"]),
        text(&answer["paid"]),
        text(&answer["open"]),
        text(&answer["notInvoiced"]),
        dues.or("nothing is due"),
        payments.or("nothing was paid")
    );
    Ok(Answer::new(answer, shown))
}

/// What is claimed of the factory and what became of it; nothing when there is no claim.
fn claims(desk: &Desk, claims: &Value) -> String {
    let mut claimed =
        Table::new(&desk.words, &["claimed", "lot", "kind", ">units", ">open", ">cost"]);
    for one in rows(claims, "rows") {
        let of = if one["inGoods"] == true { "credited goods" } else { "material lost" };
        let [code, lot, units, open, amount] =
            ["code", "lotNo", "units", "open", "amount"].map(|name| text(&one[name]));
        claimed.row([code, lot, of.to_owned(), units, open, amount]);
    }
    let mut decided = Table::new(&desk.words, &["day", "decision", ">amount", "note"]);
    for one in rows(claims, "decisions") {
        decided.row(["day", "end", "amount", "note"].map(|name| text(&one[name])));
    }
    let open = if claims["open"] == true { "not decided: `pincang order claim`\n" } else { "" };
    [claimed.or(""), decided.or(""), open.to_owned()].concat()
}

pub(super) fn payables(desk: &Desk) -> Result<Answer, Failure> {
    let rows = find::rows(desk, "order.payables")?;
    let mut table =
        Table::new(&desk.words, &["number", "partner", ">term", ">open", "due", ">late", "state"]);
    for row in &rows {
        let due = &row["due"];
        table.row([
            text(&row["number"]),
            text(&row["partner"]),
            counted(&due["term"]),
            text(&due["open"]),
            text(&due["dueOn"]),
            text(&row["lateDays"]),
            text(&due["state"]),
        ]);
    }
    let mut shown = table.or("nothing is to be paid");
    let owed = find::rows(desk, "order.owed_back")?;
    if !owed.is_empty() {
        shown = format!("{shown}\nowed back by partners:\n{}", owed_table(desk, &owed).or(""));
    }
    Ok(Answer::new(rows.into(), shown))
}

pub(super) fn owed_back(desk: &Desk) -> Result<Answer, Failure> {
    let rows = find::rows(desk, "order.owed_back")?;
    let shown = owed_table(desk, &rows).or("no partner owes anything back");
    Ok(Answer::new(rows.into(), shown))
}

fn owed_table(desk: &Desk, rows: &[Value]) -> Table {
    let mut table = Table::new(&desk.words, &["number", "partner", ">owed back", "since"]);
    for row in rows {
        table.row(["number", "partner", "amount", "since"].map(|name| text(&row[name])));
    }
    table
}

pub(super) fn cost(desk: &Desk, named: &str) -> Result<Answer, Failure> {
    let row = find::order(desk, named)?;
    let answer = desk.call("order.cost", json!({ "id": row["id"] }))?;
    let mut table = Table::new(
        &desk.words,
        &["lot", ">units", ">cost", ">per unit", ">on hand", ">sold", ">at partner"],
    );
    for lot in rows(&answer, "lots") {
        let names = ["lotNo", "units", "whole", "unitCost", "onHand", "sold", "atPartner"];
        table.row(names.map(|name| text(&lot[name])));
    }
    let shown = format!(
        "{}{} {} in all, {} on hand, {} sold{}",
        table.or(""),
        text(&answer["currency"]),
        text(&answer["whole"]),
        text(&answer["onHand"]),
        text(&answer["sold"]),
        super::lots::earned(&answer)
    );
    Ok(Answer::new(answer, shown))
}
