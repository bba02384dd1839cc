//! The one embedded typeface. Knows which characters it can draw and how wide they are; not
//! what is drawn, or where.

use std::sync::OnceLock;

use printpdf::ParsedFont;

use crate::paper::PaperError;

static FONT: &[u8] = include_bytes!("../../../../../assets/fonts/NotoSansSC-GBK.ttf");

/// Marks a code point without a glyph in the table of advances.
const MISSING: u16 = u16::MAX;

/// Millimetres in one PDF point.
pub(crate) const MM_PER_POINT: f32 = 25.4 / 72.0;

/// Noto Sans SC Regular, reduced to the characters of GBK and of European languages.
pub(crate) struct Typeface {
    parsed: ParsedFont,
    /// Advance of each code point of the basic plane in thousandths of the size.
    advances: Vec<u16>,
}

impl Typeface {
    /// The typeface, parsed on first use and kept.
    pub(crate) fn shared() -> &'static Self {
        static SHARED: OnceLock<Typeface> = OnceLock::new();
        SHARED.get_or_init(|| {
            let parsed = ParsedFont::from_bytes(FONT, 0, &mut Vec::new())
                .expect("the typeface is part of the program and tested");
            let advance = |code: u32| match parsed.lookup_glyph_index(code) {
                None | Some(0) => MISSING,
                Some(glyph) => parsed.get_horizontal_advance(glyph),
            };
            let advances = (0..=0xFFFF).map(advance).collect();
            Self { parsed, advances }
        })
    }

    /// The font program for embedding.
    pub(crate) fn program(&self) -> &ParsedFont {
        &self.parsed
    }

    /// Width of one character in thousandths of the size; `None` when there is no glyph.
    pub(crate) fn advance(&self, character: char) -> Option<u16> {
        let at = usize::try_from(u32::from(character)).ok()?;
        self.advances.get(at).copied().filter(|a| *a != MISSING)
    }

    /// Width of a text at `size` points in millimetres. `field` says where the text stands, for
    /// the refusal of a character that has no glyph.
    pub(crate) fn width(&self, text: &str, size: f32, field: &str) -> Result<f32, PaperError> {
        let mut thousandths = 0_u32;
        for character in text.chars() {
            let advance = self.advance(character).ok_or_else(|| PaperError::MissingGlyph {
                character,
                code_point: u32::from(character),
                field: field.to_owned(),
            })?;
            thousandths = thousandths.saturating_add(u32::from(advance));
        }
        Ok(em_to_mm(thousandths, size))
    }
}

#[expect(clippy::cast_precision_loss, reason = "a line of text is far below 2^24 thousandths")]
fn em_to_mm(thousandths: u32, size: f32) -> f32 {
    thousandths as f32 / 1000.0 * size * MM_PER_POINT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_have_one_width_and_han_characters_a_whole_em() {
        let face = Typeface::shared();
        for digit in '0'..='9' {
            assert_eq!(face.advance(digit), face.advance('0'));
        }
        for c in "委托加工订单壹贰叁肆伍陆柒捌玖拾佰仟万亿元角分整，。（）《》、；".chars()
        {
            assert_eq!(face.advance(c), Some(1000), "{c}");
        }
        let width = face.width("品牌Ab", 10.0, "name").unwrap();
        let ab = face.advance('A').unwrap() + face.advance('b').unwrap();
        assert!((width - (2000.0 + f32::from(ab)) / 100.0 * MM_PER_POINT).abs() < 1e-4);
    }

    #[test]
    fn a_character_without_a_glyph_is_named() {
        let refused = Typeface::shared().width("好😀", 10.0, "lines[2].name").unwrap_err();
        assert_eq!(
            refused,
            PaperError::MissingGlyph {
                character: '😀',
                code_point: 0x1F600,
                field: "lines[2].name".into()
            }
        );
        assert!(Typeface::shared().advance('\u{7}').is_none());
    }
}
