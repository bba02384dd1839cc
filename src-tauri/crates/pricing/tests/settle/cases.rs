//! The JSON operation: statements worked out by hand.

use serde_json::{Value, json};

/// The answer to `input`, a refusal included.
fn answer(input: &Value) -> Value {
    pricing::eval(&json!({ "op": "settle", "input": input }))
}

fn got(input: &Value) -> Value {
    let answer = answer(input);
    assert!(answer.get("error").is_none(), "{answer}: {input}");
    answer
}

fn terms(min_payout: i64) -> Value {
    json!({
        "days_after_receipt": 7, "reserve_rate": "0.05", "reserve_days": 30,
        "min_payout": min_payout,
    })
}

fn week() -> Value {
    json!(["2026-03-08T00:00:00+08:00", "2026-03-15T00:00:00+08:00"])
}

/// The second week of March with `events`.
fn of_week(min_payout: i64, events: &Value, opening: i64) -> Value {
    got(&json!({
        "terms": terms(min_payout), "period": week(), "events": events, "opening": opening,
    }))
}

fn order(id: &str, received_at: &str, net: i64) -> Value {
    json!({ "id": id, "type": "order", "received_at": received_at, "net": net })
}

fn booked(id: &str, kind: &str, at: &str, net: i64) -> Value {
    json!({ "id": id, "type": kind, "at": at, "net": net })
}

#[test]
fn a_balance_of_the_smallest_payout_is_paid_and_a_fen_less_is_not() {
    let events = json!([
        order("o1", "2026-03-01T09:00:00+08:00", 9_999),
        order("o2", "2026-03-09T23:59:59+08:00", 20_001),
        order("o3", "2026-02-20T00:00:00+08:00", 5_000),
        booked("r1", "refund", "2026-03-10T10:00:00+08:00", -3_333),
        booked("p1", "penalty", "2026-03-11T10:00:00+08:00", -500),
    ]);
    // 120 + 9,999 - 3,333 - 500 = 6,286, less a reserve of 9,999 x 5 % = 499.95, so 500: 5,786.
    let paid = |min| {
        let answer = of_week(min, &events, 120);
        (answer["payable"].clone(), answer["carry"].clone())
    };
    assert_eq!(paid(0), (json!(5_786), json!(0)));
    assert_eq!(paid(5_000), (json!(5_786), json!(0)));
    assert_eq!(paid(5_786), (json!(5_786), json!(0)));
    assert_eq!(paid(5_787), (json!(0), json!(5_786)));
}

#[test]
fn a_refund_after_the_payout_leaves_a_debt_that_the_next_orders_pay() {
    let refund = booked("r1", "refund", "2026-03-10T10:00:00+08:00", -12_000);
    assert_eq!(
        of_week(10_000, &json!([refund]), 0),
        json!({
            "rows": [{ "id": "r1", "due": "2026-03-10", "status": "settled", "amount": -12_000 }],
            "opening": 0, "settled": -12_000, "reserve_new": 0, "reserve_released": 0,
            "reserve_left": 0, "payable": 0, "carry": -12_000,
        })
    );
    // -12,000 + 20,000 - 1,000 of reserve = 7,000: under 10,000.
    let next = order("o9", "2026-03-03T00:00:00+08:00", 20_000);
    let answer = of_week(10_000, &json!([next]), -12_000);
    assert_eq!((&answer["payable"], &answer["carry"]), (&json!(0), &json!(7_000)));
    let answer = of_week(7_000, &json!([next]), -12_000);
    assert_eq!((&answer["payable"], &answer["carry"]), (&json!(7_000), &json!(0)));
}

#[test]
fn debt_and_nothing_are_never_paid_out() {
    let penalty = |net| json!([booked("p1", "penalty", "2026-03-10T10:00:00+08:00", net)]);
    let answer = of_week(0, &penalty(-500), 0);
    assert_eq!((&answer["payable"], &answer["carry"]), (&json!(0), &json!(-500)));
    let answer = of_week(0, &penalty(-500), 500);
    assert_eq!((&answer["payable"], &answer["carry"]), (&json!(0), &json!(0)));
    let answer = of_week(0, &penalty(-500), 501);
    assert_eq!((&answer["payable"], &answer["carry"]), (&json!(1), &json!(0)));
}

