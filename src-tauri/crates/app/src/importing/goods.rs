//! Goods, their prices and others' codes for them.
//!
//! A cell that is empty leaves what is known; a row that says what is known changes nothing.

use std::collections::{BTreeMap, HashMap};

use documents::sheet::{AliasRow, At, GoodsRow, LifeUnit};
use domain::{
    Fact, MoneyPart, Refusal, SkuId,
    shelf_life::ShelfLife,
    sku::{Alias, CartonPack, Sku, SkuPrice},
};
use rust_decimal::{Decimal, RoundingStrategy, prelude::ToPrimitive};
use uuid::Uuid;

use crate::{
    Error,
    goods::{book_currency, check_gtin},
    importing::{codes::GoodsCodes, problems::message, run::Import},
    wire::Message,
};

/// The most decimals of a price.
const PRICE_DECIMALS: u32 = 6;

/// A row as it is to be kept.
struct Kept {
    id: SkuId,
    /// The description, when it is new or changed.
    sku: Option<Sku>,
    new: bool,
    price: Option<SkuPrice>,
}

pub(super) fn goods(import: &mut Import, rows: &[(At, GoodsRow)]) -> Result<(), Error> {
    if rows.is_empty() {
        return Ok(());
    }
    let known = GoodsCodes::load(import.writer)?;
    let prices = import.writer.sku_prices()?.into_iter().map(|(id, _, price)| (id, price));
    let prices: HashMap<SkuId, SkuPrice> = prices.collect();
    let mut gtins = gtins(&known);
    let mut kept = Vec::new();
    for (at, row) in rows {
        check(import, &known, &mut gtins, *at, row);
        let before = known.own(&row.sku).map(|id| (id, known.sku(id)));
        match described(before.map(|(_, sku)| sku), row) {
            Err(refusal) => import.error(*at, field_of(&refusal), || message(refusal)),
            Ok(sku) => kept.push(keep(before, sku, row, &prices)),
        }
    }
    if import.problems.stop() {
        return Ok(());
    }
    tell(import, &kept);
    post(import, kept)
}

fn keep(
    before: Option<(SkuId, &Sku)>,
    sku: Sku,
    row: &GoodsRow,
    prices: &HashMap<SkuId, SkuPrice>,
) -> Kept {
    let id = before.map_or_else(|| SkuId(Uuid::now_v7()), |(id, _)| id);
    let old = prices.get(&id).copied();
    let base = old.unwrap_or_default();
    let price = SkuPrice {
        unit_cost: row.unit_cost.or(base.unit_cost),
        list_price: row.list_price.or(base.list_price),
        floor_price: row.floor_price.or(base.floor_price),
    };
    Kept {
        id,
        new: before.is_none(),
        sku: before.is_none_or(|(_, known)| *known != sku).then_some(sku),
        price: (price != base).then_some(price),
    }
}

fn tell(import: &mut Import, kept: &[Kept]) {
    let new = kept.iter().filter(|one| one.new).count();
    let changed = kept.iter().filter(|one| !one.new && one.sku.is_some()).count();
    let priced = kept.iter().filter(|one| one.price.is_some()).count();
    let same = kept.iter().filter(|one| one.sku.is_none() && one.price.is_none()).count();
    import.count("import.effect.goods_new", new);
    import.count("import.effect.goods_changed", changed);
    import.count("import.effect.prices_set", priced);
    import.count("import.effect.goods_same", same);
}

fn post(import: &mut Import, kept: Vec<Kept>) -> Result<(), Error> {
    let currency = book_currency(import.writer)?;
    let total = kept.len();
    for (done, Kept { id, sku, price, .. }) in kept.into_iter().enumerate() {
        import.step("import.post", done, total)?;
        if let Some(sku) = sku {
            let entry = import.described(Fact::SkuSet { id, sku: Box::new(sku) }, None);
            import.post(entry)?;
        }
        if let Some(price) = price {
            let money = MoneyPart { price: Some(price), ..MoneyPart::new(currency) };
            let entry = import.described(Fact::SkuPriced { id }, Some(money));
            import.post(entry)?;
        }
    }
    Ok(())
}

/// Barcodes by whose goods carry them.
fn gtins(known: &GoodsCodes) -> HashMap<String, String> {
    let with = known.all().filter_map(|(_, sku)| Some((sku.gtin.clone()?, sku.code.clone())));
    with.collect()
}

/// What no single row can know of itself.
fn check(
    import: &mut Import,
    known: &GoodsCodes,
    gtins: &mut HashMap<String, String>,
    at: At,
    row: &GoodsRow,
) {
    if let Some(gtin) = &row.gtin {
        if let Err(error) = check_gtin(gtin) {
            import.error(at, Some("gtin"), || message(error));
        }
        let carrier = gtins.entry(gtin.clone()).or_insert_with(|| row.sku.clone());
        if *carrier != row.sku {
            let args = [("gtin", gtin.as_str().into()), ("sku", carrier.as_str().into())];
            import.warning(at, Some("gtin"), || Message::new("import.gtin_shared", args));
        }
    }
    if known.own(&row.sku).is_none()
        && let Some(other) = known.others(&row.sku, None).first()
    {
        let sku = known.sku(*other).code.as_str();
        let args = [("code", row.sku.as_str().into()), ("sku", sku.into())];
        import.warning(at, Some("sku"), || Message::new("import.code_is_alias", args));
    }
    let prices = [
        ("unit_cost", row.unit_cost),
        ("list_price", row.list_price),
        ("floor_price", row.floor_price),
    ];
    for (field, price) in prices {
        check_decimals(import, at, field, price);
    }
}

