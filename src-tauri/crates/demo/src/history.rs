//! What the brand brings along from its spreadsheets: goods, opening stock, past sales.

use chrono::{Datelike, NaiveDate};
use domain::shelf_life::Dates;

use crate::{
    plot, prices,
    production::{self, cents},
    stage::{OwnLot, Stage, back, on},
};

fn row(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|cell| (*cell).to_owned()).collect()
}

/// The goods, with what they cost and for how much they sell.
pub(crate) fn describe_goods(stage: &mut Stage) {
    let heads = [
        "货号",
        "中文名称",
        "英文名称",
        "品牌",
        "品类",
        "单位",
        "箱规",
        "箱长(cm)",
        "箱宽(cm)",
        "箱高(cm)",
        "整箱毛重(kg)",
        "保质期(月)",
        "单位成本",
        "标价",
        "底价",
    ];
    let mut rows = vec![row(&heads)];
    for good in &stage.goods {
        let stocked = !good.is_bundle();
        let only = |text: String| if stocked { text } else { String::new() };
        // 60 × 40 cm pallets of four layers; a carton of small things is lighter.
        let grams = 1_500 + good.carton * 95;
        rows.push(vec![
            good.code.clone(),
            good.name_zh.clone(),
            good.name_en.clone(),
            "霁禾".to_owned(),
            good.category_zh().to_owned(),
            "件".to_owned(),
            only(good.carton.to_string()),
            only("60".to_owned()),
            only("40".to_owned()),
            only("30".to_owned()),
            only(format!("{}.{:03}", grams / 1_000, grams % 1_000)),
            good.life_months.to_string(),
            good.cost.clone(),
            good.list_price.clone(),
            prices::first_floor(&good.code, &good.floor_price).to_owned(),
        ]);
    }
    stage.import(stage.founded, "霁禾-货品.csv".to_owned(), "goods", &rows);
}

/// What lay where on the first day: the own warehouse by lot, platforms by their reports.
pub(crate) fn open_stock(stage: &mut Stage) {
    let heads = ["仓库", "货号", "批号", "生产日期", "有效期至", "数量", "单位成本", "入库日期"];
    let mut rows = vec![row(&heads)];
    for good in stage.stocked() {
        own_lots(stage, good, &mut rows);
        for place in 0..stage.platforms.len() {
            if stage.lists(good, place) {
                platform_lot(stage, good, place, &mut rows);
            }
        }
    }
    materials_at_hand(stage, &mut rows);
    stage.import(stage.live_from, "霁禾-期初库存.csv".to_owned(), "opening", &rows);
}

/// Packaging for the orders of the first weeks.
fn materials_at_hand(stage: &Stage, rows: &mut Vec<Vec<String>>) {
    let came = back(stage.live_from, 40);
    let lot_no = format!("B{}", came.format("%y%m"));
    let none = Dates { mfg_on: None, expires_on: None };
    for material in production::used(stage, plot::ORDERED) {
        let cost = cents(material.cents);
        let line = opening_row("W0", &material.code, (&lot_no, came, none), 60_000, &cost);
        rows.push(line);
    }
}

/// An older and a newer lot; goods of the plot have theirs.
fn own_lots(stage: &mut Stage, good: usize, rows: &mut Vec<Vec<String>>) {
    let item = stage.goods[good].clone();
    let days = i64::from(item.life_months) * 30;
    // What really sells a day where the goods are listed: a smaller brand keeps less.
    let listed = (0..stage.platforms.len()).filter(|place| stage.lists(good, *place));
    let sells: i64 = listed.map(|place| stage.demand_milli(good, place, stage.live_from)).sum();
    let a_day = (sells / 1_000).max(1);
    let half = |units: i64| (units / item.carton.max(1) + 1) * item.carton.max(1);
    let young = stage.rng.below(30) + days * 6 / 100;
    let lots: Vec<(&str, i64, i64)> = match item.code.as_str() {
        // Ten times what sells in a quarter.
        "SK008" => vec![("A", days * 30 / 100, half(a_day * 600)), ("B", young, half(a_day * 300))],
        // A launch that failed.
        "SK013" => vec![("A", days * 45 / 100, half(a_day * 300))],
        // Expired three weeks ago.
        "SK041" => vec![("A", expired_age(stage, good, 21), 640), ("B", young, half(a_day * 60))],
        // More than can be sold before it expires.
        "SK028" | "SK029" => {
            vec![
                ("A", expired_age(stage, good, -110), half(a_day * 150)),
                ("B", young, half(a_day * 60)),
            ]
        }
        _ => vec![("A", days * 22 / 100, half(a_day * 25)), ("B", young, half(a_day * 75))],
    };
    let mut own = Vec::new();
    for (letter, age, qty) in lots {
        let made = back(stage.live_from, u64::try_from(age).unwrap_or(0));
        let lot_no = format!("L{:02}{:02}{letter}", made.year() % 100, made.month());
        let dates = Dates { mfg_on: Some(made), expires_on: Some(item.expires_on(made)) };
        rows.push(opening_row("W0", &item.code, (&lot_no, made, dates), qty, &item.cost));
        own.push(OwnLot { lot_no, dates, free: qty });
    }
    stage.own.insert(good, own);
}

