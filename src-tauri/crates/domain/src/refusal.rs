//! Why something that was asked for is not done.
//!
//! Each refusal carries the values that the sentence about it needs. Its code and arguments are
//! what serde makes of it, so the words in both languages hang on one declaration. Refuses to hold
//! words of any language.

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::Value;

use crate::{Status, shelf_life::LifeFault, terms::Milestone};

/// A rule that stands against what was asked for. The user can act on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "code", content = "args")]
#[error("{}", serde_json::to_string(self).unwrap_or_default())]
#[allow(missing_docs, reason = "the fields are the message's arguments; the variant says them")]
pub enum Refusal {
    /// Not three capital letters.
    #[serde(rename = "currency.unknown")]
    CurrencyUnknown { code: String },
    /// More money than 64 bits of minor units hold.
    #[serde(rename = "amount.too_large")]
    AmountTooLarge { amount: String },
    /// An amount with more decimals than its currency has.
    #[serde(rename = "amount.too_fine")]
    AmountTooFine { amount: String, currency: String, digits: i64 },
    /// Sales with tax (含税) whose rate nobody says.
    #[serde(rename = "sales.tax_rate_missing")]
    SaleTaxRateMissing { gross: String },
    /// What is said with and without tax contradicts itself.
    #[serde(rename = "sales.amounts_differ")]
    SaleAmountsDiffer { net: String, gross: String },
    /// Nothing was sold, and it brought something.
    #[serde(rename = "sales.amount_without_units")]
    SaleAmountWithoutUnits { amount: String },
    /// Not a count of goods between 1 and 9·10¹².
    #[serde(rename = "quantity.invalid")]
    QuantityInvalid { qty: i64 },
    /// A record without the code that people call it by.
    #[serde(rename = "code.missing")]
    CodeMissing { what: String },
    /// Another record has the code.
    #[serde(rename = "code.taken")]
    CodeTaken { what: String, code: String },
    /// A record without a name.
    #[serde(rename = "name.missing")]
    NameMissing { code: String },
    /// Our own company without a name in either language.
    #[serde(rename = "company.name_missing")]
    CompanyNameMissing {},
    /// The kind is kept for places that the program makes.
    #[serde(rename = "place.kind_reserved")]
    PlaceKindReserved { code: String },
    /// A share beyond 100 %, or days below 0 or beyond ten years.
    #[serde(rename = "place.rule_invalid")]
    PlaceRuleInvalid { code: String },
    /// Goods have moved there, so what the place is stays.
    #[serde(rename = "place.kind_fixed")]
    PlaceKindFixed { code: String },
    /// The place has no day from which its stock counts.
    #[serde(rename = "place.not_live")]
    PlaceNotLive { code: String },
    /// A carton of no units or of no size.
    #[serde(rename = "sku.carton_invalid")]
    CartonInvalid { code: String },
    /// A life of nothing.
    #[serde(rename = "sku.shelf_life_invalid")]
    ShelfLifeInvalid { code: String },
    /// Not 4 to 12 digits.
    #[serde(rename = "company.gs1_prefix_invalid")]
    Gs1PrefixInvalid { prefix: String },
    /// An amount in another currency than the book's.
    #[serde(rename = "currency.mixed")]
    CurrencyMixed { book: String, other: String },

    /// A lot without a number where one is needed, or one that begins with the mark of pseudo lots.
    #[serde(rename = "lot.number_invalid")]
    LotNumberInvalid { lot: String },
    /// Neither date is given, and the goods expire.
    #[serde(rename = "lot.dates_missing")]
    LotDatesMissing { sku: String, lot: String },
    /// It would expire on or before the day it was made.
    #[serde(rename = "lot.expiry_before_manufacture")]
    ExpiryBeforeManufacture { lot: String, mfg_on: NaiveDate, expires_on: NaiveDate },
    /// The dates are more than 31 days from the product's shelf life, and no reason is given.
    #[serde(rename = "lot.life_differs")]
    LotLifeDiffers { lot: String, days: i64, expected: NaiveDate, expires_on: NaiveDate },
    /// A unit cannot have cost less than nothing.
    #[serde(rename = "lot.cost_invalid")]
    CostInvalid { lot: String, cost: String },
    /// The lot is known with other dates.
    #[serde(rename = "lot.dates_conflict")]
    LotDatesConflict {
        sku: String,
        lot: String,
        known: Option<NaiveDate>,
        given: Option<NaiveDate>,
    },

