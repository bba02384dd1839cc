//! What to send where, and what sells too slowly.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::{
    Answer,
    desk::Desk,
    failure::Failure,
    find::{self, text},
    table::Table,
    words::percent,
};

/// Which part of the plan.
pub(super) struct Wanted {
    pub(super) from: Option<String>,
    pub(super) to: Option<String>,
    pub(super) sku: Option<String>,
}

/// Runs the plan and keeps the lines that are wanted.
pub(super) fn run(desk: &Desk, wanted: &Wanted) -> Result<Value, Failure> {
    let source = wanted.from.as_deref().map(|named| find::place(desk, named)).transpose()?;
    let to = wanted.to.as_deref().map(|named| find::place(desk, named)).transpose()?;
    let sku = wanted.sku.as_deref().map(|named| find::sku(desk, named)).transpose()?;
    let mut plan = desk.call("plan.run", json!({ "source": source }))?;
    if let Some(lines) = plan["lines"].as_array_mut() {
        lines.retain(|line| {
            to.as_ref().is_none_or(|to| line["place"] == *to)
                && sku.as_ref().is_none_or(|sku| line["sku"] == *sku)
        });
    }
    Ok(plan)
}

pub(super) fn plan(desk: &Desk, wanted: &Wanted, why: bool) -> Result<Answer, Failure> {
    let plan = run(desk, wanted)?;
    let lines = plan["lines"].as_array().map(Vec::as_slice).unwrap_or_default();
    let mut table = Table::new(
        &desk.words,
        &[
            "to",
            "goods",
            "name",
            ">a day",
            ">on hand",
            ">on the way",
            ">cover days",
            ">need",
            ">cartons",
            ">send",
            ">short",
            "lots",
        ],
    );
    for line in lines {
        table.row([
            text(&line["placeCode"]),
            text(&line["skuCode"]),
            desk.words.name(&line["skuName"]),
            text(&line["ratePerDay"]),
            text(&line["onHand"]),
            text(&line["inTransit"]),
            text(&line["coverDays"]),
            text(&line["need"]),
            text(&line["cartons"]),
            text(&line["units"]),
            text(&line["shortage"]),
            lots(&line["lots"]),
        ]);
    }
    let mut shown = table.or(&desk.words.said("there is nothing to plan"));
    for line in lines {
        shown.push_str(&reasons(desk, line, why));
    }
    if plan["withoutHistory"].as_i64().unwrap_or(0) > 0 {
        let without = [("count", &plan["withoutHistory"])];
        let _ = write!(shown, "\n{}", desk.words.told("without_history", &without));
    }
    Ok(Answer::new(plan, shown))
}

fn lots(lots: &Value) -> String {
    let each = lots.as_array().into_iter().flatten().map(|lot| {
        let share = lot["sharePpm"].as_i64();
        let share = share.map(|share| format!(" ({})", percent(share))).unwrap_or_default();
        format!("{} × {}{share}", text(&lot["lotNo"]), lot["qty"])
    });
    each.collect::<Vec<_>>().join(", ")
}

/// The lots that a line passes over, and its arithmetic when that is asked for.
fn reasons(desk: &Desk, line: &Value, why: bool) -> String {
    let mut shown = String::new();
    let head = format!("\n{} {}: ", text(&line["placeCode"]), text(&line["skuCode"]));
    for refused in line["refused"].as_array().into_iter().flatten() {
        let _ = write!(shown, "{head}{}", desk.words.of_json(&refused["reason"]));
    }
    if why {
        let _ = write!(shown, "{head}\n{}", arithmetic(desk, &line["derivation"]));
    }
    shown
}

/// A figure's arithmetic, line under line.
fn arithmetic(desk: &Desk, derivation: &Value) -> String {
    let mut table = Table::new(&desk.words, &["", ">", "", ""]);
    for line in derivation["lines"].as_array().into_iter().flatten() {
        let sign = match line["op"].as_str().unwrap_or_default() {
            "add" | "plus" => "+",
            "subtract" | "minus" => "−",
            "multiply" | "times" => "×",
            "divide" => "÷",
            "equals" => "=",
            "at_least" => "≥",
            "at_most" => "≤",
            op if op.starts_with("round") => "≈",
            _ => "",
        };
        table.row([
            format!("  {sign}"),
            text(&line["value"]),
            desk.words.member("unit", &line["unit"]),
            desk.words.of_json(&line["text"]),
        ]);
    }
    table.to_string()
}

pub(super) fn slow(desk: &Desk) -> Result<Answer, Failure> {
    let mut answer = desk.call("slow.list", Value::Null)?;
    // Roles without the right see the list without money.
    let money = desk.call("slow.money", Value::Null).unwrap_or_default();
    let values = money["rows"].as_array().cloned().unwrap_or_default();
    let mut table = Table::new(
        &desk.words,
        &[
            "class",
            "goods",
            "name",
            "lot",
            "place",
            ">units",
            ">age",
            ">cover days",
            "expires",
            ">at risk",
            ">value",
            ">value at risk",
        ],
    );
    for row in answer["rows"].as_array().into_iter().flatten() {
        let of_row = |value: &&Value| value["lot"] == row["lot"] && value["place"] == row["place"];
        let value = values.iter().find(of_row).cloned().unwrap_or_default();
        table.row([
            desk.words.member("slow_class", &row["class"]),
            text(&row["skuCode"]),
            desk.words.name(&row["skuName"]),
            text(&row["lotNo"]),
            text(&row["placeCode"]),
            text(&row["qty"]),
            text(&row["ageReceivedDays"]),
            text(&row["coverDays"]),
            text(&row["expiresOn"]),
            text(&row["atRisk"]),
            text(&value["value"]),
            text(&value["atRiskValue"]),
        ]);
    }
    let mut shown = table.or(&desk.words.said("nothing is on hand"));
    if money.is_object() {
        let sums = [
            ("currency", &money["currency"]),
            ("total", &money["total"]),
            ("risk", &money["atRiskTotal"]),
        ];
        shown.push_str(&desk.words.told("value_at_risk", &sums));
        answer["money"] = money;
    }
    Ok(Answer::new(answer, shown))
}
