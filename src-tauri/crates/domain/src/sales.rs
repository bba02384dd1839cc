//! Sales of a day (日销汇总): from what a shop reports to what moves.
//!
//! Sales are levels: units reported minus units posted is the next move, so the same report posts
//! nothing twice, and what they brought is a level like their units. Knows the split of a level over
//! lots: made once, first expired first, and taken back last taken first. Refuses to refuse a
//! report: what the book does not hold goes to suspense.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::{
    BatchId, Body, Currency, Entry, EntryId, Fact, LotId, MoneyPart, Move, MoveKind, NewId, NewLot,
    PlaceId, SalePosting, SalesPosted, ShopId, SkuId, Status,
    entry::LineProceeds,
    fact::{SaleKind, SaleSource},
    lot::pseudo_number,
    place::{Builtin, suspense_of},
    proceeds::Proceeds,
    shelf_life::{Dates, LifeRule},
    stock::{Available, fefo},
};

/// What a level is kept by, within a shop and day.
pub type LevelKey = (PlaceId, String, SaleKind);

/// A level as reported or as posted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Units {
    /// Shipped.
    pub units: i64,
    /// Paid for.
    pub demand: i64,
}

/// One reported level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reported {
    /// Out of which place.
    pub place: PlaceId,
    /// Which goods.
    pub sku: SkuId,
    /// The shop's name for them.
    pub listing: String,
    /// What kind of sale.
    pub kind: SaleKind,
    /// How many by now.
    pub level: Units,
    /// What is told that they brought by now: nothing of no units when the report says that nobody
    /// told it, `None` when the report does not speak of it and what was told stays.
    pub told: Option<Proceeds>,
}

/// What a sale was taken from when it was posted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken {
    /// Which lot.
    pub lot: LotId,
    /// From the place or its suspense.
    pub from: PlaceId,
    /// Whether that was the suspense.
    pub suspense: bool,
    /// How many units.
    pub qty: i64,
}

/// What the ledger knows of goods at a place, as of the day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shelf {
    /// Good lots with what can be taken without a later day going below zero.
    pub lots: Vec<Available>,
    /// What transfers have set aside of them.
    pub reserved: BTreeMap<LotId, i64>,
    /// The earliest expiry of the lots that may have been there in the 90 days before.
    pub earliest_expiry: Option<NaiveDate>,
    /// The pseudo lots of the goods, by number.
    pub pseudo: BTreeMap<String, LotId>,
}

impl Shelf {
    /// Takes up to `units`: what may still be sold goes first, and a reported sale of the rest posts
    /// all the same; of these what nobody has set aside, and of these what expires first.
    fn take(&mut self, units: i64, sellable: impl Fn(&Dates) -> bool) -> Vec<(LotId, i64)> {
        fefo(&mut self.lots);
        let mut open = units;
        let mut taken: Vec<(LotId, i64)> = Vec::new();
        for (may_be_sold, set_aside) in [(true, false), (true, true), (false, false), (false, true)]
        {
            for lot in self.lots.iter_mut().filter(|lot| sellable(&lot.dates) == may_be_sold) {
                let kept = if set_aside { None } else { self.reserved.get(&lot.lot) };
                let part = open.min(lot.qty - kept.copied().unwrap_or(0).min(lot.qty));
                if part <= 0 {
                    continue;
                }
                lot.qty -= part;
                open -= part;
                match taken.iter_mut().find(|(known, _)| *known == lot.lot) {
                    Some((_, qty)) => *qty += part,
                    None => taken.push((lot.lot, part)),
                }
            }
        }
        taken
    }
}

/// All that a posting of one shop and day needs to know.
#[derive(Debug, Clone, Default)]
pub struct SalesKnown {
    /// What is posted by now.
    pub posted: BTreeMap<LevelKey, Units>,
    /// What is told by now that it brought; asked for only by reports that speak of it.
    pub told: BTreeMap<LevelKey, Proceeds>,
    /// What was taken for it, in the order of posting.
    pub taken: BTreeMap<LevelKey, Vec<Taken>>,
    /// Goods by place; only places that are live on the day.
    pub shelves: BTreeMap<(PlaceId, SkuId), Shelf>,
    /// When the place stops selling a lot.
    pub rules: BTreeMap<PlaceId, LifeRule>,
}

/// Which shop and day is posted, and who says so.
#[derive(Debug, Clone, Copy)]
pub struct SalesOf {
    /// The shop.
    pub shop: ShopId,
    /// The business day.
    pub day: NaiveDate,
    /// Who says so.
    pub source: SaleSource,
    /// The import.
    pub batch: Option<BatchId>,
    /// The currency of what was told that they brought.
    pub currency: Currency,
}

