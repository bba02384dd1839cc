//! The shape of a demand series: how often it sells and how much the sizes differ.
//!
//! Knows the cut-offs of Syntetos, Boylan and Croston. Refuses to know what follows from a class.

use serde::Serialize;

/// Average number of periods between demands above which demand is intermittent or lumpy.
pub const ADI_CUT: f64 = 1.32;

/// Squared coefficient of variation of the sizes above which demand is erratic or lumpy.
pub const CV2_CUT: f64 = 0.49;

/// Fewest periods with demand that say anything about the variation of sizes.
pub const NONZERO_MIN: usize = 3;

/// Demand pattern by average demand interval (ADI) and squared coefficient of variation (CV²).
///
/// Source: Syntetos, Boylan and Croston, *Journal of the Operational Research Society* 56 (2005),
/// 495–503.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DemandClass {
    /// ADI ≤ 1.32, CV² ≤ 0.49.
    Smooth,
    /// ADI ≤ 1.32, CV² > 0.49.
    Erratic,
    /// ADI > 1.32, CV² ≤ 0.49.
    Intermittent,
    /// ADI > 1.32, CV² > 0.49.
    Lumpy,
    /// Fewer than three periods with demand: new, or nearly dead. No pattern can be told.
    Sparse,
}

/// The measures a class rests on.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Pattern {
    /// The class.
    pub class: DemandClass,
    /// Observed periods.
    pub periods: usize,
    /// Observed periods with demand.
    pub nonzero: usize,
    /// Periods ÷ periods with demand; `None` without demand.
    pub adi: Option<f64>,
    /// (s ÷ mean)² of the sizes above zero, s with n − 1; `None` below two such periods.
    pub cv2: Option<f64>,
}

/// Measures and classifies a series of periods. Cut-offs belong to the calmer class.
pub fn classify(values: &[f64]) -> Pattern {
    let periods = values.len();
    let sizes = || values.iter().copied().filter(|value| *value > 0.0);
    let nonzero = sizes().count();
    let count = float(nonzero);
    let mean = sizes().sum::<f64>() / count;
    let adi = (nonzero > 0).then(|| float(periods) / count);
    let squares: f64 = sizes().map(|size| (size - mean) * (size - mean)).sum();
    let cv2 = (nonzero > 1).then(|| squares / (count - 1.0) / (mean * mean));
    let class = match (adi, cv2) {
        (Some(adi), Some(cv2)) if nonzero >= NONZERO_MIN => match (adi > ADI_CUT, cv2 > CV2_CUT) {
            (false, false) => DemandClass::Smooth,
            (false, true) => DemandClass::Erratic,
            (true, false) => DemandClass::Intermittent,
            (true, true) => DemandClass::Lumpy,
        },
        _ => DemandClass::Sparse,
    };
    Pattern { class, periods, nonzero, adi, cv2 }
}

/// A count as a float.
#[expect(clippy::cast_precision_loss, reason = "counts of periods are far below 2^52")]
pub(crate) fn float(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn class(values: &[f64]) -> DemandClass {
        classify(values).class
    }

    #[test]
    fn the_four_corners_and_too_little_to_tell() {
        assert_eq!(class(&[20.0; 28]), DemandClass::Smooth);
        assert_eq!(class(&[1.0, 1.0, 1.0, 50.0]), DemandClass::Erratic);
        assert_eq!(class(&[0.0, 3.0, 0.0, 3.0, 0.0, 4.0]), DemandClass::Intermittent);
        assert_eq!(class(&[0.0, 1.0, 0.0, 1.0, 0.0, 40.0]), DemandClass::Lumpy);
        assert_eq!(class(&[0.0, 3.0, 0.0, 3.0]), DemandClass::Sparse);
        assert_eq!(class(&[]), DemandClass::Sparse);
        assert_eq!(classify(&[]).adi, None);
    }

    #[test]
    fn the_interval_cut_off_itself_is_still_smooth() {
        // 33 periods, 25 with demand: ADI is 1.32 exactly.
        let mut values = vec![7.0; 25];
        values.extend([0.0; 8]);
        assert_eq!(class(&values), DemandClass::Smooth);
        values.push(0.0);
        assert_eq!(class(&values), DemandClass::Intermittent);
    }

    #[test]
    fn measures_by_hand() {
        let pattern = classify(&[2.0, 0.0, 4.0, 6.0]);
        assert_eq!((pattern.periods, pattern.nonzero), (4, 3));
        assert!((pattern.adi.unwrap() - 4.0 / 3.0).abs() < 1e-12);
        // mean 4, s² = 4.
        assert!((pattern.cv2.unwrap() - 0.25).abs() < 1e-12);
    }
}
