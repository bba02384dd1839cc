//! A figure's arithmetic as data: lines that a window shows and a test adds up.
//!
//! Knows numbers, operations, codes and dates. Refuses to know words: a code is a stable dotted
//! name, and the text in each language lives in the window.

use crate::{LotKey, PlaceKey};
use chrono::NaiveDate;
use serde::{Serialize, Serializer};
use std::cmp::Ordering;
use std::fmt;

/// An exact decimal number: `mantissa` ÷ 10^`scale`. Crosses to the window as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fixed {
    mantissa: i64,
    scale: u8,
}

/// Six decimals, as in millionths.
const MICRO_SCALE: u8 = 6;

impl Fixed {
    /// A whole number.
    pub const fn whole(value: i64) -> Fixed {
        Fixed { mantissa: value, scale: 0 }
    }

    /// A number in millionths. Beyond `i64` it stays at the limit; quantities bounded by
    /// [`crate::QUANTITY_MAX`] never get there.
    pub fn micro(value: i128) -> Fixed {
        let limit = if value < 0 { i64::MIN } else { i64::MAX };
        let mut fixed =
            Fixed { mantissa: i64::try_from(value).unwrap_or(limit), scale: MICRO_SCALE };
        while fixed.scale > 0 && fixed.mantissa % 10 == 0 {
            fixed = Fixed { mantissa: fixed.mantissa / 10, scale: fixed.scale - 1 };
        }
        fixed
    }

    /// `numerator` ÷ `denominator` (above zero), rounded half up to six decimals.
    pub fn ratio(numerator: i64, denominator: i64) -> Fixed {
        let (numerator, denominator) = (i128::from(numerator), i128::from(denominator.max(1)));
        let doubled = 2 * numerator * i128::from(crate::MICRO) + denominator;
        Fixed::micro(doubled.div_euclid(2 * denominator))
    }

    fn power(self) -> i128 {
        10_i128.pow(u32::from(self.scale))
    }
}

impl fmt::Display for Fixed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.scale == 0 {
            return write!(f, "{}", self.mantissa);
        }
        let sign = if self.mantissa < 0 { "-" } else { "" };
        let (value, power) = (i128::from(self.mantissa).abs(), self.power());
        write!(f, "{sign}{}.{:0width$}", value / power, value % power, width = self.scale as usize)
    }
}

impl Serialize for Fixed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// What a line's value counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Base units of the SKU.
    Units,
    /// Base units per day.
    UnitsPerDay,
    /// Days.
    Days,
    /// Cartons.
    Cartons,
    /// Base units per carton.
    UnitsPerCarton,
    /// Minor units of the workspace's currency.
    MoneyMinor,
    /// Parts per million.
    Ppm,
}

/// How a line changes the running total of the lines above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Op {
    /// The total starts anew at the value.
    Start,
    /// + value
    Plus,
    /// − value
    Minus,
    /// × value
    Times,
    /// ÷ value
    Divide,
    /// The greater of the total and the value.
    AtLeast,
    /// The lesser of the total and the value.
    AtMost,
    /// The total stands at the value, rounded half up to the value's decimals.
    Equals,
    /// The total becomes the value, which is the total rounded up to a whole number.
    RoundUp,
    /// The total becomes the value, which is the total rounded half up to a whole number.
    RoundHalfUp,
    /// Said beside the arithmetic; changes nothing.
    Note,
}

/// A fact that a line names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ArgValue {
    /// A lot, by the caller's key.
    Lot(LotKey),
    /// A place, by the caller's key.
    Place(PlaceKey),
    /// A business date.
    Day(NaiveDate),
    /// A number.
    Number(Fixed),
    /// A share in parts per million.
    SharePpm(i64),
    /// A stable code, such as the rule that was broken.
    Code(&'static str),
}

/// A named fact of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Arg {
    /// The name by which the window's text refers to it.
    pub name: &'static str,
    /// The fact.
    pub value: ArgValue,
}

