//! The running marketplace: its thread, its lock, its log and its token.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::http::{HeaderValue, Method};
use chrono::NaiveDate;
use tokio::sync::{oneshot, watch};
use tokio::time::Instant;

use crate::faults::{Fault, FaultBook, FaultRule};
use crate::generate::GENERATOR;
use crate::journal::{Found, Head, Journal, JournalError, Start};
use crate::market::{Command, Market, Summary};
use crate::scenario::{Scenario, ScenarioError};
use crate::serve::router;

/// What a marketplace is started with.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where its log is; made when it is not there.
    pub dir: PathBuf,
    /// What it is made of. A directory keeps the scenario and seed that it began with.
    pub scenario: Scenario,
    /// What its orders are drawn from, with the scenario and the day.
    pub seed: u64,
    /// The port on the loopback address; 0 for any free one.
    pub port: u16,
    /// The bearer token; a random one when absent.
    pub token: Option<String>,
    /// Promises to break.
    pub faults: Vec<FaultRule>,
}

/// Why a marketplace does not start or does not do what it is told.
#[derive(Debug, thiserror::Error)]
pub enum MallError {
    /// The scenario cannot be played.
    #[error(transparent)]
    Scenario(#[from] ScenarioError),
    /// The log cannot be used, in words.
    #[error("{0}")]
    Log(String),
    /// The port cannot be had.
    #[error("port {0} on the loopback address: {1}")]
    Port(u16, #[source] std::io::Error),
    /// The command is not allowed, in words.
    #[error("{0}")]
    Refused(String),
}

impl From<JournalError> for MallError {
    fn from(error: JournalError) -> Self {
        Self::Log(error.to_string())
    }
}

/// Why a command had no effect.
#[derive(Debug)]
pub(crate) enum Told {
    Refused(String),
    Failed(String),
}

impl From<Told> for MallError {
    fn from(told: Told) -> Self {
        match told {
            Told::Refused(why) => Self::Refused(why),
            Told::Failed(why) => Self::Log(why),
        }
    }
}

/// What all requests share. One lock makes every command visible at once or not at all: the feed
/// can never show a change while an earlier one is still to come.
#[derive(Debug)]
pub(crate) struct Shared {
    inner: Mutex<Inner>,
    faults: Mutex<FaultBook>,
    quota: Mutex<(Instant, u32)>,
    token: String,
    news: watch::Receiver<u64>,
}

#[derive(Debug)]
struct Inner {
    market: Market,
    journal: Journal,
    /// Dropped when the marketplace closes, which ends all waiting.
    tell_news: Option<watch::Sender<u64>>,
}

/// The marketplace for reading, while the lock is held.
pub(crate) struct Reading<'a>(MutexGuard<'a, Inner>);

impl std::ops::Deref for Reading<'_> {
    type Target = Market;

    fn deref(&self) -> &Market {
        &self.0.market
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn market(&self) -> Reading<'_> {
        Reading(self.lock())
    }

    pub(crate) fn news(&self) -> watch::Receiver<u64> {
        let mut news = self.news.clone();
        news.mark_unchanged();
        news
    }

    /// Whether the header carries the token; the time it takes does not tell how much is right.
    pub(crate) fn admits(&self, header: Option<&HeaderValue>) -> bool {
        let given = header.and_then(|value| value.as_bytes().strip_prefix(b"Bearer "));
        given.is_some_and(|given| {
            let expected = self.token.as_bytes();
            let differ = given.iter().zip(expected).fold(0, |sum, (a, b)| sum | (a ^ b));
            given.len() == expected.len() && differ == 0
        })
    }

    /// Counts a request: how many there were in this minute, and the seconds until the next.
    pub(crate) fn count_request(&self) -> (u32, u64) {
        let minute = Duration::from_mins(1);
        let mut quota = self.quota.lock().unwrap_or_else(PoisonError::into_inner);
        if quota.0.elapsed() >= minute {
            *quota = (Instant::now(), 0);
        }
        quota.1 = quota.1.saturating_add(1);
        (quota.1, minute.saturating_sub(quota.0.elapsed()).as_secs() + 1)
    }

    pub(crate) fn strike(&self, method: &Method, path: &str) -> Option<(Fault, u32)> {
        self.book().strike(method, path)
    }

    pub(crate) fn fault_rules(&self) -> (Vec<FaultRule>, Vec<u32>) {
        let book = self.book();
        (book.rules(), book.hits())
    }

    pub(crate) fn set_faults(&self, rules: Vec<FaultRule>) {
        *self.book() = FaultBook::new(rules);
    }

    fn book(&self) -> MutexGuard<'_, FaultBook> {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does what a command says: first into the log, then in memory, then for all to see. Telling
    /// it again has no effect.
    pub(crate) fn tell(&self, command: &Command) -> Result<Summary, Told> {
        let mut inner = self.lock();
        if inner.market.accepts(command).map_err(Told::Refused)? {
            let failed = |error: JournalError| Told::Failed(error.to_string());
            inner.journal.append(command).map_err(failed)?;
            inner.market.apply(command);
            inner.journal.keep_head(head_of(&inner.market)).map_err(failed)?;
            if let Some(news) = &inner.tell_news {
                news.send_replace(inner.market.head_seq());
            }
        }
        Ok(inner.market.summary())
    }

