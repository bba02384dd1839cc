//! Dates with two-digit years. Knows the day-zero rule and the century rule; takes `today`.

use chrono::{Datelike, Months, NaiveDate};
use thiserror::Error;

/// Why six digits are no date.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{text} is not a date written YYMMDD")]
pub struct DateError {
    /// The text as given.
    pub text: String,
}

/// Writes a date as YYMMDD, the form of application identifiers 11 to 17.
///
/// `None` for a year that two digits cannot bring back within the century rule of its own day,
/// that is outside 0 to 9999.
#[must_use]
pub fn yymmdd(date: NaiveDate) -> Option<String> {
    (0..=9999)
        .contains(&date.year())
        .then(|| format!("{:02}{:02}{:02}", date.year().rem_euclid(100), date.month(), date.day()))
}

/// Reads YYMMDD. Day 00 means the last day of the month. The century is the one that puts the
/// year at most 49 years before and 50 after `today` (GS1 General Specifications 7.12).
pub fn date_from_yymmdd(text: &str, today: NaiveDate) -> Result<NaiveDate, DateError> {
    let refuse = || DateError { text: text.to_owned() };
    let (year, month, day) = digits_of(text).ok_or_else(refuse)?;
    let year = full_year(year, today.year());
    if day == 0 { last_day_of(year, month) } else { NaiveDate::from_ymd_opt(year, month, day) }
        .ok_or_else(refuse)
}

fn digits_of(text: &str) -> Option<(i32, u32, u32)> {
    if text.len() != 6 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    Some((text[..2].parse().ok()?, text[2..4].parse().ok()?, text[4..].parse().ok()?))
}

fn full_year(two_digits: i32, this_year: i32) -> i32 {
    let century = this_year - this_year.rem_euclid(100);
    match two_digits - this_year.rem_euclid(100) {
        51..=99 => century - 100 + two_digits,
        -99..=-50 => century + 100 + two_digits,
        _ => century + two_digits,
    }
}

fn last_day_of(year: i32, month: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, 1)?.checked_add_months(Months::new(1))?.pred_opt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn day_zero_is_the_last_of_the_month() {
        let today = day(2026, 11, 22);
        assert_eq!(date_from_yymmdd("280200", today), Ok(day(2028, 2, 29)));
        assert_eq!(date_from_yymmdd("271200", today), Ok(day(2027, 12, 31)));
        assert_eq!(date_from_yymmdd("280309", today), Ok(day(2028, 3, 9)));
        for bad in ["28023", "280230", "281300", "28x101", "2801011", "２80101"] {
            assert!(date_from_yymmdd(bad, today).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_century_window_is_49_back_and_50_forward() {
        let year = |text: &str, now: i32| date_from_yymmdd(text, day(now, 6, 1)).unwrap().year();
        assert_eq!(year("760101", 2026), 2076);
        assert_eq!(year("770101", 2026), 1977);
        assert_eq!(year("990101", 2001), 1999);
        assert_eq!(year("010101", 1999), 2001);
        assert_eq!(year("250101", 2075), 2125);
        assert_eq!(year("260101", 2075), 2026);
    }

    #[test]
    fn every_day_comes_back() {
        let today = day(2026, 11, 22);
        for date in day(1978, 1, 1).iter_days().take_while(|d| d.year() < 2076) {
            let text = yymmdd(date).unwrap();
            assert_eq!(date_from_yymmdd(&text, today), Ok(date));
        }
    }
}
