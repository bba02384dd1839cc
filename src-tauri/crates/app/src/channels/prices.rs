//! Price lists of channels: what goods cost where, from which day on, and never below its floors.

use std::collections::BTreeMap;

use domain::{
    Currency, DocKind, Fact, MoneyPart, SkuId,
    channel::{BelowCost, ChannelPrice},
    ids::{ChannelId, PriceId},
};
use pricing::Money;
use rust_decimal::Decimal;
use store::{Reader, Record};
use uuid::Uuid;

use super::{
    BelowCostWord, ChannelPriceRow, PricesOf, RunBench, SavePrice, Sold,
    bench::{self, Asked, Stall},
    book::channel,
    channels, money_of, price_text, set, ways,
};
use crate::{
    Error,
    commands::Call,
    goods::{book_currency, decimal},
    known::Names,
    posting::post,
    wire::{Day, Id, Posted, UnitPrice},
};

impl BelowCostWord {
    /// The word that the rules know it by.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Overstock => "overstock",
            Self::Seasonal => "seasonal",
            Self::NearExpiry => "near_expiry",
        }
    }
}

impl From<BelowCostWord> for BelowCost {
    fn from(word: BelowCostWord) -> Self {
        match word {
            BelowCostWord::Overstock => Self::Overstock,
            BelowCostWord::Seasonal => Self::Seasonal,
            BelowCostWord::NearExpiry => Self::NearExpiry,
        }
    }
}

impl From<BelowCost> for BelowCostWord {
    fn from(reason: BelowCost) -> Self {
        match reason {
            BelowCost::Overstock => Self::Overstock,
            BelowCost::Seasonal => Self::Seasonal,
            BelowCost::NearExpiry => Self::NearExpiry,
        }
    }
}

pub(crate) fn list(call: &Call, input: PricesOf) -> Result<Vec<ChannelPriceRow>, Error> {
    call.read(|reader| rows(&reader, &input, call.session.today))
}

/// The prices that are asked for, by channel, goods and first day.
pub(crate) fn rows(
    reader: &Reader,
    input: &PricesOf,
    today: chrono::NaiveDate,
) -> Result<Vec<ChannelPriceRow>, Error> {
    let names = Names::load(reader)?;
    let codes: BTreeMap<Uuid, String> =
        channels(reader)?.into_iter().map(|sold| (sold.id, sold.channel.code)).collect();
    let wanted = |one: &Record<ChannelPrice>| {
        let price = &one.content;
        input.channel.is_none_or(|id| id.0 == price.channel.0)
            && input.sku.is_none_or(|id| id.0 == price.sku.0)
            && input.on.is_none_or(|day| price.holds_on(day.0))
    };
    let records = reader.records::<ChannelPrice>(DocKind::ChannelPrice)?;
    let of_goods: BTreeMap<SkuId, Decimal> = reader
        .sku_prices()?
        .into_iter()
        .filter_map(|(sku, .., price)| Some((sku, price.floor_price?)))
        .collect();
    let row = |one: Record<ChannelPrice>| {
        let prices = one.money.map(|money| money.unit_prices).unwrap_or_default();
        let text = |it: &Decimal| UnitPrice(it.normalize().to_string());
        let price = one.content;
        let floor = prices.get(1).or_else(|| of_goods.get(&price.sku));
        ChannelPriceRow {
            id: Id(one.id),
            channel: Id(price.channel.0),
            channel_code: codes.get(&price.channel.0).cloned().unwrap_or_default(),
            sku: Id(price.sku.0),
            sku_code: names.sku_code(price.sku),
            sku_name: names.sku_name(price.sku),
            price: prices.first().map(text),
            floor_price: prices.get(1).map(text),
            floor: floor.map(text),
            below_floor: prices.first().zip(floor).is_some_and(|(price, floor)| price < floor),
            from: Day(price.from),
            to: price.to.map(Day),
            current: price.holds_on(today),
            source: price.source,
            below_cost: price.below_cost.map(BelowCostWord::from),
        }
    };
    let mut rows: Vec<_> = records.into_iter().filter(wanted).map(row).collect();
    rows.sort_by(|a, b| {
        let at = |row: &ChannelPriceRow| (row.channel_code.clone(), row.sku_code.clone(), row.from);
        at(a).cmp(&at(b))
    });
    Ok(rows)
}

pub(crate) fn save(call: &Call, input: SavePrice) -> Result<Posted, Error> {
    call.write(None, |writer| {
        let entry = entry_of(call, writer, &input, &[])?;
        let entry = post(writer, entry)?;
        Ok(vec![entry])
    })
}

