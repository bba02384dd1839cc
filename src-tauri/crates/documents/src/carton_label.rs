//! Carton labels of 100 × 150 mm (箱唛): three blocks as logistics wants them, free text at the
//! top, titled data in the middle, symbols at the bottom with the SSCC lowest.
//!
//! Knows which symbols a carton may bear and draws them on the printer's dots at legal size.
//! Refuses to print a code that would not be read, and to call an internal number an SSCC.

use chrono::NaiveDate;
use standards::{ElementString, Gtin, Sscc, check_lot_code, check_pairs, yymmdd};

use crate::{
    canvas::{About, Align, Area, Canvas, Scaling, Sheet, Style, count},
    figures::{centimetres, grouped, kilograms},
    form::language,
    paper::{Dpi, PaperError, Print, ValueRule},
    pdf_text::Words,
    symbol::{
        DATA_MATRIX_QUIET_MODULES, GS1_128_HEIGHT_MIN_MM, Linear, Modules, QUIET_MODULES, code_128,
        gs1_128_smallest, gs1_data_matrix,
    },
};

const SHEET: Sheet = Sheet { width: 100.0, height: 150.0 };
const MARGIN: f32 = 4.0;
const WIDTH: f32 = SHEET.width - 2.0 * MARGIN;
const RIGHT: f32 = SHEET.width - MARGIN;
/// Room for the readable line under a symbol.
const READABLE: f32 = 4.6;
/// Top of the lowest symbol: its bars and readable line end a few millimetres above the edge.
const LOWEST_TOP: f32 = SHEET.height - 2.4 - READABLE - GS1_128_HEIGHT_MIN_MM;
/// Top of the symbol above it.
const UPPER_TOP: f32 = LOWEST_TOP - 1.8 - READABLE - GS1_128_HEIGHT_MIN_MM;
/// End of the free text.
const TOP_END: f32 = 37.0;
const CAPTION: Style = Style::caption(6.5);

/// What names a carton.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CartonIdentity {
    /// A Serial Shipping Container Code under the brand's own company prefix.
    Sscc(Sscc),
    /// A number of our own, for a brand without a company prefix. ASCII.
    Internal(String),
}

/// One lot in a carton.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CartonContent {
    /// Our code of the good.
    pub sku: String,
    /// Its name.
    pub name: String,
    /// The barcode of one unit, when it has one.
    pub gtin: Option<Gtin>,
    /// The lot number, or its coded alias.
    pub lot: String,
    /// Day of manufacture, when known.
    pub manufactured: Option<NaiveDate>,
    /// Last day of use, when it has one.
    pub expires: Option<NaiveDate>,
    /// Units of it in this carton, above 0.
    pub quantity: i64,
}

/// One carton, one label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carton {
    /// Its number within the shipment, from 1.
    pub number: i64,
    /// What names it outside the shipment.
    pub identity: CartonIdentity,
    /// What is in it; several entries make it a mixed carton.
    pub contents: Vec<CartonContent>,
    /// Gross weight in grams.
    pub gross_grams: Option<i64>,
    /// Outer length, width and height in millimetres.
    pub size_mm: Option<[i64; 3]>,
}

/// The labels of one shipment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CartonLabels {
    /// The brand, as it stands on the goods.
    pub brand: String,
    /// Who receives.
    pub consignee: String,
    /// Where to: the warehouse's address.
    pub destination: String,
    /// The transfer's number.
    pub transfer_number: String,
    /// The receiver's order number, also encoded as (400) when there is an SSCC.
    pub order_reference: Option<String>,
    /// Cartons in the shipment.
    pub cartons_total: i64,
    /// The cartons to label, in printing order.
    pub cartons: Vec<Carton>,
}

/// The symbols that one carton bears.
struct Symbols {
    /// (02)(37), only where one good with a GTIN fills a carton with an SSCC.
    content: Option<(Linear, String)>,
    /// Everything once more, in a small square.
    matrix: Option<(Modules, i64)>,
    /// The carton's own number, lowest on the label.
    identity: (Linear, String),
}

