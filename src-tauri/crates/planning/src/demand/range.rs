//! How far demand may stray: quantiles of the negative binomial distribution.
//!
//! Knows a mean and a variance. Refuses to know where they come from.
//!
//! NB(r, p) with `r = μ² ÷ (v − μ)` and `p = r ÷ (r + μ)` has mean μ and variance v > μ; its
//! distribution function is the regularised incomplete beta function `F(k) = I_p(r, k + 1)`
//! (Abramowitz and Stegun, *Handbook of Mathematical Functions*, 26.5.26).

/// Least ratio of variance to mean: real demand is never calmer than Poisson, and the formula for
/// `r` needs a variance above the mean.
pub const DISPERSION_MIN: f64 = 1.02;

/// The largest quantile returned, in units.
const QUANTILE_MAX: i64 = crate::QUANTITY_MAX;

/// A negative binomial distribution of units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NegativeBinomial {
    mean: f64,
    variance: f64,
}

impl NegativeBinomial {
    /// The distribution with this mean and variance. A mean that is not above zero is no demand at
    /// all; the variance is raised to [`DISPERSION_MIN`] × mean where it is less.
    pub fn new(mean: f64, variance: f64) -> NegativeBinomial {
        let mean = if mean.is_finite() { mean.max(0.0) } else { 0.0 };
        let variance = if variance.is_finite() { variance } else { 0.0 };
        NegativeBinomial { mean, variance: variance.max(DISPERSION_MIN * mean) }
    }

    /// Mean in units.
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// Variance in units squared.
    pub fn variance(&self) -> f64 {
        self.variance
    }

    /// Probability of at most `units`.
    pub fn cdf(&self, units: i64) -> f64 {
        if units < 0 {
            return 0.0;
        }
        if self.mean == 0.0 {
            return 1.0;
        }
        let shape = self.mean * self.mean / (self.variance - self.mean);
        let success = self.mean / self.variance;
        incomplete_beta(success, shape, float(units) + 1.0)
    }

    /// The fewest units `k` with P(demand ≤ k) ≥ `probability`, at most [`crate::QUANTITY_MAX`].
    /// `probability` is taken into 0..0.9999.
    pub fn quantile(&self, probability: f64) -> i64 {
        let probability = probability.clamp(0.0, 0.9999);
        if self.mean == 0.0 {
            return 0;
        }
        // Brackets the answer around the mean in widening steps, then halves.
        let mut step = whole(libm::sqrt(self.variance)).max(1);
        let centre = whole(self.mean).min(QUANTILE_MAX);
        let (mut low, mut high) = (centre - 1, centre);
        while low >= 0 && self.cdf(low) >= probability {
            (high, low, step) = (low, low - step, step * 2);
        }
        while high < QUANTILE_MAX && self.cdf(high) < probability {
            (low, high, step) = (high, (high + step).min(QUANTILE_MAX), step * 2);
        }
        low = low.max(-1);
        while high - low > 1 {
            let middle = i64::midpoint(low, high);
            if self.cdf(middle) >= probability {
                high = middle;
            } else {
                low = middle;
            }
        }
        high
    }
}

#[expect(clippy::cast_precision_loss, reason = "quantities are at most 1e12, below 2^52")]
fn float(units: i64) -> f64 {
    units as f64
}

#[expect(clippy::cast_possible_truncation, reason = "cut to 1e12, below the bounds of i64")]
fn whole(units: f64) -> i64 {
    units.clamp(0.0, 1e12) as i64
}

/// Regularised incomplete beta function `I_x(a, b)` for `a, b > 0`, `0 ≤ x ≤ 1`, by its continued
/// fraction (Abramowitz and Stegun 26.5.8) evaluated by Lentz's algorithm; the symmetry
/// `I_x(a, b) = 1 − I_{1−x}(b, a)` keeps it where it converges fast.
fn incomplete_beta(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    let log_front = libm::lgamma(a + b) - libm::lgamma(a) - libm::lgamma(b)
        + a * libm::log(x)
        + b * libm::log1p(-x);
    let front = libm::exp(log_front);
    if x < (a + 1.0) / (a + b + 2.0) {
        front * beta_fraction(x, a, b) / a
    } else {
        1.0 - front * beta_fraction(1.0 - x, b, a) / b
    }
}

