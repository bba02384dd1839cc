//! Transfers: drafted from a plan or by hand, approved, packed, sent, arrived, closed.
//!
//! Drafts change freely and are not in the journal; approving puts the whole transfer into one
//! entry and sets its goods aside.

mod cartons;
mod fields;

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use domain::{
    DocKind, DocRef, Entry, Fact, LotId, PlaceId, Refusal, Slot, Status, TransferId,
    fact::Resolution,
    place::Place,
    transfer::{
        self, ApproveKnown, Arrival, SourceLot, Step, Transfer, TransferContent, TransferState,
    },
};
use store::{Reader, Writer};
use uuid::Uuid;

use cartons::carton_rows;
pub(crate) use cartons::{LotNumbers, gross_g, pack};
pub use fields::*;

use crate::{
    Error, Right,
    commands::Call,
    drafts::{self, Draft},
    journal::entry_row,
    known::Names,
    orders::{codes, next_number},
    posting::post,
    suspense,
    wire::{ById, Day, DocLink, Id, Nothing, Posted, Units},
};

impl Draft for SaveTransfer {
    const KIND: &'static str = "transfer";

    fn id(&mut self) -> &mut Option<Id> {
        &mut self.id
    }

    fn check(&self) -> Result<(), Error> {
        let mut units = self.lines.iter().map(|line| line.qty.0);
        Ok(units.try_for_each(|qty| domain::stock::positive(qty).map(drop))?)
    }

    fn binds(reader: &Reader, id: Uuid) -> Result<bool, Error> {
        Ok(reader.transfer(TransferId(id))?.is_some())
    }
}

fn draft(reader: &Reader, id: Id) -> Result<Option<SaveTransfer>, Error> {
    drafts::one(reader, id)
}

fn approved(reader: &Reader, id: Id) -> Result<(TransferId, Transfer), Error> {
    let id = TransferId(id.0);
    let transfer = reader.transfer(id)?.ok_or_else(|| Error::missing("transfer", id.0))?;
    Ok((id, transfer))
}

pub(crate) fn list(call: &Call, _: Nothing) -> Result<Vec<TransferRow>, Error> {
    call.read(|reader| {
        let names = Names::load(&reader)?;
        let mut rows = Vec::new();
        for draft in drafts::all::<SaveTransfer>(&reader)? {
            rows.push(draft_row(&draft, &names));
        }
        for (id, transfer) in reader.transfers()? {
            rows.push(row(call.session.today, id, &transfer, &names));
        }
        Ok(rows)
    })
}

fn row(today: NaiveDate, id: TransferId, transfer: &Transfer, names: &Names) -> TransferRow {
    let content = &transfer.content;
    TransferRow {
        id: Id(id.0),
        number: content.number.clone(),
        state: match transfer.state {
            TransferState::Allocated => TransferStateWord::Allocated,
            TransferState::Packed => TransferStateWord::Packed,
            TransferState::Shipped => TransferStateWord::Shipped,
            TransferState::Arrived => TransferStateWord::Arrived,
            TransferState::Closed => TransferStateWord::Closed,
            TransferState::Cancelled => TransferStateWord::Cancelled,
        },
        from: Id(content.from.0),
        from_name: names.place_name(content.from),
        to: Id(content.to.0),
        to_name: names.place_name(content.to),
        units: Units(transfer.units()),
        cartons: u32::try_from(transfer.cartons.len()).unwrap_or(u32::MAX),
        lacks: Units(transfer.lacks().values().sum()),
        in_transit: Units(transfer.in_transit()),
        shipped_on: transfer.shipped_on.map(Day),
        expected_on: transfer.expected_on.map(Day),
        late_days: transfer.late_days(today),
        goods: codes(content.lines.iter().map(|line| line.sku), names),
    }
}

