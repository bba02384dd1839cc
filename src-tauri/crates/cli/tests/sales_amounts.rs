//! Sales by file with what they brought: tried, imported, corrected and taken back, as a terminal
//! shows it.

mod support;

use support::Desk;

const TODAY: &str = "2026-10-20";

/// 5,000 units at 15.372566 each in one lot, 76,862.83 in all.
fn opened() -> Desk {
    let desk = Desk::new();
    let made = desk.says(TODAY, &["new", "a.pincang", "--company", "霁禾"]);
    assert_eq!(made.code, Some(0), "{}", made.err);
    for (kind, table) in [
        ("goods", "货号,中文名称\nSK001,精华\n"),
        ("locations", "库位编码,库位名称,库位类型,启用日期\nW0,总仓,自营仓,2026-10-01\n"),
        (
            "opening",
            "仓库,货号,批号,有效期至,数量,单位成本\nW0,SK001,L1,2028-12-31,5000,15.372566\n",
        ),
    ] {
        let file = desk.bytes(&format!("{kind}.csv"), table.as_bytes());
        desk.json(TODAY, &["import", &file, "--kind", kind]);
    }
    desk
}

fn sales(desk: &Desk, name: &str, rows: &str) -> String {
    desk.bytes(name, format!("日期,仓库,货号,销量,不含税销售额\n{rows}").as_bytes())
}

#[test]
fn profit_of_sales_by_file_is_said_before_and_after_and_taken_back() {
    let desk = opened();
    let earned = || {
        let said = desk.in_chinese(TODAY, &["lot", "cost", "SK001/L1"]);
        assert_eq!(said.code, Some(0), "{}", said.err);
        let lines = said.out.lines().filter(|line| line.contains("售"));
        lines.filter(|line| line.contains('件')).map(str::to_owned).collect::<Vec<_>>()
    };
    let bare = desk.bytes("bare.csv", "日期,仓库,货号,销量\n2026-10-10,W0,SK001,2000\n".as_bytes());
    let tried = desk.in_chinese(TODAY, &["import", &bare, "--dry-run"]);
    let warned = "1 行没有金额（2000 件）：这些货的利润算不出";
    assert!(tried.out.contains(warned), "{}", tried.out);
    desk.json(TODAY, &["import", &bare]);
    assert_eq!(earned(), ["已售 2000 件，成本 30745.13 CNY，其中 2000 件不知道售额"]);

    let first = sales(&desk, "first.csv", "2026-10-10,W0,SK001,2000,60000.00\n");
    let tried = desk.in_chinese(TODAY, &["import", &first, "--dry-run"]);
    let amounts = "1 行有金额：2000 件，不含税共 60000.00 CNY";
    assert!(tried.out.contains(amounts), "{}", tried.out);
    assert!(!tried.out.contains("没有金额"), "{}", tried.out);
    desk.json(TODAY, &["import", &first]);
    let known = [
        "已售 2000 件，成本 30745.13 CNY，其中 0 件不知道售额",
        "2000 件不含税售额 60000.00，成本 30745.13：至今利润 29254.87",
    ];
    assert_eq!(earned(), known);
    let again = desk.refused(TODAY, &["import", &first], 1);
    assert_eq!(again["code"], "import.nothing_to_do");

    let second = sales(&desk, "second.csv", "2026-10-10,W0,SK001,1900,57000.00\n");
    desk.json(TODAY, &["import", &second]);
    let fewer = "1900 件不含税售额 57000.00，成本 29207.88：至今利润 27792.12";
    assert_eq!(earned()[1], fewer);
    desk.json(TODAY, &["undo", "--batch", "second.csv"]);
    assert_eq!(earned(), known);
    desk.json(TODAY, &["undo", "--batch", "first.csv"]);
    assert_eq!(earned().len(), 1, "nobody knows any more");
    desk.verify(TODAY);
}

#[test]
fn a_wrong_amount_is_said_with_its_cell_and_nothing_is_imported() {
    let desk = opened();
    let rows = "2026-10-10,W0,SK001,2000,60000.005\n2026-10-11,W0,SK001,0,5.00\n";
    let file = sales(&desk, "wrong.csv", rows);
    let refused = desk.refused(TODAY, &["import", &file, "--dry-run"], 1);
    let cells: Vec<_> = refused["details"].as_array().expect("details").iter().collect();
    let cells: Vec<_> = cells.iter().map(|one| (&one["code"], &one["args"]["cell"])).collect();
    assert_eq!(
        format!("{cells:?}"),
        r#"[(String("amount.too_fine"), String("E2")), (String("sales.amount_without_units"), String("E3"))]"#
    );
    let said = desk.in_chinese(TODAY, &["import", &file]);
    assert_eq!(said.code, Some(1));
    assert!(said.err.contains("金额 60000.005 的小数太多，CNY 最多 2 位"), "{}", said.err);
    // A gross amount needs its rate: without one the column is left alone, and is asked for.
    let table = "日期,仓库,货号,销量,支付金额\n2026-10-10,W0,SK001,2000,67800.00\n";
    let file = desk.bytes("gross.csv", table.as_bytes());
    let mut profile = desk.json(TODAY, &["import", &file, "--inspect"]);
    assert_eq!(profile["columns"].get("gross_amount"), None);
    profile["columns"]["gross_amount"] = "支付金额".into();
    let path = desk.bytes("profile.json", profile.to_string().as_bytes());
    let refused = desk.refused(TODAY, &["import", &file, "--profile", &path], 1);
    assert_eq!(refused["code"], "import.field_unmapped");
    assert_eq!(refused["args"]["field"], "tax_rate");
    profile["constants"]["tax_rate"] = "13%".into();
    let path = desk.bytes("profile.json", profile.to_string().as_bytes());
    let tried = desk.in_chinese(TODAY, &["import", &file, "--profile", &path, "--dry-run"]);
    assert!(tried.out.contains("2000 件，不含税共 60000.00 CNY"), "{}", tried.out);
    desk.verify(TODAY);
}
