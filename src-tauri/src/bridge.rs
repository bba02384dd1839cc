//! The one bridge between the page and the core: `call`, with `cancel` and `report` beside it.
//!
//! Knows how a call gets a thread, a session, a way to report progress and a way to be stopped, and
//! how the page hears what changed. Refuses to know what any command means.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;
use tauri::ipc::Channel;
use tauri::{AppHandle, Emitter, Manager, State};

use crate::files;
use crate::launch::Launch;
use crate::log::{Log, PageProblem};
use crate::story;

/// The event that tells the page which kinds of facts were written.
const CHANGED: &str = "changed";

/// What the page calls a call: a number that it drew when it was loaded, and one that it counts. A
/// page loaded again counts from one again, while calls of the load before may still be running.
type Number = (u32, u32);

/// The calls under way that have reported progress, by the number that the page gave them. Whatever
/// reports can be stopped: work that writes, and also reading that takes long, such as a plan.
#[derive(Default)]
pub(crate) struct LongCalls {
    running: Mutex<Vec<(Number, Arc<AtomicBool>)>>,
}

impl LongCalls {
    /// Notes that the call has reported progress, and can be stopped from now on.
    fn reports(&self, number: Number, stop: &Arc<AtomicBool>) {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if !running.iter().any(|(_, known)| Arc::ptr_eq(known, stop)) {
            running.push((number, Arc::clone(stop)));
        }
    }

    fn end(&self, stop: &Arc<AtomicBool>) {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        running.retain(|(_, known)| !Arc::ptr_eq(known, stop));
    }

    fn stop(&self, number: Number) {
        let running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        for (_, stop) in running.iter().filter(|(known, _)| *known == number) {
            stop.store(true, Ordering::Relaxed);
        }
    }
}

/// Runs a command of the core, or one of the shell's own, and answers with its output.
#[tauri::command]
pub(crate) async fn call(
    handle: AppHandle,
    load: u32,
    number: u32,
    name: String,
    input: Value,
    progress: Channel<app::Progress>,
) -> Result<Value, app::Error> {
    // Off the main thread, which draws; a command may take as long as a disk does.
    let work = move || {
        let run = || match files::answer(&handle, &name, &input) {
            Some(answer) => answer,
            None => dispatch(&handle, ((load, number), &name), input, &progress),
        };
        // Every command works in a transaction, so a bug in one leaves nothing half done.
        let answer = catch_unwind(AssertUnwindSafe(run));
        let answer = answer.unwrap_or_else(|_| Err(failed(&format!("{name}: panicked"))));
        if let Err(error) = &answer
            && error.kind == app::ErrorKind::Failed
        {
            handle.state::<Arc<Log>>().failure(&name, error);
        }
        answer
    };
    let answer = tauri::async_runtime::spawn_blocking(work).await;
    answer.unwrap_or_else(|cause| Err(failed(&cause.to_string())))
}

/// Asks one long call to stop. It ends with an error that says so; what it has written in
/// transactions of their own, such as the pages of a sync, stays.
#[tauri::command]
#[allow(clippy::needless_pass_by_value, reason = "Tauri hands over owned arguments")]
pub(crate) fn cancel(calls: State<'_, LongCalls>, load: u32, number: u32) {
    calls.stop((load, number));
}

/// Writes to the log what went wrong inside the page.
#[tauri::command]
#[allow(clippy::needless_pass_by_value, reason = "Tauri hands over owned arguments")]
pub(crate) fn report(log: State<'_, Arc<Log>>, kind: PageProblem, text: String) {
    log.page(kind, &text);
}

fn dispatch(
    handle: &AppHandle,
    (number, name): (Number, &str),
    input: Value,
    progress: &Channel<app::Progress>,
) -> Result<Value, app::Error> {
    let calls = handle.state::<LongCalls>();
    let stop = Arc::new(AtomicBool::new(false));
    let forget = OnDrop(|| calls.end(&stop));
    let tell = |step: app::Progress| {
        calls.reports(number, &stop);
        // A page that was reloaded no longer listens.
        let _ = progress.send(step);
    };
    let core = handle.state::<app::App>();
    let session = session(&handle.state::<Launch>(), &tell, &stop);
    let output = match name {
        story::CREATE => story::create(&core, &session, &input),
        _ => core.dispatch(&session, name, input),
    };
    drop(forget);
    // Also after an error: a batch may have been written before what failed.
    let changed = core.take_changed();
    if !changed.is_empty() {
        let _ = handle.emit_to(crate::window::LABEL, CHANGED, changed);
    }
    output
}

#[allow(clippy::disallowed_methods, reason = "the shell is the edge that reads the clock")]
fn session<'a>(
    launch: &Launch,
    progress: &'a (dyn Fn(app::Progress) + Sync),
    cancel: &'a AtomicBool,
) -> app::Session<'a> {
    app::Session {
        today: launch.today.unwrap_or_else(|| chrono::Local::now().date_naive()),
        now: chrono::Utc::now(),
        actor: actor(),
        role: launch.role.unwrap_or(app::Role::Manager),
        progress,
        cancel,
    }
}

/// Who is at the keyboard, by the name under which they logged in.
fn actor() -> String {
    ["USER", "USERNAME", "LOGNAME"]
        .iter()
        .find_map(|variable| std::env::var(variable).ok().filter(|name| !name.is_empty()))
        .unwrap_or_else(|| "desktop".to_owned())
}

/// A bug: `text` is for the log and for the report that the user can copy.
pub(crate) fn failed(text: &str) -> app::Error {
    app::Error::failed("shell.failed", [("text", text.into())])
}

/// Runs its closure when it goes, also when a panic passes by.
struct OnDrop<F: FnMut()>(F);

impl<F: FnMut()> Drop for OnDrop<F> {
    fn drop(&mut self) {
        (self.0)();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cancel_reaches_the_one_call_that_reports_and_none_of_another_load() {
        let calls = LongCalls::default();
        let stop = || Arc::new(AtomicBool::new(false));
        let (sync, import, before) = (stop(), stop(), stop());
        calls.reports((1, 7), &sync);
        calls.reports((1, 7), &sync);
        calls.reports((1, 8), &import);
        // The page was loaded again, and its seventh call is another.
        calls.reports((2, 7), &before);
        for number in [7, 9] {
            calls.stop((1, number));
        }
        let stopped = [&sync, &import, &before].map(|one| one.load(Ordering::Relaxed));
        assert_eq!(stopped, [true, false, false]);
        calls.end(&import);
        calls.stop((1, 8));
        assert!(!import.load(Ordering::Relaxed), "it has ended");
    }
}
