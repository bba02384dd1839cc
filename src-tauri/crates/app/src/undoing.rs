//! Undoing what stands in the journal: what it would do, what stands in its way, and doing it.
//!
//! Knows that an undoing is our decision: it takes the right to do what it undoes, brings no place
//! below zero and takes nothing that a transfer has set aside. Refuses to undo half of what hangs
//! together: all of it or nothing.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::{BatchId, DocKind, Entry, EntryId, Fact, PlaceId, reversal, stock::net_changes};
use serde::{Deserialize, Serialize};
use store::{JournalRow, Reader, Writer};
use ts_rs::TS;

use crate::{
    Error, Session,
    commands::Call,
    journal::{EntryRow, document_of, entry_row, shop_code},
    known::Names,
    orders,
    posting::{post, short_of},
    production,
    set_aside::{Folded, over},
    stock::StatusWord,
    suspense, transfers,
    wire::{Arg, ById, DocLink, Id, Message, PlaceRef, Posted, Units},
};

/// A move as a reversal would make it.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MoveRow {
    /// Why.
    pub kind: String,
    /// Goods' code.
    pub sku_code: String,
    /// Lot's number.
    pub lot_no: String,
    /// Units.
    pub qty: Units,
    /// From where.
    pub from: PlaceRef,
    /// In which status.
    pub from_status: StatusWord,
    /// To where.
    pub to: PlaceRef,
    /// In which status.
    pub to_status: StatusWord,
}

/// What undoing changes in what a transfer has set aside of a lot.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CutRow {
    /// The transfer.
    pub transfer: DocLink,
    /// Goods' code.
    pub sku_code: String,
    /// Lot's number.
    pub lot_no: String,
    /// Units that it would have set aside more than now; below zero: less.
    pub qty: Units,
}

/// What undoing would do, or what stands in the way.
#[derive(Debug, Clone, Default, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReversalPreview {
    /// The entries that would be undone, in the order of undoing.
    pub entries: Vec<EntryRow>,
    /// The moves that this would make; at most 200.
    pub moves: Vec<MoveRow>,
    /// What this would change in what transfers have set aside.
    pub cuts: Vec<CutRow>,
    /// Entries that must be undone first.
    pub blocked_by: Vec<EntryRow>,
    /// Why it is refused; empty when it is not.
    pub reasons: Vec<Message>,
}

/// An entry to undo.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReverseEntry {
    /// Which one.
    pub entry: Id,
    /// Whether what stands in the way is undone too.
    pub with_blocking: bool,
}

/// So many entries that stand in the way are named; with them undone, those behind them are.
const LISTED: usize = 50;

/// Why an entry cannot be undone as things stand, and which entries stand in the way.
#[derive(Default)]
struct Blocked {
    by: Vec<JournalRow>,
    reasons: Vec<Message>,
}

impl Blocked {
    fn is_free(&self) -> bool {
        self.by.is_empty() && self.reasons.is_empty()
    }
}

fn message_of(error: Error) -> Message {
    Message { code: error.code, args: error.args }
}

/// Looks at everything that may stand in the way of undoing `row`.
fn blocked(reader: &Reader, row: &JournalRow, today: NaiveDate) -> Result<Blocked, Error> {
    let entry = &row.recorded.entry;
    if row.reversed_by.is_some() {
        let done = domain::Refusal::AlreadyReversed { on: entry.effective_on };
        return Ok(Blocked { by: Vec::new(), reasons: vec![message_of(done.into())] });
    }
    let shop = || match &entry.body.fact {
        Fact::SalesPosted(sales) => shop_code(reader, sales.shop).unwrap_or_default(),
        _ => String::new(),
    };
    if let Err(refusal) = reversal::check(entry, shop) {
        return Ok(Blocked { by: Vec::new(), reasons: vec![message_of(refusal.into())] });
    }
    let mut by = reader.later_on_documents(row)?;
    by.retain(|later| reversal::rests_on(&later.recorded.entry.body.fact, &entry.body.fact));
    by.truncate(LISTED);
    if !by.is_empty() {
        return Ok(blocked_by(by));
    }
    if let Some(used) = in_use(reader, row)? {
        return Ok(used);
    }
    let short = short(reader, row)?;
    if !short.is_free() {
        return Ok(short);
    }
    Ok(match production::spoken_for(reader, row, today)? {
        Some((by, refusal)) if by.is_empty() => {
            Blocked { by, reasons: vec![message_of(refusal.into())] }
        }
        Some((mut by, _)) => {
            by.truncate(LISTED);
            blocked_by(by)
        }
        None => short,
    })
}

fn blocked_by(by: Vec<JournalRow>) -> Blocked {
    let entries = i64::try_from(by.len()).unwrap_or(i64::MAX);
    let what = by.first().map(|row| row.recorded.entry.body.fact.kind()).unwrap_or_default();
    let refusal = domain::Refusal::ReversalBlocked { what: what.into(), entries };
    Blocked { by, reasons: vec![message_of(refusal.into())] }
}

