//! What the wire promises to readers and writers of other versions.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use contract::{
    ChangesPage, Fulfilment, Listing, Order, OrderStatus, ProblemDetails, StockLevel, Timestamp,
    WarehouseKind, fingerprint,
};

const ORDER: &str = r#"{
    "id": "6913579864205371938", "version": 3, "seq": 9007199254740993,
    "updated_at": "2026-10-01T18:00:00.123456789+08:00",
    "status": "shipped", "payment": "paid", "fulfilment": "teleported",
    "placed_at": "2026-10-01T01:00:00Z", "paid_at": "2026-10-01T01:02:00Z",
    "shipped_at": "2026-10-01T10:00:00Z", "business_date": "2026-10-01",
    "a_field_of_next_year": {"x": [1.5e300]},
    "lines": [{"id": "1", "listing_id": "L1", "qty": 2,
               "paid": {"amount": "59.80", "currency": "CNY"}, "gift_wrap": null}]
}"#;

#[test]
fn an_order_keeps_unknown_words_and_ignores_unknown_fields() {
    let order: Order = serde_json::from_str(ORDER).unwrap();
    assert_eq!(order.id.as_str(), "6913579864205371938");
    assert_eq!(order.seq, 9_007_199_254_740_993, "beyond the exact range of a float");
    assert_eq!(order.status, OrderStatus::Shipped);
    assert_eq!(order.fulfilment, Fulfilment::Unknown("teleported".into()));
    assert_eq!(order.lines[0].warehouse_id, None);
    assert_eq!(order.lines[0].paid.as_ref().unwrap().amount.as_str(), "59.80");
    assert_eq!(order.updated_at.to_string(), "2026-10-01T10:00:00.123456Z");

    let written = serde_json::to_string(&order).unwrap();
    assert!(written.contains(r#""fulfilment":"teleported""#), "{written}");
    assert!(written.contains(r#""placed_at":"2026-10-01T01:00:00.000000Z""#), "{written}");
    assert_eq!(serde_json::from_str::<Order>(&written).unwrap(), order);
}

#[test]
fn what_the_contract_does_not_allow_is_an_error() {
    let broken = |from: &str, to: &str| {
        assert!(ORDER.contains(from));
        serde_json::from_str::<Order>(&ORDER.replacen(from, to, 1)).unwrap_err().to_string()
    };
    broken(r#""id": "6913579864205371938""#, r#""id": 6913579864205371938"#);
    broken(r#""qty": 2"#, r#""qty": 2.0"#);
    broken(r#""qty": 2"#, r#""qty": "2""#);
    broken(r#""amount": "59.80""#, r#""amount": 59.80"#);
    broken(r#""2026-10-01T10:00:00Z""#, r#""2026-10-01T10:00:00""#);
    broken(r#""lines""#, r#""rows""#);
    broken(r#""version": 3"#, r#""version": -3"#);
}

#[test]
fn a_page_keeps_the_bytes_of_its_objects() {
    let data = r#"{"id" : "9",  "amount_of_another_age": 1.10}"#;
    let json = format!(
        r#"{{"epoch":"e1","items":[{{"seq":7,"topic":"after_sales","id":"9","op":"upsert",
            "version":1,"occurred_at":"2026-10-01T00:00:00Z","data":{data}}}],
            "next_cursor":"c","has_more":false,"head_seq":7}}"#
    );
    let page: ChangesPage = serde_json::from_str(&json).unwrap();
    assert_eq!(page.items[0].topic.as_str(), "after_sales");
    assert_eq!(page.items[0].data.as_ref().unwrap().get(), data);
    assert_eq!(page.lag_ms, None);
    assert!(serde_json::from_str::<ChangesPage>(r#"{"code":0,"data":[]}"#).is_err());
}

#[test]
fn absent_is_absent_and_not_zero() {
    let level: StockLevel = serde_json::from_str(
        r#"{"id":"s","version":1,"seq":1,"updated_at":"2026-10-01T00:00:00Z",
            "seller_sku":"SK001","warehouse_id":"P1","on_hand":0}"#,
    )
    .unwrap();
    assert_eq!((level.on_hand, level.available), (Some(0), None));
    let listing: Listing = serde_json::from_str(
        r#"{"id":"L1","version":1,"seq":1,"updated_at":"2026-10-01T00:00:00Z",
            "title":"x","status":"online"}"#,
    )
    .unwrap();
    assert_eq!((listing.seller_sku, listing.price), (None, None));
    assert_eq!(serde_json::from_str::<ProblemDetails>("{}").unwrap(), ProblemDetails::default());
    let kind: WarehouseKind = serde_json::from_str(r#""3pl""#).unwrap();
    assert_eq!(kind, WarehouseKind::ThirdParty);
}

#[test]
fn a_time_without_an_offset_is_refused() {
    assert!(Timestamp::parse("2026-10-01 10:00:00").is_err());
    assert!(Timestamp::parse("2026-10-01T10:00:00").is_err());
    let one = Timestamp::parse("2026-10-01T18:00:00+08:00").unwrap();
    assert_eq!(one, Timestamp::parse("2026-10-01T10:00:00Z").unwrap());
}

/// First eight bytes of SHA-256("A\0" + "1"), computed with another program.
#[test]
fn the_fingerprint_is_the_documented_one() {
    assert_eq!(format!("{:016x}", fingerprint("A", 1)), "6f03e2290cec5b10");
    assert_ne!(fingerprint("A", 1), fingerprint("A", 2));
    assert_ne!(fingerprint("A1", 1), fingerprint("A", 11));
}
