//! Pages to draw on: text, rules and bars at millimetres from the top left corner.
//!
//! Knows geometry, the typeface and how a page becomes PDF; it is the only user of the PDF
//! crate. Refuses to know what a document says. It never cuts text: what does not fit is wrapped,
//! then set smaller down to a stated size, then refused.

mod pdf;
mod typeface;
mod wrap;

pub(crate) use typeface::{MM_PER_POINT, Typeface};
pub(crate) use wrap::wrap;

use crate::{
    paper::{Dpi, PaperError},
    symbol::{Bars, Modules},
};

/// Where a text's given x lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    Centre,
    Right,
}

/// Regular, or thickened by an outline of its own colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    Regular,
    Strong,
}

/// How a text looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Style {
    /// Points.
    pub(crate) size: f32,
    pub(crate) weight: Weight,
    /// 0 is black, 1 is white.
    pub(crate) grey: f32,
    pub(crate) align: Align,
}

impl Style {
    pub(crate) const fn regular(size: f32) -> Self {
        Self { size, weight: Weight::Regular, grey: 0.0, align: Align::Left }
    }

    pub(crate) const fn strong(size: f32) -> Self {
        Self { weight: Weight::Strong, ..Self::regular(size) }
    }

    /// For captions beside a value.
    pub(crate) const fn caption(size: f32) -> Self {
        Self { grey: 0.42, ..Self::regular(size) }
    }

    pub(crate) const fn aligned(self, align: Align) -> Self {
        Self { align, ..self }
    }

    pub(crate) const fn sized(self, size: f32) -> Self {
        Self { size, ..self }
    }

    /// Distance between two baselines in millimetres.
    pub(crate) fn leading(self) -> f32 {
        self.size * MM_PER_POINT * 1.32
    }

    /// From the top of a line to its baseline in millimetres.
    pub(crate) fn ascent(self) -> f32 {
        self.size * MM_PER_POINT * 1.0
    }
}

/// A rectangle in millimetres from the top left of the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Area {
    pub(crate) x: f32,
    pub(crate) y: f32,
    pub(crate) w: f32,
    pub(crate) h: f32,
}

/// Size of the sheet in millimetres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Sheet {
    pub(crate) width: f32,
    pub(crate) height: f32,
}

/// One piece of text, ready to be set.
#[derive(Debug, Clone)]
struct Run {
    x: f32,
    baseline: f32,
    text: String,
    style: Style,
}

#[derive(Debug, Default)]
struct Page {
    /// Filled rectangles and their grey, in drawing order.
    fills: Vec<(Area, f32)>,
    /// Black rectangles of symbols on the printer's dot grid: left, top, width, height.
    dots: Vec<[i64; 4]>,
    runs: Vec<Run>,
}

/// A document being drawn. Drawing goes to the last page unless another is chosen.
pub(crate) struct Canvas {
    sheet: Sheet,
    dpi: Dpi,
    face: &'static Typeface,
    pages: Vec<Page>,
    current: usize,
}

impl Canvas {
    /// A canvas without pages.
    pub(crate) fn new(sheet: Sheet, dpi: Dpi) -> Self {
        Self { sheet, dpi, face: Typeface::shared(), pages: Vec::new(), current: 0 }
    }

    pub(crate) fn sheet(&self) -> Sheet {
        self.sheet
    }

    pub(crate) fn dpi(&self) -> Dpi {
        self.dpi
    }

    pub(crate) fn add_page(&mut self) {
        self.pages.push(Page::default());
        self.current = self.pages.len() - 1;
    }

    pub(crate) fn page_count(&self) -> usize {
        self.pages.len()
    }

    /// Chooses the page to draw on, counted from 0; out of range keeps the last.
    pub(crate) fn select_page(&mut self, page: usize) {
        self.current = page.min(self.pages.len().saturating_sub(1));
    }

    fn page(&mut self) -> &mut Page {
        if self.pages.is_empty() {
            self.add_page();
        }
        &mut self.pages[self.current]
    }

    pub(crate) fn width_of(&self, text: &str, size: f32, field: &str) -> Result<f32, PaperError> {
        self.face.width(text, size, field)
    }

    /// Sets one line at its baseline; `x` is its left end, middle or right end by alignment.
    pub(crate) fn text(
        &mut self,
        (x, baseline): (f32, f32),
        text: &str,
        style: Style,
        field: &str,
    ) -> Result<(), PaperError> {
        let width = self.face.width(text, style.size, field)?;
        let x = match style.align {
            Align::Left => x,
            Align::Centre => x - width / 2.0,
            Align::Right => x - width,
        };
        if !text.is_empty() {
            self.page().runs.push(Run { x, baseline, text: text.to_owned(), style });
        }
        Ok(())
    }

