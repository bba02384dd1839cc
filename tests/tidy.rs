//! Habits that no compiler checks: sizes, words, homes of languages, what the window may ask for.

use std::path::{Path, PathBuf};

use serde_json::Value;

const FUNCTION_LINES_MAX: usize = 60;
const FILE_LINES_MAX: usize = 500;

/// All that the page may ask of the shell. A longer list is a decision about security.
const PERMISSIONS: &[&str] = &[
    "allow-call",
    "allow-cancel",
    "allow-report",
    "core:event:allow-listen",
    "core:event:allow-unlisten",
];

fn rust() -> Vec<PathBuf> {
    journeys::files(".", &[".rs"])
}

fn page() -> Vec<PathBuf> {
    journeys::files("ui/src", &[".ts", ".tsx"])
}

fn is_test(path: &Path) -> bool {
    let mut parts = path.iter().filter_map(|part| part.to_str());
    parts.any(|part| matches!(part, "tests" | "tests.rs") || part.contains(".test."))
}

fn is_generated(path: &Path) -> bool {
    path.ends_with("src/contract.ts")
}

/// The lines of a Rust file before its unit tests.
fn code(path: &Path) -> Vec<String> {
    let text = journeys::text(path);
    let lines = text.lines().map(str::to_owned);
    lines.take_while(|line| line.trim_end() != "#[cfg(test)]").collect()
}

fn assert_none(wrong: &[String]) {
    assert!(wrong.is_empty(), "{} findings:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn functions_fit_on_a_screen() {
    let mut wrong = Vec::new();
    for path in rust().iter().filter(|path| !is_test(path)) {
        wrong.extend(long_functions(path, &code(path)));
    }
    assert_none(&wrong);
}

/// Functions by the layout that rustfmt gives them: the end stands alone at the start's indent.
fn long_functions(path: &Path, lines: &[String]) -> Vec<String> {
    let mut wrong = Vec::new();
    for (start, line) in lines.iter().enumerate() {
        let words: Vec<&str> = line.split_whitespace().take(5).collect();
        let is_function = words.contains(&"fn") && !line.trim_start().starts_with("//");
        if !is_function || line.ends_with('}') || line.ends_with(';') {
            continue;
        }
        let end = format!("{}}}", &line[..line.len() - line.trim_start().len()]);
        let length = lines[start..].iter().position(|line| *line == end).map_or(0, |last| last + 1);
        if length > FUNCTION_LINES_MAX {
            wrong.push(format!("{}:{}: {length} lines", path.display(), start + 1));
        }
    }
    wrong
}

#[test]
fn files_have_one_subject() {
    let sources = rust().into_iter().chain(page()).filter(|path| {
        let texts = path.starts_with("ui/src/i18n");
        !is_test(path) && !is_generated(path) && !texts
    });
    let mut wrong = Vec::new();
    for path in sources {
        let lines = code(&path).len();
        if lines > FILE_LINES_MAX {
            wrong.push(format!("{}: {lines} lines", path.display()));
        }
    }
    assert_none(&wrong);
}

#[test]
fn nothing_is_left_for_later_in_the_code() {
    // Spelled apart, so that this file is none of its own findings.
    let words = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("X", "XX")];
    let ignored = concat!("#[ig", "nore");
    let mut wrong = Vec::new();
    for path in rust().into_iter().chain(page()) {
        for (number, line) in journeys::text(&path).lines().enumerate() {
            let word = |word: &&&str| {
                line.split(|c: char| !c.is_ascii_alphanumeric()).any(|found| found == **word)
            };
            if words.iter().find(word).is_some() || line.contains(ignored) {
                wrong.push(format!("{}:{}: {}", path.display(), number + 1, line.trim()));
            }
        }
    }
    assert_none(&wrong);
}

#[test]
fn every_rust_file_says_what_it_knows() {
    let mut wrong = Vec::new();
    for path in rust() {
        let text = journeys::text(&path);
        let first = text.lines().find(|line| !line.is_empty() && !line.starts_with("#!["));
        if !first.is_some_and(|line| line.starts_with("//!")) {
            wrong.push(path.display().to_string());
        }
    }
    assert_none(&wrong);
}

#[test]
fn sql_lives_in_store() {
    const STATEMENTS: &[&str] = &[
        "SELECT ",
        "INSERT INTO ",
        "INSERT OR ",
        "DELETE FROM ",
        "CREATE TABLE ",
        "CREATE INDEX ",
        "DROP TABLE ",
        "ALTER TABLE ",
        "PRAGMA ",
        "VACUUM INTO",
    ];
    let home = Path::new("src-tauri/crates/store");
    let bench = Path::new("src-tauri/crates/bench");
    let mut wrong = Vec::new();
    // The bench writes the bare figure by hand, to have something to compare with.
    for path in
        rust().iter().filter(|p| !p.starts_with(home) && !p.starts_with(bench) && !is_test(p))
    {
        for (number, line) in code(path).iter().enumerate() {
            let comment = line.trim_start().starts_with("//");
            if !comment && STATEMENTS.iter().any(|statement| line.contains(statement)) {
                wrong.push(format!("{}:{}: {}", path.display(), number + 1, line.trim()));
            }
        }
    }
    assert_none(&wrong);
}

#[test]
fn only_the_host_knows_tauri_and_only_texts_hold_chinese() {
    let mut wrong = Vec::new();
    for path in page() {
        let text = journeys::text(&path);
        if text.contains("@tauri-apps") && !path.ends_with("ui/src/host.ts") {
            wrong.push(format!("{}: names @tauri-apps", path.display()));
        }
        if path.starts_with("ui/src/i18n") || is_generated(&path) || is_test(&path) {
            continue;
        }
        for (number, line) in without_comments(&text).lines().enumerate() {
            if line.contains(|c| {
                ('\u{3000}'..='\u{9fff}').contains(&c) || ('\u{ff00}'..='\u{ffef}').contains(&c)
            }) {
                wrong.push(format!("{}:{}: {}", path.display(), number + 1, line.trim()));
            }
        }
    }
    assert_none(&wrong);
}

