//! The JSON operation: each of the fourteen buckets alone, and statements that mix them.

use serde_json::{Value, json};

const AS_OF: &str = "2026-03-15T00:00:00+08:00";
const DUE: &str = "2026-03-10T00:00:00+08:00";
const AT: &str = "2026-03-10T08:00:00+08:00";
const SETTLEMENT: &str = "货款结算入账";
const REFUND: &str = "退款-结算后退款-退用户";
const INSURANCE: &str = "退换货运费险";

/// The answer to `input`, a refusal included.
fn answer(input: &Value) -> Value {
    pricing::eval(&json!({ "op": "reconcile", "input": input }))
}

fn run(expected: &Value, rows: &Value) -> Value {
    let answer = answer(&json!({ "as_of": AS_OF, "expected": expected, "rows": rows }));
    assert!(answer.get("error").is_none(), "{answer}");
    answer
}

fn due(order: &str, parts: &Value) -> Value {
    json!({ "order": order, "due": DUE, "parts": parts })
}

fn row_of(flow: &str, order: &Value, scene: &str, parts: &Value) -> Value {
    let amount: i64 = parts.as_object().expect("parts").values().filter_map(Value::as_i64).sum();
    json!({
        "flow": flow, "order": order, "at": AT, "scene": scene, "parts": parts, "amount": amount,
    })
}

fn row(flow: &str, order: &str, parts: &Value) -> Value {
    row_of(flow, &json!(order), SETTLEMENT, parts)
}

/// What one order of 100.00 with a commission of 5.00 falls under, given its rows.
fn one_order(rows: &Value) -> Value {
    let answer = run(&json!([due("o1", &json!({ "paid": 10_000, "commission": -500 }))]), rows);
    let items = answer["items"].as_array().expect("items").clone();
    assert_eq!(items.len(), 1, "{answer}");
    assert_eq!(answer["statement_total"], items[0]["amount"]);
    let tally = json!({ "count": 1, "amount": items[0]["amount"] });
    assert_eq!(answer["buckets"], json!({ items[0]["bucket"].as_str().expect("a name"): tally }));
    items[0].clone()
}

#[test]
fn one_row_as_expected_is_ok() {
    let item = one_order(&json!([row("S1", "o1", &json!({ "paid": 10_000, "commission": -500 }))]));
    assert_eq!(item, json!({ "order": "o1", "amount": 9_500, "bucket": "ok" }));
    // A part of zero is no part.
    let parts = json!({ "paid": 10_000, "commission": -500, "refund": 0 });
    assert_eq!(one_order(&json!([row("S1", "o1", &parts)]))["bucket"], "ok");
}

#[test]
fn several_rows_that_add_up_are_ok() {
    let item = one_order(&json!([
        row("S1", "o1", &json!({ "paid": 6_000 })),
        row("S2", "o1", &json!({ "paid": 4_000 })),
        row_of("S3", &json!("o1"), "佣金", &json!({ "commission": -500 })),
    ]));
    assert_eq!(item, json!({ "order": "o1", "amount": 9_500, "bucket": "ok_several_rows" }));
}

#[test]
fn money_not_there_yet_is_in_transit_until_its_time_has_passed() {
    let waiting = |due: &str| {
        let expected = json!([{ "order": "o1", "due": due, "parts": { "paid": 300, "fee": -20 } }]);
        run(&expected, &json!([]))["items"][0].clone()
    };
    assert_eq!(
        waiting("2026-03-15T00:00:01+08:00"),
        json!({ "order": "o1", "amount": 0, "bucket": "in_transit", "expected": 280 })
    );
    assert_eq!(waiting(AS_OF)["bucket"], "in_transit");
    assert_eq!(
        waiting("2026-03-14T23:59:59+08:00"),
        json!({ "order": "o1", "amount": 0, "bucket": "overdue", "expected": 280 })
    );
}

#[test]
fn an_order_that_brings_nothing_waits_for_nothing() {
    let answer = run(&json!([due("o1", &json!({ "paid": 300, "refund": -300 }))]), &json!([]));
    assert_eq!(answer["items"], json!([{ "order": "o1", "amount": 0, "bucket": "ok" }]));
}

