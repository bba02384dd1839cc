//! Monthly statements of our materials at factories, and what they counted.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::{
    DocKind, DocRef, PlaceId, SkuId,
    ids::StatementId,
    statement::{self, Counted, FactoryStatement, StatedLine, StatementState, month_of},
    stock::fefo,
};
use serde::{Deserialize, Serialize};
use store::{Reader, Record};
use ts_rs::TS;
use uuid::Uuid;

use super::words::StatementStateWord;
use crate::{
    Error,
    commands::Call,
    known::Names,
    posting::post,
    wire::{Bilingual, Day, Id, Nothing, Posted, Units},
};

/// A factory's place and a day in the month that is asked for.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StatementOf {
    /// The factory's place.
    pub place: Id,
    /// Any day of the month.
    pub month: Day,
}

/// One material of a statement.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StatementRow {
    /// Which material.
    pub material: Id,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Bilingual,
    /// On the first day.
    pub opening: Units,
    /// Sent by us.
    pub sent: Units,
    /// Delivered by its supplier.
    pub direct_in: Units,
    /// Went into goods.
    pub consumed: Units,
    /// Came back to us.
    pub returned: Units,
    /// Spoilt, allowed and claimed.
    pub loss: Units,
    /// Found by counts less missed.
    pub counted_off: Units,
    /// What the book holds at the end.
    pub closing: Units,
    /// Used beyond the book until the month's end, and still waiting for material.
    pub suspense: Units,
    /// What the factory counted.
    pub counted: Option<Units>,
    /// Counted less book.
    pub difference: Option<Units>,
}

/// A statement, stated or as it would be.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StatementCard {
    /// Its identity, when it was stated.
    pub id: Option<Id>,
    /// The factory's place.
    pub place: Id,
    /// Its code.
    pub place_code: String,
    /// The factory.
    pub factory: String,
    /// The first day of the month.
    pub month: Day,
    /// Where it stands; none when it was not stated.
    pub state: Option<StatementStateWord>,
    /// Whether the book has changed since it was stated.
    pub changed: bool,
    /// By material.
    pub lines: Vec<StatementRow>,
    /// What the factory says.
    pub note: String,
}

/// A count of one material.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CountedLine {
    /// Which material.
    pub material: Id,
    /// Units counted.
    pub counted: Units,
}

/// A statement to record.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SaveStatement {
    /// The factory's place.
    pub place: Id,
    /// Any day of the month.
    pub month: Day,
    /// Where it stands.
    pub state: StatementStateWord,
    /// What the factory counted.
    #[serde(default)]
    pub counted: Vec<CountedLine>,
    /// What it says.
    #[serde(default)]
    pub note: String,
}

/// A count to bring the book to.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CountFactory {
    /// The factory's place.
    pub place: Id,
    /// When it was counted; today when not given.
    #[serde(default)]
    pub counted_on: Option<Day>,
    /// What was counted.
    pub lines: Vec<CountedLine>,
    /// What both agreed on.
    pub reason: String,
}

fn stated(
    reader: &Reader,
    place: PlaceId,
    month: NaiveDate,
) -> Result<Option<Record<FactoryStatement>>, Error> {
    let records = reader.records_of::<FactoryStatement>(DocKind::Statement, place.0)?;
    Ok(records.into_iter().find(|one| one.content.month == month))
}

/// What the book says of a factory's month, with the counts that are given.
fn booked(
    reader: &Reader,
    place: PlaceId,
    month: NaiveDate,
    counted: &BTreeMap<SkuId, i64>,
) -> Result<Vec<StatedLine>, Error> {
    let span = month_of(month);
    let lines = reader.material_lines(place, span)?.into_iter();
    Ok(lines
        .map(|(material, line)| StatedLine {
            material,
            line,
            counted: counted.get(&material).copied(),
        })
        .collect())
}

fn card(
    reader: &Reader,
    names: &Names,
    (place, month): (PlaceId, NaiveDate),
) -> Result<StatementCard, Error> {
    let record = stated(reader, place, month)?;
    let kept = record.as_ref().map(|one| &one.content);
    let counted: BTreeMap<SkuId, i64> = kept
        .iter()
        .flat_map(|one| &one.lines)
        .filter_map(|line| Some((line.material, line.counted?)))
        .collect();
    let book = booked(reader, place, month, &counted)?;
    let partner = names.places.get(&place).and_then(|one| one.place.as_ref()?.partner);
    let shown = kept.map_or(&book, |one| &one.lines);
    Ok(StatementCard {
        id: record.as_ref().map(|one| Id(one.id)),
        place: Id(place.0),
        place_code: names.place(place),
        factory: partner.map(|id| names.partner(id)).unwrap_or_default(),
        month: Day(month),
        state: kept.map(|one| one.state.into()),
        changed: kept.is_some_and(|one| !statement::holds(&one.lines, &book)),
        lines: shown.iter().map(|one| row(one, names)).collect(),
        note: kept.map(|one| one.note.clone()).unwrap_or_default(),
    })
}

