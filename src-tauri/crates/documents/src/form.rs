//! The shape that office papers share: head with the number's barcode, boxes, a foot on every
//! page, signature boxes. Knows where things go on A4; not what any of them means.

use crate::{
    canvas::{About, Align, Area, Canvas, Scaling, Sheet, Style, count},
    paper::{Lang, PaperError, Print},
    pdf_text::Words,
    symbol::{QUIET_MODULES, code_128},
};

/// Distance of all print from the paper's edge in millimetres.
pub(crate) const MARGIN: f32 = 15.0;
/// Hairline between rows.
pub(crate) const HAIRLINE: f32 = 0.1;
/// Rule that opens and closes a block.
pub(crate) const RULE: f32 = 0.3;
/// Room for the foot above the margin.
const FOOT: f32 = 8.0;
/// Widest barcode in the head.
const BARCODE_WIDTH: f32 = 84.0;
const BARCODE_HEIGHT: f32 = 9.0;
const CAPTION: Style = Style::caption(7.0);

/// A4 upright.
pub(crate) const A4: Sheet = Sheet { width: 210.0, height: 297.0 };
/// A4 lying.
pub(crate) const A4_LYING: Sheet = Sheet { width: 297.0, height: 210.0 };

/// A paper in the making: a canvas and the place down to which it is filled.
pub(crate) struct Form<'a> {
    pub(crate) canvas: Canvas,
    pub(crate) y: f32,
    pub(crate) words: &'static Words,
    title: &'a str,
    number: &'a str,
    print: &'a Print,
}

/// A caption over a value.
pub(crate) struct Fact<'a> {
    pub(crate) caption: &'a str,
    pub(crate) value: String,
    pub(crate) field: &'static str,
}

impl<'a> Fact<'a> {
    /// `value` under `caption`; `field` names it in refusals.
    pub(crate) fn of(caption: &'a str, value: String, field: &'static str) -> Self {
        Self { caption, value, field }
    }
}

/// The height of a part's heading with what stands above and below it.
const HEADING: f32 = 8.2;
/// What stands between two clauses.
const CLAUSE_GAP: f32 = 0.8;
/// The height of the boxes for seals with the gap above them.
pub(crate) const SEALS: f32 = 46.0;

/// Where a party signs and seals.
pub(crate) struct Seal<'a> {
    pub(crate) caption: &'a str,
    /// The party, as it stands in its seal.
    pub(crate) name: &'a str,
    pub(crate) field: &'static str,
}

impl<'a> Form<'a> {
    /// Opens the first page and sets its head.
    pub(crate) fn open(
        sheet: Sheet,
        title: &'a str,
        number: &'a str,
        print: &'a Print,
    ) -> Result<Self, PaperError> {
        let canvas = Canvas::new(sheet, print.dpi);
        let words = Words::of(print.lang);
        let mut form = Self { canvas, y: MARGIN, words, title, number, print };
        form.canvas.add_page();
        form.head()?;
        Ok(form)
    }

    /// The language of its captions.
    pub(crate) fn lang(&self) -> Lang {
        self.print.lang
    }

    /// Width between the margins.
    pub(crate) fn width(&self) -> f32 {
        self.canvas.sheet().width - 2.0 * MARGIN
    }

    /// Lowest place that may be filled.
    pub(crate) fn bottom(&self) -> f32 {
        self.canvas.sheet().height - MARGIN - FOOT
    }

    fn head(&mut self) -> Result<(), PaperError> {
        let right = MARGIN + self.width();
        let title = Style::strong(21.0);
        self.canvas.text((MARGIN, MARGIN + 8.0), self.title, title, "title")?;
        self.number_barcode(right)?;
        self.y = MARGIN + 17.5;
        self.canvas.rule((MARGIN, self.y), self.width(), RULE * 2.0);
        self.y += 2.6;
        Ok(())
    }

    /// The number as Code 128 with its last bar at the right margin, the number below it.
    fn number_barcode(&mut self, right: f32) -> Result<(), PaperError> {
        let dpi = self.print.dpi;
        let refuse = |source| PaperError::Symbol { field: "number".to_owned(), source };
        let symbol = code_128(self.number, dpi, BARCODE_HEIGHT, BARCODE_WIDTH).map_err(refuse)?;
        let bars = symbol.bars.modules() * symbol.module;
        let left = dpi.dots_near(right) - bars;
        self.canvas.bars(&symbol.bars, (left, dpi.dots_near(MARGIN)), symbol.height, symbol.module);
        let middle = dpi.mm(left + bars / 2);
        debug_assert!(dpi.mm(left - QUIET_MODULES * symbol.module) > MARGIN);
        let style = Style::regular(9.0).aligned(Align::Centre);
        self.canvas.text((middle, MARGIN + BARCODE_HEIGHT + 4.0), self.number, style, "number")
    }

