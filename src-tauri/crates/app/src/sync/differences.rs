//! Whether a shop prices and pays out as its rules say.
//!
//! Every paid order comes with what the rules were told and what they made of it. The rules that we
//! keep of the shop's channel are told the same, and what differs is named: the version of the
//! rules, what a line pays, the tax inside it, what an account is paid for it.

use std::collections::BTreeMap;

use contract::{Money as Wire, Order as RemoteOrder, OrderPricing};
use domain::{Currency, ShopId, shop::Shop};
use pricing::{Money, Order, Quote, quote};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    Error,
    channels::{self, Sold},
    commands::Call,
    goods::book_currency,
    wire::{Amount, Id},
};

/// Orders read at once.
const PAGE: i64 = 1_000;
/// So many differences are listed; all are counted.
const LISTED: usize = 1_000;

/// Which shops to hold against their rules.
#[derive(Debug, Clone, Copy, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct DifferencesOf {
    /// One shop; all that a channel prices when there is none.
    pub shop: Option<Id>,
}

/// Something that a shop and our rules see differently.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PriceDifference {
    /// The shop.
    pub shop: Id,
    /// Its code.
    pub shop_code: String,
    /// The platform's number of the order.
    pub order: String,
    /// The line; `null` for the order as a whole.
    pub line: Option<String>,
    /// What differs: `rules` (the version), `paid`, `tax`, `payout`, or `unpriced` when our rules
    /// cannot price it.
    pub what: String,
    /// Whose amount, for `payout`.
    pub account: Option<String>,
    /// The rule that pays it, for `payout`; the version on their side, for `rules`.
    pub rule: Option<String>,
    /// What they say; `null` when they pay nothing.
    pub theirs: Option<Amount>,
    /// What our rules say; `null` when they pay nothing.
    pub ours: Option<Amount>,
}

/// What was held against the rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PriceDifferences {
    /// The book's currency.
    pub currency: String,
    /// Paid orders that came with their pricing.
    #[ts(type = "number")]
    pub compared: i64,
    /// Paid orders that came without: their shop told no rules.
    #[ts(type = "number")]
    pub untold: i64,
    /// Orders that differ in anything.
    #[ts(type = "number")]
    pub differing: i64,
    /// All differences, listed or not.
    #[ts(type = "number")]
    pub total: i64,
    /// At most 1,000 of them, by shop and order.
    pub rows: Vec<PriceDifference>,
}

pub(crate) fn differences(call: &Call, input: DifferencesOf) -> Result<PriceDifferences, Error> {
    call.read(|reader| {
        let currency = book_currency(&reader)?;
        let mut all = PriceDifferences {
            currency: currency.to_string(),
            compared: 0,
            untold: 0,
            differing: 0,
            total: 0,
            rows: Vec::new(),
        };
        let shops: BTreeMap<ShopId, Shop> = reader.shops()?.into_iter().collect();
        let sold = channels::channels(&reader)?;
        for sold in &sold {
            let Some(id) = sold.channel.shop.filter(|id| input.shop.is_none_or(|it| it.0 == id.0))
            else {
                continue;
            };
            let code = shops.get(&id).map(|shop| shop.code.clone()).unwrap_or_default();
            let mut after = String::new();
            loop {
                let page = reader.remote_contents(id, &after, PAGE)?;
                let Some((last, _)) = page.last() else { break };
                after.clone_from(last);
                call.session.step(
                    "sync.differences",
                    usize::try_from(all.compared).unwrap_or(0),
                    0,
                )?;
                for (_, content) in &page {
                    hold(&mut all, (Id(id.0), &code), (sold, currency), content);
                }
            }
        }
        Ok(all)
    })
}

