//! What happens from the first day on: goods sent, sold, ordered and received, and what went wrong.

use chrono::NaiveDate;
use serde_json::json;

use crate::{
    history::sales_row,
    production::{self, Material, Run, taxed_terms},
    scenario::SHOP_PLACES,
    stage::{Stage, back, on},
};

/// Lines on one transfer.
const LINES_MAX: usize = 30;
/// Days of cover below which a platform is filled up, and up to which.
const COVER_LOW: i64 = 26;
const COVER_FULL: i64 = 44;
/// In the last days nobody refilled, so that the plan has something to say.
const NOT_REFILLED_DAYS: u64 = 6;

/// Week by week: what was on its way arrives, then the week is sold.
pub(crate) fn weeks(stage: &mut Stage) {
    let mut monday = stage.live_from;
    let mut week = 0;
    while monday < stage.today {
        // Goods leave in one week and arrive as the next one begins, so nothing is sold early.
        for place in 0..stage.platforms.len() {
            let late = monday > back(stage.today, NOT_REFILLED_DAYS);
            if week > 0 && !late && (week + place).is_multiple_of(2) {
                refill(stage, place, monday, week);
            }
        }
        let end = on(monday, 7).min(stage.today);
        sell(stage, monday, end, week);
        monday = on(monday, 7);
        week += 1;
    }
}

/// The days of a week as the platforms report them, imported on the day after.
fn sell(stage: &mut Stage, from: NaiveDate, end: NaiveDate, week: usize) {
    let heads = ["日期", "仓库", "货号", "销量"];
    let mut rows = vec![heads.iter().map(|head| (*head).to_owned()).collect()];
    let mut day = from;
    while day < end {
        for good in stage.stocked() {
            for place in 0..stage.platforms.len() {
                // The last days of shops with a connection come by it.
                let connected = SHOP_PLACES.contains(&stage.platforms[place].code);
                if !stage.lists(good, place) || (connected && day >= back(stage.today, 2)) {
                    continue;
                }
                let mean = stage.demand_milli(good, place, day);
                let wanted = stage.rng.units(mean);
                let left = stage.there.entry((good, place)).or_insert(0);
                let units = wanted.min(*left);
                *left -= units;
                rows.push(sales_row(stage, day, place, good, units));
            }
        }
        day = on(day, 1);
    }
    stage.import(end, format!("日销-第{:02}周.csv", week + 1), "sales", &rows);
}

/// One line of a transfer.
struct Sent {
    good: usize,
    lot_no: String,
    qty: i64,
}

/// Takes whole cartons of the earliest lot that the platform still accepts.
fn take(stage: &mut Stage, good: usize, place: usize, day: NaiveDate, qty: i64) -> Option<Sent> {
    let carton = stage.goods[good].carton.max(1);
    let to = &stage.platforms[place];
    let arrives = day + chrono::TimeDelta::days(to.transit_days + to.lag_days);
    let rule = to.rule;
    let lots = stage.own.get_mut(&good)?;
    let takes = |lot: &&mut crate::stage::OwnLot| {
        lot.free >= carton && lot.dates.accepted(&rule, arrives).is_ok()
    };
    let lot = lots.iter_mut().find(takes)?;
    let cartons = (qty / carton).clamp(1, lot.free / carton);
    lot.free -= cartons * carton;
    Some(Sent { good, lot_no: lot.lot_no.clone(), qty: cartons * carton })
}

