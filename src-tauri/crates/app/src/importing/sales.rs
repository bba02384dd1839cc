//! Sales by day and place, out of files.
//!
//! A row says a level: how many units of goods were sold out of a place on a day. What is posted
//! already is not posted again, and a corrected file posts the difference. Sales before a place is
//! live are demand and move nothing; so are figures of whole months, spread evenly over the days.
//! A day that a marketplace reports is compared with the file, never posted from it.

use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};

use chrono::NaiveDate;
use documents::sheet::{At, MonthOrDate, SaleRow};
use domain::{
    Fact, MoveKind, PlaceId, Refusal, ShopId, SkuId,
    fact::{SaleKind, SaleSource},
    money::split,
    place::Place,
    sales::{LevelKey, Reported, SalesKnown, SalesOf, Units, post},
    shop::{Shop, till_of},
    stock::QTY_MAX,
};

use crate::suspense::next_release;
use crate::{
    Error,
    importing::{
        LINES_MAX,
        codes::{GoodsCodes, PlaceCodes},
        problems::message,
        run::{Import, number},
    },
    wire::{Arg, Message},
};

/// What the file says of one listing on one day at one place.
struct Level {
    sku: SkuId,
    units: i64,
    rows: usize,
}

/// Levels by listing.
type Levels = BTreeMap<String, Level>;

/// The file by day and place, in the order in which it is posted.
type Days = BTreeMap<(NaiveDate, PlaceId), Levels>;

pub(super) fn sales(import: &mut Import, rows: &[(At, SaleRow)]) -> Result<(), Error> {
    if rows.is_empty() {
        return Ok(());
    }
    let goods = GoodsCodes::load(import.writer)?;
    let places = PlaceCodes::load(import.writer)?;
    let mut days = Days::new();
    let mut months = Months::default();
    for (done, (at, row)) in rows.iter().enumerate() {
        if done % 5_000 == 0 {
            import.step("import.check", done, rows.len())?;
        }
        check(import, (&goods, &places), (&mut days, &mut months), *at, row);
    }
    if import.problems.stop() {
        return Ok(());
    }
    let shops = import.writer.shops()?;
    let places = places.by_id();
    let mut tally = Tally { days: days.len(), months, ..Tally::default() };
    for (done, ((day, place), levels)) in days.iter().enumerate() {
        import.step("import.post", done, tally.days)?;
        let described = places.get(place).copied();
        let at = DayAt { day: *day, place: *place, described, shops: &shops };
        post_day(import, &at, levels, &mut tally)?;
    }
    let sold: BTreeSet<PlaceId> = days.keys().map(|(_, place)| *place).collect();
    for place in sold {
        let next = |import: &Import| next_release(import.writer, place, &mut uuid::Uuid::now_v7);
        while let Some(entry) = next(import)? {
            import.post(entry)?;
        }
    }
    tally.tell(import);
    import.tell_cuts()
}

/// Figures of whole months.
#[derive(Default)]
struct Months {
    rows: usize,
    units: i64,
}

