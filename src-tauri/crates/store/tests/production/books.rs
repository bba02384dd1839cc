//! The plain model: units by lot, place and day, cost by lot, units passed on by pair of lots.
//!
//! Reckons everything anew from these sums whenever it is asked, in the way a person would with a
//! pencil. Shares no rule with the program: no valuation, no rounding, no picking of lots.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::OnceLock,
};

use chrono::NaiveDate;
use domain::{
    EntryId, LotId, OrderId, PlaceId, Status,
    place::{Builtin, suspense_of},
    shelf_life::Dates,
};

use crate::support::id;

/// Units of a lot that lots of goods bear, by both; without goods the factory bears them.
pub(crate) type Borne = BTreeMap<(usize, Option<usize>), i64>;

pub(crate) const WAREHOUSE: u128 = 0x90;
pub(crate) const FACTORY: u128 = 0x91;

/// Where units can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum At {
    Warehouse,
    Factory,
    WarehouseOpen,
    FactoryOpen,
    Supplier,
    Customer,
    Production,
    Adjustment,
    Scrap,
    Opening,
}

impl At {
    const ALL: [Self; 10] = [
        Self::Warehouse,
        Self::Factory,
        Self::WarehouseOpen,
        Self::FactoryOpen,
        Self::Supplier,
        Self::Customer,
        Self::Production,
        Self::Adjustment,
        Self::Scrap,
        Self::Opening,
    ];

    pub(crate) fn place(self) -> PlaceId {
        match self {
            Self::Warehouse => id(WAREHOUSE),
            Self::Factory => id(FACTORY),
            Self::WarehouseOpen => suspense_of(id(WAREHOUSE)),
            Self::FactoryOpen => suspense_of(id(FACTORY)),
            Self::Supplier => Builtin::Supplier.id(),
            Self::Customer => Builtin::Customer.id(),
            Self::Production => Builtin::Production.id(),
            Self::Adjustment => Builtin::Adjustment.id(),
            Self::Scrap => Builtin::Scrap.id(),
            Self::Opening => Builtin::Opening.id(),
        }
    }

    pub(crate) fn of(place: PlaceId) -> Self {
        static PLACES: OnceLock<[PlaceId; 10]> = OnceLock::new();
        let places = PLACES.get_or_init(|| Self::ALL.map(Self::place));
        let found = places.iter().position(|one| *one == place);
        Self::ALL[found.expect("a place of the model")]
    }

    pub(crate) fn is_real(self) -> bool {
        matches!(self, Self::Warehouse | Self::Factory)
    }
}

/// Why units' worth goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Why {
    Made,
    Assembled,
    Replaced,
    LossAllowed,
    /// Beside the goods: says where units went, passes nothing.
    Spoilt,
}

/// What happened to an order's units of one line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) came: i64,
    pub(crate) replaced: i64,
    pub(crate) returned: i64,
    pub(crate) credited: i64,
    pub(crate) spoilt: i64,
    pub(crate) passed: i64,
    pub(crate) failed: i64,
}

impl Counts {
    fn add(&mut self, other: Self, sign: i64) {
        self.came += sign * other.came;
        self.replaced += sign * other.replaced;
        self.returned += sign * other.returned;
        self.credited += sign * other.credited;
        self.spoilt += sign * other.spoilt;
        self.passed += sign * other.passed;
        self.failed += sign * other.failed;
    }

    pub(crate) fn charged(self) -> i64 {
        self.came - self.replaced
    }

    pub(crate) fn kept(self) -> i64 {
        self.came - self.returned - self.credited
    }
}

/// One thing that an entry changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    Move {
        lot: usize,
        qty: i64,
        from: (At, Status),
        to: (At, Status),
    },
    Cost {
        lot: usize,
        minor: i64,
    },
    Pass {
        from: usize,
        to: usize,
        why: Why,
        qty: i64,
    },
    Back {
        lot: usize,
        qty: i64,
    },
    Credit {
        lot: usize,
        qty: i64,
    },
    Claim {
        lot: usize,
        qty: i64,
    },
    /// What the partner does not bear of what is claimed of it.
    LetGo {
        lot: usize,
        minor: i64,
    },
    Count {
        order: usize,
        line: usize,
        counts: Counts,
    },
    Supply {
        order: usize,
        material: usize,
        issued: i64,
        returned: i64,
    },
    Settled {
        order: usize,
    },
    /// Units of a lot that a settlement claims more than those before.
    Claimed {
        order: usize,
        lot: usize,
        units: i64,
    },
    /// Units of a lot that a decision is about; of goods when they are credited ones.
    ClaimDecided {
        order: usize,
        lot: usize,
        in_goods: bool,
        units: i64,
    },
    Closed {
        order: usize,
    },
}

