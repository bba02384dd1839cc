//! Coupons: how much is taken off, from which lines, and who bears it.

use super::desk::{Desk, short};
use super::{QuotedLine, Step};
use crate::alloc::allocate_into;
use crate::order::Order;
use crate::rules::{Coupon, CouponValue};
use crate::{Error, Money};

impl Desk<'_> {
    /// Takes off the order's coupons in the order of the rules, each on what the ones before it
    /// left: 40 % and then 70 % leave 18 % to pay, not less than nothing.
    pub(super) fn take_coupons(&mut self) -> Result<(), Error> {
        if self.order.coupons.is_empty() {
            return Ok(());
        }
        let set = self.set;
        for (index, coupon) in set.coupons.iter().enumerate() {
            if self.order.coupons.contains(&coupon.id) {
                self.take(short(index), coupon)?;
            }
        }
        Ok(())
    }

    fn take(&mut self, index: u16, coupon: &Coupon) -> Result<(), Error> {
        if !coupon.when.holds(&self.facts("buyer")) {
            self.steps.push(Step::CouponNotMet { coupon: index });
            return Ok(());
        }
        self.weights.clear();
        let mut base = 0;
        for (place, line) in self.lines.iter().enumerate() {
            let weight = if is_for(coupon, self.order, place, line) { line.pay.minor() } else { 0 };
            self.weights.push(i128::from(weight));
            base += i128::from(weight);
        }
        let base = Money::narrow(base)?;
        if coupon.threshold.is_some_and(|threshold| base < threshold) {
            self.steps.push(Step::CouponBelow { coupon: index, base });
            return Ok(());
        }
        let wanted = match coupon.value {
            CouponValue::Amount(amount) => amount,
            CouponValue::Percent(rate) => rate.of(base, self.set.rounding)?,
        };
        let amount = coupon.max.map_or(wanted, |most| wanted.min(most)).min(base);
        allocate_into(amount.minor(), &self.weights, &mut self.parts)?;
        self.fund(coupon, amount)?;
        self.paid = self.paid.minus(amount)?;
        self.steps.push(Step::Coupon { coupon: index, base, amount });
        Ok(())
    }

    /// Splits the discount among its funders, then each line's part of it among what each funder
    /// still has to bear: both the lines and the funders come out exact.
    fn fund(&mut self, coupon: &Coupon, amount: Money) -> Result<(), Error> {
        let shares = coupon.funding.map(|share| share.map_or(0, |rate| i128::from(rate.ppm())));
        let mut left = [0; 3];
        allocate_into(amount.minor(), &shares, &mut left)?;
        for (line, part) in self.lines.iter_mut().zip(&self.parts) {
            let mut borne = [0; 3];
            allocate_into(*part, &left.map(i128::from), &mut borne)?;
            for funder in 0..3 {
                left[funder] -= borne[funder];
                if coupon.funding[funder].is_some() {
                    let before = line.disc[funder].unwrap_or_default();
                    line.disc[funder] = Some(before.plus(Money::from_minor(borne[funder]))?);
                }
            }
            line.pay = line.pay.minus(Money::from_minor(*part))?;
        }
        Ok(())
    }
}

fn is_for(coupon: &Coupon, order: &Order, place: usize, line: &QuotedLine) -> bool {
    coupon.skus.as_ref().is_none_or(|skus| skus.contains(&order.lines[place].sku))
        && coupon.when.takes(line.category.as_ref())
}
