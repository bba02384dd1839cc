//! One paid order, priced a second time.
//!
//! Knows what a shop told its rules and what it says they made of it. Refuses to know where orders
//! and rules are kept.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use contract::{GroupState, Money as Wire, Order as RemoteOrder, OrderPricing, PricedLine};
use domain::Currency;
use pricing::{
    Money, Order, Quote, RuleBook, RuleSet,
    order::GroupStatus,
    quote::QuotedLine,
    quote_under,
    refund::{FreightBack, Frozen, RefundState, RefundStep},
    rules::Funder,
};
use serde::Deserialize;

use crate::wire::Amount;

/// Something of an order that its shop and our rules see differently.
pub(super) struct Found {
    pub(super) line: Option<String>,
    pub(super) what: &'static str,
    pub(super) account: Option<String>,
    pub(super) rule: Option<String>,
    /// What they say, as they say it, and in minor units if it can be read.
    pub(super) theirs: Option<(Amount, Option<i64>)>,
    /// What our rules say, minor units.
    pub(super) ours: Option<i64>,
}

impl Found {
    fn of(what: &'static str) -> Self {
        Self { line: None, what, account: None, rule: None, theirs: None, ours: None }
    }

    /// By how much they say more, minor units; a side that says nothing pays nothing.
    pub(super) fn difference(&self) -> Option<i64> {
        let theirs = match &self.theirs {
            Some((_, minor)) => Some((*minor)?),
            None => None,
        };
        theirs.or(self.ours)?;
        theirs.unwrap_or(0).checked_sub(self.ours.unwrap_or(0))
    }
}

/// What differs in one order. It is priced by the version that priced it, where we have that, and
/// else by the one that we hold to be in force: either way it is told when these are not the same.
pub(super) fn compare(
    book: &RuleBook,
    currency: Currency,
    order: &RemoteOrder,
    theirs: &OrderPricing,
) -> Vec<Found> {
    let Some(told) = Order::deserialize(&theirs.told).ok() else {
        return vec![Found::of("unpriced")];
    };
    let mut found = told_wrong(order, &told);
    let in_force = book.in_force(told.paid_at).ok();
    let is_theirs = |set: &&Arc<RuleSet>| *set.hash == *theirs.rules.sha256;
    let set = book.versions().iter().find(is_theirs).or(in_force);
    let Some((set, ours)) = set.and_then(|set| Some((set, quote_under(set, &told).ok()?))) else {
        found.push(Found::of("unpriced"));
        return found;
    };
    let sides = Sides { currency };
    if !in_force.as_ref().is_some_and(is_theirs) {
        let known = in_force.filter(|_| is_theirs(&set));
        found.push(known.map_or_else(
            || Found { rule: Some(version_of(theirs)), ..Found::of("rules") },
            |holds| outdated(sides, theirs, &ours, quote_under(holds, &told).ok().as_ref(), holds),
        ));
    }
    charged(&mut found, sides, order, &when_paid(set, &told, &ours));
    lines(&mut found, sides, theirs, &ours);
    payouts(&mut found, sides, theirs, &ours);
    found
}

fn version_of(theirs: &OrderPricing) -> String {
    format!("{} v{}", theirs.rules.id, theirs.rules.version)
}

/// That a version of ours priced an order while another one, `holds`, was in force: what the brand
/// has left by either.
fn outdated(
    sides: Sides,
    theirs: &OrderPricing,
    ours: &Quote,
    held: Option<&Quote>,
    holds: &RuleSet,
) -> Found {
    let net = |quote: &Quote| quote.brand_net.minor();
    let shown = |minor| Amount::from(domain::Money { minor, currency: sides.currency });
    Found {
        account: Some("brand".to_owned()),
        rule: Some(format!("{} → v{}", version_of(theirs), holds.version)),
        theirs: held.map(|_| (shown(net(ours)), Some(net(ours)))),
        ours: held.map(net),
        ..Found::of("rules_old")
    }
}

