//! Drafts (草稿): documents that are typed and bind nobody yet.
//!
//! Knows how a draft of any kind is kept, found and dropped; drafts change freely and are not in
//! the journal. Refuses to know what a draft says and what makes it binding.

use serde::{Serialize, de::DeserializeOwned};
use store::{Reader, Writer};
use uuid::Uuid;

use crate::{
    Error,
    commands::Call,
    wire::{ById, Id, Nothing},
};

/// What is typed of a document.
pub(crate) trait Draft: Serialize + DeserializeOwned {
    /// The kind under which it is kept; also what the page hears has changed.
    const KIND: &'static str;

    /// Where it says which draft it is; nothing in one that is new.
    fn id(&mut self) -> &mut Option<Id>;

    /// Refuses what no draft may say, however unfinished it is.
    fn check(&self) -> Result<(), Error>;

    /// Whether the document binds already, so that it is no draft any more.
    fn binds(reader: &Reader, id: Uuid) -> Result<bool, Error>;
}

/// All drafts of a kind, the latest first.
pub(crate) fn all<D: Draft>(reader: &Reader) -> Result<Vec<D>, Error> {
    reader.drafts(D::KIND)?.into_iter().map(|(id, text)| read(id, &text)).collect()
}

/// A draft, when there is one under that id.
pub(crate) fn one<D: Draft>(reader: &Reader, id: Id) -> Result<Option<D>, Error> {
    reader.draft(D::KIND, id.0)?.map(|text| read(id.0, &text)).transpose()
}

fn read<D: Draft>(id: Uuid, text: &str) -> Result<D, Error> {
    let mut draft: D = serde_json::from_str(text).map_err(store::Error::from)?;
    *draft.id() = Some(Id(id));
    Ok(draft)
}

/// Keeps a draft, a new one or in the place of what it said before.
///
/// # Errors
/// What [`Draft::check`] refuses; `document.not_a_draft` when it binds already.
pub(crate) fn save<D: Draft>(call: &Call, mut draft: D) -> Result<ById, Error> {
    let id = draft.id().unwrap_or_else(|| Id(Uuid::now_v7()));
    draft.check()?;
    call.app.workspace()?.write(call.session.stamp(), |writer| {
        if D::binds(writer, id.0)? {
            return Err(Error::refused("document.not_a_draft", []));
        }
        keep(writer, id, &draft, call)
    })?;
    call.app.mark(D::KIND);
    Ok(ById { id })
}

/// Keeps a draft within what is being written.
pub(crate) fn keep<D: Draft>(
    writer: &mut Writer,
    id: Id,
    draft: &D,
    call: &Call,
) -> Result<(), Error> {
    let text = serde_json::to_string(draft).map_err(store::Error::from)?;
    let kept = writer.keep_draft(D::KIND, id.0, &text, call.session.now.timestamp_millis())?;
    if kept { Ok(()) } else { Err(Error::refused("document.not_a_draft", [])) }
}

/// Drops a draft that has become binding.
pub(crate) fn bound<D: Draft>(writer: &mut Writer, id: Id) -> Result<(), Error> {
    writer.drop_draft(D::KIND, id.0)?;
    Ok(())
}

/// Throws a draft away.
pub(crate) fn discard<D: Draft>(call: &Call, input: ById) -> Result<Nothing, Error> {
    let workspace = call.app.workspace()?;
    let gone =
        workspace.write(call.session.stamp(), |writer| writer.drop_draft(D::KIND, input.id.0))?;
    call.app.mark(D::KIND);
    if gone { Ok(Nothing {}) } else { Err(Error::missing(D::KIND, input.id.0)) }
}
