//! `pincang help`: what each command does, and the JSON that it takes and answers.
//!
//! The JSON is told by the table of the core's commands itself, so it cannot be out of date.

use std::fmt::Write as _;

use clap::CommandFactory;
use serde_json::json;

use crate::{Answer, args::Arguments, failure::Failure};

/// Which commands of the core stand behind a word of the command line. The last one makes the
/// answer that `--json` prints.
const BEHIND: &[(&str, &[&str])] = &[
    ("new", &["workspace.create"]),
    ("demo", &["import.apply", "order.save", "transfer.save", "shop.save", "workspace.status"]),
    ("demo-run", &["sync.run", "plan.run", "transfer.approve", "paper.print", "verify.run"]),
    ("status", &["workspace.status"]),
    ("today", &["today.tasks"]),
    ("import", &["import.inspect", "import.dry_run", "import.apply"]),
    ("imports", &["import.batches"]),
    ("journal", &["journal.list"]),
    (
        "undo",
        &["journal.preview", "import.preview_take_back", "import.take_back", "journal.reverse"],
    ),
    ("stock", &["stock.open", "stock.page"]),
    ("goods", &["sku.save", "sku.save_all", "sku.list"]),
    ("places", &["location.save", "location.list"]),
    ("partners", &["partner.save", "partner.save_bank", "partner.banks", "partner.list"]),
    (
        "order",
        &[
            "order.list",
            "order.get",
            "order.save",
            "order.discard",
            "order.issue",
            "order.accept",
            "order.amend",
            "order.milestone",
            "order.tracks",
            "order.account",
            "order.cost",
            "order.payables",
            "order.owed_back",
            "order.pay",
            "order.waive",
            "order.refund",
            "order.claim",
            "order.receive",
            "order.decide",
            "order.settle_losses",
            "order.close",
            "order.cancel",
        ],
    ),
    ("offer", &["offer.list", "offer.prices", "offer.save", "offer.quote"]),
    ("bom", &["bom.list", "bom.save"]),
    ("version", &["version.list", "version.save"]),
    (
        "material",
        &[
            "material.issue",
            "material.take_back",
            "material.keep",
            "material.draw",
            "material.slips",
            "material.at_factories",
        ],
    ),
    ("statement", &["statement.list", "statement.get", "statement.save", "statement.count"]),
    ("bill", &["bill.list", "bill.post"]),
    ("invoice", &["invoice.list", "invoice.save"]),
    ("set", &["set.parts", "set.assemble", "set.disassemble"]),
    ("lot", &["lot.genealogy", "lot.cost"]),
    ("factory", &["factory.scorecards", "factory.price_trends"]),
    ("attach", &["attachment.list", "attachment.add", "attachment.remove"]),
    ("plan", &["plan.run"]),
    ("slow", &["slow.money", "slow.list"]),
    (
        "transfer",
        &[
            "transfer.list",
            "transfer.get",
            "transfer.save",
            "transfer.discard",
            "transfer.approve",
            "transfer.pack",
            "transfer.ship",
            "transfer.arrive",
            "transfer.resolve",
            "transfer.close",
            "transfer.cancel",
        ],
    ),
    ("print", &["paper.print"]),
    ("sync", &["sync.run"]),
    ("shop", &["shop.list", "shop.save"]),
    // A library of its own answers; the core has no part in it.
    ("pricing", &[]),
    (
        "channel",
        &[
            "channel.list",
            "channel.rules",
            "channel.templates",
            "channel.save",
            "channel.import",
            "channel.export",
            "channel.assumptions",
            "channel.save_assumptions",
        ],
    ),
    ("price", &["price.list", "price.save", "import.apply", "export.table"]),
    ("bench", &["bench.explain", "bench.run"]),
    ("differences", &["sync.differences"]),
    ("clearance", &["clearance.floors"]),
    ("verify", &["verify.run"]),
    ("backup", &["backup.list", "backup.make"]),
    ("restore", &["backup.restore"]),
    ("export", &["export.table"]),
    ("find", &["search.find"]),
];

