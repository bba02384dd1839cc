//! Proceeds (销售额): what sold units brought, lot by lot.
//!
//! Knows how the value of a day bucket falls on the lots that the bucket took: by units, largest
//! remainder, so that the parts add up. Refuses to guess: units whose value nobody told stay units
//! without a value, and no profit is made of them.

use std::ops::{Add, AddAssign};

use crate::money::{share, split};

/// Sold units whose value is known, and that value.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Proceeds {
    /// Units sold whose value is known.
    pub units: i64,
    /// What they brought without tax, minor units.
    pub minor: i64,
}

impl Add for Proceeds {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { units: self.units + other.units, minor: self.minor + other.minor }
    }
}

impl AddAssign for Proceeds {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Proceeds {
    /// What falls on each of some takings, by their units: first the units whose value is known,
    /// then the value by those, both by largest remainder. When more units are valued than were
    /// taken, as long as a report is ahead of the book, what is taken gets its share of the value.
    pub fn over(self, taken: &[i64]) -> Vec<Self> {
        let all: i64 = taken.iter().sum();
        let units = self.units.clamp(0, all.max(0));
        let parts = split(units, taken);
        let minors = split(share(self.minor, units, self.units), &parts);
        parts.into_iter().zip(minors).map(|(units, minor)| Self { units, minor }).collect()
    }
}

/// What sold units brought against what they cost.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Profit {
    /// Units sold, whether their value is known or not.
    pub sold: i64,
    /// Those whose value is known, and that value.
    pub known: Proceeds,
    /// Cost of all units sold, minor units.
    pub cogs: i64,
    /// Cost of those whose value is known.
    pub known_cogs: i64,
}

impl AddAssign for Profit {
    fn add_assign(&mut self, other: Self) {
        self.sold += other.sold;
        self.known += other.known;
        self.cogs += other.cogs;
        self.known_cogs += other.known_cogs;
    }
}

impl Profit {
    /// Of `sold` units that cost `cogs` and brought `known`: the units whose value is known bear
    /// their part of the cost, rounded half up.
    pub fn of(sold: i64, cogs: i64, known: Proceeds) -> Self {
        let units = known.units.clamp(0, sold.max(0));
        let known = Proceeds { units, minor: share(known.minor, units, known.units) };
        Self { sold, known, cogs, known_cogs: share(cogs, units, sold) }
    }

    /// Units sold whose value nobody told.
    pub fn unknown(self) -> i64 {
        self.sold - self.known.units
    }

    /// Profit so far: value less cost of the units whose value is known; nothing when there are
    /// none.
    pub fn so_far(self) -> Option<i64> {
        (self.known.units > 0).then(|| self.known.minor - self.known_cogs)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_bucket_falls_on_two_lots_by_units() {
        // 100.00 for 3 units, of which one lot gave 2 and another 1.
        let parts = Proceeds { units: 3, minor: 10_000 }.over(&[2, 1]);
        let expected = [(2, 6_667), (1, 3_333)].map(|(units, minor)| Proceeds { units, minor });
        assert_eq!(parts, expected);
        // Only 2 of the 3 have a value: 1⅓ and ⅔ of them, so one each.
        let parts = Proceeds { units: 2, minor: 7_001 }.over(&[2, 1]);
        let expected = [(1, 3_501), (1, 3_500)].map(|(units, minor)| Proceeds { units, minor });
        assert_eq!(parts, expected);
        // 4 are reported and 3 are posted: three quarters of the value so far.
        let parts = Proceeds { units: 4, minor: 10_000 }.over(&[3]);
        assert_eq!(parts, [Proceeds { units: 3, minor: 7_500 }]);
        assert_eq!(Proceeds { units: 4, minor: 10_000 }.over(&[]), []);
    }

    #[test]
    fn profit_is_made_of_units_whose_value_is_known() {
        let known = Proceeds { units: 60, minor: 180_000 };
        let profit = Profit::of(100, 70_001, known);
        assert_eq!((profit.unknown(), profit.known_cogs), (40, 42_001));
        assert_eq!(profit.so_far(), Some(137_999));
        assert_eq!(Profit::of(100, 70_001, Proceeds::default()).so_far(), None);
        // A sale taken back since takes its value along.
        assert_eq!(Profit::of(0, 0, known), Profit::default());
    }

    proptest! {
        #[test]
        fn the_parts_add_up_and_no_lot_is_valued_beyond_what_it_gave(
            units in 0_i64..500,
            minor in -1_000_000_i64..1_000_000,
            taken in prop::collection::vec(0_i64..200, 1..6),
        ) {
            let known = Proceeds { units, minor: if units == 0 { 0 } else { minor } };
            let parts = known.over(&taken);
            let all: i64 = taken.iter().sum();
            let sum = parts.iter().fold(Proceeds::default(), |sum, part| sum + *part);
            prop_assert_eq!(sum.units, units.min(all));
            if all >= units {
                prop_assert_eq!(sum, known);
            }
            for (part, taken) in parts.iter().zip(&taken) {
                prop_assert!(part.units <= *taken);
            }
        }
    }
}
