//! Goods made of our materials: receipts × materials × lots, rejects and replacements, late bills,
//! losses and suspense. Some tests name the bug of another program that they keep out.

use domain::{
    Currency, Entry, Fact, LotId, Money, MoveKind, OrderId, PlaceId, Refusal, Status,
    bom::{Loss, loss},
    landed::{self, Basis, Bill},
    losses::{LossKnown, Settled, Settling, settle_losses},
    materials::{self, OpenUse},
    offer::LossBase,
    order::{Delivered, ProductionOrder, Step},
    place::{Builtin, suspense_of},
    quality::{Decided, DecidedAt, Decision, SettleBy, decide, kept},
    shelf_life::Dates,
    statement::{Counted, count},
    stock::Available,
    tax::TaxSplit,
    valuation::PassingKind,
};
use proptest::prelude::*;
use uuid::Uuid;

use crate::{
    support::{day, id},
    works::{ORDER, Works, bill, boxes_used, came, factory, goods, material, warehouse},
};

fn step(works: &mut Works) -> Step<'_> {
    let id = OrderId(Uuid::from_u128(ORDER));
    Step { id, day: day("2026-10-02"), new_id: &mut works.new_id }
}

fn judge(works: &mut Works, lines: Vec<Decided>, reason: &str) -> Result<Entry, Refusal> {
    judge_with(works, Some(factory()), lines, reason)
}

fn judge_with(
    works: &mut Works,
    factory: Option<PlaceId>,
    lines: Vec<Decided>,
    reason: &str,
) -> Result<Entry, Refusal> {
    let (order, kept, place) = (works.order.clone(), kept(&works.entries), warehouse());
    let at = DecidedAt { order: &order, kept: &kept, place, factory };
    decide(step(works), at, lines, reason.into())
}

fn send_back(works: &mut Works, lot: LotId, qty: i64, settle_by: SettleBy) {
    let one = Decided {
        line: 0,
        lot,
        qty,
        from: Status::Quarantine,
        decision: Decision::Return,
        settle_by: Some(settle_by),
    };
    let entry = judge(works, vec![one], "scratched");
    works.post(&entry.expect("decided"));
}

fn sell(works: &mut Works, lot: LotId, qty: i64) {
    let (from, to) = ((warehouse(), Status::Quarantine), (Builtin::Customer.id(), Status::Good));
    let kind = MoveKind::Sale;
    works.levels.add(&[domain::Move { kind, lot, qty, from, to, line: 0 }]);
}

fn freight(works: &mut Works, lots: Vec<(LotId, i64)>, minor: i64) {
    let bill = Bill {
        number: "YF-1".into(),
        partner: None,
        dated_on: day("2026-11-05"),
        basis: Basis::Quantity,
        note: String::new(),
        lots,
    };
    let on = day("2026-11-06");
    let entry = landed::post(id(15), bill, (minor, Currency::CNY), on, &mut works.new_id);
    works.post(&entry.expect("a bill"));
}

/// 5,000 × 9.80 with 13 % in it, of boxes at 6.40.
fn boxed() -> (Works, LotId, LotId) {
    let mut works = Works::new(5_000, "9.80", vec![bill(1, 1_000, 0)]);
    let boxes = works.supply(1, 5_000, 3_200_000);
    let lot = works.receive_lot(&came("L1", 5_000));
    (works, boxes, lot)
}

#[test]
fn fee_net_of_tax_and_materials_make_the_lot() {
    let gross = Money::of_units("9.80".parse().expect("a price"), 5_000, Currency::CNY);
    assert_eq!(gross.expect("small").minor, 4_900_000);
    assert_eq!(TaxSplit::of_gross(4_900_000, 130_000).net, 4_336_283);
    let (works, boxes, lot) = boxed();
    assert_eq!(works.fees(), 4_336_283);
    let values = works.values();
    assert_eq!((values[&lot].whole, values[&lot].on_hand), (7_536_283, 7_536_283));
    assert_eq!((values[&boxes].on_hand, &values[&boxes].passed), (0, &vec![(lot, 3_200_000)]));
    assert_eq!(works.levels.in_status(lot, warehouse(), Status::Quarantine), 5_000);
}

