//! Scorecards, attached files, and who sees what of production.

use app::Role;
use serde_json::json;

use crate::{
    cost::boxed,
    house::{House, came, with},
};

#[test]
fn a_factory_is_scored_by_cases_and_idle_months_do_not_count() {
    let mut house = House::bare();
    let order = house.accepted(house.order_for(1_000, "10.00"));
    house.receive(&order, json!({ "lines": [came("L1", 1_000)] }));
    let lot = house.lot(&order, "L1");
    house.decide(&order, &lot, 900, json!({}));
    house.decide(&order, &lot, 100, json!({ "decision": "reject" }));
    house.desk.today = "2026-09-01".parse().unwrap();
    let late = with(house.order_for(500, "11.00"), json!({}));
    let id = house.desk.ok("order.save", late)["id"].clone();
    house.desk.ok("order.issue", json!({ "id": id }));
    house.desk.ok("order.accept", json!({ "id": id, "promisedOn": "2026-08-31" }));
    house.receive(&id, json!({ "status": "good", "lines": [came("L2", 500)] }));
    let span = json!({ "from": "2026-01-01", "to": "2026-12-31" });
    let rows = house.desk.ok("factory.scorecards", span.clone());
    let row = rows.as_array().unwrap().iter().find(|row| row["partner"] == house.factory).unwrap();
    assert_eq!(row["onTime"]["n"], 2, "{row}");
    assert_eq!(row["firstPass"]["sharePpm"], 900_000, "{row}");
    let trends = house.desk.ok("factory.price_trends", span);
    let trend = trends.as_array().unwrap().iter().find(|row| row["partner"] == house.factory);
    let trend = trend.unwrap();
    assert_eq!(trend["trend"]["sharePpm"], 100_000, "{trends}");
    let goods = &trend["goods"][0];
    assert_eq!((&trend["name"], &goods["orders"]), (&row["name"], &json!(2)), "{trends}");
    assert_eq!((&goods["skuCode"], &goods["changePpm"]), (&json!("SER"), &json!(100_000)));
    assert_eq!(goods["lastPrice"], trend["lastPrice"], "{trends}");
    assert_ne!(goods["firstPrice"], goods["lastPrice"], "{trends}");
    let idle = json!({ "from": "2020-01-01", "to": "2020-12-31" });
    for row in house.desk.ok("factory.scorecards", idle).as_array().unwrap() {
        assert_eq!((&row["onTime"], &row["firstPass"]), (&json!(null), &json!(null)));
    }
    house.verify();
}

#[test]
fn files_lie_beside_the_workspace_and_come_off_again() {
    let (house, order, _) = boxed();
    let path = house.desk.file("合同.pdf", b"%PDF-1.7 signed");
    let of = json!({ "kind": "order", "id": order });
    let list = || house.desk.ok("attachment.list", of.clone());
    let posted = house.desk.ok("attachment.add", with(of.clone(), json!({ "path": path })));
    let row = list()[0].clone();
    assert_eq!(
        (&row["name"], &row["bytes"], &row["missing"]),
        (&json!("合同.pdf"), &json!(15), &json!(false))
    );
    let kept = row["path"].as_str().unwrap().to_owned();
    assert_eq!(std::fs::read(&kept).unwrap(), b"%PDF-1.7 signed");
    let opens = |path: &str| house.desk.app.has_attached(std::path::Path::new(path));
    assert!(opens(&kept) && !opens(&kept.replace("book.files", "book.files/../book.files")));
    assert!(!opens(&path), "the user's own file is not ours to open");
    house.undo(&posted);
    assert_eq!(list(), json!([]));
    house.desk.ok("attachment.add", with(of.clone(), json!({ "path": path })));
    let off = json!({ "name": row["name"], "sha256": row["sha256"] });
    house.desk.ok("attachment.remove", with(of.clone(), off.clone()));
    assert_eq!(list(), json!([]));
    let again = house.desk.refused("attachment.remove", with(of.clone(), off));
    assert_eq!(again.code, "missing");
    let wrong = json!({ "kind": "nothing", "id": order, "path": path });
    assert_eq!(house.desk.refused("attachment.add", wrong).code, "attachment.kind_unknown");
    house.verify();
}