fn check(
    import: &mut Import,
    (goods, places): (&GoodsCodes, &PlaceCodes),
    (days, months): (&mut Days, &mut Months),
    at: At,
    row: &SaleRow,
) {
    let place = places.find(&row.place).map_err(|text| import.error(at, Some("place"), || text));
    let sku = goods
        .find(&row.sku, Some(&row.place))
        .map_err(|text| import.error(at, Some("sku"), || text));
    let (Ok((place, described)), Ok(sku)) = (place, sku) else { return };
    let listing = row.listing.clone().unwrap_or_else(|| goods.sku(sku).code.clone());
    let (day, today) = (row.on.last_day(), import.call.session.today);
    if day > today {
        import.error(at, Some("date"), || message(Refusal::DayInFuture { day, today }));
        return;
    }
    let parts = match row.on {
        MonthOrDate::Date(day) => vec![(day, row.units)],
        MonthOrDate::Month { .. } if described.is_live(day) => {
            let args = [("place", row.place.as_str().into()), ("month", row.on.to_string().into())];
            import.error(at, Some("date"), || Message::new("import.sales_month_live", args));
            return;
        }
        MonthOrDate::Month { .. } => {
            months.rows += 1;
            months.units = months.units.saturating_add(row.units);
            spread(row.on.first_day(), row.on.last_day(), row.units)
        }
    };
    for (part, (day, units)) in parts.into_iter().enumerate() {
        let levels = days.entry((day, place)).or_default();
        let level = levels.entry(listing.clone()).or_insert(Level { sku, units: 0, rows: 0 });
        level.units = level.units.saturating_add(units);
        level.rows += usize::from(part == 0);
        if level.sku != sku {
            let args = [("listing", listing.as_str().into())];
            import.error(at, Some("listing"), || Message::new("import.listing_ambiguous", args));
            return;
        }
        if level.units > QTY_MAX {
            let args = [("max", QTY_MAX.into())];
            import.error(at, Some("units"), || Message::new("import.quantity_too_big", args));
            return;
        }
    }
}

/// A month's units over its days, as even as whole units allow.
fn spread(first: NaiveDate, last: NaiveDate, units: i64) -> Vec<(NaiveDate, i64)> {
    let days: Vec<NaiveDate> = first.iter_days().take_while(|day| *day <= last).collect();
    let parts = split(units, &vec![1; days.len()]);
    days.into_iter().zip(parts).collect()
}

/// A day at a place.
struct DayAt<'a> {
    day: NaiveDate,
    place: PlaceId,
    described: Option<&'a Place>,
    shops: &'a [(ShopId, Shop)],
}

/// What became of the rows.
#[derive(Default)]
struct Tally {
    days: usize,
    months: Months,
    demand_only: (usize, i64),
    posted: (usize, i64),
    same: usize,
    suspense: i64,
    by_feed: (usize, i64, i64),
}

fn post_day(
    import: &mut Import,
    at: &DayAt,
    levels: &Levels,
    tally: &mut Tally,
) -> Result<(), Error> {
    if let Some(feed_units) = reported_by_feed(import, at)? {
        tally.by_feed.0 += levels.values().map(|level| level.rows).sum::<usize>();
        tally.by_feed.1 += levels.values().map(|level| level.units).sum::<i64>();
        tally.by_feed.2 += feed_units;
        return Ok(());
    }
    let shop = till_of(at.place);
    let posted = import.writer.posted_levels(shop, at.day)?;
    let reported: Vec<Reported> =
        levels.iter().map(|(listing, one)| report(at, listing, one)).collect();
    let live = at.described.is_some_and(|place| place.is_live(at.day));
    for report in &reported {
        let rows = levels[&report.listing].rows;
        let before = posted.get(&key(report));
        let change = report.level.units - before.map_or(0, |level| level.units);
        let count = if live { &mut tally.posted } else { &mut tally.demand_only };
        if before == Some(&report.level) {
            tally.same += rows;
        } else {
            *count = (count.0 + rows, count.1 + change);
        }
    }
    for chunk in reported.chunks(LINES_MAX) {
        let known = known(import, at, chunk, &posted)?;
        let (source, batch) = (SaleSource::File, Some(import.batch));
        let of = SalesOf { shop, day: at.day, source, batch };
        if let Some(entry) = post(&of, chunk, known, &mut uuid::Uuid::now_v7) {
            tally.suspense += out_of_suspense(&entry);
            import.post(entry)?;
        }
    }
    Ok(())
}

fn report(at: &DayAt, listing: &str, level: &Level) -> Reported {
    Reported {
        place: at.place,
        sku: level.sku,
        listing: listing.to_owned(),
        kind: SaleKind::Sale,
        level: Units { units: level.units, demand: level.units },
    }
}

