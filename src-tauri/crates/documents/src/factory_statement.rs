//! The monthly statement of our materials at a factory (客供料对账单), for both to agree.
//!
//! Knows that opening + in − consumed − returned − loss = closing, works out the closing and the
//! difference to the factory's count, and refuses a settlement of losses that does not add up.
//! Refuses to know who is right. It shows units, no money.

use chrono::NaiveDate;

use crate::{
    canvas::Align,
    figures::grouped,
    form::{A4_LYING, Fact, Form, Seal},
    paper::{PaperError, Print, ValueRule},
    party::Party,
    pdf_text::Words,
    table::{Column, Table},
};

/// One material over the month, in units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatedMaterial {
    /// Our code of the material.
    pub sku: String,
    /// Its name.
    pub name: String,
    /// What a unit is called.
    pub unit: String,
    /// On the first day.
    pub opening: i64,
    /// Sent by us.
    pub sent: i64,
    /// Delivered straight to the factory by its supplier.
    pub direct_in: i64,
    /// Went into goods.
    pub consumed: i64,
    /// Came back to us.
    pub returned: i64,
    /// Spoilt, allowed and claimed.
    pub loss: i64,
    /// Found by counts less missed by them.
    pub counted_off: i64,
    /// What the factory counted at the end of the month, when it did.
    pub counted: Option<i64>,
}

impl StatedMaterial {
    /// What the book holds at the end of the month; `None` beyond 64 bits.
    fn closing(&self) -> Option<i64> {
        self.opening
            .checked_add(self.sent)?
            .checked_add(self.direct_in)?
            .checked_sub(self.consumed)?
            .checked_sub(self.returned)?
            .checked_sub(self.loss)?
            .checked_add(self.counted_off)
    }
}

/// How the loss of one material on one order was settled (损耗结算), in units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LossSettlement {
    /// Number of the order.
    pub order: String,
    /// Our code of the material.
    pub sku: String,
    /// Its name.
    pub name: String,
    /// Units the factory got for the order.
    pub issued: i64,
    /// Units it gave back.
    pub returned: i64,
    /// Units that the order's goods hold by the bill of materials, on the agreed loss base.
    pub used: i64,
    /// Of the missing, allowed: our cost.
    pub allowed: i64,
    /// Of the missing, claimed from the factory (超损).
    pub claimed: i64,
}

impl LossSettlement {
    /// Issued less returned less used; below zero when the factory used less than the bill
    /// says. `None` beyond 64 bits.
    fn missing(&self) -> Option<i64> {
        self.issued.checked_sub(self.returned)?.checked_sub(self.used)
    }
}

/// A month of our materials at one factory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactoryStatementForm {
    /// The statement's number: ASCII, because it is also a barcode.
    pub number: String,
    /// A day of the month it is about.
    pub month: NaiveDate,
    /// Whose material it is: party A.
    pub owner: Party,
    /// Where it is: party B.
    pub factory: Party,
    /// By material; at least one.
    pub lines: Vec<StatedMaterial>,
    /// Losses settled in the month; may be empty.
    pub losses: Vec<LossSettlement>,
    /// What is disputed, or a remark.
    pub note: Option<String>,
}

/// The statement as PDF, A4 lying, to be sealed by both.
pub fn factory_statement(
    statement: &FactoryStatementForm,
    print: &Print,
) -> Result<Vec<u8>, PaperError> {
    if statement.lines.is_empty() {
        return Err(PaperError::Empty("lines"));
    }
    let words = Words::of(print.lang);
    let mut form = Form::open(A4_LYING, words.factory_statement, &statement.number, print)?;
    form.facts(&[
        Fact::of(words.statement_number, statement.number.clone(), "number"),
        Fact::of(words.month, statement.month.format("%Y-%m").to_string(), "month"),
    ])?;
    form.blocks(&[
        statement.owner.block(words.owner, words, "owner"),
        statement.factory.block(words.factory, words, "factory"),
    ])?;
    let mut rows = Vec::new();
    for (number, line) in (1_usize..).zip(&statement.lines) {
        rows.push(material_row(number, line)?);
    }
    let table = Table { columns: material_columns(words), field: "lines" };
    table.rows(&mut form, &rows)?;
    Table::end(&mut form);
    losses(&mut form, &statement.losses)?;
    form.clauses(words.note, statement.note.as_slice(), "note", 0.0)?;
    form.section(words.checked_by_both, 52.0)?;
    form.y -= 3.0;
    form.seals(&[
        Seal { caption: words.seal_buyer, name: &statement.owner.name, field: "owner" },
        Seal { caption: words.seal_factory, name: &statement.factory.name, field: "factory" },
    ])?;
    form.close()
}

