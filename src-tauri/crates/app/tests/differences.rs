//! Orders of the real reference marketplace, over HTTP, priced a second time by our own rules.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

mod trading;

use std::{collections::BTreeMap, sync::atomic::AtomicBool};

use contract::{Order, ShopId, Topic};
use mall::{Config, Mall, Running, Scenario};
use marketplace::{Address, Client, Limits, Position, Token};
use pricing::rules::TEMPLATES;
use serde_json::{Value, json};
use trading::{A1, Desk, a1, day};

const TOKEN: &str = "token-of-the-tests";

/// Example A1 with a shop that prices by rules, after three days of 260 units.
struct Priced {
    desk: Desk,
    shop: Value,
    running: Running,
    _dir: tempfile::TempDir,
}

fn sold_by(rules: Option<&Value>) -> Priced {
    let A1 { mut desk, p1, .. } = a1(400_000);
    let mut scenario = serde_json::to_value(Scenario::a1()).unwrap();
    if let Some(rules) = rules {
        scenario["shops"][0]["rules"] = rules.clone();
    }
    scenario["shops"][0]["listings"][0]["category"] = json!("beauty");
    scenario["demand"][0]["rate"] = json!({ "fixed": 260 });
    scenario["behaviour"] = json!({
        "abandon_ppm": 30_000, "cancel_ppm": 50_000, "cancel_after_ship_ppm": 20_000,
        "revise_ppm": 50_000, "units_per_line_max": 3,
    });
    let dir = tempfile::tempdir().unwrap();
    let config = Config {
        dir: dir.path().to_owned(),
        scenario: Scenario::parse(&scenario.to_string()).unwrap(),
        seed: 7,
        port: 0,
        token: Some(TOKEN.to_owned()),
        faults: Vec::new(),
    };
    let running = Mall::start(config).unwrap();
    let saved = desk.ok(
        "shop.save",
        json!({
            "id": null, "code": "MALL", "name": "参考商城", "url": running.base_url(),
            "remoteShop": "S1", "token": TOKEN, "places": [{ "warehouse": "P1", "place": p1 }],
        }),
    );
    running.advance(day("2026-10-03")).unwrap();
    desk.today = day("2026-10-04");
    desk.ok("sync.run", json!({ "shop": null }));
    Priced { desk, shop: saved["document"]["id"].clone(), running, _dir: dir }
}

impl Priced {
    /// Keeps rules of a channel, which prices the shop or none.
    fn channel(&self, id: &Value, code: &str, shop: &Value, rules: &Value) -> Value {
        let save = json!({ "id": id, "code": code, "name": { "zh": "商城", "en": "Mall" },
                           "shop": shop, "rules": rules.to_string() });
        self.desk.ok("channel.save", save)["document"]["id"].clone()
    }

    fn differences(&self) -> Value {
        self.desk.ok("sync.differences", json!({ "shop": self.shop }))
    }

    /// The orders as the marketplace itself gives them now.
    fn orders(&self) -> BTreeMap<String, Order> {
        let address = Address::parse(self.running.base_url()).unwrap();
        let client =
            Client::connect(address, Token::parse(TOKEN).unwrap(), Limits::default()).unwrap();
        let (mut at, mut orders) = (Position::start(), BTreeMap::new());
        loop {
            let page = client.next_page(&ShopId::new("S1"), &Topic::Orders, &at).unwrap();
            for item in &page.items {
                let item = serde_json::to_value(item).unwrap();
                let order: Order = serde_json::from_value(item["data"].clone()).unwrap();
                orders.insert(order.id.as_str().to_owned(), order);
            }
            at = page.next;
            if !page.has_more {
                return orders;
            }
        }
    }
}

fn minor(money: &contract::Money) -> i64 {
    money.amount.to_minor(2).unwrap()
}

fn written(minor: i64) -> String {
    let sign = if minor < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", minor.abs() / 100, minor.abs() % 100)
}

/// A share of an amount in millionths, half a cent rounded up, by school arithmetic.
fn share(amount: i64, ppm: i64) -> i64 {
    (2 * amount * ppm + 1_000_000) / 2_000_000
}

