//! What the marketplace is made of: shops, listings, warehouses, demand and habits, as a file.

use std::collections::{BTreeMap, BTreeSet};

use ::pricing::RuleBook;
use chrono::NaiveDate;
use contract::{Amount, Currency, ListingId, SellerSku, ShopId, WarehouseId, WarehouseKind};
use serde::{Deserialize, Serialize};

use crate::pricing::decimals;

/// A whole marketplace before its first day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// Its name; part of what the orders are drawn from.
    pub name: String,
    /// The IANA zone of the business days of all shops.
    pub zone: String,
    /// The first day on which anything happens.
    pub starts_on: NaiveDate,
    /// For how many days a change stays in the feed.
    #[serde(default = "retention_default")]
    pub retention_days: u32,
    /// The currency of all prices.
    #[serde(default = "currency_default")]
    pub currency: Currency,
    /// The shops of the brand.
    pub shops: Vec<ShopPlan>,
    /// The warehouses that ship.
    pub warehouses: Vec<WarehousePlan>,
    /// Who buys what from where.
    #[serde(default)]
    pub demand: Vec<DemandRule>,
    /// Where the platform counts stock; without an entry a listing sells without end and no
    /// stock is reported.
    #[serde(default)]
    pub opening_stock: Vec<OpeningStock>,
    /// How orders fare.
    #[serde(default)]
    pub behaviour: Behaviour,
}

/// A shop and what it sells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShopPlan {
    /// The shop.
    pub id: ShopId,
    /// For people.
    pub name: String,
    /// Its listings.
    pub listings: Vec<ListingPlan>,
    /// The rules by which its orders are priced and paid out: one version or a list of versions, in
    /// the language of the pricing library. Without them an order costs what its listings cost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rules: Option<serde_json::Value>,
}

impl ShopPlan {
    /// Its rules, read.
    pub(crate) fn book(&self) -> Result<Option<RuleBook>, ::pricing::Error> {
        self.rules.as_ref().map(|rules| RuleBook::load(&rules.to_string())).transpose()
    }
}

/// A listing, for sale from the first day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListingPlan {
    /// The listing.
    pub id: ListingId,
    /// The seller's code.
    pub seller_sku: SellerSku,
    /// The barcode number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gtin: Option<String>,
    /// For people.
    pub title: String,
    /// The price of one unit.
    pub price: Amount,
    /// The category that decides on rates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
}

/// A warehouse.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WarehousePlan {
    /// The warehouse.
    pub id: WarehouseId,
    /// For people.
    pub name: String,
    /// Who runs it.
    pub kind: WarehouseKind,
    /// Whether goods may be sent to it.
    #[serde(default)]
    pub accepts_inbound: bool,
}

/// Buyers of one listing, served from one warehouse.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemandRule {
    /// The shop.
    pub shop: ShopId,
    /// The listing.
    pub listing: ListingId,
    /// The warehouse.
    pub warehouse: WarehouseId,
    /// The first day; the scenario's first when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// The last day; for ever when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<NaiveDate>,
    /// How many units a day.
    pub rate: Rate,
}

/// Units that are ordered in a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Rate {
    /// The same number every day.
    Fixed(u32),
    /// Exactly these numbers, none on other days.
    ByDay(BTreeMap<NaiveDate, u32>),
    /// Drawn anew every day.
    Random(Random),
}

/// Units that arrive by chance, minute by minute: nearly a Poisson distribution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Random {
    /// The mean of a day in thousandths of a unit.
    pub mean_milli: u32,
    /// How much of the mean each weekday has, Monday first, in percent.
    #[serde(default = "weekdays_default")]
    pub weekday_percent: [u32; 7],
}

/// Units in a warehouse before the first day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpeningStock {
    /// The shop whose goods they are.
    pub shop: ShopId,
    /// The seller's code.
    pub seller_sku: SellerSku,
    /// The warehouse.
    pub warehouse: WarehouseId,
    /// Units.
    pub qty: u32,
}

