//! Numbers as people type them into cells: full-width digits, thousands separators, currency
//! signs, units behind the number. Exact decimals, no rounding. What could be read in two ways is
//! refused rather than guessed.

use super::text::is_blank;
use rust_decimal::Decimal;
use std::str::FromStr;

/// Why one cell cannot be taken: a stable code and the values for its sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// `import.…`, listed in the module's contract.
    pub code: &'static str,
    /// Values by name.
    pub args: Vec<(&'static str, String)>,
}

impl Fault {
    pub(crate) fn new(code: &'static str) -> Self {
        Fault { code, args: Vec::new() }
    }

    pub(crate) fn with(mut self, name: &'static str, value: impl std::fmt::Display) -> Self {
        self.args.push((name, value.to_string()));
        self
    }
}

/// The largest quantity that the ledger holds: 9·10¹².
pub const QUANTITY_MAX: i64 = 9_000_000_000_000;

/// Integers from here on no longer fit into the 15 digits that Excel keeps.
const FIFTEEN_DIGITS: f64 = 1e15;

/// A binary float as the text of [`super::Cell::Number`].
pub(crate) fn float_text(number: f64) -> String {
    if !number.is_finite() {
        return format!("{number}");
    }
    let number = if number == 0.0 { 0.0 } else { number };
    let shortest = format!("{number}");
    if number.abs() >= FIFTEEN_DIGITS || shortest.bytes().filter(u8::is_ascii_digit).count() <= 15 {
        return shortest;
    }
    let rounded = format!("{number:.14e}").parse::<f64>().unwrap_or(number);
    format!("{rounded}")
}

/// Trims blanks of every kind, drops one leading `'` (Excel's mark for "this is text"), turns
/// full-width forms into ASCII and every inner blank into one space.
pub fn tidy(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    let trimmed = text.trim_matches(is_blank);
    let trimmed = trimmed.strip_prefix('\'').unwrap_or(trimmed).trim_matches(is_blank);
    for c in trimmed.chars() {
        match c {
            '\u{ff01}'..='\u{ff5e}' => {
                tidy.extend(char::from_u32(u32::from(c) - 0xfee0));
            }
            '。' => tidy.push('.'),
            '、' => tidy.push(','),
            '\u{2212}' | '\u{2013}' | '\u{2014}' => tidy.push('-'),
            '\u{ffe5}' => tidy.push('¥'),
            c if is_blank(c) => {
                if !tidy.ends_with(' ') {
                    tidy.push(' ');
                }
            }
            c => tidy.push(c),
        }
    }
    tidy
}

/// A number and the unit written behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount {
    /// Exact value, sign included; for `40%` it is 40.
    pub value: Decimal,
    /// What stood behind the digits, lower case: `件`, `kg`, `%`.
    pub unit: Option<String>,
}

const CURRENCY: &[&str] = &["¥", "cny", "rmb", "人民币"];

/// Reads a number with an optional unit. Parentheses or a minus sign make it negative.
pub fn parse_amount(text: &str) -> Result<Amount, Fault> {
    let tidied = tidy(text).to_lowercase();
    let unreadable = || Fault::new("import.number_unreadable");
    let mut rest = tidied.as_str();
    let mut negative = false;
    if let Some(inner) = rest.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
        negative = true;
        rest = inner.trim();
    }
    rest = strip_currency(rest);
    if let Some(after) = rest.strip_prefix(['-', '+']) {
        if negative {
            return Err(unreadable());
        }
        negative = rest.starts_with('-');
        rest = strip_currency(after.trim_start());
    }
    let end = digits_end(rest);
    let (digits, unit) = (&rest[..end], rest[end..].trim().trim_end_matches('.'));
    if is_exponent(unit) {
        return Err(Fault::new("import.number_scientific"));
    }
    let plain = ungroup(digits).ok_or_else(unreadable)?;
    let value = Decimal::from_str(&plain)
        .ok()
        .filter(|value| significant(&plain) <= 28 && value.scale() <= 20)
        .ok_or_else(|| Fault::new("import.number_too_long"))?;
    let unit = (!unit.is_empty()).then(|| unit.to_owned());
    if unit.as_deref().is_some_and(|unit| unit.contains(|c: char| c.is_ascii_digit())) {
        return Err(unreadable());
    }
    Ok(Amount { value: if negative { -value } else { value }, unit })
}

