//! The program as the window has it: commands by name, JSON to JSON. And who plays the demo's story
//! by these commands.

use std::error::Error;
use std::path::{Path, PathBuf};
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
    pub(crate) fn call_text(&self, name: &str, input: &str) -> Result<String, Box<dyn Error>> {
        Ok(self.call_on(TODAY, name, serde_json::from_str(input)?)?.to_string())
    }

    #[allow(clippy::disallowed_methods, reason = "entries are stamped when they are written")]
    fn call_on(&self, day: NaiveDate, name: &str, input: Value) -> Result<Value, Box<dyn Error>> {
        let session = Session {
            today: day,
            now: Utc::now(),
            actor: "bench".to_owned(),
            role: Role::Manager,
            progress: &|_| {},
            cancel: &AtomicBool::new(false),
        };
        let answer = self.0.dispatch(&session, name, input);
        Ok(answer.map_err(|error| format!("{name}: {error}"))?)
    }
}

/// Makes the demo's large workspace at `file`, as its window and its command line do.
pub(crate) fn make_demo(home: &Path, file: &Path) -> Result<(), Box<dyn Error>> {
    const SEED: u64 = 20_261_001;
    let story = demo::build(SEED, TODAY, demo::Size::Demo);
    let mut stage = Stage { desk: Desk::new(home), tables: home.to_owned() };
    let company = json!({ "path": file, "companyName": story.company, "currency": "CNY" });
    stage.desk.call_on(story.live_from, "workspace.create", company)?;
    demo::play(&story, &mut stage)?;
    stage.desk.call("workspace.close", &Value::Null)?;
    Ok(())
}

/// Plays the story without a marketplace: its shops stand there and are never asked.
struct Stage {
    desk: Desk,
    tables: PathBuf,
}

impl demo::Player for Stage {
    type Error = Box<dyn Error>;

    fn call(&mut self, day: NaiveDate, name: &str, input: Value) -> Result<Value, Self::Error> {
        self.desk.call_on(day, name, input)
    }

    fn write(&mut self, file: &str, csv: &str) -> Result<PathBuf, Self::Error> {
        let path = self.tables.join(file);
        std::fs::write(&path, csv)?;
        Ok(path)
    }

    fn given(&self, name: &str) -> Option<String> {
        match name {
            "url" => Some("http://127.0.0.1:47600".to_owned()),
            "token" => Some("demo".to_owned()),
            _ => None,
        }
    }

    fn told(&mut self, _: usize, _: usize) {}
}
