//! Material that stays at its factory for the next order, and is drawn by that one.

use domain::{
    Entry, Refusal, SkuId,
    bom::{BomLine, Loss, Made, Usage, loss},
    kept::{KeepKind, Keeping, KeptLine, Lying, check_return, check_spoken_for, keep, left},
    losses::{LossKnown, Settled, Settling, settle_losses},
    materials::MaterialLine,
    offer::LossBase,
    order::{Delivered, OrderState, ProductionOrder, Step, Supply},
    valuation::PassingKind,
};
use proptest::prelude::*;

use crate::{
    support::{counter, day, id},
    works::{ORDER, Works, bill, came, factory, material},
};

fn boxes() -> BomLine {
    bill(1, 1_000, 30_000)
}

fn usage(order: &ProductionOrder) -> Usage {
    let sent = order.supplies.first().copied().unwrap_or(Supply::of(material(1)));
    let tally = order.tallies[0];
    Usage {
        issued: sent.issued,
        returned: sent.returned,
        made: vec![Made {
            bill: boxes(),
            ordered: order.content.lines[0].qty,
            good: tally.charged(),
            spoilt: tally.spoilt + tally.replaced,
        }],
    }
}

fn lying(order: &ProductionOrder, book: i64, lost: i64, others: i64) -> Lying {
    let left = left(order.content.loss_base, &usage(order), lost);
    Lying { material: material(1), code: "BOX".into(), book, left, others, others_over: 0 }
}

fn keeping(kind: KeepKind, lines: &[(SkuId, i64)]) -> Keeping {
    let lines = lines.iter().map(|(material, qty)| KeptLine { material: *material, qty: *qty });
    Keeping { kind, place: factory(), lines: lines.collect(), note: String::new() }
}

fn kept(
    order: &ProductionOrder,
    kind: KeepKind,
    qty: i64,
    known: &Lying,
) -> Result<Entry, Refusal> {
    let mut new_id = counter();
    let step = Step { id: id(ORDER), day: day("2026-10-05"), new_id: &mut new_id };
    keep(step, order, keeping(kind, &[(material(1), qty)]), std::slice::from_ref(known))
}

/// 6,289 boxes at 1.00 sent, 5,880 good and 120 spoilt, 3 % allowed on the base good.
fn lossy() -> Works {
    let mut works = Works::new(6_000, "0", vec![boxes()]);
    works.supply(1, 6_289, 628_900);
    works.order.supplies = vec![Supply { issued: 6_289, ..Supply::of(material(1)) }];
    works.receive_lot(&Delivered { spoilt: 120, ..came("L1", 5_880) });
    works
}

fn settle(works: &mut Works) -> Loss {
    let lost = loss(LossBase::Good, &usage(&works.order));
    let before = Settled::of(&works.entries);
    let known = LossKnown {
        material: material(1),
        code: "BOX".into(),
        loss: lost,
        over: (-left(LossBase::Good, &usage(&works.order), 0)).max(0),
        spoilt: works.passed(PassingKind::Spoilt).into_iter().collect(),
        taken: before.taken().collect(),
    };
    let made: Vec<_> = works.moved(domain::MoveKind::Produce).into_iter().collect();
    let (order, place, mut stock) = (works.order.clone(), factory(), works.stock.clone());
    let settling = Settling { order: &order, place, lots: &made, before: &before, reason: None };
    let step = Step { id: id(ORDER), day: day("2026-10-31"), new_id: &mut works.new_id };
    let entry = settle_losses(step, settling, &[known], &mut stock).expect("the book holds it");
    works.stock = stock;
    works.post(&entry);
    lost
}

