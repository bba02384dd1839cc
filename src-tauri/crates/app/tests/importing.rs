//! Imports from a file on the disk to the ledger and back.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
#![allow(clippy::needless_pass_by_value, reason = "`json!` values are made to be handed over")]

mod support;

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    path::PathBuf,
    process::Command,
    sync::atomic::{AtomicUsize, Ordering},
};

use app::Role;
use serde_json::{Value, json};
use support::Desk;

/// The suggested profile of a file, with corrections.
fn profile(desk: &Desk, path: &str, corrections: Value) -> Value {
    let seen = desk.ok("import.inspect", json!({ "path": path, "kind": null, "sheet": null }));
    let mut profile = seen["profile"].clone();
    for (name, value) in corrections.as_object().unwrap() {
        profile[name] = value.clone();
    }
    profile
}

/// Imports a file by its suggested profile; the dry run says what applying does.
fn import(desk: &Desk, path: &str, corrections: Value) -> Value {
    let input = json!({ "path": path, "profile": profile(desk, path, corrections) });
    let before = entries(desk);
    let dry = desk.ok("import.dry_run", input.clone());
    assert_eq!(dry["problems"], json!([]), "{path}");
    assert_eq!(entries(desk), before, "a dry run leaves nothing");
    let applied = desk.ok("import.apply", input);
    assert_eq!(applied["report"], dry, "applying does what the dry run said");
    assert_eq!(entries(desk), before + applied["entries"].as_i64().unwrap());
    applied
}

fn dry_run(desk: &Desk, path: &str, corrections: Value) -> Value {
    let profile = profile(desk, path, corrections);
    desk.ok("import.dry_run", json!({ "path": path, "profile": profile }))
}

fn entries(desk: &Desk) -> i64 {
    desk.ok("journal.list", json!({ "offset": 0, "limit": 0 }))["total"].as_i64().unwrap()
}

/// The values of an effect, or nothing.
fn effect<'a>(report: &'a Value, code: &str) -> Option<&'a Value> {
    let code = format!("import.effect.{code}");
    report["effects"].as_array().unwrap().iter().find(|one| one["code"] == code).map(|e| &e["args"])
}

fn counted(report: &Value, code: &str) -> Value {
    effect(report, code).cloned().unwrap_or(Value::Null)
}

/// Codes with places of what is wrong.
fn problems(report: &Value) -> Vec<String> {
    let listed = report["problems"].as_array().unwrap().iter();
    listed
        .map(|one| {
            let column = one["column"].as_str().unwrap_or("");
            format!("{column}{} {}", one["row"], one["text"]["code"].as_str().unwrap())
        })
        .collect()
}

/// Stock by place and lot.
fn stock(desk: &Desk, as_of: Option<&str>) -> BTreeMap<String, i64> {
    let sort = json!({ "column": "lot", "descending": false });
    let open = json!({
        "asOf": as_of, "by": ["sku", "lot", "place", "status"], "filter": "", "sku": null,
        "place": null, "status": null, "sort": sort,
    });
    let view = desk.ok("stock.open", open)["view"].clone();
    let page = desk.ok("stock.page", json!({ "view": view, "offset": 0, "limit": 1000 }));
    desk.ok("stock.release", json!({ "view": view }));
    let text = |row: &Value, name: &str| row[name].as_str().unwrap_or("").to_owned();
    page.as_array()
        .unwrap()
        .iter()
        .map(|row| {
            let lot = format!("{} {}", text(row, "skuCode"), text(row, "lotNo"));
            (format!("{} {lot}", text(row, "placeCode")), row["qty"].as_i64().unwrap())
        })
        .collect()
}

fn verify(desk: &Desk) -> Value {
    let report = desk.ok("verify.run", json!({}));
    assert_eq!((&report["ok"], &report["findings"]), (&json!(true), &json!([])));
    report
}

const GOODS: &str = "货号,中文名称,箱规,保质期(月),单位成本\nSK001,烟酰胺精华,48,36,16.20\n";
const PLACES: &str = "库位编码,库位名称,库位类型,启用日期,允收期(%)\n\
    W0,中心仓,自营仓,2026-10-01,\nP1,平台一号仓,平台仓,2026-10-01,40%\n";
const OPENING: &str = "仓库,货号,批号,生产日期,有效期至,数量,单位成本\n\
    W0,SK001,L2503A,2025-03-10,2028-03-09,1000,16.20\n\
    W0,SK001,L2509B,,2028-09-04,2000,16.80\nP1,SK001,,,2028-01,120,16\n";

/// 28 days at 20 a day.
fn history() -> String {
    let mut text = String::from("日期,仓库,货号,销量\n");
    for day in 3..=30 {
        writeln!(text, "2026-09-{day:02},P1,SK001,20").unwrap();
    }
    text
}

