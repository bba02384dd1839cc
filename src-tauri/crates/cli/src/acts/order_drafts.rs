//! What an order says, from the words of a command line.

use std::fmt::Write as _;

use app::wire::Message;
use serde_json::{Value, json};

use crate::{
    Answer,
    args::OrderDraft,
    desk::Desk,
    failure::Failure,
    find::{self, line_of},
};

/// Parts of a million in a percent.
const PERCENT: i64 = 10_000;

pub(super) fn draft(desk: &Desk, draft: &OrderDraft) -> Result<Answer, Failure> {
    let order = content(desk, draft)?;
    let answer = desk.call("order.save", order.clone())?;
    let drafted = desk.words.told("drafted_order", &[("id", &answer["id"])]);
    let shown = drafted + &hints(desk, &order);
    Ok(Answer::new(answer, shown))
}

/// What the offers that hold say of an order's lines, a line each: what is unusual about them, and
/// how many more would be cheaper in total. Nothing for a role that sees no prices.
pub(super) fn hints(desk: &Desk, order: &Value) -> String {
    let mut shown = String::new();
    for line in order["lines"].as_array().into_iter().flatten() {
        let asked = json!({
            "partner": order["factory"], "sku": line["sku"], "qty": line["qty"],
        });
        let Ok(quote) = desk.call("offer.quote", asked) else { continue };
        for hint in said_of(desk, &quote) {
            let _ = write!(shown, "\n{hint}");
        }
    }
    shown
}

/// What is worth knowing of a quote before ordering by it.
pub(super) fn said_of(desk: &Desk, quote: &Value) -> Vec<String> {
    let warnings = serde_json::from_value::<Vec<Message>>(quote["warnings"].clone());
    let warnings = warnings.unwrap_or_default();
    let mut said: Vec<String> = warnings.iter().map(|one| desk.words.message(one)).collect();
    let more = &quote["cheaperByOrderingMore"];
    if more.is_i64() {
        let cheaper = [("more", more), ("total", &quote["cheaperTotal"])];
        said.push(desk.words.told("order_more", &cheaper));
    }
    said
}

pub(super) fn amend(
    desk: &Desk,
    named: &str,
    draft: &OrderDraft,
    reason: &str,
) -> Result<Answer, Failure> {
    let mut order = content(desk, draft)?;
    order["id"] = find::order(desk, named)?["id"].clone();
    let input = json!({ "order": order, "reason": reason });
    Ok(super::posted(desk, "amended", desk.call("order.amend", input)?))
}

fn content(desk: &Desk, draft: &OrderDraft) -> Result<Value, Failure> {
    let (mut goods, prices) = priced_lines(desk, &draft.lines)?;
    for named in &draft.versions {
        version(desk, &mut goods, named)?;
    }
    let schedule = draft.schedule.iter().map(|text| term(text)).collect::<Result<Vec<_>, _>>()?;
    let for_order = draft.for_order.as_deref().map(|named| find::order(desk, named)).transpose()?;
    Ok(json!({
        "id": null,
        "kind": if draft.purchase { "purchase" } else { "production" },
        "factory": find::partner(desk, &draft.factory)?,
        "deliverTo": find::place(desk, &draft.to)?,
        "promisedOn": draft.by,
        "overTolerancePpm": i64::from(draft.tolerance) * PERCENT,
        "overIsFree": draft.over_is_free,
        "taxRatePpm": i64::from(draft.tax) * PERCENT,
        "priceIncludesTax": draft.tax_included,
        "lossBase": draft.loss_base,
        "schedule": schedule,
        "forOrder": for_order.map(|row| row["id"].clone()),
        "lines": goods,
        "unitPrices": prices,
        "terms": draft.terms,
    }))
}

/// Lines like `SK001=5000@16.20`.
fn priced_lines(desk: &Desk, lines: &[String]) -> Result<(Vec<Value>, Vec<Value>), Failure> {
    let (mut goods, mut prices) = (Vec::new(), Vec::new());
    for line in lines {
        let (line, price) =
            line.rsplit_once('@').ok_or_else(|| Failure::form(line, "SK001=5000@16.20"))?;
        let (sku, qty) = line_of(line)?;
        goods.push(json!({ "sku": find::sku(desk, sku)?, "qty": qty }));
        prices.push(json!(price));
    }
    Ok((goods, prices))
}

/// Says which version lines are of: `ARTWORK` for an order of one kind of goods, `GOODS=ARTWORK`.
fn version(desk: &Desk, lines: &mut [Value], named: &str) -> Result<(), Failure> {
    let goods = |sku: &Value| lines.iter().any(|line| line["sku"] == *sku);
    let (sku, artwork) = match named.split_once('=') {
        Some((code, artwork)) => (find::sku(desk, code.trim())?, artwork.trim()),
        None => (lines.first().map(|line| line["sku"].clone()).unwrap_or_default(), named.trim()),
    };
    let several = lines.iter().any(|line| line["sku"] != sku);
    if !goods(&sku) || (several && !named.contains('=')) {
        return Err(Failure::usage("of_which_goods", [("given", named.into())]));
    }
    let all = find::rows(desk, "version.list")?;
    let known = all.iter().find(|one| one["sku"] == sku && one["artworkNo"] == artwork);
    let known = known.ok_or_else(|| Failure::missing("version", artwork))?;
    for line in lines.iter_mut().filter(|line| line["sku"] == sku) {
        line["version"] = known["id"].clone();
    }
    Ok(())
}

/// A term like `receipt+30=50`: when, how many days after, what percent.
fn term(text: &str) -> Result<Value, Failure> {
    let wrong = || Failure::form(text, "receipt+30=50");
    let (when, percent) = line_of(text)?;
    let (when, days) = when.split_once('+').unwrap_or((when, "0"));
    let days: u32 = days.trim().parse().map_err(|_| wrong())?;
    let (trigger, milestone) = match when.trim() {
        known @ ("accept" | "before_ship" | "receipt") => (known, None),
        milestone => ("milestone", Some(milestone)),
    };
    let share_ppm = percent.checked_mul(PERCENT).ok_or_else(wrong)?;
    Ok(json!({
        "trigger": trigger, "milestone": milestone, "days": days, "sharePpm": share_ppm,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_is_read() {
        let read = term("receipt+30=50").expect("a term");
        let expected =
            json!({ "trigger": "receipt", "milestone": null, "days": 30, "sharePpm": 500_000 });
        assert_eq!(read, expected);
        let ready = term("ready=20").expect("a term");
        assert_eq!(
            (&ready["trigger"], &ready["milestone"]),
            (&json!("milestone"), &json!("ready"))
        );
        assert!(term("receipt").is_err() && term("receipt+x=1").is_err());
        assert!(term("accept=9223372036854775807").is_err());
    }
}
