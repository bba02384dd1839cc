//! Transfers: no sequence of steps creates or loses a unit (D-1, D-2), and none closes while
//! anything is on its way (D-21).

use std::collections::BTreeMap;

use domain::{
    Body, Entry, Fact, LotId, Move, MoveKind, Refusal, Status, TransferId,
    entry::Serial,
    fact::Resolution,
    place::{Builtin, Place, transit_of},
    reservation::{Cut, Reserved, cuts, given_back},
    reversal::reverse,
    shelf_life::{Dates, LifeRule},
    transfer::{
        ApproveKnown, Arrival, Carton, SourceLot, Step, Transfer, TransferContent, TransferLine,
        TransferState, approve, arrive, cancel, close, fill_cartons, pack, resolve, ship,
    },
};
use proptest::prelude::*;

use crate::support::{Levels, counter, day, id, lot, place, place_id, sku};

/// A transfer being led through its states, with the levels that its entries make.
struct Led {
    transfer: Option<Transfer>,
    /// What stands, in order.
    entries: Vec<Entry>,
    levels: Levels,
    new_id: Box<dyn FnMut() -> uuid::Uuid>,
}

const TRANSFER: u128 = 8;

impl Led {
    fn new(opening: &[(LotId, i64)]) -> Self {
        let mut levels = Levels::default();
        for (lot, qty) in opening {
            levels
                .0
                .insert(domain::Slot { lot: *lot, place: place_id(0), status: Status::Good }, *qty);
        }
        Self { transfer: None, entries: Vec::new(), levels, new_id: Box::new(counter()) }
    }

