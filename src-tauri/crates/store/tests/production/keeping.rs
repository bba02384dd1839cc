//! Commands that keep an order's material at the factory for the next one, and draw it from there.

use std::collections::BTreeMap;

use domain::{
    EntryId, Status,
    bom::{BomLine, Made, Usage},
    kept::{KeepKind, Keeping, KeptLine, Lying, check_return, check_spoken_for, keep, left},
    losses::Settled,
    materials::MaterialLine,
    order::{ProductionOrder, Step},
};
use store::{Error, JournalRow, Writer};

use crate::{
    books::{At, Change, Doc},
    making::{factory_stock, live_entries, used},
    run::{Plan, Run},
    support::{MATERIALS, bill, sku},
};

impl Run {
    pub(crate) fn keep(&mut self, writer: &mut Writer) -> Result<bool, Error> {
        let day = self.dice.back(self.today);
        let kind = if self.dice.once_in(2) { KeepKind::Keep } else { KeepKind::Draw };
        let open = self.open_orders(false);
        let of_kind = |run: &Self, order, material| {
            let (book, own, others) = run.whose(order, material, day);
            match kind {
                KeepKind::Keep => own.min(book + run.overs(material, Some(order))),
                KeepKind::Draw => book - own - others,
            }
        };
        let able: Vec<(usize, usize)> = open
            .iter()
            .flat_map(|order| MATERIALS.map(|material| (*order, material)))
            .filter(|(order, material)| of_kind(self, *order, *material) > 0)
            .collect();
        let Some((order, material)) = self.dice.pick(&able) else { return Ok(false) };
        let most = of_kind(self, order, material);
        let mut lines = vec![(material, self.dice.upto(most + most / 8 + 1))];
        if self.dice.once_in(3) {
            let other = self.dice.below(MATERIALS.len());
            lines.push((other, self.dice.upto(of_kind(self, order, other).max(0) + 1)));
        }
        let fits = lines.iter().all(|(material, _)| {
            let wanted = lines.iter().filter(|(of, _)| of == material);
            wanted.map(|(_, qty)| qty).sum::<i64>() <= of_kind(self, order, *material)
        });
        self.put(writer, (kind, order), (lines, fits), day)
    }

    /// Draws what an order used beyond what was sent for it as far as it lies there for none, and
    /// sends the rest.
    pub(crate) fn cover(
        &mut self,
        writer: &mut Writer,
        order: usize,
        day: chrono::NaiveDate,
    ) -> Result<(), Error> {
        for material in MATERIALS {
            let over = -(self.left_of(order, material) + self.lost_of(order, material));
            let (book, own, others) = self.whose(order, material, day);
            let drawn = over.min(book - own - others).max(0);
            if drawn > 0 {
                self.put(writer, (KeepKind::Draw, order), (vec![(material, drawn)], true), day)?;
            }
            if over > drawn {
                self.send_for(writer, (order, material, over - drawn), day)?;
            }
        }
        Ok(())
    }

    fn put(
        &mut self,
        writer: &mut Writer,
        (kind, order): (KeepKind, usize),
        (lines, fits): (Vec<(usize, i64)>, bool),
        day: chrono::NaiveDate,
    ) -> Result<bool, Error> {
        let what = if kind == KeepKind::Keep { "kept" } else { "drawn" };
        let mut plan = Plan { docs: vec![Doc::Order(order)], ..Plan::new(what, day) };
        plan.changes.extend(lines.iter().map(|(material, qty)| {
            let issued = if kind == KeepKind::Keep { -qty } else { *qty };
            Change::Supply { order, material: *material, issued, returned: 0 }
        }));
        let known = self.lying(writer, Some(order), day)?;
        let found = writer.order(self.books.orders[order].id)?.expect("issued");
        let lines = lines.into_iter().map(|(of, qty)| KeptLine { material: sku(of), qty });
        let (place, note) = (At::Factory.place(), String::new());
        let keeping = Keeping { kind, place, lines: lines.collect(), note };
        let of = self.books.orders[order].id;
        let entry =
            self.ids(|ids| keep(Step { id: of, day, new_id: ids }, &found, keeping, &known));
        self.offer(writer, entry, fits.then_some(plan))
    }