/// What an entry is about, as far as a later one stands on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Doc {
    Order(usize),
    SalesDay(NaiveDate),
}

#[derive(Debug, Clone)]
pub(crate) struct Posted {
    pub(crate) id: EntryId,
    pub(crate) what: &'static str,
    pub(crate) day: NaiveDate,
    pub(crate) changes: Vec<Change>,
    pub(crate) docs: Vec<Doc>,
    pub(crate) live: bool,
    pub(crate) may_undo: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct Lot {
    pub(crate) id: LotId,
    pub(crate) sku: usize,
    pub(crate) no: String,
    /// The order and the line that it came on.
    pub(crate) of: Option<(usize, usize)>,
    /// By the entries that brought it: entry, and the dates that it says.
    brought: Vec<(usize, Dates)>,
}

#[derive(Debug, Clone)]
#[allow(clippy::struct_excessive_bools, reason = "four terms of a contract, each yes or no")]
pub(crate) struct Order {
    pub(crate) id: OrderId,
    pub(crate) purchase: bool,
    /// The day on which it was issued and accepted.
    pub(crate) since: NaiveDate,
    /// Goods and units by line.
    pub(crate) lines: Vec<(usize, i64)>,
    /// Thousandths of a unit of money.
    pub(crate) price_milli: i64,
    pub(crate) tax_ppm: i64,
    pub(crate) with_tax: bool,
    pub(crate) both: bool,
    pub(crate) over_is_free: bool,
    pub(crate) counts: Vec<Counts>,
    pub(crate) supplies: BTreeMap<usize, (i64, i64)>,
    pub(crate) closed: i64,
}

#[derive(Debug, Clone, Default)]
struct Slot {
    days: BTreeMap<NaiveDate, i64>,
    last: Option<NaiveDate>,
    born: usize,
}

/// Where a lot's worth is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Worth {
    pub(crate) whole: i64,
    pub(crate) taken_over: i64,
    pub(crate) units: i64,
    pub(crate) on_hand: i64,
    pub(crate) sold: i64,
    pub(crate) lost: i64,
    pub(crate) written_off: i64,
    pub(crate) at_partner: i64,
    pub(crate) claimed: i64,
    pub(crate) passed: BTreeMap<usize, i64>,
}

#[derive(Default)]
pub(crate) struct Books {
    pub(crate) lots: Vec<Lot>,
    pub(crate) orders: Vec<Order>,
    pub(crate) posted: Vec<Posted>,
    slots: BTreeMap<(usize, At, Status), Slot>,
    cost: HashMap<usize, i64>,
    /// Units passed on, by where from, where to and why.
    out: BTreeMap<usize, BTreeMap<(usize, Why), i64>>,
    into: BTreeMap<usize, BTreeSet<usize>>,
    /// When a pair of lots first passed anything on, by entry and change.
    first_pass: HashMap<(usize, usize), (usize, usize)>,
    back: HashMap<usize, i64>,
    credit: HashMap<usize, i64>,
    claim: HashMap<usize, i64>,
    let_go: HashMap<usize, i64>,
    last_out: HashMap<(usize, At), NaiveDate>,
    births: usize,
    /// Every move at the factory: day, goods, change, and between which places.
    pub(crate) at_factory: Vec<(NaiveDate, usize, i64, At, bool)>,
    /// Use beyond the factory's book, by day and unknown lot.
    used_beyond: Vec<(NaiveDate, usize, i64)>,
    /// What of it was settled, by unknown lot.
    settled_beyond: HashMap<usize, i64>,
}

impl Books {
    pub(crate) fn new_lot(&mut self, sku: usize, no: &str, of: Option<(usize, usize)>) -> usize {
        let lot = Lot { id: id(0), sku, no: no.into(), of, brought: Vec::new() };
        self.lots.push(lot);
        self.lots.len() - 1
    }

    pub(crate) fn is_live(&self, lot: usize) -> bool {
        self.lots[lot].brought.iter().any(|(entry, _)| self.posted[*entry].live)
    }

