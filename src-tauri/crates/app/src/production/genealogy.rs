//! Where lots came from and went to, and where every cent of them is.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Currency, LotId, Money, OrderId, money,
    proceeds::{Proceeds, Profit},
    valuation,
};
use serde::Serialize;
use store::{Descent, Reader};
use ts_rs::TS;

use super::{
    proceeds::{ProfitSoFar, proceeds_of},
    words::PassingWord,
};
use crate::{
    Error,
    commands::Call,
    goods::book_currency,
    known::{Catalogue, Names},
    stock::valuation_of,
    wire::{Amount, Bilingual, ById, Day, Id, UnitPrice, Units},
};

/// A lot of a genealogy.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct GenealogyLot {
    /// Identity.
    pub id: Id,
    /// Its number.
    pub lot_no: String,
    /// Its goods.
    pub sku: Id,
    /// Their code.
    pub sku_code: String,
    /// Their name.
    pub sku_name: Bilingual,
    /// Last day of its life.
    pub expires_on: Option<Day>,
    /// The order that it was made on.
    pub order: Option<Id>,
    /// Steps from the lot that was asked for: below zero what it was made of, above what was made
    /// of it.
    #[ts(type = "number")]
    pub depth: i64,
}

/// A step of a genealogy.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct GenealogyStep {
    /// Out of this lot.
    pub from: Id,
    /// Into this one.
    pub to: Id,
    /// Why.
    pub kind: PassingWord,
    /// Units of the lot that it comes out of.
    pub qty: Units,
}

/// Where a lot came from and went to.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Genealogy {
    /// The lots, the one that was asked for first.
    pub lots: Vec<GenealogyLot>,
    /// The steps between them.
    pub steps: Vec<GenealogyStep>,
}

pub(crate) fn genealogy(call: &Call, input: ById) -> Result<Genealogy, Error> {
    let lot = LotId(input.id.0);
    call.read(|reader| {
        let names = Names::load(&reader)?;
        let (up, down) = (reader.descent(lot, true)?, reader.descent(lot, false)?);
        let mut depths: BTreeMap<LotId, i64> = BTreeMap::from([(lot, 0)]);
        for step in &up {
            depths.entry(step.from).or_insert(-step.depth);
        }
        for step in &down {
            depths.entry(step.to).or_insert(step.depth);
        }
        let mut lots = Vec::new();
        for (id, depth) in depths {
            lots.push(genealogy_lot(&reader, &names, id, depth)?);
        }
        lots.sort_by_key(|one| (one.depth != 0, one.depth, one.id));
        let mut seen = BTreeSet::new();
        let steps = up.into_iter().chain(down);
        let steps = steps.filter(|step| seen.insert((step.from, step.to, step.kind)));
        Ok(Genealogy { lots, steps: steps.map(genealogy_step).collect() })
    })
}

fn genealogy_step(step: Descent) -> GenealogyStep {
    let (from, to) = (Id(step.from.0), Id(step.to.0));
    GenealogyStep { from, to, kind: step.kind.into(), qty: Units(step.qty) }
}

fn genealogy_lot(
    reader: &Reader,
    names: &Names,
    id: LotId,
    depth: i64,
) -> Result<GenealogyLot, Error> {
    let record = reader.lot(id)?.ok_or_else(|| Error::missing("lot", id.0))?;
    Ok(GenealogyLot {
        id: Id(id.0),
        lot_no: record.lot_no,
        sku: Id(record.sku.0),
        sku_code: names.sku_code(record.sku),
        sku_name: names.sku_name(record.sku),
        expires_on: record.dates.expires_on.map(Day),
        order: record.order.map(|order| Id(order.0)),
        depth,
    })
}

/// What passed out of a lot into another, in money.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PassedValue {
    /// Into which lot.
    pub lot: Id,
    /// Its number.
    pub lot_no: String,
    /// The goods' code.
    pub sku_code: String,
    /// How much.
    pub amount: Amount,
}

