//! Tens of thousands of random entries against a model that a reader can check at a glance:
//! levels are sums of changes by day (D-1, D-2, D-35), and undoing adds the mirror.

use std::collections::BTreeMap;

use chrono::{NaiveDate, TimeDelta};
use domain::{
    Body, Currency, Entry, Fact, Level, LotId, Move, MoveKind, PlaceId, Slot, Status,
    fact::{SaleKind, SaleSource},
    place::{Builtin, suspense_of},
    proceeds::Proceeds,
    reversal::reverse,
    sales::{self, LevelKey, Reported, SalesKnown, SalesOf, Units},
    stock::{net_changes, shortages},
    suspense::{settle, unsettle},
};
use store::{Error, Writer};

use crate::{
    story,
    support::{assert_clean, day, entry, good, id, lot, stamp, workspace},
};

const ENTRIES: usize = 20_000;
const DAYS: u64 = 120;
const LOTS: u64 = 96;
const SKUS: u64 = 12;

/// A small generator, so that a failure is found again by its seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }

    fn qty(&mut self, limit: u64) -> i64 {
        i64::try_from(self.below(limit)).expect("small") + 1
    }

    fn day(&mut self) -> NaiveDate {
        let days = i64::try_from(self.below(DAYS)).expect("small");
        day("2026-10-01") + TimeDelta::days(days)
    }

    fn lot(&mut self) -> u128 {
        0x100 + u128::from(self.below(LOTS))
    }

    fn place(&mut self) -> PlaceId {
        [id(story::W0), id(story::P1)][usize::try_from(self.below(2)).expect("small")]
    }

    fn status(&mut self) -> Status {
        Status::from_code(i64::try_from(self.below(4)).expect("small")).expect("one of four")
    }
}

#[derive(Default)]
struct Model {
    changes: BTreeMap<Slot, BTreeMap<NaiveDate, i64>>,
    /// Entries that may still be undone, with what they were.
    live: Vec<Entry>,
    sold: BTreeMap<(NaiveDate, LevelKey), Units>,
    /// What was told that they brought.
    told: BTreeMap<(NaiveDate, LevelKey), Proceeds>,
    reversed: usize,
    refused: usize,
}

impl Model {
    fn add(&mut self, entry: &Entry) {
        for (slot, change) in net_changes(&entry.body.moves) {
            let days = self.changes.entry(slot).or_default();
            *days.entry(entry.effective_on).or_default() += change;
        }
    }

    /// What was told of a day: what nothing is told of is not there.
    fn told_on(&self, on: NaiveDate) -> BTreeMap<LevelKey, Proceeds> {
        let told =
            self.told.iter().filter(|((day, _), told)| *day == on && **told != Proceeds::default());
        told.map(|((_, key), told)| (key.clone(), *told)).collect()
    }

    fn at(&self, slot: Slot, on: NaiveDate) -> i64 {
        self.changes.get(&slot).map_or(0, |days| days.range(..=on).map(|(_, change)| change).sum())
    }

    /// By looking at the end of every day, from the first to the last.
    fn lowest(&self, slot: Slot, on: NaiveDate) -> i64 {
        let mut level = 0;
        let mut ends = vec![self.at(slot, on)];
        for (day, change) in self.changes.get(&slot).into_iter().flatten() {
            level += change;
            if *day > on {
                ends.push(level);
            }
        }
        ends.into_iter().min().expect("the day itself")
    }

    fn non_zero(&self, on: NaiveDate) -> BTreeMap<Slot, i64> {
        let all = self.changes.keys().map(|slot| (*slot, self.at(*slot, on)));
        all.filter(|(_, qty)| *qty != 0).collect()
    }
}

fn real(place: PlaceId) -> bool {
    place == id(story::W0) || place == id(story::P1)
}

/// Posts `entry` unless it would bring a real level below zero, as the model and the store must
/// both say.
fn offer(writer: &mut Writer, model: &mut Model, entry: Entry) -> Result<bool, Error> {
    let changes = net_changes(&entry.body.moves);
    let levels = writer.levels(changes.keys().copied(), entry.effective_on)?;
    for (slot, level) in &levels {
        assert_eq!(level.lowest(), model.lowest(*slot, entry.effective_on), "{slot:?}");
        assert_eq!(level.at_day(), model.at(*slot, entry.effective_on), "{slot:?}");
    }
    let fits = changes.iter().all(|(slot, change)| {
        *change >= 0 || !real(slot.place) || model.lowest(*slot, entry.effective_on) + change >= 0
    });
    assert_eq!(shortages(&changes, &levels, real).is_empty(), fits);
    if fits {
        writer.post(&entry)?;
        model.add(&entry);
        model.live.push(entry);
    } else {
        model.refused += 1;
    }
    Ok(fits)
}

