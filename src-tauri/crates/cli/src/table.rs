//! Aligned columns for a terminal, wide Chinese signs counted as the two cells they take.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

use crate::words::Words;

/// On which side a column's cells stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Left,
    Right,
}

/// A table to print.
pub(crate) struct Table {
    heads: Vec<(String, Side)>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with its heads in the language of `words`; a head that begins with `>` stands, with
    /// its cells, on the right.
    pub(crate) fn new(words: &Words, heads: &[&str]) -> Self {
        let head = |head: &&str| match head.strip_prefix('>') {
            Some(head) => (words.head(head), Side::Right),
            None => (words.head(head), Side::Left),
        };
        Self { heads: heads.iter().map(head).collect(), rows: Vec::new() }
    }

    pub(crate) fn row<const N: usize>(&mut self, cells: [String; N]) {
        self.rows.push(cells.into());
    }

    /// A row of as many cells as the caller's columns.
    pub(crate) fn cells(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The table, or `nothing` when it has no rows.
    pub(crate) fn or(&self, nothing: &str) -> String {
        if self.is_empty() { nothing.to_owned() } else { self.to_string() }
    }
}

impl std::fmt::Display for Table {
    fn fmt(&self, out: &mut std::fmt::Formatter) -> std::fmt::Result {
        let widths: Vec<usize> = (0..self.heads.len())
            .map(|column| {
                let cells = self.rows.iter().filter_map(|row| row.get(column));
                let widest = cells.map(|cell| cell.width()).max().unwrap_or(0);
                widest.max(self.heads[column].0.width())
            })
            .collect();
        let heads: Vec<String> = self.heads.iter().map(|(head, _)| head.to_uppercase()).collect();
        for row in std::iter::once(&heads).chain(&self.rows) {
            let mut line = String::new();
            for ((cell, width), (_, side)) in row.iter().zip(&widths).zip(&self.heads) {
                let gap = " ".repeat(width.saturating_sub(cell.width()));
                match side {
                    Side::Left => {
                        let _ = write!(line, "{cell}{gap}  ");
                    }
                    Side::Right => {
                        let _ = write!(line, "{gap}{cell}  ");
                    }
                }
            }
            writeln!(out, "{}", line.trim_end())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Language;

    #[test]
    fn chinese_and_numbers_stand_in_columns() {
        let mut table = Table::new(&Words::of(Language::English), &["goods", ">units"]);
        table.row(["面膜".into(), "5".into()]);
        table.row(["Serum".into(), "1200".into()]);
        assert_eq!(table.to_string(), "GOODS  UNITS\n面膜       5\nSerum   1200\n");
    }

    #[test]
    fn heads_are_in_the_language_of_the_sentences() {
        let words = Words::of(Language::Chinese);
        let mut table = Table::new(&words, &["goods", ">on hand", ""]);
        table.row(["面膜".into(), "5".into(), String::new()]);
        assert_eq!(table.to_string(), "货品  在库\n面膜     5\n");
    }

    #[test]
    fn every_head_has_words() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/acts");
        let mut seen = 0;
        for file in std::fs::read_dir(folder).expect("the commands") {
            let text = std::fs::read_to_string(file.expect("a file").path()).expect("a source");
            let flat = text.split_whitespace().collect::<Vec<_>>().join(" ").replace("( ", "(");
            let tables = flat.split("Table::new(&desk.words, &[").skip(1);
            for head in tables.filter_map(|rest| rest.split_once(']')).flat_map(|(heads, _)| {
                heads.split('"').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>()
            }) {
                let head = head.trim_start_matches('>');
                let said = Words::of(Language::Chinese).head(head);
                assert!(head.is_empty() || !said.is_ascii(), "{head} has no words");
                seen += 1;
            }
        }
        assert!(seen > 50, "{seen} heads were found");
    }

    /// What the program says of itself, by the names that its source calls it.
    #[test]
    fn every_saying_has_words() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/acts");
        let mut seen = 0;
        let chinese = Words::of(Language::Chinese);
        for file in std::fs::read_dir(folder).expect("the commands") {
            let text = std::fs::read_to_string(file.expect("a file").path()).expect("a source");
            let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
            for opening in ["said(", "told(", "posted(desk,"] {
                let names = flat.split(opening).skip(1);
                let names = names.filter_map(|rest| rest.trim_start().strip_prefix('"'));
                for name in names.filter_map(|rest| rest.split('"').next()) {
                    assert!(!chinese.said(name).is_ascii(), "{name} has no words");
                    seen += 1;
                }
            }
        }
        assert!(seen > 80, "{seen} sayings were found");
    }

    #[test]
    fn no_rows_are_said_in_words() {
        assert_eq!(
            Table::new(&Words::of(Language::English), &["goods"]).or("nothing there"),
            "nothing there"
        );
    }
}
