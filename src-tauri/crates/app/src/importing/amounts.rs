//! What the rows of a file of sales brought (销售额): read, added up and told.
//!
//! Knows whether the file speaks of amounts and who may hear of them. Refuses to know how levels are
//! posted, and the rules of an amount, which are the domain's.

use documents::sheet::{At, SaleRow};
use domain::{
    Currency, Money, Refusal,
    proceeds::{PROCEEDS_MAX, Proceeds, ToldAmount},
    shelf_life::PPM,
};
use rust_decimal::{Decimal, prelude::ToPrimitive};

use crate::{
    Error,
    goods::book_currency,
    importing::{
        problems::message,
        run::{Import, number},
    },
    wire::{Arg, Message},
};

/// What a row, or the rows of a level, brought.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Brought {
    /// Units with an amount, and the amount.
    pub(super) told: Proceeds,
    /// Rows with an amount.
    rows: usize,
    /// Rows with units and no amount.
    untold: usize,
}

impl Brought {
    /// Adds what a row brought; its parts on further days are of the same row.
    pub(super) fn add(&mut self, row: Self, first: bool) {
        self.told = sum(self.told, row.told);
        self.rows += if first { row.rows } else { 0 };
        self.untold += if first { row.untold } else { 0 };
    }

    /// What falls on parts of the row's units, by units: the parts add up to it.
    pub(super) fn over(self, parts: &[i64]) -> Vec<Self> {
        let told = if self.rows > 0 { self.told.over(parts) } else { Vec::new() };
        let told = told.into_iter().chain(std::iter::repeat(Proceeds::default()));
        told.take(parts.len()).map(|told| Self { told, ..self }).collect()
    }
}

/// A level of the file beside what is posted of it.
pub(super) struct Seen<'a> {
    /// Units that the file says.
    pub(super) units: i64,
    /// Rows that say them.
    pub(super) rows: usize,
    /// What the file says they brought.
    pub(super) brought: &'a Brought,
    /// What was told before, as far as it was asked.
    pub(super) before: Proceeds,
    /// Whether the place is live on the day.
    pub(super) live: bool,
    /// Whether so many units are posted already.
    pub(super) same_units: bool,
}

/// The amounts of a file.
pub(super) struct Amounts {
    /// The book's currency, which is that of the file.
    pub(super) currency: Currency,
    /// Whether the file has a column for them: one that has none leaves what was told as it is.
    pub(super) speaks: bool,
    /// The head of a column of amounts that is not read, for want of a tax rate.
    unread: Option<String>,
    /// Whether the user may hear of them.
    seen: bool,
    /// Rows with an amount, of those that are posted from the file.
    rows: usize,
    /// What these brought.
    told: Proceeds,
    /// Rows that move stock and whose value nobody knows, and the units of them.
    unknown: (usize, i64),
    /// Rows of which the amount alone is another, and by how much.
    changed: (usize, i64),
}

impl Amounts {
    pub(super) fn of(import: &Import) -> Result<Self, Error> {
        let currency = book_currency(import.writer)?;
        let speaks = import.table.profile.tells_amounts();
        let table = &import.table;
        let unread = table.profile.unread_amounts(&table.layout).map(ToOwned::to_owned);
        let seen = import.call.session.role.sees_money();
        let (told, unknown, changed) = (Proceeds::default(), (0, 0), (0, 0));
        Ok(Self { currency, speaks, unread, seen, rows: 0, told, unknown, changed })
    }

    /// What a row brought; nothing when it contradicts itself, which is then noted.
    pub(super) fn of_row(&self, import: &mut Import, at: At, row: &SaleRow) -> Option<Brought> {
        if !self.speaks {
            return Some(Brought { untold: usize::from(row.units > 0), ..Brought::default() });
        }
        let ppm = |rate: Decimal| (rate * Decimal::from(PPM)).to_i64();
        let tax_rate_ppm = row.tax_rate.and_then(ppm);
        let said = ToldAmount { net: row.net, gross: row.gross, tax_rate_ppm };
        match said.minor(row.units, self.currency) {
            Ok(Some(minor)) => {
                let told = Proceeds { units: row.units, minor };
                Some(Brought { told, rows: 1, untold: 0 })
            }
            Ok(None) => Some(Brought { untold: usize::from(row.units > 0), ..Brought::default() }),
            Err(refusal) => {
                let field = field_of(&refusal, row);
                import.error(at, Some(field), || message(refusal));
                None
            }
        }
    }

