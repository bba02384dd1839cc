//! Grids: opened once, sorted once, given out by pages.

use std::{
    collections::{BTreeSet, HashMap},
    fmt::Write as _,
    sync::Arc,
};

use chrono::NaiveDate;
use documents::sheet::guarded;
use domain::Status;
use serde::{Deserialize, Serialize};
use store::Reader;
use ts_rs::TS;

use crate::{
    Error,
    commands::Call,
    export,
    known::{Catalogue, goods_name, kind_word},
    session::locked,
    stock::StatusWord,
    wire::{Bilingual, Day, Id, Lang, Nothing, Units, Way},
};

/// How many grids are kept; the one opened first goes when another comes.
const KEPT: usize = 16;
/// How many rows are copied at most.
const COPIED: usize = 200_000;

/// What stock can be told apart by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StockColumn {
    /// By goods.
    Sku,
    /// By lot (and so by goods).
    Lot,
    /// By place.
    Place,
    /// By status.
    Status,
}

/// What a grid can be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SortColumn {
    /// Code of the goods.
    Sku,
    /// Number of the lot.
    Lot,
    /// Code of the place.
    Place,
    /// Status.
    Status,
    /// Units.
    Qty,
    /// Expiry; none comes last.
    Expires,
    /// Day first received.
    Age,
}

/// How a grid is sorted.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StockSort {
    /// By what.
    pub column: SortColumn,
    /// Largest first.
    pub descending: bool,
}

/// A grid to open.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OpenStock {
    /// At the end of which day; now when none is given.
    pub as_of: Option<Day>,
    /// What is told apart.
    pub by: Vec<StockColumn>,
    /// Rows that hold each of these words in a code, name or lot number.
    pub filter: String,
    /// Only these goods.
    pub sku: Option<Id>,
    /// Only this place.
    pub place: Option<Id>,
    /// Only this status.
    pub status: Option<StatusWord>,
    /// In which order.
    pub sort: StockSort,
}

/// An open grid.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StockView {
    /// Its number, for pages.
    pub view: u32,
    /// How many rows it has.
    pub rows: u32,
    /// Units in all rows.
    pub total: Units,
    /// The day it shows.
    pub as_of: Day,
}

/// A part of a grid.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PageOf {
    /// Which grid.
    pub view: u32,
    /// From which row.
    pub offset: u32,
    /// How many rows, at most 1,000.
    pub limit: u32,
}

/// A grid by its number.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ByView {
    /// Which grid.
    pub view: u32,
}

/// A grid to copy.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CopyView {
    /// Which grid.
    pub view: u32,
    /// In which language names are written.
    pub lang: Lang,
}

/// Rows as text that a spreadsheet takes from the clipboard.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Tsv {
    /// The text.
    pub text: String,
    /// How many rows.
    pub rows: u32,
}

/// A row of a grid. What is not told apart is `null`.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(rename = "StockRow")]
#[serde(rename_all = "camelCase")]
pub struct StockLine {
    /// Unique in the grid.
    pub key: String,
    /// Goods.
    pub sku: Option<Id>,
    /// Their code.
    pub sku_code: Option<String>,
    /// Their name.
    pub sku_name: Option<Bilingual>,
    /// Lot.
    pub lot: Option<Id>,
    /// Its number.
    pub lot_no: Option<String>,
    /// Made on.
    pub mfg_on: Option<Day>,
    /// Last day of its life.
    pub expires_on: Option<Day>,
    /// Days of life left on the grid's day.
    #[ts(type = "number | null")]
    pub days_left: Option<i64>,
    /// Share of life left on the grid's day, ppm.
    #[ts(type = "number | null")]
    pub share_ppm: Option<i64>,
    /// Place.
    pub place: Option<Id>,
    /// Its code.
    pub place_code: Option<String>,
    /// Its name.
    pub place_name: Option<String>,
    /// What it is.
    pub place_kind: Option<String>,
    /// For goods on a transfer, between which places; the place's code is its number.
    pub way: Option<Way>,
    /// Status.
    pub status: Option<StatusWord>,
    /// Units.
    pub qty: Units,
    /// Of these set aside for transfers; now only.
    pub reserved: Units,
}

