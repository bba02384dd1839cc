//! Personal income tax that a payer keeps back from a promoter's reward, and the two VAT limits a
//! small promoter meets.
//!
//! Knows: the two ways labour pay is taxed (each payment alone, or cumulatively over the year), who
//! has to use which from when, the tax on gifts, and what is no income at all. Refuses to know: who
//! the payee is, which rewards he earned and what day it is. Amounts are income without VAT.
//!
//! Every figure of the law is data in [`Tables`] with its source, so that a new announcement is a
//! new value and not a new function.

use std::borrow::Cow;

use crate::time::Day;
use crate::{Error, Money, Rate, Rounding};

mod input;
mod vat;

pub(crate) use input::{eval, payments};
pub use vat::{SmallScale, SmallScaleVat};

/// How tax on one payee's income from one payer is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Method {
    /// Labour pay, each payment alone: STA announcement 2018 No. 61. For payers that are no
    /// internet platform, and for everybody before 2025-10-01.
    PerPayment2018No61,
    /// Labour pay, cumulatively over the calendar year: STA announcement 2025 No. 16, for internet
    /// platforms since 2025-10-01.
    Cumulative2025No16,
    /// Gifts and random red packets: incidental income, MOF and STA announcement 2019 No. 74.
    Incidental,
    /// The payee invoices as a business and pays his own tax: nothing is kept back.
    BusinessInvoice,
    /// A reduction of the buyer's own price: no income arises.
    Discount,
}

impl Method {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::PerPayment2018No61,
        Self::Cumulative2025No16,
        Self::Incidental,
        Self::BusinessInvoice,
        Self::Discount,
    ];

    /// The name in rule sets (`tax.method`).
    pub const fn name(self) -> &'static str {
        match self {
            Self::PerPayment2018No61 => "per_payment_2018_61",
            Self::Cumulative2025No16 => "cumulative_2025_16",
            Self::Incidental => "incidental",
            Self::BusinessInvoice => "business_invoice",
            Self::Discount => "discount",
        }
    }

    /// The method of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.name() == name)
    }

    /// How labour pay of `payer` is taxed when it is paid on `day`.
    pub fn for_labour_pay(payer: Payer, day: Day) -> Self {
        match payer {
            Payer::InternetPlatform if day.number() >= PLATFORMS_WITHHOLD_BY_YEAR_FROM => {
                Self::Cumulative2025No16
            }
            Payer::InternetPlatform | Payer::Other => Self::PerPayment2018No61,
        }
    }
}

/// 2025-10-01, counted in days from 1970-01-01.
const PLATFORMS_WITHHOLD_BY_YEAR_FROM: i64 = 20_362;

/// Who pays: it decides, with the date, how labour pay is taxed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Payer {
    /// A platform enterprise that reports its people's income (STA announcement 2025 No. 16).
    InternetPlatform,
    /// Anybody else, such as a brand paying a promoter itself.
    Other,
}

impl Payer {
    /// The name in files: `internet_platform` or `other`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::InternetPlatform => "internet_platform",
            Self::Other => "other",
        }
    }

    /// The payer of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::InternetPlatform, Self::Other].into_iter().find(|payer| payer.name() == name)
    }
}

/// What one payee had from one payer in the calendar year, before the payment at hand. A new year
/// starts from [`YearToDate::default`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct YearToDate {
    /// Months of work for this payer this year, the month of the payment included. A month without
    /// income counts while the work relation lasts. 0 counts as 1.
    pub months: u32,
    /// Income of the year before the payment, without VAT.
    pub income: Money,
    /// Exempt income of the year, that of the payment included.
    pub exempt: Money,
    /// Other deductions the law allows for the year so far.
    pub other: Money,
    /// Reliefs of tax for the year so far.
    pub relief: Money,
    /// Tax of the year already withheld before the payment.
    pub withheld: Money,
}

impl YearToDate {
    /// The same year one month of work later. To be called before the first payment of each month.
    #[must_use]
    pub fn next_month(mut self) -> Self {
        self.months = self.months.saturating_add(1);
        self
    }

    /// The year after the payment that `kept` belongs to.
    pub fn after(mut self, kept: &Withholding) -> Result<Self, Error> {
        self.income = self.income.plus(kept.income)?;
        self.withheld = self.withheld.plus(kept.tax)?;
        Ok(self)
    }
}

