//! Chance that is the same on every machine: `SplitMix64` (Steele, Lea and Flood 2014).

/// A source of numbers.
#[derive(Debug, Clone)]
pub(crate) struct Prng(u64);

impl Prng {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to `end`, exclusive; 0 when there is no room.
    pub(crate) fn below(&mut self, end: i64) -> i64 {
        // The bias of the remainder is far below what anyone could see in a demo.
        let end = u64::try_from(end.max(1)).unwrap_or(1);
        i64::try_from(self.next() % end).unwrap_or(0)
    }

    /// Units of a day around a mean of thousandths: sums of small chances when few are sold, so
    /// that many days have none, and a spread of a third when many are.
    pub(crate) fn units(&mut self, mean_milli: i64) -> i64 {
        const TRIALS: i64 = 12;
        if mean_milli < 4_000 {
            let hit = |rng: &mut Self| rng.below(TRIALS * 1_000) < mean_milli;
            return i64::try_from((0..TRIALS).filter(|_| hit(self)).count()).unwrap_or(0);
        }
        let spread = 700 + self.below(301) + self.below(301);
        let milli = mean_milli * spread / 1_000;
        milli / 1_000 + i64::from(self.below(1_000) < milli % 1_000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_is_kept_for_slow_and_fast_goods() {
        for mean_milli in [300, 2_000, 9_500, 40_000] {
            let mut rng = Prng::new(7);
            let sold: i64 = (0..20_000).map(|_| rng.units(mean_milli)).sum();
            let off = (sold * 1_000 / 20_000 - mean_milli).abs();
            assert!(off * 20 < mean_milli, "{mean_milli}: off by {off}");
        }
    }
}
