//! Attached files (附件): whole copies beside the workspace, called by their SHA-256.
//!
//! Knows where they lie, that they are there before the entry that names them, that every backup
//! has them, and whether they are still what was attached. Refuses to know what is in them.

use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

use domain::{DocKind, attachment::Attachment};
use sha2::{Digest, Sha256};

use crate::{Error, Finding, Reader, Workspace, file::sync_folder, verify::hex};

/// Letters of a file's ending that are kept, so that the system knows what opens it.
const ENDING: usize = 8;

/// The folder of the files that are attached in `workspace`.
fn folder(workspace: &Path) -> PathBuf {
    workspace.with_extension("files")
}

/// What a file is called: its SHA-256 and its ending.
fn called(sha256: &str, name: &str) -> String {
    let ending = Path::new(name).extension().unwrap_or_default().to_string_lossy();
    let ending: String = ending.chars().filter(char::is_ascii_alphanumeric).take(ENDING).collect();
    if ending.is_empty() {
        sha256.to_owned()
    } else {
        format!("{sha256}.{}", ending.to_lowercase())
    }
}

/// SHA-256 of all that `from` gives, in hex; what it gives is written to `to`.
fn digest(from: &mut impl Read, to: &mut impl Write) -> io::Result<String> {
    let (mut sha256, mut buffer) = (Sha256::new(), vec![0; 1 << 16]);
    loop {
        match from.read(&mut buffer)? {
            0 => return Ok(hex(&sha256.finalize())),
            read => {
                sha256.update(&buffer[..read]);
                to.write_all(&buffer[..read])?;
            }
        }
    }
}

/// Copies a file into a folder under the name that `called` gives for its SHA-256, whole or not at
/// all, and flushed. What is there under that name already is left as it is.
fn copy(from: &Path, folder: &Path, called: impl FnOnce(&str) -> String) -> Result<String, Error> {
    fs::create_dir_all(folder).map_err(|source| Error::io(folder, source))?;
    let mut source = File::open(from).map_err(|source| Error::io(from, source))?;
    let mut part =
        tempfile::NamedTempFile::new_in(folder).map_err(|source| Error::io(folder, source))?;
    let sha256 = digest(&mut source, &mut part).map_err(|source| Error::io(from, source))?;
    let path = folder.join(called(&sha256));
    if !path.exists() {
        part.as_file().sync_all().map_err(|source| Error::io(&path, source))?;
        part.persist(&path).map_err(|error| Error::io(&path, error.error))?;
        sync_folder(&path);
    }
    Ok(sha256)
}

impl Workspace {
    /// Copies a file beside the workspace and gives its SHA-256, for the entry that names it.
    ///
    /// # Errors
    /// [`Error::Io`] when it cannot be read; what a file system says when it cannot be kept.
    pub fn keep_file(&self, from: &Path, name: &str) -> Result<String, Error> {
        copy(from, &folder(self.path()), |sha256| called(sha256, name))
    }

    /// Whether an attached file lies at `path`; a path that merely leads to one is none.
    pub fn has_file(&self, path: &Path) -> Result<bool, Error> {
        let files = self.read(|reader| reader.files())?;
        let folder = folder(self.path());
        Ok(files.iter().any(|(called, _)| folder.join(called).as_os_str() == path.as_os_str()))
    }

    /// Where an attached file lies.
    pub fn file_path(&self, file: &Attachment) -> PathBuf {
        folder(self.path()).join(called(&file.sha256, &file.name))
    }
}

impl Reader<'_> {
    /// Every file that was ever attached, also those that were taken off: undoing brings them back.
    fn files(&self) -> Result<BTreeSet<(String, String)>, Error> {
        let records = self.records::<Attachment>(DocKind::Attachment)?;
        let files = records.into_iter().map(|record| record.content);
        Ok(files.map(|file| (called(&file.sha256, &file.name), file.sha256)).collect())
    }

    /// Copies attached files that `to` lacks from `from`. One that `from` lacks as well is left to
    /// [`Workspace::verify`] to tell.
    fn copy_files(&self, from: &Path, to: &Path) -> Result<(), Error> {
        for (called, _) in self.files()? {
            let source = from.join(&called);
            if source.is_file() && !to.join(&called).exists() {
                copy(&source, to, |_| called.clone())?;
            }
        }
        Ok(())
    }

    /// Brings the files of `workspace` into the backups in `backups`. A file never changes, so one
    /// copy serves every backup that names it.
    pub(crate) fn back_up_files(&self, workspace: &Path, backups: &Path) -> Result<(), Error> {
        self.copy_files(&folder(workspace), &backups.join("files"))
    }

    /// Brings back the files that lie beside a backup.
    pub(crate) fn restore_files(&self, backup: &Path, workspace: &Path) -> Result<(), Error> {
        let beside = backup.with_file_name("files");
        self.copy_files(&beside, &folder(workspace))
    }

    /// Tells of files that are missing or are no longer what was attached.
    pub(crate) fn check_files(
        &self,
        workspace: &Path,
        mut find: impl FnMut(Finding),
    ) -> Result<(), Error> {
        for (called, sha256) in self.files()? {
            let path = folder(workspace).join(called);
            let found = File::open(&path).and_then(|mut file| digest(&mut file, &mut io::sink()));
            match found {
                Ok(found) if found == sha256 => {}
                Ok(_) => find(Finding::FileChanged { path }),
                Err(_) => find(Finding::FileMissing { path }),
            }
        }
        Ok(())
    }
}
