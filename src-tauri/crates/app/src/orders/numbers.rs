//! Numbers of what comes and goes back on an order: the order's own, with a count behind it.
//!
//! Knows that an entry keeps its number when one before it is undone, and has the same one on every
//! desk that knows the same entries: they are counted by their ids, which grow with time.

use std::collections::BTreeMap;

use domain::{DocKind, DocRef, EntryId, Fact, OrderId, quality::Decision};
use store::{JournalRow, Reader};

use crate::Error;

/// Numbers by entry: receipts `…-GR1`, decisions that send something back `…-RN1`.
pub(crate) type Numbers = BTreeMap<EntryId, String>;

/// The numbers of all receipts and returns of an order, undone ones among them.
pub(crate) fn numbers(reader: &Reader, id: OrderId, order: &str) -> Result<Numbers, Error> {
    let document = DocRef { kind: DocKind::Order, id: id.0 };
    Ok(numbered(&reader.journal(Some(document), 0, i64::MAX)?.rows, order))
}

/// The same out of all entries of an order.
pub(super) fn numbered(rows: &[JournalRow], order: &str) -> Numbers {
    let mut entries: Vec<_> = rows.iter().map(|row| &row.recorded.entry).collect();
    entries.sort_by_key(|entry| entry.id);
    let (mut receipts, mut returns) = (0, 0);
    let mut numbers = Numbers::new();
    for entry in entries {
        let (series, count) = match &entry.body.fact {
            Fact::OrderReceived { .. } => ("GR", &mut receipts),
            Fact::QualityDecided { lines, .. }
                if lines.iter().any(|one| one.decision == Decision::Return) =>
            {
                ("RN", &mut returns)
            }
            _ => continue,
        };
        *count += 1;
        numbers.insert(entry.id, format!("{order}-{series}{count}"));
    }
    numbers
}
