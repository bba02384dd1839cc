//! From what a shop's copy of orders says of a day to the entry that posts it.
//!
//! Knows that a day posts whole: every level that the copy has of it, and every level that was
//! posted and is there no more, as zero. So a day may be posted again at any time and posts the
//! difference alone. What has no place or no goods here waits, and what was posted of it stays.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::{
    Entry, Fact, PlaceId, SkuId,
    fact::{SaleKind, SaleSource},
    sales::{LevelKey, Reported, SalesKnown, SalesOf, Units, post as post_sales},
};
use store::{Reader, Writer};

use super::{Mapping, Tally};
use crate::{Error, Session, goods::book_currency, posting, suspense};

/// The most lines of one entry.
const LINES: usize = 1_000;

/// The last day that has ended on `day`.
pub(crate) fn day_before(day: NaiveDate) -> NaiveDate {
    day.pred_opt().unwrap_or(day)
}

/// How a day is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Known {
    /// More may still come of it.
    SoFar,
    /// The marketplace's clock is past it and all its changes are in: what is not reported was not
    /// sold, and that is a fact that forecasts need.
    Whole,
}

/// Posts what a day's levels are beyond what is posted of it.
pub(crate) fn post_day(
    writer: &mut Writer,
    session: &Session,
    mapping: &Mapping,
    (day, known): (NaiveDate, Known),
    tally: &mut Tally,
) -> Result<Vec<Entry>, Error> {
    let currency = book_currency(writer)?;
    let changed = changed_levels(writer, mapping, (day, known), tally)?;
    let mut entries = Vec::new();
    let mut cut: BTreeSet<PlaceId> = BTreeSet::new();
    for part in changed.chunks(LINES) {
        let source = SaleSource::Feed;
        let of = SalesOf { shop: mapping.shop, day, source, batch: None, currency };
        let known = known_of(writer, mapping, day, part)?;
        let Some(entry) = post_sales(&of, part, known, &mut session.new_ids()) else { continue };
        let entry = posting::post(writer, entry)?;
        if let Fact::SalesPosted(sales) = &entry.body.fact {
            tally.posted(day, sales.lines.iter().map(|line| line.units).sum());
            let fewer = sales.lines.iter().filter(|line| line.units < 0);
            cut.extend(fewer.map(|line| line.place));
        }
        entries.push(entry);
    }
    // What was charged to lots for a sale that did not take place goes back to them.
    for place in cut {
        entries.extend(suspense::release(writer, place, &mut session.new_ids())?);
    }
    Ok(entries)
}

/// The levels of a day that differ from what is posted, in the order of their keys.
fn changed_levels(
    reader: &Reader,
    mapping: &Mapping,
    (day, known): (NaiveDate, Known),
    tally: &mut Tally,
) -> Result<Vec<Reported>, Error> {
    if reader.sales_source(mapping.shop, day)? == Some(SaleSource::File) {
        tally.by_file(mapping.shop.0, day);
        return Ok(Vec::new());
    }
    let posted = reader.posted_levels(mapping.shop, day)?;
    let skus = reader.posted_skus(mapping.shop, day)?;
    let mut levels = Levels { mapping, day, skus: &skus, of: BTreeMap::new() };
    let mut waiting = BTreeSet::new();
    for one in reader.remote_levels(mapping.shop, day)? {
        let Some(place) = mapping.place(&one.warehouse) else {
            waiting.insert(one.listing);
            continue;
        };
        if mapping.is_by_file(place, day) {
            tally.by_file(place.0, day);
            continue;
        }
        levels.add(place, one.listing, one.seller_sku.as_deref(), one.level);
    }
    for (place, listing, kind) in posted.keys() {
        // Sold out of a warehouse that is no place of ours any more: it waits, and what is posted
        // of it stays until it has one again.
        if *kind == SaleKind::Sale && !waiting.contains(listing) {
            levels.add(*place, listing.clone(), None, Units::default());
        }
    }
    if known == Known::Whole {
        for goods in mapping.goods().iter().filter(|goods| goods.first_on <= day) {
            if let Some(place) = mapping.place(&goods.warehouse) {
                let seller_sku = goods.seller_sku.as_deref();
                levels.add(place, goods.listing.clone(), seller_sku, Units::default());
            }
        }
    }
    let differs = |one: &Reported| {
        posted.get(&(one.place, one.listing.clone(), one.kind)) != Some(&one.level)
    };
    Ok(levels.of.into_values().filter(differs).collect())
}

/// Levels as they are summed up.
struct Levels<'a> {
    mapping: &'a Mapping,
    day: NaiveDate,
    skus: &'a BTreeMap<LevelKey, SkuId>,
    of: BTreeMap<LevelKey, Reported>,
}

impl Levels<'_> {
    /// Adds units of a listing out of a place: two warehouses may be one place of ours. A level
    /// that was posted stays with the goods it was posted of.
    fn add(&mut self, place: PlaceId, listing: String, seller_sku: Option<&str>, level: Units) {
        if self.mapping.is_by_file(place, self.day) {
            return;
        }
        let key: LevelKey = (place, listing.clone(), SaleKind::Sale);
        let sku = self.skus.get(&key).copied();
        let Some(sku) = sku.or_else(|| self.mapping.sku(&listing, seller_sku)) else { return };
        let one = self.of.entry(key).or_insert(Reported {
            place,
            sku,
            listing,
            kind: SaleKind::Sale,
            level: Units::default(),
            // What it brought is asked of the copies of its orders.
            told: None,
        });
        one.level.units += level.units;
        one.level.demand += level.demand;
    }
}

/// What the posting of some levels needs to know.
fn known_of(
    reader: &Reader,
    mapping: &Mapping,
    day: NaiveDate,
    levels: &[Reported],
) -> Result<SalesKnown, Error> {
    let mut known =
        SalesKnown { posted: reader.posted_levels(mapping.shop, day)?, ..SalesKnown::default() };
    let before = |one: &Reported| {
        let key = (one.place, one.listing.clone(), one.kind);
        known.posted.get(&key).map_or(0, |level| level.units)
    };
    let falls = levels.iter().any(|one| one.level.units < before(one));
    let rises: Vec<&Reported> = levels.iter().filter(|one| one.level.units > before(one)).collect();
    if falls {
        known.taken = reader.taken(mapping.shop, day)?;
    }
    for one in rises {
        let Some(place) = mapping.described(one.place) else { continue };
        if !place.is_live(day) || known.shelves.contains_key(&(one.place, one.sku)) {
            continue;
        }
        let shelf = reader.shelf(one.sku, one.place, day)?;
        known.shelves.insert((one.place, one.sku), shelf);
        known.rules.insert(one.place, place.life_rule);
    }
    Ok(known)
}
