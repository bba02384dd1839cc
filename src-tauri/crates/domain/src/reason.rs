//! Reasons (理由): why something is done that a rule would otherwise refuse.
//!
//! Knows for which refusals somebody gave a reason, so that a word about goods that are too many
//! does not also take in goods that are expired. Refuses to judge whether a reason is a good one.

use crate::Refusal;

/// Why something unusual is done, as somebody wrote it; a blank is no reason.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reason {
    text: Option<String>,
    /// Codes of the refusals that were read; `None` when it is meant for whatever may come.
    read: Option<Vec<String>>,
}

impl Reason {
    /// A reason for whatever may come, as a script gives it.
    pub fn new(text: Option<String>) -> Self {
        let text = text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        Self { text, read: None }
    }

    /// The same, given by somebody who had read these refusals and no others.
    #[must_use]
    pub fn having_read(self, codes: Vec<String>) -> Self {
        Self { read: Some(codes), ..self }
    }

    /// What was written.
    pub fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }

    /// `refusal`, unless this is the reason for going on all the same.
    pub fn overcomes(&self, refusal: Refusal) -> Result<(), Refusal> {
        let meant = self.read.as_ref().is_none_or(|read| read.contains(&refusal.code()));
        if self.text.is_some() && meant { Ok(()) } else { Err(refusal) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_overcomes_what_it_was_given_for() {
        let over = || Refusal::OrderBelowMoq { sku: "S".into(), qty: 1, moq: 2 };
        let unpaid = || Refusal::BalanceNotPaid { number: "PO-1".into() };
        let any = Reason::new(Some(" agreed ".into()));
        assert_eq!((any.text(), any.overcomes(over())), (Some("agreed"), Ok(())));
        assert_eq!(any.overcomes(unpaid()), Ok(()));
        let read = any.having_read(vec!["order.below_moq".into()]);
        assert_eq!((read.overcomes(over()), read.overcomes(unpaid())), (Ok(()), Err(unpaid())));
        for blank in [None, Some(String::new()), Some("  ".into())] {
            assert_eq!(Reason::new(blank).overcomes(over()), Err(over()));
        }
    }
}
