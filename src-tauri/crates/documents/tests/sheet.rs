//! Workbooks and csv files as people make them, read into typed rows.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use documents::sheet::{
    At, Because, Book, Bound, Cell, CsvEncoding, DateSystem, Extracted, HiddenRows, Kind, Lang,
    Layout, Life, LifeUnit, Limits, LocationKind, MonthOrDate, OpeningRow, Profile, Record,
    SheetError, Show, StockStatus, Table, Value, extract, read, suggest, template, write_csv,
    write_workbook, write_xlsx,
};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};
use std::io::Write;

fn xlsx(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    fill(workbook.add_worksheet());
    workbook.save_to_buffer().unwrap()
}

fn open(name: &str, bytes: &[u8]) -> Book {
    read(name, bytes, &Limits::default()).unwrap()
}

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().unwrap()
}

fn dec(text: &str) -> rust_decimal::Decimal {
    text.parse().unwrap()
}

/// Suggested, then extracted, as the wizard does when the user changes nothing.
fn by_suggestion(book: &Book, kind: Option<Kind>) -> Extracted {
    let suggestion = suggest(book, None, kind, &[]).unwrap();
    assert_eq!(suggestion.missing, Vec::<&str>::new(), "{suggestion:#?}");
    extract(book, &suggestion.profile).unwrap()
}

fn codes(extracted: &Extracted) -> Vec<(String, &'static str)> {
    let place = |p: &documents::sheet::Problem| {
        format!("{}{}", p.column.clone().unwrap_or_default(), p.row)
    };
    extracted.problems.iter().map(|problem| (place(problem), problem.code)).collect()
}

fn rows(sheet: &mut Worksheet, first: u32, rows: &[&[&str]]) {
    for (row, cells) in (first..).zip(rows) {
        for (column, cell) in (0..).zip(*cells) {
            if !cell.is_empty() {
                sheet.write_string(row, column, *cell).unwrap();
            }
        }
    }
}

fn opening(extracted: &Extracted) -> Vec<&OpeningRow> {
    let row = |row| match row {
        &documents::sheet::ImportRow { record: Record::Opening(ref row), .. } => &**row,
        other => panic!("{other:?}"),
    };
    extracted.rows.iter().map(row).collect()
}

/// A warehouse's stock report: title rows, two-line merged heads, dates of three makes, units in
/// heads and cells, a hidden row, subtotals, a signature.
fn stock_report() -> Vec<u8> {
    xlsx(|sheet| {
        let plain = Format::new();
        let date = Format::new().set_num_format("yyyy/m/d");
        sheet.set_name("库存 明细").unwrap();
        sheet.merge_range(0, 0, 0, 7, "霁禾库存报表", &plain).unwrap();
        sheet.write_string(1, 0, "导出日期：2026-10-01").unwrap();
        sheet.merge_range(3, 0, 4, 0, "仓库", &plain).unwrap();
        sheet.merge_range(3, 1, 4, 1, "*货号", &plain).unwrap();
        sheet.merge_range(3, 2, 3, 4, "批次信息", &plain).unwrap();
        rows(sheet, 4, &[&["", "", "批号", "生产日期", "有效期至"]]);
        sheet.merge_range(3, 5, 4, 5, "数量（件）", &plain).unwrap();
        sheet.merge_range(3, 6, 4, 6, "成本价(元)", &plain).unwrap();
        sheet.merge_range(3, 7, 4, 7, "库存状态", &plain).unwrap();
        rows(
            sheet,
            5,
            &[
                &[
                    "W0",
                    "SK001",
                    "L2503A",
                    "2025年3月10日",
                    "2028.03.09",
                    "1,000 件",
                    "￥16.20",
                    "良品",
                ],
                &["W0", "SK001", "L2509B", "20250905", "", "", "", ""],
            ],
        );
        let expiry = ExcelDateTime::from_ymd(2028, 9, 4).unwrap();
        sheet.write_datetime_with_format(6, 4, &expiry, &date).unwrap();
        sheet.write_number(6, 5, 2_000).unwrap();
        sheet.write_number(6, 6, 16.2).unwrap();
        rows(
            sheet,
            7,
            &[
                &["W0小计", "", "", "", "", "3000"],
                &["P9", "SK001", "HIDDEN", "", "2028-01", "5"],
                &["P1", "SK001", "/", "-", "2028-01", "１２０", "", ""],
                &["合计：", "", "", "", "", "3125"],
                &["制表人：王工"],
            ],
        );
        sheet.set_row_hidden(8).unwrap();
        sheet.set_column_hidden(7).unwrap();
    })
}

