//! The making, material and quality tracks of an order, without money.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    DocKind, Entry, Fact, LotId, OrderId, SkuId, Status,
    bom::SuppliedBy,
    kept::Lying,
    order::{OrderState, ProductionOrder, Tally, Tracks},
};
use serde::{Deserialize, Serialize};
use store::Reader;
use ts_rs::TS;

use super::{
    account::{account_of, live_entries, money_tracks},
    kept::{is_supplied, lying},
    uses::{MaterialUse, materials, strays_of},
    words::{DecisionWord, MilestoneWord, SettleByWord, SuppliedByWord},
};
use crate::{
    Error,
    commands::Call,
    known::Names,
    orders::{issued, numbers, step_with},
    stock::StatusWord,
    wire::{Bilingual, ById, Day, Id, Posted, Units},
};

/// A milestone of an order.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MilestoneRow {
    /// Which.
    pub milestone: MilestoneWord,
    /// Planned for.
    pub planned_on: Option<Day>,
    /// Reached on.
    pub reached_on: Option<Day>,
}

/// A milestone to plan or to reach.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetMilestone {
    /// Which order.
    pub id: Id,
    /// What.
    pub milestone: MilestoneRow,
}

/// One of our materials on an order.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MaterialTrack {
    /// Which material.
    pub material: Id,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Bilingual,
    /// Who brings it.
    pub supplied_by: SuppliedByWord,
    /// Units in 1,000 of the goods.
    #[ts(type = "number")]
    pub per_1000: i64,
    /// Loss allowed, ppm of what was issued; `null` when the order's lines allow differently.
    #[ts(type = "number | null")]
    pub allowance_ppm: Option<i64>,
    /// Units to send for the whole order.
    pub to_issue: Units,
    /// Units sent or delivered straight to the factory for it, or drawn there, and not kept there
    /// for the next order.
    pub issued: Units,
    /// Of those, drawn from what lay at the factory for no order.
    pub drawn: Units,
    /// Units that came back.
    pub returned: Units,
    /// Units kept there for the next order.
    pub kept: Units,
    /// Units that lie there for the order, and can come back or be kept.
    pub left: Units,
    /// Units that lie there now for no order.
    pub free: Units,
    /// Units that its goods hold, and that were spoilt beside them, beyond what was sent or drawn
    /// for it.
    pub over: Units,
    /// Units that the order can draw: what lies there for no order, and what its goods took of it.
    pub drawable: Units,
    /// Units that the goods received hold.
    pub held: Units,
    /// Good units of it at the factory now, of all orders.
    pub at_factory: Units,
    /// Units missing by the contract's reckoning, as of now.
    pub missing: Units,
    /// Of those allowed.
    pub allowed: Units,
    /// Of those to be claimed; none while goods are still to come.
    pub claimed: Units,
}

/// What happened to the units of a line.
#[derive(Debug, Clone, Copy, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TallyRow {
    /// Units that came.
    pub came: Units,
    /// Of those, replacements.
    pub replaced: Units,
    /// Sent back to be replaced.
    pub returned: Units,
    /// Sent back for a credit.
    pub credited: Units,
    /// Spoilt at the factory.
    pub spoilt: Units,
    /// Passed inspection.
    pub passed: Units,
    /// Failed it.
    pub failed: Units,
}

impl From<Tally> for TallyRow {
    fn from(tally: Tally) -> Self {
        Self {
            came: Units(tally.came),
            replaced: Units(tally.replaced),
            returned: Units(tally.returned),
            credited: Units(tally.credited),
            spoilt: Units(tally.spoilt),
            passed: Units(tally.passed),
            failed: Units(tally.failed),
        }
    }
}

/// Units of an order that lie somewhere and wait for a decision.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WaitingLot {
    /// The order's line, from 0.
    pub line: u32,
    /// The lot.
    pub lot: Id,
    /// Its number.
    pub lot_no: String,
    /// Where.
    pub place: Id,
    /// Its code.
    pub place_code: String,
    /// Quarantine or defective.
    pub status: StatusWord,
    /// Units.
    pub qty: Units,
}

/// A decision taken.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DecisionRow {
    /// The entry, to look at and to take back.
    pub entry: Id,
    /// What the return note of it is called, when it sends something back.
    pub return_number: Option<String>,
    /// The day.
    pub day: Day,
    /// The lot's number.
    pub lot_no: String,
    /// Units.
    pub qty: Units,
    /// What was decided.
    pub decision: DecisionWord,
    /// How the partner settles it.
    pub settle_by: Option<SettleByWord>,
    /// Why.
    pub reason: String,
}

/// Units sent back that the partner has not replaced.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OpenReplacement {
    /// The lot that they were of.
    pub lot: Id,
    /// Its number.
    pub lot_no: String,
    /// Units.
    pub qty: Units,
}

