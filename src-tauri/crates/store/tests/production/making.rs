//! Commands of orders and their materials: issue, receive, decide, send and return material, count,
//! state, settle losses, close.

use std::collections::{BTreeMap, HashMap};

use chrono::{Months, NaiveDate};
use domain::{
    Currency, LotId, OrderId, Reason, SkuId, Status,
    bom::{BomLine, Made, Usage, loss},
    claim::{self, Agreed, ClaimEnd, Claims},
    entry::Serial,
    kept::left,
    losses::{LossKnown, Settled, Settling, settle_losses},
    materials::{self, FactoryStock, MaterialLine, MaterialSlip, OpenUse, SlipKind},
    offer::LossBase,
    opening::LotBook,
    order::{
        Closing, Delivered, Issued, OrderAccount, OrderContent, OrderKind, OrderLine,
        ProductionOrder, ReceiptAt, ReceiptKnown, Step, accept, close, issue, receive,
    },
    quality::{self, Decided, DecidedAt, Decision, SettleBy, decide},
    shelf_life::{Dates, ShelfLife},
    statement::{Counted, FactoryStatement, StatedLine, StatementLine, StatementState, count},
    stock::{Available, fefo},
};
use rust_decimal::Decimal;
use store::{Error, Writer};

use crate::{
    books::{At, Borne, Change, Counts, Doc, Order, Why, add, proportion, shares},
    keeping::usage,
    run::{Plan, Run},
    support::{BILL, GOODS, MATERIALS, SKUS, bill, id, life, sku, sku_number},
};

const GOOD: Status = Status::Good;

/// What one order line's units cost, net, by hundredths: thousandths times units, tax in or on.
fn net_of(order: &Order, units: i64) -> i64 {
    let whole = 1_000_000 + i128::from(order.tax_ppm);
    let on_top = if order.with_tax { 1_000_000 } else { whole };
    let exact = i128::from(order.price_milli) * i128::from(units) * on_top;
    let gross = (2 * exact + 10_000_000) / 20_000_000;
    let net = (2 * gross * 1_000_000 + whole) / (2 * whole);
    i64::try_from(net).expect("small")
}

fn holds(material: usize, units: i64) -> i64 {
    proportion(BILL[material].0, units, 1_000)
}

/// What the goods bear of a material, and what is spoilt beside them, by all units so far.
pub(crate) fn used(order: &Order, material: usize, counts: Counts) -> (i64, i64) {
    if order.both {
        (holds(material, counts.came + counts.spoilt), 0)
    } else {
        let charged = counts.came - counts.replaced;
        (holds(material, charged), holds(material, counts.replaced + counts.spoilt))
    }
}

fn paid(order: &Order, line: usize, counts: Counts) -> i64 {
    let charged = counts.came - counts.replaced;
    if order.over_is_free { charged.min(order.lines[line].1) } else { charged }
}

/// What a receipt in the model takes from the factory as it goes.
struct Shelves {
    lots: HashMap<usize, Vec<(usize, i64)>>,
    unknown: HashMap<usize, usize>,
}

/// Takes from lots in their order.
pub(crate) fn take(lots: &mut [(usize, i64)], qty: i64) -> Vec<(usize, i64)> {
    let mut left = qty;
    let mut taken = Vec::new();
    for (lot, there) in lots {
        let part = left.min(*there);
        if part > 0 {
            *there -= part;
            left -= part;
            taken.push((*lot, part));
        }
    }
    taken
}

impl Run {
    fn step_of(&mut self, order: usize, day: NaiveDate) -> (OrderId, NaiveDate) {
        (self.books.orders[order].id, day)
    }

    pub(crate) fn serial(&mut self) -> Serial {
        self.serial += 1;
        Serial { series: "N".into(), n: self.serial }
    }

    pub(crate) fn issue(&mut self, writer: &mut Writer) -> Result<(), Error> {
        let purchase = self.dice.once_in(3);
        let mut of: Vec<usize> = if purchase { MATERIALS.collect() } else { GOODS.collect() };
        let mut lines = Vec::new();
        for _ in 0..=self.dice.below(2) {
            let picked = of.remove(self.dice.below(of.len()));
            lines.push((picked, self.dice.upto(900) + 100));
        }
        let order = Order {
            id: OrderId(self.new_id()),
            purchase,
            since: self.today,
            counts: vec![Counts::default(); lines.len()],
            lines,
            price_milli: if purchase { self.dice.upto(9_000) } else { self.dice.upto(30_000) },
            tax_ppm: if self.dice.once_in(3) { 0 } else { 130_000 },
            with_tax: self.dice.once_in(2),
            both: self.dice.once_in(2),
            over_is_free: self.dice.once_in(3),
            supplies: BTreeMap::new(),
            closed: 0,
        };
        let lines = order.lines.iter().map(|(of, qty)| {
            let materials = if purchase { Vec::new() } else { bill() };
            OrderLine { materials, ..OrderLine::of(sku(*of), *qty) }
        });
        let number = format!("PO-{}", self.books.orders.len());
        let content = OrderContent {
            kind: if purchase { OrderKind::Purchase } else { OrderKind::Production },
            materials_at: (!purchase).then(|| At::Factory.place()),
            over_is_free: order.over_is_free,
            tax_rate_ppm: order.tax_ppm,
            price_includes_tax: order.with_tax,
            loss_base: if order.both { LossBase::GoodAndRejected } else { LossBase::Good },
            ..OrderContent::new(number, id(0x31), At::Warehouse.place(), lines.collect())
        };
        let price = Decimal::new(order.price_milli, 3);
        let unit_prices = vec![price; order.lines.len()];
        let issued = Issued { content, unit_prices, currency: Currency::CNY };
        let (serial, day, of) = (self.serial(), self.today, order.id);
        self.books.orders.push(order);
        let at = self.books.orders.len() - 1;
        let entry = self.ids(|ids| issue(Step { id: of, day, new_id: ids }, issued, serial));
        let plan =
            |what| Plan { docs: vec![Doc::Order(at)], may_undo: false, ..Plan::new(what, day) };
        self.offer(writer, entry, Some(plan("issued")))?;
        let found = writer.order(of)?.expect("just issued");
        let entry = self.ids(|ids| accept(Step { id: of, day, new_id: ids }, &found, day));
        self.offer(writer, entry, Some(plan("accepted")))?;
        Ok(())
    }

