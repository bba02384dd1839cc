//! One step of a task: says what it does, does it, says how long it took.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

/// Why a task ended early, for the person at the terminal.
#[derive(Debug)]
pub(crate) struct Failed(pub(crate) String);

/// The outcome of a step or of a task.
pub(crate) type Done = Result<(), Failed>;

/// Runs `work` under a headline and tells its time.
pub(crate) fn step(what: &str, work: impl FnOnce() -> Done) -> Done {
    println!("\n== {what}");
    let start = Instant::now();
    work()?;
    println!("-- {what}: {:.1} s", start.elapsed().as_secs_f64());
    Ok(())
}

/// Runs a program in the repository's root; its output goes to the terminal.
pub(crate) fn exec(program: impl AsRef<OsStr>, arguments: &[&str]) -> Done {
    exec_in(Path::new("."), program, arguments)
}

/// Runs a program in `folder`, given from the repository's root.
pub(crate) fn exec_in(folder: &Path, program: impl AsRef<OsStr>, arguments: &[&str]) -> Done {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(root().join(folder));
    finish(&mut command)
}

/// Runs a prepared command and turns anything but success into words.
pub(crate) fn finish(command: &mut Command) -> Done {
    // Nothing may wait for an answer: there may be nobody.
    let status = command.stdin(Stdio::null()).status();
    let words = words(command);
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(Failed(format!("`{words}` failed ({status})"))),
        Err(error) => Err(Failed(format!("`{words}` did not start: {error}"))),
    }
}

/// What a program prints, if it runs and succeeds.
pub(crate) fn output(program: impl AsRef<OsStr>, arguments: &[&str]) -> Option<String> {
    let output =
        Command::new(program).args(arguments).current_dir(root()).stdin(Stdio::null()).output();
    let output = output.ok().filter(|output| output.status.success())?;
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Where a program lies on the search path.
pub(crate) fn on_path(program: &str) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders).map(|folder| folder.join(program)).find(|file| file.is_file())
}

/// The repository's root.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the repository")
}

/// The folder for what builds leave behind.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

fn words(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
