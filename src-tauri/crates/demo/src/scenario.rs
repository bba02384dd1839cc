//! The marketplace's side: shops, listings and buyers, as the file that `pincang-mall` reads.

use contract::{Currency, ListingId, SellerSku, ShopId, WarehouseId};
use serde_json::{Value, json};

use crate::{
    channels, prices,
    stage::{Stage, back},
};

/// The platforms whose shops have a connection, each with one shop.
pub(crate) const SHOP_PLACES: &[&str] = &["P1", "P3", "P4"];

const NAMES: &[&str] = &["霁禾社交分销店", "霁禾直播店", "霁禾拼团店"];

/// A shop's id at the marketplace.
fn remote(place: &str) -> ShopId {
    ShopId::new(format!("JIHE-{place}"))
}

/// A shop's code in the brand's own book.
pub(crate) fn shop_code(place: &str) -> String {
    format!("S-{place}")
}

fn listing(place: &str, sku: &str) -> ListingId {
    ListingId::new(format!("{place}-{sku}"))
}

/// Founds the shops and files their contracts. Whoever plays the story says where the marketplace
/// answers.
pub(crate) fn shops(stage: &mut Stage) {
    for (place, name) in SHOP_PLACES.iter().zip(NAMES) {
        if !stage.platforms.iter().any(|known| known.code == *place) {
            continue;
        }
        let input = json!({
            "id": null,
            "code": shop_code(place),
            "name": name,
            "url": "@url",
            "remoteShop": remote(place),
            "token": "@token",
            "places": [{ "warehouse": place, "place": format!("@place/{place}") }],
        });
        stage.call(stage.today, "shop.save", input);
    }
    channels::connect(stage);
}

/// The marketplace from two days ago on: those days are not in any table.
pub(crate) fn of(stage: &Stage) -> Value {
    let places: Vec<usize> = (0..stage.platforms.len())
        .filter(|index| SHOP_PLACES.contains(&stage.platforms[*index].code))
        .collect();
    let (mut shops, mut demand) = (Vec::new(), Vec::new());
    for place in &places {
        let code = stage.platforms[*place].code;
        let name = SHOP_PLACES.iter().position(|known| *known == code).map(|at| NAMES[at]);
        let goods: Vec<usize> = sold_there(stage, *place);
        let listings = goods.iter().map(|index| {
            let good = &stage.goods[*index];
            json!({
                "id": listing(code, &good.code),
                "seller_sku": SellerSku::new(good.code.clone()),
                "title": good.name_zh,
                "price": prices::alone(stage, *index, code),
                "category": good.category,
            })
        });
        let listings: Vec<Value> = listings.collect();
        shops.push(json!({
            "id": remote(code),
            "name": name,
            "listings": listings,
            "rules": channels::followed(code, stage.today),
        }));
        demand.extend(goods.iter().map(|good| {
            json!({
                "shop": remote(code),
                "listing": listing(code, &stage.goods[*good].code),
                "warehouse": WarehouseId::new(code),
                "rate": { "random": {
                    "mean_milli": stage.demand_milli(*good, *place, stage.today),
                    "weekday_percent": [92, 90, 94, 98, 106, 114, 106],
                } },
            })
        }));
    }
    json!({
        "name": "jihe",
        "zone": "Asia/Shanghai",
        "starts_on": back(stage.today, 2),
        "currency": Currency::parse("CNY").expect("three capital letters"),
        "shops": shops,
        "warehouses": places.iter().map(|place| json!({
            "id": stage.platforms[*place].code,
            "name": stage.platforms[*place].code,
            "kind": "platform",
            "accepts_inbound": true,
        })).collect::<Vec<_>>(),
        "demand": demand,
        "behaviour": {
            "abandon_ppm": 30_000,
            "cancel_ppm": 15_000,
            "late_ship_ppm": 20_000,
            "basket_ppm": 80_000,
            "units_per_line_max": 3,
        },
    })
}

fn sold_there(stage: &Stage, place: usize) -> Vec<usize> {
    let sold = |good: &usize| stage.demand_milli(*good, place, stage.today) > 0;
    stage.stocked().into_iter().filter(sold).collect()
}
