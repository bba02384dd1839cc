//! Where the command line finds secrets: the system's keyring, or a token given for one run.
//!
//! Refuses any file. On a machine without a keyring a token is given in `PINCANG_TOKEN` or on
//! standard input and forgotten with the process.

use app::Secrets;
use keyring::{Entry, Error};

/// The name under which the keyring's own window shows our entries; the desktop app uses it too.
const SERVICE: &str = "Pincang";

/// The keyring of the person who is logged in.
pub(crate) struct SystemKeyring;

impl Secrets for SystemKeyring {
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

/// One token for every shop of this run; nothing is kept.
pub(crate) struct ForThisRun(pub(crate) String);

impl Secrets for ForThisRun {
    fn get(&self, _: &str) -> Result<Option<String>, String> {
        Ok(Some(self.0.clone()))
    }

    fn set(&self, _: &str, _: &str) -> Result<(), String> {
        Ok(())
    }

    fn delete(&self, _: &str) -> Result<(), String> {
        Ok(())
    }
}
