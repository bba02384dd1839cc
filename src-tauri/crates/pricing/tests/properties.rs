//! What holds for every rule set, order and chain of returns. The names are those of the
//! invariants in the crate's README.

mod worlds;

use std::collections::BTreeMap;
use std::sync::Arc;

use pricing::explain::CODES;
use pricing::order::Line;
use pricing::quote::QuotedLine;
use pricing::rules::{Base, Funder, OnRefund, Payer};
use pricing::{
    Error, Frozen, Money, Order, Quote, RefundState, RefundStep, RuleBook, RuleSet, Severity,
    allocate, check, quote, quote_under,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

/// Runs one property over so many cases.
fn over<S: Strategy>(
    cases: u32,
    strategy: &S,
    property: impl Fn(S::Value) -> Result<(), TestCaseError>,
) where
    S::Value: std::fmt::Debug,
{
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    if let Err(failure) = TestRunner::new(config).run(strategy, property) {
        panic!("{failure}");
    }
}

fn set(json: &Value) -> Arc<RuleSet> {
    Arc::new(RuleSet::from_json(json).expect("a generated rule set is of the schema"))
}

fn order(json: &Value) -> Order {
    serde_json::from_value(json.clone()).expect("a generated order is one")
}

/// Wide, since what comes before the last amount need not fit where the whole does.
fn sum<'a>(amounts: impl IntoIterator<Item = &'a Money>) -> i128 {
    amounts.into_iter().copied().map(wide).sum()
}

fn wide(amount: Money) -> i128 {
    i128::from(amount.minor())
}

/// P-1, P-2, P-5, P-10 on one quote.
fn quote_adds_up(quote: &Quote) -> Result<(), TestCaseError> {
    prop_assert_eq!(sum(quote.parties.iter().map(|(_, amount)| amount)), wide(quote.paid));
    for line in &quote.lines {
        let disc = sum(line.disc.iter().flatten());
        prop_assert_eq!(wide(line.pay) + disc, wide(line.gross));
        prop_assert!(line.pay >= Money::ZERO && line.vat >= Money::ZERO);
        prop_assert!(line.disc.iter().flatten().all(|amount| *amount >= Money::ZERO));
    }
    prop_assert!(quote.postings.iter().all(|posting| posting.amount > Money::ZERO));
    let funds = |account: &str| {
        account == &*quote.agent
            && quote.lines.iter().any(|line| line.disc_by(Funder::Agent) > Money::ZERO)
    };
    for (account, amount) in &quote.parties {
        let flagged = |code| quote.flags.iter().any(|flag| flag.code == code);
        if *amount < Money::ZERO && !matches!(&**account, "brand" | "platform") {
            prop_assert!(funds(account), "{} has {}", account, amount);
            prop_assert!(flagged("PARTY_NEGATIVE"));
        }
        prop_assert_eq!(
            flagged("BRAND_NET_NEGATIVE"),
            quote.brand_net < Money::ZERO,
            "{}",
            quote.brand_net
        );
    }
    if let Some(cap) = quote.ruleset.pool_cap {
        let capped = |name: &str| quote.ruleset.charges.iter().all(|pay| *pay.id != *name);
        let rewards = quote.postings.iter().filter(|posting| capped(&posting.rule));
        let pool = sum(rewards.map(|posting| &posting.amount));
        // Counted here from the lines, not from what the quote says of its own cap.
        let base: i128 = quote.lines.iter().map(|line| base_of(quote, line, cap.base)).sum();
        let limit = cap
            .rate
            .of(Money::from_minor(i64::try_from(base).expect("it fits")), quote.ruleset.rounding);
        prop_assert!(pool <= wide(limit.expect("it fits")), "{} of {:?}", pool, cap);
    }
    Ok(())
}

/// What a rule of this base counts on, written down again from its definition.
fn base_of(quote: &Quote, line: &QuotedLine, base: Base) -> i128 {
    let vat = quote.ruleset.vat.rate.inside(line.pay, quote.ruleset.rounding);
    match base {
        Base::List => wide(line.unit) * i128::from(line.qty),
        Base::Paid => wide(line.pay),
        Base::PaidPlusPlatform => wide(line.pay) + wide(line.disc_by(Funder::Platform)),
        Base::PaidExVat => wide(line.pay) - wide(vat.expect("it fits")),
        Base::PaidInclFreight => wide(line.pay) + wide(line.freight),
        Base::Markup => wide(line.markup),
        Base::Units => i128::from(line.qty),
    }
}