    /// Lines of a delivery: new lots, known ones, lots whose receipt was undone, replacements.
    fn delivered(&mut self, order: usize, day: NaiveDate) -> Vec<(Delivered, usize)> {
        let kept = self.books.orders[order].clone();
        let mut delivered: Vec<(Delivered, usize)> = Vec::new();
        for _ in 0..=self.dice.below(3) {
            let line = self.dice.below(kept.lines.len());
            let of = kept.lines[line].0;
            let mut qty = self.dice.upto(if kept.purchase { 2_500 } else { 300 });
            let came = |run: &Self, live: bool| -> Vec<usize> {
                let lots = (0..run.books.lots.len()).filter(|lot| {
                    run.books.lots[*lot].of == Some((order, line))
                        && run.books.is_live(*lot) == live
                });
                lots.collect()
            };
            let live = came(self, true);
            let back: Vec<usize> =
                live.iter().copied().filter(|lot| self.books.waiting(*lot) > 0).collect();
            let once = delivered.iter().all(|(one, _)| one.replaces.is_none());
            let replaced = self.dice.pick(&back).filter(|_| once);
            if let Some(lot) = replaced {
                // Now and then one more than waits.
                qty = qty.min(self.books.waiting(lot) + i64::from(self.dice.once_in(8)));
            }
            let undone = came(self, false);
            let known = match (replaced, self.dice.below(6)) {
                (Some(lot), 0..=1) => Some(lot),
                (None, 0..=1) => self.dice.pick(&live),
                _ => None,
            };
            let again = self.dice.pick(&undone).filter(|_| known.is_none() && self.dice.once_in(6));
            let again = again.map(|lot| self.books.lots[lot].no.clone());
            let again = again.filter(|no| {
                self.books.find(of, no).is_none()
                    && delivered.iter().all(|(one, _)| one.lot_no != *no)
            });
            let (lot, no, given) = if let Some(lot) = known {
                (lot, self.books.lots[lot].no.clone(), Dates::default())
            } else {
                let fresh = self.serial().n;
                let no = again.unwrap_or_else(|| format!("L{fresh}"));
                let lot = self.books.new_lot(of, &no, Some((order, line)));
                let made = Some(day - chrono::TimeDelta::days(self.dice.upto(200)));
                let dates = if GOODS.contains(&of) || self.dice.once_in(2) {
                    let expires_on =
                        if GOODS.contains(&of) { None } else { made.map(|d| d + Months::new(24)) };
                    Dates { mfg_on: made, expires_on }
                } else {
                    Dates::default()
                };
                (lot, no, dates)
            };
            let spoilt =
                if !kept.purchase && self.dice.once_in(4) { self.dice.upto(20) } else { 0 };
            let replaces = replaced.map(|lot| self.lot_id(lot));
            delivered
                .push((Delivered { line, lot_no: no, dates: given, qty, spoilt, replaces }, lot));
        }
        delivered
    }

    pub(crate) fn receive(&mut self, writer: &mut Writer, order: usize) -> Result<bool, Error> {
        let day = self.dice.back(self.today);
        let purchase = self.books.orders[order].purchase;
        let to = if purchase && self.dice.once_in(2) { At::Factory } else { At::Warehouse };
        let status = if purchase || self.dice.once_in(3) { GOOD } else { Status::Quarantine };
        let delivered = self.delivered(order, day);
        let plan = self.receipt_plan(order, (to, status), &delivered, day);
        let found = writer.order(self.books.orders[order].id)?.expect("issued");
        let of = self.books.orders[order].id;
        let waiting = writer.waiting(of)?;
        for (lot, qty) in &waiting {
            assert_eq!(self.books.waiting(self.lot_number(*lot)), *qty);
        }
        let prices: Vec<Decimal> = writer.order_prices(of)?.into_iter().map(|one| one.0).collect();
        let goods: BTreeMap<SkuId, (String, Option<ShelfLife>)> =
            (0..SKUS).map(|n| (sku(n), (format!("S{n}"), life(n)))).collect();
        let known = ReceiptKnown {
            order: &found,
            prices: Some((&prices, Currency::CNY)),
            goods: &goods,
            waiting: &waiting,
            balance_open: false,
            account: None,
        };
        let at = ReceiptAt {
            place: to.place(),
            status,
            reason: Reason::new(Some("as delivered".into())),
            unpaid_reason: Reason::default(),
        };
        let lines: Vec<Delivered> = delivered.iter().map(|(one, _)| one.clone()).collect();
        let numbered: Vec<(SkuId, &str)> = lines
            .iter()
            .map(|one| (found.content.lines[one.line].sku, one.lot_no.as_str()))
            .collect();
        let mut book = LotBook::new(writer.lots_numbered(&numbered)?);
        let mut stock = factory_stock(writer, day)?;
        let entry = self.ids(|ids| {
            let step = Step { id: of, day, new_id: ids };
            receive(step, &known, &at, &lines, &mut book, &mut stock)
        });
        let done = self.offer(writer, entry, plan)?;
        if done && to == At::Factory {
            self.settle_factory(writer, day)?;
        }
        Ok(done)
    }

