//! The zip container of a workbook: inflated once under the limits before any other reader sees
//! it, because the sizes that a container declares need not be true. Knows nothing of sheets.

use super::book::Limits;
use super::error::{Bound, SheetError};
use std::collections::HashMap;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Below this an entry may shrink as far as it likes.
const RATIO_FLOOR: u64 = 1 << 20;

/// The XML parts by lower-case path. Pictures and other parts are counted and dropped.
pub(crate) struct Container {
    parts: HashMap<String, String>,
}

impl Container {
    /// Inflates everything once, counting.
    pub(crate) fn open(bytes: &[u8], limits: &Limits) -> Result<Self, SheetError> {
        let mut archive = ZipArchive::new(Cursor::new(bytes))
            .map_err(|error| SheetError::broken("zip", error))?;
        let entries = archive.len() as u64;
        if entries > limits.zip_entries {
            return Err(too_big(Bound::ZipEntries, limits.zip_entries, entries, "zip"));
        }
        let mut left = limits.inflated_bytes;
        let mut parts = HashMap::new();
        for index in 0..archive.len() {
            let (path, content) = inflate(&mut archive, index, left, limits)?;
            left -= content.len() as u64;
            let wanted = [".xml", ".rels"].iter().any(|ending| path.ends_with(ending));
            if wanted && let Ok(text) = String::from_utf8(content) {
                parts.insert(path, text);
            }
        }
        Ok(Container { parts })
    }

    /// Text of a part; a leading slash and the case of the path do not matter.
    pub(crate) fn part(&self, path: &str) -> Option<&str> {
        let key = path.trim_start_matches('/').to_lowercase();
        self.parts.get(&key).map(String::as_str)
    }
}

fn inflate(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    index: usize,
    left: u64,
    limits: &Limits,
) -> Result<(String, Vec<u8>), SheetError> {
    let broken = |error| SheetError::broken(format!("zip[{index}]"), error);
    let entry = archive.by_index(index).map_err(broken)?;
    let path = entry.name().map_err(broken)?.replace('\\', "/").to_lowercase();
    let stored = entry.compressed_size().max(1);
    let by_ratio = stored.saturating_mul(limits.inflate_ratio).max(RATIO_FLOOR);
    let mut content = Vec::new();
    entry
        .take(left.min(by_ratio) + 1)
        .read_to_end(&mut content)
        .map_err(|error| SheetError::broken(path.as_str(), error))?;
    let length = content.len() as u64;
    if length > left {
        let found = limits.inflated_bytes - left + length;
        return Err(too_big(Bound::InflatedBytes, limits.inflated_bytes, found, &path));
    }
    if length > by_ratio {
        let found = length / stored;
        return Err(too_big(Bound::InflateRatio, limits.inflate_ratio, found, &path));
    }
    Ok((path, content))
}

fn too_big(bound: Bound, limit: u64, found: u64, place: &str) -> SheetError {
    SheetError::TooBig { bound, limit, found, place: place.to_owned() }
}
