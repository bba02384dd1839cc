//! Terms of production: suppliers' offers, versions of goods, bills of materials.

use chrono::NaiveDate;
use domain::{
    Body, DocKind, Entry, EntryId, Fact, Money, MoneyPart, PartnerId, SkuId,
    bom::{Bom, BomLine},
    ids::{BomId, OfferId, VersionId},
    offer::{self, Offer},
    version::SkuVersion,
};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use store::{Reader, Record};
use ts_rs::TS;
use uuid::Uuid;

use super::words::{LossBaseWord, OldStockWord, SuppliedByWord, TermFields};
use crate::{
    Error,
    commands::Call,
    goods::{book_currency, decimal},
    known::Names,
    posting::post,
    wire::{Amount, Bilingual, Day, Id, Message, Nothing, Posted, UnitPrice, Units},
};

/// A supplier's conditions for some goods, without prices.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OfferFields {
    /// Whose.
    pub partner: Id,
    /// For which goods.
    pub sku: Id,
    /// From how many units on each price holds.
    pub tiers_from: Vec<Units>,
    /// Tax, ppm.
    #[ts(type = "number")]
    pub tax_rate_ppm: i64,
    /// Whether the prices hold it.
    pub price_includes_tax: bool,
    /// Least units.
    pub moq: Units,
    /// Whole multiples.
    pub multiple: Units,
    /// Days from order to ready, on average.
    pub lead_days_mean: u32,
    /// Days in which nine of ten orders are ready.
    pub lead_days_p90: u32,
    /// Who pays what share when.
    pub terms: Vec<TermFields>,
    /// What allowed loss is measured on.
    pub loss_base: LossBaseWord,
    /// Whether units beyond those ordered are paid for.
    pub over_receipt_paid: bool,
    /// First day.
    pub from: Day,
    /// Last day.
    #[serde(default)]
    pub to: Option<Day>,
}

/// An offer to keep; without an id it is new.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SaveOffer {
    /// Which one.
    #[serde(default)]
    pub id: Option<Id>,
    /// What it says.
    pub fields: OfferFields,
    /// Price per unit by tier.
    pub unit_prices: Vec<UnitPrice>,
}

/// An offer in a list.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OfferRow {
    /// Identity.
    pub id: Id,
    /// What it says.
    pub fields: OfferFields,
    /// Name of the partner.
    pub partner_name: String,
    /// Code of the goods.
    pub sku_code: String,
    /// Their name.
    pub sku_name: Bilingual,
    /// Whether it holds today.
    pub current: bool,
}

/// An offer's prices.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OfferPrices {
    /// Which offer.
    pub id: Id,
    /// Price per unit by tier.
    pub unit_prices: Vec<UnitPrice>,
}

/// What a quantity would cost.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct QuoteOffer {
    /// Of whom.
    pub partner: Id,
    /// Which goods.
    pub sku: Id,
    /// How many.
    pub qty: Units,
}

/// What a quantity costs by the offer of today.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OfferQuote {
    /// Which offer; none when none holds.
    pub offer: Option<OfferFields>,
    /// Price per unit; none below the first tier.
    pub unit_price: Option<UnitPrice>,
    /// With tax.
    pub total: Option<Amount>,
    /// The next quantity that may be ordered without a reason.
    pub orderable: Option<Units>,
    /// How many more make it cheaper in total.
    pub cheaper_by_ordering_more: Option<Units>,
    /// What it then costs.
    pub cheaper_total: Option<Amount>,
    /// What is unusual about the offer: a price that rises with the quantity, or another offer that
    /// holds on the same day.
    pub warnings: Vec<Message>,
}

fn offer_of(fields: &OfferFields) -> Offer {
    Offer {
        partner: fields.partner.0.into(),
        sku: fields.sku.0.into(),
        tiers_from: fields.tiers_from.iter().map(|from| from.0).collect(),
        tax_rate_ppm: fields.tax_rate_ppm,
        price_includes_tax: fields.price_includes_tax,
        moq: fields.moq.0,
        multiple: fields.multiple.0,
        lead_days_mean: fields.lead_days_mean,
        lead_days_p90: fields.lead_days_p90,
        terms: fields.terms.iter().map(|term| (*term).into()).collect(),
        loss_base: fields.loss_base.into(),
        over_receipt_paid: fields.over_receipt_paid,
        from: fields.from.0,
        to: fields.to.map(|day| day.0),
    }
}