#[test]
fn a_settlement_taken_back_by_a_later_row_is_settled_then_refunded() {
    let settled = row("S1", "o1", &json!({ "paid": 10_000, "commission": -500 }));
    // In full, with the commission returned; the orders do not know of it yet.
    let back = json!({ "refund": -10_000, "commission": 500 });
    let item = one_order(&json!([settled, row_of("R1", &json!("o1"), REFUND, &back)]));
    assert_eq!(
        item,
        json!({
            "order": "o1", "amount": 0, "bucket": "settled_then_refunded",
            "diff": { "refund": -10_000, "commission": 500 },
        })
    );
    // In part.
    let back = row_of("R1", &json!("o1"), REFUND, &json!({ "refund": -500 }));
    let item = one_order(&json!([settled, back]));
    assert_eq!(item["bucket"], "settled_then_refunded");
    assert_eq!(item["diff"], json!({ "refund": -500 }));
    // The part says it where the scene does not.
    let back = row_of("R1", &json!("o1"), "出账", &json!({ "refund": -500 }));
    assert_eq!(one_order(&json!([settled, back]))["bucket"], "settled_then_refunded");
    // Known to the orders: nothing differs.
    let expected = json!({ "paid": 10_000, "commission": -500, "refund": -500 });
    let rows = json!([settled, row_of("R1", &json!("o1"), REFUND, &json!({ "refund": -500 }))]);
    let answer = run(&json!([due("o1", &expected)]), &rows);
    assert_eq!(
        answer["items"],
        json!([{ "order": "o1", "amount": 9_000, "bucket": "settled_then_refunded" }])
    );
}

#[test]
fn a_refund_kept_within_the_settlement_is_not_booked() {
    let item = one_order(&json!([row(
        "S1",
        "o1",
        &json!({ "paid": 10_000, "commission": -500, "refund": -800 })
    ),]));
    assert_eq!(
        item,
        json!({
            "order": "o1", "amount": 8_700, "bucket": "refund_not_booked",
            "diff": { "refund": -800 },
        })
    );
    // Its commission came back with it: 8 % of 500.
    let parts = json!({ "paid": 10_000, "commission": -460, "refund": -800 });
    assert_eq!(one_order(&json!([row("S1", "o1", &parts)]))["bucket"], "refund_not_booked");
    // A subsidy went back with it.
    let expected = json!([due("o1", &json!({ "paid": 1_000, "platform_subsidy": 100 }))]);
    let part = json!({ "paid": 1_000, "platform_subsidy": 70, "refund": -300 });
    let answer = run(&expected, &json!([row("S1", "o1", &part)]));
    assert_eq!(answer["items"][0]["bucket"], "refund_not_booked");
    // A dearer fee does not hide behind a refund, nor does a larger subsidy.
    let parts = json!({ "paid": 10_000, "commission": -530, "refund": -800 });
    let item = one_order(&json!([row("S1", "o1", &parts)]));
    assert_eq!(item["bucket"], "amount");
    assert_eq!(item["diff"], json!({ "commission": -30, "refund": -800 }));
    let part = json!({ "paid": 1_000, "platform_subsidy": 130, "refund": -300 });
    let answer = run(&expected, &json!([row("S1", "o1", &part)]));
    assert_eq!(answer["items"][0]["bucket"], "amount");
    // A refund the orders know and the channel did not keep is another matter.
    let expected = json!([due("o1", &json!({ "paid": 1_000, "refund": -300 }))]);
    let answer = run(&expected, &json!([row("S1", "o1", &json!({ "paid": 1_000 }))]));
    assert_eq!(answer["items"][0]["bucket"], "amount");
    assert_eq!(answer["items"][0]["diff"], json!({ "refund": 300 }));
}

#[test]
fn fees_alone_are_a_fee_rate() {
    let parts = json!({ "paid": 10_000, "commission": -600, "service_fee": -60 });
    let item = one_order(&json!([row("S1", "o1", &parts)]));
    assert_eq!(
        item,
        json!({
            "order": "o1", "amount": 9_340, "bucket": "fee_rate",
            "diff": { "commission": -100, "service_fee": -60 },
        })
    );
    for fee in ["平台服务费", "佣金", "招商服务费", "站外推广费", "渠道分成", "其他分成", "pay_fee"]
    {
        let mut parts = json!({ "paid": 10_000, "commission": -500 });
        parts[fee] = json!(-77);
        assert_eq!(one_order(&json!([row("S1", "o1", &parts)]))["bucket"], "fee_rate", "{fee}");
    }
}

