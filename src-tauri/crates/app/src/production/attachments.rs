//! Files attached to documents: kept beside the workspace by their SHA-256.

use std::{fs, path::Path};

use domain::{
    Body, DocKind, Entry, EntryId, Fact,
    attachment::{AttachedTo, Attachment},
};
use serde::{Deserialize, Serialize};
use store::Reader;
use ts_rs::TS;

use super::tracks::doc_kind;
use crate::{
    Error,
    commands::Call,
    files::unreachable,
    posting::post,
    wire::{Id, Posted},
};

/// The largest file that is attached: 50 MB, so that backups stay small enough to be made.
const LARGEST: u64 = 50_000_000;

/// A document that files are attached to.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FilesOf {
    /// `order`, `partner`, `sku`, `lot`, `offer`, `version`, `bom`, `statement`, `invoice`, `bill`.
    pub kind: String,
    /// Which one.
    pub id: Id,
}

/// A file to attach.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AttachFile {
    /// To a document of this kind.
    pub kind: String,
    /// Which one.
    pub id: Id,
    /// Where the file is.
    pub path: String,
    /// Whether those who see no money may see it too, although such documents commonly show money.
    /// What one of them attaches is for all.
    #[serde(default)]
    pub for_all: bool,
}

/// An attachment to take off.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DetachFile {
    /// From a document of this kind.
    pub kind: String,
    /// Which one.
    pub id: Id,
    /// The file's name.
    pub name: String,
    /// Its SHA-256.
    pub sha256: String,
}

/// A file of a document.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FileRow {
    /// Its name.
    pub name: String,
    /// Its SHA-256.
    pub sha256: String,
    /// How many bytes.
    #[ts(type = "number")]
    pub bytes: i64,
    /// Where it lies, to open it.
    pub path: String,
    /// Whether it is missing there.
    pub missing: bool,
    /// Whether it may show money, and only those who see money see it.
    pub money: bool,
}

fn attached_to(kind: &str, id: Id) -> Result<AttachedTo, Error> {
    let kind = doc_kind(kind)
        .ok_or_else(|| Error::refused("attachment.kind_unknown", [("kind", kind.into())]))?;
    Ok(AttachedTo { kind, id: id.0 })
}

fn entry(call: &Call, to: AttachedTo, file: Attachment) -> Result<Entry, Error> {
    file.check()?;
    let mut ids = call.session.new_ids();
    Ok(Entry {
        id: EntryId(ids()),
        effective_on: call.session.today,
        reverses: None,
        batch: None,
        body: Body::of(Fact::Attached { to, file }),
        money: None,
    })
}

/// Copies the file beside the workspace, flushed, then journals it.
pub(crate) fn attach(call: &Call, input: AttachFile) -> Result<Posted, Error> {
    let to = attached_to(&input.kind, input.id)?;
    let from = Path::new(&input.path);
    let bytes = fs::metadata(from).map_err(|source| unreachable(from, source))?.len();
    if bytes > LARGEST {
        let megabytes = i64::try_from(LARGEST / 1_000_000).unwrap_or(i64::MAX);
        let args = [("path", input.path.into()), ("megabytes", megabytes.into())];
        return Err(Error::refused("attachment.too_large", args));
    }
    let name = from.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let secret = call.session.role.sees_money() && to.is_about_money() && !input.for_all;
    let file = Attachment {
        money: secret,
        sha256: call.app.workspace()?.keep_file(from, &name)?,
        bytes: i64::try_from(bytes).unwrap_or(i64::MAX),
        name,
        removed: false,
    };
    call.write(None, |writer| {
        let entry = entry(call, to, file.clone())?;
        let entry = post(writer, entry)?;
        Ok(vec![entry])
    })
}

pub(crate) fn detach(call: &Call, input: DetachFile) -> Result<Posted, Error> {
    let to = attached_to(&input.kind, input.id)?;
    call.write(None, |writer| {
        let file = shown(call, writer, to)?
            .into_iter()
            .find(|file| file.sha256 == input.sha256 && file.name == input.name)
            .ok_or_else(|| Error::missing("attachment", to.id))?;
        let entry = entry(call, to, Attachment { removed: true, ..file })?;
        let entry = post(writer, entry)?;
        Ok(vec![entry])
    })
}

/// The files of a document that this role may see.
fn shown(call: &Call, reader: &Reader, to: AttachedTo) -> Result<Vec<Attachment>, Error> {
    let sees_money = call.session.role.sees_money();
    let known = reader.records_of::<Attachment>(DocKind::Attachment, to.id)?;
    let files = known.into_iter().map(|one| one.content);
    Ok(files.filter(|file| !file.removed && (sees_money || !file.money)).collect())
}

pub(crate) fn list_files(call: &Call, input: FilesOf) -> Result<Vec<FileRow>, Error> {
    let to = attached_to(&input.kind, input.id)?;
    let workspace = call.app.workspace()?;
    call.read(|reader| {
        let files = shown(call, &reader, to)?.into_iter();
        Ok(files
            .map(|file| {
                let path = workspace.file_path(&file);
                FileRow {
                    missing: !path.is_file(),
                    money: file.money,
                    path: path.display().to_string(),
                    name: file.name,
                    sha256: file.sha256,
                    bytes: file.bytes,
                }
            })
            .collect())
    })
}
