//! Opening stock (期初库存): what lay at a place on the day it went live, by lot and cost.
//!
//! Knows that goods of unknown lot go into pseudo lots by month of expiry. Refuses to post before a
//! place is live, and to guess costs.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::{
    BatchId, Body, Currency, Entry, EntryId, Fact, LotId, Money, MoneyPart, Move, MoveKind, NewId,
    NewLot, PlaceId, Reason, Refusal, SkuId, Status, ValueKind, ValueLine,
    lot::{KnownLot, check_known, check_number, complete_dates, pseudo_number},
    place::{Builtin, Place},
    shelf_life::{Dates, ShelfLife},
    stock::positive,
};

/// One line of opening stock, as given.
#[derive(Debug, Clone, PartialEq)]
pub struct OpeningLine {
    /// Which goods.
    pub sku: SkuId,
    /// Their code, for messages.
    pub sku_code: String,
    /// Their shelf life.
    pub life: Option<ShelfLife>,
    /// As printed; `None` when nobody knows.
    pub lot_no: Option<String>,
    /// What is known of the lot's dates.
    pub dates: Dates,
    /// How many units.
    pub qty: i64,
    /// In which status.
    pub status: Status,
    /// What a unit cost, when known.
    pub unit_cost: Option<Decimal>,
    /// When the goods first came, when known.
    pub received_on: Option<NaiveDate>,
}

/// Lots that the ledger knows, and those that this import is about to bring.
#[derive(Debug, Default, Clone)]
pub struct LotBook {
    lots: BTreeMap<(SkuId, String), KnownLot>,
}

impl LotBook {
    /// A book of the lots that the ledger knows.
    pub fn new(known: impl IntoIterator<Item = KnownLot>) -> Self {
        let lots = known.into_iter().map(|lot| ((lot.sku, lot.lot_no.clone()), lot)).collect();
        Self { lots }
    }

    /// The lot of that number.
    pub fn find(&self, sku: SkuId, lot_no: &str) -> Option<&KnownLot> {
        self.lots.get(&(sku, lot_no.to_owned()))
    }

    /// The dates of the lot of that number: as it is known, or completed by the shelf life when it
    /// is new. Only what was given can contradict a known lot; what would be computed cannot.
    pub fn dates(
        &self,
        (sku, sku_code): (SkuId, &str),
        lot_no: &str,
        given: Dates,
        (life, reason): (Option<ShelfLife>, &Reason),
    ) -> Result<Dates, Refusal> {
        match self.find(sku, lot_no) {
            Some(known) => check_known(sku_code, known, given).map(|()| known.dates),
            None => Ok(complete_dates(sku_code, lot_no, given, life, reason)?.0),
        }
    }

    /// The lot of that number, made known with `dates` when it is new. Dates that contradict those
    /// of a known lot are refused.
    pub fn lot(
        &mut self,
        (sku, sku_code): (SkuId, &str),
        lot_no: &str,
        dates: Dates,
        new_id: NewId,
    ) -> Result<LotId, Refusal> {
        if let Some(known) = self.find(sku, lot_no) {
            check_known(sku_code, known, dates)?;
            return Ok(known.id);
        }
        let id = LotId(new_id());
        let lot = KnownLot { id, sku, lot_no: lot_no.to_owned(), dates };
        self.lots.insert((sku, lot_no.to_owned()), lot);
        Ok(id)
    }
}

/// Where and in whose books stock is opened.
#[derive(Debug, Clone, Copy)]
pub struct OpeningAt<'a> {
    /// The place's id.
    pub place: PlaceId,
    /// The place.
    pub described: &'a Place,
    /// The book's currency.
    pub currency: Currency,
    /// The import.
    pub batch: Option<BatchId>,
}

/// Opens stock at one place, effective on the day it went live. At most 1,000 lines an entry.
pub fn open(
    at: &OpeningAt,
    lines: &[OpeningLine],
    book: &mut LotBook,
    new_id: NewId,
) -> Result<Entry, Refusal> {
    let not_live = || Refusal::PlaceNotLive { code: at.described.code.clone() };
    let effective_on = at.described.live_from.ok_or_else(not_live)?;
    if lines.is_empty() {
        return Err(Refusal::DocumentEmpty { what: "opening".into() });
    }
    let id = EntryId(new_id());
    let mut body = Body::of(Fact::StockOpened { place: at.place });
    let mut money = MoneyPart::new(at.currency);
    for (number, line) in lines.iter().enumerate() {
        let qty = positive(line.qty)?;
        let lot = opened_lot(line, effective_on, book, new_id)?;
        if let Some(cost) = line.unit_cost {
            if cost.is_sign_negative() && !cost.is_zero() {
                return Err(Refusal::CostInvalid { lot: lot.lot_no, cost: cost.to_string() });
            }
            let minor = Money::of_units(cost, qty, at.currency)?.minor;
            money.values.push(ValueLine { lot: lot.id, kind: ValueKind::Opening, minor });
        }
        body.moves.push(Move {
            kind: MoveKind::Opening,
            lot: lot.id,
            qty,
            from: (Builtin::Opening.id(), Status::Good),
            to: (at.place, line.status),
            line: u32::try_from(number).unwrap_or(u32::MAX),
        });
        if body.lots.iter().all(|known| known.id != lot.id) {
            body.lots.push(lot);
        }
    }
    let money = (!money.values.is_empty()).then_some(money);
    Ok(Entry { id, effective_on, reverses: None, batch: at.batch, body, money })
}

fn opened_lot(
    line: &OpeningLine,
    live_from: NaiveDate,
    book: &mut LotBook,
    new_id: NewId,
) -> Result<NewLot, Refusal> {
    let (lot_no, dates) = if let Some(printed) = &line.lot_no {
        check_number(printed)?;
        let printed = printed.trim();
        let goods = (line.sku, line.sku_code.as_str());
        (
            printed.to_owned(),
            book.dates(goods, printed, line.dates, (line.life, &Reason::default()))?,
        )
    } else {
        // Nobody knows the lot: only what was said of its dates counts, and of two sayings for one
        // month the first stands, so the manufacture date is not inferred.
        let number = pseudo_number(line.dates.expires_on);
        if line.life.is_some() && line.dates.expires_on.is_none() {
            return Err(Refusal::LotDatesMissing { sku: line.sku_code.clone(), lot: number });
        }
        let dates = book.find(line.sku, &number).map_or(line.dates, |known| known.dates);
        (number, dates)
    };
    let id = book.lot((line.sku, &line.sku_code), &lot_no, dates, new_id)?;
    let first_received_on = line.received_on.or(dates.mfg_on).unwrap_or(live_from).min(live_from);
    Ok(NewLot { id, sku: line.sku, lot_no, dates, first_received_on, order: None })
}
