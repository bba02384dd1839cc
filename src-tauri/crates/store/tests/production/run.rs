//! One run: commands offered to both sides, and the comparison of what they leave.

use std::{
    cell::RefCell,
    collections::{BTreeMap, HashMap},
};

use chrono::NaiveDate;
use domain::{
    Entry, LotId, Refusal, Status,
    order::ProductionOrder,
    shelf_life::Dates,
    stock::{net_changes, shortages},
    valuation::{LotValue, value},
};
use store::{Error, Workspace, Writer};
use uuid::Uuid;

use crate::{
    books::{At, Books, Change, Counts, Doc, Posted, Why, Worth},
    keeping::concerns_factory,
    support::{Dice, day, sku, sku_number, stamp, workspace},
};

/// What the model says that a command does.
pub(crate) struct Plan {
    pub(crate) what: &'static str,
    pub(crate) day: NaiveDate,
    pub(crate) changes: Vec<Change>,
    pub(crate) docs: Vec<Doc>,
    /// Lots that it brings, known or new.
    pub(crate) brings: Vec<(usize, Dates)>,
    pub(crate) may_undo: bool,
}

impl Plan {
    pub(crate) fn new(what: &'static str, day: NaiveDate) -> Self {
        let (changes, docs, brings) = (Vec::new(), Vec::new(), Vec::new());
        Self { what, day, changes, docs, brings, may_undo: true }
    }

    pub(crate) fn moved(&mut self, lot: usize, qty: i64, from: (At, Status), to: (At, Status)) {
        self.changes.push(Change::Move { lot, qty, from, to });
    }

    pub(crate) fn pass(&mut self, from: usize, to: usize, why: Why, qty: i64) {
        self.changes.push(Change::Pass { from, to, why, qty });
    }
}

#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) posted: BTreeMap<&'static str, usize>,
    pub(crate) refused: usize,
    pub(crate) undone: usize,
    pub(crate) blocked: usize,
    pub(crate) corrected: usize,
}

impl Tally {
    fn add(&mut self, other: Self) {
        for (what, n) in other.posted {
            *self.posted.entry(what).or_insert(0) += n;
        }
        self.refused += other.refused;
        self.undone += other.undone;
        self.blocked += other.blocked;
        self.corrected += other.corrected;
    }
}

pub(crate) struct Run {
    pub(crate) books: Books,
    pub(crate) dice: Dice,
    pub(crate) today: NaiveDate,
    pub(crate) tally: Tally,
    /// How many lots there were before the command at hand.
    pub(crate) lots_before: usize,
    next_id: u128,
    keys: RefCell<HashMap<LotId, i64>>,
    pub(crate) serial: i64,
    /// Units of each material that orders had left beyond what lay at the factory, without and with
    /// what was used beyond its book.
    shorts: [(i64, i64); 3],
}

/// Says which run failed at which command, so that it is run again alone.
struct Place {
    seed: u64,
    command: usize,
}

impl Drop for Place {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let Self { seed, command } = self;
            eprintln!(
                "seed {seed}, command {command}: again with PINCANG_MODEL_SEED={seed} \
                 PINCANG_MODEL_COMMANDS={}",
                *command + 1
            );
        }
    }
}

/// `commands` random commands in a workspace of their own, looked at after each, and proved every
/// 1,000 and at the end.
pub(crate) fn run(seed: u64, commands: usize) -> Tally {
    let (_folder, workspace) = workspace();
    let mut place = Place { seed, command: 0 };
    let mut run = Run {
        books: Books::default(),
        dice: Dice::new(seed),
        today: day("2026-03-01"),
        tally: Tally::default(),
        lots_before: 0,
        next_id: 0x1_0000,
        keys: RefCell::default(),
        serial: 0,
        shorts: [(0, 0); 3],
    };
    while place.command < commands {
        let until = commands.min((place.command / 250 + 1) * 250);
        let done = workspace.write::<_, Error>(stamp(), |writer| {
            while place.command < until {
                run.command(writer)?;
                place.command += 1;
            }
            Ok(())
        });
        done.expect("written");
        if until.is_multiple_of(1_000) || until == commands {
            run.compare_all(&workspace);
            let report = workspace.verify(|_, _| true).expect("verified");
            assert_eq!(report.findings, []);
        }
    }
    run.tally
}

/// Several runs, on as many threads as there are cores, one after another on each.
pub(crate) fn runs(seeds: std::ops::Range<u64>, commands: usize) -> Tally {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get);
    let next = std::sync::atomic::AtomicU64::new(seeds.start);
    let all = std::sync::Mutex::new(Tally::default());
    std::thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                    if seed >= seeds.end {
                        return;
                    }
                    let tally = run(seed, commands);
                    all.lock().expect("no run failed").add(tally);
                }
            });
        }
    });
    all.into_inner().expect("no run failed")
}

