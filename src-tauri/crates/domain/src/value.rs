//! Value of a lot (批次个别计价): what it cost, and what of it is still on hand.
//!
//! A lot's value V is the sum of its value entries, N the units ever received of it. What is on
//! hand is worth `half_up(V × on hand ÷ N)`; the rest belongs to the units that left. So no move
//! carries money, parts always add up, and a late bill splits itself. (IAS 2 / CAS 1: specific
//! identification of cost.)

use crate::money::share;

/// What a lot cost and how much of it ever came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LotCost {
    /// Sum of its value entries, minor units.
    pub value_minor: i64,
    /// Units ever received.
    pub units: i64,
}

impl LotCost {
    /// Value of `on_hand` units, minor units, rounded half up. Without any receipt nothing is on
    /// hand and nothing has a value; units beyond those received, or below none, have none either.
    pub fn on_hand(self, on_hand: i64) -> i64 {
        let units = self.units.max(0);
        share(self.value_minor, on_hand.clamp(0, units), units)
    }

    /// Value of the units that left: what is not on hand, so that both add up to V.
    pub fn gone(self, on_hand: i64) -> i64 {
        self.value_minor - self.on_hand(on_hand)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_late_bill_splits_itself() {
        // 5,000 units for 75,362.83, then 1,500.00 of freight after 2,000 were sold.
        let lot = LotCost { value_minor: 7_536_283 + 150_000, units: 5_000 };
        assert_eq!((lot.gone(3_000), lot.on_hand(3_000)), (3_074_513, 4_611_770));
    }

    proptest! {
        #[test]
        fn nothing_is_lost(value in 0_i64..10_000_000_000, units in 1_i64..1_000_000, part in 0_i64..1_000_000) {
            let cost = LotCost { value_minor: value, units };
            let on_hand = part.min(units);
            prop_assert_eq!(cost.on_hand(on_hand) + cost.gone(on_hand), value);
            prop_assert!(cost.on_hand(on_hand) >= 0 && cost.gone(on_hand) >= 0);
            prop_assert_eq!(cost.on_hand(units), value);
            prop_assert_eq!((cost.on_hand(-part), cost.on_hand(units + part)), (0, value));
        }
    }
}
