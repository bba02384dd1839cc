//! Reading the marketplace to the end, by every way there is, over real HTTP.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

mod support;

use std::io::Read;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use chrono::Days;
use contract::{OrderId, ShopId, Topic};
use mall::{Mall, Scenario};
use marketplace::{Limits, Position, Problem};
use support::{
    Book, begin_request, client, client_with, config, connect_with, day, limits, send, trial,
};

#[test]
fn a1_gives_twenty_units_on_each_of_three_days_and_nothing_twice() {
    let trial = trial(Scenario::a1());
    let client = client(&trial.running);
    let mut book = Book::new("S1");
    book.pull(&client).unwrap();
    assert_eq!(book.rows.len(), 0, "before the first day nothing is sold");
    trial.running.advance(day("2026-10-04")).unwrap();
    trial.running.advance(day("2026-10-04")).unwrap();
    book.pull(&client).unwrap();
    let sold: Vec<_> = book
        .stock_posted
        .iter()
        .map(|(key, units)| {
            (key.day.to_string(), key.warehouse_id.as_str(), key.listing_id.as_str(), *units)
        })
        .collect();
    let expected =
        ["2026-10-01", "2026-10-02", "2026-10-03"].map(|day| (day.to_owned(), "P1", "L1001", 20));
    assert_eq!(sold, expected);
    assert_eq!(book.stock_posted, book.demand_posted, "all shipped on the day of payment");
    let lines = || book.rows.values().flat_map(|row| &row.lines);
    assert!(lines().all(|line| line.seller_sku.as_ref().unwrap().as_str() == "SK001"));
    assert!(lines().all(|line| line.unit_price.as_ref().unwrap().amount.as_str() == "59.90"));

    let before = book.clone();
    book.position = Position::start();
    book.pull(&client).unwrap();
    assert_eq!(book, before, "the whole feed once more changes nothing");
    book.assert_equals_the_marketplace(&client);
}

#[test]
fn pages_of_any_size_between_any_days_lead_to_the_marketplaces_own_figures() {
    let trial = trial(Scenario::lively());
    let mut books = [Book::new("S1"), Book::new("S2")];
    for (n, page) in [1, 3, 1_000, 7, 50].into_iter().enumerate() {
        let to = day("2026-01-03").checked_add_days(Days::new(n as u64 * 5)).unwrap();
        trial.running.advance(to).unwrap();
        let client = client_with(&trial.running, Limits { changes_page: page, ..limits() });
        for book in &mut books {
            // On odd rounds the reader stops after two pages and goes on in the next round.
            if n % 2 == 1 {
                book.pull_page(&client).unwrap();
                book.pull_page(&client).unwrap();
            } else {
                book.pull(&client).unwrap();
                book.assert_equals_the_marketplace(&client);
            }
        }
    }
    let mut afresh = Book::new("S1");
    afresh.pull(&client(&trial.running)).unwrap();
    assert_eq!(afresh.facts(), books[0].facts());
    assert!(books.iter().all(|book| book.rows.len() > 20));
}

#[test]
fn a_waiting_reader_hears_of_news_at_once() {
    let trial = trial(Scenario::a1());
    let waiting = client_with(&trial.running, Limits { wait_seconds: 30, ..limits() });
    let reader = std::thread::spawn(move || {
        let mut book = Book::new("S1");
        book.pull_page(&waiting).unwrap();
        book.rows.len()
    });
    trial.running.advance(day("2026-10-01")).unwrap();
    assert!(reader.join().unwrap() > 0);
}

#[test]
fn stopping_does_not_wait_for_waiting_readers() {
    let trial = trial(Scenario::a1());
    let waiting = client_with(&trial.running, Limits { wait_seconds: 30, ..limits() });
    let begun = std::time::Instant::now();
    let reader = std::thread::spawn(move || Book::new("S1").pull_page(&waiting));
    trial.running.stop();
    // Whether the reader came before or after the end, it gets an empty page or a refusal soon.
    assert!(matches!(reader.join().unwrap(), Ok(false) | Err(Problem::Unavailable { .. })));
    assert!(begun.elapsed() < Duration::from_secs(15));
}

#[test]
fn who_stays_away_longer_than_the_feed_takes_a_snapshot_and_goes_on() {
    let scenario = Scenario { retention_days: 3, ..Scenario::lively() };
    let trial = trial(scenario);
    let client = client_with(&trial.running, Limits { list_page: 9, ..limits() });
    let mut book = Book::new("S1");
    trial.running.advance(day("2026-01-02")).unwrap();
    book.pull(&client).unwrap();
    trial.running.advance(day("2026-01-12")).unwrap();
    assert_eq!(book.pull(&client), Err(Problem::CursorExpired));
    let beginning = client.next_page(&book.shop, &Topic::Orders, &Position::start());
    assert_eq!(beginning.unwrap_err(), Problem::CursorExpired, "the beginning is gone as well");

    // Days pass while the pages of the snapshot are read; the feed tells them afterwards.
    let next_day = |page: usize| {
        if page < 3 {
            let to = day("2026-01-13").checked_add_days(Days::new(page as u64)).unwrap();
            trial.running.advance(to).unwrap();
        }
    };
    book.take_snapshot(&client, next_day).unwrap();
    book.pull(&client).unwrap();
    book.assert_equals_the_marketplace(&client);
}

