//! Pages of the feed and of the snapshot, and the checks that they must pass before anything is
//! made of them.

use std::collections::BTreeSet;

use contract::{ChangeItem, ChangesPage, Cursor, Epoch, ListPage, Topic};
use serde_json::value::RawValue;

use crate::Problem;

/// Where a reader of one shop and topic stands. It is stored with what the pages up to it gave.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Position {
    /// The epoch that `cursor` and `seq` belong to; `None` before the first page.
    pub epoch: Option<Epoch>,
    /// The server's mark; `None` before the first page.
    pub cursor: Option<Cursor>,
    /// The highest sequence number that was taken; the next page must begin above.
    pub seq: u64,
}

impl Position {
    /// Before the first change of the feed.
    pub fn start() -> Self {
        Self::default()
    }
}

/// A page of the feed that has passed the checks.
#[derive(Debug, Clone)]
pub struct Page {
    /// The changes, rising by `seq`; empty only when there is nothing new.
    pub items: Vec<ChangeItem>,
    /// The position after this page, to be stored in the same transaction as its effects.
    pub next: Position,
    /// Whether more can be read at once.
    pub has_more: bool,
    /// The newest change of the server, for showing how far there is to go.
    pub head_seq: u64,
    /// How far the feed runs behind the platform, if it says so.
    pub lag_ms: Option<u64>,
}

/// Where a reader of a snapshot stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SnapshotPosition {
    /// The next page of the list.
    pub cursor: Cursor,
    /// The feed as it stood when the snapshot was begun.
    pub as_of: Position,
}

/// A page of all orders as they are now. Several make a *generation*: when the last one is in,
/// the generation replaces the earlier one (orders that are not in it are gone) and the feed is
/// read on from `as_of`.
#[derive(Debug, Clone)]
pub struct SnapshotPage {
    /// The orders, as the bytes that came.
    pub orders: Vec<Box<RawValue>>,
    /// Where to go on; `None` after the last page.
    pub next: Option<SnapshotPosition>,
    /// Where the feed goes on after the snapshot.
    pub as_of: Position,
}

/// Checks an answer of `/changes` against the promises of the contract.
pub(crate) fn check_changes(
    at: &Position,
    topic: &Topic,
    limit: u32,
    answer: ChangesPage,
) -> Result<Page, Problem> {
    if at.epoch.as_ref().is_some_and(|epoch| *epoch != answer.epoch) {
        return Err(Problem::CursorExpired);
    }
    if answer.items.len() > limit as usize {
        let count = answer.items.len();
        return Err(Problem::protocol(format!("a page of {count} items, asked for {limit}")));
    }
    let mut last = at.seq;
    for item in &answer.items {
        if item.seq <= last {
            let seq = item.seq;
            return Err(Problem::protocol(format!("seq {seq} after {last}: not rising")));
        }
        if item.topic != *topic {
            let other = &item.topic;
            return Err(Problem::protocol(format!("topic {other}, asked for {topic}")));
        }
        last = item.seq;
    }
    if answer.head_seq < last {
        let head = answer.head_seq;
        return Err(Problem::protocol(format!("seq {last} is beyond the head {head}")));
    }
    let moved = at.cursor.as_ref() != Some(&answer.next_cursor);
    if !moved && (answer.has_more || !answer.items.is_empty()) {
        return Err(Problem::protocol("the cursor does not move although there is more"));
    }
    Ok(Page {
        items: answer.items,
        next: Position { epoch: Some(answer.epoch), cursor: Some(answer.next_cursor), seq: last },
        has_more: answer.has_more,
        head_seq: answer.head_seq,
        lag_ms: answer.lag_ms,
    })
}

