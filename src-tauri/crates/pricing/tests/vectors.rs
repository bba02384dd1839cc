//! Every vector of `vectors/` through [`pricing::eval`], compared whole.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

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
