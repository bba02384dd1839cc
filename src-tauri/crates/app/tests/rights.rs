//! Who may call what: money is shown to those who may see it, and to nobody by accident.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

mod support;

use std::collections::BTreeSet;

use app::{Role, TABLE};
use serde_json::json;
use support::Desk;

/// The types that hold money on the wire.
const MONEY_TYPES: [&str; 3] = ["Amount", "UnitPrice", "PartnerBank"];

/// Commands that need the right although their types hold no money: they act on prices.
const ACTS_ON_PRICES: [&str; 2] = ["order.issue", "order.discard"];

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

/// Who may call each command: manager, planner, warehouse.
const WHO: &str = "
    workspace.status mpw
    workspace.open mpw
    workspace.open_to_read mpw
    workspace.create mpw
    workspace.close mpw
    company.get mpw
    company.save m--
    backup.list mpw
    backup.make mpw
    backup.restore m--
    verify.run mpw
    sku.list mpw
    sku.get mpw
    sku.save m--
    sku.save_all m--
    sku.prices m--
    sku.save_price m--
    location.list mpw
    location.save m--
    partner.list mpw
    partner.save m--
    partner.banks m--
    partner.save_bank m--
    stock.open mpw
    stock.page mpw
    stock.copy mpw
    stock.release mpw
    stock.value m--
    stock.matrix mpw
    stock.regrade m-w
    lot.get mpw
    lot.dates mpw
    lot.value m--
    journal.list mpw
    journal.preview mpw
    journal.reverse mpw
    import.inspect mpw
    import.dry_run mpw
    import.apply mp-
    import.batches mpw
    import.preview_take_back mpw
    import.take_back mp-
    import.template mpw
    order.list mpw
    order.get mpw
    order.money m--
    order.save m--
    order.discard m--
    order.issue m--
    order.amend m--
    order.accept m--
    order.receive m-w
    order.close m--
    order.cancel m--
    order.tracks mpw
    order.milestone m-w
    order.account m--
    order.cost m--
    order.pay m--
    order.waive m--
    order.refund m--
    order.claim m--
    order.payables m--
    order.owed_back m--
    order.decide m--
    order.settle_losses m--
    offer.list mpw
    offer.prices m--
    offer.save m--
    offer.quote m--
    version.list mpw
    version.save m--
    bom.list mpw
    bom.save m--
    material.issue m-w
    material.take_back m-w
    material.keep m-w
    material.draw m-w
    material.at_factories mpw
    material.slips mpw
    statement.get mpw
    statement.list mpw
    statement.save m--
    statement.count m--
    invoice.list m--
    invoice.save m--
    bill.list m--
    bill.post m--
    set.parts mpw
    set.assemble m-w
    set.disassemble m-w
    lot.genealogy mpw
    lot.cost m--
    factory.scorecards mpw
    factory.price_trends m--
    attachment.list mpw
    attachment.add m-w
    attachment.remove m-w
    transfer.list mpw
    transfer.get mpw
    transfer.save mp-
    transfer.discard mp-
    transfer.approve m--
    transfer.pack m-w
    transfer.ship m-w
    transfer.arrive m-w
    transfer.resolve m--
    transfer.close m--
    transfer.cancel m--
    plan.run mpw
    plan.history mpw
    slow.list mpw
    slow.money m--
    channel.list mpw
    channel.rules mpw
    channel.templates mpw
    channel.save m--
    channel.import m--
    channel.export mpw
    channel.assumptions m--
    channel.save_assumptions m--
    price.list m--
    price.save m--
    bench.run m--
    bench.explain m--
    clearance.floors m--
    shop.list mpw
    shop.save m--
    sync.run mp-
    sync.differences m--
    paper.print mpw
    paper.printers mpw
    paper.send mpw
    today.tasks mpw
    today.money m--
    search.find mpw
    export.table mpw
";

