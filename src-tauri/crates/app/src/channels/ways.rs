//! Ways of selling through a channel, found in its rules: who of those it can reward is rewarded.
//!
//! Knows how to make an order that fulfils the conditions of a reward. Refuses to know any mode of
//! selling: what a set does not ask for is not in the order.

use std::{collections::BTreeSet, sync::Arc};

use pricing::{
    Line, Money, Order, Rate, RuleSet,
    order::{Attribution, Checkin, CheckinStatus, Group, GroupStatus, PerActor},
    quote_under,
    rules::{Cond, Coupon, CouponValue, Pay, When},
    time::Moment,
};

/// Nobody is rewarded.
pub(super) const NONE: &str = "none";
/// Everybody who can be at once is rewarded.
pub(super) const ALL: &str = "all";
/// Who buys. Roles of the rules are accounts of their own name.
const BUYER: &str = "buyer";
/// A price at which every reward with a least amount is paid: 100,000 yuan.
const HIGH: Money = Money::from_minor(10_000_000);

/// The coupon of a trial, as its order lists it.
const COUPON: &str = "bench-coupon";

/// The rules and a coupon that takes `off` from the order, borne by the brand and taken after their
/// own; as they are when none is tried.
pub(super) fn with_coupon(set: &Arc<RuleSet>, off: Option<Money>) -> Arc<RuleSet> {
    let Some(off) = off.filter(|off| *off > Money::ZERO) else { return Arc::clone(set) };
    let mut next = RuleSet::clone(set);
    next.coupons.push(Coupon {
        id: COUPON.into(),
        value: CouponValue::Amount(off),
        threshold: None,
        max: None,
        skus: None,
        funding: [None, Some(Rate::ONE), None],
        brand_consent: Some(COUPON.into()),
        when: When::default(),
    });
    Arc::new(next)
}

/// A way of selling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Way {
    /// [`NONE`], [`ALL`], or the id of the reward that is paid.
    pub(super) id: Arc<str>,
    /// The kind of that reward.
    pub(super) mech: Option<&'static str>,
    /// Whether it is the usual one: the first reward that goes to somebody else than the buyer,
    /// else nobody's.
    pub(super) usual: bool,
}

/// What is sold in a trial.
#[derive(Debug, Clone)]
pub(super) struct Trial {
    /// When it is paid.
    pub(super) at: Moment,
    /// The goods' code.
    pub(super) sku: Arc<str>,
    /// Their category.
    pub(super) category: Option<Arc<str>>,
    /// Units.
    pub(super) qty: i64,
    /// What an agent adds to the price of a unit, where the rules let one; part of what is asked.
    pub(super) markup: Money,
}

/// The ways that differ in who is rewarded, the usual one first.
pub(super) fn ways(set: &Arc<RuleSet>, trial: &Trial) -> Vec<Way> {
    let each =
        set.rewards.iter().map(|pay| (pay.id.clone(), pay.mech.map(pricing::rules::Mech::name)));
    let candidates = [(Arc::from(NONE), None)].into_iter().chain(each);
    let candidates = candidates.chain([(Arc::from(ALL), None)]);
    let mut seen: Vec<BTreeSet<Arc<str>>> = Vec::new();
    let mut found = Vec::new();
    for (id, mech) in candidates {
        let paid = rewarded(set, &order(set, &id, trial, HIGH));
        let itself = *id == *NONE || *id == *ALL || paid.contains(&id);
        if itself && !seen.contains(&paid) {
            seen.push(paid);
            found.push(Way { id, mech, usual: false });
        }
    }
    let to_others = |way: &Way| set.rewards.iter().any(|pay| pay.id == way.id && *pay.to != *BUYER);
    let usual = found.iter().position(to_others).unwrap_or(0);
    if let Some(way) = found.get_mut(usual) {
        way.usual = true;
    }
    found.sort_by_key(|way| !way.usual);
    found
}

/// The rewards that an order pays.
fn rewarded(set: &Arc<RuleSet>, order: &Order) -> BTreeSet<Arc<str>> {
    let Ok(quote) = quote_under(set, order) else { return BTreeSet::new() };
    let paid = quote.postings.iter().map(|posting| posting.rule.clone());
    paid.filter(|rule| set.rewards.iter().any(|pay| pay.id == *rule)).collect()
}

