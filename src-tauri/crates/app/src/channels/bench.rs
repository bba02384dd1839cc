//! The margin bench: one product, all channels side by side.
//!
//! Knows where cost and price of the trial come from, and how the library's answer becomes a row.

use std::sync::Arc;

use chrono::NaiveDate;
use domain::{
    Currency, DocKind, LotId, PlaceKind, SkuId,
    channel::{ChannelPrice, SaleCost},
    sku::SkuPrice,
};
use pricing::{
    Context, Money, Quote, Rate, RuleSet, check,
    plan::{self, Cost, Margin},
    quote_under,
};
use rust_decimal::Decimal;
use store::Reader;
use uuid::Uuid;

use super::{
    BarPart, BelowCostWord, Bench, BenchOverrides, BenchParty, BenchResult, BenchRow, RunBench,
    Sold, channels, money_of, noon, price_text, refused, sale_cost, same_currency, share_ppm,
    venue,
    ways::{self, Trial, Way},
    words,
};
use crate::{
    Error,
    commands::Call,
    goods::{book_currency, decimal},
    wire::{Amount, Bilingual, Id, Message, UnitPrice},
};

/// What is asked of every channel.
pub(super) struct Asked {
    pub(super) currency: Currency,
    day: NaiveDate,
    trial: Trial,
    /// What an agent adds, in every channel; else what each channel assumes.
    mark_up: Option<Money>,
    sku: Option<SkuId>,
    /// Cost of a unit, and where it comes from.
    unit_cost: Option<(Money, &'static str)>,
    given_price: Option<Money>,
    list_price: Option<Money>,
    /// What the brand takes off each order.
    coupon: Option<Money>,
    overrides: BenchOverrides,
    below_cost: Option<BelowCostWord>,
}

/// Amounts of some goods as their masters say.
pub(super) fn sku_price(reader: &Reader, sku: SkuId) -> Result<Option<SkuPrice>, Error> {
    Ok(reader.sku_prices()?.into_iter().find(|(id, ..)| *id == sku).map(|(.., price)| price))
}

/// What a unit of some goods cost: what the lots on hand are worth per unit, else what a unit is
/// expected to cost.
fn goods_cost(
    reader: &Reader,
    sku: SkuId,
    currency: Currency,
    expected: Option<Decimal>,
) -> Result<Option<(Money, &'static str)>, Error> {
    let lots: Vec<LotId> =
        reader.lots()?.into_iter().filter(|lot| lot.sku == sku).map(|lot| lot.id).collect();
    let values = reader.values_of(&lots)?;
    let (mut worth, mut units) = (0_i64, 0_i64);
    for (lot, value) in values {
        let mut held = 0_i64;
        for balance in reader.lot_balances(lot)? {
            if reader.place_kind(balance.place)?.is_some_and(PlaceKind::is_real) {
                held = held.saturating_add(balance.qty);
            }
        }
        if value.whole > 0 && held > 0 {
            worth = worth.saturating_add(value.on_hand);
            units = units.saturating_add(held);
        }
    }
    if units > 0 && worth > 0 {
        return Ok(Some((Money::from_minor(domain::money::share(worth, 1, units)), "stock")));
    }
    expected.map(|cost| Ok((money_of(cost, currency)?, "goods"))).transpose()
}

impl Asked {
    pub(super) fn of(reader: &Reader, day: NaiveDate, input: &RunBench) -> Result<Self, Error> {
        let currency = book_currency(reader)?;
        let money = |price: &UnitPrice| money_of(decimal(price)?, currency);
        let sku = input.sku.map(|id| SkuId(id.0));
        let record = match sku {
            Some(id) => Some(reader.sku(id)?.ok_or_else(|| Error::missing("sku", id.0))?),
            None => None,
        };
        let known = match sku {
            Some(id) => sku_price(reader, id)?,
            None => None,
        };
        let unit_cost = match (&input.unit_cost, sku) {
            (Some(cost), _) => Some((money(cost)?, "given")),
            (None, Some(id)) => {
                goods_cost(reader, id, currency, known.as_ref().and_then(|it| it.unit_cost))?
            }
            (None, None) => None,
        };
        let of_goods = record.as_ref().map(|it| it.sku.category.clone());
        let category = input.category.clone().or(of_goods).filter(|it| !it.trim().is_empty());
        let code = record.map(|it| it.sku.code).unwrap_or_default();
        let qty = input.qty.map_or(Ok(1), |qty| domain::stock::positive(qty.0))?;
        let list_price = known.and_then(|it| it.list_price);
        Ok(Self {
            currency,
            day,
            trial: Trial {
                at: noon(day),
                sku: code.as_str().into(),
                category: category.map(|it| it.as_str().into()),
                qty,
                markup: Money::ZERO,
            },
            mark_up: input.mark_up.as_ref().map(money).transpose()?,
            sku,
            unit_cost,
            given_price: input.price.as_ref().map(money).transpose()?,
            list_price: list_price.map(|price| money_of(price, currency)).transpose()?,
            coupon: input.coupon.as_ref().map(money).transpose()?,
            overrides: input.overrides.clone(),
            below_cost: input.below_cost,
        })
    }

