//! Papers of transfers: the packing list and the labels of its cartons.

use documents::{CartonIdentity, CartonLabels, CartonRun, PackedLot, PackingList, Party};
use domain::{
    TransferId,
    transfer::{Carton, CartonContent, Transfer, TransferState},
};
use standards::Sscc;
use store::Reader;

use super::{cancelled, company, gtin, name, place_party};
use crate::{
    Error,
    commands::Call,
    known::Names,
    papers::{PrintPaper, draft_number},
    transfers::{LotNumbers, gross_g},
    wire::{Id, Lang},
};

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
        return Err(cancelled(&transfer.content.number));
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

pub(in crate::papers) fn packing_list(
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

/// The size of a carton of one product; a part carton travels in the same box.
fn size_mm(carton: &Carton, names: &Names) -> Option<[i64; 3]> {
    let [only] = carton.contents.as_slice() else { return None };
    let pack = names.skus.get(&only.sku)?.sku.carton?;
    Some([pack.length_mm?, pack.width_mm?, pack.height_mm?]).filter(|_| only.qty <= pack.units)
}

pub(in crate::papers) fn labels(
    reader: &Reader,
    input: &PrintPaper,
) -> Result<CartonLabels, Error> {
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
