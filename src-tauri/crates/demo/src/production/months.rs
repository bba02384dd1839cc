//! The months in which production was all that the book held, and what went wrong in them.
//!
//! Goods and packaging lie at the southern warehouse, which sells to distributors.

use chrono::{Datelike, NaiveDate};
use serde_json::json;

use super::{
    masters::{NEW_BOX, cost_of},
    run::{Part, Run, TAX_PPM, cents, parsed, slip, terms},
};
use crate::{
    Size,
    stage::{Stage, on},
};

/// What was made in these months.
pub(super) const MADE: &[&str] =
    &["SK001", "SK002", "SK003", "SK005", "SK006", "SK010", "SK011", "SK025"];

const WAREHOUSE: &str = "W1";
const ISSUE: &str = "material.issue";
const BACK: &str = "material.take_back";

/// Tells them; a smaller story has none.
pub(crate) fn tell(stage: &mut Stage) {
    if stage.size != Size::Demo {
        return;
    }
    packaging(stage);
    in_three_parts(stage);
    over_loss(stage);
    statements(stage);
    in_time(stage);
    late_freight(stage);
    too_many(stage);
    new_artwork(stage);
    wrong_unit(stage);
    thirty_days_late(stage);
    distributors(stage);
}

fn run<'a>(name: &'a str, sku: &'a str, factory: &'a str, qty: i64) -> Run<'a> {
    Run { name, sku, factory, qty, at: WAREHOUSE }
}

/// A purchase of packaging: 30 % when it is accepted, the rest a month after it came.
fn buy(
    stage: &mut Stage,
    (name, supplier, to): (&str, &str, &str),
    (issued, came): (NaiveDate, NaiveDate),
    goods: &[(&str, i64)],
) {
    let cost = |stage: &Stage, code: &str| cost_of(stage, code);
    let lines =
        goods.iter().map(|(code, qty)| json!({ "sku": format!("@sku/{code}"), "qty": qty }));
    let lines: Vec<_> = lines.collect();
    let prices: Vec<_> = goods.iter().map(|(code, _)| cents(cost(stage, code))).collect();
    let net: i64 = goods.iter().map(|(code, qty)| cost(stage, code) * qty).sum();
    let gross = net + net * TAX_PPM / 1_000_000;
    let input = json!({
        "id": null, "kind": "purchase", "factory": format!("@partner/{supplier}"),
        "deliverTo": format!("@place/{to}"), "promisedOn": came, "overTolerancePpm": 50_000,
        "lines": lines, "unitPrices": prices, "taxRatePpm": TAX_PPM, "priceIncludesTax": false,
        "schedule": terms(supplier), "terms": "按确认样验收",
    });
    stage.draft(issued, "order.save", input, &format!("order/{name}"));
    let id = format!("@order/{name}");
    stage.call(issued, "order.issue", json!({ "id": id }));
    stage.call(issued, "order.accept", json!({ "id": id, "promisedOn": came }));
    let deposit = gross * 30 / 100;
    let pay = |term: u32, amount: i64| json!({ "id": id, "term": term, "amount": cents(amount) });
    stage.call(issued, "order.pay", pay(0, deposit));
    let lines = goods.iter().zip(0..).map(|((_, qty), line)| {
        json!({
            "line": line, "lotNo": format!("B{}", came.format("%y%m%d")), "mfgOn": null,
            "expiresOn": null, "qty": qty,
        })
    });
    let input = json!({
        "id": id, "place": format!("@place/{to}"), "receivedOn": came, "status": "good",
        "lines": lines.collect::<Vec<_>>(), "reason": null,
    });
    stage.call(came, "order.receive", input);
    stage.call(on(came, 30), "order.pay", pay(1, gross - deposit));
    stage.call(on(came, 30), "order.close", json!({ "id": id, "reason": null }));
}

