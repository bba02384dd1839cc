//! Price and payout of an order, the same to the cent wherever they are computed.
#![forbid(unsafe_code)]

mod alloc;
mod error;
pub mod money;
mod read;
pub mod time;

pub use alloc::allocate;
pub use error::Error;
pub use money::{Currency, Money, Rate, Rounding};
