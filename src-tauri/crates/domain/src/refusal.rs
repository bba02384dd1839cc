//! Why something that was asked for is not done.
//!
//! Each refusal carries the values that the sentence about it needs. Its code and arguments are
//! what serde makes of it, so the words in both languages hang on one declaration. Refuses to hold
//! words of any language.

use chrono::NaiveDate;
use serde::Serialize;

use crate::{Status, shelf_life::LifeFault};

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
    /// Other records use what the entry founded.
    #[serde(rename = "reversal.in_use")]
    ReversalInUse { what: String, label: String },
}