    /// Of a material at the factory: what its book holds less what was used beyond it, what the
    /// order has left, what other open ones have.
    fn whose(&self, order: usize, material: usize, day: chrono::NaiveDate) -> (i64, i64, i64) {
        let others = self.lefts(material, Some(order));
        (self.book(material, day), self.left_of(order, material), others)
    }

    /// What the factory's book holds of a material less what was used beyond it.
    fn book(&self, material: usize, day: chrono::NaiveDate) -> i64 {
        let good = self.books.good(material, At::Factory, day);
        let beyond = self.books.open_at(At::FactoryOpen).into_iter();
        let beyond = beyond.filter(|(lot, _)| self.books.lots[*lot].sku == material);
        good.iter().map(|(_, qty)| qty).sum::<i64>() - beyond.map(|(_, qty)| qty).sum::<i64>()
    }

    /// What open orders have left of a material, but one.
    fn lefts(&self, material: usize, but: Option<usize>) -> i64 {
        let orders = self.open_orders(false).into_iter().filter(|order| Some(*order) != but);
        orders.map(|order| self.left_of(order, material).max(0)).sum()
    }

    /// What goods of open orders hold of a material beyond what was sent for them, but of one.
    fn overs(&self, material: usize, but: Option<usize>) -> i64 {
        let orders = self.open_orders(false).into_iter().filter(|order| Some(*order) != but);
        orders.map(|order| (-self.left_of(order, material)).max(0)).sum()
    }

    /// Units of each material that open orders have left beyond what lies there, and with them what
    /// was used beyond the book.
    pub(crate) fn shorts(&self) -> [(i64, i64); 3] {
        [0, 1, 2].map(|material| {
            let book = self.book(material, chrono::NaiveDate::MAX);
            let left = self.lefts(material, None);
            ((left - book.max(0)).max(0), (left - book).max(0))
        })
    }

    /// Whether material comes back: for an order what it has left, for none what is nobody's.
    pub(crate) fn may_return(
        &mut self,
        writer: &Writer,
        order: Option<usize>,
        (lines, back): (&[MaterialLine], &BTreeMap<usize, i64>),
        day: chrono::NaiveDate,
    ) -> Result<bool, Error> {
        let fits = MATERIALS.filter(|material| back.contains_key(material)).all(|material| {
            let most = match order {
                Some(order) => self.left_of(order, material),
                None => self.book(material, day) - self.lefts(material, None),
            };
            back[&material] <= most.max(0)
        });
        let known = self.lying(writer, order, day)?;
        let found = order.map(|order| writer.order(self.books.orders[order].id)).transpose()?;
        let checked = check_return(found.flatten().as_ref(), lines, &known);
        assert_eq!(checked.is_ok(), fits, "what comes back: {checked:?}");
        Ok(fits)
    }

