//! From the library's codes and values to messages and derivations.

use chrono::NaiveDate;
use pricing::{Arg as Value, Currency, Derivation as Step, Flag, Severity, check::law};

use crate::{
    channels::fields::LawFlag,
    wire::{Arg, Args, Day, DerivationLine, Message},
};

/// The stable word of a severity.
pub(super) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "info",
        Severity::Warn => "warn",
        Severity::Error => "error",
    }
}

/// A flag with the provision behind it.
pub(super) fn flag(flag: &Flag) -> LawFlag {
    let law = law(flag.code);
    let since = law.and_then(|law| law.since.parse::<NaiveDate>().ok());
    LawFlag {
        code: flag.code.to_owned(),
        severity: severity(flag.severity).to_owned(),
        at: flag.at.clone(),
        source: law.map(|law| law.source.to_owned()),
        since: since.map(Day),
        text_read: law.is_some_and(|law| law.text_read),
    }
}

/// Millionths as a percentage, with every digit they have: a rate of 12.5 % is not 13 %.
pub(super) fn percent(ppm: u32) -> String {
    let digits = format!("{:04}", ppm % 10_000);
    let digits = digits.trim_end_matches('0');
    let point = if digits.is_empty() { "" } else { "." };
    format!("{}{point}{digits} %", ppm / 10_000)
}

/// One derivation of the library as a line: its sentence holds the amounts.
pub(super) fn line(step: &Step, currency: Currency) -> DerivationLine {
    let shown = |value: &Value| match value {
        Value::Id(id) => Arg::Text(id.to_string()),
        Value::Word(word) => Arg::Text((*word).to_owned()),
        Value::Money(amount) => Arg::Text(amount.to_decimal(currency).to_string()),
        Value::Rate(rate) => Arg::Text(percent(rate.ppm())),
        Value::Count(count) => Arg::Number(*count),
        Value::Time(at) => Arg::Text(at.to_string()),
    };
    let args = step.args.iter().map(|(name, value)| ((*name).to_owned(), shown(value)));
    DerivationLine {
        op: "note".to_owned(),
        text: Message { code: format!("pricing.{}", step.code), args: args.collect::<Args>() },
        value: None,
        unit: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_keeps_its_digits() {
        for (ppm, text) in [(150_000, "15 %"), (6_000, "0.6 %"), (125_050, "12.505 %")] {
            assert_eq!(percent(ppm), text);
        }
    }
}