/// One line of a derivation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Stable dotted name of what the value is, such as `replenish.on_hand`.
    pub code: &'static str,
    /// What the line does to the total.
    pub op: Op,
    /// The number shown.
    pub value: Fixed,
    /// What it counts.
    pub unit: Unit,
    /// Facts for the line's text.
    pub args: Vec<Arg>,
}

/// Every code a line can carry: the window needs a text for each, in each language.
pub const LINE_CODES: &[&str] = &[
    "replenish.review",
    "replenish.transit_p90",
    "replenish.receive_p90",
    "replenish.target_cover",
    "replenish.protection",
    "replenish.rate",
    "replenish.demand",
    "replenish.on_hand",
    "replenish.inbound",
    "replenish.reserved",
    "replenish.nothing_needed",
    "replenish.need",
    "replenish.carton",
    "replenish.cartons_exact",
    "replenish.cartons_wanted",
    "replenish.source_short",
    "replenish.units",
    "replenish.lot",
    "replenish.sent",
    "replenish.lot_refused",
    "replenish.stays",
    "slow.stock",
    "slow.rate",
    "slow.cover",
    "slow.no_demand",
    "slow.demand_in_reach",
    "slow.demand_elsewhere",
    "slow.accepted_nowhere",
    "slow.lots_ahead",
    "slow.at_least_none",
    "slow.at_most_the_lot",
    "slow.sold_in_time",
    "slow.qty",
    "slow.left",
    "slow.undated",
    "slow.at_risk_here",
    "slow.at_risk",
    "slow.value",
    "slow.at_risk_value",
];

/// Every code an argument named `rule` can carry, likewise.
pub const RULE_CODES: &[&str] =
    &["past_last_sale", "share_too_small", "days_too_few", "made_on_unknown"];

/// The arithmetic of one figure, from top to bottom.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Derivation {
    /// The lines in the order of reading.
    pub lines: Vec<Line>,
}

impl Derivation {
    pub(crate) fn line(&mut self, code: &'static str, op: Op, value: Fixed, unit: Unit) {
        self.line_with(code, op, value, unit, Vec::new());
    }

    pub(crate) fn line_with(
        &mut self,
        code: &'static str,
        op: Op,
        value: Fixed,
        unit: Unit,
        args: Vec<Arg>,
    ) {
        debug_assert!(LINE_CODES.contains(&code), "{code} is not listed");
        self.lines.push(Line { code, op, value, unit, args });
    }

    /// The value of the last line with this code.
    pub fn value(&self, code: &str) -> Option<Fixed> {
        self.lines.iter().rev().find(|line| line.code == code).map(|line| line.value)
    }

    /// Recalculates every line exactly and says whether each stated result is what the lines above
    /// it give. A derivation of this crate always does; a window need not recalculate.
    pub fn adds_up(&self) -> bool {
        let mut total = Total { num: 0, den: 1 };
        self.lines.iter().all(|line| match total.after(line) {
            Some(next) => {
                total = next;
                true
            }
            None => false,
        })
    }
}

/// A running total as a fraction, so that 760 ÷ 48 stays exact until it is rounded.
#[derive(Clone, Copy)]
struct Total {
    num: i128,
    den: i128,
}

