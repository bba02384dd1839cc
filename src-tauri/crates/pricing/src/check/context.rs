//! How rules are to be used: what the law asks beyond the rules themselves.

use std::sync::Arc;

use serde_json::Value;

use crate::read::Fields;
use crate::time::Moment;
use crate::{Error, Money};

/// What [`crate::check()`] is told beside the rules. Whatever is absent is not checked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Context {
    /// The channel the rules are for, by any name that [`super::operator()`] reads.
    pub channel: Option<Arc<str>>,
    /// A price to be struck through.
    pub reference_price: Option<Money>,
    /// When the promotion begins.
    pub promo_start: Option<Moment>,
    /// Where it is held. Deals made elsewhere prove nothing.
    pub venue: Option<Arc<str>>,
    /// Deals made before it.
    pub deals: Vec<Deal>,
    /// Prompts to share that were shown.
    pub prompts: Vec<Prompt>,
    /// A price about to be asked.
    pub price: Option<Money>,
    /// What one piece costs.
    pub unit_cost: Option<Money>,
    /// Why the price may be below cost: `overstock`, `seasonal`, `near_expiry`.
    pub below_cost_reason: Option<Arc<str>>,
    /// The worth of the dearest prize of a lottery.
    pub lottery_prize: Option<Money>,
    /// Buyers are shown different prices without knowing it.
    pub personalised_price: bool,
    /// Groups are filled up with members who do not exist.
    pub virtual_group_members: bool,
    /// Ids about to be used, each with where it stands.
    pub ids: Vec<(String, String)>,
}

/// A deal made: something was sold at a price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deal {
    /// When.
    pub at: Moment,
    /// At which price.
    pub price: Money,
    /// Where; in the venue of the promotion when it does not say.
    pub venue: Option<Arc<str>>,
}

/// A prompt to share that was shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prompt {
    /// To whom.
    pub user: Arc<str>,
    /// Which contact it suggested.
    pub contact: Option<Arc<str>>,
    /// When.
    pub at: Moment,
    /// The same as it was written.
    pub shown_at: Arc<str>,
    /// The user had asked for none by then. Later prompts to him need not say so again.
    pub opted_out: bool,
}

/// Reasons for which goods may be sold below cost (Price Law, article 14).
const BELOW_COST_REASONS: &[&str] = &["overstock", "seasonal", "near_expiry"];

impl Context {
    /// Reads a context. Other keys than the known ones are left alone but for ids that are none.
    pub fn from_json(json: &Value) -> Result<Self, Error> {
        let fields = Fields::of(json, "context")?;
        let any =
            |keys: &[&'static str]| keys.iter().copied().find(|key| fields.get(key).is_some());
        let amount = |keys: &[&'static str]| any(keys).map_or(Ok(None), |key| fields.amount(key));
        let reason = any(&["reason", "below_cost_reason"])
            .map_or(Ok(None), |key| fields.text(key))?
            .filter(|reason| BELOW_COST_REASONS.contains(reason));
        let mut ids = Vec::new();
        collect_ids("", json, &mut ids);
        Ok(Self {
            channel: fields.text("channel")?.map(Arc::from),
            reference_price: fields.amount("reference_price")?,
            promo_start: fields.moment("promo_start")?,
            venue: fields.text("venue")?.map(Arc::from),
            deals: list(&fields, "deals", Deal::read)?,
            prompts: list(&fields, "prompts", Prompt::read)?,
            price: amount(&["price", "sale_price", "promo_price"])?,
            unit_cost: amount(&["unit_cost", "cost", "unit_cost_ex_vat"])?,
            below_cost_reason: reason.map(Arc::from),
            lottery_prize: amount(&["lottery_prize", "lottery_prize_max", "lottery_max_prize"])?,
            personalised_price: any(&["personalised_price", "personalized_price"])
                .is_some_and(|key| truthy(fields.get(key))),
            virtual_group_members: virtual_members(&fields),
            ids,
        })
    }
}

impl Deal {
    fn read(fields: &Fields<'_>) -> Result<Self, Error> {
        fields.need("price")?;
        fields.need("at")?;
        let read = fields.moment("at")?.zip(fields.amount("price")?);
        let (at, price) = read.ok_or_else(|| Error::bad(fields.place(""), "deal"))?;
        Ok(Self { at, price, venue: fields.text("venue")?.map(Arc::from) })
    }
}

impl Prompt {
    fn read(fields: &Fields<'_>) -> Result<Self, Error> {
        let shown_at = fields.need_text("at")?;
        Ok(Self {
            user: fields.need_text("user")?.into(),
            contact: fields.text("contact")?.map(Arc::from),
            at: Moment::parse(shown_at).ok_or_else(|| Error::bad(fields.place("at"), shown_at))?,
            shown_at: shown_at.into(),
            opted_out: fields.flag("opted_out")?,
        })
    }
}

fn list<T>(
    fields: &Fields<'_>,
    key: &str,
    read: impl Fn(&Fields<'_>) -> Result<T, Error>,
) -> Result<Vec<T>, Error> {
    let place = |index| format!("{}[{index}]", fields.place(key));
    fields
        .list(key)?
        .iter()
        .enumerate()
        .map(|(index, json)| read(&Fields::of(json, place(index))?))
        .collect()
}

/// `true`, a count above zero, or anything there is more than nothing of.
fn truthy(value: Option<&Value>) -> bool {
    match value {
        None | Some(Value::Null) => false,
        Some(Value::Bool(yes)) => *yes,
        Some(Value::Number(number)) => number.as_i64() != Some(0),
        Some(Value::String(text)) => !text.is_empty(),
        Some(Value::Array(entries)) => !entries.is_empty(),
        Some(Value::Object(entries)) => !entries.is_empty(),
    }
}

/// Members who do not exist, said of the context or of its group.
fn virtual_members(fields: &Fields<'_>) -> bool {
    let keys = ["virtual_group_members", "virtual_members", "virtual_group", "virtual"];
    let told = |fields: &Fields<'_>| keys.iter().any(|key| truthy(fields.get(key)));
    told(fields) || fields.object("group").ok().flatten().is_some_and(|group| told(&group))
}

/// Every text of the context, with the key it stands under.
fn collect_ids(key: &str, json: &Value, ids: &mut Vec<(String, String)>) {
    match json {
        Value::String(text) => ids.push((key.to_owned(), text.clone())),
        Value::Array(entries) => entries.iter().for_each(|entry| collect_ids(key, entry, ids)),
        Value::Object(map) => map.iter().for_each(|(key, entry)| collect_ids(key, entry, ids)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