fn offer_fields(offer: &Offer) -> OfferFields {
    OfferFields {
        partner: Id(offer.partner.0),
        sku: Id(offer.sku.0),
        tiers_from: offer.tiers_from.iter().map(|from| Units(*from)).collect(),
        tax_rate_ppm: offer.tax_rate_ppm,
        price_includes_tax: offer.price_includes_tax,
        moq: Units(offer.moq),
        multiple: Units(offer.multiple),
        lead_days_mean: offer.lead_days_mean,
        lead_days_p90: offer.lead_days_p90,
        terms: offer.terms.iter().map(|term| (*term).into()).collect(),
        loss_base: offer.loss_base.into(),
        over_receipt_paid: offer.over_receipt_paid,
        from: Day(offer.from),
        to: offer.to.map(Day),
    }
}

/// An entry that sets a record.
fn set(call: &Call, fact: Fact, money: Option<MoneyPart>) -> Entry {
    let mut ids = call.session.new_ids();
    Entry {
        id: EntryId(ids()),
        effective_on: call.session.today,
        reverses: None,
        batch: None,
        body: Body::of(fact),
        money,
    }
}

fn prices(record: &Record<Offer>) -> Vec<Decimal> {
    record.money.as_ref().map(|money| money.unit_prices.clone()).unwrap_or_default()
}

/// The offer of a partner for some goods that holds on a day, with its prices.
pub(crate) fn current_offer(
    reader: &Reader,
    at: (PartnerId, SkuId),
    day: NaiveDate,
) -> Result<Option<(Offer, Vec<Decimal>)>, Error> {
    let records = reader.records_of::<Offer>(DocKind::Offer, at.1.0)?;
    let offers = records.iter().map(|one| (&one.content, one));
    let found = offer::current(offers, at, day);
    Ok(found.map(|(offer, record)| (offer.clone(), prices(record))))
}

pub(crate) fn offers(call: &Call, _: Nothing) -> Result<Vec<OfferRow>, Error> {
    call.read(|reader| {
        let names = Names::load(&reader)?;
        let records = reader.records::<Offer>(DocKind::Offer)?;
        let rows = records.iter().map(|one| {
            let offer = &one.content;
            let offers = records.iter().map(|one| (&one.content, one.id));
            let now = offer::current(offers, (offer.partner, offer.sku), call.session.today);
            OfferRow {
                id: Id(one.id),
                fields: offer_fields(offer),
                partner_name: names.partner(offer.partner),
                sku_code: names.sku_code(offer.sku),
                sku_name: names.sku_name(offer.sku),
                current: now.is_some_and(|(_, id)| id == one.id),
            }
        });
        Ok(rows.collect())
    })
}

pub(crate) fn offer_prices(call: &Call, _: Nothing) -> Result<Vec<OfferPrices>, Error> {
    call.read(|reader| {
        let records = reader.records::<Offer>(DocKind::Offer)?;
        let text = |price: &Decimal| UnitPrice(price.normalize().to_string());
        let rows = records.iter().map(|one| OfferPrices {
            id: Id(one.id),
            unit_prices: prices(one).iter().map(text).collect(),
        });
        Ok(rows.collect())
    })
}

pub(crate) fn save_offer(call: &Call, input: SaveOffer) -> Result<Posted, Error> {
    call.write(None, |writer| {
        let names = Names::load(writer)?;
        let offer = offer_of(&input.fields);
        if !names.partners.contains_key(&offer.partner) {
            return Err(Error::missing("partner", offer.partner.0));
        }
        if !names.skus.contains_key(&offer.sku) {
            return Err(Error::missing("sku", offer.sku.0));
        }
        let code = names.sku_code(offer.sku);
        offer.check(&code)?;
        let unit_prices = input.unit_prices.iter().map(decimal).collect::<Result<Vec<_>, _>>()?;
        offer.check_prices(&code, &unit_prices)?;
        let money = MoneyPart { unit_prices, ..MoneyPart::new(book_currency(writer)?) };
        let id = OfferId(input.id.map_or_else(Uuid::now_v7, |id| id.0));
        let entry = set(call, Fact::OfferSet { id, offer: Box::new(offer) }, Some(money));
        let entry = post(writer, entry)?;
        Ok(vec![entry])
    })
}

