//! One order from price to return: what everybody gets, how each amount came about, and what goes
//! back when two of three pieces do.
//!
//! `cargo run -p pricing --example order`
#![expect(clippy::print_stdout, reason = "this program is its output")]

use std::error::Error;

use pricing::{Order, RefundState, RefundStep, RuleBook, quote, refund};

fn main() -> Result<(), Box<dyn Error>> {
    let book = RuleBook::load(include_str!("../rules/s2b2c.json"))?;
    let order: Order = serde_json::from_str(
        r#"{
            "id": "O1", "paid_at": "2026-03-15T12:00:00+08:00", "buyer": "b-1",
            "lines": [{"id": "1", "sku": "TEA-50", "qty": 3, "unit_price": 3333}],
            "freight": 600, "coupons": ["C20"], "actors": {"sharer": "s-7"}
        }"#,
    )?;
    let quote = quote(&book, &order)?;
    for (account, amount) in &quote.parties {
        println!("{account:>10} {amount:>8}");
    }
    for derivation in quote.explain() {
        println!("{}", serde_json::to_string(&derivation)?);
    }
    let mut state = RefundState::default();
    let step = RefundStep {
        units: [("1".into(), 2)].into(),
        paid_out: vec!["s-7".into()],
        ..RefundStep::default()
    };
    let back = refund(&quote, &mut state, &step)?;
    println!("the buyer gets back {}, s-7 owes {:?}", back.buyer_refund, back.clawback.get("s-7"));
    Ok(())
}
