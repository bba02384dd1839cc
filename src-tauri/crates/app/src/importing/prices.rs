//! Price lists of channels.
//!
//! A row with the channel, goods and first day of a price that is known changes that price; a row
//! that says what is known changes nothing.

use std::collections::HashMap;

use documents::sheet::{At, PriceRow};
use domain::channel::ChannelPrice;

use crate::{
    Error,
    channels::{self, BelowCostWord, ChannelPriceRow, PricesOf, SavePrice},
    importing::{
        codes::{GoodsCodes, unknown_code},
        problems::message,
        run::Import,
    },
    wire::{Day, Id, Message, UnitPrice},
};

pub(super) fn prices(import: &mut Import, rows: &[(At, PriceRow)]) -> Result<(), Error> {
    if rows.is_empty() {
        return Ok(());
    }
    let goods = GoodsCodes::load(import.writer)?;
    let sold = channels::channels(import.writer)?.into_iter();
    let sold: HashMap<String, Id> = sold.map(|one| (one.channel.code, Id(one.id))).collect();
    let known =
        channels::price_rows(import.writer, &PricesOf::default(), import.call.session.today)?;
    let mut entries = Vec::new();
    let mut set: Vec<ChannelPrice> = Vec::new();
    let (mut new, mut changed, mut same) = (0, 0, 0);
    for (at, row) in rows {
        let Some(wanted) = wanted(import, (&goods, &sold), *at, row) else { continue };
        let twin = known.iter().find(|one| {
            (one.channel, one.sku, one.from) == (wanted.channel, wanted.sku, wanted.from)
        });
        match twin {
            Some(twin) if says(twin, &wanted) => {
                same += 1;
                continue;
            }
            Some(_) => changed += 1,
            None => new += 1,
        }
        let wanted = SavePrice { id: twin.map(|one| one.id), ..wanted };
        match channels::price_entry(import.call, import.writer, &wanted, &set) {
            Ok(entry) => {
                if let domain::Fact::PriceSet { price, .. } = &entry.body.fact {
                    set.push((**price).clone());
                }
                entries.push(entry);
            }
            Err(error) => import.error(*at, Some("price"), || message(error)),
        }
    }
    if import.problems.stop() {
        return Ok(());
    }
    import.count("import.effect.channel_prices_new", new);
    import.count("import.effect.channel_prices_changed", changed);
    import.count("import.effect.channel_prices_same", same);
    let total = entries.len();
    for (done, entry) in entries.into_iter().enumerate() {
        import.step("import.post", done, total)?;
        import.post(entry)?;
    }
    Ok(())
}

/// What a row asks for; nothing when one of its cells stands against it.
fn wanted(
    import: &mut Import,
    (goods, sold): (&GoodsCodes, &HashMap<String, Id>),
    at: At,
    row: &PriceRow,
) -> Option<SavePrice> {
    let channel = sold.get(&row.channel).copied();
    if channel.is_none() {
        import.error(at, Some("channel"), || unknown_code("channel", &row.channel, sold.keys()));
    }
    let sku = goods.find(&row.sku, None).map_err(|text| import.error(at, Some("sku"), || text));
    let reason = row.reason.as_deref().map(reason).transpose();
    let reason = reason.map_err(|text| import.error(at, Some("reason"), || text));
    let text = |price: rust_decimal::Decimal| UnitPrice(price.normalize().to_string());
    Some(SavePrice {
        id: None,
        channel: channel?,
        sku: Id(sku.ok()?.0),
        price: text(row.price),
        floor_price: row.floor_price.map(text),
        from: Day(row.from),
        to: row.to.map(Day),
        source: row.source.clone().unwrap_or_default(),
        below_cost: reason.ok()?,
    })
}

/// The reason that a cell gives.
fn reason(cell: &str) -> Result<BelowCostWord, Message> {
    match cell.trim().to_lowercase().as_str() {
        "overstock" | "积压" | "积压商品" => Ok(BelowCostWord::Overstock),
        "seasonal" | "季节性" | "季节性商品" => Ok(BelowCostWord::Seasonal),
        "near_expiry" | "near expiry" | "临期" | "临期商品" => Ok(BelowCostWord::NearExpiry),
        _ => Err(Message::new("import.reason_unknown", [])),
    }
}

/// Whether a price that is kept says what is wanted.
fn says(kept: &ChannelPriceRow, wanted: &SavePrice) -> bool {
    (kept.price.as_ref(), &kept.floor_price, kept.to, &kept.source, kept.below_cost)
        == (Some(&wanted.price), &wanted.floor_price, wanted.to, &wanted.source, wanted.below_cost)
}
