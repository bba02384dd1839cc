//! What the law says of rules, and of how they are used.
//!
//! Knows: the provisions in [`LAWS`], each with its source, its date and whether the text itself
//! was read. Refuses to know: whether a court would agree. A flag of severity `error` keeps a rule
//! book from loading; all others are for a person to weigh.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Serialize;

use crate::rules::{Funder, Metric, Pay, RuleSet, Trigger};
use crate::time::{Day, Moment};
use crate::{Money, Rate};

mod context;
mod laws;
mod operator;

pub use context::{Context, Deal, Prompt};
pub use laws::{LAWS, Law, law};
pub use operator::{OPERATORS, operator};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Good to know.
    Info,
    /// Lawful perhaps, risky surely.
    Warn,
    /// Not to be done.
    Error,
}

/// Something to look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Flag {
    /// What it is, in capitals: a key of a table of translations, and of [`LAWS`] if it is law.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// Where: a rule, a line, an account, a part of the context; an amount as a decimal of its
    /// currency where that is the whole of it.
    #[serde(rename = "where")]
    pub at: String,
}

/// A flag of the severity its code has by itself.
pub(crate) fn flag(code: &'static str, at: impl Into<String>) -> Flag {
    Flag { code, severity: laws::severity(code), at: at.into() }
}

/// Holds a rule set, and how it is to be used, against the law.
///
/// The flags of the rules come first, in the order of the rules; those of the context follow. An
/// empty context checks the rules alone.
pub fn check(set: &RuleSet, context: &Context) -> Vec<Flag> {
    let mut flags = Vec::new();
    for pay in set.rewards.iter().chain(&set.charges) {
        check_pay(set, pay, context, &mut flags);
    }
    if set.eligibility.entry_fee > Money::ZERO || set.eligibility.must_buy_package {
        flags.push(flag("ENTRY_FEE", "eligibility"));
    }
    for task in &set.tier_tasks {
        match task.metric {
            Metric::Recruits => flags.push(flag("TIER_BY_HEADCOUNT", &*task.id)),
            Metric::DownlineSales => flags.push(flag("TIER_BY_DOWNLINE_SALES", &*task.id)),
            Metric::OwnSales | Metric::OwnOrders | Metric::TrainingHours => {}
        }
    }
    for coupon in &set.coupons {
        let brand = coupon.funding[Funder::Brand as usize].unwrap_or(Rate::ZERO);
        if brand > Rate::ZERO && coupon.brand_consent.is_none() {
            flags.push(flag("BRAND_SHARE_WITHOUT_CONSENT", &*coupon.id));
        }
    }
    if set.published_at.is_some_and(|at| set.effective_from < at.plus_days(NOTICE_DAYS)) {
        flags.push(flag("RULE_NOTICE_UNDER_7_DAYS", &*set.id));
    }
    for price in set.prices.iter().filter(|price| price.min_resale.is_some()) {
        flags.push(flag("RESALE_PRICE_FIXING_RISK", &*price.id));
    }
    check_use(set, context, &mut flags);
    flags
}

/// Days between the publication of a fee rule and its first day in force.
const NOTICE_DAYS: i64 = 7;
/// The deepest pay on somebody else's sale that is not an error by itself.
const DEPTH_MAX: u8 = 2;
/// The most a prize of a promotion may be worth: 50,000 yuan.
const LOTTERY_PRIZE_MAX: Money = Money::from_minor(5_000_000);
/// Days before a promotion whose lowest deal is the highest reference price.
const REFERENCE_DAYS: i64 = 7;

fn check_pay(set: &RuleSet, pay: &Pay, context: &Context, flags: &mut Vec<Flag>) {
    match pay.trigger {
        Trigger::Sale => {}
        Trigger::Recruit => flags.push(flag("RECRUIT_PAY", &*pay.id)),
        Trigger::ShareAction => flags.push(flag("INDUCED_SHARING", &*pay.id)),
    }
    if pay.depth > set.compliance.max_depth.min(DEPTH_MAX) {
        flags.push(flag("DEPTH_EXCEEDED", &*pay.id));
    } else if pay.depth == DEPTH_MAX {
        let mut risk = flag("DEPTH_2_TEAM_PAY_RISK", &*pay.id);
        if context.channel.as_deref().and_then(operator) == Some(operator::WECHAT) {
            risk.severity = Severity::Error;
        }
        flags.push(risk);
    }
}