    /// The price that is asked in a channel, and where it comes from.
    pub(super) fn price_in(
        &self,
        reader: &Reader,
        channel: Uuid,
    ) -> Result<Option<(Money, &'static str)>, Error> {
        if let Some(price) = self.given_price {
            return Ok(Some((price, "given")));
        }
        if let Some(sku) = self.sku {
            let listed = price_on(reader, (channel, sku), self.day)?;
            if let Some(price) = listed {
                return Ok(Some((money_of(price, self.currency)?, "price_list")));
            }
        }
        Ok(self.list_price.map(|price| (price, "goods")))
    }

    /// What a sale through a channel costs, as it is assumed or tried.
    pub(super) fn cost(&self, assumed: &SaleCost, unit_cost: Money) -> Result<Cost, Error> {
        let other = &self.overrides;
        let amount = |tried: &Option<UnitPrice>, assumed: i64| match tried {
            Some(price) => money_of(decimal(price)?, self.currency),
            None => Ok(Money::from_minor(assumed)),
        };
        let rate = |tried: Option<i64>, assumed: i64| {
            let ppm = tried.unwrap_or(assumed);
            let rate = u32::try_from(ppm).ok().and_then(Rate::from_ppm);
            rate.ok_or_else(|| Error::from(domain::Refusal::ChannelCostInvalid {}))
        };
        Ok(Cost {
            unit_cost_ex_vat: unit_cost,
            other_cost: amount(&other.packing, assumed.packing)?,
            fee_vat_rate: rate(other.fee_vat_ppm, assumed.fee_vat_ppm)?,
            return_rate: rate(other.return_ppm, assumed.return_ppm)?,
            return_loss: amount(&other.return_loss, assumed.return_loss)?,
        })
    }

    pub(super) fn destruction(&self, assumed: &SaleCost) -> Result<Money, Error> {
        match &self.overrides.destruction {
            Some(price) => money_of(decimal(price)?, self.currency),
            None => Ok(Money::from_minor(assumed.destruction)),
        }
    }

    /// Units that are sold in the trial.
    pub(super) fn qty(&self) -> i64 {
        self.trial.qty
    }

    /// The trial in a channel, with what its agents add.
    pub(super) fn trial_in(&self, stall: &Stall) -> Trial {
        Trial { markup: stall.markup, ..self.trial.clone() }
    }

