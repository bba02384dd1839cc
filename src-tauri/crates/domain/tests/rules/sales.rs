//! Sales: any sequence of reports ends at the last one (D-27, D-28), nothing is refused, and what
//! was beyond the book is charged to goods that arrive and given back when it was too much.

use std::collections::BTreeMap;

use domain::{
    Currency, Entry, Fact, LotId, Move, MoveKind, PlaceId, Status,
    fact::{SaleKind, SaleSource},
    place::{Builtin, suspense_of},
    proceeds::Proceeds,
    sales::{LevelKey, Reported, SalesKnown, SalesOf, Shelf, Taken, Units, post},
    shelf_life::{Dates, LifeRule},
    stock::Available,
    suspense::{Charged, OpenSale, OverSettled, settle, unsettle},
};
use proptest::prelude::*;

use crate::support::{Levels, counter, day, id, lot, place_id, sku};

fn of() -> SalesOf {
    let (day, currency) = (day("2026-10-09"), Currency::CNY);
    SalesOf { shop: id(4), day, source: SaleSource::Feed, batch: None, currency }
}

fn dates(expires: &str) -> Dates {
    Dates { mfg_on: None, expires_on: Some(day(expires)) }
}

fn report(place: PlaceId, listing: &str, units: i64) -> Reported {
    let level = Units { units, demand: units };
    let (sku, kind) = (sku(1), SaleKind::Sale);
    Reported { place, sku, listing: listing.into(), kind, level, told: None }
}

/// A report that speaks of amounts: of so many of its units it says what they brought.
fn told(place: PlaceId, listing: &str, units: i64, (of, minor): (i64, i64)) -> Reported {
    Reported { told: Some(Proceeds { units: of, minor }), ..report(place, listing, units) }
}

/// What the ledger would know after the entries so far: levels and takes by level.
#[derive(Default)]
struct Book {
    levels: Levels,
    posted: BTreeMap<LevelKey, Units>,
    told: BTreeMap<LevelKey, Proceeds>,
    taken: BTreeMap<LevelKey, Vec<Taken>>,
    pseudo: BTreeMap<String, LotId>,
    lots: Vec<(LotId, Dates)>,
    reserved: BTreeMap<LotId, i64>,
}

impl Book {
    fn with(stock: &[(LotId, &str, i64)]) -> Self {
        let mut book = Self::default();
        for (lot, expires, qty) in stock {
            book.lots.push((*lot, dates(expires)));
            let to = (place_id(1), Status::Good);
            let from = (Builtin::Opening.id(), Status::Good);
            let kind = MoveKind::Opening;
            if *qty > 0 {
                book.levels.add(&[Move { kind, lot: *lot, qty: *qty, from, to, line: 0 }]);
            }
        }
        book
    }

    fn shelf(&self, place: PlaceId) -> Shelf {
        let lots = self.lots.iter().map(|(lot, dates)| Available {
            lot: *lot,
            dates: *dates,
            qty: self.levels.at(*lot, place),
        });
        let earliest_expiry = self.lots.iter().filter_map(|(_, dates)| dates.expires_on).min();
        Shelf {
            lots: lots.filter(|lot| lot.qty > 0).collect(),
            reserved: self.reserved.clone(),
            earliest_expiry,
            pseudo: self.pseudo.clone(),
        }
    }

    fn known(&self, live: &[PlaceId]) -> SalesKnown {
        SalesKnown {
            posted: self.posted.clone(),
            told: self.told.clone(),
            taken: self.taken.clone(),
            shelves: live.iter().map(|place| ((*place, sku(1)), self.shelf(*place))).collect(),
            rules: BTreeMap::new(),
        }
    }