/// All commands, or one of them: a word of the command line or a name of the core.
pub(crate) fn help(wanted: &[String]) -> Result<Answer, Failure> {
    let Some((wanted, path)) = wanted.split_first() else { return Ok(overview()) };
    let wanted = wanted.as_str();
    let signatures = told();
    if let Some(one) = signatures.iter().find(|signature| signature.name == wanted) {
        let shown = format!("{}\n{}", line(one), declared(&[one]));
        return Ok(Answer::new(json!({ "name": one.name }), shown));
    }
    let mut grammar = Arguments::command();
    // So that the usage of `order draft` says all its words.
    grammar.build();
    let unknown = |word: &str| Failure::usage("unknown_command", [("command", word.into())]);
    let mut command = grammar.find_subcommand_mut(wanted).ok_or_else(|| unknown(wanted))?;
    for word in path {
        command = command
            .find_subcommand_mut(word)
            .ok_or_else(|| unknown(&format!("{wanted} {}", path.join(" "))))?;
    }
    let mut shown = command.render_long_help().to_string();
    let names = BEHIND.iter().find(|(word, _)| *word == wanted).map(|(_, names)| *names);
    let behind: Vec<_> = signatures
        .iter()
        .filter(|one| names.is_some_and(|names| names.contains(&one.name)))
        .collect();
    if !behind.is_empty() {
        shown.push_str("\nJSON (a command of the core: what it takes => what it answers):\n");
        for one in &behind {
            let _ = writeln!(shown, "  {}", line(one));
        }
        let _ = write!(shown, "\n{}", declared(&behind));
    }
    let names: Vec<&str> = behind.iter().map(|one| one.name).collect();
    let words = std::iter::once(wanted).chain(path.iter().map(String::as_str));
    let command = words.collect::<Vec<_>>().join(" ");
    Ok(Answer::new(json!({ "command": command, "calls": names }), shown))
}

/// What the core's table tells of a command.
struct Told {
    name: &'static str,
    needs: app::Needs,
    input: String,
    output: String,
}

fn told() -> Vec<Told> {
    let all = app::signatures().into_iter();
    all.map(|one| Told { name: one.name, needs: one.needs, input: one.input, output: one.output })
        .collect()
}

fn line(one: &Told) -> String {
    let needs = match (one.needs.write, one.needs.money) {
        (true, true) => "  (writes, needs the right to see money)",
        (true, false) => "  (writes)",
        (false, true) => "  (needs the right to see money)",
        (false, false) => "",
    };
    format!("{}: {} => {}{needs}", one.name, one.input, one.output)
}

/// The declarations of the types that commands take and answer, and of those within them.
fn declared(of: &[&Told]) -> String {
    let contract = app::contract();
    let types: Vec<(&str, &str)> = contract
        .split("\n\n")
        .filter_map(|block| {
            let (_, named) = block.split_once("export type ")?;
            Some((named.split([' ', '=', '<']).next()?, block))
        })
        .collect();
    let mut wanted: Vec<String> = Vec::new();
    for one in of {
        wanted.extend(names(&one.input));
        wanted.extend(names(&one.output));
    }
    let mut shown: Vec<&str> = Vec::new();
    let mut next = 0;
    while let Some(name) = wanted.get(next).cloned() {
        next += 1;
        let Some((_, block)) = types.iter().find(|(known, _)| *known == name) else { continue };
        if !shown.contains(block) {
            shown.push(block);
            wanted.extend(names(block.split_once("export type ").map_or("", |(_, text)| text)));
        }
    }
    shown.join("\n\n")
}

/// The words of a type that may be names of others.
fn names(text: &str) -> Vec<String> {
    let words = text.split(|sign: char| !sign.is_alphanumeric());
    words.filter(|word| word.starts_with(char::is_uppercase)).map(str::to_owned).collect()
}

fn overview() -> Answer {
    let mut shown = Arguments::command().render_long_help().to_string();
    shown.push_str("\nCommands of the core, for `pincang call NAME JSON`:\n");
    let signatures = told();
    for one in &signatures {
        let _ = writeln!(shown, "  {}", line(one));
    }
    shown.push_str("\n`pincang help COMMAND` tells the types of one.\n");
    let names: Vec<&str> = signatures.iter().map(|one| one.name).collect();
    Answer::new(json!({ "commands": names }), shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_command_line_says_what_stands_behind_it() {
        for command in Arguments::command().get_subcommands() {
            let word = command.get_name();
            let told = BEHIND.iter().any(|(known, _)| *known == word);
            assert!(told || matches!(word, "help" | "call"), "{word}");
        }
    }

    #[test]
    fn every_name_behind_a_word_is_a_command_of_the_core() {
        let known: Vec<_> = app::TABLE.iter().map(|command| command.name).collect();
        for (word, names) in BEHIND {
            for name in *names {
                assert!(known.contains(name), "{word}: {name}");
            }
        }
    }

    #[test]
    fn the_types_of_a_command_are_told() {
        let shown = help(&["transfer".to_owned()]).expect("a command").text;
        assert!(shown.contains("transfer.resolve: ResolveTransfer => Posted"), "{shown}");
        assert!(shown.contains("ResolveTransfer ="), "{shown}");
    }

    #[test]
    fn a_command_of_two_words_tells_its_own_options() {
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let shown = help(&words("order draft")).expect("a command").text;
        assert!(
            shown.contains("pincang order draft") && shown.contains("--over-is-free"),
            "{shown}"
        );
        assert!(shown.contains("order.save: SaveOrder => ById"), "{shown}");
        assert!(help(&words("order nonsense")).is_err());
        assert!(help(&words("order draft more")).is_err());
    }
}
