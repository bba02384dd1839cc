//! Rules as rows that people read.
//!
//! Knows the code of each thing that a rule can say. Refuses words: they are found by the code.

use pricing::{
    Currency, Money, RuleSet,
    order::GroupStatus,
    rules::{
        Base, Cond, Coupon, CouponValue, Funder, OnRefund, Pay, PayValue, Per, Price, PriceField,
        PriceSource, VatBase, When,
    },
};

use super::{LawFlag, RuleRow, RuleSetCard, RuleVersion, words::percent};
use crate::wire::{Arg, Message};

/// A version of the rules, rendered.
pub(super) fn card(set: &RuleSet, version: RuleVersion, flags: Vec<LawFlag>) -> RuleSetCard {
    let say = Say(set.currency);
    let base = match set.vat.base {
        VatBase::Paid => "paid",
        VatBase::PaidPlusPlatform => "paid_plus_platform",
    };
    let vat = Message::new(
        "pricing_rule.vat",
        [
            ("rate", percent(set.vat.rate.ppm()).into()),
            ("freight_rate", percent(set.vat.freight_rate.ppm()).into()),
            ("base", base.into()),
        ],
    );
    let cap = set.pool_cap.map(|cap| share("cap", cap.rate.ppm(), cap.base));
    let groups = &set.groups;
    let group = |pay: &Pay| {
        let at = usize::from(pay.exclusive?);
        groups.get(at).map(ToString::to_string)
    };
    let pay = |pay: &Pay| RuleRow { exclusive: group(pay), ..say.pay(pay) };
    RuleSetCard {
        version,
        currency: set.currency.code().to_owned(),
        vat,
        cap,
        prices: set.prices.iter().map(|price| say.price(price)).collect(),
        coupons: set.coupons.iter().map(|coupon| say.coupon(coupon)).collect(),
        charges: set.charges.iter().map(pay).collect(),
        rewards: set.rewards.iter().map(pay).collect(),
        flags,
    }
}

fn rule(code: &str, args: impl IntoIterator<Item = (&'static str, Arg)>) -> Message {
    let args = args.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    Message { code: format!("pricing_rule.{code}"), args }
}

fn share(code: &str, ppm: u32, base: Base) -> Message {
    rule(code, [("rate", percent(ppm).into()), ("base", base.name().into())])
}

fn joined(names: &[std::sync::Arc<str>]) -> Arg {
    Arg::Text(names.iter().map(|name| &**name).collect::<Vec<_>>().join(", "))
}

fn field(field: PriceField) -> &'static str {
    match field {
        PriceField::Unit => "price_unit",
        PriceField::Group => "price_group",
        PriceField::Tier2 => "price_tier2",
        PriceField::Tier3 => "price_tier3",
        PriceField::Supply => "price_supply",
    }
}

/// Says amounts in a currency.
struct Say(Currency);

impl Say {
    fn amount(&self, amount: Money) -> Arg {
        Arg::Text(amount.to_decimal(self.0).to_string())
    }

    fn limit(&self, code: &str, amount: Option<Money>) -> Option<Message> {
        amount.map(|amount| rule(code, [("amount", self.amount(amount))]))
    }

    fn price(&self, price: &Price) -> RuleRow {
        let value = match price.from {
            PriceSource::Unit(amount) => rule("price_fixed", [("amount", self.amount(amount))]),
            PriceSource::Field(from) => rule(field(from), []),
        };
        let only = price.sku.as_ref().filter(|sku| &***sku != "*");
        let says = [
            only.map(|sku| rule("only_sku", [("sku", sku.to_string().into())])),
            price.add_markup.then(|| rule("markup", [])),
            price
                .markup_max_rate
                .map(|it| rule("markup_max", [("rate", percent(it.ppm()).into())])),
            self.limit("min_resale", price.min_resale),
        ];
        let says = says.into_iter().flatten().collect();
        RuleRow { says, when: self.when(&price.when), ..plain(&price.id, value) }
    }

    fn coupon(&self, coupon: &Coupon) -> RuleRow {
        let value = match coupon.value {
            CouponValue::Amount(amount) => rule("coupon_amount", [("amount", self.amount(amount))]),
            CouponValue::Percent(rate) => {
                rule("coupon_percent", [("rate", percent(rate.ppm()).into())])
            }
        };
        let borne = Funder::ALL.into_iter().zip(coupon.funding).filter_map(|(funder, part)| {
            let part = part.filter(|part| part.ppm() > 0)?;
            let rate = percent(part.ppm()).into();
            Some(rule("funding", [("by", funder.name().into()), ("rate", rate)]))
        });
        let mut says: Vec<Message> = borne.collect();
        says.extend(self.limit("threshold", coupon.threshold));
        says.extend(self.limit("at_most", coupon.max));
        says.extend(coupon.skus.as_deref().map(|skus| rule("only_sku", [("sku", joined(skus))])));
        says.extend(
            coupon
                .brand_consent
                .as_ref()
                .map(|consent| rule("consent", [("consent", consent.to_string().into())])),
        );
        RuleRow { says, when: self.when(&coupon.when), ..plain(&coupon.id, value) }
    }