/// A transfer that fills a platform up, approved and gone in the week before.
fn refill(stage: &mut Stage, place: usize, arrives: NaiveDate, week: usize) {
    let left = back(arrives, 4).max(stage.live_from);
    let mut lines = Vec::new();
    for good in stage.stocked() {
        let a_day = stage.demand_milli(good, place, arrives);
        let here = stage.there.get(&(good, place)).copied().unwrap_or(0);
        if lines.len() < LINES_MAX && a_day > 0 && here * 1_000 < a_day * COVER_LOW {
            let need = (a_day * COVER_FULL / 1_000 - here).max(0);
            lines.extend(take(stage, good, place, left, need));
        }
    }
    if lines.is_empty() {
        return;
    }
    let name = format!("transfer/{}/{week}", stage.platforms[place].code);
    send(stage, &name, place, &lines, left);
    let all: Vec<_> = lines.iter().map(|line| arrival(stage, line, line.qty)).collect();
    let id = format!("@{name}");
    let input = json!({ "id": id, "arrivedOn": arrives, "lines": all });
    stage.call(arrives, "transfer.arrive", input);
    stage.call(arrives, "transfer.close", json!({ "id": id }));
    for line in &lines {
        *stage.there.entry((line.good, place)).or_insert(0) += line.qty;
    }
}

fn arrival(stage: &Stage, line: &Sent, qty: i64) -> serde_json::Value {
    let lot = format!("@lot/{}/{}", stage.goods[line.good].code, line.lot_no);
    json!({ "lot": lot, "qty": qty, "status": "good" })
}

/// Drafted only.
fn draft(stage: &mut Stage, name: &str, place: usize, lines: &[Sent], day: NaiveDate) {
    let of = |line: &Sent| {
        let code = &stage.goods[line.good].code;
        json!({
            "sku": format!("@sku/{code}"),
            "lot": format!("@lot/{code}/{}", line.lot_no),
            "qty": line.qty,
        })
    };
    let input = json!({
        "id": null,
        "from": "@place/W0",
        "to": format!("@place/{}", stage.platforms[place].code),
        "lines": lines.iter().map(of).collect::<Vec<_>>(),
        "note": "",
    });
    stage.draft(day, "transfer.save", input, name);
}

fn approve(stage: &mut Stage, name: &str, day: NaiveDate) {
    let input = json!({ "id": format!("@{name}"), "overrideReason": null });
    stage.call(day, "transfer.approve", input);
}

/// Drafted, approved, packed and gone on one day.
fn send(stage: &mut Stage, name: &str, place: usize, lines: &[Sent], day: NaiveDate) {
    draft(stage, name, place, lines, day);
    approve(stage, name, day);
    let id = format!("@{name}");
    stage.call(day, "transfer.pack", json!({ "id": id }));
    let input = json!({
        "id": id,
        "shippedOn": day,
        "carrier": "示例物流",
        "tracking": format!("SL{}{}", day.format("%y%m%d"), place + 1),
    });
    stage.call(day, "transfer.ship", input);
}

/// Transfers in every state as they stand today: one late, one short by a carton.
pub(crate) fn transfers_under_way(stage: &mut Stage) {
    let today = stage.today;
    let goods = stage.stocked();
    let last = stage.platforms.len() - 1;
    let pick = |stage: &mut Stage, from: usize, place: usize, day| -> Vec<Sent> {
        let each = (0..goods.len()).map(|n| goods[(from + n) % goods.len()]);
        let mut lines = Vec::new();
        for good in each {
            if lines.len() < 3 && stage.lists(good, place) {
                let carton = stage.goods[good].carton;
                lines.extend(take(stage, good, place, day, carton * 3));
            }
        }
        lines
    };
    let late = pick(stage, 0, 0, back(today, 12));
    send(stage, "transfer/late", 0, &late, back(today, 12));
    let short = pick(stage, 1, last, back(today, 9));
    send(stage, "transfer/short", last, &short, back(today, 9));
    let arrived: Vec<_> = short
        .iter()
        .enumerate()
        .map(|(n, line)| {
            let missing = if n == 0 { stage.goods[line.good].carton } else { 0 };
            arrival(stage, line, line.qty - missing)
        })
        .filter(|line| line["qty"] != 0)
        .collect();
    let input = json!({ "id": "@transfer/short", "arrivedOn": back(today, 3), "lines": arrived });
    stage.call(back(today, 3), "transfer.arrive", input);
    let moving = pick(stage, 2, 0, back(today, 2));
    send(stage, "transfer/moving", 0, &moving, back(today, 2));
    let packed = pick(stage, 3, last, back(today, 1));
    draft(stage, "transfer/packed", last, &packed, back(today, 1));
    approve(stage, "transfer/packed", back(today, 1));
    stage.call(back(today, 1), "transfer.pack", json!({ "id": "@transfer/packed" }));
    let set_aside = pick(stage, 4, 0, today);
    draft(stage, "transfer/allocated", 0, &set_aside, today);
    approve(stage, "transfer/allocated", today);
    let off = pick(stage, 5, last, back(today, 15));
    draft(stage, "transfer/cancelled", last, &off, back(today, 15));
    approve(stage, "transfer/cancelled", back(today, 15));
    let input = json!({ "id": "@transfer/cancelled", "reason": "平台改期" });
    stage.call(back(today, 14), "transfer.cancel", input);
    let drafted = pick(stage, 0, last, today);
    draft(stage, "transfer/draft", last, &drafted, today);
}

