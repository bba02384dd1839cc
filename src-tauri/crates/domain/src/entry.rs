//! The journal's entries: what happened, with every choice and amount resolved.
//!
//! Knows the documents that an entry concerns and the exact shape in which it is kept: a body that
//! every desk may see and a money part that may be withheld. Refuses to know who wrote it and when:
//! the store stamps that.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    BatchId, Currency, EntryId, LotId, Move, NewLot, ShopId, channel::SaleCost, fact::Fact,
    ids::derived, packed::PackedBody, partner::BankAccount, proceeds::Proceeds, reservation::Cut,
    sku::SkuPrice, valuation::Passing,
};

pub use crate::reading::{KINDS, UnknownEntry, read_body, read_money};

/// The version in which all facts are written now.
pub const VERSION: u32 = 1;

/// One thing that happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Its identity.
    pub id: EntryId,
    /// The business day on which it counts.
    pub effective_on: NaiveDate,
    /// The entry that it undoes.
    pub reverses: Option<EntryId>,
    /// The import that it belongs to.
    pub batch: Option<BatchId>,
    /// What every desk may see.
    pub body: Body,
    /// What only desks that see money receive.
    pub money: Option<MoneyPart>,
}

/// The part of an entry that every desk may see.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(into = "PackedBody", try_from = "PackedBody")]
pub struct Body {
    /// What happened.
    pub fact: Fact,
    /// Lots that it brings, whether or not the ledger knew them.
    pub lots: Vec<NewLot>,
    /// Goods that it moves.
    pub moves: Vec<Move>,
    /// Units whose value goes on into other lots.
    pub passings: Vec<Passing>,
    /// Serial numbers that it uses up for ever: of documents, of cartons.
    pub serials: Vec<Serial>,
    /// What transfers had set aside and a report took.
    pub cuts: Vec<Cut>,
}

impl Body {
    /// A fact that moves nothing.
    pub fn of(fact: Fact) -> Self {
        Self {
            fact,
            lots: Vec::new(),
            moves: Vec::new(),
            passings: Vec::new(),
            serials: Vec::new(),
            cuts: Vec::new(),
        }
    }
}

/// A number used up in a series, e.g. 42 of `PO-A-2026`; never given out again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Serial {
    /// The series.
    pub series: String,
    /// The number.
    pub n: i64,
}

/// The part of an entry that only desks that see money receive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MoneyPart {
    /// The currency of all that follows.
    pub currency: Currency,
    /// Value that lots take on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<ValueLine>,
    /// Price per unit of each line of a document.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unit_prices: Vec<Decimal>,
    /// Prices of goods.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<SkuPrice>,
    /// Amounts that the fact names, minor units: of a payment, a bill, net and tax of an invoice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub amounts: Vec<i64>,
    /// What a sale through a channel is assumed to cost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sale_cost: Option<SaleCost>,
    /// Where a partner is paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bank: Option<BankAccount>,
    /// What lines of a posting of sales brought; a line that is not here changes nothing of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub proceeds: Vec<LineProceeds>,
}

/// Change of what a level of sales brought. Kept as `[line, units, minor]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "(u32, i64, i64)", into = "(u32, i64, i64)")]
pub struct LineProceeds {
    /// The line of the posting, counted from 0.
    pub line: u32,
    /// Change of the units whose value is known, and of that value.
    pub change: Proceeds,
}

impl From<(u32, i64, i64)> for LineProceeds {
    fn from((line, units, minor): (u32, i64, i64)) -> Self {
        Self { line, change: Proceeds { units, minor } }
    }
}

impl From<LineProceeds> for (u32, i64, i64) {
    fn from(one: LineProceeds) -> Self {
        (one.line, one.change.units, one.change.minor)
    }
}

