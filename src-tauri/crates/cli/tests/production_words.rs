//! What the command line says of production, as the window says it: warnings of offers, versions,
//! sets by their codes, and what JSON lacks.

mod support;

use serde_json::{Value, json};
use support::{Desk, Tables};

const TODAY: &str = "2026-10-01";

fn founded() -> Desk {
    let desk = Desk::new();
    let made = desk.says(TODAY, &["new", "a.pincang", "--company", "霁禾"]);
    assert_eq!(made.code, Some(0), "{}", made.err);
    Tables::write(&desk, "40%").import(&desk, TODAY);
    let factory = json!({ "code": "F9", "name": "代工厂", "kind": "factory", "taxNo": "",
                          "address": "", "contact": "", "phone": "" });
    save(&desk, "partners", &factory);
    desk
}

/// Keeps a record or several.
fn save(desk: &Desk, what: &str, record: &Value) -> Value {
    let file = desk.bytes("record.json", record.to_string().as_bytes());
    desk.json(TODAY, &[what, "save", &file])
}

fn goods(code: &str, changes: &Value) -> Value {
    let mut fields = json!({
        "code": code, "nameZh": format!("货品{code}"), "nameEn": "", "brand": "", "category": "",
        "spec": "", "gtin": null, "unit": "瓶", "carton": null, "shelfLife": null,
        "lifecycle": "core", "aliases": [],
    });
    for (name, value) in changes.as_object().into_iter().flatten() {
        fields[name] = value.clone();
    }
    fields
}

fn offer(from: &str, tiers: &[i64], prices: &[&str]) -> Value {
    json!({ "fields": {
        "partner": "F9", "sku": "SK001", "tiersFrom": tiers, "taxRatePpm": 130_000,
        "priceIncludesTax": true, "moq": tiers[0], "multiple": 10, "leadDaysMean": 20,
        "leadDaysP90": 30, "terms": [{ "trigger": "receipt", "milestone": null, "days": 0,
        "sharePpm": 1_000_000 }], "lossBase": "good", "overReceiptPaid": true, "from": from,
        "to": null }, "unitPrices": prices })
}

fn says(desk: &Desk, words: &[&str]) -> String {
    let said = desk.says(TODAY, words);
    assert_eq!(said.code, Some(0), "{words:?}: {}", said.err);
    said.out
}

fn drafted(desk: &Desk, line: &str, more: &[&str]) -> (String, String) {
    let words = [
        "order",
        "draft",
        "--factory",
        "F9",
        "--to",
        "W0",
        "--tax",
        "13",
        "--tax-included",
        "--line",
        line,
    ];
    let out = says(desk, &[&words[..], more].concat());
    let id = out.split_whitespace().nth(2).expect("an id").to_owned();
    (id, out)
}

#[test]
fn an_order_is_drafted_and_issued_with_what_its_offer_warns_of() {
    let desk = founded();
    save(&desk, "offer", &offer("2026-09-01", &[100, 500], &["10.00", "8.00"]));
    let quote = says(&desk, &["offer", "quote", "F9", "SK001", "50"]);
    assert!(quote.contains("50 is below the first tier") && quote.contains("100 units"), "{quote}");
    let (id, out) = drafted(&desk, "SK001=450@10.00", &[]);
    assert!(out.contains("order 50 more and it is 4000.00 in total"), "{out}");
    let issued = says(&desk, &["order", "issue", &id]);
    assert!(issued.contains("order 50 more and it is 4000.00 in total"), "{issued}");
    // A second offer of the same days, dearer for more.
    save(&desk, "offer", &offer("2026-09-15", &[100, 500], &["8.00", "9.00"]));
    let (_, out) = drafted(&desk, "SK001=200@8.00", &[]);
    assert!(out.contains("costs more from 500 units on"), "{out}");
    assert!(
        out.contains("1 more offers of the same partner") && out.contains("2026-09-15"),
        "{out}"
    );
    desk.verify(TODAY);
}

