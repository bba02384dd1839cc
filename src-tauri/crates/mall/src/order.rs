//! One order and its life: a plan drawn when it is made, and how much of the plan has happened.
//!
//! Any version of the order is the fold of its first steps, so the feed keeps no copies.

use chrono::{DateTime, NaiveDate, Utc};
use contract::{
    Currency, Fulfilment, LineId, ListingId, Order, OrderId, OrderLine, OrderStatus, Payment,
    Region, SellerSku, Timestamp, WarehouseId,
};

use crate::pricing::{Priced, money};

/// What can happen to an order. Each step is one visible change: one version, one place in the
/// feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    Place,
    Pay,
    Cancel,
    /// This line leaves the warehouse; `None` for all that are left.
    Ship(Option<usize>),
    /// The line holds this many units after all.
    Revise(usize, i64),
    Deliver,
    Complete,
}

#[derive(Debug, Clone)]
pub(crate) struct PlannedLine {
    pub(crate) listing_id: ListingId,
    pub(crate) seller_sku: SellerSku,
    pub(crate) qty: i64,
    pub(crate) price_minor: i64,
    /// The counted stock that it is taken from, if there is any.
    pub(crate) cell: Option<usize>,
}

#[derive(Debug, Clone)]
pub(crate) struct MallOrder {
    pub(crate) id: OrderId,
    pub(crate) shop: usize,
    pub(crate) warehouse_id: WarehouseId,
    pub(crate) business_date: NaiveDate,
    pub(crate) region: Region,
    pub(crate) lines: Vec<PlannedLine>,
    /// The whole plan, in the order of its instants.
    pub(crate) plan: Vec<(DateTime<Utc>, Step)>,
    /// What the rules of its shop made of it.
    pub(crate) priced: Option<Priced>,
    /// The feed position of each step that has happened; its length is the version.
    pub(crate) seqs: Vec<u64>,
}

impl MallOrder {
    /// The version that buyers and sellers see; 0 before the order is placed.
    pub(crate) fn version(&self) -> usize {
        self.seqs.len()
    }

    /// The instant of the next step of the plan.
    pub(crate) fn next_at(&self) -> Option<DateTime<Utc>> {
        self.plan.get(self.version()).map(|(at, _)| *at)
    }

    /// Units of each line at a version.
    pub(crate) fn qty_at(&self, version: usize) -> Vec<i64> {
        let mut qty: Vec<i64> = self.lines.iter().map(|line| line.qty).collect();
        for (_, step) in &self.plan[..version] {
            if let Step::Revise(line, units) = step {
                qty[*line] = *units;
            }
        }
        qty
    }

    /// Which lines have left the warehouse at a version, and when.
    pub(crate) fn shipped_at(&self, version: usize) -> Vec<Option<DateTime<Utc>>> {
        let mut shipped = vec![None; self.lines.len()];
        for (at, step) in &self.plan[..version] {
            match step {
                Step::Ship(Some(line)) => shipped[*line] = Some(*at),
                Step::Ship(None) => {
                    shipped.iter_mut().filter(|line| line.is_none()).for_each(|l| *l = Some(*at));
                }
                _ => {}
            }
        }
        shipped
    }

    /// The price of a unit of a line, and what `qty` units of it pay, minor units. Units that turn
    /// out not to be there go back as a refund of the order as it was paid.
    pub(crate) fn paid_for(&self, line: usize, qty: i64) -> (i64, i64) {
        let planned = &self.lines[line];
        match self.priced.as_ref().and_then(|priced| priced.paid_for(line, planned.qty - qty)) {
            Some(paid) => paid,
            None => (planned.price_minor, planned.price_minor * qty),
        }
    }

    fn lines_at(
        &self,
        version: usize,
        currency: &Currency,
        shipped: &[Option<DateTime<Utc>>],
    ) -> Vec<OrderLine> {
        let lines = self.lines.iter().zip(self.qty_at(version)).zip(shipped).enumerate();
        let line = |(index, ((line, qty), shipped)): (usize, ((&PlannedLine, i64), &Option<_>))| {
            let (unit, paid) = self.paid_for(index, qty);
            OrderLine {
                id: LineId::new((index + 1).to_string()),
                seller_sku: Some(line.seller_sku.clone()),
                listing_id: line.listing_id.clone(),
                qty,
                unit_price: Some(money(unit, currency)),
                paid: Some(money(paid, currency)),
                warehouse_id: Some(self.warehouse_id.clone()),
                shipped_at: shipped.map(Timestamp::new),
            }
        };
        lines.map(line).collect()
    }

    /// The order as it stood at a version from 1 on.
    pub(crate) fn render(&self, version: usize, currency: &Currency) -> Order {
        let happened = &self.plan[..version];
        let at = |wanted: Step| {
            let step = happened.iter().find(|(_, step)| *step == wanted);
            step.map(|(at, _)| Timestamp::new(*at))
        };
        let shipped = self.shipped_at(version);
        let gone = shipped.iter().filter(|line| line.is_some()).count();
        let all_gone = gone == shipped.len();
        let (paid_at, cancelled_at) = (at(Step::Pay), at(Step::Cancel));
        let delivered = at(Step::Deliver).is_some();
        let status = match () {
            () if cancelled_at.is_some() => OrderStatus::Cancelled,
            () if at(Step::Complete).is_some() => OrderStatus::Completed,
            () if delivered => OrderStatus::Delivered,
            () if all_gone => OrderStatus::Shipped,
            () if gone > 0 => OrderStatus::PartiallyShipped,
            () if paid_at.is_some() => OrderStatus::Paid,
            () => OrderStatus::Created,
        };
        let payment = match (paid_at, cancelled_at) {
            (None, _) => Payment::Unpaid,
            (Some(_), None) => Payment::Paid,
            (Some(_), Some(_)) => Payment::Refunded,
        };
        let fulfilment = match () {
            () if delivered => Fulfilment::Delivered,
            () if all_gone => Fulfilment::Shipped,
            () if gone > 0 => Fulfilment::Partial,
            () => Fulfilment::Unfulfilled,
        };
        let last_gone = shipped.iter().flatten().max().filter(|_| all_gone);
        let priced = self.priced.as_ref();
        Order {
            id: self.id.clone(),
            version: version as u64,
            seq: self.seqs[version - 1],
            updated_at: Timestamp::new(happened[version - 1].0),
            status,
            payment,
            fulfilment,
            placed_at: Timestamp::new(happened[0].0),
            paid_at,
            shipped_at: last_gone.map(|at| Timestamp::new(*at)),
            cancelled_at,
            business_date: self.business_date,
            lines: self.lines_at(version, currency, &shipped),
            region: Some(self.region.clone()),
            group: priced.and_then(|it| it.group_at(paid_at.is_some(), cancelled_at.is_some())),
            promoter_path: priced.map(|it| it.promoter_path.clone()).unwrap_or_default(),
            pricing: priced
                .filter(|_| paid_at.is_some())
                .map(|it| Box::new(it.pricing_at(cancelled_at.is_some()).clone())),
        }
    }
}
