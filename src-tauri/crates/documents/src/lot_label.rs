//! Labels of 100 × 70 mm for a lot in the store (批次标签): which good, which lot, until when, how
//! many, and in large characters whether it may be used.
//!
//! Knows which symbols a lot may bear: a `DataMatrix` with GTIN, expiry and lot where GS1 allows
//! it and with the bare lot number where not, and the lot number as Code 128. Refuses a lot number
//! that no barcode holds rather than leave the barcode out.

use chrono::NaiveDate;
use domain::Status;
use standards::{ElementString, Gtin, check_lot_code, yymmdd};

use crate::{
    canvas::{About, Align, Area, Canvas, Scaling, Sheet, Style},
    figures::{above_zero, grouped},
    form::language,
    goods_receipt::status_name,
    paper::{Dpi, PaperError, Print},
    pdf_text::Words,
    symbol::{
        DATA_MATRIX_QUIET_MODULES, Linear, Modules, QUIET_MODULES, code_128, data_matrix,
        gs1_data_matrix,
    },
};

const SHEET: Sheet = Sheet { width: 100.0, height: 70.0 };
const MARGIN: f32 = 4.0;
const WIDTH: f32 = SHEET.width - 2.0 * MARGIN;
const RIGHT: f32 = SHEET.width - MARGIN;
/// End of the head with name and status.
const HEAD_END: f32 = 21.0;
/// Top of the Code 128.
const BARS_TOP: f32 = 52.6;
const BARS_HEIGHT: f32 = 10.0;
const CAPTION: Style = Style::caption(6.5);

/// A lot as it stands in a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LotLabel {
    /// Our code of the good or material.
    pub sku: String,
    /// Its name.
    pub name: String,
    /// Size and packing.
    pub spec: String,
    /// The barcode of one unit, when it has one.
    pub gtin: Option<Gtin>,
    /// The lot number, as printed on the goods.
    pub lot: String,
    /// What barcodes say instead of a lot number that they cannot hold: a coded alias.
    pub coded: Option<String>,
    /// Day of manufacture, when known.
    pub manufactured: Option<NaiveDate>,
    /// Last day of use, when it has one.
    pub expires: Option<NaiveDate>,
    /// Units that stand under the label, above 0.
    pub quantity: i64,
    /// What a unit is called.
    pub unit: String,
    /// The status of all of them.
    pub status: Status,
    /// The receipt or order they came with.
    pub source: Option<String>,
}

/// One page of 100 × 70 mm for each label.
pub fn lot_labels(labels: &[LotLabel], print: &Print) -> Result<Vec<u8>, PaperError> {
    let Some(first) = labels.first() else { return Err(PaperError::Empty("labels")) };
    let words = Words::of(print.lang);
    let mut canvas = Canvas::new(SHEET, print.dpi);
    for (number, label) in (1_usize..).zip(labels) {
        let field = |key: &str| format!("labels[{number}].{key}");
        above_zero(label.quantity, || field("quantity"))?;
        let symbols = Symbols::of(label, print.dpi)
            .map_err(|source| PaperError::Symbol { field: field("lot"), source })?;
        canvas.add_page();
        let mut page = Page { canvas: &mut canvas, words, label, field: &field };
        page.head()?;
        page.data(&symbols)?;
        page.bars(&symbols)?;
    }
    let title = format!("{} {}", words.lot, first.lot);
    let language = language(print.lang);
    let created = print.printed_at;
    canvas.finish(&About { title: &title, language, created, scaling: Scaling::Never })
}

struct Symbols {
    matrix: (Modules, i64),
    lot: Linear,
    /// What the Code 128 says.
    readable: String,
}

impl Symbols {
    fn of(label: &LotLabel, dpi: Dpi) -> Result<Self, crate::symbol::SymbolError> {
        let readable = label.coded.as_ref().unwrap_or(&label.lot);
        let lot = code_128(readable, dpi, BARS_HEIGHT, SHEET.width)?;
        let matrix = match gs1_fields(label, readable) {
            Some(elements) => gs1_data_matrix(&elements, dpi)?,
            None => data_matrix(readable, dpi)?,
        };
        Ok(Self { matrix, lot, readable: readable.clone() })
    }
}

/// GTIN, expiry and lot; none where GS1 has no place for one of them.
fn gs1_fields(label: &LotLabel, lot: &str) -> Option<ElementString> {
    let gtin = label.gtin.as_ref().filter(|gtin| !gtin.is_in_store())?;
    check_lot_code(lot).ok()?;
    let mut fields = vec![("01", gtin.as_14().to_owned())];
    if let Some(day) = label.expires {
        fields.push(("17", yymmdd(day)?));
    }
    fields.push(("10", lot.to_owned()));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(c, v)| (*c, v.as_str())).collect();
    ElementString::new(&fields).ok()
}

struct Page<'a> {
    canvas: &'a mut Canvas,
    words: &'static Words,
    label: &'a LotLabel,
    field: &'a dyn Fn(&str) -> String,
}

