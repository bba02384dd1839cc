//! JSON text in which no object says the same key twice.
//!
//! Knows: that of two equal keys most readers keep the last, so that a person and a program may
//! read two different rules in one file. Refuses to know: what the keys mean.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use crate::Error;

/// The document of a text.
///
/// # Errors
/// [`Error::NotJson`], and [`Error::Duplicate`] with the place of an object and the key it has
/// twice.
pub(super) fn parse(text: &str) -> Result<Value, Error> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let mut twice = None;
    let document = Document { at: String::new(), twice: &mut twice };
    let read = document.deserialize(&mut reader).and_then(|value| reader.end().map(|()| value));
    if let Some((at, id)) = twice {
        return Err(Error::Duplicate { at, id });
    }
    read.map_err(|error| Error::NotJson { line: error.line(), column: error.column() })
}

/// A value on its way, with its place and where to leave the first key that is there twice.
struct Document<'a> {
    at: String,
    twice: &'a mut Option<(String, String)>,
}

impl<'de> DeserializeSeed<'de> for Document<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Value, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Document<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, yes: bool) -> Result<Value, E> {
        Ok(yes.into())
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut from: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        loop {
            let at = format!("{}[{}]", self.at, values.len());
            let Some(value) = from.next_element_seed(Document { at, twice: &mut *self.twice })?
            else {
                return Ok(Value::Array(values));
            };
            values.push(value);
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(key) = from.next_key::<String>()? {
            if map.contains_key(&key) {
                *self.twice = Some((self.at, key));
                return Err(A::Error::custom("a key is there twice"));
            }
            let at = if self.at.is_empty() { key.clone() } else { format!("{}.{key}", self.at) };
            let value = from.next_value_seed(Document { at, twice: &mut *self.twice })?;
            map.insert(key, value);
        }
        Ok(Value::Object(map))
    }
}
