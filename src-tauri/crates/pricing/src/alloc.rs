//! Splitting an amount so that the parts add up to it.
//!
//! Knows: the method of largest remainders. Refuses to know: what is split and why.

use crate::Error;

/// Splits `total` in proportion to `weights`.
///
/// Each part is `total x weight / sum of weights` cut towards zero; the units left over go one each
/// to the largest remainders, ties to the lowest index. So the parts add up to `total`, each lies
/// within one unit of its exact share, a zero weight gets nothing and a negative total splits as
/// the mirror of the positive one.
///
/// # Errors
/// [`Error::NegativeWeight`]; [`Error::NoWeight`] when there is something to split and no weight
/// above zero; [`Error::Overflow`] when a product does not fit 128 bits.
///
/// ```
/// assert_eq!(pricing::allocate(1003, &[49, 51]), Ok(vec![491, 512]));
/// assert_eq!(pricing::allocate(-100, &[1, 1, 1]), Ok(vec![-34, -33, -33]));
/// ```
pub fn allocate(total: i64, weights: &[i64]) -> Result<Vec<i64>, Error> {
    let wide: Vec<i128> = weights.iter().map(|weight| i128::from(*weight)).collect();
    let mut parts = vec![0; weights.len()];
    allocate_into(total, &wide, &mut parts)?;
    Ok(parts)
}

/// Orders rarely have more lines: up to here the remainders live on the stack.
const FEW: usize = 8;

/// [`allocate`] into a slice as long as `weights`.
pub(crate) fn allocate_into(total: i64, weights: &[i128], parts: &mut [i64]) -> Result<(), Error> {
    debug_assert_eq!(weights.len(), parts.len(), "one part per weight");
    let mut sum = 0u128;
    for (index, weight) in weights.iter().enumerate() {
        let weight = u128::try_from(*weight).map_err(|_| Error::NegativeWeight { index })?;
        sum = sum.checked_add(weight).ok_or(Error::Overflow)?;
    }
    parts.fill(0);
    if total == 0 {
        return Ok(());
    }
    if sum == 0 {
        return Err(Error::NoWeight);
    }
    let mut few = [0; FEW];
    let mut many;
    let remainders = if weights.len() <= FEW {
        &mut few[..weights.len()]
    } else {
        many = vec![0; weights.len()];
        &mut many[..]
    };
    let mut left = u128::from(total.unsigned_abs());
    for ((part, remainder), weight) in parts.iter_mut().zip(&mut *remainders).zip(weights) {
        let (quotient, rest) = share(total.unsigned_abs(), weight.unsigned_abs(), sum)?;
        left -= quotient;
        *remainder = rest;
        *part = signed(quotient, total)?;
    }
    hand_out(left, remainders, parts, total.signum());
    Ok(())
}

/// `total x weight` divided by `sum`, and what remains.
fn share(total: u64, weight: u128, sum: u128) -> Result<(u128, u128), Error> {
    if let (Ok(weight), Ok(sum)) = (u64::try_from(weight), u64::try_from(sum))
        && let Some(product) = total.checked_mul(weight)
    {
        return Ok((u128::from(product / sum), u128::from(product % sum)));
    }
    let product = u128::from(total).checked_mul(weight).ok_or(Error::Overflow)?;
    Ok((product / sum, product % sum))
}

fn signed(magnitude: u128, like: i64) -> Result<i64, Error> {
    let magnitude = i128::try_from(magnitude).map_err(|_| Error::Overflow)?;
    i64::try_from(magnitude * i128::from(like.signum())).map_err(|_| Error::Overflow)
}

/// Gives `left` units, fewer than there are parts, to the largest remainders.
fn hand_out(left: u128, remainders: &mut [u128], parts: &mut [i64], unit: i64) {
    if parts.len() > FEW {
        let mut order: Vec<usize> = (0..parts.len()).collect();
        order.sort_by(|a, b| remainders[*b].cmp(&remainders[*a]).then(a.cmp(b)));
        for index in order.into_iter().zip(0..left).map(|(index, _)| index) {
            parts[index] += unit;
        }
        return;
    }
    for _ in 0..left {
        let mut largest = 0;
        for index in 1..remainders.len() {
            if remainders[index] > remainders[largest] {
                largest = index;
            }
        }
        parts[largest] += unit;
        // As many units are left as remainders add up to sums, so a spent one is never the largest.
        remainders[largest] = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_parts_split_as_few_do() {
        let weights = vec![7i64; 40];
        let parts = allocate(99, &weights).expect("weights");
        assert_eq!(parts.iter().sum::<i64>(), 99);
        assert_eq!(parts[..19], [3; 19]);
        assert_eq!(parts[19..], [2; 21]);
    }

    #[test]
    fn the_extremes_split_or_are_refused() {
        assert_eq!(allocate(i64::MIN, &[1]), Ok(vec![i64::MIN]));
        assert_eq!(allocate(i64::MAX, &[i64::MAX, 0]), Ok(vec![i64::MAX, 0]));
        assert_eq!(allocate(0, &[]), Ok(vec![]));
        assert_eq!(allocate(0, &[0, 0]), Ok(vec![0, 0]));
        assert_eq!(allocate(1, &[]), Err(Error::NoWeight));
        assert_eq!(allocate(1, &[0, 0]), Err(Error::NoWeight));
        assert_eq!(allocate(0, &[0, -1]), Err(Error::NegativeWeight { index: 1 }));
    }
}