fn beta_fraction(x: f64, a: f64, b: f64) -> f64 {
    const TINY: f64 = 1e-300;
    const ROUNDS_MAX: u32 = 100_000;
    let kept = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut numerator = 1.0;
    let mut denominator = 1.0 / kept(1.0 - (a + b) * x / (a + 1.0));
    let mut fraction = denominator;
    for round in 1..ROUNDS_MAX {
        let m = f64::from(round);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        denominator = 1.0 / kept(1.0 + even * denominator);
        numerator = kept(1.0 + even / numerator);
        fraction *= denominator * numerator;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        denominator = 1.0 / kept(1.0 + odd * denominator);
        numerator = kept(1.0 + odd / numerator);
        let change = denominator * numerator;
        fraction *= change;
        if (change - 1.0).abs() < 1e-14 {
            break;
        }
    }
    fraction
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The distribution function by summing the probabilities one by one:
    /// P(0) = p^r, P(k) = P(k−1) · (k − 1 + r) ÷ k · (1 − p).
    fn cdf_by_sum(mean: f64, variance: f64, units: i64) -> f64 {
        let (r, p) = (mean * mean / (variance - mean), mean / variance);
        let mut term = libm::pow(p, r);
        let mut sum = term;
        for k in 1..=units {
            term *= (float(k) - 1.0 + r) / float(k) * (1.0 - p);
            sum += term;
        }
        sum
    }

    #[test]
    fn a_geometric_distribution_by_hand() {
        // r = 1, p = 1/2: P(demand ≤ k) = 1 − 2^−(k+1).
        let geometric = NegativeBinomial::new(1.0, 2.0);
        for (units, expected) in [(0, 0.5), (1, 0.75), (2, 0.875), (9, 1.0 - 1.0 / 1024.0)] {
            assert!((geometric.cdf(units) - expected).abs() < 1e-12);
        }
        assert_eq!(geometric.quantile(0.5), 0);
        assert_eq!(geometric.quantile(0.500_001), 1);
        assert_eq!(geometric.quantile(0.9), 3);
    }

    #[test]
    fn no_demand_has_no_range() {
        for none in [NegativeBinomial::new(0.0, 0.0), NegativeBinomial::new(f64::NAN, 1.0)] {
            assert_eq!((none.quantile(0.1), none.quantile(0.99)), (0, 0));
        }
    }

    #[test]
    fn large_demand_is_near_the_normal_quantile() {
        let large = NegativeBinomial::new(1e6, 1e8);
        // 1.2815516 standard deviations of 10,000, skewness adds a little.
        let above = large.quantile(0.9) - 1_012_816;
        assert!(above.abs() < 200, "{above}");
        assert_eq!(NegativeBinomial::new(1e15, 1e16).quantile(0.9), QUANTILE_MAX);
    }

    proptest! {
        #[test]
        fn the_function_agrees_with_the_sum(
            mean in 0.05_f64..80.0, ratio in 1.02_f64..30.0, units in 0_i64..300,
        ) {
            let exact = cdf_by_sum(mean, mean * ratio, units);
            let ours = NegativeBinomial::new(mean, mean * ratio).cdf(units);
            prop_assert!((exact - ours).abs() < 1e-9, "{} {}", exact, ours);
        }

        #[test]
        fn a_quantile_is_the_first_that_reaches_and_rises(
            mean in 0.01_f64..5_000.0, ratio in 1.0_f64..50.0, probability in 0.01_f64..0.99,
        ) {
            let demand = NegativeBinomial::new(mean, mean * ratio);
            let units = demand.quantile(probability);
            prop_assert!(demand.cdf(units) >= probability);
            prop_assert!(units == 0 || demand.cdf(units - 1) < probability);
            prop_assert!(demand.quantile(probability * 0.5) <= units);
        }
    }
}
