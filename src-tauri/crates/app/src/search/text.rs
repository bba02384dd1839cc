//! Whether what was typed fits a code or a name, and how well; Chinese names by pinyin too.
//!
//! Refuses to know what is searched.

use std::collections::BTreeSet;

use pinyin::ToPinyinMulti;

/// How well something fits, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// A whole code.
    Exact,
    /// The beginning of a code.
    Prefix,
    /// A part of a code or name.
    Contains,
    /// The pinyin of a name, in full, in part or by initials.
    Pinyin,
}

/// What a thing can be found by.
pub(super) struct Words<'a> {
    /// Codes and numbers.
    pub(super) codes: &'a [&'a str],
    /// Names.
    pub(super) texts: &'a [&'a str],
}

/// What was typed, word by word.
pub(super) struct Typed(Vec<String>);

impl Typed {
    pub(super) fn new(text: &str) -> Self {
        Self(plain(text).split_whitespace().map(str::to_owned).collect())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How well a thing fits: as well as the word that fits worst; `None` when one does not.
    pub(super) fn fit(&self, words: &Words) -> Option<Fit> {
        let codes: Vec<String> = words.codes.iter().map(|code| plain(code)).collect();
        let texts: Vec<String> = words.texts.iter().map(|text| plain(text)).collect();
        let fits = self.0.iter().map(|typed| fit(typed, &codes, &texts));
        fits.collect::<Option<Vec<Fit>>>()?.into_iter().max()
    }
}

fn fit(typed: &str, codes: &[String], texts: &[String]) -> Option<Fit> {
    if codes.iter().any(|code| code == typed) {
        return Some(Fit::Exact);
    }
    if codes.iter().any(|code| code.starts_with(typed)) {
        return Some(Fit::Prefix);
    }
    if codes.iter().chain(texts).any(|text| text.contains(typed)) {
        return Some(Fit::Contains);
    }
    texts.iter().any(|text| sounds_like(typed, text)).then_some(Fit::Pinyin)
}

/// Small letters, and the wide forms that Chinese keyboards give as their narrow ones.
fn plain(text: &str) -> String {
    let narrow = text.chars().map(|character| match character {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => {
            let offset = u32::from(character) - 0xff01;
            char::from_u32(u32::from('!') + offset).unwrap_or(character)
        }
        other => other,
    });
    narrow.collect::<String>().to_lowercase()
}

/// Whether `typed` can be read as the beginning of each of some neighbouring syllables of `text`:
/// `yxa`, `yanxianan`, `yanxa` for 烟酰胺. A character with several readings fits by any of them.
fn sounds_like(typed: &str, text: &str) -> bool {
    if !typed.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return false;
    }
    let syllables: Vec<Vec<String>> = text.chars().filter_map(readings).collect();
    (0..syllables.len()).any(|start| reads(typed, &syllables[start..]))
}

/// How a character is read; itself for letters and digits, nothing for blanks and signs.
fn readings(character: char) -> Option<Vec<String>> {
    if let Some(many) = character.to_pinyin_multi() {
        return Some(many.into_iter().map(|one| one.plain().replace('ü', "v")).collect());
    }
    character.is_alphanumeric().then(|| vec![character.to_string()])
}

/// Reads `typed` syllable by syllable, keeping every place that it can have come to, so that many
/// readings cost no more than their number.
fn reads(typed: &str, syllables: &[Vec<String>]) -> bool {
    let mut places = BTreeSet::from([0]);
    for readings in syllables {
        let mut next = BTreeSet::new();
        for place in places {
            for reading in readings {
                let pairs = reading.bytes().zip(typed[place..].bytes());
                let common = pairs.take_while(|(a, b)| a == b).count();
                next.extend((1..=common).map(|taken| place + taken));
            }
        }
        if next.contains(&typed.len()) {
            return true;
        }
        places = next;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(typed: &str, codes: &[&str], texts: &[&str]) -> Option<Fit> {
        Typed::new(typed).fit(&Words { codes, texts })
    }

    #[test]
    fn pinyin_fits_by_initials_in_full_and_mixed() {
        let name = ["烟酰胺亮肤精华液 30ml"];
        for typed in ["yxa", "YXA", "yanxianan", "yanxa", "yxian", "lfjh", "jhy30ml", "xa"] {
            assert_eq!(fits(typed, &["SK001"], &name), Some(Fit::Pinyin), "{typed}");
        }
        for typed in ["axy", "yanan", "yxaz", "精烟", "y a z"] {
            assert_eq!(fits(typed, &["SK001"], &name), None, "{typed}");
        }
    }

    #[test]
    fn a_character_is_found_by_each_of_its_readings() {
        for typed in ["cz", "zz", "chong", "zhongzu"] {
            assert_eq!(fits(typed, &[], &["重组蛋白"]), Some(Fit::Pinyin), "{typed}");
        }
        assert_eq!(fits("lvcha", &[], &["绿茶"]), Some(Fit::Pinyin));
    }

    #[test]
    fn codes_come_before_names_and_all_words_must_fit() {
        assert_eq!(fits("ｓｋ００１", &["SK001"], &[]), Some(Fit::Exact));
        assert_eq!(fits("sk0", &["SK001"], &[]), Some(Fit::Prefix));
        assert_eq!(fits("001", &["SK001"], &[]), Some(Fit::Contains));
        assert_eq!(fits("精华 sk001", &["SK001"], &["烟酰胺精华"]), Some(Fit::Contains));
        assert_eq!(fits("精华 sk002", &["SK001"], &["烟酰胺精华"]), None);
        assert_eq!(fits("", &["SK001"], &[]), None);
    }

    #[test]
    fn a_long_word_of_one_letter_is_answered_at_once() {
        // Several readings begin alike: trying all ways one by one would never end.
        let name = "嗯".repeat(200);
        assert_eq!(fits(&"n".repeat(150), &[], &[&name]), Some(Fit::Pinyin));
        assert_eq!(fits(&format!("{}b", "n".repeat(150)), &[], &[&name]), None);
    }
}
