//! Papers of our materials at factories: slips and monthly statements. They count units, no money.

use documents::{
    FactoryStatementForm, LossSettlement, MaterialSlip, MaterialSlipLine, StatedMaterial,
};
use std::collections::BTreeMap;

use domain::{
    DocKind, Fact, OrderId, SkuId,
    materials::SettledLoss,
    order::ProductionOrder,
    statement::{FactoryStatement, StatedLine, month_of},
};
use store::Reader;

use super::{
    as_before, company, filled, name, owner, partner_party, place_party, spec_and_unit, standing,
};
use crate::{
    Error,
    known::Names,
    papers::PrintPaper,
    production::{delivered_direct, live_entries},
    wire::Lang,
};

pub(in crate::papers) fn slip(reader: &Reader, input: &PrintPaper) -> Result<MaterialSlip, Error> {
    let names = Names::load(reader)?;
    let (entry, number) = standing(reader, "slip", input.id, |entry| match &entry.body.fact {
        Fact::MaterialMoved { slip, .. } => Ok(Some(slip.number.clone())),
        _ => Ok(None),
    })?;
    let Fact::MaterialMoved { kind, slip } = &entry.body.fact else {
        return Err(Error::missing("slip", input.id.0));
    };
    let order = slip.order.map(|id| reader.order(id)).transpose()?.flatten();
    let mut lines = Vec::new();
    for line in &slip.lines {
        let lot = reader.lot(line.lot)?.ok_or_else(|| Error::missing("lot", line.lot.0))?;
        let (spec, unit) = spec_and_unit(&names, line.material);
        lines.push(MaterialSlipLine {
            sku: names.sku_code(line.material),
            name: name(&names, input.lang, line.material),
            spec,
            lot: lot.lot_no,
            quantity: line.qty,
            unit,
        });
    }
    Ok(MaterialSlip {
        kind: *kind,
        number,
        on: entry.effective_on,
        order: order.map(|order| order.content.number),
        from: place_party(reader, &names, slip.from)?,
        to: place_party(reader, &names, slip.to)?,
        lines,
        note: filled(&slip.note),
    })
}

/// The number of a statement: it has a factory and a month, and a barcode holds ASCII alone.
fn statement_number(code: &str, statement: &FactoryStatement, id: uuid::Uuid) -> String {
    let month = statement.month.format("%Y-%m");
    if code.chars().all(|sign| sign.is_ascii_graphic()) {
        return format!("ST-{code}-{month}");
    }
    let id = id.simple().to_string();
    format!("ST-{}-{month}", &id[id.len() - 6..])
}

pub(in crate::papers) fn statement(
    reader: &Reader,
    input: &PrintPaper,
) -> Result<FactoryStatementForm, Error> {
    let names = Names::load(reader)?;
    let record = reader.record::<FactoryStatement>(DocKind::Statement, input.id.0)?;
    let record = record.ok_or_else(|| Error::missing("statement", input.id.0))?;
    let statement = &record.content;
    let place = statement.place;
    let factory = match owner(&names, place) {
        Some(partner) => partner_party(reader, partner)?,
        None => place_party(reader, &names, place)?,
    };
    let lines = statement.lines.iter().map(|one| stated(&names, input.lang, one));
    Ok(FactoryStatementForm {
        number: statement_number(&names.place(place), statement, record.id),
        month: statement.month,
        owner: company(reader, input.lang)?,
        factory,
        lines: lines.collect(),
        losses: losses(reader, &names, input.lang, statement)?,
        note: filled(&statement.note),
    })
}

fn stated(names: &Names, lang: Lang, one: &StatedLine) -> StatedMaterial {
    let line = one.line;
    StatedMaterial {
        sku: names.sku_code(one.material),
        name: name(names, lang, one.material),
        unit: spec_and_unit(names, one.material).1,
        opening: line.opening,
        sent: line.sent,
        direct_in: line.direct_in,
        consumed: line.consumed,
        returned: line.returned,
        loss: line.loss,
        counted_off: line.counted_off,
        counted: one.counted,
    }
}

/// The losses that were settled at the place within the month, by order.
fn losses(
    reader: &Reader,
    names: &Names,
    lang: Lang,
    statement: &FactoryStatement,
) -> Result<Vec<LossSettlement>, Error> {
    let (first, last) = month_of(statement.month);
    let mut losses = Vec::new();
    for (id, order) in reader.orders()? {
        if order.content.materials_at != Some(statement.place) {
            continue;
        }
        let entries = live_entries(reader, id)?;
        // Each settlement says what is new; what goods hold follows from all so far.
        let mut missing: BTreeMap<SkuId, i64> = BTreeMap::new();
        for entry in &entries {
            let Fact::LossSettled { place, lines, .. } = &entry.body.fact else { continue };
            for line in lines {
                *missing.entry(line.material).or_insert(0) += line.loss.missing;
            }
            let on = entry.effective_on;
            if *place == statement.place && (first..=last).contains(&on) {
                let at = (id, as_before(&entries, entry.id).unwrap_or_else(|| order.clone()));
                for line in lines {
                    let so_far = missing.get(&line.material).copied().unwrap_or(0);
                    losses.push(settled(reader, names, lang, (&at, line, so_far))?);
                }
            }
        }
    }
    losses.sort_by(|a, b| (&a.order, &a.sku).cmp(&(&b.order, &b.sku)));
    Ok(losses)
}

/// What was sent and came back is that of the day of settling; what the goods hold follows from
/// what was missing then.
fn settled(
    reader: &Reader,
    names: &Names,
    lang: Lang,
    ((id, order), line, missing): (&(OrderId, ProductionOrder), &SettledLoss, i64),
) -> Result<LossSettlement, Error> {
    let material: SkuId = line.material;
    let supply = order.supplies.iter().find(|supply| supply.material == material);
    let direct = delivered_direct(reader, *id)?.get(&material).copied().unwrap_or(0);
    let issued = supply.map_or(0, |supply| supply.issued) + direct;
    let returned = supply.map_or(0, |supply| supply.returned);
    Ok(LossSettlement {
        order: order.content.number.clone(),
        sku: names.sku_code(material),
        name: name(names, lang, material),
        issued,
        returned,
        used: issued - returned - missing,
        allowed: line.loss.allowed,
        claimed: line.loss.claimed,
    })
}
