//! The journal as its users read it, and undoing what stands in it.

use std::collections::BTreeSet;

use domain::{
    BatchId, DocKind, DocRef, Entry, EntryId, Fact, PlaceId, ShopId, reversal, stock::shortages,
};
use serde::{Deserialize, Serialize};
use store::{JournalPage, JournalRow, Reader, Writer};
use ts_rs::TS;

use crate::{
    Error,
    commands::Call,
    known::Names,
    orders,
    posting::{cuts_of, post, real_places},
    stock::StatusWord,
    suspense, transfers,
    wire::{Arg, ById, Day, DocLink, Id, Message, PlaceRef, Posted, Units},
};

/// A part of the journal to read.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ListEntries {
    /// From which row, newest first.
    pub offset: u32,
    /// How many rows, at most 500.
    pub limit: u32,
    /// Only what concerns this document.
    #[serde(default)]
    pub document: Option<Id>,
}

/// An entry in a list.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EntryRow {
    /// Identity.
    pub id: Id,
    /// Its place in the journal.
    #[ts(type = "number")]
    pub position: i64,
    /// Its kind.
    pub kind: String,
    /// The day it counts on.
    pub effective_on: Day,
    /// When it was written (instant).
    pub recorded_at: String,
    /// By whom.
    pub actor: String,
    /// What it says.
    pub summary: Message,
    /// What it concerns.
    pub documents: Vec<DocLink>,
    /// The import that it belongs to.
    pub batch: Option<Id>,
    /// The entry that it undoes.
    pub reverses: Option<Id>,
    /// The entry that undid it.
    pub reversed_by: Option<Id>,
    /// Units that it moves.
    pub units: Units,
}

/// A part of the journal.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EntryPage {
    /// Entries in all.
    #[ts(type = "number")]
    pub total: i64,
    /// Newest first.
    pub rows: Vec<EntryRow>,
}

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

/// What undoing would do, or what stands in the way.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReversalPreview {
    /// The entries that would be undone, in the order of undoing.
    pub entries: Vec<EntryRow>,
    /// The moves that this would make; at most 200.
    pub moves: Vec<MoveRow>,
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

pub(crate) fn list(call: &Call, input: ListEntries) -> Result<EntryPage, Error> {
    call.read(|reader| {
        let names = Names::load(&reader)?;
        let (offset, limit) = (input.offset.into(), input.limit.min(500).into());
        let page = match input.document {
            Some(id) => of_document(&reader, id.0, offset, limit)?,
            None => reader.journal(None, offset, limit)?,
        };
        let rows = page.rows.iter().map(|row| entry_row(&reader, &names, row));
        Ok(EntryPage { total: page.total, rows: rows.collect::<Result<_, _>>()? })
    })
}

/// What concerns a document; its id says which kind it is, for ids are unique over all kinds but
/// goods and their prices, which share one.
fn of_document(
    reader: &Reader,
    id: uuid::Uuid,
    offset: i64,
    limit: i64,
) -> Result<JournalPage, Error> {
    for kind in DocKind::ALL {
        let page = reader.journal(Some(DocRef { kind, id }), offset, limit)?;
        if page.total > 0 {
            return Ok(page);
        }
    }
    Ok(JournalPage { total: 0, rows: Vec::new() })
}

/// An entry as lists show it.
pub(crate) fn entry_row(
    reader: &Reader,
    names: &Names,
    row: &JournalRow,
) -> Result<EntryRow, Error> {
    let entry = &row.recorded.entry;
    Ok(EntryRow {
        id: entry.id.into(),
        position: row.recorded.position,
        kind: entry.body.fact.kind().to_owned(),
        effective_on: Day(entry.effective_on),
        recorded_at: row.recorded.recorded_at.to_rfc3339(),
        actor: row.recorded.actor.clone(),
        summary: summary(reader, names, entry)?,
        documents: document_of(reader, names, entry)?.into_iter().collect(),
        batch: entry.batch.map(|batch| Id(batch.0)),
        reverses: entry.reverses.map(Id::from),
        reversed_by: row.reversed_by.map(Id::from),
        units: Units(entry.body.moves.iter().map(|one| one.qty).sum()),
    })
}

