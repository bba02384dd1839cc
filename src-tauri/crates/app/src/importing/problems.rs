//! What is wrong with the cells of a file, with its place; errors stop an import, warnings do not.

use documents::sheet::{At, Extracted, Problem};

use crate::{
    Error,
    importing::{
        fields::{ImportProblem, Severity},
        table::Table,
    },
    wire::{Arg, Message},
};

/// So many problems are listed; the rest is only counted.
const LISTED: usize = 1_000;

/// The problems of one import.
#[derive(Default)]
pub(super) struct Problems {
    errors: Vec<ImportProblem>,
    warnings: Vec<ImportProblem>,
    error_count: usize,
    warning_count: usize,
}

impl Problems {
    /// The problems within a file.
    pub(super) fn of(extracted: &Extracted) -> Self {
        let errors = extracted.problems.iter().map(told).take(LISTED).collect();
        Self { errors, error_count: extracted.problem_count, ..Self::default() }
    }

    /// Whether nothing may be imported.
    pub(super) fn stop(&self) -> bool {
        self.error_count > 0
    }

    /// All of them, listed or not.
    pub(super) fn total(&self) -> usize {
        self.error_count + self.warning_count
    }

    /// A problem with the cell that feeds `field`; with the whole row when there is no field.
    pub(super) fn add(
        &mut self,
        table: &Table,
        (at, field): (At, Option<&str>),
        severity: Severity,
        text: impl FnOnce() -> Message,
    ) {
        let (list, count) = match severity {
            Severity::Error => (&mut self.errors, &mut self.error_count),
            Severity::Warning => (&mut self.warnings, &mut self.warning_count),
        };
        *count += 1;
        if list.len() >= LISTED {
            return;
        }
        let (column, value) = field.map(|field| table.cell(at, field)).unwrap_or_default();
        let sheet = table.profile.sheet.clone().unwrap_or_default();
        let row = at.row;
        list.push(ImportProblem { sheet, row, column, value, severity, text: text() });
    }

    /// The first of them, errors before warnings.
    pub(super) fn listed(self) -> Vec<ImportProblem> {
        self.errors.into_iter().chain(self.warnings).take(LISTED).collect()
    }
}

/// The refusal to import while errors stand, with the first of them.
pub(super) fn refusal(listed: &[ImportProblem], total: u32) -> Error {
    let errors = listed.iter().filter(|one| one.severity == Severity::Error).take(50);
    let details = errors.map(|problem| {
        let mut text = problem.text.clone();
        let cell = format!("{}{}", problem.column.as_deref().unwrap_or_default(), problem.row);
        let place = [("sheet", &problem.sheet), ("cell", &cell), ("value", &problem.value)];
        text.args.extend(place.map(|(name, value)| (name.to_owned(), Arg::Text(value.clone()))));
        text
    });
    Error::refused("import.has_errors", [("count", i64::from(total).into())])
        .with(details.collect())
}

fn told(problem: &Problem) -> ImportProblem {
    let args = problem.args.iter().map(|(name, value)| {
        // Whole numbers are shown by locale; a year is not one, and codes are not among these.
        let number = value.parse().ok().filter(|_| *name != "year");
        let arg = number.map_or_else(|| Arg::Text(value.clone()), Arg::Number);
        ((*name).to_owned(), arg)
    });
    let mut text = Message { code: problem.code.to_owned(), args: args.collect() };
    if let Some(field) = problem.field {
        text.args.insert("field".to_owned(), Arg::Text(field.to_owned()));
    }
    ImportProblem {
        sheet: problem.sheet.clone(),
        row: problem.row,
        column: problem.column.clone(),
        value: problem.value.clone(),
        severity: Severity::Error,
        text,
    }
}

/// A refusal as the text of a problem.
pub(super) fn message(error: impl Into<Error>) -> Message {
    let Error { code, args, .. } = error.into();
    Message { code, args }
}