/// The goods of the orders that the plot holds; their packaging lies at the main warehouse.
pub(crate) const ORDERED: &[&str] = &["SK001", "SK004", "SK016", "SK025", "SK038"];

/// A production order: its goods, the day it was issued and the day that was promised.
struct Order<'a>(&'a str, &'a [(&'a str, i64)], NaiveDate, Option<NaiveDate>);

/// Production orders in every state: one late, one in three parts, one in quarantine.
pub(crate) fn orders(stage: &mut Stage) {
    let (today, live) = (stage.today, stage.live_from);
    issue(stage, &Order("closed", &[("SK004", 1)], on(live, 1), Some(on(live, 15))));
    supply(stage, "closed", "SK004", on(live, 1));
    receive(stage, "closed", ("SK004", "A"), on(live, 16), 100, "good");
    finish(stage, "closed", "SK004", on(live, 17));

    issue(stage, &Order("parts", &[("SK001", 1)], on(live, 2), Some(back(today, 1))));
    supply(stage, "parts", "SK001", on(live, 2));
    receive(stage, "parts", ("SK001", "A"), on(live, 14), 40, "good");
    receive(stage, "parts", ("SK001", "B"), back(today, 8), 30, "good");

    issue(stage, &Order("late", &[("SK025", 1)], on(live, 3), Some(back(today, 6))));
    supply(stage, "late", "SK025", on(live, 3));
    // Its deposit is due and not paid.
    issue(stage, &Order("coming", &[("SK004", 1)], back(today, 20), Some(on(today, 19))));
    issue(stage, &Order("new", &[("SK038", 1)], back(today, 2), None));

    issue(stage, &Order("inspect", &[("SK016", 1)], on(live, 4), Some(back(today, 5))));
    supply(stage, "inspect", "SK016", on(live, 4));
    receive(stage, "inspect", ("SK016", "Q"), back(today, 4), 100, "quarantine");
    let regrade = json!({
        "place": "@place/W0",
        "lot": format!("@lot/SK016/{}", lot_no("Q", back(today, 16))),
        "from": "quarantine",
        "to": "defective",
        "qty": 37,
        "reason": "抽检：泵头漏液",
    });
    stage.call(back(today, 3), "stock.regrade", regrade);

    issue(stage, &Order("cancelled", &[("SK001", 1)], on(live, 5), None));
    let input = json!({ "id": "@order/cancelled", "reason": "改到下一季" });
    stage.call(on(live, 8), "order.cancel", input);
    place(stage, &Order("draft", &[("SK004", 1), ("SK016", 1)], today, None));
}

/// The run of a plot's order.
fn run<'a>(stage: &Stage, name: &'a str, sku: &'a str) -> Option<Run<'a>> {
    let good = stage.find(sku)?;
    let factory = if good.factory == "F2" { "F2" } else { "F1" };
    Some(Run { name, sku, factory, qty: good.moq, at: "W0" })
}