#[test]
fn subsidies_alone_are_a_subsidy() {
    for subsidy in ["platform_subsidy", "实际平台补贴", "达人补贴", "抖音支付补贴", "代金券金额"]
    {
        let mut parts = json!({ "paid": 10_000, "commission": -500 });
        parts[subsidy] = json!(-200);
        let item = one_order(&json!([row("S1", "o1", &parts)]));
        assert_eq!(item["bucket"], "subsidy", "{subsidy}");
        assert_eq!(item["diff"], json!({ subsidy: -200 }));
    }
}

#[test]
fn up_to_a_fen_in_each_part_is_rounding() {
    let of = |paid: i64, commission: i64| {
        let parts = json!({ "paid": paid, "commission": commission });
        one_order(&json!([row("S1", "o1", &parts)]))["bucket"].clone()
    };
    assert_eq!(of(10_000, -499), "rounding");
    assert_eq!(of(10_001, -500), "rounding");
    assert_eq!(of(9_999, -501), "rounding");
    assert_eq!(of(10_000, -502), "fee_rate");
    assert_eq!(of(10_002, -500), "amount");
    // A fen beside a real difference does not hide what it is.
    assert_eq!(of(10_001, -600), "fee_rate");
}

#[test]
fn anything_else_is_an_amount() {
    let of = |parts: &Value| one_order(&json!([row("S1", "o1", parts)]))["bucket"].clone();
    assert_eq!(of(&json!({ "paid": 9_000, "commission": -500 })), "amount");
    assert_eq!(of(&json!({ "paid": 9_000, "commission": -450 })), "amount");
    assert_eq!(
        of(&json!({ "paid": 10_000, "commission": -600, "platform_subsidy": 100 })),
        "amount"
    );
    // Freight is paid by the buyer, though its Chinese name ends like a fee.
    assert_eq!(of(&json!({ "paid": 10_000, "commission": -500, "运费实付": 800 })), "amount");
    // Half of a settlement.
    assert_eq!(of(&json!({ "paid": 5_000, "commission": -250 })), "amount");
    // Totals that agree over parts that do not.
    assert_eq!(of(&json!({ "paid": 9_500 })), "amount");
}

#[test]
fn rows_of_an_unknown_order_are_summed() {
    let answer = run(
        &json!([]),
        &json!([
            row("S1", "zz", &json!({ "paid": 77 })),
            row("S2", "yy", &json!({ "paid": 5 })),
            row("S3", "zz", &json!({ "refund": -7 })),
        ]),
    );
    assert_eq!(
        answer,
        json!({
            "items": [
                { "bucket": "unknown_order", "order": "zz", "amount": 70 },
                { "bucket": "unknown_order", "order": "yy", "amount": 5 },
            ],
            "buckets": { "unknown_order": { "count": 2, "amount": 75 } },
            "statement_total": 75,
        })
    );
}

#[test]
fn rows_of_no_order_are_told_one_by_one() {
    let row = |flow: &str, order: Value| row_of(flow, &order, INSURANCE, &json!({ "other": -40 }));
    for none in [json!(null), json!(""), json!("'"), json!("`\t"), json!("-")] {
        let answer = run(&json!([]), &json!([row("X1", none.clone())]));
        assert_eq!(
            answer["items"],
            json!([{ "bucket": "non_order_item", "flow": "X1", "scene": INSURANCE, "amount": -40 }]),
            "{none}"
        );
    }
    let answer = run(&json!([]), &json!([row("X1", json!(null)), row("X2", json!(null))]));
    assert_eq!(answer["buckets"], json!({ "non_order_item": { "count": 2, "amount": -80 } }));
}

#[test]
fn a_movement_counts_once_for_its_order() {
    let parts = json!({ "paid": 10_000, "commission": -500 });
    let rows = json!([row("S1", "o1", &parts), row("S1", "o1", &parts), row("'S1", "o1", &parts)]);
    let answer = run(&json!([due("o1", &parts)]), &rows);
    assert_eq!(
        answer,
        json!({
            "items": [
                { "bucket": "duplicate_row", "flow": "S1", "amount": 9_500 },
                { "bucket": "duplicate_row", "flow": "S1", "amount": 9_500 },
                { "order": "o1", "amount": 9_500, "bucket": "ok" },
            ],
            "buckets": {
                "duplicate_row": { "count": 2, "amount": 19_000 },
                "ok": { "count": 1, "amount": 9_500 },
            },
            "statement_total": 28_500,
        })
    );
    // Rows without the id of a movement cannot be told to be the same.
    let half = json!({ "paid": 5_000, "commission": -250 });
    let rows = json!([row("", "o1", &half), row("", "o1", &half)]);
    assert_eq!(run(&json!([due("o1", &parts)]), &rows)["items"][0]["bucket"], "ok_several_rows");
}

