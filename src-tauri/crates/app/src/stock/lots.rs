//! Lots in lists, on a card with their history, and with their value.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use domain::{LotId, Money, PlaceKind, valuation, value::LotCost};
use rust_decimal::Decimal;
use serde::Serialize;
use store::{LotRecord, Reader, StockRow};
use ts_rs::TS;

use crate::{
    Error,
    commands::Call,
    goods::book_currency,
    journal::document_of,
    known::{Catalogue, Names, goods_name, way},
    stock::{AsOf, StatusWord},
    wire::{Amount, Bilingual, ById, Day, DocLink, Id, PlaceRef, UnitPrice, Units, Way},
};

/// A lot in a list.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LotRow {
    /// Identity.
    pub id: Id,
    /// As printed.
    pub lot_no: String,
    /// Whether nobody knows the real lot.
    pub pseudo: bool,
    /// Goods.
    pub sku: Id,
    /// Their code.
    pub sku_code: String,
    /// Their name.
    pub sku_name: Bilingual,
    /// Made on.
    pub mfg_on: Option<Day>,
    /// Last day of its life.
    pub expires_on: Option<Day>,
    /// First in our hands on.
    pub first_received_on: Option<Day>,
    /// Days of life left today.
    #[ts(type = "number | null")]
    pub days_left: Option<i64>,
    /// Share of life left today, ppm.
    #[ts(type = "number | null")]
    pub share_ppm: Option<i64>,
    /// Units at real places other than transit.
    pub on_hand: Units,
    /// Units on transfers.
    pub in_transit: Units,
}

/// A lot at one place.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LotPlace {
    /// The place.
    pub place: Id,
    /// Its code.
    pub place_code: String,
    /// Its name.
    pub place_name: String,
    /// For goods on a transfer, between which places; the code is its number.
    pub way: Option<Way>,
    /// In which status.
    pub status: StatusWord,
    /// Units.
    pub qty: Units,
    /// Of these set aside.
    pub reserved: Units,
}

/// One move of a lot.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LotEvent {
    /// The entry.
    pub entry: Id,
    /// The day it counts on.
    pub day: Day,
    /// Why.
    pub kind: String,
    /// Units.
    pub qty: Units,
    /// From where.
    pub from: PlaceRef,
    /// In which status.
    pub from_status: StatusWord,
    /// To where.
    pub to: PlaceRef,
    /// In which status.
    pub to_status: StatusWord,
    /// The document it happened on.
    pub document: Option<DocLink>,
    /// Whether it was undone, or undoes.
    pub reversed: bool,
}

/// A lot with where it is and went.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LotCard {
    /// As in lists.
    pub lot: LotRow,
    /// The production order it was made on.
    pub order: Option<DocLink>,
    /// Where it is.
    pub places: Vec<LotPlace>,
    /// Where it went, the first day first.
    pub history: Vec<LotEvent>,
}

/// What of a lot's value is on hand.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LotValue {
    /// The lot.
    pub lot: Id,
    /// Value on hand, in transit included.
    pub value: Amount,
    /// What a unit cost, shown to four decimals.
    pub unit_cost: Option<UnitPrice>,
}

/// What all stock is worth at cost.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StockValue {
    /// The book's currency.
    pub currency: String,
    /// In sum.
    pub total: Amount,
    /// By lot.
    pub lots: Vec<LotValue>,
}

/// The lots that `wanted` picks, with stock, by goods and expiry.
pub(crate) fn lot_rows(
    reader: &Reader,
    catalogue: &Catalogue,
    today: NaiveDate,
    wanted: impl Fn(&LotRecord) -> bool,
) -> Result<Vec<LotRow>, Error> {
    let mut stock: HashMap<i64, (i64, i64)> = HashMap::new();
    for row in reader.stock_now()? {
        add_real(&mut stock, catalogue, &row);
    }
    let lots = stock.iter().filter_map(|(lot, held)| Some((catalogue.lots.get(lot)?, held)));
    let mut lots: Vec<_> = lots.filter(|(lot, _)| wanted(lot)).collect();
    lots.sort_by_key(|(lot, _)| {
        let last = NaiveDate::MAX;
        (lot.sku, lot.dates.expires_on.unwrap_or(last), lot.lot_no.clone())
    });
    Ok(lots.into_iter().map(|(lot, held)| lot_row(lot, *held, catalogue, today)).collect())
}