fn key(report: &Reported) -> LevelKey {
    (report.place, report.listing.clone(), report.kind)
}

/// What a marketplace says was sold out of the place on the day, when one posts that day.
fn reported_by_feed(import: &Import, at: &DayAt) -> Result<Option<i64>, Error> {
    let mut sold = None;
    for (shop, described) in at.shops {
        let serves = described.places.iter().any(|one| one.place == at.place);
        if !serves || import.writer.sales_source(*shop, at.day)? != Some(SaleSource::Feed) {
            continue;
        }
        let levels = import.writer.posted_levels(*shop, at.day)?.into_iter();
        let here = levels.filter(|((place, _, _), _)| *place == at.place);
        sold = Some(sold.unwrap_or(0) + here.map(|(_, level)| level.units).sum::<i64>());
    }
    Ok(sold)
}

/// What the posting of some levels needs to know; shelves only of what sold more, and what was
/// taken only when something sold less.
fn known(
    import: &Import,
    at: &DayAt,
    reported: &[Reported],
    posted: &BTreeMap<LevelKey, Units>,
) -> Result<SalesKnown, Error> {
    let mut known = SalesKnown { posted: posted.clone(), ..SalesKnown::default() };
    let change =
        |one: &Reported| one.level.units - posted.get(&key(one)).map_or(0, |level| level.units);
    if let Some(place) = at.described.filter(|place| place.is_live(at.day)) {
        known.rules.insert(at.place, place.life_rule);
        for one in reported.iter().filter(|one| change(one) > 0) {
            if let Entry::Vacant(shelf) = known.shelves.entry((at.place, one.sku)) {
                shelf.insert(import.writer.shelf(one.sku, at.place, at.day)?);
            }
        }
    }
    if reported.iter().any(|one| change(one) < 0) {
        known.taken = import.writer.taken(till_of(at.place), at.day)?;
    }
    Ok(known)
}

fn out_of_suspense(entry: &domain::Entry) -> i64 {
    let moves = entry.body.moves.iter().filter(|one| one.kind == MoveKind::SuspenseSale);
    moves.map(|one| one.qty).sum()
}

impl Tally {
    fn tell(&self, import: &mut Import) {
        let counted = |code: &str, rows: usize, units: i64| {
            Message::new(code, [("rows", number(rows).into()), ("units", units.into())])
        };
        let parts = [
            ("import.effect.sales_demand_only", self.demand_only.0, self.demand_only.1),
            ("import.effect.sales_posted", self.posted.0, self.posted.1),
            ("import.effect.sales_months_spread", self.months.rows, self.months.units),
        ];
        for (code, rows, units) in parts.into_iter().filter(|(_, rows, _)| *rows > 0) {
            import.effect(counted(code, rows, units));
        }
        if self.suspense > 0 {
            let args = [("units", self.suspense.into())];
            import.effect(Message::new("import.effect.suspense", args));
        }
        if self.same > 0 {
            let args = [("rows", number(self.same).into())];
            import.effect(Message::new("import.effect.sales_same", args));
        }
        if self.by_feed.0 > 0 {
            let mut effect =
                counted("import.effect.sales_reported_by_feed", self.by_feed.0, self.by_feed.1);
            effect.args.insert("feed_units".to_owned(), Arg::Number(self.by_feed.2));
            import.effect(effect);
        }
        let args = [("days", number(self.days).into())];
        import.effect(Message::new("import.effect.sales_days", args));
    }
}

/// The places whose suspense may be touched when an entry is undone.
pub(super) fn places_of(entry: &domain::Entry) -> BTreeSet<PlaceId> {
    match &entry.body.fact {
        Fact::SalesPosted(sales) => sales.lines.iter().map(|line| line.place).collect(),
        Fact::StockOpened { place } | Fact::SuspenseSettled { place } => BTreeSet::from([*place]),
        _ => BTreeSet::new(),
    }
}
