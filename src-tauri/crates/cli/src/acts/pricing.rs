//! Price, payout and law of sales channels, from files alone.
//!
//! Knows how the pricing library's codes and values become words. Refuses to compute: every amount
//! is the library's.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use app::wire::{Arg, Args, Message};
use pricing::check::{OPERATORS, law, operator};
use pricing::{Context, Currency, Derivation, Flag, RuleBook, Severity, explain_case};
use serde_json::{Value, json};

use crate::Answer;
use crate::args::Pricing;
use crate::desk::{Desk, text_of};
use crate::failure::Failure;
use crate::words::Words;

pub(super) fn run(desk: &Desk, pricing: Pricing) -> Result<Answer, Failure> {
    match pricing {
        Pricing::Eval { files } => Ok(eval(&files)),
        Pricing::Check { rules, channel } => check(&desk.words, &rules, channel.as_deref()),
        Pricing::Explain { case } => explain(&desk.words, &case),
    }
}

/// One line per case. A file without cases is a line, too, so that it costs no other its answer;
/// the exit code is then that of a refusal.
fn eval(files: &[PathBuf]) -> Answer {
    let mut answers = Vec::new();
    let mut lost = false;
    for file in files {
        let code = match cases(file) {
            Ok(cases) => {
                let each = |case: &Value| json!({"id": case["id"], "got": pricing::eval(case)});
                answers.extend(cases.iter().map(each));
                continue;
            }
            Err(Failure::Usage(_)) => "not_json",
            Err(_) => "not_readable",
        };
        lost = true;
        let file = file.display().to_string();
        answers.push(json!({"id": null, "file": file, "got": {"error": code}}));
    }
    let lines: Vec<String> = answers.iter().map(Value::to_string).collect();
    Answer::new(answers.into(), lines.join("\n")).refusing(lost)
}

/// The cases of a file: one, or a list of them.
fn cases(file: &Path) -> Result<Vec<Value>, Failure> {
    match parsed(file)? {
        Value::Array(cases) => Ok(cases),
        case => Ok(vec![case]),
    }
}

fn parsed(file: &Path) -> Result<Value, Failure> {
    serde_json::from_str(&text_of(file)?).map_err(|error| Failure::bad_file(file, &error))
}

/// A refusal of the library as one of the core: same kind, same exit code, words by its code.
fn refused(error: &pricing::Error) -> Failure {
    let mut refusal = app::Error::refused(&format!("pricing.{}", error.code()), []);
    refusal.args = error.args().into_iter().map(|(name, value)| named(name, value)).collect();
    refusal.into()
}

fn named(name: &str, value: impl Into<String>) -> (String, Arg) {
    (name.to_owned(), Arg::Text(value.into()))
}

/// What the law says of rules, and of their use in a channel when one is named. A channel that no
/// provision is for is named, so that nobody takes silence for a check.
fn check(words: &Words, rules: &Path, channel: Option<&str>) -> Result<Answer, Failure> {
    let book = RuleBook::load_as_it_was(&text_of(rules)?).map_err(|error| refused(&error))?;
    let context = Context { channel: channel.map(Into::into), ..Context::default() };
    let flags = book.flags_in(&context);
    let unlawful = flags.iter().any(|flag| flag.severity == Severity::Error);
    let mut text = String::new();
    for flag in &flags {
        let _ = writeln!(text, "{}", told(words, flag));
    }
    if flags.is_empty() {
        let _ = writeln!(text, "{}", said(words, "lawful", Args::new()));
    }
    let mut json = json!({"flags": flags, "ok": !unlawful});
    if let Some(name) = channel {
        let operator = operator(name);
        let known: Vec<&str> = OPERATORS.iter().map(|(known, _)| *known).collect();
        let args = [named("channel", name), named("operator", operator.unwrap_or_default())];
        let args = args.into_iter().chain([named("known", known.join(", "))]).collect();
        let code = if operator.is_some() { "channel_known" } else { "channel_unknown" };
        let _ = writeln!(text, "{}", said(words, code, args));
        json["channel"] = json!({"name": name, "operator": operator});
    }
    Ok(Answer::new(json, text).refusing(unlawful))
}

