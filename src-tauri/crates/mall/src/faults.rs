//! Broken promises on demand: what a network, a proxy or a careless platform does to an answer.

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::serve::problem;

/// Which requests are hit, and by what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FaultRule {
    /// Requests whose path ends with this text.
    pub path: String,
    /// Only requests of this method; any when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// The first of those requests that is hit, counted from 1.
    #[serde(default = "one")]
    pub nth: u32,
    /// How many in a row are hit.
    #[serde(default = "one")]
    pub times: u32,
    /// By what.
    pub fault: Fault,
}

fn one() -> u32 {
    1
}

/// What happens to a request or its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Fault {
    /// The request is carried out; the connection breaks in the middle of the answer.
    ResetMidBody,
    /// The request is carried out; the answer is cut off, with a length that fits what is left.
    TruncatedJson,
    /// The request is carried out; the answer is 500.
    ErrorAfterApply,
    /// 429 without the request being carried out.
    TooManyRequests {
        /// The header `Retry-After`, if any.
        retry_after: Option<String>,
    },
    /// 503 without the request being carried out.
    Unavailable {
        /// The header `Retry-After`, if any.
        retry_after: Option<String>,
    },
    /// 401 although the token is right.
    Unauthorized,
    /// 403 without a body.
    ForbiddenWithoutBody,
    /// A web page with status 200, as a captive portal gives it.
    Html,
    /// JSON of another protocol with status 200.
    ForeignEnvelope,
    /// A redirect.
    Redirect {
        /// The place to go.
        to: String,
    },
    /// The right answer, late.
    Delay {
        /// By how many milliseconds.
        millis: u64,
    },
    /// The right answer after this many blanks.
    Oversize {
        /// Blanks.
        bytes: usize,
    },
    /// A feed page as long as asked for in which changes stand twice.
    DuplicateItems,
    /// A feed page in falling order.
    FallingItems,
    /// A feed page that begins with the feed's first number again.
    ItemBeforeCursor,
    /// A feed page with more changes than were asked for.
    TooManyItems,
    /// A feed page without changes that says there is more, and moves on.
    EmptyPage,
    /// A feed page without changes that says there is more and does not move.
    StuckPage,
    /// 410: the place in the feed is gone.
    CursorExpired,
    /// Words and fields of a later version of the contract.
    UnknownWords,
    /// Money as JSON numbers.
    FloatMoney,
    /// Another version inside of the object than in the change that carries it.
    VersionMismatch,
}

/// The rules in force and how often each path was asked for.
#[derive(Debug, Default)]
pub(crate) struct FaultBook {
    rules: Vec<(FaultRule, u32, u32)>,
}

impl FaultBook {
    pub(crate) fn new(rules: Vec<FaultRule>) -> Self {
        Self { rules: rules.into_iter().map(|rule| (rule, 0, 0)).collect() }
    }

    /// Counts a request and says what hits it, and for the how-manieth time; of several rules the
    /// first.
    pub(crate) fn strike(&mut self, method: &Method, path: &str) -> Option<(Fault, u32)> {
        let mut struck = None;
        for (rule, seen, hits) in &mut self.rules {
            let same_method = rule.method.as_ref().is_none_or(|m| m == method.as_str());
            if !same_method || !path.ends_with(&rule.path) {
                continue;
            }
            *seen += 1;
            let due = *seen >= rule.nth && *seen - rule.nth < rule.times;
            if due && struck.is_none() {
                *hits += 1;
                struck = Some((rule.fault.clone(), *hits));
            }
        }
        struck
    }

    /// How often each rule has hit, in the order of the rules.
    pub(crate) fn hits(&self) -> Vec<u32> {
        self.rules.iter().map(|(_, _, hits)| *hits).collect()
    }

    pub(crate) fn rules(&self) -> Vec<FaultRule> {
        self.rules.iter().map(|(rule, _, _)| rule.clone()).collect()
    }
}

impl Fault {
    /// The answer that is given instead of carrying out the request.
    pub(crate) fn instead(&self) -> Option<Response> {
        let wait = |mut response: Response, retry_after: &Option<String>| {
            let value = retry_after.as_ref().and_then(|text| HeaderValue::from_str(text).ok());
            if let Some(value) = value {
                response.headers_mut().insert(header::RETRY_AFTER, value);
            }
            response
        };
        Some(match self {
            Self::TooManyRequests { retry_after } => wait(
                problem(StatusCode::TOO_MANY_REQUESTS, "rate_limited", "too many requests"),
                retry_after,
            ),
            Self::Unavailable { retry_after } => wait(
                problem(StatusCode::SERVICE_UNAVAILABLE, "unavailable", "being repaired"),
                retry_after,
            ),
            Self::Unauthorized => {
                problem(StatusCode::UNAUTHORIZED, "unauthorized", "the token is not accepted")
            }
            Self::ForbiddenWithoutBody => StatusCode::FORBIDDEN.into_response(),
            Self::Html => {
                let page = "<!doctype html><title>Wi-Fi</title><p>Please accept the terms.</p>";
                ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response()
            }
            Self::ForeignEnvelope => {
                axum::Json(json!({ "code": 10000, "msg": "success", "data": [] })).into_response()
            }
            Self::Redirect { to } => {
                (StatusCode::FOUND, [(header::LOCATION, to.clone())]).into_response()
            }
            Self::CursorExpired => {
                problem(StatusCode::GONE, "cursor_expired", "the place in the feed is gone")
            }
            _ => return None,
        })
    }

