//! Slow-moving stock: classes at their edges, and risk against living through the days.

use super::*;
use crate::MICRO;
use crate::life::days_after;
use proptest::prelude::*;
use std::collections::HashMap;

const SKU: SkuKey = SkuKey(1);
const W0: PlaceKey = PlaceKey(0);
const P1: PlaceKey = PlaceKey(1);
const P2: PlaceKey = PlaceKey(2);

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn today() -> NaiveDate {
    day("2026-10-01")
}

/// A lot that expires so many days from today, of a life of 1,095 days, worth 1,000.00.
fn lot(key: u32, days_left: u64) -> LotFacts {
    let expires_on = days_after(today(), days_left);
    LotFacts {
        lot: LotKey(key),
        made_on: Some(expires_on - chrono::Days::new(1_095)),
        expires_on: Some(expires_on),
        first_received_on: day("2026-01-01"),
        value_minor: 100_000,
    }
}

fn outlet(units_per_day: i64) -> Outlet {
    let rate = DailyRate::from_micro(units_per_day * MICRO).unwrap();
    Outlet { rate, life: LifeRule::default(), lead_days: 0 }
}

fn sells(place: PlaceKey, outlet: Outlet) -> Place {
    Place { place, outlet: Some(outlet) }
}

fn holds(place: PlaceKey) -> Place {
    Place { place, outlet: None }
}

fn held(lot: u32, place: PlaceKey, qty: i64) -> Holding {
    Holding { lot: LotKey(lot), place, qty }
}

fn run(places: &[Place], lots: &[LotFacts], holdings: &[Holding]) -> SkuAssessment {
    let stock = SkuStock {
        sku: SKU,
        first_received_on: day("2025-01-01"),
        last_sold_on: Some(day("2026-09-30")),
        places,
        lots,
        holdings,
    };
    assess(today(), &stock, &SlowPolicy::default()).unwrap()
}

/// At-risk quantities of the lots, first expired first.
fn risks(assessment: &SkuAssessment) -> Vec<i64> {
    assessment.lots.iter().map(|lot| lot.at_risk).collect()
}

#[test]
fn the_last_day_still_sells_and_pull_days_end_it_sooner() {
    // Expires in 9 days: 10 days of sale, today and the last one included.
    let assessment = run(&[sells(P1, outlet(20))], &[lot(1, 9)], &[held(1, P1, 300)]);
    assert_eq!(risks(&assessment), [100]);
    assert_eq!(assessment.lots[0].places[0].last_sell_on, Some(day("2026-10-10")));
    // A third of 1,000.00, half up.
    assert_eq!(assessment.lots[0].at_risk_value_minor, 33_333);
    let life = LifeRule { pull_days: 5, ..LifeRule::default() };
    let pulled =
        run(&[sells(P1, Outlet { life, ..outlet(20) })], &[lot(1, 9)], &[held(1, P1, 300)]);
    assert_eq!(risks(&pulled), [200]);
    let expired = lot(1, 0);
    let expired = LotFacts { expires_on: Some(day("2026-09-30")), ..expired };
    let gone = run(&[sells(P1, outlet(20))], &[expired], &[held(1, P1, 300)]);
    assert_eq!((risks(&gone), gone.lots[0].band), (vec![300], ExpiryBand::Expired));
}

#[test]
fn an_older_lot_stands_before_a_younger_one() {
    let places = [sells(P1, outlet(10))];
    let lots = [lot(2, 19), lot(1, 9)];
    let assessment = run(&places, &lots, &[held(1, P1, 60), held(2, P1, 200)]);
    // Ten a day: 60 of lot 1 within 6 days, then 140 of lot 2 until its 20th day.
    assert_eq!(risks(&assessment), [0, 60]);
    assert_eq!(assessment.lots[0].lot, LotKey(1));
    // Lot 1 is too much for its 10 days: 100 sold, 50 left, lot 2 sells days 11 to 20.
    let assessment = run(&places, &lots, &[held(1, P1, 150), held(2, P1, 200)]);
    assert_eq!(risks(&assessment), [50, 100]);
    assert_eq!(assessment.at_risk, 150);
}