    /// Whether a level holds what its rows add up to; noted when it does not.
    pub(super) fn hold(&self, import: &mut Import, at: At, level: &Brought) -> bool {
        let fits = level.told.minor <= PROCEEDS_MAX;
        if !fits {
            let amount = self.text(level.told.minor);
            import.error(at, Some("net_amount"), || message(Refusal::AmountTooLarge { amount }));
        }
        fits
    }

    /// Whether what was told before is asked for, of a day whose sales move stock or not.
    pub(super) fn asked(&self, live: bool) -> bool {
        self.speaks || (live && self.seen)
    }

    /// Counts a level; answers whether nothing of it differs from what is posted.
    pub(super) fn count(&mut self, level: &Seen) -> bool {
        let told = level.brought.told;
        let after = if self.speaks { told } else { level.before };
        if self.speaks {
            self.rows += level.brought.rows;
            self.told = sum(self.told, told);
        }
        let unknown = level.units - after.units;
        if level.live && unknown > 0 {
            self.unknown =
                (self.unknown.0 + level.brought.untold, self.unknown.1.saturating_add(unknown));
        }
        let differs = after != level.before;
        if differs && level.same_units {
            let more = after.minor - level.before.minor;
            self.changed = (self.changed.0 + level.rows, self.changed.1.saturating_add(more));
        }
        level.same_units && !differs
    }

    /// Says what the file tells, and of how many rows nobody knows what they brought.
    pub(super) fn tell(&self, import: &mut Import) {
        let mut say = |code: &str, rows: usize, rest: &[(&str, Arg)]| {
            let mut effect = Message::new(code, [("rows", number(rows).into())]);
            effect.args.extend(rest.iter().map(|(name, arg)| ((*name).to_owned(), arg.clone())));
            import.effect(effect);
        };
        let currency = ("currency", Arg::Text(self.currency.to_string()));
        if self.rows > 0 {
            let amount = ("amount", Arg::Text(self.text(self.told.minor)));
            let units = ("units", Arg::Number(self.told.units));
            say("import.effect.sales_amounts", self.rows, &[units, amount, currency.clone()]);
        }
        if self.changed.0 > 0 {
            let amount = ("amount", Arg::Text(self.text(self.changed.1)));
            say("import.effect.sales_amounts_changed", self.changed.0, &[amount, currency]);
        }
        if let Some(head) = self.unread.as_deref().filter(|_| self.seen) {
            say("import.effect.sales_amounts_unread", 0, &[("head", head.into())]);
        }
        if self.seen && self.unknown.0 > 0 {
            let units = ("units", Arg::Number(self.unknown.1));
            say("import.effect.sales_without_amount", self.unknown.0, &[units]);
        }
    }

    fn text(&self, minor: i64) -> String {
        Money { minor, currency: self.currency }.to_decimal().to_string()
    }
}

/// Both together, as far as 64 bits hold: a level beyond what may be is refused by its row.
fn sum(one: Proceeds, other: Proceeds) -> Proceeds {
    Proceeds {
        units: one.units.saturating_add(other.units),
        minor: one.minor.saturating_add(other.minor),
    }
}

/// The cell that a refusal of an amount speaks of.
fn field_of(refusal: &Refusal, row: &SaleRow) -> &'static str {
    match refusal {
        Refusal::SaleTaxRateMissing { .. } | Refusal::TaxRateInvalid { .. } => "tax_rate",
        Refusal::SaleAmountsDiffer { .. } => "gross_amount",
        Refusal::AmountTooFine { amount, .. } | Refusal::AmountTooLarge { amount }
            if row.net.is_none_or(|net| net.normalize().to_string() != *amount) =>
        {
            "gross_amount"
        }
        _ if row.net.is_none() => "gross_amount",
        _ => "net_amount",
    }
}
