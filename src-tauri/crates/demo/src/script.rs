//! Playing a story: names become ids, steps become calls.

use std::{collections::BTreeMap, path::PathBuf};

use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::{Action, Story};

/// What carries a story out.
pub trait Player {
    /// Why it could not.
    type Error;

    /// Calls a command of the core on a day.
    ///
    /// # Errors
    /// The core's.
    fn call(&mut self, day: NaiveDate, name: &str, input: Value) -> Result<Value, Self::Error>;

    /// Writes a table to a file and says where it is.
    ///
    /// # Errors
    /// The folder's.
    fn write(&mut self, file: &str, csv: &str) -> Result<PathBuf, Self::Error>;

    /// What a name is that only the player knows: `url` and `token` of the marketplace.
    fn given(&self, name: &str) -> Option<String>;

    /// Hears how far the story has come.
    fn told(&mut self, step: usize, steps: usize);
}

/// Plays a story from its first step to its last.
///
/// # Errors
/// The player's, at the first step that does not succeed.
pub fn play<P: Player>(story: &Story, player: &mut P) -> Result<(), P::Error> {
    let mut names = Names::default();
    for (at, step) in story.steps.iter().enumerate() {
        player.told(at, story.steps.len());
        match &step.action {
            Action::Call { name, input, called } => {
                let input = names.resolved(input, step.day, player)?;
                let answer = player.call(step.day, name, input)?;
                if let Some(called) = called {
                    names.known.insert(called.clone(), answer["id"].clone());
                    let entry = answer["entries"][0].clone();
                    names.known.insert(format!("entry/{called}"), entry);
                }
            }
            Action::Import { file, kind, csv } => {
                let path = player.write(file, csv)?;
                let look = json!({ "path": path, "kind": kind, "sheet": null });
                let inspected = player.call(step.day, "import.inspect", look)?;
                let run = json!({ "path": path, "profile": inspected["profile"] });
                player.call(step.day, "import.apply", run)?;
                // An import may bring goods and places.
                names.known.retain(|name, _| !is_listed(name));
            }
        }
    }
    player.told(story.steps.len(), story.steps.len());
    Ok(())
}

/// Whether a name is found in one of the core's lists.
fn is_listed(name: &str) -> bool {
    let kind = name.split('/').next().unwrap_or_default();
    ["sku", "place", "partner", "lot"].contains(&kind)
}

/// The ids behind names, as far as they were asked for.
#[derive(Default)]
struct Names {
    known: BTreeMap<String, Value>,
}

impl Names {
    /// The input with ids in the place of names.
    fn resolved<P: Player>(
        &mut self,
        input: &Value,
        day: NaiveDate,
        player: &mut P,
    ) -> Result<Value, P::Error> {
        Ok(match input {
            Value::String(text) => match text.strip_prefix('@') {
                Some(name) => self.id(name, day, player)?,
                None => input.clone(),
            },
            Value::Array(items) => {
                let items = items.iter().map(|item| self.resolved(item, day, player));
                Value::Array(items.collect::<Result<_, _>>()?)
            }
            Value::Object(fields) => {
                let mut out = serde_json::Map::new();
                for (name, value) in fields {
                    out.insert(name.clone(), self.resolved(value, day, player)?);
                }
                Value::Object(out)
            }
            other => other.clone(),
        })
    }

    /// What a name stands for; a name that nothing bears stays empty and is refused by the core.
    fn id<P: Player>(
        &mut self,
        name: &str,
        day: NaiveDate,
        player: &mut P,
    ) -> Result<Value, P::Error> {
        if let Some(given) = player.given(name) {
            return Ok(given.into());
        }
        if !self.known.contains_key(name) {
            self.look(name, day, player)?;
        }
        Ok(self.known.get(name).cloned().unwrap_or_default())
    }

    /// Asks the core for the list that a name is in, and remembers all of it.
    fn look<P: Player>(
        &mut self,
        name: &str,
        day: NaiveDate,
        player: &mut P,
    ) -> Result<(), P::Error> {
        let (kind, rest) = name.split_once('/').unwrap_or((name, ""));
        let list = match kind {
            "sku" => "sku.list",
            "place" => "location.list",
            "partner" => "partner.list",
            "shop" => "shop.list",
            "channel" => "channel.list",
            "lot" => {
                let code = rest.split('/').next().unwrap_or_default().to_owned();
                let sku = self.id(&format!("sku/{code}"), day, player)?;
                let card = player.call(day, "sku.get", json!({ "id": sku }))?;
                for lot in card["lots"].as_array().into_iter().flatten() {
                    let name = format!("lot/{code}/{}", lot["lotNo"].as_str().unwrap_or_default());
                    self.known.insert(name, lot["id"].clone());
                }
                return Ok(());
            }
            _ => return Ok(()),
        };
        let rows = player.call(day, list, Value::Null)?;
        for row in rows.as_array().into_iter().flatten() {
            let code = row["fields"]["code"].as_str().or(row["code"].as_str()).unwrap_or_default();
            self.known.insert(format!("{kind}/{code}"), row["id"].clone());
        }
        Ok(())
    }
}
