//! An order as its entries make it, one after the other.
//!
//! Knows what each entry leaves behind on the order. Refuses to judge: an entry that stands happened.

use chrono::NaiveDate;

use super::{OrderContent, OrderState, ProductionOrder, Reached, Supply, Tally};
use crate::{
    Fact, SkuId,
    fact::ReceivedLine,
    kept::{KeepKind, KeptLine},
    materials::{MaterialSlip, SlipKind},
    quality::{Decided, Decision, SettleBy},
};

impl ProductionOrder {
    /// The order after one more of its entries. Facts of other documents leave it as it is.
    pub fn fold(order: Option<Self>, fact: &Fact, day: NaiveDate) -> Option<Self> {
        if let Fact::OrderIssued { order: content, .. } = fact {
            return Some(Self::issued(content.as_ref().clone(), day));
        }
        let mut order = order?;
        match fact {
            Fact::OrderAccepted { promised_on, .. } => {
                order.state = OrderState::Accepted;
                order.accepted_on.get_or_insert(day);
                order.promised_on = Some(*promised_on);
                order.first_promise.get_or_insert(*promised_on);
            }
            Fact::OrderAmended { order: content, .. } => {
                order.tallies.resize(content.lines.len(), Tally::default());
                order.losses_settled &= order.content.loss_base == content.loss_base;
                order.content = content.as_ref().clone();
                order.revision += 1;
            }
            Fact::OrderMilestone { reached, .. } => order.reach(*reached),
            Fact::OrderReceived { lines, spoilt, .. } => order.receive(lines, spoilt, day),
            Fact::QualityDecided { lines, .. } => {
                for one in lines {
                    order.judge(one);
                }
            }
            Fact::MaterialMoved { kind, slip } => {
                order.supply(*kind, slip);
                order.losses_settled = false;
            }
            Fact::MaterialKept { kind, lines, .. } => {
                order.keep(*kind, lines);
                order.losses_settled = false;
            }
            Fact::LossSettled { .. } => order.losses_settled = true,
            Fact::DueWaived { .. } => order.dues_waived = true,
            Fact::OrderClosed { credited, .. } => {
                for one in credited {
                    order.tally(one.line, |tally| {
                        tally.returned -= one.qty;
                        tally.credited += one.qty;
                    });
                }
                order.state = OrderState::Closed;
                order.ended_on = Some(day);
            }
            Fact::OrderCancelled { .. } => {
                order.state = OrderState::Cancelled;
                order.ended_on = Some(day);
            }
            _ => {}
        }
        Some(order)
    }

    fn issued(content: OrderContent, day: NaiveDate) -> Self {
        Self {
            tallies: vec![Tally::default(); content.lines.len()],
            content,
            revision: 0,
            state: OrderState::Issued,
            issued_on: day,
            accepted_on: None,
            promised_on: None,
            first_promise: None,
            receipts: Vec::new(),
            milestones: Vec::new(),
            supplies: Vec::new(),
            losses_settled: false,
            dues_waived: false,
            ended_on: None,
        }
    }

    fn receive(&mut self, lines: &[ReceivedLine], spoilt: &[i64], day: NaiveDate) {
        for line in lines {
            self.tally(line.line, |tally| {
                tally.came += line.qty;
                tally.replaced += if line.replaces.is_some() { line.qty } else { 0 };
            });
        }
        for (line, units) in (0..).zip(spoilt) {
            self.tally(line, |tally| tally.spoilt += units);
        }
        self.receipts.push(day);
        self.losses_settled = false;
    }

    fn tally(&mut self, line: u32, change: impl FnOnce(&mut Tally)) {
        if let Some(tally) = self.tallies.get_mut(line as usize) {
            change(tally);
        }
    }

    fn supply(&mut self, kind: SlipKind, slip: &MaterialSlip) {
        for line in &slip.lines {
            let supply = self.supply_of(line.material);
            match kind {
                SlipKind::Issue => supply.issued += line.qty,
                SlipKind::Return => supply.returned += line.qty,
            }
        }
    }

    fn keep(&mut self, kind: KeepKind, lines: &[KeptLine]) {
        for line in lines {
            let supply = self.supply_of(line.material);
            match kind {
                // What it drew it gives up first, so that drawing and keeping again leaves nothing.
                KeepKind::Keep => {
                    supply.issued -= line.qty;
                    supply.drawn -= line.qty.min(supply.drawn);
                    supply.kept += line.qty;
                }
                KeepKind::Draw => {
                    supply.issued += line.qty;
                    supply.drawn += line.qty;
                }
            }
        }
    }

    fn supply_of(&mut self, material: SkuId) -> &mut Supply {
        let known = self.supplies.iter().position(|one| one.material == material);
        let at = known.unwrap_or_else(|| {
            self.supplies.push(Supply::of(material));
            self.supplies.len() - 1
        });
        &mut self.supplies[at]
    }

    fn reach(&mut self, reached: Reached) {
        self.milestones.retain(|one| one.milestone != reached.milestone);
        self.milestones.push(reached);
        self.milestones.sort_by_key(|one| one.milestone);
    }

    fn judge(&mut self, one: &Decided) {
        if matches!(one.settle_by, Some(SettleBy::Replace | SettleBy::Credit)) {
            self.losses_settled = false;
        }
        self.tally(one.line, |tally| match (one.decision, one.settle_by) {
            (Decision::Accept | Decision::Concession, _) => tally.passed += one.qty,
            (Decision::Return, Some(SettleBy::Replace)) => {
                tally.failed += one.fails();
                tally.returned += one.qty;
            }
            (Decision::Return, Some(SettleBy::Credit)) => {
                tally.failed += one.fails();
                tally.credited += one.qty;
            }
            _ => tally.failed += one.fails(),
        });
    }
}