    /// The live lot of that number.
    pub(crate) fn find(&self, sku: usize, no: &str) -> Option<usize> {
        (0..self.lots.len()).rev().find(|lot| {
            self.lots[*lot].sku == sku && self.lots[*lot].no == no && self.is_live(*lot)
        })
    }

    pub(crate) fn bring(&mut self, lot: usize, dates: Dates) {
        let entry = self.posted.len();
        self.lots[lot].brought.push((entry, dates));
    }

    /// As the first live entry says them; of a lot that none brings any more, as they were last.
    pub(crate) fn dates(&self, lot: usize) -> Dates {
        let brought = &self.lots[lot].brought;
        let live = brought.iter().find(|(entry, _)| self.posted[*entry].live);
        live.or(brought.last()).map_or(Dates::default(), |(_, dates)| *dates)
    }

    pub(crate) fn level(&self, lot: usize, at: At, status: Status) -> i64 {
        self.slots.get(&(lot, at, status)).map_or(0, |slot| slot.days.values().sum())
    }

    pub(crate) fn level_on(&self, key: (usize, At, Status), day: NaiveDate) -> i64 {
        self.slots.get(&key).map_or(0, |slot| slot.days.range(..=day).map(|(_, n)| n).sum())
    }

    /// What can be taken on `day` without any later day below zero.
    pub(crate) fn free(&self, lot: usize, at: At, status: Status, day: NaiveDate) -> i64 {
        let Some(slot) = self.slots.get(&(lot, at, status)) else { return 0 };
        let mut level: i64 = slot.days.range(..=day).map(|(_, n)| n).sum();
        let mut lowest = level;
        for (_, change) in slot.days.iter().filter(|(on, _)| **on > day) {
            level += change;
            lowest = lowest.min(level);
        }
        lowest
    }

    /// Good lots of goods that can be taken from, first expired first.
    pub(crate) fn good(&self, sku: usize, at: At, day: NaiveDate) -> Vec<(usize, i64)> {
        let mut lots: Vec<(usize, i64)> = Vec::new();
        for lot in 0..self.lots.len() {
            if self.lots[lot].sku == sku && self.level(lot, at, Status::Good) > 0 {
                let qty = self.free(lot, at, Status::Good, day);
                if qty > 0 {
                    lots.push((lot, qty));
                }
            }
        }
        let last = NaiveDate::MAX;
        lots.sort_by_key(|(lot, _)| {
            let dates = self.dates(*lot);
            (dates.expires_on.unwrap_or(last), dates.mfg_on.unwrap_or(last), self.lots[*lot].id)
        });
        lots
    }

    /// Whether no real place goes below zero on any day from `day` on.
    pub(crate) fn fits(&self, changes: &[Change], day: NaiveDate) -> bool {
        let mut net: BTreeMap<(usize, At, Status), i64> = BTreeMap::new();
        for change in changes {
            if let Change::Move { lot, qty, from, to } = *change {
                *net.entry((lot, from.0, from.1)).or_insert(0) -= qty;
                *net.entry((lot, to.0, to.1)).or_insert(0) += qty;
            }
        }
        net.into_iter().all(|((lot, at, status), change)| {
            change >= 0 || !at.is_real() || self.free(lot, at, status, day) + change >= 0
        })
    }

    pub(crate) fn post(&mut self, posted: Posted) {
        let (entry, day) = (self.posted.len(), posted.day);
        for (at, change) in posted.changes.clone().into_iter().enumerate() {
            if let Change::Pass { from, to, .. } = change {
                self.first_pass.entry((from, to)).or_insert((entry, at));
            }
            self.change(change, day, 1);
        }
        self.posted.push(posted);
    }

    pub(crate) fn undo(&mut self, entry: usize, by: EntryId) {
        self.posted[entry].live = false;
        let undone = self.posted[entry].clone();
        for change in &undone.changes {
            self.change(*change, undone.day, -1);
        }
        let (docs, changes) = (Vec::new(), Vec::new());
        let (what, day) = ("reversed", undone.day);
        self.posted.push(Posted { id: by, what, day, changes, docs, live: true, may_undo: false });
    }