fn draft_row(draft: &SaveTransfer, names: &Names) -> TransferRow {
    TransferRow {
        id: draft.id.unwrap_or(Id(Uuid::nil())),
        number: String::new(),
        state: TransferStateWord::Draft,
        from: draft.from,
        from_name: names.place_name(draft.from.0.into()),
        to: draft.to,
        to_name: names.place_name(draft.to.0.into()),
        units: Units(draft.lines.iter().map(|line| line.qty.0).sum()),
        cartons: 0,
        lacks: Units(0),
        in_transit: Units(0),
        shipped_on: None,
        expected_on: None,
        late_days: 0,
        goods: codes(draft.lines.iter().map(|line| line.sku.0.into()), names),
    }
}

pub(crate) fn get(call: &Call, input: ById) -> Result<TransferCard, Error> {
    call.read(|reader| {
        let names = Names::load(&reader)?;
        if let Some(draft) = draft(&reader, input.id)? {
            return draft_card(&reader, &names, &draft);
        }
        let (id, transfer) = approved(&reader, input.id)?;
        let lots = LotNumbers::load(&reader, &transfer)?;
        let lines = transfer.spread().into_iter().map(|(line, left)| {
            let fate = transfer.fates.get(&line.lot).copied().unwrap_or_default();
            TransferLine {
                cut: Units(line.qty - left),
                shipped: Units(fate.shipped),
                arrived: Units(fate.arrived),
                lost: Units(fate.lost),
                over: Units(fate.over),
                ..plain_line(line.sku.0, line.lot, line.qty, &names, &lots)
            }
        });
        let on_the_way = transfer.fates.iter().filter(|(_, fate)| fate.open() > 0);
        let on_the_way = on_the_way.map(|(lot, fate)| OnTheWay {
            lot: Id(lot.0),
            lot_no: lots.of(*lot),
            qty: Units(fate.open()),
        });
        Ok(TransferCard {
            row: row(call.session.today, id, &transfer, &names),
            note: transfer.content.note.clone(),
            carrier: transfer.carrier.clone(),
            tracking: transfer.tracking.clone(),
            lines: lines.collect(),
            cartons: carton_rows(&transfer, &names, &lots),
            in_transit: on_the_way.collect(),
            steps: steps(&reader, &names, DocRef { kind: DocKind::Transfer, id: id.0 })?,
        })
    })
}

fn draft_card(reader: &Reader, names: &Names, draft: &SaveTransfer) -> Result<TransferCard, Error> {
    let mut lots = LotNumbers::default();
    for line in &draft.lines {
        lots.add(reader, LotId(line.lot.0))?;
    }
    let lines = draft.lines.iter();
    let lines =
        lines.map(|line| plain_line(line.sku.0, LotId(line.lot.0), line.qty.0, names, &lots));
    Ok(TransferCard {
        row: draft_row(draft, names),
        note: draft.note.clone(),
        carrier: String::new(),
        tracking: String::new(),
        lines: lines.collect(),
        cartons: Vec::new(),
        in_transit: Vec::new(),
        steps: Vec::new(),
    })
}

fn plain_line(sku: Uuid, lot: LotId, qty: i64, names: &Names, lots: &LotNumbers) -> TransferLine {
    TransferLine {
        sku: Id(sku),
        sku_code: names.sku_code(sku.into()),
        sku_name: names.sku_name(sku.into()),
        lot: Id(lot.0),
        lot_no: lots.of(lot),
        expires_on: lots.expires_on(lot).map(Day),
        qty: Units(qty),
        shipped: Units(0),
        arrived: Units(0),
        lost: Units(0),
        over: Units(0),
        cut: Units(0),
        units_per_carton: names.units_per_carton(sku.into()),
    }
}

/// The steps that a document took, undone ones included.
fn steps(reader: &Reader, names: &Names, document: DocRef) -> Result<Vec<DocumentStep>, Error> {
    let mut steps = Vec::new();
    for row in reader.journal(Some(document), 0, i64::MAX)?.rows.into_iter().rev() {
        let entry = entry_row(reader, names, &row)?;
        steps.push(DocumentStep {
            entry: entry.id,
            day: entry.effective_on,
            recorded_at: entry.recorded_at,
            actor: entry.actor,
            summary: entry.summary,
            reversed: entry.reversed_by.is_some(),
        });
    }
    Ok(steps)
}

