//! When to ask again: full jitter inside a budget, the server's own wish first.
//!
//! Full jitter as in M. Brooker, "Exponential Backoff and Jitter" (AWS Architecture Blog, 2015):
//! wait = uniform(0, min(cap, base · 2ⁿ)).

use std::time::Duration;

/// A small generator of evenly spread numbers (Steele, Lea, Flood: `SplitMix64`, 2014). It spreads
/// waiting times and nothing else.
#[derive(Debug)]
pub(crate) struct Jitter(u64);

impl Jitter {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// The wait before repeat number `n` (0 for the first).
    pub(crate) fn wait(&mut self, n: u32, base: Duration, cap: Duration) -> Duration {
        let top = base.saturating_mul(1_u32.checked_shl(n).unwrap_or(u32::MAX)).min(cap);
        let micros = u64::try_from(top.as_micros()).unwrap_or(u64::MAX);
        Duration::from_micros(self.next() % micros.saturating_add(1))
    }
}

/// The longest time that a server's wish is believed: a day.
const WISH_MAX: Duration = Duration::from_hours(24);

/// Reads `Retry-After`: seconds, or a date that is compared with the answer's own `Date`, so that
/// the local clock does not matter. Nonsense is no wish; a past date is no wait.
pub(crate) fn retry_after(value: Option<&str>, date: Option<&str>) -> Option<Duration> {
    let value = value?.trim();
    if !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit()) {
        let seconds = value.parse::<u64>().unwrap_or(u64::MAX);
        return Some(Duration::from_secs(seconds).min(WISH_MAX));
    }
    let until = chrono::DateTime::parse_from_rfc2822(value).ok()?;
    let now = chrono::DateTime::parse_from_rfc2822(date?.trim()).ok()?;
    Some((until - now).to_std().unwrap_or(Duration::ZERO).min(WISH_MAX))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_servers_wish_is_read_without_a_clock() {
        let date = Some("Thu, 01 Oct 2026 10:00:00 GMT");
        let read = |value| retry_after(Some(value), date);
        assert_eq!(read("7"), Some(Duration::from_secs(7)));
        assert_eq!(read("Thu, 01 Oct 2026 10:01:30 GMT"), Some(Duration::from_secs(90)));
        assert_eq!(read("Thu, 01 Oct 2026 09:00:00 GMT"), Some(Duration::ZERO));
        assert_eq!(read("99999999999999999999999"), Some(WISH_MAX));
        for nonsense in ["", "-5", "soon", "1.5"] {
            assert_eq!(read(nonsense), None, "{nonsense:?}");
        }
        assert_eq!(retry_after(Some("Thu, 01 Oct 2026 10:01:30 GMT"), None), None);
        assert_eq!(retry_after(None, date), None);
    }

    proptest! {
        #[test]
        fn waits_stay_under_the_cap_and_repeat_with_the_seed(seed: u64, n in 0_u32..100) {
            let (base, cap) = (Duration::from_millis(500), Duration::from_mins(1));
            let wait = Jitter::new(seed).wait(n, base, cap);
            prop_assert!(wait <= cap);
            prop_assert!(n > 6 || wait <= base * 2_u32.pow(n));
            prop_assert_eq!(wait, Jitter::new(seed).wait(n, base, cap));
        }
    }
}
