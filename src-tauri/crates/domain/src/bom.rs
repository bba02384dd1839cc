//! Bills of materials (物料清单): what a unit is made of, per factory, and who brings it.
//!
//! Knows how much of each material so many units need, how much loss the factory is allowed, and
//! what it owes for more. Refuses to know lots and stock of materials; that is `materials`.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    PartnerId, Refusal, SkuId,
    ids::VersionId,
    money::share,
    offer::LossBase,
    shelf_life::PPM,
    stock::{QTY_MAX, positive},
};

/// What bill quantities are counted per: 1,000 units, so that half a leaflet needs no fraction.
pub const PER: i64 = 1_000;

/// Who brings a material.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SuppliedBy {
    /// 客供料: we send it to the factory.
    #[default]
    Brand,
    /// 包工包料: the factory buys it, its price is in the fee.
    Factory,
}

/// One material of a bill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct BomLine {
    /// Which material.
    pub material: SkuId,
    /// Units of it in 1,000 units of the goods.
    pub per_1000: i64,
    /// Loss that costs the factory nothing, as a share of what was issued, in ppm.
    pub allowance_ppm: i64,
    /// Who brings it.
    pub supplied_by: SuppliedBy,
}

impl BomLine {
    /// What `units` of the goods hold, rounded half up, so that parts of a quantity, each reckoned
    /// as the difference of two totals, add up to the whole.
    pub fn holds(&self, units: i64) -> i64 {
        share(self.per_1000, units, PER)
    }

    /// What to send for `units`: what they hold, never too little, and the allowed loss on top:
    /// `⌈need ÷ (1 − allowance)⌉`, since the allowance is a share of what is issued.
    pub fn to_issue(&self, units: i64) -> i64 {
        let need = i128::from(self.per_1000) * i128::from(units);
        let kept = i128::from(PER) * i128::from((PPM - self.allowance_ppm).max(1));
        let ceil = (need * i128::from(PPM) + kept - 1) / kept;
        i64::try_from(ceil).unwrap_or(QTY_MAX)
    }

    /// What of `issued` units may be lost: `⌊issued × allowance⌋`.
    pub fn allowed(&self, issued: i64) -> i64 {
        let allowed = i128::from(issued) * i128::from(self.allowance_ppm) / i128::from(PPM);
        i64::try_from(allowed).unwrap_or(QTY_MAX)
    }
}

/// What goods are made of at one factory, from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bom {
    /// Which goods.
    pub sku: SkuId,
    /// At which factory.
    pub factory: PartnerId,
    /// For which version of the goods; `None` for all.
    #[serde(default)]
    pub version: Option<VersionId>,
    /// Holds from this day on.
    pub from: NaiveDate,
    /// Holds until this day.
    #[serde(default)]
    pub to: Option<NaiveDate>,
    /// Its materials.
    pub lines: Vec<BomLine>,
}

impl Bom {
    /// Refuses a bill of nothing, of itself, of one material twice, and shares beyond 100 %.
    pub fn check(&self) -> Result<(), Refusal> {
        if self.lines.is_empty() {
            return Err(Refusal::DocumentEmpty { what: "bom".into() });
        }
        for (at, line) in self.lines.iter().enumerate() {
            positive(line.per_1000)?;
            let twice = self.lines[..at].iter().any(|other| other.material == line.material);
            let share = (0..PPM).contains(&line.allowance_ppm);
            if twice || !share || line.material == self.sku {
                let line = i64::try_from(at).unwrap_or(i64::MAX - 1) + 1;
                return Err(Refusal::BomLineInvalid { line });
            }
        }
        Ok(())
    }

    /// Whether it holds on `day`.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }
}

/// The bill for goods of a version at a factory on a day: one for the version before one for all,
/// the newest first.
pub fn bill_of<'a>(
    bills: impl IntoIterator<Item = &'a Bom>,
    (sku, factory, version): (SkuId, PartnerId, Option<VersionId>),
    day: NaiveDate,
) -> Option<&'a Bom> {
    bills
        .into_iter()
        .filter(|bill| bill.sku == sku && bill.factory == factory && bill.holds_on(day))
        .filter(|bill| bill.version.is_none() || bill.version == version)
        .max_by_key(|bill| (bill.version.is_some(), bill.from))
}

/// What became of a material that was issued for an order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Usage {
    /// Units issued or delivered to the factory for the order.
    pub issued: i64,
    /// Units that came back.
    pub returned: i64,
    /// Good units of the goods.
    pub good: i64,
    /// Units of the goods that the factory spoilt.
    pub spoilt: i64,
}

/// How what is missing of a material is reckoned up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loss {
    /// Units missing: issued − returned − what the base units hold. Below zero when the factory
    /// used less than the bill says.
    pub missing: i64,
    /// Of those, allowed: cost of the order's lots.
    pub allowed: i64,
    /// Of those, claimed from the factory (超损): never cost.
    pub claimed: i64,
}