/// What a row is about, by local keys; `-1` for what is not told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
struct Group {
    sku: i64,
    lot: i64,
    place: i64,
    status: i64,
}

#[derive(Debug, Clone, Copy)]
struct Row {
    group: Group,
    qty: i64,
    reserved: i64,
}

struct View {
    rows: Vec<Row>,
    catalogue: Arc<Catalogue>,
    ways: HashMap<i64, Way>,
    day: NaiveDate,
}

/// The open grids.
#[derive(Default)]
pub(crate) struct Views {
    open: Vec<(u32, Arc<View>)>,
    last: u32,
}

impl Views {
    fn keep(&mut self, view: View) -> u32 {
        self.last += 1;
        if self.open.len() == KEPT {
            self.open.remove(0);
        }
        self.open.push((self.last, Arc::new(view)));
        self.last
    }

    fn find(&self, number: u32) -> Result<Arc<View>, Error> {
        let found = self.open.iter().find(|(one, _)| *one == number);
        let (_, view) = found.ok_or_else(|| Error::missing("view", number))?;
        Ok(Arc::clone(view))
    }

    pub(crate) fn close_all(&mut self) {
        self.open.clear();
    }
}

pub(crate) fn open(call: &Call, input: OpenStock) -> Result<StockView, Error> {
    let view = call.read(|reader| build(&reader, call.session.today, &input))?;
    let (rows, day) = (view.rows.len(), view.day);
    let total = view.rows.iter().map(|row| row.qty).sum();
    let number = locked(&call.app.views).keep(view);
    let rows = u32::try_from(rows).unwrap_or(u32::MAX);
    Ok(StockView { view: number, rows, total: Units(total), as_of: Day(day) })
}

/// All rows of a grid at once, for exports and the command line.
pub(crate) fn stock_lines(
    reader: &Reader,
    today: NaiveDate,
    input: &OpenStock,
) -> Result<Vec<StockLine>, Error> {
    let view = build(reader, today, input)?;
    Ok(view.rows.iter().map(|row| view.line(row)).collect())
}

fn build(reader: &Reader, today: NaiveDate, input: &OpenStock) -> Result<View, Error> {
    let past = input.as_of.map(|day| day.0).filter(|day| *day < today);
    let catalogue = Catalogue::load(reader)?;
    let stock = match past {
        Some(day) => reader.stock_as_of(day)?,
        None => reader.stock_now()?,
    };
    let matches = Matching::new(input, &catalogue);
    let by: BTreeSet<StockColumn> = input.by.iter().copied().collect();
    let mut groups: HashMap<Group, (i64, i64)> = HashMap::with_capacity(stock.len());
    for one in stock {
        let Some(lot) = catalogue.lots.get(&one.lot) else { continue };
        if !catalogue.is_real(one.place) || !matches.row(&one, lot.sku_key) {
            continue;
        }
        let tell = |column, key| if by.contains(&column) { key } else { -1 };
        let by_lot = by.contains(&StockColumn::Lot);
        let group = Group {
            sku: if by_lot { lot.sku_key } else { tell(StockColumn::Sku, lot.sku_key) },
            lot: tell(StockColumn::Lot, one.lot),
            place: tell(StockColumn::Place, one.place),
            status: tell(StockColumn::Status, one.status),
        };
        let good = one.status == Status::Good.code() && past.is_none();
        let reserved = good.then(|| catalogue.reserved.get(&(one.lot, one.place))).flatten();
        let sum = groups.entry(group).or_default();
        sum.0 += one.qty;
        sum.1 += reserved.copied().unwrap_or(0);
    }
    let mut rows: Vec<Row> = groups
        .into_iter()
        .filter(|(_, (qty, _))| *qty != 0)
        .map(|(group, (qty, reserved))| Row { group, qty, reserved })
        .collect();
    sort(&mut rows, input.sort, &catalogue);
    let ways = catalogue.ways(reader, rows.iter().map(|row| row.group.place))?;
    Ok(View { rows, catalogue: Arc::new(catalogue), ways, day: past.unwrap_or(today) })
}

