//! The HTTP client: blocking for its callers, reading only, bounded in time, size and repeats.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use chrono::NaiveDate;
use contract::{
    Capabilities, ChangesPage, Cursor, ListPage, Listing, Order, OrderId, ProblemDetails,
    Reconciliation, ServerTime, Shop, ShopId, StockLevel, Topic, Warehouse,
};
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, DATE, LOCATION, RETRY_AFTER};
use reqwest::{Response, Url};
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use tokio::time::Instant;

use crate::page::{Trail, check_changes, check_list, check_snapshot};
use crate::retry::{Jitter, retry_after};
use crate::{Address, Page, Position, Problem, SnapshotPage, SnapshotPosition, Token};

/// The version of the API that this client speaks.
const API_VERSION: &str = "v1";
/// How many empty pages in a row are followed before the server is said to lead nowhere.
const EMPTY_PAGES_MAX: u32 = 20;

/// How much time, room and patience a request gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// For the connection and its encryption.
    pub connect_timeout: Duration,
    /// For a whole answer, beside the time that the server was asked to wait for news.
    pub request_timeout: Duration,
    /// The largest answer, unpacked, in bytes.
    pub body_bytes_max: usize,
    /// Items asked for in a page of the feed; the server's own limit is kept too.
    pub changes_page: u32,
    /// Items asked for in a page of a list; the server's own limit is kept too.
    pub list_page: u32,
    /// Seconds that the server may wait for news before it gives an empty page; 0 asks for an
    /// answer at once.
    pub wait_seconds: u32,
    /// Repeats of one request that met [`Problem::Unavailable`].
    pub repeats_max: u32,
    /// The time after which a request is not repeated any more, waiting included.
    pub repeat_budget: Duration,
    /// The first step of the growing wait between repeats.
    pub backoff_base: Duration,
    /// Its largest step.
    pub backoff_cap: Duration,
    /// Seed of the random part of the waits.
    pub jitter_seed: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(10),
            request_timeout: Duration::from_secs(30),
            body_bytes_max: 32 << 20,
            changes_page: 1000,
            list_page: 500,
            wait_seconds: 0,
            repeats_max: 5,
            repeat_budget: Duration::from_mins(1),
            backoff_base: Duration::from_millis(500),
            backoff_cap: Duration::from_mins(1),
            jitter_seed: 0,
        }
    }
}

/// A connection to one marketplace with one token.
///
/// Calls block the calling thread and drive their own small runtime: call and drop it on an
/// ordinary thread or inside of `spawn_blocking`, never directly in async code.
#[derive(Debug)]
pub struct Client {
    address: Address,
    token: Token,
    limits: Limits,
    capabilities: Capabilities,
    wire: Wire,
}

impl Client {
    /// Reaches the marketplace and reads what it can. Refused when it does not speak this
    /// version of the API.
    pub fn connect(address: Address, token: Token, limits: Limits) -> Result<Self, Problem> {
        let wire = Wire::new(&address, &limits)?;
        let url = address.endpoint(&["v1"], &[]);
        let capabilities: Capabilities = wire.read(&url, &token, &limits, Duration::ZERO)?;
        if !capabilities.api_versions.iter().any(|version| version == API_VERSION) {
            let served = capabilities.api_versions.join(", ");
            let detail = format!("speaks {served}, not {API_VERSION}");
            return Err(Problem::Refused { code: "api_version".to_owned(), detail });
        }
        if capabilities.limits.changes_page_max == 0 || capabilities.limits.list_page_max == 0 {
            return Err(Problem::protocol("a page limit of 0"));
        }
        Ok(Self { address, token, limits, capabilities, wire })
    }

    /// What the marketplace said about itself when it was reached.
    pub fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    /// The server's clock.
    pub fn time(&self) -> Result<ServerTime, Problem> {
        self.get(&["v1", "time"], &[])
    }

    /// The shops that the token opens.
    pub fn shops(&self) -> Result<Vec<Shop>, Problem> {
        self.list(&["v1", "shops"])
    }

    /// The warehouses that ship a shop's orders.
    pub fn warehouses(&self, shop: &ShopId) -> Result<Vec<Warehouse>, Problem> {
        self.list(&["v1", "shops", shop.as_str(), "warehouses"])
    }

    /// The listings of a shop.
    pub fn listings(&self, shop: &ShopId) -> Result<Vec<Listing>, Problem> {
        self.list(&["v1", "shops", shop.as_str(), "listings"])
    }

