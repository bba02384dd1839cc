//! Who may use whom, and what may come from outside: read from what `cargo metadata` says.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;
use std::sync::LazyLock;

use serde_json::Value;

/// Each of our crates and those of ours that it may name, lower layers first. Tests may also name
/// what they check against: see [`ALSO_IN_TESTS`].
const MAY_USE: &[(&str, &[&str])] = &[
    ("standards", &[]),
    ("pricing", &[]),
    ("contract", &[]),
    ("domain", &["pricing", "standards"]),
    ("planning", &["domain", "pricing"]),
    ("demo", &["domain", "contract", "pricing"]),
    ("store", &["domain"]),
    ("marketplace", &["contract", "domain"]),
    ("documents", &["domain", "standards", "pricing"]),
    (
        "app",
        &[
            "domain",
            "planning",
            "store",
            "marketplace",
            "documents",
            "standards",
            "pricing",
            "contract",
        ],
    ),
    ("mall", &["contract", "pricing", "demo"]),
    ("machine", &["app"]),
    ("cli", &["app", "demo", "machine", "pricing"]),
    ("bench", &["app", "demo", "domain", "pricing", "store"]),
    ("pincang-desktop", &["app", "demo", "machine"]),
    ("xtask", &[]),
    ("journeys", &["app", "demo", "contract", "mall", "domain", "documents", "store", "standards"]),
];

/// What tests of a crate may name beyond [`MAY_USE`]: the real other side.
const ALSO_IN_TESTS: &[(&str, &[&str])] = &[
    ("mall", &["marketplace"]),
    ("app", &["mall", "demo"]),
    ("cli", &["mall", "documents"]),
    ("pincang-desktop", &["journeys"]),
];

/// Third-party crates that have homes; everywhere else they are refused.
const ONLY_IN: &[(&str, &[&str])] = &[
    // The bench holds the bare figure that it compares with.
    ("rusqlite", &["store", "bench"]),
    ("rusqlite_migration", &["store"]),
    ("reqwest", &["marketplace"]),
    ("printpdf", &["documents"]),
    ("lopdf", &["documents"]),
    ("calamine", &["documents"]),
    ("rust_xlsxwriter", &["documents"]),
    ("axum", &["mall"]),
    ("tauri", &["pincang-desktop"]),
    ("keyring", &["machine"]),
    ("ts-rs", &["app"]),
    ("clap", &["pincang-desktop", "cli", "mall", "bench"]),
];

/// Licences under which others may be part of the program, each compatible with Apache-2.0.
const LICENCES: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "NCSA",
    "OpenSSL",
    "Unicode-3.0",
    "Unicode-DFS-2016",
    "Unlicense",
    "Zlib",
    "bzip2-1.0.6",
];

struct Metadata(Value);

impl Metadata {
    /// Of the packages for every system, not only of this one: cargo fetches what it has not seen.
    fn read() -> &'static Self {
        static READ: LazyLock<Metadata> = LazyLock::new(Metadata::ask);
        &READ
    }

    fn ask() -> Self {
        let cargo = Command::new(env!("CARGO"))
            .args(["metadata", "--locked", "--format-version=1"])
            .current_dir(journeys::root())
            .output()
            .expect("cargo runs");
        assert!(cargo.status.success(), "{}", String::from_utf8_lossy(&cargo.stderr));
        Self(serde_json::from_slice(&cargo.stdout).expect("cargo prints JSON"))
    }

    fn packages(&self) -> &[Value] {
        self.0["packages"].as_array().expect("packages")
    }

    fn ours(&self) -> impl Iterator<Item = &Value> {
        self.packages().iter().filter(|package| package["source"].is_null())
    }

    fn theirs(&self) -> impl Iterator<Item = &Value> {
        self.packages().iter().filter(|package| !package["source"].is_null())
    }
}

fn name(package: &Value) -> &str {
    package["name"].as_str().expect("a name")
}

fn allowed(
    table: &[(&str, &'static [&'static str])],
    crate_name: &str,
) -> Option<&'static [&'static str]> {
    table.iter().find(|(name, _)| *name == crate_name).map(|(_, crates)| *crates)
}

