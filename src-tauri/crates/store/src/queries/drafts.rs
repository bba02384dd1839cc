//! Drafts and settings: what changes freely and is no history.

use rusqlite::{OptionalExtension, params};
use uuid::Uuid;

use crate::{Error, Reader, Writer};

impl Reader<'_> {
    /// The drafts of a kind as JSON, the one changed last first.
    pub fn drafts(&self, kind: &str) -> Result<Vec<(Uuid, String)>, Error> {
        let mut rows = self.conn.prepare_cached(
            "SELECT id, content FROM draft WHERE kind = ?1 ORDER BY changed_at DESC, id",
        )?;
        let rows = rows.query_map([kind], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// One draft as JSON.
    pub fn draft(&self, kind: &str, id: Uuid) -> Result<Option<String>, Error> {
        Ok(self
            .conn
            .prepare_cached("SELECT content FROM draft WHERE id = ?1 AND kind = ?2")?
            .query_row(params![id, kind], |row| row.get(0))
            .optional()?)
    }

    /// What this desk remembers under a name.
    pub fn setting(&self, name: &str) -> Result<Option<String>, Error> {
        Ok(self
            .conn
            .prepare_cached("SELECT value FROM setting WHERE name = ?1")?
            .query_row([name], |row| row.get(0))
            .optional()?)
    }
}

impl Writer<'_> {
    /// Keeps a draft, over what it was before; whether it did. A draft of another kind that has
    /// the id stays as it is.
    pub fn keep_draft(
        &mut self,
        kind: &str,
        id: Uuid,
        content: &str,
        changed_at: i64,
    ) -> Result<bool, Error> {
        let kept = self
            .conn
            .prepare_cached(
                "INSERT INTO draft (id, kind, version, content, changed_at)
                 VALUES (?1, ?2, 1, ?3, ?4)
                 ON CONFLICT (id) DO UPDATE SET version = version + 1,
                     content = excluded.content, changed_at = excluded.changed_at
                 WHERE kind = excluded.kind",
            )?
            .execute(params![id, kind, content, changed_at])?;
        Ok(kept > 0)
    }

    /// Throws a draft of a kind away; whether there was one.
    pub fn drop_draft(&mut self, kind: &str, id: Uuid) -> Result<bool, Error> {
        let gone = self
            .conn
            .prepare_cached("DELETE FROM draft WHERE id = ?1 AND kind = ?2")?
            .execute(params![id, kind])?;
        Ok(gone > 0)
    }

    /// Remembers something for this desk.
    pub fn remember(&mut self, name: &str, value: &str) -> Result<(), Error> {
        self.conn
            .prepare_cached("INSERT OR REPLACE INTO setting (name, value) VALUES (?1, ?2)")?
            .execute([name, value])?;
        Ok(())
    }
}
