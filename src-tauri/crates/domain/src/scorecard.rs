//! The scorecard of a factory (供应商评分卡): four figures over a period, each with how many cases
//! it rests on.
//!
//! Knows the formulas. A figure without any case is absent, neither 0 % nor 100 %, so idle months
//! change nothing. Refuses to weigh the figures into one mark.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::{
    Decimal, RoundingStrategy,
    prelude::{FromPrimitive, ToPrimitive},
};
use serde::{Deserialize, Serialize};

use crate::{SkuId, shelf_life::PPM};

/// A line of an order: what was promised and what came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromisedLine {
    /// The day promised for it.
    pub promised_on: NaiveDate,
    /// Units ordered.
    pub ordered: i64,
    /// Units by the day they came.
    pub received: Vec<(NaiveDate, i64)>,
}

/// The first inspection of a receipt; what is reworked and inspected again is no second case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FirstInspection {
    /// Decided on.
    pub on: NaiveDate,
    /// Units that the decision is about.
    pub inspected: i64,
    /// Units of them that were accepted at once.
    pub accepted: i64,
}

/// What became of one supplied material on one order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MaterialUse {
    /// The day it was settled.
    pub on: NaiveDate,
    /// Which material.
    pub material: SkuId,
    /// Units sent to the factory.
    pub issued: i64,
    /// Units that came back.
    pub returned: i64,
    /// Units that the bill of materials asks for on the loss base.
    pub needed: i64,
}

/// A price that was agreed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PricePaid {
    /// The order's day.
    pub on: NaiveDate,
    /// For which goods.
    pub sku: SkuId,
    /// Units ordered.
    pub units: i64,
    /// Per unit, all in one currency and all with or all without tax.
    pub price: Decimal,
}

/// A share and how many cases it rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// In ppm, rounded half up.
    pub ppm: i64,
    /// How many cases.
    pub n: usize,
}

/// The figures that a warehouse may see.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scorecard {
    /// 准时交付率; n = order lines.
    pub on_time: Option<Figure>,
    /// 一次合格率; n = inspections.
    pub first_pass: Option<Figure>,
    /// 损耗率; n = orders' materials.
    pub loss: Option<Figure>,
}

/// First and last day of what is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
}

impl Span {
    fn holds(self, day: NaiveDate) -> bool {
        (self.from..=self.to).contains(&day)
    }
}

impl Scorecard {
    /// The figures over `span`.
    pub fn over(
        span: Span,
        lines: &[PromisedLine],
        inspections: &[FirstInspection],
        materials: &[MaterialUse],
    ) -> Self {
        Self {
            on_time: on_time(span, lines),
            first_pass: first_pass(span, inspections),
            loss: loss(span, materials),
        }
    }
}

/// On time: of the units ordered in lines whose promised day lies in `span`, the share that came
/// by that day. What came beyond the ordered units counts for nothing, what never came is late.
pub fn on_time(span: Span, lines: &[PromisedLine]) -> Option<Figure> {
    let due = lines.iter().filter(|line| span.holds(line.promised_on) && line.ordered > 0);
    let in_time = |line: &PromisedLine| {
        let early = line.received.iter().filter(|(day, _)| *day <= line.promised_on);
        early.map(|(_, units)| i128::from(*units)).sum::<i128>().clamp(0, line.ordered.into())
    };
    pooled(due.map(|line| (in_time(line), line.ordered.into())))
}

/// First pass: of the units first inspected in `span` the share that was accepted at once.
pub fn first_pass(span: Span, inspections: &[FirstInspection]) -> Option<Figure> {
    let decided = inspections.iter().filter(|one| span.holds(one.on) && one.inspected > 0);
    pooled(decided.map(|one| (one.accepted.into(), one.inspected.into())))
}

/// Loss: `(issued − returned − needed) ÷ issued` of each material settled in `span`, and the plain
/// mean over the materials, so that grams of bulk do not drown pieces of boxes. Below zero when
/// less was used than the bill of materials asks for.
pub fn loss(span: Span, materials: &[MaterialUse]) -> Option<Figure> {
    let mut by_material: BTreeMap<SkuId, (i128, i128)> = BTreeMap::new();
    let mut n = 0;
    for one in materials.iter().filter(|one| span.holds(one.on) && one.issued > 0) {
        let (lost, issued) = by_material.entry(one.material).or_default();
        *lost += i128::from(one.issued) - i128::from(one.returned) - i128::from(one.needed);
        *issued += i128::from(one.issued);
        n += 1;
    }
    let rates = by_material
        .into_values()
        .map(|(lost, issued)| Some(Decimal::from_i128(lost)? / Decimal::from_i128(issued)?));
    let rates = rates.collect::<Option<Vec<Decimal>>>()?;
    let mean = rates.iter().sum::<Decimal>().checked_div(Decimal::from(rates.len()))?;
    Some(Figure { ppm: to_ppm(mean)?, n })
}