    fn receipt_plan(
        &mut self,
        order: usize,
        to: (At, Status),
        delivered: &[(Delivered, usize)],
        day: NaiveDate,
    ) -> Option<Plan> {
        let kept = self.books.orders[order].clone();
        if day < kept.since {
            return None;
        }
        let mut plan = Plan { docs: vec![Doc::Order(order)], ..Plan::new("received", day) };
        let mut counts = kept.counts.clone();
        let lots = MATERIALS.map(|n| (n, self.books.good(n, At::Factory, day))).collect();
        let mut shelves = Shelves { lots, unknown: HashMap::new() };
        for (one, lot) in delivered {
            let (lot, line, qty) = (*lot, one.line, one.qty);
            let mut added = Counts { came: qty, spoilt: one.spoilt, ..Counts::default() };
            if let Some(from) = one.replaces {
                let from = self.lot_number(from);
                if qty > self.books.waiting(from) {
                    return None;
                }
                added.replaced = qty;
                plan.pass(from, lot, Why::Replaced, qty);
            }
            let before = counts[line];
            counts[line].came += added.came;
            counts[line].spoilt += added.spoilt;
            counts[line].replaced += added.replaced;
            let fee = net_of(&kept, paid(&kept, line, counts[line]))
                - net_of(&kept, paid(&kept, line, before));
            if fee != 0 {
                plan.changes.push(Change::Cost { lot, minor: fee });
            }
            plan.changes.push(Change::Count { order, line, counts: added });
            let source = if kept.purchase { At::Supplier } else { At::Production };
            plan.moved(lot, qty, (source, GOOD), to);
            if !kept.purchase {
                for material in MATERIALS {
                    let (a, b) =
                        (used(&kept, material, before), used(&kept, material, counts[line]));
                    self.use_up(&mut plan, &mut shelves, (material, b.0 - a.0), (lot, Why::Made));
                    self.use_up(&mut plan, &mut shelves, (material, b.1 - a.1), (lot, Why::Spoilt));
                }
            }
            if plan.brings.iter().all(|(known, _)| *known != lot) {
                let dates = if self.books.is_live(lot) {
                    self.books.dates(lot)
                } else {
                    full(one, self.books.lots[lot].sku)
                };
                if dates.mfg_on.is_some_and(|made| made > day) {
                    return None;
                }
                plan.brings.push((lot, dates));
            }
        }
        Some(plan)
    }

    fn use_up(
        &mut self,
        plan: &mut Plan,
        shelves: &mut Shelves,
        (material, qty): (usize, i64),
        (goods, why): (usize, Why),
    ) {
        let door = if why == Why::Spoilt { At::Scrap } else { At::Production };
        let mut left = qty;
        for (lot, part) in take(shelves.lots.get_mut(&material).expect("loaded"), qty) {
            left -= part;
            plan.moved(lot, part, (At::Factory, GOOD), (door, GOOD));
            plan.pass(lot, goods, why, part);
        }
        if left <= 0 {
            return;
        }
        let unknown = *shelves.unknown.entry(material).or_insert_with(|| {
            let known = self.books.find(material, "?");
            known.unwrap_or_else(|| self.books.new_lot(material, "?", None))
        });
        if plan.brings.iter().all(|(known, _)| *known != unknown) {
            plan.brings.push((unknown, Dates::default()));
        }
        plan.moved(unknown, left, (At::FactoryOpen, GOOD), (door, GOOD));
        plan.pass(unknown, goods, why, left);
    }

    /// Charges what the factory used beyond its book to what came.
    pub(crate) fn settle_factory(
        &mut self,
        writer: &mut Writer,
        arrived_on: NaiveDate,
    ) -> Result<(), Error> {
        let uses = writer.open_uses(At::Factory.place())?;
        let mut open = Vec::new();
        for (unknown, qty) in self.books.open_at(At::FactoryOpen) {
            let mut all = 0;
            for why in [Why::Made, Why::Spoilt] {
                for (goods, units) in self.books.passed(unknown, why) {
                    all += units;
                    open.push((unknown, goods, why, units));
                }
            }
            assert_eq!(all, qty, "every open unit knows its goods");
        }
        open.sort_by_key(|(unknown, goods, why, _)| (*unknown, *goods, *why));
        let mut found: Vec<_> = uses
            .iter()
            .map(|one| {
                let why = if one.spoilt { Why::Spoilt } else { Why::Made };
                (self.lot_number(one.unknown), self.lot_number(one.goods), why, one.qty)
            })
            .collect();
        found.sort_by_key(|(unknown, ..)| *unknown);
        assert_eq!(found, open);
        let unknown: Vec<LotId> = {
            let mut all: Vec<LotId> = uses.iter().map(|one| one.unknown).collect();
            all.dedup();
            all
        };
        for lot in unknown {
            let of: Vec<OpenUse> = uses.iter().filter(|one| one.unknown == lot).copied().collect();
            let model = open.iter().filter(|one| self.lot_id(one.0) == lot);
            let model: Vec<_> = model.copied().collect();
            self.settle_uses(writer, arrived_on, &of, &model)?;
        }
        Ok(())
    }

    fn settle_uses(
        &mut self,
        writer: &mut Writer,
        arrived_on: NaiveDate,
        uses: &[OpenUse],
        open: &[(usize, usize, Why, i64)],
    ) -> Result<(), Error> {
        let unknown = open[0].0;
        let day = arrived_on.max(self.books.last_out(unknown, At::FactoryOpen));
        assert_eq!(day, arrived_on.max(uses[0].last_used_on));
        let mut lots = self.books.good(self.books.lots[unknown].sku, At::Factory, day);
        let mut plan = Plan::new("settled", day);
        for (unknown, goods, why, qty) in open {
            let door = if *why == Why::Spoilt { At::Scrap } else { At::Production };
            for (lot, part) in take(&mut lots, *qty) {
                plan.moved(*unknown, part, (door, GOOD), (At::FactoryOpen, GOOD));
                plan.moved(lot, part, (At::Factory, GOOD), (door, GOOD));
                plan.pass(*unknown, *goods, *why, -part);
                plan.pass(lot, *goods, *why, part);
            }
        }
        let mut stock = factory_stock(writer, day)?;
        let place = At::Factory.place();
        let entry = self.ids(|ids| materials::settle(place, arrived_on, uses, &mut stock, ids));
        assert_eq!(entry.is_some(), !plan.changes.is_empty());
        if let Some(entry) = entry {
            assert!(self.offer(writer, Ok(entry), Some(plan))?, "only what is there is charged");
        }
        Ok(())
    }

