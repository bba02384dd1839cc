//! The rules of the goods as properties, and the released shapes of entries.

mod dues;
mod entries;
mod kept;
mod opening;
mod orders;
mod production;
mod sales;
mod sets;
mod support;
mod transfers;
mod works;
