//! Instants and days, read from text; the clock itself is never read.
//!
//! Knows: RFC 3339 with its offset, the order of instants, the calendar day an instant falls on
//! where it was written down, and adding days. Refuses to know: time zones by name, summer time
//! and what time it is now.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use serde::de::{Deserialize, Deserializer, Unexpected};
use serde::ser::{Serialize, Serializer};

/// An instant with the offset it was written with: `2026-03-15T12:00:00+08:00`.
///
/// Two spellings of the same instant are equal; the offset only decides which calendar day it is.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    seconds: i64,
    nanos: u32,
    offset_s: i32,
}

impl Moment {
    /// Reads RFC 3339: date, `T` or `t` or a space, time to the second with any fraction, and `Z`
    /// or an offset. The seconds value 60 of a leap second counts as the next second.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let day = Day::parse(text.get(..10)?)?;
        if !matches!(bytes.get(10)?, b'T' | b't' | b' ') {
            return None;
        }
        let hour = two_digits(bytes, 11, 23)?;
        let minute = two_digits(bytes, 14, 59)?;
        let second = two_digits(bytes, 17, 60)?;
        if bytes[13] != b':' || bytes[16] != b':' {
            return None;
        }
        let (nanos, rest) = fraction(&bytes[19..])?;
        let offset_s = offset(rest)?;
        let local = day.0 * DAY_S + hour * 3600 + minute * 60 + second;
        Some(Self { seconds: local - i64::from(offset_s), nanos, offset_s })
    }

    /// Seconds since 1970-01-01T00:00:00Z, without the fraction.
    pub const fn epoch_seconds(&self) -> i64 {
        self.seconds
    }

    /// The calendar day at the offset the instant was written with.
    pub fn day(&self) -> Day {
        Day((self.seconds + i64::from(self.offset_s)).div_euclid(DAY_S))
    }

    /// The calendar day in China, eight hours ahead of UTC all year: the day its tax law and its
    /// limits per day count by, wherever the instant was written down.
    pub const fn day_in_china(&self) -> Day {
        Day((self.seconds + CHINA_OFFSET_S).div_euclid(DAY_S))
    }

    /// The calendar day at the offset of `other`: both sides of a contract count days at one place.
    pub fn day_at(&self, other: &Self) -> Day {
        Day((self.seconds + i64::from(other.offset_s)).div_euclid(DAY_S))
    }

    /// The instant `days` times 24 hours later.
    #[must_use]
    pub fn plus_days(mut self, days: i64) -> Self {
        self.seconds = self.seconds.saturating_add(days.saturating_mul(DAY_S));
        self
    }
}

impl fmt::Display for Moment {
    /// RFC 3339 at the offset it was written with; a fraction only if there is one.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of_day = (self.seconds + i64::from(self.offset_s)).rem_euclid(DAY_S);
        let (hour, minute, second) = (of_day / 3600, of_day / 60 % 60, of_day % 60);
        write!(f, "{}T{hour:02}:{minute:02}:{second:02}", self.day())?;
        if self.nanos > 0 {
            write!(f, ".{}", format!("{:09}", self.nanos).trim_end_matches('0'))?;
        }
        let sign = if self.offset_s < 0 { '-' } else { '+' };
        let minutes = self.offset_s.abs() / 60;
        write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Text;
        impl serde::de::Visitor<'_> for Text {
            type Value = Moment;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a time of RFC 3339")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Moment, E> {
                Moment::parse(text).ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
            }
        }
        from.deserialize_str(Text)
    }
}

impl PartialEq for Moment {
    fn eq(&self, other: &Self) -> bool {
        (self.seconds, self.nanos) == (other.seconds, other.nanos)
    }
}

impl Eq for Moment {}

impl Hash for Moment {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.seconds, self.nanos).hash(state);
    }
}

impl PartialOrd for Moment {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Moment {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.seconds, self.nanos).cmp(&(other.seconds, other.nanos))
    }
}

/// A calendar day, counted from 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i64);

