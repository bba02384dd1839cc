//! The goods of the brand, read from `assets/demo/demo_skus.csv`.

use chrono::NaiveDate;
use domain::shelf_life::ShelfLife;

const TABLE: &str = include_str!("../../../../assets/demo/demo_skus.csv");

/// Goods of the brand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Good {
    pub(crate) code: String,
    pub(crate) name_zh: String,
    pub(crate) name_en: String,
    pub(crate) category: String,
    /// The factory's code; empty for bundles, which nobody makes.
    pub(crate) factory: String,
    pub(crate) life_months: u32,
    pub(crate) carton: i64,
    pub(crate) moq: i64,
    /// What the factory takes for a unit, from how many units on; the least order first.
    pub(crate) tiers: Vec<(i64, String)>,
    /// What the packaging of a unit costs.
    pub(crate) packaging: String,
    pub(crate) cost: String,
    pub(crate) list_price: String,
    pub(crate) floor_price: String,
    /// A sells most, C least.
    pub(crate) abc: char,
    pub(crate) lifecycle: String,
}

impl Good {
    /// Bundles have no stock of their own.
    pub(crate) fn is_bundle(&self) -> bool {
        self.category == "bundle"
    }

    /// The category in the words of the goods table.
    pub(crate) fn category_zh(&self) -> &'static str {
        match self.category.as_str() {
            "skincare" => "护肤",
            "mask" => "面膜",
            "women_health" => "女性健康",
            "personal_care" => "个人护理",
            _ => "组合装",
        }
    }

    /// What the factory takes for a unit of an order of `qty`.
    pub(crate) fn fee(&self, qty: i64) -> &str {
        let tier = self.tiers.iter().rev().find(|(from, _)| *from <= qty);
        tier.or(self.tiers.first()).map_or("", |(_, fee)| fee)
    }

    /// The last day of goods made on `made`.
    pub(crate) fn expires_on(&self, made: NaiveDate) -> NaiveDate {
        ShelfLife::Months(self.life_months).expires_on(made).unwrap_or(NaiveDate::MAX)
    }

    /// Units of a day over all platforms, in thousandths, before season and weekday.
    pub(crate) fn rate_milli(&self) -> i64 {
        let base = match self.abc {
            'A' => 120_000,
            'B' => 36_000,
            _ => 6_000,
        };
        // Spread by the code, so that no two goods of a class sell alike.
        let number: i64 = self.code.trim_start_matches(char::is_alphabetic).parse().unwrap_or(0);
        base * (60 + (number * 37) % 80) / 100
    }
}

/// All goods of the table.
pub(crate) fn all() -> Vec<Good> {
    let mut lines = TABLE.trim_start_matches('\u{feff}').lines();
    let heads = cells(lines.next().unwrap_or_default());
    lines
        .map(cells)
        .map(|row| {
            let cell = |head: &str| {
                let at = heads.iter().position(|known| known == head);
                at.and_then(|at| row.get(at)).cloned().unwrap_or_default()
            };
            let number = |head: &str| cell(head).parse().unwrap_or(0);
            Good {
                code: cell("sku"),
                name_zh: cell("name_zh"),
                name_en: cell("name_en"),
                category: cell("category"),
                factory: cell("factory").replace('-', ""),
                life_months: cell("shelf_life_months").parse().unwrap_or(36),
                carton: number("units_per_carton"),
                moq: number("moq"),
                tiers: vec![
                    (number("moq"), cell("fee_tier1")),
                    (number("fee_tier2_qty"), cell("fee_tier2")),
                    (number("fee_tier3_qty"), cell("fee_tier3")),
                ],
                packaging: cell("packaging_cost"),
                cost: cell("std_cost"),
                list_price: cell("list_price"),
                floor_price: cell("floor_price"),
                abc: cell("abc").chars().next().unwrap_or('C'),
                lifecycle: cell("lifecycle"),
            }
        })
        .collect()
}

/// The cells of a CSV line; quoted ones may hold commas.
fn cells(line: &str) -> Vec<String> {
    let (mut cells, mut cell, mut quoted) = (Vec::new(), String::new(), false);
    for sign in line.chars() {
        match sign {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(std::mem::take(&mut cell)),
            _ => cell.push(sign),
        }
    }
    cells.push(cell);
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_sixty_goods_of_three_factories() {
        let goods = all();
        assert_eq!(goods.len(), 60);
        assert_eq!(goods.iter().filter(|good| good.is_bundle()).count(), 8);
        for factory in ["F1", "F2", "F3"] {
            assert!(goods.iter().any(|good| good.factory == factory));
        }
        for good in goods.iter().filter(|good| !good.is_bundle()) {
            assert!(good.carton > 0 && good.moq > 0, "{good:?}");
            assert!(good.tiers.iter().all(|(from, fee)| *from > 0 && !fee.is_empty()), "{good:?}");
            assert!(good.tiers.is_sorted_by(|a, b| a.0 < b.0), "{good:?}");
        }
        assert_eq!(goods[4].abc, 'B', "quoted commas do not shift the columns: {:?}", goods[4]);
    }
}