pub(crate) fn save(call: &Call, input: SaveTransfer) -> Result<ById, Error> {
    drafts::save(call, input)
}

pub(crate) fn discard(call: &Call, input: ById) -> Result<Nothing, Error> {
    drafts::discard::<SaveTransfer>(call, input)
}

/// A transfer whose approval was undone is a draft again, so that nothing typed is lost.
pub(crate) fn revive(writer: &mut Writer, undone: &Entry, call: &Call) -> Result<(), Error> {
    let Fact::TransferApproved { id, transfer } = &undone.body.fact else { return Ok(()) };
    let lines = transfer.lines.iter().map(|line| TransferLineFields {
        sku: Id(line.sku.0),
        lot: Id(line.lot.0),
        qty: Units(line.qty),
    });
    let draft = SaveTransfer {
        id: None,
        from: Id(transfer.from.0),
        to: Id(transfer.to.0),
        lines: lines.collect(),
        note: transfer.note.clone(),
    };
    drafts::keep(writer, Id(id.0), &draft, call)
}

fn founded(reader: &Reader, id: PlaceId) -> Result<Place, Error> {
    reader.place(id)?.ok_or_else(|| Error::missing("location", id.0))
}

pub(crate) fn approve(call: &Call, input: ApproveTransfer) -> Result<Posted, Error> {
    let overrides = input.override_reason.as_deref().is_some_and(|why| !why.trim().is_empty());
    if overrides {
        call.session.need(Right::OverrideLife)?;
    }
    let number = std::cell::RefCell::new(String::new());
    let mut posted = call.write(None, |writer| {
        let found = draft(writer, input.id)?;
        let draft = found.ok_or_else(|| Error::missing("transfer", input.id.0))?;
        let (from_id, to_id) = (PlaceId(draft.from.0), PlaceId(draft.to.0));
        let (from, to) = (founded(writer, from_id)?, founded(writer, to_id)?);
        let lots = source_lots(writer, &draft, call.session.today)?;
        let (next, serial) = next_number(writer, "TR", call.session.today.year())?;
        number.replace(next.clone());
        let lines = draft.lines.iter().map(|line| transfer::TransferLine {
            sku: line.sku.0.into(),
            lot: LotId(line.lot.0),
            qty: line.qty.0,
        });
        let content = TransferContent {
            number: next,
            from: from_id,
            to: to_id,
            lines: lines.collect(),
            note: draft.note.clone(),
            override_reason: input.override_reason.clone().filter(|why| !why.trim().is_empty()),
        };
        let known = ApproveKnown { from: &from, to: &to, lots: &lots };
        let mut ids = call.session.new_ids();
        let step = Step { id: TransferId(input.id.0), day: call.session.today, new_id: &mut ids };
        let entry = transfer::approve(step, &known, content, serial)?;
        let entry = post(writer, entry)?;
        drafts::bound::<SaveTransfer>(writer, input.id)?;
        Ok(vec![entry])
    })?;
    posted.document = Some(DocLink::new("transfer", input.id.0, number.into_inner()));
    Ok(posted)
}

/// The lots that a draft names, with what is free of them at its source.
fn source_lots(
    reader: &Reader,
    draft: &SaveTransfer,
    today: NaiveDate,
) -> Result<BTreeMap<LotId, SourceLot>, Error> {
    let names = Names::load(reader)?;
    let place = PlaceId(draft.from.0);
    let mut lots = BTreeMap::new();
    for line in &draft.lines {
        let lot = LotId(line.lot.0);
        let record = reader.lot(lot)?.ok_or_else(|| Error::missing("lot", lot.0))?;
        let slot = Slot { lot, place, status: Status::Good };
        let levels = reader.levels([slot], today)?;
        let lowest = levels.get(&slot).map_or(0, domain::Level::lowest);
        let source = SourceLot {
            lot_no: record.lot_no,
            sku_code: names.sku_code(record.sku),
            dates: record.dates,
            free: lowest - reader.reserved(lot, place, None)?,
        };
        lots.insert(lot, source);
    }
    Ok(lots)
}

