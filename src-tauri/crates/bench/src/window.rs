//! The start of the window and what it holds in memory once it stands there.
//!
//! Knows the built program, the line that it says when its first data is shown, and how Linux
//! counts the memory of a process and of those it started. Refuses to build the program, and the
//! folders, the keyring and the desktop of the person at this machine.

use std::collections::BTreeSet;
use std::error::Error;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use crate::desk::TODAY;
use crate::measure::{Figure, Goal, PAIRS, median};

/// What the program says at the second frame with data.
const SHOWN: &str = "shown";
/// A start that takes longer is a failure.
const PATIENCE: Duration = Duration::from_mins(1);
/// So long after the first data nothing of the start is still going on.
const UNTIL_IDLE: Duration = Duration::from_secs(5);

/// Starts the window on `file` again and again: how long a start takes, and what the last one holds
/// in memory, where the system tells it. There is no bare figure: nothing that is not a window of
/// the same web view does the same.
pub(crate) fn start(home: &Path, file: &Path) -> Result<(Figure, Option<Figure>), Box<dyn Error>> {
    let program = program()?;
    let mut all = Vec::new();
    let mut memory = None;
    // The first start only warms caches, and makes the program's folders.
    for number in 0..=PAIRS {
        let mut window = Window::start(&program, home, file)?;
        let took = window.until_shown()?;
        if number > 0 {
            all.push(took.as_secs_f64());
        }
        if number == PAIRS {
            window.stays_for(UNTIL_IDLE)?;
            memory = Memory::of_family(window.process.id());
        }
        window.close()?;
    }
    let time = Figure {
        what: "start to the second frame with data".into(),
        unit: "s",
        ours: median(all),
        bare: None,
        goal: Goal::AtMost(1.5),
    };
    Ok((time, memory.map(Memory::figure)))
}

/// The window's program of the same build, which lies beside this one.
fn program() -> Result<PathBuf, Box<dyn Error>> {
    let beside = std::env::current_exe()?.with_file_name("pincang-desktop");
    let program = beside.with_extension(std::env::consts::EXE_EXTENSION);
    if program.is_file() {
        return Ok(program);
    }
    Err(format!("{} is not built: `cargo xtask bench` builds it", program.display()).into())
}

/// A started window, which ends with this.
struct Window {
    process: Child,
    started: Instant,
    lines: Receiver<(Instant, String)>,
}

impl Window {
    fn start(program: &Path, home: &Path, file: &Path) -> Result<Self, Box<dyn Error>> {
        let mut command = Command::new(program);
        command
            .arg(file)
            .args(["--today", &TODAY.to_string(), "--say-shown"])
            .env("PINCANG_DATA_DIR", home.join("data"))
            .env("XDG_DATA_HOME", home.join("xdg-data"))
            .env("XDG_CACHE_HOME", home.join("xdg-cache"))
            .env("XDG_CONFIG_HOME", home.join("xdg-config"))
            .env("DBUS_SESSION_BUS_ADDRESS", "disabled:")
            .env("NO_AT_BRIDGE", "1")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let started = Instant::now();
        let mut process =
            command.spawn().map_err(|error| format!("{}: {error}", program.display()))?;
        let said = process.stdout.take().ok_or("the window has no output")?;
        Ok(Self { process, started, lines: listen(said) })
    }

    /// How long it took from the start of the process to the line that says so.
    fn until_shown(&mut self) -> Result<Duration, Box<dyn Error>> {
        loop {
            let left = PATIENCE.saturating_sub(self.started.elapsed());
            match self.lines.recv_timeout(left) {
                Ok((at, line)) if line == SHOWN => return Ok(at - self.started),
                Ok(_) => {}
                Err(reason) => return Err(format!("no data in the window: {reason}").into()),
            }
        }
    }

    /// Leaves the window alone for a while.
    fn stays_for(&mut self, time: Duration) -> Result<(), Box<dyn Error>> {
        let until = Instant::now() + time;
        loop {
            match self.lines.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(_) => {}
                Err(RecvTimeoutError::Timeout) => return Ok(()),
                Err(RecvTimeoutError::Disconnected) => return Err("the window went away".into()),
            }
        }
    }

    /// Ends the window and waits for the processes of its web view, which write where it wrote:
    /// the next start must not share the machine with them.
    fn close(mut self) -> Result<(), Box<dyn Error>> {
        self.process.kill()?;
        self.process.wait()?;
        let until = Instant::now() + PATIENCE;
        loop {
            match self.lines.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(_) => {}
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
                Err(RecvTimeoutError::Timeout) => return Err("the web view does not end".into()),
            }
        }
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The lines that the processes of a window write, and when; ends with the last of them.
fn listen(said: ChildStdout) -> Receiver<(Instant, String)> {
    let (tell, lines) = channel();
    std::thread::spawn(move || {
        for line in BufReader::new(said).lines().map_while(Result::ok) {
            if tell.send((Instant::now(), line)).is_err() {
                return;
            }
        }
    });
    lines
}

/// What a process and all that it started hold, each shared page counted once among its sharers.
struct Memory {
    processes: usize,
    mb: f64,
}

impl Memory {
    /// Nothing where the system does not tell.
    fn of_family(head: u32) -> Option<Self> {
        let family = family(head, &parents()?);
        let kb: Option<f64> = family.iter().map(|process| pss_kb(*process)).sum();
        Some(Self { processes: family.len(), mb: kb? / 1_024.0 })
    }

    fn figure(self) -> Figure {
        Figure {
            what: format!("idle memory of the window's {} processes, PSS", self.processes),
            unit: "MB",
            ours: self.mb,
            bare: None,
            goal: Goal::Known,
        }
    }
}

/// The proportional set size of a process.
fn pss_kb(process: u32) -> Option<f64> {
    let text = std::fs::read_to_string(format!("/proc/{process}/smaps_rollup")).ok()?;
    let line = text.lines().find(|line| line.starts_with("Pss:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// All processes of the machine, each with the one that started it.
fn parents() -> Option<Vec<(u32, u32)>> {
    let processes = std::fs::read_dir("/proc").ok()?.flatten().filter_map(|entry| {
        let process: u32 = entry.file_name().to_str()?.parse().ok()?;
        let stat = std::fs::read_to_string(entry.path().join("stat")).ok()?;
        Some((process, parent_in(&stat)?))
    });
    Some(processes.collect())
}

/// The parent in a line of `/proc/PID/stat`. The name before it may hold spaces and brackets.
fn parent_in(stat: &str) -> Option<u32> {
    stat.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()
}

/// `head` and all that descend from it.
fn family(head: u32, parents: &[(u32, u32)]) -> BTreeSet<u32> {
    let mut family = BTreeSet::from([head]);
    loop {
        let before = family.len();
        let children = parents.iter().filter(|(_, parent)| family.contains(parent));
        let children: Vec<u32> = children.map(|(child, _)| *child).collect();
        family.extend(children);
        if family.len() == before {
            return family;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_family_is_all_that_descend_and_nobody_else() {
        let parents = [(9, 1), (4, 3), (3, 2), (2, 1), (5, 2), (6, 9)];
        assert_eq!(family(2, &parents), BTreeSet::from([2, 3, 4, 5]));
    }

    #[test]
    fn a_name_with_brackets_does_not_hide_the_parent() {
        assert_eq!(parent_in("12 (a) b) S 7 12 12 0"), Some(7));
        assert_eq!(parent_in("12 (a"), None);
    }
}
