//! How the answer to a case came about: returns, tax, settlements, statements and plans.
//!
//! Knows: which amounts of each operation a person asks about. Refuses to compute: every amount is
//! that of the operation itself.

use serde_json::Value;

use super::{Arg, Derivation, derive};
use crate::check::Flag;
use crate::eval;
use crate::plan::{self, Cost, Margin};
use crate::quote::{Quote, quote_under};
use crate::read::Fields;
use crate::reconcile::{self, Item};
use crate::refund::{Frozen, RefundResult, RefundState};
use crate::settle::{self, Statement, StatementLine, Status};
use crate::tax::{self, Method, Withholding, YearToDate};
use crate::{Currency, Error, Money, Rounding};

/// The answer to a case of [`crate::eval()`], opened.
#[derive(Clone, Debug, PartialEq)]
pub struct Explained {
    /// The currency of the amounts: that of the rules, CNY where there are none.
    pub currency: Currency,
    /// What went into each amount, in the order of the computation. Empty for bare arithmetic,
    /// which has nothing behind its answer.
    pub derivations: Vec<Derivation>,
    /// What should be looked at.
    pub flags: Vec<Flag>,
}

impl Default for Explained {
    fn default() -> Self {
        Self { currency: Currency::CNY, derivations: Vec::new(), flags: Vec::new() }
    }
}

/// Opens a case. One that names no operation is taken for the quote of its order.
///
/// # Errors
/// Whatever the operation refuses.
pub fn explain_case(case: &Value) -> Result<Explained, Error> {
    let case = Fields::of(case, "")?;
    let input = case.need("input")?;
    let fields = Fields::of(input, "input")?;
    match case.text("op")?.unwrap_or("quote") {
        "quote" => Ok(of_quote(&eval::priced(&fields)?)),
        "refund" => of_refund(&fields),
        "check" => Ok(Explained { flags: eval::flags_of(&fields)?, ..Explained::default() }),
        "margin" => of_margin(&fields),
        "break_even" => of_break_even(&fields),
        "floors" => of_floors(&fields),
        "withhold" => of_withholding(input),
        "settle" => of_settlement(input),
        "reconcile" => of_reconciliation(input),
        "allocate" | "round" | "minor" | "vat" => Ok(Explained::default()),
        op => Err(Error::UnknownOp { op: op.chars().take(80).collect() }),
    }
}

fn id(text: impl AsRef<str>) -> Arg {
    Arg::Id(text.as_ref().into())
}

fn count(number: usize) -> Arg {
    Arg::Count(i64::try_from(number).unwrap_or(i64::MAX))
}

fn of_quote(quote: &Quote) -> Explained {
    Explained {
        currency: quote.ruleset.currency,
        derivations: quote.explain().collect(),
        flags: quote.flags.clone(),
    }
}

fn of_refund(input: &Fields<'_>) -> Result<Explained, Error> {
    let quote = eval::priced(input)?;
    let mut out = of_quote(&quote);
    let frozen = quote.freeze();
    let mut state = RefundState::default();
    for (index, step) in eval::steps(input)?.iter().enumerate() {
        let before = state.clone();
        let result = frozen.refund(&mut state, step)?;
        let of = [("step", count(index + 1)), ("amount", Arg::Money(result.buyer_refund))];
        out.derivations.push(derive("refund_step", of));
        of_pieces(&frozen, &before, &state, &mut out.derivations)?;
        of_changes(&result, &mut out.derivations);
    }
    let total = derive("refunded_total", [("amount", Arg::Money(state.refunded))]);
    out.derivations.push(total);
    out.derivations.extend(frozen.remaining(&state)?.iter().map(|(account, amount)| {
        derive("refund_left", [("account", id(account)), ("amount", Arg::Money(*amount))])
    }));
    Ok(out)
}

/// What the buyer gets back: pieces by what was paid for them, then freight.
fn of_pieces(
    frozen: &Frozen,
    before: &RefundState,
    after: &RefundState,
    out: &mut Vec<Derivation>,
) -> Result<(), Error> {
    for line in &frozen.lines {
        let pieces = |state: &RefundState| state.units.get(&line.id).copied().unwrap_or(0);
        let (from, to) = (pieces(before), pieces(after));
        if from == to {
            continue;
        }
        let until = |pieces: i64| {
            line.pay.share(i128::from(pieces), i128::from(line.qty), Rounding::HalfUp)
        };
        let args = [
            ("line", id(&line.id)),
            ("first", Arg::Count(from + 1)),
            ("last", Arg::Count(to)),
            ("qty", Arg::Count(line.qty)),
            ("pay", Arg::Money(line.pay)),
            ("amount", Arg::Money(until(to)?.minus(until(from)?)?)),
        ];
        out.push(derive("refund_line", args));
    }
    let freight = after.freight.minus(before.freight)?;
    if freight != Money::ZERO {
        out.push(derive("refund_freight", [("amount", Arg::Money(freight))]));
    }
    Ok(())
}

