//! Reasons (理由): why something is done that a rule would otherwise refuse.
//!
//! Knows for which refusals somebody gave a reason, so that a word about goods that are too many
//! does not also take in goods that are expired, nor one about a lot another lot. Refuses to judge
//! whether a reason is a good one.

use serde_json::Value;

use crate::Refusal;

/// Why something unusual is done, as somebody wrote it; a blank is no reason.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reason {
    text: Option<String>,
    /// The refusals that were read, as they are told; `None` when it is meant for whatever may come.
    read: Option<Vec<Value>>,
}

impl Reason {
    /// A reason for whatever may come, as a script gives it.
    pub fn new(text: Option<String>) -> Self {
        let text = text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        Self { text, read: None }
    }

    /// The same, given by somebody who had read these refusals and no others: each as it was told,
    /// with its code and its values.
    #[must_use]
    pub fn having_read(self, refusals: Vec<Value>) -> Self {
        Self { read: Some(refusals), ..self }
    }

    /// What was written.
    pub fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }

    /// `refusal`, unless this is the reason for going on all the same.
    pub fn overcomes(&self, refusal: Refusal) -> Result<(), Refusal> {
        let meant = self.read.as_ref().is_none_or(|read| read.contains(&refusal.told()));
        if self.text.is_some() && meant { Ok(()) } else { Err(refusal) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_overcomes_what_it_was_given_for() {
        let below = |qty| Refusal::OrderBelowMoq { sku: "S".into(), qty, moq: 9 };
        let differs = || Refusal::OrderPriceDiffers {
            sku: "S".into(),
            qty: 1,
            offered: None,
            price: "2".into(),
        };
        let any = Reason::new(Some(" agreed ".into()));
        assert_eq!((any.text(), any.overcomes(below(1))), (Some("agreed"), Ok(())));
        assert_eq!(any.overcomes(differs()), Ok(()));
        let read = any.clone().having_read(vec![below(1).told()]);
        assert_eq!((read.overcomes(below(1)), read.overcomes(below(2))), (Ok(()), Err(below(2))));
        assert_eq!(read.overcomes(differs()), Err(differs()));
        // A value that is not known is not told.
        let told = serde_json::json!({ "code": "order.price_differs",
                                       "args": { "sku": "S", "qty": 1, "price": "2" } });
        assert_eq!(any.having_read(vec![told]).overcomes(differs()), Ok(()));
        for blank in [None, Some(String::new()), Some("  ".into())] {
            assert_eq!(Reason::new(blank).overcomes(below(1)), Err(below(1)));
        }
    }
}
