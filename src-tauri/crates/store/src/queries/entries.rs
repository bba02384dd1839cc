//! The journal as people and decisions look at it.

use domain::{BatchId, DocKind, DocRef, EntryId, MoveKind, valuation::PassingKind};
use rusqlite::{OptionalExtension, params};
use uuid::Uuid;

use crate::{Error, Reader, Recorded, chain, documents::both_kinds, keys::day_number};

/// An entry with what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct JournalRow {
    /// The entry.
    pub recorded: Recorded,
    /// The entry that undid it.
    pub reversed_by: Option<EntryId>,
}

/// A part of the journal.
#[derive(Debug, Clone, PartialEq)]
pub struct JournalPage {
    /// How many entries there are in all.
    pub total: i64,
    /// Newest first.
    pub rows: Vec<JournalRow>,
}

/// An import as its users see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchRow {
    /// Identity.
    pub id: BatchId,
    /// The file's name.
    pub file_name: String,
    /// What was imported.
    pub kind: String,
    /// How many rows.
    pub rows: i64,
    /// When, milliseconds since 1970.
    pub recorded_at: i64,
    /// By whom.
    pub actor: String,
    /// How many entries.
    pub entries: i64,
    /// Whether it was taken back.
    pub taken_back: bool,
}

impl Reader<'_> {
    /// One entry.
    pub fn entry(&self, id: EntryId) -> Result<Option<JournalRow>, Error> {
        let Some(recorded) = chain::find(self.conn, id)? else { return Ok(None) };
        let reversed_by = self.reversed_by(recorded.position)?;
        Ok(Some(JournalRow { recorded, reversed_by }))
    }

    fn reversed_by(&self, position: i64) -> Result<Option<EntryId>, Error> {
        let by: Option<Uuid> = self
            .conn
            .prepare_cached(
                "SELECT j.id FROM reversal r JOIN journal j ON j.position = r.by
                 WHERE r.entry = ?1",
            )?
            .query_row([position], |row| row.get(0))
            .optional()?;
        Ok(by.map(EntryId))
    }

    pub(crate) fn rows_at(&self, positions: Vec<i64>) -> Result<Vec<JournalRow>, Error> {
        positions
            .into_iter()
            .map(|position| {
                let recorded = chain::at(self.conn, position)?;
                Ok(JournalRow { recorded, reversed_by: self.reversed_by(position)? })
            })
            .collect()
    }

    /// The journal, newest first; of one document when it is given.
    pub fn journal(
        &self,
        document: Option<DocRef>,
        offset: i64,
        limit: i64,
    ) -> Result<JournalPage, Error> {
        let positions = |sql: &str, kinds: (i64, i64), doc: i64| -> Result<Vec<i64>, Error> {
            let mut rows = self.conn.prepare_cached(sql)?;
            let rows =
                rows.query_map(params![limit, offset, kinds.0, doc, kinds.1], |row| row.get(0))?;
            Ok(rows.collect::<Result<_, _>>()?)
        };
        let Some(document) = document else {
            let total = self.count("SELECT count(*) FROM journal")?;
            let all = "SELECT position FROM journal WHERE ?3 = ?4 AND ?3 = ?5
                       ORDER BY position DESC LIMIT ?1 OFFSET ?2";
            return Ok(JournalPage { total, rows: self.rows_at(positions(all, (0, 0), 0)?)? });
        };
        let (kinds, doc) = (both_kinds(document.kind), self.key(document.id)?.unwrap_or(-1));
        let of_document = "SELECT DISTINCT entry FROM doc_entry
                           WHERE kind IN (?3, ?5) AND doc = ?4
                           ORDER BY entry DESC LIMIT ?1 OFFSET ?2";
        let rows = self.rows_at(positions(of_document, kinds, doc)?)?;
        let total = self
            .conn
            .prepare_cached(
                "SELECT count(DISTINCT entry) FROM doc_entry WHERE kind IN (?1, ?2) AND doc = ?3",
            )?
            .query_row(params![kinds.0, kinds.1, doc], |row| row.get(0))?;
        Ok(JournalPage { total, rows })
    }

    fn count(&self, sql: &str) -> Result<i64, Error> {
        Ok(self.conn.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
    }

    /// How many entries the journal holds.
    pub fn entry_count(&self) -> Result<i64, Error> {
        self.count("SELECT count(*) FROM journal")
    }

    /// The live entries after `entry` on the documents that it concerns: what stands in the way of
    /// undoing it.
    pub fn later_on_documents(&self, row: &JournalRow) -> Result<Vec<JournalRow>, Error> {
        let mut later = self.conn.prepare_cached(
            "SELECT DISTINCT b.entry FROM doc_entry a
             JOIN doc_entry b ON b.kind = a.kind AND b.doc = a.doc AND b.entry > a.entry
             WHERE a.entry = ?1 AND a.kind NOT IN (?2, ?3)
                 AND b.entry NOT IN (SELECT entry FROM reversal)
             ORDER BY b.entry DESC",
        )?;
        // A lot is brought by several entries alike, and several cut what a transfer has set aside;
        // none of them stands on another.
        let apart = (DocKind::Lot.code(), DocKind::Reservation.code());
        let apart = params![row.recorded.position, apart.0, apart.1];
        let later = later.query_map(apart, |row| row.get(0))?;
        let mut later: Vec<i64> = later.collect::<Result<_, _>>()?;
        later.extend(self.redirections(row.recorded.position)?);
        later.extend(self.found_again(row)?);
        later.sort_unstable_by(|a, b| b.cmp(a));
        later.dedup();
        self.rows_at(later)
    }

    /// The live entries after `position` that took back value which that entry passed on: suspense
    /// charged to real material since, sets taken apart, spoilt material borne. Undone before them,
    /// it would be taken back twice.
    fn redirections(&self, position: i64) -> Result<Vec<i64>, Error> {
        let mut rows = self.conn.prepare_cached(
            "SELECT DISTINCT b.entry FROM passing a
             JOIN passing b ON b.from_lot = a.from_lot AND b.to_lot = a.to_lot
                 AND b.entry > a.entry
                 AND (b.kind = a.kind AND b.qty < 0
                     OR a.kind = ?2 AND b.kind = ?3 AND b.qty > 0)
             JOIN journal j ON j.position = b.entry AND j.reverses IS NULL
             WHERE a.entry = ?1 AND a.qty > 0
                 AND b.entry NOT IN (SELECT entry FROM reversal)
             UNION
             SELECT b.entry FROM passing a JOIN journal s ON s.position = a.entry
             JOIN passing b ON b.from_lot = a.from_lot AND b.kind = ?4 AND b.qty > 0
                 AND b.entry > a.entry
             WHERE a.entry = ?1 AND a.kind = ?2 AND a.qty > 0 AND s.kind = 'suspense_settled'
                 AND b.entry NOT IN (SELECT entry FROM reversal)",
        )?;
        let (spoilt, borne) = (PassingKind::Spoilt.code(), PassingKind::LossAllowed.code());
        let claimed = PassingKind::Claimed.code();
        let rows = rows.query_map([position, spoilt, borne, claimed], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The live entries after `position` that moved our material to a factory or back, or kept and drew
    /// it there, the newest first.
    pub fn material_since(&self, position: i64) -> Result<Vec<JournalRow>, Error> {
        let positions: Vec<i64> = {
            let mut rows = self.conn.prepare_cached(
                "SELECT position FROM journal
                 WHERE position > ?1 AND kind IN ('material_moved', 'material_kept')
                     AND reverses IS NULL AND position NOT IN (SELECT entry FROM reversal)
                 ORDER BY position DESC",
            )?;
            let rows = rows.query_map([position], |row| row.get(0))?;
            rows.collect::<Result<_, _>>()?
        };
        self.rows_at(positions)
    }

    /// The live entries of one kind on a document, the first first.
    pub fn live_of_kind(&self, document: DocRef, kind: &str) -> Result<Vec<JournalRow>, Error> {
        let Some(doc) = self.key(document.id)? else { return Ok(Vec::new()) };
        let positions: Vec<i64> = {
            let mut rows = self.conn.prepare_cached(
                "SELECT d.entry FROM doc_entry d CROSS JOIN journal j ON j.position = d.entry
                 WHERE d.kind = ?1 AND d.doc = ?2 AND j.kind = ?3 AND j.reverses IS NULL
                     AND d.entry NOT IN (SELECT entry FROM reversal)
                 ORDER BY d.entry",
            )?;
            let rows =
                rows.query_map(params![document.kind.code(), doc, kind], |row| row.get(0))?;
            rows.collect::<Result<_, _>>()?
        };
        self.rows_at(positions)
    }

    /// The live settlements of losses that found again what the count of `row` had taken off a
    /// place's book: with the count undone before them it would be there twice.
    fn found_again(&self, row: &JournalRow) -> Result<Vec<i64>, Error> {
        let mut rows = self.conn.prepare_cached(
            "SELECT DISTINCT b.entry FROM move a
             JOIN move b INDEXED BY move_lot ON b.lot = a.lot AND b.kind = ?4
                 AND b.to_place = a.from_place AND b.entry > a.entry
             JOIN journal j ON j.position = b.entry AND j.kind = 'loss_settled'
             WHERE a.day = ?1 AND a.entry = ?2 AND a.kind = ?3
                 AND b.entry NOT IN (SELECT entry FROM reversal)",
        )?;
        let day = day_number(row.recorded.entry.effective_on);
        let (lost, found) = (MoveKind::CountLoss.code(), MoveKind::CountGain.code());
        let rows = rows.query_map([day, row.recorded.position, lost, found], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The entry that stands for a document after `row` would be gone: whether it would still be
    /// described.
    pub fn has_earlier(&self, row: &JournalRow, document: DocRef) -> Result<bool, Error> {
        let doc = self.key(document.id)?.unwrap_or(-1);
        Ok(self
            .conn
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM doc_entry WHERE kind = ?1 AND doc = ?2
                     AND entry <> ?3 AND entry NOT IN (SELECT entry FROM reversal))",
            )?
            .query_row(params![document.kind.code(), doc, row.recorded.position], |row| {
                row.get(0)
            })?)
    }

    /// The live entries that moved a lot out of or into somewhere after `position`, newest first:
    /// what stands in the way when a level would go below zero.
    pub fn movers_after(
        &self,
        lot: domain::LotId,
        position: i64,
    ) -> Result<Vec<JournalRow>, Error> {
        let Some(lot) = self.key(lot.0)? else { return Ok(Vec::new()) };
        let mut rows = self.conn.prepare_cached(
            "SELECT DISTINCT m.entry FROM move m JOIN journal j ON j.position = m.entry
             WHERE m.lot = ?1 AND m.entry > ?2 AND j.reverses IS NULL
                 AND m.entry NOT IN (SELECT entry FROM reversal)
             ORDER BY m.entry DESC LIMIT 50",
        )?;
        let rows = rows.query_map(params![lot, position], |row| row.get(0))?;
        let positions: Vec<i64> = rows.collect::<Result<_, _>>()?;
        self.rows_at(positions)
    }

    /// The imports, newest first.
    pub fn batches(&self) -> Result<Vec<BatchRow>, Error> {
        let mut rows = self.conn.prepare_cached(
            "SELECT i.uuid, b.file_name, b.kind, b.rows, j.recorded_at, j.actor,
                 coalesce(posted.entries, 0),
                 EXISTS (SELECT 1 FROM reversal r WHERE r.entry = b.entry)
             FROM import_batch b JOIN identity i ON i.id = b.id
             JOIN journal j ON j.position = b.entry
             LEFT JOIN (SELECT batch, count(*) AS entries FROM journal
                        WHERE batch IS NOT NULL AND reverses IS NULL GROUP BY batch) posted
                 ON posted.batch = i.uuid
             ORDER BY b.entry DESC",
        )?;
        let rows = rows.query_map([], |row| {
            Ok(BatchRow {
                id: row.get::<_, Uuid>(0)?.into(),
                file_name: row.get(1)?,
                kind: row.get(2)?,
                rows: row.get(3)?,
                recorded_at: row.get(4)?,
                actor: row.get(5)?,
                entries: row.get(6)?,
                taken_back: row.get(7)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The live entries of an import, the last first.
    pub fn batch_entries(&self, batch: BatchId) -> Result<Vec<EntryId>, Error> {
        let mut rows = self.conn.prepare_cached(
            "SELECT id FROM journal WHERE batch = ?1 AND reverses IS NULL
                 AND position NOT IN (SELECT entry FROM reversal)
             ORDER BY position DESC",
        )?;
        let rows = rows.query_map([batch.0], |row| row.get::<_, Uuid>(0))?;
        rows.map(|row| Ok(EntryId(row?))).collect()
    }

    /// The next free number of a series: above all in the journal, and above all that a restore
    /// took out of it.
    pub fn next_serial(&self, series: &str) -> Result<i64, Error> {
        let last: i64 = self
            .conn
            .prepare_cached(
                "SELECT max(
                     coalesce((SELECT max(n) FROM serial WHERE series = ?1), 0),
                     coalesce((SELECT CAST(value AS INTEGER) FROM meta
                               WHERE name = 'floor/' || ?1), 0))",
            )?
            .query_row([series], |row| row.get(0))?;
        Ok(last + 1)
    }

    /// The desk that writes this file.
    pub fn desk(&self) -> Result<Uuid, Error> {
        crate::workspace::desk(self.conn)
    }

    /// The letter that this desk's numbers carry: A for the first desk that writes a file, the next
    /// for each that came after it. Two restores of one backup come to the same letter; that no
    /// number is given again is the work of [`next_serial`](Self::next_serial).
    pub fn desk_letter(&self) -> Result<char, Error> {
        let others: i64 = self
            .conn
            .prepare_cached("SELECT count(DISTINCT desk) FROM journal WHERE desk <> ?1")?
            .query_row([self.desk()?], |row| row.get(0))?;
        Ok(u8::try_from(others).ok().filter(|n| *n < 26).map_or('Z', |n| char::from(b'A' + n)))
    }
}
