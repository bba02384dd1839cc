//! An order as the engine sees it: what was bought, at which prices, and who had a part in it.
//!
//! Knows: the fields rules can read. Refuses to know: names, addresses, phone numbers (ids are
//! opaque) and graphs of invitation (roles come filled in).
//!
//! An order may carry more than the rules read; what is not known here is left alone.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::rules::PriceField;
use crate::time::Moment;
use crate::{Error, Money};

/// A paid order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Its id.
    #[serde(default)]
    pub id: Arc<str>,
    /// The version of the rules in force at this instant prices it.
    pub paid_at: Moment,
    /// The buyer's opaque id.
    pub buyer: Arc<str>,
    /// What was bought.
    pub lines: Vec<Line>,
    /// Freight the buyer pays.
    #[serde(default)]
    pub freight: Money,
    /// Coupons the buyer brings, by id. One the rules do not have takes nothing off.
    #[serde(default)]
    pub coupons: Vec<Arc<str>>,
    /// Who fills which role: `sharer`, `inviter`, `mentor`, `promoter`, `agent`.
    #[serde(default)]
    pub actors: BTreeMap<Arc<str>, Option<Arc<str>>>,
    /// What the buyer is: `member`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub buyer_tags: Vec<Arc<str>>,
    /// Whether it is the buyer's first order.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub first_order: bool,
    /// The channel it came through.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Arc<str>>,
    /// The group it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Group>,
    /// Pieces the campaign has sold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub campaign_qty: Option<i64>,
    /// The click that led here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attribution: Option<Attribution>,
    /// The buyer's check-ins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checkin: Option<Checkin>,
    /// The tier of who is paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[serde(alias = "tiers", alias = "sharer_tier", alias = "actor_tier")]
    pub tier: Option<PerActor<Arc<str>>>,
    /// Sales of the period of who is paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[serde(alias = "sharer_period_sales")]
    pub period_sales: Option<PerActor<Money>>,
}

impl Order {
    /// The account that fills a role. A blank id is nobody's.
    pub fn actor(&self, role: &str) -> Option<&Arc<str>> {
        self.actors.get(role)?.as_ref().filter(|account| !is_blank(account))
    }

    /// The buyer's account, unless the id is blank.
    pub(crate) fn buyer_account(&self) -> Option<&Arc<str>> {
        Some(&self.buyer).filter(|account| !is_blank(account))
    }

    /// Refuses what no order can be: pieces below one, prices or freight below zero, two lines of
    /// one id.
    pub(crate) fn validate(&self) -> Result<(), Error> {
        if self.freight < Money::ZERO {
            return Err(Error::bad("freight", self.freight));
        }
        for (place, line) in self.lines.iter().enumerate() {
            if line.qty < 1 {
                return Err(Error::bad(format!("lines[{place}].qty"), line.qty));
            }
            let mut amounts = line.prices().into_iter().chain([line.markup]).flatten();
            if let Some(amount) = amounts.find(|amount| *amount < Money::ZERO) {
                return Err(Error::bad(format!("lines[{place}]"), amount));
            }
        }
        self.refuse_twins()
    }

    fn refuse_twins(&self) -> Result<(), Error> {
        let twin = if self.lines.len() <= 16 {
            self.lines
                .iter()
                .enumerate()
                .find(|(place, line)| self.lines[..*place].iter().any(|each| each.id == line.id))
                .map(|(_, line)| &line.id)
        } else {
            let mut ids: Vec<&Arc<str>> = self.lines.iter().map(|line| &line.id).collect();
            ids.sort();
            ids.windows(2).find(|pair| pair[0] == pair[1]).map(|pair| pair[0])
        };
        match twin {
            Some(id) => Err(Error::Duplicate { at: "lines".to_owned(), id: id.to_string() }),
            None => Ok(()),
        }
    }
}

fn is_blank(id: &str) -> bool {
    id.trim().is_empty()
}

/// A line of an order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Its id within the order.
    pub id: Arc<str>,
    /// What was bought.
    #[serde(default)]
    pub sku: Arc<str>,
    /// Pieces, one or more.
    pub qty: i64,
    /// The price of one piece bought alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_price: Option<Money>,
    /// The price of one piece inside a group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group_price: Option<Money>,
    /// The price of one piece at the second tier of a joint purchase.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier2_price: Option<Money>,
    /// The price of one piece at the third tier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier3_price: Option<Money>,
    /// What the owner of the goods wants for one piece.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supply_price: Option<Money>,
    /// What the agent adds to one piece.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub markup: Option<Money>,
    /// The category that decides on rates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<Arc<str>>,
}

impl Line {
    /// The price in a field, if the line has it.
    pub(crate) const fn price(&self, field: PriceField) -> Option<Money> {
        match field {
            PriceField::Unit => self.unit_price,
            PriceField::Group => self.group_price,
            PriceField::Tier2 => self.tier2_price,
            PriceField::Tier3 => self.tier3_price,
            PriceField::Supply => self.supply_price,
        }
    }

    /// Puts one price in the place of every price the line carries.
    pub(crate) fn reprice(&mut self, price: Money) {
        let fields = [
            &mut self.unit_price,
            &mut self.group_price,
            &mut self.tier2_price,
            &mut self.tier3_price,
            &mut self.supply_price,
        ];
        for carried in fields.into_iter().flatten() {
            *carried = price;
        }
    }

    fn prices(&self) -> [Option<Money>; 5] {
        [self.unit_price, self.group_price, self.tier2_price, self.tier3_price, self.supply_price]
    }
}

/// The group an order belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// How it stands.
    pub status: GroupStatus,
    /// How many buyers it takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<i64>,
    /// Who opened it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leader: Option<Arc<str>>,
}

/// How a group stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GroupStatus {
    /// Not yet full.
    Pending,
    /// Full in time.
    Success,
    /// Not full in time: everybody is refunded and nobody is paid.
    Failed,
}

/// The click that led to an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribution {
    /// When it was made.
    #[serde(default)]
    pub clicked_at: Option<Moment>,
}

/// Check-ins of a buyer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkin {
    /// Days checked in so far.
    #[serde(default)]
    pub days: i64,
    /// Whether the prize is won.
    #[serde(default)]
    pub status: CheckinStatus,
}

/// Whether a check-in prize is won.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckinStatus {
    /// Still running.
    #[default]
    Pending,
    /// Won.
    Earned,
    /// Lost.
    Failed,
}

/// Something an order says of who is paid: of the only one, or by role or account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum PerActor<T> {
    /// Of whoever is paid.
    One(T),
    /// By role or account.
    By(BTreeMap<Arc<str>, T>),
}
