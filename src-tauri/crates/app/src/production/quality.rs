//! Quality decisions and the settlement of material losses, as acts.

use std::collections::BTreeMap;

use domain::{
    LotId, OrderId, PlaceId, Refusal, SkuId,
    bom::SuppliedBy,
    losses::{self, LossKnown, Settled, Settling},
    order::{ProductionOrder, Step},
    quality::{self, Decided, DecidedAt},
};
use serde::Deserialize;
use store::Reader;
use ts_rs::TS;

use super::{
    account::live_entries,
    slips::{factory_stock, settle},
    uses,
    words::{DecisionWord, SettleByWord},
};
use crate::{
    Error,
    commands::Call,
    known::Names,
    orders::{issued, step_with},
    posting::post,
    stock::StatusWord,
    wire::{Day, Id, Posted, Units},
};

/// A decision on some units of a lot.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DecideLine {
    /// The order's line, from 0.
    pub line: u32,
    /// Which lot.
    pub lot: Id,
    /// Units.
    pub qty: Units,
    /// In which status they lie.
    pub from: StatusWord,
    /// What is decided.
    pub decision: DecisionWord,
    /// How the partner settles what goes back.
    #[serde(default)]
    pub settle_by: Option<SettleByWord>,
}

/// Decisions to post.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DecideQuality {
    /// On which order.
    pub id: Id,
    /// Where the units lie.
    pub place: Id,
    /// When; today when not given.
    #[serde(default)]
    pub decided_on: Option<Day>,
    /// What.
    pub lines: Vec<DecideLine>,
    /// Why, when it is more than accepting.
    #[serde(default)]
    pub reason: String,
}

pub(crate) fn decide(call: &Call, input: DecideQuality) -> Result<Posted, Error> {
    let day = call.session.day(input.decided_on.map(|day| day.0))?;
    step_with(call, input.id, day, |reader, step, order| {
        let names = Names::load(reader)?;
        let place = PlaceId(input.place.0);
        if names.places.get(&place).is_none_or(|place| place.place.is_none()) {
            return Err(Error::missing("location", place.0));
        }
        let factory = super::factory_place(&names, order.content.factory);
        let lines = input.lines.iter().map(|one| Decided {
            line: one.line,
            lot: one.lot.0.into(),
            qty: one.qty.0,
            from: one.from.into(),
            decision: one.decision.into(),
            settle_by: one.settle_by.map(Into::into),
        });
        let lines: Vec<Decided> = lines.collect();
        for one in &lines {
            let sku = reader.lot(one.lot)?.map(|lot| lot.sku);
            let ordered = order.content.lines.get(one.line as usize).map(|line| line.sku);
            if sku.is_none() || sku != ordered {
                let number = order.content.number.clone();
                let line = i64::from(one.line) + 1;
                return Err(Refusal::OrderLineUnknown { number, line }.into());
            }
        }
        let kept = quality::kept(&live_entries(reader, OrderId(input.id.0))?);
        let at = DecidedAt { order, kept: &kept, place, factory };
        Ok(quality::decide(step, at, lines, input.reason)?)
    })
}

/// Losses to settle.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SettleLosses {
    /// Of which order.
    pub id: Id,
    /// Why nothing more is expected, when less came than was ordered.
    #[serde(default)]
    pub reason: Option<String>,
}

pub(crate) fn settle_losses(call: &Call, input: SettleLosses) -> Result<Posted, Error> {
    let today = call.session.today;
    let (_, order) = call.read(|reader| issued(&reader, input.id))?;
    call.write(Some(("order", input.id.0, &order.content.number)), |writer| {
        let (id, order) = issued(writer, input.id)?;
        let place = order.content.materials_at.ok_or(Refusal::FactoryPlaceMissing {})?;
        let before = Settled::of(&live_entries(writer, id)?);
        let known = losses_known(writer, (id, &order), &before)?;
        let skus: Vec<_> = known.iter().map(|one| one.material).collect();
        let mut stock = factory_stock(writer, place, &skus, today)?;
        for sku in &skus {
            stock.missed.insert(*sku, writer.missed(*sku, place, order.issued_on)?);
        }
        let lots = writer.order_lots(id)?;
        let (reason, before) = (input.reason.clone(), &before);
        let settling = Settling { order: &order, place, lots: &lots, before, reason };
        let mut ids = call.session.new_ids();
        let step = Step { id, day: today, new_id: &mut ids };
        let entry = losses::settle_losses(step, settling, &known, &mut stock)?;
        let mut entries = vec![post(writer, entry)?];
        // What an earlier settlement took too much of is back, and use may be waiting for it.
        entries.extend(settle(writer, place, today, &mut ids)?);
        Ok(entries)
    })
}

fn losses_known(
    reader: &Reader,
    (id, order): (OrderId, &ProductionOrder),
    before: &Settled,
) -> Result<Vec<LossKnown>, Error> {
    let names = Names::load(reader)?;
    let mut taken: BTreeMap<SkuId, Vec<(LotId, i64)>> = BTreeMap::new();
    for (lot, qty) in before.taken() {
        let record = reader.lot(lot)?.ok_or_else(|| Error::missing("lot", lot.0))?;
        taken.entry(record.sku).or_default().push((lot, qty));
    }
    let mut known = Vec::new();
    for one in uses::materials(reader, (id, order))? {
        let material = one.line.material;
        if one.line.supplied_by != SuppliedBy::Brand {
            continue;
        }
        known.push(LossKnown {
            material,
            code: names.sku_code(material),
            loss: one.loss,
            over: one.over(order.content.loss_base),
            spoilt: reader.spoilt(id, material)?,
            taken: taken.remove(&material).unwrap_or_default(),
        });
    }
    Ok(known)
}
