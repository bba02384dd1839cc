//! Barcodes: which bars, how wide, and when they may not be printed.
//!
//! Knows Code 128, GS1-128 and GS1 `DataMatrix` and the sizes that logistics demands of them.
//! Refuses to shrink a symbol under its legal size: a code that scans on a screen and fails on a
//! conveyor is worse than none. Where it goes on the paper is the paper's business.

mod code128;

use datamatrix::{DataMatrix, SymbolList};
use standards::ElementString;
use thiserror::Error;

use crate::paper::Dpi;

/// Narrowest module of a GS1-128 symbol in logistics, in millimetres (GS1 General
/// Specifications, symbol specification table 2).
pub const GS1_128_MODULE_MIN_MM: f32 = 0.495;
/// Widest module, from the same table.
pub const GS1_128_MODULE_MAX_MM: f32 = 1.016;
/// Lowest bar of a GS1-128 symbol in logistics, in millimetres.
pub const GS1_128_HEIGHT_MIN_MM: f32 = 31.75;
/// Widest GS1-128 symbol with its quiet zones, in millimetres.
pub const GS1_128_WIDTH_MAX_MM: f32 = 165.1;
/// Most data characters in one GS1-128 symbol.
pub const GS1_128_CHARACTERS_MAX: usize = 48;
/// White modules at both ends of a Code 128 symbol.
pub const QUIET_MODULES: i64 = 10;
/// Narrowest module of a GS1 `DataMatrix` on logistic units, in millimetres.
pub const DATA_MATRIX_MODULE_MIN_MM: f32 = 0.743;
/// White modules around a Data Matrix; one is the rule, two are safer beside text.
pub const DATA_MATRIX_QUIET_MODULES: i64 = 2;

/// Millimetres that are lost when dots become a binary fraction: a ten-thousandth.
const ROUNDING: f32 = 0.0001;

/// Why a symbol is not printed.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum SymbolError {
    /// Nothing to encode.
    #[error("there is nothing to encode")]
    Empty,
    /// A character that the symbology does not have.
    #[error("“{character}” at place {position} cannot stand in a barcode; use letters and digits")]
    Character {
        /// The character.
        character: char,
        /// Its place from 1.
        position: usize,
    },
    /// More data than one GS1-128 symbol may hold.
    #[error(
        "{characters} characters are over the {GS1_128_CHARACTERS_MAX} of one GS1-128 symbol; \
             split the fields over two symbols"
    )]
    TooManyCharacters {
        /// Identifiers, values and separators.
        characters: usize,
    },
    /// Modules narrower or wider than the rule allows.
    #[error(
        "a module of {module_mm:.3} mm is outside {GS1_128_MODULE_MIN_MM} to \
         {GS1_128_MODULE_MAX_MM} mm; at {dpi} dpi use {dots} dots"
    )]
    ModuleWidth {
        /// The width asked for.
        module_mm: f32,
        /// The printer's resolution.
        dpi: u16,
        /// The narrowest that is allowed there.
        dots: i64,
    },
    /// Bars lower than the rule allows.
    #[error("bars of {height_mm:.2} mm are under {GS1_128_HEIGHT_MIN_MM} mm; make them higher")]
    Height {
        /// The height asked for.
        height_mm: f32,
    },
    /// The symbol does not fit the label at its legal size, and is not made smaller.
    #[error(
        "it takes {needs_mm:.1} mm with its quiet zones and there are {has_mm:.1} mm; shorten the \
         data or use wider labels, for a smaller symbol would not be read"
    )]
    TooWide {
        /// What it takes.
        needs_mm: f32,
        /// What there is.
        has_mm: f32,
    },
    /// More data than the largest square Data Matrix holds.
    #[error("the data does not fit a Data Matrix")]
    TooMuchData,
}

/// A row of bars, in modules from the left edge of the first bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bars {
    runs: Vec<(i64, i64)>,
    modules: i64,
}

impl Bars {
    fn from_widths(widths: &[i64]) -> Self {
        let mut runs = Vec::new();
        let mut modules = 0;
        for (at, width) in widths.iter().enumerate() {
            if at % 2 == 0 {
                runs.push((modules, *width));
            }
            modules += width;
        }
        Self { runs, modules }
    }

