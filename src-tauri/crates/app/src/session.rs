//! The open program: its workspace, its views, and who asks.

use std::{
    collections::{BTreeSet, HashMap},
    ops::Deref,
    path::{Path, PathBuf},
    sync::{
        Arc, Condvar, Mutex, MutexGuard, PoisonError, RwLock,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use store::{Stamp, Workspace};
use ts_rs::TS;
use uuid::Uuid;

use crate::{Error, Role, papers::Made, stock::Views, workspace::BackupWatch};

/// Where secrets are kept: the system's keyring. Never the workspace, a log or a backup.
pub trait Secrets: Send + Sync {
    /// The secret of that name.
    ///
    /// # Errors
    /// What the keyring says.
    fn get(&self, name: &str) -> Result<Option<String>, String>;
    /// Keeps a secret.
    ///
    /// # Errors
    /// What the keyring says.
    fn set(&self, name: &str, secret: &str) -> Result<(), String>;
    /// Forgets a secret.
    ///
    /// # Errors
    /// What the keyring says.
    fn delete(&self, name: &str) -> Result<(), String>;
}

/// How far long work has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Progress {
    /// Done so far.
    #[ts(type = "number")]
    pub done: u64,
    /// In all; zero when nobody knows.
    #[ts(type = "number")]
    pub total: u64,
    /// What is being done.
    #[ts(type = "string")]
    pub code: &'static str,
}

/// One call: who asks, on which day, and how to tell them about long work.
pub struct Session<'a> {
    /// The business day that counts as today.
    pub today: NaiveDate,
    /// The instant, for the record.
    pub now: DateTime<Utc>,
    /// The person.
    pub actor: String,
    /// What they may do.
    pub role: Role,
    /// Hears of long work.
    pub progress: &'a (dyn Fn(Progress) + Sync),
    /// Set when the user wants it stopped.
    pub cancel: &'a AtomicBool,
}

impl Session<'_> {
    /// Tells how far the work has come, and stops it when the user wants that.
    pub(crate) fn step(&self, code: &'static str, done: usize, total: usize) -> Result<(), Error> {
        (self.progress)(Progress { done: done as u64, total: total as u64, code });
        if self.cancel.load(Ordering::Relaxed) {
            return Err(Error::refused("cancelled", []));
        }
        Ok(())
    }

    /// What is written beside each entry.
    pub(crate) fn stamp(&self) -> Stamp {
        Stamp { actor: self.actor.clone(), recorded_at: self.now }
    }

    /// A source of time-ordered ids.
    #[allow(clippy::unused_self, reason = "ids belong to the call that makes them")]
    pub(crate) fn new_ids(&self) -> impl FnMut() -> Uuid {
        Uuid::now_v7
    }

    /// A day that was given, or today; refused after today.
    pub(crate) fn day(&self, given: Option<NaiveDate>) -> Result<NaiveDate, Error> {
        let (day, today) = (given.unwrap_or(self.today), self.today);
        if day > today { Err(domain::Refusal::DayInFuture { day, today }.into()) } else { Ok(day) }
    }
}

/// The folder of papers that were looked at and not saved, in the program's own.
pub(crate) const PAPERS: &str = "papers";

/// The program: at most one open workspace, the grids opened on it, and where its files go.
pub struct App {
    pub(crate) secrets: Box<dyn Secrets>,
    home: PathBuf,
    workspace: RwLock<Option<Arc<Workspace>>>,
    returned: Arc<Returned>,
    pub(crate) backups: Mutex<BackupWatch>,
    pub(crate) views: Mutex<Views>,
    changed: Mutex<BTreeSet<&'static str>>,
    made: Mutex<HashMap<PathBuf, Option<Made>>>,
}

impl App {
    /// A program that keeps what belongs to no workspace (recent files, papers) under `home`.
    pub fn new(secrets: Box<dyn Secrets>, home: PathBuf) -> Self {
        Self {
            secrets,
            home,
            workspace: RwLock::default(),
            returned: Arc::default(),
            backups: Mutex::default(),
            views: Mutex::default(),
            changed: Mutex::default(),
            made: Mutex::default(),
        }
    }

    /// The folder of what belongs to no workspace.
    pub fn home(&self) -> &Path {
        &self.home
    }

    /// The open workspace.
    pub(crate) fn workspace(&self) -> Result<Lent, Error> {
        self.current().ok_or_else(|| Error::refused("workspace.none_open", []))
    }

    /// The open workspace, if one is.
    pub(crate) fn current(&self) -> Option<Lent> {
        let current = self.workspace.read().unwrap_or_else(PoisonError::into_inner);
        let returned = || Arc::clone(&self.returned);
        current.clone().map(|one| Lent { workspace: Some(one), returned: returned() })
    }

