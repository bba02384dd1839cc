//! Channels and their prices from the command line.

mod support;

use mall::Scenario;
use serde_json::{Value, json};
use support::{Desk, Tables, mall};

const TODAY: &str = "2026-06-01";

/// A workspace with a channel and goods.
fn desk() -> Desk {
    let desk = Desk::new();
    let made = desk.says(TODAY, &["new", "a.pincang", "--company", "Pasta"]);
    assert_eq!(made.code, Some(0), "{}", made.err);
    let goods = desk.bytes("goods.csv", "货号,中文名称\nSK001,面膜\n".as_bytes());
    desk.json(TODAY, &["import", &goods, "--kind", "goods"]);
    desk.json(TODAY, &["channel", "save", "C1", "--template", "group"]);
    desk
}

#[test]
fn an_assumption_that_is_not_given_stays() {
    let desk = desk();
    let assumed = |words: &[&str]| {
        let words = [&["channel", "assume", "C1"], words].concat();
        desk.json(TODAY, &words);
        let trial = ["bench", "--cost", "42", "--price", "129"];
        let row = desk.json(TODAY, &trial)["rows"][0]["result"].clone();
        ["margin", "expected", "vatCredit", "floorDestruction"].map(|it| row[it].clone())
    };
    let all = ["--packing", "6.50", "--fee-vat", "6", "--returned", "8", "--return-loss", "12"];
    let first = assumed(&[&all[..], &["--destruction", "3"]].concat());
    // The figures of the decision table of the margin bench.
    assert_eq!((&first[1], &first[3]), (&"58.78".into(), &"4.87".into()));
    for given in all.chunks(2) {
        assert_eq!(assumed(given), first, "{given:?}");
    }
    assert_eq!(assumed(&[]), first);
    let dearer = assumed(&["--packing", "7.50"]);
    assert_ne!(dearer, first);
    assert_eq!(dearer[2], first[2]);
}

#[test]
fn a_price_is_changed_and_ended() {
    let desk = desk();
    let save = |price: &str| {
        let words = ["price", "save", "C1", "SK001", price, "--from", TODAY, "--source", "list"];
        desk.json(TODAY, &words);
    };
    let prices = || desk.json(TODAY, &["price", "list"]);
    save("129");
    save("119");
    assert_eq!((prices()[0]["price"].clone(), prices()[1].clone()), ("119".into(), ().into()));
    let end = ["price", "end", "C1", "SK001", "--on", "2026-06-30"];
    desk.json(TODAY, &end);
    let row = prices()[0].clone();
    assert_eq!((&row["to"], &row["price"]), (&"2026-06-30".into(), &"119".into()));
    assert_eq!(row["source"], "list");
    let words = ["price", "end", "C1", "SK001", "--on", "2026-07-01"];
    assert_eq!(desk.refused(TODAY, &words, 1)["code"], "missing");
    let fine = ["price", "save", "C1", "SK001", "800.126", "--from", "2026-07-01"];
    assert_eq!(desk.refused(TODAY, &fine, 1)["code"], "price.too_fine");
}

