//! The note that goes with goods back to the factory (退厂单).
//!
//! Knows which lots go, why, and how the factory settles it. It never shows money: what a credit
//! is worth is the statement's business.

use chrono::NaiveDate;
use domain::quality::SettleBy;

use crate::{
    canvas::Align,
    figures::{above_zero, grouped},
    form::Fact,
    paper::{PaperError, Print},
    party::Party,
    pdf_text::Words,
    slip::Slip,
    table::Column,
};

/// One lot that goes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnLine {
    /// Our code of the good.
    pub sku: String,
    /// Its name.
    pub name: String,
    /// The lot number.
    pub lot: String,
    /// Units of the lot that go back, above 0.
    pub quantity: i64,
    /// What a unit is called.
    pub unit: String,
    /// What is wrong with them.
    pub reason: String,
    /// How the factory settles it.
    pub settle_by: SettleBy,
}

/// Goods on their way back to the factory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnNote {
    /// The note's number: ASCII, because it is also a barcode.
    pub number: String,
    /// Day on which they leave.
    pub on: NaiveDate,
    /// The order on which they came, when it is one.
    pub order: Option<String>,
    /// Where they leave.
    pub from: Party,
    /// The factory.
    pub to: Party,
    /// What goes; at least one line.
    pub lines: Vec<ReturnLine>,
    /// A remark, e.g. until when the factory shall answer.
    pub note: Option<String>,
}

/// The note as PDF, A4 upright.
pub fn return_note(note: &ReturnNote, print: &Print) -> Result<Vec<u8>, PaperError> {
    if note.lines.is_empty() {
        return Err(PaperError::Empty("lines"));
    }
    let words = Words::of(print.lang);
    let mut facts = vec![
        Fact::of(words.return_number, note.number.clone(), "number"),
        Fact::of(words.sent_back_on, note.on.to_string(), "on"),
    ];
    if let Some(order) = &note.order {
        facts.push(Fact::of(words.order_number, order.clone(), "order"));
    }
    let rows = (1_usize..).zip(&note.lines).map(|(number, line)| row(number, line, words));
    let counted = note.lines.iter().map(|line| (line.unit.as_str(), line.quantity));
    let sheet = Slip {
        title: words.return_to_factory,
        number: &note.number,
        facts,
        parties: [(words.ship_from, &note.from), (words.to_factory, &note.to)],
        columns: columns(words),
        rows: rows.collect::<Result<_, _>>()?,
        counted: (4, counted.collect()),
        note: note.note.as_ref(),
        hands: [words.sign_sent_back, words.sign_carried, words.sign_factory_received],
    };
    sheet.print(words, print)
}

fn columns(words: &'static Words) -> Vec<Column> {
    let column = |head, width, align, key| Column { head, width, align, key };
    vec![
        column(words.row, 9.0, Align::Left, "row"),
        column(words.sku, 23.0, Align::Left, "sku"),
        column(words.name, 46.0, Align::Left, "name"),
        column(words.lot, 22.0, Align::Left, "lot"),
        column(words.quantity, 17.0, Align::Right, "quantity"),
        column(words.unit, 10.0, Align::Left, "unit"),
        column(words.return_reason, 31.0, Align::Left, "reason"),
        column(words.settle_by, 22.0, Align::Left, "settle_by"),
    ]
}

fn row(number: usize, line: &ReturnLine, words: &Words) -> Result<Vec<String>, PaperError> {
    above_zero(line.quantity, || format!("lines[{number}].quantity"))?;
    let settled = match line.settle_by {
        SettleBy::Replace => words.settle_replace,
        SettleBy::Credit => words.settle_credit,
        SettleBy::Rework => words.settle_rework,
    };
    Ok(vec![
        number.to_string(),
        line.sku.clone(),
        line.name.clone(),
        line.lot.clone(),
        grouped(line.quantity),
        line.unit.clone(),
        line.reason.clone(),
        settled.to_owned(),
    ])
}
