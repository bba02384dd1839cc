//! Sales: what is posted of each shop and day, and what it was taken from.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::{
    DocKind, DocRef, Entry, Fact, LotId, MoveKind, PlaceId, ShopId, SkuId,
    fact::{SaleKind, SaleSource},
    proceeds::Proceeds,
    sales::{LevelKey, Shelf, Taken, Units},
};
use rusqlite::{OptionalExtension, params};
use uuid::Uuid;

use crate::{
    Error, Reader, chain,
    keys::{day_number, day_of},
};

/// What a shop's postings of a day took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SoldDay {
    /// The shop, or a place's till.
    pub shop: ShopId,
    /// The day.
    pub day: NaiveDate,
    /// What each level took and has not given back, in the order of the postings.
    pub taken: BTreeMap<LevelKey, Vec<Taken>>,
    /// What was told that the levels brought; a level that is not here was told without an amount.
    pub told: BTreeMap<LevelKey, Proceeds>,
}

fn kind_of(word: &str) -> Result<SaleKind, Error> {
    SaleKind::from_word(word).ok_or_else(|| Error::Damaged(format!("sale kind {word}")))
}

impl Reader<'_> {
    /// Who posted a shop's day, if anybody did.
    pub fn sales_source(&self, shop: ShopId, day: NaiveDate) -> Result<Option<SaleSource>, Error> {
        let Some(shop) = self.key(shop.0)? else { return Ok(None) };
        let word: Option<String> = self
            .conn
            .prepare_cached("SELECT source FROM sale_level WHERE shop = ?1 AND day = ?2 LIMIT 1")?
            .query_row(params![shop, day_number(day)], |row| row.get(0))
            .optional()?;
        let known = |word: String| {
            SaleSource::from_word(&word)
                .ok_or_else(|| Error::Damaged(format!("sale source {word}")))
        };
        word.map(known).transpose()
    }

    /// What is posted of a shop's day.
    pub fn posted_levels(
        &self,
        shop: ShopId,
        day: NaiveDate,
    ) -> Result<BTreeMap<LevelKey, Units>, Error> {
        let Some(shop) = self.key(shop.0)? else { return Ok(BTreeMap::new()) };
        let mut rows = self.conn.prepare_cached(
            "SELECT p.uuid, l.listing, l.kind, l.units, l.demand FROM sale_level l
             JOIN identity p ON p.id = l.place WHERE l.shop = ?1 AND l.day = ?2",
        )?;
        let rows = rows.query_map(params![shop, day_number(day)], |row| {
            let level = Units { units: row.get(3)?, demand: row.get(4)? };
            Ok((row.get::<_, Uuid>(0)?, row.get(1)?, row.get::<_, String>(2)?, level))
        })?;
        rows.map(|row| {
            let (place, listing, kind, level) = row?;
            Ok(((place.into(), listing, kind_of(&kind)?), level))
        })
        .collect()
    }

    /// What was told that the levels of a shop's day brought, in the book's currency; those of
    /// which nothing was told are left out.
    pub fn told_levels(
        &self,
        shop: ShopId,
        day: NaiveDate,
    ) -> Result<BTreeMap<LevelKey, Proceeds>, Error> {
        let Some(shop) = self.key(shop.0)? else { return Ok(BTreeMap::new()) };
        let mut rows = self.conn.prepare_cached(
            "SELECT p.uuid, l.listing, l.kind, l.told_units, l.told_minor FROM sale_level l
             JOIN identity p ON p.id = l.place
             WHERE l.shop = ?1 AND l.day = ?2 AND (l.told_units, l.told_minor) <> (0, 0)",
        )?;
        let rows = rows.query_map(params![shop, day_number(day)], |row| {
            let told = Proceeds { units: row.get(3)?, minor: row.get(4)? };
            Ok((row.get::<_, Uuid>(0)?, row.get(1)?, row.get::<_, String>(2)?, told))
        })?;
        rows.map(|row| {
            let (place, listing, kind, told) = row?;
            Ok(((place.into(), listing, kind_of(&kind)?), told))
        })
        .collect()
    }

    /// Which goods each posted level of a shop's day is of.
    pub fn posted_skus(
        &self,
        shop: ShopId,
        day: NaiveDate,
    ) -> Result<BTreeMap<LevelKey, SkuId>, Error> {
        let Some(shop) = self.key(shop.0)? else { return Ok(BTreeMap::new()) };
        let mut rows = self.conn.prepare_cached(
            "SELECT p.uuid, l.listing, l.kind, s.uuid FROM sale_level l
             JOIN identity p ON p.id = l.place JOIN identity s ON s.id = l.sku
             WHERE l.shop = ?1 AND l.day = ?2",
        )?;
        let rows = rows.query_map(params![shop, day_number(day)], |row| {
            let kind = row.get::<_, String>(2)?;
            Ok((row.get::<_, Uuid>(0)?, row.get(1)?, kind, row.get::<_, Uuid>(3)?))
        })?;
        rows.map(|row| {
            let (place, listing, kind, sku) = row?;
            Ok(((place.into(), listing, kind_of(&kind)?), sku.into()))
        })
        .collect()
    }

    /// The days of which anything of a shop is posted.
    pub fn posted_days(&self, shop: ShopId) -> Result<BTreeSet<NaiveDate>, Error> {
        let Some(shop) = self.key(shop.0)? else { return Ok(BTreeSet::new()) };
        let mut rows =
            self.conn.prepare_cached("SELECT DISTINCT day FROM sale_level WHERE shop = ?1")?;
        let rows = rows.query_map([shop], |row| Ok(day_of(row.get(0)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What the postings of a shop's day were taken from and not given back, in their order.
    pub fn taken(
        &self,
        shop: ShopId,
        day: NaiveDate,
    ) -> Result<BTreeMap<LevelKey, Vec<Taken>>, Error> {
        let Some(doc) = self.key(DocRef::sales_day(shop, day).id)? else {
            return Ok(BTreeMap::new());
        };
        Ok(self.sold_on(doc)?.map(|sold| sold.taken).unwrap_or_default())
    }

    /// The shops' days on which any of some lots was sold, from stock or in its name out of a
    /// suspense: of each, the levels that took them, with all that those took and have not given
    /// back, and with what was told that they brought.
    pub fn sold_days(&self, lots: &BTreeSet<LotId>) -> Result<Vec<SoldDay>, Error> {
        let mut docs: BTreeSet<i64> = BTreeSet::new();
        let mut rows = self.conn.prepare_cached(
            "SELECT DISTINCT d.doc FROM move m INDEXED BY move_lot
             JOIN doc_entry d ON d.entry = m.entry AND d.kind = ?4
             WHERE m.lot = ?1 AND m.kind IN (?2, ?3)
                 AND m.entry NOT IN (SELECT entry FROM reversal)",
        )?;
        let kinds = (MoveKind::Sale.code(), MoveKind::SuspenseSale.code());
        for lot in lots {
            let Some(lot) = self.key(lot.0)? else { continue };
            let of_lot = params![lot, kinds.0, kinds.1, DocKind::SalesDay.code()];
            for doc in rows.query_map(of_lot, |row| row.get(0))? {
                docs.insert(doc?);
            }
        }
        let mut days = Vec::new();
        for doc in docs {
            let Some(mut sold) = self.sold_on(doc)? else { continue };
            sold.taken.retain(|_, taken| taken.iter().any(|one| lots.contains(&one.lot)));
            sold.told = self.told_levels(sold.shop, sold.day)?;
            days.push(sold);
        }
        Ok(days)
    }

    fn sold_on(&self, doc: i64) -> Result<Option<SoldDay>, Error> {
        let mut rows = self.conn.prepare_cached(
            "SELECT entry FROM doc_entry WHERE kind = ?1 AND doc = ?2
                 AND entry NOT IN (SELECT entry FROM reversal) ORDER BY entry",
        )?;
        let rows = rows.query_map(params![DocKind::SalesDay.code(), doc], |row| row.get(0))?;
        let mut sold: Option<SoldDay> = None;
        for position in rows.collect::<Result<Vec<i64>, _>>()? {
            let Entry { effective_on: day, body, .. } = chain::at(self.conn, position)?.entry;
            let Fact::SalesPosted(sales) = body.fact else { continue };
            let of_day =
                || SoldDay { shop: sales.shop, day, taken: BTreeMap::new(), told: BTreeMap::new() };
            let taken = &mut sold.get_or_insert_with(of_day).taken;
            for one in body.moves {
                let Some(line) = sales.lines.get(one.line as usize) else { continue };
                let takes = taken.entry((line.place, line.listing.clone(), line.kind)).or_default();
                let suspense = one.kind == MoveKind::SuspenseSale;
                match one.kind {
                    MoveKind::Sale | MoveKind::SuspenseSale => {
                        let (lot, from, qty) = (one.lot, one.from.0, one.qty);
                        takes.push(Taken { lot, from, suspense, qty });
                    }
                    _ => give_back(takes, one.lot, one.to.0, one.qty),
                }
            }
        }
        Ok(sold)
    }

    /// Goods at a place as a report of sales finds them.
    pub fn shelf(&self, sku: SkuId, place: PlaceId, day: NaiveDate) -> Result<Shelf, Error> {
        let lots = self.takeable(sku, place, day)?;
        let mut reserved = BTreeMap::new();
        for lot in &lots {
            reserved.insert(lot.lot, self.reserved(lot.lot, place, None)?);
        }
        let earliest_expiry = self.earliest_expiry(sku, place, day)?;
        let known = self.known_lots(&[sku])?;
        let pseudo = known.into_iter().filter(|lot| lot.lot_no.starts_with('?'));
        let pseudo = pseudo.map(|lot| (lot.lot_no, lot.id)).collect();
        Ok(Shelf { lots, reserved, earliest_expiry, pseudo })
    }

    /// The last day of which a shop's sales are posted.
    pub fn posted_until(&self, shop: ShopId) -> Result<Option<NaiveDate>, Error> {
        let Some(shop) = self.key(shop.0)? else { return Ok(None) };
        let last: Option<i64> = self
            .conn
            .prepare_cached("SELECT max(day) FROM sale_level WHERE shop = ?1")?
            .query_row([shop], |row| row.get(0))?;
        Ok(last.map(day_of))
    }
}

/// Takes `qty` units back from the takes of a lot, the last first.
fn give_back(takes: &mut Vec<Taken>, lot: LotId, from: PlaceId, qty: i64) {
    let mut open = qty;
    for one in takes.iter_mut().rev().filter(|one| one.lot == lot && one.from == from) {
        let part = open.min(one.qty);
        one.qty -= part;
        open -= part;
    }
    takes.retain(|one| one.qty > 0);
}
