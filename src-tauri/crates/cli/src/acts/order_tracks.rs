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
    Ok(super::posted(desk, "decided", desk.call("order.decide", input)?))
}

/// Our materials on the order: sent, used, left, lost.
fn materials(desk: &Desk, tracks: &Value) -> Table {
    let mut table = Table::new(
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
    for one in rows(tracks, "materials") {
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
        table.row(names.map(|name| text(&one[name])));
    }
    table
}

/// What was used beyond what was sent for the order, and how much of it can be drawn.
fn over(desk: &Desk, tracks: &Value) -> String {
    let used = rows(tracks, "materials").filter(|one| one["over"].as_i64() > Some(0));
    let said = used.map(|one| {
        let draws = one["over"].as_i64().min(one["drawable"].as_i64());
        let args =
            [("material", &one["code"]), ("units", &one["over"]), ("drawable", &json!(draws))];
        let none = draws <= Some(0);
        let said = if none { "used beyond what was sent" } else { "used and drawable" };
        format!("\n{}", desk.words.told(said, &args))
    });
    said.collect()
}

pub(super) fn tracks(desk: &Desk, named: &str) -> Result<Answer, Failure> {
    let row = find::order(desk, named)?;
    let answer = desk.call("order.tracks", json!({ "id": row["id"] }))?;
    let mut steps = Table::new(&desk.words, &["step", "planned", "reached"]);
    for one in rows(&answer, "milestones") {
        let step = desk.words.member("milestone", &one["milestone"]);
        steps.row([step, text(&one["plannedOn"]), text(&one["reachedOn"])]);
    }
    let shown = format!(
        "{} {}\n{}\n{}{}\n{}\n{}",
        text(&row["number"]),
        desk.words.member("order_phase", &answer["phase"]),
        steps.or(&desk.words.said("no step is planned")),
        materials(desk, &answer).or(&desk.words.said("no material goes into it")),
        over(desk, &answer),
        waiting(desk, &answer).or(&desk.words.said("nothing waits for a decision")),
        decisions(desk, &answer).or(&desk.words.said("nothing was decided"))
    );
    Ok(Answer::new(answer, shown))
}

/// What waits for a decision, and where.
fn waiting(desk: &Desk, tracks: &Value) -> Table {
    let mut table = Table::new(&desk.words, &["lot", "place", "status", ">units"]);
    for one in rows(tracks, "waiting") {
        let [lot, place, units] = ["lotNo", "placeCode", "qty"].map(|name| text(&one[name]));
        table.row([lot, place, desk.words.member("status", &one["status"]), units]);
    }
    table
}

/// What was decided.
fn decisions(desk: &Desk, tracks: &Value) -> Table {
    let mut table = Table::new(
        &desk.words,
        &["day", "lot", ">units", "decision", "settled by", "reason", "return"],
    );
    for one in rows(tracks, "decisions") {
        let names = ["day", "lotNo", "qty", "reason", "returnNumber"];
        let [day, lot, units, reason, back] = names.map(|name| text(&one[name]));
        let decision = desk.words.member("decision", &one["decision"]);
        let settled = desk.words.member("settle_by", &one["settleBy"]);
        table.row([day, lot, units, decision, settled, reason, back]);
    }
    table
}

/// A number that the core counts from 0, as people count it.
pub(super) fn counted(value: &Value) -> String {
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
            desk.words.member("due_state", &due["state"]),
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
    let some = some.fold(String::new(), |text, (told, amount)| {
        text + ", " + &desk.words.said(told) + " " + amount
    });
    let names = [
        ("net", "net"),
        ("tax", "tax"),
        ("payable", "payable"),
        ("paid", "paid"),
        ("open", "open"),
        ("rest", "notInvoiced"),
    ];
    let sums = desk.words.told("account", &names.map(|(name, field)| (name, &answer[field])));
    let shown = format!(
        "{} {}: {sums}{some}\n{}\n{}\n{claims}",
        text(&row["number"]),
        text(&answer["currency"]),
        dues.or(&desk.words.said("nothing is due")),
        payments.or(&desk.words.said("nothing was paid"))
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
        claimed.row([code, lot, desk.words.said(of), units, open, amount]);
    }
    let mut decided = Table::new(&desk.words, &["day", "decision", ">amount", "note"]);
    for one in rows(claims, "decisions") {
        let [day, amount, note] = ["day", "amount", "note"].map(|name| text(&one[name]));
        decided.row([day, desk.words.member("claim_end", &one["end"]), amount, note]);
    }
    let open = desk.words.said("not decided: `pincang order claim`") + "\n";
    let open = if claims["open"] == true { open } else { String::new() };
    [claimed.or(""), decided.or(""), open].concat()
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
            desk.words.member("due_state", &due["state"]),
        ]);
    }
    let mut shown = table.or(&desk.words.said("nothing is to be paid"));
    let owed = find::rows(desk, "order.owed_back")?;
    if !owed.is_empty() {
        let head = desk.words.said("partners owe back");
        shown = format!(
            "{shown}
{head}
{}",
            owed_table(desk, &owed).or("")
        );
    }
    Ok(Answer::new(rows.into(), shown))
}

pub(super) fn owed_back(desk: &Desk) -> Result<Answer, Failure> {
    let rows = find::rows(desk, "order.owed_back")?;
    let shown = owed_table(desk, &rows).or(&desk.words.said("no partner owes anything back"));
    Ok(Answer::new(rows.into(), shown))
}

fn owed_table(desk: &Desk, rows: &[Value]) -> Table {
    let mut table = Table::new(&desk.words, &["number", "partner", ">owed back", "since"]);
    for row in rows {
        table.row(["number", "partner", "amount", "since"].map(|name| text(&row[name])));
    }
    table
}

/// What lies at the factory for an order and would be lost when its losses are settled.
pub(super) fn left_there(desk: &Desk, tracks: &Value) -> Vec<String> {
    let left = rows(tracks, "materials").filter(|one| one["left"].as_i64() > Some(0));
    let said = |one: &Value| {
        let args = [("material", &one["code"]), ("units", &one["left"])];
        desk.words.told("left and lost", &args)
    };
    left.map(said).collect()
}

pub(super) fn cost(desk: &Desk, named: &str) -> Result<Answer, Failure> {
    let row = find::order(desk, named)?;
    let answer = desk.call("order.cost", json!({ "id": row["id"] }))?;
    let mut table = Table::new(
        &desk.words,
        &["lot", ">units", ">cost", ">per unit", ">on hand", ">sold", ">elsewhere", ">at partner"],
    );
    for lot in rows(&answer, "lots") {
        let names =
            ["lotNo", "units", "whole", "unitCost", "onHand", "sold", "elsewhere", "atPartner"];
        table.row(names.map(|name| text(&lot[name])));
    }
    let names = [
        ("currency", "currency"),
        ("whole", "whole"),
        ("on_hand", "onHand"),
        ("sold", "sold"),
        ("elsewhere", "elsewhere"),
    ];
    let sums = desk.words.told("cost_of_order", &names.map(|(name, field)| (name, &answer[field])));
    let shown = format!("{}{sums}{}", table.or(""), super::lots::earned(desk, &answer));
    Ok(Answer::new(answer, shown))
}
