//! What goods that were sold by file brought and earned: told by the file, worked out by hand.

use std::collections::BTreeMap;

use app::Role;
use domain::{PlaceId, proceeds::Proceeds, shop::till_of};
use serde_json::{Value, json};
use store::{Opened, Workspace};

use crate::{
    cost::boxed,
    house::House,
    profit::{figures, made, profit},
};

const HEADS: &str = "日期,仓库,货号,销量,不含税销售额\n";

/// 2,000 or so of the example's 5,000 units, which cost 76,862.83 with their freight.
fn example() -> (House, Value, Value) {
    let (mut house, order, lot) = boxed();
    house.decide(&order, &lot, 5_000, json!({}));
    house.desk.today = "2026-06-20".parse().unwrap();
    let bill = json!({ "number": "YF-001", "datedOn": "2026-06-18", "basis": "quantity",
                       "amount": "1500.00", "note": "运费", "orders": [order] });
    house.desk.ok("bill.post", bill);
    (house, order, lot)
}

fn sold(units: i64, amount: &str) -> String {
    format!("{HEADS}2026-06-10,W0,SER,{units},{amount}\n")
}

/// The values of an effect of an import.
fn effect(imported: &Value, code: &str) -> Value {
    let code = format!("import.effect.{code}");
    let report = if imported["report"].is_null() { imported } else { &imported["report"] };
    let effects = report["effects"].as_array().unwrap();
    effects.iter().find(|one| one["code"] == code).map_or(Value::Null, |one| one["args"].clone())
}

fn by_id(id: &Value) -> Value {
    json!({ "id": id })
}

fn take_back(house: &House, imported: &Value) {
    house.desk.ok("import.take_back", json!({ "id": imported["batch"] }));
}

#[test]
fn amounts_with_tax_and_no_rate_are_said_to_be_left_out() {
    let (house, _, _) = example();
    let imported =
        house.import("日期,仓库,货号,销量,含税销售额\n2026-06-10,W0,SER,2000,67800.00\n");
    let unread = effect(&imported, "sales_amounts_unread");
    assert_eq!(unread, json!({ "rows": 0, "head": "含税销售额" }));
    let said = json!({ "rows": 1, "units": 2_000 });
    assert_eq!(effect(&imported, "sales_without_amount"), said);
}

#[test]
fn a_file_that_tells_what_its_sales_brought_makes_a_profit_and_a_corrected_one_the_difference() {
    let (house, order, lot) = example();
    let whole = || profit(&house.desk.ok("order.cost", json!({ "id": order })));
    let bare = house.import("日期,仓库,货号,销量\n2026-06-10,W0,SER,2000\n");
    let unknown = figures([2_000, 0, 2_000], ["0.00", "30745.13", "0.00", "none"]);
    assert_eq!(whole(), unknown);
    let said = json!({ "rows": 1, "units": 2_000 });
    assert_eq!(effect(&bare, "sales_without_amount"), said);
    assert_eq!(effect(&bare, "sales_amounts"), Value::Null);

    // The same units with their amount: nothing moves, and the profit is known.
    let first = house.import(&sold(2_000, "60000.00"));
    assert_eq!(first["entries"], 2, "the import and the day");
    let said = json!({ "rows": 1, "units": 2_000, "amount": "60000.00", "currency": "CNY" });
    assert_eq!(effect(&first, "sales_amounts"), said);
    let said = json!({ "rows": 1, "amount": "60000.00", "currency": "CNY" });
    assert_eq!(effect(&first, "sales_amounts_changed"), said);
    let untold = ["sales_posted", "sales_same", "sales_without_amount"];
    assert_eq!(untold.map(|code| effect(&first, code)), [Value::Null, Value::Null, Value::Null]);
    let known = figures([2_000, 2_000, 0], ["60000.00", "30745.13", "30745.13", "29254.87"]);
    assert_eq!((whole(), profit(&house.cost(&lot))), (known.clone(), known.clone()));
    let path = house.desk.file("again.csv", sold(2_000, "60000"));
    let seen =
        house.desk.ok("import.inspect", json!({ "path": path, "kind": null, "sheet": null }));
    let again = json!({ "path": path, "profile": seen["profile"] });
    let refused = house.desk.refused("import.apply", again.clone());
    assert_eq!(refused.code, "import.nothing_to_do", "the same file twice");
    let dry = house.desk.ok("import.dry_run", again);
    assert_eq!(effect(&dry, "sales_same"), json!({ "rows": 1 }));

    // 100 fewer for 3,000.00 less: 3,100 on hand are worth 47,654.95.
    let second = house.import(&sold(1_900, "57000.00"));
    let fewer = figures([1_900, 1_900, 0], ["57000.00", "29207.88", "29207.88", "27792.12"]);
    assert_eq!(whole(), fewer);
    assert_eq!(effect(&second, "sales_posted"), json!({ "rows": 1, "units": -100 }));
    take_back(&house, &second);
    assert_eq!(whole(), known);
    take_back(&house, &first);
    assert_eq!(whole(), unknown, "undone, nobody knows any more");
    house.import(&sold(2_000, "60000.00"));
    assert_eq!(whole(), known);
    // A file whose cell is empty says that nobody knows; one without the column says nothing.
    house.import(&sold(2_000, ""));
    assert_eq!(whole(), unknown);
    house.verify();
}

