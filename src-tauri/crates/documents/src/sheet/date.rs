//! Dates as people type them into cells. A date that two countries read differently is refused;
//! a month stays a month: what day of it counts is a rule of the business, not of the file.

use super::book::{Cell, DateSystem};
use super::number::{Fault, tidy};
use chrono::{Datelike, Days, NaiveDate};

/// Years taken for real: goods, sales and expiry dates of a running business.
const YEARS: std::ops::RangeInclusive<i32> = 1990..=2199;

/// A day, or a month of which no day is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MonthOrDate {
    /// A calendar month.
    Month {
        /// Year.
        year: i32,
        /// Month from 1.
        month: u32,
    },
    /// A day.
    Date(NaiveDate),
}

impl MonthOrDate {
    /// First day it can mean.
    pub fn first_day(self) -> NaiveDate {
        match self {
            MonthOrDate::Date(date) => date,
            MonthOrDate::Month { year, month } => {
                NaiveDate::from_ymd_opt(year, month, 1).expect("made from a checked month")
            }
        }
    }

    /// Last day it can mean.
    pub fn last_day(self) -> NaiveDate {
        match self {
            MonthOrDate::Date(date) => date,
            MonthOrDate::Month { year, month } => {
                let next = (year + i32::from(month == 12), month % 12 + 1);
                let next = NaiveDate::from_ymd_opt(next.0, next.1, 1);
                next.and_then(|day| day.pred_opt()).expect("made from a checked month")
            }
        }
    }
}

impl std::fmt::Display for MonthOrDate {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            MonthOrDate::Month { year, month } => write!(out, "{year:04}-{month:02}"),
            MonthOrDate::Date(date) => write!(out, "{date}"),
        }
    }
}

/// Reads a cell as a day or a month. Numbers are taken as `20260105`, `202601`, or as a serial
/// date of the workbook.
pub fn cell_date(cell: &Cell, date_system: DateSystem) -> Result<MonthOrDate, Fault> {
    match cell {
        Cell::Date(at) => checked(at.date()),
        Cell::Number(text) => number_date(text, date_system),
        Cell::Text(text) => text_date(text),
        Cell::Empty | Cell::Bool(_) | Cell::Error(_) => Err(unreadable()),
    }
}

fn unreadable() -> Fault {
    Fault::new("import.date_unreadable")
}

fn ambiguous() -> Fault {
    Fault::new("import.date_ambiguous")
}

fn checked(date: NaiveDate) -> Result<MonthOrDate, Fault> {
    in_years(date.year())?;
    Ok(MonthOrDate::Date(date))
}

fn in_years(year: i32) -> Result<(), Fault> {
    if YEARS.contains(&year) {
        return Ok(());
    }
    Err(Fault::new("import.date_out_of_range").with("year", year))
}

fn number_date(text: &str, date_system: DateSystem) -> Result<MonthOrDate, Fault> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if whole.len() == 8 && fraction.is_empty() || whole.len() == 6 && fraction.is_empty() {
        return text_date(whole);
    }
    if whole.len() == 4 && !fraction.is_empty() {
        // 2026.10 typed into a number cell has become 2026.1.
        return Err(ambiguous());
    }
    let serial: u64 = whole.parse().map_err(|_| unreadable())?;
    serial_date(serial, date_system).ok_or_else(unreadable).and_then(checked)
}

/// The day of an Excel serial between 1954 and 2199, so that no quantity is taken for a date.
pub(crate) fn serial_date(serial: u64, date_system: DateSystem) -> Option<NaiveDate> {
    let serial = serial.checked_add(u64::from(date_system.shift()))?;
    if !(20_000..=109_939).contains(&serial) {
        return None;
    }
    NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(serial))
}

