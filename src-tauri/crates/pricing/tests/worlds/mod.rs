//! Random rule sets, orders and returns: anything the language can say, within prices people pay.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Map, Value, json};

/// An object of the keys that are there.
fn object<const N: usize>(entries: [(&str, Option<Value>); N]) -> Value {
    let there = entries.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?)));
    Value::Object(there.collect::<Map<_, _>>())
}

fn rate() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => (0u32..=300_000).prop_map(|ppm| format!("0.{ppm:06}")),
        2 => select(vec!["0", "0.006", "0.05", "0.125", "0.13", "0.5", "1"]).prop_map(str::to_owned),
        1 => (0u32..1_000_000).prop_map(|ppm| format!("0.{ppm:06}")),
    ]
}

fn base() -> impl Strategy<Value = &'static str> {
    select(vec![
        "list",
        "paid",
        "paid_plus_platform",
        "paid_ex_vat",
        "paid_incl_freight",
        "markup",
        "units",
    ])
}

fn funding() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(json!({"brand": "1"})),
        Just(json!({"platform": "1"})),
        Just(json!({"agent": "1"})),
        Just(json!({"platform": "1", "brand": "0"})),
        (0u32..=1000).prop_map(|brand| json!({
            "brand": share(brand),
            "platform": share(1000 - brand),
        })),
        (0u32..=500, 0u32..=500).prop_map(|(brand, agent)| json!({
            "agent": share(agent),
            "brand": share(brand),
            "platform": share(1000 - brand - agent),
        })),
    ]
}

fn share(thousandths: u32) -> String {
    if thousandths == 1000 { "1".to_owned() } else { format!("0.{thousandths:03}") }
}

fn when() -> impl Strategy<Value = Option<Value>> {
    option::weighted(
        0.4,
        prop_oneof![
            Just(json!({"buyer_tag": ["member"]})),
            Just(json!({"first_order": true, "min_paid": 5000})),
            Just(json!({"category": ["beauty"]})),
            Just(json!({"category": ["health", "beauty"], "min_qty": 3})),
            Just(json!({"tier": ["gold"]})),
            Just(json!({"period_sales_min": 10_000})),
            Just(json!({"window_days": 15})),
            Just(json!({"checkin_days_min": 80})),
            Just(json!({"group": ["success"], "group_leader": true})),
            Just(json!({"channel": ["wechat"]})),
            Just(json!({"from": "2026-03-01T00:00:00+08:00", "to": "2026-04-01T00:00:00+08:00"})),
        ],
    )
}

fn coupons() -> impl Strategy<Value = Vec<Value>> {
    let one = (any::<bool>(), 0i64..20_000, rate(), funding(), option::of(0i64..20_000), when());
    vec((one, option::of(0i64..5000), any::<bool>()), 0..4).prop_map(|coupons| {
        let coupons = coupons.into_iter().enumerate();
        coupons
            .map(|(index, ((fixed, value, rate, funding, threshold, when), max, some))| {
                object([
                    ("id", Some(json!(format!("c{index}")))),
                    ("type", Some(json!(if fixed { "amount" } else { "percent" }))),
                    ("value", Some(if fixed { json!(value) } else { json!(rate) })),
                    ("funding", Some(funding)),
                    ("threshold", threshold.map(Value::from)),
                    ("max", max.map(Value::from)),
                    ("skus", some.then(|| json!(["S0", "S2"]))),
                    ("when", when),
                ])
            })
            .collect()
    })
}

