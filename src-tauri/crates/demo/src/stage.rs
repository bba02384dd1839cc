//! What is known while the story is told: the days, the goods and what lies where.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, Months, NaiveDate};
use domain::shelf_life::{Dates, LifeRule};
use serde_json::Value;

use crate::{
    Action, Size, Step,
    goods::{self, Good},
    places,
    prng::Prng,
};

/// The goods of the tiny size: a viral one, a fast one, a slow one, a health product, a mask and
/// one of short life.
const TINY: &[&str] = &["SK001", "SK004", "SK008", "SK016", "SK025", "SK038"];

/// A platform's warehouse.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub(crate) code: &'static str,
    pub(crate) share_percent: i64,
    pub(crate) rule: LifeRule,
    pub(crate) transit_days: i64,
    pub(crate) lag_days: i64,
}

/// A lot at the brand's own warehouse.
#[derive(Debug, Clone)]
pub(crate) struct OwnLot {
    pub(crate) lot_no: String,
    pub(crate) dates: Dates,
    /// Good units that nothing has claimed.
    pub(crate) free: i64,
}

/// The story so far.
pub(crate) struct Stage {
    pub(crate) size: Size,
    pub(crate) today: NaiveDate,
    /// The first day of the sales history.
    pub(crate) history_from: NaiveDate,
    /// The day on which the book begins: production and the southern warehouse are in it first.
    pub(crate) founded: NaiveDate,
    /// The first day on which stock at the main warehouse and at platforms counts.
    pub(crate) live_from: NaiveDate,
    pub(crate) goods: Vec<Good>,
    pub(crate) platforms: Vec<Place>,
    /// At the own warehouse, by goods, earliest expiry first.
    pub(crate) own: BTreeMap<usize, Vec<OwnLot>>,
    /// Good units at platforms, by goods and platform.
    pub(crate) there: BTreeMap<(usize, usize), i64>,
    pub(crate) rng: Prng,
    pub(crate) steps: Vec<Step>,
}

impl Stage {
    pub(crate) fn set(seed: u64, today: NaiveDate, size: Size) -> Self {
        let mut goods = goods::all();
        let (history, live) = match size {
            Size::Tiny => {
                goods.retain(|good| TINY.contains(&good.code.as_str()));
                (60, 28)
            }
            Size::Demo => (548, 91),
        };
        let founded = match size {
            Size::Tiny => back(today, live),
            Size::Demo => month_day(today, 1, 1),
        };
        Self {
            size,
            today,
            founded,
            history_from: back(today, history),
            live_from: back(today, live),
            goods,
            platforms: places::platforms(size),
            own: BTreeMap::new(),
            there: BTreeMap::new(),
            rng: Prng::new(seed),
            steps: Vec::new(),
        }
    }

    /// A day of one of the story's eighteen months. They are calendar months, because factories
    /// state our materials by them; the last is the one that today is in.
    pub(crate) fn at(&self, month: u32, day: u32) -> NaiveDate {
        month_day(self.today, month, day)
    }

    /// Goods of the table by their code.
    pub(crate) fn find(&self, code: &str) -> Option<&Good> {
        self.goods.iter().find(|good| good.code == code)
    }

    /// A command.
    pub(crate) fn call(&mut self, day: NaiveDate, name: &'static str, input: Value) {
        self.steps.push(Step { day, action: Action::Call { name, input, called: None } });
    }

    /// A command whose document later steps speak of.
    pub(crate) fn draft(&mut self, day: NaiveDate, name: &'static str, input: Value, as_: &str) {
        let called = Some(as_.to_owned());
        self.steps.push(Step { day, action: Action::Call { name, input, called } });
    }

    /// A table; cells with commas are quoted.
    pub(crate) fn import(
        &mut self,
        day: NaiveDate,
        file: String,
        kind: &'static str,
        rows: &[Vec<String>],
    ) {
        let mut csv = String::new();
        for row in rows {
            let cell = |cell: &String| {
                if cell.contains([',', '"']) {
                    format!("\"{}\"", cell.replace('"', "\"\""))
                } else {
                    cell.clone()
                }
            };
            csv.push_str(&row.iter().map(cell).collect::<Vec<_>>().join(","));
            csv.push('\n');
        }
        self.steps.push(Step { day, action: Action::Import { file, kind, csv } });
    }

    /// Goods by their place in the table, bundles left out.
    pub(crate) fn stocked(&self) -> Vec<usize> {
        (0..self.goods.len()).filter(|index| !self.goods[*index].is_bundle()).collect()
    }

    /// Whether a platform lists some goods: A everywhere, others on some.
    pub(crate) fn lists(&self, good: usize, place: usize) -> bool {
        match self.goods[good].abc {
            'A' => true,
            'B' => (good + place) % 4 != 3 || place < 2,
            _ => (good + place).is_multiple_of(2) || place == 0,
        }
    }

    /// Units of a day at a platform in thousandths, with season, weekday and the planted events.
    pub(crate) fn demand_milli(&self, good: usize, place: usize, day: NaiveDate) -> i64 {
        let item = &self.goods[good];
        if !self.lists(good, place) {
            return 0;
        }
        let ago = (self.today - day).num_days();
        let stopped = matches!(item.code.as_str(), "SK043" | "SK041") && ago < 130;
        let failed = item.code == "SK013" && ago < 150;
        if stopped || failed {
            return 0;
        }
        let season = match (item.code.as_str(), day.month()) {
            ("SK012" | "SK013", 5..=8) | ("SK018" | "SK036", 11 | 12 | 1 | 2) => 190,
            ("SK012" | "SK013" | "SK018" | "SK036", _) => 55,
            (_, 6 | 11) => 125,
            _ => 96,
        };
        let weekday =
            [92, 90, 94, 98, 106, 114, 106][day.weekday().num_days_from_monday() as usize];
        let trend = if item.lifecycle == "decline" { 50 + (ago.min(500) / 5) } else { 100 };
        item.rate_milli() * self.platforms[place].share_percent / 100 * season / 100 * weekday / 100
            * trend
            / 100
    }
}

/// Months that the story spans.
const MONTHS: u32 = 18;

fn month_day(today: NaiveDate, month: u32, day: u32) -> NaiveDate {
    let first = today.with_day(1).unwrap_or(today);
    let first = first.checked_sub_months(Months::new(MONTHS.saturating_sub(month)));
    first.and_then(|first| first.with_day(day)).unwrap_or(today)
}

/// Days before a day.
pub(crate) fn back(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days)).unwrap_or(day)
}

/// Days after a day.
pub(crate) fn on(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(day)
}
