//! The workspace file as its users handle it: made, opened, proved, backed up, restored.

use std::{
    fs,
    path::{Path, PathBuf},
};

use chrono::{DateTime, NaiveDate};
use domain::{Body, Currency, Entry, EntryId, Fact, company::Company};
use serde::{Deserialize, Serialize};
use store::{Backup, BackupReason, Finding, Opened, Workspace};
use ts_rs::TS;
use uuid::Uuid;

use crate::{
    App, Error, Right, Role,
    commands::Call,
    posting,
    session::locked,
    wire::{Arg, Day, Message, Nothing, Posted},
};

/// How many recent files are remembered.
const RECENT: usize = 8;

/// The open workspace.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WorkspaceInfo {
    /// The file.
    pub path: String,
    /// The company's name.
    pub name: String,
    /// The book's currency.
    pub currency: String,
    /// The desk that writes it.
    pub desk: String,
    /// Whether it is open for reading alone: nothing can be changed then.
    pub read_only: bool,
    /// Entries in the journal.
    #[ts(type = "number")]
    pub entries: i64,
    /// Goods described.
    pub goods: u32,
    /// What is wrong with where the file lies, or with its backups.
    pub warnings: Vec<Message>,
    /// When it was last backed up (instant).
    pub last_backup: Option<String>,
    /// When sales last came from a marketplace (instant).
    pub last_sync: Option<String>,
}

/// What the window shows around every screen.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WorkspaceStatus {
    /// The open workspace.
    pub workspace: Option<WorkspaceInfo>,
    /// Files opened before, the last first.
    pub recent: Vec<String>,
    /// The day that counts as today.
    pub today: Day,
    /// What the person may do.
    pub role: Role,
    /// Whether money may be shown.
    pub sees_money: bool,
    /// What else the person may do.
    pub rights: Vec<Right>,
    /// The program's version.
    pub version: String,
}

/// A file to open, or a backup to restore.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OpenWorkspace {
    /// Where it is.
    pub path: String,
}

/// A workspace to make.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NewWorkspace {
    /// Where it shall be; there must be no file yet.
    pub path: String,
    /// Whose it is.
    pub company_name: String,
    /// The book's currency, e.g. `CNY`.
    pub currency: String,
}

/// The company as its users edit it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(rename = "Company")]
#[serde(rename_all = "camelCase")]
pub struct CompanyFields {
    /// Chinese name.
    pub name_zh: String,
    /// English name.
    pub name_en: String,
    /// 统一社会信用代码.
    pub tax_no: String,
    /// For papers.
    pub address: String,
    /// Telephone.
    pub phone: String,
    /// The book's currency.
    pub currency: String,
    /// GS1 company prefix, for SSCC.
    pub gs1_prefix: Option<String>,
}

/// A backup.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(rename = "Backup")]
#[serde(rename_all = "camelCase")]
pub struct BackupRow {
    /// Where it is.
    pub path: String,
    /// When it was made (instant).
    pub made_at: String,
    /// How large it is.
    #[ts(type = "number")]
    pub bytes: u64,
}

impl From<Backup> for BackupRow {
    fn from(backup: Backup) -> Self {
        Self {
            path: backup.path.display().to_string(),
            made_at: backup.made_at.to_rfc3339(),
            bytes: backup.bytes,
        }
    }
}

/// What the proof of the ledger found.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(rename = "VerifyReport")]
#[serde(rename_all = "camelCase")]
pub struct VerifyAnswer {
    /// Whether everything holds.
    pub ok: bool,
    /// Entries replayed.
    #[ts(type = "number")]
    pub entries: i64,
    /// Moves compared.
    #[ts(type = "number")]
    pub moves: i64,
    /// Tables compared.
    #[ts(type = "number")]
    pub tables: i64,
    /// What does not hold.
    pub findings: Vec<Message>,
}