#[test]
fn a_row_is_there_twice_only_with_all_that_names_it() {
    let expected = json!([
        due("o1", &json!({ "paid": 100 })),
        due("o2", &json!({ "paid": 200 })),
        due("o3", &json!({ "paid": 300 })),
    ]);
    // One movement that settles two orders, and the same number in another account.
    let mut other = row("S1", "o3", &json!({ "paid": 300 }));
    other["account"] = json!("wallet");
    let rows = json!([
        row("S1", "o1", &json!({ "paid": 100 })),
        row("S1", "o2", &json!({ "paid": 200 })),
        other,
    ]);
    assert_eq!(run(&expected, &rows)["buckets"], json!({ "ok": { "count": 3, "amount": 600 } }));
    let mut elsewhere = row("S1", "o1", &json!({ "paid": 100 }));
    elsewhere["account"] = json!("wallet");
    let twice = json!([row("S1", "o1", &json!({ "paid": 100 })), elsewhere]);
    let found = run(&json!([due("o1", &json!({ "paid": 200 }))]), &twice);
    assert_eq!(found["items"][0]["bucket"], "ok_several_rows");
    // A row that cannot be trusted makes none of the true one.
    let mut wrong = row("S1", "o1", &json!({ "paid": 100 }));
    wrong["amount"] = json!(90);
    let rows = json!([wrong, row("S1", "o1", &json!({ "paid": 100 }))]);
    let found = run(&json!([due("o1", &json!({ "paid": 100 }))]), &rows);
    assert_eq!(
        found["items"],
        json!([
            { "bucket": "row_does_not_add_up", "flow": "S1", "amount": 90 },
            { "order": "o1", "amount": 100, "bucket": "ok" },
        ])
    );
}

#[test]
fn a_row_that_does_not_add_up_is_trusted_for_no_order() {
    let mut wrong = row("S1", "o1", &json!({ "paid": 10_000, "commission": -500 }));
    wrong["amount"] = json!(9_400);
    let answer = run(&json!([due("o1", &json!({ "paid": 10_000 }))]), &json!([wrong]));
    assert_eq!(
        answer,
        json!({
            "items": [
                { "bucket": "row_does_not_add_up", "flow": "S1", "amount": 9_400 },
                { "order": "o1", "amount": 0, "bucket": "overdue", "expected": 10_000 },
            ],
            "buckets": {
                "overdue": { "count": 1, "amount": 0 },
                "row_does_not_add_up": { "count": 1, "amount": 9_400 },
            },
            "statement_total": 9_400,
        })
    );
    // Nor is one of no order.
    let mut wrong = row_of("X1", &json!(null), INSURANCE, &json!({ "other": -40 }));
    wrong["amount"] = json!(-50);
    assert_eq!(run(&json!([]), &json!([wrong]))["items"][0]["bucket"], "row_does_not_add_up");
}

#[test]
fn guards_before_ids_are_not_part_of_them() {
    let parts = json!({ "paid": 100 });
    for order in ["'6917926768823643751", "`6917926768823643751", "\t6917926768823643751\t"] {
        let plain = "6917926768823643751";
        let answer = run(&json!([due(plain, &parts)]), &json!([row("'S1", order, &parts)]));
        assert_eq!(answer["items"], json!([{ "order": plain, "amount": 100, "bucket": "ok" }]));
        let answer = run(&json!([due(order, &parts)]), &json!([row("`S1", plain, &parts)]));
        assert_eq!(answer["items"], json!([{ "order": plain, "amount": 100, "bucket": "ok" }]));
    }
    let answer = run(&json!([]), &json!([row("S1", "'zz", &parts)]));
    assert_eq!(answer["items"][0]["order"], "zz");
}

