//! The marketplace in memory: everything that follows from the commands so far. Pure: it knows
//! no file, no socket and no clock.

mod read;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use ::pricing::RuleBook;
use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use contract::{
    Epoch, Listing, ListingId, ListingStatus, Money, ObjectId, OrderId, Reserved, SellerSku,
    StockLevel, Timestamp, WarehouseId,
};
use serde::{Deserialize, Serialize};

use crate::generate::{instant, orders_of};
use crate::order::{MallOrder, Step};
use crate::pricing::{Priced, price};
use crate::prng::fnv1a;
use crate::scenario::{Scenario, ScenarioError, ShopPlan};

pub(crate) use read::Slice;

/// How far the days may be moved past the first: ten years.
const DAYS_MAX: u64 = 3_660;

/// What a marketplace can be told. The log holds these and nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "command", rename_all = "snake_case")]
pub(crate) enum Command {
    /// Let all days up to this one pass.
    Advance { to: NaiveDate },
    /// Goods were received into a warehouse; the same `id` has no second effect.
    Receive(Receipt),
    /// The data begins a new life, because an older state was restored.
    Epoch { number: u64 },
}

/// Goods received into a warehouse where the platform counts stock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Receipt {
    pub(crate) id: String,
    pub(crate) shop: String,
    pub(crate) seller_sku: SellerSku,
    pub(crate) warehouse: WarehouseId,
    pub(crate) qty: u32,
}

/// How the marketplace stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// The last day that has passed; the day before the scenario's first when none has.
    pub today: NaiveDate,
    /// The newest change.
    pub head_seq: u64,
    /// The life of the data.
    pub epoch: Epoch,
    /// Orders that were placed.
    pub orders: u64,
    /// Units that buyers wanted when the counted stock had run out.
    pub units_lost: u64,
}

/// One change of the feed; its number is its place in the list, from 1.
#[derive(Debug, Clone, Copy)]
struct Entry {
    shop: usize,
    at: DateTime<Utc>,
    what: What,
}

#[derive(Debug, Clone, Copy)]
enum What {
    Listing { index: usize },
    Order { index: usize, version: usize },
    Stock { index: usize, version: u64, on_hand: i64, reserved: i64 },
}

/// Stock of one seller code in one warehouse, as the platform counts it.
#[derive(Debug, Clone)]
struct Cell {
    shop: usize,
    seller_sku: SellerSku,
    warehouse_id: WarehouseId,
    on_hand: i64,
    reserved: i64,
    /// The newest published reading.
    published: Option<StockLevel>,
}

#[derive(Debug)]
pub(crate) struct Market {
    scenario: Scenario,
    tz: chrono_tz::Tz,
    /// The rules of each shop that has any.
    books: Vec<Option<RuleBook>>,
    seed: u64,
    /// A mark of scenario and seed.
    identity: u64,
    epoch_number: u64,
    today: NaiveDate,
    feed: Vec<Entry>,
    orders: Vec<MallOrder>,
    by_id: BTreeMap<OrderId, usize>,
    /// Steps to come, by instant.
    pending: BTreeSet<(DateTime<Utc>, usize)>,
    listings: Vec<(usize, Listing)>,
    cells: Vec<Cell>,
    cell_by_name: BTreeMap<(usize, SellerSku, WarehouseId), usize>,
    receipts: BTreeSet<String>,
    units_lost: u64,
}

