//! Example A1 with the program killed at any moment of any step: after each kill the same step is
//! looked at and, if it did not take place, run again. The balances at the end are those of A1.

mod support;

use std::{
    process::Stdio,
    time::{Duration, Instant},
};

use serde_json::Value;
use support::{Desk, Tables};

const TODAY: &str = "2026-10-01";
const LATER: &str = "2026-10-08";
/// How often each step is killed before it may go on undisturbed.
const KILLS: u32 = 6;

/// A step: its day, its words, and how the workspace shows that it took place.
struct Step {
    day: &'static str,
    words: Vec<String>,
    done: Box<dyn Fn(&Desk) -> bool>,
}

fn step(day: &'static str, words: &[&str], done: impl Fn(&Desk) -> bool + 'static) -> Step {
    let words = words.iter().map(|word| (*word).to_owned()).collect();
    Step { day, words, done: Box::new(done) }
}

/// Starts the step and kills it after a part of the time that it takes; says whether it came to
/// its end before.
fn killed(desk: &Desk, step: &Step, after: Duration) -> bool {
    let words: Vec<&str> = step.words.iter().map(String::as_str).collect();
    let mut command = desk.command(step.day, &words);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts");
    let start = Instant::now();
    loop {
        if child.try_wait().expect("it can be asked").is_some() {
            return true;
        }
        if start.elapsed() >= after {
            // On Unix this is SIGKILL: no handler, no flush, no farewell.
            child.kill().expect("it can be killed");
            child.wait().expect("it ends");
            return false;
        }
        std::hint::spin_loop();
    }
}

/// Runs a step through its kills to its end.
fn carry(desk: &Desk, step: &Step, kills: &mut u32) {
    for n in 1..=KILLS {
        if (step.done)(desk) {
            return;
        }
        // From the first moments of the process to the time in which it is usually done.
        let ended = killed(desk, step, Duration::from_millis(u64::from(n * n * 2 + 3)));
        *kills += u32::from(!ended);
        if desk.path("a.pincang").exists() {
            desk.verify(step.day);
        }
    }
    if !(step.done)(desk) {
        let words: Vec<&str> = step.words.iter().map(String::as_str).collect();
        let said = desk.says(step.day, &words);
        assert_eq!(said.code, Some(0), "{words:?}: {}", said.err);
        assert!((step.done)(desk), "{words:?} took place");
    }
}

fn rows(desk: &Desk, words: &[&str]) -> Vec<Value> {
    desk.json(LATER, words).as_array().cloned().expect("rows")
}

fn imported(desk: &Desk, file: &str) -> bool {
    rows(desk, &["imports"]).iter().any(|row| row["fileName"] == file)
}

/// The transfer that the journey goes on with: the first that was drafted and not thrown away.
fn transfer(desk: &Desk) -> Option<Value> {
    rows(desk, &["transfer", "list"]).into_iter().next()
}

fn state_is(desk: &Desk, states: &[&str]) -> bool {
    transfer(desk).is_some_and(|row| states.iter().any(|state| row["state"] == **state))
}

fn on_the_way(desk: &Desk) -> i64 {
    transfer(desk).and_then(|row| row["inTransit"].as_i64()).unwrap_or(-1)
}

fn id(desk: &Desk) -> String {
    transfer(desk).expect("a draft")["id"].as_str().expect("an id").to_owned()
}

#[test]
fn killed_at_any_step_and_run_again_the_balances_are_the_same() {
    let desk = Desk::new();
    let tables = Tables::write(&desk, "40%");
    let mut kills = 0;
    let made = |desk: &Desk| desk.says(TODAY, &["status"]).code == Some(0);
    carry(&desk, &step(TODAY, &["new", "a.pincang", "--company", "霁禾"], made), &mut kills);
    for (path, file, kind) in [
        (&tables.goods, "goods.xlsx", "goods"),
        (&tables.places, "places.xlsx", "locations"),
        (&tables.opening, "opening.xlsx", "opening"),
        (&tables.sales, "sales.xlsx", "sales"),
    ] {
        let words = ["import", path, "--kind", kind];
        carry(&desk, &step(TODAY, &words, move |desk| imported(desk, file)), &mut kills);
    }
    let words = ["transfer", "draft", "--from-plan", "--from", "W0", "--to", "P1"];
    carry(&desk, &step(TODAY, &words, |desk| transfer(desk).is_some()), &mut kills);

    let id = id(&desk);
    let go = |words: &[&str], state: &'static [&'static str], kills: &mut u32| {
        let words: Vec<&str> = ["transfer"].iter().chain(words).copied().collect();
        carry(&desk, &step(TODAY, &words, move |desk| state_is(desk, state)), kills);
    };
    go(&["approve", &id], &["allocated"], &mut kills);
    go(&["pack", &id], &["packed"], &mut kills);
    go(&["ship", &id], &["shipped"], &mut kills);
    let words = ["transfer", "arrive", &id, "--line", "L2503A=720"];
    carry(&desk, &step("2026-10-05", &words, |desk| on_the_way(desk) == 48), &mut kills);
    let words =
        ["transfer", "resolve", &id, "--line", "L2503A=48", "--as", "lost", "--reason", "x"];
    carry(&desk, &step("2026-10-05", &words, |desk| on_the_way(desk) == 0), &mut kills);
    let closed = |desk: &Desk| state_is(desk, &["closed"]);
    carry(&desk, &step("2026-10-05", &["transfer", "close", &id], closed), &mut kills);

    let mall = desk.mall();
    let words = ["shop", "save", "S1", "--url", mall.base_url(), "--remote", "S1", "--place", "P1"];
    let known = |desk: &Desk| !rows(desk, &["shop", "list"]).is_empty();
    carry(&desk, &step(LATER, &words, known), &mut kills);
    carry(&desk, &step(LATER, &["sync"], |desk| desk.at(LATER, "P1") == 780), &mut kills);
    // Once more, because nobody knows whether the last answer was heard.
    desk.json(LATER, &["sync"]);

    assert!(kills > 20, "only {kills} of the kills met a running program");
    assert_eq!(desk.at(LATER, "W0"), 2_232);
    assert_eq!(desk.at(LATER, "P1"), 780);
    assert_eq!(desk.units(LATER, "P1", "?2028-01"), 60);
    assert_eq!(desk.units(LATER, "P1", "L2503A"), 720);
    desk.verify(LATER);
}