#[test]
fn papers_with_money_are_for_those_who_see_it() {
    let (mut house, order, _) = boxed();
    let contract = house.desk.file("合同.pdf", b"%PDF-1.7 9.80");
    let photo = house.desk.file("到货.jpg", b"a photo");
    let of = json!({ "kind": "order", "id": order });
    house.desk.ok("attachment.add", with(of.clone(), json!({ "path": contract })));
    house.desk.role = Role::Warehouse;
    house.desk.ok("attachment.add", with(of.clone(), json!({ "path": photo })));
    let names = |house: &House| {
        let files = house.desk.ok("attachment.list", of.clone());
        let names = files.as_array().unwrap().iter();
        names.map(|file| file["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names(&house), ["到货.jpg"]);
    let card = house.desk.ok("order.get", json!({ "id": order }));
    assert_eq!((&card["schedule"], &card["terms"]), (&json!([]), &json!("")));
    house.desk.role = Role::Manager;
    assert_eq!(names(&house), ["合同.pdf", "到货.jpg"]);
    let files = house.desk.ok("attachment.list", of.clone());
    assert_eq!((&files[0]["money"], &files[1]["money"]), (&json!(true), &json!(false)));
    let open = house.desk.file("唛头.pdf", b"%PDF-1.7 marks");
    house.desk.ok("attachment.add", with(of.clone(), json!({ "path": open, "forAll": true })));
    house.desk.role = Role::Warehouse;
    assert_eq!(names(&house), ["到货.jpg", "唛头.pdf"]);
}

#[test]
fn files_are_proved_and_come_back_with_a_backup() {
    let (house, order, _) = boxed();
    let path = house.desk.file("合同.PDF", b"%PDF-1.7 signed");
    let of = json!({ "kind": "order", "id": order });
    house.desk.ok("attachment.add", with(of.clone(), json!({ "path": path })));
    let backup = house.desk.ok("backup.make", json!({}));
    let kept = house.desk.ok("attachment.list", of.clone())[0]["path"].as_str().unwrap().to_owned();
    assert_eq!(std::path::Path::new(&kept).extension().unwrap(), "pdf", "{kept}");
    let found = || {
        let report = house.desk.ok("verify.run", json!({}));
        let findings = report["findings"].as_array().unwrap();
        findings.iter().map(|one| one["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(found(), [""; 0]);
    std::fs::write(&kept, b"%PDF-1.7 forged").unwrap();
    assert_eq!(found(), ["verify.file_changed"]);
    std::fs::remove_file(&kept).unwrap();
    assert_eq!(found(), ["verify.file_missing"]);
    assert_eq!(house.desk.ok("attachment.list", of)[0]["missing"], true);
    house.desk.ok("backup.restore", json!({ "path": backup["path"] }));
    assert_eq!(std::fs::read(&kept).unwrap(), b"%PDF-1.7 signed");
    assert_eq!(found(), [""; 0]);
}

#[test]
fn a_warehouse_role_works_and_sees_no_money() {
    let (mut house, order, lot) = boxed();
    house.desk.role = Role::Warehouse;
    for (name, input) in [
        ("order.list", json!({})),
        ("order.get", json!({ "id": order })),
        ("order.tracks", json!({ "id": order })),
        ("material.at_factories", json!({})),
        ("statement.get", json!({ "place": house.bench, "month": "2026-06-01" })),
        ("lot.genealogy", json!({ "id": lot })),
        ("offer.list", json!({})),
        ("factory.scorecards", json!({ "from": "2026-01-01", "to": "2026-12-31" })),
        ("journal.list", json!({ "offset": 0, "limit": 500 })),
    ] {
        let told = house.desk.ok(name, input).to_string();
        for money in ["9.8", "6.4", "49000", "75362", "43362", "32000"] {
            assert!(!told.contains(&format!("\"{money}")), "{name} tells {money}: {told}");
        }
    }
    for name in ["order.account", "order.cost", "lot.cost", "lot.value", "order.money"] {
        let refused = house.desk.refused(name, json!({ "id": order }));
        assert_eq!(refused.code, "role.no_money", "{name}");
    }
    house.desk.ok("material.issue", house.slip(&order, 150));
    house.desk.ok("material.take_back", house.slip(&order, 150));
}

#[test]
fn a_material_lasts_as_long_as_goods_are_made_of_it() {
    let house = House::new();
    let order = house.accepted(house.order_for(730, "9.80"));
    house.buy_boxes("B1", 2_190, "6.40");
    let standing = || {
        let list = house.desk.ok("slow.list", json!({}));
        let rows = list["rows"].as_array().unwrap().clone();
        rows.into_iter().filter(|row| row["skuCode"] == "BOX").collect::<Vec<_>>()
    };
    assert_eq!(standing()[0]["coverDays"], json!(null), "nothing was made of it yet");
    house.send_boxes(&order, 730);
    let receipt = json!({ "status": "good", "lines": [came("L1", 730)] });
    let posted = house.receive(&order, receipt);
    // 730 in a year are two a day; 1,460 are left.
    for row in standing() {
        assert_eq!(row["coverDays"], 730, "{row}");
    }
    house.undo(&posted);
    assert_eq!(standing()[0]["coverDays"], json!(null), "undone, nothing was used");
}