    /// The platform's stock readings of a shop.
    pub fn stock(&self, shop: &ShopId) -> Result<Vec<StockLevel>, Problem> {
        self.list(&["v1", "shops", shop.as_str(), "stock"])
    }

    /// One order as it is now. An order that is not there is [`Problem::Refused`] with the
    /// server's code `not_found`.
    pub fn order(&self, shop: &ShopId, id: &OrderId) -> Result<Order, Problem> {
        self.get(&["v1", "shops", shop.as_str(), "orders", id.as_str()], &[])
    }

    /// The server's totals by business day, both ends included.
    pub fn reconciliation(
        &self,
        shop: &ShopId,
        topic: &Topic,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Reconciliation, Problem> {
        let (from, to) = (from.to_string(), to.to_string());
        let query = [("topic", topic.as_str()), ("from", &from), ("to", &to)];
        self.get(&["v1", "shops", shop.as_str(), "reconciliation"], &query)
    }

    /// The next page of a shop's feed. An empty page means that there is nothing new; empty pages
    /// on the way (a server that filters) are walked over here.
    ///
    /// The same position gives the same or a longer page again, so a page that could not be
    /// stored is simply asked for once more.
    pub fn next_page(&self, shop: &ShopId, topic: &Topic, at: &Position) -> Result<Page, Problem> {
        let limit = self.limits.changes_page.min(self.capabilities.limits.changes_page_max);
        let wait = self.limits.wait_seconds.min(self.capabilities.limits.wait_seconds_max);
        let (limit_text, wait_text) = (limit.to_string(), wait.to_string());
        let mut at = at.clone();
        for _ in 0..EMPTY_PAGES_MAX {
            let mut query =
                vec![("topics", topic.as_str()), ("limit", &limit_text), ("wait", &wait_text)];
            if let Some(cursor) = &at.cursor {
                query.push(("cursor", cursor.as_str()));
            }
            let url = self.address.endpoint(&["v1", "shops", shop.as_str(), "changes"], &query);
            let extra = Duration::from_secs(u64::from(wait));
            let answer: ChangesPage = self.wire.read(&url, &self.token, &self.limits, extra)?;
            let page = check_changes(&at, topic, limit, answer)?;
            if !page.items.is_empty() || !page.has_more {
                return Ok(page);
            }
            at = page.next;
        }
        Err(Problem::protocol(format!("{EMPTY_PAGES_MAX} empty pages in a row")))
    }

    /// A page of all orders of a shop as they are now: what to read when the feed answered
    /// [`Problem::CursorExpired`].
    pub fn snapshot_page(
        &self,
        shop: &ShopId,
        at: Option<&SnapshotPosition>,
    ) -> Result<SnapshotPage, Problem> {
        let segments = ["v1", "shops", shop.as_str(), "orders"];
        let answer = self.list_page::<Box<RawValue>>(&segments, at.map(|at| &at.cursor))?;
        check_snapshot(at, self.list_limit(), answer)
    }

    fn list_limit(&self) -> u32 {
        self.limits.list_page.min(self.capabilities.limits.list_page_max)
    }

    fn list_page<T: DeserializeOwned>(
        &self,
        segments: &[&str],
        cursor: Option<&Cursor>,
    ) -> Result<ListPage<T>, Problem> {
        let limit = self.list_limit().to_string();
        let mut query = vec![("limit", limit.as_str())];
        if let Some(cursor) = cursor {
            query.push(("cursor", cursor.as_str()));
        }
        self.get(segments, &query)
    }

    fn list<T: DeserializeOwned>(&self, segments: &[&str]) -> Result<Vec<T>, Problem> {
        let mut all = Vec::new();
        let mut trail = Trail::default();
        let mut cursor: Option<Cursor> = None;
        loop {
            let page = self.list_page::<T>(segments, cursor.as_ref())?;
            check_list(cursor.as_ref(), self.list_limit(), &page)?;
            all.extend(page.items);
            let Some(next) = page.next_cursor else { return Ok(all) };
            trail.step(&next)?;
            cursor = Some(next);
        }
    }

    fn get<T: DeserializeOwned>(
        &self,
        segments: &[&str],
        query: &[(&str, &str)],
    ) -> Result<T, Problem> {
        let url = self.address.endpoint(segments, query);
        self.wire.read(&url, &self.token, &self.limits, Duration::ZERO)
    }
}

/// The connection itself.
#[derive(Debug)]
struct Wire {
    runtime: tokio::runtime::Runtime,
    http: reqwest::Client,
    jitter: Mutex<Jitter>,
}

impl Wire {
    fn new(address: &Address, limits: &Limits) -> Result<Self, Problem> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| Problem::unavailable(format!("no runtime: {error}")))?;
        let mut builder = reqwest::Client::builder()
            .user_agent(concat!("pincang/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(limits.connect_timeout)
            .redirect(reqwest::redirect::Policy::none());
        // A proxy of the environment must not see the token of a server on this machine.
        builder = if address.is_loopback() { builder.no_proxy() } else { builder.https_only(true) };
        let http =
            builder.build().map_err(|error| Problem::unavailable(chain(&error.without_url())))?;
        Ok(Self { runtime, http, jitter: Mutex::new(Jitter::new(limits.jitter_seed)) })
    }

    /// Reads one answer, repeating the request while that may help and the budget lasts.
    fn read<T: DeserializeOwned>(
        &self,
        url: &Url,
        token: &Token,
        limits: &Limits,
        extra: Duration,
    ) -> Result<T, Problem> {
        self.runtime.block_on(async {
            let begun = Instant::now();
            let mut repeats = 0;
            loop {
                let answer = self.once(url, token, limits, extra).await;
                let problem = match answer {
                    Err(problem @ Problem::Unavailable { .. }) => problem,
                    other => return other,
                };
                let asked = match &problem {
                    Problem::Unavailable { retry_after, .. } => *retry_after,
                    _ => None,
                };
                let wait = asked.unwrap_or_else(|| {
                    let mut jitter = self.jitter.lock().unwrap_or_else(PoisonError::into_inner);
                    jitter.wait(repeats, limits.backoff_base, limits.backoff_cap)
                });
                let left = limits.repeat_budget.saturating_sub(begun.elapsed());
                if repeats >= limits.repeats_max || wait > left {
                    return Err(problem);
                }
                tokio::time::sleep(wait).await;
                repeats += 1;
            }
        })
    }

    async fn once<T: DeserializeOwned>(
        &self,
        url: &Url,
        token: &Token,
        limits: &Limits,
        extra: Duration,
    ) -> Result<T, Problem> {
        let response = self
            .http
            .get(url.clone())
            .header(AUTHORIZATION, token.header())
            .header(ACCEPT, "application/json, application/problem+json")
            .timeout(limits.request_timeout + extra)
            .send()
            .await
            .map_err(|error| Problem::unavailable(chain(&error.without_url())))?;
        let status = response.status();
        if status.is_redirection() {
            let to = header(&response, LOCATION).unwrap_or_default();
            return Err(Problem::protocol(format!("a redirect to {to:?} is not followed")));
        }
        let json = header(&response, CONTENT_TYPE).is_some_and(|kind| {
            let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
            kind == "application/json" || kind == "application/problem+json"
        });
        let wish = retry_after(
            header(&response, RETRY_AFTER).as_deref(),
            header(&response, DATE).as_deref(),
        );
        let body = body(response, limits.body_bytes_max).await?;
        if !status.is_success() {
            let details: ProblemDetails = serde_json::from_slice(&body).unwrap_or_default();
            return Err(Problem::from_answer(status.as_u16(), &details, wish));
        }
        if !json {
            // A page of a hotel's network or of a proxy: it says nothing about the marketplace.
            return Err(Problem::unavailable("something else answered: no JSON"));
        }
        serde_json::from_slice(&body).map_err(|error| match error.classify() {
            serde_json::error::Category::Eof => Problem::unavailable("the answer is cut off"),
            _ => Problem::protocol(format!("unreadable answer: {error}")),
        })
    }
}

/// The body, unpacked, as far as it is not larger than allowed.
async fn body(mut response: Response, bytes_max: usize) -> Result<Vec<u8>, Problem> {
    let mut body = Vec::new();
    loop {
        let chunk = response
            .chunk()
            .await
            .map_err(|error| Problem::unavailable(chain(&error.without_url())))?;
        let Some(chunk) = chunk else { return Ok(body) };
        if body.len() + chunk.len() > bytes_max {
            return Err(Problem::protocol(format!("an answer of more than {bytes_max} bytes")));
        }
        body.extend_from_slice(&chunk);
    }
}

fn header(response: &Response, name: reqwest::header::HeaderName) -> Option<String> {
    response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
}

/// An error with its causes, since the outer one of HTTP rarely says what happened.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_can_be_shared_by_threads() {
        fn shared<T: Send + Sync>() {}
        shared::<Client>();
    }
}
