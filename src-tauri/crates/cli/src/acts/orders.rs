//! Orders to factories and suppliers, step by step.

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::{order_drafts, order_tracks};
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
        Order::Tracks { order } => order_tracks::tracks(desk.reading()?, &order),
        Order::Account { order } => order_tracks::account(desk.reading()?, &order),
        Order::Cost { order } => order_tracks::cost(desk.reading()?, &order),
        Order::Payables => order_tracks::payables(desk.reading()?),
        Order::OwedBack => order_tracks::owed_back(desk.reading()?),
        Order::Draft(draft) => order_drafts::draft(desk.writing()?, &draft),
        Order::Amend { order, draft, reason } => {
            order_drafts::amend(desk.writing()?, &order, &draft, &reason)
        }
        Order::Receive { order, lots, at, on, quarantine, good, reason, unpaid_reason } => {
            let good = if good { Some(true) } else { quarantine.then_some(false) };
            let into = Into { at, on, good, reason, unpaid_reason };
            receive(desk.writing()?, &order, &lots, &into)
        }
        Order::Decide { order, lots, decision, settle_by, from, at, on, reason } => {
            let lines = json!({ "decision": decision, "settleBy": settle_by, "from": from });
            let input = json!({ "decidedOn": on, "reason": reason });
            let desk = desk.writing()?;
            order_tracks::decide(desk, (&order, at.as_deref()), &lots, &lines, input)
        }
        Order::Cancel { order, reason, deposit } => {
            let row = find::order(desk.writing()?, &order)?;
            if row["state"] == "draft" {
                let answer = desk.call("order.discard", json!({ "id": row["id"] }))?;
                return Ok(Answer::new(answer, desk.words.said("thrown away")));
            }
            let input = json!({ "reason": reason, "deposit": deposit });
            step(desk, &order, "order.cancel", input, "cancelled")
        }
        step => one_step(desk, step),
    }
}

/// The steps that take nothing but their words.
fn one_step(desk: &Desk, order: Order) -> Result<Answer, Failure> {
    match order {
        Order::Issue { order, reason } => issue(desk.writing()?, &order, reason.as_deref()),
        Order::Accept { order, promised } => {
            step(desk, &order, "order.accept", json!({ "promisedOn": promised }), "accepted")
        }
        Order::Milestone { order, milestone, planned, reached } => {
            let one = json!({ "milestone": milestone, "plannedOn": planned, "reachedOn": reached });
            step(desk, &order, "order.milestone", json!({ "milestone": one }), "noted")
        }
        Order::Pay { order, term, amount, on, overpaid, note } => {
            let input = json!({
                "term": from_one(term)?, "amount": amount, "paidOn": on, "overpaid": overpaid,
                "note": note,
            });
            step(desk, &order, "order.pay", input, "paid")
        }
        Order::Waive { order, term, shipment, amount, reason } => {
            let shipment = shipment.map(from_one).transpose()?;
            let input = json!({
                "term": from_one(term)?, "shipment": shipment, "amount": amount, "reason": reason,
            });
            step(desk, &order, "order.waive", input, "waived")
        }
        Order::Refund { order, amount, on, note } => {
            let input = json!({ "amount": amount, "refundedOn": on, "note": note });
            step(desk, &order, "order.refund", input, "refunded")
        }
        Order::Claim { order, end, amount, on, reason } => {
            let input = json!({ "end": end, "amount": amount, "decidedOn": on, "note": reason });
            step(desk, &order, "order.claim", input, "decided")
        }
        Order::SettleLosses { order, reason } => settle_losses(desk, &order, reason.as_deref()),
        Order::Close { order, reason, credit_replacements } => {
            let input = json!({ "reason": reason, "creditReplacements": credit_replacements });
            step(desk, &order, "order.close", input, "closed")
        }
        _ => Err(Failure::usage("see_help", [("command", "order".into())])),
    }
}

