//! What stands on a paper: a document with the master data that it names.

use chrono::NaiveDate;
use documents::{
    CartonIdentity, CartonLabels, CartonRun, OrderForm, OrderKind, OrderLine, PackedLot,
    PackingList, Party,
};
use domain::{
    Currency, Money, OrderId, PartnerId, PlaceId, SkuId, TransferId,
    company::Company,
    order::OrderState,
    partner::Partner,
    transfer::{Carton, CartonContent, Transfer, TransferState},
};
use rust_decimal::Decimal;
use standards::{Gtin, Sscc};
use store::Reader;

use super::{PrintPaper, draft_number};
use crate::{
    Error,
    commands::Call,
    goods::{book_currency, decimal},
    known::Names,
    orders,
    transfers::{LotNumbers, gross_g},
    wire::{Bilingual, Id, Lang},
};

/// What an order to a factory says, draft or issued.
struct Ordered {
    number: String,
    on: NaiveDate,
    promised_on: Option<NaiveDate>,
    factory: PartnerId,
    deliver_to: PlaceId,
    lines: Vec<(SkuId, i64)>,
    prices: Vec<Decimal>,
    terms: String,
}

pub(super) fn order(reader: &Reader, call: &Call, input: &PrintPaper) -> Result<OrderForm, Error> {
    let names = Names::load(reader)?;
    let currency = book_currency(reader)?;
    let ordered = ordered(reader, call, input.id)?;
    let lines = ordered.lines.iter().enumerate().map(|(at, (sku, qty))| {
        let price = ordered.prices.get(at).copied().unwrap_or_default();
        order_line(&names, input.lang, (*sku, *qty, price), currency)
    });
    let lines = lines.collect::<Result<Vec<_>, Error>>()?;
    let clauses = ordered.terms.lines().map(str::trim).filter(|clause| !clause.is_empty());
    Ok(OrderForm {
        // The factory makes our goods under our label, often with our material.
        kind: OrderKind::Processing,
        number: ordered.number,
        ordered_on: ordered.on,
        promised_on: ordered.promised_on,
        sign_place: None,
        deliver_to: Some(delivery(&names, ordered.deliver_to)),
        currency: currency.to_string(),
        buyer: company(reader, input.lang)?,
        factory: partner(reader, ordered.factory)?.map(|one| party(&one)).unwrap_or_default(),
        lines,
        terms: clauses.map(str::to_owned).collect(),
    })
}

fn ordered(reader: &Reader, call: &Call, id: Id) -> Result<Ordered, Error> {
    if let Some(draft) = orders::draft(reader, id)? {
        return Ok(Ordered {
            number: draft_number(id.0),
            on: call.session.today,
            promised_on: draft.promised_on.map(|day| day.0),
            factory: draft.factory.0.into(),
            deliver_to: draft.deliver_to.0.into(),
            lines: draft.lines.iter().map(|line| (line.sku.0.into(), line.qty.0)).collect(),
            prices: draft.unit_prices.iter().map(decimal).collect::<Result<_, _>>()?,
            terms: draft.terms,
        });
    }
    let order_id = OrderId(id.0);
    let order = reader.order(order_id)?.ok_or_else(|| Error::missing("order", id.0))?;
    let content = order.content;
    if order.state == OrderState::Cancelled {
        return Err(Error::refused("paper.cancelled", [("number", content.number.into())]));
    }
    let prices = reader.order_prices(order_id)?;
    if prices.is_empty() {
        // A desk may hold an order whose prices were withheld from it.
        return Err(Error::refused("paper.no_prices", [("number", content.number.into())]));
    }
    Ok(Ordered {
        number: content.number,
        on: order.issued_on,
        promised_on: order.promised_on.or(content.wanted_on),
        factory: content.factory,
        deliver_to: content.deliver_to,
        lines: content.lines.iter().map(|line| (line.sku, line.qty)).collect(),
        prices: prices.into_iter().map(|(price, _)| price).collect(),
        terms: content.terms,
    })
}

fn order_line(
    names: &Names,
    lang: Lang,
    (sku, quantity, unit_price): (SkuId, i64, Decimal),
    currency: Currency,
) -> Result<OrderLine, Error> {
    let record = names.skus.get(&sku).ok_or_else(|| Error::missing("sku", sku.0))?;
    let amount = Money::of_units(unit_price, quantity, currency)?;
    Ok(OrderLine {
        sku: record.sku.code.clone(),
        name: name(names, lang, sku),
        spec: record.sku.spec.clone(),
        quantity,
        unit: record.sku.unit.clone(),
        unit_price,
        // Orders know no tax yet: prices are agreed as they are paid.
        tax_percent: None,
        amount: amount.to_decimal(),
        tax: Decimal::ZERO,
    })
}