/// What a product's price was first and last over the orders of a span.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PriceChange {
    /// Which product.
    pub sku: SkuId,
    /// How many orders.
    pub n: usize,
    /// Units ordered.
    pub units: i64,
    /// The price of the first order.
    pub first: Decimal,
    /// The price of the last order; the first when there is but one.
    pub last: Decimal,
}

impl PriceChange {
    /// Last against first, less one, in ppm; absent for one order, and when the first was free.
    pub fn ppm(&self) -> Option<i64> {
        let change = (self.last - self.first).checked_div(self.first)?;
        if self.n > 1 { to_ppm(change) } else { None }
    }
}

/// The prices of each product that was ordered in `span`.
pub fn price_changes(span: Span, paid: &[PricePaid]) -> Vec<PriceChange> {
    let mut ordered: Vec<&PricePaid> =
        paid.iter().filter(|one| span.holds(one.on) && one.units > 0).collect();
    ordered.sort_by_key(|one| one.on);
    let mut by_sku: BTreeMap<SkuId, PriceChange> = BTreeMap::new();
    for one in ordered {
        let (sku, price) = (one.sku, one.price);
        let known = PriceChange { sku, n: 0, units: 0, first: price, last: price };
        let change = by_sku.entry(sku).or_insert(known);
        change.n += 1;
        change.units = change.units.saturating_add(one.units);
        change.last = price;
    }
    by_sku.into_values().collect()
}

/// Price trend: what the units ordered in `span` would cost at each product's last price, against
/// its first price, less one: `Σ units × last ÷ Σ units × first − 1`. Products ordered once have no
/// trend. n = products.
pub fn price_trend(span: Span, paid: &[PricePaid]) -> Option<Figure> {
    let (mut at_first, mut at_last, mut n) = (Decimal::ZERO, Decimal::ZERO, 0);
    for one in price_changes(span, paid).iter().filter(|one| one.n > 1) {
        let units = Decimal::from(one.units);
        at_first = at_first.checked_add(units.checked_mul(one.first)?)?;
        at_last = at_last.checked_add(units.checked_mul(one.last)?)?;
        n += 1;
    }
    let change = (at_last - at_first).checked_div(at_first)?;
    Some(Figure { ppm: to_ppm(change)?, n })
}

/// The share of all parts in all wholes; absent without any case.
fn pooled(cases: impl Iterator<Item = (i128, i128)>) -> Option<Figure> {
    let (part, whole, n) =
        cases.fold((0, 0, 0), |(part, whole, n), case| (part + case.0, whole + case.1, n + 1));
    let share = Decimal::from_i128(part)?.checked_div(Decimal::from_i128(whole)?)?;
    Some(Figure { ppm: to_ppm(share)?, n })
}

fn to_ppm(share: Decimal) -> Option<i64> {
    let ppm = share.checked_mul(Decimal::from(PPM))?;
    ppm.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero).to_i64()
}

#[cfg(test)]
mod tests {
    use chrono::Days;
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn sku(n: u128) -> SkuId {
        SkuId(uuid::Uuid::from_u128(n))
    }

    fn span(from: &str, to: &str) -> Span {
        Span { from: day(from), to: day(to) }
    }

    fn line(promised_on: &str, ordered: i64, received: &[(&str, i64)]) -> PromisedLine {
        let received = received.iter().map(|(on, units)| (day(on), *units)).collect();
        PromisedLine { promised_on: day(promised_on), ordered, received }
    }

    #[test]
    fn units_that_came_by_the_promised_day_are_on_time() {
        let lines = [
            line("2026-03-10", 5_000, &[("2026-03-10", 3_000), ("2026-03-11", 2_000)]),
            line("2026-03-20", 1_000, &[("2026-03-01", 1_200)]),
            line("2026-03-31", 2_000, &[]),
            line("2026-04-01", 9_000, &[("2026-04-01", 9_000)]),
        ];
        let march = span("2026-03-01", "2026-03-31");
        assert_eq!(on_time(march, &lines), Some(Figure { ppm: 500_000, n: 3 }));
        assert_eq!(on_time(march, &lines[2..]), Some(Figure { ppm: 0, n: 1 }));
    }

    /// Months without deliveries scored 100 (frappe/erpnext#31597, #41728). They have no score.
    #[test]
    fn idle_months_do_not_count() {
        let lines = [line("2026-03-10", 10, &[("2026-03-12", 10)])];
        let idle = span("2026-04-01", "2026-12-31");
        assert_eq!(Scorecard::over(idle, &lines, &[], &[]), Scorecard::default());
        assert_eq!(price_trend(idle, &[]), None);
        let year = span("2026-01-01", "2026-12-31");
        let month = span("2026-03-01", "2026-03-31");
        assert_eq!(on_time(year, &lines), Some(Figure { ppm: 0, n: 1 }));
        assert_eq!(on_time(year, &lines), on_time(month, &lines));
    }

