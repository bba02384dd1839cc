//! Papers of what came on orders and went back: receipts, labels of lots, return notes. No money.

use std::collections::BTreeMap;

use documents::{
    GoodsReceipt, GoodsReceiptLine, LotLabel, Party, ReceivedLot, ReturnLine, ReturnNote,
};
use domain::{
    Entry, Fact, LotId, OrderId, PlaceId, SkuId, Status, fact::ReceivedLine,
    order::ProductionOrder, quality::Decision, shelf_life::Dates,
};
use store::{LotRecord, Reader};

use super::{as_before, filled, gtin, name, partner_party, place_party, spec_and_unit, standing};
use crate::{
    Error,
    known::Names,
    orders,
    papers::PrintPaper,
    production::live_entries,
    wire::{Id, Lang},
};

/// A receipt of an order that stands.
struct Received {
    number: String,
    entry: Entry,
    id: OrderId,
    place: PlaceId,
    lines: Vec<ReceivedLine>,
    reason: Option<String>,
}

fn received(reader: &Reader, id: Id) -> Result<Received, Error> {
    let (entry, number) = standing(reader, "receipt", id, |entry| match &entry.body.fact {
        Fact::OrderReceived { id, .. } => Ok(numbers(reader, *id)?.remove(&entry.id)),
        _ => Ok(None),
    })?;
    match entry.body.fact.clone() {
        Fact::OrderReceived { id, place, lines, reason, .. } => {
            Ok(Received { number, entry, id, place, lines, reason })
        }
        _ => Err(Error::missing("receipt", id.0)),
    }
}

fn numbers(reader: &Reader, id: OrderId) -> Result<orders::Numbers, Error> {
    let (_, order) = orders::issued(reader, Id(id.0))?;
    orders::numbers(reader, id, &order.content.number)
}

fn lot(reader: &Reader, id: LotId) -> Result<LotRecord, Error> {
    reader.lot(id)?.ok_or_else(|| Error::missing("lot", id.0))
}

pub(in crate::papers) fn receipt(
    reader: &Reader,
    input: &PrintPaper,
) -> Result<GoodsReceipt, Error> {
    let names = Names::load(reader)?;
    let came = received(reader, input.id)?;
    let before = as_before(&live_entries(reader, came.id)?, came.entry.id)
        .ok_or_else(|| Error::missing("order", came.id.0))?;
    let mut by_line: BTreeMap<u32, Vec<ReceivedLot>> = BTreeMap::new();
    for line in &came.lines {
        let known = lot(reader, line.lot)?;
        let Dates { mfg_on, expires_on } = known.dates;
        by_line.entry(line.line).or_default().push(ReceivedLot {
            lot: known.lot_no,
            manufactured: mfg_on,
            expires: expires_on,
            quantity: line.qty,
            status: line.status,
        });
    }
    let lines = by_line
        .into_iter()
        .filter_map(|(line, lots)| receipt_line(&names, input.lang, &before, (line, lots)));
    Ok(GoodsReceipt {
        number: came.number,
        received_on: came.entry.effective_on,
        order: before.content.number.clone(),
        delivery_note: None,
        supplier: partner_party(reader, before.content.factory)?,
        place: place_party(reader, &names, came.place)?,
        lines: lines.collect(),
        note: came.reason.as_deref().and_then(filled),
    })
}

fn receipt_line(
    names: &Names,
    lang: Lang,
    before: &ProductionOrder,
    (line, lots): (u32, Vec<ReceivedLot>),
) -> Option<GoodsReceiptLine> {
    let ordered = before.content.lines.get(line as usize)?;
    let tally = before.tallies.get(line as usize).copied().unwrap_or_default();
    Some(GoodsReceiptLine {
        sku: names.sku_code(ordered.sku),
        name: name(names, lang, ordered.sku),
        unit: spec_and_unit(names, ordered.sku).1,
        ordered: ordered.qty,
        // What went back for a credit is not made again, so nothing is short for it.
        received_before: tally.came - tally.returned,
        lots,
    })
}