/// One derivation per amount, each with exactly the arguments its code has.
fn explanation_is_whole(quote: &Quote) -> Result<(), TestCaseError> {
    let derivations: Vec<_> = quote.explain().collect();
    for each in &derivations {
        let names: Vec<_> = each.args.iter().map(|(name, _)| *name).collect();
        let told = CODES.iter().find(|(code, _)| *code == each.code).map(|(_, names)| *names);
        prop_assert_eq!(told, Some(&names[..]), "{}", each.code);
    }
    let postings = derivations.iter().filter(|each| each.code.starts_with("posting_")).count();
    prop_assert_eq!(postings, quote.postings.len());
    let last = derivations.last().map(|each| each.args.last().cloned());
    prop_assert_eq!(last, Some(Some(("amount", pricing::Arg::Money(quote.brand_net)))));
    Ok(())
}

/// P-1 for every step and P-4: pieces taken back one after another in the order `shuffled` says.
fn refunds_add_up(quote: &Quote, shuffled: &[usize], bundle: usize) -> Result<(), TestCaseError> {
    let frozen = quote.freeze();
    let mut state = RefundState::default();
    let mut pieces: Vec<Arc<str>> =
        quote.lines.iter().flat_map(|line| (0..line.qty).map(|_| line.id.clone())).collect();
    let count = pieces.len();
    for (place, with) in shuffled.iter().enumerate().take(count) {
        pieces.swap(place, with % count);
    }
    for bundle in pieces.chunks(bundle) {
        let mut step = RefundStep::default();
        for piece in bundle {
            *step.units.entry(piece.clone()).or_insert(0) += 1;
        }
        step.paid_out = quote.parties.iter().map(|(account, _)| account.clone()).collect();
        let result = frozen.refund(&mut state, &step).expect("pieces that were bought");
        prop_assert_eq!(sum(result.delta.values()), -wide(result.buyer_refund));
        prop_assert!(result.buyer_refund >= Money::ZERO);
        for (account, owed) in &result.clawback {
            prop_assert_eq!(result.delta[account].minor(), -owed.minor());
        }
    }
    prop_assert_eq!(state.refunded, quote.paid);
    let mut kept: BTreeMap<Arc<str>, i64> = BTreeMap::new();
    for posting in quote.postings.iter().filter(|each| each.on_refund == OnRefund::Keep) {
        *kept.entry(posting.account.clone()).or_default() += posting.amount.minor();
        *kept.entry(posting.by.name().into()).or_default() -= posting.amount.minor();
    }
    kept.retain(|_, amount| *amount != 0);
    let remaining = frozen.remaining(&state).expect("no more than was paid");
    let remaining: BTreeMap<_, _> =
        remaining.into_iter().map(|(account, amount)| (account, amount.minor())).collect();
    prop_assert_eq!(remaining, kept);
    let once_more = RefundStep {
        units: [(quote.lines[0].id.clone(), 1)].into_iter().collect(),
        ..RefundStep::default()
    };
    let before = state.clone();
    let refused = frozen.refund(&mut state, &once_more);
    prop_assert_eq!(refused.map_err(|error| error.code()), Err("refund_exceeds_quantity"));
    prop_assert_eq!(state, before);
    Ok(())
}

#[test]
fn p1_p2_p4_p5_p10_orders_and_returns_add_up() {
    let world = (worlds::rules(), worlds::order(), vec(any::<usize>(), 0..12), 1usize..5);
    over(100_000, &world, |(rules, json, shuffled, bundle)| {
        let quote = quote_under(&set(&rules), &order(&json)).expect("prices people pay");
        quote_adds_up(&quote)?;
        refunds_add_up(&quote, &shuffled, bundle)
    });
}

#[test]
fn every_amount_opens_its_derivation() {
    over(10_000, &(worlds::rules(), worlds::order()), |(rules, json)| {
        explanation_is_whole(&quote_under(&set(&rules), &order(&json)).expect("a quote"))
    });
}