/// How orders fare, in millionths of all orders. With all zero an order is placed, paid and
/// shipped on one day, delivered and completed later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Behaviour {
    /// Never paid, called off by the platform.
    pub abandon_ppm: u32,
    /// Paid, called off before shipment.
    pub cancel_ppm: u32,
    /// Called off after shipment.
    pub cancel_after_ship_ppm: u32,
    /// Shipped one to three days late.
    pub late_ship_ppm: u32,
    /// Orders of two lines whose second line leaves a day later.
    pub split_ship_ppm: u32,
    /// One unit less on a line, found out after shipment.
    pub revise_ppm: u32,
    /// Orders that hold two listings where a second one is at hand.
    pub basket_ppm: u32,
    /// The most units on a line, at least 1.
    pub units_per_line_max: u32,
}

impl Default for Behaviour {
    fn default() -> Self {
        Self {
            abandon_ppm: 0,
            cancel_ppm: 0,
            cancel_after_ship_ppm: 0,
            late_ship_ppm: 0,
            split_ship_ppm: 0,
            revise_ppm: 0,
            basket_ppm: 0,
            units_per_line_max: 3,
        }
    }
}

/// Why a scenario cannot be played.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the scenario cannot be played: {0}")]
pub struct ScenarioError(pub String);

fn retention_default() -> u32 {
    90
}

fn weekdays_default() -> [u32; 7] {
    [100; 7]
}

fn currency_default() -> Currency {
    Currency::parse("CNY").expect("three capital letters")
}

impl Scenario {
    /// Three days on which one listing sells exactly 20 units a day from one warehouse.
    pub fn a1() -> Self {
        Self::parse(include_str!("../scenarios/a1.json")).expect("tested")
    }

    /// Two shops and two warehouses where everything happens that can happen to an order; one of
    /// the shops prices by rules, of which a second version comes into force.
    pub fn lively() -> Self {
        Self::parse(include_str!("../scenarios/lively.json")).expect("tested")
    }

    /// Reads a scenario and checks that it can be played.
    pub fn parse(json: &str) -> Result<Self, ScenarioError> {
        let scenario: Self =
            serde_json::from_str(json).map_err(|error| ScenarioError(error.to_string()))?;
        scenario.check()?;
        Ok(scenario)
    }

    /// Checks that every reference leads somewhere and every number can be used.
    pub fn check(&self) -> Result<(), ScenarioError> {
        let refuse = |what: String| Err(ScenarioError(what));
        if self.tz().is_none() {
            return refuse(format!("{:?} is no IANA zone", self.zone));
        }
        let mut skus = BTreeSet::new();
        let mut listings = BTreeSet::new();
        for shop in &self.shops {
            self.check_rules(shop)?;
            for listing in &shop.listings {
                if !listings.insert((&shop.id, &listing.id)) {
                    return refuse(format!("listing {} stands twice", listing.id));
                }
                skus.insert((&shop.id, &listing.seller_sku));
                let price = listing.price.to_minor(decimals(&self.currency));
                if !price.is_ok_and(|price| (0..=100_000_000).contains(&price)) {
                    return refuse(format!("price {} of {}", listing.price, listing.id));
                }
            }
        }
        let shops: BTreeSet<_> = self.shops.iter().map(|shop| &shop.id).collect();
        let warehouses: BTreeSet<_> = self.warehouses.iter().map(|place| &place.id).collect();
        if shops.len() != self.shops.len() || warehouses.len() != self.warehouses.len() {
            return refuse("a shop or warehouse stands twice".to_owned());
        }
        for rule in &self.demand {
            if !listings.contains(&(&rule.shop, &rule.listing)) {
                return refuse(format!("demand for the unknown listing {}", rule.listing));
            }
            if !warehouses.contains(&rule.warehouse) {
                return refuse(format!("demand at the unknown warehouse {}", rule.warehouse));
            }
        }
        let mut stocked = BTreeSet::new();
        for stock in &self.opening_stock {
            if !stocked.insert((&stock.shop, &stock.seller_sku, &stock.warehouse)) {
                return refuse(format!("stock of {} stands twice", stock.seller_sku));
            }
            if !skus.contains(&(&stock.shop, &stock.seller_sku)) {
                return refuse(format!("stock of the unknown goods {}", stock.seller_sku));
            }
            if !warehouses.contains(&stock.warehouse) {
                return refuse(format!("stock at the unknown warehouse {}", stock.warehouse));
            }
        }
        if self.behaviour.units_per_line_max == 0 {
            return refuse("units_per_line_max is 0".to_owned());
        }
        Ok(())
    }