/// One page of 100 × 150 mm for each carton.
pub fn carton_labels(labels: &CartonLabels, print: &Print) -> Result<Vec<u8>, PaperError> {
    if labels.cartons.is_empty() {
        return Err(PaperError::Empty("cartons"));
    }
    let words = Words::of(print.lang);
    let mut canvas = Canvas::new(SHEET, print.dpi);
    for carton in &labels.cartons {
        check(carton, labels.cartons_total)?;
        let symbols = symbols_of(carton, labels.order_reference.as_deref(), print.dpi)?;
        canvas.add_page();
        let mut label = Label { canvas: &mut canvas, words };
        label.top(labels, carton)?;
        label.middle(carton, &symbols)?;
        label.symbols(carton, &symbols)?;
    }
    let title = format!("{} {}", words.carton, labels.transfer_number);
    let language = language(print.lang);
    let created = print.printed_at;
    canvas.finish(&About { title: &title, language, created, scaling: Scaling::Never })
}

fn check(carton: &Carton, total: i64) -> Result<(), PaperError> {
    let refuse = |key: &str, value: i64, rule| PaperError::Value {
        field: format!("carton {}, {key}", carton.number),
        value: value.to_string(),
        rule,
    };
    if carton.number < 1 || carton.number > total {
        return Err(refuse("number", carton.number, ValueRule::InShipment));
    }
    if carton.contents.is_empty() {
        return Err(PaperError::Empty("contents"));
    }
    for content in &carton.contents {
        if content.quantity <= 0 {
            return Err(refuse("quantity", content.quantity, ValueRule::AboveZero));
        }
        if let Some(gtin) = content.gtin.as_ref().filter(|g| g.is_in_store()) {
            return Err(PaperError::InStoreCode { gtin: gtin.to_string() });
        }
    }
    Ok(())
}

fn symbols_of(carton: &Carton, order: Option<&str>, dpi: Dpi) -> Result<Symbols, PaperError> {
    let refuse = |field: &str| {
        let field = format!("carton {}, {field}", carton.number);
        move |source| PaperError::Symbol { field, source }
    };
    let sscc = match &carton.identity {
        CartonIdentity::Sscc(sscc) => sscc,
        CartonIdentity::Internal(number) => {
            let symbol = code_128(number, dpi, GS1_128_HEIGHT_MIN_MM, SHEET.width)
                .map_err(refuse("number"))?;
            return Ok(Symbols { content: None, matrix: None, identity: (symbol, number.clone()) });
        }
    };
    let build = |fields: &[(&str, &str)]| {
        ElementString::new(fields)
            .map_err(|source| PaperError::Element { carton: carton.number, source })
    };
    let unit = build(&[("00", sscc.as_str())])?;
    let content = match carton.contents.as_slice() {
        [CartonContent { gtin: Some(gtin), quantity, .. }] => {
            Some(build(&[("02", gtin.as_14()), ("37", &quantity.to_string())])?)
        }
        _ => None,
    };
    let everything = build(&fields_of(carton, sscc, order)?.as_pairs())?;
    let mut all = vec![&unit, &everything];
    all.extend(&content);
    check_pairs(&all).map_err(|source| PaperError::Pairs { carton: carton.number, source })?;

    let linear = |elements: &ElementString, field| {
        let symbol = gs1_128_smallest(elements, dpi).and_then(|s| s.within(dpi, SHEET.width));
        Ok((symbol.map_err(refuse(field))?, elements.hri().join("  ")))
    };
    Ok(Symbols {
        content: content.as_ref().map(|c| linear(c, "(02)(37)")).transpose()?,
        matrix: Some(gs1_data_matrix(&everything, dpi).map_err(refuse("DataMatrix"))?),
        identity: linear(&unit, "(00)")?,
    })
}

