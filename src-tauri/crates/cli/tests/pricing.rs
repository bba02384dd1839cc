//! Price, payout and law from files, as scripts ask for them.

mod support;

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use support::Desk;

const TODAY: &str = "2026-10-01";

fn library(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../pricing").join(path)
}

fn vector(name: &str) -> (String, Value) {
    let path = library(&format!("vectors/{name}.json"));
    let text = std::fs::read_to_string(&path).expect("the library's vector");
    (path.to_string_lossy().into_owned(), serde_json::from_str(&text).expect("JSON"))
}

fn lines(out: &str) -> Vec<Value> {
    out.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

#[test]
fn cases_are_answered_one_line_each_without_a_workspace() {
    let desk = Desk::new();
    let (quote, refund) = (vector("C02"), vector("E01"));
    let said = desk.says(TODAY, &["pricing", "eval", &quote.0, &refund.0]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    let expected =
        [&quote.1, &refund.1].map(|case| json!({"id": case["id"], "got": case["expect"]}));
    assert_eq!(lines(&said.out), expected);
    let both = desk.bytes("both.json", json!([refund.1, quote.1]).to_string().as_bytes());
    let said = desk.says(TODAY, &["pricing", "eval", &both]);
    assert_eq!(lines(&said.out), [expected[1].clone(), expected[0].clone()]);
}

#[test]
fn a_refusal_of_a_case_is_its_answer() {
    let desk = Desk::new();
    let case = json!({"id": "x", "op": "allocate", "input": {"total": 5, "weights": [0]}});
    let file = desk.bytes("case.json", case.to_string().as_bytes());
    let said = desk.says(TODAY, &["pricing", "eval", &file]);
    assert_eq!(
        (said.code, lines(&said.out)),
        (Some(0), vec![json!({"id": "x", "got": {"error": "no_weight"}})])
    );
}

#[test]
fn a_bad_file_costs_no_other_case_its_answer() {
    let desk = Desk::new();
    let noise = desk.bytes("noise.json", b"{");
    let (file, case) = vector("C02");
    let said = desk.says(TODAY, &["pricing", "eval", &noise, &file, "nowhere.json"]);
    assert_eq!(said.code, Some(1), "{}", said.err);
    assert_eq!(
        lines(&said.out),
        [
            json!({"id": null, "file": noise, "got": {"error": "not_json"}}),
            json!({"id": "C02", "got": case["expect"]}),
            json!({"id": null, "file": "nowhere.json", "got": {"error": "not_readable"}}),
        ]
    );
    assert_eq!(desk.says(TODAY, &["pricing", "eval"]).code, Some(2));
}

#[test]
fn rules_are_held_against_the_law() {
    let desk = Desk::new();
    let lawful = library("rules/s2b2c.json").to_string_lossy().into_owned();
    let said = desk.says(TODAY, &["pricing", "check", &lawful]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert!(
        said.out.contains("DEPTH_2_TEAM_PAY_RISK") && said.out.contains("art. 7(3)"),
        "{}",
        said.out
    );
    let (_, case) = vector("H04");
    let entry = desk.bytes("entry.json", case["input"]["rules"].to_string().as_bytes());
    let said = desk.says(TODAY, &["pricing", "check", &entry, "--json"]);
    assert_eq!(said.code, Some(1), "{}", said.err);
    assert_eq!(said.json(), case["expect"]);
    let wrong = desk.bytes("wrong.json", br#"{"id": "x", "nonsense": 1}"#);
    let error = desk.refused(TODAY, &["pricing", "check", &wrong], 1);
    assert_eq!(error["code"], "pricing.unknown_key");
    assert_eq!(error["args"]["key"], "nonsense");
}

/// What is a risk elsewhere is forbidden inside `WeChat`; a channel nothing is known of is named.
#[test]
fn rules_are_held_against_the_channel_they_are_for() {
    let desk = Desk::new();
    let rules = library("rules/s2b2c.json").to_string_lossy().into_owned();
    for channel in ["wechat", "WeChat", "微信小程序"] {
        let said = desk.says(TODAY, &["pricing", "check", &rules, "--channel", channel]);
        assert_eq!(said.code, Some(1), "{channel}: {}", said.err);
        assert!(said.out.contains("error: Pay on the sales of those below"), "{}", said.out);
        assert!(said.out.contains(&format!("{channel}: held against")), "{}", said.out);
    }
    let said = desk.says(TODAY, &["pricing", "check", &rules, "--channel", "wehcat"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert!(said.out.contains("No provision is for the channel wehcat"), "{}", said.out);
    assert!(said.out.contains("known: wechat"), "{}", said.out);
    let json = desk.json(TODAY, &["pricing", "check", &rules, "--channel", "wehcat"]);
    assert_eq!(json["channel"], json!({"name": "wehcat", "operator": null}));
}

/// The case of a file in words, in a language.
fn explained(file: &str, language: &str) -> String {
    let said = Command::new(env!("CARGO_BIN_EXE_pincang"))
        .args(["pricing", "explain", file, "--lang", language])
        .output()
        .expect("it starts");
    assert!(said.status.success(), "{file}: {}", String::from_utf8_lossy(&said.stderr));
    String::from_utf8(said.stdout).expect("it prints UTF-8")
}

#[test]
fn every_kind_of_case_is_explained_in_both_languages() {
    let parts = [
        ("E01", "Return 1: ", "第 1 次退货"),
        ("F10", "taxable so far 37800.00 × 10 % − 2520.00", "累计应纳税所得额 37800.00 × 10 %"),
        ("F12", "88.88: nothing is withheld", "88.88：不扣税"),
        ("G02", "0.00 paid out and 57.86 carried on", "打款 0.00，结转 57.86"),
        ("J05", "o2: a refund that is not booked, 44.00", "o2：退款未入账，44.00"),
        ("I02", "56.34 a piece reaches 0.00", "单价 56.34 达到目标 0.00"),
        ("I04", "= 33.57", "= 33.57"),
        ("H04", "error: ", "错误："),
        ("A03", "Bare arithmetic", "纯算术"),
    ];
    for (name, english, chinese) in parts {
        let (file, _) = vector(name);
        for (language, part) in [("en", english), ("zh", chinese)] {
            let text = explained(&file, language);
            assert!(text.contains(part), "{name}: {part} is not in {text}");
            assert!(!text.contains("{{") && !text.contains("pricing."), "{text}");
        }
    }
}

/// An amount among yuan is in yuan.
#[test]
fn a_loss_is_told_in_the_currency() {
    let (file, case) = vector("C24");
    let text = explained(&file, "en");
    let net = case["expect"]["brand_net"].as_i64().expect("an amount");
    assert!(net < 0, "{net}");
    let shown = format!("(-{}.{:02}) [BRAND_NET_NEGATIVE]", -net / 100, -net % 100);
    assert!(text.contains(&shown), "{shown} is not in {text}");
}

#[test]
fn an_order_is_explained_in_both_languages() {
    let desk = Desk::new();
    let (file, _) = vector("C18");
    let english = desk.says(TODAY, &["pricing", "explain", &file]);
    assert_eq!(english.code, Some(0), "{}", english.err);
    for part in
        ["20 % of goods paid 99.99 = 20.00", "the platform keeps 10 % of it, 2.00", "= 74.39"]
    {
        assert!(english.out.contains(part), "{part} is not in {}", english.out);
    }
    let chinese = explained(&file, "zh");
    assert!(chinese.contains("商品实付 99.99 的 20 % = 20.00"), "{chinese}");
    assert!(!chinese.contains("{{") && !chinese.contains("pricing."), "{chinese}");
}