#[test]
fn a_real_stock_report_becomes_opening_stock() {
    let book = open("库存.xlsx", &stock_report());
    let out = by_suggestion(&book, None);
    assert_eq!(codes(&out), []);
    let lot = |lot: &str, mfg, expiry, qty| OpeningRow {
        place: "W0".into(),
        sku: "SK001".into(),
        lot: Some(lot.into()),
        mfg_on: Some(day(mfg)),
        expires_on: Some(MonthOrDate::Date(day(expiry))),
        qty,
        unit_cost: Some(dec("16.2")),
        status: None,
        received_on: None,
    };
    let mut first = lot("L2503A", "2025-03-10", "2028-03-09", 1_000);
    first.status = Some(StockStatus::Good);
    let pseudo = OpeningRow {
        place: "P1".into(),
        lot: None,
        mfg_on: None,
        expires_on: Some(MonthOrDate::Month { year: 2028, month: 1 }),
        unit_cost: None,
        ..lot("", "2025-01-01", "2028-01-01", 120)
    };
    assert_eq!(opening(&out), [&first, &lot("L2509B", "2025-09-05", "2028-09-04", 2_000), &pseudo]);
    assert_eq!(out.rows[2].at, At { row: 10, column: None });
    assert_eq!(out.skipped.totals, [8, 11]);
    assert_eq!(out.skipped.hidden, [9]);
    assert_eq!(out.skipped.notes, [12]);
    let layout = Layout::find(&book, &book.sheets[0], HiddenRows::Take).unwrap();
    assert_eq!(layout.head_rows, (4, 5));
    let heads: Vec<&str> = layout.columns.iter().map(|column| column.head.as_str()).collect();
    assert_eq!(
        heads,
        [
            "仓库",
            "*货号",
            "批次信息/批号",
            "批次信息/生产日期",
            "批次信息/有效期至",
            "数量(件)",
            "成本价(元)",
            "库存状态"
        ]
    );
    assert_eq!(layout.columns[5].unit.as_deref(), Some("件"));
    assert!(layout.columns[7].hidden);
    assert_eq!(layout.data.len(), 4);
}

#[test]
fn hidden_rows_come_along_when_asked() {
    let book = open("库存.xlsx", &stock_report());
    let mut profile = suggest(&book, None, Some(Kind::OpeningStock), &[]).unwrap().profile;
    profile.options.hidden_rows = true;
    let out = extract(&book, &profile).unwrap();
    assert_eq!((out.rows.len(), out.skipped.hidden.len()), (4, 0));
}

#[test]
fn a_shared_text_in_many_cells_counts_each_time() {
    let long = "x".repeat(30_000);
    let bytes = xlsx(|sheet| {
        for row in 0..100 {
            sheet.write_string(row, 0, &long).unwrap();
        }
    });
    assert!(bytes.len() < 20_000);
    let limits = Limits { text_bytes: 1_000_000, ..Limits::default() };
    assert_eq!(bound(&read("a.xlsx", &bytes, &limits).unwrap_err()), Bound::TextBytes);
}

#[test]
fn every_problem_is_named_with_its_cell() {
    let bytes = xlsx(|sheet| {
        rows(
            sheet,
            0,
            &[
                &["仓库", "货号", "批号", "生产日期", "有效期至", "数量", "成本价"],
                &["W0", "SK1", "L1", "2025-03-10", "2024-03-10", "10", "1"],
                &["W0", "SK1", "L2", "01/05/2026", "2028-02-30", "12.5", "abc"],
                &["", "6.91E+12", "L3", "", "", "3箱", "-1"],
                &["W0", "SK1", "L4", "", "", "-5", ""],
                &["W0", "SK2", "L5", "2025-03", "", "1,20", ""],
                &["W0", "SK2", "L6", "", "2028-01", "7", ""],
                &["W0", "SK2", "L6", "", "2028-01", "8", ""],
            ],
        );
        sheet.write_number(8, 1, 690_123_456_789_012_345_f64).unwrap();
        rows(sheet, 8, &[&["W0", "", "L7"]]);
        sheet.write_formula(8, 5, Formula::new("1/0").set_result("#DIV/0!")).unwrap();
        sheet.write_number(9, 1, 6_901_234_567_892_f64).unwrap();
        rows(sheet, 9, &[&["W0", "", "L8", "", "", "1"]]);
    });
    let book = open("a.xlsx", &bytes);
    let out = by_suggestion(&book, Some(Kind::OpeningStock));
    let expected = [
        ("E2", "import.expiry_before_manufacture"),
        ("D3", "import.date_ambiguous"),
        ("E3", "import.date_impossible"),
        ("F3", "import.quantity_not_whole"),
        ("G3", "import.number_unreadable"),
        ("A4", "import.required"),
        ("B4", "import.code_scientific"),
        ("F4", "import.quantity_in_cartons"),
        ("G4", "import.number_negative"),
        ("F5", "import.quantity_negative"),
        ("D6", "import.date_is_month"),
        ("F6", "import.number_unreadable"),
        ("8", "import.duplicate"),
        ("B9", "import.code_digits_lost"),
        ("F9", "import.cell_error"),
    ];
    let expected: Vec<_> = expected.map(|(place, code)| (place.to_owned(), code)).to_vec();
    assert_eq!(codes(&out), expected);
    assert_eq!(out.problem_count, out.problems.len());
    assert_eq!(out.problems[0].args["mfg"], "2025-03-10");
    assert_eq!(out.problems[0].value, "2024-03-10");
    assert_eq!(out.problems[12].args["first_row"], "7");
    assert_eq!(out.rows.len(), 2);
    assert_eq!(opening(&out)[1].sku, "6901234567892");
}

