//! Import of spreadsheets: goods, codes, partners, places, opening stock and sales by day.
//!
//! Knows what the rows of a file mean for the workspace: which are new, which change something,
//! which say what is known already, and what is wrong with which cell. An import is one
//! transaction under one batch, and the batch can be taken back. A dry run is the very same run,
//! thrown away. Refuses to know file formats (`documents::sheet` reads them) and to answer money
//! that the file does not hold: what a run reports are counts, and what the file says its sales
//! brought, to whoever may take that from a file.

mod amounts;
mod batches;
mod codes;
mod fields;
mod files;
mod goods;
mod inspect;
mod opening;
mod places;
mod prices;
mod problems;
mod profiles;
mod run;
mod sales;
mod table;
#[cfg(test)]
mod tests;

pub use fields::{
    BatchLine, ColumnInfo, Exported, FieldInfo, ImportKind, ImportProblem, ImportReport, Imported,
    Inspect, Inspected, MakeTemplate, ProfileFields, RunImport, Severity, SheetInfo,
};

pub(crate) use batches::{batches, preview_take_back, take_back, template};
pub(crate) use inspect::inspect;
pub(crate) use run::{apply, dry_run};

/// The most lines that one entry holds.
const LINES_MAX: usize = 1_000;
