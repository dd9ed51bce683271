//! Bytes as decimal digits, so that a QR stores them in its densest (numeric) mode.
//!
//! Seven bytes are one number of 17 digits, big-endian and zero-padded; a last group of 1 to
//! 6 bytes takes 3, 5, 8, 10, 13 or 15 digits. Every byte string has exactly one digit string.

/// Digits that a group of `index` bytes takes.
const WIDTH: [usize; 8] = [0, 3, 5, 8, 10, 13, 15, 17];
const GROUP: usize = 7;

/// Why a digit string is not an encoding of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DigitsError {
    /// Something else than the digits 0–9 stands at this position.
    #[error("character {0} is not a digit")]
    NotADigit(usize),
    /// No byte string has this many digits.
    #[error("{0} digits are no whole number of bytes")]
    Length(usize),
    /// A group is larger than its bytes can hold.
    #[error("the group at digit {0} is out of range")]
    Range(usize),
}

/// Writes bytes as decimal digits.
pub fn encode_digits(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(GROUP) * 17);
    for group in bytes.chunks(GROUP) {
        let value = group.iter().fold(0u64, |sum, byte| (sum << 8) | u64::from(*byte));
        let width = WIDTH.get(group.len()).copied().unwrap_or_default();
        out.push_str(&format!("{value:0width$}"));
    }
    out
}

/// Reads decimal digits back into bytes; refuses every string that [`encode_digits`] cannot
/// have written.
pub fn decode_digits(digits: &str) -> Result<Vec<u8>, DigitsError> {
    if let Some(position) = digits.bytes().position(|byte| !byte.is_ascii_digit()) {
        return Err(DigitsError::NotADigit(position));
    }
    let full = WIDTH[GROUP];
    let mut out = Vec::with_capacity(digits.len() / 2);
    for (index, group) in digits.as_bytes().chunks(full).enumerate() {
        let bytes = WIDTH.iter().position(|width| *width == group.len()).ok_or(DigitsError::Length(digits.len()))?;
        let value = group.iter().fold(0u64, |sum, digit| sum * 10 + u64::from(digit.wrapping_sub(b'0')));
        if value >> (8 * bytes) != 0 {
            return Err(DigitsError::Range(index * full));
        }
        out.extend(value.to_be_bytes().iter().skip(8 - bytes));
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn widths_are_the_smallest_that_hold_the_bytes() {
        for (bytes, width) in WIDTH.iter().enumerate().skip(1) {
            let digits = encode_digits(&vec![0xff; bytes]);
            assert_eq!(digits.len(), *width);
            assert_ne!(digits.as_bytes()[0], b'0', "{bytes} bytes waste a digit: {digits}");
        }
    }

    #[test]
    fn refuses_what_was_never_written() {
        assert_eq!(decode_digits("12"), Err(DigitsError::Length(2)));
        assert_eq!(decode_digits("256"), Err(DigitsError::Range(0)));
        assert_eq!(decode_digits("25٥"), Err(DigitsError::NotADigit(2)));
        assert_eq!(decode_digits("72057594037927936"), Err(DigitsError::Range(0)));
        assert_eq!(decode_digits("72057594037927935"), Ok(vec![0xff; 7]));
    }

    proptest! {
        #[test]
        fn round_trip(bytes in proptest::collection::vec(any::<u8>(), 0..330)) {
            let digits = encode_digits(&bytes);
            prop_assert_eq!(decode_digits(&digits), Ok(bytes));
        }

        #[test]
        fn every_readable_string_is_the_only_one(digits in "[0-9]{0,60}") {
            if let Ok(bytes) = decode_digits(&digits) {
                prop_assert_eq!(encode_digits(&bytes), digits);
            }
        }
    }
}
