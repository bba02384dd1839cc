//! The one modulo-10 check digit of all GS1 numbers. Knows digits only, no key lengths.

/// The check digit that belongs after `body`: weights 3, 1, 3, … from the right, and what is
/// missing to the next multiple of ten (GS1 General Specifications 7.9.1).
///
/// `None` when `body` is empty or holds anything but ASCII digits.
#[must_use]
pub fn check_digit(body: &str) -> Option<u8> {
    if body.is_empty() || !body.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let sum: u32 = body
        .bytes()
        .rev()
        .zip([3, 1].into_iter().cycle())
        .map(|(digit, weight)| u32::from(digit - b'0') * weight)
        .sum();
    u8::try_from((10 - sum % 10) % 10).ok()
}

/// Whether the last digit of `number` is the check digit of the digits before it.
pub(crate) fn ends_in_check_digit(number: &str) -> bool {
    let Some((at, last)) = number.char_indices().next_back() else { return false };
    check_digit(&number[..at]).is_some_and(|d| last.to_digit(10) == Some(u32::from(d)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_numbers() {
        assert_eq!(check_digit("690123456789"), Some(2));
        assert_eq!(check_digit("0416000"), Some(7));
        assert_eq!(check_digit("12345678901234567"), Some(5));
        assert_eq!(check_digit(""), None);
        assert_eq!(check_digit("12a"), None);
        assert_eq!(check_digit("１２"), None);
    }

    #[test]
    fn every_single_wrong_digit_is_noticed() {
        let body = "690123456789";
        let right = check_digit(body);
        for at in 0..body.len() {
            for digit in b'0'..=b'9' {
                let mut other = body.as_bytes().to_vec();
                if other[at] == digit {
                    continue;
                }
                other[at] = digit;
                let other = String::from_utf8(other).unwrap();
                assert_ne!(check_digit(&other), right, "{other}");
            }
        }
    }
}
