//! From JSON to rules, strictly.
//!
//! Knows: the schema in `schema/ruleset.schema.json`, key by key. Refuses to know: the law, which
//! [`crate::check()`] speaks for; a depth of 3 and pay for recruiting can be read so that they can
//! be refused by name.

use std::sync::Arc;

use serde_json::Value;

use super::canonical::identity;
use super::when::{Cond, When};
use super::{
    Base, Compliance, Coupon, CouponValue, Eligibility, Funder, Mech, Metric, OnRefund, Pay,
    PayValue, Payer, Per, PoolCap, Price, PriceField, PriceSource, RuleSet, TierTask, Trigger, Vat,
    VatBase,
};
use crate::order::GroupStatus;
use crate::read::{Fields, rate};
use crate::{Currency, Error, Money, PPM, Rate, Rounding};

const SET_KEYS: &[&str] = &[
    "id",
    "version",
    "currency",
    "published_at",
    "effective_from",
    "effective_to",
    "rounding",
    "prices",
    "vat",
    "coupons",
    "charges",
    "rewards",
    "pool_cap",
    "eligibility",
    "tier_tasks",
    "tax",
    "compliance",
];

const PAY_KEYS: &[&str] = &[
    "id",
    "mech",
    "to",
    "by",
    "depth",
    "base",
    "rate",
    "amount",
    "per",
    "category_rates",
    "min",
    "max",
    "drop_below",
    "service_fee_rate",
    "exclusive",
    "contingent",
    "price_reduction",
    "on_refund",
    "trigger",
    "when",
];

const TAX_METHODS: &[&str] =
    &["per_payment_2018_61", "cumulative_2025_16", "incidental", "business_invoice", "discount"];

impl RuleSet {
    /// Reads one rule set. What the schema does not admit is refused; so are two rules of one id,
    /// an end before the begin and funding that does not add up to one.
    pub fn from_json(json: &Value) -> Result<Self, Error> {
        Self::read(json, "")
    }

    pub(super) fn read(json: &Value, at: &str) -> Result<Self, Error> {
        let set = Fields::of(json, at)?;
        set.refuse_others(SET_KEYS)?;
        for key in ["prices", "vat", "coupons", "charges", "rewards"] {
            set.need(key)?;
        }
        let version = set.read("version", |value| value.as_u64().and_then(positive))?;
        let currency = set.read("currency", |value| value.as_str().and_then(Currency::parse))?;
        let effective_from = set.moment("effective_from")?;
        let effective_to = set.moment("effective_to")?;
        if effective_to.is_some() && effective_to <= effective_from {
            return Err(Error::bad(set.place("effective_to"), set.need("effective_to")?));
        }
        let prices = each(&set, "prices", price)?;
        if prices.is_empty() {
            return Err(Error::bad(set.place("prices"), "[]"));
        }
        let mut groups = Vec::new();
        let charges = each(&set, "charges", |json| pay(json, &mut groups))?;
        let rewards = each(&set, "rewards", |json| reward(json, &mut groups))?;
        let read = Self {
            id: set.need_text("id")?.into(),
            version: version.ok_or_else(|| missing(&set, "version"))?,
            currency: currency.ok_or_else(|| missing(&set, "currency"))?,
            published_at: set.moment("published_at")?,
            effective_from: effective_from.ok_or_else(|| missing(&set, "effective_from"))?,
            effective_to,
            rounding: set.read("rounding", rounding)?.unwrap_or_default(),
            prices,
            vat: vat(&set)?,
            coupons: each(&set, "coupons", coupon)?,
            charges,
            rewards,
            pool_cap: set.object("pool_cap")?.as_ref().map(pool_cap).transpose()?,
            eligibility: eligibility(&set)?,
            tier_tasks: each(&set, "tier_tasks", tier_task)?,
            tax_method: tax_method(&set)?,
            compliance: compliance(&set)?,
            groups,
            hash: identity(json).into(),
            words: super::Words::default(),
        };
        read.refuse_twins(at)?;
        Ok(read)
    }

