//! The request to pay a partner (付款申请), for those who approve it.
//!
//! Knows whom, for which due of which order, how much, and works out what stays open after it.
//! Refuses to know banks, ledgers and who may approve.

use chrono::NaiveDate;
use domain::terms::Trigger;
use rust_decimal::Decimal;

use crate::{
    canvas::{Area, Style, count},
    contract::{condition, kind},
    figures::{decimal, money, price_in_words},
    form::{A4, Fact, Form, HAIRLINE, MARGIN},
    paper::{Lang, PaperError, Print, ValueRule},
    party::Party,
    pdf_text::Words,
};

/// A request to pay one due of one order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentRequest {
    /// The request's number: ASCII, because it is also a barcode.
    pub number: String,
    /// Day of the request.
    pub requested_on: NaiveDate,
    /// Who is paid.
    pub payee: Party,
    /// The payee's bank and branch.
    pub bank: Option<String>,
    /// In whose name the account is, where that is not the payee's.
    pub holder: Option<String>,
    /// The payee's account there.
    pub account: Option<String>,
    /// Number of the order it is for.
    pub order: String,
    /// What makes the due fall due: which share of the price it is.
    pub trigger: Trigger,
    /// The share of the price in percent.
    pub percent: Option<Decimal>,
    /// For which shipment of the order, from 1, when each has its own due.
    pub shipment: Option<u32>,
    /// The day on which it is due, when that is known.
    pub due_on: Option<NaiveDate>,
    /// ISO 4217 code. The amount is written out in words (大写) for `CNY` on Chinese papers.
    pub currency: String,
    /// All that is to be paid for the order, two decimals.
    pub payable: Decimal,
    /// Paid for the order so far, two decimals.
    pub paid: Decimal,
    /// What was set against dues besides (抵扣), such as a claim that was deducted, two decimals.
    pub deducted: Decimal,
    /// What is asked for now, two decimals, above zero.
    pub amount: Decimal,
    /// What invoices for the order have come so far amount to, when they are followed: the rest
    /// is 票未到.
    pub invoiced: Option<Decimal>,
    /// Why it is asked for, or why before its time.
    pub reason: String,
}

/// The request as PDF, A4 upright, with a box for each who approves.
pub fn payment_request(request: &PaymentRequest, print: &Print) -> Result<Vec<u8>, PaperError> {
    if request.amount <= Decimal::ZERO {
        return Err(PaperError::Value {
            field: "amount".to_owned(),
            value: request.amount.to_string(),
            rule: ValueRule::AboveZero,
        });
    }
    let words = Words::of(print.lang);
    let mut form = Form::open(A4, words.payment_request, &request.number, print)?;
    form.facts(&[
        Fact::of(words.request_number, request.number.clone(), "number"),
        Fact::of(words.requested_on, request.requested_on.to_string(), "requested_on"),
        Fact::of(words.currency, request.currency.clone(), "currency"),
    ])?;
    for row in rows(request, words, print.lang)? {
        draw(&mut form, &row)?;
    }
    form.signatures(&[
        words.sign_applicant,
        words.sign_department,
        words.sign_finance,
        words.sign_decided,
    ])?;
    form.close()
}

/// A caption and its value; two share a row, one has a row for itself.
struct Cell<'a> {
    caption: &'a str,
    value: String,
    style: Style,
    field: &'static str,
}

fn cell<'a>(caption: &'a str, value: String, field: &'static str) -> Cell<'a> {
    Cell { caption, value, style: Style::regular(10.0), field }
}

