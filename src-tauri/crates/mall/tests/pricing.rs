//! Orders priced by the rules of their shop, over real HTTP.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use contract::{GroupState, Order, OrderPricing, Topic};
use mall::{Config, Mall, Running, Scenario};
use marketplace::{Client, Position};
use pricing::{
    RefundState, RefundStep, RuleBook, order::GroupStatus, quote, refund, rules::TEMPLATES,
};
use serde_json::{Value, json};
use support::{Book, client, config, day, trial};

/// Ten days about the flash event, 45 units a day, where everything happens to orders.
fn priced_by(rules: &Value) -> Scenario {
    let listing = |id: &str, price: &str, category: &str| {
        json!({ "id": id, "seller_sku": format!("SK-{id}"), "title": id, "price": price,
                "category": category })
    };
    let demand = |listing: &str, units: u32| json!({ "shop": "S1", "listing": listing, "warehouse": "P1", "rate": { "fixed": units } });
    let scenario = json!({
        "name": "priced", "zone": "Asia/Shanghai", "starts_on": "2026-03-12",
        "shops": [{ "id": "S1", "name": "S1", "rules": rules, "listings": [
            listing("L1", "59.90", "beauty"), listing("L2", "129.00", "health"),
            listing("L3", "0.35", "snacks"),
        ] }],
        "warehouses": [{ "id": "P1", "name": "P1", "kind": "platform" }],
        "demand": [demand("L1", 20), demand("L2", 20), demand("L3", 5)],
        "behaviour": {
            "abandon_ppm": 30_000, "cancel_ppm": 60_000, "cancel_after_ship_ppm": 30_000,
            "late_ship_ppm": 20_000, "revise_ppm": 60_000, "basket_ppm": 300_000,
            "units_per_line_max": 3,
        },
    });
    Scenario::parse(&scenario.to_string()).unwrap()
}

/// Every version of every order as the feed carries it, byte for byte.
fn feed(client: &Client) -> Vec<String> {
    let (shop, mut at, mut items) = (Book::new("S1").shop, Position::start(), Vec::new());
    loop {
        let page = client.next_page(&shop, &Topic::Orders, &at).unwrap();
        items.extend(page.items.iter().map(|item| serde_json::to_string(item).unwrap()));
        at = page.next;
        if !page.has_more {
            return items;
        }
    }
}

fn data(item: &str) -> Order {
    let item: Value = serde_json::from_str(item).unwrap();
    serde_json::from_value(item["data"].clone()).unwrap()
}

fn minor(money: &contract::Money) -> i64 {
    money.amount.to_minor(2).unwrap()
}

/// What rules a shop's orders were paid by, with how often.
fn paid_rules(orders: &[Order]) -> BTreeMap<String, usize> {
    let mut rules = BTreeMap::new();
    let priced = orders.iter().filter_map(|order| order.pricing.as_ref());
    for payout in priced.flat_map(|pricing| &pricing.payouts) {
        *rules.entry(payout.rule.clone()).or_default() += 1;
    }
    rules
}

/// The crate's own answer, in the words of the wire: line, rule, account, amount.
fn quoted(book: &RuleBook, pricing: &OrderPricing) -> BTreeSet<(String, String, String, i64)> {
    let told = serde_json::from_value(pricing.told.clone()).unwrap();
    let quote = quote(book, &told).unwrap();
    assert_eq!(*quote.ruleset.hash, *pricing.rules.sha256);
    let postings = quote.postings.iter().map(|posting| {
        let line = quote.lines[posting.line as usize].id.to_string();
        let (rule, account) = (posting.rule.to_string(), posting.account.to_string());
        (line, rule, account, posting.amount.minor())
    });
    postings.collect()
}

fn wired(pricing: &OrderPricing) -> BTreeSet<(String, String, String, i64)> {
    let payouts = pricing.payouts.iter().map(|one| {
        (one.line.as_str().to_owned(), one.rule.clone(), one.account.clone(), minor(&one.amount))
    });
    payouts.collect()
}

/// What is true of the orders of every shop with rules.
fn hold(book: &RuleBook, client: &Client, items: &[String]) -> Vec<Order> {
    let mut latest: BTreeMap<String, Order> = BTreeMap::new();
    for order in items.iter().map(|item| data(item)) {
        let before = latest.insert(order.id.as_str().to_owned(), order.clone());
        assert_eq!(order.pricing.is_some(), order.paid_at.is_some(), "{}", order.id);
        // Priced once, when it was paid: of what happens later only a group that fails changes it.
        let priced = before.and_then(|before| before.pricing);
        let failed = order.group.as_ref().is_some_and(|group| group.state == GroupState::Failed);
        assert!(failed || priced.is_none() || priced == order.pricing, "{}", order.id);
    }
    let shop = Book::new("S1").shop;
    for (number, order) in latest.values().enumerate() {
        // One order asked for by its number is what the feed last said of it.
        if number % 9 == 0 {
            assert_eq!(&client.order(&shop, &order.id).unwrap(), order);
        }
        let Some(pricing) = &order.pricing else { continue };
        assert_eq!(wired(pricing), quoted(book, pricing), "{}", order.id);
        let mut told: pricing::Order = serde_json::from_value(pricing.told.clone()).unwrap();
        let failed = order.group.as_ref().is_some_and(|group| group.state == GroupState::Failed);
        let told_failed = told.group.as_ref().map(|it| it.status) == Some(GroupStatus::Failed);
        assert_eq!((told_failed, quote(book, &told).unwrap().void), (failed, failed));
        assert!(!failed || pricing.payouts.is_empty(), "{}: who is paid?", order.id);
        // What the buyer paid before the group failed.
        if let Some(group) = told.group.as_mut().filter(|_| failed) {
            group.status = GroupStatus::Pending;
        }
        let paid = quote(book, &told).unwrap();
        for (line, priced) in order.lines.iter().zip(&paid.lines) {
            assert_eq!(line.id.as_str(), &*priced.id);
            let units = [(priced.id.clone(), priced.qty - line.qty)].into();
            let step = RefundStep { units, ..RefundStep::default() };
            let back = refund(&paid, &mut RefundState::default(), &step).unwrap().buyer_refund;
            let kept = priced.pay.minor() - back.minor();
            assert_eq!(minor(line.paid.as_ref().unwrap()), kept, "{}", order.id);
        }
        let told: BTreeSet<&str> = order.promoter_path.iter().map(|one| &*one.id).collect();
        let promoted = pricing.payouts.iter().map(|one| &*one.account);
        let promoted = promoted.filter(|one| one.contains('-') && !one.contains("b-"));
        assert!(promoted.clone().all(|one| told.contains(one)), "{}", order.id);
    }
    latest.into_values().collect()
}