    pub(crate) fn judge(&mut self, writer: &mut Writer) -> Result<bool, Error> {
        let day = self.dice.back(self.today);
        let at = if self.dice.once_in(6) { At::Factory } else { At::Warehouse };
        let open: Vec<(usize, Status)> = (0..self.books.lots.len())
            .flat_map(|lot| [(lot, Status::Quarantine), (lot, Status::Defective)])
            .filter(|(lot, status)| {
                self.books.lots[*lot].of.is_some() && self.books.level(*lot, at, *status) > 0
            })
            .collect();
        let recent = open.len().saturating_sub(12);
        let Some((lot, from)) = self.dice.pick(&open[recent..]) else { return Ok(false) };
        let (order, line) = self.books.lots[lot].of.expect("of an order");
        let level = self.books.level(lot, at, from);
        let mut lines = Vec::new();
        let mut plan = Plan { docs: vec![Doc::Order(order)], ..Plan::new("judged", day) };
        let mut refused = false;
        for _ in 0..=self.dice.below(3) {
            let most = if self.dice.once_in(3) { level } else { level / 3 + 1 };
            let qty = self.dice.upto(most);
            let (decision, settle_by) = match self.dice.below(8) {
                0..=2 => (Decision::Accept, None),
                3 => (Decision::Concession, None),
                4 => (Decision::Reject, None),
                5 => (Decision::Scrap, None),
                _ => {
                    let ways = [SettleBy::Replace, SettleBy::Credit, SettleBy::Rework];
                    (Decision::Return, self.dice.pick(&ways))
                }
            };
            let code = u32::try_from(line).expect("small");
            let id = self.lot_id(lot);
            lines.push(Decided { line: code, lot: id, qty, from, decision, settle_by });
            refused |=
                !judged(&mut plan, (order, line, lot), (at, from, qty), (decision, settle_by));
        }
        let closed = self.books.orders[order].closed > 0;
        let back = |settle_by| {
            let lines = lines.iter().filter(move |one| one.settle_by == Some(settle_by));
            lines.map(|one| one.qty).sum::<i64>()
        };
        let (replaced, credited) = (back(SettleBy::Replace), back(SettleBy::Credit));
        refused |= (closed && replaced > 0) || replaced + credited > self.kept_of(order, lot);
        let step = self.step_of(order, day);
        let found = writer.order(step.0)?.expect("issued");
        let kept = quality::kept(&live_entries(writer, step.0)?);
        let (place, factory) = (at.place(), Some(At::Factory.place()));
        let entry = self.ids(|ids| {
            let step = Step { id: step.0, day: step.1, new_id: ids };
            let at = DecidedAt { order: &found, kept: &kept, place, factory };
            decide(step, at, lines, "as seen".into())
        });
        self.offer(writer, entry, (!refused).then_some(plan))
    }

    pub(crate) fn send(&mut self, writer: &mut Writer) -> Result<bool, Error> {
        let day = self.dice.back(self.today);
        let issue = !self.dice.once_in(4);
        let (kind, from, to) = if issue {
            (SlipKind::Issue, At::Warehouse, At::Factory)
        } else {
            (SlipKind::Return, At::Factory, At::Warehouse)
        };
        let there: Vec<usize> = (0..self.books.lots.len())
            .filter(|lot| !issue || MATERIALS.contains(&self.books.lots[*lot].sku))
            .filter(|lot| self.books.level(*lot, from, GOOD) > 0)
            .collect();
        let open: Vec<usize> = self.open_orders(false);
        let order = self.dice.pick(&open).filter(|_| !self.dice.once_in(4));
        let mut plan = Plan::new("sent", day);
        plan.docs.extend(order.map(Doc::Order));
        let mut lines = Vec::new();
        let mut back: BTreeMap<usize, i64> = BTreeMap::new();
        for _ in 0..=self.dice.below(2) {
            let Some(lot) = self.dice.pick(&there) else { return Ok(false) };
            let qty = self.dice.upto(self.books.level(lot, from, GOOD) + 1);
            let (material, id) = (self.sku_of(lot), self.lot_id(lot));
            lines.push(MaterialLine { material, lot: id, qty });
            *back.entry(self.books.lots[lot].sku).or_default() += qty;
            plan.moved(lot, qty, (from, GOOD), (to, GOOD));
            if let Some(order) = order {
                let (issued, returned) = if issue { (qty, 0) } else { (0, qty) };
                let material = self.books.lots[lot].sku;
                plan.changes.push(Change::Supply { order, material, issued, returned });
            }
        }
        if !issue && !self.may_return(writer, order, (&lines, &back), day)? {
            self.tally.refused += 1;
            return Ok(true);
        }
        self.slip(writer, (kind, order), lines, plan)
    }

    fn slip(
        &mut self,
        writer: &mut Writer,
        (kind, order): (SlipKind, Option<usize>),
        lines: Vec<MaterialLine>,
        plan: Plan,
    ) -> Result<bool, Error> {
        let (from, to) = match kind {
            SlipKind::Issue => (At::Warehouse, At::Factory),
            SlipKind::Return => (At::Factory, At::Warehouse),
        };
        let (serial, day) = (self.serial(), plan.day);
        let slip = MaterialSlip {
            number: format!("MI-{}", serial.n),
            order: order.map(|order| self.books.orders[order].id),
            from: from.place(),
            to: to.place(),
            lines,
            note: String::new(),
        };
        let entry = self.ids(|ids| materials::slip(kind, slip, serial, day, ids));
        let done = self.offer(writer, entry, Some(plan))?;
        if done && kind == SlipKind::Issue {
            self.settle_factory(writer, day)?;
        }
        Ok(done)
    }

    /// Sends so many units of a material for an order, or what the warehouse has of them.
    pub(crate) fn send_for(
        &mut self,
        writer: &mut Writer,
        (order, material, qty): (usize, usize, i64),
        day: NaiveDate,
    ) -> Result<bool, Error> {
        let mut there = self.books.good(material, At::Warehouse, day);
        let mut plan = Plan { docs: vec![Doc::Order(order)], ..Plan::new("sent", day) };
        let mut lines = Vec::new();
        for (lot, qty) in take(&mut there, qty) {
            lines.push(MaterialLine { material: self.sku_of(lot), lot: self.lot_id(lot), qty });
            plan.moved(lot, qty, (At::Warehouse, GOOD), (At::Factory, GOOD));
            plan.changes.push(Change::Supply { order, material, issued: qty, returned: 0 });
        }
        if lines.is_empty() {
            return Ok(false);
        }
        self.slip(writer, (SlipKind::Issue, Some(order)), lines, plan)
    }

