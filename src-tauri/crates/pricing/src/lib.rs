//! Price and payout of an order, the same to the cent wherever they are computed.
#![forbid(unsafe_code)]

mod error;
pub mod money;
pub mod time;

pub use error::Error;
pub use money::{Currency, Money, Rate, Rounding};
