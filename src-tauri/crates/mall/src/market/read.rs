//! What readers see of the marketplace: slices of the feed, pages of lists, totals.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use contract::{
    DayTotals, Listing, ObjectId, Order, OrderId, StockLevel, Timestamp, Topic, fingerprint,
};
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

use super::{Entry, Market, What};
use crate::pricing::money;

/// A change as the feed shows it.
pub(crate) struct Change {
    pub(crate) seq: u64,
    pub(crate) topic: Topic,
    pub(crate) id: ObjectId,
    pub(crate) version: u64,
    pub(crate) at: Timestamp,
    pub(crate) data: Box<RawValue>,
}

/// Changes after a place in the feed.
pub(crate) struct Slice {
    pub(crate) changes: Vec<Change>,
    /// The last place that was looked at.
    pub(crate) seq: u64,
    pub(crate) has_more: bool,
}

impl Market {
    /// The place before the oldest change that the feed still shows.
    pub(crate) fn retained_after(&self) -> u64 {
        let days = Days::new(u64::from(self.scenario.retention_days));
        let Some(last_gone) = self.today.checked_sub_days(days) else { return 0 };
        let end = self.end_of(last_gone);
        // Places rise with the days, though not with the instants within a day.
        self.feed.partition_point(|entry| entry.at <= end) as u64
    }

    /// Changes of a shop after a place, at most `limit`.
    pub(crate) fn changes(&self, shop: usize, topics: &[Topic], after: u64, limit: usize) -> Slice {
        let skip = usize::try_from(after).unwrap_or(usize::MAX).min(self.feed.len());
        let mut slice = Slice { changes: Vec::new(), seq: after, has_more: false };
        for (entry, seq) in self.feed[skip..].iter().zip(after + 1..) {
            let topic = match entry.what {
                What::Listing { .. } => Topic::Listings,
                What::Order { .. } => Topic::Orders,
                What::Stock { .. } => Topic::Stock,
            };
            let wanted = entry.shop == shop && (topics.is_empty() || topics.contains(&topic));
            if wanted && slice.changes.len() == limit {
                slice.has_more = true;
                break;
            }
            slice.seq = seq;
            if wanted {
                slice.changes.push(self.change(seq, topic, entry));
            }
        }
        slice
    }

    fn change(&self, seq: u64, topic: Topic, entry: &Entry) -> Change {
        let (id, version, data) = match entry.what {
            What::Listing { index } => {
                let listing = &self.listings[index].1;
                (ObjectId::new(listing.id.as_str()), 1, raw(listing))
            }
            What::Order { index, version } => {
                let order = self.orders[index].render(version, &self.scenario.currency);
                (ObjectId::from(&order.id), order.version, raw(&order))
            }
            What::Stock { index, version, on_hand, reserved } => {
                let level = self.reading(seq, entry.at, index, version, (on_hand, reserved));
                (level.id.clone(), version, raw(&level))
            }
        };
        Change { seq, topic, id, version, at: Timestamp::new(entry.at), data }
    }

    pub(crate) fn order(&self, shop: usize, id: &OrderId) -> Option<Order> {
        let order = &self.orders[*self.by_id.get(id)?];
        (order.shop == shop).then(|| order.render(order.version(), &self.scenario.currency))
    }

    /// Orders of a shop as they are now, from place `from` of the list on, at most `limit`, and
    /// the place after them if there are more. Places do not move: new orders come at the end.
    pub(crate) fn orders(
        &self,
        shop: usize,
        from: usize,
        limit: usize,
    ) -> (Vec<Order>, Option<usize>) {
        let mut page = Vec::new();
        for (index, order) in self.orders.iter().enumerate().skip(from) {
            if order.shop != shop || order.version() == 0 {
                continue;
            }
            if page.len() == limit {
                return (page, Some(index));
            }
            page.push(order.render(order.version(), &self.scenario.currency));
        }
        (page, None)
    }

    pub(crate) fn listings(&self, shop: usize) -> Vec<Listing> {
        let listings = self.listings.iter().filter(|(of, _)| *of == shop);
        listings.map(|(_, listing)| listing.clone()).collect()
    }

    pub(crate) fn stock(&self, shop: usize) -> Vec<StockLevel> {
        let cells = self.cells.iter().filter(|cell| cell.shop == shop);
        cells.filter_map(|cell| cell.published.clone()).collect()
    }

    /// The totals of a shop's orders by business day.
    pub(crate) fn totals(&self, shop: usize, from: NaiveDate, to: NaiveDate) -> Vec<DayTotals> {
        let mut days: BTreeMap<NaiveDate, (u64, i64, i64, u64)> = BTreeMap::new();
        for order in &self.orders {
            let within = (from..=to).contains(&order.business_date);
            if order.shop != shop || order.version() == 0 || !within {
                continue;
            }
            let day = days.entry(order.business_date).or_default();
            let qty = order.qty_at(order.version());
            day.0 += 1;
            day.1 += qty.iter().sum::<i64>();
            day.2 += (0..).zip(&qty).map(|(line, qty)| order.paid_for(line, *qty).1).sum::<i64>();
            day.3 ^= fingerprint(order.id.as_str(), order.version() as u64);
        }
        let currency = &self.scenario.currency;
        days.into_iter()
            .map(|(date, (count, qty, paid, xor))| DayTotals {
                date,
                count,
                qty,
                paid: vec![money(paid, currency)],
                versions_xor: format!("{xor:016x}"),
            })
            .collect()
    }
}

fn raw<T: Serialize>(object: &T) -> Box<RawValue> {
    to_raw_value(object).expect("wire types are made of strings, integers and lists")
}
