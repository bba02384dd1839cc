//! What the law says, rule by rule and use by use.

use std::fs;

use pricing::check::{LAWS, is_personal_data, law, operator};
use pricing::{RuleBook, eval};
use serde_json::{Value, json};

fn rules(file: &str) -> Value {
    let path = format!("{}/rules/{file}.json", env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(path).expect("the rule set is part of the crate");
    serde_json::from_str(&text).expect("JSON")
}

/// `code severity where` of each flag the context brings about in lawful rules.
fn used(context: &Value) -> Vec<String> {
    flags(&rules("group"), context)
}

/// The same for rules with a change.
fn changed(key: &str, value: &Value) -> Vec<String> {
    let mut set = rules("group");
    set[key] = value.clone();
    flags(&set, &json!({}))
}

fn flags(rules: &Value, context: &Value) -> Vec<String> {
    let case = json!({"op": "check", "input": {"rules": rules, "context": context}});
    let got = eval(&case);
    let list = got["flags"].as_array().unwrap_or_else(|| panic!("flags: {got}"));
    let text = |flag: &Value, key: &str| flag[key].as_str().expect("text").to_owned();
    let read: Vec<String> = list
        .iter()
        .map(|flag| ["code", "severity", "where"].map(|key| text(flag, key)).join(" "))
        .collect();
    assert_eq!(got["ok"], json!(read.iter().all(|flag| !flag.contains(" error "))));
    read
}

#[test]
fn depth_two_is_a_risk_and_depth_three_an_error() {
    let reward = |depth: i64| json!([{"id": "r", "to": "x", "depth": depth, "amount": 1}]);
    let at = |depth, most: Option<i64>, channel: &str| {
        let mut set = rules("group");
        set["rewards"] = reward(depth);
        set["compliance"] = json!({"max_depth": most});
        flags(&set, &json!({"channel": channel}))
    };
    assert_eq!(at(1, None, "app"), [""; 0]);
    assert_eq!(at(2, None, "app"), ["DEPTH_EXCEEDED error r"]);
    assert_eq!(at(2, Some(2), "app"), ["DEPTH_2_TEAM_PAY_RISK warn r"]);
    assert_eq!(at(2, Some(2), "wechat"), ["DEPTH_2_TEAM_PAY_RISK error r"]);
    assert_eq!(at(3, Some(2), "app"), ["DEPTH_EXCEEDED error r"]);
    assert_eq!(at(1, Some(0), "app"), ["DEPTH_EXCEEDED error r"]);
}

#[test]
fn a_channel_is_known_however_it_is_written() {
    let mut set = rules("group");
    set["rewards"] = json!([{"id": "r", "to": "x", "depth": 2, "amount": 1}]);
    set["compliance"] = json!({"max_depth": 2});
    let at = |channel: &str| flags(&set, &json!({"channel": channel}));
    for wechat in ["wechat", "WeChat", " WECHAT ", "We Chat mini-program", "Weixin", "微信小程序"]
    {
        assert_eq!(operator(wechat), Some("wechat"), "{wechat}");
        assert_eq!(at(wechat), ["DEPTH_2_TEAM_PAY_RISK error r"], "{wechat}");
    }
    for other in ["", "app", "chat", "we", "微博", "douyin"] {
        assert_eq!(operator(other), None, "{other}");
        assert_eq!(at(other), ["DEPTH_2_TEAM_PAY_RISK warn r"], "{other}");
    }
}

#[test]
fn pay_that_is_not_for_a_sale_is_refused_by_name() {
    let pay = |own: Value| {
        let mut reward = json!({"id": "r", "to": "inviter", "depth": 1, "amount": 1000});
        for (key, value) in own.as_object().expect("an object") {
            reward[key] = value.clone();
        }
        changed("rewards", &json!([reward]))
    };
    assert_eq!(pay(json!({"trigger": "sale"})), [""; 0]);
    assert_eq!(pay(json!({"trigger": "recruit"})), ["RECRUIT_PAY error r"]);
    assert_eq!(pay(json!({"trigger": "sign_up"})), ["RECRUIT_PAY error r"]);
    assert_eq!(pay(json!({"base": "recruits"})), ["RECRUIT_PAY error r"]);
    assert_eq!(pay(json!({"mech": "recruit"})), ["RECRUIT_PAY error r"]);
    assert_eq!(pay(json!({"trigger": "share_action"})), ["INDUCED_SHARING error r"]);
}

#[test]
fn joining_costs_nothing() {
    let eligibility = |value: Value| changed("eligibility", &value);
    assert_eq!(eligibility(json!({"entry_fee": 1})), ["ENTRY_FEE error eligibility"]);
    assert_eq!(eligibility(json!({"must_buy_package": true})), ["ENTRY_FEE error eligibility"]);
    assert_eq!(eligibility(json!({"entry_fee": 0, "must_buy_package": false})), [""; 0]);
}

#[test]
fn a_brand_consents_to_the_share_it_bears() {
    let coupon = |own: Value| {
        let mut coupon = json!({"id": "X", "type": "amount", "value": 500});
        for (key, value) in own.as_object().expect("an object") {
            coupon[key] = value.clone();
        }
        changed("coupons", &json!([coupon]))
    };
    let half = json!({"platform": "0.5", "brand": "0.5"});
    assert_eq!(coupon(json!({"funding": half})), ["BRAND_SHARE_WITHOUT_CONSENT error X"]);
    assert_eq!(coupon(json!({"funding": half, "brand_consent": "agreement-7"})), [""; 0]);
    assert_eq!(coupon(json!({"funding": {"platform": "1", "brand": "0"}})), [""; 0]);
}

#[test]
fn rules_are_public_seven_days_before_they_hold() {
    let published = |at: &str| changed("published_at", &json!(at));
    assert_eq!(published("2025-12-25T00:00:00+08:00"), [""; 0]);
    let late = published("2025-12-25T00:00:01+08:00");
    assert_eq!(late, ["RULE_NOTICE_UNDER_7_DAYS error group-buy"]);
}

#[test]
fn nobody_fixes_the_price_of_others() {
    let mut set = rules("group");
    set["prices"][1]["min_resale"] = json!(5000);
    assert_eq!(flags(&set, &json!({})), ["RESALE_PRICE_FIXING_RISK warn single"]);
}

#[test]
fn a_struck_price_was_asked_before() {
    let struck = |reference: i64, deals: Value| {
        used(&json!({
            "reference_price": reference, "promo_start": "2026-03-15T00:00:00+08:00", "deals": deals,
        }))
    };
    let deal = |at: &str, price: i64| json!({"at": format!("{at}T00:00:00+08:00"), "price": price});
    let above = ["REFERENCE_PRICE_ABOVE_7DAY_LOW error reference_price"];
    let deals =
        json!([deal("2026-03-10", 9900), deal("2026-03-12", 8900), deal("2026-02-01", 5000)]);
    assert_eq!(struck(9900, deals.clone()), above);
    assert_eq!(struck(8900, deals), [""; 0]);
    // Exactly seven days before counts, a second earlier does not; the promotion itself never.
    assert_eq!(struck(9900, json!([deal("2026-03-08", 8900)])), above);
    assert_eq!(struck(9900, json!([deal("2026-03-07", 9900), deal("2026-03-15", 100)])), [""; 0]);
    assert_eq!(struck(9901, json!([deal("2026-01-07", 9900), deal("2026-01-02", 100)])), above);
    let elsewhere = json!({
        "reference_price": 9900, "promo_start": "2026-03-15T00:00:00+08:00", "venue": "live",
        "deals": [{"at": "2026-03-10T00:00:00+08:00", "price": 100, "venue": "shop"},
                  {"at": "2026-03-09T00:00:00+08:00", "price": 9900, "venue": "live"}],
    });
    assert_eq!(used(&elsewhere), [""; 0]);
    assert_eq!(struck(9900, json!([])), ["REFERENCE_PRICE_UNPROVEN error reference_price"]);
}

#[test]
fn goods_below_cost_want_a_reason() {
    let sold = |reason: Value| used(&json!({"price": 4100, "unit_cost": 4200, "reason": reason}));
    assert_eq!(sold(json!(null)), ["BELOW_COST warn price"]);
    assert_eq!(sold(json!("to win")), ["BELOW_COST warn price"]);
    for reason in ["overstock", "seasonal", "near_expiry"] {
        assert_eq!(sold(json!(reason)), ["BELOW_COST info price"], "{reason}");
    }
    assert_eq!(used(&json!({"price": 4200, "unit_cost": 4200})), [""; 0]);
}

#[test]
fn prizes_persons_and_members_are_what_they_seem() {
    assert_eq!(used(&json!({"lottery_prize": 5_000_000})), [""; 0]);
    let over = used(&json!({"lottery_prize": 5_000_001}));
    assert_eq!(over, ["LOTTERY_PRIZE_OVER_50000 error lottery_prize"]);
    let personal = used(&json!({"personalised_price": true}));
    assert_eq!(personal, ["PERSONALISED_PRICE error personalised_price"]);
    let fake = ["VIRTUAL_GROUP_MEMBERS error group"];
    assert_eq!(used(&json!({"group": {"size": 3, "virtual_members": 1}})), fake);
    assert_eq!(used(&json!({"group": {"size": 3, "virtual_members": 0}})), [""; 0]);
    let phone = json!({"actors": {"sharer": "13812345678"}});
    assert_eq!(used(&phone), ["PERSONAL_DATA_AS_ID error sharer"]);
}

#[test]
fn numbers_of_persons_are_told_from_ids() {
    for id in [
        "13812345678",
        "+8613812345678",
        "86 13812345678",
        "11010519491231002X",
        "110105194912310021",
    ] {
        assert!(is_personal_data(id), "{id}");
    }
    for id in [
        "u_s",
        "buyer1",
        "12812345678",
        "1381234567",
        "138123456789",
        "110105194913310021",
        "999999999999999999",
        "12345678901234567890",
        "品仓品仓品仓",
    ] {
        assert!(!is_personal_data(id), "{id}");
    }
}

#[test]
fn prompts_keep_their_distance() {
    let shown = |prompts: Value| used(&json!({"prompts": prompts}));
    let prompt = |at: &str, contact: &str| json!({"user": "a", "contact": contact, "at": at});
    // The calendar day counts, not 24 hours; seven days to the second is far enough.
    let fine = json!([
        prompt("2026-03-01T23:59:59+08:00", "c1"),
        prompt("2026-03-02T00:00:00+08:00", "c2"),
        prompt("2026-03-08T23:59:59+08:00", "c1"),
    ]);
    assert_eq!(shown(fine), [""; 0]);
    let soon = json!([
        prompt("2026-03-01T10:00:00+08:00", "c1"),
        prompt("2026-03-08T09:59:59+08:00", "c1"),
    ]);
    assert_eq!(shown(soon), ["PROMPT_CONTACT_TOO_SOON error c1@2026-03-08T09:59:59+08:00"]);
    // Another user may be shown the contact; nobody but the pair has met.
    let other = json!([
        prompt("2026-03-01T10:00:00+08:00", "c1"),
        {"user": "b", "contact": "c1", "at": "2026-03-02T10:00:00+08:00"},
    ]);
    assert_eq!(shown(other), [""; 0]);
    // 16:30 UTC is the next day in China, where the second prompt of that day follows.
    let utc = json!([prompt("2026-03-01T16:30:00Z", "c1"), prompt("2026-03-02T09:00:00Z", "c2"),]);
    assert_eq!(shown(utc), ["PROMPT_OVER_DAY_LIMIT error a@2026-03-02T09:00:00Z"]);
}

#[test]
fn who_asked_for_no_prompts_is_left_alone_for_good() {
    let prompt = |user: &str, day: u8, told: Option<bool>| json!({"user": user, "at": format!("2026-03-{day:02}T10:00:00+08:00"), "opted_out": told});
    let prompts = json!([
        prompt("a", 4, None),
        prompt("a", 1, None),
        prompt("b", 4, None),
        prompt("a", 2, Some(true)),
        prompt("a", 3, Some(false)),
    ]);
    let after = |day: u8| format!("PROMPT_AFTER_OPT_OUT error a@2026-03-{day:02}T10:00:00+08:00");
    assert_eq!(used(&json!({"prompts": prompts})), [after(2), after(3), after(4)]);
}

#[test]
fn every_law_is_named_once_with_its_source_and_date() {
    for each in LAWS {
        assert_eq!(law(each.code), Some(each), "{} is there twice", each.code);
        assert!(pricing::time::Day::parse(each.since).is_some(), "{}", each.code);
        assert!(!each.source.is_empty());
    }
}

#[test]
fn an_unlawful_book_says_why_it_does_not_load() {
    let mut set = rules("s2b2c");
    set["eligibility"] = json!({"entry_fee": 39_800});
    let refused = RuleBook::load(&set.to_string()).map_err(|error| error.to_string());
    let said = "the rules break the law: ENTRY_FEE (eligibility)".to_owned();
    assert_eq!(refused.map(|_| ()), Err(said));
}
