//! What is expected, joined to the units in which the channel settles it.
//!
//! Knows: which sub-orders, orders and shipments are settled together, and which rows belong to
//! them. Refuses to know: whether the amounts agree.

use std::collections::BTreeMap;

use super::{Expected, Parts, StatementRow, named, unguarded};
use crate::time::Moment;
use crate::{Error, Money};

/// What should come in one sum, in as many rows as the channel likes.
pub(super) struct Receivable<'a> {
    /// The expectations it joins, in their order; at least one.
    pub(super) members: Vec<&'a Expected>,
}

impl Receivable<'_> {
    /// The latest of its members: until then the sum is not late.
    pub(super) fn due(&self) -> Moment {
        let first = self.members[0].due;
        self.members.iter().map(|member| member.due).fold(first, Ord::max)
    }

    pub(super) fn parts(&self) -> Result<Parts, Error> {
        let mut parts = Parts::new();
        for (name, amount) in self.members.iter().flat_map(|member| &member.parts) {
            let sum = parts.entry(name.clone()).or_insert(Money::ZERO);
            *sum = sum.plus(*amount)?;
        }
        Ok(parts)
    }

    /// Its orders without their guards, each once.
    pub(super) fn orders(&self) -> Vec<String> {
        let mut orders: Vec<String> = Vec::new();
        for member in &self.members {
            let order = unguarded(&member.order);
            if orders.iter().all(|known| known != order) {
                orders.push(order.to_owned());
            }
        }
        orders
    }

    /// The sub-order, if it is the only one.
    pub(super) fn sub_order(&self) -> Option<String> {
        match self.members.as_slice() {
            [one] => sub_order(one).map(str::to_owned),
            _ => None,
        }
    }
}

/// All receivables of a statement, found by the ids rows carry.
#[derive(Default)]
pub(super) struct Receivables<'a> {
    all: Vec<Receivable<'a>>,
    /// By sub-order, or by order where the expectation names no sub-order.
    by_own: BTreeMap<&'a str, usize>,
    /// By order, where the expectation names no sub-order.
    by_whole: BTreeMap<&'a str, usize>,
    /// By order, for rows that name no sub-order.
    by_order: BTreeMap<&'a str, usize>,
}

impl<'a> Receivables<'a> {
    /// Each expectation by itself, except that those of one shipment, those with the same id, and
    /// the sub-orders of an order that some row names without a sub-order are joined.
    pub(super) fn of(expected: &'a [Expected], rows: &[StatementRow]) -> Self {
        let mut joined = Joined((0..expected.len()).collect());
        let mut firsts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        let mut of_order: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, one) in expected.iter().enumerate() {
            let shipment = one.shipment.as_deref().and_then(named).map(|id| ("shipment", id));
            for key in std::iter::once(("own", own_id(one))).chain(shipment) {
                joined.join(*firsts.entry(key).or_insert(index), index);
            }
            of_order.entry(unguarded(&one.order)).or_default().push(index);
        }
        for row in rows.iter().filter(|row| row.sub_order.is_none()) {
            let siblings = row.order.as_deref().and_then(|order| of_order.remove(order));
            for pair in siblings.unwrap_or_default().windows(2) {
                joined.join(pair[0], pair[1]);
            }
        }
        Self::collect(expected, &mut joined)
    }

    fn collect(expected: &'a [Expected], joined: &mut Joined) -> Self {
        let mut found = Self::default();
        let mut by_root = BTreeMap::new();
        for (index, one) in expected.iter().enumerate() {
            let at = *by_root.entry(joined.root(index)).or_insert(found.all.len());
            if at == found.all.len() {
                found.all.push(Receivable { members: Vec::new() });
            }
            found.all[at].members.push(one);
            let (own, order) = (own_id(one), unguarded(&one.order));
            found.by_own.insert(own, at);
            if sub_order(one).is_none() {
                found.by_whole.insert(order, at);
            }
            found.by_order.entry(order).or_insert(at);
        }
        found
    }

    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// The receivable a row belongs to: that of its sub-order, or of its order as a whole. A row of
    /// an unknown sub-order belongs to none of the known ones.
    pub(super) fn find(&self, row: &StatementRow) -> Option<usize> {
        let by = |ids: &BTreeMap<&str, usize>, id: Option<&str>| ids.get(id?).copied();
        let (sub_order, order) = (row.sub_order.as_deref(), row.order.as_deref());
        if sub_order.is_some() {
            by(&self.by_own, sub_order).or_else(|| by(&self.by_whole, order))
        } else {
            by(&self.by_order, order).or_else(|| by(&self.by_own, order))
        }
    }
}

/// What an expectation is matched by first: its sub-order, else its order.
fn own_id(one: &Expected) -> &str {
    sub_order(one).unwrap_or(unguarded(&one.order))
}

fn sub_order(one: &Expected) -> Option<&str> {
    one.sub_order.as_deref().and_then(named)
}

impl<'a> IntoIterator for Receivables<'a> {
    type Item = Receivable<'a>;
    type IntoIter = std::vec::IntoIter<Receivable<'a>>;

    fn into_iter(self) -> Self::IntoIter {
        self.all.into_iter()
    }
}

/// Sets of positions that are joined, each known by its lowest.
struct Joined(Vec<usize>);

impl Joined {
    fn root(&mut self, mut at: usize) -> usize {
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        self.0[one.max(other)] = one.min(other);
    }
}
