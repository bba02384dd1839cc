//! Clocks, medians and the machine's load. Refuses to know what is measured.

use std::error::Error;
use std::fmt;
use std::time::{Duration, Instant};

/// Pairs of ours and bare, one after the other, so that a slow moment falls on both.
pub(crate) const PAIRS: usize = 5;

/// What was promised of a figure.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Goal {
    /// Nothing: it is there to be known.
    Known,
    /// At most so much, in the figure's unit.
    AtMost(f64),
    /// At least so much, in the figure's unit.
    AtLeast(f64),
    /// At most so many times the bare figure.
    TimesBare(f64),
}

impl fmt::Display for Goal {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Known => write!(out, "–"),
            Self::AtMost(limit) => write!(out, "≤ {limit}"),
            Self::AtLeast(limit) => write!(out, "≥ {limit}"),
            Self::TimesBare(times) => write!(out, "≤ {times} × bare"),
        }
    }
}

/// One line of the table.
#[derive(Debug)]
pub(crate) struct Figure {
    pub(crate) what: String,
    pub(crate) unit: &'static str,
    pub(crate) ours: f64,
    pub(crate) bare: Option<f64>,
    pub(crate) goal: Goal,
}

impl Figure {
    /// Whether the promise holds, if there is one; one that compares with nothing does not.
    pub(crate) fn kept(&self) -> Option<bool> {
        match self.goal {
            Goal::Known => None,
            Goal::AtMost(limit) => Some(self.ours <= limit),
            Goal::AtLeast(limit) => Some(self.ours >= limit),
            Goal::TimesBare(times) => Some(self.bare.is_some_and(|bare| self.ours <= times * bare)),
        }
    }
}

/// What a clock shows of one run.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Clock {
    /// Time that passed.
    Wall,
    /// Time that this process computed; on systems that do not tell it, time that passed.
    Cpu,
}

/// Milliseconds of one run.
pub(crate) fn once<T>(
    clock: Clock,
    act: impl FnOnce() -> Result<T, Box<dyn Error>>,
) -> Result<f64, Box<dyn Error>> {
    let (start, computed) = (Instant::now(), cpu());
    act()?;
    let took = match (clock, computed, cpu()) {
        (Clock::Cpu, Some(before), Some(after)) => after.saturating_sub(before),
        _ => start.elapsed(),
    };
    Ok(took.as_secs_f64() * 1_000.0)
}

/// Medians of interleaved runs of both sides, in milliseconds.
pub(crate) fn pairs(
    clock: Clock,
    mut ours: impl FnMut(usize) -> Result<(), Box<dyn Error>>,
    mut bare: impl FnMut(usize) -> Result<(), Box<dyn Error>>,
) -> Result<(f64, f64), Box<dyn Error>> {
    let (mut all_ours, mut all_bare) = (Vec::new(), Vec::new());
    // The first pair only warms caches.
    for pair in 0..=PAIRS {
        let (one, other) = (once(clock, || ours(pair))?, once(clock, || bare(pair))?);
        if pair > 0 {
            all_ours.push(one);
            all_bare.push(other);
        }
    }
    Ok((median(all_ours), median(all_bare)))
}

/// The one in the middle, of a number of values that is odd.
pub(crate) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

#[cfg(unix)]
fn cpu() -> Option<Duration> {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    let (seconds, nanos) = (u64::try_from(time.tv_sec).ok()?, u32::try_from(time.tv_nsec).ok()?);
    Some(Duration::new(seconds, nanos))
}

#[cfg(not(unix))]
fn cpu() -> Option<Duration> {
    None
}

/// The load average of the last minute; 0 where the system keeps none.
pub(crate) fn load() -> f64 {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().and_then(|word| word.parse().ok()).unwrap_or(0.0)
}

/// The most memory that this process has had, in MB; nothing where the system does not tell.
pub(crate) fn peak_mb() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    let kb: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kb / 1_024.0)
}
