//! From what the core says by code to sentences: the window's own words, read from its files.
//!
//! Knows the flat tables `"code": "sentence with {{arguments}}"` of both languages. Refuses to hold
//! a sentence of its own; a code without words shows itself with its arguments.

use std::{collections::HashMap, str::FromStr};

use app::wire::{Arg, Args, Bilingual, Lang, Message};
use serde_json::Value;

use crate::find::text;

/// The page's files of words for what the core says; a test compares them with its own list.
const FILES: usize = 14;

macro_rules! core_words {
    ($language:literal: $($file:literal)*) => {
        [$( include_str!(concat!("../../../../ui/src/i18n/", $language, "/core/", $file, ".ts")) ),*]
    };
    ($language:literal) => {
        core_words!($language: "channels" "derivations" "entries" "fields" "files" "heads" "imports" "members"
            "papers" "pricing" "refusals" "shops" "tasks" "terminal")
    };
}

const CHINESE: [&str; FILES] = core_words!("zh");
const ENGLISH: [&str; FILES] = core_words!("en");

/// Arguments that name a member of a closed set, and the group of words that holds it.
const GROUPS: &[(&str, &str)] = &[
    ("status", "status"),
    ("from_status", "status"),
    ("to_status", "status"),
    ("order_state", "order_state"),
    ("transfer_state", "transfer_state"),
    ("class", "slow_class"),
    ("lifecycle", "lifecycle"),
    ("place_kind", "place_kind"),
    ("import_kind", "import_kind"),
    ("role", "role"),
    ("what", "what"),
    ("field", "field"),
    ("undone", "kind"),
    ("way", "keep_kind"),
    ("state", "state"),
    ("wanted", "state"),
    ("base", "pricing_base"),
    ("by", "pricing_by"),
    ("account", "pricing_role"),
    ("severity", "pricing_severity"),
];

/// Arguments that choose between sentences of one code.
const CHOOSERS: &[&str] = &["fault", "rule"];

/// A language of the sentences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    Chinese,
    English,
}

impl FromStr for Language {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        match word {
            "zh" => Ok(Self::Chinese),
            "en" => Ok(Self::English),
            _ => Err("zh or en".to_owned()),
        }
    }
}

impl Language {
    /// The language of the system that this runs on.
    pub(crate) fn of_this_system() -> Self {
        let set = |name: &&str| std::env::var(name).ok().filter(|value| !value.is_empty());
        Self::of_system(["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(set).as_deref())
    }

    /// The language of a system by its locale, e.g. `zh_CN.UTF-8`: Chinese where none is named.
    pub(crate) fn of_system(locale: Option<&str>) -> Self {
        match locale {
            Some(locale) if !locale.starts_with("zh") => Self::English,
            _ => Self::Chinese,
        }
    }

    /// Its word on the wire.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Chinese => "zh",
            Self::English => "en",
        }
    }
}

/// All sentences of one language.
pub(crate) struct Words {
    language: Language,
    sentences: HashMap<String, String>,
}

impl Words {
    pub(crate) fn of(language: Language) -> Self {
        let files = match language {
            Language::Chinese => CHINESE,
            Language::English => ENGLISH,
        };
        Self { language, sentences: files.into_iter().flat_map(read).collect() }
    }

    /// The sentence for a message.
    pub(crate) fn message(&self, message: &Message) -> String {
        let Message { code, args } = message;
        let chosen = CHOOSERS.iter().find_map(|name| match args.get(*name) {
            Some(Arg::Text(choice)) => self.sentences.get(&format!("{code}.{choice}")),
            _ => None,
        });
        match chosen.or_else(|| self.sentences.get(code)) {
            Some(sentence) => self.filled(sentence, args),
            None => self.bare(code, args),
        }
    }

    /// What stands above a column that the program's source calls `name`.
    pub(crate) fn head(&self, name: &str) -> String {
        self.called_by("head", name)
    }