fn of_changes(result: &RefundResult, out: &mut Vec<Derivation>) {
    for (code, amounts) in [("refund_party", &result.delta), ("clawback", &result.clawback)] {
        out.extend(amounts.iter().map(|(account, amount)| {
            derive(code, [("account", id(account)), ("amount", Arg::Money(*amount))])
        }));
    }
}

fn of_margin(input: &Fields<'_>) -> Result<Explained, Error> {
    let (quote, cost) = (eval::priced(input)?, eval::cost(input)?);
    let mut out = of_quote(&quote);
    out.derivations.extend(earned(&quote, &cost, &plan::margin(&quote, &cost)?));
    Ok(out)
}

fn earned(quote: &Quote, cost: &Cost, margin: &Margin) -> [Derivation; 2] {
    let pieces = quote.lines.iter().map(|line| line.qty).fold(0, i64::saturating_add);
    let before_returns = [
        ("brand_net", Arg::Money(margin.brand_net)),
        ("vat_out", Arg::Money(margin.vat_out)),
        ("vat_credit", Arg::Money(margin.vat_credit)),
        ("unit_cost", Arg::Money(cost.unit_cost_ex_vat)),
        ("qty", Arg::Count(pieces)),
        ("other_cost", Arg::Money(cost.other_cost)),
        ("amount", Arg::Money(margin.margin)),
    ];
    let after_returns = [
        ("return_rate", Arg::Rate(cost.return_rate)),
        ("return_loss", Arg::Money(cost.return_loss)),
        ("amount", Arg::Money(margin.expected_margin)),
    ];
    [derive("margin", before_returns), derive("margin_expected", after_returns)]
}

/// The order at the price that was found, and what the next lower price would leave.
fn of_break_even(input: &Fields<'_>) -> Result<Explained, Error> {
    let (mut order, cost) = (eval::order(input)?, eval::cost(input)?);
    let (set, target) = (eval::in_force(input, &order)?, eval::target(input)?);
    let found = plan::break_even(&set, &order, &cost, target)?;
    for line in &mut order.lines {
        line.reprice(found.price);
    }
    let quote = quote_under(&set, &order)?;
    let mut out = of_quote(&quote);
    out.derivations.extend(earned(&quote, &cost, &found.at));
    let args = [
        ("price", Arg::Money(found.price)),
        ("target", Arg::Money(target)),
        ("below", Arg::Money(found.one_fen_less)),
    ];
    out.derivations.push(derive("break_even", args));
    Ok(out)
}

fn of_floors(input: &Fields<'_>) -> Result<Explained, Error> {
    let order = eval::order(input)?;
    let set = eval::in_force(input, &order)?;
    let saved = eval::saved(input)?;
    let floors = plan::floors(&set, &order, &eval::cost(input)?, saved)?;
    let each = [
        derive("floor_full_cost", [("price", Arg::Money(floors.full_cost))]),
        derive("floor_cash", [("price", Arg::Money(floors.cash))]),
        derive(
            "floor_destruction",
            [("saved", Arg::Money(saved)), ("price", Arg::Money(floors.destruction))],
        ),
    ];
    Ok(Explained { currency: set.currency, derivations: each.into(), flags: Vec::new() })
}

fn of_withholding(input: &Value) -> Result<Explained, Error> {
    let (method, payments) = tax::payments(input)?;
    let mut derivations = Vec::with_capacity(payments.len() + 1);
    for (year, kept) in &payments {
        derivations.push(withheld(method, year, kept)?);
    }
    if payments.len() > 1 {
        let tax = Money::sum(payments.iter().map(|(_, kept)| kept.tax))?;
        let net = Money::sum(payments.iter().map(|(_, kept)| kept.net))?;
        let args = [("tax", Arg::Money(tax)), ("net", Arg::Money(net))];
        derivations.push(derive("withheld_total", args));
    }
    Ok(Explained { derivations, ..Explained::default() })
}

