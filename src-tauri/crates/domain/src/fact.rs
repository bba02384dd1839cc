//! What can happen: every kind of fact, with every choice resolved.
//!
//! Knows the shape of each fact, the kind it is written under and the document it is a step of.
//! Refuses to know what follows from it: lots, moves and amounts stand beside it in the entry.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    DocKind, DocRef, LotId, OrderId, PartnerId, PlaceId, ShopId, SkuId, Status, TransferId,
    attachment::{AttachedTo, Attachment},
    bom::Bom,
    channel::{Channel, ChannelPrice},
    claim::{ClaimEnd, ClaimLine},
    company::Company,
    dues::DepositFate,
    ids::{BillId, BomId, ChannelId, InvoiceId, OfferId, PriceId, StatementId, VersionId},
    kept::{KeepKind, KeptLine},
    landed::Bill,
    materials::{MaterialSlip, SettledLoss, SlipKind},
    offer::Offer,
    order::{OrderContent, Reached},
    packed::PackedSales,
    partner::Partner,
    place::Place,
    quality::{Credited, Decided},
    shop::Shop,
    sku::Sku,
    statement::FactoryStatement,
    tax::Invoice,
    transfer::{Carton, TransferContent},
    version::SkuVersion,
};

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
    /// Where a partner is paid; the account is the money part.
    PartnerBanked { id: PartnerId },
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
    LossSettled {
        id: OrderId,
        place: PlaceId,
        /// What is new since the settlement before.
        lines: Vec<SettledLoss>,
        /// Why nothing more is expected, when less came than was ordered.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// What becomes of what is claimed on an order; the amount is the money part.
    ClaimDecided {
        id: OrderId,
        end: ClaimEnd,
        /// What it is about.
        lines: Vec<ClaimLine>,
        note: String,
    },
    /// Nothing more is expected.
    OrderClosed {
        id: OrderId,
        reason: Option<String>,
        /// What waited for a replacement and is credited instead.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        credited: Vec<Credited>,
    },
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
    /// Material at a factory stops belonging to an order, or begins to; nothing moves.
    MaterialKept { id: OrderId, place: PlaceId, kind: KeepKind, lines: Vec<KeptLine>, note: String },
    /// A factory's shelf was counted and both agree.
    FactoryCounted { place: PlaceId, reason: String },
    /// A month's statement of a factory.
    StatementSet { id: StatementId, statement: Box<FactoryStatement> },
    /// A tax invoice came; net and tax are the money part.
    InvoiceSet { id: InvoiceId, invoice: Box<Invoice> },
    /// The tax of a plain invoice falls otherwise on lots than before, since goods came, went back
    /// or are not expected any more, or the invoice was undone. The difference is the money part.
    TaxSpread { id: InvoiceId },
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

impl Fact {
    /// The entry's kind.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::CompanySet { .. } => "company_set",
            Self::SkuSet { .. } => "sku_set",
            Self::SkuPriced { .. } => "sku_priced",
            Self::PlaceSet { .. } => "place_set",
            Self::PartnerSet { .. } => "partner_set",
            Self::PartnerBanked { .. } => "partner_banked",
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
            Self::ClaimDecided { .. } => "claim_decided",
            Self::OfferSet { .. } => "offer_set",
            Self::VersionSet { .. } => "version_set",
            Self::BomSet { .. } => "bom_set",
            Self::MaterialMoved { .. } => "material_moved",
            Self::MaterialKept { .. } => "material_kept",
            Self::FactoryCounted { .. } => "factory_counted",
            Self::StatementSet { .. } => "statement_set",
            Self::InvoiceSet { .. } => "invoice_set",
            Self::TaxSpread { .. } => "tax_spread",
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
            Self::PartnerBanked { id } => of(DocKind::PartnerBank, id.0),
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
            | Self::ClaimDecided { id, .. }
            | Self::MaterialKept { id, .. }
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
            Self::InvoiceSet { id, .. } | Self::TaxSpread { id } => of(DocKind::Invoice, id.0),
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

    /// Whether it tells of something that has happened, rather than of what we decide: it is never
    /// refused because a transfer has set the goods aside.
    pub fn is_report(&self) -> bool {
        match self {
            Self::SalesPosted(_)
            | Self::SuspenseSettled { .. }
            | Self::OrderReceived { .. }
            | Self::FactoryCounted { .. }
            | Self::TransferArrived { .. }
            | Self::TransferResolved { .. } => true,
            Self::CompanySet { .. }
            | Self::SkuSet { .. }
            | Self::SkuPriced { .. }
            | Self::PlaceSet { .. }
            | Self::PartnerSet { .. }
            | Self::PartnerBanked { .. }
            | Self::ShopSet { .. }
            | Self::ImportApplied { .. }
            | Self::StockOpened { .. }
            | Self::StockRegraded { .. }
            | Self::OrderIssued { .. }
            | Self::OrderAccepted { .. }
            | Self::OrderClosed { .. }
            | Self::OrderCancelled { .. }
            | Self::TransferApproved { .. }
            | Self::TransferPacked { .. }
            | Self::TransferShipped { .. }
            | Self::TransferClosed { .. }
            | Self::TransferCancelled { .. }
            | Self::OrderAmended { .. }
            | Self::OrderMilestone { .. }
            | Self::OrderPaid { .. }
            | Self::DueWaived { .. }
            | Self::OrderRefunded { .. }
            | Self::QualityDecided { .. }
            | Self::LossSettled { .. }
            | Self::ClaimDecided { .. }
            | Self::OfferSet { .. }
            | Self::VersionSet { .. }
            | Self::BomSet { .. }
            | Self::MaterialMoved { .. }
            | Self::MaterialKept { .. }
            | Self::StatementSet { .. }
            | Self::InvoiceSet { .. }
            | Self::TaxSpread { .. }
            | Self::BillPosted { .. }
            | Self::SetAssembled { .. }
            | Self::SetDisassembled { .. }
            | Self::ChannelSet { .. }
            | Self::ChannelCosted { .. }
            | Self::PriceSet { .. }
            | Self::Attached { .. }
            | Self::Reversed {} => false,
        }
    }
}