fn rows<'a>(
    request: &'a PaymentRequest,
    words: &'a Words,
    lang: Lang,
) -> Result<Vec<Vec<Cell<'a>>>, PaperError> {
    let unknown = || "–".to_owned();
    let given = |text: &Option<String>| text.clone().unwrap_or_else(unknown);
    let payee = &request.payee;
    let contact = [payee.contact.as_deref(), payee.phone.as_deref()];
    let contact = contact.into_iter().flatten().collect::<Vec<_>>().join("  ");
    let mut rows = vec![
        vec![Cell { style: Style::strong(11.0), ..cell(words.payee, payee.name.clone(), "payee") }],
        vec![cell(words.credit_code, given(&payee.credit_code), "payee")],
        vec![cell(words.bank, given(&request.bank), "bank")],
        vec![cell(words.account, given(&request.account), "account")],
    ];
    if let Some(holder) = &request.holder {
        rows.insert(3, vec![cell(words.holder, holder.clone(), "holder")]);
    }
    if !contact.is_empty() {
        rows.push(vec![cell(words.contact, contact, "payee")]);
    }
    rows.extend([
        vec![
            cell(words.order_number, request.order.clone(), "order"),
            cell(words.payable, money(request.payable, "payable")?, "payable"),
        ],
        vec![
            cell(words.which_due, which_due(request, words), "trigger"),
            cell(words.condition, condition(request.trigger, words, lang), "trigger"),
        ],
        vec![
            cell(words.due_on, request.due_on.map_or_else(unknown, |d| d.to_string()), "due_on"),
            cell(words.invoiced, amount_or_dash(request.invoiced, "invoiced")?, "invoiced"),
        ],
        vec![Cell {
            style: Style::strong(14.0),
            ..cell(words.asked, money(request.amount, "amount")?, "amount")
        }],
        vec![Cell {
            style: Style::strong(12.0),
            ..cell(
                words.written_out,
                price_in_words(request.amount, &request.currency, lang)?,
                "amount",
            )
        }],
        vec![
            cell(words.paid_so_far, money(request.paid, "paid")?, "paid"),
            cell(words.open_after, money(open_after(request)?, "open_after")?, "open_after"),
        ],
    ]);
    if !request.deducted.is_zero() {
        let deducted = money(request.deducted, "deducted")?;
        rows.push(vec![cell(words.deducted, deducted, "deducted")]);
    }
    rows.push(vec![cell(words.reason, request.reason.clone(), "reason")]);
    Ok(rows)
}

/// Payable less paid, deducted and asked for; below zero when it is paid beyond the price.
fn open_after(request: &PaymentRequest) -> Result<Decimal, PaperError> {
    let open = request.payable.checked_sub(request.paid);
    let open = open.and_then(|open| open.checked_sub(request.deducted));
    open.and_then(|o| o.checked_sub(request.amount)).ok_or_else(|| PaperError::Value {
        field: "open_after".to_owned(),
        value: String::new(),
        rule: ValueRule::Bounded,
    })
}

fn amount_or_dash(amount: Option<Decimal>, field: &str) -> Result<String, PaperError> {
    amount.map_or_else(|| Ok("–".to_owned()), |a| money(a, field))
}

fn which_due(request: &PaymentRequest, words: &Words) -> String {
    let mut parts = vec![kind(request.trigger, words).to_owned()];
    parts.extend(request.percent.map(|p| format!("{}%", decimal(p, 0))));
    parts.extend(request.shipment.map(|n| format!("{} {n}", words.shipment)));
    parts.join("  ")
}

/// Width of a caption's field.
const CAPTION: f32 = 32.0;
const PAD: f32 = 2.2;

fn draw(form: &mut Form<'_>, row: &[Cell<'_>]) -> Result<(), PaperError> {
    let whole = form.width() / count(row.len());
    let mut set = Vec::new();
    let mut high: f32 = 8.4;
    for cell in row {
        let lines = form.canvas.wrapped(
            &cell.value,
            cell.style,
            whole - CAPTION - 2.0 * PAD,
            cell.field,
        )?;
        high = high.max(cell.style.leading() * count(lines.len()) + 2.0 * PAD);
        set.push(lines);
    }
    if high > form.bottom() - MARGIN - 20.0 {
        let longest = row.iter().max_by_key(|c| c.value.chars().count());
        return Err(PaperError::DoesNotFit {
            field: longest.map_or("", |c| c.field).to_owned(),
            characters: longest.map_or(0, |c| c.value.chars().count()),
        });
    }
    form.need(high)?;
    for (at, (cell, lines)) in row.iter().zip(&set).enumerate() {
        let x = MARGIN + whole * count(at);
        form.canvas.fill(Area { x, y: form.y, w: CAPTION, h: high }, 0.95);
        form.canvas.frame(Area { x, y: form.y, w: CAPTION, h: high }, HAIRLINE);
        form.canvas.frame(Area { x, y: form.y, w: whole, h: high }, HAIRLINE);
        let caption = Style::regular(8.5);
        let room = CAPTION - 2.0 * PAD;
        let named = form.canvas.wrapped(cell.caption, caption, room, cell.field)?;
        let y = form.y + (high - caption.leading() * count(named.len())) / 2.0;
        form.canvas.lines(Area { x: x + PAD, y, w: room, h: high }, &named, caption, cell.field)?;
        let used = cell.style.leading() * count(lines.len());
        let y = form.y + (high - used) / 2.0;
        let area = Area { x: x + CAPTION + PAD, y, w: whole - CAPTION - 2.0 * PAD, h: used };
        form.canvas.lines(area, lines, cell.style, cell.field)?;
    }
    form.y += high;
    Ok(())
}
