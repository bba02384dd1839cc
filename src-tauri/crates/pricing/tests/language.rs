//! The rule language: everything the schema admits is read, nothing else is.

use std::fs;

use pricing::{RuleBook, RuleSet};
use serde_json::{Value, json};

fn file(name: &str) -> Value {
    let path = format!("{}/{name}", env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(path).expect("the file is part of the crate");
    serde_json::from_str(&text).expect("JSON")
}

/// A rule set with one of everything, so that every place of the schema is in it.
fn full() -> Value {
    let every = json!({
        "from": "2026-01-01T00:00:00+08:00", "to": "2027-01-01T00:00:00+08:00",
        "channel": ["app"], "min_qty": 1, "campaign_qty_min": 1, "group": ["pending"],
        "group_leader": false, "buyer_tag": ["member"], "first_order": true, "tier": ["gold"],
        "window_days": 15, "checkin_days_min": 1, "category": ["beauty"], "min_paid": 1,
        "period_sales_min": 1,
    });
    let pay = json!({
        "id": "r", "mech": "share", "to": "sharer", "by": "brand", "depth": 1, "base": "paid",
        "rate": "0.1", "per": "line", "category_rates": {"beauty": "0.2"}, "min": 1, "max": 9,
        "drop_below": 1, "service_fee_rate": "0.1", "exclusive": "g", "contingent": false,
        "price_reduction": false, "on_refund": "reverse", "when": every,
    });
    let mut charge = pay.clone();
    charge["id"] = json!("c");
    json!({
        "id": "full", "version": 1, "currency": "CNY", "published_at": "2025-12-01T00:00:00+08:00",
        "effective_from": "2026-01-01T00:00:00+08:00", "effective_to": "2027-01-01T00:00:00+08:00",
        "rounding": "half_up",
        "prices": [{"id": "p", "sku": "*", "from_field": "unit_price", "add_markup": true,
                    "markup_max_rate": "0.3", "min_resale": 1, "when": every}],
        "vat": {"rate": "0.13", "freight_rate": "0.09", "base": "paid"},
        "coupons": [{"id": "x", "type": "amount", "value": 1, "threshold": 1, "max": 1, "skus": "*",
                     "funding": {"platform": "0.2", "brand": "0.3", "agent": "0.5"},
                     "brand_consent": "a", "when": every}],
        "charges": [charge], "rewards": [pay],
        "pool_cap": {"base": "paid", "rate": "0.3"},
        "eligibility": {"entry_fee": 0, "must_buy_package": false},
        "tier_tasks": [{"id": "t", "metric": "own_sales", "min": 1}],
        "tax": {"method": "discount"},
        "compliance": {"max_depth": 2, "prompts": {"per_user_per_day": 1, "contact_gap_days": 7}},
    })
}

/// The refusal of the full set with one value changed, as `code`; empty when it is read.
fn changed(pointer: &str, value: Value) -> &'static str {
    let mut set = full();
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer");
    match set.pointer_mut(parent).expect("a place of the full set") {
        Value::Object(map) => drop(map.insert(key.to_owned(), value)),
        other => panic!("{pointer} is in {other}"),
    }
    RuleSet::from_json(&set).err().map_or("", |error| error.code())
}

fn without(pointer: &str) -> &'static str {
    let mut set = full();
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer");
    let parent = set.pointer_mut(parent).and_then(Value::as_object_mut).expect("an object");
    assert!(parent.remove(key).is_some(), "{pointer}");
    RuleSet::from_json(&set).err().map_or("", |error| error.code())
}