pub(crate) fn status(call: &Call, _: Nothing) -> Result<WorkspaceStatus, Error> {
    let workspace = call.app.current().map(|open| info(call.app, &open)).transpose()?;
    Ok(WorkspaceStatus {
        workspace,
        recent: recent(call.app),
        today: Day(call.session.today),
        role: call.session.role,
        sees_money: call.session.role.sees_money(),
        rights: call.session.role.rights(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
    })
}

fn info(app: &App, workspace: &Workspace) -> Result<WorkspaceInfo, Error> {
    workspace.read(|reader| {
        let company = reader.company()?;
        let mut last_sync = None;
        for (shop, _) in reader.shops()? {
            last_sync = last_sync.max(reader.stream(shop)?.and_then(|stream| stream.last_ok));
        }
        let last_sync = last_sync.and_then(DateTime::from_timestamp_millis);
        let backups = workspace.backups()?;
        let mut warnings = warnings(workspace.path());
        warnings.extend(locked(&app.backups).failed.clone());
        Ok(WorkspaceInfo {
            path: workspace.path().display().to_string(),
            name: company.as_ref().map(|one| one.name_zh.clone()).unwrap_or_default(),
            currency: company.map_or_else(|| "CNY".into(), |one| one.currency.to_string()),
            desk: reader.desk()?.to_string(),
            read_only: workspace.access() == Opened::ToRead,
            entries: reader.entry_count()?,
            goods: u32::try_from(reader.skus()?.len()).unwrap_or(u32::MAX),
            warnings,
            last_backup: backups.first().map(|backup| backup.made_at.to_rfc3339()),
            last_sync: last_sync.map(|at| at.to_rfc3339()),
        })
    })
}

/// A folder that a cloud copies away while SQLite writes may give back half a file.
fn warnings(path: &Path) -> Vec<Message> {
    const CLOUDS: [&str; 15] = [
        "onedrive",
        "dropbox",
        "icloud",
        "google drive",
        "googledrive",
        "nutstore",
        "坚果云",
        "baidusync",
        "baidunetdisk",
        "百度网盘",
        "creative cloud files",
        "wpsdrive",
        "微云",
        // Where macOS keeps iCloud Drive, and the clouds of others.
        "mobile documents",
        "cloudstorage",
    ];
    let text = path.to_string_lossy().to_lowercase();
    let found = CLOUDS.iter().find(|cloud| text.contains(*cloud));
    found
        .map(|cloud| Message::new("workspace.synced_folder", [("cloud", (*cloud).into())]))
        .into_iter()
        .collect()
}

pub(crate) fn open(call: &Call, input: OpenWorkspace) -> Result<WorkspaceStatus, Error> {
    let path = PathBuf::from(&input.path);
    let is_open = call.app.current().is_some_and(|current| {
        current.access() == Opened::ToWrite && same_file(current.path(), &path)
    });
    if !is_open {
        // What was open stays so until the other one is.
        let workspace = Workspace::open(&path, Opened::ToWrite)?;
        call.app.replace(Some(workspace));
        back_up_daily(call)?;
        remember(call.app, &path);
    }
    status(call, Nothing {})
}

/// Opens a workspace for reading alone: one that another window writes, or that cannot be written.
/// A file that is open already stays as it is.
pub(crate) fn open_to_read(call: &Call, input: OpenWorkspace) -> Result<WorkspaceStatus, Error> {
    let path = PathBuf::from(&input.path);
    if !call.app.current().is_some_and(|current| same_file(current.path(), &path)) {
        call.app.open_to_read(&path)?;
        remember(call.app, &path);
    }
    status(call, Nothing {})
}

/// Whether two paths lead to one file that is there.
fn same_file(one: &Path, other: &Path) -> bool {
    match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}

impl App {
    /// Opens a workspace for reading alone, beside a window that writes it.
    ///
    /// # Errors
    /// When the file is no workspace that this program can read.
    pub fn open_to_read(&self, path: &Path) -> Result<(), Error> {
        let workspace = Workspace::open(path, Opened::ToRead)?;
        self.replace(Some(workspace));
        Ok(())
    }
}

/// What this run of the program knows of the open workspace's daily backups.
#[derive(Debug, Default)]
pub(crate) struct BackupWatch {
    /// The last day that was seen to.
    day: Option<NaiveDate>,
    /// Why the last one was not made.
    failed: Option<Message>,
}

/// Backs the workspace up once a day: when it is opened, and when a day begins while it is open. A
/// backup that fails is a warning; work goes on without it.
pub(crate) fn back_up_daily(call: &Call) -> Result<(), Error> {
    let day = call.session.now.date_naive();
    let workspace = call.app.workspace()?;
    if workspace.access() == Opened::ToRead
        || locked(&call.app.backups).day.replace(day) == Some(day)
    {
        return Ok(());
    }
    let outcome = back_up_unless_done(&workspace, day);
    let told = |error: store::Error| {
        Message::new("workspace.backup_failed", [("detail", error.to_string().into())])
    };
    locked(&call.app.backups).failed = outcome.err().map(told);
    call.app.mark("workspace");
    Ok(())
}

fn back_up_unless_done(workspace: &Workspace, day: NaiveDate) -> Result<(), store::Error> {
    let done = workspace.backups()?.iter().any(|one| one.daily && one.made_at.date_naive() == day);
    if !done && workspace.read(|reader| reader.entry_count())? > 0 {
        workspace.back_up(BackupReason::Daily)?;
    }
    Ok(())
}

pub(crate) fn create(call: &Call, input: NewWorkspace) -> Result<WorkspaceStatus, Error> {
    let currency = Currency::try_from(input.currency)?;
    let company = Company {
        name_zh: input.company_name,
        name_en: String::new(),
        tax_no: String::new(),
        address: String::new(),
        phone: String::new(),
        currency,
        gs1_prefix: None,
    };
    company.check()?;
    let path = PathBuf::from(&input.path);
    let ids = (Uuid::now_v7(), Uuid::now_v7());
    let entry = company_entry(call, company);
    let first = |writer: &mut store::Writer| writer.post(&entry);
    let workspace = Workspace::found(&path, ids, call.session.stamp(), first)?;
    call.app.replace(Some(workspace));
    // There is nothing yet that a backup would save.
    locked(&call.app.backups).day = Some(call.session.now.date_naive());
    remember(call.app, &path);
    status(call, Nothing {})
}

pub(crate) fn close(call: &Call, _: Nothing) -> Result<WorkspaceStatus, Error> {
    call.app.replace(None);
    status(call, Nothing {})
}

fn company_entry(call: &Call, company: Company) -> Entry {
    Entry {
        id: EntryId(Uuid::now_v7()),
        effective_on: call.session.today,
        reverses: None,
        batch: None,
        body: Body::of(Fact::CompanySet { company }),
        money: None,
    }
}

pub(crate) fn company(call: &Call, _: Nothing) -> Result<CompanyFields, Error> {
    let company = call.read(|reader| Ok(reader.company()?))?;
    let company = company.ok_or_else(|| Error::missing("company", ""))?;
    Ok(CompanyFields {
        name_zh: company.name_zh,
        name_en: company.name_en,
        tax_no: company.tax_no,
        address: company.address,
        phone: company.phone,
        currency: company.currency.to_string(),
        gs1_prefix: company.gs1_prefix,
    })
}

pub(crate) fn save_company(call: &Call, input: CompanyFields) -> Result<Posted, Error> {
    let text = |text: String| text.trim().to_owned();
    let company = Company {
        name_zh: text(input.name_zh),
        name_en: text(input.name_en),
        tax_no: text(input.tax_no),
        address: text(input.address),
        phone: text(input.phone),
        currency: Currency::try_from(input.currency)?,
        gs1_prefix: input.gs1_prefix.map(text).filter(|prefix| !prefix.is_empty()),
    };
    company.check()?;
    call.write(None, |writer| {
        if let Some(before) = writer.company()?
            && before.currency != company.currency
        {
            let (book, other) = (before.currency.to_string(), company.currency.to_string());
            return Err(domain::Refusal::CurrencyMixed { book, other }.into());
        }
        let entry = company_entry(call, company);
        let entry = posting::post(writer, entry)?;
        Ok(vec![entry])
    })
}

pub(crate) fn backups(call: &Call, _: Nothing) -> Result<Vec<BackupRow>, Error> {
    Ok(call.app.workspace()?.backups()?.into_iter().map(BackupRow::from).collect())
}

pub(crate) fn make_backup(call: &Call, _: Nothing) -> Result<BackupRow, Error> {
    let backup = call.app.workspace()?.back_up(BackupReason::Asked)?;
    locked(&call.app.backups).failed = None;
    call.app.mark("workspace");
    Ok(backup.into())
}

pub(crate) fn restore(call: &Call, input: OpenWorkspace) -> Result<WorkspaceStatus, Error> {
    let from = Path::new(&input.path);
    call.app.exchange(|workspace| workspace.restore(from, Uuid::now_v7()))?;
    status(call, Nothing {})
}

pub(crate) fn verify(call: &Call, _: Nothing) -> Result<VerifyAnswer, Error> {
    let workspace = call.app.workspace()?;
    let report = workspace.verify(|done, total| {
        let (done, total) = (usize::try_from(done), usize::try_from(total));
        call.session.step("verify", done.unwrap_or(0), total.unwrap_or(0)).is_ok()
    })?;
    Ok(VerifyAnswer {
        ok: report.is_clean(),
        entries: report.entries,
        moves: report.moves,
        tables: report.tables,
        findings: report.findings.into_iter().map(told).collect(),
    })
}

fn told(finding: Finding) -> Message {
    match finding {
        Finding::ChainBroken { position, kind } => Message::new(
            "verify.chain_broken",
            [("position", position.into()), ("kind", kind.into())],
        ),
        Finding::Unreadable { position, detail } => Message::new(
            "verify.unreadable",
            [("position", position.into()), ("detail", detail.into())],
        ),
        Finding::TableDiffers { table, kept, replayed } => Message::new(
            "verify.table_differs",
            [("table", table.into()), ("kept", kept.into()), ("replayed", replayed.into())],
        ),
        Finding::BelowZero { place, lot, day, qty } => Message::new(
            "verify.below_zero",
            [
                ("place", Arg::from(place)),
                ("lot", lot.into()),
                ("day", day.into()),
                ("qty", qty.into()),
            ],
        ),
        Finding::FileMissing { path } => {
            Message::new("verify.file_missing", [("path", path.display().to_string().into())])
        }
        Finding::FileChanged { path } => {
            Message::new("verify.file_changed", [("path", path.display().to_string().into())])
        }
        Finding::Damaged { detail } => Message::new("verify.damaged", [("detail", detail.into())]),
    }
}

fn recent_file(app: &App) -> PathBuf {
    app.home().join("recent.json")
}

/// Files opened before; a list that cannot be read is an empty one.
fn recent(app: &App) -> Vec<String> {
    let text = fs::read_to_string(recent_file(app)).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}

/// Remembers a file. A list that cannot be kept is no reason to refuse work.
fn remember(app: &App, path: &Path) {
    let path = path.display().to_string();
    let mut files = recent(app);
    files.retain(|file| *file != path);
    files.insert(0, path);
    files.truncate(RECENT);
    if fs::create_dir_all(app.home()).is_ok() {
        let (target, part) = (recent_file(app), app.home().join("recent.part"));
        let text = serde_json::to_string(&files).unwrap_or_default();
        let kept = fs::File::create(&part)
            .and_then(|mut file| std::io::Write::write_all(&mut file, text.as_bytes()))
            .and_then(|()| fs::rename(&part, &target));
        drop(kept);
    }
}