impl Run {
    pub(crate) fn new_id(&mut self) -> Uuid {
        self.next_id += 1;
        Uuid::from_u128(self.next_id)
    }

    /// Runs a decision with new ids.
    pub(crate) fn ids<T>(&mut self, decide: impl FnOnce(domain::NewId) -> T) -> T {
        let mut next = self.next_id;
        let decided = decide(&mut || {
            next += 1;
            Uuid::from_u128(next)
        });
        self.next_id = next;
        decided
    }

    pub(crate) fn lot_id(&self, lot: usize) -> LotId {
        self.books.lots[lot].id
    }

    pub(crate) fn lot_number(&self, lot: LotId) -> usize {
        let found = self.books.lots.iter().rposition(|one| one.id == lot);
        found.expect("a lot of the model")
    }

    /// Posts what the program decided when both sides say that it can be, and compares all that it
    /// touched. Says whether it was posted.
    pub(crate) fn offer(
        &mut self,
        writer: &mut Writer,
        entry: Result<Entry, Refusal>,
        plan: Option<Plan>,
    ) -> Result<bool, Error> {
        let posted = match (entry, plan) {
            (Err(_), None) => false,
            (Ok(entry), Some(plan)) => self.post(writer, &entry, plan)?,
            (Ok(entry), None) => panic!("only the model refuses {:?}", entry.body.fact),
            (Err(refusal), Some(plan)) => {
                panic!("{}: only the program refuses: {refusal}", plan.what)
            }
        };
        if !posted {
            self.tally.refused += 1;
            self.books.lots.truncate(self.lots_before);
        }
        self.lots_before = self.books.lots.len();
        Ok(posted)
    }

    fn post(&mut self, writer: &mut Writer, entry: &Entry, plan: Plan) -> Result<bool, Error> {
        assert_eq!(entry.effective_on, plan.day, "{}", plan.what);
        let fits = self.books.fits(&plan.changes, plan.day);
        assert_eq!(Self::fits(writer, entry)?, fits, "{}: {:?}", plan.what, plan.changes);
        if !fits {
            return Ok(false);
        }
        writer.post(entry)?;
        for lot in &entry.body.lots {
            let (number, no) = (sku_number(lot.sku), &lot.lot_no);
            let news =
                plan.brings.iter().map(|(lot, _)| *lot).find(|one| {
                    self.books.lots[*one].sku == number && self.books.lots[*one].no == *no
                });
            let known = news.unwrap_or_else(|| panic!("{}: brings {no} of {number}", plan.what));
            if known >= self.lots_before {
                self.books.lots[known].id = lot.id;
            }
            assert_eq!(self.books.lots[known].id, lot.id, "{}: {no}", plan.what);
        }
        assert_eq!(entry.body.lots.len(), plan.brings.len(), "{}", plan.what);
        let Plan { what, day, changes, docs, brings, may_undo } = plan;
        for (lot, dates) in brings {
            self.books.bring(lot, dates);
        }
        let id = entry.id;
        self.books.post(Posted {
            id,
            what,
            day,
            changes: changes.clone(),
            docs,
            live: true,
            may_undo,
        });
        *self.tally.posted.entry(what).or_insert(0) += 1;
        self.compare(writer, &changes)?;
        self.check_shorts(&changes, matches!(what, "received" | "counted"));
        Ok(true)
    }

    /// What lies at the factory is not spoken for twice: orders have no more left there than lies
    /// there. Only what happened may say otherwise: goods that took what was another's, and counts;
    /// and an undoing that restores what was so before.
    fn check_shorts(&mut self, changes: &[Change], happened: bool) {
        if !changes.iter().any(concerns_factory) {
            return;
        }
        let shorts = self.shorts();
        // What is sent for an order may be charged to what another one used beyond the book.
        let more = |(now, before): (&(i64, i64), (i64, i64))| now.0 > before.0 && now.1 > before.1;
        let more = shorts.iter().zip(self.shorts).any(more);
        assert!(happened || !more, "{:?} were short, {shorts:?} are: {changes:?}", self.shorts);
        self.shorts = shorts;
    }

    /// Whether the program finds the entry's goods where it takes them.
    fn fits(writer: &Writer, entry: &Entry) -> Result<bool, Error> {
        let real = |place| At::of(place).is_real();
        let changes = net_changes(&entry.body.moves);
        let slots = changes.iter().filter(|(slot, change)| **change < 0 && real(slot.place));
        let levels = writer.levels(slots.map(|(slot, _)| *slot), entry.effective_on)?;
        Ok(shortages(&changes, &levels, real).is_empty())
    }

