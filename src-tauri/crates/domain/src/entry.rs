//! The journal's entries: what happened, with every choice and amount resolved.
//!
//! Knows each kind of fact, its version, the documents it concerns and the exact shape in which it
//! is kept. An entry has a body that every desk may see and a money part that may be withheld.
//! Refuses to know who wrote it and when: the store stamps that.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    BatchId, Currency, EntryId, LotId, Move, NewLot, OrderId, PartnerId, PlaceId, ShopId, SkuId,
    Status, TransferId,
    attachment::{AttachedTo, Attachment},
    bom::Bom,
    channel::{Channel, ChannelPrice, SaleCost},
    company::Company,
    dues::DepositFate,
    ids::derived,
    ids::{BillId, BomId, ChannelId, InvoiceId, OfferId, PriceId, StatementId, VersionId},
    landed::Bill,
    materials::{MaterialSlip, SettledLoss, SlipKind},
    offer::Offer,
    order::OrderContent,
    order::Reached,
    packed::{PackedBody, PackedSales},
    partner::Partner,
    place::Place,
    quality::Decided,
    reservation::Cut,
    shop::Shop,
    sku::{Sku, SkuPrice},
    statement::FactoryStatement,
    tax::Invoice,
    transfer::{Carton, TransferContent},
    valuation::Passing,
    version::SkuVersion,
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

/// What happened. The variant's name in snake case is the entry's kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "fields are ids and the contents named by their types")]
pub enum Fact {
    /// The company is described.
    CompanySet { company: Company },
    /// Goods are described.
    SkuSet { id: SkuId, sku: Box<Sku> },
    /// Goods' prices are set; the prices are the money part.
    SkuPriced { id: SkuId },
    /// A place is described.
    PlaceSet { id: PlaceId, place: Box<Place> },
    /// A partner is described.
    PartnerSet { id: PartnerId, partner: Partner },
    /// A shop is described.
    ShopSet { id: ShopId, shop: Shop },
    /// An import begins; the entries of its batch follow.
    ImportApplied { file_name: String, file_sha256: String, kind: String, rows: i64 },
    /// Stock that was there when a place went live.
    StockOpened { place: PlaceId },
    /// Goods change status at a place.
    StockRegraded { place: PlaceId, reason: String },
    /// What a shop sold on the day.
    SalesPosted(SalesPosted),
    /// Sales out of suspense are charged to lots that arrived.
    SuspenseSettled { place: PlaceId },
    /// A production order is sent to its factory.
    OrderIssued { id: OrderId, order: Box<OrderContent> },
    /// The factory promises a day.
    OrderAccepted { id: OrderId, promised_on: NaiveDate },
    /// Goods made on the order arrive.
    OrderReceived {
        id: OrderId,
        place: PlaceId,
        lines: Vec<ReceivedLine>,
        reason: Option<String>,
        /// Units that the factory spoilt, by line of the order.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        spoilt: Vec<i64>,
        /// Why it was taken although the balance was open.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unpaid_reason: Option<String>,
    },
    /// An order is changed.
    OrderAmended { id: OrderId, revision: u32, order: Box<OrderContent>, reason: String },
    /// A milestone of an order is planned or reached.
    OrderMilestone { id: OrderId, reached: Reached },
    /// A payment on one of an order's terms; the amount is the money part.
    OrderPaid { id: OrderId, term: u32, overpaid: bool, note: String },
    /// A due is not asked for; the amount is the money part.
    DueWaived { id: OrderId, term: u32, shipment: Option<u32>, reason: String },
    /// The partner paid back; the amount is the money part.
    OrderRefunded { id: OrderId, note: String },
    /// What becomes of received units.
    QualityDecided { id: OrderId, place: PlaceId, lines: Vec<Decided>, reason: String },
    /// The losses of an order's materials are settled.
    LossSettled { id: OrderId, place: PlaceId, lines: Vec<SettledLoss> },
    /// Nothing more is expected.
    OrderClosed { id: OrderId, reason: Option<String> },
    /// Nothing is to be made.
    OrderCancelled {
        id: OrderId,
        reason: String,
        /// What becomes of what was paid.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        deposit: Option<DepositFate>,
    },
    /// Goods are set aside for a transfer.
    TransferApproved { id: TransferId, transfer: Box<TransferContent> },
    /// They are in cartons.
    TransferPacked { id: TransferId, cartons: Vec<Carton> },
    /// They have left.
    TransferShipped { id: TransferId, carrier: String, tracking: String, expected_on: NaiveDate },
    /// Some or all have arrived.
    TransferArrived { id: TransferId, lines: Vec<ArrivedLine> },
    /// What did not arrive is lost, or what was not sent is found.
    TransferResolved {
        id: TransferId,
        lot: LotId,
        qty: i64,
        resolution: Resolution,
        reason: String,
    },
    /// Nothing more is on its way.
    TransferClosed { id: TransferId },
    /// It does not take place.
    TransferCancelled { id: TransferId, reason: String },
    /// A supplier's conditions; the prices are the money part.
    OfferSet { id: OfferId, offer: Box<Offer> },
    /// A version of goods.
    VersionSet { id: VersionId, version: SkuVersion },
    /// A bill of materials.
    BomSet { id: BomId, bom: Box<Bom> },
    /// Material goes to a factory or comes back.
    MaterialMoved { kind: SlipKind, slip: Box<MaterialSlip> },
    /// A factory's shelf was counted and both agree.
    FactoryCounted { place: PlaceId, reason: String },
    /// A month's statement of a factory.
    StatementSet { id: StatementId, statement: Box<FactoryStatement> },
    /// A tax invoice came; net and tax are the money part.
    InvoiceSet { id: InvoiceId, invoice: Box<Invoice> },
    /// A bill besides the goods' price; the amount is the money part.
    BillPosted { id: BillId, bill: Box<Bill> },
    /// Sets are put together.
    SetAssembled { place: PlaceId, lot: LotId, qty: i64 },
    /// Sets are taken apart.
    SetDisassembled { place: PlaceId, lot: LotId, qty: i64 },
    /// A sales channel and its rules.
    ChannelSet { id: ChannelId, channel: Box<Channel> },
    /// What a sale through a channel costs is assumed; the assumptions are the money part.
    ChannelCosted { id: ChannelId },
    /// A price of goods in a channel; price and floor price are the money part.
    PriceSet { id: PriceId, price: Box<ChannelPrice> },
    /// A file is attached to a document.
    Attached { to: AttachedTo, file: Attachment },
    /// An earlier entry is undone; which one is said by `reverses`.
    Reversed {},
}

