//! The slip that goes with material to a factory (发料单) or comes back with it (退料单).
//!
//! Knows which lots and how many; the receiver writes beside them what came. Shows no money.

use chrono::NaiveDate;
use domain::materials::SlipKind;

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

/// One lot of one material.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MaterialSlipLine {
    /// Our code of the material.
    pub sku: String,
    /// Its name.
    pub name: String,
    /// Size or make.
    pub spec: String,
    /// The lot number.
    pub lot: String,
    /// Units of the lot, above 0.
    pub quantity: i64,
    /// What a unit is called.
    pub unit: String,
}

/// Material on its way between us and a factory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MaterialSlip {
    /// Whether it goes to the factory (发料) or comes back (退料).
    pub kind: SlipKind,
    /// The slip's number: ASCII, because it is also a barcode.
    pub number: String,
    /// Day on which it leaves.
    pub on: NaiveDate,
    /// The production order it is for, when it is for one.
    pub order: Option<String>,
    /// Where it leaves.
    pub from: Party,
    /// Where it goes.
    pub to: Party,
    /// What goes; at least one line.
    pub lines: Vec<MaterialSlipLine>,
    /// A remark of the sender.
    pub note: Option<String>,
}

/// The slip as PDF, A4 upright.
pub fn material_slip(slip: &MaterialSlip, print: &Print) -> Result<Vec<u8>, PaperError> {
    if slip.lines.is_empty() {
        return Err(PaperError::Empty("lines"));
    }
    let words = Words::of(print.lang);
    let (title, day, hands) = match slip.kind {
        SlipKind::Issue => (words.material_issue, words.issued_on, words.sign_issued),
        SlipKind::Return => (words.material_return, words.returned_on, words.sign_returned),
    };
    let mut facts = vec![
        Fact::of(words.slip_number, slip.number.clone(), "number"),
        Fact::of(day, slip.on.to_string(), "on"),
    ];
    if let Some(order) = &slip.order {
        facts.push(Fact::of(words.production_order, order.clone(), "order"));
    }
    let rows = (1_usize..).zip(&slip.lines).map(|(number, line)| row(number, line));
    let counted = slip.lines.iter().map(|line| (line.unit.as_str(), line.quantity));
    let sheet = Slip {
        title,
        number: &slip.number,
        facts,
        parties: [(words.from_place, &slip.from), (words.to_place, &slip.to)],
        columns: columns(words),
        rows: rows.collect::<Result<_, _>>()?,
        counted: (5, counted.collect()),
        note: slip.note.as_ref(),
        hands: [hands, words.sign_carried, words.sign_material_received],
    };
    sheet.print(words, print)
}

fn columns(words: &'static Words) -> Vec<Column> {
    let column = |head, width, align, key| Column { head, width, align, key };
    vec![
        column(words.row, 9.0, Align::Left, "row"),
        column(words.material_code, 27.0, Align::Left, "sku"),
        column(words.material_name, 49.0, Align::Left, "name"),
        column(words.spec, 23.0, Align::Left, "spec"),
        column(words.lot, 24.0, Align::Left, "lot"),
        column(words.quantity, 19.0, Align::Right, "quantity"),
        column(words.unit, 10.0, Align::Left, "unit"),
        column(words.arrived, 19.0, Align::Right, "arrived"),
    ]
}

/// The last cell is left to the receiver's pen.
fn row(number: usize, line: &MaterialSlipLine) -> Result<Vec<String>, PaperError> {
    above_zero(line.quantity, || format!("lines[{number}].quantity"))?;
    Ok(vec![
        number.to_string(),
        line.sku.clone(),
        line.name.clone(),
        line.spec.clone(),
        line.lot.clone(),
        grouped(line.quantity),
        line.unit.clone(),
        String::new(),
    ])
}