    /// Sets text into `area`, wrapped, and smaller in steps of half a point down to `least`
    /// points when it would be too high. Returns the height used.
    pub(crate) fn paragraph(
        &mut self,
        area: Area,
        text: &str,
        style: Style,
        least: f32,
        field: &str,
    ) -> Result<f32, PaperError> {
        let mut style = style;
        loop {
            let lines = wrap(self.face, text, style.size, area.w, field)?;
            let height = style.leading() * count(lines.len());
            let fits = height <= area.h + 0.01;
            let smallest = style.size - 0.5 < least;
            // One character alone on the last line looks like a mistake: rather a little smaller.
            let alone = lines.len() > 1 && lines.last().is_some_and(|l| l.chars().count() == 1);
            if fits && (smallest || !alone) {
                self.lines(area, &lines, style, field)?;
                return Ok(height);
            }
            if smallest {
                let characters = text.chars().count();
                return Err(PaperError::DoesNotFit { field: field.to_owned(), characters });
            }
            style = style.sized(style.size - 0.5);
        }
    }

    /// Sets one line into `line`, smaller down to `least` points; a text that is still too wide
    /// goes into `area` like a paragraph. Returns the lower edge of what was used.
    pub(crate) fn line_or_paragraph(
        &mut self,
        (line, area): (Area, Area),
        text: &str,
        style: Style,
        least: f32,
        field: &str,
    ) -> Result<f32, PaperError> {
        let mut fitted = style;
        while fitted.size >= least {
            if !text.contains('\n') && self.width_of(text, fitted.size, field)? <= line.w {
                let baseline = line.y + style.ascent();
                let x = if style.align == Align::Right { line.x + line.w } else { line.x };
                self.text((x, baseline), text, fitted, field)?;
                return Ok(line.y + style.leading());
            }
            fitted = fitted.sized(fitted.size - 0.5);
        }
        Ok(area.y + self.paragraph(area, text, fitted, least.min(5.0), field)?)
    }

    /// Sets lines that were wrapped before, from the top of `area`.
    pub(crate) fn lines(
        &mut self,
        area: Area,
        lines: &[String],
        style: Style,
        field: &str,
    ) -> Result<(), PaperError> {
        let x = match style.align {
            Align::Left => area.x,
            Align::Centre => area.x + area.w / 2.0,
            Align::Right => area.x + area.w,
        };
        let mut baseline = area.y + style.ascent();
        for line in lines {
            self.text((x, baseline), line, style, field)?;
            baseline += style.leading();
        }
        Ok(())
    }

    /// Lines that `text` takes at this style and width.
    pub(crate) fn wrapped(
        &self,
        text: &str,
        style: Style,
        width: f32,
        field: &str,
    ) -> Result<Vec<String>, PaperError> {
        wrap(self.face, text, style.size, width, field)
    }

    pub(crate) fn fill(&mut self, area: Area, grey: f32) {
        self.page().fills.push((area, grey));
    }

    /// A horizontal rule whose upper edge is `y`.
    pub(crate) fn rule(&mut self, (x, y): (f32, f32), length: f32, thickness: f32) {
        self.fill(Area { x, y, w: length, h: thickness }, 0.0);
    }

    /// A vertical rule whose left edge is `x`.
    pub(crate) fn upright(&mut self, (x, y): (f32, f32), length: f32, thickness: f32) {
        self.fill(Area { x, y, w: thickness, h: length }, 0.0);
    }

    /// The four edges of `area`, drawn inside it.
    pub(crate) fn frame(&mut self, area: Area, thickness: f32) {
        self.rule((area.x, area.y), area.w, thickness);
        self.rule((area.x, area.y + area.h - thickness), area.w, thickness);
        self.upright((area.x, area.y), area.h, thickness);
        self.upright((area.x + area.w - thickness, area.y), area.h, thickness);
    }

    /// Draws a linear symbol's bars: left edge of its first bar, top, bar height, and the width
    /// of a module, all in printer dots.
    pub(crate) fn bars(&mut self, bars: &Bars, (left, top): (i64, i64), height: i64, module: i64) {
        let rectangles = bars
            .runs()
            .map(|(at, wide)| [left + at * module, top, wide * module, height])
            .collect::<Vec<_>>();
        self.page().dots.extend(rectangles);
    }

    /// Draws a matrix symbol with its upper left module at `left`, `top`, in printer dots.
    pub(crate) fn modules(&mut self, symbol: &Modules, (left, top): (i64, i64), module: i64) {
        let rectangles = symbol
            .runs()
            .map(|(x, y, wide)| [left + x * module, top + y * module, wide * module, module])
            .collect::<Vec<_>>();
        self.page().dots.extend(rectangles);
    }

    /// The finished file. The same drawing gives the same bytes.
    pub(crate) fn finish(self, about: &About<'_>) -> Result<Vec<u8>, PaperError> {
        pdf::write(&self, about)
    }
}

/// What the file says about itself.
pub(crate) struct About<'a> {
    pub(crate) title: &'a str,
    /// BCP 47, e.g. `zh-CN`.
    pub(crate) language: &'a str,
    pub(crate) created: chrono::NaiveDateTime,
    pub(crate) scaling: Scaling,
}

/// Whether a viewer may fit the page to the paper when it prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scaling {
    /// As the viewer likes: office paper.
    Free,
    /// Never: a label's bars are only legal at their drawn size.
    Never,
}

/// A small number of things as a factor for lengths.
pub(crate) fn count(n: usize) -> f32 {
    f32::from(u16::try_from(n).unwrap_or(u16::MAX))
}
