//! Every vector of `vectors/` through [`pricing::eval`], compared whole.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use pricing::explain::CODES;
use pricing::{Arg, explain_case};
use serde_json::{Value, json};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn vectors() -> Vec<(PathBuf, Value)> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder("vectors"))
        .expect("the vectors are part of the crate")
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    files.sort();
    files
        .into_iter()
        .map(|path| {
            let text = fs::read_to_string(&path).expect("a readable vector");
            let case = serde_json::from_str(&text).expect("a vector is JSON");
            (path, case)
        })
        .collect()
}

#[test]
fn every_vector_is_answered_as_expected() {
    let vectors = vectors();
    assert!(vectors.len() >= 56, "{} vectors", vectors.len());
    let mut wrong = Vec::new();
    for (path, case) in &vectors {
        let got = pricing::eval(case);
        if got != case["expect"] {
            let name = path.file_stem().unwrap_or_default().to_string_lossy();
            wrong.push(format!("{name}:\n   got {got}\nexpect {}", case["expect"]));
        }
    }
    assert!(wrong.is_empty(), "{} of {} wrong\n{}", wrong.len(), vectors.len(), wrong.join("\n"));
}

/// What is behind an answer has the codes of the list, each with its arguments in their order, and
/// ends with what was answered.
#[test]
fn every_vector_is_explained_by_the_codes_of_the_list() {
    let mut used = BTreeSet::new();
    for (path, case) in &vectors() {
        let opened = match explain_case(case) {
            Ok(opened) => opened,
            Err(error) => {
                assert_eq!(case["expect"], json!({"error": error.code()}), "{}", path.display());
                continue;
            }
        };
        for each in &opened.derivations {
            let names: Vec<_> = each.args.iter().map(|(name, _)| *name).collect();
            let told = CODES.iter().find(|(code, _)| *code == each.code).map(|(_, names)| *names);
            assert_eq!(told, Some(&names[..]), "{}: {}", path.display(), each.code);
            used.insert(each.code);
        }
    }
    for code in [
        "refund_line",
        "clawback",
        "refund_left",
        "margin",
        "break_even",
        "withheld_year",
        "settle_order",
        "settle_total",
        "reconciled_diff",
        "reconciled_none",
    ] {
        assert!(used.contains(code), "{code}");
    }
}

#[test]
fn a_return_is_opened_into_pieces_and_accounts() {
    let (_, case) = vectors()
        .into_iter()
        .find(|(path, _)| path.ends_with("E01.json"))
        .expect("a vector of returns");
    let opened = explain_case(&case).expect("it is answered");
    let sums = |code: &str, name: &str| -> i64 {
        let of = opened.derivations.iter().filter(|each| each.code == code);
        let args = of.flat_map(|each| &each.args).filter(|(arg, _)| *arg == name);
        args.map(|(_, arg)| match arg {
            Arg::Money(amount) => amount.minor(),
            other => panic!("{other:?} is no amount"),
        })
        .sum()
    };
    let total = case["expect"]["refunded_total"].as_i64().expect("an amount");
    assert_eq!(sums("refund_step", "amount"), total);
    assert_eq!(sums("refund_line", "amount") + sums("refund_freight", "amount"), total);
    assert_eq!(sums("refund_party", "amount"), -total);
    assert_eq!(sums("refunded_total", "amount"), total);
}

#[test]
fn the_rule_sets_of_the_seven_modes_load() {
    let mut loaded = 0;
    for entry in fs::read_dir(folder("rules")).expect("the rule sets are part of the crate") {
        let path = entry.expect("a readable folder").path();
        let text = fs::read_to_string(&path).expect("a readable rule set");
        let book = pricing::RuleBook::load(&text);
        assert!(book.is_ok(), "{}: {book:?}", path.display());
        loaded += 1;
    }
    assert_eq!(loaded, 8);
}