/// Checks a page of `/orders` that is read as part of a snapshot.
pub(crate) fn check_snapshot(
    at: Option<&SnapshotPosition>,
    limit: u32,
    answer: ListPage<Box<RawValue>>,
) -> Result<SnapshotPage, Problem> {
    check_list(at.map(|at| &at.cursor), limit, &answer)?;
    let ListPage { items, next_cursor, as_of_cursor, as_of_seq, epoch } = answer;
    let (Some(cursor), Some(seq), Some(epoch)) = (as_of_cursor, as_of_seq, epoch) else {
        return Err(Problem::protocol("a list without its place in the feed"));
    };
    let as_of = Position { epoch: Some(epoch), cursor: Some(cursor), seq };
    if let Some(at) = at {
        if at.as_of.epoch != as_of.epoch {
            return Err(Problem::CursorExpired);
        }
        if at.as_of != as_of {
            return Err(Problem::protocol("the list's place in the feed changed on the way"));
        }
    }
    let next = next_cursor.map(|cursor| SnapshotPosition { cursor, as_of: as_of.clone() });
    Ok(SnapshotPage { orders: items, next, as_of })
}

/// Checks what holds for a page of any list.
pub(crate) fn check_list<T>(
    at: Option<&Cursor>,
    limit: u32,
    answer: &ListPage<T>,
) -> Result<(), Problem> {
    if answer.items.len() > limit as usize {
        let count = answer.items.len();
        return Err(Problem::protocol(format!("a page of {count} items, asked for {limit}")));
    }
    if answer.next_cursor.is_some() && answer.next_cursor.as_ref() == at {
        return Err(Problem::protocol("the cursor of a list does not move"));
    }
    Ok(())
}

/// Remembers the cursors of one reading to its end, so that a server that leads in circles is
/// noticed.
#[derive(Debug, Default)]
pub(crate) struct Trail(BTreeSet<Cursor>);

impl Trail {
    pub(crate) fn step(&mut self, cursor: &Cursor) -> Result<(), Problem> {
        if self.0.insert(cursor.clone()) {
            Ok(())
        } else {
            Err(Problem::protocol("the cursors of a list lead in a circle"))
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn at() -> Position {
        Position { epoch: Some(Epoch::new("e1")), cursor: Some(Cursor::new("c4")), seq: 4 }
    }

    fn answer(seqs: &[u64], next: &str, has_more: bool) -> ChangesPage {
        let item = |seq: &u64| {
            json!({ "seq": seq, "topic": "orders", "id": "A", "op": "delete", "version": 1,
                    "occurred_at": "2026-10-01T00:00:00Z" })
        };
        let items: Vec<_> = seqs.iter().map(item).collect();
        let page = json!({ "epoch": "e1", "items": items, "next_cursor": next,
                           "has_more": has_more, "head_seq": 9 });
        serde_json::from_str(&page.to_string()).unwrap()
    }

    #[test]
    fn a_good_page_moves_the_position() {
        let page = check_changes(&at(), &Topic::Orders, 3, answer(&[5, 8, 9], "c9", false));
        let next = page.unwrap().next;
        assert_eq!((next.seq, next.cursor), (9, Some(Cursor::new("c9"))));
        let quiet = check_changes(&at(), &Topic::Orders, 3, answer(&[], "c4", false)).unwrap();
        assert_eq!(quiet.next, at(), "nothing new, nothing moved");
    }

    #[test]
    fn each_promise_is_checked() {
        for (why, topic, answer) in [
            ("the same number twice", Topic::Orders, answer(&[5, 5], "c9", false)),
            ("falling", Topic::Orders, answer(&[6, 5], "c9", false)),
            ("at the position", Topic::Orders, answer(&[4, 5], "c9", false)),
            ("more than asked for", Topic::Orders, answer(&[5, 6, 7, 8], "c9", false)),
            ("beyond the head", Topic::Orders, answer(&[10], "c9", false)),
            ("another topic", Topic::Stock, answer(&[5], "c9", false)),
            ("more, and not moving", Topic::Orders, answer(&[], "c4", true)),
            ("items, and not moving", Topic::Orders, answer(&[5], "c4", false)),
        ] {
            let checked = check_changes(&at(), &topic, 3, answer);
            assert!(matches!(checked, Err(Problem::Protocol { .. })), "{why}");
        }
        let other = ChangesPage { epoch: Epoch::new("e2"), ..answer(&[5], "c9", false) };
        let checked = check_changes(&at(), &Topic::Orders, 3, other);
        assert_eq!(checked.unwrap_err(), Problem::CursorExpired);
    }
}
