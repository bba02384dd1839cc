//! Price and payout of orders, by the rules of their shop.
//!
//! Knows how buyers come: by whose link, in which group, with which coupons, drawn from seed and
//! order alone. Refuses to compute an amount: the pricing library does, as it does for the brand.

use std::collections::BTreeMap;
use std::sync::Arc;

use ::pricing::{
    Line, Money as Minor, Order, Quote, RuleBook, RuleSet,
    order::{Attribution, Checkin, CheckinStatus, Group, GroupStatus, PerActor},
    quote,
    refund::{FreightBack, Frozen, RefundState, RefundStep},
    rules::{Cond, Funder, PriceField, PriceSource},
    time::Moment,
};
use chrono::SecondsFormat;
use contract::{
    Currency, GroupState, LineId, Money, OrderGroup, OrderPricing, Payout, PricedLine, Promoter,
    RulesRef,
};

use crate::order::{MallOrder, Step};
use crate::prng::Prng;

/// A quarter of the buyers that may have a part or a coupon have it.
const SOME: u32 = 250_000;
/// Accounts of each role.
const ACCOUNTS: u64 = 200;
const BUYERS: u64 = 50_000;
/// The most an agent adds to a price, in percent of what others ask: now and then above the cap.
const MARKUP_PERCENT: u64 = 25;

/// Digits of a currency's minor unit.
pub(crate) fn decimals(currency: &Currency) -> u32 {
    let known = ::pricing::Currency::parse(currency.as_str());
    u32::from(known.unwrap_or(::pricing::Currency::CNY).exponent())
}

/// Minor units as the wire writes them.
pub(crate) fn money(minor: i64, currency: &Currency) -> Money {
    Money::from_minor(minor, decimals(currency), currency.clone())
}

/// What the rules made of an order when it was paid.
#[derive(Debug, Clone)]
pub(crate) struct Priced {
    pub(crate) group: Option<OrderGroup>,
    pub(crate) promoter_path: Vec<Promoter>,
    /// As it was when the buyer paid.
    pricing: OrderPricing,
    /// As it is once its group has failed; nothing for an order without a group that may.
    failed: Option<OrderPricing>,
    /// Price of a unit by line, minor units.
    units: Vec<i64>,
    /// What refunds go by.
    frozen: Frozen,
}

impl Priced {
    /// The group as it stands: it fills when the order is paid, or it never does and the order is
    /// called off.
    pub(crate) fn group_at(&self, paid: bool, cancelled: bool) -> Option<OrderGroup> {
        let group = self.group.clone()?;
        let state = match group.state {
            GroupState::Formed if paid => GroupState::Formed,
            GroupState::Forming if cancelled => GroupState::Failed,
            _ => GroupState::Forming,
        };
        Some(OrderGroup { state, ..group })
    }

    /// Price and payout as they stand: an order whose group has failed pays nobody.
    pub(crate) fn pricing_at(&self, cancelled: bool) -> &OrderPricing {
        self.failed.as_ref().filter(|_| cancelled).unwrap_or(&self.pricing)
    }

    /// The price of a unit of a line, and what is paid for it without `missing` pieces.
    pub(crate) fn paid_for(&self, line: usize, missing: i64) -> Option<(i64, i64)> {
        let (unit, frozen) = (self.units.get(line)?, self.frozen.lines.get(line)?);
        let units = BTreeMap::from([(frozen.id.clone(), missing)]);
        let step =
            RefundStep { units, freight: Some(FreightBack::Whole(false)), paid_out: Vec::new() };
        let back = self.frozen.refund(&mut RefundState::default(), &step).ok()?;
        let kept = frozen.pay.minus(back.buyer_refund).ok()?;
        Some((*unit, kept.minor()))
    }
}

/// Prices an order; nothing for one that is never paid, and when no version of the rules holds.
pub(crate) fn price(
    book: &RuleBook,
    seed: u64,
    order: &MallOrder,
    categories: &[Option<Arc<str>>],
    currency: &Currency,
) -> Option<Priced> {
    let (paid_at, _) = order.plan.iter().find(|(_, step)| *step == Step::Pay)?;
    let at = Moment::parse(&paid_at.to_rfc3339_opts(SecondsFormat::Secs, true))?;
    let set = book.in_force(at).ok()?;
    let mut prng = Prng::keyed(seed, &["pricing", order.id.as_str()]);
    let told = told(set, order, categories, at, &mut prng);
    let paid = quote(book, &told).ok()?;
    Some(Priced {
        group: group_of(&told, order),
        promoter_path: promoters(set, &told),
        pricing: written(&paid, &told, currency),
        failed: failed(book, &told, currency),
        units: paid.lines.iter().map(|line| line.unit.minor()).collect(),
        frozen: paid.freeze(),
    })
}