    pub(crate) fn count(&mut self, writer: &mut Writer) -> Result<bool, Error> {
        let day = self.dice.back(self.today);
        let material = self.dice.below(MATERIALS.len());
        let mut lots = self.books.good(material, At::Factory, day);
        let book: i64 = lots.iter().map(|(_, qty)| qty).sum();
        let counted = (book + self.dice.upto(41) - 21).max(0);
        let mut plan = Plan::new("counted", day);
        let last = (0..self.books.lots.len()).rev().find(|lot| {
            self.books.lots[*lot].sku == material && self.books.lots[*lot].of.is_some()
        });
        let open = self.books.open_at(At::FactoryOpen).into_iter();
        let open = open.filter(|(lot, _)| self.books.lots[*lot].sku == material);
        let open: i64 = open.map(|(_, qty)| qty).sum();
        let more = counted + open - book;
        let lot = lots.last().map(|(lot, _)| *lot).or(last);
        if let (1.., Some(lot)) = (more, lot) {
            plan.moved(lot, more, (At::Adjustment, GOOD), (At::Factory, GOOD));
        }
        for (lot, qty) in take(&mut lots, -more) {
            plan.moved(lot, qty, (At::Factory, GOOD), (At::Adjustment, GOOD));
        }
        let there = factory_stock(writer, day)?.lots.remove(&sku(material)).unwrap_or_default();
        let last_lot = last.map(|lot| self.lot_id(lot));
        let one = Counted { material: sku(material), counted, open, lots: there, last_lot };
        let place = At::Factory.place();
        let entry = self.ids(|ids| count(place, &[one], "both agree".into(), day, ids));
        match entry {
            Ok(None) => {
                assert_eq!(more, 0);
                Ok(false)
            }
            Ok(Some(entry)) => {
                let done = self.offer(writer, Ok(entry), Some(plan))?;
                if done && more > 0 {
                    self.settle_factory(writer, day)?;
                }
                Ok(done)
            }
            Err(refusal) => {
                let none = more > 0 && lot.is_none();
                self.offer(writer, Err(refusal), (!none).then_some(plan))
            }
        }
    }

    /// Settles an order's losses, and closes it.
    pub(crate) fn end(&mut self, writer: &mut Writer) -> Result<bool, Error> {
        let day = self.today;
        if self.dice.once_in(3) {
            let bought = self.open_orders(true);
            let Some(order) = self.dice.pick(&bought) else { return Ok(false) };
            return self.close(writer, order, day);
        }
        let open = self.open_orders(false);
        let Some(order) = self.dice.pick(&open[..open.len().min(4)]) else { return Ok(false) };
        // Mostly what was used beyond what was sent is drawn or sent first, as losses ask for.
        if !self.dice.once_in(6) {
            self.cover(writer, order, day)?;
        }
        if !self.settle_order(writer, order, day)? {
            return Ok(false);
        }
        match self.dice.below(8) {
            // Asked again at once: nothing is new, and both sides refuse.
            0 => self.settle_order(writer, order, day),
            1..=3 => Ok(true),
            _ => {
                if !self.dice.once_in(6) {
                    self.claim(writer, order, day)?;
                }
                self.close(writer, order, day)
            }
        }
    }

    /// Decides what becomes of an order's claims; refused by both when there is none.
    fn claim(&mut self, writer: &mut Writer, order: usize, day: NaiveDate) -> Result<bool, Error> {
        let of = self.books.orders[order].id;
        let found = writer.order(of)?.expect("issued");
        let account = OrderAccount::of(&found, &live_entries(writer, of)?).expect("priced");
        let ends = [ClaimEnd::Deducted, ClaimEnd::Paid, ClaimEnd::Dropped];
        let end = self.dice.pick(&ends).expect("three");
        let claims = Claims::of(&found.content, &live_entries(writer, of)?);
        let open = self.books.claims_open(order);
        let told = claims.open().into_iter();
        let told = told.map(|one| ((self.lot_number(one.lot), one.in_goods), one.units)).collect();
        assert_eq!(open, told, "what is claimed and not decided");
        let mut open: Vec<((usize, bool), i64)> = open.into_iter().collect();
        open.sort_by_key(|((lot, in_goods), _)| (self.lot_id(*lot), *in_goods));
        let costs: Vec<i64> = open.iter().map(|(of, units)| self.cost_of(*of, *units)).collect();
        let owed = open.iter().any(|(_, units)| *units > 0);
        // Now and then all of what it cost, else some of it or more.
        let cost: i64 = costs.iter().sum();
        let some = if owed { 100 } else { -100 };
        let agreed = if self.dice.once_in(2) { cost / 2 } else { cost };
        let amount = if agreed.signum() == i64::signum(some) { agreed } else { some };
        let dropped = end == ClaimEnd::Dropped;
        // What is short of the cost is ours, of each lot as much as is claimed of it.
        let short = cost - amount;
        let weights: Vec<i64> = costs.iter().map(|cost| (cost * short.signum()).max(0)).collect();
        let ours = short.abs().min(weights.iter().sum());
        let ours = if weights.is_empty() { Vec::new() } else { shares(ours, &weights, 0) };
        let mut changes = Vec::new();
        for ((((lot, in_goods), units), cost), part) in open.iter().zip(&costs).zip(ours) {
            let (lot, in_goods, units) = (*lot, *in_goods, *units);
            changes.push(Change::ClaimDecided { order, lot, in_goods, units });
            changes.push(match (dropped, in_goods) {
                (true, true) => Change::LetGo { lot, minor: *cost },
                (true, false) => Change::Claim { lot, qty: -units },
                (false, _) => Change::LetGo { lot, minor: part * short.signum() },
            });
        }
        let docs = vec![Doc::Order(order)];
        let plan = Plan { changes, docs, ..Plan::new("claimed", day) };
        let plan = (!open.is_empty()).then_some(plan);
        let entry = self.ids(|ids| {
            let step = Step { id: of, day, new_id: ids };
            let agreed = Agreed { end, minor: amount, costs: &costs };
            claim::decide(step, (&found, &account), &claims, agreed, "agreed".into())
        });
        self.offer(writer, entry, plan)
    }

    /// What the material in units that are claimed cost.
    fn cost_of(&self, (lot, in_goods): (usize, bool), units: i64) -> i64 {
        let worth = self.books.worth(lot, &mut HashMap::new());
        let known = units.abs().min(worth.units);
        let cost = if in_goods { worth.taken_over } else { worth.whole };
        proportion(cost, known, worth.units) * units.signum()
    }

