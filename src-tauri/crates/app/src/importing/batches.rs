//! Imports of the past, taking them back, and templates for the next.

use std::collections::BTreeSet;

use chrono::DateTime;
use documents::sheet::{self, template as template_bytes};
use domain::{BatchId, Entry, EntryId, PlaceId};
use store::{Reader, Writer};

use crate::suspense::{next_release, next_settlement};
use crate::{
    Error,
    commands::Call,
    files::{target, write_whole},
    importing::{
        fields::{BatchLine, Exported, ImportKind, MakeTemplate},
        files::write_error,
        sales::places_of,
    },
    posting,
    undoing::{self, ReversalPreview},
    wire::{ById, Id, Lang, Message, Nothing, Posted},
};

pub(crate) fn batches(call: &Call, _: Nothing) -> Result<Vec<BatchLine>, Error> {
    let rows = call.read(|reader| Ok(reader.batches()?))?;
    let lines = rows.into_iter().filter_map(|row| {
        Some(BatchLine {
            id: Id(row.id.0),
            file_name: row.file_name,
            kind: ImportKind::from_word(&row.kind)?,
            rows: row.rows,
            applied_on: DateTime::from_timestamp_millis(row.recorded_at)?.to_rfc3339(),
            actor: row.actor,
            taken_back: row.taken_back,
            entries: row.entries,
        })
    });
    Ok(lines.collect())
}

/// The live entries of a batch, the last first; refused when there are none any more.
fn live_entries(reader: &Reader, batch: BatchId) -> Result<Vec<EntryId>, Error> {
    let entries = reader.batch_entries(batch)?;
    if !entries.is_empty() {
        return Ok(entries);
    }
    if reader.batches()?.iter().any(|row| row.id == batch) {
        Err(Error::refused("import.taken_back", []))
    } else {
        Err(Error::missing("import", batch.0))
    }
}

pub(crate) fn preview_take_back(call: &Call, input: ById) -> Result<ReversalPreview, Error> {
    call.read(|reader| match live_entries(&reader, BatchId(input.id.0)) {
        Ok(entries) => undoing::preview_of(&reader, call.session, &entries),
        Err(error) if error.code == "import.taken_back" => Ok(ReversalPreview {
            reasons: vec![Message { code: error.code, args: error.args }],
            ..ReversalPreview::default()
        }),
        Err(error) => Err(error),
    })
}

pub(crate) fn take_back(call: &Call, input: ById) -> Result<Posted, Error> {
    call.write(None, |writer| {
        let entries = live_entries(writer, BatchId(input.id.0))?;
        let total = entries.len();
        let mut places = BTreeSet::new();
        let mut undone = Vec::new();
        for (done, id) in entries.into_iter().enumerate() {
            call.session.step("import.take_back", done, total)?;
            if let Some(row) = writer.entry(id)? {
                places.extend(places_of(&row.recorded.entry));
            }
            undoing::undo(call, writer, id, false, None, &mut undone)?;
        }
        for place in places {
            balance_suspense(call, writer, place, &mut undone)?;
        }
        Ok(undone)
    })
}

/// Sales that were charged to goods since, and are taken back now, give the goods back; goods that
/// are given back so are charged with what is still open.
fn balance_suspense(
    call: &Call,
    writer: &mut Writer,
    place: PlaceId,
    posted: &mut Vec<Entry>,
) -> Result<(), Error> {
    let (today, mut ids) = (call.session.today, call.session.new_ids());
    let mut keep = |writer: &mut Writer, entry: Entry| {
        posted.push(posting::post(writer, entry)?);
        Ok::<(), Error>(())
    };
    while let Some(entry) = next_release(writer, place, &mut ids)? {
        keep(writer, entry)?;
    }
    while let Some(entry) = next_settlement(writer, place, today, &mut ids)? {
        keep(writer, entry)?;
    }
    Ok(())
}

pub(crate) fn template(call: &Call, input: MakeTemplate) -> Result<Exported, Error> {
    let MakeTemplate { kind, lang, path } = input;
    let path = target(&path, &["xlsx"])?;
    let lang = match lang {
        Lang::Zh => sheet::Lang::Zh,
        Lang::En => sheet::Lang::En,
    };
    let bytes = template_bytes(kind.into(), lang).map_err(|error| write_error(&error))?;
    write_whole(&path, &bytes)?;
    call.app.wrote(path.clone(), None);
    Ok(Exported { path: path.display().to_string(), rows: 1 })
}