#[test]
fn cartons_count_when_the_user_says_what_one_holds() {
    let book = open("a.csv", "仓库,货号,数量(箱)\nW0,SK1,3\nW0,SK2,\"1,000 件\"\n".as_bytes());
    let mut profile = suggest(&book, None, Some(Kind::OpeningStock), &[]).unwrap().profile;
    assert_eq!(
        codes(&extract(&book, &profile).unwrap()),
        [("C2".into(), "import.quantity_in_cartons")]
    );
    profile.options.carton_units = Some(48);
    let out = extract(&book, &profile).unwrap();
    assert_eq!(opening(&out).iter().map(|row| row.qty).collect::<Vec<_>>(), [144, 1_000]);
}

#[test]
fn repeated_keys_pass_when_they_are_parts() {
    let book = open("a.csv", "仓库,货号,数量\nW0,SK1,3\nW0,SK1,4\n".as_bytes());
    let mut profile = suggest(&book, None, Some(Kind::OpeningStock), &[]).unwrap().profile;
    assert_eq!(extract(&book, &profile).unwrap().problems[0].code, "import.duplicate");
    profile.options.repeated_keys = true;
    assert_eq!(extract(&book, &profile).unwrap().rows.len(), 2);
}

#[test]
fn problems_are_capped_but_counted() {
    let text = "仓库,货号,数量\n".to_owned() + &"W0,SK1,x\n".repeat(2_500);
    let book = open("a.csv", text.as_bytes());
    let profile = Profile::new(Kind::OpeningStock)
        .column("place", "仓库")
        .column("sku", "货号")
        .column("qty", "数量");
    let out = extract(&book, &profile).unwrap();
    assert_eq!((out.problems.len(), out.problem_count), (1_000, 2_500));
}

fn sales(out: &Extracted) -> Vec<(String, String, String, i64)> {
    let row = |row: &documents::sheet::ImportRow| match &row.record {
        Record::Sale(sale) => {
            (row.at.to_string(), sale.on.to_string(), sale.sku.clone(), sale.units)
        }
        other => panic!("{other:?}"),
    };
    out.rows.iter().map(row).collect()
}

fn sale(at: &str, on: &str, sku: &str, units: i64) -> (String, String, String, i64) {
    (at.into(), on.into(), sku.into(), units)
}

#[test]
fn month_columns_become_rows() {
    let bytes = xlsx(|sheet| {
        rows(
            sheet,
            0,
            &[
                &["2026年各仓销量"],
                &["仓库", "款号", "商品名称", "1月", "2月", "3月销量", "合计"],
                &["P1", "SK001", "精华", "560", "", "1,200 件", "1760"],
                &["P1", "SK002", "面霜", "0", "-", "7", "7"],
                &["总计", "", "", "560", "", "1207", "1767"],
            ],
        );
    });
    let book = open("a.xlsx", &bytes);
    let out = by_suggestion(&book, Some(Kind::Sales));
    assert_eq!(codes(&out), []);
    assert_eq!(
        sales(&out),
        [
            sale("D3", "2026-01", "SK001", 560),
            sale("F3", "2026-03", "SK001", 1_200),
            sale("D4", "2026-01", "SK002", 0),
            sale("F4", "2026-03", "SK002", 7),
        ]
    );
    assert_eq!((out.blank_cells, out.skipped.totals.clone()), (2, vec![5]));
}

#[test]
fn heads_that_are_dates_are_months_or_days_by_their_pattern() {
    let months = |dates: [(u16, u8, u8); 3], format: &str| {
        let format = Format::new().set_num_format(format);
        xlsx(|sheet| {
            rows(sheet, 0, &[&["仓库", "货号"], &["P1", "SK1"]]);
            for (column, (year, month, day)) in (2..).zip(dates) {
                let date = ExcelDateTime::from_ymd(year, month, day).unwrap();
                sheet.write_datetime_with_format(0, column, &date, &format).unwrap();
                sheet.write_number(1, column, f64::from(column)).unwrap();
            }
        })
    };
    let first_days = [(2025, 12, 1), (2026, 1, 1), (2026, 2, 1)];
    for format in ["yyyy-mm", "yyyy\"年\"m\"月\""] {
        let out = by_suggestion(&open("a.xlsx", &months(first_days, format)), Some(Kind::Sales));
        let on: Vec<String> = sales(&out).into_iter().map(|(_, on, _, _)| on).collect();
        assert_eq!(on, ["2025-12", "2026-01", "2026-02"]);
    }
    let days = months([(2026, 10, 1), (2026, 10, 2), (2026, 10, 3)], "yyyy-mm-dd");
    let out = by_suggestion(&open("a.xlsx", &days), Some(Kind::Sales));
    assert_eq!(sales(&out)[1], sale("D2", "2026-10-02", "SK1", 3));
    // Excel's own Chinese format 31 stands in the file as a number without a format code.
    let format = Format::new().set_num_format_index(31);
    let bytes = xlsx(|sheet| {
        rows(sheet, 0, &[&["仓库", "货号", "日期", "销量"], &["P1", "SK1", "", "5"]]);
        sheet.write_number_with_format(1, 2, 46_296, &format).unwrap();
    });
    let out = by_suggestion(&open("a.xlsx", &bytes), Some(Kind::Sales));
    assert_eq!(sales(&out), [sale("2", "2026-10-01", "SK1", 5)]);
}