#[test]
fn sub_orders_are_matched_by_themselves() {
    let expected = json!([
        { "order": "p", "sub_order": "p", "due": DUE, "parts": { "paid": 100 } },
        { "order": "p", "sub_order": "q", "due": DUE, "parts": { "paid": 200 } },
    ]);
    let sub = |flow: &str, sub_order: &str, paid: i64| {
        let mut row = row(flow, "'p", &json!({ "paid": paid }));
        row["sub_order"] = json!(format!("'{sub_order}"));
        row
    };
    let answer = run(&expected, &json!([sub("S1", "q", 200)]));
    assert_eq!(
        answer["items"],
        json!([
            {
                "order": "p", "sub_order": "p", "amount": 0, "bucket": "overdue", "expected": 100,
            },
            { "order": "p", "sub_order": "q", "amount": 200, "bucket": "ok" },
        ])
    );
    // A sub-order nobody expects does not pay for its siblings.
    let answer = run(&expected, &json!([sub("S1", "r", 200)]));
    assert_eq!(answer["items"][2]["bucket"], "unknown_order");
    // Orders kept as a whole take the rows of all their sub-orders.
    let whole = json!([due("p", &json!({ "paid": 300 }))]);
    let answer = run(&whole, &json!([sub("S1", "p", 100), sub("S2", "q", 200)]));
    assert_eq!(
        answer["items"],
        json!([{ "order": "p", "amount": 300, "bucket": "ok_several_rows" }])
    );
    // A row that names the order only is for all sub-orders of it.
    let answer = run(&expected, &json!([row("S1", "p", &json!({ "paid": 300 }))]));
    assert_eq!(answer["items"], json!([{ "order": "p", "amount": 300, "bucket": "ok" }]));
    // Orders known by the number of the sub-order.
    let as_order = json!([due("q", &json!({ "paid": 200 }))]);
    let answer = run(&as_order, &json!([sub("S1", "q", 200)]));
    assert_eq!(answer["items"][0]["bucket"], "ok");
}

#[test]
fn orders_shipped_together_are_one_receivable() {
    let shipped = |order: &str, due: &str, paid: i64| json!({ "order": order, "shipment": "w1", "due": due, "parts": { "paid": paid } });
    let expected = json!([
        shipped("o1", DUE, 100),
        due("o2", &json!({ "paid": 50 })),
        shipped("o3", "2026-03-20T00:00:00+08:00", 200),
    ]);
    let paid = |flow: &str, order: &str, paid: i64| row(flow, order, &json!({ "paid": paid }));
    let answer = run(&expected, &json!([paid("S1", "o3", 300), paid("S2", "o2", 50)]));
    assert_eq!(
        answer["items"],
        json!([
            { "order": "o1", "orders": ["o1", "o3"], "amount": 300, "bucket": "ok" },
            { "order": "o2", "amount": 50, "bucket": "ok" },
        ])
    );
    // It is not late before the last of them is.
    let answer = run(&expected, &json!([]));
    assert_eq!(answer["items"][0]["bucket"], "in_transit");
    assert_eq!(answer["items"][0]["expected"], 300);
    assert_eq!(answer["items"][1]["bucket"], "overdue");
}

#[test]
fn a_ledger_without_parts_is_compared_by_its_totals() {
    let total = |amount: i64, scene: &str| {
        json!({ "flow": format!("T{amount}"), "order": "o1", "at": AT, "scene": scene,
            "amount": amount })
    };
    let of = |rows: Value| one_order(&rows);
    assert_eq!(of(json!([total(9_500, SETTLEMENT)]))["bucket"], "ok");
    assert_eq!(of(json!([total(9_501, SETTLEMENT)]))["bucket"], "rounding");
    let item = of(json!([total(9_000, SETTLEMENT)]));
    assert_eq!(item["bucket"], "amount");
    assert_eq!(item["diff"], json!({ "amount": -500 }));
    assert_eq!(
        of(json!([total(9_500, SETTLEMENT), total(-700, REFUND)]))["bucket"],
        "settled_then_refunded"
    );
    // One row without parts and the whole order can only be compared by totals.
    let with = row("S1", "o1", &json!({ "paid": 10_000, "commission": -400 }));
    assert_eq!(of(json!([with, total(-100, "佣金")]))["bucket"], "ok_several_rows");
}

#[test]
fn names_of_recipients_are_dropped() {
    let mut row = row("S1", "zz", &json!({ "paid": 100 }));
    for key in ["收件人", "收件人手机号", "详细地址", "recipient", "phone", "备注"] {
        row[key] = json!("张三 13800138000");
    }
    let answer = run(&json!([]), &json!([row])).to_string();
    assert!(!answer.contains("张三") && !answer.contains("13800138000"), "{answer}");
}

