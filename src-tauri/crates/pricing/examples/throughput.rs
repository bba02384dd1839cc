//! How many quotes one core makes in a second: from parsed structs, and from JSON to JSON.
//!
//! `cargo run --release -p pricing --example throughput`. The order has three lines, two coupons,
//! three charges and five rewards, with tax and a cap on rewards.
#![expect(clippy::print_stdout, reason = "this program is its output")]

use std::error::Error;
use std::hint::black_box;
use std::time::{Duration, Instant};

use pricing::{Order, RuleBook, quote};

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

fn main() -> Result<(), Box<dyn Error>> {
    let book = RuleBook::load(include_str!("../rules/s2b2c.json"))?;
    let order: Order = serde_json::from_str(ORDER)?;
    println!("{} postings per order", quote(&book, &order)?.postings.len());
    let structs = per_second(|| {
        black_box(quote(&book, black_box(&order)).is_ok());
    });
    println!("structs       {structs:>9} quotes/s");
    let mut bytes = Vec::new();
    let json = per_second(|| {
        bytes.clear();
        let order: Result<Order, _> = serde_json::from_str(black_box(ORDER));
        if let Some(quote) = order.ok().and_then(|order| quote(&book, &order).ok()) {
            black_box(serde_json::to_writer(&mut bytes, &quote).is_ok());
        }
    });
    println!("JSON to JSON  {json:>9} quotes/s");
    let clock = Clock::start();
    for _ in 0..1_000_000 {
        black_box(quote(&book, black_box(&order)).is_ok());
    }
    println!("1,000,000 orders recomputed in {} ms", clock.elapsed().as_millis());
    Ok(())
}

/// Time this process spent on a core where the system tells it, else time on the wall: what other
/// processes do is no property of this crate.
struct Clock(Instant, Option<Duration>);

impl Clock {
    fn start() -> Self {
        Self(Instant::now(), on_core())
    }

    fn elapsed(&self) -> Duration {
        let on_core = on_core().zip(self.1).map(|(now, then)| now.saturating_sub(then));
        on_core.unwrap_or_else(|| self.0.elapsed())
    }
}

fn on_core() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/self/schedstat").ok()?;
    stat.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}

/// The best of five runs of half a second.
fn per_second(mut once: impl FnMut()) -> u128 {
    let mut best = 0;
    for _ in 0..5 {
        let (clock, mut count) = (Clock::start(), 0u128);
        while clock.elapsed() < Duration::from_millis(500) {
            for _ in 0..10_000 {
                once();
            }
            count += 10_000;
        }
        best = best.max(count * 1_000_000 / clock.elapsed().as_micros().max(1));
    }
    best
}