/// The document that an entry is a step of, with what people call it.
pub(crate) fn document_of(
    reader: &Reader,
    names: &Names,
    entry: &Entry,
) -> Result<Option<DocLink>, Error> {
    if let Some(undone) = entry.reverses {
        let undone = reader.entry(undone)?;
        return match undone {
            Some(row) => document_of(reader, names, &row.recorded.entry),
            None => Ok(None),
        };
    }
    let Some(document) = entry.body.fact.document(entry.effective_on) else { return Ok(None) };
    let id = document.id;
    let link = match document.kind {
        DocKind::Company => DocLink::new("company", id, ""),
        DocKind::Sku | DocKind::SkuPrice => DocLink::new("sku", id, names.sku_code(id.into())),
        DocKind::Place => DocLink::new("location", id, names.place(id.into())),
        DocKind::Partner => DocLink::new("partner", id, names.partner(id.into())),
        DocKind::Shop => DocLink::new("shop", id, shop_code(reader, id.into())?),
        DocKind::Lot => DocLink::new("lot", id, ""),
        DocKind::SalesDay => DocLink::new("sales", id, entry.effective_on.to_string()),
        DocKind::Order => {
            let number = reader.order(id.into())?.map(|order| order.content.number);
            DocLink::new("order", id, number.unwrap_or_default())
        }
        DocKind::Offer => DocLink::new("offer", id, record_label(reader, document)?),
        DocKind::Version => DocLink::new("version", id, record_label(reader, document)?),
        DocKind::Bom => DocLink::new("bom", id, record_label(reader, document)?),
        DocKind::Statement => DocLink::new("statement", id, record_label(reader, document)?),
        DocKind::Invoice => DocLink::new("invoice", id, record_label(reader, document)?),
        DocKind::Bill => DocLink::new("bill", id, record_label(reader, document)?),
        DocKind::Channel | DocKind::ChannelCost => {
            let channel = domain::DocRef { kind: DocKind::Channel, id };
            DocLink::new("channel", id, record_label(reader, channel)?)
        }
        DocKind::ChannelPrice => DocLink::new("price", id, record_label(reader, document)?),
        DocKind::Attachment => DocLink::new("attachment", id, record_label(reader, document)?),
        DocKind::Transfer | DocKind::Reservation => {
            let number = reader.transfer(id.into())?.map(|transfer| transfer.content.number);
            DocLink::new("transfer", id, number.unwrap_or_default())
        }
    };
    Ok(Some(link))
}

/// What people call a record: its number, name or code, or that of the goods or place it is of.
fn record_label(reader: &Reader, document: domain::DocRef) -> Result<String, Error> {
    let content = reader.record::<serde_json::Value>(document.kind, document.id)?;
    let Some(content) = content.map(|one| one.content) else { return Ok(String::new()) };
    let text = |name: &str| content.get(name).and_then(serde_json::Value::as_str);
    if let Some(label) = ["number", "artwork_no", "name", "code"].into_iter().find_map(text) {
        return Ok(label.to_owned());
    }
    let id = |name: &str| text(name).and_then(|id| id.parse::<uuid::Uuid>().ok());
    let names = Names::load(reader)?;
    Ok(match (id("sku"), id("place")) {
        (Some(sku), _) => names.sku_code(sku.into()),
        (None, Some(place)) => names.place(place.into()),
        (None, None) => String::new(),
    })
}

pub(crate) fn shop_code(reader: &Reader, id: ShopId) -> Result<String, Error> {
    let shops = reader.shops()?;
    Ok(shops
        .into_iter()
        .find(|(shop, _)| *shop == id)
        .map(|(_, shop)| shop.code)
        .unwrap_or_default())
}

