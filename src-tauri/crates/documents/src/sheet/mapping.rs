//! Which column feeds which field: suggested from heads and samples, corrected by the user, kept
//! as a profile for the next file with the same heads. Knows heads, not rows.

use super::book::{Book, Cell, Sheet};
use super::error::SheetError;
use super::fields::{Field, Kind, ValueType, head_score, normal_head};
use super::layout::{Column, HiddenRows, Layout};
use super::values::{self, Reading};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Sample cells tried for their type.
const SAMPLES: usize = 30;
/// Sample cells shown to the user.
const SHOWN: usize = 5;
/// Below this a head is not suggested for a field.
const SCORE_MIN: u32 = 35;

/// How a file is read: remembered per kind of file. Unknown members of a newer program's profile
/// are refused by serde rather than ignored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// What the rows become.
    pub kind: Kind,
    /// Sheet by name; without one the first visible sheet that holds something.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// Field id to column head.
    #[serde(default)]
    pub columns: BTreeMap<String, String>,
    /// Field id to a value for the whole file, as it would stand in a cell; used where the field
    /// has no column, and for blank cells where it has one.
    #[serde(default)]
    pub constants: BTreeMap<String, String>,
    /// How cells and rows are taken.
    #[serde(default)]
    pub options: Options,
    /// The heads of the file it was made for, days and months left out.
    #[serde(default)]
    pub heads: Vec<String>,
}

/// How cells and rows are taken.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Take hidden rows too.
    pub hidden_rows: bool,
    /// Pieces in a carton, for quantities written in cartons.
    pub carton_units: Option<u32>,
    /// The year of heads like 1月.
    pub year: Option<i32>,
    /// Each column headed by a day or month becomes a row.
    pub wide: bool,
    /// Rows of the same key are parts of one figure (one line per shelf or per order), not a
    /// mistake.
    pub repeated_keys: bool,
}

impl Profile {
    /// A profile of that kind without any choice.
    pub fn new(kind: Kind) -> Self {
        Profile {
            kind,
            sheet: None,
            columns: BTreeMap::new(),
            constants: BTreeMap::new(),
            options: Options::default(),
            heads: Vec::new(),
        }
    }

    /// Takes a field from the column of that head.
    #[must_use]
    pub fn column(mut self, field: &str, head: &str) -> Self {
        self.columns.insert(field.to_owned(), head.to_owned());
        self
    }

    /// Gives a field one value for the whole file.
    #[must_use]
    pub fn constant(mut self, field: &str, value: &str) -> Self {
        self.constants.insert(field.to_owned(), value.to_owned());
        self
    }

    /// Sets the options.
    #[must_use]
    pub fn options(mut self, options: Options) -> Self {
        self.options = options;
        self
    }

    /// Whether the file tells what its sales brought.
    pub fn tells_amounts(&self) -> bool {
        self.kind == Kind::Sales && (self.gives("net_amount") || self.gives("gross_amount"))
    }

    /// The head of a column of amounts with tax that is not read, because nobody says their tax rate.
    pub fn unread_amounts<'l>(&self, layout: &'l Layout) -> Option<&'l str> {
        if self.kind != Kind::Sales || self.tells_amounts() {
            return None;
        }
        let field = Kind::Sales.fields().iter().find(|field| field.id == "gross_amount")?;
        let free = |head: &str| !head.is_empty() && self.columns.values().all(|used| used != head);
        let columns = layout.columns.iter().filter(|column| column.period.is_none());
        let mut heads = columns.map(|column| column.head.as_str()).filter(|head| free(head));
        heads.find(|head| head_score(field, head) >= SCORE_MIN)
    }

    /// Amounts with tax are of no use without the rate of the tax.
    pub(crate) fn lacks_tax_rate(&self) -> bool {
        let gross = self.kind == Kind::Sales && self.gives("gross_amount");
        gross && !self.gives("net_amount") && !self.gives("tax_rate")
    }

    fn gives(&self, field: &str) -> bool {
        self.columns.contains_key(field) || self.constant_of(field).is_some()
    }

    /// The one value of a field for all rows; a blank is none.
    pub(crate) fn constant_of(&self, field: &str) -> Option<&str> {
        self.constants.get(field).map(|text| text.trim()).filter(|text| !text.is_empty())
    }

    pub(crate) fn hidden_rows(&self) -> HiddenRows {
        if self.options.hidden_rows { HiddenRows::Take } else { HiddenRows::Skip }
    }

    /// True when a file with these heads is of the kind this profile was made for: all columns
    /// that it uses are there.
    fn fits(&self, layout: &Layout) -> bool {
        let used = self.columns.values();
        !self.columns.is_empty() && used.into_iter().all(|head| layout.column(head).is_some())
    }

    fn seen(&self, layout: &Layout) -> bool {
        let set = |heads: &[String]| -> BTreeSet<String> {
            heads.iter().map(|head| normal_head(head)).collect()
        };
        !self.heads.is_empty() && set(&self.heads) == set(&layout.fixed_heads())
    }
}

