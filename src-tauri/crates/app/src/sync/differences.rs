//! Whether a shop prices and pays out as its rules say.
//!
//! Every paid order comes with what the rules were told and what they made of it. The rules that we
//! keep of the shop's channel are told the same, and what differs is named: the version of the
//! rules, what a line pays, who bears its discounts, the tax inside it, what an account is paid for
//! it, and what the order itself says of its lines, less pieces that turned out not to be there. An
//! order is held against the version that priced it where we have that.

use std::collections::BTreeMap;

use contract::Order as RemoteOrder;
use domain::{Currency, ShopId, shop::Shop};
use pricing::RuleBook;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::compare::{Found, compare};
use crate::{
    Error, channels,
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
    /// What differs: `rules` (a version that we do not have, or at a time when none held),
    /// `rules_old` (a version of ours that did not hold then), `told` (the rules were told of
    /// another order than this one), `unit_price` and `charged` (what the order itself says was
    /// paid, missing pieces taken off), `paid`, `discount`, `tax` and `payout` (what its pricing
    /// says), or `unpriced` when our rules cannot price it.
    pub what: String,
    /// Whose amount, for `payout`; who bears it, for `discount`; `brand`, whose net amounts by the
    /// two versions are told, for `rules_old`.
    pub account: Option<String>,
    /// The rule that pays it, for `payout`; the version on their side, for `rules`; and after it the
    /// one that held, for `rules_old`.
    pub rule: Option<String>,
    /// What they say; `null` when they say nothing.
    pub theirs: Option<Amount>,
    /// What our rules say; `null` when they say nothing.
    pub ours: Option<Amount>,
    /// By how much they say more; `null` when it is not about an amount, or theirs cannot be read.
    pub difference: Option<Amount>,
}

/// All differences of one kind and rule together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DifferenceSum {
    /// What differs, as in a difference.
    pub what: String,
    /// The rule; `null` where none is named.
    pub rule: Option<String>,
    /// Orders with such a difference.
    #[ts(type = "number")]
    pub orders: i64,
    /// Such differences.
    #[ts(type = "number")]
    pub count: i64,
    /// By how much they say more, all of them together; `null` when it is not about amounts.
    pub difference: Option<Amount>,
}

/// What was held against the rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PriceDifferences {
    /// The book's currency.
    pub currency: String,
    /// Shops that a channel prices, of those that were asked for.
    #[ts(type = "number")]
    pub shops: i64,
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
    /// Of all differences, listed or not: by kind and rule.
    pub sums: Vec<DifferenceSum>,
    /// At most 1,000 of them, by shop and order.
    pub rows: Vec<PriceDifference>,
}

pub(crate) fn differences(call: &Call, input: DifferencesOf) -> Result<PriceDifferences, Error> {
    held(call, input, LISTED)
}

/// What differs, with at most `listed` differences one by one.
pub(crate) fn held(
    call: &Call,
    input: DifferencesOf,
    listed: usize,
) -> Result<PriceDifferences, Error> {
    call.read(|reader| {
        let codes: BTreeMap<ShopId, Shop> = reader.shops()?.into_iter().collect();
        let sold = channels::channels(&reader)?;
        let asked = |shop: &ShopId| input.shop.is_none_or(|it| it.0 == shop.0);
        let priced: Vec<(ShopId, &RuleBook)> = sold
            .iter()
            .filter_map(|sold| Some((sold.channel.shop.filter(asked)?, &sold.book)))
            .collect();
        let orders = priced.iter().map(|(shop, _)| reader.remote_orders(*shop));
        let orders = orders.sum::<Result<i64, _>>()?;
        let mut holding = Holding::new(book_currency(&reader)?, listed);
        let mut read = 0;
        for (id, book) in &priced {
            let code = codes.get(id).map(|shop| shop.code.as_str()).unwrap_or_default();
            let mut after = String::new();
            loop {
                let total = usize::try_from(orders).unwrap_or(0);
                call.session.step("sync.differences", read, total)?;
                let page = reader.remote_contents(*id, &after, PAGE)?;
                let Some((last, _)) = page.last() else { break };
                after.clone_from(last);
                read += page.len();
                for (_, content) in &page {
                    holding.hold((Id(id.0), code), book, content);
                }
            }
        }
        holding.all.shops = i64::try_from(priced.len()).unwrap_or(i64::MAX);
        Ok(holding.summed())
    })
}

/// What was found so far.
struct Holding {
    currency: Currency,
    listed: usize,
    all: PriceDifferences,
    sums: BTreeMap<(&'static str, Option<String>), Sum>,
}

/// Differences of one kind and rule.
#[derive(Default)]
struct Sum {
    orders: i64,
    count: i64,
    amount: Option<i64>,
    /// The last order that was counted.
    last: Option<(Id, String)>,
}

impl Holding {
    fn new(currency: Currency, listed: usize) -> Self {
        let all = PriceDifferences {
            currency: currency.to_string(),
            shops: 0,
            compared: 0,
            untold: 0,
            differing: 0,
            total: 0,
            sums: Vec::new(),
            rows: Vec::new(),
        };
        Self { currency, listed, all, sums: BTreeMap::new() }
    }

    /// Holds one order against the rules of its shop.
    fn hold(&mut self, shop: (Id, &str), book: &RuleBook, content: &str) {
        // What could not be read is not kept as text of an order; there is nothing to compare.
        let Ok(order) = serde_json::from_str::<RemoteOrder>(content) else { return };
        if order.paid_at.is_none() {
            return;
        }
        let Some(theirs) = &order.pricing else {
            self.all.untold += 1;
            return;
        };
        self.all.compared += 1;
        let found = compare(book, self.currency, &order, theirs);
        self.all.differing += i64::from(!found.is_empty());
        for one in found {
            self.note(shop, order.id.as_str(), one);
        }
    }

    fn note(&mut self, (shop, code): (Id, &str), order: &str, one: Found) {
        let currency = self.currency;
        let amount = |minor| Amount::from(domain::Money { minor, currency });
        let difference = one.difference();
        self.all.total += 1;
        let sum = self.sums.entry((one.what, one.rule.clone())).or_default();
        sum.count += 1;
        let this = Some((shop, order.to_owned()));
        if sum.last != this {
            sum.orders += 1;
            sum.last = this;
        }
        if let Some(minor) = difference {
            sum.amount = Some(sum.amount.unwrap_or(0).saturating_add(minor));
        }
        if self.all.rows.len() < self.listed {
            self.all.rows.push(PriceDifference {
                shop,
                shop_code: code.to_owned(),
                order: order.to_owned(),
                line: one.line,
                what: one.what.to_owned(),
                account: one.account,
                rule: one.rule,
                theirs: one.theirs.map(|(text, _)| text),
                ours: one.ours.map(amount),
                difference: difference.map(amount),
            });
        }
    }

    fn summed(self) -> PriceDifferences {
        let currency = self.currency;
        let amount = |minor| Amount::from(domain::Money { minor, currency });
        let sum = |((what, rule), sum): ((&str, Option<String>), Sum)| DifferenceSum {
            what: what.to_owned(),
            rule,
            orders: sum.orders,
            count: sum.count,
            difference: sum.amount.map(amount),
        };
        PriceDifferences { sums: self.sums.into_iter().map(sum).collect(), ..self.all }
    }
}