    /// Opens a new page with the short head.
    pub(crate) fn next_page(&mut self) -> Result<(), PaperError> {
        self.canvas.add_page();
        let right = MARGIN + self.width();
        let title = format!("{}{}{}", self.title, self.gap(), self.words.continued);
        let baseline = MARGIN + 3.2;
        self.canvas.text((MARGIN, baseline), &title, Style::strong(10.0), "title")?;
        let number = Style::regular(9.0).aligned(Align::Right);
        self.canvas.text((right, baseline), self.number, number, "number")?;
        self.y = MARGIN + 5.5;
        self.canvas.rule((MARGIN, self.y), self.width(), RULE);
        self.y += 4.0;
        Ok(())
    }

    /// English puts a space where Chinese puts none.
    fn gap(&self) -> &'static str {
        if self.print.lang == Lang::En { " " } else { "" }
    }

    /// Goes to a new page unless `height` is left on this one.
    pub(crate) fn need(&mut self, height: f32) -> Result<(), PaperError> {
        if self.y + height > self.bottom() { self.next_page() } else { Ok(()) }
    }

    /// Facts side by side in equal columns, caption over value.
    pub(crate) fn facts(&mut self, facts: &[Fact<'_>]) -> Result<(), PaperError> {
        let column = self.width() / count(facts.len());
        let mut lowest = self.y;
        for (at, fact) in facts.iter().enumerate() {
            let x = MARGIN + column * count(at);
            self.canvas.text((x, self.y + 2.6), fact.caption, CAPTION, fact.field)?;
            let area = Area { x, y: self.y + 3.4, w: column - 3.0, h: 14.0 };
            let style = Style::regular(9.5);
            let places = (area, area);
            let end = self.canvas.line_or_paragraph(places, &fact.value, style, 8.0, fact.field)?;
            lowest = lowest.max(end);
        }
        self.y = lowest + 2.2;
        self.canvas.rule((MARGIN, self.y), self.width(), HAIRLINE);
        self.y += 2.2;
        Ok(())
    }

    /// Blocks side by side: a caption, a name, and small lines under it.
    pub(crate) fn blocks(&mut self, blocks: &[Block<'_>]) -> Result<(), PaperError> {
        let column = self.width() / count(blocks.len());
        let top = self.y;
        let mut lowest = top;
        for (at, block) in blocks.iter().enumerate() {
            let x = MARGIN + column * count(at);
            lowest = lowest.max(self.block(x, top, column - 5.0, block)?);
        }
        self.y = lowest + 3.2;
        Ok(())
    }

    fn block(&mut self, x: f32, top: f32, w: f32, block: &Block<'_>) -> Result<f32, PaperError> {
        self.canvas.text((x, top + 2.6), block.caption, CAPTION, block.field)?;
        let mut y = top + 3.6;
        let area = Area { x, y, w, h: 24.0 };
        y += self.canvas.paragraph(area, block.name, Style::strong(10.5), 7.0, block.field)?;
        y += 0.8;
        for (caption, value) in &block.rows {
            let style = Style::caption(8.0);
            let indent = self.canvas.width_of(caption, style.size, block.field)? + 2.0;
            self.canvas.text((x, y + Style::regular(8.5).ascent()), caption, style, block.field)?;
            let area = Area { x: x + indent, y, w: w - indent, h: 32.0 };
            y += self.canvas.paragraph(area, value, Style::regular(8.5), 6.0, block.field)?;
        }
        Ok(y)
    }

    /// The heading of a part, kept with the first `least` millimetres of it.
    pub(crate) fn section(&mut self, heading: &str, least: f32) -> Result<(), PaperError> {
        self.need(least)?;
        self.y += 3.0;
        self.canvas.text((MARGIN, self.y + 3.0), heading, Style::strong(9.0), "section")?;
        self.y += HEADING - 3.0;
        Ok(())
    }

    /// Clauses under a heading, numbered when there are several; none leave no trace. Their last
    /// lines stay on the page of the `below` millimetres that follow.
    pub(crate) fn clauses(
        &mut self,
        heading: &str,
        clauses: &[String],
        field: &str,
        below: f32,
    ) -> Result<(), PaperError> {
        if clauses.is_empty() {
            return Ok(());
        }
        let style = Style::regular(8.5);
        let indent = if clauses.len() > 1 { 6.0 } else { 0.0 };
        let mut wrapped = Vec::new();
        for (number, clause) in (1_usize..).zip(clauses) {
            let field = format!("{field}[{number}]");
            wrapped.push(self.canvas.wrapped(clause, style, self.width() - indent, &field)?);
        }
        let mut left: usize = wrapped.iter().map(Vec::len).sum();
        let together = style.leading() * 3.0 + CLAUSE_GAP * 3.0;
        let short = left <= 3;
        self.section(heading, HEADING + together + if short { below } else { 0.0 })?;
        for (number, lines) in (1_usize..).zip(&wrapped) {
            let field = format!("{field}[{number}]");
            for (n, line) in lines.iter().enumerate() {
                let ends = left == 3 && !short;
                self.need(if ends { together + below } else { style.leading() })?;
                left -= 1;
                let baseline = self.y + style.ascent();
                if n == 0 && indent > 0.0 {
                    let mark = if self.print.lang == Lang::Zh { "、" } else { "." };
                    let number = format!("{number}{mark}");
                    self.canvas.text((MARGIN, baseline), &number, style, &field)?;
                }
                self.canvas.text((MARGIN + indent, baseline), line, style, &field)?;
                self.y += style.leading();
            }
            self.y += CLAUSE_GAP;
        }
        Ok(())
    }

    /// Boxes for signatures side by side, kept on one page.
    pub(crate) fn signatures(&mut self, captions: &[&str]) -> Result<(), PaperError> {
        const HEIGHT: f32 = 25.0;
        const GAP: f32 = 4.0;
        self.need(HEIGHT + 4.0)?;
        self.y += 4.0;
        let boxes = count(captions.len());
        let w = (self.width() - (boxes - 1.0) * GAP) / boxes;
        for (at, caption) in captions.iter().enumerate() {
            let x = MARGIN + (w + GAP) * count(at);
            self.canvas.frame(Area { x, y: self.y, w, h: HEIGHT }, HAIRLINE);
            self.canvas.text(
                (x + 2.5, self.y + 4.6),
                caption,
                Style::regular(8.5),
                "signatures",
            )?;
            let date = self.words.sign_date;
            let baseline = self.y + HEIGHT - 2.8;
            self.canvas.text((x + 2.5, baseline), date, Style::caption(8.0), "signatures")?;
        }
        self.y += HEIGHT;
        Ok(())
    }

    /// Boxes in which both parties sign and seal, kept on one page; a company's round seal of 40
    /// millimetres has room in each.
    pub(crate) fn seals(&mut self, seals: &[Seal<'_>; 2]) -> Result<(), PaperError> {
        const HEIGHT: f32 = SEALS - 4.0;
        const GAP: f32 = 6.0;
        self.need(SEALS)?;
        self.y += 4.0;
        let w = (self.width() - GAP) / 2.0;
        for (at, seal) in seals.iter().enumerate() {
            let x = MARGIN + (w + GAP) * count(at);
            let field = seal.field;
            self.canvas.frame(Area { x, y: self.y, w, h: HEIGHT }, HAIRLINE);
            let caption = (x + 2.5, self.y + 4.6);
            self.canvas.text(caption, seal.caption, Style::regular(8.5), field)?;
            let area = Area { x: x + 2.5, y: self.y + 6.0, w: w - 5.0, h: 9.0 };
            self.canvas.paragraph(area, seal.name, Style::strong(9.5), 5.0, field)?;
            let style = Style::caption(8.0);
            let signed = (x + 2.5, self.y + HEIGHT - 13.0);
            self.canvas.text(signed, self.words.sign_person, style, field)?;
            let dated = (x + 2.5, self.y + HEIGHT - 2.8);
            self.canvas.text(dated, self.words.sign_date, style, field)?;
        }
        self.y += HEIGHT;
        Ok(())
    }

    /// Sets the foot of every page and gives the file.
    pub(crate) fn close(mut self) -> Result<Vec<u8>, PaperError> {
        let pages = self.canvas.page_count();
        for page in 0..pages {
            self.canvas.select_page(page);
            self.foot(page + 1, pages)?;
        }
        let title = format!("{} {}", self.title, self.number);
        let language = language(self.print.lang);
        let about = About {
            title: &title,
            language,
            created: self.print.printed_at,
            scaling: Scaling::Free,
        };
        self.canvas.finish(&about)
    }

    fn foot(&mut self, page: usize, pages: usize) -> Result<(), PaperError> {
        let (left, right) = (MARGIN, MARGIN + self.width());
        let top = self.canvas.sheet().height - MARGIN - 4.0;
        self.canvas.rule((left, top), self.width(), HAIRLINE);
        let baseline = top + 3.8;
        let style = Style::caption(7.5);
        self.canvas.text((left, baseline), self.number, style, "number")?;
        let page = match self.print.lang {
            Lang::Zh => {
                format!("第 {page} {} / 共 {pages} {}", self.words.page_of, self.words.page_of)
            }
            Lang::En => format!("{} {page} of {pages}", self.words.page_of),
        };
        let middle = f32::midpoint(left, right);
        self.canvas.text((middle, baseline), &page, style.aligned(Align::Centre), "page")?;
        let made = format!(
            "{} {}   {} {}   {} {}",
            self.words.printed,
            self.print.printed_at.format("%Y-%m-%d %H:%M"),
            self.words.by,
            self.print.operator,
            self.words.copy,
            self.print.copy,
        );
        self.canvas.text((right, baseline), &made, style.aligned(Align::Right), "operator")
    }
}

/// A block of [`Form::blocks`].
pub(crate) struct Block<'a> {
    pub(crate) caption: &'a str,
    pub(crate) name: &'a str,
    pub(crate) rows: Vec<(&'a str, &'a str)>,
    pub(crate) field: &'static str,
}

/// The language tag of a file.
pub(crate) fn language(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "zh-CN",
        Lang::En => "en",
    }
}
