//! A case from start to end as JSON: how any other program asks this crate.
//!
//! `cargo run -p pricing --example statement`
#![expect(clippy::print_stdout, reason = "this program is its output")]

use serde_json::json;

fn main() {
    let case = json!({
        "id": "march",
        "op": "settle",
        "input": {
            "terms": {"days_after_receipt": 7, "reserve_rate": "0.05", "reserve_days": 30,
                      "min_payout": 10000},
            "period": ["2026-03-08T00:00:00+08:00", "2026-03-15T00:00:00+08:00"],
            "events": [
                {"id": "o1", "type": "order", "received_at": "2026-03-01T09:00:00+08:00", "net": 29999},
                {"id": "o2", "type": "order", "received_at": "2026-03-09T09:00:00+08:00", "net": 20001},
                {"id": "r1", "type": "refund", "at": "2026-03-10T10:00:00+08:00", "net": -3333}
            ]
        }
    });
    println!("{:#}", pricing::eval(&case));
}
