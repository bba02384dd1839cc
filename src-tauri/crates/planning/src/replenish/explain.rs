//! The arithmetic of a suggestion as lines.
//!
//! Knows the order in which a planner would check it with a pocket calculator. Refuses to decide
//! anything.

use super::{PlaceNeed, SkuSource, SourceLot, Suggestion};
use crate::life::LifeRefusal;
use crate::{Arg, ArgValue, Derivation, Fixed, LotKey, Op, PlaceKey, RULE_CODES, Unit};

fn arg(name: &'static str, value: ArgValue) -> Arg {
    Arg { name, value }
}

fn number(name: &'static str, value: i64) -> Arg {
    arg(name, ArgValue::Number(Fixed::whole(value)))
}

pub(super) fn derivation(
    source: &SkuSource<'_>,
    lots: &[SourceLot],
    place: &PlaceNeed,
    suggestion: &Suggestion,
) -> Derivation {
    let mut out = Derivation::default();
    protection(&mut out, place, suggestion);
    need(&mut out, place, suggestion);
    if suggestion.need > 0 {
        cartons(&mut out, source, suggestion);
        picks(&mut out, place, suggestion);
        refusals(&mut out, suggestion);
        loose(&mut out, source, lots, suggestion);
    }
    out
}

fn protection(out: &mut Derivation, place: &PlaceNeed, suggestion: &Suggestion) {
    let days = |count: u32| Fixed::whole(i64::from(count));
    out.line("replenish.review", Op::Start, days(place.review_days), Unit::Days);
    out.line("replenish.transit_p90", Op::Plus, days(place.transit_days_p90), Unit::Days);
    out.line("replenish.receive_p90", Op::Plus, days(place.receive_days_p90), Unit::Days);
    out.line("replenish.target_cover", Op::Plus, days(place.target_cover_days), Unit::Days);
    let total = Fixed::whole(suggestion.protection_days);
    out.line("replenish.protection", Op::Equals, total, Unit::Days);
}

fn need(out: &mut Derivation, place: &PlaceNeed, suggestion: &Suggestion) {
    let place_key = |key: PlaceKey| vec![arg("place", ArgValue::Place(key))];
    let units = Fixed::whole;
    let rate = Fixed::micro(i128::from(place.rate.micro()));
    let protection = units(suggestion.protection_days);
    out.line_with("replenish.rate", Op::Start, rate, Unit::UnitsPerDay, place_key(place.place));
    out.line("replenish.protection", Op::Times, protection, Unit::Days);
    out.line("replenish.demand", Op::RoundUp, units(suggestion.demand), Unit::Units);
    let here = place_key(place.place);
    out.line_with("replenish.on_hand", Op::Minus, units(place.on_hand), Unit::Units, here);
    out.line("replenish.inbound", Op::Minus, units(place.inbound), Unit::Units);
    out.line("replenish.reserved", Op::Plus, units(place.reserved), Unit::Units);
    if suggestion.demand < suggestion.position {
        out.line("replenish.nothing_needed", Op::AtLeast, units(0), Unit::Units);
    }
    out.line("replenish.need", Op::Equals, units(suggestion.need), Unit::Units);
}

fn cartons(out: &mut Derivation, source: &SkuSource<'_>, suggestion: &Suggestion) {
    let carton = Fixed::whole(source.units_per_carton);
    let exact = Fixed::ratio(suggestion.need, source.units_per_carton);
    let wanted = Fixed::whole(suggestion.cartons_wanted);
    out.line("replenish.carton", Op::Divide, carton, Unit::UnitsPerCarton);
    out.line("replenish.cartons_exact", Op::Equals, exact, Unit::Cartons);
    out.line("replenish.cartons_wanted", Op::RoundUp, wanted, Unit::Cartons);
    if suggestion.cartons < suggestion.cartons_wanted {
        let given = Fixed::whole(suggestion.cartons);
        let short = vec![number("short", suggestion.short)];
        out.line_with("replenish.source_short", Op::AtMost, given, Unit::Cartons, short);
    }
    out.line("replenish.carton", Op::Times, carton, Unit::UnitsPerCarton);
    let units = Fixed::whole(suggestion.units);
    out.line("replenish.units", Op::Equals, units, Unit::Units);
}

fn picks(out: &mut Derivation, place: &PlaceNeed, suggestion: &Suggestion) {
    for (index, pick) in suggestion.picks.iter().enumerate() {
        let mut args = vec![arg("lot", ArgValue::Lot(pick.lot)), number("cartons", pick.cartons)];
        args.push(arg("arrives_on", ArgValue::Day(suggestion.arrives_on)));
        args.extend(pick.share_left_ppm.map(|ppm| arg("share_left", ArgValue::SharePpm(ppm))));
        args.push(arg("min_share", ArgValue::SharePpm(i64::from(place.life.min_share_ppm))));
        let op = if index == 0 { Op::Start } else { Op::Plus };
        out.line_with("replenish.lot", op, Fixed::whole(pick.units), Unit::Units, args);
    }
    if !suggestion.picks.is_empty() {
        out.line("replenish.sent", Op::Equals, Fixed::whole(suggestion.units), Unit::Units);
    }
}

fn refusals(out: &mut Derivation, suggestion: &Suggestion) {
    for refused in &suggestion.refused {
        let mut args = vec![arg("lot", ArgValue::Lot(refused.lot))];
        args.push(arg("arrives_on", ArgValue::Day(suggestion.arrives_on)));
        args.extend(refused.share_left_ppm.map(|ppm| arg("share_left", ArgValue::SharePpm(ppm))));
        let code = |code| {
            debug_assert!(RULE_CODES.contains(&code), "{code} is not listed");
            arg("rule", ArgValue::Code(code))
        };
        match refused.why {
            LifeRefusal::PastLastSale { last_sell_on } => {
                args.extend([
                    code("past_last_sale"),
                    arg("last_sell_on", ArgValue::Day(last_sell_on)),
                ]);
            }
            LifeRefusal::ShareTooSmall { min_share_ppm } => {
                let min_share = ArgValue::SharePpm(i64::from(min_share_ppm));
                args.extend([code("share_too_small"), arg("min_share", min_share)]);
            }
            LifeRefusal::DaysTooFew { min_days, days_left } => args.extend([
                code("days_too_few"),
                number("min_days", i64::from(min_days)),
                number("days_left", days_left),
            ]),
            LifeRefusal::MadeOnUnknown => args.push(code("made_on_unknown")),
        }
        let available = Fixed::whole(refused.available);
        out.line_with("replenish.lot_refused", Op::Note, available, Unit::Units, args);
    }
}

/// Names what stays of a lot because it fills no carton, where the plan went past it: the lots
/// before the last one taken, or all of them when the source is short.
fn loose(
    out: &mut Derivation,
    source: &SkuSource<'_>,
    lots: &[SourceLot],
    suggestion: &Suggestion,
) {
    let is_refused = |lot: LotKey| suggestion.refused.iter().any(|refused| refused.lot == lot);
    let last_pick = suggestion.picks.last().map(|pick| pick.lot);
    for lot in lots {
        if Some(lot.lot) == last_pick && suggestion.short == 0 {
            return;
        }
        let stays = lot.available % source.units_per_carton;
        if stays > 0 && !is_refused(lot.lot) {
            let args = vec![arg("lot", ArgValue::Lot(lot.lot))];
            out.line_with("replenish.stays", Op::Note, Fixed::whole(stays), Unit::Units, args);
        }
    }
}
