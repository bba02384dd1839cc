//! Quality decisions and the settlement of material losses, as acts.

use domain::{
    OrderId, PlaceId, Refusal,
    bom::SuppliedBy,
    materials::{self, LossKnown},
    quality::{self, Decided},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    slips::factory_stock,
    tracks,
    words::{DecisionWord, SettleByWord},
};
use crate::{
    Error,
    commands::Call,
    known::Names,
    orders::step_with,
    stock::StatusWord,
    wire::{ById, Day, Id, Posted, Units},
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
        Ok(quality::decide(step, place, factory, lines, input.reason)?)
    })
}

/// What a settlement of losses would post for one material.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LossRow {
    /// Which material.
    pub material: Id,
    /// Its code.
    pub code: String,
    /// Units missing.
    pub missing: Units,
    /// Borne by the order's lots.
    pub allowed: Units,
    /// Claimed from the factory.
    pub claimed: Units,
}

pub(crate) fn settle_losses(call: &Call, input: ById) -> Result<Posted, Error> {
    let today = call.session.today;
    step_with(call, input.id, today, |reader, step, order| {
        order.expect(&[domain::order::OrderState::Accepted], "accepted")?;
        let place = order.content.materials_at.ok_or(Refusal::FactoryPlaceMissing {})?;
        let names = Names::load(reader)?;
        let id = OrderId(input.id.0);
        let mut known = Vec::new();
        for one in tracks::materials(reader, (id, order))? {
            if one.line.supplied_by != SuppliedBy::Brand {
                continue;
            }
            known.push(LossKnown {
                material: one.line.material,
                code: names.sku_code(one.line.material),
                loss: one.loss,
                spoilt: reader.spoilt(id, one.line.material)?,
                went_back: one.went_back,
            });
        }
        let skus: Vec<_> = known.iter().map(|one| one.material).collect();
        let mut stock = factory_stock(reader, place, &skus, today)?;
        let lots = reader.order_lots(id)?;
        let at = (step.day, step.new_id);
        Ok(materials::settle_losses((id, place), &known, &lots, &mut stock, at)?)
    })
}