    fn step(&mut self) -> Step<'_> {
        Step { id: id(TRANSFER), day: day("2026-10-01"), new_id: &mut self.new_id }
    }

    fn take(&mut self, entry: Result<Entry, Refusal>) -> Result<(), Refusal> {
        let entry = entry?;
        self.levels.add(&entry.body.moves);
        let before = self.transfer.take();
        self.transfer = Transfer::fold(before, id(TRANSFER), &entry);
        self.entries.push(entry);
        Ok(())
    }

    /// Undoes what stands at `at` unless a later step of the transfer stands on it, goods are gone,
    /// or more would be set aside than is there.
    fn undo(&mut self, at: usize) -> bool {
        let steps = |entry: &Entry| entry.body.fact.document(entry.effective_on).is_some();
        let is_step = steps(&self.entries[at]);
        if is_step && self.entries[at + 1..].iter().any(steps) {
            return false;
        }
        let mut levels = self.levels.clone();
        levels.add(&reverse(&self.entries[at], None, &mut self.new_id).body.moves);
        // A sale is undone after its correction, so the customers have not less than nothing.
        let below =
            |(slot, qty): (&domain::Slot, &i64)| *qty < 0 && slot.place != Builtin::Adjustment.id();
        if levels.0.iter().any(below) {
            return false;
        }
        let mut entries = self.entries.clone();
        entries.remove(at);
        let transfer =
            entries.iter().fold(None, |before, one| Transfer::fold(before, id(TRANSFER), one));
        if transfer.as_ref().is_some_and(|one| !is_there(one, &levels)) {
            return false;
        }
        (self.transfer, self.entries, self.levels) = (transfer, entries, levels);
        true
    }

    fn transfer(&self) -> Transfer {
        self.transfer.clone().expect("approved")
    }

    fn approve(&mut self, to: &Place, lines: Vec<TransferLine>) -> Result<(), Refusal> {
        let from = place("W0");
        let lots: BTreeMap<LotId, SourceLot> = lines
            .iter()
            .map(|line| {
                let source = SourceLot {
                    lot_no: "L2503A".into(),
                    sku_code: "SK001".into(),
                    dates: l2503a(),
                    free: self.levels.at(line.lot, place_id(0)),
                };
                (line.lot, source)
            })
            .collect();
        let content = TransferContent {
            number: "TR-A-2026-0007".into(),
            from: place_id(0),
            to: place_id(1),
            lines,
            note: String::new(),
            override_reason: None,
        };
        let known = ApproveKnown { from: &from, to, lots: &lots };
        let serial = Serial { series: "TR-A-2026".into(), n: 7 };
        let entry = approve(self.step(), &known, content, serial);
        self.take(entry)
    }

    fn pack(&mut self, units: Option<i64>) -> Result<(), Refusal> {
        let transfer = self.transfer();
        let contents = fill_cartons(&transfer.lines(), |_| units);
        let cartons = (1..).zip(contents).map(|(no, content)| Carton {
            no,
            code: no.to_string(),
            sscc: false,
            contents: vec![content],
        });
        let entry = pack(self.step(), &transfer, cartons.collect(), Vec::new(), |_| "L".into());
        self.take(entry)
    }

    fn ship(&mut self) -> Result<(), Refusal> {
        self.ship_to(&place("P1"), "2026-10-01")
    }

    fn ship_to(&mut self, to: &Place, on: &str) -> Result<(), Refusal> {
        let transfer = self.transfer();
        let lot = |_| ("L2503A".to_owned(), l2503a());
        let step = Step { day: day(on), ..self.step() };
        let entry = ship(step, &transfer, to, lot, (String::new(), String::new()));
        self.take(entry)
    }

    /// A shop reports `qty` of a lot sold where the transfer's goods lie.
    fn sell(&mut self, of: LotId, qty: i64) {
        let left = self.levels.at(of, place_id(0)) - qty;
        let cuts = cuts(of, left, self.set_aside(of).as_slice());
        self.report(MoveKind::Sale, (of, qty), cuts);
    }

    /// It says that `qty` fewer were sold.
    fn correct(&mut self, of: LotId, qty: i64) {
        let set_aside: i64 = self.set_aside(of).iter().map(|one| one.qty).sum();
        let free = self.levels.at(of, place_id(0)) + qty - set_aside;
        let lacks = self.transfer.as_ref().and_then(|one| one.lacks().get(&of).copied());
        let lacking = lacks.map(|qty| Reserved { transfer: id(TRANSFER), qty });
        let cuts = given_back(of, qty, free, lacking.as_slice());
        self.report(MoveKind::SaleReversal, (of, qty), cuts);
    }

    fn set_aside(&self, of: LotId) -> Option<Reserved> {
        let transfer = self.transfer.as_ref().filter(|one| one.reserves())?;
        let lines = transfer.lines();
        let lines = lines.iter().filter(|line| line.lot == of);
        Some(Reserved { transfer: id(TRANSFER), qty: lines.map(|line| line.qty).sum() })
    }

    fn report(&mut self, kind: MoveKind, (of, qty): (LotId, i64), cuts: Vec<Cut>) {
        let (from, to) = ((place_id(0), Status::Good), (Builtin::Customer.id(), Status::Good));
        let sold = Move { kind, lot: of, qty, from, to, line: 0 };
        let moves = vec![if kind == MoveKind::Sale { sold } else { sold.mirrored() }];
        let fact = Fact::SuspenseSettled { place: place_id(0) };
        let entry = Entry {
            id: id(1),
            effective_on: day("2026-10-01"),
            reverses: None,
            batch: None,
            body: Body { moves, cuts, ..Body::of(fact) },
            money: None,
        };
        self.take(Ok(entry)).expect("a report is never refused");
    }

    fn arrive(&mut self, arrivals: &[Arrival]) -> Result<(), Refusal> {
        let transfer = self.transfer();
        let entry = arrive(self.step(), &transfer, arrivals, |_| "L".into());
        self.take(entry)
    }

    fn resolve(&mut self, lot: LotId, qty: i64, how: Resolution) -> Result<(), Refusal> {
        let transfer = self.transfer();
        let entry = resolve(self.step(), &transfer, (lot, qty), how, ("why".into(), "L2503A"));
        self.take(entry)
    }

    fn close(&mut self) -> Result<(), Refusal> {
        let transfer = self.transfer();
        let entry = close(self.step(), &transfer, |_| "L2503A".into());
        self.take(entry)
    }

    fn cancel(&mut self) -> Result<(), Refusal> {
        let transfer = self.transfer();
        let entry = cancel(self.step(), &transfer, "no".into());
        self.take(entry)
    }

    fn in_transit(&self) -> i64 {
        self.levels.place_total(transit_of(TransferId::from(uuid::Uuid::from_u128(TRANSFER))))
    }
}

