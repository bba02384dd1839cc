//! The workspace file: an append-only journal in SQLite, and the tables that follow from it.
//!
//! The only SQL. Knows how an entry is chained and applied, how levels, documents and sales are
//! read, how a file is opened, backed up, proved and restored. Refuses to decide anything: an entry
//! that reaches [`Writer::post`] has been decided by `domain` and is applied as it is.

mod apply;
mod attached;
mod backup;
mod chain;
mod documents;
mod error;
mod file;
mod keys;
mod queries;
mod rebuild;
#[cfg(test)]
mod statements;
mod verify;
mod workspace;

pub use backup::{Backup, BackupReason};
pub use chain::{Recorded, Stamp};
pub use error::Error;
pub use queries::{
    days::DayChange,
    entries::{BatchRow, JournalPage, JournalRow},
    goods::{PlaceRecord, SkuRecord},
    lots::{LotMove, LotRecord},
    plans::{DemandDay, SourceStock},
    proceeds::{ShippedLine, ShippedOrder},
    production::{Descent, Record},
    remote::{DayLevels, RemoteGoods, RemoteLine, Stream},
    sales::SoldDay,
    stock::{BalanceRow, StockRow},
};
pub use verify::{Finding, VerifyReport};
pub use workspace::{Opened, Reader, Workspace, Writer};
