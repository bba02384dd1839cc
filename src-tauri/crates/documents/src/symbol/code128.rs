//! Code 128 (ISO/IEC 15417): from characters to bars, with the fewest code words. Knows the
//! symbology alone; what is encoded, and how large it must be, is said elsewhere.

use super::SymbolError;

/// Bar and space widths of each code word, in modules, beginning with a bar.
const PATTERNS: [&str; 107] = [
    "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312", "132212",
    "221213", "221312", "231212", "112232", "122132", "122231", "113222", "123122", "123221",
    "223211", "221132", "221231", "213212", "223112", "312131", "311222", "321122", "321221",
    "312212", "322112", "322211", "212123", "212321", "232121", "111323", "131123", "131321",
    "112313", "132113", "132311", "211313", "231113", "231311", "112133", "112331", "132131",
    "113123", "113321", "133121", "313121", "211331", "231131", "213113", "213311", "213131",
    "311123", "311321", "331121", "312113", "312311", "332111", "314111", "221411", "431111",
    "111224", "111422", "121124", "121421", "141122", "141221", "112214", "112412", "122114",
    "122411", "142112", "142211", "241211", "221114", "413111", "241112", "134111", "111242",
    "121142", "121241", "114212", "124112", "124211", "411212", "421112", "421211", "212141",
    "214121", "412121", "111143", "111341", "131141", "114113", "114311", "411113", "411311",
    "113141", "114131", "311141", "411131", "211412", "211214", "211232", "2331112",
];

const SHIFT: u8 = 98;
const FNC1_WORD: u8 = 102;
const STOP: u8 = 106;

/// What one symbol character stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Character {
    /// Function 1: at the head it makes the symbol GS1-128, later it ends a field.
    Fnc1,
    /// An ASCII character.
    Ascii(u8),
}

/// The three code sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Set {
    A,
    B,
    C,
}

const SETS: [Set; 3] = [Set::A, Set::B, Set::C];

impl Set {
    fn start(self) -> u8 {
        match self {
            Self::A => 103,
            Self::B => 104,
            Self::C => 105,
        }
    }

    /// The word that changes to this set; it differs from set to set only in being absent there.
    fn latch(self) -> u8 {
        match self {
            Self::A => 101,
            Self::B => 100,
            Self::C => 99,
        }
    }

    /// The word of one ASCII character in this set.
    fn word(self, ascii: u8) -> Option<u8> {
        match (self, ascii) {
            (Self::A, 32..=95) | (Self::B, 32..=127) => Some(ascii - 32),
            (Self::A, 0..=31) => Some(ascii + 64),
            _ => None,
        }
    }
}

/// The first move of the cheapest way to the end.
#[derive(Debug, Clone, Copy)]
struct Step {
    /// Words from here to the end, the check word and stop not counted.
    cost: usize,
    action: Action,
}

#[derive(Debug, Clone, Copy)]
enum Action {
    End,
    Latch(Set),
    One(u8),
    Shifted(u8),
    Pair(u8),
}

/// The bars of the shortest Code 128 symbol for `text`, in which [`standards::FNC1`] stands for
/// function 1.
pub(crate) fn encode(text: &str) -> Result<super::Bars, SymbolError> {
    let characters = characters_of(text)?;
    let words = words_for(&characters);
    let mut widths = Vec::new();
    for word in words {
        widths.extend(PATTERNS[usize::from(word)].bytes().map(|b| i64::from(b - b'0')));
    }
    Ok(super::Bars::from_widths(&widths))
}

fn characters_of(text: &str) -> Result<Vec<Character>, SymbolError> {
    if text.is_empty() {
        return Err(SymbolError::Empty);
    }
    text.chars()
        .enumerate()
        .map(|(at, c)| match c {
            standards::FNC1 => Ok(Character::Fnc1),
            c if c.is_ascii() => Ok(Character::Ascii(u8::try_from(c).unwrap_or_default())),
            character => Err(SymbolError::Character { character, position: at + 1 }),
        })
        .collect()
}

/// Start word, data, check word, stop.
fn words_for(characters: &[Character]) -> Vec<u8> {
    let plan = plan(characters);
    // Of equals set B, the one with small letters.
    let first = [1, 0, 2].into_iter().min_by_key(|set| plan[0][*set].cost).unwrap_or(1);
    let mut set = SETS[first];
    let mut words = vec![set.start()];
    let mut at = 0;
    loop {
        match plan[at][set as usize].action {
            Action::End => break,
            Action::Latch(to) => {
                words.push(to.latch());
                set = to;
            }
            Action::One(word) => {
                words.push(word);
                at += 1;
            }
            Action::Shifted(word) => {
                words.extend([SHIFT, word]);
                at += 1;
            }
            Action::Pair(word) => {
                words.push(word);
                at += 2;
            }
        }
    }
    let sum = words.iter().enumerate().fold(0, |s, (i, w)| s + i.max(1) * usize::from(*w)) % 103;
    words.push(u8::try_from(sum).unwrap_or_default());
    words.push(STOP);
    words
}

