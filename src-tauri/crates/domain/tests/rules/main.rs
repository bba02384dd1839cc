//! The rules of the goods as properties, and the released shapes of entries.

mod dues;
mod entries;
mod opening;
mod orders;
mod sales;
mod support;
mod transfers;
