//! Sets, lots and how factories do.

use chrono::Days;
use serde_json::{Value, json};

use crate::{
    Answer,
    args::{Factory, Lot, Set},
    desk::Desk,
    failure::Failure,
    find::{self, line_of, text},
    table::Table,
    words::percent,
};

/// Days that a scorecard looks back on by itself.
const YEAR: Days = Days::new(365);

pub(super) fn sets(desk: &Desk, set: Set) -> Result<Answer, Failure> {
    match set {
        Set::Parts { sku, at } => parts(desk.reading()?, &sku, &at),
        Set::Assemble { line, at, on } => {
            let desk = desk.writing()?;
            let (what, qty) = line_of(&line)?;
            let (sku, lot_no) = find::goods_and_lot(what)?;
            let input = json!({
                "place": find::place(desk, &at)?, "sku": find::sku(desk, sku)?, "lotNo": lot_no,
                "qty": qty, "day": on,
            });
            Ok(super::posted(desk, "put together", desk.call("set.assemble", input)?))
        }
        Set::Disassemble { line, at, on } => {
            let desk = desk.writing()?;
            let (what, qty) = line_of(&line)?;
            let (place, lot) = (find::place(desk, &at)?, find::lot_named(desk, what)?);
            let input = json!({ "place": place, "lot": lot, "qty": qty, "day": on });
            Ok(super::posted(desk, "took apart", desk.call("set.disassemble", input)?))
        }
    }
}

fn parts(desk: &Desk, sku: &str, at: &str) -> Result<Answer, Failure> {
    let input = json!({ "sku": find::sku(desk, sku)?, "place": find::place(desk, at)? });
    let answer = desk.call("set.parts", input)?;
    let mut table = Table::new(&desk.words, &["part", "name", ">per set", ">available"]);
    for part in answer["parts"].as_array().into_iter().flatten() {
        table.row([
            text(&part["code"]),
            desk.words.name(&part["name"]),
            text(&part["perSet"]),
            text(&part["available"]),
        ]);
    }
    let count = desk.words.told("sets_can", &[("count", &answer["possible"])]);
    let shown = table.or("") + &count;
    Ok(Answer::new(answer, shown))
}

pub(super) fn run(desk: &Desk, lot: Lot) -> Result<Answer, Failure> {
    let desk = desk.reading()?;
    match lot {
        Lot::Genealogy { lot } => genealogy(desk, &lot),
        Lot::Cost { lot } => cost(desk, &lot),
    }
}

fn genealogy(desk: &Desk, named: &str) -> Result<Answer, Failure> {
    let lot = find::lot_named(desk, named)?;
    let answer = desk.call("lot.genealogy", json!({ "id": lot }))?;
    let lots = answer["lots"].as_array().map(Vec::as_slice).unwrap_or_default();
    let called = |id: &Value| {
        let lot = lots.iter().find(|lot| lot["id"] == *id);
        lot.map(|lot| format!("{}/{}", text(&lot["skuCode"]), text(&lot["lotNo"])))
    };
    let mut table = Table::new(&desk.words, &["from", "to", "why", ">units"]);
    for step in answer["steps"].as_array().into_iter().flatten() {
        table.row([
            called(&step["from"]).unwrap_or_default(),
            called(&step["to"]).unwrap_or_default(),
            desk.words.member("passing", &step["kind"]),
            text(&step["qty"]),
        ]);
    }
    // Whoever sees no money, and a lot without a cost, has no profit to tell.
    let cost = desk.call("lot.cost", json!({ "id": lot })).unwrap_or_default();
    let shown =
        table.or(&desk.words.said("it came from no lot and went into none")) + &earned(desk, &cost);
    Ok(Answer::new(answer, shown))
}

