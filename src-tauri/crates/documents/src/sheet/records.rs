//! Puts the fields of one row together per kind, with the rules between them. Knows field ids and
//! row-local rules only.

use super::extract::Reader;
use super::fields::Kind;
use super::number::{self, Fault, LifeUnit};
use super::rows::{
    AliasRow, GoodsRow, LocationRow, OpeningRow, PartnerRow, PriceRow, Record, SaleRow,
};
use super::values;
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// Reads the current row. None when a required field is missing or wrong; the reader has noted it.
pub(super) fn read(reader: &mut Reader<'_>, kind: Kind) -> Option<Record> {
    match kind {
        Kind::Goods => goods(reader).map(|row| Record::Goods(Box::new(row))),
        Kind::Aliases => alias(reader).map(Record::Alias),
        Kind::Locations => location(reader).map(|row| Record::Location(Box::new(row))),
        Kind::OpeningStock => opening(reader).map(|row| Record::Opening(Box::new(row))),
        Kind::Sales => sale(reader).map(Record::Sale),
        Kind::Prices => price(reader).map(|row| Record::Price(Box::new(row))),
        Kind::Partners => partner(reader).map(|row| Record::Partner(Box::new(row))),
    }
}

fn money(reader: &mut Reader<'_>, id: &'static str) -> Option<Decimal> {
    reader.take(id, values::money)
}

fn count(reader: &mut Reader<'_>, id: &'static str) -> Option<u32> {
    reader.take(id, |cell, _| number::count(&values::number_text(cell)?))
}

fn date(reader: &mut Reader<'_>, id: &'static str) -> Option<NaiveDate> {
    reader.take(id, |cell, reading| values::date(cell, reading.date_system))
}

fn goods(reader: &mut Reader<'_>) -> Option<GoodsRow> {
    let (sku, name_zh) = (reader.code("sku"), reader.text("name_zh"));
    let row = GoodsRow {
        name_en: reader.text("name_en"),
        brand: reader.text("brand"),
        category: reader.text("category"),
        spec: reader.text("spec"),
        gtin: reader.code("gtin"),
        unit: reader.text("unit"),
        pcs_per_carton: count(reader, "pcs_per_carton"),
        carton_cm: carton(reader),
        carton_gross_kg: reader.take("carton_gross", |cell, reading| {
            number::weight_kg(&values::number_text(cell)?, reading.head_unit)
        }),
        shelf_life: shelf_life(reader),
        factory: reader.text("factory"),
        unit_cost: money(reader, "unit_cost"),
        list_price: money(reader, "list_price"),
        floor_price: money(reader, "floor_price"),
        moq: reader.take("moq", values::quantity),
        sku: sku?,
        name_zh: name_zh?,
    };
    if row.pcs_per_carton == Some(0) {
        reader.refuse("pcs_per_carton", Fault::new("import.number_zero"));
    }
    if let (Some(floor), Some(list)) = (row.floor_price, row.list_price)
        && floor > list
    {
        let fault = Fault::new("import.floor_above_list").with("list", list).with("floor", floor);
        reader.refuse("floor_price", fault);
    }
    reader.unique(&row.sku).then_some(row)
}

/// Sides in one cell or in three; some but not all is a mistake.
fn carton(reader: &mut Reader<'_>) -> Option<[Decimal; 3]> {
    let joined = reader.take("carton_dims", |cell, reading| {
        number::dimensions_cm(&values::number_text(cell)?, reading.head_unit)
    });
    let sides = ["carton_length", "carton_width", "carton_height"].map(|id| {
        let side = reader.take(id, |cell, reading| {
            number::length_cm(&values::number_text(cell)?, reading.head_unit)
        });
        (id, side)
    });
    if joined.is_some() {
        return joined;
    }
    if let [(_, Some(length)), (_, Some(width)), (_, Some(height))] = sides {
        return Some([length, width, height]);
    }
    if sides.iter().any(|(_, side)| side.is_some()) {
        let missing = sides.iter().find(|(_, side)| side.is_none());
        let (id, _) = missing.unwrap_or(&sides[0]);
        reader.refuse(id, Fault::new("import.dimensions_incomplete"));
    }
    None
}

fn shelf_life(reader: &mut Reader<'_>) -> Option<number::Life> {
    let months = reader
        .take("shelf_life_months", |cell, reading| values::life(cell, reading, LifeUnit::Month));
    let days =
        reader.take("shelf_life_days", |cell, reading| values::life(cell, reading, LifeUnit::Day));
    if months.is_some() && days.is_some() && months != days {
        reader.refuse("shelf_life_days", Fault::new("import.shelf_life_twice"));
    }
    months.or(days)
}

fn alias(reader: &mut Reader<'_>) -> Option<AliasRow> {
    let (sku, whose, code) = (reader.code("sku"), reader.text("whose"), reader.code("code"));
    let row = AliasRow { sku: sku?, whose: whose?, code: code? };
    reader.unique(&joined(&[&row.whose, &row.code])).then_some(row)
}

