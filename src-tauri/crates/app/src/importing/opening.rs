//! Opening stock: what lay at each place on the day it went live.
//!
//! A row says a level: what is opened already is not opened again, and a lot that was opened with
//! another quantity is refused until that import is taken back.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use chrono::NaiveDate;
use documents::sheet::{At, MonthOrDate, OpeningRow, StockStatus};
use domain::{
    Currency, LotId, Money, PlaceId, Reason, Refusal, SkuId, Status,
    lot::{LifeDiffers, complete_dates},
    opening::{LotBook, OpeningAt, OpeningLine, open},
    place::Place,
    shelf_life::{Dates, ShelfLife},
};

use crate::suspense::next_settlement;
use crate::{
    Error,
    goods::book_currency,
    importing::{
        LINES_MAX,
        codes::{GoodsCodes, PlaceCodes},
        goods::check_decimals,
        problems::message,
        run::{Import, number},
    },
    wire::Message,
};

/// A row that names goods and a place that is live.
struct Line<'a> {
    at: At,
    place: (PlaceId, &'a Place),
    given: OpeningLine,
    /// Its lot, once the dates were found right.
    lot: Option<LotId>,
}

impl Line<'_> {
    /// What is opened once only.
    fn slot(&self) -> Option<(PlaceId, LotId, Status)> {
        Some((self.place.0, self.lot?, self.given.status))
    }
}

pub(super) fn opening(import: &mut Import, rows: &[(At, OpeningRow)]) -> Result<(), Error> {
    if rows.is_empty() {
        return Ok(());
    }
    let goods = GoodsCodes::load(import.writer)?;
    let places = PlaceCodes::load(import.writer)?;
    let mut lines: Vec<Line> = Vec::new();
    for (at, row) in rows {
        lines.extend(line(import, &goods, &places, *at, row));
    }
    let skus: BTreeSet<SkuId> = lines.iter().map(|line| line.given.sku).collect();
    let known = import.writer.known_lots(&skus.into_iter().collect::<Vec<_>>())?;
    let known_ids: HashSet<LotId> = known.iter().map(|lot| lot.id).collect();
    let mut book = LotBook::new(known);
    let currency = book_currency(import.writer)?;
    for (done, line) in lines.iter_mut().enumerate() {
        if done % 1_000 == 0 {
            import.step("import.check", done, rows.len())?;
        }
        check_lot(import, &mut book, currency, line);
    }
    let open_now = compare(import, currency, &lines)?;
    if import.problems.stop() {
        return Ok(());
    }
    let same = lines.len();
    lines.retain(|line| line.slot().is_some_and(|slot| open_now.contains(&slot)));
    tell(import, &lines, &known_ids, same - lines.len());
    post(import, &lines, &mut book, currency)
}

/// The line that a row makes; notes what is wrong with its codes and its place.
fn line<'a>(
    import: &mut Import,
    goods: &GoodsCodes,
    places: &'a PlaceCodes,
    at: At,
    row: &OpeningRow,
) -> Option<Line<'a>> {
    let place = places.find(&row.place).map_err(|text| import.error(at, Some("place"), || text));
    let sku = goods
        .find(&row.sku, Some(&row.place))
        .map_err(|text| import.error(at, Some("sku"), || text));
    let (Ok(place), Ok(sku)) = (place, sku) else { return None };
    check_decimals(import, at, "unit_cost", row.unit_cost);
    let code = row.place.clone();
    let today = import.call.session.today;
    match place.1.live_from {
        None => {
            import.error(at, Some("place"), || message(Refusal::PlaceNotLive { code }));
            return None;
        }
        Some(day) if day > today => {
            import.error(at, Some("place"), || message(Refusal::DayInFuture { day, today }));
            return None;
        }
        Some(_) => {}
    }
    let described = goods.sku(sku);
    let given = OpeningLine {
        sku,
        sku_code: described.code.clone(),
        life: described.shelf_life,
        lot_no: row.lot.clone(),
        dates: dates(row, described.shelf_life),
        qty: row.qty,
        status: status(row.status),
        unit_cost: row.unit_cost,
        received_on: row.received_on,
    };
    Some(Line { at, place, given, lot: None })
}