/// A charge of a template that we hold to be another one: where its rate stands, its rule, the rate
/// that the shop takes and that of our contract, ppm, and whether the platform's discounts count.
fn changed(code: &str) -> (&'static str, &'static str, i64, i64, bool) {
    match code {
        "s2b2c" => ("/charges/0/category_rates/beauty", "commission", 60_000, 50_000, true),
        "group" => ("/charges/0/rate", "tech_fee", 6_000, 5_000, true),
        "c2m" => ("/charges/0/rate", "commission", 10_000, 20_000, false),
        "flash" => ("/charges/0/rate", "platform_take", 80_000, 70_000, false),
        "cps" => ("/charges/0/rate", "commission", 50_000, 60_000, false),
        "saas" => ("/charges/0/rate", "tech", 2_000, 3_000, false),
        "checkin" => ("/charges/0/rate", "pay_fee", 6_000, 5_000, false),
        other => panic!("nobody says what {other} charges"),
    }
}

/// What must differ when the charge is held to be another: order, theirs, ours.
fn expected(orders: &BTreeMap<String, Order>, code: &str) -> Vec<(String, String, String)> {
    let (_, rule, theirs, ours, with_platform) = changed(code);
    let mut expected = Vec::new();
    for (id, order) in orders {
        let Some(pricing) = &order.pricing else { continue };
        let [line] = &*pricing.lines else { panic!("{id} has more than one line") };
        let platform = line.discounts.get("platform").map_or(0, minor);
        let base = minor(&line.paid) + if with_platform { platform } else { 0 };
        let (theirs, ours) = (share(base, theirs), share(base, ours));
        let paid = pricing.payouts.iter().find(|payout| payout.rule == rule);
        assert_eq!(paid.map_or(0, |payout| minor(&payout.amount)), theirs, "{id}");
        if theirs != ours {
            expected.push((id.clone(), written(theirs), written(ours)));
        }
    }
    expected
}

#[test]
fn the_same_rules_find_nothing_and_another_rate_finds_exactly_what_it_changes() {
    for template in &TEMPLATES {
        let rules: Value = serde_json::from_str(template.json).unwrap();
        let priced = sold_by(Some(&rules));
        let none = priced.differences();
        assert_eq!((&none["shops"], &none["compared"]), (&json!(0), &json!(0)), "{none}");
        let id = priced.channel(&Value::Null, "same", &priced.shop, &rules);
        let same = priced.differences();
        let orders = priced.orders();
        let paid = orders.values().filter(|order| order.paid_at.is_some()).count();
        assert!(paid > 300, "{}: {paid}", template.code);
        assert_eq!(same["compared"], json!(paid), "{}", template.code);
        for count in ["differing", "total", "untold"] {
            assert_eq!(same[count], 0, "{} {count}: {same}", template.code);
        }

        let (place, rule, theirs, ours, _) = changed(template.code);
        let mut other = rules.clone();
        let rate = other.pointer_mut(place).unwrap();
        let taken: f64 = rate.as_str().unwrap().parse().unwrap();
        assert!((taken * 1e6 - f64::from(i32::try_from(theirs).unwrap())).abs() < 0.5);
        *rate = json!(format!("0.{ours:06}"));
        priced.channel(&id, "same", &Value::Null, &rules);
        priced.channel(&Value::Null, "contract", &priced.shop, &other);
        let found = priced.differences();
        let rows = found["rows"].as_array().unwrap();
        // The version is another one for every order; the amounts differ where there is a base.
        let (versions, amounts): (Vec<_>, Vec<_>) =
            rows.iter().partition(|row| row["what"] == "rules");
        assert_eq!((versions.len(), &found["differing"]), (paid, &json!(paid)));
        let known = format!("{} v1", rules["id"].as_str().unwrap());
        assert!(versions.iter().all(|row| row["rule"] == known && row["theirs"].is_null()));
        let text = |value: &Value| value.as_str().unwrap_or("0.00").to_owned();
        let got: Vec<(String, String, String)> = amounts
            .iter()
            .map(|row| (text(&row["order"]), text(&row["theirs"]), text(&row["ours"])))
            .collect();
        let must = expected(&orders, template.code);
        assert!(must.len() > 100, "{}: {}", template.code, must.len());
        assert_eq!(got, must, "{}", template.code);
        assert!(amounts.iter().all(|row| row["what"] == "payout" && row["rule"] == rule));

        let cents = |text: &str| text.replace('.', "").parse::<i64>().unwrap();
        let sum: i64 = must.iter().map(|(_, theirs, ours)| cents(theirs) - cents(ours)).sum();
        let sums = found["sums"].as_array().unwrap();
        let by_rule = sums.iter().find(|one| one["rule"] == rule).unwrap();
        assert_eq!(
            (&by_rule["difference"], &by_rule["orders"], &by_rule["count"]),
            (&json!(written(sum)), &json!(must.len()), &json!(must.len())),
            "{}",
            template.code
        );
        assert_eq!(found["total"], json!(paid + must.len()));
    }
}

