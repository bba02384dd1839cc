//! Cartons: how a transfer's lines fill them, and the codes that they carry for ever.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::{
    LotId,
    entry::Serial,
    transfer::{self, Carton, Transfer},
};
use standards::{CompanyPrefix, Sscc};
use store::Reader;

use super::{CartonContent, CartonRow, step};
use crate::{
    Error,
    commands::Call,
    known::Names,
    wire::{ById, Id, Posted, Units},
};

pub(crate) fn pack(call: &Call, input: ById) -> Result<Posted, Error> {
    step(call, input.id, call.session.today, |reader, step, transfer, lots| {
        let names = Names::load(reader)?;
        let contents = transfer::fill_cartons(&transfer.lines(), |sku| names.units_per_carton(sku));
        let prefix = reader.company()?.and_then(|company| company.gs1_prefix);
        let (cartons, serials) = number_cartons(reader, contents, prefix.as_deref())?;
        Ok(transfer::pack(step, transfer, cartons, serials, |lot| lots.of(lot))?)
    })
}

/// Gives each carton its code: an SSCC under the company's prefix, else an internal number. Serials
/// are used up for ever, so no code is ever given twice.
fn number_cartons(
    reader: &Reader,
    contents: Vec<transfer::CartonContent>,
    prefix: Option<&str>,
) -> Result<(Vec<Carton>, Vec<Serial>), Error> {
    let desk = reader.desk_letter()?;
    let series = match prefix {
        Some(prefix) => format!("SSCC-{prefix}"),
        None => format!("CT-{desk}"),
    };
    let first = reader.next_serial(&series)?;
    let (mut cartons, mut serials) = (Vec::new(), Vec::new());
    for ((content, no), n) in contents.into_iter().zip(1..).zip(first..) {
        let code = match prefix {
            Some(prefix) => sscc(prefix, n)?,
            None => format!("CT-{desk}-{n:06}"),
        };
        cartons.push(Carton { no, code, sscc: prefix.is_some(), contents: vec![content] });
        serials.push(Serial { series: series.clone(), n });
    }
    Ok((cartons, serials))
}

fn sscc(prefix: &str, serial: i64) -> Result<String, Error> {
    let refused = |fault: standards::KeyError| {
        Error::refused("carton.no_sscc", [("detail", fault.to_string().into())])
    };
    let prefix = CompanyPrefix::parse(prefix).map_err(refused)?;
    let serial = u64::try_from(serial).unwrap_or(u64::MAX);
    Ok(Sscc::build(0, &prefix, serial).map_err(refused)?.to_string())
}

pub(super) fn carton_rows(transfer: &Transfer, names: &Names, lots: &LotNumbers) -> Vec<CartonRow> {
    let cartons = transfer.cartons.iter();
    cartons
        .map(|carton| CartonRow {
            no: carton.no,
            code: carton.code.clone(),
            sscc: carton.sscc,
            contents: carton
                .contents
                .iter()
                .map(|one| CartonContent {
                    lot: Id(one.lot.0),
                    lot_no: lots.of(one.lot),
                    sku_code: names.sku_code(one.sku),
                    qty: Units(one.qty),
                })
                .collect(),
            gross_g: gross_g(carton, names),
        })
        .collect()
}

/// The weight of a carton of one product that is full; nobody knows that of others.
pub(crate) fn gross_g(carton: &Carton, names: &Names) -> Option<i64> {
    let [only] = carton.contents.as_slice() else { return None };
    let pack = names.skus.get(&only.sku)?.sku.carton?;
    (only.qty == pack.units).then_some(pack.gross_g).flatten()
}

/// Numbers and expiries of a transfer's lots.
#[derive(Default)]
pub(crate) struct LotNumbers {
    lots: BTreeMap<LotId, store::LotRecord>,
}

impl LotNumbers {
    pub(crate) fn load(reader: &Reader, transfer: &Transfer) -> Result<Self, Error> {
        let mut numbers = Self::default();
        for line in &transfer.content.lines {
            numbers.add(reader, line.lot)?;
        }
        Ok(numbers)
    }

    pub(super) fn add(&mut self, reader: &Reader, lot: LotId) -> Result<(), Error> {
        if let Some(record) = reader.lot(lot)? {
            self.lots.insert(lot, record);
        }
        Ok(())
    }

    pub(crate) fn of(&self, lot: LotId) -> String {
        self.lots.get(&lot).map(|lot| lot.lot_no.clone()).unwrap_or_default()
    }

    pub(crate) fn record(&self, lot: LotId) -> Option<&store::LotRecord> {
        self.lots.get(&lot)
    }

    pub(super) fn expires_on(&self, lot: LotId) -> Option<NaiveDate> {
        self.lots.get(&lot)?.dates.expires_on
    }
}