impl Total {
    /// The total after a line; `None` when the line states a result that is not so.
    fn after(self, line: &Line) -> Option<Total> {
        let (value, power) = (i128::from(line.value.mantissa), line.value.power());
        let stated = Total { num: value, den: power };
        let scaled_sum = |sign: i128| {
            let left = self.num.checked_mul(power)?;
            let right = value.checked_mul(self.den)?.checked_mul(sign)?;
            Some(Total { num: left.checked_add(right)?, den: self.den.checked_mul(power)? })
        };
        let next = match line.op {
            Op::Start => stated,
            Op::Plus => scaled_sum(1)?,
            Op::Minus => scaled_sum(-1)?,
            Op::Times => {
                Total { num: self.num.checked_mul(value)?, den: self.den.checked_mul(power)? }
            }
            Op::Divide if value > 0 => {
                Total { num: self.num.checked_mul(power)?, den: self.den.checked_mul(value)? }
            }
            Op::AtLeast if self.compare(stated)?.is_lt() => stated,
            Op::AtMost if self.compare(stated)?.is_gt() => stated,
            Op::Equals if self.rounded_half_up(power)? == value => self,
            Op::RoundUp if self.rounded_up()?.checked_mul(power)? == value => stated,
            Op::RoundHalfUp if self.rounded_half_up(1)?.checked_mul(power)? == value => stated,
            Op::AtLeast | Op::AtMost | Op::Note => self,
            Op::Divide | Op::Equals | Op::RoundUp | Op::RoundHalfUp => return None,
        };
        Some(next.reduced())
    }

    fn compare(self, other: Total) -> Option<Ordering> {
        Some(self.num.checked_mul(other.den)?.cmp(&other.num.checked_mul(self.den)?))
    }

    fn rounded_up(self) -> Option<i128> {
        Some(-self.num.checked_neg()?.div_euclid(self.den))
    }

    /// The total × `power`, rounded half up.
    fn rounded_half_up(self, power: i128) -> Option<i128> {
        let doubled = self.num.checked_mul(2)?.checked_mul(power)?.checked_add(self.den)?;
        Some(doubled.div_euclid(self.den.checked_mul(2)?))
    }

    fn reduced(self) -> Total {
        let (mut a, mut b) = (self.num.saturating_abs(), self.den);
        while b != 0 {
            (a, b) = (b, a % b);
        }
        Total { num: self.num / a.max(1), den: self.den / a.max(1) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(lines: &[(Op, Fixed)]) -> Derivation {
        let mut derivation = Derivation::default();
        for (op, value) in lines {
            derivation.line("slow.stock", *op, *value, Unit::Units);
        }
        derivation
    }

    #[test]
    fn fixed_is_written_without_trailing_zeros() {
        assert_eq!(Fixed::micro(20_000_000).to_string(), "20");
        assert_eq!(Fixed::micro(-1_500_000).to_string(), "-1.5");
        assert_eq!(Fixed::micro(-1).to_string(), "-0.000001");
        assert_eq!(Fixed::ratio(760, 48).to_string(), "15.833333");
        assert_eq!(serde_json::to_string(&Fixed::ratio(2, 3)).unwrap(), "\"0.666667\"");
        assert_eq!(Fixed::micro(i128::MAX).mantissa, i64::MAX);
    }

    #[test]
    fn true_arithmetic_adds_up_and_false_does_not() {
        let whole = Fixed::whole;
        let good = [
            (Op::Start, whole(760)),
            (Op::Divide, whole(48)),
            (Op::Equals, Fixed::ratio(760, 48)),
            (Op::Note, whole(5)),
            (Op::RoundUp, whole(16)),
            (Op::AtMost, whole(10)),
            (Op::AtLeast, whole(3)),
            (Op::Times, whole(48)),
            (Op::Minus, Fixed::micro(500_000)),
            (Op::Plus, whole(1)),
            (Op::Equals, Fixed::micro(480_500_000)),
            (Op::RoundHalfUp, whole(481)),
        ];
        assert!(lines(&good).adds_up());
        for wrong in [2, 4, 10, 11] {
            let mut bad = good;
            bad[wrong].1 = whole(17);
            assert!(!lines(&bad).adds_up(), "line {wrong}");
        }
        assert!(!lines(&[(Op::Start, whole(1)), (Op::Divide, whole(0))]).adds_up());
        // What is too large to be recalculated is not vouched for.
        let huge = [(Op::Start, whole(i64::MAX)), (Op::Times, whole(i64::MAX))];
        let more =
            [huge[0], huge[1], huge[1], (Op::AtMost, Fixed::micro(1)), (Op::Equals, whole(0))];
        assert!(lines(&huge).adds_up() && !lines(&more).adds_up());
    }
}
