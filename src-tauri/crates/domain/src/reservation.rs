//! What transfers have set aside (预占), and how a report cuts it.
//!
//! Knows that what a place reports has happened, so it takes goods that a transfer set aside: the
//! transfer approved last gives way first, and then lacks them until it is packed again. Refuses to
//! refuse a report.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    LotId, Refusal, TransferId,
    transfer::{Carton, Transfer, TransferLine},
};

/// Units of a lot that a report takes out of what a transfer has set aside; below zero, units that a
/// corrected report gives back to it.
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

/// What transfers get back of `lot` when a report is corrected and `back` units return to where they
/// lie, of which `free` are then set aside by nobody. `lacking` is in the order of getting back:
/// approved first, first. The quantities are below zero.
pub fn given_back(lot: LotId, back: i64, free: i64, lacking: &[Reserved]) -> Vec<Cut> {
    let mut open = back.min(free);
    let mut cuts = Vec::new();
    for one in lacking {
        let qty = open.min(one.qty);
        if qty > 0 {
            open -= qty;
            cuts.push(Cut { transfer: one.transfer, lot, qty: -qty });
        }
    }
    cuts
}

/// Refuses cartons that do not hold exactly `lines`.
pub(crate) fn refuse_difference(
    lines: &[TransferLine],
    cartons: &[Carton],
    lot_no: impl Fn(LotId) -> String,
) -> Result<(), Refusal> {
    let mut open: BTreeMap<LotId, (i64, i64)> = BTreeMap::new();
    for line in lines {
        open.entry(line.lot).or_default().0 += line.qty;
    }
    for (lot, qty) in packed(cartons) {
        open.entry(lot).or_default().1 += qty;
    }
    match open.into_iter().find(|(_, (lines, cartons))| lines != cartons) {
        Some((lot, (lines, cartons))) => {
            Err(Refusal::CartonsDiffer { lot: lot_no(lot), lines, cartons })
        }
        None => Ok(()),
    }
}

/// Units by lot in cartons.
fn packed(cartons: &[Carton]) -> BTreeMap<LotId, i64> {
    let mut packed = BTreeMap::new();
    for one in cartons.iter().flat_map(|carton| &carton.contents) {
        *packed.entry(one.lot).or_default() += one.qty;
    }
    packed
}

impl Transfer {
    /// What it has set aside: its lines less what reports took of them. Packing fixes them: what
    /// comes back later does not get into closed cartons. Once it has left, what left.
    pub fn lines(&self) -> Vec<TransferLine> {
        let spread = self.spread().into_iter();
        spread.map(|(line, qty)| TransferLine { qty, ..line }).filter(|line| line.qty > 0).collect()
    }

    /// The lines as approved, each with the units of it that are set aside or left. Of lines of one
    /// lot the last gives way first.
    pub fn spread(&self) -> Vec<(TransferLine, i64)> {
        let mut held = self.held();
        let mut spread = Vec::new();
        for line in &self.content.lines {
            let open = held.entry(line.lot).or_default();
            let qty = line.qty.min(*open).max(0);
            *open -= qty;
            spread.push((*line, qty));
        }
        spread
    }

    /// Units by lot that are set aside, or left.
    fn held(&self) -> BTreeMap<LotId, i64> {
        if self.shipped_on.is_some() {
            return self.fates.iter().map(|(lot, fate)| (*lot, fate.shipped)).collect();
        }
        let mut held = packed(&self.cartons);
        if self.cartons.is_empty() {
            for line in &self.content.lines {
                *held.entry(line.lot).or_default() += line.qty;
            }
        }
        for (lot, cut) in &self.cut {
            *held.entry(*lot).or_default() -= cut;
        }
        held
    }

    /// Units set aside, or sent.
    pub fn units(&self) -> i64 {
        self.lines().iter().map(|line| line.qty).sum()
    }

    /// Notes what a report took of what it had set aside, or gives back. No more comes back than
    /// was taken.
    pub(crate) fn cut_by(&mut self, id: TransferId, cuts: &[Cut]) {
        for cut in cuts.iter().filter(|cut| cut.transfer == id) {
            let taken = self.cut.entry(cut.lot).or_default();
            *taken = (*taken + cut.qty).max(0);
        }
        self.cut.retain(|_, taken| *taken > 0);
    }

    /// Refuses to send, or to print, cartons that hold what reports took, or anything but its lines.
    pub fn refuse_stale_cartons(&self, lot_no: impl Fn(LotId) -> String) -> Result<(), Refusal> {
        if let Some((lot, lacks)) = self.lacks().first_key_value() {
            let (number, lot) = (self.content.number.clone(), lot_no(*lot));
            return Err(Refusal::LotCut { number, lot, lacks: *lacks });
        }
        refuse_difference(&self.lines(), &self.cartons, lot_no)
    }

    /// Units by lot that reports took and that it is not packed without: it cannot leave so.
    pub fn lacks(&self) -> BTreeMap<LotId, i64> {
        if self.reserves() { self.cut.clone() } else { BTreeMap::new() }
    }
}