fn status(given: Option<StockStatus>) -> Status {
    match given {
        None | Some(StockStatus::Good) => Status::Good,
        Some(StockStatus::Quarantine) => Status::Quarantine,
        Some(StockStatus::Blocked) => Status::Blocked,
        Some(StockStatus::Defective) => Status::Defective,
    }
}

/// The dates as given. Of an expiry of which only the month is known, the day is the one that
/// manufacture and shelf life give when it lies in that month, else the first: no place is
/// promised life that the goods may not have.
fn dates(row: &OpeningRow, life: Option<ShelfLife>) -> Dates {
    let within = |month: MonthOrDate| {
        let computed: NaiveDate = life?.expires_on(row.mfg_on?)?;
        (month.first_day()..=month.last_day()).contains(&computed).then_some(computed)
    };
    let expires_on = row.expires_on.map(|on| match on {
        MonthOrDate::Date(day) => day,
        month @ MonthOrDate::Month { .. } => within(month).unwrap_or_else(|| month.first_day()),
    });
    Dates { mfg_on: row.mfg_on, expires_on }
}

/// Finds the line's lot by the very rules that post it, and notes what they refuse.
fn check_lot(import: &mut Import, book: &mut LotBook, currency: Currency, line: &mut Line) {
    let given = &line.given;
    if let Some(lot_no) = &given.lot_no
        && book.find(given.sku, lot_no).is_none()
        && let Ok((_, Some(LifeDiffers { days }))) =
            complete_dates(&given.sku_code, lot_no, given.dates, given.life, &Reason::default())
    {
        let args = [("lot", lot_no.as_str().into()), ("days", days.into())];
        import.warning(line.at, Some("expires_on"), || Message::new("import.lot_life_near", args));
    }
    let (place, described) = line.place;
    let at = OpeningAt { place, described, currency, batch: None };
    match open(&at, std::slice::from_ref(given), book, &mut uuid::Uuid::now_v7) {
        Ok(entry) => line.lot = entry.body.moves.first().map(|one| one.lot),
        Err(refusal) => {
            let field = field_of(&refusal, given.dates);
            import.error(line.at, Some(field), || message(refusal));
        }
    }
}

/// The cell that a refusal of opening stock speaks of.
fn field_of(refusal: &Refusal, given: Dates) -> &'static str {
    match refusal {
        Refusal::LotNumberInvalid { .. } => "lot",
        Refusal::QuantityInvalid { .. } => "qty",
        Refusal::CostInvalid { .. } | Refusal::AmountTooLarge { .. } => "unit_cost",
        Refusal::PlaceNotLive { .. } => "place",
        Refusal::LotDatesConflict { given: differs, .. }
            if *differs != given.expires_on && *differs == given.mfg_on =>
        {
            "mfg_on"
        }
        _ => "expires_on",
    }
}

/// The slots that are still to be opened. A slot that was opened with other units, or at another
/// cost, is an error at its first row.
fn compare(
    import: &mut Import,
    currency: Currency,
    lines: &[Line],
) -> Result<BTreeSet<(PlaceId, LotId, Status)>, Error> {
    let mut wanted: BTreeMap<(PlaceId, LotId), BTreeMap<Status, Vec<&Line>>> = BTreeMap::new();
    for line in lines {
        if let Some((place, lot, status)) = line.slot() {
            wanted.entry((place, lot)).or_default().entry(status).or_default().push(line);
        }
    }
    let mut open_now = BTreeSet::new();
    for ((place, lot), by_status) in wanted {
        let mut known = Vec::new();
        for (status, lines) in by_status {
            let opened = import.writer.opened_units(place, lot, status)?;
            let given = lines.iter().fold(0_i64, |sum, line| sum.saturating_add(line.given.qty));
            if opened == 0 {
                open_now.insert((place, lot, status));
            } else if opened == given {
                known.extend(lines);
            } else {
                differs(import, lines[0], opened, given);
            }
        }
        compare_cost(import, currency, (place, lot), &known)?;
    }
    Ok(open_now)
}