    /// How long the request waits before it is carried out.
    pub(crate) fn delay(&self) -> Option<Duration> {
        match self {
            Self::Delay { millis } => Some(Duration::from_millis(*millis)),
            _ => None,
        }
    }

    /// What becomes of the answer after the request was carried out.
    pub(crate) async fn after(&self, hit: u32, response: Response) -> Response {
        if matches!(self, Self::Delay { .. }) {
            return response;
        }
        if matches!(self, Self::ErrorAfterApply) {
            return problem(StatusCode::INTERNAL_SERVER_ERROR, "internal", "something broke");
        }
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default();
        let mut head = parts;
        head.headers.remove(header::CONTENT_LENGTH);
        let body = match self {
            Self::ResetMidBody => broken_off(&bytes),
            Self::TruncatedJson => Body::from(bytes.slice(..bytes.len() / 2)),
            Self::Oversize { bytes: blanks } => {
                let mut body = vec![b' '; *blanks];
                body.extend_from_slice(&bytes);
                Body::from(body)
            }
            _ => Body::from(self.rewrite(hit, &bytes)),
        };
        Response::from_parts(head, body)
    }

    fn rewrite(&self, hit: u32, bytes: &[u8]) -> Vec<u8> {
        let Ok(mut answer) = serde_json::from_slice::<Value>(bytes) else { return bytes.to_vec() };
        match self {
            Self::UnknownWords => next_year(&mut answer),
            Self::FloatMoney => float_money(&mut answer),
            _ => self.rewrite_page(hit, &mut answer),
        }
        answer.to_string().into_bytes()
    }

    fn rewrite_page(&self, hit: u32, answer: &mut Value) {
        let Some(items) = answer.get_mut("items").and_then(Value::as_array_mut) else { return };
        match self {
            Self::DuplicateItems => {
                let twice = items.iter().flat_map(|item| [item.clone(), item.clone()]);
                *items = twice.take(items.len()).collect();
            }
            Self::FallingItems => items.reverse(),
            Self::ItemBeforeCursor => {
                if let Some(mut early) = items.first().cloned() {
                    early["seq"] = json!(1);
                    items.pop();
                    items.insert(0, early);
                }
            }
            Self::TooManyItems => {
                while let Some(mut more) = items.last().cloned().filter(|_| items.len() <= 1_000) {
                    more["seq"] = json!(more["seq"].as_u64().unwrap_or(0) + 1);
                    items.push(more);
                }
            }
            Self::VersionMismatch => {
                if let Some(item) = items.first_mut() {
                    item["version"] = json!(item["version"].as_u64().unwrap_or(0) + 1);
                }
            }
            Self::EmptyPage | Self::StuckPage => {
                let first = items.first().and_then(|item| item["seq"].as_u64());
                items.clear();
                answer["has_more"] = json!(true);
                // The place before what was taken away, spelt anew or not.
                let cursor = answer["next_cursor"].as_str().unwrap_or_default().to_owned();
                let parts: Vec<&str> = cursor.split('.').collect();
                if let ([kind, epoch, shop, _, _], Some(first)) = (parts.as_slice(), first) {
                    let hop = if *self == Self::EmptyPage { hit } else { 0 };
                    let seq = first - 1;
                    answer["next_cursor"] = json!(format!("{kind}.{epoch}.{shop}.{seq}.{hop}"));
                }
            }
            _ => {}
        }
    }
}

/// The first half of a body, then a broken connection.
fn broken_off(bytes: &Bytes) -> Body {
    let half = bytes.slice(..bytes.len() / 2);
    let parts = [Ok(half), Err(std::io::Error::from(std::io::ErrorKind::ConnectionReset))];
    Body::from_stream(futures_util::stream::iter(parts))
}

/// Adds a field to every object and a new word to every order. How an order was priced is left as
/// it is: there members are names that somebody gave, not fields of the contract.
fn next_year(value: &mut Value) {
    match value {
        Value::Object(members) => {
            let fields = members.iter_mut().filter(|(name, _)| *name != "pricing");
            fields.for_each(|(_, member)| next_year(member));
            if members.contains_key("fulfilment") {
                members.insert("status".to_owned(), json!("held_by_platform"));
                members.insert("fulfilment".to_owned(), json!("teleported"));
            }
            members.insert("of_next_year".to_owned(), json!({ "deep": [1.5, null] }));
        }
        Value::Array(items) => items.iter_mut().for_each(next_year),
        _ => {}
    }
}

fn float_money(value: &mut Value) {
    match value {
        Value::Object(members) => {
            let number = members.get("amount").and_then(Value::as_str).map(str::to_owned);
            let number = number.and_then(|text| serde_json::from_str::<Value>(&text).ok());
            if let Some(number) = number {
                members.insert("amount".to_owned(), number);
            }
            members.values_mut().for_each(float_money);
        }
        Value::Array(items) => items.iter_mut().for_each(float_money),
        _ => {}
    }
}
