//! What may go wrong with a marketplace, sorted by what can be done about it.

use std::time::Duration;

use contract::ProblemDetails;

/// An answer that is no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Not now: no network, a timeout, too many requests, a failing server, or something else on
    /// the line answering in its place. Ask again later; nothing was lost.
    #[error("the marketplace cannot be reached now: {detail}")]
    Unavailable {
        /// How long the server asked to be left alone, if it said so.
        retry_after: Option<Duration>,
        /// What happened, for a log.
        detail: String,
    },
    /// The server understood and says no; asking again the same way is useless.
    #[error("the marketplace refuses: {code}: {detail}")]
    Refused {
        /// The server's stable code, or `http_<status>` where it gave none.
        code: String,
        /// The server's words.
        detail: String,
    },
    /// The answer breaks the contract. The stream must stop and a person must know: to go on
    /// could lose or double sales.
    #[error("the marketplace breaks its contract: {detail}")]
    Protocol {
        /// Which promise was broken.
        detail: String,
    },
    /// The position is too old, or of another epoch: take the lists anew, then go on.
    #[error("the position in the feed has expired")]
    CursorExpired,
    /// The token is not accepted (any more).
    #[error("the marketplace does not accept the token")]
    Unauthorized,
}

impl Problem {
    pub(crate) fn protocol(detail: impl Into<String>) -> Self {
        Self::Protocol { detail: detail.into() }
    }

    pub(crate) fn unavailable(detail: impl Into<String>) -> Self {
        Self::Unavailable { retry_after: None, detail: detail.into() }
    }

    /// Sorts an answer with a status from 400 on.
    pub(crate) fn from_answer(
        status: u16,
        details: &ProblemDetails,
        retry_after: Option<Duration>,
    ) -> Self {
        let code = details.code.clone().unwrap_or_else(|| format!("http_{status}"));
        let words = details.detail.clone().or_else(|| details.title.clone()).unwrap_or_default();
        let retry_after = retry_after.or(details.retry_after_ms.map(Duration::from_millis));
        let transient = matches!(status, 408 | 425 | 429) || status >= 500;
        match (status, code.as_str(), details.retryable) {
            (401, _, _) => Self::Unauthorized,
            (410, "cursor_expired", _) => Self::CursorExpired,
            (_, _, Some(true)) => Self::Unavailable { retry_after, detail: code },
            (_, _, None) if transient => Self::Unavailable { retry_after, detail: code },
            _ => Self::Refused { code, detail: words },
        }
    }
}