#[test]
fn every_command_is_for_whom_the_table_says() {
    let mut desk = Desk::new("2026-10-01");
    let mut said: Vec<String> = Vec::new();
    for command in TABLE {
        let mut who = String::new();
        for (role, letter) in Role::ALL.into_iter().zip(["m", "p", "w"]) {
            desk.role = role;
            // An input of no shape: whoever may call it is told that, and nothing is done.
            let refused = desk.refused(command.name, json!("of no shape"));
            let stopped = refused.code.starts_with("role.");
            assert!(stopped || refused.code == "command.malformed", "{}", refused.code);
            who += if stopped { "-" } else { letter };
        }
        said.push(format!("{} {who}", command.name));
    }
    let expected: Vec<&str> = WHO.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    assert_eq!(said, expected);
}

#[test]
fn a_refusal_names_the_right_and_who_has_it() {
    let mut desk = Desk::new("2026-10-01");
    desk.role = Role::Warehouse;
    let refused = desk.refused("transfer.save", json!({}));
    assert_eq!(refused.code, "role.no_right.draft");
    assert_eq!(refused.args["who"], app::wire::Arg::from("manager, planner"));
    let rights = |desk: &Desk| desk.ok("workspace.status", json!({}))["rights"].clone();
    assert_eq!(rights(&desk), json!(["handle"]));
    desk.role = Role::Planner;
    assert_eq!(rights(&desk), json!(["draft", "import_sales"]));
}

#[test]
fn whoever_may_not_do_a_thing_may_not_undo_it() {
    let mut desk = Desk::new("2026-10-01");
    let company = desk.ok("company.get", json!({}));
    desk.ok("company.save", company);
    let page = desk.ok("journal.list", json!({ "offset": 0, "limit": 1 }));
    let undo = json!({ "entry": page["rows"][0]["id"], "withBlocking": false });
    for role in [Role::Planner, Role::Warehouse] {
        desk.role = role;
        assert_eq!(desk.refused("journal.reverse", undo.clone()).code, "role.no_right.settings");
    }
    desk.role = Role::Manager;
    desk.ok("journal.reverse", undo);
}

#[test]
fn whoever_sees_no_money_learns_no_bank_account_from_any_command() {
    let mut desk = Desk::new("2026-10-01");
    let fields = json!({
        "code": "F1", "name": "代工厂", "kind": "factory", "taxNo": "", "address": "",
        "contact": "", "phone": "",
    });
    let partner = desk.ok("partner.save", json!({ "id": null, "fields": fields }));
    let partner = partner["document"]["id"].clone();
    let secrets = ["8888666644442222", "白云支行", "财务部"];
    let [number, bank, holder] = secrets;
    let account = json!({ "partner": partner, "bank": bank, "holder": holder, "number": number });
    let entry = desk.ok("partner.save_bank", account.clone())["entries"][0].clone();
    assert_eq!(desk.ok("partner.banks", json!({})), json!([account]));

    let page = |document| json!({ "offset": 0, "limit": 500, "document": document });
    let mut inputs = vec![json!({}), page(json!(null)), page(partner.clone())];
    inputs.extend([&partner, &entry].map(|id| json!({ "id": id })));
    inputs.extend(secrets.map(|text| json!({ "text": text })));
    let path = desk.path("book.pincang").display().to_string();
    for role in [Role::Planner, Role::Warehouse] {
        desk.role = role;
        let mut answered = 0;
        for command in TABLE.iter().filter(|command| !command.needs.write) {
            for input in &inputs {
                let answer = desk.watch(command.name, input.clone(), &|_| {});
                answered += i32::from(answer.is_ok());
                let said = answer.map_or_else(|error| format!("{error:?}"), |one| one.to_string());
                let told = secrets.iter().find(|secret| said.contains(**secret));
                assert_eq!(told, None, "{} {input} as {role:?}: {said}", command.name);
            }
            desk.ok("workspace.open", json!({ "path": path }));
        }
        assert!(answered > 60, "{answered} of the commands had something to say");
        let undo = json!({ "entry": entry, "withBlocking": false });
        assert_eq!(desk.refused("journal.reverse", undo).code, "role.no_right.settings");
    }
}