#[test]
fn a_restored_older_log_begins_a_new_epoch() {
    let dir = tempfile::tempdir().unwrap();
    let log = dir.path().join("mall.jsonl");
    let start = || Mall::start(config(dir.path(), Scenario::lively())).unwrap();
    let running = start();
    running.advance(day("2026-01-02")).unwrap();
    let older = std::fs::read(&log).unwrap();
    running.advance(day("2026-01-09")).unwrap();
    let mut book = Book::new("S1");
    book.pull(&client(&running)).unwrap();
    let epoch = running.summary().epoch;
    drop(running);

    std::fs::write(&log, &older).unwrap();
    let running = start();
    assert_eq!(running.warnings().len(), 1, "{:?}", running.warnings());
    assert_ne!(running.summary().epoch, epoch);
    let client = client(&running);
    assert_eq!(book.pull(&client), Err(Problem::CursorExpired));
    book.take_snapshot(&client, |_| ()).unwrap();
    book.pull(&client).unwrap();
    book.assert_equals_the_marketplace(&client);
    let epoch = running.summary().epoch;
    drop(running);
    let running = start();
    assert_eq!((running.summary().epoch, running.warnings().len()), (epoch, 0), "only once");
}

#[test]
fn a_reader_that_has_seen_more_than_there_is_tells_of_a_restore() {
    let dir = tempfile::tempdir().unwrap();
    let start = || Mall::start(config(dir.path(), Scenario::a1())).unwrap();
    let running = start();
    running.advance(day("2026-10-02")).unwrap();
    let mut book = Book::new("S1");
    book.pull(&client(&running)).unwrap();
    let epoch = running.summary().epoch;
    drop(running);
    // The whole directory is lost, with all that told how far readers had seen.
    std::fs::remove_dir_all(dir.path()).unwrap();
    let running = start();
    assert_eq!(running.summary().epoch, epoch, "nothing tells yet");
    let client = client(&running);
    assert_eq!(book.pull(&client), Err(Problem::CursorExpired));
    assert_ne!(running.summary().epoch, epoch);
    running.advance(day("2026-10-04")).unwrap();
    book.take_snapshot(&client, |_| ()).unwrap();
    assert_eq!(book.stock_posted.values().sum::<i64>(), 60);
    book.assert_equals_the_marketplace(&client);
}

#[test]
fn what_is_asked_wrongly_is_refused_by_name() {
    let trial = trial(Scenario::lively());
    trial.running.advance(day("2026-01-03")).unwrap();
    let url = trial.running.base_url();
    assert_eq!(connect_with(url, "wrong", limits()).unwrap_err(), Problem::Unauthorized);
    let client = client(&trial.running);
    let code = |problem: Problem| match problem {
        Problem::Refused { code, .. } => code,
        other => panic!("{other:?}"),
    };
    let nobody = ShopId::new("S9/../S1");
    assert_eq!(code(client.listings(&nobody).unwrap_err()), "not_found");
    let (s1, s2) = (ShopId::new("S1"), ShopId::new("S2"));
    assert_eq!(code(client.order(&s1, &OrderId::new("?")).unwrap_err()), "not_found");
    let mut book = Book::new("S1");
    book.pull(&client).unwrap();
    let of_other_shop = client.next_page(&s2, &Topic::Orders, &book.position);
    assert_eq!(code(of_other_shop.unwrap_err()), "bad_request");
    let id = book.rows.keys().next().unwrap();
    assert_eq!(code(client.order(&s2, id).unwrap_err()), "not_found", "an order of another shop");
    assert_eq!(client.order(&s1, id).unwrap().id, *id);
}

#[test]
fn the_catalogue_can_be_read() {
    let trial = trial(Scenario::lively());
    let client = client(&trial.running);
    trial.running.advance(day("2026-01-05")).unwrap();
    let shops = client.shops().unwrap();
    assert_eq!(shops.iter().map(|shop| shop.id.as_str()).collect::<Vec<_>>(), ["S1", "S2"]);
    assert_eq!(shops[0].zone, "Asia/Shanghai");
    let s1 = &shops[0].id;
    assert_eq!(client.warehouses(s1).unwrap().len(), 2);
    let listings = client.listings(s1).unwrap();
    assert_eq!(listings[1].seller_sku.as_ref().unwrap().as_str(), "SK001x2");
    assert_eq!(listings[1].price.as_ref().unwrap().amount.as_str(), "109.00");
    let time = client.time().unwrap();
    assert!(time.simulated);
    assert_eq!(time.now.to_string(), "2026-01-05T15:59:59.999999Z", "the end of the shop's day");

    // The platform's reading of stock agrees with what left the warehouse.
    let mut book = Book::new("S1");
    book.pull(&client).unwrap();
    let left: i64 = book
        .stock_posted
        .iter()
        .filter(|(key, _)| key.warehouse_id.as_str() == "P2")
        .map(|(_, units)| units)
        .sum();
    let stock = client.stock(s1).unwrap();
    assert_eq!(stock.len(), 1);
    assert!(left > 0);
    assert_eq!(stock[0].on_hand, Some(120 - left));
}

