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
    if !in_force.as_ref().is_some_and(is_theirs) {
        let rule = Some(format!("{} v{}", theirs.rules.id, theirs.rules.version));
        found.push(Found { rule, ..Found::of("rules") });
    }
    let sides = Sides { currency };
    charged(&mut found, sides, order, &when_paid(set, &told, &ours));
    lines(&mut found, sides, theirs, &ours);
    payouts(&mut found, sides, theirs, &ours);
    found
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
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn rules() -> Value {
        json!({
            "id": "r", "version": 1, "currency": "CNY",
            "effective_from": "2026-01-01T00:00:00+08:00",
            "prices": [{ "id": "list", "from_field": "unit_price" }],
            "vat": { "rate": "0.13", "base": "paid_plus_platform" },
            "charges": [{ "id": "commission", "to": "platform", "base": "paid", "rate": "0.05" }],
            "rewards": [{ "id": "share", "mech": "share", "to": "sharer", "depth": 1,
                          "base": "paid", "rate": "0.15" }],
            "coupons": [{ "id": "C20", "type": "amount", "value": 2000,
                          "funding": { "platform": "1" } }],
        })
    }

    fn book() -> RuleBook {
        RuleBook::load(&rules().to_string()).unwrap()
    }

    /// An order of two lines, 100.00 and 50.00, 20.00 of them borne by the platform, as the wire
    /// has it: amounts worked out by hand.
    fn order() -> Value {
        let money = |amount: &str| json!({ "amount": amount, "currency": "CNY" });
        let line = |id: &str, sku: &str, paid: &str| json!({ "id": id, "seller_sku": sku, "listing_id": sku, "qty": 1, "paid": money(paid) });
        let priced = |id: &str, paid: &str, tax: &str, platform: &str| {
            json!({ "line": id, "paid": money(paid), "tax": money(tax),
                    "discounts": { "platform": money(platform) } })
        };
        let payout = |id: &str, rule: &str, account: &str, amount: &str| {
            json!({ "line": id, "rule": rule, "account": account, "by": "brand",
                    "amount": money(amount) })
        };
        let at = "2026-10-01T02:00:00Z";
        json!({
            "id": "1", "version": 2, "seq": 2, "updated_at": at, "status": "paid",
            "payment": "paid", "fulfilment": "unfulfilled", "placed_at": at, "paid_at": at,
            "business_date": "2026-10-01",
            "lines": [line("1", "A", "86.67"), line("2", "B", "43.33")],
            "promoter_path": [{ "role": "sharer", "id": "s-1", "level": 1 }],
            "pricing": {
                "rules": { "id": "r", "version": 1, "sha256": *book().versions()[0].hash },
                "told": {
                    "id": "1", "paid_at": at, "buyer": "b-1", "coupons": ["C20"],
                    "actors": { "sharer": "s-1" },
                    "lines": [
                        { "id": "1", "sku": "A", "qty": 1, "unit_price": 10_000 },
                        { "id": "2", "sku": "B", "qty": 1, "unit_price": 5_000 },
                    ],
                },
                "lines": [
                    priced("1", "86.67", "11.50", "13.33"), priced("2", "43.33", "5.75", "6.67"),
                ],
                "payouts": [
                    payout("1", "commission", "platform", "4.33"),
                    payout("2", "commission", "platform", "2.17"),
                    payout("1", "share", "s-1", "13.00"), payout("2", "share", "s-1", "6.50"),
                ],
            },
        })
    }

    /// What is found once the order is changed: kind, line, account, by how much.
    fn found(change: impl FnOnce(&mut Value)) -> Vec<(&'static str, String, String, Option<i64>)> {
        let mut order = order();
        change(&mut order);
        let order: RemoteOrder = serde_json::from_value(order).unwrap();
        let theirs = order.pricing.as_deref().unwrap();
        let found = compare(&book(), Currency::CNY, &order, theirs).into_iter().map(|one| {
            let difference = one.difference();
            let (line, account) = (one.line.unwrap_or_default(), one.account.unwrap_or_default());
            (one.what, line, account, difference)
        });
        found.collect()
    }

    fn row(
        what: &'static str,
        line: &str,
        account: &str,
        difference: Option<i64>,
    ) -> (&'static str, String, String, Option<i64>) {
        (what, line.to_owned(), account.to_owned(), difference)
    }

    #[test]
    fn an_order_priced_alike_differs_in_nothing() {
        assert_eq!(found(|_| {}), []);
        // A payout in two parts, an amount with more noughts, a bearer who bears nothing.
        let alike = found(|order| {
            let payouts = &mut order["pricing"]["payouts"];
            payouts[0]["amount"]["amount"] = json!("4.00");
            let mut rest = payouts[0].clone();
            rest["amount"]["amount"] = json!("0.330");
            payouts.as_array_mut().unwrap().push(rest);
            order["pricing"]["lines"][0]["discounts"]["brand"] =
                json!({ "amount": "0.00", "currency": "CNY" });
        });
        assert_eq!(alike, []);
    }

    #[test]
    fn what_is_paid_otherwise_is_named_with_its_amount() {
        let more = found(|order| {
            order["pricing"]["payouts"][0]["amount"]["amount"] = json!("5.20");
        });
        assert_eq!(more, [row("payout", "1", "platform", Some(87))]);
        let left_out = found(|order| {
            order["pricing"]["payouts"].as_array_mut().unwrap().remove(3);
        });
        assert_eq!(left_out, [row("payout", "2", "s-1", Some(-650))]);
        let other_account = found(|order| {
            order["pricing"]["payouts"][2]["account"] = json!("s-2");
        });
        let expected =
            [row("payout", "1", "s-1", Some(-1_300)), row("payout", "1", "s-2", Some(1_300))];
        assert_eq!(other_account, expected);
        let other_currency = found(|order| {
            order["pricing"]["payouts"][0]["amount"]["currency"] = json!("USD");
        });
        assert_eq!(other_currency, [row("payout", "1", "platform", None)]);
        let lines = found(|order| {
            let line = &mut order["pricing"]["lines"][0];
            line["paid"]["amount"] = json!("86.66");
            line["tax"]["amount"] = json!("11.51");
            line["discounts"] = json!({ "brand": line["discounts"]["platform"] });
        });
        let expected = [
            row("paid", "1", "", Some(-1)),
            row("tax", "1", "", Some(1)),
            row("discount", "1", "platform", Some(-1_333)),
            row("discount", "1", "brand", Some(1_333)),
        ];
        assert_eq!(lines, expected);
        let left_out = found(|order| {
            order["pricing"]["lines"].as_array_mut().unwrap().remove(1);
        });
        let expected = [
            row("paid", "2", "", Some(-4_333)),
            row("tax", "2", "", Some(-575)),
            row("discount", "2", "platform", Some(-667)),
        ];
        assert_eq!(left_out, expected);
    }

    #[test]
    fn rules_that_were_told_of_another_order_are_named() {
        let told = |change: &dyn Fn(&mut Value)| {
            found(|order| change(order)).into_iter().map(|one| (one.0, one.1)).collect::<Vec<_>>()
        };
        let whole = [("told", String::new())];
        assert_eq!(told(&|order| order["id"] = json!("2")), whole);
        assert_eq!(told(&|order| order["paid_at"] = json!("2026-10-01T02:00:01Z")), whole);
        assert_eq!(told(&|order| order["promoter_path"] = json!([])), whole);
        let group = json!({ "id": "g", "role": "leader", "state": "formed" });
        assert_eq!(told(&|order| order["group"] = group.clone()), whole);
        let line = [("told", "2".to_owned())];
        assert_eq!(told(&|order| order["lines"][1]["seller_sku"] = json!("C")), line);
        assert_eq!(told(&|order| order["lines"][1]["qty"] = json!(2)), line);
        // A group that filled for the rules and failed for the order.
        let state = found(|order| {
            order["group"] = json!({ "id": "g", "role": "member", "state": "failed" });
            order["pricing"]["told"]["group"] =
                json!({ "status": "success", "size": 2, "leader": "b-2" });
        });
        assert_eq!(state, [row("told", "", "", None)]);
        // A unit that turned out not to be there is no contradiction, and is not paid.
        let missing = |order: &mut Value| {
            order["lines"][1]["qty"] = json!(0);
            order["lines"][1]["paid"]["amount"] = json!("0.00");
        };
        assert_eq!(told(&missing), []);
    }

    #[test]
    fn what_the_order_itself_says_was_paid_is_held_against_the_rules() {
        let money = |amount: &str| json!({ "amount": amount, "currency": "CNY" });
        let paid = found(|order| {
            order["lines"][0]["paid"] = money("86.68");
            order["lines"][0]["unit_price"] = money("100.00");
            order["lines"][1]["unit_price"] = money("49.00");
        });
        assert_eq!(
            paid,
            [row("charged", "1", "", Some(1)), row("unit_price", "2", "", Some(-100))]
        );
        let untold = found(|order| {
            order["lines"][0].as_object_mut().unwrap().remove("paid");
        });
        assert_eq!(untold, []);
        // Of 43.33 for two pieces the buyer gets 21.67 back for the one that is missing.
        let missing = |kept: &str| {
            found(|order| {
                order["pricing"]["told"]["lines"][1] =
                    json!({ "id": "2", "sku": "B", "qty": 2, "unit_price": 2_500 });
                order["lines"][1]["qty"] = json!(1);
                order["lines"][1]["paid"] = money(kept);
            })
        };
        assert_eq!(missing("21.66"), []);
        assert_eq!(missing("21.67"), [row("charged", "2", "", Some(1))]);
        // Nor is a piece paid that was never there.
        assert_eq!(missing("43.33"), [row("charged", "2", "", Some(2_167))]);
    }

    #[test]
    fn an_order_is_priced_by_the_version_that_priced_it() {
        let mut later = rules();
        later["version"] = json!(2);
        later["effective_from"] = json!("2026-09-01T00:00:00+08:00");
        later["charges"][0]["rate"] = json!("0.08");
        let both = json!([rules(), later]);
        let both = RuleBook::load(&both.to_string()).unwrap();
        let order: RemoteOrder = serde_json::from_value(order()).unwrap();
        let found = compare(&both, Currency::CNY, &order, order.pricing.as_deref().unwrap());
        let found: Vec<_> = found.iter().map(|one| (one.what, one.rule.as_deref())).collect();
        assert_eq!(found, [("rules", Some("r v1"))]);
    }

    #[test]
    fn other_rules_and_what_cannot_be_priced_are_told() {
        let other = found(|order| order["pricing"]["rules"]["sha256"] = json!("00"));
        assert_eq!(other, [row("rules", "", "", None)]);
        let unreadable = found(|order| order["pricing"]["told"] = json!("nothing"));
        assert_eq!(unreadable, [row("unpriced", "", "", None)]);
        let before = found(|order| {
            order["paid_at"] = json!("2025-10-01T02:00:00Z");
            order["pricing"]["told"]["paid_at"] = json!("2025-10-01T02:00:00Z");
            order["pricing"]["rules"]["sha256"] = json!("00");
        });
        assert_eq!(before, [row("unpriced", "", "", None)]);
        // A version of ours that is used before it holds prices the order, and is told.
        let early = found(|order| {
            order["paid_at"] = json!("2025-10-01T02:00:00Z");
            order["pricing"]["told"]["paid_at"] = json!("2025-10-01T02:00:00Z");
        });
        assert_eq!(early, [row("rules", "", "", None)]);
    }
}