/// A flag with the provision behind it.
fn told(words: &Words, flag: &Flag) -> String {
    let severity = match flag.severity {
        Severity::Info => "info",
        Severity::Warn => "warn",
        Severity::Error => "error",
    };
    let args = [
        named("severity", severity),
        named("said", said(words, &format!("flag.{}", flag.code), Args::new())),
        named("at", &*flag.at),
        named("flag", flag.code),
    ];
    let mut text = said(words, "flag", args.into());
    if let Some(law) = law(flag.code) {
        let code = if law.text_read { "law" } else { "law_from_memory" };
        let args = [named("source", law.source), named("since", law.since)];
        let _ = write!(text, "\n{}", said(words, code, args.into()));
    }
    text
}

fn explain(words: &Words, file: &Path) -> Result<Answer, Failure> {
    let mut text = String::new();
    let mut all = Vec::new();
    for case in cases(file)? {
        let id = case["id"].as_str().unwrap_or_default().to_owned();
        let title = case["title"].as_str().unwrap_or_default();
        let _ = writeln!(text, "{}", format!("{id} {title}").trim());
        let opened = explain_case(&case).map_err(|error| refused(&error))?;
        for derivation in &opened.derivations {
            let _ = writeln!(text, "{}", sentence(words, derivation, opened.currency));
        }
        for flag in &opened.flags {
            let _ = writeln!(text, "{}", told(words, flag));
        }
        if opened.derivations.is_empty() && opened.flags.is_empty() {
            let code = if case["op"] == "check" { "lawful" } else { "nothing_behind" };
            let _ = writeln!(text, "{}", said(words, code, Args::new()));
        }
        all.push(json!({"id": id, "explain": opened.derivations, "flags": opened.flags}));
    }
    Ok(Answer::new(all.into(), text))
}

/// A derivation in words, its amounts as decimals of the currency.
fn sentence(words: &Words, derivation: &Derivation, currency: Currency) -> String {
    let shown = |arg: &pricing::Arg| match arg {
        pricing::Arg::Id(id) => id.to_string(),
        pricing::Arg::Word(word) => (*word).to_owned(),
        pricing::Arg::Money(amount) => amount.to_decimal(currency).to_string(),
        pricing::Arg::Rate(rate) => percent(rate.ppm()),
        pricing::Arg::Count(count) => count.to_string(),
        pricing::Arg::Time(at) => at.to_string(),
    };
    let args = derivation.args.iter().map(|(name, arg)| match (*name, arg) {
        ("bucket", pricing::Arg::Word(word)) => {
            named(name, said(words, &format!("bucket.{word}"), Args::new()))
        }
        _ => named(name, shown(arg)),
    });
    said(words, derivation.code, args.collect())
}

/// Millionths as a percentage, with every digit they have: a rate of 12.5 % is not 13 %.
fn percent(ppm: u32) -> String {
    let digits = format!("{:04}", ppm % 10_000);
    let digits = digits.trim_end_matches('0');
    let point = if digits.is_empty() { "" } else { "." };
    format!("{}{point}{digits} %", ppm / 10_000)
}

fn said(words: &Words, code: &str, args: Args) -> String {
    words.message(&Message { code: format!("pricing.{code}"), args })
}

#[cfg(test)]
mod tests {
    use pricing::check::LAWS;
    use pricing::explain::CODES;
    use pricing::reconcile::Bucket;

    use super::*;
    use crate::words::Language;

    #[test]
    fn every_derivation_and_every_flag_has_words() {
        for language in [Language::Chinese, Language::English] {
            let words = Words::of(language);
            for (code, names) in CODES {
                let args = names.iter().map(|name| named(name, format!("<{name}>")));
                let sentence = said(&words, code, args.collect());
                for name in *names {
                    assert!(sentence.contains(&format!("<{name}>")), "{code}: {name}: {sentence}");
                }
                assert!(!sentence.contains("{{"), "{code}: {sentence}");
            }
            for bucket in Bucket::ALL {
                let sentence = said(&words, &format!("bucket.{}", bucket.name()), Args::new());
                assert!(!sentence.starts_with("pricing."), "{sentence}");
            }
            for law in LAWS {
                let sentence = said(&words, &format!("flag.{}", law.code), Args::new());
                assert!(!sentence.starts_with("pricing."), "{sentence}");
            }
        }
    }

    #[test]
    fn a_rate_keeps_its_digits() {
        assert_eq!(percent(150_000), "15 %");
        assert_eq!(percent(6_000), "0.6 %");
        assert_eq!(percent(125_050), "12.505 %");
        assert_eq!(percent(1_000_000), "100 %");
    }
}