/// The text with comments blanked, line numbers kept. `//` after a colon is an address.
fn without_comments(text: &str) -> String {
    let mut kept = String::new();
    let mut in_block = false;
    for line in text.lines() {
        let mut rest = line;
        while !rest.is_empty() {
            if in_block {
                let end = rest.find("*/");
                in_block = end.is_none();
                rest = end.map_or("", |end| &rest[end + 2..]);
                continue;
            }
            let block = rest.find("/*");
            let whole = rest.find("//").filter(|at| !rest[..*at].ends_with(':'));
            match (block, whole) {
                (Some(block), whole) if whole.is_none_or(|whole| block < whole) => {
                    kept.push_str(&rest[..block]);
                    in_block = true;
                    rest = &rest[block + 2..];
                }
                (_, Some(whole)) => {
                    kept.push_str(&rest[..whole]);
                    rest = "";
                }
                _ => {
                    kept.push_str(rest);
                    rest = "";
                }
            }
        }
        kept.push('\n');
    }
    kept
}

#[test]
fn features_import_no_other_feature() {
    let mut wrong = Vec::new();
    for path in journeys::files("ui/src/features", &[".ts", ".tsx"]) {
        let own = path.iter().nth(3).and_then(|part| part.to_str()).expect("a feature");
        for line in journeys::text(&path).lines() {
            let Some((_, from)) = line.rsplit_once("from \"") else { continue };
            let other = from.strip_prefix("../../features/").or_else(|| from.strip_prefix("../"));
            let other = other.and_then(|other| other.split(['/', '"']).next()).unwrap_or(own);
            let sibling = journeys::root().join("ui/src/features").join(other).is_dir();
            if sibling && other != own && other != ".." {
                wrong.push(format!("{}: imports {other}", path.display()));
            }
        }
    }
    for path in journeys::files("ui/src/kit", &[".ts", ".tsx"]) {
        if journeys::text(&path).contains("/features/") {
            wrong.push(format!("{}: the kit knows no feature", path.display()));
        }
    }
    assert_none(&wrong);
}

#[test]
fn the_built_page_runs_in_old_web_views() {
    let built = journeys::root().join("ui/dist/assets");
    if !built.is_dir() {
        assert!(std::env::var_os("CI").is_none(), "ui/dist is missing: run `cargo xtask ui`");
        eprintln!("left out: ui/dist is not built");
        return;
    }
    let mut scripts = 0;
    for entry in std::fs::read_dir(built).expect("a folder").flatten() {
        let path = entry.path();
        if path.extension().is_some_and(|extension| extension == "js" || extension == "mjs") {
            let text = std::fs::read_to_string(&path).expect("a script");
            // Web views before 2023 refuse the whole file for a look-behind in a regular expression.
            // One that stands in a string is antd's (a check of addresses), never made into one.
            let text: String = text
                .split("includeBoundaries?")
                .map(|part| part.split_once("(?=\\\\s|$))").map_or(part, |(_, after)| after))
                .collect();
            assert!(!text.contains("(?<=") && !text.contains("(?<!"), "{}", path.display());
            scripts += 1;
        }
    }
    assert!(scripts > 0, "no script in ui/dist");
}

#[test]
fn the_window_may_ask_for_no_more_than_this() {
    let config: Value = serde_json::from_str(&journeys::text("tauri.conf.json")).expect("JSON");
    let security = &config["app"]["security"];
    let capabilities = security["capabilities"].as_array().expect("capabilities inline");
    assert_eq!(capabilities.len(), 1, "one window, one capability");
    assert_eq!(capabilities[0]["windows"], serde_json::json!(["main"]));
    assert_eq!(capabilities[0]["permissions"], serde_json::json!(PERMISSIONS));
    assert!(capabilities[0].get("remote").is_none(), "no remote page reaches the bridge");
    assert!(!journeys::root().join("src-tauri/capabilities").exists(), "all in tauri.conf.json");

    assert_eq!(config["app"]["withGlobalTauri"], false);
    assert!(config["build"].get("devUrl").is_none(), "the program contains its page");
    let policy = security["csp"].as_object().expect("a policy by directive");
    for (directive, sources) in policy {
        let sources = sources.as_str().expect("sources as one string");
        for source in sources.split(' ') {
            let ours =
                matches!(source, "'self'" | "'none'" | "data:" | "blob:" | "ipc:" | "paper:")
                    || matches!(source, "http://ipc.localhost" | "http://paper.localhost")
                    || (directive == "style-src" && source == "'unsafe-inline'");
            assert!(ours, "{directive} allows {source}");
        }
    }
    for directive in ["default-src", "connect-src", "object-src", "base-uri", "form-action"] {
        assert!(policy.contains_key(directive), "{directive} is missing");
    }
}

#[test]
fn the_counter_of_lines_sees_a_long_function() {
    let long: Vec<String> = std::iter::once("    pub(crate) fn long() {".to_owned())
        .chain((0..FUNCTION_LINES_MAX).map(|_| "        work();".to_owned()))
        .chain(["    }".to_owned()])
        .collect();
    assert_eq!(long_functions(Path::new("a.rs"), &long).len(), 1);
    assert_eq!(long_functions(Path::new("a.rs"), &long[1..]).len(), 0);
    assert_eq!(
        without_comments("a // 中\nb /* 文\n 字 */ c \"http://x\"\n"),
        "a \nb \n c \"http://x\"\n"
    );
}
