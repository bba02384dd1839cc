//! Send suggestions: the example number by number, and what holds for any input.

use super::*;
use crate::{ArgValue, Fixed, Op};
use proptest::prelude::*;

const SKU: SkuKey = SkuKey(1);
const P1: PlaceKey = PlaceKey(1);
const L2503A: LotKey = LotKey(1);
const L2509B: LotKey = LotKey(2);

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn lot(lot: LotKey, available: i64, made_on: &str, expires_on: &str) -> SourceLot {
    let (made_on, expires_on) = (Some(day(made_on)), Some(day(expires_on)));
    SourceLot { lot, available, made_on, expires_on }
}

fn w0() -> [SourceLot; 2] {
    [lot(L2509B, 2_000, "2025-09-05", "2028-09-04"), lot(L2503A, 1_000, "2025-03-10", "2028-03-09")]
}

fn p1(min_share_ppm: u32) -> PlaceNeed {
    PlaceNeed {
        place: P1,
        rate: DailyRate::from_micro(20 * MICRO).unwrap(),
        on_hand: 120,
        inbound: 0,
        reserved: 0,
        review_days: 7,
        transit_days_p90: 4,
        receive_days_p90: 3,
        target_cover_days: 30,
        ship_on: day("2026-10-01"),
        life: LifeRule { min_share_ppm, ..LifeRule::default() },
    }
}

fn plan(lots: &[SourceLot], places: &[PlaceNeed]) -> Vec<Suggestion> {
    suggest(&SkuSource { sku: SKU, units_per_carton: 48, lots, places }).unwrap()
}

fn only(lots: &[SourceLot], place: PlaceNeed) -> Suggestion {
    plan(lots, &[place]).remove(0)
}

/// (code, op, value) of every line.
fn lines(suggestion: &Suggestion) -> Vec<(&'static str, Op, String)> {
    let lines = &suggestion.derivation.lines;
    lines.iter().map(|line| (line.code, line.op, line.value.to_string())).collect()
}

#[test]
fn example_a1_number_by_number() {
    let suggestion = only(&w0(), p1(400_000));
    assert_eq!(suggestion.arrives_on, day("2026-10-08"));
    assert_eq!(suggestion.protection_days, 44);
    assert_eq!(suggestion.demand, 880);
    assert_eq!(suggestion.position, 120);
    assert_eq!(suggestion.need, 760);
    assert_eq!((suggestion.cartons_wanted, suggestion.cartons), (16, 16));
    assert_eq!((suggestion.units, suggestion.short), (768, 0));
    let pick = Pick { lot: L2503A, cartons: 16, units: 768, share_left_ppm: Some(473_059) };
    assert_eq!(suggestion.picks, [pick]);
    assert_eq!(suggestion.refused, []);
    // 888 at 20 a day: the 45th day eats the last of it.
    assert_eq!(suggestion.cover_after, Cover::Days(45));
}

#[test]
fn example_a1_opens_its_arithmetic() {
    let suggestion = only(&w0(), p1(400_000));
    let text = |code, op, value: &str| (code, op, value.to_owned());
    let expected = [
        text("replenish.review", Op::Start, "7"),
        text("replenish.transit_p90", Op::Plus, "4"),
        text("replenish.receive_p90", Op::Plus, "3"),
        text("replenish.target_cover", Op::Plus, "30"),
        text("replenish.protection", Op::Equals, "44"),
        text("replenish.rate", Op::Start, "20"),
        text("replenish.protection", Op::Times, "44"),
        text("replenish.demand", Op::RoundUp, "880"),
        text("replenish.on_hand", Op::Minus, "120"),
        text("replenish.inbound", Op::Minus, "0"),
        text("replenish.reserved", Op::Plus, "0"),
        text("replenish.need", Op::Equals, "760"),
        text("replenish.carton", Op::Divide, "48"),
        text("replenish.cartons_exact", Op::Equals, "15.833333"),
        text("replenish.cartons_wanted", Op::RoundUp, "16"),
        text("replenish.carton", Op::Times, "48"),
        text("replenish.units", Op::Equals, "768"),
        text("replenish.lot", Op::Start, "768"),
        text("replenish.sent", Op::Equals, "768"),
    ];
    assert_eq!(lines(&suggestion), expected);
    assert!(suggestion.derivation.adds_up());
    let lot_line = suggestion.derivation.lines.iter().find(|line| line.code == "replenish.lot");
    let args = &lot_line.unwrap().args;
    assert!(args.iter().any(|arg| arg.value == ArgValue::SharePpm(473_059)));
    assert!(args.iter().any(|arg| arg.value == ArgValue::SharePpm(400_000)));
}

