//! The table of fields, read once from `fields.tsv` beside this file. The names come from exports
//! of the common Chinese ERP and shop systems and from what factories and warehouses write by
//! hand; best first. A wrong line in the table is a mistake of ours, found by the first test.

use super::fields::{Field, Kind, ValueType, normal_head, split_unit};
use std::collections::HashSet;
use std::sync::LazyLock;

/// kind, id, value, required, zh, en, sample, `note_zh`, `note_en`, names divided by `|`.
const TABLE: &str = include_str!("fields.tsv");

static FIELDS: LazyLock<[Vec<Field>; Kind::ALL.len()]> = LazyLock::new(|| Kind::ALL.map(parse));

pub(super) fn of(kind: Kind) -> &'static [Field] {
    let index = Kind::ALL.iter().position(|known| *known == kind);
    &FIELDS[index.expect("every kind is in the list of all")]
}

static NAMES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let fields = Kind::ALL.iter().flat_map(|kind| of(*kind));
    fields.flat_map(|field| field.normal.iter().map(String::as_str)).collect()
});

/// All names of all fields, normal.
pub(super) fn known_names() -> &'static HashSet<&'static str> {
    &NAMES
}

fn parse(kind: Kind) -> Vec<Field> {
    let lines = TABLE.lines().skip(1).filter(|line| !line.is_empty());
    let cells = lines.map(|line| line.split('\t').collect::<Vec<_>>());
    cells.filter(|cells| cells[0] == kind.word()).map(|cells| field(&cells)).collect()
}

fn field(cells: &[&'static str]) -> Field {
    let [_, id, value, required, zh, en, sample, note_zh, note_en, names] = *cells else {
        unreachable!("each line of the table has ten cells: {cells:?}")
    };
    let names: Vec<&str> = names.split('|').filter(|name| !name.is_empty()).collect();
    let all = [zh, en, id].into_iter().chain(names.iter().copied());
    let normal = all.map(|name| normal_head(&split_unit(name).0)).collect();
    Field {
        id,
        value: ValueType::of_word(value).expect("each word of the table names a type"),
        required: required == "yes",
        zh,
        en,
        note_zh,
        note_en,
        sample,
        names,
        normal,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_a_field() {
        let read: usize = Kind::ALL.iter().map(|kind| of(*kind).len()).sum();
        assert_eq!(read, TABLE.lines().count() - 1);
    }
}