#[test]
fn wide_heads_without_a_format_code_are_dates() {
    let format = Format::new().set_num_format_index(57);
    let bytes = xlsx(|sheet| {
        rows(sheet, 0, &[&["仓库", "货号"], &["P1", "SK1"], &["P1", "SK2"]]);
        for (column, serial) in (2..).zip([46_296, 46_327, 46_357]) {
            sheet.write_number_with_format(0, column, serial, &format).unwrap();
            sheet.write_number(1, column, 40_000).unwrap();
            sheet.write_number(2, column, 41_000).unwrap();
        }
    });
    let out = by_suggestion(&open("a.xlsx", &bytes), Some(Kind::Sales));
    assert_eq!(sales(&out)[5], sale("E3", "2026-12", "SK2", 41_000));
    assert_eq!(out.rows.len(), 6);
}

#[test]
fn exports_of_known_tools_map_by_themselves() {
    let mapped = |kind, heads: &str, cells: &str| {
        let book = open("a.csv", format!("{heads}\n{cells}\n").as_bytes());
        let profile = suggest(&book, None, Some(kind), &[]).unwrap().profile;
        let pairs = profile.columns.iter().map(|(field, head)| format!("{field}={head}"));
        pairs.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(
        mapped(
            Kind::OpeningStock,
            "款式编码,商品编码,商品名称,颜色及规格,仓库,主仓实际库存数,可用数,成本价,批次号,生产日期,有效期至",
            "K1,SK001,精华,30ml,W0,120,100,16.2,L1,2025-03-10,2028-03-09",
        ),
        "expires_on=有效期至 lot=批次号 mfg_on=生产日期 place=仓库 qty=主仓实际库存数 sku=商品编码 unit_cost=成本价"
    );
    assert_eq!(
        mapped(
            Kind::OpeningStock,
            "商家编码,货品编号,货品名称,规格名称,仓库,库存,可用库存,批次,有效期",
            "SK001,H1,精华,30ml,W0,120,100,L1,2028-03-09",
        ),
        "expires_on=有效期 lot=批次 place=仓库 qty=库存 sku=商家编码"
    );
    assert_eq!(
        mapped(
            Kind::Sales,
            "主订单编号,子订单编号,选购商品,商品规格,商品数量,商品ID,商家编码,订单提交时间,发货仓库",
            "\t69001\t,\t69002\t,精华,30ml,2,361,SK001,2026-01-05 13:22:11,P1",
        ),
        "date=订单提交时间 listing=商品ID place=发货仓库 sku=商家编码 units=商品数量"
    );
}

#[test]
fn months_without_a_year_ask_for_it() {
    let book = open("a.csv", "仓库,货号,1月,2月\nP1,SK1,3,4\n".as_bytes());
    let mut profile = suggest(&book, None, Some(Kind::Sales), &[]).unwrap().profile;
    let error = extract(&book, &profile).unwrap_err();
    assert_eq!(error.code(), "import.head_year_missing");
    profile.options.year = Some(2025);
    assert_eq!(sales(&extract(&book, &profile).unwrap())[0].1, "2025-01");
}

#[test]
fn goods_of_a_shop_tool_are_understood() {
    let bytes = encoding_rs::GB18030
        .encode(
            "商品编码,商品名称,颜色及规格,品牌,分类,国标码,成本价,基本售价,装箱数,外箱尺寸,毛重(g),保质期\r\n\
             SK001,烟酰胺亮肤精华,30ml,霁禾,护肤,6901234567892,16.2,169.00,48,60*40*30cm,8500,3年\r\n\
             SK002,玻尿酸面霜,50g,霁禾,护肤,'0690123456789,14.5,139,48,600×400×300mm,9000,1095天\r\n",
        )
        .0
        .into_owned();
    let book = open("goods.csv", &bytes);
    let out = by_suggestion(&book, None);
    assert_eq!(codes(&out), []);
    let Record::Goods(first) = &out.rows[0].record else { panic!() };
    assert_eq!(first.name_zh, "烟酰胺亮肤精华");
    assert_eq!(first.spec.as_deref(), Some("30ml"));
    assert_eq!(first.carton_cm, Some([dec("60"), dec("40"), dec("30")]));
    assert_eq!(first.carton_gross_kg, Some(dec("8.5")));
    assert_eq!(first.shelf_life, Some(Life { count: 36, unit: LifeUnit::Month }));
    assert_eq!(first.pcs_per_carton, Some(48));
    let Record::Goods(second) = &out.rows[1].record else { panic!() };
    assert_eq!(second.gtin.as_deref(), Some("0690123456789"));
    assert_eq!(second.carton_cm, first.carton_cm);
    assert_eq!(second.shelf_life, Some(Life { count: 1_095, unit: LifeUnit::Day }));
}

/// Net, gross and rate of each row.
fn amounts(out: &Extracted) -> Vec<[Option<String>; 3]> {
    let row = |row: &documents::sheet::ImportRow| match &row.record {
        Record::Sale(sale) => {
            [sale.net, sale.gross, sale.tax_rate].map(|one| one.map(|one| one.to_string()))
        }
        other => panic!("{other:?}"),
    };
    out.rows.iter().map(row).collect()
}

fn told(cells: [&str; 3]) -> [Option<String>; 3] {
    cells.map(|cell| (!cell.is_empty()).then(|| cell.to_owned()))
}

#[test]
fn sales_tell_what_they_brought_without_tax_or_with_it() {
    let text = "日期,仓库,货号,销量,销售额(不含税),价税合计,税率\n\
        2026-10-01,P1,SK1,20,\"1,769.91\",2000.00,13%\n2026-10-02,P1,SK1,20,,￥2000,0.13\n\
        2026-10-03,P1,SK1,20,,2000 元,13\n2026-10-04,P1,SK1,20,88.5,,\n\
        2026-10-05,P1,SK1,20,-,100,免税\n2026-10-06,P1,SK1,20,,,1\n";
    let book = open("a.csv", text.as_bytes());
    let mapped = suggest(&book, None, Some(Kind::Sales), &[]).unwrap().profile;
    assert_eq!(
        ["net_amount", "gross_amount", "tax_rate"].map(|field| mapped.columns[field].as_str()),
        ["销售额(不含税)", "价税合计", "税率"]
    );
    assert!(mapped.tells_amounts());
    let out = extract(&book, &mapped).unwrap();
    assert_eq!(codes(&out), []);
    let expected = [
        ["1769.91", "2000.00", "0.13"],
        ["", "2000", "0.13"],
        ["", "2000", "0.13"],
        ["88.5", "", ""],
        ["", "100", "0"],
        ["", "", "0.01"],
    ];
    assert_eq!(amounts(&out), expected.map(told));
}

#[test]
fn an_amount_that_is_none_is_said_by_row_and_column() {
    let text = "日期,仓库,货号,销量,不含税销售额,含税销售额,税率\n\
        2026-10-01,P1,SK1,20,约两千,,\n2026-10-02,P1,SK1,20,-5,,\n\
        2026-10-03,P1,SK1,20,,2E3,13%\n2026-10-04,P1,SK1,20,,5,100%\n\
        2026-10-05,P1,SK1,20,,5,13 元\n2026-10-06,P1,SK1,20,,5,0.1234567\n";
    let out = by_suggestion(&open("a.csv", text.as_bytes()), Some(Kind::Sales));
    assert_eq!(
        codes(&out),
        [
            ("E2".into(), "import.number_unreadable"),
            ("E3".into(), "import.number_negative"),
            ("F4".into(), "import.number_scientific"),
            ("G5".into(), "import.tax_rate_invalid"),
            ("G6".into(), "import.unit_unknown"),
            ("G7".into(), "import.tax_rate_invalid"),
        ]
    );
    let text = "日期,仓库,货号,销量,不含税销售额(万元)\n2026-10-01,P1,SK1,20,5\n";
    let out = by_suggestion(&open("a.csv", text.as_bytes()), Some(Kind::Sales));
    let expected = [("E2".into(), "import.unit_unknown")];
    assert_eq!(codes(&out), expected, "never ten thousand times too little");
}

#[test]
fn amounts_with_tax_are_taken_only_with_a_rate() {
    let text = "日期,仓库,货号,销量,支付金额\n2026-10-01,P1,SK1,20,2000\n";
    let book = open("a.csv", text.as_bytes());
    let guess = suggest(&book, None, Some(Kind::Sales), &[]).unwrap();
    assert_eq!((guess.unused.clone(), guess.missing.len()), (vec!["支付金额".to_owned()], 0));
    assert!(!guess.profile.tells_amounts());
    let bare = guess.profile.column("gross_amount", "支付金额");
    let refused = extract(&book, &bare).unwrap_err();
    assert_eq!(refused, SheetError::FieldUnmapped { field: "tax_rate" });
    let kept = suggest(&book, None, Some(Kind::Sales), std::slice::from_ref(&bare)).unwrap();
    assert_eq!(kept.missing, ["tax_rate"]);
    let out = extract(&book, &bare.constant("tax_rate", "13%")).unwrap();
    assert_eq!(amounts(&out), [told(["", "2000", "0.13"])]);
    // A column for each month holds units; an amount of the whole row is of none of them.
    let text = "仓库,货号,2026年7月,2026年8月,不含税销售额\nP1,SK1,3,4,700\n";
    let book = open("a.csv", text.as_bytes());
    let guess = suggest(&book, None, Some(Kind::Sales), &[]).unwrap();
    assert_eq!(guess.unused, ["不含税销售额"]);
    assert_eq!(amounts(&extract(&book, &guess.profile).unwrap()), [told([""; 3]), told([""; 3])]);
    let wide = guess.profile.column("net_amount", "不含税销售额");
    let refused = extract(&book, &wide).unwrap_err();
    assert_eq!(refused, SheetError::FieldNotWide { field: "net_amount" });
}

#[test]
fn demo_master_data_maps_by_itself() {
    let text = "sku,name_zh,name_en,category,factory,shelf_life_months,units_per_carton,moq,std_cost,list_price,floor_price\n\
                SK001,精华 30ml,Serum,skincare,F1,36,48,5000,16.2,169,76.05\n";
    let suggestion = suggest(&open("demo_skus.csv", text.as_bytes()), None, None, &[]).unwrap();
    assert_eq!(suggestion.profile.kind, Kind::Goods);
    assert_eq!(suggestion.unused, Vec::<String>::new());
}

#[test]
fn a_seen_head_is_remembered() {
    let text = "week,unique_id,value,promotion\n2018-10-01,B1_10,3,0\n";
    let book = open("pasta.csv", text.as_bytes());
    let guess = suggest(&book, None, Some(Kind::Sales), &[]).unwrap();
    assert_eq!(guess.missing, ["place"]);
    assert_eq!(guess.unused, ["promotion"]);
    let corrected = guess.profile.constant("place", "P1");
    let kept: Profile = serde_json::from_str(&serde_json::to_string(&corrected).unwrap()).unwrap();
    assert_eq!(kept, corrected);
    assert!(serde_json::from_str::<Profile>(r#"{"kind":"sales","colour":"red"}"#).is_err());
    let again = suggest(&book, None, None, std::slice::from_ref(&kept)).unwrap();
    assert_eq!((&again.profile, again.missing.len()), (&kept, 0));
    assert!(again.choices.iter().all(|choice| choice.because == Because::Remembered));
    // Other heads: the profile is not forced upon them.
    let other = open("b.csv", b"week,unique_id,amount\n2018-10-01,B1_10,3\n");
    assert_ne!(suggest(&other, None, Some(Kind::Sales), &[kept]).unwrap().profile, again.profile);
}

#[test]
fn a_profile_that_does_not_fit_says_what_is_missing() {
    let book = open("a.csv", "仓库,货号,数量\nW0,SK1,3\n".as_bytes());
    let profile = Profile::new(Kind::OpeningStock).column("place", "仓库").column("sku", "货号");
    let error = extract(&book, &profile).unwrap_err();
    assert_eq!(
        (error.code(), error.args()),
        ("import.field_unmapped", vec![("field", "qty".into())])
    );
    let error = extract(&book, &profile.clone().column("qty", "件数")).unwrap_err();
    assert_eq!(error.code(), "import.column_missing");
    let error = extract(&book, &profile.constant("colour", "red")).unwrap_err();
    assert_eq!(error.code(), "import.field_unknown");
}

#[test]
fn location_rules_are_read_as_platforms_write_them() {
    let text = "库位编码,库位名称,库位类型,启用日期,允收期,在途天数P90\n\
                P1,一号仓,平台仓,2026/10/1,40%,4\nP2,二号仓,平台仓,2026年10月1日,2/3,4天\n\
                W0,总仓,自营仓,2026-10-01,0.5,\nX,错,外星,2026-10-01,140%,1.5\n";
    let out = by_suggestion(&open("a.csv", text.as_bytes()), None);
    let shares: Vec<_> = out
        .rows
        .iter()
        .map(|row| match &row.record {
            Record::Location(row) => (row.kind, row.min_life_share, row.transit_days_p90),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(
        shares,
        [
            (LocationKind::Platform, Some(dec("0.4")), Some(4)),
            (LocationKind::Platform, Some(dec("0.666667")), Some(4)),
            (LocationKind::Own, Some(dec("0.5")), None),
        ]
    );
    assert_eq!(
        codes(&out).iter().map(|(_, code)| *code).collect::<Vec<_>>(),
        ["import.choice_unknown", "import.percent_out_of_range", "import.number_not_whole"]
    );
}

#[test]
fn dates_of_1904_books_are_right() {
    // rust_xlsxwriter cannot write such a book: the flag is put into the file by hand.
    let bytes = xlsx(|sheet| {
        rows(sheet, 0, &[&["仓库", "货号", "日期", "销量"], &["P1", "SK1", "", "5"]]);
        sheet.write_number(1, 2, 44_834).unwrap();
    });
    let bytes = rewrite(&bytes, "xl/workbook.xml", |text| {
        text.replace("<workbookPr", "<workbookPr date1904=\"1\"")
    });
    let book = open("a.xlsx", &bytes);
    assert_eq!(book.date_system, DateSystem::From1904);
    assert_eq!(sales(&by_suggestion(&book, Some(Kind::Sales)))[0].1, "2026-10-01");
}

/// The same zip with one part changed.
fn rewrite(bytes: &[u8], part: &str, change: impl Fn(String) -> String) -> Vec<u8> {
    let mut from = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut to = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for index in 0..from.len() {
        let mut entry = from.by_index(index).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut content = Vec::new();
        std::io::Read::read_to_end(&mut entry, &mut content).unwrap();
        if name == part {
            content = change(String::from_utf8(content).unwrap()).into_bytes();
        }
        to.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        to.write_all(&content).unwrap();
    }
    to.finish().unwrap().into_inner()
}

fn refused(name: &str, bytes: &[u8]) -> SheetError {
    read(name, bytes, &Limits::default()).unwrap_err()
}

#[test]
fn files_that_are_not_what_they_say_are_refused_in_words() {
    let html = b"<html><table><tr><td>1</td></tr></table></html>";
    assert_eq!(refused("export.xls", html).args()[1].1, "html");
    assert_eq!(refused("export.xls", html).code(), "import.file_kind_differs");
    assert_eq!(refused("a.csv", html).code(), "import.file_kind_differs");
    assert_eq!(refused("a.xlsx", "货号,数量\nSK1,3".as_bytes()).args()[1].1, "text");
    assert_eq!(refused("a.xls", b"<?xml version=\"1.0\"?><Workbook/>").args()[1].1, "xml");
    assert_eq!(refused("a.pdf", b"%PDF-1.7").code(), "import.file_kind_unknown");
    assert_eq!(refused("a.csv", b"").code(), "import.file_empty");
    assert_eq!(refused("a.xlsx", &[0, 1, 2, 3]).code(), "import.file_broken");
    assert_eq!(refused("a.xls", b"\x09\x02\x06\0\0\0").code(), "import.file_too_old");
    let whole = stock_report();
    for cut in [10, whole.len() / 2, whole.len() - 30] {
        assert_eq!(refused("a.xlsx", &whole[..cut]).code(), "import.file_broken");
    }
    let broken = rewrite(&whole, "xl/worksheets/sheet1.xml", |text| text[..text.len() / 2].into());
    let error = refused("a.xlsx", &broken);
    assert_eq!((error.code(), error.args()[0].1.as_str()), ("import.file_broken", "库存 明细"));
}

fn bound(error: &SheetError) -> Bound {
    match error {
        SheetError::TooBig { bound, .. } => *bound,
        other => panic!("{other}"),
    }
}

#[test]
fn a_zip_that_is_no_workbook_is_refused() {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(b"<w:document/>").unwrap();
    let error = refused("a.xlsx", &zip.finish().unwrap().into_inner());
    assert_eq!((error.code(), error.args()[1].1.as_str()), ("import.file_kind_unknown", "zip"));
}

#[test]
fn every_code_is_in_the_contract() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/sheet");
    let contract = std::fs::read_to_string(format!("{folder}/mod.rs")).unwrap();
    let mut used = std::collections::BTreeSet::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "rs") || path.ends_with("mod.rs") {
            continue;
        }
        let text = std::fs::read_to_string(path).unwrap();
        for start in ["\"import.", "\"export."] {
            let codes = text.match_indices(start).map(|(at, _)| &text[at + 1..]);
            used.extend(codes.map(|rest| rest[..rest.find('"').unwrap()].to_owned()));
        }
    }
    let listed: std::collections::BTreeSet<String> = contract
        .lines()
        .filter_map(|line| line.strip_prefix("//! | `"))
        .filter_map(|rest| Some(rest[..rest.find('`')?].to_owned()))
        .collect();
    assert_eq!(used, listed);
}

#[test]
fn bombs_are_refused_before_they_go_off() {
    // 30 MB of blanks in a few dozen kilobytes.
    let sheet = |content: &[u8]| {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        zip.start_file("xl/worksheets/sheet1.xml", zip::write::SimpleFileOptions::default())
            .unwrap();
        for _ in 0..30 {
            zip.write_all(content).unwrap();
        }
        zip.finish().unwrap().into_inner()
    };
    let bomb = sheet(&vec![b' '; 1_000_000]);
    assert!(bomb.len() < 100_000);
    assert_eq!(bound(&refused("a.xlsx", &bomb)), Bound::InflateRatio);
    let limits =
        Limits { inflate_ratio: u64::MAX, inflated_bytes: 20_000_000, ..Limits::default() };
    assert_eq!(bound(&read("a.xlsx", &bomb, &limits).unwrap_err()), Bound::InflatedBytes);

    let good = stock_report();
    let with = |limits: Limits| bound(&read("a.xlsx", &good, &limits).unwrap_err());
    let all = Limits::default();
    assert_eq!(with(Limits { file_bytes: 100, ..all }), Bound::FileBytes);
    assert_eq!(with(Limits { zip_entries: 3, ..all }), Bound::ZipEntries);
    assert_eq!(with(Limits { rows: 5, ..all }), Bound::Rows);
    assert_eq!(with(Limits { columns: 5, ..all }), Bound::Columns);
    assert_eq!(with(Limits { cells: 20, ..all }), Bound::Cells);
    assert_eq!(with(Limits { text_bytes: 50, ..all }), Bound::TextBytes);
    assert_eq!(with(Limits { sheets: 0, ..all }), Bound::Sheets);

    // A lone cell in the last corner costs a column bound, not 17 billion cells.
    let corner = xlsx(|sheet| {
        sheet.write_string(1_048_575, 16_383, "x").unwrap();
    });
    assert_eq!(bound(&refused("a.xlsx", &corner)), Bound::Columns);
}

#[test]
fn templates_import_as_they_are() {
    for kind in Kind::ALL {
        for lang in [Lang::Zh, Lang::En] {
            let bytes = template(kind, lang).unwrap();
            assert_eq!(bytes, template(kind, lang).unwrap(), "{kind:?} is not deterministic");
            let book = open("template.xlsx", &bytes);
            assert_eq!(book.sheets.len(), 2);
            let suggestion = suggest(&book, None, None, &[]).unwrap();
            assert_eq!(suggestion.profile.kind, kind, "{kind:?} {lang:?}");
            for choice in &suggestion.choices {
                let field = kind.field(choice.field).unwrap();
                let head = if lang == Lang::Zh { field.zh } else { field.en };
                assert_eq!(choice.head, head);
            }
            let out = extract(&book, &suggestion.profile).unwrap();
            assert_eq!((codes(&out), out.rows.len()), (vec![], 1), "{kind:?} {lang:?}");
        }
    }
}

#[test]
fn exports_keep_codes_and_hold_no_formulas() {
    let mut table = Table::new(
        "库存",
        &[
            ("货号", Show::Text),
            ("数量", Show::Integer),
            ("金额", Show::Money),
            ("到期", Show::Date),
        ],
    );
    let codes = ["00012", "6901234567892", "690123456789012345", "=1+1", "-2", "@x", "'q", "+86"];
    for code in codes {
        table.rows.push(vec![
            Value::Text(code.into()),
            Value::Integer(9_000_000_000_001),
            Value::Decimal(dec("12.5")),
            Value::Date(day("2028-03-09")),
        ]);
    }
    let bytes = write_xlsx(&table).unwrap();
    assert_eq!(bytes, write_xlsx(&table).unwrap());
    let book = open("a.xlsx", &bytes);
    for (row, code) in book.sheets[0].rows[1..].iter().zip(codes) {
        assert_eq!(row.cells[0], Cell::Text(code.into()));
        assert_eq!(row.cells[1], Cell::Number("9000000000001".into()));
        assert_eq!(row.cells[3].shown(), "2028-03-09");
    }
    let formulas = rewrite(&bytes, "xl/worksheets/sheet1.xml", |text| {
        assert!(!text.contains("<f>"), "{text}");
        text
    });
    assert!(!formulas.is_empty());
    let csv = String::from_utf8(write_csv(&table, CsvEncoding::Utf8).unwrap()).unwrap();
    assert!(csv.contains("'=1+1,9000000000001,12.50,2028-03-09\r\n"));
    assert!(csv.contains("\r\n'-2,") && csv.contains("\r\n'@x,") && csv.contains("\r\n'+86,"));
    assert!(csv.contains("\r\n''q,") && csv.contains("\r\n00012,"));
    assert!(write_csv(&table, CsvEncoding::Utf8Bom).unwrap().starts_with(b"\xef\xbb\xbf"));
    let gb = write_csv(&table, CsvEncoding::Gb18030).unwrap();
    assert_eq!(open("a.csv", &gb).sheets[0].rows[0].cells[0], Cell::Text("货号".into()));
}

#[test]
fn hidden_sheets_are_passed_over_and_can_be_named() {
    let mut tables = [Table::new("one", &[("货号", Show::Text)]), Table::new("two", &[])];
    tables[0].rows.push(vec![Value::Text("a".into())]);
    assert_eq!(open("a.xlsx", &write_workbook(&tables).unwrap()).sheet(None).unwrap().name, "one");
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("图").unwrap().set_hidden(true);
    workbook.add_worksheet().set_name("R&D \"数据\"").unwrap();
    workbook.worksheet_from_index(0).unwrap().write_string(0, 0, "x").unwrap();
    let sheet = workbook.worksheet_from_index(1).unwrap();
    rows(sheet, 0, &[&["仓库", "货号", "数量"], &["W0", "A", "1"], &["W0", "B", "2"]]);
    sheet.set_row_hidden(2).unwrap();
    sheet.set_active(true);
    let book = open("a.xlsx", &workbook.save_to_buffer().unwrap());
    assert_eq!(book.sheet(None).unwrap().name, "R&D \"数据\"");
    assert!(book.sheets[1].rows[2].hidden);
    assert_eq!(book.sheet(Some("x")).unwrap_err().code(), "import.sheet_missing");
    assert!(book.sheet(Some("图")).unwrap().hidden);
}