/// A desk on the first day with goods, places and opening stock.
fn opened() -> Desk {
    let desk = Desk::new("2026-10-01");
    import(&desk, &desk.file("货品.csv", GOODS), json!({}));
    import(&desk, &desk.file("库位.csv", PLACES), json!({}));
    import(&desk, &desk.file("期初.csv", OPENING), json!({}));
    desk
}

#[test]
fn opening_stock_and_history_of_one_product() {
    let desk = Desk::new("2026-10-01");
    let goods = import(&desk, &desk.file("货品.csv", GOODS), json!({}));
    assert_eq!(counted(&goods["report"], "goods_new"), json!({ "count": 1 }));
    assert_eq!(counted(&goods["report"], "prices_set"), json!({ "count": 1 }));
    let places = import(&desk, &desk.file("库位.csv", PLACES), json!({}));
    assert_eq!(counted(&places["report"], "locations_new"), json!({ "count": 2 }));
    let opening = import(&desk, &desk.file("期初.csv", OPENING), json!({}));
    assert_eq!(counted(&opening["report"], "lots_new"), json!({ "count": 3 }));
    let units = json!({ "rows": 3, "units": 3120, "places": 2 });
    assert_eq!(counted(&opening["report"], "units_opened"), units);
    assert_eq!(opening["entries"], 3, "the import and one entry for each place");
    let on_hand = BTreeMap::from([
        ("P1 SK001 ?2028-01".to_owned(), 120),
        ("W0 SK001 L2503A".to_owned(), 1000),
        ("W0 SK001 L2509B".to_owned(), 2000),
    ]);
    assert_eq!(stock(&desk, None), on_hand);

    let sales = import(&desk, &desk.file("日销.csv", history()), json!({}));
    let demand = json!({ "rows": 28, "units": 560 });
    assert_eq!(counted(&sales["report"], "sales_demand_only"), demand);
    assert_eq!(effect(&sales["report"], "sales_posted"), None);
    assert_eq!(stock(&desk, None), on_hand, "sales before the place is live move nothing");
    let skus = desk.ok("sku.list", json!({}));
    assert_eq!((&skus[0]["onHand"], &skus[0]["sold28"]), (&json!(3120), &json!(560)));
    verify(&desk);

    let lots = &desk.ok("sku.get", json!({ "id": skus[0]["id"] }))["lots"];
    let lot = lots.as_array().unwrap().iter().find(|lot| lot["lotNo"] == "L2509B").unwrap();
    assert_eq!(lot["mfgOn"], "2025-09-05", "either date computes the other");
    let value = desk.ok("stock.value", json!({ "asOf": null }));
    assert_eq!(value["total"], "51720.00", "1000 × 16.20 + 2000 × 16.80 + 120 × 16");
}

#[test]
fn the_same_file_again_does_nothing() {
    let desk = opened();
    let sales = desk.file("日销.csv", history());
    import(&desk, &sales, json!({}));
    let before = entries(&desk);
    for (name, content, same, count) in [
        ("货品.csv", GOODS.to_owned(), "goods_same", json!({ "count": 1 })),
        ("库位.csv", PLACES.to_owned(), "locations_same", json!({ "count": 2 })),
        ("期初.csv", OPENING.to_owned(), "opening_same", json!({ "rows": 3 })),
        ("日销.csv", history(), "sales_same", json!({ "rows": 28 })),
    ] {
        let path = desk.file(name, content);
        assert_eq!(counted(&dry_run(&desk, &path, json!({})), same), count, "{name}");
        let profile = profile(&desk, &path, json!({}));
        let refused = desk.refused("import.apply", json!({ "path": path, "profile": profile }));
        assert_eq!(refused.code, "import.nothing_to_do", "{name}");
    }
    assert_eq!(entries(&desk), before);
}

#[test]
fn opening_stock_at_another_cost_is_refused() {
    let desk = opened();
    let cost = |cost: &str| {
        let row = format!("仓库,货号,批号,数量,单位成本\nW0,SK001,L2503A,1000,{cost}\n");
        row.replace("数量", "生产日期,数量").replace(",1000", ",2025-03-10,1000")
    };
    let other = dry_run(&desk, &desk.file("a.csv", cost("16.30")), json!({}));
    assert_eq!(problems(&other), ["F2 import.opening_cost_differs"]);
    let same = dry_run(&desk, &desk.file("a.csv", cost("16.20")), json!({}));
    assert_eq!(counted(&same, "opening_same"), json!({ "rows": 1 }));
    let unsaid = dry_run(&desk, &desk.file("a.csv", cost("")), json!({}));
    assert_eq!(counted(&unsaid, "opening_same"), json!({ "rows": 1 }));
}