    fn change(&mut self, change: Change, day: NaiveDate, sign: i64) {
        match change {
            Change::Move { lot, qty, from, to } => {
                if from.0 == At::FactoryOpen {
                    self.used_beyond.push((day, lot, sign * qty));
                } else if to.0 == At::FactoryOpen {
                    *self.settled_beyond.entry(lot).or_insert(0) += sign * qty;
                }
                let (from, to) = if sign > 0 { (from, to) } else { (to, from) };
                self.shift((lot, from.0, from.1), day, -qty);
                self.shift((lot, to.0, to.1), day, qty);
                let last = self.last_out.entry((lot, from.0)).or_insert(day);
                *last = (*last).max(day);
                let (undone, sku) = (sign < 0, self.lots[lot].sku);
                if from.0 == At::Factory && to.0 != At::Factory {
                    self.at_factory.push((day, sku, -qty, to.0, undone));
                } else if to.0 == At::Factory && from.0 != At::Factory {
                    self.at_factory.push((day, sku, qty, from.0, undone));
                }
            }
            Change::Cost { lot, minor } => *self.cost.entry(lot).or_insert(0) += sign * minor,
            Change::Pass { from, to, why, qty } => {
                *self.out.entry(from).or_default().entry((to, why)).or_insert(0) += sign * qty;
                self.into.entry(to).or_default().insert(from);
            }
            Change::Back { lot, qty } => *self.back.entry(lot).or_insert(0) += sign * qty,
            Change::Credit { lot, qty } => *self.credit.entry(lot).or_insert(0) += sign * qty,
            Change::Claim { lot, qty } => *self.claim.entry(lot).or_insert(0) += sign * qty,
            Change::LetGo { lot, minor } => *self.let_go.entry(lot).or_insert(0) += sign * minor,
            Change::Count { order, line, counts } => {
                self.orders[order].counts[line].add(counts, sign);
            }
            Change::Supply { order, material, issued, returned } => {
                let supply = self.orders[order].supplies.entry(material).or_insert((0, 0));
                supply.0 += sign * issued;
                supply.1 += sign * returned;
            }
            Change::Settled { .. } | Change::Claimed { .. } | Change::ClaimDecided { .. } => {}
            Change::Closed { order } => self.orders[order].closed += sign,
        }
    }

    fn shift(&mut self, key: (usize, At, Status), day: NaiveDate, change: i64) {
        self.births += 1;
        let born = self.births;
        let slot = self.slots.entry(key).or_insert_with(|| Slot { born, ..Slot::default() });
        *slot.days.entry(day).or_insert(0) += change;
        slot.last = slot.last.max(Some(day));
    }

    /// What stands on an entry: later ones on its documents, and those that took back what it
    /// passed on or made somebody bear what it spoilt.
    pub(crate) fn stands_on(&self, entry: usize) -> bool {
        let undone = &self.posted[entry];
        self.posted[entry + 1..].iter().filter(|later| later.live).any(|later| {
            later.docs.iter().any(|doc| undone.docs.contains(doc))
                || Self::settles(undone, later)
                || later.changes.iter().any(|change| Self::redirects(&undone.changes, change))
        })
    }

    /// What a count missed, and a settlement of losses found again; or what was charged out of
    /// suspense, and a settlement claims.
    fn settles(undone: &Posted, later: &Posted) -> bool {
        if !matches!(later.what, "losses" | "claimed") {
            return false;
        }
        later.changes.iter().any(|change| match *change {
            Change::Move { lot, from: (At::Adjustment, _), .. } => {
                undone.changes.iter().any(|one| {
                    matches!(*one, Change::Move { lot: missed, to: (At::Adjustment, _), .. }
                        if missed == lot)
                })
            }
            Change::Claim { lot, qty } if qty > 0 && undone.what == "settled" => {
                undone.changes.iter().any(|one| {
                    matches!(*one, Change::Pass { from, why: Why::Spoilt, qty, .. }
                        if from == lot && qty > 0)
                })
            }
            _ => false,
        })
    }

    fn redirects(changes: &[Change], later: &Change) -> bool {
        let Change::Pass { from, to, why, qty } = *later else { return false };
        changes.iter().any(|change| match *change {
            Change::Pass { from: a, to: b, why: before, qty: passed } => {
                let taken_back = why == before && qty < 0;
                let borne = before == Why::Spoilt && why == Why::LossAllowed && qty > 0;
                (a, b) == (from, to) && passed > 0 && (taken_back || borne)
            }
            _ => false,
        })
    }

