//! What sold units brought and what is earned with them so far, by lot.
//!
//! Knows what a marketplace's copy of an order says that a line brought, what a file told of a day,
//! and how a day's sales of a listing fall on the lots that they were taken from. Refuses to guess:
//! sales by file without an amount, of shops that tell no tax and of orders paid back in part have
//! no value here, and are counted as such.

use std::collections::{BTreeMap, BTreeSet};

use contract::{Order as RemoteOrder, Payment};
use domain::{
    Currency, LotId, Money, PlaceId, ShopId,
    fact::SaleKind,
    money::share,
    proceeds::{PROCEEDS_MAX, Proceeds, Profit},
    sales::LevelKey,
    shop::Shop,
};
use pricing::Order;
use serde::{Deserialize, Serialize};
use store::{Reader, ShippedLine, ShippedOrder, SoldDay};
use ts_rs::TS;

use crate::{
    Error,
    wire::{Amount, Arg, Derivation, DerivationLine, Message, Units},
};

/// What sold units brought against what they cost, so far.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProfitSoFar {
    /// Units sold.
    pub sold: Units,
    /// Of these, units whose value the marketplace or a file told.
    pub valued: Units,
    /// Of these, units whose value nobody told: sold by file without an amount, or in a shop that
    /// tells no tax.
    pub unvalued: Units,
    /// What the units with a value brought (销售额): paid by buyers and borne by the platform,
    /// without tax, before the platform's fees.
    pub value: Amount,
    /// Cost of all units sold (销售成本).
    pub cogs: Amount,
    /// Cost of the units with a value.
    pub valued_cogs: Amount,
    /// Value less that cost; `null` when no value is known.
    pub profit: Option<Amount>,
    /// How the profit comes about.
    pub derivation: Derivation,
}

impl ProfitSoFar {
    pub(super) fn of(profit: Profit, currency: Currency) -> Self {
        let amount = |minor| Amount::from(Money { minor, currency });
        Self {
            sold: Units(profit.sold),
            valued: Units(profit.known.units),
            unvalued: Units(profit.unknown()),
            value: amount(profit.known.minor),
            cogs: amount(profit.cogs),
            valued_cogs: amount(profit.known_cogs),
            profit: profit.so_far().map(amount),
            derivation: derivation(profit, amount),
        }
    }
}

fn derivation(profit: Profit, amount: impl Fn(i64) -> Amount) -> Derivation {
    let Some(so_far) = profit.so_far() else { return Derivation::default() };
    let units = Arg::Number(profit.known.units);
    let line = |op: &str, text: Message, minor: i64| DerivationLine {
        op: op.to_owned(),
        text,
        value: Some(amount(minor).0),
        unit: Some("money".to_owned()),
    };
    let cost = [
        ("cogs", Arg::Text(amount(profit.cogs).0)),
        ("units", units.clone()),
        ("sold", Arg::Number(profit.sold)),
    ];
    let mut lines = vec![
        line("start", Message::new("profit.value", [("units", units)]), profit.known.minor),
        line("subtract", Message::new("profit.cogs", cost), profit.known_cogs),
        line("equals", Message::new("profit.so_far", []), so_far),
    ];
    if profit.unknown() > 0 {
        let args = [("units", Arg::Number(profit.unknown()))];
        let text = Message::new("profit.unvalued", args);
        lines.push(DerivationLine { op: "note".to_owned(), text, value: None, unit: None });
    }
    Derivation { lines }
}

/// What fell on lots: from stock, and (`true`) out of suspense in their name.
type Fallen = BTreeMap<(LotId, bool), Proceeds>;

/// What the sold units of some lots are known to have brought, by lot.
pub(super) fn proceeds_of(
    reader: &Reader,
    lots: &BTreeSet<LotId>,
    currency: Currency,
) -> Result<BTreeMap<LotId, Proceeds>, Error> {
    let mut sold = lots.clone();
    for lot in lots {
        sold.extend(reader.bears_suspense_of(*lot)?.into_iter().map(|(pseudo, _)| pseudo));
    }
    let shops: BTreeMap<ShopId, Shop> = reader.shops()?.into_iter().collect();
    let mut known = Fallen::new();
    for day in reader.sold_days(&sold)? {
        let brought = match shops.get(&day.shop) {
            Some(shop) => of_shop(reader, shop, &day, currency)?,
            // What a place's till sold came by file, which may have told what it brought.
            None => day.told.clone(),
        };
        for ((lot, suspense), one) in fallen(&day, &brought) {
            if sold.contains(&lot) {
                *known.entry((lot, suspense)).or_default() += one;
            }
        }
    }
    let mut proceeds: BTreeMap<LotId, Proceeds> = BTreeMap::new();
    for ((lot, suspense), one) in known {
        if !suspense {
            *proceeds.entry(lot).or_default() += one;
            continue;
        }
        // What was sold out of suspense was borne by other lots in the end.
        let mut borne = reader.suspense_borne_by(lot)?;
        borne.push((lot, reader.unborne_suspense(lot)?.max(0)));
        let parts = one.over(&borne.iter().map(|(_, qty)| *qty).collect::<Vec<_>>());
        for ((by, _), part) in borne.into_iter().zip(parts) {
            *proceeds.entry(by).or_default() += part;
        }
    }
    proceeds.retain(|lot, _| lots.contains(lot));
    Ok(proceeds)
}