fn location(reader: &mut Reader<'_>) -> Option<LocationRow> {
    let (code, name) = (reader.code("code"), reader.text("name"));
    let kind = reader.take("kind", |cell, _| values::location_kind(cell));
    let row = LocationRow {
        live_from: date(reader, "live_from"),
        min_life_share: reader
            .take("min_life_share", |cell, _| number::share(&values::share_text(cell)?)),
        min_life_days: count(reader, "min_life_days"),
        transit_days_p90: count(reader, "transit_days_p90"),
        receive_lag_days_p90: count(reader, "receive_lag_days_p90"),
        review_days: count(reader, "review_days"),
        target_cover_days: count(reader, "target_cover_days"),
        pull_days: count(reader, "pull_days"),
        address: reader.text("address"),
        code: code?,
        name: name?,
        kind: kind?,
    };
    reader.unique(&row.code).then_some(row)
}

fn opening(reader: &mut Reader<'_>) -> Option<OpeningRow> {
    let (place, sku) = (reader.code("place"), reader.code("sku"));
    let lot = reader.code("lot");
    let mfg_on = date(reader, "mfg_on");
    let expires_on =
        reader.take("expires_on", |cell, reading| values::month_or_date(cell, reading.date_system));
    let qty = reader.take("qty", values::quantity);
    let unit_cost = money(reader, "unit_cost");
    let status = reader.take("status", |cell, _| values::stock_status(cell));
    let received_on = date(reader, "received_on");
    if let (Some(mfg), Some(expiry)) = (mfg_on, expires_on)
        && expiry.last_day() <= mfg
    {
        let fault = Fault::new("import.expiry_before_manufacture");
        reader.refuse("expires_on", fault.with("mfg", mfg).with("expiry", expiry));
    }
    if let (Some(mfg), Some(received)) = (mfg_on, received_on)
        && received < mfg
    {
        let fault = Fault::new("import.received_before_manufacture");
        reader.refuse("received_on", fault.with("mfg", mfg).with("received", received));
    }
    let (place, sku, qty) = (place?, sku?, qty?);
    let row =
        OpeningRow { place, sku, lot, mfg_on, expires_on, qty, unit_cost, status, received_on };
    let expiry = row.expires_on.map(|on| on.to_string()).unwrap_or_default();
    let status = row.status.map(|status| format!("{status:?}")).unwrap_or_default();
    let lot = row.lot.as_deref().unwrap_or_default();
    let key = joined(&[&row.place, &row.sku, lot, &expiry, &status]);
    reader.unique(&key).then_some(row)
}

fn sale(reader: &mut Reader<'_>) -> Option<SaleRow> {
    let on = reader.take("date", |cell, reading| values::month_or_date(cell, reading.date_system));
    let (place, sku) = (reader.code("place"), reader.code("sku"));
    let units = reader.take("units", values::quantity);
    let listing = reader.code("listing");
    let (net, gross) = (money(reader, "net_amount"), money(reader, "gross_amount"));
    let tax_rate = reader.take("tax_rate", |cell, _| values::tax_rate(cell));
    let (on, place, sku, units) = (on?, place?, sku?, units?);
    let row = SaleRow { on, place, sku, units, listing, net, gross, tax_rate };
    reader.unique(&sale_key(&row)).then_some(row)
}

/// What may stand once in a file of sales.
pub(super) fn sale_key(row: &SaleRow) -> String {
    let listing = row.listing.as_deref().unwrap_or_default();
    joined(&[&row.on.to_string(), &row.place, &row.sku, listing])
}

fn partner(reader: &mut Reader<'_>) -> Option<PartnerRow> {
    let (code, name) = (reader.code("code"), reader.text("name"));
    let kind = reader.take("kind", |cell, _| values::partner_kind(cell));
    let row = PartnerRow {
        credit_code: reader.code("credit_code"),
        address: reader.text("address"),
        contact: reader.text("contact"),
        code: code?,
        name: name?,
        kind: kind?,
    };
    reader.unique(&row.code).then_some(row)
}

fn price(reader: &mut Reader<'_>) -> Option<PriceRow> {
    let (channel, sku) = (reader.code("channel"), reader.code("sku"));
    let (price, floor_price) = (money(reader, "price"), money(reader, "floor_price"));
    let (from, to) = (date(reader, "from"), date(reader, "to"));
    let (reason, source) = (reader.text("reason"), reader.text("source"));
    let row = PriceRow {
        channel: channel?,
        sku: sku?,
        price: price?,
        floor_price,
        from: from?,
        to,
        reason,
        source,
    };
    reader.unique(&joined(&[&row.channel, &row.sku, &row.from.to_string()])).then_some(row)
}

/// Parts of a key; the separator cannot stand in a tidied cell by hand.
fn joined(parts: &[&str]) -> String {
    parts.join("\u{1f}")
}