#[test]
fn only_what_a_file_says_is_changed() {
    let desk = opened();
    let prices = "货号,中文名称,标价,底价\nSK001,烟酰胺精华,169,76.05\n";
    let report = import(&desk, &desk.file("价格.csv", prices), json!({}))["report"].clone();
    assert_eq!(effect(&report, "goods_changed"), None);
    assert_eq!(counted(&report, "prices_set"), json!({ "count": 1 }));
    let price = desk.ok("sku.prices", json!({}))[0].clone();
    assert_eq!(
        (&price["unitCost"], &price["listPrice"], &price["floorPrice"]),
        (&json!("16.2"), &json!("169"), &json!("76.05"))
    );
    let named = "货号,中文名称,英文名称,整箱毛重(kg)\nSK001,烟酰胺精华,Serum,8.5\n";
    let report = import(&desk, &desk.file("英文.csv", named), json!({}))["report"].clone();
    assert_eq!(counted(&report, "goods_changed"), json!({ "count": 1 }));
    let fields = desk.ok("sku.list", json!({}))[0]["fields"].clone();
    assert_eq!((&fields["nameEn"], &fields["nameZh"]), (&json!("Serum"), &json!("烟酰胺精华")));
    assert_eq!(
        (&fields["carton"]["units"], &fields["carton"]["grossG"]),
        (&json!(48), &json!(8500))
    );
    assert_eq!(fields["shelfLife"], json!({ "count": 36, "unit": "months" }));
}

#[test]
fn what_is_wrong_is_said_by_row_and_column() {
    let desk = opened();
    let goods = "货号,中文名称,商品条码,箱规,外箱尺寸(cm)\n\
        SK002,面霜,6901234567893,,\nSK003,乳液,6901234567892,,60*40*30\nSK004,水,,0,\n";
    let report = dry_run(&desk, &desk.file("a.csv", goods), json!({}));
    assert_eq!(
        problems(&report),
        ["D4 import.number_zero", "C2 sku.gtin_invalid", "D3 sku.carton_invalid"]
    );
    assert_eq!(report["effects"], json!([]));
    let opening = "仓库,货号,批号,生产日期,有效期至,数量\n\
        W9,SK001,A,2025-03-10,,1\n\
        W0,SK0O1,A,2025-03-10,,1\n\
        W0,SK001,L2503A,2025-03-11,2028-03-09,5\n\
        W0,SK001,B,2025-03-10,2030-03-09,5\n\
        W0,SK001,C,2025-03-10,2025-01-01,5\n\
        W0,SK001,D,2025-03-10,,1.5\n\
        W0,SK001,,,,5\n\
        W0,SK001,?2028-01,,2028-01-01,5\n\
        W0,SK001,L2509B,,2028-09-04,2001\n\
        W0,SK001,E,2025-03-10,2028-03-20,5\n";
    let report = dry_run(&desk, &desk.file("b.csv", opening), json!({}));
    assert_eq!(
        problems(&report),
        [
            "E6 import.expiry_before_manufacture",
            "F7 import.quantity_not_whole",
            "A2 import.place_unknown_near",
            "B3 import.sku_unknown_near",
            "D4 lot.dates_conflict",
            "E5 lot.life_differs",
            "E8 lot.dates_missing",
            "C9 lot.number_invalid",
            "F10 import.opening_differs",
            "E11 import.lot_life_near",
        ]
    );
    assert_eq!(report["problemsTotal"], 10);
    assert_eq!(report["problems"][3]["text"]["args"]["nearest"], "SK001");
    assert_eq!(report["problems"][3]["value"], "SK0O1");
    assert_eq!(report["problems"][9]["severity"], "warning");
    let before = entries(&desk);
    let path = desk.path("b.csv");
    let profile = profile(&desk, path.to_str().unwrap(), json!({}));
    let refused = desk.refused("import.apply", json!({ "path": path, "profile": profile }));
    assert_eq!((refused.code.as_str(), refused.details.len()), ("import.has_errors", 9));
    assert_eq!(entries(&desk), before, "nothing is imported while an error stands");
}