    /// Every level that is not zero.
    pub(crate) fn levels(&self, until: Option<NaiveDate>) -> BTreeMap<(usize, At, Status), i64> {
        let day = until.unwrap_or(NaiveDate::MAX);
        let all = self.slots.keys().map(|key| (*key, self.level_on(*key, day)));
        all.filter(|(_, qty)| *qty != 0).collect()
    }

    pub(crate) fn levels_of(&self, lot: usize) -> BTreeMap<(At, Status), i64> {
        let mut levels = BTreeMap::new();
        for at in At::ALL {
            for status in Status::ALL {
                let qty = self.level(lot, at, status);
                if qty != 0 {
                    levels.insert((at, status), qty);
                }
            }
        }
        levels
    }

    /// Suspense of a place that is open: lot and units, in the order in which it was first touched.
    /// What the factory used beyond its book until the end of a day and still waits for, by goods:
    /// the first use is settled first.
    pub(crate) fn waits_since(&self, day: NaiveDate) -> Vec<(usize, i64)> {
        let mut open: BTreeMap<usize, i64> = BTreeMap::new();
        for (on, lot, qty) in &self.used_beyond {
            *open.entry(*lot).or_insert(0) += if *on <= day { *qty } else { 0 };
        }
        let left = |(lot, used): (usize, i64)| {
            (self.lots[lot].sku, used - self.settled_beyond.get(&lot).copied().unwrap_or(0))
        };
        open.into_iter().map(left).filter(|(_, left)| *left > 0).collect()
    }

    pub(crate) fn open_at(&self, at: At) -> Vec<(usize, i64)> {
        let mut open: Vec<(usize, usize, i64)> = Vec::new();
        for lot in 0..self.lots.len() {
            let qty = self.level(lot, at, Status::Good);
            if qty < 0 {
                open.push((self.slots[&(lot, at, Status::Good)].born, lot, -qty));
            }
        }
        open.sort_unstable();
        open.into_iter().map(|(_, lot, qty)| (lot, qty)).collect()
    }

    pub(crate) fn last_out(&self, lot: usize, at: At) -> NaiveDate {
        self.last_out[&(lot, at)]
    }

    /// Units that a lot passed on for a reason, by where they went.
    pub(crate) fn passed(&self, lot: usize, why: Why) -> Vec<(usize, i64)> {
        let out = self.out.get(&lot).into_iter().flatten();
        out.filter(|((_, reason), qty)| *reason == why && **qty > 0)
            .map(|((to, _), qty)| (*to, *qty))
            .collect()
    }

    /// What is in a set, in the order in which it was first put in.
    pub(crate) fn parts_of(&self, set: usize) -> Vec<(usize, i64)> {
        let from = self.into.get(&set).into_iter().flatten();
        let mut parts: Vec<_> = from
            .map(|from| (self.first_pass[&(*from, set)], *from, self.units(*from, set)))
            .filter(|(_, _, qty)| *qty > 0)
            .collect();
        parts.sort_unstable();
        parts.into_iter().map(|(_, from, qty)| (from, qty)).collect()
    }

    fn units(&self, from: usize, set: usize) -> i64 {
        self.out[&from].get(&(set, Why::Assembled)).copied().unwrap_or(0)
    }

    /// Whether an order's losses are settled, and nothing came, went back or was sent since.
    pub(crate) fn is_settled(&self, order: usize) -> bool {
        let of_order = self.posted.iter().rev();
        let of_order = of_order.filter(|one| one.live && one.docs.contains(&Doc::Order(order)));
        let said = |change: &Change| match change {
            Change::Settled { .. } => Some(true),
            Change::Supply { .. } => Some(false),
            Change::Count { counts, .. } => {
                (counts.came + counts.returned + counts.credited > 0).then_some(false)
            }
            _ => None,
        };
        of_order.flat_map(|one| one.changes.iter().filter_map(said)).next().unwrap_or(false)
    }

