//! Random commands of production, decided by the rules and posted to a file, against a plain model
//! of units and cents that shares no rule with them: after each command all that it touched is
//! compared (D-1, D-2, D-11, D-13, D-17), every 1,000 everything, and the file is proved.
//!
//! `PINCANG_MODEL_COMMANDS` sets how many commands there are, `PINCANG_MODEL_SEED` runs one seed
//! alone: a failure names both, and is then the shortest run that ends with it.

mod books;
mod keeping;
mod making;
mod run;
mod selling;
mod support;

/// Commands of one workspace: long enough for histories, short enough to be proved often.
const OF_A_RUN: usize = 1_000;
const COMMANDS: usize = 100_000;

fn from_env(name: &str) -> Option<usize> {
    std::env::var(name).ok()?.parse().ok()
}

#[test]
fn random_commands_leave_what_a_plain_model_says() {
    let commands = from_env("PINCANG_MODEL_COMMANDS").unwrap_or(COMMANDS);
    if let Some(seed) = from_env("PINCANG_MODEL_SEED") {
        run::run(u64::try_from(seed).expect("small"), commands);
        return;
    }
    let seeds = u64::try_from(commands.div_ceil(OF_A_RUN)).expect("small");
    let tally = run::runs(1..seeds + 1, commands.min(OF_A_RUN));
    println!("{:?}", tally.posted);
    println!(
        "refused {}, undone {}, not undone {}, corrected {}",
        tally.refused, tally.undone, tally.blocked, tally.corrected
    );
    let rare = [
        "received",
        "judged",
        "sent",
        "kept",
        "drawn",
        "counted",
        "losses",
        "claimed",
        "closed",
        "billed",
        "assembled",
        "taken apart",
        "sold",
        "settled",
        "sales settled",
        "stated",
    ];
    for what in rare {
        let often = tally.posted.get(what).copied().unwrap_or(0);
        assert!(often >= commands / 1_000, "the dice reach every case: {what} {often}");
    }
    assert!(tally.undone > commands / 50 && tally.corrected > commands / 500);
    assert!(tally.refused > commands / 100 && tally.blocked > commands / 100);
}