#[test]
fn sales_of_the_wrong_day_place_or_code_are_refused() {
    let desk = opened();
    let codes = "货号,对方,对应码\nSK001,天猫,TM-1\nSK001,P1,900\n";
    import(&desk, &desk.file("对应码.csv", codes), json!({}));
    import(&desk, &desk.file("新品.csv", "货号,中文名称\nSK009,面膜\n"), json!({}));
    import(&desk, &desk.file("对应码2.csv", "货号,对方,对应码\nSK009,京东,900\n"), json!({}));
    let taken = desk.file("对应码3.csv", "货号,对方,对应码\nSK009,天猫,TM-1\n");
    assert_eq!(problems(&dry_run(&desk, &taken, json!({}))), ["C2 code.taken"]);
    let sales = "日期,仓库,货号,销量\n2026-10-02,P1,SK001,1\n2026-09-30,P2,SK001,1\n\
        2026-09-30,W0,900,1\n2026-09-30,P1,900,3\n2026-09-29,W0,TM-1,4\n2026-10,P1,SK001,30\n";
    let report = dry_run(&desk, &desk.file("s.csv", sales), json!({}));
    let found = problems(&report);
    let expected = [
        "A2 day.in_future",
        "B3 import.place_unknown_near",
        "C4 import.sku_ambiguous",
        "A7 day.in_future",
    ];
    assert_eq!(found, expected);
    let sales = "日期,仓库,货号,销量\n2026-09-30,P1,900,3\n2026-09-30,P1,SK001,2\n";
    let report = import(&desk, &desk.file("s.csv", sales), json!({}))["report"].clone();
    assert_eq!(counted(&report, "sales_demand_only"), json!({ "rows": 2, "units": 5 }));
}

#[test]
fn a_corrected_file_posts_the_difference() {
    let mut desk = opened();
    desk.today = "2026-10-05".parse().unwrap();
    let sales = |units: [i64; 3]| {
        let mut text = String::from("日期,仓库,货号,销量\n");
        for (day, units) in (1..).zip(units) {
            writeln!(text, "2026-10-{day:02},P1,SK001,{units}").unwrap();
        }
        desk.file("s.csv", text)
    };
    let lot = "P1 SK001 ?2028-01";
    let first = import(&desk, &sales([20, 0, 30]), json!({}))["report"].clone();
    assert_eq!(counted(&first, "sales_posted"), json!({ "rows": 3, "units": 50 }));
    assert_eq!(stock(&desk, None)[lot], 70);
    let second = import(&desk, &sales([20, 10, 25]), json!({}))["report"].clone();
    assert_eq!(counted(&second, "sales_posted"), json!({ "rows": 2, "units": 5 }));
    assert_eq!(counted(&second, "sales_same"), json!({ "rows": 1 }));
    assert_eq!(stock(&desk, None)[lot], 65);
    assert_eq!(stock(&desk, Some("2026-10-02"))[lot], 90);
    let third = import(&desk, &sales([20, 10, 120]), json!({}))["report"].clone();
    assert_eq!(counted(&third, "suspense"), json!({ "units": 30 }));
    assert!(!stock(&desk, None).contains_key(lot), "never below zero");
    let back = import(&desk, &sales([20, 10, 25]), json!({}))["report"].clone();
    assert_eq!(counted(&back, "sales_posted"), json!({ "rows": 1, "units": -95 }));
    assert_eq!(stock(&desk, None)[lot], 65);
    verify(&desk);
}

#[test]
fn opening_stock_settles_what_was_sold_before_it_was_known() {
    let mut desk = Desk::new("2026-10-05");
    import(&desk, &desk.file("货品.csv", GOODS), json!({}));
    import(&desk, &desk.file("库位.csv", PLACES), json!({}));
    let sales = "日期,仓库,货号,销量\n2026-10-01,P1,SK001,20\n2026-10-04,P1,SK001,10\n";
    let sold = import(&desk, &desk.file("s.csv", sales), json!({}));
    assert_eq!(counted(&sold["report"], "suspense"), json!({ "units": 30 }));
    let opening = "仓库,货号,批号,生产日期,数量\nP1,SK001,L1,2026-03-10,100\n";
    let opening = import(&desk, &desk.file("o.csv", opening), json!({}));
    assert_eq!(counted(&opening["report"], "suspense_settled"), json!({ "units": 30 }));
    assert_eq!(stock(&desk, None), BTreeMap::from([("P1 SK001 L1".to_owned(), 70)]));
    verify(&desk);
    // The sales were charged to the goods; taken back, they give them back.
    desk.today = "2026-10-06".parse().unwrap();
    desk.ok("import.take_back", json!({ "id": sold["batch"] }));
    assert_eq!(stock(&desk, None), BTreeMap::from([("P1 SK001 L1".to_owned(), 100)]));
    verify(&desk);
}