#[test]
fn days_decide_and_not_hours() {
    // Received on the last second of 28 February: due on 7 March, the day before the week.
    // A second later: due on 8 March. Received on 7 March: due on 14 March, its last day.
    let events = json!([
        order("a", "2026-02-28T23:59:59+08:00", 100),
        order("b", "2026-03-01T00:00:00+08:00", 100),
        order("c", "2026-03-07T23:59:59+08:00", 100),
        order("d", "2026-03-08T00:00:00+08:00", 100),
        booked("e", "refund", "2026-03-07T23:59:59+08:00", -7),
        booked("f", "refund", "2026-03-08T00:00:00+08:00", -7),
        booked("g", "refund", "2026-03-14T23:59:59+08:00", -7),
        booked("h", "refund", "2026-03-15T00:00:00+08:00", -7),
    ]);
    let answer = of_week(0, &events, 0);
    let rows = answer["rows"].as_array().expect("rows");
    let of = |key: &str| rows.iter().map(|row| row[key].clone()).collect::<Vec<_>>();
    assert_eq!(
        json!(of("status")),
        json!([
            "earlier", "settled", "settled", "not_due", "earlier", "settled", "settled", "not_due",
        ])
    );
    assert_eq!(
        json!(of("due")),
        json!([
            "2026-03-07",
            "2026-03-08",
            "2026-03-14",
            "2026-03-15",
            "2026-03-07",
            "2026-03-08",
            "2026-03-14",
            "2026-03-15",
        ])
    );
    assert_eq!(json!(of("amount")), json!([0, 100, 100, 0, 0, -7, -7, 0]));
    assert_eq!(answer["settled"], 186);
}

#[test]
fn days_are_those_of_the_place_of_the_period() {
    // 28 February 16:00 UTC is 1 March 00:00 in China.
    let answer = of_week(0, &json!([order("o1", "2026-02-28T16:00:00Z", 100)]), 0);
    assert_eq!(answer["rows"][0]["due"], "2026-03-08");
    assert_eq!(answer["rows"][0]["status"], "settled");
    let answer = of_week(0, &json!([order("o1", "2026-02-28T15:59:59Z", 100)]), 0);
    assert_eq!(answer["rows"][0]["due"], "2026-03-07");
}

#[test]
fn due_days_run_over_month_and_leap_year() {
    let due = |received: &str| {
        let answer = of_week(0, &json!([order("o1", received, 100)]), 0);
        answer["rows"][0]["due"].clone()
    };
    assert_eq!(due("2026-02-22T12:00:00+08:00"), "2026-03-01");
    assert_eq!(due("2028-02-22T12:00:00+08:00"), "2028-02-29");
    assert_eq!(due("2025-12-30T12:00:00+08:00"), "2026-01-06");
}

#[test]
fn goods_on_their_way_are_not_due() {
    let answer = of_week(0, &json!([{ "id": "o1", "type": "order", "net": 100 }]), 0);
    assert_eq!(
        answer["rows"],
        json!([{ "id": "o1", "due": null, "status": "not_due", "amount": 0 }])
    );
}

#[test]
fn adjustments_go_both_ways_and_leave_no_reserve() {
    let events = json!([
        booked("a1", "adjustment", "2026-03-09T10:00:00+08:00", 1_000),
        booked("a2", "adjustment", "2026-03-09T10:00:00+08:00", -250),
    ]);
    let answer = of_week(0, &events, 0);
    assert_eq!((&answer["settled"], &answer["reserve_new"]), (&json!(750), &json!(0)));
    assert_eq!(answer["payable"], 750);
    assert!(answer["rows"][0].get("reserve").is_none());
}

#[test]
fn each_order_has_its_own_rounded_reserve_and_a_negative_one_has_none() {
    // 10 x 5 % = 0.5, so 1, three times; -1,000 leaves nothing to hold.
    let events = json!([
        order("o1", "2026-03-02T09:00:00+08:00", 10),
        order("o2", "2026-03-02T09:00:00+08:00", 10),
        order("o3", "2026-03-02T09:00:00+08:00", 10),
        order("o4", "2026-03-02T09:00:00+08:00", -1_000),
    ]);
    let answer = of_week(0, &events, 2_000);
    assert_eq!(answer["reserve_new"], 3);
    assert_eq!(answer["rows"][3]["reserve"], 0);
    // 2,000 + 30 - 1,000 - 3.
    assert_eq!(answer["payable"], 1_027);
}

