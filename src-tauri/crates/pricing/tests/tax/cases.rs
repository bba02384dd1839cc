//! The JSON operation: cases of the law worked out by hand.

use serde_json::{Value, json};

/// The answer to `input`, a refusal included.
fn answer(input: &Value) -> Value {
    pricing::eval(&json!({ "op": "withhold", "input": input }))
}

fn got(input: &Value) -> Value {
    let answer = answer(input);
    assert!(answer.get("error").is_none(), "{answer}: {input}");
    answer
}

fn per_payment(income: i64) -> Value {
    got(&json!({ "method": "per_payment_2018_61", "income": income }))
}

fn cumulative(months: &Value) -> Value {
    got(&json!({ "method": "cumulative_2025_16", "months": months }))
}

fn taxes(answer: &Value) -> Vec<i64> {
    let rows = answer["rows"].as_array().expect("rows");
    rows.iter().map(|row| row["tax"].as_i64().expect("an amount")).collect()
}

#[test]
fn up_to_800_a_payment_bears_no_tax() {
    let none = json!({ "taxable": 0, "rate": "0.20", "quick": 0, "tax": 0, "net": 80_000 });
    assert_eq!(per_payment(80_000), none);
    assert_eq!(per_payment(1)["net"], 1);
    assert_eq!(per_payment(0)["net"], 0);
    // 800.03 - 800 = 0.03; x 20 % = 0.006, so 0.01.
    assert_eq!(per_payment(80_003)["tax"], 1);
    assert_eq!(per_payment(80_003)["net"], 80_002);
    // 800.02 - 800 = 0.02; x 20 % = 0.004, so nothing.
    assert_eq!(per_payment(80_002)["tax"], 0);
}

#[test]
fn from_4000_on_the_cost_is_a_share_and_the_tax_does_not_jump() {
    // 3999.99 - 800 = 3199.99; x 20 % = 639.998.
    assert_eq!(
        per_payment(399_999),
        json!({ "taxable": 319_999, "rate": "0.20", "quick": 0, "tax": 64_000, "net": 335_999 })
    );
    // 4000.01 - 20 % (800.002 = 800.00) = 3200.01; x 20 % = 640.002.
    assert_eq!(
        per_payment(400_001),
        json!({ "taxable": 320_001, "rate": "0.20", "quick": 0, "tax": 64_000, "net": 336_001 })
    );
    // 5000 - 20 % = 4000; x 20 % = 800.
    assert_eq!(per_payment(500_000)["tax"], 80_000);
    // 8000 - 20 % = 6400; x 20 % = 1280.
    assert_eq!(per_payment(800_000)["tax"], 128_000);
}

#[test]
fn above_20000_and_50000_of_taxable_pay_the_higher_rates_apply() {
    // 25,000.01 - 5,000.00 = 20,000.01: second step; x 30 % = 6,000.003 - 2,000.
    assert_eq!(
        per_payment(2_500_001),
        json!({
            "taxable": 2_000_001, "rate": "0.30", "quick": 200_000, "tax": 400_000,
            "net": 2_100_001,
        })
    );
    // 30,000 - 6,000 = 24,000; x 30 % = 7,200 - 2,000.
    assert_eq!(
        per_payment(3_000_000),
        json!({
            "taxable": 2_400_000, "rate": "0.30", "quick": 200_000, "tax": 520_000,
            "net": 2_480_000,
        })
    );
    // 62,500 - 12,500 = 50,000, still the second step; x 30 % = 15,000 - 2,000.
    assert_eq!(
        per_payment(6_250_000),
        json!({
            "taxable": 5_000_000, "rate": "0.30", "quick": 200_000, "tax": 1_300_000,
            "net": 4_950_000,
        })
    );
    // 62,500.01 - 12,500.00 = 50,000.01: third step; x 40 % = 20,000.004 - 7,000.
    assert_eq!(
        per_payment(6_250_001),
        json!({
            "taxable": 5_000_001, "rate": "0.40", "quick": 700_000, "tax": 1_300_000,
            "net": 4_950_001,
        })
    );
}

#[test]
fn a_year_of_8000_a_month_bears_504() {
    // Month k: 6,400 k - 5,000 k = 1,400 k, at most 16,800: 3 %, so 42 each month.
    let answer = cumulative(&json!(vec![800_000; 12]));
    assert_eq!(taxes(&answer), vec![4_200; 12]);
    assert_eq!(answer["tax_total"], 50_400);
    assert_eq!(answer["net_total"], 9_549_600);
    assert_eq!(
        answer["rows"][11],
        json!({
            "income": 800_000, "cumulative_taxable": 1_680_000, "rate": "0.03", "quick": 0,
            "tax": 4_200, "net": 795_800,
        })
    );
}