/// A price as an entry, if nothing stands against it. `beside` are prices that the same act sets.
pub(crate) fn entry_of(
    call: &Call,
    reader: &Reader,
    input: &SavePrice,
    beside: &[ChannelPrice],
) -> Result<domain::Entry, Error> {
    let sku = SkuId(input.sku.0);
    let record = reader.sku(sku)?.ok_or_else(|| Error::missing("sku", sku.0))?;
    let sold = channel(reader, input.channel.0)?;
    let currency = book_currency(reader)?;
    let price = decimal(&input.price)?;
    let floor = input.floor_price.as_ref().map(decimal).transpose()?;
    let mut next = ChannelPrice {
        channel: ChannelId(input.channel.0),
        sku,
        from: input.from.0,
        to: input.to.map(|day| day.0),
        source: input.source.trim().to_owned(),
        below_cost: input.below_cost.map(BelowCost::from),
        weighed_by: None,
    };
    let records = reader.records_of::<ChannelPrice>(DocKind::ChannelPrice, sku.0)?;
    let own = input.id.map(|id| id.0);
    let others = records.iter().filter(|one| Some(one.id) != own).map(|one| &one.content);
    let code = &record.sku.code;
    next.check((code, &sold.channel.code), others.chain(beside))?;
    let unit_prices: Vec<Decimal> = [Some(price), floor].into_iter().flatten().collect();
    let before = records.iter().find(|one| Some(one.id) == own);
    if let Some(before) = before.filter(|one| ends_sooner(one, &next, &unit_prices)) {
        next.weighed_by.clone_from(&before.content.weighed_by);
    } else {
        unit_prices.iter().try_for_each(|it| refuse_too_fine(*it, currency))?;
        refuse_below(reader, (&sold, sku), (price, floor))?;
        next.weighed_by = weigh(call, reader, &sold, input, money_of(price, currency)?)?;
    }
    let money = MoneyPart { unit_prices, ..MoneyPart::new(currency) };
    let id = PriceId(own.unwrap_or_else(Uuid::now_v7));
    Ok(set(call, Fact::PriceSet { id, price: Box::new(next) }, Some(money)))
}

/// Whether a price stays what it is and holds no longer than before: that needs no weighing, for a
/// price that has fallen below its floors must be possible to end.
fn ends_sooner(before: &Record<ChannelPrice>, next: &ChannelPrice, prices: &[Decimal]) -> bool {
    let (old, money) = (&before.content, before.money.as_ref());
    (old.channel, old.from, old.below_cost) == (next.channel, next.from, next.below_cost)
        && money.is_some_and(|money| money.unit_prices == prices)
        && next.to.is_some_and(|to| old.to.is_none_or(|before| to <= before))
}

/// Refuses a price with more digits than the currency: nobody can be asked for it.
fn refuse_too_fine(price: Decimal, currency: Currency) -> Result<(), Error> {
    let price = price.normalize();
    if price.scale() <= currency.decimals() {
        return Ok(());
    }
    Err(Error::refused(
        "price.too_fine",
        [
            ("value", price.to_string().into()),
            ("currency", currency.to_string().into()),
            ("digits", i64::from(currency.decimals()).into()),
        ],
    ))
}

/// Refuses a price below its own floor price or below that of the goods.
fn refuse_below(
    reader: &Reader,
    (sold, sku): (&Sold, SkuId),
    (price, floor): (Decimal, Option<Decimal>),
) -> Result<(), Error> {
    let of_goods = bench::sku_price(reader, sku)?.and_then(|it| it.floor_price);
    // The price list's own floor price takes the place of that of the goods.
    let Some(floor) = floor.or(of_goods).filter(|floor| price < *floor) else { return Ok(()) };
    Err(Error::refused(
        "price.below_floor",
        [
            ("channel", sold.channel.code.as_str().into()),
            ("price", price.normalize().to_string().into()),
            ("floor", floor.normalize().to_string().into()),
        ],
    ))
}

/// Holds a price against the floors of its channel: below the last one destroying is cheaper, and
/// between that and the full cost it needs a reason, which is kept with the version of the rules.
/// Goods of unknown cost, and channels whose rules do not hold yet, are not weighed.
fn weigh(
    call: &Call,
    reader: &Reader,
    sold: &Sold,
    input: &SavePrice,
    price: Money,
) -> Result<Option<String>, Error> {
    let trial =
        RunBench { sku: Some(input.sku), price: Some(input.price.clone()), ..RunBench::default() };
    let asked = Asked::of(reader, input.from.0.max(call.session.today), &trial)?;
    let Ok(stall) = bench::stall(reader, &asked, sold) else { return Ok(None) };
    let way = usual(&asked, &stall);
    let [full, _, last] = bench::floors(&asked, &stall, &way)?;
    let refusal = |code: &str, floor: Money| {
        let args = [
            ("channel", sold.channel.code.as_str().into()),
            ("price", price_text(price, asked.currency).0.into()),
            ("floor", price_text(floor, asked.currency).0.into()),
        ];
        Err(Error::refused(code, args))
    };
    if let Some(last) = last.filter(|last| price < *last) {
        return refusal("price.below_destruction", last);
    }
    match full.filter(|full| price < *full) {
        Some(full) if input.below_cost.is_none() => refusal("price.below_cost", full),
        Some(_) => Ok(Some(stall.set.hash.to_string())),
        None => Ok(None),
    }
}

/// The usual way of a channel.
pub(super) fn usual(asked: &Asked, stall: &Stall) -> String {
    let ways = ways::ways(stall.set, &asked.trial_in(stall));
    ways.iter()
        .find(|way| way.usual)
        .map_or_else(|| ways::NONE.to_owned(), |way| way.id.to_string())
}
