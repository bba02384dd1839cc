//! Transfers, from the plan to the last unit.

use serde_json::{Value, json};

use crate::{
    Answer,
    acts::plan,
    args::Transfer,
    desk::Desk,
    failure::Failure,
    find::{self, line_of, text},
    table::Table,
};

pub(super) fn run(desk: &Desk, transfer: Transfer) -> Result<Answer, Failure> {
    match transfer {
        Transfer::List => list(desk.reading()?),
        Transfer::Show { transfer } => show(desk.reading()?, &transfer),
        Transfer::Draft { from_plan, from, to, sku, lines, note } => {
            let desk = desk.writing()?;
            match (from_plan, lines.is_empty()) {
                (true, true) => {
                    let wanted = plan::Wanted { from, to: Some(to), sku };
                    from_the_plan(desk, &wanted, &note)
                }
                (false, false) => by_hand(desk, from.as_deref(), &to, &lines, &note),
                _ => Err(Failure::usage("plan_or_lines", [])),
            }
        }
        Transfer::Approve { transfer, override_reason } => {
            let input = json!({ "overrideReason": override_reason });
            step(desk, &transfer, "transfer.approve", input, "approved")
        }
        Transfer::Pack { transfer } => step(desk, &transfer, "transfer.pack", json!({}), "packed"),
        Transfer::Ship { transfer, on, carrier, tracking } => {
            let input = json!({ "shippedOn": on, "carrier": carrier, "tracking": tracking });
            step(desk, &transfer, "transfer.ship", input, "shipped")
        }
        Transfer::Arrive { transfer, lines, on } => {
            let lines = arriving(desk.writing()?, &transfer, &lines)?;
            let input = json!({ "arrivedOn": on, "lines": lines });
            step(desk, &transfer, "transfer.arrive", input, "arrived")
        }
        Transfer::Resolve { transfer, line, resolution, reason } => {
            let (lot_no, qty) = line_of(&line)?;
            let lot = lot_of(&card(desk.writing()?, &transfer)?, lot_no)?;
            let input = json!({
                "lot": lot, "qty": qty, "resolution": resolution, "reason": reason,
            });
            step(desk, &transfer, "transfer.resolve", input, "resolved")
        }
        Transfer::Close { transfer } => {
            step(desk, &transfer, "transfer.close", json!({}), "closed")
        }
        Transfer::Cancel { transfer, reason } => {
            let row = find::transfer(desk.writing()?, &transfer)?;
            if row["state"] == "draft" {
                let answer = desk.call("transfer.discard", json!({ "id": row["id"] }))?;
                return Ok(Answer::new(answer, desk.words.said("thrown away")));
            }
            step(desk, &transfer, "transfer.cancel", json!({ "reason": reason }), "cancelled")
        }
    }
}

/// One step of a transfer: its id joins the other words of the input.
fn step(
    desk: &Desk,
    named: &str,
    command: &str,
    mut input: Value,
    done: &str,
) -> Result<Answer, Failure> {
    let row = find::transfer(desk.writing()?, named)?;
    input["id"] = row["id"].clone();
    Ok(super::posted(desk, done, desk.call(command, input)?))
}

fn card(desk: &Desk, named: &str) -> Result<Value, Failure> {
    let row = find::transfer(desk, named)?;
    desk.call("transfer.get", json!({ "id": row["id"] }))
}

fn lot_of(card: &Value, lot_no: &str) -> Result<Value, Failure> {
    let lines = card["lines"].as_array().map(Vec::as_slice).unwrap_or_default();
    let line = lines.iter().find(|line| line["lotNo"] == lot_no);
    Ok(line.ok_or_else(|| Failure::missing("lot", lot_no))?["lot"].clone())
}

fn list(desk: &Desk) -> Result<Answer, Failure> {
    let rows = find::rows(desk, "transfer.list")?;
    let mut table = Table::new(
        &desk.words,
        &[
            "number",
            "state",
            "from",
            "to",
            ">units",
            ">cartons",
            ">on the way",
            "shipped",
            "expected",
            ">late",
            "goods",
        ],
    );
    for row in &rows {
        let number = text(&row["number"]);
        table.row([
            if number.is_empty() { text(&row["id"]) } else { number },
            desk.words.member("transfer_state", &row["state"]),
            text(&row["fromName"]),
            text(&row["toName"]),
            text(&row["units"]),
            text(&row["cartons"]),
            text(&row["inTransit"]),
            text(&row["shippedOn"]),
            text(&row["expectedOn"]),
            text(&row["lateDays"]),
            text(&row["goods"]),
        ]);
    }
    let shown = table.or(&desk.words.said("there are no transfers"));
    Ok(Answer::new(rows.into(), shown))
}