    /// Undoes an entry unless something stands on it or goods are gone, as both sides must say.
    pub(crate) fn undo(&mut self, writer: &mut Writer, at: usize) -> Result<bool, Error> {
        let Posted { id, day, changes, what, .. } = self.books.posted[at].clone();
        let row = writer.entry(id)?.expect("posted");
        assert_eq!(row.reversed_by, None);
        let later = writer.later_on_documents(&row)?;
        let blocked = self.books.stands_on(at);
        assert_eq!(!later.is_empty(), blocked, "what stands on {what}: {later:?}");
        if blocked {
            self.tally.blocked += 1;
            return Ok(false);
        }
        let mirror = self.ids(|ids| domain::reversal::reverse(&row.recorded.entry, None, ids));
        let back: Vec<Change> = changes.iter().map(|change| mirrored(*change)).collect();
        let fits = self.books.fits(&back, day);
        assert_eq!(Self::fits(writer, &mirror)?, fits, "undoing {what}");
        if !fits || !self.may_undo(writer, &row, at)? {
            self.tally.refused += 1;
            return Ok(false);
        }
        let restores = self.only_restores(at);
        writer.post(&mirror)?;
        self.books.undo(at, mirror.id);
        self.tally.undone += 1;
        self.compare(writer, &changes)?;
        self.check_shorts(&changes, restores);
        Ok(true)
    }

    /// All that the changes touched, in the tables and in the model.
    fn compare(&self, writer: &Writer, changes: &[Change]) -> Result<(), Error> {
        let mut lots = Vec::new();
        let mut orders = Vec::new();
        for change in changes {
            match *change {
                Change::Move { lot, .. }
                | Change::Cost { lot, .. }
                | Change::Back { lot, .. }
                | Change::Credit { lot, .. }
                | Change::LetGo { lot, .. }
                | Change::Claim { lot, .. } => lots.push(lot),
                Change::Pass { from, to, .. } => lots.extend([from, to]),
                Change::Count { order, .. }
                | Change::Supply { order, .. }
                | Change::Settled { order }
                | Change::Claimed { order, .. }
                | Change::ClaimDecided { order, .. }
                | Change::Closed { order } => orders.push(order),
            }
        }
        lots.sort_unstable();
        lots.dedup();
        let ids: Vec<LotId> = lots.iter().map(|lot| self.lot_id(*lot)).collect();
        let values = writer.values_of(&ids)?;
        let mut worths = HashMap::new();
        for lot in lots {
            self.compare_levels(writer, lot)?;
            let found = &values[&self.lot_id(lot)];
            let worth = self.books.worth(lot, &mut worths);
            let mut passed = Vec::new();
            for (to, minor) in &worth.passed {
                passed.push((self.key(writer, *to)?, *minor));
            }
            check_worth(found, &worth, &passed, &self.books.lots[lot].no);
        }
        orders.sort_unstable();
        orders.dedup();
        for order in orders {
            let found = writer.order(self.books.orders[order].id)?.expect("issued");
            self.compare_order(order, &found);
        }
        Ok(())
    }

    /// A lot's key in the tables, which never changes.
    fn key(&self, writer: &Writer, lot: usize) -> Result<i64, Error> {
        let id = self.lot_id(lot);
        if let Some(key) = self.keys.borrow().get(&id) {
            return Ok(*key);
        }
        let key = writer.lot(id)?.expect("brought").key;
        self.keys.borrow_mut().insert(id, key);
        Ok(key)
    }

    fn compare_levels(&self, writer: &Writer, lot: usize) -> Result<(), Error> {
        let rows = writer.lot_balances(self.lot_id(lot))?;
        // D-1: what one place has got the others have given.
        assert_eq!(rows.iter().map(|row| row.qty).sum::<i64>(), 0, "lot {lot}");
        let found: BTreeMap<(At, Status), i64> =
            rows.iter().map(|row| ((At::of(row.place), row.status), row.qty)).collect();
        assert_eq!(found, self.books.levels_of(lot), "lot {lot} {:?}", self.books.lots[lot]);
        // D-2: nothing real is below zero.
        assert!(found.iter().all(|((at, _), qty)| !at.is_real() || *qty >= 0), "{found:?}");
        Ok(())
    }