    /// What the program says of itself, which its source calls `name`.
    pub(crate) fn said(&self, name: &str) -> String {
        self.called_by("said", name)
    }

    /// The same with what belongs into it.
    pub(crate) fn told(&self, name: &str, args: &[(&str, &Value)]) -> String {
        let said = self.said(name);
        args.iter().fold(said, |said, (name, value)| {
            said.replace(&format!("{{{{{name}}}}}"), &text(value))
        })
    }

    /// A word of a closed set, in Chinese as the window says it; in English as it is typed.
    pub(crate) fn member(&self, group: &str, word: &Value) -> String {
        let word = text(word);
        let said = match self.language {
            Language::Chinese => self.sentences.get(&format!("{group}.{word}")),
            Language::English => None,
        };
        said.cloned().unwrap_or(word)
    }

    fn called_by(&self, family: &str, name: &str) -> String {
        let sign = |one: char| if one.is_ascii_alphanumeric() { one } else { '_' };
        let key: String = name.chars().map(sign).collect();
        let word = self.sentences.get(&format!("{family}.{}", key.trim_matches('_')));
        word.cloned().unwrap_or_else(|| name.to_owned())
    }

    /// The sentence for a message as JSON holds it.
    pub(crate) fn of_json(&self, message: &Value) -> String {
        let code = message["code"].as_str().unwrap_or_default().to_owned();
        let args = serde_json::from_value(message["args"].clone()).unwrap_or_default();
        self.message(&Message { code, args })
    }

    fn filled(&self, sentence: &str, args: &Args) -> String {
        let mut text = sentence.to_owned();
        for (name, value) in args {
            text = text.replace(&format!("{{{{{name}}}}}"), &self.shown(name, value));
        }
        text
    }

    fn shown(&self, name: &str, value: &Arg) -> String {
        let value = match value {
            Arg::Number(ppm) if name.ends_with("ppm") || name.contains("share") => {
                return percent(*ppm);
            }
            Arg::Number(number) => number.to_string(),
            Arg::Text(text) => text.clone(),
            Arg::Name(name) => self.called(name),
        };
        let group = GROUPS.iter().find(|(argument, _)| *argument == name).map(|(_, group)| group);
        let word = group.and_then(|group| {
            self.sentences
                .get(&format!("{group}.{value}"))
                .or_else(|| self.sentences.get(&format!("kind.{value}")))
        });
        word.cloned().unwrap_or(value)
    }

    fn bare(&self, code: &str, args: &Args) -> String {
        let values: Vec<String> = args
            .iter()
            .map(|(name, value)| match value {
                Arg::Text(text) => format!("{name}={text}"),
                Arg::Number(number) => format!("{name}={number}"),
                Arg::Name(called) => format!("{name}={}", self.called(called)),
            })
            .collect();
        if values.is_empty() { code.to_owned() } else { format!("{code} ({})", values.join(", ")) }
    }

    /// What goods are called, as JSON holds it.
    pub(crate) fn name(&self, name: &Value) -> String {
        serde_json::from_value(name.clone())
            .map_or_else(|_| String::new(), |name| self.called(&name))
    }

    fn called(&self, name: &Bilingual) -> String {
        let lang = match self.language {
            Language::Chinese => Lang::Zh,
            Language::English => Lang::En,
        };
        name.in_lang(lang).to_owned()
    }
}

/// Parts of a million as a percentage with one decimal, half away from zero.
pub(crate) fn percent(ppm: i64) -> String {
    let tenths = (ppm.abs() + 500) / 1_000;
    format!("{}{}.{} %", if ppm < 0 { "-" } else { "" }, tenths / 10, tenths % 10)
}