#[test]
fn an_amount_with_tax_is_taken_without_it_and_what_no_row_tells_stays_unknown() {
    let (house, order, _) = example();
    let whole = || profit(&house.desk.ok("order.cost", json!({ "id": order })));
    // 67,800.00 with 13 % inside is 60,000.00; of another listing's 500 units nobody tells.
    let rows = "日期,仓库,货号,平台商品ID,销量,含税销售额,税率\n\
        2026-06-10,W0,SER,A,2000,67800.00,13%\n2026-06-10,W0,SER,B,500,,\n";
    let imported = house.import(rows);
    let said = json!({ "rows": 1, "units": 2_000, "amount": "60000.00", "currency": "CNY" });
    assert_eq!(effect(&imported, "sales_amounts"), said);
    assert_eq!(effect(&imported, "sales_without_amount"), json!({ "rows": 1, "units": 500 }));
    // 2,500 cost 38,431.41, of which 2,000 bear 30,745.13.
    let expected = figures([2_500, 2_000, 500], ["60000.00", "38431.41", "30745.13", "29254.87"]);
    assert_eq!(whole(), expected);
    house.verify();
}

#[test]
fn an_amount_falls_on_the_lots_that_bore_its_units_also_when_they_came_later() {
    let mut house = House::bare();
    let order = house.accepted(house.order_for(20, "11.30"));
    let good =
        |lot: &str, qty, on: &str| json!({ "status": "good", "lines": [made(lot, qty, on)] });
    house.receive(&order, good("L1", 4, "2026-05-18"));
    house.desk.today = "2026-06-20".parse().unwrap();
    // 10 sold for 200.05: 4 out of L1, 6 of which nobody knows the lot.
    let sales = house.import(&sold(10, "200.05"));
    let whole = || profit(&house.desk.ok("order.cost", json!({ "id": order })));
    assert_eq!(whole(), figures([4, 4, 0], ["80.02", "40.00", "40.00", "40.02"]));
    let came = house.receive(&order, good("L2", 16, "2026-05-19"));
    assert_eq!(whole(), figures([10, 10, 0], ["200.05", "100.00", "100.00", "100.05"]));
    let second = house.lot(&order, "L2");
    let expected = figures([6, 6, 0], ["120.03", "60.00", "60.00", "60.03"]);
    assert_eq!(profit(&house.cost(&second)), expected);
    house.undo(&came);
    assert_eq!(whole(), figures([4, 4, 0], ["80.02", "40.00", "40.00", "40.02"]));
    house.receive(&order, good("L2", 16, "2026-05-19"));
    take_back(&house, &sales);
    assert_eq!(whole(), figures([0, 0, 0], ["0.00", "0.00", "0.00", "none"]));
    house.verify();
}

