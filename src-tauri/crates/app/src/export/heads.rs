//! The words of exported tables in both languages, read once from `heads.tsv` beside this file. A
//! wrong line in the table is a mistake of ours, found by the first test.

use std::{collections::HashMap, sync::LazyLock};

use documents::sheet::{Show, TableColumn};

use crate::wire::Lang;

/// group, key, show, zh, en.
const TABLE: &str = include_str!("heads.tsv");

struct Head {
    show: Show,
    zh: &'static str,
    en: &'static str,
}

type Group = HashMap<&'static str, Head>;

static HEADS: LazyLock<HashMap<&'static str, Group>> = LazyLock::new(|| {
    let mut heads: HashMap<&'static str, Group> = HashMap::new();
    for (group, key, head) in TABLE.lines().skip(1).map(parse) {
        heads.entry(group).or_default().insert(key, head);
    }
    heads
});

fn parse(line: &'static str) -> (&'static str, &'static str, Head) {
    let cells: Vec<&str> = line.split('\t').collect();
    let [group, key, show, zh, en] = *cells else {
        unreachable!("each line of the table has five cells: {line}")
    };
    let show = match show {
        "text" => Show::Text,
        "integer" => Show::Integer,
        "decimal" => Show::Decimal,
        "date" => Show::Date,
        "money" => Show::Money,
        other => unreachable!("no column is shown as {other}"),
    };
    (group, key, Head { show, zh, en })
}

fn find(group: &str, key: &str) -> Option<&'static Head> {
    HEADS.get(group)?.get(key)
}

fn text(head: &Head, lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => head.zh,
        Lang::En => head.en,
    }
}

/// What a value of a kind is called; a value without a word stays as it is.
pub(super) fn word(group: &str, key: &str, lang: Lang) -> String {
    find(group, key).map_or_else(|| key.to_owned(), |head| text(head, lang).to_owned())
}

/// A column with its head.
pub(super) fn column(group: &str, key: &str, lang: Lang) -> TableColumn {
    let head = find(group, key).expect("each column that is written stands in the table");
    TableColumn { head: text(head, lang).to_owned(), show: head.show }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_there_in_both_languages_once() {
        let lines = TABLE.lines().skip(1).count();
        let heads = || HEADS.values().flatten();
        assert_eq!(heads().count(), lines, "a key stands twice");
        for (key, head) in heads() {
            let chinese = head.zh.chars().any(|one| ('\u{4e00}'..='\u{9fff}').contains(&one));
            assert!(chinese && head.en.is_ascii() && !head.en.is_empty(), "{key}");
        }
    }
}
