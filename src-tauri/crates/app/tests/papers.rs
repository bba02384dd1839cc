//! Papers through `dispatch`: real PDFs, read back by poppler.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

mod trading;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::{Mutex, MutexGuard, PoisonError},
};

use app::Role;
use serde_json::{Value, json};
use trading::{A1, Desk, a1, id_of, place_fields};
use uuid::Uuid;

/// One test at a time: a program that is being started holds this process's files, the lock of the
/// workspace too, for a moment.
fn alone() -> MutexGuard<'static, ()> {
    static ONE: Mutex<()> = Mutex::new(());
    ONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The letters of a paper in drawing order, so that wrapped text is whole again.
fn letters(path: &str) -> String {
    let output = Command::new("pdftotext").args(["-raw", path, "-"]).output();
    let output = output.expect("install pdftotext with: apt-get install poppler-utils");
    assert!(output.status.success(), "{path} is a PDF");
    let text = String::from_utf8(output.stdout).unwrap();
    text.chars().filter(|one| !one.is_whitespace()).collect()
}

fn print(desk: &Desk, kind: &str, id: Uuid, lang: &str) -> Value {
    desk.ok("paper.print", asked(kind, id, lang, None))
}

fn asked(kind: &str, id: Uuid, lang: &str, out: Option<&Path>) -> Value {
    json!({ "kind": kind, "id": id, "lang": lang, "out": out, "dpi": 203 })
}

fn text_of(paper: &Value) -> String {
    letters(paper["path"].as_str().unwrap())
}

/// A GTIN and a full carton for SK001; company, factory and places as papers need them.
fn described(desk: &Desk, sku: Uuid, name: &str, prefix: Option<&str>) -> Uuid {
    let company = json!({
        "nameZh": "杭州品仓生物科技有限公司", "nameEn": "Pincang Bio Co., Ltd.",
        "taxNo": "91330100MA2H0TEST1", "address": "杭州市滨江区江南大道100号", "phone": "0571-1",
        "currency": "CNY", "gs1Prefix": prefix,
    });
    desk.ok("company.save", company);
    let fields = json!({
        "code": "SK001", "nameZh": name, "nameEn": "Niacinamide serum", "brand": "清木",
        "category": "", "spec": "30 ml", "gtin": "6901234567892", "unit": "瓶",
        "carton": { "units": 48, "lengthMm": 400, "widthMm": 300, "heightMm": 250, "grossG": 9600 },
        "shelfLife": { "count": 36, "unit": "months" }, "lifecycle": "core", "aliases": [],
    });
    desk.ok("sku.save", json!({ "id": sku, "fields": fields }));
    let factory = json!({
        "code": "F1", "name": "广州代工厂有限公司", "kind": "factory", "taxNo": "",
        "address": "广州市白云区", "contact": "陈工", "phone": "020-2",
    });
    id_of(&desk.ok("partner.save", json!({ "id": null, "fields": factory }))["document"])
}

fn drafted_order(desk: &Desk, (sku, factory, place): (Uuid, Uuid, Uuid), price: &str) -> Uuid {
    let order = json!({
        "id": null, "factory": factory, "deliverTo": place, "promisedOn": "2026-12-01",
        "overTolerancePpm": 0, "lines": [{ "sku": sku, "qty": 5000 }], "unitPrices": [price],
        "terms": "按封样验收。\n\n逾期每日千分之一。",
    });
    id_of(&desk.ok("order.save", order))
}

/// Lot L2503A on its way from W0 to P1 in cartons of 48: approved, not packed.
fn approved(desk: &Desk, at: &A1Ids, units: i64) -> Uuid {
    let found = desk.ok("search.find", json!({ "text": "L2503A" }));
    let lot = found.as_array().unwrap().iter().find(|one| one["kind"] == "lot").unwrap();
    let line = json!({ "sku": at.sku, "lot": lot["id"], "qty": units });
    let draft = json!({ "id": null, "from": at.w0, "to": at.p1, "note": "", "lines": [line] });
    let id = id_of(&desk.ok("transfer.save", draft));
    desk.ok("transfer.approve", json!({ "id": id, "overrideReason": null }));
    id
}