/// Adds a level to (on hand, in transit) of its lot, when it is real.
fn add_real(stock: &mut HashMap<i64, (i64, i64)>, catalogue: &Catalogue, row: &StockRow) {
    let Some(place) = catalogue.places.get(&row.place) else { return };
    let held = match place.kind {
        PlaceKind::Transit => &mut stock.entry(row.lot).or_default().1,
        kind if kind.is_real() => &mut stock.entry(row.lot).or_default().0,
        _ => return,
    };
    *held += row.qty;
}

fn lot_row(
    lot: &LotRecord,
    (on_hand, in_transit): (i64, i64),
    catalogue: &Catalogue,
    today: NaiveDate,
) -> LotRow {
    let sku = catalogue.skus.get(&lot.sku_key);
    LotRow {
        id: Id(lot.id.0),
        lot_no: lot.lot_no.clone(),
        pseudo: lot.lot_no.starts_with(domain::lot::PSEUDO_MARK),
        sku: Id(lot.sku.0),
        sku_code: sku.map(|sku| sku.sku.code.clone()).unwrap_or_default(),
        sku_name: sku.map(goods_name).unwrap_or_default(),
        mfg_on: lot.dates.mfg_on.map(Day),
        expires_on: lot.dates.expires_on.map(Day),
        first_received_on: Some(Day(lot.first_received_on)),
        days_left: lot.dates.days_left(today),
        share_ppm: lot.dates.share_ppm(today),
        on_hand: Units(on_hand),
        in_transit: Units(in_transit),
    }
}

pub(crate) fn lot(call: &Call, input: ById) -> Result<LotCard, Error> {
    let id = LotId(input.id.0);
    call.read(|reader| {
        let record = reader.lot(id)?.ok_or_else(|| Error::missing("lot", id.0))?;
        let (catalogue, names) = (Catalogue::load(&reader)?, Names::load(&reader)?);
        let mut held = HashMap::new();
        let mut places = Vec::new();
        for balance in reader.lot_balances(id)? {
            let Some(place) = names.places.get(&balance.place) else { continue };
            let status = balance.status.code();
            let row = StockRow { lot: record.key, place: place.key, status, qty: balance.qty };
            add_real(&mut held, &catalogue, &row);
            if place.kind.is_real() {
                let good = balance.status == domain::Status::Good;
                let reserved = if good { reader.reserved(id, balance.place, None)? } else { 0 };
                places.push(LotPlace {
                    place: Id(place.id.0),
                    place_code: place.code.clone(),
                    place_name: place.name.clone(),
                    way: way(&reader, place, |id| names.place(id))?,
                    status: balance.status.into(),
                    qty: Units(balance.qty),
                    reserved: Units(reserved),
                });
            }
        }
        let held = held.get(&record.key).copied().unwrap_or_default();
        let order = match record.order {
            Some(order) => {
                let number = reader.order(order)?.map(|one| one.content.number);
                Some(DocLink::new("order", order.0, number.unwrap_or_default()))
            }
            None => None,
        };
        let lot = lot_row(&record, held, &catalogue, call.session.today);
        Ok(LotCard { lot, order, places, history: history(&reader, &names, id)? })
    })
}