/// Where the order that the rules were told of is not the order.
fn told_wrong(order: &RemoteOrder, told: &Order) -> Vec<Found> {
    let paid_at = order.paid_at.map(|at| at.utc().timestamp());
    let leads =
        |told: &Order| told.group.as_ref().map(|group| group.leader.as_ref() == Some(&told.buyer));
    let parts: BTreeSet<(&str, &str)> =
        order.promoter_path.iter().map(|one| (one.role.as_str(), one.id.as_str())).collect();
    let actors: BTreeSet<(&str, &str)> =
        told.actors.iter().filter_map(|(role, id)| Some((&**role, &**id.as_ref()?))).collect();
    let group = |status: GroupStatus| match status {
        GroupStatus::Pending => GroupState::Forming,
        GroupStatus::Success => GroupState::Formed,
        GroupStatus::Failed => GroupState::Failed,
    };
    let states = (
        told.group.as_ref().map(|it| group(it.status)),
        order.group.as_ref().map(|it| it.state.clone()),
    );
    let same = *told.id == *order.id.as_str()
        && states.0 == states.1
        && Some(told.paid_at.epoch_seconds()) == paid_at
        && leads(told) == order.group.as_ref().map(|group| group.role == "leader")
        && actors == parts
        && told.lines.len() == order.lines.len();
    if !same {
        return vec![Found::of("told")];
    }
    let line_is = |line: &&contract::OrderLine| {
        let told = told.lines.iter().find(|one| *one.id == *line.id.as_str());
        told.is_some_and(|told| {
            // Units may turn out not to be there; more than were priced are never sold.
            line.qty <= told.qty
                && line.seller_sku.as_ref().is_none_or(|sku| *told.sku == *sku.as_str())
        })
    };
    let wrong = order.lines.iter().filter(|line| !line_is(line));
    wrong
        .map(|line| Found { line: Some(line.id.as_str().to_owned()), ..Found::of("told") })
        .collect()
}

/// How amounts of both sides are read.
#[derive(Clone, Copy)]
struct Sides {
    currency: Currency,
}

impl Sides {
    /// An amount of theirs in minor units; nothing when it is of another currency or finer.
    fn minor(self, money: &Wire) -> Option<i64> {
        let same = money.currency.as_str() == self.currency.to_string();
        money.amount.to_minor(self.currency.decimals()).ok().filter(|_| same)
    }

    /// An amount that they say, as they say it.
    fn shown(self, money: &Wire) -> (Amount, Option<i64>) {
        (Amount(money.amount.as_str().to_owned()), self.minor(money))
    }

    fn differs(self, theirs: Option<&Wire>, ours: Option<i64>) -> bool {
        theirs.map(|money| self.minor(money)) != ours.map(Some)
    }
}

fn lines(found: &mut Vec<Found>, sides: Sides, theirs: &OrderPricing, ours: &Quote) {
    let mut left: BTreeMap<&str, &QuotedLine> =
        ours.lines.iter().map(|line| (&*line.id, line)).collect();
    for line in &theirs.lines {
        let known = left.remove(line.line.as_str());
        one_line(found, sides, line.line.as_str(), Some(line), known);
    }
    for (id, known) in left {
        one_line(found, sides, id, None, Some(known));
    }
}

fn one_line(
    found: &mut Vec<Found>,
    sides: Sides,
    id: &str,
    theirs: Option<&PricedLine>,
    ours: Option<&QuotedLine>,
) {
    let mut hold = |what, account: Option<&str>, wire: Option<&Wire>, known: Option<Money>| {
        let known = known.map(Money::minor);
        if sides.differs(wire, known) {
            found.push(Found {
                line: Some(id.to_owned()),
                account: account.map(str::to_owned),
                theirs: wire.map(|money| sides.shown(money)),
                ours: known,
                ..Found::of(what)
            });
        }
    };
    hold("paid", None, theirs.map(|line| &line.paid), ours.map(|line| line.pay));
    hold("tax", None, theirs.map(|line| &line.tax), ours.map(|line| line.vat));
    for by in Funder::ALL {
        // Who bears nothing may be told as nothing or left out.
        let wire = theirs.and_then(|line| line.discounts.get(by.name()));
        let wire = wire.filter(|money| sides.minor(money) != Some(0));
        let known = ours.map(|line| line.disc_by(by)).filter(|amount| *amount != Money::ZERO);
        hold("discount", Some(by.name()), wire, known);
    }
}