/// Which rows a grid shows.
struct Matching {
    sku: Option<uuid::Uuid>,
    place: Option<uuid::Uuid>,
    status: Option<i64>,
    lots: Option<BTreeSet<i64>>,
    places: BTreeSet<i64>,
    skus: HashMap<i64, uuid::Uuid>,
    place_ids: HashMap<i64, uuid::Uuid>,
}

impl Matching {
    fn new(input: &OpenStock, catalogue: &Catalogue) -> Self {
        let words: Vec<String> =
            input.filter.to_lowercase().split_whitespace().map(str::to_owned).collect();
        let holds = |texts: &[&str]| {
            words.iter().all(|word| texts.iter().any(|text| text.to_lowercase().contains(word)))
        };
        let lots = (!words.is_empty()).then(|| {
            let lots = catalogue.lots.iter().filter(|(_, lot)| {
                let Some(sku) = catalogue.skus.get(&lot.sku_key) else { return false };
                holds(&[&lot.lot_no, &sku.sku.code, &sku.sku.name_zh, &sku.sku.name_en])
            });
            lots.map(|(key, _)| *key).collect()
        });
        let places = catalogue
            .places
            .iter()
            .filter(|(_, place)| !words.is_empty() && holds(&[&place.code, &place.name]));
        Self {
            sku: input.sku.map(|id| id.0),
            place: input.place.map(|id| id.0),
            status: input.status.map(|status| Status::from(status).code()),
            places: places.map(|(key, _)| *key).collect(),
            lots,
            skus: catalogue.skus.iter().map(|(key, sku)| (*key, sku.id.0)).collect(),
            place_ids: catalogue.places.iter().map(|(key, place)| (*key, place.id.0)).collect(),
        }
    }

    fn row(&self, row: &store::StockRow, sku: i64) -> bool {
        let text =
            |lots: &BTreeSet<i64>| lots.contains(&row.lot) || self.places.contains(&row.place);
        self.sku.is_none_or(|wanted| self.skus.get(&sku) == Some(&wanted))
            && self.place.is_none_or(|wanted| self.place_ids.get(&row.place) == Some(&wanted))
            && self.status.is_none_or(|wanted| row.status == wanted)
            && self.lots.as_ref().is_none_or(text)
    }
}

/// Sorts by the wanted column, then by goods, expiry, lot, place and status, so that equal rows
/// always stand alike. Ranks are made once, so that comparing is comparing numbers.
fn sort(rows: &mut [Row], sort: StockSort, catalogue: &Catalogue) {
    let skus = ranks(catalogue.skus.iter().map(|(key, sku)| (*key, sku.sku.code.as_str())));
    let lots = ranks(catalogue.lots.iter().map(|(key, lot)| (*key, lot.lot_no.as_str())));
    let places = ranks(catalogue.places.iter().map(|(key, place)| (*key, place.code.as_str())));
    let rank = |ranks: &HashMap<i64, i64>, key: i64| ranks.get(&key).copied().unwrap_or(-1);
    let lot_day = |key: i64, day: fn(&store::LotRecord) -> Option<NaiveDate>| {
        let day = catalogue.lots.get(&key).and_then(day).unwrap_or(NaiveDate::MAX);
        i64::from(chrono::Datelike::num_days_from_ce(&day))
    };
    let expires = |key| lot_day(key, |lot| lot.dates.expires_on);
    rows.sort_by_cached_key(|row| {
        let group = row.group;
        let first = match sort.column {
            SortColumn::Sku => rank(&skus, group.sku),
            SortColumn::Lot => rank(&lots, group.lot),
            SortColumn::Place => rank(&places, group.place),
            SortColumn::Status => group.status,
            SortColumn::Qty => row.qty,
            SortColumn::Expires => expires(group.lot),
            SortColumn::Age => lot_day(group.lot, |lot| Some(lot.first_received_on)),
        };
        let first = if sort.descending { -first } else { first };
        let rest = (expires(group.lot), rank(&lots, group.lot), rank(&places, group.place));
        (first, rank(&skus, group.sku), rest, group.status)
    });
}