struct A1Ids {
    sku: Uuid,
    w0: Uuid,
    p1: Uuid,
}

fn ready(name: &str, prefix: Option<&str>) -> (Desk, A1Ids, Uuid) {
    let A1 { desk, sku, w0, p1 } = a1(400_000);
    let factory = described(&desk, sku, name, prefix);
    (desk, A1Ids { sku, w0, p1 }, factory)
}

const NAME: &str = "烟酰胺亮肤精华";

#[test]
fn an_order_bears_its_prices_and_the_draft_its_mark() {
    let _alone = alone();
    let (desk, at, factory) = ready(NAME, None);
    let id = drafted_order(&desk, (at.sku, factory, at.w0), "15.0725");
    let draft = print(&desk, "order", id, "zh");
    assert!(text_of(&draft).contains("DRAFT-"));

    desk.ok("order.issue", json!({ "id": id }));
    let number = desk.ok("order.get", json!({ "id": id }))["row"]["number"].clone();
    let paper = print(&desk, "order", id, "zh");
    let text = text_of(&paper);
    assert!(!text.contains("税率") && !text.contains("税额"), "orders know no tax: {text}");
    for expected in [
        number.as_str().unwrap(),
        "杭州品仓生物科技有限公司",
        "广州代工厂有限公司",
        "陈工",
        "2026-12-01",
        NAME,
        "5,000",
        "15.0725",
        "75,362.50",
        "柒万伍仟叁佰陆拾贰元伍角",
        "按封样验收。",
        "逾期每日千分之一。",
    ] {
        assert!(text.contains(expected), "{expected} in {text}");
    }
    assert!(!text.contains("DRAFT"));
    assert!(text_of(&print(&desk, "order", id, "en")).contains("PincangBioCo.,Ltd."));
    let bytes = fs::metadata(paper["path"].as_str().unwrap()).unwrap().len();
    assert_eq!((&paper["pages"], &paper["bytes"]), (&json!(1), &json!(bytes)));

    desk.ok("order.cancel", json!({ "id": id, "reason": "改款" }));
    let refused = desk.refused("paper.print", asked("order", id, "zh", None));
    assert_eq!(refused.code, "paper.cancelled");
}

#[test]
fn who_sees_no_money_prints_no_order_but_every_other_paper_without_any() {
    let _alone = alone();
    let (mut desk, at, factory) = ready(NAME, None);
    let order = drafted_order(&desk, (at.sku, factory, at.w0), "15.0725");
    let transfer = approved(&desk, &at, 100);
    let early = desk.refused("paper.print", asked("packing_list", transfer, "zh", None));
    assert_eq!(early.code, "paper.not_packed");
    desk.ok("transfer.pack", json!({ "id": transfer }));
    let order_paper = print(&desk, "order", order, "zh")["path"].clone();

    desk.role = Role::Warehouse;
    let refused = desk.refused("paper.print", asked("order", order, "zh", None));
    assert_eq!(refused.code, "role.no_money");
    let send = json!({ "path": order_paper, "paper": "a4", "printer": "p" });
    assert_eq!(desk.refused("paper.send", send).code, "role.no_money");

    let list = print(&desk, "packing_list", transfer, "zh");
    let text = text_of(&list);
    for expected in ["W0仓", "P1仓", "1–2", "L2503A", "6901234567892", "40×30×25", "2028-03-09"]
    {
        assert!(text.contains(expected), "{expected} in {text}");
    }
    let labels = print(&desk, "carton_label", transfer, "zh");
    assert_eq!(labels["pages"], 3, "48 + 48 + 4");
    let label_text = text_of(&labels);
    for expected in ["清木", "1/3", "3/3", "CT-A-000001", NAME] {
        assert!(label_text.contains(expected), "{expected} in {label_text}");
    }
    for money in ["15.07", "¥", "CNY", "10.00"] {
        assert!(!text.contains(money) && !label_text.contains(money), "{money}");
    }
}