#[test]
fn a_rule_of_half_takes_the_younger_lot_and_names_the_older() {
    let suggestion = only(&w0(), p1(500_000));
    assert_eq!(suggestion.picks.len(), 1);
    let pick = suggestion.picks[0];
    assert_eq!((pick.lot, pick.cartons, pick.units), (L2509B, 16, 768));
    // 2026-10-08 to 2028-09-04 are 697 of 1,095 days.
    assert_eq!(pick.share_left_ppm, Some(636_530));
    assert_eq!(
        suggestion.refused,
        [RefusedLot {
            lot: L2503A,
            available: 1_000,
            share_left_ppm: Some(473_059),
            why: LifeRefusal::ShareTooSmall { min_share_ppm: 500_000 },
        }]
    );
    let line = suggestion.derivation.lines.iter().find(|line| line.code == "replenish.lot_refused");
    let args = &line.unwrap().args;
    assert!(args.iter().any(|arg| arg.value == ArgValue::Lot(L2503A)));
    assert!(args.iter().any(|arg| arg.value == ArgValue::SharePpm(473_059)));
    assert!(suggestion.derivation.adds_up());
    // The 40 loose units of the refused lot are no reason for anything.
    assert_eq!(suggestion.derivation.value("replenish.stays"), None);
}

#[test]
fn every_refusal_is_named_with_its_rule() {
    let lots = [
        lot(LotKey(1), 48, "2020-01-01", "2026-10-07"),
        lot(LotKey(2), 48, "2024-01-01", "2026-10-20"),
        SourceLot { made_on: None, ..lot(LotKey(3), 48, "2024-01-01", "2027-01-01") },
        lot(LotKey(4), 48, "2024-01-01", "2027-01-02"),
    ];
    let life = LifeRule { min_share_ppm: 400_000, min_days: 30, pull_days: 0 };
    let suggestion = only(&lots, PlaceNeed { life, ..p1(0) });
    assert_eq!((suggestion.cartons, suggestion.short), (0, 760));
    let rules: Vec<_> = suggestion
        .derivation
        .lines
        .iter()
        .flat_map(|line| &line.args)
        .filter(|arg| arg.name == "rule")
        .map(|arg| arg.value)
        .collect();
    let expected = ["past_last_sale", "days_too_few", "made_on_unknown", "share_too_small"];
    assert_eq!(rules, expected.map(ArgValue::Code));
    assert!(suggestion.derivation.adds_up());
}

#[test]
fn goods_that_do_not_expire_go_last() {
    let undated = SourceLot { expires_on: None, ..lot(LotKey(0), 480, "2020-01-01", "2030-01-01") };
    let dated = lot(L2509B, 480, "2025-09-05", "2028-09-04");
    let suggestion = only(&[undated, dated], p1(400_000));
    let picks: Vec<_> = suggestion.picks.iter().map(|pick| (pick.lot, pick.cartons)).collect();
    assert_eq!(picks, [(L2509B, 10), (LotKey(0), 6)]);
    assert_eq!(suggestion.picks[1].share_left_ppm, None);
}

#[test]
fn whole_cartons_of_one_lot_each_and_the_rest_stays() {
    let lots =
        [lot(L2503A, 60, "2025-03-10", "2028-03-09"), lot(L2509B, 500, "2025-09-05", "2028-09-04")];
    // 20 × 44 − 784 = 96.
    let suggestion = only(&lots, PlaceNeed { on_hand: 784, ..p1(0) });
    let picks: Vec<_> = suggestion.picks.iter().map(|pick| (pick.lot, pick.units)).collect();
    assert_eq!(picks, [(L2503A, 48), (L2509B, 48)]);
    let stays: Vec<_> = suggestion
        .derivation
        .lines
        .iter()
        .filter(|line| line.code == "replenish.stays")
        .map(|line| line.value)
        .collect();
    assert_eq!(stays, [Fixed::whole(12)]);
}

#[test]
fn what_is_there_already_counts() {
    let covered = only(&w0(), PlaceNeed { on_hand: 900, ..p1(400_000) });
    assert_eq!((covered.need, covered.cartons, covered.short), (0, 0, 0));
    assert!(covered.picks.is_empty() && covered.refused.is_empty());
    assert!(covered.derivation.adds_up());
    let inbound = only(&w0(), PlaceNeed { inbound: 768, reserved: 10, ..p1(400_000) });
    assert_eq!((inbound.position, inbound.need, inbound.cartons), (878, 2, 1));
    // More promised than there is: the promise is part of the need.
    let owed = PlaceNeed { on_hand: 0, reserved: 5, rate: DailyRate::ZERO, ..p1(0) };
    let owed = only(&w0(), owed);
    assert_eq!((owed.position, owed.need, owed.cartons), (-5, 5, 1));
}

