//! Withholding as a library: the year as a whole, payment by payment, and the figures of the law.

#[path = "tax/cases.rs"]
mod cases;

use pricing::tax::{Bracket, Method, Payer, Scale, SmallScale, Tables, YearToDate, withhold};
use pricing::time::Day;
use pricing::{Error, Money, Rate};
use proptest::prelude::*;

const YEARLY: [(i64, i64); 7] = [
    (3_600_000, 3),
    (14_400_000, 10),
    (30_000_000, 20),
    (42_000_000, 25),
    (66_000_000, 30),
    (96_000_000, 35),
    (i64::MAX, 45),
];
const PER_PAYMENT: [(i64, i64); 3] = [(2_000_000, 20), (5_000_000, 30), (i64::MAX, 40)];

/// The tax of a scale found the other way: each part of the amount at the rate of its own step, in
/// hundredths of a fen, rounded at the end.
fn part_by_part(scale: &[(i64, i64)], taxable: i64) -> i64 {
    let (mut floor, mut hundredths) = (0, 0);
    for &(bound, percent) in scale {
        hundredths += (taxable.min(bound) - floor).max(0) * percent;
        floor = bound;
    }
    (hundredths + 50) / 100
}

/// The taxable pay of a year: 80 % of it, found in whole fifths, less 5,000 a month.
fn of_the_year(income: i64, months: i64) -> i64 {
    (income - (income + 2) / 5 - 500_000 * months).max(0)
}

fn fen(amount: i64) -> Money {
    Money::from_minor(amount)
}

fn run(months: &[i64]) -> (Vec<i64>, YearToDate) {
    let mut year = YearToDate::default();
    let mut taxes = Vec::new();
    for income in months {
        year = year.next_month();
        let kept = withhold(Method::Cumulative2025No16, &year, fen(*income)).expect("it fits");
        taxes.push(kept.tax.minor());
        year = year.after(&kept).expect("it fits");
    }
    (taxes, year)
}

