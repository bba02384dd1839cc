//! The desktop window of Pincang.
//!
//! Knows the operating system: arguments, folders, dialogs, the keyring, the clock, the web view.
//! Refuses to know any business rule: what the window asks for goes to `app` as it came, and the
//! answer goes back as it is.

// A release build on Windows opens no console beside the window.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod bridge;
mod files;
mod launch;
mod log;
mod papers;
mod story;
mod window;

use std::process::ExitCode;

fn main() -> ExitCode {
    let launch = match launch::Launch::from_env() {
        Ok(launch) => launch,
        Err(message) => {
            // Usage and `--help`: there is no window yet to show it in.
            let _ = message.print();
            return ExitCode::from(u8::try_from(message.exit_code()).unwrap_or(2));
        }
    };
    match window::run(launch) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("pincang-desktop: {error}");
            ExitCode::from(3)
        }
    }
}