/// The deposit is paid and packaging sent in the days after it was accepted.
fn supply(stage: &mut Stage, name: &str, sku: &str, issued: NaiveDate) {
    let Some(run) = run(stage, name, sku) else { return };
    run.pay(stage, on(issued, 2), 0, if run.factory == "F2" { 30 } else { 50 });
    let materials = production::used(stage, &[sku]);
    // A little more than the loss that is allowed, to be sure.
    let sent = |material: &Material| (material.code.clone(), run.qty * 104 / 100);
    let sent: Vec<(String, i64)> = materials.iter().map(sent).collect();
    let lines: Vec<(&str, i64)> = sent.iter().map(|(code, qty)| (code.as_str(), *qty)).collect();
    run.slip(stage, on(issued, 3), "material.issue", &lines);
}

/// What is left of the packaging but 2 % comes back, and the order is closed.
fn finish(stage: &mut Stage, name: &str, sku: &str, day: NaiveDate) {
    let Some(run) = run(stage, name, sku) else { return };
    let materials = production::used(stage, &[sku]);
    let left = |material: &Material| (material.code.clone(), run.qty * 2 / 100);
    let left: Vec<(String, i64)> = materials.iter().map(left).collect();
    let lines: Vec<(&str, i64)> = left.iter().map(|(code, qty)| (code.as_str(), *qty)).collect();
    run.slip(stage, day, "material.take_back", &lines);
    run.settle(stage, day);
    stage.call(day, "order.close", json!({ "id": format!("@order/{name}"), "reason": null }));
}

/// A draft; quantities are multiples of the least order.
fn place(stage: &mut Stage, Order(name, lines, day, _): &Order) {
    let mut goods = Vec::new();
    let (mut prices, mut factory) = (Vec::new(), String::new());
    for (code, times) in *lines {
        let Some(good) = stage.find(code) else { continue };
        let qty = good.moq * times;
        goods.push(json!({ "sku": format!("@sku/{code}"), "qty": qty }));
        prices.push(json!(good.fee(qty)));
        factory.clone_from(&good.factory);
    }
    let mut input = json!({
        "id": null,
        "factory": format!("@partner/{factory}"),
        "deliverTo": "@place/W0",
        "promisedOn": on(*day, 35),
        "overTolerancePpm": 30_000,
        "lines": goods,
        "unitPrices": prices,
        "terms": "按封样验收；包材按客供料对账单核销",
    });
    taxed_terms(&mut input, &factory);
    stage.draft(*day, "order.save", input, &format!("order/{name}"));
}

fn issue(stage: &mut Stage, order: &Order) {
    let Order(name, _, day, promised) = order;
    place(stage, order);
    let id = format!("@order/{name}");
    stage.call(*day, "order.issue", json!({ "id": id }));
    if let Some(promised) = promised {
        let input = json!({ "id": id, "promisedOn": promised });
        stage.call(on(*day, 1), "order.accept", input);
    }
}

fn lot_no(letter: &str, made: NaiveDate) -> String {
    format!("L{}{letter}", made.format("%y%m%d"))
}

/// Goods that a factory delivers, made twelve days before they come, and paid when they leave; what
/// goes into quarantine was sent before it was paid.
fn receive(
    stage: &mut Stage,
    order: &str,
    (code, letter): (&str, &str),
    day: NaiveDate,
    percent: i64,
    status: &str,
) {
    let Some(good) = stage.find(code) else { return };
    let made = back(day, 12);
    let qty = good.moq * percent / 100;
    let line = json!({
        "line": 0,
        "lotNo": lot_no(letter, made),
        "mfgOn": made,
        "expiresOn": good.expires_on(made),
        "qty": qty,
    });
    let unpaid = (status == "quarantine").then_some("工厂先发，验货后付尾款");
    let input = json!({
        "id": format!("@order/{order}"),
        "place": "@place/W0",
        "receivedOn": day,
        "status": status,
        "lines": [line],
        "reason": null,
        "unpaidReason": unpaid,
    });
    if let Some(run) = run(stage, order, code).filter(|_| unpaid.is_none()) {
        run.pay_shipment(stage, day, qty);
    }
    stage.call(day, "order.receive", input);
}