/// D-4: what a transfer has set aside is there.
fn is_there(transfer: &Transfer, levels: &Levels) -> bool {
    let mut set_aside = BTreeMap::<LotId, i64>::new();
    for line in transfer.lines().iter().filter(|_| transfer.reserves()) {
        *set_aside.entry(line.lot).or_default() += line.qty;
    }
    set_aside.into_iter().all(|(lot, qty)| qty <= levels.at(lot, place_id(0)))
}

fn l2503a() -> Dates {
    Dates { mfg_on: Some(day("2025-03-10")), expires_on: Some(day("2028-03-09")) }
}

fn line(of: LotId, qty: i64) -> TransferLine {
    TransferLine { sku: sku(1), lot: of, qty }
}

fn good(lot: LotId, qty: i64) -> Arrival {
    Arrival { lot, qty, status: Status::Good }
}

#[test]
fn a_lot_that_grew_too_old_while_it_waited_does_not_leave() {
    let mut led = Led::new(&[(lot(1), 1_000)]);
    let mut to = place("P1");
    to.life_rule = LifeRule { min_share_ppm: Some(400_000), ..LifeRule::default() };
    led.approve(&to, vec![line(lot(1), 48)]).expect("47.3 % is enough on 1 October");
    led.pack(Some(48)).expect("a carton");
    // 40 % of 1,095 days are 438: it must arrive by 2026-12-27, a week after it leaves.
    let late = led.ship_to(&to, "2026-12-21");
    assert!(matches!(late, Err(Refusal::LifeRefused { days_left: Some(437), .. })), "{late:?}");
    led.ship_to(&to, "2026-12-20").expect("438 days left at arrival");
}

#[test]
fn the_example_transfer_number_by_number() {
    let (first, second) = (lot(1), lot(2));
    let mut led = Led::new(&[(first, 1_000), (second, 2_000)]);
    let mut to = place("P1");
    to.life_rule = LifeRule { min_share_ppm: Some(500_000), ..LifeRule::default() };
    let refused = led.approve(&to, vec![line(first, 768)]);
    assert!(
        matches!(refused, Err(Refusal::LifeRefused { share_ppm: Some(473_059), .. })),
        "{refused:?}"
    );
    to.life_rule.min_share_ppm = Some(400_000);
    led.approve(&to, vec![line(first, 768)]).expect("47.3 % is enough for 40 %");
    assert!(led.transfer().reserves());
    led.pack(Some(48)).expect("16 cartons");
    assert_eq!(led.transfer().cartons.len(), 16);
    led.ship().expect("packed");
    let own = place_id(0);
    assert_eq!((led.levels.place_total(own), led.in_transit()), (2_232, 768));
    assert_eq!(led.transfer().expected_on, Some(day("2026-10-08")));
    led.arrive(&[good(first, 720)]).expect("15 cartons");
    let refused = led.close();
    assert_eq!(
        refused,
        Err(Refusal::StillInTransit {
            number: "TR-A-2026-0007".into(),
            units: 48,
            lots: "L2503A × 48".into()
        })
    );
    led.resolve(first, 48, Resolution::Lost).expect("48 are on their way");
    led.close().expect("nothing is on its way");
    assert_eq!((led.in_transit(), led.levels.at(first, place_id(1))), (0, 720));
    assert_eq!(led.levels.at(first, Builtin::Adjustment.id()), 48);
    assert_eq!(led.transfer().state, TransferState::Closed);
}

