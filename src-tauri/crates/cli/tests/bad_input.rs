//! What people hand in by mistake: each is answered by name and place, with the exit code of a
//! refusal, and changes nothing.

mod support;

use serde_json::Value;
use support::{Desk, Tables};

const TODAY: &str = "2026-10-01";

fn founded() -> Desk {
    let desk = Desk::new();
    let made = desk.says(TODAY, &["new", "a.pincang", "--company", "霁禾"]);
    assert_eq!(made.code, Some(0), "{}", made.err);
    Tables::write(&desk, "40%").import(&desk, TODAY);
    desk
}

/// All that can be seen of a workspace.
fn all(desk: &Desk) -> Value {
    serde_json::json!([
        desk.json(TODAY, &["stock"])["rows"],
        desk.json(TODAY, &["journal", "--limit", "500"]),
        desk.json(TODAY, &["goods", "list"]),
        desk.json(TODAY, &["imports"]),
    ])
}

/// Imports a table that is wrong and gives the error; a dry run says the same, and nothing is
/// changed by either.
fn refused(desk: &Desk, file: &str, kind: &str) -> Value {
    let before = all(desk);
    let tried = desk.refused(TODAY, &["import", file, "--kind", kind, "--dry-run"], 1);
    let error = desk.refused(TODAY, &["import", file, "--kind", kind], 1);
    assert_eq!(tried["code"], error["code"], "{tried}");
    assert_eq!(all(desk), before);
    error
}

fn opening(desk: &Desk, row: &[&str]) -> String {
    let heads = ["仓库", "货号", "批号", "生产日期", "有效期至", "数量", "单位成本"];
    desk.xlsx("wrong.xlsx", &heads, &[row])
}

#[test]
fn a_broken_workbook_is_named() {
    let desk = founded();
    let whole = std::fs::read(desk.path("sales.xlsx")).expect("a workbook");
    let half = desk.bytes("half.xlsx", &whole[..whole.len() / 2]);
    let error = refused(&desk, &half, "sales");
    assert!(error["code"].as_str().expect("a code").starts_with("import."), "{error}");
    let noise = desk.bytes("noise.xlsx", b"not a workbook at all");
    let said = desk.says(TODAY, &["import", &noise, "--kind", "sales"]);
    assert_eq!(said.code, Some(1));
    assert!(said.err.contains("noise.xlsx"), "{}", said.err);
}

#[test]
fn wrong_columns_are_named() {
    let desk = founded();
    let file = desk.xlsx("wrong.xlsx", &["甲", "乙"], &[&["1", "2"]]);
    let error = refused(&desk, &file, "sales");
    assert!(error["code"].as_str().expect("a code").starts_with("import."), "{error}");
}

#[test]
fn expiry_before_manufacture_is_found_with_its_row() {
    let desk = founded();
    let row = ["W0", "SK001", "LX", "2026-01-01", "2025-01-01", "10", "1"];
    let file = opening(&desk, &row);
    let error = refused(&desk, &file, "opening");
    assert!(error.to_string().contains("expiry_before_manufacture"), "{error}");
    assert_eq!(error["details"][0]["args"]["cell"], "E2", "{error}");
}

#[test]
fn part_of_a_unit_is_found_with_its_cell() {
    let desk = founded();
    let row = ["W0", "SK001", "LX", "2026-01-01", "", "10.5", "1"];
    let file = opening(&desk, &row);
    let error = refused(&desk, &file, "opening");
    assert_eq!(error["details"][0]["code"], "import.quantity_not_whole", "{error}");
    assert_eq!(error["details"][0]["args"]["cell"], "F2", "{error}");
    let said = desk.says(TODAY, &["import", &file, "--kind", "opening", "--dry-run"]);
    assert!(said.err.contains("Sheet1!F2 `10.5`"), "{}", said.err);
}

#[test]
fn unknown_goods_are_named() {
    let desk = founded();
    let row = ["W0", "SK999", "LX", "2026-01-01", "", "10", "1"];
    let file = opening(&desk, &row);
    let error = refused(&desk, &file, "opening");
    assert!(error.to_string().contains("SK999"), "{error}");
}

