//! Master data: goods, places and partners, shown with what the ledger says of them.

mod banks;
mod convert;
mod fields;

use std::collections::HashMap;

use chrono::{NaiveDate, TimeDelta};
use domain::{
    Body, Currency, Entry, EntryId, Fact, MoneyPart, PartnerId, PlaceId, Refusal, SkuId,
    order::OrderState,
};
use rust_decimal::Decimal;
use store::{Reader, Writer};
use uuid::Uuid;

pub use banks::PartnerBank;
pub(crate) use banks::{bank_of, banks, save_bank};
pub(crate) use convert::{check_gtin, decimal};
pub use fields::*;

use crate::{
    Error,
    commands::Call,
    known::Catalogue,
    posting,
    stock::{lot_rows, summary::Summary},
    wire::{ById, Day, Id, Nothing, Posted, UnitPrice, Units},
};

/// Days of demand that lists look back on.
const LOOK_BACK: i64 = 28;

/// Units paid for per goods, over the days before `today` on which anything of them was reported.
pub(crate) fn sold(reader: &Reader, today: NaiveDate) -> Result<HashMap<SkuId, (i64, i64)>, Error> {
    let mut sold: HashMap<SkuId, (i64, NaiveDate)> = HashMap::new();
    for day in reader.demand(today - TimeDelta::days(LOOK_BACK), today)? {
        let one = sold.entry(day.sku).or_insert((0, day.day));
        one.0 += day.units;
        one.1 = one.1.min(day.day);
    }
    let days = |first: NaiveDate| (today - first).num_days().max(1);
    Ok(sold.into_iter().map(|(sku, (units, first))| (sku, (units, days(first)))).collect())
}

pub(crate) fn skus(call: &Call, _: Nothing) -> Result<Vec<SkuRow>, Error> {
    call.read(|reader| {
        let catalogue = Catalogue::load(&reader)?;
        let summary = Summary::load(&reader, &catalogue)?;
        let sold = sold(&reader, call.session.today)?;
        let skus = reader.skus()?;
        Ok(skus.iter().map(|sku| sku_row(sku, &summary, &sold)).collect())
    })
}

fn sku_row(sku: &store::SkuRecord, summary: &Summary, sold: &HashMap<SkuId, (i64, i64)>) -> SkuRow {
    let here = summary.of(sku.id);
    let (units, days) = sold.get(&sku.id).copied().unwrap_or((0, 0));
    let rate = (days > 0).then(|| (Decimal::from(units) / Decimal::from(days)).round_dp(1));
    let stock = here.on_hand + here.in_transit;
    // Days until the rate has eaten the stock; without sales there is no end.
    let cover_days = (units > 0).then(|| stock.max(0) * days / units);
    SkuRow {
        id: Id(sku.id.0),
        fields: (&sku.sku).into(),
        on_hand: Units(here.on_hand),
        in_transit: Units(here.in_transit),
        sold28: Units(units),
        rate_per_day: rate.map(|rate| rate.normalize().to_string()),
        cover_days,
        next_expiry: here.next_expiry.map(Day),
    }
}

pub(crate) fn sku(call: &Call, input: ById) -> Result<SkuCard, Error> {
    let id = SkuId(input.id.0);
    call.read(|reader| {
        let record = reader.sku(id)?.ok_or_else(|| Error::missing("sku", id.0))?;
        let catalogue = Catalogue::load(&reader)?;
        let summary = Summary::load(&reader, &catalogue)?;
        let sold = sold(&reader, call.session.today)?;
        let mut ordered = 0;
        for (_, order) in reader.orders()? {
            if matches!(order.state, OrderState::Issued | OrderState::Accepted) {
                let lines = order.content.lines.iter().zip(order.received());
                let of_sku = lines.filter(|(line, _)| line.sku == id);
                ordered += of_sku.map(|(line, got)| (line.qty - got).max(0)).sum::<i64>();
            }
        }
        Ok(SkuCard {
            row: sku_row(&record, &summary, &sold),
            places: summary.places_of(id, &catalogue),
            lots: lot_rows(&reader, &catalogue, call.session.today, |lot| lot.sku == id)?,
            ordered: Units(ordered),
        })
    })
}

