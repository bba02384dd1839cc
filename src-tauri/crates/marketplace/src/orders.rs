//! From what the feed says to rows that a store keeps: one row an order, the newest version wins.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use contract::{
    ChangeItem, Fulfilment, LineId, ListingId, Money, Op, Order, OrderId, OrderStatus, Payment,
    SellerSku, Timestamp, Topic, WarehouseId,
};
use serde_json::value::RawValue;

use crate::{Page, Problem, SnapshotPage};

/// The largest quantity that a ledger takes.
const QTY_MAX: i64 = 9_000_000_000_000;

/// The zone of a shop's business days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShopZone(chrono_tz::Tz);

/// The name is no zone of the IANA data.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no IANA time zone")]
pub struct UnknownZone(pub String);

impl ShopZone {
    /// Reads an IANA name such as `Asia/Shanghai`.
    pub fn parse(name: &str) -> Result<Self, UnknownZone> {
        name.parse().map(Self).map_err(|_| UnknownZone(name.to_owned()))
    }

    /// The shop's day of an instant.
    pub fn day(self, at: Timestamp) -> NaiveDate {
        at.utc().with_timezone(&self.0).date_naive()
    }
}

/// What a store must know of an order to judge a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoredOrder {
    /// The version in the store; a deleted order keeps the version of its deletion.
    pub version: u64,
}

/// One line, with the days on which its units count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineRow {
    /// The line, unique in its order.
    pub line_id: LineId,
    /// What was bought.
    pub listing_id: ListingId,
    /// The seller's code, if any.
    pub seller_sku: Option<SellerSku>,
    /// The warehouse that ships it, once known.
    pub warehouse_id: Option<WarehouseId>,
    /// Units of the listing.
    pub qty: i64,
    /// The price of one unit before discounts.
    pub unit_price: Option<Money>,
    /// What the buyer pays for the line.
    pub paid: Option<Money>,
    /// The shop's day of payment when the units are demand: paid, and not called off before they
    /// left.
    pub demand_on: Option<NaiveDate>,
    /// The shop's day of shipment when the units have left the warehouse.
    pub stock_on: Option<NaiveDate>,
    /// The order says that the units left, but not when.
    pub ship_day_missing: bool,
    /// The order says that it was paid, but not when.
    pub pay_day_missing: bool,
}

/// An order as a store keeps it: a copy that can be fetched again, never a fact of the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderRow {
    /// The order.
    pub id: OrderId,
    /// Its version.
    pub version: u64,
    /// The feed position of that version.
    pub seq: u64,
    /// The day under which the platform books it; `None` for a deleted order.
    pub business_date: Option<NaiveDate>,
    /// How far it has come; `None` for a deleted order.
    pub status: Option<OrderStatus>,
    /// Its lines; none for a deleted order, which has no units.
    pub lines: Vec<LineRow>,
    /// The object as the bytes that came; `None` for a deleted order.
    pub raw: Option<String>,
}

impl OrderRow {
    /// Whether the platform deleted the order.
    pub fn is_deleted(&self) -> bool {
        self.raw.is_none()
    }

    fn of_order(zone: ShopZone, order: Order, raw: &RawValue) -> Result<Self, Problem> {
        if let Some(line) = order.lines.iter().find(|line| !(0..=QTY_MAX).contains(&line.qty)) {
            let (id, line_id, qty) = (&order.id, &line.id, line.qty);
            return Err(Problem::protocol(format!("order {id}, line {line_id}: {qty} units")));
        }
        let lines = order.lines.iter().map(|line| line_row(zone, &order, line)).collect();
        Ok(Self {
            version: order.version,
            seq: order.seq,
            business_date: Some(order.business_date),
            status: Some(order.status),
            lines,
            raw: Some(raw.get().to_owned()),
            id: order.id,
        })
    }

    fn deleted(id: OrderId, item: &ChangeItem) -> Self {
        Self {
            id,
            version: item.version,
            seq: item.seq,
            business_date: None,
            status: None,
            lines: Vec::new(),
            raw: None,
        }
    }
}