    /// A slot would go below zero at the end of some day.
    #[serde(rename = "stock.shortage")]
    Shortage {
        place: String,
        sku: String,
        lot: String,
        status: Status,
        wanted: i64,
        available: i64,
    },
    /// The day is after today.
    #[serde(rename = "day.in_future")]
    DayInFuture { day: NaiveDate, today: NaiveDate },
    /// Nothing would change.
    #[serde(rename = "stock.same_status")]
    SameStatus { status: Status },
    /// A reason is needed.
    #[serde(rename = "reason.missing")]
    ReasonMissing { what: String },
    /// A document without lines.
    #[serde(rename = "document.empty")]
    DocumentEmpty { what: String },

    /// The document is in a state that does not allow it.
    #[serde(rename = "document.state")]
    WrongState { number: String, state: String, wanted: String },
    /// It happened before the document was issued or approved.
    #[serde(rename = "document.day_before")]
    BeforeDocument { number: String, day: NaiveDate, since: NaiveDate },
    /// More received than ordered and tolerated, and no reason is given.
    #[serde(rename = "order.over_receipt")]
    OverReceipt { number: String, sku: String, ordered: i64, received: i64, limit: i64 },
    /// Something was received, so the order cannot be cancelled.
    #[serde(rename = "order.has_receipts")]
    OrderHasReceipts { number: String, received: i64 },
    /// Less received than ordered, and no reason is given.
    #[serde(rename = "order.not_received")]
    OrderNotReceived { number: String, ordered: i64, received: i64 },
    /// No such line.
    #[serde(rename = "order.line_unknown")]
    OrderLineUnknown { number: String, line: i64 },
    /// A price per line is needed, of at least zero and with at most six decimals.
    #[serde(rename = "order.price_invalid")]
    OrderPriceInvalid { line: i64 },
    /// The tolerance is not between 0 and 100 %.
    #[serde(rename = "order.tolerance_invalid")]
    OrderToleranceInvalid { ppm: i64 },
    /// It may be received into quarantine or as good only.
    #[serde(rename = "order.receipt_status")]
    ReceiptStatus { status: Status },

    /// A tier that does not begin above the one before, or no tier at all.
    #[serde(rename = "offer.tiers_invalid")]
    OfferTiersInvalid { sku: String, tier: i64 },
    /// The least quantity lies under the first tier, so it would have no price.
    #[serde(rename = "offer.moq_below_tiers")]
    OfferMoqBelowTiers { sku: String, moq: i64, first: i64 },
    /// A mean lead time beyond the one that nine of ten orders keep, or beyond ten years.
    #[serde(rename = "offer.lead_invalid")]
    OfferLeadInvalid { sku: String, mean: u32, p90: u32 },
    /// It would end before it begins.
    #[serde(rename = "offer.days_invalid")]
    OfferDaysInvalid { sku: String, from: NaiveDate, to: NaiveDate },
    /// A price per tier is needed, of at least zero and with at most six decimals.
    #[serde(rename = "offer.price_invalid")]
    OfferPriceInvalid { sku: String, tier: i64 },
    /// Amounts below zero, or shares beyond 100 %.
    #[serde(rename = "channel.cost_invalid")]
    ChannelCostInvalid {},
    /// It would end before it begins.
    #[serde(rename = "price.days_invalid")]
    PriceDaysInvalid { sku: String, from: NaiveDate, to: NaiveDate },
    /// The goods have another price in the channel on some of its days.
    #[serde(rename = "price.conflict")]
    PriceConflict { sku: String, channel: String, from: NaiveDate, to: Option<NaiveDate> },
    /// Not from 0 to under 100 %.
    #[serde(rename = "tax.rate_invalid")]
    TaxRateInvalid { ppm: i64 },
    /// Something was paid on what is cancelled, and nobody says whether it comes back.
    #[serde(rename = "order.deposit_fate_missing")]
    DepositFateMissing { number: String },
    /// Less than the supplier takes an order for, and no reason is given.
    #[serde(rename = "order.below_moq")]
    OrderBelowMoq { sku: String, qty: i64, moq: i64 },
    /// Not in whole multiples, and no reason is given.
    #[serde(rename = "order.not_multiple")]
    OrderNotMultiple { sku: String, qty: i64, multiple: i64, below: i64, above: i64 },
    /// Another price than the offer's for the quantity, and no reason is given.
    #[serde(rename = "order.price_differs")]
    OrderPriceDiffers { sku: String, qty: i64, offered: Option<String>, price: String },