/// An entry of the day that describes master data.
fn described(call: &Call, fact: Fact, money: Option<MoneyPart>) -> Entry {
    let id = EntryId(Uuid::now_v7());
    let effective_on = call.session.today;
    Entry { id, effective_on, reverses: None, batch: None, body: Body::of(fact), money }
}

pub(crate) fn save_sku(call: &Call, input: SaveSku) -> Result<Posted, Error> {
    let sku = input.fields.to_sku()?;
    let id = SkuId(input.id.map_or_else(Uuid::now_v7, |id| id.0));
    let code = sku.code.clone();
    call.write(Some(("sku", id.0, &code)), |writer| {
        refuse_taken_codes(writer, id, &sku)?;
        let entry = described(call, Fact::SkuSet { id, sku: Box::new(sku) }, None);
        let entry = posting::post(writer, entry)?;
        Ok(vec![entry])
    })
}

/// Keeps several goods, all or none of them.
pub(crate) fn save_skus(call: &Call, input: SaveSkus) -> Result<Posted, Error> {
    call.write(None, |writer| {
        let mut entries = Vec::new();
        for one in input.goods {
            let sku = one.fields.to_sku()?;
            let id = SkuId(one.id.map_or_else(Uuid::now_v7, |id| id.0));
            refuse_taken_codes(writer, id, &sku)?;
            let entry = described(call, Fact::SkuSet { id, sku: Box::new(sku) }, None);
            entries.push(posting::post(writer, entry)?);
        }
        Ok(entries)
    })
}

/// One code names one of our goods, whoever uses it: our own codes and aliases alike.
pub(crate) fn refuse_taken_codes(
    reader: &Reader,
    id: SkuId,
    sku: &domain::sku::Sku,
) -> Result<(), Error> {
    for other in reader.skus()?.into_iter().filter(|other| other.id != id) {
        if other.sku.code == sku.code {
            let code = sku.code.clone();
            return Err(Refusal::CodeTaken { what: "sku".into(), code }.into());
        }
        let taken = sku.aliases.iter().find(|alias| other.sku.aliases.contains(alias));
        if let Some(alias) = taken {
            let code = format!("{} {}", alias.whose, alias.code);
            return Err(Refusal::CodeTaken { what: "alias".into(), code }.into());
        }
    }
    Ok(())
}

pub(crate) fn prices(call: &Call, _: Nothing) -> Result<Vec<SkuPriceRow>, Error> {
    let rows = call.read(|reader| Ok(reader.sku_prices()?))?;
    let text = |price: Option<Decimal>| price.map(|price| UnitPrice(price.normalize().to_string()));
    Ok(rows
        .into_iter()
        .map(|(sku, _, price)| SkuPriceRow {
            sku: Id(sku.0),
            unit_cost: text(price.unit_cost),
            list_price: text(price.list_price),
            floor_price: text(price.floor_price),
        })
        .collect())
}

pub(crate) fn save_price(call: &Call, input: SkuPriceRow) -> Result<Posted, Error> {
    let id = SkuId(input.sku.0);
    let price = input.to_price()?;
    call.write(None, |writer| {
        writer.sku(id)?.ok_or_else(|| Error::missing("sku", id.0))?;
        let money = MoneyPart { price: Some(price), ..MoneyPart::new(book_currency(writer)?) };
        let entry = described(call, Fact::SkuPriced { id }, Some(money));
        let entry = posting::post(writer, entry)?;
        Ok(vec![entry])
    })
}

/// The book's currency.
pub(crate) fn book_currency(reader: &Reader) -> Result<Currency, Error> {
    Ok(reader.company()?.map_or(Currency::CNY, |company| company.currency))
}