    fn settle_order(
        &mut self,
        writer: &mut Writer,
        order: usize,
        day: NaiveDate,
    ) -> Result<bool, Error> {
        let of = self.books.orders[order].id;
        let mut stock = factory_stock(writer, day)?;
        let since = self.books.orders[order].since;
        for material in MATERIALS.map(sku) {
            stock.missed.insert(material, writer.missed(material, At::Factory.place(), since)?);
        }
        let lots = writer.order_lots(of)?;
        assert_eq!(lots, self.made_on(order), "units that came of each lot");
        let kept = self.books.orders[order].clone();
        let before = Settled::of(&live_entries(writer, of)?);
        let mut known = Vec::new();
        for (material, line) in MATERIALS.zip(bill()) {
            let (issued, returned) = kept.supplies.get(&material).copied().unwrap_or((0, 0));
            let made = kept.lines.iter().zip(&kept.counts).map(|((_, ordered), counts)| Made {
                bill: line,
                ordered: *ordered,
                good: counts.charged(),
                spoilt: counts.spoilt + counts.replaced,
            });
            let base = if kept.both { LossBase::GoodAndRejected } else { LossBase::Good };
            let usage = Usage { issued, returned, made: made.collect() };
            let (loss, over) = (loss(base, &usage), (-left(base, &usage, 0)).max(0));
            let code = format!("S{material}");
            let spoilt = writer.spoilt(of, sku(material))?;
            let taken = before
                .taken()
                .filter(|(lot, _)| self.books.lots[self.lot_number(*lot)].sku == material)
                .collect();
            let material = sku(material);
            known.push(LossKnown { material, code, loss, over, spoilt, taken });
        }
        let reasoned = self.dice.once_in(2);
        let lines = kept.lines.iter().zip(&kept.counts);
        let over = lines
            .into_iter()
            .all(|((_, qty), counts)| counts.kept() + counts.credited + counts.spoilt >= *qty);
        let plan = self.loss_plan(order, &known, day).filter(|_| over || reasoned);
        let found = writer.order(of)?.expect("issued");
        let place = At::Factory.place();
        let entry = self.ids(|ids| {
            let reason = reasoned.then(|| "no more comes".to_owned());
            let settling = Settling { order: &found, place, lots: &lots, before: &before, reason };
            let step = Step { id: of, day, new_id: ids };
            settle_losses(step, settling, &known, &mut stock)
        });
        let done = self.offer(writer, entry, plan)?;
        if done {
            self.settle_factory(writer, day)?;
        }
        Ok(done)
    }

    fn close(&mut self, writer: &mut Writer, order: usize, day: NaiveDate) -> Result<bool, Error> {
        let of = self.books.orders[order].id;
        let found = writer.order(of)?.expect("issued");
        let credit = self.dice.once_in(2);
        let entries = live_entries(writer, of)?;
        let waiting = quality::waiting(&entries);
        let claims_open = !Claims::of(&found.content, &entries).open().is_empty();
        let [undecided, rework] = [At::Warehouse, At::Factory].map(|at| {
            let lots = (0..self.books.lots.len())
                .filter(|lot| self.books.lots[*lot].of.is_some_and(|(of, _)| of == order));
            lots.map(|lot| self.books.level(lot, at, Status::Quarantine)).sum::<i64>()
        });
        let plan = self.close_plan(order, (credit, undecided + rework), day);
        let supplied = found.supplies.iter().any(|one| (one.issued, one.returned) != (0, 0));
        let supplied = supplied || Self::took(writer, &found, of)?;
        let left = self.keepable(writer, order)?;
        let entry = self.ids(|ids| {
            let (account, lots) = (None, String::new());
            let (waiting, reason) = (waiting.as_slice(), Some("enough".into()));
            let closing = Closing {
                account,
                waiting,
                supplied,
                left,
                claims_open,
                rework,
                undecided,
                lots,
                credit,
                reason,
            };
            close(Step { id: of, day, new_id: ids }, &found, closing)
        });
        self.offer(writer, entry, plan)
    }

    fn close_plan(
        &self,
        order: usize,
        (credit, in_quarantine): (bool, i64),
        day: NaiveDate,
    ) -> Option<Plan> {
        let kept = &self.books.orders[order];
        let mut changes = vec![Change::Closed { order }];
        let mut open = in_quarantine;
        for (lot, of) in self.books.lots.iter().map(|lot| lot.of).enumerate() {
            let Some((_, line)) = of.filter(|(of, _)| *of == order) else { continue };
            let qty = self.books.waiting(lot);
            if qty > 0 && credit {
                let counts = Counts { returned: -qty, credited: qty, ..Counts::default() };
                changes.push(Change::Back { lot, qty: -qty });
                changes.push(Change::Credit { lot, qty });
                changes.push(Change::Count { order, line, counts });
            } else {
                open += qty;
            }
        }
        let sent = kept.supplies.values().any(|both| *both != (0, 0)) || self.holds_real(order);
        let unsettled = sent && !self.books.is_settled(order);
        let plan = Plan { docs: vec![Doc::Order(order)], changes, ..Plan::new("closed", day) };
        let unclaimed = self.books.claims_open(order).is_empty();
        (open == 0 && !unsettled && unclaimed).then_some(plan)
    }

    /// Whether goods of an order hold material that lay there, although none was sent for it.
    fn took(writer: &Writer, found: &ProductionOrder, of: OrderId) -> Result<bool, Error> {
        let goods: Vec<LotId> = writer.order_lots(of)?.into_iter().map(|(lot, _)| lot).collect();
        let uses = writer.open_uses(At::Factory.place())?;
        let over = |bill: BomLine| {
            let waits = uses.iter().filter(|one| one.material == bill.material);
            let waits = waits.filter(|one| goods.contains(&one.goods)).map(|one| one.qty);
            let usage = usage(found, bill);
            -left(found.content.loss_base, &usage, 0) > waits.sum::<i64>()
        };
        Ok(found.content.kind == OrderKind::Production && bill().into_iter().any(over))
    }

