//! The endpoints: from requests to the marketplace in memory and back to wire types.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use chrono::NaiveDate;
use contract::{
    Capabilities, ChangeItem, ChangesPage, Feed, ListPage, Op, OrderId, ProblemDetails,
    Reconciliation, RequestLimits, ServerTime, Shop, Topic, Warehouse,
};
use serde::Serialize;
use tokio::time::Instant;

use crate::cursor::{feed_cursor, list_cursor, read_cursor};
use crate::faults::{Fault, FaultRule};
use crate::market::{Command, Market, Receipt, Slice};
use crate::server::{Shared, Told};

const CHANGES_PAGE_MAX: u32 = 1_000;
const LIST_PAGE_MAX: u32 = 500;
const WAIT_SECONDS_MAX: u32 = 30;
/// Generous: it is there to be seen in the headers, not to slow down trials.
pub(crate) const REQUESTS_PER_MINUTE: u32 = 60_000;

type Params = Query<HashMap<String, String>>;
type App = State<Arc<Shared>>;

/// All endpoints, behind token, quota and faults.
pub(crate) fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/v1", get(capabilities))
        .route("/v1/time", get(time))
        .route("/v1/shops", get(shops))
        .route("/v1/shops/{shop}/changes", get(changes))
        .route("/v1/shops/{shop}/listings", get(listings))
        .route("/v1/shops/{shop}/stock", get(stock))
        .route("/v1/shops/{shop}/warehouses", get(warehouses))
        .route("/v1/shops/{shop}/orders", get(orders))
        .route("/v1/shops/{shop}/orders/{id}", get(order))
        .route("/v1/shops/{shop}/reconciliation", get(reconciliation))
        .route("/admin/state", get(state))
        .route("/admin/advance", post(advance))
        .route("/admin/receipts", post(receive))
        .route("/admin/faults", get(faults).put(set_faults))
        .fallback(async || problem(StatusCode::NOT_FOUND, "not_found", "there is no such place"))
        .method_not_allowed_fallback(async || {
            let detail = "this place does not take that method";
            problem(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", detail)
        })
        .layer(middleware::from_fn_with_state(Arc::clone(&shared), guard))
        .with_state(shared)
}

/// An answer from 400 on.
pub(crate) fn problem(status: StatusCode, code: &str, detail: &str) -> Response {
    let details = ProblemDetails {
        kind: Some(format!("urn:pincang:problem:{code}")),
        title: status.canonical_reason().map(str::to_owned),
        status: Some(status.as_u16()),
        detail: Some(detail.to_owned()),
        code: Some(code.to_owned()),
        retryable: Some(status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS),
        ..ProblemDetails::default()
    };
    let mut response = (status, Json(details)).into_response();
    let kind = HeaderValue::from_static("application/problem+json");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}

fn bad(detail: &str) -> Response {
    problem(StatusCode::BAD_REQUEST, "bad_request", detail)
}

/// The answer to a request that cannot be carried out.
struct No(Box<Response>);

impl No {
    fn new(response: Response) -> Self {
        Self(Box::new(response))
    }
}

impl IntoResponse for No {
    fn into_response(self) -> Response {
        *self.0
    }
}

/// What every request passes: token, quota, faults.
async fn guard(State(shared): App, request: Request, next: Next) -> Response {
    if !shared.admits(request.headers().get(header::AUTHORIZATION)) {
        let detail = "a bearer token is needed";
        return problem(StatusCode::UNAUTHORIZED, "unauthorized", detail);
    }
    let path = request.uri().path().to_owned();
    // The rules themselves can always be read and replaced.
    let fault = if path == "/admin/faults" { None } else { shared.strike(request.method(), &path) };
    let (used, reset) = shared.count_request();
    let mut response = if used > REQUESTS_PER_MINUTE {
        problem(StatusCode::TOO_MANY_REQUESTS, "rate_limited", "too many requests in this minute")
    } else {
        answer(fault, request, next).await
    };
    quota_headers(response.headers_mut(), used, reset);
    response
}

