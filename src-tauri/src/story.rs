//! The demo workspace: the story of a fictional brand, played into a new file.
//!
//! Knows who plays: a program of its own beside the window's, so that what is open stays open until
//! the whole story is told. Refuses to know what happens in it: that is the `demo` crate's.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

use app::{App, Error, Progress, Role, Session};
use chrono::NaiveDate;
use demo::{Player, Story};
use machine::SystemKeyring;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::files;

/// The name under which the page asks for a demo workspace.
pub(crate) const CREATE: &str = "demo.create";

/// What the demo's orders are drawn from; the command line draws from the same.
const SEED: u64 = 20_261_001;
/// Where the reference marketplace of the demo answers, and its token, which guards nothing there.
const MALL: &str = "http://127.0.0.1:47600";
const MALL_TOKEN: &str = "demo";

#[derive(Debug, Deserialize)]
struct Create {
    path: PathBuf,
    size: String,
}

/// Makes the workspace with its marketplace's scenario beside it, opens it, and answers its status.
///
/// # Errors
/// The core's, or `cancelled`; then nothing is left of the new file and what was open still is.
pub(crate) fn create(core: &App, session: &Session, input: &Value) -> Result<Value, Error> {
    let wanted: Create = files::read(CREATE, input)?;
    let size = wanted.size.parse().map_err(|text: String| crate::bridge::failed(&text))?;
    let story = demo::build(SEED, session.today, size);
    let home = core.home().join("demo");
    let app = App::new(Box::new(SystemKeyring), home.clone());
    let mut stage = Stage { app, session, tables: home.clone() };
    let company = json!({ "path": wanted.path, "companyName": story.company, "currency": "CNY" });
    // Before this succeeds the file is not ours to remove.
    stage.call(story.live_from, "workspace.create", company)?;
    let told = tell(&mut stage, &story, &wanted.path);
    drop(stage);
    // The tables were only the way; the workspace keeps what they said.
    let _ = fs::remove_dir_all(&home);
    if let Err(error) = told {
        remove(&wanted.path);
        return Err(error);
    }
    core.dispatch(session, "workspace.open", json!({ "path": wanted.path }))
}

fn tell(stage: &mut Stage, story: &Story, file: &Path) -> Result<(), Error> {
    demo::play(story, stage)?;
    write(&file.with_extension("mall.json"), &story.scenario.to_string())?;
    stage.call(stage.session.today, "workspace.close", Value::Null)?;
    Ok(())
}

/// Removes a workspace that was not finished, with what SQLite keeps beside it.
fn remove(file: &Path) {
    for ending in ["", "-wal", "-shm"] {
        let mut name = file.as_os_str().to_owned();
        name.push(ending);
        let _ = fs::remove_file(name);
    }
}

fn write(file: &Path, text: &str) -> Result<(), Error> {
    let folder = file.parent().map_or(Ok(()), fs::create_dir_all);
    folder.and_then(|()| fs::write(file, text)).map_err(|cause| {
        let path = file.display().to_string();
        let detail = cause.to_string();
        Error::refused("file.unreachable", [("path", path.into()), ("detail", detail.into())])
    })
}

/// Plays by the commands of the core, each on its day of the story.
struct Stage<'a> {
    app: App,
    session: &'a Session<'a>,
    tables: PathBuf,
}

impl Stage<'_> {
    fn dispatch(&self, day: NaiveDate, name: &str, input: Value) -> Result<Value, Error> {
        let session = Session {
            today: day,
            now: self.session.now,
            actor: self.session.actor.clone(),
            // The story's people may do what it says, whoever looks at it later.
            role: Role::Manager,
            // The page hears of the story's steps, not of the steps within one.
            progress: &|_| {},
            cancel: self.session.cancel,
        };
        self.app.dispatch(&session, name, input)
    }
}

impl Player for Stage<'_> {
    type Error = Error;

    fn call(&mut self, day: NaiveDate, name: &str, input: Value) -> Result<Value, Error> {
        if self.session.cancel.load(Ordering::Relaxed) {
            return Err(Error::refused("cancelled", []));
        }
        if name != "shop.save" {
            return self.dispatch(day, name, input);
        }
        // Without a keyring the shop stands without its token; its owner can give it later.
        let mut bare = input.clone();
        bare["token"] = Value::Null;
        match self.dispatch(day, name, input) {
            Err(error) if error.code.starts_with("keyring.") => self.dispatch(day, name, bare),
            answer => answer,
        }
    }

    fn write(&mut self, file: &str, csv: &str) -> Result<PathBuf, Error> {
        let path = self.tables.join(file);
        write(&path, csv)?;
        Ok(path)
    }

    fn given(&self, name: &str) -> Option<String> {
        match name {
            "url" => Some(MALL.to_owned()),
            "token" => Some(MALL_TOKEN.to_owned()),
            _ => None,
        }
    }

    fn told(&mut self, step: usize, steps: usize) {
        let (done, total) = (step as u64, steps as u64);
        (self.session.progress)(Progress { done, total, code: "demo.steps" });
    }
}
