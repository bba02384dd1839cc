//! Channels, price lists, the margin bench and clearance floors.

use std::{fmt::Write as _, path::PathBuf};

use app::wire::Message;
use serde_json::{Value, json};

use crate::{
    Answer,
    args::{Bench, Channel, ImportFile, Price},
    desk::{Desk, absolute, text_of},
    failure::Failure,
    find::{self, text},
    table::Table,
    words::percent,
};

pub(super) fn run(desk: &Desk, channel: Channel) -> Result<Answer, Failure> {
    match channel {
        Channel::List => list(desk.reading()?),
        Channel::Rules { channel } => rules(desk.reading()?, &channel),
        Channel::Save { code, name, rules, template, shop } => {
            let rules = rules.as_deref().map(text_of).transpose()?;
            let desk = desk.writing()?;
            let shop = shop.map(|named| find::shop(desk, &named)).transpose()?;
            let known = find::rows(desk, "channel.list")?;
            let known = known.into_iter().find(|row| row["code"] == code.as_str());
            let mut input = known.unwrap_or_else(|| json!({ "name": { "zh": "", "en": "" } }));
            if let Some(name) = name.or_else(|| input["id"].is_null().then(|| code.clone())) {
                input["name"] = json!({ "zh": name, "en": name });
            }
            let shop = shop.unwrap_or_else(|| input["shop"].clone());
            let save = json!({
                "id": input["id"], "code": code, "name": input["name"], "shop": shop,
                "rules": rules, "template": template,
            });
            Ok(super::posted(desk, "kept", desk.call("channel.save", save)?))
        }
        Channel::Assume {
            channel,
            packing,
            fee_vat,
            returned,
            return_loss,
            destruction,
            mark_up,
        } => {
            let shares = [("feeVatPpm", fee_vat), ("returnPpm", returned)];
            let amounts = [
                ("packing", packing),
                ("returnLoss", return_loss),
                ("destruction", destruction),
                ("markUp", mark_up),
            ];
            assume(desk, &channel, shares, amounts)
        }
        Channel::Export { channel, out } => {
            let desk = desk.reading()?;
            let id = find::channel(desk, &channel)?["id"].clone();
            let answer =
                desk.call("channel.export", json!({ "id": id, "path": absolute(&out)? }))?;
            let shown = text(&answer["path"]);
            Ok(Answer::new(answer, shown))
        }
    }
}

/// Changes what a sale through a channel is assumed to cost: shares in percent, and amounts.
fn assume(
    desk: &Desk,
    channel: &str,
    shares: [(&str, Option<String>); 2],
    amounts: [(&str, Option<String>); 4],
) -> Result<Answer, Failure> {
    let shares = shares.map(|(at, given)| (at, given.as_deref().map(ppm).transpose()));
    let desk = desk.writing()?;
    let id = find::channel(desk, channel)?["id"].clone();
    let known = find::rows(desk, "channel.assumptions")?;
    let known = known.into_iter().find(|row| row["id"] == id);
    let mut save = known.unwrap_or_else(|| json!({ "id": id }));
    for (at, given) in shares {
        if let Some(share) = given? {
            save[at] = share.into();
        }
    }
    for (at, given) in amounts {
        if let Some(amount) = given {
            save[at] = amount.into();
        }
    }
    Ok(super::posted(desk, "kept", desk.call("channel.save_assumptions", save)?))
}

