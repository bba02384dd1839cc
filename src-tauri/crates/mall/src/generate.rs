//! The orders of a day, drawn from scenario, seed and day alone.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeZone, Utc};
use contract::{ListingId, OrderId, Region};

use crate::order::{MallOrder, PlannedLine, Step};
use crate::pricing::decimals;
use crate::prng::Prng;
use crate::scenario::{DemandRule, ListingPlan, Random, Rate, Scenario};

/// Changes whenever the same scenario, seed and day would give other orders; a log of another
/// number is refused, because it cannot be played again.
pub(crate) const GENERATOR: u32 = 3;

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const MINUTES_OF_DAY: u64 = 24 * 60;

const REGIONS: [(&str, &str); 8] = [
    ("上海市", "上海市"),
    ("浙江省", "杭州市"),
    ("江苏省", "南京市"),
    ("广东省", "广州市"),
    ("广东省", "深圳市"),
    ("四川省", "成都市"),
    ("湖北省", "武汉市"),
    ("北京市", "北京市"),
];

/// All orders that buyers begin on a day, in the order of their instants and with the numbers
/// after `first_number`.
pub(crate) fn orders_of(
    scenario: &Scenario,
    tz: chrono_tz::Tz,
    seed: u64,
    day: NaiveDate,
    first_number: u64,
) -> Vec<MallOrder> {
    let mut orders = Vec::new();
    for (shop, plan) in scenario.shops.iter().enumerate() {
        let listings: BTreeMap<&ListingId, &ListingPlan> =
            plan.listings.iter().map(|listing| (&listing.id, listing)).collect();
        for warehouse in &scenario.warehouses {
            let parts =
                [scenario.name.as_str(), plan.id.as_str(), warehouse.id.as_str(), &day.to_string()];
            let mut prng = Prng::keyed(seed, &parts);
            let rules = scenario
                .demand
                .iter()
                .filter(|rule| rule.shop == plan.id && rule.warehouse == warehouse.id);
            let mut lines: Vec<PlannedLine> = Vec::new();
            for rule in rules {
                let units = units_of(rule, day, &mut prng);
                let most = scenario.behaviour.units_per_line_max;
                let listing = listings[&rule.listing];
                let price = listing.price.to_minor(decimals(&scenario.currency)).unwrap_or(0);
                lines.extend(split((listing, price), units, most, &mut prng));
            }
            prng.shuffle(&mut lines);
            for lines in baskets(lines, scenario.behaviour.basket_ppm, &mut prng) {
                let region = REGIONS[usize::try_from(prng.below(8)).unwrap_or(0)];
                orders.push(MallOrder {
                    id: OrderId::new(""),
                    shop,
                    warehouse_id: warehouse.id.clone(),
                    business_date: day,
                    region: Region {
                        province: Some(region.0.to_owned()),
                        city: Some(region.1.to_owned()),
                    },
                    plan: plan_of(scenario, tz, day, &lines, &mut prng),
                    lines,
                    priced: None,
                    seqs: Vec::new(),
                });
            }
        }
    }
    orders.sort_by_key(|order| order.plan[0].0);
    for (number, order) in (first_number..).zip(&mut orders) {
        // Nineteen digits, as large platforms have them: more than a float can hold.
        let date = day.format("%y%m%d");
        order.id = OrderId::new(format!("{date}{number:013}"));
    }
    orders
}

/// Units of a rule on a day.
fn units_of(rule: &DemandRule, day: NaiveDate, prng: &mut Prng) -> u32 {
    let within = rule.from.is_none_or(|from| from <= day) && rule.to.is_none_or(|to| day <= to);
    if !within {
        return 0;
    }
    match &rule.rate {
        Rate::Fixed(units) => *units,
        Rate::ByDay(days) => days.get(&day).copied().unwrap_or(0),
        Rate::Random(random) => arrivals(random, day, prng),
    }
}

/// Arrivals of a day: each minute has an equal share of the mean, as whole units and a chance.
fn arrivals(random: &Random, day: NaiveDate, prng: &mut Prng) -> u32 {
    let percent = random.weekday_percent[day.weekday().num_days_from_monday() as usize];
    let mean = u64::from(random.mean_milli) * u64::from(percent);
    // `mean` counts hundred-thousandths of a unit.
    let unit = 100_000 * MINUTES_OF_DAY;
    let (whole, rest) = (mean / unit, mean % unit);
    let by_chance = (0..MINUTES_OF_DAY).filter(|_| prng.below(unit) < rest).count() as u64;
    u32::try_from(whole * MINUTES_OF_DAY + by_chance).unwrap_or(u32::MAX)
}

/// Units of one listing as lines of orders of at most `most` units.
fn split(
    (listing, price_minor): (&ListingPlan, i64),
    units: u32,
    most: u32,
    prng: &mut Prng,
) -> Vec<PlannedLine> {
    let mut left = i64::from(units);
    let mut lines = Vec::new();
    while left > 0 {
        let qty = i64::try_from(1 + prng.below(u64::from(most))).unwrap_or(1).min(left);
        left -= qty;
        lines.push(PlannedLine {
            listing_id: listing.id.clone(),
            seller_sku: listing.seller_sku.clone(),
            qty,
            price_minor,
            cell: None,
        });
    }
    lines
}