fn a_month() -> impl Strategy<Value = i64> {
    prop_oneof![
        1 => Just(0),
        4 => 0..2_000_000_i64,
        2 => 0..30_000_000_i64,
        1 => 0..500_000_000_i64,
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    /// However the year goes, what is withheld in all is the tax of the dearest point it reached:
    /// nothing is taken twice and nothing is given back on the way.
    #[test]
    fn a_year_withholds_the_tax_of_its_highest_point(
        months in prop::collection::vec(a_month(), 1..=12),
    ) {
        let (taxes, year) = run(&months);
        let (mut income, mut highest) = (0, 0);
        for (index, month) in months.iter().enumerate() {
            income += month;
            let months = i64::try_from(index + 1).expect("twelve");
            highest = highest.max(part_by_part(&YEARLY, of_the_year(income, months)));
            let so_far: i64 = taxes[..=index].iter().sum();
            prop_assert_eq!(so_far, highest);
        }
        prop_assert_eq!(year.withheld.minor(), highest);
        prop_assert_eq!(year.income.minor(), income);
    }

    /// Where no month falls short of its deduction, month by month and one payment for the whole
    /// year bear the same tax.
    #[test]
    fn month_by_month_is_the_year_at_once(
        months in prop::collection::vec(625_000..40_000_000_i64, 1..=12),
    ) {
        let (taxes, year) = run(&months);
        let at_once = YearToDate { months: year.months, ..YearToDate::default() };
        let income = fen(months.iter().sum());
        let kept = withhold(Method::Cumulative2025No16, &at_once, income).expect("it fits");
        prop_assert_eq!(taxes.iter().sum::<i64>(), kept.tax.minor());
    }

    /// Splitting the pay of a month changes nothing.
    #[test]
    fn payments_of_one_month_add_up(parts in prop::collection::vec(0..20_000_000_i64, 1..8)) {
        let mut year = YearToDate::default().next_month();
        for part in &parts {
            let kept = withhold(Method::Cumulative2025No16, &year, fen(*part)).expect("it fits");
            year = year.after(&kept).expect("it fits");
        }
        let (whole, _) = run(&[parts.iter().sum()]);
        prop_assert_eq!(year.withheld.minor(), whole[0]);
    }

    /// A single payment against the scale taken part by part.
    #[test]
    fn a_single_payment_bears_each_step_once(income in 0..50_000_000_i64) {
        let kept = withhold(Method::PerPayment2018No61, &YearToDate::default(), fen(income))
            .expect("it fits");
        let taxable =
            if income <= 400_000 { (income - 80_000).max(0) } else { income - (income + 2) / 5 };
        prop_assert_eq!(kept.taxable.minor(), taxable);
        prop_assert_eq!(kept.tax.minor(), part_by_part(&PER_PAYMENT, taxable));
    }

    /// Who earns more pays no less and keeps no less, by every method.
    #[test]
    fn more_pay_is_never_less_tax_nor_less_net(
        income in prop_oneof![0..1_000_000_i64, 0..300_000_000_i64],
        more in 0..200_000i64,
        months in 1..=12u32,
        before in 0..50_000_000_i64,
    ) {
        let year = YearToDate { months, income: fen(before), ..YearToDate::default() };
        for method in Method::ALL {
            let less = withhold(method, &year, fen(income)).expect("it fits");
            let more = withhold(method, &year, fen(income + more)).expect("it fits");
            prop_assert!(less.tax <= more.tax, "{:?}", method);
            prop_assert!(less.net <= more.net, "{:?}", method);
            prop_assert!(less.tax >= Money::ZERO && less.net.plus(less.tax) == Ok(less.income));
        }
    }

    /// Whatever the numbers, an answer or a refusal.
    #[test]
    fn no_number_panics(
        income: i64, months: u32, before: i64, exempt: i64, other: i64, relief: i64, withheld: i64,
    ) {
        let year = YearToDate {
            months,
            income: fen(before),
            exempt: fen(exempt),
            other: fen(other),
            relief: fen(relief),
            withheld: fen(withheld),
        };
        for method in Method::ALL {
            if let Ok(kept) = withhold(method, &year, fen(income)) {
                prop_assert!(kept.tax >= Money::ZERO && kept.taxable >= Money::ZERO);
                prop_assert!(year.after(&kept).is_ok() || year.income.plus(kept.income).is_err()
                    || year.withheld.plus(kept.tax).is_err());
            }
        }
        let _ = SmallScale::IN_FORCE.month(fen(income), fen(before));
    }
}

#[test]
fn platforms_withhold_by_the_year_since_october_2025() {
    let day = |text| Day::parse(text).expect("a date");
    let of = |payer, text| Method::for_labour_pay(payer, day(text));
    assert_eq!(of(Payer::InternetPlatform, "2025-09-30"), Method::PerPayment2018No61);
    assert_eq!(of(Payer::InternetPlatform, "2025-10-01"), Method::Cumulative2025No16);
    assert_eq!(of(Payer::Other, "2025-09-30"), Method::PerPayment2018No61);
    assert_eq!(of(Payer::Other, "2030-01-01"), Method::PerPayment2018No61);
}

#[test]
fn methods_and_payers_have_the_names_of_the_schema() {
    for method in Method::ALL {
        assert_eq!(Method::parse(method.name()), Some(method));
    }
    assert_eq!(Method::parse("Incidental"), None);
    assert_eq!(Payer::parse("internet_platform"), Some(Payer::InternetPlatform));
    assert_eq!(Payer::parse(Payer::Other.name()), Some(Payer::Other));
}

#[test]
fn a_new_year_starts_from_nothing() {
    let (taxes, _) = run(&[6_000_000]);
    let december = YearToDate { months: 12, income: fen(50_000_000), ..YearToDate::default() };
    let last = withhold(Method::Cumulative2025No16, &december, fen(6_000_000)).expect("it fits");
    assert!(last.tax.minor() > taxes[0]);
    assert_eq!(taxes, run(&[6_000_000]).0);
}

#[test]
fn a_payment_before_any_month_counts_as_the_first() {
    let none = YearToDate::default();
    let first = none.next_month();
    let tax = |year| withhold(Method::Cumulative2025No16, &year, fen(800_000));
    assert_eq!(tax(none), tax(first));
}

#[test]
fn the_scales_in_force_are_scales() {
    for scale in [Tables::IN_FORCE.per_payment, Tables::IN_FORCE.yearly] {
        let again = Scale::new(scale.brackets().to_vec(), scale.source().to_owned());
        assert_eq!(again, Ok(scale));
    }
}

#[test]
fn a_mistyped_scale_is_refused() {
    let step = |up_to: Option<i64>, percent: u32, quick: i64| Bracket {
        up_to: up_to.map(fen),
        rate: Rate::from_ppm(percent * 10_000).expect("a percentage"),
        quick: fen(quick),
    };
    let refused = |steps: Vec<Bracket>| {
        matches!(Scale::new(steps, String::new()), Err(Error::BadValue { .. }))
    };
    assert!(!refused(vec![step(Some(1_000), 10, 0), step(None, 20, 100)]));
    assert!(refused(vec![]));
    assert!(refused(vec![step(None, 10, 5)]));
    assert!(refused(vec![step(Some(1_000), 10, 0)]));
    assert!(refused(vec![step(None, 10, 0), step(None, 20, 100)]));
    assert!(refused(vec![step(Some(1_000), 10, 0), step(None, 20, 101)]));
    assert!(refused(vec![
        step(Some(1_000), 10, 0),
        step(Some(1_000), 20, 100),
        step(None, 30, 200),
    ]));
}

#[test]
fn other_figures_of_the_law_are_other_values() {
    let deduction_of_6000 = Tables { monthly_deduction: fen(600_000), ..Tables::IN_FORCE };
    let year = YearToDate::default().next_month();
    // 6,400 - 6,000 = 400; 3 %.
    let kept = deduction_of_6000.withhold(Method::Cumulative2025No16, &year, fen(800_000));
    assert_eq!(kept.map(|kept| kept.tax), Ok(fen(1_200)));
}

#[test]
fn small_scale_sales_up_to_100000_a_month_bear_no_vat() {
    let month = |receipts| SmallScale::IN_FORCE.month(fen(receipts), fen(0)).expect("it fits");
    // 101,000.00 holds 1,000.00 of VAT at 1 %: 100,000.00 of sales, exempt.
    let exempt = month(10_100_000);
    assert_eq!((exempt.vat, exempt.income), (fen(0), fen(10_100_000)));
    // 101,000.02 / 1.01 = 100,000.0198: above, and the whole month bears it.
    let taxed = month(10_100_002);
    assert_eq!((taxed.vat, taxed.income), (fen(100_000), fen(10_000_002)));
    // 202,000 x 1 / 101 = 2,000.
    assert_eq!(month(20_200_000).vat, fen(200_000));
}

#[test]
fn above_five_million_in_twelve_months_a_payee_must_register() {
    let must =
        |sales| SmallScale::IN_FORCE.month(fen(100), fen(sales)).map(|month| month.must_register);
    assert_eq!(must(500_000_000), Ok(false));
    assert_eq!(must(500_000_001), Ok(true));
}
