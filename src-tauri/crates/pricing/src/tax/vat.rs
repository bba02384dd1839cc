//! VAT of a promoter who is a small-scale taxpayer.
//!
//! Knows: the monthly exemption, the reduced rate, and the turnover at which a payee has to
//! register. Refuses to know: VAT of goods, which a rule set decides line by line.

use crate::{Error, Money, Rate, Rounding};

/// The limits, in fen. Source: STA announcement 2025 No. 16 and what it refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SmallScale {
    /// Sales of a month without VAT, itself included, that bear none.
    pub exempt_up_to: Money,
    /// The levy on sales above that (3 % cut to 1 %).
    pub rate: Rate,
    /// Sales of twelve months without VAT above which the payee must register as a general payer.
    pub register_over: Money,
}

/// The VAT of one month of a small-scale payee.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SmallScaleVat {
    /// VAT inside the month's receipts: 0 in an exempt month.
    pub vat: Money,
    /// Receipts less VAT: the income that [`super::withhold`] takes.
    pub income: Money,
    /// Whether sales of twelve months have passed the limit of registration.
    pub must_register: bool,
}

impl SmallScale {
    /// 100,000 a month, 1 %, 5,000,000 in twelve months.
    pub const IN_FORCE: Self = Self {
        exempt_up_to: super::yuan(100_000),
        rate: super::percent(1),
        register_over: super::yuan(5_000_000),
    };

    /// VAT of a month with `receipts`, VAT included, when the twelve months up to it (it included)
    /// brought `sales_of_12_months` without VAT.
    ///
    /// `vat = receipts x r / (1 + r)`, rounded once, halves away from zero; the exemption looks at
    /// what is left. Above it the whole month bears VAT, not the part above.
    pub fn month(
        &self,
        receipts: Money,
        sales_of_12_months: Money,
    ) -> Result<SmallScaleVat, Error> {
        let inside = self.rate.inside(receipts, Rounding::HalfUp)?;
        let exempt = receipts.minus(inside)? <= self.exempt_up_to;
        let vat = if exempt { Money::ZERO } else { inside };
        let must_register = sales_of_12_months > self.register_over;
        Ok(SmallScaleVat { vat, income: receipts.minus(vat)?, must_register })
    }
}