    /// Whether an entry can be undone for what orders have left at the factory: not when they would
    /// have more than lies there, unless it only restores what they had. The model says the same of
    /// slips and counts, and of the rest looks afterwards what it left.
    pub(crate) fn may_undo(
        &self,
        writer: &Writer,
        row: &JournalRow,
        at: usize,
    ) -> Result<bool, Error> {
        let undone = &self.books.posted[at];
        if !undone.changes.iter().any(concerns_factory) {
            return Ok(true);
        }
        let mut back: BTreeMap<(usize, usize), i64> = BTreeMap::new();
        for change in &undone.changes {
            if let Change::Supply { order, material, issued, returned } = *change {
                *back.entry((order, material)).or_default() += issued - returned;
            }
        }
        let changes = self.at_factory_undone(at);
        let mut fits = true;
        let (mut before, mut after) = (Vec::new(), Vec::new());
        let known = self.lying(writer, None, self.today)?;
        let without = self.lying_without(writer, row, at)?;
        for material in MATERIALS {
            let book = self.book(material, self.today);
            let lefts = |undone: bool| {
                let left = |order| {
                    let back = if undone { back.get(&(order, material)) } else { None };
                    (self.left_of(order, material) - back.copied().unwrap_or(0)).max(0)
                };
                self.open_orders(false).into_iter().map(left).sum::<i64>()
            };
            let short = |left: i64, book: i64| [left - book.max(0), left - book];
            let now = short(lefts(false), book);
            let then = short(lefts(true), book + changes[material]);
            fits &= now.iter().zip(then).any(|(now, then)| then.max(0) <= (*now).max(0));
            before.push(known[material].clone());
            let book = known[material].book + changes[material];
            after.push(Lying { book, ..without[material].clone() });
        }
        let checked = check_spoken_for(&before, &after);
        if matches!(undone.what, "sent" | "kept" | "drawn" | "counted") {
            assert_eq!(checked.is_ok(), fits, "undoing {}: {checked:?}", undone.what);
        }
        Ok(checked.is_ok() || self.only_restores(at))
    }

    /// Whether undoing an entry takes nothing off the factory's book, and nobody drew material or
    /// took it back for no order since.
    pub(crate) fn only_restores(&self, at: usize) -> bool {
        let later = self.books.posted[at + 1..].iter().filter(|one| one.live);
        let comes =
            |change: &Change| matches!(change, Change::Move { to, .. } if to.0 == At::Factory);
        let mut takes = later.filter(|one| match one.what {
            "drawn" => true,
            "sent" => one.docs.is_empty() && !one.changes.iter().any(comes),
            _ => false,
        });
        self.at_factory_undone(at).iter().all(|change| *change >= 0) && takes.next().is_none()
    }

    /// What undoing an entry changes of each material's good units at the factory, less what was
    /// used beyond them.
    fn at_factory_undone(&self, at: usize) -> [i64; 3] {
        let mut changes = [0; 3];
        for change in &self.books.posted[at].changes {
            let Change::Move { lot, qty, from, to } = *change else { continue };
            let at_factory = |(at, status): (At, Status)| {
                at == At::FactoryOpen || at == At::Factory && status == Status::Good
            };
            if let Some(change) = changes.get_mut(self.books.lots[lot].sku) {
                *change += if at_factory(from) { qty } else { 0 };
                *change -= if at_factory(to) { qty } else { 0 };
            }
        }
        changes
    }

    fn left_of(&self, order: usize, material: usize) -> i64 {
        let kept = &self.books.orders[order];
        let (issued, returned) = kept.supplies.get(&material).copied().unwrap_or((0, 0));
        let used = kept.counts.iter().map(|counts| {
            let (goods, beside) = used(kept, material, *counts);
            goods + beside
        });
        issued - returned - used.sum::<i64>() - self.lost_of(order, material)
    }

    /// Units that settlements took off the factory's book.
    fn lost_of(&self, order: usize, material: usize) -> i64 {
        let (gone, _) = self.books.losses(order);
        let gone = gone.into_iter().filter(|(lot, _)| self.books.lots[*lot].sku == material);
        gone.map(|(_, qty)| qty).sum()
    }

    /// The same out of the program's tables.
    fn lying(
        &self,
        writer: &Writer,
        order: Option<usize>,
        day: chrono::NaiveDate,
    ) -> Result<Vec<Lying>, Error> {
        self.lying_but(writer, (order, day), (None, &[]))
    }

    /// What the program says that an order can keep: of a settled one the model says nothing.
    pub(crate) fn keepable(
        &self,
        writer: &Writer,
        order: usize,
    ) -> Result<Option<(String, i64)>, Error> {
        let lying = self.lying(writer, Some(order), self.today)?.into_iter();
        let mut left = lying.filter(|one| one.keepable() > 0);
        Ok(left.next().map(|one| (one.code.clone(), one.keepable())))
    }

