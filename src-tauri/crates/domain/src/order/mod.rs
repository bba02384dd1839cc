//! Orders (生产订单, 采购单): goods ordered from a factory or a supplier, and their receipt as lots.
//!
//! Knows the states, what each step asks for, what was received, sent back and spoilt, and the
//! value that received lots take on. Refuses to know who pays when (`dues`), what a bill of
//! materials says (`bom`) and where goods lie.

mod account;
mod fold;
mod phase;
mod receive;
mod steps;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{
    Body, Entry, EntryId, MoneyPart, NewId, OrderId, PartnerId, PlaceId, Refusal, SkuId,
    bom::{BomLine, SuppliedBy},
    ids::VersionId,
    offer::LossBase,
    shelf_life::PPM,
    stock::positive,
    terms::{Milestone, Term},
};

pub use account::OrderAccount;
pub use phase::Tracks;
pub use receive::{Delivered, ReceiptAt, ReceiptKnown, receive};
pub use steps::{
    Closing, Issued, accept, amend, cancel, close, issue, milestone, pay, refund, waive,
};

/// What kind of order it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderKind {
    /// 加工单: a factory makes goods, of our materials or its own.
    #[default]
    Production,
    /// 采购单: a supplier sells us materials or goods.
    Purchase,
}

/// Goods and quantity of one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderLine {
    /// Which goods.
    pub sku: SkuId,
    /// How many units.
    pub qty: i64,
    /// Which version of them: artwork and registration.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<VersionId>,
    /// The bill of materials as it held when the order was issued.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub materials: Vec<BomLine>,
}

impl OrderLine {
    /// A line of goods without a version or a bill of materials.
    pub fn of(sku: SkuId, qty: i64) -> Self {
        Self { sku, qty, version: None, materials: Vec::new() }
    }

    /// The materials that we bring.
    pub fn supplied(&self) -> impl Iterator<Item = &BomLine> {
        self.materials.iter().filter(|line| line.supplied_by == SuppliedBy::Brand)
    }
}

/// What an order says when it is issued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderContent {
    /// What people call it, e.g. `PO-A-2026-0042`.
    pub number: String,
    /// What kind of order.
    #[serde(default, skip_serializing_if = "is_default")]
    pub kind: OrderKind,
    /// To whom.
    pub factory: PartnerId,
    /// Where the goods go.
    pub deliver_to: PlaceId,
    /// The order that what is bought goes to, when it goes straight to a factory.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub for_order: Option<OrderId>,
    /// Where the factory keeps our materials.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub materials_at: Option<PlaceId>,
    /// When they are wanted.
    pub wanted_on: Option<NaiveDate>,
    /// How much more than ordered is taken without a reason, in ppm.
    pub over_tolerance_ppm: i64,
    /// Whether what comes beyond the order is not paid for.
    #[serde(default, skip_serializing_if = "is_default")]
    pub over_is_free: bool,
    /// VAT in or on the prices, in ppm.
    #[serde(default, skip_serializing_if = "is_default")]
    pub tax_rate_ppm: i64,
    /// Whether the prices hold the tax.
    #[serde(default, skip_serializing_if = "is_default")]
    pub price_includes_tax: bool,
    /// What counts as used when loss is reckoned up.
    #[serde(default, skip_serializing_if = "is_default")]
    pub loss_base: LossBase,
    /// Who pays what share when; empty: all on receipt.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub schedule: Vec<Term>,
    /// What is ordered.
    pub lines: Vec<OrderLine>,
    /// Terms in words, printed on the order.
    #[serde(default)]
    pub terms: String,
}

