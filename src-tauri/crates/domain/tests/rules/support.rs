//! Ids, days and levels for tests.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::{LotId, Move, PlaceId, SkuId, Slot, Status, place::Place, stock::net_changes};
use uuid::Uuid;

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// The `n`th id of a kind.
pub(crate) fn id<T: From<Uuid>>(n: u128) -> T {
    Uuid::from_u128(n).into()
}

pub(crate) fn sku(n: u128) -> SkuId {
    id(0x5000 + n)
}

pub(crate) fn lot(n: u128) -> LotId {
    id(0x1000 + n)
}

pub(crate) fn place_id(n: u128) -> PlaceId {
    id(0x9000 + n)
}

/// Ids that count.
pub(crate) fn counter() -> impl FnMut() -> Uuid {
    let mut n = 0xffff_0000;
    move || {
        n += 1;
        Uuid::from_u128(n)
    }
}

pub(crate) fn place(code: &str) -> Place {
    Place {
        code: code.into(),
        name: code.into(),
        kind: if code.starts_with('W') {
            domain::PlaceKind::Own
        } else {
            domain::PlaceKind::Platform
        },
        sells: code.starts_with('P'),
        live_from: Some(day("2026-10-01")),
        address: String::new(),
        life_rule: domain::shelf_life::LifeRule::default(),
        route: domain::place::Route::default(),
        partner: None,
    }
}

/// Levels that moves add up to.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Levels(pub(crate) BTreeMap<Slot, i64>);

impl Levels {
    pub(crate) fn add(&mut self, moves: &[Move]) {
        for (slot, change) in net_changes(moves) {
            *self.0.entry(slot).or_insert(0) += change;
        }
    }

    pub(crate) fn at(&self, lot: LotId, place: PlaceId) -> i64 {
        self.in_status(lot, place, Status::Good)
    }

    pub(crate) fn in_status(&self, lot: LotId, place: PlaceId, status: Status) -> i64 {
        self.0.get(&Slot { lot, place, status }).copied().unwrap_or(0)
    }

    pub(crate) fn place_total(&self, place: PlaceId) -> i64 {
        self.0.iter().filter(|(slot, _)| slot.place == place).map(|(_, qty)| qty).sum()
    }
}