/// Boxes and pumps, each in time for the run that it is for.
fn packaging(stage: &mut Stage) {
    let at = |stage: &Stage, from: (u32, u32), to: (u32, u32)| {
        (stage.at(from.0, from.1), stage.at(to.0, to.1))
    };
    let first = at(stage, (1, 6), (1, 26));
    buy(stage, ("boxes-1", "B1", "W1"), first, &[("BX003", 9_400), ("BX010", 6_600)]);
    buy(stage, ("pumps-1", "B2", "W1"), first, &[("PM24", 12_500)]);
    let days = at(stage, (2, 20), (3, 12));
    buy(stage, ("boxes-2", "B1", "W1"), days, &[("BX025", 20_500)]);
    let days = at(stage, (3, 5), (3, 25));
    buy(stage, ("boxes-3", "B1", "W1"), days, &[("BX006", 5_200), ("BX005", 3_100)]);
    buy(stage, ("pumps-2", "B2", "W1"), days, &[("PM24", 9_000)]);
    let days = at(stage, (3, 28), (4, 24));
    buy(stage, ("boxes-4", "B1", "W1"), days, &[("BX002", 20_700)]);
    // Straight to the factory, for more than one order.
    let days = at(stage, (6, 20), (7, 12));
    buy(stage, ("boxes-5", "B1", "F1"), days, &[("BX011", 13_400)]);
    let days = at(stage, (7, 20), (8, 12));
    buy(stage, ("boxes-6", "B1", "W1"), days, &[("BX001", 24_800)]);
    buy(stage, ("pumps-3", "B2", "W1"), days, &[("PM24", 24_800)]);
    let days = at(stage, (9, 5), (9, 28));
    buy(stage, ("boxes-7", "B1", "W1"), days, &[(NEW_BOX, 5_200)]);
}

/// Months 2 and 3: SK003 comes in three parts, each paid before it leaves but the second.
fn in_three_parts(stage: &mut Stage) {
    let order = run("three-parts", "SK003", "F1", 9_000);
    order.order(stage, stage.at(2, 3), stage.at(3, 18));
    order.pay(stage, stage.at(2, 6), 0, 50);
    order.slip(stage, stage.at(2, 9), ISSUE, &[("BX003", 9_279), ("PM24", 9_279)]);
    order.milestone(stage, "material_ready", stage.at(2, 9));
    order.milestone(stage, "filling", stage.at(2, 22));
    let parts = [
        Part::of(stage.at(3, 7), "A", 2_000),
        Part {
            unpaid: Some("海运截仓，工厂同意先发，款两日内付"),
            ..Part::of(stage.at(3, 15), "B", 3_500)
        },
        Part::of(stage.at(3, 24), "C", 3_500),
    ];
    for part in &parts {
        let paid = if part.unpaid.is_some() { on(part.day, 2) } else { part.day };
        order.pay_shipment(stage, paid, part.qty);
        order.receive(stage, part);
        order.accept(stage, part, 0);
    }
    order.slip(stage, stage.at(3, 26), BACK, &[("BX003", 100), ("PM24", 100)]);
    order.finish(stage, stage.at(3, 27));
}

/// Month 4: 6,500 boxes sent for 6,000 jars of SK010 and 201 come back: 299 are missing, 4.6 %.
fn over_loss(stage: &mut Stage) {
    let order = run("over-loss", "SK010", "F1", 6_000);
    order.order(stage, stage.at(2, 10), stage.at(4, 8));
    order.pay(stage, stage.at(2, 13), 0, 50);
    order.slip(stage, stage.at(3, 6), ISSUE, &[("BX010", 6_500)]);
    let part = Part { spoilt: 120, ..Part::of(stage.at(4, 14), "A", 6_000) };
    order.pay_shipment(stage, part.day, part.qty);
    order.receive(stage, &part);
    order.accept(stage, &part, 0);
    order.slip(stage, stage.at(4, 20), BACK, &[("BX010", 201)]);
    order.settle(stage, stage.at(4, 26));
    order.claim(stage, stage.at(4, 28), "832.00", "超损 104 个，工厂按成本赔付");
    order.close(stage, stage.at(4, 28));
}

/// F1 holds 3,000 pumps beside those of its orders. In month 3 it agrees, in month 4 it counts 320
/// fewer.
fn statements(stage: &mut Stage) {
    let (sent, place) = (stage.at(3, 10), (None, WAREHOUSE, "F1"));
    slip(stage, sent, ISSUE, place, &[("PM24", 3_000)]);
    let stated = |stage: &Stage, month: u32, state: &str, pumps: i64, note: &str| {
        let count = json!({ "material": "@sku/PM24", "counted": pumps });
        json!({
            "place": "@place/F1", "month": stage.at(month, 1), "state": state, "note": note,
            "counted": [count],
        })
    };
    let agreed = stated(stage, 3, "agreed", 3_000, "");
    stage.call(stage.at(4, 3), "statement.save", agreed);
    let note = "工厂实盘 2,680 个，少 320 个，双方复核中";
    let disputed = stated(stage, 4, "disputed", 2_680, note);
    stage.call(stage.at(5, 3), "statement.save", disputed);
}