#[test]
fn goods_given_back_before_are_not_given_back_twice() {
    let desk = Desk::new("2026-10-05");
    import(&desk, &desk.file("货品.csv", GOODS), json!({}));
    import(&desk, &desk.file("库位.csv", PLACES), json!({}));
    let sold = |units: i64| {
        let text = format!("日期,仓库,货号,销量\n2026-10-01,P1,SK001,{units}\n");
        import(&desk, &desk.file("s.csv", text), json!({}))
    };
    sold(30);
    let opening = "仓库,货号,批号,生产日期,数量\nP1,SK001,L1,2026-03-10,100\n";
    let opening = import(&desk, &desk.file("o.csv", opening), json!({}));
    sold(20);
    assert_eq!(stock(&desk, None), BTreeMap::from([("P1 SK001 L1".to_owned(), 80)]));
    desk.ok("import.take_back", json!({ "id": opening["batch"] }));
    assert_eq!(stock(&desk, None), BTreeMap::new());
    verify(&desk);
}

#[test]
fn a_day_that_a_marketplace_reports_is_compared_and_not_posted() {
    let mut desk = opened();
    desk.today = "2026-10-05".parse().unwrap();
    let path = desk.path("book.pincang");
    desk.ok("workspace.close", json!({}));
    report_by_feed(&path, "2026-10-01", 7);
    desk.ok("workspace.open", json!({ "path": path }));
    let before = stock(&desk, None);
    let sales = "日期,仓库,货号,销量\n2026-10-01,P1,SK001,9\n2026-10-02,P1,SK001,4\n";
    let report = import(&desk, &desk.file("s.csv", sales), json!({}))["report"].clone();
    let compared = json!({ "rows": 1, "units": 9, "feed_units": 7 });
    assert_eq!(counted(&report, "sales_reported_by_feed"), compared);
    assert_eq!(counted(&report, "sales_posted"), json!({ "rows": 1, "units": 4 }));
    let lot = "P1 SK001 ?2028-01";
    assert_eq!(stock(&desk, None)[lot], before[lot] - 4);
}

/// Posts what a shop with the warehouse P1 reports of a day.
fn report_by_feed(path: &std::path::Path, day: &str, units: i64) {
    use domain::{Body, Entry, EntryId, Fact, SalePosting, SalesPosted, ShopId, fact, shop};
    let workspace = store::Workspace::open(path, store::Opened::ToWrite).unwrap();
    let stamp = store::Stamp { actor: "feed".to_owned(), recorded_at: chrono::DateTime::default() };
    let written = workspace.write(stamp, |writer| {
        let place = writer.places()?.into_iter().find(|one| one.code == "P1").unwrap().id;
        let sku = writer.skus()?[0].id;
        let id = ShopId(uuid::Uuid::now_v7());
        let (code, url, remote_shop) = ("S1".to_owned(), String::new(), "r1".to_owned());
        let places = vec![shop::ShopPlace { warehouse: "w".to_owned(), place }];
        let shop = shop::Shop { name: code.clone(), code, url, remote_shop, places };
        let line = SalePosting {
            place,
            sku,
            listing: "L".to_owned(),
            kind: fact::SaleKind::Sale,
            units,
            demand: units,
        };
        let source = fact::SaleSource::Feed;
        let sales = SalesPosted { shop: id, source, lines: vec![line] };
        for fact in [Fact::ShopSet { id, shop }, Fact::SalesPosted(sales)] {
            writer.post(&Entry {
                id: EntryId(uuid::Uuid::now_v7()),
                effective_on: day.parse().unwrap(),
                reverses: None,
                batch: None,
                body: Body::of(fact),
                money: None,
            })?;
        }
        Ok::<(), store::Error>(())
    });
    written.unwrap();
}

#[test]
fn a_batch_is_taken_back_whole_or_not_at_all() {
    let mut desk = opened();
    desk.today = "2026-10-02".parse().unwrap();
    let batches = desk.ok("import.batches", json!({}));
    let opening = batches.as_array().unwrap().iter().find(|one| one["kind"] == "opening").unwrap();
    assert_eq!((&opening["fileName"], &opening["rows"]), (&json!("期初.csv"), &json!(3)));
    let by_id = json!({ "id": opening["id"] });
    let sales = "日期,仓库,货号,销量\n2026-10-01,P1,SK001,20\n";
    let sold = import(&desk, &desk.file("s.csv", sales), json!({}));
    let before = (entries(&desk), stock(&desk, None));

    let preview = desk.ok("import.preview_take_back", by_id.clone());
    assert_eq!(preview["blockedBy"][0]["kind"], "sales_posted");
    assert_eq!(preview["reasons"][0]["code"], "reversal.blocked");
    let refused = desk.refused("import.take_back", by_id.clone());
    assert_eq!(refused.code, "reversal.blocked");
    assert_eq!(refused.details[0].code, "entry.sales_posted");
    assert_eq!((entries(&desk), stock(&desk, None)), before, "nothing is changed");

    let id = json!({ "id": sold["batch"] });
    let preview = desk.ok("import.preview_take_back", id.clone());
    assert_eq!((&preview["reasons"], &preview["blockedBy"]), (&json!([]), &json!([])));
    desk.ok("import.take_back", id.clone());
    assert_eq!(desk.refused("import.take_back", id.clone()).code, "import.taken_back");
    let again = desk.ok("import.preview_take_back", id);
    assert_eq!(again["reasons"][0]["code"], "import.taken_back");
    desk.ok("import.take_back", by_id);
    assert_eq!(stock(&desk, None), BTreeMap::new());
    let batches = desk.ok("import.batches", json!({}));
    let taken = batches.as_array().unwrap().iter().filter(|one| one["takenBack"] == true).count();
    assert_eq!(taken, 2);
    verify(&desk);
    // What was taken back can be imported anew.
    let again = import(&desk, &desk.path("期初.csv").display().to_string(), json!({}));
    assert_eq!(counted(&again["report"], "units_opened")["units"], 3120);
}

