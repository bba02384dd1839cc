//! The journal as its users read it.

use domain::{DocKind, DocRef, Entry, Fact, ShopId};
use serde::{Deserialize, Serialize};
use store::{JournalPage, JournalRow, Reader};
use ts_rs::TS;

use crate::{
    Error,
    commands::Call,
    known::Names,
    wire::{Arg, Day, DocLink, Id, Message, Units},
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
/// those whose money is told apart from them: goods, channels and partners share theirs with it.
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
        units: Units(units_of(entry)),
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
        DocKind::Partner | DocKind::PartnerBank => {
            DocLink::new("partner", id, names.partner(id.into()))
        }
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

/// Units that people would say an entry is about: what came, not the material that went into it as
/// well; what was lost, not how it was found.
fn units_of(entry: &Entry) -> i64 {
    match &entry.body.fact {
        Fact::OrderReceived { lines, .. } => lines.iter().map(|line| line.qty).sum(),
        Fact::LossSettled { lines, .. } => lines.iter().map(|line| line.loss.missing).sum(),
        Fact::MaterialKept { lines, .. } => lines.iter().map(|line| line.qty).sum(),
        // Out of stock; that they leave suspense for it is the other side of the same units.
        Fact::SuspenseSettled { place } => {
            let here = entry.body.moves.iter().filter(|one| [one.from.0, one.to.0].contains(place));
            here.map(|one| one.qty).sum()
        }
        _ => entry.body.moves.iter().map(|one| one.qty).sum(),
    }
}

/// What an entry says, in one sentence of the UI.
fn summary(reader: &Reader, names: &Names, entry: &Entry) -> Result<Message, Error> {
    let label = document_of(reader, names, entry)?.map(|link| link.label).unwrap_or_default();
    let units = units_of(entry);
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
        | Fact::QualityDecided { place, .. }
        | Fact::LossSettled { place, .. }
        | Fact::SuspenseSettled { place }
        | Fact::OrderReceived { place, .. } => args.push(("place", names.place(*place).into())),
        Fact::SetAssembled { place, lot, qty } | Fact::SetDisassembled { place, lot, qty } => {
            let set = reader.lot(*lot)?.map(|set| (names.sku_code(set.sku), set.lot_no));
            let (sku, lot_no) = set.unwrap_or_default();
            args.push(("place", names.place(*place).into()));
            args.push(("sku", sku.into()));
            args.push(("lot", lot_no.into()));
            args.push(("qty", (*qty).into()));
        }
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
        Fact::MaterialKept { place, kind, .. } => {
            args.push(("place", names.place(*place).into()));
            args.push(("way", kind.word().into()));
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
