//! OEM production through the program, from JSON to JSON on a real file: each command, and the
//! figures that a brand would reckon by hand.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

#[path = "../support/mod.rs"]
mod support;

mod cost;
mod house;
mod kept;
mod materials;
mod money;
mod profit;
mod records;
mod sets;
mod sold_by_file;
mod steps;
mod terms;
