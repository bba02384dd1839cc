//! Cases worked out by hand for each rule the vectors leave a gap at: other amounts, other states,
//! other edges of the same rule sets.

use std::fs;

use pricing::eval;
use serde_json::{Value, json};

fn rules(file: &str) -> Value {
    let path = format!("{}/rules/{file}.json", env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(path).expect("the rule set is part of the crate");
    serde_json::from_str(&text).expect("JSON")
}

/// A document with other values at some of its keys.
fn with(mut json: Value, changes: &Value) -> Value {
    for (key, value) in changes.as_object().expect("an object") {
        json[key] = value.clone();
    }
    json
}

fn order(lines: &Value, told: &Value) -> Value {
    let order = json!({
        "id": "O1", "paid_at": "2026-03-15T12:00:00+08:00", "buyer": "buyer1", "lines": lines,
        "freight": 0, "coupons": [], "actors": {},
    });
    with(order, told)
}

fn ask(op: &str, input: &Value) -> Value {
    eval(&json!({"id": "case", "op": op, "input": input}))
}

fn quote(rules: &Value, lines: &Value, told: &Value) -> Value {
    ask("quote", &json!({"rules": rules, "order": order(lines, told)}))
}

/// `rule/account/line=amount` of each posting.
fn postings(quote: &Value) -> Vec<String> {
    let postings = quote["postings"].as_array().unwrap_or_else(|| panic!("a quote: {quote}"));
    let text = |posting: &Value, key: &str| posting[key].as_str().expect("text").to_owned();
    postings
        .iter()
        .map(|posting| {
            let [rule, account, line] = ["rule", "account", "line"].map(|key| text(posting, key));
            format!("{rule}/{account}/{line}={}", posting["amount"])
        })
        .collect()
}

#[test]
fn amounts_split_by_largest_remainders() {
    for (total, weights, shares) in [
        (1000, json!([1, 1, 1]), json!([334, 333, 333])),
        (-1003, json!([49, 51]), json!([-491, -512])),
        (1, json!([1, 1]), json!([1, 0])),
        (200, json!([100, 100, 1]), json!([100, 99, 1])),
        (103, json!([1, 1]), json!([52, 51])),
        (0, json!([0, 0]), json!([0, 0])),
    ] {
        let got = ask("allocate", &json!({"total": total, "weights": weights}));
        assert_eq!(got, json!({"shares": shares}));
    }
    assert_eq!(
        ask("allocate", &json!({"total": 5, "weights": [0, 0]})),
        json!({"error": "no_weight"})
    );
}

#[test]
fn decimals_round_once_and_away_from_zero() {
    for (base, rate, amount) in [
        ("52.5", "1", 53),
        ("105", "0.5", 53),
        ("-52.5", "1", -53),
        ("0.525", "100", 53),
        ("10000", "0.602", 6020),
        ("1999", "0.25", 500),
        ("1000", "1", 1000),
    ] {
        let got = ask("round", &json!({"base": base, "rate": rate}));
        assert_eq!(got, json!({"amount": amount}), "{base} {rate}");
    }
    let even = ask("round", &json!({"base": "52.5", "rate": "1", "rounding": "half_even"}));
    assert_eq!(even, json!({"amount": 52}));
}

#[test]
fn tax_is_inside_each_line() {
    let got = ask("vat", &json!({"gross": [6500, 5000], "rate": "0.21"}));
    assert_eq!(got, json!({"vat": [1128, 868], "net": [5372, 4132], "vat_total": 1996}));
    let free = ask("vat", &json!({"gross": [0], "rate": "0.13"}));
    assert_eq!(free, json!({"vat": [0], "net": [0], "vat_total": 0}));
}

#[test]
fn yen_have_no_hundredth() {
    let got = ask("minor", &json!({"amount": "1000", "currency": "JPY"}));
    assert_eq!(got, json!({"minor": 1000}));
}

#[test]
fn a_sharer_earns_on_each_line() {
    let lines = json!([
        {"id": "1", "sku": "S1", "qty": 2, "unit_price": 12900, "category": "beauty"},
        {"id": "2", "sku": "S2", "qty": 1, "unit_price": 5990, "category": "health"},
    ]);
    let got = quote(&rules("s2b2c"), &lines, &json!({"actors": {"sharer": "u_s"}}));
    // 15 % of 258.00 and of 59.90, the latter 8.985 and so 8.99.
    assert_eq!(postings(&got)[6..], ["share/u_s/1=3870", "share/u_s/2=899"]);
    assert_eq!(got["brand_net"], 24_723);
    assert_eq!(got["vat_total"], 2968 + 689);
    let member = json!({"actors": {"sharer": "u_s"}, "buyer_tags": ["member"]});
    // The link comes first; the member's own rebate is of the same group.
    assert_eq!(quote(&rules("s2b2c"), &lines, &member), got);
}

#[test]
fn a_blank_id_is_nobody() {
    let lines = json!([{"id": "1", "sku": "S1", "qty": 1, "unit_price": 12900}]);
    let nobody = quote(&rules("s2b2c"), &lines, &json!({"actors": {"sharer": null}}));
    for blank in ["", " ", "\t\u{3000}"] {
        let told = json!({"actors": {"sharer": blank}});
        assert_eq!(quote(&rules("s2b2c"), &lines, &told), nobody, "{blank:?}");
    }
    let bears = json!({"actors": {"agent": "", "sharer": "u_s"}, "coupons": ["AG"]});
    assert_eq!(quote(&rules("s2b2c"), &lines, &bears)["parties"][""], Value::Null);
    let free = json!({"buyer": "", "group": {"status": "success", "size": 2, "leader": ""}});
    let grouped = json!([{"id": "1", "sku": "S1", "qty": 1, "unit_price": 8900,
                          "group_price": 6900}]);
    assert_eq!(quote(&rules("group"), &grouped, &free)["brand_net"], 6859);
}

#[test]
fn all_five_rewards_pay_three_uplines() {
    let lines =
        json!([{"id": "1", "sku": "S1", "qty": 1, "unit_price": 12900, "category": "beauty"}]);
    let told = json!({
        "actors": {"sharer": "u_s", "inviter": "u_i", "mentor": "u_m"},
        "first_order": true, "period_sales": 1_000_000,
    });
    let got = quote(&rules("s2b2c"), &lines, &told);
    assert_eq!(
        got["parties"],
        json!({
            "brand": 8889, "insurer": 80, "payment": 77, "platform": 774,
            "u_i": 500, "u_m": 387, "u_s": 2193,
        })
    );
    assert_eq!(got["flags"], json!(["MORE_THAN_2_UPLINE_PAYEES"]));
    let below = with(told, &json!({"period_sales": 999_999, "first_order": false}));
    let got = quote(&rules("s2b2c"), &lines, &below);
    assert_eq!(got["parties"]["u_s"], 1935);
    assert_eq!(got["parties"]["u_i"], Value::Null);
    assert_eq!(got["flags"], json!([]));
}

#[test]
fn an_agent_bears_the_agents_coupon() {
    let lines = json!([{"id": "1", "sku": "S1", "qty": 1, "unit_price": 10000}]);
    let told = json!({"actors": {"sharer": "u_s"}, "coupons": ["AG"]});
    let got = quote(&rules("s2b2c"), &lines, &told);
    assert_eq!(got["lines"][0]["disc"], json!({"agent": 300}));
    // 15 % of 97.00 less the 3.00 given away.
    assert_eq!(got["parties"]["u_s"], 1455 - 300);
    assert_eq!(got["flags"], json!([]));
    let cheap = json!([{"id": "1", "sku": "S1", "qty": 1, "unit_price": 1000}]);
    let got = quote(&rules("s2b2c"), &cheap, &told);
    assert_eq!(got["parties"]["u_s"], 105 - 300);
    assert_eq!(got["flags"], json!(["PARTY_NEGATIVE"]));
}

#[test]
fn all_rewards_together_stay_under_the_cap() {
    let set = with(rules("s2b2c"), &json!({"pool_cap": {"base": "paid", "rate": "0.15"}}));
    let lines = json!([{"id": "1", "sku": "S1", "qty": 1, "unit_price": 10000}]);
    let told = json!({"actors": {"sharer": "u_s", "mentor": "u_m"}});
    let got = quote(&set, &lines, &told);
    // 15.00 and 3.00 wanted, 15.00 allowed: 12.50 and 2.50.
    assert_eq!(postings(&got)[3..], ["share/u_s/1=1250", "mentor/u_m/1=250"]);
    assert_eq!(got["flags"], json!(["POOL_CAPPED"]));
}

#[test]
fn a_group_prices_its_members_and_frees_its_leader() {
    let lines =
        json!([{"id": "1", "sku": "S1", "qty": 1, "unit_price": 8900, "group_price": 6900}]);
    let group = |status: &str, leader: &str| json!({"group": {"status": status, "size": 3, "leader": leader}});
    let got = quote(&rules("group"), &lines, &group("success", "other"));
    assert_eq!(got["parties"], json!({"brand": 6859, "platform": 41}));
    assert_eq!(got["vat_total"], 794);
    assert_eq!(quote(&rules("group"), &lines, &group("pending", "buyer1")), got);
    let led = quote(&rules("group"), &lines, &group("success", "buyer1"));
    assert_eq!(led["parties"], json!({"brand": -41, "buyer1": 6900, "platform": 41}));
    assert_eq!(led["vat_total"], 0);
    assert_eq!(led["flags"], json!(["BRAND_NET_NEGATIVE"]));
    let subsidised = with(group("success", "other"), &json!({"coupons": ["SUB5"]}));
    let got = quote(&rules("group"), &lines, &subsidised);
    assert_eq!(got["paid"], 6400);
    assert_eq!(got["parties"], json!({"brand": 6859, "platform": -459}));
    assert_eq!(got["vat_total"], 794);
}

#[test]
fn a_joint_purchase_has_the_price_of_its_tier() {
    let lines = json!([{"id": "1", "sku": "S1", "qty": 3, "unit_price": 19900,
                        "tier2_price": 16900, "tier3_price": 13900}]);
    for (sold, unit) in [(0, 19_900), (100, 16_900), (999, 16_900), (1000, 13_900)] {
        let got = quote(&rules("c2m"), &lines, &json!({"campaign_qty": sold}));
        assert_eq!(got["lines"][0]["unit"], unit, "{sold}");
    }
}

/// The first rule that matches decides; a line without its field is not sold by the next one.
#[test]
fn a_line_without_the_price_of_its_rule_has_none() {
    let none = json!({"error": "no_price"});
    let alone = json!([{"id": "1", "sku": "S1", "qty": 1, "unit_price": 8900}]);
    let grouped = json!({"group": {"status": "success", "size": 3, "leader": "x"}});
    assert_eq!(quote(&rules("group"), &alone, &grouped), none);
    assert_eq!(quote(&rules("group"), &alone, &json!({}))["paid"], 8900);
    let two = json!([{"id": "1", "sku": "S1", "qty": 1, "unit_price": 19900,
                      "tier2_price": 16900}]);
    assert_eq!(quote(&rules("c2m"), &two, &json!({"campaign_qty": 1000})), none);
    assert_eq!(quote(&rules("c2m"), &two, &json!({"campaign_qty": 999}))["paid"], 16_900);
}

#[test]
fn a_flash_event_ends_to_the_second() {
    let lines = json!([{"id": "1", "sku": "S1", "qty": 2, "unit_price": 19900,
                        "supply_price": 4500, "markup": 1000}]);
    let at = |time: &str| {
        let told = json!({"paid_at": time, "actors": {"sharer": "agent7"}});
        quote(&rules("flash"), &lines, &told)
    };
    assert_eq!(at("2026-03-14T10:00:00+08:00")["lines"][0]["unit"], 5500);
    assert_eq!(at("2026-03-17T01:59:59Z")["lines"][0]["unit"], 5500);
    let after = at("2026-03-17T10:00:00+08:00");
    assert_eq!(after["lines"][0]["unit"], 19_900);
    // No mark-up in a list price; the fixed pay per piece stays.
    assert_eq!(postings(&after), ["platform_take/platform/1=3184", "agent/agent7/1=600"]);
}

#[test]
fn a_click_counts_to_the_second() {
    let lines = json!([{"id": "1", "sku": "S1", "qty": 1, "unit_price": 9999}]);
    let clicked =
        |at: &str| json!({"actors": {"promoter": "kol1"}, "attribution": {"clicked_at": at}});
    let late = quote(&rules("cps"), &lines, &clicked("2026-02-28T11:59:59+08:00"));
    assert_eq!(late["parties"], json!({"brand": 9439, "payment": 60, "platform": 500}));
    let after = quote(&rules("cps"), &lines, &clicked("2026-03-15T12:00:01+08:00"));
    assert_eq!(after["parties"], late["parties"]);
}

#[test]
fn a_gold_distributor_earns_twice_the_standard() {
    let lines = json!([{"id": "1", "sku": "S1", "qty": 1, "unit_price": 11300}]);
    for told in [
        json!({"freight": 1000, "actors": {"sharer": "d1"}, "tier": "gold"}),
        json!({"freight": 1000, "actors": {"sharer": "d1"}, "tiers": {"sharer": "gold"}}),
        json!({"freight": 1000, "actors": {"sharer": "d1"}, "tiers": {"d1": "gold"}}),
    ] {
        let got = quote(&rules("saas"), &lines, &told);
        assert_eq!(got["parties"]["d1"], 2000);
        assert_eq!(got["brand_net"], 12_300 - 23 - 74 - 2000);
    }
}

#[test]
fn a_check_in_prize_waits_in_escrow() {
    let lines = json!([{"id": "1", "sku": "S1", "qty": 1, "unit_price": 14900}]);
    let status = |status: &str| json!({"checkin": {"days": 40, "status": status}});
    let pending = quote(&rules("checkin"), &lines, &status("pending"));
    let held = json!({"brand": -89, "escrow:buyer1": 14900, "payment": 89});
    assert_eq!(pending["parties"], held);
    assert_eq!(pending["vat_total"], 843);
    let failed = quote(&rules("checkin"), &lines, &status("failed"));
    assert_eq!(failed["parties"], json!({"brand": 14_811, "payment": 89}));
    assert_eq!(failed["vat_total"], 843);
    let short = quote(
        &rules("checkin_book"),
        &lines,
        &json!({"checkin": {"days": 79, "status": "failed"}}),
    );
    assert_eq!(short["parties"], json!({"brand": 14_811, "payment": 89}));
}

#[test]
fn five_percent_of_what() {
    let lines = json!([{"id": "1", "sku": "S1", "qty": 1, "unit_price": 19900}]);
    for (base, amount) in [
        ("list", 995),
        ("paid", 845),
        ("paid_plus_platform", 935),
        ("paid_ex_vat", 748),
        ("paid_incl_freight", 905),
    ] {
        let set = json!({
            "id": base, "version": 1, "currency": "CNY",
            "effective_from": "2026-01-01T00:00:00+08:00", "effective_to": null,
            "prices": [{"id": "list", "from_field": "unit_price"}],
            "vat": {"rate": "0.13", "base": "paid_plus_platform", "freight_rate": "0.13"},
            "charges": [{"id": "c", "to": "platform", "base": base, "rate": "0.05", "per": "order"}],
            "rewards": [],
            "coupons": [{"id": "X", "type": "amount", "value": 3000,
                         "funding": {"platform": "0.6", "brand": "0.4"}}],
        });
        let got = quote(&set, &lines, &json!({"freight": 1200, "coupons": ["X"]}));
        assert_eq!(got["postings"][0]["amount"], amount, "{base}");
    }
}

#[test]
fn the_instant_of_a_change_belongs_to_the_new_version() {
    let one = with(rules("cps"), &json!({"effective_to": "2026-04-01T00:00:00+08:00"}));
    let two =
        with(rules("cps"), &json!({"version": 2, "effective_from": "2026-04-01T00:00:00+08:00"}));
    let book = json!([one, two]);
    let lines = json!([{"id": "1", "sku": "S1", "qty": 1, "unit_price": 10000}]);
    let at = |time: &str| quote(&book, &lines, &json!({"paid_at": time}))["ruleset"].clone();
    assert_eq!(at("2026-04-01T00:00:00+08:00"), json!(["content-cps", 2]));
    assert_eq!(at("2026-03-31T23:59:59.999+08:00"), json!(["content-cps", 1]));
    let early = quote(&book, &lines, &json!({"paid_at": "2025-12-31T23:59:59+08:00"}));
    assert_eq!(early, json!({"error": "no_rule_set"}));
    let ended = json!([one]);
    let late = quote(&ended, &lines, &json!({"paid_at": "2026-04-01T00:00:00+08:00"}));
    assert_eq!(late, json!({"error": "no_rule_set"}));
}

fn returned(told: &Value, steps: &Value) -> Value {
    let lines = json!([
        {"id": "1", "sku": "S1", "qty": 3, "unit_price": 3333, "category": "beauty"},
        {"id": "2", "sku": "S2", "qty": 1, "unit_price": 5990, "category": "health"},
    ]);
    let sale =
        json!({"freight": 600, "coupons": ["C20"], "actors": {"sharer": "u_s", "mentor": "u_m"}});
    let order = order(&lines, &with(sale, told));
    ask("refund", &json!({"rules": rules("s2b2c"), "order": order, "steps": steps}))
}

#[test]
fn when_all_comes_back_the_brand_has_lost_the_insurance() {
    let left = json!({"brand": -80, "insurer": 80});
    for steps in [
        json!([{"units": {"1": 3, "2": 1}}]),
        json!([{"units": {"1": 3, "2": 1}, "freight": true}]),
        json!([{"units": {"1": 3, "2": 1}, "freight": 600}]),
        json!([{"units": {"2": 1}, "freight": 600}, {"units": {"1": 2}}, {"units": {"1": 1}}]),
    ] {
        let got = returned(&json!({}), &steps);
        assert_eq!(got["remaining"], left, "{steps}");
        assert_eq!(got["refunded_total"], 14_589);
    }
    let kept = returned(&json!({}), &json!([{"units": {"1": 3, "2": 1}, "freight": false}]));
    assert_eq!(kept["remaining"], json!({"brand": 520, "insurer": 80}));
}

/// A misspelt key is refused with its place, where ignoring it would change an amount.
#[test]
fn a_misspelt_input_is_refused() {
    let unknown = json!({"error": "unknown_key"});
    for step in [
        json!({"units": {"1": 1}, "frieght": 600}),
        json!({"unit": {"1": 1}}),
        json!({"units": {"1": 1}, "paidout": ["u_s"]}),
    ] {
        assert_eq!(returned(&json!({}), &json!([step])), unknown, "{step}");
    }
    let told = returned(&json!({}), &json!([{"units": {"1": 1}, "note": "torn"}]));
    assert!(told["error"].is_null(), "{told}");
    let lines = json!([{"id": "1", "sku": "S1", "qty": 1, "unit_price": 12900}]);
    let plan = |op: &str, changes: Value| {
        let input = json!({
            "rules": rules("s2b2c"), "order": order(&lines, &json!({})),
            "cost": {"unit_cost_ex_vat": 4200},
        });
        ask(op, &with(input, &changes))
    };
    for op in ["margin", "break_even", "floors"] {
        assert_eq!(plan(op, json!({"cost": {"unit_cost": 4200}})), unknown, "{op}");
        assert_eq!(plan(op, json!({"costs": {}})), unknown, "{op}");
        assert!(plan(op, json!({"note": "as of March"}))["error"].is_null(), "{op}");
    }
    assert_eq!(plan("break_even", json!({"traget": -300})), unknown);
    assert_eq!(plan("floors", json!({"saving": 300})), unknown);
}

#[test]
fn a_cancelled_line_takes_its_own_discount_along() {
    let got = returned(&json!({}), &json!([{"units": {"2": 1}}]));
    // 59.90 less its 7.49 of the coupon; the other line keeps its 12.51.
    assert_eq!(got["steps"][0]["buyer_refund"], 5241);
}

#[test]
fn what_cannot_come_back_is_refused() {
    let refusal = |steps: Value| returned(&json!({}), &steps)["error"].clone();
    assert_eq!(refusal(json!([{"units": {"1": 4}}])), "refund_exceeds_quantity");
    assert_eq!(
        refusal(json!([{"units": {"1": 2}}, {"units": {"1": 2}}])),
        "refund_exceeds_quantity"
    );
    assert_eq!(refusal(json!([{"units": {"9": 1}}])), "unknown_line");
    assert_eq!(refusal(json!([{"units": {"1": -1}}])), "bad_value");
    assert_eq!(refusal(json!([{"units": {"1": 1}, "freight": 601}])), "bad_value");
}

#[test]
fn coupons_never_take_more_than_there_is() {
    let set = json!({
        "id": "plain", "version": 1, "currency": "CNY",
        "effective_from": "2026-01-01T00:00:00+08:00",
        "prices": [{"id": "list", "from_field": "unit_price"}],
        "vat": {"rate": "0.13", "base": "paid"}, "charges": [], "rewards": [],
        "coupons": [{"id": "ALL", "type": "percent", "value": "1", "funding": {"brand": "1"}},
                    {"id": "P40", "type": "percent", "value": "0.40", "funding": {"brand": "1"}}],
    });
    let lines = json!([{"id": "1", "sku": "S1", "qty": 1, "unit_price": 11999}]);
    let got = quote(&set, &lines, &json!({"coupons": ["ALL", "P40"]}));
    assert_eq!((&got["paid"], &got["vat_total"]), (&json!(0), &json!(0)));
    assert_eq!(got["parties"], json!({}));
    // 25 pieces at 19.99: 40 % of 499.75 is 199.90, taken off once and not per piece.
    let many = json!([{"id": "1", "sku": "S1", "qty": 25, "unit_price": 1999}]);
    assert_eq!(quote(&set, &many, &json!({"coupons": ["P40"]}))["paid"], 29_985);
}

#[test]
fn a_free_order_still_pays_its_insurance() {
    let set = with(
        rules("s2b2c"),
        &json!({"coupons": [
            {"id": "ALL", "type": "percent", "value": "1", "funding": {"brand": "1"}, "brand_consent": "x"},
        ]}),
    );
    let lines = json!([
        {"id": "1", "sku": "S1", "qty": 1, "unit_price": 3000},
        {"id": "2", "sku": "S2", "qty": 1, "unit_price": 1000},
    ]);
    let got = quote(&set, &lines, &json!({"coupons": ["ALL"]}));
    assert_eq!(postings(&got), ["return_insurance/insurer/1=60", "return_insurance/insurer/2=20"]);
    assert_eq!(got["parties"], json!({"brand": -80, "insurer": 80}));
}

#[test]
fn least_most_and_units_bound_a_charge() {
    let pay = |own: &Value| {
        let charge = with(json!({"id": "c", "to": "platform"}), own);
        let set = json!({
            "id": "plain", "version": 1, "currency": "CNY",
            "effective_from": "2026-01-01T00:00:00+08:00",
            "prices": [{"id": "list", "from_field": "unit_price"}],
            "vat": {"rate": "0"}, "charges": [charge], "rewards": [], "coupons": [],
        });
        let lines = json!([
            {"id": "1", "sku": "S1", "qty": 2, "unit_price": 1000, "category": "beauty"},
            {"id": "2", "sku": "S2", "qty": 1, "unit_price": 9000},
        ]);
        postings(&quote(&set, &lines, &json!({})))
    };
    let five = json!({"base": "paid", "rate": "0.05"});
    assert_eq!(pay(&five), ["c/platform/1=100", "c/platform/2=450"]);
    assert_eq!(
        pay(&with(five.clone(), &json!({"min": 200, "max": 300}))),
        ["c/platform/1=200", "c/platform/2=300"]
    );
    assert_eq!(
        pay(&with(five.clone(), &json!({"per": "order", "max": 110}))),
        ["c/platform/1=20", "c/platform/2=90"]
    );
    assert_eq!(pay(&with(five.clone(), &json!({"drop_below": 551}))), [""; 0]);
    assert_eq!(
        pay(&with(five.clone(), &json!({"when": {"category": ["beauty"]}}))),
        ["c/platform/1=100"]
    );
    assert_eq!(
        pay(&with(five, &json!({"per": "order", "category_rates": {"beauty": "0.10"}}))),
        ["c/platform/1=200", "c/platform/2=450"]
    );
    assert_eq!(pay(&json!({"base": "units", "amount": 7})), ["c/platform/1=14", "c/platform/2=7"]);
    assert_eq!(pay(&json!({"amount": 7})), ["c/platform/1=7", "c/platform/2=7"]);
    assert_eq!(
        pay(&json!({"amount": 9, "per": "order", "base": "units"})),
        ["c/platform/1=18", "c/platform/2=9"]
    );
}

#[test]
fn a_charge_the_platform_pays_costs_the_platform() {
    let set = json!({
        "id": "plain", "version": 1, "currency": "CNY",
        "effective_from": "2026-01-01T00:00:00+08:00",
        "prices": [{"id": "list", "from_field": "unit_price"}],
        "vat": {"rate": "0.13"}, "charges": [], "coupons": [],
        "rewards": [{"id": "new", "mech": "newcomer", "to": "buyer", "by": "platform", "depth": 0,
                     "amount": 500, "per": "order", "when": {"first_order": true}}],
    });
    let lines = json!([{"id": "1", "sku": "S1", "qty": 1, "unit_price": 10000}]);
    let got = quote(&set, &lines, &json!({"first_order": true}));
    assert_eq!(got["parties"], json!({"brand": 10_000, "buyer1": 500, "platform": -500}));
}
