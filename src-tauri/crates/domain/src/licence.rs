//! Licences of partners (许可证), per category of goods and with an expiry.
//!
//! Knows whether what is to be ordered may be made on a day, and which licences run out soon.
//! Refuses to know which law asks for which licence: only a licence that was entered can expire, so
//! a category without any asks for none.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::Refusal;

/// A licence of a partner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Licence {
    /// What it is called, e.g. 化妆品生产许可证.
    pub kind: String,
    /// The category of goods that it allows to make.
    pub category: String,
    /// As printed.
    pub number: String,
    /// The last day on which it is valid.
    pub expires_on: NaiveDate,
}

impl Licence {
    /// Refuses a licence without kind, category or number.
    pub fn check(&self) -> Result<(), Refusal> {
        if [&self.kind, &self.category, &self.number].iter().any(|text| text.trim().is_empty()) {
            return Err(Refusal::CodeMissing { what: "licence".into() });
        }
        Ok(())
    }
}

/// Per kind and category the licence that is valid longest: a renewal replaces the old one.
fn latest(licences: &[Licence]) -> impl Iterator<Item = &Licence> {
    let mut by_kind: BTreeMap<(&str, &str), &Licence> = BTreeMap::new();
    for licence in licences {
        let kept = by_kind.entry((licence.category.trim(), licence.kind.trim())).or_insert(licence);
        if licence.expires_on > kept.expires_on {
            *kept = licence;
        }
    }
    by_kind.into_values()
}

/// Refuses to order goods of `categories` from `partner` on `day` when a licence for one of them
/// has expired and was not renewed. Its last day is still valid.
///
/// # Errors
/// [`Refusal::LicenceExpired`] with the first such licence.
pub fn missing(
    partner: &str,
    licences: &[Licence],
    categories: &[&str],
    day: NaiveDate,
) -> Result<(), Refusal> {
    let ordered = |licence: &Licence| {
        categories.iter().any(|category| category.trim() == licence.category.trim())
    };
    match latest(licences).find(|licence| ordered(licence) && licence.expires_on < day) {
        Some(licence) => Err(Refusal::LicenceExpired {
            partner: partner.to_owned(),
            category: licence.category.trim().to_owned(),
            licence: licence.kind.trim().to_owned(),
            expired_on: licence.expires_on,
        }),
        None => Ok(()),
    }
}

/// The licences that expire within so many days of `day` or have expired, and were not renewed;
/// the earliest first.
pub fn expiring(licences: &[Licence], day: NaiveDate, within_days: u32) -> Vec<&Licence> {
    let until = day.checked_add_days(Days::new(within_days.into())).unwrap_or(NaiveDate::MAX);
    let mut soon: Vec<&Licence> =
        latest(licences).filter(|licence| licence.expires_on <= until).collect();
    soon.sort_by_key(|licence| licence.expires_on);
    soon
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn licence(kind: &str, category: &str, expires_on: &str) -> Licence {
        Licence {
            kind: kind.into(),
            category: category.into(),
            number: "X1".into(),
            expires_on: day(expires_on),
        }
    }

    #[test]
    fn an_expired_licence_of_the_ordered_category_blocks() {
        let held = [
            licence("化妆品生产许可证", "护肤", "2026-06-30"),
            licence("消毒产品卫生许可证", "卫生用品", "2025-12-31"),
        ];
        let check = |categories: &[&str], on| missing("F3", &held, categories, day(on));
        assert_eq!(check(&["护肤"], "2026-06-30"), Ok(()));
        assert_eq!(
            check(&["护肤"], "2026-07-01"),
            Err(Refusal::LicenceExpired {
                partner: "F3".into(),
                category: "护肤".into(),
                licence: "化妆品生产许可证".into(),
                expired_on: day("2026-06-30"),
            })
        );
        assert!(check(&["护肤", "卫生用品"], "2026-01-01").is_err());
        assert_eq!(check(&["面膜"], "2027-01-01"), Ok(()));
    }

    #[test]
    fn a_renewal_replaces_the_old_licence_of_its_kind_only() {
        let old = licence("化妆品生产许可证", "护肤", "2026-06-30");
        let renewed = licence("化妆品生产许可证", "护肤", "2031-06-30");
        let other = licence("化妆品备案", "护肤", "2026-06-30");
        let on = day("2026-07-01");
        assert_eq!(missing("F1", &[renewed.clone(), old.clone()], &["护肤"], on), Ok(()));
        assert!(missing("F1", &[renewed.clone(), other], &["护肤"], on).is_err());
        assert!(expiring(&[old, renewed], on, 365).is_empty());
    }

    #[test]
    fn a_licence_says_that_it_runs_out() {
        let held =
            [licence("许可证", "洗护", "2026-08-10"), licence("许可证", "护肤", "2026-06-01")];
        let soon = |within| {
            let found = expiring(&held, day("2026-07-01"), within);
            found.iter().map(|licence| licence.category.clone()).collect::<Vec<_>>()
        };
        assert_eq!(soon(39), ["护肤"]);
        assert_eq!(soon(40), ["护肤", "洗护"]);
        assert!(Licence { number: " ".into(), ..held[0].clone() }.check().is_err());
    }

    proptest! {
        #[test]
        fn what_blocks_was_said_before(
            expiries in prop::collection::vec((0_usize..2, 0_usize..2, 0_u64..400), 0..8),
            today in 0_u64..400,
        ) {
            let start = day("2026-01-01");
            let held: Vec<Licence> = expiries
                .iter()
                .map(|(kind, category, after)| Licence {
                    expires_on: start + Days::new(*after),
                    ..licence(["A", "B"][*kind], ["c", "d"][*category], "2026-01-01")
                })
                .collect();
            let today = start + Days::new(today);
            let blocked = missing("F", &held, &["c", "d"], today).is_err();
            let expired = expiring(&held, today, 0).iter().any(|one| one.expires_on < today);
            prop_assert_eq!(blocked, expired);
        }
    }
}
