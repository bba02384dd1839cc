//! The real window, driven from outside: what a user sees, not what the code says.
//!
//! Knows the program as it is shipped (debug build) and the page in it. Refuses to reach around
//! them: what the window shows and writes is all that counts here.

// Only Linux has a web driver for the system's web view that needs no vendor's download.
#![cfg(target_os = "linux")]

mod a1;
mod demo;
mod driver;
mod hand;
mod shell;