fn check_use(set: &RuleSet, context: &Context, flags: &mut Vec<Flag>) {
    check_reference(context, flags);
    check_prompts(set, &context.prompts, flags);
    if let (Some(price), Some(cost)) = (context.price, context.unit_cost)
        && price < cost
    {
        let mut below = flag("BELOW_COST", "price");
        if context.below_cost_reason.is_some() {
            below.severity = Severity::Info;
        }
        flags.push(below);
    }
    if context.lottery_prize.is_some_and(|prize| prize > LOTTERY_PRIZE_MAX) {
        flags.push(flag("LOTTERY_PRIZE_OVER_50000", "lottery_prize"));
    }
    if context.personalised_price {
        flags.push(flag("PERSONALISED_PRICE", "personalised_price"));
    }
    if context.virtual_group_members {
        flags.push(flag("VIRTUAL_GROUP_MEMBERS", "group"));
    }
    for (place, id) in &context.ids {
        if is_personal_data(id) {
            flags.push(flag("PERSONAL_DATA_AS_ID", place));
        }
    }
}

/// A price struck through may not be above the lowest deal of the seven days before the promotion
/// began; without one, not above the last deal before it; without any deal it is unproven.
fn check_reference(context: &Context, flags: &mut Vec<Flag>) {
    let Some(reference) = context.reference_price else { return };
    let here = |deal: &&Deal| {
        context.venue.is_none() || deal.venue.is_none() || deal.venue == context.venue
    };
    let before = |deal: &&Deal| context.promo_start.is_none_or(|start| deal.at < start);
    let deals: Vec<&Deal> = context.deals.iter().filter(here).filter(before).collect();
    let recent = |deal: &&&Deal| {
        context.promo_start.is_none_or(|start| deal.at >= start.plus_days(-REFERENCE_DAYS))
    };
    let lowest = deals.iter().filter(recent).map(|deal| deal.price).min();
    let last = deals.iter().max_by_key(|deal| deal.at).map(|deal| deal.price);
    match lowest.or(last) {
        None => flags.push(flag("REFERENCE_PRICE_UNPROVEN", "reference_price")),
        Some(most) if reference > most => {
            flags.push(flag("REFERENCE_PRICE_ABOVE_7DAY_LOW", "reference_price"));
        }
        Some(_) => {}
    }
}

/// Prompts to share: so many per user and calendar day in China, the same contact not suggested to
/// the same user too soon again, none after the user asked for none (a wish that holds from the
/// first prompt that knows of it). Judged in the order in which they were shown.
fn check_prompts(set: &RuleSet, prompts: &[Prompt], flags: &mut Vec<Flag>) {
    let limits = set.compliance;
    let mut shown: Vec<&Prompt> = prompts.iter().collect();
    shown.sort_by_key(|prompt| prompt.at);
    let mut per_day: BTreeMap<(&Arc<str>, Day), i64> = BTreeMap::new();
    let mut last: BTreeMap<(&Arc<str>, &Arc<str>), Moment> = BTreeMap::new();
    let mut opted_out: BTreeSet<&Arc<str>> = BTreeSet::new();
    for prompt in shown {
        let at = |who: &str| format!("{who}@{}", prompt.shown_at);
        let today = per_day.entry((&prompt.user, prompt.at.day_in_china())).or_default();
        *today += 1;
        if *today > limits.prompts_per_day {
            flags.push(flag("PROMPT_OVER_DAY_LIMIT", at(&prompt.user)));
        }
        if let Some(contact) = &prompt.contact {
            let earlier = last.insert((&prompt.user, contact), prompt.at);
            if earlier.is_some_and(|then| prompt.at < then.plus_days(limits.contact_gap_days)) {
                flags.push(flag("PROMPT_CONTACT_TOO_SOON", at(contact)));
            }
        }
        if prompt.opted_out {
            opted_out.insert(&prompt.user);
        }
        if opted_out.contains(&prompt.user) {
            flags.push(flag("PROMPT_AFTER_OPT_OUT", at(&prompt.user)));
        }
    }
}

/// Whether an id looks like a mobile number or an identity card of mainland China.
///
/// Ids are opaque: a register of payouts must not turn into a register of persons.
pub fn is_personal_data(id: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let mobile = id.strip_prefix("+86").or_else(|| id.strip_prefix("86")).unwrap_or(id);
    let mobile = mobile.trim_start_matches(['-', ' ']);
    if mobile.len() == 11 && digits(mobile) {
        let bytes = mobile.as_bytes();
        return bytes[0] == b'1' && bytes[1] >= b'3';
    }
    match id.len() {
        18 if id.is_ascii() => {
            let (number, check) = id.split_at(17);
            digits(number)
                && (digits(check) || check.eq_ignore_ascii_case("x"))
                && dated(&id[6..14])
        }
        _ => false,
    }
}

/// Whether eight digits are a day of birth.
fn dated(day: &str) -> bool {
    let day = format!("{}-{}-{}", &day[..4], &day[4..6], &day[6..]);
    matches!(&day[..2], "19" | "20") && Day::parse(&day).is_some()
}
