//! Exports through `dispatch`: real files, read back.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

mod trading;

use std::{fs, path::Path};

use app::Role;
use documents::sheet::{Limits, read};
use serde_json::{Value, json};
use trading::{A1, Desk, a1, day};

fn asked(table: &str, path: &Path, as_of: Option<&str>, lang: &str) -> Value {
    json!({ "table": table, "path": path, "asOf": as_of, "lang": lang })
}

fn csv(desk: &Desk, table: &str, as_of: Option<&str>, lang: &str) -> Vec<Vec<String>> {
    let path = desk.dir.path().join("t.csv");
    let done = desk.ok("export.table", asked(table, &path, as_of, lang));
    let text = fs::read_to_string(&path).unwrap();
    let text = text.strip_prefix('\u{feff}').expect("the mark that Excel needs");
    let rows: Vec<Vec<String>> =
        text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect();
    assert_eq!(done["rows"], json!(rows.len() - 1));
    rows
}

fn column<'a>(rows: &'a [Vec<String>], head: &str) -> Vec<&'a str> {
    let at = rows[0].iter().position(|one| one == head);
    let at = at.unwrap_or_else(|| panic!("{head} in {:?}", rows[0]));
    rows[1..].iter().map(|row| row[at].as_str()).collect()
}

#[test]
fn stock_has_its_value_for_those_who_see_money_and_it_adds_up() {
    let A1 { mut desk, .. } = a1(400_000);
    let rows = csv(&desk, "stock", None, "zh");
    assert_eq!(column(&rows, "货品编码"), ["SK001"; 3]);
    assert_eq!(column(&rows, "批次"), ["?2028-01", "L2503A", "L2509B"]);
    assert_eq!(column(&rows, "件数"), ["120", "1000", "2000"]);
    assert_eq!(column(&rows, "状态"), ["良品"; 3]);
    assert_eq!(column(&rows, "库存金额")[1..], ["10000.00", "20000.00"]);

    desk.role = Role::Warehouse;
    let rows = csv(&desk, "stock", None, "en");
    assert_eq!(column(&rows, "Status"), ["Good"; 3]);
    assert!(rows[0].iter().all(|head| !head.contains("alue")), "{:?}", rows[0]);
    assert!(rows.iter().flatten().all(|cell| cell != "10000.00"));
}

#[test]
fn a_lot_at_two_places_shares_its_value_to_the_cent() {
    let A1 { desk, sku, w0, p1 } = a1(400_000);
    let odd = trading::Lot {
        number: Some("ODD"),
        made: Some("2026-01-01"),
        expires: Some("2029-01-01"),
        units: 3,
        cost: Some("0.335"),
    };
    desk.open_stock(w0, sku, &[odd]);
    let lot = desk.ok("search.find", json!({ "text": "ODD" }))[0]["id"].clone();
    let line = json!({ "sku": sku, "lot": lot, "qty": 1 });
    let draft = json!({ "id": null, "from": w0, "to": p1, "note": "", "lines": [line] });
    let id = desk.ok("transfer.save", draft)["id"].clone();
    desk.ok("transfer.approve", json!({ "id": id, "overrideReason": null }));
    desk.ok("transfer.pack", json!({ "id": id }));
    let ship = json!({ "id": id, "shippedOn": null, "carrier": "", "tracking": "" });
    desk.ok("transfer.ship", ship);
    let rows = csv(&desk, "stock", None, "zh");
    let lots = column(&rows, "批次");
    let values = column(&rows, "库存金额");
    let of_lot = lots.iter().zip(values).filter(|(lot, _)| **lot == "ODD").map(|(_, value)| value);
    // 1.01 over two and one.
    assert_eq!(of_lot.collect::<Vec<_>>(), ["0.34", "0.67"]);
    assert!(column(&rows, "库位").contains(&"在途 W0 → P1"));
}

