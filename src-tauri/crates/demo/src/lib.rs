//! The story of a fictional brand, 霁禾 JIHE: what it did day by day, and what its marketplaces sell.
//!
//! Pure: a seed, the day that counts as today and a size give the same story on every machine.
//! Every date is relative to today, because goods that expire make fixed dates rot. Knows commands
//! by name and JSON, and the marketplace by its file; refuses to carry anything out: whoever plays
//! the story ([`play`]) brings the program and the folder.

mod channels;
mod goods;
mod history;
mod places;
mod plot;
mod prices;
mod prng;
mod production;
mod scenario;
mod script;
mod stage;

use std::str::FromStr;

use chrono::NaiveDate;
use serde_json::Value;

pub use script::{Player, play};

/// How much of the brand is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// 6 goods, 60 days, two platforms: for tests.
    Tiny,
    /// 60 goods, 18 months, five platforms.
    Demo,
}

impl FromStr for Size {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        match word {
            "tiny" => Ok(Self::Tiny),
            "demo" => Ok(Self::Demo),
            _ => Err("tiny or demo".to_owned()),
        }
    }
}

/// One thing that happens.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The day on which it happens; days never go back.
    pub day: NaiveDate,
    /// What.
    pub action: Action,
}

/// What happens.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// A command of the core. Strings like `@sku/SK001` or `@lot/SK001/L2503A` in its input stand
    /// for ids; `@name` stands for the id that the step called `name` answered, `@entry/name` for
    /// the first entry that it posted.
    Call {
        /// Its name.
        name: &'static str,
        /// Its input.
        input: Value,
        /// Under which name later steps speak of the document that it made.
        called: Option<String>,
    },
    /// A table that is imported.
    Import {
        /// The file's name.
        file: String,
        /// What its rows are, as the import command calls it.
        kind: &'static str,
        /// The table as CSV, UTF-8.
        csv: String,
    },
}

/// All that happens, and what the marketplaces sell from then on.
#[derive(Debug, Clone, PartialEq)]
pub struct Story {
    /// The brand's company.
    pub company: String,
    /// The first day on which stock counts.
    pub live_from: NaiveDate,
    /// In order.
    pub steps: Vec<Step>,
    /// The marketplace's scenario file, as `pincang-mall --scenario` reads it.
    pub scenario: Value,
}

/// The story as of `today`.
pub fn build(seed: u64, today: NaiveDate, size: Size) -> Story {
    let mut stage = stage::Stage::set(seed, today, size);
    places::found(&mut stage);
    history::describe_goods(&mut stage);
    production::agree(&mut stage);
    history::open_stock(&mut stage);
    channels::file(&mut stage);
    prices::list(&mut stage);
    history::past_sales(&mut stage);
    production::months(&mut stage);
    plot::weeks(&mut stage);
    plot::orders(&mut stage);
    plot::transfers_under_way(&mut stage);
    scenario::shops(&mut stage);
    let scenario = scenario::of(&stage);
    // Steps of one day keep the order in which they were told.
    stage.steps.sort_by_key(|step| step.day);
    Story {
        company: "霁禾（杭州）品牌管理有限公司".to_owned(),
        live_from: stage.founded,
        steps: stage.steps,
        scenario,
    }
}