/// Issues a draft, and says what the offers say of it: before it is sent it can still be changed.
fn issue(desk: &Desk, named: &str, reason: Option<&str>) -> Result<Answer, Failure> {
    let row = find::order(desk, named)?;
    let card = desk.call("order.get", json!({ "id": row["id"] }))?;
    let order = json!({ "factory": row["factory"], "lines": card["lines"] });
    let hints = order_drafts::hints(desk, &order);
    let input = json!({ "id": row["id"], "reason": reason });
    let mut answer = super::posted(desk, "issued", desk.call("order.issue", input)?);
    answer.text.push_str(&hints);
    Ok(answer)
}

/// What people count from 1, as the core counts it.
fn from_one(number: u32) -> Result<u32, Failure> {
    number.checked_sub(1).ok_or_else(|| Failure::usage("from_one", []))
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
    Ok(super::posted(desk, done, desk.call(command, input)?))
}

/// Settles losses, and says what lay at the factory for the order and is lost by that: the window
/// asks beforehand whether it is kept or comes back.
fn settle_losses(desk: &Desk, named: &str, reason: Option<&str>) -> Result<Answer, Failure> {
    let row = find::order(desk.writing()?, named)?;
    let tracks = desk.call("order.tracks", json!({ "id": row["id"] }))?;
    let lay = order_tracks::left_there(desk, &tracks);
    let input = json!({ "reason": reason });
    let mut answer = step(desk, named, "order.settle_losses", input, "settled")?;
    for line in lay {
        answer.text = format!("{}\n{line}", answer.text.trim_end());
    }
    Ok(answer)
}

fn list(desk: &Desk) -> Result<Answer, Failure> {
    let rows = find::rows(desk, "order.list")?;
    let mut table = Table::new(
        &desk.words,
        &[
            "number",
            "kind",
            "phase",
            "factory",
            "promised",
            ">late",
            ">ordered",
            ">received",
            "goods",
        ],
    );
    for row in &rows {
        let number = text(&row["number"]);
        table.row([
            if number.is_empty() { text(&row["id"]) } else { number },
            desk.words.member("order_kind", &row["kind"]),
            desk.words.member("order_phase", &row["phase"]),
            text(&row["factoryName"]),
            text(&row["promisedOn"]),
            text(&row["lateDays"]),
            text(&row["ordered"]),
            text(&row["received"]),
            text(&row["goods"]),
        ]);
    }
    let shown = table.or(&desk.words.said("there are no orders"));
    Ok(Answer::new(rows.into(), shown))
}

fn show(desk: &Desk, named: &str) -> Result<Answer, Failure> {
    let row = find::order(desk, named)?;
    let answer = desk.call("order.get", json!({ "id": row["id"] }))?;
    let mut lines = Table::new(&desk.words, &[">line", "goods", "name", ">ordered", ">received"]);
    for line in answer["lines"].as_array().into_iter().flatten() {
        lines.row([
            order_tracks::counted(&line["line"]),
            text(&line["skuCode"]),
            desk.words.name(&line["skuName"]),
            text(&line["qty"]),
            text(&line["received"]),
        ]);
    }
    let mut receipts = Table::new(
        &desk.words,
        &["receipt", "day", "place", "lot", "made", "expires", ">units", "status"],
    );
    for receipt in answer["receipts"].as_array().into_iter().flatten() {
        for line in receipt["lines"].as_array().into_iter().flatten() {
            receipts.row([
                text(&receipt["number"]),
                text(&receipt["day"]),
                text(&receipt["place"]),
                text(&line["lotNo"]),
                text(&line["mfgOn"]),
                text(&line["expiresOn"]),
                text(&line["qty"]),
                desk.words.member("status", &line["status"]),
            ]);
        }
    }
    let shown = format!(
        "{} {} {}\n{lines}\n{}",
        text(&row["number"]),
        desk.words.member("order_phase", &row["phase"]),
        text(&row["factoryName"]),
        receipts.or(&desk.words.said("nothing was received"))
    );
    // Whoever sees no money is told none, and a draft has no cost.
    let cost = desk.call("order.cost", json!({ "id": row["id"] })).unwrap_or_default();
    let shown = shown + &super::lots::earned(desk, &cost);
    Ok(Answer::new(answer, shown))
}

