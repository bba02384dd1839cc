//! What will sell, what to send, what is stuck: the arithmetic of planning.
//!
//! Knows: series of demand, forecasts with a range, the quantity a platform warehouse should be
//! sent, the age, cover and expiry risk of lots, and how to show each figure as lines that add up.
//! Refuses to know: the clock (every date is an argument), files, databases, names of goods (keys
//! are opaque numbers of the caller), currencies (money is an opaque count of minor units).
//!
//! Two rules hold everywhere:
//! * **Same input, same bytes, on every system.** Floats appear in forecasts only, go through
//!   `libm` where the platform's own mathematics library could differ, and are summed in the order
//!   of the input. A forecast leaves [`demand`] as a [`DailyRate`] in millionths of a unit; all
//!   that follows is exact integer arithmetic.
//! * **Every figure opens its arithmetic.** Results carry a [`Derivation`], which can be checked by
//!   [`Derivation::adds_up`].
//!
//! A day `d` of stock means the stock at its start: the demand of the planning day itself is still
//! to come, and the day of expiry is the last day that sells.

pub mod cover;
pub mod demand;
mod derivation;
mod keys;
mod life;
mod rate;
pub mod replenish;
pub mod slow;

pub use derivation::{Arg, ArgValue, Derivation, Fixed, LINE_CODES, Line, Op, RULE_CODES, Unit};
pub use keys::{LotKey, PlaceKey, QUANTITY_MAX, SkuKey};
pub use life::{LifeRefusal, LifeRule, PPM, share_left_ppm};
pub use rate::{DailyRate, MICRO, RateError};
