//! The packing list (装箱单) that travels with a transfer. Knows cartons and what is in them;
//! it never shows money, and refuses cartons that cannot be.

use chrono::NaiveDate;
use rust_decimal::{Decimal, RoundingStrategy};
use standards::Gtin;

use crate::{
    canvas::Align,
    figures::{centimetres, decimal, grouped, kilograms},
    form::{A4_LYING, Fact, Form},
    paper::{PaperError, Print, ValueRule},
    party::Party,
    pdf_text::Words,
    table::{Column, Table},
};

/// One lot in a carton.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackedLot {
    /// Our code of the good.
    pub sku: String,
    /// Its name.
    pub name: String,
    /// The barcode of one unit, when it has one.
    pub gtin: Option<Gtin>,
    /// The lot number.
    pub lot: String,
    /// Day of manufacture, when known.
    pub manufactured: Option<NaiveDate>,
    /// Last day of use, when it has one.
    pub expires: Option<NaiveDate>,
    /// Units of this lot in each carton, above 0.
    pub pieces_per_carton: i64,
}

/// A run of cartons that are all packed alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CartonRun {
    /// First carton number, from 1.
    pub first: i64,
    /// Last carton number, at least the first.
    pub last: i64,
    /// What is in each of them; several lots make it mixed.
    pub contents: Vec<PackedLot>,
    /// Net weight of one carton in grams.
    pub net_grams: Option<i64>,
    /// Gross weight of one carton in grams.
    pub gross_grams: Option<i64>,
    /// Outer length, width and height in millimetres.
    pub size_mm: Option<[i64; 3]>,
}

impl CartonRun {
    fn cartons(&self) -> i64 {
        self.last - self.first + 1
    }

    /// Volume of the whole run in cubic metres, rounded half up to three decimals: what is
    /// printed is what is added up.
    fn cubic_metres(&self) -> Option<Decimal> {
        let [l, w, h] = self.size_mm?.map(Decimal::from);
        let volume =
            l.checked_mul(w)?.checked_mul(h)?.checked_mul(Decimal::from(self.cartons()))?;
        let metres = volume.checked_div(Decimal::from(1_000_000_000))?;
        Some(metres.round_dp_with_strategy(3, RoundingStrategy::MidpointAwayFromZero))
    }
}

/// The packing list of one shipment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackingList {
    /// The transfer's number: ASCII, because it is also a barcode.
    pub transfer_number: String,
    /// Day of shipment.
    pub ship_date: NaiveDate,
    /// The order or plan behind it, when the receiver asks for its number.
    pub order_reference: Option<String>,
    /// Where the goods leave.
    pub from: Party,
    /// Where they go.
    pub to: Party,
    /// All cartons, in the order of their numbers.
    pub cartons: Vec<CartonRun>,
}

/// The list as PDF, A4 lying.
pub fn packing_list(list: &PackingList, print: &Print) -> Result<Vec<u8>, PaperError> {
    check(list)?;
    let words = Words::of(print.lang);
    let mut form = Form::open(A4_LYING, words.packing_list, &list.transfer_number, print)?;
    let mut facts = vec![
        Fact {
            caption: words.transfer_number,
            value: list.transfer_number.clone(),
            field: "transfer_number",
        },
        Fact { caption: words.ship_date, value: list.ship_date.to_string(), field: "ship_date" },
    ];
    if let Some(value) = list.order_reference.clone() {
        facts.push(Fact { caption: words.order_reference, value, field: "order_reference" });
    }
    form.facts(&facts)?;
    form.blocks(&[
        list.from.block(words.ship_from, words, "from"),
        list.to.block(words.ship_to, words, "to"),
    ])?;
    let table = Table { columns: columns(words), field: "cartons" };
    let rows: Vec<Vec<String>> = list.cartons.iter().flat_map(rows_of).collect();
    table.rows(&mut form, &rows)?;
    table.totals(&mut form, &totals(list, words)?, 31.0)?;
    form.signatures(&[words.sign_packed, words.sign_shipped, words.sign_received])?;
    form.close()
}

fn check(list: &PackingList) -> Result<(), PaperError> {
    if list.cartons.is_empty() {
        return Err(PaperError::Empty("cartons"));
    }
    let mut next = 1;
    for (at, run) in list.cartons.iter().enumerate() {
        let refuse = |key: &str, value: String, rule| PaperError::Value {
            field: format!("cartons[{}].{key}", at + 1),
            value,
            rule,
        };
        if run.first < next || run.last < run.first {
            let range = format!("{}–{}", run.first, run.last);
            return Err(refuse("first", range, ValueRule::Ascending));
        }
        next = run
            .last
            .checked_add(1)
            .ok_or_else(|| refuse("last", run.last.to_string(), ValueRule::Bounded))?;
        if run.contents.is_empty() {
            return Err(PaperError::Empty("contents"));
        }
        if let Some(lot) = run.contents.iter().find(|l| l.pieces_per_carton <= 0) {
            let value = lot.pieces_per_carton.to_string();
            return Err(refuse("pieces_per_carton", value, ValueRule::AboveZero));
        }
        let mut measures = run.size_mm.into_iter().flatten().chain(run.net_grams);
        if let Some(low) = measures.find(|m| *m <= 0).or(run.gross_grams.filter(|g| *g <= 0)) {
            return Err(refuse("measures", low.to_string(), ValueRule::AboveZero));
        }
    }
    Ok(())
}