/// Three days of the marketplace: the shop goes on with version 1 when version 2 holds already.
#[test]
fn orders_priced_by_outdated_rules_are_told_in_words_and_as_a_table() {
    const LATER: &str = "2026-10-05";
    let desk = Desk::new();
    let made = desk.says("2026-10-01", &["new", "a.pincang", "--company", "Pasta"]);
    assert_eq!(made.code, Some(0), "{}", made.err);
    Tables::write(&desk, "40%").import(&desk, "2026-10-01");
    let first = json!({
        "id": "mall", "version": 1, "currency": "CNY",
        "effective_from": "2026-01-01T00:00:00+08:00",
        "prices": [{ "id": "list", "from_field": "unit_price" }],
        "vat": { "rate": "0.13", "base": "paid" },
        "charges": [{ "id": "commission", "to": "platform", "base": "paid", "rate": "0.06" }],
        "rewards": [], "coupons": [],
    });
    let mut second = first.clone();
    second["version"] = json!(2);
    second["effective_from"] = json!("2026-10-02T00:00:00+08:00");
    second["charges"][0]["rate"] = json!("0.05");
    let mut scenario = serde_json::to_value(Scenario::a1()).expect("JSON");
    scenario["shops"][0]["rules"] = first.clone();
    let scenario = Scenario::parse(&scenario.to_string()).expect("it can be played");
    let running = mall(&desk.path("mall"), scenario);
    running.advance("2026-10-04".parse().expect("a day")).expect("days pass");
    let words =
        ["shop", "save", "S1", "--url", running.base_url(), "--remote", "S1", "--place", "P1=P1"];
    desk.json(LATER, &words);
    desk.json(LATER, &["sync"]);
    let channel = |name: &str, rules: &Value| {
        let file = desk.bytes(&format!("{name}.json"), rules.to_string().as_bytes());
        desk.json(LATER, &["channel", "save", name, "--rules", &file, "--shop", "S1"])
    };
    let told = |words: &[&str]| {
        let said = desk.says(LATER, words);
        assert_eq!(said.code, Some(0), "{}", said.err);
        said.out
    };

    let kept = channel("SAME", &first);
    let same = desk.json(LATER, &["differences", "--shop", "S1"]);
    assert!(same["compared"].as_i64() > Some(10), "{same}");
    let all = format!("0 of {} orders differ, 0 came without their pricing\n", same["compared"]);
    assert_eq!(told(&["differences"]), format!("nothing differs\n{all}"));

    let apart = json!({ "id": kept["document"]["id"], "code": "SAME", "shop": null,
                        "name": { "zh": "SAME", "en": "SAME" }, "rules": first.to_string() });
    desk.json(LATER, &["call", "channel.save", &apart.to_string()]);
    channel("BOTH", &json!([first, second]));
    let found = desk.json(LATER, &["differences", "--shop", "S1"]);
    let rows = found["rows"].as_array().expect("rows");
    assert!(!rows.is_empty() && found["differing"].as_i64() < same["compared"].as_i64(), "{found}");
    let text = told(&["differences"]);
    for row in rows {
        let cells = ["order", "rule", "theirs", "ours", "difference"];
        let cells = cells.map(|cell| row[cell].as_str().expect("text"));
        let line = text.lines().find(|line| line.contains(cells[0])).expect("the order");
        assert!(line.contains("Outdated rules: our net amount"), "{line}");
        assert!(cells.iter().all(|cell| line.contains(cell)), "{cells:?}: {line}");
        assert_eq!(cells[1], "mall v1 → v2");
    }
    let sum = text.lines().find(|line| line.contains("mall v1 → v2")).expect("a sum");
    let of = &found["sums"][0];
    assert!(sum.contains(of["difference"].as_str().expect("an amount")), "{sum}");
    let last = format!("{} of {} orders differ", found["differing"], found["compared"]);
    assert!(text.lines().last().is_some_and(|line| line.starts_with(&last)), "{text}");

    let out = desk.path("out.csv");
    let path = out.to_string_lossy();
    let export =
        |shop: &str| ["export", "differences", "--out", &*path, "--shop", shop].map(str::to_owned);
    let words = export("S1");
    let done = desk.json(LATER, &words.each_ref().map(String::as_str));
    assert_eq!(done["rows"], found["total"]);
    assert!(std::fs::read_to_string(&out).expect("a table").contains("mall v1 → v2"));
    let words = export("S2");
    assert_eq!(desk.refused(LATER, &words.each_ref().map(String::as_str), 1)["code"], "missing");
    let wrong = ["export", "prices", "--out", &*path, "--shop", "S1"];
    assert_eq!(desk.refused(LATER, &wrong, 1)["code"], "export.no_shop");
}
