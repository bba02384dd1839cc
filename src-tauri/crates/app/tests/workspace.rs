//! The workspace file through the commands: opened, backed up, restored, and never lost on the way.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

mod support;

use std::{
    fs,
    path::Path,
    sync::{Mutex, mpsc},
};

use app::Error;
use serde_json::{Value, json};
use support::Desk;

fn at(path: &Path) -> Value {
    json!({ "path": path.display().to_string() })
}

fn open_name(desk: &Desk) -> String {
    desk.ok("company.get", json!({}))["nameZh"].as_str().unwrap().to_owned()
}

fn backups(desk: &Desk, reason: &str) -> usize {
    let all = desk.ok("backup.list", json!({}));
    let ending = format!("-{reason}.pincang");
    let paths = all.as_array().unwrap().iter().map(|one| one["path"].as_str().unwrap());
    paths.filter(|path| path.ends_with(&ending)).count()
}

fn rename(desk: &Desk, name: &str) {
    let mut company = desk.ok("company.get", json!({}));
    company["nameZh"] = name.into();
    desk.ok("company.save", company);
}

fn warnings(desk: &Desk) -> Value {
    desk.ok("workspace.status", json!({}))["workspace"]["warnings"].clone()
}

#[test]
fn a_file_that_cannot_be_opened_leaves_the_open_one_open() {
    let desk = Desk::new("2026-10-20");
    let broken = desk.file("broken.pincang", "no workspace");
    let refused = desk.refused("workspace.open", json!({ "path": broken }));
    assert_eq!(refused.code, "file.not_a_workspace");
    assert_eq!(open_name(&desk), "品仓测试");
    let other = json!({ "path": desk.path("b.pincang"), "companyName": "乙", "currency": "CNY" });
    desk.ok("workspace.create", other);
    desk.ok("workspace.open", at(&desk.path("book.pincang")));
    assert_eq!(open_name(&desk), "品仓测试");
    desk.ok("workspace.open", at(&desk.path("b.pincang")));
    assert_eq!(open_name(&desk), "乙");
}

#[test]
fn the_open_file_by_another_name_is_not_opened_again() {
    let desk = Desk::new("2026-10-20");
    let recent = desk.ok("workspace.status", json!({}))["recent"].clone();
    let roundabout = desk.folder.path().join("home").join("..").join("book.pincang");
    let answer = desk.ok("workspace.open", at(&roundabout));
    assert_eq!(answer["workspace"]["path"], desk.path("book.pincang").display().to_string());
    assert_eq!(answer["recent"], recent, "one file is remembered once");
    assert_eq!(backups(&desk, "daily"), 0);
}

#[test]
fn a_backup_is_made_when_a_file_is_opened_and_when_a_day_begins() {
    let mut desk = Desk::new("2026-10-20");
    desk.ok("today.tasks", json!({}));
    assert_eq!(backups(&desk, "daily"), 0, "a new workspace has nothing to lose");
    desk.today = "2026-10-21".parse().unwrap();
    desk.ok("today.tasks", json!({}));
    desk.ok("today.tasks", json!({}));
    assert_eq!(backups(&desk, "daily"), 1, "once a day");
    desk.today = "2026-10-22".parse().unwrap();
    desk.ok("workspace.close", json!({}));
    desk.ok("workspace.open", at(&desk.path("book.pincang")));
    desk.ok("today.tasks", json!({}));
    assert_eq!(backups(&desk, "daily"), 2);
}

#[test]
fn a_daily_backup_that_fails_is_a_warning_until_one_is_made() {
    let desk = Desk::new("2026-10-20");
    desk.ok("workspace.close", json!({}));
    let in_the_way = desk.file("book.backups", "a file where the folder should be");
    let opened = desk.ok("workspace.open", at(&desk.path("book.pincang")));
    assert_eq!(opened["workspace"]["warnings"][0]["code"], "workspace.backup_failed");
    assert!(opened["workspace"]["warnings"][0]["args"]["detail"].is_string());
    assert_eq!(warnings(&desk).as_array().unwrap().len(), 1, "it stays until something is done");
    fs::remove_file(in_the_way).unwrap();
    desk.ok("backup.make", json!({}));
    assert_eq!(warnings(&desk), json!([]));
}

#[test]
fn folders_that_a_cloud_keeps_are_warned_of() {
    let folders = ["Library/Mobile Documents/x", "Library/CloudStorage/Box", "微云同步"];
    for (folder, cloud) in folders.iter().zip(["mobile documents", "cloudstorage", "微云"]) {
        let desk = Desk::new("2026-10-20");
        fs::create_dir_all(desk.path(folder)).unwrap();
        let path = desk.path(folder).join("b.pincang");
        desk.ok(
            "workspace.create",
            json!({ "path": path, "companyName": "乙", "currency": "CNY" }),
        );
        let warned = json!([{ "code": "workspace.synced_folder", "args": { "cloud": cloud } }]);
        assert_eq!(warnings(&desk), warned);
    }
}

