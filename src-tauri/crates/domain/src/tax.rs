//! Value added tax (增值税) in prices, and invoices (发票).
//!
//! Knows how an amount splits into net and tax, so that partial receipts add up, and what has come
//! without an invoice (票未到). Refuses to know the rates of the law: a rate is an offer's.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{Currency, Money, OrderId, PartnerId, Refusal, money, shelf_life::PPM};

/// An amount with its tax, minor units: `net + tax = gross`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxSplit {
    /// 不含税金额.
    pub net: i64,
    /// 税额.
    pub tax: i64,
}

impl TaxSplit {
    /// Splits a gross amount: `net = half_up(gross × 1,000,000 ÷ (1,000,000 + rate))` and the rest
    /// is tax. A rate below zero counts as zero.
    pub fn of_gross(gross: i64, rate_ppm: i64) -> Self {
        let net = money::share(gross, PPM, PPM.saturating_add(rate_ppm.max(0)));
        Self { net, tax: gross - net }
    }

    /// 价税合计.
    pub fn gross(self) -> i64 {
        self.net + self.tax
    }
}

/// Refuses a rate that is not from 0 to under 100 %.
pub fn check_rate(ppm: i64) -> Result<(), Refusal> {
    if (0..PPM).contains(&ppm) { Ok(()) } else { Err(Refusal::TaxRateInvalid { ppm }) }
}

/// The price of a unit with what it says about tax.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnitPrice {
    /// As quoted.
    pub price: Decimal,
    /// The rate, in ppm.
    pub tax_rate_ppm: i64,
    /// Whether the quoted price includes the tax (含税价).
    pub includes_tax: bool,
}

impl UnitPrice {
    /// What a unit costs with tax, unrounded.
    ///
    /// # Errors
    /// [`Refusal::AmountTooLarge`] beyond what a decimal holds.
    pub fn gross_each(self) -> Result<Decimal, Refusal> {
        if self.includes_tax {
            return Ok(self.price);
        }
        let too_large = || Refusal::AmountTooLarge { amount: self.price.to_string() };
        let whole = PPM.checked_add(self.tax_rate_ppm).ok_or_else(too_large)?;
        self.price.checked_mul(Decimal::new(whole, 6)).ok_or_else(too_large)
    }

    /// What so many units cost with tax, minor units, rounded once; net and tax follow from that.
    ///
    /// # Errors
    /// [`Refusal::AmountTooLarge`] beyond what 64 bits hold.
    pub fn of_units(self, units: i64, currency: Currency) -> Result<TaxSplit, Refusal> {
        let gross = Money::of_units(self.gross_each()?, units, currency)?.minor;
        Ok(TaxSplit::of_gross(gross, self.tax_rate_ppm))
    }

    /// What `units` more cost after `before` of the line: the parts of a line add up to the line,
    /// in net and in tax.
    ///
    /// # Errors
    /// [`Refusal::AmountTooLarge`] beyond what 64 bits hold.
    pub fn of_part(self, before: i64, units: i64, currency: Currency) -> Result<TaxSplit, Refusal> {
        let after = before.saturating_add(units);
        let (before, after) = (self.of_units(before, currency)?, self.of_units(after, currency)?);
        Ok(TaxSplit { net: after.net - before.net, tax: after.tax - before.tax })
    }
}

/// What kind of invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvoiceKind {
    /// 专票: its tax is deducted.
    Special,
    /// 普票: its tax is cost.
    Plain,
}

/// An invoice of a partner, without its amounts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invoice {
    /// Its number.
    pub number: String,
    /// Whose it is.
    pub partner: PartnerId,
    /// The day on it.
    pub date: NaiveDate,
    /// Whether its tax is deducted.
    pub kind: InvoiceKind,
    /// The orders that it bills.
    pub orders: Vec<OrderId>,
}

/// What an invoice bills, minor units: the part that only desks that see money receive. All amounts
/// of a red-letter invoice (红字) are below zero.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvoiceAmounts {
    /// Net and tax, as printed.
    #[serde(flatten)]
    pub total: TaxSplit,
    /// What of the gross amount falls to each of the invoice's orders.
    pub by_order: Vec<i64>,
}

impl InvoiceAmounts {
    /// Spreads an invoice over its orders in proportion to what each still waits for, by largest
    /// remainder. The parts add up to the invoice.
    pub fn spread(total: TaxSplit, uninvoiced: &[i64]) -> Self {
        let weights: Vec<i64> = uninvoiced.iter().map(|minor| (*minor).max(0)).collect();
        Self { total, by_order: money::split(total.gross(), &weights) }
    }
}

impl Invoice {
    /// Refuses what cannot be an invoice: no number, no order, net and tax of unlike signs, or
    /// parts that are not the whole.
    pub fn check(&self, amounts: &InvoiceAmounts) -> Result<(), Refusal> {
        let number = self.number.trim().to_owned();
        if number.is_empty() {
            return Err(Refusal::CodeMissing { what: "invoice".into() });
        }
        if self.orders.is_empty() {
            return Err(Refusal::DocumentEmpty { what: "invoice".into() });
        }
        let TaxSplit { net, tax } = amounts.total;
        let gross = i128::from(net) + i128::from(tax);
        let parts = amounts.by_order.iter().map(|part| i128::from(*part)).sum::<i128>();
        let unlike = net.signum() * tax.signum() < 0;
        if unlike || parts != gross || amounts.by_order.len() != self.orders.len() {
            return Err(Refusal::InvoiceAmountsDiffer { number });
        }
        Ok(())
    }
}