async fn answer(fault: Option<(Fault, u32)>, request: Request, next: Next) -> Response {
    let Some((fault, hit)) = fault else { return next.run(request).await };
    if let Some(response) = fault.instead() {
        return response;
    }
    if let Some(delay) = fault.delay() {
        tokio::time::sleep(delay).await;
    }
    fault.after(hit, next.run(request).await).await
}

fn quota_headers(headers: &mut HeaderMap, used: u32, reset: u64) {
    let left = REQUESTS_PER_MINUTE.saturating_sub(used);
    let policy = format!("\"minute\";q={REQUESTS_PER_MINUTE};w=60");
    let limit = format!("\"minute\";r={left};t={reset}");
    for (name, text) in [("ratelimit-policy", policy), ("ratelimit", limit)] {
        if let Ok(value) = HeaderValue::from_str(&text) {
            headers.insert(HeaderName::from_static(name), value);
        }
    }
    if used > REQUESTS_PER_MINUTE {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(reset));
    }
}

async fn capabilities(State(shared): App) -> Json<Capabilities> {
    let market = shared.market();
    Json(Capabilities {
        api_versions: vec!["v1".to_owned()],
        limits: RequestLimits {
            changes_page_max: CHANGES_PAGE_MAX,
            list_page_max: LIST_PAGE_MAX,
            wait_seconds_max: WAIT_SECONDS_MAX,
            requests_per_minute: Some(REQUESTS_PER_MINUTE),
        },
        feed: Feed {
            retention_days: market.scenario().retention_days,
            head_seq: market.head_seq(),
            epoch: market.epoch(),
        },
    })
}

async fn time(State(shared): App) -> Json<ServerTime> {
    Json(ServerTime { now: shared.market().now(), simulated: true })
}

/// A list that fits on one page.
fn whole<T: Serialize>(items: Vec<T>) -> Response {
    let page =
        ListPage { items, next_cursor: None, as_of_cursor: None, as_of_seq: None, epoch: None };
    Json(page).into_response()
}

async fn shops(State(shared): App) -> Response {
    let market = shared.market();
    let scenario = market.scenario();
    whole(
        scenario
            .shops
            .iter()
            .map(|shop| Shop {
                id: shop.id.clone(),
                name: shop.name.clone(),
                zone: scenario.zone.clone(),
                data_since: Some(scenario.starts_on),
            })
            .collect(),
    )
}

/// The place of a shop in the scenario, or the answer that there is none.
fn shop_of(market: &Market, id: &str) -> Result<usize, No> {
    market.shop(id).ok_or_else(|| {
        No::new(problem(StatusCode::NOT_FOUND, "not_found", "the token opens no such shop"))
    })
}

async fn warehouses(State(shared): App, Path(shop): Path<String>) -> Response {
    let market = shared.market();
    if let Err(response) = shop_of(&market, &shop) {
        return response.into_response();
    }
    let places = market.scenario().warehouses.iter().map(|place| Warehouse {
        id: place.id.clone(),
        name: place.name.clone(),
        kind: place.kind.clone(),
        accepts_inbound: Some(place.accepts_inbound),
    });
    whole(places.collect())
}

async fn listings(State(shared): App, Path(shop): Path<String>) -> Response {
    let market = shared.market();
    shop_of(&market, &shop)
        .map_or_else(IntoResponse::into_response, |shop| whole(market.listings(shop)))
}

async fn stock(State(shared): App, Path(shop): Path<String>) -> Response {
    let market = shared.market();
    shop_of(&market, &shop)
        .map_or_else(IntoResponse::into_response, |shop| whole(market.stock(shop)))
}

async fn order(State(shared): App, Path((shop, id)): Path<(String, String)>) -> Response {
    let market = shared.market();
    let order = match shop_of(&market, &shop) {
        Ok(shop) => market.order(shop, &OrderId::new(id)),
        Err(response) => return response.into_response(),
    };
    match order {
        Some(order) => {
            let tag = HeaderValue::from_str(&format!("\"v{}\"", order.version));
            let mut response = Json(order).into_response();
            if let Ok(tag) = tag {
                response.headers_mut().insert(header::ETAG, tag);
            }
            response
        }
        None => problem(StatusCode::NOT_FOUND, "not_found", "there is no such order"),
    }
}