/// Why a column was suggested.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Because {
    /// A remembered profile says so.
    Remembered,
    /// The head is a known name of the field.
    Named,
    /// The head resembles a known name.
    Resembles,
}

/// One suggested column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// Field id.
    pub field: &'static str,
    /// Column head.
    pub head: String,
    /// Column letters.
    pub letters: String,
    /// 0 to 100.
    pub score: u32,
    /// Why.
    pub because: Because,
    /// First cells below the head.
    pub samples: Vec<String>,
    /// The column is hidden in the sheet: the user may not know it.
    pub hidden: bool,
    /// Of the cells tried, how many cannot be read as the field's type.
    pub unreadable: usize,
}

/// What the user is shown to correct.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Suggestion {
    /// Ready to use, or to be completed.
    pub profile: Profile,
    /// One per mapped column.
    pub choices: Vec<Choice>,
    /// Required fields with neither column nor constant.
    pub missing: Vec<&'static str>,
    /// Heads that feed no field.
    pub unused: Vec<String>,
    /// Sum of scores over required fields and others: to choose among kinds.
    pub fitness: u32,
}

/// Suggests how to read the book. With `kind` none the kind that fits best is taken. A remembered
/// profile whose file had the same heads wins over any guess; later ones win over earlier ones.
pub fn suggest(
    book: &Book,
    sheet: Option<&str>,
    kind: Option<Kind>,
    remembered: &[Profile],
) -> Result<Suggestion, SheetError> {
    let sheet_found = book.sheet(sheet)?;
    let layout = Layout::find(book, sheet_found, HiddenRows::Skip)?;
    let mut known = remembered.iter().rev().filter(|known| kind.is_none_or(|k| k == known.kind));
    if let Some(profile) = known.find(|known| known.seen(&layout) && known.fits(&layout)) {
        let mut profile = profile.clone();
        profile.sheet = sheet.map(str::to_owned);
        profile.options.year = layout.year.or(profile.options.year);
        return Ok(describe(book, sheet_found, &layout, profile, true));
    }
    let kinds: Vec<Kind> = kind.map_or_else(|| Kind::ALL.to_vec(), |kind| vec![kind]);
    let guesses = kinds.into_iter().map(|kind| {
        let profile = guess(book, sheet_found, &layout, kind, sheet);
        describe(book, sheet_found, &layout, profile, false)
    });
    // A kind is known by having all it needs; among those by how much of the file it explains.
    let best = guesses.max_by_key(|guess| (guess.missing.is_empty(), guess.fitness));
    best.ok_or(SheetError::NoSheet)
}

fn guess(
    book: &Book,
    sheet: &Sheet,
    layout: &Layout,
    kind: Kind,
    sheet_name: Option<&str>,
) -> Profile {
    let mut profile = Profile::new(kind);
    profile.sheet = sheet_name.map(str::to_owned);
    profile.heads = layout.fixed_heads();
    let periods = layout.columns.iter().filter(|column| column.period.is_some()).count();
    profile.options.wide = kind == Kind::Sales && periods >= 2;
    profile.options.year = layout.year;
    let mut scored: Vec<(u32, &Field, &Column)> = Vec::new();
    for field in kind.fields() {
        let from_heads = matches!(field.id, "date" | "units") || is_amount(field.id);
        if profile.options.wide && from_heads {
            continue;
        }
        for column in layout.columns.iter().filter(|c| !c.head.is_empty() && c.period.is_none()) {
            let score = score(book, sheet, layout, field, column);
            if score >= SCORE_MIN {
                scored.push((score, field, column));
            }
        }
    }
    // Stable sort: on a draw the field and the column further left win.
    scored.sort_by_key(|(score, _, _)| std::cmp::Reverse(*score));
    let mut taken = BTreeSet::new();
    for (_, field, column) in scored {
        if !profile.columns.contains_key(field.id) && taken.insert(column.index) {
            profile.columns.insert(field.id.to_owned(), column.head.clone());
        }
    }
    if profile.lacks_tax_rate() {
        // Nobody says the rate, and none is assumed: the user gives it, or the units come alone.
        profile.columns.remove("gross_amount");
    }
    profile
}