/// Where what a lot cost is now. The parts add up to the whole.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LotCostCard {
    /// Which lot.
    pub lot: Id,
    /// Its number.
    pub lot_no: String,
    /// The book's currency.
    pub currency: String,
    /// What it cost in all.
    pub whole: Amount,
    /// Of that, its own bills: fee, freight.
    pub own: Amount,
    /// Of that, taken over from other lots: materials, parts, returned units.
    pub taken_over: Amount,
    /// Units ever received.
    pub units: Units,
    /// Per unit.
    pub unit_cost: Option<UnitPrice>,
    /// On hand and in transit.
    pub on_hand: Amount,
    /// Sold (销售成本).
    pub sold: Amount,
    /// Neither on hand nor sold: all that follows, together.
    pub elsewhere: Amount,
    /// Used by ourselves.
    pub used: Amount,
    /// Lost.
    pub lost: Amount,
    /// Destroyed.
    pub written_off: Amount,
    /// Waits at the partner to be replaced.
    pub at_partner: Amount,
    /// Credited by the partner, or claimed of it.
    pub claimed: Amount,
    /// Passed into other lots.
    pub passed: Vec<PassedValue>,
    /// What its sold units brought so far.
    pub profit: ProfitSoFar,
}

type Values = BTreeMap<i64, valuation::LotValue<i64>>;

fn cost_card(
    catalogue: &Catalogue,
    values: &Values,
    (key, profit): (i64, Profit),
    currency: Currency,
) -> Option<LotCostCard> {
    let record = catalogue.lots.get(&key)?;
    let value = values.get(&key)?;
    let amount = |minor| Amount::from(Money { minor, currency });
    let whole = Money { minor: value.whole, currency }.to_decimal();
    let unit_cost =
        (value.units > 0).then(|| (whole / rust_decimal::Decimal::from(value.units)).round_dp(4));
    let passed = value.passed.iter().filter_map(|(to, minor)| {
        let lot = catalogue.lots.get(to)?;
        let sku = catalogue.skus.values().find(|sku| sku.id == lot.sku);
        Some(PassedValue {
            lot: Id(lot.id.0),
            lot_no: lot.lot_no.clone(),
            sku_code: sku.map(|sku| sku.sku.code.clone()).unwrap_or_default(),
            amount: amount(*minor),
        })
    });
    Some(LotCostCard {
        lot: Id(record.id.0),
        lot_no: record.lot_no.clone(),
        currency: currency.to_string(),
        whole: amount(value.whole),
        own: amount(value.whole - value.taken_over),
        taken_over: amount(value.taken_over),
        units: Units(value.units),
        unit_cost: unit_cost.map(|cost| UnitPrice(cost.normalize().to_string())),
        on_hand: amount(value.on_hand),
        sold: amount(value.sold),
        elsewhere: amount(value.whole - value.on_hand - value.sold),
        used: amount(value.used),
        lost: amount(value.lost),
        written_off: amount(value.written_off),
        at_partner: amount(value.at_partner),
        claimed: amount(value.claimed),
        passed: passed.collect(),
        profit: ProfitSoFar::of(profit, currency),
    })
}

/// What lots sold and earned, by local key.
fn profits(
    (reader, catalogue): (&Reader, &Catalogue),
    values: &Values,
    keys: &[i64],
    currency: Currency,
) -> Result<BTreeMap<i64, Profit>, Error> {
    let stock = reader.stock_now()?;
    let ids = keys.iter().filter_map(|key| Some((*key, catalogue.lots.get(key)?.id)));
    let ids: BTreeMap<i64, LotId> = ids.collect();
    let brought = proceeds_of(reader, &ids.values().copied().collect(), currency)?;
    let profit = |(key, id): (i64, LotId)| {
        let cogs = values.get(&key).map_or(0, |value| value.sold);
        let known = brought.get(&id).copied().unwrap_or_default();
        (key, Profit::of(sold_units(catalogue, &stock, key), cogs, known))
    };
    Ok(ids.into_iter().map(profit).collect())
}

pub(crate) fn lot_cost(call: &Call, input: ById) -> Result<LotCostCard, Error> {
    call.read(|reader| {
        let catalogue = Catalogue::load(&reader)?;
        let values = valuation_of(&reader)?;
        let key = reader.key(input.id.0)?.unwrap_or(-1);
        let currency = book_currency(&reader)?;
        let profits = profits((&reader, &catalogue), &values, &[key], currency)?;
        let profit = profits.get(&key).copied().unwrap_or_default();
        cost_card(&catalogue, &values, (key, profit), currency)
            .ok_or_else(|| Error::refused("lot.no_cost", []))
    })
}

/// What part of a lot came on an order: a lot that came on two orders is each one's by units, by
/// largest remainder, so that the parts of all orders add up.
#[derive(Clone)]
struct Share {
    /// Units that came on each order.
    units: Vec<i64>,
    /// Which of them is the order's.
    at: usize,
}

impl Share {
    fn load(reader: &Reader, lot: LotId, order: OrderId) -> Result<Option<Self>, Error> {
        let orders = reader.orders_of_lot(lot)?;
        let at = orders.iter().position(|(id, _)| *id == order);
        Ok(at.map(|at| Self { units: orders.into_iter().map(|(_, units)| units).collect(), at }))
    }