/// Reads text as a day or a month; a time of day behind it is dropped.
pub fn text_date(text: &str) -> Result<MonthOrDate, Fault> {
    let tidied = tidy(text);
    let date = cut_time(&tidied).ok_or_else(unreadable)?;
    let plain: String = date
        .chars()
        .filter_map(|c| match c {
            '年' | '月' | '/' | '.' => Some(if c == '.' { '.' } else { '-' }),
            '日' | '号' | ' ' => None,
            c => Some(c),
        })
        .collect();
    let dotted = plain.contains('.');
    let parts: Vec<&str> = plain.trim_end_matches('-').split(['-', '.']).collect();
    if !parts.iter().all(|part| is_digits(part)) {
        return Err(unreadable());
    }
    match parts[..] {
        [year, month, day] if year.len() == 4 => day_of(year, month, day),
        [_, _, _] => Err(ambiguous()),
        [year, month] if year.len() == 4 && dotted && month.len() == 1 => Err(ambiguous()),
        [year, month] if year.len() == 4 => month_of(year, month),
        [_, _] => Err(Fault::new("import.year_missing")),
        [digits] if digits.len() == 8 => day_of(&digits[..4], &digits[4..6], &digits[6..]),
        [digits] if digits.len() == 6 => {
            // Either 202601 or 260105.
            month_of(&digits[..4], &digits[4..]).map_err(|_| ambiguous())
        }
        _ => Err(unreadable()),
    }
}

fn is_digits(part: &str) -> bool {
    !part.is_empty() && part.len() <= 8 && part.bytes().all(|byte| byte.is_ascii_digit())
}

/// The part before a time of day; none when what follows is no time.
fn cut_time(text: &str) -> Option<&str> {
    let bytes = text.as_bytes();
    let split = bytes.windows(2).position(|pair| {
        // A blank before a digit, or the T of ISO 8601, begins the time.
        (pair[0] == b' ' || pair[0] == b'T' || pair[0] == b't') && pair[1].is_ascii_digit()
    });
    let Some(at) = split else { return Some(text) };
    let time = &text[at + 1..];
    let clock = |c: char| c.is_ascii_digit() || matches!(c, ':' | '.' | '+' | 'Z' | ' ');
    if time.contains(':') {
        let known = ["AM", "PM", "上午", "下午"];
        let rest = known.iter().fold(time.to_owned(), |rest, word| rest.replace(word, ""));
        return rest.chars().all(clock).then_some(&text[..at]);
    }
    // `2026 年 1 月 5 日`: blanks inside a date, no time.
    Some(text)
}

fn day_of(year: &str, month: &str, day: &str) -> Result<MonthOrDate, Fault> {
    let (year, month, day) = (number(year)?, number(month)?, number(day)?);
    let year = i32::try_from(year).map_err(|_| unreadable())?;
    in_years(year)?;
    let date = NaiveDate::from_ymd_opt(year, month, day);
    date.map(MonthOrDate::Date).ok_or_else(|| Fault::new("import.date_impossible"))
}

fn month_of(year: &str, month: &str) -> Result<MonthOrDate, Fault> {
    let (year, month) = (number(year)?, number(month)?);
    let year = i32::try_from(year).map_err(|_| unreadable())?;
    in_years(year)?;
    if !(1..=12).contains(&month) {
        return Err(Fault::new("import.date_impossible"));
    }
    Ok(MonthOrDate::Month { year, month })
}

fn number(part: &str) -> Result<u32, Fault> {
    part.parse().map_err(|_| unreadable())
}

/// What a column head of a wide table stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// A day or a month with its year.
    Known(MonthOrDate),
    /// A month without a year: the profile must say which.
    MonthOfYear(u32),
}

/// Reads the head of a wide column: `2026-01`, `2026年1月`, `1月`, `2026/10/01`, and these with a
/// word like 销量 behind. None when the head is anything else.
pub fn head_period(head: &str) -> Option<Period> {
    const WORDS: &[&str] =
        &["销售数量", "销售量", "销量", "数量", "件数", "销售", "sales", "units", "qty"];
    let tidied = tidy(head).to_lowercase().replace("年/", "年").replace("月/", "月");
    let cut = WORDS.iter().find_map(|word| tidied.strip_suffix(word)).unwrap_or(&tidied);
    let cut = cut.trim_matches(|c: char| matches!(c, ' ' | '(' | ')' | '_' | '/' | '-'));
    if let Some(month) = cut.strip_suffix("月").filter(|rest| is_digits(rest) && rest.len() <= 2) {
        return month.parse().ok().filter(|m| (1..=12).contains(m)).map(Period::MonthOfYear);
    }
    // Bare digits as a head are a code or a size before they are a day.
    if is_digits(cut) && cut.len() != 8 && cut.len() != 6 {
        return None;
    }
    text_date(cut).ok().map(Period::Known)
}