/// A percentage in ppm, exactly.
fn ppm(given: &str) -> Result<i64, Failure> {
    let wrong = || Failure::usage("percentage", [("given", given.into())]);
    let (whole, part) = given.split_once('.').unwrap_or((given, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(part) || part.len() > 4 || whole.len() > 3 {
        return Err(wrong());
    }
    format!("{whole}{part:0<4}").parse().map_err(|_| wrong())
}

fn list(desk: &Desk) -> Result<Answer, Failure> {
    let rows = find::rows(desk, "channel.list")?;
    let mut table =
        Table::new(&desk.words, &["channel", "name", "rules", ">version", "versions", "flags"]);
    for row in &rows {
        let versions = row["versions"].as_array().into_iter().flatten();
        let versions = versions.map(|one| format!("{} {}", one["version"], text(&one["from"])));
        table.row([
            text(&row["code"]),
            desk.words.name(&row["name"]),
            text(&row["ruleSet"]),
            text(&row["version"]),
            versions.collect::<Vec<_>>().join(", "),
            format!("{} {}", row["flags"], text(&row["gravest"])),
        ]);
    }
    let shown = table.or(&desk.words.said("there are no channels"));
    Ok(Answer::new(rows.into(), shown))
}

fn rules(desk: &Desk, named: &str) -> Result<Answer, Failure> {
    let id = find::channel(desk, named)?["id"].clone();
    let answer = desk.call("channel.rules", json!({ "id": id }))?;
    let mut shown = String::new();
    let each = |list: &Value| list.as_array().cloned().unwrap_or_default();
    for card in each(&answer["versions"]) {
        let at = &card["version"];
        let spans = each(&at["spans"]).into_iter();
        let spans = spans.map(|it| format!("{} – {}", text(&it["from"]), text(&it["to"])));
        let _ = writeln!(
            shown,
            "{} v{}  {}  {}",
            text(&answer["ruleSet"]),
            at["version"],
            spans.collect::<Vec<_>>().join(", "),
            text(&at["sha256"])
        );
        for part in [&card["vat"], &card["cap"]].into_iter().filter(|part| !part.is_null()) {
            let _ = writeln!(shown, "  {}", desk.words.of_json(part));
        }
        for part in ["prices", "coupons", "charges", "rewards"] {
            for rule in each(&card[part]) {
                let more: Vec<String> = each(&rule["says"])
                    .iter()
                    .chain(&each(&rule["when"]))
                    .map(|message| desk.words.of_json(message))
                    .collect();
                let to = text(&rule["to"]);
                let to = if to.is_empty() { to } else { format!(" → {to}") };
                let value = desk.words.of_json(&rule["value"]);
                let _ = writeln!(shown, "  {}{to}: {value}", text(&rule["id"]));
                for line in more {
                    let _ = writeln!(shown, "      {line}");
                }
            }
        }
        for flag in each(&card["flags"]) {
            let _ = writeln!(shown, "  {}", flag_line(desk, &flag));
        }
    }
    Ok(Answer::new(answer, shown))
}

fn flag_line(desk: &Desk, flag: &Value) -> String {
    let code = text(&flag["code"]);
    let words = Message::new(&format!("pricing.flag.{code}"), []);
    let words = desk.words.message(&words);
    format!(
        "[{}] {words} ({}) {}",
        text(&flag["severity"]),
        text(&flag["at"]),
        text(&flag["source"])
    )
}

pub(super) fn prices(desk: &Desk, price: Price) -> Result<Answer, Failure> {
    match price {
        Price::List { channel, sku, on } => {
            let desk = desk.reading()?;
            let channel = channel.map(|named| find::channel(desk, &named)).transpose()?;
            let sku = sku.map(|named| find::sku(desk, &named)).transpose()?;
            let input =
                json!({ "channel": channel.map(|row| row["id"].clone()), "sku": sku, "on": on });
            list_prices(desk, input)
        }
        Price::Save { channel, sku, price, from, to, floor, source, reason } => {
            let desk = desk.writing()?;
            let (channel, sku) =
                (find::channel(desk, &channel)?["id"].clone(), find::sku(desk, &sku)?);
            let asked = json!({ "channel": channel, "sku": sku });
            let known = desk.call("price.list", asked)?;
            let mut known = known.as_array().into_iter().flatten();
            let known = known.find(|row| row["from"] == from.to_string());
            let save = json!({
                "id": known.map(|row| row["id"].clone()), "channel": channel, "sku": sku,
                "price": price, "floorPrice": floor, "from": from, "to": to, "source": source,
                "belowCost": reason,
            });
            Ok(super::posted(desk, "kept", desk.call("price.save", save)?))
        }
        Price::End { channel, sku, on } => {
            let desk = desk.writing()?;
            let asked = json!({
                "channel": find::channel(desk, &channel)?["id"], "sku": find::sku(desk, &sku)?,
                "on": on,
            });
            let known = desk.call("price.list", asked)?;
            let none = || Failure::missing("price", &format!("{channel} {sku} {on}"));
            let mut save = known.get(0).cloned().ok_or_else(none)?;
            save["to"] = json!(on);
            Ok(super::posted(desk, "kept", desk.call("price.save", save)?))
        }
        Price::Import { file, dry_run } => super::imports::import(desk, &price_list(file, dry_run)),
        Price::Export { out } => super::files::export(desk.reading()?, "prices", &out, None, None),
    }
}

/// A table of prices to read.
fn price_list(file: PathBuf, dry_run: bool) -> ImportFile {
    ImportFile {
        file,
        profile: None,
        kind: Some("prices".to_owned()),
        sheet: None,
        place: None,
        dry_run,
        inspect: false,
    }
}

fn list_prices(desk: &Desk, input: Value) -> Result<Answer, Failure> {
    let answer = desk.call("price.list", input)?;
    let heads = ["channel", "goods", ">price", ">floor", "from", "to", "source"];
    let mut table = Table::new(&desk.words, &heads);
    for row in answer.as_array().into_iter().flatten() {
        let price = text(&row["price"]);
        table.row([
            text(&row["channelCode"]),
            text(&row["skuCode"]),
            if row["belowFloor"] == true { format!("! {price}") } else { price },
            text(&row["floor"]),
            text(&row["from"]),
            text(&row["to"]),
            text(&row["source"]),
        ]);
    }
    let shown = table.or(&desk.words.said("there are no prices"));
    Ok(Answer::new(answer, shown))
}

pub(super) fn bench(desk: &Desk, bench: &Bench) -> Result<Answer, Failure> {
    let desk = desk.reading()?;
    let sku = bench.sku.as_deref().map(|named| find::sku(desk, named)).transpose()?;
    let input = json!({
        "sku": sku, "unitCost": bench.cost, "price": bench.price, "category": bench.category,
        "markUp": bench.mark_up,
    });
    let answer = desk.call("bench.run", input)?;
    let heads = [
        "channel",
        "way",
        ">price",
        ">brand net",
        ">margin",
        ">expected",
        ">share",
        ">break-even",
        ">cash floor",
        ">last floor",
        "problem",
    ];
    let mut table = Table::new(&desk.words, &heads);
    for row in answer["rows"].as_array().into_iter().flatten() {
        if !bench.all && row["usual"] != true {
            continue;
        }
        let result = &row["result"];
        let problem = if row["problem"].is_null() {
            String::new()
        } else {
            desk.words.of_json(&row["problem"])
        };
        table.row([
            text(&row["code"]),
            text(&row["way"]),
            text(&row["price"]),
            text(&result["brandNet"]),
            text(&result["margin"]),
            text(&result["expected"]),
            result["expectedSharePpm"].as_i64().map(percent).unwrap_or_default(),
            text(&result["breakEven"]),
            text(&result["floorSunk"]),
            text(&result["floorDestruction"]),
            problem,
        ]);
    }
    let shown = table.or(&desk.words.said("there are no channels"));
    Ok(Answer::new(answer, shown))
}

pub(super) fn clearance(desk: &Desk, price: Option<&str>) -> Result<Answer, Failure> {
    let answer = desk.call("clearance.floors", json!({ "price": price }))?;
    let heads = [
        "goods",
        "lot",
        ">to clear",
        ">days left",
        "channel",
        ">break-even",
        ">cash floor",
        ">last floor",
        ">price",
        ">cash",
        "problem",
    ];
    let mut table = Table::new(&desk.words, &heads);
    for row in answer["rows"].as_array().into_iter().flatten() {
        for (at, offer) in row["channels"].as_array().into_iter().flatten().enumerate() {
            let first = |value: &Value| if at == 0 { text(value) } else { String::new() };
            let problem = &offer["problem"];
            table.row([
                first(&row["skuCode"]),
                first(&row["lotNo"]),
                first(&row["toClear"]),
                first(&row["daysLeft"]),
                text(&offer["code"]),
                text(&offer["fullCost"]),
                text(&offer["cash"]),
                text(&offer["destruction"]),
                text(&offer["price"]),
                text(&offer["expectedCash"]),
                if problem.is_null() { String::new() } else { desk.words.of_json(problem) },
            ]);
        }
    }
    let shown = table.or(&desk.words.said("nothing has to be cleared"));
    Ok(Answer::new(answer, shown))
}

/// So many differences are shown one by one; `--json` has up to 1,000 of them.
const SHOWN: usize = 50;

pub(super) fn differences(desk: &Desk, shop: Option<&str>) -> Result<Answer, Failure> {
    let shop = shop.map(|named| find::shop(desk, named)).transpose()?;
    let answer = desk.call("sync.differences", json!({ "shop": shop }))?;
    let rows = answer["rows"].as_array().map_or(&[][..], Vec::as_slice);
    let (shown, total) = (rows.len().min(SHOWN), answer["total"].as_u64().unwrap_or(0));
    let mut said = String::new();
    if !rows.is_empty() {
        said = format!(
            "{}\n{}\n",
            sums(desk, &answer).or(""),
            one_by_one(desk, &rows[..shown]).or("")
        );
    }
    let more = total.saturating_sub(u64::try_from(shown).unwrap_or(total));
    if more > 0 {
        let of = shop.map_or_else(String::new, |shop| format!(" --shop {shop}"));
        let rest = [("more", &json!(more)), ("of", &json!(of))];
        let _ = writeln!(said, "{}", desk.words.told("more_differences", &rest));
    }
    if rows.is_empty() {
        let _ = writeln!(said, "{}", desk.words.said("nothing differs"));
    }
    let counts = ["differing", "compared", "untold"].map(|name| (name, &answer[name]));
    said.push_str(&desk.words.told("differ", &counts));
    Ok(Answer::new(answer, said))
}

fn what_differs(desk: &Desk, row: &Value) -> String {
    let what = Message::new(&format!("price_difference.{}", text(&row["what"])), []);
    desk.words.message(&what)
}

/// All differences by kind and rule.
fn sums(desk: &Desk, answer: &Value) -> Table {
    let heads = ["what", "rule", ">orders", ">count", ">difference"];
    let mut table = Table::new(&desk.words, &heads);
    for sum in answer["sums"].as_array().into_iter().flatten() {
        table.row([
            what_differs(desk, sum),
            text(&sum["rule"]),
            text(&sum["orders"]),
            text(&sum["count"]),
            text(&sum["difference"]),
        ]);
    }
    table
}

fn one_by_one(desk: &Desk, rows: &[Value]) -> Table {
    let heads =
        ["shop", "order", "line", "what", "account", "rule", ">theirs", ">ours", ">difference"];
    let mut table = Table::new(&desk.words, &heads);
    for row in rows {
        table.row([
            text(&row["shopCode"]),
            text(&row["order"]),
            text(&row["line"]),
            what_differs(desk, row),
            text(&row["account"]),
            text(&row["rule"]),
            text(&row["theirs"]),
            text(&row["ours"]),
            text(&row["difference"]),
        ]);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentage_is_read_exactly() {
        assert_eq!(ppm("8").ok(), Some(80_000));
        assert_eq!(ppm("0.6").ok(), Some(6_000));
        assert_eq!(ppm("100").ok(), Some(1_000_000));
        for wrong in ["-1", "1e3", "0.00001", "", "x"] {
            assert!(ppm(wrong).is_err() || wrong.is_empty(), "{wrong}");
        }
    }
}