/// Lines as orders of one or two lines; two lines of an order are of different listings.
fn baskets(lines: Vec<PlannedLine>, basket_ppm: u32, prng: &mut Prng) -> Vec<Vec<PlannedLine>> {
    let mut orders: Vec<Vec<PlannedLine>> = Vec::new();
    for line in lines {
        match orders.last_mut() {
            Some(last)
                if last.len() == 1
                    && last[0].listing_id != line.listing_id
                    && prng.chance(basket_ppm) =>
            {
                last.push(line);
            }
            _ => orders.push(vec![line]),
        }
    }
    orders
}

/// The life of an order. What happens on the day itself ends before midnight.
fn plan_of(
    scenario: &Scenario,
    tz: chrono_tz::Tz,
    day: NaiveDate,
    lines: &[PlannedLine],
    prng: &mut Prng,
) -> Vec<(DateTime<Utc>, Step)> {
    let habits = &scenario.behaviour;
    let placed = 8 * HOUR + prng.below(13 * HOUR);
    let mut plan = vec![(0, placed, Step::Place)];
    if prng.chance(habits.abandon_ppm) {
        plan.push((0, placed + 30 * MINUTE, Step::Cancel));
        return on_clock(tz, day, &plan);
    }
    let paid = placed + MINUTE + prng.below(9 * MINUTE);
    plan.push((0, paid, Step::Pay));
    if prng.chance(habits.cancel_ppm) {
        plan.push((0, paid + MINUTE + prng.below(HOUR), Step::Cancel));
        return on_clock(tz, day, &plan);
    }
    let (mut ship_day, mut ship_at) = (0, paid + 10 * MINUTE + prng.below(HOUR));
    if prng.chance(habits.late_ship_ppm) {
        (ship_day, ship_at) = (1 + prng.below(3), 9 * HOUR + prng.below(9 * HOUR));
    }
    if lines.len() > 1 && prng.chance(habits.split_ship_ppm) {
        plan.push((ship_day, ship_at, Step::Ship(Some(0))));
        (ship_day, ship_at) = (ship_day + 1, 9 * HOUR + prng.below(9 * HOUR));
    }
    plan.push((ship_day, ship_at, Step::Ship(None)));
    if prng.chance(habits.revise_ppm) {
        let line = usize::try_from(prng.below(lines.len() as u64)).unwrap_or(0);
        plan.push((ship_day + 1, 7 * HOUR, Step::Revise(line, lines[line].qty - 1)));
    }
    if prng.chance(habits.cancel_after_ship_ppm) {
        plan.push((ship_day + 1, 8 * HOUR, Step::Cancel));
        return on_clock(tz, day, &plan);
    }
    let arrives = ship_day + 2 + prng.below(3);
    plan.push((arrives, 9 * HOUR + prng.below(9 * HOUR), Step::Deliver));
    plan.push((arrives + 7, 3 * HOUR, Step::Complete));
    on_clock(tz, day, &plan)
}

/// Days after the first and seconds of the day, as instants.
fn on_clock(
    tz: chrono_tz::Tz,
    day: NaiveDate,
    plan: &[(u64, u64, Step)],
) -> Vec<(DateTime<Utc>, Step)> {
    plan.iter()
        .map(|(days, second, step)| {
            let date = day.checked_add_days(Days::new(*days)).unwrap_or(day);
            let second = u32::try_from(*second).unwrap_or(0);
            let time = NaiveTime::from_num_seconds_from_midnight_opt(second, 0);
            (instant(tz, date, time.unwrap_or_default()), *step)
        })
        .collect()
}

/// A local time as an instant; of an hour that the clocks repeat, the first; of one that they
/// skip, the same reading in UTC.
pub(crate) fn instant(tz: chrono_tz::Tz, date: NaiveDate, time: NaiveTime) -> DateTime<Utc> {
    let local = date.and_time(time);
    tz.from_local_datetime(&local).earliest().map_or_else(|| local.and_utc(), |at| at.to_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_random_rate_keeps_its_mean() {
        let random = Random { mean_milli: 2_500, weekday_percent: [100; 7] };
        let day = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        let days = 400;
        let total: u64 = (0..days)
            .map(|n| {
                let mut prng = Prng::keyed(1, &["mean", &n.to_string()]);
                u64::from(arrivals(&random, day, &mut prng))
            })
            .sum();
        // 400 days of mean 2.5: 1,000 units, standard deviation about 32.
        assert!((900..=1_100).contains(&total), "{total}");
    }

    #[test]
    fn a_mean_above_one_a_minute_is_kept_too() {
        let random = Random { mean_milli: 3_000_000, weekday_percent: [100; 7] };
        let day = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        let units = arrivals(&random, day, &mut Prng::keyed(1, &["many"]));
        assert!((2_800..=3_200).contains(&units), "{units}");
    }
}
