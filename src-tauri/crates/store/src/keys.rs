//! How values look in columns: days as numbers, ids as local keys; and what a connection remembers of
//! them.

use std::{cell::RefCell, collections::HashMap};

use chrono::{NaiveDate, TimeDelta};
use domain::order::ProductionOrder;
use rusqlite::{Connection, OptionalExtension};
use uuid::Uuid;

use crate::Error;

const EPOCH: NaiveDate = NaiveDate::from_ymd_opt(1970, 1, 1).expect("a day of the calendar");

/// Days since 1970-01-01.
pub(crate) fn day_number(day: NaiveDate) -> i64 {
    (day - EPOCH).num_days()
}

/// The day of a number; the calendar's end for numbers beyond it.
pub(crate) fn day_of(number: i64) -> NaiveDate {
    TimeDelta::try_days(number)
        .and_then(|delta| EPOCH.checked_add_signed(delta))
        .unwrap_or(NaiveDate::MAX)
}

/// The order that a connection read or wrote last, under its text. A step of an order reads it to
/// decide, reads it again to take it further, and the next step begins with what this one wrote: the
/// same text is not parsed again. Another text is another order, whoever wrote it.
#[derive(Debug, Default)]
pub(crate) struct LastOrder(RefCell<Option<(String, ProductionOrder)>>);

impl LastOrder {
    /// The order that a text says.
    pub(crate) fn read(&self, text: String) -> Result<ProductionOrder, Error> {
        if let Some((known, order)) = &*self.0.borrow()
            && *known == text
        {
            return Ok(order.clone());
        }
        let order: ProductionOrder = serde_json::from_str(&text)?;
        self.wrote(text, order.clone());
        Ok(order)
    }

    /// An order was written as this text.
    pub(crate) fn wrote(&self, text: String, order: ProductionOrder) {
        self.0.replace(Some((text, order)));
    }
}

/// Ids by local key and back, remembered while one connection lives.
#[derive(Debug, Default)]
pub(crate) struct Keys {
    known: RefCell<HashMap<Uuid, i64>>,
    /// The order that was read or written last.
    pub(crate) last_order: LastOrder,
}

impl Keys {
    /// The local key of an id, if the file knows it.
    pub(crate) fn find(&self, conn: &Connection, uuid: Uuid) -> Result<Option<i64>, Error> {
        if let Some(key) = self.known.borrow().get(&uuid) {
            return Ok(Some(*key));
        }
        let key = conn
            .prepare_cached("SELECT id FROM identity WHERE uuid = ?1")?
            .query_row([uuid], |row| row.get(0))
            .optional()?;
        if let Some(key) = key {
            self.known.borrow_mut().insert(uuid, key);
        }
        Ok(key)
    }

    /// The local key of an id, given now if it has none.
    pub(crate) fn of(&self, conn: &Connection, uuid: Uuid) -> Result<i64, Error> {
        if let Some(key) = self.known.borrow().get(&uuid) {
            return Ok(*key);
        }
        // Most ids that are not remembered are new: those take one statement.
        let added = conn
            .prepare_cached("INSERT OR IGNORE INTO identity (uuid) VALUES (?1)")?
            .execute([uuid])?;
        if added == 0 {
            return self.find(conn, uuid)?.ok_or_else(|| Error::Damaged(format!("id {uuid}")));
        }
        let key = conn.last_insert_rowid();
        self.known.borrow_mut().insert(uuid, key);
        Ok(key)
    }

    /// Forgets everything: what a transaction that was rolled back had given away is void.
    pub(crate) fn forget(&self) {
        self.known.borrow_mut().clear();
    }
}
