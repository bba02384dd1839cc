//! Quotes of the pricing library: from parsed orders, from JSON to JSON, and a year of them again.
//!
//! An order has three lines, two coupons, three charges and five rewards, with tax and a cap on
//! rewards. Orders differ in prices and quantities, so no two in a row are the same.

use std::error::Error;
use std::hint::black_box;

use pricing::{Money, Order, RuleBook, quote, rules::TEMPLATES};

use crate::measure::{Clock, Figure, Goal, PAIRS, median, once};

const ORDER: &str = r#"{
    "id": "O1", "paid_at": "2026-03-15T12:00:00+08:00", "buyer": "buyer1",
    "lines": [
        {"id": "1", "sku": "S1", "qty": 2, "unit_price": 12900, "category": "beauty"},
        {"id": "2", "sku": "S2", "qty": 1, "unit_price": 5990, "category": "health"},
        {"id": "3", "sku": "S3", "qty": 3, "unit_price": 3333}
    ],
    "freight": 600, "coupons": ["C20", "P10"],
    "actors": {"sharer": "u_s", "inviter": "u_i", "mentor": "u_m"},
    "buyer_tags": ["member"], "first_order": true, "period_sales": 1200000
}"#;
/// Orders that differ.
const ORDERS: usize = 1_000;
/// Quotes of one run of a rate.
const QUOTES: u32 = 100_000;
/// Orders of a year.
const YEAR: usize = 1_000_000;

pub(crate) fn all() -> Result<Vec<Figure>, Box<dyn Error>> {
    let rules = TEMPLATES.iter().find(|it| it.code == "s2b2c").ok_or("no rules")?;
    let book = RuleBook::load(rules.json)?;
    let orders = orders()?;
    let texts = orders.iter().map(serde_json::to_string).collect::<Result<Vec<_>, _>>()?;
    let parsed = rate(|at| {
        black_box(quote(&book, &orders[at % ORDERS])?);
        Ok(())
    })?;
    let mut bytes = Vec::new();
    let json = rate(|at| {
        bytes.clear();
        let order: Order = serde_json::from_str(&texts[at % ORDERS])?;
        serde_json::to_writer(&mut bytes, &quote(&book, &order)?)?;
        black_box(&bytes);
        Ok(())
    })?;
    let year = once(Clock::Cpu, || {
        for at in 0..YEAR {
            black_box(quote(&book, &orders[at % ORDERS])?);
        }
        Ok(())
    })?;
    let figure = |what: &str, unit, ours, goal| Figure {
        what: what.to_owned(),
        unit,
        ours,
        bare: None,
        goal,
    };
    Ok(vec![
        figure("quotes of parsed orders, one core", "k/s", parsed, Goal::AtLeast(300.0)),
        figure("quotes from JSON to JSON, one core", "k/s", json, Goal::AtLeast(60.0)),
        figure("1,000,000 orders priced again, one core", "s", year / 1_000.0, Goal::AtMost(5.0)),
    ])
}

fn orders() -> Result<Vec<Order>, Box<dyn Error>> {
    let first: Order = serde_json::from_str(ORDER)?;
    let mut orders = Vec::with_capacity(ORDERS);
    for (number, minor) in (0..ORDERS).zip(1_000_i64..) {
        let mut order = first.clone();
        order.id = format!("O{number}").into();
        order.lines[0].unit_price = Some(Money::from_minor(10 * minor));
        order.lines[2].qty = 1 + minor % 7;
        orders.push(order);
    }
    Ok(orders)
}

/// Thousands a second: the median of several runs, by the time that this process computed.
fn rate(mut act: impl FnMut(usize) -> Result<(), Box<dyn Error>>) -> Result<f64, Box<dyn Error>> {
    let mut all = Vec::new();
    // The first run only warms caches.
    for run in 0..=PAIRS {
        let took = once(Clock::Cpu, || (0..QUOTES as usize).try_for_each(&mut act))?;
        if run > 0 {
            all.push(f64::from(QUOTES) / took);
        }
    }
    Ok(median(all))
}
