//! The program itself, killed at random moments: its feed goes on as if nothing had happened.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

mod support;

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use chrono::Days;
use contract::Topic;
use mall::Scenario;
use marketplace::{Client, Limits, Position};
use support::{Book, SEED, begin_request, connect_with, day, limits, send, trial};

const TOKEN: &str = "token-of-the-crash-test";

/// A running `pincang-mall`, killed when dropped.
struct Program {
    child: Child,
    url: String,
}

impl Program {
    fn start(dir: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_pincang-mall"))
            .args(["--scenario", "lively", "--seed", &SEED.to_string(), "--dir"])
            .arg(dir)
            .env("PINCANG_MALL_TOKEN", TOKEN)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let hello: serde_json::Value = serde_json::from_str(&line).unwrap();
        assert_eq!(hello["token"], TOKEN);
        Self { url: hello["url"].as_str().unwrap().to_owned(), child }
    }

    fn client(&self) -> Client {
        connect_with(&self.url, TOKEN, Limits { changes_page: 40, ..limits() }).unwrap()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // On Unix this is SIGKILL: no handler, no flush, no farewell.
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// The whole feed of a shop, as text.
fn feed(client: &Client, book: &Book) -> Vec<String> {
    let mut at = Position::start();
    let mut lines = Vec::new();
    loop {
        let page = client.next_page(&book.shop, &Topic::Orders, &at).unwrap();
        lines.extend(page.items.iter().map(|item| serde_json::to_string(item).unwrap()));
        at = page.next;
        if !page.has_more {
            return lines;
        }
    }
}

#[test]
fn killed_at_any_moment_it_loses_and_doubles_nothing() {
    let last = day("2026-01-01").checked_add_days(Days::new(29)).unwrap();
    let dir = tempfile::tempdir().unwrap();
    let mut book = Book::new("S1");
    // The spins only spread the kills over the work of the server; any value is a fair moment.
    let mut spin = 1_u64;
    for round in 0..30 {
        let program = Program::start(dir.path());
        let client = program.client();
        book.pull_page(&client).unwrap();
        let to = day("2026-01-01").checked_add_days(Days::new(round)).unwrap();
        let body = format!(r#"{{"to":"{to}"}}"#);
        let mut stream =
            begin_request(&program.url, TOKEN, "POST", "/admin/advance", &body).unwrap();
        match round % 3 {
            0 => {
                spin = spin.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                for _ in 0..spin >> 42 {
                    std::hint::spin_loop();
                }
            }
            1 => drop(stream.read(&mut [0; 1]).unwrap()),
            _ => {
                stream.read_to_end(&mut Vec::new()).unwrap();
                book.pull_page(&client).unwrap();
            }
        }
    }
    let program = Program::start(dir.path());
    let body = format!(r#"{{"to":"{last}"}}"#);
    assert_eq!(send(&program.url, TOKEN, "POST", "/admin/advance", &body).0, 200);
    let client = program.client();
    book.pull(&client).unwrap();
    book.assert_equals_the_marketplace(&client);

    let quiet = trial(Scenario::lively());
    quiet.running.advance(last).unwrap();
    let undisturbed = support::client(&quiet.running);
    let mut expected = Book::new("S1");
    expected.pull(&undisturbed).unwrap();
    assert_eq!(book.facts(), expected.facts());
    let told = feed(&client, &book);
    assert!(told.iter().any(|item| item.contains(r#""version":2,"sha256""#)), "nothing is priced");
    assert_eq!(told, feed(&undisturbed, &expected));
}

#[test]
fn it_says_in_words_why_it_does_not_start() {
    let dir = tempfile::tempdir().unwrap();
    let _first = Program::start(dir.path());
    let second = Command::new(env!("CARGO_BIN_EXE_pincang-mall"))
        .args(["--scenario", "lively", "--seed", &SEED.to_string(), "--dir"])
        .arg(dir.path())
        .output()
        .unwrap();
    assert!(!second.status.success());
    let words = String::from_utf8(second.stderr).unwrap();
    assert!(words.contains("in use by another marketplace"), "{words}");
}