fn material_columns(words: &'static Words) -> Vec<Column> {
    let column = |head, width, align, key| Column { head, width, align, key };
    let number = |head, key| column(head, 18.0, Align::Right, key);
    vec![
        column(words.row, 9.0, Align::Left, "row"),
        column(words.material_code, 25.0, Align::Left, "sku"),
        column(words.material_name, 43.0, Align::Left, "name"),
        column(words.unit, 10.0, Align::Left, "unit"),
        number(words.opening, "opening"),
        number(words.sent, "sent"),
        number(words.direct_in, "direct_in"),
        number(words.consumed, "consumed"),
        number(words.returned, "returned"),
        number(words.loss, "loss"),
        number(words.counted_off, "counted_off"),
        number(words.closing, "closing"),
        number(words.counted, "counted"),
        number(words.difference, "difference"),
    ]
}

fn material_row(number: usize, line: &StatedMaterial) -> Result<Vec<String>, PaperError> {
    let refuse = |key: &str| PaperError::Value {
        field: format!("lines[{number}].{key}"),
        value: String::new(),
        rule: ValueRule::Bounded,
    };
    let closing = line.closing().ok_or_else(|| refuse("closing"))?;
    let difference = line.counted.map(|counted| counted.checked_sub(closing));
    let (counted, difference) = match (line.counted, difference) {
        (Some(counted), Some(difference)) => {
            let difference = difference.ok_or_else(|| refuse("counted"))?;
            (grouped(counted), signed(difference))
        }
        _ => ("–".to_owned(), "–".to_owned()),
    };
    Ok(vec![
        number.to_string(),
        line.sku.clone(),
        line.name.clone(),
        line.unit.clone(),
        grouped(line.opening),
        grouped(line.sent),
        grouped(line.direct_in),
        grouped(line.consumed),
        grouped(line.returned),
        grouped(line.loss),
        signed(line.counted_off),
        grouped(closing),
        counted,
        difference,
    ])
}

/// A number whose direction matters: `+320`, `-320`, `0`.
fn signed(number: i64) -> String {
    if number > 0 { format!("+{}", grouped(number)) } else { grouped(number) }
}

fn losses(form: &mut Form<'_>, losses: &[LossSettlement]) -> Result<(), PaperError> {
    if losses.is_empty() {
        return Ok(());
    }
    let words = form.words;
    form.section(words.loss_settlement, 24.0)?;
    let column = |head, width, align, key| Column { head, width, align, key };
    let number = |head, key| column(head, 23.0, Align::Right, key);
    let columns = vec![
        column(words.row, 9.0, Align::Left, "row"),
        column(words.production_order, 36.0, Align::Left, "order"),
        column(words.material_code, 28.0, Align::Left, "sku"),
        column(words.material_name, 56.0, Align::Left, "name"),
        number(words.issued, "issued"),
        number(words.returned, "returned"),
        number(words.used, "used"),
        number(words.missing, "missing"),
        number(words.allowed, "allowed"),
        number(words.claimed, "claimed"),
    ];
    let mut rows = Vec::new();
    for (number, line) in (1_usize..).zip(losses) {
        rows.push(loss_row(number, line)?);
    }
    let table = Table { columns, field: "losses" };
    table.rows(form, &rows)?;
    Table::end(form);
    Ok(())
}

fn loss_row(number: usize, line: &LossSettlement) -> Result<Vec<String>, PaperError> {
    let refuse = |key: &str, value: String, rule| PaperError::Value {
        field: format!("losses[{number}].{key}"),
        value,
        rule,
    };
    let too_large = || refuse("missing", String::new(), ValueRule::Bounded);
    let missing = line.missing().ok_or_else(too_large)?;
    let settled = line.allowed.checked_add(line.claimed).ok_or_else(too_large)?;
    if line.allowed < 0 || line.claimed < 0 || settled != missing.max(0) {
        let value = format!("{} + {}", line.allowed, line.claimed);
        return Err(refuse("allowed", value, ValueRule::AddsUp));
    }
    let figures = [line.issued, line.returned, line.used, missing, line.allowed, line.claimed];
    let mut row = vec![number.to_string(), line.order.clone(), line.sku.clone(), line.name.clone()];
    row.extend(figures.map(grouped));
    Ok(row)
}