/// A number of the query, `default` when absent.
fn number(query: &Params, name: &str, default: u32, max: u32) -> Result<u32, No> {
    let Some(text) = query.get(name) else { return Ok(default) };
    let value = text.parse().ok().filter(|value| *value <= max);
    value.ok_or_else(|| No::new(bad(&format!("{name} must be a number up to {max}"))))
}

async fn orders(
    State(shared): App,
    Path(shop): Path<String>,
    query: Params,
) -> Result<Response, No> {
    let limit = number(&query, "limit", LIST_PAGE_MAX, LIST_PAGE_MAX)?.max(1);
    let market = shared.market();
    let shop = shop_of(&market, &shop)?;
    let epoch = market.epoch();
    let (from, as_of) = match query.get("cursor") {
        None => (0, market.head_seq()),
        Some(text) => {
            let (of_epoch, of_shop, place, as_of) =
                read_cursor("o", text).ok_or_else(|| No::new(bad("no cursor of this list")))?;
            if of_shop != shop {
                return Err(No::new(bad("a cursor of another shop")));
            }
            if of_epoch != epoch.as_str() {
                return Err(No::new(expired()));
            }
            (usize::try_from(place).unwrap_or(usize::MAX), as_of)
        }
    };
    let (items, next) = market.orders(shop, from, limit as usize);
    Ok(Json(ListPage {
        items,
        next_cursor: next.map(|place| list_cursor(&epoch, shop, place, as_of)),
        as_of_cursor: Some(feed_cursor(&epoch, shop, as_of, 0)),
        as_of_seq: Some(as_of),
        epoch: Some(epoch),
    })
    .into_response())
}

fn expired() -> Response {
    problem(StatusCode::GONE, "cursor_expired", "the place in the feed is gone; take the lists")
}

async fn changes(
    State(shared): App,
    Path(shop): Path<String>,
    query: Params,
) -> Result<Response, No> {
    let limit = number(&query, "limit", CHANGES_PAGE_MAX, CHANGES_PAGE_MAX)?.max(1);
    let wait = number(&query, "wait", 0, WAIT_SECONDS_MAX)?;
    let words = query.get("topics").map(String::as_str).unwrap_or_default();
    let topics: Vec<Topic> =
        words.split(',').filter(|word| !word.is_empty()).map(Topic::from).collect();
    if let Some(Topic::Unknown(word)) = topics.iter().find(|t| matches!(t, Topic::Unknown(_))) {
        return Err(No::new(bad(&format!("there is no topic {word}"))));
    }
    let cursor = query.get("cursor").map(String::as_str);
    let (shop, after) = place_in_feed(&shared, &shop, cursor)?;
    let until = Instant::now() + Duration::from_secs(u64::from(wait));
    let mut news = shared.news();
    loop {
        {
            let market = shared.market();
            let slice = market.changes(shop, &topics, after, limit as usize);
            if !slice.changes.is_empty() || wait == 0 || Instant::now() >= until {
                return Ok(page(&market, shop, slice));
            }
        }
        // An error means that the marketplace is closing: then the empty page is the answer.
        if matches!(tokio::time::timeout_at(until, news.changed()).await, Ok(Err(_))) {
            let market = shared.market();
            return Ok(page(&market, shop, Slice { changes: vec![], seq: after, has_more: false }));
        }
    }
}