fn withheld(method: Method, year: &YearToDate, kept: &Withholding) -> Result<Derivation, Error> {
    let income = ("income", Arg::Money(kept.income));
    let rated = [
        ("taxable", Arg::Money(kept.taxable)),
        ("rate", Arg::Rate(kept.rate)),
        ("quick", Arg::Money(kept.quick)),
    ];
    let kept = [("tax", Arg::Money(kept.tax)), ("net", Arg::Money(kept.net))];
    let (code, args) = match method {
        Method::PerPayment2018No61 => {
            ("withheld_single", [income].into_iter().chain(rated).chain(kept).collect())
        }
        Method::Cumulative2025No16 => {
            let settled = ("settled", Arg::Money(year.relief.plus(year.withheld)?));
            let months = ("months", Arg::Count(i64::from(year.months.max(1))));
            let before = ("earned", Arg::Money(year.income));
            let args = [months, income, before].into_iter().chain(rated).chain([settled]);
            ("withheld_year", args.chain(kept).collect())
        }
        Method::Incidental => {
            let [_, rate, _] = rated;
            ("withheld_gift", [income, rate].into_iter().chain(kept).collect())
        }
        Method::BusinessInvoice | Method::Discount => ("withheld_none", vec![income]),
    };
    Ok(Derivation { code, args })
}

fn of_settlement(input: &Value) -> Result<Explained, Error> {
    let statement = settle::statement(input)?;
    let mut derivations: Vec<_> = statement.lines.iter().map(settled).collect();
    derivations.push(paid_out(&statement));
    Ok(Explained { derivations, ..Explained::default() })
}

fn settled(line: &StatementLine) -> Derivation {
    let event = ("event", id(&line.id));
    let Some(due) = line.due.map(|day| ("due", id(day.to_string()))) else {
        return derive("settle_on_its_way", [event]);
    };
    let amount = ("amount", Arg::Money(line.amount));
    match (line.status, line.reserve) {
        (Status::Settled, Some(reserve)) => {
            derive("settle_order", [event, due, amount, ("reserve", Arg::Money(reserve))])
        }
        (Status::Settled, None) => derive("settle_booking", [event, due, amount]),
        (Status::NotDue, _) => derive("settle_later", [event, due]),
        (Status::Earlier, _) => derive("settle_earlier", [event, due]),
    }
}

fn paid_out(statement: &Statement) -> Derivation {
    let args = [
        ("opening", Arg::Money(statement.opening)),
        ("settled", Arg::Money(statement.settled)),
        ("reserve_new", Arg::Money(statement.reserve_new)),
        ("reserve_released", Arg::Money(statement.reserve_released)),
        ("payable", Arg::Money(statement.payable)),
        ("carry", Arg::Money(statement.carry.balance)),
        ("reserve_left", Arg::Money(statement.reserve_left)),
    ];
    derive("settle_total", args)
}

fn of_reconciliation(input: &Value) -> Result<Explained, Error> {
    let found = reconcile::found(input)?;
    let mut derivations: Vec<_> = found.items.iter().flat_map(of_item).collect();
    derivations.extend(found.gaps.iter().map(|gap| {
        let flows = [("after", id(&gap.after)), ("flow", id(&gap.flow))];
        let [after, flow] = flows;
        derive("reconciled_gap", [after, flow, ("amount", Arg::Money(gap.amount))])
    }));
    let total = [("amount", Arg::Money(found.statement_total))];
    derivations.push(derive("reconciled_total", total));
    Ok(Explained { derivations, ..Explained::default() })
}

/// A finding, then what differs in it part by part.
fn of_item(item: &Item) -> Vec<Derivation> {
    let of = item.flow.as_deref().or(item.sub_order.as_deref()).or(item.order.as_deref());
    let named = [("of", id(of.unwrap_or_default())), ("bucket", Arg::Word(item.bucket.name()))];
    let [of, bucket] = named;
    let first = match item.expected {
        Some(expected) => {
            derive("reconciled_none", [of, bucket, ("expected", Arg::Money(expected))])
        }
        None => derive("reconciled", [of, bucket, ("amount", Arg::Money(item.amount))]),
    };
    let parts = item.diff.iter().map(|(part, amount)| {
        derive("reconciled_diff", [("part", id(part)), ("amount", Arg::Money(*amount))])
    });
    [first].into_iter().chain(parts).collect()
}
