//! From drawn pages to PDF bytes. Knows PDF operators; fixes every id and date itself, so that
//! the same pages always give the same file.

use chrono::NaiveDateTime;
use lopdf::{Dictionary, Object, StringFormat};
use printpdf::{
    CurTransMat, DictItem, FontId, Op, PdfConformance, PdfDocument, PdfFont, PdfFontHandle,
    PdfPage, PdfSaveOptions, Pt, TextItem, TextMatrix, TextRenderingMode,
};
use sha2::{Digest, Sha256};

use super::{About, Canvas, MM_PER_POINT, Page, Run, Scaling, Typeface, Weight};
use crate::paper::{Dpi, PaperError};

/// Resource name of the typeface; its six capitals are the subset tag that PDF asks for.
const FONT_NAME: &str = "PNCANG";

pub(super) fn write(canvas: &Canvas, about: &About<'_>) -> Result<Vec<u8>, PaperError> {
    let mut document = PdfDocument::new(about.title);
    document.metadata.info.conformance = PdfConformance::default();
    let font = PdfFont::new(Typeface::shared().program().clone());
    document.resources.fonts.map.insert(FontId(FONT_NAME.to_owned()), font);
    document.pages = canvas.pages.iter().map(|page| page_of(canvas, page)).collect();

    let options = PdfSaveOptions { secure: false, ..PdfSaveOptions::default() };
    let mut warnings = Vec::new();
    let mut file = document.to_lopdf_document(&options, &mut warnings);
    settle(&mut file, canvas, about).map_err(|e| PaperError::Writer(e.to_string()))?;
    file.compress();
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).map_err(|e| PaperError::Writer(e.to_string()))?;
    Ok(bytes)
}

/// Replaces what the PDF crate leaves to chance or to defaults.
fn settle(
    file: &mut lopdf::Document,
    canvas: &Canvas,
    about: &About<'_>,
) -> Result<(), lopdf::Error> {
    "1.7".clone_into(&mut file.version);
    let stamp = Object::string_literal(pdf_date(about.created));
    let mut info = Dictionary::new();
    info.set("Title", utf16(about.title));
    info.set("Creator", Object::string_literal("Pincang"));
    info.set("Producer", Object::string_literal("Pincang"));
    info.set("CreationDate", stamp.clone());
    info.set("ModDate", stamp);
    let info_id = file.trailer.get(b"Info").and_then(Object::as_reference)?;
    file.set_object(info_id, info);

    let id = Object::String(fingerprint(canvas, about), StringFormat::Hexadecimal);
    file.trailer.set("ID", Object::Array(vec![id.clone(), id]));

    let catalog = file.catalog_mut()?;
    catalog.set("Lang", Object::string_literal(about.language));
    let mut viewer = Dictionary::new();
    viewer.set("DisplayDocTitle", true);
    if about.scaling == Scaling::Never {
        viewer.set("PrintScaling", Object::Name(b"None".to_vec()));
    }
    catalog.set("ViewerPreferences", viewer);
    Ok(())
}

fn pdf_date(at: NaiveDateTime) -> String {
    at.format("D:%Y%m%d%H%M%S").to_string()
}

fn utf16(text: &str) -> Object {
    let bytes = [0xFE, 0xFF].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes));
    Object::String(bytes.collect(), StringFormat::Hexadecimal)
}

/// Sixteen bytes that follow from what is printed.
fn fingerprint(canvas: &Canvas, about: &About<'_>) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash.update(about.title);
    hash.update(pdf_date(about.created));
    for page in &canvas.pages {
        for run in &page.runs {
            hash.update(&run.text);
            hash.update(run.x.to_be_bytes());
            hash.update(run.baseline.to_be_bytes());
        }
        for number in page.dots.iter().flatten() {
            hash.update(number.to_be_bytes());
        }
    }
    hash.finalize()[..16].to_vec()
}

