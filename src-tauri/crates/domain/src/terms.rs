//! Payment terms (付款条件) and the milestones (节点) that some of them wait for.
//!
//! Knows which share of an order falls due on what, and that milestones are reached in their order.
//! Refuses to know amounts and payments: [`crate::dues`] does.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::{Refusal, shelf_life::PPM};

/// The longest time to pay, in days: ten years.
const DAYS_MAX: u32 = 3_650;

/// A step of making goods, in the order in which they are reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Milestone {
    /// 封样: the sample is approved.
    Sample,
    /// 料齐: all materials are at the factory.
    MaterialReady,
    /// 灌装.
    Filling,
    /// 包装.
    Packing,
    /// 质检.
    Qc,
    /// 备货完成: ready to leave.
    Ready,
}

/// Refuses days that run against the order of the milestones. A milestone may be left out, and two
/// may fall on one day.
///
/// # Errors
/// [`Refusal::MilestoneOutOfOrder`] names the first that was reached before an earlier one.
pub fn check_milestones(reached: &BTreeMap<Milestone, NaiveDate>) -> Result<(), Refusal> {
    let later = reached.iter().skip(1);
    match reached.iter().zip(later).find(|((_, before), (_, after))| after < before) {
        Some(((before, before_on), (milestone, on))) => Err(Refusal::MilestoneOutOfOrder {
            milestone: *milestone,
            on: *on,
            before: *before,
            before_on: *before_on,
        }),
        None => Ok(()),
    }
}

/// What makes a share of the price fall due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trigger {
    /// So many days after the factory accepts: 定金.
    Accept {
        /// Days after.
        days: u32,
    },
    /// So many days after a milestone is reached.
    Milestone {
        /// Which one.
        milestone: Milestone,
        /// Days after.
        days: u32,
    },
    /// 款到发货: before each shipment leaves, for what it carries.
    BeforeShip,
    /// So many days after each receipt, for what came: 账期.
    Receipt {
        /// Days after.
        days: u32,
    },
}

impl Trigger {
    /// Whether it is paid before goods exist: a deposit (定金), cleared as goods come.
    pub fn is_deposit(self) -> bool {
        matches!(self, Self::Accept { .. } | Self::Milestone { .. })
    }

    /// Whether it falls due for each shipment by itself.
    pub fn is_by_shipment(self) -> bool {
        !self.is_deposit()
    }

    /// The day it is due when what triggers it happened on `on`.
    pub fn due_on(self, on: NaiveDate) -> Option<NaiveDate> {
        on.checked_add_days(Days::new(self.days().into()))
    }

    fn days(self) -> u32 {
        match self {
            Self::Accept { days } | Self::Milestone { days, .. } | Self::Receipt { days } => days,
            Self::BeforeShip => 0,
        }
    }

    /// Where it stands in the life of an order.
    fn stage(self) -> (u8, Option<Milestone>) {
        match self {
            Self::Accept { .. } => (0, None),
            Self::Milestone { milestone, .. } => (1, Some(milestone)),
            Self::BeforeShip => (2, None),
            Self::Receipt { .. } => (3, None),
        }
    }
}

/// A share of the price and what makes it fall due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Term {
    /// What makes it fall due.
    pub trigger: Trigger,
    /// Its share of the price, in ppm.
    pub share_ppm: i64,
}

/// The terms of an order on which none were agreed: all of it when it comes.
pub const ON_RECEIPT: [Term; 1] = [Term { trigger: Trigger::Receipt { days: 0 }, share_ppm: PPM }];