#[test]
fn months_side_by_side_are_demand_spread_over_their_days() {
    let desk = opened();
    let wide = "仓库,货号,2026年7月,2026年8月,2026年9月\nP1,SK001,310,311,\n合计,,310,311,\n";
    let path = desk.file("wide.csv", wide);
    let seen = desk.ok("import.inspect", json!({ "path": path, "kind": "sales", "sheet": null }));
    let fields = seen["fields"].as_array().unwrap().iter();
    let fields: Vec<&Value> = fields.map(|field| &field["name"]).collect();
    assert_eq!(fields, ["date", "place", "sku", "units", "listing"], "no amounts beside months");
    let report = import(&desk, &path, json!({}))["report"].clone();
    assert_eq!(counted(&report, "sales_months_spread"), json!({ "rows": 2, "units": 621 }));
    assert_eq!(counted(&report, "sales_demand_only"), json!({ "rows": 2, "units": 621 }));
    assert_eq!(counted(&report, "sales_days"), json!({ "days": 62 }));
    let skipped: Vec<&Value> =
        report["skipped"].as_array().unwrap().iter().map(|one| &one["code"]).collect();
    assert_eq!(skipped, ["import.skipped.totals", "import.skipped.blank_cells"]);
    let mut live = desk;
    live.today = "2026-11-02".parse().unwrap();
    let wide = "仓库,货号,2026年9月,2026年10月\nP1,SK001,300,310\n";
    let report = dry_run(&live, &live.file("wide2.csv", wide), json!({}));
    assert_eq!(problems(&report), ["D2 import.sales_month_live"]);
}

#[test]
fn columns_are_remembered_for_files_with_the_same_heads() {
    let desk = opened();
    let odd = "哪天,卖了什么,多少\n2026-09-01,SK001,5\n";
    let path = desk.file("odd.csv", odd);
    let mine = json!({
        "name": "直播间", "kind": "sales", "sheet": null, "headerRow": 1,
        "columns": { "date": "哪天", "sku": "B", "units": "多少" },
        "constants": { "place": "P1" }, "includeHidden": false,
    });
    desk.ok("import.apply", json!({ "path": path, "profile": mine }));
    let next = desk.file("odd2.csv", "多少,哪天,卖了什么\n7,2026-09-02,SK001\n");
    let seen = desk.ok("import.inspect", json!({ "path": next, "kind": null, "sheet": null }));
    assert_eq!(seen["remembered"], true);
    assert_eq!(seen["profile"]["name"], "直播间");
    assert_eq!(seen["profile"]["columns"]["sku"], "卖了什么");
    assert_eq!(seen["profile"]["constants"], json!({ "place": "P1" }));
    let report = import(&desk, &next, json!({}))["report"].clone();
    assert_eq!(counted(&report, "sales_demand_only"), json!({ "rows": 1, "units": 7 }));
}

#[test]
fn money_stays_with_those_who_may_see_it() {
    let mut desk = Desk::new("2026-10-01");
    let path = desk.file("货品.csv", GOODS);
    let manager = profile(&desk, &path, json!({}));
    assert_eq!(manager["columns"]["unit_cost"], "单位成本");
    desk.role = Role::Planner;
    let seen = desk.ok("import.inspect", json!({ "path": path, "kind": "goods", "sheet": null }));
    assert_eq!(seen["profile"]["columns"].get("unit_cost"), None);
    assert!(seen["fields"].as_array().unwrap().iter().all(|field| field["money"] == false));
    for command in ["import.dry_run", "import.apply"] {
        let refused = desk.refused(command, json!({ "path": path, "profile": manager }));
        assert_eq!(refused.code, "role.no_money");
    }
    // Goods are the manager's to import, sales also the planner's.
    let refused = desk.refused("import.apply", json!({ "path": path, "profile": seen["profile"] }));
    assert_eq!(refused.code, "role.no_right.import");
    desk.role = Role::Manager;
    desk.ok("import.apply", json!({ "path": path, "profile": seen["profile"] }));
    assert_eq!(desk.ok("sku.prices", json!({})), json!([]));
}