#[test]
fn what_stays_for_the_next_order_is_no_loss_and_that_one_answers_for_it() {
    let mut works = lossy();
    let before = loss(LossBase::Good, &usage(&works.order));
    assert_eq!(before, Loss { missing: 409, allowed: 188, claimed: 221 });
    let there = lying(&works.order, 289, 0, 0);
    assert_eq!((there.left, there.keepable(), there.free()), (289, 289, 0));
    let entry = kept(&works.order, KeepKind::Keep, 109, &there).expect("289 are left");
    assert_eq!(entry.body.moves, [], "nothing moves");
    works.post(&entry);
    let supply = works.order.supplies[0];
    assert_eq!((supply.issued, supply.returned, supply.kept), (6_180, 0, 109));
    // 109 fewer are missing, and the next order's loss is allowed to that one: ⌊3 % of 6,180⌋.
    assert_eq!(settle(&mut works), Loss { missing: 300, allowed: 185, claimed: 115 });
    assert!(works.order.losses_settled);
    let boxes_lot = *works.own.keys().next().expect("one lot of boxes");
    assert_eq!(works.levels.at(boxes_lot, factory()), 109, "they lie there");
    let after = lying(&works.order, 109, 180, 0);
    assert_eq!((after.left, after.free()), (0, 109));

    let mut next = Works::new(100, "0", vec![boxes()]);
    next.supply(1, 109, 10_900);
    let there = lying(&next.order, 109, 0, after.left);
    let entry = kept(&next.order, KeepKind::Draw, 109, &there).expect("109 lie there for none");
    next.post(&entry);
    let supply = next.order.supplies[0];
    assert_eq!((supply.issued, supply.drawn, supply.returned), (109, 109, 0));
    next.receive_lot(&came("L2", 100));
    // 3 % of 109 are 3.
    assert_eq!(settle(&mut next), Loss { missing: 9, allowed: 3, claimed: 6 });
}

#[test]
fn what_is_drawn_and_kept_again_leaves_the_order_as_it_was() {
    let mut works = lossy();
    let before = loss(LossBase::Good, &usage(&works.order));
    for round in 1..=3 {
        let there = lying(&works.order, 1_289, 0, 0);
        assert_eq!(there.free(), 1_000);
        for kind in [KeepKind::Draw, KeepKind::Keep] {
            let there = lying(&works.order, 1_289, 0, 0);
            let entry = kept(&works.order, kind, 1_000, &there).expect("they lie there");
            works.post(&entry);
        }
        let supply = works.order.supplies[0];
        assert_eq!((supply.issued, supply.drawn, supply.kept), (6_289, 0, round * 1_000));
        assert_eq!(loss(LossBase::Good, &usage(&works.order)), before);
    }
}

#[test]
fn a_settlement_is_open_again_after_material_was_kept_or_drawn() {
    for kind in [KeepKind::Keep, KeepKind::Draw] {
        let mut works = lossy();
        works.order.losses_settled = true;
        let there = Lying { book: 500, ..lying(&works.order, 500, 0, 0) };
        let entry = kept(&works.order, kind, 10, &there).expect("both are there");
        works.post(&entry);
        assert!(!works.order.losses_settled, "{kind:?}");
    }
}

#[test]
fn no_more_is_kept_than_the_order_has_left_and_the_book_holds() {
    let works = lossy();
    let refused = |known: &Lying, qty| match kept(&works.order, KeepKind::Keep, qty, known) {
        Err(Refusal::KeptBeyondLeft { material, qty, left, .. }) => (material, qty, left),
        other => panic!("{other:?}"),
    };
    let there = lying(&works.order, 6_000, 0, 0);
    assert_eq!(refused(&there, 290), ("BOX".into(), 290, 289));
    assert!(kept(&works.order, KeepKind::Keep, 289, &there).is_ok());
    // A count took 100 of them away.
    assert_eq!(refused(&lying(&works.order, 189, 0, 0), 190), ("BOX".into(), 190, 189));
    // All of it was settled as lost.
    assert_eq!(refused(&lying(&works.order, 6_000, 289, 0), 1), ("BOX".into(), 1, 0));
    let twice = keeping(KeepKind::Keep, &[(material(1), 200), (material(1), 90)]);
    let mut new_id = counter();
    let step = Step { id: id(ORDER), day: day("2026-10-05"), new_id: &mut new_id };
    let refused = keep(step, &works.order, twice, &[there]);
    assert!(matches!(refused, Err(Refusal::KeptBeyondLeft { qty: 290, .. })), "{refused:?}");
}