/// What of an order has come and is not invoiced yet (票未到), minor units gross. Below zero when
/// more is invoiced than has come, as with an invoice for a deposit.
pub fn uninvoiced(billed_gross: i64, invoiced: impl IntoIterator<Item = i64>) -> i64 {
    invoiced.into_iter().fold(billed_gross, i64::saturating_sub)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn price(text: &str, includes_tax: bool) -> UnitPrice {
        let price = text.parse().expect("a decimal");
        UnitPrice { price, tax_rate_ppm: 130_000, includes_tax }
    }

    fn of_units(text: &str, includes_tax: bool, units: i64) -> TaxSplit {
        price(text, includes_tax).of_units(units, Currency::CNY).expect("small")
    }

    #[test]
    fn a_lot_costs_what_is_left_after_deductible_tax() {
        // 5,000 × 9.80 incl. 13 % = 49,000.00.
        let split = of_units("9.80", true, 5_000);
        assert_eq!((split.gross(), split.net, split.tax), (4_900_000, 4_336_283, 563_717));
        // With 5,000 × 6.40 of materials the lot is worth 75,362.83.
        assert_eq!(split.net + 3_200_000, 7_536_283);
    }

    #[test]
    fn a_price_without_tax_gives_its_net_amount_back() {
        let split = of_units("8.00", false, 1_001);
        assert_eq!((split.net, split.tax), (800_800, 104_104));
        assert_eq!(TaxSplit::of_gross(-113, 130_000), TaxSplit { net: -100, tax: -13 });
        assert_eq!(TaxSplit::of_gross(500, 0), TaxSplit { net: 500, tax: 0 });
        assert!(check_rate(130_000).is_ok() && check_rate(-1).is_err() && check_rate(PPM).is_err());
    }

    #[test]
    fn an_invoice_is_the_sum_of_its_orders() {
        let total = TaxSplit { net: 4_336_283, tax: 563_717 };
        let order = |n| OrderId(uuid::Uuid::from_u128(n));
        let invoice = Invoice {
            number: "25442000000012345678".into(),
            partner: PartnerId(uuid::Uuid::from_u128(1)),
            date: "2026-03-05".parse().expect("a date"),
            kind: InvoiceKind::Special,
            orders: vec![order(1), order(2)],
        };
        let amounts = InvoiceAmounts::spread(total, &[3_000_000, 1_900_000]);
        assert_eq!(amounts.by_order, [3_000_000, 1_900_000]);
        assert_eq!(invoice.check(&amounts), Ok(()));
        let short = InvoiceAmounts { by_order: vec![3_000_000, 1_899_999], ..amounts.clone() };
        assert!(matches!(
            invoice.check(&short),
            Err(Refusal::InvoiceAmountsDiffer { number }) if number == invoice.number
        ));
        let mixed = InvoiceAmounts { total: TaxSplit { net: 10, tax: -10 }, by_order: vec![0, 0] };
        assert!(invoice.check(&mixed).is_err());
        assert!(Invoice { orders: Vec::new(), ..invoice }.check(&amounts).is_err());
    }

    #[test]
    fn what_came_without_an_invoice_is_known() {
        assert_eq!(uninvoiced(4_900_000, []), 4_900_000);
        assert_eq!(uninvoiced(4_900_000, [1_470_000, 3_430_000]), 0);
        assert_eq!(uninvoiced(0, [1_470_000]), -1_470_000);
        assert_eq!(uninvoiced(0, [1_470_000, -1_470_000]), 0);
    }

    /// The body of an invoice holds no amount, so a desk that sees no money may hold it
    /// (frappe/erpnext#51185: a ledger "without any cost for the warehouse department").
    #[test]
    fn an_invoice_is_written_without_amounts() {
        let invoice = Invoice {
            number: "1".into(),
            partner: PartnerId(uuid::Uuid::nil()),
            date: "2026-03-05".parse().expect("a date"),
            kind: InvoiceKind::Plain,
            orders: Vec::new(),
        };
        let written = serde_json::to_value(invoice).expect("an invoice is JSON");
        let fields: Vec<&String> = written.as_object().expect("an object").keys().collect();
        assert_eq!(fields, ["date", "kind", "number", "orders", "partner"]);
    }

    proptest! {
        #[test]
        fn the_parts_of_a_line_add_up_in_net_and_tax(
            minor in 0_i64..10_000_000,
            rate in 0..=PPM,
            includes_tax in any::<bool>(),
            parts in prop::collection::vec(0_i64..100_000, 1..9),
        ) {
            let price = Decimal::new(minor, 4);
            let price = UnitPrice { price, tax_rate_ppm: rate, includes_tax };
            let (mut before, mut sum) = (0, TaxSplit::default());
            for units in parts {
                let part = price.of_part(before, units, Currency::CNY).expect("small");
                prop_assert!(part.net >= 0 && part.tax >= 0);
                sum = TaxSplit { net: sum.net + part.net, tax: sum.tax + part.tax };
                before += units;
            }
            prop_assert_eq!(sum, price.of_units(before, Currency::CNY).expect("small"));
        }

        #[test]
        fn whole_cents_without_tax_come_back_whole(net in 0_i64..1_000_000_000, rate in 0..=PPM) {
            let price =
                UnitPrice { price: Decimal::new(net, 2), tax_rate_ppm: rate, includes_tax: false };
            prop_assert_eq!(price.of_units(1, Currency::CNY).expect("small").net, net);
        }

        #[test]
        fn an_invoice_spreads_without_loss(
            net in 0_i64..1_000_000_000,
            tax in 0_i64..100_000_000,
            open in prop::collection::vec(-1_000_i64..1_000_000, 1..6),
        ) {
            let amounts = InvoiceAmounts::spread(TaxSplit { net, tax }, &open);
            prop_assert_eq!(amounts.by_order.iter().sum::<i64>(), net + tax);
        }
    }
}
