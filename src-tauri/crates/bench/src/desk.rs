//! The program as the window has it: commands by name, JSON to JSON.

use std::error::Error;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use app::{App, Role, Secrets, Session};
use chrono::{NaiveDate, Utc};
use serde_json::{Value, json};

/// The business day of all that is measured.
pub(crate) const TODAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 10, 1).expect("a day");

/// The bench has no secrets.
struct NoSecrets;

impl Secrets for NoSecrets {
    fn get(&self, _: &str) -> Result<Option<String>, String> {
        Ok(None)
    }

    fn set(&self, _: &str, _: &str) -> Result<(), String> {
        Ok(())
    }

    fn delete(&self, _: &str) -> Result<(), String> {
        Ok(())
    }
}

/// A program with at most one open workspace.
pub(crate) struct Desk(App);

impl Desk {
    pub(crate) fn new(home: &Path) -> Self {
        Self(App::new(Box::new(NoSecrets), home.join("home")))
    }

    pub(crate) fn open(home: &Path, file: &Path) -> Result<Self, Box<dyn Error>> {
        let desk = Self::new(home);
        desk.call("workspace.open", &json!({ "path": file }))?;
        Ok(desk)
    }

    pub(crate) fn call(&self, name: &str, input: &Value) -> Result<Value, Box<dyn Error>> {
        Ok(serde_json::from_str(&self.call_text(name, &input.to_string())?)?)
    }

    /// From the text of an input to the text of the answer, as over a bridge.
    #[allow(clippy::disallowed_methods, reason = "entries are stamped when they are written")]
    pub(crate) fn call_text(&self, name: &str, input: &str) -> Result<String, Box<dyn Error>> {
        let session = Session {
            today: TODAY,
            now: Utc::now(),
            actor: "bench".to_owned(),
            role: Role::Manager,
            progress: &|_| {},
            cancel: &AtomicBool::new(false),
        };
        let answer = self.0.dispatch(&session, name, serde_json::from_str(input)?);
        Ok(answer.map_err(|error| format!("{name}: {error}"))?.to_string())
    }
}