fn ranks<'a>(names: impl Iterator<Item = (i64, &'a str)>) -> HashMap<i64, i64> {
    let mut sorted: Vec<(&str, i64)> = names.map(|(key, name)| (name, key)).collect();
    sorted.sort_unstable();
    sorted.into_iter().zip(0..).map(|((_, key), rank)| (key, rank)).collect()
}

impl View {
    fn line(&self, row: &Row) -> StockLine {
        let Group { sku, lot, place, status } = row.group;
        let catalogue = &self.catalogue;
        let found_sku = catalogue.skus.get(&sku);
        let found_lot = catalogue.lots.get(&lot);
        let found_place = catalogue.places.get(&place);
        let dates = found_lot.map(|lot| lot.dates);
        StockLine {
            key: format!("{sku}.{lot}.{place}.{status}"),
            sku: found_sku.map(|sku| Id(sku.id.0)),
            sku_code: found_sku.map(|sku| sku.sku.code.clone()),
            sku_name: found_sku.map(goods_name),
            lot: found_lot.map(|lot| Id(lot.id.0)),
            lot_no: found_lot.map(|lot| lot.lot_no.clone()),
            mfg_on: dates.and_then(|dates| dates.mfg_on).map(Day),
            expires_on: dates.and_then(|dates| dates.expires_on).map(Day),
            days_left: dates.and_then(|dates| dates.days_left(self.day)),
            share_ppm: dates.and_then(|dates| dates.share_ppm(self.day)),
            place: found_place.map(|place| Id(place.id.0)),
            place_code: found_place.map(|place| place.code.clone()),
            place_name: found_place.map(|place| place.name.clone()),
            place_kind: found_place.map(|place| kind_word(place.kind)),
            way: self.ways.get(&place).cloned(),
            status: Status::from_code(status).map(StatusWord::from),
            qty: Units(row.qty),
            reserved: Units(row.reserved),
        }
    }
}

pub(crate) fn page(call: &Call, input: PageOf) -> Result<Vec<StockLine>, Error> {
    let view = locked(&call.app.views).find(input.view)?;
    let rows = view.rows.iter().skip(input.offset as usize).take(input.limit.min(1_000) as usize);
    Ok(rows.map(|row| view.line(row)).collect())
}

pub(crate) fn copy(call: &Call, input: CopyView) -> Result<Tsv, Error> {
    let view = locked(&call.app.views).find(input.view)?;
    let words = |key| guarded(&export::stock_head(key, input.lang));
    let heads = ["sku_code", "sku_name", "lot", "mfg_on", "expires_on"];
    let heads = heads.into_iter().chain(["place_code", "place_name", "status", "qty"]);
    let mut text = heads.map(words).collect::<Vec<_>>().join("\t") + "\n";
    for row in view.rows.iter().take(COPIED) {
        let line = view.line(row);
        // Tabs and line ends within a value would move it into another cell, and what looks like a
        // formula would run on paste.
        let clean = |value: Option<String>| {
            guarded(&value.unwrap_or_default().replace(['\t', '\n', '\r'], " "))
        };
        let day = |day: Option<Day>| day.map(|day| day.0.to_string());
        let way = line.way.map(|way| format!("{} → {}", way.from, way.to));
        let cells = [
            clean(line.sku_code),
            clean(line.sku_name.map(|name| name.in_lang(input.lang).to_owned())),
            clean(line.lot_no),
            clean(day(line.mfg_on)),
            clean(day(line.expires_on)),
            clean(line.place_code),
            clean(way.or(line.place_name)),
            clean(line.status.map(|status| export::status_word(status, input.lang))),
            line.qty.0.to_string(),
        ];
        let _ = writeln!(text, "{}", cells.join("\t"));
    }
    let rows = u32::try_from(view.rows.len().min(COPIED)).unwrap_or(u32::MAX);
    Ok(Tsv { text, rows })
}

pub(crate) fn release(call: &Call, input: ByView) -> Result<Nothing, Error> {
    locked(&call.app.views).open.retain(|(number, _)| *number != input.view);
    Ok(Nothing {})
}