#[test]
fn what_turns_up_after_it_was_lost_is_found() {
    let mut led = Led::new(&[(lot(1), 100)]);
    led.approve(&place("W9"), vec![line(lot(1), 100)]).expect("free");
    led.pack(None).expect("one carton");
    led.ship().expect("packed");
    led.resolve(lot(1), 60, Resolution::Lost).expect("on its way");
    let too_much = led.resolve(lot(1), 61, Resolution::Found);
    assert!(matches!(too_much, Err(Refusal::ResolvesTooMuch { open: 60, .. })), "{too_much:?}");
    led.resolve(lot(1), 10, Resolution::Found).expect("of those lost");
    let fate = led.transfer().fates[&lot(1)];
    assert_eq!((fate.arrived, fate.lost, fate.open()), (10, 50, 40));
    assert_eq!((led.in_transit(), led.levels.at(lot(1), place_id(1))), (40, 10));
}

#[test]
fn cartons_hold_exactly_the_lines() {
    let mut led = Led::new(&[(lot(1), 100), (lot(2), 100)]);
    led.approve(&place("W9"), vec![line(lot(1), 50), line(lot(2), 7), line(lot(1), 10)])
        .expect("free");
    let transfer = led.transfer();
    // D-23: no carton holds two lots, so no carton has two expiries.
    let filled = fill_cartons(&transfer.content.lines, |_| Some(48));
    let qty: Vec<i64> = filled.iter().map(|content| content.qty).collect();
    assert_eq!(qty, [48, 2, 7, 10]);
    let carton = |contents| vec![Carton { no: 1, code: "1".into(), sscc: false, contents }];
    let mut short = filled.clone();
    short.pop();
    let mut strange = filled.clone();
    strange.push(domain::transfer::CartonContent { sku: sku(1), lot: lot(9), qty: 1 });
    for contents in [short, strange] {
        let entry = pack(led.step(), &transfer, carton(contents), Vec::new(), |_| "L".into());
        assert!(matches!(entry, Err(Refusal::CartonsDiffer { .. })), "D-22");
    }
    let entry = pack(led.step(), &transfer, carton(filled), Vec::new(), |_| "L".into());
    led.take(entry).expect("exactly the lines");
}

#[test]
fn a_transfer_leaves_once_and_nothing_skips_a_state() {
    let mut led = Led::new(&[(lot(1), 10)]);
    let short = led.approve(&place("W9"), vec![line(lot(1), 6), line(lot(1), 5)]);
    assert!(
        matches!(short, Err(Refusal::Shortage { wanted: 11, available: 10, .. })),
        "lines of one lot count together: {short:?}"
    );
    led.approve(&place("W9"), vec![line(lot(1), 10)]).expect("free");
    assert!(matches!(led.ship(), Err(Refusal::WrongState { .. })));
    assert!(matches!(led.arrive(&[good(lot(1), 1)]), Err(Refusal::WrongState { .. })));
    led.pack(None).expect("allocated");
    led.ship().expect("packed");
    assert!(matches!(led.ship(), Err(Refusal::WrongState { .. })));
    assert!(matches!(led.cancel(), Err(Refusal::WrongState { .. })));
    assert!(matches!(led.pack(None), Err(Refusal::WrongState { .. })));
    let unknown = led.arrive(&[good(lot(3), 1)]);
    assert!(matches!(unknown, Err(Refusal::TransferLotUnknown { .. })));
    assert!(matches!(led.arrive(&[]), Err(Refusal::DocumentEmpty { .. })));
    assert!(matches!(led.arrive(&[good(lot(1), 0)]), Err(Refusal::QuantityInvalid { .. })));
}

#[test]
fn a_transfer_leaves_no_day_before_it_was_approved() {
    let mut led = Led::new(&[(lot(1), 10)]);
    led.approve(&place("W9"), vec![line(lot(1), 10)]).expect("free");
    led.pack(None).expect("allocated");
    let early = led.ship_to(&place("W9"), "2026-09-30");
    let (asked, since) = (day("2026-09-30"), day("2026-10-01"));
    let number = "TR-A-2026-0007".to_owned();
    assert_eq!(early, Err(Refusal::BeforeDocument { number, day: asked, since }));
    led.ship().expect("the day itself");
}

