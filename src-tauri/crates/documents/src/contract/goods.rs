//! The goods of a contract with their price: lines, tax by rate, total in figures and in words.
//! Adds up what is shown; rounds nothing.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{Contract, ContractLine};
use crate::{
    canvas::{Align, Area, Style, count},
    figures::{above_zero, decimal, grouped, money, price_in_words, units_in_all},
    form::{Form, MARGIN},
    paper::{PaperError, ValueRule},
    pdf_text::Words,
    table::{Column, Table},
};

/// How much of price and tax the table shows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Prices {
    /// No line bears tax.
    Untaxed,
    /// Unit prices and amounts with tax.
    WithTax,
    /// Unit prices and amounts before tax.
    BeforeTax,
}

impl Prices {
    fn of(contract: &Contract) -> Self {
        match (contract.lines.iter().any(|l| l.tax_percent.is_some()), contract.price_includes_tax)
        {
            (false, _) => Self::Untaxed,
            (true, true) => Self::WithTax,
            (true, false) => Self::BeforeTax,
        }
    }

    fn amount(self, line: &ContractLine) -> Decimal {
        if self == Self::BeforeTax { line.amount - line.tax } else { line.amount }
    }
}

/// Draws lines and totals; gives the total with tax.
pub(super) fn goods(form: &mut Form<'_>, contract: &Contract) -> Result<Decimal, PaperError> {
    let prices = Prices::of(contract);
    let rows = contract
        .lines
        .iter()
        .enumerate()
        .map(|(at, line)| row(at + 1, line, prices, form.words))
        .collect::<Result<Vec<_>, _>>()?;
    let table = Table { columns: columns(form.words, prices), field: "lines" };
    table.rows(form, &rows)?;

    let mut totals = vec![String::new(); table.columns.len()];
    form.words.total.clone_into(&mut totals[1]);
    let counted = contract.lines.iter().map(|l| (l.unit.as_str(), l.quantity));
    totals[4] = units_in_all(counted, "totals.quantity")?;
    let shown = sum(contract.lines.iter().map(|l| prices.amount(l)), "totals.amount")?;
    let last = totals.len() - 1;
    totals[last] = money(shown, "totals.amount")?;
    let tax = sum(contract.lines.iter().map(|l| l.tax), "totals.tax")?;
    if prices != Prices::Untaxed {
        totals[last - 1] = money(tax, "totals.tax")?;
    }
    let sums = sums(contract, prices, form.words)?;
    let total = sum(contract.lines.iter().map(|l| l.amount), "totals.amount")?;
    table.totals(form, &totals, ROW * count(sums.len().max(1)) + 6.0)?;
    grand_total(form, &contract.currency, total, &sums)?;
    Ok(total)
}

fn columns(words: &'static Words, prices: Prices) -> Vec<Column> {
    let column = |head, width, align, key| Column { head, width, align, key };
    let taxed = prices != Prices::Untaxed;
    let (unit_price, amount) = match prices {
        Prices::Untaxed => (words.plain_price, words.plain_amount),
        Prices::WithTax => (words.unit_price, words.amount),
        Prices::BeforeTax => (words.net_price, words.net_amount),
    };
    let mut columns = vec![
        column(words.row, 9.0, Align::Left, "row"),
        column(words.sku, 20.0, Align::Left, "sku"),
        column(words.name, if taxed { 41.0 } else { 58.0 }, Align::Left, "name"),
        column(words.spec, if taxed { 22.0 } else { 24.0 }, Align::Left, "spec"),
        column(words.quantity, 16.0, Align::Right, "quantity"),
        column(words.unit, 9.0, Align::Left, "unit"),
        column(unit_price, if taxed { 17.0 } else { 18.0 }, Align::Right, "unit_price"),
    ];
    if taxed {
        columns.push(column(words.tax_rate, 10.0, Align::Right, "tax_percent"));
        columns.push(column(words.tax, 16.0, Align::Right, "tax"));
    }
    columns.push(column(amount, if taxed { 20.0 } else { 26.0 }, Align::Right, "amount"));
    columns
}