    fn compare_order(&self, order: usize, found: &ProductionOrder) {
        let kept = &self.books.orders[order];
        let counts: Vec<Counts> = found
            .tallies
            .iter()
            .map(|tally| Counts {
                came: tally.came,
                replaced: tally.replaced,
                returned: tally.returned,
                credited: tally.credited,
                spoilt: tally.spoilt,
                passed: tally.passed,
                failed: tally.failed,
            })
            .collect();
        assert_eq!(counts, kept.counts);
        // D-11: what is kept is what came less what went back, and a replacement follows a return.
        for tally in &found.tallies {
            assert!(tally.kept() >= 0 && tally.replaced <= tally.returned, "{tally:?}");
        }
        let supplies = found.supplies.iter();
        let mut supplies: BTreeMap<usize, (i64, i64)> =
            supplies.map(|one| (sku_number(one.material), (one.issued, one.returned))).collect();
        supplies.retain(|_, both| *both != (0, 0));
        let mut own = kept.supplies.clone();
        own.retain(|_, both| *both != (0, 0));
        assert_eq!(supplies, own);
        assert_eq!(
            (found.losses_settled, found.ended_on.is_some()),
            (self.books.is_settled(order), kept.closed > 0)
        );
    }

    /// Every level, worth and order of the file.
    fn compare_all(&mut self, workspace: &Workspace) {
        let on = self.dice.back(self.today);
        let compared = workspace.read(|reader| {
            let lots = reader.lots()?;
            let ids: BTreeMap<i64, LotId> = lots.iter().map(|lot| (lot.key, lot.id)).collect();
            let numbers: HashMap<LotId, usize> =
                self.books.lots.iter().enumerate().map(|(n, lot)| (lot.id, n)).collect();
            let places: BTreeMap<i64, At> = reader
                .places()?
                .into_iter()
                .filter(|place| place.key != 0)
                .filter_map(|place| {
                    let used = domain::place::Builtin::Used.id();
                    (place.id != used).then(|| (place.key, At::of(place.id)))
                })
                .collect();
            for (rows, until) in [(reader.stock_now()?, None), (reader.stock_as_of(on)?, Some(on))]
            {
                let found: BTreeMap<(usize, At, Status), i64> = rows
                    .into_iter()
                    .map(|row| {
                        let status = Status::from_code(row.status).expect("one of four");
                        ((numbers[&ids[&row.lot]], places[&row.place], status), row.qty)
                    })
                    .collect();
                assert_eq!(found, self.books.levels(until), "{until:?}");
            }
            let values = value(&reader.flows(None)?, &reader.passings(None)?);
            let mut worths = HashMap::new();
            let mut own = 0;
            let keys: HashMap<LotId, i64> = ids.iter().map(|(key, id)| (*id, *key)).collect();
            for (key, found) in &values {
                let lot = numbers[&ids[key]];
                let worth = self.books.worth(lot, &mut worths);
                let passed = worth.passed.iter();
                let passed: Vec<_> =
                    passed.map(|(to, minor)| (keys[&self.lot_id(*to)], *minor)).collect();
                check_worth(found, &worth, &passed, &self.books.lots[lot].no);
                own += found.whole - found.taken_over;
            }
            // D-17 over all lots: passings net to zero, so nothing but value entries is worth.
            assert_eq!(own, reader.lot_values(None)?.iter().map(|(_, minor)| minor).sum::<i64>());
            for (number, order) in self.books.orders.iter().enumerate() {
                self.compare_order(number, &reader.order(order.id)?.expect("issued"));
            }
            Ok::<_, Error>(())
        });
        compared.expect("read");
    }

    pub(crate) fn sku_of(&self, lot: usize) -> domain::SkuId {
        sku(self.books.lots[lot].sku)
    }
}

fn mirrored(change: Change) -> Change {
    match change {
        Change::Move { lot, qty, from, to } => Change::Move { lot, qty, from: to, to: from },
        other => other,
    }
}

/// D-17: the parts are the whole, and each is what the model says.
fn check_worth(found: &LotValue<i64>, worth: &Worth, passed: &[(i64, i64)], no: &str) {
    assert_eq!(found.parts(), found.whole, "{no}: {found:?}");
    let mut found_passed = found.passed.clone();
    found_passed.sort_unstable();
    let mut passed = passed.to_vec();
    passed.sort_unstable();
    assert_eq!(
        (found.whole, found.taken_over, found.units, found.on_hand, found.sold, found.used),
        (worth.whole, worth.taken_over, worth.units, worth.on_hand, worth.sold, 0),
        "{no}: {found:?} {worth:?}"
    );
    assert_eq!(
        (found.lost, found.written_off, found.at_partner, found.claimed, found_passed),
        (worth.lost, worth.written_off, worth.at_partner, worth.claimed, passed),
        "{no}: {found:?} {worth:?}"
    );
}