fn cost(desk: &Desk, named: &str) -> Result<Answer, Failure> {
    let answer = desk.call("lot.cost", json!({ "id": find::lot_named(desk, named)? }))?;
    let mut table = Table::new(&desk.words, &["what", ">amount"]);
    for (name, field) in [
        ("own bills", "own"),
        ("taken over", "takenOver"),
        ("in all", "whole"),
        ("on hand", "onHand"),
        ("sold", "sold"),
        ("used", "used"),
        ("lost", "lost"),
        ("written off", "writtenOff"),
        ("at the partner", "atPartner"),
        ("claimed of the partner", "claimed"),
    ] {
        table.row([desk.words.said(name), text(&answer[field])]);
    }
    for one in answer["passed"].as_array().into_iter().flatten() {
        let lot = json!(format!("{}/{}", text(&one["skuCode"]), text(&one["lotNo"])));
        table.row([desk.words.told("in_lot", &[("lot", &lot)]), text(&one["amount"])]);
    }
    let cost = ["units", "cost", "currency"].into_iter();
    let cost: Vec<_> =
        cost.zip([&answer["units"], &answer["unitCost"], &answer["currency"]]).collect();
    let shown = format!("{table}{}{}", desk.words.told("units_at", &cost), earned(desk, &answer));
    Ok(Answer::new(answer, shown))
}

/// What sold units brought so far, on a line of its own; nothing while none are sold.
pub(super) fn earned(desk: &Desk, cost: &Value) -> String {
    let profit = &cost["profit"];
    if profit["sold"].as_i64().unwrap_or(0) == 0 {
        return String::new();
    }
    let figures = [
        ("sold", &profit["sold"]),
        ("cogs", &profit["cogs"]),
        ("currency", &cost["currency"]),
        ("unvalued", &profit["unvalued"]),
        ("valued", &profit["valued"]),
        ("value", &profit["value"]),
        ("cost", &profit["valuedCogs"]),
        ("profit", &profit["profit"]),
    ];
    let told = |sentence: &str| format!("\n{}", desk.words.told(sentence, &figures));
    if profit["profit"].is_null() { told("sold_cost") } else { told("sold_cost") + &told("profit") }
}

/// What each factory asked for each of its goods, first and last, and below them the trend of all.
fn prices_of(desk: &Desk, answer: &Value) -> String {
    let mut table = Table::new(
        &desk.words,
        &["factory", "goods", "name", ">orders", ">first price", ">last price", ">price trend"],
    );
    for factory in answer.as_array().into_iter().flatten() {
        let name = text(&factory["name"]);
        for one in factory["goods"].as_array().into_iter().flatten() {
            let change = one["changePpm"].as_i64().map(percent).unwrap_or_default();
            let [code, orders, first, last] =
                ["skuCode", "orders", "firstPrice", "lastPrice"].map(|field| text(&one[field]));
            let called = desk.words.name(&one["skuName"]);
            table.row([name.clone(), code, called, orders, first, last, change]);
        }
        if let Some(change) = factory["trend"]["sharePpm"].as_i64() {
            let none = String::new;
            table.row([name, none(), none(), none(), none(), none(), percent(change)]);
        }
    }
    table.or(&desk.words.said("nothing was ordered in that time"))
}

pub(super) fn factories(desk: &Desk, factory: &Factory) -> Result<Answer, Failure> {
    let Factory::Scorecard { from, to, prices } = *factory;
    let desk = desk.reading()?;
    let to = to.unwrap_or(desk.today);
    let from = from.or_else(|| to.checked_sub_days(YEAR)).unwrap_or(to);
    let span = json!({ "from": from, "to": to });
    let figure = |value: &Value| {
        let share = value["sharePpm"].as_i64().map(percent);
        share.map(|share| format!("{share} (n={})", value["n"])).unwrap_or_default()
    };
    if prices {
        let answer = desk.call("factory.price_trends", span)?;
        let shown = prices_of(desk, &answer);
        return Ok(Answer::new(answer, shown));
    }
    let answer = desk.call("factory.scorecards", span)?;
    let mut table =
        Table::new(&desk.words, &["factory", ">on time", ">first pass", ">material lost"]);
    for row in answer.as_array().into_iter().flatten() {
        let figures = ["onTime", "firstPass", "loss"].map(|name| figure(&row[name]));
        let [on_time, first_pass, loss] = figures;
        table.row([text(&row["name"]), on_time, first_pass, loss]);
    }
    let shown = table.or(&desk.words.said("there are no factories"));
    Ok(Answer::new(answer, shown))
}
