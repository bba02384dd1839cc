//! A workspace with the story of the fictional brand in it.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use demo::{Player, Size, Story};
use serde_json::{Value, json};

use crate::{
    Answer,
    desk::{Desk, absolute},
    failure::Failure,
};

/// What the demo's orders are drawn from.
pub(super) const SEED: u64 = 20_261_001;
/// The token of the demo's marketplace on this very machine, where it guards nothing.
const MALL_TOKEN: &str = "demo";

/// Makes the workspace, and beside it the scenario of its marketplace.
pub(super) fn make(desk: &Desk, file: &Path, size: Size, mall: &str) -> Result<Answer, Failure> {
    let file = absolute(file)?;
    let story = demo::build(SEED, desk.today, size);
    play(desk, &file, &story, mall)?;
    let scenario = scenario_beside(&file);
    write(&scenario, &story.scenario.to_string())?;
    let status = desk.call("workspace.status", Value::Null)?;
    let info = &status["workspace"];
    let made = ["path", "entries", "goods"].map(|name| (name, &info[name]));
    let command =
        format!("pincang-mall --scenario {} --advance-to {}", scenario.display(), desk.today);
    let shown = format!(
        "{}\n{}",
        desk.words.told("made_demo", &made),
        desk.words.told("its_marketplace", &[("command", &json!(command))])
    );
    Ok(Answer::new(status, shown))
}

/// The file of the marketplace that belongs to a workspace.
fn scenario_beside(file: &Path) -> PathBuf {
    file.with_extension("mall.json")
}

pub(super) fn write(file: &Path, text: &str) -> Result<(), Failure> {
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder).map_err(|error| Failure::file(folder, &error))?;
    }
    std::fs::write(file, text).map_err(|error| Failure::file(file, &error))
}

/// Plays a story into a new workspace. It is open to write afterwards.
pub(super) fn play(desk: &Desk, file: &Path, story: &Story, mall: &str) -> Result<(), Failure> {
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder).map_err(|error| Failure::file(folder, &error))?;
    }
    let company = json!({ "path": file, "companyName": story.company, "currency": "CNY" });
    desk.call_on(story.live_from, "workspace.create", company)?;
    let mut tables = file.to_owned();
    tables.set_extension("tables");
    let mut stage = OnDesk { desk, tables, mall, keyring: true };
    demo::play(story, &mut stage)?;
    if !stage.keyring {
        desk.say(&desk.words.said("no_keyring"));
    }
    Ok(())
}

/// Plays by the commands of the core; tables lie in a folder beside the workspace, where they can
/// be looked at.
struct OnDesk<'a> {
    desk: &'a Desk,
    tables: PathBuf,
    mall: &'a str,
    keyring: bool,
}

impl Player for OnDesk<'_> {
    type Error = Failure;

    fn call(&mut self, day: NaiveDate, name: &str, mut input: Value) -> Result<Value, Failure> {
        if name != "shop.save" {
            return self.desk.call_on(day, name, input);
        }
        match self.desk.call_on(day, name, input.clone()) {
            Err(Failure::Core(error)) if error.code.starts_with("keyring.") => {
                self.keyring = false;
                input["token"] = Value::Null;
                self.desk.call_on(day, name, input)
            }
            answer => answer,
        }
    }

    fn write(&mut self, file: &str, csv: &str) -> Result<PathBuf, Failure> {
        let path = self.tables.join(file);
        write(&path, csv)?;
        Ok(path)
    }

    fn given(&self, name: &str) -> Option<String> {
        match name {
            "url" => Some(self.mall.to_owned()),
            "token" => Some(self.desk.token.clone().unwrap_or_else(|| MALL_TOKEN.to_owned())),
            _ => None,
        }
    }

    fn told(&mut self, step: usize, steps: usize) {
        if step == steps || step.is_multiple_of(50) {
            let (step, steps) = (json!(step), json!(steps));
            let at = self.desk.words.told("step_of", &[("step", &step), ("steps", &steps)]);
            self.desk.say(&format!("  {at}"));
        }
    }
}
