//! Sets put together and taken apart.

use chrono::NaiveDate;
use domain::{
    LotId, PlaceId, Refusal, SkuId, Status,
    opening::LotBook,
    sets::{self, Assembly, PartKnown, PartLot},
};
use serde::{Deserialize, Serialize};
use store::Reader;
use ts_rs::TS;

use crate::{
    Error,
    commands::Call,
    known::Names,
    posting::post,
    wire::{Bilingual, Day, DocLink, Id, Posted, Units},
};

/// Sets to put together.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AssembleSet {
    /// Where.
    pub place: Id,
    /// Which set.
    pub sku: Id,
    /// The lot's number.
    pub lot_no: String,
    /// How many sets.
    pub qty: Units,
    /// When; today when not given.
    #[serde(default)]
    pub day: Option<Day>,
}

/// Sets to take apart.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DisassembleSet {
    /// Where.
    pub place: Id,
    /// Which lot of the set.
    pub lot: Id,
    /// How many sets.
    pub qty: Units,
    /// When; today when not given.
    #[serde(default)]
    pub day: Option<Day>,
}

/// What a set is asked about.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetAt {
    /// Which set.
    pub sku: Id,
    /// Where.
    pub place: Id,
}

/// A part of a set at a place.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PartRow {
    /// Which part.
    pub sku: Id,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Bilingual,
    /// Units in one set.
    pub per_set: Units,
    /// Good units there.
    pub available: Units,
}

/// How many sets a place can make.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetParts {
    /// By part.
    pub parts: Vec<PartRow>,
    /// Sets that the parts are enough for.
    pub possible: Units,
}

fn parts(
    reader: &Reader,
    names: &Names,
    (sku, place): (SkuId, PlaceId),
    day: NaiveDate,
) -> Result<Vec<PartKnown>, Error> {
    let set = names.skus.get(&sku).ok_or_else(|| Error::missing("sku", sku.0))?;
    let mut parts = Vec::new();
    for part in &set.sku.parts {
        let mut lots = Vec::new();
        for free in reader.takeable(part.sku, place, day)? {
            let record = reader.lot(free.lot)?;
            let set_aside = reader.reserved(free.lot, place, None)?;
            let qty = (free.qty - set_aside).max(0);
            let free = domain::stock::Available { qty, ..free };
            let first_received_on = record.map_or(day, |lot| lot.first_received_on);
            lots.push(PartLot { free, first_received_on });
        }
        parts.push(PartKnown { part: *part, code: names.sku_code(part.sku), lots });
    }
    Ok(parts)
}

pub(crate) fn set_parts(call: &Call, input: SetAt) -> Result<SetParts, Error> {
    call.read(|reader| {
        let names = Names::load(&reader)?;
        let at = (SkuId(input.sku.0), PlaceId(input.place.0));
        let known = parts(&reader, &names, at, call.session.today)?;
        let there = |one: &PartKnown| one.lots.iter().map(|lot| lot.free.qty).sum::<i64>();
        let possible = known.iter().map(|one| there(one) / one.part.qty.max(1)).min();
        let rows = known.iter().map(|one| PartRow {
            sku: Id(one.part.sku.0),
            code: one.code.clone(),
            name: names.sku_name(one.part.sku),
            per_set: Units(one.part.qty),
            available: Units(there(one)),
        });
        Ok(SetParts { parts: rows.collect(), possible: Units(possible.unwrap_or(0)) })
    })
}

pub(crate) fn assemble(call: &Call, input: AssembleSet) -> Result<Posted, Error> {
    let day = call.session.day(input.day.map(|day| day.0))?;
    let (sku, place) = (SkuId(input.sku.0), PlaceId(input.place.0));
    let made = std::cell::Cell::new(None);
    let mut posted = call.write(None, |writer| {
        let names = Names::load(writer)?;
        let known = parts(writer, &names, (sku, place), day)?;
        let wanted = Assembly {
            place,
            sku,
            code: names.sku_code(sku),
            lot_no: input.lot_no.clone(),
            qty: input.qty.0,
        };
        let mut book = LotBook::new(writer.lots_numbered(&[(sku, input.lot_no.trim())])?);
        let mut ids = call.session.new_ids();
        let entry = sets::assemble(&wanted, &known, &mut book, day, &mut ids)?;
        made.set(entry.body.lots.first().map(|lot| lot.id));
        let entry = post(writer, entry)?;
        Ok(vec![entry])
    })?;
    posted.document = made.get().map(|lot| DocLink::new("lot", lot.0, input.lot_no.trim()));
    Ok(posted)
}

pub(crate) fn disassemble(call: &Call, input: DisassembleSet) -> Result<Posted, Error> {
    let day = call.session.day(input.day.map(|day| day.0))?;
    let (place, lot) = (PlaceId(input.place.0), LotId(input.lot.0));
    call.write(None, |writer| {
        let record = writer.lot(lot)?.ok_or_else(|| Error::missing("lot", lot.0))?;
        let names = Names::load(writer)?;
        let (inside, made) = writer.parts_in(lot)?;
        let there: i64 = writer
            .lot_balances(lot)?
            .iter()
            .filter(|row| row.place == place && row.status == Status::Good)
            .map(|row| row.qty)
            .sum();
        let set_aside = writer.reserved(lot, place, None)?;
        if input.qty.0 > there - set_aside {
            let refusal = Refusal::Shortage {
                place: names.place(place),
                sku: names.sku_code(record.sku),
                lot: record.lot_no,
                status: Status::Good,
                wanted: input.qty.0,
                available: there - set_aside,
            };
            return Err(refusal.into());
        }
        let mut ids = call.session.new_ids();
        let code = names.sku_code(record.sku);
        let sets = (input.qty.0, made);
        let entry = sets::disassemble((place, lot, &code), sets, &inside, day, &mut ids)?;
        let entry = post(writer, entry)?;
        Ok(vec![entry])
    })
}
