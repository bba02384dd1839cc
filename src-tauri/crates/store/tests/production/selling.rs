//! Commands of goods that are ours: bills, sets, sales, suspense, and what is undone.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::{
    Currency, PlaceId, SkuId, Status,
    fact::{SaleKind, SaleSource},
    ids::BillId,
    landed::{self, Basis, Bill},
    opening::LotBook,
    sales::{self, Reported, SalesKnown, SalesOf, Units},
    sets::{Assembly, PartIn, PartKnown, PartLot, SetPart, assemble, disassemble},
    shelf_life::Dates,
    suspense,
};
use store::{Error, Writer};

use crate::{
    books::{At, Change, Doc, Why, proportion, shares},
    making::take,
    run::{Plan, Run},
    support::{GOODS, SETS, id, parts, sku},
};

const GOOD: Status = Status::Good;

impl Run {
    /// One command; a command that finds nothing to do draws another.
    pub(crate) fn command(&mut self, writer: &mut Writer) -> Result<(), Error> {
        if self.dice.once_in(10) {
            self.today += chrono::TimeDelta::days(1);
        }
        for _ in 0..20 {
            if self.open_orders(true).len() < 2 || self.open_orders(false).len() < 4 {
                return self.issue(writer);
            }
            let done = match self.dice.below(33) {
                0..=4 => self.receive_some(writer, false)?,
                5..=7 => self.receive_some(writer, true)?,
                8..=11 => self.judge(writer)?,
                12..=14 => self.send(writer)?,
                15 => self.count(writer)?,
                16 => self.end(writer)?,
                17..=18 => self.bill(writer)?,
                19..=20 => self.assemble(writer)?,
                21 => self.disassemble(writer)?,
                22..=24 => self.sell(writer)?,
                25 => self.settle_sales(writer)?,
                26 => self.dice.once_in(4) && self.state(writer)?,
                27 => self.keep(writer)?,
                _ => self.undo_some(writer)?,
            };
            if done {
                return Ok(());
            }
        }
        self.issue(writer)
    }

    fn receive_some(&mut self, writer: &mut Writer, purchase: bool) -> Result<bool, Error> {
        let open = self.open_orders(purchase);
        match self.dice.pick(&open) {
            Some(order) => self.receive(writer, order),
            None => Ok(false),
        }
    }

    pub(crate) fn bill(&mut self, writer: &mut Writer) -> Result<bool, Error> {
        let day = self.dice.back(self.today);
        let minor = self.dice.upto(90_000) - if self.dice.once_in(5) { 45_000 } else { 1 };
        let mut lots: Vec<(usize, i64)> = Vec::new();
        for _ in 0..=self.dice.below(3) {
            let lot = self.dice.below(self.books.lots.len());
            let known = self.books.lots.get(lot).is_some() && self.books.is_live(lot);
            if known && lots.iter().all(|(other, _)| *other != lot) {
                lots.push((lot, self.dice.upto(50) - 1));
            }
        }
        let weights: Vec<i64> = lots.iter().map(|(_, share)| *share).collect();
        let spread = weights.iter().any(|share| *share > 0) && minor != 0;
        let plan = spread.then(|| {
            let mut plan = Plan::new("billed", day);
            for ((lot, _), minor) in lots.iter().zip(shares(minor, &weights, 0)) {
                if minor != 0 {
                    plan.changes.push(Change::Cost { lot: *lot, minor });
                }
            }
            plan
        });
        let bill = Bill {
            number: "YF".into(),
            partner: None,
            dated_on: day,
            basis: Basis::Weight,
            note: String::new(),
            lots: lots.iter().map(|(lot, share)| (self.lot_id(*lot), *share)).collect(),
        };
        let of = BillId(self.new_id());
        let entry = self.ids(|ids| landed::post(of, bill, (minor, Currency::CNY), day, ids));
        self.offer(writer, entry, plan)
    }

    pub(crate) fn assemble(&mut self, writer: &mut Writer) -> Result<bool, Error> {
        let day = self.dice.back(self.today);
        let set = SETS.start + self.dice.below(SETS.len());
        let qty = self.dice.upto(30);
        let open: Vec<usize> = (0..self.books.lots.len())
            .filter(|lot| self.books.lots[*lot].sku == set && self.books.is_live(*lot))
            .collect();
        let known = self.dice.pick(&open).filter(|_| self.dice.once_in(3));
        let (lot, lot_no) = if let Some(lot) = known {
            (lot, self.books.lots[lot].no.clone())
        } else {
            let no = format!("S{}", self.serial().n);
            (self.books.new_lot(set, &no, None), no)
        };
        let plan = self.set_plan((set, lot, known.is_some()), qty, day);
        let mut parts_known = Vec::new();
        for (of, units) in parts(set) {
            let mut lots = Vec::new();
            for free in writer.takeable(sku(*of), At::Warehouse.place(), day)? {
                let first_received_on = writer.lot(free.lot)?.expect("known").first_received_on;
                lots.push(PartLot { free, first_received_on });
            }
            let part = SetPart { sku: sku(*of), qty: *units };
            parts_known.push(PartKnown { part, code: format!("S{of}"), lots });
        }
        let mut book = LotBook::new(writer.lots_numbered(&[(sku(set), &lot_no)])?);
        let wanted = Assembly {
            place: At::Warehouse.place(),
            sku: sku(set),
            code: format!("S{set}"),
            lot_no,
            qty,
        };
        let entry = self.ids(|ids| assemble(&wanted, &parts_known, &mut book, day, ids));
        self.offer(writer, entry, plan)
    }

