//! The tasks: which steps, in which order.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use crate::machine::{self, FOR_NO_SCREEN, FOR_TESTS, FOR_THE_WINDOW, TO_COMPILE};
use crate::step::{Done, Failed, exec, finish, output, root, step, target};
use crate::ui;

const CARGO: &str = env!("CARGO");
/// Where the demo workspace looks for the reference marketplace.
const MALL_PORT: &str = "47600";
/// The generated TypeScript side of the core's command table.
const CONTRACT: &str = "ui/src/contract.ts";
/// What `xvfb-run` is told before the program that it runs on a screen that nobody sees.
const NO_SCREEN: &[&str] = &["-a", "-s", "-screen 0 1920x1200x24"];

/// Opens the window on a demo workspace, or does the same job without one.
pub(crate) fn run(release: bool) -> Done {
    let profile = if release { "release" } else { "dev" };
    let pincang = built(release, "pincang");
    if !machine::has_display() {
        println!("There is no display: the main job runs headless.");
        machine::packages(TO_COMPILE)?;
        step("build the command line", || {
            exec(CARGO, &["build", "--profile", profile, "-p", "cli", "-p", "mall"])
        })?;
        return step("the main job", || exec(pincang, &["demo-run"]));
    }
    machine::packages(FOR_THE_WINDOW)?;
    page()?;
    step("build the window", || {
        let programs = ["-p", "pincang-desktop", "-p", "cli", "-p", "mall"];
        exec(CARGO, &[&["build", "--profile", profile][..], &programs].concat())
    })?;
    let workspace = target().join("run/demo.pincang");
    let file = workspace.to_string_lossy();
    if !workspace.is_file() {
        step("make a demo workspace", || exec(&pincang, &["demo", &file, "--size", "tiny"]))?;
    }
    let _mall = marketplace(&pincang, &built(release, "pincang-mall"), &workspace)?;
    step("the window, until it is closed", || exec(built(release, "pincang-desktop"), &[&file]))
}

/// The marketplace of a demo workspace, with all days before today already sold.
fn marketplace(pincang: &Path, mall: &Path, workspace: &Path) -> Result<Background, Failed> {
    let file = workspace.to_string_lossy();
    let status = output(pincang, &["status", "--json", "--workspace", &file]);
    let today = status.as_deref().and_then(today_in).ok_or_else(|| {
        Failed(format!("{file} cannot be read: remove it, and it is made anew by the next run"))
    })?;
    let scenario = workspace.with_extension("mall.json");
    let log = workspace.with_file_name("mall");
    let (scenario, log) = (scenario.to_string_lossy(), log.to_string_lossy());
    let place = ["--dir", &log, "--scenario", &scenario];
    let moment = ["--port", MALL_PORT, "--advance-to", today];
    Background::start(mall, &[place, moment].concat())
}

/// The business day in what `pincang status --json` prints.
fn today_in(status: &str) -> Option<&str> {
    let (_, rest) = status.split_once("\"today\"")?;
    rest.split('"').nth(1)
}

/// Everything that has to pass before a change lands.
pub(crate) fn test() -> Done {
    let start = Instant::now();
    machine::packages(&[FOR_THE_WINDOW, FOR_NO_SCREEN, FOR_TESTS].concat())?;
    page()?;
    ui::check()?;
    ui::test()?;
    machine::python()?;
    step("cargo fmt", || exec(CARGO, &["fmt", "--all", "--check"]))?;
    step("cargo clippy", || {
        exec(CARGO, &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])
    })?;
    let without_window = if cfg!(target_os = "linux") {
        machine::tauri_driver()?;
        // One invocation for all: a second one with other packages would build them differently.
        step("cargo test, the window included", || {
            let tests = [CARGO, "test", "--workspace", "--no-fail-fast"];
            exec("xvfb-run", &[NO_SCREEN, &tests].concat())
        })?;
        ""
    } else {
        step("cargo test", || {
            exec(CARGO, &["test", "--workspace", "--exclude", "pincang-desktop", "--no-fail-fast"])
        })?;
        " The window was left out: its test needs WebKitGTK's web driver, so Linux."
    };
    step("the contract of the page is the core's", || {
        compare(output(target().join("debug/examples/codegen"), &[]))
    })?;
    let minutes = start.elapsed().as_secs_f64() / 60.0;
    println!("\nAll tests passed in {minutes:.1} min.{without_window}");
    println!("Pictures of the window: {}", root().join("target/screenshots").display());
    Ok(())
}