#[test]
fn a_planner_brings_in_sales_and_takes_them_back_and_nothing_else() {
    let mut desk = opened();
    desk.role = Role::Planner;
    let sales = import(&desk, &desk.file("日销.csv", history()), json!({}));
    desk.ok("import.take_back", json!({ "id": sales["batch"] }));
    let batches = desk.ok("import.batches", json!({}));
    let goods = batches.as_array().unwrap().iter().find(|batch| batch["kind"] == "goods").unwrap();
    let refused = desk.refused("import.take_back", json!({ "id": goods["id"] }));
    assert!(refused.code.starts_with("role."), "{}", refused.code);
    verify(&desk);
}

#[test]
fn a_dry_run_needs_no_right_to_write_the_file() {
    let desk = opened();
    let path = desk.file("日销.csv", history());
    let input = json!({ "path": path, "profile": profile(&desk, &path, json!({})) });
    let dry = desk.ok("import.dry_run", input.clone());
    // Beside the window, as the command line reads.
    let secrets = Box::new(support::MemorySecrets::default());
    let beside = app::App::new(secrets, desk.path("other-home"));
    beside.open_to_read(&desk.path("book.pincang")).unwrap();
    let session = app::Session {
        today: desk.today,
        now: desk.today.and_hms_opt(8, 0, 0).unwrap().and_utc(),
        actor: "cli".into(),
        role: Role::Manager,
        progress: &|_| {},
        cancel: &desk.cancel,
    };
    let before = entries(&desk);
    assert_eq!(beside.dispatch(&session, "import.dry_run", input.clone()).unwrap(), dry);
    let refused = beside.dispatch(&session, "import.apply", input).unwrap_err();
    assert_eq!(refused.code, "workspace.read_only");
    assert_eq!(entries(&desk), before);
}

#[test]
fn an_import_can_be_stopped_and_leaves_nothing() {
    let desk = opened();
    let path = desk.file("日销.csv", history());
    let input = json!({ "path": path, "profile": profile(&desk, &path, json!({})) });
    let before = entries(&desk);
    let steps = AtomicUsize::new(0);
    let watch = |step: app::Progress| {
        if step.code == "import.post" && steps.fetch_add(1, Ordering::Relaxed) == 9 {
            desk.cancel.store(true, Ordering::Relaxed);
        }
    };
    let refused = desk.watch("import.apply", input, &watch).unwrap_err();
    assert_eq!((refused.code.as_str(), steps.load(Ordering::Relaxed)), ("cancelled", 10));
    desk.cancel.store(false, Ordering::Relaxed);
    assert_eq!(entries(&desk), before);
    verify(&desk);
}

#[test]
fn files_that_are_none_are_refused_in_words() {
    let desk = Desk::new("2026-10-01");
    let inspect = |path: &str| {
        desk.refused("import.inspect", json!({ "path": path, "kind": null, "sheet": null })).code
    };
    assert_eq!(inspect(desk.path("none.xlsx").to_str().unwrap()), "file.unreachable");
    assert_eq!(inspect(desk.folder.path().to_str().unwrap()), "file.unreachable");
    assert_eq!(inspect(&desk.file("empty.csv", "")), "import.file_empty");
    assert_eq!(inspect(&desk.file("broken.xlsx", b"PK\x03\x04broken")), "import.file_broken");
    let huge = desk.path("huge.csv");
    std::fs::File::create(&huge).unwrap().set_len(100_000_001).unwrap();
    assert_eq!(inspect(huge.to_str().unwrap()), "import.file_too_big");
    let path = desk.file("a.csv", GOODS);
    let head = json!({ "headerRow": 9 });
    let input = json!({ "path": path, "profile": profile(&desk, &path, head) });
    assert_eq!(desk.refused("import.dry_run", input).code, "import.header_row_unusable");
    let kept = json!({ "columns": { "sku": "货号", "name_zh": "中文名称", "factory": "箱规" } });
    let input = json!({ "path": path, "profile": profile(&desk, &path, kept) });
    assert_eq!(desk.refused("import.dry_run", input).code, "import.field_unknown");
}