fn row(one: &StatedLine, names: &Names) -> StatementRow {
    let line = one.line;
    StatementRow {
        material: Id(one.material.0),
        code: names.sku_code(one.material),
        name: names.sku_name(one.material),
        opening: Units(line.opening),
        sent: Units(line.sent),
        direct_in: Units(line.direct_in),
        consumed: Units(line.consumed),
        returned: Units(line.returned),
        loss: Units(line.loss),
        counted_off: Units(line.counted_off),
        closing: Units(line.closing()),
        suspense: Units(line.suspense),
        counted: one.counted.map(Units),
        difference: one.counted.map(|counted| Units(counted - line.closing())),
    }
}

pub(crate) fn statement(call: &Call, input: StatementOf) -> Result<StatementCard, Error> {
    statement::begun(input.month.0, call.session.today)?;
    call.read(|reader| {
        let names = Names::load(&reader)?;
        let (month, _) = month_of(input.month.0);
        card(&reader, &names, (PlaceId(input.place.0), month))
    })
}

/// Statements that were recorded, the newest first.
pub(crate) fn statements(call: &Call, _: Nothing) -> Result<Vec<StatementCard>, Error> {
    call.read(|reader| {
        let names = Names::load(&reader)?;
        let records = reader.records::<FactoryStatement>(DocKind::Statement)?;
        let mut cards = Vec::new();
        for one in records {
            cards.push(card(&reader, &names, (one.content.place, one.content.month))?);
        }
        cards.sort_by(|a, b| (b.month, &a.place_code).cmp(&(a.month, &b.place_code)));
        Ok(cards)
    })
}

/// Agreed statements whose month's book has changed since: place and first day of the month.
pub(crate) fn no_longer_agreed(reader: &Reader) -> Result<Vec<(PlaceId, NaiveDate)>, Error> {
    let mut agreed: BTreeMap<PlaceId, Vec<Record<FactoryStatement>>> = BTreeMap::new();
    for record in reader.records::<FactoryStatement>(DocKind::Statement)? {
        if record.content.state == StatementState::Agreed {
            agreed.entry(record.content.place).or_default().push(record);
        }
    }
    let mut changed = Vec::new();
    for (place, records) in agreed {
        let said = records.iter().map(|one| {
            (DocRef { kind: DocKind::Statement, id: one.id }, month_of(one.content.month).1)
        });
        let moved = reader.moved_since(place, &said.collect::<Vec<_>>())?;
        for one in records.into_iter().filter(|one| moved.contains(&one.id)) {
            let month = one.content.month;
            let book = booked(reader, place, month, &BTreeMap::new())?;
            if !statement::holds(&one.content.lines, &book) {
                changed.push((place, month));
            }
        }
    }
    Ok(changed)
}

pub(crate) fn save_statement(call: &Call, input: SaveStatement) -> Result<Posted, Error> {
    let (month, _) = month_of(input.month.0);
    let place = PlaceId(input.place.0);
    call.write(None, |writer| {
        let names = Names::load(writer)?;
        if names.places.get(&place).is_none_or(|place| place.place.is_none()) {
            return Err(Error::missing("location", place.0));
        }
        let counted: BTreeMap<SkuId, i64> =
            input.counted.iter().map(|one| (one.material.0.into(), one.counted.0)).collect();
        let statement = FactoryStatement {
            place,
            month,
            state: input.state.into(),
            lines: booked(writer, place, month, &counted)?,
            note: input.note.clone(),
        };
        let known = stated(writer, place, month)?.map(|one| one.id);
        let id = StatementId(known.unwrap_or_else(Uuid::now_v7));
        let codes = names.skus.iter().map(|(id, sku)| (*id, sku.sku.code.clone())).collect();
        let mut ids = call.session.new_ids();
        let today = call.session.today;
        let entry = statement::state(id, statement, &codes, today, &mut ids)?;
        let entry = post(writer, entry)?;
        Ok(vec![entry])
    })
}

pub(crate) fn count(call: &Call, input: CountFactory) -> Result<Posted, Error> {
    let day = call.session.day(input.counted_on.map(|day| day.0))?;
    let place = PlaceId(input.place.0);
    call.write(None, |writer| {
        let mut counts = Vec::new();
        let waits = writer.open_uses(place)?;
        for one in &input.lines {
            let material = SkuId(one.material.0);
            let mut lots = writer.takeable(material, place, day)?;
            fefo(&mut lots);
            let known = writer.known_lots(&[material])?;
            let last_lot = known.iter().rev().find(|lot| !lot.lot_no.starts_with('?'));
            counts.push(Counted {
                material,
                counted: one.counted.0,
                open: waits.iter().filter(|it| it.material == material).map(|it| it.qty).sum(),
                lots,
                last_lot: last_lot.map(|lot| lot.id),
            });
        }
        let mut ids = call.session.new_ids();
        let entry = statement::count(place, &counts, input.reason.clone(), day, &mut ids)?;
        let Some(entry) = entry else { return Ok(Vec::new()) };
        let entry = post(writer, entry)?;
        let mut entries = vec![entry];
        entries.extend(super::slips::settle(writer, place, day, &mut ids)?);
        Ok(entries)
    })
}
