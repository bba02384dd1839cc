//! From codes in a file to goods and places of the workspace.
//!
//! Our own code comes first; else a code that others use, those of the place in question before
//! all others'. A code that names two of our goods is not guessed at.

use std::{
    cell::RefCell,
    collections::{BTreeSet, HashMap},
};

use domain::{PlaceId, SkuId, place::Place, sku::Sku};
use store::Reader;

use crate::{Error, wire::Message};

/// The goods of the workspace by all codes that anybody uses for them.
pub(super) struct GoodsCodes {
    by_id: HashMap<SkuId, Sku>,
    own: HashMap<String, SkuId>,
    /// Who uses the code, and for what.
    others: HashMap<String, Vec<(String, SkuId)>>,
    unknown: RefCell<HashMap<String, Message>>,
}

impl GoodsCodes {
    /// All goods.
    pub(super) fn load(reader: &Reader) -> Result<Self, Error> {
        let skus = reader.skus()?;
        let mut others: HashMap<String, Vec<(String, SkuId)>> = HashMap::new();
        for record in &skus {
            for alias in &record.sku.aliases {
                let users = others.entry(alias.code.clone()).or_default();
                users.push((alias.whose.clone(), record.id));
            }
        }
        Ok(Self {
            own: skus.iter().map(|one| (one.sku.code.clone(), one.id)).collect(),
            by_id: skus.into_iter().map(|one| (one.id, one.sku)).collect(),
            others,
            unknown: RefCell::default(),
        })
    }

    /// The description of goods that a code was found to name.
    pub(super) fn sku(&self, id: SkuId) -> &Sku {
        &self.by_id[&id]
    }

    /// All goods.
    pub(super) fn all(&self) -> impl Iterator<Item = (SkuId, &Sku)> {
        self.by_id.iter().map(|(id, sku)| (*id, sku))
    }

    /// The goods with that code of ours.
    pub(super) fn own(&self, code: &str) -> Option<SkuId> {
        self.own.get(code).copied()
    }

    /// The goods that others, or `whose` alone, call by that code.
    pub(super) fn others(&self, code: &str, whose: Option<&str>) -> BTreeSet<SkuId> {
        let users = self.others.get(code).into_iter().flatten();
        let meant = users.filter(|(user, _)| whose.is_none_or(|whose| user == whose));
        meant.map(|(_, id)| *id).collect()
    }

    /// The goods that a code names in a row about `place`.
    pub(super) fn find(&self, code: &str, place: Option<&str>) -> Result<SkuId, Message> {
        if let Some(id) = self.own(code) {
            return Ok(id);
        }
        let of_place = place.map(|place| self.others(code, Some(place))).unwrap_or_default();
        let meant = if of_place.is_empty() { self.others(code, None) } else { of_place };
        let mut ids = meant.iter();
        match (ids.next(), ids.next()) {
            (Some(id), None) => Ok(*id),
            (None, _) => Err(self.unknown(code)),
            (Some(_), Some(_)) => {
                let mut codes: Vec<&str> =
                    meant.iter().map(|id| self.sku(*id).code.as_str()).collect();
                codes.sort_unstable();
                let args = [("code", code.into()), ("skus", codes.join(", ").into())];
                Err(Message::new("import.sku_ambiguous", args))
            }
        }
    }

    /// A file may carry one wrong code a hundred thousand times; it is looked at once.
    fn unknown(&self, code: &str) -> Message {
        let mut unknown = self.unknown.borrow_mut();
        let told = || unknown_code("sku", code, self.own.keys());
        unknown.entry(code.to_owned()).or_insert_with(told).clone()
    }
}

/// The places of the workspace by code.
pub(super) struct PlaceCodes {
    by_code: HashMap<String, (PlaceId, Place)>,
    unknown: RefCell<HashMap<String, Message>>,
}

impl PlaceCodes {
    /// All places that users founded.
    pub(super) fn load(reader: &Reader) -> Result<Self, Error> {
        let places = reader.places()?.into_iter();
        let founded = places.filter_map(|one| Some((one.code, (one.id, one.place?))));
        Ok(Self { by_code: founded.collect(), unknown: RefCell::default() })
    }

    /// The place of that code.
    pub(super) fn find(&self, code: &str) -> Result<(PlaceId, &Place), Message> {
        if let Some((id, place)) = self.by_code.get(code) {
            return Ok((*id, place));
        }
        let mut unknown = self.unknown.borrow_mut();
        let told = || unknown_code("place", code, self.by_code.keys());
        Err(unknown.entry(code.to_owned()).or_insert_with(told).clone())
    }

    /// All places by id.
    pub(super) fn by_id(&self) -> HashMap<PlaceId, &Place> {
        self.by_code.values().map(|(id, place)| (*id, place)).collect()
    }
}

pub(super) fn unknown_code<'a>(
    what: &str,
    code: &str,
    known: impl Iterator<Item = &'a String>,
) -> Message {
    match nearest(code, known) {
        Some(near) => Message::new(
            &format!("import.{what}_unknown_near"),
            [("code", code.into()), ("nearest", near.into())],
        ),
        None => Message::new(&format!("import.{what}_unknown"), [("code", code.into())]),
    }
}

/// The known code that was probably meant: one letter in five may differ, at least one, and case
/// does not count. Of equally near ones the first by the alphabet.
pub(super) fn nearest<'a>(code: &str, known: impl Iterator<Item = &'a String>) -> Option<&'a str> {
    let wanted: Vec<char> = code.to_lowercase().chars().collect();
    let most = (wanted.len() / 5).max(1);
    let near = known.filter_map(|one| {
        let letters: Vec<char> = one.to_lowercase().chars().collect();
        (letters.len().abs_diff(wanted.len()) <= most)
            .then(|| (distance(&wanted, &letters), one.as_str()))
    });
    near.filter(|(far, one)| *far <= most && *far < one.chars().count()).min().map(|(_, one)| one)
}

/// Letters to change, add or leave out (Levenshtein 1965).
fn distance(from: &[char], to: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, a) in from.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in to.iter().enumerate() {
            let changed = diagonal + usize::from(a != b);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[to.len()]
}