#[test]
fn up_to_6250_a_month_bears_nothing() {
    // 6,250 - 20 % = 5,000, the deduction.
    let answer = cumulative(&json!(vec![625_000; 12]));
    assert_eq!(answer["tax_total"], 0);
    // 6,250.50 - 1,250.10 = 5,000.40; 0.40 x 3 % = 0.012; the year: 4.80 x 3 % = 0.144.
    let answer = cumulative(&json!(vec![625_050; 12]));
    assert_eq!(taxes(&answer), [1, 1, 2, 1, 1, 1, 1, 2, 1, 1, 1, 1]);
    assert_eq!(answer["tax_total"], 14);
}

#[test]
fn each_bound_of_the_yearly_scale_belongs_to_the_step_below_it() {
    // Income of the first month = (bound + 5,000) / 0.8. Above the bound by a fen (0.02 x 0.8 =
    // 0.016 = 0.02 of taxable pay) the next rate shows and the tax goes on without a jump.
    let bounds = [
        (51_250, 36_000, "0.03", 0, 1_080, "0.10"),
        (186_250, 144_000, "0.10", 2_520, 11_880, "0.20"),
        (381_250, 300_000, "0.20", 16_920, 43_080, "0.25"),
        (531_250, 420_000, "0.25", 31_920, 73_080, "0.30"),
        (831_250, 660_000, "0.30", 52_920, 145_080, "0.35"),
        (1_206_250, 960_000, "0.35", 85_920, 250_080, "0.45"),
    ];
    for (income, taxable, rate, quick, tax, next) in bounds {
        let row = &cumulative(&json!([income * 100]))["rows"][0];
        let expected = json!({
            "income": income * 100, "cumulative_taxable": taxable * 100, "rate": rate,
            "quick": quick * 100, "tax": tax * 100, "net": (income - tax) * 100,
        });
        assert_eq!(row, &expected);
        let above = &cumulative(&json!([income * 100 + 2]))["rows"][0];
        assert_eq!(above["cumulative_taxable"], taxable * 100 + 2);
        assert_eq!(above["rate"], next);
        let more = above["tax"].as_i64().expect("an amount") - tax * 100;
        assert!((0..=1).contains(&more), "{income}: {more}");
    }
    // 2,000,000 in one month: 1,600,000 - 5,000 = 1,595,000; x 45 % = 717,750 - 181,920.
    assert_eq!(taxes(&cumulative(&json!([200_000_000]))), [53_583_000]);
}

#[test]
fn a_month_without_income_still_deducts_and_gives_nothing_back() {
    // 1: 48,000 - 5,000 = 43,000; x 10 % - 2,520 = 1,780.
    // 2: 48,000 - 10,000 = 38,000; 1,280 is less than was withheld. 3: 33,000 x 3 % = 990: same.
    let answer = cumulative(&json!([6_000_000, 0, 0]));
    assert_eq!(taxes(&answer), [178_000, 0, 0]);
    assert_eq!(answer["rows"][1]["cumulative_taxable"], 3_800_000);
    assert_eq!(answer["rows"][1]["rate"], "0.10");
    assert_eq!(answer["rows"][2]["rate"], "0.03");
    // 4: 108,000 x 0.8 = 86,400 - 20,000 = 66,400; x 10 % - 2,520 = 4,120 - 1,780 = 2,340.
    let answer = cumulative(&json!([6_000_000, 0, 0, 4_800_000]));
    assert_eq!(taxes(&answer), [178_000, 0, 0, 234_000]);
    assert_eq!(answer["tax_total"], 412_000);
    assert_eq!(answer["net_total"], 10_800_000 - 412_000);
}

#[test]
fn a_month_outside_the_work_relation_deducts_nothing() {
    // 1: 1,400 x 3 % = 42. 2: none. 3, the second month of work: 12,800 - 10,000 = 2,800; 84 - 42.
    assert_eq!(taxes(&cumulative(&json!([800_000, null, 800_000]))), [4_200, 0, 4_200]);
    // Had it counted: 12,800 - 15,000 is below zero.
    assert_eq!(taxes(&cumulative(&json!([800_000, 0, 800_000]))), [4_200, 0, 0]);
}

#[test]
fn exempt_income_deductions_and_reliefs_count_from_their_month_on() {
    // 1: 6,400 - 5,000 - 400 - 200 = 800; 24 - 10 = 14.
    // 2: 12,800 - 10,000 - 600 = 2,200; 66 - 10 - 14 = 42.
    let first = json!({ "income": 800_000, "exempt": 40_000, "other": 20_000, "relief": 1_000 });
    let answer = cumulative(&json!([first, { "income": 800_000 }]));
    assert_eq!(taxes(&answer), [1_400, 4_200]);
    assert_eq!(answer["rows"][0]["cumulative_taxable"], 80_000);
    // Relief beyond the tax does not become a payment: 1,400 x 3 % = 42 < 50.
    assert_eq!(taxes(&cumulative(&json!([{ "income": 800_000, "relief": 5_000 }]))), [0]);
}