/// A line of a receipt from a factory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceivedLine {
    /// The order's line, counted from 0.
    pub line: u32,
    /// What came.
    pub lot: LotId,
    /// How many units.
    pub qty: i64,
    /// In which status they were put down.
    pub status: Status,
    /// The lot whose units sent back these replace.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<LotId>,
}

/// A line of an arrival.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArrivedLine {
    /// What came.
    pub lot: LotId,
    /// How many units.
    pub qty: i64,
    /// In which status they were put down.
    pub status: Status,
    /// How many of them were never sent.
    #[serde(default)]
    pub over: i64,
}

/// How a difference between sent and arrived ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Resolution {
    /// It is gone.
    Lost,
    /// It turned up at the destination.
    Found,
}

/// What kind of sale a level counts.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum SaleKind {
    /// 销售.
    #[default]
    Sale,
}

impl SaleKind {
    /// The word that entries and the store keep.
    pub fn word(self) -> &'static str {
        match self {
            Self::Sale => "sale",
        }
    }

    /// The kind kept under `word`.
    pub fn from_word(word: &str) -> Option<Self> {
        (word == Self::Sale.word()).then_some(Self::Sale)
    }
}

/// Who says what a shop sold on a day. One source posts per shop and day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SaleSource {
    /// The marketplace's orders.
    Feed,
    /// A file.
    File,
}

impl SaleSource {
    /// The word that entries and the store keep.
    pub fn word(self) -> &'static str {
        match self {
            Self::Feed => "feed",
            Self::File => "file",
        }
    }

    /// The source kept under `word`.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Feed, Self::File].into_iter().find(|source| source.word() == word)
    }
}

/// The change of a shop's sales levels on one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "PackedSales", try_from = "PackedSales")]
pub struct SalesPosted {
    /// Which shop, or a place's till.
    pub shop: ShopId,
    /// Who says so.
    pub source: SaleSource,
    /// By place and listing.
    pub lines: Vec<SalePosting>,
}

/// The change of one level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SalePosting {
    /// Out of which place.
    pub place: PlaceId,
    /// Which goods.
    pub sku: SkuId,
    /// The shop's name for what was sold; the goods' code in files.
    pub listing: String,
    /// What kind of sale.
    pub kind: SaleKind,
    /// Change of units shipped; moves stock when the place is live.
    pub units: i64,
    /// Change of units paid for: demand.
    pub demand: i64,
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
        }
    }
}

/// Value that a lot takes on (价值分录).
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
}

