//! The second net: totals by business day on both sides, so that a change that never came
//! through the feed is noticed.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use contract::{Currency, DayTotals, Money, Reconciliation, fingerprint};

use crate::OrderRow;

/// A business day on which the two sides differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayDrift {
    /// The day.
    pub date: NaiveDate,
    /// What the store holds; `None` for nothing.
    pub ours: Option<DayTotals>,
    /// What the marketplace holds; `None` for nothing.
    pub theirs: Option<DayTotals>,
}

/// The totals of the given orders by business day, as the contract counts them: deleted orders
/// do not count, cancelled ones do.
pub fn day_totals<'a>(
    orders: impl IntoIterator<Item = &'a OrderRow>,
) -> BTreeMap<NaiveDate, DayTotals> {
    struct Sum {
        count: u64,
        qty: i64,
        paid: BTreeMap<Currency, contract::Amount>,
        xor: u64,
    }
    let mut days: BTreeMap<NaiveDate, Sum> = BTreeMap::new();
    for order in orders {
        let Some(date) = order.business_date else { continue };
        let day = days.entry(date).or_insert_with(|| Sum {
            count: 0,
            qty: 0,
            paid: BTreeMap::new(),
            xor: 0,
        });
        day.count += 1;
        day.xor ^= fingerprint(order.id.as_str(), order.version);
        for line in &order.lines {
            day.qty = day.qty.saturating_add(line.qty);
            let Some(Money { amount, currency }) = &line.paid else { continue };
            let sum = match day.paid.get(currency) {
                // A sum beyond 128 bits is no money; it then simply differs from theirs.
                Some(sum) => sum.checked_add(amount).unwrap_or_else(|| sum.clone()),
                None => amount.clone(),
            };
            day.paid.insert(currency.clone(), sum);
        }
    }
    let totals = |(date, day): (NaiveDate, Sum)| {
        let paid = day.paid.into_iter().map(|(currency, amount)| Money { amount, currency });
        let row = DayTotals {
            date,
            count: day.count,
            qty: day.qty,
            paid: paid.collect(),
            versions_xor: format!("{:016x}", day.xor),
        };
        (date, row)
    };
    days.into_iter().map(totals).collect()
}

/// The days on which the orders and the marketplace's totals differ, rising. Days outside of
/// `from..=to`, which the marketplace was not asked about, do not count.
pub fn drift<'a>(
    orders: impl IntoIterator<Item = &'a OrderRow>,
    theirs: &Reconciliation,
    from: NaiveDate,
    to: NaiveDate,
) -> Vec<DayDrift> {
    let mut days: BTreeMap<NaiveDate, (Option<DayTotals>, Option<DayTotals>)> = BTreeMap::new();
    for (date, totals) in day_totals(orders).range(from..=to) {
        days.entry(*date).or_default().0 = Some(totals.clone());
    }
    for totals in &theirs.days {
        days.entry(totals.date).or_default().1 = Some(totals.clone());
    }
    days.into_iter()
        .filter(|(_, (ours, theirs))| !matches!((ours, theirs), (Some(a), Some(b)) if same(a, b)))
        .map(|(date, (ours, theirs))| DayDrift { date, ours, theirs })
        .collect()
}

/// Equal, with money compared as numbers: `1.5` is `1.50`.
fn same(a: &DayTotals, b: &DayTotals) -> bool {
    let money = a.paid.len() == b.paid.len()
        && a.paid
            .iter()
            .zip(&b.paid)
            .all(|(x, y)| x.currency == y.currency && x.amount.same_value(&y.amount));
    money
        && (a.count, a.qty, &a.versions_xor) == (b.count, b.qty, &b.versions_xor)
        && a.date == b.date
}