#[test]
fn units_sent_back_wait_on_the_partner_and_become_the_replacement() {
    let (mut works, _, lot) = boxed();
    let more = works.supply(1, 300, 210_000);
    send_back(&mut works, lot, 200, SettleBy::Replace);
    let values = works.values();
    assert_eq!((values[&lot].on_hand, values[&lot].at_partner), (7_234_832, 301_451));
    assert_eq!(works.levels.in_status(lot, Builtin::Supplier.id(), Status::Good), 200);
    let too_many = Delivered { replaces: Some(lot), ..came("L2", 201) };
    assert!(matches!(
        works.receive(&[too_many]),
        Err(Refusal::ReplacesTooMuch { qty: 201, waiting: 200, .. })
    ));
    let again = works.receive_lot(&Delivered { replaces: Some(lot), ..came("L2", 200) });
    assert_eq!(works.fees(), 4_336_283, "no second fee");
    let values = works.values();
    assert_eq!((values[&lot].on_hand, values[&lot].at_partner), (7_234_832, 0));
    assert_eq!((values[&again].whole, values[&again].on_hand), (301_451, 301_451));
    // The factory's second set of boxes is its loss until losses are settled, not ours.
    assert_eq!((values[&more].written_off, values[&more].on_hand), (140_000, 70_000));
    assert_eq!(works.order.tallies[0].kept(), 5_000);
    assert!(works.order.is_complete());
}

/// The factory keeps filling the same bulk, so what it sends again bears the same lot number.
#[test]
fn a_replacement_of_the_same_lot_costs_what_the_lot_cost() {
    let (mut works, _, lot) = boxed();
    send_back(&mut works, lot, 200, SettleBy::Replace);
    let again = works.receive_lot(&Delivered { replaces: Some(lot), ..came("L1", 200) });
    assert_eq!(again, lot);
    let value = &works.values()[&lot];
    assert_eq!((value.on_hand, value.at_partner, value.units), (7_536_283, 0, 5_000));
}

#[test]
fn credited_units_are_not_replaced_and_not_paid() {
    let (mut works, _, lot) = boxed();
    send_back(&mut works, lot, 200, SettleBy::Credit);
    let tally = works.order.tallies[0];
    assert_eq!((tally.kept(), tally.payable(), tally.failed), (4_800, 4_800, 200));
    let value = &works.values()[&lot];
    assert_eq!((value.on_hand, value.at_partner, value.claimed), (7_234_832, 0, 301_451));
    let wrong = Delivered { replaces: Some(lot), ..came("L2", 200) };
    let refused = works.receive(&[wrong]);
    assert!(matches!(refused, Err(Refusal::ReplacesTooMuch { waiting: 0, .. })));
}

#[test]
fn what_is_mended_keeps_its_lot_and_its_cost() {
    let (mut works, _, lot) = boxed();
    send_back(&mut works, lot, 300, SettleBy::Rework);
    assert_eq!(works.levels.in_status(lot, factory(), Status::Quarantine), 300);
    let value = &works.values()[&lot];
    assert_eq!((value.on_hand, value.at_partner), (7_536_283, 0));
    freight(&mut works, vec![(lot, 1)], 30_000);
    assert_eq!(works.values()[&lot].on_hand, 7_566_283, "the mending is a late bill");
    assert_eq!(works.order.tallies[0].kept(), 5_000, "it is still ours");
}

/// frappe/erpnext#51281, odoo PR 282371 and #249198: the share of late freight that belongs to what
/// is sold goes to its cost, in the open period, and the two shares are the bill.
#[test]
fn late_freight_splits_between_sold_and_on_hand() {
    let (mut works, _, lot) = boxed();
    sell(&mut works, lot, 2_000);
    let before = works.values()[&lot].clone();
    freight(&mut works, vec![(lot, 5_000)], 150_000);
    let after = &works.values()[&lot];
    assert_eq!((after.sold, after.on_hand), (3_074_513, 4_611_770));
    assert_eq!(after.sold + after.on_hand, 7_686_283);
    assert_eq!((after.sold - before.sold) + (after.on_hand - before.on_hand), 150_000);
}

/// 6,289 boxes issued at 3 % allowance, 5,880 good and 120 spoilt.
fn lossy(base: LossBase) -> (Works, LotId, LotId, Loss) {
    let mut works = Works::new(6_000, "0", vec![bill(1, 1_000, 30_000)]);
    works.order.content.loss_base = base;
    let boxes = works.supply(1, 6_289, 628_900);
    let lot = works.receive_lot(&Delivered { spoilt: 120, ..came("L1", 5_880) });
    let usage = boxes_used(6_289, 5_880, 120);
    let lost = loss(base, &usage);
    (works, boxes, lot, lost)
}

fn settle(works: &mut Works, lost: Loss, reason: Option<&str>) -> Result<(), Refusal> {
    let before = Settled::of(&works.entries);
    let spoilt: Vec<(LotId, i64)> = works.passed(PassingKind::Spoilt).into_iter().collect();
    let beside: i64 = spoilt.iter().map(|(_, qty)| qty).sum();
    let known = LossKnown {
        material: material(1),
        code: "BOX".into(),
        loss: lost,
        over: (beside - lost.missing).max(0),
        spoilt,
        taken: before.taken().collect(),
    };
    let made = works.moved(MoveKind::Produce).into_iter().collect::<Vec<_>>();
    let (order, place) = (works.order.clone(), factory());
    let reason = reason.map(str::to_owned);
    let settling = Settling { order: &order, place, lots: &made, before: &before, reason };
    let mut stock = works.stock.clone();
    let step = Step { id: id(ORDER), day: day("2026-10-31"), new_id: &mut works.new_id };
    let entry = settle_losses(step, settling, &[known], &mut stock)?;
    works.stock = stock;
    works.post(&entry);
    Ok(())
}