#[test]
fn the_own_warehouse_feeds_what_the_outlets_ask_beyond_their_own() {
    let lots = [lot(1, 19)];
    let held = [held(1, W0, 500), held(1, P1, 100)];
    // P1 sells 200 in 20 days, 100 of them its own.
    let assessment = run(&[holds(W0), sells(P1, outlet(10))], &lots, &held);
    assert_eq!(risks(&assessment), [400]);
    let by_place: Vec<_> =
        assessment.lots[0].places.iter().map(|risk| (risk.place, risk.at_risk)).collect();
    assert_eq!(by_place, [(W0, 400), (P1, 0)]);
    // What comes from the warehouse cannot serve the days before it arrives.
    let far = Outlet { lead_days: 15, ..outlet(10) };
    let assessment = run(&[holds(W0), sells(P1, far)], &lots, &held);
    assert_eq!(risks(&assessment), [450]);
    // A place that would not take the lot any more asks for none of it.
    let life = LifeRule { min_share_ppm: 300_000, ..LifeRule::default() };
    let strict = Outlet { life, ..outlet(10) };
    let assessment = run(&[holds(W0), sells(P1, strict)], &lots, &held);
    assert_eq!(risks(&assessment), [500]);
    assert_eq!(assessment.lots[0].places[0].last_sell_on, None);
    assert!(assessment.lots[0].derivation.adds_up());
}

#[test]
fn the_class_is_judged_over_the_network() {
    // 3,120 at 20 a day are 156 days: slow everywhere, the own warehouse too.
    let lots = [lot(1, 525), lot(2, 704), lot(3, 480)];
    let places = [holds(W0), sells(P1, outlet(20))];
    let holdings = [held(1, W0, 1_000), held(2, W0, 2_000), held(3, P1, 120)];
    let assessment = run(&places, &lots, &holdings);
    assert_eq!(assessment.qty, 3_120);
    assert_eq!(assessment.cover, Cover::Days(156));
    assert_eq!((assessment.class, assessment.reason), (SlowClass::Slow, ClassReason::Cover));
    assert_eq!(assessment.at_risk, 0);
    assert!(assessment.lots.iter().all(|lot| lot.class == SlowClass::Slow));
    assert!(assessment.derivation.adds_up());
    assert_eq!(assessment.derivation.value("slow.cover").unwrap().to_string(), "156");
}

#[test]
fn a_lot_is_judged_by_its_own_age_and_risk() {
    let old = LotFacts { first_received_on: day("2025-09-30"), ..lot(1, 2) };
    let young = LotFacts { first_received_on: day("2026-09-01"), ..lot(2, 900) };
    let expired = LotFacts { expires_on: Some(day("2026-09-01")), ..lot(3, 0) };
    let places = [sells(P1, outlet(10))];
    let holdings = [held(1, P1, 10), held(2, P1, 700), held(3, P1, 5)];
    let assessment = run(&places, &[old, young, expired], &holdings);
    assert_eq!(assessment.cover, Cover::Days(72));
    let classes: Vec<_> =
        assessment.lots.iter().map(|lot| (lot.lot.0, lot.class, lot.reason)).collect();
    assert_eq!(
        classes,
        [
            (3, SlowClass::Dead, ClassReason::AtRisk),
            (1, SlowClass::Stagnant, ClassReason::Age),
            (2, SlowClass::Watch, ClassReason::Cover),
        ]
    );
    assert_eq!((assessment.class, assessment.reason), (SlowClass::Stagnant, ClassReason::Age));
    assert_eq!((assessment.lots[1].age_days, assessment.lots[1].made_days), (366, Some(1_093)));
}

#[test]
fn a_transfer_changes_neither_age_nor_class() {
    let places = [holds(W0), sells(P1, outlet(5))];
    let lots = [lot(1, 400)];
    let before = run(&places, &lots, &[held(1, W0, 900), held(1, P1, 100)]);
    let after = run(&places, &lots, &[held(1, W0, 100), held(1, P1, 900)]);
    assert_eq!(before.class, after.class);
    assert_eq!(before.lots[0].age_days, after.lots[0].age_days);
    assert_eq!(before.lots[0].at_risk, after.lots[0].at_risk);
}

