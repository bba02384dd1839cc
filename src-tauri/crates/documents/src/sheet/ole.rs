//! The compound file around old workbooks: finds one named stream. Written for files that may be
//! damaged or hostile: every read is checked, every chain is bounded by the file's own size.

use super::error::SheetError;
use std::collections::HashSet;

/// Chains end at markers from here on.
const LAST_SECTOR: u32 = 0xffff_fff9;
const ENTRY: usize = 128;

/// A little-endian number at a place.
pub(crate) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2).map(|part| u16::from_le_bytes([part[0], part[1]]))
}

/// A little-endian number at a place.
pub(crate) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4).map(|part| u32::from_le_bytes([part[0], part[1], part[2], part[3]]))
}

/// An opened compound file.
pub(crate) struct Ole<'a> {
    bytes: &'a [u8],
    shift: u32,
    fat: Vec<u32>,
    mini_fat: Vec<u32>,
    mini_stream: Vec<u8>,
    mini_cutoff: u32,
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    root: bool,
    start: u32,
    size: u32,
}

fn broken(detail: &str) -> SheetError {
    SheetError::broken("ole", detail)
}

impl<'a> Ole<'a> {
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, SheetError> {
        let short = || broken("header cut short");
        let shift = u32::from(u16_at(bytes, 30).ok_or_else(short)?);
        if !matches!(shift, 9 | 12) {
            return Err(broken("sector size"));
        }
        let field = |at| u32_at(bytes, at).ok_or_else(short);
        let mut ole = Ole {
            bytes,
            shift,
            fat: Vec::new(),
            mini_fat: Vec::new(),
            mini_stream: Vec::new(),
            mini_cutoff: field(56)?,
            entries: Vec::new(),
        };
        ole.read_fat(field(68)?)?;
        ole.read_directory(field(48)?)?;
        ole.mini_fat = words(&ole.chain(field(60)?, u32::MAX)?);
        let root = ole.entries.iter().find(|entry| entry.root);
        let (start, size) = root.map_or((LAST_SECTOR, 0), |root| (root.start, root.size));
        ole.mini_stream = ole.chain(start, size)?;
        Ok(ole)
    }

    /// Bytes of a sector; the last one of a file may be cut short.
    fn sector(&self, sector: u32) -> Option<&'a [u8]> {
        let start = (sector as usize).checked_add(1)?.checked_shl(self.shift)?;
        let end = start.checked_add(1 << self.shift)?.min(self.bytes.len());
        self.bytes.get(start..end).filter(|part| !part.is_empty())
    }

    /// The allocation table: 109 sectors named in the header, the rest in a chain of lists.
    fn read_fat(&mut self, mut list: u32) -> Result<(), SheetError> {
        let first = self.bytes.get(76..512).ok_or_else(|| broken("header cut short"))?;
        let mut sectors = words(first);
        let most = self.bytes.len() >> self.shift;
        while list < LAST_SECTOR {
            let mut part = words(self.sector(list).ok_or_else(|| broken("table list"))?);
            list = part.pop().unwrap_or(LAST_SECTOR);
            sectors.append(&mut part);
            if sectors.len() > most + 1_024 {
                return Err(broken("table list goes round"));
            }
        }
        for sector in sectors.into_iter().filter(|sector| *sector < LAST_SECTOR).take(most + 1) {
            let part = self.sector(sector).ok_or_else(|| broken("allocation table"))?;
            self.fat.extend(words(part));
        }
        Ok(())
    }

    /// All bytes of a chain of sectors, at most `size`.
    fn chain(&self, start: u32, size: u32) -> Result<Vec<u8>, SheetError> {
        let mut bytes = Vec::new();
        let mut sector = start;
        let mut seen = HashSet::new();
        while sector < LAST_SECTOR && bytes.len() < size as usize {
            if !seen.insert(sector) {
                return Err(broken("stream goes round"));
            }
            let part = self.sector(sector).ok_or_else(|| broken("stream cut short"))?;
            bytes.extend_from_slice(part);
            sector = self.fat.get(sector as usize).copied().unwrap_or(LAST_SECTOR);
        }
        bytes.truncate(size as usize);
        Ok(bytes)
    }

    fn mini_chain(&self, start: u32, size: u32) -> Result<Vec<u8>, SheetError> {
        let mut bytes = Vec::new();
        let mut sector = start;
        while sector < LAST_SECTOR && bytes.len() < size as usize {
            let at = (sector as usize).saturating_mul(64);
            let end = (at + 64).min(self.mini_stream.len());
            let part = self.mini_stream.get(at..end).filter(|part| !part.is_empty());
            bytes.extend_from_slice(part.ok_or_else(|| broken("short stream cut"))?);
            sector = self.mini_fat.get(sector as usize).copied().unwrap_or(LAST_SECTOR);
            if bytes.len() > self.mini_stream.len() {
                return Err(broken("short stream goes round"));
            }
        }
        bytes.truncate(size as usize);
        Ok(bytes)
    }

    fn read_directory(&mut self, start: u32) -> Result<(), SheetError> {
        let directory = self.chain(start, u32::MAX)?;
        for entry in directory.chunks_exact(ENTRY) {
            let length = usize::from(u16_at(entry, 64).unwrap_or(0)).clamp(2, 64) - 2;
            let units: Vec<u16> = entry[..length]
                .chunks_exact(2)
                .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
                .collect();
            self.entries.push(Entry {
                name: String::from_utf16_lossy(&units),
                root: entry[66] == 5,
                start: u32_at(entry, 116).unwrap_or(LAST_SECTOR),
                size: u32_at(entry, 120).unwrap_or(0),
            });
        }
        Ok(())
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name == name)
    }

    /// The content of a stream by name.
    pub(crate) fn stream(&self, name: &str) -> Option<Result<Vec<u8>, SheetError>> {
        let entry = self.entries.iter().find(|entry| entry.name == name)?;
        Some(if entry.size < self.mini_cutoff {
            self.mini_chain(entry.start, entry.size)
        } else {
            self.chain(entry.start, entry.size)
        })
    }
}

fn words(bytes: &[u8]) -> Vec<u32> {
    let word = |part: &[u8]| u32::from_le_bytes([part[0], part[1], part[2], part[3]]);
    bytes.chunks_exact(4).map(word).collect()
}