#[test]
fn crates_use_only_what_lies_below_them() {
    let metadata = Metadata::read();
    let ours: BTreeSet<&str> = metadata.ours().map(name).collect();
    let mut wrong = Vec::new();
    for package in metadata.ours() {
        let user = name(package);
        let may_use = allowed(MAY_USE, user)
            .unwrap_or_else(|| panic!("`{user}` is not in the table: decide where it belongs"));
        for dependency in package["dependencies"].as_array().expect("dependencies") {
            let used = name(dependency);
            let in_tests = dependency["kind"] == "dev"
                && allowed(ALSO_IN_TESTS, user).is_some_and(|crates| crates.contains(&used));
            if ours.contains(used) && used != user && !may_use.contains(&used) && !in_tests {
                wrong.push(format!("`{user}` must not use `{used}`"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn libraries_with_a_home_stay_there() {
    let metadata = Metadata::read();
    let mut wrong = Vec::new();
    for package in metadata.ours() {
        for dependency in package["dependencies"].as_array().expect("dependencies") {
            let library = name(dependency);
            // A test may look at the other side's bytes by the same library.
            let in_tests = dependency["kind"] == "dev";
            if let Some(homes) = allowed(ONLY_IN, library)
                && !homes.contains(&name(package))
                && !in_tests
            {
                wrong.push(format!("`{library}` belongs in {homes:?}, not in `{}`", name(package)));
            }
            let gui = library.starts_with("tauri") || library == "wry" || library == "tao";
            if gui && name(package) != "pincang-desktop" {
                wrong
                    .push(format!("`{library}` belongs to the window, not to `{}`", name(package)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_comes_from_outside_is_released_licensed_and_from_the_registry() {
    let metadata = Metadata::read();
    let mut wrong = Vec::new();
    for package in metadata.theirs() {
        let (what, version) = (name(package), package["version"].as_str().expect("a version"));
        let source = package["source"].as_str().expect("a source");
        if source != "registry+https://github.com/rust-lang/crates.io-index" {
            wrong.push(format!("{what} comes from {source}"));
        }
        if version.split('+').next().is_some_and(|version| version.contains('-')) {
            wrong.push(format!("{what} {version} is a pre-release"));
        }
        let licence = package["license"].as_str().unwrap_or_default();
        if !acceptable(licence) {
            wrong.push(format!("{what} {version} has the licence `{licence}`"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn money_in_json_keeps_its_digits() {
    // With `arbitrary_precision` a number changes its type for every crate of the program at once.
    let metadata = Metadata::read();
    let nodes = metadata.0["resolve"]["nodes"].as_array().expect("resolved packages");
    let json: Vec<&Value> = nodes
        .iter()
        .filter(|node| node["id"].as_str().is_some_and(|id| id.contains("#serde_json@")))
        .collect();
    assert_eq!(json.len(), 1, "one version of serde_json");
    let features = json[0]["features"].as_array().expect("features");
    assert!(!features.iter().any(|feature| feature == "arbitrary_precision"), "{features:?}");
}

#[test]
fn every_crate_has_the_lints_and_the_licence_of_the_house() {
    let metadata = Metadata::read();
    let workspace = journeys::text("Cargo.toml");
    let lints = workspace.split("[workspace.lints.rust]").nth(1).expect("the house's lints");
    let lints = lints.split("[profile").next().expect("what stands before the profiles");
    let house: Vec<&str> =
        lints.lines().filter(|line| line.contains(" = ") && !line.starts_with('#')).collect();
    assert!(house.len() > 10, "{house:?}");
    let mut wrong = Vec::new();
    for package in metadata.ours() {
        if package["license"] != "Apache-2.0" {
            wrong.push(format!("{}: licence {}", name(package), package["license"]));
        }
        let manifest = std::fs::read_to_string(package["manifest_path"].as_str().expect("a path"));
        let manifest = manifest.expect("a manifest");
        // A crate that is also built alone cannot inherit them; it writes out each of them.
        let written_out = house.iter().all(|lint| manifest.lines().any(|line| line == *lint));
        if !manifest.contains("[lints]\nworkspace = true") && !written_out {
            wrong.push(format!("{}: takes no part in the workspace's lints", name(package)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let licence = journeys::text("LICENSE");
    assert!(licence.contains("Apache License") && licence.contains("Version 2.0, January 2004"));
}

#[test]
fn the_reader_of_licences_reads_expressions() {
    let cases: BTreeMap<&str, bool> = BTreeMap::from([
        ("MIT", true),
        ("MIT/Apache-2.0", true),
        ("GPL-3.0-only", false),
        ("GPL-3.0-only OR MIT", true),
        ("GPL-3.0-only AND MIT", false),
        ("(MIT OR Apache-2.0) AND Unicode-3.0", true),
        ("(GPL-2.0 OR LGPL-2.1) AND MIT", false),
        ("Apache-2.0 WITH LLVM-exception OR GPL-2.0", true),
        ("", false),
    ]);
    for (expression, expected) in cases {
        assert_eq!(acceptable(expression), expected, "{expression}");
    }
}

/// Whether an SPDX expression can be satisfied by the licences of the list.
fn acceptable(expression: &str) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let mut tokens = spaced.split_whitespace().peekable();
    let accepted = either(&mut tokens);
    accepted && tokens.next().is_none()
}

type Tokens<'a> = std::iter::Peekable<std::str::SplitWhitespace<'a>>;

fn either(tokens: &mut Tokens<'_>) -> bool {
    let mut accepted = both(tokens);
    while tokens.next_if_eq(&"OR").is_some() {
        accepted |= both(tokens);
    }
    accepted
}

fn both(tokens: &mut Tokens<'_>) -> bool {
    let mut accepted = one(tokens);
    while tokens.next_if_eq(&"AND").is_some() {
        accepted &= one(tokens);
    }
    accepted
}

fn one(tokens: &mut Tokens<'_>) -> bool {
    if tokens.next_if_eq(&"(").is_some() {
        let accepted = either(tokens);
        return tokens.next_if_eq(&")").is_some() && accepted;
    }
    let mut licence = tokens.next().unwrap_or_default().to_owned();
    if tokens.next_if_eq(&"WITH").is_some() {
        licence = format!("{licence} WITH {}", tokens.next().unwrap_or_default());
    }
    LICENCES.contains(&licence.as_str())
}