/// What a day's levels brought, on the lots that they took.
fn fallen(day: &SoldDay, brought: &BTreeMap<LevelKey, Proceeds>) -> Fallen {
    let mut fallen = Fallen::new();
    for (level, taken) in &day.taken {
        let Some(bucket) = brought.get(level) else { continue };
        let parts = bucket.over(&taken.iter().map(|one| one.qty).collect::<Vec<_>>());
        for (one, part) in taken.iter().zip(parts) {
            *fallen.entry((one.lot, one.suspense)).or_default() += part;
        }
    }
    fallen
}

/// What the levels of a shop's day brought by the copies of its orders.
fn of_shop(
    reader: &Reader,
    shop: &Shop,
    day: &SoldDay,
    currency: Currency,
) -> Result<BTreeMap<LevelKey, Proceeds>, Error> {
    let mut places: BTreeMap<&str, PlaceId> = BTreeMap::new();
    for mapped in &shop.places {
        places.entry(&mapped.warehouse).or_insert(mapped.place);
    }
    let levels = day.taken.keys().flat_map(|(place, listing, _)| {
        let from = places.iter().filter(move |(_, mapped)| *mapped == place);
        from.map(|(warehouse, _)| (*warehouse, listing.as_str()))
    });
    let mut buckets: BTreeMap<LevelKey, Proceeds> = BTreeMap::new();
    for order in reader.shipped_orders(day.shop, day.day, &levels.collect())? {
        for (line, brought) in brought(order, currency) {
            if let Some(place) = places.get(line.warehouse.as_str()) {
                let level = (*place, line.listing, SaleKind::Sale);
                *buckets.entry(level).or_default() += brought;
            }
        }
    }
    Ok(buckets)
}

/// The lines of an order with what each brought, of those of which it can be told.
fn brought(order: ShippedOrder, currency: Currency) -> Vec<(ShippedLine, Proceeds)> {
    let Ok(remote) = serde_json::from_str::<RemoteOrder>(&order.content) else { return Vec::new() };
    let told = remote.pricing.as_deref().and_then(|one| Order::deserialize(&one.told).ok());
    let value = |line: ShippedLine| {
        let value = line_brought(&line, (&remote, told.as_ref()), currency)?;
        Some((line, value))
    };
    order.lines.into_iter().filter_map(value).collect()
}

/// What a shipped line brought, without tax: what its buyer pays and the platform bears, as the
/// order was priced, for the units that are left of it. Nothing when that is not told, cannot be or
/// not all of it stayed; nought when the buyer got everything back and kept the goods.
fn line_brought(
    line: &ShippedLine,
    (order, told): (&RemoteOrder, Option<&Order>),
    currency: Currency,
) -> Option<Proceeds> {
    match order.payment {
        Payment::Refunded => return Some(Proceeds { units: line.units.max(0), minor: 0 }),
        Payment::Paid => {}
        _ => return None,
    }
    let pricing = order.pricing.as_deref()?;
    let told = told?.lines.iter().find(|one| *one.id == *line.line.as_str())?;
    let priced = pricing.lines.iter().find(|one| one.line.as_str() == line.line)?;
    let minor = |money: &contract::Money| {
        let ours = money.currency.as_str() == currency.to_string();
        money.amount.to_minor(currency.decimals()).ok().filter(|_| ours)
    };
    let borne = priced.discounts.get("platform").map_or(Some(0), minor)?;
    let gross = minor(&priced.paid)?.checked_add(borne)?;
    let net = gross.checked_sub(minor(&priced.tax)?)?;
    let can_be = told.qty > 0 && (-PROCEEDS_MAX..=PROCEEDS_MAX).contains(&net);
    let units = line.units.clamp(0, told.qty.max(0));
    can_be.then(|| Proceeds { units, minor: share(net, units, told.qty) })
}