#[test]
fn a_backup_of_another_workspace_is_refused_and_the_open_one_stays() {
    let desk = Desk::new("2026-10-20");
    let other = desk.path("b.pincang");
    desk.ok("workspace.create", json!({ "path": other, "companyName": "乙", "currency": "CNY" }));
    desk.ok("workspace.open", at(&desk.path("book.pincang")));
    let refused = desk.refused("backup.restore", at(&other));
    assert_eq!(refused.code, "file.other_workspace");
    assert_eq!(open_name(&desk), "品仓测试");
    rename(&desk, "还能写");
    assert_eq!(open_name(&desk), "还能写");
}

/// Runs a proof in a second thread, and `meanwhile` while it is held up in its middle; what that
/// gave. `hold` says whether the proof waits until `meanwhile` is over.
fn during_a_proof<T: Send>(desk: &Desk, hold: bool, meanwhile: impl FnOnce() -> T + Send) -> T {
    let (inside, entered) = mpsc::channel();
    let (over, ended) = mpsc::channel::<()>();
    let held = Mutex::new(hold.then_some(ended));
    std::thread::scope(|scope| {
        let proof = scope.spawn(|| {
            let first = Mutex::new(Some(inside));
            desk.watch("verify.run", json!({}), &|_| {
                if let Some(inside) = first.lock().unwrap().take() {
                    inside.send(()).unwrap();
                    if let Some(ended) = held.lock().unwrap().take() {
                        // Ends with the sender.
                        let _ = ended.recv();
                    }
                }
            })
        });
        entered.recv().unwrap();
        let value = meanwhile();
        drop(over);
        assert_eq!(proof.join().unwrap().unwrap()["ok"], true);
        value
    })
}

#[test]
fn a_restore_beside_long_work_is_refused_and_the_file_stays_open() {
    let desk = Desk::new("2026-10-20");
    let backup = desk.ok("backup.make", json!({}))["path"].clone();
    rename(&desk, "新名");
    let restore = || desk.watch("backup.restore", json!({ "path": backup }), &|_| {});
    let refused: Result<Value, Error> = during_a_proof(&desk, true, restore);
    assert_eq!(refused.unwrap_err().code, "workspace.busy");
    assert_eq!(open_name(&desk), "新名");
    rename(&desk, "又新");
    desk.ok("backup.restore", json!({ "path": backup }));
    assert_eq!(open_name(&desk), "品仓测试");
}

#[test]
fn a_restore_waits_for_work_that_is_about_to_end() {
    let desk = Desk::new("2026-10-20");
    let backup = desk.ok("backup.make", json!({}))["path"].clone();
    rename(&desk, "新名");
    let restore = || desk.watch("backup.restore", json!({ "path": backup }), &|_| {});
    during_a_proof(&desk, false, restore).unwrap();
    assert_eq!(open_name(&desk), "品仓测试");
}

#[test]
fn a_draft_of_an_order_is_not_one_of_a_transfer() {
    let desk = Desk::new("2026-10-20");
    let nobody = "00000000-0000-7000-8000-000000000001";
    let order = json!({
        "id": null, "factory": nobody, "deliverTo": nobody, "promisedOn": null,
        "overTolerancePpm": 0, "terms": "", "lines": [], "unitPrices": [],
    });
    let id = desk.ok("order.save", order)["id"].clone();
    let transfer = json!({ "id": id, "from": nobody, "to": nobody, "lines": [], "note": "" });
    assert_eq!(desk.refused("transfer.save", transfer).code, "document.not_a_draft");
    assert_eq!(desk.refused("transfer.discard", json!({ "id": id })).code, "missing");
    assert_eq!(desk.ok("order.list", json!({})).as_array().unwrap().len(), 1);
    desk.ok("order.discard", json!({ "id": id }));
    assert_eq!(desk.ok("order.list", json!({})), json!([]));
}

#[test]
fn a_refused_new_workspace_leaves_no_file_and_the_open_one_open() {
    let desk = Desk::new("2026-10-20");
    let path = desk.path("b.pincang");
    let nameless = json!({ "path": path, "companyName": "", "currency": "CNY" });
    desk.refused("workspace.create", nameless);
    assert!(!path.exists());
    assert_eq!(open_name(&desk), "品仓测试");
}