fn strip_currency(text: &str) -> &str {
    CURRENCY.iter().find_map(|sign| text.strip_prefix(sign)).unwrap_or(text).trim_start()
}

fn significant(plain: &str) -> usize {
    plain.trim_start_matches(['0', '.']).bytes().filter(u8::is_ascii_digit).count()
}

fn digits_end(text: &str) -> usize {
    let part = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | ' ');
    let end = text.find(|c| !part(c)).unwrap_or(text.len());
    text[..end].trim_end().len()
}

fn is_exponent(unit: &str) -> bool {
    unit.strip_prefix('e').is_some_and(|exponent| {
        let digits = exponent.trim_start_matches(['+', '-']);
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// Drops thousands separators where they stand at thousands; `1,20` is no number here, because
/// it may be a decimal comma.
fn ungroup(digits: &str) -> Option<String> {
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut groups = whole.split([',', ' ']);
    let first = groups.next().unwrap_or("");
    let rest: Vec<&str> = groups.collect();
    let grouped = rest.iter().all(|group| group.len() == 3);
    if !grouped || (!rest.is_empty() && (first.is_empty() || first.len() > 3)) {
        return None;
    }
    if first.is_empty() && fraction.is_empty() {
        return None;
    }
    let first = if first.is_empty() { "0" } else { first };
    let mut plain = first.to_owned() + &rest.concat();
    if !fraction.is_empty() {
        plain.push('.');
        plain.push_str(fraction);
    }
    Some(plain)
}

/// Units that count single pieces or the base measures of a SKU.
const PIECE_UNITS: &[&str] = &[
    "件", "个", "只", "支", "瓶", "盒", "袋", "罐", "包", "片", "条", "枚", "台", "本", "双", "对",
    "副", "张", "套", "粒", "颗", "贴", "管", "桶", "卷", "把", "块", "根", "份", "单", "pcs",
    "pc", "ea", "each", "unit", "units", "piece", "pieces", "set", "sets", "g", "克", "ml", "毫升",
];

const CARTON_UNITS: &[&str] =
    &["箱", "整箱", "大箱", "ctn", "ctns", "carton", "cartons", "case", "cases", "cs"];

/// True for a word that names a unit of goods, lengths, weights, time or money: what a head may
/// carry in brackets.
pub(crate) fn is_unit(word: &str) -> bool {
    let word = word.trim().to_lowercase();
    PIECE_UNITS.contains(&word.as_str())
        || CARTON_UNITS.contains(&word.as_str())
        || length_factor(&word).is_some()
        || weight_factor(&word).is_some()
        || life_unit(&word).is_some()
        || matches!(
            word.as_str(),
            "元" | "千元" | "万元" | "¥" | "rmb" | "cny" | "yuan" | "%" | "％"
        )
}

/// A whole quantity in the SKU's base unit. Cartons count only when `carton_units` says how many
/// pieces one holds.
pub fn quantity(
    text: &str,
    head_unit: Option<&str>,
    carton_units: Option<u32>,
) -> Result<i64, Fault> {
    let amount = parse_amount(text)?;
    let unit = amount.unit.as_deref().or(head_unit).map(str::to_lowercase);
    let mut value = amount.value;
    if let Some(unit) = unit.as_deref() {
        if CARTON_UNITS.contains(&unit) {
            let size = carton_units.ok_or_else(|| Fault::new("import.quantity_in_cartons"))?;
            value *= Decimal::from(size);
        } else if !PIECE_UNITS.contains(&unit) {
            return Err(Fault::new("import.unit_unknown").with("unit", unit));
        }
    }
    if value.is_sign_negative() && !value.is_zero() {
        return Err(Fault::new("import.quantity_negative"));
    }
    if !value.is_integer() {
        return Err(Fault::new("import.quantity_not_whole"));
    }
    i64::try_from(value)
        .ok()
        .filter(|value| *value <= QUANTITY_MAX)
        .ok_or_else(|| Fault::new("import.quantity_too_big").with("max", QUANTITY_MAX))
}

/// An amount of money in the workspace's currency, not negative; `元` or a yuan sign may stand
/// with it, another unit may not.
pub fn money(text: &str, head_unit: Option<&str>) -> Result<Decimal, Fault> {
    let amount = parse_amount(text)?;
    // A head like 成本(元/件) is per piece, which is what every price here means.
    let unit =
        amount.unit.as_deref().or(head_unit).map(|unit| unit.split('/').next().unwrap_or(unit));
    match unit {
        None | Some("元" | "块" | "¥" | "rmb" | "cny" | "yuan") => not_negative(amount.value),
        Some(unit) => Err(Fault::new("import.unit_unknown").with("unit", unit)),
    }
}

fn not_negative(value: Decimal) -> Result<Decimal, Fault> {
    if value.is_sign_negative() && !value.is_zero() {
        return Err(Fault::new("import.number_negative"));
    }
    Ok(value)
}

fn length_factor(unit: &str) -> Option<Decimal> {
    match unit {
        "cm" | "厘米" | "公分" => Some(Decimal::ONE),
        "mm" | "毫米" => Some(Decimal::new(1, 1)),
        "m" | "米" => Some(Decimal::ONE_HUNDRED),
        _ => None,
    }
}

/// A length in centimetres; without a unit it is taken to be centimetres.
pub fn length_cm(text: &str, head_unit: Option<&str>) -> Result<Decimal, Fault> {
    scaled(text, head_unit.unwrap_or("cm"), length_factor)
}

fn weight_factor(unit: &str) -> Option<Decimal> {
    match unit {
        "kg" | "千克" | "公斤" => Some(Decimal::ONE),
        "g" | "克" => Some(Decimal::new(1, 3)),
        "斤" => Some(Decimal::new(5, 1)),
        "t" | "吨" => Some(Decimal::ONE_THOUSAND),
        _ => None,
    }
}

/// A weight in kilograms; without a unit it is taken to be kilograms.
pub fn weight_kg(text: &str, head_unit: Option<&str>) -> Result<Decimal, Fault> {
    scaled(text, head_unit.unwrap_or("kg"), weight_factor)
}

fn scaled(
    text: &str,
    default: &str,
    factor: impl Fn(&str) -> Option<Decimal>,
) -> Result<Decimal, Fault> {
    let amount = parse_amount(text)?;
    let unit = amount.unit.unwrap_or_else(|| default.to_lowercase());
    let factor =
        factor(&unit).ok_or_else(|| Fault::new("import.unit_unknown").with("unit", unit))?;
    let value = amount.value.checked_mul(factor);
    not_negative(value.ok_or_else(|| Fault::new("import.number_too_long"))?)
        .map(|value| value.normalize())
}

/// Length, width and height in centimetres from one cell: `60*40*30`, `60×40×30cm`.
pub fn dimensions_cm(text: &str, head_unit: Option<&str>) -> Result<[Decimal; 3], Fault> {
    let tidied = tidy(text).to_lowercase();
    let parts: Vec<&str> = tidied.split(['*', '×', 'x', '✕', '╳']).map(str::trim).collect();
    let [length, width, height] = parts[..] else {
        return Err(Fault::new("import.dimensions_unreadable"));
    };
    // The unit stands once, behind the last number.
    let last = parse_amount(height)?;
    let unit = last.unit.as_deref().or(head_unit);
    Ok([length_cm(length, unit)?, length_cm(width, unit)?, length_cm(height, unit)?])
}

/// Unit of a shelf life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LifeUnit {
    /// Calendar days.
    Day,
    /// Calendar months; a year is twelve.
    Month,
}

/// A shelf life as stated on the product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Life {
    /// How many, at least 1.
    pub count: u32,
    /// Of what.
    pub unit: LifeUnit,
}

fn life_unit(unit: &str) -> Option<(LifeUnit, u32)> {
    match unit {
        "天" | "日" | "d" | "day" | "days" => Some((LifeUnit::Day, 1)),
        "月" | "个月" | "m" | "month" | "months" => Some((LifeUnit::Month, 1)),
        "年" | "y" | "year" | "years" => Some((LifeUnit::Month, 12)),
        _ => None,
    }
}

/// A shelf life: `3年` and `36个月` are 36 months; a bare number takes the unit of its head, or
/// of the field.
pub fn life(text: &str, head_unit: Option<&str>, field_unit: LifeUnit) -> Result<Life, Fault> {
    let amount = parse_amount(text)?;
    let named = amount.unit.as_deref().or(head_unit);
    let (unit, factor) = match named {
        None => (field_unit, 1),
        Some(name) => {
            let name = name.to_lowercase();
            life_unit(&name).ok_or_else(|| Fault::new("import.unit_unknown").with("unit", name))?
        }
    };
    let count = whole(amount.value.checked_mul(Decimal::from(factor)))?;
    if !(1..=36_500).contains(&count) {
        return Err(Fault::new("import.life_out_of_range"));
    }
    Ok(Life { count, unit })
}

/// A whole number from 0 on: pieces per carton, days. A unit behind it (`天`, `件/箱`) says what
/// is known and is passed over when it is one.
pub fn count(text: &str) -> Result<u32, Fault> {
    let amount = parse_amount(text)?;
    if let Some(unit) = &amount.unit {
        let first = unit.split('/').next().unwrap_or(unit).trim();
        if !PIECE_UNITS.contains(&first) && !matches!(life_unit(first), Some((LifeUnit::Day, _))) {
            return Err(Fault::new("import.unit_unknown").with("unit", unit));
        }
    }
    whole(Some(amount.value))
}

fn whole(value: Option<Decimal>) -> Result<u32, Fault> {
    let value = not_negative(value.ok_or_else(|| Fault::new("import.number_too_long"))?)?;
    if !value.is_integer() {
        return Err(Fault::new("import.number_not_whole"));
    }
    u32::try_from(value).map_err(|_| Fault::new("import.number_too_long"))
}

/// A rate of value added tax, from 0 to under 1: `13%`, `0.13` and `13` are the same, and so are
/// `1%` and `1`, for no rate is 100 %. 免税 is 0. More than six decimals are refused, never rounded.
pub(super) fn tax_rate(text: &str) -> Result<Decimal, Fault> {
    let tidied = tidy(text).to_lowercase();
    if ["免税", "零税率", "exempt"].contains(&tidied.as_str()) {
        return Ok(Decimal::ZERO);
    }
    let amount = parse_amount(&tidied)?;
    let percent = match amount.unit.as_deref() {
        Some("%") => true,
        Some(unit) => return Err(Fault::new("import.unit_unknown").with("unit", unit)),
        None => amount.value >= Decimal::ONE,
    };
    let rate = if percent { amount.value / Decimal::ONE_HUNDRED } else { amount.value };
    let rate = not_negative(rate)?.normalize();
    if rate >= Decimal::ONE || rate.scale() > 6 {
        return Err(Fault::new("import.tax_rate_invalid"));
    }
    Ok(rate)
}

/// A share between 0 and 1, with at most six decimals: `40%`, `0.4`, `40` and, as platforms write
/// their rules of remaining life, `2/3`. Up to 1 a bare number is a fraction, above it percent.
/// More decimals are rounded up, so that a minimum is never undercut.
pub fn share(text: &str) -> Result<Decimal, Fault> {
    let out_of_range = || Fault::new("import.percent_out_of_range");
    let tidied = tidy(text);
    let value = if let Some((upper, lower)) = tidied.split_once('/') {
        let (upper, lower) = (parse_amount(upper)?, parse_amount(lower)?);
        upper.value.checked_div(lower.value).ok_or_else(out_of_range)?
    } else {
        let amount = parse_amount(&tidied)?;
        let percent = match amount.unit.as_deref() {
            Some("%") => true,
            Some(unit) => return Err(Fault::new("import.unit_unknown").with("unit", unit)),
            // A cell under a percent format holds the fraction, whatever the head says.
            None => amount.value > Decimal::ONE,
        };
        if percent { amount.value / Decimal::ONE_HUNDRED } else { amount.value }
    };
    let strategy = rust_decimal::RoundingStrategy::AwayFromZero;
    let value = value.round_dp_with_strategy(6, strategy).normalize();
    if value.is_sign_negative() && !value.is_zero() || value > Decimal::ONE {
        return Err(out_of_range());
    }
    Ok(value)
}