/// The tax on one payment and how it came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Withholding {
    /// The payment before tax.
    pub income: Money,
    /// What the rate applies to: of this payment alone, or of the year so far by the cumulative
    /// method. Never below zero.
    pub taxable: Money,
    /// The rate of the bracket.
    pub rate: Rate,
    /// The quick deduction of the bracket.
    pub quick: Money,
    /// Tax to keep back from this payment. Never below zero: what was withheld too much comes back
    /// with the yearly return, not here.
    pub tax: Money,
    /// What the payee receives: `income - tax`.
    pub net: Money,
}

/// One step of a progressive scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bracket {
    /// The highest taxable amount of the step, itself included; the last step has none.
    pub up_to: Option<Money>,
    /// The rate on the whole taxable amount.
    pub rate: Rate,
    /// What is then taken off, so that only the part inside the step bears its rate.
    pub quick: Money,
}

/// A progressive scale whose tax does not jump between steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scale {
    brackets: Cow<'static, [Bracket]>,
    source: Cow<'static, str>,
}

impl Scale {
    /// A scale from its steps, lowest first.
    ///
    /// Refused ([`Error::BadValue`]): no steps, bounds that do not rise, a bound missing before the
    /// last step or present on it, and a quick deduction that makes the tax jump at a bound, which
    /// is how a mistyped table shows itself.
    pub fn new(brackets: Vec<Bracket>, source: String) -> Result<Self, Error> {
        let bad = |step: usize| Error::bad("scale", step);
        let first = brackets.first().ok_or_else(|| bad(0))?;
        if first.quick != Money::ZERO {
            return Err(bad(0));
        }
        let mut floor = Money::ZERO;
        for (step, pair) in brackets.windows(2).enumerate() {
            let bound = pair[0].up_to.ok_or_else(|| bad(step))?;
            let jump = i128::from(bound.minor())
                * (i128::from(pair[1].rate.ppm()) - i128::from(pair[0].rate.ppm()));
            let taken = i128::from(pair[1].quick.minor()) - i128::from(pair[0].quick.minor());
            if bound <= floor || jump != taken * i128::from(crate::money::PPM) {
                return Err(bad(step));
            }
            floor = bound;
        }
        if brackets.last().is_some_and(|last| last.up_to.is_some()) {
            return Err(bad(brackets.len() - 1));
        }
        Ok(Self { brackets: brackets.into(), source: source.into() })
    }

    /// The steps, lowest first.
    pub fn brackets(&self) -> &[Bracket] {
        &self.brackets
    }

    /// Where the figures are from.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The step a taxable amount falls in.
    fn step(&self, taxable: Money) -> Bracket {
        let inside = |step: &&Bracket| step.up_to.is_none_or(|most| taxable <= most);
        *self.brackets.iter().find(inside).expect("the last step has no bound")
    }
}

/// The figures of the law. [`Tables::IN_FORCE`] holds those of 2026.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tables {
    /// Scale of labour pay, each payment alone.
    pub per_payment: Scale,
    /// Scale of the cumulative method over a year.
    pub yearly: Scale,
    /// Cost taken off labour pay as a share.
    pub cost_rate: Rate,
    /// Cost taken off a small single payment instead of the share.
    pub fixed_cost: Money,
    /// The highest single payment, itself included, that has the fixed cost.
    pub fixed_cost_up_to: Money,
    /// Deduction for each month of work by the cumulative method.
    pub monthly_deduction: Money,
    /// Rate of incidental income, on the whole of it.
    pub incidental_rate: Rate,
}

/// Tax on `income` by `method`, with the figures of [`Tables::IN_FORCE`].
///
/// See [`Tables::withhold`].
pub fn withhold(method: Method, year: &YearToDate, income: Money) -> Result<Withholding, Error> {
    Tables::IN_FORCE.withhold(method, year, income)
}

impl Tables {
    /// The figures in force in 2026, in fen.
    ///
    /// Cost, deduction and the cumulative formula: STA announcement 2025 No. 16. Single payments:
    /// STA announcement 2018 No. 61. Gifts: MOF and STA announcement 2019 No. 74. The yearly scale
    /// is table 1 of the 2018 announcement; have it confirmed before relying on its upper steps.
    pub const IN_FORCE: Self = Self {
        per_payment: Scale {
            brackets: Cow::Borrowed(&PER_PAYMENT),
            source: Cow::Borrowed("STA announcement 2018 No. 61, table 2"),
        },
        yearly: Scale {
            brackets: Cow::Borrowed(&YEARLY),
            source: Cow::Borrowed("STA announcement 2018 No. 61, table 1 (to be confirmed)"),
        },
        cost_rate: percent(20),
        fixed_cost: yuan(800),
        fixed_cost_up_to: yuan(4_000),
        monthly_deduction: yuan(5_000),
        incidental_rate: percent(20),
    };