pub(crate) fn quote_offer(call: &Call, input: QuoteOffer) -> Result<OfferQuote, Error> {
    call.read(|reader| {
        let currency = book_currency(&reader)?;
        let at = (input.partner.0.into(), input.sku.0.into());
        let Some((offer, prices)) = current_offer(&reader, at, call.session.today)? else {
            return Ok(OfferQuote {
                offer: None,
                unit_price: None,
                total: None,
                orderable: None,
                cheaper_by_ordering_more: None,
                cheaper_total: None,
                warnings: Vec::new(),
            });
        };
        let qty = domain::stock::positive(input.qty.0)?;
        let price = offer.price_at(&prices, qty);
        let amount = |minor| Amount::from(Money { minor, currency });
        let total =
            price.map(|price| offer.unit_price(price).of_units(qty, currency)).transpose()?;
        let cheaper = offer.cheaper(&prices, qty, currency);
        Ok(OfferQuote {
            unit_price: price.map(|price| UnitPrice(price.normalize().to_string())),
            total: total.map(|split| amount(split.gross())),
            orderable: Some(Units(offer.orderable_from(qty))),
            cheaper_by_ordering_more: cheaper.map(|one| Units(one.more)),
            cheaper_total: cheaper.map(|one| amount(one.total_then)),
            warnings: warnings(&reader, (&offer, &prices), call.session.today)?,
            offer: Some(offer_fields(&offer)),
        })
    })
}

/// What is worth saying of the offer that holds, without refusing it.
fn warnings(
    reader: &Reader,
    (offer, prices): (&Offer, &[Decimal]),
    today: NaiveDate,
) -> Result<Vec<Message>, Error> {
    let rises = offer.check_prices("", prices)?;
    let mut said: Vec<Message> = rises
        .iter()
        .map(|one| Message::new("offer_warning.price_rises", [("from", one.from.into())]))
        .collect();
    let records = reader.records_of::<Offer>(DocKind::Offer, offer.sku.0)?;
    let held = records.iter().map(|one| &one.content);
    let held = held.filter(|one| one.partner == offer.partner && one.holds_on(today)).count();
    if held > 1 {
        let others = i64::try_from(held - 1).unwrap_or(i64::MAX);
        let args = [("count", others.into()), ("from", offer.from.to_string().into())];
        said.push(Message::new("offer_warning.overlaps", args));
    }
    Ok(said)
}

/// A version of goods.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct VersionFields {
    /// Which one; new without.
    #[serde(default)]
    pub id: Option<Id>,
    /// Of which goods.
    pub sku: Id,
    /// Number of the artwork.
    pub artwork_no: String,
    /// 备案号 or 注册证号.
    #[serde(default)]
    pub registration_no: String,
    /// Ordered from this day on.
    pub from: Day,
    /// Not ordered after this day.
    #[serde(default)]
    pub to: Option<Day>,
    /// What happens to stock of the version before.
    pub old_stock: OldStockWord,
}

pub(crate) fn versions(call: &Call, _: Nothing) -> Result<Vec<VersionFields>, Error> {
    call.read(|reader| {
        let records = reader.records::<SkuVersion>(DocKind::Version)?;
        let row = |one: Record<SkuVersion>| VersionFields {
            id: Some(Id(one.id)),
            sku: Id(one.content.sku.0),
            artwork_no: one.content.artwork_no,
            registration_no: one.content.registration_no,
            from: Day(one.content.from),
            to: one.content.to.map(Day),
            old_stock: one.content.old_stock.into(),
        };
        Ok(records.into_iter().map(row).collect())
    })
}

