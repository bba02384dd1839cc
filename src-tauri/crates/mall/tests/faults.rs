//! Every broken promise: either it heals without a trace, or it is named and nothing is written.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

mod support;

use std::net::TcpListener;
use std::time::Duration;

use contract::{Fulfilment, OrderStatus};
use mall::{Fault, Scenario};
use marketplace::{Limits, Problem};
use support::{Book, Trial, client, client_with, day, limits, rule, send, trial};

fn ready() -> Trial {
    let trial = trial(Scenario::lively());
    trial.running.advance(day("2026-01-06")).unwrap();
    trial
}

fn small_pages() -> Limits {
    Limits { changes_page: 20, ..limits() }
}

#[test]
fn what_passes_by_itself_leaves_no_trace() {
    let trial = ready();
    let mut clean = Book::new("S1");
    clean.pull(&client(&trial.running)).unwrap();
    for fault in [
        Fault::ResetMidBody,
        Fault::TruncatedJson,
        Fault::ErrorAfterApply,
        Fault::TooManyRequests { retry_after: Some("0".to_owned()) },
        Fault::TooManyRequests { retry_after: None },
        Fault::TooManyRequests { retry_after: Some("-7".to_owned()) },
        Fault::Unavailable { retry_after: None },
        Fault::Html,
        Fault::EmptyPage,
        Fault::Delay { millis: 1 },
    ] {
        let client = client_with(&trial.running, small_pages());
        trial.running.set_faults(vec![rule("/changes", 2, 2, fault.clone())]);
        let mut book = Book::new("S1");
        book.pull(&client).unwrap_or_else(|problem| panic!("{fault:?}: {problem}"));
        assert_eq!(book.facts(), clean.facts(), "{fault:?}");
        assert_eq!(trial.running.fault_hits(), [2], "{fault:?}");
    }
}

#[test]
fn a_broken_contract_stops_the_reader_before_anything_is_written() {
    let trial = ready();
    for fault in [
        Fault::DuplicateItems,
        Fault::FallingItems,
        Fault::ItemBeforeCursor,
        Fault::TooManyItems,
        Fault::StuckPage,
        Fault::FloatMoney,
        Fault::VersionMismatch,
        Fault::ForeignEnvelope,
        Fault::Redirect { to: "/v1".to_owned() },
        Fault::Oversize { bytes: 1 << 20 },
    ] {
        let limits = Limits { body_bytes_max: 1 << 20, ..small_pages() };
        let client = client_with(&trial.running, limits);
        trial.running.set_faults(vec![rule("/changes", 2, 1, fault.clone())]);
        let mut book = Book::new("S1");
        assert_eq!(book.pull_page(&client), Ok(true));
        let before = book.clone();
        let problem = book.pull_page(&client);
        assert!(matches!(problem, Err(Problem::Protocol { .. })), "{fault:?}: {problem:?}");
        assert_eq!(book, before, "{fault:?}");
        assert_eq!(trial.running.fault_hits(), [1], "{fault:?}");
        book.pull(&client).unwrap();
        book.assert_equals_the_marketplace(&client);
    }
}

#[test]
fn empty_pages_for_ever_end() {
    let trial = ready();
    let client = client(&trial.running);
    trial.running.set_faults(vec![rule("/changes", 1, u32::MAX, Fault::EmptyPage)]);
    let problem = Book::new("S1").pull(&client);
    assert!(matches!(problem, Err(Problem::Protocol { .. })), "{problem:?}");
}

#[test]
fn a_refusal_is_not_repeated() {
    let trial = ready();
    for (fault, expected) in [
        (Fault::Unauthorized, Problem::Unauthorized),
        (Fault::CursorExpired, Problem::CursorExpired),
        (
            Fault::ForbiddenWithoutBody,
            Problem::Refused { code: "http_403".to_owned(), detail: String::new() },
        ),
    ] {
        let client = client(&trial.running);
        trial.running.set_faults(vec![rule("/changes", 1, 9, fault)]);
        assert_eq!(Book::new("S1").pull(&client), Err(expected));
        assert_eq!(trial.running.fault_hits(), [1]);
    }
}

