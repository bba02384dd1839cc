//! Workbooks of Excel 97 to 2003, built here record by record.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use documents::sheet::{Cell, Kind, Limits, SheetError, extract, read, suggest};

fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len()).unwrap();
    [kind.to_le_bytes().as_slice(), &length.to_le_bytes(), data].concat()
}

fn words(words: &[u16]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

/// Flags and characters, two bytes each.
fn wide(text: &str) -> Vec<u8> {
    let units = text.encode_utf16().flat_map(u16::to_le_bytes);
    std::iter::once(1).chain(units).collect()
}

fn long_string(text: &str) -> Vec<u8> {
    [words(&[u16::try_from(text.encode_utf16().count()).unwrap()]), wide(text)].concat()
}

fn bof(kind: u16) -> Vec<u8> {
    record(0x0809, &words(&[0x0600, kind, 0, 0, 0, 0, 0, 0]))
}

fn number(row: u16, column: u16, style: u16, value: f64) -> Vec<u8> {
    let bytes = [words(&[row, column, style]), value.to_le_bytes().to_vec()].concat();
    record(0x0203, &bytes)
}

fn shared(row: u16, column: u16, index: u16) -> Vec<u8> {
    record(0x00fd, &words(&[row, column, 0, index, 0]))
}

/// Globals with one sheet; `sheet` are its records without BOF and EOF.
fn stream(extra: &[u8], strings: &[&str], sheet: &[Vec<u8>]) -> Vec<u8> {
    let count = u32::try_from(strings.len()).unwrap().to_le_bytes();
    let mut table = [count, count].concat();
    for text in &strings[..strings.len() - 1] {
        table.extend(long_string(text));
    }
    // The last string runs over into a continuation after its first character.
    let last: Vec<u16> = strings[strings.len() - 1].encode_utf16().collect();
    table.extend(words(&[u16::try_from(last.len()).unwrap()]));
    table.push(1);
    table.extend(last[0].to_le_bytes());
    let more: Vec<u8> =
        std::iter::once(1).chain(last[1..].iter().flat_map(|unit| unit.to_le_bytes())).collect();
    let format = [words(&[200]), long_string("yyyy\"年\"m\"月\"d\"日\"")].concat();
    let style = |format: u16| record(0x00e0, &words(&[0, format, 0, 0, 0, 0, 0, 0, 0, 0]));
    let head = [
        bof(5),
        extra.to_vec(),
        record(0x041e, &format),
        style(0),
        style(14),
        style(200),
        record(0x00fc, &table),
        record(0x003c, &more),
    ]
    .concat();
    let name = wide("库存");
    let tab_length = 4 + 2 + 1 + name.len();
    let position = u32::try_from(head.len() + 4 + tab_length + 4).unwrap();
    let tab = [position.to_le_bytes().to_vec(), vec![0, 0, 2], name].concat();
    [
        head,
        record(0x0085, &tab),
        record(0x000a, &[]),
        bof(0x10),
        sheet.concat(),
        record(0x000a, &[]),
    ]
    .concat()
}

/// The stream in a compound file of 512-byte sectors: table, directory, stream.
fn ole(name: &str, mut stream: Vec<u8>) -> Vec<u8> {
    stream.resize(stream.len().max(4_096).div_ceil(512) * 512, 0);
    let sectors = u32::try_from(stream.len() / 512).unwrap();
    let mut header = vec![0; 512];
    header[..8].copy_from_slice(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    header[24..34].copy_from_slice(&words(&[0x3e, 3, 0xfffe, 9, 6]));
    let end = 0xffff_fffe_u32.to_le_bytes();
    header[44..48].copy_from_slice(&1_u32.to_le_bytes());
    header[48..52].copy_from_slice(&1_u32.to_le_bytes());
    header[56..60].copy_from_slice(&4_096_u32.to_le_bytes());
    header[60..64].copy_from_slice(&end);
    header[68..72].copy_from_slice(&end);
    header[76..].fill(0xff);
    header[76..80].copy_from_slice(&0_u32.to_le_bytes());
    let mut fat = vec![0xff; 512];
    fat[..4].copy_from_slice(&0xffff_fffd_u32.to_le_bytes());
    fat[4..8].copy_from_slice(&end);
    for sector in 0..sectors {
        let at = 8 + sector as usize * 4;
        let next = if sector + 1 == sectors { end } else { (sector + 3).to_le_bytes() };
        fat[at..at + 4].copy_from_slice(&next);
    }
    let entry = |name: &str, kind: u8, start: [u8; 4], size: u32| {
        let mut entry = vec![0; 128];
        let units: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        entry[..units.len()].copy_from_slice(&units);
        entry[64] = u8::try_from(units.len()).unwrap() + 2;
        entry[66] = kind;
        entry[116..120].copy_from_slice(&start);
        entry[120..124].copy_from_slice(&size.to_le_bytes());
        entry
    };
    let size = u32::try_from(stream.len()).unwrap();
    let mut directory = entry("Root Entry", 5, end, 0);
    directory.extend(entry(name, 2, 2_u32.to_le_bytes(), size));
    directory.resize(512, 0);
    [header, fat, directory, stream].concat()
}

fn report() -> Vec<u8> {
    let strings =
        ["仓库", "货号", "批号", "生产日期", "有效期至", "数量", "W0", "SK001", "合计", "L2503A"];
    let mut sheet: Vec<Vec<u8>> = (0..6).map(|index| shared(0, index, index)).collect();
    let row = |row: u16, hidden: u16| {
        record(0x0208, &words(&[row, 0, 6, 0x0fff, 0, 0, if hidden == 1 { 0x20 } else { 0 }, 0]))
    };
    sheet.extend([row(1, 0), row(2, 1), row(3, 0)]);
    sheet.extend([shared(1, 0, 6), shared(1, 1, 7), shared(1, 2, 9)]);
    sheet.push(number(1, 3, 1, 45_726.0));
    sheet.push(number(1, 4, 2, 46_821.0));
    // Two integers in one record; then a formula with a text result.
    let rk = |value: i32| ((value << 2) | 2).to_le_bytes();
    let many = [words(&[1, 5, 0]), rk(1_000).to_vec(), words(&[0]), rk(7).to_vec(), words(&[6])];
    sheet.push(record(0x00bd, &many.concat()));
    sheet.extend([shared(2, 0, 6), shared(2, 1, 7), number(2, 5, 0, 5.0)]);
    sheet.extend([shared(3, 0, 8), number(3, 5, 0, 1_005.0)]);
    let result = [words(&[4, 0, 0]), vec![0, 0, 0, 0, 0, 0, 0xff, 0xff], vec![0; 8]].concat();
    sheet.push(record(0x0006, &result));
    sheet.push(record(0x0207, &long_string("备注：演示")));
    sheet.push(record(0x0205, &[5, 0, 0, 0, 0, 0, 0x2a, 1]));
    sheet.push(record(0x00e5, &words(&[1, 0, 0, 6, 7])));
    sheet.push(record(0x007d, &words(&[6, 7, 2_560, 0, 1, 0])));
    stream(&[], &strings, &sheet)
}

fn refused(bytes: &[u8]) -> SheetError {
    read("a.xls", bytes, &Limits::default()).unwrap_err()
}

#[test]
fn an_old_workbook_is_read_with_hidden_rows() {
    let book = read("a.xls", &ole("Workbook", report()), &Limits::default()).unwrap();
    let sheet = &book.sheets[0];
    assert_eq!((sheet.name.as_str(), sheet.hidden), ("库存", false));
    assert_eq!(sheet.hidden_columns, [6, 7]);
    assert_eq!(sheet.merges.len(), 1);
    let shown: Vec<String> = sheet.rows[1].cells.iter().map(Cell::shown).collect();
    assert_eq!(shown, ["W0", "SK001", "L2503A", "2025-03-10", "2028-03-09", "1000", "7"]);
    assert!(sheet.rows[2].hidden && !sheet.rows[1].hidden);
    assert_eq!(sheet.rows[4].cells[0], Cell::Text("备注：演示".into()));
    assert_eq!(sheet.rows[5].cells[0], Cell::Error("#N/A".into()));
    let profile = suggest(&book, None, Some(Kind::OpeningStock), &[]).unwrap().profile;
    let out = extract(&book, &profile).unwrap();
    assert_eq!((out.rows.len(), out.skipped.hidden), (1, vec![3]));
    assert_eq!((out.skipped.totals, out.skipped.notes), (vec![4], vec![5]));
    assert_eq!(out.problems[0].code, "import.cell_error");
}

#[test]
fn locked_and_ancient_workbooks_are_named() {
    let locked = stream(&record(0x002f, &words(&[1, 1, 1])), &["ab"], &[]);
    assert_eq!(refused(&ole("Workbook", locked)), SheetError::Encrypted);
    assert_eq!(refused(&ole("EncryptedPackage", vec![1; 100])), SheetError::Encrypted);
    assert_eq!(refused(&ole("Book", vec![1; 100])), SheetError::TooOld);
    assert_eq!(refused(&ole("WordDocument", vec![1; 100])).code(), "import.file_broken");
}

#[test]
fn damage_anywhere_is_an_error_or_a_book_but_never_a_crash() {
    let whole = ole("Workbook", report());
    for cut in (0..whole.len()).step_by(7) {
        let _ = read("a.xls", &whole[..cut], &Limits::default());
    }
    for at in 0..whole.len() {
        for value in [0, 1, 0x7f, 0xff] {
            let mut damaged = whole.clone();
            damaged[at] = value;
            let _ = read("a.xls", &damaged, &Limits::default());
        }
    }
    // A stream that goes round in its table ends.
    let mut round = whole.clone();
    round[512 + 8..512 + 12].copy_from_slice(&2_u32.to_le_bytes());
    assert_eq!(refused(&round).code(), "import.file_broken");
}