fn row(
    number: usize,
    line: &ContractLine,
    prices: Prices,
    words: &Words,
) -> Result<Vec<String>, PaperError> {
    let field = |key: &str| format!("lines[{number}].{key}");
    above_zero(line.quantity, || field("quantity"))?;
    if line.tax_percent.is_none() && !line.tax.is_zero() {
        let value = line.tax.to_string();
        return Err(PaperError::Value { field: field("tax"), value, rule: ValueRule::Rated });
    }
    let mut row = vec![
        number.to_string(),
        line.sku.clone(),
        named(line, words),
        line.spec.clone(),
        grouped(line.quantity),
        line.unit.clone(),
        decimal(line.unit_price, 2),
    ];
    let tax = money(line.tax, &field("tax"))?;
    if prices != Prices::Untaxed {
        match line.tax_percent {
            Some(rate) => row.extend([format!("{}%", decimal(rate, 0)), tax]),
            None => row.extend(["–".to_owned(), "–".to_owned()]),
        }
    }
    money(line.amount, &field("amount"))?;
    row.push(money(prices.amount(line), &field("amount"))?);
    Ok(row)
}

/// The name, and below it in which version and design it is made.
fn named(line: &ContractLine, words: &Words) -> String {
    let marks = [
        (words.version, &line.version),
        (words.artwork, &line.artwork),
        (words.registration, &line.registration),
    ];
    let marks = marks
        .into_iter()
        .filter_map(|(caption, value)| Some(format!("{caption} {}", value.as_deref()?)));
    [line.name.clone()].into_iter().chain(marks).collect::<Vec<_>>().join("\n")
}

/// Net, tax by rate and gross, where there is a rate.
fn sums(
    contract: &Contract,
    prices: Prices,
    words: &Words,
) -> Result<Vec<(String, String)>, PaperError> {
    if prices == Prices::Untaxed {
        return Ok(Vec::new());
    }
    let lines = &contract.lines;
    let net = sum(lines.iter().map(|l| l.amount - l.tax), "totals.net")?;
    let gross = sum(lines.iter().map(|l| l.amount), "totals.amount")?;
    let mut by_rate: BTreeMap<Decimal, Vec<Decimal>> = BTreeMap::new();
    for line in lines {
        if let Some(rate) = line.tax_percent {
            by_rate.entry(rate.normalize()).or_default().push(line.tax);
        }
    }
    let mut rows = vec![(words.net_total.to_owned(), money(net, "totals.net")?)];
    for (rate, taxes) in by_rate {
        let tax = sum(taxes.into_iter(), "totals.tax")?;
        let caption = format!("{} {}%", words.tax, decimal(rate, 0));
        rows.push((caption, money(tax, "totals.tax")?));
    }
    rows.push((words.gross_total.to_owned(), money(gross, "totals.amount")?));
    Ok(rows)
}

pub(super) fn sum(
    mut amounts: impl Iterator<Item = Decimal>,
    field: &str,
) -> Result<Decimal, PaperError> {
    amounts.try_fold(Decimal::ZERO, Decimal::checked_add).ok_or_else(|| PaperError::Value {
        field: field.to_owned(),
        value: String::new(),
        rule: ValueRule::Bounded,
    })
}

/// Height of one sum.
const ROW: f32 = 4.8;
/// Width of the sums at the right edge.
const SUMS: f32 = 62.0;

/// The total in words at the left, the sums at the right.
fn grand_total(
    form: &mut Form<'_>,
    currency: &str,
    total: Decimal,
    sums: &[(String, String)],
) -> Result<(), PaperError> {
    form.y += 1.6;
    let right = MARGIN + form.width();
    let caption = Style::caption(8.0);
    let strong = Style::strong(11.0);
    let baseline = form.y + strong.ascent();
    let words = price_in_words(total, currency, form.lang())?;
    let indent = form.canvas.width_of(form.words.in_words, caption.size, "totals")? + 3.0;
    form.canvas.text((MARGIN, baseline), form.words.in_words, caption, "totals")?;
    let taken = if sums.is_empty() { 0.0 } else { SUMS };
    let area =
        Area { x: MARGIN + indent, y: form.y, w: form.width() - indent - taken, h: ROW * 3.0 };
    let mut end = form.canvas.line_or_paragraph((area, area), &words, strong, 8.0, "totals")?;
    for (at, (caption_text, amount)) in sums.iter().enumerate() {
        let style = if at + 1 == sums.len() { Style::strong(9.5) } else { Style::regular(8.5) };
        let baseline = baseline + ROW * count(at);
        form.canvas.text((right - SUMS + 8.0, baseline), caption_text, caption, "totals")?;
        let at_right = (right - 1.2, baseline);
        form.canvas.text(at_right, amount, style.aligned(Align::Right), "totals")?;
        end = end.max(baseline + 1.4);
    }
    form.y = end + 2.0;
    Ok(())
}