/// An order by which a way of selling is taken, at one price for whatever price the rules read. Where
/// an agent adds to it, `price` is what the buyer is asked, the mark-up inside.
pub(super) fn order(set: &Arc<RuleSet>, way: &str, trial: &Trial, price: Money) -> Order {
    let line = Line {
        id: "1".into(),
        sku: trial.sku.clone(),
        qty: trial.qty,
        unit_price: Some(price),
        group_price: Some(price),
        tier2_price: Some(price),
        tier3_price: Some(price),
        supply_price: Some(price),
        markup: None,
        category: trial.category.clone(),
    };
    let mut order = Order {
        id: "trial".into(),
        paid_at: trial.at,
        buyer: BUYER.into(),
        lines: vec![line],
        freight: Money::ZERO,
        coupons: set.coupons.iter().map(|it| it.id.clone()).filter(|id| **id == *COUPON).collect(),
        actors: std::collections::BTreeMap::new(),
        buyer_tags: Vec::new(),
        first_order: false,
        channel: None,
        group: None,
        campaign_qty: None,
        attribution: None,
        checkin: None,
        tier: None,
        period_sales: None,
    };
    for cond in set.prices.iter().flat_map(|rule| &rule.when.conds) {
        if let Cond::Group(states) = cond {
            order.group.get_or_insert_with(|| group(states));
        }
    }
    for pay in set.rewards.iter().filter(|pay| way == ALL || *pay.id == *way) {
        take_part(&mut order, pay);
    }
    mark_up(set, &mut order, price, trial.markup);
    order
}

/// What the buyer is asked for a unit when the price that the rules read is `base`.
pub(super) fn asked_at(set: &Arc<RuleSet>, order: &Order, base: Money) -> Option<Money> {
    let mut order = order.clone();
    reprice(&mut order, base);
    let quote = quote_under(set, &order).ok()?;
    quote.lines.first().map(|line| line.unit)
}

fn reprice(order: &mut Order, price: Money) {
    for line in &mut order.lines {
        let fields = [
            &mut line.unit_price,
            &mut line.group_price,
            &mut line.tier2_price,
            &mut line.tier3_price,
            &mut line.supply_price,
        ];
        for field in fields {
            *field = Some(price);
        }
    }
}

/// Splits what the buyer is asked into the price that the rules read and the mark-up, of which the
/// rules may allow a part only. Nothing changes where they let nobody add to the price.
fn mark_up(set: &Arc<RuleSet>, order: &mut Order, price: Money, markup: Money) {
    if markup <= Money::ZERO {
        return;
    }
    let mut trial = order.clone();
    trial.lines.iter_mut().for_each(|line| line.markup = Some(markup));
    let reaches = |base: i64| {
        asked_at(set, &trial, Money::from_minor(base)).is_some_and(|asked| asked >= price)
    };
    if asked_at(set, &trial, price).is_none_or(|asked| asked == price) {
        return;
    }
    let (mut low, mut high) = (0, price.minor());
    while low < high {
        let middle = low + (high - low) / 2;
        if reaches(middle) { high = middle } else { low = middle + 1 }
    }
    let base = Money::from_minor(low);
    // A step of the price can be two of what is asked: the mark-up then gives way.
    let exact = asked_at(set, &trial, base) == Some(price);
    let rest = Money::from_minor(price.minor() - low);
    reprice(&mut trial, base);
    trial.lines.iter_mut().for_each(|line| line.markup = Some(if exact { markup } else { rest }));
    *order = trial;
}

fn group(states: &[GroupStatus]) -> Group {
    let success = states.contains(&GroupStatus::Success);
    let other = states.first().copied().unwrap_or(GroupStatus::Success);
    let status = if success { GroupStatus::Success } else { other };
    Group { status, size: None, leader: Some("leader".into()) }
}

/// Fills the role that a reward pays and fulfils its conditions; what an earlier reward asked for
/// stays.
fn take_part(order: &mut Order, pay: &Pay) {
    if *pay.to != *BUYER {
        order.actors.insert(pay.to.clone(), Some(pay.to.clone()));
    }
    if pay.contingent {
        let earned = Checkin { days: 0, status: CheckinStatus::Earned };
        order.checkin.get_or_insert(earned);
    }
    for cond in &pay.when.conds {
        fulfil(order, cond);
    }
}

fn fulfil(order: &mut Order, cond: &Cond) {
    match cond {
        Cond::Channel(channels) => order.channel = order.channel.take().or(first(channels)),
        Cond::Group(states) => {
            order.group.get_or_insert_with(|| group(states));
        }
        Cond::GroupLeader(true) => {
            let of = order.group.get_or_insert_with(|| group(&[]));
            of.leader = Some(BUYER.into());
        }
        Cond::BuyerTag(tags) => order.buyer_tags.extend(first(tags)),
        Cond::FirstOrder(first) => order.first_order = *first,
        Cond::Tier(tiers) => {
            order.tier = order.tier.take().or_else(|| first(tiers).map(PerActor::One));
        }
        Cond::WindowDays(_) => {
            order.attribution = Some(Attribution { clicked_at: Some(order.paid_at) });
        }
        Cond::CheckinDaysMin(days) => {
            order.checkin = Some(Checkin { days: *days, status: CheckinStatus::Earned });
        }
        Cond::CampaignQtyMin(least) => {
            order.campaign_qty = Some(order.campaign_qty.unwrap_or(0).max(*least));
        }
        Cond::PeriodSalesMin(least) => order.period_sales = Some(PerActor::One(*least)),
        // The time, the quantity and the price are the trial's own.
        Cond::From(_) | Cond::To(_) | Cond::MinQty(_) | Cond::MinPaid(_) | Cond::GroupLeader(_) => {
        }
    }
}