type Amounts = (bool, i64, String, &'static str, bool);
type Bounds = (Option<i64>, Option<i64>, Option<i64>, Option<Value>, Option<Value>);

fn amounts() -> impl Strategy<Value = Amounts> {
    (any::<bool>(), 0i64..3000, rate(), base(), any::<bool>())
}

fn bounds() -> impl Strategy<Value = Bounds> {
    let categories = option::weighted(0.3, rate().prop_map(|rate| json!({"beauty": rate})));
    let few = |most| option::weighted(0.2, 0i64..most);
    (few(200), few(5000), few(100), categories, when())
}

fn pay(id: &str, to: &str, amounts: Amounts, bounds: Bounds, own: Vec<(&str, Value)>) -> Value {
    let (fixed, amount, rate, base, per_order) = amounts;
    let (min, max, drop_below, category_rates, when) = bounds;
    let mut pay = object([
        ("id", Some(json!(id))),
        ("to", Some(json!(to))),
        ("base", Some(json!(base))),
        ("amount", fixed.then(|| json!(amount))),
        ("rate", (!fixed).then(|| json!(rate))),
        ("per", Some(json!(if per_order { "order" } else { "line" }))),
        ("min", min.map(Value::from)),
        ("max", max.map(Value::from)),
        ("drop_below", drop_below.map(Value::from)),
        ("category_rates", category_rates),
        ("when", when),
    ]);
    for (key, value) in own {
        pay[key] = value;
    }
    pay
}

fn charges() -> impl Strategy<Value = Vec<Value>> {
    let to = select(vec!["platform", "payment", "insurer", "publisher"]);
    vec((to, amounts(), bounds(), any::<bool>()), 0..4).prop_map(|charges| {
        let charges = charges.into_iter().enumerate();
        charges
            .map(|(index, (to, amounts, bounds, keep))| {
                let own = if keep { vec![("on_refund", json!("keep"))] } else { Vec::new() };
                pay(&format!("f{index}"), to, amounts, bounds, own)
            })
            .collect()
    })
}

fn rewards() -> impl Strategy<Value = Vec<Value>> {
    let to = select(vec!["sharer", "buyer", "inviter", "mentor", "promoter", "platform"]);
    let depth = select(vec![0, 1, 1, 1, 2]);
    let own = (option::weighted(0.3, rate()), select(vec!["", "a", "b"]), 0u8..16);
    vec((to, depth, amounts(), bounds(), own), 0..6).prop_map(|rewards| {
        let rewards = rewards.into_iter().enumerate();
        rewards
            .map(|(index, (to, depth, amounts, bounds, (fee, group, bits)))| {
                let mut own = vec![("depth", json!(depth))];
                own.extend(fee.map(|rate| ("service_fee_rate", json!(rate))));
                if !group.is_empty() {
                    own.push(("exclusive", json!(group)));
                }
                if bits & 1 == 1 {
                    own.push(("by", json!("platform")));
                }
                if to == "buyer" && bits & 2 == 2 {
                    own.push(("price_reduction", json!(true)));
                    own.push(("contingent", json!(bits & 4 == 4)));
                }
                pay(&format!("r{index}"), to, amounts, bounds, own)
            })
            .collect()
    })
}

/// A rule set that the schema admits, lawful or not.
pub(crate) fn rules() -> impl Strategy<Value = Value> {
    let frame = (
        select(vec!["half_up", "half_up", "half_even", "down", "up"]),
        select(vec!["0", "0.06", "0.13"]),
        select(vec!["paid", "paid_plus_platform"]),
        option::weighted(0.5, (base(), rate())),
    );
    (frame, coupons(), charges(), rewards()).prop_map(
        |((rounding, vat, vat_base, cap), coupons, charges, rewards)| {
            let mut set = json!({
                "id": "random",
                "version": 1,
                "currency": "CNY",
                "effective_from": "2026-01-01T00:00:00+08:00",
                "effective_to": null,
                "rounding": rounding,
                "prices": [
                    {"id": "event", "from_field": "supply_price", "add_markup": true,
                     "markup_max_rate": "0.30", "when": {"category": ["health"]}},
                    {"id": "group", "from_field": "group_price", "when": {"group": ["success"]}},
                    {"id": "list", "from_field": "unit_price"},
                ],
                "vat": {"rate": vat, "base": vat_base},
                "coupons": coupons,
                "charges": charges,
                "rewards": rewards,
                "compliance": {"max_depth": 2},
            });
            if let Some((base, rate)) = cap {
                set["pool_cap"] = json!({"base": base, "rate": rate});
            }
            set
        },
    )
}

fn line() -> impl Strategy<Value = Value> {
    let price = || prop_oneof![8 => 1i64..50_000, 1 => Just(0i64), 1 => 1i64..9];
    let category = select(vec![None, Some("beauty"), Some("health")]);
    (1i64..8, price(), price(), option::of(0i64..9000), category).prop_map(
        |(qty, unit, supply, markup, category)| {
            object([
                ("qty", Some(json!(qty))),
                ("unit_price", Some(json!(unit))),
                ("group_price", Some(json!((unit - 100).max(0)))),
                ("supply_price", Some(json!(supply))),
                ("markup", markup.map(Value::from)),
                ("category", category.map(Value::from)),
            ])
        },
    )
}

/// An order with some of everything conditions can ask for.
pub(crate) fn order() -> impl Strategy<Value = Value> {
    let coupons = subsequence(vec!["c0", "c1", "c2", "c3", "unknown"], 0..=5);
    let actors = subsequence(vec!["sharer", "inviter", "mentor", "promoter", "agent"], 0..=5);
    let told = (
        any::<u8>(),
        select(vec!["success", "pending"]),
        select(vec!["pending", "earned", "failed"]),
    );
    (vec(line(), 1..6), 0i64..3000, coupons, actors, told).prop_map(
        |(mut lines, freight, coupons, actors, (bits, group, checkin))| {
            for (index, line) in lines.iter_mut().enumerate() {
                line["id"] = json!(index.to_string());
                line["sku"] = json!(format!("S{index}"));
            }
            let actors: Map<String, Value> = actors
                .into_iter()
                .map(|role| (role.to_owned(), json!(format!("u_{role}"))))
                .collect();
            let has = |bit: u8| bits & (1 << bit) != 0;
            object([
                ("id", Some(json!("O"))),
                ("paid_at", Some(json!("2026-03-15T12:00:00+08:00"))),
                ("buyer", Some(json!("buyer1"))),
                ("lines", Some(json!(lines))),
                ("freight", Some(json!(if has(0) { freight } else { 0 }))),
                ("coupons", Some(json!(coupons))),
                ("actors", Some(Value::Object(actors))),
                ("buyer_tags", has(1).then(|| json!(["member"]))),
                ("first_order", has(2).then_some(Value::Bool(true))),
                ("tier", has(3).then(|| json!("gold"))),
                ("period_sales", has(4).then(|| json!({"sharer": 10_000}))),
                ("attribution", has(5).then(|| json!({"clicked_at": "2026-03-10T00:00:00Z"}))),
                ("group", has(6).then(|| json!({"status": group, "size": 2, "leader": "buyer1"}))),
                ("checkin", has(7).then(|| json!({"days": 90, "status": checkin}))),
            ])
        },
    )
}