#[test]
fn an_amount_that_cannot_be_is_said_by_row_and_column() {
    let (house, _, _) = example();
    let rows = "日期,仓库,货号,销量,不含税销售额,含税销售额,税率\n\
        2026-06-01,W0,SER,1,10.005,,\n2026-06-02,W0,SER,1,,11.305,13%\n\
        2026-06-03,W0,SER,1,,11.30,\n2026-06-04,W0,SER,1,10.02,11.30,13%\n\
        2026-06-05,W0,SER,0,10.00,,\n2026-06-06,W0,SER,0,,11.30,13%\n\
        2026-06-07,W0,SER,1,90000000000.01,,\n2026-06-08,W0,SER,1,-1,,\n\
        2026-06-09,W0,SER,1,10.00,11.30,13%\n2026-06-10,W0,SER,0,0,,\n";
    let path = house.desk.file("s.csv", rows);
    let seen =
        house.desk.ok("import.inspect", json!({ "path": path, "kind": null, "sheet": null }));
    let input = json!({ "path": path, "profile": seen["profile"] });
    let found = |report: &Value| -> Vec<String> {
        let problems = report["problems"].as_array().unwrap().iter();
        let said = problems.map(|one| {
            let column = one["column"].as_str().unwrap_or("");
            format!("{column}{} {}", one["row"], one["text"]["code"].as_str().unwrap())
        });
        said.collect()
    };
    let expected = [
        "E9 import.number_negative",
        "E2 amount.too_fine",
        "F3 amount.too_fine",
        "G4 sales.tax_rate_missing",
        "F5 sales.amounts_differ",
        "E6 sales.amount_without_units",
        "F7 sales.amount_without_units",
        "E8 amount.too_large",
    ];
    assert_eq!(found(&house.desk.ok("import.dry_run", input)), expected);
    // Rows that are parts of one figure add up, and not beyond what a day may bring.
    let rows = format!("{HEADS}2026-06-10,W0,SER,1,90000000000\n2026-06-10,W0,SER,1,0.01\n");
    let path = house.desk.file("s.csv", rows);
    let seen =
        house.desk.ok("import.inspect", json!({ "path": path, "kind": null, "sheet": null }));
    let mut profile = seen["profile"].clone();
    profile["repeatedKeys"] = json!(true);
    let input = json!({ "path": path, "profile": profile });
    assert_eq!(found(&house.desk.ok("import.dry_run", input)), ["E3 amount.too_large"]);
}

#[test]
fn a_months_amount_is_spread_by_its_units_to_the_cent() {
    let mut house = House::bare();
    house.desk.today = "2026-06-20".parse().unwrap();
    let rows = format!("{HEADS}2026-05,W0,SER,100,1000.00\n");
    let imported = house.import(&rows);
    let said = json!({ "rows": 1, "units": 100, "amount": "1000.00", "currency": "CNY" });
    assert_eq!(effect(&imported, "sales_amounts"), said);
    assert_eq!(effect(&imported, "sales_without_amount"), Value::Null, "nothing moves");
    house.verify();
    house.desk.ok("workspace.close", json!({}));
    let workspace = Workspace::open(&house.desk.path("book.pincang"), Opened::ToRead).unwrap();
    let place = PlaceId(house.warehouse.as_str().unwrap().parse().unwrap());
    let days = (1..=31).map(|day| format!("2026-05-{day:02}").parse().unwrap());
    let told = workspace.read(|reader| {
        let days = days.map(|day| reader.told_levels(till_of(place), day));
        days.collect::<Result<Vec<_>, store::Error>>()
    });
    let told: Vec<Proceeds> = told.unwrap().into_iter().flat_map(BTreeMap::into_values).collect();
    let sum = told.iter().fold(Proceeds::default(), |sum, day| sum + *day);
    assert_eq!((told.len(), sum), (31, Proceeds { units: 100, minor: 100_000 }));
    // 100 units are 7 days of 4 and 24 of 3, at 10.00 each.
    assert!(told.iter().all(|day| day.minor == day.units * 1_000), "{told:?}");
}