/// Three of an order's four tracks.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[allow(clippy::struct_excessive_bools, reason = "four questions of an order, each yes or no")]
pub struct OrderTracks {
    /// Which order.
    pub id: Id,
    /// What it waits for.
    pub phase: String,
    /// Whether a deposit is open; says nothing of amounts.
    pub deposit_open: bool,
    /// Whether something before shipment is open.
    pub balance_open: bool,
    /// Making.
    pub milestones: Vec<MilestoneRow>,
    /// Materials.
    pub materials: Vec<MaterialTrack>,
    /// Whether any of ours was sent for it, or is in its goods although none was, so that losses are
    /// settled before it is closed.
    pub supplied: bool,
    /// Whether their losses are settled.
    pub losses_settled: bool,
    /// Units by line.
    pub tallies: Vec<TallyRow>,
    /// What waits for a decision.
    pub waiting: Vec<WaitingLot>,
    /// What was decided.
    pub decisions: Vec<DecisionRow>,
    /// What the partner still has to replace.
    pub replacements: Vec<OpenReplacement>,
}

/// Phase of an order with what all four tracks say.
pub(crate) fn tracks_of(
    reader: &Reader,
    (id, order): (OrderId, &ProductionOrder),
    in_quarantine: &BTreeMap<OrderId, i64>,
) -> Result<Tracks, Error> {
    if order.state != OrderState::Accepted {
        return Ok(Tracks::default());
    }
    let account = account_of(reader, id, order)?;
    let money = money_tracks(account.as_ref())?;
    let short = materials(reader, (id, order))?.iter().any(|one| {
        let there = one.usage.issued - one.usage.returned;
        one.line.supplied_by == SuppliedBy::Brand && there < one.needed
    });
    Ok(Tracks { material_short: short, in_quarantine: in_quarantine.contains_key(&id), ..money })
}

pub(crate) fn tracks(call: &Call, input: ById) -> Result<OrderTracks, Error> {
    call.read(|reader| {
        let (id, order) = issued(&reader, input.id)?;
        let names = Names::load(&reader)?;
        let entries = live_entries(&reader, id)?;
        let tracks = tracks_of(&reader, (id, &order), &reader.in_quarantine()?)?;
        let milestones = order.milestones.iter().map(|one| MilestoneRow {
            milestone: one.milestone.into(),
            planned_on: one.planned_on.map(Day),
            reached_on: one.reached_on.map(Day),
        });
        let mut uses = materials(&reader, (id, &order))?;
        uses.extend(strays_of(&order));
        Ok(OrderTracks {
            id: input.id,
            phase: order.phase(tracks).to_owned(),
            deposit_open: tracks.deposit_open,
            balance_open: tracks.balance_open,
            milestones: milestones.collect(),
            materials: material_rows(&reader, (id, &order, &uses), &names, call.session.today)?,
            supplied: is_supplied(&reader, (id, &order))?,
            losses_settled: order.losses_settled,
            tallies: order.tallies.iter().map(|tally| (*tally).into()).collect(),
            waiting: waiting_lots(&reader, (id, &order), &names)?,
            decisions: decisions(&reader, (id, &order), &entries)?,
            replacements: replacements(&reader, id)?,
        })
    })
}

fn material_rows(
    reader: &Reader,
    (id, order, uses): (OrderId, &ProductionOrder, &[MaterialUse]),
    names: &Names,
    today: chrono::NaiveDate,
) -> Result<Vec<MaterialTrack>, Error> {
    // Until all is made, what is not used yet is no loss.
    let ended = !matches!(order.state, OrderState::Issued | OrderState::Accepted);
    let settles = order.is_accounted() || order.losses_settled || ended;
    let base = order.content.loss_base;
    let of_them: BTreeSet<SkuId> = uses.iter().map(|one| one.line.material).collect();
    let lying = match order.state {
        OrderState::Accepted | OrderState::Cancelled => {
            lying(reader, names, (id, order), (&of_them, today))?
        }
        OrderState::Issued | OrderState::Closed => Vec::new(),
    };
    let row = |one: &MaterialUse| {
        let material = one.line.material;
        // What the factory brings itself is none of what lies there.
        let ours = one.line.supplied_by == SuppliedBy::Brand;
        let lying = lying.iter().find(|lying| ours && lying.material == material);
        let supply = order.supplies.iter().find(|supply| ours && supply.material == material);
        let at_factory: i64 = match order.content.materials_at {
            Some(place) if ours => {
                reader.takeable(material, place, today)?.iter().map(|lot| lot.qty).sum()
            }
            _ => 0,
        };
        Ok(MaterialTrack {
            material: Id(material.0),
            code: names.sku_code(material),
            name: names.sku_name(material),
            supplied_by: one.line.supplied_by.into(),
            per_1000: one.line.per_1000,
            allowance_ppm: one.allowance_ppm(),
            to_issue: Units(one.to_issue),
            issued: Units(one.usage.issued),
            drawn: Units(supply.map_or(0, |supply| supply.drawn)),
            returned: Units(one.usage.returned),
            kept: Units(supply.map_or(0, |supply| supply.kept)),
            left: Units(lying.map_or(0, Lying::keepable)),
            free: Units(lying.map_or(0, Lying::free)),
            over: Units(one.over(base)),
            drawable: Units(match order.state {
                OrderState::Accepted => lying.map_or(0, Lying::drawable),
                _ => 0,
            }),
            held: Units(one.held),
            at_factory: Units(at_factory),
            missing: Units(one.loss.missing),
            allowed: Units(one.loss.allowed),
            claimed: Units(if settles { one.loss.claimed } else { 0 }),
        })
    };
    uses.iter().map(row).collect()
}

