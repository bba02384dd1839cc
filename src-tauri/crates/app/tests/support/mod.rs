//! A desk for tests: a real program on a real file in a folder of its own.

#![allow(dead_code, reason = "each test uses its own part of it")]
#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::{Mutex, atomic::AtomicBool},
};

use app::{App, Error, Progress, Role, Secrets, Session};
use chrono::NaiveDate;
use serde_json::{Value, json};

/// Secrets that end with the test.
#[derive(Default)]
pub(crate) struct MemorySecrets(Mutex<BTreeMap<String, String>>);

impl Secrets for MemorySecrets {
    fn get(&self, name: &str) -> Result<Option<String>, String> {
        Ok(self.0.lock().unwrap().get(name).cloned())
    }

    fn set(&self, name: &str, secret: &str) -> Result<(), String> {
        self.0.lock().unwrap().insert(name.to_owned(), secret.to_owned());
        Ok(())
    }

    fn delete(&self, name: &str) -> Result<(), String> {
        self.0.lock().unwrap().remove(name);
        Ok(())
    }
}

/// A program with a workspace, on a day.
pub(crate) struct Desk {
    pub(crate) app: App,
    pub(crate) folder: tempfile::TempDir,
    pub(crate) today: NaiveDate,
    pub(crate) role: Role,
    pub(crate) cancel: AtomicBool,
}

impl Desk {
    /// A desk with a new workspace in CNY.
    pub(crate) fn new(today: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path().join("home");
        let app = App::new(Box::new(MemorySecrets::default()), home);
        let (today, cancel) = (today.parse().unwrap(), AtomicBool::new(false));
        let desk = Self { app, folder, today, role: Role::Manager, cancel };
        let path = desk.path("book.pincang").display().to_string();
        let input = json!({ "path": path, "companyName": "品仓测试", "currency": "CNY" });
        desk.ok("workspace.create", input);
        desk
    }

    /// Where a file of that name is, or would be.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file; where it is.
    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        std::fs::write(&path, content).unwrap();
        path.display().to_string()
    }

    /// Runs a command and hears how far it comes.
    pub(crate) fn watch(
        &self,
        name: &str,
        input: Value,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<Value, Error> {
        let now = self.today.and_hms_opt(8, 0, 0).unwrap().and_utc();
        let (today, actor, role) = (self.today, "test".to_owned(), self.role);
        let session = Session { today, now, actor, role, progress, cancel: &self.cancel };
        self.app.dispatch(&session, name, input)
    }

    /// Runs a command that must succeed.
    pub(crate) fn ok(&self, name: &str, input: Value) -> Value {
        self.watch(name, input, &|_| {}).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Runs a command that must fail.
    pub(crate) fn refused(&self, name: &str, input: Value) -> Error {
        match self.watch(name, input, &|_| {}) {
            Ok(answer) => panic!("{name} was not refused: {answer}"),
            Err(error) => error,
        }
    }
}