fn opening(dice: &mut Dice, n: u128) -> Entry {
    let (of, place, on) = (dice.lot(), dice.place(), dice.day());
    let to = (place, dice.status());
    let from = good(Builtin::Opening.id());
    let kind = MoveKind::Opening;
    let moves = vec![Move { kind, lot: id(of), qty: dice.qty(300), from, to, line: 0 }];
    let lots = vec![lot(of, 0x50 + of % u128::from(SKUS))];
    entry(n, on, Body { lots, moves, ..Body::of(Fact::StockOpened { place }) })
}

fn regrade(dice: &mut Dice, n: u128) -> Entry {
    let on = dice.day();
    let moves = (0..=dice.below(3)).map(|line| {
        let (lot, qty) = (LotId(uuid::Uuid::from_u128(dice.lot())), dice.qty(60));
        // Also from place to place: the store does not ask why goods move.
        let (from, to) = ((dice.place(), dice.status()), (dice.place(), dice.status()));
        let line = u32::try_from(line).expect("small");
        Move { kind: MoveKind::Regrade, lot, qty, from, to, line }
    });
    let moves = moves.collect();
    let fact = Fact::StockRegraded { place: id(story::W0), reason: "r".into() };
    entry(n, on, Body { moves, ..Body::of(fact) })
}

fn sell(writer: &mut Writer, dice: &mut Dice, model: &mut Model, n: u128) -> Result<(), Error> {
    let (place, on) = (id(story::P1), dice.day());
    let sku = id(0x50 + u128::from(dice.below(SKUS)));
    let (source, currency) = (SaleSource::File, Currency::CNY);
    let of = SalesOf { shop: id(0x41), day: on, source, batch: None, currency };
    let units = dice.qty(80) - 1;
    let level = Units { units, demand: units };
    let (listing, kind) = (format!("X{sku:?}"), SaleKind::Sale);
    let key = (place, listing.clone(), kind);
    let amount = Proceeds { units: dice.qty(80).min(units), minor: dice.qty(100_000) };
    let told = [None, Some(Proceeds::default()), Some(amount)][usize::try_from(n % 3).expect("3")];
    let report = [Reported { place, sku, listing, kind, level, told }];
    let known = |writer: &Writer| {
        Ok::<_, Error>(SalesKnown {
            posted: writer.posted_levels(of.shop, on)?,
            told: writer.told_levels(of.shop, on)?,
            taken: writer.taken(of.shop, on)?,
            shelves: BTreeMap::from([((place, sku), writer.shelf(sku, place, on)?)]),
            rules: BTreeMap::new(),
        })
    };
    let mut next = n << 8;
    let mut new_id = || {
        next += 1;
        uuid::Uuid::from_u128(next)
    };
    let entry = sales::post(&of, &report, known(writer)?, &mut new_id);
    let before = model.sold.insert((on, key.clone()), level);
    let told_before = model.told.get(&(on, key.clone())).copied().unwrap_or_default();
    let same = before == Some(level) && told.is_none_or(|told| told == told_before);
    assert_eq!(entry.is_none(), same);
    if let Some(told) = told {
        model.told.insert((on, key.clone()), told);
    }
    let Some(entry) = entry else { return Ok(()) };
    assert!(offer(writer, model, entry)?, "a report is never refused");
    assert_eq!(writer.posted_levels(of.shop, on)?.get(&key), Some(&level));
    assert_eq!(sales::post(&of, &report, known(writer)?, &mut new_id), None, "nothing twice");
    assert_eq!(writer.told_levels(of.shop, on)?, model.told_on(on));
    give_back(writer, model, n)
}

/// What suspense was charged to beyond what is sold out of it goes back.
fn give_back(writer: &mut Writer, model: &mut Model, n: u128) -> Result<(), Error> {
    let place = id(story::P1);
    let (over, mut charged) = writer.over_settled(place)?;
    let back = unsettle(place, &over, &mut charged, &mut || uuid::Uuid::from_u128((n << 8) + 0x80));
    if let Some(back) = back {
        assert!(offer(writer, model, back)?);
    }
    let (over, _) = writer.over_settled(place)?;
    assert_eq!(over, [], "suspense is never above zero for long");
    Ok(())
}

fn settle_some(
    writer: &mut Writer,
    dice: &mut Dice,
    model: &mut Model,
    n: u128,
) -> Result<(), Error> {
    let (place, on) = (id(story::P1), dice.day());
    let open = writer.open_suspense(place)?;
    let mut arrived = Vec::new();
    for sku in (0..SKUS).map(|of| id(0x50 + u128::from(of))) {
        let there = writer.takeable(sku, place, on)?;
        arrived.extend(there.into_iter().map(|lot| (sku, lot)));
    }
    let entry = settle(place, on, &open, &mut arrived, &mut || uuid::Uuid::from_u128(n));
    if let Some(entry) = entry {
        assert!(offer(writer, model, entry)?, "only what is there is charged");
    }
    Ok(())
}