    /// Puts a workspace, or none, in the place of the open one. Grids of the old one end, and so
    /// does what is known of its backups.
    pub(crate) fn replace(&self, workspace: Option<Workspace>) {
        let mut current = self.workspace.write().unwrap_or_else(PoisonError::into_inner);
        *current = workspace.map(Arc::new);
        drop(current);
        *locked(&self.backups) = BackupWatch::default();
        self.forget_files();
        self.forget_views();
    }

    /// Makes the open workspace into another while nobody uses it; calls that come meanwhile wait.
    /// The calls that have it get a moment to end. If they do not, or if `make` fails, what was open
    /// stays open.
    pub(crate) fn exchange(
        &self,
        make: impl FnOnce(Workspace) -> Result<Workspace, store::Error>,
    ) -> Result<(), Error> {
        let mut current = self.workspace.write().unwrap_or_else(PoisonError::into_inner);
        let open = current.take().ok_or_else(|| Error::refused("workspace.none_open", []))?;
        self.returned.wait_for(&open);
        let open = match Arc::try_unwrap(open) {
            Ok(open) => open,
            Err(busy) => {
                *current = Some(busy);
                return Err(Error::refused("workspace.busy", []));
            }
        };
        let (path, access) = (open.path().to_owned(), open.access());
        let (next, outcome) = match make(open) {
            Ok(workspace) => (Some(workspace), Ok(())),
            // Why it could not be made says more than why it could not be opened after that.
            Err(error) => (Workspace::open(&path, access).ok(), Err(error.into())),
        };
        *current = next.map(Arc::new);
        drop(current);
        self.forget_files();
        self.forget_views();
        outcome
    }

    fn forget_views(&self) {
        locked(&self.views).close_all();
        self.mark("workspace");
    }

    /// Notes that something changed which screens may show.
    pub(crate) fn mark(&self, tag: &'static str) {
        locked(&self.changed).insert(tag);
    }

    /// What changed since this was last asked: the screens that show it refresh.
    pub fn take_changed(&self) -> Vec<&'static str> {
        std::mem::take(&mut *locked(&self.changed)).into_iter().collect()
    }
}

impl App {
    /// Forgets the files that commands wrote of the workspace before, and removes its papers: who
    /// opens another one sees nothing of it.
    fn forget_files(&self) {
        let made = std::mem::take(&mut *locked(&self.made));
        let papers = self.home().join(PAPERS);
        for path in made.into_keys().filter(|path| path.starts_with(&papers)) {
            // One that another program holds open stays.
            let _ = std::fs::remove_file(path);
        }
    }

    /// Remembers a file that a command wrote, with the paper that it is.
    pub(crate) fn wrote(&self, path: PathBuf, paper: Option<Made>) {
        locked(&self.made).insert(path, paper);
    }

    /// The paper that a command wrote to `path` in this run.
    pub(crate) fn paper_at(&self, path: &Path) -> Option<Made> {
        locked(&self.made).get(path).cloned().flatten()
    }

    /// Whether a command of this run wrote the file at `path`: only such files may be shown or
    /// opened. A path that merely leads to one is none.
    pub fn owns_file(&self, path: &Path) -> bool {
        // `Path` takes `a/./b` for `a/b`.
        let known = locked(&self.made);
        known.keys().any(|one| one.as_os_str() == path.as_os_str())
    }

    /// Whether the file at `path` is attached in the open workspace: such files may be opened by
    /// what the system shows them with.
    pub fn has_attached(&self, path: &Path) -> bool {
        let known = self.workspace().ok();
        known.is_some_and(|workspace| workspace.has_file(path).unwrap_or(false))
    }
}

/// How long a restore waits for the calls that still use the workspace.
const PATIENCE: Duration = Duration::from_secs(2);

/// The open workspace in the hands of one call.
pub(crate) struct Lent {
    /// There until it is dropped.
    workspace: Option<Arc<Workspace>>,
    returned: Arc<Returned>,
}

impl Deref for Lent {
    type Target = Workspace;

    fn deref(&self) -> &Workspace {
        self.workspace.as_ref().expect("it is taken by `drop` alone")
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        // Under the lock, so that whoever counts the hands either sees one less or is told.
        let _counting = locked(&self.returned.counting);
        drop(self.workspace.take());
        self.returned.told.notify_all();
    }
}

/// Tells when a call gives the workspace back.
#[derive(Default)]
struct Returned {
    counting: Mutex<()>,
    told: Condvar,
}

impl Returned {
    /// Waits a moment until no call has `open` any more.
    fn wait_for(&self, open: &Arc<Workspace>) {
        let in_use = |(): &mut ()| Arc::strong_count(open) > 1;
        let ended = self.told.wait_timeout_while(locked(&self.counting), PATIENCE, in_use);
        // Whether it was long enough is seen by who takes the workspace.
        drop(ended);
    }
}

/// A lock whose holder cannot leave the value half changed.
pub(crate) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
