//! What became of our materials on an order, in figures.
//!
//! Knows what was sent for an order, what its goods hold by each line's own bill, and what is missing.
//! Refuses to know whose the units are that lie at a factory; that is `kept`.

use std::collections::BTreeMap;

use domain::{
    OrderId, SkuId,
    bom::{BomLine, Loss, Made, SuppliedBy, Usage, loss},
    kept,
    offer::LossBase,
    order::{OrderKind, ProductionOrder},
};
use store::Reader;

use crate::Error;

/// A material of an order in figures.
pub(crate) struct MaterialUse {
    /// The first of its lines' bills: other lines may hold it at other rates.
    pub(crate) line: BomLine,
    /// Units that the goods ordered hold.
    pub(crate) needed: i64,
    /// Units that the goods received hold.
    pub(crate) held: i64,
    pub(crate) to_issue: i64,
    pub(crate) usage: Usage,
    pub(crate) loss: Loss,
}

impl MaterialUse {
    fn of(made: Made) -> Self {
        let mut one = Self {
            line: made.bill,
            needed: 0,
            held: 0,
            to_issue: 0,
            usage: Usage::default(),
            loss: Loss::default(),
        };
        one.add(made);
        one
    }

    /// Units that its goods hold, and that were spoilt beside them, beyond what was sent or drawn
    /// for it: what lay there for no order, or for another, is in them, or suspense.
    pub(crate) fn over(&self, base: LossBase) -> i64 {
        (-kept::left(base, &self.usage, 0)).max(0)
    }

    /// One more line's goods, by their own bill.
    fn add(&mut self, made: Made) {
        let Made { bill, ordered, good, .. } = made;
        self.needed += bill.holds(ordered);
        self.held += bill.holds(good);
        self.to_issue += bill.to_issue(ordered);
        self.usage.made.push(made);
    }
}

/// The materials of an order, those of several lines together.
pub(crate) fn materials(
    reader: &Reader,
    (id, order): (OrderId, &ProductionOrder),
) -> Result<Vec<MaterialUse>, Error> {
    Ok(uses_of(order, Some(&delivered_direct(reader, id)?)))
}

/// The materials of an order, with what suppliers delivered straight to the factory for it.
pub(crate) fn uses_of(
    order: &ProductionOrder,
    direct: Option<&BTreeMap<SkuId, i64>>,
) -> Vec<MaterialUse> {
    let mut uses: Vec<MaterialUse> = Vec::new();
    let lines = order.content.lines.iter().zip(&order.tallies);
    for (line, tally) in lines {
        for bill in &line.materials {
            // Units that went back hold material as those that stayed do; what is in units that are
            // credited is claimed with them. A replacement holds material a second time.
            let (good, spoilt) = (tally.charged(), tally.spoilt + tally.replaced);
            let made = Made { bill: *bill, ordered: line.qty, good, spoilt };
            match uses.iter_mut().find(|known| known.line.material == bill.material) {
                Some(known) => known.add(made),
                None => uses.push(MaterialUse::of(made)),
            }
        }
    }
    for one in &mut uses {
        let sent = order.supplies.iter().find(|supply| supply.material == one.line.material);
        one.usage.issued = sent.map_or(0, |supply| supply.issued)
            + direct.and_then(|direct| direct.get(&one.line.material)).copied().unwrap_or(0);
        one.usage.returned = sent.map_or(0, |supply| supply.returned);
        one.loss = loss(order.content.loss_base, &one.usage);
    }
    uses
}

/// What was sent for an order although no bill of its goods has it. It is reckoned as no loss: it
/// comes back, or is kept for the next order.
pub(crate) fn strays_of(order: &ProductionOrder) -> Vec<MaterialUse> {
    let sent = order.supplies.iter().filter(|one| one.issued != 0 || one.kept != 0);
    let of_none = sent.filter(|one| {
        let mut bills = order.content.lines.iter().flat_map(|line| &line.materials);
        bills.all(|bill| bill.material != one.material)
    });
    let stray = of_none.map(|one| MaterialUse {
        line: BomLine {
            material: one.material,
            per_1000: 0,
            allowance_ppm: 0,
            supplied_by: SuppliedBy::Brand,
        },
        needed: 0,
        held: 0,
        to_issue: 0,
        usage: Usage { issued: one.issued, returned: one.returned, made: Vec::new() },
        loss: Loss::default(),
    });
    stray.collect()
}

/// What suppliers delivered straight to factories, by the order that it was for.
pub(crate) fn direct_deliveries(
    orders: &[(OrderId, ProductionOrder)],
) -> BTreeMap<OrderId, BTreeMap<SkuId, i64>> {
    let mut direct: BTreeMap<OrderId, BTreeMap<SkuId, i64>> = BTreeMap::new();
    for (_, purchase) in orders {
        let content = &purchase.content;
        let Some(id) = content.for_order else { continue };
        if content.kind == OrderKind::Purchase {
            let of_order = direct.entry(id).or_default();
            for (line, tally) in content.lines.iter().zip(&purchase.tallies) {
                *of_order.entry(line.sku).or_default() += tally.kept();
            }
        }
    }
    direct
}

/// What suppliers delivered straight to the factory for an order.
pub(crate) fn delivered_direct(
    reader: &Reader,
    id: OrderId,
) -> Result<BTreeMap<SkuId, i64>, Error> {
    Ok(direct_deliveries(&reader.orders_for(id)?).remove(&id).unwrap_or_default())
}