#[test]
fn a_short_source_is_shared_by_cover_and_says_so() {
    let lots = [lot(L2503A, 48 * 6 + 5, "2025-03-10", "2028-03-09")];
    let fast = PlaceNeed { place: PlaceKey(2), on_hand: 0, ..p1(0) };
    let slow = PlaceNeed {
        place: PlaceKey(1),
        on_hand: 0,
        rate: DailyRate::from_micro(10 * MICRO).unwrap(),
        ..p1(0)
    };
    let plan = plan(&lots, &[fast, slow]);
    let given: Vec<_> = plan.iter().map(|line| (line.place.0, line.cartons)).collect();
    // Twice the demand gets twice the cartons.
    assert_eq!(given, [(1, 2), (2, 4)]);
    assert_eq!((plan[0].short, plan[1].short), (440 - 96, 880 - 192));
    assert_eq!(plan[0].cover_after, plan[1].cover_after);
    assert!(plan.iter().all(|line| line.derivation.adds_up()));
    let nothing = only(&[], p1(0));
    assert_eq!((nothing.cartons, nothing.short), (0, 760));
    assert!(nothing.derivation.adds_up());
}

#[test]
fn a_strict_place_does_not_lose_its_lot_to_a_lenient_one() {
    let strict = PlaceNeed { place: PlaceKey(1), ..p1(500_000) };
    let lenient = PlaceNeed { place: PlaceKey(2), ..p1(400_000) };
    let lots = [
        lot(L2503A, 768, "2025-03-10", "2028-03-09"),
        lot(L2509B, 768, "2025-09-05", "2028-09-04"),
    ];
    let plan = plan(&lots, &[lenient, strict]);
    assert_eq!((plan[0].picks[0].lot, plan[0].units), (L2509B, 768));
    assert_eq!((plan[1].picks[0].lot, plan[1].units), (L2503A, 768));
}

#[test]
fn more_cartons_than_anyone_has_are_still_shared_at_once() {
    let lots = [lot(L2503A, QUANTITY_MAX, "2025-03-10", "2028-03-09")];
    let rate = DailyRate::from_micro(1_000_000_000 * MICRO).unwrap();
    let place = |key| PlaceNeed { place: PlaceKey(key), rate, target_cover_days: 30_000, ..p1(0) };
    let places = [place(1), place(2)];
    let source = SkuSource { sku: SKU, units_per_carton: 1, lots: &lots, places: &places };
    let plan = suggest(&source).unwrap();
    assert_eq!(plan[0].units + plan[1].units, QUANTITY_MAX);
    assert!((plan[0].units - plan[1].units).abs() <= QUANTITY_MAX / 500_000);
}

#[test]
fn bad_input_is_refused_and_not_planned() {
    let fails = |source: SkuSource<'_>| suggest(&source).unwrap_err();
    let (lots, places) = (w0(), [p1(0)]);
    let source = SkuSource { sku: SKU, units_per_carton: 48, lots: &lots, places: &places };
    assert_eq!(
        fails(SkuSource { units_per_carton: 0, ..source }),
        ReplenishError::Carton { units_per_carton: 0 }
    );
    let lots = [SourceLot { available: -1, ..lots[0] }];
    assert_eq!(
        fails(SkuSource { lots: &lots, ..source }),
        ReplenishError::LotQuantity { lot: L2509B, quantity: -1 }
    );
    let places = [PlaceNeed { inbound: QUANTITY_MAX + 1, ..p1(0) }];
    assert_eq!(
        fails(SkuSource { places: &places, ..source }),
        ReplenishError::PlaceQuantity { place: P1, quantity: QUANTITY_MAX + 1 }
    );
    let places = [PlaceNeed { review_days: u32::MAX, ..p1(0) }];
    assert_eq!(
        fails(SkuSource { places: &places, ..source }),
        ReplenishError::Days { place: P1, days: u32::MAX }
    );
}

fn any_lots() -> impl Strategy<Value = Vec<SourceLot>> {
    let lot = (0_i64..900, 0_u64..900, prop::bool::ANY);
    prop::collection::vec(lot, 0..6).prop_map(|lots| {
        let lots = (0_u32..).zip(lots);
        lots.map(|(key, (available, age, dated))| {
            let made_on = day("2026-10-01") - chrono::Days::new(age);
            let expires_on = dated.then(|| made_on + chrono::Days::new(1_095));
            SourceLot { lot: LotKey(key), available, made_on: Some(made_on), expires_on }
        })
        .collect()
    })
}

