//! One box that finds goods, lots, orders, transfers, cartons, places and partners.
//!
//! Knows what people type: a code, a part of a name, others' codes, pinyin initials. Refuses to
//! read anything that needs the right to see money.

mod text;

use domain::transfer::{Carton, Transfer};
use serde::{Deserialize, Serialize};
use store::Reader;
use ts_rs::TS;
use uuid::Uuid;

use crate::{
    Error,
    commands::Call,
    known::{Names, goods_name},
    orders::codes,
    wire::{Bilingual, Id},
};
use text::{Typed, Words};

/// How many things are found at most.
const FOUND: usize = 30;

/// What was typed.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct Search {
    /// Words; each must be found.
    pub text: String,
}

/// A thing that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Found {
    /// `sku`, `lot`, `order`, `transfer`, `carton`, `location`, `partner`.
    pub kind: String,
    /// What to open; for a carton its transfer.
    pub id: Id,
    /// What people call it; goods by their code.
    pub title: String,
    /// Of goods and their lots, what the goods are called.
    pub name: Option<Bilingual>,
    /// What tells it apart from others of that name.
    pub subtitle: String,
}

/// What was found so far, with how well it fits.
struct Hits<'a> {
    typed: &'a Typed,
    found: Vec<((text::Fit, usize, String), Found)>,
}

impl Hits<'_> {
    fn look(&mut self, words: &Words, found: impl FnOnce() -> Found) {
        if let Some(fit) = self.typed.fit(words) {
            let found = found();
            self.found.push(((fit, found.title.chars().count(), found.title.clone()), found));
        }
    }

    fn best(mut self) -> Vec<Found> {
        self.found.sort_by(|(a, _), (b, _)| a.cmp(b));
        self.found.into_iter().take(FOUND).map(|(_, found)| found).collect()
    }
}

fn found(kind: &str, id: Uuid, title: impl Into<String>, subtitle: &[&str]) -> Found {
    let parts: Vec<&str> = subtitle.iter().copied().filter(|part| !part.is_empty()).collect();
    let (title, subtitle) = (title.into(), parts.join(" · "));
    Found { kind: kind.into(), id: Id(id), title, name: None, subtitle }
}

pub(crate) fn find(call: &Call, input: Search) -> Result<Vec<Found>, Error> {
    let typed = Typed::new(&input.text);
    if typed.is_empty() {
        return Ok(Vec::new());
    }
    call.read(|reader| {
        let names = Names::load(&reader)?;
        let mut hits = Hits { typed: &typed, found: Vec::new() };
        goods(&mut hits, &names);
        lots(&mut hits, &reader, &names)?;
        documents(&mut hits, &reader, &names)?;
        places(&mut hits, &names);
        partners(&mut hits, &reader)?;
        Ok(hits.best())
    })
}

fn goods(hits: &mut Hits, names: &Names) {
    for record in names.skus.values() {
        let sku = &record.sku;
        let mut codes: Vec<&str> = vec![&sku.code];
        codes.extend(sku.gtin.as_deref());
        codes.extend(sku.aliases.iter().map(|alias| alias.code.as_str()));
        let texts = [&*sku.name_zh, &sku.name_en, &sku.brand, &sku.spec, &sku.category];
        hits.look(&Words { codes: &codes, texts: &texts }, || {
            let name = Some(goods_name(record));
            Found { name, ..found("sku", record.id.0, sku.code.clone(), &[&sku.spec, &sku.brand]) }
        });
    }
}

fn lots(hits: &mut Hits, reader: &Reader, names: &Names) -> Result<(), Error> {
    for lot in reader.lots()?.iter().filter(|lot| lot.live) {
        hits.look(&Words { codes: &[&lot.lot_no], texts: &[] }, || {
            let expires = lot.dates.expires_on.map(|day| day.to_string()).unwrap_or_default();
            let (sku, name) = (names.sku_code(lot.sku), Some(names.sku_name(lot.sku)));
            Found { name, ..found("lot", lot.id.0, lot.lot_no.clone(), &[&sku, &expires]) }
        });
    }
    Ok(())
}

fn documents(hits: &mut Hits, reader: &Reader, names: &Names) -> Result<(), Error> {
    for (id, order) in reader.orders()? {
        let content = &order.content;
        hits.look(&Words { codes: &[&content.number], texts: &[] }, || {
            let goods = codes(content.lines.iter().map(|line| line.sku), names);
            let factory = names.partner(content.factory);
            found("order", id.0, content.number.clone(), &[&factory, &goods])
        });
    }
    for (id, transfer) in reader.transfers()? {
        let content = &transfer.content;
        let way = || format!("{} → {}", names.place(content.from), names.place(content.to));
        let known = [&*content.number, &*transfer.tracking];
        hits.look(&Words { codes: &known, texts: &[] }, || {
            let goods = codes(content.lines.iter().map(|line| line.sku), names);
            found("transfer", id.0, content.number.clone(), &[&way(), &goods])
        });
        carton(hits, id.0, &transfer, &way());
    }
    Ok(())
}

/// The carton of a transfer that fits best: all of them would be one transfer many times.
fn carton(hits: &mut Hits, id: Uuid, transfer: &Transfer, way: &str) {
    // A scanner may give an SSCC with its identifier in front.
    let scanned = |carton: &Carton| format!("00{}", carton.code);
    let fits = transfer.cartons.iter().filter_map(|carton| {
        let words = Words { codes: &[&carton.code, &scanned(carton)], texts: &[] };
        Some((hits.typed.fit(&words)?, carton))
    });
    let Some((_, carton)) = fits.min_by_key(|(fit, carton)| (*fit, carton.no)) else { return };
    hits.look(&Words { codes: &[&carton.code, &scanned(carton)], texts: &[] }, || {
        let place = format!("{}/{}", carton.no, transfer.cartons.len());
        found("carton", id, carton.code.clone(), &[&transfer.content.number, &place, way])
    });
}

fn places(hits: &mut Hits, names: &Names) {
    for place in names.places.values().filter(|place| place.place.is_some()) {
        let words = Words { codes: &[&place.code], texts: &[&place.name] };
        hits.look(&words, || {
            found("location", place.id.0, format!("{} {}", place.code, place.name), &[])
        });
    }
}

fn partners(hits: &mut Hits, reader: &Reader) -> Result<(), Error> {
    for (id, partner) in reader.partners()? {
        let words = Words { codes: &[&partner.code], texts: &[&partner.name, &partner.contact] };
        hits.look(&words, || {
            let title = format!("{} {}", partner.code, partner.name);
            found("partner", id.0, title, &[&partner.contact])
        });
    }
    Ok(())
}