/// F2 and F3 deliver before the promised day.
fn in_time(stage: &mut Stage) {
    let order = run("masks", "SK025", "F2", 20_000);
    order.order(stage, stage.at(3, 20), stage.at(4, 20));
    order.pay(stage, stage.at(3, 22), 0, 30);
    order.slip(stage, stage.at(3, 25), ISSUE, &[("BX025", 20_409)]);
    let part = Part::of(stage.at(4, 18), "A", 20_000);
    order.receive(stage, &part);
    order.accept(stage, &part, 0);
    order.slip(stage, stage.at(4, 22), BACK, &[("BX025", 9)]);
    order.pay(stage, stage.at(5, 18), 1, 70);
    order.finish(stage, stage.at(5, 20));

    let order = run("sticks", "SK039", "F3", 10_000);
    order.order(stage, stage.at(4, 10), stage.at(5, 26));
    order.pay(stage, stage.at(4, 12), 0, 30);
    order.milestone(stage, "ready", stage.at(5, 20));
    order.pay(stage, stage.at(5, 21), 1, 40);
    let part = Part::of(stage.at(5, 24), "A", 10_000);
    order.receive(stage, &part);
    order.accept(stage, &part, 0);
    order.pay(stage, stage.at(6, 24), 2, 30);
    order.finish(stage, stage.at(6, 25));
}

/// Month 5: two receipts; month 8: their freight is billed when 40 % of them are sold.
fn late_freight(stage: &mut Stage) {
    let toner = run("toner", "SK006", "F1", 5_000);
    toner.order(stage, stage.at(4, 6), stage.at(5, 8));
    let cream = run("eye-cream", "SK005", "F1", 3_000);
    cream.order(stage, stage.at(4, 6), stage.at(5, 10));
    for order in [&toner, &cream] {
        order.pay(stage, stage.at(4, 9), 0, 50);
    }
    toner.slip(stage, stage.at(5, 2), ISSUE, &[("BX006", 5_155), ("PM24", 5_155)]);
    cream.slip(stage, stage.at(5, 2), ISSUE, &[("BX005", 3_093)]);
    for (order, part) in [
        (&toner, Part::of(stage.at(5, 14), "A", 5_000)),
        (&cream, Part::of(stage.at(5, 10), "A", 3_000)),
    ] {
        order.pay_shipment(stage, part.day, part.qty);
        order.receive(stage, &part);
        order.accept(stage, &part, 0);
    }
    toner.slip(stage, stage.at(5, 20), BACK, &[("BX006", 20), ("PM24", 20)]);
    cream.slip(stage, stage.at(5, 20), BACK, &[("BX005", 13)]);
    toner.finish(stage, stage.at(5, 24));
    cream.finish(stage, stage.at(5, 24));
    let bill = json!({
        "number": "YF-0508", "partner": "@partner/C1", "datedOn": stage.at(8, 6),
        "basis": "quantity", "amount": "4000.00", "note": "五月到货运费，迟到的账单",
        "orders": ["@order/toner", "@order/eye-cream"],
    });
    stage.call(stage.at(8, 9), "bill.post", bill);
}

/// Month 6: 20,000 of SK002 were ordered for the price of that tier, and 12,000 were needed.
fn too_many(stage: &mut Stage) {
    let order = run("too-many", "SK002", "F1", 20_000);
    order.order(stage, stage.at(5, 4), stage.at(6, 14));
    order.pay(stage, stage.at(5, 7), 0, 50);
    order.slip(stage, stage.at(5, 10), ISSUE, &[("BX002", 20_619)]);
    let part = Part::of(stage.at(6, 12), "A", 20_000);
    order.pay_shipment(stage, part.day, part.qty);
    order.receive(stage, &part);
    order.accept(stage, &part, 200);
    order.slip(stage, stage.at(6, 18), BACK, &[("BX002", 119)]);
    order.finish(stage, stage.at(6, 24));
}

/// Month 10: SK011 gets new artwork while 8,400 of its old boxes lie at F1.
fn new_artwork(stage: &mut Stage) {
    let old = run("old-artwork", "SK011", "F1", 5_000);
    old.order(stage, stage.at(8, 2), stage.at(9, 10));
    old.pay(stage, stage.at(8, 5), 0, 50);
    // Its boxes were delivered to the factory for no order.
    old.draw(stage, stage.at(8, 6), &[("BX011", 5_000)]);
    let part = Part::of(stage.at(9, 16), "A", 5_000);
    old.pay_shipment(stage, part.day, part.qty);
    old.receive(stage, &part);
    old.accept(stage, &part, 0);
    old.finish(stage, stage.at(9, 24));

    let new = run("new-artwork", "SK011", "F1", 5_000);
    new.order(stage, stage.at(10, 6), stage.at(11, 12));
    new.pay(stage, stage.at(10, 9), 0, 50);
    new.slip(stage, stage.at(10, 12), ISSUE, &[(NEW_BOX, 5_155)]);
    let part = Part::of(stage.at(11, 18), "A", 5_000);
    new.pay_shipment(stage, part.day, part.qty);
    new.receive(stage, &part);
    new.accept(stage, &part, 0);
    new.slip(stage, stage.at(11, 22), BACK, &[(NEW_BOX, 20)]);
    new.finish(stage, stage.at(11, 26));
}

