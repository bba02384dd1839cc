//! Offers, versions, bills of materials and licences, and how they bind an order.

use serde_json::{Value, json};

use crate::house::{House, came, with};

fn offer(house: &House, tiers: &[i64], moq: i64, multiple: i64) -> Value {
    json!({
        "partner": house.factory, "sku": house.serum, "tiersFrom": tiers, "taxRatePpm": 130_000,
        "priceIncludesTax": true, "moq": moq, "multiple": multiple, "leadDaysMean": 35,
        "leadDaysP90": 41, "terms": [{ "trigger": "receipt", "days": 30, "sharePpm": 1_000_000 }],
        "lossBase": "good", "overReceiptPaid": true, "from": "2026-01-01", "to": null,
    })
}

fn save(house: &House, fields: &Value, prices: &[&str]) -> Value {
    house.desk.ok("offer.save", json!({ "fields": fields, "unitPrices": prices }))
}

fn quote(house: &House, qty: i64) -> Value {
    let asked = json!({ "partner": house.factory, "sku": house.serum, "qty": qty });
    house.desk.ok("offer.quote", asked)
}

#[test]
fn a_larger_order_may_be_cheaper_in_total() {
    let house = House::bare();
    save(&house, &offer(&house, &[1_000, 2_000], 1_000, 1), &["10.00", "8.30"]);
    let told = quote(&house, 1_660);
    assert_eq!((&told["unitPrice"], &told["total"]), (&json!("10"), &json!("16600.00")));
    assert_eq!(told["cheaperByOrderingMore"], 340);
    assert_eq!(told["cheaperTotal"], "16600.00");
    assert_eq!(quote(&house, 1_659)["cheaperByOrderingMore"], Value::Null);
    let none = json!({ "partner": house.printer, "sku": house.serum, "qty": 1 });
    assert_eq!(house.desk.ok("offer.quote", none)["offer"], Value::Null);
    house.verify();
}

#[test]
fn a_tier_holds_from_its_very_first_unit() {
    let house = House::bare();
    save(&house, &offer(&house, &[1, 1_000, 5_000], 1, 1), &["10", "9", "8"]);
    for (qty, price) in [(999, "10"), (1_000, "9"), (4_999, "9"), (5_000, "8"), (5_001, "8")] {
        assert_eq!(quote(&house, qty)["unitPrice"], price, "{qty}");
    }
    // Issuing asks the same tier: the price of 1,000 is not that of 999.
    let draft = |qty: i64, price: &str| {
        let order = with(house.order_for(qty, price), json!({ "promisedOn": null }));
        house.desk.ok("order.save", order)["id"].clone()
    };
    let cheap = draft(999, "9.00");
    let refused = house.desk.refused("order.issue", json!({ "id": cheap }));
    assert_eq!(refused.code, "order.price_differs");
    house.desk.ok("order.issue", json!({ "id": cheap, "reason": "老板谈的" }));
    house.desk.ok("order.issue", json!({ "id": draft(1_000, "9.00") }));
    house.verify();
}

#[test]
fn least_quantities_and_multiples_need_a_reason() {
    let house = House::bare();
    let kept = save(&house, &offer(&house, &[1_000], 3_000, 500), &["9.80"]);
    let listed = house.desk.ok("offer.list", json!({}));
    assert_eq!((&listed[0]["current"], &listed[0]["skuCode"]), (&json!(true), &json!("SER")));
    let prices = house.desk.ok("offer.prices", json!({}));
    assert_eq!((&prices[0]["id"], &prices[0]["unitPrices"]), (&listed[0]["id"], &json!(["9.8"])));
    let draft = |qty: i64| house.desk.ok("order.save", house.order_for(qty, "9.80"))["id"].clone();
    for (qty, code) in [(2_999, "order.below_moq"), (3_001, "order.not_multiple")] {
        let id = draft(qty);
        assert_eq!(house.desk.refused("order.issue", json!({ "id": id })).code, code);
        house.desk.ok("order.issue", json!({ "id": id, "reason": "试产" }));
    }
    let wrong = json!({ "fields": offer(&house, &[2_000, 1_000], 2_000, 1),
                        "unitPrices": ["1", "1"] });
    assert_eq!(house.desk.refused("offer.save", wrong).code, "offer.tiers_invalid");
    // A new offer of the same id replaces the old one; undone, the old one holds again.
    let again = json!({ "id": listed[0]["id"], "fields": offer(&house, &[1_000], 3_000, 500),
                        "unitPrices": ["9.50"] });
    let again = house.desk.ok("offer.save", again);
    assert_eq!(quote(&house, 3_000)["unitPrice"], "9.5");
    house.undo(&again);
    assert_eq!(quote(&house, 3_000)["unitPrice"], "9.8");
    house.undo(&kept);
    assert_eq!(house.desk.ok("offer.list", json!({})), json!([]));
    house.verify();
}