#[test]
fn a_long_wish_of_the_server_is_handed_on_and_not_waited_for() {
    let trial = ready();
    let client = client(&trial.running);
    let fault = Fault::TooManyRequests { retry_after: Some("3600".to_owned()) };
    trial.running.set_faults(vec![rule("/changes", 1, 9, fault)]);
    match Book::new("S1").pull(&client) {
        Err(Problem::Unavailable { retry_after, .. }) => {
            assert_eq!(retry_after, Some(Duration::from_hours(1)));
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(trial.running.fault_hits(), [1]);
}

#[test]
fn repeats_end_with_the_budget() {
    let trial = ready();
    let client = client(&trial.running);
    let fault = Fault::Unavailable { retry_after: None };
    trial.running.set_faults(vec![rule("/changes", 1, u32::MAX, fault)]);
    assert!(matches!(Book::new("S1").pull(&client), Err(Problem::Unavailable { .. })));
    assert_eq!(trial.running.fault_hits(), [1 + limits().repeats_max]);
}

#[test]
fn a_late_answer_is_no_answer() {
    let trial = ready();
    let patience = Duration::from_millis(200);
    let limits = Limits { request_timeout: patience, repeats_max: 0, ..limits() };
    let client = client_with(&trial.running, limits);
    trial.running.set_faults(vec![rule("/changes", 1, 1, Fault::Delay { millis: 20_000 })]);
    let mut book = Book::new("S1");
    assert!(matches!(book.pull(&client), Err(Problem::Unavailable { .. })));
    book.pull(&client).unwrap();
    book.assert_equals_the_marketplace(&client);
}

#[test]
fn words_of_a_later_version_are_kept_and_units_still_count() {
    let trial = ready();
    let client = client(&trial.running);
    let mut clean = Book::new("S1");
    clean.pull(&client).unwrap();
    trial.running.set_faults(vec![rule("/changes", 1, 9, Fault::UnknownWords)]);
    let mut book = Book::new("S1");
    book.pull(&client).unwrap();
    assert_eq!(book.stock_posted, clean.stock_posted);
    assert_eq!(book.demand_posted, clean.demand_posted);
    for row in book.rows.values() {
        assert_eq!(row.status, Some(OrderStatus::Unknown("held_by_platform".into())));
        let order: contract::Order = serde_json::from_str(row.raw.as_ref().unwrap()).unwrap();
        assert_eq!(order.fulfilment, Fulfilment::Unknown("teleported".into()));
        assert!(row.raw.as_ref().unwrap().contains("of_next_year"), "kept as it came");
    }
}

#[test]
fn the_token_does_not_follow_a_redirect() {
    let trial = ready();
    let elsewhere = TcpListener::bind("127.0.0.1:0").unwrap();
    elsewhere.set_nonblocking(true).unwrap();
    let to = format!("http://{}/v1", elsewhere.local_addr().unwrap());
    let client = client(&trial.running);
    trial.running.set_faults(vec![rule("/changes", 1, 1, Fault::Redirect { to })]);
    assert!(matches!(Book::new("S1").pull(&client), Err(Problem::Protocol { .. })));
    let nobody_came = elsewhere.accept().unwrap_err();
    assert_eq!(nobody_came.kind(), std::io::ErrorKind::WouldBlock);
}

#[test]
fn a_command_that_was_applied_before_the_error_is_not_applied_again() {
    let trial = trial(Scenario::a1());
    let (url, token) = (trial.running.base_url(), trial.running.token());
    trial.running.set_faults(vec![rule("/admin/advance", 1, 1, Fault::ErrorAfterApply)]);
    let advance = || send(url, token, "POST", "/admin/advance", r#"{"to":"2026-10-02"}"#);
    assert_eq!(advance().0, 500);
    let after = trial.running.summary();
    assert_eq!(after.today, day("2026-10-02"));
    assert_eq!(advance().0, 200);
    assert_eq!(trial.running.summary(), after);
}

#[test]
fn rules_can_be_set_and_read_over_the_wire() {
    let trial = trial(Scenario::a1());
    let (url, token) = (trial.running.base_url(), trial.running.token());
    let rules =
        r#"[{"path":"/v1/time","nth":2,"fault":{"kind":"too_many_requests","retry_after":"9"}}]"#;
    assert_eq!(send(url, token, "PUT", "/admin/faults", rules).0, 204);
    assert_eq!(send(url, token, "GET", "/v1/time", "").0, 200);
    assert_eq!(send(url, token, "GET", "/v1/time", "").0, 429);
    assert_eq!(send(url, token, "GET", "/v1/time", "").0, 200);
    let (_, body) = send(url, token, "GET", "/admin/faults", "");
    assert!(body.contains(r#""hits":[1]"#), "{body}");
    assert_eq!(send(url, token, "PUT", "/admin/faults", r#"[{"path":"/"}]"#).0, 400);
}
