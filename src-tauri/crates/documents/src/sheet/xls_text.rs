//! Texts of BIFF8: a string may run over from one record into those that continue it, and changes
//! its width there. Also tells date formats from others.

use super::ole::{u16_at, u32_at};

/// The data of a record and its continuations, read in order.
pub(crate) struct Segments<'a> {
    parts: Vec<&'a [u8]>,
    part: usize,
    at: usize,
}

impl<'a> Segments<'a> {
    pub(crate) fn new(parts: Vec<&'a [u8]>) -> Self {
        Segments { parts, part: 0, at: 0 }
    }

    /// What is left of the current part; moves on to the next part at its end.
    fn rest(&mut self) -> Option<&'a [u8]> {
        loop {
            let part = self.parts.get(self.part)?;
            if self.at < part.len() {
                return Some(&part[self.at..]);
            }
            self.part += 1;
            self.at = 0;
        }
    }

    pub(crate) fn u8(&mut self) -> Option<u8> {
        let value = *self.rest()?.first()?;
        self.at += 1;
        Some(value)
    }

    pub(crate) fn u16(&mut self) -> Option<u16> {
        let value = u16_at(self.rest()?, 0)?;
        self.at += 2;
        Some(value)
    }

    pub(crate) fn u32(&mut self) -> Option<u32> {
        let value = u32_at(self.rest()?, 0)?;
        self.at += 4;
        Some(value)
    }

    /// Passes over bytes, across parts.
    pub(crate) fn skip(&mut self, mut count: usize) {
        while count > 0 {
            let Some(rest) = self.rest() else { return };
            let step = rest.len().min(count);
            self.at += step;
            count -= step;
        }
    }

    /// A string of `length` UTF-16 units, behind its length: flags, sizes of what follows it, the
    /// characters in one or two bytes each, then formatting to pass over.
    pub(crate) fn string(&mut self, length: usize) -> Option<String> {
        if length == 0 && self.rest().is_none() {
            return Some(String::new());
        }
        let flags = self.u8()?;
        let runs = if flags & 0x08 != 0 { usize::from(self.u16()?) } else { 0 };
        let extra = if flags & 0x04 != 0 { self.u32()? as usize } else { 0 };
        let mut wide = flags & 1 != 0;
        let mut units = Vec::new();
        let mut part = self.part;
        while units.len() < length {
            let mut rest = self.rest()?;
            if self.part != part {
                // Each continuation says anew how wide its characters are.
                part = self.part;
                wide = self.u8()? & 1 != 0;
                rest = self.parts.get(self.part)?.get(self.at..)?;
            }
            let wanted = length - units.len();
            if wide {
                let pairs = rest.chunks_exact(2).take(wanted);
                let before = units.len();
                units.extend(pairs.map(|pair| u16::from_le_bytes([pair[0], pair[1]])));
                let taken = units.len() - before;
                // An odd byte at the end of a part belongs to no character.
                self.at += if taken == 0 { rest.len() } else { taken * 2 };
            } else {
                units.extend(rest.iter().take(wanted).map(|byte| u16::from(*byte)));
                self.at += rest.len().min(wanted);
            }
        }
        self.skip(runs * 4 + extra);
        Some(String::from_utf16_lossy(&units))
    }
}

/// Whether a number format shows a day, a month or a year. Text in quotes, in brackets and behind
/// a backslash shows nothing of the number; `m` beside hours or seconds means minutes.
pub(crate) fn format_is_date(code: &str) -> bool {
    let mut letters = String::new();
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => chars.by_ref().take_while(|c| *c != '"').for_each(drop),
            '[' => chars.by_ref().take_while(|c| *c != ']').for_each(drop),
            '\\' | '_' | '*' => drop(chars.next()),
            // The first section decides; the others are for negative numbers and text.
            ';' => break,
            c => letters.extend(c.to_lowercase()),
        }
    }
    if letters.contains("general") || letters.contains("standard") {
        return false;
    }
    let minutes = letters.contains('h') || letters.contains('s');
    letters.contains(['y', 'd']) || (letters.contains('m') && !minutes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_dates_from_numbers() {
        for date in ["yyyy\\-mm\\-dd", "yyyy\"年\"m\"月\"", "m/d/yy", "[$-804]mmm-yy", "d-mmm h:mm"]
        {
            assert!(format_is_date(date), "{date}");
        }
        for other in ["General", "0.00_);[Red]\\(0.00\\)", "h:mm:ss", "#,##0\"days\"", "[mm]:ss"] {
            assert!(!format_is_date(other), "{other}");
        }
    }

    #[test]
    fn a_string_runs_over_and_changes_width() {
        let first: &[u8] = &[5, 0, 0, b'a', b'b'];
        let second: &[u8] = &[1, 0xd3, 0x4e, b'c', 0, b'd', 0, 9, 0];
        let mut segments = Segments::new(vec![first, second]);
        let length = segments.u16().unwrap();
        assert_eq!(segments.string(usize::from(length)).unwrap(), "ab仓cd");
        assert_eq!(segments.u16(), Some(9));
    }
}