#[test]
fn an_expired_licence_of_the_ordered_category_blocks_issuing() {
    let mut house = House::bare();
    let licence = |category: &str, expires: &str| {
        json!({ "kind": "化妆品生产许可证", "category": category, "number": "粤妆20160001",
                "expiresOn": expires })
    };
    let maker = house.partner("F2", "factory", &json!([licence("skincare", "2026-05-31")]));
    let order = with(house.order_for(1_000, "9.80"), json!({ "factory": maker }));
    let draft = house.desk.ok("order.save", order)["id"].clone();
    let refused = house.desk.refused("order.issue", json!({ "id": draft, "reason": "急" }));
    assert_eq!(refused.code, "licence.expired");
    house.desk.today = "2026-05-31".parse().unwrap();
    house.desk.ok("order.issue", json!({ "id": draft }));
    // Another category's licence says nothing of this one.
    house.desk.today = "2026-06-02".parse().unwrap();
    let other = house.partner("F3", "factory", &json!([licence("food", "2020-01-01")]));
    let order = with(house.order_for(1_000, "9.80"), json!({ "factory": other }));
    let draft = house.desk.ok("order.save", order)["id"].clone();
    house.desk.ok("order.issue", json!({ "id": draft }));
    house.verify();
}

#[test]
fn versions_are_fixed_when_an_order_is_issued() {
    let house = House::bare();
    let version = |artwork: &str, from: &str, to: Value| {
        json!({ "sku": house.serum, "artworkNo": artwork, "registrationNo": "粤G妆网备字2026",
                "from": from, "to": to, "oldStock": "use_up" })
    };
    house.desk.ok("version.save", version("A1", "2026-01-01", json!("2026-06-30")));
    house.desk.ok("version.save", version("A2", "2026-07-01", Value::Null));
    let wrong = version("A3", "2026-07-01", json!("2026-06-01"));
    assert_eq!(house.desk.refused("version.save", wrong).code, "period.invalid");
    let order = house.accepted(house.order_for(1_000, "9.80"));
    let line =
        |order: &Value| house.desk.ok("order.get", json!({ "id": order }))["lines"][0].clone();
    assert_eq!(line(&order)["artworkNo"], "A1");
    let listed = house.desk.ok("version.list", json!({}));
    let newer = listed.as_array().unwrap().iter().find(|one| one["artworkNo"] == "A2").unwrap();
    let lines = json!([{ "sku": house.serum, "qty": 10, "version": newer["id"] }]);
    let named = with(house.order_for(10, "9.80"), json!({ "lines": lines }));
    let draft = house.desk.ok("order.save", named)["id"].clone();
    let refused = house.desk.refused("order.issue", json!({ "id": draft }));
    assert_eq!(refused.code, "order.version_not_current");
    house.verify();
}

#[test]
fn a_bill_of_materials_is_fixed_when_an_order_is_issued() {
    let house = House::new();
    let order = house.accepted(house.order_for(1_000, "9.80"));
    let bills = house.desk.ok("bom.list", json!({}));
    let line = json!({ "material": house.boxes, "per1000": 2_000, "allowancePpm": 0,
                       "suppliedBy": "brand" });
    let changed = with(bills[0].clone(), json!({ "lines": [line] }));
    let posted = house.desk.ok("bom.save", changed.clone());
    let per_1000 = |order: &Value| house.tracks(order)["materials"][0]["per1000"].clone();
    assert_eq!(per_1000(&order), 1_000, "an order keeps its bill");
    assert_eq!(per_1000(&house.accepted(house.order_for(1_000, "9.80"))), 2_000);
    house.undo(&posted);
    assert_eq!(per_1000(&house.accepted(house.order_for(1_000, "9.80"))), 1_000);
    let itself = json!({ "material": house.serum, "per1000": 1, "allowancePpm": 0,
                         "suppliedBy": "brand" });
    let wrong = with(changed, json!({ "lines": [itself] }));
    assert_eq!(house.desk.refused("bom.save", wrong).code, "bom.line_invalid");
    house.verify();
}