impl Day {
    /// Reads `2026-03-15`.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
            return None;
        }
        let year = two_digits(bytes, 0, 99)? * 100 + two_digits(bytes, 2, 99)?;
        let month = two_digits(bytes, 5, 12)?;
        let day = two_digits(bytes, 8, 31)?;
        let parsed = Self::from_civil(year, month, day);
        // 30 February would silently become 2 March.
        (month >= 1 && parsed.civil() == (year, month, day)).then_some(parsed)
    }

    /// The day `days` later.
    #[must_use]
    pub const fn plus_days(self, days: i64) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// Days from 1970-01-01, below zero before it.
    pub const fn number(self) -> i64 {
        self.0
    }

    /// Days of the proleptic Gregorian calendar, counted in years that begin in March so that the
    /// leap day is the last of its year.
    fn from_civil(year: i64, month: i64, day: i64) -> Self {
        let year = if month <= 2 { year - 1 } else { year };
        let era = year.div_euclid(400);
        let of_era = year.rem_euclid(400);
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        Self(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
    }

    fn civil(self) -> (i64, i64, i64) {
        let shifted = self.0.saturating_add(719_468);
        let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
        let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        (year + era * 400 + i64::from(month <= 2), month, day)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.civil();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

const DAY_S: i64 = 86_400;
const CHINA_OFFSET_S: i64 = 8 * 3600;

fn two_digits(bytes: &[u8], at: usize, most: i64) -> Option<i64> {
    let (tens, ones) = (bytes.get(at)?, bytes.get(at + 1)?);
    if !tens.is_ascii_digit() || !ones.is_ascii_digit() {
        return None;
    }
    let value = i64::from(tens - b'0') * 10 + i64::from(ones - b'0');
    (value <= most).then_some(value)
}

fn fraction(bytes: &[u8]) -> Option<(u32, &[u8])> {
    if bytes.first() != Some(&b'.') {
        return Some((0, bytes));
    }
    let digits = bytes[1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    if digits == 0 {
        return None;
    }
    // Beyond nanoseconds the digits are cut.
    let nanos = (0..9).fold(0, |sum, place| {
        sum * 10 + if place < digits { u32::from(bytes[1 + place] - b'0') } else { 0 }
    });
    Some((nanos, &bytes[1 + digits..]))
}

fn offset(bytes: &[u8]) -> Option<i32> {
    let sign = match bytes.first()? {
        b'Z' | b'z' if bytes.len() == 1 => return Some(0),
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    if bytes.len() != 6 || bytes[3] != b':' {
        return None;
    }
    let seconds = two_digits(bytes, 1, 23)? * 3600 + two_digits(bytes, 4, 59)? * 60;
    i32::try_from(sign * seconds).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_instant_in_two_zones_is_one_instant_on_two_days() {
        let there = Moment::parse("2026-04-01T00:00:00+08:00").expect("RFC 3339");
        let here = Moment::parse("2026-03-31T16:00:00Z").expect("RFC 3339");
        assert_eq!(there, here);
        assert_eq!(there.day().to_string(), "2026-04-01");
        assert_eq!(here.day().to_string(), "2026-03-31");
        assert_eq!(here.day_at(&there), there.day());
        assert_eq!(here.day_in_china(), there.day());
    }

    #[test]
    fn an_instant_is_written_as_it_was_read() {
        for text in ["2026-03-31T23:59:59.5-03:30", "1969-12-31T00:00:00+08:00"] {
            assert_eq!(Moment::parse(text).map(|at| at.to_string()).as_deref(), Some(text));
        }
    }

    #[test]
    fn a_fraction_orders_instants() {
        let parse = |text| Moment::parse(text).expect("RFC 3339");
        assert!(parse("2026-03-31T23:59:59.999+08:00") < parse("2026-04-01T00:00:00+08:00"));
        assert!(parse("2026-03-31T23:59:59+08:00") < parse("2026-03-31T23:59:59.000000001+08:00"));
    }

    #[test]
    fn every_day_of_eight_centuries_reads_back() {
        let mut day = Day::parse("1600-01-01").expect("a date");
        let last = Day::parse("2400-12-31").expect("a date");
        while day <= last {
            assert_eq!(Day::parse(&day.to_string()), Some(day));
            day = day.plus_days(1);
        }
    }

    #[test]
    fn what_is_no_instant_is_not_read() {
        for text in [
            "",
            "2026-02-30T00:00:00Z",
            "2026-00-01T00:00:00Z",
            "2026-03-15",
            "2026-03-15T24:00:00Z",
            "2026-03-15T12:00:00",
            "2026-03-15T12:00:00.Z",
            "2026-03-15T12:00:00+8:00",
            "2026-03-15T12:00:00+08:00x",
            "2026-03-15T12:00",
            "二〇二六-03-15T12:00:00Z",
        ] {
            assert_eq!(Moment::parse(text), None, "{text}");
        }
    }
}