    fn amount(&self, money: Money) -> Amount {
        Amount(price_text(money, self.currency).0)
    }
}

/// The price of goods in a channel's list on a day.
pub(super) fn price_on(
    reader: &Reader,
    (channel, sku): (Uuid, SkuId),
    day: NaiveDate,
) -> Result<Option<Decimal>, Error> {
    let records = reader.records_of::<ChannelPrice>(DocKind::ChannelPrice, sku.0)?;
    let found = records
        .into_iter()
        .find(|one| one.content.channel.0 == channel && one.content.holds_on(day));
    Ok(found.and_then(|one| one.money).and_then(|money| money.unit_prices.first().copied()))
}

/// A channel in a trial: its rules, what a sale costs there, the price.
pub(super) struct Stall<'a> {
    pub(super) sold: &'a Sold,
    pub(super) set: &'a Arc<RuleSet>,
    pub(super) assumed: SaleCost,
    pub(super) price: (Money, &'static str),
    pub(super) unit_cost: Money,
    /// What an agent adds to the price of a unit.
    pub(super) markup: Money,
}

fn problem(error: Error) -> Message {
    Message { code: error.code, args: error.args }
}

pub(crate) fn run(call: &Call, input: RunBench) -> Result<Bench, Error> {
    call.read(|reader| {
        let asked = Asked::of(&reader, call.session.today, &input)?;
        let all = channels(&reader)?;
        let wanted =
            |sold: &&Sold| input.channels.is_empty() || input.channels.contains(&Id(sold.id));
        let chosen: Vec<&Sold> = all.iter().filter(wanted).collect();
        let mut rows = Vec::new();
        for (number, sold) in chosen.iter().enumerate() {
            call.session.step("bench.channel", number, chosen.len())?;
            match stall(&reader, &asked, sold) {
                Ok(stall) => rows.extend(of_channel(&asked, &stall)),
                Err(error) => rows.push(without_answer(sold, Some(problem(error)))),
            }
        }
        Ok(Bench {
            currency: asked.currency.to_string(),
            unit_cost: asked.unit_cost.map(|(cost, _)| price_text(cost, asked.currency)),
            cost_from: asked.unit_cost.map(|(_, from)| from.to_owned()),
            rows,
        })
    })
}

/// A channel with all that a trial in it takes.
pub(super) fn stall<'a>(
    reader: &Reader,
    asked: &Asked,
    sold: &'a Sold,
) -> Result<Stall<'a>, Error> {
    let set = sold.in_force(asked.day)?;
    same_currency(set, asked.currency)?;
    let price = asked.price_in(reader, sold.id)?;
    let price = price.ok_or_else(|| Error::refused("bench.no_price", []))?;
    let cost = asked.unit_cost.ok_or_else(|| Error::refused("bench.no_cost", []))?;
    let assumed = sale_cost(reader, sold.id)?;
    let markup = asked.mark_up.unwrap_or(Money::from_minor(assumed.mark_up));
    Ok(Stall { sold, set, assumed, price, unit_cost: cost.0, markup })
}

fn without_answer(sold: &Sold, why: Option<Message>) -> BenchRow {
    BenchRow {
        channel: Id(sold.id),
        code: sold.channel.code.clone(),
        name: name_of(sold),
        version: None,
        way: ways::NONE.to_owned(),
        mech: None,
        usual: true,
        price: None,
        price_from: None,
        result: None,
        problem: why,
    }
}

pub(super) fn name_of(sold: &Sold) -> Bilingual {
    Bilingual { zh: sold.channel.name_zh.clone(), en: sold.channel.name_en.clone() }
}

fn of_channel(asked: &Asked, stall: &Stall) -> Vec<BenchRow> {
    let ways = ways::ways(stall.set, &asked.trial_in(stall));
    let row = |way: Way| {
        let answer = result(asked, stall, &way.id);
        let (result, why) = match answer {
            Ok(result) => (Some(result), None),
            Err(error) => (None, Some(problem(error))),
        };
        BenchRow {
            version: Some(stall.set.version),
            way: way.id.to_string(),
            mech: way.mech.map(str::to_owned),
            usual: way.usual,
            price: Some(price_text(stall.price.0, asked.currency)),
            price_from: Some(stall.price.1.to_owned()),
            result,
            problem: why,
            ..without_answer(stall.sold, None)
        }
    };
    ways.into_iter().map(row).collect()
}

/// The quote and the margin of a way at a price.
pub(super) fn weigh(
    asked: &Asked,
    stall: &Stall,
    way: &str,
    price: Money,
) -> Result<(Quote, Margin, Cost), Error> {
    let cost = asked.cost(&stall.assumed, stall.unit_cost)?;
    let set = ways::with_coupon(stall.set, asked.coupon);
    let order = ways::order(&set, way, &asked.trial_in(stall), price);
    let quote = quote_under(&set, &order).map_err(|error| refused(&error))?;
    let margin = plan::margin(&quote, &cost).map_err(|error| refused(&error))?;
    Ok((quote, margin, cost))
}

/// The lowest price from which on a way earns `target`; none within what can be asked.
fn lowest(
    asked: &Asked,
    stall: &Stall,
    way: &str,
    (unit_cost, target): (Money, Money),
) -> Result<Option<Money>, Error> {
    let cost = asked.cost(&stall.assumed, unit_cost)?;
    let set = ways::with_coupon(stall.set, asked.coupon);
    let mut order = ways::order(&set, way, &asked.trial_in(stall), stall.price.0);
    for markup in order.lines.iter_mut().filter_map(|line| line.markup.as_mut()) {
        *markup = stall.markup;
    }
    match plan::break_even(&set, &order, &cost, target) {
        // The search is for the price that the rules read; an agent's mark-up comes on top.
        Ok(found) => Ok(ways::asked_at(&set, &order, found.price)),
        Err(pricing::Error::NoBreakEven) => Ok(None),
        Err(error) => Err(refused(&error)),
    }
}