/// The pairs of a table, as the formatter of the page lays it out: a key, a colon, and the
/// sentence behind it or on the next line.
fn read(table: &str) -> HashMap<String, String> {
    let mut words = HashMap::new();
    let mut pending: Option<String> = None;
    for line in table.lines().map(str::trim) {
        if line.starts_with("//") || line.starts_with('*') || line.starts_with("/*") {
            continue;
        }
        if let Some(key) = pending.take() {
            if let Some((sentence, _)) = literal(line) {
                words.insert(key, sentence);
            }
            continue;
        }
        let bare_key = || line.split_once(':').map(|(key, rest)| (key.to_owned(), rest));
        let quoted = || {
            let (key, rest) = literal(line)?;
            Some((key, rest.trim_start().strip_prefix(':')?))
        };
        let Some((key, rest)) = quoted().or_else(bare_key) else { continue };
        match literal(rest.trim()) {
            Some((sentence, _)) => {
                words.insert(key, sentence);
            }
            None if rest.trim().is_empty() => pending = Some(key),
            None => {}
        }
    }
    words
}

/// A string literal at the start of `text`, and what follows it.
fn literal(text: &str) -> Option<(String, &str)> {
    let quote = text.chars().next().filter(|sign| matches!(sign, '"' | '\'' | '`'))?;
    let mut value = String::new();
    let mut signs = text.char_indices().skip(1);
    while let Some((at, sign)) = signs.next() {
        match sign {
            '\\' => match signs.next()?.1 {
                'n' => value.push('\n'),
                other => value.push(other),
            },
            _ if sign == quote => return Some((value, &text[at + sign.len_utf8()..])),
            _ => value.push(sign),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(code: &str, args: &[(&str, Arg)]) -> Message {
        let args = args.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        Message { code: code.to_owned(), args }
    }

    #[test]
    fn both_languages_are_read_whole() {
        let (zh, en) = (Words::of(Language::Chinese), Words::of(Language::English));
        assert!(en.sentences.len() > 300, "{}", en.sentences.len());
        for code in zh.sentences.keys() {
            assert!(en.sentences.contains_key(code), "{code} has no English");
        }
    }

    #[test]
    fn no_file_of_the_page_is_left_out() {
        let list = include_str!("../../../../ui/src/i18n/en/core/index.ts");
        assert_eq!(list.lines().filter(|line| line.starts_with("import ")).count(), FILES);
    }

    #[test]
    fn the_system_names_the_language_and_chinese_is_it_without() {
        for (locale, language) in [
            (Some("zh_CN.UTF-8"), Language::Chinese),
            (Some("en_GB.UTF-8"), Language::English),
            (Some("C.UTF-8"), Language::English),
            (None, Language::Chinese),
        ] {
            assert_eq!(Language::of_system(locale), language, "{locale:?}");
        }
    }

    #[test]
    fn a_message_becomes_a_sentence() {
        let en = Words::of(Language::English);
        let args = [
            ("number", Arg::Text("TR-A-2026-0001".into())),
            ("units", Arg::Number(48)),
            ("lots", Arg::Text("L2503A × 48".into())),
        ];
        let text = en.message(&message("transfer.in_transit", &args));
        assert!(text.contains("48 units of TR-A-2026-0001"), "{text}");
        assert!(!text.contains("{{"), "{text}");
    }

    #[test]
    fn a_fault_chooses_the_sentence_and_shares_are_percentages() {
        let en = Words::of(Language::English);
        let args = [
            ("fault", Arg::Text("share".into())),
            ("lot", Arg::Text("L2503A".into())),
            ("share_ppm", Arg::Number(473_059)),
            ("needs_share_ppm", Arg::Number(500_000)),
        ];
        let text = en.message(&message("transfer.life_refused", &args));
        assert!(text.contains("47.3 %") && text.contains("50.0 %"), "{text}");
    }

    #[test]
    fn an_unknown_code_shows_itself() {
        let en = Words::of(Language::English);
        assert_eq!(en.message(&message("no.such", &[("a", Arg::Number(1))])), "no.such (a=1)");
        assert_eq!(percent(-1_500), "-0.2 %");
    }
}