/// For each position and set the cheapest way to the end, found from the end backwards.
fn plan(characters: &[Character]) -> Vec<[Step; 3]> {
    let end = Step { cost: 0, action: Action::End };
    let mut plan = vec![[end; 3]; characters.len() + 1];
    for at in (0..characters.len()).rev() {
        let mut here: [Option<Step>; 3] = [None; 3];
        for set in SETS {
            here[set as usize] = without_latch(characters, at, set, &plan);
        }
        for set in SETS {
            let best = SETS
                .into_iter()
                .filter(|to| *to != set)
                .filter_map(|to| {
                    let cost = here[to as usize]?.cost + 1;
                    Some(Step { cost, action: Action::Latch(to) })
                })
                .chain(here[set as usize])
                .min_by_key(|step| (step.cost, matches!(step.action, Action::Latch(_))));
            // Every ASCII character stands in set A or B, so there is always a way.
            plan[at][set as usize] = best.unwrap_or(end);
        }
    }
    plan
}

fn without_latch(
    characters: &[Character],
    at: usize,
    set: Set,
    plan: &[[Step; 3]],
) -> Option<Step> {
    let one = |word| Step { cost: 1 + plan[at + 1][set as usize].cost, action: Action::One(word) };
    let ascii = match characters[at] {
        Character::Fnc1 => return Some(one(FNC1_WORD)),
        Character::Ascii(ascii) => ascii,
    };
    if set == Set::C {
        let Some(Character::Ascii(next)) = characters.get(at + 1) else { return None };
        let pair = ascii.is_ascii_digit() && next.is_ascii_digit();
        let word = pair.then(|| (ascii - b'0') * 10 + (next - b'0'))?;
        return Some(Step {
            cost: 1 + plan[at + 2][Set::C as usize].cost,
            action: Action::Pair(word),
        });
    }
    if let Some(word) = set.word(ascii) {
        return Some(one(word));
    }
    let other = if set == Set::A { Set::B } else { Set::A };
    let word = other.word(ascii)?;
    Some(Step { cost: 2 + plan[at + 1][set as usize].cost, action: Action::Shifted(word) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_has_eleven_modules_and_three_bars() {
        for (at, pattern) in PATTERNS.iter().enumerate() {
            let widths: Vec<u32> = pattern.chars().map(|c| c.to_digit(10).unwrap()).collect();
            let (modules, elements) = if at == 106 { (13, 7) } else { (11, 6) };
            assert_eq!((widths.iter().sum::<u32>(), widths.len()), (modules, elements), "{at}");
            // The sum of the bars is even: the symbology's self check.
            let bars: u32 = widths.iter().step_by(2).sum();
            assert!(at == 106 || bars.is_multiple_of(2), "{at}");
            assert_eq!(PATTERNS.iter().filter(|p| *p == pattern).count(), 1);
        }
    }

    fn words(text: &str) -> Vec<u8> {
        words_for(&characters_of(text).unwrap())
    }

    #[test]
    fn an_sscc_takes_156_modules() {
        let bars = encode("\u{1D}00123456789012345675").unwrap();
        assert_eq!(bars.modules(), 156);
        // Start C, FNC1, then nothing but pairs.
        assert_eq!(words("\u{1D}0012")[..4], [105, 102, 0, 12]);
    }

    #[test]
    fn code_sets_change_only_where_it_pays() {
        assert_eq!(words("AB")[0], 104);
        assert_eq!(words("1234")[0], 105);
        assert_eq!(words("A12")[..4], [104, 33, 17, 18]);
        assert_eq!(words("A1234")[..5], [104, 33, 99, 12, 34]);
        // One control character among small letters is shifted to, not latched.
        assert_eq!(words("ab\ncd")[..7], [104, 65, 66, 98, 74, 67, 68]);
    }

    #[test]
    fn what_it_cannot_encode_is_named() {
        assert_eq!(
            encode("PO-2026采").err(),
            Some(SymbolError::Character { character: '采', position: 8 })
        );
        assert_eq!(encode("").err(), Some(SymbolError::Empty));
    }

    /// The cost of the best encoding, found by trying everything: a second opinion.
    fn shortest(characters: &[Character], set: Set, latched: bool) -> usize {
        let Some(first) = characters.first() else { return 0 };
        let mut best = usize::MAX;
        let rest = &characters[1..];
        match (*first, set) {
            (Character::Fnc1, _) => best = 1 + shortest(rest, set, false),
            (Character::Ascii(a), Set::C) => {
                if let (true, Some(Character::Ascii(b))) = (a.is_ascii_digit(), rest.first())
                    && b.is_ascii_digit()
                {
                    best = 1 + shortest(&rest[1..], set, false);
                }
            }
            (Character::Ascii(a), _) => {
                best = usize::from(set.word(a).is_none()) + 1 + shortest(rest, set, false);
            }
        }
        if !latched {
            for to in SETS.into_iter().filter(|to| *to != set) {
                best = best.min(shortest(characters, to, true).saturating_add(1));
            }
        }
        best
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]
        #[test]
        fn no_encoding_is_shorter(text in "[0-9]{0,4}[a\n\u{1D}0-9]{1,6}") {
            let characters = characters_of(&text).unwrap();
            let best = SETS.into_iter().map(|s| shortest(&characters, s, true)).min().unwrap();
            // Start, check and stop come on top.
            proptest::prop_assert_eq!(words_for(&characters).len(), best + 3);
        }
    }
}
