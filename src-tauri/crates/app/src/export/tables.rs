//! The columns of each table and where their values come from.

use std::collections::HashMap;

use documents::sheet::{Table, Value};
use domain::{LotId, Money, money::split};
use rust_decimal::Decimal;
use serde::Serialize;
use uuid::Uuid;

use super::{Filled, Shown, fill, heads};
use crate::{
    Error,
    channels::{self, ChannelPriceRow, PricesOf},
    commands::Call,
    goods::{self, SkuPriceRow, SkuRow, book_currency},
    journal::{EntryRow, entry_row},
    known::{Catalogue, Names},
    plan::{self, PlanLine, RunPlan},
    slow::{self, SlowRow},
    stock::{OpenStock, SortColumn, StockColumn, StockLine, StockSort, stock_lines, value_by_lot},
    sync::{self, DifferencesOf, PriceDifference},
    wire::{Amount, Day, Id, Lang, Nothing, UnitPrice, Units, Way},
};

/// Entries read at once.
const PAGE: i64 = 2_000;

fn text(value: &str) -> Value {
    if value.is_empty() { Value::Empty } else { Value::Text(value.to_owned()) }
}

fn maybe<T>(value: Option<T>, shown: impl FnOnce(T) -> Value) -> Value {
    value.map_or(Value::Empty, shown)
}

fn date(day: Option<Day>) -> Value {
    maybe(day, |day| Value::Date(day.0))
}

fn units(units: Units) -> Value {
    Value::Integer(units.0)
}

fn integer(number: Option<i64>) -> Value {
    maybe(number, Value::Integer)
}

fn decimal(number: Option<&str>) -> Value {
    maybe(number.and_then(|number| number.parse().ok()), Value::Decimal)
}

fn amount_of(amount: Option<&Amount>) -> Value {
    decimal(amount.map(|amount| amount.0.as_str()))
}

fn price(price: Option<&UnitPrice>) -> Value {
    decimal(price.map(|price| price.0.as_str()))
}

/// The stable word of a value of a kind, e.g. `good`.
pub(super) fn stable(value: &impl Serialize) -> String {
    let value = serde_json::to_value(value).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}