    /// Two rules of one id could not be told apart in a posting.
    fn refuse_twins(&self, at: &str) -> Result<(), Error> {
        let pays = self.charges.iter().chain(&self.rewards).map(|pay| &pay.id);
        let fees = self.rewards.iter().filter(|pay| pay.service_fee_rate.is_some());
        unique(pays.chain(fees.map(|pay| &pay.fee_id)), at)?;
        unique(self.prices.iter().map(|price| &price.id), at)?;
        unique(self.coupons.iter().map(|coupon| &coupon.id), at)
    }
}

fn unique<'a>(ids: impl Iterator<Item = &'a Arc<str>>, at: &str) -> Result<(), Error> {
    let mut ids: Vec<_> = ids.collect();
    ids.sort();
    match ids.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => Err(Error::Duplicate { at: at.to_owned(), id: pair[0].to_string() }),
        None => Ok(()),
    }
}

fn missing(fields: &Fields<'_>, key: &'static str) -> Error {
    // Only after `read` returned nothing, so `need` fails.
    fields.need(key).err().unwrap_or(Error::MissingKey { at: String::new(), key })
}

fn positive(number: u64) -> Option<u32> {
    u32::try_from(number).ok().filter(|number| *number > 0)
}

fn rounding(value: &Value) -> Option<Rounding> {
    match value.as_str()? {
        "half_up" => Some(Rounding::HalfUp),
        "half_even" => Some(Rounding::HalfEven),
        "down" => Some(Rounding::Down),
        "up" => Some(Rounding::Up),
        _ => None,
    }
}

/// Every object of a list, each with its place.
fn each<'a, T>(
    fields: &Fields<'a>,
    key: &str,
    mut read: impl FnMut(&Fields<'a>) -> Result<T, Error>,
) -> Result<Vec<T>, Error> {
    let place = |index| format!("{}[{index}]", fields.place(key));
    fields
        .list(key)?
        .iter()
        .enumerate()
        .map(|(index, json)| read(&Fields::of(json, place(index))?))
        .collect()
}

fn names(value: &Value) -> Option<Vec<Arc<str>>> {
    value.as_array()?.iter().map(|name| name.as_str().map(Arc::from)).collect()
}

fn price(fields: &Fields<'_>) -> Result<Price, Error> {
    fields.refuse_others(&[
        "id",
        "sku",
        "unit",
        "from_field",
        "add_markup",
        "markup_max_rate",
        "min_resale",
        "when",
    ])?;
    let from = match (fields.amount("unit")?, fields.read("from_field", price_field)?) {
        (Some(unit), None) => PriceSource::Unit(unit),
        (None, Some(field)) => PriceSource::Field(field),
        (Some(_), Some(_)) => return Err(Error::bad(fields.place("unit"), "beside from_field")),
        (None, None) => return Err(missing(fields, "from_field")),
    };
    Ok(Price {
        id: fields.need_text("id")?.into(),
        sku: fields.text("sku")?.filter(|sku| *sku != "*").map(Arc::from),
        from,
        add_markup: fields.flag("add_markup")?,
        markup_max_rate: fields.rate("markup_max_rate")?,
        min_resale: fields.amount("min_resale")?,
        when: when(fields)?,
    })
}

fn price_field(value: &Value) -> Option<PriceField> {
    match value.as_str()? {
        "unit_price" => Some(PriceField::Unit),
        "group_price" => Some(PriceField::Group),
        "tier2_price" => Some(PriceField::Tier2),
        "tier3_price" => Some(PriceField::Tier3),
        "supply_price" => Some(PriceField::Supply),
        _ => None,
    }
}