/// Which days the units of a line count on. Only instants make units count; a status alone, which
/// may be a word of next year, at most tells that an instant is missing.
fn line_row(zone: ShopZone, order: &Order, line: &contract::OrderLine) -> LineRow {
    let shipped_at = line.shipped_at.or(order.shipped_at);
    let called_off = order.cancelled_at.is_some() || order.status == OrderStatus::Cancelled;
    let claims_shipped = matches!(order.fulfilment, Fulfilment::Shipped | Fulfilment::Delivered);
    let claims_paid = matches!(order.payment, Payment::Paid | Payment::PartiallyRefunded);
    let kept = shipped_at.is_some() || claims_shipped || !called_off;
    LineRow {
        line_id: line.id.clone(),
        listing_id: line.listing_id.clone(),
        seller_sku: line.seller_sku.clone(),
        warehouse_id: line.warehouse_id.clone(),
        qty: line.qty,
        unit_price: line.unit_price.clone(),
        paid: line.paid.clone(),
        demand_on: order.paid_at.filter(|_| kept).map(|at| zone.day(at)),
        stock_on: shipped_at.map(|at| zone.day(at)),
        ship_day_missing: shipped_at.is_none() && claims_shipped,
        pay_day_missing: order.paid_at.is_none() && claims_paid && kept,
    }
}

/// The row that a change of the feed makes, or `None` when the store already has this version or
/// a newer one.
pub fn observe(
    zone: ShopZone,
    stored: Option<&StoredOrder>,
    item: &ChangeItem,
) -> Result<Option<OrderRow>, Problem> {
    if item.topic != Topic::Orders {
        return Err(Problem::protocol(format!("topic {} among orders", item.topic)));
    }
    if stored.is_some_and(|stored| item.version <= stored.version) {
        return Ok(None);
    }
    match (&item.op, &item.data) {
        (Op::Delete, _) => Ok(Some(OrderRow::deleted(OrderId::from(&item.id), item))),
        (Op::Upsert, Some(data)) => {
            let order = read_order(data)?;
            let same = order.id.as_str() == item.id.as_str()
                && order.version == item.version
                && order.seq == item.seq;
            if !same {
                let (id, version, seq) = (&item.id, item.version, item.seq);
                let detail = format!("change {seq} of {id} v{version} holds another object");
                return Err(Problem::protocol(detail));
            }
            OrderRow::of_order(zone, order, data).map(Some)
        }
        (op, _) => {
            Err(Problem::protocol(format!("change {} with op {op} and no object", item.seq)))
        }
    }
}

fn read_order(data: &RawValue) -> Result<Order, Problem> {
    serde_json::from_str(data.get())
        .map_err(|error| Problem::protocol(format!("unreadable order: {error}")))
}

/// What a page changes in the store.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// The rows to write, one an order, in the order of their ids. The levels that move are those
    /// of these rows and of the rows that they replace.
    pub rows: Vec<OrderRow>,
    /// Changes that brought nothing newer than what was known.
    pub skipped: usize,
}

impl Changes {
    /// Folds a page of the feed over what the store knows. `stored` is asked at most once for
    /// each order.
    pub fn of_page(
        zone: ShopZone,
        page: &Page,
        stored: impl Fn(&OrderId) -> Option<StoredOrder>,
    ) -> Result<Self, Problem> {
        let mut fold = Fold::new(stored);
        for item in &page.items {
            let id = OrderId::from(&item.id);
            let known = fold.known(&id);
            fold.take(id, observe(zone, known.as_ref(), item)?);
        }
        Ok(fold.done())
    }

    /// Folds a page of a snapshot over what the generation that it builds knows so far.
    pub fn of_snapshot(
        zone: ShopZone,
        page: &SnapshotPage,
        stored: impl Fn(&OrderId) -> Option<StoredOrder>,
    ) -> Result<Self, Problem> {
        let mut fold = Fold::new(stored);
        for raw in &page.orders {
            let order = read_order(raw)?;
            let id = order.id.clone();
            let newer = fold.known(&id).is_none_or(|known| order.version > known.version);
            let row = if newer { Some(OrderRow::of_order(zone, order, raw)?) } else { None };
            fold.take(id, row);
        }
        Ok(fold.done())
    }
}

/// The newest known version of each order while a page is folded.
struct Fold<F> {
    stored: F,
    seen: BTreeMap<OrderId, (Option<StoredOrder>, Option<OrderRow>)>,
    skipped: usize,
}

impl<F: Fn(&OrderId) -> Option<StoredOrder>> Fold<F> {
    fn new(stored: F) -> Self {
        Self { stored, seen: BTreeMap::new(), skipped: 0 }
    }

    fn known(&mut self, id: &OrderId) -> Option<StoredOrder> {
        let stored = &self.stored;
        self.seen.entry(id.clone()).or_insert_with(|| (stored(id), None)).0
    }

    fn take(&mut self, id: OrderId, row: Option<OrderRow>) {
        match row {
            Some(row) => {
                let known = Some(StoredOrder { version: row.version });
                self.seen.insert(id, (known, Some(row)));
            }
            None => self.skipped += 1,
        }
    }

    fn done(self) -> Changes {
        let rows = self.seen.into_values().filter_map(|(_, row)| row).collect();
        Changes { rows, skipped: self.skipped }
    }
}