#[test]
fn undated_goods_are_never_at_risk() {
    let undated = LotFacts { expires_on: None, ..lot(2, 0) };
    let places = [holds(W0), sells(P1, outlet(1))];
    let holdings = [held(1, P1, 5), held(2, P1, 5_000), held(2, W0, 7)];
    let assessment = run(&places, &[undated, lot(1, 2)], &holdings);
    assert_eq!(risks(&assessment), [2, 0]);
    assert_eq!(assessment.lots[1].band, ExpiryBand::Undated);
    assert!(assessment.lots.iter().all(|lot| lot.derivation.adds_up()));
    // What the undated stock serves, the warehouse need not: lot 1 there finds no demand left.
    let holdings = [held(1, W0, 5), held(2, P1, 5_000)];
    assert_eq!(run(&places, &[undated, lot(1, 2)], &holdings).at_risk, 5);
}

#[test]
fn without_demand_all_that_expires_is_at_risk() {
    let idle = run(&[sells(P1, outlet(0))], &[lot(1, 900)], &[held(1, P1, 10)]);
    assert_eq!((idle.cover, idle.at_risk), (Cover::Endless, 10));
    assert_eq!((idle.class, idle.reason), (SlowClass::Dead, ClassReason::AtRisk));
    assert_eq!(idle.at_risk_value_minor, 100_000);
    let none = run(&[sells(P1, outlet(3))], &[lot(1, 900)], &[]);
    assert_eq!((none.qty, none.cover, none.lots.len()), (0, Cover::Days(0), 0));
}

#[test]
fn bad_input_is_refused() {
    let stock = |places: &[Place], lots: &[LotFacts], holdings: &[Holding]| {
        let stock = SkuStock {
            sku: SKU,
            first_received_on: today(),
            last_sold_on: None,
            places,
            lots,
            holdings,
        };
        assess(today(), &stock, &SlowPolicy::default()).unwrap_err()
    };
    let (places, lots) = ([holds(W0)], [lot(1, 10)]);
    let unknown = SlowError::UnknownLot { lot: LotKey(2) };
    assert_eq!(stock(&places, &lots, &[held(2, W0, 1)]), unknown);
    let unknown = SlowError::UnknownPlace { place: P2 };
    assert_eq!(stock(&places, &lots, &[held(1, P2, 1)]), unknown);
    let negative = SlowError::Quantity { lot: LotKey(1), qty: -1 };
    assert_eq!(stock(&places, &lots, &[held(1, W0, -1)]), negative);
    assert_eq!(stock(&[places[0]; 2], &lots, &[]), SlowError::Twice { key: 0 });
    assert_eq!(stock(&places, &[lots[0]; 2], &[]), SlowError::Twice { key: 1 });
    let fastest = Outlet { rate: DailyRate::from_units(1e9).unwrap(), ..outlet(0) };
    let places = [sells(P1, fastest), sells(P2, fastest)];
    assert!(matches!(stock(&places, &lots, &[]), SlowError::Rate(_)));
}

#[derive(Clone, Debug)]
struct Case {
    places: Vec<Place>,
    lots: Vec<LotFacts>,
    holdings: Vec<Holding>,
}

/// A warehouse and up to three outlets with rules of their own; lots of one length of life.
fn any_case() -> impl Strategy<Value = Case> {
    let outlet = (0_i64..30_000_000, 0_u32..8, 0_u32..6, 0_u32..40_000);
    let outlets = prop::collection::vec(outlet, 1..4);
    let lots = prop::collection::vec((0_u64..60, prop::collection::vec(0_i64..400, 4)), 1..5);
    (outlets, lots).prop_map(|(outlets, rows)| {
        let mut places = vec![holds(W0)];
        for (key, (micro, pull_days, lead_days, min_share_ppm)) in (1_u32..).zip(outlets) {
            let rate = DailyRate::from_micro(micro).unwrap();
            let life = LifeRule { min_share_ppm, min_days: 0, pull_days };
            places.push(sells(PlaceKey(key), Outlet { rate, life, lead_days }));
        }
        let mut case = Case { places, lots: Vec::new(), holdings: Vec::new() };
        for (key, (days_left, quantities)) in (0_u32..).zip(rows) {
            case.lots.push(lot(key, days_left));
            let placed = case.places.iter().zip(quantities);
            case.holdings.extend(placed.map(|(place, qty)| held(key, place.place, qty)));
        }
        case
    })
}