/// Posts what is reported beyond what is posted. `None` when the two agree. `reported` holds each
/// level once.
///
/// What the sales brought is the money part of the entry: who sees no money posts and reads the
/// units alone.
///
/// Taking back a sale that was settled since leaves the suspense above zero; the caller then has
/// [`crate::suspense::unsettle`] give back what it was charged to.
///
/// A level that is reported for the first time is posted even when it is zero: that nothing was
/// sold is a fact that forecasts need.
pub fn post(
    of: &SalesOf,
    reported: &[Reported],
    mut known: SalesKnown,
    new_id: NewId,
) -> Option<Entry> {
    let mut lines = Vec::new();
    let mut money = MoneyPart::new(of.currency);
    let mut split = Split { of, lots: Vec::new(), moves: Vec::new() };
    for report in reported {
        let key = (report.place, report.listing.clone(), report.kind);
        let before = known.posted.get(&key).copied();
        let posted = before.unwrap_or_default();
        let units = report.level.units - posted.units;
        let demand = report.level.demand - posted.demand;
        let told = report.told.map(|now| now - known.told.get(&key).copied().unwrap_or_default());
        let change = told.filter(|change| *change != Proceeds::default());
        if before.is_some() && units == 0 && demand == 0 && change.is_none() {
            continue;
        }
        let number = u32::try_from(lines.len()).unwrap_or(u32::MAX);
        money.proceeds.extend(change.map(|change| LineProceeds { line: number, change }));
        let shelf = known.shelves.get_mut(&(report.place, report.sku));
        if let (Some(shelf), 1..) = (shelf, units) {
            let rule = known.rules.get(&report.place).copied().unwrap_or_default();
            split.sell(report, units, number, (shelf, &rule), new_id);
        }
        if units < 0 {
            let taken = known.taken.get(&key).map_or(&[][..], Vec::as_slice);
            split.take_back(taken, -units, number);
        }
        known.posted.insert(key, report.level);
        let Reported { place, sku, listing, kind, .. } = report.clone();
        lines.push(SalePosting { place, sku, listing, kind, units, demand });
    }
    if lines.is_empty() {
        return None;
    }
    let fact = Fact::SalesPosted(SalesPosted { shop: of.shop, source: of.source, lines });
    let body = Body { lots: split.lots, moves: split.moves, ..Body::of(fact) };
    let money = Some(money).filter(|money| !money.proceeds.is_empty());
    let id = EntryId(new_id());
    Some(Entry { id, effective_on: of.day, reverses: None, batch: of.batch, body, money })
}

/// The lots and moves of one posting, as they grow.
struct Split<'a> {
    of: &'a SalesOf,
    lots: Vec<NewLot>,
    moves: Vec<Move>,
}

impl Split<'_> {
    fn sell(
        &mut self,
        report: &Reported,
        units: i64,
        line: u32,
        (shelf, rule): (&mut Shelf, &LifeRule),
        new_id: NewId,
    ) {
        let customer = (Builtin::Customer.id(), Status::Good);
        let mut open = units;
        for (lot, qty) in shelf.take(units, |dates| dates.sellable(rule, self.of.day)) {
            open -= qty;
            let from = (report.place, Status::Good);
            self.moves.push(Move { kind: MoveKind::Sale, lot, qty, from, to: customer, line });
        }
        if open > 0 {
            let lot = self.suspense_lot(report, shelf, new_id);
            let from = (suspense_of(report.place), Status::Good);
            let kind = MoveKind::SuspenseSale;
            self.moves.push(Move { kind, lot, qty: open, from, to: customer, line });
        }
    }

    /// The pseudo lot that stands for what was sold beyond the book.
    fn suspense_lot(&mut self, report: &Reported, shelf: &mut Shelf, new_id: NewId) -> LotId {
        let (sku, lot_no) = (report.sku, pseudo_number(shelf.earliest_expiry));
        // Another place may have brought it a line before.
        let brought = self.lots.iter().find(|lot| lot.sku == sku && lot.lot_no == lot_no);
        if let Some(lot) = brought {
            return lot.id;
        }
        let id = shelf.pseudo.get(&lot_no).copied().unwrap_or_else(|| LotId(new_id()));
        shelf.pseudo.insert(lot_no.clone(), id);
        let dates = Dates { mfg_on: None, expires_on: shelf.earliest_expiry };
        let first_received_on = self.of.day;
        // Also a known one: were the entry undone that brought it first, this one would need it.
        self.lots.push(NewLot { id, sku, lot_no, dates, first_received_on, order: None });
        id
    }

    /// Out of suspense first, then the lots last taken.
    fn take_back(&mut self, taken: &[Taken], units: i64, line: u32) {
        let customer = (Builtin::Customer.id(), Status::Good);
        let (suspense, stock): (Vec<&Taken>, Vec<&Taken>) =
            taken.iter().rev().partition(|one| one.suspense);
        let mut open = units;
        for one in suspense.into_iter().chain(stock) {
            let qty = open.min(one.qty);
            if qty <= 0 {
                continue;
            }
            open -= qty;
            let to = (one.from, Status::Good);
            let kind = MoveKind::SaleReversal;
            self.moves.push(Move { kind, lot: one.lot, qty, from: customer, to, line });
        }
    }
}
