//! Opening stock: known lots, lots that nobody knows, and what they cost.

use domain::{
    Currency, Entry, Refusal, Status,
    opening::{LotBook, OpeningAt, OpeningLine, open},
    place::Builtin,
    shelf_life::{Dates, ShelfLife},
};

use crate::support::{Levels, counter, day, place, place_id, sku};

fn line(lot_no: Option<&str>, expires: Option<&str>, qty: i64) -> OpeningLine {
    OpeningLine {
        sku: sku(1),
        sku_code: "SK001".into(),
        life: Some(ShelfLife::Months(36)),
        lot_no: lot_no.map(Into::into),
        dates: Dates { mfg_on: None, expires_on: expires.map(day) },
        qty,
        status: Status::Good,
        unit_cost: None,
        received_on: None,
    }
}

fn opened(lines: &[OpeningLine], book: &mut LotBook) -> Result<Entry, Refusal> {
    let described = place("W0");
    let at = OpeningAt {
        place: place_id(0),
        described: &described,
        currency: Currency::CNY,
        batch: None,
    };
    open(&at, lines, book, &mut counter())
}

#[test]
fn unknown_goods_of_one_month_are_one_pseudo_lot() {
    let lines = [
        line(Some("L2503A"), Some("2028-03-09"), 1_000),
        line(None, Some("2028-01-15"), 100),
        line(None, Some("2028-01-31"), 20),
    ];
    let entry = opened(&lines, &mut LotBook::default()).expect("fair lines");
    assert_eq!(entry.effective_on, day("2026-10-01"), "the day the place went live");
    let numbers: Vec<_> = entry.body.lots.iter().map(|lot| lot.lot_no.as_str()).collect();
    assert_eq!(numbers, ["L2503A", "?2028-01"]);
    let [printed, pseudo] = entry.body.lots.as_slice() else { panic!("two lots") };
    assert_eq!(printed.dates.mfg_on, Some(day("2025-03-10")), "computed by the shelf life");
    assert_eq!((pseudo.dates.mfg_on, pseudo.is_pseudo()), (None, true));
    assert_eq!(printed.first_received_on, day("2025-03-10"), "its age begins when it was made");
    let mut levels = Levels::default();
    levels.add(&entry.body.moves);
    assert_eq!(levels.at(pseudo.id, place_id(0)), 120);
    assert_eq!(levels.place_total(Builtin::Opening.id()), -1_120, "D-1");
}

#[test]
fn a_number_is_one_lot_however_it_was_typed() {
    let mut book = LotBook::default();
    let first = opened(&[line(Some("L1"), Some("2028-03-09"), 1)], &mut book).expect("a lot");
    let again = [line(Some(" L1 "), None, 2), line(Some("L1"), Some("2028-03-09"), 3)];
    let second = opened(&again, &mut book).expect("the same lot");
    assert_eq!(second.body.lots.len(), 1);
    assert_eq!(second.body.lots[0].id, first.body.lots[0].id);
    assert_eq!(second.body.lots[0].dates, first.body.lots[0].dates);
    let other = opened(&[line(Some("L1"), Some("2028-03-10"), 1)], &mut book);
    assert!(matches!(other, Err(Refusal::LotDatesConflict { .. })), "{other:?}");
}

#[test]
fn costs_are_rounded_once_a_line_and_never_negative() {
    let priced = |cost: &str, qty| OpeningLine {
        unit_cost: Some(cost.parse().expect("a decimal")),
        ..line(Some("L1"), Some("2028-03-09"), qty)
    };
    let book = || LotBook::default();
    let entry = opened(&[priced("0.335", 3)], &mut book()).expect("a cost");
    // 1.005 rounds half up to 1.01.
    assert_eq!(entry.money.expect("valued").values[0].minor, 101);
    assert!(
        opened(&[line(Some("L1"), Some("2028-03-09"), 3)], &mut book())
            .expect("no cost is known")
            .money
            .is_none()
    );
    let negative = opened(&[priced("-1", 1)], &mut book());
    assert!(matches!(negative, Err(Refusal::CostInvalid { .. })), "{negative:?}");
    let absurd = opened(&[priced("79228162514264337593543950335", 2)], &mut book());
    assert!(matches!(absurd, Err(Refusal::AmountTooLarge { .. })), "{absurd:?}");
}

#[test]
fn what_cannot_be_opened_is_refused() {
    let mut book = LotBook::default();
    let empty = opened(&[], &mut book);
    assert!(matches!(empty, Err(Refusal::DocumentEmpty { .. })));
    assert!(matches!(
        opened(&[line(None, None, 1)], &mut book),
        Err(Refusal::LotDatesMissing { .. })
    ));
    assert!(matches!(
        opened(&[line(Some("?x"), Some("2028-01-01"), 1)], &mut book),
        Err(Refusal::LotNumberInvalid { .. })
    ));
    for qty in [0, -1, 9_000_000_000_001] {
        assert!(matches!(
            opened(&[line(Some("L1"), Some("2028-03-09"), qty)], &mut book),
            Err(Refusal::QuantityInvalid { .. })
        ));
    }
    let mut described = place("W0");
    described.live_from = None;
    let at = OpeningAt {
        place: place_id(0),
        described: &described,
        currency: Currency::CNY,
        batch: None,
    };
    let refused = open(&at, &[line(Some("L1"), Some("2028-03-09"), 1)], &mut book, &mut counter());
    assert!(matches!(refused, Err(Refusal::PlaceNotLive { .. })));
}
