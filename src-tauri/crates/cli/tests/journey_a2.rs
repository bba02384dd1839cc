//! Example A2: five years of real daily sales of 55 goods, of which the last months move stock.

mod support;

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    io::Read,
    path::{Path, PathBuf},
};

use support::Desk;

const LIVE: &str = "2018-10-01";
const LAST: &str = "2018-12-31";

/// The folder of reference data beside the repository, or where `PINCANG_SHARED` says. With `CI`
/// set it has to be there.
fn shared() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared");
    let folder = std::env::var_os("PINCANG_SHARED").map_or(beside, PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(std::env::var_os("CI").is_none(), "{} is missing", folder.display());
    eprintln!("left out: the reference data are not in {}", folder.display());
    None
}

/// Day, goods, units.
fn sales(folder: &Path) -> Vec<(String, String, i64)> {
    let file = std::fs::File::open(folder.join("data/planning/pasta_daily.csv.gz")).expect("data");
    let mut text = String::new();
    flate2::read::GzDecoder::new(file).read_to_string(&mut text).expect("a table");
    let rows = text.lines().skip(1).map(|line| {
        let mut cells = line.split(',');
        let mut next = || cells.next().expect("a cell").to_owned();
        // The column called `week` holds days.
        let (day, goods, units) = (next(), next(), next());
        (day, goods, units.parse().expect("units"))
    });
    rows.collect()
}

#[test]
fn real_sales_are_demand_before_the_first_day_and_stock_after_it() {
    let Some(folder) = shared() else { return };
    let sales = sales(&folder);
    let before = |row: &&(String, String, i64)| row.0.as_str() < LIVE;
    let (past, live): (Vec<_>, Vec<_>) = sales.iter().partition(before);
    let units = |rows: &[&(String, String, i64)]| rows.iter().map(|row| row.2).sum::<i64>();
    assert_eq!((past.len(), units(&past)), (94_050, 376_199));
    assert_eq!((live.len(), units(&live)), (4_840, 17_809));
    let mut opening: BTreeMap<&str, i64> = BTreeMap::new();
    for (_, goods, _) in &sales {
        opening.entry(goods).or_insert(100);
    }
    for (_, goods, units) in &live {
        *opening.get_mut(goods.as_str()).expect("known goods") += units;
    }
    assert_eq!(opening.len(), 55);

    let desk = Desk::new();
    let made = desk.says(LIVE, &["new", "a.pincang", "--company", "Pasta"]);
    assert_eq!(made.code, Some(0), "{}", made.err);
    let mut tables = [
        ("goods", String::from("货号,中文名称\n")),
        ("locations", format!("库位编码,库位名称,库位类型,启用日期\nS1,门店,平台仓,{LIVE}\n")),
        ("opening", String::from("仓库,货号,批号,有效期至,数量\n")),
        ("sales", String::from("日期,仓库,货号,销量\n")),
    ];
    for (goods, units) in &opening {
        let _ = writeln!(tables[0].1, "{goods},{goods}");
        let _ = writeln!(tables[2].1, "S1,{goods},L1,2020-12-31,{units}");
    }
    for (day, goods, units) in &sales {
        let _ = writeln!(tables[3].1, "{day},S1,{goods},{units}");
    }
    let mut opened = serde_json::Value::Null;
    for (kind, table) in &tables {
        let file = desk.bytes(&format!("{kind}.csv"), table.as_bytes());
        if *kind == "sales" {
            opened = desk.json(LIVE, &["stock"])["rows"].clone();
        }
        desk.json(LAST, &["import", &file, "--kind", kind]);
    }
    let stock = desk.json(LAST, &["stock", "--by", "sku"]);
    assert_eq!(stock["view"]["total"], 5_500);
    for row in stock["rows"].as_array().expect("rows") {
        assert_eq!(row["qty"], 100, "{row}");
    }
    // The day before the last weeks knows nothing of them.
    let past = desk.json(LAST, &["stock", "--as-of", LIVE, "--by", "location"]);
    let sold_first: i64 = live.iter().filter(|row| row.0 == LIVE).map(|row| row.2).sum();
    assert_eq!(past["view"]["total"], 17_809 + 5_500 - sold_first);
    desk.verify(LAST);
    desk.json(LAST, &["undo", "--batch", "sales.csv"]);
    assert_eq!(desk.json(LAST, &["stock"])["rows"].as_array().map(Vec::len), Some(55));
    let after: Vec<i64> = amounts(&desk.json(LAST, &["stock"])["rows"]);
    assert_eq!(after, amounts(&opened));
    desk.verify(LAST);
}

fn amounts(rows: &serde_json::Value) -> Vec<i64> {
    let rows = rows.as_array().expect("rows");
    rows.iter().map(|row| row["qty"].as_i64().expect("units")).collect()
}