fn settle_lossy(works: &mut Works, boxes: LotId, lost: Loss) -> Result<(), Refusal> {
    settle(works, lost, None)?;
    assert_eq!(works.levels.at(boxes, factory()), 0, "the factory's book is empty");
    Ok(())
}

/// A settlement says what is missing now and posts what is new: twice is once, and early, with
/// goods coming after it, is late.
#[test]
fn losses_are_settled_once_however_often_it_is_asked() {
    let (mut works, boxes, _, lost) = lossy(LossBase::Good);
    settle_lossy(&mut works, boxes, lost).expect("all is made or spoilt");
    assert!(works.order.losses_settled);
    let before = works.values();
    let again = settle(&mut works, lost, Some("to be sure"));
    assert!(matches!(again, Err(Refusal::LossesSettled { .. })), "{again:?}");
    assert_eq!(works.values(), before);

    let mut early = Works::new(6_000, "0", vec![bill(1, 1_000, 30_000)]);
    let boxes = early.supply(1, 6_289, 628_900);
    let half = boxes_used(6_289, 2_000, 0);
    let first = early.receive_lot(&came("L0", 2_000));
    let half = loss(LossBase::Good, &half);
    let refused = settle(&mut early, half, Some(" "));
    assert!(
        matches!(refused, Err(Refusal::LossesTooEarly { ordered: 6_000, received: 2_000, .. })),
        "{refused:?}"
    );
    settle(&mut early, half, Some("the line is shut")).expect("no more comes");
    assert_eq!(early.levels.at(boxes, factory()), 0);
    // It comes all the same, out of suspense, until what was taken too much is given back.
    early.receive_lot(&came("L1", 3_880));
    assert!(!early.order.losses_settled, "what came after is not settled");
    let now = boxes_used(6_289, 5_880, 0);
    let now = loss(LossBase::Good, &now);
    settle(&mut early, now, Some("done")).expect("the rest goes back to the book");
    assert_eq!(early.levels.at(boxes, factory()), 3_880, "the boxes that the second lot holds");
    let gone = |kind| early.moved_net(kind, factory())[&boxes];
    assert_eq!((gone(MoveKind::LossAllowed), gone(MoveKind::LossClaimed)), (188, 221));
    assert_eq!(early.passed(PassingKind::LossAllowed)[&boxes], 188);
    assert_eq!(early.values()[&first].taken_over, 200_000 + 6_400, "its share of 188 boxes");
}

#[test]
fn the_claim_on_base_good_is_221_boxes_and_what_is_allowed_is_cost() {
    let (mut works, boxes, lot, lost) = lossy(LossBase::Good);
    assert_eq!(lost, Loss { missing: 409, allowed: 188, claimed: 221 });
    assert_eq!(works.passed(PassingKind::Spoilt), [(boxes, 120)].into());
    assert_eq!(works.values()[&boxes].written_off, 12_000, "nobody bears the spoilt yet");
    settle_lossy(&mut works, boxes, lost).expect("the book holds it");
    let values = works.values();
    assert_eq!(values[&lot].whole, 588_000 + 18_800);
    assert_eq!(values[&boxes].claimed, 22_100, "the claim is not cost of goods");
    assert_eq!(values[&boxes].written_off, 0);
    let moved = |kind| works.moved(kind).get(&boxes).copied();
    let kinds = [MoveKind::Spoil, MoveKind::LossAllowed, MoveKind::LossClaimed];
    assert_eq!(kinds.map(moved), [Some(120), Some(68), Some(221)]);
}

#[test]
fn the_claim_on_base_good_and_rejected_is_101_boxes() {
    let (mut works, boxes, lot, lost) = lossy(LossBase::GoodAndRejected);
    assert_eq!(lost, Loss { missing: 289, allowed: 188, claimed: 101 });
    assert_eq!(works.values()[&lot].whole, 600_000, "spoilt units are used");
    settle_lossy(&mut works, boxes, lost).expect("the book holds it");
    let values = works.values();
    assert_eq!((values[&lot].whole, values[&boxes].claimed), (618_800, 10_100));
}

