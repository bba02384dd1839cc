//! Which bucket a receivable falls in.
//!
//! Knows: what the names of parts and scenes say (refund, subsidy, fee), in English and in the
//! words of the channels. Refuses to know: which row belongs to which order.

use super::receivable::Receivable;
use super::{Bucket, Item, Parts, StatementRow};
use crate::time::Moment;
use crate::{Error, Money};

/// The name of the whole where rows have no parts.
const WHOLE: &str = "amount";

/// A receivable without rows. It is overdue once its due time has passed; one that brings nothing,
/// such as an order refunded before it was settled, is as expected.
pub(super) fn unpaid(receivable: &Receivable<'_>, as_of: Moment) -> Result<Item, Error> {
    let expected = Money::sum(receivable.parts()?.into_values())?;
    let bucket = if expected == Money::ZERO {
        Bucket::Ok
    } else if receivable.due() < as_of {
        Bucket::Overdue
    } else {
        Bucket::InTransit
    };
    let item = of(receivable, bucket, Money::ZERO, Vec::new());
    Ok(Item { expected: (bucket != Bucket::Ok).then_some(expected), ..item })
}

/// A receivable with its rows.
pub(super) fn matched(
    receivable: &Receivable<'_>,
    rows: &[StatementRow],
    matches: Vec<usize>,
) -> Result<Item, Error> {
    let own: Vec<&StatementRow> = matches.iter().map(|&index| &rows[index]).collect();
    let amount = Money::sum(own.iter().map(|row| row.amount))?;
    let expected = receivable.parts()?;
    let diff = difference(&own, &expected)?;
    let bucket = bucket(&own, amount, &expected, &diff)?;
    Ok(Item { diff, ..of(receivable, bucket, amount, matches) })
}

fn of(receivable: &Receivable<'_>, bucket: Bucket, amount: Money, rows: Vec<usize>) -> Item {
    let orders = receivable.orders();
    Item {
        order: orders.first().cloned(),
        orders: if orders.len() > 1 { orders } else { Vec::new() },
        sub_order: receivable.sub_order(),
        ..Item::of(bucket, amount, rows)
    }
}

fn bucket(
    rows: &[&StatementRow],
    amount: Money,
    expected: &Parts,
    diff: &Parts,
) -> Result<Bucket, Error> {
    let (taken_back, settled): (Vec<_>, Vec<_>) = rows.iter().partition(|row| takes_back(row));
    if !taken_back.is_empty() && !settled.is_empty() {
        let as_expected = diff.is_empty()
            || amount == Money::ZERO
            || difference(&settled, expected)?.values().all(|part| is_rounding(*part));
        if as_expected {
            return Ok(Bucket::SettledThenRefunded);
        }
    }
    Ok(match (diff.is_empty(), rows.len()) {
        (true, 1) => Bucket::Ok,
        (true, _) => Bucket::OkSeveralRows,
        (false, _) => differing(diff),
    })
}

/// The bucket of a difference, by the parts that differ by more than rounding.
fn differing(diff: &Parts) -> Bucket {
    let real: Vec<(Kind, Money)> = diff
        .iter()
        .filter(|(_, part)| !is_rounding(**part))
        .map(|(name, part)| (Kind::of(name), *part))
        .collect();
    let only = |own: Kind| real.iter().all(|(kind, _)| *kind == own);
    let refunded = real.iter().any(|(kind, _)| *kind == Kind::Refund);
    if real.is_empty() {
        Bucket::Rounding
    } else if only(Kind::Fee) {
        Bucket::FeeRate
    } else if only(Kind::Subsidy) {
        Bucket::Subsidy
    } else if refunded && real.iter().all(|(kind, part)| goes_with_refund(*kind, *part)) {
        Bucket::RefundNotBooked
    } else {
        Bucket::Amount
    }
}

/// Whether a difference is what a refund brings about: money back to the buyer, fees back to the
/// brand, subsidies back to who gave them. A dearer fee beside a refund is a difference of its own.
fn goes_with_refund(kind: Kind, part: Money) -> bool {
    match kind {
        Kind::Refund | Kind::Subsidy => part < Money::ZERO,
        Kind::Fee => part > Money::ZERO,
        Kind::Goods => false,
    }
}

/// Statement less expectation, part by part, of the parts that differ; of the whole if any row
/// gives no parts.
fn difference(rows: &[&StatementRow], expected: &Parts) -> Result<Parts, Error> {
    let mut diff = Parts::new();
    let mut add = |name: &str, amount: Money| {
        let sum = diff.entry(name.to_owned()).or_insert(Money::ZERO);
        *sum = sum.plus(amount)?;
        Ok::<_, Error>(())
    };
    if rows.iter().any(|row| row.parts.is_none()) {
        add(WHOLE, Money::sum(rows.iter().map(|row| row.amount))?)?;
        add(WHOLE, Money::sum(expected.values().copied())?.negated()?)?;
    } else {
        for (name, part) in rows.iter().filter_map(|row| row.parts.as_ref()).flatten() {
            add(name, *part)?;
        }
        for (name, part) in expected {
            add(name, part.negated()?)?;
        }
    }
    diff.retain(|_, part| *part != Money::ZERO);
    Ok(diff)
}

/// Up to one minor unit either way.
fn is_rounding(part: Money) -> bool {
    (-1..=1).contains(&part.minor())
}

/// Whether a row takes back what an earlier one settled: its scene says so, or it has a refund and
/// pays nothing.
fn takes_back(row: &StatementRow) -> bool {
    let parts = || row.parts.iter().flatten();
    Kind::of(&row.scene) == Kind::Refund
        || (parts().any(|(name, part)| Kind::of(name) == Kind::Refund && *part < Money::ZERO)
            && !parts().any(|(name, part)| Kind::of(name) == Kind::Goods && *part > Money::ZERO))
}

/// What a part is about, by its name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Refund,
    Subsidy,
    Fee,
    Goods,
}

impl Kind {
    fn of(name: &str) -> Self {
        let name = name.to_ascii_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
        if has(&["refund", "退款"]) {
            Self::Refund
        } else if has(&["subsidy", "coupon", "voucher", "补贴", "优惠", "代金券"]) {
            Self::Subsidy
        } else if has(&["freight", "shipping", "postage", "运费"]) && !has(&["insurance", "险"])
        {
            // What the buyer paid for carriage, though its Chinese name ends like a fee.
            Self::Goods
        } else if has(&["fee", "commission", "promotion", "share", "insurance"])
            || has(&["费", "佣金", "分成", "推广", "险"])
        {
            Self::Fee
        } else {
            Self::Goods
        }
    }
}
