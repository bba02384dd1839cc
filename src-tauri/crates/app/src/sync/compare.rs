//! One paid order, priced a second time.
//!
//! Knows what a shop told its rules and what it says they made of it. Refuses to know where orders
//! and rules are kept.

use std::collections::{BTreeMap, BTreeSet};

use contract::{Money as Wire, Order as RemoteOrder, OrderPricing, PricedLine};
use domain::Currency;
use pricing::{Money, Order, Quote, RuleBook, quote, quote::QuotedLine, rules::Funder};
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

/// What differs in one order.
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
    let Ok(ours) = quote(book, &told) else {
        found.push(Found::of("unpriced"));
        return found;
    };
    if *ours.ruleset.hash != *theirs.rules.sha256 {
        let rule = Some(format!("{} v{}", theirs.rules.id, theirs.rules.version));
        found.push(Found { rule, ..Found::of("rules") });
    }
    let sides = Sides { currency };
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
    let same = *told.id == *order.id.as_str()
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

    fn book() -> RuleBook {
        let rules = json!({
            "id": "r", "version": 1, "currency": "CNY",
            "effective_from": "2026-01-01T00:00:00+08:00",
            "prices": [{ "id": "list", "from_field": "unit_price" }],
            "vat": { "rate": "0.13", "base": "paid_plus_platform" },
            "charges": [{ "id": "commission", "to": "platform", "base": "paid", "rate": "0.05" }],
            "rewards": [{ "id": "share", "mech": "share", "to": "sharer", "depth": 1,
                          "base": "paid", "rate": "0.15" }],
            "coupons": [{ "id": "C20", "type": "amount", "value": 2000,
                          "funding": { "platform": "1" } }],
        });
        RuleBook::load(&rules.to_string()).unwrap()
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
        // A unit that turned out not to be there is no contradiction.
        assert_eq!(told(&|order| order["lines"][1]["qty"] = json!(0)), []);
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
        });
        assert_eq!(before, [row("unpriced", "", "", None)]);
    }
}
