//! Bills of materials (物料清单): what a unit is made of, per factory, and who brings it.
//!
//! Knows how much of each material so many units need, how much loss the factory is allowed, and
//! what it owes for more. Refuses to know lots and stock of materials; that is `materials`.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    PartnerId, Refusal, SkuId,
    ids::VersionId,
    money::{share, split},
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

/// Goods of one line of an order, with the bill that says what of a material is in them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Made {
    /// The line's bill of the material.
    pub bill: BomLine,
    /// Units ordered.
    pub ordered: i64,
    /// Good units.
    pub good: i64,
    /// Units that the factory spoilt, or made a second time.
    pub spoilt: i64,
}

/// What became of a material that was issued for an order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Usage {
    /// Units issued or delivered to the factory for the order, and not kept there for the next.
    pub issued: i64,
    /// Units that came back.
    pub returned: i64,
    /// The goods that it was issued for, line by line: each by its own bill.
    pub made: Vec<Made>,
}

impl Usage {
    /// Units that the goods hold on the contract's base, each line rounded by itself, as receipts
    /// reckon them.
    pub fn held(&self, base: LossBase) -> i64 {
        let lines = self.made.iter().map(|one| match base {
            LossBase::Good => one.bill.holds(one.good),
            LossBase::GoodAndRejected => one.bill.holds(one.good + one.spoilt),
        });
        lines.sum()
    }

    /// Units that receipts have taken off the factory's book: with the good those that were spoilt
    /// beside them, or both as one.
    pub fn used(&self, base: LossBase) -> i64 {
        let beside = match base {
            LossBase::Good => self.made.iter().map(|one| one.bill.holds(one.spoilt)).sum(),
            LossBase::GoodAndRejected => 0,
        };
        self.held(base) + beside
    }

    /// What of the issued units may be lost: `⌊issued × allowance⌋`. Where the lines allow different
    /// shares, the issued are divided by what was to be sent for the lines of each share, by largest
    /// remainder, and each part is rounded down.
    pub fn allowed(&self) -> i64 {
        let mut asked: BTreeMap<i64, (BomLine, i64)> = BTreeMap::new();
        for one in &self.made {
            let of_share = asked.entry(one.bill.allowance_ppm).or_insert((one.bill, 0));
            of_share.1 += one.bill.to_issue(one.ordered);
        }
        let weights: Vec<i64> = asked.values().map(|(_, units)| *units).collect();
        let parts = asked.values().zip(split(self.issued, &weights));
        parts.map(|((bill, _), issued)| bill.allowed(issued)).sum()
    }
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
pub fn loss(base: LossBase, usage: &Usage) -> Loss {
    let missing = usage.issued - usage.returned - usage.held(base);
    let claimed = (missing - usage.allowed()).max(0);
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

    /// So many units ordered, all of them good.
    fn good(bill: BomLine, units: i64) -> Made {
        Made { bill, ordered: units, good: units, spoilt: 0 }
    }

    #[test]
    fn the_claim_depends_on_what_the_contract_counts() {
        // 6,289 boxes issued at 3 % allowance, 5,880 good, 120 spoilt: ⌊188.67⌋ are allowed.
        let made = Made { bill: boxes(30_000), ordered: 6_000, good: 5_880, spoilt: 120 };
        let usage = Usage { issued: 6_289, returned: 0, made: vec![made] };
        let good = loss(LossBase::Good, &usage);
        assert_eq!(good, Loss { missing: 409, allowed: 188, claimed: 221 });
        let both = loss(LossBase::GoodAndRejected, &usage);
        assert_eq!(both, Loss { missing: 289, allowed: 188, claimed: 101 });
    }

    #[test]
    fn less_used_than_the_bill_says_is_no_claim() {
        let made = vec![good(boxes(30_000), 980)];
        let loss = loss(LossBase::Good, &Usage { issued: 1_000, returned: 30, made });
        assert_eq!(loss, Loss { missing: -10, allowed: 0, claimed: 0 });
    }

    #[test]
    fn each_line_holds_by_its_own_bill() {
        // 1,000 pieces of 1 g and 1,000 of 2 g take 3,000 g; 10 spoilt of the second 20 more.
        let double = BomLine { per_1000: 2_000, ..boxes(0) };
        let mut made = vec![good(boxes(0), 1_000), good(double, 1_000)];
        let none = loss(LossBase::Good, &Usage { issued: 3_000, returned: 0, made: made.clone() });
        assert_eq!(none, Loss::default());
        made[1].spoilt = 10;
        let usage = Usage { issued: 3_030, returned: 0, made };
        for (base, held) in [(LossBase::Good, 3_000), (LossBase::GoodAndRejected, 3_020)] {
            assert_eq!((usage.held(base), usage.used(base)), (held, 3_020), "{base:?}");
            assert_eq!(loss(base, &usage).missing, 3_030 - held, "{base:?}");
        }
    }

    #[test]
    fn lines_of_different_allowances_share_what_was_issued_by_what_they_ask() {
        // ⌈970 ÷ 0.97⌉ = 1,000 at 3 % and 3,000 at 0 % are asked for; 3,999 came: 1,000 and 2,999,
        // by largest remainder, of which ⌊30⌋ and ⌊0⌋ may be lost.
        let made = vec![good(boxes(30_000), 970), good(boxes(0), 3_000)];
        let usage = Usage { issued: 3_999, returned: 0, made };
        assert_eq!(usage.allowed(), 30);
        // Lines of one share are rounded down together: ⌊67 × 3 %⌋, not ⌊33 × 3 %⌋ + ⌊34 × 3 %⌋.
        let double = BomLine { per_1000: 2_000, ..boxes(30_000) };
        let made = vec![good(boxes(30_000), 20), good(double, 22)];
        assert_eq!(Usage { issued: 67, returned: 0, made }.allowed(), 2);
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
            lines in prop::collection::vec((1_i64..5_000, 1_i64..100_000, 0_i64..500_000), 1..4),
        ) {
            let lines = lines.into_iter().map(|(per_1000, units, allowance_ppm)| {
                good(BomLine { per_1000, allowance_ppm, ..boxes(0) }, units)
            });
            let made: Vec<Made> = lines.collect();
            let issued = made.iter().map(|one| one.bill.to_issue(one.ordered)).sum();
            let lines = i64::try_from(made.len()).unwrap();
            let usage = Usage { issued, returned: 0, made };
            // Each further line may round its half unit up.
            prop_assert!(issued - usage.allowed() + lines / 2 >= usage.held(LossBase::Good));
            // Rounding up, the allowance's rounding down and half a unit of the bill: below 2.5 each.
            prop_assert!(loss(LossBase::Good, &usage).claimed <= 5 * lines / 2);
        }

        #[test]
        fn what_is_missing_is_allowed_or_claimed(
            issued in 0_i64..20_000, returned in 0_i64..500, units in 0_i64..20_000,
            spoilt in 0_i64..500, allowance_ppm in 0_i64..100_000,
        ) {
            let made = vec![Made { spoilt, ..good(boxes(allowance_ppm), units) }];
            let usage = Usage { issued, returned, made };
            prop_assert_eq!(usage.allowed(), boxes(allowance_ppm).allowed(issued));
            for base in [LossBase::Good, LossBase::GoodAndRejected] {
                let loss = loss(base, &usage);
                prop_assert_eq!(loss.allowed + loss.claimed, loss.missing.max(0));
                prop_assert!(loss.allowed >= 0 && loss.claimed >= 0);
            }
        }
    }
}
