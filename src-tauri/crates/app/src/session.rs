//! The open program: its workspace, its views, and who asks.

use std::{
    collections::{BTreeSet, HashMap},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError, RwLock,
        atomic::{AtomicBool, Ordering},
    },
};

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use store::{Stamp, Workspace};
use ts_rs::TS;
use uuid::Uuid;

use crate::{Error, papers::Made, stock::Views};

/// What a person may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 品牌经理: everything.
    Manager,
    /// 计划员: everything but money.
    Planner,
    /// 仓管: goods, places and papers; never money.
    Warehouse,
}

impl Role {
    /// Whether money may be shown. On a shared file this is a courtesy: who can open the file can
    /// read it.
    pub fn sees_money(self) -> bool {
        self == Self::Manager
    }
}

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

/// The program: at most one open workspace, the grids opened on it, and where its files go.
pub struct App {
    pub(crate) secrets: Box<dyn Secrets>,
    home: PathBuf,
    workspace: RwLock<Option<Arc<Workspace>>>,
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
    pub(crate) fn workspace(&self) -> Result<Arc<Workspace>, Error> {
        self.current().ok_or_else(|| Error::refused("workspace.none_open", []))
    }

    /// The open workspace, if one is.
    pub(crate) fn current(&self) -> Option<Arc<Workspace>> {
        self.workspace.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Takes the workspace away, or puts another in its place. Grids of the old one end.
    pub(crate) fn replace(&self, workspace: Option<Workspace>) -> Option<Arc<Workspace>> {
        locked(&self.views).close_all();
        self.mark("workspace");
        let mut current = self.workspace.write().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut *current, workspace.map(Arc::new))
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
}

/// A lock whose holder cannot leave the value half changed.
pub(crate) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