/// The three floors of a way: full cost, cash, better than destroying.
pub(super) fn floors(asked: &Asked, stall: &Stall, way: &str) -> Result<[Option<Money>; 3], Error> {
    let saved = asked.destruction(&stall.assumed)?;
    let saved = saved.times(asked.qty()).and_then(Money::negated);
    let saved = saved.map_err(|error| refused(&error))?;
    Ok([
        lowest(asked, stall, way, (stall.unit_cost, Money::ZERO))?,
        lowest(asked, stall, way, (Money::ZERO, Money::ZERO))?,
        lowest(asked, stall, way, (Money::ZERO, saved))?,
    ])
}

/// What a way earns on average at its price when the goods are paid for.
pub(super) fn cash(asked: &Asked, stall: &Stall, way: &str) -> Result<Money, Error> {
    let sunk = Stall { unit_cost: Money::ZERO, price: stall.price, ..*stall };
    weigh(asked, &sunk, way, stall.price.0).map(|(_, margin, _)| margin.expected_margin)
}

fn result(asked: &Asked, stall: &Stall, way: &str) -> Result<BenchResult, Error> {
    let (quote, margin, cost) = weigh(asked, stall, way, stall.price.0)?;
    let [break_even, sunk, destruction] = floors(asked, stall, way)?;
    let amount = |money: Money| asked.amount(money);
    Ok(BenchResult {
        paid: amount(quote.paid),
        brand_net: amount(margin.brand_net),
        vat_out: amount(margin.vat_out),
        vat_credit: amount(margin.vat_credit),
        margin: amount(margin.margin),
        expected: amount(margin.expected_margin),
        expected_share_ppm: share_ppm(margin.expected_margin, quote.paid),
        break_even: break_even.map(amount),
        floor_sunk: sunk.map(amount),
        floor_destruction: destruction.map(amount),
        parties: parties(asked, &quote),
        bar: bar(asked, &quote, &margin, &cost)?,
        flags: flags(asked, stall, &quote),
    })
}

fn parties(asked: &Asked, quote: &Quote) -> Vec<BenchParty> {
    let party = |(account, amount): &(Arc<str>, Money)| BenchParty {
        account: account.to_string(),
        amount: asked.amount(*amount),
    };
    quote.parties.iter().map(party).collect()
}

/// From what the buyer pays to what is left. `brand_net` is what the tax, the goods, the packing and
/// the margin share, so the parts add up.
fn bar(asked: &Asked, quote: &Quote, margin: &Margin, cost: &Cost) -> Result<Vec<BarPart>, Error> {
    let library = |error| refused(&error);
    let vat = margin.vat_out.minus(margin.vat_credit).map_err(library)?;
    let goods = cost.unit_cost_ex_vat.times(asked.qty()).map_err(library)?;
    let others = quote.parties.iter().filter(|(account, _)| **account != *"brand");
    let mut others: Vec<_> = others.cloned().collect();
    others.sort_by_key(|(_, amount)| std::cmp::Reverse(*amount));
    let others = others.into_iter().map(|(account, amount)| ("party", Some(account), amount));
    let own = [("vat", vat), ("goods", goods), ("packing", cost.other_cost)];
    let own = own.into_iter().chain([("margin", margin.margin)]);
    let parts = others.chain(own.map(|(kind, amount)| (kind, None, amount)));
    let parts = parts.filter(|(kind, _, amount)| *amount != Money::ZERO || *kind == "margin");
    let part = |(kind, account, amount): (&str, Option<Arc<str>>, Money)| BarPart {
        kind: kind.to_owned(),
        account: account.map(|it| it.to_string()),
        amount: asked.amount(amount),
        share_ppm: share_ppm(amount, quote.paid),
    };
    Ok(parts.map(part).collect())
}

/// What the law says of the rules, of the price and of the quote; each once.
fn flags(asked: &Asked, stall: &Stall, quote: &Quote) -> Vec<super::LawFlag> {
    let context = Context {
        channel: Some(venue(&stall.sold.channel)),
        price: Some(stall.price.0),
        unit_cost: Some(stall.unit_cost),
        below_cost_reason: asked.below_cost.map(|reason| reason.word().into()),
        ..Context::default()
    };
    let mut flags: Vec<super::LawFlag> = Vec::new();
    for flag in check(stall.set, &context).iter().chain(&quote.flags) {
        let said = words::flag(flag);
        if !flags.iter().any(|other| (&other.code, &other.at) == (&said.code, &said.at)) {
            flags.push(said);
        }
    }
    flags
}