fn ledger(rows: &[(&str, &str, i64, i64)]) -> Value {
    let row = |(flow, at, amount, balance): &(&str, &str, i64, i64)| {
        json!({
            "flow": flow, "order": null, "at": format!("2026-03-10T{at}+08:00"),
            "scene": INSURANCE, "amount": amount, "balance": balance,
        })
    };
    let rows: Vec<Value> = rows.iter().map(row).collect();
    run(&json!([]), &json!(rows))["gaps"].clone()
}

#[test]
fn a_running_balance_without_break_has_no_gap() {
    let none = json!(null);
    assert_eq!(ledger(&[]), none);
    assert_eq!(ledger(&[("a", "08:00:00", 100, 1_100)]), none);
    assert_eq!(
        ledger(&[
            ("a", "08:00:00", 100, 1_100),
            ("b", "09:00:00", -40, 1_060),
            ("c", "10:00:00", 500, 1_560),
        ]),
        none
    );
    // Newest first, as some channels export it.
    assert_eq!(
        ledger(&[
            ("c", "10:00:00", 500, 1_560),
            ("b", "09:00:00", -40, 1_060),
            ("a", "08:00:00", 100, 1_100),
        ]),
        none
    );
}

#[test]
fn a_break_of_the_running_balance_is_a_gap() {
    // 1,100 - 40 = 1,060, but the row leaves 1,050: ten went missing in between.
    assert_eq!(
        ledger(&[
            ("a", "08:00:00", 100, 1_100),
            ("b", "09:00:00", -40, 1_050),
            ("c", "10:00:00", 500, 1_550),
        ]),
        json!([{ "after": "a", "flow": "b", "amount": -10 }])
    );
    assert_eq!(
        ledger(&[("a", "08:00:00", 1, 1), ("b", "09:00:00", 1, 12), ("c", "10:00:00", 1, 23),]),
        json!([
            { "after": "a", "flow": "b", "amount": 10 },
            { "after": "b", "flow": "c", "amount": 10 },
        ])
    );
}

#[test]
fn rows_of_one_second_are_put_in_the_order_of_their_balances() {
    let none = json!(null);
    // 1,000 -> 1,100 -> 1,060 -> 1,560, exported in another order.
    assert_eq!(
        ledger(&[
            ("z", "07:59:59", 1_000, 1_000),
            ("c", "08:00:00", 500, 1_560),
            ("a", "08:00:00", 100, 1_100),
            ("b", "08:00:00", -40, 1_060),
            ("d", "08:00:01", 1, 1_561),
        ]),
        none
    );
    // A round trip within the second: going on to 1,100 at once would strand it.
    assert_eq!(
        ledger(&[
            ("z", "07:59:59", 1_000, 1_000),
            ("c", "08:00:00", 100, 1_100),
            ("a", "08:00:00", 50, 1_050),
            ("b", "08:00:00", -50, 1_000),
            ("d", "08:00:01", 1, 1_101),
        ]),
        none
    );
    // A round trip in the middle, first of the export.
    assert_eq!(
        ledger(&[
            ("d", "08:00:00", -70, 1_100),
            ("c", "08:00:00", 70, 1_170),
            ("b", "08:00:00", 5, 1_105),
            ("a", "08:00:00", 100, 1_100),
        ]),
        none
    );
    // Two rows of the second are missing between the two that are there.
    assert_eq!(
        ledger(&[
            ("z", "07:59:59", 1_000, 1_000),
            ("b", "08:00:00", 10, 1_510),
            ("a", "08:00:00", 10, 1_010),
        ]),
        json!([{ "after": "a", "flow": "b", "amount": 490 }])
    );
}

#[test]
fn each_account_has_its_own_balance_and_a_repeated_row_moves_none() {
    let row = |flow: &str, account: &str, at: &str, amount: i64, balance: i64| {
        json!({
            "flow": flow, "order": null, "at": format!("2026-03-10T{at}+08:00"), "scene": "",
            "account": account, "amount": amount, "balance": balance,
        })
    };
    let rows = [
        row("a", "微信", "08:00:00", 10, 10),
        row("b", "支付宝", "08:00:01", 5, 905),
        row("c", "微信", "08:00:02", 10, 20),
        row("c", "微信", "08:00:02", 10, 20),
        row("d", "支付宝", "08:00:03", 5, 911),
    ];
    let answer = run(&json!([]), &json!(rows));
    assert_eq!(
        answer["gaps"],
        json!([{ "account": "支付宝", "after": "b", "flow": "d", "amount": 1 }])
    );
}

