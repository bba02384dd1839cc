//! The arithmetic of cover and of quantity and value at risk as lines.
//!
//! Knows the results. Refuses to decide anything.

use super::LotAssessment;
use super::risk::{Dated, Risk};
use crate::cover::Cover;
use crate::{Arg, ArgValue, DailyRate, Derivation, Fixed, Op, Unit};

pub(super) fn cover(qty: i64, rate: DailyRate, cover: Cover) -> Derivation {
    let mut out = Derivation::default();
    let rate_line = Fixed::micro(i128::from(rate.micro()));
    out.line("slow.stock", Op::Start, Fixed::whole(qty), Unit::Units);
    match cover {
        Cover::Days(days) if rate != DailyRate::ZERO => {
            out.line("slow.rate", Op::Divide, rate_line, Unit::UnitsPerDay);
            out.line("slow.cover", Op::RoundUp, Fixed::whole(days), Unit::Days);
        }
        _ => out.line("slow.no_demand", Op::Note, rate_line, Unit::UnitsPerDay),
    }
    out
}

pub(super) fn at_risk(risks: &[Risk], lot: &LotAssessment) -> Derivation {
    let mut out = Derivation::default();
    for risk in risks {
        if let Some(dated) = &risk.dated {
            place(&mut out, risk, dated);
        } else {
            let qty = Fixed::whole(risk.qty);
            out.line_with("slow.undated", Op::Note, qty, Unit::Units, vec![place_arg(risk)]);
        }
    }
    for (index, risk) in risks.iter().enumerate() {
        let units = Fixed::whole(risk.summary().at_risk);
        let op = if index == 0 { Op::Start } else { Op::Plus };
        out.line_with("slow.at_risk_here", op, units, Unit::Units, vec![place_arg(risk)]);
    }
    out.line("slow.at_risk", Op::Equals, Fixed::whole(lot.at_risk), Unit::Units);
    if lot.at_risk > 0 {
        value(&mut out, lot);
    }
    out
}

fn place_arg(risk: &Risk) -> Arg {
    Arg { name: "place", value: ArgValue::Place(risk.place) }
}

/// Demand within reach (of a place that does not sell: what the others still ask of it), less what lots ahead take, at most the lot; the rest of the lot is at risk.
fn place(out: &mut Derivation, risk: &Risk, dated: &Dated) {
    let mut args = vec![place_arg(risk)];
    let last = dated.last_sell_on.map(ArgValue::Day);
    args.extend(last.map(|value| Arg { name: "last_sell_on", value }));
    let days = dated.sell_days.map(|days| ArgValue::Number(Fixed::whole(days)));
    args.extend(days.map(|value| Arg { name: "sell_days", value }));
    let qty = Fixed::whole(risk.qty);
    let sold = Fixed::micro(dated.sold);
    let reachable = Fixed::micro(dated.reachable);
    let code = match (dated.sell_days, dated.last_sell_on) {
        (Some(_), _) => "slow.demand_in_reach",
        (None, Some(_)) => "slow.demand_elsewhere",
        (None, None) => "slow.accepted_nowhere",
    };
    out.line_with(code, Op::Start, reachable, Unit::Units, args);
    out.line("slow.lots_ahead", Op::Minus, Fixed::micro(dated.ahead), Unit::Units);
    out.line("slow.at_least_none", Op::AtLeast, Fixed::whole(0), Unit::Units);
    out.line("slow.at_most_the_lot", Op::AtMost, qty, Unit::Units);
    out.line("slow.sold_in_time", Op::Equals, sold, Unit::Units);
    out.line_with("slow.qty", Op::Start, qty, Unit::Units, vec![place_arg(risk)]);
    out.line("slow.sold_in_time", Op::Minus, sold, Unit::Units);
    let left = Fixed::whole(dated.at_risk());
    out.line("slow.left", Op::RoundUp, left, Unit::Units);
}

fn value(out: &mut Derivation, lot: &LotAssessment) {
    let value = Fixed::whole(lot.value_minor);
    let share = Fixed::whole(lot.at_risk_value_minor);
    out.line("slow.value", Op::Start, value, Unit::MoneyMinor);
    out.line("slow.at_risk", Op::Times, Fixed::whole(lot.at_risk), Unit::Units);
    out.line("slow.qty", Op::Divide, Fixed::whole(lot.qty), Unit::Units);
    out.line("slow.at_risk_value", Op::RoundHalfUp, share, Unit::MoneyMinor);
}
