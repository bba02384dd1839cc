//! Reading a shop's feed: page by page, each in one transaction with all that follows from it.
//!
//! Knows the two ways of a stream. A page of changes is kept, the days that it touches are posted,
//! and the place in the feed moves, all or nothing; whoever finds the place moved by somebody else
//! stops. A feed that has expired is replaced by a snapshot: its pages are kept as the orders of a
//! shop that nobody sees, then take the place of the old copy in one transaction with what they
//! post, however many they are; a snapshot that is broken off leaves the old copy standing.

use std::{cell::RefCell, collections::BTreeSet};

use chrono::NaiveDate;
use contract::{Cursor, Epoch, OrderId, ShopId as RemoteShop, Topic};
use domain::{Entry, ShopId, shop::Shop};
use marketplace::{
    Changes, Client, OrderRow, Page, Position, Problem, ShopZone, SnapshotPage, SnapshotPosition,
    StoredOrder,
};
use store::{Reader, RemoteLine, Stream, Writer};
use uuid::Uuid;

use super::{
    Mapping, Tally,
    days::{Known, day_before, post_day},
    problem_error,
};
use crate::{Error, commands::Call};

/// How often a feed may expire within one run before it is left alone.
const RENEWALS: u32 = 2;

/// One shop's reading.
pub(crate) struct Pull<'a> {
    pub(crate) call: &'a Call<'a>,
    pub(crate) client: &'a Client,
    pub(crate) id: ShopId,
    pub(crate) shop: &'a Shop,
    pub(crate) zone: ShopZone,
}

impl Pull<'_> {
    /// Reads the feed to its end.
    pub(crate) fn read(&self, tally: &mut Tally) -> Result<(), Error> {
        let mut renewals = 0;
        let mut head = 0;
        loop {
            let stream = self.call.read(|reader| Ok(reader.stream(self.id)?))?;
            let at = position(stream.as_ref());
            let (done, total) = (count(at.seq), count(head));
            self.call.session.step("sync.orders", done, total)?;
            match self.client.next_page(&self.remote(), &Topic::Orders, &at) {
                Ok(page) => {
                    head = page.head_seq;
                    self.keep_page(stream.as_ref(), &page, tally)?;
                    if !page.has_more {
                        return Ok(());
                    }
                }
                Err(Problem::CursorExpired) if renewals < RENEWALS => {
                    renewals += 1;
                    self.renew(tally)?;
                }
                Err(problem) => return Err(self.error(problem)),
            }
        }
    }

    fn remote(&self) -> RemoteShop {
        RemoteShop::new(&self.shop.remote_shop)
    }

    fn error(&self, problem: Problem) -> Error {
        problem_error(&self.shop.code, problem)
    }

    fn yesterday(&self) -> NaiveDate {
        day_before(self.call.session.today)
    }

    /// Keeps a page, posts the ended days that it touches, and moves on, in one transaction.
    fn keep_page(
        &self,
        from: Option<&Stream>,
        page: &Page,
        tally: &mut Tally,
    ) -> Result<(), Error> {
        let mut fresh = tally.clone();
        self.call.write(None, |writer| {
            let changes = versions(writer, self.id, |stored| {
                Changes::of_page(self.zone, page, stored).map_err(|problem| self.error(problem))
            })?;
            fresh.pages += 1;
            fresh.seen(&changes.rows);
            let touched = keep_rows(writer, self.id, &changes.rows)?;
            let mapping = Mapping::names(writer, self.id, self.shop)?;
            let until = self.yesterday();
            let ended = touched.into_iter().filter(|day| *day <= until);
            let entries = self.post_days(writer, &mapping, ended, &mut fresh)?;
            self.move_on(writer, from, &page.next)?;
            Ok(entries)
        })?;
        *tally = fresh;
        Ok(())
    }

    /// Takes all orders as they are now in place of the copy, and posts what differs.
    fn renew(&self, tally: &mut Tally) -> Result<(), Error> {
        let shadow = ShopId(Uuid::new_v5(&self.id.0, b"snapshot"));
        self.call.write(None, |writer| Ok(writer.forget_remote(shadow).map(|()| Vec::new())?))?;
        let mut at: Option<SnapshotPosition> = None;
        let as_of = loop {
            self.call.session.step("sync.snapshot", tally.orders, 0)?;
            let page = self.client.snapshot_page(&self.remote(), at.as_ref());
            let page = page.map_err(|problem| self.error(problem))?;
            self.keep_snapshot_page(shadow, &page, tally)?;
            match page.next {
                Some(next) => at = Some(next),
                None => break page.as_of,
            }
        };
        let mut fresh = tally.clone();
        self.call.write(None, |writer| {
            let until = self.yesterday();
            let mut days: BTreeSet<NaiveDate> = writer.posted_days(self.id)?;
            writer.replace_remote(self.id, shadow)?;
            days.extend(writer.remote_days(self.id, until)?);
            let mapping = Mapping::names(writer, self.id, self.shop)?;
            let ended = days.into_iter().filter(|day| *day <= until);
            let entries = self.post_days(writer, &mapping, ended, &mut fresh)?;
            let from = writer.stream(self.id)?;
            self.move_on(writer, from.as_ref(), &as_of)?;
            Ok(entries)
        })?;
        *tally = fresh;
        Ok(())
    }

    fn keep_snapshot_page(
        &self,
        shadow: ShopId,
        page: &SnapshotPage,
        tally: &mut Tally,
    ) -> Result<(), Error> {
        let mut fresh = tally.clone();
        self.call.write(None, |writer| {
            let changes = versions(writer, shadow, |stored| {
                Changes::of_snapshot(self.zone, page, stored).map_err(|problem| self.error(problem))
            })?;
            keep_rows(writer, shadow, &changes.rows)?;
            fresh.pages += 1;
            fresh.seen(&changes.rows);
            Ok(Vec::new())
        })?;
        *tally = fresh;
        Ok(())
    }

    fn post_days(
        &self,
        writer: &mut Writer,
        mapping: &Mapping,
        days: impl Iterator<Item = NaiveDate>,
        tally: &mut Tally,
    ) -> Result<Vec<Entry>, Error> {
        let mut entries = Vec::new();
        for day in days {
            let known = (day, Known::SoFar);
            entries.extend(post_day(writer, self.call.session, mapping, known, tally)?);
        }
        Ok(entries)
    }

    fn move_on(
        &self,
        writer: &mut Writer,
        from: Option<&Stream>,
        to: &Position,
    ) -> Result<(), Error> {
        let text = |part: Option<&str>| part.unwrap_or_default().to_owned();
        // All but the place in the feed may have been noted since the page was asked for.
        let next = Stream {
            epoch: text(to.epoch.as_ref().map(Epoch::as_str)),
            cursor: text(to.cursor.as_ref().map(Cursor::as_str)),
            seq: i64::try_from(to.seq).map_err(|_| self.too_large())?,
            ..writer.stream(self.id)?.unwrap_or_default()
        };
        if writer.advance_stream(self.id, from, &next)? {
            return Ok(());
        }
        // Another run took this page first; what it posted stands, and this one changes nothing.
        Err(Error::unavailable("sync.moved", [("shop", self.shop.code.as_str().into())]))
    }

    fn too_large(&self) -> Error {
        self.error(Problem::Protocol { detail: "a number beyond 63 bits".to_owned() })
    }
}