/// Left of every (lot, place) in millionths, by living through the days one by one: each outlet
/// sells its own lots first expired first, and what it cannot serve comes from the warehouse, once
/// goods sent today have had time to arrive and if they were welcome on arrival.
fn lived(case: &Case) -> HashMap<(LotKey, PlaceKey), i128> {
    let mut left: HashMap<_, i128> = case
        .holdings
        .iter()
        .map(|held| ((held.lot, held.place), i128::from(held.qty) * i128::from(MICRO)))
        .collect();
    let mut lots = case.lots.clone();
    lots.sort_by_key(fefo);
    for offset in 0_u32..70 {
        let on = days_after(today(), u64::from(offset));
        for place in &case.places {
            let Some(outlet) = place.outlet else { continue };
            let mut wanted = i128::from(outlet.rate.micro());
            let sells = |lot: &LotFacts| {
                on + chrono::Days::new(u64::from(outlet.life.pull_days)) <= lot.expires_on.unwrap()
            };
            let arrives_on = days_after(today(), u64::from(outlet.lead_days));
            let welcome = |lot: &LotFacts| {
                outlet.life.refuses(lot.made_on, lot.expires_on, arrives_on).is_none()
            };
            for from in [place.place, W0] {
                if from == W0 && offset < outlet.lead_days {
                    continue;
                }
                for lot in lots.iter().filter(|lot| sells(lot) && (from != W0 || welcome(lot))) {
                    let Some(stock) = left.get_mut(&(lot.lot, from)) else { continue };
                    let sold = wanted.min(*stock);
                    *stock -= sold;
                    wanted -= sold;
                }
            }
        }
    }
    left
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn the_closed_form_equals_living_through_the_days(case in any_case()) {
        let assessment = run(&case.places, &case.lots, &case.holdings);
        let lived = lived(&case);
        for lot in &assessment.lots {
            for risk in &lot.places {
                let left = lived[&(lot.lot, risk.place)];
                let units = (left + i128::from(MICRO) - 1) / i128::from(MICRO);
                prop_assert_eq!(i128::from(risk.at_risk), units, "{:?} {:?}", lot.lot, risk);
            }
        }
    }

    #[test]
    fn no_more_is_at_risk_than_there_is_and_every_line_adds_up(case in any_case()) {
        let assessment = run(&case.places, &case.lots, &case.holdings);
        prop_assert!(assessment.derivation.adds_up());
        prop_assert!(assessment.at_risk <= assessment.qty);
        prop_assert_eq!(assessment.at_risk, risks(&assessment).iter().sum::<i64>());
        for lot in &assessment.lots {
            prop_assert!(lot.derivation.adds_up(), "{:#?}", lot.derivation);
            prop_assert!(lot.places.iter().all(|risk| (0..=risk.qty).contains(&risk.at_risk)));
            prop_assert!((0..=lot.value_minor).contains(&lot.at_risk_value_minor));
        }
    }

    #[test]
    fn more_demand_never_puts_more_at_risk(case in any_case(), more in 0_i64..20_000_000) {
        let mut busier = case.clone();
        for place in busier.places.iter_mut().skip(1).take(1) {
            let outlet = place.outlet.as_mut().unwrap();
            outlet.rate = DailyRate::from_micro(outlet.rate.micro() + more).unwrap();
        }
        let calm = run(&case.places, &case.lots, &case.holdings);
        let busy = run(&busier.places, &busier.lots, &busier.holdings);
        for (calm, busy) in calm.lots.iter().zip(&busy.lots) {
            prop_assert!(busy.at_risk <= calm.at_risk, "{:?}", calm.lot);
        }
    }

    #[test]
    fn the_order_of_the_input_changes_nothing(case in any_case()) {
        let forth = run(&case.places, &case.lots, &case.holdings);
        let mut case = case;
        case.places.reverse();
        case.lots.reverse();
        case.holdings.reverse();
        prop_assert_eq!(forth, run(&case.places, &case.lots, &case.holdings));
    }
}