impl ValueKind {
    /// The word that entries and the store keep.
    pub fn word(self) -> &'static str {
        match self {
            Self::Opening => "opening",
            Self::Receipt => "receipt",
            Self::Landed => "landed",
            Self::Adjust => "adjust",
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
}

impl DocKind {
    /// All, in the order of their codes.
    pub const ALL: [Self; 21] = [
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

impl Fact {
    /// The entry's kind.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::CompanySet { .. } => "company_set",
            Self::SkuSet { .. } => "sku_set",
            Self::SkuPriced { .. } => "sku_priced",
            Self::PlaceSet { .. } => "place_set",
            Self::PartnerSet { .. } => "partner_set",
            Self::ShopSet { .. } => "shop_set",
            Self::ImportApplied { .. } => "import_applied",
            Self::StockOpened { .. } => "stock_opened",
            Self::StockRegraded { .. } => "stock_regraded",
            Self::SalesPosted(_) => "sales_posted",
            Self::SuspenseSettled { .. } => "suspense_settled",
            Self::OrderIssued { .. } => "order_issued",
            Self::OrderAccepted { .. } => "order_accepted",
            Self::OrderReceived { .. } => "order_received",
            Self::OrderClosed { .. } => "order_closed",
            Self::OrderCancelled { .. } => "order_cancelled",
            Self::TransferApproved { .. } => "transfer_approved",
            Self::TransferPacked { .. } => "transfer_packed",
            Self::TransferShipped { .. } => "transfer_shipped",
            Self::TransferArrived { .. } => "transfer_arrived",
            Self::TransferResolved { .. } => "transfer_resolved",
            Self::TransferClosed { .. } => "transfer_closed",
            Self::TransferCancelled { .. } => "transfer_cancelled",
            Self::OrderAmended { .. } => "order_amended",
            Self::OrderMilestone { .. } => "order_milestone",
            Self::OrderPaid { .. } => "order_paid",
            Self::DueWaived { .. } => "due_waived",
            Self::OrderRefunded { .. } => "order_refunded",
            Self::QualityDecided { .. } => "quality_decided",
            Self::LossSettled { .. } => "loss_settled",
            Self::OfferSet { .. } => "offer_set",
            Self::VersionSet { .. } => "version_set",
            Self::BomSet { .. } => "bom_set",
            Self::MaterialMoved { .. } => "material_moved",
            Self::FactoryCounted { .. } => "factory_counted",
            Self::StatementSet { .. } => "statement_set",
            Self::InvoiceSet { .. } => "invoice_set",
            Self::BillPosted { .. } => "bill_posted",
            Self::SetAssembled { .. } => "set_assembled",
            Self::SetDisassembled { .. } => "set_disassembled",
            Self::ChannelSet { .. } => "channel_set",
            Self::ChannelCosted { .. } => "channel_costed",
            Self::PriceSet { .. } => "price_set",
            Self::Attached { .. } => "attached",
            Self::Reversed {} => "reversed",
        }
    }

    /// The document that the fact is a step of, on `day`.
    pub fn document(&self, day: NaiveDate) -> Option<DocRef> {
        let of = |kind, id| Some(DocRef { kind, id });
        match self {
            Self::CompanySet { .. } => Some(DocRef::COMPANY),
            Self::SkuSet { id, .. } => of(DocKind::Sku, id.0),
            Self::SkuPriced { id } => of(DocKind::SkuPrice, id.0),
            Self::PlaceSet { id, .. } => of(DocKind::Place, id.0),
            Self::PartnerSet { id, .. } => of(DocKind::Partner, id.0),
            Self::ShopSet { id, .. } => of(DocKind::Shop, id.0),
            Self::SalesPosted(sales) => Some(DocRef::sales_day(sales.shop, day)),
            Self::OrderIssued { id, .. }
            | Self::OrderAccepted { id, .. }
            | Self::OrderReceived { id, .. }
            | Self::OrderClosed { id, .. }
            | Self::OrderAmended { id, .. }
            | Self::OrderMilestone { id, .. }
            | Self::OrderPaid { id, .. }
            | Self::DueWaived { id, .. }
            | Self::OrderRefunded { id, .. }
            | Self::QualityDecided { id, .. }
            | Self::LossSettled { id, .. }
            | Self::OrderCancelled { id, .. } => of(DocKind::Order, id.0),
            Self::TransferApproved { id, .. }
            | Self::TransferPacked { id, .. }
            | Self::TransferShipped { id, .. }
            | Self::TransferArrived { id, .. }
            | Self::TransferResolved { id, .. }
            | Self::TransferClosed { id }
            | Self::TransferCancelled { id, .. } => of(DocKind::Transfer, id.0),
            Self::OfferSet { id, .. } => of(DocKind::Offer, id.0),
            Self::VersionSet { id, .. } => of(DocKind::Version, id.0),
            Self::BomSet { id, .. } => of(DocKind::Bom, id.0),
            Self::StatementSet { id, .. } => of(DocKind::Statement, id.0),
            Self::InvoiceSet { id, .. } => of(DocKind::Invoice, id.0),
            Self::BillPosted { id, .. } => of(DocKind::Bill, id.0),
            Self::ChannelSet { id, .. } => of(DocKind::Channel, id.0),
            Self::ChannelCosted { id } => of(DocKind::ChannelCost, id.0),
            Self::PriceSet { id, .. } => of(DocKind::ChannelPrice, id.0),
            Self::Attached { to, file } => of(DocKind::Attachment, file.id(*to)),
            Self::MaterialMoved { slip, .. } => slip.order.and_then(|id| of(DocKind::Order, id.0)),
            Self::FactoryCounted { .. }
            | Self::SetAssembled { .. }
            | Self::SetDisassembled { .. }
            | Self::ImportApplied { .. }
            | Self::StockOpened { .. }
            | Self::StockRegraded { .. }
            | Self::SuspenseSettled { .. }
            | Self::Reversed {} => None,
        }
    }
}
