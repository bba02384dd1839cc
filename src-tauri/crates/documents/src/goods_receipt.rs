//! The receipt for goods that came on an order (收货单).
//!
//! Knows what was ordered, what had come before and which lots came now, and works out what is
//! over or short. It never shows money.

use chrono::NaiveDate;
use domain::Status;

use crate::{
    canvas::Align,
    figures::{above_zero, grouped, units_in_all},
    form::{A4_LYING, Fact, Form},
    paper::{PaperError, Print, ValueRule},
    party::Party,
    pdf_text::Words,
    table::{Column, Table},
};

/// One lot that came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceivedLot {
    /// The lot number, as printed on the goods.
    pub lot: String,
    /// Day of manufacture, when known.
    pub manufactured: Option<NaiveDate>,
    /// Last day of use, when it has one.
    pub expires: Option<NaiveDate>,
    /// Units that came, above 0.
    pub quantity: i64,
    /// The status into which they were received.
    pub status: Status,
}

/// One line of the order, with what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoodsReceiptLine {
    /// Our code of the good.
    pub sku: String,
    /// Its name.
    pub name: String,
    /// What a unit is called.
    pub unit: String,
    /// Units ordered.
    pub ordered: i64,
    /// Units that had come before this receipt, less what went back to be replaced.
    pub received_before: i64,
    /// What came now; at least one lot.
    pub lots: Vec<ReceivedLot>,
}

impl GoodsReceiptLine {
    /// Units that came now; `None` beyond 64 bits.
    fn came(&self) -> Option<i64> {
        self.lots.iter().try_fold(0_i64, |s, lot| s.checked_add(lot.quantity))
    }

    /// Units beyond those ordered (above zero) or still missing (below); `None` beyond 64 bits.
    fn beyond(&self) -> Option<i64> {
        self.received_before.checked_add(self.came()?)?.checked_sub(self.ordered)
    }
}

/// Goods that came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoodsReceipt {
    /// The receipt's number: ASCII, because it is also a barcode.
    pub number: String,
    /// Day on which they came.
    pub received_on: NaiveDate,
    /// The order they came on.
    pub order: String,
    /// Number of the sender's own delivery note, when one came with them.
    pub delivery_note: Option<String>,
    /// Who sent them.
    pub supplier: Party,
    /// Where they were received.
    pub place: Party,
    /// Lines of the order that came; at least one.
    pub lines: Vec<GoodsReceiptLine>,
    /// What was noticed: damage, wet cartons, a reason for units beyond the tolerance.
    pub note: Option<String>,
}

/// The receipt as PDF, A4 lying.
pub fn goods_receipt(receipt: &GoodsReceipt, print: &Print) -> Result<Vec<u8>, PaperError> {
    if receipt.lines.is_empty() {
        return Err(PaperError::Empty("lines"));
    }
    let words = Words::of(print.lang);
    let mut form = Form::open(A4_LYING, words.goods_receipt, &receipt.number, print)?;
    let mut facts = vec![
        Fact::of(words.receipt_number, receipt.number.clone(), "number"),
        Fact::of(words.received_on, receipt.received_on.to_string(), "received_on"),
        Fact::of(words.order_number, receipt.order.clone(), "order"),
    ];
    if let Some(note) = &receipt.delivery_note {
        facts.push(Fact::of(words.delivery_note, note.clone(), "delivery_note"));
    }
    form.facts(&facts)?;
    form.blocks(&[
        receipt.supplier.block(words.supplier, words, "supplier"),
        receipt.place.block(words.received_at, words, "place"),
    ])?;
    let mut rows = Vec::new();
    for (number, line) in (1_usize..).zip(&receipt.lines) {
        rows.extend(rows_of(number, line, words)?);
    }
    let table = Table { columns: columns(words), field: "lines" };
    table.rows(&mut form, &rows)?;
    table.totals(&mut form, &totals(receipt, words)?, 31.0)?;
    form.clauses(words.note, receipt.note.as_slice(), "note", 0.0)?;
    form.signatures(&[words.sign_delivered, words.sign_received, words.sign_checked])?;
    form.close()
}