/// Refuses terms that are not 100 % together (D-14), that have an empty share or a day beyond ten
/// years, or that do not stand in the order in which they fall due: "the last due" takes the cent
/// and what is left of a deposit, so it has to be the last.
pub fn check_terms(terms: &[Term]) -> Result<(), Refusal> {
    for (n, term) in (1..).zip(terms) {
        if !(1..=PPM).contains(&term.share_ppm) || term.trigger.days() > DAYS_MAX {
            return Err(Refusal::TermInvalid { term: n });
        }
    }
    let sum_ppm = terms.iter().map(|term| term.share_ppm).sum::<i64>();
    if sum_ppm != PPM {
        return Err(Refusal::TermsNotWhole { sum_ppm });
    }
    let stage = |term: &Term| term.trigger.stage();
    match (2..).zip(terms.windows(2)).find(|(_, pair)| stage(&pair[1]) < stage(&pair[0])) {
        Some((term, _)) => Err(Refusal::TermsOutOfOrder { term }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn term(trigger: Trigger, share_ppm: i64) -> Term {
        Term { trigger, share_ppm }
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn terms_are_a_hundred_per_cent() {
        let with = |last| {
            check_terms(&[
                term(Trigger::Accept { days: 0 }, 300_000),
                term(Trigger::BeforeShip, last),
            ])
        };
        assert_eq!((with(700_000), check_terms(&ON_RECEIPT)), (Ok(()), Ok(())));
        assert_eq!(with(699_999), Err(Refusal::TermsNotWhole { sum_ppm: 999_999 }));
        assert_eq!(with(700_001), Err(Refusal::TermsNotWhole { sum_ppm: 1_000_001 }));
        assert_eq!(with(0), Err(Refusal::TermInvalid { term: 2 }));
        assert_eq!(check_terms(&[]), Err(Refusal::TermsNotWhole { sum_ppm: 0 }));
        let far = [term(Trigger::Receipt { days: 3_651 }, PPM)];
        assert_eq!(check_terms(&far), Err(Refusal::TermInvalid { term: 1 }));
    }

    #[test]
    fn terms_stand_in_the_order_in_which_they_fall_due() {
        let filling = Trigger::Milestone { milestone: Milestone::Filling, days: 3 };
        let sample = Trigger::Milestone { milestone: Milestone::Sample, days: 3 };
        let receipt = Trigger::Receipt { days: 30 };
        let check = |triggers: [Trigger; 2]| check_terms(&triggers.map(|one| term(one, PPM / 2)));
        assert_eq!(check([sample, filling]), Ok(()));
        assert_eq!(check([receipt, receipt]), Ok(()));
        assert_eq!(check([filling, sample]), Err(Refusal::TermsOutOfOrder { term: 2 }));
        assert_eq!(
            check([receipt, Trigger::BeforeShip]),
            Err(Refusal::TermsOutOfOrder { term: 2 })
        );
    }

    #[test]
    fn terms_are_written_in_snake_case() {
        let terms = [
            term(Trigger::Milestone { milestone: Milestone::MaterialReady, days: 5 }, 400_000),
            term(Trigger::BeforeShip, 600_000),
        ];
        let text = serde_json::to_string(&terms).expect("terms are JSON");
        assert_eq!(
            text,
            r#"[{"trigger":{"milestone":{"milestone":"material_ready","days":5}},"share_ppm":400000},{"trigger":"before_ship","share_ppm":600000}]"#
        );
        assert_eq!(serde_json::from_str::<[Term; 2]>(&text).expect("what was written"), terms);
    }

    #[test]
    fn milestones_are_reached_in_their_order() {
        let mut reached = BTreeMap::from([
            (Milestone::Sample, day("2026-03-01")),
            (Milestone::Filling, day("2026-03-20")),
            (Milestone::Packing, day("2026-03-20")),
        ]);
        assert_eq!(check_milestones(&reached), Ok(()));
        reached.insert(Milestone::MaterialReady, day("2026-03-21"));
        assert_eq!(
            check_milestones(&reached),
            Err(Refusal::MilestoneOutOfOrder {
                milestone: Milestone::Filling,
                on: day("2026-03-20"),
                before: Milestone::MaterialReady,
                before_on: day("2026-03-21"),
            })
        );
    }

    proptest! {
        #[test]
        fn a_due_day_never_comes_before_its_trigger(days in 0..=DAYS_MAX, after in 0_u64..20_000) {
            let on = day("2020-01-01") + Days::new(after);
            for trigger in [Trigger::Accept { days }, Trigger::Receipt { days }] {
                let due = trigger.due_on(on).expect("inside the calendar");
                prop_assert_eq!((due - on).num_days(), i64::from(days));
            }
            prop_assert_eq!(Trigger::BeforeShip.due_on(on), Some(on));
        }
    }
}
