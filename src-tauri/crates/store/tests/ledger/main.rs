//! The workspace file on real SQLite files: what is posted is what is read, undone, proved,
//! backed up and found again after a kill.

mod crash;
mod files;
mod model;
mod reversals;
mod story;
mod support;
mod tampering;
