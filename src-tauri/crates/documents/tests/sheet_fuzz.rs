//! What must hold for any bytes and any values: no file stops the program, and what is written is
//! read back.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use documents::sheet::{
    Cell, CsvEncoding, DateSystem, Kind, LifeUnit, Limits, Show, Table, Value, cell_date, code,
    count, dimensions_cm, extract, free_text, head_period, head_score, life, money, parse_amount,
    quantity, read, share, suggest, text_date, tidy, write_csv, write_xlsx,
};
use proptest::prelude::*;

/// Everything that a wizard would do with a file.
fn walk(name: &str, bytes: &[u8]) {
    let limits = Limits { inflated_bytes: 5_000_000, cells: 100_000, ..Limits::default() };
    let Ok(book) = read(name, bytes, &limits) else { return };
    for kind in Kind::ALL {
        if let Ok(suggestion) = suggest(&book, None, Some(kind), &[]) {
            let mut profile = suggestion.profile;
            for missing in suggestion.missing {
                profile.constants.insert(missing.to_owned(), "1".to_owned());
            }
            let _ = extract(&book, &profile);
        }
    }
}

fn workbook() -> Vec<u8> {
    let mut table =
        Table::new("表", &[("仓库", Show::Text), ("货号", Show::Text), ("数量", Show::Integer)]);
    table.rows.push(vec![Value::Text("W0".into()), Value::Text("A".into()), Value::Integer(3)]);
    write_xlsx(&table).unwrap()
}

