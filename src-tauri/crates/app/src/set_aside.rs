//! What transfers have set aside, held against what an entry takes or an undoing would leave.
//!
//! Knows whose goods a report takes and to whom a corrected one gives them back; refuses what we
//! decide where it would take them, and an undoing after which more would be set aside than is
//! there.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    DocKind, DocRef, Entry, Fact, LotId, Move, MoveKind, PlaceId, Slot, Status, TransferId,
    reservation::{self, Cut, Reserved},
    stock::{Changes, is_builtin, net_changes},
    transfer::Transfer,
};
use store::{JournalRow, Reader};

use crate::Error;

/// What transfers give up to the moves of a report, which make `changes`, and get back from one that
/// says less than before.
pub(crate) fn cuts_of(
    reader: &Reader,
    moves: &[Move],
    changes: &Changes,
) -> Result<Vec<Cut>, Error> {
    let mut cuts = Vec::new();
    for (slot, change) in good_changes(changes) {
        if change < 0 {
            cuts.extend(taken(reader, slot, change)?);
        } else if moves.iter().any(|one| takes_back(one, slot)) {
            cuts.extend(given_back(reader, slot, change)?);
        }
    }
    Ok(cuts)
}

/// Changes of good stock where something can be set aside: not at suppliers, customers and the like.
fn good_changes(changes: &Changes) -> impl Iterator<Item = (Slot, i64)> {
    let changes = changes.iter().map(|(slot, change)| (*slot, *change));
    let good = changes.filter(|(slot, change)| *change != 0 && slot.status == Status::Good);
    good.filter(|(slot, _)| !is_builtin(slot.place))
}

/// Whether a move brings back to `slot` what was said to be sold.
fn takes_back(one: &Move, slot: Slot) -> bool {
    matches!(one.kind, MoveKind::SaleReversal | MoveKind::SuspenseSettle)
        && (one.lot, one.to) == (slot.lot, (slot.place, slot.status))
}

fn good_now(reader: &Reader, lot: LotId, place: PlaceId) -> Result<i64, Error> {
    let now = reader.lot_balances(lot)?.into_iter();
    let here = now.filter(|one| (one.place, one.status) == (place, Status::Good));
    Ok(here.map(|one| one.qty).sum())
}

/// What a change below zero takes of goods that are set aside.
fn taken(reader: &Reader, slot: Slot, change: i64) -> Result<Vec<Cut>, Error> {
    let reserved = reader.reserved_by(slot.lot, slot.place)?;
    if reserved.is_empty() {
        return Ok(Vec::new());
    }
    let left = good_now(reader, slot.lot, slot.place)? + change;
    Ok(reservation::cuts(slot.lot, left, &reserved))
}

fn given_back(reader: &Reader, slot: Slot, back: i64) -> Result<Vec<Cut>, Error> {
    let lacking = reader.lacking(slot.lot, slot.place)?;
    if lacking.is_empty() {
        return Ok(Vec::new());
    }
    let set_aside = reader.reserved(slot.lot, slot.place, None)?;
    let free = good_now(reader, slot.lot, slot.place)? + back - set_aside;
    Ok(reservation::given_back(slot.lot, back, free, &lacking))
}

/// Refuses a decision, which makes `changes`, that would take what transfers have set aside. A
/// transfer that leaves takes its own, and an undoing is looked at as a whole before it is posted.
pub(crate) fn refuse_taking(
    reader: &Reader,
    entry: &Entry,
    changes: &Changes,
) -> Result<(), Error> {
    if matches!(entry.body.fact, Fact::TransferShipped { .. } | Fact::Reversed {}) {
        return Ok(());
    }
    for (slot, change) in good_changes(changes).filter(|(_, change)| *change < 0) {
        if taken(reader, slot, change)?.is_empty() {
            continue;
        }
        let reserved = reader.reserved(slot.lot, slot.place, None)?;
        let free = (good_now(reader, slot.lot, slot.place)? - reserved).max(0);
        let args =
            [("wanted", (-change).into()), ("free", free.into()), ("reserved", reserved.into())];
        return Err(Error::refused("stock.reserved", args));
    }
    Ok(())
}

/// The transfers that undoing an entry folds again, as they are and as they would be.
pub(crate) struct Folded {
    pub(crate) id: TransferId,
    now: Option<Transfer>,
    then: Option<Transfer>,
}

