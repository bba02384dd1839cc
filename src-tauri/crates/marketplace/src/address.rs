//! Where a marketplace may be, and the token that opens it: what is refused before a single byte
//! is sent.

use std::fmt;

use reqwest::Url;
use reqwest::header::HeaderValue;

/// The base address of a marketplace: `https`, or `http` to this very machine, as the reference
/// marketplace is reached. Nothing but scheme, host, port and path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    url: Url,
}

/// Why an address is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// The text is no address.
    #[error("{0:?} is no address")]
    Unreadable(String),
    /// The token would travel in the clear.
    #[error("{0:?} is not https; plain http is allowed to this machine only")]
    NotSecure(String),
    /// The address holds more than scheme, host, port and path.
    #[error("the address must not hold a user name, a password, a query or a fragment")]
    TooMuch,
}

impl Address {
    /// Reads an address such as `https://market.example/api`.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        let mut url =
            Url::parse(text.trim()).map_err(|_| AddressError::Unreadable(text.to_owned()))?;
        let more = !url.username().is_empty()
            || url.password().is_some()
            || url.query().is_some()
            || url.fragment().is_some();
        if more {
            return Err(AddressError::TooMuch);
        }
        let secure = match url.scheme() {
            "https" => url.host_str().is_some(),
            "http" => is_loopback(&url),
            _ => false,
        };
        if !secure {
            return Err(AddressError::NotSecure(text.to_owned()));
        }
        let path = url.path().trim_end_matches('/').to_owned();
        url.set_path(&path);
        Ok(Self { url })
    }

    /// Whether the marketplace runs on this machine.
    pub fn is_loopback(&self) -> bool {
        is_loopback(&self.url)
    }

    /// The address of an endpoint. Ids and cursors are opaque, so each segment and value is
    /// escaped here and nowhere else.
    pub(crate) fn endpoint(&self, segments: &[&str], query: &[(&str, &str)]) -> Url {
        let mut url = self.url.clone();
        url.path_segments_mut()
            .expect("an address with a host has path segments")
            .pop_if_empty()
            .extend(segments);
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        url
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.url.as_str().trim_end_matches('/'))
    }
}

fn is_loopback(url: &Url) -> bool {
    // `host_str` brackets an IPv6 address.
    match url.host_str().map(|host| host.trim_start_matches('[').trim_end_matches(']')) {
        Some("localhost") => true,
        Some(host) => host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback()),
        None => false,
    }
}

/// The bearer token. It is shown nowhere: not in `Debug`, not in errors, not in addresses.
#[derive(Clone)]
pub struct Token {
    header: HeaderValue,
}

/// The text cannot be a bearer token: it is empty or has signs outside of printable ASCII.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a token is printable ASCII without blanks")]
pub struct TokenError;

impl Token {
    /// Takes the token as the marketplace gave it.
    pub fn parse(text: &str) -> Result<Self, TokenError> {
        if text.is_empty() || !text.bytes().all(|b| b.is_ascii_graphic()) {
            return Err(TokenError);
        }
        let mut header =
            HeaderValue::from_str(&format!("Bearer {text}")).map_err(|_| TokenError)?;
        header.set_sensitive(true);
        Ok(Self { header })
    }

    pub(crate) fn header(&self) -> HeaderValue {
        self.header.clone()
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_or_this_machine() {
        for good in [
            "https://market.example",
            "https://market.example:8443/api/",
            "http://127.0.0.1:4000",
            "http://127.9.9.9",
            "http://[::1]:4000",
            "http://localhost:4000/",
        ] {
            assert!(Address::parse(good).is_ok(), "{good} was refused");
        }
        for bad in [
            "http://market.example",
            "http://127.0.0.1.market.example",
            "http://localhost.market.example",
            "http://0.0.0.0:4000",
            "http://192.168.1.5",
            "ftp://127.0.0.1",
            "file:///etc/passwd",
            "market.example",
            "",
            "https://user:secret@market.example",
            "https://market.example/?token=x",
            "https://market.example/#x",
        ] {
            assert!(Address::parse(bad).is_err(), "{bad} was taken");
        }
    }

    #[test]
    fn opaque_ids_cannot_leave_their_place() {
        let address = Address::parse("https://market.example/api/").unwrap();
        let url = address.endpoint(&["v1", "shops", "a/../b?c"], &[("cursor", "x&y=z#")]);
        assert_eq!(
            url.as_str(),
            "https://market.example/api/v1/shops/a%2F..%2Fb%3Fc?cursor=x%26y%3Dz%23"
        );
    }

    #[test]
    fn a_token_is_not_shown() {
        let token = Token::parse("canary-7f3a").unwrap();
        assert!(!format!("{token:?} {:?}", token.header()).contains("canary"));
        assert!(Token::parse("two words").is_err() && Token::parse("").is_err());
        assert!(Token::parse("line\nbreak").is_err());
    }
}