pub(crate) fn save_version(call: &Call, input: VersionFields) -> Result<Posted, Error> {
    call.write(None, |writer| {
        let goods = writer.sku(input.sku.0.into())?;
        let goods = goods.ok_or_else(|| Error::missing("sku", input.sku.0))?;
        let version = SkuVersion {
            sku: input.sku.0.into(),
            artwork_no: input.artwork_no.trim().to_owned(),
            registration_no: input.registration_no.trim().to_owned(),
            from: input.from.0,
            to: input.to.map(|day| day.0),
            old_stock: input.old_stock.into(),
        };
        version.check()?;
        let id = VersionId(input.id.map_or_else(Uuid::now_v7, |id| id.0));
        let others = writer.records_of::<SkuVersion>(DocKind::Version, input.sku.0)?;
        let others = others.iter().filter(|one| one.id != id.0).map(|one| &one.content);
        version.check_beside(&goods.sku.code, others)?;
        let entry = set(call, Fact::VersionSet { id, version }, None);
        let entry = post(writer, entry)?;
        Ok(vec![entry])
    })
}

/// A line of a bill of materials.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BomLineFields {
    /// Which material.
    pub material: Id,
    /// Units of it in 1,000 of the goods.
    #[ts(type = "number")]
    pub per_1000: i64,
    /// Loss allowed, ppm of what is issued.
    #[ts(type = "number")]
    pub allowance_ppm: i64,
    /// Who brings it.
    pub supplied_by: SuppliedByWord,
}

/// A bill of materials.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BomFields {
    /// Which one; new without.
    #[serde(default)]
    pub id: Option<Id>,
    /// Of which goods.
    pub sku: Id,
    /// At which factory.
    pub factory: Id,
    /// For which version; all without.
    #[serde(default)]
    pub version: Option<Id>,
    /// Holds from this day on.
    pub from: Day,
    /// Holds until this day.
    #[serde(default)]
    pub to: Option<Day>,
    /// Its materials.
    pub lines: Vec<BomLineFields>,
}

fn bom_fields(one: Record<Bom>) -> BomFields {
    let lines = one.content.lines.iter().map(|line| BomLineFields {
        material: Id(line.material.0),
        per_1000: line.per_1000,
        allowance_ppm: line.allowance_ppm,
        supplied_by: line.supplied_by.into(),
    });
    BomFields {
        id: Some(Id(one.id)),
        sku: Id(one.content.sku.0),
        factory: Id(one.content.factory.0),
        version: one.content.version.map(|id| Id(id.0)),
        from: Day(one.content.from),
        to: one.content.to.map(Day),
        lines: lines.collect(),
    }
}

pub(crate) fn boms(call: &Call, _: Nothing) -> Result<Vec<BomFields>, Error> {
    call.read(|reader| {
        Ok(reader.records::<Bom>(DocKind::Bom)?.into_iter().map(bom_fields).collect())
    })
}

pub(crate) fn save_bom(call: &Call, input: BomFields) -> Result<Posted, Error> {
    call.write(None, |writer| {
        let names = Names::load(writer)?;
        let goods = input.lines.iter().map(|line| line.material).chain([input.sku]);
        for sku in goods {
            if !names.skus.contains_key(&sku.0.into()) {
                return Err(Error::missing("sku", sku.0));
            }
        }
        if !names.partners.contains_key(&input.factory.0.into()) {
            return Err(Error::missing("partner", input.factory.0));
        }
        let bom = Bom {
            sku: input.sku.0.into(),
            factory: input.factory.0.into(),
            version: input.version.map(|id| id.0.into()),
            from: input.from.0,
            to: input.to.map(|day| day.0),
            lines: input.lines.iter().map(bom_line).collect(),
        };
        bom.check()?;
        let id = BomId(input.id.map_or_else(Uuid::now_v7, |id| id.0));
        let entry = set(call, Fact::BomSet { id, bom: Box::new(bom) }, None);
        let entry = post(writer, entry)?;
        Ok(vec![entry])
    })
}

fn bom_line(line: &BomLineFields) -> BomLine {
    BomLine {
        material: line.material.0.into(),
        per_1000: line.per_1000,
        allowance_ppm: line.allowance_ppm,
        supplied_by: line.supplied_by.into(),
    }
}