#[test]
fn every_table_is_written_in_both_languages_and_formats() {
    let A1 { mut desk, .. } = a1(400_000);
    for (table, rows) in [("stock", 3), ("goods", 1), ("slow", 3), ("plan", 1)] {
        for lang in ["zh", "en"] {
            let path = desk.dir.path().join(format!("{table}-{lang}.xlsx"));
            let done = desk.ok("export.table", asked(table, &path, None, lang));
            assert_eq!(done["rows"], json!(rows), "{table}");
            assert!(desk.app.owns_file(&path));
            let book = read("t.xlsx", &fs::read(&path).unwrap(), &Limits::default()).unwrap();
            assert_eq!(book.sheets.len(), 1);
            assert_eq!(csv(&desk, table, None, lang).len(), rows + 1, "{table}");
        }
    }
    let plan = csv(&desk, "plan", None, "en");
    assert_eq!(column(&plan, "Units to send"), ["768"]);
    assert_eq!(column(&plan, "Lots"), ["L2503A × 768"]);
    let journal = csv(&desk, "journal", None, "zh");
    let entries = desk.ok("journal.list", json!({ "offset": 0, "limit": 1 }))["total"].clone();
    assert_eq!(json!(journal.len() - 1), entries);
    assert!(column(&journal, "类型").contains(&"期初库存"));
    desk.role = Role::Planner;
    for table in ["goods", "slow", "plan", "journal"] {
        let heads = csv(&desk, table, None, "en").remove(0).join(" ").to_lowercase();
        for word in ["cost", "price", "value"] {
            assert!(!heads.contains(word), "{table}: {heads}");
        }
    }
}

#[test]
fn stock_of_a_past_day_is_exported_and_no_other_table_pretends_to() {
    let A1 { mut desk, .. } = a1(400_000);
    desk.today = day("2026-10-05");
    assert_eq!(csv(&desk, "stock", Some("2026-09-30"), "zh").len(), 1);
    assert_eq!(csv(&desk, "stock", Some("2026-10-01"), "zh").len(), 4);
    let path = desk.dir.path().join("t.csv");
    let refused = desk.refused("export.table", asked("plan", &path, Some("2026-10-01"), "zh"));
    assert_eq!(refused.code, "export.no_past");
    for name in ["t.pdf", "t", "t.xlsm", "book.pincang"] {
        let path = desk.dir.path().join(name);
        let refused = desk.refused("export.table", asked("stock", &path, None, "zh"));
        assert_eq!(refused.code, "file.name_refused", "{name}");
    }
}

#[test]
fn a_name_that_looks_like_a_formula_is_text() {
    let desk = Desk::new("2026-10-01");
    let code = "=HYPERLINK(\"http://x\")";
    desk.save_sku(code, 10, &json!([]));
    let rows = csv(&desk, "goods", None, "en");
    assert!(rows[1][0].contains("'=HYPERLINK"), "{:?}", rows[1]);
    let path = desk.dir.path().join("t.xlsx");
    desk.ok("export.table", asked("goods", &path, None, "en"));
    let book = read("t.xlsx", &fs::read(&path).unwrap(), &Limits::default()).unwrap();
    let texts = format!("{:?}", book.sheets[0]);
    assert!(texts.contains("HYPERLINK"), "{texts}");
}

#[test]
fn what_is_copied_has_a_head_row_and_words_of_the_callers_language() {
    let A1 { desk, .. } = a1(400_000);
    let open = json!({
        "asOf": null, "by": ["sku", "lot", "place", "status"], "filter": "L2503A", "sku": null,
        "place": null, "status": null, "sort": { "column": "lot", "descending": false },
    });
    let view = desk.ok("stock.open", open)["view"].clone();
    let copied = |lang: &str| {
        let answer = desk.ok("stock.copy", json!({ "view": view, "lang": lang }));
        assert_eq!(answer["rows"], 1, "the head is no row");
        let text = answer["text"].as_str().unwrap().to_owned();
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        assert_eq!(lines.len(), 2);
        lines
    };
    let chinese = copied("zh");
    let heads = "货品编码\t品名\t批次\t生产日期\t到期日\t库位编码\t库位\t状态\t件数";
    assert_eq!(chinese[0], heads);
    assert!(chinese[1].starts_with("SK001\t") && chinese[1].ends_with("\t良品\t1000"));
    let english = copied("en");
    assert!(english[0].ends_with("\tStatus\tUnits"), "{}", english[0]);
    assert!(english[1].ends_with("\tGood\t1000"), "{}", english[1]);
}
