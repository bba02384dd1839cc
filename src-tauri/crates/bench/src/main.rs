//! `bench`: what the program costs, beside what the same rows cost bare SQLite in the same run.
//!
//! Knows how to make a large ledger, what is measured and what was promised. Refuses verdicts on a
//! machine that is busy with something else, and to gate anything: figures are for people.
#![allow(clippy::print_stdout, reason = "a program for a terminal: its output is what it says")]

mod desk;
mod documents;
mod ledger;
mod measure;
mod prices;
mod production;
mod reads;
mod window;

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

use measure::{Figure, load};

/// Above this load average a figure says more about the machine than about the program.
const QUIET: f64 = 1.5;
const MOVES: usize = 1_000_000;
/// Levels of the large ledger, and rows of the large grid.
const LEVELS: usize = 20_000;
const GRID_ROWS: usize = 100_000;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        [] => all(MOVES),
        ["--moves", moves] => moves.parse().map_err(Into::into).and_then(all),
        ["--window"] => window_alone(),
        ["--prices"] => prices_alone(),
        ["--posting"] => posting_alone(),
        // A process of its own, so that its peak of memory is the proof's alone.
        ["verify", file] => reads::verify_here(Path::new(file)),
        _ => Err("bench [--moves N | --posting | --window | --prices]".into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("bench: {error}");
            ExitCode::FAILURE
        }
    }
}

fn all(moves: usize) -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    println!("making a ledger of {moves} moves and a grid of {GRID_ROWS} rows …");
    let large = folder.path().join("large.pincang");
    ledger::make(&large, LEVELS, moves)?;
    let grid = folder.path().join("grid.pincang");
    ledger::make(&grid, GRID_ROWS, GRID_ROWS)?;
    println!("load average {:.2} before measuring\n", load());
    heads();
    the_posting(folder.path())?;
    show(&reads::stock_now(&large)?);
    show(&reads::stock_as_of(&large)?);
    for figure in reads::grid(&grid, folder.path())? {
        show(&figure);
    }
    for figure in reads::verify(&large)? {
        show(&figure);
    }
    the_prices()?;
    the_window(folder.path())?;
    Ok(())
}

/// The figures of posting without the ledger's.
fn posting_alone() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    println!("load average {:.2} before measuring\n", load());
    heads();
    the_posting(folder.path())
}

fn the_posting(home: &Path) -> Result<(), Box<dyn Error>> {
    show(&documents::post(home)?);
    for figure in production::all(home)? {
        show(&figure);
    }
    Ok(())
}

/// The figures of prices without the ledger's.
fn prices_alone() -> Result<(), Box<dyn Error>> {
    println!("load average {:.2} before measuring\n", load());
    heads();
    the_prices()
}

fn the_prices() -> Result<(), Box<dyn Error>> {
    for figure in prices::all()? {
        show(&figure);
    }
    Ok(())
}

/// The window's figures without the ledger's.
fn window_alone() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    println!("load average {:.2} before measuring\n", load());
    heads();
    the_window(folder.path())
}

fn the_window(home: &Path) -> Result<(), Box<dyn Error>> {
    let file = home.join("demo.pincang");
    desk::make_demo(home, &file)?;
    let (start, memory) = window::start(home, &file)?;
    show(&start);
    match memory {
        Some(memory) => show(&memory),
        None => println!("idle memory of the window: not measured, this system does not tell it"),
    }
    Ok(())
}

fn heads() {
    println!(
        "{:<52} {:>11} {:>11} {:>7} {:>14} {:>6}  verdict",
        "what", "ours", "bare", "ratio", "goal", "load"
    );
}

fn show(figure: &Figure) {
    let number = |value: Option<f64>, unit: &str| {
        value.map_or("–".into(), |value| format!("{value:.2}{unit}"))
    };
    let unit = format!(" {}", figure.unit);
    let ratio = figure.bare.map(|bare| figure.ours / bare);
    let load = load();
    let verdict = match figure.kept() {
        None => "–",
        Some(_) if load > QUIET => "no verdict: the machine is busy",
        Some(true) => "kept",
        Some(false) => "MISSED",
    };
    println!(
        "{:<52} {:>11} {:>11} {:>7} {:>14} {load:>6.2}  {verdict}",
        figure.what,
        number(Some(figure.ours), &unit),
        number(figure.bare, &unit),
        number(ratio, ""),
        figure.goal.to_string(),
    );
}
