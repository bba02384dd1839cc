//! Who may call what: money is shown to those who may see it, and to nobody by accident.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

mod support;

use std::collections::BTreeSet;

use app::{Role, TABLE};
use serde_json::json;
use support::Desk;

/// The types that hold money on the wire.
const MONEY_TYPES: [&str; 2] = ["Amount", "UnitPrice"];

/// Commands that need the right although their types hold no money: they act on prices.
const ACTS_ON_PRICES: [&str; 1] = ["order.issue"];

#[test]
fn a_command_reaches_money_exactly_when_its_row_says_so() {
    for command in app::signatures() {
        let reaches = MONEY_TYPES.iter().any(|money| {
            command.output_reaches.contains(*money) || command.input_reaches.contains(*money)
        });
        let says = command.needs.money;
        let expected = reaches || ACTS_ON_PRICES.contains(&command.name);
        assert_eq!(says, expected, "{} (types reach money: {reaches})", command.name);
    }
}

#[test]
fn the_table_names_each_command_once() {
    let names: BTreeSet<&str> = TABLE.iter().map(|command| command.name).collect();
    assert_eq!(names.len(), TABLE.len());
    assert!(TABLE.len() > 50, "the table is read whole");
}

#[test]
fn whoever_may_not_see_money_is_refused_every_command_that_reaches_it() {
    let mut desk = Desk::new("2026-10-01");
    for role in [Role::Planner, Role::Warehouse] {
        desk.role = role;
        for command in TABLE.iter().filter(|command| command.needs.money) {
            let error = desk.refused(command.name, json!({}));
            assert_eq!(error.code, "role.no_money", "{} as {role:?}", command.name);
        }
    }
}