/// A record that others use cannot be undone into nothing.
fn in_use(reader: &Reader, row: &JournalRow) -> Result<Option<Blocked>, Error> {
    let entry = &row.recorded.entry;
    let Some(document) = entry.body.fact.document(entry.effective_on) else { return Ok(None) };
    let what = match document.kind {
        DocKind::Sku => "sku",
        DocKind::Place => "location",
        DocKind::Partner => "partner",
        DocKind::Shop => "shop",
        _ => return Ok(None),
    };
    if reader.has_earlier(row, document)? {
        return Ok(None);
    }
    let by = reader.users_of(document, 50)?;
    let demand = reader.has_demand(document)?;
    if by.is_empty() && !demand {
        return Ok(None);
    }
    let names = Names::load(reader)?;
    let label = document_of(reader, &names, entry)?.map(|link| link.label).unwrap_or_default();
    let refusal = domain::Refusal::ReversalInUse { what: what.into(), label };
    Ok(Some(Blocked { by, reasons: vec![message_of(refusal.into())] }))
}

/// Undoing may not bring any real place below zero on any day since, nor leave more set aside than
/// is there.
fn short(reader: &Reader, row: &JournalRow) -> Result<Blocked, Error> {
    let mirror = reversal::reverse(&row.recorded.entry, None, &mut uuid::Uuid::now_v7);
    let short = short_of(reader, &net_changes(&mirror.body.moves), mirror.effective_on)?;
    let over = over(reader, row, &mirror)?;
    let free = short.is_empty() && over.is_none();
    let mut by = over.unwrap_or_default();
    let mut seen: BTreeSet<i64> = by.iter().map(|row| row.recorded.position).collect();
    for one in &short {
        for mover in reader.movers_after(one.slot.lot, row.recorded.position)? {
            let takes = mover.recorded.entry.body.moves.iter().any(|moved| {
                moved.lot == one.slot.lot && moved.from == (one.slot.place, one.slot.status)
            });
            if takes && seen.insert(mover.recorded.position) {
                by.push(mover);
            }
        }
    }
    if free { Ok(Blocked::default()) } else { Ok(blocked_by(by)) }
}

pub(crate) fn preview(call: &Call, input: ById) -> Result<ReversalPreview, Error> {
    call.read(|reader| preview_of(&reader, call.session, &[EntryId(input.id.0)]))
}

/// What undoing `entries` in that order would do. What stands in the way of one of them counts
/// only when it is not among them.
pub(crate) fn preview_of(
    reader: &Reader,
    session: &Session,
    entries: &[EntryId],
) -> Result<ReversalPreview, Error> {
    let names = Names::load(reader)?;
    let ours: BTreeSet<EntryId> = entries.iter().copied().collect();
    let mut preview = ReversalPreview::default();
    let mut rights = BTreeSet::new();
    for id in entries {
        let row = reader.entry(*id)?.ok_or_else(|| Error::missing("entry", id.0))?;
        if preview.entries.len() < 200 {
            preview.entries.push(entry_row(reader, &names, &row)?);
        }
        let found = blocked(reader, &row, session.today)?;
        let others = found.by.iter().filter(|one| !ours.contains(&one.recorded.entry.id));
        let others: Vec<&JournalRow> = others.collect();
        if found.by.is_empty() || !others.is_empty() {
            preview.reasons.extend(found.reasons);
        }
        for one in others {
            if preview.blocked_by.iter().all(|known| known.id.0 != one.recorded.entry.id.0) {
                preview.blocked_by.push(entry_row(reader, &names, one)?);
            }
        }
        if let Err(missing) = session.need_to_undo(&row.recorded.entry)
            && rights.insert(missing.code.clone())
        {
            preview.reasons.push(message_of(missing));
        }
        add_cuts(reader, &names, &row.recorded.entry, &mut preview.cuts)?;
        for one in &row.recorded.entry.body.moves {
            if preview.moves.len() < 200 {
                preview.moves.push(move_row(reader, &names, &one.mirrored())?);
            }
        }
    }
    Ok(preview)
}

fn add_cuts(
    reader: &Reader,
    names: &Names,
    entry: &Entry,
    cuts: &mut Vec<CutRow>,
) -> Result<(), Error> {
    for one in Folded::load(reader, entry)? {
        let Some(number) = one.number() else { continue };
        for (lot, qty) in one.change() {
            let record = reader.lot(lot)?;
            cuts.push(CutRow {
                transfer: DocLink::new("transfer", one.id.0, number.clone()),
                sku_code: record.as_ref().map(|lot| names.sku_code(lot.sku)).unwrap_or_default(),
                lot_no: record.map(|lot| lot.lot_no).unwrap_or_default(),
                qty: Units(qty),
            });
        }
    }
    Ok(())
}

