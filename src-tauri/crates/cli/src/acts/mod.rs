//! The commands: each reads its words, calls the core and says what came of it.

mod attach;
mod bills;
mod channels;
mod demo;
mod demo_run;
mod files;
mod imports;
mod journal;
mod lots;
mod market;
mod materials;
mod order_drafts;
mod order_tracks;
mod orders;
mod plan;
mod pricing;
mod prints;
mod records;
mod stock;
mod terms;
mod transfers;

use serde_json::{Value, json};

use crate::{
    Answer,
    args::Act,
    desk::{Desk, stdin},
    failure::Failure,
    find::text,
    help,
};

/// Carries out one command line.
pub(crate) fn run(desk: &Desk, act: Act) -> Result<Answer, Failure> {
    match act {
        Act::New { file, company, currency } => files::new(desk, &file, &company, &currency),
        Act::Demo { file, size, mall } => demo::make(desk, &file, size, &mall),
        Act::DemoRun { out, mall } => demo_run::run(desk, &out, mall),
        Act::Status => files::status(desk.reading()?),
        Act::Today => files::today(desk.reading()?),
        Act::Import(import) => imports::import(desk, &import),
        Act::Imports => imports::list(desk.reading()?),
        Act::Journal { limit } => journal::list(desk.reading()?, limit),
        Act::Undo(undo) => journal::undo(desk, &undo),
        Act::Stock(stock) => stock::stock(desk.reading()?, stock),
        Act::Goods(records) => records::goods(desk, records),
        Act::Places(records) => records::places(desk, records),
        Act::Partners(records) => records::partners(desk, records),
        Act::Order(order) => orders::run(desk, order),
        Act::Offer(offer) => terms::offers(desk, offer),
        Act::Bom(kept) => terms::boms(desk, kept),
        Act::Version(kept) => terms::versions(desk, kept),
        Act::Material(material) => materials::run(desk, material),
        Act::Statement(statement) => materials::statements(desk, statement),
        Act::Bill(bill) => bills::run(desk, bill),
        Act::Invoice(invoice) => bills::invoices(desk, invoice),
        Act::Set(set) => lots::sets(desk, set),
        Act::Lot(lot) => lots::run(desk, lot),
        Act::Factory(factory) => lots::factories(desk, &factory),
        Act::Attach(attach) => attach::run(desk, attach),
        Act::Plan { from, to, sku, why } => {
            plan::plan(desk.reading()?, &plan::Wanted { from, to, sku }, why)
        }
        Act::Slow => plan::slow(desk.reading()?),
        Act::Transfer(transfer) => transfers::run(desk, transfer),
        Act::Print(asked) => prints::print(desk.reading()?, &asked),
        Act::Sync { shop } => market::sync(desk.writing()?, shop.as_deref()),
        Act::Shop(shop) => market::run(desk, shop),
        Act::Pricing(pricing) => pricing::run(desk, pricing),
        Act::Channel(channel) => channels::run(desk, channel),
        Act::Price(price) => channels::prices(desk, price),
        Act::Differences { shop } => channels::differences(desk.reading()?, shop.as_deref()),
        Act::Bench(bench) => channels::bench(desk, &bench),
        Act::Clearance { price } => channels::clearance(desk.reading()?, price.as_deref()),
        Act::Verify => files::verify(desk.reading()?),
        Act::Backup { list } => files::backup(desk, list),
        Act::Restore { backup } => files::restore(desk.writing()?, &backup),
        Act::Export { table, out, as_of, shop } => {
            files::export(desk.reading()?, &table, &out, as_of, shop.as_deref())
        }
        Act::Find { text } => files::find(desk.reading()?, &text),
        Act::Call { name, input } => call(desk, &name, &input),
        Act::Help { command } => help::help(&command),
    }
}

/// Any command of the core: the workspace is opened to write only when it writes.
fn call(desk: &Desk, name: &str, input: &str) -> Result<Answer, Failure> {
    let input = if input == "-" { stdin()? } else { input.to_owned() };
    let input: Value = serde_json::from_str(&input).map_err(|error| Failure::bad_json(&error))?;
    let command = app::TABLE.iter().find(|command| command.name == name);
    let command =
        command.ok_or_else(|| Failure::usage("unknown_command", [("command", name.into())]))?;
    let opens = matches!(name, "workspace.create" | "workspace.open");
    match command.needs.write {
        _ if opens => {}
        true => drop(desk.writing()?),
        // The status of no workspace is an answer too.
        false if name == "workspace.status" && desk.workspace().is_err() => {}
        false => drop(desk.reading()?),
    }
    let answer = desk.call(name, input)?;
    let shown = serde_json::to_string_pretty(&answer).unwrap_or_default();
    Ok(Answer::new(answer, shown))
}

/// What was posted, in a sentence; `done` is what the source calls the deed.
fn posted(desk: &Desk, done: &str, answer: Value) -> Answer {
    let count = answer["entries"].as_array().map_or(0, Vec::len);
    let label = text(&answer["document"]["label"]);
    let what = if label.is_empty() { label } else { format!(" {label}") };
    let sentence = if count == 1 { "done_once" } else { "done" };
    let (done, what, count) = (json!(desk.words.said(done)), json!(what), json!(count));
    let args = [("done", &done), ("what", &what), ("count", &count)];
    Answer::new(answer, desk.words.told(sentence, &args))
}