/// Where a reader of the feed stands: the shop and the last number it has seen.
fn place_in_feed(shared: &Shared, shop: &str, cursor: Option<&str>) -> Result<(usize, u64), No> {
    let (shop, epoch, head, retained) = {
        let market = shared.market();
        let shop = shop_of(&market, shop)?;
        (shop, market.epoch(), market.head_seq(), market.retained_after())
    };
    let after = match cursor {
        None => 0,
        Some(text) => {
            let (of_epoch, of_shop, seq, _) =
                read_cursor("f", text).ok_or_else(|| No::new(bad("no cursor of this feed")))?;
            if of_shop != shop {
                return Err(No::new(bad("a cursor of another shop")));
            }
            if of_epoch != epoch.as_str() {
                return Err(No::new(expired()));
            }
            if seq > head {
                // The reader has seen more than there is: an older state was restored here.
                shared.begin_epoch().map_err(|error| No::new(failed(&error)))?;
                return Err(No::new(expired()));
            }
            seq
        }
    };
    if after < retained { Err(No::new(expired())) } else { Ok((shop, after)) }
}

fn page(market: &Market, shop: usize, slice: Slice) -> Response {
    let epoch = market.epoch();
    let items = slice.changes.into_iter().map(|change| ChangeItem {
        seq: change.seq,
        topic: change.topic,
        id: change.id,
        op: Op::Upsert,
        version: change.version,
        occurred_at: change.at,
        data: Some(change.data),
    });
    Json(ChangesPage {
        items: items.collect(),
        next_cursor: feed_cursor(&epoch, shop, slice.seq, 0),
        has_more: slice.has_more,
        head_seq: market.head_seq(),
        lag_ms: Some(0),
        epoch,
    })
    .into_response()
}

async fn reconciliation(
    State(shared): App,
    Path(shop): Path<String>,
    query: Params,
) -> Result<Response, No> {
    let date = |name: &str| {
        let date = query.get(name).and_then(|text| text.parse::<NaiveDate>().ok());
        date.ok_or_else(|| No::new(bad(&format!("{name} must be a date"))))
    };
    let (from, to) = (date("from")?, date("to")?);
    let topic = Topic::from(query.get("topic").map(String::as_str).unwrap_or_default());
    if topic != Topic::Orders {
        return Err(No::new(bad("totals are kept of the topic orders")));
    }
    let market = shared.market();
    let shop = shop_of(&market, &shop)?;
    let days = market.totals(shop, from, to);
    let as_of_seq = market.head_seq();
    Ok(Json(Reconciliation { topic, epoch: market.epoch(), as_of_seq, days }).into_response())
}

async fn state(State(shared): App) -> Response {
    Json(shared.market().summary()).into_response()
}

async fn advance(State(shared): App, body: Bytes) -> Response {
    #[derive(serde::Deserialize)]
    struct To {
        to: NaiveDate,
    }
    match serde_json::from_slice::<To>(&body) {
        Ok(To { to }) => told(&shared, &Command::Advance { to }),
        Err(error) => bad(&error.to_string()),
    }
}

async fn receive(State(shared): App, body: Bytes) -> Response {
    match serde_json::from_slice::<Receipt>(&body) {
        Ok(receipt) => told(&shared, &Command::Receive(receipt)),
        Err(error) => bad(&error.to_string()),
    }
}

fn told(shared: &Shared, command: &Command) -> Response {
    match shared.tell(command) {
        Ok(summary) => Json(summary).into_response(),
        Err(error) => failed(&error),
    }
}

fn failed(error: &Told) -> Response {
    match error {
        Told::Refused(why) => problem(StatusCode::UNPROCESSABLE_ENTITY, "refused", why),
        Told::Failed(why) => problem(StatusCode::INTERNAL_SERVER_ERROR, "log_failed", why),
    }
}

async fn faults(State(shared): App) -> Response {
    let (rules, hits) = shared.fault_rules();
    Json(serde_json::json!({ "rules": rules, "hits": hits })).into_response()
}

async fn set_faults(State(shared): App, body: Bytes) -> Response {
    match serde_json::from_slice::<Vec<FaultRule>>(&body) {
        Ok(rules) => {
            shared.set_faults(rules);
            StatusCode::NO_CONTENT.into_response()
        }
        Err(error) => bad(&error.to_string()),
    }
}