    /// A share that is not above 0 and up to 100 %, or a time to pay beyond ten years.
    #[serde(rename = "terms.term_invalid")]
    TermInvalid { term: i64 },
    /// The shares are not 100 % together.
    #[serde(rename = "terms.not_whole")]
    TermsNotWhole { sum_ppm: i64 },
    /// A term that falls due before the one above it.
    #[serde(rename = "terms.out_of_order")]
    TermsOutOfOrder { term: i64 },
    /// A milestone reached before one that precedes it.
    #[serde(rename = "milestone.out_of_order")]
    MilestoneOutOfOrder {
        milestone: Milestone,
        on: NaiveDate,
        before: Milestone,
        before_on: NaiveDate,
    },
    /// The order has no such term.
    #[serde(rename = "due.term_unknown")]
    DueTermUnknown { term: i64 },
    /// More is paid than is open, and that is not accepted.
    #[serde(rename = "due.more_than_open")]
    MoreThanOpen { term: i64, amount: String, open: String },
    /// More is waived than is open.
    #[serde(rename = "due.waives_more_than_open")]
    WaivesMoreThanOpen { term: i64, amount: String, open: String },
    /// More would come back than is owed.
    #[serde(rename = "due.refund_too_large")]
    RefundTooLarge { amount: String, owed: String },
    /// What is to be paid before the goods leave is not paid.
    #[serde(rename = "order.before_ship_open")]
    BeforeShipOpen { number: String, open: String },
    /// Something is neither paid nor waived.
    #[serde(rename = "order.dues_open")]
    DuesOpen { number: String, open: String },
    /// Net, tax and the parts of the orders do not make one amount.
    #[serde(rename = "invoice.amounts_differ")]
    InvoiceAmountsDiffer { number: String },
    /// A line break, or another character that is not seen, in where a partner is paid.
    #[serde(rename = "bank.unseen_character")]
    BankUnseenCharacter { what: String },
    /// A licence for what is ordered has expired.
    #[serde(rename = "licence.expired")]
    LicenceExpired { partner: String, category: String, licence: String, expired_on: NaiveDate },