    fn part(&self, whole: i64) -> i64 {
        money::split(whole, &self.units)[self.at]
    }

    /// What of a lot is the order's, by what became of it, so that it adds up within the order too.
    fn whole(&self, value: &valuation::LotValue<i64>) -> i64 {
        let passed = value.passed.iter().map(|(_, minor)| *minor);
        let parts = [value.on_hand, value.sold, value.used, value.lost, value.written_off];
        let parts = parts.into_iter().chain([value.at_partner, value.claimed]).chain(passed);
        parts.map(|part| self.part(part)).sum()
    }

    fn profit(&self, whole: Profit) -> Profit {
        Profit {
            sold: self.part(whole.sold),
            known: Proceeds {
                units: self.part(whole.known.units),
                minor: self.part(whole.known.minor),
            },
            cogs: self.part(whole.cogs),
            known_cogs: self.part(whole.known_cogs),
        }
    }

    fn smaller<'a>(&'a self, other: &'a Self) -> &'a Self {
        let (own, all) = self.fraction();
        let (others, of) = other.fraction();
        if others * all < own * of { other } else { self }
    }

    fn fraction(&self) -> (i128, i128) {
        let all = self.units.iter().map(|units| i128::from(*units)).sum();
        (i128::from(self.units[self.at]), all)
    }
}

/// What an order's lots cost and brought so far.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OrderCost {
    /// Which order.
    pub id: Id,
    /// The book's currency.
    pub currency: String,
    /// By lot.
    pub lots: Vec<LotCostCard>,
    /// What came into the order's lots from outside of it: fee, materials, bills. What goes back and
    /// is replaced counts once.
    pub whole: Amount,
    /// On hand and in transit.
    pub on_hand: Amount,
    /// Cost of what was sold.
    pub sold: Amount,
    /// Cost of what is neither: passed into other goods, at the partner or borne by it, used, lost.
    pub elsewhere: Amount,
    /// Units sold.
    pub units_sold: Units,
    /// What they brought so far.
    pub profit: ProfitSoFar,
}

pub(crate) fn order_cost(call: &Call, input: ById) -> Result<OrderCost, Error> {
    call.read(|reader| {
        let catalogue = Catalogue::load(&reader)?;
        let values = valuation_of(&reader)?;
        let currency = book_currency(&reader)?;
        let mut lots: BTreeMap<i64, Share> = BTreeMap::new();
        let order = OrderId(input.id.0);
        for (lot, _) in reader.order_lots(order)? {
            let key = reader.key(lot.0)?.unwrap_or(-1);
            lots.extend(Share::load(&reader, lot, order)?.map(|share| (key, share)));
        }
        let keys: Vec<i64> = lots.keys().copied().collect();
        let profits = profits((&reader, &catalogue), &values, &keys, currency)?;
        let (mut cards, mut sums, mut profit) = (Vec::new(), [0_i64; 3], Profit::default());
        for (key, share) in &lots {
            let Some(value) = values.get(key) else { continue };
            sums[0] += share.whole(value);
            // What passes between the order's own lots came from outside once.
            for (to, minor) in &value.passed {
                sums[0] -= lots.get(to).map_or(0, |to| share.smaller(to).part(*minor));
            }
            sums[1] += share.part(value.on_hand);
            sums[2] += share.part(value.sold);
            let of_lot = profits.get(key).copied().unwrap_or_default();
            cards.extend(cost_card(&catalogue, &values, (*key, of_lot), currency));
            profit += share.profit(of_lot);
        }
        let elsewhere = sums[0] - sums[1] - sums[2];
        let [whole, on_hand, sold, elsewhere] = [sums[0], sums[1], sums[2], elsewhere]
            .map(|minor| Amount::from(Money { minor, currency }));
        Ok(OrderCost {
            id: input.id,
            currency: currency.to_string(),
            lots: cards,
            whole,
            on_hand,
            sold,
            elsewhere,
            units_sold: Units(profit.sold),
            profit: ProfitSoFar::of(profit, currency),
        })
    })
}

fn sold_units(catalogue: &Catalogue, stock: &[store::StockRow], lot: i64) -> i64 {
    let customer = domain::place::Builtin::Customer.id();
    let sold = stock
        .iter()
        .filter(|row| row.lot == lot)
        .filter(|row| catalogue.places.get(&row.place).is_some_and(|place| place.id == customer));
    sold.map(|row| row.qty).sum()
}