/// `over loss = max(0, issued − returned − BOM × base − ⌊issued × allowance⌋)`.
pub fn loss(line: &BomLine, base: LossBase, usage: Usage) -> Loss {
    let units = match base {
        LossBase::Good => usage.good,
        LossBase::GoodAndRejected => usage.good + usage.spoilt,
    };
    let missing = usage.issued - usage.returned - line.holds(units);
    let claimed = (missing - line.allowed(usage.issued)).max(0);
    Loss { missing, allowed: missing.max(0) - claimed, claimed }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn boxes(allowance_ppm: i64) -> BomLine {
        let material = SkuId(Uuid::from_u128(9));
        BomLine { material, per_1000: 1_000, allowance_ppm, supplied_by: SuppliedBy::Brand }
    }

    #[test]
    fn the_claim_depends_on_what_the_contract_counts() {
        // 6,289 boxes issued at 3 % allowance, 5,880 good, 120 spoilt: ⌊188.67⌋ are allowed.
        let usage = Usage { issued: 6_289, returned: 0, good: 5_880, spoilt: 120 };
        let good = loss(&boxes(30_000), LossBase::Good, usage);
        assert_eq!(good, Loss { missing: 409, allowed: 188, claimed: 221 });
        let both = loss(&boxes(30_000), LossBase::GoodAndRejected, usage);
        assert_eq!(both, Loss { missing: 289, allowed: 188, claimed: 101 });
    }

    #[test]
    fn less_used_than_the_bill_says_is_no_claim() {
        let usage = Usage { issued: 1_000, returned: 30, good: 980, spoilt: 0 };
        let loss = loss(&boxes(30_000), LossBase::Good, usage);
        assert_eq!(loss, Loss { missing: -10, allowed: 0, claimed: 0 });
    }

    #[test]
    fn the_bill_of_the_version_goes_before_that_of_all() {
        let [sku, other] = [1, 2].map(|n| SkuId(Uuid::from_u128(n)));
        let factory = PartnerId(Uuid::from_u128(3));
        let version = Some(VersionId(Uuid::from_u128(4)));
        let day = |d| NaiveDate::from_ymd_opt(2026, 1, d).expect("a date");
        let all =
            Bom { sku, factory, version: None, from: day(1), to: None, lines: vec![boxes(0)] };
        let newer = Bom { from: day(9), ..all.clone() };
        let own = Bom { version, ..all.clone() };
        let bills = [all.clone(), newer.clone(), own.clone()];
        assert_eq!(bill_of(&bills, (sku, factory, version), day(10)), Some(&own));
        assert_eq!(bill_of(&bills, (sku, factory, None), day(10)), Some(&newer));
        assert_eq!(bill_of(&bills, (sku, factory, None), day(8)), Some(&all));
        assert_eq!(bill_of(&bills, (other, factory, None), day(8)), None);
    }

    proptest! {
        #[test]
        fn parts_hold_what_the_whole_holds(
            per_1000 in 1_i64..5_000, parts in prop::collection::vec(0_i64..10_000, 1..8),
        ) {
            let line = BomLine { per_1000, ..boxes(0) };
            let (mut units, mut held) = (0, 0);
            for part in parts {
                held += line.holds(units + part) - line.holds(units);
                units += part;
            }
            prop_assert_eq!(held, line.holds(units));
        }

        #[test]
        fn what_is_to_be_issued_covers_need_and_allowed_loss(
            per_1000 in 1_i64..5_000, units in 1_i64..100_000, allowance_ppm in 0_i64..500_000,
        ) {
            let line = BomLine { per_1000, allowance_ppm, ..boxes(0) };
            let issued = line.to_issue(units);
            prop_assert!(issued - line.allowed(issued) >= line.holds(units));
            let usage = Usage { issued, returned: 0, good: units, spoilt: 0 };
            // Rounding up, the allowance's rounding down and half a unit of the bill: below 2.5.
            prop_assert!(loss(&line, LossBase::Good, usage).claimed <= 2);
        }

        #[test]
        fn what_is_missing_is_allowed_or_claimed(
            issued in 0_i64..20_000, returned in 0_i64..500, good in 0_i64..20_000,
            spoilt in 0_i64..500, allowance_ppm in 0_i64..100_000,
        ) {
            let usage = Usage { issued, returned, good, spoilt };
            for base in [LossBase::Good, LossBase::GoodAndRejected] {
                let loss = loss(&boxes(allowance_ppm), base, usage);
                prop_assert_eq!(loss.allowed + loss.claimed, loss.missing.max(0));
                prop_assert!(loss.allowed >= 0 && loss.claimed >= 0);
            }
        }
    }
}
