//! Sets, and lots that went into others.

use serde_json::{Value, json};

use crate::house::{House, came, with};

/// Two bottles and a box make a set; the bottles lie in two lots of different age.
fn house_with_sets() -> (House, Value) {
    let house = House::bare();
    let parts = json!([{ "sku": house.serum, "qty": 2 }, { "sku": house.boxes, "qty": 1 }]);
    let set = house.sku("SET", "bundle", &parts);
    let order = house.accepted(house.order_for(300, "11.30"));
    let dated = |lot: &str, qty: i64, made: &str| with(came(lot, qty), json!({ "mfgOn": made }));
    let lines = json!([dated("OLD", 100, "2025-06-02"), dated("NEW", 200, "2026-05-01")]);
    house.receive(&order, json!({ "status": "good", "lines": lines }));
    house.buy_boxes("B1", 120, "1.00");
    (house, set)
}

fn set_lot(house: &House, set: &Value) -> Value {
    let card = house.desk.ok("sku.get", json!({ "id": set }));
    card["lots"][0].clone()
}

#[test]
fn a_set_is_as_old_as_its_weakest_part_and_costs_its_parts() {
    let (house, set) = house_with_sets();
    let asked = json!({ "sku": set, "place": house.warehouse });
    let parts = house.desk.ok("set.parts", asked);
    assert_eq!((&parts["possible"], &parts["parts"][0]["available"]), (&json!(120), &json!(300)));
    let assemble =
        |qty: i64| json!({ "place": house.warehouse, "sku": set, "lotNo": "S1", "qty": qty });
    let refused = house.desk.refused("set.assemble", assemble(121));
    assert_eq!(refused.code, "set.part_missing");
    let plain = with(assemble(1), json!({ "sku": house.serum }));
    assert_eq!(house.desk.refused("set.assemble", plain).code, "set.without_parts");
    house.there_and_back("set.assemble", assemble(60));
    let lot = set_lot(&house, &set);
    assert_eq!(lot["expiresOn"], "2028-06-01", "36 months from the older bottles' day: {lot}");
    // 120 bottles of 10.00 net and 60 boxes of 1.00.
    let id = lot["id"].clone();
    assert_eq!(house.cost(&id)["whole"], "1260.00");
    house.there_and_back(
        "set.disassemble",
        json!({ "place": house.warehouse, "lot": id, "qty": 20 }),
    );
    assert_eq!(house.cost(&id)["whole"], "840.00");
    let asked = json!({ "sku": set, "place": house.warehouse });
    assert_eq!(house.desk.ok("set.parts", asked)["possible"], 80);
    let much = json!({ "place": house.warehouse, "lot": id, "qty": 41 });
    assert_eq!(house.desk.refused("set.disassemble", much).code, "stock.shortage");
    house.verify();
}

#[test]
fn a_late_bill_of_a_part_follows_into_sets_that_are_sold() {
    let (mut house, set) = house_with_sets();
    let assemble = json!({ "place": house.warehouse, "sku": set, "lotNo": "S1", "qty": 50 });
    house.desk.ok("set.assemble", assemble);
    let id = set_lot(&house, &set)["id"].clone();
    house.desk.today = "2026-06-20".parse().unwrap();
    house.sell("2026-06-10", "SET", 25);
    let tree = house.desk.ok("lot.genealogy", json!({ "id": id }));
    let old = tree["lots"].as_array().unwrap().iter().find(|one| one["lotNo"] == "OLD").unwrap();
    let bill = json!({ "number": "Y-1", "datedOn": "2026-06-18", "basis": "quantity",
                       "amount": "100.00", "lots": [old["id"]] });
    house.desk.ok("bill.post", bill);
    // All hundred old bottles are in the fifty sets, half of which are sold.
    let cost = house.cost(&id);
    assert_eq!(cost["whole"], "1150.00");
    assert_eq!((&cost["sold"], &cost["onHand"]), (&json!("575.00"), &json!("575.00")));
    house.verify();
}

#[test]
fn lots_know_where_they_came_from_and_where_they_went() {
    let house = House::new();
    let order = house.accepted(house.order_for(500, "9.80"));
    house.buy_boxes("B1", 520, "6.40");
    house.send_boxes(&order, 515);
    house.receive(&order, json!({ "status": "good", "lines": [came("L1", 500)] }));
    let set = house.sku("DUO", "bundle", &json!([{ "sku": house.serum, "qty": 2 }]));
    let assemble = json!({ "place": house.warehouse, "sku": set, "lotNo": "S1", "qty": 100 });
    house.desk.ok("set.assemble", assemble);
    let lot = house.lot(&order, "L1");
    let tree = house.desk.ok("lot.genealogy", json!({ "id": lot }));
    let lots: Vec<(&str, i64)> = tree["lots"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["lotNo"].as_str().unwrap(), one["depth"].as_i64().unwrap()))
        .collect();
    assert_eq!(lots, [("L1", 0), ("B1", -1), ("S1", 1)]);
    assert_eq!(tree["lots"][0]["order"], order);
    let steps: Vec<(&str, i64)> = tree["steps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["kind"].as_str().unwrap(), one["qty"].as_i64().unwrap()))
        .collect();
    assert_eq!(steps, [("consumed", 500), ("assembled", 200)]);
    // From either end the whole chain is seen.
    let bottom = tree["lots"][1]["id"].clone();
    let from_box = house.desk.ok("lot.genealogy", json!({ "id": bottom }));
    let depths: Vec<i64> = from_box["lots"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["depth"].as_i64().unwrap())
        .collect();
    assert_eq!(depths, [0, 1, 2]);
    let refused = house.desk.refused("lot.cost", json!({ "id": order }));
    assert_eq!(refused.code, "lot.no_cost");
    house.verify();
}