/// Units that stand under one label.
struct Stack {
    lot: LotRecord,
    qty: i64,
    status: Status,
}

/// The labels of a receipt's lots as they were put down, or of one lot as it lies now.
pub(in crate::papers) fn lot_labels(
    reader: &Reader,
    input: &PrintPaper,
) -> Result<(String, Vec<LotLabel>), Error> {
    let names = Names::load(reader)?;
    if let Some(one) = reader.lot(input.id.0.into())? {
        let number = format!("{}-{}", names.sku_code(one.sku), one.lot_no);
        let order = one.order.map(|id| reader.order(id)).transpose()?.flatten();
        let source = order.map(|order| order.content.number);
        let labels = lying(reader, &names, &one)?
            .into_iter()
            .map(|stack| label(&names, input.lang, stack, source.clone()));
        return Ok((number, labels.collect()));
    }
    let came = received(reader, input.id)?;
    let mut labels = Vec::new();
    for line in &came.lines {
        let stack = Stack { lot: lot(reader, line.lot)?, qty: line.qty, status: line.status };
        labels.push(label(&names, input.lang, stack, Some(came.number.clone())));
    }
    Ok((came.number, labels))
}

/// A lot by place and status, at places that people founded.
fn lying(reader: &Reader, names: &Names, lot: &LotRecord) -> Result<Vec<Stack>, Error> {
    let founded =
        |place: PlaceId| names.places.get(&place).is_some_and(|place| place.place.is_some());
    let rows = reader.lot_balances(lot.id)?.into_iter();
    let rows = rows.filter(|row| row.qty > 0 && founded(row.place));
    Ok(rows.map(|row| Stack { lot: lot.clone(), qty: row.qty, status: row.status }).collect())
}

fn label(names: &Names, lang: Lang, stack: Stack, source: Option<String>) -> LotLabel {
    let Stack { lot, qty, status } = stack;
    let sku: SkuId = lot.sku;
    let (spec, unit) = spec_and_unit(names, sku);
    LotLabel {
        sku: names.sku_code(sku),
        name: name(names, lang, sku),
        spec,
        gtin: gtin(names, sku),
        lot: lot.lot_no,
        coded: None,
        manufactured: lot.dates.mfg_on,
        expires: lot.dates.expires_on,
        quantity: qty,
        unit,
        status,
        source,
    }
}

/// What a quality decision sends back to the partner.
pub(in crate::papers) fn return_note(
    reader: &Reader,
    input: &PrintPaper,
) -> Result<ReturnNote, Error> {
    let names = Names::load(reader)?;
    let (entry, number) = standing(reader, "return", input.id, |entry| match &entry.body.fact {
        Fact::QualityDecided { id, .. } => Ok(numbers(reader, *id)?.remove(&entry.id)),
        _ => Ok(None),
    })?;
    let Fact::QualityDecided { id, place, lines, reason } = &entry.body.fact else {
        return Err(Error::missing("return", input.id.0));
    };
    let (_, order) = orders::issued(reader, Id(id.0))?;
    let mut goes = Vec::new();
    for one in lines.iter().filter(|one| one.decision == Decision::Return) {
        let known = lot(reader, one.lot)?;
        // A return without a settlement is refused when it is decided.
        let Some(settle_by) = one.settle_by else { continue };
        goes.push(ReturnLine {
            sku: names.sku_code(known.sku),
            name: name(&names, input.lang, known.sku),
            lot: known.lot_no,
            quantity: one.qty,
            unit: spec_and_unit(&names, known.sku).1,
            reason: reason.clone(),
            settle_by,
        });
    }
    let from = place_party(reader, &names, *place)?;
    Ok(ReturnNote {
        number,
        on: entry.effective_on,
        order: Some(order.content.number.clone()),
        from: Party { credit_code: None, ..from },
        to: partner_party(reader, order.content.factory)?,
        lines: goes,
        note: None,
    })
}