    /// Bars as (place, width), left to right.
    pub fn runs(&self) -> impl Iterator<Item = (i64, i64)> + '_ {
        self.runs.iter().copied()
    }

    /// Width without quiet zones.
    #[must_use]
    pub fn modules(&self) -> i64 {
        self.modules
    }

    /// Width with both quiet zones.
    #[must_use]
    pub fn modules_with_quiet(&self) -> i64 {
        self.modules + 2 * QUIET_MODULES
    }
}

/// A square of dark and light modules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Modules {
    side: i64,
    dark: Vec<(i64, i64, i64)>,
}

impl Modules {
    /// Horizontal runs of dark modules as (x, y, width), top to bottom.
    pub fn runs(&self) -> impl Iterator<Item = (i64, i64, i64)> + '_ {
        self.dark.iter().copied()
    }

    /// Modules along one side, without quiet zone.
    #[must_use]
    pub fn side(&self) -> i64 {
        self.side
    }
}

/// A linear symbol with its size on a given printer, in dots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Linear {
    /// The bars.
    pub bars: Bars,
    /// Dots in one module.
    pub module: i64,
    /// Dots in the height of a bar.
    pub height: i64,
}

impl Linear {
    /// Width in dots, quiet zones included.
    #[must_use]
    pub fn width(&self) -> i64 {
        self.bars.modules_with_quiet() * self.module
    }

    /// Refuses a symbol that is wider than its place.
    pub fn within(self, dpi: Dpi, has_mm: f32) -> Result<Self, SymbolError> {
        let needs_mm = dpi.mm(self.width());
        if needs_mm > has_mm { Err(SymbolError::TooWide { needs_mm, has_mm }) } else { Ok(self) }
    }
}

/// A GS1-128 symbol of the given module width and bar height in dots, or why that size or that
/// much data is not allowed.
pub fn gs1_128(
    elements: &ElementString,
    dpi: Dpi,
    module: i64,
    height: i64,
) -> Result<Linear, SymbolError> {
    let characters = elements.data_characters();
    if characters > GS1_128_CHARACTERS_MAX {
        return Err(SymbolError::TooManyCharacters { characters });
    }
    let module_mm = dpi.mm(module);
    let allowed = GS1_128_MODULE_MIN_MM - ROUNDING..=GS1_128_MODULE_MAX_MM;
    if !allowed.contains(&module_mm) {
        let dots = dpi.dots_at_least(GS1_128_MODULE_MIN_MM);
        return Err(SymbolError::ModuleWidth { module_mm, dpi: dpi.per_inch(), dots });
    }
    let height_mm = dpi.mm(height);
    if height_mm < GS1_128_HEIGHT_MIN_MM - ROUNDING {
        return Err(SymbolError::Height { height_mm });
    }
    let bars = code128::encode(&elements.symbol_data())?;
    Linear { bars, module, height }.within(dpi, GS1_128_WIDTH_MAX_MM)
}

/// The GS1-128 symbol of the smallest legal size.
pub fn gs1_128_smallest(elements: &ElementString, dpi: Dpi) -> Result<Linear, SymbolError> {
    let module = dpi.dots_at_least(GS1_128_MODULE_MIN_MM);
    gs1_128(elements, dpi, module, dpi.dots_at_least(GS1_128_HEIGHT_MIN_MM))
}

/// A plain Code 128 symbol for numbers of our own. Its modules are as wide as `has_mm` allows,
/// between a quarter and half a millimetre.
pub fn code_128(text: &str, dpi: Dpi, height_mm: f32, has_mm: f32) -> Result<Linear, SymbolError> {
    let bars = code128::encode(text)?;
    let height = dpi.dots_at_least(height_mm);
    let (widest, narrowest) = (dpi.dots_at_least(GS1_128_MODULE_MIN_MM), dpi.dots_at_least(0.25));
    let fitting = (narrowest..=widest)
        .rev()
        .find(|module| dpi.mm(bars.modules_with_quiet() * module) <= has_mm);
    Linear { bars, module: fitting.unwrap_or(narrowest), height }.within(dpi, has_mm)
}

/// The smallest square GS1 `DataMatrix` that holds the fields, and the dots of its module.
pub fn gs1_data_matrix(elements: &ElementString, dpi: Dpi) -> Result<(Modules, i64), SymbolError> {
    let data = elements.symbol_data();
    // The leading FNC1 is the mode; those between fields are sent as the separator character.
    let body = data.strip_prefix(standards::FNC1).unwrap_or(&data);
    let code = DataMatrix::encode_gs1(body.as_bytes(), SymbolList::default().enforce_square());
    modules_of(&code.map_err(|_| SymbolError::TooMuchData)?, dpi)
}