    #[test]
    fn units_accepted_at_once_pass() {
        let on = day("2026-03-05");
        let inspections = [
            FirstInspection { on, inspected: 5_000, accepted: 4_800 },
            FirstInspection { on, inspected: 1_000, accepted: 1_000 },
            FirstInspection { on: day("2026-05-01"), inspected: 1_000, accepted: 0 },
        ];
        let march = span("2026-03-01", "2026-03-31");
        assert_eq!(first_pass(march, &inspections), Some(Figure { ppm: 966_667, n: 2 }));
    }

    #[test]
    fn loss_is_a_mean_over_materials() {
        // 6,289 boxes, 5,880 good: 409 of 6,289 are lost; of 1,000 kg of bulk nothing is.
        let on = day("2026-03-05");
        let boxes = MaterialUse { on, material: sku(1), issued: 6_289, returned: 0, needed: 5_880 };
        let bulk = MaterialUse { material: sku(2), issued: 1_000_000, needed: 1_000_000, ..boxes };
        let march = span("2026-03-01", "2026-03-31");
        assert_eq!(loss(march, &[boxes]), Some(Figure { ppm: 65_034, n: 1 }));
        assert_eq!(loss(march, &[boxes, bulk]), Some(Figure { ppm: 32_517, n: 2 }));
        let saved = MaterialUse { needed: 6_300, ..boxes };
        assert_eq!(loss(march, &[saved]).map(|figure| figure.ppm.signum()), Some(-1));
        assert_eq!(loss(march, &[MaterialUse { issued: 0, ..boxes }]), None);
    }

    #[test]
    fn the_price_trend_weighs_products_by_what_was_ordered() {
        let paid = |on: &str, n, units, price: &str| PricePaid {
            on: day(on),
            sku: sku(n),
            units,
            price: price.parse().expect("a decimal"),
        };
        let orders = [
            paid("2026-06-01", 1, 3_000, "10.50"),
            paid("2026-01-01", 1, 1_000, "10.00"),
            paid("2026-02-01", 2, 500, "4.00"),
            paid("2026-03-01", 2, 500, "3.60"),
            paid("2026-03-01", 3, 9_999, "1.00"),
        ];
        // 4,000 × 10.50 + 1,000 × 3.60 = 45,600 against 40,000 + 4,000.
        let year = span("2026-01-01", "2026-12-31");
        assert_eq!(price_trend(year, &orders), Some(Figure { ppm: 36_364, n: 2 }));
        assert_eq!(price_trend(span("2026-01-01", "2026-01-31"), &orders), None);
        let told = price_changes(year, &orders).into_iter();
        let told = told.map(|one| (one.n, one.first.to_string(), one.last.to_string(), one.ppm()));
        let price = |n, first: &str, last: &str, ppm| (n, first.to_owned(), last.to_owned(), ppm);
        let each = [
            price(2, "10.00", "10.50", Some(50_000)),
            price(2, "4.00", "3.60", Some(-100_000)),
            price(1, "1.00", "1.00", None),
        ];
        assert_eq!(told.collect::<Vec<_>>(), each);
        let free = [paid("2026-01-01", 1, 1, "0"), paid("2026-01-02", 1, 1, "1")];
        assert_eq!(price_trend(year, &free), None);
        assert_eq!(price_changes(year, &free)[0].ppm(), None);
    }

    proptest! {
        #[test]
        fn a_share_lies_between_none_and_all(
            cases in prop::collection::vec((0_u64..60, 1_i64..1_000, 0_u64..60, 0_i64..1_500), 0..9),
        ) {
            let start = day("2026-01-01");
            let lines: Vec<PromisedLine> = cases
                .iter()
                .map(|(promised, ordered, came, units)| PromisedLine {
                    promised_on: start + Days::new(*promised),
                    ordered: *ordered,
                    received: vec![(start + Days::new(*came), *units)],
                })
                .collect();
            let first = Span { from: start, to: start + Days::new(29) };
            let both = Span { to: start + Days::new(59), ..first };
            let n = |span| on_time(span, &lines).map_or(0, |figure| figure.n);
            prop_assert_eq!(n(both), lines.len());
            let second = Span { from: start + Days::new(30), ..both };
            prop_assert_eq!(n(first) + n(second), n(both));
            if let Some(figure) = on_time(both, &lines) {
                prop_assert!((0..=PPM).contains(&figure.ppm));
            }
        }
    }
}
