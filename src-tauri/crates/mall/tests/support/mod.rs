//! A reader as a program keeps it: rows, posted levels and position, written together or not at
//! all; and a marketplace to read from.

#![allow(dead_code, reason = "each test file uses its part of this module")]
#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::time::Duration;

use chrono::NaiveDate;
use contract::{OrderId, ShopId, Topic};
use mall::{Config, Fault, FaultRule, Mall, Running, Scenario};
use marketplace::{
    Address, Changes, Client, LevelKey, Limits, OrderRow, Page, Position, Problem, ShopZone,
    SnapshotPosition, StoredOrder, Token, day_levels, next_moves,
};

pub(crate) const SEED: u64 = 42;

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(crate) fn config(dir: &Path, scenario: Scenario) -> Config {
    Config {
        dir: dir.to_owned(),
        scenario,
        seed: SEED,
        port: 0,
        token: Some("token-of-the-tests".to_owned()),
        faults: Vec::new(),
    }
}

/// A marketplace in a directory of its own that ends with it.
pub(crate) struct Trial {
    pub(crate) running: Running,
    pub(crate) dir: tempfile::TempDir,
}

pub(crate) fn trial(scenario: Scenario) -> Trial {
    let dir = tempfile::tempdir().unwrap();
    let running = Mall::start(config(dir.path(), scenario)).unwrap();
    assert_eq!(running.warnings(), [] as [String; 0]);
    Trial { running, dir }
}

/// Limits that let a test fail in a second instead of a minute.
pub(crate) fn limits() -> Limits {
    Limits {
        backoff_base: Duration::from_millis(1),
        backoff_cap: Duration::from_millis(5),
        repeats_max: 3,
        repeat_budget: Duration::from_secs(20),
        ..Limits::default()
    }
}

pub(crate) fn connect_with(url: &str, token: &str, limits: Limits) -> Result<Client, Problem> {
    Client::connect(Address::parse(url).unwrap(), Token::parse(token).unwrap(), limits)
}

pub(crate) fn client(running: &Running) -> Client {
    connect_with(running.base_url(), running.token(), limits()).unwrap()
}

pub(crate) fn client_with(running: &Running, limits: Limits) -> Client {
    connect_with(running.base_url(), running.token(), limits).unwrap()
}

pub(crate) fn rule(path: &str, nth: u32, times: u32, fault: Fault) -> FaultRule {
    FaultRule { path: path.to_owned(), method: None, nth, times, fault }
}

/// What a program keeps of one shop. `posted` only ever changes by the next moves, as a ledger's
/// would.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Book {
    pub(crate) shop: ShopId,
    pub(crate) zone: ShopZone,
    pub(crate) rows: BTreeMap<OrderId, OrderRow>,
    pub(crate) stock_posted: BTreeMap<LevelKey, i64>,
    pub(crate) demand_posted: BTreeMap<LevelKey, i64>,
    pub(crate) position: Position,
}

impl Book {
    pub(crate) fn new(shop: &str) -> Self {
        Self {
            shop: ShopId::new(shop),
            zone: ShopZone::parse("Asia/Shanghai").unwrap(),
            rows: BTreeMap::new(),
            stock_posted: BTreeMap::new(),
            demand_posted: BTreeMap::new(),
            position: Position::start(),
        }
    }

    fn stored(&self, id: &OrderId) -> Option<StoredOrder> {
        self.rows.get(id).map(|row| StoredOrder { version: row.version })
    }

    /// Writes a page: rows, what follows from them and the position, or nothing.
    pub(crate) fn write(&mut self, page: &Page) -> Result<usize, Problem> {
        let changes = Changes::of_page(self.zone, page, |id| self.stored(id))?;
        let count = changes.rows.len();
        self.rows.extend(changes.rows.into_iter().map(|row| (row.id.clone(), row)));
        self.post();
        self.position = page.next.clone();
        Ok(count)
    }