#[test]
fn commission_taken_back_lowers_the_year() {
    // 1: 16,000 - 5,000 = 11,000; 330. 2: (20,000 - 10,000) x 0.8 = 8,000 - 10,000 < 0: nothing.
    // 3: 28,000 x 0.8 = 22,400 - 15,000 = 7,400; 222 < 330. 4: 40,000 x 0.8 = 32,000 - 20,000
    // = 12,000; 360 - 330 = 30.
    let months = json!([2_000_000, -1_000_000, 1_800_000, 1_200_000]);
    assert_eq!(taxes(&cumulative(&months)), [33_000, 0, 0, 3_000]);
}

#[test]
fn two_payments_of_a_month_share_its_deduction() {
    let pay = |income: i64, before: i64| {
        got(&json!({
            "method": "cumulative_2025_16", "income": income,
            "year_to_date": { "months": 1, "income": before, "withheld": 0 },
        }))
    };
    assert_eq!(pay(400_000, 0)["tax"], 0);
    // 8,000 x 0.8 - 5,000 = 1,400; 3 %.
    assert_eq!(
        pay(400_000, 400_000),
        json!({
            "cumulative_taxable": 140_000, "rate": "0.03", "quick": 0, "tax": 4_200,
            "net": 395_800,
        })
    );
}

#[test]
fn payer_and_day_choose_the_method() {
    let tax = |payer: &str, at: &str| {
        got(&json!({ "payer": payer, "paid_at": at, "income": 800_000 }))["tax"].clone()
    };
    assert_eq!(tax("internet_platform", "2025-09-30T23:59:59+08:00"), 128_000);
    assert_eq!(tax("internet_platform", "2025-10-01T00:00:00+08:00"), 4_200);
    assert_eq!(tax("internet_platform", "2025-10-01"), 4_200);
    // The day is that of China, whatever offset the instant was written with.
    assert_eq!(tax("internet_platform", "2025-09-30T15:59:59Z"), 128_000);
    assert_eq!(tax("internet_platform", "2025-09-30T16:00:00Z"), 4_200);
    assert_eq!(tax("internet_platform", "2025-10-01T00:30:00+09:00"), 128_000);
    assert_eq!(tax("other", "2025-09-30"), 128_000);
    assert_eq!(tax("other", "2026-11-01"), 128_000);
    // A named method stands, whoever pays.
    let named = json!({
        "method": "incidental", "payer": "internet_platform", "paid_at": "2026-01-01",
        "income": 800_000,
    });
    assert_eq!(got(&named)["tax"], 160_000);
}

#[test]
fn a_gift_is_incidental_income_and_a_price_coupon_is_none() {
    // 88.88 x 20 % = 17.776.
    let gift = json!({ "method": "incidental", "income": 8_888 });
    assert_eq!(got(&gift), json!({ "taxable": 8_888, "tax": 1_778, "net": 7_110 }));
    let gift = json!({ "method": "incidental", "income": 500, "is_price_coupon": false });
    assert_eq!(got(&gift), json!({ "taxable": 500, "tax": 100, "net": 400 }));
    // 0.02 x 20 % = 0.004 and 0.03 x 20 % = 0.006.
    assert_eq!(got(&json!({ "method": "incidental", "income": 2 }))["tax"], 0);
    assert_eq!(got(&json!({ "method": "incidental", "income": 3 }))["tax"], 1);
}

#[test]
fn an_invoice_or_a_price_reduction_bears_no_tax_here() {
    for method in ["business_invoice", "discount"] {
        let answer = got(&json!({ "method": method, "income": 1_000_000 }));
        assert_eq!(answer, json!({ "taxable": 0, "tax": 0, "net": 1_000_000 }), "{method}");
    }
}

#[test]
fn what_makes_no_sense_is_refused() {
    let method = "per_payment_2018_61";
    let cases = [
        (json!([]), "bad_value"),
        (json!({ "income": 1 }), "missing_key"),
        (json!({ "method": method }), "missing_key"),
        (json!({ "method": "guess", "income": 1 }), "bad_value"),
        (json!({ "method": method, "income": -1 }), "bad_value"),
        (json!({ "method": "incidental", "income": -1 }), "bad_value"),
        (json!({ "method": method, "income": 1.5 }), "bad_value"),
        (json!({ "method": method, "income": "1" }), "bad_value"),
        (json!({ "method": method, "months": 3 }), "bad_value"),
        (json!({ "method": method, "months": [true] }), "bad_value"),
        (json!({ "method": method, "months": [{ "other": 1 }] }), "missing_key"),
        (json!({ "method": method, "months": [{ "income": 1, "others": 1 }] }), "unknown_key"),
        (json!({ "payer": "somebody", "paid_at": "2026-01-01", "income": 1 }), "bad_value"),
        (json!({ "payer": "other", "income": 1 }), "missing_key"),
        (json!({ "payer": "other", "paid_at": "soon", "income": 1 }), "bad_value"),
        (
            json!({ "method": "cumulative_2025_16", "income": 1, "year_to_date": { "month": 1 } }),
            "unknown_key",
        ),
        (json!({ "method": "cumulative_2025_16", "months": [i64::MAX, i64::MAX] }), "overflow"),
    ];
    for (input, expected) in cases {
        assert_eq!(answer(&input), json!({ "error": expected }), "{input}");
    }
}