#[test]
fn losses_are_not_settled_while_spoilt_material_has_no_lot() {
    let mut works = Works::new(6_000, "0", vec![bill(1, 1_000, 30_000)]);
    works.receive_lot(&Delivered { spoilt: 120, ..came("L1", 5_880) });
    let unknown = works.stock.unknown[&material(1)];
    let usage = boxes_used(6_289, 5_880, 120);
    let lost = loss(LossBase::Good, &usage);
    let refused = settle_lossy(&mut works, unknown, lost);
    assert!(matches!(refused, Err(Refusal::LossBeyondBook { missing: 120, available: 0, .. })));
}

#[test]
fn losses_beyond_the_book_are_refused() {
    let (mut works, boxes, _, lost) = lossy(LossBase::Good);
    let less = Available { lot: boxes, dates: Dates::default(), qty: 200 };
    works.stock.lots.insert(material(1), vec![less]);
    let refused = settle_lossy(&mut works, boxes, lost);
    let beyond = Refusal::LossBeyondBook { material: "BOX".into(), missing: 289, available: 200 };
    assert_eq!(refused, Err(beyond));
}

/// What the factory counted is off its book already: the loss takes it from there, so that the count
/// and the order do not both miss it.
#[test]
fn what_a_count_missed_is_charged_to_the_order_that_misses_it() {
    let (mut works, boxes, lot, lost) = lossy(LossBase::Good);
    let shelf = Available { lot: boxes, dates: Dates::default(), qty: 289 };
    let counted =
        Counted { material: material(1), counted: 9, open: 0, lots: vec![shelf], last_lot: None };
    let on = day("2026-10-20");
    let entry = count(factory(), &[counted], "both agree".into(), on, &mut works.new_id);
    works.post(&entry.expect("counted").expect("280 are missing"));
    assert_eq!(works.values()[&boxes].lost, 28_000);
    works.stock.lots.insert(material(1), vec![Available { qty: 9, ..shelf }]);
    works.stock.missed.insert(material(1), vec![Available { qty: 280, ..shelf }]);
    settle_lossy(&mut works, boxes, lost).expect("9 on the shelf and 280 that were missed");
    let values = works.values();
    assert_eq!((values[&boxes].lost, values[&boxes].claimed), (0, 22_100));
    assert_eq!(values[&lot].whole, 588_000 + 18_800);
    let found = works.moved(MoveKind::CountGain);
    assert_eq!(found, [(boxes, 280)].into(), "the shelf is asked last");
    let again = settle(&mut works, lost, Some("to be sure"));
    assert!(matches!(again, Err(Refusal::LossesSettled { .. })), "{again:?}");
}

/// frappe/erpnext#41716, #12752, #5336: material is used for every unit that came, whatever the
/// quality decision makes of it.
#[test]
fn rejected_units_have_used_their_material() {
    let mut works = Works::new(300, "1", vec![bill(1, 1_000, 0)]);
    let boxes = works.supply(1, 500, 50_000);
    let lot = works.receive_lot(&came("L1", 300));
    for decision in [Decision::Reject, Decision::Scrap] {
        let from = Status::Quarantine;
        let one = Decided { line: 0, lot, qty: 50, from, decision, settle_by: None };
        let entry = judge(&mut works, vec![one], "bent");
        works.post(&entry.expect("decided"));
    }
    assert_eq!(works.moved(MoveKind::Consume), [(boxes, 300)].into());
    let value = &works.values()[&lot];
    assert_eq!(value.written_off + value.on_hand, value.whole);
    assert_eq!(works.order.tallies[0].failed, 100);
}

/// frappe/erpnext#36037: one consumption takes as many lots of a material as it needs.
#[test]
fn one_consumption_takes_several_lots_in_their_order() {
    let mut works = Works::new(300, "0", vec![bill(1, 1_000, 0), bill(2, 2_000, 0)]);
    let boxes = [(120, 1_200), (80, 1_600), (400, 4_000)];
    let boxes = boxes.map(|(qty, minor)| works.supply(1, qty, minor));
    let labels = works.supply(2, 600, 600);
    let lot = works.receive_lot(&came("L1", 300));
    let used = [(boxes[0], 120), (boxes[1], 80), (boxes[2], 100), (labels, 600)];
    assert_eq!(works.moved(MoveKind::Consume), used.into());
    assert_eq!(works.values()[&lot].whole, 1_200 + 1_600 + 1_000 + 600);
}

/// odoo PR 171078: what was consumed stays consumed, also when the bill of materials changes.
#[test]
fn a_changed_bill_does_not_touch_what_was_consumed() {
    let mut works = Works::new(300, "0", vec![bill(1, 1_000, 0)]);
    let boxes = works.supply(1, 900, 900);
    works.receive_lot(&came("L1", 100));
    let mut content = works.order.content.clone();
    content.lines[0].materials[0].per_1000 = 3_000;
    let amended = Fact::OrderAmended {
        id: id(ORDER),
        revision: 1,
        order: Box::new(content),
        reason: "three in one".into(),
    };
    let order = ProductionOrder::fold(Some(works.order.clone()), &amended, day("2026-10-02"));
    works.order = order.expect("an order");
    works.receive_lot(&came("L2", 100));
    assert_eq!(works.moved(MoveKind::Consume), [(boxes, 100 + 300)].into());
}

