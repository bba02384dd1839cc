//! Use cases: load what is known, let `domain` decide, let `store` post, answer.
//!
//! One module a feature, one table of all commands ([`dispatch`](App::dispatch)): the window, the
//! command line and the tests enter there, so what a test proves is what the window does. Knows
//! roles and which commands reach money. Refuses to know windows, SQL, HTTP and the clock: `today`
//! and the instant come with the session.

#![allow(
    clippy::needless_pass_by_value,
    clippy::unnecessary_wraps,
    reason = "commands are one shape: the table hands each its input and takes a result"
)]

pub mod channels;
mod commands;
mod derivation;
mod drafts;
mod error;
pub mod export;
mod files;
pub mod goods;
pub mod importing;
pub mod journal;
mod known;
pub mod orders;
pub mod papers;
pub mod plan;
mod posting;
pub mod production;
mod rights;
pub mod search;
mod session;
mod set_aside;
pub mod shops;
pub mod slow;
pub mod stock;
mod suspense;
pub mod sync;
pub mod today;
pub mod transfers;
pub mod undoing;
pub mod wire;
pub mod workspace;

pub use commands::{Command, Needs, TABLE, contract, signatures};
pub use error::{Error, ErrorKind};
pub use rights::{Right, Role};
pub use session::{App, Progress, Secrets, Session};