/// Identifiers and values of the Data Matrix, those of fixed length first.
struct Fields(Vec<(&'static str, String)>);

impl Fields {
    fn as_pairs(&self) -> Vec<(&str, &str)> {
        self.0.iter().map(|(code, value)| (*code, value.as_str())).collect()
    }
}

fn fields_of(carton: &Carton, sscc: &Sscc, order: Option<&str>) -> Result<Fields, PaperError> {
    let mut fields = vec![("00", sscc.as_str().to_owned())];
    if let [CartonContent { gtin: Some(gtin), lot, expires, quantity, .. }] =
        carton.contents.as_slice()
    {
        check_lot_code(lot).map_err(|source| PaperError::Lot { carton: carton.number, source })?;
        fields.push(("02", gtin.as_14().to_owned()));
        fields.extend(expires.and_then(yymmdd).map(|date| ("17", date)));
        fields.push(("37", quantity.to_string()));
        fields.push(("10", lot.clone()));
    }
    fields.extend(order.map(|order| ("400", order.to_owned())));
    Ok(Fields(fields))
}

/// How the titled data is laid out under the name.
#[derive(Clone, Copy)]
struct Grid {
    columns: usize,
    /// Which of lot, quantity, made, expires, weight, size comes when.
    order: [usize; 6],
    /// Millimetres.
    row: f32,
    /// Points.
    name_size: f32,
}

/// A label with a second symbol.
const USUAL: Grid = Grid { columns: 2, order: [0, 1, 2, 3, 4, 5], row: 7.2, name_size: 10.0 };
/// The same with a long name.
const CLOSE: Grid = Grid { columns: 3, order: [0, 1, 4, 2, 3, 5], row: 5.6, name_size: 9.0 };
/// A label with one symbol.
const TALL: Grid = Grid { columns: 2, order: [0, 1, 2, 3, 4, 5], row: 11.0, name_size: 16.0 };

impl Grid {
    fn height(self) -> f32 {
        self.row * count(6 / self.columns)
    }
}

struct Label<'a> {
    canvas: &'a mut Canvas,
    words: &'static Words,
}

impl Label<'_> {
    /// Brand and carton number, receiver, numbers of the papers.
    fn top(&mut self, labels: &CartonLabels, carton: &Carton) -> Result<(), PaperError> {
        let words = self.words;
        let place = format!("{} / {}", carton.number, labels.cartons_total);
        let big = Style::strong(19.0).aligned(Align::Right);
        let wide = self.canvas.width_of(&place, big.size, "number")?;
        self.canvas.text((RIGHT, 11.4), &place, big, "number")?;
        let caption = CAPTION.aligned(Align::Right);
        self.canvas.text((RIGHT - wide - 2.0, 11.2), words.carton, caption, "number")?;
        let area = Area { x: MARGIN, y: 4.2, w: WIDTH - wide - 16.0, h: 9.0 };
        let line = Area { y: 6.8, ..area };
        let brand = Style::strong(13.0);
        self.canvas.line_or_paragraph((line, area), &labels.brand, brand, 9.0, "brand")?;
        self.canvas.rule((MARGIN, 13.6), WIDTH, 0.15);

        self.canvas.text((MARGIN, 17.0), words.ship_to, CAPTION, "consignee")?;
        let area = Area { x: MARGIN + 14.0, y: 14.4, w: WIDTH - 14.0, h: 9.4 };
        let mut y = area.y;
        y += self.canvas.paragraph(
            area,
            &labels.consignee,
            Style::strong(11.0),
            6.0,
            "consignee",
        )?;
        let area = Area { y: y + 0.3, h: 30.2 - y, ..area };
        self.canvas.paragraph(
            area,
            &labels.destination,
            Style::regular(9.0),
            5.0,
            "destination",
        )?;
        self.canvas.rule((MARGIN, 31.0), WIDTH, 0.15);

        let half = WIDTH / 2.0;
        let number = &labels.transfer_number;
        self.inline((MARGIN, 31.0), half - 2.0, words.transfer_number, number, "transfer_number")?;
        if let Some(order) = &labels.order_reference {
            let at = (MARGIN + half, 31.0);
            self.inline(at, half, words.order_reference, order, "order_reference")?;
        }
        self.canvas.rule((MARGIN, TOP_END), WIDTH, 0.5);
        Ok(())
    }

    /// A caption and its value on one row of six millimetres.
    fn inline(
        &mut self,
        (x, y): (f32, f32),
        w: f32,
        caption: &str,
        value: &str,
        field: &str,
    ) -> Result<(), PaperError> {
        let indent = self.canvas.width_of(caption, CAPTION.size, field)? + 1.6;
        let style = Style::regular(9.0);
        self.canvas.text((x, y + 0.8 + style.ascent()), caption, CAPTION, field)?;
        let area = Area { x: x + indent, y: y + 0.8, w: w - indent, h: 5.0 };
        self.canvas.line_or_paragraph((area, area), value, style, 6.0, field)?;
        Ok(())
    }

    /// Titled data at the left, the Data Matrix at the right.
    fn middle(&mut self, carton: &Carton, symbols: &Symbols) -> Result<(), PaperError> {
        let end = if symbols.content.is_some() { UPPER_TOP } else { LOWEST_TOP } - 1.2;
        let matrix = match &symbols.matrix {
            Some((modules, module)) => self.matrix(modules, *module, end),
            None => 0.0,
        };
        let area = Area { x: MARGIN, y: TOP_END + 1.2, w: WIDTH - matrix, h: end - TOP_END - 1.6 };
        match carton.contents.as_slice() {
            [content] => self.single(area, carton, content),
            contents => self.mixed(area, carton, contents),
        }
    }

    /// Draws the matrix at the right edge, centred in height, and gives the width it takes.
    fn matrix(&mut self, modules: &Modules, module: i64, end: f32) -> f32 {
        let dpi = self.canvas.dpi();
        let side = modules.side() * module;
        let quiet = DATA_MATRIX_QUIET_MODULES * module;
        let left = dpi.dots_near(RIGHT) - side;
        // In the middle of a low block, near the head of a tall one.
        let middle = dpi.dots_near(f32::midpoint(TOP_END + 0.5, end.min(UPPER_TOP)));
        self.canvas.modules(modules, (left, middle - side / 2), module);
        dpi.mm(side + quiet) + 1.0
    }

    fn single(
        &mut self,
        area: Area,
        carton: &Carton,
        content: &CartonContent,
    ) -> Result<(), PaperError> {
        let words = self.words;
        let cells = [
            (words.lot, content.lot.clone(), "lot"),
            (words.label_quantity, self.pieces(content.quantity), "quantity"),
            (words.manufactured, day(content.manufactured), "manufactured"),
            (words.expires, day(content.expires), "expires"),
            (words.label_gross, gross(carton), "gross_grams"),
            (words.label_size, size(carton), "size_mm"),
        ];
        let grid = self.grid_for(area, &content.name)?;
        let name_height = area.h - grid.height() - 0.6;
        let sku = Area { h: name_height / 3.0, ..area };
        let style = Style::strong(grid.name_size);
        let end = self.canvas.line_or_paragraph((sku, sku), &content.sku, style, 5.0, "sku")?;
        let name = Area { y: end, h: area.y + name_height - end, ..area };
        self.canvas.paragraph(name, &content.name, Style::regular(grid.name_size), 4.5, "name")?;
        let wide = area.w / count(grid.columns);
        let top = area.y + name_height;
        for (at, cell) in grid.order.into_iter().enumerate() {
            let (caption, value, field) = &cells[cell];
            let x = area.x + wide * count(at % grid.columns);
            let y = top + grid.row * count(at / grid.columns);
            self.canvas.text((x, y + 2.2), caption, CAPTION, field)?;
            let place = Area { x, y: y + 2.5, w: wide - 1.5, h: grid.row - 2.4 };
            let style = Style::strong(grid.row * 1.4);
            self.canvas.line_or_paragraph((place, place), value, style, 5.0, field)?;
        }
        Ok(())
    }

    /// The roomiest grid that leaves a name of this length legible.
    fn grid_for(&self, area: Area, name: &str) -> Result<Grid, PaperError> {
        if area.h > 45.0 {
            return Ok(TALL);
        }
        let style = Style::regular(7.0);
        let lines = self.canvas.wrapped(name, style, area.w, "name")?.len();
        let room = area.h - USUAL.height() - 5.4;
        Ok(if style.leading() * count(lines) <= room { USUAL } else { CLOSE })
    }

    /// A list of what is inside, then weight and size.
    fn mixed(
        &mut self,
        area: Area,
        carton: &Carton,
        contents: &[CartonContent],
    ) -> Result<(), PaperError> {
        let words = self.words;
        self.canvas.text((area.x, area.y + 3.4), words.mixed, Style::strong(9.0), "contents")?;
        let list = contents
            .iter()
            .map(|c| {
                let (sku, name, lot) = (&c.sku, &c.name, &c.lot);
                let (expires, pieces) = (day(c.expires), self.pieces(c.quantity));
                let (lot_word, expires_word) = (words.lot, words.expires);
                format!("{sku}  {name}\n{pieces}   {lot_word} {lot}   {expires_word} {expires}")
            })
            .collect::<Vec<_>>()
            .join("\n \n");
        let place = Area { y: area.y + 5.0, h: area.h - 12.0, ..area };
        self.canvas.paragraph(place, &list, Style::regular(9.0), 4.5, "contents")?;
        let half = area.w / 2.0;
        let y = area.y + area.h - 6.4;
        self.inline((area.x, y), half - 1.0, words.label_gross, &gross(carton), "gross_grams")?;
        self.inline((area.x + half, y), half, words.label_size, &size(carton), "size_mm")
    }

    fn pieces(&self, quantity: i64) -> String {
        format!("{} {}", grouped(quantity), self.words.pieces_unit)
    }

    /// Linear symbols, the carton's own number lowest.
    fn symbols(&mut self, carton: &Carton, symbols: &Symbols) -> Result<(), PaperError> {
        if let Some((symbol, readable)) = &symbols.content {
            self.canvas.rule((MARGIN, UPPER_TOP - 1.2), WIDTH, 0.5);
            self.linear(symbol, readable, UPPER_TOP)?;
        } else {
            self.canvas.rule((MARGIN, LOWEST_TOP - 1.2), WIDTH, 0.5);
        }
        let (symbol, readable) = &symbols.identity;
        let readable = match &carton.identity {
            CartonIdentity::Sscc(_) => readable.clone(),
            CartonIdentity::Internal(_) => format!("{readable}   {}", self.words.not_an_sscc),
        };
        self.linear(symbol, &readable, LOWEST_TOP)
    }

    /// A symbol in the middle of the label's width, its readable line below.
    fn linear(&mut self, symbol: &Linear, readable: &str, top: f32) -> Result<(), PaperError> {
        let dpi = self.canvas.dpi();
        let left = (dpi.dots_near(SHEET.width) - symbol.width()) / 2;
        let first_bar = left + QUIET_MODULES * symbol.module;
        let top = dpi.dots_near(top);
        self.canvas.bars(&symbol.bars, (first_bar, top), symbol.height, symbol.module);
        let y = dpi.mm(top + symbol.height) + 0.2;
        let area = Area { x: MARGIN, y, w: WIDTH, h: READABLE };
        let style = Style::regular(10.0).aligned(Align::Centre);
        self.canvas.paragraph(area, readable, style, 6.0, "readable")?;
        Ok(())
    }
}

fn day(date: Option<NaiveDate>) -> String {
    date.map_or_else(|| "–".to_owned(), |d| d.to_string())
}

fn gross(carton: &Carton) -> String {
    carton.gross_grams.map_or_else(|| "–".to_owned(), |g| format!("{} kg", kilograms(g)))
}

fn size(carton: &Carton) -> String {
    carton
        .size_mm
        .map_or_else(|| "–".to_owned(), |s| format!("{} cm", s.map(centimetres).join("×")))
}