/// What the rules make of an order whose group is still filling, should it fail.
fn failed(book: &RuleBook, told: &Order, currency: &Currency) -> Option<OrderPricing> {
    let mut failed = told.clone();
    let group = failed.group.as_mut().filter(|group| group.status == GroupStatus::Pending)?;
    group.status = GroupStatus::Failed;
    Some(written(&quote(book, &failed).ok()?, &failed, currency))
}

/// The order as the rules are told it.
fn told(
    set: &RuleSet,
    order: &MallOrder,
    categories: &[Option<Arc<str>>],
    at: Moment,
    prng: &mut Prng,
) -> Order {
    let lines = order.lines.iter().zip(categories).enumerate();
    let lines = lines.map(|(index, (line, category))| Line {
        id: (index + 1).to_string().into(),
        sku: line.seller_sku.as_str().into(),
        qty: line.qty,
        unit_price: Some(Minor::from_minor(line.price_minor)),
        category: category.clone(),
        ..Line::default()
    });
    let mut told = Order {
        id: order.id.as_str().into(),
        paid_at: at,
        buyer: format!("b-{}", prng.below(BUYERS)).into(),
        lines: lines.collect(),
        freight: Minor::ZERO,
        coupons: Vec::new(),
        actors: BTreeMap::new(),
        buyer_tags: Vec::new(),
        first_order: prng.chance(SOME),
        channel: None,
        group: None,
        campaign_qty: None,
        attribution: None,
        checkin: None,
        tier: None,
        period_sales: None,
    };
    for coupon in &set.coupons {
        if prng.chance(SOME) {
            told.coupons.push(coupon.id.clone());
        }
    }
    for pay in set.rewards.iter().filter(|pay| &*pay.to != "buyer") {
        let account = format!("{}-{}", pay.to, prng.below(ACCOUNTS));
        if prng.chance(2 * SOME) {
            told.actors.entry(pay.to.clone()).or_insert_with(|| Some(account.into()));
        }
    }
    offer(&mut told, set, prng);
    let fills = order.plan.iter().any(|(_, step)| matches!(step, Step::Ship(_)));
    let prices = set.prices.iter().map(|rule| &rule.when);
    let coupons = set.coupons.iter().map(|rule| &rule.when);
    let pays = set.charges.iter().chain(&set.rewards).map(|rule| &rule.when);
    for cond in prices.chain(coupons).chain(pays).flat_map(|when| &when.conds) {
        meet(&mut told, cond, fills, prng);
    }
    if set.rewards.iter().any(|pay| pay.contingent) && told.checkin.is_none() {
        let all = [CheckinStatus::Pending, CheckinStatus::Earned, CheckinStatus::Failed];
        let status = usize::try_from(prng.below(3)).unwrap_or(0);
        told.checkin = Some(Checkin { days: 0, status: all[status] });
    }
    told
}

/// Every price that the rules ask for stands on the lines, in proportion to that of the listing.
fn offer(told: &mut Order, set: &RuleSet, prng: &mut Prng) {
    for rule in &set.prices {
        let PriceSource::Field(field) = rule.from else { continue };
        for line in &mut told.lines {
            let alone = line.unit_price.unwrap_or_default().minor();
            let part = |percent: i64| Some(Minor::from_minor(alone * percent / 100));
            match field {
                PriceField::Unit => {}
                PriceField::Group => line.group_price = part(90),
                PriceField::Tier2 => line.tier2_price = part(85),
                PriceField::Tier3 => line.tier3_price = part(70),
                PriceField::Supply => line.supply_price = part(60),
            }
            if rule.add_markup {
                let percent = i64::try_from(prng.below(MARKUP_PERCENT + 1)).unwrap_or(0);
                line.markup = part(percent);
            }
        }
    }
}