/// Where the stored stream stands in the feed.
fn position(stream: Option<&Stream>) -> Position {
    match stream {
        Some(stream) if !stream.cursor.is_empty() => Position {
            epoch: Some(Epoch::new(&stream.epoch)),
            cursor: Some(Cursor::new(&stream.cursor)),
            seq: u64::try_from(stream.seq).unwrap_or(0),
        },
        _ => Position::start(),
    }
}

fn count(seq: u64) -> usize {
    usize::try_from(seq).unwrap_or(usize::MAX)
}

/// Folds over what the copy knows of each order.
fn versions(
    reader: &Reader,
    shop: ShopId,
    fold: impl FnOnce(&dyn Fn(&OrderId) -> Option<StoredOrder>) -> Result<Changes, Error>,
) -> Result<Changes, Error> {
    let failed = RefCell::new(None);
    let stored = |id: &OrderId| match reader.remote_version(shop, id.as_str()) {
        Ok(version) => version.map(|version| StoredOrder { version: version.cast_unsigned() }),
        Err(error) => {
            failed.borrow_mut().get_or_insert(error);
            None
        }
    };
    let changes = fold(&stored)?;
    match failed.into_inner() {
        Some(error) => Err(error.into()),
        None => Ok(changes),
    }
}

/// Keeps orders; the days that they count on, before or now.
fn keep_rows(
    writer: &mut Writer,
    shop: ShopId,
    rows: &[OrderRow],
) -> Result<BTreeSet<NaiveDate>, Error> {
    let mut days = BTreeSet::new();
    for row in rows {
        let id = row.id.as_str();
        days.extend(writer.remote_order_days(shop, id)?);
        let lines: Vec<RemoteLine> = row.lines.iter().map(remote_line).collect();
        days.extend(lines.iter().flat_map(|line| [line.ship_day, line.pay_day]).flatten());
        let content = row.raw.as_deref().unwrap_or_default();
        // A version is kept as the same 64 bits, whatever their sign.
        writer.keep_remote_order(shop, (id, row.version.cast_signed()), content, &lines)?;
    }
    Ok(days)
}

fn remote_line(line: &marketplace::LineRow) -> RemoteLine {
    let text = |part: Option<&str>| part.map(str::to_owned);
    RemoteLine {
        line: line.line_id.as_str().to_owned(),
        warehouse: line
            .warehouse_id
            .as_ref()
            .map_or_else(String::new, |warehouse| warehouse.as_str().to_owned()),
        listing: line.listing_id.as_str().to_owned(),
        seller_sku: text(line.seller_sku.as_ref().map(contract::SellerSku::as_str)),
        ship_day: line.stock_on,
        pay_day: line.demand_on,
        units: line.qty,
    }
}