/// Of two equal keys a reader sees one and the program another.
#[test]
fn a_key_that_is_there_twice_is_refused() {
    let text = full().to_string();
    assert!(RuleBook::load_as_it_was(&text).is_ok());
    let refused = |text: &str| RuleBook::load_as_it_was(text).map_err(|error| error.to_string());
    let twice = text.replacen(r#""rate":"0.13""#, r#""rate":"0.13","rate":"0.09""#, 1);
    assert_ne!(twice, text);
    assert_eq!(refused(&twice), Err("vat: rate is there twice".to_owned()));
    let twice = format!("[{}]", text.replacen(r#""base":"paid""#, r#""base":"paid","id":"z""#, 1));
    assert_eq!(refused(&twice), Err("[0].charges[0]: id is there twice".to_owned()));
    assert_eq!(RuleBook::load(&twice).map_err(|error| error.code()), Err("duplicate"));
    assert_eq!(refused("{} x"), Err("not JSON at 1:4".to_owned()));
}

#[test]
fn a_rule_pays_somebody() {
    for place in ["/rewards/0/to", "/charges/0/to"] {
        assert_eq!(changed(place, json!("")), "bad_value");
        assert_eq!(changed(place, json!(" \t")), "bad_value");
        assert_eq!(changed(place, json!("buyer")), "");
    }
}

#[test]
fn a_set_with_one_of_everything_is_read() {
    assert_eq!(RuleSet::from_json(&full()).map(|set| set.version), Ok(1));
}

/// Every word of every enumeration of the schema, at every place that uses it.
#[test]
fn every_word_of_the_schema_is_read() {
    let schema = file("schema/ruleset.schema.json");
    let words = |pointer: &str| {
        let list = schema.pointer(pointer).and_then(Value::as_array);
        list.unwrap_or_else(|| panic!("{pointer} is not in the schema")).clone()
    };
    let places = [
        ("/properties/rounding/enum", "/rounding"),
        ("/properties/prices/items/properties/from_field/enum", "/prices/0/from_field"),
        ("/properties/vat/properties/base/enum", "/vat/base"),
        ("/$defs/base/enum", "/rewards/0/base"),
        ("/$defs/base/enum", "/pool_cap/base"),
        ("/$defs/pay/properties/mech/enum", "/rewards/0/mech"),
        ("/$defs/pay/properties/by/enum", "/charges/0/by"),
        ("/$defs/pay/properties/per/enum", "/rewards/0/per"),
        ("/$defs/pay/properties/on_refund/enum", "/charges/0/on_refund"),
        ("/properties/tier_tasks/items/properties/metric/enum", "/tier_tasks/0/metric"),
        ("/properties/tax/properties/method/enum", "/tax/method"),
    ];
    for (enumeration, place) in places {
        for word in words(enumeration) {
            assert_eq!(changed(place, word.clone()), "", "{place} {word}");
        }
        assert_eq!(changed(place, json!("nonsense")), "bad_value", "{place}");
    }
    for state in words("/$defs/when/properties/group/items/enum") {
        assert_eq!(changed("/rewards/0/when/group", json!([state])), "");
    }
    let known = schema["$defs"]["when"]["properties"].as_object().expect("conditions").keys();
    let full = full();
    let held = full["rewards"][0]["when"].as_object().expect("conditions");
    assert!(known.eq(held.keys()), "the full set has every condition");
}

#[test]
fn an_unknown_key_is_refused_wherever_the_schema_closes() {
    for place in [
        "/nonsense",
        "/prices/0/nonsense",
        "/prices/0/when/nonsense",
        "/vat/nonsense",
        "/coupons/0/nonsense",
        "/coupons/0/funding/nonsense",
        "/charges/0/nonsense",
        "/rewards/0/when/nonsense",
        "/pool_cap/nonsense",
    ] {
        assert_eq!(changed(place, json!(1)), "unknown_key", "{place}");
    }
    for open in ["/eligibility/note", "/tier_tasks/0/note", "/tax/note", "/compliance/note"] {
        assert_eq!(changed(open, json!("a lawyer's note")), "", "{open}");
    }
}

#[test]
fn what_must_be_there_is_missed() {
    for place in [
        "/id",
        "/version",
        "/currency",
        "/effective_from",
        "/prices",
        "/vat",
        "/coupons",
        "/charges",
        "/rewards",
        "/prices/0/id",
        "/prices/0/from_field",
        "/vat/rate",
        "/coupons/0/id",
        "/coupons/0/type",
        "/coupons/0/value",
        "/coupons/0/funding",
        "/charges/0/id",
        "/charges/0/to",
        "/charges/0/rate",
        "/charges/0/base",
        "/rewards/0/depth",
        "/pool_cap/base",
        "/pool_cap/rate",
        "/tier_tasks/0/metric",
        "/tax/method",
    ] {
        assert_eq!(without(place), "missing_key", "{place}");
    }
    for place in ["/rounding", "/effective_to", "/charges/0/depth", "/coupons/0/skus", "/vat/base"]
    {
        assert_eq!(without(place), "", "{place}");
    }
}

#[test]
fn values_out_of_bounds_are_refused() {
    for (place, value) in [
        ("/version", json!(0)),
        ("/version", json!(1.5)),
        ("/currency", json!("cny")),
        ("/effective_from", json!("2026-01-01")),
        ("/effective_to", json!("2026-01-01T00:00:00+08:00")),
        ("/prices", json!([])),
        ("/prices/0/unit", json!(100)),
        ("/vat/rate", json!(0.13)),
        ("/vat/rate", json!("1.1")),
        ("/coupons/0/value", json!("0.1")),
        ("/coupons/0/value", json!(-1)),
        ("/coupons/0/funding", json!({"platform": "0.5"})),
        ("/coupons/0/funding", json!({})),
        ("/coupons/0/skus", json!("S1")),
        ("/charges/0/amount", json!(1)),
        ("/rewards/0/depth", json!(-1)),
        ("/rewards/0/rate", json!("0.1234567")),
        ("/rewards/0/when/min_paid", json!(-1)),
        ("/rewards/0/when/group", json!(["failed"])),
        ("/rewards/0/trigger", json!("nonsense")),
        ("/compliance/max_depth", json!(3)),
    ] {
        assert_eq!(changed(place, value.clone()), "bad_value", "{place} {value}");
    }
}

#[test]
fn two_rules_of_one_name_are_refused() {
    let twice = |key: &str, id: &str| {
        let mut set = full();
        let mut twin = set[key][0].clone();
        twin["id"] = json!(id);
        set[key].as_array_mut().expect("a list").push(twin);
        RuleSet::from_json(&set).err().map_or("", |error| error.code())
    };
    for (key, id) in [
        ("prices", "p"),
        ("coupons", "x"),
        ("charges", "c"),
        ("charges", "r"),
        ("rewards", "r.fee"),
    ] {
        assert_eq!(twice(key, id), "duplicate", "{key} {id}");
    }
}

#[test]
fn a_book_holds_versions_of_one_set() {
    let version = |id: &str, version: u32| {
        let mut set = file("rules/cps.json");
        set["id"] = json!(id);
        set["version"] = json!(version);
        set
    };
    let load = |sets: Value| RuleBook::load(&sets.to_string()).map_err(|error| error.code());
    assert_eq!(load(json!([version("a", 1), version("b", 1)])).err(), Some("bad_value"));
    assert_eq!(load(json!([version("a", 1), version("a", 1)])).err(), Some("duplicate"));
    assert_eq!(load(json!([])).map(|book| book.versions().len()), Ok(0));
    assert_eq!(RuleBook::load("{").map_err(|error| error.code()).err(), Some("not_json"));
    // Where two overlap the later begin holds; published versions are never changed to end.
    let mut second = version("a", 2);
    second["effective_from"] = json!("2026-06-01T00:00:00+08:00");
    let book = load(json!([second, version("a", 1)])).expect("two versions");
    let at = |time| {
        let at = pricing::time::Moment::parse(time).expect("a time");
        book.in_force(at).map(|set| set.version).map_err(|error| error.code())
    };
    assert_eq!(at("2026-05-31T23:59:59+08:00"), Ok(1));
    assert_eq!(at("2026-06-01T00:00:00+08:00"), Ok(2));
    assert_eq!(at("2025-12-31T23:59:59+08:00"), Err("no_rule_set"));
}

#[test]
fn a_version_is_known_by_its_content() {
    let hash = |json: &Value| RuleSet::from_json(json).expect("a rule set").hash;
    let set = file("rules/group.json");
    // SHA-256 of the document with sorted keys and no blanks, as any tool computes it.
    assert_eq!(&*hash(&set), "3d561ce63897686122a02774ebcf9560f2719094b75d3876212105e7c0fbf22c");
    let mut other = set.clone();
    other["coupons"][0]["value"] = json!(501);
    assert_ne!(hash(&set), hash(&other));
}