pub(crate) fn places(call: &Call, _: Nothing) -> Result<Vec<PlaceRow>, Error> {
    call.read(|reader| {
        let catalogue = Catalogue::load(&reader)?;
        let summary = Summary::load(&reader, &catalogue)?;
        Ok(place_rows(&catalogue, &summary))
    })
}

/// The places that users founded, in the order of their codes.
pub(crate) fn place_rows(catalogue: &Catalogue, summary: &Summary) -> Vec<PlaceRow> {
    let mut rows: Vec<PlaceRow> = catalogue
        .places
        .values()
        .filter_map(|record| {
            let fields = PlaceFields::from(record.place.as_ref()?);
            let on_hand = Units(summary.at_place(record.key));
            Some(PlaceRow { id: Id(record.id.0), fields, on_hand })
        })
        .collect();
    let rank = |kind| match kind {
        FoundedKind::Own => 0,
        FoundedKind::Platform => 1,
        FoundedKind::Factory => 2,
        FoundedKind::Consignee => 3,
    };
    rows.sort_by(|a, b| {
        let key = |row: &PlaceRow| (rank(row.fields.kind), row.fields.code.clone());
        key(a).cmp(&key(b))
    });
    rows
}

pub(crate) fn save_place(call: &Call, input: SavePlace) -> Result<Posted, Error> {
    let place = input.fields.to_place()?;
    let id = PlaceId(input.id.map_or_else(Uuid::now_v7, |id| id.0));
    let code = place.code.clone();
    call.write(Some(("location", id.0, &code)), |writer| {
        refuse_place(writer, id, &place)?;
        let entry = described(call, Fact::PlaceSet { id, place: Box::new(place) }, None);
        let entry = posting::post(writer, entry)?;
        Ok(vec![entry])
    })
}

/// A code names one place, and what a place is stays once goods have moved there.
pub(crate) fn refuse_place(
    writer: &Reader,
    id: PlaceId,
    place: &domain::place::Place,
) -> Result<(), Error> {
    let code = place.code.clone();
    for other in writer.places()?.into_iter().filter(|other| other.place.is_some()) {
        if other.id != id && other.code == code {
            return Err(Refusal::CodeTaken { what: "location".into(), code }.into());
        }
        let changed = other.id == id && other.kind != place.kind;
        if changed && writer.place_has_moves(id)? {
            return Err(Refusal::PlaceKindFixed { code }.into());
        }
    }
    Ok(())
}

pub(crate) fn partners(call: &Call, _: Nothing) -> Result<Vec<PartnerRow>, Error> {
    call.read(|reader| {
        let mut open: HashMap<PartnerId, u32> = HashMap::new();
        for (_, order) in reader.orders()? {
            if matches!(order.state, OrderState::Issued | OrderState::Accepted) {
                *open.entry(order.content.factory).or_default() += 1;
            }
        }
        let rows = reader.partners()?.into_iter().map(|(id, partner)| PartnerRow {
            id: Id(id.0),
            fields: (&partner).into(),
            open_orders: open.get(&id).copied().unwrap_or(0),
        });
        Ok(rows.collect())
    })
}

pub(crate) fn save_partner(call: &Call, input: SavePartner) -> Result<Posted, Error> {
    let partner = input.fields.to_partner()?;
    let id = PartnerId(input.id.map_or_else(Uuid::now_v7, |id| id.0));
    let code = partner.code.clone();
    call.write(Some(("partner", id.0, &code)), |writer: &mut Writer| {
        let taken =
            writer.partners()?.into_iter().any(|(other, one)| other != id && one.code == code);
        if taken {
            return Err(Refusal::CodeTaken { what: "partner".into(), code: code.clone() }.into());
        }
        let entry = described(call, Fact::PartnerSet { id, partner }, None);
        let entry = posting::post(writer, entry)?;
        Ok(vec![entry])
    })
}