    /// An amount that is not above zero.
    #[serde(rename = "amount.not_positive")]
    AmountNotPositive {},
    /// It ends before it begins.
    #[serde(rename = "period.invalid")]
    PeriodInvalid { from: NaiveDate, to: NaiveDate },
    /// The goods have versions, none of which may be ordered on the day.
    #[serde(rename = "order.no_version_holds")]
    NoVersionHolds { sku: String, day: NaiveDate, nearest: String, period: String },
    /// A statement of a month that has not begun.
    #[serde(rename = "statement.month_in_future")]
    MonthInFuture { month: String },
    /// Agreed to although the factory used more than the book held.
    #[serde(rename = "statement.suspense_open")]
    StatementSuspense { material: String, units: i64 },
    /// Days on which another version of the same goods may be ordered.
    #[serde(rename = "version.overlap")]
    VersionsOverlap { sku: String, version: String, other: String },
    /// A line of a bill of materials names the goods themselves, a material twice, or no share.
    #[serde(rename = "bom.line_invalid")]
    BomLineInvalid { line: i64 },
    /// What is due before shipment is not paid, and no reason is given.
    #[serde(rename = "order.balance_not_paid")]
    BalanceNotPaid { number: String },
    /// Materials were sent for the order, and what became of them is not settled.
    #[serde(rename = "order.losses_open")]
    LossesOpen { number: String },
    /// What lies at the factory for the order is neither kept for the next one nor back.
    #[serde(rename = "order.material_left")]
    MaterialLeft { number: String, material: String, left: i64 },
    /// Goods are still to come, so what the factory holds is no loss yet, and no reason says that
    /// they are not.
    #[serde(rename = "order.losses_too_early")]
    LossesTooEarly { number: String, ordered: i64, received: i64 },
    /// Nothing is missing beyond what was settled.
    #[serde(rename = "order.losses_settled")]
    LossesSettled { number: String },
    /// Nothing is claimed on the order, or all of it is decided.
    #[serde(rename = "order.claims_none")]
    ClaimsNone { number: String },
    /// What is claimed on the order is not decided.
    #[serde(rename = "order.claims_open")]
    ClaimsOpen { number: String },
    /// More comes as a replacement than was sent back.
    #[serde(rename = "order.replaces_too_much")]
    ReplacesTooMuch { number: String, qty: i64, waiting: i64 },
    /// A line that was received of becomes other goods or less than was received.
    #[serde(rename = "order.amend_below_received")]
    AmendBelowReceived { number: String, line: i64, received: i64 },
    /// Only goods in quarantine and defective goods are decided about.
    #[serde(rename = "quality.status")]
    QualityStatus { status: Status },
    /// More goes back than came on the order of the lot and is still kept.
    #[serde(rename = "quality.returns_too_much")]
    ReturnsTooMuch { number: String, line: i64, qty: i64, came: i64 },
    /// Units wait for a replacement, are being mended, or nobody has decided about them.
    #[serde(rename = "order.goods_open")]
    GoodsOpen { number: String, replacements: i64, rework: i64, undecided: i64, lots: String },
    /// The lot would be made after the day on which it came.
    #[serde(rename = "lot.made_after_receipt")]
    MadeAfterReceipt { lot: String, mfg_on: NaiveDate, day: NaiveDate },
    /// The lot's last day was before the day on which it came, and no reason is given.
    #[serde(rename = "lot.received_expired")]
    ReceivedExpired { lot: String, expires_on: NaiveDate, day: NaiveDate },
    /// Goods go back, and nobody says how the partner settles it.
    #[serde(rename = "quality.settle_by_missing")]
    SettleByMissing {},
    /// Goods go back for rework, and the factory has no place.
    #[serde(rename = "quality.factory_place_missing")]
    FactoryPlaceMissing {},
    /// More is missing than the factory's book holds.
    #[serde(rename = "materials.loss_beyond_book")]
    LossBeyondBook { material: String, missing: i64, available: i64 },
    /// There is less of a material than a slip takes, all lots together.
    #[serde(rename = "materials.short")]
    MaterialShort { place: String, material: String, wanted: i64, available: i64 },
    /// More stays at the factory than the order has left there.
    #[serde(rename = "materials.kept_beyond_left")]
    KeptBeyondLeft { number: String, material: String, qty: i64, left: i64 },
    /// More of a material was used for an order, in goods or spoilt, than was sent or drawn for it.
    #[serde(rename = "materials.more_used_than_sent")]
    MoreUsedThanSent { number: String, material: String, units: i64 },
    /// More comes back for an order than it has left at the factory.
    #[serde(rename = "materials.returned_beyond_left")]
    ReturnedBeyondLeft { number: String, material: String, qty: i64, left: i64 },
    /// More comes back for no order than lies at the factory for none.
    #[serde(rename = "materials.returned_beyond_free")]
    ReturnedBeyondFree { material: String, qty: i64, free: i64 },
    /// With an entry undone, orders would have more of a material left than lies at the factory.
    #[serde(rename = "materials.spoken_for")]
    SpokenFor { material: String, lies: i64, left: i64 },
    /// More is drawn than lies at the factory for no order.
    #[serde(rename = "materials.drawn_beyond_free")]
    DrawnBeyondFree { material: String, qty: i64, free: i64 },
    /// The factory's count is not the book.
    #[serde(rename = "statement.differs")]
    StatementDiffers { material: String, book: i64, counted: i64 },
    /// More was counted, and no lot can take it.
    #[serde(rename = "statement.count_without_lot")]
    CountWithoutLot { units: i64 },
    /// A bill whose lots have no share of it.
    #[serde(rename = "bill.not_spread")]
    BillNotSpread { number: String },
    /// A set that has no parts, or goods that are no set and have some.
    #[serde(rename = "set.without_parts")]
    SetWithoutParts { sku: String },
    /// Less of a part than the sets need.
    #[serde(rename = "set.part_missing")]
    PartMissing { sku: String, part: String, needed: i64, available: i64 },