/// frappe/erpnext#47160: a receipt that is entered late dates its lot by its own day.
#[test]
fn a_lot_is_as_old_as_its_receipt_and_its_label_say() {
    let mut works = Works::new(10, "1", Vec::new());
    let entry = works.receive(&[came("L1", 10)]).expect("received");
    let lot = &entry.body.lots[0];
    assert_eq!((lot.first_received_on, entry.effective_on), (day("2026-10-01"), day("2026-10-01")));
    assert_eq!(lot.dates.mfg_on, Some(day("2026-09-01")));
}

/// inventree/InvenTree#6176, #5950 and frappe/erpnext#32321: without a date there is no receipt.
#[test]
fn a_lot_needs_a_date() {
    let mut works = Works::new(10, "1", Vec::new());
    let bare = Delivered::of(0, "L1", Dates::default(), 10);
    assert!(matches!(works.receive(&[bare]), Err(Refusal::LotDatesMissing { .. })));
}

#[test]
fn decisions_that_cannot_be_are_refused() {
    let mut works = Works::new(10, "1", Vec::new());
    let lot = works.receive_lot(&came("L1", 10));
    let from = Status::Quarantine;
    let base = Decided { line: 0, lot, qty: 5, from, decision: Decision::Return, settle_by: None };
    let mut tried =
        |one: Decided, reason: &str| judge_with(&mut works, None, vec![one], reason).map(|_| ());
    assert_eq!(tried(base, "r"), Err(Refusal::SettleByMissing {}));
    let rework = Decided { settle_by: Some(SettleBy::Rework), ..base };
    assert_eq!(tried(rework, "r"), Err(Refusal::FactoryPlaceMissing {}));
    let reject = Decided { decision: Decision::Reject, ..base };
    let what = "quality.decide".to_owned();
    assert_eq!(tried(reject, " "), Err(Refusal::ReasonMissing { what }));
    let again = Decided { from: Status::Defective, ..reject };
    assert_eq!(tried(again, "r"), Err(Refusal::SameStatus { status: Status::Defective }));
    let sold = Decided { from: Status::Good, ..reject };
    assert_eq!(tried(sold, "r"), Err(Refusal::QualityStatus { status: Status::Good }));
    assert_eq!(tried(Decided { qty: 0, ..reject }, "r"), Err(Refusal::QuantityInvalid { qty: 0 }));
    let none = judge(&mut works, Vec::new(), "");
    assert!(matches!(none, Err(Refusal::DocumentEmpty { .. })));
}

/// frappe/erpnext#47331, #21212: one receipt, several decisions.
#[test]
fn a_decision_splits_a_lot_over_lines() {
    let mut works = Works::new(10, "1", Vec::new());
    let lot = works.receive_lot(&came("L1", 10));
    let line = |qty, decision, settle_by| {
        let from = Status::Quarantine;
        Decided { line: 0, lot, qty, from, decision, settle_by }
    };
    let lines = vec![
        line(5, Decision::Accept, None),
        line(1, Decision::Concession, None),
        line(2, Decision::Reject, None),
        line(1, Decision::Return, Some(SettleBy::Replace)),
        line(1, Decision::Scrap, None),
    ];
    let entry = judge(&mut works, lines, "mixed");
    works.post(&entry.expect("decided"));
    let at = |place, status| works.levels.in_status(lot, place, status);
    let good = at(warehouse(), Status::Good);
    assert_eq!((good, at(warehouse(), Status::Defective)), (6, 2));
    assert_eq!(at(warehouse(), Status::Quarantine), 0);
    let tally = works.order.tallies[0];
    assert_eq!((tally.passed, tally.failed, tally.returned, tally.kept()), (6, 4, 1, 9));
}

/// Parts of a delivery: units, spoilt units, and which of three lots.
fn parts() -> impl Strategy<Value = Vec<(i64, i64, u8)>> {
    prop::collection::vec((1_i64..900, 0_i64..40, 0_u8..3), 1..9)
}

fn supplied(price: &str, base: LossBase, per_1000: [i64; 3]) -> (Works, Vec<LotId>) {
    let materials = (1..).zip(per_1000).map(|(n, per)| bill(n, per, 0)).collect();
    let mut works = Works::new(9_000, price, materials);
    works.order.content.loss_base = base;
    let mut lots = Vec::new();
    for n in 1..=3 {
        for (qty, minor) in [(700, 3_331), (1_900, 9_999), (90_000, 777_777)] {
            lots.push(works.supply(n, qty, minor));
        }
    }
    (works, lots)
}