/// Released entries were written without the field, and stay as they are.
fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl OrderContent {
    /// An order for goods that the factory makes of its own, untaxed and without terms.
    pub fn new(
        number: impl Into<String>,
        factory: PartnerId,
        deliver_to: PlaceId,
        lines: Vec<OrderLine>,
    ) -> Self {
        Self {
            number: number.into(),
            kind: OrderKind::Production,
            factory,
            deliver_to,
            for_order: None,
            materials_at: None,
            wanted_on: None,
            over_tolerance_ppm: 0,
            over_is_free: false,
            tax_rate_ppm: 0,
            price_includes_tax: false,
            loss_base: LossBase::Good,
            schedule: Vec::new(),
            lines,
            terms: String::new(),
        }
    }

    /// Refuses what cannot be issued.
    pub fn check(&self) -> Result<(), Refusal> {
        if self.lines.is_empty() {
            return Err(Refusal::DocumentEmpty { what: "order".into() });
        }
        if !(0..=PPM).contains(&self.over_tolerance_ppm) {
            return Err(Refusal::OrderToleranceInvalid { ppm: self.over_tolerance_ppm });
        }
        if !(0..PPM).contains(&self.tax_rate_ppm) {
            return Err(Refusal::TaxRateInvalid { ppm: self.tax_rate_ppm });
        }
        if !self.schedule.is_empty() {
            crate::terms::check_terms(&self.schedule)?;
        }
        self.lines.iter().try_for_each(|line| positive(line.qty).map(|_| ()))
    }

    /// Units that may be received of a line without a reason.
    pub fn limit(&self, line: usize) -> i64 {
        let qty = i128::from(self.lines[line].qty);
        let limit = qty * i128::from(PPM + self.over_tolerance_ppm) / i128::from(PPM);
        i64::try_from(limit).unwrap_or(i64::MAX)
    }
}

/// What people call line `at`: they count from 1.
pub(crate) fn line_number(at: usize) -> i64 {
    i64::try_from(at).unwrap_or(i64::MAX - 1) + 1
}

/// Where an order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the states' names")]
pub enum OrderState {
    Issued,
    Accepted,
    Closed,
    Cancelled,
}

impl OrderState {
    /// The state's stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Issued => "issued",
            Self::Accepted => "accepted",
            Self::Closed => "closed",
            Self::Cancelled => "cancelled",
        }
    }
}

/// What happened to the units of one line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Units that came, replacements among them.
    pub came: i64,
    /// Of those, replacements of units sent back.
    pub replaced: i64,
    /// Units sent back to be replaced.
    pub returned: i64,
    /// Units sent back for a credit: they are not paid for and not made again.
    pub credited: i64,
    /// Units that the factory reports as spoilt.
    pub spoilt: i64,
    /// Units that passed inspection, with or without a concession.
    pub passed: i64,
    /// Units that failed it.
    pub failed: i64,
}

impl Tally {
    /// Units that came and stayed (D-11).
    pub fn kept(self) -> i64 {
        self.came - self.returned - self.credited
    }

    /// Units that are paid for once: a replacement costs no second fee.
    pub fn charged(self) -> i64 {
        self.came - self.replaced
    }

    /// Units that are payable: charged, and not credited.
    pub fn payable(self) -> i64 {
        self.charged() - self.credited
    }
}

/// Material that the factory has for an order, and what of it the order gave up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supply {
    /// Which material.
    pub material: SkuId,
    /// Units sent for it, or drawn from what lay there for no order, less those kept there for the
    /// next one: another order answers for them. Below zero when more is kept than was sent, since
    /// what suppliers delivered straight to the factory is not in it.
    pub issued: i64,
    /// Of those, drawn.
    pub drawn: i64,
    /// Units that came back.
    pub returned: i64,
    /// Units kept there for the next order, no longer issued for this one.
    pub kept: i64,
}

impl Supply {
    /// Nothing of a material yet.
    pub fn of(material: SkuId) -> Self {
        Self { material, issued: 0, drawn: 0, returned: 0, kept: 0 }
    }
}

/// A milestone as planned and as reached (节点).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reached {
    /// Which.
    pub milestone: Milestone,
    /// Planned for.
    pub planned_on: Option<NaiveDate>,
    /// Reached on.
    pub reached_on: Option<NaiveDate>,
}