/// The same zip with one part changed.
fn rewrite(bytes: &[u8], part: &str, change: impl Fn(&mut Vec<u8>)) -> Vec<u8> {
    let mut from = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut to = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for index in 0..from.len() {
        let mut entry = from.by_index(index).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut content = Vec::new();
        std::io::Read::read_to_end(&mut entry, &mut content).unwrap();
        if name == part {
            change(&mut content);
        }
        to.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut to, &content).unwrap();
    }
    to.finish().unwrap().into_inner()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_stop_the_program(bytes in prop::collection::vec(any::<u8>(), 0..2_000), magic in 0..4_usize) {
        let magic: &[u8] = [b"".as_slice(), b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xef\xbb\xbf"][magic];
        let bytes = [magic, &bytes].concat();
        for name in ["a.xlsx", "a.xls", "a.csv", "a"] {
            walk(name, &bytes);
        }
    }

    #[test]
    fn no_text_stops_the_program(text in "[\\PC\n,\"]{0,300}") {
        walk("a.csv", text.as_bytes());
        walk("a.csv", &encoding_rs::GB18030.encode(&text).0);
    }

    #[test]
    fn no_table_stops_the_program(cells in prop::collection::vec(
        prop::collection::vec("(货号|数量|仓库|1月|2026年2月|合计|日期|[0-9]{1,8}|[0-9.,年月日/ -]{0,9}|\\PC{0,4})", 0..6), 0..9)
    ) {
        let lines: Vec<String> = cells.iter().map(|row| row.join("\t")).collect();
        walk("a.tsv", lines.join("\n").as_bytes());
    }

    #[test]
    fn no_damage_stops_the_program(hits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20)) {
        let mut bytes = workbook();
        for (at, value) in hits {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        walk("a.xlsx", &bytes);
    }

    #[test]
    fn no_damaged_part_stops_the_program(
        part in 0..6_usize, hits in prop::collection::vec((any::<prop::sample::Index>(), "[<>/\"=&0-9A-Za-z!\\[\\] -]{0,6}"), 1..8)
    ) {
        let parts = ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml",
            "xl/_rels/workbook.xml.rels", "_rels/.rels"];
        let bytes = rewrite(&workbook(), parts[part], |content| {
            for (at, text) in &hits {
                let at = at.index(content.len());
                let end = (at + text.len() / 2).min(content.len());
                content.splice(at..end, text.bytes());
            }
        });
        walk("a.xlsx", &bytes);
    }

    #[test]
    fn no_cell_stops_the_parsers(text in "[\\PC]{0,24}", digits in "[-+0-9.,/年月日%¥￥（）() eE:T一-三０-９]{0,16}") {
        for text in [text, digits] {
            let _ = (text_date(&text), head_period(&text), parse_amount(&text), quantity(&text, None, Some(7)));
            let _ = (money(&text, None), share(&text), count(&text), dimensions_cm(&text, None));
            let _ = life(&text, Some("年"), LifeUnit::Day);
            for cell in [Cell::Text(text.clone()), Cell::Number(text.clone())] {
                let _ = (cell_date(&cell, DateSystem::From1904), code(&cell), free_text(&cell));
            }
            for kind in Kind::ALL {
                prop_assert!(kind.fields().iter().all(|field| head_score(field, &text) <= 100));
            }
        }
    }

    #[test]
    fn any_whole_number_reads_however_it_is_dressed(
        number in 0..9_000_000_000_000_i64, wide: bool, grouped: bool, unit in "(| ?件|瓶| pcs)"
    ) {
        let mut text = number.to_string();
        if grouped {
            let digits: Vec<char> = text.chars().collect();
            text = digits.rchunks(3).rev().map(String::from_iter).collect::<Vec<_>>().join(",");
        }
        if wide {
            text = text.chars().map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap()).collect();
        }
        let text = format!("\u{a0}'{text}{unit}\u{3000}");
        prop_assert_eq!(quantity(&text, None, None), Ok(number));
    }

    #[test]
    fn any_day_reads_in_every_writing(days in 0..70_000_i64) {
        let date = chrono::NaiveDate::from_ymd_opt(1990, 1, 1).unwrap() + chrono::Duration::days(days);
        let formats = ["%Y-%m-%d", "%Y/%-m/%-d", "%Y年%-m月%-d日", "%Y%m%d", "%Y.%m.%d", "%Y-%m-%d 13:22:11", "%Y-%m-%dT00:00:00Z"];
        for format in formats {
            let text = date.format(format).to_string();
            prop_assert_eq!(text_date(&text).map(|on| on.to_string()), Ok(date.to_string()), "{}", text);
        }
        for format in ["%d/%m/%Y", "%m-%d-%y", "%-d.%-m.%Y"] {
            let text = date.format(format).to_string();
            prop_assert_eq!(text_date(&text).unwrap_err().code, "import.date_ambiguous", "{}", text);
        }
    }

    #[test]
    fn what_is_written_is_read_back(
        rows in prop::collection::vec(("[\\PC\t\r\n]{0,20}", any::<i64>(), any::<i64>(), 0..9_u32, -30_000..60_000_i64), 1..12)
    ) {
        let mut table = Table::new("往返", &[
            ("码", Show::Text), ("整数", Show::Integer), ("小数", Show::Decimal), ("金额", Show::Money), ("日", Show::Date),
        ]);
        for (text, whole, mantissa, scale, days) in &rows {
            let decimal = rust_decimal::Decimal::new(*mantissa, *scale);
            let date = chrono::NaiveDate::from_ymd_opt(2000, 1, 1).unwrap() + chrono::Duration::days(*days);
            table.rows.push(vec![
                Value::Text(format!("0{text}")), Value::Integer(*whole), Value::Decimal(decimal),
                Value::Decimal(decimal), Value::Date(date),
            ]);
        }
        let xlsx = write_xlsx(&table).unwrap();
        prop_assert_eq!(&xlsx, &write_xlsx(&table).unwrap());
        let csv = [CsvEncoding::Utf8, CsvEncoding::Utf8Bom, CsvEncoding::Gb18030]
            .map(|encoding| write_csv(&table, encoding).unwrap());
        let files = [("a.xlsx", &xlsx), ("a.csv", &csv[0]), ("b.csv", &csv[1]), ("c.csv", &csv[2])];
        for (name, bytes) in files {
            let book = read(name, bytes, &Limits::default()).unwrap();
            prop_assert_eq!(book.sheets[0].rows.len(), rows.len() + 1);
            for (row, written) in book.sheets[0].rows[1..].iter().zip(&table.rows) {
                let Value::Text(text) = &written[0] else { unreachable!() };
                prop_assert_eq!(free_text(&row.cells[0]), free_text(&Cell::Text(text.clone())));
                for (cell, value) in row.cells[1..].iter().zip(&written[1..]) {
                    let same = match value {
                        Value::Integer(number) => parse_amount(&cell.shown()).unwrap().value == (*number).into(),
                        Value::Decimal(number) => parse_amount(&cell.shown()).unwrap().value == *number,
                        Value::Date(date) => cell.shown() == date.to_string(),
                        Value::Text(_) | Value::Empty => unreachable!(),
                    };
                    prop_assert!(same, "{} {:?} {:?}", name, cell, value);
                }
            }
        }
    }

    #[test]
    fn guarded_text_comes_back_and_is_no_formula(text in "[=+@'\t-]{0,2}[a-z0-9＝=+' -]{0,8}") {
        let mut table = Table::new("t", &[("a", Show::Text), ("b", Show::Text)]);
        table.rows.push(vec![Value::Text(text.clone()), Value::Text("end".into())]);
        let bytes = write_csv(&table, CsvEncoding::Utf8).unwrap();
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        let field = reader.records().next().unwrap().unwrap()[0].to_owned();
        prop_assert!(!field.trim_start().starts_with(['=', '+', '-', '@', '\t', '＝']), "{}", field);
        let cell = Cell::Text(field);
        prop_assert_eq!(tidy(&cell.shown()), tidy_once(&text));
    }
}

/// What a cell of that text means, when its first sign is no mark of a spreadsheet.
fn tidy_once(text: &str) -> String {
    let trimmed = text.trim();
    if trimmed.starts_with('\'') { tidy(&format!("'{trimmed}")) } else { tidy(trimmed) }
}
