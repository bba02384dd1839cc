//! A token given for one run, on a machine without a keyring or for a shop that is not to be kept.
//!
//! Refuses any file: it comes in `PINCANG_TOKEN` or on standard input and goes with the process.

use app::Secrets;

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