impl Market {
    /// The marketplace before its first day: listings and opening stock are there.
    pub(crate) fn new(scenario: Scenario, seed: u64) -> Result<Self, ScenarioError> {
        scenario.check()?;
        let tz = scenario.tz().ok_or_else(|| ScenarioError("no zone".to_owned()))?;
        let today = scenario.starts_on.pred_opt().unwrap_or(scenario.starts_on);
        let json = serde_json::to_vec(&scenario).unwrap_or_default();
        let books = scenario.shops.iter().map(ShopPlan::book).collect::<Result<Vec<_>, _>>();
        let mut market = Self {
            books: books.map_err(|error| ScenarioError(error.to_string()))?,
            tz,
            seed,
            identity: fnv1a(&json) ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15),
            epoch_number: 1,
            today,
            feed: Vec::new(),
            orders: Vec::new(),
            by_id: BTreeMap::new(),
            pending: BTreeSet::new(),
            listings: Vec::new(),
            cells: Vec::new(),
            cell_by_name: BTreeMap::new(),
            receipts: BTreeSet::new(),
            units_lost: 0,
            scenario,
        };
        market.open_shops();
        Ok(market)
    }

    fn open_shops(&mut self) {
        let at = instant(self.tz, self.scenario.starts_on, NaiveTime::MIN);
        for (shop, plan) in self.scenario.shops.iter().enumerate() {
            for listing in &plan.listings {
                let index = self.listings.len();
                self.feed.push(Entry { shop, at, what: What::Listing { index } });
                let listing = Listing {
                    id: listing.id.clone(),
                    version: 1,
                    seq: self.feed.len() as u64,
                    updated_at: Timestamp::new(at),
                    seller_sku: Some(listing.seller_sku.clone()),
                    gtin: listing.gtin.clone(),
                    title: listing.title.clone(),
                    status: ListingStatus::Online,
                    price: Some(Money {
                        amount: listing.price.clone(),
                        currency: self.scenario.currency.clone(),
                    }),
                };
                self.listings.push((shop, listing));
            }
        }
        for stock in &self.scenario.opening_stock {
            let shop = self.scenario.shops.iter().position(|shop| shop.id == stock.shop);
            let shop = shop.expect("a scenario is checked before it is played");
            let name = (shop, stock.seller_sku.clone(), stock.warehouse.clone());
            self.cell_by_name.insert(name, self.cells.len());
            self.cells.push(Cell {
                shop,
                seller_sku: stock.seller_sku.clone(),
                warehouse_id: stock.warehouse.clone(),
                on_hand: i64::from(stock.qty),
                reserved: 0,
                published: None,
            });
        }
        self.publish_stock(at);
    }

    pub(crate) fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    pub(crate) fn today(&self) -> NaiveDate {
        self.today
    }

    pub(crate) fn head_seq(&self) -> u64 {
        self.feed.len() as u64
    }

    pub(crate) fn epoch_number(&self) -> u64 {
        self.epoch_number
    }

    /// The name of this life of the data: another scenario or seed is another life as well.
    pub(crate) fn epoch(&self) -> Epoch {
        Epoch::new(format!("{:016x}-{}", self.identity, self.epoch_number))
    }

    /// The end of the last day that has passed: the marketplace's clock.
    pub(crate) fn now(&self) -> Timestamp {
        Timestamp::new(self.end_of(self.today))
    }

    pub(crate) fn summary(&self) -> Summary {
        Summary {
            today: self.today,
            head_seq: self.head_seq(),
            epoch: self.epoch(),
            orders: self.by_id.len() as u64,
            units_lost: self.units_lost,
        }
    }

    pub(crate) fn shop(&self, id: &str) -> Option<usize> {
        self.scenario.shops.iter().position(|shop| shop.id.as_str() == id)
    }

    /// What a command would do that is not allowed; `Ok(false)` when it would do nothing.
    pub(crate) fn accepts(&self, command: &Command) -> Result<bool, String> {
        match command {
            Command::Advance { to } => {
                let last = self.scenario.starts_on.checked_add_days(Days::new(DAYS_MAX));
                if last.is_none_or(|last| *to > last) {
                    return Err(format!("{to} is more than {DAYS_MAX} days after the first day"));
                }
                Ok(*to > self.today)
            }
            Command::Receive(receipt) => {
                if self.cell(receipt).is_none() {
                    return Err(format!(
                        "no stock of {} is counted in {} for {}",
                        receipt.seller_sku, receipt.warehouse, receipt.shop
                    ));
                }
                Ok(!self.receipts.contains(&receipt.id))
            }
            Command::Epoch { number } => Ok(*number > self.epoch_number),
        }
    }

    /// Does what a command says. The same commands in the same order give the same marketplace.
    pub(crate) fn apply(&mut self, command: &Command) {
        match command {
            Command::Advance { to } => {
                while self.today < *to {
                    let Some(day) = self.today.succ_opt() else { return };
                    self.pass(day);
                }
            }
            Command::Receive(receipt) => {
                let Some(cell) = self.cell(receipt) else { return };
                if self.receipts.insert(receipt.id.clone()) {
                    self.cells[cell].on_hand += i64::from(receipt.qty);
                    self.publish_stock(self.end_of(self.today));
                }
            }
            Command::Epoch { number } => self.epoch_number = *number,
        }
    }

    fn cell(&self, receipt: &Receipt) -> Option<usize> {
        let shop = self.shop(&receipt.shop)?;
        let name = (shop, receipt.seller_sku.clone(), receipt.warehouse.clone());
        self.cell_by_name.get(&name).copied()
    }

    fn end_of(&self, day: NaiveDate) -> DateTime<Utc> {
        let next = day.succ_opt().unwrap_or(day);
        instant(self.tz, next, NaiveTime::MIN) - chrono::TimeDelta::microseconds(1)
    }

    /// Lets one day pass: new orders come, steps that are due happen in the order of their
    /// instants, stock is read at the end.
    fn pass(&mut self, day: NaiveDate) {
        let first = self.orders.len() as u64 + 1;
        for mut order in orders_of(&self.scenario, self.tz, self.seed, day, first) {
            let index = self.orders.len();
            for line in &mut order.lines {
                let name = (order.shop, line.seller_sku.clone(), order.warehouse_id.clone());
                line.cell = self.cell_by_name.get(&name).copied();
            }
            order.priced = self.priced(&order);
            self.pending.extend(order.next_at().map(|at| (at, index)));
            self.orders.push(order);
        }
        let end = self.end_of(day);
        while let Some((at, index)) = self.pending.first().copied().filter(|(at, _)| *at <= end) {
            self.pending.remove(&(at, index));
            if self.step(at, index) {
                let next = self.orders[index].next_at();
                self.pending.extend(next.map(|at| (at, index)));
            }
        }
        self.today = day;
        self.publish_stock(end);
    }

    fn priced(&self, order: &MallOrder) -> Option<Priced> {
        let book = self.books[order.shop].as_ref()?;
        let listings = &self.scenario.shops[order.shop].listings;
        let category = |id: &ListingId| {
            let listing = listings.iter().find(|listing| listing.id == *id);
            listing.and_then(|listing| listing.category.as_deref()).map(Arc::from)
        };
        let categories: Vec<_> =
            order.lines.iter().map(|line| category(&line.listing_id)).collect();
        price(book, self.seed, order, &categories, &self.scenario.currency)
    }

    /// The next step of an order; false when the order never comes into being.
    fn step(&mut self, at: DateTime<Utc>, index: usize) -> bool {
        let version = self.orders[index].version();
        let step = self.orders[index].plan[version].1;
        if step == Step::Place && !self.in_stock(index) {
            let units: i64 = self.orders[index].lines.iter().map(|line| line.qty).sum();
            self.units_lost += units.unsigned_abs();
            return false;
        }
        let (before, gone_before) =
            (self.orders[index].qty_at(version), self.orders[index].shipped_at(version));
        let shop = self.orders[index].shop;
        let what = What::Order { index, version: version + 1 };
        self.feed.push(Entry { shop, at, what });
        let seq = self.feed.len() as u64;
        self.orders[index].seqs.push(seq);
        if step == Step::Place {
            self.by_id.insert(self.orders[index].id.clone(), index);
        }
        let (after, gone_after) =
            (self.orders[index].qty_at(version + 1), self.orders[index].shipped_at(version + 1));
        for line in 0..before.len() {
            let Some(cell) = self.orders[index].lines[line].cell else { continue };
            let cell = &mut self.cells[cell];
            match step {
                Step::Place => cell.reserved += after[line],
                Step::Cancel if gone_before[line].is_none() => cell.reserved -= before[line],
                Step::Ship(_) if gone_before[line].is_none() && gone_after[line].is_some() => {
                    cell.reserved -= before[line];
                    cell.on_hand -= before[line];
                }
                Step::Revise(..) if gone_before[line].is_some() => {
                    cell.on_hand += before[line] - after[line];
                }
                _ => {}
            }
        }
        true
    }

    /// Whether everything that an order wants and that is counted is there.
    fn in_stock(&self, index: usize) -> bool {
        let mut wanted: BTreeMap<usize, i64> = BTreeMap::new();
        for line in &self.orders[index].lines {
            if let Some(cell) = line.cell {
                *wanted.entry(cell).or_default() += line.qty;
            }
        }
        wanted.iter().all(|(cell, qty)| {
            let cell = &self.cells[*cell];
            cell.on_hand - cell.reserved >= *qty
        })
    }

    /// Publishes a reading of every cell that differs from its last one.
    fn publish_stock(&mut self, at: DateTime<Utc>) {
        for index in 0..self.cells.len() {
            let cell = &self.cells[index];
            let (on_hand, reserved) = (cell.on_hand, cell.reserved);
            let last = cell.published.as_ref();
            let version = last.map_or(1, |level| level.version + 1);
            let what = What::Stock { index, version, on_hand, reserved };
            let seq = self.feed.len() as u64 + 1;
            let level = self.reading(seq, at, index, version, (on_hand, reserved));
            let same = last.is_some_and(|last| {
                (last.on_hand, &last.reserved) == (level.on_hand, &level.reserved)
            });
            if !same {
                self.feed.push(Entry { shop: cell.shop, at, what });
                self.cells[index].published = Some(level);
            }
        }
    }

    fn reading(
        &self,
        seq: u64,
        at: DateTime<Utc>,
        index: usize,
        version: u64,
        (on_hand, reserved): (i64, i64),
    ) -> StockLevel {
        let cell = &self.cells[index];
        StockLevel {
            id: ObjectId::new(format!("stock-{}", index + 1)),
            version,
            seq,
            updated_at: Timestamp::new(at),
            seller_sku: cell.seller_sku.clone(),
            warehouse_id: cell.warehouse_id.clone(),
            on_hand: Some(on_hand),
            available: Some(on_hand - reserved),
            reserved: Some(Reserved { orders: Some(reserved), ..Reserved::default() }),
            campaign_locked: None,
            inbound: None,
            unsellable: None,
            lots: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use contract::Order;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a1_sells_exactly_twenty_units_on_each_of_three_days() {
        let mut market = Market::new(Scenario::a1(), 7).unwrap();
        market.apply(&Command::Advance { to: day("2026-10-04") });
        let totals = market.totals(0, day("2026-09-01"), day("2026-12-31"));
        let units: Vec<_> = totals.iter().map(|day| (day.date.to_string(), day.qty)).collect();
        let expected = ["2026-10-01", "2026-10-02", "2026-10-03"].map(|d| (d.to_owned(), 20));
        assert_eq!(units, expected);
        assert!(totals.iter().all(|day| day.count > 1 && day.count < 20), "split over orders");
        let (orders, _) = market.orders(0, 0, 1_000);
        for order in orders {
            let shipped = order.shipped_at.unwrap().utc().with_timezone(&market.tz).date_naive();
            assert_eq!(shipped, order.business_date);
        }
    }

    #[test]
    fn days_in_one_go_or_one_by_one_give_the_same_marketplace() {
        let mut one_go = Market::new(Scenario::lively(), 3).unwrap();
        one_go.apply(&Command::Advance { to: day("2026-01-20") });
        let mut by_day = Market::new(Scenario::lively(), 3).unwrap();
        for n in 1..=20 {
            by_day.apply(&Command::Advance { to: day(&format!("2026-01-{n:02}")) });
        }
        assert_eq!(format!("{one_go:?}"), format!("{by_day:?}"));
        let mut other = Market::new(Scenario::lively(), 4).unwrap();
        other.apply(&Command::Advance { to: day("2026-01-20") });
        assert_ne!(other.summary(), one_go.summary());
    }

    #[test]
    fn counted_stock_never_falls_below_zero_and_what_is_wanted_then_is_lost() {
        let mut market = Market::new(Scenario::lively(), 5).unwrap();
        for n in 1..=60 {
            let to = day("2026-01-01").checked_add_days(Days::new(n)).unwrap();
            market.apply(&Command::Advance { to });
            let cell = &market.cells[0];
            assert!(cell.on_hand >= 0 && cell.reserved >= 0 && cell.reserved <= cell.on_hand);
        }
        assert!(market.units_lost > 0, "120 units do not last 60 days at 6 a day");
        let receipt = Receipt {
            id: "R1".into(),
            shop: "S1".into(),
            seller_sku: SellerSku::new("SK002"),
            warehouse: WarehouseId::new("P2"),
            qty: 50,
        };
        let before = market.cells[0].on_hand;
        market.apply(&Command::Receive(receipt.clone()));
        market.apply(&Command::Receive(receipt));
        assert_eq!(market.cells[0].on_hand, before + 50);
    }

    #[test]
    fn every_kind_of_life_happens_in_the_lively_scenario() {
        let mut market = Market::new(Scenario::lively(), 1).unwrap();
        market.apply(&Command::Advance { to: day("2026-03-01") });
        let (orders, _) = market.orders(0, 0, usize::MAX);
        let any = |what: &str, test: &dyn Fn(&Order) -> bool| {
            assert!(orders.iter().any(test), "no order {what}");
        };
        any("abandoned", &|o| o.cancelled_at.is_some() && o.paid_at.is_none());
        any("cancelled before shipment", &|o| {
            o.cancelled_at.is_some() && o.paid_at.is_some() && o.shipped_at.is_none()
        });
        any("cancelled after shipment", &|o| o.cancelled_at.is_some() && o.shipped_at.is_some());
        any("shipped late", &|o| {
            o.shipped_at.zip(o.paid_at).is_some_and(|(s, p)| (s.utc() - p.utc()).num_hours() > 24)
        });
        any("in two parts", &|o| {
            o.lines.len() == 2 && o.lines[0].shipped_at != o.lines[1].shipped_at
        });
        let revised = |order: &&MallOrder| {
            order.plan[..order.version()].iter().any(|(_, s)| matches!(s, Step::Revise(..)))
        };
        assert!(market.orders.iter().any(|order| revised(&order)));
    }
}
