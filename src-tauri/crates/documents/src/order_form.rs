//! An order in short: a [`Contract`] by whoever knows no versions, materials and payments.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::{
    contract::{Contract, ContractKind, ContractLine, contract},
    paper::{PaperError, Print},
    party::Party,
};

/// Which paper it is by law.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderKind {
    /// The factory makes our design, often with our material: 加工合同.
    Processing,
    /// The supplier sells its goods: 采购单.
    Purchase,
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
    /// Price of one unit, with the tax that the line bears, in the order's currency, as agreed:
    /// up to 10 decimals.
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

/// The order as PDF, A4 upright, ready to sign and seal.
pub fn order_form(order: &OrderForm, print: &Print) -> Result<Vec<u8>, PaperError> {
    contract(&written_out(order), print)
}

fn written_out(order: &OrderForm) -> Contract {
    Contract {
        kind: match order.kind {
            OrderKind::Processing => ContractKind::Processing,
            OrderKind::Purchase => ContractKind::Purchase,
        },
        number: order.number.clone(),
        revision: None,
        ordered_on: order.ordered_on,
        sign_place: order.sign_place.clone(),
        currency: order.currency.clone(),
        price_includes_tax: true,
        buyer: order.buyer.clone(),
        factory: order.factory.clone(),
        lines: order.lines.iter().map(line).collect(),
        deliver_on: order.promised_on,
        deliver_to: order.deliver_to.clone(),
        over_percent: None,
        short_percent: None,
        over_is_free: false,
        materials: None,
        schedule: Vec::new(),
        quality: Vec::new(),
        terms: order.terms.clone(),
    }
}

fn line(line: &OrderLine) -> ContractLine {
    ContractLine {
        sku: line.sku.clone(),
        name: line.name.clone(),
        spec: line.spec.clone(),
        version: None,
        artwork: None,
        registration: None,
        quantity: line.quantity,
        unit: line.unit.clone(),
        unit_price: line.unit_price,
        tax_percent: line.tax_percent,
        amount: line.amount,
        tax: line.tax,
    }
}