#[test]
fn commands_told_twice_have_one_effect_and_nonsense_has_none() {
    let trial = trial(Scenario::lively());
    let (url, token) = (trial.running.base_url(), trial.running.token());
    let tell = |path: &str, body: &str| send(url, token, "POST", path, body);
    let receipt = r#"{"id":"R1","shop":"S1","seller_sku":"SK002","warehouse":"P2","qty":30}"#;
    let (status, first) = tell("/admin/receipts", receipt);
    assert_eq!(status, 200, "{first}");
    assert_eq!(tell("/admin/receipts", receipt), (200, first));
    let client = client(&trial.running);
    assert_eq!(client.stock(&ShopId::new("S1")).unwrap()[0].on_hand, Some(150));
    let before = trial.running.summary();
    for (path, body, status) in [
        ("/admin/advance", "{}", 400),
        ("/admin/advance", r#"{"to":"2026-02-30"}"#, 400),
        ("/admin/advance", r#"{"to":"9999-12-31"}"#, 422),
        ("/admin/receipts", &receipt.replace("P2", "P1"), 422),
        ("/admin/nothing", "", 404),
        ("/v1", "", 405),
    ] {
        assert_eq!(tell(path, body).0, status, "{path} {body}");
    }
    assert_eq!(trial.running.summary(), before);
}

#[test]
fn nobody_listening_is_unavailable() {
    let trial = trial(Scenario::a1());
    let url = trial.running.base_url().to_owned();
    let client = client(&trial.running);
    trial.running.stop();
    assert!(matches!(client.shops(), Err(Problem::Unavailable { retry_after: None, .. })));
    assert!(matches!(connect_with(&url, "t", limits()), Err(Problem::Unavailable { .. })));
}

#[test]
fn a_reader_that_never_pauses_sees_no_hole_while_days_pass() {
    let trial = trial(Scenario::lively());
    let reader = client_with(&trial.running, Limits { changes_page: 13, ..limits() });
    let over = AtomicBool::new(false);
    let mut seen = Vec::new();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for n in 0..20 {
                let to = day("2026-01-01").checked_add_days(Days::new(n)).unwrap();
                trial.running.advance(to).unwrap();
            }
            over.store(true, Ordering::SeqCst);
        });
        let mut at = Position::start();
        loop {
            let last = over.load(Ordering::SeqCst);
            let page = reader.next_page(&ShopId::new("S1"), &Topic::Orders, &at).unwrap();
            seen.extend(page.items.iter().map(|item| item.seq));
            at = page.next;
            if last && !page.has_more {
                break;
            }
        }
    });
    let mut afresh = Vec::new();
    let mut at = Position::start();
    loop {
        let page = reader.next_page(&ShopId::new("S1"), &Topic::Orders, &at).unwrap();
        afresh.extend(page.items.iter().map(|item| item.seq));
        at = page.next;
        if !page.has_more {
            break;
        }
    }
    assert_eq!(seen, afresh);
}

#[test]
fn an_encrypted_connection_to_a_plain_server_fails_before_the_token_is_sent() {
    let trial = trial(Scenario::a1());
    let url = trial.running.base_url().replace("http:", "https:");
    let problem = connect_with(&url, trial.running.token(), limits()).unwrap_err();
    assert!(matches!(problem, Problem::Unavailable { .. }), "{problem:?}");
}

#[test]
fn answers_carry_quota_and_problems_their_own_type() {
    let trial = trial(Scenario::a1());
    let url = trial.running.base_url();
    let head = |token: &str| {
        let mut answer = String::new();
        let mut stream = begin_request(url, token, "GET", "/v1/time", "").unwrap();
        stream.read_to_string(&mut answer).unwrap();
        answer.split_once("\r\n\r\n").unwrap().0.to_ascii_lowercase()
    };
    let good = head(trial.running.token());
    assert!(good.contains("ratelimit: \"minute\";r=59999;t="), "{good}");
    assert!(good.contains("date: "), "{good}");
    let bad = head("x");
    assert!(bad.starts_with("http/1.1 401 "), "{bad}");
    assert!(bad.contains("content-type: application/problem+json"), "{bad}");
}