fn any_base() -> impl Strategy<Value = LossBase> {
    prop_oneof![Just(LossBase::Good), Just(LossBase::GoodAndRejected)]
}

/// Of every material and every kind of use, all lots together.
fn used(works: &Works) -> Vec<i64> {
    let kinds = [MoveKind::Consume, MoveKind::Spoil, MoveKind::SuspenseConsume];
    let moved = kinds.map(|kind| works.moved(kind).values().sum::<i64>());
    let kinds = [PassingKind::Consumed, PassingKind::Spoilt, PassingKind::Replaced];
    let passed = kinds.map(|kind| works.passed(kind).values().sum::<i64>());
    [moved, passed].concat()
}

proptest! {
    /// Any split of a delivery into receipts of lots costs, uses and passes on what one receipt
    /// does: every line is the difference of two totals.
    #[test]
    fn any_split_into_receipts_is_one_receipt(
        parts in parts(), cents in 1_u32..99_999, base in any_base(),
        per_1000 in [1_i64..2_500, 400_i64..600, 1_i64..40],
    ) {
        let price = format!("{}.{:03}", cents / 1_000, cents % 1_000);
        let (mut split, lots) = supplied(&price, base, per_1000);
        let (mut whole, _) = supplied(&price, base, per_1000);
        for (qty, spoilt, lot) in &parts {
            let one = Delivered { spoilt: *spoilt, ..came(&format!("L{lot}"), *qty) };
            split.receive(&[one]).expect("received");
        }
        let qty = parts.iter().map(|part| part.0).sum();
        let spoilt = parts.iter().map(|part| part.1).sum();
        whole.receive(&[Delivered { spoilt, ..came("L0", qty) }]).expect("received");
        prop_assert_eq!(split.fees(), whole.fees());
        prop_assert_eq!(used(&split), used(&whole));
        prop_assert_eq!(split.order.tallies[0], whole.order.tallies[0]);
        // Every material lot has lost as much, to goods and to spoilt units together.
        let (left, right) = (split.values(), whole.values());
        for lot in &lots {
            prop_assert_eq!(left[lot].on_hand, right[lot].on_hand);
        }
        if spoilt == 0 {
            let consumed = |works: &Works| works.passed(PassingKind::Consumed);
            prop_assert_eq!(consumed(&split), consumed(&whole));
            let made = |works: &Works| works.values().iter()
                .filter(|(lot, _)| !lots.contains(lot)).map(|(_, one)| one.whole).sum::<i64>();
            prop_assert_eq!(made(&split), made(&whole));
        }
        let lines: Vec<Delivered> = parts.iter().map(|(qty, spoilt, lot)| {
            Delivered { spoilt: *spoilt, ..came(&format!("L{lot}"), *qty) }
        }).collect();
        let (mut at_once, _) = supplied(&price, base, per_1000);
        at_once.receive(&lines).expect("received");
        // Lots bear other ids there, in the same order.
        let worths = |works: &Works| works.values().into_values().map(|one| {
            let passed: Vec<i64> = one.passed.into_iter().map(|(_, minor)| minor).collect();
            (one.whole, one.units, one.on_hand, one.written_off, passed)
        }).collect::<Vec<_>>();
        prop_assert_eq!(worths(&at_once), worths(&split), "lines of one receipt or receipts");
    }

    /// D-12: what is consumed is the bill's for every unit that came and was spoilt; which part of
    /// it the goods bear is the contract's.
    #[test]
    fn consumption_covers_what_came_and_what_was_spoilt(
        parts in parts(), base in any_base(), per_1000 in 1_i64..2_500,
    ) {
        let (mut works, _) = supplied("1", base, [per_1000, 500, 1]);
        for (qty, spoilt, lot) in &parts {
            let one = Delivered { spoilt: *spoilt, ..came(&format!("L{lot}"), *qty) };
            works.receive(&[one]).expect("received");
        }
        let tally = works.order.tallies[0];
        let line = works.order.content.lines[0].clone();
        let holds = |units: i64| line.materials.iter().map(|bill| bill.holds(units)).sum::<i64>();
        let (into, lost) = match base {
            LossBase::Good => (holds(tally.came), holds(tally.spoilt)),
            LossBase::GoodAndRejected => (holds(tally.came + tally.spoilt), 0),
        };
        prop_assert_eq!(works.moved(MoveKind::Consume).values().sum::<i64>(), into);
        prop_assert_eq!(works.moved(MoveKind::Spoil).values().sum::<i64>(), lost);
    }

    /// Sent back and replaced, in any number of steps: the fee is paid once, every unit that stays
    /// is worth what it was, and materials for second units are nobody's cost yet.
    #[test]
    fn replacements_move_value_and_make_none(
        first in 100_i64..5_000, back in 1_i64..100, steps in 1_i64..5, same_lot in any::<bool>(),
    ) {
        let mut works = Works::new(5_000, "9.80", vec![bill(1, 1_000, 0)]);
        works.supply(1, 50_000, 32_000_000);
        let lot = works.receive_lot(&came("L1", first));
        let (fee, whole) = (works.fees(), works.values()[&lot].whole);
        send_back(&mut works, lot, back, SettleBy::Replace);
        let held = works.values()[&lot].on_hand;
        for n in 0..steps.min(back) {
            let qty = if n + 1 == steps.min(back) { back - n } else { 1 };
            let number = if same_lot { "L1" } else { "L2" };
            works.receive_lot(&Delivered { replaces: Some(lot), ..came(number, qty) });
        }
        prop_assert_eq!(works.fees(), fee);
        let values = works.values();
        let on_hand: i64 = works.levels.0.iter()
            .filter(|(slot, _)| slot.place == warehouse()).map(|(_, qty)| qty).sum();
        prop_assert_eq!(on_hand, first);
        let all: i64 = values.iter()
            .filter(|(id, _)| works.levels.place_total(warehouse()) > 0
                && works.levels.in_status(**id, warehouse(), Status::Quarantine) > 0)
            .map(|(_, one)| one.on_hand).sum();
        prop_assert_eq!(all, whole);
        prop_assert_eq!(values[&lot].at_partner, 0);
        if !same_lot {
            prop_assert_eq!(values[&lot].on_hand, held);
        }
    }

    /// What the book lacked and was settled later ends as if it had been there before: the same
    /// lots used, the same worth of everything, nothing left in suspense.
    #[test]
    fn suspense_settled_later_is_material_that_was_there(
        lines in prop::collection::vec((1_i64..900, 0_i64..40, 0_u8..3), 1..6),
        base in any_base(),
        book in prop::collection::vec((1_i64..2_000, 0_i64..9_999_999), 1..5),
    ) {
        let materials = || vec![bill(1, 1_000, 0)];
        let lines: Vec<Delivered> = lines.into_iter().map(|(qty, spoilt, lot)| {
            Delivered { spoilt, ..came(&format!("L{lot}"), qty) }
        }).collect();
        let fed = |works: &mut Works, early: bool| {
            let mut late = Vec::new();
            for (n, (qty, minor)) in (0_u128..).zip(&book) {
                let lot = id(0xaaaa_0000 + n);
                works.bring(1, lot, *qty, *minor);
                late.push(Available { lot, dates: Dates::default(), qty: *qty });
            }
            // The last delivery is always enough.
            let lot = id(0xaaaa_1000);
            works.bring(1, lot, 90_000, 7_777_777);
            late.push(Available { lot, dates: Dates::default(), qty: 90_000 });
            if early {
                works.stock.lots.insert(material(1), late.clone());
            }
            late
        };
        let mut before = Works::new(5_000, "9.80", materials());
        before.order.content.loss_base = base;
        fed(&mut before, true);
        before.receive(&lines).expect("received");
        let mut after = Works::new(5_000, "9.80", materials());
        after.order.content.loss_base = base;
        after.receive(&lines).expect("a receipt is never refused for material");
        let late = fed(&mut after, false);
        let unknown = after.stock.unknown[&material(1)];
        prop_assert_eq!(after.values()[&unknown].whole, 0, "nobody knows what it cost");
        let open: Vec<OpenUse> = after.passings.iter()
            .filter(|one| one.from == unknown)
            .map(|one| OpenUse {
                material: material(1),
                unknown,
                goods: one.to.expect("goods"),
                spoilt: one.kind == PassingKind::Spoilt,
                qty: one.qty,
                last_used_on: day("2026-10-01"),
            })
            .collect();
        after.stock.lots.insert(material(1), late);
        let mut stock = after.stock.clone();
        let on = day("2026-10-09");
        let entry = materials::settle(factory(), on, &open, &mut stock, &mut after.new_id).expect("open");
        prop_assert_eq!(entry.effective_on, on, "on the later of arrival and use");
        after.post(&entry);
        prop_assert!(materials::settle(factory(), on, &[], &mut stock, &mut after.new_id).is_none());
        let suspense = after.levels.place_total(suspense_of(factory()));
        let consumed = after.passed(PassingKind::Consumed);
        prop_assert_eq!((suspense, consumed.get(&unknown)), (0, None));
        // Lots bear other ids in the two books, so worths are compared in order.
        let worth = |works: &Works| {
            let mut all: Vec<_> = works.values().into_values().filter(|one| one.whole != 0)
                .map(|one| (one.whole, one.on_hand, one.written_off, one.units)).collect();
            all.sort_unstable();
            all
        };
        prop_assert_eq!(worth(&before), worth(&after));
        for n in 0..book.len() {
            let lot: LotId = id(0xaaaa_0000 + n as u128);
            prop_assert_eq!(before.levels.at(lot, factory()), after.levels.at(lot, factory()));
        }
    }

    /// odoo PR 282371, #249198: whatever was sold before, the shares of bills are the bills, and a
    /// lot is worth its fee, its materials and its bills wherever its units are.
    #[test]
    fn late_bills_on_goods_and_materials_follow_the_goods(
        sold in 0_i64..5_000, back in 0_i64..200,
        bills in prop::collection::vec((0_usize..2, -50_000_i64..900_000), 0..6),
    ) {
        let (mut works, boxes, lot) = boxed();
        if back > 0 {
            send_back(&mut works, lot, back, SettleBy::Credit);
        }
        sell(&mut works, lot, sold.min(5_000 - back));
        let mut all = 7_536_283;
        for (on, minor) in bills.into_iter().filter(|(_, minor)| *minor != 0) {
            freight(&mut works, vec![([lot, boxes][on], 1)], minor);
            all += minor;
        }
        let value = &works.values()[&lot];
        prop_assert_eq!(value.whole, all);
        prop_assert_eq!(value.sold + value.on_hand + value.claimed, all);
        prop_assert_eq!(works.values()[&boxes].passed.first().map(|one| one.0), Some(lot));
    }

    #[test]
    fn bills_are_spread_to_the_cent(
        minor in -9_999_999_i64..9_999_999, shares in prop::collection::vec(0_i64..9_999, 1..9),
    ) {
        let lots: Vec<(LotId, i64)> =
            shares.iter().zip(1_u128..).map(|(share, n)| (id(n), *share)).collect();
        let bill = Bill {
            number: "YF-2".into(),
            partner: None,
            dated_on: day("2026-11-05"),
            basis: Basis::Weight,
            note: String::new(),
            lots,
        };
        let mut new_id = crate::support::counter();
        let posted =
            landed::post(id(1), bill, (minor, Currency::CNY), day("2026-11-05"), &mut new_id);
        let all: i64 = shares.iter().sum();
        match posted {
            Err(Refusal::BillNotSpread { .. }) => prop_assert_eq!(all, 0),
            Err(Refusal::AmountNotPositive {}) => prop_assert_eq!(minor, 0),
            Err(other) => prop_assert!(false, "{other}"),
            Ok(entry) => {
                let values = entry.money.expect("money").values;
                prop_assert_eq!(values.iter().map(|one| one.minor).sum::<i64>(), minor);
                for value in values {
                    let n = shares.iter().zip(1_u128..).find(|(_, n)| id::<LotId>(*n) == value.lot);
                    let (share, _) = n.expect("one of the bill's lots");
                    let exact = i128::from(minor) * i128::from(*share);
                    let stray = i128::from(value.minor) * i128::from(all) - exact;
                    prop_assert!(stray.abs() < i128::from(all));
                }
            }
        }
    }
}