/// Where, when and as what goods are received.
struct Into {
    at: Option<String>,
    on: Option<NaiveDate>,
    /// As good or into quarantine; as orders of its kind go without.
    good: Option<bool>,
    reason: Option<String>,
    unpaid_reason: Option<String>,
}

fn receive(desk: &Desk, named: &str, lots: &[String], into: &Into) -> Result<Answer, Failure> {
    let row = find::order(desk, named)?;
    let place = match &into.at {
        Some(named) => find::place(desk, named)?,
        None => desk.call("order.get", json!({ "id": row["id"] }))?["deliverTo"].clone(),
    };
    let mut lines = lots.iter().map(|lot| delivered(lot)).collect::<Result<Vec<_>, _>>()?;
    for line in &mut lines {
        if let Some(lot_no) = line["replaces"].as_str() {
            line["replaces"] = order_tracks::lot_of(desk, &row["id"], lot_no)?;
        }
    }
    let good = into.good.unwrap_or(row["kind"] == "purchase");
    let input = json!({
        "id": row["id"],
        "place": place,
        "receivedOn": into.on,
        "status": if good { "good" } else { "quarantine" },
        "lines": lines,
        "reason": into.reason,
        "unpaidReason": into.unpaid_reason,
    });
    Ok(super::posted(desk, "received", desk.call("order.receive", input)?))
}

/// `[line:]lot=quantity` and what is said of it; lines count from 1 as the order shows them.
fn delivered(text: &str) -> Result<Value, Failure> {
    let mut parts = text.split(',');
    let (lot, qty) = line_of(parts.next().unwrap_or_default())?;
    let (line, lot_no) = match lot.split_once(':') {
        Some((line, lot)) => {
            let number = line.trim().parse::<u32>().ok().and_then(|number| number.checked_sub(1));
            let wrong = || Failure::usage("line_number", [("given", line.into())]);
            (number.ok_or_else(wrong)?, lot.trim())
        }
        None => (0, lot),
    };
    let mut one = json!({
        "line": line, "lotNo": lot_no, "mfgOn": null, "expiresOn": null, "qty": qty, "spoilt": 0,
        "replaces": null,
    });
    for part in parts {
        said(&mut one, part.trim())?;
    }
    Ok(one)
}

/// What is said of a delivered lot: `made DAY`, `expires DAY`, `spoilt UNITS`, `replaces LOT`.
fn said(line: &mut Value, part: &str) -> Result<(), Failure> {
    let wrong = || {
        let words = "`made DAY`, `expires DAY`, `spoilt UNITS`, `replaces LOT`";
        Failure::usage("none_of", [("given", part.into()), ("words", words.into())])
    };
    let (word, value) = part.split_once([' ', '=']).ok_or_else(wrong)?;
    let value = value.trim();
    let day = || value.parse::<NaiveDate>().map_err(|_| wrong());
    match word {
        "made" => line["mfgOn"] = json!(day()?),
        "expires" => line["expiresOn"] = json!(day()?),
        "spoilt" => line["spoilt"] = json!(value.parse::<i64>().map_err(|_| wrong())?),
        "replaces" => line["replaces"] = json!(value),
        _ => return Err(wrong()),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_delivered_lot_is_read_with_its_dates() {
        let line = delivered("1:L2510A=3000,made 2026-09-20").expect("a good line");
        assert_eq!(line["line"], 0, "people count from 1");
        assert!(delivered("0:L2510A=3000").is_err());
        assert_eq!(line["lotNo"], "L2510A");
        assert_eq!(line["qty"], 3000);
        assert_eq!(line["mfgOn"], "2026-09-20");
        let line = delivered("L2510B=200,spoilt 3,replaces L2510A").expect("a good line");
        assert_eq!((&line["spoilt"], &line["replaces"]), (&json!(3), &json!("L2510A")));
        assert!(delivered("L2510A").is_err());
        assert!(delivered("L2510A=3.5").is_err());
        assert!(delivered("L2510A=3,baked 2026-01-01").is_err());
    }
}