    /// Whether real material is in an order's goods or was spoilt beside them.
    fn holds_real(&self, order: usize) -> bool {
        let made = self.made_on(order);
        (0..self.books.lots.len()).filter(|lot| self.books.lots[*lot].no != "?").any(|lot| {
            let of_order =
                |(to, _): &(usize, i64)| made.iter().any(|(id, _)| *id == self.lot_id(*to));
            MATERIALS.contains(&self.books.lots[lot].sku)
                && [Why::Made, Why::Spoilt]
                    .into_iter()
                    .any(|why| self.books.passed(lot, why).iter().any(of_order))
        })
    }

    /// Units of a lot that came on an order and did not go back.
    fn kept_of(&self, order: usize, lot: usize) -> i64 {
        let id = self.lot_id(lot);
        let came = self.made_on(order).into_iter().find(|(one, _)| *one == id);
        came.map_or(0, |(_, units)| units) - self.books.gone_back(lot)
    }

    fn made_on(&self, order: usize) -> Vec<(LotId, i64)> {
        let mut made: BTreeMap<usize, i64> = BTreeMap::new();
        let receipts = self.books.posted.iter().filter(|one| {
            one.live && one.what == "received" && one.docs.contains(&Doc::Order(order))
        });
        for change in receipts.flat_map(|one| &one.changes) {
            if let Change::Move { lot, qty, from: (At::Production | At::Supplier, _), .. } = *change
                && self.books.lots[lot].of.is_some()
            {
                *made.entry(lot).or_insert(0) += qty;
            }
        }
        made.into_iter().map(|(lot, qty)| (self.lot_id(lot), qty)).collect()
    }

    fn loss_plan(&self, order: usize, known: &[LossKnown], day: NaiveDate) -> Option<Plan> {
        let kept = &self.books.orders[order];
        let mut plan = Plan { docs: vec![Doc::Order(order)], ..Plan::new("losses", day) };
        plan.changes.push(Change::Settled { order });
        let (before, borne_before) = self.books.losses(order);
        let (mut all, mut borne) = (Vec::new(), BTreeMap::new());
        let mut new = !self.books.is_settled(order);
        let made = self.made_on(order);
        for (material, one) in MATERIALS.zip(known) {
            let (issued, returned) = kept.supplies.get(&material).copied().unwrap_or((0, 0));
            let used = kept.counts.iter().map(|counts| used(kept, material, *counts));
            let used: Vec<(i64, i64)> = used.collect();
            let missing = issued - returned - used.iter().map(|(held, _)| held).sum::<i64>();
            // What was spoilt beside the goods came from what was sent as well.
            let over = used.iter().map(|(_, beside)| beside).sum::<i64>() - missing;
            let free = issued * BILL[material].1 / 1_000_000;
            let claimed = (missing - free).max(0);
            assert_eq!(one.over, over.max(0));
            if over > 0 {
                return None;
            }
            let mut bears = (missing.max(0) - claimed, claimed);
            assert_eq!((one.loss.missing, (one.loss.allowed, one.loss.claimed)), (missing, bears));
            let mut beside: BTreeMap<usize, i64> = BTreeMap::new();
            for lot in 0..self.books.lots.len() {
                for (goods, qty) in self.books.passed(lot, Why::Spoilt) {
                    let of_order = made.iter().any(|(id, _)| *id == self.lot_id(goods));
                    if of_order && self.books.lots[lot].sku == material {
                        *beside.entry(lot).or_insert(0) += qty;
                    }
                }
            }
            let found: BTreeMap<usize, i64> =
                one.spoilt.iter().map(|(lot, qty)| (self.lot_number(*lot), *qty)).collect();
            assert_eq!(found, beside, "spoilt of material {material}");
            if beside.keys().any(|lot| self.books.lots[*lot].no == "?") {
                return None;
            }
            for (lot, qty) in &beside {
                self.bear(&mut borne, (*lot, *qty), &mut bears, &made);
            }
            let gone = (missing - beside.values().sum::<i64>()).max(0);
            let mut lots = self.books.good(material, At::Factory, day);
            // What was taken before goes first.
            let of_material = |(lot, _): &&(usize, i64)| self.books.lots[*lot].sku == material;
            let mut had: Vec<(usize, i64)> = before.iter().filter(of_material).copied().collect();
            let mut taken = take(&mut had, gone);
            let rest = gone - taken.iter().map(|(_, qty)| qty).sum::<i64>();
            // What counts missed since the order was issued is not on the shelf.
            let mut missed = self.books.missed(material, kept.since);
            for (lot, qty) in take(&mut missed, rest) {
                plan.moved(lot, qty, (At::Adjustment, GOOD), (At::Factory, GOOD));
                taken.push((lot, qty));
            }
            let rest = gone - taken.iter().map(|(_, qty)| qty).sum::<i64>();
            taken.extend(take(&mut lots, rest));
            if taken.iter().map(|(_, qty)| qty).sum::<i64>() < gone {
                return None;
            }
            for (lot, qty) in taken {
                add(&mut all, lot, qty);
                self.bear(&mut borne, (lot, qty), &mut bears, &made);
            }
        }
        for (lot, qty) in before {
            add(&mut all, lot, -qty);
        }
        for (pair, qty) in borne_before {
            *borne.entry(pair).or_insert(0) -= qty;
        }
        all.retain(|(_, qty)| *qty != 0);
        borne.retain(|_, qty| *qty != 0);
        new |= !all.is_empty() || !borne.is_empty();
        for (lot, qty) in all {
            let (book, scrap) = ((At::Factory, GOOD), (At::Scrap, GOOD));
            let (from, to) = if qty > 0 { (book, scrap) } else { (scrap, book) };
            plan.moved(lot, qty.abs(), from, to);
        }
        for ((from, to), qty) in borne {
            match to {
                Some(to) => plan.pass(from, to, Why::LossAllowed, qty),
                None => plan.changes.extend([
                    Change::Claim { lot: from, qty },
                    Change::Claimed { order, lot: from, units: qty },
                ]),
            }
        }
        new.then_some(plan)
    }

    fn bear(
        &self,
        borne: &mut Borne,
        (from, qty): (usize, i64),
        (allowed, claimed): &mut (i64, i64),
        made: &[(LotId, i64)],
    ) {
        let ours = qty.min(*allowed);
        *allowed -= ours;
        if ours > 0 && !made.is_empty() {
            let weights: Vec<i64> = made.iter().map(|(_, units)| *units).collect();
            for ((to, _), part) in made.iter().zip(shares(ours, &weights, 0)) {
                *borne.entry((from, Some(self.lot_number(*to)))).or_insert(0) += part;
            }
        }
        let theirs = (qty - ours).min(*claimed);
        *claimed -= theirs;
        if theirs > 0 {
            *borne.entry((from, None)).or_insert(0) += theirs;
        }
    }

