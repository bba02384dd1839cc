//! GS1: the numbers on goods and cartons, and the element strings inside their barcodes.
//!
//! Knows check digits, GTIN, SSCC, GLN and company prefixes, the application identifiers with
//! their formats and pairings, dates of two-digit years, the characters a lot number may have,
//! and what a scanner sends. All of it is text in, text out.
//!
//! Refuses to know who owns a number (no company prefix registry), what a symbol looks like on
//! paper (the documents do), and what day it is (`today` is an argument).

mod ai;
mod charset;
mod check_digit;
mod content;
mod date;
mod element;
mod keys;
mod rules;
mod scan;

pub use ai::{Identifier, identifier};
pub use charset::{LotCodeError, check_lot_code, is_cset39, is_cset82};
pub use check_digit::check_digit;
pub use content::ContentError;
pub use date::{DateError, date_from_yymmdd, yymmdd};
pub use element::{ELEMENT_DATA_MAX, Element, ElementError, ElementString, FNC1};
pub use keys::{CompanyPrefix, Gln, Gtin, KeyError, Sscc};
pub use rules::{PairError, check_pairs};
pub use scan::{Carrier, Scan, ScanError, read_scan};

#[cfg(test)]
mod vectors;
