//! Tables that run over pages: the head is repeated, a row stays whole, totals stand after the
//! last row. Knows columns and cells of text; sums are made by whoever fills it.

use crate::{
    canvas::{Align, Area, Style, count},
    form::{Form, HAIRLINE, MARGIN, RULE},
    paper::PaperError,
};

const CELL: Style = Style::regular(8.5);
const HEAD: Style = Style::strong(7.5);
/// Smallest size of a number that must stay on one line.
const LEAST: f32 = 6.0;
const PAD_X: f32 = 1.2;
const PAD_Y: f32 = 1.1;

/// One column.
pub(crate) struct Column {
    pub(crate) head: &'static str,
    /// Millimetres.
    pub(crate) width: f32,
    /// Right-aligned columns hold numbers: set smaller before they are broken.
    pub(crate) align: Align,
    /// Name for refusals, e.g. `name`.
    pub(crate) key: &'static str,
}

/// The columns of a table, left to right.
pub(crate) struct Table {
    pub(crate) columns: Vec<Column>,
    /// Name for refusals, e.g. `lines`.
    pub(crate) field: &'static str,
}

struct Cell {
    lines: Vec<String>,
    style: Style,
    field: String,
}

impl Table {
    /// Draws the head and all rows.
    pub(crate) fn rows(&self, form: &mut Form<'_>, rows: &[Vec<String>]) -> Result<(), PaperError> {
        let head = self.head_cells(form)?;
        let least = height(&head) + CELL.leading() + 2.0 * PAD_Y;
        form.need(least + 2.0)?;
        self.head(form, &head)?;
        for (at, row) in rows.iter().enumerate() {
            let cells = self.cells(form, row, CELL, &format!("{}[{}]", self.field, at + 1))?;
            let high = height(&cells);
            if form.y + high > form.bottom() {
                form.next_page()?;
                self.head(form, &head)?;
                if form.y + high > form.bottom() {
                    let longest = cells.iter().max_by_key(|c| c.lines.len());
                    return Err(PaperError::DoesNotFit {
                        field: longest.map(|c| c.field.clone()).unwrap_or_default(),
                        characters: longest.map_or(0, |c| c.lines.concat().chars().count()),
                    });
                }
            }
            self.draw(form, &cells, high)?;
            form.canvas.rule((MARGIN, form.y), form.width(), HAIRLINE);
        }
        Ok(())
    }

    /// The row of totals: stays with what follows it, within `after` millimetres.
    pub(crate) fn totals(
        &self,
        form: &mut Form<'_>,
        row: &[String],
        after: f32,
    ) -> Result<(), PaperError> {
        let cells = self.cells(form, row, Style::strong(CELL.size), "totals")?;
        let high = height(&cells);
        if form.y + high + after > form.bottom() {
            form.next_page()?;
            let head = self.head_cells(form)?;
            self.head(form, &head)?;
        }
        form.canvas.rule((MARGIN, form.y), form.width(), RULE);
        self.draw(form, &cells, high)?;
        form.canvas.rule((MARGIN, form.y), form.width(), RULE);
        Ok(())
    }

    /// The rule under the last row of a table without totals.
    pub(crate) fn end(form: &mut Form<'_>) {
        form.canvas.rule((MARGIN, form.y), form.width(), RULE);
        form.y += 2.0;
    }

    fn head_cells(&self, form: &Form<'_>) -> Result<Vec<Cell>, PaperError> {
        let heads: Vec<String> = self.columns.iter().map(|c| c.head.to_owned()).collect();
        self.cells(form, &heads, HEAD, "head")
    }

    fn head(&self, form: &mut Form<'_>, cells: &[Cell]) -> Result<(), PaperError> {
        let high = height(cells);
        let area = Area { x: MARGIN, y: form.y, w: form.width(), h: high };
        form.canvas.fill(area, 0.93);
        form.canvas.rule((MARGIN, form.y), form.width(), RULE);
        self.draw(form, cells, high)?;
        form.canvas.rule((MARGIN, form.y), form.width(), HAIRLINE);
        Ok(())
    }

    fn cells(
        &self,
        form: &Form<'_>,
        row: &[String],
        style: Style,
        field: &str,
    ) -> Result<Vec<Cell>, PaperError> {
        let set = |(column, text): (&Column, &String)| {
            let field = format!("{field}.{}", column.key);
            let width = column.width - 2.0 * PAD_X;
            let mut style = style.aligned(column.align);
            let mut lines = form.canvas.wrapped(text, style, width, &field)?;
            while column.align == Align::Right && lines.len() > 1 && style.size > LEAST {
                style = style.sized(style.size - 0.5);
                lines = form.canvas.wrapped(text, style, width, &field)?;
            }
            Ok(Cell { lines, style, field })
        };
        self.columns.iter().zip(row).map(set).collect()
    }

    fn draw(&self, form: &mut Form<'_>, cells: &[Cell], high: f32) -> Result<(), PaperError> {
        let mut x = MARGIN;
        for (column, cell) in self.columns.iter().zip(cells) {
            let area =
                Area { x: x + PAD_X, y: form.y + PAD_Y, w: column.width - 2.0 * PAD_X, h: high };
            form.canvas.lines(area, &cell.lines, cell.style, &cell.field)?;
            x += column.width;
        }
        form.y += high;
        Ok(())
    }
}

fn height(cells: &[Cell]) -> f32 {
    let tallest =
        cells.iter().map(|c| c.style.leading() * count(c.lines.len())).fold(0.0, f32::max);
    tallest + 2.0 * PAD_Y
}