#[test]
fn goods_with_versions_are_ordered_in_one_that_holds() {
    let mut house = House::bare();
    let version = |artwork: &str, from: &str, to: Value| {
        json!({ "sku": house.serum, "artworkNo": artwork, "registrationNo": "", "from": from,
                "to": to, "oldStock": "use_up" })
    };
    house.desk.ok("version.save", version("A1", "2026-01-01", json!("2026-05-31")));
    let later = version("A2", "2026-07-01", Value::Null);
    house.desk.ok("version.save", later.clone());
    // Between the two no version holds.
    let draft = house.desk.ok("order.save", house.order_for(1_000, "9.80"))["id"].clone();
    let refused = house.desk.refused("order.issue", json!({ "id": draft }));
    assert_eq!(refused.code, "order.no_version_holds");
    assert_eq!(refused.args["nearest"], app::wire::Arg::Text("A2".into()));
    house.desk.ok("order.issue", json!({ "id": draft, "reason": "打样" }));
    // A day names one artwork: with both periods said.
    let third = version("A3", "2026-08-01", Value::Null);
    let refused = house.desk.refused("version.save", third.clone());
    assert_eq!(refused.code, "version.overlap");
    let versions = ["version", "other"].map(|name| refused.args[name].clone());
    let said = ["A3 (2026-08-01 –)", "A2 (2026-07-01 –)"];
    assert_eq!(versions, said.map(|text| app::wire::Arg::Text(text.into())));
    let listed = house.desk.ok("version.list", json!({}));
    let newer = listed.as_array().unwrap().iter().find(|one| one["artworkNo"] == "A2").unwrap();
    house.desk.ok("version.save", with(newer.clone(), json!({ "to": "2026-07-31" })));
    house.desk.ok("version.save", third);
    house.desk.today = "2026-08-02".parse().unwrap();
    let order = house.accepted(house.order_for(1_000, "9.80"));
    let card = house.desk.ok("order.get", json!({ "id": order }));
    assert_eq!(card["lines"][0]["artworkNo"], "A3");
    house.verify();
}

#[test]
fn old_stock_is_asked_for_once_the_new_version_begins() {
    let mut house = House::new();
    let version = |artwork: &str, from: &str, to: Value, old: &str| json!({ "sku": house.serum, "artworkNo": artwork, "from": from, "to": to, "oldStock": old });
    house.desk.ok("version.save", version("A1", "2026-01-01", json!("2026-06-30"), "use_up"));
    house.desk.ok("version.save", version("A2", "2026-07-01", Value::Null, "scrap"));
    let order = house.accepted(house.order_for(1_000, "9.80"));
    house.buy_boxes("B1", 1_200, "1.00");
    house.send_boxes(&order, 1_000);
    house.receive(&order, json!({ "status": "good", "lines": [came("L1", 900)] }));
    let asked = |house: &House| {
        let today = house.desk.ok("today.tasks", json!({}));
        let tasks = today["tasks"].as_array().unwrap().iter();
        let tasks = tasks.filter(|task| task["code"].as_str().unwrap().starts_with("task.old_"));
        let tasks = tasks.map(|task| {
            let text = |value: &Value| value.as_str().unwrap().to_owned();
            (text(&task["code"]), text(&task["args"]["sku"]), task["args"]["units"].clone())
        });
        tasks.collect::<Vec<_>>()
    };
    assert_eq!(asked(&house), [], "the new version has not begun");
    house.desk.today = "2026-07-01".parse().unwrap();
    let goods = ("task.old_version_scrap".to_owned(), "SER".to_owned(), json!(900));
    assert_eq!(asked(&house), std::slice::from_ref(&goods));
    // A new bill without the old box: what is left of it is nobody's any more.
    let other = house.sku("BOX2", "material", &json!([]));
    let line = json!({ "material": other, "per1000": 1_000, "allowancePpm": 0,
                       "suppliedBy": "brand" });
    let bill = json!({ "sku": house.serum, "factory": house.factory, "from": "2026-07-01",
                       "lines": [line] });
    house.desk.ok("bom.save", bill);
    let boxes = ("task.old_version_material".to_owned(), "BOX".to_owned(), json!(300));
    let mut both = asked(&house);
    both.sort_by(|one, other| one.0.cmp(&other.0));
    assert_eq!(both, [boxes, goods.clone()]);
    // Goods made on an order of the new version are not old, though they come to the same place.
    let order = house.accepted(house.order_for(500, "9.80"));
    house.receive(&order, json!({ "status": "good", "lines": [came("L2", 500)] }));
    assert!(asked(&house).contains(&goods));
    house.verify();
}