#[test]
fn no_more_is_drawn_than_lies_there_for_no_order() {
    let works = Works::new(1_000, "0", vec![boxes()]);
    let there = lying(&works.order, 500, 0, 400);
    assert_eq!(there.free(), 100);
    let refused = kept(&works.order, KeepKind::Draw, 101, &there);
    assert!(
        matches!(refused, Err(Refusal::DrawnBeyondFree { qty: 101, free: 100, .. })),
        "{refused:?}"
    );
    assert!(kept(&works.order, KeepKind::Draw, 100, &there).is_ok());
    // 60 of its goods took boxes that nobody sent for it: it can still say so.
    let used = Lying { book: 440, left: -60, ..there };
    assert_eq!((used.drawable(), used.free()), (100, 40));
    assert!(kept(&works.order, KeepKind::Draw, 100, &used).is_ok());
}

/// 600 boxes were sent for the first order and 500 are in its goods; the second order's goods took
/// the other 100, and none was sent for them.
#[test]
fn what_anothers_goods_took_is_kept_and_then_drawn_by_that_one() {
    let mut first = Works::new(500, "0", vec![boxes()]);
    first.order.supplies = vec![Supply { issued: 600, ..Supply::of(material(1)) }];
    first.order.tallies[0].came = 500;
    let mut second = Works::new(100, "0", vec![boxes()]);
    second.order.tallies[0].came = 100;
    let takes = lying(&second.order, 0, 0, 100);
    assert_eq!((takes.left, takes.drawable()), (-100, 0), "they are the first order's");
    let there = lying(&first.order, 0, 0, 0);
    let own = |others_over| Lying { others_over, ..there.clone() };
    assert_eq!((own(0).keepable(), own(40).keepable(), own(100).keepable()), (0, 40, 100));
    let refused = kept(&first.order, KeepKind::Keep, 41, &own(40));
    assert!(matches!(refused, Err(Refusal::KeptBeyondLeft { qty: 41, left: 40, .. })));
    let entry = kept(&first.order, KeepKind::Keep, 100, &own(100)).expect("100 are left");
    first.post(&entry);
    let left = lying(&first.order, 0, 0, 0).left;
    let takes = lying(&second.order, 0, 0, left);
    assert_eq!((left, takes.free(), takes.drawable()), (0, 0, 100));
    let entry = kept(&second.order, KeepKind::Draw, 100, &takes).expect("they are nobody's now");
    second.post(&entry);
    assert_eq!(lying(&second.order, 0, 0, 0).left, 0);
    // What waits in suspense is no order's to keep: 150 were used and 50 of them are not there.
    let takes = Lying { book: -50, others_over: 150, ..own(0) };
    assert_eq!(Lying { left: 100, ..takes }.keepable(), 100);
}

/// 500 lie there, an order has 300 of them left and others 150: 50 are nobody's.
#[test]
fn what_comes_back_is_the_orders_or_nobodys() {
    let mut works = Works::new(1_000, "0", vec![boxes()]);
    works.order.supplies = vec![Supply { issued: 300, ..Supply::of(material(1)) }];
    let own = lying(&works.order, 500, 0, 150);
    let nobody = Lying { left: 0, others: 450, ..own.clone() };
    let back = |order: Option<&ProductionOrder>, known: &Lying, parts: &[i64]| {
        let line = |qty: &i64| MaterialLine { material: material(1), lot: id(0x77), qty: *qty };
        let lines: Vec<MaterialLine> = parts.iter().map(line).collect();
        check_return(order, &lines, std::slice::from_ref(known))
    };
    assert_eq!(back(Some(&works.order), &own, &[200, 100]), Ok(()));
    let refused = back(Some(&works.order), &own, &[200, 101]);
    assert!(matches!(refused, Err(Refusal::ReturnedBeyondLeft { qty: 301, left: 300, .. })));
    assert_eq!(back(None, &nobody, &[25, 25]), Ok(()));
    let refused = back(None, &nobody, &[25, 26]);
    assert!(matches!(refused, Err(Refusal::ReturnedBeyondFree { qty: 51, free: 50, .. })));
    assert_eq!(back(None, &nobody, &[0]), Err(Refusal::QuantityInvalid { qty: 0 }));
}

