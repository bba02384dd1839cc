//! The journal's chain: each entry's hash covers all its columns, the digests of its parts and the
//! hash of its desk's entry before.
//!
//! The bytes stored are the bytes hashed. A part that is withheld or erased leaves its digest, so
//! the chain still proves the rest.

use chrono::{DateTime, Utc};
use domain::{BatchId, Body, Entry, EntryId, MoneyPart, entry};
use rusqlite::{Connection, OptionalExtension, Row, params};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{
    Error,
    keys::{day_number, day_of},
};

/// A SHA-256 digest.
pub(crate) type Hash = [u8; 32];

/// Who writes, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// The person.
    pub actor: String,
    /// The instant.
    pub recorded_at: DateTime<Utc>,
}

/// An entry as the journal holds it.
#[derive(Debug, Clone, PartialEq)]
pub struct Recorded {
    /// Its place in this file's journal, from 1.
    pub position: i64,
    /// Who wrote it.
    pub actor: String,
    /// When.
    pub recorded_at: DateTime<Utc>,
    /// What happened.
    pub entry: Entry,
}

/// A journal row as bytes, for chaining and proving.
pub(crate) struct RawEntry {
    pub(crate) position: i64,
    pub(crate) id: Uuid,
    pub(crate) desk: Uuid,
    pub(crate) desk_seq: i64,
    pub(crate) kind: String,
    pub(crate) version: u32,
    pub(crate) effective_on: i64,
    pub(crate) recorded_at: i64,
    pub(crate) actor: String,
    pub(crate) reverses: Option<Uuid>,
    pub(crate) batch: Option<Uuid>,
    pub(crate) previous_hash: Hash,
    pub(crate) body: Vec<u8>,
    pub(crate) money: Option<Vec<u8>>,
    pub(crate) money_digest: Hash,
    pub(crate) personal_digest: Hash,
    pub(crate) hash: Hash,
    pub(crate) personal: Option<Vec<u8>>,
    pub(crate) personal_salt: Vec<u8>,
}

/// The columns of [`RawEntry`], in its order.
pub(crate) const RAW_COLUMNS: &str = "position, id, desk, desk_seq, kind, version, effective_on, \
     recorded_at, actor, reverses, batch, previous_hash, body, money, money_digest, \
     personal_digest, hash, personal, personal_salt";

impl RawEntry {
    pub(crate) fn from_row(row: &Row) -> rusqlite::Result<Self> {
        Ok(Self {
            position: row.get(0)?,
            id: row.get(1)?,
            desk: row.get(2)?,
            desk_seq: row.get(3)?,
            kind: row.get(4)?,
            version: row.get(5)?,
            effective_on: row.get(6)?,
            recorded_at: row.get(7)?,
            actor: row.get(8)?,
            reverses: row.get(9)?,
            batch: row.get(10)?,
            previous_hash: row.get(11)?,
            body: row.get(12)?,
            money: row.get(13)?,
            money_digest: row.get(14)?,
            personal_digest: row.get(15)?,
            hash: row.get(16)?,
            personal: row.get(17)?,
            personal_salt: row.get(18)?,
        })
    }

    /// The hash that the entry's contents give.
    pub(crate) fn proper_hash(&self) -> Hash {
        let mut hasher = Sha256::new();
        let mut field = |bytes: &[u8]| {
            // Lengths keep fields apart: ("ab", "c") never hashes like ("a", "bc").
            hasher.update((bytes.len() as u64).to_be_bytes());
            hasher.update(bytes);
        };
        field(self.desk.as_bytes());
        field(&self.desk_seq.to_be_bytes());
        field(self.id.as_bytes());
        field(self.kind.as_bytes());
        field(&self.version.to_be_bytes());
        field(&self.effective_on.to_be_bytes());
        field(&self.recorded_at.to_be_bytes());
        field(self.actor.as_bytes());
        field(self.reverses.as_ref().map_or(&[][..], |id| id.as_bytes()));
        field(self.batch.as_ref().map_or(&[][..], |id| id.as_bytes()));
        field(&self.previous_hash);
        field(&digest(&self.body));
        field(&self.money_digest);
        field(&self.personal_digest);
        hasher.finalize().into()
    }

    /// Whether each part that is here is the one that was hashed. Of a personal part that was
    /// erased nothing can be said; an entry that never had one has no salt either.
    pub(crate) fn parts_hold(&self) -> bool {
        let money = self.money.as_ref().is_none_or(|money| digest(money) == self.money_digest);
        let personal = match &self.personal {
            Some(part) => {
                digest(&[self.personal_salt.as_slice(), part].concat()) == self.personal_digest
            }
            None => self.personal_salt.is_empty() || self.personal_digest != digest(&[]),
        };
        money && personal
    }

