//! What stands on a paper: a document with the master data that it names.

mod materials;
mod orders;
mod receipts;
mod transfers;

use documents::Party;
use domain::{
    Entry, EntryId, PartnerId, PlaceId, SkuId, company::Company, order::ProductionOrder,
    partner::Partner,
};
use standards::Gtin;
use store::Reader;

pub(super) use materials::{slip, statement};
pub(super) use orders::{contract, payment_request};
pub(super) use receipts::{lot_labels, receipt, return_note};
pub(super) use transfers::{labels, packing_list};

use crate::{
    Error,
    known::Names,
    wire::{Bilingual, Id, Lang},
};

/// A paper of something that was called off or undone would be taken for one that holds.
fn cancelled(number: &str) -> Error {
    Error::refused("paper.cancelled", [("number", number.into())])
}

/// An entry that stands, for the papers that are made of one; `what` names it when it is missing.
fn standing(
    reader: &Reader,
    what: &str,
    id: Id,
    number: impl FnOnce(&Entry) -> Result<Option<String>, Error>,
) -> Result<(Entry, String), Error> {
    let missing = || Error::missing(what, id.0);
    let row = reader.entry(EntryId(id.0))?.ok_or_else(missing)?;
    let entry = row.recorded.entry;
    let number = number(&entry)?.ok_or_else(missing)?;
    if row.reversed_by.is_some() { Err(cancelled(&number)) } else { Ok((entry, number)) }
}

/// An order as it stood before one of its live entries.
fn as_before(entries: &[Entry], last: EntryId) -> Option<ProductionOrder> {
    let before = entries.iter().take_while(|entry| entry.id != last);
    before.fold(None, |order, entry| {
        ProductionOrder::fold(order, &entry.body.fact, entry.effective_on)
    })
}

/// What goods are called in a language, else in the other.
fn name(names: &Names, lang: Lang, sku: SkuId) -> String {
    names.sku_name(sku).in_lang(lang).to_owned()
}

/// Size and packing of goods, and what a unit of them is called.
fn spec_and_unit(names: &Names, sku: SkuId) -> (String, String) {
    let record = names.skus.get(&sku).map(|record| &record.sku);
    record.map(|sku| (sku.spec.clone(), sku.unit.clone())).unwrap_or_default()
}

/// Goods are saved with a GTIN whose check digit holds, or with none.
fn gtin(names: &Names, sku: SkuId) -> Option<Gtin> {
    Gtin::parse(names.skus.get(&sku)?.sku.gtin.as_deref()?).ok()
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

/// One side of a contract; nothing but an empty name for a partner that is not known.
fn partner_party(reader: &Reader, id: PartnerId) -> Result<Party, Error> {
    Ok(partner(reader, id)?.as_ref().map(party).unwrap_or_default())
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

/// Whose place it is, when it is a partner's.
fn owner(names: &Names, id: PlaceId) -> Option<PartnerId> {
    names.places.get(&id)?.place.as_ref()?.partner
}

/// A place that sends or receives, with whom to ask for there.
fn place_party(reader: &Reader, names: &Names, id: PlaceId) -> Result<Party, Error> {
    let partner = owner(names, id).map(|of| partner(reader, of)).transpose()?.flatten();
    let contact = partner.as_ref().map(party).unwrap_or_default();
    Ok(Party {
        name: names.place_name(id),
        credit_code: None,
        address: address(names, id).or(contact.address),
        contact: contact.contact,
        phone: contact.phone,
    })
}