#[test]
fn each_template_can_be_imported_as_it_is() {
    let desk = Desk::new("2026-10-01");
    for lang in ["zh", "en"] {
        for kind in ["goods", "partners", "locations", "aliases", "opening", "sales"] {
            let path = desk.path(&format!("{kind}-{lang}.xlsx")).display().to_string();
            let made =
                desk.ok("import.template", json!({ "kind": kind, "lang": lang, "path": path }));
            assert_eq!(made["rows"], 1);
            let seen =
                desk.ok("import.inspect", json!({ "path": path, "kind": kind, "sheet": null }));
            assert_eq!(seen["profile"]["kind"], kind);
            let input = json!({ "path": path, "profile": seen["profile"] });
            let report = desk.ok("import.dry_run", input.clone());
            let found = problems(&report);
            // The opening template's place W0 is none of the template's places.
            let expected: &[&str] =
                if kind == "opening" { &["A2 import.place_unknown"] } else { &[] };
            assert_eq!(found, expected, "{kind} {lang}");
            if lang == "zh" && kind != "opening" {
                desk.ok("import.apply", input);
            }
        }
    }
    let refused = json!({ "kind": "goods", "lang": "zh", "path": desk.path("a.sh") });
    assert_eq!(desk.refused("import.template", refused).code, "file.name_refused");
}

/// The folder of shared data beside the repository. Without it the test is left out, unless CI
/// asks for all of them.
fn shared() -> Option<PathBuf> {
    let beside = || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../../shared"));
    let folder = std::env::var_os("PINCANG_SHARED").map_or_else(beside, PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(std::env::var_os("CI").is_none(), "{} is required in CI", folder.display());
    eprintln!("left out: {} is not there", folder.display());
    None
}

/// Five years of a grocer's daily sales of 55 goods, live for the last quarter.
#[test]
fn real_daily_sales_move_the_stock_of_the_last_quarter() {
    let Some(folder) = shared() else { return };
    let packed = folder.join("data/planning/pasta_daily.csv.gz");
    let unpacked = Command::new("gzip").arg("-dc").arg(&packed).output().unwrap();
    assert!(unpacked.status.success(), "{}", packed.display());
    let desk = Desk::new("2019-01-01");
    let sales = desk.file("pasta_daily.csv", &unpacked.stdout);

    let mut live: BTreeMap<&str, i64> = BTreeMap::new();
    let text = std::str::from_utf8(&unpacked.stdout).unwrap();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let units: i64 = if cells[0] < "2018-10-01" { 0 } else { cells[2].parse().unwrap() };
        *live.entry(cells[1]).or_default() += units;
    }
    assert_eq!((live.len(), live.values().sum::<i64>()), (55, 17_809));
    let (mut goods, mut opening) =
        (String::from("货号,中文名称\n"), String::from("仓库,货号,数量\n"));
    for (code, units) in &live {
        writeln!(goods, "{code},意面 {code}").unwrap();
        writeln!(opening, "P1,{code},{}", units + 100).unwrap();
    }
    let goods = import(&desk, &desk.file("goods.csv", goods), json!({}));
    assert_eq!(counted(&goods["report"], "goods_new"), json!({ "count": 55 }));
    let place = "库位编码,库位名称,库位类型,启用日期\nP1,平台仓,平台仓,2018-10-01\n";
    import(&desk, &desk.file("places.csv", place), json!({}));
    let opened = import(&desk, &desk.file("opening.csv", opening), json!({}));
    assert_eq!(counted(&opened["report"], "units_opened")["units"], 17_809 + 5_500);
    let before = stock(&desk, None);

    let by = json!({
        "name": "", "kind": "sales", "sheet": null, "headerRow": null,
        "columns": { "date": "week", "sku": "unique_id", "units": "value" },
        "constants": { "place": "P1" }, "includeHidden": false,
    });
    let input = json!({ "path": sales, "profile": by });
    let dry = desk.ok("import.dry_run", input.clone());
    assert_eq!((&dry["rows"], &dry["problemsTotal"]), (&json!(98_890), &json!(0)));
    let demand = json!({ "rows": 94_050, "units": 376_199 });
    assert_eq!(counted(&dry, "sales_demand_only"), demand);
    assert_eq!(counted(&dry, "sales_posted"), json!({ "rows": 4_840, "units": 17_809 }));
    assert_eq!(effect(&dry, "suspense"), None);
    assert_eq!(stock(&desk, None), before);
    let applied = desk.ok("import.apply", input);
    assert_eq!(applied["report"], dry);

    let end = stock(&desk, Some("2018-12-31"));
    assert_eq!((end.len(), end.values().sum::<i64>()), (55, 5_500));
    assert!(end.values().all(|units| *units == 100), "{end:?}");
    assert!(end.keys().all(|slot| slot.starts_with("P1 ")), "nothing in suspense");
    assert_eq!(verify(&desk)["entries"], entries(&desk));
    desk.ok("import.take_back", json!({ "id": applied["batch"] }));
    assert_eq!(stock(&desk, None), before);
    verify(&desk);
}