/// How old a lot was on the first day if it expires `ago` days before today.
fn expired_age(stage: &Stage, good: usize, ago: i64) -> i64 {
    let expires = stage.today - chrono::TimeDelta::days(ago);
    let life = stage.goods[good].life_months;
    let made = domain::shelf_life::ShelfLife::Months(life).made_on(expires);
    made.map_or(0, |made| (stage.live_from - made).num_days())
}

/// A platform's stock: some weeks of sales, of a lot that came from the own warehouse.
fn platform_lot(stage: &mut Stage, good: usize, place: usize, rows: &mut Vec<Vec<String>>) {
    let item = stage.goods[good].clone();
    let code = stage.platforms[place].code;
    let a_day = stage.demand_milli(good, place, stage.live_from).max(200);
    let cover = 24 + stage.rng.below(22);
    let qty = (a_day * cover / 1_000).max(12);
    let age = i64::from(item.life_months) * 30 * 15 / 100 + stage.rng.below(20);
    let made = back(stage.live_from, u64::try_from(age).unwrap_or(0));
    let dates = Dates { mfg_on: Some(made), expires_on: Some(item.expires_on(made)) };
    if item.abc == 'C' {
        // Some platforms tell the expiry and no lot.
        let mut cells = opening_row(code, &item.code, ("", made, dates), qty, &item.cost);
        cells[3] = String::new();
        rows.push(cells);
    } else {
        let lot_no = format!("L{}P", made.format("%y%m%d"));
        rows.push(opening_row(code, &item.code, (&lot_no, made, dates), qty, &item.cost));
    }
    stage.there.insert((good, place), qty);
}

fn opening_row(
    place: &str,
    sku: &str,
    (lot, made, dates): (&str, NaiveDate, Dates),
    qty: i64,
    cost: &str,
) -> Vec<String> {
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    vec![
        place.to_owned(),
        sku.to_owned(),
        lot.to_owned(),
        day(dates.mfg_on),
        day(dates.expires_on),
        qty.to_string(),
        cost.to_owned(),
        on(made, 30).to_string(),
    ]
}

/// Sales before the first day: demand to plan from, nothing that moves stock.
pub(crate) fn past_sales(stage: &mut Stage) {
    let mut rows = vec![row(&["日期", "仓库", "货号", "销量"])];
    let mut day = stage.history_from;
    while day < stage.live_from {
        for good in stage.stocked() {
            for place in 0..stage.platforms.len() {
                if stage.lists(good, place) {
                    let mean = stage.demand_milli(good, place, day);
                    let units = stage.rng.units(mean);
                    rows.push(sales_row(stage, day, place, good, units));
                }
            }
        }
        day = on(day, 1);
    }
    stage.import(stage.live_from, "霁禾-历史日销.csv".to_owned(), "sales", &rows);
}

/// A line of a table of sales by day. A day without sales is a line too: it is known, not missing.
pub(crate) fn sales_row(
    stage: &Stage,
    day: NaiveDate,
    place: usize,
    good: usize,
    units: i64,
) -> Vec<String> {
    vec![
        day.to_string(),
        stage.platforms[place].code.to_owned(),
        stage.goods[good].code.clone(),
        units.to_string(),
    ]
}
