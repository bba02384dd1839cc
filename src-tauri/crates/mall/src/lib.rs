//! The reference marketplace: a small, honest server of the marketplace API whose shops, buyers
//! and days come from a scenario and a seed.
//!
//! - Days pass only when told to ([`Running::advance`] or `POST /admin/advance`), so nothing
//!   depends on a clock, and the same scenario, seed and day always give the same orders.
//! - What it was told is in a flushed log of commands; everything else follows from it. It may be
//!   killed at any moment.
//! - It breaks its own promises on demand ([`FaultRule`]), so that a reader can be tried.
//!
//! It knows no brand, no stock ledger and no client. It is for trials and tests on this machine:
//! it listens on the loopback address alone.

mod cursor;
mod faults;
mod generate;
mod journal;
mod market;
mod order;
mod pricing;
mod prng;
mod scenario;
mod serve;
mod server;

pub use faults::{Fault, FaultRule};
pub use market::Summary;
pub use scenario::{
    Behaviour, DemandRule, ListingPlan, OpeningStock, Random, Rate, Scenario, ScenarioError,
    ShopPlan, WarehousePlan,
};
pub use server::{Config, Mall, MallError, Running};