#[test]
fn all_fourteen_in_one_statement_partition_it() {
    let soon = "2026-03-20T00:00:00+08:00";
    let parts = json!({ "paid": 1_000, "platform_subsidy": 100, "commission": -50 });
    let orders = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"];
    let mut expected: Vec<Value> = orders.iter().map(|order| due(order, &parts)).collect();
    expected[2]["due"] = json!(soon);
    let mut wrong = row("12", "d", &parts);
    wrong["amount"] = json!(999);
    let with = |key: &str, value: i64| {
        let mut parts = parts.clone();
        parts[key] = json!(value);
        parts
    };
    let rows = json!([
        row("01", "a", &parts),
        row("02", "b", &json!({ "paid": 1_000 })),
        row("03", "b", &json!({ "platform_subsidy": 100, "commission": -50 })),
        row("04", "e", &parts),
        row_of("05", &json!("e"), REFUND, &json!({ "refund": -1_000, "commission": 50 })),
        row("06", "f", &with("refund", -300)),
        row("07", "g", &with("commission", -80)),
        row("08", "h", &with("platform_subsidy", 60)),
        row("09", "i", &with("commission", -51)),
        row("10", "j", &with("paid", 900)),
        row("11", "zz", &json!({ "paid": 7 })),
        wrong,
        row_of("13", &json!(null), INSURANCE, &json!({ "other": -3 })),
        row("01", "a", &parts),
    ]);
    let answer = run(&json!(expected), &rows);
    // 1,050 + (1,000 + 50) + (1,050 - 950) + 750 + 1,020 + 1,010 + 1,049 + 950 + 7 + 999 - 3
    // + 1,050.
    assert_eq!(answer["statement_total"], 9_032);
    assert_eq!(
        answer["buckets"],
        json!({
            "ok": { "count": 1, "amount": 1_050 },
            "ok_several_rows": { "count": 1, "amount": 1_050 },
            "in_transit": { "count": 1, "amount": 0 },
            "overdue": { "count": 1, "amount": 0 },
            "settled_then_refunded": { "count": 1, "amount": 100 },
            "refund_not_booked": { "count": 1, "amount": 750 },
            "fee_rate": { "count": 1, "amount": 1_020 },
            "subsidy": { "count": 1, "amount": 1_010 },
            "rounding": { "count": 1, "amount": 1_049 },
            "amount": { "count": 1, "amount": 950 },
            "unknown_order": { "count": 1, "amount": 7 },
            "row_does_not_add_up": { "count": 1, "amount": 999 },
            "non_order_item": { "count": 1, "amount": -3 },
            "duplicate_row": { "count": 1, "amount": 1_050 },
        })
    );
}

#[test]
fn what_makes_no_sense_is_refused() {
    let sound = json!({ "as_of": AS_OF, "expected": [], "rows": [] });
    assert_eq!(answer(&sound)["items"], json!([]));
    let with = |key: &str, value: Value| {
        let mut input = sound.clone();
        input[key] = value;
        answer(&input)["error"].clone()
    };
    let parts = json!({ "paid": 1 });
    let row = |change: &dyn Fn(&mut Value)| {
        let mut row = row("S1", "o1", &parts);
        change(&mut row);
        with("rows", json!([row]))
    };
    assert_eq!(with("as_of", json!(null)), "missing_key");
    assert_eq!(with("as_of", json!("today")), "bad_value");
    assert_eq!(with("expected", json!([{ "order": "o1", "parts": {} }])), "missing_key");
    assert_eq!(with("expected", json!([{ "due": DUE }])), "missing_key");
    assert_eq!(row(&|row| row["amount"] = json!(null)), "missing_key");
    assert_eq!(row(&|row| row["amount"] = json!(1.5)), "bad_value");
    assert_eq!(row(&|row| row["parts"] = json!({ "paid": "1" })), "bad_value");
    assert_eq!(row(&|row| row["at"] = json!("2026-03-10")), "bad_value");
    let most = |flow: &str| row_of(flow, &json!(null), "", &json!({ "other": i64::MAX }));
    assert_eq!(with("rows", json!([most("a"), most("b")])), "overflow");
}
