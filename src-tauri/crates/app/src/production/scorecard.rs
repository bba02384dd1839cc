//! How factories did: on time, first pass, loss, and in money the price trend.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::{
    Entry, Fact, LotId, OrderId, PartnerId, Status,
    bom::SuppliedBy,
    order::{OrderAccount, OrderState, ProductionOrder},
    quality::Decision,
    scorecard::{
        Figure, FirstInspection, MaterialUse, PriceChange, PricePaid, PromisedLine, Scorecard,
        Span, price_changes, price_trend,
    },
};
use serde::{Deserialize, Serialize};
use store::Reader;
use ts_rs::TS;

use super::{account::live_entries, uses};
use crate::{
    Error,
    commands::Call,
    known::Names,
    wire::{Bilingual, Day, Id},
};

/// The days that a scorecard looks at.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ScoreSpan {
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
}

/// A share with how many cases it rests on.
#[derive(Debug, Clone, Copy, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ScoreFigure {
    /// The share, ppm.
    #[ts(type = "number")]
    pub share_ppm: i64,
    /// How many cases.
    pub n: u32,
}

impl From<Figure> for ScoreFigure {
    fn from(figure: Figure) -> Self {
        Self { share_ppm: figure.ppm, n: u32::try_from(figure.n).unwrap_or(u32::MAX) }
    }
}

/// How a factory did. What has no case has no figure.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ScoreRow {
    /// The factory.
    pub partner: Id,
    /// Its name.
    pub name: String,
    /// Units that came by the promised day; n = order lines.
    pub on_time: Option<ScoreFigure>,
    /// Units accepted at once; n = inspections.
    pub first_pass: Option<ScoreFigure>,
    /// Material lost; n = orders' materials.
    pub loss: Option<ScoreFigure>,
}

/// What a factory asked for some goods, first and last.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct GoodsPriceRow {
    /// Which goods.
    pub sku: Id,
    /// Their code.
    pub sku_code: String,
    /// What they are called.
    pub sku_name: Bilingual,
    /// How many orders.
    pub orders: u32,
    /// The price of the first, with tax.
    pub first_price: crate::wire::UnitPrice,
    /// The price of the last, with tax.
    pub last_price: crate::wire::UnitPrice,
    /// Last against first, less one, ppm; nothing for a single order.
    #[ts(type = "number | null")]
    pub change_ppm: Option<i64>,
}

/// A factory's price trend.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PriceTrendRow {
    /// The factory.
    pub partner: Id,
    /// Its name.
    pub name: String,
    /// Each of its goods that were ordered in the span.
    pub goods: Vec<GoodsPriceRow>,
    /// Last price against first, less one; n = products. It tells prices apart, so it is money.
    pub trend: Option<ScoreFigure>,
    /// The last price agreed, with tax.
    pub last_price: Option<crate::wire::UnitPrice>,
}

/// What the orders of one factory tell.
#[derive(Default)]
struct Record {
    lines: Vec<PromisedLine>,
    inspections: Vec<FirstInspection>,
    materials: Vec<MaterialUse>,
    prices: Vec<PricePaid>,
}

impl Record {
    fn take(
        &mut self,
        reader: &Reader,
        (id, order): (OrderId, &ProductionOrder),
        today: NaiveDate,
    ) -> Result<(), Error> {
        let entries = live_entries(reader, id)?;
        self.take_lines(order, &entries, today);
        self.take_inspections(&entries);
        if order.losses_settled {
            let settled = entries.iter().rev().find_map(|entry| match entry.body.fact {
                Fact::LossSettled { .. } => Some(entry.effective_on),
                _ => None,
            });
            for one in uses::materials(reader, (id, order))? {
                if one.line.supplied_by == SuppliedBy::Brand {
                    self.materials.push(MaterialUse {
                        on: settled.unwrap_or(order.issued_on),
                        material: one.line.material,
                        issued: one.usage.issued,
                        returned: one.usage.returned,
                        needed: one.usage.issued - one.usage.returned - one.loss.missing,
                    });
                }
            }
        }
        if let Some(account) = OrderAccount::of(order, &entries) {
            for (line, payable) in order.content.lines.iter().zip(account.lines()) {
                let price = payable.price.gross_each()?;
                let (on, sku, units) = (order.issued_on, line.sku, line.qty);
                self.prices.push(PricePaid { on, sku, units, price });
            }
        }
        Ok(())
    }

