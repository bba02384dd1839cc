//! Price and payout of an order, the same to the cent wherever they are computed.
//!
//! A marketplace server and the program of a brand embed the same crate, so both arrive at the same
//! amounts. Modes of selling are data: [`RuleBook`] loads rule sets, [`quote()`] prices an order
//! and says who is paid, [`refund()`] takes pieces back by what was frozen, [`tax`] withholds,
//! [`settle`] pays out by period, [`reconcile`] explains a channel's statement, [`check()`] holds
//! rules against the law, [`plan`] finds margins and floors, [`Quote::explain`] opens any amount.
//!
//! Everything is a function of its arguments: no clock, no files, no randomness, no state. Money is
//! whole minor units in 64 bits, rates are whole millionths, products are made in 128 bits and
//! rounded once. What does not fit, or is not known, is an [`Error`] with a code, never a guess and
//! never a panic.
#![forbid(unsafe_code)]

/// The examples of the README are run with the tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

mod alloc;
pub mod check;
mod error;
mod eval;
pub mod explain;
pub mod money;
pub mod order;
pub mod plan;
pub mod quote;
mod read;
pub mod reconcile;
pub mod refund;
pub mod rules;
pub mod settle;
pub mod tax;
pub mod time;

pub use alloc::allocate;
pub use check::{Context, Flag, Severity, check};
pub use error::Error;
pub use eval::eval;
pub use explain::{Arg, Derivation, Explained, explain_case};
pub use money::{Currency, Money, PPM, Rate, Rounding};
pub use order::{Line, Order};
pub use quote::{Posting, Quote, quote, quote_under};
pub use refund::{Frozen, RefundResult, RefundState, RefundStep, refund};
pub use rules::{RuleBook, RuleSet};