    /// Reads the entry.
    pub(crate) fn read(&self) -> Result<Recorded, Error> {
        let body = entry::read_body(&self.kind, self.version, &self.body)?;
        let money = self.money.as_deref().map(|bytes| entry::read_money(&self.kind, bytes));
        let recorded_at = DateTime::from_timestamp_millis(self.recorded_at).unwrap_or_default();
        let entry = Entry {
            id: EntryId(self.id),
            effective_on: day_of(self.effective_on),
            reverses: self.reverses.map(EntryId),
            batch: self.batch.map(BatchId),
            body,
            money: money.transpose()?,
        };
        Ok(Recorded { position: self.position, actor: self.actor.clone(), recorded_at, entry })
    }
}

fn digest(bytes: &[u8]) -> Hash {
    Sha256::digest(bytes).into()
}

/// The desk that writes, and the end of its chain.
#[derive(Debug, Clone)]
pub(crate) struct ChainEnd {
    pub(crate) desk: Uuid,
    pub(crate) desk_seq: i64,
    pub(crate) hash: Hash,
}

impl ChainEnd {
    /// The end of `desk`'s chain; before its first entry the hash is all zero.
    pub(crate) fn load(conn: &Connection, desk: Uuid) -> Result<Self, Error> {
        let last = conn
            .prepare_cached(
                "SELECT desk_seq, hash FROM journal WHERE desk = ?1 ORDER BY desk_seq DESC LIMIT 1",
            )?
            .query_row([desk], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let (desk_seq, hash) = last.unwrap_or((0, [0; 32]));
        Ok(Self { desk, desk_seq, hash })
    }
}

/// Appends `entry` to the journal and returns its position.
pub(crate) fn append(
    conn: &Connection,
    end: &mut ChainEnd,
    stamp: &Stamp,
    entry: &Entry,
) -> Result<i64, Error> {
    let body: Vec<u8> = body_bytes(&entry.body)?;
    let money = entry.money.as_ref().map(money_bytes).transpose()?;
    let mut raw = RawEntry {
        position: 0,
        id: entry.id.0,
        desk: end.desk,
        desk_seq: end.desk_seq + 1,
        kind: entry.body.fact.kind().to_owned(),
        version: entry::VERSION,
        effective_on: day_number(entry.effective_on),
        recorded_at: stamp.recorded_at.timestamp_millis(),
        actor: stamp.actor.clone(),
        reverses: entry.reverses.map(|id| id.0),
        batch: entry.batch.map(|id| id.0),
        previous_hash: end.hash,
        money_digest: digest(money.as_deref().unwrap_or_default()),
        body,
        money,
        personal_digest: digest(&[]),
        hash: [0; 32],
        personal: None,
        personal_salt: Vec::new(),
    };
    raw.hash = raw.proper_hash();
    insert(conn, &raw)?;
    end.desk_seq = raw.desk_seq;
    end.hash = raw.hash;
    Ok(conn.last_insert_rowid())
}

fn insert(conn: &Connection, raw: &RawEntry) -> Result<(), Error> {
    conn.prepare_cached(
        "INSERT INTO journal (id, desk, desk_seq, kind, version, effective_on, recorded_at, actor,
             reverses, batch, previous_hash, body, money, money_digest, personal, personal_salt,
             personal_digest, hash)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)",
    )?
    .execute(params![
        raw.id,
        raw.desk,
        raw.desk_seq,
        raw.kind,
        raw.version,
        raw.effective_on,
        raw.recorded_at,
        raw.actor,
        raw.reverses,
        raw.batch,
        raw.previous_hash,
        raw.body,
        raw.money,
        raw.money_digest,
        raw.personal,
        raw.personal_salt,
        raw.personal_digest,
        raw.hash,
    ])?;
    Ok(())
}

fn body_bytes(body: &Body) -> Result<Vec<u8>, Error> {
    Ok(serde_json::to_vec(body)?)
}

fn money_bytes(money: &MoneyPart) -> Result<Vec<u8>, Error> {
    Ok(serde_json::to_vec(money)?)
}

/// Reads one entry by id.
pub(crate) fn find(conn: &Connection, id: EntryId) -> Result<Option<Recorded>, Error> {
    let sql = format!("SELECT {RAW_COLUMNS} FROM journal WHERE id = ?1");
    let raw = conn.prepare_cached(&sql)?.query_row([id.0], RawEntry::from_row).optional()?;
    raw.map(|raw| raw.read()).transpose()
}

/// Reads one entry by position.
pub(crate) fn at(conn: &Connection, position: i64) -> Result<Recorded, Error> {
    let sql = format!("SELECT {RAW_COLUMNS} FROM journal WHERE position = ?1");
    conn.prepare_cached(&sql)?.query_row([position], RawEntry::from_row)?.read()
}