    /// The same as nobody sees it, as it was without an entry.
    fn lying_without(
        &self,
        writer: &Writer,
        row: &JournalRow,
        at: usize,
    ) -> Result<Vec<Lying>, Error> {
        let docs = self.books.posted[at].docs.iter();
        let of =
            docs.filter_map(|doc| if let Doc::Order(order) = doc { Some(*order) } else { None });
        let of: Vec<usize> = of.filter(|order| !self.books.orders[*order].purchase).collect();
        self.lying_but(writer, (None, self.today), (Some(row.recorded.entry.id), &of))
    }

    fn lying_but(
        &self,
        writer: &Writer,
        (order, day): (Option<usize>, chrono::NaiveDate),
        (but, of): (Option<EntryId>, &[usize]),
    ) -> Result<Vec<Lying>, Error> {
        let stock = factory_stock(writer, day)?;
        let uses = writer.open_uses(At::Factory.place())?;
        let mut lefts: BTreeMap<usize, Vec<i64>> = BTreeMap::new();
        let open = self.open_orders(false).into_iter();
        for known in open.chain(order).chain(of.iter().copied()) {
            lefts.insert(known, self.told_left(writer, known, but)?);
        }
        let mut lying = Vec::new();
        for n in MATERIALS {
            let others = || lefts.iter().filter(|(known, _)| Some(**known) != order);
            let others_over = others().map(|(_, left)| (-left[n]).max(0)).sum();
            let others = others().map(|(_, left)| left[n].max(0)).sum();
            let there: i64 = stock.lots[&sku(n)].iter().map(|lot| lot.qty).sum();
            let beyond = uses.iter().filter(|one| one.material == sku(n));
            let beyond: i64 = beyond.map(|one| one.qty).sum();
            let (material, code) = (sku(n), format!("S{n}"));
            let left = order.map_or(0, |order| lefts[&order][n]);
            let book = there - beyond;
            lying.push(Lying { material, code, book, left, others, others_over });
        }
        Ok(lying)
    }

    /// What an order has left of each material by the program's tables, without an entry.
    fn told_left(
        &self,
        writer: &Writer,
        order: usize,
        but: Option<EntryId>,
    ) -> Result<Vec<i64>, Error> {
        let of = self.books.orders[order].id;
        let mut found = writer.order(of)?.expect("issued");
        let mut entries = live_entries(writer, of)?;
        if entries.iter().any(|one| Some(one.id) == but) {
            entries.retain(|one| Some(one.id) != but);
            let folded = entries.iter().fold(None, |order, one| {
                ProductionOrder::fold(order, &one.body.fact, one.effective_on)
            });
            found = folded.expect("issued");
        }
        let lost: Vec<(usize, i64)> = Settled::of(&entries)
            .taken()
            .map(|(lot, qty)| (self.books.lots[self.lot_number(lot)].sku, qty))
            .collect();
        let left = MATERIALS.zip(bill()).map(|(n, line)| {
            let lost = lost.iter().filter(|(of, _)| *of == n).map(|(_, qty)| qty).sum();
            left(found.content.loss_base, &usage(&found, line), lost)
        });
        Ok(left.collect())
    }
}

/// Whether a change can change what orders have left at the factory, or what lies there.
pub(crate) fn concerns_factory(change: &Change) -> bool {
    match change {
        Change::Move { from, to, .. } => {
            [from.0, to.0].iter().any(|at| matches!(at, At::Factory | At::FactoryOpen))
        }
        Change::Count { .. } | Change::Supply { .. } | Change::Closed { .. } => true,
        _ => false,
    }
}

pub(crate) fn usage(order: &ProductionOrder, bill: BomLine) -> Usage {
    let sent = order.supplies.iter().find(|one| one.material == bill.material);
    let lines = order.content.lines.iter().zip(&order.tallies);
    let made = lines.map(|(line, tally)| Made {
        bill,
        ordered: line.qty,
        good: tally.charged(),
        spoilt: tally.spoilt + tally.replaced,
    });
    Usage {
        issued: sent.map_or(0, |one| one.issued),
        returned: sent.map_or(0, |one| one.returned),
        made: made.collect(),
    }
}