    /// Posts what is missing between the levels and what was posted.
    fn post(&mut self) {
        let levels = day_levels(self.rows.values());
        assert_eq!(levels.gaps, [], "the reference marketplace names every day and warehouse");
        for (levels, posted) in
            [(&levels.stock, &mut self.stock_posted), (&levels.demand, &mut self.demand_posted)]
        {
            for (key, units) in next_moves(levels, posted) {
                *posted.entry(key).or_default() += units;
            }
            posted.retain(|_, units| *units != 0);
        }
    }

    /// Reads one page; says whether there is more.
    pub(crate) fn pull_page(&mut self, client: &Client) -> Result<bool, Problem> {
        let page = client.next_page(&self.shop, &Topic::Orders, &self.position)?;
        self.write(&page)?;
        Ok(page.has_more)
    }

    /// Reads to the end of the feed.
    pub(crate) fn pull(&mut self, client: &Client) -> Result<(), Problem> {
        while self.pull_page(client)? {}
        Ok(())
    }

    /// Builds a new generation from all orders as they are now, and replaces the old one.
    pub(crate) fn take_snapshot(
        &mut self,
        client: &Client,
        mut between: impl FnMut(usize),
    ) -> Result<(), Problem> {
        let mut generation: BTreeMap<OrderId, OrderRow> = BTreeMap::new();
        let mut at: Option<SnapshotPosition> = None;
        for number in 0.. {
            let page = client.snapshot_page(&self.shop, at.as_ref())?;
            let known =
                |id: &OrderId| generation.get(id).map(|row| StoredOrder { version: row.version });
            let rows = Changes::of_snapshot(self.zone, &page, known)?.rows;
            generation.extend(rows.into_iter().map(|row| (row.id.clone(), row)));
            between(number);
            at = page.next;
            if at.is_none() {
                self.rows = generation;
                self.position = page.as_of;
                self.post();
                return Ok(());
            }
        }
        unreachable!("the pages of a list end")
    }

    /// Compares everything with what the marketplace itself says now.
    pub(crate) fn assert_equals_the_marketplace(&self, client: &Client) {
        let (from, to) = (day("2000-01-01"), day("2100-01-01"));
        let totals = client.reconciliation(&self.shop, &Topic::Orders, from, to).unwrap();
        assert_eq!(marketplace::drift(self.rows.values(), &totals, from, to), []);
        let mut listed = 0;
        let mut at = None;
        loop {
            let page = client.snapshot_page(&self.shop, at.as_ref()).unwrap();
            for raw in &page.orders {
                let order: contract::Order = serde_json::from_str(raw.get()).unwrap();
                let ours = self.rows[&order.id].raw.as_deref().unwrap();
                let ours: contract::Order = serde_json::from_str(ours).unwrap();
                assert_eq!(ours, order);
                listed += 1;
            }
            at = page.next;
            if at.is_none() {
                break;
            }
        }
        assert_eq!(listed, self.rows.len());
    }

    /// The book without the server's marks, which may differ between two ways to the same end.
    pub(crate) fn facts(&self) -> impl PartialEq + std::fmt::Debug + '_ {
        (&self.rows, &self.stock_posted, &self.demand_posted)
    }
}

/// A request that changes something, as an operator's tool sends it; gives status and body.
pub(crate) fn send(url: &str, token: &str, method: &str, path: &str, body: &str) -> (u16, String) {
    let mut stream = begin_request(url, token, method, path, body).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.split(' ').nth(1).unwrap().parse().unwrap(), body.to_owned())
}

/// Sends a request without waiting for its answer.
pub(crate) fn begin_request(
    url: &str,
    token: &str,
    method: &str,
    path: &str,
    body: &str,
) -> std::io::Result<TcpStream> {
    let host = url.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(host)?;
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer {token}\r\n\
         content-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    )?;
    Ok(stream)
}
