//! What transfers have set aside (预占), and how a report cuts it.
//!
//! Knows that what a place reports has happened, so it takes goods that a transfer set aside: the
//! transfer approved last gives way first, and then lacks them until it is packed again. Refuses to
//! refuse a report.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    Fact, LotId, Refusal, TransferId,
    transfer::{Transfer, TransferLine, TransferState},
};

/// Units of a lot that a report takes out of what a transfer has set aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cut {
    /// Which transfer gives way.
    pub transfer: TransferId,
    /// Which lot.
    pub lot: LotId,
    /// How many units.
    pub qty: i64,
}

/// What one transfer has set aside of a lot at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reserved {
    /// Which transfer.
    pub transfer: TransferId,
    /// How many units.
    pub qty: i64,
}

/// What transfers give up of `lot` when a report leaves `good` units of it where they lie.
/// `reserved` is in the order of giving way: approved last, first.
pub fn cuts(lot: LotId, good: i64, reserved: &[Reserved]) -> Vec<Cut> {
    let mut over = reserved.iter().map(|one| one.qty).sum::<i64>() - good.max(0);
    let mut cuts = Vec::new();
    for one in reserved {
        let qty = over.min(one.qty);
        if qty > 0 {
            over -= qty;
            cuts.push(Cut { transfer: one.transfer, lot, qty });
        }
    }
    cuts
}

impl Fact {
    /// Whether it tells of something that has happened, rather than of what we decide: it is never
    /// refused because a transfer has set the goods aside.
    pub fn is_report(&self) -> bool {
        matches!(
            self,
            Self::SalesPosted(_)
                | Self::SuspenseSettled { .. }
                | Self::OrderReceived { .. }
                | Self::FactoryCounted { .. }
                | Self::TransferArrived { .. }
                | Self::TransferResolved { .. }
        )
    }
}

impl Transfer {
    /// Its lines less what reports took of them, those last listed first.
    pub fn lines(&self) -> Vec<TransferLine> {
        let mut cut = self.cut.clone();
        let mut lines = Vec::new();
        for line in self.content.lines.iter().rev() {
            let open = cut.entry(line.lot).or_default();
            let taken = line.qty.min(*open);
            *open -= taken;
            if line.qty > taken {
                lines.push(TransferLine { qty: line.qty - taken, ..*line });
            }
        }
        lines.reverse();
        lines
    }

    /// Units set aside, or sent.
    pub fn units(&self) -> i64 {
        self.lines().iter().map(|line| line.qty).sum()
    }

    /// Notes what a report took of what it had set aside.
    pub(crate) fn cut_by(&mut self, id: TransferId, cuts: &[Cut]) {
        for cut in cuts.iter().filter(|cut| cut.transfer == id) {
            *self.cut.entry(cut.lot).or_default() += cut.qty;
        }
    }

    /// Refuses to send what reports took.
    pub(crate) fn refuse_lacking(&self, lot_no: impl Fn(LotId) -> String) -> Result<(), Refusal> {
        match self.lacks().first_key_value() {
            None => Ok(()),
            Some((lot, lacks)) => Err(Refusal::LotCut {
                number: self.content.number.clone(),
                lot: lot_no(*lot),
                lacks: *lacks,
            }),
        }
    }

    /// Units by lot that reports took and that it is not packed without: it cannot leave so.
    pub fn lacks(&self) -> BTreeMap<LotId, i64> {
        let mut lacks = match self.state {
            TransferState::Allocated => self.cut.clone(),
            TransferState::Packed => {
                let mut packed = BTreeMap::new();
                for one in self.cartons.iter().flat_map(|carton| &carton.contents) {
                    *packed.entry(one.lot).or_default() += one.qty;
                }
                for line in self.lines() {
                    *packed.entry(line.lot).or_default() -= line.qty;
                }
                packed
            }
            _ => BTreeMap::new(),
        };
        lacks.retain(|_, qty| *qty > 0);
        lacks
    }
}