#[test]
fn a_report_takes_what_was_approved_last_and_no_more_than_is_missing() {
    let reserved = |n, qty| Reserved { transfer: id(n), qty };
    let cut = |n, qty| Cut { transfer: id(n), lot: lot(1), qty };
    let of = |good| cuts(lot(1), good, &[reserved(3, 40), reserved(2, 60)]);
    assert_eq!(of(100), []);
    assert_eq!(of(90), [cut(3, 10)]);
    assert_eq!(of(50), [cut(3, 40), cut(2, 10)]);
    assert_eq!(of(0), [cut(3, 40), cut(2, 60)]);
    assert_eq!(of(-5), of(0), "what is not there cannot be taken twice");
}

#[test]
fn a_transfer_that_was_cut_leaves_with_what_is_there_once_it_is_packed_again() {
    let (first, second) = (lot(1), lot(2));
    let mut led = Led::new(&[(first, 100), (second, 50)]);
    led.approve(&place("W9"), vec![line(first, 60), line(second, 50), line(first, 40)])
        .expect("free");
    led.pack(Some(48)).expect("allocated");
    led.sell(first, 45);
    let lacking =
        Refusal::LotCut { number: "TR-A-2026-0007".into(), lot: "L2503A".into(), lacks: 45 };
    assert_eq!(led.ship(), Err(lacking), "its cartons hold what was sold");
    assert_eq!(
        led.transfer().lines(),
        [line(first, 55), line(second, 50)],
        "the last line gives way"
    );
    led.pack(Some(48)).expect("packed again");
    led.ship().expect("packed without what was sold");
    assert_eq!((led.in_transit(), led.transfer().units()), (105, 105));
    assert_eq!(led.transfer().fates[&first].shipped, 55);
    led.arrive(&[good(first, 55), good(second, 50)]).expect("all that left");
    led.close().expect("nothing is on its way");
}

#[test]
fn a_transfer_of_which_nothing_is_left_can_only_be_cancelled() {
    let mut led = Led::new(&[(lot(1), 10)]);
    led.approve(&place("W9"), vec![line(lot(1), 10)]).expect("free");
    led.sell(lot(1), 10);
    assert_eq!(led.pack(None), Err(Refusal::NothingLeft { number: "TR-A-2026-0007".into() }));
    led.cancel().expect("nothing has left");
}

#[test]
fn packing_fixes_the_lines_whatever_is_reported_or_undone_since() {
    let mut led = Led::new(&[(lot(1), 336)]);
    led.approve(&place("W9"), vec![line(lot(1), 200), line(lot(1), 136)]).expect("free");
    led.sell(lot(1), 112);
    led.pack(Some(48)).expect("what is left");
    assert!(led.undo(1), "the sale did not take place");
    assert_eq!(led.transfer().lines(), [line(lot(1), 200), line(lot(1), 24)]);
    led.ship().expect("its cartons hold its lines");
    assert_eq!((led.in_transit(), led.levels.at(lot(1), place_id(0))), (224, 112), "D-22");
    let spread = led.transfer().spread();
    let left: Vec<_> = spread.iter().map(|(line, left)| (line.qty, *left)).collect();
    assert_eq!(left, [(200, 200), (136, 24)], "the last line gave way");
}

#[test]
fn what_left_is_what_left_whatever_is_undone_since() {
    let mut led = Led::new(&[(lot(1), 100)]);
    led.approve(&place("W9"), vec![line(lot(1), 100)]).expect("free");
    led.pack(None).expect("one carton");
    led.sell(lot(1), 30);
    led.pack(None).expect("packed again");
    led.ship().expect("with what is there");
    assert!(led.undo(2), "the sale did not take place");
    assert_eq!((led.transfer().units(), led.in_transit()), (70, 70));
    assert_eq!(led.transfer().lines(), [line(lot(1), 70)]);
}