fn columns(words: &'static Words) -> Vec<Column> {
    let column = |head, width, align, key| Column { head, width, align, key };
    vec![
        column(words.row, 9.0, Align::Left, "row"),
        column(words.sku, 25.0, Align::Left, "sku"),
        column(words.name, 46.0, Align::Left, "name"),
        column(words.lot, 27.0, Align::Left, "lot"),
        column(words.manufactured, 20.0, Align::Left, "manufactured"),
        column(words.expires, 20.0, Align::Left, "expires"),
        column(words.status, 21.0, Align::Left, "status"),
        column(words.unit, 10.0, Align::Left, "unit"),
        column(words.ordered, 18.0, Align::Right, "ordered"),
        column(words.received_before, 18.0, Align::Right, "received_before"),
        column(words.this_time, 18.0, Align::Right, "quantity"),
        column(words.over, 17.0, Align::Right, "over"),
        column(words.short, 18.0, Align::Right, "short"),
    ]
}

/// One row a lot; what belongs to the order's line stands on its first row only, so that a
/// column adds up.
fn rows_of(
    number: usize,
    line: &GoodsReceiptLine,
    words: &Words,
) -> Result<Vec<Vec<String>>, PaperError> {
    let refuse = |key: &str, value: i64, rule| PaperError::Value {
        field: format!("lines[{number}].{key}"),
        value: value.to_string(),
        rule,
    };
    if line.lots.is_empty() {
        return Err(PaperError::Empty("lots"));
    }
    for (key, value) in [("ordered", line.ordered), ("received_before", line.received_before)] {
        if value < 0 {
            return Err(refuse(key, value, ValueRule::NotNegative));
        }
    }
    let beyond = line.beyond().ok_or_else(|| refuse("lots", i64::MAX, ValueRule::Bounded))?;
    let mut of_line = Some([
        number.to_string(),
        line.sku.clone(),
        line.name.clone(),
        grouped(line.ordered),
        grouped(line.received_before),
        over(beyond),
        short(beyond),
    ]);
    let mut rows = Vec::new();
    for lot in &line.lots {
        above_zero(lot.quantity, || format!("lines[{number}].quantity"))?;
        let [row, sku, name, ordered, before, over, short] = of_line.take().unwrap_or_default();
        rows.push(vec![
            row,
            sku,
            name,
            lot.lot.clone(),
            day(lot.manufactured),
            day(lot.expires),
            status_name(lot.status, words).to_owned(),
            line.unit.clone(),
            ordered,
            before,
            grouped(lot.quantity),
            over,
            short,
        ]);
    }
    Ok(rows)
}

fn over(beyond: i64) -> String {
    if beyond > 0 { grouped(beyond) } else { String::new() }
}

fn short(beyond: i64) -> String {
    if beyond < 0 { grouped(beyond.saturating_neg()) } else { String::new() }
}

fn day(date: Option<NaiveDate>) -> String {
    date.map_or_else(|| "–".to_owned(), |d| d.to_string())
}

/// Sums; what is over on one line does not make up for what is short on another.
fn totals(receipt: &GoodsReceipt, words: &Words) -> Result<Vec<String>, PaperError> {
    let all = |of: fn(&GoodsReceiptLine) -> i64, field: &str| {
        units_in_all(receipt.lines.iter().map(|l| (l.unit.as_str(), of(l))), field)
    };
    let mut row = vec![String::new(); 13];
    words.total.clone_into(&mut row[1]);
    row[8] = all(|l| l.ordered, "totals.ordered")?;
    row[9] = all(|l| l.received_before, "totals.received_before")?;
    row[10] = all(|l| l.came().unwrap_or(i64::MAX), "totals.quantity")?;
    row[11] = all(|l| l.beyond().unwrap_or_default().max(0), "totals.over")?;
    row[12] = all(|l| l.beyond().unwrap_or_default().min(0).saturating_neg(), "totals.short")?;
    Ok(row)
}

/// What a status is called.
pub(crate) fn status_name(status: Status, words: &Words) -> &'static str {
    match status {
        Status::Quarantine => words.status_quarantine,
        Status::Good => words.status_good,
        Status::Blocked => words.status_blocked,
        Status::Defective => words.status_defective,
    }
}