#[test]
fn whoever_sees_no_money_brings_in_units_alone_and_learns_no_amount() {
    let (mut house, order, lot) = example();
    let first = house.import(&sold(2_000, "61234.56"));
    house.desk.role = Role::Planner;
    let path = house.desk.file("planner.csv", sold(1_900, "58765.43"));
    let look = json!({ "path": path, "kind": "sales", "sheet": null });
    let seen = house.desk.ok("import.inspect", look);
    let fields = seen["fields"].as_array().unwrap();
    assert!(fields.iter().all(|field| field["money"] == false));
    assert_eq!(seen["profile"]["columns"].as_object().unwrap().len(), 4);
    let mut greedy = seen["profile"].clone();
    for field in ["net_amount", "gross_amount", "tax_rate"] {
        greedy["columns"] = seen["profile"]["columns"].clone();
        greedy["columns"][field] = json!("不含税销售额");
        for command in ["import.dry_run", "import.apply"] {
            let input = json!({ "path": path, "profile": greedy });
            assert_eq!(house.desk.refused(command, input).code, "role.no_money", "{field}");
        }
    }
    let input = json!({ "path": path, "profile": seen["profile"] });
    let said = house.desk.ok("import.dry_run", input.clone());
    let done = house.desk.ok("import.apply", input);
    assert_eq!(done["report"], said);
    assert_eq!(effect(&said, "sales_without_amount"), Value::Null, "he asks for no profit");
    let page = json!({ "offset": 0, "limit": 500, "document": null });
    let journal = house.desk.ok("journal.list", page.clone());
    let posted = journal["rows"].as_array().unwrap().iter();
    let sales: Vec<&Value> = posted.filter(|row| row["kind"] == "sales_posted").collect();
    assert_eq!(sales.len(), 2);
    let mut inputs = vec![json!({}), page];
    let entries = sales.iter().map(|row| &row["id"]);
    inputs.extend([&order, &lot, &first["batch"]].into_iter().chain(entries).map(by_id));
    let path = house.desk.path("book.pincang").display().to_string();
    for role in [Role::Planner, Role::Warehouse] {
        house.desk.role = role;
        for command in app::TABLE.iter().filter(|command| !command.needs.write) {
            for input in &inputs {
                let answer = house.desk.watch(command.name, input.clone(), &|_| {});
                let heard = answer.map_or_else(|error| format!("{error:?}"), |one| one.to_string());
                for secret in ["61234.56", "6123456", "58172.83", "5817283"] {
                    assert!(!heard.contains(secret), "{} {input}: {heard}", command.name);
                }
            }
            house.desk.ok("workspace.open", json!({ "path": path }));
        }
    }
    // What was told of 2,000 units is told of the 1,900 that stay, as 61.23456 × 950.
    house.desk.role = Role::Manager;
    let whole = || profit(&house.desk.ok("order.cost", json!({ "id": order })));
    let expected = figures([1_900, 1_900, 0], ["58172.83", "29207.88", "29207.88", "28964.95"]);
    assert_eq!(whole(), expected);
    let later = house.import("日期,仓库,货号,销量\n2026-06-10,W0,SER,2100\n");
    let more = json!({ "rows": 1, "units": 100 });
    assert_eq!(effect(&later, "sales_without_amount"), more, "of 2,000 it is told");
    assert_eq!(whole().0, [2_100, 2_000, 100]);
    house.verify();
}