/// The smallest square `DataMatrix` of a plain ASCII text of our own, and the dots of its module.
pub fn data_matrix(text: &str, dpi: Dpi) -> Result<(Modules, i64), SymbolError> {
    if text.is_empty() {
        return Err(SymbolError::Empty);
    }
    if let Some((at, character)) = text.chars().enumerate().find(|(_, c)| !c.is_ascii()) {
        return Err(SymbolError::Character { character, position: at + 1 });
    }
    let code = DataMatrix::encode(text.as_bytes(), SymbolList::default().enforce_square());
    modules_of(&code.map_err(|_| SymbolError::TooMuchData)?, dpi)
}

fn modules_of(code: &DataMatrix, dpi: Dpi) -> Result<(Modules, i64), SymbolError> {
    let bitmap = code.bitmap();
    let side = i64::try_from(bitmap.width()).map_err(|_| SymbolError::TooMuchData)?;
    let width = bitmap.width();
    let mut dark = Vec::new();
    for (y, row) in (0_i64..).zip(bitmap.bits().chunks(width)) {
        let mut x = 0_i64;
        for run in row.chunk_by(|a, b| a == b) {
            let wide = i64::try_from(run.len()).map_err(|_| SymbolError::TooMuchData)?;
            if run[0] {
                dark.push((x, y, wide));
            }
            x += wide;
        }
    }
    Ok((Modules { side, dark }, dpi.dots_at_least(DATA_MATRIX_MODULE_MIN_MM)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn elements(text: &str) -> ElementString {
        ElementString::from_bracketed(text).unwrap()
    }

    #[test]
    fn the_smallest_legal_module_is_four_dots_at_203_and_six_at_300() {
        for (dpi, module, height) in
            [(Dpi::D203, 4, 254), (Dpi::D300, 6, 375), (Dpi::D600, 12, 750)]
        {
            let symbol = gs1_128_smallest(&elements("(00)123456789012345675"), dpi).unwrap();
            assert_eq!((symbol.module, symbol.height), (module, height));
            assert!(dpi.mm(symbol.module) >= GS1_128_MODULE_MIN_MM);
            assert!(dpi.mm(symbol.height) >= GS1_128_HEIGHT_MIN_MM - ROUNDING);
            assert!(dpi.mm(symbol.width()) < 96.0);
        }
    }

    #[test]
    fn a_symbol_under_its_legal_size_is_refused_with_the_way_out() {
        let sscc = elements("(00)123456789012345675");
        assert!(matches!(
            gs1_128(&sscc, Dpi::D203, 3, 254),
            Err(SymbolError::ModuleWidth { dots: 4, dpi: 203, .. })
        ));
        assert!(matches!(gs1_128(&sscc, Dpi::D203, 9, 254), Err(SymbolError::ModuleWidth { .. })));
        assert!(matches!(gs1_128(&sscc, Dpi::D203, 4, 253), Err(SymbolError::Height { .. })));
        let long = elements("(02)06901234567892(17)280309(37)48(10)L260101-0");
        assert!(matches!(
            gs1_128_smallest(&long, Dpi::D203),
            Err(SymbolError::TooWide { has_mm, .. }) if has_mm > 165.0
        ));
        let longer = elements("(00)123456789012345675(400)ABCDEFGHIJKLMNOPQRSTUVWXYZ123");
        assert!(matches!(
            gs1_128_smallest(&longer, Dpi::D203),
            Err(SymbolError::TooManyCharacters { characters: 52 })
        ));
    }

    #[test]
    fn data_matrix_is_square_with_modules_of_three_quarters_of_a_millimetre() {
        let all = elements("(00)123456789012345675(02)06901234567892(17)280309(37)48(10)L2503A");
        for (dpi, dots) in [(Dpi::D203, 6), (Dpi::D300, 9), (Dpi::D600, 18)] {
            let (symbol, module) = gs1_data_matrix(&all, dpi).unwrap();
            assert_eq!(module, dots);
            assert!(symbol.side() <= 32, "{}", symbol.side());
            let last = symbol.runs().last().unwrap();
            // The finder's solid bottom edge.
            assert_eq!(last, (0, symbol.side() - 1, symbol.side()));
        }
    }
}