/// The order as it was when the buyer paid: a group that failed since was still filling.
fn when_paid(set: &Arc<RuleSet>, told: &Order, ours: &Quote) -> Quote {
    let mut then = told.clone();
    if let Some(group) = then.group.as_mut().filter(|_| ours.void) {
        group.status = GroupStatus::Pending;
    }
    let paid = ours.void.then(|| quote_under(set, &then).ok()).flatten();
    paid.unwrap_or_else(|| ours.clone())
}

/// What the order itself says of its lines, where it says it: the price of a unit and what was paid,
/// without the pieces that turned out not to be there.
fn charged(found: &mut Vec<Found>, sides: Sides, order: &RemoteOrder, paid: &Quote) {
    let frozen = paid.freeze();
    for line in &order.lines {
        let id = line.id.as_str();
        let known = paid.lines.iter().find(|one| *one.id == *id);
        let unit = known.map(|one| one.unit);
        let kept = known.and_then(|one| kept(&frozen, one, line.qty));
        let said = [("unit_price", &line.unit_price, unit), ("charged", &line.paid, kept)];
        for (what, wire, ours) in said {
            // A line that cannot be held against ours is told as another order's already.
            let (Some(wire), Some(ours)) = (wire, ours.map(Money::minor)) else { continue };
            if sides.differs(Some(wire), Some(ours)) {
                found.push(Found {
                    line: Some(id.to_owned()),
                    theirs: Some(sides.shown(wire)),
                    ours: Some(ours),
                    ..Found::of(what)
                });
            }
        }
    }
}

/// What stays paid for a line of which `qty` pieces are left; nothing when there are more than were
/// priced.
fn kept(frozen: &Frozen, line: &QuotedLine, qty: i64) -> Option<Money> {
    let units = BTreeMap::from([(line.id.clone(), line.qty.checked_sub(qty)?)]);
    let step = RefundStep { units, freight: Some(FreightBack::Whole(false)), paid_out: Vec::new() };
    let back = frozen.refund(&mut RefundState::default(), &step).ok()?;
    line.pay.minus(back.buyer_refund).ok()
}

/// Line, rule, account and payer.
type Paid = (String, String, String, String);
/// What they pay, with its minor units when it is money of the book, and what we pay.
type Both = (Option<(Amount, Option<i64>)>, Option<i64>);

fn payouts(found: &mut Vec<Found>, sides: Sides, theirs: &OrderPricing, ours: &Quote) {
    let mut all: BTreeMap<Paid, Both> = BTreeMap::new();
    for payout in &theirs.payouts {
        let key = (
            payout.line.as_str().to_owned(),
            payout.rule.clone(),
            payout.account.clone(),
            payout.by.clone(),
        );
        let side = &mut all.entry(key).or_default().0;
        *side = Some(match side.take() {
            None => sides.shown(&payout.amount),
            // What a rule pays an account in parts is held against the whole.
            Some((text, before)) => match before.zip(sides.minor(&payout.amount)) {
                Some((before, more)) => {
                    let minor = before.saturating_add(more);
                    (Amount::from(domain::Money { minor, currency: sides.currency }), Some(minor))
                }
                None => (text, None),
            },
        });
    }
    for posting in &ours.postings {
        let line = ours.lines.get(posting.line as usize).map(|line| line.id.to_string());
        let key = (
            line.unwrap_or_default(),
            posting.rule.to_string(),
            posting.account.to_string(),
            posting.by.name().to_owned(),
        );
        let side = all.entry(key).or_default().1.get_or_insert(0);
        *side = side.saturating_add(posting.amount.minor());
    }
    for ((line, rule, account, _), (theirs, ours)) in all {
        if theirs.as_ref().map(|(_, minor)| *minor) == ours.map(Some) {
            continue;
        }
        let (line, account, rule) = (Some(line), Some(account), Some(rule));
        found.push(Found { line, account, rule, theirs, ours, ..Found::of("payout") });
    }
}

#[cfg(test)]
mod tests;