fn first(names: &[Arc<str>]) -> Option<Arc<str>> {
    names.first().cloned()
}

#[cfg(test)]
mod tests {
    use pricing::{RuleBook, rules::TEMPLATES};

    use super::*;

    fn ways_of(code: &str) -> Vec<String> {
        let template = TEMPLATES.iter().find(|it| it.code == code).expect("a template");
        let book = RuleBook::load(template.json).expect("lawful rules");
        let at = Moment::parse("2026-06-01T12:00:00+08:00").expect("an instant");
        let trial = Trial { at, sku: "S".into(), category: None, qty: 1, markup: Money::ZERO };
        let set = book.in_force(at).expect("a version");
        ways(set, &trial).iter().map(|way| way.id.to_string()).collect()
    }

    #[test]
    fn a_coupon_of_the_brand_is_off_what_the_buyer_pays_and_off_what_the_brand_has() {
        let template = TEMPLATES.iter().find(|it| it.code == "c2m").expect("a template");
        let book = RuleBook::load(template.json).expect("lawful rules");
        let at = Moment::parse("2026-06-01T12:00:00+08:00").expect("an instant");
        let trial = Trial { at, sku: "S".into(), category: None, qty: 1, markup: Money::ZERO };
        let asked = |off: Option<i64>| {
            let set = book.in_force(at).expect("a version");
            let set = with_coupon(set, off.map(Money::from_minor));
            let order = order(&set, NONE, &trial, Money::from_minor(12_900));
            let quote = quote_under(&set, &order).expect("a quote");
            (quote.paid.minor(), quote.brand_net.minor())
        };
        assert_eq!(asked(None), asked(Some(0)));
        // 100.00 less 1 % and 0.6 %: the platform and the payment take their part of what is paid.
        assert_eq!(asked(Some(2_900)), (10_000, 9_840));
    }

    #[test]
    fn a_mark_up_is_inside_what_the_buyer_is_asked_and_at_most_what_the_rules_allow() {
        let template = TEMPLATES.iter().find(|it| it.code == "flash").expect("a template");
        let book = RuleBook::load(template.json).expect("lawful rules");
        let asked = |at: &str, markup: i64, price: i64| {
            let at = Moment::parse(at).expect("an instant");
            let markup = Money::from_minor(markup);
            let trial = Trial { at, sku: "S".into(), category: None, qty: 1, markup };
            let set = book.in_force(at).expect("a version");
            let order = order(set, "markup", &trial, Money::from_minor(price));
            let quote = quote_under(set, &order).expect("a quote");
            let agent = quote.postings.iter().filter(|posting| *posting.rule == *"markup");
            let agent: i64 = agent.map(|posting| posting.amount.minor()).sum();
            (quote.paid.minor(), agent)
        };
        let event = "2026-03-15T12:00:00+08:00";
        assert_eq!(asked(event, 0, 12_900), (12_900, 0));
        assert_eq!(asked(event, 2_000, 12_900), (12_900, 2_000));
        // At most 30 % on top: 99.23 and 29.77.
        assert_eq!(asked(event, 9_000, 12_900), (12_900, 2_977));
        for price in 1..400 {
            let (paid, agent) = asked(event, 100, price);
            assert_eq!(paid, price);
            assert!(agent <= 100 && 10 * agent <= 3 * (price - agent) + 5, "{price}: {agent}");
        }
        // Outside of the event nobody may add to the price.
        assert_eq!(asked("2026-06-01T12:00:00+08:00", 2_000, 12_900), (12_900, 0));
    }

    #[test]
    fn the_ways_of_a_channel_are_the_rewards_that_differ() {
        assert_eq!(
            ways_of("s2b2c"),
            ["share", "none", "self", "invite", "mentor", "target", "all"]
        );
        assert_eq!(ways_of("group"), ["none", "leader_free"]);
        assert_eq!(ways_of("saas"), ["lv_gold", "none", "lv_std"]);
        assert_eq!(ways_of("c2m"), ["none"]);
        assert_eq!(ways_of("cps"), ["cps", "none"]);
        // Outside of an event there is no mark-up, and the agent has the amount per piece.
        assert_eq!(ways_of("flash"), ["agent", "none"]);
        assert_eq!(ways_of("checkin"), ["none", "cashback"]);
    }
}
