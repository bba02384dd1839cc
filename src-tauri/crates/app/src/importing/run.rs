//! One run of an import, kept or thrown away.
//!
//! Both commands take the same path: check all rows, and while no error stands post what follows
//! from them in one transaction. A dry run gives the transaction up at its end, so what it reports
//! is what applying does.

use std::collections::{BTreeMap, BTreeSet};

use documents::sheet::{At, Extracted, ImportRow, Record, Skipped};
use domain::{BatchId, Body, Entry, EntryId, Fact, MoneyPart, TransferId};
use store::Writer;
use uuid::Uuid;

use crate::{
    Error, Right,
    commands::Call,
    importing::{
        fields::{ImportKind, ImportReport, Imported, RunImport, Severity},
        goods, opening, places, prices,
        problems::{Problems, refusal as refusal_of},
        profiles::{Remembered, remember},
        sales,
        table::{Source, Table},
    },
    posting,
    wire::{Id, Message},
};

/// An import under way.
pub(super) struct Import<'a, 'w> {
    pub(super) call: &'a Call<'a>,
    pub(super) writer: &'a mut Writer<'w>,
    pub(super) table: &'a Table,
    pub(super) problems: Problems,
    pub(super) batch: BatchId,
    rows: usize,
    effects: Vec<Message>,
    /// What reports take of each transfer that has goods set aside; below zero: give back.
    cuts: BTreeMap<TransferId, i64>,
    posted: usize,
    tags: BTreeSet<&'static str>,
}

impl Import<'_, '_> {
    /// Notes an error with the cell that feeds `field`, or with the row.
    pub(super) fn error(&mut self, at: At, field: Option<&str>, text: impl FnOnce() -> Message) {
        self.problems.add(self.table, (at, field), Severity::Error, text);
    }

    /// Notes something worth a look.
    pub(super) fn warning(&mut self, at: At, field: Option<&str>, text: impl FnOnce() -> Message) {
        self.problems.add(self.table, (at, field), Severity::Warning, text);
    }

    /// Says what the import does.
    pub(super) fn effect(&mut self, effect: Message) {
        self.effects.push(effect);
    }

    /// Says how many of something there are; nothing when there are none.
    pub(super) fn count(&mut self, code: &str, count: usize) {
        if count > 0 {
            self.effect(Message::new(code, [("count", number(count).into())]));
        }
    }

    /// Tells how far the work has come, and stops it when the user wants that.
    pub(super) fn step(&self, code: &'static str, done: usize, total: usize) -> Result<(), Error> {
        self.call.session.step(code, done, total)
    }

    /// An entry of today that describes master data.
    pub(super) fn described(&self, fact: Fact, money: Option<MoneyPart>) -> Entry {
        let (id, effective_on) = (EntryId(Uuid::now_v7()), self.call.session.today);
        Entry { id, effective_on, reverses: None, batch: None, body: Body::of(fact), money }
    }

    /// Posts an entry of the batch; before the first one, that the import takes place.
    pub(super) fn post(&mut self, entry: Entry) -> Result<(), Error> {
        if self.posted == 0 {
            let source = &self.table.source;
            let fact = Fact::ImportApplied {
                file_name: source.file_name.clone(),
                file_sha256: source.sha256.clone(),
                kind: self.table.kind().word().to_owned(),
                rows: number(self.rows),
            };
            let head = self.described(fact, None);
            self.post_one(head)?;
        }
        self.post_one(entry)
    }

    fn post_one(&mut self, entry: Entry) -> Result<(), Error> {
        let entry = Entry { batch: Some(self.batch), ..entry };
        let entry = posting::post(self.writer, entry)?;
        for cut in &entry.body.cuts {
            *self.cuts.entry(cut.transfer).or_default() += cut.qty;
        }
        self.tags.extend(posting::tags(&entry));
        self.posted += 1;
        Ok(())
    }

    /// Says what the import takes of goods that transfers have set aside.
    pub(super) fn tell_cuts(&mut self) -> Result<(), Error> {
        for (id, units) in std::mem::take(&mut self.cuts) {
            let number =
                self.writer.transfer(id)?.map(|one| one.content.number).unwrap_or_default();
            let code = match units {
                0 => continue,
                1.. => "import.effect.transfer_cut",
                _ => "import.effect.transfer_given_back",
            };
            let args = [("number", number.into()), ("units", units.abs().into())];
            self.effect(Message::new(code, args));
        }
        Ok(())
    }

    fn run(&mut self, rows: Vec<ImportRow>) -> Result<(), Error> {
        let mut all = Rows::default();
        for row in rows {
            all.put(row);
        }
        // A file holds rows of one kind; the other lists are empty and their runs do nothing.
        goods::goods(self, &all.goods)?;
        goods::aliases(self, &all.aliases)?;
        places::partners(self, &all.partners)?;
        places::locations(self, &all.locations)?;
        opening::opening(self, &all.opening)?;
        sales::sales(self, &all.sales)?;
        prices::prices(self, &all.prices)
    }
}

