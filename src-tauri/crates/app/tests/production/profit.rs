//! What sold units brought and earned so far: per lot and per order, worked out by hand.

use domain::{
    Currency, PlaceId, ShopId, SkuId,
    fact::{SaleKind, SaleSource},
    sales::{Reported, SalesKnown, SalesOf, Units},
};
use serde_json::{Value, json};
use store::{Opened, RemoteLine, Stamp, Workspace, Writer};
use uuid::Uuid;

use crate::house::{House, came, with};

fn uuid(value: &Value) -> Uuid {
    value.as_str().unwrap().parse().unwrap()
}

fn cny(amount: &str) -> Value {
    json!({ "amount": amount, "currency": "CNY" })
}

/// A shop that sells serum out of our warehouse, without a marketplace behind it.
struct Shop<'a> {
    house: &'a House,
    id: Uuid,
}

/// An order of the shop: its number, its units, how many it was paid for, and what its pricing says
/// of it, if anything: paid, borne by the platform and tax.
struct Order(&'static str, i64, i64, &'static str, Option<[&'static str; 3]>);

impl<'a> Shop<'a> {
    fn open(house: &'a House) -> Self {
        let saved = house.desk.ok(
            "shop.save",
            json!({ "id": null, "code": "MALL", "name": "商城", "url": "http://127.0.0.1:9",
                    "remoteShop": "S1", "token": "token", "places":
                    [{ "warehouse": "P1", "place": house.warehouse }] }),
        );
        Self { house, id: uuid(&saved["document"]["id"]) }
    }

    /// Orders that were shipped on a day come, and the day's level is posted.
    fn ships(&self, day: &str, orders: &[Order]) {
        self.write(|writer| {
            for order in orders {
                let line = RemoteLine {
                    line: "1".to_owned(),
                    warehouse: "P1".to_owned(),
                    listing: "SER".to_owned(),
                    seller_sku: None,
                    ship_day: day.parse().ok(),
                    pay_day: day.parse().ok(),
                    units: order.1,
                };
                let content = content(day, order).to_string();
                let (shop, id) = (ShopId(self.id), (order.0, 1));
                writer.keep_remote_order(shop, id, &content, &[line]).unwrap();
            }
            self.post(writer, day);
        });
    }

    fn post(&self, writer: &mut Writer, day: &str) {
        let (shop, day) = (ShopId(self.id), day.parse().unwrap());
        let (place, sku) = (PlaceId(uuid(&self.house.warehouse)), SkuId(uuid(&self.house.serum)));
        let said = writer.remote_levels(shop, day).unwrap();
        let units = said.iter().map(|one| one.level.units).sum();
        let mut known = SalesKnown {
            posted: writer.posted_levels(shop, day).unwrap(),
            taken: writer.taken(shop, day).unwrap(),
            ..SalesKnown::default()
        };
        known.shelves.insert((place, sku), writer.shelf(sku, place, day).unwrap());
        known.rules.insert(place, writer.place(place).unwrap().unwrap().life_rule);
        let level = Units { units, demand: units };
        let (listing, kind) = ("SER".to_owned(), SaleKind::Sale);
        let (source, currency) = (SaleSource::Feed, Currency::CNY);
        let of = SalesOf { shop, day, source, batch: None, currency };
        let reported = Reported { place, sku, listing, kind, level, told: None };
        let entry = domain::sales::post(&of, &[reported], known, &mut Uuid::now_v7).unwrap();
        writer.post(&entry).unwrap();
    }

    fn write(&self, act: impl FnOnce(&mut Writer)) {
        let desk = &self.house.desk;
        desk.ok("workspace.close", json!({}));
        let workspace = Workspace::open(&desk.path("book.pincang"), Opened::ToWrite).unwrap();
        let recorded_at = desk.today.and_hms_opt(7, 0, 0).unwrap().and_utc();
        let stamp = Stamp { actor: "test".to_owned(), recorded_at };
        let written = workspace.write(stamp, |writer| {
            act(writer);
            Ok::<_, store::Error>(())
        });
        written.unwrap();
        drop(workspace);
        let path = desk.path("book.pincang").display().to_string();
        desk.ok("workspace.open", json!({ "path": path }));
    }
}

fn content(day: &str, Order(id, units, told, payment, priced): &Order) -> Value {
    let at = format!("{day}T02:00:00Z");
    let mut order = json!({
        "id": id, "version": 1, "seq": 1, "updated_at": at, "status": "shipped",
        "payment": payment, "fulfilment": "shipped", "placed_at": at, "paid_at": at,
        "shipped_at": at, "business_date": day,
        "lines": [{ "id": "1", "listing_id": "SER", "qty": units, "paid": cny("100.00") }],
    });
    if let Some([paid, platform, tax]) = priced {
        order["pricing"] = json!({
            "rules": { "id": "r", "version": 1, "sha256": "00" },
            "told": { "id": id, "paid_at": at, "buyer": "b",
                      "lines": [{ "id": "1", "sku": "SER", "qty": told, "unit_price": 2_260 }] },
            "lines": [{ "line": "1", "paid": cny(paid), "tax": cny(tax),
                        "discounts": { "platform": cny(platform), "brand": cny("1.00") } }],
            "payouts": [],
        });
    }
    order
}

/// Units sold, valued and unvalued, value, cost of all, cost of the valued, profit.
pub(crate) fn profit(card: &Value) -> (Vec<i64>, Vec<String>) {
    let card = &card["profit"];
    let units = ["sold", "valued", "unvalued"].map(|name| card[name].as_i64().unwrap());
    let amounts = ["value", "cogs", "valuedCogs", "profit"];
    let amounts = amounts.map(|name| card[name].as_str().unwrap_or("none").to_owned());
    (units.to_vec(), amounts.to_vec())
}

pub(crate) fn figures(units: [i64; 3], amounts: [&str; 4]) -> (Vec<i64>, Vec<String>) {
    (units.to_vec(), amounts.map(str::to_owned).to_vec())
}

pub(crate) fn made(lot: &str, qty: i64, on: &str) -> Value {
    with(came(lot, qty), json!({ "mfgOn": on }))
}

/// 150 bottles at 10.00 without tax: 100 as L1, of which 10 are replaced by L3, and 50 as L2.
fn replaced(house: &House) -> (Value, [Value; 3]) {
    let order = house.accepted(house.order_for(150, "11.30"));
    let lines = [made("L1", 100, "2026-05-18"), made("L2", 50, "2026-05-20")];
    house.receive(&order, json!({ "lines": lines }));
    let [first, second] = ["L1", "L2"].map(|lot| house.lot(&order, lot));
    let back = json!({ "decision": "return", "settleBy": "replace" });
    house.decide(&order, &first, 10, back);
    house.decide(&order, &first, 90, json!({}));
    house.decide(&order, &second, 50, json!({}));
    let again = with(made("L3", 10, "2026-05-19"), json!({ "replaces": first }));
    house.receive(&order, json!({ "status": "good", "lines": [again] }));
    let third = house.lot(&order, "L3");
    (order, [first, second, third])
}

#[test]
fn profit_so_far_is_value_less_cost_of_the_units_whose_value_is_known() {
    let mut house = House::bare();
    let (order, [first, second, third]) = replaced(&house);
    house.desk.today = "2026-06-20".parse().unwrap();
    let shop = Shop::open(&house);
    // 1,356.00 less 156.00 tax is 1,200.00 for 60; 700.00 and 91.00 from the platform less 91.00 is
    // 700.00 for 35; of 5 nobody tells the tax. 95 of 100 are worth 1,900.00: of the 90 out of L1
    // 85.5 and of the 10 out of L3 9.5, so 86 and 9.
    shop.ships(
        "2026-06-10",
        &[
            Order("o1", 60, 60, "paid", Some(["1356.00", "0.00", "156.00"])),
            Order("o2", 35, 35, "paid", Some(["700.00", "91.00", "91.00"])),
            Order("o3", 5, 5, "paid", None),
        ],
    );
    let expected = figures([90, 86, 4], ["1720.00", "900.00", "860.00", "860.00"]);
    assert_eq!(profit(&house.cost(&first)), expected);
    let expected = figures([10, 9, 1], ["180.00", "100.00", "90.00", "90.00"]);
    assert_eq!(profit(&house.cost(&third)), expected, "the replacement lot");
    // 20 more by a file that tells no value.
    house.sell("2026-06-12", "SER", 20);
    let expected = figures([20, 0, 20], ["0.00", "200.00", "0.00", "none"]);
    assert_eq!(profit(&house.cost(&second)), expected);
    let whole = house.desk.ok("order.cost", json!({ "id": order }));
    let expected = figures([120, 95, 25], ["1900.00", "1200.00", "950.00", "950.00"]);
    assert_eq!(profit(&whole), expected);
    assert_eq!(whole["profit"]["cogs"], whole["sold"]);
    let lines = whole["profit"]["derivation"]["lines"].as_array().unwrap().iter();
    let lines: Vec<_> = lines.map(|line| (&line["text"]["code"], &line["value"])).collect();
    let expected = [
        (json!("profit.value"), json!("1900.00")),
        (json!("profit.cogs"), json!("950.00")),
        (json!("profit.so_far"), json!("950.00")),
        (json!("profit.unvalued"), Value::Null),
    ];
    assert_eq!(lines, expected.iter().map(|(code, value)| (code, value)).collect::<Vec<_>>());
    house.verify();
}

#[test]
fn what_comes_back_takes_its_value_back_and_what_is_repaid_is_worth_nothing() {
    let mut house = House::bare();
    let (order, [first, _, third]) = replaced(&house);
    house.desk.today = "2026-06-20".parse().unwrap();
    let shop = Shop::open(&house);
    let paid = |units, payment| {
        [
            Order("o1", 60, 60, "paid", Some(["1356.00", "0.00", "156.00"])),
            Order("o2", units, 35, payment, Some(["700.00", "91.00", "91.00"])),
        ]
    };
    shop.ships("2026-06-10", &paid(35, "paid"));
    let whole = || house.desk.ok("order.cost", json!({ "id": order }));
    let expected = figures([95, 95, 0], ["1900.00", "950.00", "950.00", "950.00"]);
    assert_eq!(profit(&whole()), expected);
    // 20 of the 35 come back: 5 into L3 and 15 into L1. What stays of the 700.00 is 300.00.
    shop.ships("2026-06-10", &paid(15, "paid"));
    let expected = figures([75, 75, 0], ["1500.00", "750.00", "750.00", "750.00"]);
    assert_eq!(profit(&house.cost(&first)), expected);
    assert_eq!(profit(&whole()), expected);
    let none = figures([0, 0, 0], ["0.00", "0.00", "0.00", "none"]);
    assert_eq!(profit(&house.cost(&third)), none);
    // One paid back wholly brought nothing; of one paid back in part nobody tells what.
    shop.write(|writer| {
        for (id, payment) in [("o1", "partially_refunded"), ("o2", "refunded")] {
            let order = Order(id, 15, 35, payment, Some(["700.00", "91.00", "91.00"]));
            let mut line = RemoteLine {
                line: "1".to_owned(),
                warehouse: "P1".to_owned(),
                listing: "SER".to_owned(),
                seller_sku: None,
                ship_day: "2026-06-10".parse().ok(),
                pay_day: None,
                units: 15,
            };
            if id == "o1" {
                line.units = 60;
            }
            let content = content("2026-06-10", &order).to_string();
            writer.keep_remote_order(ShopId(shop.id), (id, 2), &content, &[line]).unwrap();
        }
    });
    let expected = figures([75, 15, 60], ["0.00", "750.00", "150.00", "-150.00"]);
    assert_eq!(profit(&whole()), expected);
    house.verify();
}

#[test]
fn figures_that_cannot_be_are_no_value() {
    let mut house = House::bare();
    let (order, _) = replaced(&house);
    house.desk.today = "2026-06-20".parse().unwrap();
    let shop = Shop::open(&house);
    let most = "92233720368547758.07";
    shop.ships(
        "2026-06-10",
        &[
            Order("o1", 10, 10, "paid", Some(["226.00", "0.00", "26.00"])),
            Order("o2", 20, -20, "paid", Some(["452.00", "0.00", "52.00"])),
            Order("o3", 5, 0, "paid", Some(["113.00", "0.00", "13.00"])),
            Order("o4", 1, 1, "paid", Some([most, "0.00", "0.00"])),
            Order("o5", 1, 1, "paid", Some([most, "0.00", "0.00"])),
            Order("o6", 1, 1, "paid", Some(["1.00", most, "0.00"])),
        ],
    );
    let whole = house.desk.ok("order.cost", json!({ "id": order }));
    let expected = figures([38, 10, 28], ["200.00", "380.00", "100.00", "100.00"]);
    assert_eq!(profit(&whole), expected);
    house.verify();
}

#[test]
fn what_was_sold_before_it_came_is_the_profit_of_the_lot_that_bears_it() {
    let mut house = House::bare();
    let order = house.accepted(house.order_for(20, "11.30"));
    let good =
        |lot: &str, qty, on: &str| json!({ "status": "good", "lines": [made(lot, qty, on)] });
    house.receive(&order, good("L1", 4, "2026-05-18"));
    house.desk.today = "2026-06-20".parse().unwrap();
    let shop = Shop::open(&house);
    let sold = [Order("o1", 10, 10, "paid", Some(["226.00", "0.00", "26.00"]))];
    shop.ships("2026-06-10", &sold);
    let whole = || profit(&house.desk.ok("order.cost", json!({ "id": order })));
    assert_eq!(whole(), figures([4, 4, 0], ["80.00", "40.00", "40.00", "40.00"]));
    let came = house.receive(&order, good("L2", 16, "2026-05-19"));
    assert_eq!(whole(), figures([10, 10, 0], ["200.00", "100.00", "100.00", "100.00"]));
    let second = house.lot(&order, "L2");
    let expected = figures([6, 6, 0], ["120.00", "60.00", "60.00", "60.00"]);
    assert_eq!(profit(&house.cost(&second)), expected);
    house.undo(&came);
    assert_eq!(whole(), figures([4, 4, 0], ["80.00", "40.00", "40.00", "40.00"]));
    house.verify();
}

#[test]
fn of_a_days_orders_only_the_lines_that_are_asked_for_are_read() {
    let house = House::bare();
    let shop = Shop::open(&house);
    let line = |line: &str, warehouse: &str, listing: &str, ship_day: &str| RemoteLine {
        line: line.to_owned(),
        warehouse: warehouse.to_owned(),
        listing: listing.to_owned(),
        seller_sku: None,
        ship_day: ship_day.parse().ok(),
        pay_day: None,
        units: 1,
    };
    let orders = [
        ("a", vec![line("1", "P1", "SER", "2026-06-10"), line("2", "P1", "X", "2026-06-10")]),
        ("b", vec![line("1", "P2", "SER", "2026-06-10"), line("2", "P1", "SER", "2026-06-11")]),
        ("c", vec![line("1", "P1", "SER", "2026-06-10"), line("2", "P2", "X", "2026-06-10")]),
    ];
    shop.write(|writer| {
        for (id, lines) in &orders {
            writer.keep_remote_order(ShopId(shop.id), (id, 1), id, lines).unwrap();
        }
        let day = "2026-06-10".parse().unwrap();
        let goods = [("P1", "SER"), ("P2", "X")].into();
        let read = writer.shipped_orders(ShopId(shop.id), day, &goods).unwrap();
        let lines = read.iter().map(|order| {
            let lines = order.lines.iter().map(|one| one.line.as_str());
            (order.content.as_str(), lines.collect::<Vec<_>>())
        });
        assert_eq!(lines.collect::<Vec<_>>(), [("a", vec!["1"]), ("c", vec!["1", "2"])]);
        let read = writer.shipped_orders(ShopId(shop.id), day, &[("P1", "Y")].into()).unwrap();
        assert_eq!(read, []);
    });
}