/// Fields of what the sales of a row brought.
pub(super) fn is_amount(field: &str) -> bool {
    matches!(field, "net_amount" | "gross_amount" | "tax_rate")
}

/// Head score, cut where samples cannot be read as the field's type.
fn score(book: &Book, sheet: &Sheet, layout: &Layout, field: &Field, column: &Column) -> u32 {
    let head = head_score(field, &column.head);
    if head == 0 {
        return 0;
    }
    let (tried, bad) = try_samples(book, sheet, layout, field, column);
    let bad_share = (bad * 60).checked_div(tried).unwrap_or(0);
    let unit = unit_bonus(field, column.unit.as_deref());
    (head + unit).saturating_sub(u32::try_from(bad_share).unwrap_or(60))
}

/// `保质期(天)` is the field in days although its name is that of the one in months.
fn unit_bonus(field: &Field, unit: Option<&str>) -> u32 {
    match (field.value, unit) {
        (ValueType::LifeDays, Some("天" | "日" | "day" | "days"))
        | (ValueType::LifeMonths, Some("月" | "个月" | "年" | "month" | "months")) => 5,
        _ => 0,
    }
}

fn try_samples(
    book: &Book,
    sheet: &Sheet,
    layout: &Layout,
    field: &Field,
    column: &Column,
) -> (usize, usize) {
    let reading = Reading {
        date_system: book.date_system,
        carton_units: Some(1),
        head_unit: column.unit.as_deref(),
    };
    let cells = samples(sheet, layout, column).take(SAMPLES);
    cells.fold((0, 0), |(tried, bad), cell| {
        (tried + 1, bad + usize::from(values::check(cell, field.value, reading).is_err()))
    })
}

fn samples<'a>(
    sheet: &'a Sheet,
    layout: &'a Layout,
    column: &Column,
) -> impl Iterator<Item = &'a Cell> + use<'a> {
    let index = column.index as usize;
    let rows = layout.data.iter().filter_map(|row| sheet.rows.get(*row));
    rows.filter_map(move |row| row.cells.get(index)).filter(|cell| !cell.is_blank())
}

fn describe(
    book: &Book,
    sheet: &Sheet,
    layout: &Layout,
    profile: Profile,
    remembered: bool,
) -> Suggestion {
    let mut choices = Vec::new();
    let mut fitness = 0;
    for field in profile.kind.fields() {
        let Some(head) = profile.columns.get(field.id) else { continue };
        let Some(column) = layout.column(head) else { continue };
        let named = head_score(field, &column.head);
        let because = match (remembered, named >= 80) {
            (true, _) => Because::Remembered,
            (false, true) => Because::Named,
            (false, false) => Because::Resembles,
        };
        let score = if remembered { 100 } else { score(book, sheet, layout, field, column) };
        fitness += score * if field.required { 2 } else { 1 };
        choices.push(Choice {
            field: field.id,
            head: column.head.clone(),
            letters: super::book::column_letters(column.index),
            score: score.min(100),
            because,
            samples: samples(sheet, layout, column).take(SHOWN).map(Cell::shown).collect(),
            hidden: column.hidden,
            unreadable: try_samples(book, sheet, layout, field, column).1,
        });
    }
    let wide = profile.options.wide;
    let given = |field: &&Field| {
        profile.columns.contains_key(field.id)
            || profile.constants.contains_key(field.id)
            || (wide && matches!(field.id, "date" | "units"))
    };
    let required = profile.kind.fields().iter().filter(|field| field.required);
    let missing = required.filter(|field| !given(field)).map(|field| field.id);
    let missing = missing.chain(profile.lacks_tax_rate().then_some("tax_rate")).collect();
    let used: BTreeSet<&String> = profile.columns.values().collect();
    let unused = layout
        .columns
        .iter()
        .filter(|column| !(column.head.is_empty() || wide && column.period.is_some()))
        .filter(|column| !used.contains(&column.head))
        .map(|column| column.head.clone())
        .collect();
    Suggestion { profile, choices, missing, unused, fitness }
}
