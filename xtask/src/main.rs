//! `cargo xtask`: everything that is done to this repository, by one name each.
//!
//! Knows which tools, packages and steps a task needs and in which order. Refuses crates: it has to
//! build in a second on a machine that has nothing yet.
#![allow(clippy::print_stdout, reason = "a program for a terminal: its output is what it says")]

mod machine;
mod step;
mod tasks;
mod ui;

use std::process::ExitCode;

use step::Failed;

const USAGE: &str = "\
cargo xtask run [--release]    build, then open the window on a demo workspace; without a display
                               do the same job headless and print what came out
cargo xtask test               install what the tests need and run all of them
cargo xtask ui                 build the page into ui/dist, which the window contains
cargo xtask codegen [--check]  write ui/src/contract.ts from the core's commands, or compare it
cargo xtask soak [COMMANDS]    the ledger against its plain model with 1,000,000 random commands
cargo xtask bench [--window]   measure against the figures that the design promises, or the start
                               and the memory of the window alone
cargo xtask dist               build what is given to users: a Debian package";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["run"] => tasks::run(false),
        ["run", "--release"] => tasks::run(true),
        ["test"] => tasks::test(),
        ["ui"] => tasks::page(),
        ["codegen"] => tasks::codegen(false),
        ["codegen", "--check"] => tasks::codegen(true),
        ["soak"] => tasks::soak("1000000"),
        ["soak", commands] => tasks::soak(commands),
        ["bench", rest @ ..] => tasks::bench(rest),
        ["dist"] => tasks::dist(),
        _ => {
            println!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failed(reason)) => {
            println!("\nxtask: {reason}");
            ExitCode::FAILURE
        }
    }
}