#[test]
fn p3_allocation_is_exact() {
    let weights =
        vec(prop_oneof![4 => 0i64..1_000_000, 1 => Just(0), 1 => 0..i64::MAX / 64], 1..20);
    over(100_000, &(any::<i32>(), weights), |(total, weights)| {
        let total = i64::from(total);
        let whole: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
        let parts = match allocate(total, &weights) {
            Ok(parts) => parts,
            Err(error) => {
                prop_assert_eq!(error, Error::NoWeight);
                prop_assert!(whole == 0 && total != 0);
                return Ok(());
            }
        };
        prop_assert_eq!(parts.iter().sum::<i64>(), total);
        for (part, weight) in parts.iter().zip(&weights) {
            let off = i128::from(*part) * whole - i128::from(total) * i128::from(*weight);
            prop_assert!(off.abs() < whole.max(1));
            prop_assert!(*weight != 0 || *part == 0);
        }
        let mirrored: Vec<i64> = parts.iter().map(|part| -part).collect();
        prop_assert_eq!(allocate(-total, &weights), Ok(mirrored));
        Ok(())
    });
}

#[test]
fn p6_depth_is_capped_and_unlawful_books_do_not_load() {
    over(5_000, &(worlds::rules(), 0u8..5, 0u8..3), |(mut rules, depth, most)| {
        rules["compliance"]["max_depth"] = json!(most);
        rules["rewards"] = json!([{"id": "r", "to": "sharer", "depth": depth, "amount": 1}]);
        let flags = check(&set(&rules), &pricing::Context::default());
        let exceeded = flags.iter().any(|flag| flag.code == "DEPTH_EXCEEDED");
        prop_assert_eq!(exceeded, depth > most);
        let lawful = flags.iter().all(|flag| flag.severity != Severity::Error);
        let loaded = RuleBook::load(&rules.to_string());
        prop_assert_eq!(loaded.is_ok(), lawful);
        if let Err(error) = loaded {
            prop_assert_eq!(error.code(), "unlawful");
        }
        prop_assert!(RuleBook::load_as_it_was(&rules.to_string()).is_ok());
        Ok(())
    });
}

/// The document with the keys of every object backwards.
fn backwards(json: &Value) -> String {
    match json {
        Value::Object(map) => {
            let mut keys: Vec<_> = map.keys().collect();
            keys.sort();
            let entries: Vec<_> = keys
                .into_iter()
                .rev()
                .map(|key| format!("{}: {}", json!(key), backwards(&map[key])))
                .collect();
            format!("{{{}}}", entries.join(" , "))
        }
        Value::Array(entries) => {
            let entries: Vec<_> = entries.iter().map(backwards).collect();
            format!("[{}]", entries.join(", "))
        }
        scalar => scalar.to_string(),
    }
}

#[test]
fn p7_same_input_same_bytes() {
    over(5_000, &(worlds::rules(), worlds::order()), |(rules, json)| {
        let first = RuleBook::load_as_it_was(&rules.to_string()).expect("a book");
        let second = RuleBook::load_as_it_was(&backwards(&rules)).expect("the same book");
        prop_assert_eq!(&first.versions()[0].hash, &second.versions()[0].hash);
        let written = |book, json: &str| {
            let order: Order = serde_json::from_str(json).expect("an order");
            serde_json::to_string(&quote(book, &order).expect("a quote")).expect("JSON")
        };
        prop_assert_eq!(written(&first, &json.to_string()), written(&second, &backwards(&json)));
        Ok(())
    });
}

#[test]
fn p8_a_later_version_leaves_earlier_orders_alone() {
    // Begun after the order, or announced for before the version that was in force began.
    let begins = proptest::sample::select(vec![
        "2026-03-15T12:00:00.001+08:00",
        "2026-04-01T00:00:00+08:00",
        "2025-12-31T23:59:59+08:00",
        "2025-06-01T00:00:00+08:00",
    ]);
    let world = (worlds::rules(), worlds::rules(), worlds::order(), begins);
    over(5_000, &world, |(one, mut two, json, begins)| {
        two["version"] = json!(2);
        two["effective_from"] = json!(begins);
        let alone = RuleBook::load_as_it_was(&json!([one]).to_string()).expect("a book");
        let both = RuleBook::load_as_it_was(&json!([two, one]).to_string()).expect("a book");
        let order = order(&json);
        prop_assert_eq!(quote(&alone, &order), quote(&both, &order));
        Ok(())
    });
}

