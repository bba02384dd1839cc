//! The order to an OEM factory (委托加工订单, 采购合同). Knows what such a paper must say and
//! adds up its lines; refuses to know orders, ledgers or exchange rates.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::{
    canvas::{Align, Style},
    figures::{amount_in_words, decimal, grouped, money},
    form::{A4, Block, Fact, Form, MARGIN},
    paper::{Lang, PaperError, Print, ValueRule},
    pdf_text::Words,
    table::{Column, Table},
};

/// Which paper it is by law.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderKind {
    /// The factory makes our design, often with our material: 委托加工订单.
    Processing,
    /// The factory sells its goods under our label: 采购合同.
    Purchase,
}

/// One side of a contract, or a place that sends or receives.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Party {
    /// Registered name, or the name of the place.
    pub name: String,
    /// 统一社会信用代码, 18 characters; abroad the company registration.
    pub credit_code: Option<String>,
    /// Postal address.
    pub address: Option<String>,
    /// Whom to ask for.
    pub contact: Option<String>,
    /// Telephone of that person.
    pub phone: Option<String>,
}

impl Party {
    pub(crate) fn rows<'a>(&'a self, words: &Words) -> Vec<(&'a str, &'a str)> {
        [
            (words.credit_code, &self.credit_code),
            (words.address, &self.address),
            (words.contact, &self.contact),
            (words.phone, &self.phone),
        ]
        .into_iter()
        .filter_map(|(caption, value)| Some((caption, value.as_deref()?)))
        .collect()
    }
}

/// One ordered good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderLine {
    /// Our code of the good.
    pub sku: String,
    /// Its name, as the factory shall print it.
    pub name: String,
    /// Size and packing, e.g. `500 ml × 24`.
    pub spec: String,
    /// Ordered units, above 0.
    pub quantity: i64,
    /// What a unit is called: 件, 瓶, pcs.
    pub unit: String,
    /// Price of one unit, with the tax that the line bears, in the order's currency, as agreed: up to 10 decimals.
    pub unit_price: Decimal,
    /// Tax rate in percent; none when the line bears no tax.
    pub tax_percent: Option<Decimal>,
    /// Amount with tax, two decimals. It is printed as given: rounding is the order's business.
    pub amount: Decimal,
    /// The tax within the amount, two decimals.
    pub tax: Decimal,
}

/// An order to a factory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderForm {
    /// Which paper it is.
    pub kind: OrderKind,
    /// The order's number: ASCII, because it is also a barcode.
    pub number: String,
    /// Day of the order.
    pub ordered_on: NaiveDate,
    /// Day by which the factory promised to deliver.
    pub promised_on: Option<NaiveDate>,
    /// Where the contract is signed.
    pub sign_place: Option<String>,
    /// Where the goods shall be delivered.
    pub deliver_to: Option<String>,
    /// ISO 4217 code. The total is written out in words (大写) for `CNY` on
    /// Chinese papers.
    pub currency: String,
    /// Who orders: party A.
    pub buyer: Party,
    /// Who makes or sells: party B.
    pub factory: Party,
    /// What is ordered; at least one line.
    pub lines: Vec<OrderLine>,
    /// The clauses, one string each, in order; numbered on the paper when there are several.
    pub terms: Vec<String>,
}

/// The order as PDF, A4 upright, ready to sign.
pub fn order_form(order: &OrderForm, print: &Print) -> Result<Vec<u8>, PaperError> {
    if order.lines.is_empty() {
        return Err(PaperError::Empty("lines"));
    }
    let words = Words::of(print.lang);
    let title = match order.kind {
        OrderKind::Processing => words.processing_order,
        OrderKind::Purchase => words.purchase_contract,
    };
    let mut form = Form::open(A4, title, &order.number, print)?;
    form.facts(&facts(order, words))?;
    let (buyer, factory) = match order.kind {
        OrderKind::Processing => (words.buyer, words.factory),
        OrderKind::Purchase => (words.purchaser, words.seller),
    };
    form.blocks(&[
        block(buyer, &order.buyer, words, "buyer"),
        block(factory, &order.factory, words, "factory"),
    ])?;
    lines(&mut form, order, print.lang)?;
    terms(&mut form, &order.terms, print.lang)?;
    form.signatures([words.sign_buyer, words.sign_approved, words.sign_factory])?;
    form.close()
}

pub(crate) fn block<'a>(
    caption: &'a str,
    party: &'a Party,
    words: &Words,
    field: &'static str,
) -> Block<'a> {
    Block { caption, name: &party.name, rows: party.rows(words), field }
}

fn facts<'a>(order: &OrderForm, words: &'a Words) -> Vec<Fact<'a>> {
    let mut facts = vec![
        Fact { caption: words.order_number, value: order.number.clone(), field: "number" },
        Fact {
            caption: words.ordered_on,
            value: order.ordered_on.to_string(),
            field: "ordered_on",
        },
    ];
    if let Some(day) = order.promised_on {
        let value = day.to_string();
        facts.push(Fact { caption: words.promised_on, value, field: "promised_on" });
    }
    facts.push(Fact { caption: words.currency, value: order.currency.clone(), field: "currency" });
    if let Some(place) = &order.sign_place {
        facts.push(Fact { caption: words.sign_place, value: place.clone(), field: "sign_place" });
    }
    if let Some(place) = &order.deliver_to {
        facts.push(Fact { caption: words.deliver_to, value: place.clone(), field: "deliver_to" });
    }
    facts
}

impl OrderForm {
    /// Whether tax is spoken of at all: an order whose lines bear none says nothing of it.
    fn is_taxed(&self) -> bool {
        self.lines.iter().any(|line| line.tax_percent.is_some())
    }
}

