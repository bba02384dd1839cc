//! Price, payout and law of sales channels, from files alone.
//!
//! Knows how the pricing library's codes and values become words. Refuses to compute: every amount
//! is the library's.

use std::fmt::Write as _;
use std::path::Path;

use app::wire::{Arg, Args, Message};
use pricing::check::law;
use pricing::{Currency, Derivation, Flag, Order, Quote, RuleBook, Severity, quote};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::Answer;
use crate::args::Pricing;
use crate::desk::{Desk, text_of};
use crate::failure::Failure;
use crate::words::Words;

pub(super) fn run(desk: &Desk, pricing: Pricing) -> Result<Answer, Failure> {
    match pricing {
        Pricing::Eval { files } => {
            let mut answers = Vec::new();
            for file in &files {
                for case in cases(file)? {
                    answers.push(json!({"id": case["id"], "got": pricing::eval(&case)}));
                }
            }
            let lines: Vec<String> = answers.iter().map(Value::to_string).collect();
            Ok(Answer::new(answers.into(), lines.join("\n")))
        }
        Pricing::Check { rules } => check(&desk.words, &rules),
        Pricing::Explain { case } => explain(&desk.words, &case),
    }
}

/// The cases of a file: one, or a list of them.
fn cases(file: &Path) -> Result<Vec<Value>, Failure> {
    match parsed(file)? {
        Value::Array(cases) => Ok(cases),
        case => Ok(vec![case]),
    }
}

fn parsed(file: &Path) -> Result<Value, Failure> {
    serde_json::from_str(&text_of(file)?)
        .map_err(|error| Failure::usage(format!("{}: {error}", file.display())))
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

fn check(words: &Words, rules: &Path) -> Result<Answer, Failure> {
    let book = RuleBook::load_as_it_was(&text_of(rules)?).map_err(|error| refused(&error))?;
    let flags = book.flags();
    let unlawful = flags.iter().any(|flag| flag.severity == Severity::Error);
    let mut text = String::new();
    for flag in &flags {
        let _ = writeln!(text, "{}", told(words, flag));
    }
    if flags.is_empty() {
        text = said(words, "lawful", Args::new());
    }
    let json = json!({"flags": flags, "ok": !unlawful});
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
        let Some(quote) = priced(&case)? else {
            let _ = writeln!(text, "{}", said(words, "no_order", [named("case", &*id)].into()));
            continue;
        };
        let currency = quote.ruleset.currency;
        for derivation in quote.explain() {
            let _ = writeln!(text, "{}", sentence(words, &derivation, currency));
        }
        for flag in &quote.flags {
            let _ = writeln!(text, "{}", told(words, flag));
        }
        all.push(json!({"id": id, "explain": quote.explain().collect::<Vec<_>>()}));
    }
    Ok(Answer::new(all.into(), text))
}

/// The quote of a case that has rules and an order, whatever it asks of them.
fn priced(case: &Value) -> Result<Option<Quote>, Failure> {
    let (rules, order) = (&case["input"]["rules"], &case["input"]["order"]);
    if rules.is_null() || order.is_null() {
        return Ok(None);
    }
    let order =
        Order::deserialize(order).map_err(|error| Failure::usage(format!("order: {error}")))?;
    let book = RuleBook::load_as_it_was(&rules.to_string());
    book.and_then(|book| quote(&book, &order)).map(Some).map_err(|error| refused(&error))
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
    let args = derivation.args.iter().map(|(name, arg)| named(name, shown(arg)));
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
