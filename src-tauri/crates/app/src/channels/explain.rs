//! How a figure of the margin bench comes about, step by step.
//!
//! Knows which steps of the library's derivation lead to which figure. Refuses to reckon anything
//! in a second way.

use std::sync::Arc;

use pricing::Money;

use super::{
    ExplainBench,
    bench::{Asked, Stall, floors, stall, weigh},
    channels, price_text, refused, words,
};
use crate::{
    Error,
    commands::Call,
    wire::{Derivation, DerivationLine, Message},
};

pub(crate) fn explain(call: &Call, input: ExplainBench) -> Result<Derivation, Error> {
    call.read(|reader| {
        let asked = Asked::of(&reader, call.session.today, &input.bench)?;
        let all = channels(&reader)?;
        let sold = all.iter().find(|sold| sold.id == input.channel.0);
        let sold = sold.ok_or_else(|| Error::missing("channel", input.channel.0))?;
        let stall = stall(&reader, &asked, sold)?;
        let lines = match input.figure.as_str() {
            "party" => of_party(&asked, &stall, &input)?,
            "brandNet" | "vatOut" => of_quote(&asked, &stall, &input)?,
            "margin" | "expected" => {
                of_margin(&asked, &stall, &input.way, (stall.unit_cost, stall.price.0))?
            }
            "breakEven" | "floorSunk" | "floorDestruction" => of_floor(&asked, &stall, &input)?,
            figure => return Err(Error::missing("figure", figure)),
        };
        Ok(Derivation { lines })
    })
}

/// Everything that the library derives, the whole way down to what is left for the brand.
fn of_quote(
    asked: &Asked,
    stall: &Stall,
    input: &ExplainBench,
) -> Result<Vec<DerivationLine>, Error> {
    let (quote, ..) = weigh(asked, stall, &input.way, stall.price.0)?;
    let currency = quote.ruleset.currency;
    let tax_only = input.figure == "vatOut";
    let steps = quote.explain().filter(|step| !tax_only || step.code.starts_with("vat"));
    Ok(steps.map(|step| words::line(&step, currency)).collect())
}

/// What an account is paid by which rule, and what that comes to.
fn of_party(
    asked: &Asked,
    stall: &Stall,
    input: &ExplainBench,
) -> Result<Vec<DerivationLine>, Error> {
    let (quote, ..) = weigh(asked, stall, &input.way, stall.price.0)?;
    let account = input.account.as_deref().unwrap_or("brand");
    if account == "brand" {
        return of_quote(asked, stall, input);
    }
    let paid: Vec<&Arc<str>> = quote
        .postings
        .iter()
        .filter(|posting| *posting.account == *account)
        .map(|posting| &posting.rule)
        .collect();
    let id_in = |step: &pricing::Derivation, wanted: &str| {
        let found = step.args.iter().find(|(name, _)| *name == wanted);
        match found {
            Some((_, pricing::Arg::Id(id))) => Some(id.clone()),
            _ => None,
        }
    };
    let concerns = |step: &pricing::Derivation| match id_in(step, "account") {
        Some(of) => *of == *account,
        None => {
            step.code == "ruleset" || id_in(step, "rule").is_some_and(|rule| paid.contains(&&rule))
        }
    };
    let steps = quote.explain().filter(concerns);
    let lines = steps.map(|step| words::line(&step, quote.ruleset.currency)).collect();
    Ok(lines)
}

/// From what is left for the brand to what is earned on average.
fn of_margin(
    asked: &Asked,
    stall: &Stall,
    way: &str,
    (unit_cost, price): (Money, Money),
) -> Result<Vec<DerivationLine>, Error> {
    let at = Stall { unit_cost, price: stall.price, ..*stall };
    let (quote, margin, cost) = weigh(asked, &at, way, price)?;
    let goods = cost.unit_cost_ex_vat.times(asked.qty()).map_err(|error| refused(&error))?;
    let line = |op: &str, code: &str, amount: Money| DerivationLine {
        op: op.to_owned(),
        text: Message::new(code, []),
        value: Some(price_text(amount, asked.currency).0),
        unit: Some("money".to_owned()),
    };
    let share = |op: &str, code: &str, ppm: u32| DerivationLine {
        op: op.to_owned(),
        text: Message::new(code, [("rate", words::percent(ppm).into())]),
        value: None,
        unit: None,
    };
    let returned = cost.return_rate.ppm();
    let others = quote.paid.minus(margin.brand_net).map_err(|error| refused(&error))?;
    Ok(vec![
        line("start", "bench.paid", quote.paid),
        line("subtract", "bench.others", others),
        line("equals", "bench.brand_net", margin.brand_net),
        line("subtract", "bench.vat_out", margin.vat_out),
        line("add", "bench.vat_credit", margin.vat_credit),
        line("subtract", "bench.goods", goods),
        line("subtract", "bench.packing", cost.other_cost),
        line("equals", "bench.margin", margin.margin),
        share("note", "bench.returned", returned),
        line("note", "bench.return_loss", cost.return_loss),
        line("equals", "bench.expected", margin.expected_margin),
    ])
}

/// What is earned at a floor, and that a minor unit less would be too little.
fn of_floor(
    asked: &Asked,
    stall: &Stall,
    input: &ExplainBench,
) -> Result<Vec<DerivationLine>, Error> {
    let [full, sunk, destruction] = floors(asked, stall, &input.way)?;
    let (floor, unit_cost, code) = match input.figure.as_str() {
        "breakEven" => (full, stall.unit_cost, "bench.break_even"),
        "floorSunk" => (sunk, Money::ZERO, "bench.floor_sunk"),
        _ => (destruction, Money::ZERO, "bench.floor_destruction"),
    };
    let Some(price) = floor else { return Err(refused(&pricing::Error::NoBreakEven)) };
    let mut lines = of_margin(asked, stall, &input.way, (unit_cost, price))?;
    if price > Money::ZERO {
        let below = Money::from_minor(price.minor() - 1);
        let at = Stall { unit_cost, price: stall.price, ..*stall };
        let (_, less, _) = weigh(asked, &at, &input.way, below)?;
        lines.push(DerivationLine {
            op: "note".to_owned(),
            text: Message::new("bench.one_less", []),
            value: Some(price_text(less.expected_margin, asked.currency).0),
            unit: Some("money".to_owned()),
        });
    }
    lines.push(DerivationLine {
        op: "equals".to_owned(),
        text: Message::new(code, []),
        value: Some(price_text(price, asked.currency).0),
        unit: Some("money".to_owned()),
    });
    Ok(lines)
}
