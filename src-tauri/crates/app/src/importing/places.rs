//! Places and partners. A cell that is empty leaves what is known.

use std::collections::HashMap;

use documents::sheet::{At, LocationKind, LocationRow, PartnerKind as KindOfPartner, PartnerRow};
use domain::{
    Fact, PartnerId, PlaceId, PlaceKind, Refusal,
    partner::{Partner, PartnerKind},
    place::{Place, Route},
    shelf_life::{LifeRule, PPM},
};
use rust_decimal::{Decimal, prelude::ToPrimitive};
use uuid::Uuid;

use crate::{
    Error,
    goods::refuse_place,
    importing::{codes::PlaceCodes, problems::message, run::Import},
};

/// How many rows are new, change something, or say what is known.
#[derive(Default)]
struct Tally {
    new: usize,
    changed: usize,
    same: usize,
}

impl Tally {
    /// Counts a row; whether there is anything to keep.
    fn keeps<T: PartialEq>(&mut self, before: Option<&T>, now: &T) -> bool {
        match before {
            None => self.new += 1,
            Some(before) if before == now => self.same += 1,
            Some(_) => self.changed += 1,
        }
        before != Some(now)
    }

    fn tell(&self, import: &mut Import, what: &str) {
        for (ending, count) in [("new", self.new), ("changed", self.changed), ("same", self.same)] {
            import.count(&format!("import.effect.{what}_{ending}"), count);
        }
    }
}

pub(super) fn locations(import: &mut Import, rows: &[(At, LocationRow)]) -> Result<(), Error> {
    if rows.is_empty() {
        return Ok(());
    }
    let known = PlaceCodes::load(import.writer)?;
    let mut tally = Tally::default();
    let mut kept = Vec::new();
    for (at, row) in rows {
        let before = known.find(&row.code).ok();
        let id = before.map_or_else(|| PlaceId(Uuid::now_v7()), |(id, _)| id);
        let place = described(before.map(|(_, place)| place), row);
        if let Err(refusal) = place.check() {
            import.error(*at, rule_field(&refusal), || message(refusal));
        } else if let Err(error) = refuse_place(import.writer, id, &place) {
            import.error(*at, Some("kind"), || message(error));
        } else if tally.keeps(before.map(|(_, place)| place), &place) {
            kept.push((id, place));
        }
    }
    if import.problems.stop() {
        return Ok(());
    }
    tally.tell(import, "locations");
    for (id, place) in kept {
        let entry = import.described(Fact::PlaceSet { id, place: Box::new(place) }, None);
        import.post(entry)?;
    }
    Ok(())
}

fn rule_field(refusal: &Refusal) -> Option<&'static str> {
    matches!(refusal, Refusal::CodeMissing { .. }).then_some("code")
}

/// The place as the row describes it. Goods are sold out of a new place when it is a platform's or
/// a consignee's.
fn described(known: Option<&Place>, row: &LocationRow) -> Place {
    let kind = match row.kind {
        LocationKind::Own => PlaceKind::Own,
        LocationKind::Platform => PlaceKind::Platform,
        LocationKind::Factory => PlaceKind::Factory,
        LocationKind::Consignee => PlaceKind::Consignee,
    };
    let sells = matches!(kind, PlaceKind::Platform | PlaceKind::Consignee);
    let (rule, route) = known
        .map_or((LifeRule::default(), Route::default()), |place| (place.life_rule, place.route));
    let days = |given: Option<u32>, before: i64| given.map_or(before, i64::from);
    Place {
        code: row.code.clone(),
        name: row.name.clone(),
        kind,
        sells: known.map_or(sells, |place| place.sells),
        live_from: row.live_from.or(known.and_then(|place| place.live_from)),
        address: row
            .address
            .clone()
            .or_else(|| known.map(|place| place.address.clone()))
            .unwrap_or_default(),
        life_rule: LifeRule {
            min_share_ppm: row.min_life_share.map(ppm).or(rule.min_share_ppm),
            min_days: row.min_life_days.map(i64::from).or(rule.min_days),
            pull_days: days(row.pull_days, rule.pull_days),
        },
        route: Route {
            transit_days_p90: days(row.transit_days_p90, route.transit_days_p90),
            receive_lag_days_p90: days(row.receive_lag_days_p90, route.receive_lag_days_p90),
            review_days: days(row.review_days, route.review_days),
            target_cover_days: days(row.target_cover_days, route.target_cover_days),
        },
        partner: known.and_then(|place| place.partner),
    }
}

/// A share of at most six decimals in ppm; the check of the place refuses one beyond the whole.
fn ppm(share: Decimal) -> i64 {
    share.checked_mul(Decimal::from(PPM)).and_then(|ppm| ppm.to_i64()).unwrap_or(i64::MAX)
}

pub(super) fn partners(import: &mut Import, rows: &[(At, PartnerRow)]) -> Result<(), Error> {
    if rows.is_empty() {
        return Ok(());
    }
    let known = import.writer.partners()?.into_iter();
    let known: HashMap<String, (PartnerId, Partner)> =
        known.map(|(id, one)| (one.code.clone(), (id, one))).collect();
    let mut tally = Tally::default();
    let mut kept = Vec::new();
    for (at, row) in rows {
        let before = known.get(&row.code);
        let partner = partner(before.map(|(_, one)| one), row);
        if let Err(refusal) = partner.check() {
            import.error(*at, Some("name"), || message(refusal));
        } else if tally.keeps(before.map(|(_, one)| one), &partner) {
            let id = before.map_or_else(|| PartnerId(Uuid::now_v7()), |(id, _)| *id);
            kept.push((id, partner));
        }
    }
    if import.problems.stop() {
        return Ok(());
    }
    tally.tell(import, "partners");
    for (id, partner) in kept {
        let entry = import.described(Fact::PartnerSet { id, partner }, None);
        import.post(entry)?;
    }
    Ok(())
}

fn partner(known: Option<&Partner>, row: &PartnerRow) -> Partner {
    let kind = match row.kind {
        KindOfPartner::Factory => PartnerKind::Factory,
        KindOfPartner::PackagingSupplier => PartnerKind::PackagingSupplier,
        KindOfPartner::Platform => PartnerKind::Platform,
        KindOfPartner::Carrier => PartnerKind::Carrier,
        KindOfPartner::Clearance => PartnerKind::Clearance,
        KindOfPartner::Distributor => PartnerKind::Distributor,
    };
    let text = |given: &Option<String>, before: fn(&Partner) -> &String| {
        given.clone().or_else(|| known.map(|one| before(one).clone())).unwrap_or_default()
    };
    Partner {
        code: row.code.clone(),
        name: row.name.clone(),
        kind,
        tax_no: text(&row.credit_code, |one| &one.tax_no),
        address: text(&row.address, |one| &one.address),
        contact: text(&row.contact, |one| &one.contact),
        phone: known.map(|one| one.phone.clone()).unwrap_or_default(),
        licences: known.map(|one| one.licences.clone()).unwrap_or_default(),
    }
}