    /// Units of an order that are claimed and not decided, by lot and by whether it is goods.
    pub(crate) fn claims_open(&self, order: usize) -> BTreeMap<(usize, bool), i64> {
        let kept = &self.orders[order];
        let credits = !kept.both && !kept.purchase;
        let mut open = BTreeMap::new();
        let live = self.posted.iter().filter(|one| one.live && one.what != "reversed");
        for change in live.flat_map(|one| &one.changes) {
            let (of, key, units) = match *change {
                Change::Claimed { order, lot, units } => (Some(order), (lot, false), units),
                Change::Credit { lot, qty } if credits => {
                    (self.lots[lot].of.map(|(of, _)| of), (lot, true), qty)
                }
                Change::ClaimDecided { order, lot, in_goods, units } => {
                    (Some(order), (lot, in_goods), -units)
                }
                _ => continue,
            };
            if of == Some(order) {
                *open.entry(key).or_insert(0) += units;
            }
        }
        open.retain(|_, units| *units != 0);
        open
    }

    /// What live settlements of an order took off the factory's book, and what they made its lots
    /// bear, by lot.
    pub(crate) fn losses(&self, order: usize) -> (Vec<(usize, i64)>, Borne) {
        let (mut gone, mut borne) = (Vec::new(), BTreeMap::new());
        let settlements = self.posted.iter().filter(|one| {
            one.live && one.what == "losses" && one.docs.contains(&Doc::Order(order))
        });
        for change in settlements.flat_map(|one| &one.changes) {
            match *change {
                Change::Move { from: (At::Adjustment, _), .. } => {}
                Change::Move { lot, qty, to: (At::Scrap, _), .. } => add(&mut gone, lot, qty),
                Change::Move { lot, qty, .. } => add(&mut gone, lot, -qty),
                Change::Pass { from, to, qty, .. } => {
                    *borne.entry((from, Some(to))).or_insert(0) += qty;
                }
                Change::Claim { lot, qty } => *borne.entry((lot, None)).or_insert(0) += qty,
                _ => {}
            }
        }
        (gone, borne)
    }

    /// Units that counts took off the factory's book from a day on, less what they found there.
    pub(crate) fn missed(&self, sku: usize, since: NaiveDate) -> Vec<(usize, i64)> {
        let mut missed: BTreeMap<usize, i64> = BTreeMap::new();
        let on = |one: &&Posted| one.live && one.what != "reversed" && one.day >= since;
        for change in self.posted.iter().filter(on).flat_map(|one| &one.changes) {
            let Change::Move { lot, qty, from, to } = *change else { continue };
            match (from.0, to.0) {
                (At::Factory, At::Adjustment) => *missed.entry(lot).or_insert(0) += qty,
                (At::Adjustment, At::Factory) => *missed.entry(lot).or_insert(0) -= qty,
                _ => {}
            }
        }
        missed.into_iter().filter(|(lot, qty)| self.lots[*lot].sku == sku && *qty > 0).collect()
    }

    /// Units that wait on the partner to be replaced.
    pub(crate) fn waiting(&self, lot: usize) -> i64 {
        let replaced: i64 = self.passed(lot, Why::Replaced).iter().map(|(_, qty)| qty).sum();
        self.back.get(&lot).copied().unwrap_or(0) - replaced
    }

    /// Units that went back to be replaced or for a credit.
    pub(crate) fn gone_back(&self, lot: usize) -> i64 {
        let of = |map: &HashMap<usize, i64>| map.get(&lot).copied().unwrap_or(0);
        of(&self.back) + of(&self.credit)
    }

    /// The earliest expiry of the lots that lay at the warehouse in the 90 days before.
    pub(crate) fn earliest(&self, sku: usize, day: NaiveDate) -> Option<NaiveDate> {
        let since = day - chrono::TimeDelta::days(90);
        let there = self.slots.iter().filter(|((lot, at, _), slot)| {
            let now: i64 = slot.days.values().sum();
            let seen = now > 0 || slot.last.is_some_and(|last| last >= since);
            *at == At::Warehouse && self.lots[*lot].sku == sku && seen
        });
        there.filter_map(|((lot, ..), _)| self.dates(*lot).expires_on).min()
    }

    /// Where a lot's worth is, and that of the lots that it took over from.
    pub(crate) fn worth(&self, lot: usize, known: &mut HashMap<usize, Worth>) -> Worth {
        if let Some(worth) = known.get(&lot) {
            return worth.clone();
        }
        let own = self.cost.get(&lot).copied().unwrap_or(0);
        let mut taken_over = 0;
        for from in self.into.get(&lot).into_iter().flatten().filter(|from| **from != lot) {
            taken_over += self.worth(*from, known).passed.get(&lot).copied().unwrap_or(0);
        }
        let worth = self.spread(lot, own + taken_over, taken_over);
        known.insert(lot, worth.clone());
        worth
    }

