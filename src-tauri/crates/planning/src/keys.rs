//! The caller's keys of goods, places and lots. Knows nothing behind them.

use serde::{Deserialize, Serialize};

/// The largest quantity of one lot, place or order that planning accepts, in base units. It keeps
/// every product with a rate or a money value inside `i128` without a check at each step.
pub const QUANTITY_MAX: i64 = 1_000_000_000_000;

macro_rules! key {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        pub struct $name(pub u32);
    };
}

key! {
    /// A SKU, as a number the caller chose.
    SkuKey
}
key! {
    /// A place that holds stock, as a number the caller chose. Ties between places go to the
    /// smaller key.
    PlaceKey
}
key! {
    /// A lot, as a number the caller chose. Lots with the same dates are used in the order of
    /// their keys, so keys should follow an order that lasts, such as the lot number's.
    LotKey
}
