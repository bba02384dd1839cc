//! A workspace in a folder of its own, dice, and the goods of the model.

use chrono::{DateTime, NaiveDate, TimeDelta};
use domain::{
    Body, Entry, EntryId, Fact, PlaceKind, SkuId,
    bom::{BomLine, SuppliedBy},
    place::{Place, Route},
    shelf_life::{LifeRule, ShelfLife},
};
use store::{Error, Stamp, Workspace};
use tempfile::TempDir;
use uuid::Uuid;

use crate::books::{FACTORY, WAREHOUSE};

pub(crate) fn id<T: From<Uuid>>(n: u128) -> T {
    Uuid::from_u128(n).into()
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

pub(crate) fn stamp() -> Stamp {
    let recorded_at = DateTime::from_timestamp_millis(1_790_000_000_000).expect("an instant");
    Stamp { actor: "mei".into(), recorded_at }
}

/// Goods by number: three materials, three goods made of them, two sets of goods.
pub(crate) const MATERIALS: std::ops::Range<usize> = 0..3;
pub(crate) const GOODS: std::ops::Range<usize> = 3..6;
pub(crate) const SETS: std::ops::Range<usize> = 6..8;
pub(crate) const SKUS: usize = 8;

pub(crate) fn sku(n: usize) -> SkuId {
    id(0x5000 + u128::try_from(n).expect("small"))
}

pub(crate) fn sku_number(sku: SkuId) -> usize {
    usize::try_from(sku.0.as_u128() - 0x5000).expect("one of the model's")
}

/// Per 1,000 units: a box each, two labels each, half a leaflet each. With the allowed loss.
pub(crate) const BILL: [(i64, i64); 3] = [(1_000, 30_000), (2_000, 0), (500, 10_000)];

pub(crate) fn bill() -> Vec<BomLine> {
    let lines = BILL.iter().zip(MATERIALS).map(|((per_1000, allowance_ppm), n)| BomLine {
        material: sku(n),
        per_1000: *per_1000,
        allowance_ppm: *allowance_ppm,
        supplied_by: SuppliedBy::Brand,
    });
    lines.collect()
}

/// What a set holds.
pub(crate) fn parts(set: usize) -> &'static [(usize, i64)] {
    if set == 6 { &[(3, 2), (4, 1)] } else { &[(5, 1), (3, 1)] }
}

pub(crate) fn life(sku: usize) -> Option<ShelfLife> {
    GOODS.contains(&sku).then_some(ShelfLife::Months(36))
}

/// A small generator, so that a failure is found again by its seed.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        let mut dice = Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        dice.below(2);
        dice
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        let drawn = (self.0 >> 11) % u64::try_from(limit.max(1)).expect("small");
        usize::try_from(drawn).expect("small")
    }

    pub(crate) fn upto(&mut self, most: i64) -> i64 {
        i64::try_from(self.below(usize::try_from(most.max(1)).expect("small"))).expect("small") + 1
    }

    pub(crate) fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    pub(crate) fn pick<T: Copy>(&mut self, all: &[T]) -> Option<T> {
        if all.is_empty() { None } else { Some(all[self.below(all.len())]) }
    }

    pub(crate) fn back(&mut self, today: NaiveDate) -> NaiveDate {
        // Most entries are of the day, some are entered late.
        let late = if self.once_in(3) { self.upto(25) } else { 0 };
        today - TimeDelta::days(late)
    }
}

fn place(code: &str, kind: PlaceKind) -> Box<Place> {
    Box::new(Place {
        code: code.into(),
        name: code.into(),
        kind,
        sells: kind == PlaceKind::Own,
        live_from: Some(day("2026-01-01")),
        address: String::new(),
        life_rule: LifeRule::default(),
        route: Route::default(),
        partner: None,
    })
}

/// A new workspace with its two places.
pub(crate) fn workspace() -> (TempDir, Workspace) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.pincang");
    let made = Workspace::create(&path, id(1), id(2)).expect("a new workspace");
    let places = [
        Fact::PlaceSet { id: id(WAREHOUSE), place: place("W0", PlaceKind::Own) },
        Fact::PlaceSet { id: id(FACTORY), place: place("F1", PlaceKind::Factory) },
    ];
    for (fact, n) in places.into_iter().zip(0x10..) {
        let id = EntryId(Uuid::from_u128(n));
        let (effective_on, body) = (day("2026-01-01"), Body::of(fact));
        let entry = Entry { id, effective_on, reverses: None, batch: None, body, money: None };
        made.write::<_, Error>(stamp(), |writer| writer.post(&entry)).expect("posted");
    }
    (folder, made)
}
