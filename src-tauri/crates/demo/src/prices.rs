//! What the goods cost on each platform, and the price that fell below what the brand allows.

use serde_json::json;

use crate::{
    production::{cents, parsed},
    stage::{Stage, on},
};

/// The platforms that ask for another price than the goods' own: whole percent of it.
const PERCENT: &[(&str, i64)] = &[("P2", 95), ("P5", 65)];
/// The platform on which a group pays so much of what one buyer pays alone.
const GROUP: (&str, i64) = ("P4", 90);
/// The goods that the group platform sells too cheaply: alone they cost so many cents there.
const BREACH: (&str, &str, i64) = ("P4", "SK034", 1_400);
/// What the brand allowed for them when the price was agreed.
const OLD_FLOOR: &str = "11.50";
/// Days from the first of the platforms until their prices hold, and until the brand allows less.
const PRICED_AFTER: u64 = 1;
const RAISED_AFTER: u64 = 9;

/// The lowest price of some goods as the brand's table of goods said at first.
pub(crate) fn first_floor<'a>(code: &str, floor: &'a str) -> &'a str {
    if code == BREACH.1 { OLD_FLOOR } else { floor }
}

/// What one buyer pays alone for a unit of some goods on a platform.
pub(crate) fn alone(stage: &Stage, good: usize, place: &str) -> String {
    let good = &stage.goods[good];
    if (place, good.code.as_str()) == (BREACH.0, BREACH.1) {
        return cents(BREACH.2);
    }
    let percent = PERCENT.iter().find(|(known, _)| *known == place).map_or(100, |known| known.1);
    cents(parsed(&good.list_price) * percent / 100)
}

/// The price lists of all platforms: a row for each of the goods that a platform lists. Where
/// groups buy, the row is what a group pays, and says what one buyer pays alone.
///
/// Days later the brand raises the floor of goods that one platform goes on selling as before.
pub(crate) fn list(stage: &mut Stage) {
    let day = on(stage.live_from, PRICED_AFTER);
    let heads = ["渠道", "货号", "价格", "底价", "开始日期", "来源"];
    let mut rows = vec![heads.iter().map(|head| (*head).to_owned()).collect()];
    for good in stage.stocked() {
        for place in 0..stage.platforms.len() {
            let code = stage.platforms[place].code;
            if !stage.lists(good, place) {
                continue;
            }
            let alone = alone(stage, good, code);
            let (price, source) = if code == GROUP.0 {
                (cents(parsed(&alone) * GROUP.1 / 100), format!("拼团价，单独购买 {alone}"))
            } else {
                (alone, "平台价目表".to_owned())
            };
            let item = &stage.goods[good];
            rows.push(vec![
                format!("C-{code}"),
                item.code.clone(),
                price,
                String::new(),
                day.to_string(),
                source,
            ]);
        }
    }
    stage.import(day, "霁禾-平台价目表.csv".to_owned(), "prices", &rows);
    let Some(raised) = stage.find(BREACH.1) else { return };
    let input = json!({
        "sku": format!("@sku/{}", raised.code),
        "unitCost": raised.cost,
        "listPrice": raised.list_price,
        "floorPrice": raised.floor_price,
    });
    stage.call(on(stage.live_from, RAISED_AFTER), "sku.save_price", input);
}