/// What an entry says, in one sentence of the UI.
fn summary(reader: &Reader, names: &Names, entry: &Entry) -> Result<Message, Error> {
    let label = document_of(reader, names, entry)?.map(|link| link.label).unwrap_or_default();
    let units: i64 = entry.body.moves.iter().map(|one| one.qty).sum();
    let lines = i64::try_from(entry.body.moves.len()).unwrap_or(i64::MAX);
    let mut args: Vec<(&str, Arg)> =
        vec![("label", label.into()), ("units", units.into()), ("lines", lines.into())];
    match &entry.body.fact {
        Fact::ImportApplied { file_name, kind, rows, .. } => {
            args.push(("file", file_name.clone().into()));
            args.push(("import_kind", kind.clone().into()));
            args.push(("rows", (*rows).into()));
        }
        Fact::StockOpened { place }
        | Fact::StockRegraded { place, .. }
        | Fact::FactoryCounted { place, .. }
        | Fact::SetAssembled { place, .. }
        | Fact::SetDisassembled { place, .. }
        | Fact::QualityDecided { place, .. }
        | Fact::LossSettled { place, .. }
        | Fact::SuspenseSettled { place }
        | Fact::OrderReceived { place, .. } => args.push(("place", names.place(*place).into())),
        Fact::SalesPosted(sales) => {
            let sold: i64 = sales.lines.iter().map(|line| line.units).sum();
            args.push(("sold", sold.into()));
            args.push(("day", entry.effective_on.to_string().into()));
        }
        Fact::OrderAccepted { promised_on, .. } => {
            args.push(("day", promised_on.to_string().into()));
        }
        Fact::MaterialMoved { slip, .. } => {
            args.push(("place", names.place(slip.to).into()));
            args.push(("number", slip.number.clone().into()));
        }
        Fact::OrderMilestone { reached, .. } => {
            let milestone = serde_json::to_value(reached.milestone).unwrap_or_default();
            args.push(("milestone", milestone.as_str().unwrap_or_default().into()));
        }
        Fact::OrderAmended { revision, .. } => args.push(("revision", i64::from(*revision).into())),
        Fact::Attached { file, .. } => args.push(("file", file.name.clone().into())),
        Fact::TransferResolved { qty, .. } => args.push(("qty", (*qty).into())),
        Fact::Reversed {} => {
            let undone = entry.reverses.map(|id| reader.entry(id)).transpose()?.flatten();
            let kind = undone.map(|row| row.recorded.entry.body.fact.kind()).unwrap_or_default();
            args.push(("undone", kind.into()));
        }
        _ => {}
    }
    let args = args.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    Ok(Message { code: format!("entry.{}", entry.body.fact.kind()), args })
}

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
fn blocked(reader: &Reader, row: &JournalRow) -> Result<Blocked, Error> {
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
    let by = reader.later_on_documents(row)?;
    if !by.is_empty() {
        return Ok(blocked_by(by));
    }
    if let Some(used) = in_use(reader, row)? {
        return Ok(used);
    }
    short(reader, row)
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

/// Undoing may not bring any real place below zero on any day since.
fn short(reader: &Reader, row: &JournalRow) -> Result<Blocked, Error> {
    let mirror = reversal::reverse(&row.recorded.entry, None, &mut uuid::Uuid::now_v7);
    let real = real_places(reader, &mirror.body.moves)?;
    let taken = domain::stock::net_changes(&mirror.body.moves);
    let slots = taken.iter().filter(|(slot, change)| **change < 0 && real.contains(&slot.place));
    let levels = reader.levels(slots.map(|(slot, _)| *slot), mirror.effective_on)?;
    let short = shortages(&mirror.body.moves, &levels, |place| real.contains(&place));
    let mut by = set_aside(reader, &mirror.body.moves)?;
    let short_of_free = !by.is_empty();
    let mut seen = BTreeSet::new();
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
    let free = short.is_empty() && !short_of_free;
    if free { Ok(Blocked::default()) } else { Ok(blocked_by(by)) }
}

/// The approvals of the transfers that have set aside what `moves` would take: undoing is our
/// decision, so it does not cut them.
fn set_aside(reader: &Reader, moves: &[domain::Move]) -> Result<Vec<JournalRow>, Error> {
    let mut by: Vec<JournalRow> = Vec::new();
    for cut in cuts_of(reader, moves)? {
        let document = DocRef { kind: DocKind::Transfer, id: cut.transfer.0 };
        let rows = reader.journal(Some(document), 0, i64::MAX)?.rows;
        let approval = rows.into_iter().find(|row| {
            let fact = &row.recorded.entry.body.fact;
            row.reversed_by.is_none() && matches!(fact, Fact::TransferApproved { .. })
        });
        let known =
            |row: &JournalRow| by.iter().any(|one| one.recorded.position == row.recorded.position);
        by.extend(approval.filter(|row| !known(row)));
    }
    Ok(by)
}

pub(crate) fn preview(call: &Call, input: ById) -> Result<ReversalPreview, Error> {
    call.read(|reader| preview_of(&reader, &[EntryId(input.id.0)]))
}

/// What undoing `entries` in that order would do. What stands in the way of one of them counts
/// only when it is not among them.
pub(crate) fn preview_of(reader: &Reader, entries: &[EntryId]) -> Result<ReversalPreview, Error> {
    let names = Names::load(reader)?;
    let ours: BTreeSet<EntryId> = entries.iter().copied().collect();
    let mut preview = ReversalPreview {
        entries: Vec::new(),
        moves: Vec::new(),
        blocked_by: Vec::new(),
        reasons: Vec::new(),
    };
    for id in entries {
        let row = reader.entry(*id)?.ok_or_else(|| Error::missing("entry", id.0))?;
        if preview.entries.len() < 200 {
            preview.entries.push(entry_row(reader, &names, &row)?);
        }
        let found = blocked(reader, &row)?;
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
        for one in &row.recorded.entry.body.moves {
            if preview.moves.len() < 200 {
                preview.moves.push(move_row(reader, &names, &one.mirrored())?);
            }
        }
    }
    Ok(preview)
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
        let found = blocked(writer, &row)?;
        if found.is_free() {
            call.session.need_to_undo(&row.recorded.entry)?;
            let entry = reversal::reverse(&row.recorded.entry, batch, &mut call.session.new_ids());
            post(writer, &entry)?;
            orders::revive(writer, &row.recorded.entry, call)?;
            transfers::revive(writer, &row.recorded.entry, call)?;
            undone.push(entry);
            for place in sold_at(&row.recorded.entry) {
                undone.extend(suspense::release(writer, place, &mut call.session.new_ids())?);
            }
            return Ok(());
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