impl Page<'_> {
    /// Name, code and size at the left, the status white on black at the right.
    fn head(&mut self) -> Result<(), PaperError> {
        let label = self.label;
        let status = status_name(label.status, self.words);
        let field = (self.field)("status");
        let mut style = Style::strong(20.0).aligned(Align::Centre);
        while style.size > 10.0 && self.canvas.width_of(status, style.size, &field)? > 24.0 {
            style = style.sized(style.size - 1.0);
        }
        let wide = self.canvas.width_of(status, style.size, &field)? + 6.0;
        let plate = Area { x: RIGHT - wide, y: 3.4, w: wide, h: 12.0 };
        self.canvas.fill(plate, 0.0);
        let style = Style { grey: 1.0, ..style };
        let baseline = plate.y + plate.h / 2.0 + style.ascent() * 0.36;
        self.canvas.text((plate.x + wide / 2.0, baseline), status, style, &field)?;

        let room = WIDTH - wide - 3.0;
        let area = Area { x: MARGIN, y: 2.6, w: room, h: 12.6 };
        let name = Style::strong(18.0);
        self.canvas.paragraph(area, &label.name, name, 5.0, &(self.field)("name"))?;
        let gtin = label.gtin.as_ref().map(ToString::to_string);
        let parts = [Some(label.sku.as_str()), Some(label.spec.as_str()), gtin.as_deref()];
        let line = parts.into_iter().flatten().collect::<Vec<_>>().join("   ");
        let area = Area { x: MARGIN, y: 15.6, w: WIDTH, h: 5.0 };
        self.canvas.paragraph(
            area,
            line.trim_end(),
            Style::regular(9.5),
            5.0,
            &(self.field)("spec"),
        )?;
        self.canvas.rule((MARGIN, HEAD_END), WIDTH, 0.3);
        Ok(())
    }

    /// Titled data at the left, the matrix at the right.
    fn data(&mut self, symbols: &Symbols) -> Result<(), PaperError> {
        let (words, label) = (self.words, self.label);
        let (modules, module) = &symbols.matrix;
        let dpi = self.canvas.dpi();
        let side = modules.side() * module;
        let left = dpi.dots_near(RIGHT) - side;
        let middle = dpi.dots_near(f32::midpoint(HEAD_END, BARS_TOP));
        self.canvas.modules(modules, (left, middle - side / 2), *module);
        let room = WIDTH - dpi.mm(side + DATA_MATRIX_QUIET_MODULES * module) - 1.0;

        self.titled((MARGIN, HEAD_END + 1.0), room, words.lot, &label.lot, 20.0, "lot")?;
        let half = room / 2.0;
        let right = MARGIN + half;
        let y = HEAD_END + 12.6;
        let (made, expires) = (day(label.manufactured), day(label.expires));
        self.titled((MARGIN, y), half, words.manufactured, &made, 12.0, "manufactured")?;
        self.titled((right, y), half, words.expires, &expires, 12.0, "expires")?;
        let units = format!("{} {}", grouped(label.quantity), label.unit);
        let y = y + 9.2;
        self.titled((MARGIN, y), half, words.quantity, &units, 12.0, "quantity")?;
        if let Some(source) = &label.source {
            self.titled((right, y), half, words.source, source, 9.0, "source")?;
        }
        Ok(())
    }

    /// A small caption over a value that fits `w` millimetres, smaller if it must be.
    fn titled(
        &mut self,
        (x, y): (f32, f32),
        w: f32,
        caption: &str,
        value: &str,
        size: f32,
        key: &str,
    ) -> Result<(), PaperError> {
        let field = (self.field)(key);
        self.canvas.text((x, y + 2.2), caption, CAPTION, &field)?;
        let style = Style::strong(size);
        let area = Area { x, y: y + 2.4, w: w - 1.5, h: style.leading() };
        self.canvas.line_or_paragraph((area, area), value, style, 6.0, &field)?;
        Ok(())
    }

    /// The lot number as Code 128 in the middle of the label's width, its letters below.
    fn bars(&mut self, symbols: &Symbols) -> Result<(), PaperError> {
        let dpi = self.canvas.dpi();
        let symbol = &symbols.lot;
        let left = (dpi.dots_near(SHEET.width) - symbol.width()) / 2;
        let top = dpi.dots_near(BARS_TOP);
        let first_bar = left + QUIET_MODULES * symbol.module;
        self.canvas.bars(&symbol.bars, (first_bar, top), symbol.height, symbol.module);
        let y = dpi.mm(top + symbol.height) + 0.2;
        let area = Area { x: MARGIN, y, w: WIDTH, h: 5.0 };
        let style = Style::regular(9.0).aligned(Align::Centre);
        self.canvas.paragraph(area, &symbols.readable, style, 6.0, &(self.field)("lot"))?;
        Ok(())
    }
}

fn day(date: Option<NaiveDate>) -> String {
    date.map_or_else(|| "–".to_owned(), |d| d.to_string())
}
