//! Whatever comes in, an answer comes out: mutated cases, rule files and texts never panic.
//!
//! Seeds are all vectors, all rule sets and `tests/corpus/`, which keeps every input that once
//! failed. The mutations know JSON: they drop, double, swap and replace what stands there with
//! what is awkward, so that most of them get past the parser.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use pricing::{RuleBook, Severity, eval, explain_case};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, TestError, TestRunner};
use serde_json::{Value, json};

/// How long a normal run looks for trouble.
const BUDGET: Duration = Duration::from_mins(1);

fn read(folder: &str) -> Vec<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut paths: Vec<_> = fs::read_dir(folder)
        .expect("the folder is part of the crate")
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    paths.sort();
    let parse = |path: &std::path::PathBuf| {
        let text = fs::read_to_string(path).expect("a readable seed");
        serde_json::from_str(&text).expect("a seed is JSON")
    };
    paths.iter().map(parse).collect()
}

/// Cases to begin with. A rule set becomes one by asking the law about it.
fn seeds() -> Vec<Value> {
    let rules =
        read("rules").into_iter().map(|set| json!({"op": "check", "input": {"rules": set}}));
    read("vectors").into_iter().chain(read("tests/corpus")).chain(rules).collect()
}

/// One change at one place of a document.
#[derive(Clone, Debug)]
enum Change {
    Drop,
    Double,
    Put(Value),
    Scale(i64),
    Graft(Index, Index),
    Rename(&'static str),
}

fn awkward() -> impl Strategy<Value = Value> {
    proptest::sample::select(vec![
        json!(null),
        json!(true),
        json!(0),
        json!(-1),
        json!(1),
        json!(2),
        json!(i64::MAX),
        json!(i64::MIN),
        json!(u64::MAX),
        json!(1e308),
        json!(0.5),
        json!(""),
        json!("0"),
        json!("1"),
        json!("0.000001"),
        json!("1.000001"),
        json!("-0.1"),
        json!("79228162514264337593543950335"),
        json!("0.0000000000000000000000000001"),
        json!("2026-02-29T00:00:00+08:00"),
        json!("0000-01-01T00:00:00-23:59"),
        json!("9999-12-31T23:59:60.999999999999Z"),
        json!("9999-12-31"),
        json!("buyer"),
        json!("brand"),
        json!("platform"),
        json!("agent"),
        json!("escrow:buyer1"),
        json!("品\u{0}\u{feff}\u{1f4a9}"),
        json!("recruit"),
        json!("order"),
        json!("units"),
        json!([]),
        json!({}),
        json!([0, 0, 0]),
        json!({"1": 1}),
    ])
}

fn change() -> impl Strategy<Value = Change> {
    let key = proptest::sample::select(vec![
        "amount", "rate", "base", "per", "min", "to", "id", "", "when", "units",
    ]);
    prop_oneof![
        2 => Just(Change::Drop),
        2 => Just(Change::Double),
        5 => awkward().prop_map(Change::Put),
        2 => any::<i64>().prop_map(Change::Scale),
        3 => (any::<Index>(), any::<Index>()).prop_map(|(seed, place)| Change::Graft(seed, place)),
        1 => key.prop_map(Change::Rename),
    ]
}

/// How many values a document has, itself included.
fn size(json: &Value) -> usize {
    1 + match json {
        Value::Array(entries) => entries.iter().map(size).sum(),
        Value::Object(map) => map.values().map(size).sum(),
        _ => 0,
    }
}

/// The value at a place counted from the root down.
fn at(json: &Value, mut place: usize) -> &Value {
    let parts: Vec<&Value> = match json {
        Value::Array(entries) => entries.iter().collect(),
        Value::Object(map) => map.values().collect(),
        _ => Vec::new(),
    };
    if place == 0 {
        return json;
    }
    place -= 1;
    for part in parts {
        if place < size(part) {
            return at(part, place);
        }
        place -= size(part);
    }
    json
}

fn apply(json: &mut Value, mut place: usize, change: &Change, seeds: &[Value]) {
    if place == 0 {
        match change {
            Change::Put(value) => *json = value.clone(),
            Change::Graft(seed, place) => {
                let seed = seed.get(seeds);
                *json = at(seed, place.index(size(seed))).clone();
            }
            Change::Scale(by) => {
                if let Some(number) = json.as_i64() {
                    *json = json!(number.wrapping_mul(*by));
                }
            }
            Change::Double => {
                if let Value::Array(entries) = json {
                    entries.extend(entries.clone());
                }
            }
            Change::Drop | Change::Rename(_) => match json {
                Value::Array(entries) => drop(entries.pop()),
                Value::Object(map) => {
                    let Some(key) = map.keys().next().cloned() else { return };
                    let value = map.remove(&key);
                    if let (Change::Rename(name), Some(value)) = (change, value) {
                        map.insert((*name).to_owned(), value);
                    }
                }
                _ => *json = Value::Null,
            },
        }
        return;
    }
    place -= 1;
    let parts: Vec<&mut Value> = match json {
        Value::Array(entries) => entries.iter_mut().collect(),
        Value::Object(map) => map.values_mut().collect(),
        _ => Vec::new(),
    };
    for part in parts {
        let within = size(part);
        if place < within {
            return apply(part, place, change, seeds);
        }
        place -= within;
    }
}

/// A seed changed at some of its places.
fn mutant(seeds: &[Value], seed: Index, changes: &[(Index, Change)]) -> Value {
    let mut json = seed.get(seeds).clone();
    for (place, change) in changes {
        let place = place.index(size(&json));
        apply(&mut json, place, change, seeds);
    }
    json
}

/// What must hold of any case at all.
fn survives(case: &Value) -> Result<(), TestCaseError> {
    let got = eval(case);
    prop_assert_eq!(&got, &eval(case));
    let _ = explain_case(case);
    let rules = &case["input"]["rules"];
    if rules.is_object() || rules.is_array() {
        let text = rules.to_string();
        let as_it_was = RuleBook::load_as_it_was(&text);
        if let Ok(book) = RuleBook::load(&text) {
            prop_assert!(book.flags().iter().all(|flag| flag.severity != Severity::Error));
            prop_assert_eq!(Ok(book), as_it_was);
        }
    }
    Ok(())
}

#[test]
fn what_once_failed_no_longer_does() {
    for seed in seeds() {
        if let Err(failure) = survives(&seed) {
            panic!("{failure}: {seed}");
        }
    }
}

#[test]
fn no_input_panics() {
    let seeds = seeds();
    let begun = Instant::now();
    let config = Config { cases: 500, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new(config);
    let changes = (any::<Index>(), vec((any::<Index>(), change()), 1..6));
    let text = (any::<Index>(), any::<Index>(), any::<u8>());
    let mut runs = 0;
    while begun.elapsed() < BUDGET {
        let found =
            runner.run(&changes, |(seed, changes)| survives(&mutant(&seeds, seed, &changes)));
        if let Err(failure) = found {
            let case = match &failure {
                TestError::Fail(_, (seed, changes)) => mutant(&seeds, *seed, changes),
                TestError::Abort(_) => Value::Null,
            };
            panic!("keep in tests/corpus what failed: {case}\n{failure}");
        }
        let found = runner.run(&text, |(seed, place, byte)| {
            let mut bytes = seed.get(&seeds)["input"]["rules"].to_string().into_bytes();
            let place = place.index(bytes.len());
            bytes[place] = byte;
            drop(RuleBook::load(&String::from_utf8_lossy(&bytes)));
            Ok(())
        });
        if let Err(failure) = found {
            panic!("a rule file failed: {failure}");
        }
        runs += 1;
    }
    assert!(runs > 0, "the budget is spent on trying");
}