/// Some buyers meet what a rule asks for. The group of an order that is called off before it is
/// shipped never `fills`.
fn meet(told: &mut Order, cond: &Cond, fills: bool, prng: &mut Prng) {
    match cond {
        Cond::Group(_) if told.group.is_none() && !prng.chance(SOME) => {
            let leads = prng.chance(SOME);
            let other = format!("b-{}", prng.below(BUYERS)).into();
            let leader = if leads { told.buyer.clone() } else { other };
            let status = if fills { GroupStatus::Success } else { GroupStatus::Pending };
            told.group = Some(Group { status, size: Some(2), leader: Some(leader) });
        }
        Cond::Channel(channels) if told.channel.is_none() && prng.chance(2 * SOME) => {
            told.channel = channels.first().cloned();
        }
        Cond::CampaignQtyMin(least) if told.campaign_qty.is_none() => {
            let most = least.unsigned_abs().saturating_mul(3) / 2 + 1;
            told.campaign_qty = Some(i64::try_from(prng.below(most)).unwrap_or(*least));
        }
        Cond::BuyerTag(tags) if prng.chance(SOME) => told.buyer_tags.extend(tags.first().cloned()),
        Cond::Tier(tiers) if told.tier.is_none() && prng.chance(SOME) => {
            told.tier = tiers.first().cloned().map(PerActor::One);
        }
        Cond::PeriodSalesMin(least) if told.period_sales.is_none() && prng.chance(SOME) => {
            told.period_sales = Some(PerActor::One(*least));
        }
        Cond::WindowDays(days) if told.attribution.is_none() => {
            // Some clicks are too old.
            let days = days.unsigned_abs().saturating_mul(5) / 4 + 1;
            let ago = i64::try_from(prng.below(days)).unwrap_or(0);
            let clicked_at = Some(told.paid_at.plus_days(-ago));
            told.attribution = Some(Attribution { clicked_at });
        }
        Cond::CheckinDaysMin(days) if told.checkin.is_none() && prng.chance(SOME) => {
            told.checkin = Some(Checkin { days: *days, status: CheckinStatus::Earned });
        }
        _ => {}
    }
}

fn group_of(told: &Order, order: &MallOrder) -> Option<OrderGroup> {
    let group = told.group.as_ref()?;
    let leads = group.leader.as_ref() == Some(&told.buyer);
    Some(OrderGroup {
        id: format!("g-{}", order.id),
        role: if leads { "leader" } else { "member" }.to_owned(),
        state: match group.status {
            GroupStatus::Pending => GroupState::Forming,
            GroupStatus::Success => GroupState::Formed,
            GroupStatus::Failed => GroupState::Failed,
        },
    })
}

fn promoters(set: &RuleSet, told: &Order) -> Vec<Promoter> {
    let level = |role: &str| {
        let depths = set.rewards.iter().filter(|pay| *pay.to == *role).map(|pay| pay.depth);
        depths.max().unwrap_or(0)
    };
    let named = told.actors.iter().filter_map(|(role, id)| Some((role, id.as_ref()?)));
    let promoter = |(role, id): (&Arc<str>, &Arc<str>)| Promoter {
        role: role.to_string(),
        id: id.to_string(),
        level: level(role),
    };
    named.map(promoter).collect()
}

fn written(quote: &Quote, told: &Order, currency: &Currency) -> OrderPricing {
    let money = |amount: Minor| money(amount.minor(), currency);
    let id = |line: &Arc<str>| LineId::new(line.to_string());
    let lines = quote.lines.iter().map(|line| {
        let borne = Funder::ALL.into_iter().zip(line.disc);
        let borne = borne.filter_map(|(by, amount)| Some((by.name().to_owned(), money(amount?))));
        PricedLine {
            line: id(&line.id),
            paid: money(line.pay),
            tax: money(line.vat),
            discounts: borne.collect(),
        }
    });
    let payouts = quote.postings.iter().map(|posting| Payout {
        line: id(&quote.lines[posting.line as usize].id),
        rule: posting.rule.to_string(),
        account: posting.account.to_string(),
        by: posting.by.name().to_owned(),
        amount: money(posting.amount),
    });
    OrderPricing {
        rules: RulesRef {
            id: quote.ruleset.id.to_string(),
            version: quote.ruleset.version,
            sha256: quote.ruleset.hash.to_string(),
        },
        told: serde_json::to_value(told).expect("an order is text and whole numbers"),
        lines: lines.collect(),
        payouts: payouts.collect(),
    }
}
