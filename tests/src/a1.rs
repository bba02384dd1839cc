//! The worked example of one good: the files that its user has, and the marketplace that sells it.
//!
//! Knows spreadsheets as people keep them. Refuses to know how the program reads them.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use chrono::{Days, NaiveDate};
use documents::sheet::{Show, Table, Value, write_xlsx};
use mall::{Config, Mall, Running, Scenario};

/// The token of the marketplace; nothing that the program writes may hold it.
pub const TOKEN: &str = "canary-token-of-the-window";

fn text(text: &str) -> Value {
    if text.is_empty() { Value::Empty } else { Value::Text(text.to_owned()) }
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn book(folder: &Path, name: &str, columns: &[(&str, Show)], rows: Vec<Vec<Value>>) -> PathBuf {
    let table = Table { rows, ..Table::new(name, columns) };
    let path = folder.join(format!("{name}.xlsx"));
    std::fs::write(&path, write_xlsx(&table).expect("a workbook")).expect("writes a fixture");
    path
}

/// SK001, 48 a carton, three years of shelf life.
pub fn goods(folder: &Path) -> PathBuf {
    let columns = [
        ("货号", Show::Text),
        ("中文名称", Show::Text),
        ("箱规", Show::Integer),
        ("保质期(月)", Show::Integer),
        ("单位成本", Show::Money),
    ];
    let cost = Value::Text("16.20".to_owned());
    let row = vec![text("SK001"), text("烟酰胺精华"), Value::Integer(48), Value::Integer(36), cost];
    book(folder, "货品", &columns, vec![row])
}

/// W0 and P1, live from 2026-10-01; P1 refuses what has less than 40 % of its life left.
pub fn places(folder: &Path) -> PathBuf {
    let columns = ["库位编码", "库位名称", "库位类型", "启用日期", "允收期(%)"];
    let route = ["在途天数", "上架天数", "补货周期", "目标可售天数"];
    let heads: Vec<(&str, Show)> =
        columns.iter().chain(&route).map(|head| (*head, Show::Text)).collect();
    let own = ["W0", "中心仓", "自营仓", "2026-10-01", "", "", "", "", ""];
    let platform = ["P1", "平台一号仓", "平台仓", "2026-10-01", "40%", "4", "3", "7", "30"];
    let rows = [own, platform].map(|row| row.map(text).to_vec());
    book(folder, "库位", &heads, rows.to_vec())
}

/// 1,000 and 2,000 at W0 by lot; 120 at P1 of which only the month of expiry is known.
pub fn opening(folder: &Path) -> PathBuf {
    let columns = [
        ("仓库", Show::Text),
        ("货号", Show::Text),
        ("批号", Show::Text),
        ("生产日期", Show::Date),
        ("有效期至", Show::Date),
        ("数量", Show::Integer),
        ("单位成本", Show::Money),
    ];
    let row = |place, lot, made: Option<&str>, expires: Value, units, cost: &str| {
        let made = made.map_or(Value::Empty, |made| Value::Date(day(made)));
        let units = Value::Integer(units);
        vec![text(place), text("SK001"), text(lot), made, expires, units, text(cost)]
    };
    let rows = vec![
        row("W0", "L2503A", Some("2025-03-10"), Value::Date(day("2028-03-09")), 1_000, "16.20"),
        row("W0", "L2509B", None, Value::Date(day("2028-09-04")), 2_000, "16.80"),
        row("P1", "", None, text("2028-01"), 120, "16.00"),
    ];
    book(folder, "期初库存", &columns, rows)
}

/// 28 days at 20 a day, as a platform's csv export has them.
pub fn sales(folder: &Path) -> PathBuf {
    let mut csv = String::from("\u{feff}日期,仓库,货号,销量\r\n");
    for number in 0..28 {
        let day = day("2026-09-03") + Days::new(number);
        write!(csv, "{day},P1,SK001,20\r\n").expect("a string takes any text");
    }
    let path = folder.join("历史日销.csv");
    std::fs::write(&path, csv).expect("writes a fixture");
    path
}

/// The marketplace where 20 units sell on each of three days, on the loopback address.
pub fn market(folder: &Path) -> Running {
    let config = Config {
        dir: folder.join("mall"),
        scenario: Scenario::a1(),
        seed: 7,
        port: 0,
        token: Some(TOKEN.to_owned()),
        faults: Vec::new(),
    };
    Mall::start(config).expect("the marketplace starts")
}
