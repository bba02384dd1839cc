//! Who stands on a paper: one side of a contract, or a place that sends or receives.

use crate::{form::Block, pdf_text::Words};

/// One side of a contract, or a place that sends or receives.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Party {
    /// Registered name, or the name of the place.
    pub name: String,
    /// 统一社会信用代码, 18 characters; abroad the company registration.
    pub credit_code: Option<String>,
    /// Postal address.
    pub address: Option<String>,
    /// Whom to ask for.
    pub contact: Option<String>,
    /// Telephone of that person.
    pub phone: Option<String>,
}

impl Party {
    /// The party as a block under its caption; `field` names it in refusals.
    pub(crate) fn block<'a>(
        &'a self,
        caption: &'a str,
        words: &Words,
        field: &'static str,
    ) -> Block<'a> {
        Block { caption, name: &self.name, rows: self.rows(words), field }
    }

    fn rows<'a>(&'a self, words: &Words) -> Vec<(&'a str, &'a str)> {
        [
            (words.credit_code, &self.credit_code),
            (words.address, &self.address),
            (words.contact, &self.contact),
            (words.phone, &self.phone),
        ]
        .into_iter()
        .filter_map(|(caption, value)| Some((caption, value.as_deref()?)))
        .collect()
    }
}
