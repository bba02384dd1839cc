//! `pincang-mall`: the reference marketplace as a program of its own.
//!
//! It prints one JSON line, `{"url":…,"token":…}`, when it listens, and ends on Ctrl-C. The token
//! can be given in the environment variable `PINCANG_MALL_TOKEN`, where other users of the machine
//! cannot read it.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chrono::NaiveDate;
use clap::Parser;
use mall::{Config, FaultRule, Mall, Running, Scenario};

/// The reference marketplace of the Pincang marketplace API, on the loopback address.
#[derive(Debug, Parser)]
#[command(name = "pincang-mall", version)]
struct Arguments {
    /// The directory of its log.
    #[arg(long)]
    dir: PathBuf,
    /// A scenario file, or one of the built-in scenarios: a1, lively.
    #[arg(long, default_value = "lively")]
    scenario: String,
    /// What the orders are drawn from.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The port; 0 for any free one.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// A file with fault rules.
    #[arg(long)]
    faults: Option<PathBuf>,
    /// Let the days up to this one pass before listening.
    #[arg(long)]
    advance_to: Option<NaiveDate>,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            let _ = writeln!(std::io::stderr(), "pincang-mall: {why}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), String> {
    let scenario = match arguments.scenario.as_str() {
        "a1" => Scenario::a1(),
        "lively" => Scenario::lively(),
        path => Scenario::parse(&read(Path::new(path))?).map_err(|error| error.to_string())?,
    };
    let faults: Vec<FaultRule> = match &arguments.faults {
        Some(path) => {
            serde_json::from_str(&read(path)?).map_err(|e| format!("{}: {e}", path.display()))?
        }
        None => Vec::new(),
    };
    let running = Mall::start(Config {
        dir: arguments.dir.clone(),
        scenario,
        seed: arguments.seed,
        port: arguments.port,
        token: std::env::var("PINCANG_MALL_TOKEN").ok().filter(|token| !token.is_empty()),
        faults,
    })
    .map_err(|error| error.to_string())?;
    for warning in running.warnings() {
        let _ = writeln!(std::io::stderr(), "pincang-mall: {warning}");
    }
    if let Some(to) = arguments.advance_to {
        running.advance(to).map_err(|error| error.to_string())?;
    }
    announce(&running).map_err(|error| error.to_string())?;
    wait_for_the_end()?;
    running.stop();
    Ok(())
}

fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

fn announce(running: &Running) -> std::io::Result<()> {
    let line = serde_json::json!({ "url": running.base_url(), "token": running.token() });
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}")?;
    out.flush()
}

fn wait_for_the_end() -> Result<(), String> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .and_then(|runtime| runtime.block_on(tokio::signal::ctrl_c()))
        .map_err(|error| error.to_string())
}