    /// Begins a new life of the data.
    pub(crate) fn begin_epoch(&self) -> Result<Summary, Told> {
        let number = self.lock().market.epoch_number() + 1;
        self.tell(&Command::Epoch { number })
    }

    fn close(&self) {
        self.lock().tell_news = None;
    }
}

fn head_of(market: &Market) -> Head {
    Head { epoch_number: market.epoch_number(), seq: market.head_seq() }
}

/// The reference marketplace.
#[derive(Debug)]
pub struct Mall;

impl Mall {
    /// Reads the log, sets right what a crash left behind, and begins to listen on the loopback
    /// address, on a thread of its own.
    pub fn start(config: Config) -> Result<Running, MallError> {
        let mut market = Market::new(config.scenario.clone(), config.seed)?;
        let start = Start::new(GENERATOR, config.seed, config.scenario);
        let Found { mut journal, commands, head, mut warnings } =
            Journal::open(&config.dir, &start)?;
        for command in &commands {
            market.apply(command);
        }
        let seen = head.unwrap_or(head_of(&market));
        let restored = seen.epoch_number > market.epoch_number()
            || (seen.epoch_number == market.epoch_number() && seen.seq > market.head_seq());
        if restored {
            let number = seen.epoch_number.max(market.epoch_number()) + 1;
            let command = Command::Epoch { number };
            journal.append(&command)?;
            market.apply(&command);
            warnings.push(format!(
                "readers have seen change {}, the log ends at {}: epoch {number} begins",
                seen.seq,
                market.head_seq()
            ));
        }
        journal.keep_head(head_of(&market))?;
        let token = config.token.unwrap_or_else(|| uuid::Uuid::new_v4().simple().to_string());
        let (tell_news, news) = watch::channel(market.head_seq());
        let shared = Arc::new(Shared {
            inner: Mutex::new(Inner { market, journal, tell_news: Some(tell_news) }),
            faults: Mutex::new(FaultBook::new(config.faults)),
            quota: Mutex::new((Instant::now(), 0)),
            token,
            news,
        });
        listen(config.port, shared, warnings)
    }
}

fn listen(port: u16, shared: Arc<Shared>, warnings: Vec<String>) -> Result<Running, MallError> {
    let no_port = |error| MallError::Port(port, error);
    let listener = std::net::TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))
        .map_err(no_port)?;
    listener.set_nonblocking(true).map_err(no_port)?;
    let address = listener.local_addr().map_err(no_port)?;
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(no_port)?;
    let (stop, stopped) = oneshot::channel::<()>();
    let serving = Arc::clone(&shared);
    let thread = std::thread::Builder::new()
        .name("mall".to_owned())
        .spawn(move || {
            runtime.block_on(async move {
                let listener = tokio::net::TcpListener::from_std(listener)?;
                let app = router(Arc::clone(&serving));
                let served = axum::serve(listener, app);
                let (closing, closed) = oneshot::channel::<()>();
                let server = served.with_graceful_shutdown(async move {
                    // A dropped sender means the same: nobody holds the marketplace any more.
                    let _ = stopped.await;
                    serving.close();
                    let _ = closing.send(());
                });
                // A client that keeps its connection open must not keep the marketplace open.
                let patience = async {
                    let _ = closed.await;
                    tokio::time::sleep(Duration::from_secs(1)).await;
                };
                tokio::select! {
                    result = server.into_future() => result,
                    () = patience => Ok(()),
                }
            })
        })
        .map_err(no_port)?;
    Ok(Running {
        base_url: format!("http://{address}"),
        shared,
        warnings,
        stop: Some(stop),
        thread: Some(thread),
    })
}

/// A marketplace that listens; it ends when this is dropped.
#[derive(Debug)]
pub struct Running {
    base_url: String,
    shared: Arc<Shared>,
    warnings: Vec<String>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<std::thread::JoinHandle<std::io::Result<()>>>,
}

impl Running {
    /// Where it listens, for instance `http://127.0.0.1:40123`.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The bearer token that opens it.
    pub fn token(&self) -> &str {
        &self.shared.token
    }

    /// What was set right at the start, in words.
    pub fn warnings(&self) -> &[String] {
        &self.warnings
    }

    /// Lets all days up to `to` pass; days that have passed are not passed again.
    pub fn advance(&self, to: NaiveDate) -> Result<Summary, MallError> {
        Ok(self.shared.tell(&Command::Advance { to })?)
    }

    /// How it stands.
    pub fn summary(&self) -> Summary {
        self.shared.market().summary()
    }

    /// The last day that has passed.
    pub fn today(&self) -> NaiveDate {
        self.shared.market().today()
    }

    /// Replaces the promises to break; counting begins anew.
    pub fn set_faults(&self, rules: Vec<FaultRule>) {
        self.shared.set_faults(rules);
    }

    /// How often each rule has hit, in the order of the rules.
    pub fn fault_hits(&self) -> Vec<u32> {
        self.shared.fault_rules().1
    }

    /// Ends it; what was told is in the log. Dropping does the same.
    pub fn stop(self) {}
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // An error means that the server has ended by itself.
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