/// Builds the page into ui/dist.
pub(crate) fn page() -> Done {
    machine::node()?;
    ui::packages()?;
    ui::build()
}

/// Writes the contract, or only compares it.
pub(crate) fn codegen(check: bool) -> Done {
    let generated = output(CARGO, &["run", "--quiet", "-p", "app", "--example", "codegen"]);
    if check {
        return compare(generated);
    }
    let generated = generated.ok_or_else(not_generated)?;
    fs::write(root().join(CONTRACT), generated + "\n")
        .map_err(|error| Failed(format!("{CONTRACT}: {error}")))
}

fn compare(generated: Option<String>) -> Done {
    let generated = generated.ok_or_else(not_generated)?;
    let written = fs::read_to_string(root().join(CONTRACT)).unwrap_or_default();
    if written.trim() == generated.trim() {
        return Ok(());
    }
    Err(Failed(format!("{CONTRACT} is not what the core says: run `cargo xtask codegen`")))
}

fn not_generated() -> Failed {
    Failed(
        "the example `codegen` of `app` did not run: `cargo run -p app --example codegen`".into(),
    )
}

/// The model test of production with so many commands; its normal run is part of the tests.
pub(crate) fn soak(commands: &str) -> Done {
    machine::packages(TO_COMPILE)?;
    step(&format!("{commands} random commands against the plain model"), || {
        let mut test = Command::new(CARGO);
        test.args([
            "test",
            "--release",
            "-p",
            "store",
            "--test",
            "production",
            "--",
            "--nocapture",
        ]);
        test.env("PINCANG_MODEL_COMMANDS", commands).current_dir(root());
        finish(&mut test)
    })
}

/// Measures; never part of the tests, because it needs a quiet machine.
pub(crate) fn bench(arguments: &[&str]) -> Done {
    machine::packages(&[FOR_THE_WINDOW, FOR_NO_SCREEN].concat())?;
    page()?;
    step("build the window and what measures it", || {
        exec(CARGO, &["build", "--release", "-p", "pincang-desktop", "-p", "bench"])
    })?;
    let bench = built(true, "bench");
    if !cfg!(target_os = "linux") {
        return step("bench", || exec(bench, arguments));
    }
    let bench = bench.to_string_lossy();
    step("bench", || exec("xvfb-run", &[NO_SCREEN, &[bench.as_ref()], arguments].concat()))
}

/// Builds the package for users.
pub(crate) fn dist() -> Done {
    machine::packages(FOR_THE_WINDOW)?;
    machine::node()?;
    ui::packages()?;
    let tauri = root().join("ui/node_modules/.bin/tauri");
    // Other kinds of package fetch tools from the network while they are made.
    step("tauri build", || exec(&tauri, &["build", "--bundles", "deb"]))?;
    println!("The package: {}", target().join("release/bundle/deb").display());
    Ok(())
}

fn built(release: bool, program: &str) -> PathBuf {
    let folder = target().join(if release { "release" } else { "debug" });
    folder.join(program).with_extension(std::env::consts::EXE_EXTENSION)
}

/// A program that runs beside a step and ends with it.
struct Background(Child);

impl Background {
    fn start(program: &Path, arguments: &[&str]) -> Result<Self, Failed> {
        let mut command = Command::new(program);
        command.args(arguments).env("PINCANG_MALL_TOKEN", "demo").stdin(Stdio::null());
        let started = command.spawn();
        let child = started.map_err(|error| Failed(format!("{}: {error}", program.display())))?;
        Ok(Self(child))
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
