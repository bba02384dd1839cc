//! The contract with an OEM factory (加工合同) and the order to a supplier of packaging (采购单).
//!
//! Knows what such a paper must say: parties, goods with their printed design, price and tax,
//! delivery, supplied materials, payments, quality, seals. It adds up what it shows and refuses
//! payments that are not the price. Refuses to know orders, ledgers, rounding and exchange rates.

mod clauses;
mod goods;

use chrono::NaiveDate;
use domain::{offer::LossBase, terms::Trigger};
use rust_decimal::Decimal;

pub(crate) use clauses::{condition, kind};

use crate::{
    form::{A4, Fact, Form, SEALS, Seal},
    paper::{PaperError, Print},
    party::Party,
    pdf_text::Words,
};

/// Which paper it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContractKind {
    /// 加工合同: the factory makes our design, often with our material.
    Processing,
    /// 采购单: the supplier sells its goods to us, packaging or finished.
    Purchase,
}

/// One ordered good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContractLine {
    /// Our code of the good.
    pub sku: String,
    /// Its name, as the factory shall print it.
    pub name: String,
    /// Size and packing, e.g. `500 ml × 24`.
    pub spec: String,
    /// Which version of the good shall be made, when it has several.
    pub version: Option<String>,
    /// Number of the printed design (图稿) it is packed in.
    pub artwork: Option<String>,
    /// 备案号 or 注册证号 that stands on it.
    pub registration: Option<String>,
    /// Ordered units, above 0.
    pub quantity: i64,
    /// What a unit is called: 件, 瓶, pcs.
    pub unit: String,
    /// Price of one unit as agreed, up to 10 decimals; with or without tax as
    /// [`Contract::price_includes_tax`] says.
    pub unit_price: Decimal,
    /// Tax rate in percent; none when the line bears no tax.
    pub tax_percent: Option<Decimal>,
    /// Amount with tax, two decimals. It is printed as given: rounding is the order's business.
    pub amount: Decimal,
    /// The tax within the amount, two decimals; zero without a rate.
    pub tax: Decimal,
}

/// One of our materials that the factory works with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuppliedMaterial {
    /// Our code of the material.
    pub sku: String,
    /// Its name.
    pub name: String,
    /// Units to be supplied, above 0.
    pub quantity: i64,
    /// What a unit is called.
    pub unit: String,
    /// Allowed loss (允许损耗率) in percent of what is supplied.
    pub allowance_percent: Decimal,
}

/// What the buyer supplies (客供料), and on what its loss is measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuppliedMaterials {
    /// The units that material is counted for (损耗基数).
    pub loss_base: LossBase,
    /// The materials; at least one.
    pub lines: Vec<SuppliedMaterial>,
}

/// One share of the price and when it is to be paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instalment {
    /// What makes it fall due.
    pub trigger: Trigger,
    /// Its share of the price in percent.
    pub percent: Decimal,
    /// Its amount, two decimals.
    pub amount: Decimal,
    /// The day on which it is expected to fall due, when that can be known.
    pub due_on: Option<NaiveDate>,
}

/// A contract with a factory, or an order to a supplier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contract {
    /// Which paper it is.
    pub kind: ContractKind,
    /// The order's number: ASCII, because it is also a barcode.
    pub number: String,
    /// Which revision of the order this is, when it was changed after it was first issued.
    pub revision: Option<u32>,
    /// Day of the order.
    pub ordered_on: NaiveDate,
    /// Where the contract is signed.
    pub sign_place: Option<String>,
    /// ISO 4217 code. The total is written out in words (大写) for `CNY` on Chinese papers.
    pub currency: String,
    /// Whether unit prices include tax (含税价).
    pub price_includes_tax: bool,
    /// Who orders: party A.
    pub buyer: Party,
    /// Who makes or sells: party B.
    pub factory: Party,
    /// What is ordered; at least one line.
    pub lines: Vec<ContractLine>,
    /// Day by which the goods shall be delivered.
    pub deliver_on: Option<NaiveDate>,
    /// Where they shall be delivered.
    pub deliver_to: Option<String>,
    /// By how many percent more may come, when that is agreed.
    pub over_percent: Option<Decimal>,
    /// By how many percent less may come, when that is agreed.
    pub short_percent: Option<Decimal>,
    /// Whether units beyond those ordered are not paid for; it is printed beside a tolerance.
    pub over_is_free: bool,
    /// What we supply; none when the factory buys all material.
    pub materials: Option<SuppliedMaterials>,
    /// When it is paid: amounts that are the price together, or none.
    pub schedule: Vec<Instalment>,
    /// What is agreed on quality and inspection, one clause each, in order.
    pub quality: Vec<String>,
    /// All other clauses, one string each, in order; numbered when there are several.
    pub terms: Vec<String>,
}

/// The contract as PDF, A4 upright, ready to sign and seal.
pub fn contract(contract: &Contract, print: &Print) -> Result<Vec<u8>, PaperError> {
    if contract.lines.is_empty() {
        return Err(PaperError::Empty("lines"));
    }
    let words = Words::of(print.lang);
    let title = match contract.kind {
        ContractKind::Processing => words.processing_contract,
        ContractKind::Purchase => words.purchase_order,
    };
    let (buyer, factory) = match contract.kind {
        ContractKind::Processing => (words.buyer, words.factory),
        ContractKind::Purchase => (words.purchaser, words.seller),
    };
    let mut form = Form::open(A4, title, &contract.number, print)?;
    form.facts(&facts(contract, words))?;
    form.blocks(&[
        contract.buyer.block(buyer, words, "buyer"),
        contract.factory.block(factory, words, "factory"),
    ])?;
    let total = goods::goods(&mut form, contract)?;
    clauses::delivery(&mut form, contract)?;
    clauses::materials(&mut form, contract)?;
    clauses::schedule(&mut form, contract, total)?;
    // What is signed and sealed stands on the page with the seals, not on the one before alone.
    let last = if contract.terms.is_empty() { SEALS } else { 0.0 };
    form.clauses(words.quality_terms, &contract.quality, "quality", last)?;
    form.clauses(words.terms, &contract.terms, "terms", SEALS)?;
    form.seals(&[
        Seal { caption: words.seal_buyer, name: &contract.buyer.name, field: "buyer" },
        Seal { caption: words.seal_factory, name: &contract.factory.name, field: "factory" },
    ])?;
    form.close()
}

fn facts<'a>(contract: &Contract, words: &'a Words) -> Vec<Fact<'a>> {
    let mut facts = vec![Fact::of(words.order_number, contract.number.clone(), "number")];
    if let Some(revision) = contract.revision {
        facts.push(Fact::of(words.revision, revision.to_string(), "revision"));
    }
    facts.push(Fact::of(words.ordered_on, contract.ordered_on.to_string(), "ordered_on"));
    if let Some(place) = &contract.sign_place {
        facts.push(Fact::of(words.sign_place, place.clone(), "sign_place"));
    }
    facts.push(Fact::of(words.currency, contract.currency.clone(), "currency"));
    facts
}