    /// Checks that the rules of a shop may be followed and pay in the currency of the listings.
    fn check_rules(&self, shop: &ShopPlan) -> Result<(), ScenarioError> {
        let wrong = |why: String| ScenarioError(format!("the rules of {}: {why}", shop.id));
        let book = shop.book().map_err(|error| wrong(error.to_string()))?;
        for set in book.iter().flat_map(RuleBook::versions) {
            let (theirs, ours) = (set.currency.code(), self.currency.as_str());
            if theirs != ours {
                return Err(wrong(format!("amounts in {theirs}, listings in {ours}")));
            }
        }
        Ok(())
    }

    pub(crate) fn tz(&self) -> Option<chrono_tz::Tz> {
        self.zone.parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_scenarios_can_be_played_and_written_back() {
        for scenario in [Scenario::a1(), Scenario::lively()] {
            let json = serde_json::to_string(&scenario).unwrap();
            assert_eq!(Scenario::parse(&json), Ok(scenario));
        }
    }

    #[test]
    fn rules_are_read_and_unlawful_ones_refused() {
        let with = |depth: u8, currency: &str| {
            let mut scenario = serde_json::to_value(Scenario::a1()).unwrap();
            scenario["shops"][0]["rules"] = serde_json::json!({
                "id": "r", "version": 1, "currency": currency,
                "effective_from": "2026-01-01T00:00:00+08:00",
                "prices": [{ "id": "list", "from_field": "unit_price" }],
                "vat": { "rate": "0.13", "base": "paid" },
                "charges": [], "coupons": [],
                "rewards": [{
                    "id": "share", "mech": "share", "to": "sharer", "depth": depth,
                    "base": "paid", "rate": "0.1",
                }],
            });
            Scenario::parse(&scenario.to_string())
        };
        assert!(with(1, "CNY").is_ok(), "{:?}", with(1, "CNY"));
        assert!(with(3, "CNY").unwrap_err().0.contains("the rules of S1"));
        assert!(with(1, "USD").unwrap_err().0.contains("USD"));
    }

    #[test]
    fn what_leads_nowhere_is_named() {
        let refused = |from: &str, to: &str| {
            let json = include_str!("../scenarios/a1.json");
            assert!(json.contains(from), "{from}");
            Scenario::parse(&json.replacen(from, to, 1)).unwrap_err().0
        };
        assert!(refused("Asia/Shanghai", "Asia/Nowhere").contains("Asia/Nowhere"));
        assert!(refused(r#""listing": "L1001""#, r#""listing": "L9""#).contains("L9"));
        assert!(refused(r#""warehouse": "P1""#, r#""warehouse": "P9""#).contains("P9"));
        assert!(refused("59.90", "59.901").contains("59.901"));
        assert!(refused("59.90", "-1").contains("-1"));
        // A yen has no part.
        let in_yen = |price: &str| {
            let mut scenario = serde_json::to_value(Scenario::a1()).unwrap();
            scenario["currency"] = "JPY".into();
            scenario["shops"][0]["listings"][0]["price"] = price.into();
            Scenario::parse(&scenario.to_string())
        };
        assert!(in_yen("5990").is_ok());
        assert!(in_yen("5990.5").unwrap_err().0.contains("5990.5"));
        assert!(refused(r#""rate""#, r#""rates""#).contains("rates"));
        assert!(refused(r#""name": "a1""#, r#""nome": "a1""#).contains("nome"));
    }
}
