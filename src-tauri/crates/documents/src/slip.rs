//! The sheet that goes along with lots between us and a factory: whence, whither, what, three hands.
//!
//! Knows where each part stands. Refuses to know what goes and why, which the papers say, and shows
//! no money.

use crate::{
    figures::units_in_all,
    form::{A4, Fact, Form},
    paper::{PaperError, Print},
    party::Party,
    pdf_text::Words,
    table::{Column, Table},
};

/// Room for the totals, the note and the signatures, in millimetres.
const REST: f32 = 31.0;

/// What stands on the sheet.
pub(crate) struct Slip<'a> {
    pub(crate) title: &'a str,
    pub(crate) number: &'a str,
    pub(crate) facts: Vec<Fact<'a>>,
    /// Where it leaves and where it goes, each under its caption.
    pub(crate) parties: [(&'a str, &'a Party); 2],
    pub(crate) columns: Vec<Column>,
    /// A row for each lot.
    pub(crate) rows: Vec<Vec<String>>,
    /// The column of the units, and how many of which unit each row has.
    pub(crate) counted: (usize, Vec<(&'a str, i64)>),
    pub(crate) note: Option<&'a String>,
    /// Who signs.
    pub(crate) hands: [&'a str; 3],
}

impl Slip<'_> {
    /// The sheet as PDF, A4 upright.
    pub(crate) fn print(self, words: &'static Words, print: &Print) -> Result<Vec<u8>, PaperError> {
        let mut form = Form::open(A4, self.title, self.number, print)?;
        form.facts(&self.facts)?;
        let [(leaves, from), (arrives, to)] = self.parties;
        form.blocks(&[from.block(leaves, words, "from"), to.block(arrives, words, "to")])?;
        let table = Table { columns: self.columns, field: "lines" };
        table.rows(&mut form, &self.rows)?;
        let mut totals = vec![String::new(); table.columns.len()];
        words.total.clone_into(&mut totals[1]);
        let (at, counted) = self.counted;
        totals[at] = units_in_all(counted.iter().copied(), "totals.quantity")?;
        table.totals(&mut form, &totals, REST)?;
        form.clauses(
            words.note,
            self.note.map(std::slice::from_ref).unwrap_or_default(),
            "note",
            0.0,
        )?;
        form.signatures(&self.hands)?;
        form.close()
    }
}
