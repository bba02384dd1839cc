//! Shops on marketplaces, and fetching what they sold.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::{
    Answer,
    args::Shop,
    desk::Desk,
    failure::Failure,
    find::{self, text},
    table::Table,
};

pub(super) fn run(desk: &Desk, shop: Shop) -> Result<Answer, Failure> {
    match shop {
        Shop::List => list(desk.reading()?),
        Shop::Save { code, name, url, remote, places } => {
            let desk = desk.writing()?;
            let known = find::rows(desk, "shop.list")?;
            let known = known.into_iter().find(|row| row["code"] == *code);
            let known = known.unwrap_or_default();
            let input = json!({
                "id": known["id"],
                "code": code,
                "name": name.unwrap_or_else(|| code.clone()),
                "url": url,
                "remoteShop": remote,
                "token": desk.token,
                "places": places_of(desk, &places)?,
            });
            Ok(super::posted(desk, "kept", desk.call("shop.save", input)?))
        }
    }
}

/// Pairs like `P1=W1`: the marketplace's warehouse and our place.
fn places_of(desk: &Desk, pairs: &[String]) -> Result<Vec<Value>, Failure> {
    let mut places = Vec::new();
    for pair in pairs {
        let (warehouse, place) = pair.split_once('=').unwrap_or((pair, pair));
        places.push(json!({ "warehouse": warehouse, "place": find::place(desk, place)? }));
    }
    Ok(places)
}

fn list(desk: &Desk) -> Result<Answer, Failure> {
    let rows = find::rows(desk, "shop.list")?;
    let mut table = Table::new(
        &desk.words,
        &["code", "name", "url", "token", "last success", ">orders", "posted until", ""],
    );
    for row in &rows {
        let error = &row["lastError"];
        table.row([
            text(&row["code"]),
            text(&row["name"]),
            text(&row["url"]),
            desk.words.said(if row["hasToken"] == true { "yes" } else { "no" }),
            text(&row["lastSuccess"]),
            text(&row["ordersSeen"]),
            text(&row["postedUntil"]),
            if error.is_null() { String::new() } else { desk.words.of_json(error) },
        ]);
    }
    let mut shown = table.or(&desk.words.said("there are no shops"));
    for row in &rows {
        for listing in row["unmapped"].as_array().into_iter().flatten() {
            let unknown = [("shop", &row["code"]), ("listing", &listing["listing"])];
            let _ = write!(shown, "\n{}", desk.words.told("unknown_goods", &unknown));
        }
    }
    Ok(Answer::new(rows.into(), shown))
}

pub(super) fn sync(desk: &Desk, named: Option<&str>) -> Result<Answer, Failure> {
    let shop = named.map(|named| find::shop(desk, named)).transpose()?;
    let answer = desk.call("sync.run", json!({ "shop": shop }))?;
    let counts = [
        ("pages", &answer["pages"]),
        ("orders", &answer["orders"]),
        ("units", &answer["postedUnits"]),
        ("days", &answer["postedDays"]),
    ];
    let mut shown = desk.words.told("synced", &counts);
    for problem in answer["problems"].as_array().into_iter().flatten() {
        let _ = write!(shown, "\n{}", desk.words.of_json(problem));
    }
    Ok(Answer::new(answer, shown))
}