#[test]
fn an_order_names_the_version_by_its_artwork() {
    let desk = founded();
    let version = |artwork: &str, from: &str, to: Value| {
        json!({ "sku": "SK001", "artworkNo": artwork, "registrationNo": "", "from": from,
                "to": to, "oldStock": "use_up" })
    };
    save(&desk, "version", &version("A1", "2026-01-01", json!("2026-12-31")));
    save(&desk, "version", &version("A2", "2027-01-01", Value::Null));
    let (id, _) = drafted(&desk, "SK001=100@10.00", &["--version", "A1"]);
    desk.json(TODAY, &["order", "issue", &id]);
    let (id, _) = drafted(&desk, "SK001=100@10.00", &["--version", "SK001=A2"]);
    let error = desk.refused(TODAY, &["order", "issue", &id], 1);
    assert_eq!(error["code"], "order.version_not_current");
    let words = [
        "order",
        "draft",
        "--factory",
        "F9",
        "--to",
        "W0",
        "--line",
        "SK001=1@1",
        "--version",
        "A3",
    ];
    assert_eq!(desk.refused(TODAY, &words, 1)["code"], "missing");
    // Two versions of one day are refused with both periods.
    let file = version("A3", "2026-06-01", json!("2026-06-30")).to_string();
    let file = desk.bytes("version.json", file.as_bytes());
    let said = desk.says(TODAY, &["version", "save", &file]);
    assert_eq!(said.code, Some(1));
    assert!(said.err.contains("2026-01-01 – 2026-12-31"), "{}", said.err);
    // What JSON lacks is named.
    let file = desk.bytes("version.json", br#"{ "sku": "SK001", "from": "2026-01-01" }"#);
    let said = desk.says(TODAY, &["version", "save", &file]);
    assert_eq!(said.code, Some(2));
    assert!(said.err.contains("artworkNo") && said.err.contains("version.save"), "{}", said.err);
    assert!(!said.err.starts_with("failed: Window and core"), "{}", said.err);
    desk.verify(TODAY);
}

#[test]
fn sets_are_kept_by_codes_all_or_none_and_the_journal_names_them() {
    let desk = founded();
    let parts = json!([{ "sku": "SK001", "qty": 2 }]);
    let set = goods("GIFT", &json!({ "kind": "bundle", "parts": parts }));
    let wrong = goods(
        "SK001",
        &json!({ "carton": { "units": 0, "lengthMm": null,
                                        "widthMm": null, "heightMm": null, "grossG": null } }),
    );
    let file = desk.bytes("goods.json", json!([set, wrong]).to_string().as_bytes());
    let before = desk.json(TODAY, &["goods", "list"]);
    assert_eq!(desk.refused(TODAY, &["goods", "save", &file], 1)["code"], "sku.carton_invalid");
    assert_eq!(desk.json(TODAY, &["goods", "list"]), before, "none of them");
    let kept = save(&desk, "goods", &json!([set, goods("SK777", &json!({}))]));
    assert_eq!(kept["entries"].as_array().map(Vec::len), Some(2), "{kept}");
    let place = json!({ "code": "F9P", "name": "厂仓", "kind": "factory", "sells": false,
        "liveFrom": "2026-09-01", "address": "", "partner": "F9",
        "lifeRule": { "minSharePpm": null, "minDays": null, "pullDays": 0 },
        "route": { "transitDaysP90": 1, "receiveLagDaysP90": 1, "reviewDays": 7,
                   "targetCoverDays": 30 } });
    save(&desk, "places", &place);
    let places = desk.json(TODAY, &["places", "list"]);
    let mut places = places.as_array().expect("places").iter();
    let place = places.find(|one| one["fields"]["code"] == "F9P").expect("the place");
    assert!(place["fields"]["partner"].is_string(), "{place}");
    desk.json(TODAY, &["set", "assemble", "GIFT/G1=10", "--at", "W0"]);
    let journal = says(&desk, &["journal", "--limit", "1"]);
    assert!(journal.contains("10 × GIFT put together at W0: lot G1"), "{journal}");
    desk.verify(TODAY);
}

/// An order of 100 units of each of two goods that the factory has accepted, and its number.
fn accepted(desk: &Desk) -> String {
    let life = json!({ "shelfLife": { "count": 12, "unit": "months" } });
    save(desk, "goods", &goods("SK002", &life));
    let (id, _) = drafted(desk, "SK001=100@10.00", &["--line", "SK002=100@4.00"]);
    let issued = desk.json(TODAY, &["order", "issue", &id]);
    let number = issued["document"]["label"].as_str().expect("a number").to_owned();
    desk.json(TODAY, &["order", "accept", &number, "--promised", "2026-10-20"]);
    number
}

#[test]
fn lines_of_an_order_count_from_one_and_expired_goods_want_a_reason() {
    let desk = founded();
    let number = accepted(&desk);
    let shown = says(&desk, &["order", "show", &number]);
    assert!(shown.lines().any(|line| line.trim_start().starts_with("2  SK002")), "{shown}");
    let receive = |lot: &str| ["order", "receive", &number, "--lot", lot].map(str::to_owned);
    let words = receive("2:L9=10,expires 2026-09-30");
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let error = desk.refused(TODAY, &words, 1);
    assert_eq!(error["code"], "lot.received_expired");
    let said = desk.says(TODAY, &words);
    assert!(said.err.contains("L9") && said.err.contains("2026-09-30"), "{}", said.err);
    desk.json(TODAY, &[&words[..], &["--reason", "for the archive"]].concat());
    let card = desk.json(TODAY, &["order", "show", &number]);
    assert_eq!(card["lines"][1]["received"], 10);
    let none = receive("0:L9=10");
    let none: Vec<&str> = none.iter().map(String::as_str).collect();
    assert_eq!(desk.says(TODAY, &none).code, Some(2));
    desk.verify(TODAY);
}

#[test]
fn prices_of_a_factory_are_told_by_goods() {
    let desk = founded();
    for price in ["10.00", "11.00"] {
        let (id, _) = drafted(&desk, &format!("SK001=100@{price}"), &[]);
        desk.json(TODAY, &["order", "issue", &id]);
    }
    let told = says(&desk, &["factory", "scorecard", "--prices"]);
    let row = told.lines().find(|line| line.contains("SK001")).expect("a row");
    let cells: Vec<&str> = row.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect();
    assert_eq!(cells[0], "代工厂", "{told}");
    assert_eq!(cells[cells.len() - 4..], ["2", "10", "11", "10.0 %"], "{told}");
}

#[test]
fn an_amount_below_zero_and_a_wrong_id_are_answered_in_words() {
    let desk = founded();
    let number = accepted(&desk);
    let pay = ["order", "pay", &number, "--term", "1", "--amount", "-5"];
    assert_eq!(desk.refused(TODAY, &pay, 1)["code"], "due.more_than_open");
    let waive = ["order", "waive", &number, "--term", "1", "--amount", "9999999", "--reason", "x"];
    let said = desk.says(TODAY, &waive);
    assert_eq!(said.code, Some(1), "{}", said.err);
    assert!(said.err.contains("waive") && !said.err.contains("overpaid"), "{}", said.err);
    let file = desk.bytes("a.pdf", b"%PDF-1.7");
    for (kind, id) in [("offer", "x"), ("invoice", "no such"), ("statement", "F1P/2026-07")] {
        let error = desk.refused(TODAY, &["attach", "add", kind, id, &file], 1);
        assert_eq!((&error["code"], &error["args"]["what"]), (&json!("missing"), &json!(kind)));
    }
    let error = desk.refused(TODAY, &["attach", "list", "parcel", "x"], 1);
    assert_eq!(error["code"], "attachment.kind_unknown");
}

/// The place at which the factory keeps our materials.
fn factory_place(desk: &Desk) {
    let place = json!({ "code": "F9P", "name": "厂仓", "kind": "factory", "sells": false,
        "liveFrom": "2026-09-01", "address": "", "partner": "F9",
        "lifeRule": { "minSharePpm": null, "minDays": null, "pullDays": 0 },
        "route": { "transitDaysP90": 1, "receiveLagDaysP90": 1, "reviewDays": 7,
                   "targetCoverDays": 30 } });
    save(desk, "places", &place);
}

/// Goods that hold what was sent for no order: how much, and how much of it can be drawn.
#[test]
fn what_was_used_beyond_what_was_sent_is_said() {
    let desk = founded();
    factory_place(&desk);
    save(&desk, "goods", &goods("SK777", &json!({})));
    let bill = json!({ "sku": "SK777", "factory": "F9", "from": "2026-09-01", "lines": [{
        "material": "SK001", "per1000": 1_000, "allowancePpm": 0, "suppliedBy": "brand" }] });
    save(&desk, "bom", &bill);
    let (id, _) = drafted(&desk, "SK777=100@10.00", &[]);
    let issued = desk.json(TODAY, &["order", "issue", &id]);
    desk.json(TODAY, &["order", "accept", &id, "--promised", "2026-11-01"]);
    let order = issued["document"]["label"].as_str().expect("a number");
    desk.json(TODAY, &["material", "issue", "--factory", "F9P", "--line", "SK001=60"]);
    desk.json(TODAY, &["order", "receive", order, "--lot", "L1=100", "--good"]);
    let said = says(&desk, &["order", "tracks", order]);
    assert!(said.contains("100 more of SK001 were used") && said.contains("60 of them"), "{said}");
    desk.json(TODAY, &["material", "draw", order, "--line", "SK001=60"]);
    let said = says(&desk, &["order", "tracks", order]);
    assert!(said.contains("40 more of SK001") && said.contains("record what was sent"), "{said}");
    let error = desk.refused(TODAY, &["order", "settle-losses", order], 1);
    assert_eq!(error["code"], "materials.more_used_than_sent");
    // 40 of these are in the goods; the 10 beyond lie there and are settled as lost, which is said.
    let slip = ["material", "issue", "--factory", "F9P", "--line", "SK001=50", "--for", order];
    desk.json(TODAY, &slip);
    let said = says(&desk, &["order", "settle-losses", order]);
    assert!(said.contains("10 of SK001 lay at the factory"), "{said}");
    desk.verify(TODAY);
}

/// What one order has left at its factory stays for the next, by the order's number and by codes.
#[test]
fn material_is_kept_at_its_factory_and_drawn_by_the_next_order() {
    let desk = founded();
    factory_place(&desk);
    save(&desk, "goods", &goods("SK777", &json!({})));
    let [first, next] = [(); 2].map(|()| {
        let (id, _) = drafted(&desk, "SK777=100@10.00", &[]);
        let issued = desk.json(TODAY, &["order", "issue", &id]);
        desk.json(TODAY, &["order", "accept", &id, "--promised", "2026-11-01"]);
        issued["document"]["label"].as_str().expect("a number").to_owned()
    });
    let slip = ["material", "issue", "--factory", "F9P", "--line", "SK001=60", "--for", &first];
    desk.json(TODAY, &slip);
    let keep = |qty: &str| says(&desk, &["material", "keep", &first, "--line", qty]);
    assert!(keep("SK001=40").starts_with(&format!("kept there {first}")));
    let too_much = ["material", "draw", &next, "--line", "SK001=41"];
    let error = desk.refused(TODAY, &too_much, 1);
    assert_eq!(
        (&error["code"], &error["args"]["free"]),
        (&json!("materials.drawn_beyond_free"), &json!(40))
    );
    let drawn = desk.json(TODAY, &["material", "draw", &next, "--line", "SK001=15"]);
    assert_eq!(drawn["document"]["label"], json!(next));
    let held = desk.json(TODAY, &["material", "at-factories"]);
    assert_eq!((&held[0]["qty"], &held[0]["free"]), (&json!(60), &json!(25)));
    let journal = says(&desk, &["journal", "--limit", "1"]);
    assert!(journal.contains(&format!("{next}: 15 units of material drawn")), "{journal}");
    let help = says(&desk, &["help", "material", "keep"]);
    assert!(help.contains("for the next order"), "{help}");
    assert_eq!(desk.json(TODAY, &["order", "owed-back"]), json!([]));
    desk.verify(TODAY);
}

/// Words of small letters in what is printed; names and paths hold other signs.
fn english(out: &str) -> Vec<&str> {
    let words =
        out.split_whitespace().map(|word| word.trim_matches(|sign: char| !sign.is_alphanumeric()));
    let small = |word: &&str| word.len() > 2 && word.chars().all(|sign| sign.is_ascii_lowercase());
    words.filter(small).collect()
}

#[test]
fn in_chinese_no_english_word_is_left() {
    let desk = Desk::new();
    let made = desk.says(TODAY, &["demo", "a.pincang", "--size", "tiny"]);
    assert_eq!(made.code, Some(0), "{}", made.err);
    let orders = desk.json(TODAY, &["order", "list"]);
    let orders = orders.as_array().expect("orders").iter();
    let mut numbers = orders.filter_map(|row| row["number"].as_str()).filter(|it| !it.is_empty());
    let number = numbers.next().expect("an order").to_owned();
    let transfers = desk.json(TODAY, &["transfer", "list"]);
    let transfer = transfers[0]["id"].as_str().expect("a transfer").to_owned();
    let stock = desk.json(TODAY, &["stock"]);
    let row = &stock["rows"][0];
    let name = |field: &str| row[field].as_str().expect("a name").to_owned();
    let lot = format!("{}/{}", name("skuCode"), name("lotNo"));
    let asked = format!(
        "status|today|imports|stock|goods list|places list|partners list|order list|order payables|order owed-back|\
         order show {number}|order tracks {number}|order account {number}|order cost {number}|\
         offer list|bom list|version list|material slips|material at-factories|statement list|\
         bill list|invoice list|lot genealogy {lot}|lot cost {lot}|factory scorecard|\
         factory scorecard --prices|plan|slow|transfer list|transfer show {transfer}|shop list|\
         channel list|price list|differences|clearance|verify|backup --list|journal --limit 500|\
         find {number}|undo --last --dry-run|order receive {number} --lot X=1|\
         transfer approve no-such|attach list order {number}"
    );
    let mut left = Vec::new();
    for words in asked.split('|').map(str::trim) {
        let line: Vec<&str> = words.split_whitespace().collect();
        let said = desk.in_chinese(TODAY, &line);
        for word in english(&(said.out + &said.err)) {
            // Who has posted it, and the code of a refusal.
            if !["test", "missing"].contains(&word) {
                left.push(format!("{words}: {word}"));
            }
        }
    }
    left.dedup();
    assert_eq!(left, Vec::<String>::new());
}