/// Month 10: 500 cartons of 48 are received as 500 pieces, undone and received as 24,000.
fn wrong_unit(stage: &mut Stage) {
    let order = run("wrong-unit", "SK001", "F1", 24_000);
    order.order(stage, stage.at(9, 2), stage.at(10, 20));
    order.pay(stage, stage.at(9, 5), 0, 50);
    order.slip(stage, stage.at(9, 6), ISSUE, &[("BX001", 24_743), ("PM24", 24_743)]);
    let day = stage.at(10, 16);
    order.pay_shipment(stage, day, 24_000);
    order.receive(stage, &Part::of(day, "A", 500));
    let wrong = json!({ "entry": "@entry/receipt/wrong-unit/A", "withBlocking": false });
    stage.call(day, "journal.reverse", wrong);
    let part = Part::of(day, "A", 24_000);
    order.receive(stage, &part);
    order.accept(stage, &part, 0);
    order.slip(stage, stage.at(10, 20), BACK, &[("BX001", 143), ("PM24", 143)]);
    order.finish(stage, stage.at(10, 26));
}

/// Month 11: F3 delivers SK038 thirty days after the day that it promised.
fn thirty_days_late(stage: &mut Stage) {
    let order = run("thirty-late", "SK038", "F3", 10_000);
    let promised = stage.at(10, 26);
    order.order(stage, stage.at(9, 10), promised);
    order.pay(stage, stage.at(9, 12), 0, 30);
    order.milestone(stage, "material_ready", stage.at(9, 28));
    order.milestone(stage, "filling", stage.at(11, 4));
    order.milestone(stage, "ready", stage.at(11, 20));
    order.pay(stage, stage.at(11, 22), 1, 40);
    let part = Part::of(on(promised, 30), "A", 10_000);
    order.receive(stage, &part);
    order.accept(stage, &part, 0);
    order.pay(stage, on(part.day, 30), 2, 30);
    order.finish(stage, on(part.day, 31));
}

/// What distributors took from the southern warehouse: goods, units a month, first and last month.
const TAKEN: &[(&str, i64, u32, u32)] = &[
    ("SK003", 1_800, 4, 8),
    ("SK010", 1_000, 5, 10),
    ("SK025", 4_000, 5, 9),
    ("SK006", 1_000, 6, 7),
    ("SK005", 600, 6, 7),
    ("SK039", 2_000, 6, 10),
    ("SK002", 2_000, 7, 12),
    ("SK011", 2_500, 10, 11),
    ("SK001", 4_000, 11, 15),
    ("SK011", 1_000, 12, 16),
    ("SK038", 2_000, 12, 16),
];

/// What a distributor pays for a unit, tax inside: whole percent of the list price.
const PAYS: i64 = 45;

/// A table for each month with what the goods brought, imported on the first day of the next.
fn distributors(stage: &mut Stage) {
    for month in 4..=16 {
        let (first, next) = (stage.at(month, 1), stage.at(month + 1, 1));
        let days = (next - first).num_days();
        let heads = ["日期", "仓库", "货号", "销量", "含税销售额", "税率"];
        let mut rows = vec![heads.map(str::to_owned).to_vec()];
        for day in first.iter_days().take_while(|day| *day < next) {
            for (sku, units, ..) in
                TAKEN.iter().filter(|(.., from, to)| (*from..=*to).contains(&month))
            {
                // Cumulative, so that the days add up to the month.
                let until = |day: u32| units * i64::from(day) / days;
                let units = until(day.day()) - until(day.day0());
                let list = stage.find(sku).map_or(0, |good| parsed(&good.list_price));
                let brought = cents(units * (list * PAYS / 100));
                let (day, place, sku) = (day.to_string(), WAREHOUSE.into(), (*sku).into());
                let rate = format!("{}%", TAX_PPM / 10_000);
                rows.push(vec![day, place, sku, units.to_string(), brought, rate]);
            }
        }
        stage.import(next, format!("华南分销-{month:02}月.csv"), "sales", &rows);
    }
}