    fn apply(&mut self, entry: &Entry) {
        self.levels.add(&entry.body.moves);
        for lot in &entry.body.lots {
            self.pseudo.insert(lot.lot_no.clone(), lot.id);
        }
        let Fact::SalesPosted(sales) = &entry.body.fact else { return };
        for line in &sales.lines {
            let key = (line.place, line.listing.clone(), line.kind);
            let posted = self.posted.entry(key).or_default();
            posted.units += line.units;
            posted.demand += line.demand;
        }
        for one in entry.money.iter().flat_map(|money| &money.proceeds) {
            let line = &sales.lines[one.line as usize];
            let key = (line.place, line.listing.clone(), line.kind);
            *self.told.entry(key).or_default() += one.change;
        }
        for one in &entry.body.moves {
            let line = &sales.lines[one.line as usize];
            let takes =
                self.taken.entry((line.place, line.listing.clone(), line.kind)).or_default();
            if one.kind == MoveKind::SaleReversal {
                let mut open = one.qty;
                for take in takes
                    .iter_mut()
                    .rev()
                    .filter(|take| (take.lot, take.from) == (one.lot, one.to.0))
                {
                    let part = open.min(take.qty);
                    take.qty -= part;
                    open -= part;
                }
                assert_eq!(open, 0, "only what was taken goes back");
                takes.retain(|take| take.qty > 0);
            } else {
                let suspense = one.kind == MoveKind::SuspenseSale;
                takes.push(Taken { lot: one.lot, from: one.from.0, suspense, qty: one.qty });
            }
        }
    }

    fn post(&mut self, reported: &[Reported], live: &[PlaceId]) -> Option<Entry> {
        let entry = post(&of(), reported, self.known(live), &mut counter_from(self));
        if let Some(entry) = &entry {
            self.apply(entry);
        }
        entry
    }
}

/// Ids that differ from those of earlier postings.
fn counter_from(book: &Book) -> impl FnMut() -> uuid::Uuid + use<> {
    let mut next = counter();
    let offset = (book.pseudo.len() as u128 + 1) << 40;
    move || uuid::Uuid::from_u128(next().as_u128() + offset)
}

const P1: u128 = 1;

#[test]
fn three_days_of_twenty_come_out_of_the_pseudo_lot() {
    let mut book = Book::with(&[(lot(1), "2028-01-31", 120), (lot(2), "2028-03-09", 720)]);
    for _ in 0..3 {
        book.posted.clear();
        book.taken.clear();
        book.post(&[report(place_id(P1), "X", 20)], &[place_id(P1)]).expect("new");
    }
    assert_eq!(book.levels.at(lot(1), place_id(P1)), 60);
    assert_eq!(book.levels.at(lot(2), place_id(P1)), 720);
}

#[test]
fn what_may_still_be_sold_goes_first() {
    let mut book = Book::with(&[(lot(1), "2026-10-20", 50), (lot(2), "2027-03-09", 50)]);
    let mut known = book.known(&[place_id(P1)]);
    known.rules.insert(place_id(P1), LifeRule { pull_days: 30, ..LifeRule::default() });
    let entry = post(&of(), &[report(place_id(P1), "X", 70)], known, &mut counter());
    let entry = entry.expect("new");
    let sold: Vec<_> = entry.body.moves.iter().map(|one| (one.lot, one.qty)).collect();
    assert_eq!(sold, [(lot(2), 50), (lot(1), 20)], "a report posts, also of a pulled lot");
    book.apply(&entry);
    assert_eq!(book.levels.place_total(place_id(P1)), 30);
}

#[test]
fn what_nobody_has_set_aside_goes_before_what_a_transfer_has() {
    let mut book = Book::with(&[
        (lot(1), "2026-10-20", 50),
        (lot(2), "2027-03-09", 50),
        (lot(3), "2028-03-09", 50),
    ]);
    book.reserved = BTreeMap::from([(lot(1), 10), (lot(2), 40)]);
    let sold = |units: i64| {
        let mut known = book.known(&[place_id(P1)]);
        known.rules.insert(place_id(P1), LifeRule { pull_days: 30, ..LifeRule::default() });
        let entry = post(&of(), &[report(place_id(P1), "X", units)], known, &mut counter());
        let moves = entry.expect("new").body.moves.into_iter();
        moves.map(|one| (one.lot, one.qty)).collect::<Vec<_>>()
    };
    assert_eq!(sold(60), [(lot(2), 10), (lot(3), 50)], "nothing of the 40 that are set aside");
    assert_eq!(sold(70), [(lot(2), 20), (lot(3), 50)], "which go before what may not be sold");
    assert_eq!(sold(145), [(lot(2), 50), (lot(3), 50), (lot(1), 45)]);
}