    fn pay(&self, pay: &Pay) -> RuleRow {
        let value = match (pay.value, pay.base, pay.per) {
            (PayValue::Rate(rate), base, Per::Line) => share("rate_line", rate.ppm(), base),
            (PayValue::Rate(rate), base, Per::Order) => share("rate_order", rate.ppm(), base),
            (PayValue::Amount(amount), Base::Units, _) => {
                rule("amount_unit", [("amount", self.amount(amount))])
            }
            (PayValue::Amount(amount), _, Per::Line) => {
                rule("amount_line", [("amount", self.amount(amount))])
            }
            (PayValue::Amount(amount), _, Per::Order) => {
                rule("amount_order", [("amount", self.amount(amount))])
            }
        };
        let categories = pay.category_rates.iter().map(|(category, rate)| {
            let rate = percent(rate.ppm()).into();
            rule("category_rate", [("category", category.to_string().into()), ("rate", rate)])
        });
        let mut says: Vec<Message> = categories.collect();
        says.extend(self.limit("at_least", pay.min));
        says.extend(self.limit("at_most", pay.max));
        says.extend(self.limit("drop_below", pay.drop_below));
        let fee = pay.service_fee_rate;
        says.extend(fee.map(|it| rule("service_fee", [("rate", percent(it.ppm()).into())])));
        let kept = matches!(pay.on_refund, OnRefund::Keep);
        let facts = [
            (pay.contingent, "contingent"),
            (pay.price_reduction, "price_reduction"),
            (kept, "kept_on_refund"),
        ];
        says.extend(facts.into_iter().filter(|(holds, _)| *holds).map(|(_, code)| rule(code, [])));
        RuleRow {
            mech: pay.mech.map(|mech| mech.name().to_owned()),
            to: Some(pay.to.to_string()),
            by: Some(pay.by.name().to_owned()),
            depth: pay.depth,
            says,
            when: self.when(&pay.when),
            ..plain(&pay.id, value)
        }
    }

    fn when(&self, when: &When) -> Vec<Message> {
        let mut all: Vec<Message> = when.conds.iter().map(|cond| self.cond(cond)).collect();
        if let Some(categories) = &when.categories {
            all.push(Message::new("pricing_when.categories", [("names", joined(categories))]));
        }
        all
    }

    fn cond(&self, cond: &Cond) -> Message {
        let count = |code: &str, n: i64| Message::new(code, [("n", n.into())]);
        let names = |code: &str, names| Message::new(code, [("names", joined(names))]);
        let at = |code: &str, at: &pricing::time::Moment| {
            Message::new(code, [("at", at.to_string().into())])
        };
        let amount = |code: &str, it| Message::new(code, [("amount", self.amount(it))]);
        match cond {
            Cond::From(moment) => at("pricing_when.from", moment),
            Cond::To(moment) => at("pricing_when.to", moment),
            Cond::Channel(channels) => names("pricing_when.channel", channels),
            Cond::MinQty(least) => count("pricing_when.min_qty", *least),
            Cond::CampaignQtyMin(least) => count("pricing_when.campaign_qty", *least),
            Cond::Group(states) => Message::new(group(states), []),
            Cond::GroupLeader(true) => Message::new("pricing_when.leader", []),
            Cond::GroupLeader(false) => Message::new("pricing_when.not_leader", []),
            Cond::BuyerTag(tags) => names("pricing_when.buyer_tag", tags),
            Cond::FirstOrder(true) => Message::new("pricing_when.first_order", []),
            Cond::FirstOrder(false) => Message::new("pricing_when.later_order", []),
            Cond::Tier(tiers) => names("pricing_when.tier", tiers),
            Cond::WindowDays(days) => count("pricing_when.window_days", *days),
            Cond::CheckinDaysMin(days) => count("pricing_when.checkin_days", *days),
            Cond::MinPaid(least) => amount("pricing_when.min_paid", *least),
            Cond::PeriodSalesMin(least) => amount("pricing_when.period_sales", *least),
        }
    }
}

/// In which states a group may be.
fn group(states: &[GroupStatus]) -> &'static str {
    let has = |state| states.contains(&state);
    match (has(GroupStatus::Pending), has(GroupStatus::Success), has(GroupStatus::Failed)) {
        (true, true, true) => "pricing_when.group_any",
        (true, true, false) => "pricing_when.group_open_or_full",
        (true, false, true) => "pricing_when.group_open_or_failed",
        (false, true, true) => "pricing_when.group_full_or_failed",
        (true, false, false) => "pricing_when.group_open",
        (false, false, true) => "pricing_when.group_failed",
        (false, _, false) => "pricing_when.group_full",
    }
}

/// A rule that says only its value.
fn plain(id: &str, value: Message) -> RuleRow {
    RuleRow {
        id: id.to_owned(),
        mech: None,
        to: None,
        by: None,
        depth: 0,
        value,
        says: Vec::new(),
        when: Vec::new(),
        exclusive: None,
    }
}