/// Holds one order against the rules.
fn hold(
    all: &mut PriceDifferences,
    shop: (Id, &str),
    (sold, currency): (&Sold, Currency),
    content: &str,
) {
    // What could not be read is not kept as text of an order; there is nothing to compare.
    let Ok(order) = serde_json::from_str::<RemoteOrder>(content) else { return };
    if order.paid_at.is_none() {
        return;
    }
    let Some(theirs) = &order.pricing else {
        all.untold += 1;
        return;
    };
    all.compared += 1;
    let found = compare(sold, theirs, currency);
    if found.is_empty() {
        return;
    }
    all.differing += 1;
    for one in found {
        all.total += 1;
        if all.rows.len() < LISTED {
            let (id, code) = shop;
            let row = PriceDifference { shop: id, shop_code: code.to_owned(), ..one };
            all.rows.push(PriceDifference { order: order.id.as_str().to_owned(), ..row });
        }
    }
}

fn difference(what: &str) -> PriceDifference {
    PriceDifference {
        shop: Id(uuid::Uuid::nil()),
        shop_code: String::new(),
        order: String::new(),
        line: None,
        what: what.to_owned(),
        account: None,
        rule: None,
        theirs: None,
        ours: None,
    }
}

/// What differs in one order.
fn compare(sold: &Sold, theirs: &OrderPricing, currency: Currency) -> Vec<PriceDifference> {
    let told = Order::deserialize(&theirs.told).ok();
    let Some(ours) = told.and_then(|told| quote(&sold.book, &told).ok()) else {
        return vec![difference("unpriced")];
    };
    let mut found = Vec::new();
    if *ours.ruleset.hash != *theirs.rules.sha256 {
        let rule = Some(format!("{} v{}", theirs.rules.id, theirs.rules.version));
        found.push(PriceDifference { rule, ..difference("rules") });
    }
    let decimals = currency.decimals();
    let minor = |money: &Wire| {
        let same = money.currency.as_str() == currency.to_string();
        money.amount.to_minor(decimals).ok().filter(|_| same)
    };
    let amount = |minor: i64| Amount::from(domain::Money { minor, currency });
    let shown = |money: &Wire| Amount(money.amount.as_str().to_owned());
    for line in &theirs.lines {
        let known = ours.lines.iter().find(|one| *one.id == *line.line.as_str());
        let sides = [
            ("paid", &line.paid, known.map(|one| one.pay)),
            ("tax", &line.tax, known.map(|one| one.vat)),
        ];
        for (what, theirs, ours) in sides {
            if minor(theirs) != ours.map(Money::minor) {
                found.push(PriceDifference {
                    line: Some(line.line.as_str().to_owned()),
                    theirs: Some(shown(theirs)),
                    ours: ours.map(|it| amount(it.minor())),
                    ..difference(what)
                });
            }
        }
    }
    let mut payouts = paid_by(&ours);
    for payout in &theirs.payouts {
        let key = (
            payout.line.as_str().to_owned(),
            payout.rule.clone(),
            payout.account.clone(),
            payout.by.clone(),
        );
        let ours = payouts.remove(&key);
        if minor(&payout.amount) != ours {
            found.push(PriceDifference {
                line: Some(key.0),
                account: Some(key.2),
                rule: Some(key.1),
                theirs: Some(shown(&payout.amount)),
                ours: ours.map(amount),
                ..difference("payout")
            });
        }
    }
    for ((line, rule, account, _), ours) in payouts {
        found.push(PriceDifference {
            line: Some(line),
            account: Some(account),
            rule: Some(rule),
            ours: Some(amount(ours)),
            ..difference("payout")
        });
    }
    found
}

/// What our rules pay, by line, rule, account and payer. A rule pays an account once a line.
fn paid_by(quote: &Quote) -> BTreeMap<(String, String, String, String), i64> {
    let mut paid = BTreeMap::new();
    for posting in &quote.postings {
        let line = quote.lines.get(posting.line as usize).map(|line| line.id.to_string());
        let key = (
            line.unwrap_or_default(),
            posting.rule.to_string(),
            posting.account.to_string(),
            posting.by.name().to_owned(),
        );
        let sum: &mut i64 = paid.entry(key).or_default();
        *sum = sum.saturating_add(posting.amount.minor());
    }
    paid
}