/// An order as its entries made it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductionOrder {
    /// As issued, or as last amended.
    pub content: OrderContent,
    /// How often it was amended.
    pub revision: u32,
    /// Where it stands.
    pub state: OrderState,
    /// Issued on.
    pub issued_on: NaiveDate,
    /// Accepted on.
    pub accepted_on: Option<NaiveDate>,
    /// The factory's promise.
    pub promised_on: Option<NaiveDate>,
    /// The promise that it first made, which punctuality is measured by.
    pub first_promise: Option<NaiveDate>,
    /// What happened to the units, by line.
    pub tallies: Vec<Tally>,
    /// Days of receipts.
    pub receipts: Vec<NaiveDate>,
    /// How the making goes.
    pub milestones: Vec<Reached>,
    /// Materials sent for it and returned.
    pub supplies: Vec<Supply>,
    /// Whether the losses of its materials are settled, and nothing came, went back or was sent
    /// since.
    pub losses_settled: bool,
    /// Whether the factory let go of a due, so that its goods cost less.
    pub dues_waived: bool,
    /// Closed or cancelled on.
    pub ended_on: Option<NaiveDate>,
}

impl ProductionOrder {
    /// Units ordered.
    pub fn ordered(&self) -> i64 {
        self.content.lines.iter().map(|line| line.qty).sum()
    }

    /// Units received and kept, by line.
    pub fn received(&self) -> Vec<i64> {
        self.tallies.iter().map(|tally| tally.kept()).collect()
    }

    /// Units received and kept.
    pub fn units_received(&self) -> i64 {
        self.tallies.iter().map(|tally| tally.kept()).sum()
    }

    /// Whether as many units came as are still wanted.
    pub fn is_complete(&self) -> bool {
        let lines = self.content.lines.iter().zip(&self.tallies);
        lines.into_iter().all(|(line, tally)| tally.kept() + tally.credited >= line.qty)
    }

    /// Whether nothing more has to come: what is ordered came and stayed, is credited, or was spoilt
    /// by the factory.
    pub fn is_accounted(&self) -> bool {
        let lines = self.content.lines.iter().zip(&self.tallies);
        lines
            .into_iter()
            .all(|(line, tally)| tally.kept() + tally.credited + tally.spoilt >= line.qty)
    }

    /// Whether a milestone was reached.
    pub fn has_reached(&self, milestone: Milestone) -> bool {
        self.milestones.iter().any(|one| one.milestone == milestone && one.reached_on.is_some())
    }

    /// Days that it is late on `today`: past the promise and not all received. Zero when it is not.
    pub fn late_days(&self, today: NaiveDate) -> i64 {
        let waits = self.state == OrderState::Accepted && !self.is_complete();
        let late = self.promised_on.map_or(0, |day| (today - day).num_days());
        if waits { late.max(0) } else { 0 }
    }

    /// Refuses a step that its state does not allow.
    pub fn expect(&self, states: &[OrderState], wanted: &str) -> Result<(), Refusal> {
        if states.contains(&self.state) {
            return Ok(());
        }
        let (number, state) = (self.content.number.clone(), self.state.word().to_owned());
        Err(Refusal::WrongState { number, state, wanted: wanted.into() })
    }
}

/// What a use case of orders needs besides the order: its id, the day it counts on, new ids.
pub struct Step<'a> {
    /// The order.
    pub id: OrderId,
    /// The business day.
    pub day: NaiveDate,
    /// Where ids come from.
    pub new_id: NewId<'a>,
}

impl Step<'_> {
    pub(crate) fn entry(&mut self, body: Body, money: Option<MoneyPart>) -> Entry {
        let id = EntryId((self.new_id)());
        Entry { id, effective_on: self.day, reverses: None, batch: None, body, money }
    }
}

/// Refuses prices below zero, with more than six decimals, or missing for a line.
pub(crate) fn check_prices(lines: usize, unit_prices: &[Decimal]) -> Result<(), Refusal> {
    for line in 0..lines {
        let price = unit_prices.get(line).copied();
        if !price.is_some_and(|price| !price.is_sign_negative() && price.normalize().scale() <= 6) {
            return Err(Refusal::OrderPriceInvalid { line: line_number(line) });
        }
    }
    Ok(())
}
