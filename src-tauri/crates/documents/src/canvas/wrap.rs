//! Breaking text into lines: Chinese between any two characters except where punctuation
//! forbids, Latin at spaces and hyphens, and inside a word only when it is wider than the line.

use super::typeface::Typeface;
use crate::paper::PaperError;

/// May not begin a line (行首禁则).
const NOT_FIRST: &str = "，。、；：！？）》」』】〉”’％%)]},.;:!?…—·～~°℃";
/// May not end a line (行尾禁则).
const NOT_LAST: &str = "（《「『【〈“‘([{￥¥$€£#";

/// Lines of `text` no wider than `width` millimetres at `size` points. A line break in the text
/// is kept; a tabulator counts as a space. A single character wider than the line still gets a
/// line of its own, so that nothing is lost.
pub(crate) fn wrap(
    face: &Typeface,
    text: &str,
    size: f32,
    width: f32,
    field: &str,
) -> Result<Vec<String>, PaperError> {
    let text = text.replace("\r\n", "\n").replace('\t', " ");
    let mut lines = Vec::new();
    for paragraph in text.split(['\n', '\r']) {
        wrap_paragraph(face, paragraph.trim_end(), size, width, field, &mut lines)?;
    }
    Ok(lines)
}

fn wrap_paragraph(
    face: &Typeface,
    text: &str,
    size: f32,
    width: f32,
    field: &str,
    lines: &mut Vec<String>,
) -> Result<(), PaperError> {
    let characters: Vec<char> = text.chars().collect();
    let mut start = 0;
    loop {
        let fits = fitting(face, &characters[start..], size, width, field)?;
        if start + fits == characters.len() {
            lines.push(characters[start..].iter().collect());
            return Ok(());
        }
        let cut = break_before(&characters[start..], fits);
        let line: String = characters[start..start + cut].iter().collect();
        lines.push(line.trim_end().to_owned());
        start += cut;
        while characters.get(start) == Some(&' ') {
            start += 1;
        }
        if start == characters.len() {
            return Ok(());
        }
    }
}

/// How many leading characters fit, at least one.
fn fitting(
    face: &Typeface,
    characters: &[char],
    size: f32,
    width: f32,
    field: &str,
) -> Result<usize, PaperError> {
    let mut used = 0.0;
    for (at, character) in characters.iter().enumerate() {
        used += face.width(character.encode_utf8(&mut [0; 4]), size, field)?;
        if used > width + 0.001 {
            return Ok(at.max(1));
        }
    }
    Ok(characters.len())
}

/// The last allowed break at or before `fits`; `fits` itself when there is none.
fn break_before(characters: &[char], fits: usize) -> usize {
    (1..=fits).rev().find(|at| may_break(characters[*at - 1], characters[*at])).unwrap_or(fits)
}

fn may_break(before: char, after: char) -> bool {
    if NOT_FIRST.contains(after) || NOT_LAST.contains(before) {
        return false;
    }
    let wide = |c: char| u32::from(c) >= 0x2E80;
    after == ' '
        || before == ' '
        || wide(before)
        || wide(after)
        || matches!(before, '-' | '/' | '_')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn lines(text: &str, width: f32) -> Vec<String> {
        wrap(Typeface::shared(), text, 10.0, width, "t").unwrap()
    }

    #[test]
    fn punctuation_stays_with_its_text() {
        // Four whole characters fit 14.2 mm at ten points.
        assert_eq!(lines("一二三四，五", 14.2), ["一二三", "四，五"]);
        assert_eq!(lines("一二三（四五", 14.2), ["一二三", "（四五"]);
        assert_eq!(lines("one two", 10.0), ["one", "two"]);
        assert_eq!(lines("a\nb", 10.0), ["a", "b"]);
        assert_eq!(lines("", 10.0), [""]);
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_nothing_is_too_wide(
            text in "[a-zA-Z0-9 ，。、（）中文品名规格洗发水-]{0,120}",
            width in 5.0_f32..80.0,
        ) {
            let face = Typeface::shared();
            let lines = lines(&text, width);
            let kept = |s: &str| s.chars().filter(|c| *c != ' ').collect::<String>();
            prop_assert_eq!(kept(&lines.concat()), kept(&text));
            for line in &lines {
                let wide = face.width(line, 10.0, "t").unwrap();
                prop_assert!(wide <= width + 0.01 || line.chars().count() == 1, "{} {}", line, wide);
            }
        }
    }
}