fn any_places() -> impl Strategy<Value = Vec<PlaceNeed>> {
    let place = (0_i64..40_000_000, 0_i64..500, 0_i64..200, 0_u32..1_000_000);
    prop::collection::vec(place, 1..5).prop_map(|places| {
        (0_u32..)
            .zip(places)
            .map(|(key, (micro, on_hand, reserved, share))| PlaceNeed {
                place: PlaceKey(key),
                rate: DailyRate::from_micro(micro).unwrap(),
                on_hand,
                reserved,
                ..p1(share)
            })
            .collect()
    })
}

proptest! {
    #[test]
    fn a_plan_adds_up_and_breaks_no_rule(
        lots in any_lots(), places in any_places(), units_per_carton in 1_i64..100,
    ) {
        let source = SkuSource { sku: SKU, units_per_carton, lots: &lots, places: &places };
        let plan = suggest(&source).unwrap();
        for (line, place) in plan.iter().zip(&places) {
            prop_assert!(line.derivation.adds_up());
            prop_assert!(line.cartons <= line.cartons_wanted);
            prop_assert!(line.cartons * units_per_carton < line.need + units_per_carton);
            prop_assert_eq!(line.cartons, line.picks.iter().map(|pick| pick.cartons).sum::<i64>());
            for pick in &line.picks {
                let lot = lots.iter().find(|lot| lot.lot == pick.lot).unwrap();
                prop_assert!(
                    place.life.refuses(lot.made_on, lot.expires_on, line.arrives_on).is_none()
                );
                prop_assert_eq!(pick.units, pick.cartons * units_per_carton);
            }
        }
        for lot in &lots {
            let all = plan.iter().flat_map(|line| &line.picks);
            let taken: i64 = all.filter(|pick| pick.lot == lot.lot).map(|pick| pick.units).sum();
            prop_assert!(taken <= lot.available);
        }
    }

    #[test]
    fn nothing_that_would_do_is_left_while_a_place_is_short(
        lots in any_lots(), places in any_places(),
    ) {
        let plan = plan(&lots, &places);
        for (line, place) in plan.iter().zip(&places).filter(|(line, _)| line.short > 0) {
            for lot in &lots {
                let all = plan.iter().flat_map(|line| &line.picks);
                let taken: i64 =
                    all.filter(|pick| pick.lot == lot.lot).map(|pick| pick.units).sum();
                let fits = place.life.refuses(lot.made_on, lot.expires_on, line.arrives_on);
                prop_assert!(fits.is_some() || lot.available - taken < 48);
            }
        }
    }

    #[test]
    fn no_carton_of_an_older_lot_is_passed_over(lots in any_lots(), places in any_places()) {
        let place = places[0];
        let line = only(&lots, place);
        let Some(last) = line.picks.last() else { return Ok(()) };
        let last = lots.iter().find(|lot| lot.lot == last.lot).unwrap().fefo();
        for lot in lots.iter().filter(|lot| lot.fefo() < last) {
            let pick = line.picks.iter().find(|pick| pick.lot == lot.lot);
            let left = lot.available - pick.map_or(0, |pick| pick.units);
            let fits = place.life.refuses(lot.made_on, lot.expires_on, line.arrives_on);
            prop_assert!(fits.is_some() || left < 48);
        }
    }

    #[test]
    fn the_order_of_the_input_changes_nothing(lots in any_lots(), places in any_places()) {
        let forth = plan(&lots, &places);
        let (mut lots, mut places) = (lots, places);
        lots.reverse();
        places.reverse();
        prop_assert_eq!(forth, plan(&lots, &places));
    }

    /// The sharing, done the plain way: one carton after another to whoever would be covered least.
    #[test]
    fn sharing_equals_giving_one_carton_at_a_time(
        cartons in 0_i64..30, places in any_places(),
    ) {
        let open = |place: &PlaceNeed| PlaceNeed { life: LifeRule::default(), ..*place };
        let places: Vec<PlaceNeed> = places.iter().map(open).collect();
        let lots = [lot(L2503A, cartons * 48, "2025-03-10", "2028-03-09")];
        let plan = plan(&lots, &places);
        let mut given = vec![0_i64; places.len()];
        let rate = |at: usize| i128::from(places[at].rate.micro());
        for _ in 0..cartons {
            let with_next = |at: usize| i128::from(plan[at].position + (given[at] + 1) * 48);
            let least = (0..places.len())
                .filter(|at| given[*at] < plan[*at].cartons_wanted)
                .min_by(|a, b| {
                    let idle = (rate(*a) == 0).cmp(&(rate(*b) == 0));
                    idle.then((with_next(*a) * rate(*b)).cmp(&(with_next(*b) * rate(*a))))
                });
            let Some(least) = least else { break };
            given[least] += 1;
        }
        let cartons: Vec<i64> = plan.iter().map(|line| line.cartons).collect();
        prop_assert_eq!(cartons, given);
    }
}