fn columns<Row>(all: &[(&'static str, Shown<Row>)]) -> Vec<Filled<Row>> {
    all.iter().map(|(key, value)| Filled { key, value: *value }).collect()
}

struct StockOut {
    line: StockLine,
    lang: Lang,
    value: Option<Decimal>,
}

pub(super) fn stock(call: &Call, as_of: Option<Day>, lang: Lang) -> Result<Table, Error> {
    use StockColumn::{Lot, Place, Sku, Status};
    let wanted = OpenStock {
        as_of,
        by: vec![Sku, Lot, Place, Status],
        filter: String::new(),
        sku: None,
        place: None,
        status: None,
        sort: StockSort { column: SortColumn::Sku, descending: false },
    };
    let sees_money = call.session.role.sees_money();
    let rows: Vec<StockOut> = call.read(|reader| {
        let lines = stock_lines(&reader, call.session.today, &wanted)?;
        let values =
            if sees_money { line_values(call, &reader, as_of, &lines)? } else { Vec::new() };
        let values = values.into_iter().chain(std::iter::repeat(None));
        Ok(lines
            .into_iter()
            .zip(values)
            .map(|(line, value)| StockOut { line, lang, value })
            .collect())
    })?;
    let mut columns = columns::<StockOut>(&[
        ("sku_code", |row| maybe(row.line.sku_code.as_deref(), text)),
        ("sku_name", |row| maybe(row.line.sku_name.as_ref(), |name| text(name.in_lang(row.lang)))),
        ("lot", |row| maybe(row.line.lot_no.as_deref(), text)),
        ("mfg_on", |row| date(row.line.mfg_on)),
        ("expires_on", |row| date(row.line.expires_on)),
        ("days_left", |row| integer(row.line.days_left)),
        ("share_left", |row| maybe(row.line.share_ppm, |ppm| Value::Decimal(Decimal::new(ppm, 4)))),
        ("place_code", |row| maybe(row.line.place_code.as_deref(), text)),
        ("place_name", |row| {
            let transit = |way: &Way| {
                let word = heads::word("place", "transit", row.lang);
                format!("{word} {} → {}", way.from, way.to)
            };
            let way = row.line.way.as_ref().map(transit);
            maybe(way.or_else(|| row.line.place_name.clone()), |name| text(&name))
        }),
        ("status", |row| {
            maybe(row.line.status, |status| {
                text(&heads::word("status", &stable(&status), row.lang))
            })
        }),
        ("qty", |row| units(row.line.qty)),
        ("reserved", |row| units(row.line.reserved)),
    ]);
    if sees_money {
        columns.push(Filled { key: "value", value: |row| maybe(row.value, Value::Decimal) });
    }
    Ok(fill("stock", lang, &columns, &rows))
}

/// The value of each line: its part of what its lot on hand is worth, so that they add up to it.
fn line_values(
    call: &Call,
    reader: &store::Reader,
    as_of: Option<Day>,
    lines: &[StockLine],
) -> Result<Vec<Option<Decimal>>, Error> {
    let catalogue = Catalogue::load(reader)?;
    let past = as_of.map(|day| day.0).filter(|day| *day < call.session.today);
    let currency = book_currency(reader)?;
    let costs = value_by_lot(reader, &catalogue, past)?;
    let worth: HashMap<LotId, i64> =
        costs.into_iter().map(|(lot, cost, units)| (lot.id, cost.on_hand(units))).collect();
    let mut by_lot: HashMap<Uuid, Vec<usize>> = HashMap::new();
    for (at, line) in lines.iter().enumerate() {
        if let Some(lot) = line.lot {
            by_lot.entry(lot.0).or_default().push(at);
        }
    }
    let mut values = vec![None; lines.len()];
    for (lot, at) in by_lot {
        let Some(total) = worth.get(&LotId(lot)) else { continue };
        let weights: Vec<i64> = at.iter().map(|at| lines[*at].qty.0.max(0)).collect();
        for (at, minor) in at.into_iter().zip(split(*total, &weights)) {
            values[at] = Some(Money { minor, currency }.to_decimal());
        }
    }
    Ok(values)
}

struct GoodsOut {
    row: SkuRow,
    price: Option<SkuPriceRow>,
    lang: Lang,
}

impl GoodsOut {
    fn life(&self, unit: &str) -> Value {
        let life = self.row.fields.shelf_life.filter(|life| stable(&life.unit) == unit);
        maybe(life, |life| Value::Integer(life.count.into()))
    }

    fn price(&self, which: fn(&SkuPriceRow) -> Option<&UnitPrice>) -> Value {
        price(self.price.as_ref().and_then(which))
    }
}

pub(super) fn goods(call: &Call, lang: Lang) -> Result<Table, Error> {
    let sees_money = call.session.role.sees_money();
    let prices = if sees_money { goods::prices(call, Nothing {})? } else { Vec::new() };
    let mut prices: HashMap<Uuid, SkuPriceRow> =
        prices.into_iter().map(|price| (price.sku.0, price)).collect();
    let rows = goods::skus(call, Nothing {})?.into_iter().map(|row| {
        let price = prices.remove(&row.id.0);
        GoodsOut { row, price, lang }
    });
    let rows: Vec<GoodsOut> = rows.collect();
    let mut columns = goods_columns();
    if sees_money {
        columns.extend(self::columns::<GoodsOut>(&[
            ("unit_cost", |out| out.price(|price| price.unit_cost.as_ref())),
            ("list_price", |out| out.price(|price| price.list_price.as_ref())),
            ("floor_price", |out| out.price(|price| price.floor_price.as_ref())),
        ]));
    }
    Ok(fill("goods", lang, &columns, &rows))
}

fn goods_columns() -> Vec<Filled<GoodsOut>> {
    columns::<GoodsOut>(&[
        ("sku_code", |out| text(&out.row.fields.code)),
        ("name_zh", |out| text(&out.row.fields.name_zh)),
        ("name_en", |out| text(&out.row.fields.name_en)),
        ("brand", |out| text(&out.row.fields.brand)),
        ("category", |out| text(&out.row.fields.category)),
        ("spec", |out| text(&out.row.fields.spec)),
        ("gtin", |out| maybe(out.row.fields.gtin.as_deref(), text)),
        ("unit", |out| text(&out.row.fields.unit)),
        ("carton_units", |out| maybe(out.row.fields.carton, |carton| units(carton.units))),
        ("length_mm", |out| integer(out.row.fields.carton.and_then(|carton| carton.length_mm))),
        ("width_mm", |out| integer(out.row.fields.carton.and_then(|carton| carton.width_mm))),
        ("height_mm", |out| integer(out.row.fields.carton.and_then(|carton| carton.height_mm))),
        ("gross_g", |out| integer(out.row.fields.carton.and_then(|carton| carton.gross_g))),
        ("life_days", |out| out.life("days")),
        ("life_months", |out| out.life("months")),
        ("lifecycle", |out| {
            text(&heads::word("lifecycle", &stable(&out.row.fields.lifecycle), out.lang))
        }),
        ("on_hand", |out| units(out.row.on_hand)),
        ("in_transit", |out| units(out.row.in_transit)),
        ("sold_28", |out| units(out.row.sold28)),
        ("rate", |out| decimal(out.row.rate_per_day.as_deref())),
        ("cover_days", |out| integer(out.row.cover_days)),
        ("next_expiry", |out| date(out.row.next_expiry)),
    ])
}

/// The heads are those that an import reads.
pub(super) fn prices(call: &Call, lang: Lang) -> Result<Table, Error> {
    if !call.session.role.sees_money() {
        return Err(Error::refused("role.no_money", [("name", "price.list".into())]));
    }
    let rows = channels::prices(call, PricesOf::default())?;
    let columns = columns::<ChannelPriceRow>(&[
        ("channel", |row| text(&row.channel_code)),
        ("sku_code", |row| text(&row.sku_code)),
        ("price", |row| price(row.price.as_ref())),
        ("floor_price", |row| price(row.floor_price.as_ref())),
        ("from", |row| date(Some(row.from))),
        ("to", |row| date(row.to)),
        ("reason", |row| maybe(row.below_cost, |reason| text(&stable(&reason)))),
        ("source", |row| text(&row.source)),
    ]);
    Ok(fill("prices", lang, &columns, &rows))
}

struct DifferenceOut {
    row: PriceDifference,
    lang: Lang,
}

pub(super) fn differences(call: &Call, shop: Option<Id>, lang: Lang) -> Result<Table, Error> {
    if !call.session.role.sees_money() {
        return Err(Error::refused("role.no_money", [("name", "sync.differences".into())]));
    }
    let found = sync::held(call, DifferencesOf { shop }, usize::MAX)?;
    let rows = found.rows.into_iter().map(|row| DifferenceOut { row, lang });
    let rows: Vec<DifferenceOut> = rows.collect();
    let columns = columns::<DifferenceOut>(&[
        ("shop", |out| text(&out.row.shop_code)),
        ("order", |out| text(&out.row.order)),
        ("line", |out| maybe(out.row.line.as_deref(), text)),
        ("what", |out| text(&heads::word("difference", &out.row.what, out.lang))),
        ("account", |out| maybe(out.row.account.as_deref(), text)),
        ("rule", |out| maybe(out.row.rule.as_deref(), text)),
        ("theirs", |out| amount_of(out.row.theirs.as_ref())),
        ("ours", |out| amount_of(out.row.ours.as_ref())),
        ("difference", |out| amount_of(out.row.difference.as_ref())),
    ]);
    Ok(fill("differences", lang, &columns, &rows))
}

struct SlowOut {
    row: SlowRow,
    value: Option<(Amount, Amount)>,
    lang: Lang,
}

pub(super) fn slow(call: &Call, lang: Lang) -> Result<Table, Error> {
    let sees_money = call.session.role.sees_money();
    let values = if sees_money { slow::money(call, Nothing {})?.rows } else { Vec::new() };
    let mut values: HashMap<_, _> = values
        .into_iter()
        .map(|one| ((one.lot.0, one.place.0), (one.value, one.at_risk_value)))
        .collect();
    let rows = slow::list(call, Nothing {})?.rows.into_iter().map(|row| {
        let value = values.remove(&(row.lot.0, row.place.0));
        SlowOut { row, value, lang }
    });
    let rows: Vec<SlowOut> = rows.collect();
    let mut columns = columns::<SlowOut>(&[
        ("sku_code", |out| text(&out.row.sku_code)),
        ("sku_name", |out| text(out.row.sku_name.in_lang(out.lang))),
        ("lot", |out| text(&out.row.lot_no)),
        ("place_code", |out| text(&out.row.place_code)),
        ("qty", |out| units(out.row.qty)),
        ("age_made", |out| integer(out.row.age_made_days)),
        ("age_received", |out| integer(out.row.age_received_days)),
        ("cover_days", |out| integer(out.row.cover_days)),
        ("class", |out| text(&heads::word("class", &stable(&out.row.class), out.lang))),
        ("expires_on", |out| date(out.row.expires_on)),
        ("last_sell_on", |out| date(out.row.last_sell_on)),
        ("at_risk", |out| units(out.row.at_risk)),
    ]);
    if sees_money {
        columns.extend(self::columns::<SlowOut>(&[
            ("value", |out| amount_of(out.value.as_ref().map(|value| &value.0))),
            ("at_risk_value", |out| amount_of(out.value.as_ref().map(|value| &value.1))),
        ]));
    }
    Ok(fill("slow", lang, &columns, &rows))
}

struct PlanOut {
    line: PlanLine,
    lang: Lang,
}

pub(super) fn plan(call: &Call, lang: Lang) -> Result<Table, Error> {
    let lines = plan::run(call, RunPlan { source: None })?.lines.into_iter();
    let rows: Vec<PlanOut> = lines.map(|line| PlanOut { line, lang }).collect();
    let columns = columns::<PlanOut>(&[
        ("sku_code", |out| text(&out.line.sku_code)),
        ("sku_name", |out| text(out.line.sku_name.in_lang(out.lang))),
        ("place_code", |out| text(&out.line.place_code)),
        ("place_name", |out| text(&out.line.place_name)),
        ("rate", |out| decimal(Some(&out.line.rate_per_day))),
        ("on_hand", |out| units(out.line.on_hand)),
        ("in_transit", |out| units(out.line.in_transit)),
        ("cover_days", |out| integer(out.line.cover_days)),
        ("need", |out| units(out.line.need)),
        ("cartons", |out| Value::Integer(out.line.cartons)),
        ("units", |out| units(out.line.units)),
        ("shortage", |out| units(out.line.shortage)),
        ("arrives_on", |out| Value::Date(out.line.arrives_on.0)),
        ("lots", |out| {
            let lots = out.line.lots.iter().map(|lot| format!("{} × {}", lot.lot_no, lot.qty.0));
            text(&lots.collect::<Vec<_>>().join("; "))
        }),
    ]);
    Ok(fill("plan", lang, &columns, &rows))
}

struct EntryOut {
    row: EntryRow,
    lang: Lang,
}

pub(super) fn journal(call: &Call, lang: Lang) -> Result<Table, Error> {
    let rows = call.read(|reader| {
        let names = Names::load(&reader)?;
        let mut rows: Vec<EntryOut> = Vec::new();
        loop {
            let page = reader.journal(None, i64::try_from(rows.len()).unwrap_or(i64::MAX), PAGE)?;
            if page.rows.is_empty() {
                return Ok(rows);
            }
            for row in &page.rows {
                rows.push(EntryOut { row: entry_row(&reader, &names, row)?, lang });
            }
            let total = usize::try_from(page.total).unwrap_or(0);
            call.session.step("export.read", rows.len(), total)?;
        }
    })?;
    let columns = columns::<EntryOut>(&[
        ("position", |out| Value::Integer(out.row.position)),
        ("effective_on", |out| Value::Date(out.row.effective_on.0)),
        ("recorded_at", |out| text(&out.row.recorded_at)),
        ("actor", |out| text(&out.row.actor)),
        ("kind", |out| text(&heads::word("kind", &out.row.kind, out.lang))),
        ("document", |out| {
            let labels = out.row.documents.iter().map(|one| one.label.as_str());
            text(&labels.collect::<Vec<_>>().join(" "))
        }),
        ("units", |out| units(out.row.units)),
        ("batch", |out| maybe(out.row.batch, |batch| text(&batch.0.to_string()))),
        ("reversed", |out| {
            maybe(out.row.reversed_by, |_| text(&heads::word("word", "yes", out.lang)))
        }),
    ]);
    Ok(fill("journal", lang, &columns, &rows))
}