#[test]
fn a_slip_moves_good_material_lot_by_lot() {
    use materials::{MaterialLine, MaterialSlip, SlipKind, slip};
    let wanted = |qty| MaterialSlip {
        number: "MI-A-2026-0007".into(),
        order: Some(id(ORDER)),
        from: warehouse(),
        to: factory(),
        lines: vec![MaterialLine { material: material(1), lot: id(1), qty }],
        note: String::new(),
    };
    let serial = || domain::entry::Serial { series: "MI-A-2026".into(), n: 7 };
    let mut new_id = crate::support::counter();
    let on = day("2026-10-01");
    let issued = slip(SlipKind::Issue, wanted(40), serial(), on, &mut new_id).expect("issued");
    assert_eq!(issued.body.moves[0].kind, MoveKind::MaterialIssue);
    assert_eq!(issued.body.serials, [serial()]);
    let refused = slip(SlipKind::Issue, wanted(0), serial(), on, &mut new_id);
    assert_eq!(refused, Err(Refusal::QuantityInvalid { qty: 0 }));
    let back = MaterialSlip { from: factory(), to: warehouse(), ..wanted(15) };
    let back = slip(SlipKind::Return, back, serial(), on, &mut new_id).expect("returned");
    let mut works = Works::new(100, "1", vec![bill(1, 1_000, 0)]);
    works.post(&issued);
    works.post(&back);
    let supply = works.order.supplies[0];
    assert_eq!((supply.issued, supply.returned), (40, 15));
    assert_eq!(works.levels.at(id(1), factory()), 25);
    assert_eq!(goods(), works.order.content.lines[0].sku);
}