    fn set_plan(
        &self,
        (set, lot, known): (usize, usize, bool),
        qty: i64,
        day: NaiveDate,
    ) -> Option<Plan> {
        let mut plan = Plan::new("assembled", day);
        let mut weakest = Vec::new();
        for (of, units) in parts(set) {
            let mut lots = self.books.good(*of, At::Warehouse, day);
            let taken = take(&mut lots, units * qty);
            if taken.iter().map(|(_, part)| part).sum::<i64>() < units * qty {
                return None;
            }
            for (part, units) in taken {
                plan.moved(part, units, (At::Warehouse, GOOD), (At::Production, GOOD));
                plan.pass(part, lot, Why::Assembled, units);
                let dates = self.books.dates(part);
                let (made, expires) =
                    (dates.mfg_on.expect("made"), dates.expires_on.expect("goods"));
                let (left, whole) = ((expires - day).num_days(), (expires - made).num_days());
                let share = proportion(1_000_000, left, whole);
                weakest.push((share, expires, self.lot_id(part), dates));
            }
        }
        plan.moved(lot, qty, (At::Production, GOOD), (At::Warehouse, GOOD));
        weakest.sort_unstable_by_key(|(share, expires, id, _)| (*share, *expires, *id));
        let dates: Dates = weakest[0].3;
        if known && self.books.dates(lot) != dates {
            return None;
        }
        plan.brings.push((lot, dates));
        Some(plan)
    }

    pub(crate) fn disassemble(&mut self, writer: &mut Writer) -> Result<bool, Error> {
        let day = self.dice.back(self.today);
        let there: Vec<usize> = (0..self.books.lots.len())
            .filter(|lot| SETS.contains(&self.books.lots[*lot].sku))
            .filter(|lot| self.books.level(*lot, At::Warehouse, GOOD) > 0)
            .collect();
        let Some(set) = self.dice.pick(&there) else { return Ok(false) };
        let qty = self.dice.upto(self.books.level(set, At::Warehouse, GOOD) + 1);
        let (inside, made) = writer.parts_in(self.lot_id(set))?;
        let own = self.books.parts_of(set);
        let found: Vec<(usize, i64)> =
            inside.iter().map(|part: &PartIn| (self.lot_number(part.lot), part.qty)).collect();
        assert_eq!(found, own);
        assert_eq!(made, -self.books.level(set, At::Production, GOOD));
        let mut plan = Plan::new("taken apart", day);
        plan.moved(set, qty, (At::Warehouse, GOOD), (At::Production, GOOD));
        let mut by_goods: BTreeMap<usize, Vec<(usize, i64)>> = BTreeMap::new();
        for (part, units) in own {
            by_goods.entry(self.books.lots[part].sku).or_default().insert(0, (part, units));
        }
        let whole = by_goods
            .values()
            .all(|lots| lots.iter().map(|(_, units)| units).sum::<i64>() % made.max(1) == 0);
        for mut lots in by_goods.into_values() {
            let all: i64 = lots.iter().map(|(_, units)| units).sum();
            for (part, units) in take(&mut lots, all / made.max(1) * qty) {
                plan.moved(part, units, (At::Production, GOOD), (At::Warehouse, GOOD));
                plan.pass(part, set, Why::Assembled, -units);
            }
        }
        let wanted = (At::Warehouse.place(), self.lot_id(set), "SET");
        let entry = self.ids(|ids| disassemble(wanted, (qty, made), &inside, day, ids));
        self.offer(writer, entry, (whole && qty <= made).then_some(plan))
    }