#[test]
fn cartons_of_other_goods_than_the_lines_do_not_leave() {
    let mut led = Led::new(&[(lot(1), 100)]);
    led.approve(&place("W9"), vec![line(lot(1), 100)]).expect("free");
    led.pack(None).expect("one carton");
    // As no desk of ours packs it, but another's entry may say.
    let mut transfer = led.transfer();
    transfer.cartons[0].contents[0].lot = lot(2);
    let of = |_| ("L".to_owned(), l2503a());
    let left = ship(led.step(), &transfer, &place("W9"), of, (String::new(), String::new()));
    assert!(matches!(left, Err(Refusal::CartonsDiffer { .. })), "{left:?}");
}

#[test]
fn a_corrected_report_gives_back_what_it_cut_and_no_more_than_is_free() {
    let reserved = |n, qty| Reserved { transfer: id(n), qty };
    let cut = |n, qty| Cut { transfer: id(n), lot: lot(1), qty };
    let of = |back, free| given_back(lot(1), back, free, &[reserved(2, 10), reserved(3, 40)]);
    assert_eq!(of(30, 100), [cut(2, -10), cut(3, -20)], "approved first, first");
    assert_eq!(of(80, 100), [cut(2, -10), cut(3, -40)]);
    assert_eq!((of(80, 5), of(80, -5)), (vec![cut(2, -5)], vec![]));
    let mut led = Led::new(&[(lot(1), 336)]);
    led.approve(&place("W9"), vec![line(lot(1), 336)]).expect("free");
    led.sell(lot(1), 300);
    assert_eq!(led.transfer().units(), 36);
    led.correct(lot(1), 296);
    assert_eq!((led.transfer().units(), led.transfer().lacks()), (332, [(lot(1), 4)].into()));
    led.pack(None).expect("what is left");
    led.correct(lot(1), 4);
    assert_eq!(led.transfer().units(), 332, "nothing gets into closed cartons");
}

#[derive(Debug, Clone)]
enum Act {
    Approve(Vec<(u8, i64)>),
    Pack(i64),
    Ship,
    Sell(u8, i64),
    Correct(u8, i64),
    Undo(prop::sample::Index),
    Arrive(Vec<(u8, i64, i64)>),
    Lose(u8, i64),
    Find(u8, i64),
    Close,
    Cancel,
}

fn acts() -> impl Strategy<Value = Act> {
    let of = 0_u8..3;
    prop_oneof![
        2 => prop::collection::vec((of.clone(), 1_i64..400), 1..4).prop_map(Act::Approve),
        2 => (1_i64..60).prop_map(Act::Pack),
        2 => Just(Act::Ship),
        2 => (of.clone(), 1_i64..200).prop_map(|(of, qty)| Act::Sell(of, qty)),
        1 => (of.clone(), 1_i64..200).prop_map(|(of, qty)| Act::Correct(of, qty)),
        3 => any::<prop::sample::Index>().prop_map(Act::Undo),
        4 => prop::collection::vec((of.clone(), 1_i64..300, 0_i64..4), 1..4).prop_map(Act::Arrive),
        2 => (of.clone(), 1_i64..300).prop_map(|(of, qty)| Act::Lose(of, qty)),
        1 => (of, 1_i64..100).prop_map(|(of, qty)| Act::Find(of, qty)),
        2 => Just(Act::Close),
        1 => Just(Act::Cancel),
    ]
}