impl MoneyPart {
    /// Nothing yet, in `currency`.
    pub fn new(currency: Currency) -> Self {
        Self {
            currency,
            values: Vec::new(),
            unit_prices: Vec::new(),
            price: None,
            amounts: Vec::new(),
            sale_cost: None,
            bank: None,
            proceeds: Vec::new(),
        }
    }
}

/// Value that a lot takes on (价值分录), or that is ours again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValueLine {
    /// Which lot.
    pub lot: LotId,
    /// From what.
    pub kind: ValueKind,
    /// How much, in minor units.
    pub minor: i64,
}

/// Where a lot's value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ValueKind {
    /// The opening stock's cost.
    Opening,
    /// The factory's price.
    Receipt,
    /// 到岸成本: freight and the like.
    Landed,
    /// A correction.
    Adjust,
    /// 放弃索赔: what the partner was asked to bear and does not. Adds nothing to what the lot cost; of
    /// that, so much is our loss.
    LetGo,
}

impl ValueKind {
    /// The word that entries and the store keep.
    pub fn word(self) -> &'static str {
        match self {
            Self::Opening => "opening",
            Self::Receipt => "receipt",
            Self::Landed => "landed",
            Self::Adjust => "adjust",
            Self::LetGo => "let_go",
        }
    }
}

/// A kind of document that entries concern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names of the documents")]
pub enum DocKind {
    Company,
    Sku,
    SkuPrice,
    Place,
    Partner,
    Shop,
    Lot,
    SalesDay,
    Order,
    Transfer,
    /// What a transfer has set aside, under the transfer's id.
    Reservation,
    Offer,
    Version,
    Bom,
    Statement,
    Invoice,
    Bill,
    Attachment,
    Channel,
    /// What a sale through a channel costs, under the channel's id.
    ChannelCost,
    ChannelPrice,
    /// Where a partner is paid, under the partner's id.
    PartnerBank,
}

impl DocKind {
    /// All, in the order of their codes.
    pub const ALL: [Self; 22] = [
        Self::Company,
        Self::Sku,
        Self::SkuPrice,
        Self::Place,
        Self::Partner,
        Self::Shop,
        Self::Lot,
        Self::SalesDay,
        Self::Order,
        Self::Transfer,
        Self::Reservation,
        Self::Offer,
        Self::Version,
        Self::Bom,
        Self::Statement,
        Self::Invoice,
        Self::Bill,
        Self::Attachment,
        Self::Channel,
        Self::ChannelCost,
        Self::ChannelPrice,
        Self::PartnerBank,
    ];

    /// The stable number under which the store keeps it.
    pub fn code(self) -> i64 {
        self as i64
    }

    /// The kind kept under `code`.
    pub fn from_code(code: i64) -> Option<Self> {
        Self::ALL.get(usize::try_from(code).ok()?).copied()
    }
}

/// A document that an entry concerns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocRef {
    /// Its kind.
    pub kind: DocKind,
    /// Its identity.
    pub id: Uuid,
}

impl DocRef {
    /// The one company.
    pub const COMPANY: Self = Self { kind: DocKind::Company, id: Uuid::nil() };

    /// What a shop sold on a day.
    pub fn sales_day(shop: ShopId, day: NaiveDate) -> Self {
        Self { kind: DocKind::SalesDay, id: derived(shop.0, &day.to_string()) }
    }
}

impl Entry {
    /// The documents that the entry concerns; a reversal concerns those of the entry it undoes.
    pub fn documents(&self) -> Vec<DocRef> {
        let mut documents =
            self.body.fact.document(self.effective_on).into_iter().collect::<Vec<_>>();
        documents
            .extend(self.body.lots.iter().map(|lot| DocRef { kind: DocKind::Lot, id: lot.id.0 }));
        let cut: BTreeSet<_> = self.body.cuts.iter().map(|cut| cut.transfer).collect();
        let cut = cut.into_iter().map(|id| DocRef { kind: DocKind::Reservation, id: id.0 });
        documents.extend(cut);
        documents
    }
}