#[test]
fn before_a_place_is_live_a_report_is_demand_alone() {
    let mut book = Book::with(&[(lot(1), "2028-01-31", 100)]);
    let first = book.post(&[report(place_id(P1), "X", 40)], &[]).expect("new");
    assert!(first.body.moves.is_empty());
    let less = book.post(&[report(place_id(P1), "X", 10)], &[]).expect("less");
    assert!(less.body.moves.is_empty(), "what was never taken is not given back");
    let zero = book.post(&[report(place_id(P1), "Y", 0)], &[]).expect("that nothing sold is said");
    assert!(matches!(&zero.body.fact, Fact::SalesPosted(sales) if sales.lines[0].units == 0));
    assert_eq!(book.post(&[report(place_id(P1), "Y", 0)], &[]), None, "and said once");
}

#[test]
fn what_sales_brought_is_posted_by_difference_and_without_it_nothing_is_said_of_it() {
    let mut book = Book::with(&[(lot(1), "2028-01-31", 5_000)]);
    let place = place_id(P1);
    let live = [place];
    let brought = |entry: &Entry| {
        let money = entry.money.as_ref().map(|money| (money.currency, money.proceeds.clone()));
        money.map(|(_, all)| {
            all.iter().map(|one| (one.line, one.change.units, one.change.minor)).collect::<Vec<_>>()
        })
    };
    let units = |entry: &Entry| match &entry.body.fact {
        Fact::SalesPosted(sales) => sales.lines.iter().map(|line| line.units).collect::<Vec<_>>(),
        _ => Vec::new(),
    };
    let first = [report(place, "A", 10), told(place, "X", 2_000, (2_000, 6_000_000))];
    let entry = book.post(&first, &live).expect("new");
    assert_eq!(
        (units(&entry), brought(&entry)),
        (vec![10, 2_000], Some(vec![(1, 2_000, 6_000_000)]))
    );
    assert_eq!(book.post(&first, &live), None, "nothing twice");
    // Fewer units and less money; then money alone; then units alone, by who says no amount.
    let entry = book.post(&[told(place, "X", 1_900, (1_900, 5_700_000))], &live).expect("less");
    assert_eq!((units(&entry), brought(&entry)), (vec![-100], Some(vec![(0, -100, -300_000)])));
    let entry = book.post(&[told(place, "X", 1_900, (1_900, 5_600_000))], &live).expect("less");
    assert_eq!((units(&entry), brought(&entry)), (vec![0], Some(vec![(0, 0, -100_000)])));
    assert!(entry.body.moves.is_empty());
    let entry = book.post(&[report(place, "X", 1_950)], &live).expect("more");
    assert_eq!((units(&entry), brought(&entry)), (vec![50], None), "what was told stays");
    // A report that speaks of amounts and has none for these: nobody knows any more.
    let entry = book.post(&[told(place, "X", 1_950, (0, 0))], &live).expect("unknown");
    assert_eq!((units(&entry), brought(&entry)), (vec![0], Some(vec![(0, -1_900, -5_600_000)])));
}

#[test]
fn every_posting_that_needs_a_pseudo_lot_brings_it_once() {
    let mut book = Book::with(&[(lot(1), "2028-01-31", 0)]);
    let places = [place_id(1), place_id(2)];
    let both = [report(places[0], "X", 5), report(places[1], "X", 7)];
    let entry = book.post(&both, &places).expect("new");
    assert_eq!(entry.body.lots.len(), 1, "one number of one SKU is one lot at all places");
    assert_eq!(book.levels.place_total(suspense_of(places[1])), -7);
    let again = book.post(&[report(places[0], "Z", 1)], &places).expect("new");
    assert_eq!(again.body.lots.len(), 1, "were the first undone, this one would need it");
    assert_eq!(again.body.lots[0].id, entry.body.lots[0].id);
}

