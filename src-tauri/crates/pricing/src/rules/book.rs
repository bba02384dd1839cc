//! The versions of one rule set, of which the time of payment picks one.
//!
//! Knows: which version holds when. Refuses to know: a default. An order paid when no version was
//! in force has no price.

use std::sync::Arc;

use serde_json::Value;

use super::RuleSet;
use super::text::parse;
use crate::check::{self, Context, Severity};
use crate::time::Moment;
use crate::{Error, Flag};

/// All versions of the rules of one channel.
///
/// Versions are immutable, so publishing the next one cannot put an end to the last: where two
/// overlap, the one that begins later holds from then on.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleBook {
    /// By the instant they begin, then by version.
    versions: Vec<Arc<RuleSet>>,
}

impl RuleBook {
    /// Reads one rule set or a list of versions and holds each against the law.
    ///
    /// # Errors
    /// A key that an object has twice and whatever [`RuleSet::from_json`] refuses; versions of different ids, two of one number; and
    /// [`Error::Unlawful`] when [`crate::check()`] finds an error.
    pub fn load(json: &str) -> Result<Self, Error> {
        let book = Self::from_value(&parse(json)?)?;
        let flags: Vec<_> = book
            .flags()
            .into_iter()
            .filter(|flag| flag.severity == Severity::Error)
            .map(|flag| (flag.code, flag.at))
            .collect();
        if flags.is_empty() { Ok(book) } else { Err(Error::Unlawful { flags }) }
    }

    /// Reads like [`RuleBook::load`] without holding anything against the law: an order placed
    /// under rules that turned out unlawful still recomputes to what was paid.
    pub fn load_as_it_was(json: &str) -> Result<Self, Error> {
        Self::from_value(&parse(json)?)
    }

    pub(crate) fn from_value(json: &Value) -> Result<Self, Error> {
        let mut versions = match json {
            Value::Array(sets) => sets
                .iter()
                .enumerate()
                .map(|(index, set)| RuleSet::read(set, &format!("[{index}]")).map(Arc::new))
                .collect::<Result<Vec<_>, _>>()?,
            set => vec![Arc::new(RuleSet::read(set, "")?)],
        };
        for (index, set) in versions.iter().enumerate() {
            if set.id != versions[0].id {
                return Err(Error::bad(format!("[{index}].id"), &set.id));
            }
            if versions[..index].iter().any(|earlier| earlier.version == set.version) {
                let id = format!("{} v{}", set.id, set.version);
                return Err(Error::Duplicate { at: format!("[{index}]"), id });
            }
        }
        versions.sort_by_key(|set| (set.effective_from, set.version));
        Ok(Self { versions })
    }

    /// The version in force at an instant, [`Error::NoRuleSet`] when there is none.
    pub fn in_force(&self, at: Moment) -> Result<&Arc<RuleSet>, Error> {
        self.versions
            .iter()
            .rev()
            .find(|set| set.effective_from <= at && set.effective_to.is_none_or(|end| at < end))
            .ok_or_else(|| Error::NoRuleSet { at: at.to_string() })
    }

    /// All versions, by the instant they begin.
    pub fn versions(&self) -> &[Arc<RuleSet>] {
        &self.versions
    }

    /// What the law says of each version by itself.
    pub fn flags(&self) -> Vec<Flag> {
        self.flags_in(&Context::default())
    }

    /// What the law says of each version where it is to be used.
    pub fn flags_in(&self, context: &Context) -> Vec<Flag> {
        self.versions.iter().flat_map(|set| check::check(set, context)).collect()
    }
}