fn page_of(canvas: &Canvas, page: &Page) -> PdfPage {
    let height = points(canvas.sheet.height);
    let mut ops = Vec::new();
    draw_fills(&mut ops, page, height);
    draw_dots(&mut ops, page, height, canvas.dpi);
    draw_runs(&mut ops, &page.runs, height);
    PdfPage::new(printpdf::Mm(canvas.sheet.width), printpdf::Mm(canvas.sheet.height), ops)
}

/// Rectangles of one grey in one path.
fn draw_fills(ops: &mut Vec<Op>, page: &Page, height: f32) {
    for group in page.fills.chunk_by(|a, b| a.1.to_bits() == b.1.to_bits()) {
        ops.push(operator("g", vec![DictItem::Real(group[0].1)]));
        for (area, _) in group {
            let bottom = height - points(area.y + area.h);
            let numbers = [points(area.x), bottom, points(area.w), points(area.h)];
            ops.push(operator("re", numbers.map(|n| DictItem::Real(short(n))).to_vec()));
        }
        ops.push(operator("f", Vec::new()));
    }
}

/// All bars of a page in one path, one unit being one printer dot from the top left corner.
fn draw_dots(ops: &mut Vec<Op>, page: &Page, height: f32, dpi: Dpi) {
    if page.dots.is_empty() {
        return;
    }
    let dot = 72.0 / f32::from(dpi.per_inch());
    ops.push(Op::SaveGraphicsState);
    let matrix = CurTransMat::Raw([dot, 0.0, 0.0, -dot, 0.0, height]);
    ops.push(Op::SetTransformationMatrix { matrix });
    ops.push(operator("g", vec![DictItem::Int(0)]));
    for rectangle in &page.dots {
        ops.push(operator("re", rectangle.map(DictItem::Int).to_vec()));
    }
    ops.push(operator("f", Vec::new()));
    ops.push(Op::RestoreGraphicsState);
}

fn draw_runs(ops: &mut Vec<Op>, runs: &[Run], height: f32) {
    if runs.is_empty() {
        return;
    }
    ops.push(Op::StartTextSection);
    let mut before: Option<&Run> = None;
    for run in runs {
        let same = |f: fn(&Run) -> u32| before.is_some_and(|b| f(b) == f(run));
        let new_size = !same(|r| r.style.size.to_bits());
        let new_grey = !same(|r| r.style.grey.to_bits());
        if new_size {
            let font = PdfFontHandle::External(FontId(FONT_NAME.to_owned()));
            ops.push(Op::SetFont { font, size: Pt(run.style.size) });
        }
        if new_grey {
            ops.push(operator("g", vec![DictItem::Real(run.style.grey)]));
            ops.push(operator("G", vec![DictItem::Real(run.style.grey)]));
        }
        if new_size || !same(|r| u32::from(r.style.weight == Weight::Strong)) {
            set_weight(ops, run);
        }
        let (x, y) = (short(points(run.x)), short(height - points(run.baseline)));
        ops.push(Op::SetTextMatrix { matrix: TextMatrix::Raw([1.0, 0.0, 0.0, 1.0, x, y]) });
        ops.push(Op::ShowText { items: vec![TextItem::Text(run.text.clone())] });
        before = Some(run);
    }
    ops.push(Op::EndTextSection);
}

fn set_weight(ops: &mut Vec<Op>, run: &Run) {
    let mode = match run.style.weight {
        Weight::Regular => TextRenderingMode::Fill,
        Weight::Strong => TextRenderingMode::FillStroke,
    };
    ops.push(Op::SetTextRenderingMode { mode });
    if run.style.weight == Weight::Strong {
        ops.push(operator("w", vec![DictItem::Real(short(run.style.size * 0.032))]));
    }
}

fn operator(key: &str, value: Vec<DictItem>) -> Op {
    Op::Unknown { key: key.to_owned(), value }
}

fn points(mm: f32) -> f32 {
    mm / MM_PER_POINT
}

/// A thousandth of a point is finer than any printer, and shorter to write.
fn short(points: f32) -> f32 {
    (points * 1000.0).round() / 1000.0
}