    pub(crate) fn sell(&mut self, writer: &mut Writer) -> Result<bool, Error> {
        let day = self.dice.back(self.today);
        let of = if self.dice.once_in(4) {
            SETS.start + self.dice.below(SETS.len())
        } else {
            GOODS.start + self.dice.below(GOODS.len())
        };
        let units = self.dice.upto(90);
        let mut plan = Plan { docs: vec![Doc::SalesDay(day)], ..Plan::new("sold", day) };
        let mut lots = self.books.good(of, At::Warehouse, day);
        lots.sort_by_key(|(lot, _)| self.books.dates(*lot).expires_on.is_some_and(|on| on < day));
        let mut left = units;
        for (lot, qty) in take(&mut lots, units) {
            left -= qty;
            plan.moved(lot, qty, (At::Warehouse, GOOD), (At::Customer, GOOD));
        }
        if left > 0 {
            let expires_on = self.books.earliest(of, day);
            let no = expires_on.map_or("?".to_owned(), |on| on.format("?%Y-%m").to_string());
            let known = self.books.find(of, &no);
            let lot = known.unwrap_or_else(|| self.books.new_lot(of, &no, None));
            plan.brings.push((lot, Dates { mfg_on: None, expires_on }));
            plan.moved(lot, left, (At::WarehouseOpen, GOOD), (At::Customer, GOOD));
            plan.may_undo = false;
        }
        let (place, goods): (PlaceId, SkuId) = (At::Warehouse.place(), sku(of));
        let (source, currency) = (SaleSource::File, Currency::CNY);
        let posting = SalesOf { shop: id(0x41), day, source, batch: None, currency };
        let level = Units { units, demand: units };
        let listing = format!("X{}", self.serial().n);
        let report =
            Reported { place, sku: goods, listing, kind: SaleKind::Sale, level, told: None };
        let known = SalesKnown {
            posted: writer.posted_levels(posting.shop, day)?,
            told: BTreeMap::new(),
            taken: BTreeMap::new(),
            shelves: BTreeMap::from([((place, goods), writer.shelf(goods, place, day)?)]),
            rules: BTreeMap::new(),
        };
        let entry = self.ids(|ids| sales::post(&posting, &[report], known, ids));
        let done = self.offer(writer, Ok(entry.expect("a new level")), Some(plan))?;
        assert!(done, "a report is never refused");
        Ok(done)
    }

    pub(crate) fn settle_sales(&mut self, writer: &mut Writer) -> Result<bool, Error> {
        let place = At::Warehouse.place();
        let arrived_on = self.dice.back(self.today);
        let open = self.books.open_at(At::WarehouseOpen);
        let found = writer.open_suspense(place)?;
        let shown: Vec<(usize, i64)> =
            found.iter().map(|sale| (self.lot_number(sale.lot), sale.qty)).collect();
        assert_eq!(shown, open);
        let mut any = false;
        for (sale, (lot, qty)) in found.into_iter().zip(open) {
            let day = arrived_on.max(self.books.last_out(lot, At::WarehouseOpen));
            assert_eq!(day, arrived_on.max(sale.last_sold_on));
            let mut lots = self.books.good(self.books.lots[lot].sku, At::Warehouse, day);
            let mut plan = Plan { may_undo: false, ..Plan::new("sales settled", day) };
            for (real, part) in take(&mut lots, qty) {
                plan.moved(lot, part, (At::Customer, GOOD), (At::WarehouseOpen, GOOD));
                plan.moved(real, part, (At::Warehouse, GOOD), (At::Customer, GOOD));
            }
            let there = writer.takeable(sale.sku, place, day)?;
            let mut there: Vec<_> = there.into_iter().map(|one| (sale.sku, one)).collect();
            let entry =
                self.ids(|ids| suspense::settle(place, arrived_on, &[sale], &mut there, ids));
            assert_eq!(entry.is_some(), !plan.changes.is_empty());
            if let Some(entry) = entry {
                assert!(self.offer(writer, Ok(entry), Some(plan))?);
                any = true;
            }
        }
        Ok(any)
    }

    /// Undoes one of the last entries; half of the receipts are posted again as they should be.
    pub(crate) fn undo_some(&mut self, writer: &mut Writer) -> Result<bool, Error> {
        let recent = self.books.posted.len().saturating_sub(60);
        let live: Vec<usize> = (recent..self.books.posted.len())
            .filter(|at| self.books.posted[*at].live && self.books.posted[*at].may_undo)
            .collect();
        // The last ones more often: what came after stands on the others.
        let last = live.len().saturating_sub(6);
        let among = if self.dice.once_in(2) { &live[last..] } else { &live[..] };
        let Some(at) = self.dice.pick(among) else { return Ok(false) };
        let (what, docs) = (self.books.posted[at].what, self.books.posted[at].docs.clone());
        if !self.undo(writer, at)? {
            return Ok(true);
        }
        if let ("received", Some(Doc::Order(order))) = (what, docs.first())
            && self.dice.once_in(2)
            && self.receive(writer, *order)?
        {
            self.tally.corrected += 1;
        }
        if what == "billed" && self.dice.once_in(2) && self.bill(writer)? {
            self.tally.corrected += 1;
        }
        Ok(true)
    }
}
