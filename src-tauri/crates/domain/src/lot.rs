//! Lots (批次): a quantity of goods made together, with its dates and age for life.
//!
//! Knows lot numbers, how one date follows from the other, and pseudo lots: stock whose lot nobody
//! knows, named by a conservative expiry. Refuses to change a lot that is known.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::{
    LotId, OrderId, Reason, Refusal, SkuId,
    shelf_life::{Dates, ShelfLife},
};

/// What marks a pseudo lot's number.
pub const PSEUDO_MARK: char = '?';

/// A lot as the entry that brings it says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewLot {
    /// Its identity.
    pub id: LotId,
    /// Of these goods.
    pub sku: SkuId,
    /// As printed on the goods, or `?YYYY-MM` of a pseudo lot.
    pub lot_no: String,
    /// Its dates.
    #[serde(flatten)]
    pub dates: Dates,
    /// First in our hands on.
    pub first_received_on: NaiveDate,
    /// The production order that it was made on.
    #[serde(default)]
    pub order: Option<OrderId>,
}

impl NewLot {
    /// Whether nobody knows the goods' real lot.
    pub fn is_pseudo(&self) -> bool {
        self.lot_no.starts_with(PSEUDO_MARK)
    }
}

/// A lot that the ledger knows, as far as a decision needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownLot {
    /// Its identity.
    pub id: LotId,
    /// Of these goods.
    pub sku: SkuId,
    /// As printed.
    pub lot_no: String,
    /// Its dates.
    pub dates: Dates,
}

/// The number of the pseudo lot for goods that expire on `expires_on`, `?` when nobody knows.
pub fn pseudo_number(expires_on: Option<NaiveDate>) -> String {
    expires_on.map_or_else(
        || PSEUDO_MARK.to_string(),
        |day| format!("{PSEUDO_MARK}{:04}-{:02}", day.year(), day.month()),
    )
}

/// Refuses what cannot be a printed lot number.
pub fn check_number(lot_no: &str) -> Result<(), Refusal> {
    let printed = lot_no.trim();
    if printed.is_empty() || printed.len() > 80 || printed.starts_with(PSEUDO_MARK) {
        return Err(Refusal::LotNumberInvalid { lot: lot_no.to_owned() });
    }
    Ok(())
}

/// What is worth saying about a lot's dates without refusing them: they are 2 to 31 days from the
/// product's shelf life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LifeDiffers {
    /// By how many days.
    pub days: i64,
}

/// Completes the dates of a lot: either date computes the other by the product's shelf life, and
/// both together must agree with it. A difference of a day is silent, up to 31 days is said, more
/// is refused unless there is a `reason`.
pub fn complete_dates(
    sku: &str,
    lot_no: &str,
    given: Dates,
    life: Option<ShelfLife>,
    reason: &Reason,
) -> Result<(Dates, Option<LifeDiffers>), Refusal> {
    let missing = || Refusal::LotDatesMissing { sku: sku.to_owned(), lot: lot_no.to_owned() };
    let dates = match (given.mfg_on, given.expires_on, life) {
        (None, None, Some(_)) => return Err(missing()),
        (Some(made), None, Some(life)) => {
            Dates { expires_on: Some(life.expires_on(made).ok_or_else(missing)?), ..given }
        }
        (None, Some(expires), Some(life)) => {
            Dates { mfg_on: Some(life.made_on(expires).ok_or_else(missing)?), ..given }
        }
        _ => given,
    };
    let (Some(mfg_on), Some(expires_on)) = (dates.mfg_on, dates.expires_on) else {
        return Ok((dates, None));
    };
    if expires_on <= mfg_on {
        let lot = lot_no.to_owned();
        return Err(Refusal::ExpiryBeforeManufacture { lot, mfg_on, expires_on });
    }
    let Some(expected) = life.and_then(|life| life.expires_on(mfg_on)) else {
        return Ok((dates, None));
    };
    let days = (expires_on - expected).num_days();
    if days.abs() > 31 {
        let lot = lot_no.to_owned();
        reason.overcomes(Refusal::LotLifeDiffers { lot, days, expected, expires_on })?;
    }
    Ok((dates, (days.abs() > 1).then_some(LifeDiffers { days })))
}

/// Refuses dates that contradict those of the lot as it is known.
pub fn check_known(sku: &str, known: &KnownLot, given: Dates) -> Result<(), Refusal> {
    let differs = |known: Option<NaiveDate>, given: Option<NaiveDate>| matches!((known, given), (Some(known), Some(given)) if known != given);
    let pairs = [(known.dates.expires_on, given.expires_on), (known.dates.mfg_on, given.mfg_on)];
    match pairs.into_iter().find(|(known, given)| differs(*known, *given)) {
        Some((before, given)) => Err(Refusal::LotDatesConflict {
            sku: sku.to_owned(),
            lot: known.lot_no.clone(),
            known: before,
            given,
        }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn complete(
        made: Option<&str>,
        expires: Option<&str>,
        reason: Option<&str>,
    ) -> Result<(Dates, Option<LifeDiffers>), Refusal> {
        let dates = Dates { mfg_on: made.map(day), expires_on: expires.map(day) };
        let reason = Reason::new(reason.map(Into::into));
        complete_dates("SK001", "L1", dates, Some(ShelfLife::Months(36)), &reason)
    }

    #[test]
    fn either_date_computes_the_other() {
        let whole = Dates { mfg_on: Some(day("2025-03-10")), expires_on: Some(day("2028-03-09")) };
        assert_eq!(complete(Some("2025-03-10"), None, None), Ok((whole, None)));
        assert_eq!(complete(None, Some("2028-03-09"), None), Ok((whole, None)));
        assert!(matches!(complete(None, None, None), Err(Refusal::LotDatesMissing { .. })));
    }

    #[test]
    fn the_difference_to_the_shelf_life_is_silent_said_or_refused() {
        let made = Some("2025-03-10");
        assert_eq!(complete(made, Some("2028-03-10"), None).expect("a day off").1, None);
        assert_eq!(
            complete(made, Some("2028-03-31"), None).expect("22 days off").1,
            Some(LifeDiffers { days: 22 })
        );
        assert!(complete(made, Some("2028-04-09"), None).is_ok());
        assert!(matches!(
            complete(made, Some("2028-04-10"), None),
            Err(Refusal::LotLifeDiffers { days: 32, .. })
        ));
        assert!(complete(made, Some("2028-04-10"), Some("new formula")).is_ok());
        assert!(matches!(
            complete(made, Some("2025-03-10"), Some("x")),
            Err(Refusal::ExpiryBeforeManufacture { .. })
        ));
    }

    #[test]
    fn pseudo_lots_are_named_by_month() {
        assert_eq!(pseudo_number(Some(day("2028-01-15"))), "?2028-01");
        assert_eq!(pseudo_number(None), "?");
        assert!(check_number("?2028-01").is_err() && check_number(" ").is_err());
        assert!(check_number("批2025/03#A").is_ok());
    }
}
