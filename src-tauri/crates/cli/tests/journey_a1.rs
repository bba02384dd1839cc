//! Example A1, number by number, on the command line: from tables to the proof of the ledger.

mod support;

use serde_json::Value;
use support::{Desk, TOKEN, Tables};

const TODAY: &str = "2026-10-01";
const LATER: &str = "2026-10-08";

fn founded(share: &str) -> Desk {
    let desk = Desk::new();
    let made = desk.says(TODAY, &["new", "a.pincang", "--company", "霁禾"]);
    assert_eq!(made.code, Some(0), "{}", made.err);
    Tables::write(&desk, share).import(&desk, TODAY);
    desk
}

fn plan_line(desk: &Desk) -> Value {
    let plan = desk.json(TODAY, &["plan", "--from", "W0", "--to", "P1"]);
    let lines = plan["lines"].as_array().expect("lines");
    assert_eq!(lines.len(), 1, "{plan}");
    lines[0].clone()
}

fn lots(line: &Value) -> Vec<(String, i64, Option<i64>)> {
    let lots = line["lots"].as_array().expect("lots");
    let each = lots.iter().map(|lot| {
        let number = lot["lotNo"].as_str().expect("a number").to_owned();
        (number, lot["qty"].as_i64().expect("units"), lot["sharePpm"].as_i64())
    });
    each.collect()
}

#[test]
fn a1_number_by_number() {
    let desk = founded("40%");
    // Twenty-eight days before the first one are demand and move nothing.
    assert_eq!(desk.units(TODAY, "W0", "L2503A"), 1_000);
    assert_eq!(desk.units(TODAY, "W0", "L2509B"), 2_000);
    assert_eq!(desk.units(TODAY, "P1", "?2028-01"), 120);
    let goods = desk.json(TODAY, &["goods", "list"]);
    assert_eq!(goods[0]["onHand"], 3_120);
    assert_eq!(goods[0]["sold28"], 560);

    planned(&desk);
    let number = sent(&desk);
    differing(&desk, &number);
    sold(&desk);

    // The shipment stays: the arrival rests on it and is named.
    let journal = desk.json(LATER, &["journal", "--limit", "200"]);
    let rows = journal["rows"].as_array().expect("rows");
    let of = |kind: &str| rows.iter().find(|row| row["kind"] == kind).expect("an entry");
    let shipment = of("transfer_shipped")["id"].as_str().expect("an id");
    let error = desk.refused(LATER, &["undo", shipment], 1);
    let arrival = of("transfer_arrived")["id"].as_str().expect("an id");
    assert!(error.to_string().contains(arrival), "{error}");
    let shown = desk.says(LATER, &["undo", shipment, "--dry-run"]);
    assert!(shown.out.contains("in the way"), "{}", shown.out);

    assert_eq!(desk.at(LATER, "W0") + desk.at(LATER, "P1"), 3_120 - 60 - 48);
    desk.verify(LATER);
}

fn planned(desk: &Desk) {
    let line = plan_line(desk);
    let rate: f64 = line["ratePerDay"].as_str().expect("a rate").parse().expect("a number");
    assert!((rate - 20.0).abs() < 1e-9, "{rate}");
    assert_eq!(line["method"], "ses", "{line}");
    assert_eq!(line["need"], 760, "20 × (7 + 4 + 3 + 30) − 120");
    assert_eq!(line["cartons"], 16);
    assert_eq!(line["units"], 768);
    assert_eq!(line["arrivesOn"], LATER);
    assert_eq!(lots(&line), [("L2503A".to_owned(), 768, Some(473_059))]);
    let shown = desk.says(TODAY, &["plan", "--from", "W0", "--to", "P1", "--why"]);
    for figure in ["880", "760", "768", "L2503A × 768 (47.3 %)"] {
        assert!(shown.out.contains(figure), "{figure}: {}", shown.out);
    }
}

#[test]
fn a1_with_half_of_life_takes_the_younger_lot_and_says_why() {
    let desk = founded("50%");
    let line = plan_line(&desk);
    assert_eq!(line["units"], 768);
    let lots = lots(&line);
    assert_eq!(lots.len(), 1);
    assert_eq!((lots[0].0.as_str(), lots[0].1), ("L2509B", 768));
    assert_eq!(line["refused"][0]["lotNo"], "L2503A");
    assert_eq!(line["refused"][0]["sharePpm"], 473_059);
    let shown = desk.says(TODAY, &["plan", "--from", "W0", "--to", "P1"]);
    assert!(shown.out.contains("L2503A") && shown.out.contains("47.3 %"), "{}", shown.out);
}