fn columns(words: &'static Words) -> Vec<Column> {
    let column = |head, width, align, key| Column { head, width, align, key };
    vec![
        column(words.cartons_range, 15.5, Align::Left, "range"),
        column(words.sku, 23.0, Align::Left, "sku"),
        column(words.name, 41.5, Align::Left, "name"),
        column(words.gtin, 26.0, Align::Left, "gtin"),
        column(words.lot, 21.0, Align::Left, "lot"),
        column(words.manufactured, 19.0, Align::Left, "manufactured"),
        column(words.expires, 19.0, Align::Left, "expires"),
        column(words.pieces_per_carton, 11.5, Align::Right, "pieces_per_carton"),
        column(words.cartons, 11.0, Align::Right, "cartons"),
        column(words.pieces, 15.0, Align::Right, "pieces"),
        column(words.net_weight, 15.0, Align::Right, "net_grams"),
        column(words.gross_weight, 15.0, Align::Right, "gross_grams"),
        column(words.size_cm, 21.0, Align::Right, "size_mm"),
        column(words.volume, 13.5, Align::Right, "volume"),
    ]
}

/// One row a lot; what belongs to the carton stands on its first row only, so that a column
/// adds up.
fn rows_of(run: &CartonRun) -> Vec<Vec<String>> {
    let day = |d: Option<NaiveDate>| d.map_or_else(unknown, |d| d.to_string());
    let range = if run.first == run.last {
        run.first.to_string()
    } else {
        format!("{}–{}", run.first, run.last)
    };
    let weight = |grams: Option<i64>| {
        grams.and_then(|g| g.checked_mul(run.cartons())).map_or_else(unknown, kilograms)
    };
    let size = run.size_mm.map_or_else(unknown, |s| s.map(centimetres).join("×"));
    let volume = run.cubic_metres().map_or_else(unknown, |v| decimal(v, 3));
    let mut of_carton = Some([
        range,
        grouped(run.cartons()),
        weight(run.net_grams),
        weight(run.gross_grams),
        size,
        volume,
    ]);
    run.contents
        .iter()
        .map(|lot| {
            let [range, cartons, net, gross, size, volume] = of_carton.take().unwrap_or_default();
            let pieces = lot.pieces_per_carton.saturating_mul(run.cartons());
            vec![
                range,
                lot.sku.clone(),
                lot.name.clone(),
                lot.gtin.as_ref().map_or_else(unknown, ToString::to_string),
                lot.lot.clone(),
                day(lot.manufactured),
                day(lot.expires),
                grouped(lot.pieces_per_carton),
                cartons,
                grouped(pieces),
                net,
                gross,
                size,
                volume,
            ]
        })
        .collect()
}

fn unknown() -> String {
    "–".to_owned()
}

/// Sums; a measure that one carton lacks has no total, because it would pass for the whole.
fn totals(list: &PackingList, words: &Words) -> Result<Vec<String>, PaperError> {
    let too_large = |field: &str| PaperError::Value {
        field: format!("totals.{field}"),
        value: String::new(),
        rule: ValueRule::Bounded,
    };
    let cartons = list.cartons.iter().try_fold(0_i64, |s, r| s.checked_add(r.cartons()));
    let pieces = list.cartons.iter().try_fold(0_i64, |s, run| {
        run.contents
            .iter()
            .try_fold(s, |s, lot| s.checked_add(lot.pieces_per_carton.checked_mul(run.cartons())?))
    });
    let weight = |grams: fn(&CartonRun) -> Option<i64>| {
        list.cartons
            .iter()
            .try_fold(0_i64, |s, run| s.checked_add(grams(run)?.checked_mul(run.cartons())?))
    };
    let volume =
        list.cartons.iter().try_fold(Decimal::ZERO, |s, r| s.checked_add(r.cubic_metres()?));
    let mut row = vec![String::new(); 14];
    words.total.clone_into(&mut row[0]);
    row[8] = grouped(cartons.ok_or_else(|| too_large("cartons"))?);
    row[9] = grouped(pieces.ok_or_else(|| too_large("pieces"))?);
    row[10] = weight(|r| r.net_grams).map_or_else(unknown, kilograms);
    row[11] = weight(|r| r.gross_grams).map_or_else(unknown, kilograms);
    row[13] = volume.map_or_else(unknown, |v| decimal(v, 3));
    Ok(row)
}