fn undo_some(
    writer: &mut Writer,
    dice: &mut Dice,
    model: &mut Model,
    n: u128,
) -> Result<(), Error> {
    let recent = model.live.len().min(60);
    if recent == 0 {
        return Ok(());
    }
    let back = usize::try_from(dice.below(u64::try_from(recent).expect("small"))).expect("small");
    let at = model.live.len() - 1 - back;
    let undone = model.live[at].clone();
    let row = writer.entry(undone.id)?.expect("posted");
    assert_eq!(row.recorded.entry, undone);
    if undone.reverses.is_some() || !writer.later_on_documents(&row)?.is_empty() {
        return Ok(());
    }
    let mirror = reverse(&undone, None, &mut || uuid::Uuid::from_u128(n));
    if offer(writer, model, mirror)? {
        model.reversed += 1;
        model.live.remove(at);
        let mirror = model.live.pop().expect("just posted");
        assert_eq!(mirror.id, id(n));
        if let Fact::SalesPosted(sales) = &undone.body.fact {
            for one in undone.money.iter().flat_map(|money| &money.proceeds) {
                let line = &sales.lines[one.line as usize];
                let key = (line.place, line.listing.clone(), line.kind);
                let told = model.told.entry((undone.effective_on, key)).or_default();
                *told = *told - one.change;
            }
            let told = writer.told_levels(sales.shop, undone.effective_on)?;
            assert_eq!(told, model.told_on(undone.effective_on));
            for line in &sales.lines {
                let key = (undone.effective_on, (line.place, line.listing.clone(), line.kind));
                let posted = writer.posted_levels(sales.shop, undone.effective_on)?;
                match posted.get(&key.1) {
                    Some(level) => model.sold.insert(key, *level),
                    None => model.sold.remove(&key),
                };
            }
        }
        give_back(writer, model, n)?;
    }
    Ok(())
}

fn compare(workspace: &store::Workspace, model: &Model, on: Option<NaiveDate>) {
    let found = workspace.read(|reader| {
        let rows = match on {
            Some(day) => reader.stock_as_of(day)?,
            None => reader.stock_now()?,
        };
        let lots: BTreeMap<i64, LotId> =
            reader.lots()?.into_iter().map(|lot| (lot.key, lot.id)).collect();
        let places: BTreeMap<i64, PlaceId> =
            reader.places()?.into_iter().map(|place| (place.key, place.id)).collect();
        let slots = rows.into_iter().map(|row| {
            let status = Status::from_code(row.status).expect("one of four");
            (Slot { lot: lots[&row.lot], place: places[&row.place], status }, row.qty)
        });
        Ok::<BTreeMap<_, _>, Error>(slots.collect())
    });
    assert_eq!(found.expect("read"), model.non_zero(on.unwrap_or(NaiveDate::MAX)), "{on:?}");
}

#[test]
fn random_entries_leave_what_a_plain_model_says() {
    let (_folder, workspace) = workspace();
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut model = Model::default();
    for one in story::entries(0x10).into_iter().take(7) {
        crate::support::post(&workspace, &one);
    }
    for chunk in 0..ENTRIES / 200 {
        let posted = workspace.write::<_, Error>(stamp(), |writer| {
            for one in 0..200 {
                let n = 0x1000 + u128::try_from(chunk * 200 + one).expect("small");
                match dice.below(10) {
                    0..=2 => {
                        let entry = opening(&mut dice, n);
                        offer(writer, &mut model, entry)?;
                    }
                    3..=5 => {
                        let entry = regrade(&mut dice, n);
                        offer(writer, &mut model, entry)?;
                    }
                    6 => sell(writer, &mut dice, &mut model, n)?,
                    7 => settle_some(writer, &mut dice, &mut model, n)?,
                    _ => undo_some(writer, &mut dice, &mut model, n)?,
                }
            }
            Ok(())
        });
        posted.expect("posted");
        if chunk % 10 == 0 {
            compare(&workspace, &model, None);
            compare(&workspace, &model, Some(dice.day()));
        }
    }
    assert!(model.reversed > 1_000 && model.refused > 1_000, "the dice reach every case");
    compare(&workspace, &model, None);
    for _ in 0..20 {
        compare(&workspace, &model, Some(dice.day()));
    }
    // D-1: everything is somewhere.
    let total: i64 = model.non_zero(NaiveDate::MAX).values().sum();
    assert_eq!(total, 0);
    let suspense = workspace.read(|reader| reader.suspense_units()).expect("read");
    let open = model.non_zero(NaiveDate::MAX).into_iter();
    let open: i64 = open
        .filter(|(slot, _)| slot.place == suspense_of(id(story::P1)))
        .map(|(_, qty)| -qty)
        .sum();
    assert_eq!(suspense, open);
    assert_clean(&workspace);
}

#[test]
fn a_level_nobody_touched_is_empty() {
    let (_folder, workspace) = workspace();
    let slot = Slot { lot: id(1), place: id(2), status: Status::Good };
    let levels = workspace.read(|reader| reader.levels([slot], day("2026-10-01"))).expect("read");
    assert_eq!(levels[&slot], Level::EMPTY);
}
