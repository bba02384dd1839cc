//! What a server says about itself: `GET /v1` and `GET /v1/time`.

use serde::{Deserialize, Serialize};

use crate::{Epoch, Timestamp};

/// The answer of `GET /v1`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Capabilities {
    /// The versions of the API that are served, for instance `["v1"]`.
    pub api_versions: Vec<String>,
    /// How much may be asked for at once.
    pub limits: RequestLimits,
    /// Where the change feed stands.
    pub feed: Feed,
}

/// The largest values that the server takes in a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestLimits {
    /// The most items in one page of `/changes`.
    pub changes_page_max: u32,
    /// The most items in one page of a list.
    pub list_page_max: u32,
    /// The longest time in seconds that `/changes` waits for news.
    pub wait_seconds_max: u32,
    /// Requests allowed in a minute; absent when the server does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requests_per_minute: Option<u32>,
}

/// The state of the change feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feed {
    /// For how many days a change stays in the feed. A reader that stays away longer takes the
    /// lists anew.
    pub retention_days: u32,
    /// The sequence number of the newest change of all shops; 0 before the first.
    pub head_seq: u64,
    /// The life of the data that the numbers belong to.
    pub epoch: Epoch,
}

/// The answer of `GET /v1/time`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerTime {
    /// The server's clock.
    pub now: Timestamp,
    /// True where the clock is moved by hand, as on a trial marketplace: nothing about the
    /// reader's own clock may be concluded from it.
    #[serde(default)]
    pub simulated: bool,
}