/// A count as messages carry it.
pub(super) fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Rows by what they hold.
#[derive(Default)]
struct Rows {
    goods: Vec<(At, documents::sheet::GoodsRow)>,
    aliases: Vec<(At, documents::sheet::AliasRow)>,
    partners: Vec<(At, documents::sheet::PartnerRow)>,
    locations: Vec<(At, documents::sheet::LocationRow)>,
    opening: Vec<(At, documents::sheet::OpeningRow)>,
    sales: Vec<(At, documents::sheet::SaleRow)>,
    prices: Vec<(At, documents::sheet::PriceRow)>,
}

impl Rows {
    fn put(&mut self, ImportRow { at, record }: ImportRow) {
        match record {
            Record::Goods(row) => self.goods.push((at, *row)),
            Record::Alias(row) => self.aliases.push((at, row)),
            Record::Partner(row) => self.partners.push((at, *row)),
            Record::Location(row) => self.locations.push((at, *row)),
            Record::Opening(row) => self.opening.push((at, *row)),
            Record::Sale(row) => self.sales.push((at, row)),
            Record::Price(row) => self.prices.push((at, *row)),
        }
    }
}

/// What a run came to.
struct Outcome {
    report: ImportReport,
    /// What stands against importing, when something does.
    refusal: Option<Error>,
    posted: usize,
    tags: BTreeSet<&'static str>,
}

/// Checks the rows and posts what follows from them.
fn run(call: &Call, writer: &mut Writer, table: &Table, batch: BatchId) -> Result<Outcome, Error> {
    call.session.step("import.read", 0, 0)?;
    let mut extracted = table.extract()?;
    let rows = std::mem::take(&mut extracted.rows);
    let row_count = rows.len();
    let mut import = Import {
        call,
        writer,
        table,
        problems: Problems::of(&extracted),
        batch,
        rows: row_count,
        effects: Vec::new(),
        cuts: BTreeMap::new(),
        posted: 0,
        tags: BTreeSet::new(),
    };
    import.run(rows)?;
    let Import { problems, effects, posted, tags, .. } = import;
    let problems_total = u32::try_from(problems.total()).unwrap_or(u32::MAX);
    let stopped = problems.stop();
    let listed = problems.listed();
    let refusal = match (stopped, posted) {
        (true, _) => Some(refusal_of(&listed, problems_total)),
        (false, 0) => Some(Error::refused("import.nothing_to_do", [])),
        (false, _) => None,
    };
    let report = ImportReport {
        kind: table.kind(),
        rows: u32::try_from(row_count).unwrap_or(u32::MAX),
        skipped: skipped(&extracted),
        problems: listed,
        problems_total,
        effects,
    };
    Ok(Outcome { report, refusal, posted, tags })
}

/// What was left out of the table, by reason, with the numbers of the first rows.
fn skipped(extracted: &Extracted) -> Vec<Message> {
    let Skipped { hidden, totals, heads, notes, empty } = &extracted.skipped;
    let lists = [
        ("import.skipped.hidden", hidden),
        ("import.skipped.totals", totals),
        ("import.skipped.heads", heads),
        ("import.skipped.notes", notes),
    ];
    let mut told: Vec<Message> = lists
        .into_iter()
        .filter(|(_, rows)| !rows.is_empty())
        .map(|(code, rows)| {
            let first: Vec<String> = rows.iter().take(10).map(u32::to_string).collect();
            let first = first.join(", ") + if rows.len() > 10 { ", …" } else { "" };
            Message::new(code, [("count", number(rows.len()).into()), ("rows", first.into())])
        })
        .collect();
    let counts = [
        ("import.skipped.empty", i64::from(*empty)),
        ("import.skipped.blank_cells", number(extracted.blank_cells)),
    ];
    let counts = counts.into_iter().filter(|(_, count)| *count > 0);
    told.extend(counts.map(|(code, count)| Message::new(code, [("count", count.into())])));
    told
}

pub(crate) fn dry_run(call: &Call, input: RunImport) -> Result<ImportReport, Error> {
    let table = open(call, input, "import.dry_run")?;
    let batch = BatchId(Uuid::now_v7());
    let tried = |writer: &mut Writer| run(call, writer, &table, batch);
    Ok(call.app.workspace()?.try_out(call.session.stamp(), tried)?.report)
}

pub(crate) fn apply(call: &Call, input: RunImport) -> Result<Imported, Error> {
    let table = open(call, input, "import.apply")?;
    if table.kind() != ImportKind::Sales {
        call.session.need(Right::Import)?;
    }
    let batch = BatchId(Uuid::now_v7());
    let outcome = call.app.workspace()?.write(call.session.stamp(), |writer| {
        let outcome = run(call, writer, &table, batch)?;
        if let Some(refusal) = outcome.refusal {
            return Err(refusal);
        }
        let remembered = Remembered {
            used_at: call.session.now.timestamp_millis(),
            name: table.profile_name.clone(),
            profile: table.profile.clone(),
        };
        remember(writer, &table.layout, &remembered)?;
        Ok(outcome)
    })?;
    for tag in outcome.tags {
        call.app.mark(tag);
    }
    let entries = u32::try_from(outcome.posted).unwrap_or(u32::MAX);
    Ok(Imported { batch: Id(batch.0), report: outcome.report, entries })
}

fn open(call: &Call, input: RunImport, command: &str) -> Result<Table, Error> {
    let RunImport { path, profile } = input;
    let source = Source::read(&path)?;
    Table::open(source, profile, (call.session.role, command))
}