    /// Production orders, or purchases, that take deliveries.
    pub(crate) fn open_orders(&self, purchase: bool) -> Vec<usize> {
        let orders = self.books.orders.iter().enumerate();
        orders
            .filter(|(_, order)| order.purchase == purchase && order.closed == 0)
            .map(|(at, _)| at)
            .collect()
    }

    /// D-13: the factory's statement of a month, column by column, and what its book holds.
    pub(crate) fn state(&mut self, writer: &mut Writer) -> Result<bool, Error> {
        let month = domain::statement::month_of(self.dice.back(self.today));
        let place = At::Factory.place();
        let found = writer.material_lines(place, month)?;
        let mut lines: BTreeMap<usize, StatementLine> = BTreeMap::new();
        for (day, sku, change, other, undone) in &self.books.at_factory {
            let line = lines.entry(*sku).or_default();
            if *day > month.1 {
                continue;
            }
            if *day < month.0 {
                line.opening += change;
                continue;
            }
            let came = (*change > 0) != *undone;
            match (other, came) {
                (At::Warehouse, true) => line.sent += change,
                (At::Supplier, true) => line.direct_in += change,
                (At::Warehouse | At::Supplier, false) => line.returned -= change,
                (At::Production, _) => line.consumed -= change,
                (At::Scrap, _) => line.loss -= change,
                _ => line.counted_off += change,
            }
        }
        for (of, qty) in self.books.waits_since(month.1) {
            lines.entry(of).or_default().suspense += qty;
        }
        let waits = lines.values().any(|line| line.suspense > 0);
        lines.retain(|_, line| *line != StatementLine::default());
        let mut shown: BTreeMap<usize, StatementLine> =
            found.into_iter().map(|(of, line)| (sku_number(of), line)).collect();
        shown.retain(|_, line| *line != StatementLine::default());
        assert_eq!(shown, lines, "{month:?}");
        let mut stated = Vec::new();
        for (of, line) in shown {
            let book = (0..self.books.lots.len()).filter(|lot| self.books.lots[*lot].sku == of);
            let book: i64 = book
                .flat_map(|lot| Status::ALL.map(|status| (lot, At::Factory, status)))
                .map(|key| self.books.level_on(key, month.1))
                .sum();
            assert_eq!(line.closing(), book);
            stated.push(StatedLine { material: sku(of), line, counted: Some(book) });
        }
        let mut statement = FactoryStatement {
            place,
            month: month.0,
            state: StatementState::Agreed,
            lines: stated,
            note: String::new(),
        };
        let (day, of) = (self.today, domain::ids::StatementId(self.new_id()));
        let names = BTreeMap::new();
        if waits {
            let agreed = statement.clone();
            let agreed = self.ids(|ids| domain::statement::state(of, agreed, &names, day, ids));
            assert!(matches!(agreed, Err(domain::Refusal::StatementSuspense { .. })), "{agreed:?}");
            statement.state = StatementState::Sent;
        }
        let entry = self.ids(|ids| domain::statement::state(of, statement, &names, day, ids));
        self.offer(writer, entry, Some(Plan::new("stated", day)))
    }
}

pub(crate) fn live_entries(writer: &Writer, of: OrderId) -> Result<Vec<domain::Entry>, Error> {
    let document = domain::DocRef { kind: domain::DocKind::Order, id: of.0 };
    let rows = writer.journal(Some(document), 0, i64::MAX)?.rows.into_iter().rev();
    let live =
        rows.filter(|row| row.reversed_by.is_none() && row.recorded.entry.reverses.is_none());
    Ok(live.map(|row| row.recorded.entry).collect())
}

/// Adds a line's effect to the plan; `false` when it cannot be decided.
fn judged(
    plan: &mut Plan,
    (order, line, lot): (usize, usize, usize),
    (at, from, qty): (At, Status, i64),
    (decision, settle_by): (Decision, Option<SettleBy>),
) -> bool {
    let fails = if from == Status::Quarantine { qty } else { 0 };
    let mut counts = Counts { failed: fails, ..Counts::default() };
    let to = match (decision, settle_by) {
        (Decision::Accept | Decision::Concession, _) => {
            counts = Counts { passed: qty, ..Counts::default() };
            (at, GOOD)
        }
        (Decision::Reject, _) => (at, Status::Defective),
        (Decision::Scrap, _) => (At::Scrap, GOOD),
        (Decision::Return, Some(SettleBy::Rework)) => (At::Factory, Status::Quarantine),
        (Decision::Return, Some(SettleBy::Replace)) => {
            counts.returned = qty;
            plan.changes.push(Change::Back { lot, qty });
            (At::Supplier, GOOD)
        }
        (Decision::Return, _) => {
            counts.credited = qty;
            plan.changes.push(Change::Credit { lot, qty });
            (At::Supplier, GOOD)
        }
    };
    plan.moved(lot, qty, (at, from), to);
    plan.changes.push(Change::Count { order, line, counts });
    to != (at, from)
}

/// The dates of a new lot: 36 months for goods, as given for materials.
fn full(one: &Delivered, of: usize) -> Dates {
    match one.dates.mfg_on {
        Some(made) if GOODS.contains(&of) => {
            let expires_on = (made + Months::new(36)).pred_opt();
            Dates { mfg_on: Some(made), expires_on }
        }
        _ => one.dates,
    }
}

/// What the factory's book holds of our materials on a day.
pub(crate) fn factory_stock(writer: &Writer, day: NaiveDate) -> Result<FactoryStock, Error> {
    let mut stock = FactoryStock::default();
    for material in MATERIALS.map(sku) {
        let mut lots: Vec<Available> = writer.takeable(material, At::Factory.place(), day)?;
        fefo(&mut lots);
        stock.lots.insert(material, lots);
        let unknown = writer.known_lots(&[material])?.into_iter().find(|lot| lot.lot_no == "?");
        stock.unknown.extend(unknown.map(|lot| (material, lot.id)));
    }
    Ok(stock)
}