fn show(desk: &Desk, named: &str) -> Result<Answer, Failure> {
    let answer = card(desk, named)?;
    let row = &answer["row"];
    let mut lines = Table::new(
        &desk.words,
        &["goods", "lot", "expires", ">units", ">cut", ">shipped", ">arrived", ">lost"],
    );
    for line in answer["lines"].as_array().into_iter().flatten() {
        let cells = ["skuCode", "lotNo", "expiresOn", "qty", "cut", "shipped", "arrived", "lost"];
        lines.row(cells.map(|cell| text(&line[cell])));
    }
    let mut steps = Table::new(&desk.words, &["day", "by", "what"]);
    for step in answer["steps"].as_array().into_iter().flatten() {
        steps.row([text(&step["day"]), text(&step["actor"]), desk.words.of_json(&step["summary"])]);
    }
    let state = json!(desk.words.member("transfer_state", &row["state"]));
    let head = [
        ("number", &row["number"]),
        ("state", &state),
        ("from", &row["fromName"]),
        ("to", &row["toName"]),
        ("units", &row["units"]),
        ("cartons", &row["cartons"]),
        ("way", &row["inTransit"]),
    ];
    let shown = format!(
        "{}\n{lines}\n{}",
        desk.words.told("transfer_head", &head),
        steps.or(&desk.words.said("nothing was posted"))
    );
    Ok(Answer::new(answer, shown))
}

/// A draft of all that the plan would send to one place.
fn from_the_plan(desk: &Desk, wanted: &plan::Wanted, note: &str) -> Result<Answer, Failure> {
    let plan = plan::run(desk, wanted)?;
    let lines = plan["lines"].as_array().map(Vec::as_slice).unwrap_or_default();
    let sending = || lines.iter().filter(|line| line["units"].as_i64().is_some_and(|n| n > 0));
    let to = wanted.to.as_deref().unwrap_or_default();
    let Some(first) = sending().next() else {
        return Err(app::Error::refused("plan.nothing_to_send", [("place", to.into())]).into());
    };
    let source = first["source"].clone();
    let from_source = sending().filter(|line| line["source"] == source);
    let lots = from_source.flat_map(|line| {
        let lots = line["lots"].as_array().into_iter().flatten();
        lots.map(|lot| json!({ "sku": line["sku"], "lot": lot["lot"], "qty": lot["qty"] }))
    });
    let lots: Vec<Value> = lots.collect();
    draft(desk, &source, &find::place(desk, to)?, &lots, note)
}

fn by_hand(
    desk: &Desk,
    from: Option<&str>,
    to: &str,
    lines: &[String],
    note: &str,
) -> Result<Answer, Failure> {
    let from = from.ok_or_else(|| Failure::usage("from_where", []))?;
    let mut lots = Vec::new();
    for line in lines {
        let (what, qty) = line_of(line)?;
        let (code, lot_no) =
            what.split_once('/').ok_or_else(|| Failure::form(line, "SK001/L2503A=768"))?;
        let sku = find::sku(desk, code)?;
        let lot = find::lot(desk, &sku, lot_no)?;
        lots.push(json!({ "sku": sku, "lot": lot, "qty": qty }));
    }
    let from = find::place(desk, from)?;
    draft(desk, &from, &find::place(desk, to)?, &lots, note)
}

fn draft(
    desk: &Desk,
    from: &Value,
    to: &Value,
    lines: &[Value],
    note: &str,
) -> Result<Answer, Failure> {
    let units: i64 = lines.iter().filter_map(|line| line["qty"].as_i64()).sum();
    let input = json!({ "id": null, "from": from, "to": to, "lines": lines, "note": note });
    let answer = desk.call("transfer.save", input)?;
    let drafted = [("id", &answer["id"]), ("units", &json!(units))];
    let shown = desk.words.told("drafted_transfer", &drafted);
    Ok(Answer::new(answer, shown))
}

/// Lines like `L2503A=720:quarantine`; without any, all that is on its way, as good.
fn arriving(desk: &Desk, named: &str, lines: &[String]) -> Result<Vec<Value>, Failure> {
    let card = card(desk, named)?;
    if lines.is_empty() {
        let on_the_way = card["inTransit"].as_array().into_iter().flatten();
        let all = |one: &Value| json!({ "lot": one["lot"], "qty": one["qty"], "status": "good" });
        return Ok(on_the_way.map(all).collect());
    }
    let mut arriving = Vec::new();
    for line in lines {
        let (line, status) = line.split_once(':').unwrap_or((line, "good"));
        let (lot_no, qty) = line_of(line)?;
        let lot = lot_of(&card, lot_no)?;
        arriving.push(json!({ "lot": lot, "qty": qty, "status": status }));
    }
    Ok(arriving)
}