#[test]
fn labels_bear_an_sscc_under_a_company_prefix_and_refuse_a_lot_that_no_barcode_holds() {
    let _alone = alone();
    let (desk, at, _) = ready(NAME, Some("6901234"));
    let transfer = approved(&desk, &at, 48);
    desk.ok("transfer.pack", json!({ "id": transfer }));
    let text = text_of(&print(&desk, "carton_label", transfer, "en"));
    let card = desk.ok("transfer.get", json!({ "id": transfer }));
    let code = card["cartons"][0]["code"].as_str().unwrap();
    assert!(text.contains(&format!("(00){code}")), "{text}");
    assert!(text.contains("(02)06901234567892(37)48"), "{text}");

    let odd = trading::Lot {
        number: Some("批25#1"),
        made: Some("2026-01-01"),
        expires: Some("2028-12-31"),
        units: 48,
        cost: None,
    };
    desk.open_stock(at.w0, at.sku, &[odd]);
    let lot = desk.ok("search.find", json!({ "text": "批25#1" }))[0]["id"].clone();
    let line = json!({ "sku": at.sku, "lot": lot, "qty": 48 });
    let draft = json!({ "id": null, "from": at.w0, "to": at.p1, "note": "", "lines": [line] });
    let id = id_of(&desk.ok("transfer.save", draft));
    desk.ok("transfer.approve", json!({ "id": id, "overrideReason": null }));
    desk.ok("transfer.pack", json!({ "id": id }));
    let refused = desk.refused("paper.print", asked("carton_label", id, "zh", None));
    assert_eq!(refused.code, "paper.lot_not_encodable");
    let args = serde_json::to_value(&refused.args).unwrap();
    assert_eq!(args, json!({ "carton": 1, "lot": "批25#1", "character": "批", "position": 1 }));
    // The list has no barcode of the lot, so it is printed.
    assert!(text_of(&print(&desk, "packing_list", id, "zh")).contains("批25#1"));
}

#[test]
fn a_missing_glyph_names_itself_and_its_place_and_leaves_no_file() {
    let _alone = alone();
    let (desk, at, factory) = ready("精华𠮷液", None);
    let id = drafted_order(&desk, (at.sku, factory, at.w0), "1");
    let out = desk.dir.path().join("订单.pdf");
    let refused = desk.refused("paper.print", asked("order", id, "zh", Some(&out)));
    assert_eq!(refused.code, "paper.missing_glyph");
    let args = serde_json::to_value(&refused.args).unwrap();
    assert_eq!(
        args,
        json!({ "character": "𠮷", "code_point": "U+20BB7", "field": "lines[1].name" })
    );
    assert!(!out.exists());
}

#[test]
fn the_same_copy_is_the_same_file_and_only_what_leaves_counts_as_a_copy() {
    let _alone = alone();
    let (desk, at, factory) = ready(NAME, None);
    let id = drafted_order(&desk, (at.sku, factory, at.w0), "2.5");
    desk.ok("order.issue", json!({ "id": id }));
    let first = print(&desk, "order", id, "zh");
    let bytes = fs::read(first["path"].as_str().unwrap()).unwrap();
    assert_eq!(print(&desk, "order", id, "zh")["sha256"], first["sha256"]);
    assert!(text_of(&first).contains("2026-10-0116:00"), "08:00 UTC is 16:00 at the company");

    let out = desk.dir.path().join("order.pdf");
    let saved = desk.ok("paper.print", asked("order", id, "zh", Some(&out)));
    assert_eq!(fs::read(&out).unwrap(), bytes, "the preview is what is saved");
    assert_eq!(saved["sha256"], first["sha256"]);
    let second = desk.ok("paper.print", asked("order", id, "zh", Some(&out)));
    assert_ne!(second["sha256"], first["sha256"], "now it says that it is the second copy");
    let folder = fs::read_dir(out.parent().unwrap()).unwrap();
    let left = folder.filter(|file| {
        file.as_ref().unwrap().path().extension().is_some_and(|ending| ending == "part")
    });
    assert_eq!(left.count(), 0);
}