#[test]
fn a_reserve_comes_back_once_its_day_has_come() {
    let released = |release: &str| {
        let answer = got(&json!({
            "terms": terms(0), "period": week(),
            "reserve_held": [{ "order": "x", "amount": 777, "release": release }],
        }));
        (answer["reserve_released"].clone(), answer["reserve_left"].clone())
    };
    let (back, held) = ((json!(777), json!(0)), (json!(0), json!(777)));
    assert_eq!(released("2026-03-08"), back);
    assert_eq!(released("2026-03-14"), back);
    assert_eq!(released("2026-03-15"), held);
    // One that should have come back before is not lost.
    assert_eq!(released("2026-03-01"), back);
    assert_eq!(released("2026-03-14T23:59:59+08:00"), back);
}

#[test]
fn a_released_reserve_pays_debt_first() {
    let answer = got(&json!({
        "terms": terms(0), "period": week(), "opening": -1_000,
        "reserve_held": [{ "order": "x", "amount": 777, "release": "2026-03-10" }],
    }));
    assert_eq!((&answer["payable"], &answer["carry"]), (&json!(0), &json!(-223)));
}

#[test]
fn without_terms_orders_are_due_at_once_and_paid_in_full() {
    let answer = got(&json!({
        "terms": {}, "period": week(), "events": [order("o1", "2026-03-08T00:00:00+08:00", 1)],
    }));
    assert_eq!(answer["rows"][0]["due"], "2026-03-08");
    assert_eq!(answer["payable"], 1);
}

#[test]
fn the_whole_may_be_held_back() {
    let terms = json!({ "reserve_rate": "1", "reserve_days": 30 });
    let answer = got(&json!({
        "terms": terms, "period": week(), "events": [order("o1", "2026-03-08T09:00:00+08:00", 500)],
    }));
    assert_eq!((&answer["settled"], &answer["reserve_new"]), (&json!(500), &json!(500)));
    assert_eq!((&answer["payable"], &answer["carry"]), (&json!(0), &json!(0)));
}

#[test]
fn what_makes_no_sense_is_refused() {
    let with = |key: &str, value: Value| {
        let mut input = json!({ "terms": terms(0), "period": week(), "events": [] });
        input[key] = value;
        answer(&input)["error"].clone()
    };
    let at = "2026-03-10T10:00:00+08:00";
    assert_eq!(with("terms", json!(null)), "missing_key");
    assert_eq!(with("terms", json!({ "min_payuot": 1 })), "unknown_key");
    assert_eq!(with("terms", json!({ "reserve_rate": "1.1" })), "bad_value");
    assert_eq!(with("terms", json!({ "reserve_rate": 0.05 })), "bad_value");
    assert_eq!(with("terms", json!({ "days_after_receipt": -1 })), "bad_value");
    assert_eq!(with("period", json!(["2026-03-08T00:00:00+08:00"])), "bad_value");
    assert_eq!(
        with("period", json!(["2026-03-08T00:00:00+08:00", "2026-03-07T00:00:00+08:00"])),
        "bad_value"
    );
    assert_eq!(with("events", json!([booked("a", "gift", at, 1)])), "bad_value");
    assert_eq!(with("events", json!([{ "id": "a", "type": "refund", "net": 1 }])), "missing_key");
    assert_eq!(with("events", json!([{ "id": "a", "type": "order" }])), "missing_key");
    assert_eq!(
        with("events", json!([booked("a", "refund", at, -1), booked("a", "refund", at, -1)])),
        "duplicate"
    );
    assert_eq!(
        with("reserve_held", json!([{ "order": "x", "amount": -1, "release": "2026-03-10" }])),
        "bad_value"
    );
    let most = json!([order("a", at, i64::MAX), booked("b", "adjustment", at, i64::MAX)]);
    let input = json!({
        "terms": {}, "period": week(), "events": most, "opening": 0,
    });
    assert_eq!(answer(&input)["error"], "overflow");
}