fn vat(set: &Fields<'_>) -> Result<Vat, Error> {
    let fields =
        Fields::of(set.need("vat")?, set.place("vat"))?.only(&["rate", "freight_rate", "base"])?;
    let goods = fields.rate("rate")?.ok_or_else(|| missing(&fields, "rate"))?;
    let base = fields.read("base", |value| match value.as_str()? {
        "paid" => Some(VatBase::Paid),
        "paid_plus_platform" => Some(VatBase::PaidPlusPlatform),
        _ => None,
    })?;
    Ok(Vat {
        rate: goods,
        freight_rate: fields.rate("freight_rate")?.unwrap_or(goods),
        base: base.unwrap_or(VatBase::PaidPlusPlatform),
    })
}

fn coupon(fields: &Fields<'_>) -> Result<Coupon, Error> {
    fields.refuse_others(&[
        "id",
        "type",
        "value",
        "threshold",
        "max",
        "skus",
        "funding",
        "brand_consent",
        "when",
    ])?;
    let value = match fields.need_text("type")? {
        "amount" => fields.amount("value")?.map(CouponValue::Amount),
        "percent" => fields.rate("value")?.map(CouponValue::Percent),
        other => return Err(Error::bad(fields.place("type"), other)),
    };
    let skus = match fields.get("skus") {
        Some(Value::String(all)) if all == "*" => None,
        _ => fields.read("skus", names)?,
    };
    Ok(Coupon {
        id: fields.need_text("id")?.into(),
        value: value.ok_or_else(|| missing(fields, "value"))?,
        threshold: fields.amount("threshold")?,
        max: fields.amount("max")?,
        skus,
        funding: funding(fields)?,
        brand_consent: fields.text("brand_consent")?.map(Arc::from),
        when: when(fields)?,
    })
}

/// The shares of [`Funder::ALL`]. They must add up to one: a discount somebody has to bear.
fn funding(coupon: &Fields<'_>) -> Result<[Option<Rate>; 3], Error> {
    let place = coupon.place("funding");
    let fields = Fields::of(coupon.need("funding")?, place.as_str())?;
    fields.refuse_others(&["platform", "brand", "agent"])?;
    let mut shares = [None; 3];
    for (share, funder) in shares.iter_mut().zip(Funder::ALL) {
        *share = fields.rate(funder.name())?;
    }
    let sum: u64 = shares.iter().flatten().map(|share| u64::from(share.ppm())).sum();
    if sum == u64::from(PPM) { Ok(shares) } else { Err(Error::bad(place, format!("{sum} ppm"))) }
}

fn reward(fields: &Fields<'_>, groups: &mut Vec<Arc<str>>) -> Result<Pay, Error> {
    fields.need("depth")?;
    pay(fields, groups)
}

fn pay(fields: &Fields<'_>, groups: &mut Vec<Arc<str>>) -> Result<Pay, Error> {
    fields.refuse_others(PAY_KEYS)?;
    let id = fields.need_text("id")?;
    let trigger = trigger(fields)?;
    let word = |key| {
        // Where the trigger is not a sale its word may stand for the base or the kind, too.
        fields.text(key).map(|word| word.filter(|word| banned(word).is_none()))
    };
    let base = match word("base")? {
        Some(word) => Base::parse(word).ok_or_else(|| Error::bad(fields.place("base"), word))?,
        None => Base::Paid,
    };
    let mech = word("mech")?
        .map(|word| Mech::parse(word).ok_or_else(|| Error::bad(fields.place("mech"), word)))
        .transpose()?;
    let value = match (fields.amount("amount")?, fields.rate("rate")?) {
        (Some(amount), None) => PayValue::Amount(amount),
        (None, Some(rate)) if fields.get("base").is_some() => PayValue::Rate(rate),
        (None, Some(_)) => return Err(missing(fields, "base")),
        (None, None) => return Err(missing(fields, "rate")),
        (Some(_), Some(_)) => return Err(Error::bad(fields.place("amount"), "beside rate")),
    };
    Ok(Pay {
        id: id.into(),
        fee_id: format!("{id}.fee").into(),
        mech,
        // A blank account is nobody's.
        to: fields.need_as("to", |to| to.as_str().filter(|to| !to.trim().is_empty()))?.into(),
        by: fields.read("by", payer)?.unwrap_or(Payer::Brand),
        depth: fields
            .read("depth", |value| value.as_u64().and_then(|depth| u8::try_from(depth).ok()))?
            .unwrap_or(0),
        base,
        value,
        per: fields.read("per", |value| Per::parse(value.as_str()?))?.unwrap_or(Per::Line),
        category_rates: category_rates(fields)?,
        min: fields.amount("min")?,
        max: fields.amount("max")?,
        drop_below: fields.amount("drop_below")?,
        service_fee_rate: fields.rate("service_fee_rate")?,
        exclusive: exclusive(fields, groups)?,
        contingent: fields.flag("contingent")?,
        price_reduction: fields.flag("price_reduction")?,
        on_refund: fields
            .read("on_refund", |value| OnRefund::parse(value.as_str()?))?
            .unwrap_or(OnRefund::Reverse),
        trigger,
        when: when(fields)?,
    })
}

