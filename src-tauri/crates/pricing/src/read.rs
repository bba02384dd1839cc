//! Reading JSON objects strictly: every key is known, every value is of its kind.
//!
//! Knows: how to name the place of what is wrong. Refuses to know: what the keys mean.

use std::fmt::Display;

use serde_json::{Map, Value};

use crate::time::Moment;
use crate::{Error, Money, Rate};

/// An object of a file, with its place for messages. `null` counts as absent.
pub(crate) struct Fields<'a> {
    map: &'a Map<String, Value>,
    at: String,
}

impl<'a> Fields<'a> {
    pub(crate) fn of(value: &'a Value, at: impl Into<String>) -> Result<Self, Error> {
        let at = at.into();
        match value {
            Value::Object(map) => Ok(Self { map, at }),
            other => Err(Error::bad(at, other)),
        }
    }

    /// [`Fields::refuse_others`], for the end of a chain.
    pub(crate) fn only(self, known: &[&str]) -> Result<Self, Error> {
        self.refuse_others(known)?;
        Ok(self)
    }

    /// Refuses any key that is not among `known`.
    pub(crate) fn refuse_others(&self, known: &[&str]) -> Result<(), Error> {
        match self.map.keys().find(|key| !known.contains(&key.as_str())) {
            Some(key) => Err(Error::UnknownKey { at: self.at.clone(), key: key.clone() }),
            None => Ok(()),
        }
    }

    /// The place of `key`, for messages: `rewards[2].rate`.
    pub(crate) fn place(&self, key: impl Display) -> String {
        if self.at.is_empty() { key.to_string() } else { format!("{}.{key}", self.at) }
    }

    pub(crate) fn get(&self, key: &str) -> Option<&'a Value> {
        self.map.get(key).filter(|value| !value.is_null())
    }

    pub(crate) fn need(&self, key: &'static str) -> Result<&'a Value, Error> {
        self.get(key).ok_or_else(|| Error::MissingKey { at: self.at.clone(), key })
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = (&'a str, &'a Value)> {
        self.map.iter().filter(|(_, value)| !value.is_null()).map(|(key, value)| (&**key, value))
    }

    /// The value of `key` read by `read`, or the refusal of a value that cannot be read.
    pub(crate) fn read<T>(
        &self,
        key: &str,
        read: impl FnOnce(&'a Value) -> Option<T>,
    ) -> Result<Option<T>, Error> {
        self.get(key)
            .map(|value| read(value).ok_or_else(|| Error::bad(self.place(key), value)))
            .transpose()
    }

    pub(crate) fn text(&self, key: &str) -> Result<Option<&'a str>, Error> {
        self.read(key, Value::as_str)
    }

    /// The value of a key that must be there, read by `read`.
    pub(crate) fn need_as<T>(
        &self,
        key: &'static str,
        read: impl FnOnce(&'a Value) -> Option<T>,
    ) -> Result<T, Error> {
        let value = self.need(key)?;
        read(value).ok_or_else(|| Error::bad(self.place(key), value))
    }

    pub(crate) fn need_text(&self, key: &'static str) -> Result<&'a str, Error> {
        self.need(key)?;
        self.text(key)?.ok_or_else(|| Error::MissingKey { at: self.at.clone(), key })
    }

    pub(crate) fn whole(&self, key: &str) -> Result<Option<i64>, Error> {
        self.read(key, Value::as_i64)
    }

    pub(crate) fn flag(&self, key: &str) -> Result<bool, Error> {
        Ok(self.read(key, Value::as_bool)?.unwrap_or(false))
    }

    /// An amount of minor units, zero or more, as rules have them.
    pub(crate) fn amount(&self, key: &str) -> Result<Option<Money>, Error> {
        self.read(key, |value| value.as_i64().filter(|minor| *minor >= 0).map(Money::from_minor))
    }

    pub(crate) fn rate(&self, key: &str) -> Result<Option<Rate>, Error> {
        self.read(key, rate)
    }

    pub(crate) fn moment(&self, key: &str) -> Result<Option<Moment>, Error> {
        self.read(key, |value| value.as_str().and_then(Moment::parse))
    }

    pub(crate) fn list(&self, key: &str) -> Result<&'a [Value], Error> {
        Ok(self.read(key, |value| value.as_array().map(Vec::as_slice))?.unwrap_or(&[]))
    }

    pub(crate) fn object(&self, key: &str) -> Result<Option<Fields<'a>>, Error> {
        self.get(key).map(|value| Fields::of(value, self.place(key))).transpose()
    }
}

/// A rate written as a decimal string.
pub(crate) fn rate(value: &Value) -> Option<Rate> {
    value.as_str().and_then(Rate::parse)
}