/// A price of more than six decimals is refused, never rounded.
pub(super) fn check_decimals(import: &mut Import, at: At, field: &str, price: Option<Decimal>) {
    if let Some(price) = price.filter(|price| price.normalize().scale() > PRICE_DECIMALS) {
        let args = [("value", price.to_string().into())];
        import.error(at, Some(field), || Message::new("price.invalid", args));
    }
}

/// The cell that a refusal of goods speaks of.
fn field_of(refusal: &Refusal) -> Option<&'static str> {
    match refusal {
        Refusal::CartonInvalid { .. } => Some("pcs_per_carton"),
        Refusal::ShelfLifeInvalid { .. } => Some("shelf_life_months"),
        Refusal::NameMissing { .. } => Some("name_zh"),
        Refusal::CodeMissing { .. } => Some("sku"),
        _ => None,
    }
}

/// The goods as the row describes them, over what is known of them.
fn described(known: Option<&Sku>, row: &GoodsRow) -> Result<Sku, Refusal> {
    let mut sku = known.cloned().unwrap_or_default();
    sku.code.clone_from(&row.sku);
    sku.name_zh.clone_from(&row.name_zh);
    let texts = [
        (&mut sku.name_en, &row.name_en),
        (&mut sku.brand, &row.brand),
        (&mut sku.category, &row.category),
        (&mut sku.spec, &row.spec),
        (&mut sku.unit, &row.unit),
    ];
    for (text, given) in texts {
        if let Some(given) = given {
            text.clone_from(given);
        }
    }
    if row.gtin.is_some() {
        sku.gtin.clone_from(&row.gtin);
    }
    if let Some(life) = row.shelf_life {
        sku.shelf_life = Some(match life.unit {
            LifeUnit::Day => ShelfLife::Days(life.count),
            LifeUnit::Month => ShelfLife::Months(life.count),
        });
    }
    sku.carton = carton(sku.carton, row)?;
    sku.check()?;
    Ok(sku)
}

/// The carton over what is known of it; sizes alone make none.
fn carton(known: Option<CartonPack>, row: &GoodsRow) -> Result<Option<CartonPack>, Refusal> {
    let given =
        row.pcs_per_carton.is_some() || row.carton_cm.is_some() || row.carton_gross_kg.is_some();
    if !given {
        return Ok(known);
    }
    let units = row.pcs_per_carton.map(i64::from).or(known.map(|pack| pack.units));
    let units = units.ok_or_else(|| Refusal::CartonInvalid { code: row.sku.clone() })?;
    let sizes = row.carton_cm.map(|sides| sides.map(|side| thousandths(side, 10)));
    let [length_mm, width_mm, height_mm] = sizes.unwrap_or_else(|| {
        known.map_or([None; 3], |pack| [pack.length_mm, pack.width_mm, pack.height_mm])
    });
    let gross_g = row.carton_gross_kg.and_then(|kg| thousandths(kg, 1_000));
    let gross_g = gross_g.or(known.and_then(|pack| pack.gross_g));
    Ok(Some(CartonPack { units, length_mm, width_mm, height_mm, gross_g }))
}

/// A measure in a unit that is `factor` times smaller, rounded half up.
fn thousandths(measure: Decimal, factor: i64) -> Option<i64> {
    let small = measure.checked_mul(Decimal::from(factor))?;
    small.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero).to_i64()
}

pub(super) fn aliases(import: &mut Import, rows: &[(At, AliasRow)]) -> Result<(), Error> {
    if rows.is_empty() {
        return Ok(());
    }
    let known = GoodsCodes::load(import.writer)?;
    let mut changed: BTreeMap<SkuId, Sku> = BTreeMap::new();
    let (mut new, mut same) = (0, 0);
    for (at, row) in rows {
        let id = match known.find(&row.sku, Some(&row.whose)) {
            Ok(id) => id,
            Err(text) => {
                import.error(*at, Some("sku"), || text);
                continue;
            }
        };
        let users = known.others(&row.code, Some(&row.whose));
        if users.contains(&id) {
            same += 1;
        } else if users.is_empty() {
            new += 1;
            let sku = changed.entry(id).or_insert_with(|| known.sku(id).clone());
            sku.aliases.push(Alias { whose: row.whose.clone(), code: row.code.clone() });
        } else {
            let code = format!("{} {}", row.whose, row.code);
            let taken = Refusal::CodeTaken { what: "alias".into(), code };
            import.error(*at, Some("code"), || message(taken));
        }
    }
    if import.problems.stop() {
        return Ok(());
    }
    import.count("import.effect.aliases_new", new);
    import.count("import.effect.aliases_same", same);
    for (id, sku) in changed {
        let entry = import.described(Fact::SkuSet { id, sku: Box::new(sku) }, None);
        import.post(entry)?;
    }
    Ok(())
}