fn move_row(reader: &Reader, names: &Names, one: &domain::Move) -> Result<MoveRow, Error> {
    let lot = reader.lot(one.lot)?;
    let kind = serde_json::to_value(one.kind).unwrap_or_default();
    Ok(MoveRow {
        kind: kind.as_str().unwrap_or_default().to_owned(),
        sku_code: lot.as_ref().map(|lot| names.sku_code(lot.sku)).unwrap_or_default(),
        lot_no: lot.map(|lot| lot.lot_no).unwrap_or_default(),
        qty: Units(one.qty),
        from: names.side(reader, one.from.0)?,
        from_status: one.from.1.into(),
        to: names.side(reader, one.to.0)?,
        to_status: one.to.1.into(),
    })
}

pub(crate) fn reverse(call: &Call, input: ReverseEntry) -> Result<Posted, Error> {
    let id = EntryId(input.entry.0);
    call.write(None, |writer| {
        let mut undone = Vec::new();
        undo(call, writer, id, input.with_blocking, None, &mut undone)?;
        Ok(undone)
    })
}

/// Undoes an entry, after what stands in its way when that is wanted too. The transaction holds
/// all of it or nothing.
pub(crate) fn undo(
    call: &Call,
    writer: &mut Writer,
    id: EntryId,
    with_blocking: bool,
    batch: Option<BatchId>,
    undone: &mut Vec<Entry>,
) -> Result<(), Error> {
    loop {
        let row = writer.entry(id)?.ok_or_else(|| Error::missing("entry", id.0))?;
        let found = blocked(writer, &row, call.session.today)?;
        if found.is_free() {
            call.session.need_to_undo(&row.recorded.entry)?;
            let entry = reversal::reverse(&row.recorded.entry, batch, &mut call.session.new_ids());
            let entry = post(writer, entry)?;
            orders::revive(writer, &row.recorded.entry, call)?;
            transfers::revive(writer, &row.recorded.entry, call)?;
            undone.push(entry);
            for place in sold_at(&row.recorded.entry) {
                undone.extend(suspense::release(writer, place, &mut call.session.new_ids())?);
            }
            return follow(call, writer, &row, undone);
        }
        match found.by.first() {
            Some(first) if with_blocking && undone.len() < 10_000 => {
                let first = first.recorded.entry.id;
                undo(call, writer, first, true, batch, undone)?;
            }
            _ => return Err(refusal(writer, found)?),
        }
    }
}

/// Undoes what followed from an undone entry, each on its day, and posts what follows now.
fn follow(
    call: &Call,
    writer: &mut Writer,
    row: &JournalRow,
    undone: &mut Vec<Entry>,
) -> Result<(), Error> {
    let entry = &row.recorded.entry;
    let mut ids = call.session.new_ids();
    if let Some(order) = came_on(entry) {
        undone.extend(production::spread_tax(writer, order, entry.effective_on, &mut ids)?);
    }
    if let Fact::InvoiceSet { id, .. } = entry.body.fact {
        for later in writer.later_on_documents(row)? {
            if reversal::is_consequence(&later.recorded.entry.body.fact) {
                let back = reversal::reverse(&later.recorded.entry, None, &mut ids);
                undone.push(post(writer, back)?);
            }
        }
        undone.extend(production::spread_again(writer, id, entry.effective_on, &mut ids)?);
    }
    Ok(())
}

/// The order of which an entry changes what its goods weigh beside each other.
fn came_on(entry: &Entry) -> Option<domain::OrderId> {
    let order = entry.documents().into_iter().find(|one| one.kind == DocKind::Order)?;
    production::changes_shares(&entry.body.fact).then_some(domain::OrderId(order.id))
}

/// The places that an entry posted sales of.
fn sold_at(entry: &Entry) -> BTreeSet<PlaceId> {
    match &entry.body.fact {
        Fact::SalesPosted(sales) => sales.lines.iter().map(|line| line.place).collect(),
        _ => BTreeSet::new(),
    }
}

/// The first reason as an error, with the entries that stand in the way behind it.
fn refusal(reader: &Reader, found: Blocked) -> Result<Error, Error> {
    let names = Names::load(reader)?;
    let mut details = Vec::new();
    for row in &found.by {
        let row = entry_row(reader, &names, row)?;
        let mut message = row.summary;
        message.args.insert("entry".into(), Arg::Text(row.id.0.to_string()));
        message.args.insert("on".into(), Arg::Text(row.effective_on.0.to_string()));
        details.push(message);
    }
    let mut reasons = found.reasons.into_iter();
    let first = reasons.next().unwrap_or_else(|| Message::new("reversal.blocked", []));
    let error = Error { args: first.args, ..Error::refused(&first.code, []) };
    Ok(error.with(details.into_iter().chain(reasons).collect()))
}
