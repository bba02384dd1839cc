//! Sales by day and place, out of files.
//!
//! A row says a level: how many units of goods were sold out of a place on a day. What is posted
//! already is not posted again, and a corrected file posts the difference. Sales before a place is
//! live are demand and move nothing; so are figures of whole months, spread evenly over the days.
//! A day that a marketplace reports is compared with the file, never posted from it.
//!
//! What the rows brought is a level too. A file that speaks of amounts has the last word on them,
//! also where its cell is empty: then nobody knows any more. One that has no such column, as one
//! from somebody who sees no money, leaves what was told as it is.

use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};

use chrono::NaiveDate;
use documents::sheet::{At, MonthOrDate, SaleRow};
use domain::{
    Fact, MoveKind, PlaceId, Refusal, ShopId, SkuId,
    fact::{SaleKind, SaleSource},
    money::split,
    place::Place,
    proceeds::Proceeds,
    sales::{LevelKey, Reported, SalesKnown, SalesOf, Units, post},
    shop::{Shop, till_of},
    stock::QTY_MAX,
};

use crate::suspense::next_release;
use crate::{
    Error,
    importing::{
        LINES_MAX,
        amounts::{Amounts, Brought, Seen},
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
    brought: Brought,
}

impl Level {
    fn of(sku: SkuId) -> Self {
        Self { sku, units: 0, rows: 0, brought: Brought::default() }
    }
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
    let amounts = Amounts::of(import)?;
    for (done, (at, row)) in rows.iter().enumerate() {
        if done % 5_000 == 0 {
            import.step("import.check", done, rows.len())?;
        }
        check(import, (&goods, &places, &amounts), (&mut days, &mut months), *at, row);
    }
    if import.problems.stop() {
        return Ok(());
    }
    let shops = import.writer.shops()?;
    let places = places.by_id();
    let mut tally = Tally::of(days.len(), months, amounts);
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
    (goods, places, amounts): (&GoodsCodes, &PlaceCodes, &Amounts),
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
    let Some(brought) = amounts.of_row(import, at, row) else { return };
    let parts = match row.on {
        MonthOrDate::Date(day) => vec![(day, row.units, brought)],
        MonthOrDate::Month { .. } if described.is_live(day) => {
            let args = [("place", row.place.as_str().into()), ("month", row.on.to_string().into())];
            import.error(at, Some("date"), || Message::new("import.sales_month_live", args));
            return;
        }
        MonthOrDate::Month { .. } => {
            months.rows += 1;
            months.units = months.units.saturating_add(row.units);
            spread(row.on.first_day(), row.on.last_day(), row.units, brought)
        }
    };
    for (part, (day, units, brought)) in parts.into_iter().enumerate() {
        let levels = days.entry((day, place)).or_default();
        let level = levels.entry(listing.clone()).or_insert_with(|| Level::of(sku));
        level.units = level.units.saturating_add(units);
        level.rows += usize::from(part == 0);
        level.brought.add(brought, part == 0);
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
        if !amounts.hold(import, at, &level.brought) {
            return;
        }
    }
}

/// A month's units over its days, as even as whole units allow, and what they brought by the units.
fn spread(
    first: NaiveDate,
    last: NaiveDate,
    units: i64,
    brought: Brought,
) -> Vec<(NaiveDate, i64, Brought)> {
    let days: Vec<NaiveDate> = first.iter_days().take_while(|day| *day <= last).collect();
    let parts = split(units, &vec![1; days.len()]);
    let brought = brought.over(&parts);
    days.into_iter()
        .zip(parts)
        .zip(brought)
        .map(|((day, units), part)| (day, units, part))
        .collect()
}

/// A day at a place.
struct DayAt<'a> {
    day: NaiveDate,
    place: PlaceId,
    described: Option<&'a Place>,
    shops: &'a [(ShopId, Shop)],
}

/// What became of the rows.
struct Tally {
    days: usize,
    months: Months,
    demand_only: (usize, i64),
    posted: (usize, i64),
    same: usize,
    suspense: i64,
    by_feed: (usize, i64, i64),
    amounts: Amounts,
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
    let live = at.described.is_some_and(|place| place.is_live(at.day));
    let asked = tally.amounts.asked(live);
    let told = if asked { import.writer.told_levels(shop, at.day)? } else { BTreeMap::new() };
    let posted = Posted { units: posted, told };
    let speaks = tally.amounts.speaks;
    let reported: Vec<Reported> =
        levels.iter().map(|(listing, one)| report(at, listing, one, speaks)).collect();
    for report in &reported {
        tally.count(&levels[&report.listing], report, &posted, live);
    }
    for chunk in reported.chunks(LINES_MAX) {
        let known = known(import, at, chunk, &posted)?;
        let (source, batch) = (SaleSource::File, Some(import.batch));
        let of = SalesOf { shop, day: at.day, source, batch, currency: tally.amounts.currency };
        if let Some(entry) = post(&of, chunk, known, &mut uuid::Uuid::now_v7) {
            tally.suspense += out_of_suspense(&entry);
            import.post(entry)?;
        }
    }
    Ok(())
}

/// What is posted of a day by now.
struct Posted {
    units: BTreeMap<LevelKey, Units>,
    told: BTreeMap<LevelKey, Proceeds>,
}

fn report(at: &DayAt, listing: &str, level: &Level, speaks: bool) -> Reported {
    Reported {
        place: at.place,
        sku: level.sku,
        listing: listing.to_owned(),
        kind: SaleKind::Sale,
        level: Units { units: level.units, demand: level.units },
        told: speaks.then_some(level.brought.told),
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
    Posted { units: posted, told }: &Posted,
) -> Result<SalesKnown, Error> {
    let (posted, told) = (posted.clone(), told.clone());
    let mut known = SalesKnown { posted, told, ..SalesKnown::default() };
    let posted = &known.posted;
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
    fn of(days: usize, months: Months, amounts: Amounts) -> Self {
        let (demand_only, posted, by_feed) = ((0, 0), (0, 0), (0, 0, 0));
        Self { days, months, demand_only, posted, same: 0, suspense: 0, by_feed, amounts }
    }

    fn count(&mut self, level: &Level, report: &Reported, posted: &Posted, live: bool) {
        let (key, rows) = (key(report), level.rows);
        let before = posted.units.get(&key);
        let same = self.amounts.count(&Seen {
            units: level.units,
            rows,
            brought: &level.brought,
            before: posted.told.get(&key).copied().unwrap_or_default(),
            live,
            same_units: before == Some(&report.level),
        });
        if same {
            self.same += rows;
        } else if before != Some(&report.level) {
            let change = report.level.units - before.map_or(0, |level| level.units);
            let count = if live { &mut self.posted } else { &mut self.demand_only };
            *count = (count.0 + rows, count.1 + change);
        }
    }

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
        self.amounts.tell(import);
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