#[test]
fn numbers_go_on_after_a_restore() {
    let desk = Desk::new("2026-10-20");
    let id = |posted: &Value| posted["document"]["id"].clone();
    let sku = id(&desk.ok(
        "sku.save",
        json!({ "id": null, "fields": {
            "code": "SK001", "nameZh": "洁面", "nameEn": "", "brand": "", "category": "",
            "spec": "", "gtin": "", "unit": "瓶",
            "carton": { "units": 48, "lengthMm": null, "widthMm": null, "heightMm": null,
                        "grossG": null },
            "shelfLife": { "count": 36, "unit": "months" }, "lifecycle": "core", "aliases": [],
        } }),
    ));
    let place = id(&desk.ok(
        "location.save",
        json!({ "id": null, "fields": {
            "code": "W0", "name": "杭州总仓", "kind": "own", "sells": false,
            "liveFrom": "2026-10-01", "address": "", "partner": null,
            "lifeRule": { "minSharePpm": null, "minDays": null, "pullDays": 0 },
            "route": { "transitDaysP90": 2, "receiveLagDaysP90": 1, "reviewDays": 7,
                       "targetCoverDays": 30 },
        } }),
    ));
    let factory = id(&desk.ok(
        "partner.save",
        json!({ "id": null, "fields": {
            "code": "F1", "name": "广州澜禾", "kind": "factory", "taxNo": "", "address": "",
            "contact": "", "phone": "",
        } }),
    ));
    let issue = || {
        let draft = json!({
            "id": null, "factory": factory, "deliverTo": place, "promisedOn": "2026-11-10",
            "overTolerancePpm": 0, "terms": "", "lines": [{ "sku": sku, "qty": 48 }],
            "unitPrices": ["9.80"],
        });
        let order = desk.ok("order.save", draft)["id"].clone();
        let posted = desk.ok("order.issue", json!({ "id": order }));
        posted["document"]["label"].as_str().unwrap().to_owned()
    };
    let backup = desk.ok("backup.make", json!({}))["path"].clone();
    let mut given = vec![issue(), issue()];
    for _ in 0..2 {
        desk.ok("backup.restore", json!({ "path": backup }));
        given.extend([issue(), issue()]);
    }
    let different: std::collections::BTreeSet<&String> = given.iter().collect();
    assert_eq!(different.len(), given.len(), "{given:?}");
    assert!(given[5].ends_with("-0004"), "the letter's series goes on: {given:?}");
    assert_eq!(desk.ok("verify.run", json!({}))["ok"], true);
}

#[test]
fn a_file_that_another_window_writes_can_be_looked_at_and_not_changed() {
    let writing = Desk::new("2026-10-20");
    let book = writing.path("book.pincang");
    let desk = Desk::new("2026-10-20");
    assert_eq!(desk.refused("workspace.open", at(&book)).code, "file.locked");
    let opened = desk.ok("workspace.open_to_read", at(&book));
    assert_eq!(opened["workspace"]["readOnly"], true);
    assert_eq!(opened["recent"][0], json!(book));
    desk.ok("today.tasks", json!({}));
    for command in app::TABLE.iter().filter(|command| command.needs.write) {
        let refused = desk.refused(command.name, json!("of no shape"));
        assert_eq!(refused.code, "workspace.read_only", "{}", command.name);
    }
    // What the other window writes is seen, and once it has gone, this one may write.
    rename(&writing, "新名");
    assert_eq!(open_name(&desk), "新名");
    writing.ok("workspace.close", json!({}));
    assert_eq!(desk.ok("workspace.open", at(&book))["workspace"]["readOnly"], false);
    rename(&desk, "又新");
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_written_can_be_looked_at() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new("2026-10-20");
    desk.ok("workspace.close", json!({}));
    let book = desk.path("book.pincang");
    fs::set_permissions(&book, fs::Permissions::from_mode(0o444)).unwrap();
    // Whoever may write everything may write this too.
    if fs::File::options().append(true).open(&book).is_err() {
        assert_eq!(desk.refused("workspace.open", at(&book)).code, "file.read_only");
    }
    desk.ok("workspace.open_to_read", at(&book));
    assert_eq!(open_name(&desk), "品仓测试");
}

#[test]
fn nothing_that_was_written_of_one_workspace_is_kept_for_the_next() {
    let desk = Desk::new("2026-10-20");
    let table = desk.path("货品.csv");
    let export = json!({ "table": "goods", "path": table, "asOf": null, "lang": "zh" });
    desk.ok("export.table", export);
    assert!(desk.app.owns_file(&table));
    desk.ok(
        "workspace.create",
        json!({
            "path": desk.path("b.pincang"), "companyName": "乙", "currency": "CNY"
        }),
    );
    assert!(!desk.app.owns_file(&table), "the next workspace shows nothing of it");
    assert!(table.exists(), "where its user wanted it, it stays");
}