#[test]
fn each_way_of_selling_prices_and_pays_as_its_rules_say() {
    for template in &TEMPLATES {
        let rules: Value = serde_json::from_str(template.json).unwrap();
        let book = RuleBook::load(template.json).unwrap();
        let trial = trial(priced_by(&rules));
        trial.running.advance(day("2026-03-21")).unwrap();
        let client = client(&trial.running);
        let orders = hold(&book, &client, &feed(&client));
        assert!(orders.len() > 150, "{}: {}", template.code, orders.len());
        let mut reader = Book::new("S1");
        reader.pull(&client).unwrap();
        reader.assert_equals_the_marketplace(&client);

        let paid = paid_rules(&orders);
        let must: &[&str] = match template.code {
            "s2b2c" => &["commission", "share", "self", "invite", "mentor", "target"],
            "group" => &["tech_fee", "leader_free"],
            "c2m" => &["commission", "pay_fee"],
            "flash" => &["platform_take", "markup", "agent"],
            "cps" => &["commission", "cps", "cps.fee"],
            "saas" => &["tech", "lv_gold", "lv_std"],
            "checkin" => &["pay_fee", "cashback"],
            other => panic!("nobody says what {other} pays"),
        };
        for rule in must {
            assert!(paid.contains_key(*rule), "{}: {rule} of {paid:?}", template.code);
        }
        let lines = orders.iter().flat_map(|order| &order.lines);
        let of_l1 = lines.filter(|line| line.listing_id.as_str() == "L1");
        let prices: BTreeSet<i64> =
            of_l1.map(|line| minor(line.unit_price.as_ref().unwrap())).collect();
        match template.code {
            "c2m" => assert_eq!(prices, BTreeSet::from([5_990, 5_091, 4_193])),
            "group" => {
                assert_eq!(prices, BTreeSet::from([5_990, 5_391]));
                let states: BTreeSet<&str> = orders
                    .iter()
                    .filter_map(|order| order.group.as_ref())
                    .map(|group| group.state.as_str())
                    .collect();
                let [formed, failed] = [GroupState::Formed, GroupState::Failed];
                assert_eq!(states, BTreeSet::from([formed.as_str(), failed.as_str()]));
            }
            // The supply price and what the agent adds, at most 30 % of it.
            "flash" => assert!(
                prices
                    .iter()
                    .all(|unit| { *unit == 5_990 || (3_594..=3_594 + 1_078).contains(unit) })
            ),
            _ => assert_eq!(prices, BTreeSet::from([5_990])),
        }
    }
}

fn started(config: Config) -> Running {
    Mall::start(config).unwrap()
}

#[test]
fn one_seed_gives_one_set_of_bytes_however_often_it_is_started() {
    let rules: Value = serde_json::from_str(TEMPLATES[0].json).unwrap();
    let whole = trial(priced_by(&rules));
    whole.running.advance(day("2026-03-21")).unwrap();
    let bytes = feed(&client(&whole.running));

    let dir = tempfile::tempdir().unwrap();
    for n in 12..=21 {
        let running = started(config(dir.path(), priced_by(&rules)));
        running.advance(day(&format!("2026-03-{n}"))).unwrap();
        running.stop();
    }
    let again = started(config(dir.path(), priced_by(&rules)));
    assert_eq!(feed(&client(&again)), bytes);

    let other = tempfile::tempdir().unwrap();
    let other = Config { seed: 43, ..config(other.path(), priced_by(&rules)) };
    let other = started(other);
    other.advance(day("2026-03-21")).unwrap();
    assert_ne!(feed(&client(&other)), bytes);
}

#[test]
fn a_version_holds_for_what_is_paid_under_it() {
    let first: Value = serde_json::from_str(TEMPLATES[0].json).unwrap();
    let mut second = first.clone();
    second["version"] = json!(2);
    second["effective_from"] = json!("2026-03-16T00:00:00+08:00");
    let trial = trial(priced_by(&json!([first, second])));
    trial.running.advance(day("2026-03-21")).unwrap();
    let items = feed(&client(&trial.running));
    let mut seen = BTreeSet::new();
    for order in items.iter().map(|item| data(item)) {
        let Some(pricing) = order.pricing else { continue };
        let late = order.business_date >= day("2026-03-16");
        assert_eq!(pricing.rules.version, if late { 2 } else { 1 }, "{}", order.id);
        seen.insert(pricing.rules.version);
    }
    assert_eq!(seen, BTreeSet::from([1, 2]));
}