fn payer(value: &Value) -> Option<Payer> {
    match value.as_str()? {
        "brand" => Some(Payer::Brand),
        "platform" => Some(Payer::Platform),
        _ => None,
    }
}

fn category_rates(pay: &Fields<'_>) -> Result<Vec<(Arc<str>, Rate)>, Error> {
    let Some(fields) = pay.object("category_rates")? else { return Ok(Vec::new()) };
    fields
        .keys()
        .map(|(category, value)| match rate(value) {
            Some(rate) => Ok((category.into(), rate)),
            None => Err(Error::bad(fields.place(category), value)),
        })
        .collect()
}

/// Groups become bits of one word in the engine.
const GROUPS_MAX: usize = 64;

fn exclusive(pay: &Fields<'_>, groups: &mut Vec<Arc<str>>) -> Result<Option<u8>, Error> {
    let Some(name) = pay.text("exclusive")? else { return Ok(None) };
    let known = groups.iter().position(|group| **group == *name);
    let index = known.unwrap_or_else(|| {
        groups.push(name.into());
        groups.len() - 1
    });
    if index < GROUPS_MAX {
        Ok(u8::try_from(index).ok())
    } else {
        Err(Error::bad(pay.place("exclusive"), name))
    }
}

/// What a word of the language names that the law forbids to pay for, if it does.
fn banned(word: &str) -> Option<Trigger> {
    match word {
        "recruit" | "recruits" | "recruitment" | "headcount" | "head_count" | "sign_up"
        | "signup" | "register" | "registration" | "join" | "new_member" | "new_members" => {
            Some(Trigger::Recruit)
        }
        "share_action" | "help_action" | "bargain_action" | "collect_action" | "checkin_share" => {
            Some(Trigger::ShareAction)
        }
        _ => None,
    }
}

fn trigger(pay: &Fields<'_>) -> Result<Trigger, Error> {
    match pay.text("trigger")? {
        Some("sale" | "order" | "paid" | "received") => Ok(Trigger::Sale),
        Some(word) => banned(word).ok_or_else(|| Error::bad(pay.place("trigger"), word)),
        None => {
            let words = [pay.text("mech")?, pay.text("base")?];
            Ok(words.into_iter().flatten().find_map(banned).unwrap_or_default())
        }
    }
}

fn pool_cap(fields: &Fields<'_>) -> Result<PoolCap, Error> {
    fields.refuse_others(&["base", "rate"])?;
    let base = fields.read("base", |value| Base::parse(value.as_str()?))?;
    Ok(PoolCap {
        base: base.ok_or_else(|| missing(fields, "base"))?,
        rate: fields.rate("rate")?.ok_or_else(|| missing(fields, "rate"))?,
    })
}