    /// Tax on `income`, a payment in the year `year` has reached. `year` matters to the cumulative
    /// method only.
    ///
    /// - Each payment alone: `taxable = income - 800` up to 4,000, else `income - 20 %`; `tax =
    ///   taxable x rate - quick`.
    /// - Cumulative: `taxable = all income - 20 % - 5,000 x months - exempt - other`; `tax = taxable
    ///   x rate - quick - reliefs - tax already withheld`.
    /// - Incidental: 20 % of the whole.
    /// - Business invoice and discount: nothing.
    ///
    /// The taxable amount and the tax are each rounded once, halves away from zero; neither goes
    /// below zero. A negative payment takes back income of the year by the cumulative method and is
    /// refused ([`Error::BadValue`]) by the others, which know no year to take it from.
    pub fn withhold(
        &self,
        method: Method,
        year: &YearToDate,
        income: Money,
    ) -> Result<Withholding, Error> {
        if income < Money::ZERO && method != Method::Cumulative2025No16 {
            return Err(Error::bad("income", income));
        }
        let (taxable, step, settled) = match method {
            Method::PerPayment2018No61 => {
                let taxable = self.of_one_payment(income)?;
                (taxable, self.per_payment.step(taxable), 0)
            }
            Method::Cumulative2025No16 => {
                let taxable = self.of_the_year(year, income)?;
                let settled = i128::from(year.relief.minor()) + i128::from(year.withheld.minor());
                (taxable, self.yearly.step(taxable), settled)
            }
            Method::Incidental => (income, flat(self.incidental_rate), 0),
            Method::BusinessInvoice | Method::Discount => (Money::ZERO, flat(Rate::ZERO), 0),
        };
        let due = i128::from(step.rate.of(taxable, Rounding::HalfUp)?.minor())
            - i128::from(step.quick.minor())
            - settled;
        let tax = Money::narrow(due.max(0))?;
        let (rate, quick, net) = (step.rate, step.quick, income.minus(tax)?);
        Ok(Withholding { income, taxable, rate, quick, tax, net })
    }

    fn of_one_payment(&self, income: Money) -> Result<Money, Error> {
        let cost = if income <= self.fixed_cost_up_to {
            self.fixed_cost
        } else {
            self.cost_rate.of(income, Rounding::HalfUp)?
        };
        Ok(income.minus(cost)?.max(Money::ZERO))
    }

    fn of_the_year(&self, year: &YearToDate, income: Money) -> Result<Money, Error> {
        let income = year.income.plus(income)?;
        let months = i128::from(year.months.max(1));
        let taxable = i128::from(income.minor())
            - i128::from(self.cost_rate.of(income, Rounding::HalfUp)?.minor())
            - i128::from(self.monthly_deduction.minor()) * months
            - i128::from(year.exempt.minor())
            - i128::from(year.other.minor());
        Money::narrow(taxable.max(0))
    }
}

/// A scale of one step.
const fn flat(rate: Rate) -> Bracket {
    Bracket { up_to: None, rate, quick: Money::ZERO }
}

const fn percent(percent: u32) -> Rate {
    match Rate::from_ppm(percent * 10_000) {
        Some(rate) => rate,
        None => Rate::ONE,
    }
}

const fn yuan(yuan: i64) -> Money {
    Money::from_minor(yuan * 100)
}

const fn step(up_to_yuan: i64, percentage: u32, quick_yuan: i64) -> Bracket {
    let up_to = Some(yuan(up_to_yuan));
    Bracket { up_to, rate: percent(percentage), quick: yuan(quick_yuan) }
}

const fn last(percentage: u32, quick_yuan: i64) -> Bracket {
    Bracket { up_to: None, rate: percent(percentage), quick: yuan(quick_yuan) }
}

static PER_PAYMENT: [Bracket; 3] = [step(20_000, 20, 0), step(50_000, 30, 2_000), last(40, 7_000)];

static YEARLY: [Bracket; 7] = [
    step(36_000, 3, 0),
    step(144_000, 10, 2_520),
    step(300_000, 20, 16_920),
    step(420_000, 25, 31_920),
    step(660_000, 30, 52_920),
    step(960_000, 35, 85_920),
    last(45, 181_920),
];