/// From the plan's draft to the goods on their way. The transfer's number.
fn sent(desk: &Desk) -> String {
    let draft =
        desk.json(TODAY, &["transfer", "draft", "--from-plan", "--from", "W0", "--to", "P1"]);
    let id = draft["id"].as_str().expect("an id");
    let approved = desk.json(TODAY, &["transfer", "approve", id]);
    let number = approved["document"]["label"].as_str().expect("a number").to_owned();
    assert_eq!(number, "TR-A-2026-0001");
    desk.json(TODAY, &["transfer", "pack", &number]);
    for (kind, file) in [("packing_list", "list.pdf"), ("carton_label", "labels.pdf")] {
        let paper = desk.json(TODAY, &["print", kind, &number, "--out", file]);
        let bytes = std::fs::read(desk.path(file)).expect("a paper");
        assert!(bytes.starts_with(b"%PDF-"), "{kind}");
        assert_eq!(paper["bytes"], bytes.len());
    }
    desk.json(TODAY, &["transfer", "ship", &number]);
    assert_eq!(desk.at(TODAY, "W0"), 2_232);
    assert_eq!(desk.json(TODAY, &["transfer", "show", &number])["row"]["inTransit"], 768);
    number
}

/// Fifteen cartons of sixteen arrive.
fn differing(desk: &Desk, number: &str) {
    desk.json("2026-10-05", &["transfer", "arrive", number, "--line", "L2503A=720"]);
    let error = desk.refused("2026-10-05", &["transfer", "close", number], 1);
    assert_eq!(error["code"], "transfer.in_transit");
    assert_eq!(error["args"]["units"], 48);
    let said = desk.says("2026-10-05", &["transfer", "close", number]);
    assert!(said.err.contains("48 units of TR-A-2026-0001 are still on the way"), "{}", said.err);
    let words = ["transfer", "resolve", number, "--line", "L2503A=48", "--as", "lost"];
    desk.json("2026-10-05", &[&words[..], &["--reason", "carrier lost a carton"]].concat());
    desk.json("2026-10-05", &["transfer", "close", number]);
    assert_eq!(desk.units("2026-10-05", "P1", "L2503A"), 720);
}

/// Three days of twenty come from the marketplace, once.
fn sold(desk: &Desk) {
    let mall = desk.mall();
    let words =
        ["shop", "save", "S1", "--url", mall.base_url(), "--remote", "S1", "--place", "P1=P1"];
    desk.json(LATER, &words);
    let report = desk.json(LATER, &["sync"]);
    assert_eq!(report["postedUnits"], 60, "{report}");
    assert_eq!(report["postedDays"], 3, "{report}");
    assert_eq!(desk.json(LATER, &["sync"])["postedUnits"], 0);
    assert_eq!(desk.units(LATER, "P1", "?2028-01"), 60, "the earliest expiry goes first");
    assert_eq!(desk.at(LATER, "P1"), 780);
    assert_eq!(desk.at(LATER, "W0"), 2_232);
    // The token was for the run: no file of the workspace holds it.
    for entry in std::fs::read_dir(desk.path("")).expect("a folder").flatten() {
        if entry.path().is_file() {
            let bytes = std::fs::read(entry.path()).expect("a file");
            let found = bytes.windows(TOKEN.len()).any(|window| window == TOKEN.as_bytes());
            assert!(!found, "{}", entry.path().display());
        }
    }
}

#[test]
fn an_import_can_be_taken_back_whole() {
    let desk = founded("40%");
    let before = desk.json(TODAY, &["stock"])["rows"].clone();
    let rows = [["2026-10-01", "P1", "SK001", "7"], ["2026-10-02", "P1", "SK001", "9"]];
    let rows: Vec<&[&str]> = rows.iter().map(|row| &row[..]).collect();
    let file = desk.xlsx("more.xlsx", &["日期", "仓库", "货号", "销量"], &rows);
    desk.json("2026-10-03", &["import", &file, "--kind", "sales"]);
    assert_eq!(desk.at("2026-10-03", "P1"), 104);
    let preview = desk.json("2026-10-03", &["undo", "--batch", "more.xlsx", "--dry-run"]);
    assert_eq!(preview["reasons"].as_array().map(Vec::len), Some(0), "{preview}");
    assert_eq!(desk.at("2026-10-03", "P1"), 104, "a preview changes nothing");
    desk.json("2026-10-03", &["undo", "--batch", "more.xlsx"]);
    assert_eq!(desk.json(TODAY, &["stock"])["rows"], before);
    desk.verify("2026-10-03");
}
