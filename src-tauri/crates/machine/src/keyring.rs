//! Secrets in the operating system's keyring: Keychain, Credential Manager, Secret Service.
//!
//! Knows how to keep, find and forget a secret under a name. Refuses any other place: without a
//! keyring there is no secret, and no file that would hold it instead.

use ::keyring::{Entry, Error};

/// The name under which the keyring's own window shows our entries, whichever program made them.
const SERVICE: &str = "Pincang";

/// The keyring of the person who is logged in.
#[derive(Debug, Clone, Copy)]
pub struct SystemKeyring;

impl app::Secrets for SystemKeyring {
    fn get(&self, name: &str) -> Result<Option<String>, String> {
        match Entry::new(SERVICE, name).and_then(|entry| entry.get_password()) {
            Ok(secret) => Ok(Some(secret)),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(unavailable(&error)),
        }
    }

    fn set(&self, name: &str, secret: &str) -> Result<(), String> {
        Entry::new(SERVICE, name)
            .and_then(|entry| entry.set_password(secret))
            .map_err(|error| unavailable(&error))
    }

    fn delete(&self, name: &str) -> Result<(), String> {
        match Entry::new(SERVICE, name).and_then(|entry| entry.delete_credential()) {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(unavailable(&error)),
        }
    }
}

/// The keyring's reason without its data: an encoding error carries the secret itself.
fn unavailable(error: &Error) -> String {
    match error {
        Error::BadEncoding(_) | Error::BadDataFormat(..) => "the stored secret is not text".into(),
        error => error.to_string(),
    }
}