/// Posts one step of a transfer.
fn step(
    call: &Call,
    id: Id,
    day: NaiveDate,
    decide: impl FnOnce(&Reader, Step, &Transfer, &LotNumbers) -> Result<Entry, Error>,
) -> Result<Posted, Error> {
    let (_, transfer) = call.read(|reader| approved(&reader, id))?;
    call.write(Some(("transfer", id.0, &transfer.content.number)), |writer| {
        let (transfer_id, transfer) = approved(writer, id)?;
        let lots = LotNumbers::load(writer, &transfer)?;
        let mut ids = call.session.new_ids();
        let step = Step { id: transfer_id, day, new_id: &mut ids };
        let entry = decide(writer, step, &transfer, &lots)?;
        let entry = post(writer, entry)?;
        let arrived = matches!(
            entry.body.fact,
            Fact::TransferArrived { .. }
                | Fact::TransferResolved { resolution: Resolution::Found, .. }
        );
        let mut entries = vec![entry];
        if arrived {
            entries.extend(suspense::settle(writer, transfer.content.to, day, &mut ids)?);
        }
        Ok(entries)
    })
}

pub(crate) fn ship(call: &Call, input: ShipTransfer) -> Result<Posted, Error> {
    let day = call.session.day(input.shipped_on.map(|day| day.0))?;
    step(call, input.id, day, |reader, step, transfer, lots| {
        let to = founded(reader, transfer.content.to)?;
        let lot = |lot| {
            let dates = lots.record(lot).map(|lot| lot.dates).unwrap_or_default();
            (lots.of(lot), dates)
        };
        let carrier = (input.carrier.trim().to_owned(), input.tracking.trim().to_owned());
        Ok(transfer::ship(step, transfer, &to, lot, carrier)?)
    })
}

pub(crate) fn arrive(call: &Call, input: ArriveTransfer) -> Result<Posted, Error> {
    let day = call.session.day(input.arrived_on.map(|day| day.0))?;
    let arrivals: Vec<Arrival> = input
        .lines
        .iter()
        .map(|line| Arrival { lot: LotId(line.lot.0), qty: line.qty.0, status: line.status.into() })
        .collect();
    step(call, input.id, day, |_, step, transfer, lots| {
        if transfer.shipped_on.is_some_and(|shipped| day < shipped) {
            let number = transfer.content.number.clone();
            return Err(Error::refused(
                "transfer.arrives_before_leaving",
                [("number", number.into())],
            ));
        }
        Ok(transfer::arrive(step, transfer, &arrivals, |lot| lots.of(lot))?)
    })
}

pub(crate) fn resolve(call: &Call, input: ResolveTransfer) -> Result<Posted, Error> {
    let resolution = match input.resolution {
        ResolutionWord::Lost => Resolution::Lost,
        ResolutionWord::Found => Resolution::Found,
    };
    step(call, input.id, call.session.today, |_, step, transfer, lots| {
        let (lot, qty) = (LotId(input.lot.0), input.qty.0);
        let said = (input.reason.clone(), lots.of(lot));
        let decided: Result<Entry, Refusal> =
            transfer::resolve(step, transfer, (lot, qty), resolution, (said.0, &said.1));
        Ok(decided?)
    })
}

pub(crate) fn close(call: &Call, input: ById) -> Result<Posted, Error> {
    step(call, input.id, call.session.today, |_, step, transfer, lots| {
        Ok(transfer::close(step, transfer, |lot| lots.of(lot))?)
    })
}

pub(crate) fn cancel(call: &Call, input: CancelTransfer) -> Result<Posted, Error> {
    step(call, input.id, call.session.today, |_, step, transfer, _| {
        Ok(transfer::cancel(step, transfer, input.reason.unwrap_or_default())?)
    })
}