    /// From and to are one place.
    #[serde(rename = "transfer.same_place")]
    SamePlace { code: String },
    /// A lot that the destination would refuse at arrival.
    #[serde(rename = "transfer.life_refused")]
    LifeRefused {
        lot: String,
        place: String,
        fault: LifeFault,
        arrives_on: NaiveDate,
        days_left: Option<i64>,
        share_ppm: Option<i64>,
        needs_share_ppm: Option<i64>,
        needs_days: Option<i64>,
    },
    /// Not the cartons that hold exactly the lines.
    #[serde(rename = "transfer.cartons_differ")]
    CartonsDiffer { lot: String, lines: i64, cartons: i64 },
    /// Reports took units that it had set aside, and it is not packed without them.
    #[serde(rename = "transfer.lot_cut")]
    LotCut { number: String, lot: String, lacks: i64 },
    /// Reports took all that it had set aside.
    #[serde(rename = "transfer.nothing_left")]
    NothingLeft { number: String },
    /// Something is still on its way.
    #[serde(rename = "transfer.in_transit")]
    StillInTransit { number: String, units: i64, lots: String },
    /// More is resolved than is on its way.
    #[serde(rename = "transfer.resolves_too_much")]
    ResolvesTooMuch { number: String, lot: String, qty: i64, open: i64 },
    /// The transfer does not carry the lot.
    #[serde(rename = "transfer.lot_unknown")]
    TransferLotUnknown { number: String, lot: String },

    /// Later entries stand on the document.
    #[serde(rename = "reversal.blocked")]
    ReversalBlocked { what: String, entries: i64 },
    /// It is reversed already.
    #[serde(rename = "reversal.done")]
    AlreadyReversed { on: NaiveDate },
    /// A reversal is not reversed; what it undid is done anew.
    #[serde(rename = "reversal.of_reversal")]
    ReversalOfReversal {},
    /// What a marketplace reported changes only with its next report.
    #[serde(rename = "reversal.reported")]
    ReversalOfReport { shop: String },
    /// It follows from other entries, and is posted anew when they are undone.
    #[serde(rename = "reversal.follows")]
    ReversalOfConsequence {},
    /// Other records use what the entry founded.
    #[serde(rename = "reversal.in_use")]
    ReversalInUse { what: String, label: String },
}

impl Refusal {
    /// As it is told: the code under which its sentence is kept in every language, and the values
    /// that are known.
    pub fn told(&self) -> Value {
        let mut told = serde_json::to_value(self).unwrap_or_default();
        if let Some(args) = told["args"].as_object_mut() {
            args.retain(|_, value| !value.is_null());
        }
        told
    }
}