impl Led {
    fn act(&mut self, act: &Act) -> Result<(), Refusal> {
        let of = |n: u8| lot(n.into());
        match act {
            Act::Sell(n, qty) => {
                // More than the book holds goes to suspense and takes nothing.
                let qty = (*qty).min(self.levels.at(of(*n), place_id(0)));
                if qty > 0 {
                    self.sell(of(*n), qty);
                }
                return Ok(());
            }
            Act::Correct(n, qty) => {
                let qty = (*qty).min(self.levels.at(of(*n), Builtin::Customer.id()));
                if qty > 0 {
                    self.correct(of(*n), qty);
                }
                return Ok(());
            }
            Act::Undo(which) => {
                if !self.entries.is_empty() {
                    self.undo(which.index(self.entries.len()));
                }
                return Ok(());
            }
            _ => {}
        }
        if self.transfer.is_none() {
            let Act::Approve(lines) = act else { return Ok(()) };
            let lines = lines.iter().map(|(n, qty)| line(of(*n), *qty)).collect();
            return self.approve(&place("W9"), lines);
        }
        match act {
            Act::Approve(_) | Act::Sell(..) | Act::Correct(..) | Act::Undo(_) => Ok(()),
            Act::Pack(units) => self.pack(Some(*units)),
            Act::Ship => self.ship(),
            Act::Arrive(lines) => {
                let lines = lines.iter().map(|(n, qty, status)| Arrival {
                    lot: of(*n),
                    qty: *qty,
                    status: Status::from_code(*status).expect("one of four"),
                });
                self.arrive(&lines.collect::<Vec<_>>())
            }
            Act::Lose(n, qty) => self.resolve(of(*n), *qty, Resolution::Lost),
            Act::Find(n, qty) => self.resolve(of(*n), *qty, Resolution::Found),
            Act::Close => self.close(),
            Act::Cancel => self.cancel(),
        }
    }
}

proptest! {
    #[test]
    fn no_sequence_creates_or_loses_a_unit(acts in prop::collection::vec(acts(), 1..40)) {
        let opening: Vec<_> = (0..3).map(|n| (lot(n), 500)).collect();
        let mut led = Led::new(&opening);
        for act in &acts {
            let before = (led.levels.clone(), led.transfer.clone());
            if led.act(act).is_err() {
                prop_assert_eq!(&before.0, &led.levels);
                prop_assert_eq!(&before.1, &led.transfer);
            }
            // D-1: everything is somewhere; D-2: nowhere real is anything below nothing.
            prop_assert_eq!(led.levels.0.values().sum::<i64>(), 1_500);
            for (slot, qty) in &led.levels.0 {
                prop_assert!(*qty >= 0 || slot.place == Builtin::Adjustment.id());
            }
            let Some(transfer) = &led.transfer else { continue };
            prop_assert_eq!(led.in_transit(), transfer.in_transit());
            // D-4: what is set aside is there, whatever was reported meanwhile.
            prop_assert!(is_there(transfer, &led.levels));
            // D-22: what left is what its cartons hold; one that lacks nothing is packed with its
            // lines.
            let mut packed = BTreeMap::<LotId, i64>::new();
            for one in transfer.cartons.iter().flat_map(|carton| &carton.contents) {
                *packed.entry(one.lot).or_default() += one.qty;
            }
            let mut lines = BTreeMap::<LotId, i64>::new();
            for line in transfer.lines() {
                *lines.entry(line.lot).or_default() += line.qty;
            }
            let packed_whole =
                transfer.state == TransferState::Packed && transfer.lacks().is_empty();
            if transfer.shipped_on.is_some() || packed_whole {
                prop_assert_eq!(packed, lines);
            }
            // D-21, and the document says of each lot what its moves say.
            if transfer.state == TransferState::Closed {
                prop_assert_eq!(led.in_transit(), 0);
            }
            for (of, fate) in &transfer.fates {
                prop_assert!(fate.open() >= 0 && fate.lost >= 0);
                let there: i64 = Status::ALL
                    .into_iter()
                    .map(|status| led.levels.in_status(*of, place_id(1), status))
                    .sum();
                prop_assert_eq!(there, fate.arrived + fate.over);
                let sold = led.levels.at(*of, Builtin::Customer.id());
                prop_assert_eq!(led.levels.at(*of, place_id(0)), 500 - fate.shipped - sold);
            }
        }
    }
}
