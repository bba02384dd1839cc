//! How numbers are written on papers. Exact decimals in, text out; nothing is rounded except
//! where a function says so.

use rust_decimal::Decimal;

use crate::paper::{Lang, PaperError, ValueRule};

const DIGITS: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];

/// The first amount that has no name here: ten thousand times ten thousand 亿.
const WORDS_LIMIT: i64 = 10_000_000_000_000_000;

/// A whole number with separators: `12,345`.
pub(crate) fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = if number < 0 { String::from("-") } else { String::new() };
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A number with separators and at least `least` decimals; more only where it has them.
pub(crate) fn decimal(number: Decimal, least: usize) -> String {
    let text = number.normalize().abs().to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let sign = if number.is_sign_negative() && !number.is_zero() { "-" } else { "" };
    let whole = whole.parse().map_or_else(|_| whole.to_owned(), grouped);
    let fraction = format!("{fraction:0<least$}");
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{whole}{point}{fraction}")
}

/// An amount of money with two decimals; finer ones are refused, not rounded.
pub(crate) fn money(amount: Decimal, field: &str) -> Result<String, PaperError> {
    if amount.normalize().scale() > 2 {
        return Err(PaperError::Value {
            field: field.to_owned(),
            value: amount.to_string(),
            rule: ValueRule::TwoDecimals,
        });
    }
    Ok(decimal(amount, 2))
}

/// Refuses a quantity that is not above zero.
pub(crate) fn above_zero(quantity: i64, field: impl FnOnce() -> String) -> Result<(), PaperError> {
    if quantity > 0 {
        return Ok(());
    }
    let value = quantity.to_string();
    Err(PaperError::Value { field: field(), value, rule: ValueRule::AboveZero })
}

/// The sum of (unit, quantity), or nothing when the quantities count different units.
pub(crate) fn units_in_all<'a>(
    quantities: impl Iterator<Item = (&'a str, i64)> + Clone,
    field: &str,
) -> Result<String, PaperError> {
    let mut units = quantities.clone().map(|(unit, _)| unit);
    let first = units.next();
    if units.any(|unit| Some(unit) != first) {
        return Ok(String::new());
    }
    let sum = quantities.map(|(_, n)| n).try_fold(0_i64, i64::checked_add);
    sum.map(grouped).ok_or_else(|| PaperError::Value {
        field: field.to_owned(),
        value: String::new(),
        rule: ValueRule::Bounded,
    })
}

/// An amount as it is written out: 人民币 in Chinese words for `CNY` on Chinese papers, else the
/// currency and the figures.
pub(crate) fn price_in_words(
    amount: Decimal,
    currency: &str,
    lang: Lang,
) -> Result<String, PaperError> {
    match (currency, lang) {
        ("CNY", Lang::Zh) => Ok(format!("人民币{}", amount_in_words(amount)?)),
        (currency, _) => Ok(format!("{currency} {}", money(amount, "amount")?)),
    }
}

/// Grams as kilograms with up to three decimals, exact: `12.35`.
pub(crate) fn kilograms(grams: i64) -> String {
    decimal(Decimal::new(grams, 3), 2)
}

/// Millimetres as centimetres, exact: `40.5`.
pub(crate) fn centimetres(millimetres: i64) -> String {
    decimal(Decimal::new(millimetres, 1), 0)
}

/// 大写人民币 of an amount of yuan with at most two decimals, as contracts write it: 整 follows
/// 元 or 角 and never 分; runs of zeros become one 零.
///
/// Refuses finer amounts and those from 10^16 yuan on.
pub fn amount_in_words(amount: Decimal) -> Result<String, PaperError> {
    let refuse = |rule| PaperError::Value {
        field: "amount_in_words".to_owned(),
        value: amount.to_string(),
        rule,
    };
    let fen = amount.abs().checked_mul(Decimal::ONE_HUNDRED).filter(Decimal::is_integer);
    let fen = fen.ok_or_else(|| refuse(ValueRule::TwoDecimals))?;
    let fen: i64 = fen.normalize().try_into().map_err(|_| refuse(ValueRule::Writable))?;
    let (yuan, jiao, fen) = (fen / 100, fen / 10 % 10, fen % 10);
    if yuan >= WORDS_LIMIT {
        return Err(refuse(ValueRule::Writable));
    }
    let mut text = String::new();
    if amount.is_sign_negative() && !amount.is_zero() {
        text.push('负');
    }
    if yuan > 0 || (jiao == 0 && fen == 0) {
        text.push_str(&if yuan == 0 { "零".to_owned() } else { below_ten_to_the_16(yuan) });
        text.push('元');
    }
    if jiao > 0 {
        text.push(digit(jiao));
        text.push('角');
    } else if fen > 0 && yuan > 0 {
        text.push('零');
    }
    if fen > 0 {
        text.push(digit(fen));
        text.push('分');
    } else {
        text.push('整');
    }
    Ok(text)
}

fn below_ten_to_the_16(number: i64) -> String {
    const YI: i64 = 100_000_000;
    let (high, low) = (number / YI, number % YI);
    join(high, "亿", low, YI, below_ten_to_the_8)
}

fn below_ten_to_the_8(number: i64) -> String {
    join(number / 10_000, "万", number % 10_000, 10_000, below_ten_thousand)
}

/// `high` and its unit, then `low`, with 零 between when low does not fill its places.
fn join(high: i64, unit: &str, low: i64, unit_value: i64, write: fn(i64) -> String) -> String {
    match (high, low) {
        (0, _) => write(low),
        (_, 0) => write(high) + unit,
        _ => {
            let gap = if low < unit_value / 10 { "零" } else { "" };
            format!("{}{unit}{gap}{}", write(high), write(low))
        }
    }
}

