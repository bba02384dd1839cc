//! Channels and prices (渠道与价格): rules of selling, price lists, and what a product earns where.
//!
//! Knows which rules, assumptions and prices the workspace keeps and asks `pricing` with them.
//! Refuses to compute a price or a payout itself, and to know a mode of selling by name.

mod bench;
mod bench_fields;
mod book;
mod clearance;
mod explain;
mod fields;
mod prices;
mod rules;
mod ways;
mod words;

use std::sync::Arc;

use chrono::NaiveDate;
use domain::{
    Body, Currency, DocKind, Entry, EntryId, Fact, MoneyPart,
    channel::{Channel, SaleCost},
};
use pricing::{Money, Rounding, RuleBook, RuleSet, time::Moment};
use rust_decimal::Decimal;
use store::Reader;
use uuid::Uuid;

pub(crate) use bench::run;
pub use bench_fields::*;
pub(crate) use book::{
    assumptions, export, import, list, rules, save, save_assumptions, templates,
};
pub(crate) use clearance::floors;
pub(crate) use explain::explain;
pub use fields::*;
pub(crate) use prices::{
    entry_of as price_entry, list as prices, rows as price_rows, save as save_price,
};

use crate::{Error, commands::Call, wire::UnitPrice};

/// A channel with its rules read.
pub(crate) struct Sold {
    /// Its identity.
    pub(crate) id: Uuid,
    /// What it is.
    pub(crate) channel: Channel,
    /// Its rules. They were lawful when they were saved; what the law asks since then is flagged.
    pub(crate) book: RuleBook,
}

impl Sold {
    /// Reads the rules of a channel.
    pub(crate) fn of(id: Uuid, channel: Channel) -> Result<Self, Error> {
        let book = book_of(&channel)?;
        Ok(Self { id, channel, book })
    }

    /// The version in force on `day`, at noon in China.
    pub(crate) fn in_force(&self, day: NaiveDate) -> Result<&Arc<RuleSet>, Error> {
        self.book.in_force(noon(day)).map_err(|error| refused(&error))
    }
}

fn book_of(channel: &Channel) -> Result<RuleBook, Error> {
    let text = serde_json::Value::Array(channel.rules.clone()).to_string();
    RuleBook::load_as_it_was(&text).map_err(|error| refused(&error))
}

/// All channels, in the order of their codes.
pub(crate) fn channels(reader: &Reader) -> Result<Vec<Sold>, Error> {
    let records = reader.records::<Channel>(DocKind::Channel)?;
    let sold = records.into_iter().map(|one| Sold::of(one.id, one.content));
    let mut sold = sold.collect::<Result<Vec<_>, _>>()?;
    sold.sort_by(|a, b| a.channel.code.cmp(&b.channel.code));
    Ok(sold)
}

/// What a sale through a channel is assumed to cost; nothing, when nobody has said.
pub(crate) fn sale_cost(reader: &Reader, channel: Uuid) -> Result<SaleCost, Error> {
    let record = reader.record::<()>(DocKind::ChannelCost, channel)?;
    let cost = record.and_then(|one| one.money).and_then(|money| money.sale_cost);
    Ok(cost.unwrap_or_default())
}

/// Noon of a day in China: no version of any rule set begins or ends there by accident.
pub(crate) fn noon(day: NaiveDate) -> Moment {
    let text = format!("{}T12:00:00+08:00", day.format("%Y-%m-%d"));
    Moment::parse(&text).expect("days of the ledger have four-digit years")
}

/// The first instant of a day in China.
pub(crate) fn begin_of(day: NaiveDate) -> Moment {
    let text = format!("{}T00:00:00+08:00", day.format("%Y-%m-%d"));
    Moment::parse(&text).expect("days of the ledger have four-digit years")
}

/// Where a channel sells, as the law's rules name it: the operator that its code or name tells of,
/// however it is written, else its code.
pub(crate) fn venue(channel: &Channel) -> Arc<str> {
    let texts = [&channel.code, &channel.name_zh, &channel.name_en];
    let operator = texts.iter().find_map(|text| pricing::check::operator(text));
    operator.unwrap_or(&channel.code).into()
}

/// A refusal of the pricing library as one of the core.
pub(crate) fn refused(error: &pricing::Error) -> Error {
    let mut refusal = Error::refused(&format!("pricing.{}", error.code()), []);
    let args = error.args().into_iter();
    refusal.args = args.map(|(name, value)| (name.to_owned(), value.into())).collect();
    refusal
}

/// Refuses rules of another currency than the book's.
pub(crate) fn same_currency(set: &RuleSet, currency: Currency) -> Result<(), Error> {
    if set.currency.code() == currency.to_string() {
        return Ok(());
    }
    Err(Error::refused(
        "channel.currency_other",
        [("currency", set.currency.code().into()), ("book", currency.to_string().into())],
    ))
}

/// A decimal of the book's currency in minor units, rounded half up: a price that is asked has no
/// more digits than the currency.
pub(crate) fn money_of(amount: Decimal, currency: Currency) -> Result<Money, Error> {
    let minor = domain::Money::round(amount, currency)?.minor;
    Ok(Money::from_minor(minor))
}

/// Minor units as a price with the currency's digits.
pub(crate) fn price_text(amount: Money, currency: Currency) -> UnitPrice {
    UnitPrice(domain::Money { minor: amount.minor(), currency }.to_decimal().to_string())
}

/// The part of `whole` that `part` is, ppm, rounded half up; nothing of nothing.
pub(crate) fn share_ppm(part: Money, whole: Money) -> i64 {
    let (part, whole) = (i128::from(part.minor()), i128::from(whole.minor()));
    let share = Rounding::HalfUp.divide(part * i128::from(pricing::PPM), whole.max(1));
    if whole <= 0 { 0 } else { share.ok().and_then(|it| i64::try_from(it).ok()).unwrap_or(0) }
}

/// An entry that sets a record.
pub(crate) fn set(call: &Call, fact: Fact, money: Option<MoneyPart>) -> Entry {
    let mut ids = call.session.new_ids();
    Entry {
        id: EntryId(ids()),
        effective_on: call.session.today,
        reverses: None,
        batch: None,
        body: Body::of(fact),
        money,
    }
}