fn history(reader: &Reader, names: &Names, lot: LotId) -> Result<Vec<LotEvent>, Error> {
    let mut documents: HashMap<i64, Option<DocLink>> = HashMap::new();
    let mut events = Vec::new();
    for one in reader.lot_moves(lot)? {
        let document = if let Some(known) = documents.get(&one.position) {
            known.clone()
        } else {
            let row = reader.entry(one.entry)?;
            let link = row.map(|row| document_of(reader, names, &row.recorded.entry));
            let link = link.transpose()?.flatten();
            documents.insert(one.position, link.clone());
            link
        };
        let kind = serde_json::to_value(one.kind).unwrap_or_default();
        events.push(LotEvent {
            entry: one.entry.into(),
            day: Day(one.day),
            kind: kind.as_str().unwrap_or_default().to_owned(),
            qty: Units(one.qty),
            from: names.side(reader, one.from.0)?,
            from_status: one.from.1.into(),
            to: names.side(reader, one.to.0)?,
            to_status: one.to.1.into(),
            document,
            reversed: one.reversed,
        });
    }
    Ok(events)
}

/// Cost and units on hand by valued lot, now or at the end of `until`.
pub(crate) fn value_by_lot(
    reader: &Reader,
    catalogue: &Catalogue,
    until: Option<NaiveDate>,
) -> Result<Vec<(LotRecord, LotCost, i64)>, Error> {
    let flows = reader.flows(until)?;
    let values = valuation::value(&flows, &reader.passings(until)?);
    let valued = values.into_iter().filter(|(_, value)| value.whole != 0 || value.units > 0);
    let costs = valued.filter_map(|(key, value)| {
        let cost = LotCost { value_minor: value.whole, units: value.units };
        let held = flows.get(&key).map_or(0, |flow| flow.on_hand);
        Some((catalogue.lots.get(&key)?.clone(), cost, held))
    });
    Ok(costs.collect())
}

/// Where every lot's value is, by local key, now.
pub(crate) fn valuation_of(
    reader: &Reader,
) -> Result<BTreeMap<i64, valuation::LotValue<i64>>, Error> {
    Ok(valuation::value(&reader.flows(None)?, &reader.passings(None)?))
}

pub(crate) fn value(call: &Call, input: AsOf) -> Result<StockValue, Error> {
    call.read(|reader| {
        let catalogue = Catalogue::load(&reader)?;
        let past = input.as_of.map(|day| day.0).filter(|day| *day < call.session.today);
        let currency = book_currency(&reader)?;
        let values = value_by_lot(&reader, &catalogue, past)?;
        let held = values.iter().filter(|(_, _, units)| *units != 0);
        let total = held.clone().map(|(_, cost, units)| cost.on_hand(*units)).sum();
        Ok(StockValue {
            currency: currency.to_string(),
            total: Money { minor: total, currency }.into(),
            lots: held.map(|(lot, cost, units)| valued(lot.id, *cost, *units, currency)).collect(),
        })
    })
}

fn valued(lot: LotId, cost: LotCost, units: i64, currency: domain::Currency) -> LotValue {
    let whole = Money { minor: cost.value_minor, currency }.to_decimal();
    let unit_cost = (cost.units > 0).then(|| (whole / Decimal::from(cost.units)).round_dp(4));
    LotValue {
        lot: Id(lot.0),
        value: Money { minor: cost.on_hand(units), currency }.into(),
        unit_cost: unit_cost.map(|cost| UnitPrice(cost.normalize().to_string())),
    }
}

pub(crate) fn lot_value(call: &Call, input: ById) -> Result<LotValue, Error> {
    let id = LotId(input.id.0);
    call.read(|reader| {
        let catalogue = Catalogue::load(&reader)?;
        let values = value_by_lot(&reader, &catalogue, None)?;
        let currency = book_currency(&reader)?;
        let found = values.into_iter().find(|(lot, _, _)| lot.id == id);
        let (lot, cost, units) = found.ok_or_else(|| Error::refused("lot.no_cost", []))?;
        Ok(valued(lot.id, cost, units, currency))
    })
}
