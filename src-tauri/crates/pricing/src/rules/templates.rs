//! The rule sets that come with the crate, as text.

/// A rule set to begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Template {
    /// What it is called.
    pub code: &'static str,
    /// Its JSON.
    pub json: &'static str,
}

/// One rule set for each of the seven modes of selling. Rates in them are examples: what a channel
/// really asks stands in its contract.
pub static TEMPLATES: [Template; 7] = [
    Template { code: "s2b2c", json: include_str!("../../rules/s2b2c.json") },
    Template { code: "group", json: include_str!("../../rules/group.json") },
    Template { code: "c2m", json: include_str!("../../rules/c2m.json") },
    Template { code: "flash", json: include_str!("../../rules/flash.json") },
    Template { code: "cps", json: include_str!("../../rules/cps.json") },
    Template { code: "saas", json: include_str!("../../rules/saas.json") },
    Template { code: "checkin", json: include_str!("../../rules/checkin.json") },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RuleBook;

    #[test]
    fn each_template_may_be_loaded() {
        for template in &TEMPLATES {
            let book = RuleBook::load(template.json);
            assert!(book.is_ok(), "{}: {book:?}", template.code);
        }
    }
}