    /// A line counts from the day promised for it; one that is promised for a later day does not.
    fn take_lines(&mut self, order: &ProductionOrder, entries: &[Entry], today: NaiveDate) {
        let Some(promised_on) = order.first_promise.filter(|day| *day <= today) else { return };
        for (at, line) in (0_u32..).zip(&order.content.lines) {
            let received = entries.iter().filter_map(|entry| match &entry.body.fact {
                Fact::OrderReceived { lines, .. } => Some((entry.effective_on, lines)),
                _ => None,
            });
            let received = received.map(|(day, lines)| {
                let of_line = lines.iter().filter(|one| one.line == at && one.replaces.is_none());
                (day, of_line.map(|one| one.qty).sum())
            });
            let received = received.collect();
            self.lines.push(PromisedLine { promised_on, ordered: line.qty, received });
        }
    }

    fn take_inspections(&mut self, entries: &[Entry]) {
        let mut reworked: BTreeSet<LotId> = BTreeSet::new();
        for entry in entries {
            let Fact::QualityDecided { lines, .. } = &entry.body.fact else { continue };
            let first = lines
                .iter()
                .filter(|one| one.from == Status::Quarantine && !reworked.contains(&one.lot));
            let accepted = |one: &&domain::quality::Decided| one.decision == Decision::Accept;
            let one = FirstInspection {
                on: entry.effective_on,
                inspected: first.clone().map(|one| one.qty).sum(),
                accepted: first.filter(accepted).map(|one| one.qty).sum(),
            };
            self.inspections.push(one);
            let again =
                lines.iter().filter(|one| one.settle_by == Some(domain::quality::SettleBy::Rework));
            reworked.extend(again.map(|one| one.lot));
        }
    }
}

fn records(reader: &Reader, today: NaiveDate) -> Result<Vec<(PartnerId, Record)>, Error> {
    let mut records: Vec<(PartnerId, Record)> = Vec::new();
    let mut orders = reader.orders()?;
    let placed = |order: &ProductionOrder| (order.issued_on, order.content.number.clone());
    orders.sort_by_cached_key(|(_, order)| placed(order));
    for (id, order) in orders {
        if order.state == OrderState::Cancelled {
            continue;
        }
        let partner = order.content.factory;
        let at = records.iter().position(|(known, _)| *known == partner).unwrap_or_else(|| {
            records.push((partner, Record::default()));
            records.len() - 1
        });
        records[at].1.take(reader, (id, &order), today)?;
    }
    Ok(records)
}

pub(crate) fn scorecards(call: &Call, input: ScoreSpan) -> Result<Vec<ScoreRow>, Error> {
    let span = Span { from: input.from.0, to: input.to.0 };
    call.read(|reader| {
        let names = Names::load(&reader)?;
        let mut rows = Vec::new();
        for (partner, record) in records(&reader, call.session.today)? {
            let card = Scorecard::over(span, &record.lines, &record.inspections, &record.materials);
            rows.push(ScoreRow {
                partner: Id(partner.0),
                name: names.partner(partner),
                on_time: card.on_time.map(Into::into),
                first_pass: card.first_pass.map(Into::into),
                loss: card.loss.map(Into::into),
            });
        }
        rows.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(rows)
    })
}

pub(crate) fn price_trends(call: &Call, input: ScoreSpan) -> Result<Vec<PriceTrendRow>, Error> {
    let span = Span { from: input.from.0, to: input.to.0 };
    call.read(|reader| {
        let names = Names::load(&reader)?;
        let records = records(&reader, call.session.today)?;
        let rows = records.into_iter().map(|(partner, record)| {
            let last = record.prices.iter().max_by_key(|one| one.on).map(|one| one.price);
            let goods = price_changes(span, &record.prices);
            let mut goods: Vec<_> = goods.iter().map(|one| goods_price(&names, one)).collect();
            goods.sort_by(|a, b| a.sku_code.cmp(&b.sku_code));
            PriceTrendRow {
                partner: Id(partner.0),
                name: names.partner(partner),
                goods,
                trend: price_trend(span, &record.prices).map(Into::into),
                last_price: last.map(told),
            }
        });
        let mut rows: Vec<_> = rows.collect();
        rows.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(rows)
    })
}

fn goods_price(names: &Names, one: &PriceChange) -> GoodsPriceRow {
    GoodsPriceRow {
        sku: Id(one.sku.0),
        sku_code: names.sku_code(one.sku),
        sku_name: names.sku_name(one.sku),
        orders: u32::try_from(one.n).unwrap_or(u32::MAX),
        first_price: told(one.first),
        last_price: told(one.last),
        change_ppm: one.ppm(),
    }
}

/// A price as people read it, to a hundredth of a cent.
fn told(price: rust_decimal::Decimal) -> crate::wire::UnitPrice {
    crate::wire::UnitPrice(price.round_dp(4).normalize().to_string())
}
