//! Versions of goods (版本): artwork and registration, and what happens to stock of the old one.
//!
//! Knows which version is current on a day. Refuses to know which lots are of it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{Refusal, SkuId};

/// What happens to packaging and goods of the version before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OldStock {
    /// 用完为止.
    #[default]
    UseUp,
    /// 返工换标.
    Rework,
    /// 报废.
    Scrap,
}

/// One version of goods.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkuVersion {
    /// Of which goods.
    pub sku: SkuId,
    /// Number of the artwork (图稿版本).
    pub artwork_no: String,
    /// 备案号 or 注册证号; empty for goods that need none.
    #[serde(default)]
    pub registration_no: String,
    /// Ordered from this day on.
    pub from: NaiveDate,
    /// Not ordered after this day.
    #[serde(default)]
    pub to: Option<NaiveDate>,
    /// What happens to stock of the version before.
    #[serde(default)]
    pub old_stock: OldStock,
}

impl SkuVersion {
    /// Refuses a version without an artwork number, or one that ends before it begins.
    pub fn check(&self) -> Result<(), Refusal> {
        if self.artwork_no.trim().is_empty() {
            return Err(Refusal::CodeMissing { what: "version".into() });
        }
        match self.to {
            Some(to) if to < self.from => Err(Refusal::PeriodInvalid { from: self.from, to }),
            _ => Ok(()),
        }
    }

    /// Refuses days on which another version of the same goods may be ordered, so that a day names
    /// one artwork; `goods` is their code.
    ///
    /// # Errors
    /// [`Refusal::VersionsOverlap`] with both periods.
    pub fn check_beside<'a>(
        &self,
        goods: &str,
        others: impl IntoIterator<Item = &'a Self>,
    ) -> Result<(), Refusal> {
        let before = |from: NaiveDate, to: Option<NaiveDate>| to.is_none_or(|to| from <= to);
        let other = others.into_iter().find(|other| {
            other.sku == self.sku && before(other.from, self.to) && before(self.from, other.to)
        });
        let Some(other) = other else { return Ok(()) };
        Err(Refusal::VersionsOverlap {
            sku: goods.to_owned(),
            version: format!("{} ({})", self.artwork_no, self.period()),
            other: format!("{} ({})", other.artwork_no, other.period()),
        })
    }

    /// Its first and last day; nothing after the dash while none is the last.
    pub fn period(&self) -> String {
        let to = self.to.map(|to| format!(" {to}")).unwrap_or_default();
        format!("{} –{to}", self.from)
    }

    /// Whether it may be ordered on `day`.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }
}

/// The version of goods to order on a day: the newest that holds.
pub fn current<'a, T>(
    versions: impl IntoIterator<Item = (T, &'a SkuVersion)>,
    sku: SkuId,
    day: NaiveDate,
) -> Option<(T, &'a SkuVersion)> {
    let holds = versions.into_iter().filter(|(_, one)| one.sku == sku && one.holds_on(day));
    holds.max_by_key(|(_, one)| one.from)
}

/// Of versions none of which holds on `day`, the one that is nearest to it: the next to come, else
/// the last that was.
pub fn nearest<'a>(
    versions: impl IntoIterator<Item = &'a SkuVersion>,
    day: NaiveDate,
) -> Option<&'a SkuVersion> {
    let (later, earlier): (Vec<_>, Vec<_>) =
        versions.into_iter().partition(|version| version.from > day);
    let next = later.into_iter().min_by_key(|version| version.from);
    next.or_else(|| earlier.into_iter().max_by_key(|version| version.from))
}

/// Whether goods are of an older version than `now`: those of a version that began before it, and
/// those of no known version that were there before it began.
pub fn is_older(now: &SkuVersion, of: Option<&SkuVersion>, first_received_on: NaiveDate) -> bool {
    of.map_or(first_received_on, |of| of.from) < now.from
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn day(n: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 7, n).expect("a day of July")
    }

    fn version(artwork: &str, from: u32, to: Option<u32>) -> SkuVersion {
        SkuVersion {
            sku: SkuId(Uuid::from_u128(1)),
            artwork_no: artwork.to_owned(),
            registration_no: String::new(),
            from: day(from),
            to: to.map(day),
            old_stock: OldStock::Scrap,
        }
    }

    #[test]
    fn no_day_has_two_versions() {
        let first = version("A1", 1, Some(10));
        let beside = |from, to| version("A2", from, to).check_beside("SER", [&first]);
        assert_eq!(beside(11, None), Ok(()));
        let refused = beside(10, None).expect_err("the 10th has two");
        let expected = Refusal::VersionsOverlap {
            sku: "SER".to_owned(),
            version: "A2 (2026-07-10 –)".to_owned(),
            other: "A1 (2026-07-01 – 2026-07-10)".to_owned(),
        };
        assert_eq!(refused, expected);
        let open = version("A1", 5, None);
        assert_eq!(version("A0", 1, Some(4)).check_beside("SER", [&open]), Ok(()));
        assert!(version("A2", 20, Some(21)).check_beside("SER", [&open]).is_err());
        let mut others = version("B1", 5, None);
        others.sku = SkuId(Uuid::from_u128(2));
        assert_eq!(version("A2", 5, None).check_beside("SER", [&others]), Ok(()));
    }

    #[test]
    fn goods_of_an_earlier_version_or_from_before_it_are_old() {
        let (first, now) = (version("A1", 1, Some(9)), version("A2", 10, None));
        assert!(is_older(&now, Some(&first), day(20)));
        assert!(!is_older(&now, Some(&now), day(5)));
        assert!(is_older(&now, None, day(9)));
        assert!(!is_older(&now, None, day(10)));
    }
}