#[test]
fn suspense_is_charged_to_what_arrives_and_given_back_when_it_was_too_much() {
    let mut book = Book::with(&[(lot(1), "2028-01-31", 0)]);
    let place = place_id(P1);
    let sold = book.post(&[report(place, "X", 100)], &[place]).expect("new");
    let pseudo = sold.body.lots[0].id;
    let arrived = |lot, qty| (sku(1), Available { lot, dates: dates("2028-03-09"), qty });
    let open = OpenSale { sku: sku(1), lot: pseudo, qty: 100, last_sold_on: day("2026-10-09") };
    let mut lots = [arrived(lot(3), 60), arrived(lot(2), 60)];
    for (of, qty) in [(lot(2), 60), (lot(3), 60)] {
        let (from, to) = ((Builtin::Production.id(), Status::Good), (place, Status::Good));
        book.levels.add(&[Move { kind: MoveKind::Produce, lot: of, qty, from, to, line: 0 }]);
    }
    let settled = settle(place, day("2026-10-08"), &[open], &mut lots, &mut counter());
    let settled = settled.expect("100 are open");
    assert_eq!(settled.effective_on, day("2026-10-09"), "not before they were sold");
    book.apply(&settled);
    assert_eq!(book.levels.at(pseudo, suspense_of(place)), 0);
    assert_eq!(book.levels.place_total(place), 20);
    assert_eq!(settle(place, day("2026-10-08"), &[], &mut lots, &mut counter()), None);

    book.post(&[report(place, "X", 70)], &[place]).expect("30 fewer");
    assert_eq!(book.levels.at(pseudo, suspense_of(place)), 30, "charged for more than is sold");
    let over = OverSettled { sku: sku(1), lot: pseudo, qty: 30 };
    let charge = |lot, qty, on| Charged { sku: sku(1), lot, qty, settled_on: day(on) };
    let mut charged = [charge(lot(3), 10, "2026-10-12"), charge(lot(2), 90, "2026-10-09")];
    let back = unsettle(place, &[over], &mut charged, &mut counter()).expect("30 are over");
    assert_eq!(back.effective_on, day("2026-10-12"), "no lot is back before it was taken");
    book.apply(&back);
    assert_eq!(book.levels.at(pseudo, suspense_of(place)), 0);
    assert_eq!(book.levels.place_total(place), 50);
    assert_eq!(book.levels.place_total(Builtin::Customer.id()), 70);
    assert_eq!(unsettle(place, &[], &mut charged, &mut counter()), None);
}