#[test]
fn a_lot_number_that_no_barcode_holds_is_refused_only_when_one_is_asked_for() {
    let desk = founded();
    let mut company = desk.json(TODAY, &["call", "company.get"]);
    company["gs1Prefix"] = "690123456".into();
    desk.json(TODAY, &["call", "company.save", &company.to_string()]);
    // Without a GTIN the label's barcodes hold no lot.
    let goods = desk.bytes("gtin.json", br#"{ "code": "SK001", "gtin": "6901234567892" }"#);
    desk.json(TODAY, &["goods", "save", &goods]);
    let row = ["W0", "SK001", "批次甲", "2026-01-01", "", "480", "1"];
    let file = opening(&desk, &row);
    desk.json(TODAY, &["import", &file, "--kind", "opening"]);
    let words = ["transfer", "draft", "--from", "W0", "--to", "P1", "--line", "SK001/批次甲=48"];
    let id = desk.json(TODAY, &words)["id"].as_str().expect("an id").to_owned();
    let approved = desk.json(TODAY, &["transfer", "approve", &id]);
    let number = approved["document"]["label"].as_str().expect("a number").to_owned();
    desk.json(TODAY, &["transfer", "pack", &number]);
    desk.json(TODAY, &["print", "packing_list", &number, "--out", "list.pdf"]);
    // Names are written with a dash elsewhere; a word that is no paper is a wrong command line.
    desk.json(TODAY, &["print", "packing-list", &number, "--out", "list2.pdf"]);
    let said = desk.says(TODAY, &["print", "packing", &number, "--out", "list3.pdf"]);
    assert!(said.code == Some(2) && said.err.contains("packing_list"), "{}", said.err);
    let error = desk.refused(TODAY, &["print", "carton_label", &number, "--out", "l.pdf"], 1);
    assert!(error.to_string().contains("批次甲"), "{error}");
    assert!(!desk.path("l.pdf").exists());
}

#[test]
fn a_file_that_is_no_workspace_is_named_and_left_alone() {
    let desk = Desk::new();
    desk.bytes("a.pincang", b"a letter to the factory");
    for words in [&["stock"][..], &["verify"], &["undo", "--last"], &["sync"]] {
        let error = desk.refused(TODAY, words, 1);
        assert_eq!(error["code"], "file.not_a_workspace", "{words:?}");
    }
    let said = desk.says(TODAY, &["stock"]);
    assert!(said.err.contains("a.pincang"), "{}", said.err);
    let bytes = std::fs::read(desk.path("a.pincang")).expect("still there");
    assert_eq!(bytes, b"a letter to the factory");
    let error = desk.refused(TODAY, &["new", "a.pincang", "--company", "x"], 1);
    assert_eq!(error["code"], "file.exists");
}

#[test]
fn a_missing_file_is_named() {
    let desk = Desk::new();
    let error = desk.refused(TODAY, &["stock"], 1);
    assert!(error.to_string().contains("a.pincang"), "{error}");
    assert!(!desk.path("a.pincang").exists(), "reading makes no file");
}

#[test]
fn a_workspace_from_a_newer_program_is_refused_in_words() {
    let desk = founded();
    // Bytes 60 to 63 of a SQLite file are the version that its program gave it.
    let path = desk.path("a.pincang");
    let mut bytes = std::fs::read(&path).expect("the file");
    bytes[60..64].copy_from_slice(&9_999_u32.to_be_bytes());
    std::fs::write(&path, &bytes).expect("the file");
    for log in ["a.pincang-wal", "a.pincang-shm"] {
        let _ = std::fs::remove_file(desk.path(log));
    }
    for words in [&["stock"][..], &["undo", "--last"]] {
        let error = desk.refused(TODAY, words, 1);
        assert_eq!(error["code"], "file.newer", "{words:?}");
        assert_eq!(error["args"]["found"], 9_999);
    }
    assert_eq!(std::fs::read(&path).expect("the file"), bytes);
}

#[test]
fn beside_a_window_it_reads_and_does_not_write() {
    let desk = founded();
    let lock = std::fs::File::options()
        .write(true)
        .create(true)
        .truncate(false)
        .open(desk.path("a.lock"))
        .expect("the lock");
    lock.try_lock().expect("nobody else holds it");
    assert_eq!(desk.at(TODAY, "W0"), 3_000);
    let error = desk.refused(TODAY, &["undo", "--last"], 1);
    assert_eq!(error["code"], "file.locked");
    drop(lock);
    desk.verify(TODAY);
}

#[test]
fn a_wrong_command_line_is_usage() {
    let desk = founded();
    for words in [
        &["stok"][..],
        &["stock", "--by", "colour"],
        &["transfer", "draft", "--to", "P1"],
        &["transfer", "draft", "--from", "W0", "--to", "P1", "--line", "SK001=48"],
        &["undo"],
        &["call", "no.such", "{}"],
        &["call", "lot.get", "{\"id\": 7}"],
        &["call", "lot.get", "{"],
        &["help", "nothing"],
    ] {
        assert_eq!(desk.says(TODAY, words).code, Some(2), "{words:?}");
    }
    assert_eq!(desk.says("2026-13-01", &["stock"]).code, Some(2), "no such day");
}

#[test]
fn roles_see_no_money() {
    let desk = founded();
    let error = desk.refused(TODAY, &["--role", "warehouse", "call", "stock.value"], 1);
    assert_eq!(error["code"], "role.no_money");
    let slow = desk.json(TODAY, &["--role", "warehouse", "slow"]);
    assert!(slow.get("money").is_none(), "{slow}");
    assert!(desk.json(TODAY, &["slow"])["money"]["total"].is_string());
}

#[test]
fn where_a_partner_is_paid_is_kept_part_by_part_and_told_to_who_sees_money() {
    let desk = founded();
    let fields = serde_json::json!({
        "code": "F1", "name": "代工厂", "kind": "factory", "taxNo": "", "address": "",
        "contact": "", "phone": "",
    });
    let file = desk.bytes("partner.json", fields.to_string().as_bytes());
    desk.json(TODAY, &["partners", "save", &file]);
    let asked = ["partners", "bank", "F1"];
    let none = desk.says(TODAY, &asked);
    assert_eq!((none.code, none.out.trim()), (Some(0), "no account is known"));
    let given = ["--bank", "示例银行", "--number", " 0000 0018 "];
    desk.json(TODAY, &[&asked[..], &given[..]].concat());
    desk.json(TODAY, &[&asked[..], &["--holder", "代工厂财务部"]].concat());
    let account = desk.json(TODAY, &asked);
    let told = [&account["bank"], &account["holder"], &account["number"]];
    assert_eq!(told, ["示例银行", "代工厂财务部", "0000 0018"]);
    let error = desk.refused(TODAY, &[&asked[..], &["--number", "0000\n0018"]].concat(), 1);
    assert_eq!(error["code"], "bank.unseen_character");
    let error = desk.refused(TODAY, &[&["--role", "planner"], &asked[..]].concat(), 1);
    assert_eq!(error["code"], "role.no_money");
    assert_eq!(desk.json(TODAY, &asked), account);
    desk.json(TODAY, &["undo", "--last"]);
    let before = desk.json(TODAY, &asked);
    assert_eq!([&before["holder"], &before["number"]], ["", "0000 0018"]);
}

#[test]
fn every_command_explains_itself() {
    let desk = Desk::new();
    let all = desk.says(TODAY, &["help"]).out;
    for word in ["import", "undo", "transfer", "verify", "restore", "export", "demo-run"] {
        assert!(all.contains(word), "{word}");
        let one = desk.says(TODAY, &["help", word]);
        assert_eq!(one.code, Some(0), "{word}");
        assert!(one.out.contains("=>"), "{word} tells its JSON: {}", one.out);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_may_not_be_written_is_said_so() {
    let desk = founded();
    let path = desk.path("a.pincang");
    let mut rights = std::fs::metadata(&path).expect("the file").permissions();
    rights.set_readonly(true);
    std::fs::set_permissions(&path, rights).expect("its rights");
    if std::fs::File::options().append(true).open(&path).is_ok() {
        eprintln!("left out: this user may write everything");
        return;
    }
    assert_eq!(desk.at(TODAY, "W0"), 3_000);
    let error = desk.refused(TODAY, &["undo", "--last"], 1);
    assert_eq!(error["code"], "file.read_only");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_changes_nothing() {
    use std::process::Command;
    let desk = founded();
    let disk = desk.path("disk");
    std::fs::create_dir(&disk).expect("a folder");
    let mounted = Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=1m", "tmpfs"])
        .arg(&disk)
        .stderr(std::process::Stdio::null())
        .status();
    if !mounted.is_ok_and(|status| status.success()) {
        eprintln!("left out: this user may not mount a small disk");
        return;
    }
    let file = disk.join("small.pincang");
    let word = file.to_string_lossy().into_owned();
    let said = desk.says(TODAY, &["new", &word, "--company", "x"]);
    let mut before = Value::Null;
    let mut full = None;
    if said.code == Some(0) {
        let goods: Vec<[String; 2]> =
            (0..4_000).map(|n| [format!("G{n:05}"), "名".repeat(60)]).collect();
        let cells: Vec<[&str; 2]> = goods.iter().map(|row| [&*row[0], &*row[1]]).collect();
        let rows: Vec<&[&str]> = cells.iter().map(|row| &row[..]).collect();
        let table = desk.xlsx("many.xlsx", &["货号", "中文名称"], &rows);
        before = desk.json(TODAY, &["-w", &word, "status"])["workspace"]["entries"].clone();
        full =
            Some(desk.says(TODAY, &["-w", &word, "import", &table, "--kind", "goods", "--json"]));
    }
    let after = desk.says(TODAY, &["-w", &word, "status", "--json"]);
    let unmounted = Command::new("umount").arg("-l").arg(&disk).status();
    assert!(unmounted.is_ok_and(|status| status.success()));
    let full = full.expect("a workspace fits on the small disk");
    assert_eq!(full.code, Some(1), "{} {}", full.out, full.err);
    assert_eq!(full.error()["code"], "file.disk_full");
    assert_eq!(after.json()["workspace"]["entries"], before);
}

/// A command line that makes no sense is answered in the user's language, with what is wrong and
/// what to do, and for a program as JSON.
#[test]
fn a_wrong_command_line_is_said_in_words() {
    let desk = founded();
    let cases: [(&[&str], &str, &str); 12] = [
        (&["stok"], "unknown_command", "没有 stok 这个命令"),
        (&["stock", "--colour"], "unknown_argument", "没有 --colour 这个参数"),
        (&["stock", "--by", "colour"], "none_of", "「colour」不对，只能是 sku, lot"),
        (&["order", "accept"], "argument_missing", "还缺 --promised"),
        (&["order", "cancel", "PO-1", "--reason"], "value_missing", "--reason"),
        (&["stock", "--as-of", "2026-13-01"], "value", "不能是「2026-13-01」"),
        (&["demo", "d.pincang", "--size", "huge"], "value", "不能是「huge」"),
        (&["print", "packing", "x", "--out", "l.pdf"], "value_of", "不能是「packing」，只能是"),
        (&["transfer", "draft", "--to", "P1"], "plan_or_lines", "--from-plan"),
        (&["undo", "?"], "no_entry", "「?」既不是台账序号，也不是编号"),
        (&["call", "no.such", "{}"], "unknown_command", "没有 no.such 这个命令"),
        (&["help", "stok"], "unknown_command", "没有 stok 这个命令"),
    ];
    for (line, code, words) in cases {
        let said = desk.in_chinese(TODAY, line);
        assert_eq!(said.code, Some(2), "{line:?}: {} {}", said.out, said.err);
        assert!(said.err.contains(words), "{line:?}: {}", said.err);
        let error = desk.refused(TODAY, line, 2);
        assert_eq!(
            (&error["kind"], &error["code"]),
            (&"usage".into(), &format!("usage.{code}").into())
        );
        let english = desk.says(TODAY, line).err;
        assert!(english.is_ascii() && !english.contains("usage."), "{english}");
    }
}