#[test]
fn papers_go_where_documents_may_go_and_nowhere_else() {
    let _alone = alone();
    let (desk, at, factory) = ready(NAME, None);
    let id = drafted_order(&desk, (at.sku, factory, at.w0), "1");
    let folder = desk.dir.path();
    let book = desk.file();
    let before = fs::read(&book).unwrap();
    for given in ["../../x", "C:\\x", "CON", "", "/", &book.display().to_string(), "a.pdf.exe"] {
        let refused = desk.refused("paper.print", asked("order", id, "zh", Some(Path::new(given))));
        assert_eq!(refused.code, "file.name_refused", "{given}");
    }
    for name in ["CON.pdf", "com1.pdf", "a\u{7}.pdf"] {
        let path = folder.join(name);
        let refused = desk.refused("paper.print", asked("order", id, "zh", Some(&path)));
        assert_eq!(refused.code, "file.name_refused", "{name}");
    }
    for name in [format!("{}.pdf", "长".repeat(400)), "none/a.pdf".to_owned()] {
        let refused =
            desk.refused("paper.print", asked("order", id, "zh", Some(&folder.join(name))));
        assert_eq!(refused.code, "file.unreachable");
    }
    assert_eq!(fs::read(&book).unwrap(), before);

    let out = folder.join("代工订单 第1号.pdf");
    let paper = desk.ok("paper.print", asked("order", id, "zh", Some(&out)));
    assert_eq!(PathBuf::from(paper["path"].as_str().unwrap()), out);
    assert!(desk.app.owns_file(&out) && !desk.app.owns_file(&book));
    assert!(!desk.app.owns_file(&folder.join("./代工订单 第1号.pdf")));
    let kept = print(&desk, "order", id, "zh");
    let home = fs::canonicalize(desk.app.home().join("papers")).unwrap();
    assert_eq!(Path::new(kept["path"].as_str().unwrap()).parent(), Some(home.as_path()));
    let dpi = json!({ "kind": "order", "id": id, "lang": "zh", "out": null, "dpi": 72 });
    assert_eq!(desk.refused("paper.print", dpi).code, "paper.dpi_unknown");
}

/// The name of the variable by which a test runs itself with other programs in reach.
const CHILD: &str = "PINCANG_TEST_PRINTING";

/// Runs the test of this name again in a process whose programs are those in `folder` alone.
fn again(name: &str, folder: &Path) {
    let status = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", name, "--nocapture"])
        .env("PATH", folder)
        .env(CHILD, folder)
        .status();
    assert!(status.unwrap().success());
}

#[cfg(unix)]
#[test]
fn a_paper_goes_to_the_printer_as_the_system_takes_it_and_the_printer_is_remembered() {
    use std::os::unix::fs::PermissionsExt;

    let _alone = alone();
    let name = "a_paper_goes_to_the_printer_as_the_system_takes_it_and_the_printer_is_remembered";
    let Some(folder) = std::env::var_os(CHILD).map(PathBuf::from) else {
        let folder = tempfile::tempdir().unwrap();
        let said = folder.path().join("said");
        let scripts = [
            ("lpstat", "printf 'Office\\nZebra-100\\n'".to_owned()),
            ("lp", format!("printf '%s|' \"$@\" >> '{0}'; printf '\\n' >> '{0}'", said.display())),
        ];
        for (program, script) in scripts {
            let path = folder.path().join(program);
            fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        }
        return again(name, folder.path());
    };
    let (desk, at, factory) = ready(NAME, None);
    let id = drafted_order(&desk, (at.sku, factory, at.w0), "1");
    // poppler is out of reach here, so papers are told apart by their bytes.
    let paper = print(&desk, "order", id, "zh");
    let path = paper["path"].as_str().unwrap();
    let send =
        |printer: &str| json!({ "path": path, "paper": "label_100x150", "printer": printer });
    assert_eq!(desk.refused("paper.send", send("-x")).code, "paper.printer_unknown");
    let other = json!({ "path": desk.file(), "paper": "a4", "printer": "Office" });
    assert_eq!(desk.refused("paper.send", other).code, "paper.not_ours");

    let first = fs::read(path).unwrap();
    desk.ok("paper.send", send("Zebra-100"));
    let said = fs::read_to_string(folder.join("said")).unwrap();
    let options = "-d|Zebra-100|-o|media=Custom.100x150mm|-o|print-scaling=none|--";
    assert_eq!(said, format!("{options}|{path}|\n"));
    assert_eq!(fs::read(path).unwrap(), first);
    desk.ok("paper.send", send("Zebra-100"));
    assert_ne!(fs::read(path).unwrap(), first, "sent again it is the second copy");
    let printers = desk.ok("paper.printers", json!({}));
    assert_eq!(
        printers,
        json!({ "printers": ["Office", "Zebra-100"],
                "remembered": { "label_100x150": "Zebra-100" } })
    );
}