#[test]
fn an_undoing_leaves_orders_no_more_than_lies_there() {
    let at = |book: i64, others: i64| Lying {
        material: material(1),
        code: "BOX".into(),
        book,
        left: 0,
        others,
        others_over: 0,
    };
    let undone = |before: Lying, after: Lying| check_spoken_for(&[before], &[after]);
    assert_eq!(undone(at(500, 450), at(450, 450)), Ok(()));
    let refused = undone(at(500, 450), at(449, 450));
    let wanted = Refusal::SpokenFor { material: "BOX".into(), lies: 449, left: 450 };
    assert_eq!(refused, Err(wanted));
    // What is drawn is undone with it.
    assert_eq!(undone(at(500, 450), at(400, 400)), Ok(()));
    // What a count took and no receipt of its goods: less was used beyond the book, that is all.
    assert_eq!(undone(at(-50, 0), at(30, 50)), Ok(()));
    // Goods took 50 of another's before: that is no worse for it, and more would be.
    assert_eq!(undone(at(400, 450), at(300, 350)), Ok(()));
    assert!(undone(at(400, 450), at(399, 450)).is_err());
    // Nobody has any left of what was used beyond the book.
    assert_eq!(undone(at(0, 0), at(-35, 0)), Ok(()));
}

#[test]
fn only_an_order_that_takes_slips_keeps_and_draws() {
    let works = lossy();
    let state = |state| ProductionOrder { state, ..works.order.clone() };
    let there = lying(&works.order, 400, 0, 0);
    for (kind, ok) in [
        (KeepKind::Keep, vec![OrderState::Accepted, OrderState::Cancelled]),
        (KeepKind::Draw, vec![OrderState::Accepted]),
    ] {
        for at in
            [OrderState::Issued, OrderState::Accepted, OrderState::Closed, OrderState::Cancelled]
        {
            let answer = kept(&state(at), kind, 10, &there);
            match answer {
                Ok(_) => assert!(ok.contains(&at), "{kind:?} {at:?}"),
                Err(Refusal::WrongState { .. }) => assert!(!ok.contains(&at), "{kind:?} {at:?}"),
                Err(other) => panic!("{other}"),
            }
        }
    }
    let mut new_id = counter();
    let step = Step { id: id(ORDER), day: day("2026-10-05"), new_id: &mut new_id };
    let nothing =
        keep(step, &works.order, keeping(KeepKind::Keep, &[]), std::slice::from_ref(&there));
    assert!(matches!(nothing, Err(Refusal::DocumentEmpty { .. })), "{nothing:?}");
    let none = kept(&works.order, KeepKind::Keep, 0, &there);
    assert_eq!(none, Err(Refusal::QuantityInvalid { qty: 0 }));
}

proptest! {
    /// Whatever three orders of a factory keep and draw, every unit on its book is one order's or
    /// nobody's, and what the goods hold stays what it was.
    #[test]
    fn every_unit_there_is_one_orders_or_nobodys(
        sent in proptest::array::uniform3(0_i64..500),
        made in proptest::array::uniform3(0_i64..300),
        nobodys in 0_i64..200,
        acts in proptest::collection::vec((0_usize..3, any::<bool>(), 1_i64..300), 1..40),
    ) {
        let mut orders: Vec<Works> = (0..3).map(|_| Works::new(1_000, "0", vec![boxes()])).collect();
        let mut book = nobodys;
        for ((works, sent), made) in orders.iter_mut().zip(sent).zip(made) {
            works.order.supplies = vec![Supply { issued: sent, ..Supply::of(material(1)) }];
            works.order.tallies[0].came = made.min(sent);
            book += sent - made.min(sent);
        }
        let mut free = nobodys;
        for (at, back, qty) in acts {
            let lefts: Vec<i64> = orders.iter().map(|one| lying(&one.order, 0, 0, 0).left).collect();
            let others = lefts.iter().sum::<i64>() - lefts[at];
            let there = lying(&orders[at].order, book, 0, others);
            prop_assert_eq!(there.free(), free);
            prop_assert!(lefts.iter().all(|left| *left >= 0), "{:?}", lefts);
            prop_assert_eq!(lefts.iter().sum::<i64>() + free, book);
            let (kind, most) =
                if back { (KeepKind::Keep, lefts[at]) } else { (KeepKind::Draw, free) };
            let entry = kept(&orders[at].order, kind, qty, &there);
            prop_assert_eq!(entry.is_ok(), qty <= most, "{:?}", entry);
            if let Ok(entry) = entry {
                orders[at].post(&entry);
                free += if back { qty } else { -qty };
            }
        }
    }
}
