//! The phase of an order (阶段): the one thing that it waits for, out of its four tracks.
//!
//! Knows which track is asked first. Refuses to know how a track comes to its answer.

use super::{Milestone, OrderState, ProductionOrder};

/// What the money, material and quality tracks say about an order on a day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "four questions with a yes or no each")]
pub struct Tracks {
    /// A due on acceptance or on a milestone reached is not paid.
    pub deposit_open: bool,
    /// The factory holds less than the rest of the order needs.
    pub material_short: bool,
    /// What is due before shipment is not paid.
    pub balance_open: bool,
    /// Received units wait for a quality decision.
    pub in_quarantine: bool,
}

impl ProductionOrder {
    /// What it waits for: the first that holds of cancelled, closed, awaiting acceptance, deposit,
    /// material, balance, quality, then receiving, ready, making, complete.
    pub fn phase(&self, tracks: Tracks) -> &'static str {
        match self.state {
            OrderState::Cancelled => "cancelled",
            OrderState::Closed => "closed",
            OrderState::Issued => "awaiting_acceptance",
            OrderState::Accepted => {
                let complete = self.is_complete();
                if tracks.deposit_open && !complete {
                    "awaiting_deposit"
                } else if tracks.material_short && !complete {
                    "awaiting_material"
                } else if tracks.balance_open && self.has_reached(Milestone::Ready) && !complete {
                    "awaiting_balance"
                } else if tracks.in_quarantine {
                    "awaiting_qc"
                } else if complete {
                    "complete"
                } else if self.tallies.iter().any(|tally| tally.came > 0) {
                    "receiving"
                } else if self.has_reached(Milestone::Ready) {
                    "ready"
                } else {
                    "making"
                }
            }
        }
    }
}
