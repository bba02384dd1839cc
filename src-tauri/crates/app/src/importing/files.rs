//! Spreadsheets on the disk, read within a bound, and what is wrong with them.

use std::{
    fs::{self, File},
    io::{self, Read},
    path::Path,
};

use documents::sheet::{Bound, Limits, SheetError, WriteError};

use crate::{Error, files::unreachable};

/// The bytes of a spreadsheet. A file beyond the bound is refused before it is read.
pub(super) fn read(path: &Path, limits: &Limits) -> Result<Vec<u8>, Error> {
    let told = |error: io::Error| unreachable(path, error);
    let known = fs::metadata(path).map_err(told)?;
    if !known.is_file() {
        return Err(told(io::ErrorKind::IsADirectory.into()));
    }
    refuse_big(path, known.len(), limits)?;
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(told)?;
    file.take(limits.file_bytes + 1).read_to_end(&mut bytes).map_err(told)?;
    refuse_big(path, bytes.len() as u64, limits)?;
    Ok(bytes)
}

fn refuse_big(path: &Path, found: u64, limits: &Limits) -> Result<(), Error> {
    let limit = limits.file_bytes;
    if found <= limit {
        return Ok(());
    }
    let place = name_of(path);
    Err(sheet_error(&SheetError::TooBig { bound: Bound::FileBytes, limit, found, place }))
}

/// The file's name without its folder.
pub(super) fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// What is wrong with a whole file, under the same code.
pub(super) fn sheet_error(error: &SheetError) -> Error {
    with_args(Error::refused(error.code(), []), error.args())
}

/// Why a table cannot be written, under the same code.
pub(super) fn write_error(error: &WriteError) -> Error {
    let code = error.code();
    let failed = matches!(error, WriteError::Failed(_));
    let bare = if failed { Error::failed(code, []) } else { Error::refused(code, []) };
    with_args(bare, error.args())
}

fn with_args(error: Error, args: Vec<(&'static str, String)>) -> Error {
    let args = args.into_iter().map(|(name, value)| (name.to_owned(), value.into()));
    Error { args: args.collect(), ..error }
}
