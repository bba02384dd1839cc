//! A small generator of evenly spread numbers whose sequence will never change.

/// `SplitMix64` (Steele, Lea, Flood, 2014). Not for secrets.
#[derive(Debug, Clone)]
pub(crate) struct Prng(u64);

impl Prng {
    /// A generator for one purpose: the parts name it, so that what is drawn for one day or
    /// warehouse does not depend on what is drawn for another.
    pub(crate) fn keyed(seed: u64, parts: &[&str]) -> Self {
        let mut state = Self(seed).next();
        for part in parts {
            state = Self(state ^ fnv1a(part.as_bytes())).next();
        }
        Self(state)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 to `n` − 1; 0 when `n` is 0.
    pub(crate) fn below(&mut self, n: u64) -> u64 {
        // The high half of a 64 × 64 bit product: bias below 2⁻³² for the small n used here.
        let wide = u128::from(self.next()) * u128::from(n);
        u64::try_from(wide >> 64).expect("the high half of a 128-bit product has 64 bits")
    }

    /// True `ppm` times in a million.
    pub(crate) fn chance(&mut self, ppm: u32) -> bool {
        self.below(1_000_000) < u64::from(ppm)
    }

    /// Puts the items into a random order (Fisher and Yates).
    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = usize::try_from(self.below(last as u64 + 1)).unwrap_or(last);
            items.swap(last, other);
        }
    }
}

/// FNV-1a, 64 bits.
pub(crate) fn fnv1a(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3))
}