proptest! {
    #[test]
    fn any_sequence_of_reports_ends_at_the_last(
        stock in (0_i64..200, 0_i64..200),
        reports in prop::collection::vec((0_usize..3, 0_i64..150), 1..30),
    ) {
        let mut book =
            Book::with(&[(lot(1), "2028-01-31", stock.0), (lot(2), "2028-03-09", stock.1)]);
        let opening = stock.0 + stock.1;
        let place = place_id(P1);
        let mut last = BTreeMap::new();
        for (listing, units) in reports {
            let listing = ["A", "B", "C"][listing];
            last.insert(listing, units);
            let one = [report(place, listing, units)];
            book.post(&one, &[place]);
            prop_assert_eq!(book.post(&one, &[place]), None, "the same report posts nothing twice");
            let sold: i64 = last.values().sum();
            prop_assert_eq!(book.levels.place_total(Builtin::Customer.id()), sold);
            let (here, open) =
                (book.levels.place_total(place), book.levels.place_total(suspense_of(place)));
            prop_assert_eq!(here + open, opening - sold);
            prop_assert!(here >= 0 && open <= 0);
            for (slot, qty) in &book.levels.0 {
                prop_assert!(slot.place != place || *qty >= 0);
                prop_assert!(slot.place != suspense_of(place) || *qty <= 0);
            }
        }
    }

    #[test]
    fn any_sequence_of_files_ends_with_what_the_last_said_they_brought(
        reports in prop::collection::vec(
            (0_usize..3, 0_i64..150, prop::option::of((0_i64..150, 0_i64..100_000))), 1..30,
        ),
    ) {
        let mut book = Book::with(&[(lot(1), "2028-01-31", 100)]);
        let place = place_id(P1);
        let (mut sold, mut brought) = (BTreeMap::new(), BTreeMap::new());
        for (listing, units, amount) in reports {
            let listing = ["A", "B", "C"][listing];
            let one = match amount {
                Some((of, minor)) => {
                    let of = of.min(units);
                    let said = (of, if of == 0 { 0 } else { minor });
                    brought.insert(listing, said);
                    [told(place, listing, units, said)]
                }
                None => [report(place, listing, units)],
            };
            sold.insert(listing, units);
            book.post(&one, &[place]);
            prop_assert_eq!(book.post(&one, &[place]), None, "the same file posts nothing twice");
            for (listing, units) in &sold {
                let key = (place, (*listing).to_owned(), SaleKind::Sale);
                prop_assert_eq!(book.posted[&key].units, *units);
                let (of, minor) = brought.get(listing).copied().unwrap_or_default();
                let told = book.told.get(&key).copied().unwrap_or_default();
                prop_assert_eq!(told, Proceeds { units: of, minor });
            }
        }
    }

    #[test]
    fn less_is_taken_back_out_of_suspense_first_then_from_the_lots_last_taken(
        stock in (1_i64..100, 1_i64..100), beyond in 1_i64..100, back in 1_i64..300,
    ) {
        let mut book =
            Book::with(&[(lot(1), "2028-01-31", stock.0), (lot(2), "2028-03-09", stock.1)]);
        let place = place_id(P1);
        let sold = stock.0 + stock.1 + beyond;
        let back = back.min(sold);
        book.post(&[report(place, "A", sold)], &[place]);
        book.post(&[report(place, "A", sold - back)], &[place]);
        let from_suspense = back.min(beyond);
        let from_second = (back - from_suspense).min(stock.1);
        let open = book.levels.place_total(suspense_of(place));
        prop_assert_eq!(open, from_suspense - beyond);
        prop_assert_eq!(book.levels.at(lot(2), place), from_second);
        prop_assert_eq!(book.levels.at(lot(1), place), back - from_suspense - from_second);
    }

    #[test]
    fn settling_charges_what_is_open_and_there(
        open in prop::collection::vec((0_u128..2, 1_i64..100), 1..5),
        there in prop::collection::vec((0_u128..2, 0_i64..100), 1..6),
    ) {
        let sales: Vec<_> = open.iter().zip(100..).map(|((of, qty), n)| OpenSale {
            sku: sku(*of), lot: lot(n), qty: *qty, last_sold_on: day("2026-10-01"),
        }).collect();
        let mut lots: Vec<_> = there.iter().zip(0..).map(|((of, qty), n)| {
            (sku(*of), Available { lot: lot(n), dates: dates("2028-03-09"), qty: *qty })
        }).collect();
        let entry =
            settle(place_id(P1), day("2026-10-02"), &sales, &mut lots, &mut counter());
        let mut levels = Levels::default();
        if let Some(entry) = entry {
            levels.add(&entry.body.moves);
        }
        let of_sku = |pairs: &[(u128, i64)], n| -> i64 {
            pairs.iter().filter(|(of, _)| *of == n).map(|(_, qty)| qty).sum()
        };
        let charged: i64 = (0..2).map(|n| of_sku(&open, n).min(of_sku(&there, n))).sum();
        prop_assert_eq!(levels.place_total(place_id(P1)), -charged);
        prop_assert_eq!(levels.place_total(suspense_of(place_id(P1))), charged);
        prop_assert_eq!(levels.place_total(Builtin::Customer.id()), 0);
        prop_assert!(lots.iter().all(|(_, lot)| lot.qty >= 0));
    }
}