fn eligibility(set: &Fields<'_>) -> Result<Eligibility, Error> {
    let Some(fields) = set.object("eligibility")? else { return Ok(Eligibility::default()) };
    Ok(Eligibility {
        entry_fee: fields.amount("entry_fee")?.unwrap_or(Money::ZERO),
        must_buy_package: fields.flag("must_buy_package")?,
    })
}

fn tier_task(fields: &Fields<'_>) -> Result<TierTask, Error> {
    let metric = fields.read("metric", |value| Metric::parse(value.as_str()?))?;
    Ok(TierTask {
        id: fields.need_text("id")?.into(),
        metric: metric.ok_or_else(|| missing(fields, "metric"))?,
        min: fields.whole("min")?,
    })
}

fn tax_method(set: &Fields<'_>) -> Result<Option<Arc<str>>, Error> {
    let Some(fields) = set.object("tax")? else { return Ok(None) };
    let method = fields.need_text("method")?;
    if TAX_METHODS.contains(&method) {
        Ok(Some(method.into()))
    } else {
        Err(Error::bad(fields.place("method"), method))
    }
}

fn compliance(set: &Fields<'_>) -> Result<Compliance, Error> {
    let mut read = Compliance::default();
    let Some(fields) = set.object("compliance")? else { return Ok(read) };
    let depth = |value: &Value| match value.as_u64()? {
        0 => Some(0),
        1 => Some(1),
        2 => Some(2),
        _ => None,
    };
    read.max_depth = fields.read("max_depth", depth)?.unwrap_or(read.max_depth);
    if let Some(prompts) = fields.object("prompts")? {
        let days = |key| prompts.read(key, |value| value.as_i64().filter(|days| *days >= 0));
        read.prompts_per_day = days("per_user_per_day")?.unwrap_or(read.prompts_per_day);
        read.contact_gap_days = days("contact_gap_days")?.unwrap_or(read.contact_gap_days);
    }
    Ok(read)
}

fn when(rule: &Fields<'_>) -> Result<When, Error> {
    let mut read = When::default();
    let Some(fields) = rule.object("when")? else { return Ok(read) };
    for (key, value) in fields.keys() {
        let cond = match key {
            "category" => {
                read.categories = fields.read(key, names)?;
                continue;
            }
            "from" => fields.moment(key)?.map(Cond::From),
            "to" => fields.moment(key)?.map(Cond::To),
            "channel" => fields.read(key, names)?.map(Cond::Channel),
            "min_qty" => fields.whole(key)?.map(Cond::MinQty),
            "campaign_qty_min" => fields.whole(key)?.map(Cond::CampaignQtyMin),
            "group" => fields.read(key, group_states)?.map(Cond::Group),
            "group_leader" => fields.read(key, Value::as_bool)?.map(Cond::GroupLeader),
            "buyer_tag" => fields.read(key, names)?.map(Cond::BuyerTag),
            "first_order" => fields.read(key, Value::as_bool)?.map(Cond::FirstOrder),
            "tier" => fields.read(key, names)?.map(Cond::Tier),
            "window_days" => fields.whole(key)?.map(Cond::WindowDays),
            "checkin_days_min" => fields.whole(key)?.map(Cond::CheckinDaysMin),
            "min_paid" => fields.amount(key)?.map(Cond::MinPaid),
            "period_sales_min" => fields.amount(key)?.map(Cond::PeriodSalesMin),
            _ => return Err(Error::UnknownKey { at: fields.place(""), key: key.to_owned() }),
        };
        read.conds.push(cond.ok_or_else(|| Error::bad(fields.place(key), value))?);
    }
    Ok(read)
}

fn group_states(value: &Value) -> Option<Vec<GroupStatus>> {
    value
        .as_array()?
        .iter()
        .map(|state| match state.as_str()? {
            "pending" => Some(GroupStatus::Pending),
            "success" => Some(GroupStatus::Success),
            _ => None,
        })
        .collect()
}