#[test]
fn without_a_printing_system_nothing_is_sent_and_the_way_out_is_said() {
    let _alone = alone();
    let name = "without_a_printing_system_nothing_is_sent_and_the_way_out_is_said";
    if std::env::var_os(CHILD).is_none() {
        return again(name, tempfile::tempdir().unwrap().path());
    }
    let (desk, at, factory) = ready(NAME, None);
    let id = drafted_order(&desk, (at.sku, factory, at.w0), "1");
    let paper = print(&desk, "order", id, "zh");
    let none = desk.ok("paper.printers", json!({}));
    assert_eq!(none, json!({ "printers": [], "remembered": {} }));
    let send = json!({ "path": paper["path"], "paper": "a4", "printer": "Office" });
    let refused = desk.refused("paper.send", send);
    assert_eq!(refused.code, "paper.no_printing");
    let args = serde_json::to_value(&refused.args).unwrap();
    assert_eq!(args, json!({ "system": std::env::consts::OS }));
    assert_eq!(desk.ok("paper.printers", json!({}))["remembered"], json!({}));
}

#[test]
fn a_place_of_a_partner_is_addressed_by_name_street_and_person() {
    let _alone = alone();
    let (desk, at, _) = ready(NAME, None);
    let partner = json!({
        "code": "MALL", "name": "商城平台", "kind": "platform", "taxNo": "", "address": "",
        "contact": "仓库王", "phone": "138-0000",
    });
    let partner =
        id_of(&desk.ok("partner.save", json!({ "id": null, "fields": partner }))["document"]);
    let mut fields = place_fields("P1", "platform", "2026-10-01", None);
    fields["partner"] = json!(partner);
    fields["address"] = json!("上海市青浦区仓储路8号");
    desk.save_place(Some(at.p1), &fields);
    let transfer = approved(&desk, &at, 48);
    desk.ok("transfer.pack", json!({ "id": transfer }));
    let text = text_of(&print(&desk, "packing_list", transfer, "zh"));
    for expected in ["上海市青浦区仓储路8号", "仓库王", "138-0000"] {
        assert!(text.contains(expected), "{expected} in {text}");
    }
    assert!(text_of(&print(&desk, "carton_label", transfer, "zh")).contains("青浦区仓储路8号"));
}

#[test]
fn a_paper_that_was_only_looked_at_goes_with_its_workspace() {
    let _alone = alone();
    let (desk, at, factory) = ready(NAME, None);
    let id = drafted_order(&desk, (at.sku, factory, at.w0), "15.07");
    let paper = print(&desk, "order", id, "zh");
    let looked_at = Path::new(paper["path"].as_str().unwrap());
    assert!(looked_at.exists() && desk.app.owns_file(looked_at));
    desk.ok("workspace.close", json!({}));
    assert!(!looked_at.exists() && !desk.app.owns_file(looked_at));
}