fn below_ten_thousand(number: i64) -> String {
    let mut text = String::new();
    let mut zero_pending = false;
    for (value, unit) in [(1000, "仟"), (100, "佰"), (10, "拾"), (1, "")] {
        let n = number / value % 10;
        if n == 0 {
            zero_pending = !text.is_empty();
            continue;
        }
        if zero_pending {
            text.push('零');
            zero_pending = false;
        }
        text.push(digit(n));
        text.push_str(unit);
    }
    text
}

fn digit(n: i64) -> char {
    usize::try_from(n).ok().and_then(|n| DIGITS.get(n)).copied().unwrap_or('零')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words(text: &str) -> String {
        amount_in_words(text.parse().unwrap()).unwrap()
    }

    #[test]
    fn amounts_as_contracts_write_them() {
        for (number, text) in [
            ("0", "零元整"),
            ("72900", "柒万贰仟玖佰元整"),
            ("0.01", "壹分"),
            ("0.10", "壹角整"),
            ("0.58", "伍角捌分"),
            ("3014.51", "叁仟零壹拾肆元伍角壹分"),
            ("14175", "壹万肆仟壹佰柒拾伍元整"),
            ("20000.08", "贰万元零捌分"),
            ("100500", "壹拾万零伍佰元整"),
            ("105000", "壹拾万伍仟元整"),
            ("20000305", "贰仟万零叁佰零伍元整"),
            ("100000001", "壹亿零壹元整"),
            (
                "9999999999999999.99",
                "玖仟玖佰玖拾玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分",
            ),
            ("0.05", "伍分"),
            ("0.50", "伍角整"),
            ("1.05", "壹元零伍分"),
            ("10", "壹拾元整"),
            ("16.8", "壹拾陆元捌角整"),
            ("1004.30", "壹仟零肆元叁角整"),
            ("107000.53", "壹拾万柒仟元伍角叁分"),
            ("100010", "壹拾万零壹拾元整"),
            ("10100100", "壹仟零壹拾万零壹佰元整"),
            ("100000000", "壹亿元整"),
            ("1000000000000", "壹万亿元整"),
            ("6007000000.14", "陆拾亿零柒佰万元壹角肆分"),
            ("-12345678.90", "负壹仟贰佰叁拾肆万伍仟陆佰柒拾捌元玖角整"),
        ] {
            assert_eq!(words(number), text, "{number}");
        }
        assert!(amount_in_words("1.005".parse().unwrap()).is_err());
        assert!(amount_in_words("10000000000000000".parse().unwrap()).is_err());
    }

    #[test]
    fn numbers_with_separators() {
        assert_eq!(grouped(-1_234_567), "-1,234,567");
        assert_eq!(grouped(0), "0");
        assert_eq!(decimal("1234.5".parse().unwrap(), 2), "1,234.50");
        assert_eq!(decimal("0.123456".parse().unwrap(), 2), "0.123456");
        assert_eq!(kilograms(12_350), "12.35");
        assert_eq!(centimetres(405), "40.5");
        assert_eq!(centimetres(400), "40");
        assert!(money("1.005".parse().unwrap(), "x").is_err());
        assert_eq!(money("1.500".parse().unwrap(), "x").unwrap(), "1.50");
    }

    /// Reads the words back by the units alone, knowing nothing of how they were written.
    fn read(text: &str) -> i64 {
        let (mut fen, mut section, mut part, mut last) = (0_i64, 0_i64, 0_i64, 0_i64);
        for c in text.trim_start_matches('负').chars() {
            match c {
                '拾' => part += std::mem::take(&mut last) * 10,
                '佰' => part += std::mem::take(&mut last) * 100,
                '仟' => part += std::mem::take(&mut last) * 1000,
                '万' => {
                    section += (std::mem::take(&mut part) + std::mem::take(&mut last)) * 10_000;
                }
                '亿' => {
                    let high = section + std::mem::take(&mut part) + std::mem::take(&mut last);
                    fen += high * 10_000_000_000;
                    section = 0;
                }
                '元' => {
                    let low = section + std::mem::take(&mut part) + std::mem::take(&mut last);
                    fen += low * 100;
                }
                '角' => fen += std::mem::take(&mut last) * 10,
                '分' => fen += std::mem::take(&mut last),
                '整' => {}
                digit => last = (0..).zip(DIGITS).find(|(_, d)| *d == digit).unwrap().0,
            }
        }
        fen
    }

    proptest! {
        #[test]
        fn words_say_the_number(
            fen in prop_oneof![
                0_i64..100_000,
                0_i64..1_000_000_000_000_000_000,
                (0_i64..10_000, 0_u32..15).prop_map(|(n, e)| n * 10_i64.pow(e)),
            ]
        ) {
            prop_assume!(fen / 100 < WORDS_LIMIT);
            let text = amount_in_words(Decimal::new(fen, 2)).unwrap();
            prop_assert_eq!(read(&text), fen, "{}", text);
            prop_assert!(!text.contains("零零") && !text.contains("零万") && !text.contains("零亿"));
            prop_assert!(fen < 100 || !text.contains("零元"));
        }

        #[test]
        fn separators_do_not_change_the_number(n in any::<i64>()) {
            prop_assert_eq!(grouped(n).replace(',', ""), n.to_string());
        }
    }
}