impl Folded {
    /// Those that `entry` is a step of or took goods from.
    pub(crate) fn load(reader: &Reader, entry: &Entry) -> Result<Vec<Self>, Error> {
        let cut = entry.body.cuts.iter().map(|cut| cut.transfer);
        let ids: BTreeSet<TransferId> = cut.chain(step_of(entry)).collect();
        let mut folded = Vec::new();
        for id in ids {
            let document = DocRef { kind: DocKind::Transfer, id: id.0 };
            let rows = reader.journal(Some(document), 0, i64::MAX)?.rows.into_iter().rev();
            let stands =
                |row: &JournalRow| row.reversed_by.is_none() && row.recorded.entry.id != entry.id;
            let then = rows
                .filter(stands)
                .fold(None, |before, row| Transfer::fold(before, id, &row.recorded.entry));
            folded.push(Self { id, now: reader.transfer(id)?, then });
        }
        Ok(folded)
    }

    /// How much more of each lot it would have set aside than it has.
    pub(crate) fn change(&self) -> BTreeMap<LotId, i64> {
        let mut change = set_aside(self.then.as_ref());
        for (lot, qty) in set_aside(self.now.as_ref()) {
            *change.entry(lot).or_default() -= qty;
        }
        change.retain(|_, qty| *qty != 0);
        change
    }

    /// What people call it.
    pub(crate) fn number(&self) -> Option<String> {
        self.any().map(|one| one.content.number.clone())
    }

    fn any(&self) -> Option<&Transfer> {
        self.then.as_ref().or(self.now.as_ref())
    }
}

fn set_aside(transfer: Option<&Transfer>) -> BTreeMap<LotId, i64> {
    let mut lots = BTreeMap::new();
    for line in transfer.filter(|one| one.reserves()).map(Transfer::lines).unwrap_or_default() {
        *lots.entry(line.lot).or_default() += line.qty;
    }
    lots
}

/// The transfer that an entry is a step of.
fn step_of(entry: &Entry) -> Option<TransferId> {
    let document = entry.body.fact.document(entry.effective_on)?;
    (document.kind == DocKind::Transfer).then_some(TransferId(document.id))
}

/// What stands in the way when undoing `row` by `mirror` would leave more set aside than is there:
/// the approvals of the other transfers that hold the goods, approved last first, and where these
/// do not hold enough, the later entries that took them. `None` when all that is set aside is there.
pub(crate) fn over(
    reader: &Reader,
    row: &JournalRow,
    mirror: &Entry,
) -> Result<Option<Vec<JournalRow>>, Error> {
    let entry = &row.recorded.entry;
    let mut changes: BTreeMap<(LotId, PlaceId), (i64, i64)> = BTreeMap::new();
    for (slot, change) in good_changes(&net_changes(&mirror.body.moves)) {
        changes.entry((slot.lot, slot.place)).or_default().0 += change;
    }
    for one in Folded::load(reader, entry)? {
        let Some(from) = one.any().map(|one| one.content.from) else { continue };
        for (lot, change) in one.change() {
            changes.entry((lot, from)).or_default().1 += change;
        }
    }
    let mut by: Option<Vec<JournalRow>> = None;
    for ((lot, place), (goods, set_aside)) in changes {
        if set_aside <= goods {
            continue;
        }
        let reserved = reader.reserved_by(lot, place)?;
        let all = set_aside + reserved.iter().map(|one| one.qty).sum::<i64>();
        let over = all - (good_now(reader, lot, place)? + goods);
        if all > 0 && over > 0 {
            let holders = holders(reader, row, (lot, place), (&reserved, over))?;
            let known = by.get_or_insert_default();
            let new = |one: &JournalRow| {
                known.iter().all(|old| old.recorded.position != one.recorded.position)
            };
            let holders: Vec<JournalRow> = holders.into_iter().filter(new).collect();
            known.extend(holders);
        }
    }
    Ok(by)
}

fn holders(
    reader: &Reader,
    row: &JournalRow,
    (lot, place): (LotId, PlaceId),
    (reserved, over): (&[Reserved], i64),
) -> Result<Vec<JournalRow>, Error> {
    let own = step_of(&row.recorded.entry);
    let mut by = Vec::new();
    let mut open = over;
    for one in reserved.iter().filter(|one| Some(one.transfer) != own) {
        if open > 0 {
            open -= one.qty;
            by.extend(approval(reader, one.transfer)?);
        }
    }
    if open > 0 {
        let took = |row: &JournalRow| {
            let moves = &row.recorded.entry.body.moves;
            moves.iter().any(|one| one.lot == lot && one.from == (place, Status::Good))
        };
        by.extend(reader.movers_after(lot, row.recorded.position)?.into_iter().filter(took));
    }
    Ok(by)
}

fn approval(reader: &Reader, id: TransferId) -> Result<Option<JournalRow>, Error> {
    let document = DocRef { kind: DocKind::Transfer, id: id.0 };
    let rows = reader.journal(Some(document), 0, i64::MAX)?.rows;
    Ok(rows.into_iter().find(|row| {
        let fact = &row.recorded.entry.body.fact;
        row.reversed_by.is_none() && matches!(fact, Fact::TransferApproved { .. })
    }))
}