fn columns(words: &'static Words, taxed: bool) -> Vec<Column> {
    let column = |head, width, align, key| Column { head, width, align, key };
    let (price, amount) = if taxed {
        (words.unit_price_taxed, words.amount_taxed)
    } else {
        (words.unit_price, words.amount)
    };
    let mut columns = vec![
        column(words.row, 9.0, Align::Left, "row"),
        column(words.sku, 24.0, Align::Left, "sku"),
        column(words.name, if taxed { 44.0 } else { 56.0 }, Align::Left, "name"),
        column(words.spec, 22.0, Align::Left, "spec"),
        column(words.quantity, 17.0, Align::Right, "quantity"),
        column(words.unit, 10.0, Align::Left, "unit"),
        column(price, 18.0, Align::Right, "unit_price"),
    ];
    if taxed {
        columns.push(column(words.tax_rate, 12.0, Align::Right, "tax_percent"));
    }
    columns.push(column(amount, 24.0, Align::Right, "amount"));
    columns
}

fn lines(form: &mut Form<'_>, order: &OrderForm, lang: Lang) -> Result<(), PaperError> {
    let rows = order
        .lines
        .iter()
        .enumerate()
        .map(|(at, line)| row(at + 1, line, order.is_taxed()))
        .collect::<Result<Vec<_>, _>>()?;
    let table = Table { columns: columns(form.words, order.is_taxed()), field: "lines" };
    table.rows(form, &rows)?;

    let total: Decimal = order.lines.iter().map(|l| l.amount).sum();
    let mut totals = vec![String::new(); table.columns.len()];
    form.words.total.clone_into(&mut totals[1]);
    totals[4] = quantity_total(order)?;
    if let Some(last) = totals.last_mut() {
        *last = money(total, "totals.amount")?;
    }
    table.totals(form, &totals, 16.0)?;
    grand_total(form, order, total, lang)
}

fn row(number: usize, line: &OrderLine, taxed: bool) -> Result<Vec<String>, PaperError> {
    if line.quantity <= 0 {
        return Err(PaperError::Value {
            field: format!("lines[{number}].quantity"),
            value: line.quantity.to_string(),
            rule: ValueRule::AboveZero,
        });
    }
    let mut cells = vec![
        number.to_string(),
        line.sku.clone(),
        line.name.clone(),
        line.spec.clone(),
        grouped(line.quantity),
        line.unit.clone(),
        decimal(line.unit_price, 2),
    ];
    if taxed {
        cells.push(rate(line));
    }
    cells.push(money(line.amount, &format!("lines[{number}].amount"))?);
    Ok(cells)
}

fn rate(line: &OrderLine) -> String {
    line.tax_percent.map_or_else(|| "–".to_owned(), |percent| format!("{}%", decimal(percent, 0)))
}

/// The sum of the quantities, or nothing when they count different units.
fn quantity_total(order: &OrderForm) -> Result<String, PaperError> {
    if order.lines.iter().any(|l| l.unit != order.lines[0].unit) {
        return Ok(String::new());
    }
    let sum = order.lines.iter().try_fold(0_i64, |s, l| s.checked_add(l.quantity));
    sum.map(grouped).ok_or_else(|| PaperError::Value {
        field: "totals.quantity".to_owned(),
        value: String::new(),
        rule: ValueRule::Bounded,
    })
}

fn grand_total(
    form: &mut Form<'_>,
    order: &OrderForm,
    total: Decimal,
    lang: Lang,
) -> Result<(), PaperError> {
    let baseline = form.y + 6.2;
    let right = MARGIN + form.width();
    let words = match (order.currency.as_str(), lang) {
        ("CNY", Lang::Zh) => amount_in_words(total)?,
        (currency, _) => format!("{currency} {}", money(total, "totals.amount")?),
    };
    let caption = Style::caption(8.0);
    let indent = form.canvas.width_of(form.words.in_words, caption.size, "totals")? + 3.0;
    form.canvas.text((MARGIN, baseline), form.words.in_words, caption, "totals")?;
    form.canvas.text((MARGIN + indent, baseline), &words, Style::strong(11.0), "totals")?;
    if order.is_taxed() {
        let tax = order.lines.iter().map(|line| line.tax).sum();
        let tax = format!("{}  {}", form.words.tax_within, money(tax, "totals.tax")?);
        form.canvas.text((right - 1.2, baseline), &tax, caption.aligned(Align::Right), "totals")?;
    }
    form.y = baseline + 3.4;
    Ok(())
}

fn terms(form: &mut Form<'_>, terms: &[String], lang: Lang) -> Result<(), PaperError> {
    if terms.is_empty() {
        return Ok(());
    }
    let style = Style::regular(8.5);
    form.need(style.leading() * 3.0)?;
    form.y += 3.0;
    let baseline = form.y + 3.0;
    form.canvas.text((MARGIN, baseline), form.words.terms, Style::strong(9.0), "terms")?;
    form.y += 5.2;
    let indent = if terms.len() > 1 { 6.0 } else { 0.0 };
    for (at, clause) in terms.iter().enumerate() {
        let field = format!("terms[{}]", at + 1);
        let lines = form.canvas.wrapped(clause, style, form.width() - indent, &field)?;
        for (n, line) in lines.iter().enumerate() {
            form.need(style.leading())?;
            let baseline = form.y + style.ascent();
            if n == 0 && indent > 0.0 {
                let mark = if lang == Lang::Zh { "、" } else { "." };
                let number = format!("{}{mark}", at + 1);
                form.canvas.text((MARGIN, baseline), &number, style, &field)?;
            }
            form.canvas.text((MARGIN + indent, baseline), line, style, &field)?;
            form.y += style.leading();
        }
        form.y += 0.8;
    }
    Ok(())
}