#[test]
fn a_shop_without_rules_tells_nothing_and_a_planner_is_refused() {
    let rules: Value = serde_json::from_str(TEMPLATES[0].json).unwrap();
    let mut priced = sold_by(None);
    priced.channel(&Value::Null, "mall", &priced.shop, &rules);
    let found = priced.differences();
    let paid = priced.orders().values().filter(|order| order.paid_at.is_some()).count();
    assert_eq!((&found["compared"], &found["untold"]), (&json!(0), &json!(paid)));
    assert_eq!(found["rows"], json!([]));

    let path = priced.desk.dir.path().join("out.csv");
    let export = json!({ "table": "differences", "path": path, "asOf": null,
                         "shop": priced.shop, "lang": "en" });
    for role in [app::Role::Planner, app::Role::Warehouse] {
        priced.desk.role = role;
        for (name, input) in [("sync.differences", json!({})), ("export.table", export.clone())] {
            assert_eq!(priced.desk.refused(name, input).code, "role.no_money", "{name}");
        }
    }
    assert!(!path.exists());
}

#[test]
fn a_later_version_is_told_for_the_orders_that_it_prices() {
    let rules: Value = serde_json::from_str(TEMPLATES[0].json).unwrap();
    let priced = sold_by(Some(&rules));
    // We hold that from the second day on the platform takes a sixth less.
    let mut cheaper = rules.clone();
    cheaper["version"] = json!(2);
    cheaper["effective_from"] = json!("2026-10-02T00:00:00+08:00");
    cheaper["charges"][0]["category_rates"]["beauty"] = json!("0.05");
    priced.channel(&Value::Null, "mall", &priced.shop, &json!([rules, cheaper]));
    let found = priced.differences();
    let orders = priced.orders();
    let late = |id: &str| orders[id].business_date >= day("2026-10-02");
    let paid = orders.values().filter(|order| order.pricing.is_some());
    let must = paid.filter(|order| late(order.id.as_str())).count();
    assert_eq!(found["differing"], json!(must));
    let rows = found["rows"].as_array().unwrap();
    assert!(rows.iter().all(|row| late(row["order"].as_str().unwrap())));
    let sums = found["sums"].as_array().unwrap();
    // The amounts are those of the version that priced them; what the other would have left for the
    // brand is told of each order, and of all of them.
    let lost = |order: &Order| {
        let [line] = &*order.pricing.as_ref().unwrap().lines else { panic!("more than one line") };
        let base = minor(&line.paid) + line.discounts.get("platform").map_or(0, minor);
        share(base, 50_000) - share(base, 60_000)
    };
    let affected = orders.values().filter(|order| order.pricing.is_some());
    let affected = affected.filter(|order| late(order.id.as_str()));
    let lost: i64 = affected.map(lost).sum();
    assert!(lost < 0, "{lost}");
    let [sum] = &**sums else { panic!("{sums:?}") };
    assert_eq!(
        (&sum["what"], &sum["rule"], &sum["orders"], &sum["difference"]),
        (&json!("rules_old"), &json!("s2b2c v1 → v2"), &json!(must), &json!(written(lost)))
    );

    // All of them as a table, and nothing else of a shop.
    let path = priced.desk.dir.path().join("out.csv");
    let export = |table: &str| json!({ "table": table, "path": path, "asOf": null, "shop": priced.shop, "lang": "en" });
    let done = priced.desk.ok("export.table", export("differences"));
    assert_eq!(done["rows"], found["total"]);
    let table = std::fs::read_to_string(&path).unwrap();
    let mut lines = table.lines();
    assert_eq!(
        lines.next().unwrap().trim_start_matches('\u{feff}'),
        "Shop,Order,Line,What differs,Account,Rule,Theirs,Ours,Difference"
    );
    assert_eq!(lines.count(), rows.len());
    assert_eq!(priced.desk.refused("export.table", export("prices")).code, "export.no_shop");

    let stop = AtomicBool::new(true);
    let stopped = priced.desk.call_with("sync.differences", json!({}), &|_| {}, &stop);
    assert_eq!(stopped.unwrap_err().code, "cancelled");
}
