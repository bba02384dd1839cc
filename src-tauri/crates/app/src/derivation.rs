//! From the arithmetic of `planning`, in keys, to lines that people read.
//!
//! Knows the names behind the keys of one derivation. Refuses to change a figure.

use domain::shelf_life;
use planning::{ArgValue, LotKey, Op, PlaceKey, Unit};

use crate::wire::{Arg, Args, Derivation, DerivationLine, Message};

/// What the keys of a plan stand for: lots and places by their number.
#[derive(Debug, Default)]
pub(crate) struct KeyNames {
    pub(crate) lots: Vec<String>,
    pub(crate) places: Vec<String>,
}

impl KeyNames {
    pub(crate) fn lot(&self, key: LotKey) -> String {
        self.lots.get(key.0 as usize).cloned().unwrap_or_default()
    }

    pub(crate) fn place(&self, key: PlaceKey) -> String {
        self.places.get(key.0 as usize).cloned().unwrap_or_default()
    }

    fn arg(&self, value: ArgValue) -> Arg {
        match value {
            ArgValue::Lot(lot) => Arg::Text(self.lot(lot)),
            ArgValue::Place(place) => Arg::Text(self.place(place)),
            ArgValue::Day(day) => Arg::Text(day.to_string()),
            ArgValue::Number(number) => Arg::Text(number.to_string()),
            // A name with `share` in it is shown in percent.
            ArgValue::SharePpm(ppm) => Arg::Number(ppm),
            ArgValue::Code(code) => Arg::Text(code.to_owned()),
        }
    }

    /// The line of that code as a message.
    pub(crate) fn message(&self, line: &planning::Line) -> Message {
        let args = line.args.iter().map(|arg| (arg.name.to_owned(), self.arg(arg.value)));
        Message { code: line.code.to_owned(), args: args.collect::<Args>() }
    }

    /// Lines as the window shows them.
    pub(crate) fn lines<'a>(
        &self,
        lines: impl IntoIterator<Item = &'a planning::Line>,
    ) -> Derivation {
        let lines = lines.into_iter().map(|line| DerivationLine {
            op: op_word(line.op).to_owned(),
            text: self.message(line),
            value: Some(line.value.to_string()),
            unit: Some(unit_word(line.unit).to_owned()),
        });
        Derivation { lines: lines.collect() }
    }
}

fn op_word(op: Op) -> &'static str {
    match op {
        Op::Start => "start",
        Op::Plus => "add",
        Op::Minus => "subtract",
        Op::Times => "multiply",
        Op::Divide => "divide",
        Op::AtLeast => "at_least",
        Op::AtMost => "at_most",
        Op::Equals => "equals",
        Op::RoundUp | Op::RoundHalfUp => "round",
        Op::Note => "note",
    }
}

fn unit_word(unit: Unit) -> &'static str {
    match unit {
        Unit::Units => "units",
        Unit::UnitsPerDay => "units_per_day",
        Unit::Days => "days",
        Unit::Cartons => "cartons",
        Unit::UnitsPerCarton => "units_per_carton",
        Unit::MoneyMinor => "money_minor",
        Unit::Ppm => "ppm",
    }
}

/// A place's rule in the words of `planning`.
pub(crate) fn life_rule(rule: &shelf_life::LifeRule) -> planning::LifeRule {
    let bounded = |value: i64| u32::try_from(value.max(0)).unwrap_or(u32::MAX);
    planning::LifeRule {
        min_share_ppm: bounded(rule.min_share_ppm.unwrap_or(0)),
        min_days: bounded(rule.min_days.unwrap_or(0)),
        pull_days: bounded(rule.pull_days),
    }
}

/// A number of days of a route.
pub(crate) fn route_days(days: i64) -> u32 {
    u32::try_from(days.max(0)).unwrap_or(u32::MAX)
}