fn lot_no(reader: &Reader, lot: LotId) -> Result<String, Error> {
    Ok(reader.lot(lot)?.map(|lot| lot.lot_no).unwrap_or_default())
}

/// Units of an order in quarantine or defective, by lot and place.
pub(crate) fn waiting_lots(
    reader: &Reader,
    (id, order): (OrderId, &ProductionOrder),
    names: &Names,
) -> Result<Vec<WaitingLot>, Error> {
    let mut waiting = Vec::new();
    for (lot, _) in reader.order_lots(id)? {
        let Some(record) = reader.lot(lot)? else { continue };
        let line = order.content.lines.iter().position(|line| line.sku == record.sku);
        for row in reader.lot_balances(lot)? {
            let undecided = matches!(row.status, Status::Quarantine | Status::Defective);
            let real = names.places.get(&row.place).is_some_and(|place| place.place.is_some());
            if undecided && real && row.qty > 0 {
                waiting.push(WaitingLot {
                    line: u32::try_from(line.unwrap_or(0)).unwrap_or(0),
                    lot: Id(lot.0),
                    lot_no: record.lot_no.clone(),
                    place: Id(row.place.0),
                    place_code: names.place(row.place),
                    status: row.status.into(),
                    qty: Units(row.qty),
                });
            }
        }
    }
    Ok(waiting)
}

fn decisions(
    reader: &Reader,
    (id, order): (OrderId, &ProductionOrder),
    entries: &[Entry],
) -> Result<Vec<DecisionRow>, Error> {
    let numbers = numbers(reader, id, &order.content.number)?;
    let mut rows = Vec::new();
    for entry in entries {
        let Fact::QualityDecided { lines, reason, .. } = &entry.body.fact else { continue };
        for one in lines {
            rows.push(DecisionRow {
                entry: entry.id.into(),
                return_number: numbers.get(&entry.id).cloned(),
                day: Day(entry.effective_on),
                lot_no: lot_no(reader, one.lot)?,
                qty: Units(one.qty),
                decision: one.decision.into(),
                settle_by: one.settle_by.map(Into::into),
                reason: reason.clone(),
            });
        }
    }
    Ok(rows)
}

fn replacements(reader: &Reader, id: OrderId) -> Result<Vec<OpenReplacement>, Error> {
    let waiting = reader.waiting(id)?.into_iter();
    waiting
        .map(|(lot, qty)| {
            Ok(OpenReplacement { lot: Id(lot.0), lot_no: lot_no(reader, lot)?, qty: Units(qty) })
        })
        .collect()
}

pub(crate) fn milestone(call: &Call, input: SetMilestone) -> Result<Posted, Error> {
    let today = call.session.today;
    let set = input.milestone;
    if let Some(day) = set.reached_on {
        call.session.day(Some(day.0))?;
    }
    step_with(call, input.id, today, |_, step, order| {
        let reached = domain::order::Reached {
            milestone: set.milestone.into(),
            planned_on: set.planned_on.map(|day| day.0),
            reached_on: set.reached_on.map(|day| day.0),
        };
        Ok(domain::order::milestone(step, order, reached)?)
    })
}

/// Kinds of documents that files are attached to, by the word that links use.
pub(crate) fn doc_kind(word: &str) -> Option<DocKind> {
    Some(match word {
        "sku" => DocKind::Sku,
        "partner" => DocKind::Partner,
        "order" => DocKind::Order,
        "lot" => DocKind::Lot,
        "transfer" => DocKind::Transfer,
        "offer" => DocKind::Offer,
        "version" => DocKind::Version,
        "bom" => DocKind::Bom,
        "statement" => DocKind::Statement,
        "invoice" => DocKind::Invoice,
        "bill" => DocKind::Bill,
        _ => return None,
    })
}