    fn spread(&self, lot: usize, whole: i64, taken_over: i64) -> Worth {
        let total = |at: At| Status::ALL.into_iter().map(|s| self.level(lot, at, s)).sum::<i64>();
        let on_hand = total(At::Warehouse) + total(At::Factory);
        let (mut made, mut borne, mut again, mut replaced) = (0, 0, 0, 0);
        let mut others: BTreeMap<usize, i64> = BTreeMap::new();
        for ((to, why), qty) in self.out.get(&lot).into_iter().flatten() {
            match why {
                Why::Made | Why::Assembled => made += qty,
                Why::LossAllowed => borne += qty,
                Why::Replaced if *to == lot => again += qty,
                Why::Replaced => replaced += qty,
                Why::Spoilt => {}
            }
            if *why != Why::Spoilt && *to != lot {
                *others.entry(*to).or_insert(0) += qty;
            }
        }
        others.retain(|_, qty| *qty > 0);
        let of = |map: &HashMap<usize, i64>| map.get(&lot).copied().unwrap_or(0);
        let (back, credit, claim) = (of(&self.back) - again, of(&self.credit), of(&self.claim));
        let (sold, scrap) = (total(At::Customer), total(At::Scrap));
        let lost = total(At::Adjustment).max(0);
        let open = total(At::WarehouseOpen) + total(At::FactoryOpen);
        let units = (on_hand + open + sold + scrap + lost + made + back + credit).max(0);
        let mut doors = vec![sold, lost, scrap - borne - claim, back - replaced, credit + claim];
        doors.extend(others.values());
        let here = proportion(whole, on_hand.clamp(0, units), units);
        let held = on_hand.clamp(0, units);
        let gone: i64 = doors.iter().map(|door| (*door).max(0)).sum();
        // What was sold is rounded as what is here is; the rest goes to the other doors.
        let apart = sold > 0 && sold < gone && gone == units - held;
        let cost = if apart { proportion(whole, sold, units) } else { 0 };
        doors[0] = if apart { 0 } else { sold };
        let mut shares = shares(whole - here - cost, &doors, 1);
        shares[0] += cost;
        let off = of(&self.let_go).max(0).min(shares[4].max(0));
        Worth {
            whole,
            taken_over,
            units,
            on_hand: here,
            sold: shares[0],
            lost: shares[1],
            written_off: shares[2] + off,
            at_partner: shares[3],
            claimed: shares[4] - off,
            passed: others.into_keys().zip(shares[5..].iter().copied()).collect(),
        }
    }
}

/// Adds to a list that keeps the order in which its lots were first named.
pub(crate) fn add(list: &mut Vec<(usize, i64)>, lot: usize, qty: i64) {
    match list.iter_mut().find(|one| one.0 == lot) {
        Some(one) => one.1 += qty,
        None => list.push((lot, qty)),
    }
}

/// `total × part ÷ all`, halves away from zero.
pub(crate) fn proportion(total: i64, part: i64, all: i64) -> i64 {
    if all == 0 {
        return 0;
    }
    let (doubled, all) = (2 * i128::from(total) * i128::from(part), i128::from(all));
    let rounded = (doubled.abs() + all) / (2 * all);
    i64::try_from(rounded * doubled.signum()).expect("small")
}

/// Parts of a total by weight: the floor of each, and the cents that are left one by one to the
/// largest remainders, the first of equals first. Without weights all falls to part `none`.
pub(crate) fn shares(total: i64, weights: &[i64], none: usize) -> Vec<i64> {
    let weights: Vec<i128> = weights.iter().map(|weight| i128::from((*weight).max(0))).collect();
    let all: i128 = weights.iter().sum();
    let mut parts = vec![0; weights.len()];
    if all == 0 {
        parts[none] = total;
        return parts;
    }
    let total = i128::from(total);
    let mut left = total;
    let mut remainders: Vec<(i128, usize)> = Vec::new();
    for (at, weight) in weights.iter().enumerate() {
        let floor = (total * weight).div_euclid(all);
        parts[at] = i64::try_from(floor).expect("small");
        left -= floor;
        remainders.push((-(total * weight).rem_euclid(all), at));
    }
    remainders.sort_unstable();
    for (_, at) in remainders.iter().take(usize::try_from(left).expect("small")) {
        parts[*at] += 1;
    }
    parts
}