/// What goods are called in a language, else in the other.
fn name(names: &Names, lang: Lang, sku: SkuId) -> String {
    names.sku_name(sku).in_lang(lang).to_owned()
}

fn filled(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn described(reader: &Reader) -> Result<Company, Error> {
    reader.company()?.ok_or_else(|| Error::missing("company", ""))
}

fn company(reader: &Reader, lang: Lang) -> Result<Party, Error> {
    let company = described(reader)?;
    let name = Bilingual { zh: company.name_zh, en: company.name_en };
    Ok(Party {
        name: name.in_lang(lang).to_owned(),
        credit_code: filled(&company.tax_no),
        address: filled(&company.address),
        contact: None,
        phone: filled(&company.phone),
    })
}

fn partner(reader: &Reader, id: PartnerId) -> Result<Option<Partner>, Error> {
    Ok(reader.partners()?.into_iter().find(|(one, _)| *one == id).map(|(_, partner)| partner))
}

fn party(partner: &Partner) -> Party {
    Party {
        name: partner.name.clone(),
        credit_code: filled(&partner.tax_no),
        address: filled(&partner.address),
        contact: filled(&partner.contact),
        phone: filled(&partner.phone),
    }
}

fn address(names: &Names, place: PlaceId) -> Option<String> {
    filled(&names.places.get(&place)?.place.as_ref()?.address)
}

fn delivery(names: &Names, place: PlaceId) -> String {
    let name = names.place_name(place);
    address(names, place).map_or(name.clone(), |address| format!("{name} {address}"))
}

/// A place that sends or receives, with whom to ask for there.
fn place_party(reader: &Reader, names: &Names, id: PlaceId) -> Result<Party, Error> {
    let of = names.places.get(&id).and_then(|place| place.place.as_ref()?.partner);
    let partner = of.map(|of| partner(reader, of)).transpose()?.flatten();
    let contact = partner.as_ref().map(party).unwrap_or_default();
    Ok(Party {
        name: names.place_name(id),
        credit_code: None,
        address: address(names, id).or(contact.address),
        contact: contact.contact,
        phone: contact.phone,
    })
}

/// A transfer that is packed, with the numbers of its lots.
fn packed(reader: &Reader, id: Id) -> Result<(Transfer, LotNumbers), Error> {
    let Some(transfer) = reader.transfer(TransferId(id.0))? else {
        return Err(match reader.draft("transfer", id.0)? {
            Some(_) => {
                let number = draft_number(id.0);
                Error::refused(
                    "paper.not_packed",
                    [("number", number.into()), ("state", "draft".into())],
                )
            }
            None => Error::missing("transfer", id.0),
        });
    };
    let number = || transfer.content.number.clone().into();
    if transfer.state == TransferState::Cancelled {
        return Err(Error::refused("paper.cancelled", [("number", number())]));
    }
    if transfer.cartons.is_empty() {
        let state = transfer.state.word().into();
        return Err(Error::refused("paper.not_packed", [("number", number()), ("state", state)]));
    }
    let lots = LotNumbers::load(reader, &transfer)?;
    if transfer.state == TransferState::Packed {
        // They would be stuck on cartons that hold what was sold since.
        transfer.refuse_stale_cartons(|lot| lots.of(lot))?;
    }
    Ok((transfer, lots))
}

pub(super) fn packing_list(
    reader: &Reader,
    call: &Call,
    input: &PrintPaper,
) -> Result<PackingList, Error> {
    let names = Names::load(reader)?;
    let (transfer, lots) = packed(reader, input.id)?;
    let from = place_party(reader, &names, transfer.content.from)?;
    let company = company(reader, input.lang)?;
    Ok(PackingList {
        transfer_number: transfer.content.number.clone(),
        ship_date: transfer.shipped_on.unwrap_or(call.session.today),
        order_reference: None,
        // Whose goods they are, then the door that they leave by.
        from: Party {
            name: format!("{} {}", company.name, from.name),
            phone: from.phone.or(company.phone),
            ..from
        },
        to: place_party(reader, &names, transfer.content.to)?,
        cartons: runs(&transfer.cartons, &names, &lots, input.lang),
    })
}

/// Neighbours that are packed alike become one line.
fn runs(cartons: &[Carton], names: &Names, lots: &LotNumbers, lang: Lang) -> Vec<CartonRun> {
    let alike = |a: &Carton, b: &Carton| a.contents == b.contents && a.no + 1 == b.no;
    let groups = cartons.chunk_by(alike);
    groups
        .filter_map(|group| {
            let (first, last) = (group.first()?, group.last()?);
            let contents = first.contents.iter().map(|one| packed_lot(one, names, lots, lang));
            Some(CartonRun {
                first: first.no.into(),
                last: last.no.into(),
                contents: contents.collect(),
                net_grams: None,
                gross_grams: gross_g(first, names),
                size_mm: size_mm(first, names),
            })
        })
        .collect()
}

fn packed_lot(content: &CartonContent, names: &Names, lots: &LotNumbers, lang: Lang) -> PackedLot {
    let dates = lots.record(content.lot).map(|lot| lot.dates).unwrap_or_default();
    PackedLot {
        sku: names.sku_code(content.sku),
        name: name(names, lang, content.sku),
        gtin: gtin(names, content.sku),
        lot: lots.of(content.lot),
        manufactured: dates.mfg_on,
        expires: dates.expires_on,
        pieces_per_carton: content.qty,
    }
}

/// Goods are saved with a GTIN whose check digit holds, or with none.
fn gtin(names: &Names, sku: SkuId) -> Option<Gtin> {
    Gtin::parse(names.skus.get(&sku)?.sku.gtin.as_deref()?).ok()
}

/// The size of a carton of one product; a part carton travels in the same box.
fn size_mm(carton: &Carton, names: &Names) -> Option<[i64; 3]> {
    let [only] = carton.contents.as_slice() else { return None };
    let pack = names.skus.get(&only.sku)?.sku.carton?;
    Some([pack.length_mm?, pack.width_mm?, pack.height_mm?]).filter(|_| only.qty <= pack.units)
}

pub(super) fn labels(reader: &Reader, input: &PrintPaper) -> Result<CartonLabels, Error> {
    let names = Names::load(reader)?;
    let (transfer, lots) = packed(reader, input.id)?;
    let to = place_party(reader, &names, transfer.content.to)?;
    let cartons = transfer.cartons.iter().map(|carton| label(carton, &names, &lots, input.lang));
    let cartons = cartons.collect::<Result<Vec<_>, Error>>()?;
    Ok(CartonLabels {
        brand: brand(reader, &names, &transfer, input.lang)?,
        consignee: to.name,
        destination: to.address.unwrap_or_default(),
        transfer_number: transfer.content.number.clone(),
        order_reference: None,
        cartons_total: i64::try_from(cartons.len()).unwrap_or(i64::MAX),
        cartons,
    })
}

/// The one brand of all goods of a transfer, else the company.
fn brand(reader: &Reader, names: &Names, transfer: &Transfer, lang: Lang) -> Result<String, Error> {
    let skus = transfer.content.lines.iter().filter_map(|line| names.skus.get(&line.sku));
    let mut brands: Vec<&str> = skus.map(|record| record.sku.brand.trim()).collect();
    brands.sort_unstable();
    brands.dedup();
    match brands.as_slice() {
        [only] if !only.is_empty() => Ok((*only).to_owned()),
        _ => Ok(company(reader, lang)?.name),
    }
}

fn label(
    carton: &Carton,
    names: &Names,
    lots: &LotNumbers,
    lang: Lang,
) -> Result<documents::Carton, Error> {
    let identity = if carton.sscc {
        let sscc = Sscc::parse(&carton.code).map_err(|fault| {
            Error::refused("carton.no_sscc", [("detail", fault.to_string().into())])
        })?;
        CartonIdentity::Sscc(sscc)
    } else {
        CartonIdentity::Internal(carton.code.clone())
    };
    let contents = carton.contents.iter().map(|one| {
        let packed = packed_lot(one, names, lots, lang);
        documents::CartonContent {
            sku: packed.sku,
            name: packed.name,
            gtin: packed.gtin,
            lot: packed.lot,
            manufactured: packed.manufactured,
            expires: packed.expires,
            quantity: one.qty,
        }
    });
    Ok(documents::Carton {
        number: carton.no.into(),
        identity,
        contents: contents.collect(),
        gross_grams: gross_g(carton, names),
        size_mm: size_mm(carton, names),
    })
}