#[test]
fn a_frozen_quote_survives_a_file() {
    over(2_000, &(worlds::rules(), worlds::order()), |(rules, json)| {
        let frozen = quote_under(&set(&rules), &order(&json)).expect("a quote").freeze();
        let text = serde_json::to_string(&frozen).expect("JSON");
        prop_assert_eq!(serde_json::from_str::<Frozen>(&text).expect("the same"), frozen);
        Ok(())
    });
}

/// One line under percentages only: nothing that begins at a threshold.
fn percentages() -> impl Strategy<Value = (Value, usize)> {
    let ppm = || (0u32..1_000_000).prop_map(|ppm| format!("0.{ppm:06}"));
    let base = proptest::sample::select(vec!["list", "paid", "paid_plus_platform", "paid_ex_vat"]);
    (vec(ppm(), 0..3), vec((ppm(), base), 1..6), 0u32..1000).prop_map(|(coupons, pays, brand)| {
        let rules = coupons.len() + pays.len();
        let funding = json!({
            "brand": format!("0.{brand:03}"),
            "platform": if brand == 0 { "1".to_owned() } else { format!("0.{:03}", 1000 - brand) },
        });
        let coupons: Vec<Value> = coupons
            .into_iter()
            .enumerate()
            .map(|(index, value)| {
                json!({"id": format!("c{index}"), "type": "percent", "value": value,
                       "funding": funding})
            })
            .collect();
        let charges: Vec<Value> = pays
            .into_iter()
            .enumerate()
            .map(|(index, (rate, base))| {
                json!({"id": format!("f{index}"), "to": "platform", "base": base, "rate": rate})
            })
            .collect();
        let set = json!({
            "id": "percent", "version": 1, "currency": "CNY",
            "effective_from": "2026-01-01T00:00:00+08:00",
            "prices": [{"id": "list", "from_field": "unit_price"}],
            "vat": {"rate": "0.13"}, "rewards": [], "coupons": coupons, "charges": charges,
        });
        (set, rules)
    })
}

#[test]
fn p9_a_dearer_price_is_no_bargain() {
    over(20_000, &(percentages(), 0i64..100_000), |((rules, count), price)| {
        let rules = set(&rules);
        let at = |price: i64| {
            let mut order = order(&json!({
                "paid_at": "2026-03-15T12:00:00+08:00", "buyer": "b", "lines": [],
                "coupons": ["c0", "c1"],
            }));
            order.lines.push(Line {
                id: "1".into(),
                qty: 1,
                unit_price: Some(Money::from_minor(price)),
                ..Line::default()
            });
            quote_under(&rules, &order).expect("a quote")
        };
        let (cheap, dear) = (at(price), at(price + 1));
        prop_assert!(dear.paid >= cheap.paid);
        let drop = cheap.brand_net.minor() - dear.brand_net.minor();
        prop_assert!(drop < i64::try_from(count).expect("few rules"), "{}", drop);
        Ok(())
    });
}

#[test]
fn p11_what_does_not_fit_is_refused() {
    let huge =
        || prop_oneof![Just(i64::MAX), Just(i64::MAX / 2), any::<i64>().prop_map(|n| n & i64::MAX)];
    let world = (worlds::rules(), worlds::order(), vec((huge(), huge()), 6), huge());
    over(20_000, &world, |(rules, mut json, sizes, freight)| {
        json["freight"] = json!(freight);
        for (line, (qty, price)) in
            json["lines"].as_array_mut().expect("lines").iter_mut().zip(sizes)
        {
            line["qty"] = json!(qty.max(1));
            line["unit_price"] = json!(price);
        }
        match quote_under(&set(&rules), &order(&json)) {
            Ok(quote) => quote_adds_up(&quote)?,
            Err(error) => prop_assert_eq!(error, Error::Overflow),
        }
        Ok(())
    });
}

#[test]
fn what_the_platform_pays_the_brand_does_not() {
    over(5_000, &(worlds::rules(), worlds::order()), |(rules, json)| {
        let quote = quote_under(&set(&rules), &order(&json)).expect("a quote");
        let funded = quote
            .lines
            .iter()
            .map(|line| wide(line.disc_by(Funder::Platform)) + wide(line.disc_by(Funder::Agent)));
        let funded: i128 = funded.sum();
        let borne = quote.postings.iter().filter(|posting| posting.by == Payer::Brand);
        let borne = sum(borne.map(|posting| &posting.amount));
        prop_assert_eq!(wide(quote.brand_net), wide(quote.paid) + funded - borne);
        Ok(())
    });
}
