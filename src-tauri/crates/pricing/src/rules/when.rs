//! Conditions of rules: all of a rule's must hold.
//!
//! Knows: what each condition reads from an order. Refuses to know: the clock (times are those of
//! the order) and who invited whom (roles and tiers come with the order).

use std::sync::Arc;

use crate::order::{GroupStatus, Order};
use crate::time::Moment;
use crate::{Money, order::PerActor};

/// The conditions of a rule. Empty holds always.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct When {
    /// Conditions on the order; all must hold.
    pub conds: Vec<Cond>,
    /// Categories of the lines the rule is for; all when absent. A line without a category is in
    /// none.
    pub categories: Option<Vec<Arc<str>>>,
}

/// One condition on an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cond {
    /// Paid at or after.
    From(Moment),
    /// Paid before.
    To(Moment),
    /// Sold through one of these channels.
    Channel(Vec<Arc<str>>),
    /// At least so many pieces: of the line for a price, of the order for anything else.
    MinQty(i64),
    /// The campaign has sold at least so many pieces.
    CampaignQtyMin(i64),
    /// The order is in a group of one of these states.
    Group(Vec<GroupStatus>),
    /// The buyer leads the group, or does not.
    GroupLeader(bool),
    /// The buyer carries one of these tags.
    BuyerTag(Vec<Arc<str>>),
    /// It is the buyer's first order, or is not.
    FirstOrder(bool),
    /// Who is paid is of one of these tiers.
    Tier(Vec<Arc<str>>),
    /// The click that led here is at most so many times 24 hours old, to the second.
    WindowDays(i64),
    /// The buyer has checked in on at least so many days.
    CheckinDaysMin(i64),
    /// The goods come to at least this, after coupons and without freight.
    MinPaid(Money),
    /// Who is paid has sold at least this in the period.
    PeriodSalesMin(Money),
}

/// What conditions are held against.
#[derive(Clone, Copy)]
pub(crate) struct Facts<'a> {
    pub(crate) order: &'a Order,
    /// Pieces of the line for a price, of the order for anything else.
    pub(crate) qty: i64,
    /// What the goods come to at this point of the computation.
    pub(crate) paid: Money,
    /// The role that would be paid.
    pub(crate) role: &'a str,
}

impl When {
    /// Whether all conditions on the order hold.
    pub(crate) fn holds(&self, facts: &Facts<'_>) -> bool {
        self.conds.iter().all(|cond| cond.holds(facts))
    }

    /// Whether the rule is for a line of this category.
    pub(crate) fn takes(&self, category: Option<&Arc<str>>) -> bool {
        match &self.categories {
            None => true,
            Some(categories) => category.is_some_and(|category| categories.contains(category)),
        }
    }
}

impl Cond {
    fn holds(&self, facts: &Facts<'_>) -> bool {
        let order = facts.order;
        match self {
            Self::From(at) => order.paid_at >= *at,
            Self::To(at) => order.paid_at < *at,
            Self::Channel(channels) => {
                order.channel.as_ref().is_some_and(|channel| channels.contains(channel))
            }
            Self::MinQty(least) => facts.qty >= *least,
            Self::CampaignQtyMin(least) => order.campaign_qty.is_some_and(|qty| qty >= *least),
            Self::Group(states) => {
                order.group.as_ref().is_some_and(|group| states.contains(&group.status))
            }
            Self::GroupLeader(leads) => {
                order
                    .group
                    .as_ref()
                    .and_then(|group| group.leader.as_ref())
                    .is_some_and(|leader| Some(leader) == order.buyer_account())
                    == *leads
            }
            Self::BuyerTag(tags) => order.buyer_tags.iter().any(|tag| tags.contains(tag)),
            Self::FirstOrder(first) => order.first_order == *first,
            Self::Tier(tiers) => of_actor(order.tier.as_ref(), facts)
                .is_some_and(|tier: &Arc<str>| tiers.contains(tier)),
            Self::WindowDays(days) => order
                .attribution
                .as_ref()
                .and_then(|attribution| attribution.clicked_at)
                .is_some_and(|clicked| {
                    clicked <= order.paid_at && order.paid_at <= clicked.plus_days(*days)
                }),
            Self::CheckinDaysMin(least) => {
                order.checkin.as_ref().is_some_and(|checkin| checkin.days >= *least)
            }
            Self::MinPaid(least) => facts.paid >= *least,
            Self::PeriodSalesMin(least) => {
                of_actor(order.period_sales.as_ref(), facts).is_some_and(|sales| sales >= least)
            }
        }
    }
}

/// What an order says of the one who would be paid: by role, by account, or of the only one.
fn of_actor<'a, T>(told: Option<&'a PerActor<T>>, facts: &Facts<'a>) -> Option<&'a T> {
    match told? {
        PerActor::One(value) => Some(value),
        PerActor::By(values) => values
            .get(facts.role)
            .or_else(|| facts.order.actor(facts.role).and_then(|account| values.get(account))),
    }
}