fn differs(import: &mut Import, first: &Line, opened: i64, given: i64) {
    let sku = first.given.sku_code.as_str();
    let args = [("sku", sku.into()), ("opened", opened.into()), ("given", given.into())];
    import.error(first.at, Some("qty"), || Message::new("import.opening_differs", args));
}

/// What is known with these units was opened at this cost too, as far as the file says one.
fn compare_cost(
    import: &mut Import,
    currency: Currency,
    (place, lot): (PlaceId, LotId),
    known: &[&Line],
) -> Result<(), Error> {
    let Some(first) = known.first() else { return Ok(()) };
    let mut given = 0_i64;
    for line in known {
        let Some(cost) = line.given.unit_cost else { return Ok(()) };
        let value = Money::of_units(cost, line.given.qty, currency)?;
        given = given.saturating_add(value.minor);
    }
    let units = known.iter().map(|line| line.given.qty).sum::<i64>();
    let (opened_units, opened) = import.writer.opened_value(place, lot)?;
    if opened_units == units && opened != given {
        let args = [("sku", first.given.sku_code.as_str().into())];
        import.error(first.at, Some("unit_cost"), || {
            Message::new("import.opening_cost_differs", args)
        });
    }
    Ok(())
}

fn tell(import: &mut Import, lines: &[Line], known: &HashSet<LotId>, same: usize) {
    let lots: BTreeSet<LotId> = lines.iter().filter_map(|line| line.lot).collect();
    let places: BTreeSet<PlaceId> = lines.iter().map(|line| line.place.0).collect();
    let units: i64 = lines.iter().map(|line| line.given.qty).sum();
    let without_cost: i64 =
        lines.iter().filter(|one| one.given.unit_cost.is_none()).map(|one| one.given.qty).sum();
    import
        .count("import.effect.lots_new", lots.difference(&known.iter().copied().collect()).count());
    if units > 0 {
        let args = [
            ("rows", number(lines.len()).into()),
            ("units", units.into()),
            ("places", number(places.len()).into()),
        ];
        import.effect(Message::new("import.effect.units_opened", args));
    }
    if without_cost > 0 {
        let args = [("units", without_cost.into())];
        import.effect(Message::new("import.effect.opened_without_cost", args));
    }
    if same > 0 {
        let args = [("rows", number(same).into())];
        import.effect(Message::new("import.effect.opening_same", args));
    }
}

fn post(
    import: &mut Import,
    lines: &[Line],
    book: &mut LotBook,
    currency: Currency,
) -> Result<(), Error> {
    let mut by_place: BTreeMap<PlaceId, (&Place, Vec<OpeningLine>)> = BTreeMap::new();
    for line in lines {
        let (id, place) = line.place;
        by_place.entry(id).or_insert((place, Vec::new())).1.push(line.given.clone());
    }
    let mut done = 0;
    let mut settled = 0;
    for (place, (described, given)) in by_place {
        let at = OpeningAt { place, described, currency, batch: Some(import.batch) };
        for chunk in given.chunks(LINES_MAX) {
            import.step("import.post", done, lines.len())?;
            import.post(open(&at, chunk, book, &mut uuid::Uuid::now_v7)?)?;
            done += chunk.len();
        }
        settled += settle(import, place, described.live_from)?;
    }
    if settled > 0 {
        let args = [("units", settled.into())];
        import.effect(Message::new("import.effect.suspense_settled", args));
    }
    Ok(())
}

/// Charges sales that were reported before the goods were known; how many units of them.
fn settle(import: &mut Import, place: PlaceId, live_from: Option<NaiveDate>) -> Result<i64, Error> {
    let Some(live_from) = live_from else { return Ok(0) };
    let mut units = 0;
    let next =
        |import: &Import| next_settlement(import.writer, place, live_from, &mut uuid::Uuid::now_v7);
    while let Some(entry) = next(import)? {
        let taken = entry.body.moves.iter().filter(|one| one.from.0 == place);
        units += taken.map(|one| one.qty).sum::<i64>();
        import.post(entry)?;
    }
    Ok(units)
}
